"""EIPs are unassociated, released and modified."""

from tests.dialects.alibaba.public_addresses.eips import (
    BOTH,
    MODIFY,
    RELEASE,
    UNASSOCIATE,
    associate,
    bound,
    eip,
    listed,
    show,
    two_addresses,
)
from tests.dialects.alibaba.sdk_models import ECS, VPC


def test_what_is_said_of_the_association_must_be_true(account):
    interface_id, primary, secondary = two_addresses(account)
    eip_id = bound(account, interface_id)
    for wrong in (
        {"InstanceId": "i-1"},
        {"InstanceType": "EcsInstance"},
        {"InstanceType": "Nat"},
        {"PrivateIpAddress": secondary},
    ):
        refused = account.refusal(UNASSOCIATE, VPC, AllocationId=eip_id, **wrong)
        assert refused == ("InvalidBindInstance.NotFound", 404)
    right = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "PrivateIpAddress": primary}
    account.call(UNASSOCIATE, VPC, AllocationId=eip_id, Force=True, **right)


def test_only_an_eip_in_use_is_unassociated(account):
    assert account.refusal(UNASSOCIATE, VPC, AllocationId="eip-absent") == (
        "InvalidAllocationId.NotFound",
        404,
    )
    assert account.refusal(UNASSOCIATE, VPC, AllocationId=eip(account)) == ("IncorrectEipStatus", 400)


@BOTH
def test_a_released_eip_is_gone(account, version):
    eip_id = eip(account)
    account.call(RELEASE, version, AllocationId=eip_id)
    assert show(account, eip_id)["Status"] == "Releasing"
    assert account.refusal(RELEASE, version, AllocationId=eip_id) == ("IncorrectEipStatus", 400)
    account.wait()
    assert listed(account, AllocationId=eip_id) == []
    assert account.refusal(RELEASE, version, AllocationId=eip_id) == ("InvalidAllocationId.NotFound", 404)


def test_an_eip_in_use_is_not_released(account):
    eip_id = bound(account, account.add_instance().id)
    assert account.refusal(RELEASE, VPC, AllocationId=eip_id) == ("IncorrectEipStatus", 400)


def test_an_eip_outlives_what_it_is_associated_with(account):
    interface_id, _, secondary = two_addresses(account)
    mine, its, second = (
        bound(account, account.add_instance().id),
        bound(account, interface_id),
        bound(account, interface_id, PrivateIpAddress=secondary),
    )
    account.call(
        "UnassignPrivateIpAddresses", NetworkInterfaceId=interface_id, PrivateIpAddress=[secondary]
    )
    assert show(account, second)["Status"] == "Available"
    assert show(account, its)["Status"] == "InUse"
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.call("DeleteInstance", InstanceId=show(account, mine)["InstanceId"], Force=True)
    account.wait()
    assert {each["Status"] for each in listed(account)} == {"Available"}


def test_name_description_and_bandwidth_can_be_modified(account):
    eip_id = eip(account, Name="a", InternetChargeType="PayByTraffic")
    account.call(MODIFY, VPC, AllocationId=eip_id, Name="b", Description="d", Bandwidth="200")
    shown = show(account, eip_id)
    assert (shown["Name"], shown["Description"], shown["Bandwidth"]) == ("b", "d", "200")
    account.call(MODIFY, ECS, AllocationId=eip_id, Bandwidth="7")
    assert show(account, eip_id)["EipBandwidth"] == "7"
    for bandwidth in ("201", "x"):
        refused = account.refusal(MODIFY, VPC, AllocationId=eip_id, Bandwidth=bandwidth)
        assert refused == ("InvalidParameter", 400)
    assert account.refusal(MODIFY, VPC, AllocationId="eip-1") == ("InvalidAllocationId.NotFound", 404)
    associate(account, eip_id, account.add_instance().id)
    assert account.refusal(MODIFY, VPC, AllocationId=eip_id, Name="c") == ("IncorrectEipStatus", 400)
