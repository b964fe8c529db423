"""Following the journal: what came before, what does not fit, and who does not keep up."""

import asyncio

from tests.harness import emulator

from duolect.control import journal
from duolect.control.journal import JournalQuery

VPCS, ZONES = "DescribeVpcs", "DescribeZones"


def told(monkeypatch, query, calls, held=10):
    """Return what a subscriber is told who looks only after these calls, and then waits for more."""
    monkeypatch.setattr(journal, "_MAX_QUEUED", held)
    monkeypatch.setattr(journal, "_KEEP_ALIVE", 0.01)
    world = emulator()
    client = world.tencent()
    client.call(VPCS)

    async def story():
        events = journal._events(world.pipeline, query)
        parts = [await anext(events)]
        for action in calls:
            client.call(action)
        while not parts[-1].startswith(": still"):
            parts.append(await anext(events))
        await events.aclose()
        return [part.splitlines()[0] for part in parts[1:-1]]

    found = asyncio.run(story())
    assert not world.pipeline.journal._subscribers
    return found


def test_only_what_fits_is_told(monkeypatch):
    assert told(monkeypatch, JournalQuery(action=ZONES), [VPCS, ZONES, VPCS]) == ["id: 3"]


def test_what_is_kept_since_a_number_comes_first(monkeypatch):
    assert told(monkeypatch, JournalQuery(), [VPCS]) == ["id: 2"]
    assert told(monkeypatch, JournalQuery(after=1), [VPCS]) == ["id: 2"]


def test_who_does_not_keep_up_is_told_how_much_was_missed(monkeypatch):
    found = told(monkeypatch, JournalQuery(), [VPCS] * 5, held=2)
    assert found[-1] == "event: missed"
    assert len(found) == 3
