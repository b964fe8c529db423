"""Control of snapshots: everything, or an account, cloud or region, taken and restored."""

from collections.abc import Collection
from functools import partial
from http import HTTPStatus
from typing import Final

import attrs
from starlette.responses import Response

from duolect.calls.background import in_background, let_go, make_in_background
from duolect.calls.pipeline import Pipeline
from duolect.control.answers import answer
from duolect.control.reading import NO_OBJECT
from duolect.control.routes import ControlRequest, Route, everything
from duolect.control.server import PartitionName, Scope
from duolect.members import member
from duolect.problems import Problem
from duolect.snapshots import snapshots
from duolect.snapshots.parts_of_json import read_json_in_parts
from duolect.state.emulator import EmulatorState
from duolect.state.partitions import Key
from duolect_core.archive import Unfit


def _sections(_: object, __: object, value: str) -> None:
    """Check that what is asked for beside partitions is there."""
    for name in filter(None, value.split(",")):
        if name not in snapshots.SECTIONS:
            raise ValueError(f"with must be of {', '.join(snapshots.SECTIONS)}, with commas between them")


@attrs.frozen(kw_only=True)
class SnapshotQuery(Scope):
    """What a snapshot is taken of, and what else shall be in it."""

    with_: str = member(
        "what of the emulator itself shall be in it, with commas between: faults, conditions, keys (with "
        "their secrets), marks",
        default="",
        validator=_sections,
    )


async def take_snapshot(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Take a snapshot: everything, or with parameters one account, cloud or region.

    It is JSON to be read and compared; docs/snapshots.md says what is in it. Calls go on meanwhile: what
    they change after the instant at which it is taken is not in it.

    Faults and conditions can be had of one account or cloud, keys of one account, marks of everything.
    """
    scope, beside = _scope(request.query), tuple(filter(None, request.query.with_.split(",")))
    if reason := snapshots.cannot_have(beside, scope):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{reason}.")
    await pipeline.state.settled()
    cut = snapshots.cut(pipeline.state, scope, beside)
    return await answer(cut.text, cut.weight)


@attrs.frozen(kw_only=True)
class Restoration:
    """What restoring a snapshot did."""

    restored: tuple[PartitionName, ...] = member("the partitions that are as the snapshot has them")
    forgotten: tuple[PartitionName, ...] = member("the partitions that were there before")


@attrs.frozen(kw_only=True)
class RestoreQuery(Scope):
    """What of a snapshot shall be restored, and for whom."""

    into: str | None = member("another account, which gets what the one in the snapshot had", default=None)


async def restore_snapshot(pipeline: Pipeline, request: ControlRequest) -> Restoration:
    """Make all that a snapshot covers what the snapshot says; with parameters only a part of it.

    Partitions that it covers and does not have are forgotten. A clock that stood still when a snapshot of
    everything was taken stands there again. Calls go on while the snapshot is read; all changes at one
    instant, and what calls have changed until then is no more. Faults, conditions, keys and marks that it
    holds take the place of those that it covers; where it holds none, they stay as they are.
    """
    prepare = partial(_prepare, pipeline.state, request.body, request.query)
    is_much = sum(map(len, request.body)) > _MUCH
    prepared = await (make_in_background(prepare) if is_much else in_background(prepare))
    done = prepared.put(pipeline.state)
    await pipeline.waiting.settled()
    await let_go(done.forgotten.values())
    return Restoration(restored=_names(done.restored), forgotten=_names(done.forgotten))


def _prepare(state: EmulatorState, text: list[bytes], wanted: RestoreQuery) -> snapshots.Restoration:
    try:
        tree = read_json_in_parts(text)
    except (ValueError, RecursionError):
        tree = None
    text.clear()
    if not isinstance(tree, dict):
        raise Problem(HTTPStatus.BAD_REQUEST, NO_OBJECT)
    try:
        return snapshots.prepare(state, tree, _scope(wanted), into=wanted.into, consume=True)
    except Unfit as reason:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"The snapshot cannot be restored: {reason}."
        ) from None


def _scope(scope: Scope) -> snapshots.Scope:
    return snapshots.Scope(cloud=scope.cloud, access_key=scope.access_key, region=scope.region)


def _names(keys: Collection[Key]) -> tuple[PartitionName, ...]:
    return tuple(
        PartitionName(cloud=cloud, access_key=access_key, region=region)
        for cloud, access_key, region in keys
    )


_MAX_BODY: Final = 2**30
_MUCH: Final = 2**20
"""Bytes from which on a snapshot holds very many things."""
ROUTES: Final = (
    Route(
        method="GET",
        path="/_duolect/snapshot",
        run=take_snapshot,
        query=SnapshotQuery,
        reply=dict,
        wants=everything,
    ),
    Route(
        method="POST",
        path="/_duolect/restore",
        run=restore_snapshot,
        query=RestoreQuery,
        raw=True,
        large=True,
        reply=Restoration,
        refuses={
            HTTPStatus.UNPROCESSABLE_ENTITY: "The snapshot is damaged, foreign or newer, or does not fit."
        },
        max_body=_MAX_BODY,
    ),
)
