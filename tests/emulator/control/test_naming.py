"""Names that no cloud has: an assertion about one would be met by nothing, or by everything."""

import attrs
import pytest
from tests.emulator.asgi import application, send

from duolect.control.application import ROUTES
from duolect.problems import nearest

CALL = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one&Action="
VERIFY = "/_duolect/verify"
JOURNAL = "/_duolect/journal"
ATTACH = {"action": "AttachNetworkInterface"}


def refused(app, **wanted):
    """Return why a verification is refused."""
    answer = send(app, "POST", VERIFY, json=wanted)
    assert answer.status_code == 422, answer.text
    return answer.json()["detail"]


@pytest.mark.parametrize(
    ("calls", "reason"),
    [
        (
            {"action": "AttachNetworkInterfac"},
            "action: no cloud has an action AttachNetworkInterfac; the nearest are AttachNetwork",
        ),
        ({"action": "attach_network_interface"}, "the nearest are AttachNetworkInterface, "),
        (
            {"action": "AssociateAddress", "cloud": "alibaba"},
            "action: alibaba has no action AssociateAddress; the nearest are ",
        ),
        ({"action": "Zzzz"}, "action: no cloud has an action Zzzz; none of the "),
        (
            {**ATTACH, "parameters": {"InstanceID": "i-1"}},
            "parameters: AttachNetworkInterface has no parameter InstanceID; the nearest are InstanceId, ",
        ),
        ({**ATTACH, "parameters": {"instance_id": "i-1"}}, "no parameter instance_id; "),
        ({"parameters": {"InstanceIdd": "i-1"}}, "any action has no parameter InstanceIdd; "),
        (
            {"action": "RunInstances", "parameters": {"Placement": {"Zon": "x"}}},
            "RunInstances has no parameter Placement.Zon; the nearest is Zone",
        ),
        (
            {"action": "CreateVpc", "cloud": "alibaba", "parameters": {"Tag": [{"Kee": "x"}]}},
            "CreateVpc has no parameter Tag.Kee; the nearest is Key",
        ),
        (
            {"action": "CreateVpc", "cloud": "alibaba", "parameters": {"Tag": {"1": {"Kee": "x"}}}},
            "CreateVpc has no parameter Tag.Kee; the nearest is Key",
        ),
        (
            {"action": "CreateVpc", "cloud": "alibaba", "parameters": {"VpcName": "a", "CidrBlok": "b"}},
            "CreateVpc has no parameter CidrBlok; the nearest are CidrBlock, ",
        ),
        ({"code": "Throtling"}, "code: no cloud has a code Throtling; the nearest are Throttling, "),
        ({"region": "cn-hangzou"}, "region: no cloud has a region cn-hangzou."),
        ({"region": "ap-guangzhou", "cloud": "alibaba"}, "alibaba has no region ap-guangzhou."),
    ],
)
def test_an_expectation_with_a_name_that_no_cloud_has_is_refused(calls, reason):
    app = application()
    said = refused(
        app, expect=[{"calls": {"action": "CreateVpc"}, "times": 0}, {"calls": calls, "times": 0}]
    )
    assert said.startswith("expect[1].calls.")
    assert reason in said
    said = refused(app, order=[calls])
    assert said.startswith("order[0].")
    assert reason in said


@pytest.mark.parametrize(
    "calls",
    [
        {**ATTACH, "parameters": {"InstanceId": "i-1"}},
        {**ATTACH, "parameters": {"TrunkNetworkInstanceId": "i-1"}},  # Alibaba Cloud's only
        {"parameters": {"Placement": {"Zone": "x"}}},
        {"action": "RunInstances", "parameters": {"NetworkInterface": [{"VSwitchId": "vsw-1"}]}},
        {"action": "RunInstances", "parameters": {"LaunchTemplate": {"LaunchTemplateId": "lt-1"}}},
        {"action": "CreateVpc", "parameters": {"Tag": {"1": {"Key": "x"}}}},
        {"code": ""},
        {"code": "InvalidAction.NotFound"},
        {"code": "TaskConflict"},
        {"region": "ap-guangzhou"},
    ],
)
def test_what_a_cloud_has_is_no_misspelling(calls):
    answer = send(application(), "POST", VERIFY, json={"expect": [{"calls": calls, "times": 0}]})
    assert (answer.status_code, answer.json()["passed"]) == (200, True)


def test_what_a_program_got_wrong_itself_can_be_asked_for():
    app = application(unknown_parameters="refuse")
    send(app, "POST", f"{CALL}CreateVpcc&CidrBlock=10.0.0.0/8")
    send(app, "POST", f"{CALL}CreateVpc&CidrBlock=10.0.0.0/8&Colour=blue&Colours.1=blue")
    for calls in (
        {"action": "CreateVpcc", "parameters": {"CidrBlock": "10.0.0.0/8"}},
        {"action": "CreateVpc", "parameters": {"Colour": "blue", "Colours": ["blue"]}},
    ):
        answer = send(app, "POST", VERIFY, json={"expect": [{"calls": calls, "times": 1}]})
        assert answer.json()["passed"], answer.text
    assert "CreateVpcc had" not in refused(app, expect=[{"calls": {"action": "DeleteVpcc"}}])
    said = refused(app, expect=[{"calls": {"action": "CreateVpcc", "parameters": {"Cidr": "x"}}}])
    assert "no cloud serves CreateVpcc, and no call of it had these" in said


def test_a_code_of_a_rule_or_a_condition_of_the_users_own_is_known():
    app = application()
    rule = {"cloud": "alibaba", "action": "CreateVpc", "code": "Its.Own", "status": 418, "times": 1}
    assert send(app, "POST", "/_duolect/faults", json=rule).status_code == 201
    wanted = [{"calls": {"code": "Its.Own"}, "times": 0}]
    assert send(app, "POST", VERIFY, json={"expect": wanted}).json()["passed"]
    send(app, "POST", f"{CALL}CreateVpc&CidrBlock=10.0.0.0/8")
    send(app, "DELETE", "/_duolect/faults")
    assert not send(app, "POST", VERIFY, json={"expect": wanted}).json()["passed"]


@pytest.mark.parametrize("path", [JOURNAL, f"{JOURNAL}/export", f"{JOURNAL}/stream"])
@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("action", "DeletVpc", "action: no cloud has an action DeletVpc; the nearest are DeleteVpc, "),
        ("code", "InvalidVpc.NotFond", "code: no cloud has a code InvalidVpc.NotFond; the nearest "),
        ("region", "cn-hangzou", "region: no cloud has a region cn-hangzou."),
    ],
)
def test_the_journal_refuses_them_too(path, name, value, reason):
    answer = send(application(), "GET", path, params={name: value})
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(reason)


def test_requests_that_name_nothing_do_not_look_at_the_journal(monkeypatch):
    app = application()
    monkeypatch.setattr("duolect.record.journal.Journal.as_of_now", None)
    for path in ("clock", "health", "partitions", "faults"):
        assert send(app, "GET", f"/_duolect/{path}").status_code == 200


REGIONAL = [each for each in ROUTES if "region" in attrs.fields_dict(each.query)]


@pytest.mark.parametrize("route", REGIONAL, ids=lambda route: f"{route.method} {route.path}")
def test_a_region_that_no_cloud_has_is_refused_everywhere(route):
    assert len(REGIONAL) >= 9
    app = application()
    if route.path == "/_duolect/restore":
        body = {"json": send(app, "GET", "/_duolect/snapshot").json()}
    else:
        body = {}
    path = route.path.replace("{id}", "op-1")
    needed = {each.name: "alibaba" for each in attrs.fields(route.query) if each.default is attrs.NOTHING}
    answer = send(app, route.method, path, params={**needed, "region": "cn-hangzou"}, **body)
    who = "alibaba has no" if "cloud" in needed else "no cloud has a"
    assert (answer.status_code, answer.json()["detail"]) == (400, f"region: {who} region cn-hangzou.")
    of_another = {**needed, "region": "ap-guangzhou", "cloud": "alibaba"}
    assert send(app, route.method, path, params=of_another, **body).status_code == 400


@pytest.mark.parametrize("path", ["/_duolect/faults", "/_duolect/conditions"])
@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ({"action": "DeletVpc"}, "alibaba has no action DeletVpc; the nearest are DeleteVpc, "),
        ({"cloud": "alibba"}, "alibaba"),
        (
            {"code": "InvalidVpc"},
            "alibaba does not document the code InvalidVpc for DeleteVpc; the nearest are ",
        ),
    ],
)
def test_a_fault_and_a_condition_say_what_may_have_been_meant(path, named, reason):
    asked = {"cloud": "alibaba", "action": "DeleteVpc", "code": "Throttling", **named}
    answer = send(application(), "POST", path, json=asked)
    assert answer.status_code == 422
    assert reason in answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("x", [], "there is none"),
        ("x", ["b", "a"], "there are b, a"),
        ("InstanceID", ["InstanceId", *map(str, range(20))], "the nearest is InstanceId"),
        (
            "\N{SNOWMAN}" * 500,
            [str(number) for number in range(20)],
            "none of the 20 that there are is like it",
        ),
    ],
)
def test_a_hint_is_short(name, known, hint):
    assert nearest(name, known) == hint
