"""How users call the actions on the policies of security groups with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount

SSH = {"Protocol": "TCP", "Port": "22", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT"}
WEB = {"Protocol": "TCP", "Port": "80,443", "CidrBlock": "0.0.0.0/0", "Action": "ACCEPT"}


def _change(account: SdkAccount, action: str, **policies: Any) -> Any:
    """Call an action that changes policies, and return those that there are."""
    named = {"SecurityGroupId": account.group_id}
    assert account.vpc(action, SecurityGroupPolicySet=policies, **named).RequestId
    return account.vpc("DescribeSecurityGroupPolicies", **named).SecurityGroupPolicySet


def create_security_group_policies(account: SdkAccount) -> None:
    shown = _change(account, "CreateSecurityGroupPolicies", Ingress=[SSH, WEB])
    assert [each.Port for each in shown.Ingress] == ["22", "80,443"]
    assert (shown.Version, shown.Egress, shown.PolicyStatistics.IngressIPv4TotalCount) == ("1", [], 2)


def delete_security_group_policies(account: SdkAccount) -> None:
    create_security_group_policies(account)
    shown = _change(account, "DeleteSecurityGroupPolicies", Version="1", Ingress=[{"PolicyIndex": 0}])
    assert [each.Port for each in shown.Ingress] == ["80,443"]
    assert _change(account, "DeleteSecurityGroupPolicies", Ingress=[WEB]).Ingress == []


def replace_security_group_policies(account: SdkAccount) -> None:
    create_security_group_policies(account)
    shown = _change(
        account, "ReplaceSecurityGroupPolicies", Ingress=[{**SSH, "Port": "23", "PolicyIndex": 1}]
    )
    assert [each.Port for each in shown.Ingress] == ["22", "23"]


def replace_security_group_policy(account: SdkAccount) -> None:
    create_security_group_policies(account)
    shown = _change(
        account, "ReplaceSecurityGroupPolicy", Ingress=[{**SSH, "Port": "23", "PolicyIndex": 0}]
    )
    assert [each.Port for each in shown.Ingress] == ["23", "80,443"]


def modify_security_group_policies(account: SdkAccount) -> None:
    shown = _change(account, "ModifySecurityGroupPolicies", Ingress=[WEB], Egress=[SSH])
    assert [each.Port for each in (*shown.Ingress, *shown.Egress)] == ["80,443", "22"]
    shown = _change(account, "ModifySecurityGroupPolicies", Version="0")
    assert (shown.Ingress, shown.Egress) == ([], [])


def describe_security_group_policies(account: SdkAccount) -> None:
    create_security_group_policies(account)
    reply = account.vpc(
        "DescribeSecurityGroupPolicies",
        SecurityGroupId=account.group_id,
        Filters=[{"Name": "port", "Values": ["443"]}],
    )
    (shown,) = reply.SecurityGroupPolicySet.Ingress
    assert (shown.PolicyIndex, shown.AddressTemplate.AddressId) == (1, "")


def create_security_group_with_policies(account: SdkAccount) -> None:
    reply = account.vpc(
        "CreateSecurityGroupWithPolicies",
        GroupName="both",
        GroupDescription="",
        SecurityGroupPolicySet={"Ingress": [SSH], "Egress": [WEB]},
        Tags=[CITY],
    )
    group = reply.SecurityGroup
    assert (group.SecurityGroupName, group.TagSet[0].Value) == ("both", "shanghai")


def clone_security_group(account: SdkAccount) -> None:
    create_security_group_policies(account)
    clone = account.vpc(
        "CloneSecurityGroup", SecurityGroupId=account.group_id, IsCloneTags=True
    ).SecurityGroup
    assert (clone.SecurityGroupName, clone.SecurityGroupDesc) == ("web", "web servers")


def describe_security_group_references(account: SdkAccount) -> None:
    made = account.vpc("CreateSecurityGroup", GroupName="other", GroupDescription="").SecurityGroup
    naming = {"Protocol": "ALL", "SecurityGroupId": made.SecurityGroupId, "Action": "ACCEPT"}
    _change(account, "CreateSecurityGroupPolicies", Ingress=[naming])
    reply = account.vpc("DescribeSecurityGroupReferences", SecurityGroupIds=[made.SecurityGroupId])
    (shown,) = reply.ReferredSecurityGroupSet
    assert shown.ReferredSecurityGroupIds == [account.group_id]


def describe_security_group_expanded_policies(account: SdkAccount) -> None:
    create_security_group_policies(account)
    reply = account.vpc("DescribeSecurityGroupExpandedPolicies", SecurityGroupId=account.group_id)
    assert [each.Port for each in reply.SecurityGroupPolicySet.Ingress] == ["22", "80,443"]


def describe_security_group_limits(account: SdkAccount) -> None:
    limits = account.vpc("DescribeSecurityGroupLimits").SecurityGroupLimitSet
    assert (limits.SecurityGroupLimit, limits.SecurityGroupPolicyLimit) == (50, 100)
    assert (limits.ReferedSecurityGroupLimit, limits.InstanceSecurityGroupLimit) == (10, 5)
