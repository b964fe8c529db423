"""VPCs and vSwitches of Alibaba Cloud change: names, IPv4 and IPv6 blocks; one is looked at by its id."""

import pytest
from tests.dialects.alibaba.town import ECS, VPC, Town

ZONE = "cn-hangzhou-b"
ABSENT_VPC, ABSENT_VSWITCH = "vpc-bp1absent", "vsw-bp1absent"
BOTH = pytest.mark.parametrize("version", [VPC, ECS])


@pytest.fixture
def town():
    return Town()


def vpc(town, vpc_id=None):
    return town.ask("DescribeVpcAttribute", VpcId=vpc_id or town.network.id)


def vswitch(town, vswitch_id=None):
    return town.ask("DescribeVSwitchAttributes", VSwitchId=vswitch_id or town.subnet.id)


def new_vpc(town, **params):
    made = town.ask("CreateVpc", **{"CidrBlock": "192.168.0.0/16", **params})
    town.wait()
    return made["VpcId"]


def new_vswitch(town, vpc_id, **params):
    made = town.ask(
        "CreateVSwitch", **{"VpcId": vpc_id, "ZoneId": ZONE, "CidrBlock": "192.168.1.0/24", **params}
    )
    town.wait()
    return made["VSwitchId"]


# -- looking at one --------------------------------------------------------------------------------------


def test_a_vpc_shows_the_same_whether_it_is_listed_or_named(town):
    shown = vpc(town)
    (listed,) = town.ask("DescribeVpcs", VpcId=town.network.id)["Vpcs"]["Vpc"]
    for name in shown.keys() & listed.keys():
        assert shown[name] == listed[name]
    assert shown.keys() - listed.keys() == {
        "AssociatedCens",
        "AssociatedPropagationSources",
        "ClassicLinkEnabled",
        "CloudResources",
        "Ipv4GatewayId",
        "RequestId",
        "SupportIpv4Gateway",
    }


def test_a_vpc_counts_what_it_holds(town):
    assert town.group
    assert vpc(town)["CloudResources"]["CloudResourceSetType"] == [
        {"ResourceType": "VRouter", "ResourceCount": 1},
        {"ResourceType": "RouteTable", "ResourceCount": 1},
        {"ResourceType": "VSwitch", "ResourceCount": 1},
        {"ResourceType": "SecurityGroup", "ResourceCount": 1},
    ]
    bare = vpc(town, new_vpc(town))["CloudResources"]["CloudResourceSetType"]
    assert [each["ResourceType"] for each in bare] == ["VRouter", "RouteTable"]


def test_a_vswitch_shows_the_same_whether_it_is_listed_or_named(town):
    shown = vswitch(town)
    del shown["RequestId"]
    assert town.ask("DescribeVSwitches")["VSwitches"]["VSwitch"] == [shown]


def test_what_is_gone_is_not_found(town):
    assert town.refused("DescribeVpcAttribute", VpcId=ABSENT_VPC) == ("InvalidVpcId.NotFound", 404)
    assert town.refused("DescribeVSwitchAttributes", VSwitchId=ABSENT_VSWITCH) == (
        "InvalidVSwitchId.NotFound",
        404,
    )


def test_looking_can_be_rehearsed(town):
    for action, named in (
        ("DescribeVpcAttribute", {"VpcId": town.network.id}),
        ("DescribeVSwitchAttributes", {"VSwitchId": town.subnet.id}),
    ):
        assert town.refused(action, DryRun=True, **named) == ("DryRunOperation", 400)


# -- changing VPCs ---------------------------------------------------------------------------------------


@BOTH
def test_a_vpc_is_renamed_and_described_anew(town, version):
    town.ask("ModifyVpcAttribute", version, VpcId=town.network.id, VpcName="new", Description="other")
    assert (vpc(town)["VpcName"], vpc(town)["Description"]) == ("new", "other")
    town.ask("ModifyVpcAttribute", version, VpcId=town.network.id, VpcName="newer")
    assert (vpc(town)["VpcName"], vpc(town)["Description"]) == ("newer", "other")


@BOTH
def test_the_block_of_a_vpc_grows_and_shrinks(town, version):
    town.ask("ModifyVpcAttribute", version, VpcId=town.network.id, CidrBlock="10.0.0.0/9")
    assert vpc(town)["CidrBlock"] == "10.0.0.0/9"
    assert town.refused("ModifyVpcAttribute", version, VpcId=town.network.id, CidrBlock="10.64.0.0/16") == (
        "DependencyViolation.VSwitch",
        400,
    )


def test_the_older_version_changes_user_blocks(town):
    town.ask("ModifyVpcAttribute", ECS, VpcId=town.network.id, UserCidr="8.8.0.0/16,9.9.0.0/16")
    assert vpc(town)["UserCidrs"] == {"UserCidr": ["8.8.0.0/16", "9.9.0.0/16"]}
    for text, code in (
        ("100.64.0.0/16", "InvalidUserCidr.Malformed"),
        ("8.0.0.0/16,9.0.0.0/16,11.0.0.0/16,12.0.0.0/16", "InvalidUserCidr.Quota"),
    ):
        assert town.refused("ModifyVpcAttribute", ECS, VpcId=town.network.id, UserCidr=text) == (code, 400)


def test_host_names_and_ipv6_are_switched_on_for_a_vpc(town):
    town.ask(
        "ModifyVpcAttribute",
        VpcId=town.network.id,
        EnableDnsHostname=True,
        EnableIPv6=True,
        Ipv6Isp="ChinaMobile",
    )
    shown = vpc(town)
    assert (shown["DnsHostnameStatus"], shown["EnabledIpv6"]) == ("ENABLED", True)
    assert shown["Ipv6CidrBlocks"]["Ipv6CidrBlock"] == [
        {"Ipv6CidrBlock": shown["Ipv6CidrBlock"], "Ipv6Isp": "ChinaMobile"}
    ]
    another = {"VpcId": town.network.id, "Ipv6Isp": "BGP"}
    assert town.refused("ModifyVpcAttribute", **another) == ("InvalidParameter", 400)
    town.ask("ModifyVpcAttribute", VpcId=town.network.id, EnableDnsHostname=False, EnableIPv6=True)
    assert vpc(town)["DnsHostnameStatus"] == "DISABLED"
    assert vpc(town)["Ipv6CidrBlock"] == shown["Ipv6CidrBlock"]


def test_ipv6_of_a_vpc_is_switched_off_when_no_vswitch_has_it(town):
    vpc_id = new_vpc(town, EnableIpv6=True)
    vswitch_id = new_vswitch(town, vpc_id, Ipv6CidrBlock=3)
    off = {"VpcId": vpc_id, "EnableIPv6": False}
    assert town.refused("ModifyVpcAttribute", **off) == ("DependencyViolation.VSwitch", 400)
    town.ask("ModifyVSwitchAttribute", VSwitchId=vswitch_id, EnableIPv6=False)
    town.wait()
    town.ask("ModifyVpcAttribute", **off)
    shown = vpc(town, vpc_id)
    assert (shown["EnabledIpv6"], shown["Ipv6CidrBlock"]) == (False, "")


@pytest.mark.parametrize(
    ("wrong", "code", "status"),
    [
        ({"VpcId": ABSENT_VPC}, "InvalidVpcId.NotFound", 404),
        ({"VpcName": "http://x"}, "InvalidVpcName.Malformed", 400),
        ({"Description": "https://x"}, "InvalidVpcDiscription.Malformed", 400),
        ({"CidrBlock": "10.0.0.0"}, "InvalidParameter", 400),
        ({"CidrBlock": "8.8.0.0/16"}, "InvalidParameter", 400),
        ({"CidrBlock": "10.0.0.0/29"}, "InvalidParameter", 400),
        ({"EnableIPv6": "perhaps"}, "InvalidParameter", 400),
        ({"Ipv6Isp": "Else"}, "InvalidParameter", 400),
        ({"Ipv6CidrBlock": "2408:4000::/56"}, "UnsupportedParameter", 400),
    ],
)
def test_a_vpc_stays_as_it_is_where_a_change_is_wrong(town, wrong, code, status):
    assert town.refused("ModifyVpcAttribute", **{"VpcId": town.network.id, **wrong}) == (code, status)


def test_a_vpc_that_is_being_created_is_not_changed(town):
    made = town.ask("CreateVpc")
    assert town.refused("ModifyVpcAttribute", VpcId=made["VpcId"]) == ("IncorrectVpcStatus", 400)


# -- secondary blocks ------------------------------------------------------------------------------------


def test_a_secondary_block_is_added_used_and_removed(town):
    vpc_id = new_vpc(town)
    named = {"VpcId": vpc_id, "SecondaryCidrBlock": "10.8.0.0/16"}
    added = town.ask("AssociateVpcCidrBlock", **named, IpVersion="IPV4")
    assert (added["CidrBlock"], added["IpVersion"]) == ("10.8.0.0/16", "IPV4")
    vswitch_id = new_vswitch(town, vpc_id, CidrBlock="10.8.1.0/24")
    assert vpc(town, vpc_id)["SecondaryCidrBlocks"] == {"SecondaryCidrBlock": ["10.8.0.0/16"]}
    assert town.refused("UnassociateVpcCidrBlock", **named) == ("DependencyViolation.VSwitch", 400)
    town.ask("DeleteVSwitch", VSwitchId=vswitch_id)
    town.ask("UnassociateVpcCidrBlock", **named)
    assert vpc(town, vpc_id)["SecondaryCidrBlocks"] == {"SecondaryCidrBlock": []}
    assert town.refused("UnassociateVpcCidrBlock", **named) == ("InvalidParameter", 400)


@pytest.mark.parametrize(
    ("params", "code", "status"),
    [
        ({"VpcId": ABSENT_VPC, "SecondaryCidrBlock": "192.168.0.0/16"}, "InvalidVpc.NotFound", 400),
        ({"SecondaryCidrBlock": "10.0.0.0/16"}, "InvalidCidrBlock.Overlapped", 400),
        ({"SecondaryCidrBlock": "8.8.0.0/16"}, "InvalidParameter", 400),
        ({"SecondaryCidrBlock": "192.168.0.0"}, "InvalidParameter", 400),
        ({"SecondaryCidrBlock": "192.168.0.0/30"}, "OperationDenied.MaskOfCidrIsNotAllowed", 400),
        ({}, "MissingParam.SecondaryCidrBlockOrIpv6CidrBlock", 400),
        ({"IpVersion": "IPV5"}, "InvalidParameter", 400),
        ({"IpVersion": "IPV6"}, "UnsupportedParameter", 400),
        ({"IPv6CidrBlock": "2408:4000::/56"}, "UnsupportedParameter", 400),
        ({"IpamPoolId": "ipam-pool-1", "SecondaryCidrMask": 16}, "UnsupportedParameter", 400),
    ],
)
def test_a_secondary_block_that_cannot_be_is_refused(town, params, code, status):
    wanted = {"VpcId": town.network.id, **params}
    assert town.refused("AssociateVpcCidrBlock", **wanted) == (code, status)


def test_a_vpc_has_no_more_than_five_secondary_blocks(town):
    vpc_id = new_vpc(town)
    for octet in range(5):
        town.ask("AssociateVpcCidrBlock", VpcId=vpc_id, SecondaryCidrBlock=f"10.{octet}.0.0/16")
    one_more = {"VpcId": vpc_id, "SecondaryCidrBlock": "10.5.0.0/16"}
    assert town.refused("AssociateVpcCidrBlock", **one_more) == ("QuotaExceeded.VpcMultiCidr", 400)


# -- changing vSwitches ----------------------------------------------------------------------------------


@BOTH
def test_a_vswitch_is_pending_while_it_is_modified(town, version):
    town.ask(
        "ModifyVSwitchAttribute", version, VSwitchId=town.subnet.id, VSwitchName="new", Description="other"
    )
    shown = vswitch(town)
    assert (shown["VSwitchName"], shown["Description"], shown["Status"]) == ("new", "other", "Pending")
    assert town.refused("ModifyVSwitchAttribute", version, VSwitchId=town.subnet.id) == (
        "IncorrectVSwitchStatus",
        400,
    )
    town.wait()
    assert vswitch(town)["Status"] == "Available"


def test_ipv6_is_switched_on_and_off_for_a_vswitch(town):
    vpc_id = new_vpc(town, EnableIpv6=True)
    whole = vpc(town, vpc_id)["Ipv6CidrBlock"]
    vswitch_id = new_vswitch(town, vpc_id)
    modify = {"VSwitchId": vswitch_id}
    on = {"EnableIPv6": True, "Ipv6CidrBlock": 171, "Ipv6CidrMask": 64, "VpcIpv6CidrBlock": whole}
    town.ask("ModifyVSwitchAttribute", **modify, **on)
    town.wait()
    assert vswitch(town, vswitch_id)["Ipv6CidrBlock"] == whole.replace("00::/56", "ab::/64")
    assert town.refused("ModifyVSwitchAttribute", **modify, Ipv6CidrBlock=1) == ("InvalidParameter", 400)
    town.ask("ModifyVSwitchAttribute", **modify, EnableIPv6=False)
    town.wait()
    assert vswitch(town, vswitch_id)["EnabledIpv6"] is False


def test_ipv6_of_a_vswitch_stays_on_while_addresses_of_it_are_in_use(town):
    vpc_id = new_vpc(town, EnableIpv6=True)
    vswitch_id = new_vswitch(town, vpc_id, Ipv6CidrBlock=0)
    group = town.ask("CreateSecurityGroup", VpcId=vpc_id)["SecurityGroupId"]
    town.ask("CreateNetworkInterface", VSwitchId=vswitch_id, SecurityGroupIds=[group], Ipv6AddressCount=1)
    assert town.refused("ModifyVSwitchAttribute", VSwitchId=vswitch_id, EnableIPv6=False) == (
        "DependencyViolation",
        400,
    )


@pytest.mark.parametrize(
    ("wrong", "code", "status"),
    [
        ({"VSwitchId": ABSENT_VSWITCH}, "InvalidVSwitchId.NotFound", 404),
        ({"VSwitchName": "http://x"}, "InvalidVSwitchName.Malformed", 400),
        ({"Description": "https://x"}, "InvalidVSwitchDiscription.Malformed", 400),
        ({"Ipv6CidrBlock": 256}, "InvalidParameter", 400),
        ({"Ipv6CidrBlock": 7}, "InvalidVSwitch.Ipv6NotTurnOn", 403),
        ({"EnableIPv6": True}, "MissingParameter", 400),
        ({"EnableIPv6": False, "Ipv6CidrBlock": 7}, "InvalidParameter", 400),
        ({"Ipv6CidrMask": 60}, "InvalidParameter", 400),
        ({"Ipv6CidrBlock": 7, "VpcIpv6CidrBlock": "2408:4000::/56"}, "InvalidParameter", 400),
    ],
)
def test_a_vswitch_stays_as_it_is_where_a_change_is_wrong(town, wrong, code, status):
    assert town.refused("ModifyVSwitchAttribute", **{"VSwitchId": town.subnet.id, **wrong}) == (
        code,
        status,
    )
