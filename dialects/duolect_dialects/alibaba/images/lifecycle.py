"""Images of the account's own: created from instances and snapshots, modified and deleted.

Sources: the vendor's pages CreateImage, ModifyImageAttribute and DeleteImage, and the models of its Python
SDK.
"""

from typing import Any, Final

import attrs

from duolect_core.images import lifecycle as commands
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagParam, ecs_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Count, Form, Length, OneOf

_NAME: Final = (
    Length(2, 128),
    Form(r"(?!aliyun|acs:)(?!.*https?://)[^\W\d_][\w:.\-]*", "a letter, then letters, digits, and : _ . -"),
)
_NAME_CODE: Final = "InvalidImageName.Malformed"
_DESCRIPTION: Final = (Length(2, 256), common.NOT_A_LINK)
_DESCRIPTION_CODE: Final = "InvalidDescription.Malformed"
_PLATFORMS: Final = OneOf(
    "CentOS", "Ubuntu", "SUSE", "OpenSUSE", "RedHat", "Debian", "CoreOS", "Aliyun", "Aliyun Linux",
    "Alibaba Cloud Linux", "Fedora", "FreeBSD", "Gentoo", "Kylin", "Anolis", "UOS", "AlmaLinux",
    "Rocky Linux", "Windows Server 2003", "Windows Server 2008", "Windows Server 2012",
    "Windows Server 2016", "Windows Server 2019", "Windows Server 2022", "Windows 7",
    "Customized Linux", "Others Linux", "Other Linux", "Other Windows",
)  # fmt: skip


@attrs.frozen(kw_only=True)
class ImagePart:
    """One DiskDeviceMapping.N: a snapshot that the image is made of."""

    Device: str | None = ignored(note="devices are named in the order of the snapshots")
    DiskType: str | None = param(OneOf("system", "data"), code="InvalidDiskType.ValueNotSupported")
    Size: int | None = ignored(note="a part is as large as its snapshot")
    SnapshotId: str | None = param(note="required here: an empty disk is no part")


@attrs.frozen(kw_only=True)
class ImageFeatures:
    """What an image can do."""

    ImdsSupport: str | None = stored(OneOf("v1", "v2"))


@attrs.frozen(kw_only=True)
class SecureBoot:
    """How an image starts."""

    SecureBootSupport: str | None = refused("not available on the cloud")


@attrs.frozen(kw_only=True)
class CreateImage:
    """Create an image from an instance, from snapshots, or from one snapshot of a system disk."""

    RegionId: str = required()
    Architecture: str | None = stored(
        OneOf("i386", "x86_64", "arm64"), code="InvalidArchitecture.Malformed"
    )
    BootMode: str | None = stored(OneOf("BIOS", "UEFI", "UEFI-Preferred"))
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE)
    DetectionStrategy: str | None = ignored(note="images are not inspected")
    DiskDeviceMapping: tuple[ImagePart, ...] = param(Count(0, 17), default=())
    DryRun: bool = param(default=False)
    Features: ImageFeatures | None = stored()
    ImageFamily: str | None = stored(*_NAME)
    ImageName: str | None = param(*_NAME, code=_NAME_CODE)
    ImageVersion: str | None = stored(Length(1, 40), code="InvalidImageVersion.Malformed")
    InstanceId: str | None = param(note="comes before DiskDeviceMapping, and that before SnapshotId")
    Platform: str | None = stored(_PLATFORMS, code="InvalidPlatform.Malformed")
    ResourceGroupId: str | None = stored()
    SecureBootOptions: SecureBoot | None = param()
    SnapshotId: str | None = param()
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action(idempotent_by="ClientToken")
def create_image(session: Session, request: CreateImage) -> Body:
    """Create it: Creating, Available. Of an instance every disk gets a snapshot."""
    names = ("Architecture", "BootMode", "ImageFamily", "ImageVersion", "Platform")
    extras = {name: value for name in names if (value := getattr(request, name)) is not None}
    extras["ResourceGroupId"] = common.resource_group(request.ResourceGroupId)
    if request.Features is not None and request.Features.ImdsSupport is not None:
        extras["ImdsSupport"] = request.Features.ImdsSupport
    command = commands.CreateImage(
        name=request.ImageName or "",
        description=request.Description or "",
        tags=common.tags(request.Tag),
        extras=extras,
        **_source(session, request),
    )
    return {"ImageId": common.execute(session, command, request).id}


def _source(session: Session, request: CreateImage) -> dict[str, Any]:
    """Return what the image is made of."""
    graph = session.graph
    if request.InstanceId is not None:
        instance = lookup.instance(graph, request.InstanceId)
        data = [disk.id for disk in graph.disks_of(instance.id) if disk.kind is DiskKind.DATA]
        source = _root(session, instance.extras.get("ImageId") or "")
        return {"instance_id": instance.id, "disk_ids": tuple(data), "source_id": source}
    if request.DiskDeviceMapping:
        return _parts(session, request.DiskDeviceMapping)
    if request.SnapshotId is None:
        message = "One of SnapshotId, InstanceId and DiskDeviceMapping must be given."
        raise Refusal("MissingParameter", message, 400)
    return {"snapshot_ids": (request.SnapshotId,), "source_id": _system(session, request.SnapshotId)}


def _parts(session: Session, parts: tuple[ImagePart, ...]) -> dict[str, Any]:
    ids = tuple(each.SnapshotId for each in parts if each.SnapshotId is not None)
    if len(ids) < len(parts):
        message = "An image is made of snapshots; DiskDeviceMapping without one is not served."
        raise Refusal("InvalidSize.ValueNotSupported", message, 400)
    named = next((each.SnapshotId for each in parts if each.DiskType == "system"), None)
    system = [each for each in ids if each in session.graph.snapshots]
    return {
        "snapshot_ids": ids,
        "data_as_system": named or "",
        "source_id": next(filter(None, (_system(session, each) for each in system)), ""),
    }


def _system(session: Session, snapshot_id: str) -> str:
    """Return the image that the disk of a snapshot came from, where that is known still."""
    snapshot = lookup.snapshot(session.graph, snapshot_id)
    disk = session.graph.disks.get(snapshot.disk_id)
    return "" if disk is None else _root(session, disk.extras.get("ImageId") or "")


def _root(session: Session, image_id: str) -> str:
    """Return the image that an image comes from, which says what system it is, or that one itself."""
    made = session.graph.images.get(image_id)
    return image_id if made is None else made.source_id or image_id


@attrs.frozen(kw_only=True)
class ModifiedFeatures(ImageFeatures):
    """What an image can do, as far as it can be changed."""

    NvmeSupport: str | None = ignored(OneOf("supported", "unsupported"), note="every image supports it")


@attrs.frozen(kw_only=True)
class ModifyImageAttribute:
    """Change what is said of an image of the account's own."""

    ImageId: str = required()
    RegionId: str = required()
    BootMode: str | None = stored(OneOf("BIOS", "UEFI", "UEFI-Preferred"))
    Description: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE, clearable=True)
    DryRun: bool = param(default=False)
    Features: ModifiedFeatures | None = stored()
    ImageFamily: str | None = stored(*_NAME)
    ImageName: str | None = param(*_NAME, code=_NAME_CODE)
    LicenseType: str | None = ignored(note="licences are not modelled")
    Status: str | None = param(OneOf("Deprecated", "Available"))


@ecs_action()
def modify_image_attribute(session: Session, request: ModifyImageAttribute) -> Body:
    """Change it at once."""
    names = ("BootMode", "ImageFamily")
    extras: dict[str, Any] = {
        name: value for name in names if (value := getattr(request, name)) is not None
    }
    if request.Status is not None:
        extras["Deprecated"] = request.Status == "Deprecated"
    if request.Features is not None and request.Features.ImdsSupport is not None:
        extras["ImdsSupport"] = request.Features.ImdsSupport
    command = commands.ModifyImage(
        image_id=request.ImageId, name=request.ImageName, description=request.Description, extras=extras
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class DeleteImage:
    """Delete an image of the account's own."""

    ImageId: str = required()
    RegionId: str = required()
    DryRun: bool = param(default=False)
    Force: bool = param(default=False, note="deletes it although there are instances of it")


@ecs_action()
def delete_image(session: Session, request: DeleteImage) -> Body:
    """Delete it at once; its snapshots stay. That there is none is overlooked, as the page says."""
    found = session.graph.images.get(request.ImageId)
    if found is None:
        common.end_dry_run(request)
        return {}
    for instance in session.graph.instances.values():
        if not request.Force and instance.extras.get("ImageId") == found.id:
            message = f"The instance {instance.id} came from the image {found.id}."
            raise Refusal("ImageUsingByInstance", message, 403)
    common.execute(session, commands.DeleteImages(image_ids=(found.id,)), request)
    return {}
