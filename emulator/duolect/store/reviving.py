"""A state out of a store: each partition from its latest snapshot and the commands since.

The commands are repeated under the rules that they were carried out under, so that other settings, such as
a lower quota, take nothing away. A number in each record tells whether the partition is as it was then.
After that it gets today's rules, as a snapshot that is restored does.

What is damaged is cut to what is whole, and said so; the damaged file is put aside, and a new one begun.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import attrs
import orjson

from duolect.clock import Clock
from duolect.state.emulator import EmulatorState
from duolect.state.partitions import Key
from duolect.store.belongings import worlds_of
from duolect.store.interface import Damaged, Kept, Record, Snapshot, Store, StoreError
from duolect.store.keeper import (
    CLOCK,
    DURATIONS,
    MADE_BY,
    OWN_CLOCK,
    OWN_DURATIONS,
    SLOW,
    Keeper,
    KeptPartition,
    now_of,
)
from duolect.store.points import renumbered
from duolect.store.texts import after, digest_of, durations_of, entry_of, rules_of, rules_text
from duolect_core import archive
from duolect_core.archive import Unfit
from duolect_core.engine.durations import SetDurations
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Instant
from duolect_core.model.rules import Rules
from duolect_dialects.call import Refusal

AT_ONCE: Final = 1_000
"""How many records are read at once."""
_log = logging.getLogger("duolect.store")


LAST: Final = 2**32
"""More commands than a log has."""


@attrs.frozen
class Repeated:
    """How far commands were repeated, how much work that was, and the damage that ended it, if any did."""

    version: int
    work: int
    damage: str = ""


class Reader:
    """Makes partitions of what a store holds."""

    def __init__(self, store: Store, state: EmulatorState, made_by: str = "") -> None:
        """Take a store, the state whose settings count, and the Duolect that wrote the store's log."""
        self._store = store
        self._state = state
        self._made_by = made_by or "another version"
        self._digests: dict[int, tuple[Rules, str]] = {}

    def today(self, key: Key) -> Rules:
        """Return the rules that a partition would have if it were made now.

        Raises:
            StoreError: its cloud or region is not there.
        """
        cloud, access_key, region = key
        for dialect in self._state.dialects:
            if dialect.name == cloud:
                try:
                    return self._state.partitions.rules(dialect, access_key, region)
                except Refusal:
                    break
        raise StoreError(f"{self._store} has a partition in {cloud} {region}, which is not there any more")

    def digest(self, rules: Rules) -> str:
        """Return the digest of rules."""
        known = self._digests.get(id(rules))
        if known is None:
            known = self._digests[id(rules)] = rules, digest_of(rules_text(rules))
        return known[1]

    def rules(self, snapshot: Snapshot, today: Rules, digest: str = "") -> Rules:
        """Return the rules of a snapshot, which are mostly today's, of which the digest may be known.

        Raises:
            Damaged: they cannot be read.
        """
        durations = durations_of(snapshot.durations)
        if (digest or self.digest(today)) == snapshot.rules:
            return today if durations == today.durations else attrs.evolve(today, durations=durations)
        return rules_of(self._store.rules(snapshot.rules), durations, today.extras)

    def loaded(self, snapshot: Snapshot, key: Key) -> Partition:
        """Return the partition in a snapshot, under its own rules.

        Raises:
            Damaged: they cannot be read.
            StoreError: this Duolect cannot restore it.
        """
        return self.loaded_under(self.rules(snapshot, self.today(key)), snapshot, key)

    def loaded_under(self, rules: Rules, snapshot: Snapshot, key: Key) -> Partition:
        """Return the partition in a snapshot, under rules.

        Raises:
            StoreError: this Duolect cannot restore it.
        """
        try:
            return archive.load(orjson.loads(snapshot.tree), rules)
        except (ValueError, RecursionError) as reason:
            raise StoreError(
                f"{self._store}: {shown(key)} cannot be restored: {reason} ({self._hint()})"
            ) from None

    def repeat(self, partition: Partition, key: Key, number: int, version: int, until: int) -> "Repeated":
        """Repeat the commands after a version, until another one or the first that is damaged.

        Raises:
            StoreError: what comes of a command is not what came of it then.
        """
        work = 0
        try:
            while version < until and (
                records := self._store.records(number, version, min(AT_ONCE, until - version))
            ):
                for record in records:
                    self.repeat_one(partition, key, record)
                    work += SLOW.get(record.command, 1)
                version = records[-1].version
        except Damaged as reason:
            return Repeated(version, work, str(reason))
        return Repeated(version, work)

    def repeat_one(self, partition: Partition, key: Key, record: Record) -> None:
        """Repeat a command, or raise ``StoreError`` where that cannot be."""
        try:
            partition.repeat(entry_of(record))
        except Damaged as reason:
            raise StoreError(f"{self._store}: {shown(key)}: {reason} ({self._hint()})") from None
        if after(partition) != record.after:
            raise StoreError(
                f"{self._store}: {shown(key)}: command {record.version} ({record.command}) has another "
                f"outcome than when it was carried out ({self._hint()})"
            )

    def _hint(self) -> str:
        return (
            f"it was written by duolect {self._made_by}: start that and stop it, which leaves snapshots, "
            "or export with it"
        )


def shown(key: Key) -> str:
    """Return the name of a partition for a message."""
    cloud, access_key, region = key
    return f"{cloud} {region}, account {access_key}"


def revive(keeper: Keeper, *, look_only: bool = False) -> bool:
    """Bring a state, which has nothing yet, to what the store says; say whether that says anything.

    Whoever wants to ``look_only`` leaves the store as it is, and gets partitions under their own rules.

    Raises:
        StoreError: what it says cannot be restored.
    """
    store, state = keeper.store, keeper.state
    keeper.reader_of = partial(fetched, keeper)
    try:
        settings, listed = store.settings(), store.partitions()
        keeper.dropped += store.leftovers()
    except Damaged as reason:
        raise StoreError(str(reason)) from None
    if CLOCK not in settings:
        return False
    keeper.rows = settings
    state.partitions.worlds.put_up_again(worlds_of(settings, state))
    for cloud in state.partitions.durations_of():
        its = _setting(settings, f"{DURATIONS}{cloud}")
        if its and its["configured"] == keeper.configured[cloud]:
            state.partitions.set_durations(cloud, _durations(its["set"]), state.now)
        for account, its in _by_account(settings, f"{OWN_DURATIONS}{cloud}."):
            state.partitions.set_durations(cloud, _durations(its["set"]), state.now, account)
    reader = Reader(store, state, settings.get(MADE_BY, ""))
    cuts: list[str] = []
    found = {kept.name: _revived(reader, kept, keeper, cuts, today=not look_only) for kept in listed}
    _set_clocks(keeper, settings, found, anew=not look_only)
    for cut in cuts:
        _log.error("%s", cut)
    if cuts and not look_only:
        _begin_anew(keeper, found)
    else:
        _adopt(keeper, found)
    return True


def _setting(settings: Mapping[str, str], name: str) -> dict[str, Any]:
    try:
        tree = json.loads(settings.get(name, "{}"))
    except ValueError:
        tree = {}
    return tree if isinstance(tree, dict) else {}


def _by_account(settings: Mapping[str, str], prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what accounts have of their own, each with the account."""
    for name in settings:
        if name.startswith(prefix) and (its := _setting(settings, name)):
            yield name.removeprefix(prefix), its


def _durations(text: str) -> Any:  # noqa: ANN401 - durations
    try:
        return durations_of(text)
    except Damaged as reason:
        raise StoreError(f"durations cannot be restored: {reason}") from None


def _revived(reader: Reader, kept: Kept, keeper: Keeper, cuts: list[str], *, today: bool) -> KeptPartition:
    """Return a partition as it was last, or as much of it as is whole."""
    store, key = keeper.store, kept.name
    for version in reversed(kept.snapshots):
        try:
            snapshot = store.snapshot(kept.number, version)
            partition = reader.loaded(snapshot, key)
        except Damaged as reason:
            cuts.append(f"{shown(key)}: {reason}; an older snapshot is taken")
            continue
        break
    else:
        raise StoreError(f"{store} is damaged: of {shown(key)} no snapshot is whole")
    done = reader.repeat(partition, key, kept.number, version, LAST)
    if done.damage:
        cuts.append(f"{shown(key)}: {done.damage}; it is as it was before that command")
    wanted = reader.today(key)
    is_of_today = reader.digest(wanted) == snapshot.rules
    if today and not is_of_today:
        wanted = attrs.evolve(wanted, durations=partition.rules.durations)
        try:
            partition = archive.load(archive.dump(partition), wanted)
        except Unfit as reason:
            raise StoreError(
                f"{store}: today's settings do not allow {shown(key)} as it is: {reason}"
            ) from None
    return KeptPartition(
        kept.number,
        partition,
        keeper,
        done.version,
        [*kept.snapshots],
        done.work,
        today and not is_of_today,
    )


def _set_clocks(
    keeper: Keeper, settings: Mapping[str, str], found: Mapping[Key, KeptPartition], *, anew: bool
) -> None:
    """Let the clocks go on as if they had run meanwhile; a rate that the settings have ``anew`` counts."""
    state, floors = keeper.state, dict[str, Instant]()
    for (_, account, _), each in found.items():
        floors[account] = max(floors.get(account, 0), each.partition.now)
    own = dict(_by_account(settings, OWN_CLOCK)) if state.clocks.per_account else {}
    floor = max((each for account, each in floors.items() if account not in own), default=0)
    course = _setting(settings, CLOCK)
    if anew and course.get("configured") != keeper.configured[CLOCK]:
        _set_clock(keeper, state.clock, course, floor, state.clock.rate)
    else:
        _set_clock(keeper, state.clock, course, floor)
    for account, its in own.items():
        _set_clock(keeper, state.separate(account), its, floors.get(account, 0))


def _set_clock(
    keeper: Keeper, clock: Clock, course: Mapping[str, Any], floor: Instant, rate: float | None = None
) -> None:
    """Let a clock go on from where its course has come, not before ``floor``, at a ``rate`` if given."""
    try:
        at = now_of(course, clock.machine, floor)
        rate = float(course["rate"]) if rate is None else rate
    except (KeyError, TypeError, ValueError):
        raise StoreError(f"{keeper.store} is damaged: its clock") from None
    clock.stop_at(at)
    clock.run(rate)


def _adopt(keeper: Keeper, found: Mapping[Key, KeptPartition]) -> None:
    partitions = keeper.state.partitions
    keeper.number_from(max(keeper.dropped, default=0))
    for key, each in found.items():
        partitions.put(key, each.partition)
        keeper.adopt(key, each)
        if each.has_other_rules:
            keeper.add_snapshot(each)  # what comes is repeated under these


def _begin_anew(keeper: Keeper, found: Mapping[Key, KeptPartition]) -> None:
    """Keep what is whole in a new file, which takes the place of the damaged one once all is written."""
    keeper.store.begin_anew()
    keeper.is_mending = True
    keeper.dropped.clear()
    numbers: dict[int, int] = {}
    for key, each in found.items():
        keeper.state.partitions.put(key, each.partition)
        keeper.placed(key, each.partition)
        numbers[each.number] = keeper.kept[key].number
    keeper.rows = renumbered(keeper.rows, numbers)
    keeper.commits.changes.settings.update(keeper.rows)


def renew_durations(keeper: Keeper) -> None:
    """Let what begins from now on take as long as the settings say, where that has changed."""
    for (cloud, account, _), each in keeper.kept.items():
        durations = keeper.state.partitions.durations_of(account)[cloud]
        if each.partition.rules.durations != durations:
            each.partition.execute(SetDurations(durations), each.partition.now)


def fetched(keeper: Keeper, key: Key, rules: Rules) -> Callable[[], Partition]:
    """Read a partition that was put away, and return what makes it, under the rules that it had.

    Raises:
        StoreError: nothing of it is whole.
    """
    store, found = keeper.store, keeper.kept[key]
    reader = Reader(store, keeper.state, keeper.rows.get(MADE_BY, ""))
    for begin in reversed(found.snapshots):
        try:
            snapshot = store.snapshot(found.number, begin)
            its = reader.rules(snapshot, rules, found.digest)
            records = _records(store, found, begin)
        except Damaged as reason:
            _log.error("%s: %s; an older snapshot is taken", shown(key), reason)
            continue
        return partial(_made, reader, key, snapshot, its, records)
    raise StoreError(f"{store} is damaged: {shown(key)} cannot be had as it was")


def _records(store: Store, found: KeptPartition, version: int) -> Sequence[Record]:
    """Return all records of a partition after a version."""
    records: list[Record] = []
    while (latest := version + len(records)) < found.version:
        some = store.records(found.number, latest, min(AT_ONCE, found.version - latest))
        if not some:
            raise Damaged(f"{store} is damaged: it lacks command {latest + 1}")
        records += some
    return records


def _made(
    reader: Reader, key: Key, snapshot: Snapshot, rules: Rules, records: Sequence[Record]
) -> Partition:
    partition = reader.loaded_under(rules, snapshot, key)
    for record in records:
        reader.repeat_one(partition, key, record)
    return partition
