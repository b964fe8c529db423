"""alicloud_image: an image of an instance, or of a snapshot."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State


@attrs.frozen
class Image:
    provider: Provider
    computed = frozenset({"architecture", "disk_device_mapping", "platform", "resource_group_id"})

    def create(self, config: State) -> str:
        made = self.provider.call_again(
            ("IncorrectInstanceStatus",),
            "ecs",
            "CreateImage",
            Architecture=config.get("architecture", "x86_64"),
            Description=config.get("description") or None,
            ImageName=config["image_name"],
            InstanceId=config.get("instance_id"),
            SnapshotId=config.get("snapshot_id"),
            Tag=[{"Key": key, "Value": value} for key, value in config.get("tags", {}).items()],
        )
        image_id = str(made["ImageId"])
        self.provider.wait_for(lambda: str(self.shown(image_id).get("Status")), "Available")
        return image_id

    def read(self, resource_id: str) -> State | None:
        shown = self.shown(resource_id)
        if not shown:
            return None
        place = {"ResourceType": "image", "ResourceId": [resource_id]}
        tags = self.provider.call("ecs", "ListTagResources", **place)
        return {
            "architecture": shown["Architecture"],
            "description": shown["Description"],
            "disk_device_mapping": [
                (each["Device"], int(each["Size"]), each["SnapshotId"], each["Type"])
                for each in shown["DiskDeviceMappings"]["DiskDeviceMapping"]
            ],
            "image_name": shown["ImageName"],
            "platform": shown["Platform"],
            "resource_group_id": shown["ResourceGroupId"],
            "tags": {each["TagKey"]: each["TagValue"] for each in tags["TagResources"]["TagResource"]},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        before, after = old.get("tags", {}), new.get("tags", {})
        if gone := [key for key in before if key not in after]:
            place = {"ResourceType": "image", "ResourceId": [resource_id]}
            self.provider.call("ecs", "UntagResources", TagKey=gone, **place)
        self.provider.tag("ecs", "image", resource_id, after)
        named = {"ImageName": new["image_name"], "Description": new.get("description", "")}
        self.provider.call("ecs", "ModifyImageAttribute", ImageId=resource_id, **named)

    def delete(self, resource_id: str) -> None:
        self.provider.call("ecs", "DeleteImage", ImageId=resource_id, Force=False)
        self.provider.wait_for(lambda: str(self.shown(resource_id)), "{}")

    def shown(self, image_id: str) -> dict[str, Any]:
        """Return what is shown of an image in whatever state, or nothing."""
        states = "Creating,Waiting,Available,UnAvailable,CreateFailed"
        listed = self.provider.call("ecs", "DescribeImages", ImageId=image_id, Status=states)
        found = listed["Images"]["Image"]
        return dict(found[0]) if found else {}
