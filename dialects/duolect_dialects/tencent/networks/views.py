"""VPCs, subnets and route tables as the vendor shows them: every documented field, of its exact type."""

from ipaddress import IPv4Network
from typing import Final

from duolect_core.graph.graph import Graph
from duolect_core.model.resources import Network, Subnet
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.tags.views import tags

_DEFAULT_DNS: Final = ("183.60.83.19", "183.60.82.98")
"""The vendor's own resolvers."""


def network(graph: Graph, shown: Network) -> Body:
    """Return a VPC. The ids of what comes with it are those of the VPC with another prefix."""
    extras, ipv6 = shown.extras, "" if shown.ipv6_block is None else str(shown.ipv6_block)
    return {
        "VpcName": shown.name,
        "VpcId": shown.id,
        "CidrBlock": str(shown.block),
        "IsDefault": shown.default,
        "EnableMulticast": extras.get("EnableMulticast", False),
        "CreatedTime": local_time(shown.created),
        "DnsServerSet": list(extras.get("DnsServers") or _DEFAULT_DNS),
        "DomainName": extras.get("DomainName", ""),
        "DhcpOptionsId": _companion_id("dopt", shown.id),
        "EnableDhcp": True,
        "Ipv6CidrBlock": ipv6,
        "TagSet": tags(shown.tags),
        "AssistantCidrSet": [assistant_cidr(graph, shown, block) for block in shown.secondary_blocks],
        "EnableRouteVpcPublish": extras.get("EnableRouteVpcPublish", False),
        "Ipv6CidrBlockSet": [{"IPv6CidrBlock": ipv6, "ISPType": "BGP", "AddressType": "GUA"}]
        if ipv6
        else [],
        "EnableRouteVpcPublishIpv6": extras.get("EnableRouteVpcPublishIpv6", False),
        "StackType": "DualStack" if ipv6 else "",
    }


def assistant_cidr(graph: Graph, of: Network, block: IPv4Network) -> Body:
    """Return a secondary block of a VPC with the subnets that lie in it."""
    subnets = (graph.subnets[subnet_id] for subnet_id in graph.subnets_by_network.ids(of.id))
    return {
        "VpcId": of.id,
        "CidrBlock": str(block),
        "AssistantType": 0,
        "SubnetSet": [subnet(graph, each) for each in subnets if each.block.subnet_of(block)],
    }


def subnet(graph: Graph, shown: Subnet) -> Body:
    """Return a subnet."""
    ipv6 = "" if shown.ipv6_block is None else str(shown.ipv6_block)
    return {
        "VpcId": shown.network_id,
        "SubnetId": shown.id,
        "SubnetName": shown.name,
        "CidrBlock": str(shown.block),
        "IsDefault": shown.default,
        "EnableBroadcast": shown.extras.get("EnableBroadcast", False),
        "Zone": shown.zone,
        "RouteTableId": shown.route_table_id,
        "CreatedTime": local_time(shown.created),
        "AvailableIpAddressCount": shown.pool.free,
        "Ipv6CidrBlock": ipv6,
        "NetworkAclId": graph.network_acl_by_subnet.get(shown.id, ""),
        "IsRemoteVpcSnat": False,
        "TotalIpAddressCount": shown.pool.usable,
        "TagSet": tags(shown.tags),
        "CdcId": "",
        "IsCdcSubnet": 0,
        "StackType": "DualStack" if ipv6 else "",
    }


def listed_subnet(session: Session, shown: Subnet) -> Body:
    """Return a subnet as DescribeSubnets lists it, with what no page documents.

    Source: the replies of January 2025 that cloud-custodian keeps for its test of subnets.
    """
    ipv6 = shown.ipv6_block is not None
    return {
        **subnet(session.graph, shown),
        "Region": session.rules.region,
        "GatewaySet": [{"Address": str(shown.block[1])}],
        "HighPriorityRouteTableId": "",
        "ISPType": "BGP" if ipv6 else "",
        "AddressType": "GUA" if ipv6 else "",
        "IsShare": False,
        "LocalZone": False,
    }


def _companion_id(prefix: str, of: str) -> str:
    """Return the id of what comes with a resource and has no life of its own."""
    return f"{prefix}-{of.rpartition('-')[2]}"
