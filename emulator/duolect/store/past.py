"""The past of a partition: the commands in its log, and what it was after one of them."""

from collections.abc import Callable, Sequence
from typing import Final

import attrs

from duolect.state.partitions import Key
from duolect.store.interface import Damaged, Record, StoreError
from duolect.store.keeper import Keeper, KeptPartition
from duolect.store.reviving import Reader
from duolect_core.engine.partition import Partition

_AT_ONCE: Final = 500
"""How many records are read in one step, between which others are kept."""


class NoPast(Exception):
    """What was asked for is not kept; ``str`` says why."""


@attrs.frozen
class Part:
    """A part of a log: its records, the version of the latest command, and how far it reaches back."""

    records: Sequence[Record]
    latest: int
    reach: int
    """The oldest version that can be seen: what the partition was before the oldest record."""


def _kept(keeper: Keeper, key: Key) -> KeptPartition:
    found = keeper.kept.get(key)
    if found is None:
        raise NoPast("There is no such partition")
    return found


def _reach(found: KeptPartition) -> int:
    return found.snapshots[0]


async def log_of(keeper: Keeper, key: Key, since: int, most: int, wanted: Callable[[Record], bool]) -> Part:
    """Return those of a partition's records after a version that are wanted, so many at most.

    Raises:
        NoPast: there is no such partition, or its log cannot be read.
    """
    found = _kept(keeper, key)
    await keeper.commits.wait_long()
    version, latest, records = max(since, _reach(found)), found.version, list[Record]()
    while version < latest and len(records) < most:
        some = await _records(keeper, found, version, min(_AT_ONCE, latest - version))
        records += filter(wanted, some)
        version = some[-1].version
    return Part(records[:most], latest, _reach(found))


async def _records(keeper: Keeper, found: KeptPartition, after: int, most: int) -> Sequence[Record]:
    """Return at least one record after a version."""
    try:
        some = await keeper.commits.run(lambda: keeper.store.records(found.number, after, most))
    except (Damaged, StoreError) as reason:
        raise NoPast(str(reason)) from None
    if not some:
        raise NoPast("The log was let go of meanwhile")
    return some


async def past_of(keeper: Keeper, key: Key, version: int) -> Callable[[], Partition]:
    """Return what makes a partition what it was after its command of a version, at that instant.

    That takes long where there is much in it, and may be done in another thread.

    Raises:
        NoPast: it was never there, or the log does not reach back so far.
    """
    found = _kept(keeper, key)
    await keeper.commits.wait_long()
    if version > found.version:
        raise NoPast(f"There is no version {version} yet: the latest is {found.version}")
    if version < _reach(found):
        raise NoPast(f"The log does not reach back to version {version}: the oldest is {_reach(found)}")
    base = max(each for each in found.snapshots if each <= version)
    try:
        snapshot = await keeper.commits.run(lambda: keeper.store.snapshot(found.number, base))
        reader = Reader(keeper.store, keeper.state)
        rules = await keeper.commits.run(lambda: reader.rules(snapshot, reader.today(key)))
    except (Damaged, StoreError) as reason:
        raise NoPast(str(reason)) from None
    records: list[Record] = []
    while base < version:
        some = await _records(keeper, found, base, min(_AT_ONCE, version - base))
        records += some
        base = some[-1].version

    def make() -> Partition:
        partition = reader.loaded_under(rules, snapshot, key)
        for record in records:
            reader.repeat_one(partition, key, record)
        return partition

    return make
