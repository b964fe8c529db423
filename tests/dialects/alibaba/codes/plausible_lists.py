"""Prefix lists and port lists for the plausible requests."""

from collections.abc import Callable
from typing import Any

from tests.dialects.alibaba.sdk_models import VPC


def with_lists(call: Callable[..., dict[str, Any]], table_id: str) -> dict[str, str]:
    """Make lists of each kind, one of which a route leads to; return their ids."""
    wanted = {"AddressFamily": "IPv4", "MaxEntries": 2, "PrefixListName": "list"}
    listed, bare = (call("CreateVpcPrefixList", VPC)["PrefixListId"] for _ in "12")
    hop = {"NextHopType": "VpnGateway", "NextHopId": "vpn-bp1"}
    call("CreateRouteEntry", VPC, RouteTableId=table_id, DestinationCidrBlock=listed, **hop)
    return {
        "PrefixListId": call("CreatePrefixList", **wanted)["PrefixListId"],
        "PortRangeListId": call("CreatePortRangeList", MaxEntries=2, PortRangeListName="list")[
            "PortRangeListId"
        ],
        "VPC prefix list": listed,
        "bare VPC prefix list": bare,
    }


OF_VPC = {
    "ModifyVpcPrefixList": {"PrefixListId": "VPC prefix list"},
    "DeleteVpcPrefixList": {"PrefixListId": "bare VPC prefix list"},
    "GetVpcPrefixListEntries": {"PrefixListId": "VPC prefix list"},
    "GetVpcPrefixListAssociations": {"PrefixListId": "VPC prefix list"},
    "RetryVpcPrefixListAssociation": {
        "PrefixListId": "VPC prefix list",
        "ResourceId": "used table",
        "ResourceType": "vpcRouteTable",
    },
}
"""What the actions on prefix lists of VPC need instead."""
