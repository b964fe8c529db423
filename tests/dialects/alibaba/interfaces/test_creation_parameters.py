"""The edges of every parameter with which a network interface is created."""

from typing import Any

import pytest
from tests.dialects.alibaba.interfaces.outcomes import CREATE, outcome

INVALID, CONFLICT = "InvalidParameter", "InvalidParameter.Conflict"
NAME, KEY = "InvalidParams.NetworkInterfaceName", "InvalidTagKey.Malformed"
VALUE, TRACKING = "InvalidTagValue.Malformed", "InvalidParameter.EniConnectionTrackingConfiguration"
QUEUES, SIZE = "InvalidParameter.InvalidEniQueueNumber", "InvalidParameter.EniQueueSize"


def tracking(**seconds: int) -> dict[str, Any]:
    return {"ConnectionTrackingConfiguration": seconds}


def tag(key: str, value: str = "v") -> dict[str, Any]:
    return {"Tag": [{"Key": key, "Value": value}]}


def queue_size(receive: int, send: int) -> dict[str, Any]:
    return {"RxQueueSize": receive, "TxQueueSize": send}


def many(count: int) -> dict[str, Any]:
    return {"Tag": [{"Key": f"k{number}", "Value": "v"} for number in range(count)]}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"NetworkInterfaceName": "ab"}, "OK"),
        ({"NetworkInterfaceName": "a"}, NAME),
        ({"NetworkInterfaceName": "a" * 128}, "OK"),
        ({"NetworkInterfaceName": "a" * 129}, NAME),
        ({"NetworkInterfaceName": "a1:_-.z"}, "OK"),
        ({"NetworkInterfaceName": "\u7f51\u5361\u4e00"}, "OK"),
        ({"NetworkInterfaceName": "\u00c5ngstr\u00f6m"}, "OK"),
        ({"NetworkInterfaceName": "http-proxy"}, "OK"),
        ({"NetworkInterfaceName": "http://a"}, NAME),
        ({"NetworkInterfaceName": "https://a"}, NAME),
        ({"NetworkInterfaceName": "1a"}, NAME),
        ({"NetworkInterfaceName": "_a"}, NAME),
        ({"NetworkInterfaceName": "a b"}, NAME),
        ({"NetworkInterfaceName": "a/b"}, NAME),
        ({"Description": "ab"}, "OK"),
        ({"Description": "a"}, INVALID),
        ({"Description": "d" * 256}, "OK"),
        ({"Description": "d" * 257}, INVALID),
        ({"Description": "1: any sign & \u5b57, even\nlines, see http://a"}, "OK"),
        ({"Description": "http://a"}, INVALID),
        ({"Description": "https://a"}, INVALID),
        ({"ClientToken": "t" * 64}, "OK"),
        ({"ClientToken": "t" * 65}, INVALID),
        ({"ClientToken": "\u6807\u8bb0"}, INVALID),
        (tag("k" * 128), "OK"),
        (tag("k" * 129), KEY),
        (tag("aliyun.com"), KEY),
        (tag("acs:a"), KEY),
        (tag("my-aliyun"), "OK"),
        (tag("see http://a"), KEY),
        (tag("see https://a"), KEY),
        (tag("a", "v" * 128), "OK"),
        (tag("a", "v" * 129), VALUE),
        (tag("a", "aliyun.com"), VALUE),
        (tag("a", "acs:a"), VALUE),
        (tag("a", "see http://a"), VALUE),
        (tag("\u952e", "\u503c"), "OK"),
        (many(20), "OK"),
        (many(21), "QuotaExceed.Tags"),
        (many(101), "QuotaExceed.Tags"),
        ({"SecondaryPrivateIpAddressCount": 1}, "OK"),
        ({"SecondaryPrivateIpAddressCount": 0}, INVALID),
        ({"SecondaryPrivateIpAddressCount": -1}, INVALID),
        ({"SecondaryPrivateIpAddressCount": 49}, "OK"),
        ({"SecondaryPrivateIpAddressCount": 50}, "MaxEniPrivateIpsCountExceeded"),
        ({"SecondaryPrivateIpAddressCount": 1001}, "MaxEniPrivateIpsCountExceeded"),
        ({"PrivateIpAddress": [f"10.0.0.{n}" for n in range(1, 50)]}, "OK"),
        ({"PrivateIpAddress": [f"10.0.0.{n}" for n in range(1, 51)]}, "MaxEniPrivateIpsCountExceeded"),
        ({"PrimaryIpAddress": "10.0.0.1"}, "OK"),
        ({"PrimaryIpAddress": "10.0.0.0"}, "InvalidVSwitchId.IpInvalid"),
        ({"PrimaryIpAddress": "10.0.0.252"}, "OK"),
        ({"PrimaryIpAddress": "10.0.0.253"}, "InvalidVSwitchId.IpInvalid"),
        ({"PrimaryIpAddress": "010.0.0.9"}, "InvalidVSwitchId.IpInvalid"),
        ({"PrimaryIpAddress": "10.0.0.9/24"}, "InvalidVSwitchId.IpInvalid"),
        ({"Ipv4PrefixCount": 1}, "OK"),
        ({"Ipv4PrefixCount": 0}, INVALID),
        ({"Ipv4PrefixCount": 10}, "OK"),
        ({"Ipv4PrefixCount": 11}, INVALID),
        ({"Ipv6AddressCount": 10}, "OK"),
        ({"Ipv6AddressCount": 0}, INVALID),
        ({"Ipv6AddressCount": 11}, INVALID),
        ({"Ipv6Address": ["2001:db8::9"] * 11}, INVALID),
        ({"Ipv6PrefixCount": 10}, "OK"),
        ({"Ipv6PrefixCount": 11}, INVALID),
        ({"Ipv4Prefix": ["10.0.0.32/28"], "Ipv4PrefixCount": 1}, CONFLICT),
        ({"Ipv6Address": ["2001:db8::9"], "Ipv6AddressCount": 1}, CONFLICT),
        ({"Ipv6Prefix": ["2001:db8::/80"], "Ipv6PrefixCount": 1}, CONFLICT),
        ({"PrivateIpAddress": ["10.0.0.9"], "SecondaryPrivateIpAddressCount": 1}, CONFLICT),
        ({"SecurityGroupIds": ["sg-1"]}, CONFLICT),
        ({"QueueNumber": 1}, "OK"),
        ({"QueueNumber": 0}, QUEUES),
        ({"QueueNumber": 2048}, "OK"),
        ({"QueueNumber": 2049}, QUEUES),
        ({"QueueNumber": "two"}, INVALID),
        (queue_size(8192, 8192), "OK"),
        (queue_size(16384, 16384), "OK"),
        (queue_size(4096, 4096), SIZE),
        (queue_size(32768, 32768), SIZE),
        (queue_size(10000, 10000), SIZE),
        ({"TxQueueSize": 8192}, SIZE),
        (tracking(TcpClosedAndTimeWaitTimeout=3), "OK"),
        (tracking(TcpClosedAndTimeWaitTimeout=2), TRACKING),
        (tracking(TcpClosedAndTimeWaitTimeout=15), "OK"),
        (tracking(TcpClosedAndTimeWaitTimeout=16), TRACKING),
        (tracking(TcpEstablishedTimeout=910), "OK"),
        (tracking(TcpEstablishedTimeout=31), TRACKING),
        (tracking(UdpTimeout=10), "OK"),
        (tracking(UdpTimeout=110), TRACKING),
        ({"NetworkInterfaceTrafficMode": "Standard"}, "OK"),
        ({"NetworkInterfaceTrafficMode": "Fast"}, "InvalidParameter.EniTrafficMode"),
        ({"NetworkInterfaceTrafficMode": "Standard", "QueuePairNumber": 1},
         "InvalidParameter.QueuePairNumberMustEmpty"),
        ({"InstanceType": "Secondary"}, "OK"),
        ({"InstanceType": "Member"}, INVALID),
        ({"DeleteOnRelease": "TRUE"}, "OK"),
        ({"DeleteOnRelease": "yes"}, INVALID),
        ({"ResourceGroupId": "rg-a1"}, "OK"),
        ({"ResourceGroupId": "a1"}, "InvalidResourceGroup.NotFound"),
        ({"EnhancedNetwork": {"EnableSriov": "true", "VirtualFunctionQuantity": 4}}, "OK"),
        ({"EnhancedNetwork": {"EnableSriov": "some"}}, INVALID),
        ({"EnhancedNetwork": {"Colour": "red"}}, "UnsupportedParameter"),
        ({"EnhancedNetwork": "all"}, INVALID),
        ({"Tag": "a"}, INVALID),
        ({"Tag": {"one": {"Key": "a"}}}, INVALID),
        ({"PrivateIpAddress": [["10.0.0.9"]]}, INVALID),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_what_is_at_the_edge_is_taken_and_what_is_past_it_refused(account, params, expected):
    good = (
        account.ipv6_interface_params()
        if any(name.startswith("Ipv6") for name in params)
        else account.interface_params()
    )
    assert outcome(account, CREATE, **{**good, **params}) == expected
