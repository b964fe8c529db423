"""Ready-made NAT gateways, with public addresses and rules."""

from ipaddress import IPv4Network

from tests.core.builders import ip

from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.nat_gateways import NatProtocol
from duolect_core.nat_gateways.addresses import BindToNatGateway
from duolect_core.nat_gateways.dnat import CreateDnatRules, Forwarding, NewDnatRule
from duolect_core.nat_gateways.lifecycle import CreateNatGateway
from duolect_core.nat_gateways.snat import CreateSnatRules, NewSnatRule
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses


def nat_gateway(world, subnet, *, addresses=1, **more):
    """Return an AVAILABLE NAT gateway in a subnet, with so many public addresses."""
    gateway = world.do(creating(subnet, **more))
    world.wait()
    if addresses:
        new = AllocatePublicAddresses(count=addresses)
        world.do(BindToNatGateway(gateway_id=gateway.id, new_addresses=new))
        world.wait()
    assert gateway.state is ServiceState.AVAILABLE
    return gateway


def creating(subnet, **more):
    """Return a command that creates a NAT gateway, in a subnet unless told otherwise."""
    return CreateNatGateway(network_id=subnet.network_id, **{"subnet_id": subnet.id, **more})


def addresses_of(world, gateway):
    """Return the public addresses that are bound to a gateway."""
    ids = world.graph.public_addresses_by_gateway.ids(gateway.id)
    return [world.graph.public_addresses[each] for each in ids]


def snat(world, gateway, *, source="10.0.0.0/28", source_id="", **more):
    """Return a command that creates an SNAT rule, by all addresses of the gateway unless told otherwise."""
    more.setdefault("public_ips", tuple(each.ip for each in addresses_of(world, gateway)))
    block = None if source is None else IPv4Network(source)
    return CreateSnatRules(
        gateway_id=gateway.id, rules=(NewSnatRule(source=block, source_id=source_id, **more),)
    )


def snat_rule(world, gateway, **more):
    """Return an AVAILABLE SNAT rule."""
    (rule,) = world.do(snat(world, gateway, **more))
    world.wait()
    assert rule.state is ServiceState.AVAILABLE
    return rule


def target_of(world, gateway):
    """Return the private address of an instance in the network of a gateway that has no public one."""
    graph = world.graph
    for interface in graph.interfaces.values():
        is_near = interface.network_id == gateway.network_id and interface.attachment is not None
        if is_near and graph.public_address_of(interface, interface.primary_ip) is None:
            return interface.primary_ip
    return ip("10.0.0.99")


def forwarding(world, gateway, *, ports=(80, 80), to=(8080, 8080), protocol=NatProtocol.TCP, **more):
    """Return what a DNAT rule of a gateway could do."""
    bound = [each for each in addresses_of(world, gateway) if each.state is PublicAddressState.IN_USE]
    more.setdefault("public_ip", bound[0].ip)
    more.setdefault("private_ip", target_of(world, gateway))
    return Forwarding(protocol=protocol, public_ports=ports, private_ports=to, **more)


def dnat(world, gateway, **more):
    """Return a command that creates a DNAT rule."""
    return CreateDnatRules(
        gateway_id=gateway.id, rules=(NewDnatRule(forwarding=forwarding(world, gateway, **more)),)
    )


def dnat_rule(world, gateway, **more):
    """Return an AVAILABLE DNAT rule."""
    (rule,) = world.do(dnat(world, gateway, **more))
    world.wait()
    assert rule.state is ServiceState.AVAILABLE
    return rule
