"""Worlds: what an account has in a region before its first call.

A world is made of the vendor's own create actions, with ids that were chosen instead of drawn. It is made
together with its partition, so it is there again after a reset.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from duolect.clock import Clock
from duolect_core.engine.durations import SetDurations
from duolect_core.engine.partition import Partition
from duolect_core.errors import CoreError
from duolect_core.model.rules import INSTANT, ResourceKind
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect, Settings
from duolect_dialects.exchange import HttpRequest
from duolect_dialects.session import Account, Session

EVERYBODY: Final = "*"
"""Stands for every account."""
_NOBODY: Final = HttpRequest("POST", "/", b"", {}, b"")


class WorldError(ValueError):
    """A world cannot be made; ``str`` says why, ``place`` where in the file."""

    def __init__(self, place: tuple[str | int, ...], reason: str) -> None:
        """Take the place and the reason."""
        super().__init__(reason)
        self.place = place


@attrs.frozen(eq=False)
class Step:
    """One call that makes a part of a world."""

    place: tuple[str | int, ...]
    """Where it stands in the file."""
    version: str
    action: str
    parameters: Mapping[str, Any]
    ids: Mapping[ResourceKind, str]


@attrs.frozen(kw_only=True, eq=False)
class World:
    """What one account, or every account, has in one region of one cloud."""

    cloud: str
    account: str
    region: str
    steps: Sequence[Step]
    quotas: Mapping[str, int]
    instance_types: Mapping[str, Any]
    place: tuple[str | int, ...]

    def concerns(self, cloud: str, account: str, region: str) -> bool:
        """Say whether a partition begins with this world."""
        return (cloud, region) == (self.cloud, self.region) and self.account in {EVERYBODY, account}


@attrs.frozen(eq=False)
class _SingleRegion:
    """An account that so far has one region only."""

    region: str
    only: Partition

    def partition(self, _: str) -> Partition:
        return self.only

    def used(self) -> Mapping[str, Partition]:
        return {self.region: self.only}


class Worlds:
    """All worlds there are."""

    def __init__(self, worlds: Sequence[World], clock: Clock) -> None:
        """Take the worlds, and the clock at whose time they are made."""
        self._worlds = worlds
        self._clock = clock

    def settings(self, dialect: Dialect, account: str, region: str, settings: Settings) -> Settings:
        """Return the settings of a partition: those of its worlds over the cloud's."""
        for world in self._of(dialect, account, region):
            settings = attrs.evolve(
                settings,
                quotas={**settings.quotas, **world.quotas},
                instance_types={**settings.instance_types, **world.instance_types},
            )
        return settings

    def settle(self, dialect: Dialect, account: str, region: str, partition: Partition) -> None:
        """Make the worlds of a partition that is new.

        Raises:
            WorldError: a step is refused.
        """
        for world in self._of(dialect, account, region):
            self._make(dialect, account, world, partition)

    def lay(self, wanted: Sequence[tuple[Dialect, World, Partition]]) -> None:
        """Make worlds of named accounts in partitions that may be in use; all of them, or nothing.

        Raises:
            WorldError: a step is refused.
        """
        copies = {id(partition): partition.copy() for _, _, partition in wanted}
        for dialect, world, partition in wanted:
            self._make(dialect, world.account, world, copies[id(partition)])
        for dialect, world, partition in wanted:
            self._make(dialect, world.account, world, partition)

    def _make(self, dialect: Dialect, account: str, world: World, partition: Partition) -> None:
        at, durations = self._clock.now(), partition.rules.durations
        partition.execute(SetDurations(INSTANT), at)
        for step in world.steps:
            self._take(dialect, account, world.region, partition, step)
        partition.settle(at)
        partition.execute(SetDurations(durations), at)

    def _of(self, dialect: Dialect, account: str, region: str) -> Iterator[World]:
        return (world for world in self._worlds if world.concerns(dialect.name, account, region))

    def _take(self, dialect: Dialect, account: str, region: str, partition: Partition, step: Step) -> None:
        call = Call(
            request=_NOBODY,
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
                raise WorldError(step.place, f"the id {resource_id} is taken already")
        try:
            session = Session(
                call=call,
                account=Account(account),
                partition=partition,
                at=self._clock.now(),
                account_regions=_SingleRegion(region, partition),
                request=dialect.parse_request(call, action),
                token=action.token_parameter,
                ids=step.ids,
            )
            action.run(session, session.request)
        except Refusal as refusal:
            raise _refused(step, refusal) from None
        except CoreError as error:
            raise _refused(step, dialect.translate(error, call)) from None


def _refused(step: Step, refusal: Refusal) -> WorldError:
    return WorldError(step.place, f"{refusal.code}: {refusal.message}")
