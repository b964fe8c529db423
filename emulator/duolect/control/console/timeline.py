"""The timeline of an account: its latest calls, what took time, and the versions that can be seen again."""

from collections import deque
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from itertools import islice
from typing import Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.control.console.exchanges import (
    AnswerShown,
    SentShown,
    SignatureShown,
    answered,
    explained,
    sent,
)
from duolect.control.console.history import History
from duolect.control.console.viewing import viewing_of
from duolect.control.journal import RecordShown, shown
from duolect.control.routes import ControlRequest
from duolect.members import member
from duolect.problems import Problem
from duolect.record.journal import Record
from duolect.state.partitions import Key
from duolect.state.turns import Turns
from duolect_core.model.resources import Operation, OperationState

_MOST: Final = 1_000
_AT_ONCE: Final = 500
"""How many records are looked at before others get their turn."""


@attrs.frozen(kw_only=True)
class CallLine:
    """A call in one line."""

    number: int = member("its place in the journal")
    at: int = member("when it was made, in microseconds since 1970")
    cloud: str = member("alibaba or tencent")
    region: str = member("the region of the call")
    action: str = member("the action's name")
    outcome: str = member("ok, refused or failed")
    code: str = member("the vendor's error code; empty where the call was carried out")
    fault: str = member("the fault rules that touched it")
    request_id: str = member("the id that the answer carries too")
    resources: tuple[str, ...] = member("what it changed")


@attrs.frozen(kw_only=True)
class OperationLine:
    """An operation on the timeline."""

    id: str = member("its id")
    kind: str = member("what it does, such as attach-interface")
    cloud: str = member("alibaba or tencent")
    region: str = member("its region")
    resources: tuple[str, ...] = member("what it changes, and what it does so with")
    state: OperationState = member("running, succeeded or failed")
    held: bool = member("whether it hangs until it is released")
    started: int = member("when it began, in microseconds since 1970")
    due: int = member("when it ended or ends")


@attrs.frozen(kw_only=True)
class VersionLine:
    """A version of a partition: what it was after one more command."""

    version: int = member("how many recorded commands there were by then")
    at: int = member("when the last of them was carried out, in microseconds since 1970")
    command: str = member("that command, such as AttachInterface; empty for the version 0")
    request_id: str = member("the call that it belongs to, where it does")


@attrs.frozen(kw_only=True)
class Recorded:
    """The versions of one partition."""

    cloud: str = member("alibaba or tencent")
    region: str = member("its region")
    versions: tuple[VersionLine, ...] = member("oldest first")


@attrs.frozen(kw_only=True)
class TimelineQuery:
    """Whose timeline is meant."""

    access_key: str = member("the account")
    limit: int = member("how many calls, operations and versions of a partition at most", default=200)


@attrs.frozen(kw_only=True)
class Timeline:
    """What happened, oldest first."""

    calls: tuple[CallLine, ...] = member("the latest calls")
    operations: tuple[OperationLine, ...] = member("the latest operations")
    recorded: tuple[Recorded, ...] = member("the versions of each partition that can be seen again")


async def show_timeline(pipeline: Pipeline, request: ControlRequest) -> Timeline:
    """Show the latest calls of an account, the latest operations, and the versions that are recorded."""
    query: TimelineQuery = request.query
    limit = min(query.limit, _MOST)
    operations, recorded = [], []
    for key, partition in pipeline.partitions.items(query.access_key):
        partition.settle(pipeline.state.now(key[1]))
        latest = tuple(islice(reversed(partition.graph.operations.values()), limit))
        operations += [operation_line(key, each) for each in reversed(latest)]
        history = viewing_of(pipeline).history(partition)
        if history is not None:
            versions = tuple(version_lines(history, max(0, history.version - limit)))
            recorded.append(Recorded(cloud=key[0], region=key[2], versions=versions))
    operations.sort(key=lambda each: each.started)
    return Timeline(
        calls=tuple(map(call_line, await _latest_calls(pipeline, query.access_key, limit))),
        operations=tuple(operations[-limit:] if limit else ()),
        recorded=tuple(recorded),
    )


async def _latest_calls(pipeline: Pipeline, account: str, limit: int) -> Sequence[Record]:
    """Return the latest calls of an account, oldest first; others are served meanwhile."""
    journal, turns, found, high = pipeline.journal, Turns(), deque[Record](), pipeline.journal.last
    oldest = next(journal.records(), None)
    while oldest is not None and high >= oldest.number and len(found) < limit:
        low = max(0, high - _AT_ONCE)
        some = list(islice(journal.records(low), _AT_ONCE))
        found.extendleft(
            reversed([each for each in some if each.number <= high and each.account == account])
        )
        high = low
        await turns.give()
    return tuple(found)[-limit:] if limit else ()


def call_line(record: Record) -> CallLine:
    """Return a record in one line."""
    return CallLine(
        number=record.number,
        at=record.at,
        cloud=record.cloud,
        region=record.region,
        action=record.action,
        outcome=record.outcome,
        code=record.code,
        fault=record.fault,
        request_id=record.request_id,
        resources=tuple(dict.fromkeys(each for change in record.changed for each in change.resources)),
    )


def operation_line(key: Key, operation: Operation) -> OperationLine:
    """Return an operation in one line."""
    cloud, _, region = key
    return OperationLine(
        id=operation.id,
        kind=operation.kind,
        cloud=cloud,
        region=region,
        resources=operation.resource_ids,
        state=operation.state,
        held=operation.held,
        started=operation.started,
        due=operation.due,
    )


def version_lines(history: History, after: int) -> Iterator[VersionLine]:
    """Yield the versions of a partition from one on, the first of which is the state before it all."""
    if not after:
        yield VersionLine(version=0, at=history.since, command="", request_id="")
    for place, entry in enumerate(islice(history.entries, after, None), after + 1):
        yield VersionLine(
            version=place,
            at=entry.at,
            command=type(entry.command).__name__,
            request_id=entry.operation_id,
        )


# -- one call ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CallDetails:
    """A call, opened."""

    record: RecordShown = member("what the journal has of it")
    product: str = member("the vendor's service that has the action; empty where none has")
    sent: SentShown | None = member("what was sent, where a console was open when it was made")
    answer: AnswerShown | None = member("what was answered, likewise")
    signature: SignatureShown | None = member("its signature, explained, likewise")


async def show_call(pipeline: Pipeline, request: ControlRequest) -> CallDetails:
    """Show a call: what the journal has, what was sent and answered, and its signature explained.

    What was sent and answered is kept of the latest calls while a console is open.
    """
    text = request.path["number"]
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0  # noqa: PLR2004
    record = next(pipeline.journal.records(max(0, number - 1)), None)
    if record is None or record.number != number:
        raise Problem(HTTPStatus.NOT_FOUND, "The journal has no such call.")
    exchange = viewing_of(pipeline).exchanges.get(number)
    product = ""
    for dialect in pipeline.dialects:
        if dialect.name == record.cloud and (record.version, record.action) in dialect.actions:
            product = dialect.actions[record.version, record.action].product
    return CallDetails(
        record=shown(record),
        product=product,
        sent=None if exchange is None else sent(exchange),
        answer=None if exchange is None else answered(exchange),
        signature=None if exchange is None else explained(exchange, pipeline.access.authenticator),
    )
