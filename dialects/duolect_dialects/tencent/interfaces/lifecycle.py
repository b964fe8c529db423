"""Elastic network interfaces: create, attach, detach, delete, describe.

Sources: the vendor's pages CreateNetworkInterface (2026-03-26) and AttachNetworkInterface (2025-11-13), and
the definitions in tccli for all of them.
"""

from collections.abc import Iterable

from duolect_core.addressing.pools import format_ipv4, parse_ipv4, parse_ipv6
from duolect_core.by_fields import Value, statically_frozen
from duolect_core.graph.graph import Graph
from duolect_core.interfaces import lifecycle as commands
from duolect_core.model.resources import Interface, InterfaceKind
from duolect_dialects.action import Body
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterTable, vpc_action
from duolect_dialects.tencent.interfaces import views
from duolect_dialects.tencent.interfaces.creation import NewInterface, creation
from duolect_dialects.tencent.interfaces.public_addresses import interfaces_at
from duolect_dialects.tencent.names import ENI_TYPE
from duolect_dialects.values import Count, Each, OneOf


@statically_frozen(kw_only=True, eq=False, repr=False)
class CreateNetworkInterface(NewInterface):
    """Create an elastic network interface in a subnet."""

    TrunkingFlag: str | None = stored(OneOf("Enable", "Disable"))


@vpc_action(idempotent_by="ClientToken")
def create_network_interface(session: Session, request: CreateNetworkInterface) -> Body:
    """Create the interface: PENDING in the answer, AVAILABLE when its task is done."""
    created = session.execute(creation(request, request.TrunkingFlag))
    return {"NetworkInterface": views.new_interface(session, created)}


@statically_frozen(kw_only=True, eq=False, repr=False)
class AttachNetworkInterface(Value):
    """Attach an interface to an instance."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    InstanceId: str = required(common.INSTANCE_ID)
    AttachType: int = param(OneOf(0, 1), default=0, code="InvalidParameterValue.Malformed")
    ClientToken: str | None = param(*common.TOKEN, code="InvalidParameterValue.Malformed")


@vpc_action(idempotent_by="ClientToken")
def attach_network_interface(session: Session, request: AttachNetworkInterface) -> Body:
    """Start the attachment: ATTACHING, then AVAILABLE with an Attachment."""
    session.execute(
        commands.AttachInterface(
            interface_id=request.NetworkInterfaceId,
            instance_id=request.InstanceId,
            extension=request.AttachType == 1,
        ),
    )
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class DetachNetworkInterface(Value):
    """Detach a secondary interface from its instance."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    InstanceId: str = required(common.INSTANCE_ID)
    ClientToken: str | None = param(*common.TOKEN, code="InvalidParameterValue.Malformed")


@vpc_action(idempotent_by="ClientToken")
def detach_network_interface(session: Session, request: DetachNetworkInterface) -> Body:
    """Start the detachment: DETACHING, then AVAILABLE without an Attachment."""
    session.execute(
        commands.DetachInterface(interface_id=request.NetworkInterfaceId, instance_id=request.InstanceId),
    )
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class DeleteNetworkInterface(Value):
    """Delete an interface that is attached to nothing."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)


@vpc_action()
def delete_network_interface(session: Session, request: DeleteNetworkInterface) -> Body:
    """Start the deletion: DELETING, then gone."""
    session.execute(commands.DeleteInterface(request.NetworkInterfaceId))
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribeNetworkInterfaces(Value):
    """List interfaces, newest first: by ids, or by filters that must all match."""

    NetworkInterfaceIds: tuple[str, ...] = param(Count(0, 100), Each(common.INTERFACE_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_network_interfaces(session: Session, request: DescribeNetworkInterfaces) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    filters = request.Filters
    exact = any(each.Name == "ip-exact-match" and "true" in each.Values for each in filters)
    table = _filters(graph, exact=exact) if filters else {}
    selection = common.narrow(Criteria(graph), table, request.NetworkInterfaceIds, filters)
    page = common.page(graph.interfaces, selection, request.Offset, request.Limit)
    return {
        "NetworkInterfaceSet": views.interfaces(session, page.items),
        "TotalCount": page.total,
    }


def _filters(graph: Graph, *, exact: bool) -> "FilterTable[Interface]":
    """Return what each filter does. An address alone matches as a suffix unless ``exact``."""

    def by_address(criteria: Criteria[Interface], values: tuple[str, ...]) -> None:
        if exact or len(values) > 1:
            criteria.by(graph.interfaces_by_ip, *(parse_ipv4(value) or 0 for value in values))
        else:
            suffix = values[0]
            criteria.test(suffix, lambda found: any(_ends(found, suffix)))

    return {
        "vpc-id": common.by(graph.interfaces_by_network),
        "subnet-id": common.by(graph.interfaces_by_subnet),
        "network-interface-id": common.by_ids,
        "attachment.instance-id": common.by(graph.interfaces_by_instance),
        "groups.security-group-id": common.by(graph.interfaces_by_group),
        "network-interface-name": common.named_with(graph.interface_names),
        "network-interface-description": common.contains(lambda found: found.description),
        "address-ip": by_address,
        "ip-exact-match": lambda _criteria, _values: None,
        "tag-key": common.tag_key,
        "is-primary": common.flag(lambda found: found.kind is InterfaceKind.PRIMARY),
        "eni-type": common.exactly(lambda found: str(ENI_TYPE[found.kind])),
        "eni-qos": common.exactly(lambda found: found.extras.get("QosLevel", "DEFAULT")),
        "address-ipv6": lambda criteria, values: criteria.by(
            graph.interfaces_by_ip, *(parse_ipv6(value) or 0 for value in values)
        ),
        "public-address-ip": lambda criteria, values: criteria.among(interfaces_at(graph, values)),
        "address-type": common.exactly(lambda _found: ""),
        "termination-protection": common.flag(lambda found: found.protected),
        "traffic-protection": common.flag(lambda found: bool(found.extras.get("TrafficProtection"))),
    }


def _ends(found: Interface, suffix: str) -> Iterable[bool]:
    return (format_ipv4(address.ip).endswith(suffix) for address in found.ipv4)
