"""Route tables of Tencent Cloud: one for each VPC, with which its subnets are associated."""

import pytest
from tests.dialects.tencent.rooms import Room

ABSENT = "rtb-absent00"


@pytest.fixture
def room():
    return Room()


def tables(room, **criteria):
    return room.call("DescribeRouteTables", **criteria)["RouteTableSet"]


def filtered(room, **filters):
    """List route tables by filters whose names are written with underscores."""
    chosen = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    return [each["RouteTableId"] for each in tables(room, Filters=chosen)]


def test_a_new_vpc_has_a_route_table_that_its_subnets_use(room):
    vpc_id = room.vpc()
    subnet_id = room.subnet(vpc_id)
    (shown,) = tables(room)
    table_id = shown["RouteTableId"]
    assert table_id.startswith("rtb-")
    (subnet,) = room.call("DescribeSubnets")["SubnetSet"]
    assert subnet["RouteTableId"] == table_id
    assert shown == {
        "VpcId": vpc_id,
        "RouteTableId": table_id,
        "RouteTableName": "default",
        "AssociationSet": [{"SubnetId": subnet_id, "RouteTableId": table_id}],
        "RouteSet": [],
        "Main": True,
        "CreatedTime": subnet["CreatedTime"],
        "TagSet": [],
        "LocalCidrForCcn": [{"Cidr": "10.0.0.0/16", "PublishedToVbc": False}],
    }


def test_a_route_table_goes_with_its_vpc(room):
    vpc_id = room.vpc()
    (shown,) = tables(room)
    room.call("DeleteVpc", VpcId=vpc_id)
    assert tables(room) == []
    gone = {"RouteTableIds": [shown["RouteTableId"]]}
    assert room.refused("DescribeRouteTables", **gone) == "ResourceNotFound"


def test_route_tables_are_found_by_each_filter(room):
    first, second = room.vpc(), room.vpc(CidrBlock="172.16.0.0/16")
    both = [each["RouteTableId"] for each in tables(room)]
    (new,) = filtered(room, vpc_id=second)
    (old,) = filtered(room, vpc_id=first)
    assert both == [new, old]
    for filters, found in (
        ({"route_table_id": new}, [new]),
        ({"route_table_id": ABSENT}, []),
        ({"route_table_name": "def"}, both),
        ({"route_table_name": "other"}, []),
        ({"association.main": "true"}, both),
        ({"association.main": "false"}, []),
        ({"visible": "true"}, both),
        ({"visible": "false"}, []),
        ({"tag_key": "none"}, []),
        ({"tag:none": "x"}, []),
        ({"route_table_id": new, "vpc_id": second, "next_hop_type": "LOCAL"}, [new]),
        ({"route_table_id": new, "vpc_id": second, "next_hop_type": "NAT"}, []),
        ({"route_table_id": new, "vpc_id": first}, []),
    ):
        assert filtered(room, **filters) == found


def test_route_tables_come_in_pages_whose_numbers_may_be_texts(room):
    for _ in range(3):
        room.vpc()
    every = tables(room, Limit="100", Offset="0", NeedRouterInfo=False)
    reply = room.call("DescribeRouteTables", Limit="1", Offset="1")
    assert (reply["RouteTableSet"], reply["TotalCount"]) == ([every[1]], 3)
    assert tables(room, RouteTableIds=[each["RouteTableId"] for each in every[1:]]) == every[1:]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"RouteTableIds": [ABSENT]}, "ResourceNotFound"),
        ({"RouteTableIds": ["table"]}, "InvalidParameterValue.Malformed"),
        ({"RouteTableIds": [ABSENT] * 101}, "InvalidParameterValue.LimitExceeded"),
        (
            {"RouteTableIds": [ABSENT], "Filters": [{"Name": "vpc-id", "Values": ["vpc-12345678"]}]},
            "InvalidParameter.Coexist",
        ),
        ({"Filters": [{"Name": "colour", "Values": ["x"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Filters": [{"Name": "next-hop-type", "Values": ["NAT"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Filters": ["vpc-id"]}, "InvalidParameter.FilterNotDict"),
        ({"Limit": "101"}, "InvalidParameterValue.Range"),
    ],
)
def test_a_wrong_question_is_refused(room, wrong, code):
    assert room.refused("DescribeRouteTables", **wrong) == code
