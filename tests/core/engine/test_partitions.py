"""The table of transitions: total over what can be planned, and true to the lifecycles."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import backup, disk, group, image, policy, snapshot, with_disks
from tests.core.engine.dump import dump
from tests.core.model.rules import NORTH, SOUTH
from tests.core.nat_gateways.build import dnat_rule, nat_gateway, snat_rule
from tests.core.networks.acls import network_acl
from tests.core.networks.gateways import flow_log, ipv4_gateway, ipv6_gateway, options_set, reservation
from tests.core.public_addresses.ipv6 import one_of_every_ipv6_kind
from tests.core.public_addresses.worlds import segment
from tests.core.routes.build import route, route_policy, table, target_group
from tests.core.security_groups.listed import one_of_every_kind

from duolect_core.engine.command_fault import NO_FAULT, CommandFault, failure_of
from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import Transition
from duolect_core.fleets.launch_templates import CreateLaunchTemplate
from duolect_core.fleets.placement_groups import CreatePlacementGroup
from duolect_core.fleets.provisioning_groups import CreateProvisioningGroup
from duolect_core.interfaces.virtual_addresses import CreateVirtualAddress
from duolect_core.invariants import check
from duolect_core.key_pairs.lifecycle import CreateKeyPair
from duolect_core.model.disk_lifecycles import COPY_LIFECYCLE, DISK_LIFECYCLE, CopyState, DiskState
from duolect_core.model.lifecycles import (
    ACL_LIFECYCLE,
    ADDRESS_LIFECYCLE,
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    LOSSES,
    PROVISION_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    REQUESTS,
    ROUTE_LIFECYCLE,
    SERVICE_LIFECYCLE,
    VIRTUAL_ADDRESS_LIFECYCLE,
    InstanceState,
    InterfaceState,
    PublicAddressState,
    RouteState,
    Trigger,
)
from duolect_core.model.resources import Operation, OperationKind, OperationState
from duolect_core.model.rules import ResourceKind
from duolect_core.partitions import TRANSITIONS, new_partition
from duolect_core.public_addresses.bandwidth_packages import CreateBandwidthPackages
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses
from duolect_core.public_addresses.traffic_packages import CreateTrafficPackages
from duolect_core.security_groups.lists.contents import KINDS

LIFECYCLES = {
    ResourceKind.NETWORK: PROVISION_LIFECYCLE,
    ResourceKind.SUBNET: PROVISION_LIFECYCLE,
    ResourceKind.INTERFACE: INTERFACE_LIFECYCLE,
    ResourceKind.INSTANCE: INSTANCE_LIFECYCLE,
    ResourceKind.PUBLIC_ADDRESS: PUBLIC_ADDRESS_LIFECYCLE,
    ResourceKind.ROUTE_TABLE: ROUTE_LIFECYCLE,
    ResourceKind.ROUTE: ROUTE_LIFECYCLE,
    ResourceKind.VIRTUAL_ADDRESS: VIRTUAL_ADDRESS_LIFECYCLE,
    ResourceKind.NAT_GATEWAY: SERVICE_LIFECYCLE,
    ResourceKind.SNAT_RULE: SERVICE_LIFECYCLE,
    ResourceKind.DNAT_RULE: SERVICE_LIFECYCLE,
    ResourceKind.BANDWIDTH_PACKAGE: SERVICE_LIFECYCLE,
    ResourceKind.NETWORK_ACL: ACL_LIFECYCLE,
    **dict.fromkeys(KINDS, SERVICE_LIFECYCLE),
    ResourceKind.IPV4_GATEWAY: SERVICE_LIFECYCLE,
    ResourceKind.IPV6_GATEWAY: SERVICE_LIFECYCLE,
    ResourceKind.DHCP_OPTIONS_SET: SERVICE_LIFECYCLE,
    ResourceKind.FLOW_LOG: SERVICE_LIFECYCLE,
    ResourceKind.CIDR_RESERVATION: SERVICE_LIFECYCLE,
    ResourceKind.ADDRESS_SEGMENT: SERVICE_LIFECYCLE,
    ResourceKind.IPV6_ADDRESS: SERVICE_LIFECYCLE,
    ResourceKind.IPV6_BANDWIDTH: SERVICE_LIFECYCLE,
    ResourceKind.EGRESS_RULE: SERVICE_LIFECYCLE,
    ResourceKind.PUBLIC_IPV6_ADDRESS: PUBLIC_ADDRESS_LIFECYCLE,
    ResourceKind.ROUTE_TARGET_GROUP: SERVICE_LIFECYCLE,
    ResourceKind.DISK: DISK_LIFECYCLE,
    ResourceKind.SNAPSHOT: COPY_LIFECYCLE,
    ResourceKind.IMAGE: COPY_LIFECYCLE,
    ResourceKind.DISK_BACKUP: COPY_LIFECYCLE,
}
"""The lifecycle of every kind of resource that has one."""


def of_every_kind(rules):
    """Return a world, and a resource in it of every kind."""
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    key_pair, _ = world.do(CreateKeyPair(name="a", bits=64))
    (public,) = world.do(AllocatePublicAddresses())
    virtual = world.do(CreateVirtualAddress(subnet_id=subnet.id))
    world.wait()
    gateway = nat_gateway(world, subnet)
    snat, dnat = snat_rule(world, gateway), dnat_rule(world, gateway)
    (package,) = world.do(CreateBandwidthPackages())
    world.wait()
    network = world.graph.networks[subnet.network_id]
    return world, {
        ResourceKind.NETWORK: network,
        ResourceKind.SUBNET: subnet,
        ResourceKind.ROUTE_TABLE: (own := table(world, network)),
        ResourceKind.ROUTE: route(world, own),
        ResourceKind.ROUTE_TARGET_GROUP: target_group(world, network),
        ResourceKind.ROUTE_POLICY: route_policy(world),
        ResourceKind.NETWORK_ACL: network_acl(world, network),
        **one_of_every_kind(world),
        ResourceKind.IPV4_GATEWAY: ipv4_gateway(world),
        ResourceKind.IPV6_GATEWAY: ipv6_gateway(world),
        ResourceKind.DHCP_OPTIONS_SET: options_set(world),
        ResourceKind.FLOW_LOG: flow_log(world, network),
        ResourceKind.CIDR_RESERVATION: reservation(world, subnet),
        ResourceKind.ADDRESS_SEGMENT: segment(world),
        ResourceKind.TRAFFIC_PACKAGE: world.do(CreateTrafficPackages(amount=1, months=1))[0],
        **one_of_every_ipv6_kind(world),
        ResourceKind.GROUP: world.graph.groups[interface.group_ids[0]],
        ResourceKind.KEY_PAIR: key_pair,
        ResourceKind.LAUNCH_TEMPLATE: world.do(CreateLaunchTemplate(name="a")),
        ResourceKind.PLACEMENT_GROUP: world.do(CreatePlacementGroup(name="a", strategy="s", limit=1)),
        ResourceKind.PROVISIONING_GROUP: world.do(CreateProvisioningGroup(name="a", delivery="d", total=1)),
        ResourceKind.INTERFACE: interface,
        ResourceKind.INSTANCE: instance,
        ResourceKind.PUBLIC_ADDRESS: public,
        ResourceKind.VIRTUAL_ADDRESS: virtual,
        ResourceKind.NAT_GATEWAY: gateway,
        ResourceKind.SNAT_RULE: snat,
        ResourceKind.DNAT_RULE: dnat,
        ResourceKind.BANDWIDTH_PACKAGE: package,
        ResourceKind.DISK: disk(world),
        ResourceKind.IMAGE: image(world, subnet),
        ResourceKind.SNAPSHOT: snapshot(world, disk(world)),
        ResourceKind.SNAPSHOT_POLICY: policy(world),
        ResourceKind.SNAPSHOT_GROUP: group(world, with_disks(world, subnet)),
        ResourceKind.DISK_BACKUP: backup(world, disk(world)),
    }


# -- total ----------------------------------------------------------------------------------------------


def test_every_resource_that_has_a_state_has_transitions():
    _, resources = of_every_kind(NORTH)
    assert TRANSITIONS.keys() == LIFECYCLES.keys()
    assert {kind for kind, resource in resources.items() if hasattr(resource, "state")} == LIFECYCLES.keys()


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_a_kind_has_a_handler_for_whatever_ends_an_operation_on_it(kind):
    triggers = {trigger for _, trigger in LIFECYCLES[kind]}
    if kind is ResourceKind.INTERFACE:
        triggers |= {trigger for _, trigger in ADDRESS_LIFECYCLE}
    if kind is ResourceKind.INSTANCE:
        triggers.add(Trigger.RECLAIMED)
    assert TRANSITIONS[kind].keys() == triggers - REQUESTS - LOSSES


def test_what_begins_a_change_or_is_the_end_of_something_else_is_never_planned():
    planned = {trigger for handlers in TRANSITIONS.values() for trigger in handlers}
    assert planned | REQUESTS | LOSSES == set(Trigger)
    assert planned.isdisjoint(REQUESTS | LOSSES)


@pytest.mark.parametrize("rules", [NORTH, SOUTH], ids=["north", "south"])
@pytest.mark.parametrize("state", [None, InstanceState.PENDING, InterfaceState.PENDING])
def test_whatever_can_fail_has_a_handler_for_its_failure(rules, state):
    world, resources = of_every_kind(rules)
    for kind, handlers in TRANSITIONS.items():
        resource = resources[kind]
        if type(resource.state) is type(state):
            resource.state = state
        for trigger in handlers:
            failure = failure_of(world.graph, rules, trigger, resource.id)
            assert failure is None or failure in handlers


# -- true to the lifecycles -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "state", "trigger"),
    [
        (kind, state, trigger)
        for kind, table in LIFECYCLES.items()
        for state, trigger in table
        if trigger in TRANSITIONS[kind]
    ],
)
def test_a_handler_moves_its_resource_as_the_lifecycle_says(kind, state, trigger):
    world, resources = of_every_kind(NORTH)
    resource = resources[kind]
    if kind is ResourceKind.SUBNET:
        world.graph.set_subnet_state(resource, state)
    if kind is ResourceKind.ROUTE:
        world.graph.set_route_state(resource, state)
    if kind is ResourceKind.DNAT_RULE:
        world.graph.set_dnat_state(resource, state)
    resource.state = state
    operation = Operation("x", OperationKind.CREATE_NETWORK, (resource.id,), 0, 0)
    transition = Transition(world.at, 99, trigger, resource.id, operation)
    TRANSITIONS[kind][trigger](world.partition, transition)
    after = LIFECYCLES[kind][state, trigger]
    assert resource.state is after
    gone = after in {
        InterfaceState.GONE,
        InstanceState.GONE,
        PublicAddressState.GONE,
        RouteState.GONE,
        DiskState.GONE,
        CopyState.GONE,
    }
    assert (resource.id in world.graph.table(kind)) is not gone


# -- nothing else can be planned --------------------------------------------------------------------------


def test_what_has_no_handler_cannot_be_planned():
    kind = ResourceKind.GROUP
    world, resources = of_every_kind(NORTH)
    before = dump(world.partition)
    with pytest.raises(LookupError, match=resources[kind].id):
        world.partition.begin(OperationKind.CREATE_NETWORK, Trigger.PROVISIONED, 0, resources[kind].id)
    assert dump(world.partition) == before


def test_what_is_not_there_cannot_be_planned(north):
    with pytest.raises(LookupError, match="absent"):
        north.partition.begin(OperationKind.CREATE_NETWORK, Trigger.PROVISIONED, 0, "absent")


def test_a_trigger_that_a_kind_does_not_know_cannot_be_planned(north):
    network = north.network()
    with pytest.raises(LookupError, match="attached"):
        north.partition.begin(OperationKind.ATTACH_INTERFACE, Trigger.ATTACHED, 0, network.id)


def test_a_partition_knows_no_transitions_but_those_that_it_is_given():
    network = World(NORTH).network()
    told = []
    handlers = {Trigger.PROVISIONED: lambda partition, transition: told.append((partition, transition))}
    partition = Partition(NORTH, 1, {ResourceKind.NETWORK: handlers})
    partition.graph.add_network(network)
    operation, (number,) = partition.begin(OperationKind.CREATE_NETWORK, Trigger.PROVISIONED, 7, network.id)
    partition.settle(7)
    assert told == [(partition, Transition(7, number, Trigger.PROVISIONED, network.id, operation))]
    assert operation.state is OperationState.SUCCEEDED
    with pytest.raises(LookupError):
        partition.begin(OperationKind.DELETE_INTERFACE, Trigger.DELETED, 7, network.id)


def test_a_failure_that_has_no_handler_cannot_be_planned_either():
    world, resources = of_every_kind(NORTH)
    kinds = {**TRANSITIONS, ResourceKind.INSTANCE: {Trigger.STOPPED: lambda *_: None}}
    partition = Partition(NORTH, 1, kinds)
    partition.graph.instances.update(world.graph.instances)
    partition.command_fault = CommandFault(fails=True)
    with pytest.raises(LookupError, match="stop-failed"):
        partition.begin(
            OperationKind.STOP_INSTANCES, Trigger.STOPPED, 0, resources[ResourceKind.INSTANCE].id
        )


def test_copies_share_the_table():
    partition = new_partition(NORTH, 1)
    with pytest.raises(LookupError):
        partition._handler(Trigger.STOPPED, "absent")
    copy = partition.copy()
    assert copy._transitions is partition._transitions is TRANSITIONS
    assert [handlers for _, handlers in copy._handlers] == [*TRANSITIONS.values()]
    for (held, handlers), kind in zip(copy._handlers, TRANSITIONS, strict=True):
        assert held is copy.graph.table(kind)
        assert handlers is TRANSITIONS[kind]


def test_an_operation_for_nothing_has_ended_as_it_begins(north):
    north.partition.command_fault = CommandFault(holds=True)
    operation, numbers = north.partition.begin(OperationKind.DELETE_DISKS, Trigger.DELETED, 7)
    assert (operation.state, operation.held, operation.due) == (
        OperationState.SUCCEEDED,
        False,
        north.partition.now,
    )
    assert numbers == []
    north.partition.command_fault = NO_FAULT
    assert check(north.partition) == []
