"""Changing Alibaba Cloud's network interfaces: attributes, groups, queues, quality of service."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_core.model.resources import GroupKind

MODIFY = "ModifyNetworkInterfaceAttribute"
ENABLE, DISABLE = "EnableNetworkInterfaceQoS", "DisableNetworkInterfaceQoS"
RDMA = {"NetworkInterfaceTrafficConfig": {"NetworkInterfaceTrafficMode": "HighPerformance"}}
SMALL = "ecs.test.small"


def with_type(**limits):
    """Return a scene with an instance type of its own."""
    every = {"cpu": 2, "memory_gib": 4, "interfaces": 4, "ipv4_per_interface": 10, **limits}
    return AlibabaAccount.furnished(instance_types={SMALL: every})


def modify(account, interface_id, **changes):
    account.call(MODIFY, NetworkInterfaceId=interface_id, **changes)
    return attributes(account, interface_id)


def attributes(account, interface_id):
    """Return what a second client sees."""
    describe = "DescribeNetworkInterfaceAttribute"
    return account.new_client().call(describe, NetworkInterfaceId=interface_id)


def refused(account, interface_id, **changes):
    return account.refusal(MODIFY, NetworkInterfaceId=interface_id, **changes)


# -- attributes -------------------------------------------------------------------------------------------


def test_an_interface_shows_its_new_attributes(account):
    interface_id = account.create_interface(NetworkInterfaceName="old", Description="the old one")
    shown = modify(
        account,
        interface_id,
        NetworkInterfaceName="new.name-1",
        Description="the new one",
        DeleteOnRelease=False,
        SourceDestCheck=True,
    )
    assert (shown["NetworkInterfaceName"], shown["Description"]) == ("new.name-1", "the new one")
    assert (shown["DeleteOnRelease"], shown["SourceDestCheck"]) == (False, True)


def test_what_is_not_named_stays_as_it_is(account):
    interface_id = account.create_interface(
        NetworkInterfaceName="old", Description="the old one", SourceDestCheck=True, QueueNumber=3
    )
    before = attributes(account, interface_id)
    del before["RequestId"]
    assert before.items() <= modify(account, interface_id).items()
    shown = modify(account, interface_id, Description="the new one")
    assert {**before, "Description": "the new one"}.items() <= shown.items()


def test_one_timeout_changes_and_the_others_stay(account):
    interface_id = account.create_interface()
    modify(account, interface_id, ConnectionTrackingConfiguration={"TcpEstablishedTimeout": 60})
    shown = modify(account, interface_id, ConnectionTrackingConfiguration={"UdpTimeout": 80})
    assert shown["ConnectionTrackingConfiguration"] == {
        "TcpClosedAndTimeWaitTimeout": 3,
        "TcpEstablishedTimeout": 60,
        "UdpTimeout": 80,
    }


def test_the_first_ipv6_address_becomes_the_primary_one(account):
    interface_id = account.create_interface(**account.ipv6_interface_params(Ipv6AddressCount=2))
    shown = modify(account, interface_id, EnablePrimaryIPv6=True)
    assert [each["Primary"] for each in shown["Ipv6Sets"]["Ipv6Set"]] == [True, False]


def test_an_interface_that_shall_stay_outlives_its_instance(account):
    instance = account.add_instance()
    interface_id = account.attach(account.create_interface(), instance)
    modify(account, interface_id, DeleteOnRelease=False)
    account.delete_instance(instance)
    assert account.describe_interface(interface_id)["Status"] == "Available"


def test_queue_depths_are_kept(account):
    interface_id = account.create_interface()
    modify(account, interface_id, RxQueueSize=8192, TxQueueSize=8192)
    modify(
        account, interface_id, NetworkInterfaceTrafficConfig={"RxQueueSize": 16384, "TxQueueSize": 16384}
    )
    extras = account.partition.graph.interfaces[interface_id].extras
    assert (extras["RxQueueSize"], extras["TxQueueSize"]) == (16384, 16384)


# -- groups -----------------------------------------------------------------------------------------------


def test_named_groups_replace_those_that_it_was_in(account):
    interface_id = account.create_interface()
    groups = [account.add_group().id, account.add_group().id]
    shown = modify(account, interface_id, SecurityGroupId=groups)
    assert shown["SecurityGroupIds"] == {"SecurityGroupId": groups}
    account.call("DeleteSecurityGroup", SecurityGroupId=account.group.id)


def test_groups_that_do_not_go_together_are_refused(account):
    interface_id = account.create_interface()
    foreign = account.add_group(account.add_subnet(account.add_network()))
    enterprise = account.add_group(kind=GroupKind.ENTERPRISE)
    for groups, refusal in (
        (["sg-none"], ("InvalidSecurityGroupId.NotFound", 404)),
        ([account.group.id] * 2, ("InvalidParameter.SecurityGroupIdRepeated", 404)),
        ([foreign.id], ("InvalidOperation.VpcMismatch", 403)),
        ([account.group.id, enterprise.id], ("InvalidOperation.MultiGroupType", 403)),
        ([account.add_group(classic=True).id], ("InvalidSecurityGroupId.NotVpc", 403)),
        ([account.add_group(managed=True).id], ("InvalidOperation.ResourceManagedByCloudProduct", 403)),
        ([account.add_group().id for _ in range(6)], ("JoinedGroupLimitExceed", 400)),
        ([f"sg-{number}" for number in range(101)], ("JoinedGroupLimitExceed", 400)),
    ):
        assert refused(account, interface_id, SecurityGroupId=groups) == refusal


def test_groups_of_another_kind_than_those_of_its_instance_are_refused(account):
    interface_id = account.attach(account.create_interface(), account.add_instance())
    enterprise = account.add_group(kind=GroupKind.ENTERPRISE)
    refusal = ("InvalidOperation.MultiGroupType", 403)
    assert refused(account, interface_id, SecurityGroupId=[enterprise.id]) == refusal


def test_full_groups_are_refused():
    account = AlibabaAccount.furnished(quotas={"basic_group_members": 1, "enterprise_group_interfaces": 1})
    interface_id, full = account.create_interface(), account.add_group()
    enterprise = account.add_group(kind=GroupKind.ENTERPRISE)
    for group in (full, enterprise):
        account.create_interface(SecurityGroupId=group.id)
    for group, refusal in (
        (full, ("SecurityGroupInstanceLimitExceed", 403)),
        (enterprise, ("InvalidOperation.EniCountExceeded", 403)),
    ):
        assert refused(account, interface_id, SecurityGroupId=[group.id]) == refusal
    modify(account, interface_id, SecurityGroupId=[account.group.id])


# -- queues and RDMA --------------------------------------------------------------------------------------


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
    wish = {"NetworkInterfaceTrafficMode": "HighPerformance", "QueuePairNumber": 4}
    modify(account, one, NetworkInterfaceTrafficConfig=wish)
    refusal = ("InvalidOperation.EniQueuePairNumberOverflow", 400)
    assert refused(account, other, NetworkInterfaceTrafficConfig=wish) == refusal


# -- features of the device -------------------------------------------------------------------------------


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


# -- primary interfaces, states, requests -----------------------------------------------------------------


def test_a_primary_interface_changes_its_name_and_description_only(account):
    primary = account.primary_interface_id(account.add_instance())
    shown = modify(account, primary, NetworkInterfaceName="first", Description="the first one")
    assert (shown["NetworkInterfaceName"], shown["Description"]) == ("first", "the first one")
    refusal = ("InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc", 404)
    for change in (
        {"SecurityGroupId": [account.add_group().id]},
        {"DeleteOnRelease": False},
        {"SourceDestCheck": True},
        {"ConnectionTrackingConfiguration": {"UdpTimeout": 60}},
        RDMA,
    ):
        assert refused(account, primary, **change) == refusal
    stopped = account.primary_interface_id(account.add_stopped_instance())
    refusal = ("InvalidOperation.ModifyPrimaryEniQueueNumber", 403)
    assert refused(account, stopped, QueueNumber=1) == refusal
    assert refused(account, primary, QueueNumber=1) == refusal


def test_an_interface_on_its_way_is_refused(account):
    interface_id, instance = account.create_interface(), account.add_instance()
    account.call("AttachNetworkInterface", **account.attachment_params(interface_id, instance))
    refusal = ("InvalidOperation.InvalidEniState", 400)
    assert refused(account, interface_id, Description="described") == refusal


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"NetworkInterfaceId": None}, ("MissingParameter", 400)),
        ({"NetworkInterfaceId": "interface"}, ("InvalidParams.EniId", 400)),
        ({"NetworkInterfaceId": "eni-none"}, ("InvalidEniId.NotFound", 404)),
        ({"Surprise": 1}, ("UnsupportedParameter", 400)),
        ({"Description": "x"}, ("InvalidParameter", 400)),
        ({"Description": "http://x"}, ("InvalidParameter", 400)),
        ({"Description": "x" * 256}, ("InvalidParameter", 400)),
        ({"DeleteOnRelease": "maybe"}, ("InvalidParameter", 400)),
        ({"NetworkInterfaceName": "1st"}, ("InvalidParams.NetworkInterfaceName", 403)),
        ({"QueueNumber": 2049}, ("InvalidParameter.InvalidEniQueueNumber", 403)),
        ({"RxQueueSize": 9000, "TxQueueSize": 9000}, ("InvalidParameter.EniQueueSize", 400)),
        ({"RxQueueSize": 8192}, ("InvalidParameter.EniQueueSize", 400)),
        ({"QueueNumber": 1, **RDMA}, ("InvalidParameter.Conflict", 400)),
        (
            {"NetworkInterfaceTrafficConfig": {"NetworkInterfaceTrafficMode": "Fast"}},
            ("InvalidParameter.EniTrafficMode", 400),
        ),
        (
            {"NetworkInterfaceTrafficConfig": {"QueuePairNumber": 1}},
            ("InvalidParameter.QueuePairNumberMustEmpty", 400),
        ),
        (
            {"NetworkInterfaceTrafficConfig": {"QueuePairNumber": 0}},
            ("InvalidParameter.InvalidQueuePairNumber", 400),
        ),
        (
            {"ConnectionTrackingConfiguration": {"TcpClosedAndTimeWaitTimeout": 16}},
            ("InvalidParameter.EniConnectionTrackingConfiguration", 400),
        ),
        (
            {"ConnectionTrackingConfiguration": {"UdpTimeout": 31}},
            ("InvalidParameter.EniConnectionTrackingConfiguration", 400),
        ),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(account, wrong, refusal):
    assert account.refusal(MODIFY, **{"NetworkInterfaceId": account.create_interface(), **wrong}) == refusal


def test_what_a_service_manages_is_refused(account):
    managed, refusal = account.add_managed_interface(), ("InvalidOperation.EniServiceManaged", 403)
    assert refused(account, managed, Description="described") == refusal
    for action in (ENABLE, DISABLE):
        assert account.refusal(action, NetworkInterfaceId=managed) == refusal


# -- quality of service -----------------------------------------------------------------------------------


def quality(account, interface_id):
    return attributes(account, interface_id)["QoSConfig"]


def test_limits_are_set_changed_and_lifted(account):
    interface_id = account.create_interface()
    without = quality(account, interface_id)
    zeros = dict.fromkeys(("BandwidthRx", "BandwidthTx", "ConcurrentConnections", "PpsRx", "PpsTx"), 0)
    assert without == {"EnableQoS": False, "QoS": zeros}
    limits = {"BandwidthRx": 50_000, "BandwidthTx": 51_000, "ConcurrentConnections": 10_000}
    account.call(ENABLE, NetworkInterfaceId=interface_id, QoS=limits)
    assert quality(account, interface_id) == {"EnableQoS": True, "QoS": {**zeros, **limits}}
    more = {"BandwidthRx": 60_000, "PpsRx": 20_000, "PpsTx": 30_000}
    account.call(ENABLE, NetworkInterfaceId=interface_id, QoS=more)
    assert quality(account, interface_id)["QoS"] == {**limits, **more}
    for _ in range(2):
        account.call(DISABLE, NetworkInterfaceId=interface_id)
        assert quality(account, interface_id) == without


def test_limits_stay_while_other_attributes_change(account):
    interface_id = account.attach(account.create_interface(), account.add_instance())
    account.call(ENABLE, NetworkInterfaceId=interface_id, QoS={"PpsTx": 10_000})
    modify(account, interface_id, SourceDestCheck=True)
    assert quality(account, interface_id)["QoS"]["PpsTx"] == 10_000


def test_a_primary_interface_is_limited_too(account):
    primary = account.primary_interface_id(account.add_instance())
    account.call(ENABLE, NetworkInterfaceId=primary)
    assert quality(account, primary)["EnableQoS"] is True


@pytest.mark.parametrize("action", [ENABLE, DISABLE])
@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"NetworkInterfaceId": None}, ("MissingParameter", 400)),
        ({"NetworkInterfaceId": "interface"}, ("InvalidParams.EniId", 400)),
        ({"NetworkInterfaceId": "eni-none"}, ("InvalidEniId.NotFound", 404)),
        ({"Surprise": 1}, ("UnsupportedParameter", 400)),
    ],
)
def test_a_request_without_a_proper_interface_is_refused(account, action, wrong, refusal):
    assert account.refusal(action, **{"NetworkInterfaceId": account.create_interface(), **wrong}) == refusal


@pytest.mark.parametrize(
    "limits",
    [
        {"BandwidthRx": 49_000},
        {"BandwidthTx": 50_500},
        {"ConcurrentConnections": 15_000},
        {"PpsRx": 0},
        {"PpsTx": "many"},
    ],
)
def test_limits_come_in_steps(account, limits):
    refusal = ("InvalidParameter", 400)
    assert account.refusal(ENABLE, NetworkInterfaceId=account.create_interface(), QoS=limits) == refusal
