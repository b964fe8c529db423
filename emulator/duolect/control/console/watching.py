"""The stream that a console follows: what an account's partitions are changed by, and the clock.

It looks when a call was made, and many times a second besides, at the partitions of one account: what is
due happens then, as it would at any other look. What was touched is sent as the map shows it.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import attrs
from starlette.responses import Response, StreamingResponse

from duolect.calls.pipeline import Pipeline
from duolect.control.console.history import History
from duolect.control.console.outline import find
from duolect.control.console.rows import row_of
from duolect.control.console.timeline import call_line, operation_line, version_lines
from duolect.control.console.viewing import Viewing, viewing_of
from duolect.control.routes import ControlRequest
from duolect.members import member
from duolect.record.journal import ids_named_by
from duolect.state.partitions import Key
from duolect_core.engine.partition import Entry, Partition
from duolect_core.model.instances import Instance
from duolect_core.model.resources import Interface, Network, Operation, Subnet

_BEAT: Final = 0.1
"""Seconds after which it looks although no call was made."""
_PACE: Final = 0.02
"""Seconds between two looks at least: what happens meanwhile is sent at once."""
_QUIET_BEATS: Final = 100
"""After so many looks at which nothing had changed a comment is sent."""
_MOST_ROWS: Final = 300
"""If more was touched, the page is told to ask anew for what it shows."""
_MOST_CALLS: Final = 200
_DRIFT: Final = 15_000
"""By how many microseconds the clock may be off from where it was expected to be."""


@attrs.frozen(kw_only=True)
class WatchQuery:
    """Whose partitions are watched."""

    access_key: str = member("the account")


async def watch(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Follow what becomes of an account's partitions, its calls and the clock, as server-sent events.

    As long as somebody follows, the past of the partitions is recorded, and what calls were answered.
    """
    return StreamingResponse(_events(pipeline, request.query.access_key), media_type="text/event-stream")


async def _events(pipeline: Pipeline, access_key: str) -> AsyncIterator[str]:
    viewing, journal = viewing_of(pipeline), pipeline.journal
    with viewing.looking(pipeline):
        watched, clock, seen, quiet = _Account(pipeline, viewing, access_key), _Clock(), journal.last, 0
        journal.followed[access_key] += 1  # so long it is not put away
        yield ": watching\n\n"
        try:
            while not journal.closed:
                events = [*watched.look(), *_calls(pipeline, access_key, seen)]
                seen = journal.last
                await asyncio.sleep(0)  # histories begin
                events += clock.look(pipeline, watched)
                quiet = 0 if events else quiet + 1
                if events:
                    yield "".join(events)
                elif quiet % _QUIET_BEATS == 0:
                    yield ": still here\n\n"
                await asyncio.sleep(_PACE)
                await journal.wait(seen, _BEAT)
        finally:
            journal.followed -= Counter((access_key,))
            watched.close()


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _calls(pipeline: Pipeline, access_key: str, seen: int) -> Iterator[str]:
    mine = [each for each in pipeline.journal.records(seen) if each.account == access_key]
    if mine:
        yield _event("calls", {"calls": [attrs.asdict(call_line(each)) for each in mine[-_MOST_CALLS:]]})


class _Clock:
    """The clock, as the page was told that it runs."""

    def __init__(self) -> None:
        self._now = self._told_at = 0.0
        self._rate = -1.0
        self._pending: object = None

    def look(self, pipeline: Pipeline, watched: "_Account") -> Iterator[str]:
        """Yield what the clock says, where the page could not tell it itself."""
        clock, loop_time = pipeline.state.clocks.of(watched.access_key), asyncio.get_running_loop().time()
        now, rate = clock.now(), clock.rate
        expected = self._now + (loop_time - self._told_at) * 1e6 * rate
        pending = watched.pending
        if rate != self._rate or abs(now - expected) > _DRIFT * max(1, rate) or pending != self._pending:
            self._now, self._rate, self._told_at, self._pending = now, rate, loop_time, pending
            told = {"now": now, "rate": rate, "mode": clock.mode, "pending": pending[0]}
            yield _event("clock", {**told, "next_due": pending[1]})


class _Account:
    """The partitions of one account, while somebody follows them."""

    def __init__(self, pipeline: Pipeline, viewing: Viewing, access_key: str) -> None:
        self._pipeline = pipeline
        self._viewing = viewing
        self.access_key = access_key
        self._watched: dict[Key, _Watched] = {}
        self._told = False

    @property
    def pending(self) -> tuple[int, int | None]:
        """How many transitions are still to come, and when the next one falls due."""
        timelines = [each.partition.timeline for each in self._watched.values()]
        dues = [each.next_due for each in timelines if each.next_due is not None]
        return sum(map(len, timelines)), min(dues, default=None)

    def look(self) -> Iterator[str]:
        """Yield what has changed since the last look."""
        found = dict(self._pipeline.partitions.items(self.access_key))
        if (
            not self._told
            or any(
                key not in self._watched or self._watched[key].partition is not each
                for key, each in found.items()
            )
            or len(found) != len(self._watched)
        ):
            yield self._renew(found)
        at = self._pipeline.state.now(self.access_key)
        for watched in self._watched.values():
            watched.partition.settle(at)
            change = watched.change()
            if change is not None:
                yield _event("changed", change)

    def _renew(self, found: dict[Key, Partition]) -> str:
        for key, watched in tuple(self._watched.items()):
            if found.get(key) is not watched.partition:
                self._watched.pop(key).close()
                self._viewing.drop(watched.partition)
        for key, partition in found.items():
            if key not in self._watched:
                self._watched[key] = _Watched(key, partition, self._viewing.record(partition))
        self._told = True
        partitions = [
            {"cloud": cloud, "region": region, "recorded": self._watched[cloud, key, region].is_recorded}
            for cloud, key, region in found
        ]
        return _event("partitions", {"partitions": partitions})

    def close(self) -> None:
        """Follow nothing any more."""
        for each in self._watched.values():
            each.close()
        self._watched.clear()


class _Watched:
    """A partition that somebody follows."""

    def __init__(self, key: Key, partition: Partition, history: History | None) -> None:
        self.key = key
        self.partition = partition
        self._history = history
        self._version = 0 if history is None else history.version
        self._entries: list[Entry] = []
        self._created = partition.created
        self._shape: object = None
        self._pending: dict[int, tuple[str, Operation]] = {}
        self._note_pending()
        partition.subscribe(self._entries.append)

    @property
    def is_recorded(self) -> bool:
        """Whether its past can be seen again."""
        return self._history is not None and not self._history.full

    def close(self) -> None:
        """Follow it no longer."""
        self.partition.unsubscribe(self._entries.append)

    def change(self) -> dict[str, Any] | None:
        """Return what was touched since the last time, or None where nothing was."""
        ids: dict[str, None] = {}
        operations: dict[int, Operation] = {}
        for entry in self._entries:
            ids.update(ids_named_by(entry.command))
        ended = self._note_pending()
        for resource_id, operation in ended:
            ids[resource_id] = None
            ids.update(dict.fromkeys(operation.resource_ids))
            operations[id(operation)] = operation
        if not (self._entries or ended):
            return None
        new = self.partition.graph.created_after(self._created)
        ids.update((each.id, None) for each in new)
        self._entries.clear()
        self._created = self.partition.created
        for _, operation in self._pending.values():
            if operation.started == self.partition.now or operation.resource_ids[0] in ids:
                operations[id(operation)] = operation
        return self._told(tuple(ids), operations)

    def _told(self, ids: tuple[str, ...], operations: dict[int, Operation]) -> dict[str, Any]:
        partition, history = self.partition, self._history
        found = {each: find(partition, each) for each in self._with_related(ids)}
        outline = any(isinstance(each, Network | Subnet) or each is None for each in found.values())
        rows = [attrs.asdict(row_of(partition, each)) for each in found.values() if each is not None]
        versions: list[Any] = []
        if history is not None:
            versions = [
                attrs.asdict(each) for each in version_lines(history, self._version) if each.version
            ]
            self._version = history.version
        return {
            "cloud": self.key[0],
            "region": self.key[2],
            "now": partition.now,
            "refresh": len(rows) > _MOST_ROWS,
            "outline": outline,
            "rows": rows[:_MOST_ROWS],
            "gone": [each for each, resource in found.items() if resource is None],
            "operations": [attrs.asdict(operation_line(self.key, each)) for each in operations.values()],
            "versions": versions,
        }

    def _with_related(self, ids: tuple[str, ...]) -> dict[str, None]:
        """Return these and what changes with them: an instance's interfaces, an interface's instance."""
        graph = self.partition.graph
        found = dict.fromkeys(ids)
        for each in ids:
            resource = graph.instances.get(each) or graph.interfaces.get(each)
            if isinstance(resource, Instance):
                found.update(dict.fromkeys(graph.interfaces_by_instance.ids(each)))
            elif isinstance(resource, Interface) and resource.attachment is not None:
                found[resource.attachment.instance_id] = None
            elif (public := graph.public_addresses.get(each)) is not None and public.association:
                found[public.association.interface_id] = None
        return found

    def _note_pending(self) -> list[tuple[str, Operation]]:
        """Remember what is to come, and return what was to come at the last time and is no more."""
        timeline = self.partition.timeline
        shape = (timeline.planned, len(timeline), timeline.next_due)
        if shape == self._shape:
            return []
        self._shape = shape
        before = self._pending
        self._pending = {each.number: (each.resource_id, each.operation) for each in timeline.pending()}
        return [each for number, each in before.items() if number not in self._pending]
