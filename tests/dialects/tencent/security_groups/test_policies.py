"""Policies of security groups, and the actions on groups that go with them."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, FurnishedRoom, Room

from duolect.settings.settings import CloudSettings

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
def room():
    return Room()


@pytest.fixture
def group(room):
    return room.group()


def create(room, group, direction="Ingress", *policies, **more):
    policy_set = {direction: list(policies), **more}
    room.call("CreateSecurityGroupPolicies", SecurityGroupId=group, SecurityGroupPolicySet=policy_set)


def policies(room, group, **params):
    """Return the set of policies that is shown of a group."""
    reply = room.call("DescribeSecurityGroupPolicies", SecurityGroupId=group, **params)
    return reply["SecurityGroupPolicySet"]


def ports(room, group, direction="Ingress"):
    return [shown["Port"] for shown in policies(room, group)[direction]]


def refused(room, action, group, policy_set, **more):
    return room.refused(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set, **more)


# -- creating and describing ----------------------------------------------------------------------------


def test_policies_are_shown_as_they_were_created(room, group):
    assert policies(room, group)["Version"] == "0"
    create(room, group, "Ingress", WEB, PING, ALL_6)
    shown = policies(room, group)
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


def test_policies_are_put_at_an_index_or_behind_the_others(room, group):
    create(room, group, "Egress", SSH, ANY)
    create(room, group, "Egress", {**WEB, "PolicyIndex": 0}, {**PING, "PolicyIndex": "0"})
    create(room, group, "Egress", {**SSH, "Port": "23"})
    assert ports(room, group, "Egress") == ["80,443,8000-8010", "ALL", "22", "ALL", "23"]
    for wrong, code in (
        ([{**WEB, "Port": "1", "PolicyIndex": 6}], "InvalidParameterValue.Range"),
        ([{**WEB, "Port": "1", "PolicyIndex": -1}], "InvalidParameterValue.Range"),
        ([{**WEB, "Port": "1", "PolicyIndex": 1}, {**WEB, "Port": "2"}], "InvalidParameterValue"),
    ):
        assert refused(room, "CreateSecurityGroupPolicies", group, {"Egress": wrong}) == code


def test_a_stale_version_is_refused(room, group):
    create(room, group, "Ingress", SSH, Version="0")
    stale = {"Version": "0", "Ingress": [{**WEB, "PolicyIndex": 0}]}
    for action in (
        "CreateSecurityGroupPolicies",
        "DeleteSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicy",
    ):
        assert refused(room, action, group, stale) == "UnsupportedOperation.VersionMismatch"
    create(room, group, "Ingress", WEB, Version="1")
    assert policies(room, group)["Version"] == "2"


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
def test_a_policy_is_refused_for_what_is_wrong_with_it(room, group, changes, code):
    policy = {name: value for name, value in {**SSH, **changes}.items() if value is not None}
    for style in ("json", "get"):
        found = refused(room, "CreateSecurityGroupPolicies", group, {"Ingress": [policy]}, style=style)
        assert found == code


def test_one_direction_at_a_time_has_policies(room, group):
    both = {"Ingress": [{**SSH, "PolicyIndex": 0}], "Egress": [{**SSH, "PolicyIndex": 0}]}
    for action in (
        "CreateSecurityGroupPolicies",
        "DeleteSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicies",
        "ReplaceSecurityGroupPolicy",
    ):
        assert refused(room, action, group, both) == "InvalidParameter.Coexist"
        assert refused(room, action, group, {}) == "InvalidParameterValue.Empty"
        assert refused(room, action, group, {"Ingress": []}) == "InvalidParameterValue.Empty"
    assert refused(room, "ModifySecurityGroupPolicies", group, {}) == "InvalidParameterValue.Empty"


def test_policies_differ(room, group):
    create(room, group, "Ingress", SSH)
    again = {**SSH, "PolicyDescription": "again"}
    code = "UnsupportedOperation.DuplicatePolicy"
    assert refused(room, "CreateSecurityGroupPolicies", group, {"Ingress": [again]}) == code
    assert refused(room, "CreateSecurityGroupPolicies", group, {"Ingress": [WEB, WEB]}) == code
    create(room, group, "Egress", SSH)
    create(room, group, "Ingress", {**SSH, "Action": "DROP"})


def test_policies_are_a_quota_of_each_direction(room, group):
    create(room, group, "Ingress", *({**SSH, "Port": str(port)} for port in range(1, 101)))
    code = "LimitExceeded.SecurityGroupPolicySet"
    assert refused(room, "CreateSecurityGroupPolicies", group, {"Ingress": [WEB]}) == code
    create(room, group, "Egress", WEB)
    many = [{**SSH, "Port": str(port)} for port in range(1, 102)]
    assert refused(room, "ModifySecurityGroupPolicies", group, {"Egress": many}) == "LimitExceeded"


def test_policies_that_name_groups_are_a_quota():
    room = Room(tencent=CloudSettings(quotas={"naming_rules_per_group": 1}))
    group = room.group()
    naming = {"Protocol": "ALL", "SecurityGroupId": group, "Action": "ACCEPT"}
    create(room, group, "Ingress", naming)
    assert refused(room, "CreateSecurityGroupPolicies", group, {"Egress": [naming]}) == "LimitExceeded"


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
def test_policies_are_filtered(room, group, name, values, found):
    naming = {"Protocol": "GRE", "SecurityGroupId": group, "Action": "ACCEPT"}
    create(room, group, "Ingress", WEB, PING, ALL_6, naming)
    shown = policies(room, group, Filters=[{"Name": name, "Values": values}])
    assert [policy["PolicyIndex"] for policy in shown["Ingress"]] == found
    assert shown["PolicyStatistics"]["IngressIPv4TotalCount"] == 2


def test_filters_must_all_match_and_exist(room, group):
    create(room, group, "Ingress", WEB, {"Protocol": "ALL", "SecurityGroupId": group, "Action": "DROP"})
    filters = [
        {"Name": "security-group-id", "Values": [group]},
        {"Name": "poly", "Values": ["accept", "drop"]},
    ]
    assert [each["PolicyIndex"] for each in policies(room, group, Filters=filters)["Ingress"]] == [1]
    unknown = [{"Name": "colour", "Values": ["x"]}]
    code = room.refused("DescribeSecurityGroupPolicies", SecurityGroupId=group, Filters=unknown)
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
def test_a_group_that_is_not_there_has_no_policies(room, action):
    policy_set = {"Ingress": [{**SSH, "PolicyIndex": 0}]}
    assert refused(room, action, ABSENT["sg"], policy_set) == "ResourceNotFound"
    assert refused(room, action, "group", policy_set) == "InvalidParameterValue.Malformed"
    for wrong in ({"SecurityGroupId": ABSENT["sg"]}, {"SecurityGroupId": "sg-!"}):
        code = room.refused("DescribeSecurityGroupPolicies", **wrong)
        assert code in {"ResourceNotFound", "InvalidParameterValue.Malformed"}


# -- deleting, replacing, resetting ---------------------------------------------------------------------


def test_policies_are_deleted_by_index(room, group):
    create(room, group, "Ingress", SSH, WEB, PING)
    action, index = "DeleteSecurityGroupPolicies", {"PolicyIndex": 3}
    assert refused(room, action, group, {"Ingress": [index]}) == "ResourceNotFound"
    assert refused(room, action, group, {"Ingress": [{"PolicyIndex": 0}, SSH]}) == (
        "InvalidParameter.Coexist"
    )
    empty = {"PolicyIndex": 0, "AddressTemplate": {"AddressId": "", "AddressGroupId": ""}}
    assert refused(room, action, group, {"Ingress": [empty]}) == "InvalidParameterValue.Malformed"
    policy_set = {"Version": "1", "Ingress": [{"PolicyIndex": "2"}, {"PolicyIndex": "0"}]}
    room.call(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set)
    assert ports(room, group) == [WEB["Port"]]


def test_policies_are_deleted_by_what_they_do(room, group):
    create(room, group, "Egress", SSH, PING)
    action = "DeleteSecurityGroupPolicies"
    assert refused(room, action, group, {"Egress": [WEB]}) == "ResourceNotFound"
    assert refused(room, action, group, {"Egress": [{"CidrBlock": "10.0.0.0/8"}]}) == (
        "InvalidParameterValue.Empty"
    )
    policy_set = {"Egress": [{**PING, "Port": "all", "PolicyDescription": "other"}]}
    room.call(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set)
    assert ports(room, group, "Egress") == ["22"]


def test_policies_are_replaced_in_their_places(room, group):
    create(room, group, "Ingress", SSH, WEB, PING)
    room.emulator.advance(60_000)
    policy_set = {"Ingress": [{**ANY, "PolicyIndex": 2}, {**SSH, "Port": "23", "PolicyIndex": "0"}]}
    room.call(
        "ReplaceSecurityGroupPolicies",
        SecurityGroupId=group,
        SecurityGroupPolicySet=policy_set,
        OriginalSecurityGroupPolicySet={"Ingress": [SSH]},
        UpdateType="Policy",
    )
    assert ports(room, group) == ["23", WEB["Port"], "ALL"]
    times = [shown["ModifyTime"] for shown in policies(room, group)["Ingress"]]
    assert times == ["2026-09-21 22:14:20", "2026-09-21 22:13:20", "2026-09-21 22:14:20"]
    action = "ReplaceSecurityGroupPolicies"
    for wrong, code in (
        ([SSH], "InvalidParameterValue.Empty"),
        ([{**SSH, "PolicyIndex": 3}], "ResourceNotFound"),
        ([{**WEB, "PolicyIndex": 0}], "UnsupportedOperation.DuplicatePolicy"),
        ([{**SSH, "PolicyIndex": 0}, {**PING, "PolicyIndex": 0}], "InvalidParameterValue"),
    ):
        assert refused(room, action, group, {"Ingress": wrong}) == code
    priority = refused(room, action, group, policy_set, UpdateType="Priority")
    assert priority == "InvalidParameterValue"


def test_one_policy_is_replaced(room, group):
    create(room, group, "Egress", SSH)
    action = "ReplaceSecurityGroupPolicy"
    two = {"Egress": [{**WEB, "PolicyIndex": 0}, {**PING, "PolicyIndex": 0}]}
    assert refused(room, action, group, two) == "InvalidParameterValue.LimitExceeded"
    policy_set = {"Egress": [{**WEB, "PolicyIndex": 0}]}
    room.call(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set)
    assert ports(room, group, "Egress") == [WEB["Port"]]


def test_directions_are_reset_one_by_one(room, group):
    def modify(*, sort=None, **policy_set):
        room.call(
            "ModifySecurityGroupPolicies",
            SecurityGroupId=group,
            SecurityGroupPolicySet=policy_set,
            SortPolicys=sort,
        )

    modify(Ingress=[SSH, WEB], Egress=[PING])
    modify(Ingress=[ANY, WEB, SSH], Version="2")
    assert (ports(room, group), ports(room, group, "Egress")) == (["ALL", "22", WEB["Port"]], ["ALL"])
    modify(Ingress=[ANY, WEB, SSH], sort=True)
    assert ports(room, group) == ["ALL", WEB["Port"], "22"]
    modify(Version="0", Egress=[ANY])
    shown = policies(room, group)
    assert (shown["Ingress"], shown["Egress"], shown["Version"]) == ([], [], "4")
    twice = refused(room, "ModifySecurityGroupPolicies", group, {"Ingress": [SSH, SSH]})
    assert twice == "UnsupportedOperation.DuplicatePolicy"


# -- groups ---------------------------------------------------------------------------------------------


def test_a_group_that_another_one_names_cannot_be_deleted(room, group):
    other = room.group()
    naming = {"Protocol": "ALL", "SecurityGroupId": group, "Action": "ACCEPT"}
    create(room, other, "Ingress", naming)
    create(room, group, "Ingress", naming)
    assert room.refused("DeleteSecurityGroup", SecurityGroupId=group) == "UnsupportedOperation"
    reply = room.call("DescribeSecurityGroupReferences", SecurityGroupIds=[other, group])
    assert reply["ReferredSecurityGroupSet"] == [
        {"SecurityGroupId": group, "ReferredSecurityGroupIds": [other]}
    ]
    room.call("DeleteSecurityGroup", SecurityGroupId=other)
    room.call("DeleteSecurityGroup", SecurityGroupId=group)


def test_what_is_in_a_group_is_counted():
    room = FurnishedRoom()
    (instance_id,) = room.call("RunInstances", **room.running())["InstanceIdSet"]
    assert instance_id
    room.wait()
    room.call(
        "CreateNetworkInterface",
        VpcId=room.vpc_id,
        SubnetId=room.subnet_id,
        NetworkInterfaceName="e",
        SecurityGroupIds=[room.group_id],
    )
    other = room.group()
    create(room, other, "Egress", {"Protocol": "ALL", "SecurityGroupId": room.group_id, "Action": "ACCEPT"})
    reply = room.call("DescribeSecurityGroupAssociationStatistics", SecurityGroupIds=[room.group_id, other])
    nothing = {"CVM": 0, "ENI": 0, "CDB": 0, "CLB": 0, "SG": 0, "TotalCount": 0, "InstanceStatistics": []}
    assert reply["SecurityGroupAssociationStatisticsSet"] == [
        {
            **nothing,
            "SecurityGroupId": room.group_id,
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
def test_groups_are_asked_for_by_ids_that_exist(room, action):
    for group_ids, code in (
        ([ABSENT["sg"]], "ResourceNotFound"),
        (["group"], "InvalidParameterValue.Malformed"),
        ([f"sg-{number:08d}" for number in range(101)], "InvalidParameterValue.LimitExceeded"),
        ([], "MissingParameter"),
    ):
        assert room.refused(action, SecurityGroupIds=group_ids) == code


def test_a_group_is_created_with_policies(room):
    created = room.call(
        "CreateSecurityGroupWithPolicies",
        GroupName="g",
        GroupDescription="d",
        ProjectId="3",
        SecurityGroupPolicySet={"Ingress": [SSH, WEB], "Egress": [{**PING, "PolicyIndex": 5}]},
        Tags=[{"Key": "k", "Value": "v"}],
    )["SecurityGroup"]
    assert (created["ProjectId"], created["IsDefault"]) == ("3", False)
    shown = policies(room, created["SecurityGroupId"])
    assert [len(shown["Ingress"]), len(shown["Egress"]), shown["Version"]] == [2, 1, "0"]
    bare = room.call("CreateSecurityGroupWithPolicies", GroupName="g", GroupDescription="")
    assert policies(room, bare["SecurityGroup"]["SecurityGroupId"])["Ingress"] == []
    for wrong, code in (
        ([{"Protocol": "ALL", "CidrBlock": "10.0.0.0/8"}], "MissingParameter"),
        ([SSH, SSH], "InvalidParameterValue"),
        ([{**SSH, "Port": str(port)} for port in range(1, 102)], "LimitExceeded"),
    ):
        params = {"GroupName": "g", "GroupDescription": "", "SecurityGroupPolicySet": {"Egress": wrong}}
        assert room.refused("CreateSecurityGroupWithPolicies", **params) == code


def test_a_group_is_cloned(room):
    tags = [{"Key": "k", "Value": "v"}]
    source = room.call("CreateSecurityGroup", GroupName="a", GroupDescription="b", Tags=tags)
    group = source["SecurityGroup"]["SecurityGroupId"]
    create(room, group, "Ingress", SSH, PING)
    clone = room.call("CloneSecurityGroup", SecurityGroupId=group)["SecurityGroup"]
    assert (clone["SecurityGroupName"], clone["SecurityGroupDesc"], clone["TagSet"]) == ("a", "b", [])
    assert ports(room, clone["SecurityGroupId"]) == ["22", "ALL"]
    other = room.call(
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
    assert room.refused("CloneSecurityGroup", **elsewhere) == "UnsupportedOperation"
    assert room.refused("CloneSecurityGroup", SecurityGroupId=ABSENT["sg"]) == "ResourceNotFound"


def test_a_project_has_one_default_group(room):
    room.group()
    first = room.call("CreateDefaultSecurityGroup")["SecurityGroup"]
    assert (first["IsDefault"], first["SecurityGroupName"], first["ProjectId"]) == (True, "default", "0")
    assert room.call("CreateDefaultSecurityGroup")["SecurityGroup"] == first
    other = room.call("CreateDefaultSecurityGroup", ProjectId="7")["SecurityGroup"]
    assert other["SecurityGroupId"] != first["SecurityGroupId"]
    shown = policies(room, first["SecurityGroupId"])
    for direction in ("Ingress", "Egress"):
        (policy,) = shown[direction]
        assert (policy["Protocol"], policy["CidrBlock"], policy["Action"]) == ("ALL", "0.0.0.0/0", "ACCEPT")
    default = {"SecurityGroupId": first["SecurityGroupId"]}
    assert room.refused("DeleteSecurityGroup", **default) == "UnsupportedOperation"


def test_name_and_description_of_a_group_are_modified(room):
    older, newer = room.group(), room.group()
    room.emulator.advance(60_000)
    room.call("ModifySecurityGroupAttribute", SecurityGroupId=older, GroupName="n")
    room.call("ModifySecurityGroupAttribute", SecurityGroupId=older, GroupDescription="d")
    (shown,) = room.call("DescribeSecurityGroups", SecurityGroupIds=[older])["SecurityGroupSet"]
    assert (shown["SecurityGroupName"], shown["SecurityGroupDesc"]) == ("n", "d")
    assert (shown["CreatedTime"], shown["UpdateTime"]) == ("2026-09-21 22:13:20", "2026-09-21 22:14:20")

    def order(**params):
        reply = room.call("DescribeSecurityGroups", **params)
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
        assert room.refused("ModifySecurityGroupAttribute", **wrong) == code


def test_limits_are_those_in_force_or_of_a_new_account():
    room = Room(tencent=CloudSettings(quotas={"rules_per_direction": 7, "groups": 8}))
    limits = room.call("DescribeSecurityGroupLimits")["SecurityGroupLimitSet"]
    assert (limits["SecurityGroupPolicyLimit"], limits["SecurityGroupLimit"]) == (7, 8)
    assert limits["SecurityGroupInstanceLimit"] == 2000


def test_policies_without_templates_are_expanded_into_themselves(room, group):
    create(room, group, "Ingress", SSH, WEB)
    reply = room.call("DescribeSecurityGroupExpandedPolicies", SecurityGroupId=group)
    assert reply["SecurityGroupPolicySet"] == policies(room, group)
