"""Private IPv4 addresses of an interface: assign, unassign, describe, move to another interface.

Source: the definitions in tccli. The vendor has one object for an address in all requests, but each action
reads other members of it; so each declares its own.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.by_fields import Value, statically_frozen
from duolect_core.errors import AddressNotAssigned, AddressRepeated
from duolect_core.interfaces import private_ips as commands
from duolect_core.relations import lookup
from duolect_core.relations.address_plans import ANY, AddressRequest
from duolect_dialects.action import Body
from duolect_dialects.declarations import ignored, param, refused, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.interfaces import views
from duolect_dialects.tencent.interfaces.creation import PrivateIpAddressSpecification
from duolect_dialects.values import AtMost, Between, Count

_TEXT: Final = AtMost(60)
_SHOWN: Final = "only shown by the vendor"
_LEVEL: Final = "the interface's level counts"
_MALFORMED: Final = "InvalidParameterValue.Malformed"


@statically_frozen(kw_only=True, eq=False, repr=False)
class AssignPrivateIpAddresses(Value):
    """Add secondary private addresses to an interface: named ones, any free ones, or both."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    PrivateIpAddresses: tuple[PrivateIpAddressSpecification, ...] = param(Count(0, 10), default=())
    SecondaryPrivateIpAddressCount: int = param(Between(0, 255), default=0)
    QosLevel: str | None = ignored(note=_LEVEL)
    ClientToken: str | None = param(*common.TOKEN, code=_MALFORMED)


@vpc_action(idempotent_by="ClientToken")
def assign_private_ip_addresses(session: Session, request: AssignPrivateIpAddresses) -> Body:
    """Return exactly the addresses that were asked for: PENDING, AVAILABLE when their task is done."""
    named, count = request.PrivateIpAddresses, request.SecondaryPrivateIpAddressCount
    if not named and not count:
        raise request_errors.missing("PrivateIpAddresses")
    if any(each.Primary for each in named):
        raise common.only_secondary()
    granted = session.execute(
        commands.AssignAddresses(
            interface_id=request.NetworkInterfaceId,
            secondaries=(
                *(AddressRequest(_ipv4_or_none(each.PrivateIpAddress), each.Description) for each in named),
                *(ANY,) * count,
            ),
        ),
    )
    graph = session.graph
    holder = graph.interfaces.get(request.NetworkInterfaceId)
    return {"PrivateIpAddressSet": [views.private_address(graph, holder, each) for each in granted.ipv4]}


def _ipv4_or_none(text: str | None) -> int | None:
    return None if text is None else common.ipv4(text)


@statically_frozen(kw_only=True, eq=False, repr=False)
class HeldAddress(Value):
    """One private address that an interface has; the address alone counts."""

    PrivateIpAddress: str | None = param(common.IPV4)
    Primary: bool | None = ignored(note=_SHOWN)
    PublicIpAddress: str | None = ignored(note=_SHOWN)
    AddressId: str | None = ignored(note=_SHOWN)
    Description: str | None = ignored(note=_SHOWN)
    IsWanIpBlocked: bool | None = ignored(note=_SHOWN)
    State: str | None = ignored(note=_SHOWN)
    QosLevel: str | None = ignored(note=_LEVEL)


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribedAddress(HeldAddress):
    """One private address that an interface has, and what shall be said of it."""

    Description: str | None = param(_TEXT)


def _held(addresses: Iterable[HeldAddress]) -> tuple[int, ...]:
    """Return the addresses that are named, each once.

    Raises:
        Refusal: an entry names none.
        AddressRepeated: one is named twice.
    """
    found: list[int] = []
    for place, each in enumerate(addresses):
        if each.PrivateIpAddress is None:
            raise request_errors.missing(f"PrivateIpAddresses.{place}.PrivateIpAddress")
        ip = common.ipv4(each.PrivateIpAddress)
        if ip in found:
            raise AddressRepeated(format_ipv4(ip))
        found.append(ip)
    return tuple(found)


@statically_frozen(kw_only=True, eq=False, repr=False)
class UnassignPrivateIpAddresses(Value):
    """Give secondary private addresses of an interface back."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    PrivateIpAddresses: tuple[HeldAddress, ...] = required(*common.non_empty(10))
    InstanceId: str | None = refused("addresses go without detaching the interface")


@vpc_action()
def unassign_private_ip_addresses(session: Session, request: UnassignPrivateIpAddresses) -> Body:
    """Start to take the addresses away: DELETING, then free again."""
    session.execute(
        commands.UnassignAddresses(
            interface_id=request.NetworkInterfaceId, ipv4=_held(request.PrivateIpAddresses)
        )
    )
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class ModifyPrivateIpAddressesAttribute(Value):
    """Change what is said of private addresses."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    PrivateIpAddresses: tuple[DescribedAddress, ...] = required(*common.non_empty(10))


@vpc_action()
def modify_private_ip_addresses_attribute(
    session: Session, request: ModifyPrivateIpAddressesAttribute
) -> Body:
    """Change the descriptions that are given, at once."""
    ips = _held(request.PrivateIpAddresses)
    texts = (each.Description for each in request.PrivateIpAddresses)
    return describe(session, request.NetworkInterfaceId, dict(zip(ips, texts, strict=True)))


def describe(
    session: Session, interface_id: str, texts: Mapping[int, str | None], *, ipv6: bool = False
) -> Body:
    """Say this of the interface's addresses; None leaves what is said of one.

    Raises:
        AddressNotAssigned: the interface does not hold an address, at least not one of this kind.
    """
    interface = lookup.interface(session.graph, interface_id)
    before = {each.ip: each.description for each in (interface.ipv6 if ipv6 else interface.ipv4)}
    for ip in texts:
        if ip not in before:
            raise AddressNotAssigned(format_ipv6(ip) if ipv6 else format_ipv4(ip))
    session.execute(
        commands.SetAddressDescriptions(
            interface_id=interface_id,
            descriptions={ip: before[ip] if text is None else text for ip, text in texts.items()},
        )
    )
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class MigratePrivateIpAddress(Value):
    """Move a secondary private address to another interface in the same subnet."""

    SourceNetworkInterfaceId: str = required(common.INTERFACE_ID)
    DestinationNetworkInterfaceId: str = required(common.INTERFACE_ID)
    PrivateIpAddress: str = required(common.IPV4)


@vpc_action()
def migrate_private_ip_address(session: Session, request: MigratePrivateIpAddress) -> Body:
    """Start to move the address: MIGRATING, then AVAILABLE on the other interface."""
    session.execute(
        commands.MoveAddress(
            source_id=request.SourceNetworkInterfaceId,
            destination_id=request.DestinationNetworkInterfaceId,
            ip=common.ipv4(request.PrivateIpAddress),
        )
    )
    return {}
