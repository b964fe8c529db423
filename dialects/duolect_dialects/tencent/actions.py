"""The actions of Tencent Cloud that are served, one module per kind of resource.

A module ends with its ``ACTIONS``; each is listed here too, so that it is imported only when it is called.
"""

from duolect_dialects.action import Registry

_VERSION = "2017-03-12"
_TAG = "2018-08-13"

ACTIONS = Registry(
    "duolect_dialects.tencent",
    {
        "interfaces.lifecycle": {
            _VERSION: "CreateNetworkInterface AttachNetworkInterface DetachNetworkInterface "
            "DeleteNetworkInterface DescribeNetworkInterfaces"
        },
        "interfaces.changes": {
            _VERSION: "CreateAndAttachNetworkInterface MigrateNetworkInterface "
            "ModifyNetworkInterfaceAttribute ModifyNetworkInterfaceQos"
        },
        "interfaces.private_ips": {
            _VERSION: "AssignPrivateIpAddresses UnassignPrivateIpAddresses "
            "ModifyPrivateIpAddressesAttribute MigratePrivateIpAddress"
        },
        "interfaces.ipv6_addresses": {
            _VERSION: "AssignIpv6Addresses UnassignIpv6Addresses ModifyIpv6AddressesAttribute"
        },
        "security_groups.membership": {
            _VERSION: "AssociateNetworkInterfaceSecurityGroups DisassociateNetworkInterfaceSecurityGroups"
        },
        "account.limits": {_VERSION: "DescribeNetworkInterfaceLimit DescribeVpcLimits"},
        "interfaces.used_addresses": {
            _VERSION: "DescribeVpcPrivateIpAddresses DescribeVpcIpv6Addresses DescribeUsedIpAddress"
        },
        "networks.lifecycle": {
            _VERSION: "CreateVpc DeleteVpc DescribeVpcs "
            "CreateSubnet CreateSubnets DeleteSubnet DescribeSubnets"
        },
        "networks.changes": {_VERSION: "ModifyVpcAttribute ModifySubnetAttribute"},
        "networks.ipv6_blocks": {
            _VERSION: "AssignIpv6CidrBlock UnassignIpv6CidrBlock "
            "AssignIpv6SubnetCidrBlock UnassignIpv6SubnetCidrBlock"
        },
        "networks.route_tables": {_VERSION: "DescribeRouteTables"},
        "networks.assistant_cidrs": {
            _VERSION: "CreateAssistantCidr DeleteAssistantCidr ModifyAssistantCidr DescribeAssistantCidr"
        },
        "networks.defaults": {_VERSION: "CreateDefaultVpc"},
        "instances.vpc_instances": {_VERSION: "DescribeVpcInstances"},
        "networks.resource_dashboard": {_VERSION: "DescribeVpcResourceDashboard"},
        "public_addresses.lifecycle": {
            _VERSION: "AllocateAddresses AssociateAddress DisassociateAddress ReleaseAddresses "
            "ModifyAddressAttribute ModifyAddressesBandwidth DescribeTaskResult"
        },
        "public_addresses.queries": {_VERSION: "DescribeAddresses DescribeAddressQuota"},
        "security_groups.lifecycle": {
            _VERSION: "CreateSecurityGroup CreateSecurityGroupWithPolicies CreateDefaultSecurityGroup "
            "CloneSecurityGroup ModifySecurityGroupAttribute DeleteSecurityGroup DescribeSecurityGroups "
            "DescribeSecurityGroupAssociationStatistics DescribeSecurityGroupReferences "
            "DescribeSecurityGroupLimits"
        },
        "security_groups.policies": {
            _VERSION: "CreateSecurityGroupPolicies DeleteSecurityGroupPolicies "
            "ReplaceSecurityGroupPolicies ReplaceSecurityGroupPolicy ModifySecurityGroupPolicies "
            "DescribeSecurityGroupPolicies DescribeSecurityGroupExpandedPolicies"
        },
        "instances.run": {_VERSION: "RunInstances"},
        "instances.lifecycle": {
            _VERSION: "DescribeInstances DescribeInstancesStatus DescribeInstancesOperationLimit "
            "StartInstances StopInstances TerminateInstances"
        },
        "instances.changes": {
            _VERSION: "RebootInstances ModifyInstancesAttribute ResetInstancesType "
            "AssociateSecurityGroups DisassociateSecurityGroups"
        },
        "account.catalog": {_VERSION: "DescribeRegions DescribeZones"},
        "instances.offers": {
            _VERSION: "DescribeInstanceTypeConfigs DescribeZoneInstanceConfigInfos "
            "DescribeInstanceFamilyConfigs"
        },
        "images.queries": {_VERSION: "DescribeImages"},
        "disks.queries": {_VERSION: "DescribeDisks"},
        "account.tasks": {_VERSION: "DescribeVpcTaskResult"},
        "tags.resource_tags": {
            _TAG: "TagResources UnTagResources AddResourceTag UpdateResourceTagValue DeleteResourceTag "
            "ModifyResourceTags AttachResourcesTag DetachResourcesTag ModifyResourcesTagValue"
        },
        "tags.tags": {
            _TAG: "CreateTag CreateTags DeleteTag DeleteTags DescribeTags DescribeTagsSeq DescribeTagKeys "
            "DescribeTagValues DescribeTagValuesSeq GetTagKeys GetTagValues GetTags"
        },
        "tags.tag_queries": {
            _TAG: "DescribeResourceTags DescribeResourceTagsByResourceIds "
            "DescribeResourceTagsByResourceIdsSeq DescribeResourceTagsByTagKeys DescribeResourcesByTags "
            "DescribeResourcesByTagsUnion GetResources"
        },
        "account.identity": {_TAG: "GetCallerIdentity"},
    },
)
"""Every action, by version and name."""
