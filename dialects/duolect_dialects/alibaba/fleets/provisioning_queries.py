"""Listing auto provisioning groups, their instances, and what they have done.

Sources: the vendor's pages of the actions, as of 2026, and the models of its Python SDK. Which State a
group shows that has less than it wants is assumed.
"""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_core.model.fleets import ProvisioningGroup, ProvisioningTask
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, ecs_action
from duolect_dialects.alibaba.fleets import provisioning
from duolect_dialects.alibaba.instances import views
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.views import tags
from duolect_dialects.declarations import param, required
from duolect_dialects.exchange import exactly
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count

_PAGES: Final = Between(1, 2**31 - 1)
_SIZES: Final = Between(1, 100)
_ACTIVE: Final = "active"


@attrs.frozen(kw_only=True, slots=False)
class DescribeAutoProvisioningGroups:
    """List auto provisioning groups, newest first; all criteria must hold."""

    RegionId: str = required()
    AutoProvisioningGroupId: tuple[str, ...] = param(Count(0, 20), default=())
    AutoProvisioningGroupName: str | None = param()
    AutoProvisioningGroupStatus: tuple[str, ...] = param(Count(0, 5), default=(), note="all are active")
    AutoProvisioningGroupTypes: tuple[str, ...] = param(Count(0, 3), default=())
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(_SIZES, default=10)
    ResourceGroupId: str | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()


@ecs_action()
def describe_auto_provisioning_groups(session: Session, request: DescribeAutoProvisioningGroups) -> Body:
    """List one page; what is named and not there is left out."""
    criteria: Criteria[ProvisioningGroup] = Criteria(session.graph)
    criteria.ids(request.AutoProvisioningGroupId)
    criteria.test(
        request.AutoProvisioningGroupName, lambda found: found.name == request.AutoProvisioningGroupName
    )
    criteria.test(
        request.AutoProvisioningGroupStatus or None,
        lambda _: _ACTIVE in request.AutoProvisioningGroupStatus,
    )
    criteria.test(
        request.AutoProvisioningGroupTypes or None,
        lambda found: found.delivery in request.AutoProvisioningGroupTypes,
    )
    resource_group = request.ResourceGroupId
    criteria.test(resource_group, lambda found: found.extras["ResourceGroupId"] == resource_group)
    common.narrow_by_tags(criteria, request.Tag)
    page, about = common.numbered_page(session.graph.provisioning_groups, criteria.selection, request)
    groups = [_view(session, each) for each in page.items]
    return {"AutoProvisioningGroups": {"AutoProvisioningGroup": groups}, **about}


def _view(session: Session, shown: ProvisioningGroup) -> Body:
    extras = shown.extras
    on_demand = provisioning.capacity(session, shown, spot=False)
    spot = provisioning.capacity(session, shown, spot=True)
    return {
        "AutoProvisioningGroupId": shown.id,
        "AutoProvisioningGroupName": shown.name,
        "AutoProvisioningGroupType": shown.delivery,
        "CandidateOptions": {"TimeoutMinutes": 0},
        "CapacitySpecification": {
            "PayAsYouGoCapacity": on_demand,
            "PrePaidCapacity": 0.0,
            "SpotCapacity": spot,
            "TotalCapacity": on_demand + spot,
        },
        "CreationTime": moment(shown.created),
        "ExcessCapacityTerminationPolicy": extras["ExcessCapacityTerminationPolicy"],
        "LaunchTemplateConfigs": {"LaunchTemplateConfig": [_option(each) for each in extras["Options"]]},
        "LaunchTemplateId": extras.get("LaunchTemplateId", ""),
        "LaunchTemplateVersion": extras.get("LaunchTemplateVersion", ""),
        **({} if extras["MaxSpotPrice"] is None else {"MaxSpotPrice": exactly(extras["MaxSpotPrice"])}),
        "PayAsYouGoOptions": {"AllocationStrategy": extras["PayAsYouGoAllocationStrategy"]},
        "RegionId": session.rules.region,
        "ResourceGroupId": extras["ResourceGroupId"] or "",
        "SpotOptions": {
            "AllocationStrategy": extras["SpotAllocationStrategy"],
            "InstanceInterruptionBehavior": extras["SpotInstanceInterruptionBehavior"],
            "InstancePoolsToUseCount": extras["SpotInstancePoolsToUseCount"] or 1,
        },
        "State": _state(session, shown, on_demand + spot),
        "Status": _ACTIVE,
        "SuspendedProcesses": {"SuspendedProcess": []},
        "Tags": tags(shown.tags),
        "TargetCapacitySpecification": {
            "DefaultTargetCapacityType": extras["DefaultTargetCapacityType"],
            "PayAsYouGoTargetCapacity": float(shown.on_demand),
            "SpotTargetCapacity": float(shown.spot),
            "TotalTargetCapacity": float(shown.total),
        },
        "TerminateInstances": extras["TerminateInstances"],
        "TerminateInstancesWithExpiration": extras["TerminateInstancesWithExpiration"],
        "ValidFrom": extras["ValidFrom"],
        "ValidUntil": extras["ValidUntil"],
    }


def _option(told: Body) -> Body:
    priority = {} if told["priority"] >= 2**31 else {"Priority": float(told["priority"])}
    return {
        "InstanceType": told["type_name"],
        **({} if told["max_price"] is None else {"MaxPrice": exactly(told["max_price"])}),
        **priority,
        "VSwitchId": told["vswitch_id"],
        "WeightedCapacity": told["weight"],
    }


def _state(session: Session, shown: ProvisioningGroup, capacity: float) -> str:
    states = {each.state for each in provisioning.members(session, shown)}
    if states & {InstanceState.PENDING, InstanceState.STARTING}:
        return "pending-fulfillment"
    if capacity >= shown.total:
        return "fulfilled"
    return "pending-fulfillment" if shown.delivery == "maintain" else "error"


@attrs.frozen(kw_only=True, slots=False)
class DescribeAutoProvisioningGroupInstances:
    """List the instances of an auto provisioning group."""

    RegionId: str = required()
    AutoProvisioningGroupId: str = required()
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(_SIZES, default=10)


@ecs_action()
def describe_auto_provisioning_group_instances(
    session: Session, request: DescribeAutoProvisioningGroupInstances
) -> Body:
    """List one page of those that are there, newest first."""
    group = lookup.provisioning_group(session.graph, request.AutoProvisioningGroupId)
    criteria: Criteria[Instance] = Criteria(session.graph)
    criteria.among([each.id for each in provisioning.members(session, group)])
    page, about = common.numbered_page(session.graph.instances, criteria.selection, request)
    return {"Instances": {"Instance": [_instance(session, each) for each in page.items]}, **about}


def _instance(session: Session, shown: Instance) -> Body:
    whole = views.instance(session, shown)
    same = ("CreationTime", "InstanceId", "InstanceType", "IoOptimized", "Memory", "RegionId", "Status")
    return {
        **{name: whole[name] for name in same},
        "CPU": whole["Cpu"],
        "IsSpot": provisioning.is_spot(shown),
        "NetworkType": whole["InstanceNetworkType"],
        "OsType": whole["OSType"],
        "ZoneId": whole["ZoneId"],
    }


@attrs.frozen(kw_only=True, slots=False)
class DescribeAutoProvisioningGroupHistory:
    """List what an auto provisioning group has done."""

    RegionId: str = required()
    AutoProvisioningGroupId: str = required()
    EndTime: str | None = param()
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(_SIZES, default=10)
    StartTime: str | None = param()


@ecs_action()
def describe_auto_provisioning_group_history(
    session: Session, request: DescribeAutoProvisioningGroupHistory
) -> Body:
    """List one page of its tasks, newest first: the latest hundred are known."""
    group = lookup.provisioning_group(session.graph, request.AutoProvisioningGroupId)
    begin, end = request.StartTime or "", request.EndTime or "~"
    found = [
        _task(group, number, each)
        for number, each in reversed([*enumerate(group.tasks, 1)])
        if begin <= moment(each.at) <= end
    ]
    number, size = request.PageNumber, request.PageSize
    shown = found[(number - 1) * size : number * size]
    return {
        "AutoProvisioningGroupHistories": {"AutoProvisioningGroupHistory": shown},
        "PageNumber": number,
        "PageSize": size,
        "TotalCount": len(found),
    }


def _task(group: ProvisioningGroup, number: int, task: ProvisioningTask) -> Body:
    details = []
    for result in task.launches:
        ids = result["InstanceIds"]["InstanceId"]
        errors = [_error(result)] if result["ErrorCode"] else []
        status = "Successful" if not errors else "Warning" if ids else "Failed"
        text = f'New ECS instances "{", ".join(ids)}" created.' if ids else result["ErrorMsg"]
        details.append(_detail(text, status, ids, [], errors))
    if task.removed_ids:
        text = f'ECS instances "{", ".join(task.removed_ids)}" removed.'
        details.append(_detail(text, "Successful", [], list(task.removed_ids), []))
    failed = bool(details) and all(each["Status"] == "Failed" for each in details)
    return {
        "ActivityDetails": {"ActivityDetail": details},
        "LastEventTime": moment(task.at),
        "StartTime": moment(task.at),
        "Status": "failed" if failed else "success",
        "TaskId": f"apg-task-{group.id.removeprefix('apg-')}{number:03d}",
    }


def _error(result: Mapping[str, Any]) -> Body:
    return {
        "Code": result["ErrorCode"],
        "FailedInstanceIds": {"FailedInstanceId": []},
        "Message": result["ErrorMsg"],
    }


def _detail(text: str, status: str, created: list[str], gone: list[str], errors: list[Body]) -> Body:
    return {
        "CreatedInstanceIds": {"CreatedInstanceId": created},
        "DestroyedInstanceIds": {"DestroyedInstanceId": gone},
        "Detail": text,
        "ErrorMessages": {"ErrorMessage": errors},
        "Status": status,
    }
