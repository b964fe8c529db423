"""Routes of route tables: created, replaced, switched, reset, deleted, listed.

Source: the definitions in tccli, and the codes that the vendor's Go SDK lists for each action.
"""

import pytest

PEERING = {"GatewayType": "PEERCONNECTION", "GatewayId": "pcx-12345678"}
VPN = {"GatewayType": "VPN", "GatewayId": "vpngw-12345678"}
BLOCK = {"DestinationCidrBlock": "172.16.0.0/16"}
OTHER_BLOCK = {"DestinationCidrBlock": "172.17.0.0/16"}


@pytest.fixture
def table_id(account):
    return account.subnet.route_table_id


def create(account, table_id, *routes):
    account.call("CreateRoutes", RouteTableId=table_id, Routes=list(routes))
    return shown(account, table_id)[-len(routes) :]


def shown(account, table_id):
    (table,) = account.call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"]
    return table["RouteSet"]


def refused(account, table_id, *routes, action="CreateRoutes"):
    return account.refusal(action, RouteTableId=table_id, Routes=list(routes))


def test_a_new_route_is_shown_with_both_its_ids(account, table_id):
    made = account.call(
        "CreateRoutes", RouteTableId=table_id, Routes=[{**BLOCK, **PEERING, "RouteDescription": "out"}]
    )
    ((route,),) = (each["RouteSet"] for each in made["RouteTableSet"])
    assert made["TotalCount"] == 1
    assert route["RouteItemId"].startswith("rti-")
    assert route == {
        **BLOCK,
        **PEERING,
        "RouteId": route["RouteId"],
        "RouteDescription": "out",
        "Enabled": True,
        "RouteType": "USER",
        "RouteTableId": table_id,
        "DestinationIpv6CidrBlock": "",
        "RouteItemId": route["RouteItemId"],
        "PublishedToVbc": False,
        "CreatedTime": route["CreatedTime"],
        "CdcId": "",
    }
    assert route["RouteId"] > 0
    without = account.call("DescribeRouteTables", RouteTableIds=[table_id], NeedRouterInfo=False)
    assert without["RouteTableSet"][0]["RouteSet"] == []


def test_a_route_of_ipv6_has_no_numeric_id(account, table_id):
    (route,) = create(account, table_id, {"DestinationIpv6CidrBlock": "::/0", **PEERING})
    assert (route["RouteId"], route["DestinationCidrBlock"], route["DestinationIpv6CidrBlock"]) == (
        0,
        "",
        "::/0",
    )


def test_a_route_leads_to_the_private_address_of_an_instance(account, table_id):
    (instance,) = account.call("DescribeInstances", InstanceIds=[account.instance_id])["InstanceSet"]
    (address,) = instance["PrivateIpAddresses"]
    hop = {"GatewayType": "NORMAL_CVM", "GatewayId": address}
    (route,) = create(account, table_id, {**BLOCK, **hop})
    assert (route["GatewayType"], route["GatewayId"]) == ("NORMAL_CVM", address)
    by_type = [
        {"Name": "next-hop-type", "Values": ["NORMAL_CVM"]},
        {"Name": "vpc-id", "Values": [account.vpc_id]},
        {"Name": "route-table-id", "Values": [table_id]},
    ]
    assert account.call("DescribeRouteTables", Filters=by_type)["TotalCount"] == 1
    by_type[0]["Values"] = ["VPN"]
    assert account.call("DescribeRouteTables", Filters=by_type)["TotalCount"] == 0
    absent = {"GatewayType": "NORMAL_CVM", "GatewayId": "10.0.0.99"}
    assert refused(account, table_id, {**OTHER_BLOCK, **absent}) == (
        "InvalidParameterValue.RouteNextHopInvalid"
    )
    away = account.create_vpc(CidrBlock="192.168.0.0/16")
    (there,) = (
        each["RouteTableId"]
        for each in account.call("DescribeRouteTables")["RouteTableSet"]
        if each["VpcId"] == away
    )
    assert refused(account, there, {**OTHER_BLOCK, **hop}) == "InvalidParameterValue.RouteNextHopInvalid"
    account.call("TerminateInstances", InstanceIds=[account.instance_id])
    account.wait()
    assert shown(account, table_id) == [route]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"DestinationCidrBlock": "10.0.0.0/24"}, "InvalidParameterValue.VpcCidrConflict"),
        ({"DestinationCidrBlock": "10.0.99.0/24"}, "InvalidParameterValue.VpcCidrConflict"),
        ({"DestinationCidrBlock": "here"}, "InvalidParameterValue.Malformed"),
        ({"DestinationCidrBlock": "172.16.0.0/016"}, "InvalidParameterValue.Malformed"),
        ({"DestinationIpv6CidrBlock": "2001:db8::/32"}, "InvalidParameterValue"),
        ({"DestinationCidrBlock": None}, "MissingParameter"),
        (
            {"DestinationCidrBlock": None, "DestinationIpv6CidrBlock": "fe80::%eth0/128"},
            "InvalidParameterValue.Malformed",
        ),
        (
            {"DestinationCidrBlock": None, "DestinationIpv6CidrBlock": "x"},
            "InvalidParameterValue.Malformed",
        ),
        ({"GatewayType": "MOON"}, "InvalidParameterValue"),
        ({"GatewayType": None}, "MissingParameter"),
        ({"GatewayId": None}, "MissingParameter"),
    ],
)
def test_a_wrong_route_is_refused(account, table_id, wrong, code):
    route = {name: value for name, value in {**BLOCK, **PEERING, **wrong}.items() if value is not None}
    assert refused(account, table_id, route) == code


def test_a_block_has_one_route_that_has_effect(account, table_id):
    (first,) = create(account, table_id, {**BLOCK, **PEERING})
    assert refused(account, table_id, {**BLOCK, **PEERING}) == "InvalidParameterValue.Duplicate"
    assert refused(account, table_id, {**BLOCK, **VPN}) == "UnsupportedOperation.Ecmp"
    (second,) = create(account, table_id, {**BLOCK, **VPN, "Enabled": False})
    ids = {"RouteTableId": table_id, "RouteItemIds": [second["RouteItemId"]]}
    assert account.refusal("EnableRoutes", **ids) == "UnsupportedOperation.Ecmp"
    account.call("DisableRoutes", RouteTableId=table_id, RouteIds=[first["RouteId"]])
    account.call("EnableRoutes", **ids)
    assert [route["Enabled"] for route in shown(account, table_id)] == [False, True]


def test_routes_are_switched_by_one_kind_of_id(account, table_id):
    (route,) = create(account, table_id, {**BLOCK, **PEERING})
    for action in ("EnableRoutes", "DisableRoutes"):
        both = {"RouteIds": [route["RouteId"]], "RouteItemIds": [route["RouteItemId"]]}
        for wrong, code in (
            (both, "InvalidParameter.Coexist"),
            ({}, "MissingParameter"),
            ({"RouteIds": [1]}, "ResourceNotFound"),
            ({"RouteItemIds": ["rti-absent00"]}, "ResourceNotFound"),
            ({"RouteItemIds": ["route"]}, "InvalidParameterValue.Malformed"),
            ({"RouteItemIds": [route["RouteItemId"]] * 101}, "InvalidParameterValue.LimitExceeded"),
        ):
            assert account.refusal(action, RouteTableId=table_id, **wrong) == code


def test_routes_are_replaced_and_told_as_they_were(account, table_id):
    one, other = create(account, table_id, {**BLOCK, **PEERING}, {**OTHER_BLOCK, **PEERING})
    changes = [
        {"RouteItemId": one["RouteItemId"], **OTHER_BLOCK, **VPN, "RouteDescription": "d"},
        {"RouteId": other["RouteId"], **BLOCK},
    ]
    replaced = account.call("ReplaceRoutes", RouteTableId=table_id, Routes=changes)
    assert replaced["OldRouteSet"] == [one, other]
    assert replaced["NewRouteSet"] == [
        {**one, **OTHER_BLOCK, **VPN, "RouteDescription": "d"},
        {**other, **BLOCK},
    ]
    for wrong, code in (
        ({"RouteItemId": "rti-absent00", **VPN}, "ResourceNotFound"),
        (VPN, "MissingParameter"),
        ({"RouteId": other["RouteId"], **OTHER_BLOCK}, "UnsupportedOperation.Ecmp"),
        (
            {"RouteId": other["RouteId"], "GatewayType": "NORMAL_CVM", "GatewayId": "1.2.3.4"},
            "InvalidParameterValue",
        ),
    ):
        assert refused(account, table_id, wrong, action="ReplaceRoutes") == code


def test_routes_are_deleted_all_or_none_and_told(account, table_id):
    one, other = create(account, table_id, {**BLOCK, **PEERING}, {**OTHER_BLOCK, **PEERING})
    named = [{"RouteId": one["RouteId"]}, {"RouteItemId": "rti-absent00"}]
    assert refused(account, table_id, *named, action="DeleteRoutes") == "ResourceNotFound"
    assert account.refusal("DeleteRoutes", RouteTableId=table_id) == "MissingParameter"
    named[1] = {"RouteItemId": other["RouteItemId"], **VPN}
    deleted = account.call("DeleteRoutes", RouteTableId=table_id, Routes=named)
    assert deleted["RouteSet"] == [one, other]
    assert shown(account, table_id) == []


def test_the_routes_of_a_table_are_reset(account, table_id):
    create(account, table_id, {**BLOCK, **PEERING})
    wanted = {"RouteTableId": table_id, "RouteTableName": "new"}
    account.call("ResetRoutes", **wanted, Routes=[{**BLOCK, **VPN}, {**OTHER_BLOCK, **VPN}])
    (table,) = account.call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"]
    assert (table["RouteTableName"], [route["GatewayType"] for route in table["RouteSet"]]) == (
        "new",
        ["VPN", "VPN"],
    )
    twice = [{**BLOCK, **VPN}, {**BLOCK, **VPN}]
    code = account.refusal("ResetRoutes", **wanted, Routes=twice)
    assert code == "InvalidParameterValue.Duplicate"


def test_a_route_table_has_fifty_routes(account, table_id):
    many = [{"DestinationCidrBlock": f"172.16.{number}.0/24", **PEERING} for number in range(51)]
    assert refused(account, table_id, *many) == "LimitExceeded"
    create(account, table_id, *many[:50])
    assert refused(account, table_id, many[50]) == "LimitExceeded"


def test_no_block_of_a_subnet_or_vpc_may_hold_a_route(account, table_id):
    create(account, table_id, {"DestinationCidrBlock": "172.16.5.0/24", **PEERING})
    added = {"VpcId": account.vpc_id, "CidrBlocks": ["172.16.0.0/16"]}
    assert account.refusal("CreateAssistantCidr", **added) == "InvalidParameterValue.VpcCidrOverlapRoute"


def test_routes_are_found_by_each_filter(account, table_id):
    one, other = create(
        account, table_id, {**BLOCK, **PEERING, "RouteDescription": "to the office"}, {**OTHER_BLOCK, **VPN}
    )
    for name, value, found in (
        ("vpc-id", account.vpc_id, [other, one]),
        ("vpc-id", "vpc-absent00", []),
        ("gateway-id", PEERING["GatewayId"], [one]),
        ("description", "office", [one]),
        ("route-table-id", table_id, [other, one]),
        ("route-table-id", "rtb-absent00", []),
        ("dest-cidr", "172.17", [other]),
        ("dest-cidr", "17.0", []),
    ):
        for action in ("DescribeRouteList", "DescribeRoutes"):
            reply = account.call(action, Filters=[{"Name": name, "Values": [value]}])
            assert (reply["RouteSet"], reply["TotalCount"]) == (found, len(found))
    page = account.call("DescribeRouteList", Offset=1, Limit=1)
    assert (page["RouteSet"], page["TotalCount"]) == ([one], 2)
    wrong = account.refusal("DescribeRouteList", Filters=[{"Name": "colour", "Values": ["x"]}])
    assert wrong == "InvalidParameterValue.Malformed"


def test_conflicts_are_told_by_block(account, table_id):
    one, _ = create(account, table_id, {**BLOCK, **PEERING}, {**OTHER_BLOCK, **PEERING, "Enabled": False})
    blocks = [BLOCK["DestinationCidrBlock"], OTHER_BLOCK["DestinationCidrBlock"], "172.18.0.0/16"]
    reply = account.call("DescribeRouteConflicts", RouteTableId=table_id, DestinationCidrBlocks=blocks)
    assert reply["RouteConflictSet"] == [
        {"RouteTableId": table_id, "DestinationCidrBlock": blocks[0], "ConflictSet": [one]}
    ]
    absent = {"RouteTableId": "rtb-absent00", "DestinationCidrBlocks": blocks}
    assert account.refusal("DescribeRouteConflicts", **absent) == "ResourceNotFound"
