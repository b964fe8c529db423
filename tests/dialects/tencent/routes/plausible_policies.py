"""Route policies and published routes for the plausible requests, and what their actions take."""

from tests.dialects.tencent.codes.plausible_requests import Account


def furnish_route_policies(account: Account) -> None:
    """Make policies, one that a table has, and publish a route; say what their actions take besides."""
    call, values = account.call, account.values
    entry = {"CidrBlock": "172.16.0.0/12", "Action": "ACCEPT"}
    said = {"RoutePolicyName": "policy", "RoutePolicyDescription": "policy"}
    first, second = (
        call("CreateRoutePolicy", **said, RoutePolicyEntrySet=[entry])["RoutePolicy"] for _ in "12"
    )
    table_id = values["RouteTableId"]
    there, other = (
        {"RouteTableId": table_id, "RoutePolicyId": policy["RoutePolicyId"], "Priority": number}
        for number, policy in enumerate((first, second), start=1)
    )
    call("CreateRoutePolicyAssociations", RoutePolicyAssociationSet=[there])
    listed = call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"][0]["RouteSet"]
    hop = {"GatewayType": "VPN", "GatewayId": "vpngw-12345678"}
    own = {"RouteTableId": table_id, "Routes": [{"DestinationCidrBlock": "172.29.0.0/16", **hop}]}
    call("CreateRoutes", **own)
    after = call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"][0]["RouteSet"]
    (published,) = {each["RouteItemId"] for each in after} - {each["RouteItemId"] for each in listed}
    call("NotifyRoutes", RouteTableId=table_id, RouteItemIds=[published])
    named = first["RoutePolicyEntrySet"][0]["RoutePolicyEntryId"]
    entries = [{"RoutePolicyEntryId": named}]
    of_first = {"RoutePolicyId": first["RoutePolicyId"], "RoutePolicyEntrySet": entries}
    values |= {"RoutePolicyId": second["RoutePolicyId"], "RoutePolicyEntryId": named}
    account.of_action |= {
        "ResetRoutes": {"RouteTableId": account.of_action["DeleteRouteTable"]["RouteTableId"]},
        "CreateRoutePolicy": {"RoutePolicyEntrySet": [entry]},
        "CreateRoutePolicyEntries": {"RoutePolicyEntrySet": [entry]},
        "ResetRoutePolicyEntries": {"RoutePolicyEntrySet": [entry]},
        "ReplaceRoutePolicyEntries": of_first,
        "DeleteRoutePolicyEntries": of_first,
        "CreateRoutePolicyAssociations": {"RoutePolicyAssociationSet": [other]},
        "ResetRoutePolicyAssociations": {"RoutePolicyAssociationSet": [other]},
        "ReplaceRoutePolicyAssociations": {"RoutePolicyAssociationSet": [there]},
        "DeleteRoutePolicyAssociations": {"RoutePolicyAssociationSet": [there]},
        "DescribeRoutePolicyEntries": {"RoutePolicyEntryIds": [named]},
        "ReplaceRoutesWithRoutePolicy": {"Routes": [{"RouteItemId": values["RouteItemId"]}]},
        "NotifyRoutes": {"RouteItemIds": [values["RouteItemId"]]},
        "WithdrawNotifyRoutes": {"RouteItemIds": [published]},
    }
