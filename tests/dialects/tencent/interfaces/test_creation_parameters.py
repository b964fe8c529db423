"""The edges of every parameter with which a network interface is created."""

from typing import Any

import pytest
from tests.dialects.tencent.interfaces.outcomes import (
    CREATE,
    outcome,
)

WRONG, RANGE = "InvalidParameterValue", "InvalidParameterValue.Range"
LONG, MANY = "InvalidParameterValue.TooLong", "InvalidParameterValue.LimitExceeded"
FORM, TYPE = "InvalidParameterValue.Malformed", "InvalidParameter"
KEY, VALUE = "InvalidParameterValue.TagInvalidKey", "InvalidParameterValue.TagInvalidVal"
RESERVED = "UnsupportedOperation.TagSystemReservedTagKey"


def tag(key: str, value: str = "v") -> dict[str, Any]:
    return {"Tags": [{"Key": key, "Value": value}]}


def tags(count: int) -> dict[str, Any]:
    return {"Tags": [{"Key": f"k{number}", "Value": "v"} for number in range(count)]}


def addresses(*texts: str) -> dict[str, Any]:
    return {"PrivateIpAddresses": [{"PrivateIpAddress": text} for text in texts]}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"NetworkInterfaceName": "n"}, "OK"),
        ({"NetworkInterfaceName": ""}, WRONG),
        ({"NetworkInterfaceName": "\u540d" * 60}, "OK"),
        ({"NetworkInterfaceName": "n" * 61}, LONG),
        ({"NetworkInterfaceName": 7}, TYPE),
        ({"NetworkInterfaceDescription": ""}, "OK"),
        ({"NetworkInterfaceDescription": "d" * 60}, "OK"),
        ({"NetworkInterfaceDescription": "d" * 61}, LONG),
        ({"ClientToken": "t" * 64}, "OK"),
        ({"ClientToken": "t" * 65}, LONG),
        ({"ClientToken": "\u6807"}, FORM),
        ({"QosLevel": "PT"}, "OK"),
        ({"QosLevel": "AU"}, "OK"),
        ({"QosLevel": "AG"}, "OK"),
        ({"QosLevel": "DEFAULT"}, "OK"),
        ({"QosLevel": "pt"}, WRONG),
        ({"TrunkingFlag": "Enable"}, "OK"),
        ({"TrunkingFlag": "Disable"}, "OK"),
        ({"TrunkingFlag": "enable"}, WRONG),
        ({"SecondaryPrivateIpAddressCount": 0}, "OK"),
        ({"SecondaryPrivateIpAddressCount": -1}, RANGE),
        ({"SecondaryPrivateIpAddressCount": 49}, "OK"),
        ({"SecondaryPrivateIpAddressCount": 50}, "LimitExceeded"),
        ({"SecondaryPrivateIpAddressCount": "nine"}, TYPE),
        ({"SecondaryPrivateIpAddressCount": 1.5}, TYPE),
        ({"SecondaryPrivateIpAddressCount": True}, TYPE),
        (addresses(*(f"10.0.0.{n}" for n in range(2, 12))), "OK"),
        (addresses(*(f"10.0.0.{n}" for n in range(2, 13))), MANY),
        (addresses("10.0.0.1"), "InvalidParameterValue.Reserved"),
        (addresses("10.0.0.2"), "OK"),
        (addresses("10.0.0.254"), "OK"),
        (addresses("10.0.0.255"), "InvalidParameterValue.Reserved"),
        (addresses("10.0.1.2"), RANGE),
        (addresses("10.0.0.2/32"), FORM),
        (addresses("10.0.0.02"), FORM),
        ({"PrivateIpAddresses": [{"Description": "d" * 60}]}, "OK"),
        ({"PrivateIpAddresses": [{"Description": "d" * 61}]}, LONG),
        ({"PrivateIpAddresses": [{"Primary": "maybe"}]}, TYPE),
        ({"PrivateIpAddresses": [{"Colour": "red"}]}, "UnknownParameter"),
        ({"PrivateIpAddresses": ["10.0.0.9"]}, TYPE),
        ({"PrivateIpAddresses": "10.0.0.9"}, TYPE),
        ({"Ipv6AddressCount": 10}, "OK"),
        ({"Ipv6AddressCount": 11}, RANGE),
        ({"Ipv6Addresses": [{"Address": "2001:db8::1"}] * 11}, MANY),
        ({"Ipv6Addresses": [{}]}, "MissingParameter"),
        ({"SecurityGroupIds": []}, "OK"),
        ({"SecurityGroupIds": "sg-12345678"}, TYPE),
        ({"SecurityGroupIds": ["sg-1"]}, FORM),
        ({"SecurityGroupIds": ["SG-12345678"]}, FORM),
        ({"VpcId": "vpc-12345"}, FORM),
        ({"SubnetId": "subnet_12345678"}, FORM),
        (tag("k" * 127), "OK"),
        (tag("k" * 128), "InvalidParameterValue.TagInvalidKeyLen"),
        (tag("\u952e 1_+-=.:/@()"), "OK"),
        (tag("a&b"), KEY),
        (tag(""), KEY),
        (tag("qcs:a"), RESERVED),
        (tag("project:a"), RESERVED),
        (tag("a", "v" * 255), "OK"),
        (tag("a", "v" * 256), VALUE),
        (tag("a", "a|b"), VALUE),
        (tag("a", ""), "OK"),
        (tags(50), "OK"),
        (tags(51), "LimitExceeded.TagKeyPerResourceExceeded"),
        (tags(100), "LimitExceeded.TagKeyPerResourceExceeded"),
        (tags(101), "LimitExceeded.TagTagsExceeded"),
        ({"IsRdma": "true"}, "OK"),
        ({"IsRdma": "some"}, TYPE),
        ({"TerminationProtection": "1"}, "OK"),
        ({"TerminationProtection": 1}, TYPE),
        ({"TerminationProtection": 2}, TYPE),
        ({"TrafficProtection": "false"}, "OK"),
        ({"Description": "d"}, "UnknownParameter"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_at_the_edge_is_taken_and_what_is_past_it_refused(account, params, expected):
    good = (
        account.ipv6_interface_params()
        if any(name.startswith("Ipv6") for name in params)
        else account.interface_params()
    )
    assert outcome(account, CREATE, **{**good, **params}) == expected
