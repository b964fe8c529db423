"""Secondary addresses and prefixes of Alibaba Cloud's network interfaces."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

ASSIGN, UNASSIGN = "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"
ASSIGN6, UNASSIGN6 = "AssignIpv6Addresses", "UnassignIpv6Addresses"
ALL = pytest.mark.parametrize("action", [ASSIGN, UNASSIGN, ASSIGN6, UNASSIGN6])
GOOD = {
    ASSIGN: {"PrivateIpAddress": ["10.0.0.9"]},
    UNASSIGN: {"PrivateIpAddress": ["10.0.0.9"]},
    ASSIGN6: {"Ipv6AddressCount": 1},
    UNASSIGN6: {"Ipv6Address": ["2408::9"]},
}


def assign(account, interface_id, **params):
    answer = account.call(ASSIGN, NetworkInterfaceId=interface_id, **params)[
        "AssignedPrivateIpAddressesSet"
    ]
    assert answer["NetworkInterfaceId"] == interface_id
    return answer


def assigned(account, interface_id, **params):
    return assign(account, interface_id, **params)["PrivateIpSet"]["PrivateIpAddress"]


def assigned6(account, interface_id, **params):
    answer = account.call(ASSIGN6, NetworkInterfaceId=interface_id, **params)
    assert answer["NetworkInterfaceId"] == interface_id
    return answer["Ipv6Sets"]["Ipv6Address"] + answer["Ipv6PrefixSets"]["Ipv6Prefix"]


def refused(account, action, interface_id, **params):
    return account.refusal(action, NetworkInterfaceId=interface_id, **params)


def secondaries(account, interface_id):
    return [
        each["PrivateIpAddress"]
        for each in account.describe_interface(interface_id)["PrivateIpSets"]["PrivateIpSet"]
        if not each["Primary"]
    ]


def ipv6_of(account, interface_id):
    return [each["Ipv6Address"] for each in account.describe_interface(interface_id)["Ipv6Sets"]["Ipv6Set"]]


def free(account, subnet=None):
    (shown,) = account.call("DescribeVSwitches", VSwitchId=(subnet or account.subnet).id)["VSwitches"][
        "VSwitch"
    ]
    return shown["AvailableIpAddressCount"]


def ipv6_interface(account):
    """Return the id of an interface in a vSwitch with IPv6, and the vSwitch's IPv6 block."""
    good = account.ipv6_interface_params()
    return account.create_interface(**good), account.partition.graph.subnets[good["VSwitchId"]].ipv6_block


# -- IPv4 -------------------------------------------------------------------------------------------------


def test_named_addresses_are_assigned_in_the_order_of_the_request(account):
    interface_id = account.create_interface(PrimaryIpAddress="10.0.0.5", PrivateIpAddress=["10.0.0.6"])
    params = ["10.0.0.30", "10.0.0.10", "10.0.0.20"]
    assert assigned(account, interface_id, PrivateIpAddress=params) == params
    assert secondaries(account, interface_id) == ["10.0.0.6", *params]


def test_a_number_of_addresses_is_drawn_from_the_vswitch(account):
    interface_id = account.create_interface()
    drawn = assigned(account, interface_id, SecondaryPrivateIpAddressCount=3)
    assert len(set(drawn)) == 3
    assert secondaries(account, interface_id) == drawn
    assert assign(account, interface_id, SecondaryPrivateIpAddressCount=1)["Ipv4PrefixSet"] == {
        "Ipv4Prefixes": []
    }


def test_prefixes_are_assigned_by_name_and_by_number(account):
    interface_id = account.create_interface()
    named = assign(account, interface_id, Ipv4Prefix=["10.0.0.64/28", "10.0.0.32/28"])
    assert named["Ipv4PrefixSet"]["Ipv4Prefixes"] == ["10.0.0.64/28", "10.0.0.32/28"]
    assert named["PrivateIpSet"]["PrivateIpAddress"] == []
    (drawn,) = assign(account, interface_id, Ipv4PrefixCount=1)["Ipv4PrefixSet"]["Ipv4Prefixes"]
    shown = account.describe_interface(interface_id)["Ipv4PrefixSets"]["Ipv4PrefixSet"]
    assert [each["Ipv4Prefix"] for each in shown] == ["10.0.0.64/28", "10.0.0.32/28", drawn]


def test_the_free_addresses_of_a_vswitch_fall_and_rise_with_use(account):
    interface_id = account.create_interface()
    before = free(account)
    drawn = assigned(account, interface_id, SecondaryPrivateIpAddressCount=4)
    assign(account, interface_id, Ipv4Prefix=["10.0.0.64/28"])
    assert free(account) == before - 4 - 16
    account.call(UNASSIGN, NetworkInterfaceId=interface_id, PrivateIpAddress=drawn[:3])
    account.call(UNASSIGN, NetworkInterfaceId=interface_id, Ipv4Prefix=["10.0.0.64/28"])
    assert free(account) == before - 1
    assert secondaries(account, interface_id) == drawn[3:]
    assert account.describe_interface(interface_id)["Ipv4PrefixSets"] == {"Ipv4PrefixSet": []}


def test_an_address_that_was_taken_away_can_be_assigned_elsewhere(account):
    one, other = account.create_interface(PrivateIpAddress=["10.0.0.9"]), account.create_interface()
    account.call(UNASSIGN, NetworkInterfaceId=one, PrivateIpAddress=["10.0.0.9"])
    assert assigned(account, other, PrivateIpAddress=["10.0.0.9"]) == ["10.0.0.9"]


def test_a_repeated_token_assigns_once(account):
    interface_id = account.create_interface()
    params = {"SecondaryPrivateIpAddressCount": 2, "ClientToken": "once"}
    first = assigned(account, interface_id, **params)
    assert assigned(account, interface_id, **params) == first
    assert secondaries(account, interface_id) == first
    other = {**params, "SecondaryPrivateIpAddressCount": 3}
    assert refused(account, ASSIGN, interface_id, **other) == ("IdempotentParameterMismatch", 400)


def test_an_attached_interface_holds_what_its_instance_type_allows(account):
    interface_id = account.attach(account.create_interface(), account.add_instance())
    full = ("InvalidOperation.Ipv4CountExceeded", 403)
    assert refused(account, ASSIGN, interface_id, SecondaryPrivateIpAddressCount=6) == full
    assert len(assigned(account, interface_id, SecondaryPrivateIpAddressCount=4)) == 4
    assign(account, interface_id, Ipv4PrefixCount=1)
    assert refused(account, ASSIGN, interface_id, SecondaryPrivateIpAddressCount=1) == full
    assert refused(account, ASSIGN, interface_id, Ipv4PrefixCount=1) == full


def test_an_available_interface_holds_fifty_addresses(account):
    interface_id = account.create_interface()
    full = ("MaxEniPrivateIpsCountExceeded", 403)
    assert refused(account, ASSIGN, interface_id, SecondaryPrivateIpAddressCount=50) == full
    assert refused(account, ASSIGN, interface_id, SecondaryPrivateIpAddressCount=1001) == full
    assert len(assigned(account, interface_id, SecondaryPrivateIpAddressCount=49)) == 49
    assert refused(account, ASSIGN, interface_id, SecondaryPrivateIpAddressCount=1) == full


def test_a_primary_interface_takes_addresses_while_its_instance_is_steady(account):
    primary = account.primary_interface_id(account.add_instance())
    assert assigned(account, primary, PrivateIpAddress=["10.0.0.9"]) == ["10.0.0.9"]
    account.call(UNASSIGN, NetworkInterfaceId=primary, PrivateIpAddress=["10.0.0.9"])
    assert assigned(
        account,
        account.primary_interface_id(account.add_stopped_instance()),
        SecondaryPrivateIpAddressCount=1,
    )


@ALL
def test_the_primary_interface_of_an_instance_on_its_way_is_refused(account, action):
    primary = account.primary_interface_id(account.add_starting_instance())
    assert refused(account, action, primary, **GOOD[action]) == ("InvalidOperation.InvalidEcsState", 400)


@ALL
def test_an_interface_on_its_way_is_refused(account, action):
    interface_id, instance = account.create_interface(), account.add_instance()
    account.call("AttachNetworkInterface", **account.attachment_params(interface_id, instance))
    assert refused(account, action, interface_id, **GOOD[action]) == (
        "InvalidOperation.InvalidEniState",
        400,
    )


@ALL
def test_an_interface_that_is_not_there_or_not_the_callers_is_refused(account, action):
    assert refused(account, action, "eni-none", **GOOD[action]) == ("InvalidEniId.NotFound", 404)
    managed = account.add_managed_interface()
    refusal = ("InvalidOperation.EniServiceManaged", 403)
    assert refused(account, action, managed, **GOOD[action]) == refusal


@pytest.mark.parametrize(
    ("action", "refusal"),
    [
        (ASSIGN, ("InvalidParameter", 400)),
        (UNASSIGN, ("InvalidEniId.Malformed", 400)),
        (ASSIGN6, ("InvalidParams.EniId", 400)),
        (UNASSIGN6, ("InvalidParams.EniId", 400)),
    ],
)
def test_an_id_that_is_none_is_refused(account, action, refusal):
    assert refused(account, action, "interface", **GOOD[action]) == refusal


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({}, ("MissingParameter", 400)),
        ({"SecondaryPrivateIpAddressCount": 0}, ("InvalidParameter", 400)),
        ({"SecondaryPrivateIpAddressCount": -1}, ("InvalidParameter", 400)),
        ({"SecondaryPrivateIpAddressCount": "some"}, ("InvalidParameter", 400)),
        ({"Ipv4PrefixCount": 11}, ("InvalidParameter", 400)),
        ({"Ipv4Prefix": ["10.0.0.16/28"] * 11}, ("InvalidParameter", 400)),
        ({"SecondaryPrivateIpAddressCount": 1, "ClientToken": "x" * 65}, ("InvalidParameter", 400)),
        (
            {"PrivateIpAddress": ["10.0.0.9"], "SecondaryPrivateIpAddressCount": 1},
            ("InvalidParameter.Conflict", 400),
        ),
        ({"Ipv4Prefix": ["10.0.0.16/28"], "Ipv4PrefixCount": 1}, ("InvalidParameter.Conflict", 400)),
        (
            {"PrivateIpAddress": ["10.0.0.9"], "Ipv4Prefix": ["10.0.0.16/28"]},
            ("InvalidParameter.Conflict", 400),
        ),
        ({"PrivateIpAddress": ["10.0.0"]}, ("InvalidVSwitchId.IpInvalid", 403)),
        ({"PrivateIpAddress": ["10.0.1.9"]}, ("InvalidVSwitchId.IpInvalid", 403)),
        ({"PrivateIpAddress": ["10.0.0.253"]}, ("InvalidVSwitchId.IpInvalid", 403)),
        ({"PrivateIpAddress": ["10.0.0.17"]}, ("InvalidIp.IpAssigned", 403)),
        ({"PrivateIpAddress": ["10.0.0.9", "10.0.0.9"]}, ("InvalidIp.IpRepeated", 403)),
        ({"Ipv4Prefix": ["10.0.0.16/28"]}, ("InvalidIp.IpAssigned", 403)),
        ({"Ipv4Prefix": ["10.0.0.32/27"]}, ("InvalidIp.IpPrefixMaskInvalid", 403)),
        ({"Ipv4Prefix": ["10.0.0.33/28"]}, ("InvalidIp.IpPrefixNotStrict", 403)),
        ({"Ipv4Prefix": ["10.0.0.32"]}, ("InvalidIp.IpPrefixIllegal", 403)),
        ({"Ipv4Prefix": ["10.0.1.32/28"]}, ("InvalidIp.IpPrefixIllegal", 403)),
    ],
)
def test_a_request_for_ipv4_that_cannot_be_granted_is_refused(account, wrong, refusal):
    interface_id = account.create_interface(PrimaryIpAddress="10.0.0.17")
    assert refused(account, ASSIGN, interface_id, **wrong) == refusal


def test_a_vswitch_that_is_used_up_refuses_more(account):
    small = account.add_subnet(block="10.0.1.0/29")
    interface_id = account.create_interface(VSwitchId=small.id)
    assert free(account, small) == 3
    exhausted = ("InvalidVSwitchId.IpNotEnough", 403)
    assert refused(account, ASSIGN, interface_id, SecondaryPrivateIpAddressCount=4) == exhausted
    assigned(account, interface_id, SecondaryPrivateIpAddressCount=3)
    assert free(account, small) == 0


def test_a_full_security_group_refuses_more_addresses():
    account = AlibabaAccount.furnished(quotas={"basic_group_members": 3})
    interface_id = account.create_interface()
    refusal = ("SecurityGroupInstanceLimitExceed", 403)
    assert refused(account, ASSIGN, interface_id, SecondaryPrivateIpAddressCount=3) == refusal
    assert len(assigned(account, interface_id, SecondaryPrivateIpAddressCount=2)) == 2


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({}, ("MissingParameter", 403)),
        (
            {"PrivateIpAddress": ["10.0.0.9"], "Ipv4Prefix": ["10.0.0.32/28"]},
            ("InvalidParameter.Conflict", 400),
        ),
        ({"PrivateIpAddress": ["10.0.0.9"] * 33}, ("InvalidParameter", 400)),
        ({"Ipv4Prefix": ["10.0.0.32/28"] * 11}, ("InvalidParameter", 400)),
        ({"PrivateIpAddress": ["nine"]}, ("InvalidPrivateIpAddress.Malformed", 403)),
        ({"PrivateIpAddress": ["10.0.1.9"]}, ("InvalidVSwitchId.IpInvalid", 403)),
        ({"PrivateIpAddress": ["10.0.0.10"]}, ("InvalidIp.IpUnassigned", 403)),
        ({"PrivateIpAddress": ["10.0.0.7"]}, ("InvalidIp.IpUnassigned", 403)),
        ({"PrivateIpAddress": ["10.0.0.9", "10.0.0.9"]}, ("InvalidIp.IpRepeated", 403)),
        ({"Ipv4Prefix": ["10.0.0.64/28"]}, ("InvalidIp.IpUnassigned", 403)),
        ({"Ipv4Prefix": ["10.0.0.32/27"]}, ("InvalidIp.IpPrefixMaskInvalid", 403)),
        ({"Ipv4Prefix": ["10.0.0.32/28", "10.0.0.64/27"]}, ("InvalidIp.IpPrefixMaskNotSame", 403)),
        ({"Ipv4Prefix": ["10.0.0.33/28"]}, ("InvalidIp.IpPrefixNotStrict", 403)),
        ({"Ipv4Prefix": ["thirty-two"]}, ("InvalidIp.IpPrefixIllegal", 403)),
    ],
)
def test_what_cannot_be_taken_away_is_refused(account, wrong, refusal):
    interface_id = account.create_interface(PrimaryIpAddress="10.0.0.7", PrivateIpAddress=["10.0.0.9"])
    assigned(account, interface_id, Ipv4Prefix=["10.0.0.32/28"])
    assert refused(account, UNASSIGN, interface_id, **wrong) == refusal


# -- IPv6 -------------------------------------------------------------------------------------------------


def test_ipv6_addresses_are_assigned_in_the_order_of_the_request_and_taken_away(account):
    interface_id, block = ipv6_interface(account)
    params = [str(block[0x30]), str(block[0x10])]
    assert assigned6(account, interface_id, Ipv6Address=params) == params
    (drawn,) = assigned6(account, interface_id, Ipv6AddressCount=1)
    assert ipv6_of(account, interface_id) == [*params, drawn]
    account.call(UNASSIGN6, NetworkInterfaceId=interface_id, Ipv6Address=[params[0], drawn])
    assert ipv6_of(account, interface_id) == [params[1]]


def test_ipv6_prefixes_are_assigned_and_taken_away(account):
    interface_id, block = ipv6_interface(account)
    named = f"{block[5 << 48]}/80"
    assert assigned6(account, interface_id, Ipv6Prefix=[named]) == [named]
    (drawn,) = assigned6(account, interface_id, Ipv6PrefixCount=1)
    shown = account.describe_interface(interface_id)["Ipv6PrefixSets"]["Ipv6PrefixSet"]
    assert [each["Ipv6Prefix"] for each in shown] == [named, drawn]
    account.call(UNASSIGN6, NetworkInterfaceId=interface_id, Ipv6Prefix=[drawn, named])
    assert account.describe_interface(interface_id)["Ipv6PrefixSets"] == {"Ipv6PrefixSet": []}


def test_a_repeated_token_assigns_ipv6_once(account):
    interface_id, _ = ipv6_interface(account)
    params = {"Ipv6AddressCount": 1, "ClientToken": "once"}
    assert assigned6(account, interface_id, **params) == assigned6(account, interface_id, **params)
    assert len(ipv6_of(account, interface_id)) == 1
    other = {**params, "Ipv6AddressCount": 2}
    assert refused(account, ASSIGN6, interface_id, **other) == ("IdempotentParameterMismatch", 400)


def test_an_available_interface_holds_ten_ipv6_addresses(account):
    interface_id, _ = ipv6_interface(account)
    assigned6(account, interface_id, Ipv6AddressCount=10)
    assert refused(account, ASSIGN6, interface_id, Ipv6AddressCount=1) == (
        "MaxEniIpv6IpsCountExceeded",
        403,
    )


def test_an_attached_interface_holds_as_much_ipv6_as_its_instance_type_allows(account):
    subnet = account.add_ipv6_subnet()
    group = account.add_group(subnet)
    where = {"VSwitchId": subnet.id, "SecurityGroupId": group.id}
    one = account.attach(account.create_interface(**where), account.add_instance(subnet))
    refusal = ("InvalidOperation.Ipv6CountExceeded", 403)
    assert refused(account, ASSIGN6, one, Ipv6AddressCount=7) == refusal
    assert len(assigned6(account, one, Ipv6AddressCount=6)) == 6
    old = account.primary_interface_id(account.add_instance(subnet, "ecs.n4.small"))
    assert refused(account, ASSIGN6, old, Ipv6AddressCount=1) == ("InvalidOperation.Ipv6NotSupport", 403)


def test_a_vswitch_without_ipv6_grants_none(account):
    refusal = ("InvalidVSwitch.Ipv6NotTurnOn", 403)
    assert refused(account, ASSIGN6, account.create_interface(), Ipv6AddressCount=1) == refusal


def test_an_interface_in_rdma_mode_takes_no_ipv6(account):
    good = account.ipv6_interface_params(NetworkInterfaceTrafficMode="HighPerformance")
    refusal = ("InvalidOperation.EniTrafficModeNotSupportIpv6", 403)
    assert refused(account, ASSIGN6, account.create_interface(**good), Ipv6AddressCount=1) == refusal


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({}, ("MissingParameter", 403)),
        ({"Ipv6AddressCount": 0}, ("InvalidParameter", 400)),
        ({"Ipv6AddressCount": 11}, ("InvalidParameter", 400)),
        ({"Ipv6PrefixCount": 11}, ("InvalidParameter", 400)),
        ({"Ipv6Address": ["{9}"], "Ipv6AddressCount": 1}, ("InvalidParameter", 400)),
        ({"Ipv6Prefix": ["{0}/80"], "Ipv6PrefixCount": 1}, ("InvalidParameter", 400)),
        ({"Ipv6Address": ["{9}"], "Ipv6Prefix": ["{0}/80"]}, ("InvalidParameter", 400)),
        ({"Ipv6Address": ["10.0.0.9"]}, ("InvalidIp.Address", 403)),
        ({"Ipv6Address": ["2001:db8::9"]}, ("InvalidIp.Address", 403)),
        ({"Ipv6Address": ["{7}"]}, ("InvalidIp.IpAssigned", 403)),
        ({"Ipv6Address": ["{9}", "{9}"]}, ("InvalidIp.IpRepeated", 403)),
        ({"Ipv6Prefix": ["{0}/64"]}, ("InvalidIp.IpPrefixMaskInvalid", 403)),
        ({"Ipv6Prefix": ["{9}/80"]}, ("InvalidIp.IpPrefixNotStrict", 403)),
    ],
)
def test_a_request_for_ipv6_that_cannot_be_granted_is_refused(account, wrong, refusal):
    interface_id, block = ipv6_interface(account)
    assigned6(account, interface_id, Ipv6Address=[str(block[7])])
    assert refused(account, ASSIGN6, interface_id, **filled(wrong, block)) == refusal


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({}, ("MissingParameter", 403)),
        ({"Ipv6Address": ["{7}"], "Ipv6Prefix": ["{0}/80"]}, ("InvalidParameter", 400)),
        ({"Ipv6Address": ["{7}"] * 11}, ("InvalidParameter", 400)),
        ({"Ipv6Address": ["10.0.0.9"]}, ("InvalidIp.Address", 403)),
        ({"Ipv6Address": ["{9}"]}, ("InvalidIp.IpUnassigned", 403)),
        ({"Ipv6Address": ["{7}", "{7}"]}, ("InvalidIp.IpRepeated", 403)),
        ({"Ipv6Prefix": ["{0}/80"]}, ("InvalidIp.IpUnassigned", 403)),
    ],
)
def test_ipv6_that_cannot_be_taken_away_is_refused(account, wrong, refusal):
    interface_id, block = ipv6_interface(account)
    assigned6(account, interface_id, Ipv6Address=[str(block[7])])
    assert refused(account, UNASSIGN6, interface_id, **filled(wrong, block)) == refusal


def filled(params, block):
    """Return parameters with "{n}" replaced by the n-th address of the block."""
    places = [block[n] for n in range(10)]
    return {
        name: [text.format(*places) for text in value] if isinstance(value, list) else value
        for name, value in params.items()
    }
