"""NAT gateways: created, changed, resized, deleted, and what they keep and what keeps them."""

import pytest
from tests.core.builders import World, certain, ip
from tests.core.engine.commands import FAILS, HOLDS
from tests.core.model.rules import BOTH, NORTH, STEPS, limited
from tests.core.nat_gateways.build import (
    addresses_of,
    creating,
    dnat,
    dnat_rule,
    nat_gateway,
    snat,
    snat_rule,
)

from duolect_core import errors
from duolect_core.engine.idempotency import Token
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.resources import OperationState
from duolect_core.nat_gateways.lifecycle import (
    CreateNatGateway,
    DeleteNatGateway,
    ModifyNatGateway,
    ResizeNatGateway,
)
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses
from duolect_core.relations.address_plans import AddressPlan

AVAILABLE = ServiceState.AVAILABLE


def operation_of(world, kind):
    """Return the latest operation of a kind."""
    return [each for each in world.graph.operations.values() if each.kind == kind][-1]


def routes_to(world, gateway):
    """Return the ids of the routes that lead to a gateway."""
    return list(world.graph.routes_by_hop.ids(gateway.id))


# -- creating ----------------------------------------------------------------------------------------


@BOTH
def test_a_gateway_comes_up_after_the_clouds_time(rules):
    world = World(rules)
    subnet = world.subnet()
    gateway = world.do(creating(subnet, name="n", description="d", tags={"k": "v"}, extras={"x": 1}))
    assert (gateway.state, gateway.name, gateway.description) == (ServiceState.PENDING, "n", "d")
    assert (gateway.network_id, gateway.zone, gateway.extras) == (subnet.network_id, subnet.zone, {"x": 1})
    assert operation_of(world, "create-nat-gateway").due == world.at + STEPS.change_nat_gateway
    for command in (
        ModifyNatGateway(gateway_id=gateway.id, name="m"),
        ResizeNatGateway(gateway_id=gateway.id, extras={}),
        DeleteNatGateway(gateway_id=gateway.id, force=True),
        snat(world, gateway),
    ):
        world.refuses(command, errors.NatGatewayBusy, gateway_id=gateway.id)
    world.wait(STEPS.change_nat_gateway - 1)
    assert gateway.state is ServiceState.PENDING
    world.wait(1)
    assert (gateway.state, gateway.pending, gateway.modified) == (AVAILABLE, None, world.at)
    assert list(world.graph.tag_values.ids(("NatGateway", "k", "v"))) == [gateway.id]


@BOTH
def test_a_gateway_is_in_its_subnet_by_a_managed_interface(rules):
    world = World(rules)
    subnet = world.subnet()
    free = subnet.pool.free
    gateway = world.do(creating(subnet, ip=AddressPlan(primary=certain("10.0.0.77")[0])))
    interface = world.graph.interfaces[gateway.interface_id]
    assert (interface.primary_ip, interface.managed) == (ip("10.0.0.77"), True)
    assert subnet.pool.free == free - 1
    world.wait()
    world.refuses(DeleteInterface(interface.id), errors.InterfaceManaged)
    world.do(DeleteNatGateway(gateway_id=gateway.id))
    world.wait()
    assert interface.id not in world.graph.interfaces
    assert subnet.pool.free == free


@BOTH
def test_a_gateway_without_a_subnet_is_in_a_zone(rules):
    world = World(rules)
    network = world.network()
    gateway = world.do(CreateNatGateway(network_id=network.id, zone=rules.zones[1]))
    world.wait()
    assert (gateway.zone, gateway.interface_id, gateway.state) == (rules.zones[1], None, AVAILABLE)
    absent = CreateNatGateway(network_id=network.id, zone="absent")
    world.refuses(absent, errors.ZoneNotFound)


@BOTH
def test_where_it_should_be_must_be_there(rules):
    world = World(rules)
    subnet = world.subnet()
    world.refuses(creating(subnet, subnet_id="absent"), errors.SubnetNotFound, resource_id="absent")
    absent = CreateNatGateway(network_id="absent", subnet_id=subnet.id)
    world.refuses(absent, errors.NetworkNotFound, resource_id="absent")
    other = world.network()
    elsewhere = CreateNatGateway(network_id=other.id, subnet_id=subnet.id)
    world.refuses(elsewhere, errors.SubnetNetworkMismatch)
    taken = AddressPlan(primary=certain("10.0.0.77")[0])
    world.do(creating(subnet, ip=taken))
    world.refuses(creating(subnet, ip=taken), errors.AddressInUse, address="10.0.0.77")


@BOTH
def test_a_gateway_is_created_with_public_addresses_that_are_there_and_new_ones(rules):
    world = World(rules)
    subnet = world.subnet()
    (old,) = world.do(AllocatePublicAddresses(extras={"y": 1}))
    world.wait()
    new = AllocatePublicAddresses(count=2, tags={"k": "v"})
    gateway = world.do(creating(subnet, address_ids=(old.id,), address_extras={"x": 1}, new_addresses=new))
    bound = addresses_of(world, gateway)
    assert len(bound) == 3
    assert bound[0] is old
    assert old.extras == {"x": 1, "y": 1}
    assert {each.state for each in bound} == {PublicAddressState.ASSOCIATING}
    world.wait()
    assert {each.state for each in bound} == {PublicAddressState.IN_USE}
    again = creating(subnet, address_ids=(old.id,))
    world.refuses(again, errors.PublicAddressWrongState, address_id=old.id)
    world.refuses(creating(subnet, address_ids=("absent",)), errors.PublicAddressNotFound)


@BOTH
def test_creating_cannot_fail_but_be_held(rules):
    world = World(rules)
    subnet = world.subnet()
    failing = world.do(creating(subnet), command_fault=FAILS)
    held = world.do(creating(subnet), command_fault=HOLDS, operation_id="held")
    world.wait()
    assert (failing.state, held.state) == (AVAILABLE, ServiceState.PENDING)
    world.do(ReleaseOperation(operation_id="held"))
    world.wait()
    assert held.state is AVAILABLE


@BOTH
def test_a_repeated_token_gives_the_same_gateway(rules):
    world = World(rules)
    command = creating(world.subnet(), new_addresses=AllocatePublicAddresses())
    token = Token("create", "t", "f")
    gateway = world.do(command, token=token, operation_id="o")
    world.wait()
    assert world.do(command, token=token, operation_id="again").id == gateway.id
    assert (len(world.graph.nat_gateways), len(world.graph.public_addresses)) == (1, 1)


@pytest.mark.parametrize(
    ("quota", "error"),
    [
        ("nat_gateways", errors.NatGatewayQuotaExceeded),
        ("nat_gateways_per_network", errors.NetworkNatGatewayQuotaExceeded),
    ],
)
def test_there_are_so_many_gateways(quota, error):
    world = World(limited(NORTH, **{quota: 1}))
    subnet = world.subnet()
    nat_gateway(world, subnet)
    world.refuses(creating(subnet), error, limit=1)
    elsewhere = creating(world.subnet())
    if quota == "nat_gateways":
        world.refuses(elsewhere, error, resource_id="north")
    else:
        world.do(elsewhere)


def test_a_gateway_has_so_many_tags_and_addresses():
    world = World(limited(NORTH, tags_per_resource=0, addresses_per_nat_gateway=1, public_addresses=2))
    subnet = world.subnet()
    world.refuses(creating(subnet, tags={"k": "v"}), errors.TagQuotaExceeded)
    two = creating(subnet, new_addresses=AllocatePublicAddresses(count=2))
    world.refuses(two, errors.PublicAddressesPerNatGatewayExceeded, limit=1)
    three = creating(subnet, new_addresses=AllocatePublicAddresses(count=3))
    world.refuses(three, errors.PublicAddressQuotaExceeded)


# -- changing ----------------------------------------------------------------------------------------


@BOTH
def test_what_is_said_of_a_gateway_changes_at_once(rules):
    world = World(rules)
    gateway = nat_gateway(world, world.subnet(), name="a", extras={"x": 1})
    world.do(ModifyNatGateway(gateway_id=gateway.id, description="d", extras={"y": 2}))
    assert (gateway.name, gateway.description, gateway.extras) == ("a", "d", {"x": 1, "y": 2})
    assert (gateway.modified, gateway.state) == (world.at, AVAILABLE)
    world.refuses(ModifyNatGateway(gateway_id="absent"), errors.NatGatewayNotFound, resource_id="absent")


@BOTH
def test_a_gateway_is_resized_in_time(rules):
    world = World(rules)
    gateway = nat_gateway(world, world.subnet(), extras={"size": 1})
    world.do(ResizeNatGateway(gateway_id=gateway.id, extras={"size": 2}), command_fault=FAILS)
    assert (gateway.state, gateway.extras) == (ServiceState.MODIFYING, {"size": 2})
    again = ResizeNatGateway(gateway_id=gateway.id, extras={"size": 3})
    world.refuses(again, errors.NatGatewayBusy, state=ServiceState.MODIFYING)
    world.wait(STEPS.change_nat_gateway)
    assert (gateway.state, gateway.modified) == (AVAILABLE, world.at)
    world.refuses(
        ResizeNatGateway(gateway_id="absent", extras={}), errors.NatGatewayNotFound, resource_id="absent"
    )


# -- deleting ----------------------------------------------------------------------------------------


@BOTH
def test_an_unused_gateway_is_deleted(rules):
    world = World(rules)
    gateway = nat_gateway(world, world.subnet(), addresses=0, tags={"k": "v"})
    assert world.do(DeleteNatGateway(gateway_id=gateway.id)) is gateway
    assert gateway.state is ServiceState.DELETING
    world.refuses(DeleteNatGateway(gateway_id=gateway.id), errors.NatGatewayBusy)
    world.wait(STEPS.change_nat_gateway)
    assert gateway.state is ServiceState.GONE
    assert not world.graph.is_carried(("k", "v"))
    world.refuses(DeleteNatGateway(gateway_id=gateway.id), errors.NatGatewayNotFound)


@BOTH
def test_a_gateway_is_held_by_what_stands_on_it_and_forced(rules):
    world = World(rules)
    subnet = world.subnet()
    world.instance(subnet)
    gateway = nat_gateway(world, subnet, addresses=2)
    one, other = addresses_of(world, gateway)
    source = snat_rule(world, gateway, public_ips=(one.ip,))
    target = dnat_rule(world, gateway, public_ip=other.ip)
    command = DeleteNatGateway(gateway_id=gateway.id)
    world.refuses(command, errors.NatGatewayHoldsSnatRules, resource_id=gateway.id, held_by=source.id)
    world.do(DeleteNatGateway(gateway_id=gateway.id, force=True))
    assert {source.id, target.id} == {*world.graph.snat_rules, *world.graph.dnat_rules}
    world.wait()
    assert {*world.graph.nat_gateways, *world.graph.snat_rules, *world.graph.dnat_rules} == set()
    assert source.state is target.state is gateway.state is ServiceState.GONE
    for address in (one, other):
        assert (address.state, address.gateway_id) == (PublicAddressState.AVAILABLE, None)


@BOTH
def test_a_gateway_is_held_by_dnat_rules_and_by_addresses(rules):
    world = World(rules)
    subnet = world.subnet()
    world.instance(subnet)
    gateway, other = nat_gateway(world, subnet), nat_gateway(world, subnet)
    rule = dnat_rule(world, gateway)
    held = DeleteNatGateway(gateway_id=gateway.id)
    world.refuses(held, errors.NatGatewayHoldsDnatRules, held_by=rule.id)
    (address,) = addresses_of(world, other)
    held = DeleteNatGateway(gateway_id=other.id)
    world.refuses(held, errors.NatGatewayHoldsAddresses, held_by=address.id)


@BOTH
def test_what_is_under_way_with_a_forced_gateway_fails(rules):
    world = World(rules)
    subnet = world.subnet()
    world.instance(subnet)
    gateway = nat_gateway(world, subnet)
    world.do(snat(world, gateway), command_fault=HOLDS)
    world.do(dnat(world, gateway), command_fault=HOLDS)
    world.do(DeleteNatGateway(gateway_id=gateway.id, force=True))
    world.wait()
    assert {*world.graph.snat_rules, *world.graph.dnat_rules} == set()
    if rules.provision_is_asynchronous:
        kinds = [each for each in world.graph.operations.values() if each.kind == "create-nat-rules"]
        assert [each.state for each in kinds] == [OperationState.FAILED] * 2


@BOTH
def test_a_deletion_can_fail_and_be_held(rules):
    world = World(rules)
    gateway = nat_gateway(world, world.subnet(), routes_default=True)
    world.do(DeleteNatGateway(gateway_id=gateway.id, force=True), command_fault=FAILS)
    world.wait()
    assert (gateway.state, gateway.pending) == (AVAILABLE, None)
    assert routes_to(world, gateway) == [gateway.route_id]
    assert operation_of(world, "delete-nat-gateway").state is OperationState.FAILED
    (address,) = addresses_of(world, gateway)
    assert address.state is PublicAddressState.IN_USE
    command = DeleteNatGateway(gateway_id=gateway.id, force=True)
    world.do(command, command_fault=HOLDS, operation_id="held")
    world.wait()
    assert gateway.state is ServiceState.DELETING
    world.do(ReleaseOperation(operation_id="held"))
    world.wait()
    assert gateway.state is ServiceState.GONE


@BOTH
def test_a_protected_gateway_stays(rules):
    world = World(rules)
    gateway = nat_gateway(world, world.subnet(), addresses=0, protected=True)
    for force in (False, True):
        command = DeleteNatGateway(gateway_id=gateway.id, force=force)
        world.refuses(command, errors.NatGatewayProtected, gateway_id=gateway.id)
    world.do(ModifyNatGateway(gateway_id=gateway.id, protected=False))
    world.do(command)


@BOTH
def test_a_gateway_holds_its_subnet_and_its_network(rules):
    world = World(rules)
    subnet = world.subnet()
    gateway = nat_gateway(world, subnet, addresses=0)
    world.refuses(DeleteSubnet(subnet.id), errors.SubnetHoldsNatGateways, held_by=gateway.id)
    error = (
        errors.NetworkHoldsNatGateways
        if rules.empty_subnets_go_with_network
        else errors.NetworkHoldsSubnets
    )
    world.refuses(DeleteNetwork(subnet.network_id), error)
    world.do(DeleteNatGateway(gateway_id=gateway.id))
    world.refuses(DeleteSubnet(subnet.id), errors.SubnetHoldsNatGateways, held_by=gateway.id)
    world.wait()
    world.do(DeleteSubnet(subnet.id))
    world.wait()
    world.do(DeleteNetwork(subnet.network_id))


@BOTH
def test_a_network_is_held_by_a_gateway_without_a_subnet(rules):
    world = World(rules)
    network = world.network()
    gateway = world.do(CreateNatGateway(network_id=network.id, zone=rules.zones[0]))
    world.refuses(DeleteNetwork(network.id), errors.NetworkHoldsNatGateways, held_by=gateway.id)
