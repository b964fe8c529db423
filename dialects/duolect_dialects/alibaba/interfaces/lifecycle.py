"""Elastic network interfaces: create, attach, detach, delete, describe.

Sources: the vendor's pages CreateNetworkInterface (2019 and 2026), AttachNetworkInterface (both versions),
DetachNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaces and
DescribeNetworkInterfaceAttribute, and the models of its Python SDK.
"""

from itertools import chain
from operator import attrgetter
from typing import Any, Final

import attrs

from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.by_fields import Value, statically_frozen
from duolect_core.interfaces import lifecycle as commands
from duolect_core.model.resources import Interface, InterfaceKind
from duolect_core.relations import lookup
from duolect_core.relations.address_plans import (
    ANY,
    ANY_PREFIX,
    ANY_PRIMARY,
    AddressPlan,
    AddressRequest,
    PrefixRequest,
)
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action
from duolect_dialects.alibaba.interfaces import options, views
from duolect_dialects.alibaba.interfaces.options import (
    TrafficConfig,
    check_pairs,
    given_members,
    traffic_of,
)
from duolect_dialects.alibaba.names import INTERFACE_STATUS, INTERFACE_TYPE
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Coded, Count, Length, OneOf

_TOO_MANY: Final = "MaxEniPrivateIpsCountExceeded"
_MOST_REQUESTED: Final = 1000
"""More addresses than any quota grants; what passes here is judged by the core."""
_PAGE_CODE: Final = "InvalidOperation.InvalidEniPageNumber"


@statically_frozen(kw_only=True, eq=False, repr=False)
class ConnectionTracking(Value):
    """Seconds after which idle connections are forgotten."""

    TcpClosedAndTimeWaitTimeout: int = stored(
        options.CLOSED_TIMEOUTS, default=3, code=options.TRACKING_CODE
    )
    TcpEstablishedTimeout: int = stored(
        options.ESTABLISHED_TIMEOUTS, default=910, code=options.TRACKING_CODE
    )
    UdpTimeout: int = stored(options.UDP_TIMEOUTS, default=30, code=options.TRACKING_CODE)


@statically_frozen(kw_only=True, eq=False, repr=False)
class EnhancedNetworkParam(Value):
    """Features of the virtual device that no client of this API can see at work."""

    EnableExpress: bool | None = stored()
    EnableRss: bool | None = stored()
    EnableSriov: bool | None = stored()
    VirtualFunctionQuantity: int | None = stored()
    VirtualFunctionTotalQueueNumber: int | None = stored()


@statically_frozen(kw_only=True, eq=False, repr=False)
class CreateNetworkInterface(Value):
    """Create an elastic network interface in a vSwitch."""

    RegionId: str = required()
    VSwitchId: str = required()
    BusinessType: str | None = ignored(note="deprecated by the vendor")
    ClientToken: str | None = param(*common.TOKEN)
    ConnectionTrackingConfiguration: ConnectionTracking | None = stored()
    DeleteOnRelease: bool | None = param()
    Description: str | None = param(Length(2, 256), common.NOT_A_LINK)
    EnablePrimaryIPv6: bool | None = stored()
    EnhancedNetwork: EnhancedNetworkParam | None = stored()
    InstanceType: str = param(OneOf("Secondary", "Trunk"), default="Secondary")
    Ipv4Prefix: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv4PrefixCount: int | None = param(Between(1, 10))
    Ipv6Address: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv6AddressCount: int | None = param(Between(1, 10))
    Ipv6Prefix: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv6PrefixCount: int | None = param(Between(1, 10))
    NetworkInterfaceName: str | None = param(
        Length(2, 128), common.NAME, code="InvalidParams.NetworkInterfaceName"
    )
    NetworkInterfaceTrafficConfig: TrafficConfig | None = param()
    NetworkInterfaceTrafficMode: str | None = param(
        options.TRAFFIC_MODES, code="InvalidParameter.EniTrafficMode"
    )
    PrimaryIpAddress: str | None = param()
    PrivateIpAddress: tuple[str, ...] = param(Count(0, _MOST_REQUESTED), default=(), code=_TOO_MANY)
    QueueNumber: int | None = param(options.QUEUES, code="InvalidParameter.InvalidEniQueueNumber")
    QueuePairNumber: int | None = param(options.QUEUE_PAIRS, code="InvalidParameter.InvalidQueuePairNumber")
    ResourceGroupId: str | None = stored()
    RxQueueSize: int | None = stored(options.DEPTHS, code="InvalidParameter.EniQueueSize")
    SecondaryPrivateIpAddressCount: int | None = param(
        Between(1, 2**31 - 1), Coded(Between(1, _MOST_REQUESTED), _TOO_MANY)
    )
    SecurityGroupId: str | None = param()
    SecurityGroupIds: tuple[str, ...] = param(Count(0, 100), default=(), code="JoinedGroupLimitExceed")
    SourceDestCheck: bool | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()
    TxQueueSize: int | None = stored(options.DEPTHS, code="InvalidParameter.EniQueueSize")
    Visible: bool | None = ignored(note="deprecated by the vendor")


@ecs_action(idempotent_by="ClientToken")
def create_network_interface(session: Session, request: CreateNetworkInterface) -> Body:
    """Create the interface: it is Available when the answer leaves."""
    if not request.SecurityGroupId and not request.SecurityGroupIds:
        raise missing("SecurityGroupId")
    common.exclusive(request, "SecurityGroupId", "SecurityGroupIds")
    more = any(_more_addresses(request))
    if more:
        for pair in _MORE_ADDRESSES:
            common.exclusive(request, *pair)
    traffic = traffic_of(request)
    rdma = traffic.NetworkInterfaceTrafficMode == "HighPerformance"
    check_pairs(traffic, rdma=rdma)
    created = session.execute(
        commands.CreateInterface(
            subnet_id=request.VSwitchId,
            group_ids=(request.SecurityGroupId,) if request.SecurityGroupId else request.SecurityGroupIds,
            kind=InterfaceKind.TRUNK if request.InstanceType == "Trunk" else InterfaceKind.SECONDARY,
            addresses=_addresses(request) if more or request.PrimaryIpAddress is not None else ANY_PRIMARY,
            name=request.NetworkInterfaceName or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
            delete_on_release=request.DeleteOnRelease,
            rdma=rdma,
            queues=traffic.QueueNumber,
            queue_pairs=traffic.QueuePairNumber,
            extras=_extras(request, traffic),
        ),
    )
    return views.created_interface(session, created)


_MORE_ADDRESSES: Final = (
    ("PrivateIpAddress", "SecondaryPrivateIpAddressCount"),
    ("Ipv4Prefix", "Ipv4PrefixCount"),
    ("Ipv6Address", "Ipv6AddressCount"),
    ("Ipv6Prefix", "Ipv6PrefixCount"),
)
"""What asks for addresses beside the primary one, by name and by number: each in one way only."""
_more_addresses = attrgetter(*chain.from_iterable(_MORE_ADDRESSES))


def _addresses(request: CreateNetworkInterface) -> AddressPlan:
    primary = ANY
    if request.PrimaryIpAddress is not None:
        primary = AddressRequest(common.ipv4(request.PrimaryIpAddress, "InvalidVSwitchId.IpInvalid", 403))
    named = tuple(
        AddressRequest(common.ipv4(text, "InvalidVSwitchId.IpInvalid", 403))
        for text in request.PrivateIpAddress
    )
    return AddressPlan(
        primary=primary,
        secondaries=named + (ANY,) * (request.SecondaryPrivateIpAddressCount or 0),
        ipv6=tuple(AddressRequest(common.ipv6(text)) for text in request.Ipv6Address)
        + (ANY,) * (request.Ipv6AddressCount or 0),
        ipv4_prefixes=tuple(PrefixRequest(*common.prefix(text, 4)) for text in request.Ipv4Prefix)
        + (ANY_PREFIX,) * (request.Ipv4PrefixCount or 0),
        ipv6_prefixes=tuple(PrefixRequest(*common.prefix(text, 6)) for text in request.Ipv6Prefix)
        + (ANY_PREFIX,) * (request.Ipv6PrefixCount or 0),
    )


def _extras(request: CreateNetworkInterface, traffic: TrafficConfig) -> dict[str, Any]:
    """Return what is only shown again."""
    given = {
        "ResourceGroupId": common.resource_group(request.ResourceGroupId) or None,
        "SourceDestCheck": request.SourceDestCheck,
        "EnablePrimaryIPv6": request.EnablePrimaryIPv6,
        "RxQueueSize": traffic.RxQueueSize,
        "TxQueueSize": traffic.TxQueueSize,
        "ConnectionTrackingConfiguration": given_members(request.ConnectionTrackingConfiguration) or None,
        "EnhancedNetwork": given_members(request.EnhancedNetwork) or None,
    }
    return {name: value for name, value in given.items() if value is not None}


@statically_frozen(kw_only=True, eq=False, repr=False)
class AttachNetworkInterface(Value):
    """Attach an interface to an instance, or to the instance's trunk interface."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParams.EniId")
    InstanceId: str = required(common.INSTANCE_ID, code="InvalidInstanceID.Malformed")
    NetworkCardIndex: int | None = param(
        Between(0, 2**31 - 1), code="InvalidParameter.NetworkCardIndexInvalid"
    )
    TrunkNetworkInstanceId: str | None = param(common.INTERFACE_ID, code="InvalidParams.EniId")
    WaitForNetworkConfigurationReady: bool | None = ignored(note="no longer supported by the vendor")


@ecs_action()
def attach_network_interface(session: Session, request: AttachNetworkInterface) -> Body:
    """Start the attachment: Available, Attaching, InUse."""
    _check_region(session, request)
    session.execute(
        commands.AttachInterface(
            interface_id=request.NetworkInterfaceId,
            instance_id=request.InstanceId,
            card=request.NetworkCardIndex,
            trunk_id=request.TrunkNetworkInstanceId,
        )
    )
    return {}


def _check_region(session: Session, request: "AttachNetworkInterface | DetachNetworkInterface") -> None:
    """Raise ``Refusal`` where the interface or instance is in another region than the one named."""
    graph = session.graph
    if request.NetworkInterfaceId in graph.interfaces and request.InstanceId in graph.instances:
        return
    for table, resource_id in (
        (graph.interfaces, request.NetworkInterfaceId),
        (graph.instances, request.InstanceId),
    ):
        if resource_id not in table and session.held_elsewhere(resource_id):
            raise Refusal(
                "InvalidOperation.InvalidRegion",
                f"{resource_id} is not in the region {session.call.region}.",
                400,
            )


@statically_frozen(kw_only=True, eq=False, repr=False)
class DetachNetworkInterface(Value):
    """Detach a secondary interface from its instance."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParams.EniId")
    InstanceId: str = required(common.INSTANCE_ID, code="InvalidInstanceID.Malformed")
    TrunkNetworkInstanceId: str | None = param(common.INTERFACE_ID, code="InvalidParams.EniId")


@ecs_action()
def detach_network_interface(session: Session, request: DetachNetworkInterface) -> Body:
    """Start the detachment: InUse, Detaching, Available."""
    _check_region(session, request)
    session.execute(
        commands.DetachInterface(
            interface_id=request.NetworkInterfaceId,
            instance_id=request.InstanceId,
            trunk_id=request.TrunkNetworkInstanceId,
        )
    )
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class DeleteNetworkInterface(Value):
    """Delete an interface that is Available."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParams.EniId")


@ecs_action()
def delete_network_interface(session: Session, request: DeleteNetworkInterface) -> Body:
    """Start the deletion: Available, Deleting, gone."""
    session.execute(commands.DeleteInterface(request.NetworkInterfaceId))
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribeNetworkInterfaces(Value):
    """List interfaces, newest first; all criteria must hold."""

    RegionId: str = required()
    InstanceId: str | None = param(note="leaves out members of trunks")
    Ipv6Address: tuple[str, ...] = param(Count(0, 100), default=())
    MaxResults: int | None = param(note="below 10 counts as 10, above 500 as 500")
    NetworkInterfaceId: tuple[str, ...] = param(
        Count(0, 100),
        default=(),
        code="InvalidParameter",
        note="what is no id is on no interface: ansible's ali_eni asks for one called None",
    )
    NetworkInterfaceName: str | None = param()
    NextToken: str | None = param()
    PageNumber: int = param(
        Between(1, 2**31 - 1), default=1, code=_PAGE_CODE, note="deprecated by the vendor"
    )
    PageSize: int = param(Between(1, 1000), default=10, code=_PAGE_CODE, note="deprecated by the vendor")
    PrimaryIpAddress: str | None = param()
    PrivateIpAddress: tuple[str, ...] = param(Count(0, 100), default=())
    ResourceGroupId: str | None = param()
    SecurityGroupId: str | None = param(note="matches secondary interfaces only")
    ServiceManaged: bool | None = param()
    Status: str | None = param(OneOf("Available", "Attaching", "InUse", "Detaching", "Deleting"))
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    Type: str | None = param(OneOf("Primary", "Secondary", "Trunk", "Member"))
    VSwitchId: str | None = param()
    VpcId: str | None = param()


@ecs_action()
def describe_network_interfaces(session: Session, request: DescribeNetworkInterfaces) -> Body:
    """List one page. With NextToken or MaxResults pages follow tokens, otherwise page numbers."""
    graph = session.graph
    if request.MaxResults is not None:
        request = attrs.evolve(request, MaxResults=min(max(request.MaxResults, 10), 500))
    page, paging = common.page(graph.interfaces, _criteria(session, request).selection, request)
    return {
        "NetworkInterfaceSets": {"NetworkInterfaceSet": views.interfaces(session, page.items)},
        **paging,
    }


def _criteria(session: Session, request: DescribeNetworkInterfaces) -> Criteria[Interface]:
    graph = session.graph
    criteria: Criteria[Interface] = Criteria(graph)
    criteria.ids(request.NetworkInterfaceId)
    criteria.by(graph.interfaces_by_network, request.VpcId)
    criteria.by(graph.interfaces_by_subnet, request.VSwitchId)
    criteria.by(graph.interfaces_by_instance, request.InstanceId)
    # As the members' own InstanceId is empty: terway would hand their addresses to other pods.
    criteria.test(request.InstanceId, lambda found: found.kind is not InterfaceKind.MEMBER)
    criteria.by_tested(
        graph.interfaces_by_group,
        request.SecurityGroupId,
        lambda found: found.kind is not InterfaceKind.PRIMARY,
        graph.group_primaries,
    )
    if request.PrimaryIpAddress is not None:
        primary = parse_ipv4(request.PrimaryIpAddress) or 0
        criteria.by(graph.interfaces_by_ip, primary)
        criteria.test(primary, lambda found: found.primary_ip == primary)
    if request.PrivateIpAddress:
        wanted = (parse_ipv4(text) or 0 for text in request.PrivateIpAddress)
        criteria.by(graph.interfaces_by_ip, *wanted)
    if request.Ipv6Address:
        wanted = (parse_ipv6(text) or 0 for text in request.Ipv6Address)
        criteria.by(graph.interfaces_by_ip, *wanted)
    common.narrow_by_tags(criteria, request.Tag)
    criteria.test(request.Status, lambda found: INTERFACE_STATUS[found.state] == request.Status)
    criteria.test(request.Type, lambda found: INTERFACE_TYPE[found.kind] == request.Type)
    criteria.named(graph.interface_names, request.NetworkInterfaceName)
    criteria.test(request.ServiceManaged, lambda found: found.managed is request.ServiceManaged)
    criteria.test(
        request.ResourceGroupId,
        lambda found: found.extras.get("ResourceGroupId", "") == request.ResourceGroupId,
    )
    return criteria


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribeNetworkInterfaceAttribute(Value):
    """Show one interface with all its attributes."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParameter")
    Attribute: str | None = ignored(note="selects extra parts; all parts are always shown")
    Tag: tuple[TagFilter, ...] = ignored(default=(), note="the interface is named by its id")


@ecs_action()
def describe_network_interface_attribute(
    session: Session, request: DescribeNetworkInterfaceAttribute
) -> Body:
    """Show the interface, or refuse with InvalidEniId.NotFound.

    The page lists that code, and terway (pkg/aliyun/client/api_facade.go) looks for it; that it also takes
    an answer without NetworkInterfaceId for "gone" (ecs_attribute.go) is less than that.
    """
    found = lookup.interface(session.graph, request.NetworkInterfaceId)
    return views.interface_attribute(session, found)
