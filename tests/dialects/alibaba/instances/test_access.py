"""The roles that instances of Alibaba Cloud play, and how their metadata are reached."""

import json

import pytest


@pytest.fixture
def instance_id(account):
    return account.run_instances()[0]


def attach(account, *instance_ids, role="reader", **more):
    ids = json.dumps(instance_ids)
    return account.call("AttachInstanceRamRole", InstanceIds=ids, RamRoleName=role, **more)


def detach(account, *instance_ids, **more):
    return account.call("DetachInstanceRamRole", InstanceIds=json.dumps(instance_ids), **more)


def role_of(account, instance_id):
    shown = account.call("DescribeInstanceRamRole", InstanceIds=json.dumps([instance_id]))
    return shown["InstanceRamRoleSets"]["InstanceRamRoleSet"][0]["RamRoleName"]


def test_a_role_is_given_and_taken(account):
    ids = account.run_instances(Amount=2)
    answer = attach(account, *ids, Policy="{}")
    assert (answer["RamRoleName"], answer["TotalCount"], answer["FailCount"]) == ("reader", 2, 0)
    assert answer["AttachInstanceRamRoleResults"]["AttachInstanceRamRoleResult"] == [
        {"Code": "200", "InstanceId": each, "Message": "success", "Success": True} for each in ids
    ]
    assert [role_of(account, each) for each in ids] == ["reader", "reader"]
    answer = detach(account, ids[0], RamRoleName="reader")
    (result,) = answer["DetachInstanceRamRoleResults"]["DetachInstanceRamRoleResult"]
    assert result["InstanceRamRoleSets"]["InstanceRamRoleSet"] == [
        {"InstanceId": ids[0], "RamRoleName": "reader"}
    ]
    assert [role_of(account, each) for each in ids] == ["", "reader"]


def test_an_instance_plays_one_role(account, instance_id):
    attach(account, instance_id)
    answer = attach(account, instance_id, role="writer")
    (result,) = answer["AttachInstanceRamRoleResults"]["AttachInstanceRamRoleResult"]
    assert (answer["FailCount"], result["Success"]) == (1, False)
    assert attach(account, instance_id)["FailCount"] == 0
    assert role_of(account, instance_id) == "reader"


def test_another_role_is_not_taken(account, instance_id):
    attach(account, instance_id)
    answer = detach(account, instance_id, RamRoleName="writer")
    (result,) = answer["DetachInstanceRamRoleResults"]["DetachInstanceRamRoleResult"]
    assert result["InstanceRamRoleSets"]["InstanceRamRoleSet"] == []
    assert role_of(account, instance_id) == "reader"


def test_a_role_is_for_instances_that_are_there(account, instance_id):
    for action in ("AttachInstanceRamRole", "DetachInstanceRamRole"):
        for ids in ("[]", "i-1", json.dumps(["i-1"] * 101)):
            refusal = account.refusal(action, InstanceIds=ids, RamRoleName="reader")
            assert refusal == ("InvalidInstanceIds.Malformed", 400)
        ids = json.dumps([instance_id, "i-absent"])
        refusal = account.refusal(action, InstanceIds=ids, RamRoleName="reader")
        assert refusal == ("InvalidInstanceId.NotFound", 404)
    assert role_of(account, instance_id) == ""


def test_metadata_options_change_one_by_one(account, instance_id):
    def change(**given):
        account.call("ModifyInstanceMetadataOptions", InstanceId=instance_id, **given)
        return account.describe_instances()[0]["MetadataOptions"]

    shown = change(HttpEndpoint="enabled", HttpTokens="required", HttpPutResponseHopLimit=3)
    assert shown["HttpTokens"] == "required"
    shown = change(HttpEndpoint="disabled", InstanceMetadataTags="enabled")
    assert shown == {
        "HttpEndpoint": "disabled",
        "HttpTokens": "required",
        "HttpPutResponseHopLimit": 3,
        "InstanceMetadataTags": "enabled",
    }


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"HttpEndpoint": "on"}, "InvalidHttpEndpoint.NotSupported"),
        ({"HttpTokens": "on"}, "InvalidHttpTokens.NotSupported"),
        ({"HttpPutResponseHopLimit": 65}, "InvalidHttpPutResponseHopLimit.NotSupported"),
        ({"InstanceMetadataTags": "on"}, "InvalidInstanceMetadataTags.NotSupported"),
    ],
)
def test_metadata_options_have_their_values(account, instance_id, given, code):
    given = {"HttpEndpoint": "enabled", "InstanceId": instance_id, **given}
    assert account.refusal("ModifyInstanceMetadataOptions", **given) == (code, 400)


def test_metadata_options_are_of_an_instance(account):
    enabled = {"HttpEndpoint": "enabled"}
    assert account.refusal("ModifyInstanceMetadataOptions", **enabled) == ("MissingParameter", 400)
    refusal = account.refusal("ModifyInstanceMetadataOptions", InstanceId="i-absent", **enabled)
    assert refusal == ("InvalidInstanceId.NotFound", 404)
