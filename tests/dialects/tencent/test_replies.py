"""The replies of every action, in states where they hold something, against the vendor's definitions.

What the vendor recorded is held against them too: see ``tests/contract/test_tccli_examples.py``.
"""

import pytest
from tests.dialects.tencent.definitions import faults, gaps
from tests.dialects.tencent.furnished_account import ZONE, TencentAccount

from duolect_dialects.tencent.actions import ACTIONS

TAGS = [{"Key": "city", "Value": "shanghai"}]


@pytest.fixture(scope="module")
def replies():
    """A reply of every action that is served; each is checked when it is made."""
    account, seen = TencentAccount.furnished(), {}

    def call(action, **params):
        reply = account.client.call(action, **params)
        assert faults(action, reply) == []
        assert gaps(action, reply) == []
        seen.setdefault(action, reply)
        account.wait()
        return reply

    vpc = call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16", StackType="DualStack", Tags=TAGS)["Vpc"]
    where = {"VpcId": vpc["VpcId"]}
    subnet = call("CreateSubnet", SubnetName="s", Zone=ZONE, CidrBlock="10.0.0.0/24", Tags=TAGS, **where)
    where["SubnetId"] = subnet["Subnet"]["SubnetId"]
    group = call("CreateSecurityGroup", GroupName="g", GroupDescription="d", Tags=TAGS)["SecurityGroup"]
    (instance_id,) = call(
        "RunInstances",
        **account.instance_params(
            DataDisks=[{"DiskSize": 10}],
            TagSpecification=[{"ResourceType": "instance", "Tags": TAGS}],
            LoginSettings={"KeyIds": ["skey-1"]},
            InternetAccessible={"InternetMaxBandwidthOut": 1},
        ),
    )["InstanceIdSet"]
    place = {"VpcId": account.vpc_id, "SubnetId": account.subnet_id}
    created = call(
        "CreateNetworkInterface",
        NetworkInterfaceName="e",
        Ipv6AddressCount=1,
        SecondaryPrivateIpAddressCount=1,
        SecurityGroupIds=[account.group_id],
        Tags=TAGS,
        **place,
    )
    both = {
        "NetworkInterfaceId": created["NetworkInterface"]["NetworkInterfaceId"],
        "InstanceId": instance_id,
    }
    _change_groups(account, call)
    _change_tags(account, call)
    _change(call, account, both["NetworkInterfaceId"], instance_id)
    call("AttachNetworkInterface", **both)
    for action in ("DescribeVpcs", "DescribeSubnets", "DescribeSecurityGroups", "DescribeInstances"):
        call(action)
    call("DescribeNetworkInterfaces")
    call("DescribeInstancesStatus")
    call("DescribeDisks")
    call("DescribeInstancesOperationLimit", InstanceIds=[instance_id], Operation="INSTANCE_DEGRADE")
    call("DescribeVpcTaskResult", TaskId=call("DetachNetworkInterface", **both)["RequestId"])
    call("DeleteNetworkInterface", NetworkInterfaceId=both["NetworkInterfaceId"])
    named = {"InstanceIds": [instance_id]}
    call("ModifyInstancesAttribute", InstanceName="n", **named)
    call("ResetInstancesType", InstanceType="S5.LARGE16", **named)
    for action in ("AssociateSecurityGroups", "DisassociateSecurityGroups"):
        call(action, SecurityGroupIds=[group["SecurityGroupId"]], **named)
    for action in ("StopInstances", "StartInstances", "RebootInstances", "TerminateInstances"):
        call(action, **named)
    call("DeleteSecurityGroup", SecurityGroupId=group["SecurityGroupId"])
    call("DeleteSubnet", SubnetId=where["SubnetId"])
    call("DeleteVpc", VpcId=where["VpcId"])
    for action in (
        "DescribeRegions",
        "DescribeZones",
        "DescribeInstanceTypeConfigs",
        "DescribeZoneInstanceConfigInfos",
        "DescribeInstanceFamilyConfigs",
        "DescribeImages",
    ):
        call(action)
    return seen


def _change(call, account, interface_id, instance_id):
    """Call every action that changes an interface, its addresses or its groups, and shows them."""
    eni, place = (
        {"NetworkInterfaceId": interface_id},
        {"VpcId": account.vpc_id, "SubnetId": account.subnet_id},
    )
    second = call(
        "CreateAndAttachNetworkInterface",
        InstanceId=instance_id,
        NetworkInterfaceName="both",
        Tags=TAGS,
        **place,
    )["NetworkInterface"]
    call(
        "MigrateNetworkInterface",
        NetworkInterfaceId=second["NetworkInterfaceId"],
        SourceInstanceId=instance_id,
        DestinationInstanceId=account.run_instances()[0],
    )
    given = call("AssignPrivateIpAddresses", SecondaryPrivateIpAddressCount=2, **eni)["PrivateIpAddressSet"]
    first, other = ({"PrivateIpAddress": each["PrivateIpAddress"]} for each in given)
    call(
        "MigratePrivateIpAddress",
        SourceNetworkInterfaceId=interface_id,
        DestinationNetworkInterfaceId=second["NetworkInterfaceId"],
        **other,
    )
    call("ModifyPrivateIpAddressesAttribute", PrivateIpAddresses=[{**first, "Description": "d"}], **eni)
    call("DescribeVpcPrivateIpAddresses", VpcId=account.vpc_id, PrivateIpAddresses=[*first.values()])
    call("DescribeUsedIpAddress", **place)
    call("UnassignPrivateIpAddresses", PrivateIpAddresses=[first], **eni)
    (given,) = call("AssignIpv6Addresses", Ipv6AddressCount=1, **eni)["Ipv6AddressSet"]
    named = {"Address": given["Address"]}
    call("ModifyIpv6AddressesAttribute", Ipv6Addresses=[{**named, "Description": "d"}], **eni)
    call("DescribeVpcIpv6Addresses", VpcId=account.vpc_id)
    call("UnassignIpv6Addresses", Ipv6Addresses=[named], **eni)
    call("ModifyNetworkInterfaceAttribute", NetworkInterfaceName="n", **eni)
    call("ModifyNetworkInterfaceQos", NetworkInterfaceIds=[interface_id], QosLevel="AU")
    members = {"NetworkInterfaceIds": [interface_id], "SecurityGroupIds": [account.create_group()]}
    call("AssociateNetworkInterfaceSecurityGroups", **members)
    call("DisassociateNetworkInterfaceSecurityGroups", **members)
    _bind(call, instance_id)
    call("DescribeNetworkInterfaceLimit", InstanceId=instance_id)
    call("DescribeVpcLimits", LimitTypes=["appid-max-vpcs"])
    _change_networks(account, call)


def _change_groups(account, call):
    """Call every action on security groups and their policies."""
    policy = {"Protocol": "TCP", "Port": "22", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT"}
    policies = {"Ingress": [policy], "Egress": [policy]}
    texts = {"GroupName": "g", "GroupDescription": "d"}
    made = call("CreateSecurityGroupWithPolicies", SecurityGroupPolicySet=policies, Tags=TAGS, **texts)
    group = {"SecurityGroupId": made["SecurityGroup"]["SecurityGroupId"]}
    naming = {"Protocol": "ALL", "SecurityGroupId": account.group_id, "Action": "DROP"}
    call("CreateDefaultSecurityGroup")
    call("CloneSecurityGroup", IsCloneTags=True, **group)
    call("ModifySecurityGroupAttribute", GroupName="n", **group)
    call("CreateSecurityGroupPolicies", SecurityGroupPolicySet={"Ingress": [naming]}, **group)
    call("DescribeSecurityGroupPolicies", **group)
    call("DescribeSecurityGroupExpandedPolicies", **group)
    call("DescribeSecurityGroupLimits")
    for action in ("DescribeSecurityGroupAssociationStatistics", "DescribeSecurityGroupReferences"):
        call(action, SecurityGroupIds=[account.group_id])
    for action in ("ReplaceSecurityGroupPolicies", "ReplaceSecurityGroupPolicy"):
        other = {**policy, "Port": str(len(action)), "PolicyIndex": 0}
        call(action, SecurityGroupPolicySet={"Ingress": [other]}, **group)
    call("DeleteSecurityGroupPolicies", SecurityGroupPolicySet={"Ingress": [{"PolicyIndex": 0}]}, **group)
    call("ModifySecurityGroupPolicies", SecurityGroupPolicySet=policies, **group)


def _change_networks(account, call):
    call("CreateDefaultVpc")
    call("DescribeVpcInstances", Filters=[{"Name": "vpc-id", "Values": [account.vpc_id]}])
    call("DescribeVpcResourceDashboard", VpcIds=[account.vpc_id])
    call("DescribeRouteTables")
    vpc_id = account.create_vpc(VpcName="plain")
    places = [{"SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.0.0/24"}]
    (subnet,) = call("CreateSubnets", VpcId=vpc_id, Subnets=places, Tags=TAGS)["SubnetSet"]
    call("ModifyVpcAttribute", VpcId=vpc_id, VpcName="n")
    call("ModifySubnetAttribute", SubnetId=subnet["SubnetId"], SubnetName="n")
    block = call("AssignIpv6CidrBlock", VpcId=vpc_id)["Ipv6CidrBlock"].replace("/56", "/64")
    blocks = [{"SubnetId": subnet["SubnetId"], "Ipv6CidrBlock": block}]
    call("AssignIpv6SubnetCidrBlock", VpcId=vpc_id, Ipv6SubnetCidrBlocks=blocks)
    call("UnassignIpv6SubnetCidrBlock", VpcId=vpc_id, Ipv6SubnetCidrBlocks=blocks)
    call("UnassignIpv6CidrBlock", VpcId=vpc_id)
    call("CreateAssistantCidr", VpcId=vpc_id, CidrBlocks=["10.8.0.0/16"])
    call("ModifyAssistantCidr", VpcId=vpc_id, NewCidrBlocks=["10.9.0.0/16"])
    call("DescribeAssistantCidr")
    call("DeleteAssistantCidr", VpcId=vpc_id, CidrBlocks=["10.8.0.0/16"])


def _change_tags(account, call):
    """Call every action of the tag service, and ask who asks."""
    place = {"ServiceType": "vpc", "ResourcePrefix": "vpc", "ResourceRegion": "ap-guangzhou"}
    ids = {**place, "ResourceIds": [account.vpc_id]}
    name = f"qcs::vpc:ap-guangzhou:uin/:vpc/{account.vpc_id}"
    tag = {"TagKey": "k", "TagValue": "v"}
    call("CreateTags", Tags=[tag, {"TagKey": "k", "TagValue": "w"}])
    call("CreateTag", TagKey="l", TagValue="v")
    call("AttachResourcesTag", **ids, **tag)
    call("ModifyResourcesTagValue", **ids, TagKey="k", TagValue="w")
    call("DetachResourcesTag", **ids, TagKey="k")
    call("AddResourceTag", Resource=name, **tag)
    call("UpdateResourceTagValue", Resource=name, TagKey="k", TagValue="w")
    call("ModifyResourceTags", Resource=name, ReplaceTags=[tag])
    call("DescribeResourceTagsByTagKeys", **ids, TagKeys=["k"])
    for action in ("DescribeResourceTagsByResourceIds", "DescribeResourceTagsByResourceIdsSeq"):
        call(action, **ids)
    for action in ("DescribeResourcesByTags", "DescribeResourcesByTagsUnion", "GetResources"):
        call(action, TagFilters=[{"TagKey": "k"}])
    for action in ("DescribeTagValues", "DescribeTagValuesSeq", "GetTagValues"):
        call(action, TagKeys=["k"])
    for action in ("DescribeResourceTags", "DescribeTags", "DescribeTagsSeq", "DescribeTagKeys"):
        call(action)
    call("GetTags")
    call("GetTagKeys")
    call("DeleteResourceTag", Resource=name, TagKey="k")
    absent = "qcs::vpc:ap-guangzhou:uin/:vpc/vpc-absent00"
    call("TagResources", ResourceList=[name, absent], Tags=[tag])
    call("UnTagResources", ResourceList=[name, absent], TagKeys=["k"])
    call("DeleteTag", **tag)
    call("DeleteTags", Tags=[{"TagKey": "k", "TagValue": "w"}])
    call("GetCallerIdentity")


def _bind(call, instance_id):
    """Call every action on public addresses."""
    ids = call("AllocateAddresses", Tags=TAGS)["AddressSet"]
    address = {"AddressId": ids[0]}
    task = call("AssociateAddress", InstanceId=instance_id, **address)["TaskId"]
    call("DescribeTaskResult", TaskId=int(task))
    call("DescribeAddresses")
    call("DescribeAddressQuota")
    call("ModifyAddressAttribute", AddressName="n", **address)
    call("ModifyAddressesBandwidth", AddressIds=ids, InternetMaxBandwidthOut=2)
    call("DisassociateAddress", **address)
    call("ReleaseAddresses", AddressIds=ids)


def test_every_action_that_is_served_is_among_them(replies):
    assert replies.keys() >= {action.name for action in ACTIONS.values()}
