"""Changing instances that are there: rebooted, modified, resized, put into groups and taken out."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount


def latest(shown):
    return shown["LatestOperation"], shown["LatestOperationState"], shown["LatestOperationRequestId"]


# -- reboot ------------------------------------------------------------------------------------------------


def test_a_reboot_is_seen_and_ends_in_running(account):
    ids = account.run_instances(InstanceCount=2)
    reply = account.call("RebootInstances", InstanceIds=ids, StopType="SOFT")
    for instance_id in ids:
        shown = account.describe_instance(instance_id)
        assert shown["InstanceState"] == "REBOOTING"
        assert latest(shown) == ("RebootInstances", "OPERATING", reply["RequestId"])
    account.wait()
    assert account.find_instances("instance-state", "RUNNING") == set(ids)
    assert latest(account.describe_instance(ids[0])) == ("RebootInstances", "SUCCESS", reply["RequestId"])


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ForceReboot": True, "StopType": "HARD"}, "InvalidParameterCombination"),
        ({"StopType": "GENTLY"}, "InvalidParameterValue"),
    ],
)
def test_a_reboot_is_refused_for(account, params, code):
    assert account.refusal("RebootInstances", InstanceIds=account.run_instances(), **params) == code


# -- what every change has in common -----------------------------------------------------------------------

CHANGES = {
    "RebootInstances": {},
    "ModifyInstancesAttribute": {"InstanceName": "new"},
    "ResetInstancesType": {"InstanceType": "S5.LARGE8"},
    "ResetInstancesInternetMaxBandwidth": {"InternetAccessible": {"InternetMaxBandwidthOut": 9}},
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
def test_ids_are_refused_for(account, action, ids, code):
    assert account.refusal(action, InstanceIds=ids, **CHANGES[action]) == code


OTHER = "OperationDenied.InstanceOperationInProgress"
STATES = ("Pending", "Stopping", "Starting", "Rebooting", "Terminating")
SPELT = {
    "RebootInstances": STATES,
    "ModifyInstancesAttribute": STATES,
    "ResetInstancesInternetMaxBandwidth": STATES,
    "ResetInstancesType": STATES[1:],
    "AssociateSecurityGroups": STATES[:1],
    "DisassociateSecurityGroups": (),
}


@pytest.mark.parametrize("action", CHANGES)
def test_a_busy_instance_is_refused_with_the_codes_of_the_action(account, action):
    (instance_id,) = account.call("RunInstances", **account.instance_params())["InstanceIdSet"]
    begins = (None, "StopInstances", "StartInstances", "RebootInstances", "TerminateInstances")
    for state, begin in zip(STATES, begins, strict=True):
        if begin is not None:
            account.wait()
            account.call(begin, InstanceIds=[instance_id])
        params = dict(CHANGES[action])
        if "SecurityGroupIds" in params:
            params["SecurityGroupIds"] = [account.group_id]
        expected = f"UnsupportedOperation.InstanceState{state}" if state in SPELT[action] else OTHER
        assert account.refusal(action, InstanceIds=[instance_id], **params) == expected


def test_a_stopped_instance_is_not_rebooted(account):
    code = account.refusal("RebootInstances", InstanceIds=[account.run_stopped_instance()])
    assert code == "UnsupportedOperation.InstanceStateStopped"


# -- attributes --------------------------------------------------------------------------------------------


def test_attributes_are_changed_at_once(account):
    ids = [*account.run_instances(), account.run_stopped_instance()]
    for name, value, field in (
        ("InstanceName", "renamed", "InstanceName"),
        ("DisableApiTermination", True, "DisableApiTermination"),
        ("CamRoleName", "role", "CamRoleName"),
        ("EnableJumboFrame", True, "EnableJumboFrame"),
    ):
        account.call("ModifyInstancesAttribute", InstanceIds=ids, **{name: value})
        assert [account.describe_instance(instance_id)[field] for instance_id in ids] == [value] * 2
    assert account.refusal("TerminateInstances", InstanceIds=ids).endswith("InstancesProtected")
    account.call("ModifyInstancesAttribute", InstanceIds=ids, DisableApiTermination=False)
    account.call("ModifyInstancesAttribute", InstanceIds=ids, UserData="ZWNobw==")
    shown = account.describe_instance(ids[0])
    assert (shown["InstanceName"], shown["CamRoleName"]) == ("renamed", "role")
    account.call("TerminateInstances", InstanceIds=ids)


@pytest.mark.parametrize(
    ("action", "params", "named"),
    [
        ("ModifyInstancesAttribute", {"InstanceName": "new"}, "ModifyInstancesAttribute.InstanceName"),
        ("ModifyInstancesAttribute", {"SecurityGroups": []}, "ModifyInstancesAttribute.SecurityGroups"),
        ("ModifyInstancesAttribute", {"UserData": ""}, "ModifyInstancesAttribute.UserData"),
        ("AssociateSecurityGroups", None, "AssociateSecurityGroups"),
        ("DisassociateSecurityGroups", None, "DisassociateSecurityGroups"),
    ],
)
def test_what_is_changed_at_once_is_the_latest_operation(account, action, params, named):
    """Source: cloud-custodian, tools/c7n_tencentcloud/tests/cassettes, 2022: names and groups."""
    (instance_id,) = account.run_instances()
    changes = {"SecurityGroupIds": [account.group_id]} if params is None else params
    reply = account.call(action, InstanceIds=[instance_id], **changes)
    shown = account.describe_instance(instance_id)
    assert latest(shown) == (named, "SUCCESS", reply["RequestId"])
    assert shown["LatestOperationErrorMsg"] == ""


def test_groups_are_replaced(account):
    (instance_id,) = account.run_instances()
    groups = [account.create_group(), account.create_group()]
    account.call("ModifyInstancesAttribute", InstanceIds=[instance_id], SecurityGroups=groups)
    assert account.describe_instance(instance_id)["SecurityGroupIds"] == groups
    (primary,) = account.call("DescribeNetworkInterfaces")["NetworkInterfaceSet"]
    assert primary["GroupSet"] == groups
    assert account.find_instances("security-group-id", account.group_id) == set()


def test_a_new_host_name_reboots_what_runs(account):
    running, stopped = account.run_instances()[0], account.run_stopped_instance()
    account.call("ModifyInstancesAttribute", InstanceIds=[running, stopped], HostName="new.host")
    assert [account.describe_instance(each)["HostName"] for each in (running, stopped)] == ["new.host"] * 2
    assert [account.describe_instance(each)["InstanceState"] for each in (running, stopped)] == [
        "REBOOTING",
        "STOPPED",
    ]
    account.wait()
    account.call("ModifyInstancesAttribute", InstanceIds=[running], HostName="other", AutoReboot=False)
    assert (
        account.describe_instance(running)["HostName"],
        account.describe_instance(running)["InstanceState"],
    ) == ("other", "RUNNING")


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
def test_attributes_are_refused_for(account, params, code):
    assert (
        account.refusal("ModifyInstancesAttribute", InstanceIds=account.run_instances(), **params) == code
    )


# -- types -------------------------------------------------------------------------------------------------


def test_a_running_instance_reboots_into_its_new_type(account):
    (instance_id,) = account.run_instances(InstanceType="S5.MEDIUM4")
    params = {"InstanceIds": [instance_id], "InstanceType": "S5.LARGE16"}
    reply = account.call("ResetInstancesType", **params)
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceType"], shown["CPU"], shown["Memory"]) == ("S5.LARGE16", 4, 16)
    assert latest(shown) == ("ResetInstancesType", "OPERATING", reply["RequestId"])
    account.wait()
    shown = account.describe_instance(instance_id)
    assert shown["InstanceState"] == "RUNNING"
    assert latest(shown) == ("ResetInstancesType", "SUCCESS", reply["RequestId"])


def test_a_stopped_instance_runs_with_its_new_type(account):
    instance_id = account.run_stopped_instance()
    params = {"InstanceIds": [instance_id], "InstanceType": "S5.SMALL1"}
    reply = account.call("ResetInstancesType", **params)
    assert account.describe_instance(instance_id)["LatestOperationRequestId"] == reply["RequestId"]
    account.wait()
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceType"], shown["InstanceState"]) == ("S5.SMALL1", "RUNNING")


def test_a_type_must_carry_the_interfaces(account):
    (instance_id,) = account.run_instances(InstanceType="S5.MEDIUM4")
    for _ in range(2):
        attached = account.create_interface()
        account.call("AttachNetworkInterface", NetworkInterfaceId=attached, InstanceId=instance_id)
        account.wait()
    change = {"InstanceIds": [instance_id], "InstanceType": "S5.SMALL1"}
    assert account.refusal("ResetInstancesType", **change) == "LimitExceeded.EniNumLimit"
    account.call("DetachNetworkInterface", NetworkInterfaceId=attached, InstanceId=instance_id)
    account.wait()
    (other,) = account.call(
        "DescribeNetworkInterfaces", Filters=[{"Name": "attachment.instance-id", "Values": [instance_id]}]
    )["NetworkInterfaceSet"][:1]
    account.call(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=other["NetworkInterfaceId"],
        SecondaryPrivateIpAddressCount=6,
    )
    account.wait()
    assert account.refusal("ResetInstancesType", **change) == "LimitExceeded.EniLimitInstanceType"


def test_a_type_that_takes_no_interfaces_is_refused_for_an_instance_that_has_some():
    none = {"family": "X1", "cpu": 1, "memory_gib": 1.0, "interfaces": 1, "ipv4_per_interface": 1}
    account = TencentAccount.furnished(instance_types={"X1.SMALL1": none})
    (instance_id,) = account.run_instances()
    attached = account.create_interface()
    account.call("AttachNetworkInterface", NetworkInterfaceId=attached, InstanceId=instance_id)
    account.wait()
    code = account.refusal("ResetInstancesType", InstanceIds=[instance_id], InstanceType="X1.SMALL1")
    assert code == "LimitExceeded.EniNumLimit"


@pytest.mark.parametrize(
    ("kind", "code"),
    [("large", "InvalidInstanceType.Malformed"), ("S0.NONE1", "ResourceNotFound.InvalidZoneInstanceType")],
)
def test_a_type_is_refused_for(account, kind, code):
    assert (
        account.refusal("ResetInstancesType", InstanceIds=account.run_instances(), InstanceType=kind)
        == code
    )


def test_one_instance_is_resized_at_a_time(account):
    ids = account.run_instances(InstanceCount=2)
    code = account.refusal("ResetInstancesType", InstanceIds=ids, InstanceType="S5.LARGE8")
    assert code == "InvalidParameterValue.LimitExceeded"


def test_a_local_system_disk_keeps_the_type(account):
    ids = account.run_instances(SystemDisk={"DiskType": "LOCAL_BASIC"})
    code = account.refusal("ResetInstancesType", InstanceIds=ids, InstanceType="S5.LARGE8")
    assert code == "UnsupportedOperation.SystemDiskType"


def test_an_instance_that_is_stopped_without_charge_keeps_its_type(account):
    ids = account.run_instances()
    account.call("StopInstances", InstanceIds=ids, StoppedMode="STOP_CHARGING")
    account.wait()
    code = account.refusal("ResetInstancesType", InstanceIds=ids, InstanceType="S5.LARGE8")
    assert code == "UnsupportedOperation.StoppedModeStopCharging"


# -- security groups ---------------------------------------------------------------------------------------


def test_instances_join_a_group_and_leave_it(account):
    ids, group_id = [*account.run_instances(), account.run_stopped_instance()], account.create_group()
    for _ in range(2):
        account.call("AssociateSecurityGroups", InstanceIds=ids, SecurityGroupIds=[group_id])
        assert [account.describe_instance(each)["SecurityGroupIds"] for each in ids] == [
            [account.group_id, group_id]
        ] * 2
    for gone, left in ((account.group_id, [group_id]), (account.group_id, [group_id]), (group_id, [])):
        account.call("DisassociateSecurityGroups", InstanceIds=ids, SecurityGroupIds=[gone])
        assert [account.describe_instance(each)["SecurityGroupIds"] for each in ids] == [left] * 2


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
def test_groups_are_refused_for(account, action, groups, code):
    assert account.refusal(action, InstanceIds=account.run_instances(), SecurityGroupIds=groups) == code


def test_an_instance_is_in_a_few_groups_only(account):
    ids = account.run_instances()
    for _ in range(4):
        account.call("AssociateSecurityGroups", InstanceIds=ids, SecurityGroupIds=[account.create_group()])
    params = {"InstanceIds": ids, "SecurityGroupIds": [account.create_group()]}
    assert account.refusal("AssociateSecurityGroups", **params) == "LimitExceeded.AssociateUSGLimitExceeded"
    groups = [account.create_group() for _ in range(6)]
    code = account.refusal("ModifyInstancesAttribute", InstanceIds=ids, SecurityGroups=groups)
    assert code == "LimitExceeded.AssociateUSGLimitExceeded"


def test_a_group_has_room_for_a_few_instances_only():
    account = TencentAccount.furnished(quotas={"basic_group_members": 1})
    account.run_instances()
    (other,) = account.run_instances(SecurityGroupIds=[account.create_group()])
    full = "LimitExceeded.CvmsVifsPerSecGroupLimitExceeded"
    group = [account.group_id]
    assert account.refusal("AssociateSecurityGroups", InstanceIds=[other], SecurityGroupIds=group) == full
    assert account.refusal("ModifyInstancesAttribute", InstanceIds=[other], SecurityGroups=group) == full
