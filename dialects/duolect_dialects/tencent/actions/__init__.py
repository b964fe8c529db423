"""The actions of Tencent Cloud that are served, one module per kind of resource.

A module ends with its ``ACTIONS``; each is listed here too, so that it is imported only when it is called.
"""

from duolect_dialects.action import Registry

_VERSION = "2017-03-12"
_TAG = "2018-08-13"

ACTIONS = Registry(
    __name__,
    {
        "interfaces": {
            _VERSION: "CreateNetworkInterface AttachNetworkInterface DetachNetworkInterface "
            "DeleteNetworkInterface DescribeNetworkInterfaces"
        },
        "interface_changes": {
            _VERSION: "CreateAndAttachNetworkInterface MigrateNetworkInterface "
            "ModifyNetworkInterfaceAttribute ModifyNetworkInterfaceQos"
        },
        "private_ips": {
            _VERSION: "AssignPrivateIpAddresses UnassignPrivateIpAddresses "
            "ModifyPrivateIpAddressesAttribute MigratePrivateIpAddress"
        },
        "ipv6_addresses": {
            _VERSION: "AssignIpv6Addresses UnassignIpv6Addresses ModifyIpv6AddressesAttribute"
        },
        "group_membership": {
            _VERSION: "AssociateNetworkInterfaceSecurityGroups DisassociateNetworkInterfaceSecurityGroups"
        },
        "limits": {_VERSION: "DescribeNetworkInterfaceLimit DescribeVpcLimits"},
        "used_addresses": {
            _VERSION: "DescribeVpcPrivateIpAddresses DescribeVpcIpv6Addresses DescribeUsedIpAddress"
        },
        "networks": {
            _VERSION: "CreateVpc DeleteVpc DescribeVpcs "
            "CreateSubnet CreateSubnets DeleteSubnet DescribeSubnets"
        },
        "network_changes": {_VERSION: "ModifyVpcAttribute ModifySubnetAttribute"},
        "ipv6_blocks": {
            _VERSION: "AssignIpv6CidrBlock UnassignIpv6CidrBlock "
            "AssignIpv6SubnetCidrBlock UnassignIpv6SubnetCidrBlock"
        },
        "route_tables": {_VERSION: "DescribeRouteTables"},
        "assistant_cidrs": {
            _VERSION: "CreateAssistantCidr DeleteAssistantCidr ModifyAssistantCidr DescribeAssistantCidr"
        },
        "defaults": {_VERSION: "CreateDefaultVpc"},
        "vpc_instances": {_VERSION: "DescribeVpcInstances"},
        "resource_dashboard": {_VERSION: "DescribeVpcResourceDashboard"},
        "public_addresses": {
            _VERSION: "AllocateAddresses AssociateAddress DisassociateAddress ReleaseAddresses "
            "ModifyAddressAttribute ModifyAddressesBandwidth DescribeTaskResult"
        },
        "public_address_queries": {_VERSION: "DescribeAddresses DescribeAddressQuota"},
        "security_groups": {
            _VERSION: "CreateSecurityGroup CreateSecurityGroupWithPolicies CreateDefaultSecurityGroup "
            "CloneSecurityGroup ModifySecurityGroupAttribute DeleteSecurityGroup DescribeSecurityGroups "
            "DescribeSecurityGroupAssociationStatistics DescribeSecurityGroupReferences "
            "DescribeSecurityGroupLimits"
        },
        "group_policies": {
            _VERSION: "CreateSecurityGroupPolicies DeleteSecurityGroupPolicies "
            "ReplaceSecurityGroupPolicies ReplaceSecurityGroupPolicy ModifySecurityGroupPolicies "
            "DescribeSecurityGroupPolicies DescribeSecurityGroupExpandedPolicies"
        },
        "run_instances": {_VERSION: "RunInstances"},
        "instances": {
            _VERSION: "DescribeInstances DescribeInstancesStatus DescribeInstancesOperationLimit "
            "StartInstances StopInstances TerminateInstances"
        },
        "instance_changes": {
            _VERSION: "RebootInstances ModifyInstancesAttribute ResetInstancesType "
            "AssociateSecurityGroups DisassociateSecurityGroups"
        },
        "catalog": {_VERSION: "DescribeRegions DescribeZones"},
        "offers": {
            _VERSION: "DescribeInstanceTypeConfigs DescribeZoneInstanceConfigInfos "
            "DescribeInstanceFamilyConfigs"
        },
        "images": {_VERSION: "DescribeImages"},
        "disks": {_VERSION: "DescribeDisks"},
        "tasks": {_VERSION: "DescribeVpcTaskResult"},
        "resource_tags": {
            _TAG: "TagResources UnTagResources AddResourceTag UpdateResourceTagValue DeleteResourceTag "
            "ModifyResourceTags AttachResourcesTag DetachResourcesTag ModifyResourcesTagValue"
        },
        "tags": {
            _TAG: "CreateTag CreateTags DeleteTag DeleteTags DescribeTags DescribeTagsSeq DescribeTagKeys "
            "DescribeTagValues DescribeTagValuesSeq GetTagKeys GetTagValues GetTags"
        },
        "tag_queries": {
            _TAG: "DescribeResourceTags DescribeResourceTagsByResourceIds "
            "DescribeResourceTagsByResourceIdsSeq DescribeResourceTagsByTagKeys DescribeResourcesByTags "
            "DescribeResourcesByTagsUnion GetResources"
        },
        "identity": {_TAG: "GetCallerIdentity"},
    },
)
"""Every action, by version and name."""
