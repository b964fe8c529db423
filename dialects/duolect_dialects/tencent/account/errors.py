"""The vendor's errors for tasks and idempotency tokens, and those of what shows limits."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.request_errors import NOT_FOUND

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.OperationNotFound: NOT_FOUND,
        core.IdempotencyMismatch: ErrorTemplate(
            "UnsupportedOperation.IdempotentParameterMismatch",
            "The client token `{token}` was used before with other parameters.",
        ),
        core.IdempotencyProcessing: ErrorTemplate(
            "UnsupportedOperation.IdempotentProcessing",
            "The first request with the client token `{token}` is being processed.",
        ),
    }
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("DescribeNetworkInterfaceLimit", core.InstanceNotFound): ErrorTemplate(
            "InvalidInstanceId.NotFound", "The instance `{resource_id}` does not exist."
        ),
    }
)
