"""Every code of Tencent Cloud that a program switches on: see ``tests.consumers.refusals``."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.consumers.refusals import Provoked, parametrized, refused_once
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError, emulator

CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
DETACH, DELETE = "DetachNetworkInterface", "DeleteNetworkInterface"


def attachment(account: TencentAccount) -> dict[str, Any]:
    """Return an interface and the instance that it is attached to."""
    instance = account.add_instance()
    return account.attachment_params(account.attach(account.create_interface(), instance), instance)


READY: dict[str, Callable[[TencentAccount], dict[str, Any]]] = {
    CREATE: lambda account: account.interface_params(),
    ATTACH: lambda account: account.attachment_params(account.create_interface(), account.add_instance()),
    DETACH: attachment,
    "DeleteVpc": lambda account: {"VpcId": account.add_network().id},
    "TerminateInstances": lambda account: {"InstanceIds": [account.add_instance().id]},
    "AssignIpv6Addresses": lambda account: {
        "NetworkInterfaceId": account.create_interface(**account.ipv6_interface_params()),
        "Ipv6AddressCount": 1,
    },
}
"""Parameters of calls that are granted."""


def held(account: TencentAccount, **params: Any) -> dict[str, Any]:
    account.create_interface()
    return params


def stopping(account: TencentAccount) -> dict[str, Any]:
    """Return an instance on which an operation is under way, and a group for it."""
    (instance_id,) = account.run_instances()
    account.call("StopInstances", InstanceIds=[instance_id])
    return {"InstanceIds": [instance_id], "SecurityGroupIds": [account.create_group()]}


def changing_address(account: TencentAccount) -> dict[str, Any]:
    """Return an address that is being taken back."""
    interface_id = account.create_interface(SecondaryPrivateIpAddressCount=1)
    shown = account.describe_interface(interface_id)["PrivateIpAddressSet"][1]
    address = {"PrivateIpAddress": shown["PrivateIpAddress"]}
    params = {"NetworkInterfaceId": interface_id, "PrivateIpAddresses": [address]}
    account.call("UnassignPrivateIpAddresses", **params)
    return params


TENCENT = [
    Provoked(
        "ResourceNotFound",
        "terraform, cloudmux, wecube",
        lambda _: (DELETE, {"NetworkInterfaceId": "eni-missing0"}),
    ),
    Provoked("ResourceNotFound", "terraform, of a VPC", lambda _: ("DeleteVpc", {"VpcId": "vpc-missing0"})),
    Provoked(
        "ResourceNotFound",
        "terraform, of a subnet",
        lambda _: ("DeleteSubnet", {"SubnetId": "subnet-missing0"}),
    ),
    Provoked(
        "UnsupportedOperation.InvalidState",
        "terraform",
        lambda account: (
            DETACH,
            {"NetworkInterfaceId": account.create_interface(), "InstanceId": account.run_instances()[0]},
        ),
    ),
    Provoked(
        "ResourceInUse",
        "terraform, of a VPC",
        lambda account: ("DeleteVpc", held(account, VpcId=account.vpc_id)),
    ),
    Provoked(
        "ResourceInUse",
        "terraform, of a subnet",
        lambda account: ("DeleteSubnet", held(account, SubnetId=account.subnet_id)),
    ),
    Provoked(
        "ResourceInUse",
        "terraform, of a group",
        lambda account: ("DeleteSecurityGroup", held(account, SecurityGroupId=account.group_id)),
    ),
    Provoked(
        "UnsupportedOperation.MutexOperationTaskRunning",
        "cloudmux",
        lambda account: ("UnassignPrivateIpAddresses", changing_address(account)),
    ),
    Provoked(
        "OperationDenied.InstanceOperationInProgress",
        "terraform, cloudmux",
        lambda account: ("AssociateSecurityGroups", stopping(account)),
    ),
    Provoked(
        "InvalidInstanceId.NotFound",
        "terraform",
        lambda _: ("TerminateInstances", {"InstanceIds": ["ins-missing0"]}),
    ),
]


@parametrized(TENCENT)
def test_the_model_comes_to_the_code_on_tencent_cloud(account, case):
    action, params = case.scenario(account)
    assert account.refusal(action, **params) == case.code


TENCENT_FAULTS = [
    ("RequestLimitExceeded", CREATE, "terraform"),
    ("ResourceUnavailable", CREATE, "terraform"),
    ("InternalError", ATTACH, "terraform"),
    ("UnsupportedOperation.InvalidState", DETACH, "terraform, while the instance still holds it"),
    ("ResourceInUse", "DeleteVpc", "terraform, while the last of it goes"),
    ("MutexOperation.TaskRunning", "TerminateInstances", "cloudmux"),
    ("OperationDenied.InstanceOperationInProgress", "TerminateInstances", "terraform, cloudmux"),
    ("InvalidInstance.NotSupported", "TerminateInstances", "cloudmux"),
    ("UnsupportedOperation.MutexOperationTaskRunning", "AssignIpv6Addresses", "terraform"),
    ("UnauthorizedOperation", CREATE, "cloudmux"),
    ("AuthFailure.SecretIdNotFound", CREATE, "cloudmux"),
    ("AuthFailure.SignatureFailure", CREATE, "cloudmux"),
]


@pytest.mark.parametrize(
    ("code", "action", "who"), TENCENT_FAULTS, ids=lambda part: str(part).replace(" ", "_")
)
def test_a_fault_answers_with_the_code_once_on_tencent_cloud(account, code, action, who):
    assert who
    refusal = refused_once(account, action, READY[action](account), code=code)
    assert (refusal.code, refusal.status) == (code, 200)


def test_calls_that_come_too_often_are_throttled_on_tencent_cloud():
    """terraform retries by what stands before the first dot."""
    client = emulator(throttle="vendor").tencent()
    codes = []
    for _ in range(21):
        with pytest.raises(ApiError) as refusal:
            client.call("DescribeVpcTaskResult", TaskId="none")
        codes.append(refusal.value.code.partition(".")[0])
    assert (codes[0], codes[-1]) == ("ResourceNotFound", "RequestLimitExceeded")
