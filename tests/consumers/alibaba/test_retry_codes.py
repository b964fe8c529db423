"""Every code of Alibaba Cloud that a program switches on: see ``tests.consumers.refusals``."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.consumers.alibaba.retry_scenarios import (
    attached,
    attaching,
    full_interface,
    full_node,
    full_of_ipv6,
    full_vswitch,
    full_vswitch_on_assign,
    group_of,
    pending_vpc,
    pending_vswitch,
    primary_of,
    second_vswitch_at_once,
    taken_address,
    trunk_with_member,
    unassigning,
    used_token,
    vpc_of_a_group,
    vswitch_of,
)
from tests.consumers.refusals import Provoked, parametrized, refused_once
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import VPC

CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
DETACH, DELETE = "DetachNetworkInterface", "DeleteNetworkInterface"
ASSIGN, UNASSIGN = "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"
MISSING = {"NetworkInterfaceId": "eni-missing", "InstanceId": "i-missing"}
ALIBABA = [
    Provoked("InvalidEniId.NotFound", "terway, terraform, bosh", lambda _: (DETACH, MISSING), 404),
    Provoked(
        "InvalidEcsId.NotFound",
        "terway, terraform",
        lambda account: (DETACH, {**attached(account), "InstanceId": "i-missing"}),
        404,
    ),
    Provoked(
        "InvalidInstanceId.NotFound",
        "terraform",
        lambda _: ("DeleteInstance", {"InstanceId": "i-missing"}),
        404,
    ),
    Provoked(
        "InvalidVSwitchId.NotFound",
        "terraform",
        lambda account: (CREATE, account.interface_params(VSwitchId="vsw-missing")),
        404,
    ),
    Provoked(
        "InvalidSecurityGroupId.NotFound",
        "terraform",
        lambda account: (CREATE, account.interface_params(SecurityGroupId="sg-missing")),
        404,
    ),
    Provoked(
        "InvalidAllocationId.NotFound",
        "terraform",
        lambda _: ("ReleaseEipAddress", {"AllocationId": "eip-missing"}),
        404,
    ),
    Provoked("InvalidVSwitchId.IpNotEnough", "terway", full_vswitch, 403),
    Provoked("InvalidVSwitchId.IpNotEnough", "terway, cilium", full_vswitch_on_assign, 403),
    Provoked("InvalidOperation.Ipv4CountExceeded", "terway, cloudmux", full_interface, 403),
    Provoked("InvalidOperation.Ipv6CountExceeded", "terway", full_of_ipv6, 403),
    Provoked("EniPerInstanceLimitExceeded", "terway, cilium", full_node, 403),
    Provoked(
        "SecurityGroupInstanceLimitExceed",
        "terway",
        lambda account: (CREATE, account.interface_params(SecondaryPrivateIpAddressCount=3)),
        403,
        {"basic_group_members": 3},
    ),
    Provoked(
        "InvalidIp.IpUnassigned",
        "terway",
        lambda account: (UNASSIGN, unassigning(account, "10.0.0.8")),
        403,
    ),
    Provoked(
        "InvalidIp.IpUnassigned",
        "terway, of the primary address",
        lambda account: (UNASSIGN, unassigning(account, "10.0.0.7")),
        403,
    ),
    Provoked(
        "InvalidIp.IpAssigned",
        "terway",
        lambda account: (
            ASSIGN,
            {"NetworkInterfaceId": account.create_interface(), **taken_address(account)},
        ),
        403,
    ),
    Provoked(
        "InvalidPrivateIpAddress.Duplicated",
        "bosh",
        lambda account: (CREATE, account.interface_params(**taken_address(account))),
        400,
    ),
    Provoked(
        "InvalidVSwitchId.IpInvalid",
        "terway",
        lambda account: (CREATE, account.interface_params(PrimaryIpAddress="10.0.1.9")),
        403,
    ),
    # Reports of 403 are older than the pages, which have 400 for every action.
    Provoked(
        "InvalidOperation.InvalidEniState",
        "cilium, while attaching",
        lambda account: (DELETE, {"NetworkInterfaceId": attaching(account)["NetworkInterfaceId"]}),
        400,
    ),
    Provoked(
        "InvalidOperation.InvalidEniState",
        "terraform",
        lambda account: (ATTACH, {**attached(account), "InstanceId": account.add_instance().id}),
        400,
    ),
    Provoked(
        "InvalidOperation.InvalidEniState",
        "bosh, terraform",
        lambda account: (DELETE, {"NetworkInterfaceId": attached(account)["NetworkInterfaceId"]}),
        400,
    ),
    Provoked(
        "InvalidOperation.InvalidEcsState",
        "terraform",
        lambda account: (
            ATTACH,
            {
                "NetworkInterfaceId": account.create_interface(),
                "InstanceId": account.add_starting_instance().id,
            },
        ),
        400,
    ),
    Provoked(
        "InvalidOperation.InvalidEniType",
        "terraform",
        lambda account: (
            ATTACH,
            {**primary_of(account), "InstanceId": account.add_instance().id},
        ),
        403,
    ),
    Provoked(
        "InvalidOperation.HasMemberEniAttached",
        "terraform",
        lambda account: (DETACH, trunk_with_member(account)),
        403,
    ),
    Provoked(
        "IncorrectVSwitchStatus",
        "terraform, for interfaces",
        lambda account: (CREATE, pending_vswitch(account)),
        400,
    ),
    Provoked(
        "IncorrectVSwitchStatus",
        "terraform, for vSwitches",
        lambda account: ("CreateVSwitch", second_vswitch_at_once(account)),
        400,
    ),
    Provoked(
        "IncorrectVpcStatus", "terraform", lambda account: ("CreateVSwitch", pending_vpc(account)), 400
    ),
    Provoked(
        "IncorrectInstanceStatus",
        "terraform, cloudmux, bosh",
        lambda account: ("DeleteInstance", {"InstanceId": account.add_instance().id}),
        403,
    ),
    Provoked(
        "IncorrectInstanceStatus.Initializing",
        "terraform, cloudmux, bosh",
        lambda account: (
            "DeleteInstance",
            {"InstanceId": account.add_starting_instance().id, "Force": True},
        ),
        403,
    ),
    Provoked("IdempotentParameterMismatch", "terway", lambda account: (CREATE, used_token(account)), 400),
    Provoked(
        "DependencyViolation",
        "terraform, of a group",
        lambda account: ("DeleteSecurityGroup", group_of(account)),
        403,
    ),
    Provoked(
        "DependencyViolation",
        "terraform, cloudmux, of a vSwitch",
        lambda account: ("DeleteVSwitch", vswitch_of(account)),
        400,
    ),
    Provoked(
        "DependencyViolation.VSwitch",
        "terraform",
        lambda account: ("DeleteVpc", {"VpcId": account.network.id}),
        400,
    ),
    Provoked(
        "DependencyViolation.SecurityGroup",
        "terraform",
        lambda account: (
            "DeleteVpc",
            {"VpcId": vpc_of_a_group(account)},
        ),
        400,
    ),
]


@parametrized(ALIBABA)
def test_the_model_comes_to_the_code_on_alibaba_cloud(case):
    account = AlibabaAccount.furnished(quotas=case.quotas)
    action, params = case.scenario(account)
    assert account.refusal(action, VPC if "Eip" in action else "", **params) == (case.code, case.status)


ALIBABA_FAULTS = [
    ("InvalidOperation.Conflict", 403, DELETE, "terraform, cloudmux, bosh"),
    ("InvalidOperation.Conflict", 403, "DeleteInstance", "bosh"),
    ("InvalidOperation.InvalidEniType", 403, DELETE, "terraform, which saw it come and go"),
    ("OperationConflict", 409, ATTACH, "terraform"),
    ("Operation.Conflict", 403, ASSIGN, "terway"),
    ("QuotaExceeded.PrivateIpAddress", 403, CREATE, "terway, like IpNotEnough"),
    ("QuotaExceeded.PrivateIpAddress", 403, ASSIGN, "terway, like IpNotEnough"),
    ("IdempotentFailed", 400, CREATE, "terway"),
    ("IdempotentProcessing", 403, CREATE, "bosh"),
    ("LastTokenProcessing", 403, CREATE, "terraform, bosh"),
    ("Throttling", 400, CREATE, "terway"),
    ("Throttling.User", 400, ATTACH, "all"),
    ("InternalError", 500, DETACH, "all"),
    ("ServiceUnavailable", 503, ATTACH, "terraform"),
    ("UnknownError", 400, "DeleteVpc", "terraform"),
    ("DependencyViolation.RouteEntry", 400, "DeleteVpc", "terraform"),
    ("Forbidden.RAM", 403, CREATE, "terway"),
]


def attachment(account: AlibabaAccount) -> dict[str, Any]:
    """Return an interface and the instance that it is attached to."""
    instance = account.add_instance()
    return account.attachment_params(account.attach(account.create_interface(), instance), instance)


READY: dict[str, Callable[[AlibabaAccount], dict[str, Any]]] = {
    CREATE: lambda account: account.interface_params(),
    ATTACH: lambda account: account.attachment_params(account.create_interface(), account.add_instance()),
    DETACH: attachment,
    DELETE: lambda account: {"NetworkInterfaceId": account.create_interface()},
    ASSIGN: lambda account: {
        "NetworkInterfaceId": account.create_interface(),
        "SecondaryPrivateIpAddressCount": 1,
    },
    "DeleteInstance": lambda account: {"InstanceId": account.add_stopped_instance().id},
    "DeleteVpc": lambda account: {"version": VPC, "VpcId": account.add_network().id},
}
"""Parameters of calls that are granted."""


@pytest.mark.parametrize(
    ("code", "status", "action", "who"), ALIBABA_FAULTS, ids=lambda part: str(part).replace(" ", "_")
)
def test_a_fault_answers_with_the_code_once_on_alibaba_cloud(account, code, status, action, who):
    assert who
    refusal = refused_once(account, action, READY[action](account), code=code)
    assert (refusal.code, refusal.status) == (code, status)


def test_calls_that_come_too_often_are_throttled_on_alibaba_cloud(account):
    """All: terway matches Throttling exactly, others the word within the code; the SDKs retry neither."""
    refusal = refused_once(account, CREATE, READY[CREATE](account), throttle=True)
    assert (refusal.code.partition(".")[0], refusal.status) == ("Throttling", 400)
