"""Public addresses of NAT gateways: bound, taken off, and what holds them there."""

from tests.core.builders import World
from tests.core.engine.commands import FAILS, HOLDS
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.nat_gateways.build import addresses_of, dnat_rule, forwarding, nat_gateway, snat, snat_rule

from duolect_core import errors
from duolect_core.engine.idempotency import Token
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.resources import OperationState
from duolect_core.nat_gateways.addresses import BindToNatGateway, UnbindFromNatGateway
from duolect_core.nat_gateways.dnat import CreateDnatRules, NewDnatRule
from duolect_core.nat_gateways.lifecycle import CreateNatGateway
from duolect_core.public_addresses.lifecycle import (
    AllocatePublicAddresses,
    AssociatePublicAddress,
    DisassociatePublicAddress,
    ReleasePublicAddresses,
)

AVAILABLE, IN_USE = PublicAddressState.AVAILABLE, PublicAddressState.IN_USE


def allocated(world, **more):
    """Return one public address that is free."""
    (address,) = world.do(AllocatePublicAddresses(**more))
    world.wait()
    return address


def binding(gateway, *addresses, **more):
    return BindToNatGateway(gateway_id=gateway.id, address_ids=tuple(a.id for a in addresses), **more)


def unbinding(gateway, *addresses, **more):
    return UnbindFromNatGateway(gateway_id=gateway.id, address_ids=tuple(a.id for a in addresses), **more)


@BOTH
def test_an_address_is_bound_in_time_and_taken_off_in_time(rules):
    world = World(rules)
    gateway = nat_gateway(world, world.subnet())
    address = allocated(world, extras={"x": 1})
    assert world.do(binding(gateway, address, extras={"y": 2})) == (address,)
    assert (address.state, address.gateway_id) == (PublicAddressState.ASSOCIATING, gateway.id)
    assert address.extras == {"x": 1, "y": 2}
    early = snat(world, gateway, public_ips=(address.ip,))
    world.refuses(early, errors.NatAddressNotBound, gateway_id=gateway.id)
    world.refuses(unbinding(gateway, address), errors.PublicAddressBusy)
    world.wait(STEPS.change_public_address)
    assert address.state is IN_USE
    world.do(unbinding(gateway, address))
    assert (address.state, address.gateway_id) == (PublicAddressState.DISASSOCIATING, gateway.id)
    world.refuses(early, errors.NatAddressNotBound)
    world.wait(STEPS.change_public_address)
    assert (address.state, address.gateway_id, address.pending) == (AVAILABLE, None, None)


@BOTH
def test_new_addresses_are_bound_in_one_operation(rules):
    world = World(rules)
    gateway = nat_gateway(world, world.subnet(), addresses=0)
    old = allocated(world)
    new = AllocatePublicAddresses(count=2, name="n")
    command = binding(gateway, old, new_addresses=new)
    token = Token("bind", "t", "f")
    bound = world.do(command, operation_id="o", token=token)
    assert [each.name for each in bound] == ["", "n", "n"]
    assert world.graph.operations["o"].resource_ids == tuple(each.id for each in bound)
    world.wait()
    assert addresses_of(world, gateway) == [*bound]
    repeated = world.do(command, operation_id="p", token=token)
    assert [each.id for each in repeated] == [each.id for each in bound]
    assert len(world.graph.public_addresses) == 3


@BOTH
def test_nothing_is_bound_where_one_cannot_be(rules):
    world = World(rules)
    subnet = world.subnet()
    gateway, free = nat_gateway(world, subnet), allocated(world)
    (bound,) = addresses_of(world, gateway)
    other = nat_gateway(world, subnet, addresses=0)
    absent = BindToNatGateway(gateway_id=gateway.id, address_ids=(free.id, "absent"))
    world.refuses(absent, errors.PublicAddressNotFound, resource_id="absent")
    world.refuses(binding(other, free, bound), errors.PublicAddressWrongState, address_id=bound.id)
    world.refuses(BindToNatGateway(gateway_id="absent", address_ids=(free.id,)), errors.NatGatewayNotFound)
    coming = world.do(CreateNatGateway(network_id=subnet.network_id, subnet_id=subnet.id))
    world.refuses(binding(coming, free), errors.NatGatewayBusy, state=ServiceState.PENDING)
    assert world.do(binding(gateway)) == ()
    world.do(binding(other, free, free))
    assert addresses_of(world, other) == [free]


def test_a_gateway_has_so_many_addresses():
    world = World(limited(NORTH, addresses_per_nat_gateway=2))
    gateway = nat_gateway(world, world.subnet(), addresses=1)
    one, other = allocated(world), allocated(world)
    refused = (
        binding(gateway, one, other),
        binding(gateway, one, new_addresses=AllocatePublicAddresses()),
        binding(gateway, new_addresses=AllocatePublicAddresses(count=2)),
    )
    for command in refused:
        world.refuses(command, errors.PublicAddressesPerNatGatewayExceeded, resource_id=gateway.id, limit=2)
    world.do(binding(gateway, one))


@BOTH
def test_a_binding_and_its_end_can_fail_or_hang(rules):
    world = World(rules)
    gateway, address = nat_gateway(world, world.subnet()), allocated(world)
    world.do(binding(gateway, address), command_fault=FAILS)
    world.wait()
    assert (address.state, address.gateway_id) == (AVAILABLE, None)
    world.do(binding(gateway, address), command_fault=HOLDS, operation_id="held")
    world.wait()
    assert address.state is PublicAddressState.ASSOCIATING
    world.do(ReleaseOperation(operation_id="held"))
    world.wait()
    assert address.state is IN_USE
    world.do(unbinding(gateway, address), command_fault=FAILS)
    world.wait()
    assert (address.state, address.gateway_id) == (IN_USE, gateway.id)


@BOTH
def test_a_bound_address_is_neither_released_nor_used_otherwise(rules):
    world = World(rules)
    subnet = world.subnet()
    gateway, interface = nat_gateway(world, subnet), world.interface(subnet)
    (address,) = addresses_of(world, gateway)
    world.refuses(ReleasePublicAddresses((address.id,)), errors.PublicAddressWrongState)
    command = AssociatePublicAddress(address_id=address.id, interface_id=interface.id)
    world.refuses(command, errors.PublicAddressWrongState)
    world.refuses(DisassociatePublicAddress(address.id), errors.PublicAddressOfNatGateway)
    managed = AssociatePublicAddress(address_id=allocated(world).id, interface_id=gateway.interface_id)
    world.refuses(managed, errors.InterfaceManaged)


@BOTH
def test_only_what_is_bound_to_a_gateway_is_taken_off_it(rules):
    world = World(rules)
    subnet = world.subnet()
    gateway, other = nat_gateway(world, subnet, addresses=2), nat_gateway(world, subnet)
    mine, (theirs,) = addresses_of(world, gateway)[0], addresses_of(world, other)
    for address in (theirs, allocated(world)):
        world.refuses(unbinding(gateway, mine, address), errors.NatAddressNotBound, gateway_id=gateway.id)
    absent = UnbindFromNatGateway(gateway_id=gateway.id, address_ids=(mine.id, "absent"))
    world.refuses(absent, errors.PublicAddressNotFound)
    world.refuses(
        UnbindFromNatGateway(gateway_id="absent", address_ids=(mine.id,)), errors.NatGatewayNotFound
    )
    assert world.do(unbinding(gateway)) == ()


@BOTH
def test_rules_hold_an_address_unless_it_is_forced_off(rules):
    world = World(rules)
    subnet = world.subnet()
    world.instance(subnet)
    gateway = nat_gateway(world, subnet, addresses=4)
    one, two, three, _ = addresses_of(world, gateway)
    shared = snat_rule(world, gateway, public_ips=(one.ip, two.ip))
    alone = snat_rule(world, gateway, source="10.0.0.64/28", public_ips=(one.ip,))
    forwards = dnat_rule(world, gateway, public_ip=three.ip)
    world.refuses(unbinding(gateway, one), errors.PublicAddressHoldsSnatRules, held_by=shared.id)
    world.refuses(unbinding(gateway, three), errors.PublicAddressHoldsDnatRules, held_by=forwards.id)
    world.do(unbinding(gateway, one, three, force=True))
    assert (list(world.graph.snat_rules), shared.public_ips) == ([shared.id], (two.ip,))
    assert alone.state is forwards.state is ServiceState.GONE
    assert not world.graph.dnat_rules
    world.wait()
    assert one.state is three.state is AVAILABLE


def test_what_is_under_way_goes_on_with_the_rules_that_stay():
    world = World(NORTH)
    subnet = world.subnet()
    world.instance(subnet)
    gateway = nat_gateway(world, subnet, addresses=2)
    one, other = addresses_of(world, gateway)
    wanted = tuple(
        NewDnatRule(forwarding=forwarding(world, gateway, public_ip=each.ip, to=(port, port)))
        for port, each in ((80, one), (81, other))
    )
    going, staying = world.do(CreateDnatRules(gateway_id=gateway.id, rules=wanted), operation_id="op")
    operation = world.graph.operations["op"]
    world.do(unbinding(gateway, one, force=True))
    assert (going.state, operation.state) == (ServiceState.GONE, OperationState.RUNNING)
    world.do(unbinding(gateway, other, force=True))
    assert (staying.state, operation.state) == (ServiceState.GONE, OperationState.FAILED)


def test_the_last_address_stays_where_a_gateway_needs_one():
    for rules in (NORTH, SOUTH):
        world = World(rules)
        gateway = nat_gateway(world, world.subnet(), addresses=2)
        one, other = addresses_of(world, gateway)
        if not rules.nat_gateway_keeps_an_address:
            world.do(unbinding(gateway, one, other))
            continue
        both = unbinding(gateway, one, other)
        world.refuses(both, errors.NatGatewayNeedsAddress, gateway_id=gateway.id)
        world.do(unbinding(gateway, one))
        world.refuses(unbinding(gateway, other), errors.NatGatewayNeedsAddress)
        world.wait()
        world.refuses(unbinding(gateway, other, force=True), errors.NatGatewayNeedsAddress)
