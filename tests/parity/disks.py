"""Disks, snapshots of them and images made of these, in the words of each cloud.

Common ground: one cloud deletes disks, images and snapshots that are not there without a word, and some
that something stands on only when it is forced; so all are forced, and only what is there is deleted.
What a snapshot puts back onto its disk is on no common ground: one cloud wants the disk on a stopped
instance, the other on none (``Rules.disks_restore_attached``).
"""

from typing import Any

from tests.parity.alibaba_driver import AlibabaDriver
from tests.parity.tencent_driver import TencentDriver

from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import DiskKind


def _name_snapshots(driver: AlibabaDriver | TencentDriver, image: str) -> None:
    """Name the snapshots that came with an image of an instance."""
    made = driver.client.partition.graph.images[driver.names[image]]
    for place, snapshot_id in enumerate(made.snapshot_ids):
        driver.names.setdefault(f"{image}'s snapshot {place}", snapshot_id)


def _attached(driver: AlibabaDriver | TencentDriver, instance: str) -> list[str]:
    """Return the ids of the data disks of an instance."""
    graph = driver.client.partition.graph
    disks = graph.disks_of(driver.names[instance])
    return [each.id for each in disks if each.kind is DiskKind.DATA]


class AlibabaDisks(AlibabaDriver):
    """Disks in Alibaba Cloud's words."""

    def create_disk(self, name: str, zone: int, size: int | None, snapshot: str | None) -> None:
        made = self.client.call(
            "CreateDisk",
            ZoneId=self.client.partition.rules.zones[zone],
            DiskCategory="cloud_essd",
            Size=size,
            SnapshotId=None if snapshot is None else self.names[snapshot],
        )
        self.names[name] = made["DiskId"]

    def attach_disk(self, disk: str, instance: str, *, goes: bool) -> None:
        pair = {"DiskId": self.names[disk], "InstanceId": self.names[instance]}
        self.client.call("AttachDisk", DeleteWithInstance=goes, **pair)

    def detach_disk(self, disk: str, instance: str) -> None:
        found = self.client.partition.graph.disks.get(self.names[disk])
        self.client.call(
            "DetachDisk",
            DiskId=self.names[disk],
            InstanceId=self.names[instance],
            DeleteWithInstance=found is not None and found.delete_with_instance,
        )

    def resize_disk(self, disk: str, size: int) -> None:
        self.client.call("ResizeDisk", DiskId=self.names[disk], NewSize=size, Type="online")

    def delete_disk(self, disk: str) -> None:
        self.client.call("DeleteDisk", DiskId=self.names[disk])

    def create_snapshot(self, name: str, disk: str) -> None:
        self.names[name] = self.client.call("CreateSnapshot", DiskId=self.names[disk])["SnapshotId"]

    def delete_snapshot(self, snapshot: str) -> None:
        self.client.call("DeleteSnapshot", SnapshotId=self.names[snapshot], Force=True)

    def create_image(self, name: str, instance: str | None, snapshot: str | None) -> None:
        source = {"InstanceId": self.names[instance]} if instance else {}
        if snapshot:
            source = {"SnapshotId": self.names[snapshot]}
        self.names[name] = self.client.call("CreateImage", ImageName=name, **source)["ImageId"]
        _name_snapshots(self, name)

    def rename_image(self, image: str, name: str) -> None:
        self.client.call("ModifyImageAttribute", ImageId=self.names[image], ImageName=name)

    def delete_image(self, image: str) -> None:
        self.client.call("DeleteImage", ImageId=self.names[image], Force=True)


class TencentDisks(TencentDriver):
    """Disks in Tencent Cloud's words."""

    def create_disk(self, name: str, zone: int, size: int | None, snapshot: str | None) -> None:
        made = self.client.call(
            "CreateDisks",
            Placement={"Zone": self.client.partition.rules.zones[zone]},
            DiskChargeType="POSTPAID_BY_HOUR",
            DiskType="CLOUD_HSSD",
            DiskSize=size,
            SnapshotId=None if snapshot is None else self.names[snapshot],
        )
        (self.names[name],) = made["DiskIdSet"]

    def attach_disk(self, disk: str, instance: str, *, goes: bool) -> None:
        pair: dict[str, Any] = {"DiskIds": [self.names[disk]], "InstanceId": self.names[instance]}
        self.client.call("AttachDisks", DeleteWithInstance=goes, **pair)

    def detach_disk(self, disk: str, instance: str) -> None:
        pair: dict[str, Any] = {"DiskIds": [self.names[disk]], "InstanceId": self.names[instance]}
        self.client.call("DetachDisks", **pair)

    def resize_disk(self, disk: str, size: int) -> None:
        self.client.call("ResizeDisk", DiskId=self.names[disk], DiskSize=size)

    def delete_disk(self, disk: str) -> None:
        self.client.call("TerminateDisks", DiskIds=[self.names[disk]])

    def create_snapshot(self, name: str, disk: str) -> None:
        self.names[name] = self.client.call("CreateSnapshot", DiskId=self.names[disk])["SnapshotId"]

    def delete_snapshot(self, snapshot: str) -> None:
        self.client.call("DeleteSnapshots", SnapshotIds=[self.names[snapshot]])

    def create_image(self, name: str, instance: str | None, snapshot: str | None) -> None:
        source: dict[str, Any] = {}
        if instance:
            source = {"InstanceId": self.names[instance], "DataDiskIds": _attached(self, instance) or None}
        if snapshot:
            source = {"SnapshotIds": [self.names[snapshot]]}
        self.names[name] = self.client.call("CreateImage", ImageName=name, **source)["ImageId"]
        _name_snapshots(self, name)

    def rename_image(self, image: str, name: str) -> None:
        self.client.call("ModifyImageAttribute", ImageId=self.names[image], ImageName=name)

    def delete_image(self, image: str) -> None:
        self.client.call("DeleteImages", ImageIds=[self.names[image]])


def disk_shape(partition: Partition, names: dict[str, str]) -> dict[str, Any]:
    """Return what there is of disks by the machine's names; sizes of system disks are the clouds' own."""
    graph = partition.graph
    named = {resource_id: name for name, resource_id in names.items()}
    for each in graph.disks.values():
        if each.kind is DiskKind.SYSTEM and each.attachment is not None:
            named[each.id] = f"system of {named[each.attachment.instance_id]}"
    return {
        "disks": {
            named[each.id]: (
                each.kind,
                each.state,
                partition.rules.zones.index(each.zone),
                each.kind is DiskKind.SYSTEM or each.size,
                named.get(each.snapshot_id),
                each.attachment and (named[each.attachment.instance_id], each.attachment.device[-1]),
                each.attachment is not None and each.delete_with_instance,
            )
            for each in graph.disks.values()
        },
        "snapshots": {
            named[each.id]: (each.state, each.kind, each.kind is DiskKind.SYSTEM or each.size)
            for each in graph.snapshots.values()
        },
        "images": {
            named[each.id]: (each.name, each.state, [named[part] for part in each.snapshot_ids])
            for each in graph.images.values()
        },
    }
