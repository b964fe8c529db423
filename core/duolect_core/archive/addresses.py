"""The plain addresses of interfaces: most of what a large archive holds.

Each is an object of its own there, but an interface keeps only their numbers. So these are read without
making anything else of them; what is not as it is written of a plain address is left to ``codec``.
"""

from collections.abc import Mapping
from typing import Any, Final

from duolect_core.addressing.pools import IPV4_WIDTH
from duolect_core.archive.trees import Places
from duolect_core.model.lifecycles import COMING_INTERFACE, AddressState

_PENDING: Final = AddressState.PENDING.value
_AVAILABLE: Final = AddressState.AVAILABLE.value
_COMING: Final = [each.value for each in COMING_INTERFACE]
"""The states of interfaces whose plain addresses are pending."""


def plain_addresses(tree: Mapping[str, Any], places: Places) -> Mapping[str, tuple[int, ...]]:
    """Return the addresses of an interface, by the member that they are in, where all there are plain."""
    state = _PENDING if tree.get("state") in _COMING else _AVAILABLE
    found = {}
    for name in ("ipv4", "ipv6"):
        if name in tree and (numbers := _numbers(tree[name], state, places)) is not None:
            found[name] = numbers
    return found


def _numbers(given: Any, state: str, places: Places) -> tuple[int, ...] | None:  # noqa: ANN401 - whatever JSON holds
    """Return the numbers of addresses, or None where one of them is not plain and in this state."""
    if type(given) is not list:
        return None
    numbers: list[int] = []
    for each in given:
        ip = places.ip(each.get("ip")) if type(each) is dict and each.get("state") == state else None
        if ip is None:
            return None
        primary = not numbers and not ip >> IPV4_WIDTH
        if len(each) != 2 + primary or (primary and each.get("primary") is not True):
            return None
        numbers.append(ip)
    return tuple(numbers)
