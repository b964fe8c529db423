"""Instances that are not run."""

import pytest

from duolect_core.invariants import check

PRIMARY = {"InstanceType": "Primary", "VSwitchId": "vsw-1", "SecurityGroupId": "sg-1"}
ALONE = {"VSwitchId": None, "SecurityGroupId": None}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceType": None}, ("MissingParameter", 400)),
        ({"ImageId": None}, ("MissingParameter", 400)),
        ({"SecurityGroupId": None}, ("MissingParameter", 400)),
        ({"VSwitchId": None}, ("OperationDenied.InvalidNetworkType", 403)),
        (
            {"InstanceType": "ecs.none", "Amount": 2, "MinAmount": 1},
            ("InvalidInstanceType.ValueNotSupported", 403),
        ),
        ({"InstanceType": "ecs.none"}, ("InvalidInstanceType.ValueNotSupported", 403)),
        ({"VSwitchId": "vsw-none"}, ("InvalidVSwitchId.NotFound", 404)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
        ({"SecurityGroupIds": ["sg-1"]}, ("InvalidParameter.Conflict", 400)),
        ({"ZoneId": "cn-hangzhou-k"}, ("InvalidVSwitchId.NotFound", 404)),
        ({"ResourceGroupId": "none"}, ("InvalidResourceGroup.NotFound", 404)),
        ({"PrivateIpAddress": "10.0.9.9"}, ("InvalidPrivateIpAddress", 400)),
        ({"PrivateIpAddress": "10.0.0.255"}, ("InvalidPrivateIpAddress", 400)),
        ({"PrivateIpAddress": "ten"}, ("InvalidPrivateIpAddress", 400)),
        ({"Amount": 0}, ("InvalidParameter", 400)),
        ({"Amount": 101}, ("InvalidParameter", 400)),
        ({"Amount": 1, "MinAmount": 2}, ("InvalidParameter", 400)),
        ({"InstanceName": "1st"}, ("InvalidInstanceName.Malformed", 400)),
        ({"Description": "http://x"}, ("InvalidDescription.Malformed", 400)),
        ({"HostName": "a_b"}, ("InvalidHostName.Malformed", 400)),
        ({"HostNames": ["ok", "a_b"]}, ("InvalidHostName.Malformed", 400)),
        ({"HostNames": ["one", "two"]}, ("InvalidParameter", 400)),
        ({"HostName": "one", "HostNames": ["one"]}, ("InvalidParameter.Conflict", 400)),
        ({"Password": "short"}, ("InvalidPassword.Malformed", 400)),
        ({"Password": "allsmall1"}, ("InvalidPassword.Malformed", 400)),
        ({"Password": "/Slash-0000"}, ("InvalidPassword.Malformed", 400)),
        ({"Ipv6Address": ["::zz"]}, ("InvalidParameter", 400)),
        ({"Ipv6Address": ["::1"], "Ipv6AddressCount": 1}, ("InvalidParameter.Conflict", 400)),
        ({"Ipv6Address": ["::1"], "Amount": 2}, ("InvalidParam.SecondaryNetworkInterface", 400)),
        ({"Ipv6AddressCount": 1}, ("InvalidVSwitch.Ipv6NotTurnOn", 403)),
        ({"NetworkInterfaceQueueNumber": 64}, ("InvalidOperation.MaxEniQueueNumberExceeded", 403)),
        ({"InternetMaxBandwidthOut": 101}, ("InvalidParameter", 400)),
        ({"NetworkInterface": [{"InstanceType": "Third"}]}, ("InvalidParameter.EniType", 403)),
        ({"NetworkInterface": [PRIMARY, PRIMARY]}, ("InvalidParameter.NetworkInterface", 403)),
        ({"NetworkInterface": [PRIMARY]}, ("InvalidParameter.Combination", 403)),
        (
            {**ALONE, "Amount": 2, "NetworkInterface": [{**PRIMARY, "PrimaryIpAddress": "10.0.0.9"}]},
            ("InvalidPrimaryIpAddress.SizeInvalid", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "DeleteOnRelease": False}]},
            ("UnsupportedParameter", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "NetworkInterfaceTrafficMode": "HighPerformance"}]},
            ("UnsupportedParameter", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "NetworkInterfaceTrafficMode": "Fast"}]},
            ("InvalidParameter.EniTrafficMode", 403),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "QueuePairNumber": 1}]},
            ("InvalidParameter.QueuePairNumberMustEmpty", 403),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "RxQueueSize": 8192}]},
            ("InvalidParameter", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "SecondaryPrivateIpAddressCount": 50}]},
            ("InvalidParam.IpCount", 403),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "NetworkCardIndex": 1}]},
            ("InvalidParameter.NetworkCardIndexInvalid", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "NetworkInterfaceId": "eni-1"}]},
            ("InvalidParameter.NetworkInterface", 403),
        ),
        ({"Tag": [{"Key": "acs:x"}]}, ("InvalidTagKey.Malformed", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
        ({"DryRun": True, "VSwitchId": "vsw-none"}, ("InvalidVSwitchId.NotFound", 404)),
    ],
)
def test_instances_are_refused_for_what_is_wrong_with_them(account, wrong, refusal):
    assert account.refusal("RunInstances", **account.instance_params(**wrong)) == refusal


def test_an_address_in_use_is_refused(account):
    account.run_instances(PrivateIpAddress="10.0.0.9")
    assert account.refusal("RunInstances", **account.instance_params(PrivateIpAddress="10.0.0.9")) == (
        "InvalidPrivateIpAddress.Duplicated",
        400,
    )


def test_a_group_of_another_vpc_is_refused(account):
    other = account.add_group(account.add_ipv6_subnet())
    assert account.refusal("RunInstances", **account.instance_params(SecurityGroupId=other.id)) == (
        "InvalidParameter.Mismatch",
        400,
    )


def test_more_addresses_than_the_type_allows_are_refused(account):
    interface = {**PRIMARY, "VSwitchId": account.subnet.id, "SecurityGroupId": account.group.id}
    interface["SecondaryPrivateIpAddressCount"] = 6
    assert account.refusal(
        "RunInstances", **account.instance_params(**ALONE, NetworkInterface=[interface])
    ) == (
        "InvalidParam.IpCount",
        403,
    )
    subnet = account.add_ipv6_subnet()
    wanted = {
        "VSwitchId": subnet.id,
        "SecurityGroupId": account.add_group(subnet).id,
        "Ipv6AddressCount": 7,
    }
    assert account.refusal("RunInstances", **account.instance_params(**wanted)) == (
        "InvalidParam.IpCount",
        403,
    )


def test_a_repeated_token_runs_instances_once(account):
    first = account.run_instances(Amount=2, ClientToken="t")
    assert account.run_instances(Amount=2, ClientToken="t") == first
    assert len(account.describe_instances()) == 2
    assert account.refusal("RunInstances", **account.instance_params(ClientToken="t", Amount=3)) == (
        "IdempotentParameterMismatch",
        400,
    )
    assert check(account.partition) == []
