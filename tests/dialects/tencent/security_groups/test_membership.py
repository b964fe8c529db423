"""Which security groups interfaces are in."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, FurnishedRoom

from duolect.settings.settings import CloudSettings

JOIN = "AssociateNetworkInterfaceSecurityGroups"
LEAVE = "DisassociateNetworkInterfaceSecurityGroups"
NO_ENI = "eni-absent00"


class Groups(FurnishedRoom):
    """A room with two interfaces and two more groups."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.enis = [self.interface(self.vpc_id, self.subnet_id) for _ in range(2)]
        self.groups = [self.group(), self.group()]

    def members(self, group):
        filters = [{"Name": "groups.security-group-id", "Values": [group]}]
        shown = self.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
        return {each["NetworkInterfaceId"] for each in shown}

    def of(self, eni):
        reply = self.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[eni])
        return reply["NetworkInterfaceSet"][0]["GroupSet"]

    def change(self, action, enis=None, groups=None, **more):
        wanted = {"NetworkInterfaceIds": enis or self.enis, "SecurityGroupIds": groups or self.groups}
        self.call(action, **wanted, **more)


@pytest.fixture
def room():
    return Groups()


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_interfaces_join_and_leave_groups(room, style):
    room.change(JOIN, style=style)
    for group in room.groups:
        assert room.members(group) == set(room.enis)
    assert [room.of(eni) for eni in room.enis] == [room.groups, room.groups]
    room.change(LEAVE, enis=room.enis[:1], groups=room.groups[:1], style=style)
    assert [room.of(eni) for eni in room.enis] == [room.groups[1:], room.groups]
    room.change(LEAVE, style=style)
    assert [room.of(eni) for eni in room.enis] == [[], []]


def test_new_groups_come_beside_the_present_ones(room):
    eni = room.interface(room.vpc_id, room.subnet_id, SecurityGroupIds=[room.group_id])
    room.change(JOIN, enis=[eni])
    assert room.of(eni) == [room.group_id, *room.groups]


def test_to_join_or_leave_twice_changes_nothing(room):
    for _ in range(2):
        room.change(JOIN, groups=room.groups[:1])
        assert room.of(room.enis[0]) == room.groups[:1]
    for _ in range(2):
        room.change(LEAVE)
        assert room.of(room.enis[0]) == []


def test_a_group_with_members_stays_until_they_leave(room):
    room.change(JOIN)
    assert room.refused("DeleteSecurityGroup", SecurityGroupId=room.groups[0]) == "ResourceInUse"
    room.change(LEAVE)
    room.call("DeleteSecurityGroup", SecurityGroupId=room.groups[0])


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
def test_membership_is_refused_for(room, action, changes, code):
    params = {"NetworkInterfaceIds": room.enis, "SecurityGroupIds": room.groups, **changes}
    assert room.refused(action, **params) == code


@pytest.mark.parametrize("action", [JOIN, LEAVE])
def test_all_change_or_none(room, action):
    params = {"NetworkInterfaceIds": [*room.enis, NO_ENI], "SecurityGroupIds": room.groups}
    assert room.refused(action, **params) == "ResourceNotFound"


def test_an_interface_is_in_at_most_five_groups(room):
    more = [room.group() for _ in range(4)]
    room.change(JOIN)
    params = {"NetworkInterfaceIds": room.enis, "SecurityGroupIds": more}
    assert room.refused(JOIN, **params) == "LimitExceeded"


def test_a_full_group_takes_no_more():
    room = Groups(tencent=CloudSettings(quotas={"basic_group_members": 1}))
    params = {"NetworkInterfaceIds": room.enis, "SecurityGroupIds": room.groups[:1]}
    assert room.refused(JOIN, **params) == "LimitExceeded"
    room.change(JOIN, enis=room.enis[:1])


def test_a_primary_interface_joins_with_its_instance_only(room):
    room.run()
    filters = [{"Name": "is-primary", "Values": ["true"]}]
    (shown,) = room.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    params = {"NetworkInterfaceIds": [shown["NetworkInterfaceId"]], "SecurityGroupIds": room.groups}
    assert room.refused(JOIN, **params) == "UnsupportedOperation"
    room.change(LEAVE, enis=[shown["NetworkInterfaceId"]], groups=[room.group_id])
    assert room.of(shown["NetworkInterfaceId"]) == []
