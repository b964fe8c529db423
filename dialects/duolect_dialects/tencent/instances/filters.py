"""The filters of DescribeInstances.

A value that does not have the form of what it is compared with is refused, with the code that cvm has for
that form. Times are local time of China, UTC+8 (the vendor does not say).
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.model.instances import Instance
from duolect_core.model.resources import SECOND, Instant, InterfaceKind
from duolect_dialects.call import Refusal
from duolect_dialects.selecting import Criteria
from duolect_dialects.tencent import common, regions
from duolect_dialects.tencent.common import FilterTable, Narrowing
from duolect_dialects.tencent.instances import views
from duolect_dialects.tencent.interfaces.public_addresses import interfaces_at
from duolect_dialects.values import Form
from duolect_dialects.wording import Message

_HOST_ID: Final = common.id_of("host")
_UUID: Final = Form(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a UUID")
_CHINA: Final = timedelta(hours=8)


def filters(graph: Graph, region: str) -> "FilterTable[Instance]":
    """Return what each filter does."""
    zones = regions.zones(region) + regions.sold_out(region)
    return {
        "zone": _formed("InvalidZone.MismatchRegion", zones.__contains__, common.exactly(_zone)),
        "project-id": common.exactly(lambda found: str(views.project(found))),
        "host-id": _formed("InvalidHostId.Malformed", _HOST_ID.accepts, _nothing),
        "dedicated-cluster-id": _nothing,
        "vpc-id": _formed(
            "InvalidParameterValue.VpcIdMalformed",
            common.VPC_ID.accepts,
            common.by(graph.instances_by_network),
        ),
        "subnet-id": _formed(
            "InvalidParameterValue.SubnetIdMalformed",
            common.SUBNET_ID.accepts,
            common.by(graph.instances_by_subnet),
        ),
        "instance-id": _formed("InvalidInstanceId.Malformed", common.INSTANCE_ID.accepts, common.by_ids),
        "uuid": _formed("InvalidParameterValue.UuidMalformed", _UUID.accepts, common.exactly(views.uuid)),
        "security-group-id": _formed(
            "InvalidSgId.Malformed",
            common.GROUP_ID.accepts,
            _by_interface(graph, graph.interfaces_by_group.ids),
        ),
        "instance-name": common.named_with(graph.instance_names),
        "instance-charge-type": common.exactly(views.charge_type),
        "instance-state": common.exactly(views.instance_state),
        "instance-type": common.exactly(lambda found: found.type_name),
        "private-ip-address": _formed(
            "InvalidParameterValue.IPAddressMalformed",
            _is_ipv4,
            _by_interface(graph, lambda value: graph.interfaces_by_ip.ids(parse_ipv4(value) or 0)),
        ),
        "ipv6-address": _formed(
            "InvalidParameterValue.IPv6AddressMalformed",
            _is_ipv6,
            _by_interface(graph, lambda value: graph.interfaces_by_ip.ids(parse_ipv6(value) or 0)),
        ),
        "public-ip-address": _formed(
            "InvalidParameterValue.IPAddressMalformed",
            _is_ipv4,
            _by_interface(graph, lambda value: interfaces_at(graph, [value])),
        ),
        "public-ipv6-address": _formed("InvalidParameterValue.IPv6AddressMalformed", _is_ipv6, _nothing),
        "rdma-ip-address": _formed("InvalidParameterValue.IPAddressMalformed", _is_ipv4, _nothing),
        "login-key-id": common.one_of(views.login_keys),
        "tag-key": common.tag_key,
        "tag-value": common.one_of(lambda found: found.tags.values()),
        "creation-start-time": _created(lambda created, limit: created >= limit),
        "creation-end-time": _created(lambda created, limit: created <= limit),
    }


def _zone(found: Instance) -> str:
    return found.zone


def _nothing(criteria: Criteria[Instance], _values: tuple[str, ...]) -> None:
    """Keep nothing: no instance here has such a property."""
    criteria.among(())


def _formed(
    code: str, accepts: Callable[[str], bool], narrowing: "Narrowing[Instance]"
) -> "Narrowing[Instance]":
    """Refuse values of the wrong form before narrowing."""

    def narrow(criteria: Criteria[Instance], values: tuple[str, ...]) -> None:
        for value in values:
            if not accepts(value):
                raise Refusal(code, Message("`{value}` is not a value for this filter.", value=value))
        narrowing(criteria, values)

    return narrow


def _by_interface(graph: Graph, find: Callable[[str], Collection[str]]) -> "Narrowing[Instance]":
    """Narrow to the instances whose primary interface is found under one of the values."""

    def narrow(criteria: Criteria[Instance], values: tuple[str, ...]) -> None:
        criteria.among(set(_holders(graph, (found for value in values for found in find(value)))))

    return narrow


def _holders(graph: Graph, interface_ids: Iterable[str]) -> Iterable[str]:
    for interface_id in interface_ids:
        interface = graph.interfaces[interface_id]
        if interface.kind is InterfaceKind.PRIMARY and interface.attachment is not None:
            yield interface.attachment.instance_id


def _is_ipv4(value: str) -> bool:
    return parse_ipv4(value) is not None


def _is_ipv6(value: str) -> bool:
    return parse_ipv6(value) is not None


def _created(keeps: Callable[[Instant, Instant], bool]) -> "Narrowing[Instance]":
    """Keep the instances whose creation stands so to one of the times."""

    def narrow(criteria: Criteria[Instance], values: tuple[str, ...]) -> None:
        limits = [_instant(value) for value in values]
        criteria.test(limits, lambda found: any(keeps(found.created, limit) for limit in limits))

    return narrow


def _instant(text: str) -> Instant:
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) - _CHINA
    except (ValueError, OverflowError):
        message = Message("`{text}` is not a time of the form YYYY-MM-DD hh:mm:ss.", text=text)
        raise Refusal("InvalidParameterValue.InvalidTimeFormat", message) from None
    return int(moment.timestamp()) * SECOND
