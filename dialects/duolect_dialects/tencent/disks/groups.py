"""Snapshot groups: snapshots of disks of one instance that are made at one instant, and put back together.

Source: the definitions in tccli.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.disks import groups as commands
from duolect_core.model.disk_lifecycles import CopyState, DiskKind
from duolect_core.model.disks import SnapshotGroup
from duolect_core.relations import progress
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cbs_action
from duolect_dialects.tencent.disks.finding import cloud_disks
from duolect_dialects.tencent.disks.lifecycle import CbsTagParam
from duolect_dialects.tencent.disks.queries import CbsFilter, Reading, field, passing
from duolect_dialects.tencent.disks.views import UNNAMED, snapshot
from duolect_dialects.tencent.names import utc_time
from duolect_dialects.values import AtMost, Coded, Count, Each

_WRONG: Final = "InvalidParameter"
_STATE: Final = "UnsupportedOperation.StateError"
_GROUP_ID: Final = common.id_of("csnap")
_TAG_CODES: Final = common.TagCodes(many=_WRONG, duplicate=_WRONG)


@attrs.frozen(kw_only=True)
class GroupTagParam(CbsTagParam):
    """One of Tags."""

    Key: str = required(AtMost(127), common.NOT_RESERVED, common.TAG_KEY, code=_WRONG)
    Value: str = required(AtMost(255), common.TAG_VALUE, code=_WRONG)


@attrs.frozen(kw_only=True)
class CreateSnapshotGroup:
    """Create snapshots of disks of an instance."""

    DiskIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 100), Each(common.DISK_ID), code=_WRONG
    )
    SnapshotGroupName: str | None = param(AtMost(60), code=_WRONG)
    Tags: tuple[GroupTagParam, ...] = param(default=())


@cbs_action()
def create_snapshot_group(session: Session, request: CreateSnapshotGroup) -> Body:
    """Create it: CREATING, NORMAL. Its snapshots are called after it."""
    disks = cloud_disks(session, request.DiskIds)
    attachment = disks[0].attachment
    if attachment is None:
        raise Refusal(_WRONG, "The disks are not attached to one instance.")
    name = request.SnapshotGroupName or ""
    made = session.execute(
        commands.CreateSnapshotGroup(
            instance_id=attachment.instance_id,
            disk_ids=tuple(disk.id for disk in disks),
            name=name,
            snapshot_names=tuple(f"{name}_{place}" for place in range(len(disks))) if name else (),
            tags=common.tags(request.Tags, _TAG_CODES),
        )
    )
    return {"SnapshotGroupId": made.id}


@attrs.frozen(kw_only=True)
class DeleteSnapshotGroup:
    """Delete groups with their snapshots: all of them, or none."""

    SnapshotGroupId: str | None = param(_GROUP_ID, code=_WRONG, note="or SnapshotGroupIds")
    SnapshotGroupIds: tuple[str, ...] = param(Count(0, 100), Each(_GROUP_ID), default=(), code=_WRONG)
    DeleteBindImages: bool = param(default=False)


@cbs_action()
def delete_snapshot_group(session: Session, request: DeleteSnapshotGroup) -> Body:
    """Delete them at once, and the images that are made of them where it is wanted."""
    first = () if request.SnapshotGroupId is None else (request.SnapshotGroupId,)
    ids = (*first, *request.SnapshotGroupIds)
    if not ids:
        raise request_errors.missing("SnapshotGroupId")
    session.execute(commands.DeleteSnapshotGroups(group_ids=ids, with_images=request.DeleteBindImages))
    return {}


@attrs.frozen(kw_only=True)
class ApplyDiskParam:
    """One of ApplyDisks: a snapshot of the group, and the disk that it is of."""

    SnapshotId: str = required(common.SNAPSHOT_ID, code=_WRONG)
    DiskId: str = required(common.DISK_ID, code=_WRONG)


@attrs.frozen(kw_only=True)
class ApplySnapshotGroup:
    """Let disks hold again what snapshots of a group hold."""

    SnapshotGroupId: str = required(_GROUP_ID, code=_WRONG)
    ApplyDisks: tuple[ApplyDiskParam, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 100), code=_WRONG
    )
    AutoStopInstance: bool = param(default=False, note="refused: instances are stopped by StopInstances")
    AutoStartInstance: bool = param(default=False, note="refused, as it belongs to AutoStopInstance")


@cbs_action()
def apply_snapshot_group(session: Session, request: ApplySnapshotGroup) -> Body:
    """Put them back: the group is ROLLBACKING, then as before."""
    if request.AutoStopInstance or request.AutoStartInstance:
        raise Refusal(_STATE, "Instances are not stopped on their own.")
    cloud_disks(session, tuple(each.DiskId for each in request.ApplyDisks))
    session.execute(
        commands.RestoreSnapshotGroup(
            group_id=request.SnapshotGroupId,
            sources=tuple((each.DiskId, each.SnapshotId) for each in request.ApplyDisks),
        )
    )
    return {}


# -- listing -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeSnapshotGroups:
    """List groups, by filters that must all match."""

    Filters: tuple[CbsFilter, ...] = param(Count(0, 10), default=(), code=_WRONG)
    Offset: int = param(common.OFFSET, default=0, code=_WRONG)
    Limit: int = param(common.LIMIT, default=20, code=_WRONG)


@cbs_action()
def describe_snapshot_groups(session: Session, request: DescribeSnapshotGroups) -> Body:
    """List one page, newest first, and the count of all."""
    held = [_group(session, each) for each in reversed(session.graph.snapshot_groups.values())]
    found = passing(session, held, request.Filters, _READINGS)
    return {
        "TotalCount": len(found),
        "SnapshotGroupSet": found[request.Offset : request.Offset + request.Limit],
    }


_READINGS: Final[Mapping[str, Reading]] = MappingProxyType(
    {
        "snapshot-group-id": field("SnapshotGroupId"),
        "snapshot-group-state": field("SnapshotGroupState"),
        "snapshot-group-name": field("SnapshotGroupName"),
        "snapshot-id": lambda _session, shown: shown["SnapshotIdSet"],
    }
)
"""What of a group each filter compares."""


def _group(session: Session, shown: SnapshotGroup) -> Body:
    graph = session.graph
    members = [graph.snapshots[each] for each in shown.snapshot_ids]
    disks = [graph.disks[each.disk_id] for each in members if each.disk_id in graph.disks]
    is_ready = all(each.state is CopyState.AVAILABLE for each in members)
    is_restoring = any(disk.restoring_id in shown.snapshot_ids for disk in disks)
    images = {each["ImageId"]: each for one in members for each in snapshot(session, one)["Images"]}
    return {
        "SnapshotGroupId": shown.id,
        "SnapshotGroupName": shown.name or UNNAMED,
        "SnapshotGroupType": "NORMAL",
        "SnapshotGroupState": ("ROLLBACKING" if is_restoring else "NORMAL") if is_ready else "CREATING",
        "SnapshotIdSet": [*shown.snapshot_ids],
        "ContainRootSnapshot": any(each.kind is DiskKind.SYSTEM for each in members),
        "Percent": min(progress.of(session.partition, each.pending)[0] for each in members),
        "CreateTime": utc_time(shown.created),
        "ModifyTime": utc_time(shown.modified),
        "Images": [*images.values()],
        "ImageCount": len(images),
        "IsPermanent": True,
        "DeadlineTime": None,
        "AutoSnapshotPolicyId": None,
    }
