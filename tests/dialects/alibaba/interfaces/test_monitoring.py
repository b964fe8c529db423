"""Monitoring of Alibaba Cloud's secondary interfaces: where they were in use, and that nothing flowed.

The clock stands at 2026-09-21T14:13:20Z first; attachments end a second later.
"""

import pytest

from duolect_core.instances.lifecycle import StopInstances
from duolect_core.model.resources import InterfaceKind

MINUTE = 60_000


def asked(instance_id, start="2026-09-21T14:10:00Z", end="2026-09-21T14:20:00Z", **changes):
    return {"InstanceId": instance_id, "StartTime": start, "EndTime": end, **changes}


def points(account, *place, **changes):
    answer = account.call("DescribeEniMonitorData", **asked(*place, **changes))
    found = answer["MonitorData"]["EniMonitorData"]
    assert answer["TotalCount"] == len(found)
    return found


def times(*place, **changes):
    return [point["TimeStamp"][11:16] for point in points(*place, **changes)]


def in_use(account, instance):
    return account.attach(account.create_interface(), instance)


def test_a_secondary_interface_shows_silence_for_every_minute_in_use(account):
    instance = account.add_instance()
    interface_id = in_use(account, instance)
    account.emulator.advance(3 * MINUTE)
    assert points(account, instance.id, EniId=interface_id)[0] == {
        "EniId": interface_id,
        "TimeStamp": "2026-09-21T14:14:00Z",
        "DropPacketRx": "0",
        "DropPacketTx": "0",
        "IntranetRx": "0",
        "IntranetTx": "0",
        "PacketRx": "0",
        "PacketTx": "0",
    }
    assert times(account, instance.id) == ["14:14", "14:15", "14:16"]


def test_both_ends_count_and_are_rounded_up_to_whole_minutes(account):
    instance = account.add_instance()
    in_use(account, instance)
    account.emulator.advance(60 * MINUTE)
    ends = ("2026-09-21T14:29:01Z", "2026-09-21T14:31:59Z")
    assert times(account, instance.id, *ends) == ["14:30", "14:31", "14:32"]
    assert times(account, instance.id, ends[0], ends[0]) == ["14:30"]


@pytest.mark.parametrize(("period", "expected"), [(600, ["14:20", "14:30", "14:40"]), (3600, ["14:20"])])
def test_a_longer_period_gives_fewer_points(account, period, expected):
    instance = account.add_instance()
    in_use(account, instance)
    account.emulator.advance(60 * MINUTE)
    ends = ("2026-09-21T14:20:00Z", "2026-09-21T14:40:00Z")
    assert times(account, instance.id, *ends, Period=period) == expected


def test_every_secondary_interface_is_shown_and_the_primary_one_is_not(account):
    instance = account.add_instance()
    ids = [in_use(account, instance), in_use(account, instance)]
    account.emulator.advance(MINUTE)
    assert [point["EniId"] for point in points(account, instance.id)] == ids
    refusal = ("InvalidParam.Malformed", 403)
    primary = account.primary_interface_id(instance)
    assert account.refusal("DescribeEniMonitorData", **asked(instance.id, EniId=primary)) == refusal


def test_nothing_is_known_of_the_future_or_of_what_is_not_in_use(account):
    instance = account.add_instance(account.subnet, "ecs.g7.xlarge")
    ahead = ("2026-09-22T14:00:00Z", "2026-09-22T14:05:00Z")
    assert times(account, instance.id) == []
    interface_id = in_use(account, instance)
    account.emulator.advance(MINUTE)
    assert times(account, instance.id, *ahead) == []
    assert times(account, instance.id) == ["14:14"]
    account.call("DetachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance.id)
    assert times(account, instance.id) == []


def test_nothing_is_known_of_an_instance_that_is_stopped(account):
    instance = account.add_instance()
    in_use(account, instance)
    account.emulator.advance(MINUTE)
    account.complete(StopInstances((instance.id,)))
    assert times(account, instance.id) == []
    account.call("StartInstance", InstanceId=instance.id)
    account.wait()
    account.emulator.advance(2 * MINUTE)
    assert times(account, instance.id) == ["14:15", "14:16"]


def test_a_member_of_a_trunk_is_shown_beside_it(account):
    instance = account.add_instance(account.subnet, "ecs.g7.xlarge")
    trunk = account.attach(account.create_interface(InstanceType="Trunk"), instance)
    member = account.attach(account.create_interface(), instance, trunk)
    assert account.partition.graph.interfaces[member].kind is InterfaceKind.MEMBER
    account.emulator.advance(MINUTE)
    assert {point["EniId"] for point in points(account, instance.id)} == {trunk, member}


def test_thirty_days_and_four_hundred_periods_are_the_most(account):
    instance = account.add_instance()
    day = "2026-08-22T14:13:00Z", "2026-08-22T20:53:00Z"
    refused = account.refusal("DescribeEniMonitorData", **asked(instance.id, *day))
    assert refused == ("InvalidStartTime.TooEarly", 403)
    day = "2026-08-22T14:14:00Z", "2026-08-22T20:55:00Z"
    refused = account.refusal("DescribeEniMonitorData", **asked(instance.id, *day))
    assert refused == ("InvalidParameter.TooManyDataQueried", 403)
    assert points(account, instance.id, *day, Period=600) == []
    assert points(account, instance.id, day[0], "2026-08-22T20:54:00Z") == []


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceId": None}, ("MissingParameter", 400)),
        ({"StartTime": None}, ("MissingParameter", 400)),
        ({"EndTime": None}, ("MissingParameter", 400)),
        ({"StartTime": "2026-09-21 14:00"}, ("InvalidStartTime.Malformed", 403)),
        ({"StartTime": "2026-02-30T14:00:00Z"}, ("InvalidStartTime.Malformed", 403)),
        ({"StartTime": "0000-01-01T00:00:00Z"}, ("InvalidStartTime.Malformed", 403)),
        ({"EndTime": "2026-09-21T24:00:00Z"}, ("InvalidEndTime.Malformed", 403)),
        ({"EndTime": "2026-13-01T00:00:00Z"}, ("InvalidEndTime.Malformed", 403)),
        ({"EndTime": "2026-09-21T14:09:00Z"}, ("InvalidParameter.EndTime", 403)),
        ({"Period": 300}, ("InvalidPeriod.ValueNotSupported", 403)),
        ({"InstanceId": "i-none"}, ("InvalidEcsId.NotFound", 404)),
        ({"EniId": "eni-none"}, ("InvalidEniId.NotFound", 400)),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(account, wrong, refusal):
    params = {**asked(account.add_instance().id), **wrong}
    assert account.refusal("DescribeEniMonitorData", **params) == refusal
