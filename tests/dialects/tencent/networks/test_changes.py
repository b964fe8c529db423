"""VPCs and subnets of Tencent Cloud change: names, flags, IPv6 blocks; several subnets at once."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, OTHER_ZONE, ZONE, TencentAccount

UNKNOWN_TABLE = "rtb-absent00"


def show_vpc(account, vpc_id):
    (shown,) = account.call("DescribeVpcs", VpcIds=[vpc_id])["VpcSet"]
    return shown


def show_subnet(account, subnet_id):
    (shown,) = account.call("DescribeSubnets", SubnetIds=[subnet_id])["SubnetSet"]
    return shown


# -- names and flags -------------------------------------------------------------------------------------


def test_a_vpc_is_renamed_and_its_settings_change(account):
    vpc_id = account.create_vpc(DomainName="old", DnsServers=["10.0.0.2"])
    account.call("ModifyVpcAttribute", VpcId=vpc_id, VpcName="new", EnableMulticast="true")
    shown = show_vpc(account, vpc_id)
    assert (shown["VpcName"], shown["EnableMulticast"]) == ("new", True)
    assert (shown["DomainName"], shown["DnsServerSet"]) == ("old", ["10.0.0.2"])
    account.call(
        "ModifyVpcAttribute",
        VpcId=vpc_id,
        DnsServers=["10.0.0.3", "10.0.0.4"],
        DomainName="example.com",
        EnableRouteVpcPublish=True,
        EnableRouteVpcPublishIpv6=True,
        EnableCdcPublish=False,
    )
    shown = show_vpc(account, vpc_id)
    assert shown["DnsServerSet"] == ["10.0.0.3", "10.0.0.4"]
    assert (shown["DomainName"], shown["EnableMulticast"]) == ("example.com", True)
    assert shown["EnableRouteVpcPublish"] is shown["EnableRouteVpcPublishIpv6"] is True


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"VpcId": "v-1"}, "InvalidParameterValue.Malformed"),
        ({"VpcName": "x" * 61}, "InvalidParameterValue.TooLong"),
        ({"DnsServers": ["10.0.0.2"] * 5}, "InvalidParameterValue.LimitExceeded"),
        ({"DnsServers": ["10.0.0"]}, "InvalidParameterValue.Malformed"),
        ({"EnableCdcPublish": True}, "UnsupportedOperation.CdcPublishNeedCdcId"),
        ({"EnableMulticast": "perhaps"}, "InvalidParameter"),
    ],
)
def test_a_vpc_stays_as_it_is_where_a_change_is_wrong(account, wrong, code):
    assert account.refusal("ModifyVpcAttribute", **{"VpcId": account.create_vpc(), **wrong}) == code


def test_a_subnet_is_renamed_and_broadcast_is_switched(account):
    subnet_id = account.create_subnet(account.create_vpc())
    assert show_subnet(account, subnet_id)["EnableBroadcast"] is False
    account.call("ModifySubnetAttribute", SubnetId=subnet_id, SubnetName="new", EnableBroadcast="true")
    shown = show_subnet(account, subnet_id)
    assert (shown["SubnetName"], shown["EnableBroadcast"]) == ("new", True)
    account.call("ModifySubnetAttribute", SubnetId=subnet_id, EnableBroadcast="false")
    shown = show_subnet(account, subnet_id)
    assert (shown["SubnetName"], shown["EnableBroadcast"]) == ("new", False)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"SubnetId": ABSENT["subnet"]}, "ResourceNotFound"),
        ({"SubnetId": "s-1"}, "InvalidParameterValue.Malformed"),
        ({"SubnetName": "x" * 61}, "InvalidParameterValue.TooLong"),
    ],
)
def test_a_subnet_stays_as_it_is_where_a_change_is_wrong(account, wrong, code):
    assert (
        account.refusal(
            "ModifySubnetAttribute", **{"SubnetId": account.create_subnet(account.create_vpc()), **wrong}
        )
        == code
    )


# -- several subnets -------------------------------------------------------------------------------------


def place(octet=0, **changes):
    return {"SubnetName": f"s{octet}", "Zone": ZONE, "CidrBlock": f"10.0.{octet}.0/24", **changes}


def test_several_subnets_are_created_at_once_with_the_same_tags(account):
    vpc_id = account.create_vpc(StackType="DualStack")
    table = show_subnet(account, account.create_subnet(vpc_id, CidrBlock="10.0.9.0/24"))["RouteTableId"]
    whole = show_vpc(account, vpc_id)["Ipv6CidrBlock"]
    created = account.call(
        "CreateSubnets",
        VpcId=vpc_id,
        Subnets=[
            place(0, StackType="DualStack"),
            place(1, Zone=OTHER_ZONE, RouteTableId=table),
            place(2, StackType="DualStack"),
            place(3, Ipv6CidrBlock=whole.replace("00::/56", "09::/64")),
        ],
        Tags=[{"Key": "city", "Value": "shanghai"}],
    )["SubnetSet"]
    assert [each["SubnetName"] for each in created] == ["s0", "s1", "s2", "s3"]
    assert [each["Zone"] for each in created] == [ZONE, OTHER_ZONE, ZONE, ZONE]
    assert {each["RouteTableId"] for each in created} == {table}
    assert [each["Ipv6CidrBlock"] for each in created] == [
        whole.replace("00::/56", "00::/64"),
        "",
        whole.replace("00::/56", "01::/64"),
        whole.replace("00::/56", "09::/64"),
    ]
    assert all(each["TagSet"] == [{"Key": "city", "Value": "shanghai"}] for each in created)
    for each in created:
        shown = show_subnet(account, each["SubnetId"])
        assert {name: shown[name] for name in each} == each


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"CidrBlock": "10.0.0.0/28"}, "InvalidParameterValue.SubnetConflict"),
        ({"CidrBlock": "10.1.0.0/24"}, "InvalidParameterValue.SubnetRange"),
        ({"CidrBlock": "10.0.1.0/29"}, "InvalidParameterValue.SubnetRange"),
        ({"CidrBlock": "10.0.1.0"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": None}, "MissingParameter"),
        ({"Zone": "ap-guangzhou-99"}, "InvalidParameterValue.ZoneConflict"),
        ({"SubnetName": "x" * 61}, "InvalidParameterValue.TooLong"),
        ({"SubnetName": ""}, "InvalidParameterValue.Empty"),
        ({"StackType": "IPv6Only"}, "UnsupportedOperation"),
        ({"StackType": "DualStack"}, "UnsupportedOperation"),
        ({"RouteTableId": UNKNOWN_TABLE}, "ResourceNotFound"),
        ({"RouteTableId": "table"}, "InvalidParameterValue.Malformed"),
    ],
)
def test_of_several_subnets_none_is_created_where_one_is_wrong(account, second, code):
    wrong = {name: value for name, value in place(1, **second).items() if value is not None}
    assert account.refusal("CreateSubnets", VpcId=account.create_vpc(), Subnets=[place(0), wrong]) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"Subnets": []}, "MissingParameter"),
        ({"Subnets": [place(0)] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"CdcId": "cluster-1"}, "ResourceNotFound"),
        ({"Tags": [{"Key": "a"}, {"Key": "a"}]}, "InvalidParameterValue.TagDuplicateKey"),
    ],
)
def test_several_subnets_are_refused_together(account, changes, code):
    wanted = {"VpcId": account.create_vpc(), "Subnets": [place(0)], **changes}
    assert account.refusal("CreateSubnets", **wanted) == code


def test_subnets_are_counted_together():
    account = TencentAccount(quotas={"subnets_per_network": 2})
    vpc_id = account.create_vpc()
    three = [place(octet) for octet in range(3)]
    assert account.refusal("CreateSubnets", VpcId=vpc_id, Subnets=three) == "LimitExceeded"
    account.call("CreateSubnets", VpcId=vpc_id, Subnets=three[:2])


# -- IPv6 blocks of VPCs ---------------------------------------------------------------------------------


def test_a_vpc_gets_an_ipv6_block_and_gives_it_back(account):
    vpc_id = account.create_vpc()
    given = account.call("AssignIpv6CidrBlock", VpcId=vpc_id, AddressType="GUA")
    assert given["AddressType"] == "GUA"
    assert show_vpc(account, vpc_id)["Ipv6CidrBlock"] == given["Ipv6CidrBlock"]
    assert given["Ipv6CidrBlock"].endswith("::/56")
    assert account.refusal("AssignIpv6CidrBlock", VpcId=vpc_id) == "LimitExceeded.CidrBlock"
    block = {"Ipv6CidrBlock": given["Ipv6CidrBlock"]}
    account.call("UnassignIpv6CidrBlock", VpcId=vpc_id, **block)
    assert show_vpc(account, vpc_id)["Ipv6CidrBlockSet"] == []
    assert account.refusal("UnassignIpv6CidrBlock", VpcId=vpc_id) == "ResourceNotFound"


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("AssignIpv6CidrBlock", {"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ("AssignIpv6CidrBlock", {"AddressType": "ULA"}, "UnsupportedOperation"),
        ("AssignIpv6CidrBlock", {"AddressType": "Else"}, "InvalidParameterValue"),
        ("UnassignIpv6CidrBlock", {"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ("UnassignIpv6CidrBlock", {"Ipv6CidrBlock": "fd00::/56"}, "ResourceNotFound"),
        ("UnassignIpv6CidrBlock", {"Ipv6CidrBlock": "10.0.0.0/8"}, "InvalidParameterValue.Malformed"),
    ],
)
def test_an_ipv6_block_that_cannot_be_given_or_taken_is_refused(account, action, params, code):
    assert account.refusal(action, **{"VpcId": account.create_vpc(), **params}) == code


def test_when_all_ipv6_blocks_are_given_a_vpc_gets_none(account):
    vpc_id = account.create_vpc()
    lottery = account.client.partition.ipv6_blocks
    free, lottery.free = lottery.free, 0
    assert account.refusal("AssignIpv6CidrBlock", VpcId=vpc_id) == "ResourceInsufficient.CidrBlock"
    lottery.free = free


# -- IPv6 blocks of subnets ------------------------------------------------------------------------------


def stacked(account):
    """Return a VPC with an IPv6 block, the block without its end, and a subnet without one."""
    vpc_id = account.create_vpc(StackType="DualStack")
    return (
        vpc_id,
        show_vpc(account, vpc_id)["Ipv6CidrBlock"].removesuffix("00::/56"),
        account.create_subnet(vpc_id),
    )


def test_subnets_get_ipv6_blocks_and_give_them_back(account):
    vpc_id, stem, first = stacked(account)
    second = account.create_subnet(vpc_id, CidrBlock="10.0.1.0/24")
    wanted = [
        {"SubnetId": first, "Ipv6CidrBlock": f"{stem}0a::/64"},
        {"SubnetId": second, "Ipv6CidrBlock": f"{stem}ff::/64"},
    ]
    given = account.call("AssignIpv6SubnetCidrBlock", VpcId=vpc_id, Ipv6SubnetCidrBlocks=wanted)
    assert given["Ipv6SubnetCidrBlockSet"] == wanted
    assert show_subnet(account, second)["Ipv6CidrBlock"] == f"{stem}ff::/64"
    assert account.refusal("UnassignIpv6CidrBlock", VpcId=vpc_id) == "ResourceInUse"
    account.call(
        "UnassignIpv6SubnetCidrBlock", VpcId=vpc_id, Ipv6SubnetCidrBlocks=[{"SubnetId": first}, wanted[1]]
    )
    assert show_subnet(account, first)["Ipv6CidrBlock"] == ""
    account.call("UnassignIpv6CidrBlock", VpcId=vpc_id)


def test_giving_a_subnet_its_ipv6_block_can_be_repeated_by_its_token(account):
    vpc_id, stem, subnet_id = stacked(account)
    blocks = [{"SubnetId": subnet_id, "Ipv6CidrBlock": f"{stem}01::/64"}]
    wanted = {"VpcId": vpc_id, "Ipv6SubnetCidrBlocks": blocks}
    for _ in range(2):
        given = account.call("AssignIpv6SubnetCidrBlock", **wanted, ClientToken="once")
        assert given["Ipv6SubnetCidrBlockSet"] == blocks
    assert account.refusal("AssignIpv6SubnetCidrBlock", **wanted) == "LimitExceeded.SubnetCidrBlock"


def test_a_subnet_keeps_its_ipv6_block_while_an_address_of_it_is_used(account):
    vpc_id = account.create_vpc(StackType="DualStack")
    subnet_id = account.create_subnet(vpc_id, StackType="DualStack")
    interface_id = account.create_interface(VpcId=vpc_id, SubnetId=subnet_id)
    account.call("AssignIpv6Addresses", NetworkInterfaceId=interface_id, Ipv6AddressCount=1)
    account.wait()
    back = {"VpcId": vpc_id, "Ipv6SubnetCidrBlocks": [{"SubnetId": subnet_id}]}
    assert account.refusal("UnassignIpv6SubnetCidrBlock", **back) == "ResourceInUse"
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    account.call("UnassignIpv6SubnetCidrBlock", **back)


def test_ipv6_blocks_that_subnets_cannot_get_are_refused(account):
    vpc_id, stem, subnet_id = stacked(account)
    having = account.create_subnet(vpc_id, CidrBlock="10.0.1.0/24", Ipv6CidrBlock=f"{stem}05::/64")
    foreign, free = account.create_subnet(account.create_vpc()), f"{stem}09::/64"
    for wanted, code in (
        ([], "MissingParameter"),
        ([{"SubnetId": subnet_id}], "MissingParameter"),
        ([{"SubnetId": subnet_id, "Ipv6CidrBlock": "none"}], "InvalidParameterValue.Malformed"),
        ([{"SubnetId": subnet_id, "Ipv6CidrBlock": "fd00::/64"}], "InvalidParameterValue.SubnetRange"),
        ([{"SubnetId": subnet_id, "Ipv6CidrBlock": f"{stem}00::/60"}], "InvalidParameterValue.SubnetRange"),
        (
            [{"SubnetId": subnet_id, "Ipv6CidrBlock": f"{stem}05::/64"}],
            "InvalidParameterValue.SubnetConflict",
        ),
        ([{"SubnetId": subnet_id, "Ipv6CidrBlock": free}] * 2, "InvalidParameterValue.Duplicate"),
        ([{"SubnetId": having, "Ipv6CidrBlock": free}], "LimitExceeded.SubnetCidrBlock"),
        ([{"SubnetId": foreign, "Ipv6CidrBlock": free}], "ResourceNotFound"),
        ([{"SubnetId": ABSENT["subnet"], "Ipv6CidrBlock": free}], "ResourceNotFound"),
    ):
        asked = {"VpcId": vpc_id, "Ipv6SubnetCidrBlocks": wanted}
        assert account.refusal("AssignIpv6SubnetCidrBlock", **asked) == code


def test_a_subnet_of_a_vpc_without_ipv6_gets_no_block(account):
    vpc_id = account.create_vpc()
    wanted = [{"SubnetId": account.create_subnet(vpc_id), "Ipv6CidrBlock": "2402:4e00::/64"}]
    asked = {"VpcId": vpc_id, "Ipv6SubnetCidrBlocks": wanted}
    assert account.refusal("AssignIpv6SubnetCidrBlock", **asked) == "ResourceNotFound"


def test_ipv6_blocks_that_subnets_do_not_have_are_not_taken(account):
    vpc_id, stem, subnet_id = stacked(account)
    having = account.create_subnet(vpc_id, CidrBlock="10.0.1.0/24", Ipv6CidrBlock=f"{stem}05::/64")
    for named, code in (
        ([{"SubnetId": subnet_id}], "ResourceNotFound"),
        ([{"SubnetId": having, "Ipv6CidrBlock": f"{stem}06::/64"}], "ResourceNotFound"),
        ([{"SubnetId": having, "Ipv6CidrBlock": "none"}], "InvalidParameterValue.Malformed"),
        ([{"SubnetId": having}] * 2, "InvalidParameterValue.Duplicate"),
        ([{"SubnetId": ABSENT["subnet"]}], "ResourceNotFound"),
        ([], "MissingParameter"),
    ):
        asked = {"VpcId": vpc_id, "Ipv6SubnetCidrBlocks": named}
        assert account.refusal("UnassignIpv6SubnetCidrBlock", **asked) == code
