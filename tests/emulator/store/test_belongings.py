"""Fault rules, conditions, keys, marks and worlds of every account last as long as the state does."""

import json
import random
import time
from contextlib import suppress
from threading import Thread

import pytest
from tests.emulator.store.servers import Refused, alibaba, serving, tencent
from tests.emulator.store.stored import Stored
from tests.harness import ApiError

from duolect.access.authentication import Key
from duolect.access.conditions import Condition
from duolect.faults.rules import FaultRule
from duolect.settings.checks import SettingsError
from duolect.settings.settings import ConditionSettings

CREATE = {"action": "CreateVpc", "cloud": "tencent", "code": "LimitExceeded", "times": 3}
WORLD = {
    "alibaba": [{"networks": [{"id": "vpc-laid", "CidrBlock": "10.0.0.0/8"}], "quotas": {"networks": 7}}]
}
NETWORK = {"VpcName": "v", "CidrBlock": "10.0.0.0/16"}


def rules_of(pipeline):
    return [
        (each.id, each.rule, each.matches, each.hits, each.generator.state) for each in pipeline.faults.all
    ]


def conditions_of(pipeline):
    return list(pipeline.access.conditions)


def refused(client):
    """Return the code with which a call is refused, or nothing."""
    with suppress(ApiError):
        client.call("CreateVpc", **NETWORK)
        return ""
    return json.loads(client.last.body)["Response"]["Error"]["Code"]


def rows_of(stored):
    stored.pipeline.keeper.commits.flush()
    return set(stored.pipeline.keeper.store.settings())


# -- faults -------------------------------------------------------------------------------------------


def test_rules_and_what_they_have_counted_are_there_again(stored):
    faults = stored.pipeline.faults
    faults.add(FaultRule(**CREATE | {"skip": 1, "probability": 0.5}))
    faults.add(FaultRule(cloud="alibaba", raw={"status": 502, "json": {"a": 1}}, resource={"id": "vpc-1"}))
    faults.add(FaultRule(cloud="tencent", latency_ms=0, jitter_ms=5, after=True, action="DescribeVpcs"))
    client = stored.emulator.tencent()
    for _ in range(7):
        client.emulator.pipeline.answer(client.request("CreateVpc", **NETWORK))
    before = rules_of(stored.pipeline)
    assert before[0][2] >= 5
    assert before[0][3] in {1, 2, 3}
    stored.restart()
    assert rules_of(stored.pipeline) == before
    assert stored.pipeline.faults.add(FaultRule(**CREATE)).id == "f-4"


def test_chance_goes_on_as_it_would_have(tmp_path):
    def drawn(stored, times):
        client = stored.emulator.tencent()
        answers = [
            client.emulator.pipeline.answer(client.request("CreateVpc", **NETWORK)) for _ in range(times)
        ]
        return [b"LimitExceeded" in each.body for each in answers]

    rule = FaultRule(cloud="tencent", action="CreateVpc", code="LimitExceeded", probability=0.5)
    one, other = Stored(tmp_path / "one.db"), Stored(tmp_path / "other.db")
    for each in (one, other):
        each.pipeline.faults.add(rule)
    whole = drawn(one, 20)
    parts = drawn(other, 9) + drawn(other.restart(), 11)
    assert whole == parts
    assert len(set(whole)) == 2
    for each in (one, other):
        each.kill()


def test_a_refused_call_that_strikes_counts_before_its_answer_leaves(stored):
    stored.pipeline.faults.add(FaultRule(**CREATE))
    commits = stored.pipeline.keeper.commits
    commits.flush()
    assert commits.durable
    client = stored.emulator.tencent()
    client.emulator.pipeline.answer(client.request("CreateVpc", **NETWORK))
    assert not commits.durable
    assert not commits.changes.records
    assert set(commits.changes.settings) == {"struck.1"}


def test_what_a_call_does_and_what_it_counts_are_kept_together(stored):
    stored.pipeline.faults.add(FaultRule(cloud="tencent", action="CreateVpc", latency_ms=5, after=True))
    stored.emulator.tencent().call("DescribeVpcs")
    commits = stored.pipeline.keeper.commits
    commits.flush()
    client = stored.emulator.tencent()
    client.emulator.pipeline.answer(client.request("CreateVpc", **NETWORK))
    assert len(commits.changes.records) == 1
    assert "struck.1" in commits.changes.settings


def test_calls_that_no_rule_is_for_keep_nothing(stored):
    stored.pipeline.faults.add(FaultRule(cloud="alibaba", action="CreateVpc", code="Forbidden", status=403))
    client = stored.emulator.tencent()
    client.call("DescribeVpcs")
    stored.pipeline.keeper.commits.flush()
    client.call("DescribeVpcs")
    assert stored.pipeline.keeper.commits.durable


def test_rules_that_are_removed_leave_nothing(stored):
    first = stored.pipeline.faults.add(FaultRule(**CREATE))
    stored.pipeline.faults.add(FaultRule(**CREATE))
    stored.pipeline.faults.remove(first.id)
    stored.restart()
    assert [each.id for each in stored.pipeline.faults.all] == ["f-2"]
    stored.pipeline.faults.clear()
    stored.restart()
    assert not stored.pipeline.faults
    assert stored.pipeline.faults.add(FaultRule(**CREATE)).id == "f-1"
    stored.pipeline.faults.clear()
    assert not {each for each in rows_of(stored) if each.startswith(("fault.", "struck."))}


def test_rules_of_the_settings_count_anew_where_they_are_others(stored):
    one, other = FaultRule(**CREATE), FaultRule(**CREATE | {"times": 9})
    stored.restart(faults=[one])
    assert refused(stored.emulator.tencent())
    mine = stored.pipeline.faults.add(FaultRule(cloud="alibaba", code="Throttling.User"))
    stored.restart()  # the same settings: nothing is new
    assert [(each.id, each.hits) for each in stored.pipeline.faults.all] == [("f-1", 1), (mine.id, 0)]
    stored.restart(faults=[other, one, one])  # one more, and another one before it
    assert [(each.id, each.rule, each.hits) for each in stored.pipeline.faults.all] == [
        ("f-1", one, 1),
        (mine.id, mine.rule, 0),
        ("f-3", other, 0),
        ("f-4", one, 0),
    ]
    stored.pipeline.faults.remove("f-3")
    stored.restart()  # what the control API took away stays away
    assert [each.id for each in stored.pipeline.faults.all] == ["f-1", "f-2", "f-4"]
    stored.restart(faults=[])
    assert [each.id for each in stored.pipeline.faults.all] == [mine.id]


def test_a_rule_that_can_strike_nothing_any_more_is_left_out(stored, caplog):
    stored.pipeline.faults.add(FaultRule(**CREATE))
    stored.pipeline.faults.add(FaultRule(**CREATE))
    row = {"rule": {"cloud": "tencent", "action": "WasThereOnce", "code": "LimitExceeded"}}
    stored.pipeline.keeper.set_row("fault.1", row)
    stored.restart()
    assert [each.id for each in stored.pipeline.faults.all] == ["f-2"]
    assert "WasThereOnce" in caplog.text


def test_a_damaged_row_refuses_the_start(stored):
    stored.pipeline.faults.add(FaultRule(**CREATE))
    stored.pipeline.keeper.set_row("struck.1", {"no": "numbers"})
    stored.kill()
    with pytest.raises(SettingsError, match="is damaged"):
        stored.start()
    stored.damage("DELETE FROM settings WHERE name LIKE 'struck.%' OR name LIKE 'fault.%'")
    stored.start()


# -- conditions and keys ------------------------------------------------------------------------------


def test_conditions_stand_again_in_their_order(stored):
    mine = [Condition("tencent", key, "CreateVpc", "LimitExceeded") for key in ("a", "b", "a", "*")]
    for each in mine:
        stored.pipeline.access.conditions.append(each)
    stored.pipeline.access.conditions.drop("b")
    stored.restart()
    assert conditions_of(stored.pipeline) == [mine[0], mine[2], mine[3]]
    assert refused(stored.emulator.tencent())
    stored.pipeline.access.conditions.drop()
    stored.restart()
    assert not stored.pipeline.access.conditions
    assert not {each for each in rows_of(stored) if each.startswith("condition")}


def test_conditions_of_the_settings_count_anew_where_they_are_others(stored):
    def setting(key):
        return ConditionSettings(cloud="tencent", code="LimitExceeded", access_key=key)

    mine = Condition("tencent", "mine", "*", "LimitExceeded")
    stored.restart(conditions=[setting("one"), setting("two")])
    stored.pipeline.access.conditions.append(mine)
    stored.pipeline.access.conditions.drop("one")
    stored.restart()
    assert [each.access_key for each in conditions_of(stored.pipeline)] == ["two", "mine"]
    stored.restart(conditions=[setting("one"), setting("three")])
    assert [each.access_key for each in conditions_of(stored.pipeline)] == ["mine", "three"]
    stored.restart(conditions=[])
    assert conditions_of(stored.pipeline) == [mine]


def test_a_condition_that_can_refuse_nothing_any_more_is_left_out(stored, caplog):
    stored.pipeline.access.conditions.append(Condition("tencent", "a", "CreateVpc", "LimitExceeded"))
    tree = {"dialect": "tencent", "access_key": "a", "action": "Gone", "code": "LimitExceeded"}
    stored.pipeline.keeper.set_row("condition.1", tree)
    stored.restart()
    assert not stored.pipeline.access.conditions
    assert "Gone" in caplog.text


def test_keys_are_known_again_with_all_that_is_said_of_them(stored):
    stored.restart(keys="AKSET:one,AKGONE:two")
    authenticator = stored.pipeline.access.authenticator
    authenticator.put_key("AKZ", Key("z", token="t", expires=9, account="company", sub_user=True))
    authenticator.put_key("AKA", Key("a"))
    authenticator.put_key("AKSET", Key("changed"))
    authenticator.drop_key("AKGONE")
    authenticator.put_key("AKNOT", Key("n"))
    authenticator.drop_key("AKNOT")
    before = list(authenticator.keys.items())
    stored.restart()
    assert list(stored.pipeline.access.authenticator.keys.items()) == before
    assert stored.pipeline.access.authenticator.is_sub_user("AKZ")
    stored.restart(keys="AKSET:anew,AKGONE:two,AKA:said")  # what the settings have anew counts
    keys = stored.pipeline.access.authenticator.keys
    assert {name: key.secret for name, key in keys.items()} == {"AKSET": "anew", "AKA": "said", "AKZ": "z"}
    stored.restart(keys="")
    assert set(stored.pipeline.access.authenticator.keys) == {"AKZ"}


def test_a_key_that_signs_is_verified_after_a_restart(stored):
    stored.restart(signatures="strict")
    assert refused(stored.emulator.tencent()) == "AuthFailure.SecretIdNotFound"
    stored.pipeline.access.authenticator.put_key("AKIDTEST", Key("secret"))
    stored.restart()
    assert refused(stored.emulator.tencent()) == "AuthFailure.SignatureFailure"


# -- servers that are killed ---------------------------------------------------------------------------


def test_all_of_it_outlives_a_kill_through_the_control_api(tmp_path):
    file = tmp_path / "state.db"
    flags = ("--timing", "instant")
    with serving(file, *flags) as process:
        control = tencent(process.port)
        assert control.post("faults", CREATE)[0] == 201
        assert (
            control.post("faults", {"cloud": "alibaba", "action": "CreateVpc", "hang": True, "times": 1})[0]
            == 201
        )
        assert (
            control.post("conditions", {"cloud": "alibaba", "code": "Throttling.User", "access_key": "x"})[
                0
            ]
            == 201
        )
        assert control.post("keys/AKA", {"secret": "s", "account": "a"}, "PUT")[0] == 201
        assert control.post("worlds", WORLD)[0] == 201
        mark = control.post("marks")[1]["id"]
        with pytest.raises(Refused):
            tencent(process.port).call("CreateVpc", **NETWORK)
        assert alibaba(process.port).call("CreateVpc", "2016-04-28", CidrBlock="172.16.0.0/12")
        paths = ("faults", "conditions", "keys", "worlds", f"leaks?mark={mark}", "operations")
        before = [control.get(path) for path in paths]
        process.kill()
    with serving(file, *flags) as process:
        control = tencent(process.port)
        after = [control.get(path) for path in paths]
        for each in (before[4], after[4]):
            for leak in each[1]["leaks"]:
                leak.pop("created_by"), leak.pop("request_id")  # of the journal
        assert after == before
        assert after[0][1]["faults"][0]["hits"] == after[0][1]["faults"][1]["hits"] == 1
        assert len(after[5][1]["operations"]) == 1
        assert tencent(process.port).get(f"leaks?mark={mark}")[0] == 200


@pytest.mark.parametrize("sync", ["normal", "full"])
def test_strikes_that_were_answered_are_counted_whenever_it_is_killed(tmp_path, sync, thorough):
    file, chance = tmp_path / "state.db", random.Random(3)  # noqa: S311 - when is no secret
    struck = [0]
    rule = {"cloud": "tencent", "action": "CreateVpc", "code": "LimitExceeded", "times": 10**6}

    def work(port):
        client = tencent(port)
        with suppress(OSError):
            while True:
                with suppress(Refused):
                    client.call("CreateVpc", **NETWORK)
                struck[0] += 1

    for kill in range(30 if thorough else 4):
        with serving(file, "--store-sync", sync) as process:
            control = tencent(process.port)
            if not kill:
                control.post("faults", rule)
            hits = control.get("faults")[1]["faults"][0]["hits"]
            assert struck[0] <= hits <= struck[0] + kill, "one may have been counted and not answered"
            struck[0] = hits
            thread = Thread(target=work, args=(process.port,), daemon=True)
            thread.start()
            time.sleep(chance.uniform(0.05, 0.4))
            process.kill()
            process.wait()
            thread.join(30)
    assert struck[0] > 20
