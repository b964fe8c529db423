"""Copies of images, within a region or in another one.

Sources: the vendor's pages CopyImage and CancelCopyImage, and the models of its Python SDK. That a copy
takes over architecture, boot mode, platform and features, and no family, version and tags, is assumed; so
is that the same image can be copied to several regions at once, but not twice to one.
"""

from typing import Final

import attrs

from duolect_core.images import copies as commands
from duolect_core.images.copies import ImagePart
from duolect_core.model.disks import Snapshot
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagParam, ecs_action
from duolect_dialects.alibaba.images.lifecycle import DESCRIPTION, DESCRIPTION_CODE, NAME, NAME_CODE, root
from duolect_dialects.alibaba.regions import REGIONS
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.session import Session

_TAKEN_OVER: Final = ("Architecture", "BootMode", "ImdsSupport", "Platform")


@attrs.frozen(kw_only=True)
class CopyImage:
    """Copy an image of the account's own."""

    ImageId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DestinationDescription: str | None = param(*DESCRIPTION, code=DESCRIPTION_CODE)
    DestinationImageName: str | None = param(*NAME, code=NAME_CODE)
    DestinationRegionId: str | None = param(note="the region itself unless given")
    DryRun: bool = param(default=False)
    EncryptAlgorithm: str | None = ignored(note="the page says that it is not available")
    Encrypted: bool | None = param(note="as the image is unless given")
    KMSKeyId: str | None = param(note="every key exists")
    ResourceGroupId: str | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action(idempotent_by="ClientToken")
def copy_image(session: Session, request: CopyImage) -> Body:
    """Copy it: the copy is Creating, then Available, with snapshots of its own."""
    if request.DestinationRegionId not in {None, *REGIONS}:
        message = f"There is no region {request.DestinationRegionId}."
        raise Refusal("DestinationRegion.NotFound", message, 400)
    if request.KMSKeyId is not None and not request.Encrypted:
        message = "KMSKeyId belongs to Encrypted=true."
        raise Refusal("InvalidParameter.EncryptedIllegal", message, 400)
    image, snapshots = session.check(commands.Original(request.ImageId))
    if image.public:
        message = f"The image {image.id} is one of the community."
        raise Refusal("OperationDenied.CommunityImage", message, 400)
    where = session.in_region(request.DestinationRegionId or session.rules.region)
    extras = {name: image.extras[name] for name in _TAKEN_OVER if name in image.extras}
    command = commands.CopyImage(
        original_id=image.id,
        parts=tuple(_part(where, request, each) for each in snapshots),
        source_id=root(session, image.id),
        name=request.DestinationImageName or "",
        description=request.DestinationDescription or "",
        tags=common.tags(request.Tag),
        extras={**extras, "ResourceGroupId": common.resource_group(request.ResourceGroupId)},
    )
    return {"ImageId": common.execute(where, command, request).id}


def _part(where: Session, request: CopyImage, snapshot: Snapshot) -> ImagePart:
    """Return what becomes of a snapshot: it stays encrypted, or becomes so, as new disks may."""
    by_default, default_key = where.graph.disk_encryption
    if by_default and request.Encrypted is False:
        message = "New disks in the region are encrypted."
        raise Refusal("InvalidEncrypted.NotMatchDiskDefaultEncryption", message, 403)
    was_encrypted = bool(snapshot.extras.get("Encrypted"))
    if was_encrypted and request.Encrypted is False:
        message = f"The snapshot {snapshot.id} is encrypted, and so is every copy of it."
        raise Refusal("OperationDeined.EncryptedSnapshot", message, 403)
    extras = {}
    if was_encrypted or request.Encrypted or by_default:
        key = request.KMSKeyId or snapshot.extras.get("KMSKeyId") or default_key
        extras = {"Encrypted": True, "KMSKeyId": key}
    return ImagePart(kind=snapshot.kind, size=snapshot.size, extras=extras)


@attrs.frozen(kw_only=True)
class CancelCopyImage:
    """End the making of a copy, in the region where it shall be."""

    ImageId: str = required()
    RegionId: str = required()


@ecs_action()
def cancel_copy_image(session: Session, request: CancelCopyImage) -> Body:
    """End it: the copy is gone, and the image that was copied stays."""
    session.execute(commands.CancelImageCopy(request.ImageId))
    return {}
