"""Secondary CIDR blocks of Tencent Cloud's VPCs."""

from ipaddress import IPv4Network

import pytest
from tests.dialects.tencent.furnished_account import ABSENT

EXTRA = "172.16.0.0/16"


def listed(account, **criteria):
    return account.call("DescribeAssistantCidr", **criteria)["AssistantCidrSet"]


def test_secondary_blocks_are_created_used_and_deleted(account):
    vpc_id = account.create_vpc()
    made = account.call("CreateAssistantCidr", VpcId=vpc_id, CidrBlocks=[EXTRA, "10.1.0.0/16"])
    assert made["AssistantCidrSet"] == [
        {"VpcId": vpc_id, "CidrBlock": block, "AssistantType": 0, "SubnetSet": []}
        for block in (EXTRA, "10.1.0.0/16")
    ]
    subnet_id = account.create_subnet(vpc_id, CidrBlock="172.16.3.0/24")
    (vpc,) = account.call("DescribeVpcs")["VpcSet"]
    assert listed(account) == vpc["AssistantCidrSet"]
    assert [[each["SubnetId"] for each in block["SubnetSet"]] for block in listed(account)] == [
        [subnet_id],
        [],
    ]
    assert account.refusal("DeleteAssistantCidr", VpcId=vpc_id, CidrBlocks=[EXTRA]) == "ResourceInUse"
    account.call("DeleteSubnet", SubnetId=subnet_id)
    account.call("DeleteAssistantCidr", VpcId=vpc_id, CidrBlocks=[EXTRA])
    assert [each["CidrBlock"] for each in listed(account)] == ["10.1.0.0/16"]


def test_secondary_blocks_are_exchanged_at_once(account):
    vpc_id = account.create_vpc()
    account.call("CreateAssistantCidr", VpcId=vpc_id, CidrBlocks=[EXTRA])
    changed = account.call(
        "ModifyAssistantCidr", VpcId=vpc_id, NewCidrBlocks=["172.16.0.0/20"], OldCidrBlocks=[EXTRA]
    )["AssistantCidrSet"]
    assert [each["CidrBlock"] for each in changed] == ["172.16.0.0/20"]
    assert account.refusal("ModifyAssistantCidr", VpcId=vpc_id) == "MissingParameter"


def test_secondary_blocks_are_listed_by_vpc_in_pages(account):
    first, second = account.create_vpc(), account.create_vpc()
    account.call("CreateAssistantCidr", VpcId=first, CidrBlocks=["10.1.0.0/16", "10.2.0.0/16"])
    account.call("CreateAssistantCidr", VpcId=second, CidrBlocks=[EXTRA])
    by_vpc = [{"Name": "vpc-id", "Values": [first]}]
    for criteria, blocks in (
        ({}, [EXTRA, "10.1.0.0/16", "10.2.0.0/16"]),
        ({"VpcIds": [second]}, [EXTRA]),
        ({"VpcIds": [ABSENT["vpc"]]}, []),
        ({"Filters": by_vpc}, ["10.1.0.0/16", "10.2.0.0/16"]),
        ({"Offset": 1, "Limit": 1}, ["10.1.0.0/16"]),
    ):
        assert [each["CidrBlock"] for each in listed(account, **criteria)] == blocks
    assert account.call("DescribeAssistantCidr", Limit=1)["TotalCount"] == 3


@pytest.mark.parametrize(
    ("action", "wrong", "code"),
    [
        ("CreateAssistantCidr", {"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ("CreateAssistantCidr", {"CidrBlocks": []}, "MissingParameter"),
        ("CreateAssistantCidr", {"CidrBlocks": ["none"]}, "InvalidParameterValue.Malformed"),
        ("CreateAssistantCidr", {"CidrBlocks": [EXTRA, EXTRA]}, "InvalidParameterValue.Duplicate"),
        ("CreateAssistantCidr", {"CidrBlocks": ["10.0.1.0/24"]}, "InvalidParameterValue.VpcCidrConflict"),
        ("CreateAssistantCidr", {"CidrBlocks": ["8.8.0.0/16"]}, "InvalidParameterValue"),
        ("CreateAssistantCidr", {"CidrBlocks": ["10.1.0.0/29"]}, "InvalidParameterValue"),
        ("CreateAssistantCidr", {"CidrBlocks": [f"10.{n}.0.0/16" for n in range(1, 7)]}, "LimitExceeded"),
        ("ModifyAssistantCidr", {"NewCidrBlocks": ["8.8.0.0/16"]}, "InvalidParameterValue"),
        ("ModifyAssistantCidr", {"NewCidrBlocks": ["10.1.0.0/29"]}, "InvalidParameterValue"),
        ("ModifyAssistantCidr", {"OldCidrBlocks": [EXTRA]}, "ResourceNotFound"),
        ("DeleteAssistantCidr", {"CidrBlocks": [EXTRA]}, "ResourceNotFound"),
        ("DescribeAssistantCidr", {"VpcIds": ["v-1"]}, "InvalidParameterValue.Malformed"),
    ],
)
def test_what_is_wrong_with_a_secondary_block_is_told(account, action, wrong, code):
    named = {} if action.startswith("Describe") else {"VpcId": account.create_vpc()}
    if action == "CreateAssistantCidr":
        named["CidrBlocks"] = [EXTRA]
    assert account.refusal(action, **{**named, **wrong}) == code


def test_a_filter_that_does_not_exist_is_overlooked(account):
    """Where the action's list of codes has none for it, there is no sign that the cloud refuses it."""
    vpc_id = account.create_vpc()
    account.call("CreateAssistantCidr", VpcId=vpc_id, CidrBlocks=[EXTRA])
    reply = account.call("DescribeAssistantCidr", Filters=[{"Name": "colour", "Values": ["x"]}])
    assert [each["CidrBlock"] for each in reply["AssistantCidrSet"]] == [EXTRA]


def conflicts(account, vpc_id, **blocks):
    found = account.call("CheckAssistantCidr", VpcId=vpc_id, **blocks)["ConflictSourceSet"]
    return [
        (each["ConflictSourceId"], each["SourceItem"], item["DestinationItem"])
        for each in found
        for item in each["ConflictItemSet"]
    ]


def test_what_speaks_against_new_blocks_is_listed(account):
    vpc_id = account.create_vpc()
    account.call("CreateAssistantCidr", VpcId=vpc_id, CidrBlocks=[EXTRA, "10.1.0.0/16"])
    assert conflicts(account, vpc_id, NewCidrBlocks=["10.2.0.0/16"]) == []
    assert conflicts(account, vpc_id, NewCidrBlocks=["10.0.0.0/15", "10.1.1.0/24"]) == [
        (vpc_id, "10.0.0.0/16", "10.0.0.0/15"),
        (vpc_id, "10.1.0.0/16", "10.0.0.0/15"),
        (vpc_id, "10.1.0.0/16", "10.1.1.0/24"),
    ]
    assert conflicts(account, vpc_id, NewCidrBlocks=["10.1.1.0/24"], OldCidrBlocks=["10.1.0.0/16"]) == []
    assert len(listed(account)) == 2


def test_a_route_speaks_against_a_block(account):
    vpc_id = account.create_vpc()
    (table,) = account.call("DescribeRouteTables", Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])[
        "RouteTableSet"
    ]
    route = {"DestinationCidrBlock": "172.20.0.0/16", "GatewayType": "VPN", "GatewayId": "vpngw-12345678"}
    made = account.call("CreateRoutes", RouteTableId=table["RouteTableId"], Routes=[route])
    (route,) = made["RouteTableSet"][0]["RouteSet"]
    found = conflicts(account, vpc_id, NewCidrBlocks=["172.20.5.0/24"])
    assert found == [(route["RouteItemId"], "172.20.0.0/16", "172.20.5.0/24")]


def test_a_check_is_refused_for_what_the_change_would_be(account):
    vpc_id = account.create_vpc()
    account.call("CreateAssistantCidr", VpcId=vpc_id, CidrBlocks=[EXTRA])
    account.create_subnet(vpc_id, CidrBlock=str(next(IPv4Network(EXTRA).subnets(new_prefix=24))))
    for blocks, code in (
        ({}, "MissingParameter"),
        ({"OldCidrBlocks": [EXTRA]}, "InvalidParameterValue.SubnetConflict"),
        ({"OldCidrBlocks": ["10.9.0.0/16"]}, "ResourceNotFound"),
        ({"NewCidrBlocks": ["8.8.0.0/16"]}, "InvalidParameterValue"),
        ({"NewCidrBlocks": ["none"]}, "InvalidParameterValue.Malformed"),
    ):
        assert account.refusal("CheckAssistantCidr", VpcId=vpc_id, **blocks) == code
    absent = {"VpcId": ABSENT["vpc"], "NewCidrBlocks": ["10.9.0.0/16"]}
    assert account.refusal("CheckAssistantCidr", **absent) == "ResourceNotFound"
