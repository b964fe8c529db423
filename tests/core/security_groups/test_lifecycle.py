"""Security groups: bound to a network or not, and alive while they have members."""

from ipaddress import IPv4Network

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.model.resources import GroupKind
from duolect_core.networks.lifecycle import CreateNetwork
from duolect_core.security_groups.lifecycle import CreateGroup, DeleteGroup


def test_a_group_carries_what_it_was_created_with():
    world = World(NORTH)
    network = world.network()
    group = world.do(
        CreateGroup(
            network_id=network.id,
            kind=GroupKind.ENTERPRISE,
            managed=True,
            classic=True,
            name="g",
            description="d",
            tags={"k": "v"},
            extras={"x": 1},
        )
    )
    assert group.id.startswith("group-")
    assert (group.kind, group.managed, group.classic) == (GroupKind.ENTERPRISE, True, True)
    assert (group.name, group.description, group.tags, group.extras) == ("g", "d", {"k": "v"}, {"x": 1})


@pytest.mark.parametrize(("rules", "bound"), [(NORTH, True), (SOUTH, False)], ids=["north", "south"])
def test_a_group_belongs_to_the_network_it_names_where_groups_are_bound(rules, bound):
    world = World(rules)
    network = world.network()
    group = world.do(CreateGroup(network_id=network.id))
    assert group.network_id == (network.id if bound else None)
    assert bool(world.graph.groups_by_network.ids(network.id)) is bound


def test_a_group_without_a_network_is_bound_to_none():
    world = World(NORTH)
    assert world.do(CreateGroup(network_id=None)).network_id is None


def test_a_group_in_a_network_that_does_not_exist_is_refused():
    World(SOUTH).refuses(CreateGroup(network_id="absent"), errors.NetworkNotFound, resource_id="absent")


def test_a_group_in_a_network_that_is_still_being_created_is_refused():
    world = World(NORTH)
    network = world.do(CreateNetwork(block=IPv4Network("10.0.0.0/16")))
    world.refuses(CreateGroup(network_id=network.id), errors.NetworkBusy, network_id=network.id)


def test_a_managed_group_is_not_the_callers_to_delete():
    world = World(NORTH)
    group = world.group(managed=True)
    world.refuses(DeleteGroup(group.id), errors.GroupManaged, resource_id=group.id)


def test_one_group_more_than_the_quota_is_refused():
    world = World(limited(NORTH, groups=1))
    world.group()
    world.refuses(CreateGroup(network_id=None), errors.GroupQuotaExceeded, resource_id="north", limit=1)


def test_too_many_tags_are_refused():
    World(limited(NORTH, tags_per_resource=0)).refuses(
        CreateGroup(network_id=None, tags={"a": ""}), errors.TagQuotaExceeded, limit=0
    )


def test_a_group_without_members_can_be_deleted():
    world = World(NORTH)
    group = world.group(tags={"k": "v"})
    world.do(DeleteGroup(group.id))
    assert world.graph.groups == {}


def test_a_group_that_does_not_exist_cannot_be_deleted():
    World(NORTH).refuses(DeleteGroup("absent"), errors.GroupNotFound, resource_id="absent")


def test_a_group_with_members_cannot_be_deleted():
    world = World(NORTH)
    interface = world.interface(world.subnet())
    (group_id,) = interface.group_ids
    world.refuses(
        DeleteGroup(group_id), errors.GroupHoldsInterfaces, resource_id=group_id, held_by=interface.id
    )
