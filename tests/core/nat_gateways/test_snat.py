"""SNAT rules: whom they serve by which public addresses, and what is done to them."""

from ipaddress import IPv4Network

import attrs
from tests.core.builders import World
from tests.core.engine.commands import FAILS, HOLDS
from tests.core.model.rules import BOTH, NORTH, STEPS, limited
from tests.core.nat_gateways.build import addresses_of, dnat_rule, nat_gateway, snat, snat_rule

from duolect_core import errors
from duolect_core.engine.idempotency import Token
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.nat_gateways import NatProtocol
from duolect_core.nat_gateways.lifecycle import DeleteNatGateway
from duolect_core.nat_gateways.snat import DeleteSnatRules, ModifySnatRule
from duolect_core.networks.deletion import DeleteSubnet

AVAILABLE = ServiceState.AVAILABLE


def furnished(rules, **more):
    """Return a world with a subnet, a gateway in it with two addresses, and the addresses."""
    world = World(rules)
    subnet = world.subnet()
    gateway = nat_gateway(world, subnet, addresses=2, **more)
    return world, subnet, gateway, [each.ip for each in addresses_of(world, gateway)]


def together(*commands):
    """Return one command that creates what several would."""
    return attrs.evolve(commands[0], rules=tuple(rule for each in commands for rule in each.rules))


@BOTH
def test_rules_are_created_in_one_operation(rules):
    world, _, gateway, ips = furnished(rules)
    command = together(
        snat(world, gateway, name="a", description="d", extras={"x": 1}),
        snat(world, gateway, source="10.0.0.16/28", public_ips=(ips[1],)),
    )
    token = Token("snat", "t", "f")
    one, other = world.do(command, operation_id="o", token=token)
    assert (one.name, one.description, one.extras) == ("a", "d", {"x": 1})
    assert (one.source, one.public_ips) == (IPv4Network("10.0.0.0/28"), (*ips,))
    assert list(world.graph.snat_rules_by_gateway.ids(gateway.id)) == [one.id, other.id]
    if rules.provision_is_asynchronous:
        assert one.state is other.state is ServiceState.PENDING
        assert world.graph.operations["o"].resource_ids == (one.id, other.id)
        world.wait(STEPS.change_nat_rules)
    assert one.state is other.state is AVAILABLE
    repeated = world.do(command, operation_id="p", token=token)
    assert [each.id for each in repeated] == [one.id, other.id]
    assert len(world.graph.snat_rules) == 2


@BOTH
def test_a_rule_serves_a_subnet_an_interface_or_an_instance(rules):
    world, subnet, gateway, _ = furnished(rules)
    instance, interface = world.instance(subnet), world.interface(subnet)
    primary = world.primary(instance)
    for source_id, block in (
        (subnet.id, subnet.block),
        (instance.id, IPv4Network(primary.primary_ip)),
        (interface.id, IPv4Network(interface.primary_ip)),
    ):
        rule = snat_rule(world, gateway, source=None, source_id=source_id)
        assert (rule.source, rule.source_id) == (block, source_id)
    everything = snat_rule(world, gateway, source=None)
    assert str(everything.source) == "0.0.0.0/0"
    foreign = snat(world, gateway, source="10.0.0.250/32", source_id=instance.id)
    world.refuses(foreign, errors.AddressNotAssigned, address="10.0.0.250")
    again = snat(world, gateway, source=None, source_id=interface.id)
    world.refuses(again, errors.SnatSourceTaken, source=interface.id)


@BOTH
def test_whom_a_rule_serves_is_in_the_network_of_the_gateway(rules):
    world, _, gateway, _ = furnished(rules)
    far = world.subnet()
    for source_id in (far.id, world.instance(far).id, world.interface(far).id):
        command = snat(world, gateway, source=None, source_id=source_id)
        world.refuses(command, errors.SnatSourceNetworkMismatch)
    world.refuses(snat(world, gateway, source_id="absent"), errors.SubnetNotFound, resource_id="absent")


@BOTH
def test_two_rules_of_a_gateway_serve_different_blocks(rules):
    world, subnet, gateway, ips = furnished(rules)
    rule = snat_rule(world, gateway)
    world.refuses(snat(world, gateway), errors.SnatBlockTaken, source="10.0.0.0/28", rule_id=rule.id)
    wider = snat(world, gateway, source="10.0.0.0/27")
    world.refuses(together(wider, wider), errors.SnatBlockTaken, rule_id="")
    world.do(wider)
    other = nat_gateway(world, subnet)
    assert snat_rule(world, other).source == rule.source
    theirs = snat(world, other, source="10.0.0.32/28", public_ips=(ips[0],))
    world.refuses(theirs, errors.NatAddressNotBound, gateway_id=other.id)


@BOTH
def test_what_is_wrong_with_public_addresses_is_told(rules):
    world, subnet, gateway, ips = furnished(rules)
    world.instance(subnet)
    world.refuses(snat(world, gateway, public_ips=()), errors.SnatAddressRequired, gateway_id=gateway.id)
    world.refuses(snat(world, gateway, public_ips=(ips[0], ips[0])), errors.AddressRepeated)
    world.refuses(snat(world, gateway, public_ips=(ips[0], 1)), errors.NatAddressNotBound)
    forwards = dnat_rule(world, gateway, protocol=NatProtocol.ANY, ports=None, to=None, public_ip=ips[0])
    world.refuses(snat(world, gateway), errors.SnatAddressForwarded, rule_id=forwards.id)
    snat_rule(world, gateway, public_ips=(ips[1],))


def test_there_are_no_more_than_the_quotas_allow():
    quotas = limited(NORTH, snat_rules_per_gateway=1, addresses_per_snat_rule=1)
    world, subnet, gateway, ips = furnished(quotas)
    world.refuses(snat(world, gateway), errors.AddressesPerSnatRuleExceeded, limit=1)
    one = snat(world, gateway, public_ips=(ips[0],))
    two = together(one, snat(world, gateway, source="10.0.0.64/28", public_ips=(ips[0],)))
    world.refuses(two, errors.SnatRuleQuotaExceeded, resource_id=gateway.id, limit=1)
    (rule,) = world.do(one)
    world.wait()
    more = ModifySnatRule(rule_id=rule.id, public_ips=(*ips,))
    world.refuses(more, errors.AddressesPerSnatRuleExceeded)
    snat_rule(world, nat_gateway(world, subnet))


@BOTH
def test_a_rule_gets_other_addresses_in_time_and_another_name_at_once(rules):
    world, _, gateway, ips = furnished(rules)
    rule = snat_rule(world, gateway, public_ips=(ips[0],), extras={"x": 1})
    world.do(ModifySnatRule(rule_id=rule.id, name="n", description="d", extras={"y": 2}))
    assert (rule.name, rule.description, rule.extras) == ("n", "d", {"x": 1, "y": 2})
    world.do(ModifySnatRule(rule_id=rule.id, public_ips=(ips[0],)))
    assert rule.state is AVAILABLE
    world.do(ModifySnatRule(rule_id=rule.id, public_ips=(ips[1],)))
    assert not world.graph.snat_rules_by_public_ip.ids(ips[0])
    if rules.provision_is_asynchronous:
        assert rule.state is ServiceState.MODIFYING
        for command in (ModifySnatRule(rule_id=rule.id, name="m"), DeleteSnatRules((rule.id,))):
            world.refuses(command, errors.SnatRuleBusy, rule_id=rule.id)
        world.wait(STEPS.change_nat_rules)
    assert (rule.state, rule.public_ips) == (AVAILABLE, (ips[1],))
    world.refuses(ModifySnatRule(rule_id=rule.id, public_ips=()), errors.SnatAddressRequired)
    world.refuses(ModifySnatRule(rule_id="absent"), errors.SnatRuleNotFound, resource_id="absent")


@BOTH
def test_rules_are_deleted_together_or_none(rules):
    world, _, gateway, _ = furnished(rules)
    one, other = snat_rule(world, gateway), snat_rule(world, gateway, source=None)
    world.refuses(DeleteSnatRules((one.id, "absent")), errors.SnatRuleNotFound, resource_id="absent")
    assert world.do(DeleteSnatRules((one.id, one.id, other.id))) == (one, other)
    if rules.provision_is_asynchronous:
        assert one.state is other.state is ServiceState.DELETING
        world.refuses(snat(world, gateway), errors.SnatBlockTaken, rule_id=one.id)
        world.wait(STEPS.change_nat_rules)
    assert one.state is other.state is ServiceState.GONE
    assert not world.graph.snat_rules
    assert world.do(DeleteSnatRules(())) == ()
    assert snat_rule(world, gateway)


def test_operations_on_rules_fail_or_hang():
    world, _, gateway, ips = furnished(NORTH)
    (rule,) = world.do(snat(world, gateway), command_fault=HOLDS, operation_id="held")
    world.wait()
    assert rule.state is ServiceState.PENDING
    world.do(ReleaseOperation(operation_id="held"))
    world.wait()
    world.do(ModifySnatRule(rule_id=rule.id, public_ips=(ips[0],)), command_fault=FAILS)
    world.wait()
    assert rule.state is AVAILABLE
    world.do(DeleteSnatRules((rule.id,)), command_fault=FAILS)
    world.wait()
    assert (rule.state, rule.pending) == (AVAILABLE, None)


@BOTH
def test_a_gateway_that_is_busy_or_absent_takes_no_rules(rules):
    world, _, gateway, ips = furnished(rules)
    rule = snat_rule(world, gateway)
    command = snat(world, gateway, source=None)
    absent = attrs.evolve(command, gateway_id="absent")
    world.refuses(absent, errors.NatGatewayNotFound)
    world.do(DeleteNatGateway(gateway_id=gateway.id, force=True))
    for busy in (
        command,
        ModifySnatRule(rule_id=rule.id, public_ips=(ips[0],)),
        DeleteSnatRules((rule.id,)),
    ):
        world.refuses(busy, errors.NatGatewayBusy, state=ServiceState.DELETING)


@BOTH
def test_a_subnet_that_an_snat_rule_names_stays(rules):
    world = World(rules)
    subnet = world.subnet()
    other = world.subnet(world.graph.networks[subnet.network_id], "10.0.1.0/24")
    gateway = nat_gateway(world, subnet)
    rule = snat_rule(world, gateway, source=None, source_id=other.id)
    assert rule.source == IPv4Network("10.0.1.0/24")
    world.refuses(DeleteSubnet(other.id), errors.SubnetHoldsSnatRules, held_by=rule.id)
