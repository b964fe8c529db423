"""How users call the actions on the rules of security groups with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models

HERE = {"region_id": REGION}
WEB = {"ip_protocol": "tcp", "port_range": "80/80"}


def _rules(account: SdkAccount) -> Any:
    return account.describe_group().permissions.permission


def authorize_security_group(account: SdkAccount) -> None:
    permission = ecs_models.AuthorizeSecurityGroupRequestPermissions(
        source_cidr_ip="10.0.0.0/8", policy="drop", priority="5", description="web", **WEB
    )
    peer = ecs_models.AuthorizeSecurityGroupRequestPermissions(
        source_group_id=account.other_group_id, **WEB
    )
    request = ecs_models.AuthorizeSecurityGroupRequest(
        security_group_id=account.group_id, permissions=[permission, peer], client_token="once", **HERE
    )
    for _ in range(2):
        assert account.ecs.authorize_security_group(request).request_id
    newest, oldest = _rules(account)
    assert (oldest.source_cidr_ip, oldest.policy, oldest.priority) == ("10.0.0.0/8", "Drop", 5)
    assert newest.source_group_id == account.other_group_id


def authorize_security_group_egress(account: SdkAccount) -> None:
    request = ecs_models.AuthorizeSecurityGroupEgressRequest(
        security_group_id=account.group_id, ipv_6dest_cidr_ip="2001:db8::/32", **WEB, **HERE
    )
    assert account.ecs.authorize_security_group_egress(request).request_id
    (shown,) = _rules(account)
    assert (shown.direction, shown.ipv_6dest_cidr_ip) == ("egress", "2001:db8::/32")


def revoke_security_group(account: SdkAccount) -> None:
    authorize_security_group(account)
    by_id, by_form = _rules(account)
    request = ecs_models.RevokeSecurityGroupRequest(
        security_group_id=account.group_id, security_group_rule_id=[by_id.security_group_rule_id], **HERE
    )
    assert account.ecs.revoke_security_group(request).request_id
    permission = ecs_models.RevokeSecurityGroupRequestPermissions(
        source_cidr_ip=by_form.source_cidr_ip, policy="drop", **WEB
    )
    request = ecs_models.RevokeSecurityGroupRequest(
        security_group_id=account.group_id, permissions=[permission], **HERE
    )
    assert account.ecs.revoke_security_group(request).request_id
    assert _rules(account) == []


def revoke_security_group_egress(account: SdkAccount) -> None:
    authorize_security_group_egress(account)
    request = ecs_models.RevokeSecurityGroupEgressRequest(
        security_group_id=account.group_id, ipv_6dest_cidr_ip="2001:db8::/32", **WEB, **HERE
    )
    assert account.ecs.revoke_security_group_egress(request).request_id
    assert _rules(account) == []


def modify_security_group_rule(account: SdkAccount) -> None:
    authorize_security_group(account)
    rule_id = _rules(account)[1].security_group_rule_id
    request = ecs_models.ModifySecurityGroupRuleRequest(
        security_group_id=account.group_id,
        security_group_rule_id=rule_id,
        port_range="443/443",
        source_cidr_ip="10.1.0.0/16",
        **HERE,
    )
    assert account.ecs.modify_security_group_rule(request).request_id
    changed = _rules(account)[1]
    assert (changed.security_group_rule_id, changed.port_range) == (rule_id, "443/443")
    assert changed.source_cidr_ip == "10.1.0.0/16"


def modify_security_group_egress_rule(account: SdkAccount) -> None:
    authorize_security_group_egress(account)
    request = ecs_models.ModifySecurityGroupEgressRuleRequest(
        security_group_id=account.group_id,
        ipv_6dest_cidr_ip="2001:db8::/32",
        description="outward",
        **WEB,
        **HERE,
    )
    assert account.ecs.modify_security_group_egress_rule(request).request_id
    assert _rules(account)[0].description == "outward"


def describe_security_group_attribute(account: SdkAccount) -> None:
    shown = account.describe_group()
    assert (shown.vpc_id, shown.inner_access_policy) == (account.vpc_id, "Accept")
    assert (shown.permissions.permission, shown.snapshot_policy_ids.snapshot_policy_id) == ([], [])


def describe_security_group_references(account: SdkAccount) -> None:
    authorize_security_group(account)
    request = ecs_models.DescribeSecurityGroupReferencesRequest(
        security_group_id=[account.group_id, account.other_group_id], **HERE
    )
    references = account.ecs.describe_security_group_references(request).security_group_references
    (reference,) = references.security_group_reference
    assert reference.security_group_id == account.other_group_id
    (naming,) = reference.referencing_security_groups.referencing_security_group
    assert naming.security_group_id == account.group_id
