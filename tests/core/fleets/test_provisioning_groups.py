"""Provisioning groups: made of instances that are there, changed, deleted; their instances stay."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH

from duolect_core import errors
from duolect_core.fleets.provisioning_groups import (
    CreateProvisioningGroup,
    DeleteProvisioningGroup,
    ModifyProvisioningGroup,
)


@pytest.fixture
def world():
    return World(NORTH)


def create(world, *instances, **more):
    ids = tuple(each.id for each in instances)
    wanted = {"name": "a", "delivery": "d", "total": 2, "instance_ids": ids, **more}
    return world.do(CreateProvisioningGroup(**wanted))


def test_a_group_has_the_instances_that_came_and_tells_of_it(world):
    instance = world.instance(world.subnet())
    group = create(world, instance, launches=({"x": 1},), tags={"k": "v"}, extras={"y": 2})
    assert world.graph.provisioning_groups == {group.id: group}
    assert (group.instance_ids, group.tags, group.extras) == ((instance.id,), {"k": "v"}, {"y": 2})
    (task,) = group.tasks
    assert (task.created_ids, task.removed_ids, task.launches) == ((instance.id,), (), ({"x": 1},))


def test_a_group_of_an_instance_that_is_not_there_is_refused(world):
    with pytest.raises(errors.InstanceNotFound):
        world.do(CreateProvisioningGroup(name="a", delivery="d", total=1, instance_ids=("i-none",)))
    assert world.graph.provisioning_groups == {}


def test_what_is_said_of_a_group_changes_without_a_task(world):
    group = create(world, extras={"x": 1})
    change = {"name": "b", "total": 5, "on_demand": 2, "spot": 3, "extras": {"y": 2}}
    world.do(ModifyProvisioningGroup(group_id=group.id, **change))
    assert (group.name, group.total, group.on_demand, group.spot) == ("b", 5, 2, 3)
    assert (group.extras, len(group.tasks)) == ({"x": 1, "y": 2}, 1)


def test_instances_join_and_leave_in_a_task(world):
    first, second = (world.instance(world.subnet()) for _ in "12")
    group = create(world, first)
    change = {"joining_ids": (second.id,), "leaving_ids": (first.id,)}
    world.do(ModifyProvisioningGroup(group_id=group.id, **change))
    assert group.instance_ids == (second.id,)
    assert (group.tasks[-1].created_ids, group.tasks[-1].removed_ids) == ((second.id,), (first.id,))
    with pytest.raises(errors.InstanceNotFound):
        world.do(ModifyProvisioningGroup(group_id=group.id, joining_ids=("i-none",)))


def test_the_latest_hundred_tasks_are_kept(world):
    group = create(world)
    for number in range(100):
        world.do(ModifyProvisioningGroup(group_id=group.id, launches=({"n": number},)))
    assert len(group.tasks) == 100
    assert group.tasks[0].launches == ({"n": 0},)


def test_the_instances_of_a_deleted_group_stay(world):
    instance = world.instance(world.subnet())
    group = create(world, instance)
    world.do(DeleteProvisioningGroup(group.id))
    assert world.graph.provisioning_groups == {}
    assert instance.id in world.graph.instances
    for command in (DeleteProvisioningGroup(group.id), ModifyProvisioningGroup(group_id=group.id)):
        with pytest.raises(errors.ProvisioningGroupNotFound):
            world.do(command)
