"""Control of time, as a test would use it."""

import json

import pytest
from tests.emulator.asgi import application, send
from tests.emulator.resources import create_resources
from tests.harness import emulator

from duolect.server.app import make_app

CLOCK = "/_duolect/clock"
DURATIONS = "/_duolect/durations"
CREATE_VPC = (
    "/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one"
    "&CidrBlock=10.0.0.0/8"
)
DESCRIBE_VPCS = "/?Action=DescribeVpcs&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one"


def status(app):
    (vpc,) = send(app, "GET", DESCRIBE_VPCS).json()["Vpcs"]["Vpc"]
    return vpc["Status"]


def test_what_falls_due_is_seen_and_comes_when_the_clock_is_advanced():
    app = application()
    send(app, "POST", CREATE_VPC)
    shown = send(app, "GET", CLOCK).json()
    assert shown == {
        "mode": "manual",
        "rate": 0,
        "now": "2026-09-21T14:13:20.000000Z",
        "instant": 1_790_000_000_000_000,
        "pending": 1,
        "next_due": "2026-09-21T14:13:20.200000Z",
        "moved": "0s",
        "account": None,
    }
    assert send(app, "POST", f"{CLOCK}/advance", json={"by": "199ms"}).json()["moved"] == "199ms"
    assert status(app) == "Pending"
    shown = send(app, "POST", f"{CLOCK}/advance", json={"by": 1}).json()
    assert (shown["pending"], shown["next_due"]) == (0, None)
    assert status(app) == "Available"


def test_the_clock_jumps_to_the_next_transition_and_no_further():
    app = application()
    send(app, "POST", CREATE_VPC)
    send(app, "POST", f"{CLOCK}/advance", json={"by": "50ms"})
    send(app, "POST", CREATE_VPC)
    assert send(app, "POST", f"{CLOCK}/next").json()["moved"] == "150ms"
    assert send(app, "POST", f"{CLOCK}/next").json()["moved"] == "50ms"
    assert send(app, "POST", f"{CLOCK}/next").json()["moved"] == "0s"


def test_the_clock_advances_until_nothing_is_under_way():
    app = application()
    for _ in range(3):
        send(app, "POST", CREATE_VPC)
    send(app, "PUT", DURATIONS, json={"operations": {"provision_network": "1h"}})
    send(app, "POST", CREATE_VPC)
    shown = send(app, "POST", f"{CLOCK}/idle").json()
    assert (shown["moved"], shown["pending"]) == ("1h", 0)


def test_time_that_passes_by_itself_does_not_count_as_moved():
    app = application()
    send(app, "PUT", CLOCK, json={"mode": "real"})
    requests = [("next", None), ("idle", None), ("advance", {"by": "1ms"})]
    moved = [send(app, "POST", f"{CLOCK}/{path}", json=body).json()["moved"] for path, body in requests]
    assert moved == ["0s", "0s", "1ms"]


def test_the_clock_is_set_to_a_mode_and_moved_to_a_time():
    app = application()
    shown = send(app, "PUT", CLOCK, json={"mode": "manual", "now": "2030-01-01T08:00:00+08:00"}).json()
    assert (shown["now"], shown["rate"]) == ("2030-01-01T00:00:00.000000Z", 0)
    shown = send(app, "PUT", CLOCK, json={"mode": "scaled", "rate": 60}).json()
    assert (shown["mode"], shown["rate"]) == ("scaled", 60)
    assert send(app, "PUT", CLOCK, json={"mode": "real"}).json()["rate"] == 1


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({}, 422, "mode is missing."),
        ({"mode": "slow"}, 422, "mode must be one of real, scaled, manual."),
        ({"mode": "scaled"}, 422, "rate goes with the mode scaled, and only with it."),
        ({"mode": "manual", "rate": 1}, 422, "rate goes with the mode scaled, and only with it."),
        ({"mode": "scaled", "rate": 0}, 422, "A scaled clock runs; one that stands still is manual."),
        ({"mode": "scaled", "rate": -1}, 422, "The rate of a clock is from 0 to 1000000."),
        ({"mode": "scaled", "rate": "x"}, 422, "rate must be a number."),
        ({"mode": "manual", "now": "soon"}, 422, "now: 'soon' is no ISO 8601 time with a zone."),
        (
            {"mode": "manual", "now": "2030-01-01T00:00:00"},
            422,
            "now: '2030-01-01T00:00:00' is no ISO 8601 time with a zone.",
        ),
        ({"mode": "manual", "now": "2020-01-01T00:00:00Z"}, 409, "Time does not run backwards."),
    ],
)
def test_a_clock_that_cannot_be_set_so_stays(body, status, detail):
    app = application()
    before = send(app, "GET", CLOCK).json()
    answer = send(app, "PUT", CLOCK, json=body)
    assert (answer.status_code, answer.json()["detail"]) == (status, detail)
    assert send(app, "GET", CLOCK).json() == before


@pytest.mark.parametrize(("by", "moved"), [(5, "5s"), (0.25, "250ms"), ("5", "5s"), ("1m", "1m")])
def test_a_number_without_a_unit_counts_seconds(by, moved):
    app = application()
    assert send(app, "POST", f"{CLOCK}/advance", json={"by": by}).json()["moved"] == moved
    shown = send(app, "PUT", DURATIONS, json={"operations": {"attach": by}}).json()
    assert {each["attach"] for each in shown["clouds"].values()} == {moved}


@pytest.mark.parametrize("by", ["-1s", "soon", "9000000d", "999999999999999d"])
def test_a_clock_that_cannot_be_advanced_so_stays(by):
    app = application()
    before = send(app, "GET", CLOCK).json()
    assert send(app, "POST", f"{CLOCK}/advance", json={"by": by}).status_code == 422
    assert send(app, "GET", CLOCK).json() == before


def test_durations_change_for_what_begins_later():
    app = application()
    send(app, "POST", CREATE_VPC)
    shown = send(
        app,
        "PUT",
        DURATIONS,
        json={"cloud": "alibaba", "preset": "realistic", "operations": {"attach": "5s"}},
    ).json()
    assert shown["presets"] == ["instant", "fast", "realistic"]
    assert (shown["clouds"]["alibaba"]["attach"], shown["clouds"]["alibaba"]["detach"]) == ("5s", "2s")
    assert shown["clouds"]["tencent"]["attach"] == "200ms"
    assert send(app, "GET", DURATIONS).json() == shown
    assert send(app, "POST", f"{CLOCK}/idle").json()["moved"] == "200ms"
    send(app, "POST", CREATE_VPC)
    assert send(app, "POST", f"{CLOCK}/idle").json()["moved"] == "1s"


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"cloud": "other"}, "cloud must be one of alibaba, tencent."),
        ({"preset": "slow"}, "preset must be one of instant, fast, realistic."),
        ({"operations": {"attach": "soon"}}, "operations.attach: 'soon' is not a duration such as"),
        ({"operations": {"sing": 1}}, "operations: there is no sing; there are provision_network,"),
        ({"operations": {"attach": -1.5}}, "operations.attach: '-1.5' is not a duration such as"),
        ({"operations": {"attach": True}}, "operations['attach'] "),
    ],
)
def test_invalid_durations_change_nothing(body, detail):
    app = application()
    before = send(app, "GET", DURATIONS).json()
    answer = send(app, "PUT", DURATIONS, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(detail)
    assert send(app, "GET", DURATIONS).json() == before


def test_moving_the_clock_until_all_is_idle_ends_where_one_thing_after_the_other_begins_by_itself():
    """Snapshots of a disk every hour, each of which takes two."""
    world = emulator()
    client, app = world.alibaba(), make_app(world.pipeline, 1000)
    made = create_resources(client)
    (zone,) = {each.zone for each in client.partition.graph.subnets.values()}
    disk_id = client.call("CreateDisk", ZoneId=zone, Size=20, DiskCategory="cloud_essd")["DiskId"]
    world.advance()
    client.call("AttachDisk", DiskId=disk_id, InstanceId=made.instance)
    hours = json.dumps([str(hour) for hour in range(24)])
    days = json.dumps([str(day) for day in range(1, 8)])
    hourly = {"timePoints": hours, "repeatWeekdays": days, "retentionDays": 1}
    policy_id = client.call("CreateAutoSnapshotPolicy", **hourly)["AutoSnapshotPolicyId"]
    bound = {"autoSnapshotPolicyId": policy_id, "diskIds": json.dumps([disk_id])}
    client.call("ApplyAutoSnapshotPolicy", **bound)
    send(app, "PUT", DURATIONS, json={"operations": {"create_snapshot": "2h"}})
    send(app, "POST", f"{CLOCK}/advance", json={"by": "1h"})
    assert client.call("DescribeSnapshots")["TotalCount"] == 1
    shown = send(app, "POST", f"{CLOCK}/idle").json()
    assert shown["pending"] == 1
    assert "2027" < shown["now"] < "2040"
