"""What disks hold and give: initialised anew, with more throughput, and local ones turned into cloud disks.

Source: the definitions in tccli. Which codes say what the lists of InitializeDisks and
ModifyDiskExtraPerformance have no name for is assumed.
"""

from typing import Any, Final

import attrs

from duolect_core.disks.changes import ModifyDisks, RestoreDisk
from duolect_core.errors import InstanceWrongState
from duolect_core.instances.changes import RecordChange
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.disks import Disk
from duolect_core.model.lifecycles import InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cbs_action, cvm_action
from duolect_dialects.tencent.disks import offers
from duolect_dialects.tencent.disks.finding import cloud_disk, cloud_disks
from duolect_dialects.tencent.disks.lifecycle import disk_ids
from duolect_dialects.tencent.disks.views import is_cloud
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.values import Between, OneOf
from duolect_dialects.wording import Message

_WRONG: Final = "InvalidParameterValue"
_FASTER: Final = ("CLOUD_HSSD", "CLOUD_TSSD")
_LARGE: Final = 460
"""How many GiB a disk has to exceed for more throughput."""


@attrs.frozen(kw_only=True)
class InitializeDisks:
    """Let data disks that are attached to nothing hold again what they held when they were created."""

    DiskIds: tuple[str, ...] = required(*disk_ids(20))


@cbs_action()
def initialize_disks(session: Session, request: InitializeDisks) -> Body:
    """Initialise all of the disks, or none: ROLLBACKING, then as before."""
    commands = [RestoreDisk(disk_id=each.id) for each in cloud_disks(session, request.DiskIds)]
    for command in commands:
        disk = session.check(command)
        if disk.attachment is not None:
            message = Message("The disk `{disk_id}` is not elastic.", disk_id=disk.id)
            raise Refusal("ResourceBusy", message)
    for command in commands:
        session.execute(command)
    return {}


@attrs.frozen(kw_only=True)
class ModifyDiskExtraPerformance:
    """Give a disk more throughput than comes with its size, in MiB/s."""

    ThroughputPerformance: int = required(Between(0, 2**31 - 1), code="InvalidParameter")
    DiskId: str = required(common.DISK_ID, code="InvalidParameter")


@cbs_action()
def modify_disk_extra_performance(session: Session, request: ModifyDiskExtraPerformance) -> Body:
    """Change it at once."""
    disk = cloud_disk(session, request.DiskId)
    if disk.category not in _FASTER or disk.size <= _LARGE:
        message = Message("No throughput can be bought for the disk `{disk_id}`.", disk_id=disk.id)
        raise Refusal("InvalidDisk.NotSupported", message)
    extras = {"ThroughputPerformance": request.ThroughputPerformance}
    session.execute(ModifyDisks(disk_ids=(disk.id,), extras=extras))
    return {}


# -- local disks -------------------------------------------------------------------------------------------

_ONLY_TYPE: Final = "only the type is changed"


@attrs.frozen(kw_only=True)
class TurnedDiskParam:
    """A disk, of which only the type counts."""

    DiskType: str | None = param(OneOf(*offers.SMALLEST), code=_WRONG, note="required")
    DiskId: str | None = ignored(note=_ONLY_TYPE)
    DiskSize: int | None = ignored(note=_ONLY_TYPE)
    DiskName: str | None = ignored(note=_ONLY_TYPE)
    Encrypt: bool | None = ignored(note=_ONLY_TYPE)
    KmsKeyId: str | None = ignored(note=_ONLY_TYPE)
    CdcId: str | None = refused("there are no dedicated clusters", code=_WRONG)


@attrs.frozen(kw_only=True)
class TurnedDataDiskParam(TurnedDiskParam):
    """A data disk, of which only the type counts."""

    DeleteWithInstance: bool | None = ignored(note=_ONLY_TYPE)
    SnapshotId: str | None = ignored(note=_ONLY_TYPE)
    ThroughputPerformance: int | None = ignored(note=_ONLY_TYPE)
    BurstPerformance: bool | None = ignored(note=_ONLY_TYPE)


@attrs.frozen(kw_only=True)
class ModifyInstanceDiskType:
    """Turn the local disks of a stopped instance into cloud disks."""

    InstanceId: str = required(common.INSTANCE_ID, code="InvalidInstanceId.Malformed")
    DataDisks: tuple[TurnedDataDiskParam, ...] = param(default=(), note="one data disk is turned at most")
    SystemDisk: TurnedDiskParam | None = param()


@cvm_action()
def modify_instance_disk_type(session: Session, request: ModifyInstanceDiskType) -> Body:
    """Turn them at once: all local disks of the instance have to be named."""
    found = lookup.instance(session.graph, request.InstanceId)
    if found.state is not InstanceState.STOPPED:
        raise InstanceWrongState(found.id, found.state, (InstanceState.STOPPED,))
    if instance_views.stop_mode(found) == "STOP_CHARGING":
        raise Refusal(
            "UnsupportedOperation.StoppedModeStopCharging",
            Message("The instance `{instance_id}` is stopped without charge.", instance_id=found.id),
        )
    local = [disk for disk in session.graph.disks_of(found.id) if not is_cloud(disk)]
    system = [disk for disk in local if disk.kind is DiskKind.SYSTEM]
    data = [disk for disk in local if disk.kind is DiskKind.DATA]
    turned = _turned(system, () if request.SystemDisk is None else (request.SystemDisk,))
    turned += _turned(data, request.DataDisks)
    if not turned:
        raise Refusal(_WRONG, "The instance has no local disk that is named.")
    for command in turned:
        session.check(command)
    for command in turned:
        session.execute(command)
    session.execute(RecordChange(instance_ids=(found.id,), detail="ModifyInstanceDiskType"))
    return {}


def _turned(disks: list[Disk], wanted: tuple[Any, ...]) -> list[ModifyDisks]:
    """Return what turns the local disks of a kind into what is wanted.

    Raises:
        Refusal: it is not wanted of each of them, or of one that is none.
    """
    if len(wanted) != len(disks) or len(disks) > 1:
        raise Refusal(_WRONG, "All local disks are turned at once, and one data disk at most.")
    return [
        ModifyDisks(disk_ids=(disk.id,), category=_category(each), portable=disk.kind is DiskKind.DATA)
        for disk, each in zip(disks, wanted, strict=True)
    ]


def _category(wanted: TurnedDiskParam) -> str:
    if wanted.DiskType is None:
        raise Refusal("MissingParameter", "`DiskType` must be named.")
    return wanted.DiskType
