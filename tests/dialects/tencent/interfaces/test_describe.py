"""Lists of network interfaces of Tencent Cloud: their criteria and pages."""

import attrs
import pytest
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.dialects.tencent.interfaces.outcomes import (
    DELETE,
    DESCRIBE,
    listed,
    outcome,
)
from tests.harness import ApiError

WRONG, RANGE = "InvalidParameterValue", "InvalidParameterValue.Range"
LONG, MANY = "InvalidParameterValue.TooLong", "InvalidParameterValue.LimitExceeded"
FORM, TYPE = "InvalidParameterValue.Malformed", "InvalidParameter"


@attrs.frozen
class NamedInterfaces:
    """Four interfaces that differ in everything a filter can name."""

    account: TencentAccount
    ids: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


@pytest.fixture(scope="module")
def interfaces():
    account = TencentAccount.furnished()
    subnet = account.add_ipv6_subnet()
    other = account.add_group()
    instance = account.add_instance()
    web = [{"Key": "team", "Value": "web"}]
    ids = {
        "instance": instance.id,
        "primary": account.primary_interface_id(instance),
        "attached": account.attach(
            account.create_interface(
                NetworkInterfaceName="front one",
                NetworkInterfaceDescription="first of the web",
                PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.123"}],
                Tags=web,
            ),
            instance,
        ),
        "six": account.create_interface(
            VpcId=subnet.network_id,
            SubnetId=subnet.id,
            NetworkInterfaceName="front two",
            SecurityGroupIds=[other.id],
            Ipv6Addresses=[{"Address": str(subnet.ipv6_block[0x99])}],
            Tags=[*web, {"Key": "tier", "Value": "front"}],
            PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.77"}],
        ),
        "guarded": account.create_interface(
            QosLevel="PT",
            TerminationProtection=True,
            TrafficProtection=True,
            PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.23"}, {"PrivateIpAddress": "10.0.0.24"}],
        ),
        "vpc": account.network.id,
        "subnet": account.subnet.id,
        "group": account.group.id,
        "other vpc": subnet.network_id,
        "other subnet": subnet.id,
        "other group": other.id,
        "ipv6": str(subnet.ipv6_block[0x99]),
    }
    return NamedInterfaces(account, ids)


EVERY = ["guarded", "six", "attached", "primary"]
EXACT = ("ip-exact-match", "true")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], EVERY),
        ([("vpc-id", "vpc")], ["guarded", "attached", "primary"]),
        ([("vpc-id", "vpc", "other vpc")], EVERY),
        ([("vpc-id", "vpc-absent01")], []),
        ([("subnet-id", "other subnet")], ["six"]),
        ([("network-interface-id", "six", "primary", "eni-absent01")], ["six", "primary"]),
        ([("attachment.instance-id", "instance")], ["attached", "primary"]),
        ([("attachment.instance-id", "ins-absent01")], []),
        ([("groups.security-group-id", "group")], ["guarded", "attached", "primary"]),
        ([("groups.security-group-id", "other group")], ["six"]),
        ([("network-interface-name", "front")], ["six", "attached"]),
        ([("network-interface-name", "one", "Primary ENI")], ["attached", "primary"]),
        ([("network-interface-description", "web")], ["attached"]),
        ([("address-ip", "10.0.0.23")], ["guarded"]),
        ([("address-ip", "23"), ("vpc-id", "vpc")], ["guarded", "attached"]),
        ([("address-ip", "10.0.0.23"), EXACT], ["guarded"]),
        ([("address-ip", "23"), EXACT], []),
        ([("address-ip", "10.0.0.24", "10.0.0.77")], ["guarded", "six"]),
        ([("address-ip", "24", "77")], []),
        ([("address-ipv6", "ipv6")], ["six"]),
        ([("address-ipv6", "2001:db8::1")], []),
        ([("tag-key", "team")], ["six", "attached"]),
        ([("tag-key", "tier", "absent")], ["six"]),
        ([("tag:team", "web")], ["six", "attached"]),
        ([("tag:team", "db", "web")], ["six", "attached"]),
        ([("tag:team", "web"), ("tag:tier", "front")], ["six"]),
        ([("tag:team", "db")], []),
        ([("is-primary", "true")], ["primary"]),
        ([("is-primary", "false")], ["guarded", "six", "attached"]),
        ([("eni-type", "1")], ["primary"]),
        ([("eni-type", "0", "2")], ["guarded", "six", "attached"]),
        ([("eni-qos", "PT")], ["guarded"]),
        ([("eni-qos", "DEFAULT")], ["six", "attached", "primary"]),
        ([("termination-protection", "true")], ["guarded"]),
        ([("traffic-protection", "true")], ["guarded"]),
        ([("traffic-protection", "false")], ["six", "attached", "primary"]),
        ([("public-address-ip", "1.2.3.4")], []),
        ([("address-type", "EIP")], []),
        ([("vpc-id", "vpc"), ("is-primary", "false"), ("tag-key", "team")], ["attached"]),
    ],
    ids=str,
)
def test_filters_all_hold_and_of_each_one_value_newest_first(interfaces, filters, found):
    asked = [
        {"Name": name, "Values": [interfaces.ids.get(value, value) for value in values]}
        for name, *values in filters
    ]
    ids = listed(interfaces.account, Filters=asked or None)
    assert ids == [interfaces[name] for name in found]
    if asked:
        flat = interfaces.account.client.call(DESCRIBE, style="form", Filters=asked)
        assert [each["NetworkInterfaceId"] for each in flat["NetworkInterfaceSet"]] == ids


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["six", "primary"], ["six", "primary"]),
        (["six", "eni-absent01"], ["six"]),
        (["eni-absent01"], []),
        ([], EVERY),
    ],
    ids=str,
)
def test_unknown_ids_are_left_out(interfaces, ids, found):
    asked = [interfaces.ids.get(each, each) for each in ids]
    assert listed(interfaces.account, NetworkInterfaceIds=asked) == [interfaces[name] for name in found]


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ({"NetworkInterfaceIds": ["eni-1"]}, FORM),
        ({"NetworkInterfaceIds": "eni-12345678"}, TYPE),
        ({"NetworkInterfaceIds": ["eni-12345678"] * 101}, MANY),
        ({"Filters": [{"Name": "colour", "Values": ["red"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Filters": ["vpc-id"]}, "InvalidParameter.FilterNotDict"),
        ({"Filters": [{"Name": "vpc-id", "Values": "vpc-1"}]}, "InvalidParameter.FilterValuesNotList"),
        ({"Filters": [{"Name": "vpc-id"}]}, "MissingParameter"),
        ({"Filters": [{"Name": "vpc-id", "Values": ["a"]}] * 11}, MANY),
        (
            {
                "NetworkInterfaceIds": ["eni-12345678"],
                "Filters": [{"Name": "vpc-id", "Values": ["vpc-12345678"]}],
            },
            "InvalidParameter.Coexist",
        ),
        ({"Limit": 0}, RANGE),
        ({"Limit": 101}, RANGE),
        ({"Offset": -1}, RANGE),
        ({"Limit": "ten"}, TYPE),
        ({"Zone": "ap-guangzhou-3"}, "UnknownParameter"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_criterion_that_cannot_be_read_is_refused(interfaces, criteria, code):
    assert outcome(interfaces.account, DESCRIBE, **criteria) == code


@pytest.fixture(scope="module")
def many_interfaces():
    """Twenty-five interfaces, newest first."""
    account = TencentAccount.furnished()
    return account, [account.begin_to_create_interface() for _ in range(25)][::-1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, slice(0, 20)),
        ({"Offset": 20}, slice(20, 25)),
        ({"Limit": 100}, slice(0, 25)),
        ({"Offset": "3", "Limit": "2"}, slice(3, 5)),
        ({"Offset": 25}, slice(25, 25)),
        ({"Offset": 1_000_000}, slice(25, 25)),
    ],
    ids=str,
)
def test_a_page_is_what_offset_and_limit_say_and_the_count_is_of_all(many_interfaces, asked, found):
    account, every = many_interfaces
    answer = account.client.call(DESCRIBE, **asked)
    assert [each["NetworkInterfaceId"] for each in answer["NetworkInterfaceSet"]] == every[found]
    assert answer["TotalCount"] == 25


def test_an_account_or_region_does_not_see_another(account):
    eni = account.create_interface()
    for stranger in (account.new_client(key="AKIDOTHER"), account.new_client(region="ap-beijing")):
        assert stranger.call(DESCRIBE)["TotalCount"] == 0
        with pytest.raises(ApiError) as refused:
            stranger.call(DELETE, NetworkInterfaceId=eni)
        assert refused.value.code == "ResourceNotFound"


ENI, INSTANCE = "eni-absent01", "ins-absent01"
