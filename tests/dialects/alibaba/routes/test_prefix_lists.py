"""Prefix lists of VPC: what is taken, shown and refused, and routes that lead to them."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.harness import ApiError

VPC = "2016-04-28"
HOP = {"NextHopType": "VpnGateway", "NextHopId": "vpn-bp1"}


def prefix_list(account, *blocks, **more):
    entries = [{"Cidr": each} for each in blocks]
    named = {"PrefixListName": "offices", "PrefixListEntries": entries, **more}
    return account.call("CreateVpcPrefixList", VPC, **named)["PrefixListId"]


def shown(account, **more):
    return account.call("ListPrefixLists", VPC, **more)["PrefixLists"]


def error_of(account, action, **params):
    before = account.dump()
    with pytest.raises(ApiError) as refused:
        account.client.call(action, VPC, **params)
    assert account.dump() == before
    return refused.value.code


def route(account, destination, **more):
    """Create a route in the main table."""
    named = {"RouteTableId": account.network.route_table_id, "DestinationCidrBlock": destination}
    reply = account.call("CreateRouteEntry", VPC, **{**named, **HOP, **more})
    account.wait()
    return reply["RouteEntryId"]


def association(account, list_id):
    reply = account.call("GetVpcPrefixListAssociations", VPC, PrefixListId=list_id)
    (found,) = reply["PrefixListAssociation"]
    return found


def modify(account, list_id, **changes):
    account.call("ModifyVpcPrefixList", VPC, PrefixListId=list_id, **changes)
    account.wait()


def test_a_prefix_list_is_shown_with_all_that_it_was_given(account):
    made = account.call(
        "CreateVpcPrefixList",
        VPC,
        IpVersion="IPV4",
        MaxEntries=10,
        PrefixListName="offices",
        PrefixListDescription="of ours",
        PrefixListEntries=[{"Cidr": "172.16.0.0/16", "Description": "a"}],
        Tag=[{"Key": "k", "Value": "v"}],
    )
    list_id = made["PrefixListId"]
    owner = shown(account)[0]["OwnerId"]
    assert shown(account) == [
        {
            "CidrBlocks": ["172.16.0.0/16"],
            "CreationTime": "2026-09-21T14:13:23Z",
            "IpVersion": "IPV4",
            "MaxEntries": 10,
            "OwnerId": owner,
            "PrefixListDescription": "of ours",
            "PrefixListId": list_id,
            "PrefixListName": "offices",
            "PrefixListStatus": "Created",
            "PrefixListType": "Custom",
            "RegionId": "cn-hangzhou",
            "ResourceGroupId": made["ResourceGroupId"],
            "ShareType": "",
            "Status": "Created",
            "Tags": [{"Key": "k", "Value": "v"}],
        }
    ]
    reply = account.call("GetVpcPrefixListEntries", VPC, PrefixListId=list_id)
    entry = {"Cidr": "172.16.0.0/16", "Description": "a"}
    assert reply["PrefixListEntry"] == [{**entry, "PrefixListId": list_id, "RegionId": "cn-hangzhou"}]
    assert (reply["Count"], reply["TotalCount"], reply["NextToken"]) == (1, 1, "")


def test_what_is_not_said_is_the_page_s_default(account):
    prefix_list(account)
    (found,) = shown(account)
    assert (found["IpVersion"], found["MaxEntries"], found["CidrBlocks"]) == ("IPV4", 50, [])


def test_a_change_takes_its_time(account):
    list_id = prefix_list(account, "172.16.0.0/16")
    change = {"PrefixListId": list_id, "AddPrefixListEntry": [{"Cidr": "172.17.0.0/16"}]}
    account.call("ModifyVpcPrefixList", VPC, **change)
    assert shown(account)[0]["Status"] == "Modifying"
    busy = "IncorrectStatus.PrefixList"
    assert error_of(account, "DeleteVpcPrefixList", PrefixListId=list_id) == busy
    account.wait()
    assert shown(account)[0]["Status"] == "Created"
    account.call("ModifyVpcPrefixList", VPC, PrefixListId=list_id, PrefixListName="other")
    assert [shown(account)[0][name] for name in ("Status", "PrefixListName")] == ["Created", "other"]
    account.call("DeleteVpcPrefixList", VPC, PrefixListId=list_id)
    assert shown(account)[0]["Status"] == "Deleted"
    account.wait()
    assert shown(account) == []
    absent = error_of(account, "DeleteVpcPrefixList", PrefixListId=list_id)
    assert absent == "ResourceNotFound.PrefixList"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"IpVersion": "IPv5"}, "UnsupportedFeature.IpVersion"),
        ({"MaxEntries": 51}, "QuotaExceeded.PrefixListCidrCount"),
        ({"PrefixListEntries": [{"Cidr": "x"}]}, "IllegalParam.CidrBlock"),
        ({"PrefixListEntries": [{"Cidr": "::/0"}]}, "IllegalParam.CidrBlock"),
        ({"PrefixListEntries": [{"Cidr": "::/0", "Description": "http://x"}]}, "IllegalParam.CidrName"),
        ({"PrefixListEntries": [{"Cidr": "1.1.1.1"}] * 2}, "DuplicatedParam.CidrBlock"),
        (
            {"MaxEntries": 1, "PrefixListEntries": [{"Cidr": "1.1.1.1"}, {"Cidr": "1.1.1.2"}]},
            "OperationFailed.CidrCountExceedMaxCount",
        ),
        ({"DryRun": True}, "DryRunOperation"),
    ],
)
def test_a_wrong_prefix_list_is_refused(account, wanted, code):
    assert error_of(account, "CreateVpcPrefixList", **wanted) == code


def test_a_change_is_one_that_can_be(account):
    list_id = prefix_list(account, "172.16.0.0/16", MaxEntries=2)
    named = {"PrefixListId": list_id}
    for change, code in (
        (
            {"RemovePrefixListEntry": [{"Cidr": "1.1.1.1"}, {"Cidr": "1.1.1.2"}]},
            "RemoveCountExceedExistCount",
        ),
        ({"AddPrefixListEntry": [{"Cidr": "1.1.1.1"}, {"Cidr": "1.1.1.2"}]}, "CidrCountExceedMaxCount"),
        ({"MaxEntries": 51}, "PrefixListCidrCount"),
    ):
        assert error_of(account, "ModifyVpcPrefixList", **named, **change).endswith(code)
    full = AlibabaAccount(quotas={"route_lists": 0})
    assert error_of(full, "CreateVpcPrefixList") == "QuotaExceeded.PrefixListCount"


def test_a_route_leads_to_a_prefix_list(account):
    list_id = prefix_list(account, "172.16.0.0/16", "172.17.0.0/16")
    entry_id = route(account, list_id)
    table_id = account.network.route_table_id
    named = {"RouteTableId": table_id, "DestinationCidrBlock": list_id}
    (found,) = account.call("DescribeRouteEntryList", VPC, **named)["RouteEntrys"]["RouteEntry"]
    assert (found["RouteEntryId"], found["IpVersion"]) == (entry_id, "IPv4")
    there = association(account, list_id)
    assert (there["ResourceId"], there["ResourceType"]) == (table_id, "vpcRouteTable")
    assert (there["Status"], there["Reason"]) == ("Created", "")
    assert (there["CidrList"], there["SuppressedList"]) == ("172.16.0.0/16,172.17.0.0/16", "")
    held = error_of(account, "DeleteVpcPrefixList", PrefixListId=list_id)
    assert held == "DependencyViolation.PrefixListRelation"
    account.call("DeleteRouteEntry", VPC, **named)
    assert association(account, list_id)["Status"] == "Deleting"
    account.wait()
    account.call("DeleteVpcPrefixList", VPC, PrefixListId=list_id)


def test_a_route_to_a_list_is_one_that_can_be(account):
    list_id = prefix_list(account, "172.16.0.0/16")
    route(account, list_id)
    table = {"RouteTableId": account.network.route_table_id}

    def refused(destination, **more):
        return error_of(
            account, "CreateRouteEntry", **table, DestinationCidrBlock=destination, **(more or HOP)
        )

    assert refused("pl-absent") == "ResourceNotFound.PrefixList"
    assert refused(list_id) == "ResourceAlreadyAssociated.PrefixList"
    assert refused("172.16.0.0/16") == "OperationFailed.CidrConflictWithPrefixList"
    several = [{"NextHopType": "RouterInterface", "NextHopId": f"ri-{place}"} for place in "12"]
    ecmp = refused(prefix_list(account), NextHopList=several)
    assert ecmp == "UnsupportedFeature.CreatePrefixListEcmpRouteEntry"
    six = prefix_list(account, IpVersion="IPv6")
    assert refused(six) == "OperationDenied.VpcIpv6NotEnabled"
    busy = prefix_list(account)
    account.call(
        "ModifyVpcPrefixList", VPC, PrefixListId=busy, AddPrefixListEntry=[{"Cidr": "172.18.0.0/16"}]
    )
    assert refused(busy) == "IncorrectStatus.PrefixList"


def test_a_change_that_conflicts_is_deployed_again(account):
    list_id = prefix_list(account, "172.16.0.0/16")
    route(account, list_id)
    other = route(account, "172.17.0.0/16")
    modify(account, list_id, AddPrefixListEntry=[{"Cidr": "172.17.0.0/16"}])
    there = association(account, list_id)
    assert (there["Status"], there["CidrList"]) == ("ModifyFailed", "172.16.0.0/16")
    assert there["SuppressedList"] == "172.17.0.0/16"
    assert "conflict" in there["Reason"]
    table_id = account.network.route_table_id
    named = {"PrefixListId": list_id, "ResourceId": table_id, "ResourceType": "vpcRouteTable"}
    account.call("RetryVpcPrefixListAssociation", VPC, **named)
    assert association(account, list_id)["Status"] == "ModifyFailed"
    account.call("DeleteRouteEntry", VPC, RouteEntryId=other)
    account.wait()
    account.call("RetryVpcPrefixListAssociation", VPC, **named)
    there = association(account, list_id)
    assert (there["Status"], there["CidrList"]) == ("Created", "172.16.0.0/16,172.17.0.0/16")
    elsewhere = {**named, "PrefixListId": prefix_list(account)}
    absent = error_of(account, "RetryVpcPrefixListAssociation", **elsewhere)
    assert absent == "ResourceNotFound.PrefixlistAssociation"


def test_a_rule_may_name_a_prefix_list_of_vpc(account):
    list_id = prefix_list(account, "172.16.0.0/16")
    rule = {"IpProtocol": "tcp", "PortRange": "80/80", "SourcePrefixListId": list_id}
    named = {"SecurityGroupId": account.group.id}
    account.call("AuthorizeSecurityGroup", **named, Permissions=[rule])
    (found,) = account.call("DescribeSecurityGroupAttribute", **named)["Permissions"]["Permission"]
    assert (found["SourcePrefixListId"], found["SourcePrefixListName"]) == (list_id, "offices")
    held = error_of(account, "DeleteVpcPrefixList", PrefixListId=list_id)
    assert held == "DependencyViolation.PrefixListRelation"


def test_prefix_lists_are_listed_tagged_and_moved(account):
    one, two = prefix_list(account), prefix_list(account, PrefixListName="b")
    page = account.call("ListPrefixLists", VPC, MaxResults=1)
    assert ([each["PrefixListId"] for each in page["PrefixLists"]], page["TotalCount"]) == ([two], 2)
    rest = account.call("ListPrefixLists", VPC, NextToken=page["NextToken"])["PrefixLists"]
    assert [each["PrefixListId"] for each in rest] == [one]
    tagged = {"ResourceType": "PREFIXLIST", "ResourceId": [one], "Tag": [{"Key": "k", "Value": "v"}]}
    account.call("TagResources", VPC, **tagged)
    moved = {"ResourceType": "PrefixList", "ResourceId": one, "NewResourceGroupId": "rg-2"}
    account.call("MoveResourceGroup", VPC, **moved)
    for narrow in (
        {"PrefixListIds": [one]},
        {"PrefixListName": "offices"},
        {"Tags": [{"Key": "k", "Value": "v"}]},
        {"ResourceGroupId": "rg-2"},
    ):
        assert [each["PrefixListId"] for each in shown(account, **narrow)] == [one]
    assert error_of(account, "ListPrefixLists", NextToken="x") == "IllegalParam.NextToken"
