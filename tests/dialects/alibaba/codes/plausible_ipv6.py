"""IPv6 addresses, with and without Internet bandwidth, for the plausible requests."""

from collections.abc import Callable
from typing import Any

from tests.dialects.alibaba.sdk_models import VPC


def with_ipv6(call: Callable[..., dict[str, Any]]) -> dict[str, str]:
    """Make free addresses in a VPC with a gateway, one of them with an egress rule; return their ids."""
    vpc_id = call("CreateVpc", VPC, CidrBlock="10.0.0.0/8", EnableIpv6=True)["VpcId"]
    place = {"VpcId": vpc_id, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/16"}
    vswitch = call("CreateVSwitch", VPC, Ipv6CidrBlock=0, **place)["VSwitchId"]
    gateway = call("CreateIpv6Gateway", VPC, VpcId=vpc_id)["Ipv6GatewayId"]
    plain, public, ruled = (
        call("AllocateIpv6Address", VPC, VSwitchId=vswitch)["Ipv6AddressId"] for _ in "123"
    )
    widths = [
        call("AllocateIpv6InternetBandwidth", VPC, Ipv6AddressId=each, Bandwidth=5)["InternetBandwidthId"]
        for each in (public, ruled)
    ]
    rule = {"Ipv6GatewayId": gateway, "InstanceId": ruled}
    return {
        "gateway of IPv6": gateway,
        "plain IPv6": plain,
        "public IPv6": public,
        "IPv6 bandwidth": widths[0],
        "egress-only rule": call("CreateIpv6EgressOnlyRule", VPC, **rule)["Ipv6EgressRuleId"],
    }


VALUES = {"Ipv6AddressId": "plain IPv6", "Ipv6EgressOnlyRuleId": "egress-only rule"}
"""Which of them a parameter names."""
MORE: dict[str, dict[str, Any]] = {
    "AllocateIpv6InternetBandwidth": {"Ipv6AddressId": "plain IPv6", "Bandwidth": 7},
    "ModifyIpv6InternetBandwidth": {"Ipv6InternetBandwidthId": "IPv6 bandwidth", "Bandwidth": 7},
    "DeleteIpv6InternetBandwidth": {"Ipv6InternetBandwidthId": "IPv6 bandwidth"},
    "ModifyIpv6AddressAttribute": {"Ipv6AddressId": "plain IPv6"},
    "ReleaseIpv6Address": {"Ipv6AddressId": "plain IPv6"},
    "CreateIpv6EgressOnlyRule": {"Ipv6GatewayId": "gateway of IPv6", "InstanceId": "public IPv6"},
    "DeleteIpv6EgressOnlyRule": {"Ipv6EgressOnlyRuleId": "egress-only rule"},
    "DescribeIpv6EgressOnlyRules": {"Ipv6GatewayId": "gateway of IPv6"},
}
"""What the actions on IPv6 addresses need."""
