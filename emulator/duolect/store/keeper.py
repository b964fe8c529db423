"""The keeper: follows all partitions and the clock, and gives what changes to the store.

Each partition has a recorder that makes a record of every command. What changes a partition from outside is
kept too: that it was placed (with what it began with), that it was dropped, the durations of its cloud, and
how the clock runs. Of time only that is kept: as long as it runs, it goes on by the machine's clock.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from duolect import __version__
from duolect.clock import Clock
from duolect.state.archives import archived
from duolect.state.emulator import EmulatorState
from duolect.state.placed import Key, Past
from duolect.store.commits import Commits
from duolect.store.interface import Snapshot, Store, StoreError
from duolect.store.points import Points
from duolect.store.texts import digest_of, durations_text, record_of, rules_text
from duolect_core.engine.partition import Entry, Partition
from duolect_core.model.resources import Instant
from duolect_core.model.rules import Durations, Rules

CLOCK: Final = "clock"
DURATIONS: Final = "durations."
OWN_CLOCK: Final = "own-clock."
OWN_DURATIONS: Final = "own-durations."
MADE_BY: Final = "made-by"
SLOW: Final[Mapping[str, int]] = {"CreateKeyPair": 2_500}
"""Commands that take as long as so many others: to draw a key takes half a second."""


@attrs.define(eq=False)
class KeptPartition:
    """A partition whose commands are kept."""

    number: int
    _partition: Partition | None
    keeper: "Keeper"
    version: int
    """That of its latest command."""
    snapshots: list[int]
    """The versions of the snapshots there are of it, oldest first."""
    work: int = 0
    """How many commands have to be repeated to make it of its latest snapshot; slow ones count for more."""
    has_other_rules: bool = False
    """Whether it came out of the store with other rules than it has now."""
    digest: str = ""
    """That of its rules, while it is put away."""

    @property
    def partition(self) -> Partition:
        """The partition, which must not be put away."""
        if self._partition is None:
            raise LookupError(f"partition {self.number} is put away")
        return self._partition

    def follow(self, partition: Partition) -> None:
        """Follow the partition, which is there again."""
        self._partition = partition
        partition.subscribe(self.record)

    def leave(self) -> None:
        """Follow the partition no more, and let go of it."""
        if self._partition is not None:
            self._partition.unsubscribe(self.record)
            self._partition = None

    def record(self, entry: Entry) -> None:
        """Have a command kept that the partition has carried out."""
        self.version += 1
        record = record_of(entry, self.version, self.partition)
        self.keeper.recorded(self, record.command)
        self.keeper.commits.changes.records.append((self.number, record))
        self.keeper.commits.changed()


class Keeper:
    """Follows a state."""

    def __init__(self, store: Store, state: EmulatorState) -> None:
        """Take the store, and the state as the settings have it, which is followed from ``follow`` on."""
        self.store = store
        self.state = state
        self.commits = Commits(store)
        self.kept: dict[Key, KeptPartition] = {}
        self.work = 0
        """How many commands have to be repeated to make all partitions of their latest snapshots."""
        self.dropped: list[int] = []
        """The numbers of partitions of which something may be left."""
        self.configured: Mapping[str, Any] = {
            CLOCK: state.clock.rate,
            **{cloud: durations_text(each) for cloud, each in state.partitions.durations_of().items()},
        }
        """What the settings say of what can be changed while the emulator runs."""
        self.is_new = True
        """Whether the store had nothing yet."""
        self.is_mending = False
        """Whether what was whole of a damaged store is written anew, and not yet in its place."""
        self.enough = sys.maxsize
        self.when_enough: Callable[[], object] = bool
        """What is called where there is so much work, that it be made less."""
        self.rows: Mapping[str, str] = {}
        """What was kept of all when the store was opened, by names."""
        self.points = Points(self.set_row)
        self.reader_of: Callable[[Key, Rules], Callable[[], Partition]] = _nothing_kept
        """Reads a partition that was put away, and returns what makes it, under the rules that it had.

        Who asks has the store alone. It raises ``StoreError`` where the partition cannot be restored.
        """
        self._latest = 0
        self._rules: list[tuple[Rules, str]] = []

    # -- beginning ---------------------------------------------------------------------------------

    def follow(self) -> None:
        """Keep from now on what changes."""
        partitions, clock = self.state.partitions, self.state.clock
        partitions.keeper = self
        clock.watcher = self.clock_moved
        self.commits.changes.settings[MADE_BY] = __version__
        self.clock_moved(clock)
        self.state.clocks.watcher = self.own_clock_moved
        for account, own in self.state.clocks.own():
            self.own_clock_moved(account, own)
        for cloud, durations in partitions.durations_of().items():
            self.durations_set(cloud, durations)

    def adopt(self, key: Key, found: KeptPartition) -> None:
        """Follow a partition that comes out of the store."""
        self.kept[key] = found
        self.work += found.work
        self.number_from(found.number)
        found.partition.subscribe(found.record)

    def number_from(self, latest: int) -> None:
        """Give new partitions numbers over one."""
        self._latest = max(self._latest, latest)

    # -- what changes --------------------------------------------------------------------------------

    def placed(self, key: Key, partition: Partition, tree: bytes | None = None) -> None:
        """Keep a partition that was put in its place, in that of another; ``tree`` is its archive."""
        self.forgotten(key)
        self._latest += 1
        found = self.kept[key] = KeptPartition(self._latest, partition, self, 0, [0])
        changes = self.commits.changes
        changes.placed[found.number] = key, self.snapshot_of(found, tree or archived(partition))
        self.points.placed(found.number, self.state.partitions.past_of(key))
        partition.subscribe(found.record)
        self.commits.changed()

    def forgotten(self, key: Key) -> None:
        """Keep that a partition is no more."""
        found = self.kept.pop(key, None)
        if found is not None:
            found.leave()
            self.work -= found.work
            self.commits.changes.drop(found.number)
            self.dropped.append(found.number)
            self.points.dropped(found.number)
            self.commits.changed()

    def put_away(self, key: Key) -> None:
        """Let go of a partition, of which all is kept."""
        found = self.kept[key]
        found.digest = self._digest(found.partition.rules)
        found.leave()

    def fetched(self, key: Key, rules: Rules) -> Partition:
        """Return a partition that was put away, as it was then.

        Raises:
            StoreError: it cannot be restored.
        """
        with self.commits.alone():
            make = self.reader_of(key, rules)
        return make()

    def is_back(self, key: Key, partition: Partition) -> None:
        """Follow a partition that is there again."""
        self.kept[key].follow(partition)

    def noted(self, key: Key, point: int, created: int) -> None:
        """Keep how many resources a partition had created by a point."""
        self.points.noted(self.kept[key].number, point, created)

    def past_set(self, key: Key, past: Past) -> None:
        """Keep what a partition had created by all points that are known."""
        self.points.placed(self.kept[key].number, past)

    def forget_points(self, before: int) -> None:
        """Keep nothing of points before one."""
        self.points.forget(before)

    def recorded(self, found: KeptPartition, command: str) -> None:
        """Count a command of a partition."""
        work = SLOW.get(command, 1)
        found.work += work
        self.work += work
        if self.work >= self.enough:
            self.when_enough()

    def durations_set(self, cloud: str, durations: Durations | None, access_key: str | None = None) -> None:
        """Keep how long changes take in a cloud, for an account or for all others."""
        text = None if durations is None else durations_text(durations)
        if access_key is not None:
            self._set(f"{OWN_DURATIONS}{cloud}.{access_key}", {} if text is None else {"set": text})
        else:
            self._set(f"{DURATIONS}{cloud}", {"set": text, "configured": self.configured[cloud]})

    def clock_moved(self, clock: Clock) -> None:
        """Keep how the clock runs, and from where."""
        rate, at, since = clock.course
        self._set(CLOCK, {"rate": rate, "at": at, "since": since, "configured": self.configured[CLOCK]})

    def own_clock_moved(self, account: str, clock: Clock | None) -> None:
        """Keep how an account's own clock runs, or that it has none any more."""
        value: dict[str, Any] = {}
        if clock is not None:
            value["rate"], value["at"], value["since"] = clock.course
        self._set(f"{OWN_CLOCK}{account}", value)

    def set_row(self, name: str, tree: object) -> None:
        """Keep under a name what is true of all: a JSON tree, or None where nothing is any more."""
        self.commits.changes.settings[name] = None if tree is None else json.dumps(tree, default=str)
        self.commits.changed()

    def _set(self, name: str, value: Mapping[str, Any]) -> None:
        self.set_row(name, value)

    # -- snapshots -----------------------------------------------------------------------------------

    def snapshot_of(self, found: KeptPartition, tree: bytes) -> Snapshot:
        """Return the snapshot of a partition of which this is the archive."""
        rules = found.partition.rules
        return Snapshot(found.version, self._digest(rules), durations_text(rules.durations), tree)

    def add_snapshot(self, found: KeptPartition) -> int:
        """Keep a snapshot of a partition as it is with the next group; return how many bytes it has."""
        snapshot = self.snapshot_of(found, archived(found.partition))
        self.commits.changes.snapshots.append((found.number, snapshot))
        self.commits.changed()
        found.snapshots = sorted({*found.snapshots, found.version})
        self.work -= found.work
        found.work = 0
        return len(snapshot.tree)

    def _digest(self, rules: Rules) -> str:
        """Return the digest of rules, which are kept with the first that has them."""
        for known, digest in self._rules:
            if known is rules or attrs.evolve(known, durations=rules.durations) == rules:
                return digest
        text = rules_text(rules)
        digest = digest_of(text)
        self._rules.append((rules, digest))
        self.commits.changes.rules[digest] = text
        return digest

    def long_logs(self, least: int) -> Iterator[tuple[Key, KeptPartition]]:
        """Yield the partitions with the longest logs, longest first, those with so much work at least."""
        found = [(each.work, key) for key, each in self.kept.items() if each.work >= least]
        for _, key in sorted(found, reverse=True):
            if key in self.kept:
                yield key, self.kept[key]


def _nothing_kept(key: Key, _: Rules) -> Callable[[], Partition]:
    raise StoreError(f"nothing was kept of {key}")


def now_of(course: Mapping[str, Any], machine: Instant, floor: Instant) -> Instant:
    """Return what a clock says that ran on by the machine's while nobody was there to look."""
    passed = int(max(0, machine - int(course["since"])) * float(course["rate"]))
    return max(int(course["at"]) + passed, floor)
