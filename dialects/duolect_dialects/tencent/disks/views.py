"""Disks and snapshots as cbs shows them.

Sources: the definitions of DescribeDisks and DescribeSnapshots in tccli. What of a disk is empty or null
was recorded so from disks that are paid by the hour, in 2022 (cloud-custodian,
tools/c7n_tencentcloud/tests/cassettes, test_tc_cbs).
"""

from calendar import timegm
from collections.abc import Mapping
from time import strptime
from types import MappingProxyType
from typing import Any, Final

from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState
from duolect_core.model.disks import Disk, Snapshot
from duolect_core.model.resources import SECOND, Instant, OperationKind
from duolect_core.relations import progress
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.names import DISK_STATE, DISK_USAGE, OPERATION_STATE, local_time, utc_time
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.tencent.wire import translation

UNNAMED: Final = "Unnamed"
POSTPAID: Final = "POSTPAID_BY_HOUR"
_DEADLINE: Final = "%Y-%m-%dT%H:%M:%S"
"""How a request writes when a snapshot expires, but for the zone at the end."""
_MIB: Final = 1024
_DEFAULT_PROJECT: Final = 0
_OPERATION: Final[Mapping[OperationKind, str]] = MappingProxyType(
    {
        OperationKind.CREATE_DISKS: "CreateDisks",
        OperationKind.ATTACH_DISKS: "AttachDisks",
        OperationKind.DETACH_DISKS: "DetachDisks",
        OperationKind.RESIZE_DISK: "ResizeDisk",
        OperationKind.RESTORE_DISK: "ApplySnapshot",
        OperationKind.DELETE_DISKS: "TerminateDisks",
    }
)
"""``LatestOperation``: that of an attached disk was recorded, the others are assumed to be called alike."""
_EVERY_DISK: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "RenewFlag": "",
        "AutoRenewFlagError": False,
        "BackupDisk": False,
        "AttachMode": "PF",
        "Migrating": False,
        "IsReturnable": False,
        "DeadlineTime": "",
        "MigratePercent": 0,
        "DiskChargeType": POSTPAID,
        "SnapshotAbility": True,
        "DeadlineError": False,
        "DifferDaysOfDeadline": None,
        # A disk that is paid for by the hour cannot be given back.
        "ReturnFailCode": 10,
        "Shareable": False,
        "DiskBackupCount": 0,
        "ErrorPrompt": "",
    }
)


def is_cloud(found: Disk) -> bool:
    """Say whether a disk is a cloud disk: local ones are none of cbs."""
    return found.category.startswith("CLOUD")


def is_listed(found: Disk) -> bool:
    """Say whether cbs lists a disk: no word says of one that it is being created or deleted."""
    return is_cloud(found) and found.state not in {DiskState.PENDING, DiskState.DELETING}


def project(of: Disk | Snapshot) -> int:
    """Return the project that a disk or snapshot belongs to."""
    number: int = of.extras.get("ProjectId", _DEFAULT_PROJECT)
    return number


def disk(session: Session, shown: Disk) -> Body:
    """Return a cloud disk."""
    graph, extras, attachment = session.graph, shown.extras, shown.attachment
    snapshots = graph.snapshots_by_disk.ids(shown.id)
    is_restoring = shown.state is DiskState.RESTORING
    is_attached = attachment is not None and shown.state is not DiskState.ATTACHING
    holder = "" if attachment is None else attachment.instance_id
    latest = shown.operation
    return {
        **_EVERY_DISK,
        "DiskId": shown.id,
        "DiskName": shown.name or _default_name(session, shown),
        "DiskType": shown.category,
        "DiskSize": shown.size,
        "DiskState": state(shown),
        "DiskUsage": DISK_USAGE[shown.kind],
        "Attached": is_attached,
        "Portable": shown.portable,
        "DeleteWithInstance": shown.delete_with_instance,
        "DeleteSnapshot": extras.get("DeleteSnapshot", 0),
        "DiskBackupQuota": extras.get("DiskBackupQuota", 0),
        "Encrypt": bool(extras.get("Encrypt")),
        "EncryptType": extras.get("EncryptType") or "",
        "KmsKeyId": extras.get("KmsKeyId") or "",
        "ThroughputPerformance": extras.get("ThroughputPerformance") or 0,
        "BurstPerformance": bool(extras.get("BurstPerformance")),
        "Rollbacking": is_restoring,
        "RollbackPercent": progress.of(session.partition, shown.pending)[0] if is_restoring else 0,
        "SnapshotCount": len(snapshots),
        "SnapshotSize": sum(graph.snapshots[each].size for each in snapshots) * _MIB,
        "Tags": tags(shown.tags),
        "CreateTime": local_time(shown.created),
        "InstanceId": holder,
        "InstanceIdList": [holder] if holder else [],
        "InstanceType": "CVM" if holder else "",
        "LastAttachInsId": shown.last_instance_id,
        "Placement": _placement(session, shown),
        # No document has these three; nothing has been done with a disk that came with its instance.
        "LatestOperation": "" if latest is None else _OPERATION[latest.kind],
        "LatestOperationState": "" if latest is None else OPERATION_STATE[latest.state],
        "LatestOperationRequestId": "" if latest is None else latest.id,
    }


def state(of: Disk) -> str:
    """Return the state of a disk, or of one that is not listed what it was or will be."""
    return DISK_STATE[of.state]


def _default_name(session: Session, of: Disk) -> str:
    """Return what a disk is called that was given no name: a system disk is called after its instance.

    Both forms were recorded; that the second is for what has no name at all is assumed.
    """
    holder = None if of.attachment is None else session.graph.instances.get(of.attachment.instance_id)
    is_named = of.kind is DiskKind.SYSTEM and holder is not None and holder.name != "未命名"
    return f"{holder.name}_SYSTEM_DISK" if is_named and holder is not None else UNNAMED


def _placement(session: Session, of: Disk | Snapshot) -> Body:
    return {
        "Zone": of.zone,
        "CageId": "",
        "CdcId": "",
        "CdcName": "",
        "DedicatedClusterId": None,
        "ProjectId": project(of),
        "ProjectName": _project_name(project(of), in_chinese=session.call.language == translation.LANGUAGE),
    }


def _project_name(number: int, *, in_chinese: bool) -> str:
    """Return the name of a project: only the default one has one here."""
    if number != _DEFAULT_PROJECT:
        return ""
    return "默认项目" if in_chinese else "Default Project"


def snapshot(session: Session, shown: Snapshot) -> Body:
    """Return a snapshot. It would be shared since the day on which it was made, as in the example."""
    graph, extras = session.graph, shown.extras
    images = [graph.images[each] for each in graph.images_by_snapshot.ids(shown.id)]
    is_ready = shown.state is CopyState.AVAILABLE
    percent = progress.of(session.partition, shown.pending)[0]
    return {
        "SnapshotId": shown.id,
        "SnapshotName": shown.name or UNNAMED,
        # No word says that one could not be created: it stays where it was (assumed).
        "SnapshotState": "NORMAL" if is_ready else "CREATING",
        "Percent": 0 if shown.state is CopyState.CREATE_FAILED else percent,
        "SnapshotType": "PRIVATE_SNAPSHOT",
        "SnapshotMode": "STANDARD_SNAPSHOT",
        "DiskId": shown.disk_id,
        "DiskSize": shown.size,
        "DiskUsage": DISK_USAGE[shown.kind],
        "Encrypt": bool(extras.get("Encrypt")),
        "IsPermanent": is_permanent(shown),
        "DeadlineTime": _deadline(shown),
        "CreateTime": local_time(shown.created),
        "LatestModifyTime": utc_time(shown.modified),
        "TimeStartShare": local_time(shown.created).partition(" ")[0],
        "ShareReference": 0,
        "CopyFromRemote": False,
        "CopyingToRegions": [],
        "IsLocked": False,
        "Images": [{"ImageId": each.id, "ImageName": each.name} for each in images],
        "ImageCount": len(images),
        "Tags": tags(shown.tags),
        "Placement": _placement(session, shown),
    }


def is_permanent(of: Snapshot) -> bool:
    """Say whether a snapshot never expires."""
    return not of.extras.get("Deadline")


def _deadline(of: Snapshot) -> str:
    deadline = of.extras.get("Deadline")
    return local_time(moment(deadline)) if deadline else ""


def moment(deadline: str) -> Instant:
    """Return when a snapshot expires that has this deadline, which ends in the zone of UTC.

    Raises:
        ValueError: there is no such day.
    """
    return timegm(strptime(deadline.removesuffix("Z").removesuffix("+00:00"), _DEADLINE)) * SECOND
