"""The fields that programs read through pointers, and tags."""

from typing import Any

import pytest
from tests.dialects.tencent.furnished_account import ZONE, TencentAccount

VPC_FIELDS = {
    "VpcId": str,
    "VpcName": str,
    "CidrBlock": str,
    "CreatedTime": str,
    "IsDefault": bool,
    "EnableMulticast": bool,
    "DnsServerSet": list,
    "TagSet": list,
}
SUBNET_FIELDS = {
    "SubnetId": str,
    "SubnetName": str,
    "VpcId": str,
    "CidrBlock": str,
    "CdcId": str,
    "CreatedTime": str,
    "RouteTableId": str,
    "IsDefault": bool,
    "EnableBroadcast": bool,
    "Zone": str,
    "AvailableIpAddressCount": int,
    "TagSet": list,
}
INSTANCE_FIELDS = {
    "InstanceState": str,
    "InstanceChargeType": str,
    "Placement": dict,
    "InternetAccessible": dict,
    "VirtualPrivateCloud": dict,
    "SystemDisk": dict,
    "LoginSettings": dict,
    "PrivateIpAddresses": list,
    "SecurityGroupIds": list,
}
STATISTICS = dict.fromkeys(("CVM", "CLB", "CDB", "ENI", "SG"), int)


def types(of: dict[str, Any], fields: dict[str, type]) -> dict[str, type]:
    return {name: type(of[name]) for name in fields}


# -- fields that are read through pointers -------------------------------------------------------------


def test_a_vpc_has_every_field_that_is_read_unseen(account):
    """terraform dereferences each of them; IsDefault in the reply to CreateVpc too."""
    created = account.call("CreateVpc", VpcName="vpc", CidrBlock="10.9.0.0/16")["Vpc"]
    assert created["IsDefault"] is False
    reply = account.call("DescribeVpcs")
    assert reply["TotalCount"] == 2
    for shown in reply["VpcSet"]:
        assert types(shown, VPC_FIELDS) == VPC_FIELDS


def test_a_subnet_has_every_field_that_is_read_unseen(account):
    """terraform dereferences each of them, CdcId too."""
    reply = account.call("DescribeSubnets")
    assert reply["TotalCount"] == 1
    assert types(reply["SubnetSet"][0], SUBNET_FIELDS) == SUBNET_FIELDS


def test_an_instance_has_every_field_that_is_read_unseen(account):
    """terraform dereferences each of them."""
    (instance_id,) = account.run_instances()
    shown = account.describe_instance(instance_id)
    assert types(shown, INSTANCE_FIELDS) == INSTANCE_FIELDS
    assert shown["VirtualPrivateCloud"]["SubnetId"] == account.subnet_id
    assert (shown["InstanceState"], shown["Placement"]["Zone"]) == ("RUNNING", ZONE)


def test_lists_of_images_and_route_tables_have_a_count(account):
    """terraform dereferences TotalCount; flannel reads the route tables of its VPC."""
    assert account.call("DescribeImages")["TotalCount"] > 0
    params = [{"Name": "vpc-id", "Values": [account.vpc_id]}]
    reply = account.call("DescribeRouteTables", Filters=params)
    assert (reply["TotalCount"], reply["RouteTableSet"][0]["Main"]) == (1, True)


def test_the_statistics_of_a_group_count_what_is_in_it(account):
    """terraform deletes a group only when CVM, CLB, CDB, ENI and SG are all 0."""
    ask = {"SecurityGroupIds": [account.group_id]}

    def counts() -> dict[str, int]:
        reply = account.call("DescribeSecurityGroupAssociationStatistics", **ask)
        (found,) = reply["SecurityGroupAssociationStatisticsSet"]
        assert types(found, STATISTICS) == STATISTICS
        return {name: found[name] for name in STATISTICS if found[name]}

    assert counts() == {}
    (instance_id,) = account.run_instances()
    interface_id = account.create_interface()
    assert counts() == {"CVM": 1, "ENI": 1}
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    assert counts() == {}
    account.call("DeleteSecurityGroup", SecurityGroupId=account.group_id)


# -- tags ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("owner", ["uin/", "uin/own", ""])
def test_the_tag_service_takes_names_without_the_account(account, owner):
    """terraform names qcs::vpc:REGION:uin/:eni/ID; its other services give the account's number."""
    interface_id = account.create_interface(Tags=[{"Key": "team", "Value": "net"}])
    owner = owner.replace("own", show_uin(account))
    name = f"qcs::vpc:ap-guangzhou:{owner}:eni/{interface_id}"
    account.call(
        "ModifyResourceTags",
        Resource=name,
        ReplaceTags=[{"TagKey": "team", "TagValue": "edge"}, {"TagKey": "env", "TagValue": "test"}],
    )
    shown = {tag["Key"]: tag["Value"] for tag in account.describe_interface(interface_id)["TagSet"]}
    assert shown == {"team": "edge", "env": "test"}
    account.call("ModifyResourceTags", Resource=name, DeleteTags=[{"TagKey": "env"}])
    assert [tag["Key"] for tag in account.describe_interface(interface_id)["TagSet"]] == ["team"]


def show_uin(account: TencentAccount) -> str:
    return str(account.call("GetCallerIdentity")["AccountId"])


def test_tags_are_spelt_key_and_value_in_vpc_and_tagkey_and_tagvalue_in_the_tag_service(account):
    """terraform reads both."""
    interface_id = account.create_interface(Tags=[{"Key": "team", "Value": "net"}])
    assert account.describe_interface(interface_id)["TagSet"] == [{"Key": "team", "Value": "net"}]
    reply = account.call(
        "DescribeResourceTagsByResourceIds",
        ServiceType="vpc",
        ResourcePrefix="eni",
        ResourceRegion="ap-guangzhou",
        ResourceIds=[interface_id],
    )
    (row,) = reply["Tags"]
    assert (row["TagKey"], row["TagValue"], row["ResourceId"]) == ("team", "net", interface_id)
