"""Streaming the journal: earlier records, those that do not match, and clients that do not keep up."""

import asyncio
import gc

from tests.harness import emulator

from duolect.control import journal
from duolect.control.journal import JournalQuery

VPCS, ZONES = "DescribeVpcs", "DescribeZones"


def streamed(monkeypatch, query, calls, **settings):
    """Return what is streamed to a client that reads only after these calls, and then waits for more."""
    monkeypatch.setattr(journal, "_KEEP_ALIVE", 0.01)
    world = emulator(**settings)
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
        return [event.splitlines()[0] for part in parts[1:-1] for event in part.split("\n\n") if event]

    found = asyncio.run(scenario())
    assert not world.pipeline.journal._waiting
    return found


def test_only_records_that_match_are_streamed(monkeypatch):
    assert streamed(monkeypatch, JournalQuery(action=ZONES), [VPCS, ZONES, VPCS]) == ["id: 3"]


def test_what_is_kept_since_a_number_comes_first(monkeypatch):
    assert streamed(monkeypatch, JournalQuery(), [VPCS]) == ["id: 2"]
    assert streamed(monkeypatch, JournalQuery(after=1), [VPCS]) == ["id: 2"]


def test_a_number_that_is_still_to_come_is_as_good_as_the_latest(monkeypatch):
    assert streamed(monkeypatch, JournalQuery(after=10**17), [VPCS]) == ["id: 2"]


def test_a_client_that_does_not_keep_up_learns_how_much_it_missed(monkeypatch):
    assert streamed(monkeypatch, JournalQuery(), [VPCS] * 5, journal=2) == [
        "event: missed",
        "id: 5",
        "id: 6",
    ]
    assert streamed(monkeypatch, JournalQuery(after=1), [VPCS] * 5, journal=2)[0] == "event: missed"
    assert streamed(monkeypatch, JournalQuery(), [VPCS] * 5, journal=0) == ["event: missed"]


def test_a_client_that_never_reads_keeps_nothing_that_the_journal_does_not_keep():
    world = emulator(journal_bytes=100_000)
    client = world.tencent()

    async def follow():
        events = [journal._events(world.pipeline, JournalQuery()) for _ in range(50)]
        for each in events:
            await anext(each)
        gc.collect()
        before = len(gc.get_objects())
        for _ in range(40):
            client.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
            client.call("DescribeVpcs", Filters=[{"Name": "vpc-name", "Values": ["v" * 10_000]}])
        gc.collect()
        grown = len(gc.get_objects()) - before
        assert len(list(world.pipeline.journal.records())) < 20
        parts = [await anext(each) for each in events]
        assert all(len(each) < 2 * journal._CHUNK for each in parts)
        for each in events:
            await each.aclose()
        return grown

    assert asyncio.run(follow()) < 5_000


def test_a_line_is_made_once_for_all_who_follow(monkeypatch):
    made = []
    monkeypatch.setattr(journal, "_tree", lambda record: made.append(record.number) or {})
    world = emulator()
    client = world.tencent()

    async def follow():
        events = [journal._events(world.pipeline, JournalQuery()) for _ in range(20)]
        for each in events:
            await anext(each)
        for _ in range(3):
            client.call(VPCS)
        for each in events:
            await anext(each)
            await each.aclose()

    asyncio.run(follow())
    assert made == [1, 2, 3]
