"""How programs get and give back addresses, and how many there are."""

from collections import Counter
from typing import Any

import pytest
from tests.consumers.alibaba.interfaces import TRUNKING, free_addresses, in_use, listed
from tests.dialects.alibaba.furnished_account import AlibabaAccount

# -- addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["CreateNetworkInterface", "AssignPrivateIpAddresses"])
def test_a_count_of_no_secondary_addresses_is_refused(account, action):
    """cilium sends none for that reason."""
    good = (
        {"NetworkInterfaceId": account.create_interface()}
        if action.startswith("Assign")
        else account.interface_params()
    )
    refusal = account.refusal(action, SecondaryPrivateIpAddressCount=0, **good)
    assert refusal == ("InvalidParameter", 400)


def test_assigned_addresses_come_back_in_the_order_of_the_request(account):
    """cloudmux takes the first for the first."""
    eni = account.create_interface()
    params = ["10.0.0.77", "10.0.0.12", "10.0.0.130"]
    reply = account.call("AssignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=params)
    assert reply["AssignedPrivateIpAddressesSet"]["PrivateIpSet"]["PrivateIpAddress"] == params
    assert reply["AssignedPrivateIpAddressesSet"]["Ipv4PrefixSet"]["Ipv4Prefixes"] == []


def test_assigned_prefixes_come_back_under_their_own_name(account):
    """terway reads Ipv4PrefixSet.Ipv4Prefixes and Ipv6PrefixSets.Ipv6Prefix."""
    eni = account.call("CreateNetworkInterface", **account.ipv6_interface_params())["NetworkInterfaceId"]
    ipv4 = account.call("AssignPrivateIpAddresses", NetworkInterfaceId=eni, Ipv4PrefixCount=1)
    ipv6 = account.call("AssignIpv6Addresses", NetworkInterfaceId=eni, Ipv6PrefixCount=1)
    (ipv4_prefix,) = ipv4["AssignedPrivateIpAddressesSet"]["Ipv4PrefixSet"]["Ipv4Prefixes"]
    (ipv6_prefix,) = ipv6["Ipv6PrefixSets"]["Ipv6Prefix"]
    assert ipv4["AssignedPrivateIpAddressesSet"]["PrivateIpSet"] == {"PrivateIpAddress": []}
    assert ipv6["Ipv6Sets"] == {"Ipv6Address": []}
    shown = account.describe_interface(eni)
    assert shown["Ipv4PrefixSets"]["Ipv4PrefixSet"] == [{"Ipv4Prefix": ipv4_prefix}]
    assert shown["Ipv6PrefixSets"]["Ipv6PrefixSet"] == [{"Ipv6Prefix": ipv6_prefix}]
    account.call("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, Ipv4Prefix=[ipv4_prefix])
    account.call("UnassignIpv6Addresses", NetworkInterfaceId=eni, Ipv6Prefix=[ipv6_prefix])
    shown = account.describe_interface(eni)
    assert (shown["Ipv4PrefixSets"]["Ipv4PrefixSet"], shown["Ipv6PrefixSets"]["Ipv6PrefixSet"]) == ([], [])


def test_addresses_and_prefixes_do_not_mix_in_a_request(account):
    """terway asks for them one after the other."""
    eni = account.create_interface()
    params = {"SecondaryPrivateIpAddressCount": 1, "Ipv4PrefixCount": 1}
    refusal = account.refusal("AssignPrivateIpAddresses", NetworkInterfaceId=eni, **params)
    assert refusal == ("InvalidParameter.Conflict", 400)


def test_to_take_the_primary_address_away_is_as_if_it_were_not_assigned(account):
    """terway takes InvalidIp.IpUnassigned for success, here as for an address that is not there."""
    made = account.call("CreateNetworkInterface", **account.interface_params())
    eni, primary = made["NetworkInterfaceId"], made["PrivateIpAddress"]
    for address in (primary, "10.0.0.9" if primary != "10.0.0.9" else "10.0.0.10"):
        refusal = account.refusal(
            "UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=[address]
        )
        assert refusal == ("InvalidIp.IpUnassigned", 403)


def test_the_free_addresses_of_a_vswitch_fall_and_rise_with_use(account):
    """cilium and karpenter choose the vSwitch by them."""
    free = free_addresses(account)
    made = account.call(
        "CreateNetworkInterface", **account.interface_params(SecondaryPrivateIpAddressCount=3)
    )
    eni = made["NetworkInterfaceId"]
    assert free_addresses(account) == free - 4
    account.call("AssignPrivateIpAddresses", NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=2)
    assert free_addresses(account) == free - 6
    taken = made["PrivateIpSets"]["PrivateIpSet"][1]["PrivateIpAddress"]
    account.call("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=[taken])
    assert free_addresses(account) == free - 5
    (instance_id,) = account.run_instances()
    assert free_addresses(account) == free - 6
    account.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    account.wait()
    assert free_addresses(account) == free - 1
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    account.wait()
    assert free_addresses(account) == free


def test_blocks_of_vpcs_and_vswitches_can_be_parsed(account):
    """cilium drops the whole list for one that cannot."""
    (vpc,) = account.call("DescribeVpcs")["Vpcs"]["Vpc"]
    (vswitch,) = account.call("DescribeVSwitches")["VSwitches"]["VSwitch"]
    assert (vpc["CidrBlock"], vpc["SecondaryCidrBlocks"]) == ("10.0.0.0/16", {"SecondaryCidrBlock": []})
    assert (vswitch["CidrBlock"], vswitch["VpcId"]) == ("10.0.0.0/24", vpc["VpcId"])


# -- limits --------------------------------------------------------------------------------------------


LIMITS = {
    "EniQuantity": int,
    "EniTotalQuantity": int,
    "EniPrivateIpAddressQuantity": int,
    "EniIpv6AddressQuantity": int,
    "EniTrunkSupported": bool,
    "EriQuantity": int,
    "InstanceBandwidthRx": int,
    "InstanceBandwidthTx": int,
    "CpuCoreCount": int,
}


def test_every_instance_type_tells_its_limits(account):
    """terway, cilium and karpenter compute the capacity of a node from them."""
    types = account.call("DescribeInstanceTypes", MaxResults=100)["InstanceTypes"]["InstanceType"]
    assert len(types) > 30
    for each in types:
        assert {name: type(each[name]) for name in LIMITS} == LIMITS
        # A whole number has no point (recorded 2022 and 2026).
        assert type(each["MemorySize"]) is (int if each["MemorySize"] == int(each["MemorySize"]) else float)
        assert each["EniQuantity"] > 0
        assert each["EniPrivateIpAddressQuantity"] > 0
        assert (each["EniTotalQuantity"] > each["EniQuantity"]) is each["EniTrunkSupported"]
        # A type without network cards does not speak of them (recorded 2025 and 2026).
        cards = each["NetworkCards"]["NetworkCardInfo"] if "NetworkCards" in each else []
        indexes = [card["NetworkCardIndex"] for card in cards]
        assert indexes == list(range(each.get("NetworkCardQuantity", 0)))


def limits(account: AlibabaAccount, type_name: str) -> dict[str, Any]:
    (found,) = account.call("DescribeInstanceTypes", InstanceTypes=[type_name])["InstanceTypes"][
        "InstanceType"
    ]
    return dict(found)


def test_a_node_takes_as_many_interfaces_as_its_type_says_and_no_more(account):
    """cilium and terway: EniQuantity counts the primary one."""
    (instance_id,) = account.run_instances()
    for _ in range(limits(account, account.type_name)["EniQuantity"] - 1):
        in_use(account, account.create_interface(), instance_id)
    params = {"NetworkInterfaceId": account.create_interface(), "InstanceId": instance_id}
    assert account.refusal("AttachNetworkInterface", **params) == ("EniPerInstanceLimitExceeded", 403)


def test_an_interface_takes_as_many_addresses_as_the_type_says_and_no_more(account):
    """cilium and terway: EniPrivateIpAddressQuantity counts the primary one; terway marks it full."""
    (instance_id,) = account.run_instances()
    eni = in_use(account, account.create_interface(), instance_id)
    params = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}
    for _ in range(limits(account, account.type_name)["EniPrivateIpAddressQuantity"] - 1):
        account.call("AssignPrivateIpAddresses", **params)
    refusal = account.refusal("AssignPrivateIpAddresses", **params)
    assert refusal == ("InvalidOperation.Ipv4CountExceeded", 403)


def test_a_trunk_takes_as_many_members_as_the_type_has_beyond_its_interfaces(account):
    """terway: members are EniTotalQuantity minus EniQuantity where trunks are supported."""
    found = limits(account, TRUNKING)
    assert found["EniTrunkSupported"] is True
    (instance_id,) = account.run_instances(InstanceType=TRUNKING)
    trunk_id = in_use(account, account.create_interface(InstanceType="Trunk"), instance_id)
    onto = {"InstanceId": instance_id, "TrunkNetworkInstanceId": trunk_id}
    for _ in range(found["EniTotalQuantity"] - found["EniQuantity"]):
        account.call("AttachNetworkInterface", NetworkInterfaceId=account.create_interface(), **onto)
    account.wait()
    refusal = account.refusal(
        "AttachNetworkInterface", NetworkInterfaceId=account.create_interface(), **onto
    )
    assert refusal == ("InvalidOperation.EniTrunkDeviceFull", 403)
    members = listed(account, Type="Member", Status="InUse", MaxResults=100)
    indexes = Counter(each["Attachment"]["DeviceIndex"] for each in members)
    assert len(indexes) == found["EniTotalQuantity"] - found["EniQuantity"]


def test_the_capacity_of_a_node_in_pods_is_interfaces_times_addresses(account):
    """karpenter: EniQuantity times EniPrivateIpAddressQuantity, as the public table has it for these."""
    for type_name, capacity in {"ecs.g7.large": 18, "ecs.g7.xlarge": 60, "ecs.g6.4xlarge": 160}.items():
        found = limits(account, type_name)
        assert found["EniQuantity"] * found["EniPrivateIpAddressQuantity"] == capacity
