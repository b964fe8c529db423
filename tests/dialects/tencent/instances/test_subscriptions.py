"""Prepaid instances of Tencent Cloud: their ends, the recycle bin, and how they are paid again."""

import pytest

DAY = 86_400_000
AUTO, MANUAL = "NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW"
PREPAID = {"InstanceChargeType": "PREPAID", "InstanceChargePrepaid": {"Period": 1}}


@pytest.fixture
def paid(account):
    return account.run_instances(**PREPAID)[0]


def state(account, instance_id):
    shown = account.describe_instance(instance_id)
    return tuple(shown[name] for name in ("InstanceState", "RestrictState", "IsolatedSource"))


def latest(account, instance_id):
    shown = account.describe_instance(instance_id)
    return shown["LatestOperation"], shown["LatestOperationState"]


def test_a_prepaid_instance_tells_when_it_expires_and_whether_it_renews(account, paid):
    shown = account.describe_instance(paid)
    assert (shown["InstanceChargeType"], shown["RenewFlag"]) == ("PREPAID", MANUAL)
    assert shown["CreatedTime"] < shown["ExpiredTime"]
    assert shown["CreatedTime"][10:] == shown["ExpiredTime"][10:]
    assert state(account, paid) == ("RUNNING", "NORMAL", "NOTISOLATED")
    (by_use,) = account.run_instances()
    shown = account.describe_instance(by_use)
    assert (shown["RenewFlag"], shown["ExpiredTime"]) == (None, None)
    chosen = [{"Name": "instance-charge-type", "Values": ["PREPAID"]}]
    assert account.call("DescribeInstances", Filters=chosen)["InstanceSet"][0]["InstanceId"] == paid


def test_a_prepaid_instance_that_expires_is_shut_down_and_destroyed_after_a_week(account, paid):
    account.emulator.advance(32 * DAY)
    assert state(account, paid) == ("SHUTDOWN", "EXPIRED", "EXPIRE")
    shut_down = [{"Name": "instance-state", "Values": ["SHUTDOWN"]}]
    assert account.call("DescribeInstances", Filters=shut_down)["TotalCount"] == 1
    (listed,) = account.call("DescribeInstancesStatus", InstanceIds=[paid])["InstanceStatusSet"]
    assert listed["InstanceState"] == "SHUTDOWN"
    code = "UnsupportedOperation.InstanceStateShutdown"
    assert account.refusal("StartInstances", InstanceIds=[paid]) == code
    assert account.refusal("ModifyInstancesAttribute", InstanceIds=[paid], InstanceName="a") == code
    assert account.refusal("ModifyInstancesRenewFlag", InstanceIds=[paid], RenewFlag=AUTO) == code
    by_use = {"InstanceIds": [paid], "InstanceChargeType": "POSTPAID_BY_HOUR"}
    assert account.refusal("ModifyInstancesChargeType", **by_use) == code
    account.emulator.advance(7 * DAY)
    assert account.call("DescribeInstances")["TotalCount"] == 0


def test_one_that_renews_by_itself_goes_on_by_the_month(account):
    more = {"InstanceChargePrepaid": {"Period": 1, "RenewFlag": AUTO}}
    (renewed,) = account.run_instances(**{**PREPAID, **more})
    account.emulator.advance(100 * DAY)
    assert state(account, renewed)[0] == "RUNNING"
    account.call("ModifyInstancesRenewFlag", InstanceIds=[renewed], RenewFlag=MANUAL)
    assert latest(account, renewed) == ("ModifyInstancesRenewFlag", "SUCCESS")
    account.emulator.advance(25 * DAY)
    assert state(account, renewed)[0] == "SHUTDOWN"


def test_terminated_once_it_is_in_the_recycle_bin_and_terminated_twice_it_is_gone(account, paid):
    reply = account.call("TerminateInstances", InstanceIds=[paid])
    shown = account.describe_instance(paid)
    assert (shown["InstanceState"], shown["LatestOperationRequestId"]) == ("STOPPING", reply["RequestId"])
    account.wait()
    assert state(account, paid) == ("SHUTDOWN", "PROTECTIVELY_ISOLATED", "MANMADE")
    assert latest(account, paid) == ("TerminateInstances", "SUCCESS")
    account.call("TerminateInstances", InstanceIds=[paid])
    assert state(account, paid)[0] == "TERMINATING"
    account.wait()
    assert account.call("DescribeInstances")["TotalCount"] == 0


def test_one_that_is_stopped_is_in_the_recycle_bin_at_once(account, paid):
    account.call("StopInstances", InstanceIds=[paid])
    account.wait()
    assert account.describe_instance(paid)["StopChargingMode"] == "NOT_APPLICABLE"
    account.call("TerminateInstances", InstanceIds=[paid])
    assert state(account, paid)[0] == "SHUTDOWN"
    assert latest(account, paid) == ("TerminateInstances", "SUCCESS")


@pytest.mark.parametrize("released", [True, False])
def test_elastic_data_disks_go_with_a_prepaid_instance_where_they_shall(account, released):
    (paid,) = account.run_instances(**PREPAID, DataDisks=[{"DiskType": "CLOUD_SSD", "DiskSize": 20}])
    for _ in range(2):
        account.call("TerminateInstances", InstanceIds=[paid], ReleasePrepaidDataDisks=released)
        account.wait()
    assert account.call("DescribeDisks")["TotalCount"] == (0 if released else 1)


def test_instances_that_are_paid_differently_are_not_terminated_together(account, paid):
    ids = [paid, *account.run_instances()]
    code = account.refusal("TerminateInstances", InstanceIds=ids)
    assert code == "UnsupportedOperation.InstanceMixedPricingModel"
    assert state(account, paid)[0] == "RUNNING"


def test_renewing_fetches_an_instance_out_of_the_recycle_bin(account, paid):
    account.call("TerminateInstances", InstanceIds=[paid])
    account.wait()
    renewal = {"InstanceChargePrepaid": {"Period": 2, "RenewFlag": AUTO}}
    account.call("RenewInstances", InstanceIds=[paid], **renewal)
    assert state(account, paid) == ("STOPPED", "NORMAL", "NOTISOLATED")
    assert account.describe_instance(paid)["RenewFlag"] == AUTO
    assert latest(account, paid) == ("RenewInstances", "SUCCESS")
    account.emulator.advance(40 * DAY)
    assert state(account, paid)[0] == "STOPPED"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "MissingParameter"),
        ({"InstanceChargePrepaid": {"Period": 13}}, "InvalidPeriod"),
        ({"InstanceChargePrepaid": {}}, "MissingParameter"),
        ({"InstanceChargePrepaid": {"Period": 1}}, "UnsupportedOperation.InstanceChargeType"),
    ],
)
def test_a_renewal_is_refused(account, given, code):
    assert account.refusal("RenewInstances", InstanceIds=account.run_instances(), **given) == code


def test_only_prepaid_instances_renew_by_themselves(account):
    given = {"InstanceIds": account.run_instances(), "RenewFlag": AUTO}
    assert account.refusal("ModifyInstancesRenewFlag", **given) == "InvalidInstance.NotSupported"
    given["RenewFlag"] = "NEVER"
    assert account.refusal("ModifyInstancesRenewFlag", **given) == "InvalidParameterValue"


def test_how_an_instance_is_paid_changes_in_both_ways(account):
    ids = account.run_instances()
    account.call("ModifyInstancesChargeType", InstanceIds=ids, **PREPAID)
    shown = account.describe_instance(ids[0])
    assert (shown["InstanceChargeType"], shown["RenewFlag"]) == ("PREPAID", MANUAL)
    assert latest(account, ids[0]) == ("ModifyInstancesChargeType", "SUCCESS")
    again = account.refusal("ModifyInstancesChargeType", InstanceIds=ids, **PREPAID)
    assert again == "UnsupportedOperation.InstanceChargeType"
    account.call("ModifyInstancesChargeType", InstanceIds=ids, InstanceChargeType="POSTPAID_BY_HOUR")
    shown = account.describe_instance(ids[0])
    assert (shown["InstanceChargeType"], shown["ExpiredTime"]) == ("POSTPAID_BY_HOUR", None)
    account.call("TerminateInstances", InstanceIds=ids)
    account.wait()
    assert account.call("DescribeInstances")["TotalCount"] == 0


def test_another_payment_is_refused(account):
    ids = account.run_instances()
    without = account.refusal("ModifyInstancesChargeType", InstanceIds=ids, InstanceChargeType="PREPAID")
    assert without == "MissingParameter"
    spot = account.run_instances(InstanceChargeType="SPOTPAID")
    code = account.refusal("ModifyInstancesChargeType", InstanceIds=spot, **PREPAID)
    assert code == "UnsupportedOperation.InstanceChargeType"
    account.call("StopInstances", InstanceIds=ids, StoppedMode="STOP_CHARGING")
    account.wait()
    code = account.refusal("ModifyInstancesChargeType", InstanceIds=ids, **PREPAID)
    assert code == "InvalidInstance.NotSupported"
