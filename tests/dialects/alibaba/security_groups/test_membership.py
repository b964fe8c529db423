"""Joining and leaving security groups on Alibaba Cloud, by interface and by instance."""

import pytest
from tests.dialects.alibaba.town import Town

from duolect_core.instances.lifecycle import StopInstances
from duolect_core.model.resources import GroupKind

JOIN, LEAVE = "JoinSecurityGroup", "LeaveSecurityGroup"
BOTH = pytest.mark.parametrize("action", [JOIN, LEAVE])


@pytest.fixture
def town():
    return Town()


def by_interface(group, interface_id, **changes):
    return {"SecurityGroupId": group.id, "NetworkInterfaceId": interface_id, **changes}


def by_instance(group, instance, **changes):
    return {"SecurityGroupId": group.id, "InstanceId": instance.id, **changes}


def groups_of(town, interface_id):
    return town.show(interface_id)["SecurityGroupIds"]["SecurityGroupId"]


# -- interfaces -------------------------------------------------------------------------------------------


def test_an_interface_joins_a_group_and_leaves_it(town):
    interface_id, other = town.interface(), town.new_group()
    town.ask(JOIN, **by_interface(other, interface_id))
    assert groups_of(town, interface_id) == [town.group.id, other.id]
    town.ask(LEAVE, **by_interface(town.group, interface_id))
    assert groups_of(town, interface_id) == [other.id]


def test_an_interface_that_joins_again_stays_as_it_is(town):
    interface_id = town.interface()
    town.ask(JOIN, **by_interface(town.group, interface_id))
    assert groups_of(town, interface_id) == [town.group.id]


def test_an_interface_in_use_joins_and_leaves_too(town):
    other = town.new_group()
    interface_id = town.attached(town.interface(), town.instance())
    town.ask(JOIN, **by_interface(other, interface_id))
    town.ask(LEAVE, **by_interface(town.group, interface_id))
    assert groups_of(town, interface_id) == [other.id]


def test_a_group_that_was_left_can_be_deleted(town):
    interface_id, other = town.interface(), town.new_group()
    town.ask(JOIN, **by_interface(other, interface_id))
    assert town.refused("DeleteSecurityGroup", SecurityGroupId=other.id) == ("DependencyViolation", 403)
    town.ask(LEAVE, **by_interface(other, interface_id))
    town.ask("DeleteSecurityGroup", SecurityGroupId=other.id)


def test_an_interface_never_leaves_its_last_group(town):
    refusal = ("InvalidOperation.AtLeastInOneGroup", 403)
    assert town.refused(LEAVE, **by_interface(town.group, town.interface())) == refusal


def test_an_interface_does_not_leave_a_group_that_it_is_not_in(town):
    refusal = ("InvalidSecurityGroupAssociation.NotFound", 400)
    assert town.refused(LEAVE, **by_interface(town.new_group(), town.interface())) == refusal


@BOTH
def test_the_groups_of_a_primary_interface_are_those_of_its_instance(town, action):
    primary = town.primary(town.instance())
    refusal = ("InvalidOperation.InvalidEniType", 403)
    assert town.refused(action, **by_interface(town.group, primary)) == refusal


@BOTH
def test_an_interface_on_its_way_is_refused(town, action):
    interface_id, instance = town.interface(), town.instance()
    town.ask("AttachNetworkInterface", **town.attaching(interface_id, instance))
    refusal = ("InvalidOperation.InvalidEniState", 400)
    assert town.refused(action, **by_interface(town.group, interface_id)) == refusal


@BOTH
def test_an_interface_of_a_managed_service_is_refused(town, action):
    refusal = ("InvalidOperation.EniServiceManaged", 403)
    assert town.refused(action, **by_interface(town.group, town.managed_interface())) == refusal


# -- instances --------------------------------------------------------------------------------------------


def test_an_instance_joins_and_leaves_with_its_primary_interface(town):
    instance, other = town.instance(), town.new_group()
    primary = town.primary(instance)
    town.ask(JOIN, **by_instance(other, instance, RegionId=None))
    assert groups_of(town, primary) == [town.group.id, other.id]
    town.ask(LEAVE, **by_instance(town.group, instance, RegionId=None))
    assert groups_of(town, primary) == [other.id]
    (shown,) = town.instances()
    assert shown["SecurityGroupIds"] == {"SecurityGroupId": [other.id]}


def test_a_stopped_instance_joins_too(town):
    instance, other = town.stopped(), town.new_group()
    town.ask(JOIN, **by_instance(other, instance))
    assert groups_of(town, town.primary(instance)) == [town.group.id, other.id]


def test_an_instance_joins_a_group_once(town):
    refusal = ("InvalidInstanceId.AlreadyExists", 403)
    assert town.refused(JOIN, **by_instance(town.group, town.instance())) == refusal


def test_an_instance_never_leaves_its_last_group(town):
    refusal = ("InstanceLastSecurityGroup", 403)
    assert town.refused(LEAVE, **by_instance(town.group, town.instance())) == refusal


def test_an_instance_does_not_leave_a_group_that_it_is_not_in(town):
    refusal = ("InvalidSecurityGroupAssociation.NotFound", 400)
    assert town.refused(LEAVE, **by_instance(town.new_group(), town.instance())) == refusal


def test_an_instance_that_is_being_created_does_not_join(town):
    refusal = ("Forbidden.InstanceIsBeingCreated", 403)
    assert town.refused(JOIN, **by_instance(town.group, town.booting())) == refusal


@BOTH
def test_an_instance_on_its_way_is_refused(town, action):
    instance, other = town.instance(), town.new_group()
    town.do(StopInstances((instance.id,)))
    group = other if action == JOIN else town.group
    assert town.refused(action, **by_instance(group, instance)) == ("IncorrectInstanceStatus", 403)


# -- groups -----------------------------------------------------------------------------------------------


def foreign(town):
    return town.new_group(town.new_subnet(town.new_network()))


def enterprise(town):
    return town.new_group(kind=GroupKind.ENTERPRISE)


def classic(town):
    return town.new_group(classic=True)


@pytest.mark.parametrize(
    ("make", "of_interface", "of_instance"),
    [
        (foreign, ("InvalidOperation.VpcMismatch", 403), ("InvalidInstanceId.Mismatch", 400)),
        (classic, ("InvalidOperation.VpcMismatch", 403), ("InvalidInstanceId.Mismatch", 400)),
        (
            enterprise,
            ("InvalidOperation.MultiGroupType", 400),
            ("InvalidOperation.MultiGroupType", 400),
        ),
        (
            lambda town: town.new_group(managed=True),
            ("InvalidOperation.ResourceManagedByCloudProduct", 403),
            ("InvalidOperation.ResourceManagedByCloudProduct", 403),
        ),
    ],
    ids=["foreign", "classic", "enterprise", "managed"],
)
def test_a_group_that_does_not_fit_is_refused(town, make, of_interface, of_instance):
    interface_id, instance, group = town.interface(), town.instance(), make(town)
    assert town.refused(JOIN, **by_interface(group, interface_id)) == of_interface
    assert town.refused(JOIN, **by_instance(group, instance)) == of_instance


def test_five_groups_are_the_most(town):
    interface_id, instance = town.interface(), town.instance()
    groups = [town.new_group() for _ in range(5)]
    refusal = ("InstanceSecurityGroupLimitExceeded", 400)
    for joining, target in ((by_interface, interface_id), (by_instance, instance)):
        for group in groups[:4]:
            town.ask(JOIN, **joining(group, target))
        assert town.refused(JOIN, **joining(groups[4], target)) == refusal


def test_a_group_that_is_full_is_refused():
    town = Town(quotas={"basic_group_members": 1})
    interface_id, other = town.interface(), town.new_group()
    town.interface(SecurityGroupId=other.id)
    refusal = ("SecurityGroupInstanceLimitExceeded", 403)
    assert town.refused(JOIN, **by_interface(other, interface_id)) == refusal


def test_an_enterprise_group_that_is_full_is_refused():
    town = Town(quotas={"enterprise_group_interfaces": 1})
    own, other = enterprise(town), enterprise(town)
    interface_id = town.interface(SecurityGroupId=own.id)
    town.interface(SecurityGroupId=other.id)
    refusal = ("InvalidOperation.NetworkInterfaceCountExceeded", 403)
    assert town.refused(JOIN, **by_interface(other, interface_id)) == refusal


# -- requests ---------------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"SecurityGroupId": None}, ("MissingParameter", 400)),
        ({"NetworkInterfaceId": None}, ("MissingParameter", 400)),
        ({"RegionId": None}, ("MissingParameter.RegionId", 400)),
        ({"InstanceId": "i-1"}, ("InvalidParam.EniIdAndInstanceId.Conflict", 403)),
        ({"NetworkInterfaceId": "interface"}, ("InvalidParam.Malformed", 403)),
        ({"NetworkInterfaceId": None, "InstanceId": "one"}, ("InvalidInstanceId.Malformed", 400)),
        ({"NetworkInterfaceId": None, "InstanceId": "i-none"}, ("InvalidInstanceId.NotFound", 404)),
        ({"NetworkInterfaceId": "eni-none"}, ("InvalidEniId.NotFound", 404)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
    ],
)
def test_a_request_that_cannot_be_carried_out_is_refused(town, action, wrong, refusal):
    params = {**by_interface(town.group, town.interface()), **wrong}
    assert town.refused(action, **params) == refusal
