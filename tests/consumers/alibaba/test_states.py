"""The states that programs wait for, and what holds what."""

import pytest
from tests.consumers.alibaba.interfaces import in_use, listed, primary_of, status

# -- states --------------------------------------------------------------------------------------------


def test_attach_and_detach_pass_through_states_that_a_poller_sees(account):
    """terraform, cilium and terway poll for InUse and Available, and keep polling in any other status."""
    (instance_id,) = account.run_instances()
    eni = account.create_interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance_id}
    account.call("AttachNetworkInterface", **both)
    assert status(account, eni) == "Attaching"
    account.wait()
    assert status(account, eni) == "InUse"
    account.call("DetachNetworkInterface", **both)
    assert status(account, eni) == "Detaching"
    account.wait()
    assert status(account, eni) == "Available"


def test_a_deleted_interface_is_seen_as_deleting_and_then_no_more(account):
    """terway polls until it is gone."""
    eni = account.create_interface()
    account.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert status(account, eni) == "Deleting"
    assert [each["NetworkInterfaceId"] for each in listed(account, Status="Deleting")] == [eni]
    account.wait()
    assert listed(account, NetworkInterfaceId=[eni]) == []


def test_a_deletion_and_a_detachment_can_be_asked_for_again_while_they_last(account):
    """terraform repeats both in its retries."""
    (instance_id,) = account.run_instances()
    eni = in_use(account, account.create_interface(), instance_id)
    for _ in range(2):
        account.call("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    account.wait()
    for _ in range(2):
        account.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    account.wait()
    assert status(account, eni) == ""


def test_an_interface_that_is_attaching_cannot_be_deleted_and_goes_on_attaching(account):
    """cilium deletes after fifteen seconds without InUse. The pages say 400, older reports 403."""
    (instance_id,) = account.run_instances()
    eni = account.create_interface()
    account.call("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    refusal = account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert refusal == ("InvalidOperation.InvalidEniState", 400)
    account.wait()
    assert status(account, eni) == "InUse"


def test_an_interface_whose_attachment_was_refused_is_available_and_can_be_deleted(account):
    """cilium and terway clean up in this way when a node is full."""
    (instance_id,) = account.run_instances(InstanceType="ecs.t5-lc1m2.small")
    last = account.create_interface()
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()
    in_use(account, last, instance_id)
    eni = account.create_interface()
    refusal = account.refusal("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    assert refusal == ("EniPerInstanceLimitExceeded", 403)
    assert status(account, eni) == "Available"
    account.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    account.wait()
    assert status(account, eni) == ""


def test_a_detachment_needs_the_id_of_the_instance(account):
    """ali-nuke leaves it out, overlooks the error, and deletes what is free."""
    (instance_id,) = account.run_instances()
    eni, free = in_use(account, account.create_interface(), instance_id), account.create_interface()
    for each in (eni, free):
        refusal = account.refusal("DetachNetworkInterface", NetworkInterfaceId=each)
        assert refusal == ("MissingParameter", 400)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=free)
    refusal = account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert refusal == ("InvalidOperation.InvalidEniState", 400)


def test_a_primary_interface_is_neither_detached_nor_deleted(account):
    """ali-nuke and cloudmux leave interfaces of the type Primary out."""
    (instance_id,) = account.run_instances()
    eni = primary_of(account, instance_id)["NetworkInterfaceId"]
    account.refusal("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni)


@pytest.mark.parametrize(("params", "left"), [(True, ""), (False, "Available")])
def test_an_interface_goes_with_its_instance_where_it_is_to_be_deleted_on_release(account, params, left):
    """terway and gardener rely on true, terraform and bosh on false."""
    (instance_id,) = account.run_instances()
    eni = in_use(account, account.create_interface(DeleteOnRelease=params), instance_id)
    primary = primary_of(account, instance_id)["NetworkInterfaceId"]
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    account.wait()
    assert status(account, eni) == left
    assert status(account, primary) == ""


# -- what holds what -----------------------------------------------------------------------------------


def test_a_network_is_taken_down_from_the_inside_out_only(account):
    """terraform and cloudmux repeat a deletion for as long as it is a DependencyViolation."""
    made = account.create_interface()
    group, vswitch, vpc = (
        {"SecurityGroupId": account.group.id},
        {"VSwitchId": account.subnet.id},
        {"VpcId": account.network.id},
    )
    assert account.refusal("DeleteSecurityGroup", **group) == ("DependencyViolation", 403)
    assert account.refusal("DeleteVSwitch", **vswitch) == ("DependencyViolation", 400)
    assert account.refusal("DeleteVpc", **vpc) == ("DependencyViolation.VSwitch", 400)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=made)
    account.wait()
    account.call("DeleteVSwitch", **vswitch)
    account.wait()
    assert account.refusal("DeleteVpc", **vpc) == ("DependencyViolation.SecurityGroup", 400)
    account.call("DeleteSecurityGroup", **group)
    account.call("DeleteVpc", **vpc)
    account.wait()
    assert account.call("DescribeVpcs")["Vpcs"]["Vpc"] == []


def test_a_group_of_an_instance_cannot_be_deleted_until_the_instance_is_gone(account):
    """packer and terraform: the race after the deletion of an instance."""
    (instance_id,) = account.run_instances()
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    refusal = account.refusal("DeleteSecurityGroup", SecurityGroupId=account.group.id)
    assert refusal == ("DependencyViolation", 403)
    account.wait()
    account.call("DeleteSecurityGroup", SecurityGroupId=account.group.id)
