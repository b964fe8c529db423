"""The tasks that programs wait for."""

from typing import Any

import pytest
from tests.consumers.tencent.interfaces import attached
from tests.dialects.tencent.furnished_account import TencentAccount


def _attaching(account: TencentAccount) -> dict[str, Any]:
    return {"NetworkInterfaceId": account.create_interface(), "InstanceId": account.run_instances()[0]}


def _detaching(account: TencentAccount) -> dict[str, Any]:
    instance_id, interface_id = attached(account)
    return {"NetworkInterfaceId": interface_id, "InstanceId": instance_id}


def _migrating(account: TencentAccount) -> dict[str, Any]:
    instance_id, interface_id = attached(account)
    return {
        "NetworkInterfaceId": interface_id,
        "SourceInstanceId": instance_id,
        "DestinationInstanceId": account.run_instances()[0],
    }


def _unassigning(account: TencentAccount) -> dict[str, Any]:
    interface_id = account.create_interface(SecondaryPrivateIpAddressCount=1)
    address = account.describe_interface(interface_id)["PrivateIpAddressSet"][1]["PrivateIpAddress"]
    return {
        "NetworkInterfaceId": interface_id,
        "PrivateIpAddresses": [{"PrivateIpAddress": address}],
    }


def _moving(account: TencentAccount) -> dict[str, Any]:
    source, destination = (
        account.create_interface(SecondaryPrivateIpAddressCount=1),
        account.create_interface(),
    )
    address = account.describe_interface(source)["PrivateIpAddressSet"][1]["PrivateIpAddress"]
    return {
        "SourceNetworkInterfaceId": source,
        "DestinationNetworkInterfaceId": destination,
        "PrivateIpAddress": address,
    }


def _unassigning_ipv6(account: TencentAccount) -> dict[str, Any]:
    interface_id = account.create_interface()
    account.call("AssignIpv6Addresses", NetworkInterfaceId=interface_id, Ipv6AddressCount=1)
    account.wait()
    address = account.describe_interface(interface_id)["Ipv6AddressSet"][0]["Address"]
    return {"NetworkInterfaceId": interface_id, "Ipv6Addresses": [{"Address": address}]}


TASKS = {
    "CreateNetworkInterface": lambda account: account.interface_params(),
    "CreateAndAttachNetworkInterface": lambda account: account.interface_params(
        InstanceId=account.run_instances()[0]
    ),
    "AttachNetworkInterface": _attaching,
    "DetachNetworkInterface": _detaching,
    "MigrateNetworkInterface": _migrating,
    "DeleteNetworkInterface": lambda account: {"NetworkInterfaceId": account.create_interface()},
    "AssignPrivateIpAddresses": lambda account: {
        "NetworkInterfaceId": account.create_interface(),
        "SecondaryPrivateIpAddressCount": 1,
    },
    "UnassignPrivateIpAddresses": _unassigning,
    "MigratePrivateIpAddress": _moving,
    "AssignIpv6Addresses": lambda account: {
        "NetworkInterfaceId": account.create_interface(),
        "Ipv6AddressCount": 1,
    },
    "UnassignIpv6Addresses": _unassigning_ipv6,
}


@pytest.mark.parametrize("action", TASKS)
def test_the_request_id_of_what_takes_time_is_the_id_of_its_task(account, action):
    """terraform passes RequestId to DescribeVpcTaskResult and waits for as long as it is RUNNING."""
    begun = account.call(action, **TASKS[action](account))
    assert account.task_status(begun) == "RUNNING"
    account.wait()
    assert account.task_status(begun) == "SUCCESS"


@pytest.mark.parametrize("action", ["AttachNetworkInterface", "DetachNetworkInterface"])
def test_a_task_is_still_known_an_hour_later(account, action):
    """terraform asks on after other calls; its waits are up to several minutes."""
    begun = account.call(action, **TASKS[action](account))
    account.emulator.advance(3_600_000)
    assert account.task_status(begun) == "SUCCESS"


def test_a_task_that_nobody_began_is_not_found(account):
    """terraform ends its wait with this."""
    assert account.refusal("DescribeVpcTaskResult", TaskId="8f3c0000-0000-4000-8000-000000000000") == (
        "ResourceNotFound"
    )


def test_a_deleted_interface_is_seen_as_deleting_and_then_no_more(account):
    """terraform describes it until the list is empty."""
    interface_id = account.create_interface()
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    assert account.describe_interface(interface_id)["State"] == "DELETING"
    account.wait()
    assert account.describe_interface(interface_id) == {}
