"""Disks that are there: made larger, and called something else.

Source: the definitions in tccli. System disks belong to their instances and are made larger with cvm, at
once; data disks are elastic and are made larger with cbs, EXPANDING first.
"""

from typing import Any, Final

import attrs

from duolect_core.disks.changes import ModifyDisks
from duolect_core.disks.changes import ResizeDisk as Resize
from duolect_core.errors import InstanceWrongState
from duolect_core.instances.changes import RecordChange, ResizeInstances
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cbs_action, cvm_action
from duolect_dialects.tencent.disks.finding import cloud_disk, cloud_disks
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.instances.disks import system_disk
from duolect_dialects.tencent.instances.parameters import GUEST
from duolect_dialects.values import AtMost, Between, Coded, Count, Each
from duolect_dialects.wording import Message

_WRONG: Final = "InvalidParameterValue"
_SIZE: Final = Between(1, 32000)
_LARGEST_SYSTEM: Final = Between(1, 2048)
_RESIZE: Final = "ResizeInstanceDisks"


# -- with the instance -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ResizedSystemDiskParam:
    """The system disk, of which only the size is changed."""

    DiskSize: int | None = param(_LARGEST_SYSTEM, code=_WRONG)
    DiskId: str | None = param(common.DISK_ID, code=_WRONG)
    DiskType: str | None = param(note="must be the type that the disk has")
    CdcId: str | None = refused("there are no dedicated clusters", code=_WRONG)
    DiskName: str | None = ignored(note="only the size is changed")
    Encrypt: bool | None = ignored(note="only the size is changed")
    KmsKeyId: str | None = ignored(note="only the size is changed")


@attrs.frozen(kw_only=True)
class ResizeInstanceDisks:
    """Make the system disk of an instance larger."""

    InstanceId: str = required(common.INSTANCE_ID, code="InvalidInstanceId.Malformed")
    DataDisks: Any = refused(
        "the data disks of instances are elastic", code="UnsupportedOperation.InvalidDataDisk"
    )
    ForceStop: bool = param(default=False, note=GUEST)
    SystemDisk: ResizedSystemDiskParam | None = param(note="required, since no data disk can be changed so")
    ResizeOnline: bool = param(default=False)


@cvm_action()
def resize_instance_disks(session: Session, request: ResizeInstanceDisks) -> Body:
    """Make the disk larger. What runs is rebooted, unless it is done online."""
    if request.SystemDisk is None:
        raise Refusal("MissingParameter.AtLeastOne", "One of `DataDisks` and `SystemDisk` must be named.")
    found = lookup.instance(session.graph, request.InstanceId)
    if found.state not in STEADY_INSTANCE:
        raise InstanceWrongState(found.id, found.state, STEADY_INSTANCE)
    if request.SystemDisk.DiskSize is None:
        raise request_errors.missing("SystemDisk.DiskSize")
    larger = _larger(session, found, request.SystemDisk, request.SystemDisk.DiskSize)
    runs = found.state is InstanceState.RUNNING
    if runs and not (request.ForceStop or request.ResizeOnline):
        raise InstanceWrongState(found.id, found.state, (InstanceState.STOPPED,))
    session.execute(larger)
    if runs and not request.ResizeOnline:
        session.execute(
            ResizeInstances(
                instance_ids=(found.id,),
                type_name=found.type_name,
                restart=True,
                detail=_RESIZE,
            )
        )
    else:
        session.execute(RecordChange(instance_ids=(found.id,), detail=_RESIZE))
    return {}


def _larger(session: Session, of: Instance, wanted: ResizedSystemDiskParam, size: int) -> Resize:
    """Return what makes an instance's system disk what is wanted.

    Raises:
        Refusal, CoreError: it cannot be made so.
    """
    disk = system_disk(session.graph, of)
    if instance_views.stop_mode(of) == "STOP_CHARGING":
        raise Refusal(
            "UnsupportedOperation.StoppedModeStopCharging",
            Message("The instance `{instance_id}` is stopped without charge.", instance_id=of.id),
        )
    if not disk["DiskType"].startswith("CLOUD"):
        raise Refusal("InvalidInstance.NotSupported", "Only cloud disks can be made larger.")
    if wanted.DiskId not in {None, disk["DiskId"]} or wanted.DiskType not in {None, disk["DiskType"]}:
        raise Refusal(_WRONG, "The system disk has another id or type.")
    larger = Resize(disk_id=disk["DiskId"], size=size, at_once=True)
    session.check(larger)
    return larger


# -- disks by themselves -----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ResizeDisk:
    """Make a data disk larger."""

    DiskSize: int = required(_SIZE, code=_WRONG)
    DiskId: str | None = param(common.DISK_ID, code=_WRONG, note="required")


@cbs_action()
def resize_disk(session: Session, request: ResizeDisk) -> Body:
    """Make the disk larger: EXPANDING, then as before."""
    if request.DiskId is None:
        raise request_errors.missing("DiskId")
    disk = cloud_disk(session, request.DiskId)
    if disk.kind is DiskKind.SYSTEM:
        message = Message("The disk `{disk_id}` is not elastic.", disk_id=request.DiskId)
        raise Refusal("InvalidDisk.NotSupported", message)
    session.execute(Resize(disk_id=disk.id, size=request.DiskSize))
    return {}


@attrs.frozen(kw_only=True)
class ModifyDiskAttributes:
    """Change what is said of disks; at least one attribute must be named."""

    DiskIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 100), Each(common.DISK_ID), code=_WRONG
    )
    DiskName: str | None = param(AtMost(60), code=_WRONG)
    Portable: bool | None = refused("disks stay elastic or not", code="ResourceUnavailable.NotSupported")
    ProjectId: int | None = param(
        Between(0, 2**31 - 1), code=_WRONG, note="of elastic disks; every project exists"
    )
    DeleteWithInstance: bool | None = param(note="of elastic disks")
    DiskType: str | None = refused("disks keep their type", code="InvalidDisk.NotSupported")
    BurstPerformanceOperation: str | None = refused(
        "no disk has bursts of performance", code="InvalidDisk.NotSupported"
    )


@cbs_action()
def modify_disk_attributes(session: Session, request: ModifyDiskAttributes) -> Body:
    """Change all of the disks at once, or none."""
    named = (request.DiskName, request.ProjectId, request.DeleteWithInstance)
    if all(value is None for value in named):
        raise request_errors.missing("DiskName")
    for disk in cloud_disks(session, request.DiskIds):
        attached = disk.attachment
        holder = None if attached is None else lookup.instance(session.graph, attached.instance_id)
        is_leaving = holder is not None and holder.state is InstanceState.DELETING
        if is_leaving or (not disk.portable and named[1:] != (None, None)):
            message = Message("The disk `{disk_id}` cannot be changed.", disk_id=disk.id)
            raise Refusal("ResourceUnavailable.NotSupported", message)
    session.execute(
        ModifyDisks(
            disk_ids=request.DiskIds,
            name=request.DiskName,
            delete_with_instance=request.DeleteWithInstance,
            extras={} if request.ProjectId is None else {"ProjectId": request.ProjectId},
        )
    )
    return {}
