"""Policies of security groups, and the actions on groups that go with them."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount

SSH = {"Protocol": "TCP", "Port": "22", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT"}
WEB = {"Protocol": "tcp", "Port": "80,443,8000-8010", "CidrBlock": "0.0.0.0/8", "Action": "accept"}
PING = {"Protocol": "ICMP", "CidrBlock": "10.1.2.3", "Action": "DROP", "PolicyDescription": "no ping"}
ALL_6 = {"Protocol": "all", "Port": "ALL", "Ipv6CidrBlock": "2001:db8::/32", "Action": "ACCEPT"}
ANY = {"Protocol": "UDP", "Port": "all", "CidrBlock": "10.2.0.0/16", "Action": "ACCEPT"}
NO_TEMPLATES = {
    "ServiceTemplate": {"ServiceId": "", "ServiceGroupId": ""},
    "AddressTemplate": {"AddressId": "", "AddressGroupId": ""},
}


@pytest.fixture
def account():
    return TencentAccount()


@pytest.fixture
def group(account):
    return account.create_group()


def create(account, group, direction="Ingress", *policies, **more):
    policy_set = {direction: list(policies), **more}
    account.call("CreateSecurityGroupPolicies", SecurityGroupId=group, SecurityGroupPolicySet=policy_set)


def policies(account, group, **params):
    """Return the set of policies that is shown of a group."""
    reply = account.call("DescribeSecurityGroupPolicies", SecurityGroupId=group, **params)
    return reply["SecurityGroupPolicySet"]


def ports(account, group, direction="Ingress"):
    return [shown["Port"] for shown in policies(account, group)[direction]]


def refused(account, action, group, policy_set, **more):
    return account.refusal(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set, **more)


# -- creating and describing ----------------------------------------------------------------------------


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
                "Priority": 0,
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
                "Priority": 1,
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
                "Priority": 2,
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
        ({"Protocol": None}, "InvalidParameterValue.Empty"),
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
        ({"AddressTemplate": {"AddressId": ""}}, "InvalidParameterValue.Malformed"),
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


# -- deleting, replacing, resetting ---------------------------------------------------------------------


def test_policies_are_deleted_by_index(account, group):
    create(account, group, "Ingress", SSH, WEB, PING)
    action, index = "DeleteSecurityGroupPolicies", {"PolicyIndex": 3}
    assert refused(account, action, group, {"Ingress": [index]}) == "ResourceNotFound"
    assert refused(account, action, group, {"Ingress": [{"PolicyIndex": 0}, SSH]}) == (
        "InvalidParameter.Coexist"
    )
    empty = {"PolicyIndex": 0, "AddressTemplate": {"AddressId": "", "AddressGroupId": ""}}
    assert refused(account, action, group, {"Ingress": [empty]}) == "InvalidParameterValue.Malformed"
    policy_set = {"Version": "1", "Ingress": [{"PolicyIndex": "2"}, {"PolicyIndex": "0"}]}
    account.call(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set)
    assert ports(account, group) == [WEB["Port"]]


def test_policies_are_deleted_by_what_they_do(account, group):
    create(account, group, "Egress", SSH, PING)
    action = "DeleteSecurityGroupPolicies"
    assert refused(account, action, group, {"Egress": [WEB]}) == "ResourceNotFound"
    assert refused(account, action, group, {"Egress": [{"CidrBlock": "10.0.0.0/8"}]}) == (
        "InvalidParameterValue.Empty"
    )
    policy_set = {"Egress": [{**PING, "Port": "all", "PolicyDescription": "other"}]}
    account.call(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set)
    assert ports(account, group, "Egress") == ["22"]


def test_policies_are_replaced_in_their_places(account, group):
    create(account, group, "Ingress", SSH, WEB, PING)
    account.emulator.advance(60_000)
    policy_set = {"Ingress": [{**ANY, "PolicyIndex": 2}, {**SSH, "Port": "23", "PolicyIndex": "0"}]}
    account.call(
        "ReplaceSecurityGroupPolicies",
        SecurityGroupId=group,
        SecurityGroupPolicySet=policy_set,
        OriginalSecurityGroupPolicySet={"Ingress": [SSH]},
        UpdateType="Policy",
    )
    assert ports(account, group) == ["23", WEB["Port"], "ALL"]
    times = [shown["ModifyTime"] for shown in policies(account, group)["Ingress"]]
    assert times == ["2026-09-21 22:14:20", "2026-09-21 22:13:20", "2026-09-21 22:14:20"]
    action = "ReplaceSecurityGroupPolicies"
    for wrong, code in (
        ([SSH], "InvalidParameterValue.Empty"),
        ([{**SSH, "PolicyIndex": 3}], "ResourceNotFound"),
        ([{**WEB, "PolicyIndex": 0}], "UnsupportedOperation.DuplicatePolicy"),
        ([{**SSH, "PolicyIndex": 0}, {**PING, "PolicyIndex": 0}], "InvalidParameterValue"),
    ):
        assert refused(account, action, group, {"Ingress": wrong}) == code
    priority = refused(account, action, group, policy_set, UpdateType="Priority")
    assert priority == "InvalidParameterValue"


def test_one_policy_is_replaced(account, group):
    create(account, group, "Egress", SSH)
    action = "ReplaceSecurityGroupPolicy"
    two = {"Egress": [{**WEB, "PolicyIndex": 0}, {**PING, "PolicyIndex": 0}]}
    assert refused(account, action, group, two) == "InvalidParameterValue.LimitExceeded"
    policy_set = {"Egress": [{**WEB, "PolicyIndex": 0}]}
    account.call(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set)
    assert ports(account, group, "Egress") == [WEB["Port"]]


def test_directions_are_reset_one_by_one(account, group):
    def modify(*, sort=None, **policy_set):
        account.call(
            "ModifySecurityGroupPolicies",
            SecurityGroupId=group,
            SecurityGroupPolicySet=policy_set,
            SortPolicys=sort,
        )

    modify(Ingress=[SSH, WEB], Egress=[PING])
    modify(Ingress=[ANY, WEB, SSH], Version="2")
    assert (ports(account, group), ports(account, group, "Egress")) == (["ALL", "22", WEB["Port"]], ["ALL"])
    modify(Ingress=[ANY, WEB, SSH], sort=True)
    assert ports(account, group) == ["ALL", WEB["Port"], "22"]
    modify(Version="0", Egress=[ANY])
    shown = policies(account, group)
    assert (shown["Ingress"], shown["Egress"], shown["Version"]) == ([], [], "4")
    twice = refused(account, "ModifySecurityGroupPolicies", group, {"Ingress": [SSH, SSH]})
    assert twice == "UnsupportedOperation.DuplicatePolicy"


# -- groups ---------------------------------------------------------------------------------------------


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
    nothing = {"CVM": 0, "ENI": 0, "CDB": 0, "CLB": 0, "SG": 0, "TotalCount": 0, "InstanceStatistics": []}
    assert reply["SecurityGroupAssociationStatisticsSet"] == [
        {
            **nothing,
            "SecurityGroupId": account.group_id,
            "CVM": 1,
            "ENI": 1,
            "SG": 1,
            "TotalCount": 2,
            "InstanceStatistics": [
                {"InstanceType": "CVM", "InstanceCount": 1},
                {"InstanceType": "ENI", "InstanceCount": 1},
            ],
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
