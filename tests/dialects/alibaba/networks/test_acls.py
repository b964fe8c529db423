"""Network ACLs of Alibaba Cloud: created, changed, associated with vSwitches, listed and deleted."""

import pytest
from tests.dialects.alibaba.networks.network_acls import (
    associate,
    create,
    entries,
    listed,
    of_vswitch,
    show,
)
from tests.dialects.alibaba.sdk_models import VPC


def test_a_new_acl_is_modifying_and_lets_everything_pass(account):
    made = account.call(
        "CreateNetworkAcl",
        VPC,
        VpcId=account.network.id,
        NetworkAclName="acl-1",
        Description="mine",
        Tag=[{"Key": "k", "Value": "v"}],
    )
    acl_id, created = made["NetworkAclId"], made["NetworkAclAttribute"]
    assert acl_id.startswith("nacl-")
    assert (created["Status"], created["NetworkAclId"], created["VpcId"]) == (
        "Modifying",
        acl_id,
        account.network.id,
    )
    (ingress,) = entries(account, acl_id)
    (egress,) = entries(account, acl_id, "Egress")
    assert (ingress["SourceCidrIp"], ingress["Policy"], ingress["Protocol"], ingress["Port"]) == (
        "0.0.0.0/0",
        "accept",
        "all",
        "-1/-1",
    )
    assert (egress["DestinationCidrIp"], egress["Policy"]) == ("0.0.0.0/0", "accept")
    account.wait()
    shown = show(account, acl_id)
    assert (shown["Status"], shown["NetworkAclName"], shown["Description"]) == (
        "Available",
        "acl-1",
        "mine",
    )
    assert shown["Tags"] == {"Tag": [{"Key": "k", "Value": "v"}]}
    assert shown["CreationTime"] == created["CreationTime"]
    assert (shown["RegionId"], shown["Resources"]) == ("cn-hangzhou", {"Resource": []})


def test_the_system_adds_entries_for_its_services_and_a_last_one_that_drops(account):
    acl_id = create(account)
    for side in ("Ingress", "Egress"):
        services, (last,) = (
            entries(account, acl_id, side, "service"),
            entries(account, acl_id, side, "system"),
        )
        assert {each["Policy"] for each in services} == {"accept"}
        assert (last["Policy"], last["Protocol"], last["IpVersion"]) == ("drop", "all", "IPv4")
        kinds = [
            each["EntryType"] for each in show(account, acl_id)[f"{side}AclEntries"][f"{side}AclEntry"]
        ]
        assert kinds == ["service", "service", "service", "custom", "system"]
    found = [
        each["NetworkAclEntryId"]
        for side in ("Ingress", "Egress")
        for each in show(account, acl_id)[f"{side}AclEntries"][f"{side}AclEntry"]
    ]
    assert len(set(found)) == 10


def test_an_acl_of_a_vpc_with_ipv6_is_about_ipv6_too(account):
    acl_id = create(account, VpcId=account.create_vpc(EnableIpv6=True))
    assert [each["SourceCidrIp"] for each in entries(account, acl_id)] == ["0.0.0.0/0", "::/0"]
    assert [each["SourceCidrIp"] for each in entries(account, acl_id, kind="system")] == [
        "0.0.0.0/0",
        "::/0",
    ]
    assert [each["IpVersion"] for each in entries(account, acl_id)] == ["IPv4", "IPv6"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"VpcId": "vpc-none"}, ("InvalidVpcId.NotFound", 400)),
        ({"VpcId": None}, ("ParameterMissing.VpcId", 400)),
        ({"NetworkAclName": "n" * 129}, ("ParameterLengthIllegal.Name", 400)),
        ({"NetworkAclName": "http://n"}, ("ParameterIllegal.Name", 400)),
        ({"Description": "d" * 257}, ("ParameterLengthIllegal.Description", 400)),
        ({"Description": "https://d"}, ("ParameterIllegal.Description", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
        ({"ClientToken": "\u00e4"}, ("InvalidParameter", 400)),
        ({"Tag": [{"Key": "k"}, {"Key": "k"}]}, ("Duplicate.TagKey", 400)),
    ],
)
def test_what_is_wrong_with_a_new_acl(account, changes, refusal):
    assert account.refusal("CreateNetworkAcl", VPC, **{"VpcId": account.network.id, **changes}) == refusal


def test_a_vpc_has_twenty_acls(account):
    for _ in range(20):
        create(account)
    refusal = account.refusal("CreateNetworkAcl", VPC, VpcId=account.network.id)
    assert refusal == ("QuotaExceed.NetworkAcl", 400)


def test_a_token_makes_one_acl(account):
    params = {"VpcId": account.network.id, "ClientToken": "t"}
    first, again = (account.call("CreateNetworkAcl", VPC, **params)["NetworkAclId"] for _ in "12")
    assert first == again
    other = account.refusal("CreateNetworkAcl", VPC, **params, NetworkAclName="n")
    assert other == ("IdempotentParameterMismatch", 400)


def test_an_acl_is_renamed_and_described_anew(account):
    acl_id = create(account, NetworkAclName="a", Description="d")
    account.call("ModifyNetworkAclAttributes", VPC, NetworkAclId=acl_id, NetworkAclName="b")
    assert (show(account, acl_id)["NetworkAclName"], show(account, acl_id)["Description"]) == ("b", "d")
    account.call("ModifyNetworkAclAttributes", VPC, NetworkAclId=acl_id, Description="")
    assert show(account, acl_id)["Description"] == ""
    absent = account.refusal(
        "ModifyNetworkAclAttributes", VPC, NetworkAclId="nacl-none", NetworkAclName="b"
    )
    assert absent == ("InvalidNetworkAcl.NotFound", 400)
    dry = {"NetworkAclId": acl_id, "NetworkAclName": "c", "DryRun": True}
    assert account.refusal("ModifyNetworkAclAttributes", VPC, **dry) == ("DryRunOperation", 400)


def test_a_vswitch_is_binding_then_binded_and_shows_its_acl(account):
    acl_id = create(account)
    account.call("AssociateNetworkAcl", VPC, NetworkAclId=acl_id, Resource=of_vswitch(account.subnet.id))
    shown = show(account, acl_id)
    assert shown["Status"] == "Modifying"
    assert shown["Resources"]["Resource"] == [
        {"ResourceId": account.subnet.id, "ResourceType": "VSwitch", "Status": "BINDING"}
    ]
    refusal = account.refusal("DeleteNetworkAcl", VPC, NetworkAclId=acl_id)
    assert refusal == ("NetworkStatus.Modifying", 400)
    refusal = account.refusal("UpdateNetworkAclEntries", VPC, NetworkAclId=acl_id)
    assert refusal == ("OperationDenied.NetworkAclAttachmentInMiddleStatus", 400)
    account.wait()
    shown = show(account, acl_id)
    assert (shown["Status"], shown["Resources"]["Resource"][0]["Status"]) == ("Available", "BINDED")
    (vswitch,) = account.call("DescribeVSwitches", VSwitchId=account.subnet.id)["VSwitches"]["VSwitch"]
    assert vswitch["NetworkAclId"] == acl_id
    attributes = account.call("DescribeVSwitchAttributes", VPC, VSwitchId=account.subnet.id)
    assert attributes["NetworkAclId"] == acl_id
    params = {"NetworkAclId": acl_id, "Resource": of_vswitch(account.subnet.id)}
    account.call("UnassociateNetworkAcl", VPC, **params)
    assert show(account, acl_id)["Resources"]["Resource"][0]["Status"] == "UNBINDING"
    account.wait()
    assert show(account, acl_id)["Resources"] == {"Resource": []}
    (vswitch,) = account.call("DescribeVSwitches", VSwitchId=account.subnet.id)["VSwitches"]["VSwitch"]
    assert vswitch["NetworkAclId"] == ""


def test_what_is_wrong_with_an_association(account):
    acl_id, other = create(account), create(account)
    far = account.create_vswitch(account.create_vpc())
    associate(account, acl_id, account.subnet.id)
    own = of_vswitch(account.subnet.id)
    for acl, resource, code in (
        ("nacl-none", own, "InvalidNetworkAcl.NotFound"),
        (other, [], "ParameterMissing.Resources"),
        (other, [{"ResourceId": account.subnet.id}], "ParameterEmpty.Resources"),
        (other, [{"ResourceId": "x", "ResourceType": "Eni"}], "ParameterIllegal.ResourceType"),
        (other, of_vswitch("vsw-none"), "InvalidResource.NotFound"),
        (other, of_vswitch(*map(str, range(31))), "InvalidParameter"),
    ):
        params = {"NetworkAclId": acl, "Resource": resource}
        for action in ("AssociateNetworkAcl", "UnassociateNetworkAcl"):
            assert account.refusal(action, VPC, **params) == (code, 400), code
    assert account.refusal("AssociateNetworkAcl", VPC, NetworkAclId=other, Resource=own) == (
        "InvalidResource.BindingExist",
        400,
    )
    assert account.refusal("AssociateNetworkAcl", VPC, NetworkAclId=other, Resource=of_vswitch(far)) == (
        "InvalidResource.VpcError",
        400,
    )
    assert account.refusal("UnassociateNetworkAcl", VPC, NetworkAclId=other, Resource=own) == (
        "Mismatch.NetworkAclAndVSwitch",
        400,
    )
    assert account.refusal("UnassociateNetworkAcl", VPC, NetworkAclId=other, Resource=of_vswitch(far)) == (
        "InvalidResource.NotBinding",
        400,
    )
    going = of_vswitch(far)
    account.call("DeleteVSwitch", VSwitchId=far)
    assert account.refusal("UnassociateNetworkAcl", VPC, NetworkAclId=other, Resource=going) == (
        "ResourceStatus.Error",
        400,
    )


def test_acls_hold_what_they_stand_on(account):
    vpc_id = account.create_vpc()
    vswitch = account.create_vswitch(vpc_id)
    acl_id = create(account, VpcId=vpc_id)
    associate(account, acl_id, vswitch)
    assert account.refusal("DeleteNetworkAcl", VPC, NetworkAclId=acl_id) == ("NetworkAclExistBinding", 400)
    assert account.refusal("DeleteVSwitch", VSwitchId=vswitch) == ("DependencyViolation.NetworkAcl", 400)
    account.call("UnassociateNetworkAcl", VPC, NetworkAclId=acl_id, Resource=of_vswitch(vswitch))
    account.wait()
    account.call("DeleteVSwitch", VSwitchId=vswitch)
    account.wait()
    assert account.refusal("DeleteVpc", VpcId=vpc_id) == ("DependencyViolation.NetworkAcl", 400)
    account.call("DeleteNetworkAcl", VPC, NetworkAclId=acl_id)
    assert show(account, acl_id)["Status"] == "Modifying"
    account.wait()
    gone = account.refusal("DescribeNetworkAclAttributes", VPC, NetworkAclId=acl_id)
    assert gone == ("InvalidNetworkAcl.NotFound", 400)
    account.call("DeleteVpc", VpcId=vpc_id)


def test_acls_are_found_by_each_criterion(account):
    vpc_id = account.create_vpc()
    first = create(account, NetworkAclName="a", Tag=[{"Key": "k", "Value": "v"}])
    second = create(account, VpcId=vpc_id, NetworkAclName="b")
    associate(account, first, account.subnet.id)
    of_subnet = {"ResourceType": "VSwitch", "ResourceId": account.subnet.id}
    for criteria, found in (
        ({}, [second, first]),
        ({"PageSize": 1}, [second]),
        ({"PageSize": 1, "PageNumber": 2}, [first]),
        ({"NetworkAclId": first}, [first]),
        ({"NetworkAclId": "nacl-none"}, []),
        ({"NetworkAclName": "b"}, [second]),
        ({"VpcId": vpc_id}, [second]),
        ({"VpcId": vpc_id, "NetworkAclName": "a"}, []),
        (of_subnet, [first]),
        ({**of_subnet, "ResourceId": "vsw-none"}, []),
        ({"ResourceId": "vsw-none"}, [second, first]),
        ({"Tags": [{"Key": "k"}]}, [first]),
        ({"Tags": [{"Key": "k", "Value": "w"}]}, []),
    ):
        assert listed(account, **criteria) == found, criteria
    answer = account.call("DescribeNetworkAcls", VPC, PageSize=1, PageNumber=2)
    assert (answer["TotalCount"], answer["PageNumber"], answer["PageSize"]) == ("2", "2", "1")
    assert answer["NetworkAcls"]["NetworkAcl"] == [show(account, first)]
    assert account.refusal("DescribeNetworkAcls", VPC, PageSize=51) == ("InvalidParameter", 400)


def test_acls_are_tagged_by_the_product_vpc(account):
    acl_id = create(account)
    of_acl = {"ResourceType": "NETWORKACL", "ResourceId": [acl_id]}
    account.call("TagResources", VPC, **of_acl, Tag=[{"Key": "k", "Value": "v"}])
    assert listed(account, Tags=[{"Key": "k", "Value": "v"}]) == [acl_id]
    found = account.call("ListTagResources", VPC, **of_acl)["TagResources"]["TagResource"]
    assert [(each["ResourceId"], each["TagKey"]) for each in found] == [(acl_id, "k")]
    account.call("UnTagResources", VPC, **of_acl, TagKey=["k"])
    assert show(account, acl_id)["Tags"] == {"Tag": []}
