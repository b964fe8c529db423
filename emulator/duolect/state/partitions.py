"""All partitions of the running emulator: one for each cloud, account and region that was used."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from functools import partial
from hashlib import sha256
from itertools import count
from operator import attrgetter

import attrs

from duolect.state.agenda import Agenda
from duolect.state.away import Away, away_of, resources_in, weight
from duolect.state.placed import Keeper, Key, Past, Placed
from duolect.state.uses import Uses
from duolect.state.worlds import Worlds
from duolect_core.engine.durations import SetDurations
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Instant
from duolect_core.model.rules import Durations, Rules
from duolect_core.partitions import new_partition
from duolect_dialects.dialect import Dialect, Settings

__all__ = ["Key", "Partitions", "resources_in", "weight"]


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
        self.away: dict[str, dict[Key, Placed]] = {}
        """The accounts that were put away, with their partitions."""
        self.uses: Uses | None = None
        """When accounts were used last, where somebody asks for that."""
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
        if self.uses is not None:
            self.bring_back(access_key)
            self.uses.touch(access_key)
        if placed is None:
            partition = self._make(dialect, key)
            self.put(key, partition)
            return partition
        if placed.note(self.point) and self.keeper is not None:
            self.keeper.noted(key, self.point, placed.created)
        return self._there(placed)

    def _there(self, placed: Placed) -> Partition:
        """Return a partition, which comes back if it was put away."""
        if placed.partition is None:
            self.bring_back(placed.key[1])
        if placed.partition is None:
            raise LookupError(f"{placed.key} is nowhere")
        return placed.partition

    def created_by(self, key: Key, point: int) -> int:
        """Return how many resources a partition had created by a point in time, or began with."""
        return self._placed[key].created_by(point)

    def created_since(
        self, point: int, access_key: str | None = None, cloud: str | None = None, region: str | None = None
    ) -> Iterator[tuple[Key, Partition]]:
        """Iterate as ``items`` does; of what was put away only over what has created any since."""
        return self.items(
            access_key, cloud, region, wanted=lambda placed: placed.created > placed.created_by(point)
        )

    def mark(self) -> int:
        """Mark a point in time, and return its number: they rise from 1."""
        self.point += 1
        return self.point

    def forget_points(self, before: int) -> None:
        """Forget what was created by earlier points than one."""
        for placed in self._placed.values():
            placed.forget_points(before)
        if self.keeper is not None:
            self.keeper.forget_points(before)

    def past_of(self, key: Key) -> Past:
        """Return what is known of what a partition had created earlier."""
        return self._placed[key].past

    def set_past(self, key: Key, past: Past) -> None:
        """Know what a partition had created earlier: it was kept elsewhere."""
        self._placed[key].past = past
        if self.keeper is not None:
            self.keeper.past_set(key, past)

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
        if self.uses is not None:
            self.bring_back(key[1])
            self.uses.touch(key[1])
        if key in self._placed:
            agenda.drop(self._placed[key].entry)
        entry = agenda.add(partition)
        self._placed[key] = Placed(key, partition, entry, next(self._serials), self.point)
        self._regions.setdefault(key[:2], {})[key[2]] = partition
        if self.keeper is not None:
            self.keeper.placed(key, partition, tree)

    def of_account(self, dialect: Dialect, access_key: str) -> Mapping[str, Partition]:
        """Return an account's partitions by region."""
        self.bring_back(access_key)
        return self._regions.get((dialect.name, access_key), {})

    def items(
        self,
        access_key: str | None = None,
        cloud: str | None = None,
        region: str | None = None,
        *,
        wanted: Callable[[Placed], bool] | None = None,
    ) -> Iterator[tuple[Key, Partition]]:
        """Iterate over all partitions, or those of one account, cloud or region.

        They come in the order in which they were first used. Those that were put away come back, or with
        ``wanted`` only those of them that are: the others are left out.
        """
        for placed in self.placed(access_key, cloud, region):
            if placed.partition is not None or wanted is None or wanted(placed):
                yield placed.key, self._there(placed)

    def placed(
        self, access_key: str | None = None, cloud: str | None = None, region: str | None = None
    ) -> Iterator[Placed]:
        """Iterate over the places of partitions in the same order; those that were put away stay away."""
        placed: Iterable[Placed] = self._placed.values()
        if access_key in self.away:
            placed = self.away[access_key].values()
        elif access_key is not None:
            clouds = self._settings if cloud is None else (cloud,)
            names = [(each, access_key) for each in clouds]
            keys = [(*name, its) for name in names for its in self._regions.get(name, ())]
            placed = sorted((self._placed[key] for key in keys), key=attrgetter("serial"))
        for each in placed:
            if cloud in {None, each.key[0]} and region in {None, each.key[2]}:
                yield each

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
    ) -> Mapping[Key, Partition | None]:
        """Drop all partitions, or those of one account, cloud or region, and return them.

        In the place of one that was put away stands None.
        """
        forgotten = {each.key: each.partition for each in self.placed(access_key, cloud, region)}
        for key in forgotten:
            self.agenda_of(key[1]).drop(self._placed.pop(key).entry)
            self._drop_region(key)
            if self.keeper is not None:
                self.keeper.forgotten(key)
        if cloud is None and region is None:
            self._forget_agendas(access_key)
        for also_forget in self._when_forgotten:
            also_forget(access_key, cloud, region)
        return forgotten

    def _drop_region(self, key: Key) -> None:
        """Find a partition no more among those of its account, be it there or put away."""
        if key[1] in self.away:
            del self.away[key[1]][key]
            if not self.away[key[1]]:
                del self.away[key[1]]
            return
        regions = self._regions[key[:2]]
        del regions[key[2]]
        if not regions:
            del self._regions[key[:2]]

    # -- putting away ------------------------------------------------------------------------------

    def put_away(self, access_key: str) -> Sequence[Partition]:
        """Put all partitions of an account away, of which all is kept, and return them to be let go of."""
        there = list(self.placed(access_key))
        gone: list[Partition] = []
        for placed in there:
            if placed.partition is None or self.keeper is None:
                raise LookupError(f"{placed.key} is not there, or not kept")
            placed.away = away_of(placed.partition, partial(self.bring_back, access_key))
            gone.append(placed.partition)
            self._list(placed, placed.away)
            placed.partition = None
            self._drop_region(placed.key)
            self.keeper.put_away(placed.key)
        if there:
            self.away[access_key] = {each.key: each for each in there}
        if self.uses is not None:
            self.uses.drop(access_key)
        return gone

    def bring_back(self, access_key: str, made: Mapping[Key, Partition] | None = None) -> None:
        """Let the partitions of an account be there again that were put away, if they were.

        ``made`` has them where they were fetched already.
        """
        if access_key not in self.away:
            return
        for placed in tuple(self.away[access_key].values()):
            if placed.away is None or self.keeper is None:
                raise LookupError(f"{placed.key} is nowhere")
            key, found = placed.key, (made or {}).get(placed.key)
            partition = found or self.keeper.fetched(key, placed.away.rules)
            partition.settle(placed.away.now)  # as it was: only commands are kept
            self._list(placed, partition)
            placed.partition, placed.away = partition, None
            del self.away[access_key][key]
            self._regions.setdefault(key[:2], {})[key[2]] = partition
            self.keeper.is_back(key, partition)
            durations = self.durations_of(access_key)[key[0]]
            if partition.rules.durations != durations:
                partition.execute(SetDurations(durations), partition.now)
        del self.away[access_key]
        if self.uses is not None:
            self.uses.put_first(access_key)

    def _list(self, placed: Placed, listed: Partition | Away) -> None:
        """Let a partition stand on the agenda, or what is known of it."""
        agenda = self.agenda_of(placed.key[1])
        agenda.drop(placed.entry)
        placed.entry = agenda.add(listed)

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
        for placed in self.placed(access_key):
            self.agenda.drop(placed.entry)
            placed.entry = agenda.add(placed.listed)

    @property
    def used(self) -> int:
        """How many partitions there are."""
        return len(self._placed)

    @property
    def pending(self) -> int:
        """How many transitions are still to come."""
        return sum(len(each.listed.timeline) for each in self._placed.values())

    def timelines(self, access_key: str | None = None) -> list[Sized]:
        """Return what is still to come in each partition of an account, or of all without an own agenda."""
        if access_key is not None:
            return [each.listed.timeline for each in self.placed(access_key)]
        own = self._own_agendas
        return [each.listed.timeline for each in self._placed.values() if each.key[1] not in own]

    def resource_counts(self) -> Mapping[tuple[str, str, str], int]:
        """Return how many resources there are, by cloud, region and kind."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for placed in self._placed.values():
            cloud, _, region = placed.key
            for kind, number in placed.resources.items():
                counts[(cloud, region, kind)] += number
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
        placed: Iterable[Placed]
        if access_key is None:
            self._settings[cloud] = attrs.evolve(self._settings[cloud], durations=durations)
            own = self._own_durations
            placed = (each for each in self.placed() if (cloud, each.key[1]) not in own)
        else:
            self._own_durations[cloud, access_key] = durations
            placed = self.placed(access_key)
        if self.keeper is not None:
            self.keeper.durations_set(cloud, durations, access_key)
        for each in placed:  # those that were put away learn it when they come back
            if each.key[0] == cloud and each.partition is not None:
                each.partition.execute(SetDurations(durations), now(each.key[1]))

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
