"""Control of time: the clock that everything obeys, and how long changes take."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.clock import ClockError, ClockMode, PastError
from duolect.control.routes import ControlRequest, Route, what_is_to_come
from duolect.members import member
from duolect.problems import Problem
from duolect.settings import durations
from duolect.state.turns import Turns
from duolect_core.model.durations import PRESETS, Durations
from duolect_core.model.resources import Instant

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AT_ONCE: Final = 1_000
"""Of how many partitions something is counted before others get their turn."""


@attrs.frozen(kw_only=True)
class ClockShown:
    """What the clock says."""

    mode: ClockMode = member("real, scaled or manual")
    rate: float = member("emulated seconds in a real second; 0 where the clock is manual")
    now: str = member("the emulator's time, ISO 8601 in UTC with microseconds")
    instant: int = member("the same in microseconds since 1970")
    pending: int = member("how many transitions are still to come, those that are held included")
    next_due: str | None = member("when the next transition falls due, if one does")
    moved: str = member("how far this request moved the clock, such as 1m30s", default="0s")
    account: str | None = member("whose own clock it is; null where it is the common one", default=None)


@attrs.frozen(kw_only=True)
class ClockQuery:
    """Whose clock is meant."""

    access_key: str | None = member(
        "an account: its own clock where the server runs with --clocks per-account, else the common one",
        default=None,
    )


class _Meant:
    """The clock that a request means, and what obeys it."""

    def __init__(self, pipeline: Pipeline, account: str | None, *, changes: bool) -> None:
        """Find the clock; where the request ``changes`` it, an account has its own from now on."""
        state = pipeline.state
        if account is not None and changes and state.clocks.per_account:
            state.separate(account)
        self.account = account if account is not None and state.clocks.is_own(account) else None
        self.pipeline = pipeline
        self.clock = state.clock if self.account is None else state.clocks.of(self.account)
        partitions = state.partitions
        self.agenda = partitions.agenda if self.account is None else partitions.agenda_of(self.account)

    async def settle(self, turns: Turns) -> None:
        """Let everything happen that is due by now."""
        while self.agenda.settle_next(self.clock.now()):
            await turns.give()

    async def shown(self, moved: int = 0, turns: Turns | None = None) -> ClockShown:
        """Return what the clock says, once all that is due has happened."""
        await self.pipeline.waiting.settled()
        turns = turns or Turns()
        await self.settle(turns)
        pending = await self.count_pending(turns)
        now = self.clock.now()
        while self.agenda.settle_next(now):
            pass
        due = self.agenda.next_due
        return ClockShown(
            mode=self.clock.mode,
            rate=self.clock.rate,
            now=iso(now),
            instant=now,
            pending=pending,
            next_due=None if due is None else iso(due),
            moved=durations.show(moved),
            account=self.account,
        )

    async def count_pending(self, turns: Turns) -> int:
        """Return how many transitions are to come; others are served meanwhile where there are many."""
        found = 0
        for place, timeline in enumerate(self.pipeline.partitions.timelines(self.account)):
            found += len(timeline)
            if place % _AT_ONCE == _AT_ONCE - 1:
                await turns.give()
        return found


async def show_clock(pipeline: Pipeline, request: ControlRequest) -> ClockShown:
    """Say what time it is, and when the next transition falls due."""
    return await _Meant(pipeline, request.query.access_key, changes=False).shown()


@attrs.frozen(kw_only=True)
class ClockWanted:
    """How the clock shall run from now on."""

    mode: ClockMode = member("real, scaled or manual")
    rate: float | None = member("emulated seconds in a real second, where scaled", default=None)
    now: str | None = member("an ISO 8601 time with a zone to move forward to first", default=None)


async def set_clock(pipeline: Pipeline, request: ControlRequest) -> ClockShown:
    """Let the clock run in real time, scaled, or only when it is moved.

    Time goes on from where it is: once the clock was advanced, it stays ahead of the machine's.
    """
    wanted: ClockWanted = request.body
    if (wanted.rate is None) is (wanted.mode is ClockMode.SCALED):
        raise _unprocessable("rate goes with the mode scaled, and only with it")
    rates = {ClockMode.REAL: 1.0, ClockMode.MANUAL: 0.0}
    rate = rates.get(wanted.mode, wanted.rate or 0.0)
    if wanted.mode is ClockMode.SCALED and rate == 0:
        raise _unprocessable("A scaled clock runs; one that stands still is manual")
    at = None if wanted.now is None else _instant(wanted.now)
    meant = _Meant(pipeline, request.query.access_key, changes=True)
    try:
        moved = meant.clock.run(rate, at)
    except PastError as error:
        raise Problem(HTTPStatus.CONFLICT, f"{error}.") from None
    except ClockError as error:
        raise _unprocessable(str(error)) from None
    return await meant.shown(moved)


_STEPS: Final = 10_000
_STEPS_OF_EACH: Final = 20
"""How often the clock is moved until all is idle: at most so often, and for each that is under way."""


@attrs.frozen(kw_only=True)
class Advance:
    """How far the clock shall be moved."""

    by: str | float = member(durations.MEANING)


async def advance(pipeline: Pipeline, request: ControlRequest) -> ClockShown:
    """Move the clock forward; whatever falls due on the way happens in its order.

    Calls that a fault lets wait until then are carried out before the answer.
    """
    by = _duration("by", request.body.by)
    meant = _Meant(pipeline, request.query.access_key, changes=True)
    try:
        meant.clock.advance(by)
    except ClockError as error:
        raise _unprocessable(str(error)) from None
    return await meant.shown(by)


async def advance_to_next(pipeline: Pipeline, request: ControlRequest) -> ClockShown:
    """Move the clock to the next transition, which happens; without one it stays."""
    meant, turns = _Meant(pipeline, request.query.access_key, changes=True), Turns()
    await meant.settle(turns)
    due = meant.agenda.next_due
    moved = 0 if due is None else meant.clock.reach(due)
    return await meant.shown(moved, turns)


async def advance_until_idle(pipeline: Pipeline, request: ControlRequest) -> ClockShown:
    """Move the clock until nothing is under way any more, but for what is held.

    Other calls are served meanwhile; what they begin is waited for too, for some seconds. Where one thing
    after the other begins by itself (a policy's snapshots that take longer than it is until the next ones)
    nothing is ever idle: then it ends all the same.
    """
    meant, turns, moved = _Meant(pipeline, request.query.access_key, changes=True), Turns(), 0
    await meant.settle(turns)
    left = _STEPS + _STEPS_OF_EACH * await meant.count_pending(turns)
    while left > 0 and (due := meant.agenda.next_due) is not None:
        left -= 1
        moved += meant.clock.reach(due)
        meant.agenda.settle_next(due)
        if pipeline.waiting:
            await pipeline.waiting.settled()
        if turns.is_over:
            await turns.give()
    return await meant.shown(moved, turns)


def iso(instant: Instant) -> str:
    """Return an instant as ISO 8601 in UTC with microseconds."""
    return (_EPOCH + timedelta(microseconds=instant)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _instant(text: str) -> Instant:
    try:
        when = datetime.fromisoformat(text)
        return (when - _EPOCH) // timedelta(microseconds=1)
    except (ValueError, TypeError, OverflowError):
        raise _unprocessable(f"now: {text[:100]!r} is no ISO 8601 time with a zone") from None


@attrs.frozen(kw_only=True)
class DurationsShown:
    """How long changes take, by cloud and operation."""

    presets: tuple[str, ...] = member("the presets there are")
    account: str | None = member("the account for which they are; null where for all", default=None)
    clouds: dict[str, dict[str, str]] = member("for each cloud the duration of each operation")


@attrs.frozen(kw_only=True)
class DurationsQuery:
    """For whom changes take so long."""

    access_key: str | None = member(
        "one account, for which they are kept until all of it is forgotten; without it all others",
        default=None,
    )


async def show_durations(pipeline: Pipeline, request: ControlRequest) -> DurationsShown:
    """Say how long each asynchronous change takes on each cloud."""
    account = request.query.access_key
    return DurationsShown(
        presets=tuple(PRESETS),
        account=account,
        clouds={
            cloud: {name: durations.show(value) for name, value in attrs.asdict(each).items()}
            for cloud, each in pipeline.partitions.durations_of(account).items()
        },
    )


@attrs.frozen(kw_only=True)
class DurationsWanted:
    """How long changes shall take from now on."""

    cloud: str | None = member("alibaba or tencent; without it both", default=None)
    preset: str | None = member("instant, fast or realistic, for all operations", default=None)
    operations: dict[str, str | float] = member(
        "by operation, over the preset: " + durations.MEANING, factory=dict
    )


async def set_durations(pipeline: Pipeline, request: ControlRequest) -> DurationsShown:
    """Change how long changes take that begin from now on; what is under way ends when it was said to."""
    wanted: DurationsWanted = request.body
    partitions, account = pipeline.partitions, request.query.access_key
    before = partitions.durations_of(account)
    clouds = tuple(before) if wanted.cloud is None else (wanted.cloud,)
    if not set(clouds) <= set(before):
        raise _unprocessable(f"cloud must be one of {', '.join(before)}")
    if wanted.preset is not None and wanted.preset not in PRESETS:
        raise _unprocessable(f"preset must be one of {', '.join(PRESETS)}")
    known = [field.name for field in attrs.fields(Durations)]
    for name in wanted.operations:
        if name not in known:
            raise _unprocessable(f"operations: there is no {name[:100]}; there are {', '.join(known)}")
    single = {name: _duration(f"operations.{name}", value) for name, value in wanted.operations.items()}
    for cloud in clouds:
        base = before[cloud] if wanted.preset is None else PRESETS[wanted.preset]
        partitions.set_durations(cloud, attrs.evolve(base, **single), pipeline.state.now, account)
    return await show_durations(pipeline, request)


def _duration(member_path: str, value: str | float) -> Instant:
    try:
        return durations.parse(value)
    except durations.DurationError as error:
        raise _unprocessable(f"{member_path}: {error}") from None


def _unprocessable(detail: str) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{detail}.")


_CLOCK: Final = "/_duolect/clock"
_DURATIONS: Final = "/_duolect/durations"
ROUTES: Final = (
    Route(method="GET", path=_CLOCK, run=show_clock, query=ClockQuery, reply=ClockShown),
    Route(
        method="PUT",
        path=_CLOCK,
        run=set_clock,
        wants=what_is_to_come,
        query=ClockQuery,
        body=ClockWanted,
        reply=ClockShown,
        refuses={HTTPStatus.CONFLICT: "The time is past."},
    ),
    Route(
        method="POST",
        path=f"{_CLOCK}/advance",
        run=advance,
        wants=what_is_to_come,
        query=ClockQuery,
        body=Advance,
        reply=ClockShown,
    ),
    Route(
        method="POST",
        path=f"{_CLOCK}/next",
        run=advance_to_next,
        query=ClockQuery,
        reply=ClockShown,
        wants=what_is_to_come,
    ),
    Route(
        method="POST",
        path=f"{_CLOCK}/idle",
        run=advance_until_idle,
        query=ClockQuery,
        reply=ClockShown,
        wants=what_is_to_come,
    ),
    Route(method="GET", path=_DURATIONS, run=show_durations, query=DurationsQuery, reply=DurationsShown),
    Route(
        method="PUT",
        path=_DURATIONS,
        run=set_durations,
        query=DurationsQuery,
        body=DurationsWanted,
        reply=DurationsShown,
    ),
)
