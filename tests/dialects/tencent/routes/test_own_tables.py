"""Route tables beside the default one: created, used by subnets, deleted.

Source: the definitions in tccli, and the codes that the vendor's Go SDK lists for each action.
"""

import pytest

ABSENT = "rtb-absent00"


def own_table(account, **more):
    params = {"VpcId": account.vpc_id, "RouteTableName": "own", **more}
    return account.call("CreateRouteTable", **params)["RouteTable"]


def shown(account, table_id):
    (found,) = account.call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"]
    return found


def test_a_new_route_table_is_not_the_main_one(account):
    made = own_table(account, Tags=[{"Key": "city", "Value": "shanghai"}])
    assert made == shown(account, made["RouteTableId"])
    assert (made["RouteTableName"], made["Main"], made["AssociationSet"], made["RouteSet"]) == (
        "own",
        False,
        [],
        [],
    )
    assert made["TagSet"] == [{"Key": "city", "Value": "shanghai"}]
    mains = account.call("DescribeRouteTables", Filters=[{"Name": "association.main", "Values": ["false"]}])
    assert [each["RouteTableId"] for each in mains["RouteTableSet"]] == [made["RouteTableId"]]


def test_a_subnet_uses_another_route_table_and_then_the_next(account):
    one, other = own_table(account), own_table(account)
    main = account.subnet.route_table_id
    for table_id in (one["RouteTableId"], other["RouteTableId"], main, main):
        both = {"RouteTableId": table_id, "SubnetId": account.subnet_id}
        account.call("ReplaceRouteTableAssociation", **both)
        assert shown(account, table_id)["AssociationSet"] == [
            {"SubnetId": account.subnet_id, "RouteTableId": table_id}
        ]
        (subnet,) = account.call("DescribeSubnets", SubnetIds=[account.subnet_id])["SubnetSet"]
        assert subnet["RouteTableId"] == table_id
    assert shown(account, one["RouteTableId"])["AssociationSet"] == []


def test_a_route_table_is_renamed(account):
    table_id = own_table(account)["RouteTableId"]
    account.call("ModifyRouteTableAttribute", RouteTableId=table_id, RouteTableName="new")
    assert shown(account, table_id)["RouteTableName"] == "new"


def test_a_route_table_goes_with_its_routes_when_no_subnet_uses_it(account):
    table_id = own_table(account)["RouteTableId"]
    gateway = {
        "DestinationCidrBlock": "172.16.0.0/16",
        "GatewayType": "VPN",
        "GatewayId": "vpngw-12345678",
    }
    account.call("CreateRoutes", RouteTableId=table_id, Routes=[gateway])
    both = {"RouteTableId": table_id, "SubnetId": account.subnet_id}
    main = account.subnet.route_table_id
    account.call("ReplaceRouteTableAssociation", **both)
    assert account.refusal("DeleteRouteTable", RouteTableId=table_id) == (
        "UnsupportedOperation.DelRouteWithSubnet"
    )
    account.call("ReplaceRouteTableAssociation", **{**both, "RouteTableId": main})
    account.call("DeleteRouteTable", RouteTableId=table_id)
    assert account.refusal("DeleteRouteTable", RouteTableId=table_id) == "ResourceNotFound"
    assert account.call("DescribeRouteList")["TotalCount"] == 0


def test_the_default_route_table_stays(account):
    main = account.subnet.route_table_id
    assert account.refusal("DeleteRouteTable", RouteTableId=main) == "UnsupportedOperation.DelDefaultRoute"


def test_route_tables_go_with_their_vpc_and_let_their_subnets_go(account):
    vpc_id = account.create_vpc(CidrBlock="172.16.0.0/16")
    subnet_id = account.create_subnet(vpc_id, CidrBlock="172.16.0.0/24")
    table_id = own_table(account, VpcId=vpc_id)["RouteTableId"]
    account.call("ReplaceRouteTableAssociation", RouteTableId=table_id, SubnetId=subnet_id)
    account.call("DeleteSubnet", SubnetId=subnet_id)
    account.call("DeleteVpc", VpcId=vpc_id)
    assert account.refusal("DescribeRouteTables", RouteTableIds=[table_id]) == "ResourceNotFound"


def test_a_vpc_has_ten_route_tables(account):
    for _ in range(9):
        own_table(account)
    full = {"VpcId": account.vpc_id, "RouteTableName": "x"}
    assert account.refusal("CreateRouteTable", **full) == "LimitExceeded"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"VpcId": "vpc-absent00"}, "ResourceNotFound"),
        ({"VpcId": "vpc"}, "InvalidParameterValue.Malformed"),
        ({"RouteTableName": "x" * 61}, "InvalidParameterValue.TooLong"),
        ({"RouteTableName": None}, "MissingParameter"),
    ],
)
def test_a_wrong_route_table_is_refused(account, wrong, code):
    params = {"VpcId": account.vpc_id, "RouteTableName": "own", **wrong}
    params = {name: value for name, value in params.items() if value is not None}
    assert account.refusal("CreateRouteTable", **params) == code


def test_a_wrong_association_is_refused(account):
    away = account.create_vpc(CidrBlock="172.16.0.0/16")
    table_id = own_table(account, VpcId=away)["RouteTableId"]
    for wrong, code in (
        ({"RouteTableId": table_id}, "UnsupportedOperation.VpcMismatch"),
        ({"RouteTableId": ABSENT}, "ResourceNotFound"),
        ({"SubnetId": "subnet-absent00"}, "ResourceNotFound"),
        ({"SubnetId": None}, "MissingParameter"),
    ):
        params = {"RouteTableId": table_id, "SubnetId": account.subnet_id, **wrong}
        params = {name: value for name, value in params.items() if value is not None}
        assert account.refusal("ReplaceRouteTableAssociation", **params) == code
