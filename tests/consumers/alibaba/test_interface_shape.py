"""The shape of an interface, and of tags, on which programs rely."""

import json
import re

from tests.consumers.alibaba.interfaces import (
    in_use,
    primary_of,
    trunk_with_member,
)

LISTS = {
    "PrivateIpSets": "PrivateIpSet",
    "Ipv6Sets": "Ipv6Set",
    "Ipv4PrefixSets": "Ipv4PrefixSet",
    "Ipv6PrefixSets": "Ipv6PrefixSet",
    "SecurityGroupIds": "SecurityGroupId",
    "Tags": "Tag",
}


# -- the shape of an interface -------------------------------------------------------------------------


def test_every_list_of_an_interface_is_there_even_when_it_is_empty(account):
    """terraform asserts the types of these lists unchecked; cilium and terway read them."""
    eni = account.create_interface()
    shown = account.describe_interface(eni)
    assert {name: list(shown[name]) for name in LISTS} == {name: [inner] for name, inner in LISTS.items()}
    assert {name: len(shown[name][inner]) for name, inner in LISTS.items()} == {
        **dict.fromkeys(LISTS, 0),
        "PrivateIpSets": 1,
        "SecurityGroupIds": 1,
    }


def test_the_reply_to_create_has_the_same_lists_with_the_interface_in_them(account):
    """terway and cilium go on with what it says, and do not describe at once."""
    made = account.call(
        "CreateNetworkInterface", **account.interface_params(SecondaryPrivateIpAddressCount=2)
    )
    assert {name: list(made[name]) for name in LISTS} == {name: [inner] for name, inner in LISTS.items()}
    assert [each["Primary"] for each in made["PrivateIpSets"]["PrivateIpSet"]] == [True, False, False]
    assert made["PrivateIpAddress"] == made["PrivateIpSets"]["PrivateIpSet"][0]["PrivateIpAddress"]
    assert re.fullmatch(r"([0-9a-f]{2}:){5}[0-9a-f]{2}", made["MacAddress"])
    assert (made["Type"], made["VSwitchId"], made["VpcId"]) == (
        "Secondary",
        account.subnet.id,
        account.network.id,
    )


def test_every_address_says_with_a_boolean_whether_it_is_the_primary_one(account):
    """terraform and cilium."""
    eni = account.create_interface(SecondaryPrivateIpAddressCount=3)
    flags = [each["Primary"] for each in account.describe_interface(eni)["PrivateIpSets"]["PrivateIpSet"]]
    assert flags.count(True) == 1
    assert flags.count(False) == 3


def test_a_creation_time_is_in_utc_with_seconds_and_a_z(account):
    """terway parses it as 2006-01-02T15:04:05Z and skips what is younger than ten minutes."""
    shown = account.describe_interface(account.create_interface())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown["CreationTime"])


def test_an_interface_shows_what_it_was_created_with(account):
    """terraform compares with its configuration; a difference would be a change at every plan."""
    params = {
        "NetworkInterfaceName": "eth1",
        "Description": "interface create by terway",
        "ResourceGroupId": "rg-terway",
        "QueueNumber": 2,
        "NetworkInterfaceTrafficMode": "Standard",
        "SourceDestCheck": True,
        "DeleteOnRelease": False,
    }
    shown = account.describe_interface(account.create_interface(**params))
    assert {name: shown[name] for name in params} == params
    assert shown["Type"] == "Secondary"


def test_the_groups_of_a_primary_interface_are_those_of_its_instance(account):
    """cilium takes them for its own interfaces where none are configured."""
    (instance_id,) = account.run_instances()
    shown = primary_of(account, instance_id)
    assert shown["SecurityGroupIds"]["SecurityGroupId"] == [account.group.id]
    assert (shown["Type"], shown["InstanceId"], shown["Status"]) == ("Primary", instance_id, "InUse")


def test_a_member_of_a_trunk_has_no_instance_id_of_its_own_but_an_attachment(account):
    """terway and terraform fall back to Attachment.InstanceId."""
    instance_id, trunk_id, member_id = trunk_with_member(account)
    shown = account.describe_interface(member_id)
    assert (shown["Type"], shown["InstanceId"]) == ("Member", "")
    assert shown["Attachment"]["InstanceId"] == instance_id
    assert shown["Attachment"]["TrunkNetworkInterfaceId"] == trunk_id
    assert type(shown["Attachment"]["DeviceIndex"]) is int
    trunk = account.describe_interface(trunk_id)
    assert (trunk["Type"], trunk["InstanceId"]) == ("Trunk", instance_id)
    assert trunk["Attachment"]["TrunkNetworkInterfaceId"] == ""


def test_a_member_that_was_detached_is_an_ordinary_interface_again(account):
    """terway uses it anew."""
    instance_id, trunk_id, member_id = trunk_with_member(account)
    params = {"NetworkInterfaceId": member_id, "InstanceId": instance_id}
    account.call("DetachNetworkInterface", TrunkNetworkInstanceId=trunk_id, **params)
    account.wait()
    shown = account.describe_interface(member_id)
    assert (shown["Type"], shown["Status"], shown["InstanceId"]) == ("Secondary", "Available", "")


def test_after_detach_the_interface_names_no_instance(account):
    """terraform, cilium and terway."""
    (instance_id,) = account.run_instances()
    eni = in_use(account, account.create_interface(), instance_id)
    account.call("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    account.wait()
    shown = account.describe_interface(eni)
    assert (shown["Status"], shown["InstanceId"], shown["Attachment"]) == ("Available", "", {})


# -- tags ----------------------------------------------------------------------------------------------


def test_each_product_spells_the_members_of_a_tag_in_its_own_way(account):
    """cilium reads TagKey and TagValue of interfaces, Key and Value of vSwitches."""
    tag = {"Key": "team", "Value": "net"}
    eni = account.create_interface(Tag=[tag])
    (instance_id,) = account.run_instances(Tag=[tag])
    params = {"VpcId": account.network.id, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.9.0/24"}
    vswitch_id = account.call("CreateVSwitch", Tag=[tag], **params)["VSwitchId"]
    group_id = account.call("CreateSecurityGroup", VpcId=account.network.id, Tag=[tag])["SecurityGroupId"]
    account.wait()
    ecs = [{"TagKey": "team", "TagValue": "net"}]
    assert account.describe_interface(eni)["Tags"]["Tag"] == ecs
    assert account.describe_instances(InstanceIds=json.dumps([instance_id]))[0]["Tags"]["Tag"] == ecs
    groups = account.call("DescribeSecurityGroups", SecurityGroupId=group_id)["SecurityGroups"]
    assert groups["SecurityGroup"][0]["Tags"]["Tag"] == ecs
    vswitches = account.call("DescribeVSwitches", VSwitchId=vswitch_id)["VSwitches"]
    assert vswitches["VSwitch"][0]["Tags"]["Tag"] == [tag]


def test_vpcs_show_no_tags_in_lists_but_their_key_and_value(account):
    """terraform and cilium read Tags.Tag[].Key."""
    tag = {"Key": "team", "Value": "net"}
    vpc_id = account.call("CreateVpc", CidrBlock="10.8.0.0/16", Tag=[tag])["VpcId"]
    (shown,) = account.call("DescribeVpcs", VpcId=vpc_id)["Vpcs"]["Vpc"]
    assert shown["Tags"]["Tag"] == [tag]


def test_tags_of_an_interface_are_listed_under_the_type_eni(account):
    """terraform reads tags by ListTagResources and not from the interface."""
    eni = account.create_interface(Tag=[{"Key": "team", "Value": "net"}])
    found = account.call("ListTagResources", ResourceType="eni", ResourceId=[eni])
    assert found["TagResources"]["TagResource"] == [
        {"ResourceId": eni, "ResourceType": "eni", "TagKey": "team", "TagValue": "net"}
    ]
    assert found["NextToken"] == ""


def test_an_interface_without_tags_lists_none(account):
    """terraform: the wrapper is there."""
    found = account.call("ListTagResources", ResourceType="eni", ResourceId=[account.create_interface()])
    assert found["TagResources"] == {"TagResource": []}


def test_instances_are_found_by_tag_in_the_tag_service(account):
    """cilium narrows itself to the instances with its tags."""
    (instance_id,) = account.run_instances(Tag=[{"Key": "cluster", "Value": "c1"}])
    account.run_instances(Tag=[{"Key": "cluster", "Value": "c2"}])
    params = {"ResourceType": "instance", "Tag": [{"Key": "cluster", "Value": "c1"}]}
    found = account.call("ListTagResources", **params)["TagResources"]["TagResource"]
    assert {each["ResourceId"] for each in found} == {instance_id}
