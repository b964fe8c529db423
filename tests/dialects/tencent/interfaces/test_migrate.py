"""An interface that moves from one instance to another."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, OTHER_ZONE, TencentAccount

NO_ENI = "eni-absent00"


@pytest.fixture
def account():
    account = TencentAccount.furnished()
    assert account.instance_id
    return account


def moving(account, eni, **changes):
    return {
        "NetworkInterfaceId": eni,
        "SourceInstanceId": account.instance_id,
        "DestinationInstanceId": account.other,
        **changes,
    }


@pytest.fixture
def pair(account):
    (account.other,) = account.run_instances()
    account.eni = account.create_attached_interface()
    return account


def test_an_interface_moves_from_one_instance_to_another(pair):
    reply = pair.call("MigrateNetworkInterface", style="get", **moving(pair, pair.eni))
    assert pair.task_status(reply) == "RUNNING"
    shown = pair.describe_interface(pair.eni)
    assert (shown["State"], shown["Attachment"]["InstanceId"]) == ("DETACHING", pair.instance_id)
    pair.emulator.advance(200)
    shown = pair.describe_interface(pair.eni)
    assert (shown["State"], shown["Attachment"]) == ("ATTACHING", None)
    assert pair.task_status(reply) == "RUNNING"
    pair.wait()
    assert pair.task_status(reply) == "SUCCESS"
    shown = pair.describe_interface(pair.eni)
    assert (shown["State"], shown["Attachment"]["InstanceId"]) == ("AVAILABLE", pair.other)


def test_an_interface_whose_destination_fills_up_meanwhile_ends_free(pair):
    reply = pair.call("MigrateNetworkInterface", **moving(pair, pair.eni))
    pair.call("TerminateInstances", InstanceIds=[pair.other])
    pair.wait()
    assert pair.task_status(reply) == "FAILED"
    shown = pair.describe_interface(pair.eni)
    assert (shown["State"], shown["Attachment"]) == ("AVAILABLE", None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"NetworkInterfaceId": "eni"}, "InvalidParameterValue.Malformed"),
        ({"SourceInstanceId": "ins"}, "InvalidParameterValue.Malformed"),
        ({"AttachType": 2}, "InvalidParameterValue.Malformed"),
        ({"NetworkInterfaceId": NO_ENI}, "ResourceNotFound"),
        ({"SourceInstanceId": ABSENT["ins"]}, "ResourceNotFound"),
        ({"DestinationInstanceId": ABSENT["ins"]}, "ResourceNotFound"),
        ({"AttachType": 1}, "UnsupportedOperation"),
    ],
)
def test_migrating_is_refused_for(pair, changes, code):
    assert pair.refusal("MigrateNetworkInterface", **moving(pair, pair.eni, **changes)) == code


def test_only_what_is_attached_to_the_source_migrates(pair):
    code = "UnsupportedOperation.AttachmentNotFound"
    assert pair.refusal("MigrateNetworkInterface", **moving(pair, pair.create_interface())) == code
    swapped = {"SourceInstanceId": pair.other, "DestinationInstanceId": pair.instance_id}
    assert pair.refusal("MigrateNetworkInterface", **moving(pair, pair.eni, **swapped)) == code


def test_an_interface_does_not_migrate_to_where_it_is(pair):
    same = moving(pair, pair.eni, DestinationInstanceId=pair.instance_id)
    assert pair.refusal("MigrateNetworkInterface", **same) == "UnsupportedOperation"


def test_a_primary_interface_does_not_migrate(pair):
    filters = [{"Name": "attachment.instance-id", "Values": [pair.instance_id]}]
    shown = pair.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    (primary,) = (each["NetworkInterfaceId"] for each in shown if each["Primary"])
    assert pair.refusal("MigrateNetworkInterface", **moving(pair, primary)) == "UnsupportedOperation"


def test_an_interface_stays_in_its_zone(pair):
    there = pair.create_subnet(pair.vpc_id, CidrBlock="10.0.1.0/24", Zone=OTHER_ZONE)
    (away,) = pair.run_instances(place={"SubnetId": there}, Placement={"Zone": OTHER_ZONE})
    code = pair.refusal("MigrateNetworkInterface", **moving(pair, pair.eni, DestinationInstanceId=away))
    assert code == "UnsupportedOperation.ZoneMismatch"


def test_a_full_instance_takes_no_interface_over(pair):
    for _ in range(3):
        pair.call("CreateAndAttachNetworkInterface", **pair.interface_params(InstanceId=pair.other))
        pair.wait()
    assert pair.refusal("MigrateNetworkInterface", **moving(pair, pair.eni)) == "LimitExceeded"


def test_an_interface_migrates_within_its_vpc(pair):
    vpc = pair.create_vpc()
    (away,) = pair.run_instances(place={"VpcId": vpc, "SubnetId": pair.create_subnet(vpc)})
    code = pair.refusal("MigrateNetworkInterface", **moving(pair, pair.eni, DestinationInstanceId=away))
    assert code == "UnsupportedOperation.VpcMismatch"


def test_what_is_on_its_way_does_not_migrate(pair):
    pair.call("MigrateNetworkInterface", **moving(pair, pair.eni))
    code = pair.refusal("MigrateNetworkInterface", **moving(pair, pair.eni))
    assert code == "UnsupportedOperation.InvalidState"
