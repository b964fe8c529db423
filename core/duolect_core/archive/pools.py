"""Pools of addresses, and the free pools in them: the state that decides what is taken next."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Final

from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.pools import AddressPool
from duolect_core.archive.trees import (
    IP,
    IPV4_BLOCK,
    IPV6_BLOCK,
    NUMBER,
    REF,
    TEXT,
    Codec,
    Path,
    Places,
    Unfit,
    exactly,
    mapping,
    members,
    one_of,
    referred,
)

_FREE_POOL: Final[Mapping[str, Codec]] = {
    "size": NUMBER,
    "free": NUMBER,
    "displaced": mapping(NUMBER, NUMBER),
}


def _write_free_pool(value: FreePool, path: Path, places: Places) -> dict[str, Any]:
    parts = {"size": value.size, "free": value.free, "displaced": dict(sorted(value.displaced.items()))}
    return {name: codec.write(parts[name], path, places) for name, codec in _FREE_POOL.items()}


def _read_free_pool(tree: Any, path: Path, places: Places) -> FreePool:  # noqa: ANN401 - whatever JSON holds
    parts = exactly(_FREE_POOL, tree, path, places)
    try:
        return FreePool.restored(**parts)
    except ValueError as reason:
        raise Unfit(path, str(reason)) from None


FREE_POOL: Final = Codec(_write_free_pool, _read_free_pool)

_POOL: Final[Mapping[str, Codec]] = {
    "block": one_of({IPv4Network: IPV4_BLOCK, IPv6Network: IPV6_BLOCK}),
    "first": IP,
    "last": IP,
    "prefix_length": NUMBER,
    "holders": mapping(IP, TEXT),
    "prefixes": mapping(IP, TEXT),
    "singles": FREE_POOL,
    "blocks": FREE_POOL,
}


def _write_pool(value: AddressPool, path: Path, places: Places) -> dict[str, Any]:
    if (place := places.note_written(value, path)) is not None:
        return place
    singles, blocks = value.free_pools
    parts = {
        "block": value.block,
        "first": value.first,
        "last": value.last,
        "prefix_length": value.width - value.block_bits,
        "holders": value.holders,
        "prefixes": value.prefixes,
        "singles": singles,
        "blocks": blocks,
    }
    return {name: codec.write(parts[name], path, places) for name, codec in _POOL.items()}


def _read_pool(tree: Any, path: Path, places: Places) -> AddressPool:  # noqa: ANN401
    if REF in members(tree, path):
        found: AddressPool = referred(tree, AddressPool, path, places)
        return found
    parts = exactly(_POOL, tree, path, places)
    block, first, last = parts.pop("block"), parts.pop("first"), parts.pop("last")
    head, tail = first - int(block.network_address), int(block.broadcast_address) - last
    bits = block.max_prefixlen - parts.pop("prefix_length")
    if head < 0 or tail < 0 or first > last or not 0 < bits < block.max_prefixlen:
        raise Unfit(path, "first, last and prefix_length do not fit the block")
    pool = AddressPool(block, head=head, tail=tail, block_bits=bits)
    try:
        pool.restore(**parts)
    except ValueError as reason:
        raise Unfit(path, str(reason)) from None
    places.note_read(path, pool)
    return pool


POOL: Final = Codec(_write_pool, _read_pool)
