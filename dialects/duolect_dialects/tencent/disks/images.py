"""Images of the account's own: created from instances and snapshots, changed and deleted.

Source: the definitions in tccli.
"""

from typing import Any, Final

import attrs

from duolect_core.errors import DiskNotAttached
from duolect_core.images import lifecycle as commands
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.disks.views import is_cloud
from duolect_dialects.tencent.images.catalog import OS_OF
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.instances.parameters import GUEST
from duolect_dialects.values import AtMost, Coded, Count, Each, OneOf
from duolect_dialects.wording import Message

_TOO_LARGE: Final = "InvalidParameterValue.TooLarge"
_NAME: Final = AtMost(60)
_DESCRIPTION: Final = AtMost(256)
_ONE: Final = "InvalidParameter.SpecifyOneParameter"
_WORD: Final = OneOf("true", "false", "TRUE", "FALSE", "True", "False")
_TAG_CODES: Final = common.TagCodes(
    many="InvalidParameterValue.TagQuotaLimitExceeded", duplicate="InvalidParameterConflict"
)
_TAG: Final = "InvalidParameterValue.TagKeyNotFound"


# -- creating ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ImageTagParam:
    """One of Tags."""

    Key: str = required(AtMost(127), common.NOT_RESERVED, common.TAG_KEY, code=_TAG)
    Value: str = required(AtMost(255), common.TAG_VALUE, code=_TAG)


@attrs.frozen(kw_only=True)
class ImageTagsParam:
    """One of TagSpecification."""

    ResourceType: str = required(OneOf("image"), code=_TAG)
    Tags: tuple[ImageTagParam, ...] = required()


@attrs.frozen(kw_only=True)
class CreateImage:
    """Create an image from an instance, or from snapshots."""

    ImageName: str = required(_NAME, code=_TOO_LARGE)
    InstanceId: str | None = param(common.INSTANCE_ID, code="InvalidInstanceId.NotFound")
    ImageDescription: str | None = param(_DESCRIPTION, code=_TOO_LARGE)
    ForcePoweroff: str | None = ignored(Coded(_WORD, _ONE), note=GUEST)
    Sysprep: str | None = ignored(Coded(_WORD, _ONE), note=GUEST)
    DataDiskIds: tuple[str, ...] = param(
        Count(0, 21), Each(common.DISK_ID), default=(), code="InvalidParameterValue.LimitExceeded"
    )
    SnapshotIds: tuple[str, ...] = param(
        Coded(Count(0, 21), "InvalidParameterValue.LimitExceeded"),
        Coded(Each(common.SNAPSHOT_ID), "InvalidParameter.SnapshotNotFound"),
        default=(),
    )
    DryRun: bool = param(default=False)
    TagSpecification: tuple[ImageTagsParam, ...] = param(default=())
    ImageFamily: str | None = stored()


@cvm_action()
def create_image(session: Session, request: CreateImage) -> Body:
    """Create it: CREATING, NORMAL. A dry run only checks whether it could be."""
    if (request.InstanceId is None) == (not request.SnapshotIds):
        raise Refusal(_ONE, "One of `InstanceId` and `SnapshotIds` must be named.")
    if request.InstanceId is None and request.DataDiskIds:
        raise Refusal("InvalidParameter.InvalidDependence", "`DataDiskIds` belongs to `InstanceId`.")
    command = _command(session, request)
    if request.DryRun:
        session.check(command)
        return {"ImageId": ""}
    return {"ImageId": session.execute(command).id}


def _command(session: Session, request: CreateImage) -> commands.CreateImage:
    source_id = ""
    if request.InstanceId is not None:
        source_id = _source(session, request.InstanceId, request.DataDiskIds)
    kept: dict[str, Any] = {
        name: getattr(request, name) for name in ("ImageFamily",) if getattr(request, name) is not None
    }
    return commands.CreateImage(
        instance_id=request.InstanceId or "",
        disk_ids=request.DataDiskIds,
        snapshot_ids=request.SnapshotIds,
        source_id=source_id,
        name=request.ImageName,
        description=request.ImageDescription or "",
        tags=common.tags([tag for each in request.TagSpecification for tag in each.Tags], _TAG_CODES),
        extras={**kept, OS_OF: source_id},
    )


def _source(session: Session, instance_id: str, disk_ids: tuple[str, ...]) -> str:
    """Return the image that an instance came from, or raise what keeps a new one from being made of it."""
    found = lookup.instance(session.graph, instance_id)
    if instance_views.stop_mode(found) == "STOP_CHARGING":
        raise Refusal(
            "UnsupportedOperation.StoppedModeStopCharging",
            Message("The instance `{instance_id}` is stopped without charge.", instance_id=found.id),
        )
    held = {disk.id: disk for disk in session.graph.disks_of(found.id)}
    for disk_id in disk_ids:
        if disk_id not in held:
            raise DiskNotAttached(disk_id, found.id)
        if held[disk_id].kind is DiskKind.SYSTEM:
            message = Message("The disk `{disk_id}` is the system disk.", disk_id=disk_id)
            raise Refusal("InvalidParameter.DataDiskIdContainsRootDisk", message)
        if not is_cloud(held[disk_id]):
            message = Message("The disk `{disk_id}` is a local one.", disk_id=disk_id)
            raise Refusal("InvalidParameter.LocalDataDiskNotSupport", message)
    source: str = found.extras.get("ImageId", "")
    return source


# -- changing and deleting ---------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ModifyImageAttribute:
    """Change what is said of an image."""

    ImageId: str = required(common.IMAGE_ID, code="InvalidImageId.Malformed")
    ImageName: str | None = param(_NAME, code=_TOO_LARGE)
    ImageDescription: str | None = param(_DESCRIPTION, code=_TOO_LARGE)
    ImageFamily: str | None = stored()
    ImageDeprecated: bool | None = stored()


@cvm_action()
def modify_image_attribute(session: Session, request: ModifyImageAttribute) -> Body:
    """Change it at once; a request that names nothing changes nothing."""
    session.execute(
        commands.ModifyImage(
            image_id=request.ImageId,
            name=request.ImageName,
            description=request.ImageDescription,
            extras=common.stored_extras(request),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteImages:
    """Delete images: all of them, or none."""

    ImageIds: tuple[str, ...] = required(
        *common.non_empty(100), Coded(Each(common.IMAGE_ID), "InvalidImageId.Malformed")
    )
    DeleteBindedSnap: bool = param(default=False)
    DryRun: bool = param(default=False)


@cvm_action()
def delete_images(session: Session, request: DeleteImages) -> Body:
    """Delete them at once; instances that came from them stay. A dry run only checks that."""
    command = commands.DeleteImages(image_ids=request.ImageIds, with_snapshots=request.DeleteBindedSnap)
    if request.DryRun:
        session.check(command)
    else:
        session.execute(command)
    return {}
