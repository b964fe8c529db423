"""Snapshots of disks: created, listed, changed, deleted, and put back onto their disks.

Source: the definitions in tccli. A snapshot goes at its deadline, unless an image is made of it (assumed).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.disks import snapshots as commands
from duolect_core.disks.changes import RestoreDisk
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cbs_action
from duolect_dialects.tencent.disks import views
from duolect_dialects.tencent.disks.finding import cloud_disk
from duolect_dialects.tencent.disks.lifecycle import CbsTagParam
from duolect_dialects.tencent.disks.queries import (
    CODES,
    WRONG,
    CbsFilter,
    Reading,
    field,
    flag,
    passing,
    placed,
)
from duolect_dialects.tencent.names import DISK_USAGE
from duolect_dialects.values import AtMost, Coded, Count, Each, Form, OneOf
from duolect_dialects.wording import Message

_NAME: Final = AtMost(60)
_WRITTEN: Final = Form(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|\+00:00)",
    "a time such as 2030-01-31T12:00:00+00:00",
)


class _Deadline:
    """A time that there is, in UTC: as in the definition's example, or with a Z as its zone."""

    fault = _WRITTEN.fault
    reason = _WRITTEN.reason

    def accepts(self, value: str) -> bool:
        """Look for the day in the calendar too."""
        try:
            return _WRITTEN.accepts(value) and views.moment(value) > 0
        except ValueError:
            return False


_DEADLINE: Final = _Deadline()
_TAG_CODES: Final = common.TagCodes(many="ResourceInsufficient.OverQuota", duplicate="ResourceInUse")


# -- creating and deleting ---------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class SnapshotTagParam(CbsTagParam):
    """One of Tags."""

    Key: str = required(AtMost(127), common.NOT_RESERVED, common.TAG_KEY, code="MissingParameter")
    Value: str = required(AtMost(255), common.TAG_VALUE, code="MissingParameter")


@attrs.frozen(kw_only=True)
class CreateSnapshot:
    """Create a snapshot of a disk."""

    DiskId: str | None = param(common.DISK_ID, code="InvalidDiskId.NotFound", note="required")
    SnapshotName: str | None = param(_NAME, code="InvalidDisk.NotSupported")
    Deadline: str | None = param(_DEADLINE, code="InvalidDisk.NotSupported")
    DiskBackupId: str | None = param(note="a backup point of the disk, which becomes a snapshot")
    Tags: tuple[SnapshotTagParam, ...] = param(default=())
    LocalSnap: bool = param(default=False, note="there are no instant snapshots")
    DiskUsage: str | None = param(
        OneOf("SYSTEM_DISK", "DATA_DISK"), code="InvalidDisk.TypeError", note="must be that of the disk"
    )


@cbs_action()
def create_snapshot(session: Session, request: CreateSnapshot) -> Body:
    """Create it: CREATING, NORMAL."""
    if request.DiskId is None:
        raise request_errors.missing("DiskId")
    disk = cloud_disk(session, request.DiskId)
    if request.LocalSnap:
        raise Refusal("InvalidDisk.NotSupportSnapshot", "There are no instant snapshots.")
    if request.DiskUsage not in {None, DISK_USAGE[disk.kind]}:
        message = Message("The disk `{disk_id}` is used otherwise.", disk_id=disk.id)
        raise Refusal("InvalidDisk.TypeError", message)
    backup = session.graph.disk_backups.get(request.DiskBackupId or "")
    if request.DiskBackupId and (backup is None or backup.disk_id != disk.id):
        message = Message("The disk has no backup point `{backup_id}`.", backup_id=request.DiskBackupId)
        raise Refusal("ResourceNotFound.NotFound", message)
    made = session.execute(
        commands.CreateSnapshot(
            disk_id=disk.id,
            name=request.SnapshotName or "",
            tags=common.tags(request.Tags, _TAG_CODES),
            expires=0 if request.Deadline is None else views.moment(request.Deadline),
        )
    )
    return {"SnapshotId": made.id}


@attrs.frozen(kw_only=True)
class DeleteSnapshots:
    """Delete snapshots: all of them, or none."""

    SnapshotIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 100), Each(common.SNAPSHOT_ID), code=WRONG
    )
    DeleteBindImages: bool = param(default=False)


@cbs_action()
def delete_snapshots(session: Session, request: DeleteSnapshots) -> Body:
    """Delete them at once, and the images that are made of them where it is wanted."""
    session.execute(
        commands.DeleteSnapshots(
            snapshot_ids=request.SnapshotIds, force=True, with_images=request.DeleteBindImages
        )
    )
    return {}


# -- what is said of them ----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ModifySnapshotAttribute:
    """Change the name of a snapshot, or how long it shall be kept."""

    SnapshotId: str = required(common.SNAPSHOT_ID, code=WRONG)
    IsPermanent: bool | None = param()
    SnapshotName: str | None = param(_NAME, code=WRONG)
    Deadline: str | None = param(_DEADLINE, code=WRONG, note="only with IsPermanent false")


@cbs_action()
def modify_snapshot_attribute(session: Session, request: ModifySnapshotAttribute) -> Body:
    """Change it at once; at least one attribute must be named."""
    if request.IsPermanent is None and request.SnapshotName is None and request.Deadline is None:
        raise request_errors.missing("SnapshotName")
    if request.Deadline is not None and request.IsPermanent is not False:
        raise Refusal(WRONG, "A snapshot with a deadline is not permanent.")
    if request.IsPermanent is False and request.Deadline is None:
        raise request_errors.missing("Deadline")
    kept = None if request.IsPermanent is None else 0
    expires = kept if request.Deadline is None else views.moment(request.Deadline)
    session.execute(
        commands.ModifySnapshot(snapshot_id=request.SnapshotId, name=request.SnapshotName, expires=expires)
    )
    return {}


@attrs.frozen(kw_only=True)
class DescribeSnapshots:
    """List snapshots: by ids, or by filters that must all match."""

    SnapshotIds: tuple[str, ...] = param(Count(0, 100), Each(common.SNAPSHOT_ID), default=(), code=WRONG)
    Filters: tuple[CbsFilter, ...] = param(Count(0, 10), default=(), code=WRONG)
    Limit: int = param(common.LIMIT, default=20, code=WRONG)
    OrderField: str = param(OneOf("CREATE_TIME"), default="CREATE_TIME", code=WRONG)
    Offset: int = param(common.OFFSET, default=0, code=WRONG)
    Order: str = param(OneOf("ASC", "DESC"), default="DESC", code=WRONG)


@cbs_action()
def describe_snapshots(session: Session, request: DescribeSnapshots) -> Body:
    """List one page, newest first unless asked otherwise, and the count of all."""
    if request.SnapshotIds and request.Filters:
        raise Refusal(CODES.coexist, "Ids and Filters cannot be used together.")
    wanted = request.SnapshotIds
    held = [each for each in session.graph.snapshots.values() if not wanted or each.id in wanted]
    found = passing(session, [views.snapshot(session, each) for each in held], request.Filters, _READINGS)
    if request.Order == "DESC":
        found.reverse()
    return {
        "TotalCount": len(found),
        "SnapshotSet": found[request.Offset : request.Offset + request.Limit],
    }


_READINGS: Final[Mapping[str, Reading]] = MappingProxyType(
    {
        "snapshot-id": field("SnapshotId"),
        "snapshot-name": field("SnapshotName"),
        "snapshot-state": field("SnapshotState"),
        "snapshot-type": field("SnapshotType"),
        "disk-usage": field("DiskUsage"),
        "disk-id": field("DiskId"),
        "encrypt": flag("Encrypt"),
        "project-id": placed("ProjectId"),
        "zone": placed("Zone"),
        "tag-key": lambda _session, shown: [tag["Key"] for tag in shown["Tags"]],
        "tag-value": lambda _session, shown: [tag["Value"] for tag in shown["Tags"]],
    }
)
"""What of a snapshot each filter compares."""


# -- putting them back -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ApplySnapshot:
    """Let a disk hold again what a snapshot of it holds."""

    SnapshotId: str = required(common.SNAPSHOT_ID, code=WRONG)
    DiskId: str = required(common.DISK_ID, code=WRONG)
    AutoStopInstance: bool = param(default=False, note="refused: instances are stopped by StopInstances")
    AutoStartInstance: bool = param(default=False, note="refused, as it belongs to AutoStopInstance")


@cbs_action()
def apply_snapshot(session: Session, request: ApplySnapshot) -> Body:
    """Put it back: ROLLBACKING, then as before."""
    disk = cloud_disk(session, request.DiskId)
    if request.AutoStopInstance or request.AutoStartInstance:
        raise Refusal("ResourceUnavailable.NotSupported", "Instances are not stopped on their own.")
    snapshot = lookup.snapshot(session.graph, request.SnapshotId)
    if snapshot.disk_id == disk.id and snapshot.size != disk.size:
        message = Message(
            "The disk has {size} GiB, the snapshot {wanted}.", size=disk.size, wanted=snapshot.size
        )
        raise Refusal("InvalidParameter.DiskSizeNotMatch", message)
    session.execute(RestoreDisk(disk_id=disk.id, snapshot_id=snapshot.id))
    return {}
