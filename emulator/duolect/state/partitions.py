"""All partitions of the running emulator: one for each cloud, account and region that was used."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import count, islice
from operator import attrgetter
from typing import Protocol

import attrs

from duolect.state.agenda import Agenda, Entry
from duolect.state.kinds import kind_of
from duolect.state.worlds import Worlds
from duolect_core.engine.durations import SetDurations
from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import Timeline
from duolect_core.model.durations import Durations
from duolect_core.model.resources import Instant
from duolect_core.model.rules import Rules
from duolect_core.partitions import new_partition
from duolect_dialects.dialect import Dialect, Settings

Key = tuple[str, str, str]
"""Cloud, access key, region."""


def resources_in(partition: Partition) -> int:
    """Return how many resources there are in a partition."""
    return sum(map(len, partition.graph.tables()))


def weight(partition: Partition) -> int:
    """Return how many things are in a partition, roughly: resources, operations, tokens."""
    return resources_in(partition) + len(partition.graph.operations) + len(partition.idempotency.entries())


class Placed:
    """A partition in its place, and how much it had created at points in its time.

    Such a point is a number that rises (``Partitions.point``). What a partition had created by then is
    noted when it is used for the first time after it, so that a point costs nothing where nobody calls.
    """

    __slots__ = ("_history", "_noted", "_since", "entry", "key", "partition", "seeded", "serial")

    def __init__(self, key: Key, partition: Partition, entry: Entry, serial: int, point: int) -> None:
        """Take a partition from a point on; all that is in it counts as what it began with."""
        self.key = key
        self.partition = partition
        self.entry = entry
        self.serial = serial
        self.seeded = partition.created
        """How many resources it began with, which are its oldest."""
        self._since = self._noted = point
        self._history: list[tuple[int, int]] | None = None

    def note(self, point: int) -> None:
        """Write down, before the partition is used, what it had created by a point."""
        if self._noted < point:
            self._noted = point
            if self._history is None:
                self._history = []
            self._history.append((point, self.partition.created))

    def created_by(self, point: int) -> int:
        """Return how many resources it had created by a point, or began with."""
        if point <= self._since:
            return self.seeded
        history = self._history or ()
        place = bisect_left(history, point, key=_point_of)
        return history[place][1] if place < len(history) else self.partition.created

    def forget_points(self, before: int) -> None:
        """Forget what nobody will ask for any more: what was created by earlier points."""
        if self._history is not None:
            del self._history[: bisect_left(self._history, before, key=_point_of)]
            self._history = self._history or None


def _point_of(noted: tuple[int, int]) -> int:
    return noted[0]


class Keeper(Protocol):
    """Who keeps what changes a partition from outside; each follows its commands by itself."""

    def placed(self, key: Key, partition: Partition, tree: bytes | None) -> None:
        """Learn that a partition was put in its place; its archive is given where it is known."""
        ...

    def forgotten(self, key: Key) -> None:
        """Learn that a partition is no more."""
        ...

    def durations_set(self, cloud: str, durations: Durations | None, access_key: str | None) -> None:
        """Learn how long changes take in a cloud from now on, for an account or for all others.

        For an account without ``durations`` as long as for those.
        """
        ...


class Partitions:
    """Makes partitions when they are first asked for, each with a seed of its own."""

    def __init__(self, seed: int, settings: Mapping[str, Settings], worlds: Worlds) -> None:
        """Start with none; ``settings`` are by cloud, ``worlds`` are what new partitions begin with."""
        self._seed = seed
        self._settings = dict(settings)
        self.worlds = worlds
        self.agenda = Agenda()
        """When something falls due by the common clock, and where."""
        self._own_agendas: dict[str, Agenda] = {}
        """The same of each account that has a clock of its own."""
        self._own_durations: dict[tuple[str, str], Durations] = {}
        """How long changes take in a cloud for an account for which that was set, by cloud and account."""
        self.point = 0
        """The latest point in time that was marked."""
        self._rules: dict[tuple[str, str], tuple[Settings, Rules]] = {}
        """The rules of the latest partition of each region, which are most often those of the next one."""
        self._serials = count()
        self._placed: dict[Key, Placed] = {}
        self._regions: dict[tuple[str, str], dict[str, Partition]] = {}
        self.keeper: Keeper | None = None
        """Who keeps them, so that they outlive the process; mostly nobody."""
        self._when_forgotten: list[Callable[[str | None, str | None, str | None], None]] = []

    def get(self, dialect: Dialect, access_key: str, region: str) -> Partition:
        """Return a partition.

        Raises:
            Refusal: the cloud has no such region.
        """
        key = (dialect.name, access_key, region)
        placed = self._placed.get(key)
        if placed is None:
            partition = self._make(dialect, key)
            self.put(key, partition)
            return partition
        placed.note(self.point)
        return placed.partition

    def created_by(self, key: Key, point: int) -> int:
        """Return how many resources a partition had created by a point in time, or began with."""
        return self._placed[key].created_by(point)

    def mark(self) -> int:
        """Mark a point in time, and return its number: they rise from 1."""
        self.point += 1
        return self.point

    def forget_points(self, before: int) -> None:
        """Forget what was created by earlier points than one."""
        for placed in self._placed.values():
            placed.forget_points(before)

    def try_worlds(self, dialect: Dialect, access_key: str, region: str) -> None:
        """Make a partition and drop it, to check that its worlds can be created.

        Raises:
            WorldError: they cannot.
        """
        self._make(dialect, (dialect.name, access_key, region))

    def _make(self, dialect: Dialect, key: Key) -> Partition:
        _, access_key, region = key
        partition = new_partition(self.rules(dialect, access_key, region), self._seed_of(key))
        self.worlds.create(dialect, access_key, region, partition)
        return partition

    def rules(self, dialect: Dialect, access_key: str, region: str) -> Rules:
        """Return the rules of a partition, which need not be there.

        Raises:
            Refusal: the cloud has no such region.
        """
        settings = self.worlds.settings(dialect, access_key, region, self._settings[dialect.name])
        own = self._own_durations.get((dialect.name, access_key))
        if own is not None:
            settings = attrs.evolve(settings, durations=own)
        name = dialect.name, region
        known = self._rules.get(name)
        if known is None or known[0] is not settings:
            known = self._rules[name] = settings, dialect.rules(region, settings)
        return known[1]

    def put(self, key: Key, partition: Partition, tree: bytes | None = None) -> None:
        """Store a partition that was made elsewhere; all that is in it counts as what it began with.

        ``tree`` is its archive, where that was written already.
        """
        agenda = self.agenda_of(key[1])
        if key in self._placed:
            agenda.drop(self._placed[key].entry)
        entry = agenda.add(partition)
        self._placed[key] = Placed(key, partition, entry, next(self._serials), self.point)
        self._regions.setdefault(key[:2], {})[key[2]] = partition
        if self.keeper is not None:
            self.keeper.placed(key, partition, tree)

    def of_account(self, dialect: Dialect, access_key: str) -> Mapping[str, Partition]:
        """Return an account's partitions by region."""
        return self._regions.get((dialect.name, access_key), {})

    def items(
        self, access_key: str | None = None, cloud: str | None = None, region: str | None = None
    ) -> Iterator[tuple[Key, Partition]]:
        """Iterate over all partitions, or those of one account, cloud or region.

        They come in the order in which they were first used.
        """
        placed: Iterable[Placed] = self._placed.values()
        if access_key is not None:
            clouds = self._settings if cloud is None else (cloud,)
            names = [(each, access_key) for each in clouds]
            keys = [(*name, its) for name in names for its in self._regions.get(name, ())]
            placed = sorted((self._placed[key] for key in keys), key=attrgetter("serial"))
        for each in placed:
            if cloud in {None, each.key[0]} and region in {None, each.key[2]}:
                yield each.key, each.partition

    def locate(self, dialect: Dialect, access_key: str, resource_ids: Iterable[str]) -> str | None:
        """Return the region that holds one of the resources; failing that, an account's only region."""
        regions = self.of_account(dialect, access_key)
        for resource_id in resource_ids:
            for region, partition in regions.items():
                if partition.graph.holds(resource_id):
                    return region
        return next(iter(regions)) if len(regions) == 1 else None

    def forget(
        self, access_key: str | None = None, cloud: str | None = None, region: str | None = None
    ) -> Mapping[Key, Partition]:
        """Drop all partitions, or those of one account, cloud or region, and return them."""
        forgotten = dict(self.items(access_key, cloud, region))
        for key in forgotten:
            self.agenda_of(key[1]).drop(self._placed.pop(key).entry)
            regions = self._regions[key[:2]]
            del regions[key[2]]
            if not regions:
                del self._regions[key[:2]]
            if self.keeper is not None:
                self.keeper.forgotten(key)
        if cloud is None and region is None:
            self._forget_agendas(access_key)
        for also_forget in self._when_forgotten:
            also_forget(access_key, cloud, region)
        return forgotten

    def _forget_agendas(self, access_key: str | None) -> None:
        """Forget the agenda that an account has of its own, or where it is None all of them."""
        if access_key is None:
            self._own_agendas.clear()
        else:
            self._own_agendas.pop(access_key, None)

    def when_forgotten(self, also_forget: Callable[[str | None, str | None, str | None], None]) -> None:
        """Let something else be forgotten with partitions: it is called with what ``forget`` is."""
        self._when_forgotten.append(also_forget)

    def agenda_of(self, access_key: str) -> Agenda:
        """Return the agenda on which an account's partitions stand."""
        return self._own_agendas.get(access_key, self.agenda)

    def own_agendas(self) -> Iterator[tuple[str, Agenda]]:
        """Iterate over the accounts that have an agenda of their own, and these."""
        return iter(tuple(self._own_agendas.items()))

    def separate(self, access_key: str) -> None:
        """Give an account an agenda of its own, if it has none, as it obeys a clock of its own."""
        if access_key in self._own_agendas:
            return
        agenda = self._own_agendas[access_key] = Agenda()
        for key, partition in self.items(access_key):
            placed = self._placed[key]
            self.agenda.drop(placed.entry)
            placed.entry = agenda.add(partition)

    @property
    def used(self) -> int:
        """How many partitions there are."""
        return len(self._placed)

    @property
    def pending(self) -> int:
        """How many transitions are still to come."""
        return sum(len(each.partition.timeline) for each in self._placed.values())

    def timelines(self, access_key: str | None = None) -> list[Timeline]:
        """Return what is still to come in each partition of an account, or of all without an own agenda."""
        if access_key is not None:
            return [partition.timeline for _, partition in self.items(access_key)]
        own = self._own_agendas
        return [each.partition.timeline for each in self._placed.values() if each.key[1] not in own]

    def resource_counts(self) -> Mapping[tuple[str, str, str], int]:
        """Return how many resources there are, by cloud, region and kind."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for (cloud, _, region), partition in self.items():
            for table in partition.graph.tables():
                for resource in islice(table.values(), 1):
                    counts[(cloud, region, kind_of(resource))] += len(table)
        return counts

    def durations_of(self, access_key: str | None = None) -> Mapping[str, Durations]:
        """Return how long changes take in each cloud for an account, or for all that have no own ones."""
        return {
            cloud: (access_key is not None and self._own_durations.get((cloud, access_key)))
            or settings.durations
            for cloud, settings in self._settings.items()
        }

    def set_durations(
        self,
        cloud: str,
        durations: Durations,
        now: Callable[[str], Instant],
        access_key: str | None = None,
    ) -> None:
        """Let changes in a cloud that begin from now on take these times: an account's, or all others.

        ``now`` says what time it is for an account. Those for which something was set keep that.
        """
        if access_key is None:
            self._settings[cloud] = attrs.evolve(self._settings[cloud], durations=durations)
            concerned = [each for each in self._placed if (cloud, each[1]) not in self._own_durations]
        else:
            self._own_durations[cloud, access_key] = durations
            concerned = [key for key, _ in self.items(access_key)]
        if self.keeper is not None:
            self.keeper.durations_set(cloud, durations, access_key)
        for key in concerned:
            if key[0] == cloud:
                self._placed[key].partition.execute(SetDurations(durations), now(key[1]))

    def forget_durations(self, access_key: str | None = None) -> None:
        """Let changes take as long for an account as for others, or where it is None for all accounts.

        That is for partitions which are made from now on.
        """
        for name in tuple(self._own_durations):
            if access_key in {None, name[1]}:
                del self._own_durations[name]
                if self.keeper is not None:
                    self.keeper.durations_set(name[0], None, name[1])

    def _seed_of(self, key: Key) -> int:
        """Return the same seed for the same partition of the same emulator seed, on every run."""
        text = "\0".join((str(self._seed), *key))
        return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])


class AccountRegions:
    """One account's partitions on one cloud, as its actions reach them."""

    __slots__ = ("_account", "_dialect", "_partitions")

    def __init__(self, partitions: Partitions, dialect: Dialect, account: str) -> None:
        """Take all partitions, and the cloud and account of which they are."""
        self._partitions = partitions
        self._dialect = dialect
        self._account = account

    def partition(self, region: str) -> Partition:
        """Return the partition of a region, or raise ``Refusal`` where the cloud has no such region."""
        return self._partitions.get(self._dialect, self._account, region)

    def used(self) -> Mapping[str, Partition]:
        """Return the partitions of the regions that the account has used, by region."""
        return self._partitions.of_account(self._dialect, self._account)
