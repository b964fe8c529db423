"""Rules of security groups that name lists: what may be named, and for how much it counts."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH, limited
from tests.core.security_groups.listed import block, created, member, ports

from duolect_core import errors
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import Direction, GroupRule, Protocol
from duolect_core.security_groups.lists.lifecycle import DeleteList, ModifyList
from duolect_core.security_groups.rule_changes import AddRules, ModifyRule, RemoveRules

ADDRESSES, SERVICES = ResourceKind.ADDRESS_LIST, ResourceKind.SERVICE_LIST
INGRESS = Direction.INGRESS


def naming(peers=None, services=None, protocol=Protocol.TCP, **more):
    """Return a rule that names lists; without one of services it has port 80."""
    if services is None and protocol is Protocol.TCP:
        more.setdefault("ports", ((80, 80),))
    more["service_list_id"] = None if services is None else services.id
    if peers is None:
        more["peer"] = block("10.0.0.0/8").content.blocks[0]
    else:
        more["peer_list_id"] = peers.id
    return GroupRule(direction=INGRESS, protocol=protocol, **more)


def add(group, *rules):
    return AddRules(group_id=group.id, direction=INGRESS, rules=rules)


def test_a_list_stays_as_long_as_a_rule_names_it():
    world = World(NORTH)
    group, peers = world.group(), created(world, ADDRESSES, block("10.0.0.0/8"))
    services = created(world, SERVICES, ports(80))
    rule = naming(peers, services)
    world.do(add(group, rule))
    for kind, listed in ((ADDRESSES, peers), (SERVICES, services)):
        assert list(world.graph.groups_by_list.ids(listed.id)) == [group.id]
        world.refuses(DeleteList(kind=kind, list_id=listed.id), errors.ListNamedByGroup, held_by=group.id)
    world.do(RemoveRules(group_id=group.id, direction=INGRESS, like=(rule,)))
    world.do(DeleteList(kind=ADDRESSES, list_id=peers.id))
    world.do(DeleteList(kind=SERVICES, list_id=services.id))


def test_a_rule_names_what_is_there():
    world = World(SOUTH)
    group, peers = world.group(), created(world)
    world.do(DeleteList(kind=ADDRESSES, list_id=peers.id))
    world.refuses(add(group, naming(peers)), errors.AddressListNotFound, resource_id=peers.id)
    services = created(world, SERVICES)
    world.do(DeleteList(kind=SERVICES, list_id=services.id))
    refused = naming(None, services, Protocol.ALL)
    world.refuses(add(group, refused), errors.ServiceListNotFound, resource_id=services.id)


def test_groups_of_lists_are_named_like_lists():
    world = World(SOUTH)
    group = world.group()
    peers = created(world, ResourceKind.ADDRESS_LIST_GROUP, member(created(world)))
    services = created(world, ResourceKind.SERVICE_LIST_GROUP, member(created(world, SERVICES)))
    world.do(add(group, naming(peers, services, Protocol.ALL)))
    deletion = DeleteList(kind=ResourceKind.ADDRESS_LIST_GROUP, list_id=peers.id)
    world.refuses(deletion, errors.ListNamedByGroup)


def test_a_list_for_routes_can_be_named_too():
    world = World(NORTH)
    listed = created(world, ResourceKind.ROUTE_LIST, block("10.0.0.0/8"), version=4)
    world.do(add(world.group(), naming(listed)))
    deletion = DeleteList(kind=ResourceKind.ROUTE_LIST, list_id=listed.id)
    world.refuses(deletion, errors.ListNamedByGroup)


def test_the_protocol_stands_in_the_rule_or_in_the_list():
    north, south = World(NORTH), World(SOUTH)
    for world, right, wrong in (
        (north, Protocol.UDP, (Protocol.ALL, Protocol.ICMP)),
        (south, Protocol.ALL, (Protocol.TCP, Protocol.ICMP)),
    ):
        group, services = world.group(), created(world, SERVICES)
        for protocol in wrong:
            world.refuses(add(group, naming(None, services, protocol)), errors.RuleServicesUnsupported)
        world.do(add(group, naming(None, services, right)))
        with_ports = naming(None, services, right, ports=((80, 80),))
        world.refuses(add(group, with_ports), errors.RulePortsMismatch)


def test_a_rule_and_its_list_are_of_one_version_of_ip():
    world = World(NORTH)
    group = world.group()
    four, six, any_version = (created(world, version=version) for version in (4, 6, 0))
    own = block("10.0.0.0/8").content.blocks[0]
    world.refuses(add(group, naming(six, own_block=own)), errors.RuleListVersionMismatch)
    world.refuses(add(group, naming(four, None, Protocol.ICMPV6)), errors.RuleListVersionMismatch)
    world.refuses(add(group, naming(six, None, Protocol.ICMP)), errors.RuleListVersionMismatch)
    world.do(add(group, naming(four, own_block=own), naming(any_version, None, Protocol.ICMPV6)))


def test_no_rule_of_the_classic_network_names_a_list_of_addresses():
    world = World(NORTH)
    group, listed = world.group(classic=True), created(world)
    world.refuses(add(group, naming(listed)), errors.ListInClassicNetwork, group_id=group.id)


def test_a_rule_counts_as_its_lists_have_room():
    world = World(limited(NORTH, rules_per_group=7))
    group = world.group()
    peers, services = created(world, capacity=3), created(world, SERVICES, capacity=2)
    world.do(add(group, naming(peers, services)))
    both = (naming(), naming(peers))
    world.refuses(add(group, both[1]), errors.RuleQuotaExceeded, limit=7)
    world.do(add(group, both[0]))
    world.refuses(add(group, naming(None, ports=((81, 81),))), errors.RuleQuotaExceeded)
    larger = ModifyList(kind=SERVICES, list_id=services.id, capacity=3)
    world.refuses(larger, errors.RuleQuotaExceeded)
    world.do(RemoveRules(group_id=group.id, direction=INGRESS, like=(both[0],)))
    world.do(ModifyList(kind=SERVICES, list_id=services.id, capacity=1))
    world.do(add(group, naming(peers)))


def test_a_list_is_named_by_so_many_groups_only():
    world = World(limited(NORTH, groups_per_list=1))
    listed, first, second = created(world), world.group(), world.group()
    world.do(add(first, naming(listed)))
    world.refuses(add(second, naming(listed)), errors.ListGroupsOfRulesExceeded, limit=1)
    world.do(add(first, naming(listed, ports=((81, 81),))))


@pytest.mark.parametrize("first", [True, False])
def test_a_rule_keeps_the_sort_of_its_peer_and_of_its_ports(first):
    world = World(NORTH)
    group, peers, services = world.group(), created(world), created(world, SERVICES)
    rules = naming(), attrs.evolve(naming(peers, services), priority=2)
    world.do(add(group, rules[first]))
    (there,) = group.rules[INGRESS]

    def change(**changes):
        return ModifyRule(group_id=group.id, direction=INGRESS, rule_id=there.id, changes=changes)

    peer = {"peer": rules[not first].peer, "peer_list_id": rules[not first].peer_list_id}
    world.refuses(change(**peer), errors.RulePeerFixed)
    its_ports = {
        "ports": rules[not first].ports,
        "service_list_id": rules[not first].service_list_id,
    }
    world.refuses(change(**its_ports), errors.RulePortsFixed)


def test_a_rule_that_comes_to_count_for_more_is_held_against_the_quota():
    world = World(limited(NORTH, rules_per_group=3))
    group = world.group()
    small, large = created(world, capacity=1), created(world, capacity=4)
    world.do(add(group, naming(small)))
    (there,) = group.rules[INGRESS]

    def change(to):
        changes = {"peer_list_id": to.id}
        return ModifyRule(group_id=group.id, direction=INGRESS, rule_id=there.id, changes=changes)

    world.refuses(change(large), errors.RuleQuotaExceeded)
    world.do(change(created(world, capacity=3)))
