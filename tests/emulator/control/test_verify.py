"""Expectations, marks and leaks, as a test would use them."""

import pytest
from tests.emulator.asgi import application, send

ALIBABA = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one&Action="
VERIFY = "/_duolect/verify"
LEAKS = "/_duolect/leaks"


def create_vpc(app, key="one", **more):
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return send(
        app, "POST", f"{ALIBABA}CreateVpc&CidrBlock=10.0.0.0/8{extra}".replace("=one", f"={key}")
    ).json()["VpcId"]


def create_subnet(app, vpc):
    url = f"{ALIBABA}CreateVSwitch&VpcId={vpc}&CidrBlock=10.0.1.0/24&ZoneId=cn-hangzhou-i"
    return send(app, "POST", url).json()["VSwitchId"]


def idle(app):
    send(app, "POST", "/_duolect/clock/idle")


def verify(app, **wanted):
    answer = send(app, "POST", VERIFY, json=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


def leaked(app, **query):
    return [each["id"] for each in send(app, "GET", LEAKS, params=query).json()["leaks"]]


@pytest.mark.parametrize(
    ("expectation", "passed"),
    [
        ({"calls": {"action": "CreateVpc"}}, True),
        ({"calls": {"action": "CreateVpc"}, "times": 2}, True),
        ({"calls": {"action": "CreateVpc"}, "times": 1}, False),
        ({"calls": {"action": "CreateVpc"}, "at_least": 3}, False),
        ({"calls": {"action": "CreateVpc"}, "at_most": 1}, False),
        ({"calls": {"action": "CreateVpc"}, "at_least": 1, "at_most": 2}, True),
        ({"calls": {"action": "DeleteVpc"}, "times": 0}, True),
        ({"calls": {"action": "DeleteVpc"}}, False),
        ({"calls": {"parameters": {"VpcName": "first"}}, "times": 1}, True),
        ({"calls": {"parameters": {"Tag": [{"Key": "a", "Value": 1}]}}, "times": 1}, True),
        ({"calls": {"parameters": {"Tag": [{"Key": "a", "Value": 2}]}}, "times": 0}, True),
        ({"calls": {"parameters": {"Tag": [{}, {}]}}, "times": 0}, True),
        ({"calls": {"command": "CreateNetwork", "account": "one"}, "times": 2}, True),
        ({"calls": {"outcome": "refused"}, "times": 0}, True),
        ({"calls": {"finding": "unsigned"}, "times": 2}, True),
        ({"calls": {}, "times": 2}, True),
    ],
)
def test_calls_are_counted_against_an_expectation(expectation, passed):
    app = application()
    create_vpc(app, VpcName="first")
    create_vpc(app, **{"Tag.1.Key": "a", "Tag.1.Value": "1"})
    verdict = verify(app, expect=[expectation])
    assert verdict["passed"] is passed
    assert len(verdict["failures"]) == (0 if passed else 1)


@pytest.mark.parametrize(
    ("expectation", "reason"),
    [
        ({"calls": {}, "times": -1}, "there cannot be exactly -1 calls"),
        ({"calls": {}, "at_least": 5, "at_most": 1}, "there cannot be from 5 to 1 calls"),
        ({"calls": {}, "times": 1, "at_most": 1}, "times goes with neither at_least nor at_most"),
        ({"calls": {"cloud": "other"}}, "cloud must be one of alibaba, tencent"),
        ({"calls": {"outcome": "good"}}, "outcome must be one of ok, refused, failed"),
        ({"calls": {"command": "Sing"}}, "command must be one of AddAclEntries, "),
        ({"calls": {"finding": "sung"}}, "finding must be one of unknown-parameter, "),
    ],
)
def test_an_expectation_that_no_calls_can_meet_is_refused(expectation, reason):
    answer = send(application(), "POST", VERIFY, json={"expect": [expectation]})
    assert answer.status_code == 422
    assert reason in answer.json()["detail"]


def test_a_failure_says_what_was_expected_and_what_came_near():
    app = application()
    create_vpc(app, VpcName="first")
    calls = {"action": "CreateVpc", "account": "one", "parameters": {"VpcName": "second"}}
    (failure,) = verify(app, expect=[{"calls": calls, "times": 1}])["failures"]
    assert failure == {
        "expected": "exactly 1 call: account=one, action=CreateVpc, VpcName=second",
        "found": 0,
        "calls": [],
        "near_misses": [
            {"number": 1, "action": "CreateVpc", "differences": ["VpcName is first, not second"]}
        ],
    }


def test_calls_are_held_against_an_order():
    app = application()
    vpc = create_vpc(app)
    idle(app)
    create_subnet(app, vpc)
    create, cut = {"action": "CreateVpc"}, {"action": "CreateVSwitch", "resources": [vpc]}
    assert verify(app, order=[create, cut])["passed"]
    verdict = verify(app, order=[cut, create])
    assert not verdict["passed"]
    (failure,) = verdict["failures"]
    assert failure["expected"] == "step 2 of 2 of an order: action=CreateVpc"
    assert (failure["found"], failure["calls"]) == (1, [2])


def test_only_calls_after_a_mark_and_of_an_account_count():
    app = application()
    create_vpc(app)
    mark = send(app, "POST", "/_duolect/marks").json()
    assert (mark["id"], mark["number"]) == ("mark-1", 1)
    create_vpc(app, key="two")
    once = {"calls": {"action": "CreateVpc"}, "times": 1}
    assert verify(app, mark="mark-1", expect=[once])["passed"]
    assert verify(app, access_key="one", expect=[once])["passed"]
    assert not verify(app, expect=[once])["passed"]


def test_a_journal_that_lost_calls_proves_nothing():
    app = application(journal=1)
    create_vpc(app)
    create_vpc(app)
    verdict = verify(app, expect=[{"calls": {"action": "DeleteVpc"}, "times": 0}])
    assert (verdict["passed"], verdict["complete"], verdict["failures"]) == (False, False, [])
    assert not verify(app, no_leaks=True)["passed"]


def test_what_was_created_and_not_deleted_has_leaked():
    app = application()
    vpc = create_vpc(app, VpcName="mine")
    idle(app)
    subnet = create_subnet(app, vpc)
    idle(app)
    shown = send(app, "GET", LEAKS).json()
    assert shown["mark"] == "start"
    assert [each["id"] for each in shown["leaks"]] == [vpc, subnet]
    assert shown["leaks"][0] == {
        "cloud": "alibaba",
        "account": "one",
        "region": "cn-hangzhou",
        "kind": "network",
        "id": vpc,
        "name": "mine",
        "state": "available",
        "created": "2026-09-21T14:13:20.000000Z",
        "tags": {},
        "created_by": "CreateVpc",
        "request_id": shown["leaks"][0]["request_id"],
    }
    verdict = verify(app, no_leaks=True)
    assert (verdict["passed"], len(verdict["leaks"])) == (False, 2)
    for action, name, each in (("DeleteVSwitch", "VSwitchId", subnet), ("DeleteVpc", "VpcId", vpc)):
        assert send(app, "POST", f"{ALIBABA}{action}&{name}={each}").status_code == 200
        idle(app)
    assert leaked(app) == []
    assert verify(app, no_leaks=True)["passed"]


def test_what_a_world_created_was_created_by_no_call_that_names_it_later():
    app = application()
    world = {"account": "one", "networks": [{"id": "vpc-world", "CidrBlock": "10.0.0.0/8"}]}
    assert send(app, "POST", "/_duolect/worlds", json={"alibaba": [world]}).status_code == 201
    subnet = create_subnet(app, "vpc-world")
    creators = {each["id"]: each["created_by"] for each in send(app, "GET", LEAKS).json()["leaks"]}
    assert creators == {"vpc-world": None, subnet: "CreateVSwitch"}


def test_what_was_there_before_a_mark_has_not_leaked_since():
    app = application()
    create_vpc(app)
    send(app, "POST", "/_duolect/marks")
    assert leaked(app, mark="mark-1") == []
    later, other = create_vpc(app), create_vpc(app, key="two")
    assert leaked(app, mark="mark-1") == [later, other]
    assert leaked(app, mark="mark-1", access_key="two") == [other]
    assert leaked(app, mark="mark-1", cloud="tencent") == []
    send(app, "POST", "/_duolect/reset")
    again = create_vpc(app)
    assert leaked(app, mark="mark-1") == [again]


@pytest.mark.parametrize(
    ("method", "url", "body", "status"),
    [
        ("GET", f"{LEAKS}?mark=mark-1", None, 404),
        ("POST", VERIFY, {"mark": "mark-1"}, 404),
        ("POST", VERIFY, {"expect": [{}]}, 422),
        ("POST", VERIFY, {"expect": [{"calls": {"colour": "red"}}]}, 422),
        ("POST", VERIFY, {"expect": [{"calls": {}, "times": "1"}]}, 422),
        ("POST", VERIFY, {"order": "x"}, 422),
        ("POST", "/_duolect/marks?x=1", None, 400),
    ],
)
def test_what_cannot_be_verified_is_a_problem(method, url, body, status):
    answer = send(application(), method, url, json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
