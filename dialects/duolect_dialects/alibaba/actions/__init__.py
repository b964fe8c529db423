"""The actions of Alibaba Cloud that are served, one module per kind of resource.

A module ends with its ``ACTIONS``; each is listed here too, so that it is imported only when it is called.
"""

from duolect_dialects.action import Registry

_ECS = "2014-05-26"
_VPC = "2016-04-28"
_STS = "2015-04-01"
_LOCATION = "2015-06-12"

ACTIONS = Registry(
    __name__,
    {
        "interfaces": {
            _ECS: "CreateNetworkInterface AttachNetworkInterface DetachNetworkInterface "
            "DeleteNetworkInterface DescribeNetworkInterfaces DescribeNetworkInterfaceAttribute"
        },
        "private_ips": {
            _ECS: "AssignPrivateIpAddresses UnassignPrivateIpAddresses "
            "AssignIpv6Addresses UnassignIpv6Addresses"
        },
        "interface_changes": {
            _ECS: "ModifyNetworkInterfaceAttribute EnableNetworkInterfaceQoS DisableNetworkInterfaceQoS"
        },
        "group_membership": {_ECS: "JoinSecurityGroup LeaveSecurityGroup"},
        "monitoring": {_ECS: "DescribeEniMonitorData"},
        "permissions": {
            _ECS: "CreateNetworkInterfacePermission DeleteNetworkInterfacePermission "
            "DescribeNetworkInterfacePermissions"
        },
        "networks": dict.fromkeys(
            (_VPC, _ECS),
            "CreateVpc DescribeVpcs DeleteVpc CreateVSwitch DescribeVSwitches DeleteVSwitch",
        ),
        "network_changes": {
            _VPC: "ModifyVpcAttribute ModifyVSwitchAttribute AssociateVpcCidrBlock UnassociateVpcCidrBlock",
            _ECS: "ModifyVpcAttribute ModifyVSwitchAttribute",
        },
        "defaults": {_VPC: "CreateDefaultVpc CreateDefaultVSwitch"},
        "network_attributes": {_VPC: "DescribeVpcAttribute DescribeVSwitchAttributes"},
        "route_tables": {
            _VPC: "DescribeRouteTableList DescribeRouteTables",
            _ECS: "DescribeRouteTables",
        },
        "security_groups": {
            _ECS: "CreateSecurityGroup DescribeSecurityGroups DescribeSecurityGroupReferences "
            "ModifySecurityGroupAttribute ModifySecurityGroupPolicy DeleteSecurityGroup"
        },
        "group_rules": {
            _ECS: "AuthorizeSecurityGroup AuthorizeSecurityGroupEgress RevokeSecurityGroup "
            "RevokeSecurityGroupEgress ModifySecurityGroupRule ModifySecurityGroupEgressRule "
            "DescribeSecurityGroupAttribute"
        },
        "public_addresses": dict.fromkeys(
            (_VPC, _ECS),
            "AllocateEipAddress AssociateEipAddress UnassociateEipAddress ReleaseEipAddress "
            "ModifyEipAddressAttribute",
        ),
        "public_address_queries": dict.fromkeys((_VPC, _ECS), "DescribeEipAddresses"),
        "run_instances": {_ECS: "RunInstances"},
        "create_instance": {_ECS: "CreateInstance"},
        "instances": {
            _ECS: "DescribeInstances DescribeInstanceStatus StartInstance StopInstance RebootInstance "
            "DeleteInstance"
        },
        "catalog": {_ECS: "DescribeRegions DescribeZones DescribeInstanceTypes", _VPC: "DescribeRegions"},
        "account": {_ECS: "DescribeAccountAttributes"},
        "tags": {
            _ECS: "TagResources UntagResources ListTagResources",
            _VPC: "TagResources UnTagResources ListTagResources",
        },
        "older_tags": {_ECS: "AddTags RemoveTags DescribeTags DescribeResourceByTags"},
        "identity": {_STS: "GetCallerIdentity", _LOCATION: "DescribeEndpoints"},
        "instance_batches": {_ECS: "StartInstances StopInstances RebootInstances DeleteInstances"},
        "instance_changes": {
            _ECS: "ModifyInstanceAttribute ModifyInstanceSpec ModifyInstanceMaintenanceAttributes"
        },
        "instance_attributes": {
            _ECS: "DescribeInstanceAttribute DescribeUserData DescribeInstanceRamRole "
            "DescribeInstanceMaintenanceAttributes DescribeInstanceAutoRenewAttribute"
        },
        "disks": {_ECS: "DescribeDisks"},
        "images": {_ECS: "DescribeImages"},
        "offers": {_ECS: "DescribeInstanceTypeFamilies DescribeAvailableResource"},
    },
)
"""Every action, by version and name."""
