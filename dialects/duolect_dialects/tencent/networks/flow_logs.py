"""Flow logs: created, switched on and off, listed and deleted.

Sources: the definitions in tccli with their examples, and the resources of flow logs in
terraform-provider-tencentcloud. Topics of the log service and of CKafka are only names here. What CCNs and
direct connect gateways have is refused, as there are none; VPCs and subnets are taken, which older versions
of the definitions name.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from duolect_core.graph.queries import select
from duolect_core.model.flow_logs import FlowLog
from duolect_core.model.rules import ResourceKind
from duolect_core.networks import flow_logs as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, TagParam, vpc_action
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.values import AtMost, Coded, Count, Each, OneOf, Unsupported
from duolect_dialects.wording import Message

_LOG_ID: Final = common.id_of("fl")
_NAME: Final = AtMost(60)
_DESCRIPTION: Final = AtMost(512)
_KINDS: Final = {
    "VPC": ResourceKind.NETWORK,
    "SUBNET": ResourceKind.SUBNET,
    "NETWORKINTERFACE": ResourceKind.INTERFACE,
    "NAT": ResourceKind.NAT_GATEWAY,
}
_IDS: Final = {
    ResourceKind.NETWORK: common.VPC_ID,
    ResourceKind.SUBNET: common.SUBNET_ID,
    ResourceKind.INTERFACE: common.INTERFACE_ID,
    ResourceKind.NAT_GATEWAY: common.id_of("nat"),
}
_TYPES: Final = {kind: name for name, kind in _KINDS.items()}
_TYPE: Final = OneOf(*_KINDS, "CCN", "DCG")
_TRAFFIC: Final = OneOf("ACCEPT", "REJECT", "ALL")
_PERIOD: Final = Unsupported("only the flow logs of CCNs have one")
_MALFORMED: Final = "InvalidParameterValue.Malformed"


@attrs.frozen(kw_only=True, slots=False)
class Storage:
    """Where in CKafka a flow log is written."""

    StorageId: str = required(treatment=Treatment.STORED)
    StorageTopic: str | None = stored()


@attrs.frozen(kw_only=True)
class CreateFlowLog:
    """Create a flow log of something in a VPC."""

    FlowLogName: str = required(_NAME)
    ResourceType: str = required(_TYPE)
    ResourceId: str = required()
    TrafficType: str = required(_TRAFFIC)
    VpcId: str | None = param(common.VPC_ID, note="needed, as there are no CCNs")
    FlowLogDescription: str | None = param(_DESCRIPTION)
    CloudLogId: str | None = stored(note="needed where StorageType is cls")
    Tags: tuple[TagParam, ...] = param(default=())
    StorageType: str = stored(OneOf("cls", "ckafka"), default="cls")
    FlowLogStorage: Storage | None = param(note="needed where StorageType is ckafka")
    CloudLogRegion: str | None = stored()
    Period: int | None = param(_PERIOD)


@vpc_action()
def create_flow_log(session: Session, request: CreateFlowLog) -> Body:
    """Create the flow log, which writes at once."""
    if request.ResourceType not in _KINDS:
        raise Refusal("ResourceNotFound", Message("There is no {type} here.", type=request.ResourceType))
    kind = _KINDS[request.ResourceType]
    if not _IDS[kind].accepts(request.ResourceId):
        raise Refusal(
            _MALFORMED,
            Message("`{text}` is no id of a {type}.", text=request.ResourceId, type=request.ResourceType),
        )
    storage = request.FlowLogStorage
    for_kafka = request.StorageType == "ckafka"
    needed = {
        "VpcId": request.VpcId,
        "CloudLogId": for_kafka or request.CloudLogId,
        "FlowLogStorage": storage or not for_kafka,
        "StorageTopic": storage is None or storage.StorageTopic or not for_kafka,
    }
    for name, given in needed.items():
        if not given:
            raise Refusal("InvalidParameterValue.Empty", Message("`{name}` is needed here.", name=name))
    created = session.execute(
        commands.CreateFlowLog(
            kind=kind,
            watched_id=request.ResourceId,
            network_id=request.VpcId,
            traffic=request.TrafficType,
            target=_target(request),
            name=request.FlowLogName,
            description=request.FlowLogDescription or "",
            tags=common.tags(request.Tags),
            extras=common.stored_extras(request),
        )
    )
    return {"FlowLog": [_shown(session, created)]}


def _target(request: CreateFlowLog) -> str:
    """Return where a flow log is written."""
    storage = request.FlowLogStorage
    if storage is None or request.StorageType == "cls":
        return str(request.CloudLogId)
    return f"{storage.StorageId}/{storage.StorageTopic}"


@attrs.frozen(kw_only=True)
class ModifyFlowLogAttribute:
    """Rename a flow log, or describe it anew."""

    FlowLogId: str = required(_LOG_ID)
    VpcId: str | None = param(common.VPC_ID)
    FlowLogName: str | None = param(_NAME)
    FlowLogDescription: str | None = param(_DESCRIPTION)
    Period: int | None = param(_PERIOD)


@vpc_action()
def modify_flow_log_attribute(session: Session, request: ModifyFlowLogAttribute) -> Body:
    """Change what is given, at once."""
    _check_network(session, request.FlowLogId, request.VpcId)
    session.execute(
        commands.ModifyFlowLog(
            log_id=request.FlowLogId, name=request.FlowLogName, description=request.FlowLogDescription
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteFlowLog:
    """Delete a flow log."""

    FlowLogId: str = required(_LOG_ID)
    VpcId: str | None = param(common.VPC_ID)


@vpc_action()
def delete_flow_log(session: Session, request: DeleteFlowLog) -> Body:
    """Delete it at once, enabled or not."""
    _check_network(session, request.FlowLogId, request.VpcId)
    session.execute(commands.DeleteFlowLog(request.FlowLogId))
    return {}


def _check_network(session: Session, log_id: str, vpc_id: str | None) -> None:
    """Raise the refusal of a flow log that is not there, or not in the VPC that is named."""
    log = lookup.flow_log(session.graph, log_id)
    if vpc_id is not None and commands.network_of(session.graph, log) != vpc_id:
        message = Message("The flow log `{log_id}` is not in `{vpc_id}`.", log_id=log_id, vpc_id=vpc_id)
        raise Refusal(_MALFORMED, message)


@attrs.frozen(kw_only=True)
class EnableFlowLogs:
    """Let flow logs write."""

    FlowLogIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), _MALFORMED), Count(0, 100), Each(_LOG_ID)
    )


@attrs.frozen(kw_only=True)
class DisableFlowLogs(EnableFlowLogs):
    """Let flow logs write nothing."""


@vpc_action()
def enable_flow_logs(session: Session, request: EnableFlowLogs) -> Body:
    """Enable them at once; those that are enabled stay so."""
    session.execute(commands.SwitchFlowLogs(log_ids=request.FlowLogIds, active=True))
    return {}


@vpc_action()
def disable_flow_logs(session: Session, request: DisableFlowLogs) -> Body:
    """Disable them at once; those that are disabled stay so."""
    session.execute(commands.SwitchFlowLogs(log_ids=request.FlowLogIds, active=False))
    return {}


# -- showing them ----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeFlowLog:
    """Show a flow log of a VPC."""

    VpcId: str = required(common.VPC_ID)
    FlowLogId: str = required(_LOG_ID)


@vpc_action()
def describe_flow_log(session: Session, request: DescribeFlowLog) -> Body:
    """Show it; one that does not exist in the VPC is an error."""
    _check_network(session, request.FlowLogId, request.VpcId)
    return {"FlowLog": [_shown(session, session.graph.flow_logs[request.FlowLogId])]}


@attrs.frozen(kw_only=True)
class DescribeFlowLogs:
    """List flow logs, newest first or in another order; all criteria must hold."""

    VpcId: str | None = param(common.VPC_ID)
    FlowLogId: str | None = param(_LOG_ID)
    FlowLogName: str | None = param(Coded(_NAME, "InvalidParameterValue.TooLong"))
    ResourceType: str | None = param(_TYPE)
    ResourceId: str | None = param()
    TrafficType: str | None = param(_TRAFFIC)
    CloudLogId: str | None = param()
    CloudLogState: str | None = param(OneOf("SUCCESS", "DELETED"))
    OrderField: str = param(OneOf("flowLogName", "createTime"), default="createTime")
    OrderDirection: str = param(OneOf("ASC", "DESC"), default="DESC")
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=10)
    Filters: Filter | None = param()
    CloudLogRegion: str | None = param()


_KEYS: Final[Mapping[str, Any]] = {
    "flowLogName": lambda found: found.name,
    "createTime": lambda found: (found.created, found.order),
}


@vpc_action()
def describe_flow_logs(session: Session, request: DescribeFlowLogs) -> Body:
    """List one page and the count of all; a filter is tag-key or tag:KEY, and others are overlooked."""
    graph = session.graph
    criteria: Criteria[FlowLog] = Criteria(graph)
    if request.FlowLogId is not None and request.Filters is not None:
        raise Refusal(_MALFORMED, "FlowLogId and Filters cannot be used together.")
    criteria.ids(() if request.FlowLogId is None else (request.FlowLogId,))
    if request.Filters is not None:
        name, values = request.Filters.Name, request.Filters.Values
        if name.startswith("tag:"):
            criteria.tagged(name.removeprefix("tag:"), *values)
        elif name == "tag-key":
            criteria.tag_keys(values)
    if request.ResourceId is not None:
        criteria.by(graph.flow_logs_by_watched, request.ResourceId)
    for name in (
        "VpcId", "FlowLogName", "ResourceType", "TrafficType",
        "CloudLogId", "CloudLogState", "CloudLogRegion",
    ):  # fmt: skip
        wanted = getattr(request, name)
        criteria.test(wanted, _having(session, name, wanted))
    found = select(graph.flow_logs, criteria.selection, offset=0, limit=len(graph.flow_logs) or 1)
    down = request.OrderDirection == "DESC"
    ordered = sorted(found.items, key=_KEYS[request.OrderField], reverse=down)
    shown = ordered[request.Offset : request.Offset + request.Limit]
    return {"FlowLog": [_shown(session, each) for each in shown], "TotalNum": found.total}


def _having(session: Session, name: str, wanted: object) -> Callable[[FlowLog], bool]:
    """Return the test of what is shown of a flow log under a name."""
    return lambda found: _shown(session, found)[name] == wanted


def _shown(session: Session, shown: FlowLog) -> Body:
    storage = shown.extras.get("FlowLogStorage", {})
    return {
        "VpcId": commands.network_of(session.graph, shown),
        "FlowLogId": shown.id,
        "FlowLogName": shown.name,
        "ResourceType": _TYPES[shown.kind],
        "ResourceId": shown.watched_id,
        "TrafficType": shown.traffic,
        "CloudLogId": shown.extras.get("CloudLogId", ""),
        "CloudLogState": "SUCCESS",
        "FlowLogDescription": shown.description,
        "CreatedTime": local_time(shown.created),
        "TagSet": tags(shown.tags),
        "Enable": shown.active,
        "StorageType": shown.extras["StorageType"],
        "FlowLogStorage": {
            "StorageId": storage.get("StorageId", ""),
            "StorageTopic": storage.get("StorageTopic", ""),
        },
        "CloudLogRegion": shown.extras.get("CloudLogRegion", session.rules.region),
    }
