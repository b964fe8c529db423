"""alicloud_ecs_disk, alicloud_ecs_disk_attachment and alicloud_ecs_snapshot."""

import json
from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State

_BUSY = (
    "DisksDetachingOnEcsExceeded",
    "IncorrectDiskStatus",
    "IncorrectDiskStatus.Initializing",
    "IncorrectInstanceStatus",
    "InternalError",
    "InvalidOperation.Conflict",
    "OperationConflict",
)


def _disk(provider: Provider, disk_id: str) -> dict[str, Any]:
    """Return what is shown of a disk, or nothing where there is none."""
    listed = provider.call("ecs", "DescribeDisks", DiskIds=json.dumps([disk_id]))["Disks"]["Disk"]
    return dict(listed[0]) if listed else {}


def _tags(shown: dict[str, Any], key: str = "TagKey", value: str = "TagValue") -> dict[str, str]:
    return {each[key]: each[value] for each in shown.get("Tags", {}).get("Tag", [])}


def _retag(provider: Provider, kind: str, resource_id: str, old: State, new: State) -> None:
    before, after = old.get("tags", {}), new.get("tags", {})
    if gone := [key for key in before if key not in after]:
        named = {"ResourceType": kind, "ResourceId": [resource_id]}
        provider.call("ecs", "UntagResources", TagKey=gone, **named)
    if before != after:
        provider.tag("ecs", kind, resource_id, after)


def _new_tags(config: State) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in config.get("tags", {}).items()]


@attrs.frozen
class Disk:
    """After it is created it is updated at once, which asks what it is."""

    provider: Provider
    computed = frozenset(
        {
            "delete_with_instance",
            "disk_name",
            "enable_auto_snapshot",
            "encrypted",
            "instance_id",
            "kms_key_id",
            "multi_attach",
            "payment_type",
            "performance_level",
            "resource_group_id",
            "size",
            "snapshot_id",
            "status",
        }
    )

    def create(self, config: State) -> str:
        made = self.provider.call_again(
            ("ServiceUnavailable", "UnknownError", "LastTokenProcessing"),
            "ecs",
            "CreateDisk",
            ClientToken=self.provider.token("CreateDisk"),
            Description=config.get("description"),
            DiskCategory=config["category"],
            DiskName=config.get("disk_name"),
            PerformanceLevel=config.get("performance_level"),
            Size=config.get("size"),
            SnapshotId=config.get("snapshot_id"),
            Tag=_new_tags(config),
            ZoneId=config["zone_id"],
        )
        disk_id = str(made["DiskId"])
        self.provider.wait_for(lambda: self._status(disk_id), "Available")
        self._modify(disk_id, {}, config, new=True)
        return disk_id

    def read(self, resource_id: str) -> State | None:
        shown = _disk(self.provider, resource_id)
        if not shown:
            return None
        return {
            "category": shown["Category"],
            "delete_auto_snapshot": shown["DeleteAutoSnapshot"],
            "delete_with_instance": shown["DeleteWithInstance"],
            "description": shown["Description"],
            "disk_name": shown["DiskName"],
            "enable_auto_snapshot": shown["EnableAutoSnapshot"],
            "encrypted": shown["Encrypted"],
            "instance_id": shown["InstanceId"],
            "kms_key_id": shown["KMSKeyId"],
            "multi_attach": shown["MultiAttach"],
            "payment_type": {"PostPaid": "PayAsYouGo"}[shown["DiskChargeType"]],
            "performance_level": shown.get("PerformanceLevel"),
            "resource_group_id": shown["ResourceGroupId"],
            "size": shown["Size"],
            "snapshot_id": shown["SourceSnapshotId"],
            "status": shown["Status"],
            "tags": _tags(shown),
            "zone_id": shown["ZoneId"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        provider = self.provider
        self._modify(resource_id, old, new)
        if new.get("size") != old.get("size") and new["size"] > old["size"]:
            sized = {"NewSize": new["size"], "Type": new.get("type")}
            provider.call("ecs", "ResizeDisk", DiskId=resource_id, **sized)
        if new.get("performance_level") != old.get("performance_level"):
            level = new.get("performance_level")
            provider.call("ecs", "ModifyDiskSpec", DiskId=resource_id, PerformanceLevel=level)
            provider.wait_for(lambda: self._status(resource_id), "Available")
        _retag(provider, "disk", resource_id, old, new)

    def delete(self, resource_id: str) -> None:
        assert _disk(self.provider, resource_id)["DiskChargeType"] == "PostPaid"
        again = ("IncorrectDiskStatus.Initializing",)
        self.provider.call_again(again, "ecs", "DeleteDisk", DiskId=resource_id)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _modify(self, disk_id: str, old: State, config: State, *, new: bool = False) -> None:
        """Say what is different; whether it goes with its instance is compared with what is shown."""
        names = {"DeleteAutoSnapshot": "delete_auto_snapshot"}
        if not new:
            names |= {"Description": "description", "DiskName": "disk_name"}
        changed = {
            wire: config.get(own, "") for wire, own in names.items() if config.get(own) != old.get(own)
        }
        goes = config.get("delete_with_instance", False)
        if goes != _disk(self.provider, disk_id)["DeleteWithInstance"]:
            changed["DeleteWithInstance"] = goes
        if changed:
            self.provider.call("ecs", "ModifyDiskAttribute", DiskId=disk_id, **changed)

    def _status(self, disk_id: str) -> str:
        return str(_disk(self.provider, disk_id).get("Status", ""))


@attrs.frozen
class DiskAttachment:
    """Its id is that of the disk and that of the instance."""

    provider: Provider
    computed = frozenset({"device"})

    def create(self, config: State) -> str:
        disk_id = str(config["disk_id"])
        before = _disk(self.provider, disk_id)
        self.provider.call_again(
            _BUSY,
            "ecs",
            "AttachDisk",
            Bootable=False,
            DeleteWithInstance=config.get("delete_with_instance", False),
            DiskId=disk_id,
            InstanceId=config["instance_id"],
        )
        self.provider.wait_for(lambda: self._status(disk_id), "In_use")
        assert _disk(self.provider, disk_id)["DeleteAutoSnapshot"] == before["DeleteAutoSnapshot"]
        return f"{disk_id}:{config['instance_id']}"

    def read(self, resource_id: str) -> State | None:
        disk_id, instance_id = resource_id.split(":")
        shown = _disk(self.provider, disk_id)
        if shown.get("InstanceId") != instance_id:
            return None
        return {"device": shown["Device"], "disk_id": shown["DiskId"], "instance_id": instance_id}

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"{resource_id} has no update, from {old} to {new}")

    def delete(self, resource_id: str) -> None:
        disk_id, instance_id = resource_id.split(":")
        pair = {"DiskId": disk_id, "InstanceId": instance_id}
        self.provider.call_again(_BUSY, "ecs", "DetachDisk", DeleteWithInstance=False, **pair)
        self.provider.wait_for(lambda: self._status(disk_id), "Available")

    def _status(self, disk_id: str) -> str:
        return str(_disk(self.provider, disk_id).get("Status", ""))


@attrs.frozen
class Snapshot:
    provider: Provider
    computed = frozenset({"category", "resource_group_id", "retention_days", "snapshot_name", "status"})

    def create(self, config: State) -> str:
        made = self.provider.call(
            "ecs",
            "CreateSnapshot",
            ClientToken=self.provider.token("CreateSnapshot"),
            Category=config.get("category"),
            Description=config.get("description"),
            DiskId=config["disk_id"],
            RetentionDays=config.get("retention_days"),
            SnapshotName=config.get("snapshot_name"),
            Tag=_new_tags(config),
        )
        snapshot_id = str(made["SnapshotId"])
        self.provider.wait_for(lambda: self._status(snapshot_id), "accomplished")
        return snapshot_id

    def read(self, resource_id: str) -> State | None:
        shown = self._shown(resource_id)
        if not shown:
            return None
        return {
            "category": shown["Category"],
            "description": shown["Description"],
            "disk_id": shown["SourceDiskId"],
            "resource_group_id": shown["ResourceGroupId"],
            "retention_days": shown.get("RetentionDays"),
            "snapshot_name": shown["SnapshotName"],
            "status": shown["Status"],
            "tags": _tags(shown),
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        names = {
            "Description": "description",
            "SnapshotName": "snapshot_name",
            "RetentionDays": "retention_days",
        }
        if changed := {wire: new.get(own) for wire, own in names.items() if new.get(own) != old.get(own)}:
            self.provider.call("ecs", "ModifySnapshotAttribute", SnapshotId=resource_id, **changed)
            self.provider.wait_for(lambda: self._status(resource_id), "accomplished")
        _retag(self.provider, "snapshot", resource_id, old, new)

    def delete(self, resource_id: str) -> None:
        self.provider.call("ecs", "DeleteSnapshot", SnapshotId=resource_id)

    def _status(self, snapshot_id: str) -> str:
        return str(self._shown(snapshot_id).get("Status", ""))

    def _shown(self, snapshot_id: str) -> dict[str, Any]:
        named = {"SnapshotIds": json.dumps([snapshot_id])}
        listed = self.provider.call("ecs", "DescribeSnapshots", **named)["Snapshots"]["Snapshot"]
        return dict(listed[0]) if listed else {}
