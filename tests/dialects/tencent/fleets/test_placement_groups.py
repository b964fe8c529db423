"""Placement groups: created, listed, modified, filled with instances, deleted when they are empty."""

import pytest

FULL = "ResourceInsufficient.DisasterRecoverGroupCvmQuota"


def create(account, name="group", kind="HOST", **params):
    reply = account.call("CreateDisasterRecoverGroup", Name=name, Type=kind, **params)
    return reply["DisasterRecoverGroupId"]


def listed(account, **criteria):
    return account.call("DescribeDisasterRecoverGroups", **criteria)["DisasterRecoverGroupSet"]


def names(account, **criteria):
    return [each["Name"] for each in listed(account, **criteria)]


def where(account, instance_id):
    shown = account.describe_instance(instance_id)
    assert shown["DisasterRecoverGroupIds"] == [each for each in [shown["DisasterRecoverGroupId"]] if each]
    return shown["DisasterRecoverGroupId"], shown["PartitionNumber"]


def test_a_group_shows_what_it_was_told(account):
    tags = [{"ResourceType": "ps", "Tags": [{"Key": "k", "Value": "v"}]}]
    made = account.call(
        "CreateDisasterRecoverGroup", Name="group", Type="SW", Affinity=2, TagSpecification=tags
    )
    assert made["DisasterRecoverGroupId"].startswith("ps-")
    assert (made["CvmQuotaTotal"], made["CurrentNum"], made["Strategy"]) == (20, 0, "SPREAD")
    account.run_instances(DisasterRecoverGroupIds=[made["DisasterRecoverGroupId"]], InstanceCount=2)
    (shown,) = listed(account)
    assert (shown["Name"], shown["Type"], shown["Affinity"]) == ("group", "SW", 2)
    assert shown["CurrentNum"] == len(shown["InstanceIds"]) == 2
    assert [(each["Key"], each["Value"]) for each in shown["Tags"]] == [("k", "v")]


@pytest.mark.parametrize(("kind", "room"), [("HOST", 50), ("SW", 20), ("RACK", 30)])
def test_a_group_has_room_for_so_many_instances(account, kind, room):
    group_id = create(account, kind=kind)
    account.run_instances(DisasterRecoverGroupIds=[group_id], InstanceCount=room)
    one = account.instance_params(DisasterRecoverGroupIds=[group_id])
    assert account.refusal("RunInstances", **one) == FULL


def test_partitions_are_filled_evenly_or_as_named(account):
    group_id = create(account, Strategy="PARTITION", PartitionCount=2)
    ids = account.run_instances(DisasterRecoverGroupIds=[group_id], InstanceCount=2)
    ids += account.run_instances(DisasterRecoverGroupIds=[group_id], PartitionNumber=2)
    assert [where(account, each)[1] for each in ids] == [1, 2, 2]
    third = account.instance_params(DisasterRecoverGroupIds=[group_id], PartitionNumber=3)
    assert account.refusal("RunInstances", **third) == "InvalidParameterValue"
    (shown,) = listed(account)
    assert (shown["Strategy"], shown["PartitionCount"]) == ("PARTITION", 2)


def test_instances_are_put_in_and_out(account):
    (instance_id,) = account.run_instances()
    first, second = create(account), create(account)
    named = {"InstanceIds": [instance_id]}
    account.call("ModifyInstancesDisasterRecoverGroup", DisasterRecoverGroupId=first, **named)
    assert where(account, instance_id) == (first, 0)
    shown = account.describe_instance(instance_id)
    assert shown["LatestOperation"] == "ModifyInstancesDisasterRecoverGroup"
    assert (shown["InstanceState"], shown["LatestOperationState"]) == ("RUNNING", "SUCCESS")
    again = account.refusal("ModifyInstancesDisasterRecoverGroup", DisasterRecoverGroupIds=[first], **named)
    assert again == "FailedOperation.AlreadyInDisasterRecoverGroup"
    account.call(
        "ModifyInstancesDisasterRecoverGroup", DisasterRecoverGroupIds=[second], Force=True, **named
    )
    assert account.describe_instance(instance_id)["InstanceState"] == "REBOOTING"
    account.wait()
    assert where(account, instance_id) == (second, 0)
    wrong = account.refusal(
        "DeleteInstancesDisasterRecoverGroups", DisasterRecoverGroupIds=[first], **named
    )
    assert wrong == "FailedOperation.DisasterRecoverGroupNotMatch"
    account.call("DeleteInstancesDisasterRecoverGroups", DisasterRecoverGroupIds=[second], **named)
    assert where(account, instance_id) == ("", 0)


def test_groups_are_found_by_each_criterion(account):
    ids = []
    for name in ("aa", "bb", "ab"):
        tags = [{"ResourceType": "ps", "Tags": [{"Key": "n", "Value": name}]}]
        ids.append(create(account, name, TagSpecification=tags))

    def by(name, *values):
        return names(account, Filters=[{"Name": name, "Values": list(values)}])

    assert names(account) == ["ab", "bb", "aa"]
    assert names(account, DisasterRecoverGroupIds=ids[:2]) == ["bb", "aa"]
    assert names(account, Name="a") == ["ab", "aa"]
    assert by("tag-key", "n") == ["ab", "bb", "aa"]
    assert by("tag-value", "bb") == by("tag:n", "bb") == ["bb"]
    assert names(account, Limit=1, Offset=1) == ["bb"]


def test_a_group_is_called_otherwise_and_its_affinity_raised(account):
    group_id = create(account, Affinity=2)
    named = {"DisasterRecoverGroupId": group_id, "Name": "other"}
    account.call("ModifyDisasterRecoverGroupAttribute", Affinity=3, **named)
    account.call("ModifyDisasterRecoverGroupAttribute", **named)
    (shown,) = listed(account)
    assert (shown["Name"], shown["Affinity"]) == ("other", 3)
    lower = account.refusal("ModifyDisasterRecoverGroupAttribute", Affinity=1, **named)
    assert lower == "InvalidParameterValue"


def test_a_group_goes_when_it_is_empty(account):
    group_id = create(account)
    (instance_id,) = account.run_instances(DisasterRecoverGroupIds=[group_id])
    code = account.refusal("DeleteDisasterRecoverGroups", DisasterRecoverGroupIds=[group_id])
    assert code == "FailedOperation.PlacementSetNotEmpty"
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    account.call("DeleteDisasterRecoverGroups", DisasterRecoverGroupIds=[group_id])
    assert listed(account) == []


def test_the_quotas_are_told(account):
    create(account)
    told = account.call("DescribeDisasterRecoverGroupQuota")
    assert (told["GroupQuota"], told["CurrentNum"]) == (10, 1)
    assert (told["CvmInHostGroupQuota"], told["CvmInRackGroupQuota"]) == (50, 30)
    assert told["CvmInSwGroupQuota"] == told["CvmInSwitchGroupQuota"] == 20


def test_a_token_creates_once(account):
    assert create(account, ClientToken="once") == create(account, ClientToken="once")


VALUE = "InvalidParameterValue"


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("CreateDisasterRecoverGroup", {"Name": "", "Type": "HOST"}, f"{VALUE}.Range"),
        ("CreateDisasterRecoverGroup", {"Name": "x" * 61, "Type": "HOST"}, f"{VALUE}.TooLong"),
        ("CreateDisasterRecoverGroup", {"Name": "x", "Type": "ROOM"}, f"{VALUE}.Range"),
        (
            "CreateDisasterRecoverGroup",
            {"Name": "x", "Type": "SW", "Strategy": "PARTITION"},
            "MissingParameter",
        ),
        (
            "DeleteDisasterRecoverGroups",
            {"DisasterRecoverGroupIds": ["ps-absent00"]},
            "ResourceNotFound.InvalidPlacementSet",
        ),
        (
            "DeleteDisasterRecoverGroups",
            {"DisasterRecoverGroupIds": ["other"]},
            f"{VALUE}.DisasterRecoverGroupIdMalformed",
        ),
        (
            "ModifyDisasterRecoverGroupAttribute",
            {"DisasterRecoverGroupId": "ps-absent00", "Name": "x"},
            "ResourceNotFound.InvalidPlacementSet",
        ),
        (
            "ModifyInstancesDisasterRecoverGroup",
            {"InstanceIds": ["ins-absent00"]},
            "MissingParameter",
        ),
        (
            "ModifyInstancesDisasterRecoverGroup",
            {"InstanceIds": ["ins-absent00"], "DisasterRecoverGroupId": "ps-absent00"},
            "InvalidInstanceId.NotFound",
        ),
        (
            "DeleteInstancesDisasterRecoverGroups",
            {"InstanceIds": ["ins-absent00"], "DisasterRecoverGroupIds": ["ps-absent00"]},
            "FailedOperation.DisasterRecoverGroupNotFound",
        ),
    ],
)
def test_bad_input_is_refused(account, action, params, code):
    assert account.refusal(action, **params) == code


def test_instances_are_refused_where_there_is_no_group(account):
    absent = "FailedOperation.DisasterRecoverGroupNotFound"
    named = account.instance_params(DisasterRecoverGroupIds=["ps-absent00"])
    assert account.refusal("RunInstances", **named) == absent
    two = account.instance_params(DisasterRecoverGroupIds=["ps-absent00", "ps-absent01"])
    assert account.refusal("RunInstances", **two) == "LimitExceeded.DisasterRecoverGroup"
    (instance_id,) = account.run_instances()
    code = account.refusal(
        "ModifyInstancesDisasterRecoverGroup",
        InstanceIds=[instance_id],
        DisasterRecoverGroupId="ps-absent00",
    )
    assert code == absent
