"""IPv6 addresses of an interface: assign, unassign, describe.

Source: the definitions in tccli. All IPv6 addresses are secondary ones; the subnet must have an IPv6 block.
"""

from collections.abc import Iterable
from typing import Final

from duolect_core.addressing.pools import format_ipv6
from duolect_core.by_fields import Value, statically_frozen
from duolect_core.errors import AddressRepeated
from duolect_core.interfaces import private_ips as commands
from duolect_core.relations.address_plans import ANY, AddressRequest
from duolect_dialects.action import Body
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.interfaces import views
from duolect_dialects.tencent.interfaces.creation import Ipv6AddressParam
from duolect_dialects.tencent.interfaces.private_ips import describe
from duolect_dialects.values import AtMost, Between, Count

_SHOWN: Final = "only shown by the vendor"


@statically_frozen(kw_only=True, eq=False, repr=False)
class SecondaryIpv6Address(Ipv6AddressParam):
    """One wanted IPv6 address, which cannot be a primary one."""

    Primary: bool = param(default=False)


@statically_frozen(kw_only=True, eq=False, repr=False)
class AssignIpv6Addresses(Value):
    """Add IPv6 addresses to an interface: named ones, any free ones, or both."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    Ipv6Addresses: tuple[SecondaryIpv6Address, ...] = param(
        Count(0, 10), default=(), code="InvalidParameterValue"
    )
    Ipv6AddressCount: int = param(Between(0, 10), default=0)
    ClientToken: str | None = param(*common.TOKEN, code="InvalidParameterValue.Malformed")


@vpc_action(idempotent_by="ClientToken")
def assign_ipv6_addresses(session: Session, request: AssignIpv6Addresses) -> Body:
    """Return the addresses: PENDING, AVAILABLE when their task is done."""
    named, count = request.Ipv6Addresses, request.Ipv6AddressCount
    if not named and not count:
        raise request_errors.missing("Ipv6Addresses")
    if any(each.Primary for each in named):
        raise common.only_secondary()
    granted = session.execute(
        commands.AssignAddresses(
            interface_id=request.NetworkInterfaceId,
            ipv6=(
                *(AddressRequest(common.ipv6(each.Address), each.Description) for each in named),
                *(ANY,) * count,
            ),
        ),
    )
    return {"Ipv6AddressSet": [views.ipv6_address(each) for each in granted.ipv6]}


@statically_frozen(kw_only=True, eq=False, repr=False)
class HeldIpv6Address(Value):
    """One IPv6 address that an interface has; the address alone counts."""

    Address: str = required()
    Primary: bool | None = ignored(note=_SHOWN)
    AddressId: str | None = ignored(note=_SHOWN)
    Description: str | None = ignored(note=_SHOWN)
    IsWanIpBlocked: bool | None = ignored(note=_SHOWN)
    State: str | None = ignored(note=_SHOWN)
    PublicIpAddress: str | None = ignored(note=_SHOWN)
    AddressType: str | None = ignored(note=_SHOWN)


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribedIpv6Address(HeldIpv6Address):
    """One IPv6 address that an interface has, and what shall be said of it."""

    Description: str | None = param(AtMost(60))


def _held(addresses: Iterable[HeldIpv6Address]) -> tuple[int, ...]:
    """Return the addresses that are named, each once, or raise ``AddressRepeated``."""
    found: list[int] = []
    for each in addresses:
        ip = common.ipv6(each.Address)
        if ip in found:
            raise AddressRepeated(format_ipv6(ip))
        found.append(ip)
    return tuple(found)


@statically_frozen(kw_only=True, eq=False, repr=False)
class UnassignIpv6Addresses(Value):
    """Give IPv6 addresses of an interface back."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    Ipv6Addresses: tuple[HeldIpv6Address, ...] = required(*common.non_empty(10))


@vpc_action()
def unassign_ipv6_addresses(session: Session, request: UnassignIpv6Addresses) -> Body:
    """Start to take the addresses away: DELETING, then free again."""
    session.execute(
        commands.UnassignAddresses(
            interface_id=request.NetworkInterfaceId, ipv6=_held(request.Ipv6Addresses)
        )
    )
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class ModifyIpv6AddressesAttribute(Value):
    """Change what is said of IPv6 addresses."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    Ipv6Addresses: tuple[DescribedIpv6Address, ...] = required(*common.non_empty(10))


@vpc_action()
def modify_ipv6_addresses_attribute(session: Session, request: ModifyIpv6AddressesAttribute) -> Body:
    """Change the descriptions that are given, at once."""
    ips = _held(request.Ipv6Addresses)
    texts = (each.Description for each in request.Ipv6Addresses)
    named = dict(zip(ips, texts, strict=True))
    return describe(session, request.NetworkInterfaceId, named, ipv6=True)
