"""How users call the actions on security groups and their members with Alibaba Cloud's SDK."""

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models

HERE = {"region_id": REGION}


def join_security_group(account: SdkAccount) -> None:
    request = ecs_models.JoinSecurityGroupRequest(
        region_id=REGION,
        security_group_id=account.other_group_id,
        network_interface_id=account.interface_id,
    )
    assert account.ecs.join_security_group(request).request_id
    groups = account.describe_interface().security_group_ids.security_group_id
    assert groups == [account.group_id, account.other_group_id]


def leave_security_group(account: SdkAccount) -> None:
    join = ecs_models.JoinSecurityGroupRequest(
        security_group_id=account.other_group_id, instance_id=account.instance_id
    )
    account.ecs.join_security_group(join)
    leave = ecs_models.LeaveSecurityGroupRequest(
        security_group_id=account.group_id, instance_id=account.instance_id
    )
    assert account.ecs.leave_security_group(leave).request_id
    (primary,) = account.describe_interfaces()
    assert primary.security_group_ids.security_group_id == [account.other_group_id]


def create_security_group(account: SdkAccount) -> None:
    assert account.group_id.startswith("sg-")


def describe_security_groups(account: SdkAccount) -> None:
    request = ecs_models.DescribeSecurityGroupsRequest(region_id=REGION, security_group_id=account.group_id)
    (shown,) = account.ecs.describe_security_groups(request).security_groups.security_group
    assert (shown.vpc_id, shown.security_group_type) == (account.vpc_id, "normal")


def delete_security_group(account: SdkAccount) -> None:
    request = ecs_models.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=account.group_id)
    account.ecs.delete_security_group(request)
    listed = ecs_models.DescribeSecurityGroupsRequest(region_id=REGION)
    assert account.ecs.describe_security_groups(listed).total_count == 0


def modify_security_group_attribute(account: SdkAccount) -> None:
    request = ecs_models.ModifySecurityGroupAttributeRequest(
        security_group_id=account.group_id, security_group_name="renamed", description="described", **HERE
    )
    assert account.ecs.modify_security_group_attribute(request).request_id
    shown = account.describe_group()
    assert (shown.security_group_name, shown.description) == ("renamed", "described")


def modify_security_group_policy(account: SdkAccount) -> None:
    request = ecs_models.ModifySecurityGroupPolicyRequest(
        security_group_id=account.group_id, inner_access_policy="drop", **HERE
    )
    assert account.ecs.modify_security_group_policy(request).request_id
    assert account.describe_group().inner_access_policy == "Drop"
