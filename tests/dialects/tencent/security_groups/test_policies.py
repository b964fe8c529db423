"""Policies of security groups: creating and describing them."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount
from tests.dialects.tencent.security_groups.policies import (
    ALL_6,
    ANY,
    NO_TEMPLATES,
    PING,
    SSH,
    WEB,
    create,
    policies,
    ports,
    refused,
)


def test_policies_are_shown_as_they_were_created(account, group):
    assert policies(account, group)["Version"] == "0"
    create(account, group, "Ingress", WEB, PING, ALL_6)
    shown = policies(account, group)
    when = {"ModifyTime": "2026-09-21 22:13:20", **NO_TEMPLATES}
    assert shown == {
        "Version": "1",
        "Egress": [],
        "Ingress": [
            {
                "PolicyIndex": 0,
                "Priority": 1,
                "Diff": False,
                "Protocol": "tcp",
                "Port": "80,443,8000-8010",
                "CidrBlock": "0.0.0.0/0",
                "Ipv6CidrBlock": "",
                "SecurityGroupId": "",
                "Action": "ACCEPT",
                "PolicyDescription": "",
                **when,
            },
            {
                "PolicyIndex": 1,
                "Priority": 2,
                "Diff": False,
                "Protocol": "icmp",
                "Port": "ALL",
                "CidrBlock": "10.1.2.3",
                "Ipv6CidrBlock": "",
                "SecurityGroupId": "",
                "Action": "DROP",
                "PolicyDescription": "no ping",
                **when,
            },
            {
                "PolicyIndex": 2,
                "Priority": 3,
                "Diff": False,
                "Protocol": "ALL",
                "Port": "ALL",
                "CidrBlock": "",
                "Ipv6CidrBlock": "2001:db8::/32",
                "SecurityGroupId": "",
                "Action": "ACCEPT",
                "PolicyDescription": "",
                **when,
            },
        ],
        "PolicyStatistics": {
            "IngressIPv4TotalCount": 2,
            "IngressIPv6TotalCount": 1,
            "EgressIPv4TotalCount": 0,
            "EgressIPv6TotalCount": 0,
        },
    }


def test_policies_are_put_at_an_index_or_behind_the_others(account, group):
    create(account, group, "Egress", SSH, ANY)
    create(account, group, "Egress", {**WEB, "PolicyIndex": 0}, {**PING, "PolicyIndex": "0"})
    create(account, group, "Egress", {**SSH, "Port": "23"})
    assert ports(account, group, "Egress") == ["80,443,8000-8010", "ALL", "22", "ALL", "23"]
    for wrong, code in (
        ([{**WEB, "Port": "1", "PolicyIndex": 6}], "InvalidParameterValue.Range"),
        ([{**WEB, "Port": "1", "PolicyIndex": -1}], "InvalidParameterValue.Range"),
        ([{**WEB, "Port": "1", "PolicyIndex": 1}, {**WEB, "Port": "2"}], "InvalidParameterValue"),
    ):
        assert refused(account, "CreateSecurityGroupPolicies", group, {"Egress": wrong}) == code


@pytest.mark.parametrize("templates", [{}, {"AddressId": ""}, NO_TEMPLATES["AddressTemplate"]], ids=str)
def test_a_template_without_an_id_is_as_good_as_none(account, group, templates):
    """terraform-provider-tencentcloud sends both structures with every policy, and mostly empty."""
    structures = {"AddressTemplate": templates, "ServiceTemplate": {}}
    create(account, group, "Ingress", {**SSH, **structures})
    (shown,) = policies(account, group)["Ingress"]
    assert (shown["Port"], shown["CidrBlock"]) == ("22", "10.0.0.0/8")
    account.call(
        "DeleteSecurityGroupPolicies",
        SecurityGroupId=group,
        SecurityGroupPolicySet={"Ingress": [{**SSH, **structures}]},
    )
    assert policies(account, group)["Ingress"] == []


def test_a_policy_without_a_protocol_is_for_all_of_them(account, group):
    """terraform-provider-tencentcloud creates and deletes policies for ALL by leaving Protocol out."""
    policy = {"CidrBlock": "10.0.0.0/8", "Action": "ACCEPT"}
    create(account, group, "Egress", policy)
    (shown,) = policies(account, group)["Egress"]
    assert (shown["Protocol"], shown["Port"]) == ("ALL", "ALL")
    with_port = {"Egress": [{**policy, "Port": "80"}]}
    assert refused(account, "CreateSecurityGroupPolicies", group, with_port) == "InvalidParameter.Coexist"
    account.call(
        "DeleteSecurityGroupPolicies",
        SecurityGroupId=group,
        SecurityGroupPolicySet={"Egress": [policy]},
    )
    assert policies(account, group)["Egress"] == []


def test_a_stale_version_is_refused(account, group):
    create(account, group, "Ingress", SSH, Version="0")
    stale = {"Version": "0", "Ingress": [{**WEB, "PolicyIndex": 0}]}
    for action in (
        "CreateSecurityGroupPolicies",
        "DeleteSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicy",
    ):
        assert refused(account, action, group, stale) == "UnsupportedOperation.VersionMismatch"
    create(account, group, "Ingress", WEB, Version="1")
    assert policies(account, group)["Version"] == "2"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Action": None}, "InvalidParameterValue.Empty"),
        ({"CidrBlock": None}, "InvalidParameterValue.Empty"),
        ({"Protocol": "SCTP"}, "InvalidParameterValue"),
        ({"Action": "allow"}, "InvalidParameterValue"),
        ({"PolicyDescription": "x" * 101}, "InvalidParameterValue.TooLong"),
        ({"CidrBlock": "MY_PUBLIC_IP"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.0.0/33"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": None, "Ipv6CidrBlock": "10.0.0.0/8"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": None, "SecurityGroupId": "group"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": None, "SecurityGroupId": ABSENT["sg"]}, "ResourceNotFound"),
        ({"Port": "x"}, "InvalidParameterValue.Malformed"),
        ({"Port": "9-1"}, "InvalidParameterValue.Malformed"),
        ({"Port": "1-65536"}, "InvalidParameterValue.Malformed"),
        ({"Port": "1-2-3"}, "InvalidParameterValue.Malformed"),
        ({"Port": "1,,2"}, "InvalidParameterValue.Malformed"),
        ({"Protocol": "GRE"}, "InvalidParameter.Coexist"),
        ({"Ipv6CidrBlock": "::/0"}, "InvalidParameter.Coexist"),
        ({"SecurityGroupId": ABSENT["sg"]}, "InvalidParameter.Coexist"),
        (
            {"Protocol": "ICMP", "Port": "ALL", "CidrBlock": None, "Ipv6CidrBlock": "::/0"},
            "InvalidParameter.Coexist",
        ),
        ({"Protocol": "ICMPv6", "Port": None}, "InvalidParameter.Coexist"),
        ({"ServiceTemplate": {"ServiceId": "ppm-1"}}, "InvalidParameter.Coexist"),
        ({"AddressTemplate": {"AddressId": "ipm-1"}}, "InvalidParameter.Coexist"),
        (
            {"Protocol": None, "Port": None, "ServiceTemplate": {"ServiceGroupId": "ppmg-1"}},
            "ResourceNotFound",
        ),
        ({"CidrBlock": None, "AddressTemplate": {"AddressGroupId": "ipmg-1"}}, "ResourceNotFound"),
        ({"Undreamt": "x"}, "UnknownParameter"),
    ],
)
def test_a_policy_is_refused_for_what_is_wrong_with_it(account, group, changes, code):
    policy = {name: value for name, value in {**SSH, **changes}.items() if value is not None}
    for style in ("json", "get"):
        found = refused(account, "CreateSecurityGroupPolicies", group, {"Ingress": [policy]}, style=style)
        assert found == code


def test_one_direction_at_a_time_has_policies(account, group):
    both = {"Ingress": [{**SSH, "PolicyIndex": 0}], "Egress": [{**SSH, "PolicyIndex": 0}]}
    for action in (
        "CreateSecurityGroupPolicies",
        "DeleteSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicy",
    ):
        assert refused(account, action, group, both) == "InvalidParameter.Coexist"
        assert refused(account, action, group, {}) == "InvalidParameterValue.Empty"
        assert refused(account, action, group, {"Ingress": []}) == "InvalidParameterValue.Empty"
    assert refused(account, "ModifySecurityGroupPolicies", group, {}) == "InvalidParameterValue.Empty"


def test_policies_differ(account, group):
    create(account, group, "Ingress", SSH)
    again = {**SSH, "PolicyDescription": "again"}
    code = "UnsupportedOperation.DuplicatePolicy"
    assert refused(account, "CreateSecurityGroupPolicies", group, {"Ingress": [again]}) == code
    assert refused(account, "CreateSecurityGroupPolicies", group, {"Ingress": [WEB, WEB]}) == code
    create(account, group, "Egress", SSH)
    create(account, group, "Ingress", {**SSH, "Action": "DROP"})


def test_policies_are_a_quota_of_each_direction(account, group):
    create(account, group, "Ingress", *({**SSH, "Port": str(port)} for port in range(1, 101)))
    code = "LimitExceeded.SecurityGroupPolicySet"
    assert refused(account, "CreateSecurityGroupPolicies", group, {"Ingress": [WEB]}) == code
    create(account, group, "Egress", WEB)
    many = [{**SSH, "Port": str(port)} for port in range(1, 102)]
    assert refused(account, "ModifySecurityGroupPolicies", group, {"Egress": many}) == "LimitExceeded"


def test_policies_that_name_groups_are_a_quota():
    account = TencentAccount(quotas={"naming_rules_per_group": 1})
    group = account.create_group()
    naming = {"Protocol": "ALL", "SecurityGroupId": group, "Action": "ACCEPT"}
    create(account, group, "Ingress", naming)
    assert refused(account, "CreateSecurityGroupPolicies", group, {"Egress": [naming]}) == "LimitExceeded"


@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        ("ip", ["10.1"], [1]),
        ("ip", ["2001:db8"], [2]),
        ("ip", ["nowhere"], []),
        ("protocol-type", ["TCP", "icmp"], [0, 1]),
        ("port", ["443"], [0]),
        ("port", ["ALL"], [0, 1, 2, 3]),
        ("poly", ["DROP"], [1]),
        ("poly", ["ALL"], [0, 1, 2, 3]),
        ("direction", ["OUTBOUND"], []),
        ("direction", ["INBOUND"], [0, 1, 2, 3]),
        ("description", ["ping"], [1]),
        ("address-module", ["ipm-1"], []),
        ("service-module", ["ppm-1"], []),
    ],
)
def test_policies_are_filtered(account, group, name, values, found):
    naming = {"Protocol": "GRE", "SecurityGroupId": group, "Action": "ACCEPT"}
    create(account, group, "Ingress", WEB, PING, ALL_6, naming)
    shown = policies(account, group, Filters=[{"Name": name, "Values": values}])
    assert [policy["PolicyIndex"] for policy in shown["Ingress"]] == found
    assert shown["PolicyStatistics"]["IngressIPv4TotalCount"] == 2


def test_filters_must_all_match_and_exist(account, group):
    create(account, group, "Ingress", WEB, {"Protocol": "ALL", "SecurityGroupId": group, "Action": "DROP"})
    filters = [
        {"Name": "security-group-id", "Values": [group]},
        {"Name": "poly", "Values": ["accept", "drop"]},
    ]
    assert [each["PolicyIndex"] for each in policies(account, group, Filters=filters)["Ingress"]] == [1]
    unknown = [{"Name": "colour", "Values": ["x"]}]
    code = account.refusal("DescribeSecurityGroupPolicies", SecurityGroupId=group, Filters=unknown)
    assert code == "InvalidParameter.FilterInvalidKey"


@pytest.mark.parametrize(
    "action",
    [
        "CreateSecurityGroupPolicies",
        "DeleteSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicy",
        "ModifySecurityGroupPolicies",
    ],
)
def test_a_group_that_is_not_there_has_no_policies(account, action):
    policy_set = {"Ingress": [{**SSH, "PolicyIndex": 0}]}
    assert refused(account, action, ABSENT["sg"], policy_set) == "ResourceNotFound"
    assert refused(account, action, "group", policy_set) == "InvalidParameterValue.Malformed"
    for wrong in ({"SecurityGroupId": ABSENT["sg"]}, {"SecurityGroupId": "sg-!"}):
        code = account.refusal("DescribeSecurityGroupPolicies", **wrong)
        assert code in {"ResourceNotFound", "InvalidParameterValue.Malformed"}
