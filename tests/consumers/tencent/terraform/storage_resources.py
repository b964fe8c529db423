"""Disks, attachments, snapshots and images as resources of terraform-provider-tencentcloud: its calls.

Source: resource_tc_cbs_storage.go, resource_tc_cbs_storage_attachment.go, resource_tc_cbs_snapshot.go and
resource_tc_image.go of the provider, in tencentcloud/services.
"""

from typing import Any

import attrs
from tests.dialects.tencent.furnished_account import TencentAccount

REGION = "ap-guangzhou"
State = dict[str, Any]


@attrs.frozen
class Storage:
    """What all of them use: tags of the tag service."""

    account: TencentAccount

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        return self.account.call(action, **params)

    def tag(self, kind: str, resource_id: str, replace: dict[str, str], *delete: str) -> None:
        self.call(
            "ModifyResourceTags",
            Resource=f"qcs::cvm:{REGION}:uin/:{kind}/{resource_id}",
            ReplaceTags=[{"TagKey": key, "TagValue": value} for key, value in replace.items()] or None,
            DeleteTags=[{"TagKey": key} for key in delete] or None,
        )

    def tags(self, kind: str, resource_id: str) -> dict[str, str]:
        place = {"ServiceType": "cvm", "ResourcePrefix": kind, "ResourceRegion": REGION}
        reply = self.call("DescribeResourceTags", ResourceId=resource_id, Offset=0, Limit=20, **place)
        return {row["TagKey"]: row["TagValue"] for row in reply["Rows"]}


@attrs.frozen
class Disk(Storage):
    """The resource ``tencentcloud_cbs_storage``."""

    def create(self, config: State) -> str:
        made = self.call(
            "CreateDisks",
            DiskName=config["storage_name"],
            DiskType=config["storage_type"],
            DiskSize=config["storage_size"],
            Placement={"Zone": config["availability_zone"], "ProjectId": config["project_id"]},
            SnapshotId=config.get("snapshot_id"),
            ThroughputPerformance=0,
            DiskChargeType="POSTPAID_BY_HOUR",
            Tags=[{"Key": key, "Value": value} for key, value in config["tags"].items()],
        )
        (disk_id,) = made["DiskIdSet"]
        self.account.wait()
        assert self.find(disk_id)
        return str(disk_id)

    def find(self, disk_id: str) -> State | None:
        found = self.call("DescribeDisks", DiskIds=[disk_id])["DiskSet"]
        return dict(found[0]) if found else None

    def read(self, disk_id: str) -> State | None:
        shown = self.find(disk_id)
        if shown is None:
            return None
        assert not shown["Encrypt"]
        assert shown["DiskChargeType"] == "POSTPAID_BY_HOUR"
        return {
            "storage_type": shown["DiskType"],
            "storage_size": shown["DiskSize"],
            "availability_zone": shown["Placement"]["Zone"],
            "storage_name": shown["DiskName"],
            "project_id": shown["Placement"]["ProjectId"],
            "tags": self.tags("volume", disk_id),
        }

    def update(self, disk_id: str, old: State, new: State) -> None:
        named = {"DiskIds": [disk_id], "DiskName": new["storage_name"], "ProjectId": new["project_id"]}
        self.call("ModifyDiskAttributes", **named)
        if new["storage_size"] != old["storage_size"]:
            self.call("ResizeDisk", DiskId=disk_id, DiskSize=new["storage_size"])
            shown = self.find(disk_id)
            assert shown is not None
            assert shown["DiskState"] == "EXPANDING", "the provider waits until it is not"
            self.account.wait()
        self.tag("volume", disk_id, new["tags"], *(old["tags"].keys() - new["tags"].keys()))

    def delete(self, disk_id: str) -> None:
        """Give it back, and look until it is gone."""
        self.call("TerminateDisks", DiskIds=[disk_id])
        self.account.wait()
        assert self.read(disk_id) is None


@attrs.frozen
class Attachment(Storage):
    """The resource ``tencentcloud_cbs_storage_attachment``, whose id is that of the disk."""

    def create(self, disk_id: str, instance_id: str) -> None:
        self.call("AttachDisks", DiskIds=[disk_id], InstanceId=instance_id)
        shown = Disk(self.account).find(disk_id)
        assert shown is not None
        assert shown["DiskState"] == "ATTACHING", "the provider waits while it is, or UNATTACHED"
        self.account.wait()
        assert self.read(disk_id) == {"storage_id": disk_id, "instance_id": instance_id}

    def read(self, disk_id: str) -> State | None:
        shown = Disk(self.account).find(disk_id)
        if shown is None or not shown["Attached"]:
            return None
        return {"storage_id": shown["DiskId"], "instance_id": shown["InstanceId"]}

    def delete(self, disk_id: str) -> None:
        state = self.read(disk_id)
        assert state is not None
        self.call("DetachDisks", DiskIds=[disk_id], InstanceId=state["instance_id"])
        self.account.wait()
        assert self.read(disk_id) is None


@attrs.frozen
class Snapshot(Storage):
    """The resource ``tencentcloud_cbs_snapshot``."""

    def create(self, config: State) -> str:
        named = {"DiskId": config["storage_id"], "SnapshotName": config["snapshot_name"]}
        snapshot_id = str(self.call("CreateSnapshot", **named)["SnapshotId"])
        shown = self.find(snapshot_id)
        assert shown is not None
        assert shown["SnapshotState"] == "CREATING", "the provider waits until it is not, or NORMAL"
        self.account.wait()
        self.tag("snapshot", snapshot_id, config["tags"])
        return snapshot_id

    def find(self, snapshot_id: str) -> State | None:
        found = self.call("DescribeSnapshots", SnapshotIds=[snapshot_id])["SnapshotSet"]
        return dict(found[0]) if found else None

    def read(self, snapshot_id: str) -> State | None:
        shown = self.find(snapshot_id)
        if shown is None:
            return None
        assert (shown["SnapshotState"], shown["Percent"]) == ("NORMAL", 100)
        return {
            "storage_id": shown["DiskId"],
            "snapshot_name": shown["SnapshotName"],
            "tags": self.tags("snapshot", snapshot_id),
        }

    def update(self, snapshot_id: str, old: State, new: State) -> None:
        named = {"SnapshotId": snapshot_id, "SnapshotName": new["snapshot_name"]}
        self.call("ModifySnapshotAttribute", **named)
        self.tag("snapshot", snapshot_id, new["tags"], *(old["tags"].keys() - new["tags"].keys()))

    def delete(self, snapshot_id: str) -> None:
        self.call("DeleteSnapshots", SnapshotIds=[snapshot_id])
        assert self.read(snapshot_id) is None


@attrs.frozen
class Image(Storage):
    """The resource ``tencentcloud_image``."""

    def create(self, config: State) -> str:
        made = self.call(
            "CreateImage",
            ImageName=config["image_name"],
            InstanceId=config.get("instance_id"),
            ImageDescription=config["image_description"],
            DataDiskIds=config.get("data_disk_ids"),
            SnapshotIds=config.get("snapshot_ids"),
        )
        image_id = str(made["ImageId"])
        self.account.wait()
        self.tag("image", image_id, config["tags"])
        return image_id

    def find(self, image_id: str) -> State | None:
        found = self.call("DescribeImages", ImageIds=[image_id])["ImageSet"]
        return dict(found[0]) if found else None

    def read(self, image_id: str) -> State | None:
        shown = self.find(image_id)
        if shown is None:
            return None
        assert shown["ImageState"] == "NORMAL"
        return {
            "image_name": shown["ImageName"],
            "image_description": shown["ImageDescription"],
            "tags": self.tags("image", image_id),
        }

    def snapshots(self, image_id: str) -> list[str]:
        shown = self.find(image_id)
        assert shown is not None
        return [each["SnapshotId"] for each in shown["SnapshotSet"]]

    def update(self, image_id: str, old: State, new: State) -> None:
        named = {"ImageId": image_id, "ImageName": new["image_name"]}
        self.call("ModifyImageAttribute", ImageDescription=new["image_description"], **named)
        self.tag("image", image_id, new["tags"], *(old["tags"].keys() - new["tags"].keys()))

    def delete(self, image_id: str) -> None:
        self.call("DeleteImages", ImageIds=[image_id])
        assert self.find(image_id) is None
