"""The actions of Alibaba Cloud that are served, one module per kind of resource.

A module ends with its ``ACTIONS``; each is listed here too, so that it is imported only when it is called.
"""

from duolect_dialects.action import Registry

_ECS = "2014-05-26"
_VPC = "2016-04-28"
_STS = "2015-04-01"
_LOCATION = "2015-06-12"

ACTIONS = Registry(
    "duolect_dialects.alibaba",
    {
        "interfaces.lifecycle": {
            _ECS: "CreateNetworkInterface AttachNetworkInterface DetachNetworkInterface "
            "DeleteNetworkInterface DescribeNetworkInterfaces DescribeNetworkInterfaceAttribute"
        },
        "interfaces.private_ips": {
            _ECS: "AssignPrivateIpAddresses UnassignPrivateIpAddresses "
            "AssignIpv6Addresses UnassignIpv6Addresses"
        },
        "interfaces.changes": {
            _ECS: "ModifyNetworkInterfaceAttribute EnableNetworkInterfaceQoS DisableNetworkInterfaceQoS"
        },
        "security_groups.membership": {_ECS: "JoinSecurityGroup LeaveSecurityGroup"},
        "interfaces.monitoring": {_ECS: "DescribeEniMonitorData"},
        "interfaces.permissions": {
            _ECS: "CreateNetworkInterfacePermission DeleteNetworkInterfacePermission "
            "DescribeNetworkInterfacePermissions"
        },
        "networks.lifecycle": dict.fromkeys(
            (_VPC, _ECS),
            "CreateVpc DescribeVpcs DeleteVpc CreateVSwitch DescribeVSwitches DeleteVSwitch",
        ),
        "networks.changes": {
            _VPC: "ModifyVpcAttribute ModifyVSwitchAttribute AssociateVpcCidrBlock UnassociateVpcCidrBlock",
            _ECS: "ModifyVpcAttribute ModifyVSwitchAttribute",
        },
        "networks.defaults": {_VPC: "CreateDefaultVpc CreateDefaultVSwitch"},
        "networks.attributes": {_VPC: "DescribeVpcAttribute DescribeVSwitchAttributes"},
        "networks.route_tables": {
            _VPC: "DescribeRouteTableList DescribeRouteTables",
            _ECS: "DescribeRouteTables",
        },
        "security_groups.lifecycle": {
            _ECS: "CreateSecurityGroup DescribeSecurityGroups DescribeSecurityGroupReferences "
            "ModifySecurityGroupAttribute ModifySecurityGroupPolicy DeleteSecurityGroup"
        },
        "security_groups.rules": {
            _ECS: "AuthorizeSecurityGroup AuthorizeSecurityGroupEgress RevokeSecurityGroup "
            "RevokeSecurityGroupEgress ModifySecurityGroupRule ModifySecurityGroupEgressRule "
            "DescribeSecurityGroupAttribute"
        },
        "public_addresses.lifecycle": dict.fromkeys(
            (_VPC, _ECS),
            "AllocateEipAddress AssociateEipAddress UnassociateEipAddress ReleaseEipAddress "
            "ModifyEipAddressAttribute",
        ),
        "public_addresses.queries": dict.fromkeys((_VPC, _ECS), "DescribeEipAddresses"),
        "instances.run": {_ECS: "RunInstances"},
        "instances.create": {_ECS: "CreateInstance"},
        "instances.lifecycle": {
            _ECS: "DescribeInstances DescribeInstanceStatus StartInstance StopInstance RebootInstance "
            "DeleteInstance"
        },
        "account.catalog": {
            _ECS: "DescribeRegions DescribeZones DescribeInstanceTypes",
            _VPC: "DescribeRegions",
        },
        "account.attributes": {_ECS: "DescribeAccountAttributes"},
        "tags.tags": {
            _ECS: "TagResources UntagResources ListTagResources",
            _VPC: "TagResources UnTagResources ListTagResources",
        },
        "tags.older_tags": {_ECS: "AddTags RemoveTags DescribeTags DescribeResourceByTags"},
        "account.identity": {_STS: "GetCallerIdentity", _LOCATION: "DescribeEndpoints"},
        "instances.batches": {_ECS: "StartInstances StopInstances RebootInstances DeleteInstances"},
        "instances.changes": {
            _ECS: "ModifyInstanceAttribute ModifyInstanceSpec ModifyInstanceMaintenanceAttributes"
        },
        "instances.attributes": {
            _ECS: "DescribeInstanceAttribute DescribeUserData DescribeInstanceRamRole "
            "DescribeInstanceMaintenanceAttributes DescribeInstanceAutoRenewAttribute"
        },
        "disks.queries": {_ECS: "DescribeDisks"},
        "images.queries": {_ECS: "DescribeImages"},
        "instances.offers": {_ECS: "DescribeInstanceTypeFamilies DescribeAvailableResource"},
    },
)
"""Every action, by version and name."""
