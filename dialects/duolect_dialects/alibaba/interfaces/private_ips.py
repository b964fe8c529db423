"""The private addresses of a network interface: assign and unassign IPv4 and IPv6 ones, and prefixes.

Sources: the vendor's pages AssignPrivateIpAddresses, UnassignPrivateIpAddresses, AssignIpv6Addresses and
UnassignIpv6Addresses, and what its clients rely on. Single addresses and prefixes go in calls of their own.
"""

from typing import Final

import attrs

from duolect_core.addressing.pools import (
    IPV4_PREFIX_BITS,
    IPV6_PREFIX_BITS,
    bounds,
    format_ipv4,
    format_ipv6,
)
from duolect_core.errors import PrefixMaskInvalid, PrefixNotStrict
from duolect_core.interfaces.private_ips import AssignAddresses, UnassignAddresses
from duolect_core.model.addresses import Granted
from duolect_core.relations import lookup
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressRequest, PrefixRequest
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Coded, Count

_TOO_MANY: Final = "MaxEniPrivateIpsCountExceeded"
_MOST_REQUESTED: Final = 1000
"""More addresses than any quota grants; what passes here is judged by the core."""
_IPV4_MASK: Final = 32 - IPV4_PREFIX_BITS
_IPV6_MASK: Final = 128 - IPV6_PREFIX_BITS


def _one_kind(request: object, names: tuple[str, ...], conflict: str, missing: int) -> None:
    """Raise ``Refusal`` unless exactly one of these parameters is there."""
    given = [name for name in names if getattr(request, name)]
    if len(given) > 1:
        raise Refusal(conflict, f"The parameters {given[0]} and {given[1]} cannot be used together.", 400)
    if not given:
        raise Refusal("MissingParameter", f"One of {', '.join(names)} must be given.", missing)


@attrs.frozen(kw_only=True, slots=False)
class AssignPrivateIpAddresses:
    """Assign secondary IPv4 addresses or IPv4 prefixes."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    ClientToken: str | None = param(*common.TOKEN)
    Ipv4Prefix: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv4PrefixCount: int | None = param(Between(1, 10))
    PrivateIpAddress: tuple[str, ...] = param(Count(0, _MOST_REQUESTED), default=(), code=_TOO_MANY)
    SecondaryPrivateIpAddressCount: int | None = param(
        Between(1, 2**31 - 1), Coded(Between(1, _MOST_REQUESTED), _TOO_MANY)
    )


@ecs_action(idempotent_by="ClientToken")
def assign_private_ip_addresses(session: Session, request: AssignPrivateIpAddresses) -> Body:
    """Assign them at once, and show those that this call assigned, in the order of the request."""
    names = ("PrivateIpAddress", "SecondaryPrivateIpAddressCount", "Ipv4Prefix", "Ipv4PrefixCount")
    _one_kind(request, names, "InvalidParameter.Conflict", 400)
    named = (common.ipv4(text, "InvalidVSwitchId.IpInvalid", 403) for text in request.PrivateIpAddress)
    granted: Granted = session.execute(
        AssignAddresses(
            interface_id=request.NetworkInterfaceId,
            secondaries=(
                *map(AddressRequest, named),
                *(ANY,) * (request.SecondaryPrivateIpAddressCount or 0),
            ),
            ipv4_prefixes=_prefixes(request.Ipv4Prefix, 4, request.Ipv4PrefixCount),
        ),
    )
    return {
        "AssignedPrivateIpAddressesSet": {
            "NetworkInterfaceId": request.NetworkInterfaceId,
            "PrivateIpSet": {"PrivateIpAddress": [format_ipv4(each.ip) for each in granted.ipv4]},
            "Ipv4PrefixSet": {
                "Ipv4Prefixes": [f"{format_ipv4(ip)}/{_IPV4_MASK}" for ip in granted.ipv4_prefixes]
            },
        }
    }


def _prefixes(named: tuple[str, ...], version: int, count: int | None) -> tuple[PrefixRequest, ...]:
    wanted = (PrefixRequest(*common.prefix(text, version)) for text in named)
    return (*wanted, *(ANY_PREFIX,) * (count or 0))


@attrs.frozen(kw_only=True, slots=False)
class UnassignPrivateIpAddresses:
    """Take secondary IPv4 addresses or IPv4 prefixes away."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidEniId.Malformed")
    Ipv4Prefix: tuple[str, ...] = param(Count(0, 10), default=())
    PrivateIpAddress: tuple[str, ...] = param(Count(0, 32), default=())


@ecs_action()
def unassign_private_ip_addresses(session: Session, request: UnassignPrivateIpAddresses) -> Body:
    """Take them away at once."""
    _one_kind(request, ("PrivateIpAddress", "Ipv4Prefix"), "InvalidParameter.Conflict", 403)
    code = "InvalidPrivateIpAddress.Malformed"
    ips = tuple(common.ipv4(text, code, 403) for text in request.PrivateIpAddress)
    prefixes = _held_prefixes(request.Ipv4Prefix, 4, _IPV4_MASK)
    interface = lookup.interface(session.graph, request.NetworkInterfaceId)
    first, last = bounds(session.graph.subnets[interface.subnet_id].block)
    for ip in ips:
        if not first <= ip <= last:
            address = format_ipv4(ip)
            raise Refusal("InvalidVSwitchId.IpInvalid", f"{address} is not in the vSwitch.", 403)
    session.execute(UnassignAddresses(interface_id=interface.id, ipv4=ips, ipv4_prefixes=prefixes))
    return {}


def _held_prefixes(named: tuple[str, ...], version: int, mask: int) -> tuple[int, ...]:
    """Return prefixes that the interface may hold, or raise why it cannot."""
    read = [common.prefix(text, version) for text in named]
    if len({length for _, length in read}) > 1:
        raise Refusal("InvalidIp.IpPrefixMaskNotSame", "The masks of the prefixes are not the same.", 403)
    for text, (ip, length) in zip(named, read, strict=True):
        if length != mask:
            raise PrefixMaskInvalid(text)
        if ip & ((1 << (IPV4_PREFIX_BITS if version == 4 else IPV6_PREFIX_BITS)) - 1):  # noqa: PLR2004
            raise PrefixNotStrict(text)
    return tuple(ip for ip, _ in read)


@attrs.frozen(kw_only=True, slots=False)
class AssignIpv6Addresses:
    """Assign IPv6 addresses or IPv6 prefixes."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParams.EniId")
    ClientToken: str | None = param(*common.TOKEN)
    Ipv6Address: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv6AddressCount: int | None = param(Between(1, 10))
    Ipv6Prefix: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv6PrefixCount: int | None = param(Between(1, 10))


@ecs_action(idempotent_by="ClientToken")
def assign_ipv6_addresses(session: Session, request: AssignIpv6Addresses) -> Body:
    """Assign them at once, and show those that this call assigned, in the order of the request."""
    names = ("Ipv6Address", "Ipv6AddressCount", "Ipv6Prefix", "Ipv6PrefixCount")
    _one_kind(request, names, "InvalidParameter", 403)
    named = (AddressRequest(common.ipv6(text)) for text in request.Ipv6Address)
    granted: Granted = session.execute(
        AssignAddresses(
            interface_id=request.NetworkInterfaceId,
            ipv6=(*named, *(ANY,) * (request.Ipv6AddressCount or 0)),
            ipv6_prefixes=_prefixes(request.Ipv6Prefix, 6, request.Ipv6PrefixCount),
        ),
    )
    return {
        "NetworkInterfaceId": request.NetworkInterfaceId,
        "Ipv6Sets": {"Ipv6Address": [format_ipv6(each.ip) for each in granted.ipv6]},
        "Ipv6PrefixSets": {
            "Ipv6Prefix": [f"{format_ipv6(ip)}/{_IPV6_MASK}" for ip in granted.ipv6_prefixes]
        },
    }


@attrs.frozen(kw_only=True, slots=False)
class UnassignIpv6Addresses:
    """Take IPv6 addresses or IPv6 prefixes away."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParams.EniId")
    Ipv6Address: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv6Prefix: tuple[str, ...] = param(Count(0, 10), default=())


@ecs_action()
def unassign_ipv6_addresses(session: Session, request: UnassignIpv6Addresses) -> Body:
    """Take them away at once."""
    _one_kind(request, ("Ipv6Address", "Ipv6Prefix"), "InvalidParameter", 403)
    session.execute(
        UnassignAddresses(
            interface_id=request.NetworkInterfaceId,
            ipv6=tuple(common.ipv6(text) for text in request.Ipv6Address),
            ipv6_prefixes=_held_prefixes(request.Ipv6Prefix, 6, _IPV6_MASK),
        )
    )
    return {}
