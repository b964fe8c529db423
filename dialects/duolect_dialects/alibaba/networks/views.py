"""VPCs and vSwitches as the VPC product shows them, and the fewer fields that ECS shows of them.

Every VPC has one router. Nothing can be done to it here, so it has no life of its own: its id is made of
the VPC's. Its system route table is the VPC's main one.
"""

from typing import Final

from duolect_core.model.resources import Network, RouteTable, Subnet
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import NETWORK_STATUS, SUBNET_STATUS, moment
from duolect_dialects.alibaba.views import default_group, only, owner, plain_tags
from duolect_dialects.session import Session

_PREFIX: Final = "vpc-"


def router_id(network_id: str) -> str:
    """Return the id of a VPC's router."""
    return "vrt-" + network_id.removeprefix(_PREFIX)


def network_of_router(router: str) -> str:
    """Return the id that the VPC of a router has."""
    return _PREFIX + router.removeprefix("vrt-")


def resource_group(session: Session, shown: Network) -> str:
    """Return the resource group of a VPC, which is that of its vSwitches too."""
    group: str = shown.extras.get("ResourceGroupId") or default_group(session)
    return group


def ipv6_isp(shown: Network) -> str:
    """Return the type that the IPv6 block of a VPC has, or would have."""
    isp: str = shown.extras.get("Ipv6Isp", "BGP")
    return isp


def created_vpc(session: Session, created: Network) -> Body:
    """Return what CreateVpc shows of the new VPC."""
    return {
        "VpcId": created.id,
        "VRouterId": router_id(created.id),
        "RouteTableId": created.route_table_id,
        "ResourceGroupId": resource_group(session, created),
    }


def vpc(session: Session, shown: Network) -> Body:
    """Return a VPC as DescribeVpcs of the VPC product lists it."""
    graph = session.graph
    ipv6 = "" if shown.ipv6_block is None else str(shown.ipv6_block)
    return {
        "VpcId": shown.id,
        "VpcName": shown.name,
        "Description": shown.description,
        "Status": NETWORK_STATUS[shown.state],
        "RegionId": session.call.region,
        "CreationTime": moment(shown.created),
        "CidrBlock": str(shown.block),
        "SecondaryCidrBlocks": {"SecondaryCidrBlock": list(map(str, shown.secondary_blocks))},
        "UserCidrs": {"UserCidr": list(shown.extras.get("UserCidrs", ()))},
        "EnabledIpv6": bool(ipv6),
        "Ipv6CidrBlock": ipv6,
        "Ipv6CidrBlocks": {
            "Ipv6CidrBlock": [{"Ipv6CidrBlock": ipv6, "Ipv6Isp": ipv6_isp(shown)}] if ipv6 else [],
        },
        "IsDefault": shown.default,
        "VRouterId": router_id(shown.id),
        "RouterTableIds": {"RouterTableIds": list(graph.route_tables_by_network.ids(shown.id))},
        "VSwitchIds": {"VSwitchId": list(graph.subnets_by_network.ids(shown.id))},
        "NatGatewayIds": {"NatGatewayIds": []},
        "CenStatus": "Detached",
        "DhcpOptionsSetId": "",
        "DhcpOptionsSetStatus": "",
        "DnsHostnameStatus": "ENABLED" if shown.extras.get("EnableDnsHostname") else "DISABLED",
        "ResourceGroupId": resource_group(session, shown),
        "OwnerId": int(owner(session)),
        "Tags": plain_tags(shown.tags),
    }


def vswitch(session: Session, shown: Subnet) -> Body:
    """Return a vSwitch as DescribeVSwitches of the VPC product lists it."""
    network = session.graph.networks[shown.network_id]
    return {
        "VSwitchId": shown.id,
        "VSwitchName": shown.name,
        "Description": shown.description,
        "VpcId": shown.network_id,
        "ZoneId": shown.zone,
        "Status": SUBNET_STATUS[shown.state],
        "CreationTime": moment(shown.created),
        "CidrBlock": str(shown.block),
        "AvailableIpAddressCount": shown.pool.free,
        "EnabledIpv6": shown.ipv6_block is not None,
        "Ipv6CidrBlock": "" if shown.ipv6_block is None else str(shown.ipv6_block),
        "IsDefault": shown.default,
        "RouteTable": {"RouteTableId": shown.route_table_id, "RouteTableType": "System"},
        "NetworkAclId": "",
        "ShareType": "",
        "ResourceGroupId": resource_group(session, network),
        "OwnerId": int(owner(session)),
        "Tags": plain_tags(shown.tags),
    }


def vpc_attribute(session: Session, shown: Network) -> Body:
    """Return a VPC as DescribeVpcAttribute shows it."""
    graph, listed = session.graph, vpc(session, shown)
    holds = {
        "VRouter": 1,
        "RouteTable": len(graph.route_tables_by_network.ids(shown.id)),
        "VSwitch": len(graph.subnets_by_network.ids(shown.id)),
        "SecurityGroup": len(graph.groups_by_network.ids(shown.id)),
    }
    return {
        **only(_SAME, listed),
        "AssociatedCens": {"AssociatedCen": []},
        "AssociatedPropagationSources": {"AssociatedPropagationSources": []},
        "ClassicLinkEnabled": False,
        "CloudResources": {
            "CloudResourceSetType": [
                {"ResourceType": kind, "ResourceCount": count} for kind, count in holds.items() if count
            ]
        },
        "Ipv4GatewayId": "",
        "SupportIpv4Gateway": False,
    }


_SAME: Final = (
    "VpcId", "VpcName", "Description", "Status", "RegionId", "CreationTime", "CidrBlock",
    "SecondaryCidrBlocks", "UserCidrs", "EnabledIpv6", "Ipv6CidrBlock", "Ipv6CidrBlocks", "IsDefault",
    "VRouterId", "VSwitchIds", "DhcpOptionsSetId", "DhcpOptionsSetStatus", "DnsHostnameStatus",
    "ResourceGroupId", "OwnerId", "Tags",
)  # fmt: skip
"""What DescribeVpcs shows in the same way."""


# -- route tables ----------------------------------------------------------------------------------------

_CLOUD_SERVICES: Final = "100.64.0.0/10"
"""Where the vendor's own services are."""


def listed_route_table(session: Session, shown: RouteTable) -> Body:
    """Return a route table as DescribeRouteTableList lists it."""
    graph = session.graph
    network = graph.networks[shown.network_id]
    return {
        "AssociateType": "VSwitch",
        "CreationTime": moment(shown.created),
        "Description": shown.description,
        "GatewayIds": {"GatewayIds": []},
        "OwnerId": int(owner(session)),
        "ResourceGroupId": resource_group(session, network),
        "RoutePropagationEnable": shown.extras.get("RoutePropagationEnable", True),
        "RouteTableId": shown.id,
        "RouteTableName": shown.name,
        "RouteTableType": "System",
        "RouterId": router_id(network.id),
        "RouterType": "VRouter",
        "Status": NETWORK_STATUS[network.state],
        "Tags": plain_tags(shown.tags),
        "VSwitchIds": {"VSwitchId": list(graph.subnets_by_route_table.ids(shown.id))},
        "VpcId": network.id,
    }


def route_table(session: Session, shown: RouteTable, kind: str | None) -> Body:
    """Return a route table as DescribeRouteTables shows it, with its routes of a kind, or all.

    Recorded: the default resource group is an empty text here.
    """
    graph = session.graph
    network, subnet_ids = graph.networks[shown.network_id], graph.subnets_by_route_table.ids(shown.id)
    blocks = [str(graph.subnets[subnet_id].block) for subnet_id in subnet_ids]
    routes = [
        *(_route(shown, block, "local") for block in blocks),
        _route(shown, _CLOUD_SERVICES, "service"),
    ]
    return {
        "CreationTime": moment(shown.created),
        "ResourceGroupId": network.extras.get("ResourceGroupId", ""),
        "RouteEntrys": {"RouteEntry": routes if kind in {None, "System"} else []},
        "RouteTableId": shown.id,
        "RouteTableType": "System",
        "Status": NETWORK_STATUS[network.state],
        "VRouterId": router_id(network.id),
        "VSwitchIds": {"VSwitchId": list(subnet_ids)},
    }


def _route(table: RouteTable, block: str, next_hop: str) -> Body:
    """Return a route that the system made."""
    return {
        "Description": "",
        "DestinationCidrBlock": block,
        "InstanceId": "",
        "NextHopType": next_hop,
        "NextHops": {"NextHop": []},
        "RouteEntryId": "",
        "RouteEntryName": "",
        "RouteTableId": table.id,
        "Status": "Available",
        "Type": "System",
    }


# -- the versions of ECS ---------------------------------------------------------------------------------

_VPC_IN_ECS: Final = (
    "VpcId", "VpcName", "Description", "Status", "RegionId", "CreationTime", "CidrBlock", "UserCidrs",
    "IsDefault", "VRouterId", "VSwitchIds",
)  # fmt: skip
_VSWITCH_IN_ECS: Final = (
    "VSwitchId", "VSwitchName", "Description", "VpcId", "ZoneId", "Status", "CreationTime", "CidrBlock",
    "AvailableIpAddressCount", "IsDefault", "ResourceGroupId",
)  # fmt: skip
_ROUTE_TABLE_IN_ECS: Final = (
    "CreationTime", "ResourceGroupId", "RouteEntrys", "RouteTableId", "RouteTableType", "VRouterId",
)  # fmt: skip
_ROUTE_IN_ECS: Final = (
    "DestinationCidrBlock", "InstanceId", "NextHopType", "NextHops", "RouteTableId", "Status", "Type",
)  # fmt: skip


def ecs_vpc(session: Session, shown: Network) -> Body:
    """Return a VPC as DescribeVpcs of ECS lists it."""
    return only(_VPC_IN_ECS, vpc(session, shown))


def ecs_vswitch(session: Session, shown: Subnet) -> Body:
    """Return a vSwitch as DescribeVSwitches of ECS lists it."""
    return only(_VSWITCH_IN_ECS, vswitch(session, shown))


def ecs_route_table(session: Session, shown: RouteTable, kind: str | None) -> Body:
    """Return a route table as DescribeRouteTables of ECS shows it."""
    body = only(_ROUTE_TABLE_IN_ECS, route_table(session, shown, kind))
    routes = body["RouteEntrys"]["RouteEntry"]
    return {**body, "RouteEntrys": {"RouteEntry": [only(_ROUTE_IN_ECS, route) for route in routes]}}
