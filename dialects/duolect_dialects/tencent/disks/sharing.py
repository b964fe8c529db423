"""Snapshots beyond their region and account: copied, shared, and counted.

Source: the definitions in tccli. What is shared is only noted: no other account sees it.
"""

from typing import Final

import attrs

from duolect_core.disks.copying import CopySnapshot
from duolect_core.disks.snapshots import ModifySnapshot
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.disks import Snapshot
from duolect_core.model.resources import Instant
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, regions, request_errors
from duolect_dialects.tencent.common import cbs_action
from duolect_dialects.tencent.disks.queries import WRONG
from duolect_dialects.tencent.names import local_time
from duolect_dialects.values import AtMost, Coded, Count, Each, Form, OneOf
from duolect_dialects.wording import Message

_INVALID: Final = "InvalidParameter"
_ACCOUNT: Final = Form(r"\d{6,20}", "the id of an account, a number")
_MOST_ACCOUNTS: Final = 50
_FREE: Final = 50.0
"""GiB that cost nothing, as in the definition's example."""


@attrs.frozen(kw_only=True)
class CopySnapshotCrossRegions:
    """Copy a snapshot to other regions."""

    DestinationRegions: tuple[str, ...] = required(
        Coded(common.NonEmpty(), WRONG), Count(0, 10), Each(OneOf(*regions.REGIONS)), code=WRONG
    )
    SnapshotId: str | None = param(common.SNAPSHOT_ID, code=WRONG)
    SnapshotName: str | None = param(AtMost(60), code=WRONG)


@cbs_action()
def copy_snapshot_cross_regions(session: Session, request: CopySnapshotCrossRegions) -> Body:
    """Copy it to all of them, or to none: CREATING there, NORMAL."""
    if request.SnapshotId is None:
        raise request_errors.missing("SnapshotId")
    source = lookup.ready_snapshot(session.graph, request.SnapshotId)
    here = session.rules.region
    if source.extras.get("Encrypt"):
        message = Message("The snapshot `{snapshot_id}` is encrypted.", snapshot_id=source.id)
        raise Refusal("UnsupportedOperation.SnapshotNotSupportCopy", message)
    names = tuple(dict.fromkeys(request.DestinationRegions))
    if here in names:
        raise Refusal(WRONG, "A snapshot is copied to another region than its own.")
    command = CopySnapshot(
        disk_id=source.disk_id,
        kind=source.kind,
        size=source.size,
        name=request.SnapshotName or f"Copied {source.id} from {here}",
        extras={"CopyFromRemote": True},
    )
    there = {name: session.in_region(name) for name in names}
    for each in there.values():
        each.check(command)
    return {
        "SnapshotCopyResultSet": [
            {
                "SnapshotId": each.execute(command, idempotent=False).id,
                "DestinationRegion": name,
                "Code": "Success",
                "Message": "",
            }
            for name, each in there.items()
        ]
    }


# -- sharing -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ModifySnapshotsSharePermission:
    """Share snapshots of data disks with accounts, or share them no more."""

    AccountIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 50), Each(_ACCOUNT), code=_INVALID
    )
    Permission: str = required(OneOf("SHARE", "CANCEL"), code=_INVALID)
    SnapshotIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 100), Each(common.SNAPSHOT_ID), code=_INVALID
    )


@cbs_action()
def modify_snapshots_share_permission(session: Session, request: ModifySnapshotsSharePermission) -> Body:
    """Share all of them, or none."""
    changed: dict[str, dict[str, Instant]] = {}
    for snapshot_id in request.SnapshotIds:
        found = lookup.snapshot(session.graph, snapshot_id)
        if found.kind is DiskKind.SYSTEM:
            message = Message("The snapshot `{snapshot_id}` is one of a system disk.", snapshot_id=found.id)
            raise Refusal("InvalidSnapshot.NotSupported", message)
        shared = shared_with(found)
        for account in request.AccountIds:
            if request.Permission == "SHARE":
                shared.setdefault(account, session.partition.now)
            else:
                shared.pop(account, None)
        if len(shared) > _MOST_ACCOUNTS:
            message = Message("A snapshot is shared with {limit} accounts at most.", limit=_MOST_ACCOUNTS)
            raise Refusal("ResourceInsufficient.OverQuota", message)
        changed[found.id] = shared
    for snapshot_id, shared in changed.items():
        session.execute(ModifySnapshot(snapshot_id=snapshot_id, extras={"SharedWith": shared}))
    return {}


@attrs.frozen(kw_only=True)
class DescribeSnapshotSharePermission:
    """List the accounts that a snapshot is shared with."""

    SnapshotId: str = required(common.SNAPSHOT_ID, code=WRONG)


@cbs_action()
def describe_snapshot_share_permission(session: Session, request: DescribeSnapshotSharePermission) -> Body:
    """List them all."""
    shared = shared_with(lookup.snapshot(session.graph, request.SnapshotId))
    rows = [{"AccountId": name, "CreatedTime": local_time(since)} for name, since in shared.items()]
    return {"SharePermissionSet": rows}


def shared_with(of: Snapshot) -> dict[str, Instant]:
    """Return since when a snapshot is shared with which accounts."""
    return dict(of.extras.get("SharedWith") or {})


# -- counting ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeSnapshotOverview:
    """Count the snapshots of a region."""


@cbs_action()
def describe_snapshot_overview(session: Session, request: DescribeSnapshotOverview) -> Body:  # noqa: ARG001
    """Count them, and add up their sizes, which are those of their disks."""
    return _overview(session)


@attrs.frozen(kw_only=True)
class GetSnapOverview:
    """The older name of DescribeSnapshotOverview."""


@cbs_action()
def get_snap_overview(session: Session, request: GetSnapOverview) -> Body:  # noqa: ARG001
    """Count them likewise."""
    return _overview(session)


def _overview(session: Session) -> Body:
    snapshots = session.graph.snapshots.values()
    total = float(sum(each.size for each in snapshots))
    return {
        "TotalNums": len(snapshots),
        "TotalSize": total,
        "FreeQuota": _FREE,
        "RealTradeSize": max(0.0, total - _FREE),
    }
