"""The disks that instances come with: what is wanted of them, and how cvm shows them."""

from collections.abc import Mapping
from typing import Any, Final

from duolect_core.graph.graph import Graph
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.disks import Disk, NewDisk
from duolect_core.model.instances import Instance
from duolect_dialects.action import Body
from duolect_dialects.tencent import common
from duolect_dialects.tencent.instances.parameters import DataDiskParam, SystemDiskParam

SYSTEM_DISK: Final[Body] = {
    "DiskType": "CLOUD_PREMIUM",
    "DiskSize": 50,
    "CdcId": None,
    "DiskName": "",
    "Encrypt": False,
    "KmsKeyId": None,
    "ThroughputPerformance": 0,
}
DATA_DISK: Final[Body] = {
    "DiskType": "LOCAL_BASIC",
    "DeleteWithInstance": True,
    "Encrypt": False,
    "KmsKeyId": None,
    "ThroughputPerformance": 0,
    "CdcId": None,
    "BurstPerformance": False,
    "DiskName": "",
}
KEPT: Final = ("Encrypt", "KmsKeyId", "ThroughputPerformance", "BurstPerformance")
"""What is only kept of a disk, under the names under which it is shown again."""


def new_disks(
    system: SystemDiskParam | None, data: tuple[DataDiskParam, ...], project: int
) -> tuple[NewDisk, ...]:
    """Return the disks that shall come with an instance, the system disk first."""
    wanted = {} if system is None else common.stored_extras(system)
    disks = [_new({**SYSTEM_DISK, **wanted}, project, DiskKind.SYSTEM)]
    for each in data:
        disk = _new(
            {**DATA_DISK, **common.stored_extras(each), "SnapshotId": each.SnapshotId},
            project,
            DiskKind.DATA,
        )
        disks.append(disk)
    return tuple(disks)


def _new(wanted: Mapping[str, Any], project: int, kind: DiskKind) -> NewDisk:
    is_elastic = kind is DiskKind.DATA and wanted["DiskType"].startswith("CLOUD")
    return NewDisk(
        size=wanted["DiskSize"],
        category=wanted["DiskType"],
        name=wanted["DiskName"],
        snapshot_id=wanted.get("SnapshotId") or "",
        portable=is_elastic,
        delete_with_instance=not is_elastic or wanted["DeleteWithInstance"],
        extras={**{name: wanted[name] for name in KEPT if name in wanted}, "ProjectId": project},
    )


# -- how they are shown ------------------------------------------------------------------------------------


def system_disk(graph: Graph, of: Instance) -> Body:
    """Return an instance's system disk; one of which no more is known is the default one."""
    found = graph.system_disk(of.id)
    return {**SYSTEM_DISK, "DiskId": ""} if found is None else {**SYSTEM_DISK, **_view(found)}


def data_disks(graph: Graph, of: Instance) -> list[Body]:
    """Return an instance's data disks."""
    return [
        {**DATA_DISK, **_view(disk), "DeleteWithInstance": disk.delete_with_instance}
        for disk in graph.disks_of(of.id)
        if disk.kind is DiskKind.DATA
    ]


def _view(shown: Disk) -> Body:
    return {
        **{name: shown.extras[name] for name in KEPT if name in shown.extras},
        "DiskId": shown.id,
        "DiskType": shown.category,
        "DiskSize": shown.size,
        "DiskName": shown.name,
    }
