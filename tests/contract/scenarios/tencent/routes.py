"""How users call the actions on route tables and routes with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount

BLOCK = "172.16.0.0/16"
ROUTE = {"DestinationCidrBlock": BLOCK, "GatewayType": "VPN", "GatewayId": "vpngw-12345678"}


def _main(account: SdkAccount) -> str:
    """Return the route table that the subnet uses."""
    (subnet,) = account.vpc("DescribeSubnets", SubnetIds=[account.subnet_id]).SubnetSet
    table_id: str = subnet.RouteTableId
    return table_id


def _own(account: SdkAccount) -> Any:
    return account.vpc(
        "CreateRouteTable", VpcId=account.vpc_id, RouteTableName="own", Tags=[CITY]
    ).RouteTable


def _route(account: SdkAccount) -> Any:
    """Return a route of the table that the subnet uses."""
    (table,) = account.vpc("CreateRoutes", RouteTableId=_main(account), Routes=[ROUTE]).RouteTableSet
    (route,) = table.RouteSet
    return route


def describe_route_tables(account: SdkAccount) -> None:
    account.vpc("CreateRoutes", RouteTableId=_main(account), Routes=[ROUTE])
    by_vpc = {"Name": "vpc-id", "Values": [account.vpc_id]}
    reply = account.vpc("DescribeRouteTables", Filters=[by_vpc], Limit="10", Offset="0")
    (shown,) = reply.RouteTableSet
    assert (reply.TotalCount, shown.Main, shown.RouteTableName) == (1, True, "default")
    assert [each.DestinationCidrBlock for each in shown.RouteSet] == [BLOCK]
    assert [each.SubnetId for each in shown.AssociationSet] == [account.subnet_id]


def create_route_table(account: SdkAccount) -> None:
    shown = _own(account)
    assert (shown.RouteTableName, shown.Main, shown.RouteSet) == ("own", False, [])


def delete_route_table(account: SdkAccount) -> None:
    table_id = _own(account).RouteTableId
    assert account.vpc("DeleteRouteTable", RouteTableId=table_id).RequestId
    assert account.vpc("DescribeRouteTables").TotalCount == 1


def modify_route_table_attribute(account: SdkAccount) -> None:
    table_id = _main(account)
    account.vpc("ModifyRouteTableAttribute", RouteTableId=table_id, RouteTableName="new")
    (shown,) = account.vpc("DescribeRouteTables", RouteTableIds=[table_id]).RouteTableSet
    assert shown.RouteTableName == "new"


def replace_route_table_association(account: SdkAccount) -> None:
    table_id = _own(account).RouteTableId
    account.vpc("ReplaceRouteTableAssociation", RouteTableId=table_id, SubnetId=account.subnet_id)
    assert _main(account) == table_id


def create_routes(account: SdkAccount) -> None:
    route = _route(account)
    assert (route.GatewayType, route.Enabled, route.RouteType) == ("VPN", True, "USER")


def replace_routes(account: SdkAccount) -> None:
    route = _route(account)
    change = {"RouteItemId": route.RouteItemId, **ROUTE, "DestinationCidrBlock": "172.17.0.0/16"}
    reply = account.vpc("ReplaceRoutes", RouteTableId=route.RouteTableId, Routes=[change])
    ((old,), (new,)) = reply.OldRouteSet, reply.NewRouteSet
    assert (old.DestinationCidrBlock, new.DestinationCidrBlock) == (BLOCK, "172.17.0.0/16")


def delete_routes(account: SdkAccount) -> None:
    route = _route(account)
    named = [{"RouteId": route.RouteId}]
    (gone,) = account.vpc("DeleteRoutes", RouteTableId=route.RouteTableId, Routes=named).RouteSet
    assert gone.RouteItemId == route.RouteItemId


def disable_routes(account: SdkAccount) -> None:
    route = _route(account)
    ids = {"RouteTableId": route.RouteTableId, "RouteIds": [route.RouteId]}
    assert account.vpc("DisableRoutes", **ids).RequestId
    (shown,) = account.vpc("DescribeRouteList").RouteSet
    assert shown.Enabled is False


def enable_routes(account: SdkAccount) -> None:
    disable_routes(account)
    (route,) = account.vpc("DescribeRouteList").RouteSet
    ids = {"RouteTableId": route.RouteTableId, "RouteItemIds": [route.RouteItemId]}
    assert account.vpc("EnableRoutes", **ids).RequestId


def reset_routes(account: SdkAccount) -> None:
    route = _route(account)
    wanted = {"RouteTableId": route.RouteTableId, "RouteTableName": "new", "Routes": [ROUTE]}
    assert account.vpc("ResetRoutes", **wanted).RequestId
    (shown,) = account.vpc("DescribeRouteList").RouteSet
    assert shown.RouteItemId != route.RouteItemId


def describe_route_conflicts(account: SdkAccount) -> None:
    table_id = _route(account).RouteTableId
    asked = {"RouteTableId": table_id, "DestinationCidrBlocks": [BLOCK]}
    (shown,) = account.vpc("DescribeRouteConflicts", **asked).RouteConflictSet
    assert [each.DestinationCidrBlock for each in shown.ConflictSet] == [BLOCK]


def describe_route_list(account: SdkAccount) -> None:
    route = _route(account)
    by_table = {"Name": "route-table-id", "Values": [route.RouteTableId]}
    (shown,) = account.vpc("DescribeRouteList", Filters=[by_table]).RouteSet
    assert shown.RouteItemId == route.RouteItemId


def describe_routes(account: SdkAccount) -> None:
    route = _route(account)
    reply = account.vpc("DescribeRoutes", Offset=0, Limit=10)
    assert (reply.TotalCount, reply.RouteSet[0].RouteItemId) == (1, route.RouteItemId)


# -- route reception policies, and published routes -----------------------------------------------------

ENTRY = {"CidrBlock": "172.16.0.0/12", "Action": "DISABLE"}


def _policy(account: SdkAccount) -> Any:
    said = {"RoutePolicyName": "policy", "RoutePolicyDescription": "said"}
    return account.vpc("CreateRoutePolicy", **said, RoutePolicyEntrySet=[ENTRY]).RoutePolicy


def _entries(account: SdkAccount) -> Any:
    return account.vpc("DescribeRoutePolicyEntries", OrderField="Priority").RoutePolicyEntrySet


def _associated(account: SdkAccount) -> dict[str, Any]:
    """Return the association of the main table with a policy."""
    place = {
        "RouteTableId": _main(account), "RoutePolicyId": _policy(account).RoutePolicyId, "Priority": 1,
    }  # fmt: skip
    account.vpc("CreateRoutePolicyAssociations", RoutePolicyAssociationSet=[place])
    return place


def _priorities(account: SdkAccount) -> list[int]:
    (shown,) = account.vpc("DescribeRoutePolicies").RoutePolicySet
    return [each.Priority for each in shown.RoutePolicyAssociationSet]


def create_route_policy(account: SdkAccount) -> None:
    (entry,) = _policy(account).RoutePolicyEntrySet
    assert (entry.CidrBlock, entry.Action, entry.RouteType) == ("172.16.0.0/12", "DISABLE", "ANY")


def delete_route_policy(account: SdkAccount) -> None:
    assert account.vpc("DeleteRoutePolicy", RoutePolicyId=_policy(account).RoutePolicyId).RequestId
    assert account.vpc("DescribeRoutePolicies").TotalCount == 0


def modify_route_policy_attribute(account: SdkAccount) -> None:
    said = {"RoutePolicyName": "new", "RoutePolicyDescription": "other"}
    account.vpc("ModifyRoutePolicyAttribute", RoutePolicyId=_policy(account).RoutePolicyId, **said)
    (shown,) = account.vpc("DescribeRoutePolicies").RoutePolicySet
    assert shown.RoutePolicyName == "new"


def describe_route_policies(account: SdkAccount) -> None:
    policy = _policy(account)
    by_name = {"Name": "route-policy-name", "Values": ["pol"]}
    reply = account.vpc(
        "DescribeRoutePolicies", Filters=[by_name], Limit="10", Offset="0", NeedRoutePolicyEntry=True
    )
    (shown,) = reply.RoutePolicySet
    assert (reply.TotalCount, shown.RoutePolicyId) == (1, policy.RoutePolicyId)
    assert len(shown.RoutePolicyEntrySet) == 1


def create_route_policy_entries(account: SdkAccount) -> None:
    named = {"RoutePolicyId": _policy(account).RoutePolicyId}
    account.vpc("CreateRoutePolicyEntries", **named, RoutePolicyEntrySet=[{**ENTRY, "Priority": 9}])
    assert [each.Priority for each in _entries(account)] == [1, 9]


def replace_route_policy_entries(account: SdkAccount) -> None:
    policy = _policy(account)
    change = {"RoutePolicyEntryId": policy.RoutePolicyEntrySet[0].RoutePolicyEntryId, "Priority": 1222}
    named = {"RoutePolicyId": policy.RoutePolicyId}
    account.vpc("ReplaceRoutePolicyEntries", **named, RoutePolicyEntrySet=[change])
    assert [each.Priority for each in _entries(account)] == [1222]


def delete_route_policy_entries(account: SdkAccount) -> None:
    policy = _policy(account)
    named = [{"RoutePolicyEntryId": policy.RoutePolicyEntrySet[0].RoutePolicyEntryId}]
    account.vpc("DeleteRoutePolicyEntries", RoutePolicyId=policy.RoutePolicyId, RoutePolicyEntrySet=named)
    assert _entries(account) == []


def reset_route_policy_entries(account: SdkAccount) -> None:
    named = {"RoutePolicyId": _policy(account).RoutePolicyId}
    account.vpc("ResetRoutePolicyEntries", **named, RoutePolicyEntrySet=[{**ENTRY, "Action": "DROP"}])
    assert [each.Action for each in _entries(account)] == ["DROP"]


def describe_route_policy_entries(account: SdkAccount) -> None:
    policy = _policy(account)
    by_policy = {"Name": "route-policy-id", "Values": [policy.RoutePolicyId]}
    reply = account.vpc("DescribeRoutePolicyEntries", Filters=[by_policy], Offset=0, Limit=10)
    assert (reply.TotalCount, reply.RoutePolicyEntrySet[0].Action) == (1, "DISABLE")


def create_route_policy_associations(account: SdkAccount) -> None:
    assert _associated(account)
    assert _priorities(account) == [1]


def replace_route_policy_associations(account: SdkAccount) -> None:
    place = {**_associated(account), "Priority": 5}
    account.vpc("ReplaceRoutePolicyAssociations", RoutePolicyAssociationSet=[place])
    assert _priorities(account) == [5]


def delete_route_policy_associations(account: SdkAccount) -> None:
    account.vpc("DeleteRoutePolicyAssociations", RoutePolicyAssociationSet=[_associated(account)])
    assert _priorities(account) == []


def reset_route_policy_associations(account: SdkAccount) -> None:
    place = {**_associated(account), "Priority": 7}
    named = {"RouteTableId": place["RouteTableId"]}
    account.vpc("ResetRoutePolicyAssociations", **named, RoutePolicyAssociationSet=[place])
    assert _priorities(account) == [7]


def replace_routes_with_route_policy(account: SdkAccount) -> None:
    table_id = _associated(account)["RouteTableId"]
    matched = {"RouteItemId": _route(account).RouteItemId, "ForceMatchPolicy": True}
    account.vpc("ReplaceRoutesWithRoutePolicy", RouteTableId=table_id, Routes=[matched])
    (shown,) = account.vpc("DescribeRouteList").RouteSet
    assert shown.Enabled is False


def notify_routes(account: SdkAccount) -> None:
    route = _route(account)
    ids = {"RouteTableId": route.RouteTableId, "RouteItemIds": [route.RouteItemId]}
    account.vpc("NotifyRoutes", **ids)
    (shown,) = account.vpc("DescribeRouteList").RouteSet
    assert shown.PublishedToVbc is True


def withdraw_notify_routes(account: SdkAccount) -> None:
    notify_routes(account)
    (route,) = account.vpc("DescribeRouteList").RouteSet
    ids = {"RouteTableId": route.RouteTableId, "RouteItemIds": [route.RouteItemId]}
    account.vpc("WithdrawNotifyRoutes", **ids)
    (shown,) = account.vpc("DescribeRouteList").RouteSet
    assert shown.PublishedToVbc is False
