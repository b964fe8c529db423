"""What can be asked of single instances beside DescribeInstances.

Sources: the vendor's pages DescribeInstanceAttribute, DescribeUserData, DescribeInstanceRamRole,
DescribeInstanceMaintenanceAttributes, and the models of its SDK.
"""

from typing import Final

import attrs

from duolect_core.model.instances import Instance
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances import views
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.views import only
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count

_PAGES = Between(1, 2**31 - 1)
_MAINTENANCE: Final = ["Stop", "AutoRecover", "AutoRedeploy"]
_DEFAULT_ACTION: Final = "AutoRecover"


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceAttribute:
    """Show one instance."""

    InstanceId: str = required()


_SAME: Final = (
    "ClusterId", "Cpu", "CreationTime", "CreditSpecification", "Description", "ExpiredTime", "HostName",
    "ImageId", "InnerIpAddress", "InstanceChargeType", "InstanceId", "InstanceName", "InstanceNetworkType",
    "InstanceType", "InternetChargeType", "InternetMaxBandwidthIn", "InternetMaxBandwidthOut", "Memory",
    "OperationLocks", "PublicIpAddress", "RegionId", "SecurityGroupIds", "SecurityOptions", "SerialNumber",
    "Status", "StoppedMode", "VlanId", "VpcAttributes", "ZoneId",
)  # fmt: skip
"""What DescribeInstances shows in the same way."""
_SAME_OF_EIP: Final = ("AllocationId", "IpAddress", "Bandwidth", "InternetChargeType")


@ecs_action()
def describe_instance_attribute(session: Session, request: DescribeInstanceAttribute) -> Body:
    """Show it."""
    instance = lookup.instance(session.graph, request.InstanceId)
    shown = views.instance(session, instance)
    network = {
        "BandwidthWeighting": "",
        "EnableJumboFrame": False,
        "EnableNetworkEncryption": False,
        **instance.extras.get("NetworkOptions", {}),
    }
    eip, host = shown["EipAddress"], shown["DedicatedHostAttribute"]
    return {
        **only(_SAME, shown),
        "CreationTime": moment(instance.created),
        "IoOptimized": "optimized" if shown["IoOptimized"] else "none",
        "DedicatedHostAttribute": only(("DedicatedHostId", "DedicatedHostName"), host),
        "EipAddress": {name: eip[name] for name in _SAME_OF_EIP if name in eip},
        "EnableJumboFrame": network["EnableJumboFrame"],
        "EnableNetworkEncryption": network["EnableNetworkEncryption"],
        "NetworkOptions": network,
    }


@attrs.frozen(kw_only=True, slots=False)
class DescribeUserData:
    """Show the user data of one instance."""

    InstanceId: str = required()
    RegionId: str = required()


@ecs_action()
def describe_user_data(session: Session, request: DescribeUserData) -> Body:
    """Show them as they were given; an instance without any has an empty text."""
    instance = lookup.instance(session.graph, request.InstanceId)
    return {
        "InstanceId": instance.id,
        "RegionId": session.call.region,
        "UserData": instance.extras.get("UserData", ""),
    }


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceRamRole:
    """List the roles that instances play, newest instance first."""

    RegionId: str = required()
    InstanceIds: str | None = param(note="a JSON array of up to 100 ids")
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(Between(1, 50), default=10)
    RamRoleName: str | None = param()


@ecs_action()
def describe_instance_ram_role(session: Session, request: DescribeInstanceRamRole) -> Body:
    """List one page. An instance that is named and plays no role has an empty one."""
    if request.InstanceIds is None and request.RamRoleName is None:
        message = "InstanceIds or RamRoleName must be given."
        raise Refusal("InvalidParameter.AllEmpty", message, 403)
    graph = session.graph
    criteria: Criteria[Instance] = Criteria(graph)
    ids = common.json_list(request.InstanceIds, "InstanceIds", "InvalidInstanceIds.Malformed")
    for instance_id in ids:
        # Recorded in 2024: terraform-alicloud-ecs-instance issue 26.
        lookup.instance(graph, instance_id)
    criteria.ids(ids)
    criteria.test(request.RamRoleName, lambda found: found.extras.get("RamRoleName") == request.RamRoleName)
    page = common.page_by_number(graph.instances, criteria.selection, request.PageNumber, request.PageSize)
    return {
        "InstanceRamRoleSets": {
            "InstanceRamRoleSet": [
                {"InstanceId": each.id, "RamRoleName": each.extras.get("RamRoleName", "")}
                for each in page.items
            ]
        },
        "RegionId": session.call.region,
        "TotalCount": page.total,
    }


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceMaintenanceAttributes:
    """List what happens to instances when their hosts are maintained, newest instance first."""

    RegionId: str = required()
    InstanceId: tuple[str, ...] = param(Count(0, 100), default=())
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(Between(1, 100), default=10)


@ecs_action()
def describe_instance_maintenance_attributes(
    session: Session, request: DescribeInstanceMaintenanceAttributes
) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[Instance] = Criteria(graph)
    criteria.ids(request.InstanceId)
    page, about = common.numbered_page(graph.instances, criteria.selection, request)
    return {
        "MaintenanceAttributes": {"MaintenanceAttribute": [_maintenance(each) for each in page.items]},
        **about,
    }


def _maintenance(shown: Instance) -> Body:
    kept = shown.extras
    return {
        "InstanceId": shown.id,
        "ActionOnMaintenance": {
            "DefaultValue": _DEFAULT_ACTION,
            "SupportedValues": {"SupportedValue": _MAINTENANCE},
            "Value": kept.get("ActionOnMaintenance", _DEFAULT_ACTION),
        },
        "MaintenanceWindows": {"MaintenanceWindow": kept.get("MaintenanceWindows", [])},
        "NotifyOnMaintenance": kept.get("NotifyOnMaintenance", False),
    }
