"""Elastic IP addresses (EIPs) as interfaces and instances show theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from duolect_core.addressing.pools import format_ipv4, parse_ipv4
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.resources import Interface, InterfaceKind
from duolect_dialects.action import Body
from duolect_dialects.session import Session

if TYPE_CHECKING:
    from duolect_core.model.public_addresses import PublicAddress

_IN_FORCE: Final = frozenset({PublicAddressState.IN_USE, PublicAddressState.DISASSOCIATING})


def address_of(session: Session, interface: Interface, ip: int) -> PublicAddress | None:
    """Return the EIP that a private address can be reached by now."""
    found = session.graph.public_address_of(interface, ip)
    return found if found is not None and found.state in _IN_FORCE else None


def associated(session: Session, interface: Interface, ip: int) -> Body:
    """Return the AssociatedPublicIp of a private address: an empty object where it has none."""
    if not session.graph.public_addresses:
        return {}
    found = address_of(session, interface, ip)
    if found is None:
        return {}
    return {"AllocationId": found.id, "PublicIpAddress": format_ipv4(found.ip)}


def found_at(session: Session, texts: Iterable[str]) -> list[PublicAddress]:
    """Return the EIPs that have one of these addresses."""
    graph = session.graph
    ids = (graph.public_pool.holders.get(parse_ipv4(text) or 0) for text in texts)
    return [
        graph.public_addresses[address_id] for address_id in ids if address_id in graph.public_addresses
    ]


def target(session: Session, shown: PublicAddress) -> tuple[str, str]:
    """Return the id and type of what an EIP is associated with; empty where it is with nothing.

    A primary interface is the instance itself.
    """
    if shown.gateway_id is not None:
        return shown.gateway_id, "Nat"
    if shown.association is None:
        return "", ""
    holder_id = shown.association.interface_id
    if holder_id in session.graph.virtual_addresses:
        return holder_id, "HaVip"
    interface = session.graph.interfaces[holder_id]
    if interface.kind is InterfaceKind.PRIMARY and interface.attachment is not None:
        return interface.attachment.instance_id, "EcsInstance"
    return interface.id, "NetworkInterface"
