"""Gateways, route target groups, DHCP options sets and flow logs for the plausible requests."""

from collections.abc import Callable
from typing import Any

from tests.dialects.alibaba.sdk_models import VPC

MEMBERS = [
    {"MemberId": f"ep-{weight}", "MemberType": "GatewayLoadBalancerEndpoint", "Weight": weight}
    for weight in (100, 0)
]
"""Those of a route target group."""


def with_networks(call: Callable[..., dict[str, Any]]) -> dict[str, str]:
    """Make gateways, one with a route table, and sets, one attached, in their own VPC; return their ids."""
    vpc_id = call("CreateVpc", VPC, EnableIpv6=True)["VpcId"]
    place = {"VpcId": vpc_id}
    ipv4 = call("CreateIpv4Gateway", VPC, **place)["Ipv4GatewayId"]
    ipv6 = call("CreateIpv6Gateway", VPC, **place)["Ipv6GatewayId"]
    bare = call("CreateIpv4Gateway", VPC, VpcId=call("CreateVpc", VPC)["VpcId"])["Ipv4GatewayId"]
    free, bound = (
        call("CreateRouteTable", VPC, **place, AssociateType="Gateway")["RouteTableId"] for _ in "12"
    )
    call("EnableVpcIpv4Gateway", VPC, Ipv4GatewayId=ipv4)
    call("AssociateRouteTableWithGateway", VPC, RouteTableId=bound, GatewayId=ipv4)
    sets = [call("CreateDhcpOptionsSet", VPC)["DhcpOptionsSetId"] for _ in "12"]
    call("AttachDhcpOptionsSetToVpc", VPC, DhcpOptionsSetId=sets[1], VpcId=vpc_id)
    cen = {"CenId": "cen-2", "CenOwnerId": 7, "InstanceId": vpc_id, "InstanceType": "VPC"}
    call("GrantInstanceToCen", VPC, **cen)
    of_vpc = {"ResourceType": "VPC", "ResourceId": vpc_id}
    wanted = {**place, "ConfigMode": "Active-Standby", "RouteTargetMemberList": MEMBERS}
    near = {"VpcId": vpc_id, "ZoneId": "cn-hangzhou-b", "CidrBlock": "172.16.7.0/24"}
    subnet_id = call("CreateVSwitch", VPC, **near)["VSwitchId"]
    reserved = call(
        "CreateVSwitchCidrReservation", VPC, VSwitchId=subnet_id, VSwitchCidrReservationMask="28"
    )
    return {
        "VSwitchCidrReservationId": reserved["VSwitchCidrReservationId"],
        "vSwitch to reserve in": subnet_id,
        "RouteTargetGroupId": call("CreateRouteTargetGroup", VPC, **wanted)["RouteTargetGroupId"],
        "Ipv4GatewayId": bare,
        "Ipv6GatewayId": ipv6,
        "gateway with a table": ipv4,
        "gateway table": free,
        "used gateway table": bound,
        "DhcpOptionsSetId": sets[0],
        "attached set": sets[1],
        "VPC of gateways": vpc_id,
        "SegmentInstanceId": call("AllocateEipSegmentAddress", VPC, EipMask="28")["EipSegmentInstanceId"],
        "FlowLogId": call("CreateFlowLog", VPC, **of_vpc, TrafficType="All")["FlowLogId"],
    }


VALUES: dict[str, Any] = {
    "GatewayId": "Ipv6GatewayId",
    "GatewayRouteTableId": "used gateway table",
    "RouteTargetMemberList": MEMBERS,
    "TargetInstanceId": "ecr-1",
    "CenId": "cen-1",
    "CenOwnerId": 7,
}
_OF_CEN: dict[str, Any] = {"InstanceId": "VPC of gateways", "InstanceType": "VPC"}
MORE: dict[str, dict[str, Any]] = {
    "AssociateRouteTableWithGateway": {"RouteTableId": "gateway table", "GatewayType": "Ipv6Gateway"},
    "DissociateRouteTableFromGateway": {
        "RouteTableId": "used gateway table", "GatewayId": "gateway with a table",
    },
    "DetachDhcpOptionsSetFromVpc": {"DhcpOptionsSetId": "attached set", "VpcId": "VPC of gateways"},
    "ReplaceVpcDhcpOptionsSet": {"VpcId": "VPC of gateways"},
    "GrantInstanceToCen": _OF_CEN,
    "RevokeInstanceFromCen": {**_OF_CEN, "CenId": "cen-2"},
    "DescribeGrantRulesToCen": _OF_CEN,
    "CreateVSwitchCidrReservation": {
        "VSwitchId": "vSwitch to reserve in", "VSwitchCidrReservationCidr": "172.16.7.64/26",
        "VSwitchCidrReservationMask": "26",
    },
    "CreateFlowLog": {"ResourceType": "VPC", "ResourceId": "VPC of gateways"},
}  # fmt: skip
"""What their actions need besides, or instead."""
