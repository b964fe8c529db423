"""The private addresses of interfaces, which are many and nearly all alike.

Most are plain: they came along with their interface, and nothing is said of them but what follows from it.
Of those an interface keeps only the number.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeGuard

import attrs

from duolect_core.addressing.pools import IPV4_WIDTH, Ip
from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import COMING_INTERFACE, AddressState, InterfaceState


@attrs.frozen(eq=False, repr=False)
class PrivateAddress(Value):
    """One private IPv4 or IPv6 address of an interface: a value, which another one replaces."""

    ip: Ip
    primary: bool = False
    state: AddressState = AddressState.AVAILABLE
    description: str = ""
    since: int | None = None
    """When it was assigned (microseconds); None for an address that was created with its interface."""
    pending: int | None = None
    """The timeline's number of the transition this address itself waits for, if any."""


_SHOWN: Final = 1024
"""How many plain addresses, which are values, are made once and shown again."""
KeptAddress = Ip | PrivateAddress
"""An address as an interface keeps it: of a plain one only the number."""


@lru_cache(maxsize=_SHOWN)
def _plain(ip: int, place: int, state: AddressState) -> PrivateAddress:
    """Return what a plain address is: the first one of IPv4 is the primary one."""
    return PrivateAddress(ip, place == 0 and not ip >> IPV4_WIDTH, state)


def all_plain(kept: tuple[KeptAddress, ...]) -> TypeGuard[tuple[int, ...]]:
    """Say whether all addresses that an interface keeps are plain, as nearly always."""
    return PrivateAddress not in map(type, kept)


def _is_plain(address: PrivateAddress, place: int, state: AddressState) -> bool:
    """Say whether an address is what ``_plain`` returns, without making that."""
    return (
        address.state is state
        and address.primary is (place == 0 and not address.ip >> IPV4_WIDTH)
        and address.since is None
        and address.pending is None
        and not address.description
    )


def keep(addresses: Iterable[KeptAddress], state: AddressState) -> tuple[KeptAddress, ...]:
    """Return all addresses of one interface as it keeps them; its plain ones are in a state."""
    kept = tuple(addresses)
    if all_plain(kept):
        return kept
    return tuple(
        each.ip if isinstance(each, PrivateAddress) and _is_plain(each, place, state) else each
        for place, each in enumerate(kept)
    )


def show(kept: tuple[KeptAddress, ...], state: AddressState) -> tuple[PrivateAddress, ...]:
    """Return the addresses that an interface keeps; its plain ones are in a state."""
    if not kept:
        return ()
    return tuple(
        [
            each if isinstance(each, PrivateAddress) else _plain(each, place, state)
            for place, each in enumerate(kept)
        ]
    )


def _numbers(kept: tuple[KeptAddress, ...]) -> tuple[int, ...]:
    """Return the numbers of the addresses that an interface keeps."""
    if all_plain(kept):
        return kept
    return tuple(each.ip if isinstance(each, PrivateAddress) else each for each in kept)


class Addressed:
    """What keeps private addresses, an interface, as far as one asks it about them."""

    __slots__ = ()
    state: InterfaceState
    ipv4_prefixes: tuple[Ip, ...]
    ipv6_prefixes: tuple[Ip, ...]
    _ipv4: tuple[KeptAddress, ...]
    _ipv6: tuple[KeptAddress, ...]

    @property
    def plain_state(self) -> AddressState:
        """The state of its plain addresses: they come with it."""
        return AddressState.PENDING if self.state in COMING_INTERFACE else AddressState.AVAILABLE

    @property
    def special_addresses(self) -> tuple[PrivateAddress, ...]:
        """Its addresses that are not plain: what waits for something is among them."""
        if all_plain(self._ipv4) and all_plain(self._ipv6):
            return ()
        return tuple(each for each in (*self._ipv4, *self._ipv6) if isinstance(each, PrivateAddress))

    @property
    def primary_ip(self) -> int:
        """The primary private IPv4 address, as an integer."""
        return self.ipv4_ips[0]

    @property
    def ipv4_ips(self) -> tuple[int, ...]:
        """Its private IPv4 addresses as integers, the primary one first."""
        return _numbers(self._ipv4)

    @property
    def ipv6_ips(self) -> tuple[int, ...]:
        """Its IPv6 addresses as integers."""
        return _numbers(self._ipv6)

    @property
    def ips(self) -> tuple[int, ...]:
        """All its single addresses as integers, those of IPv4 first."""
        return _numbers((*self._ipv4, *self._ipv6))

    @property
    def ipv4_singles(self) -> int:
        """How many single IPv4 addresses it has."""
        return len(self._ipv4)

    @property
    def ipv4_count(self) -> int:
        """How many single IPv4 addresses and prefixes it has."""
        return len(self._ipv4) + len(self.ipv4_prefixes)

    @property
    def ipv6_count(self) -> int:
        """How many single IPv6 addresses and prefixes it has."""
        return len(self._ipv6) + len(self.ipv6_prefixes)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Granted(Value):
    """The addresses that an interface was granted at once, in the order in which they were requested."""

    ipv4: tuple[PrivateAddress, ...]
    ipv4_prefixes: tuple[Ip, ...]
    ipv6: tuple[PrivateAddress, ...]
    ipv6_prefixes: tuple[Ip, ...]
