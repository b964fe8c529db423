"""Interrupting spot instances: announced as the cloud does it, then taken back."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.emulator.asgi import send

from duolect.server.app import make_app

PATH = "/_duolect/interruptions"
SECONDS = 1_000


def interrupt(account, instance_id, **more):
    app = make_app(account.emulator.pipeline, 1000)
    return send(app, "POST", PATH, json={"instance_id": instance_id, **more})


def spot(account):
    (instance_id,) = account.run_instances(SpotStrategy="SpotAsPriceGo")
    account.wait()
    return instance_id


def locks(account, **criteria):
    shown = account.describe_instances(**criteria)
    return [[each["LockReason"] for each in instance["OperationLocks"]["LockReason"]] for instance in shown]


def test_an_interrupted_instance_is_locked_for_five_minutes_and_then_gone():
    account = AlibabaAccount.furnished()
    instance_id = spot(account)
    assert locks(account) == [[]]
    answer = interrupt(account, instance_id)
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["instance_id"], shown["cloud"], shown["region"]) == (
        instance_id,
        "alibaba",
        "cn-hangzhou",
    )
    assert locks(account) == locks(account, LockReason="Recycling") == [["Recycling"]]
    assert locks(account, LockReason="financial") == []
    assert account.describe_instances()[0]["Status"] == "Running"
    account.emulator.advance(299 * SECONDS)
    assert locks(account) == [["Recycling"]]
    account.emulator.advance(1 * SECONDS)
    assert account.describe_instances() == []


def test_the_notice_may_be_shorter_and_the_instance_deleted_before():
    account = AlibabaAccount.furnished()
    first, second = spot(account), spot(account)
    assert interrupt(account, first, notice="10s", access_key="other").status_code == 404
    for each in (first, second):
        assert interrupt(account, each, notice="10s", cloud="alibaba").status_code == 201
    account.call("DeleteInstance", InstanceId=second, Force="true")
    account.emulator.advance(5 * SECONDS)
    assert [each["InstanceId"] for each in account.describe_instances()] == [first]
    account.emulator.advance(5 * SECONDS)
    assert account.describe_instances() == []


@pytest.mark.parametrize("body", [{}, {"instance_id": "i-1", "cloud": "other"}, {"instance_id": 1}])
def test_a_wrong_body_is_a_problem(body):
    app = make_app(AlibabaAccount.furnished().emulator.pipeline, 1000)
    assert send(app, "POST", PATH, json=body).status_code == 422


def test_what_cannot_be_interrupted_is_a_problem():
    account = AlibabaAccount.furnished()
    assert interrupt(account, "i-none").status_code == 404
    (plain,) = account.run_instances()
    account.wait()
    assert interrupt(account, plain).json()["detail"] == "The instance is no spot instance."
    instance_id = spot(account)
    assert interrupt(account, instance_id, notice="soon").status_code == 422
    assert interrupt(account, instance_id).status_code == 201
    assert interrupt(account, instance_id).status_code == 409


def test_tencent_cloud_takes_an_instance_back_after_two_minutes():
    account = TencentAccount.furnished()
    market = {"SpotOptions": {"MaxPrice": "0.1", "SpotInstanceType": "one-time"}, "MarketType": "spot"}
    (instance_id,) = account.run_instances(InstanceChargeType="SPOTPAID", InstanceMarketOptions=market)
    account.wait()
    assert interrupt(account, instance_id).status_code == 201
    account.emulator.advance(119 * SECONDS)
    assert account.call("DescribeInstances", InstanceIds=[instance_id])["TotalCount"] == 1
    account.emulator.advance(1 * SECONDS)
    assert account.call("DescribeInstances", InstanceIds=[instance_id])["TotalCount"] == 0
