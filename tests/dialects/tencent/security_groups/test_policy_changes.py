"""Policies of security groups: deleting, replacing and resetting them."""

from tests.dialects.tencent.security_groups.policies import (
    ANY,
    PING,
    SSH,
    WEB,
    create,
    policies,
    ports,
    refused,
)


def test_policies_are_deleted_by_index(account, group):
    create(account, group, "Ingress", SSH, WEB, PING)
    action, index = "DeleteSecurityGroupPolicies", {"PolicyIndex": 3}
    assert refused(account, action, group, {"Ingress": [index]}) == "ResourceNotFound"
    assert refused(account, action, group, {"Ingress": [{"PolicyIndex": 0}, SSH]}) == (
        "InvalidParameter.Coexist"
    )
    empty = {"AddressTemplate": {"AddressId": "", "AddressGroupId": ""}, "ServiceTemplate": {}}
    policy_set = {"Version": "1", "Ingress": [{"PolicyIndex": "2", **empty}, {"PolicyIndex": "0"}]}
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
