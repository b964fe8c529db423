"""Disks that are created, attached, detached and deleted.

Sources: the vendor's pages CreateDisk, AttachDisk, DetachDisk and DeleteDisk, and the models of its Python
SDK. A system disk stays with its instance here; none is attached to several instances.
"""

from typing import Any, Final

import attrs

from duolect_core.disks import lifecycle as commands
from duolect_core.disks.attachment import AttachDisks, DetachDisks
from duolect_core.disks.changes import ModifyDisks
from duolect_core.model.disk_lifecycles import DiskState
from duolect_core.model.disks import NewDisk
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagParam, ecs_action
from duolect_dialects.alibaba.instances.disks import (
    CATEGORIES,
    SHOWN_AGAIN,
    encryption,
    level_of,
    performance,
)
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

_NO_GUEST: Final = "guests are not modelled"
_SHARED: Final = "no disk is attached to several instances"
DISK_NAME: Final = (Length(2, 128), common.NAME)
DISK_DESCRIPTION: Final = (Length(2, 256), common.NOT_A_LINK)
LEVELS: Final = OneOf("PL0", "PL1", "PL2", "PL3")
_DEFAULT_CATEGORY: Final = "cloud"
_DEVICE: Final = Form(r"/dev/x?vd[a-z]{1,2}", "the name of a device, /dev/xvdb to /dev/xvdz")


@attrs.frozen(kw_only=True)
class DiskArn:
    """One Arn.N."""

    AssumeRoleFor: int | None = ignored(note=_NO_GUEST)
    RoleType: str | None = ignored(note=_NO_GUEST)
    Rolearn: str | None = ignored(note=_NO_GUEST)


@attrs.frozen(kw_only=True)
class CreateDisk:
    """Create a data disk, empty or from a snapshot."""

    RegionId: str = required()
    AdvancedFeatures: str | None = refused(_SHARED)
    Arn: tuple[DiskArn, ...] = ignored(Count(0, 10), default=(), note="not available on the cloud")
    BurstingEnabled: bool | None = stored()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*DISK_DESCRIPTION, code="InvalidDescription.Malformed")
    DiskCategory: str = param(
        OneOf(*CATEGORIES), default=_DEFAULT_CATEGORY, code="InvalidDiskCategory.ValueNotSupported"
    )
    DiskName: str | None = param(*DISK_NAME, code="InvalidDiskName.Malformed")
    EncryptAlgorithm: str | None = ignored(note="not available on the cloud")
    Encrypted: bool | None = stored()
    InstanceId: str | None = param(note="of a subscription, to which the disk is attached at once")
    KMSKeyId: str | None = stored(note="every key exists")
    MultiAttach: str | None = param(OneOf("Disabled"), note=_SHARED)
    PerformanceLevel: str | None = stored(LEVELS, code="InvalidPerformanceLevel.Malformed")
    ProvisionedIops: int | None = stored(Between(0, 50_000))
    ResourceGroupId: str | None = stored()
    Size: int | None = param(note="GiB; required unless SnapshotId is given")
    SnapshotId: str | None = param()
    StorageClusterId: str | None = stored()
    StorageSetId: str | None = stored()
    StorageSetPartitionNumber: int | None = stored(Between(1, 2000))
    Tag: tuple[TagParam, ...] = common.tag_params()
    ZoneId: str | None = param(note="required unless InstanceId is given")


@ecs_action(idempotent_by="ClientToken")
def create_disk(session: Session, request: CreateDisk) -> Body:
    """Create it: Creating, Available. That of a subscription is refused unless the instance is one."""
    if request.KMSKeyId is not None and not request.Encrypted:
        message = "A disk with a KMSKeyId is encrypted."
        raise Refusal("InvalidParameter.EncryptedIllegal", message, 400)
    common.exclusive(request, "ZoneId", "InstanceId")
    if request.InstanceId is not None:
        instance = lookup.instance(session.graph, request.InstanceId)
        message = f"A disk that is bought along with {instance.id} comes with RunInstances only."
        raise Refusal("InvalidPayMethod", message, 403)
    if request.ZoneId is None:
        raise missing("ZoneId")
    (made,) = session.execute(
        commands.CreateDisks(new=_new(session, request), zone=request.ZoneId, tags=common.tags(request.Tag))
    )
    return {"DiskId": made.id, "OrderId": ""}


def _new(session: Session, request: CreateDisk) -> NewDisk:
    """Return what is wanted. Without a size it is as large as the snapshot, or the least there is."""
    said = {name: getattr(request, name) for name in SHOWN_AGAIN if hasattr(request, name)}
    category = request.DiskCategory
    low, high = performance(category, level_of(category, said)).data
    size = request.Size
    if size is None:
        if request.SnapshotId is None:
            message = "The input parameter either SnapshotId or Size should be specified."
            raise Refusal("MissingParameter", message, 400)
        size = max(low, lookup.snapshot(session.graph, request.SnapshotId).size)
    if not low <= size <= high:
        message = f"A disk of the category {category} must have {low} to {high} GiB."
        raise Refusal("InvalidSize.ValueNotSupported", message, 400)
    given = {name: value for name, value in said.items() if value is not None}
    extras: dict[str, Any] = {**encryption(session, request.Encrypted), **given}
    extras["ResourceGroupId"] = common.resource_group(request.ResourceGroupId)
    return NewDisk(
        size=size,
        category=category,
        name=request.DiskName or "",
        description=request.Description or "",
        snapshot_id=request.SnapshotId or "",
        delete_with_instance=False,
        extras=extras,
    )


@attrs.frozen(kw_only=True)
class AttachDisk:
    """Attach a disk to an instance as a data disk."""

    DiskId: str = required()
    InstanceId: str = required()
    Bootable: bool = param(default=False, note="no disk has been a system disk")
    DeleteWithInstance: bool = param(default=False)
    Device: str | None = param(_DEVICE, code="InvalidDevice.Malformed")
    Force: bool = param(default=False, note="of regional disks, of which there are none")
    KeyPairName: str | None = ignored(note="of system disks")
    Password: str | None = ignored(note="of system disks")


@ecs_action()
def attach_disk(session: Session, request: AttachDisk) -> Body:
    """Attach it: Attaching, In_use."""
    found = lookup.disk(session.graph, request.DiskId)
    if request.Bootable:
        message = f"The disk {found.id} was never a system disk."
        raise Refusal("InvalidDisk.DiskNotBootable", message, 400)
    if request.Force:
        message = f"Disks of the category {found.category} are not attached by force."
        raise Refusal("InvalidParameterForce.DiskCategoryNotSupported", message, 400)
    session.execute(
        AttachDisks(
            disk_ids=(found.id,),
            instance_id=request.InstanceId,
            device=request.Device or "",
            delete_with_instance=request.DeleteWithInstance,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DetachDisk:
    """Detach a data disk from the instance that it is attached to."""

    DiskId: str = required()
    InstanceId: str = required()
    DeleteWithInstance: bool | None = param(note="of a data disk that is attached again later")


@ecs_action()
def detach_disk(session: Session, request: DetachDisk) -> Body:
    """Detach it: Detaching, Available."""
    found = lookup.disk(session.graph, request.DiskId)
    lookup.instance(session.graph, request.InstanceId)
    if found.state is DiskState.AVAILABLE:
        message = f"The disk {found.id} is not attached to any instance."
        raise Refusal("InvalidDisk.AlreadyDetached", message, 404)
    session.execute(DetachDisks(disk_ids=(found.id,), instance_id=request.InstanceId))
    session.execute(
        ModifyDisks(disk_ids=(found.id,), delete_with_instance=bool(request.DeleteWithInstance)),
        idempotent=False,
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteDisk:
    """Delete a disk that is attached to nothing."""

    DiskId: str = required()


@ecs_action()
def delete_disk(session: Session, request: DeleteDisk) -> Body:
    """Delete it; its snapshots stay. That there is none is overlooked, as the page says."""
    found = session.graph.disks.get(request.DiskId)
    if found is None or found.state is DiskState.DELETING:
        return {}
    if found.state is DiskState.PENDING:
        message = f"The disk {found.id} is being created still."
        raise Refusal("IncorrectDiskStatus.Initializing", message, 403)
    session.execute(commands.DeleteDisks((found.id,)))
    return {}
