"""Disks that are there: made larger, made another, made anew, and called something else.

Sources: the vendor's pages of the actions, and the models of its Python SDK. A disk is as large as it shall
be at once. What is made anew has to be attached to a stopped instance.
"""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_core.disks.changes import ModifyDisks, RestoreDisk
from duolect_core.disks.changes import ReplaceSystemDisk as Replace
from duolect_core.disks.changes import ResizeDisk as Resize
from duolect_core.errors import KeyPairNotFound
from duolect_core.instances.lifecycle import StartInstances
from duolect_core.key_pairs.binding import BindKeyPairs
from duolect_core.model.disk_lifecycles import DiskKind, DiskState
from duolect_core.model.disks import Disk, NewDisk
from duolect_core.model.lifecycles import InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.disks.lifecycle import DISK_DESCRIPTION, DISK_NAME, LEVELS, DiskArn
from duolect_dialects.alibaba.instances import creation as new_instances
from duolect_dialects.alibaba.instances import disks
from duolect_dialects.alibaba.instances.creation import NO_GUEST, PASSWORD
from duolect_dialects.alibaba.instances.disks import CATEGORIES, level_of, performance
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf

_STRATEGY: Final = OneOf("Active", "Deactive")


@attrs.frozen(kw_only=True)
class ResizeDisk:
    """Make a disk larger."""

    DiskId: str = required()
    NewSize: int = required()
    ClientToken: str | None = param(*common.TOKEN)
    Type: str = param(OneOf("offline", "online"), default="offline", code="InvalidParam.Type")


@ecs_action(idempotent_by="ClientToken")
def resize_disk(session: Session, request: ResizeDisk) -> Body:
    """Make it larger at once: online of a running instance, or of none."""
    found = lookup.disk(session.graph, request.DiskId)
    gives = performance(found.category, level_of(found.category, found.extras))
    _, high = gives.system if found.kind is DiskKind.SYSTEM else gives.data
    if request.NewSize > high:
        message = f"A disk like {found.id} may have {high} GiB at most."
        raise Refusal("InvalidDiskSize.TooLarge", message, 403)
    if request.Type == "online":
        _check_online(session, found)
    session.execute(Resize(disk_id=found.id, size=request.NewSize))
    return {"OrderId": ""}


def _check_online(session: Session, found: Disk) -> None:
    """Raise ``Refusal`` where a disk is not made larger online."""
    if found.category == "cloud":
        message = "Disks of the category cloud are made larger offline only."
        raise Refusal("InvalidDiskCategory.NotSupported", message, 403)
    if found.attachment is None:
        return
    instance = lookup.instance(session.graph, found.attachment.instance_id)
    if instance.state is not InstanceState.RUNNING:
        message = f"The instance {instance.id} is not Running."
        raise Refusal("InvalidInstanceStatus.NotRunning", message, 403)


@attrs.frozen(kw_only=True)
class ModifyDiskAttribute:
    """Change what is said of disks."""

    BurstingEnabled: bool | None = stored()
    DeleteAutoSnapshot: bool | None = stored(note="no snapshot is created by itself")
    DeleteWithInstance: bool | None = param()
    Description: str | None = param(*DISK_DESCRIPTION, code="InvalidDescription.Malformed", clearable=True)
    DiskId: str | None = param(note="or DiskIds")
    DiskIds: tuple[str, ...] = param(Count(0, 100), default=())
    DiskName: str | None = param(*DISK_NAME, code="InvalidDiskName.Malformed", clearable=True)
    EnableAutoSnapshot: bool | None = stored(note="no snapshot is created by itself")
    RegionId: str | None = param(note="required by the page, and sent by every SDK")


@ecs_action()
def modify_disk_attribute(session: Session, request: ModifyDiskAttribute) -> Body:
    """Change all of them at once, or none."""
    ids = request.DiskIds or (() if request.DiskId is None else (request.DiskId,))
    if not ids:
        raise Refusal("IncompleteParamter", "One of DiskId and DiskIds must be given.", 400)
    names = ("BurstingEnabled", "DeleteAutoSnapshot", "EnableAutoSnapshot")
    extras = {name: value for name in names if (value := getattr(request, name)) is not None}
    said = (request.DiskName, request.Description, request.DeleteWithInstance)
    if not extras and all(each is None for each in said):
        raise Refusal("NoAttributeToModify", "There is nothing to modify in the request.", 400)
    session.execute(
        ModifyDisks(
            disk_ids=ids,
            name=request.DiskName,
            description=request.Description,
            delete_with_instance=request.DeleteWithInstance,
            extras=extras,
        )
    )
    return {}


# -- category and performance ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class PerformanceControl:
    """How a disk performs beside its category."""

    IOPS: int | None = refused("not available on the cloud")
    Recover: str | None = refused("not available on the cloud")
    Throughput: int | None = refused("not available on the cloud")


@attrs.frozen(kw_only=True)
class ModifyDiskSpec:
    """Give a disk another category, or another performance level."""

    DiskId: str = required()
    DestinationZoneId: str | None = refused("of regional disks, of which there are none")
    DiskCategory: str | None = param(OneOf(*CATEGORIES), code="InvalidDiskCategory.ValueNotSupported")
    DryRun: bool = param(default=False)
    PerformanceControlOptions: PerformanceControl | None = param()
    PerformanceLevel: str | None = param(LEVELS, code="InvalidPerformanceLevel.Malformed")
    ProvisionedIops: int | None = stored(Between(0, 50_000))


@ecs_action()
def modify_disk_spec(session: Session, request: ModifyDiskSpec) -> Body:
    """Change it at once; the task that a new category begins has ended by then (assumed)."""
    found = lookup.disk(session.graph, request.DiskId)
    category = request.DiskCategory or found.category
    names = ("PerformanceLevel", "ProvisionedIops")
    extras = {name: value for name in names if (value := getattr(request, name)) is not None}
    level = level_of(category, {**found.extras, **extras})
    if request.PerformanceLevel is not None and not level:
        message = f"Disks of the category {category} have no performance levels."
        raise Refusal("OperationDenied", message, 403)
    _check_calm(session, found)
    gives = performance(category, level)
    low, high = gives.system if found.kind is DiskKind.SYSTEM else gives.data
    if not low <= found.size <= high:
        message = f"Such a disk must have {low} to {high} GiB, and has {found.size}."
        raise Refusal("OperationDenied.PerformanceLevelNotMatch", message, 403)
    common.execute(session, ModifyDisks(disk_ids=(found.id,), category=category, extras=extras), request)
    task = {} if category == found.category and request.DiskCategory is None else {"TaskId": _task(found)}
    return {"OrderId": "", **task}


def _task(of: Disk) -> str:
    """Return the id of the task that changes a disk's category: made of the disk's, and kept nowhere."""
    return f"t-{of.id.removeprefix('d-')}"


def _check_calm(session: Session, found: Disk) -> None:
    """Raise where anything is under way with a disk: what a resize of it would raise."""
    session.check(Resize(disk_id=found.id, size=found.size + 1))


@attrs.frozen(kw_only=True)
class ModifyDiskChargeType:
    """Let disks of an instance be paid for in another way."""

    DiskIds: str = required()
    InstanceId: str = required()
    RegionId: str = required()
    AutoPay: bool | None = ignored(note=new_instances.NO_BILLING)
    ClientToken: str | None = param(*common.TOKEN)
    DiskChargeType: str = param(OneOf("PrePaid", "PostPaid"), default="PrePaid")


_MOST_CHARGED: Final = 16


@ecs_action(idempotent_by="ClientToken")
def modify_disk_charge_type(session: Session, request: ModifyDiskChargeType) -> Body:
    """Change all of them at once, or none. A disk of a subscription stays with its instance."""
    instance = lookup.instance(session.graph, request.InstanceId)
    ids = tuple(common.json_list(request.DiskIds, "DiskIds", "InvalidDiskIds.NotFound", 404))
    held = {each.id: each for each in session.graph.disks_of(instance.id)}
    if not ids or len(ids) > _MOST_CHARGED or not held.keys() >= set(ids):
        message = f"DiskIds must name 1 to {_MOST_CHARGED} data disks of the instance {instance.id}."
        raise Refusal("InvalidDiskIds.NotFound", message, 404)
    is_subscription = instance.extras.get("InstanceChargeType") == "PrePaid"
    postpaid = request.DiskChargeType == "PostPaid"
    if postpaid and not is_subscription:
        message = f"The instance {instance.id} is no subscription."
        raise Refusal("ChargeTypeViolation", message, 400)
    if any(held[each].kind is DiskKind.SYSTEM for each in ids):
        raise Refusal("InvalidDiskIds.NotPortable", "A system disk is paid for as its instance.", 404)
    if instance.state not in {InstanceState.RUNNING, InstanceState.STOPPED}:
        message = f"Something is under way with the instance {instance.id}."
        raise Refusal("InvalidInstanceStatus.NotSupported", message, 404)
    extras = {"DiskChargeType": request.DiskChargeType}
    session.execute(ModifyDisks(disk_ids=ids, portable=postpaid, extras=extras))
    return {"OrderId": ""}


# -- anew --------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ReInitDisk:
    """Make a disk again what it was when it was created."""

    DiskId: str = required()
    AutoStartInstance: bool = param(default=False)
    KeyPairName: str | None = param()
    Password: str | None = param(
        *PASSWORD, code="InvalidPassword.Malformed", treatment=Treatment.IGNORED, note=NO_GUEST
    )
    SecurityEnhancementStrategy: str | None = ignored(_STRATEGY, note=NO_GUEST)


@ecs_action()
def re_init_disk(session: Session, request: ReInitDisk) -> Body:
    """Make it anew: ReIniting, In_use. The instance may be started at once."""
    found = _restored(session, request.DiskId, "")
    attachment = found.attachment
    if attachment is None:
        return {}
    _bind(session, attachment.instance_id, request.KeyPairName)
    if request.AutoStartInstance:
        session.execute(StartInstances((attachment.instance_id,)), idempotent=False)
    return {}


@attrs.frozen(kw_only=True)
class ResetDisk:
    """Let a disk hold again what a snapshot of it holds."""

    DiskId: str = required()
    SnapshotId: str = required()
    DryRun: bool = param(default=False)


@ecs_action()
def reset_disk(session: Session, request: ResetDisk) -> Body:
    """Restore it: ReIniting, In_use."""
    if request.DryRun:
        session.check(RestoreDisk(disk_id=request.DiskId, snapshot_id=request.SnapshotId))
        common.end_dry_run(request)
    _restored(session, request.DiskId, request.SnapshotId)
    return {}


def _restored(session: Session, disk_id: str, snapshot_id: str) -> Disk:
    found = lookup.disk(session.graph, disk_id)
    if found.state is DiskState.AVAILABLE:
        message = f"The disk {found.id} is not attached to an instance."
        raise Refusal("IncorrectDiskStatus", message, 403)
    return session.execute(RestoreDisk(disk_id=disk_id, snapshot_id=snapshot_id))


def _key_pair(session: Session, name: str | None) -> str | None:
    if name is None:
        return None
    key_pair_id = session.graph.key_pairs_by_name.get(name)
    if key_pair_id is None:
        raise KeyPairNotFound(name)
    return key_pair_id


def _bind(session: Session, instance_id: str, name: str | None) -> None:
    key_pair_id = _key_pair(session, name)
    if key_pair_id is not None:
        command = BindKeyPairs(instance_ids=(instance_id,), key_pair_ids=(key_pair_id,))
        session.execute(command, idempotent=False)


@attrs.frozen(kw_only=True)
class ReplacedDisk:
    """What the new system disk is like."""

    Size: int | None = param()


@attrs.frozen(kw_only=True)
class ReplaceSystemDisk:
    """Give a stopped instance another system disk, of the same image or another one."""

    InstanceId: str = required()
    Architecture: str | None = ignored(OneOf("i386", "x86_64"), note="of data disks as system disks")
    Arn: tuple[DiskArn, ...] = ignored(Count(0, 10), default=(), note="not available on the cloud")
    ClientToken: str | None = param(*common.TOKEN)
    DiskId: str | None = refused("no data disk becomes a system disk")
    EncryptAlgorithm: str | None = ignored(note="not available on the cloud")
    Encrypted: bool | None = stored()
    ImageId: str | None = stored(note="required, and every image exists")
    KMSKeyId: str | None = stored()
    KeyPairName: str | None = param()
    Password: str | None = param(
        *PASSWORD, code="InvalidPassword.Malformed", treatment=Treatment.IGNORED, note=NO_GUEST
    )
    PasswordInherit: bool | None = ignored(note=NO_GUEST)
    Platform: str | None = ignored(note="of data disks as system disks")
    SecurityEnhancementStrategy: str | None = ignored(_STRATEGY, note=NO_GUEST)
    SystemDisk: ReplacedDisk | None = param()
    UseAdditionalService: bool | None = ignored(note=NO_GUEST)


@ecs_action(idempotent_by="ClientToken")
def replace_system_disk(session: Session, request: ReplaceSystemDisk) -> Body:
    """Replace it: the old one is gone, and the new one ReIniting, then In_use."""
    instance = lookup.instance(session.graph, request.InstanceId)
    if request.ImageId is None:
        message = "The input parameter ImageId that is mandatory for this action is not supplied."
        raise Refusal("MissingParameter", message, 400)
    disks.check_image(session, request.ImageId)
    _key_pair(session, request.KeyPairName)
    old = session.graph.system_disk(instance.id)
    new = _new_system_disk(session, request, request.ImageId, old)
    made = session.execute(Replace(instance_id=instance.id, new=new, extras={"ImageId": request.ImageId}))
    _bind(session, instance.id, request.KeyPairName)
    return {"DiskId": made.id}


def _new_system_disk(
    session: Session, request: ReplaceSystemDisk, image_id: str, old: Disk | None
) -> NewDisk:
    """Return the new disk: like the old one, and as large as is wanted, or as a new instance's."""
    said: Mapping[str, Any] = {} if old is None else old.extras
    wanted = request.SystemDisk and request.SystemDisk.Size
    kept = {name: said[name] for name in disks.SHOWN_AGAIN if name in said}
    encrypted = {"Encrypted": request.Encrypted, "KMSKeyId": request.KMSKeyId}
    described = {} if old is None else {"Category": old.category, "DiskName": old.name or None}
    goes = {} if old is None else {"DeleteWithInstance": old.delete_with_instance}
    return disks.system(
        session,
        new_instances.without_gaps({**kept, **encrypted, **described, **goes, "Size": wanted}),
        image_id,
        {name: said.get(name) for name in ("DiskChargeType", "ResourceGroupId")},
    )
