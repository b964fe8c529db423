"""Security groups and their policies: created together, cloned, counted, named by one another."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount
from tests.dialects.tencent.security_groups.policies import (
    PING,
    SSH,
    WEB,
    create,
    policies,
    ports,
)


def test_a_group_that_another_one_names_cannot_be_deleted(account, group):
    other = account.create_group()
    naming = {"Protocol": "ALL", "SecurityGroupId": group, "Action": "ACCEPT"}
    create(account, other, "Ingress", naming)
    create(account, group, "Ingress", naming)
    assert account.refusal("DeleteSecurityGroup", SecurityGroupId=group) == "UnsupportedOperation"
    reply = account.call("DescribeSecurityGroupReferences", SecurityGroupIds=[other, group])
    assert reply["ReferredSecurityGroupSet"] == [
        {"SecurityGroupId": group, "ReferredSecurityGroupIds": [other]}
    ]
    account.call("DeleteSecurityGroup", SecurityGroupId=other)
    account.call("DeleteSecurityGroup", SecurityGroupId=group)


def test_what_is_in_a_group_is_counted():
    account = TencentAccount.furnished()
    (instance_id,) = account.call("RunInstances", **account.instance_params())["InstanceIdSet"]
    assert instance_id
    account.wait()
    account.call(
        "CreateNetworkInterface",
        VpcId=account.vpc_id,
        SubnetId=account.subnet_id,
        NetworkInterfaceName="e",
        SecurityGroupIds=[account.group_id],
    )
    other = account.create_group()
    create(
        account,
        other,
        "Egress",
        {"Protocol": "ALL", "SecurityGroupId": account.group_id, "Action": "ACCEPT"},
    )
    reply = account.call(
        "DescribeSecurityGroupAssociationStatistics", SecurityGroupIds=[account.group_id, other]
    )
    # Kinds of which there are none are listed too: cloud-custodian recorded them (2023-03).
    kinds = dict.fromkeys(("CVM", "ENI", "CDB", "CLB"), 0)

    def listed(counts):
        return [{"InstanceType": name, "InstanceCount": count} for name, count in counts.items()]

    nothing = {**kinds, "SG": 0, "TotalCount": 0, "InstanceStatistics": listed(kinds)}
    assert reply["SecurityGroupAssociationStatisticsSet"] == [
        {
            **nothing,
            "SecurityGroupId": account.group_id,
            "CVM": 1,
            "ENI": 1,
            "SG": 1,
            "TotalCount": 2,
            "InstanceStatistics": listed({**kinds, "CVM": 1, "ENI": 1}),
        },
        {**nothing, "SecurityGroupId": other},
    ]


@pytest.mark.parametrize(
    "action", ["DescribeSecurityGroupAssociationStatistics", "DescribeSecurityGroupReferences"]
)
def test_groups_are_asked_for_by_ids_that_exist(account, action):
    for group_ids, code in (
        ([ABSENT["sg"]], "ResourceNotFound"),
        (["group"], "InvalidParameterValue.Malformed"),
        ([f"sg-{number:08d}" for number in range(101)], "InvalidParameterValue.LimitExceeded"),
        ([], "MissingParameter"),
    ):
        assert account.refusal(action, SecurityGroupIds=group_ids) == code


def test_a_group_is_created_with_policies(account):
    created = account.call(
        "CreateSecurityGroupWithPolicies",
        GroupName="g",
        GroupDescription="d",
        ProjectId="3",
        SecurityGroupPolicySet={"Ingress": [SSH, WEB], "Egress": [{**PING, "PolicyIndex": 5}]},
        Tags=[{"Key": "k", "Value": "v"}],
    )["SecurityGroup"]
    assert (created["ProjectId"], created["IsDefault"]) == ("3", False)
    shown = policies(account, created["SecurityGroupId"])
    assert [len(shown["Ingress"]), len(shown["Egress"]), shown["Version"]] == [2, 1, "0"]
    bare = account.call("CreateSecurityGroupWithPolicies", GroupName="g", GroupDescription="")
    assert policies(account, bare["SecurityGroup"]["SecurityGroupId"])["Ingress"] == []
    for wrong, code in (
        ([{"Protocol": "ALL", "CidrBlock": "10.0.0.0/8"}], "MissingParameter"),
        ([SSH, SSH], "InvalidParameterValue"),
        ([{**SSH, "Port": str(port)} for port in range(1, 102)], "LimitExceeded"),
    ):
        params = {"GroupName": "g", "GroupDescription": "", "SecurityGroupPolicySet": {"Egress": wrong}}
        assert account.refusal("CreateSecurityGroupWithPolicies", **params) == code


def test_a_group_is_cloned(account):
    tags = [{"Key": "k", "Value": "v"}]
    source = account.call("CreateSecurityGroup", GroupName="a", GroupDescription="b", Tags=tags)
    group = source["SecurityGroup"]["SecurityGroupId"]
    create(account, group, "Ingress", SSH, PING)
    clone = account.call("CloneSecurityGroup", SecurityGroupId=group)["SecurityGroup"]
    assert (clone["SecurityGroupName"], clone["SecurityGroupDesc"], clone["TagSet"]) == ("a", "b", [])
    assert ports(account, clone["SecurityGroupId"]) == ["22", "ALL"]
    other = account.call(
        "CloneSecurityGroup",
        SecurityGroupId=group,
        GroupName="c",
        GroupDescription="",
        RemoteRegion="ap-guangzhou",
        Tags=[{"Key": "l", "Value": "w"}],
        IsCloneTags=True,
    )["SecurityGroup"]
    assert (other["SecurityGroupName"], other["SecurityGroupDesc"]) == ("c", "")
    assert other["TagSet"] == [*tags, {"Key": "l", "Value": "w"}]
    elsewhere = {"SecurityGroupId": group, "RemoteRegion": "ap-beijing"}
    assert account.refusal("CloneSecurityGroup", **elsewhere) == "UnsupportedOperation"
    assert account.refusal("CloneSecurityGroup", SecurityGroupId=ABSENT["sg"]) == "ResourceNotFound"


def test_a_project_has_one_default_group(account):
    account.create_group()
    first = account.call("CreateDefaultSecurityGroup")["SecurityGroup"]
    assert (first["IsDefault"], first["SecurityGroupName"], first["ProjectId"]) == (True, "default", "0")
    assert account.call("CreateDefaultSecurityGroup")["SecurityGroup"] == first
    other = account.call("CreateDefaultSecurityGroup", ProjectId="7")["SecurityGroup"]
    assert other["SecurityGroupId"] != first["SecurityGroupId"]
    shown = policies(account, first["SecurityGroupId"])
    for direction in ("Ingress", "Egress"):
        (policy,) = shown[direction]
        assert (policy["Protocol"], policy["CidrBlock"], policy["Action"]) == ("ALL", "0.0.0.0/0", "ACCEPT")
    default = {"SecurityGroupId": first["SecurityGroupId"]}
    assert account.refusal("DeleteSecurityGroup", **default) == "UnsupportedOperation"


def test_name_and_description_of_a_group_are_modified(account):
    older, newer = account.create_group(), account.create_group()
    account.emulator.advance(60_000)
    account.call("ModifySecurityGroupAttribute", SecurityGroupId=older, GroupName="n")
    account.call("ModifySecurityGroupAttribute", SecurityGroupId=older, GroupDescription="d")
    (shown,) = account.call("DescribeSecurityGroups", SecurityGroupIds=[older])["SecurityGroupSet"]
    assert (shown["SecurityGroupName"], shown["SecurityGroupDesc"]) == ("n", "d")
    assert (shown["CreatedTime"], shown["UpdateTime"]) == ("2026-09-21 22:13:20", "2026-09-21 22:14:20")

    def order(**params):
        reply = account.call("DescribeSecurityGroups", **params)
        return [each["SecurityGroupId"] for each in reply["SecurityGroupSet"]]

    assert order(OrderField="UpdateTime") == [newer, older]
    assert order(OrderField="UpdateTime", OrderDirection="DESC") == [older, newer]
    assert order(OrderField="CreatedTime") == [older, newer]
    assert order(OrderField="CreatedTime", OrderDirection="DESC", Offset=1) == [older]
    for wrong, code in (
        ({"SecurityGroupId": ABSENT["sg"]}, "ResourceNotFound"),
        ({"SecurityGroupId": older, "GroupName": "g" * 61}, "InvalidParameterValue.TooLong"),
        ({"SecurityGroupId": older, "GroupDescription": "g" * 101}, "InvalidParameterValue.TooLong"),
    ):
        assert account.refusal("ModifySecurityGroupAttribute", **wrong) == code


def test_limits_are_those_in_force_or_of_a_new_account():
    account = TencentAccount(quotas={"rules_per_direction": 7, "groups": 8})
    limits = account.call("DescribeSecurityGroupLimits")["SecurityGroupLimitSet"]
    assert (limits["SecurityGroupPolicyLimit"], limits["SecurityGroupLimit"]) == (7, 8)
    assert limits["SecurityGroupInstanceLimit"] == 2000


def test_policies_without_templates_are_expanded_into_themselves(account, group):
    create(account, group, "Ingress", SSH, WEB)
    reply = account.call("DescribeSecurityGroupExpandedPolicies", SecurityGroupId=group)
    assert reply["SecurityGroupPolicySet"] == policies(account, group)
