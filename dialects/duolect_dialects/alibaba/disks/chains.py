"""Snapshots beyond one disk: the chain of each disk's snapshots, how many there are, and copies elsewhere.

Sources: the vendor's pages of the actions, and the models of its Python SDK. Sizes are those of the disks.
"""

from typing import Final

import attrs

from duolect_core.disks import copying as commands
from duolect_core.model.disks import Snapshot
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagParam, ecs_action
from duolect_dialects.alibaba.disks.snapshots import DAYS, DESCRIPTION, NAME, kept_until
from duolect_dialects.alibaba.disks.views import link_of
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count

_BYTES: Final = 2**30


@attrs.frozen(kw_only=True)
class DescribeSnapshotLinks:
    """List the chains of disks' snapshots; all criteria must hold."""

    RegionId: str = required()
    DiskIds: str | None = param(note="a JSON array of up to 100 ids")
    InstanceId: str | None = param()
    MaxResults: int | None = param(Between(1, 100))
    NextToken: str | None = param()
    PageNumber: int | None = param(Between(1, 2**31 - 1), note="1 unless given")
    PageSize: int | None = param(Between(1, 100), note="10 unless given")
    SnapshotLinkIds: str | None = param(note="a JSON array of up to 100 ids")


@ecs_action()
def describe_snapshot_links(session: Session, request: DescribeSnapshotLinks) -> Body:
    """List one page, the disks with the newest snapshots first. An empty array lets nothing pass."""
    graph = session.graph
    chains: dict[str, list[Snapshot]] = {}
    for each in reversed(graph.snapshots.values()):
        chains.setdefault(each.disk_id, []).append(each)
    wanted = {*chains}
    if request.DiskIds is not None:
        wanted &= {*common.json_list(request.DiskIds, "DiskIds", "InvalidDiskIds")}
    if request.SnapshotLinkIds is not None:
        links = common.json_list(request.SnapshotLinkIds, "SnapshotLinkIds", "InvalidSnapshotLinkIds")
        wanted &= {each for each in chains if link_of(each) in links}
    if request.InstanceId is not None:
        wanted &= {*graph.disks_by_instance.ids(request.InstanceId)}
    rows = [_link(session, disk_id, chains[disk_id]) for disk_id in chains if disk_id in wanted]
    shown, about = common.page_of_rows(rows, request)
    return {"SnapshotLinks": {"SnapshotLink": shown}, **about}


def _link(session: Session, disk_id: str, chain: list[Snapshot]) -> Body:
    """Return a chain, the newest snapshot of which is the first."""
    graph = session.graph
    disk = graph.disks.get(disk_id)
    attachment = None if disk is None else disk.attachment
    holder = None if attachment is None else graph.instances[attachment.instance_id]
    return {
        "SnapshotLinkId": link_of(disk_id),
        "RegionId": session.call.region,
        "InstanceId": "" if holder is None else holder.id,
        "InstanceName": "" if holder is None else holder.name,
        "SourceDiskId": disk_id,
        "SourceDiskName": "" if disk is None else disk.name,
        "SourceDiskSize": chain[0].size if disk is None else disk.size,
        "SourceDiskType": chain[0].kind.value,
        "Category": "standard",
        "InstantAccess": any(bool(each.extras.get("InstantAccess")) for each in chain),
        "TotalCount": len(chain),
        "TotalSize": sum(each.size for each in chain) * _BYTES,
    }


@attrs.frozen(kw_only=True)
class DescribeSnapshotsUsage:
    """Count the snapshots of a region."""

    RegionId: str = required()


@ecs_action()
def describe_snapshots_usage(session: Session, request: DescribeSnapshotsUsage) -> Body:  # noqa: ARG001
    """Count them, and add up their sizes in bytes."""
    snapshots = session.graph.snapshots.values()
    size = sum(each.size for each in snapshots) * _BYTES
    return {"SnapshotCount": len(snapshots), "SnapshotSize": size}


@attrs.frozen(kw_only=True)
class CopySnapshotArn:
    """One Arn.N."""

    AssumeRoleFor: int | None = ignored(note="not available on the cloud")
    RoleType: str | None = ignored(note="not available on the cloud")
    Rolearn: str | None = ignored(note="not available on the cloud")


@attrs.frozen(kw_only=True)
class CopySnapshot:
    """Copy a snapshot to another region."""

    RegionId: str = required()
    SnapshotId: str = required()
    DestinationRegionId: str = required()
    DestinationSnapshotName: str = required(*NAME)
    DestinationSnapshotDescription: str = required(*DESCRIPTION)
    Arn: tuple[CopySnapshotArn, ...] = ignored(Count(0, 10), default=(), note="not available on the cloud")
    ClientToken: str | None = param(*common.TOKEN)
    DestinationStorageLocationArn: str | None = ignored(note="not available on the cloud")
    Encrypted: bool | None = stored()
    KMSKeyId: str | None = stored(note="every key exists")
    ResourceGroupId: str | None = ignored(note="not available on the cloud")
    RetentionDays: int | None = param(DAYS)
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action(idempotent_by="ClientToken")
def copy_snapshot(session: Session, request: CopySnapshot) -> Body:
    """Copy it: progressing there, accomplished. The copy is none of any disk there."""
    source = lookup.ready_snapshot(session.graph, request.SnapshotId)
    if request.DestinationRegionId == session.rules.region:
        message = "A snapshot is copied to another region than its own."
        raise Refusal("InvalidOperation.NotSupportCopyInSameRegion", message, 403)
    there = session.in_region(request.DestinationRegionId)
    made = there.execute(
        commands.CopySnapshot(
            disk_id=source.disk_id,
            kind=source.kind,
            size=source.size,
            name=request.DestinationSnapshotName,
            description=request.DestinationSnapshotDescription,
            tags=common.tags(request.Tag),
            extras={
                "SourceRegionId": session.rules.region,
                "SourceSnapshotId": source.id,
                "Encrypted": bool(request.Encrypted or source.extras.get("Encrypted")),
                "KMSKeyId": request.KMSKeyId or "",
            },
            expires=kept_until(there.partition.now, request.RetentionDays),
        )
    )
    return {"SnapshotId": made.id}
