"""Backup points of disks, which go with their disk.

Source: the definitions in tccli. No backup point is made by itself.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.disks import backups as commands
from duolect_core.disks.changes import ModifyDisks
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import DiskBackup
from duolect_core.relations import progress
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cbs_action
from duolect_dialects.tencent.disks.finding import cloud_disk
from duolect_dialects.tencent.disks.queries import CbsFilter, Reading, field, passing
from duolect_dialects.tencent.names import DISK_USAGE, utc_time
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, OneOf
from duolect_dialects.wording import Message

_WRONG: Final = "InvalidParameter"
_NOT_FOUND: Final = "ResourceNotFound.NotFound"
_BACKUP_ID: Final = common.id_of("dbp")


@attrs.frozen(kw_only=True)
class CreateDiskBackup:
    """Create a backup point of a disk that has a quota for it."""

    DiskId: str = required(common.DISK_ID, code=_WRONG)
    DiskBackupName: str | None = param(AtMost(100), code=_WRONG)


@cbs_action()
def create_disk_backup(session: Session, request: CreateDiskBackup) -> Body:
    """Create it: CREATING, NORMAL."""
    disk = cloud_disk(session, request.DiskId)
    made = session.execute(
        commands.CreateDiskBackup(
            disk_id=disk.id,
            limit=disk.extras.get("DiskBackupQuota") or 0,
            name=request.DiskBackupName or "",
        )
    )
    return {"DiskBackupId": made.id}


@attrs.frozen(kw_only=True)
class DeleteDiskBackups:
    """Delete backup points: all of them, or none."""

    DiskBackupIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), _WRONG), Count(0, 100), Each(_BACKUP_ID), code=_WRONG
    )


@cbs_action()
def delete_disk_backups(session: Session, request: DeleteDiskBackups) -> Body:
    """Delete them at once."""
    session.execute(commands.DeleteDiskBackups(request.DiskBackupIds))
    return {}


@attrs.frozen(kw_only=True)
class ApplyDiskBackup:
    """Let a disk hold again what a backup point of it holds."""

    DiskBackupId: str = required(_BACKUP_ID, code=_NOT_FOUND)
    DiskId: str = required(common.DISK_ID, code="InvalidDiskId.NotFound")
    AutoStopInstance: bool = param(default=False, note="refused: instances are stopped by StopInstances")
    AutoStartInstance: bool = param(default=False, note="refused, as it belongs to AutoStopInstance")


@cbs_action()
def apply_disk_backup(session: Session, request: ApplyDiskBackup) -> Body:
    """Put it back: ROLLBACKING, then as before."""
    disk = cloud_disk(session, request.DiskId)
    if request.AutoStopInstance or request.AutoStartInstance:
        raise Refusal("ResourceUnavailable.NotSupported", "Instances are not stopped on their own.")
    session.execute(commands.RestoreDiskBackup(disk_id=disk.id, backup_id=request.DiskBackupId))
    return {}


@attrs.frozen(kw_only=True)
class ModifyDiskBackupQuota:
    """Say how many backup points a disk may have."""

    DiskId: str = required(common.DISK_ID, code=_WRONG)
    DiskBackupQuota: int = required(Between(1, 1024), code=_WRONG)


@cbs_action()
def modify_disk_backup_quota(session: Session, request: ModifyDiskBackupQuota) -> Body:
    """Change it at once, but not below what there is."""
    disk = cloud_disk(session, request.DiskId)
    count = len(session.graph.backups_by_disk.ids(disk.id))
    if request.DiskBackupQuota < count:
        raise Refusal(_WRONG, Message("The disk has {count} backup points.", count=count))
    session.execute(ModifyDisks(disk_ids=(disk.id,), extras={"DiskBackupQuota": request.DiskBackupQuota}))
    return {}


# -- listing -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeDiskBackups:
    """List backup points: by ids, or by filters that must all match."""

    DiskBackupIds: tuple[str, ...] = param(Count(0, 100), Each(_BACKUP_ID), default=(), code=_WRONG)
    Filters: tuple[CbsFilter, ...] = param(Count(0, 10), default=(), code=_WRONG)
    Offset: int = param(common.OFFSET, default=0, code=_WRONG)
    Limit: int = param(common.LIMIT, default=20, code=_WRONG)
    Order: str = param(OneOf("ASC", "DESC"), default="ASC", code=_WRONG)
    OrderField: str = param(OneOf("CREATE_TIME"), default="CREATE_TIME", code=_WRONG)


@cbs_action()
def describe_disk_backups(session: Session, request: DescribeDiskBackups) -> Body:
    """List one page, oldest first unless asked otherwise, and the count of all."""
    wanted = request.DiskBackupIds
    if wanted and request.Filters:
        raise Refusal(_WRONG, "Ids and Filters cannot be used together.")
    held = [each for each in session.graph.disk_backups.values() if not wanted or each.id in wanted]
    found = passing(session, [_backup(session, each) for each in held], request.Filters, _READINGS)
    if request.Order == "DESC":
        found.reverse()
    return {
        "TotalCount": len(found),
        "DiskBackupSet": found[request.Offset : request.Offset + request.Limit],
    }


_READINGS: Final[Mapping[str, Reading]] = MappingProxyType(
    {
        "disk-backup-id": field("DiskBackupId"),
        "disk-id": field("DiskId"),
        "disk-usage": field("DiskUsage"),
    }
)
"""What of a backup point each filter compares."""


def _backup(session: Session, shown: DiskBackup) -> Body:
    disk = session.graph.disks.get(shown.disk_id)
    is_restoring = disk is not None and disk.restoring_id == shown.id
    is_ready = shown.state is CopyState.AVAILABLE
    percent = progress.of(session.partition, shown.pending)[0]
    return {
        "DiskBackupId": shown.id,
        "DiskBackupName": shown.name,
        "DiskBackupState": ("ROLLBACKING" if is_restoring else "NORMAL") if is_ready else "CREATING",
        "Percent": 0 if shown.state is CopyState.CREATE_FAILED else percent,
        "DiskId": shown.disk_id,
        "DiskSize": shown.size,
        "DiskUsage": DISK_USAGE[shown.kind],
        "Encrypt": bool(shown.extras.get("Encrypt")),
        "CreateTime": utc_time(shown.created),
    }
