"""The actions on policies of security groups of Tencent Cloud, each called once by the vendor's own SDK."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.contract.test_tencent_actions import Scene

SSH = {"Protocol": "TCP", "Port": "22", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT"}
WEB = {"Protocol": "TCP", "Port": "80,443", "CidrBlock": "0.0.0.0/0", "Action": "ACCEPT"}


def change(scene: "Scene", action: str, **policies: Any) -> Any:
    """Call an action that changes policies, and return those that there are."""
    named = {"SecurityGroupId": scene.group_id}
    assert scene.vpc(action, SecurityGroupPolicySet=policies, **named).RequestId
    return scene.vpc("DescribeSecurityGroupPolicies", **named).SecurityGroupPolicySet


def create_security_group_policies(scene: "Scene") -> None:
    shown = change(scene, "CreateSecurityGroupPolicies", Ingress=[SSH, WEB])
    assert [each.Port for each in shown.Ingress] == ["22", "80,443"]
    assert (shown.Version, shown.Egress, shown.PolicyStatistics.IngressIPv4TotalCount) == ("1", [], 2)


def delete_security_group_policies(scene: "Scene") -> None:
    create_security_group_policies(scene)
    shown = change(scene, "DeleteSecurityGroupPolicies", Version="1", Ingress=[{"PolicyIndex": 0}])
    assert [each.Port for each in shown.Ingress] == ["80,443"]
    assert change(scene, "DeleteSecurityGroupPolicies", Ingress=[WEB]).Ingress == []


def replace_security_group_policies(scene: "Scene") -> None:
    create_security_group_policies(scene)
    shown = change(scene, "ReplaceSecurityGroupPolicies", Ingress=[{**SSH, "Port": "23", "PolicyIndex": 1}])
    assert [each.Port for each in shown.Ingress] == ["22", "23"]


def replace_security_group_policy(scene: "Scene") -> None:
    create_security_group_policies(scene)
    shown = change(scene, "ReplaceSecurityGroupPolicy", Ingress=[{**SSH, "Port": "23", "PolicyIndex": 0}])
    assert [each.Port for each in shown.Ingress] == ["23", "80,443"]


def modify_security_group_policies(scene: "Scene") -> None:
    shown = change(scene, "ModifySecurityGroupPolicies", Ingress=[WEB], Egress=[SSH])
    assert [each.Port for each in (*shown.Ingress, *shown.Egress)] == ["80,443", "22"]
    shown = change(scene, "ModifySecurityGroupPolicies", Version="0")
    assert (shown.Ingress, shown.Egress) == ([], [])


def describe_security_group_policies(scene: "Scene") -> None:
    create_security_group_policies(scene)
    reply = scene.vpc(
        "DescribeSecurityGroupPolicies",
        SecurityGroupId=scene.group_id,
        Filters=[{"Name": "port", "Values": ["443"]}],
    )
    (shown,) = reply.SecurityGroupPolicySet.Ingress
    assert (shown.PolicyIndex, shown.AddressTemplate.AddressId) == (1, "")


def create_security_group_with_policies(scene: "Scene") -> None:
    reply = scene.vpc(
        "CreateSecurityGroupWithPolicies",
        GroupName="both",
        GroupDescription="",
        SecurityGroupPolicySet={"Ingress": [SSH], "Egress": [WEB]},
    )
    assert reply.SecurityGroup.SecurityGroupName == "both"


def create_default_security_group(scene: "Scene") -> None:
    made = [scene.vpc("CreateDefaultSecurityGroup").SecurityGroup for _ in range(2)]
    assert made[0].IsDefault
    assert made[0].SecurityGroupId == made[1].SecurityGroupId


def clone_security_group(scene: "Scene") -> None:
    create_security_group_policies(scene)
    clone = scene.vpc("CloneSecurityGroup", SecurityGroupId=scene.group_id).SecurityGroup
    assert (clone.SecurityGroupName, clone.SecurityGroupDesc) == ("web", "web servers")


def modify_security_group_attribute(scene: "Scene") -> None:
    scene.vpc("ModifySecurityGroupAttribute", SecurityGroupId=scene.group_id, GroupName="renamed")
    (shown,) = scene.vpc("DescribeSecurityGroups", SecurityGroupIds=[scene.group_id]).SecurityGroupSet
    assert shown.SecurityGroupName == "renamed"


def describe_security_group_association_statistics(scene: "Scene") -> None:
    assert scene.instance_id
    action = "DescribeSecurityGroupAssociationStatistics"
    (shown,) = scene.vpc(action, SecurityGroupIds=[scene.group_id]).SecurityGroupAssociationStatisticsSet
    assert (shown.CVM, shown.ENI, shown.CLB, shown.CDB, shown.SG, shown.TotalCount) == (1, 0, 0, 0, 0, 1)
    assert [each.InstanceType for each in shown.InstanceStatistics] == ["CVM"]


def describe_security_group_references(scene: "Scene") -> None:
    made = scene.vpc("CreateSecurityGroup", GroupName="other", GroupDescription="").SecurityGroup
    naming = {"Protocol": "ALL", "SecurityGroupId": made.SecurityGroupId, "Action": "ACCEPT"}
    change(scene, "CreateSecurityGroupPolicies", Ingress=[naming])
    reply = scene.vpc("DescribeSecurityGroupReferences", SecurityGroupIds=[made.SecurityGroupId])
    (shown,) = reply.ReferredSecurityGroupSet
    assert shown.ReferredSecurityGroupIds == [scene.group_id]


def describe_security_group_expanded_policies(scene: "Scene") -> None:
    create_security_group_policies(scene)
    reply = scene.vpc("DescribeSecurityGroupExpandedPolicies", SecurityGroupId=scene.group_id)
    assert [each.Port for each in reply.SecurityGroupPolicySet.Ingress] == ["22", "80,443"]


def describe_security_group_limits(scene: "Scene") -> None:
    limits = scene.vpc("DescribeSecurityGroupLimits").SecurityGroupLimitSet
    assert (limits.SecurityGroupLimit, limits.SecurityGroupPolicyLimit) == (50, 100)
    assert (limits.ReferedSecurityGroupLimit, limits.InstanceSecurityGroupLimit) == (10, 5)


CALLS: dict[str, Callable[["Scene"], object]] = {
    "CreateSecurityGroupPolicies": create_security_group_policies,
    "DeleteSecurityGroupPolicies": delete_security_group_policies,
    "ReplaceSecurityGroupPolicies": replace_security_group_policies,
    "ReplaceSecurityGroupPolicy": replace_security_group_policy,
    "ModifySecurityGroupPolicies": modify_security_group_policies,
    "DescribeSecurityGroupPolicies": describe_security_group_policies,
    "DescribeSecurityGroupExpandedPolicies": describe_security_group_expanded_policies,
    "DescribeSecurityGroupLimits": describe_security_group_limits,
    "CreateSecurityGroupWithPolicies": create_security_group_with_policies,
    "CreateDefaultSecurityGroup": create_default_security_group,
    "CloneSecurityGroup": clone_security_group,
    "ModifySecurityGroupAttribute": modify_security_group_attribute,
    "DescribeSecurityGroupAssociationStatistics": describe_security_group_association_statistics,
    "DescribeSecurityGroupReferences": describe_security_group_references,
}
