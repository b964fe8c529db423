"""Snapshot-consistent groups: snapshots of disks of one instance that are made at one instant.

Sources: the vendor's pages of the actions, and the models of its Python SDK.
"""

from typing import Final

import attrs

from duolect_core.disks import groups as commands
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import SnapshotGroup
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action
from duolect_dialects.alibaba.disks.snapshots import DESCRIPTION, ESSDS
from duolect_dialects.alibaba.disks.views import snapshot
from duolect_dialects.alibaba.names import SNAPSHOT_STATUS, moment
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Each, Length, OneOf

_NAME: Final = (Length(2, 128), common.NAME)
_NAME_CODE: Final = "InvalidParameter.Name"
_MOST: Final = 128


@attrs.frozen(kw_only=True)
class CreateSnapshotGroup:
    """Create snapshots of disks of an instance."""

    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*DESCRIPTION, code="InvalidDescription.Malformed")
    DiskId: tuple[str, ...] = param(Count(0, _MOST), default=(), note="of one instance")
    ExcludeDiskId: tuple[str, ...] = param(Count(0, _MOST), default=(), note="not together with DiskId")
    InstanceId: str | None = param(note="or that of the disks")
    InstantAccess: bool | None = stored()
    InstantAccessRetentionDays: int | None = stored(Between(1, 65535))
    Name: str | None = param(*_NAME, code=_NAME_CODE)
    ResourceGroupId: str | None = stored()
    StorageLocationArn: str | None = refused("not available on the cloud")
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action(idempotent_by="ClientToken")
def create_snapshot_group(session: Session, request: CreateSnapshotGroup) -> Body:
    """Create it: progressing, accomplished. Its disks are ESSDs."""
    common.exclusive(request, "DiskId", "ExcludeDiskId")
    instance_id, disk_ids = request.InstanceId, request.DiskId
    if instance_id is None:
        if not disk_ids:
            raise missing("InstanceId")
        attachment = lookup.disk(session.graph, disk_ids[0]).attachment
        if attachment is None:
            message = f"The disk {disk_ids[0]} is attached to no instance."
            raise Refusal("IncorrectDiskStatus", message, 403)
        instance_id = attachment.instance_id
    lookup.instance(session.graph, instance_id)
    left_out = {lookup.disk(session.graph, each).id for each in request.ExcludeDiskId}
    own = tuple(disk.id for disk in session.graph.disks_of(instance_id) if disk.id not in left_out)
    wanted = disk_ids or own
    if not wanted:
        raise Refusal("DiskId.ValueNotSupported", "There is no disk left of which to make a snapshot.", 403)
    for each in wanted:
        if lookup.disk(session.graph, each).category not in ESSDS:
            message = f"The disk {each} is no ESSD."
            raise Refusal("DiskCategory.OperationNotSupported", message, 400)
    made = session.execute(
        commands.CreateSnapshotGroup(
            instance_id=instance_id,
            disk_ids=wanted,
            name=request.Name or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
            extras={"ResourceGroupId": common.resource_group(request.ResourceGroupId)},
            snapshot_extras={
                name: getattr(request, name)
                for name in ("InstantAccess", "InstantAccessRetentionDays")
                if getattr(request, name) is not None
            },
        )
    )
    return {"SnapshotGroupId": made.id}


@attrs.frozen(kw_only=True)
class ModifySnapshotGroup:
    """Change what is said of a group."""

    RegionId: str = required()
    SnapshotGroupId: str = required()
    Description: str | None = param(*DESCRIPTION, code="InvalidParameter.Description")
    Name: str | None = param(*_NAME, code=_NAME_CODE)


@ecs_action()
def modify_snapshot_group(session: Session, request: ModifySnapshotGroup) -> Body:
    """Change it at once."""
    session.execute(
        commands.ModifySnapshotGroup(
            group_id=request.SnapshotGroupId, name=request.Name, description=request.Description
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteSnapshotGroup:
    """Delete a group with its snapshots."""

    RegionId: str = required()
    SnapshotGroupId: str = required()


@ecs_action()
def delete_snapshot_group(session: Session, request: DeleteSnapshotGroup) -> Body:
    """Delete it at once. Snapshots of which an image is made stay, as the page says, and locked ones."""
    graph = session.graph
    command = commands.DeleteSnapshotGroups(group_ids=(request.SnapshotGroupId,), keep=True)
    (group,) = session.execute(command)
    rows = []
    for each in group.snapshot_ids:
        kept = graph.snapshots.get(each)
        used = "SnapshotCreatedImage" if graph.images_by_snapshot.ids(each) else "Operation.Conflict"
        code = "" if kept is None else used
        rows.append(
            {
                "OperationStatus": "Failed" if code else "Success",
                "ErrorCode": code,
                "ErrorMsg": f"The snapshot {each} is used or locked, and stays." if code else "",
                "RelatedItemSet": {"RelatedItem": [{"Name": "SnapshotId", "Value": each}]},
            }
        )
    return {"OperationProgressSet": {"OperationProgress": rows}}


# -- listing -----------------------------------------------------------------------------------------------

_STATUS: Final = OneOf("progressing", "accomplished", "failed")


@attrs.frozen(kw_only=True)
class DescribeSnapshotGroups:
    """List groups, newest first; all criteria must hold."""

    RegionId: str = required()
    AdditionalAttributes: tuple[str, ...] = ignored(default=(), note="not available on the cloud")
    InstanceId: str | None = param()
    MaxResults: int | None = param(Between(1, 100), note="10 unless given")
    Name: str | None = param()
    NextToken: str | None = param()
    ResourceGroupId: str | None = param()
    SnapshotGroupId: tuple[str, ...] = param(Count(0, 10), default=())
    Status: tuple[str, ...] = param(
        Count(0, 3), Each(_STATUS), default=(), code="InvalidStatus.ValueNotSupported"
    )
    Tag: tuple[TagFilter, ...] = common.tag_filters()


@ecs_action()
def describe_snapshot_groups(session: Session, request: DescribeSnapshotGroups) -> Body:
    """List one page."""
    criteria: Criteria[SnapshotGroup] = Criteria(session.graph)
    if request.SnapshotGroupId:
        criteria.ids(request.SnapshotGroupId)
    of, name, group = request.InstanceId, request.Name, request.ResourceGroupId
    criteria.test(of, lambda found: found.instance_id == of)
    criteria.test(name, lambda found: found.name == name)
    criteria.test(group, lambda found: found.extras.get("ResourceGroupId") == group)
    if request.Status:
        criteria.test("status", lambda found: _status(session, found) in request.Status)
    common.narrow_by_tags(criteria, request.Tag)
    size = request.MaxResults or 10
    table = session.graph.snapshot_groups
    page, token = common.page_by_token(table, criteria.selection, request, size)
    shown = [_group(session, each) for each in page.items]
    return {"SnapshotGroups": {"SnapshotGroup": shown}, "NextToken": token}


def _status(session: Session, of: SnapshotGroup) -> str:
    """Return the status of a group: what its snapshots are, the least of all."""
    states = {session.graph.snapshots[each].state for each in of.snapshot_ids}
    order = (CopyState.CREATE_FAILED, CopyState.PENDING, CopyState.AVAILABLE)
    return next(SNAPSHOT_STATUS[each] for each in order if each in states)


def _group(session: Session, shown: SnapshotGroup) -> Body:
    snapshots = [snapshot(session, session.graph.snapshots[each]) for each in shown.snapshot_ids]
    names = (
        "SnapshotId", "SourceDiskId", "SourceDiskType", "Progress", "Available", "InstantAccess",
        "InstantAccessRetentionDays",
    )  # fmt: skip
    return {
        "SnapshotGroupId": shown.id,
        "Name": shown.name,
        "Description": shown.description,
        "InstanceId": shown.instance_id,
        "CreationTime": moment(shown.created),
        "Status": _status(session, shown),
        "ProgressStatus": "",
        "ResourceGroupId": shown.extras.get("ResourceGroupId") or "",
        "Snapshots": {
            "Snapshot": [
                {**{name: each[name] for name in names}, "Tags": {"Tag": _pairs(each["Tags"]["Tag"])}}
                for each in snapshots
            ]
        },
        "Tags": {"Tag": [{"Key": key, "Value": value} for key, value in shown.tags.items()]},
    }


def _pairs(tags: list[Body]) -> list[Body]:
    return [{"Key": tag["TagKey"], "Value": tag["TagValue"]} for tag in tags]
