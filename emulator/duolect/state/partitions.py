"""All partitions of the running emulator: one for each cloud, account and region that was used."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice

import attrs

from duolect.state.kinds import kind_of
from duolect.state.worlds import Worlds
from duolect_core.engine.durations import SetDurations
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Instant
from duolect_core.model.rules import Durations, Rules
from duolect_core.partitions import new_partition
from duolect_dialects.dialect import Dialect, Settings

Key = tuple[str, str, str]
"""Cloud, access key, region."""


class Partitions:
    """Makes partitions when they are first asked for, each with a seed of its own."""

    def __init__(self, seed: int, settings: Mapping[str, Settings], worlds: Worlds) -> None:
        """Start with none; ``settings`` are by cloud, ``worlds`` are what new partitions begin with."""
        self._seed = seed
        self._settings = dict(settings)
        self.worlds = worlds
        self._seeded: dict[Key, int] = {}
        self._partitions: dict[Key, Partition] = {}
        self._regions: dict[tuple[str, str], dict[str, Partition]] = {}
        self._when_forgotten: list[Callable[[str | None, str | None, str | None], None]] = []

    def get(self, dialect: Dialect, access_key: str, region: str) -> Partition:
        """Return a partition.

        Raises:
            Refusal: the cloud has no such region.
        """
        key = (dialect.name, access_key, region)
        partition = self._partitions.get(key)
        if partition is None:
            partition = self._make(dialect, key)
            self.put(key, partition)
        return partition

    def seeded(self, key: Key) -> int:
        """Return how many resources a partition began with, which are its oldest."""
        return self._seeded.get(key, 0)

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
        settings = self._settings[dialect.name]
        return dialect.rules(region, self.worlds.settings(dialect, access_key, region, settings))

    def put(self, key: Key, partition: Partition) -> None:
        """Store a partition that was made elsewhere; all that is in it counts as what it began with."""
        self._partitions[key] = partition
        self._seeded[key] = partition.created
        self._regions.setdefault(key[:2], {})[key[2]] = partition

    def of_account(self, dialect: Dialect, access_key: str) -> Mapping[str, Partition]:
        """Return an account's partitions by region."""
        return self._regions.get((dialect.name, access_key), {})

    def items(
        self, access_key: str | None = None, cloud: str | None = None, region: str | None = None
    ) -> Iterator[tuple[Key, Partition]]:
        """Iterate over all partitions, or those of one account, cloud or region."""
        for key, partition in self._partitions.items():
            if cloud in {None, key[0]} and access_key in {None, key[1]} and region in {None, key[2]}:
                yield key, partition

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
    ) -> Collection[Key]:
        """Drop all partitions, or those of one account, cloud or region, and return which they were."""
        forgotten = [key for key, _ in self.items(access_key, cloud, region)]
        for key in forgotten:
            del self._partitions[key]
            del self._regions[key[:2]][key[2]]
        for also_forget in self._when_forgotten:
            also_forget(access_key, cloud, region)
        return forgotten

    def when_forgotten(self, also_forget: Callable[[str | None, str | None, str | None], None]) -> None:
        """Let something else be forgotten with partitions: it is called with what ``forget`` is."""
        self._when_forgotten.append(also_forget)

    def settle(self, at: Instant) -> None:
        """Carry out all transitions that are due at an instant."""
        for partition in self._partitions.values():
            partition.settle(at)

    @property
    def next_due(self) -> Instant | None:
        """When the next transition falls due, or None when nothing will happen by itself."""
        dues = (partition.timeline.next_due for partition in self._partitions.values())
        return min((due for due in dues if due is not None), default=None)

    @property
    def pending(self) -> int:
        """How many transitions are still to come."""
        return sum(1 for partition in self._partitions.values() for _ in partition.timeline.pending())

    def resource_counts(self) -> Mapping[tuple[str, str, str], int]:
        """Return how many resources there are, by cloud, region and kind."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for (cloud, _, region), partition in self._partitions.items():
            for table in partition.graph.tables():
                for resource in islice(table.values(), 1):
                    counts[(cloud, region, kind_of(resource))] += len(table)
        return counts

    @property
    def durations(self) -> Mapping[str, Durations]:
        """How long changes take in each cloud."""
        return {cloud: settings.durations for cloud, settings in self._settings.items()}

    def set_durations(self, cloud: str, durations: Durations, at: Instant) -> None:
        """Let changes in a cloud that begin after ``at`` take these times."""
        self._settings[cloud] = attrs.evolve(self._settings[cloud], durations=durations)
        for key, partition in self._partitions.items():
            if key[0] == cloud:
                partition.execute(SetDurations(durations), at)

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
