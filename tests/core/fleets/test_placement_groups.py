"""Placement groups have room for so many instances, and stay as long as they have any."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.fleets.placement_groups import (
    CreatePlacementGroup,
    DeletePlacementGroups,
    ModifyPlacementGroup,
    PlaceInstances,
)
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.invariants import check
from duolect_core.model.lifecycles import InstanceState


@pytest.fixture(params=[NORTH, SOUTH], ids=["north", "south"])
def world(request):
    return World(request.param)


def group_of(world, limit=2, **more):
    return world.do(CreatePlacementGroup(name="a", strategy="s", limit=limit, **more))


def run(world, group, count=1, subnet=None, **more):
    subnet = subnet or next(iter(world.graph.subnets.values()), None) or world.subnet()
    groups = tuple(world.graph.groups)[:1] or (world.group().id,)
    created = world.do(
        RunInstances(
            type_name="large",
            subnet_id=subnet.id,
            names=("a",) * count,
            group_ids=groups,
            placement_group_id=group.id,
            **more,
        )
    )
    world.wait()
    return created


def places(instances):
    return [(each.placement_group_id, each.partition) for each in instances]


def test_a_group_is_created_as_it_shall_be(world):
    group = group_of(world, tags={"k": "v"}, description="d", partitions=2, extras={"x": 1})
    assert (group.name, group.strategy, group.limit, group.partitions) == ("a", "s", 2, 2)
    assert (group.tags, group.description, group.extras) == ({"k": "v"}, "d", {"x": 1})
    world.do(ModifyPlacementGroup(group_id=group.id, name="b", description="e", extras={"y": 2}))
    assert (group.name, group.description, group.extras) == ("b", "e", {"x": 1, "y": 2})


def test_instances_stand_in_it_as_long_as_there_is_room(world):
    group = group_of(world)
    instances = run(world, group, 2)
    assert places(instances) == [(group.id, 0)] * 2
    with pytest.raises(errors.PlacementGroupFull):
        run(world, group)
    assert list(world.graph.instances_by_placement_group.ids(group.id)) == [i.id for i in instances]


def test_partitions_are_filled_evenly_or_as_named(world):
    group = group_of(world, limit=2, partitions=2)
    assert [partition for _, partition in places(run(world, group, 2))] == [1, 2]
    assert places(run(world, group, placement_partition=2)) == [(group.id, 2)]
    with pytest.raises(errors.PlacementGroupFull):
        run(world, group, placement_partition=2)
    with pytest.raises(errors.PartitionNotFound):
        run(world, group, placement_partition=3)
    assert places(run(world, group)) == [(group.id, 1)]
    assert check(world.partition) == []


@pytest.mark.parametrize(("rules", "fits"), [(NORTH, True), (SOUTH, False)])
def test_zones_are_counted_apart_in_the_one_cloud_only(rules, fits):
    world = World(rules)
    first = world.subnet()
    network = world.graph.networks[first.network_id]
    other = world.subnet(network, block="10.0.1.0/24", zone=1)
    group = group_of(world, limit=1)
    run(world, group, subnet=first)
    if fits:
        assert places(run(world, group, subnet=other)) == [(group.id, 0)]
    else:
        with pytest.raises(errors.PlacementGroupFull):
            run(world, group, subnet=other)


def test_instances_are_put_in_and_out(world):
    instance = world.instance(world.subnet())
    group, other = group_of(world, limit=1), group_of(world, limit=1)
    world.do(PlaceInstances(instance_ids=(instance.id,), group_id=group.id))
    world.do(PlaceInstances(instance_ids=(instance.id,), group_id=group.id, restart=True))
    assert instance.state is InstanceState.RUNNING, "it stays where it is"
    world.do(PlaceInstances(instance_ids=(instance.id,), group_id=other.id, restart=True, detail="d"))
    assert (instance.placement_group_id, instance.state) == (other.id, InstanceState.REBOOTING)
    world.wait()
    assert (instance.state, instance.operation.detail) == (InstanceState.RUNNING, "d")
    world.do(PlaceInstances(instance_ids=(instance.id,), group_id=""))
    assert places([instance]) == [("", 0)]
    assert check(world.partition) == []


def test_nothing_is_put_where_it_cannot_be(world):
    instance = world.instance(world.subnet())
    with pytest.raises(errors.PlacementGroupNotFound):
        world.do(PlaceInstances(instance_ids=(instance.id,), group_id="absent"))
    with pytest.raises(errors.InstanceNotFound):
        world.do(PlaceInstances(instance_ids=("absent",), group_id=""))
    with pytest.raises(errors.PlacementGroupFull):
        world.do(PlaceInstances(instance_ids=(instance.id,), group_id=group_of(world, limit=0).id))


def test_a_group_stays_as_long_as_it_has_instances(world):
    group, empty = group_of(world), group_of(world)
    (instance,) = run(world, group)
    with pytest.raises(errors.PlacementGroupInUse) as refused:
        world.do(DeletePlacementGroups((empty.id, group.id)))
    assert refused.value.held_by == instance.id
    assert set(world.graph.placement_groups) == {group.id, empty.id}
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait()
    world.do(DeletePlacementGroups((empty.id, group.id)))
    assert not world.graph.placement_groups
    for command in (DeletePlacementGroups((group.id,)), ModifyPlacementGroup(group_id=group.id)):
        with pytest.raises(errors.PlacementGroupNotFound):
            world.do(command)


def test_there_may_be_so_many_groups():
    world = World(limited(NORTH, placement_groups=1, tags_per_resource=1))
    with pytest.raises(errors.TagQuotaExceeded):
        group_of(world, tags={"k": "v", "l": "v"})
    group_of(world)
    with pytest.raises(errors.PlacementGroupQuotaExceeded):
        group_of(world)
