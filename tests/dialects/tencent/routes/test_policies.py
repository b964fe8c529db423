"""Route reception policies, their entries, and the route tables that have them.

Source: the definitions in tccli, and the codes that the vendor's Go SDK lists for each action.
"""

import pytest

ENTRY = {"CidrBlock": "172.16.0.0/12", "Action": "ACCEPT"}
VPN = {"GatewayType": "VPN", "GatewayId": "vpngw-12345678"}


@pytest.fixture
def table_id(account):
    return account.subnet.route_table_id


def create(account, *entries, name="policy"):
    said = {"RoutePolicyName": name, "RoutePolicyDescription": "d"}
    return account.call("CreateRoutePolicy", **said, RoutePolicyEntrySet=list(entries))["RoutePolicy"]


def shown(account, policy):
    named = {"RoutePolicyIds": [policy["RoutePolicyId"]], "NeedRoutePolicyEntry": True}
    (found,) = account.call("DescribeRoutePolicies", **named)["RoutePolicySet"]
    return found


def priorities(account, policy):
    return [each["Priority"] for each in shown(account, policy)["RoutePolicyEntrySet"]]


def place(table_id, policy, priority=1):
    return {"RouteTableId": table_id, "RoutePolicyId": policy["RoutePolicyId"], "Priority": priority}


def associate(account, *places, action="CreateRoutePolicyAssociations"):
    account.call(action, RoutePolicyAssociationSet=list(places))


# -- policies --------------------------------------------------------------------------------------------


def test_a_policy_is_shown_with_its_entries(account):
    said = {**ENTRY, **VPN, "RouteType": "USER", "Priority": 7, "Description": "out"}
    made = create(account, said)
    (entry,) = made["RoutePolicyEntrySet"]
    assert made["RoutePolicyId"].startswith("rrp-")
    assert entry["RoutePolicyEntryId"].startswith("rrpi-")
    assert entry == {
        **said,
        "RoutePolicyEntryId": entry["RoutePolicyEntryId"],
        "CreatedTime": made["CreatedTime"],
        "Region": "ap-guangzhou",
    }
    assert made == {
        "RoutePolicyId": made["RoutePolicyId"],
        "RoutePolicyName": "policy",
        "RoutePolicyDescription": "d",
        "RoutePolicyEntrySet": [entry],
        "RoutePolicyAssociationSet": [],
        "CreatedTime": made["CreatedTime"],
        "TagSet": [],
    }
    assert shown(account, made) == made


def test_an_entry_is_for_any_route_unless_it_says_more(account):
    (entry,) = create(account, ENTRY)["RoutePolicyEntrySet"]
    names = ("RouteType", "GatewayType", "GatewayId", "Priority", "Description")
    assert [entry[name] for name in names] == ["ANY", "ANY", "", 1, ""]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"CidrBlock": None}, "MissingParameter"),
        ({"Action": None}, "MissingParameter"),
        ({"CidrBlock": "nonsense"}, "InvalidParameterValue.Malformed"),
        ({"Action": "REJECT"}, "InvalidParameterValue"),
        ({"RouteType": "BGP"}, "InvalidParameterValue"),
        ({"GatewayType": "TUNNEL"}, "InvalidParameterValue"),
        ({"Priority": -1}, "InvalidParameterValue.Range"),
    ],
)
def test_an_entry_is_written_as_the_definitions_say(account, more, code):
    entry = {name: value for name, value in {**ENTRY, **more}.items() if value is not None}
    said = {"RoutePolicyName": "policy", "RoutePolicyDescription": "d"}
    assert account.refusal("CreateRoutePolicy", **said, RoutePolicyEntrySet=[entry]) == code
    assert account.call("DescribeRoutePolicies")["TotalCount"] == 0


def test_policies_are_listed_by_ids_or_filters(account):
    first, second = create(account, ENTRY, name="first"), create(account, name="second")

    def listed(**request):
        reply = account.call("DescribeRoutePolicies", **request)
        return [each["RoutePolicyName"] for each in reply["RoutePolicySet"]]

    assert listed() == ["second", "first"]
    assert listed(RoutePolicyIds=[first["RoutePolicyId"]]) == ["first"]
    for name, value in (
        ("route-policy-name", "eco"),
        ("route-policy-id", second["RoutePolicyId"]),
    ):
        assert listed(Filters=[{"Name": name, "Values": [value]}]) == ["second"]
    assert len(listed(Filters=[{"Name": "route-policy-description", "Values": ["d"]}])) == 2
    assert listed(Offset="1", Limit="1") == ["first"]
    (without,) = account.call("DescribeRoutePolicies", RoutePolicyIds=[first["RoutePolicyId"]])[
        "RoutePolicySet"
    ]
    assert without["RoutePolicyEntrySet"] == []


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"RoutePolicyIds": ["rrp-absent00"]}, "ResourceNotFound"),
        ({"RoutePolicyIds": ["nonsense"]}, "InvalidParameterValue.Malformed"),
        ({"Limit": "0"}, "InvalidParameterValue.Range"),
        ({"Limit": "101"}, "InvalidParameterValue.Range"),
        ({"Offset": "x"}, "InvalidParameterValue.Malformed"),
        ({"Filters": [{"Name": "x", "Values": ["y"]}]}, "InvalidParameter.FilterInvalidKey"),
        (
            {
                "RoutePolicyIds": ["rrp-absent00"],
                "Filters": [{"Name": "route-policy-name", "Values": ["y"]}],
            },
            "InvalidParameter.Coexist",
        ),
    ],
)
def test_policies_are_asked_for_as_the_definitions_say(account, request_, code):
    assert account.refusal("DescribeRoutePolicies", **request_) == code


def test_a_policy_is_renamed_and_deleted(account):
    policy = create(account)
    named = {"RoutePolicyId": policy["RoutePolicyId"]}
    said = {"RoutePolicyName": "new", "RoutePolicyDescription": "other"}
    account.call("ModifyRoutePolicyAttribute", **named, **said)
    found = shown(account, policy)
    assert {name: found[name] for name in said} == said
    account.call("DeleteRoutePolicy", **named)
    assert account.refusal("DeleteRoutePolicy", **named) == "ResourceNotFound"
    assert account.refusal("ModifyRoutePolicyAttribute", **named, **said) == "ResourceNotFound"


# -- entries ---------------------------------------------------------------------------------------------


def test_entries_are_added_changed_and_removed(account):
    policy = create(account, {**ENTRY, "Priority": 5})
    named = {"RoutePolicyId": policy["RoutePolicyId"]}
    account.call("CreateRoutePolicyEntries", **named, RoutePolicyEntrySet=[ENTRY, {**ENTRY, "Priority": 1}])
    assert priorities(account, policy) == [5, 6, 1]
    ids = [each["RoutePolicyEntryId"] for each in shown(account, policy)["RoutePolicyEntrySet"]]
    change = {"RoutePolicyEntryId": ids[0], "Priority": 9, **VPN}
    account.call("ReplaceRoutePolicyEntries", **named, RoutePolicyEntrySet=[change])
    first = shown(account, policy)["RoutePolicyEntrySet"][0]
    assert {name: first[name] for name in change} == change
    assert first["CidrBlock"] == ENTRY["CidrBlock"]
    any_gateway = {"RoutePolicyEntryId": ids[0], "GatewayType": "ANY"}
    account.call("ReplaceRoutePolicyEntries", **named, RoutePolicyEntrySet=[any_gateway])
    assert shown(account, policy)["RoutePolicyEntrySet"][0]["GatewayType"] == "ANY"
    account.call("DeleteRoutePolicyEntries", **named, RoutePolicyEntrySet=[{"RoutePolicyEntryId": ids[0]}])
    assert priorities(account, policy) == [6, 1]


def test_entries_are_reset_with_what_is_said_of_the_policy(account):
    policy = create(account, ENTRY, ENTRY)
    said = {"RoutePolicyName": "new", "RoutePolicyDescription": "other"}
    named = {"RoutePolicyId": policy["RoutePolicyId"]}
    account.call("ResetRoutePolicyEntries", **named, **said, RoutePolicyEntrySet=[{**ENTRY, "Priority": 3}])
    assert priorities(account, policy) == [3]
    assert shown(account, policy)["RoutePolicyName"] == "new"
    account.call("ResetRoutePolicyEntries", **named)
    assert priorities(account, policy) == []


def test_entries_with_the_same_priority_are_refused(account):
    policy = create(account, {**ENTRY, "Priority": 5}, {**ENTRY, "Priority": 6})
    named = {"RoutePolicyId": policy["RoutePolicyId"]}
    second = policy["RoutePolicyEntrySet"][1]["RoutePolicyEntryId"]
    taken = {**ENTRY, "Priority": 5}
    for action, entries, code in (
        ("CreateRoutePolicyEntries", [taken], "RoutePolicyPriorityConflict"),
        (
            "ReplaceRoutePolicyEntries",
            [{"RoutePolicyEntryId": second, "Priority": 5}],
            "RoutePolicyPriorityConflict",
        ),
        ("ResetRoutePolicyEntries", [taken, taken], ""),
    ):
        refusal = account.refusal(action, **named, RoutePolicyEntrySet=entries)
        assert refusal == f"InvalidParameterValue.{code}".rstrip(".")
    assert priorities(account, policy) == [5, 6]


@pytest.mark.parametrize("action", ["ReplaceRoutePolicyEntries", "DeleteRoutePolicyEntries"])
def test_an_entry_is_named_by_its_id(account, action):
    policy = create(account, ENTRY)
    named = {"RoutePolicyId": policy["RoutePolicyId"]}
    for entry, code in (
        ({"Priority": 5}, "MissingParameter"),
        ({"RoutePolicyEntryId": "rrpi-absent00"}, "ResourceNotFound"),
    ):
        assert account.refusal(action, **named, RoutePolicyEntrySet=[entry]) == code
    assert account.refusal(action, **named, RoutePolicyEntrySet=[]) == "MissingParameter"


def test_entries_are_listed_by_ids_filters_and_priority(account):
    first = create(account, {**ENTRY, "Priority": 5}, {**ENTRY, **VPN, "Priority": 1, "Action": "DROP"})
    second = create(account, {**ENTRY, "CidrBlock": "10.0.0.0/8", "Priority": 3, "RouteType": "CCN"})

    def listed(**request):
        reply = account.call("DescribeRoutePolicyEntries", **request)
        return [each["Priority"] for each in reply["RoutePolicyEntrySet"]]

    assert listed() == [5, 1, 3]
    assert listed(OrderField="Priority") == [1, 3, 5]
    assert listed(OrderField="Priority", OrderDirection="DESC", Limit=1, Offset=1) == [3]
    entry_id = second["RoutePolicyEntrySet"][0]["RoutePolicyEntryId"]
    assert listed(RoutePolicyEntryIds=[entry_id]) == [3]
    for name, value, found in (
        ("route-policy-id", first["RoutePolicyId"], [5, 1]),
        ("cidr-block", "10.0.0.0/8", [3]),
        ("priority", "5", [5]),
        ("gateway-type", "VPN", [1]),
        ("gateway-id", "vpngw-12345678", [1]),
        ("route-type", "CCN", [3]),
        ("action", "DROP", [1]),
        ("description", "none", []),
        ("route-policy-item-id", entry_id, [3]),
    ):
        assert listed(Filters=[{"Name": name, "Values": [value]}]) == found
    for request, code in (
        ({"RoutePolicyEntryIds": ["rrpi-absent00"]}, "ResourceNotFound"),
        ({"Filters": [{"Name": "x", "Values": ["y"]}]}, "InvalidParameterValue"),
        ({"OrderField": "CidrBlock"}, "InvalidParameterValue"),
        (
            {
                "RoutePolicyEntryIds": [entry_id],
                "Filters": [{"Name": "action", "Values": ["DROP"]}],
            },
            "InvalidParameter.Coexist",
        ),
    ):
        assert account.refusal("DescribeRoutePolicyEntries", **request) == code


# -- the tables that have them ---------------------------------------------------------------------------


def test_a_table_has_policies_in_an_order(account, table_id):
    first, second = create(account), create(account)
    associate(account, place(table_id, first, 1), place(table_id, second, 2))
    assert shown(account, first)["RoutePolicyAssociationSet"] == [place(table_id, first, 1)]
    swapped = place(table_id, first, 2), place(table_id, second, 1)
    associate(account, *swapped, action="ReplaceRoutePolicyAssociations")
    assert shown(account, second)["RoutePolicyAssociationSet"] == [place(table_id, second, 1)]
    held = account.refusal("DeleteRoutePolicy", RoutePolicyId=first["RoutePolicyId"])
    assert held == "UnsupportedOperation.RoutePolicyAssociation"
    associate(account, place(table_id, first, 9), action="DeleteRoutePolicyAssociations")
    account.call("DeleteRoutePolicy", RoutePolicyId=first["RoutePolicyId"])


def test_a_table_gets_just_the_policies_that_are_named(account, table_id):
    first, second = create(account), create(account)
    associate(account, place(table_id, first, 1))
    reset = {"RouteTableId": table_id, "RoutePolicyAssociationSet": [place(table_id, second, 1)]}
    account.call("ResetRoutePolicyAssociations", **reset)
    assert shown(account, first)["RoutePolicyAssociationSet"] == []
    assert shown(account, second)["RoutePolicyAssociationSet"] == [place(table_id, second, 1)]
    own = account.call("CreateRouteTable", VpcId=account.subnet.network_id, RouteTableName="own")
    own_id = own["RouteTable"]["RouteTableId"]
    for places, code in (
        ([place(own_id, first, 1)], "InvalidParameterValue"),
        ([place(table_id, first, 1), place(table_id, second, 1)], "InvalidParameterValue"),
        ([place(table_id, first, 1), place(table_id, first, 2)], "InvalidParameterValue.Duplicate"),
    ):
        request = {"RouteTableId": table_id, "RoutePolicyAssociationSet": places}
        assert account.refusal("ResetRoutePolicyAssociations", **request) == code


def test_associations_are_refused_that_cannot_be(account, table_id):
    first, second = create(account), create(account)
    associate(account, place(table_id, first, 1))

    def refused(action, *places):
        return account.refusal(action, RoutePolicyAssociationSet=list(places))

    new, change, go = (f"{verb}RoutePolicyAssociations" for verb in ("Create", "Replace", "Delete"))
    exists = "InvalidParameterValue.RoutePolicyAssociationExists"
    taken = "InvalidParameterValue.RoutePolicyPriorityConflict"
    assert refused(new, place(table_id, first, 2)) == exists
    assert refused(new, place(table_id, second, 1)) == taken
    assert refused(new, place("rtb-absent00", second)) == "ResourceNotFound"
    assert refused(new, {"RouteTableId": table_id, "Priority": 1}) == "MissingParameter"
    assert refused(change, place(table_id, second, 2)) == "ResourceNotFound"
    assert refused(go, place(table_id, second, 2)) == "ResourceNotFound"
    assert refused(go) == "MissingParameter"


# -- what they make of routes ----------------------------------------------------------------------------


def routes(account, table_id, *blocks, **more):
    wanted = [{"DestinationCidrBlock": block, **VPN, **more} for block in blocks]
    account.call("CreateRoutes", RouteTableId=table_id, Routes=wanted)
    (table,) = account.call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"]
    return [each["RouteItemId"] for each in table["RouteSet"]][-len(blocks) :]


def enabled(account, table_id):
    (table,) = account.call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"]
    return [each["Enabled"] for each in table["RouteSet"]]


def test_policies_decide_about_the_routes_that_are_to_match_them(account, table_id):
    drops = {"CidrBlock": "172.16.0.0/12", "Action": "DROP", "RouteType": "USER"}
    associate(account, place(table_id, create(account, drops)))
    first, second, other = routes(account, table_id, "172.16.0.0/16", "172.17.0.0/16", "11.0.0.0/8")
    match = [
        {"RouteItemId": first, "ForceMatchPolicy": True},
        {"RouteItemId": second, "ForceMatchPolicy": False},
        {"RouteItemId": other, "ForceMatchPolicy": True},
    ]
    account.call("ReplaceRoutesWithRoutePolicy", RouteTableId=table_id, Routes=match)
    assert enabled(account, table_id) == [False, True, True]


def test_routes_that_are_to_match_are_named_and_free_to_change(account, table_id):
    associate(account, place(table_id, create(account, {**ENTRY, "Action": "DISABLE"})))
    (route,) = routes(account, table_id, "172.16.0.0/16")
    account.call("NotifyRoutes", RouteTableId=table_id, RouteItemIds=[route])
    matched = {"RouteItemId": route, "ForceMatchPolicy": True}
    for given, code in (
        ([matched], "UnsupportedOperation"),
        ([matched, matched], "InvalidParameterValue.Duplicate"),
        ([{"ForceMatchPolicy": True}], "MissingParameter"),
        ([{"RouteItemId": "rti-absent00"}], "ResourceNotFound"),
    ):
        request = {"RouteTableId": table_id, "Routes": given}
        assert account.refusal("ReplaceRoutesWithRoutePolicy", **request) == code
    assert enabled(account, table_id) == [True]
