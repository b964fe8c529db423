"""What an action says is wrong is what its own list has.

Each action is called on a furnished account with each of its ids left out, and with one that does not
exist; ``test_codes_in_tables`` holds the tables.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from tests.harness import AlibabaClient, ApiError, emulator

from duolect_dialects.action import Action
from duolect_dialects.alibaba.actions import ACTIONS
from duolect_dialects.alibaba.common import ECS, VPC
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.declarations import Treatment, declared
from duolect_dialects.values import Between, OneOf

DIALECT = AlibabaDialect()


def listed(action: Action) -> dict[str, int]:
    """Return the codes of an action itself, with their status: what all may say does not count.

    Many lists have InternalError, which is never the right answer to a request.
    """
    codes = {**DIALECT.gives_beyond(action), **DIALECT.documents(action)}
    return {code: status for code, status in codes.items() if code != "InternalError"}


# -- a furnished account ---------------------------------------------------------------------------------


@attrs.define
class Account:
    """An account with one of everything, by the names of the parameters that name it."""

    client: AlibabaClient
    ids: dict[str, str]

    def call(self, action: str, version: str = ECS, **params: Any) -> dict[str, Any]:
        """Call an action, and let whatever it began end."""
        answer = self.client.call(action, version, **params)
        self.client.emulator.advance()
        return answer


def furnished() -> Account:
    world = emulator()
    account = Account(world.alibaba(), {})
    call, zone = account.call, {"ZoneId": "cn-hangzhou-h"}
    vpc = call("CreateVpc", VPC, CidrBlock="10.0.0.0/8", EnableIpv6=True)
    place = {"VpcId": vpc["VpcId"], **zone}
    vswitch = call("CreateVSwitch", VPC, CidrBlock="10.0.0.0/16", Ipv6CidrBlock=0, **place)["VSwitchId"]
    groups = [call("CreateSecurityGroup", VpcId=vpc["VpcId"])["SecurityGroupId"] for _ in range(4)]
    running = {"ImageId": "m-1", "InstanceType": "ecs.g7.large", "VSwitchId": vswitch, "Amount": 2}
    instances = call("RunInstances", **running, SecurityGroupId=groups[0])["InstanceIdSets"][
        "InstanceIdSet"
    ]
    call("JoinSecurityGroup", SecurityGroupId=groups[1], InstanceId=instances[0])
    call("StopInstance", InstanceId=instances[1])
    call("ModifyInstanceNetworkSpec", InstanceId=instances[1], InternetMaxBandwidthOut=5)
    creating = {"VSwitchId": vswitch, "SecurityGroupId": groups[0]}
    free, attached = (call("CreateNetworkInterface", **creating)["NetworkInterfaceId"] for _ in "12")
    call("AttachNetworkInterface", NetworkInterfaceId=attached, InstanceId=instances[0])
    eips = [call("AllocateEipAddress", VPC)["AllocationId"] for _ in "123"]
    call("AssociateEipAddress", VPC, AllocationId=eips[1], InstanceId=instances[0])
    of_eni = {"InstanceId": attached, "InstanceType": "NetworkInterface"}
    call("AssociateEipAddress", VPC, AllocationId=eips[2], **of_eni)
    call("AssignPrivateIpAddresses", NetworkInterfaceId=free, PrivateIpAddress=["10.0.0.99"])
    ipv6 = call("AssignIpv6Addresses", NetworkInterfaceId=free, Ipv6AddressCount=1)["Ipv6Sets"][
        "Ipv6Address"
    ]
    call(
        "TagResources", ResourceType="instance", ResourceId=[instances[0]], Tag=[{"Key": "a", "Value": "b"}]
    )
    granted = call(
        "CreateNetworkInterfacePermission",
        NetworkInterfaceId=free,
        Permission="InstanceAttach",
        AccountId=1,
    )
    call("AssociateVpcCidrBlock", VPC, VpcId=vpc["VpcId"], SecondaryCidrBlock="192.168.0.0/16")
    for direction, side in (("", "Source"), ("Egress", "Dest")):
        rule = {"IpProtocol": "tcp", "PortRange": "22/22", f"{side}CidrIp": "10.0.0.0/8"}
        call(f"AuthorizeSecurityGroup{direction}", SecurityGroupId=groups[2], **rule)
    shown = call("DescribeSecurityGroupAttribute", SecurityGroupId=groups[2])["Permissions"]["Permission"]
    rules = {each["Direction"]: each["SecurityGroupRuleId"] for each in shown}
    for name in ("pair", "bound"):
        call("CreateKeyPair", KeyPairName=name)
    call("AttachKeyPair", KeyPairName="bound", InstanceIds=json.dumps(instances))
    account.ids = {
        "VpcId": vpc["VpcId"],
        "RouteTableId": vpc["RouteTableId"],
        "bound to an interface": eips[2],
        "VRouterId": vpc["VRouterId"],
        "VSwitchId": vswitch,
        "SecurityGroupId": groups[0],
        "second group": groups[1],
        "group of the rules": groups[2],
        "empty group": groups[3],
        "InstanceId": instances[0],
        "stopped": instances[1],
        "NetworkInterfaceId": free,
        "attached": attached,
        "AllocationId": eips[0],
        "associated": eips[1],
        "NetworkInterfacePermissionId": granted["NetworkInterfacePermission"][
            "NetworkInterfacePermissionId"
        ],
        "ingress rule": rules["ingress"],
        "egress rule": rules["egress"],
        "ResourceId": instances[0],
        "ipv6": ipv6[0],
        "empty vpc": call("CreateVpc", VPC)["VpcId"],
        "empty vswitch": call("CreateVSwitch", VPC, CidrBlock="10.1.0.0/16", **place)["VSwitchId"],
    }
    call("CreateDefaultVpc", VPC, RegionId="cn-beijing")
    return account


# -- good requests ---------------------------------------------------------------------------------------

VALUES: dict[str, Any] = {
    "RegionId": "cn-hangzhou",
    "ZoneId": "cn-hangzhou-h",
    "CidrBlock": "10.9.0.0/16",
    "InstanceIds": "InstanceId",
    "InstanceType": "ecs.g7.large",
    "ResourceType": "instance",
    "Tag": [{"Key": "k", "Value": "v"}],
    "StartTime": "2026-09-21T14:00:00Z",
    "EndTime": "2026-09-21T14:10:00Z",
    "Bandwidth": "7",
    "DestinationResource": "InstanceType",
    "InnerAccessPolicy": "Drop",
    "Id": "cn-hangzhou",
    "KeyPairName": "pair",
    "KeyPairNames": '["pair"]',
    "PublicKeyBody": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAACQC+8tJRUpc81w==",
    "ServiceCode": "ecs",
    "Type": "openAPI",
    "PrivateIpAddress": "10.0.0.200", "ProtectionEnable": False, "NewResourceGroupId": "rg-other",
    "RouteTableId": "vtb-bp1", "ResourceGroupId": "rg-bp1",
}  # fmt: skip
"""Values of parameters that no declaration tells."""
RULE = {"IpProtocol": "tcp", "PortRange": "80/80"}
INBOUND = {**RULE, "SourceCidrIp": "10.0.0.0/8"}
OUTBOUND = {**RULE, "DestCidrIp": "10.0.0.0/8"}
TAGGED = {"ResourceType": "VPC", "ResourceId": "VpcId"}
IN_VPC = {(VPC, name): TAGGED for name in ("TagResources", "UnTagResources", "ListTagResources")}
MORE: dict[str, dict[str, Any]] = {
    "AllocatePublicIpAddress": {"InstanceId": "stopped"},
    "AssignIpv6Addresses": {"Ipv6AddressCount": 1},
    "CreateDefaultVSwitch": {"RegionId": "cn-beijing", "ZoneId": "cn-beijing-h"},
    "AssignPrivateIpAddresses": {"SecondaryPrivateIpAddressCount": 1},
    "AssociateVpcCidrBlock": {"SecondaryCidrBlock": "172.16.0.0/16"},
    "AuthorizeSecurityGroup": INBOUND,
    "AuthorizeSecurityGroupEgress": OUTBOUND,
    "CreateInstance": {"VSwitchId": "VSwitchId", "SecurityGroupId": "SecurityGroupId", "ImageId": "m-1"},
    "CreateNetworkInterface": {"SecurityGroupId": "SecurityGroupId"},
    "CreateSecurityGroup": {"VpcId": "VpcId"},
    "DeleteInstance": {"InstanceId": "stopped"},
    "DeleteInstances": {"InstanceId": "stopped"},
    "DeleteSecurityGroup": {"SecurityGroupId": "empty group"},
    "DeleteVSwitch": {"VSwitchId": "empty vswitch"},
    "DeleteVpc": {"VpcId": "empty vpc"},
    "DescribeInstanceAutoRenewAttribute": {"InstanceId": "InstanceId"},
    "CreateKeyPair": {"KeyPairName": "another"}, "ImportKeyPair": {"KeyPairName": "another"},
    "DescribeInstanceRamRole": {"InstanceIds": "InstanceId"},
    "DescribeNetworkInterfacePermissions": {"NetworkInterfaceId": "NetworkInterfaceId"},
    "DescribeRouteTables": {"RouteTableId": "RouteTableId"},
    "DetachNetworkInterface": {"NetworkInterfaceId": "attached"},
    "JoinResourceGroup": {
        "ResourceType": "instance", "ResourceId": "ResourceId", "ResourceGroupId": "rg-bp1",
    },
    "JoinSecurityGroup": {"SecurityGroupId": "empty group", "InstanceId": "InstanceId"},
    "LeaveSecurityGroup": {"SecurityGroupId": "second group", "InstanceId": "InstanceId"},
    "AssociateEipAddress": {"InstanceId": "stopped"},
    "ListTagResources": {"ResourceId": "ResourceId"},
    "ModifyInstanceSpec": {"InstanceId": "stopped", "InstanceType": "ecs.g7.xlarge"},
    "DeletionProtection": {"InstanceId": "AllocationId", "Type": "EIP"},
    "ModifyEipForwardMode": {"InstanceId": "bound to an interface", "Mode": "NAT"},
    "MoveResourceGroup": {"ResourceType": "vpc", "ResourceId": "VpcId"},
    "ModifySecurityGroupEgressRule": {
        "SecurityGroupId": "group of the rules", "SecurityGroupRuleId": "egress rule", "Description": "e",
    },
    "ModifySecurityGroupRule": {
        "SecurityGroupId": "group of the rules", "SecurityGroupRuleId": "ingress rule", "Description": "i",
    },
    "RevokeSecurityGroup": {
        "SecurityGroupId": "group of the rules", "SecurityGroupRuleId": "ingress rule",
    },
    "RevokeSecurityGroupEgress": {
        "SecurityGroupId": "group of the rules", "SecurityGroupRuleId": "egress rule",
    },
    "RunInstances": {
        "VSwitchId": "VSwitchId", "SecurityGroupId": "SecurityGroupId",
        "ImageId": "m-1", "InstanceType": "ecs.g7.large",
    },
    "StartInstance": {"InstanceId": "stopped"},
    "StartInstances": {"InstanceId": "stopped"},
    "UnassignIpv6Addresses": {"Ipv6Address": "ipv6"},
    "UnassignPrivateIpAddresses": {"PrivateIpAddress": ["10.0.0.99"]},
    "UnassociateEipAddress": {"AllocationId": "associated", "InstanceId": "InstanceId"},
    "UnassociateVpcCidrBlock": {"SecondaryCidrBlock": "192.168.0.0/16"},
}  # fmt: skip
"""What an action needs besides, or instead; ids go by their name in the account."""
NAMED = (
    "AllocationId", "InstanceId", "NetworkInterfaceId", "NetworkInterfacePermissionId", "ResourceId",
    "SecurityGroupId", "VSwitchId", "VpcId",
)  # fmt: skip
"""The ids that requests must have."""


def written(field: "attrs.Attribute[Any]", value: Any) -> Any:
    """Return a value as its parameter takes it: a text, a list, or a list in JSON."""
    if isinstance(value, str) and str(field.type).startswith("tuple"):
        return [value]
    if isinstance(value, str) and field.name.endswith("Ids"):
        return json.dumps([value])
    return value


def good(action: Action, ids: dict[str, str]) -> dict[str, Any]:
    """Return the parameters of a request that is granted."""
    found = {}
    for name, field in action.parameters.items():
        if field.default is attrs.NOTHING:
            rules = declared(field).rules
            choices = [rule.choices[0] for rule in rules if isinstance(rule, OneOf)]
            numbers = [rule.low for rule in rules if isinstance(rule, Between)]
            known = [table[name] for table in (ids, VALUES) if name in table]
            found[name] = (known or choices or numbers)[0]
    found.update(IN_VPC.get((action.version, action.name)) or MORE.get(action.name, {}))
    return {
        name: written(action.parameters[name], ids.get(value, value) if isinstance(value, str) else value)
        for name, value in found.items()
    }


def call(account: Account, action: Action, params: dict[str, Any]) -> tuple[str, int]:
    """Return the code and status with which an action answers."""
    try:
        account.client.call(action.name, action.version, **{"RegionId": "cn-hangzhou", **params})
    except ApiError as error:
        return error.code, error.status
    return "OK", 200


EVERY = [(action.version, action.name) for action in ACTIONS.values()]


@pytest.mark.parametrize(("version", "name"), EVERY)
def test_the_request_that_everything_starts_from_is_granted(version, name):
    account, action = furnished(), ACTIONS[version, name]
    assert call(account, action, good(action, account.ids)) == ("OK", 200)


# -- absent resources --------------------------------------------------------------------------------------

ABSENT = {
    "AllocationId": "eip-bp1absent",
    "NetworkInterfaceId": "eni-bp1absent",
    "EniId": "eni-bp1absent",
    "TrunkNetworkInstanceId": "eni-bp1absent",
    "RouteTableId": "vtb-bp1absent",
    "RouterId": "vrt-bp1absent",
    "VRouterId": "vrt-bp1absent",
    "VSwitchId": "vsw-bp1absent",
    "VpcId": "vpc-bp1absent",
    "ZoneId": "cn-hangzhou-z",
    "SecurityGroupRuleId": "sgr-bp1absent",
    "ResourceGroupId": "rg-bp1absent",
}
"""Ids of the right form, of resources that do not exist; those of groups and instances follow."""
NO_RESOURCE = "(Region|Owner|Activity|Account)Id$"


def absent(name: str) -> str:
    """Return an id that names nothing."""
    kind = re.sub("s$", "", name)
    other = "sg-bp1absent" if kind.endswith("GroupId") else "i-bp1absent"
    return ABSENT.get(kind, other)


def arguments(annotation: Any) -> list[Any]:
    """Return the types of which an annotation is made."""
    parts = getattr(annotation, "__args__", ())
    return [found for part in parts for found in arguments(part)] if parts else [annotation]


def ids_of(request: type[Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the parameters that name resources, with the groups that they stand in."""
    for field in attrs.fields(request):
        groups = [each for each in arguments(field.type) if attrs.has(each)]
        for group in groups:
            yield from ids_of(group, (*path, field.name))
        if re.search(r"\wIds?$", field.name) and not re.search(NO_RESOURCE, field.name):
            yield (*path, field.name), field


CASES = [
    (version, name, path) for version, name in EVERY for path, _ in ids_of(ACTIONS[version, name].request)
]


def with_id(action: Action, ids: dict[str, str], path: tuple[str, ...]) -> tuple[dict[str, Any], Any]:
    """Return a good request in which one id names nothing, and that id's declaration."""
    field = dict(ids_of(action.request))[path]
    params, value = good(action, ids), written(field, absent(path[-1]))
    if len(path) == 1:
        others = {name: each for name, each in params.items() if not name.endswith("CidrIp")}
        return {**others, path[0]: value}, field
    group = {path[-1]: value}
    if path[0] == "Permissions":
        flat = {*INBOUND, *OUTBOUND, "SecurityGroupRuleId"}
        params = {name: each for name, each in params.items() if name not in flat}
        group = {**RULE, **group}
    if path[0] == "DataDisk":
        group = {**group, "Size": 40}
    whole: Any = group if path[0] in {"PrivatePoolOptions", "SchedulerOptions", "SystemDisk"} else [group]
    return {**params, path[0]: whole}, field


@pytest.fixture(scope="module")
def account():
    """An account that is only looked at, or refused something."""
    return furnished()


@pytest.mark.parametrize(("version", "name", "path"), CASES, ids=str)
def test_an_id_that_names_nothing_is_refused_in_the_actions_own_words(account, version, name, path):
    """Or nothing is found, where the action only looks; or the id is only kept, of what is not modelled."""
    action = ACTIONS[version, name]
    params, field = with_id(action, account.ids, path)
    code, status = call(account, action, params)
    treatment = declared(field).treatment
    if code == "OK":
        assert action.reads or treatment in {Treatment.STORED, Treatment.IGNORED}
    elif treatment is Treatment.REFUSED:
        assert (code, status) == ("UnsupportedParameter", 400)
    else:
        assert listed(action).get(code) == status, (code, status)


GIVEN = [
    (version, name, parameter)
    for version, name, (parameter, *inner) in CASES
    if not inner and parameter in good(ACTIONS[version, name], dict.fromkeys(NAMED, ""))
]


@pytest.mark.parametrize(("version", "name", "parameter"), GIVEN)
def test_an_id_that_is_left_out_is_missed_or_not_needed(version, name, parameter):
    """The gateway misses what every request of the action must have: any action can say so."""
    account, action = furnished(), ACTIONS[version, name]
    params = {each: value for each, value in good(action, account.ids).items() if each != parameter}
    code, status = call(account, action, params)
    if action.parameters[parameter].default is attrs.NOTHING:
        expected = listed(action).get("MissingParameter", 400)
        assert (code, status) == ("MissingParameter", expected) or listed(action).get(code) == status
    else:
        assert code == "OK" or listed(action).get(code) == status, (code, status)
