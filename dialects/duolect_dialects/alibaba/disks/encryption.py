"""The encryption of new disks by default, which an account switches on in a region.

Sources: the vendor's pages EnableDiskEncryptionByDefault, ModifyDiskDefaultKMSKeyId and those beside them
(2025). The id of the service's own key is not known and is shown as an empty text, as on disks. That the
key which was chosen is used again when the encryption is switched on again is assumed.
"""

import attrs

from duolect_core.disks.encryption import EnableDiskEncryption, ModifyDiskEncryption
from duolect_dialects.action import Body
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.declarations import Treatment, required
from duolect_dialects.session import Session


@attrs.frozen(kw_only=True)
class EnableDiskEncryptionByDefault:
    """Have new disks of the region encrypted."""

    RegionId: str = required()


@ecs_action()
def enable_disk_encryption_by_default(session: Session, request: EnableDiskEncryptionByDefault) -> Body:  # noqa: ARG001
    """Switch it on at once."""
    session.execute(EnableDiskEncryption())
    return {}


@attrs.frozen(kw_only=True)
class DisableDiskEncryptionByDefault:
    """Have new disks of the region encrypted only where that is asked for."""

    RegionId: str = required()


@ecs_action()
def disable_disk_encryption_by_default(session: Session, request: DisableDiskEncryptionByDefault) -> Body:  # noqa: ARG001
    """Switch it off at once; disks that are there stay as they are."""
    session.execute(ModifyDiskEncryption(enabled=False))
    return {}


@attrs.frozen(kw_only=True)
class DescribeDiskEncryptionByDefaultStatus:
    """Tell whether new disks of the region are encrypted."""

    RegionId: str = required()


@ecs_action()
def describe_disk_encryption_by_default_status(
    session: Session,
    request: DescribeDiskEncryptionByDefaultStatus,  # noqa: ARG001
) -> Body:
    """Return whether it is switched on."""
    enabled, _ = session.graph.disk_encryption
    return {"Encrypted": enabled}


@attrs.frozen(kw_only=True)
class DescribeDiskDefaultKMSKeyId:
    """Tell with which key new disks of the region are encrypted."""

    RegionId: str = required()


@ecs_action()
def describe_disk_default_kms_key_id(session: Session, request: DescribeDiskDefaultKMSKeyId) -> Body:  # noqa: ARG001
    """Return the key; there is none unless it is switched on."""
    return {"KMSKeyId": session.check(ModifyDiskEncryption())}


@attrs.frozen(kw_only=True)
class ModifyDiskDefaultKMSKeyId:
    """Have new disks of the region encrypted with another key."""

    KMSKeyId: str = required(treatment=Treatment.STORED, note="every key exists")
    RegionId: str = required()


@ecs_action()
def modify_disk_default_kms_key_id(session: Session, request: ModifyDiskDefaultKMSKeyId) -> Body:
    """Change the key at once."""
    session.execute(ModifyDiskEncryption(key_id=request.KMSKeyId))
    return {}


@attrs.frozen(kw_only=True)
class ResetDiskDefaultKMSKeyId:
    """Have new disks of the region encrypted with the service's own key."""

    RegionId: str = required()


@ecs_action()
def reset_disk_default_kms_key_id(session: Session, request: ResetDiskDefaultKMSKeyId) -> Body:  # noqa: ARG001
    """Change the key at once."""
    session.execute(ModifyDiskEncryption(key_id=""))
    return {}
