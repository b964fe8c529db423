"""A world with something of everything, and what comes of it when it is archived and restored."""

import json
from ipaddress import IPv4Network

import attrs
import pytest
from tests.core.builders import World
from tests.core.model.rules import SOUTH, STEPS
from tests.core.nat_gateways.build import dnat, dnat_rule, nat_gateway, snat_rule
from tests.core.networks.acls import ENTRIES, network_acl
from tests.core.networks.gateways import gateways_and_options
from tests.core.public_addresses.ipv6 import ipv6_under_way
from tests.core.routes.build import creation, route, table, targets_and_policies
from tests.core.security_groups.listed import block, one_of_every_kind

from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.pools import AddressPool
from duolect_core.archive import TABLES, dump, load
from duolect_core.engine.command_fault import CommandFault
from duolect_core.engine.idempotency import Token
from duolect_core.errors import CoreError
from duolect_core.graph.index import Index, Names
from duolect_core.interfaces.lifecycle import (
    AttachInterface,
    CreateInterface,
    DeleteInterface,
    DetachInterface,
)
from duolect_core.interfaces.private_ips import AssignAddresses
from duolect_core.interfaces.virtual_addresses import (
    AssociateVirtualAddresses,
    Carrying,
    CreateVirtualAddress,
)
from duolect_core.model.routes import HopKind, ListedBlocks, NextHop
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import Direction, GroupRule, Protocol
from duolect_core.networks.acls import AssociateNetworkAcl
from duolect_core.networks.lifecycle import CreateNetwork
from duolect_core.public_addresses.bandwidth_packages import CreateBandwidthPackages
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, AssociatePublicAddress
from duolect_core.public_addresses.segments import AllocateSegment
from duolect_core.public_addresses.traffic_packages import CreateTrafficPackages
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan
from duolect_core.routes.entries import Course, CreateRoutes, NewRoute
from duolect_core.security_groups.lists.lifecycle import ModifyList
from duolect_core.security_groups.rule_changes import AddRules


def everything_of(partition):
    """Return all that a partition is: its tree in its order, and what is derived from it."""
    graph = partition.graph
    pools = [pool for each in graph.subnets.values() for pool in (each.pool, each.ipv6_pool) if pool]
    return [
        json.dumps(dump(partition)),
        {
            name: _derived(value)
            for name, value in vars(graph).items()
            if name not in {*TABLES, "alarms"} and not isinstance(value, Names)
        },
        sorted({each for each in graph.alarms if _counts(partition, each)}),
        [_slots(pool) for pool in pools],
        sorted(partition.timeline._pending),
        partition.timeline.next_due,
    ]


def _counts(partition, alarm):
    """Say whether something will happen to a resource then: it may have changed, or what kept it lasts."""
    graph = partition.graph
    due, _, resource_id = alarm
    if resource_id in graph.instances:
        held = graph.instances[resource_id].subscription
        return held is not None and held.due == due
    if resource_id in graph.snapshots:
        return graph.snapshots[resource_id].expires == due > partition.now
    policy = graph.snapshot_policies.get(resource_id)
    return policy is not None and policy.due == due


def _derived(value):
    if isinstance(value, Index):
        return {key: list(ids) for key, ids in value.everything().items()}
    return _slots(value) if isinstance(value, AddressPool) else value


def _slots(value):
    found = {name: getattr(value, name) for name in value.__slots__}
    return {name: _numbers(each) if isinstance(each, FreePool) else each for name, each in found.items()}


def _numbers(pool):
    # Where the search for the lowest number begins is no state: it finds the same from anywhere below.
    # Nor is how the numbers are kept: what was written when few were displaced is read as few.
    return pool.size, pool.free, pool.displaced


def reloaded(partition):
    """Return the partition as it is after it was written to a file and read again."""
    loaded = load(json.loads(json.dumps(dump(partition))), partition.rules)
    assert everything_of(loaded) == everything_of(partition)
    return loaded


RULE = GroupRule(
    direction=Direction.INGRESS,
    protocol=Protocol.TCP,
    ports=((22, 22), (80, 90)),
    peer=IPv4Network("10.0.0.0/8"),
    priority=1,
)


def world_with_everything(rules):
    """Return a world in which something of everything is, and much is under way."""
    world = World(rules)
    subnet = world.subnet(ipv6_index=0, tags={"k": "v", "a": "b"}, extras={"x": (1, [2.5, None])})
    first, second = world.instances(subnet, ("a", "b"), tags={"k": "v"})
    trunk = world.trunk(first)
    own = table(world, world.graph.networks[subnet.network_id], tags={"k": "v"})
    route(world, own, "172.16.0.0/16", NextHop(kind=HopKind.INSTANCE, id=first.id))
    world.do(creation(own, "2001:db8:f::/64"))
    targets_and_policies(world, own)
    gateways_and_options(world, world.graph.networks[subnet.network_id], {"k": "v"})
    ipv6_under_way(world, subnet)
    acl = network_acl(world, world.graph.networks[subnet.network_id], entries=ENTRIES, tags={"k": "v"})
    world.do(AssociateNetworkAcl(acl_id=acl.id, subnet_ids=(subnet.id,)))
    plan = AddressPlan(
        secondaries=(ANY, ANY), ipv6=(ANY,), ipv4_prefixes=(ANY_PREFIX,), ipv6_prefixes=(ANY_PREFIX,)
    )
    if rules is SOUTH:
        plan = AddressPlan(secondaries=(ANY, ANY), ipv6=(ANY,))
    free = world.interface(subnet, plan, tags={"k": "v"})
    late, early = world.interface(subnet), world.interface(subnet)
    world.attach(early, second)
    world.do(AttachInterface(interface_id=late.id, instance_id=second.id))
    world.do(
        AttachInterface(interface_id=world.interface(subnet).id, instance_id=first.id, trunk_id=trunk.id)
    )
    world.do(DeleteInterface(world.interface(subnet).id))
    how = {"token": Token("s", "t", "f", waits=False), "operation_id": "op 1"}
    world.do(AssignAddresses(interface_id=free.id, secondaries=(ANY,)), **how)
    world.do(AssignAddresses(interface_id=free.id, secondaries=(ANY,)), **{**how, "operation_id": "op/~2"})
    public, spare = world.do(AllocatePublicAddresses(count=2, tags={"k": "v"}))
    put_on = "" if rules is not SOUTH else free.id
    virtual = world.do(CreateVirtualAddress(subnet_id=subnet.id, interface_id=put_on, tags={"k": "v"}))
    world.wait()
    world.do(AssociatePublicAddress(address_id=spare.id, virtual_id=virtual.id))
    world.do(
        AssociateVirtualAddresses(
            (Carrying(virtual.id, second.id), Carrying(virtual.id, free.id, as_interface=True))
        )
    )
    world.do(AssociatePublicAddress(address_id=public.id, interface_id=early.id))
    (group_id,) = early.group_ids
    _put_lists(world, own, group_id)
    gateway = nat_gateway(world, subnet, routes_default=True, tags={"k": "v"})
    snat_rule(world, gateway, source_id=subnet.id)
    dnat_rule(world, gateway)
    world.do(dnat(world, gateway, ports=(81, 81), to=(81, 81)))
    (package,) = world.do(CreateBandwidthPackages(tags={"k": "v"}))
    world.wait(STEPS.change_bandwidth_package)
    world.do(AllocatePublicAddresses(package_id=package.id))
    world.do(AllocateSegment(length=31, extras={"x": 1}))
    world.do(CreateTrafficPackages(amount=1, months=1, name="a"))
    world.do(
        DetachInterface(interface_id=early.id, instance_id=second.id),
        command_fault=CommandFault(holds=True),
    )
    world.do(CreateNetwork(block=IPv4Network("10.0.0.0/16")), token=Token("n", "t", "f"))
    refuse(world, CreateInterface(subnet_id="absent", group_ids=()), token=Token("c", "t", "f"))
    return world


def _put_lists(world, table, group_id):
    """Let rules of a group and a route of a table name lists, one of which is being modified."""
    lists = one_of_every_kind(world, tags={"k": "v"})
    peer_id = lists[ResourceKind.ADDRESS_LIST].id
    naming = attrs.evolve(RULE, peer=None, peer_list_id=peer_id, priority=2)
    world.do(AddRules(group_id=group_id, direction=Direction.INGRESS, rules=(RULE, naming)))
    listed = lists[ResourceKind.ROUTE_LIST]
    world.wait()
    hop = NextHop(kind=HopKind.ELSEWHERE, id="x")
    course = Course(table_id=table.id, block=ListedBlocks(listed.id, 4), hops=(hop,))
    world.do(ModifyList(kind=ResourceKind.ROUTE_LIST, list_id=listed.id, entries=(block("172.30.0.0/16"),)))
    world.wait()
    world.do(CreateRoutes(routes=(NewRoute(course=course),)))
    world.do(ModifyList(kind=ResourceKind.ROUTE_LIST, list_id=listed.id, add=(block("172.31.0.0/16"),)))


def refuse(world, command, **how):
    with pytest.raises(CoreError):
        world.partition.execute(command, world.at, **how)
