"""VPCs and vSwitches of Alibaba Cloud change: names, IPv4 and IPv6 blocks; one is looked at by its id."""

import pytest
from tests.dialects.alibaba.sdk_models import ECS, VPC

ZONE = "cn-hangzhou-b"
ABSENT_VPC, ABSENT_VSWITCH = "vpc-bp1absent", "vsw-bp1absent"
BOTH = pytest.mark.parametrize("version", [VPC, ECS])


def vpc(account, vpc_id=None):
    return account.call("DescribeVpcAttribute", VpcId=vpc_id or account.network.id)


def vswitch(account, vswitch_id=None):
    return account.call("DescribeVSwitchAttributes", VSwitchId=vswitch_id or account.subnet.id)


# -- looking at one --------------------------------------------------------------------------------------


def test_a_vpc_shows_the_same_whether_it_is_listed_or_named(account):
    shown = vpc(account)
    (listed,) = account.call("DescribeVpcs", VpcId=account.network.id)["Vpcs"]["Vpc"]
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


def test_a_vpc_counts_what_it_holds(account):
    assert account.group
    assert vpc(account)["CloudResources"]["CloudResourceSetType"] == [
        {"ResourceType": "VRouter", "ResourceCount": 1},
        {"ResourceType": "RouteTable", "ResourceCount": 1},
        {"ResourceType": "VSwitch", "ResourceCount": 1},
        {"ResourceType": "SecurityGroup", "ResourceCount": 1},
    ]
    bare = vpc(account, account.create_vpc())["CloudResources"]["CloudResourceSetType"]
    assert [each["ResourceType"] for each in bare] == ["VRouter", "RouteTable"]


def test_a_vswitch_shows_the_same_whether_it_is_listed_or_named(account):
    shown = vswitch(account)
    del shown["RequestId"]
    assert account.call("DescribeVSwitches")["VSwitches"]["VSwitch"] == [shown]


def test_what_is_gone_is_not_found(account):
    assert account.refusal("DescribeVpcAttribute", VpcId=ABSENT_VPC) == ("InvalidVpcId.NotFound", 404)
    assert account.refusal("DescribeVSwitchAttributes", VSwitchId=ABSENT_VSWITCH) == (
        "InvalidVSwitchId.NotFound",
        404,
    )


def test_looking_can_be_rehearsed(account):
    for action, named in (
        ("DescribeVpcAttribute", {"VpcId": account.network.id}),
        ("DescribeVSwitchAttributes", {"VSwitchId": account.subnet.id}),
    ):
        assert account.refusal(action, DryRun=True, **named) == ("DryRunOperation", 400)


# -- changing VPCs ---------------------------------------------------------------------------------------


@BOTH
def test_a_vpc_is_renamed_and_described_anew(account, version):
    account.call(
        "ModifyVpcAttribute", version, VpcId=account.network.id, VpcName="new", Description="other"
    )
    assert (vpc(account)["VpcName"], vpc(account)["Description"]) == ("new", "other")
    account.call("ModifyVpcAttribute", version, VpcId=account.network.id, VpcName="newer")
    assert (vpc(account)["VpcName"], vpc(account)["Description"]) == ("newer", "other")


@BOTH
def test_the_block_of_a_vpc_grows_and_shrinks(account, version):
    account.call("ModifyVpcAttribute", version, VpcId=account.network.id, CidrBlock="10.0.0.0/9")
    assert vpc(account)["CidrBlock"] == "10.0.0.0/9"
    assert account.refusal(
        "ModifyVpcAttribute", version, VpcId=account.network.id, CidrBlock="10.64.0.0/16"
    ) == (
        "DependencyViolation.VSwitch",
        400,
    )


def test_the_older_version_changes_user_blocks(account):
    account.call("ModifyVpcAttribute", ECS, VpcId=account.network.id, UserCidr="8.8.0.0/16,9.9.0.0/16")
    assert vpc(account)["UserCidrs"] == {"UserCidr": ["8.8.0.0/16", "9.9.0.0/16"]}
    for text, code in (
        ("100.64.0.0/16", "InvalidUserCidr.Malformed"),
        ("8.0.0.0/16,9.0.0.0/16,11.0.0.0/16,12.0.0.0/16", "InvalidUserCidr.Quota"),
    ):
        assert account.refusal("ModifyVpcAttribute", ECS, VpcId=account.network.id, UserCidr=text) == (
            code,
            400,
        )


def test_host_names_and_ipv6_are_switched_on_for_a_vpc(account):
    account.call(
        "ModifyVpcAttribute",
        VpcId=account.network.id,
        EnableDnsHostname=True,
        EnableIPv6=True,
        Ipv6Isp="ChinaMobile",
    )
    shown = vpc(account)
    assert (shown["DnsHostnameStatus"], shown["EnabledIpv6"]) == ("ENABLED", True)
    assert shown["Ipv6CidrBlocks"]["Ipv6CidrBlock"] == [
        {"Ipv6CidrBlock": shown["Ipv6CidrBlock"], "Ipv6Isp": "ChinaMobile"}
    ]
    another = {"VpcId": account.network.id, "Ipv6Isp": "BGP"}
    assert account.refusal("ModifyVpcAttribute", **another) == ("InvalidParameter", 400)
    account.call("ModifyVpcAttribute", VpcId=account.network.id, EnableDnsHostname=False, EnableIPv6=True)
    assert vpc(account)["DnsHostnameStatus"] == "DISABLED"
    assert vpc(account)["Ipv6CidrBlock"] == shown["Ipv6CidrBlock"]


def test_ipv6_of_a_vpc_is_switched_off_when_no_vswitch_has_it(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    vswitch_id = account.create_vswitch(vpc_id, Ipv6CidrBlock=3)
    off = {"VpcId": vpc_id, "EnableIPv6": False}
    assert account.refusal("ModifyVpcAttribute", **off) == ("DependencyViolation.VSwitch", 400)
    account.call("ModifyVSwitchAttribute", VSwitchId=vswitch_id, EnableIPv6=False)
    account.wait()
    account.call("ModifyVpcAttribute", **off)
    shown = vpc(account, vpc_id)
    assert (shown["EnabledIpv6"], shown["Ipv6CidrBlock"]) == (False, "")


@pytest.mark.parametrize(
    ("wrong", "code", "status"),
    [
        ({"VpcId": ABSENT_VPC}, "InvalidVpcId.NotFound", 404),
        ({"VpcName": "http://x"}, "InvalidVpcName.Malformed", 400),
        ({"Description": "https://x"}, "InvalidVpcDiscription.Malformed", 400),
        ({"CidrBlock": "10.0.0.0"}, "InvalidParameter", 400),
        ({"CidrBlock": "100.64.0.0/16"}, "InvalidParameter", 400),
        ({"CidrBlock": "10.0.0.0/29"}, "InvalidParameter", 400),
        ({"EnableIPv6": "perhaps"}, "InvalidParameter", 400),
        ({"Ipv6Isp": "Else"}, "InvalidParameter", 400),
        ({"Ipv6CidrBlock": "2408:4000::/56"}, "UnsupportedParameter", 400),
    ],
)
def test_a_vpc_stays_as_it_is_where_a_change_is_wrong(account, wrong, code, status):
    assert account.refusal("ModifyVpcAttribute", **{"VpcId": account.network.id, **wrong}) == (code, status)


def test_a_vpc_that_is_being_created_is_not_changed(account):
    made = account.call("CreateVpc")
    assert account.refusal("ModifyVpcAttribute", VpcId=made["VpcId"]) == ("IncorrectVpcStatus", 400)


# -- secondary blocks ------------------------------------------------------------------------------------


def test_a_secondary_block_is_added_used_and_removed(account):
    vpc_id = account.create_vpc()
    named = {"VpcId": vpc_id, "SecondaryCidrBlock": "10.8.0.0/16"}
    added = account.call("AssociateVpcCidrBlock", **named, IpVersion="IPV4")
    assert (added["CidrBlock"], added["IpVersion"]) == ("10.8.0.0/16", "IPV4")
    vswitch_id = account.create_vswitch(vpc_id, CidrBlock="10.8.1.0/24")
    assert vpc(account, vpc_id)["SecondaryCidrBlocks"] == {"SecondaryCidrBlock": ["10.8.0.0/16"]}
    assert account.refusal("UnassociateVpcCidrBlock", **named) == ("DependencyViolation.VSwitch", 400)
    account.call("DeleteVSwitch", VSwitchId=vswitch_id)
    account.wait()
    account.call("UnassociateVpcCidrBlock", **named)
    assert vpc(account, vpc_id)["SecondaryCidrBlocks"] == {"SecondaryCidrBlock": []}
    assert account.refusal("UnassociateVpcCidrBlock", **named) == ("InvalidParameter", 400)


@pytest.mark.parametrize(
    ("params", "code", "status"),
    [
        ({"VpcId": ABSENT_VPC, "SecondaryCidrBlock": "192.168.0.0/16"}, "InvalidVpc.NotFound", 400),
        ({"SecondaryCidrBlock": "10.0.0.0/16"}, "InvalidCidrBlock.Overlapped", 400),
        ({"SecondaryCidrBlock": "169.254.0.0/24"}, "InvalidParameter", 400),
        ({"SecondaryCidrBlock": "192.168.0.0"}, "InvalidParameter", 400),
        ({"SecondaryCidrBlock": "192.168.0.0/30"}, "OperationDenied.MaskOfCidrIsNotAllowed", 400),
        ({}, "MissingParam.SecondaryCidrBlockOrIpv6CidrBlock", 400),
        ({"IpVersion": "IPV5"}, "InvalidParameter", 400),
        ({"IPv6CidrBlock": "2408:4000::/56"}, "UnsupportedParameter", 400),
        ({"IpamPoolId": "ipam-pool-1", "SecondaryCidrMask": 16}, "UnsupportedParameter", 400),
    ],
)
def test_a_secondary_block_that_cannot_be_is_refused(account, params, code, status):
    wanted = {"VpcId": account.network.id, **params}
    assert account.refusal("AssociateVpcCidrBlock", **wanted) == (code, status)


@pytest.mark.parametrize("version", ["IPv6", "IPV6", "ipv6"])
def test_a_vpc_gets_its_ipv6_block_and_loses_it_in_the_way_of_secondary_blocks(account, version):
    """The vendor's Terraform provider writes IPv6."""
    vpc_id = account.create_vpc()
    given = account.client.call(
        "AssociateVpcCidrBlock", VPC, VpcId=vpc_id, IpVersion=version, Ipv6Isp="BGP"
    )
    shown = vpc(account, vpc_id)
    assert shown["Ipv6CidrBlock"] == given["CidrBlock"] != ""
    again = account.refusal("AssociateVpcCidrBlock", VpcId=vpc_id, IpVersion=version)
    assert again == ("UnsupportedParameter", 400)
    wrong = account.refusal("UnassociateVpcCidrBlock", VpcId=vpc_id, IPv6CidrBlock="2408:4000::/56")
    assert wrong == ("InvalidParameter", 400)
    account.call("UnassociateVpcCidrBlock", VpcId=vpc_id, IPv6CidrBlock=given["CidrBlock"])
    assert vpc(account, vpc_id)["EnabledIpv6"] is False


def test_a_vpc_has_no_more_than_five_secondary_blocks(account):
    vpc_id = account.create_vpc()
    for octet in range(5):
        account.call("AssociateVpcCidrBlock", VpcId=vpc_id, SecondaryCidrBlock=f"10.{octet}.0.0/16")
    one_more = {"VpcId": vpc_id, "SecondaryCidrBlock": "10.5.0.0/16"}
    assert account.refusal("AssociateVpcCidrBlock", **one_more) == ("QuotaExceeded.VpcMultiCidr", 400)


# -- changing vSwitches ----------------------------------------------------------------------------------


@BOTH
def test_a_vswitch_is_pending_while_it_is_modified(account, version):
    account.call(
        "ModifyVSwitchAttribute",
        version,
        VSwitchId=account.subnet.id,
        VSwitchName="new",
        Description="other",
    )
    shown = vswitch(account)
    assert (shown["VSwitchName"], shown["Description"], shown["Status"]) == ("new", "other", "Pending")
    assert account.refusal("ModifyVSwitchAttribute", version, VSwitchId=account.subnet.id) == (
        "IncorrectVSwitchStatus",
        400,
    )
    account.wait()
    assert vswitch(account)["Status"] == "Available"


def test_ipv6_is_switched_on_and_off_for_a_vswitch(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    whole = vpc(account, vpc_id)["Ipv6CidrBlock"]
    vswitch_id = account.create_vswitch(vpc_id)
    modify = {"VSwitchId": vswitch_id}
    on = {"EnableIPv6": True, "Ipv6CidrBlock": 171, "Ipv6CidrMask": 64, "VpcIpv6CidrBlock": whole}
    account.call("ModifyVSwitchAttribute", **modify, **on)
    account.wait()
    assert vswitch(account, vswitch_id)["Ipv6CidrBlock"] == whole.replace("00::/56", "ab::/64")
    assert account.refusal("ModifyVSwitchAttribute", **modify, Ipv6CidrBlock=1) == ("InvalidParameter", 400)
    account.call("ModifyVSwitchAttribute", **modify, EnableIPv6=False)
    account.wait()
    assert vswitch(account, vswitch_id)["EnabledIpv6"] is False


def test_ipv6_of_a_vswitch_stays_on_while_addresses_of_it_are_in_use(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    vswitch_id = account.create_vswitch(vpc_id, Ipv6CidrBlock=0)
    group = account.call("CreateSecurityGroup", VpcId=vpc_id)["SecurityGroupId"]
    account.call(
        "CreateNetworkInterface", VSwitchId=vswitch_id, SecurityGroupIds=[group], Ipv6AddressCount=1
    )
    assert account.refusal("ModifyVSwitchAttribute", VSwitchId=vswitch_id, EnableIPv6=False) == (
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
        ({"EnableIPv6": True}, "MissingParam.Ipv6CidrBlock", 400),
        ({"EnableIPv6": False, "Ipv6CidrBlock": 7}, "InvalidParameter", 400),
        ({"Ipv6CidrMask": 60}, "InvalidParameter", 400),
        ({"Ipv6CidrBlock": 7, "VpcIpv6CidrBlock": "2408:4000::/56"}, "InvalidParameter", 400),
    ],
)
def test_a_vswitch_stays_as_it_is_where_a_change_is_wrong(account, wrong, code, status):
    assert account.refusal("ModifyVSwitchAttribute", **{"VSwitchId": account.subnet.id, **wrong}) == (
        code,
        status,
    )
