"""IPv6 addresses: free ones, their Internet bandwidth and egress rules, and elastic public ones."""

from ipaddress import IPv6Network

import attrs
import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH, limited
from tests.core.public_addresses.ipv6 import (
    addressed,
    bandwidth,
    egress_rule,
    elastic,
    free_address,
    gateway_of,
    ipv6_id,
    place,
)

from duolect_core import errors
from duolect_core.addressing import ipv6_ids
from duolect_core.interfaces.ipv6_addresses import (
    AllocateIpv6Address,
    ModifyIpv6Addresses,
    ReleaseIpv6Address,
)
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.interfaces.private_ips import AssignAddresses, UnassignAddresses
from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.deletion import DeleteSubnet
from duolect_core.networks.gateways.egress_rules import CreateEgressRule, DeleteEgressRule
from duolect_core.networks.gateways.lifecycle import DeleteGateway
from duolect_core.public_addresses.ipv6_bandwidths import (
    CreateIpv6Bandwidths,
    DeleteIpv6Bandwidths,
    ResizeIpv6Bandwidths,
)
from duolect_core.public_addresses.public_ipv6 import (
    AllocatePublicIpv6Addresses,
    AssociatePublicIpv6Address,
    DisassociatePublicIpv6Address,
    ModifyPublicIpv6Addresses,
    ReleasePublicIpv6Addresses,
)
from duolect_core.relations import ipv6
from duolect_core.relations.address_plans import AddressRequest


@pytest.fixture(params=[NORTH, SOUTH], ids=["north", "south"])
def world(request):
    return World(request.param)


# -- ids ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", ["2408:4000::/24", "2402:4e00::/32", "2001:db8::/48"])
def test_an_id_leads_back_to_its_address(block):
    network = IPv6Network(block)
    first = int(network.network_address)
    for ip in (first, first + 1, first + 2**64 + 7, first + network.num_addresses - 1):
        assert ipv6_ids.decode(ipv6_ids.encode(ip, network), network) == ip


def test_what_is_no_id_stands_for_nothing(world):
    rules = world.partition.rules
    prefix = rules.id_prefixes[ResourceKind.IPV6_ADDRESS]
    for text in ("", "absent", prefix, prefix + "a" * 20, prefix + "-" * 21, prefix + "z" * 21):
        assert ipv6.ip_of(rules, text) is None


# -- free addresses ----------------------------------------------------------------------------------------


def test_a_free_address_is_nobody_s_and_keeps_its_subnet(world):
    subnet = place(world)
    free = free_address(world, subnet, name="n")
    assert (free.state, free.free, free.id) == (ServiceState.AVAILABLE, True, ipv6_id(world, free.ip))
    named = AllocateIpv6Address(subnet_id=subnet.id, ip=free.ip)
    world.refuses(named, errors.Ipv6AddressInUse)
    interface = addressed(world, subnet, 0)
    taking = AssignAddresses(interface_id=interface.id, ipv6=(AddressRequest(free.ip),))
    world.refuses(taking, errors.Ipv6AddressInUse)
    world.do(DeleteInterface(interface.id))
    world.wait()
    world.refuses(DeleteSubnet(subnet.id), errors.SubnetHoldsIpv6Addresses)
    world.do(ReleaseIpv6Address(free.id))
    world.wait()
    assert free.state is ServiceState.GONE
    assert free_address(world, subnet, ip=free.ip).id == free.id


def test_what_is_said_of_an_interface_s_address_goes_with_it(world):
    subnet = place(world)
    interface = addressed(world, subnet)
    (ip,) = interface.ipv6_ips
    (said,) = world.do(ModifyIpv6Addresses(address_ids=(ipv6_id(world, ip),), name="n", description="d"))
    assert (said.name, said.description, said.free) == ("n", "d", False)
    world.refuses(ReleaseIpv6Address(said.id), errors.Ipv6AddressNotFree)
    world.do(UnassignAddresses(interface_id=interface.id, ipv6=(ip,)))
    world.wait()
    assert world.graph.ipv6_addresses == {}
    world.refuses(ModifyIpv6Addresses(address_ids=(said.id,)), errors.Ipv6AddressNotFound)
    world.refuses(ModifyIpv6Addresses(address_ids=("absent",)), errors.Ipv6AddressNotFound)


def test_an_address_on_its_way_is_busy():
    world = World(NORTH)
    subnet = place(world)
    free = world.do(AllocateIpv6Address(subnet_id=subnet.id))
    world.refuses(ReleaseIpv6Address(free.id), errors.Ipv6AddressBusy)
    world.refuses(CreateIpv6Bandwidths(ips=(free.ip,)), errors.Ipv6AddressBusy)


# -- bandwidth and egress rules ----------------------------------------------------------------------------


def test_bandwidth_is_given_changed_and_taken(world):
    subnet = place(world)
    free = free_address(world, subnet)
    its = bandwidth(world, free.ip, gateway_id=gateway_of(world, subnet), extras={"a": 1})
    world.refuses(CreateIpv6Bandwidths(ips=(free.ip,)), errors.Ipv6AddressHasBandwidth)
    world.refuses(ReleaseIpv6Address(free.id), errors.Ipv6AddressHoldsBandwidth)
    world.do(ResizeIpv6Bandwidths(ips=(free.ip,), bandwidth_ids=(its.id,), extras={"a": 2}))
    world.wait()
    assert its.extras == {"a": 2}
    world.do(DeleteIpv6Bandwidths(bandwidth_ids=(its.id,)))
    world.wait()
    assert its.state is ServiceState.GONE
    world.refuses(DeleteIpv6Bandwidths(ips=(free.ip,)), errors.Ipv6AddressHasNoBandwidth)
    world.refuses(DeleteIpv6Bandwidths(bandwidth_ids=(its.id,)), errors.Ipv6BandwidthNotFound)


def test_bandwidth_needs_a_gateway_of_the_network(world):
    subnet, elsewhere = world.subnet(ipv6_index=0), place(world)
    free = free_address(world, subnet)
    world.refuses(CreateIpv6Bandwidths(ips=(free.ip,)), errors.NetworkHasNoIpv6Gateway)
    named = {"ips": (free.ip,), "gateway_id": gateway_of(world, elsewhere)}
    world.refuses(CreateIpv6Bandwidths(**named), errors.Ipv6GatewayMismatch)


def test_bandwidth_that_changes_is_busy():
    world = World(SOUTH)
    subnet = place(world)
    free = free_address(world, subnet)
    (its,) = world.do(CreateIpv6Bandwidths(ips=(free.ip,)))
    assert its.state is ServiceState.PENDING
    world.refuses(DeleteIpv6Bandwidths(ips=(free.ip,)), errors.Ipv6BandwidthBusy)


def test_an_egress_rule_stands_on_bandwidth(world):
    subnet = place(world)
    free = free_address(world, subnet)
    where = {"gateway_id": gateway_of(world, subnet), "ip": free.ip}
    world.refuses(CreateEgressRule(**where), errors.Ipv6AddressHasNoBandwidth)
    its = bandwidth(world, free.ip)
    rule = egress_rule(world, subnet, free.ip)
    world.refuses(CreateEgressRule(**where), errors.Ipv6AddressHasEgressRule)
    deleting = DeleteGateway(kind=ResourceKind.IPV6_GATEWAY, gateway_id=where["gateway_id"])
    world.refuses(deleting, errors.GatewayHoldsEgressRules)
    world.do(DeleteEgressRule(rule.id))
    world.wait()
    world.refuses(DeleteEgressRule(rule.id), errors.EgressRuleNotFound)
    world.refuses(deleting, errors.GatewayHoldsBandwidth)
    again = egress_rule(world, subnet, free.ip)
    world.do(DeleteIpv6Bandwidths(bandwidth_ids=(its.id,)))
    world.wait()
    assert again.state is ServiceState.GONE


def test_a_rule_is_of_the_gateway_of_its_network_and_one_of_a_few():
    world = World(limited(NORTH, egress_rules_per_gateway=1))
    subnet, elsewhere = place(world), place(world)
    first, second = (free_address(world, subnet) for _ in "12")
    for each in (first, second):
        bandwidth(world, each.ip)
    wrong = CreateEgressRule(gateway_id=gateway_of(world, elsewhere), ip=first.ip)
    world.refuses(wrong, errors.Ipv6GatewayMismatch)
    rule = egress_rule(world, subnet, first.ip)
    more = CreateEgressRule(gateway_id=gateway_of(world, subnet), ip=second.ip)
    world.refuses(more, errors.EgressRuleQuotaExceeded)
    world.do(DeleteEgressRule(rule.id))
    world.refuses(DeleteEgressRule(rule.id), errors.EgressRuleBusy)


def test_all_goes_with_an_address_of_an_interface(world):
    subnet = place(world)
    interface = addressed(world, subnet, 2)
    first, second = interface.ipv6_ips
    bandwidth(world, first)
    world.do(CreateEgressRule(gateway_id=gateway_of(world, subnet), ip=first))
    public = elastic(world)
    world.do(AssociatePublicIpv6Address(address_id=public.id, interface_id=interface.id, ip=second))
    world.do(DeleteInterface(interface.id))
    world.wait()
    assert world.graph.ipv6_bandwidths == world.graph.egress_rules == {}
    assert (public.state, public.association) == (PublicAddressState.AVAILABLE, None)


# -- elastic ones ------------------------------------------------------------------------------------------


def test_an_elastic_one_is_associated_modified_and_released(world):
    subnet = place(world)
    interface = addressed(world, subnet)
    public = elastic(world, name="a")
    world.do(AssociatePublicIpv6Address(address_id=public.id, interface_id=interface.id))
    world.wait()
    assert (public.state, public.association.ip) == (PublicAddressState.IN_USE, interface.ipv6_ips[0])
    taken = AssociatePublicIpv6Address(address_id=elastic(world).id, interface_id=interface.id)
    world.refuses(taken, errors.AddressHasPublicAddress)
    world.refuses(CreateIpv6Bandwidths(ips=interface.ipv6_ips), errors.AddressHasPublicAddress)
    world.refuses(ReleasePublicIpv6Addresses((public.id,)), errors.PublicAddressWrongState)
    world.do(ModifyPublicIpv6Addresses(address_ids=(public.id,), name="b", extras={"x": 1}))
    assert (public.name, public.extras) == ("b", {"x": 1})
    world.do(DisassociatePublicIpv6Address(public.id))
    world.refuses(ModifyPublicIpv6Addresses(address_ids=(public.id,)), errors.PublicAddressBusy)
    world.wait()
    world.do(ReleasePublicIpv6Addresses((public.id,)))
    world.wait()
    assert public.id not in world.graph.public_ipv6_addresses
    world.refuses(DisassociatePublicIpv6Address(public.id), errors.PublicAddressNotFound)


def test_what_has_no_ipv6_takes_no_elastic_one(world):
    interface = world.interface(world.subnet())
    world.wait()
    where = {"address_id": elastic(world).id, "interface_id": interface.id}
    world.refuses(AssociatePublicIpv6Address(**where), errors.AddressNotAssigned)
    world.refuses(AssociatePublicIpv6Address(**where, ip=7), errors.AddressNotAssigned)


def test_there_are_only_so_many():
    world = World(limited(NORTH, public_ipv6_addresses=1))
    world.refuses(AllocatePublicIpv6Addresses(count=2), errors.PublicAddressQuotaExceeded)
    world = World(attrs.evolve(NORTH, public_ipv6_range=None))
    world.refuses(AllocatePublicIpv6Addresses(), errors.PublicAddressesExhausted)
