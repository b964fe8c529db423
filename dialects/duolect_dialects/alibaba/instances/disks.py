"""The disks of instances: what was asked for, and how it is shown.

Disks are not resources of their own here. They come and go with their instance, and are what RunInstances
or CreateInstance was given, kept in the instance's extras under ``Disks``, the system disk first.

Sources: the vendor's pages on block storage performance and on limits, RunInstances, DescribeDisks;
recorded answers (17 disks, 2024) for an empty Placement and for the system disk's DeleteAutoSnapshot.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

import attrs

from duolect_core.model.resources import Instance
from duolect_dialects.action import Body
from duolect_dialects.alibaba import views
from duolect_dialects.alibaba.images import catalog as images
from duolect_dialects.alibaba.names import moment
from duolect_dialects.session import Session

_NEVER: Final = "2999-09-08T16:00Z"
"""When a disk that is paid by use expires."""
_ALPHABET: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_TAIL: Final = 17


@attrs.frozen(kw_only=True, slots=False)
class Performance:
    """What a category or performance level gives: a start, a step per GiB, and an end.

    Throughput is in MB/s. ``system`` and ``data`` are the sizes in GiB that its disks may have.
    """

    iops: tuple[int, int, int]
    throughput: tuple[int, float, int]
    system: tuple[int, int] = (20, 2048)
    data: tuple[int, int] = (20, 32768)


CATEGORIES: Final[Mapping[str, Performance]] = MappingProxyType(
    {
        "cloud": Performance(iops=(300, 0, 300), throughput=(30, 0, 40), system=(20, 500), data=(5, 2000)),
        "cloud_efficiency": Performance(iops=(1800, 8, 5000), throughput=(100, 0.15, 140)),
        "cloud_ssd": Performance(iops=(1800, 30, 25_000), throughput=(120, 0.5, 300)),
        "cloud_essd": Performance(iops=(1800, 50, 50_000), throughput=(120, 0.5, 350), data=(20, 65_536)),
        "cloud_auto": Performance(
            iops=(1800, 50, 50_000), throughput=(120, 0.5, 350), system=(1, 2048), data=(1, 65_536)
        ),
        "cloud_essd_entry": Performance(
            iops=(1800, 8, 6000), throughput=(100, 0.15, 150), system=(10, 2048), data=(10, 32_768)
        ),
    }
)
_LEVELS: Final[Mapping[str, Performance]] = MappingProxyType(
    {
        "PL0": Performance(
            iops=(1800, 12, 10_000), throughput=(100, 0.25, 180), system=(1, 2048), data=(1, 65_536)
        ),
        "PL2": Performance(
            iops=(1800, 50, 100_000), throughput=(120, 0.5, 750), system=(461, 2048), data=(461, 65_536)
        ),
        "PL3": Performance(
            iops=(1800, 50, 1_000_000),
            throughput=(120, 0.5, 4000),
            system=(1261, 2048),
            data=(1261, 65_536),
        ),
    }
)
_DEFAULT_CATEGORY: Final = "cloud_efficiency"
_SMALLEST_SYSTEM_DISK: Final = 40
"""A system disk that was asked for without a size has at least so many GiB."""


def performance(category: str, level: str) -> Performance:
    """Return what disks of a category, and of a level where it has any, give."""
    if category == "cloud_essd" and level in _LEVELS:
        return _LEVELS[level]
    return CATEGORIES[category]


def level_of(disk: Mapping[str, Any]) -> str:
    """Return the performance level of a disk; only enterprise SSDs have one."""
    level: str = disk.get("PerformanceLevel") or "PL1"
    return level if category_of(disk) == "cloud_essd" else ""


def category_of(disk: Mapping[str, Any]) -> str:
    """Return the category of a disk: as asked for, or the default."""
    category: str = disk.get("Category") or _DEFAULT_CATEGORY
    return category


def default_system_size(session: Session, image_id: str) -> int:
    """Return the GiB of a system disk for which none were asked."""
    return max(_SMALLEST_SYSTEM_DISK, images.of(session, image_id).size)


def disk_id(instance: Instance, number: int) -> str:
    """Return the id of one of an instance's disks, which follows from that of the instance."""
    value, tail = uuid5(NAMESPACE_OID, f"{instance.id}/disk/{number}").int, ""
    letters = instance.id[len("i-") : -_ID_TAIL]
    for _ in range(_ID_TAIL):
        value, place = divmod(value, len(_ALPHABET))
        tail += _ALPHABET[place]
    return f"d-{letters}{tail}"


def disks_of(session: Session, instance: Instance) -> Iterator[Body]:
    """Yield the disks of an instance as DescribeDisks shows them, the system disk first."""
    for number, disk in enumerate(instance.extras.get("Disks", ())):
        yield _disk(session, instance, number, disk)


def _disk(session: Session, instance: Instance, number: int, disk: Mapping[str, Any]) -> Body:
    size, category, level = disk["Size"], category_of(disk), level_of(disk)
    gives = performance(category, level)
    start, step, most = gives.iops
    iops = min(start + step * size, most) + (disk.get("ProvisionedIops") or 0)
    first, more, end = gives.throughput
    throughput = min(int(first + more * size), end)
    device = disk.get("Device") or f"/dev/xvd{chr(ord('a') + number)}"
    attached = moment(instance.created)
    place = {"InstanceId": instance.id, "AttachedTime": attached, "Device": device}
    charge = instance.extras.get("InstanceChargeType") or "PostPaid"
    return {
        "DiskId": disk_id(instance, number),
        "DiskName": disk.get("DiskName") or "",
        "Description": disk.get("Description") or "",
        "SerialNumber": disk_id(instance, number).removeprefix("d-"),
        "RegionId": session.call.region,
        "ZoneId": instance.zone,
        "InstanceId": instance.id,
        "Status": "In_use",
        "Type": "data" if number else "system",
        "Category": category,
        "PerformanceLevel": level,
        "Size": size,
        "IOPS": iops,
        "IOPSRead": iops,
        "IOPSWrite": iops,
        "Throughput": throughput,
        "ThroughputRead": throughput,
        "ThroughputWrite": throughput,
        "ProvisionedIops": disk.get("ProvisionedIops") or 0,
        "BurstingEnabled": bool(disk.get("BurstingEnabled")),
        "ImageId": "" if number else instance.extras.get("ImageId") or "",
        "SourceSnapshotId": disk.get("SnapshotId") or "",
        "SourceDiskId": "",
        "DataSource": {"Id": "", "Type": ""},
        "Device": device,
        "Portable": charge == "PostPaid",
        "DeleteWithInstance": disk.get("DeleteWithInstance") is not False,
        "DeleteAutoSnapshot": number > 0,
        "EnableAutoSnapshot": True,
        "EnableAutomatedSnapshotPolicy": bool(disk.get("AutoSnapshotPolicyId")),
        "AutoSnapshotPolicyId": disk.get("AutoSnapshotPolicyId") or "",
        "Encrypted": bool(disk.get("Encrypted")),
        "KMSKeyId": disk.get("KMSKeyId") or "",
        "DiskChargeType": charge,
        "ExpiredTime": _NEVER,
        "CreationTime": attached,
        "AttachedTime": attached,
        "DetachedTime": "",
        "MultiAttach": "Disabled",
        "MountInstanceNum": 1,
        "MountInstances": {"MountInstance": [place]},
        "Attachments": {"Attachment": [place]},
        "OperationLocks": {"OperationLock": []},
        "Placement": {},
        "ProductCode": "",
        "BdfId": "",
        "ResourceGroupId": instance.extras.get("ResourceGroupId") or "",
        "StorageClusterId": disk.get("StorageClusterId") or "",
        "StorageSetId": disk.get("StorageSetId") or "",
        "StorageSetPartitionNumber": disk.get("StorageSetPartitionNumber") or 0,
        "Tags": views.tags(instance.tags),
    }
