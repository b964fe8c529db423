"""Several instances of Alibaba Cloud at once: started, stopped, rebooted, deleted."""

import pytest


def statuses(account):
    return {shown["InstanceId"]: shown["Status"] for shown in account.describe_instances()}


def told(answer):
    return [
        (each["Code"], each["PreviousStatus"], each["CurrentStatus"])
        for each in answer["InstanceResponses"]["InstanceResponse"]
    ]


def test_an_instance_reboots_and_is_running_again(account):
    (instance_id,) = account.run_instances()
    started = account.describe_instances()[0]["StartTime"]
    account.emulator.advance(120_000)
    account.call("RebootInstance", InstanceId=instance_id, ForceStop=True)
    assert statuses(account) == {instance_id: "Starting"}
    assert account.refusal("RebootInstance", InstanceId=instance_id) == ("IncorrectInstanceStatus", 403)
    account.wait()
    assert statuses(account) == {instance_id: "Running"}
    assert account.describe_instances()[0]["StartTime"] > started


def test_only_a_running_instance_reboots(account):
    (instance_id,) = account.run_instances()
    assert account.refusal("RebootInstance", InstanceId=instance_id, DryRun=True) == (
        "DryRunOperation",
        400,
    )
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()
    assert account.refusal("RebootInstance", InstanceId=instance_id) == ("IncorrectInstanceStatus", 403)
    assert account.refusal("RebootInstance", InstanceId="i-none") == ("InvalidInstanceId.NotFound", 404)


def test_a_batch_stops_starts_and_reboots(account):
    ids = account.run_instances(Amount=2)
    answer = account.call("StopInstances", InstanceId=ids, StoppedMode="StopCharging", ForceStop=True)
    assert told(answer) == [("200", "Running", "Stopping")] * 2
    account.wait()
    assert {shown["StoppedMode"] for shown in account.describe_instances()} == {"StopCharging"}
    assert told(account.call("StartInstances", InstanceId=ids)) == [("200", "Stopped", "Starting")] * 2
    account.wait()
    answer = account.call("RebootInstances", InstanceId=ids, ForceReboot=True)
    assert told(answer) == [("200", "Running", "Starting")] * 2
    account.wait()
    assert set(statuses(account).values()) == {"Running"}


@pytest.mark.parametrize("action", ["StartInstances", "StopInstances", "RebootInstances"])
def test_one_bad_instance_stops_the_whole_batch(account, action):
    running, stopped = account.run_instances(Amount=2)
    account.call("StopInstance", InstanceId=stopped)
    account.wait()
    both = {"InstanceId": [running, stopped]}
    assert account.refusal(action, **both) == ("IncorrectInstanceStatus", 403)
    assert account.refusal(action, **both, DryRun=True) == ("IncorrectInstanceStatus", 403)
    assert account.refusal(action, InstanceId=["i-none"]) == ("InvalidInstanceId.NotFound", 404)
    right = stopped if action == "StartInstances" else running
    assert account.refusal(action, InstanceId=[right], DryRun=True) == ("DRYRUN.SUCCESS", 400)


def test_a_batch_can_change_what_it_can_and_tell_of_each(account):
    running, stopped = account.run_instances(Amount=2)
    account.call("StopInstance", InstanceId=stopped)
    account.wait()
    wanted = {"InstanceId": [running, stopped, "i-none"], "BatchOptimization": "SuccessFirst"}
    assert told(account.call("StopInstances", **wanted)) == [
        ("200", "Running", "Stopping"),
        ("IncorrectInstanceStatus", "Stopped", "Stopped"),
        ("InvalidInstanceId.NotFound", "", ""),
    ]
    assert account.refusal("StopInstances", **wanted, DryRun=True) == ("DRYRUN.SUCCESS", 400)


@pytest.mark.parametrize(
    "action", ["StartInstances", "StopInstances", "RebootInstances", "DeleteInstances"]
)
def test_a_batch_names_one_to_a_hundred_instances(account, action):
    too_many = [f"i-{number}" for number in range(101)]
    assert account.refusal(action, InstanceId=too_many) == ("InvalidParameter.TooManyInstanceIds", 403)
    assert account.refusal(action) == ("MissingParameter", 400)


def test_a_batch_is_deleted_together(account):
    first, second, third = account.run_instances(Amount=3)
    assert account.refusal("DeleteInstances", InstanceId=[first, second]) == (
        "IncorrectInstanceStatus",
        403,
    )
    assert account.refusal("DeleteInstances", InstanceId=[first, "i-none"], Force=True) == (
        "InvalidInstanceId.NotFound",
        404,
    )
    wanted = {"InstanceId": [first, second], "Force": True, "ClientToken": "t"}
    assert account.refusal("DeleteInstances", **wanted, DryRun=True) == ("DRYRUN.SUCCESS", 400)
    account.call("DeleteInstances", **wanted)
    account.wait()
    assert list(statuses(account)) == [third]


def test_protected_instances_and_subscriptions_stay(account):
    (protected,) = account.run_instances(DeletionProtection=True)
    (subscription,) = account.run_instances(InstanceChargeType="PrePaid", Period=1)
    assert account.refusal("DeleteInstances", InstanceId=[protected], Force=True) == (
        "InvalidOperation.DeletionProtection",
        403,
    )
    wanted = {"InstanceId": [subscription], "Force": True}
    assert account.refusal("DeleteInstances", **wanted) == ("ChargeTypeViolation", 403)
    account.emulator.advance(32 * 86_400_000)
    account.call("DeleteInstances", **wanted, TerminateSubscription=True)
