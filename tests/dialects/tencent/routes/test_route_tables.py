"""Route tables of Tencent Cloud: one for each VPC, with which its subnets are associated."""

import pytest

ABSENT = "rtb-absent00"


def tables(account, **criteria):
    return account.call("DescribeRouteTables", **criteria)["RouteTableSet"]


def filtered(account, **filters):
    """List route tables by filters whose names are written with underscores."""
    chosen = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    return [each["RouteTableId"] for each in tables(account, Filters=chosen)]


def test_a_new_vpc_has_a_route_table_that_its_subnets_use(account):
    vpc_id = account.create_vpc()
    subnet_id = account.create_subnet(vpc_id)
    (shown,) = tables(account)
    table_id = shown["RouteTableId"]
    assert table_id.startswith("rtb-")
    (subnet,) = account.call("DescribeSubnets")["SubnetSet"]
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


def test_a_route_table_goes_with_its_vpc(account):
    vpc_id = account.create_vpc()
    (shown,) = tables(account)
    account.call("DeleteVpc", VpcId=vpc_id)
    assert tables(account) == []
    gone = {"RouteTableIds": [shown["RouteTableId"]]}
    assert account.refusal("DescribeRouteTables", **gone) == "ResourceNotFound"


def test_route_tables_are_found_by_each_filter(account):
    first, second = account.create_vpc(), account.create_vpc(CidrBlock="172.16.0.0/16")
    both = [each["RouteTableId"] for each in tables(account)]
    (new,) = filtered(account, vpc_id=second)
    (old,) = filtered(account, vpc_id=first)
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
        ({"route_table_id": new, "vpc_id": second, "next_hop_type": "VPN"}, []),
        ({"route_table_id": new, "vpc_id": first}, []),
    ):
        assert filtered(account, **filters) == found


def test_route_tables_come_in_pages_whose_numbers_may_be_texts(account):
    for _ in range(3):
        account.create_vpc()
    every = tables(account, Limit="100", Offset="0", NeedRouterInfo=False)
    reply = account.call("DescribeRouteTables", Limit="1", Offset="1")
    assert (reply["RouteTableSet"], reply["TotalCount"]) == ([every[1]], 3)
    assert tables(account, RouteTableIds=[each["RouteTableId"] for each in every[1:]]) == every[1:]


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
        ({"Filters": [{"Name": "next-hop-type", "Values": ["VPN"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Filters": ["vpc-id"]}, "InvalidParameter.FilterNotDict"),
        ({"Limit": "101"}, "InvalidParameterValue.Range"),
    ],
)
def test_a_wrong_question_is_refused(account, wrong, code):
    assert account.refusal("DescribeRouteTables", **wrong) == code
