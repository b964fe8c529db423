"""EIPs are associated with instances and interfaces."""

import pytest
from tests.dialects.alibaba.public_addresses.eips import (
    ASSOCIATE,
    BOTH,
    NOTHING,
    UNASSOCIATE,
    associate,
    bound,
    eip,
    show,
    two_addresses,
)
from tests.dialects.alibaba.sdk_models import VPC

from duolect_core.interfaces.lifecycle import AttachInterface


def test_an_eip_is_associated_with_an_instance(account):
    instance = account.add_instance()
    eip_id = eip(account, Bandwidth="8")
    associate(account, eip_id, instance.id)
    assert show(account, eip_id)["Status"] == "Associating"
    (before,) = account.describe_instances()
    assert before["EipAddress"]["AllocationId"] == ""
    account.wait()
    shown = show(account, eip_id)
    assert (shown["Status"], shown["InstanceId"]) == ("InUse", instance.id)
    assert (shown["InstanceType"], shown["InstanceRegionId"]) == ("EcsInstance", "cn-hangzhou")
    (described,) = account.describe_instances()
    assert described["EipAddress"] == {
        "AllocationId": eip_id,
        "IpAddress": shown["IpAddress"],
        "Bandwidth": 8,
        "InternetChargeType": "PayByBandwidth",
        "IsSupportUnassociate": True,
    }
    assert (shown["PrivateIpAddress"], shown["VpcId"]) == ("", "")


def test_an_eip_is_associated_with_one_address_of_an_interface(account):
    """PrivateIpAddress is shown where it was named: the vendor's Terraform provider plans by it."""
    interface_id, _, secondary = two_addresses(account)
    eip_id = bound(account, interface_id, PrivateIpAddress=secondary)
    shown = show(account, eip_id)
    assert (shown["InstanceId"], shown["InstanceType"]) == (interface_id, "NetworkInterface")
    assert (shown["PrivateIpAddress"], shown["VpcId"]) == (secondary, "")
    found = account.describe_interface(interface_id)
    assert found["AssociatedPublicIp"] == NOTHING
    here = {"AllocationId": eip_id, "PublicIpAddress": shown["IpAddress"]}
    assert [each["AssociatedPublicIp"] for each in found["PrivateIpSets"]["PrivateIpSet"]] == [
        NOTHING,
        here,
    ]
    other = bound(account, interface_id)
    assert show(account, other)["PrivateIpAddress"] == ""
    assert account.describe_interface(interface_id)["AssociatedPublicIp"]["AllocationId"] == other
    attribute = account.client.call("DescribeNetworkInterfaceAttribute", NetworkInterfaceId=interface_id)
    assert attribute["AssociatedPublicIp"]["AllocationId"] == other


@BOTH
def test_an_instance_is_what_an_eip_is_associated_with_by_default(account, version):
    instance, eip_id = account.add_instance(), eip(account)
    account.call(ASSOCIATE, version, AllocationId=eip_id, InstanceId=instance.id)
    account.wait()
    assert show(account, eip_id)["InstanceId"] == instance.id
    account.call(UNASSOCIATE, version, AllocationId=eip_id)
    assert show(account, eip_id)["Status"] == "Unassociating"
    assert account.describe_instances()[0]["EipAddress"]["AllocationId"] == eip_id
    account.wait()
    assert show(account, eip_id)["Status"] == "Available"


def test_the_primary_address_of_an_instance_may_be_named(account):
    instance, eip_id = account.add_instance(), eip(account)
    primary = account.describe_instances()[0]["VpcAttributes"]["PrivateIpAddress"]["IpAddress"][0]
    named = {"AllocationId": eip_id, "InstanceId": instance.id}
    refused = account.refusal(ASSOCIATE, VPC, PrivateIpAddress="10.0.0.77", **named)
    assert refused == ("InvalidParameter", 400)
    account.call(ASSOCIATE, VPC, PrivateIpAddress=primary, **named)


def associating(account, **changes):
    params = {"AllocationId": eip(account), "InstanceId": account.add_instance().id}
    return {**params, **changes}


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"AllocationId": "eip-absent"}, "InvalidAllocationId.NotFound", 404),
        ({"InstanceId": "i-absent"}, "InvalidInstanId.NotFound", 404),
        (
            {"InstanceId": "eni-absent", "InstanceType": "NetworkInterface"},
            "InvalidInstanId.NotFound",
            404,
        ),
        ({"InstanceType": "Toaster"}, "InvalidInstanceType.ValueNotSupported", 400),
        ({"InstanceType": "Nat"}, "InvalidInstanId.NotFound", 404),
        ({"Mode": "BINDED"}, "UnsupportedParameter", 400),
        ({"Mode": "Sticky"}, "InvalidParameter", 400),
        ({"PrivateIpAddress": "10.0.0"}, "InvalidParameter", 400),
    ],
)
def test_a_wrong_association_is_refused(account, changes, code, status):
    assert account.refusal(ASSOCIATE, VPC, **associating(account, **changes)) == (code, status)


def test_only_an_available_eip_is_associated(account):
    params = associating(account)
    account.call(ASSOCIATE, VPC, **params)
    assert account.refusal(ASSOCIATE, VPC, **params) == ("IncorrectEipStatus", 400)
    account.wait()
    assert account.refusal(ASSOCIATE, VPC, **params) == ("IncorrectEipStatus", 400)
    again = {**params, "AllocationId": eip(account)}
    assert account.refusal(ASSOCIATE, VPC, **again) == ("InvalidAssociation.Duplicated", 400)


def test_an_address_of_an_interface_has_one_eip(account):
    interface_id, *_ = two_addresses(account)
    bound(account, interface_id)
    named = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "AllocationId": eip(account)}
    refused = account.refusal(ASSOCIATE, VPC, **named)
    assert refused == ("ResourceAlreadyAssociated.IpAddress", 400)
    refused = account.refusal(ASSOCIATE, VPC, PrivateIpAddress="10.0.0.200", **named)
    assert refused == ("InvalidParameter", 400)


def test_the_state_of_the_target_counts(account):
    eip_id, interface_id = eip(account), two_addresses(account)[0]
    booting = {"AllocationId": eip_id, "InstanceId": account.add_starting_instance().id}
    assert account.refusal(ASSOCIATE, VPC, **booting) == ("IncorrectInstanceStatus", 400)
    account.wait()
    allocation_id = bound(account, interface_id)
    account.execute(AttachInterface(interface_id=interface_id, instance_id=booting["InstanceId"]))
    attaching = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "AllocationId": eip_id}
    assert account.refusal(ASSOCIATE, VPC, **attaching) == ("InvalidStatus.EniStatusNotSupport", 400)
    refused = account.refusal(UNASSOCIATE, VPC, AllocationId=allocation_id)
    assert refused == ("InvalidStatus.EniStatusNotSupport", 400)


def test_a_primary_interface_is_associated_by_its_instance_only(account):
    instance = account.add_instance()
    primary = account.partition.graph.primary_interfaces[instance.id]
    params = {"AllocationId": eip(account), "InstanceId": primary, "InstanceType": "NetworkInterface"}
    assert account.refusal(ASSOCIATE, VPC, **params) == ("InvalidParameter.EniInstanceId", 400)


def test_the_interface_of_a_nat_gateway_is_not_associated(account):
    params = {"VpcId": account.network.id, "VSwitchId": account.subnet.id, "NatType": "Enhanced"}
    account.call("CreateNatGateway", VPC, **params)
    account.wait()
    (interface_id,) = account.partition.graph.interfaces
    params = {"AllocationId": eip(account), "InstanceId": interface_id, "InstanceType": "NetworkInterface"}
    assert account.refusal(ASSOCIATE, VPC, **params) == ("InvalidParameter.EniInstanceId", 400)


@pytest.mark.parametrize("action", [ASSOCIATE, UNASSOCIATE])
def test_a_token_associates_and_unassociates_once(account, action):
    params = associating(account)
    if action == UNASSOCIATE:
        account.call(ASSOCIATE, VPC, **params)
        account.wait()
    for _ in range(2):
        account.call(action, VPC, ClientToken="once", **params)
