"""The queues of an interface, RDMA and other features of the device change."""

import pytest
from tests.dialects.alibaba.interfaces.modifying import (
    RDMA,
    SMALL,
    modify,
    refused,
    with_type,
)

# -- queues and RDMA -----------------------------------------------------------------------------------


def test_queues_change_while_the_interface_is_available(account):
    interface_id = account.create_interface()
    assert modify(account, interface_id, QueueNumber=2048)["QueueNumber"] == 2048
    assert (
        modify(account, interface_id, NetworkInterfaceTrafficConfig={"QueueNumber": 4})["QueueNumber"] == 4
    )


def test_queues_change_on_a_stopped_instance_within_the_limits_of_its_type():
    account = with_type(queues_per_interface=4, queues_total=6)
    instance = account.add_stopped_instance(account.subnet, SMALL)
    one, other = (account.attach(account.create_interface(QueueNumber=1), instance) for _ in range(2))
    assert modify(account, one, QueueNumber=3)["QueueNumber"] == 3
    refusal = ("InvalidOperation.MaxEniQueueNumberExceeded", 403)
    assert refused(account, other, QueueNumber=5) == refusal
    refusal = ("InvalidOperation.ExceedInstanceTypeQueueNumber", 403)
    assert refused(account, other, QueueNumber=4) == refusal


def test_queues_do_not_change_on_a_running_instance(account):
    interface_id = account.attach(account.create_interface(), account.add_instance())
    refusal = ("InvalidOperation.InvalidEniState", 400)
    assert refused(account, interface_id, QueueNumber=2) == refusal


def test_an_interface_changes_to_rdma_and_not_back(account):
    interface_id = account.create_interface()
    shown = modify(
        account,
        interface_id,
        NetworkInterfaceTrafficConfig={
            "NetworkInterfaceTrafficMode": "HighPerformance",
            "QueuePairNumber": 6,
        },
    )
    assert (shown["NetworkInterfaceTrafficMode"], shown["QueuePairNumber"]) == ("HighPerformance", 6)
    pairs = {"NetworkInterfaceTrafficConfig": {"QueuePairNumber": 8}}
    assert modify(account, interface_id, **pairs)["QueuePairNumber"] == 8
    back = {"NetworkInterfaceTrafficConfig": {"NetworkInterfaceTrafficMode": "Standard"}}
    refusal = ("InvalidTrafficMode.ModifyToStandardNotSupported", 400)
    assert refused(account, interface_id, **back) == refusal


def test_an_interface_with_ipv6_does_not_change_to_rdma(account):
    interface_id = account.create_interface(**account.ipv6_interface_params(Ipv6AddressCount=1))
    refusal = ("InvalidOperation.EniTrafficModeNotSupportIPv6", 400)
    assert refused(account, interface_id, **RDMA) == refusal


def test_an_instance_type_without_rdma_refuses_it(account):
    interface_id = account.attach(account.create_interface(), account.add_instance())
    refusal = ("InvalidOperation.InstanceTypeNotSupportHighPerformance", 400)
    assert refused(account, interface_id, **RDMA) == refusal


def test_an_instance_type_limits_rdma():
    account = with_type(rdma_interfaces=1, queue_pairs_per_interface=4, queue_pairs_total=4)
    instance = account.add_instance(account.subnet, SMALL)
    one, other = (account.attach(account.create_interface(), instance) for _ in range(2))
    modify(account, one, **RDMA)
    refusal = ("InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded", 400)
    assert refused(account, other, **RDMA) == refusal
    pairs = {"NetworkInterfaceTrafficConfig": {"QueuePairNumber": 5}}
    assert refused(account, one, **pairs) == ("InvalidOperation.MaxEniQueuePairNumberExceed", 400)


def test_an_instance_type_limits_the_queue_pairs_of_all_interfaces():
    account = with_type(rdma_interfaces=2, queue_pairs_per_interface=4, queue_pairs_total=6)
    instance = account.add_instance(account.subnet, SMALL)
    one, other = (account.attach(account.create_interface(), instance) for _ in range(2))
    params = {"NetworkInterfaceTrafficMode": "HighPerformance", "QueuePairNumber": 4}
    modify(account, one, NetworkInterfaceTrafficConfig=params)
    refusal = ("InvalidOperation.EniQueuePairNumberOverflow", 400)
    assert refused(account, other, NetworkInterfaceTrafficConfig=params) == refusal


# -- features of the device ----------------------------------------------------------------------------


def test_features_of_the_device_are_kept(account):
    interface_id = account.create_interface()
    modify(account, interface_id, EnhancedNetwork={"EnableRss": True})
    virtual = {"EnableSriov": True, "VirtualFunctionQuantity": 4, "VirtualFunctionTotalQueueNumber": 8}
    shown = modify(account, interface_id, EnhancedNetwork=virtual)
    assert shown["EnhancedNetwork"].items() >= {"EnableRss": True, **virtual}.items()


@pytest.mark.parametrize(
    ("first", "then", "code"),
    [
        ({}, {"VirtualFunctionQuantity": 4}, "InvalidParameter.EniEnhancedNetwork"),
        ({}, {"EnableSriov": True, "VirtualFunctionQuantity": 257}, "InvalidParameter.EniEnhancedNetwork"),
        (
            {"EnableSriov": True},
            {"EnableSriov": False, "VirtualFunctionQuantity": 4},
            "InvalidParameter.EniEnhancedNetwork",
        ),
        (
            {"EnableSriov": True},
            {"VirtualFunctionQuantity": 4},
            "InvalidOperation.NotSupportModifyVFQueueNumberAndVFQuantity",
        ),
    ],
)
def test_virtual_functions_are_settled_when_sriov_is_enabled(account, first, then, code):
    interface_id = account.create_interface()
    if first:
        modify(account, interface_id, EnhancedNetwork=first)
    assert refused(account, interface_id, EnhancedNetwork=then) == (code, 400)


def test_a_trunk_with_members_does_not_change_to_sriov(account):
    instance = account.add_instance()
    trunk = account.attach(account.create_interface(InstanceType="Trunk"), instance)
    account.attach(account.create_interface(), instance, trunk)
    refusal = ("InvalidOperation.TrunkAttachmentMustEmpty", 400)
    assert refused(account, trunk, EnhancedNetwork={"EnableSriov": True}) == refusal
