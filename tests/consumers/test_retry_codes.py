"""Every code that a program switches on: provoked where the model comes to it, else by a fault.

Programs retry, give up or take a thing for done by these exact texts and, on Alibaba Cloud, by the HTTP
status. Of each code the table names who reacts. What the emulator does not come to by itself a fault
answers once; the same call is granted when it is repeated, as the program expects.
"""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.dialects.alibaba.town import VPC, Town
from tests.dialects.scenes import AlibabaScene, TencentScene
from tests.dialects.tencent.rooms import FurnishedRoom
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


def attached(town: Town, type_name: str = "", **wishes: Any) -> dict[str, Any]:
    """Return an interface and the instance that it is attached to."""
    instance = town.instance(type_name=type_name or town.type_name)
    eni = town.attached(town.interface(**wishes), instance)
    return {"NetworkInterfaceId": eni, "InstanceId": instance.id}


def full_vswitch(town: Town) -> Wish:
    small = town.new_subnet(block="10.0.1.0/29")
    town.interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    return "CreateNetworkInterface", town.creating(VSwitchId=small.id)


def full_vswitch_on_assign(town: Town) -> Wish:
    small = town.new_subnet(block="10.0.1.0/29")
    eni = town.interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    return "AssignPrivateIpAddresses", {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}


def full_node(town: Town) -> Wish:
    both = attached(town)
    town.attached(town.interface(), town.partition.graph.instances[both["InstanceId"]])
    return "AttachNetworkInterface", {**both, "NetworkInterfaceId": town.interface()}


def full_interface(town: Town) -> Wish:
    eni = attached(town)["NetworkInterfaceId"]
    return "AssignPrivateIpAddresses", {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 6}


def full_of_ipv6(town: Town) -> Wish:
    good = town.creating_ipv6()
    subnet = town.partition.graph.subnets[good["VSwitchId"]]
    eni = town.attached(town.interface(**good), town.instance(subnet))
    return "AssignIpv6Addresses", {"NetworkInterfaceId": eni, "Ipv6AddressCount": 7}


def taken_address(town: Town) -> dict[str, Any]:
    town.interface(PrimaryIpAddress="10.0.0.9")
    return {"PrivateIpAddress": ["10.0.0.9"]}


def primary_of(town: Town) -> dict[str, Any]:
    instance = town.instance()
    return {"NetworkInterfaceId": town.primary(instance), "InstanceId": instance.id}


def trunk_with_member(town: Town) -> dict[str, Any]:
    both = attached(town, "ecs.g7.xlarge", InstanceType="Trunk")
    instance = town.partition.graph.instances[both["InstanceId"]]
    town.attached(town.interface(), instance, both["NetworkInterfaceId"])
    return both


def attaching(town: Town) -> dict[str, Any]:
    """Return an interface on its way and its instance."""
    both = {"NetworkInterfaceId": town.interface(), "InstanceId": town.instance().id}
    town.ask("AttachNetworkInterface", **both)
    return both


def pending_vswitch(town: Town) -> dict[str, Any]:
    return town.creating(VSwitchId=town.do(town.a_subnet(block="10.0.1.0/24")).id)


def second_vswitch_at_once(town: Town) -> dict[str, Any]:
    town.do(town.a_subnet(block="10.0.1.0/24"))
    return {"VpcId": town.network.id, "ZoneId": town.subnet.zone, "CidrBlock": "10.0.2.0/24"}


def pending_vpc(town: Town) -> dict[str, Any]:
    vpc_id = town.ask("CreateVpc", CidrBlock="10.8.0.0/16")["VpcId"]
    return {"VpcId": vpc_id, "ZoneId": town.subnet.zone, "CidrBlock": "10.8.0.0/24"}


def used_token(town: Town) -> dict[str, Any]:
    town.interface(ClientToken="t")
    return town.creating(ClientToken="t", Description="other")


def unassigning(town: Town, *addresses: str) -> dict[str, Any]:
    made = town.ask("CreateNetworkInterface", **town.creating(PrimaryIpAddress="10.0.0.7"))
    return {"NetworkInterfaceId": made["NetworkInterfaceId"], "PrivateIpAddress": list(addresses)}


def vpc_of_a_group(town: Town) -> str:
    vpc_id = town.new_network().id
    town.ask("CreateSecurityGroup", VpcId=vpc_id)
    return vpc_id


CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
DETACH, DELETE = "DetachNetworkInterface", "DeleteNetworkInterface"
ASSIGN, UNASSIGN = "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"
MISSING = {"NetworkInterfaceId": "eni-missing", "InstanceId": "i-missing"}


def group_of(town: Town) -> dict[str, Any]:
    town.interface()
    return {"SecurityGroupId": town.group.id}


def vswitch_of(town: Town) -> dict[str, Any]:
    town.interface()
    return {"VSwitchId": town.subnet.id}


ALIBABA = [
    Provoked("InvalidEniId.NotFound", "terway, terraform, bosh", lambda _: (DETACH, MISSING), 404),
    Provoked(
        "InvalidEcsId.NotFound",
        "terway, terraform",
        lambda town: (DETACH, {**attached(town), "InstanceId": "i-missing"}),
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
        lambda town: (CREATE, town.creating(VSwitchId="vsw-missing")),
        404,
    ),
    Provoked(
        "InvalidSecurityGroupId.NotFound",
        "terraform",
        lambda town: (CREATE, town.creating(SecurityGroupId="sg-missing")),
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
        lambda town: (CREATE, town.creating(SecondaryPrivateIpAddressCount=3)),
        403,
        {"basic_group_members": 3},
    ),
    Provoked(
        "InvalidIp.IpUnassigned", "terway", lambda town: (UNASSIGN, unassigning(town, "10.0.0.8")), 403
    ),
    Provoked(
        "InvalidIp.IpUnassigned",
        "terway, of the primary address",
        lambda town: (UNASSIGN, unassigning(town, "10.0.0.7")),
        403,
    ),
    Provoked(
        "InvalidIp.IpAssigned",
        "terway",
        lambda town: (ASSIGN, {"NetworkInterfaceId": town.interface(), **taken_address(town)}),
        403,
    ),
    Provoked(
        "InvalidPrivateIpAddress.Duplicated",
        "bosh",
        lambda town: (CREATE, town.creating(**taken_address(town))),
        400,
    ),
    Provoked(
        "InvalidVSwitchId.IpInvalid",
        "terway",
        lambda town: (CREATE, town.creating(PrimaryIpAddress="10.0.1.9")),
        403,
    ),
    # Reports of 403 are older than the pages, which have 400 for every action.
    Provoked(
        "InvalidOperation.InvalidEniState",
        "cilium, while attaching",
        lambda town: (DELETE, {"NetworkInterfaceId": attaching(town)["NetworkInterfaceId"]}),
        400,
    ),
    Provoked("InvalidOperation.InvalidEniState", "terraform", lambda town: (ATTACH, attached(town)), 400),
    Provoked(
        "InvalidOperation.InvalidEniState",
        "bosh, terraform",
        lambda town: (DELETE, {"NetworkInterfaceId": attached(town)["NetworkInterfaceId"]}),
        400,
    ),
    Provoked(
        "InvalidOperation.InvalidEcsState",
        "terraform",
        lambda town: (ATTACH, {"NetworkInterfaceId": town.interface(), "InstanceId": town.booting().id}),
        400,
    ),
    Provoked(
        "InvalidOperation.InvalidEniType",
        "terraform",
        lambda town: (
            ATTACH,
            {**primary_of(town), "InstanceId": town.instance().id},
        ),
        403,
    ),
    Provoked(
        "InvalidOperation.HasMemberEniAttached",
        "terraform",
        lambda town: (DETACH, trunk_with_member(town)),
        403,
    ),
    Provoked(
        "IncorrectVSwitchStatus",
        "terraform, for interfaces",
        lambda town: (CREATE, pending_vswitch(town)),
        400,
    ),
    Provoked(
        "IncorrectVSwitchStatus",
        "terraform, for vSwitches",
        lambda town: ("CreateVSwitch", second_vswitch_at_once(town)),
        400,
    ),
    Provoked("IncorrectVpcStatus", "terraform", lambda town: ("CreateVSwitch", pending_vpc(town)), 400),
    Provoked(
        "IncorrectInstanceStatus",
        "terraform, cloudmux, bosh",
        lambda town: ("DeleteInstance", {"InstanceId": town.instance().id}),
        403,
    ),
    Provoked(
        "IncorrectInstanceStatus.Initializing",
        "terraform, cloudmux, bosh",
        lambda town: ("DeleteInstance", {"InstanceId": town.booting().id, "Force": True}),
        403,
    ),
    Provoked("IdempotentParameterMismatch", "terway", lambda town: (CREATE, used_token(town)), 400),
    Provoked(
        "DependencyViolation",
        "terraform, of a group",
        lambda town: ("DeleteSecurityGroup", group_of(town)),
        403,
    ),
    Provoked(
        "DependencyViolation",
        "terraform, cloudmux, of a vSwitch",
        lambda town: ("DeleteVSwitch", vswitch_of(town)),
        400,
    ),
    Provoked(
        "DependencyViolation.VSwitch",
        "terraform",
        lambda town: ("DeleteVpc", {"VpcId": town.network.id}),
        400,
    ),
    Provoked(
        "DependencyViolation.SecurityGroup",
        "terraform",
        lambda town: (
            "DeleteVpc",
            {"VpcId": vpc_of_a_group(town)},
        ),
        400,
    ),
]


@table(ALIBABA)
def test_the_model_comes_to_the_code_on_alibaba_cloud(row):
    town = Town(quotas=row.quotas)
    action, wish = row.scenario(town)
    assert town.refused(action, VPC if "Eip" in action else "", **wish) == (row.code, row.status)


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


def struck(cloud: str, scene: Any, action: str, **effect: Any) -> ApiError:
    """Return the one refusal of a call that is granted when it is repeated."""
    rule = FaultRule(cloud=cloud, action=action, times=1, **effect)
    scene.emulator.pipeline.faults.add(rule)
    wish = READY[cloud, action](scene)
    version = {"version": VPC} if cloud == "alibaba" and "Vpc" in action else {}
    with pytest.raises(ApiError) as refusal:
        scene.client.call(action, **version, **wish)
    scene.client.call(action, **version, **wish)
    return refusal.value


def on(scene: Any) -> dict[str, Any]:
    """Return an interface and the instance that it is attached to."""
    instance = scene.instance()
    return scene.attaching(scene.attached(scene.interface(), instance), instance)


READY: dict[tuple[str, str], Callable[[Any], dict[str, Any]]] = {
    ("alibaba", CREATE): lambda scene: scene.creating(),
    ("alibaba", ATTACH): lambda scene: scene.attaching(scene.interface(), scene.instance()),
    ("alibaba", DETACH): on,
    ("alibaba", DELETE): lambda scene: {"NetworkInterfaceId": scene.interface()},
    ("alibaba", ASSIGN): lambda scene: {
        "NetworkInterfaceId": scene.interface(),
        "SecondaryPrivateIpAddressCount": 1,
    },
    ("alibaba", "DeleteInstance"): lambda scene: {"InstanceId": scene.stopped().id},
    ("alibaba", "DeleteVpc"): lambda scene: {"VpcId": scene.new_network().id},
    ("tencent", CREATE): lambda scene: scene.creating(),
    ("tencent", ATTACH): lambda scene: scene.attaching(scene.interface(), scene.instance()),
    ("tencent", DETACH): on,
    ("tencent", "DeleteVpc"): lambda scene: {"VpcId": scene.new_network().id},
    ("tencent", "TerminateInstances"): lambda scene: {"InstanceIds": [scene.instance().id]},
    ("tencent", "AssignIpv6Addresses"): lambda scene: {
        "NetworkInterfaceId": scene.interface(**scene.creating_ipv6()),
        "Ipv6AddressCount": 1,
    },
}


@pytest.mark.parametrize(
    ("code", "status", "action", "who"), ALIBABA_FAULTS, ids=lambda part: str(part).replace(" ", "_")
)
def test_a_fault_answers_with_the_code_once_on_alibaba_cloud(code, status, action, who):
    assert who
    refusal = struck("alibaba", AlibabaScene(), action, code=code)
    assert (refusal.code, refusal.status) == (code, status)


def test_calls_that_come_too_often_are_throttled_on_alibaba_cloud():
    """All: terway matches Throttling exactly, others the word within the code; the SDKs retry neither."""
    refusal = struck("alibaba", AlibabaScene(), CREATE, throttle=True)
    assert (refusal.code.partition(".")[0], refusal.status) == ("Throttling", 400)


# -- Tencent Cloud ----------------------------------------------------------------------------------------


def interface_of(room: FurnishedRoom) -> str:
    return room.interface(room.vpc_id, room.subnet_id, SecurityGroupIds=[room.group_id])


def held(room: FurnishedRoom, **wish: Any) -> dict[str, Any]:
    interface_of(room)
    return wish


def stopping(room: FurnishedRoom) -> dict[str, Any]:
    """Return an instance on which an operation is under way, and a group for it."""
    (instance_id,) = room.run()
    room.call("StopInstances", InstanceIds=[instance_id])
    return {"InstanceIds": [instance_id], "SecurityGroupIds": [room.group()]}


def changing_address(room: FurnishedRoom) -> dict[str, Any]:
    """Return an address that is being taken back."""
    reply = room.call("CreateNetworkInterface", **{**_place(room), "SecondaryPrivateIpAddressCount": 1})
    created = reply["NetworkInterface"]
    room.wait()
    address = {"PrivateIpAddress": created["PrivateIpAddressSet"][1]["PrivateIpAddress"]}
    wish = {"NetworkInterfaceId": created["NetworkInterfaceId"], "PrivateIpAddresses": [address]}
    room.call("UnassignPrivateIpAddresses", **wish)
    return wish


def _place(room: FurnishedRoom) -> dict[str, Any]:
    return {"VpcId": room.vpc_id, "SubnetId": room.subnet_id, "NetworkInterfaceName": "eni"}


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
        lambda room: (
            DETACH,
            {"NetworkInterfaceId": interface_of(room), "InstanceId": room.run()[0]},
        ),
    ),
    Provoked(
        "ResourceInUse", "terraform, of a VPC", lambda room: ("DeleteVpc", held(room, VpcId=room.vpc_id))
    ),
    Provoked(
        "ResourceInUse",
        "terraform, of a subnet",
        lambda room: ("DeleteSubnet", held(room, SubnetId=room.subnet_id)),
    ),
    Provoked(
        "ResourceInUse",
        "terraform, of a group",
        lambda room: ("DeleteSecurityGroup", held(room, SecurityGroupId=room.group_id)),
    ),
    Provoked(
        "UnsupportedOperation.MutexOperationTaskRunning",
        "cloudmux",
        lambda room: ("UnassignPrivateIpAddresses", changing_address(room)),
    ),
    Provoked(
        "OperationDenied.InstanceOperationInProgress",
        "terraform, cloudmux",
        lambda room: ("AssociateSecurityGroups", stopping(room)),
    ),
    Provoked(
        "InvalidInstanceId.NotFound",
        "terraform",
        lambda _: ("TerminateInstances", {"InstanceIds": ["ins-missing0"]}),
    ),
]


@table(TENCENT)
def test_the_model_comes_to_the_code_on_tencent_cloud(row):
    room = FurnishedRoom()
    action, wish = row.scenario(room)
    assert room.refused(action, **wish) == row.code


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
    refusal = struck("tencent", TencentScene(), action, code=code)
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
