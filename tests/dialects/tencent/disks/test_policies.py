"""Scheduled snapshot policies of Tencent Cloud."""

import pytest
from tests.dialects.tencent.disks.disk_calls import ABSENT, attach, create, later, snapshot, system_disk

DAY = 24 * 3600 * 1_000_000
EVERY_SIX_HOURS = [{"DayOfWeek": [0, 1, 2, 3, 4, 5, 6], "Hour": [0, 6, 12, 18]}]
NO_POLICY = "asp-absent00"


def policy(account, **params):
    params = {"Policy": EVERY_SIX_HOURS, **params}
    return account.call("CreateAutoSnapshotPolicy", **params)["AutoSnapshotPolicyId"]


def listed(account, **criteria):
    return account.call("DescribeAutoSnapshotPolicies", **criteria)["AutoSnapshotPolicySet"]


def bind(account, policy_id, *disk_ids):
    account.call("BindAutoSnapshotPolicy", AutoSnapshotPolicyId=policy_id, DiskIds=[*disk_ids])


def snapshots(account):
    return account.call("DescribeSnapshots")["SnapshotSet"]


def test_a_policy_is_described_as_it_was_created(account):
    made = policy(account, AutoSnapshotPolicyName="nightly", RetentionDays=3)
    (found,) = listed(account)
    assert (found["AutoSnapshotPolicyId"], found["AutoSnapshotPolicyName"]) == (made, "nightly")
    assert (found["RetentionDays"], found["IsPermanent"], found["IsActivated"]) == (3, False, True)
    assert found["Policy"] == EVERY_SIX_HOURS
    assert found["NextTriggerTime"].endswith(":00:00")
    months = policy(account, Policy=[{"DayOfMonth": [31], "Hour": [5]}], IsPermanent=True)
    days = policy(account, Policy=[{"IntervalDays": 5, "Hour": [5]}], IsActivated=False)
    assert [each["AutoSnapshotPolicyId"] for each in listed(account)] == [days, months, made]
    third, second, _ = listed(account)
    assert (second["Policy"], second["IsPermanent"]) == ([{"DayOfMonth": [31], "Hour": [5]}], True)
    assert (third["Policy"], third["NextTriggerTime"][-8:]) == (
        [{"IntervalDays": 5, "Hour": [5]}],
        "05:00:00",
    )
    assert (third["AutoSnapshotPolicyName"], third["RetentionDays"]) == ("Unnamed", 7)
    for criteria, expected in (
        ({"AutoSnapshotPolicyIds": [made]}, [made]),
        ({"Filters": [{"Name": "auto-snapshot-policy-name", "Values": ["nightly"]}]}, [made]),
        ({"Filters": [{"Name": "auto-snapshot-policy-state", "Values": ["ISOLATED"]}]}, []),
        ({"Order": "ASC", "Limit": 2, "Offset": 1}, [months, days]),
    ):
        assert [each["AutoSnapshotPolicyId"] for each in listed(account, **criteria)] == expected
    both = {"AutoSnapshotPolicyIds": [made], "Filters": [{"Name": "x", "Values": ["y"]}]}
    assert account.refusal("DescribeAutoSnapshotPolicies", **both) == "InvalidParameterValue"


def test_a_dry_run_only_tells_the_next_time(account):
    reply = account.call("CreateAutoSnapshotPolicy", Policy=EVERY_SIX_HOURS, DryRun=True)
    assert (reply["AutoSnapshotPolicyId"], reply["NextTriggerTime"][-6:]) == ("", ":00:00")
    assert listed(account) == []


@pytest.mark.parametrize(
    "params",
    [
        {"Policy": [{"Hour": [1]}]},
        {"Policy": [{"Hour": [24], "DayOfWeek": [1]}]},
        {"Policy": [{"Hour": [1], "DayOfWeek": [7]}]},
        {"Policy": [{"Hour": [], "DayOfWeek": [1]}]},
        {"IsPermanent": True, "RetentionDays": 3},
        {"RetentionDays": 0},
        {"AutoSnapshotPolicyName": "x" * 61},
    ],
)
def test_a_policy_that_cannot_be_is_refused(account, params):
    given = {"Policy": EVERY_SIX_HOURS, **params}
    assert account.refusal("CreateAutoSnapshotPolicy", **given) == "InvalidParameterValue"
    assert listed(account) == []


def test_a_policy_is_changed_and_deleted(account):
    made = policy(account, RetentionDays=3)
    change, named = "ModifyAutoSnapshotPolicyAttribute", {"AutoSnapshotPolicyId": made}
    account.call(change, IsPermanent=False, **named)
    assert listed(account)[0]["RetentionDays"] == 3
    account.call(change, IsPermanent=True, AutoSnapshotPolicyName="other", **named)
    account.call(change, Policy=[{"IntervalDays": 2, "Hour": [5]}], IsActivated=False, **named)
    (found,) = listed(account)
    assert (found["IsPermanent"], found["AutoSnapshotPolicyName"]) == (True, "other")
    assert (found["IsActivated"], found["Policy"]) == (False, [{"IntervalDays": 2, "Hour": [5]}])
    account.call(change, RetentionDays=9, **named)
    assert (listed(account)[0]["RetentionDays"], listed(account)[0]["IsPermanent"]) == (9, False)
    assert account.refusal(change, **named) == "MissingParameter"
    assert account.refusal(change, Policy=[{"Hour": [1]}], **named) == "InvalidParameter"
    assert account.refusal(change, IsPermanent=True, RetentionDays=1, **named) == "InvalidParameter"
    missing = "InvalidAutoSnapshotPolicyId.NotFound"
    assert account.refusal(change, AutoSnapshotPolicyId=NO_POLICY, IsActivated=True) == missing
    both = {"AutoSnapshotPolicyIds": [made, NO_POLICY]}
    assert account.refusal("DeleteAutoSnapshotPolicies", **both) == missing
    account.call("DeleteAutoSnapshotPolicies", AutoSnapshotPolicyIds=[made])
    assert listed(account) == []


def test_disks_are_bound_and_unbound(account):
    one, other = policy(account), policy(account)
    disk_id, second = create(account), create(account)
    bind(account, one, disk_id, second)
    bind(account, other, disk_id)
    assert listed(account, AutoSnapshotPolicyIds=[one])[0]["DiskIdSet"] == [disk_id, second]
    reply = account.call("DescribeDiskAssociatedAutoSnapshotPolicy", DiskId=disk_id)
    assert reply["TotalCount"] == 2
    assert {
        (each["AutoSnapshotPolicyId"], *each["DiskIdSet"]) for each in reply["AutoSnapshotPolicySet"]
    } == {
        (one,),
        (other,),
    }
    (shown,) = account.call("DescribeDisks", DiskIds=[disk_id], ReturnBindAutoSnapshotPolicy=True)[
        "DiskSet"
    ]
    assert shown["AutoSnapshotPolicyIds"] == [one, other]
    call = "BindAutoSnapshotPolicy"
    assert account.refusal(call, AutoSnapshotPolicyId=one, DiskIds=[disk_id]) == "InvalidDisk.AlreadyBound"
    assert account.refusal(call, AutoSnapshotPolicyId=one, DiskIds=[ABSENT]) == "InvalidDiskId.NotFound"
    missing = "InvalidAutoSnapshotPolicyId.NotFound"
    assert account.refusal(call, AutoSnapshotPolicyId=NO_POLICY, DiskIds=[disk_id]) == missing
    call = "UnbindAutoSnapshotPolicy"
    assert account.refusal(call, AutoSnapshotPolicyId=one) == "MissingParameter"
    assert account.refusal(call, AutoSnapshotPolicyId=NO_POLICY, DiskIds=[disk_id]) == missing
    account.call(call, AutoSnapshotPolicyId=other, DiskIds=[disk_id, second])
    account.call(call, AutoSnapshotPolicyId=one, InstanceIds=["ins-absent00"])
    assert [len(each["DiskIdSet"]) for each in listed(account)] == [0, 2]
    absent = account.refusal("DescribeDiskAssociatedAutoSnapshotPolicy", DiskId=ABSENT)
    assert absent == "InvalidParameterValue"


def test_a_policy_makes_snapshots_of_disks_that_are_used(account):
    (instance_id,) = account.run_instances()
    used, idle = attach(account, create(account), instance_id), create(account)
    made = policy(account, RetentionDays=1)
    bind(account, made, used, idle, system_disk(account, instance_id))
    later(account, 3 * DAY)
    found = snapshots(account)
    assert len(found) == 8
    assert idle not in {each["DiskId"] for each in found}
    assert {each["IsPermanent"] for each in found} == {False}
    account.call("ModifyAutoSnapshotPolicyAttribute", AutoSnapshotPolicyId=made, IsActivated=False)
    later(account, 3 * DAY)
    assert snapshots(account) == []


def test_a_snapshot_goes_at_its_deadline(account):
    disk_id = create(account)
    passing = snapshot(account, disk_id, Deadline="2100-01-01T00:00:00+00:00")
    snapshot(account, disk_id, Deadline="2090-01-01T00:00:00+00:00")
    lasting = {"SnapshotId": snapshot(account, disk_id, Deadline="2090-01-01T00:00:00Z")}
    account.call("ModifySnapshotAttribute", IsPermanent=True, **lasting)
    later(account, 365 * 70 * DAY)
    assert {each["SnapshotId"] for each in snapshots(account)} == {passing, lasting["SnapshotId"]}
    later(account, 365 * 20 * DAY)
    assert [each["SnapshotId"] for each in snapshots(account)] == [lasting["SnapshotId"]]
