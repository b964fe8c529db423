"""After a restore the same calls get the same answers as without it."""

from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.emulator.resources import create_resources
from tests.emulator.snapshots.states import reread
from tests.harness import AlibabaClient, ApiError, emulator

from duolect.snapshots import snapshots

CALLS = {
    "alibaba": [
        ("CreateVpc", lambda _: {"version": "2016-04-28", "ClientToken": "t"}),
        ("CreateVpc", lambda _: {"version": "2016-04-28"}),
        (
            "CreateNetworkInterface",
            lambda m: {"VSwitchId": m.subnet, "SecurityGroupId": m.group, "ClientToken": "n"},
        ),
        ("AttachNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface, "InstanceId": m.instance}),
        ("DetachNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface, "InstanceId": m.instance}),
        (
            "AssignPrivateIpAddresses",
            lambda m: {"NetworkInterfaceId": m.interface, "SecondaryPrivateIpAddressCount": 2},
        ),
        ("DeleteNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface}),
        ("DescribeNetworkInterfaces", lambda _: {}),
        ("StopInstance", lambda m: {"InstanceId": m.instance}),
        ("DescribeInstances", lambda _: {}),
    ],
    "tencent": [
        ("CreateVpc", lambda _: {"VpcName": "n", "CidrBlock": "10.1.0.0/16"}),
        (
            "CreateNetworkInterface",
            lambda m: {
                "VpcId": m.network,
                "SubnetId": m.subnet,
                "NetworkInterfaceName": "n",
                "ClientToken": "n",
            },
        ),
        ("AttachNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface, "InstanceId": m.instance}),
        ("DetachNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface, "InstanceId": m.instance}),
        (
            "AssignPrivateIpAddresses",
            lambda m: {"NetworkInterfaceId": m.interface, "SecondaryPrivateIpAddressCount": 2},
        ),
        ("DeleteNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface}),
        ("DescribeNetworkInterfaces", lambda _: {}),
        ("DescribeVpcTaskResult", lambda _: {"TaskId": "request-1"}),
    ],
}
MOVES = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 50, 200, 5_000])), max_size=8)


def replay(world, client, made, moves):
    """Make calls while time passes, and return all answers as they came, request ids included."""
    numbers = count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("duolect.calls.pipeline.new_request_id", lambda: f"request-{next(numbers)}")
        answers = []
        for number, milliseconds in moves:
            calls = CALLS["alibaba" if isinstance(client, AlibabaClient) else "tencent"]
            action, given = calls[number % len(calls)]
            with suppress(ApiError):
                client.call(action, **given(made))
            answers.append((client.last.status, client.last.body))
            world.advance(milliseconds)
        return answers


@pytest.mark.parametrize("cloud", ["alibaba", "tencent"])
@given(before=MOVES, after=MOVES)
@settings(max_examples=25, deadline=None)
def test_all_answers_after_a_restore_are_those_without_it(cloud, before, after):
    world = emulator()
    client = getattr(world, cloud)("one")
    made = create_resources(client)
    replay(world, client, made, before)
    snapshot = reread(world)
    expected = replay(world, client, made, after)
    snapshots.restore(world.pipeline.state, snapshot)
    assert replay(world, client, made, after) == expected
    other = emulator(seed=9)
    snapshots.restore(other.pipeline.state, snapshot)
    assert replay(other, getattr(other, cloud)("one"), made, after) == expected
