"""The vendor's error for every error of the core, gathered from the subjects."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba import request_errors
from duolect_dialects.alibaba.disks import errors as disks
from duolect_dialects.alibaba.fleets import errors as fleets
from duolect_dialects.alibaba.images import errors as images
from duolect_dialects.alibaba.instances import errors as instances
from duolect_dialects.alibaba.interfaces import errors as interfaces
from duolect_dialects.alibaba.key_pairs import errors as key_pairs
from duolect_dialects.alibaba.nat_gateways import errors as nat_gateways
from duolect_dialects.alibaba.networks import errors as networks
from duolect_dialects.alibaba.public_addresses import errors as public_addresses
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, worded
from duolect_dialects.alibaba.routes import errors as routes
from duolect_dialects.alibaba.security_groups import errors as security_groups
from duolect_dialects.alibaba.tags import errors as tags
from duolect_dialects.call import Refusal
from duolect_dialects.error_template import ErrorTemplate

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        **request_errors.TABLE,
        **tags.TABLE,
        **networks.TABLE,
        **routes.TABLE,
        **security_groups.TABLE,
        **interfaces.TABLE,
        **images.TABLE,
        **instances.TABLE,
        **disks.TABLE,
        **key_pairs.TABLE,
        **fleets.TABLE,
        **public_addresses.TABLE,
        **nat_gateways.TABLE,
    }
)
"""An entry for every error of the core."""
OVERRIDES: Final[Mapping[str, ErrorTable]] = MappingProxyType(
    {
        "tags": tags.OVERRIDES,
        "interfaces": interfaces.OVERRIDES,
        "instances": instances.OVERRIDES,
        "public_addresses": public_addresses.OVERRIDES,
        "nat_gateways": nat_gateways.OVERRIDES,
    }
)
"""Where the actions of a subject answer otherwise, by subject."""
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        **networks.BY_ACTION,
        **routes.BY_ACTION,
        **security_groups.BY_ACTION,
        **interfaces.BY_ACTION,
        **images.BY_ACTION,
        **instances.BY_ACTION,
        **disks.BY_ACTION,
        **fleets.BY_ACTION,
        **public_addresses.BY_ACTION,
        **nat_gateways.BY_ACTION,
    }
)
"""Where a single action answers otherwise."""
_FAILED_BEFORE: Final = "IdempotentFailed"
"""What some actions say of a refused request's token; the others say again how it failed.

Source: an answer recorded in a client's issues, whose message is that the previous idempotent request has
failed, and what clients do about the code: they take a new token.
"""


def template(error: type[core.CoreError], action: str, subject: str) -> ErrorTemplate:
    """Return the vendor's error for one of the core, as an action of a subject words it."""
    overrides = OVERRIDES.get(subject, {})
    return BY_ACTION.get((action, error)) or overrides.get(error) or TABLE[error]


def translate(error: core.CoreError, action: str, subject: str, listed: Mapping[str, int]) -> Refusal:
    """Return a core error in the vendor's terms, as an action of a subject words it.

    ``listed`` holds the codes of the action, with their HTTP status.
    """
    if error.repeated and _FAILED_BEFORE in listed:
        message = "An earlier request with the same ClientToken has failed; use another one."
        return Refusal(_FAILED_BEFORE, message, listed[_FAILED_BEFORE])
    words = template(type(error), action, subject)
    if isinstance(error, core.InterfaceNotAttached) and error.attached_to is None:
        words = interfaces.NOT_IN_USE
    if isinstance(error, core.InstanceWrongState):
        words = instances.BY_STATE.get((action, error.state), words)
    return worded(words, error, listed)
