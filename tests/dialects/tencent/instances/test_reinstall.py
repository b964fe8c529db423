"""Instances whose system is installed anew.

Source: the definition of ResetInstance in tccli.
"""

import pytest
from tests.dialects.tencent.furnished_account import IMAGE

OTHER_IMAGE = "img-487zeit5"
WINDOWS = "img-9id7emv7"


def test_a_running_instance_reboots_into_another_system(account):
    one, other = (account.add_key_pair(name).id for name in ("one", "other"))
    (instance_id,) = account.run_instances(LoginSettings={"KeyIds": [one]}, HostName="before")
    size = account.describe_instance(instance_id)["SystemDisk"]["DiskSize"]
    reply = account.call(
        "ResetInstance",
        InstanceId=instance_id,
        ImageId=OTHER_IMAGE,
        SystemDisk={"DiskSize": size + 10},
        LoginSettings={"KeyIds": [other]},
        EnhancedService={"SecurityService": {"Enabled": True}},
        UserData="aGk=",
    )
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceState"], shown["LatestOperationState"]) == ("REBOOTING", "OPERATING")
    account.wait()
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceState"], shown["LatestOperationState"]) == ("RUNNING", "SUCCESS")
    assert (shown["LatestOperation"], shown["LatestOperationRequestId"]) == (
        "ResetInstance",
        reply["RequestId"],
    )
    assert (shown["ImageId"], shown["SystemDisk"]["DiskSize"]) == (OTHER_IMAGE, size + 10)
    assert shown["LoginSettings"]["KeyIds"] == [other]


def test_what_is_not_named_stays_except_for_the_key_pairs(account):
    key_id = account.add_key_pair("one").id
    (instance_id,) = account.run_instances(LoginSettings={"KeyIds": [key_id]})
    before = account.describe_instance(instance_id)
    account.call("ResetInstance", InstanceId=instance_id)
    account.wait()
    after = account.describe_instance(instance_id)
    assert after["LoginSettings"]["KeyIds"] is None
    for name in ("ImageId", "SystemDisk", "InstanceName", "PrivateIpAddresses", "CreatedTime"):
        assert after[name] == before[name], name


def test_a_stopped_instance_is_started(account):
    instance_id = account.run_stopped_instance()
    account.call("ResetInstance", InstanceId=instance_id, LoginSettings={"Password": "Passw0rd-new"})
    account.wait()
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceState"], shown["LatestOperation"]) == ("RUNNING", "ResetInstance")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"InstanceId": None}, "MissingParameter"),
        ({"InstanceId": "instance"}, "InvalidInstanceId.Malformed"),
        ({"InstanceId": "ins-absent00"}, "InvalidInstanceId.NotFound"),
        ({"ImageId": "image"}, "InvalidImageId.Malformed"),
        ({"SystemDisk": {"DiskSize": 1}}, "InvalidParameterValue"),
        ({"SystemDisk": {"DiskType": "LOCAL_BASIC"}}, "InvalidParameterValue"),
        ({"LoginSettings": {"Password": "short"}}, "InvalidParameterValue.InvalidPassword"),
        ({"LoginSettings": {"KeyIds": ["key"]}}, "InvalidKeyPairId.Malformed"),
        ({"LoginSettings": {"KeyIds": ["skey-absent00"]}}, "InvalidParameterValue.KeyPairNotFound"),
        (
            {"LoginSettings": {"KeyIds": ["skey-absent00"], "Password": "Passw0rd-new"}},
            "InvalidParameter.ParameterConflict",
        ),
        (
            {"LoginSettings": {"KeyIds": ["skey-absent00"]}, "ImageId": WINDOWS},
            "UnsupportedOperation.KeyPairUnsupportedWindows",
        ),
        ({"HostName": "-web"}, "InvalidParameterValue.IllegalHostName"),
        ({"UserData": "§"}, "InvalidParameterValue.InvalidUserDataFormat"),
    ],
)
def test_no_system_is_installed_for(account, params, code):
    params = {"InstanceId": account.instance_id, "ImageId": IMAGE, **params}
    assert account.refusal("ResetInstance", **params) == code


def test_no_system_is_installed_on_what_is_busy_or_stopped_without_charge(account):
    params = {"InstanceId": account.instance_id}
    account.call("StopInstances", InstanceIds=[account.instance_id], StoppedMode="STOP_CHARGING")
    assert account.refusal("ResetInstance", **params) == "UnsupportedOperation.InstanceStateStopping"
    account.wait()
    assert account.refusal("ResetInstance", **params) == "UnsupportedOperation.StoppedModeStopCharging"
