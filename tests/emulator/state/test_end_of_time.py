"""The end of time, the year 9999 in China: no request reaches beyond it; nothing fails when it comes."""

import json

import httpx
import pytest
from tests.emulator.asgi import send
from tests.emulator.resources import create_resources
from tests.harness import emulator

from duolect.clock import Clock
from duolect.server.app import make_app
from duolect.settings import durations
from duolect.snapshots import snapshots
from duolect_core.archive import Unfit
from duolect_core.model.resources import LATEST, SECOND
from duolect_dialects.alibaba.names import moment
from duolect_dialects.tencent.names import local_time

YEARS = 10**12
"""Milliseconds that the documentation allows an operation to take: 32 years."""
CONTROL = (
    "GET clock",
    "POST clock/next",
    "POST clock/idle",
    "GET state",
    "GET partitions",
    "GET operations",
)


def ask(app, what, **more) -> httpx.Response:
    method, path = what.split()
    return send(app, method, f"/_duolect/{path}", **more)


def vpcs(world, cloud) -> str:
    """Return what a cloud says of the networks that there are."""
    client = world.alibaba() if cloud == "alibaba" else world.tencent()
    answer = (
        client.call("DescribeVpcs", "2016-04-28") if cloud == "alibaba" else client.call("DescribeVpcs")
    )
    return json.dumps(answer)


@pytest.mark.parametrize(
    "rules",
    [
        [{"delay_ms": YEARS, "slow": 1000}],
        [{"slow": 10**6}, {"delay_ms": YEARS, "slow": 10**6}, {"slow": 10**6}],
        [{"delay_ms": YEARS, "slow": 10**6, "fail": True}],
    ],
)
@pytest.mark.parametrize("cloud", ["alibaba", "tencent"])
def test_an_operation_that_takes_for_ever_ends_at_the_end_of_time(cloud, rules):
    world = emulator()
    app = make_app(world.pipeline, 1000)
    client = world.alibaba() if cloud == "alibaba" else world.tencent()
    made = create_resources(client)
    for rule in rules:
        assert ask(app, "POST faults", json={"cloud": cloud, **rule}).status_code == 201
    names = ("NetworkInterfaceId", "InstanceId")
    client.call("AttachNetworkInterface", **dict(zip(names, (made.interface, made.instance), strict=True)))
    for each in CONTROL[:1] + CONTROL[3:]:
        assert ask(app, each).status_code == 200, each
    assert ask(app, "GET clock").json()["next_due"] == "9999-12-31T15:59:59.000000Z"
    shown = ask(app, "POST clock/idle")
    assert (shown.status_code, shown.json()["pending"]) == (200, 0), shown.text
    assert world.clock.now() == LATEST
    assert "10000-" not in vpcs(world, cloud)


@pytest.mark.parametrize("value", ["999999999999999d", 10**18, 1e308, "1" * 15, "1" * 5000, 2**63, 10**400])
def test_no_operation_is_set_to_take_longer_than_time_lasts(value):
    with pytest.raises(durations.DurationError):
        durations.parse(value)
    world = emulator()
    app = make_app(world.pipeline, 1000)
    answer = ask(app, "PUT durations", json={"operations": {"attach": value}})
    assert answer.status_code == 422, answer.text
    assert ask(app, "GET durations").json()["clouds"]["alibaba"]["attach"] == "200ms"


@pytest.mark.parametrize("before", [0, 1, 3 * SECOND])
def test_whatever_is_asked_at_the_end_of_time_is_answered(before):
    """Also what is said of a time in China, which is eight hours ahead."""
    world = emulator(timing="realistic")
    clock = world.clock
    app = make_app(world.pipeline, 1000)
    resources = create_resources(world.alibaba()), create_resources(world.tencent())
    clock.move_to(LATEST - before)
    for client, made in zip((world.alibaba(), world.tencent()), resources, strict=True):
        client.call("AttachNetworkInterface", NetworkInterfaceId=made.interface, InstanceId=made.instance)
    world.tencent().call("AllocateAddresses", AddressCount=1)
    world.alibaba().call("AllocateEipAddress", "2016-04-28")
    for each in CONTROL:
        assert ask(app, each).status_code == 200, each
    said = [
        json.dumps(world.alibaba().call(action))
        for action in ("DescribeInstances", "DescribeNetworkInterfaces", "DescribeEipAddresses")
    ] + [
        json.dumps(world.tencent().call(action))
        for action in ("DescribeInstances", "DescribeNetworkInterfaces", "DescribeAddresses")
    ]
    assert not [each for each in said if "10000-" in each]
    assert ask(app, "GET clock").json()["pending"] == 0
    assert ask(app, "GET snapshot").status_code == 200
    assert (moment(LATEST)[:4], local_time(LATEST)) == ("9999", "9999-12-31 23:59:59")


def test_a_call_that_a_fault_delays_beyond_the_end_of_time_is_answered_at_the_end():
    world = emulator()
    world.clock.move_to(LATEST - SECOND)
    app = make_app(world.pipeline, 1000)
    rule = {"cloud": "alibaba", "action": "DescribeVpcs", "latency_ms": YEARS}
    assert ask(app, "POST faults", json=rule).status_code == 201
    world.clock.run(1.0)
    world.clock.move_to(LATEST)
    query = "/?Action=DescribeVpcs&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one"
    assert send(app, "GET", query).status_code == 200


@pytest.mark.parametrize("place", ["operation", "transition"])
def test_a_snapshot_in_which_something_ends_after_the_end_of_time_is_refused(place):
    world = emulator()
    client = world.tencent()
    made = create_resources(client)
    client.call("AttachNetworkInterface", NetworkInterfaceId=made.interface, InstanceId=made.instance)
    tree = json.loads(snapshots.write(snapshots.take(world.pipeline.state)))
    (partition,) = tree["partitions"]
    if place == "operation":
        next(reversed(partition["operations"].values()))["due"] = LATEST + 1
    else:
        partition["timeline"]["pending"][0]["due"] = LATEST + 1
    with pytest.raises(Unfit, match="time is over"):
        snapshots.restore(world.pipeline.state, tree)


def test_a_clock_stands_still_at_the_end_of_time():
    clock = Clock(1_000_000, LATEST - 1)
    clock.move_to(LATEST)
    assert (clock.now(), clock.reach(LATEST + 1)) == (LATEST, 0)
