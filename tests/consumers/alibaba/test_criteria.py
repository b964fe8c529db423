"""The criteria by which programs find interfaces and what they belong to."""

import json
import re
from typing import Any

from tests.consumers.alibaba.interfaces import (
    in_use,
    listed,
    primary_of,
)
from tests.dialects.alibaba.sdk_models import VPC


def test_criteria_narrow_one_another(account):
    """terway asks by VPC, instance, type, status and tags at once."""
    (instance_id,) = account.run_instances()
    tag = {"Key": "creator", "Value": "terway"}
    eni = in_use(account, account.create_interface(Tag=[tag]), instance_id)
    wanted: dict[str, Any] = {
        "VpcId": account.network.id,
        "InstanceId": instance_id,
        "Type": "Secondary",
        "Status": "InUse",
        "Tag": [tag],
    }
    assert [each["NetworkInterfaceId"] for each in listed(account, **wanted)] == [eni]
    for spoilt in (
        {"VpcId": "vpc-other"},
        {"InstanceId": "i-other"},
        {"Type": "Primary"},
        {"Status": "Available"},
        {"Tag": [{"Key": "creator", "Value": "cilium"}]},
    ):
        assert listed(account, **wanted | spoilt) == []


def test_interfaces_are_found_by_many_addresses_of_either_family(account):
    """ccm looks up to a hundred pods' addresses up in one call."""
    wanted = account.ipv6_interface_params(Ipv6AddressCount=1, SecondaryPrivateIpAddressCount=1)
    one, other = (account.call("CreateNetworkInterface", **wanted) for _ in range(2))
    ids = {one["NetworkInterfaceId"], other["NetworkInterfaceId"]}
    ipv4 = [made["PrivateIpSets"]["PrivateIpSet"][1]["PrivateIpAddress"] for made in (one, other)]
    ipv6 = [made["Ipv6Sets"]["Ipv6Set"][0]["Ipv6Address"] for made in (one, other)]
    for params in ({"PrivateIpAddress": [*ipv4, "10.0.0.250"]}, {"Ipv6Address": ipv6}):
        found = listed(account, VpcId=one["VpcId"], Status="Available", MaxResults=100, **params)
        assert {each["NetworkInterfaceId"] for each in found} == ids


def test_instances_are_found_by_private_address_and_by_the_key_of_a_tag(account):
    """ccm names the addresses as JSON and a tag without its value."""
    instance_id, _ = account.run_instances(Amount=2, Tag=[{"Key": "ack.aliyun.com", "Value": "c1"}])
    (shown,) = account.describe_instances(InstanceIds=json.dumps([instance_id]))
    (address,) = shown["VpcAttributes"]["PrivateIpAddress"]["IpAddress"]
    found = account.describe_instances(PrivateIpAddresses=json.dumps([address]), InstanceNetworkType="vpc")
    assert [each["InstanceId"] for each in found] == [instance_id]
    assert len(account.describe_instances(**{"Tag.1.Key": "ack.aliyun.com"})) == 2
    assert account.describe_instances(**{"Tag.1.Key": "other"}) == []


def test_an_instance_lists_its_interfaces_with_their_type_and_ipv6(account):
    """ccm and cilium."""
    (instance_id,) = account.run_instances(InstanceType="ecs.g7.xlarge")
    eni = in_use(account, account.create_interface(), instance_id)
    (shown,) = account.describe_instances(InstanceIds=json.dumps([instance_id]))
    found = shown["NetworkInterfaces"]["NetworkInterface"]
    assert {each["NetworkInterfaceId"]: each["Type"] for each in found} == {
        primary_of(account, instance_id)["NetworkInterfaceId"]: "Primary",
        eni: "Secondary",
    }
    assert [each["Ipv6Sets"] for each in found] == [{"Ipv6Set": []}] * 2
    assert shown["EipAddress"]["IpAddress"] == ""


def test_an_interface_is_found_by_its_primary_address_and_vswitch(account):
    """ansible looks for one that is there before it creates another."""
    eni = account.create_interface(PrimaryIpAddress="10.0.0.9")
    account.create_interface(PrivateIpAddress=["10.0.0.10"])
    place = {"VSwitchId": account.subnet.id}
    found = listed(account, PrimaryIpAddress="10.0.0.9", **place)
    assert [each["NetworkInterfaceId"] for each in found] == [eni]
    assert listed(account, PrimaryIpAddress="10.0.0.10", **place) == []


def test_vswitches_and_groups_are_found_by_tags(account):
    """karpenter and cilium choose them so."""
    tag = {"Key": "karpenter.sh/discovery", "Value": "c1"}
    group_id = account.call("CreateSecurityGroup", VpcId=account.network.id, Tag=[tag])["SecurityGroupId"]
    account.call("TagResources", VPC, ResourceType="VSWITCH", ResourceId=[account.subnet.id], Tag=[tag])
    groups = account.call("DescribeSecurityGroups", Tag=[tag])["SecurityGroups"]["SecurityGroup"]
    vswitches = account.call("DescribeVSwitches", Tag=[tag])["VSwitches"]["VSwitch"]
    assert [each["SecurityGroupId"] for each in groups] == [group_id]
    assert [each["VSwitchId"] for each in vswitches] == [account.subnet.id]
    other = [{**tag, "Value": "c2"}]
    assert account.call("DescribeVSwitches", Tag=other)["VSwitches"]["VSwitch"] == []


def test_an_interface_says_whose_it_is_and_where(account):
    """steampipe makes columns of them; cloudmux leaves out what a managed service owns."""
    shown = account.describe_interface(account.create_interface(NetworkInterfaceName="eth1"))
    assert re.fullmatch(r"\d{16}", shown["OwnerId"])
    assert (shown["ZoneId"], shown["NetworkInterfaceName"]) == (account.subnet.zone, "eth1")
    assert shown["ServiceManaged"] is False


def test_the_check_of_source_and_destination_can_be_switched(account):
    """ccm switches it off for nodes that forward."""
    eni = account.create_interface(SourceDestCheck=True)
    account.call("ModifyNetworkInterfaceAttribute", NetworkInterfaceId=eni, SourceDestCheck=False)
    assert account.describe_interface(eni)["SourceDestCheck"] is False
