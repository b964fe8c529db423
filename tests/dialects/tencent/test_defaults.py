"""The default VPC of Tencent Cloud, and the instances of a VPC as the VPC service lists them."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, OTHER_ZONE, ZONE, FurnishedRoom, Room


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


# -- instances of a VPC ----------------------------------------------------------------------------------


def test_the_instances_of_a_vpc_are_listed():
    room = FurnishedRoom()
    first, second = (*room.run(InstanceName="web-1"), *room.run(InstanceName="db-1"))

    def found(name, *values, **more):
        chosen = [{"Name": name, "Values": list(values)}]
        return room.call("DescribeVpcInstances", Filters=chosen, **more)

    (shown,) = found("instance-id", first)["InstanceSet"]
    kind = room.client.partition.rules.instance_types[shown["InstanceType"]]
    assert (shown["InstanceName"], shown["InstanceState"]) == ("web-1", "RUNNING")
    assert (shown["VpcId"], shown["SubnetId"]) == (room.vpc_id, room.subnet_id)
    assert (shown["EniLimit"], shown["EniIpLimit"]) == (kind.interfaces, kind.ipv4_per_interface)
    assert (shown["CPU"], shown["Memory"], shown["InstanceEniCount"]) == (kind.cpu, kind.memory_gib, 1)
    for reply, ids in (
        (found("vpc-id", room.vpc_id), [second, first]),
        (found("vpc-id", ABSENT["vpc"]), []),
        (found("instance-name", "web"), [first]),
        (found("vpc-id", room.vpc_id, Offset=1, Limit=1), [first]),
    ):
        assert [each["InstanceId"] for each in reply["InstanceSet"]] == ids
    assert found("vpc-id", room.vpc_id, Limit=1)["TotalCount"] == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({}, "MissingParameter"),
        ({"Filters": []}, "MissingParameter"),
        ({"Filters": [{"Name": "colour", "Values": ["x"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Filters": [{"Name": "vpc-id", "Values": ["x"]}], "Limit": 101}, "InvalidParameterValue.Range"),
    ],
)
def test_a_wrong_question_for_instances_is_refused(room, wrong, code):
    assert room.refused("DescribeVpcInstances", **wrong) == code
