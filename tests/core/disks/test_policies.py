"""Policies make snapshots of disks by themselves, and snapshots go when their time is over."""

from datetime import datetime, timedelta, timezone

import pytest
from tests.core.builders import World
from tests.core.disks.build import attached, disk, image, policy, snapshot, with_disks
from tests.core.model.rules import DAY, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.archive import dump, load
from duolect_core.disks.attachment import AttachDisks, DetachDisks
from duolect_core.disks.lifecycle import DeleteDisks
from duolect_core.disks.locks import LockSnapshot, UnlockSnapshot
from duolect_core.disks.policies import (
    BindSnapshotPolicy,
    CreateSnapshotPolicy,
    DeleteSnapshotPolicies,
    ModifySnapshotPolicy,
    UnbindSnapshotPolicy,
)
from duolect_core.disks.snapshots import CreateSnapshot, DeleteSnapshots, ModifySnapshot
from duolect_core.images.lifecycle import DeleteImages
from duolect_core.instances.lifecycle import StartInstances, StopInstances
from duolect_core.invariants import check
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import HOUR, NewDisk, Schedule, day_of
from duolect_core.model.resources import LATEST, SECOND

BEIJING = timezone(timedelta(hours=8))


def at(text):
    """Return the instant of a time in Beijing."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BEIJING).timestamp()) * SECOND


def wait_until(world, text):
    """Let time pass until a time in Beijing."""
    world.wait(at(text) - world.at)


@pytest.fixture
def world():
    """Return a world in which it is noon of a Friday."""
    world = World(NORTH)
    world.subnet()
    wait_until(world, "2030-03-01 12:00")
    return world


def bind(world, made, *disks):
    world.do(BindSnapshotPolicy(policy_id=made.id, disk_ids=tuple(each.id for each in disks)))


def used_disk(world, **more):
    return attached(world, world.instance(world.subnet()), **more)


def snapshots_of(world, disk):
    graph = world.partition.read(world.at)
    return [graph.snapshots[each] for each in graph.snapshots_by_disk.ids(disk.id)]


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(hours=(13,)), "2030-03-01 13:00"),
        (Schedule(hours=(20, 12, 3)), "2030-03-01 20:00"),
        (Schedule(hours=(12,)), "2030-03-02 12:00"),
        (Schedule(hours=(12, 0), weekdays=(5,)), "2030-03-08 00:00"),
        (Schedule(hours=(0,), weekdays=(7, 1)), "2030-03-03 00:00"),
        (Schedule(hours=(1,), month_days=(31,)), "2030-03-31 01:00"),
        (Schedule(hours=(1,), month_days=(1,)), "2030-04-01 01:00"),
        (Schedule(hours=(1,), every_days=5), "2030-03-03 01:00"),
        (Schedule(hours=(12,), every_days=365), "2031-02-26 12:00"),
    ],
)
def test_a_schedule_says_what_comes_next_after_an_instant(schedule, expected):
    now, since = at("2030-03-01 12:00"), at("2030-02-26 23:00")
    assert schedule.after(now, since) == at(expected)
    assert schedule.after(at(expected) - 1, since) == at(expected)


def test_a_schedule_ends_with_time():
    assert Schedule(hours=(1,), month_days=(5,)).after(LATEST - HOUR, 0) is None
    assert day_of(at("2030-03-01 00:00")) == "20300301"


def test_a_policy_makes_a_snapshot_of_each_of_its_disks_when_its_time_has_come(world):
    made = policy(world, 14, retention=1, name="n", tags={"k": "v"}, extras={"x": 1})
    one, other = used_disk(world, extras={"kept": 1, "else": 2}), used_disk(world)
    bind(world, made, one, other)
    assert made.due == at("2030-03-01 14:00")
    wait_until(world, "2030-03-01 13:59")
    assert snapshots_of(world, one) == []
    wait_until(world, "2030-03-01 14:00")
    (copy,), (second,) = snapshots_of(world, one), snapshots_of(world, other)
    assert (copy.created, copy.policy_id, copy.state) == (world.at, made.id, CopyState.PENDING)
    assert (copy.name, copy.extras) == (f"auto_20300301_{made.id}", {"kept": 1})
    assert copy.expires == world.at + DAY
    assert second.order > copy.order
    assert made.due == at("2030-03-02 14:00")
    world.wait()
    assert copy.state is CopyState.AVAILABLE


def test_what_happens_by_itself_does_not_stand_on_the_timeline(world):
    made = policy(world, 14)
    bind(world, made, used_disk(world))
    assert world.partition.timeline.next_due is None


def test_snapshots_go_when_their_time_is_over_however_long_nobody_looked(world):
    made = policy(world, 14, 2, retention=2)
    used = used_disk(world)
    bind(world, made, used)
    wait_until(world, "2030-05-01 15:00")
    hours = [each.created for each in snapshots_of(world, used)]
    expected = ["2030-04-30 02:00", "2030-04-30 14:00", "2030-05-01 02:00", "2030-05-01 14:00"]
    assert hours == [at(each) for each in expected]


def test_it_makes_no_difference_when_one_looks():
    def life(*stops):
        world = World(NORTH)
        world.subnet()
        wait_until(world, "2030-03-01 12:00")
        made = policy(world, 14, 2, retention=2)
        bind(world, made, used_disk(world))
        for stop in (*stops, "2030-04-01 15:00"):
            wait_until(world, stop)
            world.partition.settle(world.at, 1)
            world.partition = (
                load(dump(world.partition), NORTH) if stop.endswith("13:00") else world.partition
            )
            world.partition.settle(world.at)
        return dump(world.partition)

    assert life() == life("2030-03-01 13:00", "2030-03-02 14:00", "2030-03-20 13:00")


def test_a_policy_that_is_changed_is_due_otherwise(world):
    made = policy(world, 14)
    world.do(ModifySnapshotPolicy(policy_id=made.id, schedules=(Schedule(hours=(16,)),), retention=3))
    assert (made.due, made.retention) == (at("2030-03-01 16:00"), 3)
    world.do(ModifySnapshotPolicy(policy_id=made.id, active=False, name="m", extras={"x": 1}))
    assert (made.due, made.name, made.extras) == (None, "m", {"x": 1})
    used = used_disk(world)
    bind(world, made, used)
    wait_until(world, "2030-03-05 00:00")
    assert snapshots_of(world, used) == []
    world.do(ModifySnapshotPolicy(policy_id=made.id, active=True))
    wait_until(world, "2030-03-05 20:00")
    assert len(snapshots_of(world, used)) == 1
    world.refuses(ModifySnapshotPolicy(policy_id="absent"), errors.SnapshotPolicyNotFound)


def test_an_earlier_time_that_was_given_up_makes_no_snapshot(world):
    made = policy(world, 14)
    used = used_disk(world)
    bind(world, made, used)
    world.do(ModifySnapshotPolicy(policy_id=made.id, schedules=(Schedule(hours=(16,)),)))
    wait_until(world, "2030-03-01 15:00")
    assert snapshots_of(world, used) == []
    wait_until(world, "2030-03-01 16:00")
    assert len(snapshots_of(world, used)) == 1


def test_a_disk_that_is_busy_or_has_too_many_snapshots_is_left_out():
    world = World(limited(NORTH, snapshots_per_disk=1))
    wait_until(world, "2030-03-01 12:00")
    made = policy(world, 14)
    busy, full = used_disk(world), used_disk(world)
    bind(world, made, busy, full)
    snapshot(world, full)
    wait_until(world, "2030-03-01 13:59")
    world.wait(60 * SECOND - 1)
    running = world.do(CreateSnapshot(disk_id=busy.id))
    world.wait(1)
    assert snapshots_of(world, busy) == [running]
    assert len(snapshots_of(world, full)) == 1


def test_only_a_disk_that_was_ever_used_has_snapshots_of_a_policy(world):
    made = policy(world, 14)
    fresh, used = disk(world), used_disk(world)
    world.do(DetachDisks(disk_ids=(used.id,)))
    world.wait()
    bind(world, made, fresh, used)
    wait_until(world, "2030-03-01 14:00")
    assert snapshots_of(world, fresh) == []
    assert len(snapshots_of(world, used)) == 1


def test_where_idle_disks_are_not_copied_an_instance_has_to_use_them():
    world = World(SOUTH)
    wait_until(world, "2030-03-01 12:00")
    made = policy(world, *range(24))
    instance = world.instance(world.subnet(), disks=(NewDisk(size=40, category="c", portable=False),))
    system, loose = world.graph.system_disk(instance.id), disk(world)
    bind(world, made, system, loose)
    wait_until(world, "2030-03-01 14:00")
    assert (len(snapshots_of(world, system)), snapshots_of(world, loose)) == (2, [])
    assert snapshots_of(world, system)[0].name == ""
    world.do(StopInstances((instance.id,)))
    world.wait()
    world.do(AttachDisks(disk_ids=(loose.id,), instance_id=instance.id))
    world.wait()
    wait_until(world, "2030-03-01 15:00")
    assert (len(snapshots_of(world, system)), len(snapshots_of(world, loose))) == (2, 1)
    world.do(StartInstances((instance.id,)))
    wait_until(world, "2030-03-01 16:00")
    assert len(snapshots_of(world, system)) == 3


def test_disks_are_bound_and_unbound():
    world = World(limited(NORTH, policies_per_disk=2, disks_per_policy=2, snapshot_policies=3))
    one, two, three = (policy(world) for _ in "123")
    world.refuses(
        CreateSnapshotPolicy(schedules=()), errors.SnapshotPolicyQuotaExceeded, resource_id="north", limit=3
    )
    disks = [disk(world) for _ in "123"]
    bind(world, one, *disks[:2])
    bind(world, one, *disks[:2])
    bind(world, two, disks[0])
    assert [each.policy_ids for each in disks] == [(one.id, two.id), (one.id,), ()]
    first, last = disks[0].id, disks[2].id
    command = BindSnapshotPolicy(policy_id=one.id, disk_ids=(last,))
    world.refuses(command, errors.DisksPerPolicyExceeded, resource_id=one.id, limit=2)
    command = BindSnapshotPolicy(policy_id=three.id, disk_ids=(last, first))
    world.refuses(command, errors.PoliciesPerDiskExceeded, resource_id=first, limit=2)
    world.refuses(BindSnapshotPolicy(policy_id="absent", disk_ids=(first,)), errors.SnapshotPolicyNotFound)
    world.refuses(BindSnapshotPolicy(policy_id=three.id, disk_ids=("absent",)), errors.DiskNotFound)
    world.do(UnbindSnapshotPolicy(policy_id=one.id, disk_ids=(first, last)))
    assert [each.policy_ids for each in disks] == [(two.id,), (one.id,), ()]
    world.do(UnbindSnapshotPolicy(disk_ids=(first,)))
    assert disks[0].policy_ids == ()
    world.refuses(
        UnbindSnapshotPolicy(policy_id="absent", disk_ids=(first,)), errors.SnapshotPolicyNotFound
    )
    world.do(DeleteSnapshotPolicies((one.id,)))
    assert disks[1].policy_ids == ()
    world.refuses(DeleteSnapshotPolicies((two.id, "absent")), errors.SnapshotPolicyNotFound)


def test_a_disk_comes_bound_to_a_policy_that_there_is(world):
    made = policy(world)
    found = disk(world, policy_ids=(made.id, "absent"))
    assert found.policy_ids == (made.id,)
    world.do(DeleteDisks((found.id,)))
    world.wait()
    assert not world.graph.disks_by_policy.ids(made.id)


def test_automatic_snapshots_go_with_their_disk_where_they_shall(world):
    made = policy(world, 14)
    going, staying = (used_disk(world, delete_auto_snapshots=each) for each in (True, False))
    bind(world, made, going, staying)
    own = snapshot(world, going)
    wait_until(world, "2030-03-02 15:00")
    _, first, second = snapshots_of(world, going)
    world.do(LockSnapshot(snapshot_id=second.id, days=9))
    for each in (going, staying):
        world.do(DetachDisks(disk_ids=(each.id,)))
    world.wait()
    world.do(DeleteDisks((going.id, staying.id)))
    world.wait()
    assert snapshots_of(world, going) == [own, second]
    assert first.state is CopyState.GONE
    assert len(snapshots_of(world, staying)) == 2


def test_a_snapshot_expires_unless_an_image_or_a_lock_keeps_it(world):
    used = used_disk(world)
    (kept,) = image(world, world.subnet()).snapshot_ids
    world.do(ModifySnapshot(snapshot_id=kept, expires=world.at + DAY))
    passing = snapshot(world, used, expires=world.at + DAY)
    moved = snapshot(world, used, expires=world.at + DAY)
    lasting = snapshot(world, used, expires=world.at + DAY)
    world.do(ModifySnapshot(snapshot_id=moved.id, expires=world.at + 2 * DAY))
    world.do(ModifySnapshot(snapshot_id=lasting.id, expires=0))
    world.wait(DAY)
    assert snapshots_of(world, used) == [moved, lasting]
    assert passing.state is CopyState.GONE
    world.wait(9 * DAY)
    assert snapshots_of(world, used) == [lasting]
    assert kept in world.graph.snapshots


def test_what_a_lock_or_an_image_has_kept_beyond_its_time_goes_when_it_is_free(world):
    """Also in a partition that was written and read meanwhile."""
    used = used_disk(world)
    locked = world.do(CreateSnapshot(disk_id=used.id, expires=world.at + DAY))
    world.do(LockSnapshot(snapshot_id=locked.id, days=1))
    world.wait()
    taken_off = snapshot(world, used, expires=world.at + 2 * DAY)
    world.do(LockSnapshot(snapshot_id=taken_off.id, days=1, cool_off=72))
    world.do(ModifySnapshot(snapshot_id=taken_off.id, expires=world.at + 1))
    made, other = image(world, world.subnet()), image(world, world.subnet())
    ((kept,), (second,)) = made.snapshot_ids, other.snapshot_ids
    for each in (kept, second):
        world.do(ModifySnapshot(snapshot_id=each, expires=world.at + 1))
    world.wait(locked.expires - world.at)
    world.partition.settle(world.at)
    assert {locked.id, taken_off.id, kept, second} <= {*world.graph.snapshots}
    copy = load(dump(world.partition), world.partition.rules)
    world.do(UnlockSnapshot(taken_off.id))
    world.do(DeleteImages(image_ids=(made.id,)))
    deleted = snapshot(world, used)
    assert {taken_off.id, kept} & {*world.graph.snapshots} == set()
    world.do(DeleteSnapshots(snapshot_ids=(deleted.id,)))
    world.wait(locked.lock.ends - world.at)
    world.partition.settle(world.at)
    assert locked.state is CopyState.GONE
    assert check(world.partition) == []
    copy.settle(world.at)
    assert locked.id not in copy.graph.snapshots
    assert second in copy.graph.snapshots


def test_a_snapshot_whose_time_is_over_goes_once_it_is_complete(world):
    made = world.do(CreateSnapshot(disk_id=disk(world).id, expires=world.at + 1))
    world.wait(1)
    world.partition.settle(world.at)
    assert made.state is CopyState.PENDING
    world.wait()
    assert made.state is CopyState.GONE


def test_a_policy_that_is_gone_makes_none(world):
    made = policy(world, 14)
    used = used_disk(world)
    bind(world, made, used)
    world.do(DeleteSnapshotPolicies((made.id,)))
    wait_until(world, "2030-03-02 00:00")
    assert snapshots_of(world, used) == []


def test_with_disks_of_instances_too(world):
    made = policy(world, 14)
    new = NewDisk(size=40, category="c", policy_ids=(made.id,))
    instance = world.instance(world.subnet(), disks=(new,))
    assert world.graph.system_disk(instance.id).policy_ids == (made.id,)
    assert with_disks(world).id != instance.id
