"""Keys are bound to instances that are stopped, or by force to running ones, which are rebooted."""

import pytest
from tests.dialects.tencent.furnished_account import IMAGE

WINDOWS = "img-9id7emv7"
ACTIONS = ("AssociateInstancesKeyPairs", "DisassociateInstancesKeyPairs")


@pytest.fixture
def keys(account):
    return [account.add_key_pair(name).id for name in ("one", "two")]


def shown_keys(account, instance_id):
    return account.describe_instance(instance_id)["LoginSettings"]["KeyIds"]


def test_keys_are_bound_to_a_stopped_instance_in_the_place_of_others(account, keys):
    instance_id = account.run_stopped_instance()
    for key_ids in (keys, keys[1:]):
        account.call("AssociateInstancesKeyPairs", InstanceIds=[instance_id], KeyIds=key_ids)
        assert shown_keys(account, instance_id) == key_ids
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceState"], shown["LatestOperation"]) == ("STOPPED", "AssociateInstancesKeyPairs")
    (pair,) = account.call("DescribeKeyPairs", KeyIds=keys[1:])["KeyPairSet"]
    assert pair["AssociatedInstanceIds"] == [instance_id]
    account.call("DisassociateInstancesKeyPairs", InstanceIds=[instance_id], KeyIds=keys)
    assert shown_keys(account, instance_id) is None


def test_a_running_instance_is_rebooted_by_force(account, keys):
    both = {"InstanceIds": [account.instance_id], "KeyIds": keys}
    for action in ACTIONS:
        assert account.refusal(action, **both) == "UnsupportedOperation.InstanceStateRunning"
        account.call(action, **both, ForceStop=True)
        shown = account.describe_instance(account.instance_id)
        assert (shown["InstanceState"], shown["LatestOperation"]) == ("REBOOTING", action)
        assert shown["LatestOperationState"] == "OPERATING"
        assert account.refusal(action, **both) == "UnsupportedOperation.InstanceStateRebooting"
        account.wait()
        shown = account.describe_instance(account.instance_id)
        assert (shown["InstanceState"], shown["LatestOperationState"]) == ("RUNNING", "SUCCESS")


def test_a_bound_key_cannot_be_deleted(account, keys):
    """terraform-provider-tencentcloud waits for this code to pass."""
    (instance_id,) = account.run_instances(LoginSettings={"KeyIds": keys})
    assert shown_keys(account, instance_id) == keys
    refusal = account.refusal("DeleteKeyPairs", KeyIds=keys)
    assert refusal == "InvalidParameterValue.KeyPairNotSupported"
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    account.call("DeleteKeyPairs", KeyIds=keys)


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_named_must_be_there_and_take_keys(account, keys, action):
    stopped = account.run_stopped_instance()
    for params, code in (
        ({"KeyIds": ["skey-absent00"]}, "InvalidKeyPairId.NotFound"),
        ({"KeyIds": ["x"]}, "InvalidKeyPairId.Malformed"),
        ({"KeyIds": []}, "MissingParameter"),
        ({"InstanceIds": ["ins-absent00"]}, "InvalidInstanceId.NotFound"),
        ({"InstanceIds": ["x"]}, "InvalidInstanceId.Malformed"),
    ):
        good = {"InstanceIds": [stopped], "KeyIds": keys}
        assert account.refusal(action, **{**good, **params}) == code
    (windows,) = account.run_instances(ImageId=WINDOWS)
    params = {"InstanceIds": [windows], "KeyIds": keys, "ForceStop": True}
    assert account.refusal(action, **params) == "UnsupportedOperation.InstanceOsWindows"
    account.call("StopInstances", InstanceIds=[windows], StoppedMode="STOP_CHARGING")
    account.call("StartInstances", InstanceIds=[stopped])
    account.wait()
    account.call("StopInstances", InstanceIds=[stopped], StoppedMode="STOP_CHARGING")
    account.wait()
    params["InstanceIds"] = [stopped]
    assert account.refusal(action, **params) == "UnsupportedOperation.StoppedModeStopCharging"


def test_an_account_without_key_pairs_names_those_that_it_had_before(account):
    """Recorded instances have keys that no program makes first (cloud-custodian, 2022)."""
    before = ["skey-before00"]
    params = account.instance_params(LoginSettings={"KeyIds": before}, ImageId=IMAGE)
    (instance_id,) = account.call("RunInstances", **params)["InstanceIdSet"]
    assert account.describe_instance(instance_id)["LoginSettings"]["KeyIds"] == before
    assert account.find_instances("login-key-id", *before) == {instance_id}
    account.wait()
    account.call("CreateKeyPair", KeyName="first", ProjectId=0)
    assert account.refusal("RunInstances", **params) == "InvalidParameterValue.KeyPairNotFound"


def test_a_new_instance_takes_keys_that_are_there(account, keys):
    for login, image, code in (
        ({"KeyIds": ["skey-absent00"]}, IMAGE, "InvalidParameterValue.KeyPairNotFound"),
        ({"KeyIds": ["skey-1-"]}, IMAGE, "InvalidKeyPairId.Malformed"),
        ({"KeyIds": keys}, WINDOWS, "UnsupportedOperation.KeyPairUnsupportedWindows"),
        ({"KeyIds": keys, "Password": "Long!enough1"}, IMAGE, "InvalidParameterCombination"),
    ):
        params = account.instance_params(LoginSettings=login, ImageId=image)
        assert account.refusal("RunInstances", **params) == code
