"""The lives of disks, snapshots and images as terraform-provider-tencentcloud leads them, twice."""

from typing import Any

from tests.consumers.tencent.terraform.storage_resources import Attachment, Disk, Image, Snapshot, State
from tests.consumers.tencent.test_terraform_nat_gateway import leaked
from tests.dialects.tencent.furnished_account import ZONE, TencentAccount

CONFIG: State = {
    "storage_type": "CLOUD_HSSD",
    "storage_size": 40,
    "availability_zone": ZONE,
    "storage_name": "tf-a",
    "project_id": 0,
    "tags": {"team": "storage"},
}


def _looks(resource: Any, resource_id: str, config: State) -> None:
    """Check that two plans in a row find nothing to change."""
    for _ in range(2):
        shown = resource.read(resource_id)
        assert shown == {name: config[name] for name in shown}
        resource.account.wait()


def test_a_disk_lives_with_its_attachment_from_apply_to_destroy(account: TencentAccount) -> None:
    disks, attachments = Disk(account), Attachment(account)
    instance_id = account.instance_id
    before = leaked(account)
    for _ in range(2):
        disk_id = disks.create(CONFIG)
        _looks(disks, disk_id, CONFIG)
        attachments.create(disk_id, instance_id)
        changed = {**CONFIG, "storage_size": 60, "storage_name": "tf-b", "tags": {"env": "test"}}
        disks.update(disk_id, CONFIG, changed)
        _looks(disks, disk_id, changed)
        _looks(attachments, disk_id, {"storage_id": disk_id, "instance_id": instance_id})
        attachments.delete(disk_id)
        disks.delete(disk_id)
    assert leaked(account) == before


def test_a_snapshot_lives_with_a_disk_of_it_from_apply_to_destroy(account: TencentAccount) -> None:
    disks, snapshots = Disk(account), Snapshot(account)
    before = leaked(account)
    for _ in range(2):
        disk_id = disks.create(CONFIG)
        config = {"storage_id": disk_id, "snapshot_name": "tf-a", "tags": {"team": "storage"}}
        snapshot_id = snapshots.create(config)
        _looks(snapshots, snapshot_id, config)
        changed = {**config, "snapshot_name": "tf-b", "tags": {}}
        snapshots.update(snapshot_id, config, changed)
        _looks(snapshots, snapshot_id, changed)
        copy_id = disks.create({**CONFIG, "snapshot_id": snapshot_id})
        _looks(disks, copy_id, CONFIG)
        for each in (copy_id, disk_id):
            disks.delete(each)
        snapshots.delete(snapshot_id)
    assert leaked(account) == before


def test_images_live_from_apply_to_destroy(account: TencentAccount) -> None:
    images, snapshots = Image(account), Snapshot(account)
    instance_id = account.instance_id
    before = leaked(account)
    for _ in range(2):
        config = {"image_name": "tf-a", "image_description": "one", "tags": {"team": "storage"}}
        first = images.create({**config, "instance_id": instance_id})
        _looks(images, first, config)
        changed = {**config, "image_name": "tf-b", "image_description": "two", "tags": {}}
        images.update(first, config, changed)
        _looks(images, first, changed)
        parts = images.snapshots(first)
        second = images.create({**config, "snapshot_ids": parts})
        _looks(images, second, config)
        for each in (first, second):
            images.delete(each)
        for each in parts:
            snapshots.delete(each)
    assert leaked(account) == before
