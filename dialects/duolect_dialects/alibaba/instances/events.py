"""What befalls instances from outside: system events, their health, the Cloud Assistant, private pools.

Nothing is maintained and nobody runs commands here, so there are no events, and every instance is well.

Sources: the vendor's pages DescribeInstanceHistoryEvents, DescribeInstancesFullStatus,
DescribeCloudAssistantStatus and DescribeInstanceAttachmentAttributes, and the models of its Python SDK.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, ecs_action
from duolect_dialects.alibaba.images import catalog as images
from duolect_dialects.alibaba.names import INSTANCE_STATUS, moment
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf

_PAGES: Final = Between(1, 2**31 - 1)
_SIZES: Final = Between(1, 100)
_NO_EVENTS: Final = "there are no events, so nothing is left to choose from"
_TYPES: Final = Count(0, 30)
_IDS: Final = Count(0, 100)


@attrs.frozen(kw_only=True, slots=False)
class Period:
    """A time from which and a time until which."""

    End: str | None = ignored(note=_NO_EVENTS)
    Start: str | None = ignored(note=_NO_EVENTS)


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceHistoryEvents:
    """List the system events of instances."""

    RegionId: str = required()
    EventCycleStatus: str | None = ignored(note=_NO_EVENTS)
    EventId: tuple[str, ...] = param(_IDS, default=(), code="EventIdLimitExceeded")
    EventPublishTime: Period | None = ignored(note=_NO_EVENTS)
    EventType: str | None = ignored(note=_NO_EVENTS)
    ImpactLevel: str | None = ignored(note=_NO_EVENTS)
    InstanceEventCycleStatus: tuple[str, ...] = ignored(Count(0, 7), default=(), note=_NO_EVENTS)
    InstanceEventType: tuple[str, ...] = ignored(_TYPES, default=(), note=_NO_EVENTS)
    InstanceId: str | None = ignored(note=_NO_EVENTS)
    MaxResults: int | None = param(_SIZES)
    NextToken: str | None = param()
    NotBefore: Period | None = ignored(note=_NO_EVENTS)
    PageNumber: int | None = param(_PAGES, note="1 unless given")
    PageSize: int | None = param(_SIZES, note="10 unless given")
    ResourceGroupId: str | None = ignored(note=_NO_EVENTS)
    ResourceId: tuple[str, ...] = ignored(_IDS, default=(), note=_NO_EVENTS)
    ResourceType: str | None = ignored(OneOf("instance", "ddh", "managehost"), note=_NO_EVENTS)
    Tag: tuple[TagFilter, ...] = ignored(Count(0, 20), default=(), note=_NO_EVENTS)


@ecs_action()
def describe_instance_history_events(_session: Session, request: DescribeInstanceHistoryEvents) -> Body:
    """List one page of them: there are none."""
    rows, about = common.page_of_rows([], request)
    return {"InstanceSystemEventSet": {"InstanceSystemEventType": rows}, **about}


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstancesFullStatus:
    """List states, health and scheduled events of instances, newest first."""

    RegionId: str = required()
    EventId: tuple[str, ...] = param(_IDS, default=(), code="EventIdLimitExceeded", note="none is there")
    EventPublishTime: Period | None = ignored(note=_NO_EVENTS)
    EventType: str | None = ignored(note=_NO_EVENTS)
    HealthStatus: str | None = param(
        OneOf(
            "Ok", "Impaired", "Warning", "Maintaining", "Initializing", "InsufficientData", "NotApplicable"
        )
    )
    InstanceEventType: tuple[str, ...] = ignored(_TYPES, default=(), note=_NO_EVENTS)
    InstanceId: tuple[str, ...] = param(_IDS, default=(), code="InstanceIdLimitExceeded")
    NotBefore: Period | None = ignored(note=_NO_EVENTS)
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(_SIZES, default=10)
    Status: str | None = param(OneOf("Pending", "Starting", "Running", "Stopping", "Stopped"))


_CODES: Final[Mapping[str, int]] = MappingProxyType(
    {"Pending": 0, "Running": 1, "Stopped": 2, "Starting": 3, "Stopping": 4}
)
"""The numbers of states; the page tells that of Running only, the others are assumed."""
_HEALTH: Final[Mapping[str, int]] = MappingProxyType({"Ok": 0, "Initializing": 208, "NotApplicable": 240})
"""The numbers of how well an instance is; the page tells other ones only, these are assumed."""


@ecs_action()
def describe_instances_full_status(session: Session, request: DescribeInstancesFullStatus) -> Body:
    """List one page. An instance that runs is well, and of one that is stopped there is no telling."""
    graph = session.graph
    criteria: Criteria[Instance] = Criteria(graph)
    criteria.ids(request.InstanceId)
    criteria.test(request.Status, lambda found: INSTANCE_STATUS[found.state] == request.Status)
    criteria.test(request.HealthStatus, lambda found: _health(found) == request.HealthStatus)
    page, about = common.numbered_page(graph.instances, criteria.selection, request)
    return {
        "InstanceFullStatusSet": {"InstanceFullStatusType": [_full_status(each) for each in page.items]},
        **about,
    }


def _health(shown: Instance) -> str:
    if shown.state is InstanceState.RUNNING:
        return "Ok"
    return "NotApplicable" if shown.state is InstanceState.STOPPED else "Initializing"


def _full_status(shown: Instance) -> Body:
    status, health = INSTANCE_STATUS[shown.state], _health(shown)
    return {
        "InstanceId": shown.id,
        "Status": {"Code": _CODES[status], "Name": status},
        "HealthStatus": {"Code": _HEALTH[health], "Name": health},
        "ScheduledSystemEventSet": {"ScheduledSystemEventType": []},
    }


@attrs.frozen(kw_only=True, slots=False)
class DescribeCloudAssistantStatus:
    """List whether the Cloud Assistant runs on instances, newest first."""

    RegionId: str = required()
    InstanceId: tuple[str, ...] = param(_IDS, default=(), code="InstanceIds.ExceedLimit")
    MaxResults: int | None = param(Between(1, 50))
    NextToken: str | None = param()
    OSType: str | None = param(OneOf("Windows", "Linux", "FreeBSD"))
    PageNumber: int | None = param(_PAGES, note="1 unless given")
    PageSize: int | None = param(_SIZES, note="10 unless given")


@ecs_action()
def describe_cloud_assistant_status(session: Session, request: DescribeCloudAssistantStatus) -> Body:
    """List one page: it is there while an instance runs, as in the vendor's public images."""
    graph = session.graph
    for instance_id in request.InstanceId:
        if instance_id not in graph.instances:
            raise Refusal("InvalidInstance.NotFound", f"The instance {instance_id} does not exist.", 404)
    criteria: Criteria[Instance] = Criteria(graph)
    criteria.ids(request.InstanceId)
    criteria.test(request.OSType, lambda found: _os_type(session, found) == request.OSType)
    page, about = common.page(graph.instances, criteria.selection, request)
    shown = [_assistant(session, each) for each in page.items]
    return {"InstanceCloudAssistantStatusSet": {"InstanceCloudAssistantStatus": shown}, **about}


def _os_type(session: Session, shown: Instance) -> str:
    return "Windows" if images.of(session, shown.extras.get("ImageId") or "").windows else "Linux"


def _assistant(session: Session, shown: Instance) -> Body:
    runs = shown.state is InstanceState.RUNNING
    return {
        "InstanceId": shown.id,
        "OSType": _os_type(session, shown),
        "CloudAssistantStatus": str(runs).lower(),
        "CloudAssistantVersion": "2.2.3.857" if runs else "",
        "LastHeartbeatTime": moment(session.at) if runs else "",
        "SupportSessionManager": runs,
        "InvocationCount": 0,
        "ActiveTaskCount": 0,
        "LastInvokedTime": "",
    }


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceAttachmentAttributes:
    """List which reserved capacity instances use, newest instance first."""

    RegionId: str = required()
    InstanceIds: str = required(note="a JSON array of up to 100 ids")
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(_SIZES, default=10)


@ecs_action()
def describe_instance_attachment_attributes(
    session: Session, request: DescribeInstanceAttachmentAttributes
) -> Body:
    """List one page: what RunInstances was told in PrivatePoolOptions, and else that any will do."""
    graph = session.graph
    ids = common.json_list(request.InstanceIds, "InstanceIds")
    for instance_id in ids:
        if instance_id not in graph.instances:
            raise Refusal("InvalidInstanceIds.NotFound", f"The instance {instance_id} does not exist.", 404)
    criteria: Criteria[Instance] = Criteria(graph)
    criteria.among(ids)
    page, about = common.numbered_page(graph.instances, criteria.selection, request)
    return {
        "Instances": {"Instance": [_attachment(each) for each in page.items]},
        **about,
    }


def _attachment(shown: Instance) -> Body:
    pool = shown.extras.get("EcsCapacityReservationAttr", {})
    return {
        "InstanceId": shown.id,
        "PrivatePoolOptionsId": pool.get("CapacityReservationId") or "",
        "PrivatePoolOptionsMatchCriteria": pool.get("CapacityReservationPreference") or "Open",
    }
