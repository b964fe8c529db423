"""What instances can be made into, and projects. Source: the definitions in tccli."""

import attrs
import pytest
from tests.dialects.tencent.furnished_account import OTHER_ZONE


def statuses(account, ids, *wanted):
    filters = [{"Name": "status", "Values": [each]} for each in wanted]
    reply = account.call("DescribeInstancesModification", InstanceIds=ids, Filters=filters or None)
    shown = {
        each["InstanceTypeConfig"]["InstanceType"]: each for each in reply["InstanceTypeConfigStatusSet"]
    }
    assert reply["TotalCount"] == len(shown)
    return shown


def test_an_instance_can_be_of_the_types_that_carry_its_interfaces(account):
    (instance_id,) = account.run_instances()
    for _ in range(2):
        interface_id = account.create_interface()
        account.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
        account.wait()
    shown = statuses(account, [instance_id])
    assert "S5.MEDIUM4" not in shown
    assert (shown["S5.LARGE8"]["Status"], shown["S5.LARGE8"]["Message"]) == ("SELL", "")
    assert shown["S5.SMALL1"]["Status"] == "UNAVAILABLE"
    assert shown["S5.SMALL1"]["Message"]
    account.refusal("ResetInstancesType", InstanceIds=[instance_id], InstanceType="S5.SMALL1")
    sold, unavailable = (statuses(account, [instance_id], each) for each in ("SELL", "UNAVAILABLE"))
    assert {**sold, **unavailable}.keys() == shown.keys()
    assert {each["Status"] for each in sold.values()} == {"SELL"}
    in_chinese = attrs.evolve(account.client, language="zh-CN")
    filters = [{"Name": "status", "Values": ["UNAVAILABLE"]}]
    reply = in_chinese.call("DescribeInstancesModification", InstanceIds=[instance_id], Filters=filters)
    assert "网卡" in reply["InstanceTypeConfigStatusSet"][0]["Message"]


def test_several_instances_can_be_of_what_all_of_them_can_be(account):
    small, large = (account.run_instances(InstanceType=each)[0] for each in ("S5.SMALL1", "S5.LARGE8"))
    shown = statuses(account, [small, large])
    assert {"S5.SMALL1", "S5.LARGE8"} < shown.keys()


def test_modifications_are_refused_for(account):
    (instance_id,) = account.run_instances()
    elsewhere = account.create_subnet(account.vpc_id, Zone=OTHER_ZONE, CidrBlock="10.0.5.0/24")
    (other,) = account.run_instances({"SubnetId": elsewhere}, Placement={"Zone": OTHER_ZONE})
    action = "DescribeInstancesModification"
    assert account.refusal(action, InstanceIds=[instance_id, other]) == "FailedOperation.ZoneInconsistent"
    assert account.refusal(action, InstanceIds=["ins-absent00"]) == "InvalidInstanceId.NotFound"
    assert account.refusal(action, InstanceIds=["i-1"]) == "InvalidInstanceId.Malformed"
    many = account.refusal(action, InstanceIds=[instance_id] * 21)
    assert many == "InvalidParameterValue.LimitExceeded"
    unknown = [{"Name": "colour", "Values": ["red"]}]
    assert account.refusal(action, InstanceIds=[instance_id], Filters=unknown) == "InvalidFilter"
    three = [{"Name": "status", "Values": ["SELL"] * 3}]
    code = account.refusal(action, InstanceIds=[instance_id], Filters=three)
    assert code == "InvalidFilterValue.LimitExceeded"


def test_instances_and_their_disks_are_moved_to_another_project(account):
    ids = account.run_instances(InstanceCount=2)
    reply = account.call("ModifyInstancesProject", InstanceIds=ids, ProjectId=7)
    for instance_id in ids:
        shown = account.describe_instance(instance_id)
        assert shown["Placement"]["ProjectId"] == 7
        assert shown["LatestOperation"] == "ModifyInstancesProject"
        assert shown["LatestOperationRequestId"] == reply["RequestId"]
    assert account.find_instances("project-id", "7") == set(ids)
    disks = account.call("DescribeDisks")["DiskSet"]
    assert {disk["Placement"]["ProjectId"] for disk in disks} == {7}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "MissingParameter"),
        ({"ProjectId": -1}, "InvalidParameterValue"),
    ],
)
def test_projects_are_refused_for(account, params, code):
    assert account.refusal("ModifyInstancesProject", InstanceIds=account.run_instances(), **params) == code


def test_passwords_are_reset_and_what_runs_is_rebooted(account):
    """Source: the definition in tccli; ``LatestOperation`` as cloud-custodian recorded it, 2022."""
    running, stopped = account.run_instances()[0], account.run_stopped_instance()
    reset = {"Password": "Passw0rd-new", "UserName": "root", "ForceStop": True}
    reply = account.call("ResetInstancesPassword", InstanceIds=[running, stopped], **reset)
    assert account.describe_instance(running)["InstanceState"] == "REBOOTING"
    account.wait()
    for instance_id, state in ((running, "RUNNING"), (stopped, "STOPPED")):
        shown = account.describe_instance(instance_id)
        assert shown["InstanceState"] == state
        assert shown["LatestOperation"] == "ResetInstancesPassword"
        assert shown["LatestOperationState"] == "SUCCESS"
        assert shown["LatestOperationRequestId"] == reply["RequestId"]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "MissingParameter"),
        ({"Password": "short", "ForceStop": True}, "InvalidParameterValue.InvalidPassword"),
        ({"Password": "Passw0rd-new"}, "UnsupportedOperation.InstanceStateRunning"),
        ({"Password": "Passw0rd-new", "UserName": "u" * 65}, "InvalidParameterValue.TooLong"),
    ],
)
def test_a_password_is_not_reset_for(account, params, code):
    assert account.refusal("ResetInstancesPassword", InstanceIds=account.run_instances(), **params) == code


def test_the_password_of_what_is_stopped_without_charge_is_not_reset(account):
    ids = account.run_instances()
    account.call("StopInstances", InstanceIds=ids, StoppedMode="STOP_CHARGING")
    account.wait()
    code = account.refusal("ResetInstancesPassword", InstanceIds=ids, Password="Passw0rd-new")
    assert code == "UnsupportedOperation.StoppedModeStopCharging"
