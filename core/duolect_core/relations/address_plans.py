"""Choosing addresses for an interface: check first, then take.

An ``AddressPlan`` holds what an interface wants of its subnet. ``check`` raises whatever stands in the way
without touching the pools; ``take``, or ``take_together`` for several interfaces, cannot fail any more.

Where a subnet has reservations, prefixes that are not named come from these alone, the oldest first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import attrs

from duolect_core import errors
from duolect_core.addressing.generator import Generator
from duolect_core.addressing.pools import AddressPool, format_ipv4, format_ipv6
from duolect_core.by_fields import Value, statically_frozen
from duolect_core.graph.graph import Graph
from duolect_core.model.addresses import KeptAddress, PrivateAddress
from duolect_core.model.lifecycles import AddressState
from duolect_core.model.resources import Subnet

if TYPE_CHECKING:
    from duolect_core.model.virtual_addresses import CidrReservation


@attrs.frozen(eq=False, repr=False)
class AddressRequest(Value):
    """A request for one address: a certain one, or any free one where ``ip`` is None."""

    ip: int | None = None
    description: str = ""


@attrs.frozen(eq=False, repr=False)
class PrefixRequest(Value):
    """A request for one delegated prefix: a certain one, or any free one where ``ip`` is None."""

    ip: int | None = None
    length: int = 0


@statically_frozen(kw_only=True, eq=False, repr=False)
class Taken(Value):
    """What was taken for an interface, in the order in which it was requested."""

    ipv4: tuple[KeptAddress, ...]
    ipv4_prefixes: tuple[int, ...]
    ipv6: tuple[KeptAddress, ...]
    ipv6_prefixes: tuple[int, ...]


ANY: AddressRequest = AddressRequest()
ANY_PREFIX: PrefixRequest = PrefixRequest()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AddressPlan(Value):
    """All addresses that an interface wants at once; ``primary`` is None where it has one already."""

    primary: AddressRequest | None = ANY
    secondaries: tuple[AddressRequest, ...] = ()
    ipv6: tuple[AddressRequest, ...] = ()
    ipv4_prefixes: tuple[PrefixRequest, ...] = ()
    ipv6_prefixes: tuple[PrefixRequest, ...] = ()

    @property
    def ipv4_count(self) -> int:
        """How many single IPv4 addresses and prefixes are wanted, the primary address included."""
        return (self.primary is not None) + len(self.secondaries) + len(self.ipv4_prefixes)

    @property
    def ipv6_count(self) -> int:
        """How many single IPv6 addresses and prefixes are wanted."""
        return len(self.ipv6) + len(self.ipv6_prefixes)

    @property
    def ipv4(self) -> tuple[AddressRequest, ...]:
        """The requests for single IPv4 addresses, the primary one first."""
        return self.secondaries if self.primary is None else (self.primary, *self.secondaries)

    @property
    def any_count(self) -> int | None:
        """How many single IPv4 addresses are wanted, where any will do and nothing else is wanted."""
        primary, secondaries = self.primary, self.secondaries
        if self.ipv6 or self.ipv4_prefixes or self.ipv6_prefixes or not (primary is ANY or primary is None):
            return None
        if secondaries and secondaries.count(ANY) < len(secondaries):
            return None
        return (primary is not None) + len(secondaries)

    def placeholders(self) -> Taken:
        """Return as many addresses as are wanted, all of them 0: which ones they will be is open."""
        return Taken(
            ipv4=(0,) * len(self.ipv4),
            ipv6=(0,) * len(self.ipv6),
            ipv4_prefixes=(0,) * len(self.ipv4_prefixes),
            ipv6_prefixes=(0,) * len(self.ipv6_prefixes),
        )

    def check(self, graph: Graph, subnet: Subnet) -> None:
        """Raise what keeps the subnet from granting the plan.

        Raises:
            Ipv6Disabled: IPv6 is wanted and the subnet has none.
            AddressOutsideSubnet, AddressReserved, AddressRepeated, AddressInUse: a named address.
            PrefixMaskInvalid, PrefixNotStrict, PrefixOutsideSubnet, PrefixInUse: a named prefix.
            SubnetExhausted: too few addresses or blocks are free.
        """
        wanted, pool = self.any_count, subnet.pool
        if wanted is not None:
            if wanted > pool.free:
                raise errors.SubnetExhausted(subnet.id, wanted, pool.free)
            return
        self._check_ipv4(graph, subnet)
        if self.ipv6 or self.ipv6_prefixes:
            if subnet.ipv6_pool is None:
                raise errors.Ipv6Disabled(subnet.id)
            self._check_ipv6(graph, subnet, subnet.ipv6_pool)

    def _check_ipv4(self, graph: Graph, subnet: Subnet) -> None:
        pool, requests = subnet.pool, self.ipv4
        named = [request.ip for request in requests if request.ip is not None]
        for ip in named:
            if not pool.is_usable(ip):
                inside = IPv4Address(ip) in subnet.block
                raise (errors.AddressReserved if inside else errors.AddressOutsideSubnet)(format_ipv4(ip))
        check_repeated(named, format_ipv4)
        for ip in named:
            if not pool.is_free(ip):
                raise errors.AddressInUse(format_ipv4(ip))
        reserved = graph.open_reservations(subnet.id, pool) if self.ipv4_prefixes else []
        _check_prefixes(self.ipv4_prefixes, named, pool, format_ipv4, reserved)
        prefixes = _unreserved(self.ipv4_prefixes, reserved, subnet.id)
        _check_free(len(requests), prefixes, named, subnet.id, pool)

    def _check_ipv6(self, graph: Graph, subnet: Subnet, pool: AddressPool) -> None:
        named = [request.ip for request in self.ipv6 if request.ip is not None]
        for ip in named:
            if not pool.is_usable(ip):
                raise errors.Ipv6AddressOutsideSubnet(format_ipv6(ip))
        check_repeated(named, format_ipv6)
        for ip in named:
            if not pool.is_free(ip):
                raise errors.Ipv6AddressInUse(format_ipv6(ip))
        reserved = graph.open_reservations(subnet.id, pool) if self.ipv6_prefixes else []
        _check_prefixes(self.ipv6_prefixes, named, pool, format_ipv6, reserved)
        prefixes = _unreserved(self.ipv6_prefixes, reserved, subnet.id)
        _check_free(len(self.ipv6), prefixes, named, subnet.id, pool)

    def take(
        self, graph: Graph, subnet: Subnet, holder: str, generator: Generator | None, state: AddressState
    ) -> Taken:
        """Take all addresses for ``holder``, in a state; the plan must have been checked.

        Without a ``generator`` those that are not named are the lowest free ones.
        """
        wanted, take_any = self.any_count, subnet.pool.take_any
        if wanted is None:
            return take_together(graph, {holder: self}, subnet, generator, state)[holder]
        ips = tuple([take_any(generator, holder) for _ in range(wanted)])
        return Taken(ipv4=ips, ipv4_prefixes=(), ipv6=(), ipv6_prefixes=())


ANY_PRIMARY: AddressPlan = AddressPlan()
"""The plan of an interface that is content with any one address."""


def combined(plans: Iterable[AddressPlan]) -> AddressPlan:
    """Return one plan with all requests of several, by which they can be checked together."""
    plans = tuple(plans)
    return AddressPlan(
        primary=None,
        secondaries=tuple(request for plan in plans for request in plan.ipv4),
        ipv6=tuple(request for plan in plans for request in plan.ipv6),
        ipv4_prefixes=tuple(request for plan in plans for request in plan.ipv4_prefixes),
        ipv6_prefixes=tuple(request for plan in plans for request in plan.ipv6_prefixes),
    )


def check_repeated(named: Sequence[int], write: Callable[[int], str]) -> None:
    """Raise ``AddressRepeated`` for the first address that is named twice."""
    if len(set(named)) < len(named):
        repeated = next(ip for place, ip in enumerate(named) if ip in named[:place])
        raise errors.AddressRepeated(write(repeated))


def _check_free(singles: int, prefixes: int, named: list[int], subnet_id: str, pool: AddressPool) -> None:
    """Raise ``SubnetExhausted`` unless the singles and whole prefixes fit side by side."""
    if prefixes:
        free = _free_prefixes_without(named, pool)
        if prefixes > free:
            raise errors.SubnetExhausted(subnet_id, prefixes, free)
    wanted = singles + (prefixes << pool.block_bits)
    if wanted > pool.free:
        raise errors.SubnetExhausted(subnet_id, wanted, pool.free)


def _unreserved(
    requests: tuple[PrefixRequest, ...], reserved: "Sequence[CidrReservation]", subnet_id: str
) -> int:
    """Return how many prefixes come from what is not reserved.

    Raises:
        SubnetExhausted: the reservations have too few for the others.
    """
    if not reserved:
        return len(requests)
    certain = [each.ip for each in requests if each.ip is not None]
    within = sum(_can_give(reserved, ip) for ip in certain)
    drawn, free = len(requests) - len(certain), sum(each.free.free for each in reserved) - within
    if drawn > free:
        raise errors.SubnetExhausted(subnet_id, drawn, free)
    return len(certain) - within


def _can_give(reserved: "Iterable[CidrReservation]", ip: int) -> bool:
    """Say whether one of the reservations has the prefix that begins at ``ip``, and nobody holds it."""
    return any(each.can_give(ip) for each in reserved)


def _check_prefixes(
    requests: tuple[PrefixRequest, ...],
    named: list[int],
    pool: AddressPool,
    write: Callable[[int], str],
    reserved: "Sequence[CidrReservation]",
) -> None:
    """Check prefixes together with the single addresses that the same plan names."""
    if not requests:
        return
    touched = {ip >> pool.block_bits << pool.block_bits for ip in named}
    seen: set[int] = set()
    for request in requests:
        if request.ip is None:
            continue
        text = f"{write(request.ip)}/{request.length}"
        if request.length != pool.width - pool.block_bits:
            raise errors.PrefixMaskInvalid(text)
        if request.ip & ((1 << pool.block_bits) - 1):
            raise errors.PrefixNotStrict(text)
        if not pool.is_block(request.ip):
            raise errors.PrefixOutsideSubnet(text)
        if request.ip in seen:
            raise errors.AddressRepeated(text)
        is_free = pool.is_prefix_free(request.ip) or _can_give(reserved, request.ip)
        if request.ip in touched or not is_free:
            raise errors.PrefixInUse(text)
        seen.add(request.ip)


def _free_prefixes_without(named: list[int], pool: AddressPool) -> int:
    """Return how many blocks stay free once the ``named`` single addresses are taken."""
    touched = {ip >> pool.block_bits << pool.block_bits for ip in named}
    return pool.free_prefixes - sum(
        pool.is_block(start) and pool.is_prefix_free(start) for start in touched
    )


def take_together(
    graph: Graph,
    plans: Mapping[str, AddressPlan],
    subnet: Subnet,
    generator: Generator | None,
    state: AddressState,
) -> dict[str, Taken]:
    """Take the addresses of several plans at once, each for the holder whose id it stands under.

    The plans must have been checked in their ``combined`` form.
    """
    claims = {holder: (plan.ipv4, plan.ipv4_prefixes) for holder, plan in plans.items()}
    ipv4 = _take(graph, claims, subnet.id, subnet.pool, generator)
    ipv6 = dict.fromkeys(plans, _NOTHING)
    if subnet.ipv6_pool is not None and any(plan.ipv6 or plan.ipv6_prefixes for plan in plans.values()):
        claims = {holder: (plan.ipv6, plan.ipv6_prefixes) for holder, plan in plans.items()}
        ipv6 = _take(graph, claims, subnet.id, subnet.ipv6_pool, generator)
    return {
        holder: Taken(
            ipv4=_kept(ipv4[holder][0], plan.ipv4, state, has_primary=plan.primary is not None),
            ipv4_prefixes=ipv4[holder][1],
            ipv6=_kept(ipv6[holder][0], plan.ipv6, state),
            ipv6_prefixes=ipv6[holder][1],
        )
        for holder, plan in plans.items()
    }


def _kept(
    ips: tuple[int, ...],
    requests: tuple[AddressRequest, ...],
    state: AddressState,
    *,
    has_primary: bool = False,
) -> tuple[KeptAddress, ...]:
    """Return addresses as a new interface keeps them: those that were described are not plain."""
    if not any(request.description for request in requests):
        return ips
    return tuple(
        PrivateAddress(ip, primary=has_primary and place == 0, state=state, description=request.description)
        if request.description
        else ip
        for place, (ip, request) in enumerate(zip(ips, requests, strict=True))
    )


_Claim = tuple[tuple[AddressRequest, ...], tuple[PrefixRequest, ...]]
"""What a plan requests of a pool."""
_Numbers = tuple[tuple[int, ...], tuple[int, ...]]
"""The single addresses and the prefixes that came of it, in their order."""
_NOTHING: _Numbers = ((), ())


def _take(
    graph: Graph,
    claims: Mapping[str, _Claim],
    subnet_id: str,
    pool: AddressPool,
    generator: Generator | None,
) -> dict[str, _Numbers]:
    """Take what is named before anything that is not, and whole blocks before single addresses.

    In this order for all claims together: else what one happens to get could be what another one needs.
    """
    reserved = (
        graph.open_reservations(subnet_id, pool) if any(prefixes for _, prefixes in claims.values()) else []
    )
    for holder, (requests, prefixes) in claims.items():
        for request in requests:
            if request.ip is not None:
                pool.take(request.ip, holder)
        for prefix in prefixes:
            if prefix.ip is not None:
                _take_prefix(reserved, pool, prefix.ip, holder)
    blocks = {
        holder: tuple(
            [
                _take_any_prefix(reserved, pool, generator, holder) if each.ip is None else each.ip
                for each in prefixes
            ]
        )
        for holder, (_, prefixes) in claims.items()
    }
    return {
        holder: (
            tuple([pool.take_any(generator, holder) if each.ip is None else each.ip for each in requests]),
            blocks[holder],
        )
        for holder, (requests, _) in claims.items()
    }


def _take_prefix(reserved: "Sequence[CidrReservation]", pool: AddressPool, ip: int, holder: str) -> None:
    """Take a certain prefix, which may be reserved."""
    for each in reserved:
        if ip in each:
            each.free.take(each.prefixes.index(ip))
            pool.reassign_prefix(ip, holder)
            return
    pool.take_prefix(ip, holder)


def _take_any_prefix(
    reserved: "Sequence[CidrReservation]", pool: AddressPool, generator: Generator | None, holder: str
) -> int:
    """Take a prefix of the oldest reservation that has one, or any free one where nothing is reserved."""
    if not reserved:
        return pool.take_any_prefix(generator, holder)
    giver = next(each for each in reserved if each.free.free)
    number = giver.free.lowest() if generator is None else giver.free.take_any(generator)
    if generator is None:
        giver.free.take(number)
    prefix: int = giver.prefixes[number]
    pool.reassign_prefix(prefix, holder)
    return prefix
