"""Routes that are published to a Cloud Connect Network.

Source: the definitions in tccli, and the codes that the vendor's Go SDK lists for each action.
"""

import pytest

VPN = {"GatewayType": "VPN", "GatewayId": "vpngw-12345678"}


@pytest.fixture
def table_id(account):
    return account.subnet.route_table_id


@pytest.fixture
def route_id(account, table_id):
    wanted = [{"DestinationCidrBlock": "172.16.0.0/16", **VPN}]
    account.call("CreateRoutes", RouteTableId=table_id, Routes=wanted)
    return shown(account, table_id)["RouteItemId"]


def shown(account, table_id):
    (table,) = account.call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"]
    return table["RouteSet"][0]


def test_a_route_is_published_and_withdrawn(account, table_id, route_id):
    named = {"RouteTableId": table_id, "RouteItemIds": [route_id]}
    for _ in range(2):
        account.call("NotifyRoutes", **named)
        assert shown(account, table_id)["PublishedToVbc"] is True
    account.call("WithdrawNotifyRoutes", **named)
    assert shown(account, table_id)["PublishedToVbc"] is False
    assert account.refusal("WithdrawNotifyRoutes", **named) == "UnsupportedOperation.NotifyCcn"


def test_a_published_route_is_withdrawn_before_it_goes(account, table_id, route_id):
    named = {"RouteTableId": table_id, "RouteItemIds": [route_id]}
    account.call("NotifyRoutes", **named)
    routes = {"RouteTableId": table_id, "Routes": [{"RouteItemId": route_id}]}
    new = [{"DestinationCidrBlock": "172.17.0.0/16", **VPN}]
    published = "UnsupportedOperation.DisabledNotifyCcn"
    assert account.refusal("DeleteRoutes", **routes) == published
    assert account.refusal("DisableRoutes", **named) == published
    disabled = {"RouteItemId": route_id, "Enabled": False}
    replace = {"RouteTableId": table_id, "Routes": [disabled]}
    assert account.refusal("ReplaceRoutes", **replace) == "UnsupportedOperation"
    reset = {"RouteTableId": table_id, "RouteTableName": "n", "Routes": new}
    assert account.refusal("ResetRoutes", **reset) == "UnsupportedOperation"
    account.call("WithdrawNotifyRoutes", **named)
    account.call("DisableRoutes", **named)
    assert account.refusal("NotifyRoutes", **named) == "UnsupportedOperation.NotifyCcn"
    account.call("DeleteRoutes", **routes)


@pytest.mark.parametrize("action", ["NotifyRoutes", "WithdrawNotifyRoutes"])
def test_what_is_not_there_is_named(account, table_id, route_id, action):
    for more, code in (
        ({"RouteTableId": "rtb-absent00"}, "InvalidRouteTableId.NotFound"),
        ({"RouteTableId": "nonsense"}, "InvalidRouteTableId.Malformed"),
        ({"RouteItemIds": [route_id, "rti-absent00"]}, "InvalidRouteId.NotFound"),
        ({"RouteItemIds": ["nonsense"]}, "InvalidParameterValue.Malformed"),
        ({"RouteItemIds": []}, "MissingParameter"),
    ):
        request = {"RouteTableId": table_id, "RouteItemIds": [route_id], **more}
        assert account.refusal(action, **request) == code
    assert shown(account, table_id)["PublishedToVbc"] is False
