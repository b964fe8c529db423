"""Control of what goes wrong: fault rules, and the operations that hang because of them."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

import attrs

from duolect.access.conditions import InvalidCondition
from duolect.calls.pipeline import Pipeline
from duolect.control.routes import ControlRequest, Route, what_is_to_come
from duolect.faults.engine import Fault
from duolect.faults.presets import NoPreset, PresetWanted, presets, rules_of
from duolect.faults.rules import FaultRule
from duolect.members import Cloud, member
from duolect.problems import Problem
from duolect.state.partitions import Key, Partitions
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.engine.partition import Partition
from duolect_core.errors import OperationNotFound
from duolect_core.model.resources import Operation, OperationState


@attrs.frozen(kw_only=True)
class FaultShown(FaultRule):
    """A rule that was added, and what it has done so far."""

    id: str = member("the rule's id, which answers to the calls that it strikes carry in a header")
    matches: int = member("how many calls it concerned while it could still strike")
    hits: int = member("how many calls it struck")


@attrs.frozen(kw_only=True)
class FaultsShown:
    """All rules."""

    faults: tuple[FaultShown, ...] = member("in the order in which they were added, and are asked")


async def list_faults(pipeline: Pipeline, _: ControlRequest) -> FaultsShown:
    """List the fault rules, with how many calls each has struck."""
    return FaultsShown(faults=tuple(map(_shown, pipeline.faults.all)))


async def add_fault(pipeline: Pipeline, request: ControlRequest) -> FaultShown:
    """Add a fault rule.

    It is refused where it could strike nothing: its cloud or action does not exist, the action is not known
    to give its code (any can be had with its ``status``), or never does what the effect needs.
    """
    try:
        return _shown(pipeline.faults.add(request.body))
    except InvalidCondition as reason:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{reason}.") from None


@attrs.frozen(kw_only=True)
class PresetShown:
    """Rules that can be added by name."""

    name: str = member("its name")
    about: str = member("what it is like")
    rules: int = member("how many rules it has")


@attrs.frozen(kw_only=True)
class PresetsShown:
    """All presets."""

    presets: tuple[PresetShown, ...] = member("in the order of their names")


async def list_presets(_: Pipeline, __: ControlRequest) -> PresetsShown:
    """List the presets: fault rules for the weather that real clouds have."""
    return PresetsShown(
        presets=tuple(
            PresetShown(name=each.name, about=each.about, rules=len(each.rules))
            for each in presets().values()
        )
    )


async def add_preset(pipeline: Pipeline, request: ControlRequest) -> FaultsShown:
    """Add the fault rules of a preset: all of them, or those for one cloud."""
    try:
        rules = rules_of(request.path["name"], request.body, pipeline.dialects)
    except NoPreset as reason:
        raise Problem(HTTPStatus.NOT_FOUND, f"{reason}.") from None
    except InvalidCondition as reason:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{reason}.") from None
    return FaultsShown(faults=tuple(_shown(pipeline.faults.add(rule)) for rule in rules))


async def show_fault(pipeline: Pipeline, request: ControlRequest) -> FaultShown:
    """Show one fault rule."""
    fault = pipeline.faults.get(request.path["id"])
    if fault is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There is no such fault.")
    return _shown(fault)


async def remove_fault(pipeline: Pipeline, request: ControlRequest) -> None:
    """Take one fault rule away. What it has let hang goes on hanging."""
    if pipeline.faults.remove(request.path["id"]) is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There is no such fault.")


async def clear_faults(pipeline: Pipeline, _: ControlRequest) -> None:
    """Take all fault rules away. What they have let hang goes on hanging."""
    pipeline.faults.clear()


def _shown(fault: Fault) -> FaultShown:
    rule = attrs.asdict(fault.rule, recurse=False)
    return FaultShown(id=fault.id, matches=fault.matches, hits=fault.hits, **rule)


# -- operations -------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class OperationsQuery:
    """Which operations are meant: without any parameter, all that are under way."""

    access_key: str | None = member("those of one account", default=None)
    cloud: Cloud | None = member("those on one cloud", default=None)
    region: str | None = member("those in one region", default=None)
    held: bool = member("only those that hang", default=False)


@attrs.frozen(kw_only=True)
class OperationShown:
    """An operation: an asynchronous change that is under way, or was."""

    id: str = member("its id: on Tencent Cloud that of the request that began it")
    kind: str = member("what it does, such as attach-interface")
    cloud: str = member("alibaba or tencent")
    access_key: str = member("the account")
    region: str = member("the region, as its cloud calls it")
    resources: tuple[str, ...] = member("the ids of the resources that it changes, and of those beside")
    state: OperationState = member("running, succeeded or failed")
    held: bool = member("whether it hangs until it is released")
    started: int = member("when it began, in microseconds since 1970")
    due: int = member("when it ends, in microseconds since 1970; where it hangs, when it would have ended")


@attrs.frozen(kw_only=True)
class OperationsShown:
    """The operations that are under way."""

    operations: tuple[OperationShown, ...] = member("of each partition, in no particular order")


@attrs.frozen(kw_only=True)
class ReleaseQuery:
    """How an operation that hangs goes on."""

    fails: bool = member("whether it ends in failure, where its kind can fail", default=False)
    access_key: str | None = member("only if it is one account's", default=None)
    cloud: Cloud | None = member("only if it is on one cloud", default=None)
    region: str | None = member("only if it is in one region", default=None)


async def list_operations(pipeline: Pipeline, request: ControlRequest) -> OperationsShown:
    """List the operations that are under way, those that hang included."""
    wanted: OperationsQuery = request.query
    found = []
    scope = wanted.access_key, wanted.cloud, wanted.region
    for key, partition in pipeline.partitions.items(*scope, wanted=what_is_to_come):
        partition.settle(pipeline.state.now(key[1]))
        found += [
            _operation(key, operation)
            for operation in _under_way(partition)
            if operation.held or not wanted.held
        ]
    return OperationsShown(operations=tuple(found))


async def release_operation(pipeline: Pipeline, request: ControlRequest) -> OperationShown:
    """Let an operation that hangs end now: as it would have, or in failure."""
    wanted: ReleaseQuery = request.query
    operation_id, known = request.path["id"], False
    scope = wanted.access_key, wanted.cloud, wanted.region
    for key, partition in _likely_first(pipeline.partitions, *scope):
        at = pipeline.state.now(key[1])
        try:
            operation = partition.execute(
                ReleaseOperation(operation_id=operation_id, fails=wanted.fails), at
            )
        except OperationNotFound:
            known = known or operation_id in partition.graph.operations
            continue
        partition.settle(at)
        return _operation(key, operation)
    if known:
        raise Problem(HTTPStatus.CONFLICT, "The operation does not hang.")
    raise Problem(HTTPStatus.NOT_FOUND, "There is no such operation.")


def _likely_first(
    partitions: Partitions, access_key: str | None, cloud: str | None, region: str | None
) -> Iterator[tuple[Key, Partition]]:
    """Iterate over partitions, those last that were put away with nothing to come."""
    scope = access_key, cloud, region
    yield from partitions.items(*scope, wanted=what_is_to_come)
    yield from (
        (each.key, partition)
        for each in tuple(partitions.placed(*scope))
        if each.partition is None
        for _, partition in partitions.items(each.key[1], each.key[0], each.key[2])
    )


def _under_way(partition: Partition) -> Iterator[Operation]:
    """Yield each operation that has a transition to come, once."""
    operations = {id(each.operation): each.operation for each in partition.timeline.pending()}
    yield from operations.values()


def _operation(key: Key, operation: Operation) -> OperationShown:
    cloud, access_key, region = key
    return OperationShown(
        id=operation.id,
        kind=operation.kind,
        cloud=cloud,
        access_key=access_key,
        region=region,
        resources=operation.resource_ids,
        state=operation.state,
        held=operation.held,
        started=operation.started,
        due=operation.due,
    )


_FAULTS: Final = "/_duolect/faults"
_FAULT: Final = "/_duolect/faults/{id}"
_PRESETS: Final = "/_duolect/fault-presets"
_NO_FAULT: Final = {HTTPStatus.NOT_FOUND: "There is no such fault."}
ROUTES: Final = (
    Route(method="GET", path=_FAULTS, run=list_faults, reply=FaultsShown),
    Route(
        method="POST",
        path=_FAULTS,
        run=add_fault,
        body=FaultRule,
        max_body=2**20,
        reply=FaultShown,
        status=HTTPStatus.CREATED,
    ),
    Route(method="DELETE", path=_FAULTS, run=clear_faults, status=HTTPStatus.NO_CONTENT),
    Route(method="GET", path=_PRESETS, run=list_presets, reply=PresetsShown),
    Route(
        method="POST",
        path=f"{_PRESETS}/{{name}}",
        run=add_preset,
        body=PresetWanted,
        reply=FaultsShown,
        status=HTTPStatus.CREATED,
        refuses={HTTPStatus.NOT_FOUND: "There is no such preset."},
    ),
    Route(method="GET", path=_FAULT, run=show_fault, reply=FaultShown, refuses=_NO_FAULT),
    Route(method="DELETE", path=_FAULT, run=remove_fault, status=HTTPStatus.NO_CONTENT, refuses=_NO_FAULT),
    Route(
        method="GET",
        path="/_duolect/operations",
        run=list_operations,
        query=OperationsQuery,
        wants=what_is_to_come,
        reply=OperationsShown,
    ),
    Route(
        method="POST",
        path="/_duolect/operations/{id}/release",
        run=release_operation,
        query=ReleaseQuery,
        wants=what_is_to_come,
        reply=OperationShown,
        refuses={
            HTTPStatus.NOT_FOUND: "There is no such operation.",
            HTTPStatus.CONFLICT: "The operation does not hang.",
        },
    ),
)
