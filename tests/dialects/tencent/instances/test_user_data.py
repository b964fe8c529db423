"""The user data of an instance, which is kept for whoever asks for it."""

from tests.dialects.tencent.plausible_requests import furnished

from duolect_dialects.tencent.actions import ACTIONS

RUN = ACTIONS["2017-03-12", "RunInstances"]


def user_data(account, instance_id):
    return account.client.partition.graph.instances[instance_id].extras.get("UserData")


def test_user_data_is_kept_from_the_start():
    account = furnished()
    (instance_id,) = account.call("RunInstances", **account.plausible(RUN), UserData="ZWNobw==")[
        "InstanceIdSet"
    ]
    assert user_data(account, instance_id) == "ZWNobw=="


def test_user_data_is_changed_alone():
    account = furnished()
    instance_id = account.values["InstanceId"]
    assert user_data(account, instance_id) is None
    account.call("ModifyInstancesAttribute", InstanceIds=[instance_id], UserData="cHdk")
    assert user_data(account, instance_id) == "cHdk"
    account.call("ModifyInstancesAttribute", InstanceIds=[instance_id], InstanceName="other")
    assert user_data(account, instance_id) == "cHdk"
