"""Changing Alibaba Cloud's network interfaces: attributes, groups, queues, quality of service."""

import pytest
from tests.dialects.alibaba.town import Town

from duolect_core.model.resources import GroupKind

MODIFY = "ModifyNetworkInterfaceAttribute"
ENABLE, DISABLE = "EnableNetworkInterfaceQoS", "DisableNetworkInterfaceQoS"
RDMA = {"NetworkInterfaceTrafficConfig": {"NetworkInterfaceTrafficMode": "HighPerformance"}}
SMALL = "ecs.test.small"


@pytest.fixture
def town():
    return Town()


def with_type(**limits):
    """Return a scene with an instance type of its own."""
    every = {"cpu": 2, "memory_gib": 4, "interfaces": 4, "ipv4_per_interface": 10, **limits}
    return Town(instance_types={SMALL: every})


def modify(town, interface_id, **changes):
    town.ask(MODIFY, NetworkInterfaceId=interface_id, **changes)
    return attributes(town, interface_id)


def attributes(town, interface_id):
    """Return what a second client sees."""
    describe = "DescribeNetworkInterfaceAttribute"
    return town.new_client().call(describe, NetworkInterfaceId=interface_id)


def refused(town, interface_id, **changes):
    return town.refused(MODIFY, NetworkInterfaceId=interface_id, **changes)


# -- attributes -------------------------------------------------------------------------------------------


def test_an_interface_shows_its_new_attributes(town):
    interface_id = town.interface(NetworkInterfaceName="old", Description="the old one")
    shown = modify(
        town,
        interface_id,
        NetworkInterfaceName="new.name-1",
        Description="the new one",
        DeleteOnRelease=False,
        SourceDestCheck=True,
    )
    assert (shown["NetworkInterfaceName"], shown["Description"]) == ("new.name-1", "the new one")
    assert (shown["DeleteOnRelease"], shown["SourceDestCheck"]) == (False, True)


def test_what_is_not_named_stays_as_it_is(town):
    interface_id = town.interface(
        NetworkInterfaceName="old", Description="the old one", SourceDestCheck=True, QueueNumber=3
    )
    before = attributes(town, interface_id)
    del before["RequestId"]
    assert before.items() <= modify(town, interface_id).items()
    shown = modify(town, interface_id, Description="the new one")
    assert {**before, "Description": "the new one"}.items() <= shown.items()


def test_one_timeout_changes_and_the_others_stay(town):
    interface_id = town.interface()
    modify(town, interface_id, ConnectionTrackingConfiguration={"TcpEstablishedTimeout": 60})
    shown = modify(town, interface_id, ConnectionTrackingConfiguration={"UdpTimeout": 80})
    assert shown["ConnectionTrackingConfiguration"] == {
        "TcpClosedAndTimeWaitTimeout": 3,
        "TcpEstablishedTimeout": 60,
        "UdpTimeout": 80,
    }


def test_the_first_ipv6_address_becomes_the_primary_one(town):
    interface_id = town.interface(**town.creating_ipv6(Ipv6AddressCount=2))
    shown = modify(town, interface_id, EnablePrimaryIPv6=True)
    assert [each["Primary"] for each in shown["Ipv6Sets"]["Ipv6Set"]] == [True, False]


def test_an_interface_that_shall_stay_outlives_its_instance(town):
    instance = town.instance()
    interface_id = town.attached(town.interface(), instance)
    modify(town, interface_id, DeleteOnRelease=False)
    town.delete(instance)
    assert town.show(interface_id)["Status"] == "Available"


def test_queue_depths_are_kept(town):
    interface_id = town.interface()
    modify(town, interface_id, RxQueueSize=8192, TxQueueSize=8192)
    modify(town, interface_id, NetworkInterfaceTrafficConfig={"RxQueueSize": 16384, "TxQueueSize": 16384})
    extras = town.partition.graph.interfaces[interface_id].extras
    assert (extras["RxQueueSize"], extras["TxQueueSize"]) == (16384, 16384)


# -- groups -----------------------------------------------------------------------------------------------


def test_named_groups_replace_those_that_it_was_in(town):
    interface_id = town.interface()
    groups = [town.new_group().id, town.new_group().id]
    shown = modify(town, interface_id, SecurityGroupId=groups)
    assert shown["SecurityGroupIds"] == {"SecurityGroupId": groups}
    town.ask("DeleteSecurityGroup", SecurityGroupId=town.group.id)


def test_groups_that_do_not_go_together_are_refused(town):
    interface_id = town.interface()
    foreign = town.new_group(town.new_subnet(town.new_network()))
    enterprise = town.new_group(kind=GroupKind.ENTERPRISE)
    for groups, refusal in (
        (["sg-none"], ("InvalidSecurityGroupId.NotFound", 404)),
        ([town.group.id] * 2, ("InvalidParameter.SecurityGroupIdRepeated", 404)),
        ([foreign.id], ("InvalidOperation.VpcMismatch", 403)),
        ([town.group.id, enterprise.id], ("InvalidOperation.MultiGroupType", 403)),
        ([town.new_group(classic=True).id], ("InvalidSecurityGroupId.NotVpc", 403)),
        ([town.new_group(managed=True).id], ("InvalidOperation.ResourceManagedByCloudProduct", 403)),
        ([town.new_group().id for _ in range(6)], ("JoinedGroupLimitExceed", 400)),
        ([f"sg-{number}" for number in range(101)], ("JoinedGroupLimitExceed", 400)),
    ):
        assert refused(town, interface_id, SecurityGroupId=groups) == refusal


def test_groups_of_another_kind_than_those_of_its_instance_are_refused(town):
    interface_id = town.attached(town.interface(), town.instance())
    enterprise = town.new_group(kind=GroupKind.ENTERPRISE)
    refusal = ("InvalidOperation.MultiGroupType", 403)
    assert refused(town, interface_id, SecurityGroupId=[enterprise.id]) == refusal


def test_full_groups_are_refused():
    town = Town(quotas={"basic_group_members": 1, "enterprise_group_interfaces": 1})
    interface_id, full = town.interface(), town.new_group()
    enterprise = town.new_group(kind=GroupKind.ENTERPRISE)
    for group in (full, enterprise):
        town.interface(SecurityGroupId=group.id)
    for group, refusal in (
        (full, ("SecurityGroupInstanceLimitExceed", 403)),
        (enterprise, ("InvalidOperation.EniCountExceeded", 403)),
    ):
        assert refused(town, interface_id, SecurityGroupId=[group.id]) == refusal
    modify(town, interface_id, SecurityGroupId=[town.group.id])


# -- queues and RDMA --------------------------------------------------------------------------------------


def test_queues_change_while_the_interface_is_available(town):
    interface_id = town.interface()
    assert modify(town, interface_id, QueueNumber=2048)["QueueNumber"] == 2048
    assert modify(town, interface_id, NetworkInterfaceTrafficConfig={"QueueNumber": 4})["QueueNumber"] == 4


def test_queues_change_on_a_stopped_instance_within_the_limits_of_its_type():
    town = with_type(queues_per_interface=4, queues_total=6)
    instance = town.stopped(town.subnet, SMALL)
    one, other = (town.attached(town.interface(QueueNumber=1), instance) for _ in range(2))
    assert modify(town, one, QueueNumber=3)["QueueNumber"] == 3
    refusal = ("InvalidOperation.MaxEniQueueNumberExceeded", 403)
    assert refused(town, other, QueueNumber=5) == refusal
    refusal = ("InvalidOperation.ExceedInstanceTypeQueueNumber", 403)
    assert refused(town, other, QueueNumber=4) == refusal


def test_queues_do_not_change_on_a_running_instance(town):
    interface_id = town.attached(town.interface(), town.instance())
    refusal = ("InvalidOperation.InvalidEniState", 400)
    assert refused(town, interface_id, QueueNumber=2) == refusal


def test_an_interface_changes_to_rdma_and_not_back(town):
    interface_id = town.interface()
    shown = modify(
        town,
        interface_id,
        NetworkInterfaceTrafficConfig={
            "NetworkInterfaceTrafficMode": "HighPerformance",
            "QueuePairNumber": 6,
        },
    )
    assert (shown["NetworkInterfaceTrafficMode"], shown["QueuePairNumber"]) == ("HighPerformance", 6)
    pairs = {"NetworkInterfaceTrafficConfig": {"QueuePairNumber": 8}}
    assert modify(town, interface_id, **pairs)["QueuePairNumber"] == 8
    back = {"NetworkInterfaceTrafficConfig": {"NetworkInterfaceTrafficMode": "Standard"}}
    refusal = ("InvalidTrafficMode.ModifyToStandardNotSupported", 400)
    assert refused(town, interface_id, **back) == refusal


def test_an_interface_with_ipv6_does_not_change_to_rdma(town):
    interface_id = town.interface(**town.creating_ipv6(Ipv6AddressCount=1))
    refusal = ("InvalidOperation.EniTrafficModeNotSupportIPv6", 400)
    assert refused(town, interface_id, **RDMA) == refusal


def test_an_instance_type_without_rdma_refuses_it(town):
    interface_id = town.attached(town.interface(), town.instance())
    refusal = ("InvalidOperation.InstanceTypeNotSupportHighPerformance", 400)
    assert refused(town, interface_id, **RDMA) == refusal


def test_an_instance_type_limits_rdma():
    town = with_type(rdma_interfaces=1, queue_pairs_per_interface=4, queue_pairs_total=4)
    instance = town.instance(town.subnet, SMALL)
    one, other = (town.attached(town.interface(), instance) for _ in range(2))
    modify(town, one, **RDMA)
    refusal = ("InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded", 400)
    assert refused(town, other, **RDMA) == refusal
    pairs = {"NetworkInterfaceTrafficConfig": {"QueuePairNumber": 5}}
    assert refused(town, one, **pairs) == ("InvalidOperation.MaxEniQueuePairNumberExceed", 400)


def test_an_instance_type_limits_the_queue_pairs_of_all_interfaces():
    town = with_type(rdma_interfaces=2, queue_pairs_per_interface=4, queue_pairs_total=6)
    instance = town.instance(town.subnet, SMALL)
    one, other = (town.attached(town.interface(), instance) for _ in range(2))
    wish = {"NetworkInterfaceTrafficMode": "HighPerformance", "QueuePairNumber": 4}
    modify(town, one, NetworkInterfaceTrafficConfig=wish)
    refusal = ("InvalidOperation.EniQueuePairNumberOverflow", 400)
    assert refused(town, other, NetworkInterfaceTrafficConfig=wish) == refusal


# -- features of the device -------------------------------------------------------------------------------


def test_features_of_the_device_are_kept(town):
    interface_id = town.interface()
    modify(town, interface_id, EnhancedNetwork={"EnableRss": True})
    virtual = {"EnableSriov": True, "VirtualFunctionQuantity": 4, "VirtualFunctionTotalQueueNumber": 8}
    shown = modify(town, interface_id, EnhancedNetwork=virtual)
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
def test_virtual_functions_are_settled_when_sriov_is_enabled(town, first, then, code):
    interface_id = town.interface()
    if first:
        modify(town, interface_id, EnhancedNetwork=first)
    assert refused(town, interface_id, EnhancedNetwork=then) == (code, 400)


def test_a_trunk_with_members_does_not_change_to_sriov(town):
    instance = town.instance()
    trunk = town.attached(town.interface(InstanceType="Trunk"), instance)
    town.attached(town.interface(), instance, trunk)
    refusal = ("InvalidOperation.TrunkAttachmentMustEmpty", 400)
    assert refused(town, trunk, EnhancedNetwork={"EnableSriov": True}) == refusal


# -- primary interfaces, states, requests -----------------------------------------------------------------


def test_a_primary_interface_changes_its_name_and_description_only(town):
    primary = town.primary(town.instance())
    shown = modify(town, primary, NetworkInterfaceName="first", Description="the first one")
    assert (shown["NetworkInterfaceName"], shown["Description"]) == ("first", "the first one")
    refusal = ("InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc", 404)
    for change in (
        {"SecurityGroupId": [town.new_group().id]},
        {"DeleteOnRelease": False},
        {"SourceDestCheck": True},
        {"ConnectionTrackingConfiguration": {"UdpTimeout": 60}},
        RDMA,
    ):
        assert refused(town, primary, **change) == refusal
    stopped = town.primary(town.stopped())
    refusal = ("InvalidOperation.ModifyPrimaryEniQueueNumber", 403)
    assert refused(town, stopped, QueueNumber=1) == refusal
    assert refused(town, primary, QueueNumber=1) == refusal


def test_an_interface_on_its_way_is_refused(town):
    interface_id, instance = town.interface(), town.instance()
    town.ask("AttachNetworkInterface", **town.attaching(interface_id, instance))
    refusal = ("InvalidOperation.InvalidEniState", 400)
    assert refused(town, interface_id, Description="described") == refusal


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
def test_a_change_that_cannot_be_made_is_refused(town, wrong, refusal):
    assert town.refused(MODIFY, **{"NetworkInterfaceId": town.interface(), **wrong}) == refusal


def test_what_a_service_manages_is_refused(town):
    managed, refusal = town.managed_interface(), ("InvalidOperation.EniServiceManaged", 403)
    assert refused(town, managed, Description="described") == refusal
    for action in (ENABLE, DISABLE):
        assert town.refused(action, NetworkInterfaceId=managed) == refusal


# -- quality of service -----------------------------------------------------------------------------------


def quality(town, interface_id):
    return attributes(town, interface_id)["QoSConfig"]


def test_limits_are_set_changed_and_lifted(town):
    interface_id = town.interface()
    without = quality(town, interface_id)
    zeros = dict.fromkeys(("BandwidthRx", "BandwidthTx", "ConcurrentConnections", "PpsRx", "PpsTx"), 0)
    assert without == {"EnableQoS": False, "QoS": zeros}
    limits = {"BandwidthRx": 50_000, "BandwidthTx": 51_000, "ConcurrentConnections": 10_000}
    town.ask(ENABLE, NetworkInterfaceId=interface_id, QoS=limits)
    assert quality(town, interface_id) == {"EnableQoS": True, "QoS": {**zeros, **limits}}
    more = {"BandwidthRx": 60_000, "PpsRx": 20_000, "PpsTx": 30_000}
    town.ask(ENABLE, NetworkInterfaceId=interface_id, QoS=more)
    assert quality(town, interface_id)["QoS"] == {**limits, **more}
    for _ in range(2):
        town.ask(DISABLE, NetworkInterfaceId=interface_id)
        assert quality(town, interface_id) == without


def test_limits_stay_while_other_attributes_change(town):
    interface_id = town.attached(town.interface(), town.instance())
    town.ask(ENABLE, NetworkInterfaceId=interface_id, QoS={"PpsTx": 10_000})
    modify(town, interface_id, SourceDestCheck=True)
    assert quality(town, interface_id)["QoS"]["PpsTx"] == 10_000


def test_a_primary_interface_is_limited_too(town):
    primary = town.primary(town.instance())
    town.ask(ENABLE, NetworkInterfaceId=primary)
    assert quality(town, primary)["EnableQoS"] is True


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
def test_a_request_without_a_proper_interface_is_refused(town, action, wrong, refusal):
    assert town.refused(action, **{"NetworkInterfaceId": town.interface(), **wrong}) == refusal


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
def test_limits_come_in_steps(town, limits):
    refusal = ("InvalidParameter", 400)
    assert town.refused(ENABLE, NetworkInterfaceId=town.interface(), QoS=limits) == refusal
