"""The vendor's errors for SSH key pairs.

Sources: the pages CreateKeyPair, ImportKeyPair, DeleteKeyPairs, AttachKeyPair and DetachKeyPair.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ErrorTable, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_TAKEN: Final = ErrorTemplate("KeyPair.AlreadyExist", "There is a key pair of this name already.", 400)
TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.KeyPairNotFound: not_found("InvalidKeyPairName.NotFound", "key pair"),
        core.KeyPairNameTaken: _TAKEN,
        core.PublicKeyTaken: _TAKEN,
        core.KeyPairInUse: ErrorTemplate(
            "InvalidParameter.KeypairAlreadyAttachedInstance",
            "A key pair that is bound to the instance {held_by} cannot be deleted.",
            400,
        ),
        core.KeyPairQuotaExceeded: quota("QuotaExceed.KeyPair", "key pairs in {resource_id}", 403),
    }
)
"""A public key may be imported again here, so that ``PublicKeyTaken`` is never raised."""
