"""The life of a node as terway leads it."""

from typing import Any

import pytest
from tests.consumers.alibaba.program_account import AlibabaProgram, Lost, Refused
from tests.contract.polling import poll


def creating_as_terway(vswitch_id: str, group_id: str, **more: Any) -> dict[str, Any]:
    return {
        "VSwitchId": vswitch_id,
        "SecurityGroupIds": [group_id],
        "Description": "interface create by terway",
        "InstanceType": "Secondary",
        "DeleteOnRelease": True,
        "Tag": [{"Key": "creator", "Value": "terway"}],
        **more,
    }


def test_terway_fills_a_node_with_addresses_and_empties_it(account: AlibabaProgram) -> None:
    vpc_id, (vswitch_id,), group_id = account.create_network("10.0.0.0/24")
    node = account.run_node(vswitch_id, group_id)
    params = {"InstanceTypes": ["ecs.g7.xlarge"], "MaxResults": 100}
    types = account.ecs("DescribeInstanceTypes", **params)
    assert types["NextToken"] == ""
    (limits,) = types["InstanceTypes"]["InstanceType"]
    most = limits["EniPrivateIpAddressQuantity"]

    create = creating_as_terway(vswitch_id, group_id, SecondaryPrivateIpAddressCount=4, ClientToken="t-1")
    created = account.ecs("CreateNetworkInterface", **create)
    eni = created["NetworkInterfaceId"]
    assert len(created["PrivateIpSets"]["PrivateIpSet"]) == 5
    account.ecs("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=node)
    assert poll(lambda: account.interface_status(eni), "InUse")[-1] == "InUse"
    shown = account.ecs("DescribeNetworkInterfaceAttribute", NetworkInterfaceId=eni, Attribute="basic")
    assert (shown["NetworkInterfaceId"], shown["InstanceId"]) == (eni, node)

    reply = account.ecs(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=eni,
        SecondaryPrivateIpAddressCount=most - 5,
        ClientToken="t-2",
    )
    added = reply["AssignedPrivateIpAddressesSet"]["PrivateIpSet"]["PrivateIpAddress"]
    assert len(added) == most - 5
    assert set(added) < set(account.private_addresses(eni))
    one_more = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}
    assert account.refusal("AssignPrivateIpAddresses", **one_more) == "InvalidOperation.Ipv4CountExceeded"
    account.ecs("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=added)
    again = account.refusal(
        "UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=added[:1]
    )
    assert again == "InvalidIp.IpUnassigned"  # which it takes for success
    assert len(account.private_addresses(eni)) == 5

    criteria = {"VpcId": vpc_id, "InstanceId": node, "Type": "Secondary", "MaxResults": 500}
    (found,) = account.describe_interfaces(
        Status="InUse", Tag=[{"Key": "creator", "Value": "terway"}], **criteria
    )
    assert found["NetworkInterfaceId"] == eni
    account.ecs("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=node)
    poll(lambda: account.interface_status(eni), "Available")
    account.ecs("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: account.interface_status(eni), None)
    for action, more in (("DetachNetworkInterface", {"InstanceId": node}), ("DeleteNetworkInterface", {})):
        assert account.refusal(action, NetworkInterfaceId=eni, **more) == "InvalidEniId.NotFound"


def test_terway_gives_pods_interfaces_of_their_own_on_a_trunk(account: AlibabaProgram) -> None:
    _, (vswitch_id,), group_id = account.create_network("10.0.0.0/24")
    node = account.run_node(vswitch_id, group_id)
    trunk, member = (
        account.ecs(
            "CreateNetworkInterface", **creating_as_terway(vswitch_id, group_id, InstanceType=kind)
        )["NetworkInterfaceId"]
        for kind in ("Trunk", "Secondary")
    )
    account.ecs("AttachNetworkInterface", NetworkInterfaceId=trunk, InstanceId=node)
    poll(lambda: account.interface_status(trunk), "InUse")
    onto = {"NetworkInterfaceId": member, "InstanceId": node, "TrunkNetworkInstanceId": trunk}
    account.ecs("AttachNetworkInterface", **onto)
    poll(lambda: account.interface_status(member), "InUse")
    shown = account.describe_interface(member)
    assert shown is not None
    assert (shown["Type"], shown.get("InstanceId") or shown["Attachment"]["InstanceId"]) == ("Member", node)
    assert shown["Attachment"]["TrunkNetworkInterfaceId"] == trunk
    account.ecs("DetachNetworkInterface", **onto)
    poll(lambda: account.interface_status(member), "Available")
    account.ecs("DeleteNetworkInterface", NetworkInterfaceId=member)
    poll(lambda: account.interface_status(member), None)


def test_terway_gets_the_interface_that_it_made_when_the_first_answer_was_lost(
    account: AlibabaProgram,
) -> None:
    _, (vswitch_id,), group_id = account.create_network("10.0.0.0/24")
    params = creating_as_terway(vswitch_id, group_id, ClientToken="hash-of-the-parameters")
    rule = account.add_fault("CreateNetworkInterface", disconnect=True, after=True, times=1)
    with pytest.raises(Lost):
        account.ecs("CreateNetworkInterface", **params)
    assert account.control.faults.get(rule)["hits"] == 1
    (made,) = account.describe_interfaces()
    assert (
        account.ecs("CreateNetworkInterface", **params)["NetworkInterfaceId"] == made["NetworkInterfaceId"]
    )
    assert len(account.describe_interfaces()) == 1


def test_terway_goes_to_another_vswitch_when_one_is_used_up(account: AlibabaProgram) -> None:
    _, vswitches, group_id = account.create_network("10.0.0.0/29", "10.0.1.0/24")
    first, second = (
        creating_as_terway(vswitch_id, group_id, SecondaryPrivateIpAddressCount=9)
        for vswitch_id in vswitches
    )
    with pytest.raises(Refused) as full:
        account.ecs("CreateNetworkInterface", **first)
    assert (full.value.code, full.value.status_code) == ("InvalidVSwitchId.IpNotEnough", 403)
    made = account.ecs("CreateNetworkInterface", **second)
    assert made["VSwitchId"] == vswitches[1]
    assert [account.describe_vswitch(each)["AvailableIpAddressCount"] for each in vswitches] == [4, 242]
