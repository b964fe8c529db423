"""The lives of disks, attachments, snapshots and images in Terraform: twice, and nothing is left."""

from tests.consumers.alibaba.terraform.disks import Disk, DiskAttachment, Snapshot
from tests.consumers.alibaba.terraform.images import Image
from tests.consumers.alibaba.terraform.lives.test_lives import TAGS, ZONE, Workspace, assert_no_change, live
from tests.consumers.alibaba.terraform.provider import State

CONFIG: State = {
    "category": "cloud_essd",
    "disk_name": "tf-a",
    "performance_level": "PL1",
    "size": 40,
    "zone_id": ZONE,
    "tags": TAGS,
}


def test_disk(site: Workspace) -> None:
    for _ in range(2):
        live(
            Disk(site.provider),
            CONFIG,
            delete_auto_snapshot=True,
            delete_with_instance=True,
            description="changed",
            disk_name="tf-b",
            tags={"Created": "TF-again"},
        )


def test_a_disk_that_grows_stays_as_large_as_it_is(site: Workspace) -> None:
    disks = Disk(site.provider)
    disk_id = disks.create(CONFIG)
    larger = {**CONFIG, "size": 500, "performance_level": "PL2"}
    disks.update(disk_id, CONFIG, larger)
    shown = disks.read(disk_id)
    assert shown is not None
    assert (shown["size"], shown["performance_level"]) == (500, "PL2")
    disks.delete(disk_id)


def test_disk_attachment(site: Workspace) -> None:
    config = {"disk_id": site.apply(Disk, **CONFIG), "instance_id": site.node()}
    for _ in range(2):
        live(DiskAttachment(site.provider), config)


def test_snapshot_and_a_disk_of_it(site: Workspace) -> None:
    disk_id, node_id = site.apply(Disk, **CONFIG), site.node()
    site.apply(DiskAttachment, disk_id=disk_id, instance_id=node_id)
    config = {"disk_id": disk_id, "snapshot_name": "tf-a", "category": "standard", "tags": TAGS}
    for _ in range(2):
        live(
            Snapshot(site.provider),
            config,
            snapshot_name="tf-b",
            description="changed",
            tags={"Created": "TF-again"},
        )
    snapshot_id = site.apply(Snapshot, **config)
    live(Disk(site.provider), {**CONFIG, "snapshot_id": snapshot_id})


def test_images_of_an_instance_and_of_a_snapshot(site: Workspace) -> None:
    images, snapshots = Image(site.provider), Snapshot(site.provider)
    config = {"image_name": "tf-a", "instance_id": site.node(), "tags": TAGS}
    for _ in range(2):
        image_id = images.create(config)
        shown = assert_no_change(images, image_id, config)
        (_, _, part, kind) = shown["disk_device_mapping"][0]
        assert kind == "system"
        live(
            images,
            {"image_name": "tf-part", "snapshot_id": part, "description": "one"},
            image_name="tf-part-b",
            description="two",
            tags={"Created": "TF-again"},
        )
        images.delete(image_id)
        snapshots.delete(part)
