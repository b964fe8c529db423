"""How users call the actions on disks with Alibaba Cloud's SDK."""

import json
from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import IMAGE, REGION, ZONE, ecs_models


def _new_disk(account: SdkAccount) -> str:
    """Create a disk and wait until it is Available."""
    request = ecs_models.CreateDiskRequest(
        region_id=REGION,
        zone_id=ZONE,
        disk_category="cloud_essd",
        size=40,
        disk_name="data",
        tag=[ecs_models.CreateDiskRequestTag(key="city", value="shanghai")],
    )
    disk_id: str = account.ecs.create_disk(request).disk_id
    poll(lambda: _disk(account, disk_id).status, "Available")
    return disk_id


def _disk(account: SdkAccount, disk_id: str) -> Any:
    """Return a disk as it is listed, or None."""
    request = ecs_models.DescribeDisksRequest(region_id=REGION, disk_ids=json.dumps([disk_id]))
    found = account.ecs.describe_disks(request).disks.disk
    return found[0] if found else None


def _system_disk(account: SdkAccount) -> Any:
    request = ecs_models.DescribeDisksRequest(
        region_id=REGION, instance_id=account.instance_id, disk_type="system"
    )
    (shown,) = account.ecs.describe_disks(request).disks.disk
    return shown


def _attached(account: SdkAccount) -> str:
    """Create a disk, attach it to the instance and wait until it is In_use."""
    disk_id = _new_disk(account)
    account.ecs.attach_disk(
        ecs_models.AttachDiskRequest(
            disk_id=disk_id, instance_id=account.instance_id, delete_with_instance=True
        )
    )
    poll(lambda: _disk(account, disk_id).status, "In_use")
    return disk_id


def _stop(account: SdkAccount) -> None:
    account.ecs.stop_instance(ecs_models.StopInstanceRequest(instance_id=account.instance_id))
    poll(lambda: account.instance_status(account.instance_id), "Stopped")


def describe_disks(account: SdkAccount) -> None:
    request = ecs_models.DescribeDisksRequest(region_id=REGION, instance_id=account.instance_id)
    (shown,) = account.ecs.describe_disks(request).disks.disk
    assert (shown.type, shown.device, shown.size) == ("system", "/dev/xvda", 40)


def create_disk(account: SdkAccount) -> None:
    shown = _disk(account, _new_disk(account))
    assert (shown.disk_name, shown.size, shown.tags.tag[0].tag_value) == ("data", 40, "shanghai")


def attach_disk(account: SdkAccount) -> None:
    shown = _disk(account, _attached(account))
    assert (shown.instance_id, shown.device) == (account.instance_id, "/dev/xvdb")
    assert shown.delete_with_instance is True


def detach_disk(account: SdkAccount) -> None:
    disk_id = _attached(account)
    account.ecs.detach_disk(ecs_models.DetachDiskRequest(disk_id=disk_id, instance_id=account.instance_id))
    poll(lambda: _disk(account, disk_id).status, "Available")


def delete_disk(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    account.ecs.delete_disk(ecs_models.DeleteDiskRequest(disk_id=disk_id))
    poll(lambda: _disk(account, disk_id), None)


def resize_disk(account: SdkAccount) -> None:
    disk_id = _attached(account)
    account.ecs.resize_disk(ecs_models.ResizeDiskRequest(disk_id=disk_id, new_size=60, type="online"))
    poll(lambda: _disk(account, disk_id).size, 60)


def modify_disk_attribute(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    account.ecs.modify_disk_attribute(
        ecs_models.ModifyDiskAttributeRequest(region_id=REGION, disk_id=disk_id, disk_name="renamed")
    )
    assert _disk(account, disk_id).disk_name == "renamed"


def modify_disk_spec(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    account.ecs.modify_disk_spec(
        ecs_models.ModifyDiskSpecRequest(disk_id=disk_id, disk_category="cloud_auto")
    )
    assert _disk(account, disk_id).category == "cloud_auto"


def modify_disk_charge_type(account: SdkAccount) -> None:
    (instance_id,) = account.ecs.run_instances(
        ecs_models.RunInstancesRequest(
            region_id=REGION,
            image_id=IMAGE,
            instance_type="ecs.g7.large",
            v_switch_id=account.vswitch_id,
            security_group_id=account.group_id,
            instance_charge_type="PrePaid",
            period=1,
            data_disk=[ecs_models.RunInstancesRequestDataDisk(size=40)],
        )
    ).instance_id_sets.instance_id_set
    poll(lambda: account.instance_status(instance_id), "Running")
    request = ecs_models.DescribeDisksRequest(region_id=REGION, instance_id=instance_id, disk_type="data")
    (shown,) = account.ecs.describe_disks(request).disks.disk
    account.ecs.modify_disk_charge_type(
        ecs_models.ModifyDiskChargeTypeRequest(
            region_id=REGION,
            instance_id=instance_id,
            disk_ids=json.dumps([shown.disk_id]),
            disk_charge_type="PostPaid",
        )
    )
    assert (shown.portable, _disk(account, shown.disk_id).portable) == (False, True)


def replace_system_disk(account: SdkAccount) -> None:
    before = _system_disk(account).disk_id
    _stop(account)
    made = account.ecs.replace_system_disk(
        ecs_models.ReplaceSystemDiskRequest(
            instance_id=account.instance_id,
            image_id=IMAGE,
        )
    ).disk_id
    assert before != made == _system_disk(account).disk_id


def re_init_disk(account: SdkAccount) -> None:
    shown = _system_disk(account)
    _stop(account)
    account.ecs.re_init_disk(ecs_models.ReInitDiskRequest(disk_id=shown.disk_id))
    poll(lambda: _system_disk(account).status, "In_use")


# -- snapshots ---------------------------------------------------------------------------------------------


def _new_snapshot(account: SdkAccount, disk_id: str) -> str:
    """Create a snapshot and wait until it is accomplished."""
    request = ecs_models.CreateSnapshotRequest(disk_id=disk_id, snapshot_name="daily")
    made: str = account.ecs.create_snapshot(request).snapshot_id
    poll(lambda: _snapshot(account, made).status, "accomplished")
    return made


def _snapshot(account: SdkAccount, snapshot_id: str) -> Any:
    """Return a snapshot as it is listed, or None."""
    request = ecs_models.DescribeSnapshotsRequest(region_id=REGION, snapshot_ids=json.dumps([snapshot_id]))
    found = account.ecs.describe_snapshots(request).snapshots.snapshot
    return found[0] if found else None


def create_snapshot(account: SdkAccount) -> None:
    shown = _snapshot(account, _new_snapshot(account, _attached(account)))
    assert (shown.snapshot_name, shown.progress, shown.source_disk_size) == ("daily", "100%", "40")


def describe_snapshots(account: SdkAccount) -> None:
    disk_id = _system_disk(account).disk_id
    made = _new_snapshot(account, disk_id)
    request = ecs_models.DescribeSnapshotsRequest(region_id=REGION, disk_id=disk_id)
    reply = account.ecs.describe_snapshots(request)
    assert (reply.total_count, reply.snapshots.snapshot[0].snapshot_id) == (1, made)


def modify_snapshot_attribute(account: SdkAccount) -> None:
    made = _new_snapshot(account, _system_disk(account).disk_id)
    account.ecs.modify_snapshot_attribute(
        ecs_models.ModifySnapshotAttributeRequest(snapshot_id=made, snapshot_name="weekly")
    )
    assert _snapshot(account, made).snapshot_name == "weekly"


def delete_snapshot(account: SdkAccount) -> None:
    made = _new_snapshot(account, _system_disk(account).disk_id)
    account.ecs.delete_snapshot(ecs_models.DeleteSnapshotRequest(snapshot_id=made))
    poll(lambda: _snapshot(account, made), None)


def reset_disk(account: SdkAccount) -> None:
    disk_id = _attached(account)
    made = _new_snapshot(account, disk_id)
    _stop(account)
    account.ecs.reset_disk(ecs_models.ResetDiskRequest(disk_id=disk_id, snapshot_id=made))
    poll(lambda: _disk(account, disk_id).status, "In_use")


# -- restored together, and encrypted by default -----------------------------------------------------------


def reset_disks(account: SdkAccount) -> None:
    disk_id = _system_disk(account).disk_id
    made = _new_snapshot(account, disk_id)
    _stop(account)
    request = ecs_models.ResetDisksRequest(
        region_id=REGION, disk=[ecs_models.ResetDisksRequestDisk(disk_id=disk_id, snapshot_id=made)]
    )
    (progress,) = account.ecs.reset_disks(request).operation_progress_set.operation_progress
    assert progress.operation_status == "Success"
    assert [each.value for each in progress.related_item_set.related_item] == [made, disk_id]


def enable_disk_encryption_by_default(account: SdkAccount) -> None:
    account.ecs.enable_disk_encryption_by_default(
        ecs_models.EnableDiskEncryptionByDefaultRequest(region_id=REGION)
    )
    assert _is_encrypted(account)


def _is_encrypted(account: SdkAccount) -> bool:
    request = ecs_models.DescribeDiskEncryptionByDefaultStatusRequest(region_id=REGION)
    return bool(account.ecs.describe_disk_encryption_by_default_status(request).encrypted)


def disable_disk_encryption_by_default(account: SdkAccount) -> None:
    enable_disk_encryption_by_default(account)
    account.ecs.disable_disk_encryption_by_default(
        ecs_models.DisableDiskEncryptionByDefaultRequest(region_id=REGION)
    )
    assert not _is_encrypted(account)


def describe_disk_encryption_by_default_status(account: SdkAccount) -> None:
    assert not _is_encrypted(account)


def modify_disk_default_kmskey_id(account: SdkAccount) -> None:
    enable_disk_encryption_by_default(account)
    account.ecs.modify_disk_default_kmskey_id(
        ecs_models.ModifyDiskDefaultKMSKeyIdRequest(region_id=REGION, kmskey_id="key")
    )
    assert _default_key(account) == "key"


def _default_key(account: SdkAccount) -> str:
    request = ecs_models.DescribeDiskDefaultKMSKeyIdRequest(region_id=REGION)
    return str(account.ecs.describe_disk_default_kmskey_id(request).kmskey_id)


def describe_disk_default_kmskey_id(account: SdkAccount) -> None:
    enable_disk_encryption_by_default(account)
    assert _default_key(account) == ""


def reset_disk_default_kmskey_id(account: SdkAccount) -> None:
    modify_disk_default_kmskey_id(account)
    account.ecs.reset_disk_default_kmskey_id(ecs_models.ResetDiskDefaultKMSKeyIdRequest(region_id=REGION))
    assert _default_key(account) == ""
