"""The default VPC of Tencent Cloud and its default subnets."""

import pytest
from tests.dialects.tencent.rooms import OTHER_ZONE, ZONE, Room


@pytest.fixture
def room():
    return Room()


def test_the_default_vpc_is_created_once_with_a_subnet(room):
    made = room.call("CreateDefaultVpc", Zone=ZONE, Force=True)["Vpc"]
    assert room.call("CreateDefaultVpc")["Vpc"] == made
    (vpc,) = room.call("DescribeVpcs", Filters=[{"Name": "is-default", "Values": ["true"]}])["VpcSet"]
    (subnet,) = room.call("DescribeSubnets", Filters=[{"Name": "is-default", "Values": ["true"]}])[
        "SubnetSet"
    ]
    assert made == {
        "VpcId": vpc["VpcId"],
        "SubnetId": subnet["SubnetId"],
        "VpcName": "Default-VPC",
        "SubnetName": "Default-Subnet",
        "CidrBlock": "172.16.0.0/20",
    }
    assert (vpc["CidrBlock"], vpc["IsDefault"], subnet["Zone"]) == ("172.16.0.0/16", True, ZONE)


def test_each_zone_can_have_a_default_subnet(room):
    first = room.call("CreateDefaultVpc", Zone=ZONE)["Vpc"]
    second = room.call("CreateDefaultVpc", Zone=OTHER_ZONE)["Vpc"]
    assert first["VpcId"] == second["VpcId"]
    assert second["CidrBlock"] == "172.16.16.0/20"
    assert room.call("CreateDefaultVpc", Zone=ZONE)["Vpc"] == first


def test_a_zone_that_is_not_there_creates_no_default_vpc(room):
    assert room.refused("CreateDefaultVpc", Zone="ap-guangzhou-99") == "InvalidParameterValue"


def test_a_default_vpc_without_room_takes_no_more_subnets(room):
    vpc_id = room.call("CreateDefaultVpc", Zone=ZONE)["Vpc"]["VpcId"]
    room.subnet(vpc_id, CidrBlock="172.16.16.0/20")
    for octet in range(32, 256, 16):
        room.subnet(vpc_id, CidrBlock=f"172.16.{octet}.0/20")
    assert room.refused("CreateDefaultVpc", Zone=OTHER_ZONE) == "ResourceInsufficient.CidrBlock"
