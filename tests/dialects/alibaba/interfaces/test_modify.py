"""The attributes and groups of an interface change."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.interfaces.modifying import (
    MODIFY,
    RDMA,
    attributes,
    modify,
    refused,
)

from duolect_core.model.resources import GroupKind

ENABLE, DISABLE = "EnableNetworkInterfaceQoS", "DisableNetworkInterfaceQoS"


# -- attributes ----------------------------------------------------------------------------------------


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


# -- groups --------------------------------------------------------------------------------------------


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


# -- primary interfaces, states, requests --------------------------------------------------------------


def test_a_primary_interface_changes_its_name_description_check_and_traffic_only(account):
    """The cloud controller sets SourceDestCheck, the one for RDMA the traffic mode, on every node."""
    primary = account.primary_interface_id(account.add_instance())
    shown = modify(account, primary, NetworkInterfaceName="first", Description="the first one")
    assert (shown["NetworkInterfaceName"], shown["Description"]) == ("first", "the first one")
    assert modify(account, primary, SourceDestCheck=True)["SourceDestCheck"] is True
    traffic = {"NetworkInterfaceTrafficConfig": {"NetworkInterfaceTrafficMode": "Standard"}}
    assert modify(account, primary, **traffic)["NetworkInterfaceTrafficMode"] == "Standard"
    refusal = ("InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc", 404)
    for change in (
        {"SecurityGroupId": [account.add_group().id]},
        {"DeleteOnRelease": False},
        {"ConnectionTrackingConfiguration": {"UdpTimeout": 60}},
        {"EnablePrimaryIPv6": True},
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
