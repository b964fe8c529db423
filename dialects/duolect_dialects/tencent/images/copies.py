"""Copies of images in other regions, and encrypted ones in the same region.

Source: the definition of SyncImages in tccli. That a copy has the description of the image and no tags, and
which code says that a region does not fit, is assumed.
"""

from typing import Final

import attrs

from duolect_core.images import copies as commands
from duolect_core.images.copies import ImagePart
from duolect_core.model.disks import Snapshot
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.images.catalog import OS_OF
from duolect_dialects.tencent.regions import REGIONS
from duolect_dialects.values import AtMost, Coded, Count, Each
from duolect_dialects.wording import Message

_MANY: Final = "InvalidParameterValue.LimitExceeded"
_MISPLACED: Final = "InvalidParameterValue.InvalidRegion"


@attrs.frozen(kw_only=True)
class SyncImages:
    """Copy one image of the account's own."""

    ImageIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"),
        Coded(Count(0, 1), _MANY),
        Coded(Each(common.IMAGE_ID), "InvalidImageId.Malformed"),
    )
    DestinationRegions: tuple[str, ...] = required(*common.non_empty(100), code=_MANY)
    DryRun: bool = param(default=False)
    ImageName: str | None = param(AtMost(60), code=_MANY, note="that of the image unless given")
    ImageSetRequired: bool = param(default=False)
    Encrypt: bool = param(default=False, note="in the same region only")
    KmsKeyId: str | None = stored(note="counts with Encrypt; every key exists")


@cvm_action()
def sync_images(session: Session, request: SyncImages) -> Body:
    """Copy it to all of the regions, or to none: SYNCING, then NORMAL. A dry run only checks that."""
    image, snapshots = session.check(commands.Original(request.ImageIds[0]))
    places = [session.in_region(each) for each in _regions(session, request)]
    command = commands.CopyImage(
        original_id=image.id,
        parts=tuple(_part(request, each) for each in snapshots),
        name=image.name if request.ImageName is None else request.ImageName,
        description=image.description,
        extras={OS_OF: _system(session, image.id)},
    )
    for where in places:
        where.check(command)
    if request.DryRun:
        return {"ImageSet": []}
    made = [{"ImageId": where.execute(command).id, "Region": where.rules.region} for where in places]
    return {"ImageSet": made if request.ImageSetRequired else []}


def _regions(session: Session, request: SyncImages) -> list[str]:
    """Return where the copies shall be, or raise ``Refusal`` where they cannot."""
    own = session.rules.region
    wanted = list(dict.fromkeys(request.DestinationRegions))
    for region in wanted:
        if region not in REGIONS:
            message = Message("The region `{region}` does not exist.", region=region)
            raise Refusal("InvalidRegion.NotFound", message)
        if request.Encrypt is not (region == own):
            raise Refusal(_MISPLACED, "An encrypted copy is in the same region, any other in another one.")
    return wanted


def _part(request: SyncImages, snapshot: Snapshot) -> ImagePart:
    if snapshot.extras.get("Encrypt"):
        kind = "SyncEncryptImageNotSupport" if request.Encrypt else "EncryptedImagesNotSupported"
        message = Message("The snapshot `{snapshot_id}` is encrypted.", snapshot_id=snapshot.id)
        raise Refusal(f"UnsupportedOperation.{kind}", message)
    extras = {"Encrypt": True, "KmsKeyId": request.KmsKeyId or ""} if request.Encrypt else {}
    return ImagePart(kind=snapshot.kind, size=snapshot.size, extras=extras)


def _system(session: Session, image_id: str) -> str:
    """Return the image that the system of an image came from: one that was not made here."""
    made = session.graph.images
    while image_id in made:
        image_id = made[image_id].extras.get(OS_OF) or ""
    return image_id
