"""Several instances of Alibaba Cloud at once: started, stopped, rebooted, deleted."""

import pytest
from tests.dialects.alibaba.town import Town


@pytest.fixture
def town():
    return Town()


def statuses(town):
    return {shown["InstanceId"]: shown["Status"] for shown in town.instances()}


def told(answer):
    return [
        (each["Code"], each["PreviousStatus"], each["CurrentStatus"])
        for each in answer["InstanceResponses"]["InstanceResponse"]
    ]


def test_an_instance_reboots_and_is_running_again(town):
    (instance_id,) = town.run()
    started = town.instances()[0]["StartTime"]
    town.emulator.advance(120_000)
    town.ask("RebootInstance", InstanceId=instance_id, ForceStop=True)
    assert statuses(town) == {instance_id: "Starting"}
    assert town.refused("RebootInstance", InstanceId=instance_id) == ("IncorrectInstanceStatus", 403)
    town.wait()
    assert statuses(town) == {instance_id: "Running"}
    assert town.instances()[0]["StartTime"] > started


def test_only_a_running_instance_reboots(town):
    (instance_id,) = town.run()
    assert town.refused("RebootInstance", InstanceId=instance_id, DryRun=True) == ("DryRunOperation", 400)
    town.ask("StopInstance", InstanceId=instance_id)
    town.wait()
    assert town.refused("RebootInstance", InstanceId=instance_id) == ("IncorrectInstanceStatus", 403)
    assert town.refused("RebootInstance", InstanceId="i-none") == ("InvalidInstanceId.NotFound", 404)


def test_a_batch_stops_starts_and_reboots(town):
    ids = town.run(Amount=2)
    answer = town.ask("StopInstances", InstanceId=ids, StoppedMode="StopCharging", ForceStop=True)
    assert told(answer) == [("200", "Running", "Stopping")] * 2
    town.wait()
    assert {shown["StoppedMode"] for shown in town.instances()} == {"StopCharging"}
    assert told(town.ask("StartInstances", InstanceId=ids)) == [("200", "Stopped", "Starting")] * 2
    town.wait()
    answer = town.ask("RebootInstances", InstanceId=ids, ForceReboot=True)
    assert told(answer) == [("200", "Running", "Starting")] * 2
    town.wait()
    assert set(statuses(town).values()) == {"Running"}


@pytest.mark.parametrize("action", ["StartInstances", "StopInstances", "RebootInstances"])
def test_one_bad_instance_stops_the_whole_batch(town, action):
    running, stopped = town.run(Amount=2)
    town.ask("StopInstance", InstanceId=stopped)
    town.wait()
    both = {"InstanceId": [running, stopped]}
    assert town.refused(action, **both) == ("IncorrectInstanceStatus", 403)
    assert town.refused(action, **both, DryRun=True) == ("IncorrectInstanceStatus", 403)
    assert town.refused(action, InstanceId=["i-none"]) == ("InvalidInstanceId.NotFound", 404)
    right = stopped if action == "StartInstances" else running
    assert town.refused(action, InstanceId=[right], DryRun=True) == ("DRYRUN.SUCCESS", 400)


def test_a_batch_can_change_what_it_can_and_tell_of_each(town):
    running, stopped = town.run(Amount=2)
    town.ask("StopInstance", InstanceId=stopped)
    town.wait()
    wanted = {"InstanceId": [running, stopped, "i-none"], "BatchOptimization": "SuccessFirst"}
    assert told(town.ask("StopInstances", **wanted)) == [
        ("200", "Running", "Stopping"),
        ("IncorrectInstanceStatus", "Stopped", "Stopped"),
        ("InvalidInstanceId.NotFound", "", ""),
    ]
    assert town.refused("StopInstances", **wanted, DryRun=True) == ("DRYRUN.SUCCESS", 400)


@pytest.mark.parametrize(
    "action", ["StartInstances", "StopInstances", "RebootInstances", "DeleteInstances"]
)
def test_a_batch_names_one_to_a_hundred_instances(town, action):
    too_many = [f"i-{number}" for number in range(101)]
    assert town.refused(action, InstanceId=too_many) == ("InvalidParameter.TooManyInstanceIds", 403)
    assert town.refused(action) == ("MissingParameter", 400)


def test_a_batch_is_deleted_together(town):
    first, second, third = town.run(Amount=3)
    assert town.refused("DeleteInstances", InstanceId=[first, second]) == ("IncorrectInstanceStatus", 403)
    assert town.refused("DeleteInstances", InstanceId=[first, "i-none"], Force=True) == (
        "InvalidInstanceId.NotFound",
        404,
    )
    wanted = {"InstanceId": [first, second], "Force": True, "ClientToken": "t"}
    assert town.refused("DeleteInstances", **wanted, DryRun=True) == ("DRYRUN.SUCCESS", 400)
    town.ask("DeleteInstances", **wanted)
    town.wait()
    assert list(statuses(town)) == [third]


def test_protected_instances_and_subscriptions_stay(town):
    (protected,) = town.run(DeletionProtection=True)
    (subscription,) = town.run(InstanceChargeType="PrePaid", Period=1)
    assert town.refused("DeleteInstances", InstanceId=[protected], Force=True) == (
        "InvalidOperation.DeletionProtection",
        403,
    )
    wanted = {"InstanceId": [subscription], "Force": True}
    assert town.refused("DeleteInstances", **wanted) == ("ChargeTypeViolation", 403)
    town.ask("DeleteInstances", **wanted, TerminateSubscription=True)
