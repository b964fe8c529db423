"""Which addresses of a VPC are in use, and by what.

Source: the definitions in tccli. Interfaces and HAVIPs use addresses here. The primary interface of an
instance counts as the instance: its addresses are of the kind CVM, those of all others of the kind ENI.
"""

from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import Final

import attrs

from duolect_core.addressing.pools import bounds, format_ipv4, format_ipv6
from duolect_core.by_fields import Value, statically_frozen
from duolect_core.errors import SubnetNetworkMismatch
from duolect_core.graph.graph import Graph
from duolect_core.model.addresses import PrivateAddress
from duolect_core.model.resources import Instant, Interface, InterfaceKind, Network, Subnet
from duolect_core.model.virtual_addresses import VirtualAddress
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import VPC, Filter, vpc_action
from duolect_dialects.tencent.names import local_time
from duolect_dialects.values import Coded, Count, Each
from duolect_dialects.wording import Message

_CVM: Final = "CVM"
_ENI: Final = "ENI"

_HAVIP: Final = "HAVIP"


@attrs.frozen
class _Use:
    """An address that is in use: since when, where, and by what."""

    ip: int
    created: Instant
    network_id: str
    subnet_id: str
    kind: str
    holder_id: str


def _holder(interface: Interface) -> tuple[str, str]:
    """Return the kind and id of what has the addresses of an interface."""
    if interface.kind is InterfaceKind.PRIMARY and interface.attachment is not None:
        return _CVM, interface.attachment.instance_id
    return _ENI, interface.id


def _use(interface: Interface, address: PrivateAddress) -> _Use:
    """Return the use of an address of an interface."""
    created = interface.created if address.since is None else address.since
    kind, holder_id = _holder(interface)
    return _Use(address.ip, created, interface.network_id, interface.subnet_id, kind, holder_id)


def _virtual_use(shown: VirtualAddress) -> _Use:
    """Return the use of the address of a HAVIP."""
    return _Use(shown.ip, shown.created, shown.network_id, shown.subnet_id, _HAVIP, shown.id)


_BY_ADDRESS: Final = attrgetter("ip")


# -- IPv4 of a VPC -----------------------------------------------------------------------------------------


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribeVpcPrivateIpAddresses(Value):
    """Show which of some private addresses of a VPC are in use."""

    VpcId: str = required(common.VPC_ID)
    PrivateIpAddresses: tuple[str, ...] = required(*common.non_empty(100), Each(common.IPV4))


@vpc_action()
def describe_vpc_private_ip_addresses(session: Session, request: DescribeVpcPrivateIpAddresses) -> Body:
    """Show the used ones in the order in which they are named; the others are left out."""
    graph = session.graph
    network = lookup.network(graph, request.VpcId)
    named = dict.fromkeys(map(common.ipv4, request.PrivateIpAddresses))
    return {
        "VpcPrivateIpAddressSet": [
            {
                "PrivateIpAddress": format_ipv4(use.ip),
                "CidrBlock": str(graph.subnets[use.subnet_id].block),
                "PrivateIpAddressType": use.kind,
                "CreatedTime": local_time(use.created),
            }
            for ip in named
            for use in _with_ip(graph, network, ip)
        ]
    }


def _with_ip(graph: Graph, network: Network, ip: int) -> Iterable[_Use]:
    """Yield the use of one address in one VPC, if there is any."""
    for interface_id in graph.interfaces_by_ip.ids(ip):
        interface = graph.interfaces[interface_id]
        if interface.network_id == network.id:
            for address in interface.ipv4:
                if address.ip == ip:
                    yield _use(interface, address)
    for address_id in graph.virtual_addresses_by_ip.ids(ip):
        virtual = graph.virtual_addresses[address_id]
        if virtual.network_id == network.id:
            yield _virtual_use(virtual)


# -- IPv6 of a VPC -----------------------------------------------------------------------------------------


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribeVpcIpv6Addresses(Value):
    """Show which IPv6 addresses of a VPC or subnet are in use: all, or some that are named."""

    VpcId: str = required(common.VPC_ID)
    Ipv6Addresses: tuple[str, ...] = param(Coded(Count(0, 10), "InvalidParameterValue.Range"), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    SubnetId: str | None = param(common.SUBNET_ID)


@vpc_action()
def describe_vpc_ipv6_addresses(session: Session, request: DescribeVpcIpv6Addresses) -> Body:
    """Show one page in the order of the addresses, and the count of all."""
    graph = session.graph
    network = lookup.network(graph, request.VpcId)
    named = {common.ipv6(text) for text in request.Ipv6Addresses}
    subnet = None if request.SubnetId is None else lookup.subnet(graph, request.SubnetId)
    if subnet is not None and subnet.network_id != network.id:
        raise SubnetNetworkMismatch(subnet.id, subnet.network_id, network.id, network.id)
    found = sorted(
        (
            _use(interface, address)
            for interface in _interfaces(graph, network, subnet)
            for address in interface.ipv6
            if not named or address.ip in named
        ),
        key=_BY_ADDRESS,
    )
    return {
        "Ipv6AddressSet": [
            {
                "Ipv6Address": format_ipv6(use.ip),
                "CidrBlock": str(graph.subnets[use.subnet_id].ipv6_block),
                "Ipv6AddressType": use.kind,
                "CreatedTime": local_time(use.created),
            }
            for use in found[request.Offset : request.Offset + request.Limit]
        ],
        "TotalCount": len(found),
    }


def _interfaces(graph: Graph, network: Network, subnet: Subnet | None) -> Iterable[Interface]:
    """Yield the interfaces in a subnet, or in the whole VPC."""
    if subnet is None:
        ids: Collection[str] = graph.interfaces_by_network.ids(network.id)
    else:
        ids = graph.interfaces_by_subnet.ids(subnet.id)
    return (graph.interfaces[interface_id] for interface_id in ids)


# -- who uses what -----------------------------------------------------------------------------------------

_ELSEWHERE: Final = "InvalidParameterValue.ParameterMismatch"


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribeUsedIpAddress(Value):
    """Show which private addresses of a VPC or subnet are in use, and by which resource."""

    VpcId: str = required(common.VPC_ID)
    SubnetId: str | None = param(common.SUBNET_ID)
    IpAddresses: tuple[str, ...] = param(Count(0, 100), Each(common.IPV4), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_used_ip_address(session: Session, request: DescribeUsedIpAddress) -> Body:
    """Show one page in the order of the addresses, and the count of all."""
    graph = session.graph
    network = lookup.network(graph, request.VpcId)
    subnet = None if request.SubnetId is None else lookup.subnet(graph, request.SubnetId)
    if subnet is not None and subnet.network_id != network.id:
        raise Refusal(
            _ELSEWHERE,
            Message("The subnet `{subnet}` is not in the VPC `{vpc}`.", subnet=subnet.id, vpc=network.id),
        )
    if request.IpAddresses and request.Filters:
        raise Refusal(VPC.coexist, Message("IpAddresses and Filters cannot be used together."))
    ips, holders = _requested(request)
    place = subnet or network
    first, last = bounds(place.block)
    for ip in ips or ():
        if not first <= ip <= last:
            message = Message(
                "The address `{address}` is not in `{place}`.", address=format_ipv4(ip), place=place.id
            )
            raise Refusal(_ELSEWHERE, message)
    found = sorted(
        (
            use
            for use in _all_uses(graph, network, subnet)
            if (ips is None or use.ip in ips) and (holders is None or use.holder_id in holders)
        ),
        key=_BY_ADDRESS,
    )
    return {
        "IpAddressStates": [_state(use) for use in found[request.Offset : request.Offset + request.Limit]],
        "TotalCount": len(found),
    }


def _requested(request: DescribeUsedIpAddress) -> tuple[set[int] | None, set[str] | None]:
    """Return the addresses and the ids of resources that are asked for; None is any.

    A filter that does not exist is overlooked: the action's list of codes has none for it.
    """
    ips = set(map(common.ipv4, request.IpAddresses)) if request.IpAddresses else None
    holders: set[str] | None = None
    for each in request.Filters:
        if each.Name == "ip-addresses":
            values = set(map(common.ipv4, each.Values))
            ips = values if ips is None else ips & values
        elif each.Name == "resource-id":
            holders = set(each.Values) if holders is None else holders & set(each.Values)
    return ips, holders


def _all_uses(graph: Graph, network: Network, subnet: Subnet | None) -> Iterable[_Use]:
    """Yield the uses of all private addresses of a subnet, or of the whole VPC."""
    for interface in _interfaces(graph, network, subnet):
        for address in interface.ipv4:
            yield _use(interface, address)
    ids = graph.virtual_addresses_by_network.ids(network.id)
    if subnet is not None:
        ids = graph.virtual_addresses_by_subnet.ids(subnet.id)
    for address_id in ids:
        yield _virtual_use(graph.virtual_addresses[address_id])


def _state(use: _Use) -> Body:
    return {
        "VpcId": use.network_id,
        "SubnetId": use.subnet_id,
        "IpAddress": format_ipv4(use.ip),
        "ResourceType": use.kind,
        "ResourceId": use.holder_id,
    }
