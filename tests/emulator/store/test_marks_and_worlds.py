"""Marks and worlds of every account last as long as the state does."""

import pytest
from tests.emulator.store.test_belongings import CREATE, NETWORK, WORLD, rows_of

from duolect.access.authentication import Key
from duolect.faults.rules import FaultRule
from duolect.record import marks as all_marks
from duolect.record.leaks import leaks
from duolect.settings.checks import SettingsError
from duolect.state.world_file import parse

# -- marks --------------------------------------------------------------------------------------------


def made(client, count=1):
    return {client.call("CreateVpc", **NETWORK)["Vpc"]["VpcId"] for _ in range(count)}


def leaked(stored, name):
    pipeline = stored.pipeline
    mark = pipeline.marks.get(name)
    partitions = pipeline.partitions
    return {each.resource.id for each in leaks(partitions.items(), partitions, mark, pipeline.journal)} & {
        each for _, partition in partitions.items() for each in partition.graph.networks
    }


def test_marks_tell_the_same_leaks_after_a_restart(stored):
    client, late = stored.emulator.tencent(), stored.emulator.tencent("AKIDLATE")
    made(client, 2)
    first = stored.pipeline.marks.set(7).id
    one = made(client)
    second = stored.pipeline.marks.set(8).id
    two = made(late)
    third = stored.pipeline.marks.set(9).id
    for _ in range(3):
        assert leaked(stored, first) == one | two
        assert leaked(stored, second) == two
        assert leaked(stored, third) == set()
        stored.restart()
    assert leaked(stored, "start") == set()
    assert stored.pipeline.marks.get(second).at == 8
    fourth = stored.pipeline.marks.set(10).id
    assert fourth == "mark-4"
    three = made(stored.emulator.tencent())
    stored.restart()
    assert leaked(stored, third) == leaked(stored, fourth) == three
    assert leaked(stored, "start") == set()


def test_calls_since_a_mark_of_an_earlier_run_are_not_all_known(stored):
    mark = stored.pipeline.marks.set(1)
    assert stored.pipeline.marks.is_complete(mark)
    stored.restart()
    marks = stored.pipeline.marks
    assert not marks.is_complete(marks.get(mark.id))
    assert marks.is_complete(marks.get("start"))
    assert marks.is_complete(marks.set(2))


def test_what_marks_needed_goes_with_them_and_with_partitions(stored, monkeypatch):
    monkeypatch.setattr(all_marks, "MAX_MARKS", 3)
    monkeypatch.setattr(all_marks, "_SWEPT_AT_ONCE", 1)
    client = stored.emulator.tencent()
    for _ in range(9):
        stored.pipeline.marks.set(0)
        made(client)
        stored.emulator.tencent("AKIDSHORT").call("DescribeVpcs")
        stored.pipeline.partitions.forget("AKIDSHORT")
    stored.restart()
    assert [stored.pipeline.marks.get(f"mark-{number}") is None for number in (6, 7, 9)] == [
        True,
        False,
        False,
    ]
    rows = rows_of(stored)
    assert {each for each in rows if each.startswith("mark.")} == {"mark.7", "mark.8", "mark.9"}
    assert len({each for each in rows if each.startswith(("created.", "began."))}) <= 5


def test_all_of_it_outlives_a_damaged_file(stored):
    client = stored.emulator.tencent("AKIDLOST")
    client.call("DescribeVpcs")
    made(stored.emulator.tencent())
    mark = stored.pipeline.marks.set(1).id
    since = made(stored.emulator.tencent())
    stored.pipeline.access.authenticator.put_key("AKA", Key("a"))
    stored.pipeline.faults.add(FaultRule(**CREATE))
    lay(stored)
    made_last = client.call("DescribeVpcs") and stored.emulator.alibaba().call(
        "CreateVpc", "2016-04-28", CidrBlock="192.168.0.0/16"
    )
    number = stored.pipeline.keeper.kept["alibaba", "AKTEST", "cn-hangzhou"].number
    stored.kill()
    stored.damage(
        "UPDATE log SET checksum = 1 WHERE id = (SELECT max(id) FROM log WHERE id >> 32 = ?)",
        number,
    )
    stored.start()
    assert made_last["VpcId"] not in stored.emulator.alibaba().partition.graph.networks
    for _ in range(2):
        assert since <= leaked(stored, mark)
        assert set(stored.pipeline.access.authenticator.keys) == {"AKA"}
        assert [each.id for each in stored.pipeline.faults.all] == ["f-1"]
        assert stored.pipeline.partitions.worlds.standing
        stored.restart()


# -- worlds -------------------------------------------------------------------------------------------


def lay(stored, tree=WORLD):

    worlds, _ = parse(tree, stored.pipeline.dialects)
    stored.pipeline.partitions.worlds.put_up(worlds)


def test_worlds_of_every_account_are_what_new_accounts_begin_with_after_a_restart(stored):
    lay(stored)
    client = stored.emulator.alibaba("before")
    client.call("DescribeVpcs", "2016-04-28")
    rules = client.partition.rules
    stored.restart()
    assert stored.emulator.alibaba("before").partition.rules.quotas == rules.quotas
    assert set(stored.emulator.alibaba("after").partition.graph.networks) == {"vpc-laid"}
    stored.pipeline.partitions.worlds.take_down()
    stored.restart()
    assert not stored.pipeline.partitions.worlds.standing
    assert not stored.emulator.alibaba("later").partition.graph.networks
    assert not {each for each in rows_of(stored) if each.startswith("world.")}


def test_a_world_that_cannot_be_any_more_refuses_the_start_with_the_reason(stored, tmp_path):
    lay(stored)
    file = tmp_path / "world.toml"
    file.write_text('[[alibaba]]\n[[alibaba.networks]]\nid = "vpc-laid"\nCidrBlock = "10.0.0.0/8"\n')
    stored.kill()
    with pytest.raises(SettingsError, match="vpc-laid"):
        stored.start(world=str(file))
    stored.start(world="")
