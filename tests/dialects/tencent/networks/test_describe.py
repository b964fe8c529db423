"""Lists of VPCs and subnets: their filters and pages."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT
from tests.dialects.tencent.networks.described import described

TAGS = [{"Key": "city", "Value": "shanghai"}, {"Key": "empty", "Value": ""}]


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
