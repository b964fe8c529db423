"""VPCs and subnets."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, ZONE, TencentAccount
from tests.harness import START

from duolect_core.model.resources import SECOND

TAGS = [{"Key": "city", "Value": "shanghai"}, {"Key": "empty", "Value": ""}]
TOO_LONG = "x" * 61


@pytest.fixture
def account():
    return TencentAccount()


def described(account, action, **params):
    """Return the only object that a describe action lists."""
    reply = account.call(action, **params)
    (shown,) = reply.get("VpcSet") or reply["SubnetSet"]
    assert reply["TotalCount"] == 1
    return shown


# -- VPCs ------------------------------------------------------------------------------------------------


def test_a_vpc_is_described_as_it_was_created(account):
    created = account.call(
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
    assert created == described(account, "DescribeVpcs", VpcIds=[created["VpcId"]])
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


def test_a_vpc_has_the_defaults_of_the_vendor(account):
    created = account.call("CreateVpc", VpcName="vpc", CidrBlock="192.168.0.0/16")["Vpc"]
    assert created["EnableMulticast"] is False
    assert created["DnsServerSet"] == ["183.60.83.19", "183.60.82.98"]
    assert created["DomainName"] == ""
    assert created["Ipv6CidrBlock"] == ""
    assert created["Ipv6CidrBlockSet"] == []
    assert created["TagSet"] == []


def test_a_dual_stack_vpc_has_an_ipv6_block(account):
    created = account.call("CreateVpc", VpcName="vpc", CidrBlock="10.0.0.0/16", StackType="DualStack")[
        "Vpc"
    ]
    block = created["Ipv6CidrBlock"]
    assert block.endswith("::/56")
    assert created["Ipv6CidrBlockSet"] == [{"IPv6CidrBlock": block, "ISPType": "BGP", "AddressType": "GUA"}]
    assert created["StackType"] == "DualStack"


@pytest.mark.parametrize("block", ["10.0.0.0/12", "10.0.0.0/28", "172.16.0.0/12", "192.168.0.0/16"])
def test_a_vpc_may_have_any_private_block_of_the_right_size(account, block):
    vpc_id = account.create_vpc(CidrBlock=block)
    assert described(account, "DescribeVpcs", VpcIds=[vpc_id])["CidrBlock"] == block


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
def test_a_vpc_is_refused_for(account, changes, code):
    params = {"VpcName": "vpc", "CidrBlock": "10.0.0.0/16", **changes}
    assert account.refusal("CreateVpc", **params) == code


def test_the_vendors_quota_of_vpcs_is_kept():
    account = TencentAccount(vendor_quotas=True)
    for _ in range(20):
        account.create_vpc()
    assert account.refusal("CreateVpc", VpcName="vpc", CidrBlock="10.0.0.0/16") == "LimitExceeded"


def test_a_vpc_goes_with_its_empty_subnets(account):
    vpc_id = account.create_vpc()
    account.create_subnet(vpc_id)
    account.call("DeleteVpc", VpcId=vpc_id)
    assert account.call("DescribeVpcs")["TotalCount"] == 0
    assert account.call("DescribeSubnets")["TotalCount"] == 0
    assert account.refusal("DeleteVpc", VpcId=vpc_id) == "ResourceNotFound"


def test_a_vpc_in_use_stays(account):
    vpc_id = account.create_vpc()
    account.create_interface(VpcId=vpc_id, SubnetId=account.create_subnet(vpc_id))
    assert account.refusal("DeleteVpc", VpcId=vpc_id) == "ResourceInUse"


def test_a_malformed_id_is_refused(account):
    for action, name, listed in (
        ("DeleteVpc", "VpcId", None),
        ("DeleteSubnet", "SubnetId", None),
        ("DescribeVpcs", None, "VpcIds"),
        ("DescribeSubnets", None, "SubnetIds"),
    ):
        params = {name: "eni-12345678"} if name else {listed: ["eni-12345678"]}
        assert account.refusal(action, **params) == "InvalidParameterValue.Malformed"


# -- describing ------------------------------------------------------------------------------------------


@pytest.fixture
def two_vpcs(account):
    """Two VPCs that differ in everything a filter looks at."""
    plain = account.create_vpc(VpcName="plain", CidrBlock="10.1.0.0/16", Tags=[{"Key": "a", "Value": "1"}])
    dual = account.create_vpc(
        VpcName="with six",
        CidrBlock="10.2.0.0/16",
        StackType="DualStack",
        Tags=[{"Key": "a", "Value": "2"}, {"Key": "b", "Value": "1"}],
    )
    return plain, dual


def vpcs(account, name, *values):
    reply = account.call("DescribeVpcs", Filters=[{"Name": name, "Values": list(values)}])
    assert reply["TotalCount"] == len(reply["VpcSet"])
    return [shown["VpcId"] for shown in reply["VpcSet"]]


def test_vpcs_are_found_by_each_filter(account, two_vpcs):
    plain, dual = two_vpcs
    both = [dual, plain]
    block = described(account, "DescribeVpcs", VpcIds=[dual])["Ipv6CidrBlock"]
    assert vpcs(account, "vpc-name", "lai") == [plain]
    assert vpcs(account, "vpc-name", "plain", "six") == both
    assert vpcs(account, "is-default", "false") == both
    assert vpcs(account, "is-default", "FALSE") == both
    assert vpcs(account, "is-default", "true") == []
    assert vpcs(account, "vpc-id", plain) == [plain]
    assert vpcs(account, "cidr-block", "10.1.0.0/16", "10.2.0.0") == both
    assert vpcs(account, "cidr-block", "10.3.0.0/16") == []
    assert vpcs(account, "tag-key", "b") == [dual]
    assert vpcs(account, "tag:a", "1") == [plain]
    assert vpcs(account, "tag:a", "1", "2") == both
    assert vpcs(account, "ipv6-cidr-block", block) == [dual]
    assert vpcs(account, "isp-type", "BGP") == [dual]
    assert vpcs(account, "isp-type", "CMCC") == []
    assert vpcs(account, "address-type", "GUA") == [dual]


def test_filters_must_all_match(account, two_vpcs):
    plain, _ = two_vpcs
    name, tag = {"Name": "vpc-name", "Values": ["plain"]}, {"Name": "tag:a", "Values": ["1"]}
    assert described(account, "DescribeVpcs", Filters=[name, tag])["VpcId"] == plain
    other = {"Name": "tag:a", "Values": ["2"]}
    assert account.call("DescribeVpcs", Filters=[name, other])["VpcSet"] == []


def test_unknown_ids_are_left_out(account):
    vpc_id = account.create_vpc()
    subnet_id = account.create_subnet(vpc_id)
    assert described(account, "DescribeVpcs", VpcIds=[vpc_id, ABSENT["vpc"]])["VpcId"] == vpc_id
    assert described(account, "DescribeSubnets", SubnetIds=[ABSENT["subnet"], subnet_id])["VpcId"] == vpc_id
    assert account.call("DescribeVpcs", VpcIds=[ABSENT["vpc"]]) | {"RequestId": ""} == {
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
def test_what_to_describe_must_be_said_rightly(account, action, params, code):
    assert account.refusal(action, **params) == code


@pytest.mark.parametrize("action", LISTS)
def test_ids_are_given_without_filters_and_at_most_100(account, action):
    name = LISTS[action]
    known = {
        "VpcIds": account.create_vpc(),
        "SubnetIds": account.create_subnet(account.create_vpc()),
        "SecurityGroupIds": account.create_group(),
    }[name]
    both = {name: [known], "Filters": FILTERS}
    assert account.refusal(action, **both) == "InvalidParameter.Coexist"
    many = {name: [known] * 101}
    assert account.refusal(action, **many) == "InvalidParameterValue.LimitExceeded"
    assert account.call(action, **{name: [known] * 100})["TotalCount"] == 1


@pytest.mark.parametrize("style", ["json", "get", "form"])
@pytest.mark.parametrize("number", [int, str])
def test_a_page_is_cut_with_numbers_in_either_spelling(account, style, number):
    ids = [account.create_vpc() for _ in range(3)]
    page = account.call("DescribeVpcs", style=style, Offset=number(1), Limit=number(1))
    assert [shown["VpcId"] for shown in page["VpcSet"]] == [ids[1]]
    assert page["TotalCount"] == 3


@pytest.mark.parametrize("style", ["get", "form"])
def test_lists_and_objects_may_be_flattened(account, style):
    created = account.call("CreateVpc", style=style, VpcName="vpc", CidrBlock="10.0.0.0/16", Tags=TAGS)[
        "Vpc"
    ]
    assert created["TagSet"] == TAGS
    filters = [{"Name": "tag:city", "Values": ["beijing", "shanghai"]}]
    assert described(account, "DescribeVpcs", style=style, Filters=filters) == created


# -- subnets ---------------------------------------------------------------------------------------------


def test_a_subnet_is_described_as_it_was_created(account):
    vpc_id = account.create_vpc()
    created = account.call(
        "CreateSubnet",
        VpcId=vpc_id,
        SubnetName="subnet",
        Zone=ZONE,
        CidrBlock="10.0.4.0/22",
        Tags=TAGS,
    )["Subnet"]
    assert created == described(account, "DescribeSubnets", SubnetIds=[created["SubnetId"]])
    assert created["VpcId"] == vpc_id
    assert created["SubnetName"] == "subnet"
    assert created["CidrBlock"] == "10.0.4.0/22"
    assert created["Zone"] == ZONE
    assert created["CreatedTime"] == "2026-09-21 22:13:20"
    assert created["TotalIpAddressCount"] == 1024
    assert created["AvailableIpAddressCount"] == 1021
    assert created["IsDefault"] is False
    assert created["TagSet"] == TAGS


def test_subnets_of_a_vpc_share_its_route_table(account):
    vpc_id, other_id = account.create_vpc(), account.create_vpc()
    account.create_subnet(vpc_id)
    account.create_subnet(vpc_id, CidrBlock="10.0.1.0/24")
    account.create_subnet(other_id)
    tables = [shown["RouteTableId"] for shown in account.call("DescribeSubnets")["SubnetSet"]]
    assert tables[0] != tables[1] == tables[2]
    assert tables[0].startswith("rtb-")


def test_an_interface_takes_an_address_of_its_subnet(account):
    vpc_id = account.create_vpc()
    subnet_id = account.create_subnet(vpc_id)
    account.create_interface(VpcId=vpc_id, SubnetId=subnet_id, SecondaryPrivateIpAddressCount=2)
    assert described(account, "DescribeSubnets")["AvailableIpAddressCount"] == 250


def test_a_subnet_may_fill_its_vpc(account):
    account.create_subnet(account.create_vpc(), CidrBlock="10.0.0.0/16")


def test_dual_stack_subnets_get_blocks_of_their_own(account):
    vpc_id = account.create_vpc(StackType="DualStack")
    whole = described(account, "DescribeVpcs")["Ipv6CidrBlock"].removesuffix("00::/56")
    named = f"{whole}01::/64"
    subnets = [
        account.create_subnet(vpc_id, CidrBlock="10.0.0.0/24", Ipv6CidrBlock=named),
        account.create_subnet(vpc_id, CidrBlock="10.0.1.0/24", StackType="DualStack"),
        account.create_subnet(vpc_id, CidrBlock="10.0.2.0/24", StackType="DualStack"),
        account.create_subnet(vpc_id, CidrBlock="10.0.3.0/24"),
    ]
    blocks = [
        described(account, "DescribeSubnets", SubnetIds=[subnet_id])["Ipv6CidrBlock"]
        for subnet_id in subnets
    ]
    assert blocks == [named, f"{whole}00::/64", f"{whole}02::/64", ""]
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.4.0/24"}
    for block, code in (
        (named, "InvalidParameterValue.SubnetConflict"),
        (f"{whole}00::/63", "InvalidParameterValue.SubnetRange"),
        ("2001:db8::/64", "InvalidParameterValue.SubnetRange"),
        ("2001:db8::1/64", "InvalidParameterValue.Malformed"),
    ):
        assert account.refusal("CreateSubnet", Ipv6CidrBlock=block, **params) == code


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
        ({"CdcId": "cluster-gbo27yc4"}, "UnsupportedOperation"),
        ({"Tags": [{"Key": ""}]}, "InvalidParameterValue.TagInvalidKey"),
    ],
)
def test_a_subnet_is_refused_for(account, changes, code):
    vpc_id = account.create_vpc()
    account.create_subnet(vpc_id)
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.1.0/24", **changes}
    assert account.refusal("CreateSubnet", **params) == code


def test_a_vpc_holds_100_subnets(account):
    vpc_id = account.create_vpc()
    for number in range(100):
        account.create_subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24")
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.100.0/24"}
    assert account.refusal("CreateSubnet", **params) == "LimitExceeded"


def test_an_empty_subnet_can_be_deleted(account):
    subnet_id = account.create_subnet(account.create_vpc())
    account.call("DeleteSubnet", SubnetId=subnet_id)
    assert account.call("DescribeSubnets")["TotalCount"] == 0
    assert account.refusal("DeleteSubnet", SubnetId=subnet_id) == "ResourceNotFound"


def test_a_subnet_in_use_stays(account):
    vpc_id = account.create_vpc()
    subnet_id = account.create_subnet(vpc_id)
    account.create_interface(VpcId=vpc_id, SubnetId=subnet_id)
    assert account.refusal("DeleteSubnet", SubnetId=subnet_id) == "ResourceInUse"


def test_subnets_are_found_by_each_filter(account):
    vpc_id = account.create_vpc(StackType="DualStack")
    plain = account.create_subnet(vpc_id, SubnetName="plain", Tags=[{"Key": "a", "Value": "1"}])
    dual = account.create_subnet(
        vpc_id, SubnetName="dual", CidrBlock="10.0.1.0/24", Zone="ap-guangzhou-4", StackType="DualStack"
    )
    block = described(account, "DescribeSubnets", SubnetIds=[dual])["Ipv6CidrBlock"]
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
        reply = account.call("DescribeSubnets", Filters=[{"Name": name, "Values": [value]}])
        assert [shown["SubnetId"] for shown in reply["SubnetSet"]] == expected, name


def test_subnets_are_listed_by_token(account):
    vpc_id = account.create_vpc()
    ids = [account.create_subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24") for number in range(5)]
    seen, token = [], None
    while token != "":
        page = account.call("DescribeSubnets", MaxResults=2, NextToken=token)
        seen.append([shown["SubnetId"] for shown in page["SubnetSet"]])
        assert page["TotalCount"] == 5
        token = page["NextToken"]
    assert seen == [ids[:2:-1], ids[2:0:-1], ids[:1]]
    assert account.call("DescribeSubnets")["NextToken"] == ""


def test_a_token_outlives_the_subnet_it_follows_but_not_a_day(account):
    vpc_id = account.create_vpc()
    ids = [account.create_subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24") for number in range(3)]
    token = account.call("DescribeSubnets", MaxResults=1)["NextToken"]
    account.call("DeleteSubnet", SubnetId=ids[2])
    page = account.call("DescribeSubnets", NextToken=token)
    assert [shown["SubnetId"] for shown in page["SubnetSet"]] == [ids[1], ids[0]]
    account.emulator.clock.advance(24 * 3600 * SECOND)
    assert account.refusal("DescribeSubnets", NextToken=token) == "InvalidParameterValue.Malformed"


@pytest.mark.parametrize("token", ["x", "é", "MTIz", "YSBhZnRlciBi"])
def test_a_token_that_was_not_given_out_is_refused(account, token):
    assert account.refusal("DescribeSubnets", NextToken=token) == "InvalidParameterValue.Malformed"


def test_times_are_local_times_of_china(account):
    account.create_vpc()
    assert described(account, "DescribeVpcs")["CreatedTime"].startswith("2026-09-21 22:13")
    assert START == 1_790_000_000 * SECOND
