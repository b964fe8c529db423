"""Which security groups interfaces are in."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount

JOIN = "AssociateNetworkInterfaceSecurityGroups"
LEAVE = "DisassociateNetworkInterfaceSecurityGroups"
NO_ENI = "eni-absent00"


def with_two_interfaces_and_groups(**settings):
    """Return an account with two interfaces in no group, and two groups more than its own."""
    account = TencentAccount.furnished(**settings)
    account.enis = [account.create_interface(SecurityGroupIds=None) for _ in range(2)]
    account.groups = [account.create_group(), account.create_group()]
    return account


@pytest.fixture
def account():
    return with_two_interfaces_and_groups()


def members(account, group):
    filters = [{"Name": "groups.security-group-id", "Values": [group]}]
    shown = account.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    return {each["NetworkInterfaceId"] for each in shown}


def groups_of(account, eni):
    return account.describe_interface(eni)["GroupSet"]


def change(account, action, enis=None, groups=None, **more):
    wanted = {"NetworkInterfaceIds": enis or account.enis, "SecurityGroupIds": groups or account.groups}
    account.call(action, **wanted, **more)


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_interfaces_join_and_leave_groups(account, style):
    change(account, JOIN, style=style)
    for group in account.groups:
        assert members(account, group) == set(account.enis)
    assert [groups_of(account, eni) for eni in account.enis] == [account.groups, account.groups]
    change(account, LEAVE, enis=account.enis[:1], groups=account.groups[:1], style=style)
    assert [groups_of(account, eni) for eni in account.enis] == [account.groups[1:], account.groups]
    change(account, LEAVE, style=style)
    assert [groups_of(account, eni) for eni in account.enis] == [[], []]


def test_new_groups_come_beside_the_present_ones(account):
    eni = account.create_interface()
    change(account, JOIN, enis=[eni])
    assert groups_of(account, eni) == [account.group_id, *account.groups]


def test_to_join_or_leave_twice_changes_nothing(account):
    for _ in range(2):
        change(account, JOIN, groups=account.groups[:1])
        assert groups_of(account, account.enis[0]) == account.groups[:1]
    for _ in range(2):
        change(account, LEAVE)
        assert groups_of(account, account.enis[0]) == []


def test_a_group_with_members_stays_until_they_leave(account):
    change(account, JOIN)
    assert account.refusal("DeleteSecurityGroup", SecurityGroupId=account.groups[0]) == "ResourceInUse"
    change(account, LEAVE)
    account.call("DeleteSecurityGroup", SecurityGroupId=account.groups[0])


@pytest.mark.parametrize("action", [JOIN, LEAVE])
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"NetworkInterfaceIds": [NO_ENI]}, "ResourceNotFound"),
        ({"SecurityGroupIds": [ABSENT["sg"]]}, "ResourceNotFound"),
        ({"NetworkInterfaceIds": ["eni"]}, "InvalidParameterValue.Malformed"),
        ({"SecurityGroupIds": ["sg"]}, "InvalidParameterValue.Malformed"),
        ({"NetworkInterfaceIds": [NO_ENI] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"SecurityGroupIds": [ABSENT["sg"]] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"NetworkInterfaceIds": []}, "MissingParameter"),
        ({"SecurityGroupIds": []}, "MissingParameter"),
    ],
)
def test_membership_is_refused_for(account, action, changes, code):
    params = {"NetworkInterfaceIds": account.enis, "SecurityGroupIds": account.groups, **changes}
    assert account.refusal(action, **params) == code


@pytest.mark.parametrize("action", [JOIN, LEAVE])
def test_all_change_or_none(account, action):
    params = {"NetworkInterfaceIds": [*account.enis, NO_ENI], "SecurityGroupIds": account.groups}
    assert account.refusal(action, **params) == "ResourceNotFound"


def test_an_interface_is_in_at_most_five_groups(account):
    more = [account.create_group() for _ in range(4)]
    change(account, JOIN)
    params = {"NetworkInterfaceIds": account.enis, "SecurityGroupIds": more}
    assert account.refusal(JOIN, **params) == "LimitExceeded"


def test_a_full_group_takes_no_more():
    account = with_two_interfaces_and_groups(quotas={"basic_group_members": 1})
    params = {"NetworkInterfaceIds": account.enis, "SecurityGroupIds": account.groups[:1]}
    assert account.refusal(JOIN, **params) == "LimitExceeded"
    change(account, JOIN, enis=account.enis[:1])


def test_a_primary_interface_joins_with_its_instance_only(account):
    account.run_instances()
    filters = [{"Name": "is-primary", "Values": ["true"]}]
    (shown,) = account.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    params = {"NetworkInterfaceIds": [shown["NetworkInterfaceId"]], "SecurityGroupIds": account.groups}
    assert account.refusal(JOIN, **params) == "UnsupportedOperation"
    change(account, LEAVE, enis=[shown["NetworkInterfaceId"]], groups=[account.group_id])
    assert groups_of(account, shown["NetworkInterfaceId"]) == []
