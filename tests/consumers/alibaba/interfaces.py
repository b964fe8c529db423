"""Interfaces as programs that run against Alibaba Cloud look at them.

The docstrings of the tests in this folder name the programs: terway, cilium, karpenter (nodes and pods),
ccm (cloud-provider-alibaba-cloud), terraform (its provider alicloud), cloudmux, bosh, gardener, ali-nuke,
steampipe and ansible.
"""

from typing import Any

from tests.dialects.alibaba.furnished_account import AlibabaAccount

MISSING = "eni-bp1missing"
TRUNKING = "ecs.g7.xlarge"


def listed(account: AlibabaAccount, **criteria: Any) -> list[dict[str, Any]]:
    """Return the interfaces that DescribeNetworkInterfaces lists."""
    found = account.client.call("DescribeNetworkInterfaces", **criteria)
    return list(found["NetworkInterfaceSets"]["NetworkInterfaceSet"])


def status(account: AlibabaAccount, interface_id: str) -> str:
    """Return the status of an interface, or an empty text where it is gone."""
    return str(account.describe_interface(interface_id).get("Status", ""))


def primary_of(account: AlibabaAccount, instance_id: str) -> dict[str, Any]:
    (found,) = listed(account, InstanceId=instance_id, Type="Primary")
    return found


def free_addresses(account: AlibabaAccount) -> int:
    (vswitch,) = account.call("DescribeVSwitches", VSwitchId=account.subnet.id)["VSwitches"]["VSwitch"]
    return int(vswitch["AvailableIpAddressCount"])


def in_use(account: AlibabaAccount, interface_id: str, instance_id: str, **more: Any) -> str:
    """Attach an interface and wait."""
    params = {"NetworkInterfaceId": interface_id, "InstanceId": instance_id, **more}
    account.call("AttachNetworkInterface", **params)
    account.wait()
    assert status(account, interface_id) == "InUse"
    return interface_id


def trunk_with_member(account: AlibabaAccount) -> tuple[str, str, str]:
    """Return an instance, the trunk on it, and a member of that."""
    (instance_id,) = account.run_instances(InstanceType=TRUNKING)
    trunk_id = in_use(account, account.create_interface(InstanceType="Trunk"), instance_id)
    member_id = in_use(account, account.create_interface(), instance_id, TrunkNetworkInstanceId=trunk_id)
    return instance_id, trunk_id, member_id
