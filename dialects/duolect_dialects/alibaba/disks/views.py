"""How disks and snapshots are shown.

Sources: the vendor's pages DescribeDisks and DescribeSnapshots, and the models of its Python SDK; recorded
answers (17 disks, 2024) for an empty Placement and for the system disk's DeleteAutoSnapshot.
"""

from typing import Any, Final

from duolect_core.model.disk_lifecycles import CopyState, DiskKind
from duolect_core.model.disks import Disk, Snapshot
from duolect_core.model.resources import SECOND
from duolect_core.relations import progress
from duolect_dialects.action import Body
from duolect_dialects.alibaba import views
from duolect_dialects.alibaba.instances.disks import level_of, performance
from duolect_dialects.alibaba.names import DISK_STATUS, SNAPSHOT_STATUS, moment
from duolect_dialects.session import Session

_NEVER: Final = "2999-09-08T16:00Z"
"""When a disk that is paid by use expires."""
_BYTES: Final = 2**30


def disk(session: Session, shown: Disk) -> Body:
    """Return a disk."""
    extras, attachment = shown.extras, shown.attachment
    level = level_of(shown.category, extras)
    gives = performance(shown.category, level)
    start, step, most = gives.iops
    iops = min(start + step * shown.size, most) + (extras.get("ProvisionedIops") or 0)
    first, more, end = gives.throughput
    throughput = min(int(first + more * shown.size), end)
    is_system = shown.kind is DiskKind.SYSTEM
    place = attachment and {
        "InstanceId": attachment.instance_id,
        "AttachedTime": moment(attachment.since),
        "Device": attachment.device,
    }
    where: dict[str, Any] = place or {"InstanceId": "", "AttachedTime": "", "Device": ""}
    return {
        "DiskId": shown.id,
        "DiskName": shown.name,
        "Description": shown.description,
        "SerialNumber": shown.id.removeprefix("d-"),
        "RegionId": session.call.region,
        "ZoneId": shown.zone,
        **where,
        "Status": "In_use" if shown.new_size and attachment else DISK_STATUS[shown.state],
        "Type": shown.kind.value,
        "Category": shown.category,
        "PerformanceLevel": level,
        "Size": shown.size,
        "IOPS": iops,
        "IOPSRead": iops,
        "IOPSWrite": iops,
        "Throughput": throughput,
        "ThroughputRead": throughput,
        "ThroughputWrite": throughput,
        "ProvisionedIops": extras.get("ProvisionedIops") or 0,
        "BurstingEnabled": bool(extras.get("BurstingEnabled")),
        "ImageId": extras.get("ImageId") or "",
        "SourceSnapshotId": shown.snapshot_id or extras.get("SourceSnapshotId") or "",
        "SourceDiskId": "",
        "DataSource": {"Id": "", "Type": ""},
        "Portable": shown.portable,
        "DeleteWithInstance": shown.delete_with_instance,
        "DeleteAutoSnapshot": extras.get("DeleteAutoSnapshot", not is_system),
        "EnableAutoSnapshot": extras.get("EnableAutoSnapshot", True),
        "EnableAutomatedSnapshotPolicy": bool(extras.get("AutoSnapshotPolicyId")),
        "AutoSnapshotPolicyId": extras.get("AutoSnapshotPolicyId") or "",
        "Encrypted": bool(extras.get("Encrypted")),
        "KMSKeyId": extras.get("KMSKeyId") or "",
        "DiskChargeType": extras.get("DiskChargeType") or "PostPaid",
        "ExpiredTime": _NEVER,
        "CreationTime": moment(shown.created),
        "DetachedTime": "" if shown.detached is None else moment(shown.detached),
        "MultiAttach": "Disabled",
        "MountInstanceNum": int(place is not None),
        "MountInstances": {"MountInstance": [place] if place else []},
        "Attachments": {"Attachment": [place] if place else []},
        "OperationLocks": {"OperationLock": []},
        "Placement": {},
        "ProductCode": "",
        "BdfId": "",
        "ResourceGroupId": extras.get("ResourceGroupId") or "",
        "StorageClusterId": extras.get("StorageClusterId") or "",
        "StorageSetId": extras.get("StorageSetId") or "",
        "StorageSetPartitionNumber": extras.get("StorageSetPartitionNumber") or 0,
        "Tags": views.tags(shown.tags),
    }


def snapshot(session: Session, shown: Snapshot) -> Body:
    """Return a snapshot. The chain of a disk's snapshots is called after the disk (assumed)."""
    extras = shown.extras
    percent, left = progress.of(session.partition, shown.pending)
    return {
        "SnapshotId": shown.id,
        "SnapshotName": shown.name,
        "Description": shown.description,
        "SnapshotSN": shown.id.removeprefix("s-"),
        "SnapshotLinkId": link_of(shown.disk_id),
        "SnapshotType": "user",
        "RegionId": session.call.region,
        "Status": SNAPSHOT_STATUS[shown.state],
        "Available": shown.state is CopyState.AVAILABLE,
        "Progress": "0%" if shown.state is CopyState.CREATE_FAILED else f"{percent}%",
        "RemainTime": -(-left // SECOND),
        "CreationTime": moment(shown.created),
        "LastModifiedTime": moment(shown.modified),
        "Category": "standard",
        "InstantAccess": bool(extras.get("InstantAccess")),
        "InstantAccessRetentionDays": extras.get("InstantAccessRetentionDays") or 0,
        "RetentionDays": extras.get("RetentionDays") or 0,
        "SourceDiskId": shown.disk_id,
        "SourceDiskSize": str(shown.size),
        "SourceDiskType": shown.kind.value,
        "SourceStorageType": "disk",
        "SourceRegionId": "",
        "SourceSnapshotId": "",
        "FullSnapshotSizeInBytes": shown.size * _BYTES,
        "Encrypted": bool(extras.get("Encrypted")),
        "KMSKeyId": extras.get("KMSKeyId") or "",
        "Usage": usage(session, shown),
        "ProductCode": "",
        "ResourceGroupId": extras.get("ResourceGroupId") or "",
        "Tags": views.tags(shown.tags),
    }


def link_of(disk_id: str) -> str:
    """Return the id of the chain of a disk's snapshots."""
    return f"sl-{disk_id.removeprefix('d-')}"


def usage(session: Session, of: Snapshot) -> str:
    """Return what was made of a snapshot."""
    graph = session.graph
    made = {
        "image": bool(graph.images_by_snapshot.ids(of.id)),
        "disk": bool(graph.disks_by_snapshot.ids(of.id)),
    }
    return "_".join(name for name, is_there in made.items() if is_there) or "none"
