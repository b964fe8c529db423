"""Several disks that are restored from snapshots at once.

Source: the vendor's page ResetDisks in its form of 2021. That all of the disks are restored or none, and
that they may be of several instances, is assumed.
"""

import attrs

from duolect_core.disks.changes import RestoreDisk
from duolect_core.model.disk_lifecycles import DiskState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Count


@attrs.frozen(kw_only=True)
class RestoredDisk:
    """One Disk.N."""

    DiskId: str | None = param(note="required")
    SnapshotId: str | None = param(note="required")


@attrs.frozen(kw_only=True)
class ResetDisks:
    """Let disks hold again what snapshots of them hold."""

    Disk: tuple[RestoredDisk, ...] = required(Count(1, 10))
    RegionId: str = required()
    DryRun: bool = param(default=False)


@ecs_action()
def reset_disks(session: Session, request: ResetDisks) -> Body:
    """Restore them: ReIniting, In_use."""
    commands = [_command(session, each) for each in request.Disk]
    disk_ids = [each.disk_id for each in commands]
    if len({*disk_ids}) < len(disk_ids):
        raise Refusal("Operation.Conflict", "A disk is named more than once.", 403)
    for command in commands:
        session.check(command)
    common.end_dry_run(request)
    for command in commands:
        session.execute(command)
    return {
        "OperationProgressSet": {
            "OperationProgress": [
                {
                    "OperationStatus": "Success",
                    "ErrorCode": "",
                    "ErrorMsg": "",
                    "RelatedItemSet": {
                        "RelatedItem": [
                            {"Name": "SnapshotId", "Value": command.snapshot_id},
                            {"Name": "DiskId", "Value": command.disk_id},
                        ]
                    },
                }
                for command in commands
            ]
        }
    }


def _command(session: Session, wanted: RestoredDisk) -> RestoreDisk:
    """Return what restores a disk, or raise what it lacks."""
    found = lookup.disk(session.graph, wanted.DiskId or "")
    snapshot = lookup.snapshot(session.graph, wanted.SnapshotId or "")
    if found.state is DiskState.AVAILABLE:
        message = f"The disk {found.id} is not attached to an instance."
        raise Refusal("IncorrectDiskStatus", message, 403)
    return RestoreDisk(disk_id=found.id, snapshot_id=snapshot.id)
