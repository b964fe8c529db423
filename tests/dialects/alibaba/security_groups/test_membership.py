"""Joining and leaving security groups on Alibaba Cloud, by interface and by instance."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_core.instances.lifecycle import StopInstances
from duolect_core.model.resources import GroupKind

JOIN, LEAVE = "JoinSecurityGroup", "LeaveSecurityGroup"
BOTH = pytest.mark.parametrize("action", [JOIN, LEAVE])


def by_interface(group, interface_id, **changes):
    return {"SecurityGroupId": group.id, "NetworkInterfaceId": interface_id, **changes}


def by_instance(group, instance, **changes):
    return {"SecurityGroupId": group.id, "InstanceId": instance.id, **changes}


def groups_of(account, interface_id):
    return account.describe_interface(interface_id)["SecurityGroupIds"]["SecurityGroupId"]


# -- interfaces -------------------------------------------------------------------------------------------


def test_an_interface_joins_a_group_and_leaves_it(account):
    interface_id, other = account.create_interface(), account.add_group()
    account.call(JOIN, **by_interface(other, interface_id))
    assert groups_of(account, interface_id) == [account.group.id, other.id]
    account.call(LEAVE, **by_interface(account.group, interface_id))
    assert groups_of(account, interface_id) == [other.id]


def test_an_interface_that_joins_again_stays_as_it_is(account):
    interface_id = account.create_interface()
    account.call(JOIN, **by_interface(account.group, interface_id))
    assert groups_of(account, interface_id) == [account.group.id]


def test_an_interface_in_use_joins_and_leaves_too(account):
    other = account.add_group()
    interface_id = account.attach(account.create_interface(), account.add_instance())
    account.call(JOIN, **by_interface(other, interface_id))
    account.call(LEAVE, **by_interface(account.group, interface_id))
    assert groups_of(account, interface_id) == [other.id]


def test_a_group_that_was_left_can_be_deleted(account):
    interface_id, other = account.create_interface(), account.add_group()
    account.call(JOIN, **by_interface(other, interface_id))
    assert account.refusal("DeleteSecurityGroup", SecurityGroupId=other.id) == ("DependencyViolation", 403)
    account.call(LEAVE, **by_interface(other, interface_id))
    account.call("DeleteSecurityGroup", SecurityGroupId=other.id)


def test_an_interface_never_leaves_its_last_group(account):
    refusal = ("InvalidOperation.AtLeastInOneGroup", 403)
    assert account.refusal(LEAVE, **by_interface(account.group, account.create_interface())) == refusal


def test_an_interface_does_not_leave_a_group_that_it_is_not_in(account):
    refusal = ("InvalidSecurityGroupAssociation.NotFound", 400)
    assert (
        account.refusal(LEAVE, **by_interface(account.add_group(), account.create_interface())) == refusal
    )


@BOTH
def test_the_groups_of_a_primary_interface_are_those_of_its_instance(account, action):
    primary = account.primary_interface_id(account.add_instance())
    refusal = ("InvalidOperation.InvalidEniType", 403)
    assert account.refusal(action, **by_interface(account.group, primary)) == refusal


@BOTH
def test_an_interface_on_its_way_is_refused(account, action):
    interface_id, instance = account.create_interface(), account.add_instance()
    account.call("AttachNetworkInterface", **account.attachment_params(interface_id, instance))
    refusal = ("InvalidOperation.InvalidEniState", 400)
    assert account.refusal(action, **by_interface(account.group, interface_id)) == refusal


@BOTH
def test_an_interface_of_a_managed_service_is_refused(account, action):
    refusal = ("InvalidOperation.EniServiceManaged", 403)
    assert (
        account.refusal(action, **by_interface(account.group, account.add_managed_interface())) == refusal
    )


# -- instances --------------------------------------------------------------------------------------------


def test_an_instance_joins_and_leaves_with_its_primary_interface(account):
    instance, other = account.add_instance(), account.add_group()
    primary = account.primary_interface_id(instance)
    account.call(JOIN, **by_instance(other, instance, RegionId=None))
    assert groups_of(account, primary) == [account.group.id, other.id]
    account.call(LEAVE, **by_instance(account.group, instance, RegionId=None))
    assert groups_of(account, primary) == [other.id]
    (shown,) = account.describe_instances()
    assert shown["SecurityGroupIds"] == {"SecurityGroupId": [other.id]}


def test_a_stopped_instance_joins_too(account):
    instance, other = account.add_stopped_instance(), account.add_group()
    account.call(JOIN, **by_instance(other, instance))
    assert groups_of(account, account.primary_interface_id(instance)) == [account.group.id, other.id]


def test_an_instance_joins_a_group_once(account):
    refusal = ("InvalidInstanceId.AlreadyExists", 403)
    assert account.refusal(JOIN, **by_instance(account.group, account.add_instance())) == refusal


def test_an_instance_never_leaves_its_last_group(account):
    refusal = ("InstanceLastSecurityGroup", 403)
    assert account.refusal(LEAVE, **by_instance(account.group, account.add_instance())) == refusal


def test_an_instance_does_not_leave_a_group_that_it_is_not_in(account):
    refusal = ("InvalidSecurityGroupAssociation.NotFound", 400)
    assert account.refusal(LEAVE, **by_instance(account.add_group(), account.add_instance())) == refusal


def test_an_instance_that_is_being_created_does_not_join(account):
    refusal = ("Forbidden.InstanceIsBeingCreated", 403)
    assert account.refusal(JOIN, **by_instance(account.group, account.add_starting_instance())) == refusal


@BOTH
def test_an_instance_on_its_way_is_refused(account, action):
    instance, other = account.add_instance(), account.add_group()
    account.execute(StopInstances((instance.id,)))
    group = other if action == JOIN else account.group
    assert account.refusal(action, **by_instance(group, instance)) == ("IncorrectInstanceStatus", 403)


# -- groups -----------------------------------------------------------------------------------------------


def foreign(account):
    return account.add_group(account.add_subnet(account.add_network()))


def enterprise(account):
    return account.add_group(kind=GroupKind.ENTERPRISE)


def classic(account):
    return account.add_group(classic=True)


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
            lambda account: account.add_group(managed=True),
            ("InvalidOperation.ResourceManagedByCloudProduct", 403),
            ("InvalidOperation.ResourceManagedByCloudProduct", 403),
        ),
    ],
    ids=["foreign", "classic", "enterprise", "managed"],
)
def test_a_group_that_does_not_fit_is_refused(account, make, of_interface, of_instance):
    interface_id, instance, group = account.create_interface(), account.add_instance(), make(account)
    assert account.refusal(JOIN, **by_interface(group, interface_id)) == of_interface
    assert account.refusal(JOIN, **by_instance(group, instance)) == of_instance


def test_five_groups_are_the_most(account):
    interface_id, instance = account.create_interface(), account.add_instance()
    groups = [account.add_group() for _ in range(5)]
    refusal = ("InstanceSecurityGroupLimitExceeded", 400)
    for joining, target in ((by_interface, interface_id), (by_instance, instance)):
        for group in groups[:4]:
            account.call(JOIN, **joining(group, target))
        assert account.refusal(JOIN, **joining(groups[4], target)) == refusal


def test_a_group_that_is_full_is_refused():
    account = AlibabaAccount.furnished(quotas={"basic_group_members": 1})
    interface_id, other = account.create_interface(), account.add_group()
    account.create_interface(SecurityGroupId=other.id)
    refusal = ("SecurityGroupInstanceLimitExceeded", 403)
    assert account.refusal(JOIN, **by_interface(other, interface_id)) == refusal


def test_an_enterprise_group_that_is_full_is_refused():
    account = AlibabaAccount.furnished(quotas={"enterprise_group_interfaces": 1})
    own, other = enterprise(account), enterprise(account)
    interface_id = account.create_interface(SecurityGroupId=own.id)
    account.create_interface(SecurityGroupId=other.id)
    refusal = ("InvalidOperation.NetworkInterfaceCountExceeded", 403)
    assert account.refusal(JOIN, **by_interface(other, interface_id)) == refusal


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
def test_a_request_that_cannot_be_carried_out_is_refused(account, action, wrong, refusal):
    params = {**by_interface(account.group, account.create_interface()), **wrong}
    assert account.refusal(action, **params) == refusal
