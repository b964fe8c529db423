"""How users call the actions on snapshots beyond one disk with Alibaba Cloud's SDK."""

import json
from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models

OTHER = "cn-shanghai"


def _system_disk_id(account: SdkAccount) -> str:
    request = ecs_models.DescribeDisksRequest(
        region_id=REGION, instance_id=account.instance_id, disk_type="system"
    )
    return str(account.ecs.describe_disks(request).disks.disk[0].disk_id)


def _policy(account: SdkAccount) -> str:
    request = ecs_models.CreateAutoSnapshotPolicyRequest(
        region_id=REGION,
        auto_snapshot_policy_name="nightly",
        time_points=json.dumps(["1", "13"]),
        repeat_weekdays=json.dumps(["1", "7"]),
        retention_days=7,
    )
    return str(account.ecs.create_auto_snapshot_policy(request).auto_snapshot_policy_id)


def _listed(account: SdkAccount, policy_id: str) -> Any:
    request = ecs_models.DescribeAutoSnapshotPolicyExRequest(
        region_id=REGION, auto_snapshot_policy_id=policy_id
    )
    found = account.ecs.describe_auto_snapshot_policy_ex(request)
    policies = found.auto_snapshot_policies.auto_snapshot_policy
    return policies[0] if policies else None


def create_auto_snapshot_policy(account: SdkAccount) -> None:
    shown = _listed(account, _policy(account))
    assert (shown.time_points, shown.repeat_weekdays) == ('["1", "13"]', '["1", "7"]')


def describe_auto_snapshot_policy_ex(account: SdkAccount) -> None:
    shown = _listed(account, _policy(account))
    assert (shown.auto_snapshot_policy_name, shown.retention_days, shown.disk_nums) == ("nightly", 7, 0)


def modify_auto_snapshot_policy_ex(account: SdkAccount) -> None:
    policy_id = _policy(account)
    account.ecs.modify_auto_snapshot_policy_ex(
        ecs_models.ModifyAutoSnapshotPolicyExRequest(
            region_id=REGION, auto_snapshot_policy_id=policy_id, retention_days=-1
        )
    )
    assert _listed(account, policy_id).retention_days == -1


def delete_auto_snapshot_policy(account: SdkAccount) -> None:
    policy_id = _policy(account)
    account.ecs.delete_auto_snapshot_policy(
        ecs_models.DeleteAutoSnapshotPolicyRequest(region_id=REGION, auto_snapshot_policy_id=policy_id)
    )
    assert _listed(account, policy_id) is None


def _applied(account: SdkAccount) -> tuple[str, str]:
    policy_id, disk_id = _policy(account), _system_disk_id(account)
    account.ecs.apply_auto_snapshot_policy(
        ecs_models.ApplyAutoSnapshotPolicyRequest(
            region_id=REGION, auto_snapshot_policy_id=policy_id, disk_ids=json.dumps([disk_id])
        )
    )
    return policy_id, disk_id


def apply_auto_snapshot_policy(account: SdkAccount) -> None:
    policy_id, _ = _applied(account)
    assert _listed(account, policy_id).disk_nums == 1


def cancel_auto_snapshot_policy(account: SdkAccount) -> None:
    policy_id, disk_id = _applied(account)
    account.ecs.cancel_auto_snapshot_policy(
        ecs_models.CancelAutoSnapshotPolicyRequest(region_id=REGION, disk_ids=json.dumps([disk_id]))
    )
    assert _listed(account, policy_id).disk_nums == 0


def describe_auto_snapshot_policy_associations(account: SdkAccount) -> None:
    policy_id, disk_id = _applied(account)
    request = ecs_models.DescribeAutoSnapshotPolicyAssociationsRequest(region_id=REGION, disk_id=disk_id)
    reply = account.ecs.describe_auto_snapshot_policy_associations(request)
    (found,) = reply.auto_snapshot_policy_associations.auto_snapshot_policy_association
    assert found.auto_snapshot_policy_id == policy_id


# -- groups ------------------------------------------------------------------------------------------------


def _group(account: SdkAccount) -> str:
    """Create a group of an instance whose disks are ESSDs, and wait until it is accomplished."""
    disk_id = _system_disk_id(account)
    account.ecs.modify_disk_spec(
        ecs_models.ModifyDiskSpecRequest(
            disk_id=disk_id, disk_category="cloud_essd", performance_level="PL1"
        )
    )
    request = ecs_models.CreateSnapshotGroupRequest(
        region_id=REGION, instance_id=account.instance_id, name="together"
    )
    group_id = str(account.ecs.create_snapshot_group(request).snapshot_group_id)
    poll(lambda: _described(account, group_id).status, "accomplished")
    return group_id


def _described(account: SdkAccount, group_id: str) -> Any:
    request = ecs_models.DescribeSnapshotGroupsRequest(region_id=REGION, snapshot_group_id=[group_id])
    found = account.ecs.describe_snapshot_groups(request).snapshot_groups.snapshot_group
    return found[0] if found else None


def create_snapshot_group(account: SdkAccount) -> None:
    shown = _described(account, _group(account))
    assert [each.progress for each in shown.snapshots.snapshot] == ["100%"]


def describe_snapshot_groups(account: SdkAccount) -> None:
    shown = _described(account, _group(account))
    assert (shown.name, shown.instance_id) == ("together", account.instance_id)


def modify_snapshot_group(account: SdkAccount) -> None:
    group_id = _group(account)
    account.ecs.modify_snapshot_group(
        ecs_models.ModifySnapshotGroupRequest(region_id=REGION, snapshot_group_id=group_id, name="apart")
    )
    assert _described(account, group_id).name == "apart"


def delete_snapshot_group(account: SdkAccount) -> None:
    group_id = _group(account)
    reply = account.ecs.delete_snapshot_group(
        ecs_models.DeleteSnapshotGroupRequest(region_id=REGION, snapshot_group_id=group_id)
    )
    progress = reply.operation_progress_set.operation_progress
    assert [each.operation_status for each in progress] == ["Success"]
    assert _described(account, group_id) is None


# -- chains, locks, copies ---------------------------------------------------------------------------------


def _snapshot(account: SdkAccount) -> str:
    """Create a snapshot of the system disk and wait until it is accomplished."""
    disk_id = _system_disk_id(account)
    made = str(account.ecs.create_snapshot(ecs_models.CreateSnapshotRequest(disk_id=disk_id)).snapshot_id)
    request = ecs_models.DescribeSnapshotsRequest(region_id=REGION, snapshot_ids=json.dumps([made]))
    poll(lambda: account.ecs.describe_snapshots(request).snapshots.snapshot[0].status, "accomplished")
    return made


def describe_snapshot_links(account: SdkAccount) -> None:
    _snapshot(account)
    reply = account.ecs.describe_snapshot_links(ecs_models.DescribeSnapshotLinksRequest(region_id=REGION))
    (shown,) = reply.snapshot_links.snapshot_link
    assert (shown.source_disk_id, shown.total_count) == (_system_disk_id(account), 1)


def describe_snapshots_usage(account: SdkAccount) -> None:
    _snapshot(account)
    reply = account.ecs.describe_snapshots_usage(ecs_models.DescribeSnapshotsUsageRequest(region_id=REGION))
    assert reply.snapshot_count == 1
    assert reply.snapshot_size > 0


def _locked(account: SdkAccount) -> str:
    made = _snapshot(account)
    reply = account.ecs.lock_snapshot(
        ecs_models.LockSnapshotRequest(
            region_id=REGION, snapshot_id=made, lock_mode="compliance", lock_duration=2, cool_off_period=1
        )
    )
    assert reply.locked_snapshot_info.lock_status == "compliance-cooloff"
    return made


def lock_snapshot(account: SdkAccount) -> None:
    _locked(account)


def unlock_snapshot(account: SdkAccount) -> None:
    made = _locked(account)
    account.ecs.unlock_snapshot(ecs_models.UnlockSnapshotRequest(region_id=REGION, snapshot_id=made))
    account.ecs.delete_snapshot(ecs_models.DeleteSnapshotRequest(snapshot_id=made))


def describe_locked_snapshots(account: SdkAccount) -> None:
    made = _locked(account)
    reply = account.ecs.describe_locked_snapshots(
        ecs_models.DescribeLockedSnapshotsRequest(region_id=REGION)
    )
    assert [each.snapshot_id for each in reply.locked_snapshots_info] == [made]


def copy_snapshot(account: SdkAccount) -> None:
    made = account.ecs.copy_snapshot(
        ecs_models.CopySnapshotRequest(
            region_id=REGION,
            snapshot_id=_snapshot(account),
            destination_region_id=OTHER,
            destination_snapshot_name="copy",
            destination_snapshot_description="of another region",
        )
    ).snapshot_id
    request = ecs_models.DescribeSnapshotsRequest(region_id=OTHER, snapshot_ids=json.dumps([made]))
    poll(lambda: account.ecs.describe_snapshots(request).snapshots.snapshot[0].status, "accomplished")
