"""The actions on rules of security groups of Alibaba Cloud, each called once by the vendor's own SDK."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.contract.scenarios.alibaba import REGION, ecs_models

if TYPE_CHECKING:
    from tests.contract.test_alibaba_actions import Scene

ECS = "2014-05-26"
HERE = {"region_id": REGION}
WEB = {"ip_protocol": "tcp", "port_range": "80/80"}


def attribute(scene: "Scene") -> Any:
    request = ecs_models.DescribeSecurityGroupAttributeRequest(security_group_id=scene.group_id, **HERE)
    return scene.ecs.describe_security_group_attribute(request)


def rules(scene: "Scene") -> Any:
    return attribute(scene).permissions.permission


def authorize_security_group(scene: "Scene") -> None:
    permission = ecs_models.AuthorizeSecurityGroupRequestPermissions(
        source_cidr_ip="10.0.0.0/8", policy="drop", priority="5", description="web", **WEB
    )
    peer = ecs_models.AuthorizeSecurityGroupRequestPermissions(source_group_id=scene.other_group_id, **WEB)
    request = ecs_models.AuthorizeSecurityGroupRequest(
        security_group_id=scene.group_id, permissions=[permission, peer], client_token="once", **HERE
    )
    for _ in range(2):
        assert scene.ecs.authorize_security_group(request).request_id
    newest, oldest = rules(scene)
    assert (oldest.source_cidr_ip, oldest.policy, oldest.priority) == ("10.0.0.0/8", "Drop", "5")
    assert newest.source_group_id == scene.other_group_id


def authorize_security_group_egress(scene: "Scene") -> None:
    request = ecs_models.AuthorizeSecurityGroupEgressRequest(
        security_group_id=scene.group_id, ipv_6dest_cidr_ip="2001:db8::/32", **WEB, **HERE
    )
    assert scene.ecs.authorize_security_group_egress(request).request_id
    (shown,) = rules(scene)
    assert (shown.direction, shown.ipv_6dest_cidr_ip) == ("egress", "2001:db8::/32")


def revoke_security_group(scene: "Scene") -> None:
    authorize_security_group(scene)
    by_id, by_form = rules(scene)
    request = ecs_models.RevokeSecurityGroupRequest(
        security_group_id=scene.group_id, security_group_rule_id=[by_id.security_group_rule_id], **HERE
    )
    assert scene.ecs.revoke_security_group(request).request_id
    permission = ecs_models.RevokeSecurityGroupRequestPermissions(
        source_cidr_ip=by_form.source_cidr_ip, policy="drop", **WEB
    )
    request = ecs_models.RevokeSecurityGroupRequest(
        security_group_id=scene.group_id, permissions=[permission], **HERE
    )
    assert scene.ecs.revoke_security_group(request).request_id
    assert rules(scene) == []


def revoke_security_group_egress(scene: "Scene") -> None:
    authorize_security_group_egress(scene)
    request = ecs_models.RevokeSecurityGroupEgressRequest(
        security_group_id=scene.group_id, ipv_6dest_cidr_ip="2001:db8::/32", **WEB, **HERE
    )
    assert scene.ecs.revoke_security_group_egress(request).request_id
    assert rules(scene) == []


def modify_security_group_rule(scene: "Scene") -> None:
    authorize_security_group(scene)
    rule_id = rules(scene)[1].security_group_rule_id
    request = ecs_models.ModifySecurityGroupRuleRequest(
        security_group_id=scene.group_id,
        security_group_rule_id=rule_id,
        port_range="443/443",
        source_cidr_ip="10.1.0.0/16",
        **HERE,
    )
    assert scene.ecs.modify_security_group_rule(request).request_id
    changed = rules(scene)[1]
    assert (changed.security_group_rule_id, changed.port_range) == (rule_id, "443/443")
    assert changed.source_cidr_ip == "10.1.0.0/16"


def modify_security_group_egress_rule(scene: "Scene") -> None:
    authorize_security_group_egress(scene)
    request = ecs_models.ModifySecurityGroupEgressRuleRequest(
        security_group_id=scene.group_id,
        ipv_6dest_cidr_ip="2001:db8::/32",
        description="outward",
        **WEB,
        **HERE,
    )
    assert scene.ecs.modify_security_group_egress_rule(request).request_id
    assert rules(scene)[0].description == "outward"


def describe_security_group_attribute(scene: "Scene") -> None:
    shown = attribute(scene)
    assert (shown.vpc_id, shown.inner_access_policy) == (scene.vpc_id, "Accept")
    assert (shown.permissions.permission, shown.snapshot_policy_ids.snapshot_policy_id) == ([], [])


def describe_security_group_references(scene: "Scene") -> None:
    authorize_security_group(scene)
    request = ecs_models.DescribeSecurityGroupReferencesRequest(
        security_group_id=[scene.group_id, scene.other_group_id], **HERE
    )
    references = scene.ecs.describe_security_group_references(request).security_group_references
    (reference,) = references.security_group_reference
    assert reference.security_group_id == scene.other_group_id
    (naming,) = reference.referencing_security_groups.referencing_security_group
    assert naming.security_group_id == scene.group_id


def modify_security_group_attribute(scene: "Scene") -> None:
    request = ecs_models.ModifySecurityGroupAttributeRequest(
        security_group_id=scene.group_id, security_group_name="renamed", description="described", **HERE
    )
    assert scene.ecs.modify_security_group_attribute(request).request_id
    shown = attribute(scene)
    assert (shown.security_group_name, shown.description) == ("renamed", "described")


def modify_security_group_policy(scene: "Scene") -> None:
    request = ecs_models.ModifySecurityGroupPolicyRequest(
        security_group_id=scene.group_id, inner_access_policy="drop", **HERE
    )
    assert scene.ecs.modify_security_group_policy(request).request_id
    assert attribute(scene).inner_access_policy == "Drop"


CALLS: dict[tuple[str, str], Callable[["Scene"], object]] = {
    (ECS, "AuthorizeSecurityGroup"): authorize_security_group,
    (ECS, "AuthorizeSecurityGroupEgress"): authorize_security_group_egress,
    (ECS, "RevokeSecurityGroup"): revoke_security_group,
    (ECS, "RevokeSecurityGroupEgress"): revoke_security_group_egress,
    (ECS, "ModifySecurityGroupRule"): modify_security_group_rule,
    (ECS, "ModifySecurityGroupEgressRule"): modify_security_group_egress_rule,
    (ECS, "DescribeSecurityGroupAttribute"): describe_security_group_attribute,
    (ECS, "DescribeSecurityGroupReferences"): describe_security_group_references,
    (ECS, "ModifySecurityGroupAttribute"): modify_security_group_attribute,
    (ECS, "ModifySecurityGroupPolicy"): modify_security_group_policy,
}
