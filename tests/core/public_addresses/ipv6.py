"""IPv6 addresses with Internet bandwidth, egress rules and elastic ones, built in one line each."""

from tests.core.networks.gateways import ipv6_gateway

from duolect_core.interfaces.ipv6_addresses import AllocateIpv6Address, ModifyIpv6Addresses
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.gateways.egress_rules import CreateEgressRule
from duolect_core.public_addresses.bandwidth_packages import AddToBandwidthPackage, CreateBandwidthPackages
from duolect_core.public_addresses.ipv6_bandwidths import CreateIpv6Bandwidths
from duolect_core.public_addresses.public_ipv6 import (
    AllocatePublicIpv6Addresses,
    AssociatePublicIpv6Address,
)
from duolect_core.relations import ipv6
from duolect_core.relations.address_plans import ANY, AddressPlan


def place(world, **more):
    """Return a subnet with IPv6, whose network has a gateway."""
    subnet = world.subnet(ipv6_index=0, **more)
    ipv6_gateway(world, world.graph.networks[subnet.network_id])
    return subnet


def addressed(world, subnet, count=1):
    """Return an interface that is ready, with so many IPv6 addresses."""
    made = world.interface(subnet, AddressPlan(ipv6=(ANY,) * count))
    world.wait()
    return made


def ipv6_id(world, ip):
    return ipv6.id_of(world.partition.rules, ip)


def free_address(world, subnet, **more):
    """Return a free IPv6 address that is ready."""
    made = world.do(AllocateIpv6Address(subnet_id=subnet.id, **more))
    world.wait()
    return made


def bandwidth(world, ip, **more):
    """Return the Internet bandwidth that an address is given, which is ready."""
    (made,) = world.do(CreateIpv6Bandwidths(ips=(ip,), **more))
    world.wait()
    return made


def gateway_of(world, subnet):
    return world.graph.ipv6_gateway_by_network[subnet.network_id]


def egress_rule(world, subnet, ip, **more):
    """Return the egress rule of an address, which is ready."""
    made = world.do(CreateEgressRule(gateway_id=gateway_of(world, subnet), ip=ip, **more))
    world.wait()
    return made


def elastic(world, **more):
    """Return an elastic public IPv6 address that is ready."""
    (made,) = world.do(AllocatePublicIpv6Addresses(**more))
    world.wait()
    return made


def one_of_every_ipv6_kind(world):
    """Return a resource of each kind that is about IPv6 addresses alone."""
    subnet = place(world)
    free = free_address(world, subnet)
    its = bandwidth(world, free.ip)
    return {
        ResourceKind.IPV6_ADDRESS: free,
        ResourceKind.IPV6_BANDWIDTH: its,
        ResourceKind.EGRESS_RULE: egress_rule(world, subnet, free.ip),
        ResourceKind.PUBLIC_IPV6_ADDRESS: elastic(world),
    }


def ipv6_under_way(world, subnet):
    """Let a subnet, whose network has an IPv6 gateway, have some of everything, much of it under way."""
    tags = {"k": "v"}
    interface = addressed(world, subnet, 3)
    first, second, third = interface.ipv6_ips
    world.do(ModifyIpv6Addresses(address_ids=(ipv6_id(world, third),), name="n"))
    (package,) = world.do(CreateBandwidthPackages())
    world.wait()
    shared = bandwidth(world, first, extras={"Bandwidth": 1}, tags=tags)
    egress_rule(world, subnet, first)
    public = elastic(world, package_id=package.id, tags=tags)
    world.do(AddToBandwidthPackage(package_id=package.id, address_ids=(shared.id,)))
    world.do(AssociatePublicIpv6Address(address_id=public.id, interface_id=interface.id, ip=second))
    free = free_address(world, subnet, tags=tags)
    world.do(CreateIpv6Bandwidths(ips=(free.ip,)))
    world.do(AllocateIpv6Address(subnet_id=subnet.id))
