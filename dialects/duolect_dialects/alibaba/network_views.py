"""VPCs and vSwitches as the VPC product shows them, and the fewer fields that ECS shows of them.

Every VPC has one router with one system route table. Nothing can be done to them here, so they have no
life of their own: their ids are made of the VPC's.
"""

from typing import Final

from duolect_core.model import Network, Subnet
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import PROVISION_STATUS, moment
from duolect_dialects.alibaba.views import owner, plain_tags
from duolect_dialects.session import Session

_PREFIX: Final = "vpc-"


def router_id(network_id: str) -> str:
    """Return the id of a VPC's router."""
    return "vrt-" + network_id.removeprefix(_PREFIX)


def route_table_id(network_id: str) -> str:
    """Return the id of a VPC's system route table."""
    return "vtb-" + network_id.removeprefix(_PREFIX)


def resource_group(shown: Network) -> str:
    """Return the resource group of a VPC, which is that of its vSwitches too."""
    group: str = shown.extras.get("ResourceGroupId", "")
    return group


def created_vpc(created: Network) -> Body:
    """Return what CreateVpc shows of the new VPC."""
    return {
        "VpcId": created.id,
        "VRouterId": router_id(created.id),
        "RouteTableId": route_table_id(created.id),
        "ResourceGroupId": resource_group(created),
    }


def vpc(session: Session, shown: Network) -> Body:
    """Return a VPC as DescribeVpcs of the VPC product lists it."""
    ipv6 = "" if shown.ipv6_block is None else str(shown.ipv6_block)
    isp = shown.extras.get("Ipv6Isp", "BGP")
    return {
        "VpcId": shown.id,
        "VpcName": shown.name,
        "Description": shown.description,
        "Status": PROVISION_STATUS[shown.state],
        "RegionId": session.call.region,
        "CreationTime": moment(shown.created),
        "CidrBlock": str(shown.block),
        "SecondaryCidrBlocks": {"SecondaryCidrBlock": []},
        "UserCidrs": {"UserCidr": list(shown.extras.get("UserCidrs", ()))},
        "EnabledIpv6": bool(ipv6),
        "Ipv6CidrBlock": ipv6,
        "Ipv6CidrBlocks": {
            "Ipv6CidrBlock": [{"Ipv6CidrBlock": ipv6, "Ipv6Isp": isp}] if ipv6 else [],
        },
        "IsDefault": False,
        "VRouterId": router_id(shown.id),
        "RouterTableIds": {"RouterTableIds": [route_table_id(shown.id)]},
        "VSwitchIds": {"VSwitchId": list(session.partition.graph.subnets_by_network.ids(shown.id))},
        "NatGatewayIds": {"NatGatewayIds": []},
        "CenStatus": "Detached",
        "DhcpOptionsSetId": "",
        "DhcpOptionsSetStatus": "",
        "DnsHostnameStatus": "ENABLED" if shown.extras.get("EnableDnsHostname") else "DISABLED",
        "ResourceGroupId": resource_group(shown),
        "OwnerId": int(owner(session)),
        "Tags": plain_tags(shown.tags),
    }


def vswitch(session: Session, shown: Subnet) -> Body:
    """Return a vSwitch as DescribeVSwitches of the VPC product lists it."""
    network = session.partition.graph.networks[shown.network_id]
    return {
        "VSwitchId": shown.id,
        "VSwitchName": shown.name,
        "Description": shown.description,
        "VpcId": shown.network_id,
        "ZoneId": shown.zone,
        "Status": PROVISION_STATUS[shown.state],
        "CreationTime": moment(shown.created),
        "CidrBlock": str(shown.block),
        "AvailableIpAddressCount": shown.pool.free,
        "EnabledIpv6": shown.ipv6_block is not None,
        "Ipv6CidrBlock": "" if shown.ipv6_block is None else str(shown.ipv6_block),
        "IsDefault": False,
        "RouteTable": {"RouteTableId": route_table_id(shown.network_id), "RouteTableType": "System"},
        "NetworkAclId": "",
        "ShareType": "",
        "ResourceGroupId": resource_group(network),
        "OwnerId": int(owner(session)),
        "Tags": plain_tags(shown.tags),
    }


_NOT_IN_ECS: Final = frozenset(
    {
        "CenStatus", "DhcpOptionsSetId", "DhcpOptionsSetStatus", "DnsHostnameStatus", "EnabledIpv6",
        "Ipv6CidrBlock", "Ipv6CidrBlocks", "NatGatewayIds", "NetworkAclId", "OwnerId", "RouteTable",
        "RouterTableIds", "SecondaryCidrBlocks", "ShareType", "Tags",
    }
)  # fmt: skip


def ecs_vpc(session: Session, shown: Network) -> Body:
    """Return a VPC as DescribeVpcs of ECS lists it."""
    body = _older(vpc(session, shown))
    del body["ResourceGroupId"]
    return body


def ecs_vswitch(session: Session, shown: Subnet) -> Body:
    """Return a vSwitch as DescribeVSwitches of ECS lists it."""
    return _older(vswitch(session, shown))


def _older(body: Body) -> Body:
    return {name: value for name, value in body.items() if name not in _NOT_IN_ECS}
