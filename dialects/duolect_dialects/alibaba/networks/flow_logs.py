"""Flow logs: created, started, stopped, listed and deleted, and the service that they belong to.

Sources: the models of the vendor's Python SDK for the VPC product, whose comments are the pages; the
vendor's guide to flow logs; terraform-provider-alicloud, which waits for Active and Inactive. Nothing is
written to the Simple Log Service, whose projects and Logstores are only names here.
"""

from collections.abc import Callable
from typing import Any, Final

import attrs

from duolect_core.model.flow_logs import FlowLog
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.rules import ResourceKind
from duolect_core.networks import flow_logs as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.networks.lifecycle import PAGES
from duolect_dialects.alibaba.views import group_of, plain_tags
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Each, Form, Length, OneOf

SERVICE: Final = "flow-logs"
_BAD: Final = "INVALID_PARAMETER"
_DONE: Final = {"Success": "true"}
_KINDS: Final = {
    "NetworkInterface": ResourceKind.INTERFACE,
    "VSwitch": ResourceKind.SUBNET,
    "VPC": ResourceKind.NETWORK,
}
_TYPES: Final = {kind: name for name, kind in _KINDS.items()}
_TYPE: Final = OneOf(*_KINDS)
_TRAFFIC: Final = OneOf("All", "Allow", "Drop")
_NAME: Final = (Length(1, 128), common.NOT_A_LINK)
_DESCRIPTION: Final = (Length(1, 256), common.NOT_A_LINK)
_INTERVAL: Final = OneOf(1, 5, 10)
_VERSION: Final = OneOf("IPv4", "DualStack")
_PATHS: Final = OneOf(
    "all", "internetGateway", "natGateway", "vpnGateway", "transitRouter", "gatewayEndpoint", "vbr", "ecr",
    "ipv4Gateway", "gatewayLoadBalancerEndpoint",
)  # fmt: skip
_PROJECT: Final = Form(
    r"(?=.{3,63}$)[a-z0-9][a-z0-9\-]*[a-z0-9]", "3 to 63 lowercase letters, digits and hyphens"
)
_STORE: Final = Form(
    r"(?=.{3,63}$)[a-z0-9][a-z0-9_\-]*[a-z0-9]", "3 to 63 lowercase letters, digits, hyphens and _"
)


@attrs.frozen(kw_only=True)
class CreateFlowLog:
    """Create a flow log of a VPC, a vSwitch or a network interface."""

    RegionId: str = required()
    ResourceId: str = required()
    ResourceType: str = required(_TYPE, code=_BAD)
    TrafficType: str = required(_TRAFFIC, code=_BAD)
    AggregationInterval: int = stored(_INTERVAL, default=10, code=_BAD)
    Description: str | None = param(*_DESCRIPTION, code=_BAD)
    FlowLogName: str | None = param(*_NAME, code=_BAD)
    IpVersion: str = stored(_VERSION, default="IPv4", code=_BAD)
    LogFormat: str | None = stored()
    LogStoreName: str | None = stored(_STORE, code=_BAD)
    ProjectName: str | None = stored(_PROJECT, code=_BAD)
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code=_BAD)
    Tag: tuple[TagParam, ...] = common.tag_params()
    TrafficPath: tuple[str, ...] = stored(Each(_PATHS), Count(0, 10), default=(), code=_BAD)


@vpc_action()
def create_flow_log(session: Session, request: CreateFlowLog) -> Body:
    """Create the flow log: Activating, then Active."""
    names = ("AggregationInterval", "IpVersion", "LogFormat", "LogStoreName")
    command = commands.CreateFlowLog(
        kind=_KINDS[request.ResourceType],
        watched_id=request.ResourceId,
        traffic=request.TrafficType,
        target=f"{request.ProjectName or ''}/{request.LogStoreName or ''}",
        name=request.FlowLogName or "",
        description=request.Description or "",
        tags=common.tags(request.Tag),
        extras={
            **_given(request, *names, "ProjectName", "ResourceGroupId"),
            "TrafficPath": list(request.TrafficPath or ("all",)),
        },
    )
    created = session.execute(command)
    return {"FlowLogId": created.id, "ResourceGroupId": group_of(session, created), **_DONE}


def _given(request: object, *names: str) -> dict[str, Any]:
    """Return what of these parameters a request has."""
    given = {name: getattr(request, name) for name in names}
    return {name: value for name, value in given.items() if value is not None}


@attrs.frozen(kw_only=True)
class ModifyFlowLogAttribute:
    """Rename a flow log, describe it anew, or change how it writes."""

    FlowLogId: str = required()
    RegionId: str = required()
    AggregationInterval: int | None = stored(_INTERVAL, code=_BAD)
    Description: str | None = param(*_DESCRIPTION, code=_BAD, clearable=True)
    FlowLogName: str | None = param(*_NAME, code=_BAD, clearable=True)
    IpVersion: str | None = stored(_VERSION, code=_BAD)
    LogFormat: str | None = stored()


@vpc_action()
def modify_flow_log_attribute(session: Session, request: ModifyFlowLogAttribute) -> Body:
    """Change what is given, at once."""
    command = commands.ModifyFlowLog(
        log_id=request.FlowLogId,
        name=request.FlowLogName,
        description=request.Description,
        extras=_given(request, "AggregationInterval", "IpVersion", "LogFormat"),
    )
    session.execute(command)
    return {**_DONE}


@attrs.frozen(kw_only=True)
class ActiveFlowLog:
    """Start a flow log."""

    FlowLogId: str = required()
    RegionId: str = required()


@attrs.frozen(kw_only=True)
class DeactiveFlowLog(ActiveFlowLog):
    """Stop a flow log."""


@attrs.frozen(kw_only=True)
class DeleteFlowLog(ActiveFlowLog):
    """Delete a flow log."""


@vpc_action()
def active_flow_log(session: Session, request: ActiveFlowLog) -> Body:
    """Start it: Activating, then Active. One that is Active stays so (assumed)."""
    session.execute(commands.SwitchFlowLogs(log_ids=(request.FlowLogId,), active=True))
    return {**_DONE}


@vpc_action()
def deactive_flow_log(session: Session, request: DeactiveFlowLog) -> Body:
    """Stop it: Deactivating, then Inactive. One that is Inactive stays so (assumed)."""
    session.execute(commands.SwitchFlowLogs(log_ids=(request.FlowLogId,), active=False))
    return {**_DONE}


@vpc_action()
def delete_flow_log(session: Session, request: DeleteFlowLog) -> Body:
    """Delete it, Active or not: Deleting, then gone."""
    session.execute(commands.DeleteFlowLog(request.FlowLogId))
    return {**_DONE}


@attrs.frozen(kw_only=True)
class DescribeFlowLogs:
    """List flow logs, newest first; all criteria must hold."""

    RegionId: str = required()
    Description: str | None = param()
    FlowLogId: str | None = param()
    FlowLogName: str | None = param()
    LogStoreName: str | None = param()
    PageNumber: int = param(PAGES, default=1, code=_BAD)
    PageSize: int = param(Between(1, 50), default=20, code=_BAD)
    ProjectName: str | None = param()
    ResourceGroupId: str | None = param()
    ResourceId: str | None = param()
    ResourceType: str | None = param(_TYPE, code=_BAD)
    Status: str | None = param()
    Tags: tuple[TagFilter, ...] = common.tag_filters()
    TrafficType: str | None = param(_TRAFFIC, code=_BAD)
    VpcId: str | None = param()


@vpc_action()
def describe_flow_logs(session: Session, request: DescribeFlowLogs) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[FlowLog] = Criteria(graph)
    criteria.ids(() if request.FlowLogId is None else (request.FlowLogId,))
    common.narrow_by_tags(criteria, request.Tags)
    if request.ResourceId is not None:
        criteria.by(graph.flow_logs_by_watched, request.ResourceId)
    if request.VpcId is not None:
        criteria.test(request.VpcId, lambda found: commands.network_of(graph, found) == request.VpcId)
    for name in (
        "Description", "FlowLogName", "LogStoreName", "ProjectName", "ResourceGroupId", "ResourceType",
        "Status", "TrafficType",
    ):  # fmt: skip
        wanted = getattr(request, name)
        criteria.test(wanted, _having(session, name, wanted))
    page, about = common.numbered_page(graph.flow_logs, criteria.selection, request)
    return {
        "FlowLogs": {"FlowLog": [_shown(session, shown) for shown in page.items]},
        **{name: str(number) for name, number in about.items()},
        **_DONE,
    }


def _having(session: Session, name: str, wanted: object) -> Callable[[FlowLog], bool]:
    """Return the test of what is shown of a flow log under a name."""
    return lambda found: _shown(session, found)[name] == wanted


def _shown(session: Session, shown: FlowLog) -> Body:
    return {
        "AggregationInterval": shown.extras["AggregationInterval"],
        "BusinessStatus": "Normal",
        "CreationTime": moment(shown.created),
        "Description": shown.description,
        "FlowLogDeliverErrorMessage": "",
        "FlowLogDeliverStatus": "SUCCESS",
        "FlowLogId": shown.id,
        "FlowLogName": shown.name,
        "IpVersion": shown.extras["IpVersion"],
        "LogFormat": shown.extras.get("LogFormat", ""),
        "LogStoreName": shown.extras.get("LogStoreName", ""),
        "ProjectName": shown.extras.get("ProjectName", ""),
        "RegionId": session.rules.region,
        "ResourceGroupId": group_of(session, shown),
        "ResourceId": shown.watched_id,
        "ResourceType": _TYPES[shown.kind],
        "ServiceType": "",
        "Status": _status(shown),
        "Tags": plain_tags(shown.tags),
        "TrafficPath": {"TrafficPathList": list(shown.extras["TrafficPath"])},
        "TrafficType": shown.traffic,
    }


def _status(shown: FlowLog) -> str:
    if shown.state is ServiceState.AVAILABLE:
        return "Active" if shown.active else "Inactive"
    if shown.state is ServiceState.DELETING:
        return "Deleting"
    return "Activating" if shown.active else "Deactivating"


# -- the service -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class GetFlowLogServiceStatus:
    """Ask whether the service is opened."""

    RegionId: str = required()
    ClientToken: str | None = ignored(*common.TOKEN, note="nothing is changed that could be repeated")


@vpc_action()
def get_flow_log_service_status(session: Session, request: GetFlowLogServiceStatus) -> Body:  # noqa: ARG001
    """Say whether it was opened in the region."""
    return {"Enabled": SERVICE in session.graph.opened_services}


@attrs.frozen(kw_only=True)
class OpenFlowLogService:
    """Open the service of flow logs."""

    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def open_flow_log_service(session: Session, request: OpenFlowLogService) -> Body:  # noqa: ARG001
    """Open it at once, for good. Flow logs can be created without it (assumed)."""
    session.execute(commands.OpenService(SERVICE))
    return {"Code": "200", "Message": "successful"}
