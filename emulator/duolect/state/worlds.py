"""Worlds: what an account has in a region before its first call.

A world is created by the vendor's own create actions, with ids that were chosen instead of drawn. It is
created together with its partition, so it is there again after a reset.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import attrs

from duolect.clock import Clocks
from duolect_core.by_fields import Shown
from duolect_core.engine.durations import SetDurations
from duolect_core.engine.partition import Partition
from duolect_core.errors import CoreError
from duolect_core.interfaces.extras import SetCreated
from duolect_core.model.durations import INSTANT
from duolect_core.model.resources import SECOND, Instant
from duolect_core.model.rules import ResourceKind
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect, Settings
from duolect_dialects.exchange import HttpRequest
from duolect_dialects.session import Account, Session

ANY_ACCOUNT: Final = "*"
_BLANK_REQUEST: Final = HttpRequest("POST", "/", b"", {}, b"")


KeyPath = tuple[str | int, ...]
"""The way to a value in a file: keys, and indexes of lists from 0."""


class WorldError(ValueError):
    """A world cannot be created; ``str`` says why, ``key_path`` where in the file."""

    def __init__(self, key_path: KeyPath, reason: str) -> None:
        """Take the path of what is wrong, and the reason."""
        super().__init__(reason)
        self.key_path = key_path


@attrs.frozen(eq=False, repr=False)
class Step(Shown):
    """One call that creates a part of a world."""

    key_path: KeyPath
    """Where it is in the file."""
    version: str
    action: str
    parameters: Mapping[str, Any]
    ids: Mapping[ResourceKind, str]
    age: int = 0
    """How many seconds ago the interfaces that come of it were created."""
    attached: Sequence[tuple[str, int]] = ()
    """The transit networks that the network which comes of it is attached to, each with its account."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class World(Shown):
    """What one account, or every account, has in one region of one cloud."""

    cloud: str
    account: str
    region: str
    steps: Sequence[Step]
    settings: Mapping[str, Mapping[str, Any]]
    """What it says over tables of the cloud's settings, by their names there."""
    key_path: KeyPath
    told: Mapping[str, Any] = attrs.field(factory=dict)
    """The table that says all of it, as a world file has it."""

    def is_for(self, cloud: str, account: str, region: str) -> bool:
        """Say whether a partition begins with this world."""
        return (cloud, region) == (self.cloud, self.region) and self.account in {ANY_ACCOUNT, account}


class SingleRegion:
    """An account with one region only: no other one has been used, or is looked at."""

    def __init__(self, region: str, partition: Partition) -> None:
        """Take the region and its partition."""
        self._region = region
        self._partition = partition

    def partition(self, _: str) -> Partition:
        """Return its partition, whatever region is asked for."""
        return self._partition

    def used(self) -> Mapping[str, Partition]:
        """Return its partition by its region."""
        return {self._region: self._partition}


class Worlds:
    """All worlds there are."""

    def __init__(self, clocks: Clocks, *, default_network: bool = False) -> None:
        """Take the clocks at whose time worlds are created; there are none yet.

        With ``default_network`` every partition has a default network before anything else.
        """
        self._lasting: tuple[World, ...] = ()
        self._put_up: dict[int, World] = {}
        self._numbered = 0
        self.watcher: Callable[[int, World | None], None] | None = None
        """Who wants to know of a world that is put up, by its number, or that it is taken down."""
        self._default_network = default_network
        self._clocks = clocks

    @property
    def standing(self) -> Sequence[World]:
        """All worlds that new partitions begin with, in the order in which they are created."""
        return (*self._lasting, *self._put_up.values())

    @property
    def put_up_ones(self) -> Sequence[World]:
        """Those that were put up, and can be taken down."""
        return tuple(self._put_up.values())

    def keep(self, worlds: Sequence[World]) -> None:
        """Let partitions begin with further worlds for as long as the emulator runs."""
        self._lasting += tuple(worlds)

    @contextmanager
    def foreseen(self, worlds: Sequence[World]) -> Iterator[None]:
        """Let rules be meanwhile as they are with further worlds, which are kept later."""
        lasting, self._lasting = self._lasting, self._lasting + tuple(worlds)
        try:
            yield
        finally:
            self._lasting = lasting

    def put_up(self, worlds: Sequence[World]) -> None:
        """Let partitions begin with further worlds until these are taken down."""
        for world in worlds:
            self._numbered += 1
            self._put_up[self._numbered] = world
            if self.watcher is not None:
                self.watcher(self._numbered, world)

    def put_up_again(self, worlds: Mapping[int, World]) -> None:
        """Let partitions begin with worlds that were put up before, by their numbers."""
        self._put_up.update(worlds)
        self._numbered = max((self._numbered, *worlds))

    def take_down(self, worlds: Collection[World] | None = None) -> None:
        """Let partitions begin without these worlds, or without any that were put up."""
        for number, world in tuple(self._put_up.items()):
            if worlds is None or world in worlds:
                del self._put_up[number]
                if self.watcher is not None:
                    self.watcher(number, None)

    def concerned(self, worlds: Sequence[World]) -> Sequence[tuple[str, str, str]]:
        """Return cloud, account and region of all partitions that are known to begin with one of these.

        ``*`` as the account stands for every account that no world names.
        """
        return tuple(
            dict.fromkeys(
                (each.cloud, each.account, each.region)
                for each in (*worlds, *self.standing)
                if any(world.is_for(each.cloud, each.account, each.region) for world in worlds)
            )
        )

    def settings(self, dialect: Dialect, account: str, region: str, settings: Settings) -> Settings:
        """Return the settings of a partition: those of its worlds over the cloud's."""
        for world in self._of(dialect, account, region):
            over: dict[str, Any] = {
                name: {**getattr(settings, name), **table} for name, table in world.settings.items()
            }
            settings = attrs.evolve(settings, **over)
        return settings

    def create(self, dialect: Dialect, account: str, region: str, partition: Partition) -> None:
        """Create the worlds of a partition that is new.

        Raises:
            WorldError: a step is refused.
        """
        if self._default_network:
            self._create(dialect, account, _with_default_network(dialect, account, partition), partition)
        for world in self._of(dialect, account, region):
            self._create(dialect, account, world, partition)

    def add(self, worlds: Sequence[tuple[Dialect, World, Partition]]) -> None:
        """Create worlds of named accounts in partitions that may be in use; all of them, or nothing.

        Raises:
            WorldError: a step is refused.
        """
        copies = {id(partition): partition.copy() for _, _, partition in worlds}
        for dialect, world, partition in worlds:
            self._create(dialect, world.account, world, copies[id(partition)])
        for dialect, world, partition in worlds:
            self._create(dialect, world.account, world, partition)

    def _create(self, dialect: Dialect, account: str, world: World, partition: Partition) -> None:
        at, durations = self._clocks.of(account).now(), partition.rules.durations
        partition.execute(SetDurations(INSTANT), at)
        for step in world.steps:
            self._run_step(dialect, account, world.region, partition, step, at)
        partition.settle(at)
        partition.execute(SetDurations(durations), at)

    def _of(self, dialect: Dialect, account: str, region: str) -> Iterator[World]:
        return (world for world in self.standing if world.is_for(dialect.name, account, region))

    def _run_step(  # noqa: PLR0913, PLR0917 - what the step is about, and when it is taken
        self, dialect: Dialect, account: str, region: str, partition: Partition, step: Step, at: Instant
    ) -> None:
        call = Call(
            request=_BLANK_REQUEST,
            request_id="",
            action=step.action,
            version=step.version,
            access_key=account,
            region=region,
            tree=dict(step.parameters),
        )
        action = dialect.actions[(step.version, step.action)]
        if "RegionId" in action.parameters:
            call.tree.setdefault("RegionId", region)
        for resource_id in step.ids.values():
            if partition.graph.holds(resource_id):
                raise WorldError(step.key_path, f"the id {resource_id} is taken already")
        before = {*partition.graph.interfaces, *(partition.graph.networks if step.attached else ())}
        try:
            session = Session(
                call=call,
                account=Account(account),
                partition=partition,
                at=at,
                account_regions=SingleRegion(region, partition),
                request=dialect.parse_request(call, action),
                token=action.token_parameter,
                ids=step.ids,
            )
            action.run(session, session.request)
        except Refusal as refusal:
            raise _refused(step, refusal) from None
        except CoreError as error:
            raise _refused(step, dialect.translate(error, call)) from None
        if step.attached:
            new = [each for each in partition.graph.networks if each not in before]
            _attach(partition, new, step.attached, at)
        if step.age:
            for interface_id in [each for each in partition.graph.interfaces if each not in before]:
                created = at - step.age * SECOND
                partition.execute(SetCreated(interface_id=interface_id, created=created), at)


def _attach(
    partition: Partition, networks: Iterable[str], attached: Sequence[tuple[str, int]], at: Instant
) -> None:
    """Attach new networks to transit networks, each of which comes with its account."""
    from duolect_core.networks.transit import AttachTransit  # noqa: PLC0415 - a start does without

    for transit_id, owner in attached:
        for network_id in networks:
            partition.execute(AttachTransit(network_id, transit_id, owner), at)


def _with_default_network(dialect: Dialect, account: str, partition: Partition) -> World:
    """Return the world of a partition with a default network, and a subnet in each zone."""
    rules = partition.rules
    return World(
        cloud=dialect.name,
        account=account,
        region=rules.region,
        steps=[
            Step((), version, action, parameters, {})
            for version, action, parameters in dialect.default_network(rules.zones)
        ],
        settings={},
        key_path=(),
    )


def _refused(step: Step, refusal: Refusal) -> WorldError:
    return WorldError(step.key_path, f"{refusal.code}: {refusal.message}")
