"""The user data of an instance, which is kept for whoever asks for it (DescribeInstancesAttributes)."""

import pytest
from tests.dialects.tencent.codes.plausible_account import furnished
from tests.harness import ApiError

from duolect_dialects.tencent.actions import ACTIONS

RUN = ACTIONS["2017-03-12", "RunInstances"]


def user_data(account, instance_id):
    wanted = {"InstanceIds": [instance_id], "Attributes": ["UserData"]}
    (shown,) = account.call("DescribeInstancesAttributes", **wanted)["InstanceSet"]
    assert shown["InstanceId"] == instance_id
    return shown["Attributes"]["UserData"]


def test_user_data_is_kept_from_the_start():
    account = furnished()
    (instance_id,) = account.call("RunInstances", **account.plausible(RUN), UserData="ZWNobw==")[
        "InstanceIdSet"
    ]
    assert user_data(account, instance_id) == "ZWNobw=="


def test_user_data_is_changed_alone():
    account = furnished()
    instance_id = account.values["InstanceId"]
    assert user_data(account, instance_id) == ""
    account.call("ModifyInstancesAttribute", InstanceIds=[instance_id], UserData="cHdk")
    assert user_data(account, instance_id) == "cHdk"
    account.call("ModifyInstancesAttribute", InstanceIds=[instance_id], InstanceName="other")
    assert user_data(account, instance_id) == "cHdk"


def test_several_instances_are_shown_in_the_order_in_which_they_are_named():
    account = furnished()
    first = account.values["InstanceId"]
    (second,) = account.call("RunInstances", **account.plausible(RUN), UserData="bmV3")["InstanceIdSet"]
    wanted = {"InstanceIds": [second, first, second], "Attributes": ["UserData"]}
    shown = account.call("DescribeInstancesAttributes", **wanted)["InstanceSet"]
    assert [each["InstanceId"] for each in shown] == [second, first]
    assert [each["Attributes"]["UserData"] for each in shown] == ["bmV3", ""]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"InstanceIds": ["ins-00000000"]}, "InvalidInstanceId.NotFound"),
        ({"InstanceIds": ["eni-00000000"]}, "InvalidParameterValue.InstanceIdMalformed"),
        ({"InstanceIds": None}, "MissingParameter"),
        ({"Attributes": None}, "MissingParameter"),
        ({"Attributes": ["Colour"]}, "InvalidParameterValue"),
    ],
)
def test_attributes_that_cannot_be_shown_are_refused(wrong, code):
    account = furnished()
    wanted = {"InstanceIds": [account.values["InstanceId"]], "Attributes": ["UserData"]}
    with pytest.raises(ApiError) as refused:
        account.call("DescribeInstancesAttributes", **{**wanted, **wrong})
    assert refused.value.code == code
