"""Images are copied, and shared with other accounts."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import image, snapshot, with_disks
from tests.core.engine.commands import FAILS
from tests.core.model.rules import NORTH, STEPS, limited

from duolect_core import errors
from duolect_core.disks.snapshots import DeleteSnapshots
from duolect_core.images.copies import CancelImageCopy, CopyImage, ImagePart, Original
from duolect_core.images.lifecycle import CreateImage, DeleteImages
from duolect_core.images.sharing import ShareImage
from duolect_core.invariants import check
from duolect_core.model.disk_lifecycles import CopyState, DiskKind

PARTS = (
    ImagePart(kind=DiskKind.SYSTEM, size=40, extras={"x": 1}),
    ImagePart(kind=DiskKind.DATA, size=100),
)


@pytest.fixture
def world():
    return World(NORTH)


def copy_of(original_id="original", **more):
    return CopyImage(original_id=original_id, **{"parts": PARTS, **more})


def test_a_copy_has_snapshots_of_its_own_and_takes_its_time(world):
    made = world.do(
        copy_of(source_id="s", name="n", description="d", tags={"k": "v"}, extras={"y": 2}),
    )
    assert (made.copied_from, made.source_id, made.size) == ("original", "s", 40)
    assert (made.name, made.description, made.tags, made.extras) == ("n", "d", {"k": "v"}, {"y": 2})
    copies = [world.graph.snapshots[each] for each in made.snapshot_ids]
    assert [(each.kind, each.size, each.extras) for each in copies] == [
        (DiskKind.SYSTEM, 40, {"x": 1}),
        (DiskKind.DATA, 100, {}),
    ]
    assert {(each.disk_id, each.zone) for each in copies} == {("", NORTH.zones[0])}
    world.wait(STEPS.copy_image - 1)
    assert {each.state for each in (made, *copies)} == {CopyState.PENDING}
    world.refuses(DeleteImages(image_ids=(made.id,)), errors.ImageCopying)
    world.wait(1)
    assert {each.state for each in (made, *copies)} == {CopyState.AVAILABLE}
    assert check(world.partition) == []
    world.do(DeleteImages(image_ids=(made.id,), with_snapshots=True))
    assert not world.graph.snapshots
    assert check(world.partition) == []


def test_a_copy_that_fails_stays_until_it_is_deleted(world):
    made = world.do(copy_of(), command_fault=FAILS)
    world.wait()
    assert made.state is CopyState.CREATE_FAILED
    world.refuses(CancelImageCopy(made.id), errors.ImageCopyEnded)
    world.do(DeleteImages(image_ids=(made.id,)))


def test_an_image_is_not_copied_twice_at_once_to_one_region(world):
    world.do(copy_of(name="a"))
    world.refuses(copy_of(name="b"), errors.ImageCopyRunning)
    world.do(copy_of("other", name="b"))
    world.wait()
    world.do(copy_of(name="c"))
    world.refuses(copy_of("third", name="a"), errors.ImageNameTaken)


def test_there_is_room_for_a_copy():
    for quota, error in (
        ({"images": 0}, errors.ImageQuotaExceeded),
        ({"snapshots": 1}, errors.SnapshotQuotaExceeded),
        ({"tags_per_resource": 0}, errors.TagQuotaExceeded),
    ):
        World(limited(NORTH, **quota)).refuses(copy_of(tags={"k": "v"}), error)


def test_a_copy_is_cancelled_while_it_is_made(world):
    made = world.do(copy_of(name="n"))
    assert world.do(CancelImageCopy(made.id)) is made
    assert (made.state, world.graph.images, world.graph.snapshots) == (CopyState.GONE, {}, {})
    assert world.partition.timeline.next_due is None
    assert check(world.partition) == []
    own = image(world)
    world.refuses(CancelImageCopy(own.id), errors.ImageNotCopied)
    world.refuses(CancelImageCopy("absent"), errors.ImageNotFound)


def test_an_image_is_the_original_of_a_copy_once_it_is_there(world):
    made = world.do(CreateImage(instance_id=with_disks(world).id))
    with pytest.raises(errors.ImageBusy):
        world.partition.check(Original(made.id), world.at)
    world.wait()
    found, snapshots = world.partition.check(Original(made.id), world.at)
    assert (found, [each.id for each in snapshots]) == (made, list(made.snapshot_ids))


def test_an_image_is_shared_with_accounts_and_with_all(world):
    made = image(world)
    world.do(ShareImage(image_id=made.id, add=("1", "2")))
    first = made.shared_since["1"]
    world.wait(5)
    world.do(ShareImage(image_id=made.id, add=("2", "3"), remove=("1", "9")))
    assert list(made.shared_since) == ["2", "3"]
    assert made.shared_since["2"] == first < made.shared_since["3"]
    world.refuses(DeleteImages(image_ids=(made.id,)), errors.ImageShared)
    delete = DeleteSnapshots(snapshot_ids=made.snapshot_ids, with_images=True)
    world.refuses(delete, errors.ImageShared)
    world.do(ShareImage(image_id=made.id, remove=("2", "3"), public=True))
    assert (made.public, made.is_shared) == (True, True)
    world.do(ShareImage(image_id=made.id, public=False))
    assert not made.is_shared
    world.do(delete)


def test_an_image_that_is_not_there_is_not_shared():
    world = World(limited(NORTH, accounts_per_image=2))
    made = world.do(CreateImage(instance_id=with_disks(world).id))
    world.refuses(ShareImage(image_id="absent", add=("1",)), errors.ImageNotFound)
    world.refuses(ShareImage(image_id=made.id, add=("1",)), errors.ImageBusy)
    world.wait()
    world.refuses(ShareImage(image_id=made.id, add=("1", "2", "3")), errors.ImageAccountsExceeded)
    world.do(ShareImage(image_id=made.id, add=("1", "2")))
    world.do(ShareImage(image_id=made.id, add=("3",), remove=("1",)))


def test_a_snapshot_of_a_copy_makes_an_image_too(world):
    made = world.do(copy_of())
    world.wait()
    again = world.do(CreateImage(snapshot_ids=made.snapshot_ids))
    assert again.snapshot_ids == made.snapshot_ids
    assert snapshot(world, world.graph.system_disk(with_disks(world).id)).disk_id
