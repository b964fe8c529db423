"""Locks of snapshots, in compliance mode.

Sources: the vendor's pages of the actions and the models of its Python SDK, and its page on locking a
snapshot: the cooling off counts within the lock's days, and a lock opens before its snapshot expires.
"""

from typing import Final

import attrs

from duolect_core.disks import locks as commands
from duolect_core.disks.locks import is_firm
from duolect_core.model.disks import DAY, Snapshot, SnapshotLock
from duolect_core.model.resources import Instant
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf

_MODE: Final = "compliance"


@attrs.frozen(kw_only=True)
class LockSnapshot:
    """Lock a snapshot, or lock it otherwise."""

    RegionId: str = required()
    SnapshotId: str = required()
    LockMode: str = required(OneOf(_MODE))
    LockDuration: int = required(Between(1, 36_500), note="days")
    CoolOffPeriod: int = required(Between(0, 72), note="hours")
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@ecs_action(idempotent_by="ClientToken")
def lock_snapshot(session: Session, request: LockSnapshot) -> Body:
    """Lock it at once; while it is being created its days do not count yet."""
    command = commands.LockSnapshot(
        snapshot_id=request.SnapshotId, days=request.LockDuration, cool_off=request.CoolOffPeriod
    )
    return {"LockedSnapshotInfo": _locked(session, common.execute(session, command, request))}


@attrs.frozen(kw_only=True)
class UnlockSnapshot:
    """Take the lock off a snapshot."""

    RegionId: str = required()
    SnapshotId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@ecs_action(idempotent_by="ClientToken")
def unlock_snapshot(session: Session, request: UnlockSnapshot) -> Body:
    """Take it off, as long as it cools off."""
    common.execute(session, commands.UnlockSnapshot(request.SnapshotId), request)
    return {}


@attrs.frozen(kw_only=True)
class DescribeLockedSnapshots:
    """List what there is of locks, newest first, also of those that have opened."""

    RegionId: str = required()
    DryRun: bool = param(default=False)
    LockStatus: str | None = param(OneOf("compliance-cooloff", "compliance", "expired"))
    MaxResults: int | None = param(note="10 to 100")
    NextToken: str | None = param()
    SnapshotIds: tuple[str, ...] = param(Count(0, 100), default=())


@ecs_action()
def describe_locked_snapshots(session: Session, request: DescribeLockedSnapshots) -> Body:
    """List one page."""
    criteria: Criteria[Snapshot] = Criteria(session.graph)
    if request.SnapshotIds:
        criteria.ids(request.SnapshotIds)
    criteria.test("locked", lambda found: found.lock is not None)
    status = request.LockStatus
    criteria.test(status, lambda found: _status(session, found) == status)
    common.end_dry_run(request)
    size = min(max(request.MaxResults or 10, 10), 100)
    table = session.graph.snapshots
    page, token = common.page_by_token(table, criteria.selection, request, size)
    return {"LockedSnapshotsInfo": [_locked(session, each) for each in page.items], "NextToken": token}


def _status(session: Session, of: Snapshot) -> str:
    if of.lock is not None and of.lock.ends <= session.partition.now:
        return "expired"
    return _MODE if is_firm(of, session.partition) else f"{_MODE}-cooloff"


def _locked(session: Session, shown: Snapshot) -> Body:
    lock = shown.lock or SnapshotLock(put_on=0, start=0, days=0, cool_off=0)
    start: Instant = lock.start
    return {
        "SnapshotId": shown.id,
        "LockMode": _MODE,
        "LockStatus": _status(session, shown),
        "LockCreationTime": moment(lock.put_on),
        "LockDuration": lock.days,
        "LockDurationStartTime": moment(start) if start else "",
        "LockExpiredTime": moment(start + lock.days * DAY) if start else "",
        "CoolOffPeriod": lock.cool_off,
        "CoolOffPeriodExpiredTime": moment(lock.firm_from),
    }
