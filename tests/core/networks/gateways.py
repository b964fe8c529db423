"""Gateways, route tables for them, sets of DHCP options and flow logs, built in one line each."""

from duolect_core.model.rules import ResourceKind
from duolect_core.networks.dhcp_options import AttachDhcpOptionsSet, CreateDhcpOptionsSet
from duolect_core.networks.flow_logs import CreateFlowLog, OpenService
from duolect_core.networks.gateways.lifecycle import (
    CreateIpv4Gateway,
    CreateIpv6Gateway,
    EnableIpv4Gateway,
)
from duolect_core.networks.gateways.route_tables import AssociateGatewayTable
from duolect_core.networks.reservations import CreateCidrReservation
from duolect_core.routes.tables import CreateRouteTable

IPV4, IPV6 = ResourceKind.IPV4_GATEWAY, ResourceKind.IPV6_GATEWAY


def kind_of(gateway):
    """Return the kind of a gateway."""
    return IPV4 if hasattr(gateway, "enabled") else IPV6


def ipv4_gateway(world, network=None, *, enabled=False, **more):
    """Return a new IPv4 gateway that is ready, perhaps an enabled one."""
    made = world.do(CreateIpv4Gateway(network_id=(network or world.network()).id, **more))
    world.wait()
    if enabled:
        world.do(EnableIpv4Gateway(gateway_id=made.id))
        world.wait()
    return made


def ipv6_gateway(world, network=None, **more):
    """Return a new IPv6 gateway that is ready."""
    made = world.do(CreateIpv6Gateway(network_id=(network or world.network(ipv6=True)).id, **more))
    world.wait()
    return made


def gateway_table(world, network, **more):
    """Return a new route table for gateways."""
    made = world.do(CreateRouteTable(network_id=network.id, for_gateways=True, **more))
    world.wait()
    return made


def options_set(world, *networks, **more):
    """Return a new set of DHCP options that is attached to these networks."""
    made = world.do(CreateDhcpOptionsSet(**more))
    world.wait()
    for network in networks:
        world.do(AttachDhcpOptionsSet(set_id=made.id, network_id=network.id))
        world.wait()
    return made


def flow_log(world, watched, kind=ResourceKind.NETWORK, **more):
    """Return a new flow log that is ready."""
    made = world.do(CreateFlowLog(kind=kind, watched_id=watched.id, **more))
    world.wait()
    return made


def reservation(world, subnet, mask=28, **more):
    """Return a new reservation in a subnet that is ready."""
    made = world.do(CreateCidrReservation(subnet_id=subnet.id, mask=mask, **more))
    world.wait()
    return made


def associated(world, gateway, table):
    """Associate a route table with a gateway, and wait until it is."""
    world.do(AssociateGatewayTable(kind=kind_of(gateway), gateway_id=gateway.id, table_id=table.id))
    world.wait()


def gateways_and_options(world, network, tags):
    """Let a network have one of each, something of which is under way."""
    gateway = ipv4_gateway(world, network, enabled=True, tags=tags)
    associated(world, gateway, gateway_table(world, network))
    ipv6_gateway(world, network, tags=tags)
    flow_log(world, network, traffic="all", target="t", tags=tags)
    world.do(OpenService("logs"))
    kept = {"subnet_id": world.subnet().id, "mask": 28, "name": "n"}
    world.do(CreateCidrReservation(**kept, tags=tags))
    options = options_set(world, network, tags=tags, extras={"DomainName": "a.b"})
    world.do(AttachDhcpOptionsSet(set_id=options.id, network_id=world.network().id))
