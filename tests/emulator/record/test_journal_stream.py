"""Streaming the journal: earlier records, those that do not match, and clients that do not keep up."""

import asyncio

from tests.harness import emulator

from duolect.control import journal
from duolect.control.journal import JournalQuery

VPCS, ZONES = "DescribeVpcs", "DescribeZones"


def streamed(monkeypatch, query, calls, max_queued=10):
    """Return what is streamed to a client that reads only after these calls, and then waits for more."""
    monkeypatch.setattr(journal, "_MAX_QUEUED", max_queued)
    monkeypatch.setattr(journal, "_KEEP_ALIVE", 0.01)
    world = emulator()
    client = world.tencent()
    client.call(VPCS)

    async def scenario():
        events = journal._events(world.pipeline, query)
        parts = [await anext(events)]
        for action in calls:
            client.call(action)
        while not parts[-1].startswith(": still"):
            parts.append(await anext(events))
        await events.aclose()
        return [part.splitlines()[0] for part in parts[1:-1]]

    found = asyncio.run(scenario())
    assert not world.pipeline.journal._subscribers
    return found


def test_only_records_that_match_are_streamed(monkeypatch):
    assert streamed(monkeypatch, JournalQuery(action=ZONES), [VPCS, ZONES, VPCS]) == ["id: 3"]


def test_what_is_kept_since_a_number_comes_first(monkeypatch):
    assert streamed(monkeypatch, JournalQuery(), [VPCS]) == ["id: 2"]
    assert streamed(monkeypatch, JournalQuery(after=1), [VPCS]) == ["id: 2"]


def test_a_client_that_does_not_keep_up_learns_how_much_it_missed(monkeypatch):
    found = streamed(monkeypatch, JournalQuery(), [VPCS] * 5, max_queued=2)
    assert found[-1] == "event: missed"
    assert len(found) == 3
