"""An instance has one SSH key pair at most."""

import json

import pytest

WINDOWS = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20240412.vhd"


def attach(account, *instance_ids, name="pair", action="AttachKeyPair"):
    return account.call(action, KeyPairName=name, InstanceIds=json.dumps(instance_ids))


def name_of(account, instance_id):
    (shown,) = account.describe_instances(InstanceIds=json.dumps([instance_id]))
    return shown.get("KeyPairName")


def test_a_pair_is_bound_and_unbound(account):
    account.add_key_pair("pair")
    account.add_key_pair("other")
    first, second = account.run_instances(Amount=2)
    assert name_of(account, first) is None
    answer = attach(account, first, second)
    assert (answer["KeyPairName"], answer["TotalCount"], answer["FailCount"]) == ("pair", "2", "0")
    assert answer["Results"]["Result"] == [
        {"Code": "200", "InstanceId": each, "Message": "successful", "Success": "true"}
        for each in (first, second)
    ]
    attach(account, second, name="other")
    assert (name_of(account, first), name_of(account, second)) == ("pair", "other")
    found = account.describe_instances(KeyPairName="other")
    assert [shown["InstanceId"] for shown in found] == [second]
    attach(account, first, second, action="DetachKeyPair")
    assert (name_of(account, first), name_of(account, second)) == (None, "other")


def test_what_cannot_be_done_is_told_of_each_instance(account):
    account.add_key_pair()
    (good,) = account.run_instances()
    answer = attach(account, good, "i-absent")
    assert (answer["TotalCount"], answer["FailCount"]) == ("2", "1")
    bad = answer["Results"]["Result"][1]
    assert (bad["Code"], bad["Success"]) == ("InvalidInstanceId.NotFound", "false")
    assert name_of(account, good) == "pair"


def test_a_bound_pair_stays_until_its_instance_is_gone(account):
    account.add_key_pair()
    shown = account.run_instance(KeyPairName="pair")
    assert shown["KeyPairName"] == "pair"
    refusal = account.refusal("DeleteKeyPairs", KeyPairNames='["pair"]')
    assert refusal == ("InvalidParameter.KeypairAlreadyAttachedInstance", 400)
    account.call("DeleteInstance", InstanceId=shown["InstanceId"], Force=True)
    account.wait()
    account.call("DeleteKeyPairs", KeyPairNames='["pair"]')


@pytest.mark.parametrize("action", ["RunInstances", "CreateInstance"])
def test_a_new_instance_takes_a_pair_that_is_there(account, action):
    """Source: the pages in their form of 2021."""
    params = account.instance_params(KeyPairName="absent")
    assert account.refusal(action, **params) == ("InvalidKeyPairName.NotFound", 404)
    account.add_key_pair("absent")
    account.call(action, **params)
    windows = {**params, "ImageId": WINDOWS}
    assert account.refusal(action, **windows) == ("DependencyViolation.WindowsInstance", 403)


@pytest.mark.parametrize("action", ["AttachKeyPair", "DetachKeyPair"])
@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"KeyPairName": "absent"}, ("InvalidKeyPairName.NotFound", 400)),
        ({"InstanceIds": "i-1"}, ("InvalidInstanceIds.ValueNotSupported", 400)),
        ({"InstanceIds": "[]"}, ("InvalidInstanceIds.ValueNotSupported", 400)),
        (
            {"InstanceIds": json.dumps([f"i-{number}" for number in range(51)])},
            ("InstanceKeyPairLimitExceeded", 403),
        ),
    ],
)
def test_a_wrong_request_is_refused(account, action, params, refusal):
    account.add_key_pair()
    assert account.refusal(action, **{"KeyPairName": "pair", "InstanceIds": '["i-1"]', **params}) == refusal


@pytest.mark.parametrize("action", ["AttachKeyPair", "DetachKeyPair"])
def test_windows_takes_no_pair(account, action):
    account.add_key_pair()
    (instance_id,) = account.run_instances(ImageId=WINDOWS)
    params = {"KeyPairName": "pair", "InstanceIds": json.dumps([instance_id])}
    assert account.refusal(action, **params) == ("DependencyViolation.WindowsInstance", 403)
