"""Which public addresses (EIPs) the private addresses of interfaces can be reached by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from duolect_core.addressing.pools import format_ipv4, parse_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.addresses import PrivateAddress
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.resources import Interface, InterfaceKind

if TYPE_CHECKING:
    from duolect_core.model.public_addresses import PublicAddress

_IN_FORCE: Final = frozenset({PublicAddressState.IN_USE, PublicAddressState.DISASSOCIATING})


def effective_address(graph: Graph, interface: Interface, ip: int) -> PublicAddress | None:
    """Return the EIP that a private address can be reached by now, if any."""
    if not graph.public_addresses:
        return None
    found = graph.public_address_of(interface, ip)
    return found if found is not None and found.state in _IN_FORCE else None


def own_ip(graph: Graph, interface: Interface, address: PrivateAddress) -> int | None:
    """Return the public address of an instance's own, which its primary private address has, if any."""
    attachment = interface.attachment
    if attachment is None or interface.kind is not InterfaceKind.PRIMARY or not address.primary:
        return None
    return graph.instances[attachment.instance_id].public_ip


def public_ips(graph: Graph, interface: Interface) -> list[str]:
    """Return the public addresses that an interface can be reached by now, in order of its private ones."""
    found = (effective_address(graph, interface, each.ip) for each in interface.ipv4)
    return [format_ipv4(each.ip) for each in found if each is not None]


def addresses_at(graph: Graph, values: Iterable[str]) -> list[PublicAddress]:
    """Return the EIPs that have one of these addresses."""
    ids = (graph.public_pool.holders.get(parse_ipv4(value) or 0) for value in values)
    return [
        graph.public_addresses[address_id] for address_id in ids if address_id in graph.public_addresses
    ]


def interfaces_at(graph: Graph, values: Iterable[str]) -> set[str]:
    """Return the interfaces that can be reached by one of these public addresses now."""
    values = tuple(values)
    holders = (graph.public_pool.holders.get(parse_ipv4(value) or 0, "") for value in values)
    own = {graph.primary_interfaces[each] for each in holders if each in graph.instances}
    return own | {
        found.association.interface_id
        for found in addresses_at(graph, values)
        if found.association is not None and found.state in _IN_FORCE
    }
