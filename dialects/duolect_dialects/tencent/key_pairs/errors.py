"""The vendor's errors for SSH key pairs.

That a pair in use cannot be deleted is in the vendor's definition without a code;
terraform-provider-tencentcloud tries again for ``InvalidParameterValue.KeyPairNotSupported``, which the
action's list has.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.KeyPairNotFound: ErrorTemplate(
            "InvalidKeyPairId.NotFound", "The key pair `{resource_id}` does not exist."
        ),
        core.KeyPairNameTaken: ErrorTemplate(
            "InvalidKeyPairName.Duplicate", "The key pair `{taken_by}` is called `{name}` already."
        ),
        core.PublicKeyTaken: ErrorTemplate(
            "InvalidPublicKey.Duplicate", "The key pair `{taken_by}` has this public key already."
        ),
        core.KeyPairInUse: ErrorTemplate(
            "InvalidParameterValue.KeyPairNotSupported",
            "The key pair `{resource_id}` is bound to the instance `{held_by}`.",
        ),
        core.KeyPairQuotaExceeded: ErrorTemplate(
            "InvalidKeyPair.LimitExceeded", "No more than {limit} key pairs are allowed."
        ),
    }
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        (action, core.TagQuotaExceeded): ErrorTemplate(
            "LimitExceeded.TagResourceQuota", "A key pair can have at most {limit} tags."
        )
        for action in ("CreateKeyPair", "ImportKeyPair")
    }
)
