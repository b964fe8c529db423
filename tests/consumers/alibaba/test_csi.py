"""The life of a volume as alibaba-cloud-csi-driver leads it: its requests, in its order.

Source: pkg/disk/cloud.go, controllerserver.go and the tests beside them (kubernetes-sigs). What it reads of
an answer is in the assertions; it is asked anew until a state is reached, as there.
"""

import json
from typing import Any

import attrs
import pytest
from tests.dialects.alibaba.furnished_account import ZONE, AlibabaAccount

REGION = "cn-hangzhou"
CREATED_BY = {"Key": "createdby", "Value": "alibabacloud-csi-plugin"}


@attrs.frozen
class Driver:
    """The controller of one cluster."""

    account: AlibabaAccount

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        return self.account.call(action, **params)

    def find(self, disk_id: str) -> dict[str, Any] | None:
        found = self.call("DescribeDisks", RegionId=REGION, DiskIds=json.dumps([disk_id]))["Disks"]["Disk"]
        return found[0] if found else None

    def wait(self, disk_id: str, status: str) -> dict[str, Any]:
        for _ in range(10):
            found = self.find(disk_id)
            assert found is not None
            if found["Status"] == status:
                return found
            self.account.wait()
        pytest.fail(f"{disk_id} is never {status}")

    # -- volumes --

    def create_volume(self, name: str, size: int, category: str = "cloud_essd", **more: Any) -> str:
        """Look whether there is a disk of the name, and create it where there is none."""
        found = self.call("DescribeDisks", RegionId=REGION, DiskName=name)["Disks"]["Disk"]
        if found:
            return str(found[0]["DiskId"])
        created = self.call(
            "CreateDisk",
            RegionId=REGION,
            ZoneId=ZONE,
            DiskName=name,
            DiskCategory=category,
            Size=size,
            ClientToken=f"n:{name}",
            Tag=[CREATED_BY],
            **more,
        )
        disk_id = str(created["DiskId"])
        self.wait(disk_id, "Available")
        return disk_id

    def publish(self, disk_id: str, instance_id: str) -> str:
        """Attach, unless it is there already, and wait until it is In_use; return the serial number."""
        found = self.find(disk_id)
        assert found is not None
        if found["Status"] == "In_use" and found["InstanceId"] == instance_id:
            return str(found["SerialNumber"])
        assert found["Status"] == "Available"
        self.call("AttachDisk", RegionId=REGION, DiskId=disk_id, InstanceId=instance_id)
        return str(self.wait(disk_id, "In_use")["SerialNumber"])

    def unpublish(self, disk_id: str, instance_id: str) -> None:
        found = self.find(disk_id)
        if found is None or found["InstanceId"] != instance_id:
            return
        self.call("DetachDisk", RegionId=REGION, DiskId=disk_id, InstanceId=instance_id)
        assert self.wait(disk_id, "Available")["InstanceId"] == ""

    def expand(self, disk_id: str, size: int) -> None:
        found = self.find(disk_id)
        assert found is not None
        if found["Size"] >= size:
            return
        # The driver resizes online only what is In_use and of a category that can be.
        kind = "online" if found["Status"] == "In_use" else "offline"
        self.call("ResizeDisk", RegionId=REGION, DiskId=disk_id, NewSize=size, Type=kind)
        resized = self.find(disk_id)
        assert resized is not None
        assert resized["Size"] == size

    def delete_volume(self, disk_id: str) -> None:
        if self.find(disk_id) is not None:
            self.call("DeleteDisk", RegionId=REGION, DiskId=disk_id)

    # -- snapshots --

    def create_snapshot(self, name: str, disk_id: str) -> str:
        found = self.call("DescribeSnapshots", RegionId=REGION, SnapshotName=name)["Snapshots"]["Snapshot"]
        if found:
            return str(found[0]["SnapshotId"])
        tags = [CREATED_BY, {"Key": "force.delete.snapshot.k8s.aliyun.com", "Value": "true"}]
        made = self.call(
            "CreateSnapshot",
            RegionId=REGION,
            DiskId=disk_id,
            SnapshotName=name,
            ClientToken=name,
            RetentionDays=30,
            Tag=tags,
        )
        return str(made["SnapshotId"])

    def snapshot(self, snapshot_id: str) -> dict[str, Any] | None:
        found = self.call("DescribeSnapshots", RegionId=REGION, SnapshotIds=json.dumps([snapshot_id]))
        listed = found["Snapshots"]["Snapshot"]
        return listed[0] if listed else None

    def delete_snapshot(self, snapshot_id: str) -> None:
        if self.snapshot(snapshot_id) is not None:
            self.call("DeleteSnapshot", SnapshotId=snapshot_id, Force=True)


@pytest.fixture
def driver(account):
    return Driver(account)


def test_a_volume_is_created_once_published_and_deleted(driver, account):
    volume = driver.create_volume("pvc-1", 40)
    assert driver.create_volume("pvc-1", 40) == volume
    found = driver.find(volume)
    assert {"TagKey": "createdby", "TagValue": "alibabacloud-csi-plugin"} in found["Tags"]["Tag"]
    (node,) = account.run_instances()
    serial = driver.publish(volume, node)
    assert serial == volume.removeprefix("d-")
    assert driver.publish(volume, node) == serial
    # A node that is lost: its disk is attached to another one only after it was detached.
    (other,) = account.run_instances()
    assert account.refusal("AttachDisk", DiskId=volume, InstanceId=other) == ("IncorrectDiskStatus", 403)
    driver.unpublish(volume, node)
    driver.unpublish(volume, node)
    driver.publish(volume, other)
    driver.unpublish(volume, other)
    driver.delete_volume(volume)
    account.wait()
    driver.delete_volume(volume)
    assert driver.find(volume) is None


@pytest.mark.parametrize("online", [True, False])
def test_a_volume_is_expanded(driver, account, online):
    volume = driver.create_volume("pvc-1", 40)
    if online:
        driver.publish(volume, account.run_instances()[0])
    driver.expand(volume, 80)
    driver.expand(volume, 80)
    assert driver.find(volume)["Size"] == 80


def test_a_volume_is_restored_from_a_snapshot(driver, account):
    volume = driver.create_volume("pvc-1", 40)
    driver.publish(volume, account.run_instances()[0])
    snapshot = driver.create_snapshot("snapshot-1", volume)
    assert driver.snapshot(snapshot)["Available"] is False
    assert driver.create_snapshot("snapshot-1", volume) == snapshot
    account.wait()
    found = driver.snapshot(snapshot)
    assert (found["Status"], found["Available"], found["SourceDiskId"]) == ("accomplished", True, volume)
    assert (found["SourceDiskSize"], found["Progress"]) == ("40", "100%")
    restored = driver.create_volume("pvc-2", 60, SnapshotId=snapshot)
    assert driver.find(restored)["SourceSnapshotId"] == snapshot
    driver.delete_snapshot(snapshot)
    driver.delete_snapshot(snapshot)
    assert driver.snapshot(snapshot) is None
    assert driver.find(restored)["Size"] == 60


def test_a_volume_that_is_published_is_not_deleted(driver, account):
    volume = driver.create_volume("pvc-1", 40)
    driver.publish(volume, account.run_instances()[0])
    assert account.refusal("DeleteDisk", DiskId=volume) == ("DiskStillAttached", 403)


def test_a_volume_outlives_its_node(driver, account):
    volume = driver.create_volume("pvc-1", 40)
    (node,) = account.run_instances()
    driver.publish(volume, node)
    account.call("DeleteInstance", InstanceId=node, Force=True)
    account.wait()
    found = driver.find(volume)
    assert (found["Status"], found["InstanceId"]) == ("Available", "")


def test_a_static_volume_is_tagged_when_it_is_published(driver):
    volume = driver.create_volume("static", 40)
    driver.call("AddTags", RegionId=REGION, ResourceType="disk", ResourceId=volume, Tag=[CREATED_BY])
    tag = {"Key": "ack.aliyun.com", "Value": "cluster"}
    driver.call("TagResources", RegionId=REGION, ResourceType="disk", ResourceId=[volume], Tag=[tag])
    shown = driver.find(volume)["Tags"]["Tag"]
    assert {"TagKey": "ack.aliyun.com", "TagValue": "cluster"} in shown
