"""VPCs and vSwitches as the VPC product shows them, and the fewer fields that ECS shows of them.

Every VPC has one router, which has no life of its own: its id is made of the VPC's, and what is said of it
is kept there. Its system route table is the VPC's main one.
"""

from typing import Final

from duolect_core.model.resources import Network, Subnet
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import NETWORK_STATUS, SUBNET_STATUS, moment
from duolect_dialects.alibaba.views import default_group, only, owner, plain_tags
from duolect_dialects.session import Session

_PREFIX: Final = "vpc-"
_ATTACHED: Final = "Attached"


def router_id(network_id: str) -> str:
    """Return the id of a VPC's router."""
    return "vrt-" + network_id.removeprefix(_PREFIX)


def network_of_router(router: str) -> str:
    """Return the id that the VPC of a router has."""
    return _PREFIX + router.removeprefix("vrt-")


def table_type(session: Session, table_id: str) -> str:
    """Return the type of a route table: that of a VPC from its beginning is the system's."""
    graph = session.graph
    network = graph.networks[graph.route_tables[table_id].network_id]
    return "System" if network.route_table_id == table_id else "Custom"


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
        "NatGatewayIds": {"NatGatewayIds": list(graph.nat_gateways_by_network.ids(shown.id))},
        "CenStatus": _ATTACHED if shown.transit_attachments else "Detached",
        **_dhcp_options(session, shown),
        "DnsHostnameStatus": "ENABLED" if shown.extras.get("EnableDnsHostname") else "DISABLED",
        "ResourceGroupId": resource_group(session, shown),
        "OwnerId": int(owner(session)),
        "Tags": plain_tags(shown.tags),
    }


def _dhcp_options(session: Session, shown: Network) -> Body:
    """Return what a VPC shows of its DHCP options set."""
    set_id = session.graph.dhcp_options_by_network.get(shown.id, "")
    if not set_id:
        return {"DhcpOptionsSetId": "", "DhcpOptionsSetStatus": ""}
    moving = session.graph.dhcp_options_sets[set_id].moving_id == shown.id
    return {"DhcpOptionsSetId": set_id, "DhcpOptionsSetStatus": "Pending" if moving else "InUse"}


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
        "RouteTable": {
            "RouteTableId": shown.route_table_id,
            "RouteTableType": table_type(session, shown.route_table_id),
        },
        "NetworkAclId": session.graph.network_acl_by_subnet.get(shown.id, ""),
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
        "NatGateway": len(graph.nat_gateways_by_network.ids(shown.id)),
    }
    return {
        **only(_SAME, listed),
        "AssociatedCens": {
            "AssociatedCen": [
                {"CenId": cen_id, "CenOwnerId": cen_owner or int(owner(session)), "CenStatus": _ATTACHED}
                for cen_id, cen_owner, _ in shown.transit_attachments
            ]
        },
        "AssociatedPropagationSources": {"AssociatedPropagationSources": []},
        "ClassicLinkEnabled": False,
        "CloudResources": {
            "CloudResourceSetType": [
                {"ResourceType": kind, "ResourceCount": count} for kind, count in holds.items() if count
            ]
        },
        "Ipv4GatewayId": graph.ipv4_gateway_by_network.get(shown.id, ""),
        "SupportIpv4Gateway": True,
    }


_SAME: Final = (
    "VpcId", "VpcName", "Description", "Status", "RegionId", "CreationTime", "CidrBlock",
    "SecondaryCidrBlocks", "UserCidrs", "EnabledIpv6", "Ipv6CidrBlock", "Ipv6CidrBlocks", "IsDefault",
    "VRouterId", "VSwitchIds", "DhcpOptionsSetId", "DhcpOptionsSetStatus", "DnsHostnameStatus",
    "ResourceGroupId", "OwnerId", "Tags",
)  # fmt: skip
"""What DescribeVpcs shows in the same way."""


# -- the versions of ECS ---------------------------------------------------------------------------------

_VPC_IN_ECS: Final = (
    "VpcId", "VpcName", "Description", "Status", "RegionId", "CreationTime", "CidrBlock", "UserCidrs",
    "IsDefault", "VRouterId", "VSwitchIds",
)  # fmt: skip
_VSWITCH_IN_ECS: Final = (
    "VSwitchId", "VSwitchName", "Description", "VpcId", "ZoneId", "Status", "CreationTime", "CidrBlock",
    "AvailableIpAddressCount", "IsDefault", "ResourceGroupId",
)  # fmt: skip


def ecs_vpc(session: Session, shown: Network) -> Body:
    """Return a VPC as DescribeVpcs of ECS lists it."""
    return only(_VPC_IN_ECS, vpc(session, shown))


def ecs_vswitch(session: Session, shown: Subnet) -> Body:
    """Return a vSwitch as DescribeVSwitches of ECS lists it."""
    return only(_VSWITCH_IN_ECS, vswitch(session, shown))
