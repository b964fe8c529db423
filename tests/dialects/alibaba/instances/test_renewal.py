"""When instances of Alibaba Cloud are released by themselves, and how subscriptions are renewed."""

from datetime import UTC, datetime, timedelta

import pytest

from duolect_core.model.resources import SECOND


@pytest.fixture
def instance_id(account):
    return account.run_instances()[0]


# -- ModifyInstanceAutoReleaseTime -------------------------------------------------------------------------


def release_in(account, **delay):
    now = account.partition.now // SECOND
    return (datetime.fromtimestamp(now, tz=UTC) + timedelta(**delay)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_an_instance_has_a_time_at_which_it_is_released(account, instance_id):
    when = release_in(account, days=9)
    account.call("ModifyInstanceAutoReleaseTime", InstanceId=instance_id, AutoReleaseTime=when)
    assert account.describe_instances()[0]["AutoReleaseTime"] == when[:-3] + "00Z"
    account.call("ModifyInstanceAutoReleaseTime", InstanceId=instance_id)
    assert account.describe_instances()[0]["AutoReleaseTime"] == ""


@pytest.mark.parametrize("delay", [{"minutes": 29}, {"days": 3 * 366 + 1}, {"days": -1}])
def test_an_instance_is_not_released_too_soon_or_too_late(account, instance_id, delay):
    given = {"InstanceId": instance_id, "AutoReleaseTime": release_in(account, **delay)}
    code = ("InvalidAutoReleaseTime.Malformed", 400)
    assert account.refusal("ModifyInstanceAutoReleaseTime", **given) == code
    given["AutoReleaseTime"] = "tomorrow"
    assert account.refusal("ModifyInstanceAutoReleaseTime", **given) == code


def test_what_is_not_there_or_paid_before_is_not_released_by_itself(account):
    code = account.refusal("ModifyInstanceAutoReleaseTime", InstanceId="i-absent")
    assert code == ("NoSuchResource", 404)
    (paid,) = account.run_instances(InstanceChargeType="PrePaid", Period=1)
    code = account.refusal("ModifyInstanceAutoReleaseTime", InstanceId=paid)
    assert code == ("ChargeTypeViolation", 403)


# -- ModifyInstanceAutoRenewAttribute ----------------------------------------------------------------------


def renewal(account, *ids, **given):
    ids = ",".join(ids)
    account.call("ModifyInstanceAutoRenewAttribute", InstanceId=ids, **given)
    found = account.call("DescribeInstanceAutoRenewAttribute", InstanceId=ids)
    shown = found["InstanceRenewAttributes"]["InstanceRenewAttribute"]
    return {(each["RenewalStatus"], each["Duration"], each["PeriodUnit"]) for each in shown}


def test_how_subscriptions_are_renewed_is_kept_and_shown(account):
    ids = account.run_instances(InstanceChargeType="PrePaid", Period=1, Amount=2)
    assert renewal(account, *ids, AutoRenew=True, Duration=6) == {("AutoRenewal", 6, "Month")}
    assert renewal(account, *ids, AutoRenew=True, RenewalStatus="NotRenewal") == {
        ("NotRenewal", 0, "Month")
    }
    assert renewal(account, *ids, RenewalStatus="AutoRenewal", PeriodUnit="year") == {
        ("AutoRenewal", 1, "Year")
    }
    assert renewal(account, *ids) == {("Normal", 0, "Month")}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"Duration": 5}, "InvalidParameter.Duration"),
        ({"Duration": 61}, "InvalidParameter.Duration"),
        ({"Duration": 6, "PeriodUnit": "Year"}, "InvalidParameter.Duration"),
        ({"PeriodUnit": "Day"}, "InvalidPeriodUnit.ValueNotSupported"),
        ({"RenewalStatus": "Never"}, "InvalidParameter.RenewalStatus"),
        ({"InstanceId": "i-absent"}, "InvalidParameter.InvalidInstanceId"),
        ({"InstanceId": ","}, "InvalidParameter.InvalidInstanceId"),
        ({"InstanceId": ",".join(["i-absent"] * 101)}, "InvalidParameter.ToManyInstanceIds"),
        ({}, "ChargeTypeViolation"),
    ],
)
def test_a_renewal_is_refused(account, instance_id, given, code):
    given = {"InstanceId": instance_id, **given}
    assert account.refusal("ModifyInstanceAutoRenewAttribute", **given) == (code, 403)
