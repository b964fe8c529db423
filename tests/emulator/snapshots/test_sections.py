"""What a snapshot holds of the emulator itself where that is asked for."""

import copy
import json
from contextlib import suppress

import pytest
from tests.emulator.asgi import application, send
from tests.harness import ApiError, emulator

from duolect.access.authentication import Key
from duolect.access.conditions import Condition
from duolect.faults.rules import FaultRule
from duolect.record.leaks import leaks
from duolect.snapshots.snapshots import (
    EVERYTHING,
    SECTIONS,
    Scope,
    Unfit,
    cannot_have,
    restore,
    take,
    write,
)

NETWORK = {"VpcName": "v", "CidrBlock": "10.0.0.0/16"}
RULE = {"cloud": "tencent", "action": "CreateVpc", "code": "LimitExceeded", "probability": 0.5}


def furnished():
    """Return an emulator with something of everything, for two accounts and for all."""
    one = emulator()
    pipeline = one.pipeline
    for name, account in (("AKONE", ""), ("AKSUB", "AKONE"), ("AKOTHER", "")):
        pipeline.access.authenticator.put_key(
            name, Key(f"s-{name}", account=account, sub_user=bool(account))
        )
    for name in ("*", "AKONE", "AKSUB", "AKOTHER"):
        pipeline.faults.add(FaultRule(**RULE, access_key=name))
        pipeline.access.conditions.append(Condition("tencent", name, "DeleteVpc", "UnsupportedOperation"))
    pipeline.faults.remove("f-1")
    pipeline.faults.add(FaultRule(cloud="alibaba", raw={"status": 502, "body": "x"}))
    one.tencent("AKONE").call("DescribeVpcs")
    pipeline.marks.set(3)
    for key in ("AKONE", "AKSUB", "AKOTHER"):
        for _ in range(5):
            with suppress(ApiError):
                one.tencent(key).call("CreateVpc", **NETWORK)
    pipeline.marks.set(4)
    return one


def told(one):
    pipeline = one.pipeline
    return {
        "faults": [
            (each.id, each.rule, each.matches, each.hits, each.generator.state)
            for each in pipeline.faults.all
        ],
        "added": pipeline.faults.added,
        "conditions": list(pipeline.access.conditions),
        "keys": dict(pipeline.access.authenticator.keys),
        "marks": {name: each.at for name, each in pipeline.marks.numbered().items()},
    }


def leaked(one, name):
    pipeline = one.pipeline
    mark = pipeline.marks.get(name)
    found = leaks(pipeline.partitions.items(), pipeline.partitions, mark, pipeline.journal)
    return sorted(each.resource.id for each in found)


def test_everything_comes_back_in_another_emulator():
    one, other = furnished(), emulator()
    other.pipeline.faults.add(FaultRule(**RULE))
    other.pipeline.access.authenticator.put_key("AKGOES", Key("x"))
    other.pipeline.access.conditions.append(Condition("tencent", "x", "*", "UnsupportedOperation"))
    tree = json.loads(write(take(one.pipeline.state, beside=SECTIONS)))
    restore(other.pipeline.state, tree)
    assert told(other) == told(one)
    assert leaked(one, "mark-1")
    for mark in ("mark-1", "mark-2"):
        assert leaked(other, mark) == leaked(one, mark)
    assert leaked(other, "start") == []
    assert not other.pipeline.marks.is_complete(other.pipeline.marks.get("mark-2"))
    assert json.loads(write(take(other.pipeline.state, beside=("faults", "conditions", "keys")))) == {
        name: value for name, value in tree.items() if name != "marks"
    }
    one.pipeline.faults.add(FaultRule(**RULE))
    assert (
        other.pipeline.faults.add(FaultRule(**RULE)).generator.state
        == one.pipeline.faults.all[-1].generator.state
    )
    for each in (one, other):
        with suppress(ApiError):
            each.tencent("AKONE").call("CreateVpc", **NETWORK)
    assert leaked(other, "mark-2") == leaked(one, "mark-2")


def test_without_asking_there_is_nothing_of_it_and_restoring_leaves_it_alone():
    one = furnished()
    tree = take(one.pipeline.state)
    assert not set(tree) & set(SECTIONS)
    assert b"s-AKONE" not in write(tree)
    assert b"s-AKONE" not in write(take(one.pipeline.state, beside=("faults", "conditions", "marks")))
    before = told(one)
    restore(one.pipeline.state, tree)
    assert told(one) == before


def test_one_section_leaves_the_others_alone():
    one = furnished()
    tree, before = take(one.pipeline.state, beside=("conditions",)), told(one)
    one.pipeline.access.conditions.drop()
    one.pipeline.faults.clear()
    restore(one.pipeline.state, tree)
    assert told(one) == before | {"faults": [], "added": 0}


def test_a_condition_of_capacity_keeps_its_zone_and_type():
    one, other = emulator(), emulator()
    code = "ResourcesSoldOut.SpecifiedInstanceType"
    condition = Condition("tencent", "me", "*", code, "ap-guangzhou-3", "S5.MEDIUM4")
    one.pipeline.access.conditions.append(condition)
    restore(other.pipeline.state, take(one.pipeline.state, beside=("conditions",)))
    assert list(other.pipeline.access.conditions) == [condition]


def test_an_account_has_its_own_rules_conditions_and_keys():
    one = furnished()
    scope = Scope(access_key="AKONE")
    tree = take(one.pipeline.state, scope, ("faults", "conditions", "keys"))
    assert [each["rule"]["access_key"] for each in tree["faults"]["rules"]] == ["AKONE", "AKSUB"]
    assert [each["access_key"] for each in tree["conditions"]] == ["AKONE", "AKSUB"]
    assert [each["id"] for each in tree["keys"]] == ["AKONE", "AKSUB"]
    before = told(one)
    for name in ("f-2", "f-4"):
        one.pipeline.faults.remove(name)
    one.pipeline.faults.add(FaultRule(**RULE, access_key="AKONE", times=7))
    one.pipeline.access.authenticator.put_key("AKNEW", Key("n", account="AKONE"))
    one.pipeline.access.authenticator.drop_key("AKSUB")
    restore(one.pipeline.state, tree)
    after = told(one)
    assert [each for each in after["faults"] if each[0] != "f-4"] == [
        each for each in before["faults"] if each[0] != "f-4"
    ]
    assert {name: key.secret for name, key in after["keys"].items()} == {
        name: key.secret for name, key in before["keys"].items()
    }
    assert {each.access_key for each in after["conditions"]} == {"*", "AKONE", "AKSUB", "AKOTHER"}


def test_into_another_account_go_the_rules_that_name_the_account():
    one = furnished()
    tree = take(one.pipeline.state, Scope(access_key="AKONE"), ("faults", "conditions", "keys"))
    keys = dict(one.pipeline.access.authenticator.keys)
    restore(one.pipeline.state, tree, into="AKOTHER")
    faults = [(each.id, each.rule.access_key) for each in one.pipeline.faults.all]
    assert faults == [("f-2", "AKONE"), ("f-3", "AKSUB"), ("f-5", "*"), ("f-6", "AKOTHER")]
    assert one.pipeline.faults.get("f-6").matches == one.pipeline.faults.get("f-2").matches > 0
    assert [each.access_key for each in one.pipeline.access.conditions] == [
        "*",
        "AKONE",
        "AKSUB",
        "AKOTHER",
    ]
    assert dict(one.pipeline.access.authenticator.keys) == keys


def test_of_a_cloud_only_its_rules_come_back():
    one = furnished()
    tree = take(one.pipeline.state, beside=SECTIONS)
    before = told(one)
    one.pipeline.faults.clear()
    one.pipeline.access.authenticator.drop_key("AKONE")
    restore(one.pipeline.state, tree, Scope(cloud="alibaba"))
    assert [each.rule.cloud for each in one.pipeline.faults.all] == ["alibaba"]
    assert "AKONE" not in one.pipeline.access.authenticator.keys
    one.pipeline.faults.clear()
    restore(one.pipeline.state, tree, Scope(region="ap-guangzhou"))
    assert not one.pipeline.faults
    restore(one.pipeline.state, tree)
    assert told(one) == before


@pytest.mark.parametrize(
    ("names", "scope", "said"),
    [
        (("faults",), Scope(region="ap-guangzhou"), "no region"),
        (("marks",), Scope(access_key="x"), "no account"),
        (("marks",), Scope(cloud="tencent"), "no account"),
        (("keys",), Scope(cloud="tencent"), "no cloud"),
        (("faults", "conditions", "keys"), Scope(access_key="x"), ""),
        (SECTIONS, EVERYTHING, ""),
    ],
)
def test_what_a_snapshot_cannot_hold_is_told(names, scope, said):
    assert said in cannot_have(names, scope)
    assert bool(said) == bool(cannot_have(names, scope))


def wrong():
    """Yield sections that are damaged, each with where."""
    rule = {"id": "f-1", "rule": RULE, "matches": 1, "hits": 1, "chance": "5"}
    for member, value, place in (
        ("id", "x-1", "/id"),
        ("id", "f-0", "/id"),
        ("id", "f-" + "9" * 30, "/id"),
        ("matches", -1, "/matches"),
        ("hits", "some", "/hits"),
        ("chance", None, "/chance"),
        ("rule", None, "/rule"),
        ("rule", {"cloud": "tencent"}, "/rule"),
        ("rule", {"cloud": "mars", "fail": True}, "/rule"),
        ("rule", {"action": "CreateVpc", "fail": True}, "/rule"),
        ("rule", {**RULE, "code": "NoSuchCode"}, "/rule"),
        ("rule", {**RULE, "colour": "red"}, "/rule"),
        ("rule", {**RULE, "times": "many"}, "/rule"),
        ("more", 1, "/more"),
    ):
        yield "faults", {"added": 1, "rules": [{**rule, member: value}]}, f"/faults/rules/0{place}"
    yield "faults", {"added": 1, "rules": [rule, rule]}, "/faults/rules/1/id"
    yield "faults", {"added": 0, "rules": [rule]}, "/faults/added"
    yield "faults", {"added": 1}, "/faults/rules"
    yield "faults", [], "/faults"
    condition = {"cloud": "tencent", "access_key": "*", "action": "*", "code": "UnsupportedOperation"}
    yield "conditions", [condition | {"code": "Nonsense"}], "/conditions/0"
    yield "conditions", [condition | {"cloud": 1}], "/conditions/0/cloud"
    yield "conditions", {}, "/conditions"
    yield "keys", [{"id": "a", "secret": ""}], "/keys/0/secret"
    yield "keys", [{"id": "", "secret": "s"}], "/keys/0/id"
    yield "keys", [{"secret": "s"}], "/keys/0/id"
    yield "keys", [{"id": "a"}], "/keys/0"
    yield "keys", [{"id": "a", "secret": "s"}] * 2, "/keys/1/id"
    yield "keys", [{"id": "a", "secret": "s", "expires": "soon"}], "/keys/0/expires"
    mark = {"number": 1, "at": 5, "point": 1}
    yield "marks", {"set": 1, "marks": [mark, mark], "partitions": []}, "/marks/marks/1"
    yield "marks", {"set": 0, "marks": [mark], "partitions": []}, "/marks/marks/0"
    yield "marks", {"set": -1, "marks": [], "partitions": []}, "/marks/set"
    yield "marks", {"set": 1, "marks": [mark | {"at": -1}], "partitions": []}, "/marks/marks/0"
    past = {
        "cloud": "tencent",
        "access_key": "a",
        "region": "r",
        "since": 0,
        "seeded": 0,
        "created": [[2, 1]],
    }
    for over in (
        {"created": [[2, 1], [1, 1]]},
        {"created": [[1, 5], [2, 1]]},
        {"since": -1},
        {"since": 2**63},
    ):
        yield "marks", {"set": 1, "marks": [mark], "partitions": [past | over]}, "/marks/partitions/0"


@pytest.mark.parametrize(("name", "section", "place"), [*wrong()])
def test_a_bad_section_is_refused_whole_and_changes_nothing(name, section, place):
    one = furnished()
    tree = take(one.pipeline.state, beside=SECTIONS)
    one.tencent("AKLATER").call("DescribeVpcs")
    before, whole = told(one), write(take(one.pipeline.state))
    with pytest.raises(Unfit) as raised:
        restore(one.pipeline.state, copy.deepcopy(tree) | {name: section})
    assert raised.value.path.startswith(place)
    assert told(one) == before
    assert write(take(one.pipeline.state)) == whole


def test_through_the_control_api():
    app = application(max_body=2**20)
    send(app, "POST", "/_duolect/faults", json={**RULE, "access_key": "me"})
    send(app, "PUT", "/_duolect/keys/me", json={"secret": "hidden"})
    send(app, "POST", "/_duolect/marks")
    whole = send(app, "GET", "/_duolect/snapshot?with=faults,keys,marks,conditions").json()
    assert whole["keys"] == [{"id": "me", "secret": "hidden"}]
    assert "keys" not in send(app, "GET", "/_duolect/snapshot?with=faults").json()
    send(app, "DELETE", "/_duolect/faults")
    send(app, "DELETE", "/_duolect/keys/me")
    assert send(app, "POST", "/_duolect/restore", json=whole).status_code == 200
    assert send(app, "GET", "/_duolect/faults").json()["faults"][0]["id"] == "f-1"
    assert send(app, "GET", "/_duolect/keys").json()["keys"][0]["id"] == "me"
    assert send(app, "GET", "/_duolect/leaks?mark=mark-1").status_code == 200
    bad = send(app, "POST", "/_duolect/restore", json={**whole, "keys": [{"id": "x"}]})
    assert (bad.status_code, "/keys/0" in bad.json()["detail"]) == (422, True)
    assert send(app, "GET", "/_duolect/keys").json()["keys"][0]["id"] == "me"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("with=colours", "with must be of faults, conditions, keys, marks"),
        ("with=faults&region=cn-hangzhou", "no region"),
        ("with=marks&access_key=x", "marks belong to no account"),
        ("with_=faults", "there is no with_;"),
        ("wih=faults", "with"),
    ],
)
def test_a_wrong_question_is_refused(query, said):
    answer = send(application(), "GET", f"/_duolect/snapshot?{query}")
    assert answer.status_code == 400
    assert said in answer.json()["detail"]


def test_the_openapi_document_has_it():
    document = send(application(), "GET", "/_duolect/openapi.json").json()
    names = [each["name"] for each in document["paths"]["/_duolect/snapshot"]["get"]["parameters"]]
    assert "with" in names
