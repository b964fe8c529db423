"""Changing instances that are there: rebooted, modified, resized, put into groups and taken out."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, FurnishedRoom

from duolect.settings.settings import CloudSettings


@pytest.fixture
def room():
    return FurnishedRoom()


def latest(shown):
    return shown["LatestOperation"], shown["LatestOperationState"], shown["LatestOperationRequestId"]


# -- reboot ------------------------------------------------------------------------------------------------


def test_a_reboot_is_seen_and_ends_in_running(room):
    ids = room.run(InstanceCount=2)
    reply = room.call("RebootInstances", InstanceIds=ids, StopType="SOFT")
    for instance_id in ids:
        shown = room.show(instance_id)
        assert shown["InstanceState"] == "REBOOTING"
        assert latest(shown) == ("RebootInstances", "OPERATING", reply["RequestId"])
    room.wait()
    assert room.found("instance-state", "RUNNING") == set(ids)
    assert latest(room.show(ids[0])) == ("RebootInstances", "SUCCESS", reply["RequestId"])


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ForceReboot": True, "StopType": "HARD"}, "InvalidParameterCombination"),
        ({"StopType": "GENTLY"}, "InvalidParameterValue"),
    ],
)
def test_a_reboot_is_refused_for(room, params, code):
    assert room.refused("RebootInstances", InstanceIds=room.run(), **params) == code


# -- what every change has in common -----------------------------------------------------------------------

CHANGES = {
    "RebootInstances": {},
    "ModifyInstancesAttribute": {"InstanceName": "new"},
    "ResetInstancesType": {"InstanceType": "S5.LARGE8"},
    "AssociateSecurityGroups": {"SecurityGroupIds": ["sg-absent00"]},
    "DisassociateSecurityGroups": {"SecurityGroupIds": ["sg-absent00"]},
}


@pytest.mark.parametrize("action", CHANGES)
@pytest.mark.parametrize(
    ("ids", "code"),
    [
        (["ins-absent00"], "InvalidInstanceId.NotFound"),
        (["i-12345678"], "InvalidInstanceId.Malformed"),
        (["ins-absent00"] * 101, "InvalidParameterValue.LimitExceeded"),
        ([], "MissingParameter"),
    ],
)
def test_ids_are_refused_for(room, action, ids, code):
    assert room.refused(action, InstanceIds=ids, **CHANGES[action]) == code


OTHER = "OperationDenied.InstanceOperationInProgress"
STATES = ("Pending", "Stopping", "Starting", "Rebooting", "Terminating")
SPELT = {
    "RebootInstances": STATES,
    "ModifyInstancesAttribute": STATES,
    "ResetInstancesType": STATES[1:],
    "AssociateSecurityGroups": STATES[:1],
    "DisassociateSecurityGroups": (),
}


@pytest.mark.parametrize("action", CHANGES)
def test_a_busy_instance_is_refused_with_the_codes_of_the_action(room, action):
    (instance_id,) = room.call("RunInstances", **room.running())["InstanceIdSet"]
    begins = (None, "StopInstances", "StartInstances", "RebootInstances", "TerminateInstances")
    for state, begin in zip(STATES, begins, strict=True):
        if begin is not None:
            room.wait()
            room.call(begin, InstanceIds=[instance_id])
        params = dict(CHANGES[action])
        if "SecurityGroupIds" in params:
            params["SecurityGroupIds"] = [room.group_id]
        expected = f"UnsupportedOperation.InstanceState{state}" if state in SPELT[action] else OTHER
        assert room.refused(action, InstanceIds=[instance_id], **params) == expected


def test_a_stopped_instance_is_not_rebooted(room):
    code = room.refused("RebootInstances", InstanceIds=[room.stopped()])
    assert code == "UnsupportedOperation.InstanceStateStopped"


# -- attributes --------------------------------------------------------------------------------------------


def test_attributes_are_changed_at_once(room):
    ids = [*room.run(), room.stopped()]
    for name, value, field in (
        ("InstanceName", "renamed", "InstanceName"),
        ("DisableApiTermination", True, "DisableApiTermination"),
        ("CamRoleName", "role", "CamRoleName"),
        ("EnableJumboFrame", True, "EnableJumboFrame"),
    ):
        room.call("ModifyInstancesAttribute", InstanceIds=ids, **{name: value})
        assert [room.show(instance_id)[field] for instance_id in ids] == [value] * 2
    assert room.refused("TerminateInstances", InstanceIds=ids).endswith("InstancesProtected")
    room.call("ModifyInstancesAttribute", InstanceIds=ids, DisableApiTermination=False)
    room.call("ModifyInstancesAttribute", InstanceIds=ids, UserData="ZWNobw==")
    shown = room.show(ids[0])
    assert (shown["InstanceName"], shown["CamRoleName"]) == ("renamed", "role")
    room.call("TerminateInstances", InstanceIds=ids)


def test_groups_are_replaced(room):
    (instance_id,) = room.run()
    groups = [room.group(), room.group()]
    room.call("ModifyInstancesAttribute", InstanceIds=[instance_id], SecurityGroups=groups)
    assert room.show(instance_id)["SecurityGroupIds"] == groups
    (primary,) = room.call("DescribeNetworkInterfaces")["NetworkInterfaceSet"]
    assert primary["GroupSet"] == groups
    assert room.found("security-group-id", room.group_id) == set()


def test_a_new_host_name_reboots_what_runs(room):
    running, stopped = room.run()[0], room.stopped()
    room.call("ModifyInstancesAttribute", InstanceIds=[running, stopped], HostName="new.host")
    assert [room.show(each)["HostName"] for each in (running, stopped)] == ["new.host"] * 2
    assert [room.show(each)["InstanceState"] for each in (running, stopped)] == ["REBOOTING", "STOPPED"]
    room.wait()
    room.call("ModifyInstancesAttribute", InstanceIds=[running], HostName="other", AutoReboot=False)
    assert (room.show(running)["HostName"], room.show(running)["InstanceState"]) == ("other", "RUNNING")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "MissingParameter"),
        ({"CamRoleType": "user", "AutoReboot": True}, "MissingParameter"),
        ({"InstanceName": "n" * 61}, "InvalidInstanceName.TooLong"),
        ({"HostName": "-a"}, "InvalidParameterValue.IllegalHostName"),
        ({"UserData": "?"}, "InvalidParameterValue.InvalidUserDataFormat"),
        ({"SecurityGroups": [ABSENT["sg"]]}, "InvalidSecurityGroupId.NotFound"),
        ({"SecurityGroups": ["g"]}, "InvalidParameterValue"),
        ({"CamRoleName": "r", "CamRoleType": "mine"}, "InvalidParameterValue"),
    ],
)
def test_attributes_are_refused_for(room, params, code):
    assert room.refused("ModifyInstancesAttribute", InstanceIds=room.run(), **params) == code


# -- types -------------------------------------------------------------------------------------------------


def test_a_running_instance_reboots_into_its_new_type(room):
    (instance_id,) = room.run(InstanceType="S5.MEDIUM4")
    params = {"InstanceIds": [instance_id], "InstanceType": "S5.LARGE16"}
    reply = room.call("ResetInstancesType", **params)
    shown = room.show(instance_id)
    assert (shown["InstanceType"], shown["CPU"], shown["Memory"]) == ("S5.LARGE16", 4, 16)
    assert latest(shown) == ("ResetInstancesType", "OPERATING", reply["RequestId"])
    room.wait()
    shown = room.show(instance_id)
    assert shown["InstanceState"] == "RUNNING"
    assert latest(shown) == ("ResetInstancesType", "SUCCESS", reply["RequestId"])


def test_a_stopped_instance_runs_with_its_new_type(room):
    instance_id = room.stopped()
    params = {"InstanceIds": [instance_id], "InstanceType": "S5.SMALL1"}
    reply = room.call("ResetInstancesType", **params)
    assert room.show(instance_id)["LatestOperationRequestId"] == reply["RequestId"]
    room.wait()
    shown = room.show(instance_id)
    assert (shown["InstanceType"], shown["InstanceState"]) == ("S5.SMALL1", "RUNNING")


def test_a_type_must_carry_the_interfaces(room):
    (instance_id,) = room.run(InstanceType="S5.MEDIUM4")
    for _ in range(2):
        attached = room.interface(room.vpc_id, room.subnet_id)
        room.call("AttachNetworkInterface", NetworkInterfaceId=attached, InstanceId=instance_id)
        room.wait()
    change = {"InstanceIds": [instance_id], "InstanceType": "S5.SMALL1"}
    assert room.refused("ResetInstancesType", **change) == "LimitExceeded.EniNumLimit"
    room.call("DetachNetworkInterface", NetworkInterfaceId=attached, InstanceId=instance_id)
    room.wait()
    (other,) = room.call(
        "DescribeNetworkInterfaces", Filters=[{"Name": "attachment.instance-id", "Values": [instance_id]}]
    )["NetworkInterfaceSet"][:1]
    room.call(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=other["NetworkInterfaceId"],
        SecondaryPrivateIpAddressCount=6,
    )
    room.wait()
    assert room.refused("ResetInstancesType", **change) == "LimitExceeded.EniLimitInstanceType"


def test_a_type_that_takes_no_interfaces_is_refused_for_an_instance_that_has_some():
    none = {"family": "X1", "cpu": 1, "memory_gib": 1.0, "interfaces": 1, "ipv4_per_interface": 1}
    room = FurnishedRoom(tencent=CloudSettings(instance_types={"X1.SMALL1": none}))
    (instance_id,) = room.run()
    attached = room.interface(room.vpc_id, room.subnet_id)
    room.call("AttachNetworkInterface", NetworkInterfaceId=attached, InstanceId=instance_id)
    room.wait()
    code = room.refused("ResetInstancesType", InstanceIds=[instance_id], InstanceType="X1.SMALL1")
    assert code == "LimitExceeded.EniNumLimit"


@pytest.mark.parametrize(
    ("kind", "code"),
    [("large", "InvalidInstanceType.Malformed"), ("S0.NONE1", "ResourceNotFound.InvalidZoneInstanceType")],
)
def test_a_type_is_refused_for(room, kind, code):
    assert room.refused("ResetInstancesType", InstanceIds=room.run(), InstanceType=kind) == code


def test_one_instance_is_resized_at_a_time(room):
    ids = room.run(InstanceCount=2)
    code = room.refused("ResetInstancesType", InstanceIds=ids, InstanceType="S5.LARGE8")
    assert code == "InvalidParameterValue.LimitExceeded"


def test_a_local_system_disk_keeps_the_type(room):
    ids = room.run(SystemDisk={"DiskType": "LOCAL_BASIC"})
    code = room.refused("ResetInstancesType", InstanceIds=ids, InstanceType="S5.LARGE8")
    assert code == "UnsupportedOperation.SystemDiskType"


def test_an_instance_that_is_stopped_without_charge_keeps_its_type(room):
    ids = room.run()
    room.call("StopInstances", InstanceIds=ids, StoppedMode="STOP_CHARGING")
    room.wait()
    code = room.refused("ResetInstancesType", InstanceIds=ids, InstanceType="S5.LARGE8")
    assert code == "UnsupportedOperation.StoppedModeStopCharging"


# -- security groups ---------------------------------------------------------------------------------------


def test_instances_join_a_group_and_leave_it(room):
    ids, group_id = [*room.run(), room.stopped()], room.group()
    for _ in range(2):
        room.call("AssociateSecurityGroups", InstanceIds=ids, SecurityGroupIds=[group_id])
        assert [room.show(each)["SecurityGroupIds"] for each in ids] == [[room.group_id, group_id]] * 2
    for gone, left in ((room.group_id, [group_id]), (room.group_id, [group_id]), (group_id, [])):
        room.call("DisassociateSecurityGroups", InstanceIds=ids, SecurityGroupIds=[gone])
        assert [room.show(each)["SecurityGroupIds"] for each in ids] == [left] * 2


@pytest.mark.parametrize("action", ["AssociateSecurityGroups", "DisassociateSecurityGroups"])
@pytest.mark.parametrize(
    ("groups", "code"),
    [
        ([ABSENT["sg"]], "InvalidSecurityGroupId.NotFound"),
        (["g"], "InvalidSgId.Malformed"),
        ([], "MissingParameter"),
        ([ABSENT["sg"]] * 2, "InvalidParameterValue.LimitExceeded"),
    ],
)
def test_groups_are_refused_for(room, action, groups, code):
    assert room.refused(action, InstanceIds=room.run(), SecurityGroupIds=groups) == code


def test_an_instance_is_in_a_few_groups_only(room):
    ids = room.run()
    for _ in range(4):
        room.call("AssociateSecurityGroups", InstanceIds=ids, SecurityGroupIds=[room.group()])
    params = {"InstanceIds": ids, "SecurityGroupIds": [room.group()]}
    assert room.refused("AssociateSecurityGroups", **params) == "LimitExceeded.AssociateUSGLimitExceeded"
    groups = [room.group() for _ in range(6)]
    code = room.refused("ModifyInstancesAttribute", InstanceIds=ids, SecurityGroups=groups)
    assert code == "LimitExceeded.AssociateUSGLimitExceeded"


def test_a_group_has_room_for_a_few_instances_only():
    room = FurnishedRoom(tencent=CloudSettings(quotas={"basic_group_members": 1}))
    room.run()
    (other,) = room.run(SecurityGroupIds=[room.group()])
    full = "LimitExceeded.CvmsVifsPerSecGroupLimitExceeded"
    group = [room.group_id]
    assert room.refused("AssociateSecurityGroups", InstanceIds=[other], SecurityGroupIds=group) == full
    assert room.refused("ModifyInstancesAttribute", InstanceIds=[other], SecurityGroups=group) == full
