"""DNAT rules: what they forward and where to, and what is done to them."""

import attrs
from tests.core.builders import World, ip
from tests.core.engine.commands import FAILS, HOLDS
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.nat_gateways.build import (
    addresses_of,
    dnat,
    dnat_rule,
    forwarding,
    nat_gateway,
    snat_rule,
)

from duolect_core import errors
from duolect_core.engine.idempotency import Token
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.nat_gateways import NatProtocol
from duolect_core.nat_gateways.dnat import DeleteDnatRules, ModifyDnatRule
from duolect_core.nat_gateways.lifecycle import DeleteNatGateway
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, AssociatePublicAddress

AVAILABLE = ServiceState.AVAILABLE
ALL = {"protocol": NatProtocol.ANY, "ports": None, "to": None}


def furnished(rules):
    """Return a world with an instance, a gateway near it with two addresses, and the addresses."""
    world = World(rules)
    subnet = world.subnet()
    world.instance(subnet)
    gateway = nat_gateway(world, subnet, addresses=2)
    return world, subnet, gateway, [each.ip for each in addresses_of(world, gateway)]


def together(*commands):
    """Return one command that creates what several would."""
    return attrs.evolve(commands[0], rules=tuple(rule for each in commands for rule in each.rules))


@BOTH
def test_rules_are_created_in_one_operation(rules):
    world, _, gateway, ips = furnished(rules)
    command = together(
        dnat(world, gateway), dnat(world, gateway, ports=(90, 95), to=(190, 195), public_ip=ips[1])
    )
    token = Token("dnat", "t", "f")
    one, other = world.do(command, operation_id="o", token=token)
    assert (one.protocol, one.public_ip, one.public_ports) == (NatProtocol.TCP, ips[0], (80, 80))
    assert (other.public_ports, other.private_ports) == ((90, 95), (190, 195))
    if rules.provision_is_asynchronous:
        assert one.state is other.state is ServiceState.PENDING
        assert world.graph.operations["o"].resource_ids == (one.id, other.id)
        busy = dnat(world, gateway, ports=(81, 81))
        world.refuses(busy, errors.DnatRuleBusy, rule_id=one.id)
        world.wait(STEPS.change_nat_rules)
    assert one.state is other.state is AVAILABLE
    repeated = world.do(command, operation_id="p", token=token)
    assert [each.id for each in repeated] == [one.id, other.id]
    assert len(world.graph.dnat_rules) == 2


@BOTH
def test_what_comes_to_a_port_is_forwarded_once(rules):
    world, _, gateway, ips = furnished(rules)
    rule = dnat_rule(world, gateway, ports=(80, 90), to=(80, 90))
    other = {"to": (1080, 1080)}
    for command in (
        dnat(world, gateway, ports=(90, 90), **other),
        dnat(world, gateway, **ALL),
    ):
        world.refuses(command, errors.DnatPortTaken, rule_id=rule.id)
    fresh = dnat(world, gateway, ports=(91, 91), **other)
    world.refuses(together(fresh, fresh), errors.DnatPortTaken, rule_id="")
    world.do(together(fresh, dnat(world, gateway, protocol=NatProtocol.UDP, **other)))
    world.wait()
    assert dnat_rule(world, gateway, ports=(85, 85), to=(2, 2), public_ip=ips[1])


def test_two_rules_lead_to_one_port_or_not():
    for rules in (NORTH, SOUTH):
        world, subnet, gateway, ips = furnished(rules)
        rule = dnat_rule(world, gateway)
        same = dnat(world, gateway, ports=(81, 81))
        elsewhere = dnat(world, gateway, public_ip=ips[1])
        if rules.dnat_targets_unique:
            for command in (same, elsewhere):
                world.refuses(command, errors.DnatTargetTaken, rule_id=rule.id)
            twice = dnat(world, gateway, ports=(82, 82), to=(1, 1))
            again = dnat(world, gateway, ports=(83, 83), to=(1, 1))
            world.refuses(together(twice, again), errors.DnatTargetTaken, rule_id="")
            assert dnat_rule(world, nat_gateway(world, subnet))
        else:
            world.do(together(same, elsewhere))


@BOTH
def test_all_that_comes_to_an_address_is_forwarded_or_used_by_snat(rules):
    world, _, gateway, ips = furnished(rules)
    used = snat_rule(world, gateway, public_ips=(ips[0],))
    command = dnat(world, gateway, public_ip=ips[0], **ALL)
    world.refuses(command, errors.DnatAddressUsedBySnat, rule_id=used.id)
    assert dnat_rule(world, gateway, public_ip=ips[0], to=(1, 1)), "a port of it may be forwarded"
    if not rules.dnat_targets_unique:
        assert dnat_rule(world, gateway, public_ip=ips[1], **ALL).public_ports is None


@BOTH
def test_a_rule_leads_into_the_network_of_its_gateway(rules):
    world, subnet, gateway, _ = furnished(rules)
    outside = dnat(world, gateway, private_ip=ip("10.99.0.1"))
    world.refuses(outside, errors.DnatTargetOutsideNetwork, network_id=subnet.network_id)
    unbound = dnat(world, gateway, public_ip=1)
    world.refuses(unbound, errors.NatAddressNotBound, gateway_id=gateway.id)
    lonely = dnat(world, gateway, private_ip=ip("10.0.0.250"))
    if rules.dnat_needs_instance:
        world.refuses(lonely, errors.DnatTargetNoInstance, address="10.0.0.250")
        free = dnat(world, gateway, private_ip=world.interface(subnet).primary_ip)
        world.refuses(free, errors.DnatTargetNoInstance)
    else:
        world.do(lonely)


@BOTH
def test_a_target_has_a_public_address_of_its_own_or_not(rules):
    world, subnet, gateway, _ = furnished(rules)
    first, second = world.instances(subnet, ("a", "b"))
    one, other = (world.primary(each).primary_ip for each in (first, second))
    addresses = world.do(AllocatePublicAddresses(count=2))
    world.wait()
    own, spare = (each.id for each in addresses)
    world.do(AssociatePublicAddress(address_id=own, instance_id=first.id))
    world.wait()
    command = dnat(world, gateway, private_ip=one)
    if rules.dnat_excludes_public_address:
        world.refuses(command, errors.DnatTargetHasPublicAddress, address_id=own)
    else:
        world.do(command)
    rule = dnat_rule(world, gateway, ports=(81, 81), private_ip=other)
    command = AssociatePublicAddress(address_id=spare, instance_id=second.id)
    if rules.dnat_excludes_public_address:
        world.refuses(command, errors.AddressHasDnatRule, rule_id=rule.id)
    else:
        world.do(command)


def test_there_are_no_more_than_the_quota_allows():
    world, _, gateway, _ = furnished(limited(NORTH, dnat_rules_per_gateway=1))
    one, other = dnat(world, gateway), dnat(world, gateway, ports=(81, 81), to=(81, 81))
    world.refuses(together(one, other), errors.DnatRuleQuotaExceeded, resource_id=gateway.id, limit=1)
    world.do(one)
    world.wait()
    world.refuses(other, errors.DnatRuleQuotaExceeded)


@BOTH
def test_a_rule_does_something_else_in_time_and_is_renamed_at_once(rules):
    world, _, gateway, ips = furnished(rules)
    rule = dnat_rule(world, gateway)
    other = dnat_rule(world, gateway, ports=(81, 81), to=(81, 81))
    world.do(ModifyDnatRule(rule_id=rule.id, name="n", description="d", extras={"x": 1}))
    same = ModifyDnatRule(rule_id=rule.id, forwarding=forwarding(world, gateway))
    world.do(same)
    assert (rule.name, rule.description, rule.extras, rule.state) == ("n", "d", {"x": 1}, AVAILABLE)
    taken = forwarding(world, gateway, ports=(81, 81))
    command = ModifyDnatRule(rule_id=rule.id, forwarding=taken)
    world.refuses(command, errors.DnatPortTaken, rule_id=other.id)
    wanted = forwarding(world, gateway, ports=(80, 82), to=(180, 182), public_ip=ips[1])
    world.do(ModifyDnatRule(rule_id=rule.id, forwarding=wanted))
    assert list(world.graph.dnat_rules_by_public_ip.ids(ips[0])) == [other.id]
    if rules.provision_is_asynchronous:
        assert rule.state is ServiceState.MODIFYING
        for busy in (rule, other):
            named = ModifyDnatRule(rule_id=busy.id, name="m")
            world.refuses(named, errors.DnatRuleBusy, rule_id=rule.id)
        world.refuses(DeleteDnatRules((rule.id,)), errors.DnatRuleBusy)
        world.wait(STEPS.change_nat_rules)
    assert (rule.state, rule.public_ip, rule.public_ports) == (AVAILABLE, ips[1], (80, 82))
    assert rule.private_ports == (180, 182)
    world.refuses(ModifyDnatRule(rule_id="absent"), errors.DnatRuleNotFound, resource_id="absent")


@BOTH
def test_rules_are_deleted_together_or_none(rules):
    world, _, gateway, _ = furnished(rules)
    one = dnat_rule(world, gateway)
    other = dnat_rule(world, gateway, ports=(81, 81), to=(81, 81))
    world.refuses(DeleteDnatRules((one.id, "absent")), errors.DnatRuleNotFound, resource_id="absent")
    assert world.do(DeleteDnatRules((one.id, other.id, one.id))) == (one, other)
    if rules.provision_is_asynchronous:
        assert one.state is other.state is ServiceState.DELETING
        world.wait(STEPS.change_nat_rules)
    assert one.state is other.state is ServiceState.GONE
    assert not world.graph.dnat_rules
    assert world.do(DeleteDnatRules(())) == ()
    assert dnat_rule(world, gateway)


def test_operations_on_rules_fail_or_hang():
    world, _, gateway, ips = furnished(NORTH)
    (rule,) = world.do(dnat(world, gateway), command_fault=HOLDS, operation_id="held")
    world.wait()
    assert rule.state is ServiceState.PENDING
    world.do(ReleaseOperation(operation_id="held"))
    world.wait()
    wanted = forwarding(world, gateway, public_ip=ips[1])
    world.do(ModifyDnatRule(rule_id=rule.id, forwarding=wanted), command_fault=FAILS)
    world.wait()
    assert rule.state is AVAILABLE
    world.do(DeleteDnatRules((rule.id,)), command_fault=FAILS)
    world.wait()
    assert (rule.state, rule.pending) == (AVAILABLE, None)
    assert not world.graph.dnat_rules_unsteady.ids(gateway.id)


@BOTH
def test_a_gateway_that_is_busy_or_absent_takes_no_rules(rules):
    world, _, gateway, _ = furnished(rules)
    rule = dnat_rule(world, gateway)
    command = dnat(world, gateway, ports=(81, 81), to=(81, 81))
    world.refuses(attrs.evolve(command, gateway_id="absent"), errors.NatGatewayNotFound)
    world.do(DeleteNatGateway(gateway_id=gateway.id, force=True))
    for busy in (command, ModifyDnatRule(rule_id=rule.id, name="n"), DeleteDnatRules((rule.id,))):
        world.refuses(busy, errors.NatGatewayBusy, state=ServiceState.DELETING)
