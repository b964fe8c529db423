"""The life of a volume as kubernetes-csi-tencentcloud leads it: its requests, in its order.

Source: driver/cbs/controller.go and the snapshots beside it. It polls DescribeDisks for UNATTACHED and
ATTACHED, and after a resize as long as the disk is EXPANDING.
"""

from typing import Any

import attrs
import pytest
from tests.dialects.tencent.furnished_account import ZONE, TencentAccount

CLUSTER = "cls-12345678"
TAGS = [{"Key": "tke-clusterId", "Value": CLUSTER}]


@attrs.frozen
class Driver:
    """The controller of one cluster."""

    account: TencentAccount

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        return self.account.call(action, **params)

    def find(self, disk_id: str) -> dict[str, Any] | None:
        found = self.call("DescribeDisks", DiskIds=[disk_id])["DiskSet"]
        return found[0] if found else None

    def wait(self, disk_id: str, *states: str) -> dict[str, Any]:
        """Ask until it is in one of the states; a disk that is not listed yet is waited for."""
        for _ in range(10):
            found = self.find(disk_id)
            if found is not None and found["DiskState"] in states:
                return found
            self.account.wait()
        pytest.fail(f"{disk_id} is never {states}")

    # -- volumes --

    def create_volume(self, name: str, size: int, **more: Any) -> str:
        """Look whether such disks are sold, create one, and wait for it."""
        quota = self.call(
            "DescribeDiskConfigQuota",
            InquiryType="INQUIRY_CBS_CONFIG",
            DiskTypes=["CLOUD_PREMIUM"],
            Zones=[ZONE],
            DiskChargeType="POSTPAID_BY_HOUR",
        )["DiskConfigSet"]
        assert any(
            each["Available"] and each["DiskUsage"] == "DATA_DISK" and each["MinDiskSize"] <= size
            for each in quota
        )
        created = self.call(
            "CreateDisks",
            ClientToken=name,
            DiskName=f"{CLUSTER}/{name}",
            DiskType="CLOUD_PREMIUM",
            DiskChargeType="POSTPAID_BY_HOUR",
            DiskSize=size,
            Placement={"Zone": ZONE, "ProjectId": 0, "CdcId": ""},
            Tags=TAGS,
            **more,
        )
        (disk_id,) = created["DiskIdSet"]
        self.wait(disk_id, "UNATTACHED", "ATTACHED")
        return str(disk_id)

    def publish(self, disk_id: str, instance_id: str) -> None:
        found = self.find(disk_id)
        assert found is not None
        if found["DiskState"] == "ATTACHED" and found["InstanceId"] == instance_id:
            return
        self.call("AttachDisks", DiskIds=[disk_id], InstanceId=instance_id)
        assert self.wait(disk_id, "ATTACHED")["InstanceId"] == instance_id

    def unpublish(self, disk_id: str) -> None:
        found = self.find(disk_id)
        if found is None or found["DiskState"] == "UNATTACHED":
            return
        self.call("DetachDisks", DiskIds=[disk_id])
        self.wait(disk_id, "UNATTACHED")

    def expand(self, disk_id: str, size: int) -> None:
        found = self.find(disk_id)
        assert found is not None
        if found["DiskSize"] >= size:
            return
        self.call("ResizeDisk", DiskId=disk_id, DiskSize=size)
        expanding = self.find(disk_id)
        assert expanding is not None
        assert expanding["DiskState"] == "EXPANDING"
        assert self.wait(disk_id, "UNATTACHED", "ATTACHED")["DiskSize"] == size

    def delete_volume(self, disk_id: str) -> None:
        if self.find(disk_id) is not None:
            self.call("TerminateDisks", DiskIds=[disk_id])

    # -- snapshots --

    def create_snapshot(self, name: str, disk_id: str) -> str:
        filters = [{"Name": "snapshot-name", "Values": [name]}]
        found = self.call("DescribeSnapshots", Filters=filters)["SnapshotSet"]
        if found:
            return str(found[0]["SnapshotId"])
        return str(self.call("CreateSnapshot", DiskId=disk_id, SnapshotName=name)["SnapshotId"])

    def snapshot(self, snapshot_id: str) -> dict[str, Any] | None:
        found = self.call("DescribeSnapshots", SnapshotIds=[snapshot_id])["SnapshotSet"]
        return found[0] if found else None


@pytest.fixture
def driver(account):
    return Driver(account)


def test_a_volume_is_created_once_published_and_deleted(driver, account):
    volume = driver.create_volume("pvc-1", 20)
    assert driver.create_volume("pvc-1", 20) == volume
    found = driver.find(volume)
    assert (found["DiskName"], found["Tags"]) == (f"{CLUSTER}/pvc-1", TAGS)
    node, other = account.run_instances()[0], account.run_instances()[0]
    driver.publish(volume, node)
    driver.publish(volume, node)
    refused = account.refusal("AttachDisks", DiskIds=[volume], InstanceId=other)
    assert refused == "ResourceUnavailable.Attached"
    driver.unpublish(volume)
    driver.unpublish(volume)
    driver.publish(volume, other)
    assert account.refusal("TerminateDisks", DiskIds=[volume]) == "ResourceUnavailable.NotSupported"
    driver.unpublish(volume)
    driver.delete_volume(volume)
    driver.delete_volume(volume)
    account.wait()
    assert driver.find(volume) is None


@pytest.mark.parametrize("online", [True, False])
def test_a_volume_is_expanded(driver, account, online):
    volume = driver.create_volume("pvc-1", 20)
    if online:
        driver.publish(volume, account.instance_id)
    driver.expand(volume, 50)
    driver.expand(volume, 50)
    assert driver.find(volume)["DiskState"] == ("ATTACHED" if online else "UNATTACHED")


def test_a_volume_is_restored_from_a_snapshot(driver, account):
    volume = driver.create_volume("pvc-1", 20)
    driver.publish(volume, account.instance_id)
    snapshot = driver.create_snapshot("snapshot-1", volume)
    assert driver.snapshot(snapshot)["SnapshotState"] == "CREATING"
    assert driver.create_snapshot("snapshot-1", volume) == snapshot
    account.wait()
    found = driver.snapshot(snapshot)
    assert (found["SnapshotState"], found["Percent"], found["DiskId"]) == ("NORMAL", 100, volume)
    restored = driver.create_volume("pvc-2", 40, SnapshotId=snapshot)
    assert driver.find(restored)["DiskSize"] == 40
    driver.call("DeleteSnapshots", SnapshotIds=[snapshot])
    assert driver.snapshot(snapshot) is None
    assert driver.find(restored) is not None


def test_a_volume_outlives_its_node(driver, account):
    volume = driver.create_volume("pvc-1", 20)
    (node,) = account.run_instances()
    driver.publish(volume, node)
    account.call("TerminateInstances", InstanceIds=[node])
    account.wait()
    found = driver.find(volume)
    assert (found["DiskState"], found["LastAttachInsId"]) == ("UNATTACHED", node)
