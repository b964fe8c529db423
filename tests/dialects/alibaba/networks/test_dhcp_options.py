"""DHCP options sets of Alibaba Cloud: created, changed, attached to VPCs, listed, deleted."""

import pytest
from tests.dialects.alibaba.networks.gateways import options_set, show_options, vpc
from tests.dialects.alibaba.sdk_models import VPC

ATTACH, DETACH = "AttachDhcpOptionsSetToVpc", "DetachDhcpOptionsSetFromVpc"
REPLACE, UPDATE = "ReplaceVpcDhcpOptionsSet", "UpdateDhcpOptionsSetAttribute"


def listed(account, **criteria):
    found = account.call("ListDhcpOptionsSets", VPC, **criteria)["DhcpOptionsSets"]
    return [each["DhcpOptionsSetId"] for each in found]


def status_of_vpc(account, vpc_id=None):
    shown = vpc(account, vpc_id)
    return shown["DhcpOptionsSetId"], shown["DhcpOptionsSetStatus"]


def test_a_new_set_is_pending_then_available(account):
    created = account.call(
        "CreateDhcpOptionsSet",
        VPC,
        DhcpOptionsSetName="n",
        DhcpOptionsSetDescription="d",
        DomainName="example.com",
        DomainNameServers="192.168.0.1,2001:db8::1",
        LeaseTime="24h",
        Ipv6LeaseTime="49d",
        ResourceGroupId="rg-mine",
        Tag=[{"Key": "k", "Value": "v"}],
    )
    set_id = created["DhcpOptionsSetId"]
    assert (set_id[:5], created["ResourceGroupId"]) == ("dopt-", "rg-mine")
    assert show_options(account, set_id)["Status"] == "Pending"
    account.wait()
    shown = show_options(account, set_id)
    assert (shown["Status"], shown["DhcpOptionsSetName"], shown["DhcpOptionsSetDescription"]) == (
        "Available",
        "n",
        "d",
    )
    assert shown["DhcpOptions"] == {
        "DomainName": "example.com",
        "DomainNameServers": "192.168.0.1,2001:db8::1",
        "LeaseTime": "24h",
        "Ipv6LeaseTime": "49d",
    }
    assert (shown["AssociateVpcs"], shown["Tags"]) == ([], [{"Key": "k", "Value": "v"}])
    (row,) = account.call("ListDhcpOptionsSets", VPC)["DhcpOptionsSets"]
    hidden = {"AssociateVpcs", "RequestId"}
    assert row == {
        **{name: value for name, value in shown.items() if name not in hidden},
        "AssociateVpcCount": 0,
    }


def test_a_set_that_names_nothing_has_the_servers_of_the_cloud(account):
    assert show_options(account, options_set(account))["DhcpOptions"] == {
        "DomainName": "",
        "DomainNameServers": "100.100.2.136,100.100.2.138",
        "LeaseTime": "3650d",
        "Ipv6LeaseTime": "3650d",
    }


WRONG = [
    ({"DhcpOptionsSetName": "n" * 129}, ("IllegalParam.DhcpOptionsSetName", 400)),
    ({"DhcpOptionsSetDescription": "http://d"}, ("IllegalParam.DhcpOptionsSetDescription", 400)),
    ({"DomainName": "-a"}, ("IllegalParam.DomainName", 400)),
    ({"DomainNameServers": "1.2.3"}, ("IllegalParam.DomainNameServers", 400)),
    ({"LeaseTime": "50d"}, ("IllegalParam.LeaseTime", 400)),
    ({"Ipv6LeaseTime": "23h"}, ("IllegalParam.Ipv6LeaseTime", 400)),
    ({"DryRun": True}, ("DryRunOperation", 400)),
]
FIVE = ",".join(f"10.0.0.{n}" for n in range(5))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        *WRONG,
        ({"DomainNameServers": FIVE}, ("QuotaExceeded.DomainNameServers", 400)),
        ({"Tag": [{"Key": "k"}, {"Key": "k"}]}, ("Duplicate.TagKey", 400)),
    ],
)
def test_what_is_wrong_with_a_new_set(account, changes, refusal):
    assert account.refusal("CreateDhcpOptionsSet", VPC, **changes) == refusal


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        *WRONG,
        ({"DomainNameServers": FIVE}, ("IllegalParam.DomainNameServers", 400)),
        ({"DhcpOptionsSetId": "none"}, ("InvalidDhcpOptionsSetId.NotFound", 400)),
    ],
)
def test_what_is_wrong_with_a_change(account, changes, refusal):
    params = {"DhcpOptionsSetId": options_set(account), **changes}
    assert account.refusal(UPDATE, VPC, **params) == refusal


@pytest.mark.parametrize(
    ("lease", "fits"),
    [
        *((each, True) for each in ("24h", "100h", "1176h", "87600h", "175200h", "1d", "49d")),
        *((each, True) for each in ("3650d", "7300d", "99999h", "170000h", "7299d")),
        *((each, False) for each in ("23h", "1177h", "87599h", "175201h", "0d", "50d", "3649d", "7301d")),
        *((each, False) for each in ("24", "d", "-1d", "24H")),
    ],
)
def test_a_lease_has_certain_lengths(account, lease, fits):
    if fits:
        assert (
            show_options(account, options_set(account, LeaseTime=lease))["DhcpOptions"]["LeaseTime"]
            == lease
        )
    else:
        wrong = account.refusal("CreateDhcpOptionsSet", VPC, LeaseTime=lease)
        assert wrong == ("IllegalParam.LeaseTime", 400)


def test_a_set_is_changed_at_once(account):
    set_id = options_set(account, DomainName="a.b", DhcpOptionsSetName="n", LeaseTime="1d")
    account.call(UPDATE, VPC, DhcpOptionsSetId=set_id, DomainNameServers="10.0.0.1", DhcpOptionsSetName="m")
    account.call(UPDATE, VPC, DhcpOptionsSetId=set_id, DomainName="")
    shown = show_options(account, set_id)
    assert (shown["DhcpOptionsSetName"], shown["DhcpOptions"]) == (
        "m",
        {
            "DomainName": "",
            "DomainNameServers": "10.0.0.1",
            "LeaseTime": "1d",
            "Ipv6LeaseTime": "3650d",
        },
    )


def test_a_vpc_shows_the_set_that_is_attached(account):
    set_id = options_set(account)
    names = {"DhcpOptionsSetId": set_id, "VpcId": account.network.id}
    assert status_of_vpc(account) == ("", "")
    account.call(ATTACH, VPC, **names)
    assert status_of_vpc(account) == (set_id, "Pending")
    assert show_options(account, set_id)["AssociateVpcs"][0]["AssociateStatus"] == "Pending"
    assert account.refusal(DETACH, VPC, **names) == ("IncorrectStatus.DhcpOptionsSet", 400)
    account.wait()
    assert status_of_vpc(account) == (set_id, "InUse")
    shown = show_options(account, set_id)
    assert (shown["Status"], shown["AssociateVpcs"]) == (
        "InUse",
        [{"VpcId": account.network.id, "AssociateStatus": "InUse"}],
    )
    assert account.call("ListDhcpOptionsSets", VPC)["DhcpOptionsSets"][0]["AssociateVpcCount"] == 1
    found = account.call("DescribeVpcs", VPC, DhcpOptionsSetId=set_id)["Vpcs"]["Vpc"]
    assert [each["VpcId"] for each in found] == [account.network.id]
    assert account.call("DescribeVpcs", VPC, DhcpOptionsSetId="none")["Vpcs"]["Vpc"] == []
    assert account.refusal(ATTACH, VPC, **names) == ("OperationFailed.AttachmentExist", 400)
    assert account.refusal("DeleteDhcpOptionsSet", VPC, DhcpOptionsSetId=set_id) == (
        "DependencyViolation.VpcAttachment",
        400,
    )
    account.call(DETACH, VPC, **names)
    assert status_of_vpc(account) == (set_id, "Pending")
    account.wait()
    assert status_of_vpc(account) == ("", "")
    assert account.refusal(DETACH, VPC, **names) == ("OperationFailed.AttachmentNotExist", 400)


def test_a_set_takes_the_place_of_another(account):
    old, new = options_set(account), options_set(account)
    names = {"VpcId": account.network.id}
    assert account.refusal(REPLACE, VPC, DhcpOptionsSetId=new, **names) == (
        "OperationFailed.AttachmentNotExist",
        400,
    )
    account.call(ATTACH, VPC, DhcpOptionsSetId=old, **names)
    account.wait()
    mismatch = ("AttrMismatching.VpcDhcpOptionsSetId", 400)
    assert account.refusal(DETACH, VPC, DhcpOptionsSetId=new, **names) == mismatch
    account.call(REPLACE, VPC, DhcpOptionsSetId=new, **names)
    assert status_of_vpc(account) == (new, "Pending")
    account.wait()
    assert status_of_vpc(account) == (new, "InUse")
    assert account.refusal(REPLACE, VPC, DhcpOptionsSetId=new, **names) == mismatch


@pytest.mark.parametrize("action", [ATTACH, DETACH, REPLACE])
def test_what_is_named_must_be_there(account, action):
    names = {"DhcpOptionsSetId": options_set(account), "VpcId": account.network.id}
    refused = lambda **changes: account.refusal(action, VPC, **{**names, **changes})  # noqa: E731
    assert refused(DhcpOptionsSetId="none") == ("InvalidDhcpOptionsSetId.NotFound", 400)
    assert refused(VpcId="none") == ("InvalidVpcId.NotFound", 400)
    coming = account.call("CreateVpc", VPC)["VpcId"]
    assert refused(VpcId=coming) == ("TaskConflict", 400)


def test_a_set_is_for_ten_vpcs(account):
    set_id = options_set(account)
    for _ in range(10):
        account.call(ATTACH, VPC, DhcpOptionsSetId=set_id, VpcId=account.create_vpc())
        account.wait()
    refusal = account.refusal(ATTACH, VPC, DhcpOptionsSetId=set_id, VpcId=account.network.id)
    assert refusal == ("QuotaExceeded.AttachVpcNumber", 400)


def test_sets_are_found(account):
    first = options_set(account, DhcpOptionsSetName="a", Tag=[{"Key": "k", "Value": "v"}])
    second = options_set(account, DomainName="b.c", ResourceGroupId="rg-b")
    assert listed(account) == [second, first]
    assert listed(account, DhcpOptionsSetId=[first]) == [first]
    assert listed(account, DhcpOptionsSetName="a") == [first]
    assert listed(account, DomainName="b.c") == [second]
    assert listed(account, ResourceGroupId="rg-b") == [second]
    assert listed(account, Tags=[{"Key": "k"}]) == [first]
    token = account.call("ListDhcpOptionsSets", VPC, MaxResults=1)["NextToken"]
    assert listed(account, MaxResults=1, NextToken=token) == [first]
    assert account.refusal("ListDhcpOptionsSets", VPC, NextToken="x") == ("IllegalParam.NextToken", 400)


def test_tags_and_groups_change(account):
    set_id = options_set(account)
    of_set = {"ResourceType": "DhcpOptionsSet"}
    account.call("TagResources", VPC, ResourceId=[set_id], Tag=[{"Key": "k", "Value": "v"}], **of_set)
    account.call("MoveResourceGroup", VPC, ResourceId=set_id, NewResourceGroupId="rg-new", **of_set)
    shown = show_options(account, set_id)
    assert (shown["Tags"], shown["ResourceGroupId"]) == ([{"Key": "k", "Value": "v"}], "rg-new")


def test_a_set_is_deleting_then_gone(account):
    set_id = options_set(account)
    account.call("DeleteDhcpOptionsSet", VPC, DhcpOptionsSetId=set_id)
    assert show_options(account, set_id)["Status"] == "Deleting"
    account.wait()
    shown = account.client.call("GetDhcpOptionsSet", VPC, DhcpOptionsSetId=set_id)
    assert set(shown) == {"RequestId"}
    assert account.refusal("DeleteDhcpOptionsSet", VPC, DhcpOptionsSetId=set_id) == (
        "InvalidDhcpOptionsSetId.NotFound",
        400,
    )
