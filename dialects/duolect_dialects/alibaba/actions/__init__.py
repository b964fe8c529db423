"""The actions of Alibaba Cloud that are served, one module per kind of resource.

A module ends with its ``ACTIONS``; each is listed here too, so that it is imported only when it is called.
"""

from duolect_dialects.action import Registry

_ECS = "2014-05-26"
_VPC = "2016-04-28"

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
        "security_groups": {_ECS: "CreateSecurityGroup DescribeSecurityGroups DeleteSecurityGroup"},
        "run_instances": {_ECS: "RunInstances"},
        "instances": {
            _ECS: "DescribeInstances DescribeInstanceStatus StartInstance StopInstance DeleteInstance"
        },
        "catalog": {_ECS: "DescribeRegions DescribeZones DescribeInstanceTypes"},
    },
)
"""Every action, by version and name."""
