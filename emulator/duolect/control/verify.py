"""Control of verification: expectations on the journal, marks, and what has leaked since one."""

from http import HTTPStatus
from typing import Final

import attrs
from starlette.responses import Response

from duolect.calls.pipeline import Pipeline
from duolect.control.answers import answer, json_of
from duolect.control.clock import iso
from duolect.control.routes import ControlRequest, Route
from duolect.control.server import Scope
from duolect.members import member
from duolect.problems import Problem
from duolect.record import leaks
from duolect.record.journal import Record
from duolect.record.leaks import Leak
from duolect.record.marks import START, Mark
from duolect.record.verification import Expectation, Pattern, UnmetExpectation, out_of_order, unmet
from duolect.state.kinds import kind_of

_NO_MARK: Final = {HTTPStatus.NOT_FOUND: "There is no such mark."}


@attrs.frozen(kw_only=True)
class MarkShown:
    """A point in the journal to which leaks and expectations can refer."""

    id: str = member("the mark's id")
    number: int = member("the number of the latest record in the journal")
    at: str = member("the emulator's time, ISO 8601 in UTC")


async def set_mark(pipeline: Pipeline, _: ControlRequest) -> MarkShown:
    """Set a mark here, for what happens from now on."""
    mark = pipeline.marks.set(pipeline.clock.now())
    return MarkShown(id=mark.id, number=mark.number, at=iso(mark.at))


@attrs.frozen(kw_only=True)
class LeaksQuery(Scope):
    """Which partitions are meant, and since when."""

    mark: str = member(
        "only what was created after this mark; start is where the emulator began", default=START
    )


@attrs.frozen(kw_only=True)
class LeakShown:
    """A resource that was created and not deleted."""

    cloud: str = member("alibaba or tencent")
    account: str = member("the account that has it")
    region: str = member("its region")
    kind: str = member("network, subnet, security-group, instance, interface, public-address, ...")
    id: str = member("its id")
    name: str = member("its name")
    state: str | None = member("its state, where its kind has one")
    created: str = member("when it was created, ISO 8601 in UTC")
    tags: dict[str, str] = member("its tags")
    created_by: str | None = member("the action that created it, where the journal still has the call")
    request_id: str | None = member("the request that created it, likewise")


@attrs.frozen(kw_only=True)
class LeaksShown:
    """What was created and not deleted since a mark."""

    mark: str = member("since when")
    leaks: tuple[LeakShown, ...] = member("oldest first in each partition")


async def show_leaks(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Show what was created and not deleted since a mark.

    What is being deleted has not leaked, and what goes with something else is not shown beside it.
    """
    query: LeaksQuery = request.query
    mark = _mark(pipeline, query.mark)
    await pipeline.state.settled()
    await _there(pipeline, query, mark)
    make = json_of(lambda: LeaksShown(mark=mark.id, leaks=_leaks(pipeline, query, mark)))
    return await answer(make, _size(pipeline, query, mark))


@attrs.frozen(kw_only=True)
class Verification:
    """What must be true."""

    mark: str = member("only calls after this mark count", default=START)
    access_key: str | None = member("only calls of this account count", default=None)
    expect: tuple[Expectation, ...] = member("how many calls of a kind there must be", default=())
    order: tuple[Pattern, ...] = member(
        "calls that must come in this order, others between them", default=()
    )
    no_leaks: bool = member("whether everything created must be deleted again", default=False)


@attrs.frozen(kw_only=True)
class Verdict:
    """Whether it is true."""

    passed: bool = member("whether everything is as it must be")
    complete: bool = member("whether the journal still has every call since the mark")
    failures: tuple[UnmetExpectation, ...] = member("the expectations that are not met")
    leaks: tuple[LeakShown, ...] = member("what has leaked, where nothing may")


async def verify(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Check expectations on the calls since a mark, and that nothing has leaked.

    It passes only when the journal still has every call since the mark. An action, a parameter, a code or a
    region that no cloud has is refused, unless a call in the journal has it: it would be met by nothing.
    """
    wanted: Verification = request.body
    mark = _mark(pipeline, wanted.mark)
    await pipeline.state.settled()
    if wanted.no_leaks:
        await _there(pipeline, Scope(access_key=wanted.access_key), mark)
    size = _size(pipeline, Scope(access_key=wanted.access_key), mark)
    return await answer(json_of(lambda: _verdict(pipeline, wanted, mark)), size)


def _verdict(pipeline: Pipeline, wanted: Verification, mark: Mark) -> Verdict:
    records = list(pipeline.journal.records(mark.number))
    complete = pipeline.marks.is_complete(mark, wanted.access_key)
    own = [record for record in records if wanted.access_key in {None, record.account}]
    failures = [failure for each in wanted.expect if (failure := unmet(each, own)) is not None]
    if wanted.order and (failure := out_of_order(wanted.order, own)) is not None:
        failures.append(failure)
    leaked = _leaks(pipeline, Scope(access_key=wanted.access_key), mark) if wanted.no_leaks else ()
    conclusive = complete or not (wanted.expect or wanted.order)
    return Verdict(
        passed=conclusive and not failures and not leaked,
        complete=complete,
        failures=tuple(failures),
        leaks=leaked,
    )


async def _there(pipeline: Pipeline, scope: Scope, mark: Mark) -> None:
    """See that all is there that has created anything since a mark, also of what was put away."""
    if pipeline.idle is not None:
        await pipeline.idle.bring_back_wanted(
            lambda placed: (
                placed.created > placed.created_by(mark.point) and scope.access_key in {None, placed.key[1]}
            )
        )


def _mark(pipeline: Pipeline, mark_id: str) -> Mark:
    mark = pipeline.marks.get(mark_id)
    if mark is None:
        raise Problem(HTTPStatus.NOT_FOUND, f"There is no mark {mark_id[:100]}.")
    return mark


def _size(pipeline: Pipeline, scope: Scope, mark: Mark) -> int:
    """Return how many calls and resources since a mark are looked at, at most."""
    partitions = pipeline.partitions
    selected = partitions.placed(scope.access_key, scope.cloud, scope.region)
    created = sum(each.created - each.created_by(mark.point) for each in selected)
    return pipeline.journal.last - mark.number + created


def _leaks(pipeline: Pipeline, scope: Scope, mark: Mark) -> tuple[LeakShown, ...]:
    selected = pipeline.partitions.created_since(mark.point, scope.access_key, scope.cloud, scope.region)
    return tuple(map(_shown, leaks.leaks(selected, pipeline.partitions, mark, pipeline.journal)))


def _shown(leak: Leak) -> LeakShown:
    (cloud, account, region), resource = leak.key, leak.resource
    creator: Record | None = leak.created_by
    return LeakShown(
        cloud=cloud,
        account=account,
        region=region,
        kind=kind_of(resource),
        id=resource.id,
        name=resource.name,
        state=leaks.state_of(resource),
        created=iso(resource.created),
        tags=dict(resource.tags),
        created_by=None if creator is None else creator.action,
        request_id=None if creator is None else creator.request_id,
    )


ROUTES: Final = (
    Route(method="POST", path="/_duolect/marks", run=set_mark, reply=MarkShown, status=HTTPStatus.CREATED),
    Route(
        method="GET",
        path="/_duolect/leaks",
        run=show_leaks,
        query=LeaksQuery,
        reply=LeaksShown,
        refuses=_NO_MARK,
    ),
    Route(
        method="POST",
        path="/_duolect/verify",
        run=verify,
        body=Verification,
        reply=Verdict,
        refuses=_NO_MARK,
    ),
)
