"""Prefix lists and port lists of ECS: what is taken, shown, listed and refused; rules naming them."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.harness import ApiError

PEERS = {"AddressFamily": "IPv4", "MaxEntries": 5, "PrefixListName": "offices"}
PORTS = {"MaxEntries": 5, "PortRangeListName": "web"}


def prefix_list(account, *blocks, **more):
    entries = [{"Cidr": each} for each in blocks]
    return account.call("CreatePrefixList", **{**PEERS, "Entry": entries, **more})["PrefixListId"]


def port_list(account, *ranges, **more):
    entries = [{"PortRange": each} for each in ranges]
    return account.call("CreatePortRangeList", **{**PORTS, "Entry": entries, **more})["PortRangeListId"]


def entries(account, list_id):
    reply = account.call("DescribePrefixListAttributes", PrefixListId=list_id)
    return [(each["Cidr"], each["Description"]) for each in reply["Entries"]["Entry"]]


def error_of(account, action, **params):
    before = account.dump()
    with pytest.raises(ApiError) as refused:
        account.client.call(action, **params)
    assert account.dump() == before
    return refused.value.code, refused.value.status


def allow(account, suffix="", **rule):
    """Authorize a rule, and return it as it is shown."""
    permission = {"IpProtocol": "tcp", **rule}
    named = {"SecurityGroupId": account.group.id}
    account.call(f"AuthorizeSecurityGroup{suffix}", **named, Permissions=[permission])
    return account.call("DescribeSecurityGroupAttribute", **named)["Permissions"]["Permission"][0]


def test_a_prefix_list_is_shown_with_all_that_it_was_given(account):
    list_id = account.call(
        "CreatePrefixList",
        **PEERS,
        Description="of ours",
        Entry=[{"Cidr": "192.168.1.100", "Description": "one host"}],
        ResourceGroupId="rg-1",
        Tag=[{"Key": "k", "Value": "v"}],
    )["PrefixListId"]
    assert list_id.startswith("pl-bp1")
    (shown,) = account.call("DescribePrefixLists")["PrefixLists"]["PrefixList"]
    assert shown == {
        "AddressFamily": "IPv4",
        "AssociationCount": 0,
        "CreationTime": "2026-09-21T14:13Z",
        "Description": "of ours",
        "MaxEntries": 5,
        "PrefixListId": list_id,
        "PrefixListName": "offices",
        "ResourceGroupId": "rg-1",
        "Tags": {"Tag": [{"TagKey": "k", "TagValue": "v"}]},
    }
    assert entries(account, list_id) == [("192.168.1.100/32", "one host")]


def test_a_block_of_ipv6_is_shown_compressed(account):
    written = "2001:0DB8:0000:0000:0000:0000:0000:0000/32"
    list_id = prefix_list(account, written, AddressFamily="IPv6")
    assert entries(account, list_id) == [("2001:db8::/32", "")]


def test_entries_come_and_go(account):
    list_id = prefix_list(account, "10.0.0.0/8", "11.0.0.0/8")
    account.call(
        "ModifyPrefixList",
        PrefixListId=list_id,
        PrefixListName="other",
        AddEntry=[{"Cidr": "12.0.0.0/8"}, {"Cidr": "11.0.0.0/8", "Description": "described"}],
        RemoveEntry=[{"Cidr": "10.0.0.0/8"}, {"Cidr": "13.0.0.0/8"}],
    )
    assert entries(account, list_id) == [("11.0.0.0/8", "described"), ("12.0.0.0/8", "")]
    assert account.call("DescribePrefixLists", PrefixListName="offices")["PrefixLists"]["PrefixList"] == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"AddressFamily": "IPv5"}, ("InvalidParameter.AddressFamily", 400)),
        ({"MaxEntries": 201}, ("InvalidParameter", 400)),
        ({"PrefixListName": "com.aliyun"}, ("InvalidParameter.PrefixListName", 400)),
        ({"Description": "x"}, ("InvalidDescription.Malformed", 400)),
        ({"Entry": [{"Cidr": "10.0.0.1/8"}]}, ("InvalidParameter.CidrMalformed", 400)),
        ({"Entry": [{"Cidr": "::/0"}]}, ("InvalidParameter.CidrMalformed", 400)),
        ({"Entry": [{"Cidr": "::/0", "Description": "d"}]}, ("InvalidDescription.Malformed", 400)),
        (
            {"Entry": [{"Cidr": "1.1.1.1"}, {"Cidr": "1.1.1.1/32"}]},
            ("InvalidParameter.CidrDuplicated", 400),
        ),
        ({"Entry": [{"Cidr": "1.1.1.1"}] * 201}, ("LimitExceed.Entry", 400)),
        ({"MaxEntries": 1, "Entry": [{"Cidr": "::1"}, {"Cidr": "::2"}]}, ("LimitExceed.MaxEntries", 400)),
        ({"ResourceGroupId": "x"}, ("InvalidResourceGroup.NotFound", 404)),
        ({"ClientToken": "é"}, ("InvalidClientToken.ValueNotSupported", 400)),
    ],
)
def test_a_wrong_prefix_list_is_refused(account, changes, error):
    assert error_of(account, "CreatePrefixList", **{**PEERS, **changes}) == error


def test_lists_are_listed_page_by_page(account):
    first, second = prefix_list(account), prefix_list(account, AddressFamily="IPv6", PrefixListName="b2")

    def ids(**more):
        reply = account.call("DescribePrefixLists", **more)
        return [each["PrefixListId"] for each in reply["PrefixLists"]["PrefixList"]], reply["NextToken"]

    page, token = ids(MaxResults=1)
    assert (page, ids(NextToken=token)) == ([second], ([first], ""))
    for narrow in ({"AddressFamily": "IPv6"}, {"PrefixListName": "b2"}, {"PrefixListId": [second]}):
        assert ids(**narrow) == ([second], "")
    assert ids(ResourceGroupId="rg-1") == ids(Tag=[{"Key": "k"}]) == ([], "")


def test_a_token_is_answered_again(account):
    first, second = (prefix_list(account, ClientToken="t") for _ in "12")
    assert first == second


@pytest.mark.parametrize(("suffix", "far"), [("", "Source"), ("Egress", "Dest")])
def test_a_rule_names_lists_as_long_as_they_stay(account, suffix, far):
    peers, ports = prefix_list(account, "10.0.0.0/8"), port_list(account, "80/80")
    shown = allow(account, suffix, **{f"{far}PrefixListId": peers, "PortRangeListId": ports})
    assert (shown[f"{far}PrefixListId"], shown[f"{far}PrefixListName"]) == (peers, "offices")
    assert (shown["PortRangeListId"], shown["PortRangeListName"]) == (ports, "web")
    assert (shown["PortRange"], shown[f"{far}CidrIp"], shown["IpProtocol"]) == ("", "", "TCP")
    group_id = account.group.id
    reply = account.call("DescribePrefixListAssociations", PrefixListId=peers)
    assert reply["PrefixListAssociations"]["PrefixListAssociation"] == [
        {"ResourceId": group_id, "ResourceType": "securitygroup"}
    ]
    reply = account.call("DescribePortRangeListAssociations", PortRangeListId=ports)
    assert reply["PortRangeListAssociations"] == [{"ResourceId": group_id, "ResourceType": "SecurityGroup"}]
    in_use = error_of(account, "DeletePrefixList", PrefixListId=peers)
    assert in_use == ("NotAllowed.AssociationExist", 400)
    in_use = error_of(account, "DeletePortRangeList", PortRangeListId=ports)
    assert in_use == ("InvalidPortRangeListId.AssociationExist", 400)
    rule = {"IpProtocol": "tcp", f"{far}PrefixListId": peers, "PortRangeListId": ports}
    account.call(f"RevokeSecurityGroup{suffix}", SecurityGroupId=group_id, Permissions=[rule])
    account.call("DeletePrefixList", PrefixListId=peers)
    account.call("DeletePortRangeList", PortRangeListId=ports)
    assert error_of(account, "DeletePrefixList", PrefixListId=peers) == (
        "InvalidPrefixListId.NotFound",
        404,
    )
    absent = error_of(account, "DeletePortRangeList", PortRangeListId=ports)
    assert absent == ("InvalidPortRangeListId.NotFound", 400)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"IpProtocol": "all"}, ("InvalidParam.ProtocolNotSupportPortRangeList", 400)),
        ({"DestCidrIp": "10.0.0.0/8", "ports": False}, None),
        ({"Ipv6DestCidrIp": "::/0"}, ("InvalidParam.PrefixListAddressFamilyMismatch", 400)),
    ],
)
def test_a_rule_fits_its_lists(account, rule, error):
    ports = port_list(account) if rule.pop("ports", True) else None
    wanted = {"IpProtocol": "tcp", "SourcePrefixListId": prefix_list(account), **rule}
    wanted |= {"PortRange": "80/80"} if ports is None else {"PortRangeListId": ports}
    named = {"SecurityGroupId": account.group.id, "Permissions": [wanted]}
    if error is None:
        account.call("AuthorizeSecurityGroup", **named)
    else:
        assert error_of(account, "AuthorizeSecurityGroup", **named) == error


def test_a_rule_is_changed_within_its_sort(account):
    first, second = prefix_list(account), prefix_list(account)
    shown = allow(account, SourcePrefixListId=first, PortRangeListId=port_list(account))
    named = {"SecurityGroupId": account.group.id, "SecurityGroupRuleId": shown["SecurityGroupRuleId"]}
    account.call("ModifySecurityGroupRule", **named, SourcePrefixListId=second)
    reply = account.call("DescribeSecurityGroupAttribute", SecurityGroupId=account.group.id)
    assert reply["Permissions"]["Permission"][0]["SourcePrefixListId"] == second
    fixed = error_of(account, "ModifySecurityGroupRule", **named, PortRange="80/80")
    assert fixed == ("InvalidOperation.ModifyPortRangeType", 400)
    fixed = error_of(account, "ModifySecurityGroupRule", **named, SourceCidrIp="10.0.0.0/8")
    assert fixed == ("InvalidOperation.ModifySgRuleEntityType", 400)


def test_a_rule_counts_as_its_lists_have_room():
    account = AlibabaAccount.furnished(quotas={"rules_per_group": 9})
    peers, ports = prefix_list(account), port_list(account, MaxEntries=2)
    over = {"IpProtocol": "tcp", "SourcePrefixListId": peers, "PortRangeListId": ports}
    named = {"SecurityGroupId": account.group.id, "Permissions": [over]}
    full = error_of(account, "AuthorizeSecurityGroup", **named)
    assert full == ("AuthorizationLimitExceed", 403)
    allow(account, SourcePrefixListId=peers, PortRange="80/80")


def test_how_many_lists_there_may_be():
    account = AlibabaAccount(quotas={"address_lists": 0, "service_lists": 0, "entries_per_service_list": 3})
    assert error_of(account, "CreatePrefixList", **PEERS) == ("LimitExceed.PrefixListPerRegion", 404)
    many = {**PORTS, "MaxEntries": 2}
    assert error_of(account, "CreatePortRangeList", **many) == ("InvalidOperation.MaxCountExceed", 400)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"MaxEntries": 2001}, ("InvalidOperation.MaxEntriesCountExceed", 400)),
        ({"PortRangeListName": "9"}, ("InvalidParameter.PortRangeListName", 400)),
        ({"Entry": [{"PortRange": "80"}]}, ("InvalidParameter.PortRange", 400)),
        ({"Entry": [{"PortRange": "90/80"}]}, ("InvalidParameter.PortRange", 400)),
        ({"Entry": [{"PortRange": "1/65536"}]}, ("InvalidParameter.PortRange", 400)),
        ({"Entry": [{"PortRange": "1/1"}] * 2}, ("InvalidParameter.PortRangeDuplicated", 400)),
        (
            {"MaxEntries": 1, "Entry": [{"PortRange": "1/1"}, {"PortRange": "2/2"}]},
            ("LimitExceed.MaxEntries", 400),
        ),
    ],
)
def test_a_wrong_port_list_is_refused(account, changes, error):
    assert error_of(account, "CreatePortRangeList", **{**PORTS, **changes}) == error


def test_a_port_list_is_shown_and_changed(account):
    list_id = port_list(account, "80/80", Description="of web", Tag=[{"Key": "k", "Value": "v"}])
    (shown,) = account.call("DescribePortRangeLists", PortRangeListId=[list_id])["PortRangeLists"]
    assert shown == {
        "AssociationCount": 0,
        "CreationTime": "2026-09-21T14:13Z",
        "Description": "of web",
        "MaxEntries": 5,
        "PortRangeListId": list_id,
        "PortRangeListName": "web",
        "ResourceGroupId": "",
        "Tags": [{"TagKey": "k", "TagValue": "v"}],
    }
    account.call(
        "ModifyPortRangeList",
        PortRangeListId=list_id,
        AddEntry=[{"PortRange": "8000/8010", "Description": "other"}],
        RemoveEntry=[{"PortRange": "80/80"}],
    )
    reply = account.call("DescribePortRangeListEntries", PortRangeListId=list_id)
    assert reply["Entries"] == [{"PortRange": "8000/8010", "Description": "other"}]
