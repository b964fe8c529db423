"""Subscriptions of Alibaba Cloud: their ends, and how they are renewed and paid in another way."""

import json

import pytest

DAY = 86_400_000
PREPAID = {"InstanceChargeType": "PrePaid", "Period": 1}


@pytest.fixture
def paid(account):
    return account.run_instances(**PREPAID)[0]


def shown(account, instance_id):
    (found,) = account.describe_instances(InstanceIds=json.dumps([instance_id]))
    return found


def disks(account, instance_id):
    listed = account.call("DescribeDisks", InstanceId=instance_id)["Disks"]["Disk"]
    return {(each["Type"], each["DiskChargeType"], each["Portable"]) for each in listed}


def change(account, instance_id, **given):
    return account.call("ModifyInstanceChargeType", InstanceIds=json.dumps([instance_id]), **given)


def test_a_subscription_expires_at_midnight_in_china(account, paid):
    (weeks,) = account.run_instances(InstanceChargeType="PrePaid", Period=2, PeriodUnit="Week")
    expiries = [shown(account, each)["ExpiredTime"] for each in (paid, weeks)]
    assert all(each.endswith("T16:00Z") for each in expiries)
    assert expiries[1] < expiries[0]
    chosen = {"Filter": [{"Key": "ExpiredEndTime", "Value": expiries[1]}]}
    assert [each["InstanceId"] for each in account.describe_instances(**chosen)] == [weeks]


def test_a_subscription_that_expires_stops_is_locked_and_is_released(account, paid):
    assert shown(account, paid)["OperationLocks"] == {"LockReason": []}
    account.emulator.advance(32 * DAY)
    found = shown(account, paid)
    assert (found["Status"], found["OperationLocks"]) == (
        "Stopped",
        {"LockReason": [{"LockReason": "financial", "LockMsg": ""}]},
    )
    assert [each["InstanceId"] for each in account.describe_instances(LockReason="financial")] == [paid]
    assert account.refusal("StartInstance", InstanceId=paid) == ("InstanceExpired", 403)
    answers = account.call("StartInstances", InstanceId=[paid], BatchOptimization="SuccessFirst")
    (answer,) = answers["InstanceResponses"]["InstanceResponse"]
    assert answer["Code"] == "IncorrectInstanceStatus"
    account.emulator.advance(16 * DAY)
    assert account.describe_instances() == []


def test_one_that_renews_by_itself_goes_on(account):
    (renewed,) = account.run_instances(**PREPAID, AutoRenew=True, AutoRenewPeriod=1)
    before = shown(account, renewed)["ExpiredTime"]
    account.emulator.advance(70 * DAY)
    found = shown(account, renewed)
    assert (found["Status"], found["ExpiredTime"] > before) == ("Running", True)
    account.call("ModifyInstanceAutoRenewAttribute", InstanceId=renewed, RenewalStatus="NotRenewal")
    account.emulator.advance(25 * DAY)
    assert shown(account, renewed)["Status"] == "Stopped"
    modify = {"InstanceId": renewed, "AutoRenew": True}
    assert account.refusal("ModifyInstanceAutoRenewAttribute", **modify) == ("IncorrectInstanceStatus", 403)


def test_an_expired_one_starts_when_it_is_renewed(account, paid):
    account.emulator.advance(32 * DAY)
    account.call("RenewInstance", InstanceId=paid, Period=1)
    assert shown(account, paid)["Status"] == "Starting"
    account.emulator.advance(20 * DAY)
    assert shown(account, paid)["Status"] == "Running"


def test_a_renewal_is_made_once_for_its_token(account, paid):
    for _ in range(2):
        account.call("RenewInstance", InstanceId=paid, Period=2, ClientToken="once")
        seen = shown(account, paid)["ExpiredTime"]
    account.call("RenewInstance", InstanceId=paid, Period=2, ClientToken="twice")
    assert shown(account, paid)["ExpiredTime"] > seen
    other = {"InstanceId": paid, "Period": 1, "ClientToken": "once"}
    assert account.refusal("RenewInstance", **other) == ("IdempotenceParamNotMatch", 400)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, ("InvalidPeriod", 400)),
        ({"Period": 10}, ("InvalidPeriod", 400)),
        ({"Period": 5, "PeriodUnit": "Week"}, ("InvalidPeriod", 400)),
        ({"Period": 1, "PeriodUnit": "Day"}, ("InvalidPeriodUnit.ValueNotSupported", 400)),
        ({"Period": 1, "ExpectedRenewDay": 3}, ("UnsupportedParameter", 400)),
        ({"Period": 1, "InstanceId": "i-absent"}, ("InvalidInstanceId.NotFound", 404)),
        ({"Period": 1}, ("ChargeTypeViolation", 403)),
    ],
)
def test_a_renewal_is_refused(account, given, code):
    given = {"InstanceId": account.run_instances()[0], **given}
    assert account.refusal("RenewInstance", **given) == code


def test_instances_are_paid_in_advance_and_by_use_again(account):
    (instance_id,) = account.run_instances(DataDisk=[{"Size": 20, "Category": "cloud_essd"}])
    change(account, instance_id, Period=1)
    assert shown(account, instance_id)["InstanceChargeType"] == "PrePaid"
    assert disks(account, instance_id) == {("system", "PrePaid", True), ("data", "PostPaid", True)}
    change(account, instance_id, InstanceChargeType="PostPaid", IsDetailFee=True)
    found = shown(account, instance_id)
    assert (found["InstanceChargeType"], found["ExpiredTime"]) == ("PostPaid", "2099-12-31T15:59Z")
    change(account, instance_id, Period=1, PeriodUnit="Year", IncludeDataDisks=True)
    assert disks(account, instance_id) == {("system", "PrePaid", True), ("data", "PrePaid", False)}
    change(account, instance_id, InstanceChargeType="PostPaid")
    assert disks(account, instance_id) == {("system", "PostPaid", True), ("data", "PostPaid", True)}
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)


def test_a_payment_changes_once_for_its_token_and_not_at_all_in_a_dry_run(account, paid):
    dry = {"InstanceIds": json.dumps([paid]), "InstanceChargeType": "PostPaid", "DryRun": True}
    assert account.refusal("ModifyInstanceChargeType", **dry) == ("DryRunOperation", 400)
    assert shown(account, paid)["InstanceChargeType"] == "PrePaid"
    for _ in range(2):
        change(account, paid, InstanceChargeType="PostPaid", ClientToken="once")
    assert shown(account, paid)["InstanceChargeType"] == "PostPaid"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"InstanceIds": "i-1"}, "InvalidParameter.InstanceIds"),
        ({"InstanceIds": "[]"}, "InvalidParameter.InstanceIds"),
        ({"InstanceIds": '["i-absent"]'}, "InvalidParameter.InstanceIds"),
        ({"InstanceIds": json.dumps(["i-absent"] * 21)}, "InstancesIdQuotaExceed"),
        ({"Period": 10}, "InvalidPeriod.UnitMismatch"),
        ({"Period": None}, "InvalidPeriod.UnitMismatch"),
        ({"PeriodUnit": "Day"}, "InvalidPeriod"),
        ({"InstanceChargeType": "Free"}, "InvalidInstanceChargeType.ValueNotSupported"),
        ({"InstanceChargeType": "PostPaid"}, "InvalidInstanceChargeType.ValueNotSupported"),
    ],
)
def test_another_payment_is_refused(account, given, code):
    given = {"InstanceIds": json.dumps(account.run_instances()), "Period": 1, **given}
    given = {name: value for name, value in given.items() if value is not None}
    assert account.refusal("ModifyInstanceChargeType", **given) == (code, 400)


def test_another_payment_is_refused_of_what_is_paid_so_already_expired_or_released(account, paid):
    again = {"InstanceIds": json.dumps([paid]), "Period": 1}
    code = account.refusal("ModifyInstanceChargeType", **again)
    assert code == ("InvalidInstanceChargeType.ValueNotSupported", 400)
    (released,) = account.run_instances(AutoReleaseTime="2099-01-01T00:00:00Z")
    other = {"InstanceIds": json.dumps([released]), "Period": 1}
    assert account.refusal("ModifyInstanceChargeType", **other) == ("ReleaseTimeHaveBeenSet", 400)
    account.emulator.advance(32 * DAY)
    assert account.refusal("ModifyInstanceChargeType", **again) == ("ExpiredInstance", 400)


def test_a_subscription_gets_another_type(account, paid):
    spec = {"InstanceId": paid, "InstanceType": "ecs.g7.xlarge"}
    account.call("ModifyPrepayInstanceSpec", **spec)
    found = shown(account, paid)
    assert (found["InstanceType"], found["Status"]) == ("ecs.g7.xlarge", "Running")
    smaller = {"InstanceId": paid, "InstanceType": "ecs.g7.large"}
    code = account.refusal("ModifyPrepayInstanceSpec", **smaller)
    assert code == ("InvalidStatus.NotStopped", 400)
    account.call("StopInstance", InstanceId=paid)
    account.wait()
    account.call("ModifyPrepayInstanceSpec", **smaller, OperatorType="downgrade")
    assert shown(account, paid)["InstanceType"] == "ecs.g7.large"
    account.emulator.advance(32 * DAY)
    code = account.refusal("ModifyPrepayInstanceSpec", **spec)
    assert code == ("InvalidInstance.PreInstanceExpired", 403)


def test_a_running_subscription_restarts_into_its_type_where_it_shall(account, paid):
    spec = {"InstanceId": paid, "InstanceType": "ecs.g7.xlarge", "RebootWhenFinished": True}
    account.call("ModifyPrepayInstanceSpec", **spec)
    assert shown(account, paid)["Status"] == "Starting"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"InstanceType": "ecs.absent"}, ("InvalidInstanceType.ValueNotSupported", 400)),
        ({"OperatorType": "sideways"}, ("InvalidParameter", 400)),
        ({"RebootTime": "2030-01-01T00:00Z"}, ("UnsupportedParameter", 400)),
        ({"InstanceId": "i-absent"}, ("InvalidInstanceId.NotFound", 404)),
    ],
)
def test_another_type_is_refused(account, paid, given, code):
    spec = {"InstanceId": paid, "InstanceType": "ecs.g7.xlarge", **given}
    assert account.refusal("ModifyPrepayInstanceSpec", **spec) == code


def test_an_instance_that_is_paid_by_use_gets_its_type_in_another_way(account):
    spec = {"InstanceId": account.run_instances()[0], "InstanceType": "ecs.g7.xlarge"}
    code = account.refusal("ModifyPrepayInstanceSpec", **spec)
    assert code == ("InvalidBillingMethod.ValueNotSupported", 400)
