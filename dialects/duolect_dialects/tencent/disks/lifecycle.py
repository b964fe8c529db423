"""Creating disks, attaching them, detaching them and giving them back.

Source: the definitions in tccli. Disks here are paid for by the hour and are attached to one instance at a
time.
"""

from typing import Any, Final

import attrs

from duolect_core.disks import lifecycle as commands
from duolect_core.disks.attachment import AttachDisks as Attach
from duolect_core.disks.attachment import DetachDisks as Detach
from duolect_core.disks.snapshots import DeleteSnapshots
from duolect_core.model.disk_lifecycles import CopyState, DiskState
from duolect_core.model.disks import NewDisk
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cbs_action
from duolect_dialects.tencent.disks import offers, views
from duolect_dialects.tencent.disks.finding import cloud_disks
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, OneOf
from duolect_dialects.wording import Message

_WRONG: Final = "InvalidParameterValue"
_NOT_SOLD: Final = "InvalidParameter.DiskConfigNotSupported"
_MANY: Final = "InvalidParameterValue.LimitExceeded"
_KEEP: Final = Between(0, 1)
_NO_CLUSTERS: Final = "there are no dedicated clusters"
DISK_NAME: Final = AtMost(60)
TAG_CODES: Final = common.TagCodes(many=_MANY, duplicate=_WRONG)


def disk_ids(most: int) -> tuple[Any, ...]:
    """Return the rules of a list of disks that must be there."""
    return (
        Coded(common.NonEmpty(), "MissingParameter"),
        Coded(Count(0, most), _MANY),
        Coded(Each(common.DISK_ID), _WRONG),
    )


# -- creating ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CbsTagParam:
    """One of Tags."""

    Key: str = required(AtMost(127), common.NOT_RESERVED, common.TAG_KEY, code=_WRONG)
    Value: str = required(AtMost(255), common.TAG_VALUE, code=_WRONG)


@attrs.frozen(kw_only=True)
class DiskPlacementParam:
    """Where a disk shall be."""

    Zone: str = required()
    ProjectId: int = param(Between(0, 2**31 - 1), default=0, code=_WRONG, note="every project exists")
    CageId: str | None = param(OneOf(""), code=_NOT_SOLD, note="there are no cages")
    CdcId: str | None = param(OneOf(""), code=_NOT_SOLD, note=_NO_CLUSTERS)
    DedicatedClusterId: str | None = param(OneOf(""), code=_NOT_SOLD, note=_NO_CLUSTERS)
    CdcName: str | None = ignored(note="only shown")
    ProjectName: str | None = ignored(note="only shown")


@attrs.frozen(kw_only=True)
class CreateDisks:
    """Create data disks that are alike."""

    Placement: DiskPlacementParam = required()
    DiskChargeType: str = required(
        Coded(OneOf("PREPAID", views.POSTPAID, "CDCPAID"), _WRONG),
        Coded(OneOf(views.POSTPAID), _NOT_SOLD),
        note="nothing is paid for in advance",
    )
    DiskType: str = required(Coded(OneOf(*offers.SMALLEST), _NOT_SOLD))
    DiskName: str | None = param(DISK_NAME, code=_WRONG)
    Tags: tuple[CbsTagParam, ...] = param(default=())
    SnapshotId: str | None = param(common.SNAPSHOT_ID, code=_WRONG)
    DiskCount: int = param(Between(1, 100), default=1, code=_MANY)
    ThroughputPerformance: int | None = stored(Between(0, 2**31 - 1), code=_WRONG)
    KmsKeyId: str | None = stored(note="every key exists")
    DiskSize: int | None = param(note="GiB; required unless SnapshotId is given")
    Shareable: bool = param(default=False, note="disks are attached to one instance at a time")
    ClientToken: str | None = param(*common.TOKEN, code=_WRONG)
    Encrypt: str | None = param(OneOf("ENCRYPT"), code=_WRONG)
    DiskChargePrepaid: Any = refused("nothing is paid for in advance", code=_NOT_SOLD)
    DeleteSnapshot: int | None = stored(_KEEP, code=_WRONG)
    AutoMountConfiguration: Any = refused("disks are not attached as they are created", code=_NOT_SOLD)
    DiskBackupQuota: int | None = stored(Between(0, 1024), code=_WRONG)
    BurstPerformance: bool | None = stored()
    EncryptType: str | None = stored(OneOf("ENCRYPT_V1", "ENCRYPT_V2"), code=_WRONG)


@cbs_action(idempotent_by="ClientToken")
def create_disks(session: Session, request: CreateDisks) -> Body:
    """Create them: not listed at first, then UNATTACHED."""
    if request.Shareable:
        raise Refusal(_NOT_SOLD, "Shared disks are not sold.")
    if request.KmsKeyId is not None and request.Encrypt is None:
        raise request_errors.missing("Encrypt")
    made = session.execute(
        commands.CreateDisks(
            new=_new(session, request),
            zone=request.Placement.Zone,
            count=request.DiskCount,
            tags=common.tags(request.Tags, TAG_CODES),
        )
    )
    return {"DiskIdSet": [disk.id for disk in made]}


def _new(session: Session, request: CreateDisks) -> NewDisk:
    """Return what is wanted; without a size it is as large as the snapshot."""
    size = request.DiskSize
    if size is None:
        if request.SnapshotId is None:
            raise request_errors.missing("DiskSize")
        size = lookup.snapshot(session.graph, request.SnapshotId).size
    offers.check_size(request.DiskType, size)
    extras = common.stored_extras(request)
    extras.pop("Placement", None)
    return NewDisk(
        size=size,
        category=request.DiskType,
        name=request.DiskName or "",
        snapshot_id=request.SnapshotId or "",
        delete_with_instance=False,
        extras={
            **extras,
            "Encrypt": request.Encrypt is not None,
            "ProjectId": request.Placement.ProjectId,
        },
    )


# -- attaching and detaching -------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AttachDisks:
    """Attach elastic disks to an instance: all of them, or none."""

    InstanceId: str = required(common.INSTANCE_ID, code=_WRONG)
    DiskIds: tuple[str, ...] = required(*disk_ids(10))
    DeleteWithInstance: bool | None = param()
    AttachMode: str | None = ignored(Coded(OneOf("PF", "VF"), _WRONG), note="of bare metal")


@cbs_action()
def attach_disks(session: Session, request: AttachDisks) -> Body:
    """Attach them: ATTACHING, ATTACHED."""
    cloud_disks(session, request.DiskIds)
    session.execute(
        Attach(
            disk_ids=request.DiskIds,
            instance_id=request.InstanceId,
            delete_with_instance=request.DeleteWithInstance,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DetachDisks:
    """Detach elastic disks from the instance that they are attached to: all of them, or none."""

    DiskIds: tuple[str, ...] = required(*disk_ids(10))
    InstanceId: str | None = param(common.INSTANCE_ID, code=_WRONG)


@cbs_action()
def detach_disks(session: Session, request: DetachDisks) -> Body:
    """Detach them: DETACHING, UNATTACHED."""
    cloud_disks(session, request.DiskIds)
    session.execute(Detach(disk_ids=request.DiskIds, instance_id=request.InstanceId or ""))
    return {}


# -- giving back -------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class TerminateDisks:
    """Give disks back that are attached to nothing: all of them, or none."""

    DiskIds: tuple[str, ...] = required(*disk_ids(100))
    DeleteSnapshot: int | None = param(_KEEP, code=_WRONG, note="what was said of the disk, else 0")


@cbs_action()
def terminate_disks(session: Session, request: TerminateDisks) -> Body:
    """Delete them, for none here is prepaid and kept; snapshots that expire go along where it is wanted."""
    disks = cloud_disks(session, request.DiskIds)
    gone = [disk for disk in disks if disk.state is DiskState.DELETING]
    if gone:
        message = Message("The disk `{disk_id}` is given back already.", disk_id=gone[0].id)
        raise Refusal("ResourceUnavailable.RepeatRefund", message)
    session.execute(commands.DeleteDisks(request.DiskIds))
    graph = session.graph
    going = [
        snapshot_id
        for disk in disks
        for snapshot_id in graph.snapshots_by_disk.ids(disk.id)
        if (
            disk.extras.get("DeleteSnapshot", 0)
            if request.DeleteSnapshot is None
            else request.DeleteSnapshot
        )
        and not views.is_permanent(graph.snapshots[snapshot_id])
        and graph.snapshots[snapshot_id].state is CopyState.AVAILABLE
        and not graph.images_by_snapshot.ids(snapshot_id)
    ]
    session.execute(DeleteSnapshots(snapshot_ids=tuple(going)), idempotent=False)
    return {}
