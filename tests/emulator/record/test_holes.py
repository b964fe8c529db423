"""The journal once records of some accounts were forgotten: what is kept of the others stays as it was."""

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.emulator.asgi import application, send
from tests.harness import emulator

from duolect.control import journal as control
from duolect.control.journal import JournalQuery
from duolect.state.forked import in_parts

ACCOUNTS = ("A", "B", "C")
JOURNAL = "/_duolect/journal"
CALL = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&Action=DescribeVpcs&AccessKeyId="


def create(app, account):
    return send(app, "POST", f"{CALL.replace('DescribeVpcs', 'CreateVpc')}{account}&CidrBlock=10.0.0.0/8")


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["call", "call", "call", "forget"]), st.sampled_from(ACCOUNTS))),
    st.integers(1, 12),
)
def test_what_is_kept_is_found_by_its_number_and_what_is_lost_is_known(steps, room):
    world = emulator(journal=room)
    journal, told, lost = world.pipeline.journal, [], set()
    for step, account in steps:
        if step == "call":
            world.tencent(account).call("DescribeVpcs")
            told.append((journal.last, account))
        else:
            journal.forget(account)
            lost |= {number for number, its in told if its == account}
        kept = {record.number for record in journal.records()}
        lost |= {number for number, _ in told} - kept
        assert lost.isdisjoint(kept)
        for after in range(journal.last + 1):
            found = [record.number for record in journal.records(after)]
            assert found == [number for number in sorted(kept) if number > after]
            assert journal.is_complete(after) == all(number <= after for number in lost)
            for each in ACCOUNTS:
                its = {number for number, owner in told if owner == each}
                assert journal.is_complete(after, each) == all(number <= after for number in lost & its)


def test_forgetting_one_account_changes_nothing_that_is_said_of_another():
    app = application()
    for _ in range(3):
        send(app, "GET", CALL + "B")
    mark = send(app, "POST", "/_duolect/marks").json()["id"]
    for account in ("B", "A", "B", "A"):
        create(app, account)
    asked = {
        "mark": mark,
        "access_key": "A",
        "expect": [{"calls": {"action": "CreateVpc"}, "times": 2}],
    }
    before = send(app, "POST", "/_duolect/verify", json=asked).json()
    leaks = send(app, "GET", f"/_duolect/leaks?mark={mark}&access_key=A").json()
    page = send(app, "GET", f"{JOURNAL}?access_key=A&after=4").json()["records"]
    assert (before["passed"], len(leaks["leaks"]), len(page)) == (True, 2, 2)
    assert all(each["created_by"] == "CreateVpc" for each in leaks["leaks"])
    assert send(app, "DELETE", f"{JOURNAL}?access_key=B").status_code == 204
    assert send(app, "POST", "/_duolect/verify", json=asked).json() == before
    assert send(app, "GET", f"/_duolect/leaks?mark={mark}&access_key=A").json() == leaks
    assert send(app, "GET", f"{JOURNAL}?access_key=A&after=4").json()["records"] == page
    of_b = {**asked, "access_key": "B"}
    assert send(app, "POST", "/_duolect/verify", json=of_b).json()["complete"] is False


@pytest.mark.parametrize("after", [1, 2, 3, 4, 5])
def test_what_is_streamed_and_exported_has_no_more_holes_than_the_journal(after):
    world = emulator()
    for account in ("A", "B", "B", "A", "A"):
        world.tencent(account).call("DescribeVpcs")
    world.pipeline.journal.forget("B")
    wanted = [number for number in (1, 4, 5, 6) if number > after]

    async def streamed():
        events = control._events(world.pipeline, JournalQuery(after=after))
        await anext(events)
        world.tencent("A").call("DescribeVpcs")
        text = await anext(events)
        await events.aclose()
        return [int(line.split()[1]) for line in text.splitlines() if line.startswith("id:")]

    assert asyncio.run(streamed()) == wanted


def test_the_journal_without_room_knows_that_it_has_nothing():
    app = application(journal=0)
    send(app, "GET", CALL + "A")
    asked = {"expect": [{"calls": {"action": "DescribeVpcs"}, "times": 0}]}
    verdict = send(app, "POST", "/_duolect/verify", json=asked).json()
    assert (verdict["passed"], verdict["complete"]) == (False, False)


def test_the_export_is_sent_in_pieces_that_hold_many_records():
    world = emulator()
    for _ in range(300):
        world.tencent("A").call("DescribeVpcs")
    found = list(in_parts(map(control._line, world.pipeline.journal.records())))
    assert len(found) < 10
    numbers = [json.loads(line)["number"] for line in b"".join(found).splitlines()]
    assert numbers == list(range(1, 301))
