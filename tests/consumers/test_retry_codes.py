"""Every code that a program switches on: provoked where the model comes to it, else by a fault.

Programs retry, give up or take a thing for done by these exact texts and, on Alibaba Cloud, by the HTTP
status. Of each code the table names who reacts. What the emulator does not come to by itself a fault
answers once; the same call is granted when it is repeated, as the program expects.
"""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import VPC
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError, emulator

from duolect.faults.rules import FaultRule

Wish = tuple[str, dict[str, Any]]


@attrs.frozen
class Provoked:
    code: str
    who: str
    scenario: Callable[[Any], Wish]
    status: int = 200
    quotas: dict[str, int] = attrs.field(factory=dict)


def table(rows: list[Provoked]) -> Any:
    return pytest.mark.parametrize("row", rows, ids=[f"{row.code}-{row.who}" for row in rows])


# -- Alibaba Cloud ----------------------------------------------------------------------------------------


def attached(account: AlibabaAccount, type_name: str = "", **wishes: Any) -> dict[str, Any]:
    """Return an interface and the instance that it is attached to."""
    instance = account.add_instance(type_name=type_name or account.type_name)
    eni = account.attach(account.create_interface(**wishes), instance)
    return {"NetworkInterfaceId": eni, "InstanceId": instance.id}


def full_vswitch(account: AlibabaAccount) -> Wish:
    small = account.add_subnet(block="10.0.1.0/29")
    account.create_interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    return "CreateNetworkInterface", account.interface_params(VSwitchId=small.id)


def full_vswitch_on_assign(account: AlibabaAccount) -> Wish:
    small = account.add_subnet(block="10.0.1.0/29")
    eni = account.create_interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    return "AssignPrivateIpAddresses", {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}


def full_node(account: AlibabaAccount) -> Wish:
    both = attached(account)
    account.attach(account.create_interface(), account.partition.graph.instances[both["InstanceId"]])
    return "AttachNetworkInterface", {**both, "NetworkInterfaceId": account.create_interface()}


def full_interface(account: AlibabaAccount) -> Wish:
    eni = attached(account)["NetworkInterfaceId"]
    return "AssignPrivateIpAddresses", {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 6}


def full_of_ipv6(account: AlibabaAccount) -> Wish:
    good = account.ipv6_interface_params()
    subnet = account.partition.graph.subnets[good["VSwitchId"]]
    eni = account.attach(account.create_interface(**good), account.add_instance(subnet))
    return "AssignIpv6Addresses", {"NetworkInterfaceId": eni, "Ipv6AddressCount": 7}


def taken_address(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface(PrimaryIpAddress="10.0.0.9")
    return {"PrivateIpAddress": ["10.0.0.9"]}


def primary_of(account: AlibabaAccount) -> dict[str, Any]:
    instance = account.add_instance()
    return {"NetworkInterfaceId": account.primary_interface_id(instance), "InstanceId": instance.id}


def trunk_with_member(account: AlibabaAccount) -> dict[str, Any]:
    both = attached(account, "ecs.g7.xlarge", InstanceType="Trunk")
    instance = account.partition.graph.instances[both["InstanceId"]]
    account.attach(account.create_interface(), instance, both["NetworkInterfaceId"])
    return both


def attaching(account: AlibabaAccount) -> dict[str, Any]:
    """Return an interface on its way and its instance."""
    both = {"NetworkInterfaceId": account.create_interface(), "InstanceId": account.add_instance().id}
    account.call("AttachNetworkInterface", **both)
    return both


def pending_vswitch(account: AlibabaAccount) -> dict[str, Any]:
    return account.interface_params(
        VSwitchId=account.execute(account.subnet_command(block="10.0.1.0/24")).id
    )


def second_vswitch_at_once(account: AlibabaAccount) -> dict[str, Any]:
    account.execute(account.subnet_command(block="10.0.1.0/24"))
    return {"VpcId": account.network.id, "ZoneId": account.subnet.zone, "CidrBlock": "10.0.2.0/24"}


def pending_vpc(account: AlibabaAccount) -> dict[str, Any]:
    vpc_id = account.call("CreateVpc", CidrBlock="10.8.0.0/16")["VpcId"]
    return {"VpcId": vpc_id, "ZoneId": account.subnet.zone, "CidrBlock": "10.8.0.0/24"}


def used_token(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface(ClientToken="t")
    return account.interface_params(ClientToken="t", Description="other")


def unassigning(account: AlibabaAccount, *addresses: str) -> dict[str, Any]:
    made = account.call("CreateNetworkInterface", **account.interface_params(PrimaryIpAddress="10.0.0.7"))
    return {"NetworkInterfaceId": made["NetworkInterfaceId"], "PrivateIpAddress": list(addresses)}


def vpc_of_a_group(account: AlibabaAccount) -> str:
    vpc_id = account.add_network().id
    account.call("CreateSecurityGroup", VpcId=vpc_id)
    return vpc_id


CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
DETACH, DELETE = "DetachNetworkInterface", "DeleteNetworkInterface"
ASSIGN, UNASSIGN = "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"
MISSING = {"NetworkInterfaceId": "eni-missing", "InstanceId": "i-missing"}


def group_of(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface()
    return {"SecurityGroupId": account.group.id}


def vswitch_of(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface()
    return {"VSwitchId": account.subnet.id}


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
        "InvalidOperation.InvalidEniState", "terraform", lambda account: (ATTACH, attached(account)), 400
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


@table(ALIBABA)
def test_the_model_comes_to_the_code_on_alibaba_cloud(row):
    account = AlibabaAccount.furnished(quotas=row.quotas)
    action, wish = row.scenario(account)
    assert account.refusal(action, VPC if "Eip" in action else "", **wish) == (row.code, row.status)


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


def struck(cloud: str, account: Any, action: str, **effect: Any) -> ApiError:
    """Return the one refusal of a call that is granted when it is repeated."""
    rule = FaultRule(cloud=cloud, action=action, times=1, **effect)
    account.emulator.pipeline.faults.add(rule)
    wish = READY[cloud, action](account)
    version = {"version": VPC} if cloud == "alibaba" and "Vpc" in action else {}
    with pytest.raises(ApiError) as refusal:
        account.client.call(action, **version, **wish)
    account.client.call(action, **version, **wish)
    return refusal.value


def on(account: Any) -> dict[str, Any]:
    """Return an interface and the instance that it is attached to."""
    instance = account.add_instance()
    return account.attachment_params(account.attach(account.create_interface(), instance), instance)


READY: dict[tuple[str, str], Callable[[Any], dict[str, Any]]] = {
    ("alibaba", CREATE): lambda account: account.interface_params(),
    ("alibaba", ATTACH): lambda account: account.attachment_params(
        account.create_interface(), account.add_instance()
    ),
    ("alibaba", DETACH): on,
    ("alibaba", DELETE): lambda account: {"NetworkInterfaceId": account.create_interface()},
    ("alibaba", ASSIGN): lambda account: {
        "NetworkInterfaceId": account.create_interface(),
        "SecondaryPrivateIpAddressCount": 1,
    },
    ("alibaba", "DeleteInstance"): lambda account: {"InstanceId": account.add_stopped_instance().id},
    ("alibaba", "DeleteVpc"): lambda account: {"VpcId": account.add_network().id},
    ("tencent", CREATE): lambda account: account.interface_params(),
    ("tencent", ATTACH): lambda account: account.attachment_params(
        account.create_interface(), account.add_instance()
    ),
    ("tencent", DETACH): on,
    ("tencent", "DeleteVpc"): lambda account: {"VpcId": account.add_network().id},
    ("tencent", "TerminateInstances"): lambda account: {"InstanceIds": [account.add_instance().id]},
    ("tencent", "AssignIpv6Addresses"): lambda account: {
        "NetworkInterfaceId": account.create_interface(**account.ipv6_interface_params()),
        "Ipv6AddressCount": 1,
    },
}


@pytest.mark.parametrize(
    ("code", "status", "action", "who"), ALIBABA_FAULTS, ids=lambda part: str(part).replace(" ", "_")
)
def test_a_fault_answers_with_the_code_once_on_alibaba_cloud(code, status, action, who):
    assert who
    refusal = struck("alibaba", AlibabaAccount.furnished(), action, code=code)
    assert (refusal.code, refusal.status) == (code, status)


def test_calls_that_come_too_often_are_throttled_on_alibaba_cloud():
    """All: terway matches Throttling exactly, others the word within the code; the SDKs retry neither."""
    refusal = struck("alibaba", AlibabaAccount.furnished(), CREATE, throttle=True)
    assert (refusal.code.partition(".")[0], refusal.status) == ("Throttling", 400)


# -- Tencent Cloud ----------------------------------------------------------------------------------------


def interface_of(account: TencentAccount) -> str:
    return account.create_interface(SecurityGroupIds=[account.group_id])


def held(account: TencentAccount, **wish: Any) -> dict[str, Any]:
    interface_of(account)
    return wish


def stopping(account: TencentAccount) -> dict[str, Any]:
    """Return an instance on which an operation is under way, and a group for it."""
    (instance_id,) = account.run_instances()
    account.call("StopInstances", InstanceIds=[instance_id])
    return {"InstanceIds": [instance_id], "SecurityGroupIds": [account.create_group()]}


def changing_address(account: TencentAccount) -> dict[str, Any]:
    """Return an address that is being taken back."""
    reply = account.call(
        "CreateNetworkInterface", **{**_place(account), "SecondaryPrivateIpAddressCount": 1}
    )
    created = reply["NetworkInterface"]
    account.wait()
    address = {"PrivateIpAddress": created["PrivateIpAddressSet"][1]["PrivateIpAddress"]}
    wish = {"NetworkInterfaceId": created["NetworkInterfaceId"], "PrivateIpAddresses": [address]}
    account.call("UnassignPrivateIpAddresses", **wish)
    return wish


def _place(account: TencentAccount) -> dict[str, Any]:
    return {"VpcId": account.vpc_id, "SubnetId": account.subnet_id, "NetworkInterfaceName": "eni"}


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
            {"NetworkInterfaceId": interface_of(account), "InstanceId": account.run_instances()[0]},
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


@table(TENCENT)
def test_the_model_comes_to_the_code_on_tencent_cloud(row):
    account = TencentAccount.furnished()
    action, wish = row.scenario(account)
    assert account.refusal(action, **wish) == row.code


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
def test_a_fault_answers_with_the_code_once_on_tencent_cloud(code, action, who):
    assert who
    refusal = struck("tencent", TencentAccount.furnished(), action, code=code)
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
