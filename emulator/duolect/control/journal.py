"""Control of the journal: reading it, following it, exporting it."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from functools import partial
from http import HTTPStatus
from itertools import islice
from typing import Any, Final

import attrs
from starlette.responses import Response, StreamingResponse

from duolect.calls.background import in_background
from duolect.calls.pipeline import Pipeline
from duolect.control.answers import answer, json_of
from duolect.control.clock import iso
from duolect.control.routes import ControlRequest, Route
from duolect.members import Cloud, member
from duolect.record.journal import Outcome, Record
from duolect.record.verification import Pattern, known_command, known_finding, with_lists
from duolect.state.forked import LITTLE, in_parts
from duolect_core.engine.dismantling import empty

_CHUNK: Final = 2**16
"""How much is sent at once, but for one record that is longer."""
_PACE: Final = 0.01
"""Seconds after which a stream looks for more: what comes meanwhile is sent at once."""
_KEPT_LINES: Final = 64
"""How many of the latest lines are kept for others who follow: not those that are longer than a chunk."""
_KEEP_ALIVE: Final = 15.0
"""Seconds without a record after which a stream sends a comment."""
_SECRETS: Final = ("password", "secret")
_NDJSON: Final = "application/x-ndjson"
_SSE: Final = "text/event-stream"


@attrs.frozen(kw_only=True)
class JournalQuery:
    """Which records are meant: all that is said must hold."""

    access_key: str | None = member("the account that called", default=None)
    cloud: Cloud | None = member("the cloud that was called", default=None)
    region: str | None = member("the region of the call", default=None)
    action: str | None = member("the action's name", default=None)
    outcome: Outcome | None = member("ok, refused or failed", default=None)
    code: str | None = member("the vendor's error code", default=None)
    command: str | None = member(
        "a command of the core that was carried out: AttachInterface", default=None, validator=known_command
    )
    resource: str | None = member("a resource that the call changed or named", default=None)
    finding: str | None = member(
        "a finding such as retried-without-token", default=None, validator=known_finding
    )
    after: int = member("only records with a higher number", default=0)

    def pattern(self) -> Pattern:
        """Return the same as a pattern."""
        return Pattern(
            account=self.access_key,
            cloud=self.cloud,
            region=self.region,
            action=self.action,
            outcome=self.outcome,
            code=self.code,
            command=self.command,
            resources=() if self.resource is None else (self.resource,),
            finding=self.finding,
        )


@attrs.frozen(kw_only=True)
class JournalPage(JournalQuery):
    """Which records are meant, and how many at once."""

    limit: int = member("how many records at most", default=100)


@attrs.frozen(kw_only=True)
class ChangedShown:
    """A command of the core that a call carried out."""

    command: str = member("the command's name, such as AttachInterface")
    resources: tuple[str, ...] = member(
        "the resources that it names or returns, then those that it created besides"
    )


@attrs.frozen(kw_only=True)
class RecordShown:
    """One call."""

    number: int = member("its place in the journal, from 1")
    at: str = member("the emulator's time, ISO 8601 in UTC")
    cloud: str = member("alibaba or tencent")
    account: str = member("the account that called")
    access_key: str = member("the key that it called with")
    region: str = member("the region of the call")
    action: str = member("the action's name")
    version: str = member("the version of the API")
    request_id: str = member("the id that the answer carries too")
    agent: str = member("the client's User-Agent")
    parameters: dict[str, Any] = member("the action's parameters; what is secret is masked")
    status: int = member("the HTTP status of the answer")
    code: str = member("the vendor's error code; empty where the call was carried out")
    message: str = member("the vendor's message; empty where the call was carried out")
    outcome: Outcome = member("ok, refused by the cloud's rules, or failed on the way")
    microseconds: int = member("how long the emulator worked on it, in real time")
    repeated: bool = member("whether an earlier result was given again for its token")
    changed: tuple[ChangedShown, ...] = member("what it carried out")
    findings: tuple[str, ...] = member("what was remarkable: unsigned, nonce-reused, ...")
    fault: str = member("the fault rule that touched it; empty where none did")


_SHOWN: Final = tuple(field.name for field in attrs.fields(RecordShown))


@attrs.frozen(kw_only=True)
class JournalShown:
    """Some of the journal."""

    last: int = member("the number of the latest record")
    oldest: int = member("the number of the oldest record that is kept; 0 where none is")
    more: bool = member("whether more records than these are meant")
    records: tuple[RecordShown, ...] = member("oldest first")


async def show_journal(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Show the calls that were made, oldest first."""
    return await answer(json_of(partial(_page, pipeline, request.query)), _size(pipeline, request.query))


def _page(pipeline: Pipeline, page: JournalPage) -> JournalShown:
    found = list(islice(_matching(pipeline, page), page.limit + 1))
    oldest = next(pipeline.journal.records(), None)
    return JournalShown(
        last=pipeline.journal.last,
        oldest=0 if oldest is None else oldest.number,
        more=len(found) > page.limit,
        records=tuple(shown(record) for record in found[: page.limit]),
    )


async def export_journal(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Give the calls that were made as JSON lines, oldest first."""
    query = request.query
    return await answer(
        lambda: in_parts(map(_line, _matching(pipeline, query))), _size(pipeline, query), _NDJSON
    )


async def follow_journal(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Follow the calls as they are made, as server-sent events.

    Each event has the record's number as its id and the record as its data. With ``after``, what is kept of
    the calls after that number comes first. A client that does not keep up gets an event ``missed``, which
    says how many calls the journal no longer had when it came to them.
    """
    return StreamingResponse(_events(pipeline, request.query), media_type=_SSE)


async def forget_journal(pipeline: Pipeline, request: ControlRequest) -> None:
    """Forget the journal, or with access_key what one account called."""
    forgotten = pipeline.journal.forget(request.query.access_key)
    if len(forgotten) > LITTLE:
        await in_background(partial(empty, forgotten))


@attrs.frozen(kw_only=True)
class JournalScope:
    """Whose records are meant."""

    access_key: str | None = member("the account that called; without it all", default=None)


def _size(pipeline: Pipeline, query: JournalQuery) -> int:
    """Return how many records are looked at, at most."""
    return min(pipeline.journal.last - query.after, pipeline.journal.max_records)


def _matching(pipeline: Pipeline, query: JournalQuery) -> Iterator[Record]:
    pattern = query.pattern()
    return filter(pattern.matches, pipeline.journal.records(query.after))


async def _events(pipeline: Pipeline, query: JournalQuery) -> AsyncIterator[str]:
    account = query.access_key
    if account is None:
        async for event in _all_events(pipeline, query):
            yield event
        return
    pipeline.journal.followed[account] += 1  # so long it is not put away
    try:
        async for event in _all_events(pipeline, query):
            yield event
    finally:
        pipeline.journal.followed -= Counter((account,))


async def _all_events(pipeline: Pipeline, query: JournalQuery) -> AsyncIterator[str]:
    journal, pattern = pipeline.journal, query.pattern()
    seen = min(query.after or journal.last, journal.last)
    yield ": following\n\n"
    while not journal.closed:
        if not await journal.wait(seen, _KEEP_ALIVE):
            yield ": still here\n\n"
            continue
        events, size = [], 0
        if missed := journal.pushed_out(seen):
            events.append(f"event: missed\ndata: {missed}\n\n")
        for record in journal.records(seen):
            seen = record.number
            if pattern.matches(record):
                events.append(f"id: {seen}\nevent: call\ndata: {_line(record)}\n")
                size += len(events[-1])
            if size >= _CHUNK:
                break
        else:
            seen = journal.last
        if events:
            yield "".join(events)
        await asyncio.sleep(_PACE)


_lines: Final[dict[int, tuple[Any, str]]] = {}
"""The latest lines by the number of their records, each with the very parameters that it shows."""


def _line(record: Record) -> str:
    """Return a record as a line of JSON."""
    kept = _lines.get(record.number)
    if kept is not None and kept[0] is record.parameters:
        return kept[1]
    line = json.dumps(_tree(record), ensure_ascii=False) + "\n"
    if len(line) < _CHUNK:
        _lines[record.number] = record.parameters, line
        if len(_lines) > _KEPT_LINES:
            del _lines[next(iter(_lines))]
    return line


def _tree(record: Record) -> dict[str, Any]:
    """Return a record as the API shows it, as a tree."""
    tree = {name: getattr(record, name) for name in _SHOWN}
    tree["at"] = iso(record.at)
    tree["parameters"] = _masked(with_lists(record.parameters))
    tree["changed"] = [{"command": each.command, "resources": each.resources} for each in record.changed]
    return tree


def shown(record: Record) -> RecordShown:
    """Return a record as the API shows it."""
    return RecordShown(
        **{
            **attrs.asdict(record, recurse=False),
            "at": iso(record.at),
            "parameters": _masked(with_lists(record.parameters)),
            "changed": tuple(
                ChangedShown(command=each.command, resources=each.resources) for each in record.changed
            ),
        }
    )


def _masked(tree: Any) -> Any:  # noqa: ANN401 - a tree of parameters
    if isinstance(tree, dict):
        return {
            name: "***" if any(each in name.lower() for each in _SECRETS) else _masked(value)
            for name, value in tree.items()
        }
    return [_masked(value) for value in tree] if isinstance(tree, list) else tree


_JOURNAL: Final = "/_duolect/journal"
ROUTES: Final = (
    Route(method="GET", path=_JOURNAL, run=show_journal, query=JournalPage, reply=JournalShown),
    Route(
        method="DELETE", path=_JOURNAL, run=forget_journal, query=JournalScope, status=HTTPStatus.NO_CONTENT
    ),
    Route(
        method="GET",
        path=f"{_JOURNAL}/export",
        run=export_journal,
        query=JournalQuery,
        reply=str,
        media=_NDJSON,
    ),
    Route(
        method="GET",
        path=f"{_JOURNAL}/stream",
        run=follow_journal,
        query=JournalQuery,
        reply=str,
        media=_SSE,
    ),
)
