"""The life of a node as cilium leads it."""

from typing import Any

import pytest
from tests.consumers.alibaba.program_account import AlibabaProgram, Refused
from tests.contract.polling import poll


def pages_as_cilium(call: Any, action: str, outer: str, inner: str) -> list[dict[str, Any]]:
    """Walk by fifties until a page is empty or ends beyond the count."""
    found: list[dict[str, Any]] = []
    number = 1
    while True:
        page = call(action, PageNumber=number, PageSize=50)
        found += page[outer][inner]
        if not page[outer][inner] or page["TotalCount"] < page["PageNumber"] * page["PageSize"]:
            return found
        number += 1


def test_cilium_chooses_a_vswitch_makes_interfaces_until_the_node_is_full_and_cleans_up(
    account: AlibabaProgram,
) -> None:
    _, (small, large), group_id = account.create_network("10.0.0.0/28", "10.0.1.0/24")
    node = account.run_node(small, group_id, "ecs.g7.large")
    assert pages_as_cilium(account.vpc, "DescribeVpcs", "Vpcs", "Vpc")[0]["CidrBlock"] == "10.0.0.0/16"
    vswitches = pages_as_cilium(account.vpc, "DescribeVSwitches", "VSwitches", "VSwitch")
    best = max(vswitches, key=lambda each: each["AvailableIpAddressCount"])
    assert best["VSwitchId"] == large
    found = account.describe_interfaces(InstanceId=node, PageNumber=1, PageSize=1000)
    (primary,) = (each for each in found if each["Type"] == "Primary")
    groups = primary["SecurityGroupIds"]["SecurityGroupId"]

    def make(index: int) -> str:
        tag = {"Key": "cilium-eni-index", "Value": str(index)}
        params = {"VSwitchId": large, "SecurityGroupIds": groups, "Tag": [tag]}
        reply = account.ecs("CreateNetworkInterface", SecondaryPrivateIpAddressCount=5, **params)
        return str(reply["NetworkInterfaceId"])

    made = [make(1), make(2)]
    for eni in made:
        account.ecs("AttachNetworkInterface", InstanceId=node, NetworkInterfaceId=eni)
    for eni in made:
        poll(lambda: account.interface_status(eni), "InUse")  # noqa: B023 - called at once
    left = make(3)
    with pytest.raises(Refused) as full:
        account.ecs("AttachNetworkInterface", InstanceId=node, NetworkInterfaceId=left)
    assert (full.value.code, full.value.status_code) == ("EniPerInstanceLimitExceeded", 403)
    account.ecs("DeleteNetworkInterface", NetworkInterfaceId=left)
    poll(lambda: account.interface_status(left), None)
    assert account.describe_vswitch(large)["AvailableIpAddressCount"] == 252 - 2 * 6

    token, listed = "", []
    while True:
        page = account.ecs("DescribeNetworkInterfaces", MaxResults=500, NextToken=token or None)
        listed += page["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        token = page["NextToken"]
        if token == "":
            break
    assert {each["NetworkInterfaceId"] for each in listed} == {primary["NetworkInterfaceId"], *made}
    indexes = {tag["TagKey"]: tag["TagValue"] for tag in listed[0]["Tags"]["Tag"]}
    assert indexes == {"cilium-eni-index": "2"}
    addresses = account.private_addresses(made[0])[1:3]
    account.ecs("UnassignPrivateIpAddresses", NetworkInterfaceId=made[0], PrivateIpAddress=addresses)
    account.ecs("AssignPrivateIpAddresses", NetworkInterfaceId=made[0], SecondaryPrivateIpAddressCount=2)
    assert len(account.private_addresses(made[0])) == 6


def test_cilium_gives_up_an_attachment_that_never_ends_and_cannot_delete_the_interface(
    account: AlibabaProgram,
) -> None:
    _, (vswitch_id,), group_id = account.create_network("10.0.0.0/24")
    node = account.run_node(vswitch_id, group_id)
    params = {"VSwitchId": vswitch_id, "SecurityGroupIds": [group_id]}
    eni = account.ecs("CreateNetworkInterface", **params)["NetworkInterfaceId"]
    account.add_fault("AttachNetworkInterface", hang=True, times=1)
    account.ecs("AttachNetworkInterface", InstanceId=node, NetworkInterfaceId=eni)
    assert {account.interface_status(eni) for _ in range(6)} == {"Attaching"}
    with pytest.raises(Refused) as refused:
        account.ecs("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert (refused.value.code, refused.value.status_code) == ("InvalidOperation.InvalidEniState", 400)
    (held,) = account.control.operations(access_key=account.sdk.access_key, held="true")["operations"]
    account.control.release(held["id"], fails=True)
    poll(lambda: account.interface_status(eni), "Available")
    account.ecs("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: account.interface_status(eni), None)
