"""Deployment sets: created, listed, modified, filled with instances, deleted when they are empty."""

import json

import pytest

ABSENT = ("InvalidDeploymentSetId.NotFound", 404)


def create(account, **params):
    return account.call("CreateDeploymentSet", **params)["DeploymentSetId"]


def listed(account, **criteria):
    return account.call("DescribeDeploymentSets", **criteria)["DeploymentSets"]["DeploymentSet"]


def names(account, **criteria):
    return [each["DeploymentSetName"] for each in listed(account, **criteria)]


def place(account, instance_id, **params):
    account.call("ModifyInstanceDeployment", InstanceId=instance_id, **params)
    account.wait()
    (shown,) = account.describe_instances(InstanceIds=json.dumps([instance_id]))
    return shown["DeploymentSetId"], shown["DeploymentSetGroupNo"]


def test_a_set_shows_what_it_was_told_and_what_room_it_has(account):
    set_id = create(account, DeploymentSetName="nodes", Description="of nodes", Affinity=2)
    assert set_id.startswith("ds-bp1")
    (shown,) = listed(account)
    assert (shown["DeploymentSetName"], shown["DeploymentSetDescription"]) == ("nodes", "of nodes")
    assert (shown["DeploymentStrategy"], shown["Affinity"], shown["GroupCount"]) == ("Availability", 2, 0)
    assert (shown["Domain"], shown["Granularity"]) == ("Default", "Host")
    account.run_instances(DeploymentSetId=set_id, Amount=2)
    (shown,) = listed(account)
    assert shown["InstanceAmount"] == len(shown["InstanceIds"]["InstanceId"]) == 2
    room = {each["ZoneId"]: each for each in shown["Capacities"]["Capacity"]}
    here = room.pop(account.subnet.zone)
    assert (here["UsedAmount"], here["AvailableAmount"]) == (2, 18)
    assert {(each["UsedAmount"], each["AvailableAmount"]) for each in room.values()} == {(0, 20)}


def test_a_set_takes_twenty_instances_in_a_zone(account):
    set_id = create(account)
    assert len(account.run_instances(DeploymentSetId=set_id, Amount=19)) == 19
    two = account.instance_params(DeploymentSetId=set_id, Amount=2)
    assert account.refusal("RunInstances", **two) == ("DeploymentSet.NoRoom", 403)
    assert len(account.run_instances(DeploymentSetId=set_id, Amount=5, MinAmount=1)) == 1
    full = account.instance_params(DeploymentSetId=set_id)
    assert account.refusal("CreateInstance", **full) == ("DeploymentSet.NoRoom", 403)


def test_groups_of_a_set_are_filled_evenly_or_as_named(account):
    set_id = create(account, Strategy="AvailabilityGroup", GroupCount=2)
    account.run_instances(DeploymentSetId=set_id, Amount=3)
    account.run_instances(DeploymentSetId=set_id, DeploymentSetGroupNo=2)
    groups = [each["DeploymentSetGroupNo"] for each in account.describe_instances()]
    assert sorted(groups) == [1, 1, 2, 2]
    third = account.instance_params(DeploymentSetId=set_id, DeploymentSetGroupNo=3)
    assert account.refusal("RunInstances", **third) == ("InvalidParameter", 400)
    assert listed(account)[0]["GroupCount"] == 2


def test_instances_are_put_in_and_out(account):
    (instance_id,) = account.run_instances()
    first, second = create(account), create(account, Strategy="AvailabilityGroup")
    assert place(account, instance_id, DeploymentSetId=first) == (first, 0)
    moved = place(account, instance_id, DeploymentSetId=second, DeploymentSetGroupNo=3, Force=True)
    assert moved == (second, 3)
    assert place(account, instance_id, RemoveFromDeploymentSet=True) == ("", 0)


def test_what_moves_by_force_reboots(account):
    (instance_id,) = account.run_instances()
    account.call(
        "ModifyInstanceDeployment", InstanceId=instance_id, DeploymentSetId=create(account), Force=True
    )
    status = account.call("DescribeInstanceStatus")["InstanceStatuses"]["InstanceStatus"]
    assert [each["Status"] for each in status] != ["Running"]
    account.wait()
    account.call("StopInstance", InstanceId=instance_id, StoppedMode="StopCharging", ForceStop=True)
    account.wait()
    by_force = {"InstanceId": instance_id, "DeploymentSetId": create(account), "Force": True}
    refusal = account.refusal("ModifyInstanceDeployment", **by_force)
    assert refusal == ("IncorrectInstanceStatus", 403)


def test_sets_are_found_by_each_criterion(account):
    ids = [
        create(account, DeploymentSetName=name, Strategy=strategy)
        for name, strategy in (("aa", "Availability"), ("bb", "LowLatency"), ("cc", "AvailabilityGroup"))
    ]
    for criteria, found in (
        ({}, ["cc", "bb", "aa"]),
        ({"DeploymentSetIds": json.dumps(ids[:2])}, ["bb", "aa"]),
        ({"DeploymentSetName": "aa"}, ["aa"]),
        ({"Strategy": "LowLatency"}, ["bb"]),
        ({"Domain": "Default", "Granularity": "Host", "PageSize": 1, "PageNumber": 3}, ["aa"]),
        ({"Domain": "switch"}, []),
    ):
        assert names(account, **criteria) == found, criteria


def test_a_set_is_called_otherwise(account):
    set_id = create(account, DeploymentSetName="aa")
    account.call(
        "ModifyDeploymentSetAttribute",
        DeploymentSetId=set_id,
        DeploymentSetName="bb",
        Description="another",
        Affinity=3,
    )
    (shown,) = listed(account)
    assert (shown["DeploymentSetName"], shown["DeploymentSetDescription"]) == ("bb", "another")
    assert shown["Affinity"] == 3


def test_a_set_goes_when_it_is_empty(account):
    set_id = create(account)
    (instance_id,) = account.run_instances(DeploymentSetId=set_id)
    assert account.refusal("DeleteDeploymentSet", DeploymentSetId=set_id) == (
        "DependencyViolation.NotEmpty",
        403,
    )
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    account.wait()
    for _ in range(2):
        account.call("DeleteDeploymentSet", DeploymentSetId=set_id)
    assert listed(account) == []


def test_a_token_creates_once(account):
    assert create(account, ClientToken="once") == create(account, ClientToken="once")


def test_families_are_told(account):
    told = account.call("DescribeDeploymentSetSupportedInstanceTypeFamily", Strategy="Availability")
    assert "ecs.g7" in told["InstanceTypeFamilies"].split(",")


@pytest.mark.parametrize(
    ("action", "params", "refusal"),
    [
        ("CreateDeploymentSet", {"DeploymentSetName": "1"}, ("InvalidDeploymentSetName.Malformed", 400)),
        ("CreateDeploymentSet", {"Description": "x"}, ("InvalidDescription.Malformed", 400)),
        ("CreateDeploymentSet", {"Strategy": "Other"}, ("InvalidParameter.Strategy", 400)),
        ("CreateDeploymentSet", {"Domain": "switch"}, ("InvalidParameter.Domain", 400)),
        ("CreateDeploymentSet", {"Granularity": "Rack"}, ("InvalidParameter.granularity", 400)),
        (
            "ModifyDeploymentSetAttribute",
            {"DeploymentSetId": "ds-0", "DeploymentSetName": "bb"},
            ("InvalidDeploymentSetId.NotFound", 400),
        ),
        (
            "DescribeDeploymentSets",
            {"DeploymentSetIds": json.dumps(["ds-0"] * 101)},
            ("InvalidDeploymentSetIds.TooManyInput", 403),
        ),
        ("ModifyInstanceDeployment", {"InstanceId": "i-0"}, ("MissingParameter", 400)),
        (
            "ModifyInstanceDeployment",
            {"InstanceId": "i-0", "RemoveFromDeploymentSet": True},
            ("InvalidInstanceId.NotFound", 404),
        ),
    ],
)
def test_bad_input_is_refused(account, action, params, refusal):
    assert account.refusal(action, **params) == refusal


def test_a_set_that_is_not_there_is_refused(account):
    (instance_id,) = account.run_instances()
    named = {"InstanceId": instance_id, "DeploymentSetId": "ds-0"}
    assert account.refusal("ModifyInstanceDeployment", **named) == ABSENT
    for action in ("RunInstances", "CreateInstance"):
        assert account.refusal(action, **account.instance_params(DeploymentSetId="ds-0")) == ABSENT


def test_there_is_no_more_room_in_a_set_for_an_instance_from_elsewhere(account):
    set_id = create(account)
    account.run_instances(DeploymentSetId=set_id, Amount=20)
    (instance_id,) = account.run_instances()
    named = {"InstanceId": instance_id, "DeploymentSetId": set_id}
    refusal = account.refusal("ModifyInstanceDeployment", **named)
    assert refusal == ("QuotaExceed.DeploymentSetInstanceQuotaFull", 403)
