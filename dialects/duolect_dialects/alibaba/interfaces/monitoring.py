"""What monitoring shows of secondary interfaces: the right instants, and no traffic, for none flows here.

Source: the vendor's page DescribeEniMonitorData.
"""

from calendar import timegm
from time import strptime
from typing import Final

import attrs

from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import LATEST, SECOND, Instant, Interface, InterfaceKind
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Form, OneOf

_MINUTE: Final = 60
_LAST_MINUTE: Final = LATEST - LATEST % (_MINUTE * SECOND)
_MOST_POINTS: Final = 400
_LOOKBACK: Final = 30 * 24 * 3600 * SECOND
_INSTANT: Final = Form(
    r"[0-9]{4}(-[0-9]{2}){2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z",
    "an instant in UTC, yyyy-MM-ddTHH:mm:ssZ",
)
_SILENT: Final = ("DropPacketRx", "DropPacketTx", "IntranetRx", "IntranetTx", "PacketRx", "PacketTx")


@attrs.frozen(kw_only=True, slots=False)
class DescribeEniMonitorData:
    """List what an instance's secondary interfaces did from one instant to another."""

    RegionId: str = required()
    InstanceId: str = required()
    StartTime: str = required(_INSTANT, code="InvalidStartTime.Malformed")
    EndTime: str = required(_INSTANT, code="InvalidEndTime.Malformed")
    EniId: str | None = param()
    Period: int = param(OneOf(60, 600, 3600), default=60, code="InvalidPeriod.ValueNotSupported")


@ecs_action()
def describe_eni_monitor_data(session: Session, request: DescribeEniMonitorData) -> Body:
    """List one point per interface and period, both ends included, in which there was something to see."""
    start = _whole_minute(request.StartTime, "StartTime")
    end = _whole_minute(request.EndTime, "EndTime")
    period = request.Period * SECOND
    graph = session.graph
    if end < start:
        raise Refusal("InvalidParameter.EndTime", "EndTime is earlier than StartTime.", 403)
    if session.at - start > _LOOKBACK:
        raise Refusal("InvalidStartTime.TooEarly", "StartTime is more than 30 days ago.", 403)
    if end - start > _MOST_POINTS * period:
        raise Refusal(
            "InvalidParameter.TooManyDataQueried",
            f"No more than {_MOST_POINTS} periods can be queried at once.",
            403,
        )
    instance = lookup.instance(graph, request.InstanceId)
    if request.EniId is not None and request.EniId not in graph.interfaces:
        raise Refusal(
            "InvalidEniId.NotFound", f"The network interface {request.EniId} does not exist.", 400
        )
    attached = [
        interface
        for interface_id in graph.interfaces_by_instance.ids(request.InstanceId)
        if request.EniId in {None, interface_id}
        and (interface := graph.interfaces[interface_id]).kind is not InterfaceKind.PRIMARY
    ]
    if request.EniId is not None and not attached:
        raise Refusal(
            "InvalidParam.Malformed", "EniId and InstanceId do not name an attached interface.", 403
        )
    points = [
        {"EniId": interface.id, "TimeStamp": moment(at), **dict.fromkeys(_SILENT, "0")}
        for interface in attached
        for at in range(start, min(end, session.at) + 1, period)
        if _is_seen(interface, instance, at)
    ]
    return {"MonitorData": {"EniMonitorData": points}, "TotalCount": len(points)}


def _is_seen(interface: Interface, instance: Instance, at: Instant) -> bool:
    """Say whether there was something to see of an interface: only its latest time in use is known."""
    attachment, started = interface.attachment, instance.started
    if attachment is None or interface.state is not InterfaceState.IN_USE:
        return False
    if started is None or instance.state is not InstanceState.RUNNING:
        return False
    return at >= max(attachment.since, started)


def _whole_minute(text: str, parameter: str) -> Instant:
    """Return an instant, rounded up to a whole minute, or raise ``Refusal`` where no calendar has it."""
    try:
        seconds = timegm(strptime(text, "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        code = f"Invalid{parameter}.Malformed"
        raise Refusal(code, f"The specified parameter {parameter} is not valid.", 403) from None
    return min(-(-seconds // _MINUTE) * _MINUTE * SECOND, _LAST_MINUTE)
