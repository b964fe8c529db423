"""VPCs and subnets."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, ZONE, Room
from tests.harness import START

from duolect.settings.settings import CloudSettings
from duolect_core.model.resources import SECOND

TAGS = [{"Key": "city", "Value": "shanghai"}, {"Key": "empty", "Value": ""}]
TOO_LONG = "x" * 61


@pytest.fixture
def room():
    return Room()


def described(room, action, **params):
    """Return the only object that a describe action lists."""
    reply = room.call(action, **params)
    (shown,) = reply.get("VpcSet") or reply["SubnetSet"]
    assert reply["TotalCount"] == 1
    return shown


# -- VPCs ------------------------------------------------------------------------------------------------


def test_a_vpc_is_described_as_it_was_created(room):
    created = room.call(
        "CreateVpc",
        VpcName="vpc",
        CidrBlock="10.8.0.0/16",
        EnableMulticast="true",
        DnsServers=["10.8.0.2", "183.60.83.19"],
        DomainName="example.com",
        Tags=TAGS,
        EnableRouteVpcPublish=True,
        EnableRouteVpcPublishIpv6=True,
    )["Vpc"]
    assert created == described(room, "DescribeVpcs", VpcIds=[created["VpcId"]])
    assert created["VpcName"] == "vpc"
    assert created["CidrBlock"] == "10.8.0.0/16"
    assert created["CreatedTime"] == "2026-09-21 22:13:20"
    assert created["EnableMulticast"] is True
    assert created["DnsServerSet"] == ["10.8.0.2", "183.60.83.19"]
    assert created["DomainName"] == "example.com"
    assert created["TagSet"] == TAGS
    assert created["EnableRouteVpcPublish"] is True
    assert created["EnableRouteVpcPublishIpv6"] is True
    assert created["IsDefault"] is False
    assert created["AssistantCidrSet"] == []


def test_a_vpc_has_the_defaults_of_the_vendor(room):
    created = room.call("CreateVpc", VpcName="vpc", CidrBlock="192.168.0.0/16")["Vpc"]
    assert created["EnableMulticast"] is False
    assert created["DnsServerSet"] == ["183.60.83.19", "183.60.82.98"]
    assert created["DomainName"] == ""
    assert created["Ipv6CidrBlock"] == ""
    assert created["Ipv6CidrBlockSet"] == []
    assert created["TagSet"] == []


def test_a_dual_stack_vpc_has_an_ipv6_block(room):
    created = room.call("CreateVpc", VpcName="vpc", CidrBlock="10.0.0.0/16", StackType="DualStack")["Vpc"]
    block = created["Ipv6CidrBlock"]
    assert block.endswith("::/56")
    assert created["Ipv6CidrBlockSet"] == [{"IPv6CidrBlock": block, "ISPType": "BGP", "AddressType": "GUA"}]
    assert created["StackType"] == "DualStack"


@pytest.mark.parametrize("block", ["10.0.0.0/12", "10.0.0.0/28", "172.16.0.0/12", "192.168.0.0/16"])
def test_a_vpc_may_have_any_private_block_of_the_right_size(room, block):
    vpc_id = room.vpc(CidrBlock=block)
    assert described(room, "DescribeVpcs", VpcIds=[vpc_id])["CidrBlock"] == block


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"CidrBlock": "10.0.0.0/11"}, "InvalidParameterValue"),
        ({"CidrBlock": "10.0.0.0/29"}, "InvalidParameterValue"),
        ({"CidrBlock": "192.168.0.0/15"}, "InvalidParameterValue"),
        ({"CidrBlock": "11.0.0.0/16"}, "InvalidParameterValue"),
        ({"CidrBlock": "10.0.0.1/16"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.0.0"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.0.0/255.255.0.0"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.0.0/33"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "ten/8"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": None}, "MissingParameter"),
        ({"VpcName": TOO_LONG}, "InvalidParameterValue.TooLong"),
        ({"DnsServers": ["10.0.0.1"] * 5}, "InvalidParameterValue.LimitExceeded"),
        ({"DnsServers": ["10.0.0.256"]}, "InvalidParameterValue.Malformed"),
        ({"EnableMulticast": "perhaps"}, "InvalidParameter"),
        ({"StackType": "IPv6Only"}, "UnsupportedOperation"),
        ({"StackType": "Single"}, "InvalidParameterValue"),
        ({"AddressType": "ULA"}, "UnsupportedOperation"),
        ({"AddressType": "any"}, "InvalidParameterValue"),
        ({"Ipv6CidrBlock": "2402:4e00:1717:8700::/56"}, "UnsupportedOperation"),
        ({"Tags": [{"Key": "a"}, {"Key": "a"}]}, "InvalidParameterValue.TagDuplicateKey"),
        ({"Tags": [{"Key": "a" * 128}]}, "InvalidParameterValue.TagInvalidKeyLen"),
        ({"Tags": [{"Key": "a?"}]}, "InvalidParameterValue.TagInvalidKey"),
        ({"Tags": [{"Key": "qcs:a"}]}, "UnsupportedOperation.TagSystemReservedTagKey"),
        ({"Tags": [{"Key": "a", "Value": "v" * 256}]}, "InvalidParameterValue.TagInvalidVal"),
        ({"Tags": [{"Key": str(n)} for n in range(51)]}, "LimitExceeded.TagKeyPerResourceExceeded"),
        ({"Tags": [{"Key": str(n)} for n in range(101)]}, "LimitExceeded.TagTagsExceeded"),
        ({"Surplus": 1}, "UnknownParameter"),
    ],
)
def test_a_vpc_is_refused_for(room, changes, code):
    params = {"VpcName": "vpc", "CidrBlock": "10.0.0.0/16", **changes}
    assert room.refused("CreateVpc", **params) == code


def test_the_vendors_quota_of_vpcs_is_kept():
    room = Room(tencent=CloudSettings(vendor_quotas=True))
    for _ in range(20):
        room.vpc()
    assert room.refused("CreateVpc", VpcName="vpc", CidrBlock="10.0.0.0/16") == "LimitExceeded"


def test_a_vpc_goes_with_its_empty_subnets(room):
    vpc_id = room.vpc()
    room.subnet(vpc_id)
    room.call("DeleteVpc", VpcId=vpc_id)
    assert room.call("DescribeVpcs")["TotalCount"] == 0
    assert room.call("DescribeSubnets")["TotalCount"] == 0
    assert room.refused("DeleteVpc", VpcId=vpc_id) == "ResourceNotFound"


def test_a_vpc_in_use_stays(room):
    vpc_id = room.vpc()
    room.interface(vpc_id, room.subnet(vpc_id))
    assert room.refused("DeleteVpc", VpcId=vpc_id) == "ResourceInUse"


def test_a_malformed_id_is_refused(room):
    for action, name, listed in (
        ("DeleteVpc", "VpcId", None),
        ("DeleteSubnet", "SubnetId", None),
        ("DescribeVpcs", None, "VpcIds"),
        ("DescribeSubnets", None, "SubnetIds"),
    ):
        params = {name: "eni-12345678"} if name else {listed: ["eni-12345678"]}
        assert room.refused(action, **params) == "InvalidParameterValue.Malformed"


# -- describing ------------------------------------------------------------------------------------------


@pytest.fixture
def two_vpcs(room):
    """Two VPCs that differ in everything a filter looks at."""
    plain = room.vpc(VpcName="plain", CidrBlock="10.1.0.0/16", Tags=[{"Key": "a", "Value": "1"}])
    dual = room.vpc(
        VpcName="with six",
        CidrBlock="10.2.0.0/16",
        StackType="DualStack",
        Tags=[{"Key": "a", "Value": "2"}, {"Key": "b", "Value": "1"}],
    )
    return plain, dual


def vpcs(room, name, *values):
    reply = room.call("DescribeVpcs", Filters=[{"Name": name, "Values": list(values)}])
    assert reply["TotalCount"] == len(reply["VpcSet"])
    return [shown["VpcId"] for shown in reply["VpcSet"]]


def test_vpcs_are_found_by_each_filter(room, two_vpcs):
    plain, dual = two_vpcs
    both = [dual, plain]
    block = described(room, "DescribeVpcs", VpcIds=[dual])["Ipv6CidrBlock"]
    assert vpcs(room, "vpc-name", "lai") == [plain]
    assert vpcs(room, "vpc-name", "plain", "six") == both
    assert vpcs(room, "is-default", "false") == both
    assert vpcs(room, "is-default", "FALSE") == both
    assert vpcs(room, "is-default", "true") == []
    assert vpcs(room, "vpc-id", plain) == [plain]
    assert vpcs(room, "cidr-block", "10.1.0.0/16", "10.2.0.0") == both
    assert vpcs(room, "cidr-block", "10.3.0.0/16") == []
    assert vpcs(room, "tag-key", "b") == [dual]
    assert vpcs(room, "tag:a", "1") == [plain]
    assert vpcs(room, "tag:a", "1", "2") == both
    assert vpcs(room, "ipv6-cidr-block", block) == [dual]
    assert vpcs(room, "isp-type", "BGP") == [dual]
    assert vpcs(room, "isp-type", "CMCC") == []
    assert vpcs(room, "address-type", "GUA") == [dual]


def test_filters_must_all_match(room, two_vpcs):
    plain, _ = two_vpcs
    name, tag = {"Name": "vpc-name", "Values": ["plain"]}, {"Name": "tag:a", "Values": ["1"]}
    assert described(room, "DescribeVpcs", Filters=[name, tag])["VpcId"] == plain
    other = {"Name": "tag:a", "Values": ["2"]}
    assert room.call("DescribeVpcs", Filters=[name, other])["VpcSet"] == []


def test_unknown_ids_are_left_out(room):
    vpc_id = room.vpc()
    subnet_id = room.subnet(vpc_id)
    assert described(room, "DescribeVpcs", VpcIds=[vpc_id, ABSENT["vpc"]])["VpcId"] == vpc_id
    assert described(room, "DescribeSubnets", SubnetIds=[ABSENT["subnet"], subnet_id])["VpcId"] == vpc_id
    assert room.call("DescribeVpcs", VpcIds=[ABSENT["vpc"]]) | {"RequestId": ""} == {
        "TotalCount": 0,
        "VpcSet": [],
        "RequestId": "",
    }


FILTERS = [{"Name": "tag-key", "Values": ["a"]}]
LISTS = {
    "DescribeVpcs": "VpcIds",
    "DescribeSubnets": "SubnetIds",
    "DescribeSecurityGroups": "SecurityGroupIds",
}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"Filters": [{"Name": "colour", "Values": ["red"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Filters": ["vpc-id"]}, "InvalidParameter.FilterNotDict"),
        ({"Filters": [{"Name": "tag-key", "Values": "a"}]}, "InvalidParameter.FilterValuesNotList"),
        ({"Filters": [{"Name": "tag-key"}]}, "MissingParameter"),
        ({"Filters": FILTERS * 11}, "InvalidParameterValue.LimitExceeded"),
        ({"Limit": "101"}, "InvalidParameterValue.Range"),
        ({"Limit": 0}, "InvalidParameterValue.Range"),
        ({"Offset": "-1"}, "InvalidParameterValue.Range"),
        ({"Offset": "x"}, "InvalidParameter"),
    ],
)
@pytest.mark.parametrize("action", LISTS)
def test_what_to_describe_must_be_said_rightly(room, action, params, code):
    assert room.refused(action, **params) == code


@pytest.mark.parametrize("action", LISTS)
def test_ids_are_given_without_filters_and_at_most_100(room, action):
    name = LISTS[action]
    known = {
        "VpcIds": room.vpc(),
        "SubnetIds": room.subnet(room.vpc()),
        "SecurityGroupIds": room.group(),
    }[name]
    both = {name: [known], "Filters": FILTERS}
    assert room.refused(action, **both) == "InvalidParameter.Coexist"
    many = {name: [known] * 101}
    assert room.refused(action, **many) == "InvalidParameterValue.LimitExceeded"
    assert room.call(action, **{name: [known] * 100})["TotalCount"] == 1


@pytest.mark.parametrize("style", ["json", "get", "form"])
@pytest.mark.parametrize("number", [int, str])
def test_a_page_is_cut_with_numbers_in_either_spelling(room, style, number):
    ids = [room.vpc() for _ in range(3)]
    page = room.call("DescribeVpcs", style=style, Offset=number(1), Limit=number(1))
    assert [shown["VpcId"] for shown in page["VpcSet"]] == [ids[1]]
    assert page["TotalCount"] == 3


@pytest.mark.parametrize("style", ["get", "form"])
def test_lists_and_objects_may_be_flattened(room, style):
    created = room.call("CreateVpc", style=style, VpcName="vpc", CidrBlock="10.0.0.0/16", Tags=TAGS)["Vpc"]
    assert created["TagSet"] == TAGS
    filters = [{"Name": "tag:city", "Values": ["beijing", "shanghai"]}]
    assert described(room, "DescribeVpcs", style=style, Filters=filters) == created


# -- subnets ---------------------------------------------------------------------------------------------


def test_a_subnet_is_described_as_it_was_created(room):
    vpc_id = room.vpc()
    created = room.call(
        "CreateSubnet",
        VpcId=vpc_id,
        SubnetName="subnet",
        Zone=ZONE,
        CidrBlock="10.0.4.0/22",
        Tags=TAGS,
    )["Subnet"]
    assert created == described(room, "DescribeSubnets", SubnetIds=[created["SubnetId"]])
    assert created["VpcId"] == vpc_id
    assert created["SubnetName"] == "subnet"
    assert created["CidrBlock"] == "10.0.4.0/22"
    assert created["Zone"] == ZONE
    assert created["CreatedTime"] == "2026-09-21 22:13:20"
    assert created["TotalIpAddressCount"] == 1024
    assert created["AvailableIpAddressCount"] == 1021
    assert created["IsDefault"] is False
    assert created["TagSet"] == TAGS


def test_subnets_of_a_vpc_share_its_route_table(room):
    vpc_id, other_id = room.vpc(), room.vpc()
    room.subnet(vpc_id)
    room.subnet(vpc_id, CidrBlock="10.0.1.0/24")
    room.subnet(other_id)
    tables = [shown["RouteTableId"] for shown in room.call("DescribeSubnets")["SubnetSet"]]
    assert tables[0] != tables[1] == tables[2]
    assert tables[0].startswith("rtb-")


def test_an_interface_takes_an_address_of_its_subnet(room):
    vpc_id = room.vpc()
    subnet_id = room.subnet(vpc_id)
    room.interface(vpc_id, subnet_id, SecondaryPrivateIpAddressCount=2)
    assert described(room, "DescribeSubnets")["AvailableIpAddressCount"] == 250


def test_a_subnet_may_fill_its_vpc(room):
    room.subnet(room.vpc(), CidrBlock="10.0.0.0/16")


def test_dual_stack_subnets_get_blocks_of_their_own(room):
    vpc_id = room.vpc(StackType="DualStack")
    whole = described(room, "DescribeVpcs")["Ipv6CidrBlock"].removesuffix("00::/56")
    named = f"{whole}01::/64"
    subnets = [
        room.subnet(vpc_id, CidrBlock="10.0.0.0/24", Ipv6CidrBlock=named),
        room.subnet(vpc_id, CidrBlock="10.0.1.0/24", StackType="DualStack"),
        room.subnet(vpc_id, CidrBlock="10.0.2.0/24", StackType="DualStack"),
        room.subnet(vpc_id, CidrBlock="10.0.3.0/24"),
    ]
    blocks = [
        described(room, "DescribeSubnets", SubnetIds=[subnet_id])["Ipv6CidrBlock"] for subnet_id in subnets
    ]
    assert blocks == [named, f"{whole}00::/64", f"{whole}02::/64", ""]
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.4.0/24"}
    for block, code in (
        (named, "InvalidParameterValue.SubnetConflict"),
        (f"{whole}00::/63", "InvalidParameterValue.SubnetRange"),
        ("2001:db8::/64", "InvalidParameterValue.SubnetRange"),
        ("2001:db8::1/64", "InvalidParameterValue.Malformed"),
    ):
        assert room.refused("CreateSubnet", Ipv6CidrBlock=block, **params) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"VpcId": ABSENT["vpc"], "StackType": "DualStack"}, "ResourceNotFound"),
        ({"VpcId": "v-1"}, "InvalidParameterValue.Malformed"),
        ({"SubnetName": ""}, "InvalidParameterValue.Empty"),
        ({"SubnetName": TOO_LONG}, "InvalidParameterValue.TooLong"),
        ({"Zone": "ap-shanghai-2"}, "InvalidParameterValue.ZoneConflict"),
        ({"CidrBlock": None}, "MissingParameter"),
        ({"CidrBlock": "10.0.1.0/33"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.1.0/29"}, "InvalidParameterValue.SubnetRange"),
        ({"CidrBlock": "10.0.0.0/15"}, "InvalidParameterValue.SubnetRange"),
        ({"CidrBlock": "10.1.0.0/24"}, "InvalidParameterValue.SubnetRange"),
        ({"CidrBlock": "10.0.0.128/25"}, "InvalidParameterValue.SubnetConflict"),
        ({"StackType": "DualStack"}, "UnsupportedOperation"),
        ({"StackType": "IPv6Only"}, "UnsupportedOperation"),
        ({"CdcId": "cluster-gbo27yc4"}, "ResourceNotFound"),
        ({"Tags": [{"Key": ""}]}, "InvalidParameterValue.TagInvalidKey"),
    ],
)
def test_a_subnet_is_refused_for(room, changes, code):
    vpc_id = room.vpc()
    room.subnet(vpc_id)
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.1.0/24", **changes}
    assert room.refused("CreateSubnet", **params) == code


def test_a_vpc_holds_100_subnets(room):
    vpc_id = room.vpc()
    for number in range(100):
        room.subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24")
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.100.0/24"}
    assert room.refused("CreateSubnet", **params) == "LimitExceeded"


def test_an_empty_subnet_can_be_deleted(room):
    subnet_id = room.subnet(room.vpc())
    room.call("DeleteSubnet", SubnetId=subnet_id)
    assert room.call("DescribeSubnets")["TotalCount"] == 0
    assert room.refused("DeleteSubnet", SubnetId=subnet_id) == "ResourceNotFound"


def test_a_subnet_in_use_stays(room):
    vpc_id = room.vpc()
    subnet_id = room.subnet(vpc_id)
    room.interface(vpc_id, subnet_id)
    assert room.refused("DeleteSubnet", SubnetId=subnet_id) == "ResourceInUse"


def test_subnets_are_found_by_each_filter(room):
    vpc_id = room.vpc(StackType="DualStack")
    plain = room.subnet(vpc_id, SubnetName="plain", Tags=[{"Key": "a", "Value": "1"}])
    dual = room.subnet(
        vpc_id, SubnetName="dual", CidrBlock="10.0.1.0/24", Zone="ap-guangzhou-4", StackType="DualStack"
    )
    block = described(room, "DescribeSubnets", SubnetIds=[dual])["Ipv6CidrBlock"]
    both = [dual, plain]
    for name, value, expected in (
        ("subnet-id", plain, [plain]),
        ("vpc-id", vpc_id, both),
        ("vpc-id", ABSENT["vpc"], []),
        ("cidr-block", "10.0.0.0", [plain]),
        ("is-default", "false", both),
        ("is-remote-vpc-snat", "true", []),
        ("subnet-name", "ual", [dual]),
        ("zone", ZONE, [plain]),
        ("tag-key", "a", [plain]),
        ("tag:a", "1", [plain]),
        ("cdc-id", "cluster-gbo27yc4", []),
        ("is-cdc-subnet", "0", both),
        ("ipv6-cidr-block", block, [dual]),
        ("isp-type", "BGP", [dual]),
        ("address-type", "GUA", [dual]),
    ):
        reply = room.call("DescribeSubnets", Filters=[{"Name": name, "Values": [value]}])
        assert [shown["SubnetId"] for shown in reply["SubnetSet"]] == expected, name


def test_subnets_are_listed_by_token(room):
    vpc_id = room.vpc()
    ids = [room.subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24") for number in range(5)]
    seen, token = [], None
    while token != "":
        page = room.call("DescribeSubnets", MaxResults=2, NextToken=token)
        seen.append([shown["SubnetId"] for shown in page["SubnetSet"]])
        assert page["TotalCount"] == 5
        token = page["NextToken"]
    assert seen == [ids[:2:-1], ids[2:0:-1], ids[:1]]
    assert room.call("DescribeSubnets")["NextToken"] == ""


def test_a_token_outlives_the_subnet_it_follows_but_not_a_day(room):
    vpc_id = room.vpc()
    ids = [room.subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24") for number in range(3)]
    token = room.call("DescribeSubnets", MaxResults=1)["NextToken"]
    room.call("DeleteSubnet", SubnetId=ids[2])
    page = room.call("DescribeSubnets", NextToken=token)
    assert [shown["SubnetId"] for shown in page["SubnetSet"]] == [ids[1], ids[0]]
    room.emulator.clock.advance(24 * 3600 * SECOND)
    assert room.refused("DescribeSubnets", NextToken=token) == "InvalidParameterValue.Malformed"


@pytest.mark.parametrize("token", ["x", "é", "MTIz", "YSBhZnRlciBi"])
def test_a_token_that_was_not_given_out_is_refused(room, token):
    assert room.refused("DescribeSubnets", NextToken=token) == "InvalidParameterValue.Malformed"


def test_times_are_local_times_of_china(room):
    room.vpc()
    assert described(room, "DescribeVpcs")["CreatedTime"].startswith("2026-09-21 22:13")
    assert START == 1_790_000_000 * SECOND
