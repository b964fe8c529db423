"""The life of a node as programs lead it on Alibaba Cloud: their calls, in their order, with their waits.

Each story makes the calls of one program through the official SDK against the server, with the parameters
that it sends, goes on where it would go on, and stops where it would stop. The ways of signing are those of
the programs: version 1 for terway, cilium and terraform, ACS3 for ali-nuke.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.contract.polling import poll
from tests.contract.requirements import require
from tests.contract.sdks.alibaba import OTHER_ZONE, REGION, ZONE, Sdk, ecs_models, vpc_models
from tests.contract.server import Server

from duolect.client import Duolect

exceptions = require("alibabacloud_tea_openapi.exceptions")
Lost = require("darabonba.exceptions").UnretryableException
Refused = exceptions.ClientException

QUICK = 150
"""Milliseconds that attaching and detaching take here: there are many of them."""


class Cloud:
    """The SDK, called by the vendor's names; a reply is the vendor's tree, as the SDK understood it."""

    def __init__(self, sdk: Sdk, control: Duolect) -> None:
        self.sdk = sdk
        self.control = control
        self.rules: list[str] = []
        names = {"ecs": sdk.ecs._client, "vpc": sdk.vpc._client}
        self._methods = {
            product: {name.replace("_", ""): name for name in dir(client)}
            for product, client in names.items()
        }

    def ecs(self, action: str, **params: Any) -> dict[str, Any]:
        request = getattr(ecs_models, f"{action}Request")().from_map({"RegionId": REGION, **params})
        return self._reply(self.sdk.ecs, self._methods["ecs"], action, request)

    def vpc(self, action: str, **params: Any) -> dict[str, Any]:
        request = getattr(vpc_models, f"{action}Request")().from_map({"RegionId": REGION, **params})
        return self._reply(self.sdk.vpc, self._methods["vpc"], action, request)

    def _reply(self, client: Any, methods: dict[str, str], action: str, request: Any) -> dict[str, Any]:
        reply: dict[str, Any] = getattr(client, methods[action.lower()])(request).to_map()
        return reply

    def refusal(self, action: str, **params: Any) -> str:
        """Call an action of either product and return the code of its refusal, or an empty text."""
        product = self.vpc if "Vpc" in action or "VSwitch" in action else self.ecs
        try:
            product(action, **params)
        except Refused as refused:
            return str(refused.code)
        return ""

    def fault(self, action: str, **effect: Any) -> str:
        """Add a fault for this account alone."""
        wish = {"cloud": "alibaba", "action": action, "access_key": self.sdk.access_key, **effect}
        self.rules.append(self.control.faults.add(**wish))
        return self.rules[-1]

    # -- what many programs ask -----------------------------------------------------------------------

    def interfaces(self, **criteria: Any) -> list[dict[str, Any]]:
        found = self.ecs("DescribeNetworkInterfaces", **criteria)["NetworkInterfaceSets"]
        return list(found["NetworkInterfaceSet"])

    def interface(self, interface_id: str) -> dict[str, Any] | None:
        found = self.interfaces(NetworkInterfaceId=[interface_id])
        return found[0] if found else None

    def status(self, interface_id: str) -> str | None:
        found = self.interface(interface_id)
        return found["Status"] if found else None

    def addresses(self, interface_id: str) -> list[str]:
        found = self.interface(interface_id)
        assert found is not None
        return [each["PrivateIpAddress"] for each in found["PrivateIpSets"]["PrivateIpSet"]]

    def vswitch(self, vswitch_id: str) -> dict[str, Any]:
        (found,) = self.vpc("DescribeVSwitches", VSwitchId=vswitch_id)["VSwitches"]["VSwitch"]
        return dict(found)

    def instance_status(self, instance_id: str) -> str | None:
        found = self.ecs("DescribeInstances", InstanceIds=json.dumps([instance_id]))["Instances"][
            "Instance"
        ]
        return found[0]["Status"] if found else None

    # -- what stands around ---------------------------------------------------------------------------

    def network(self, *blocks: str) -> tuple[str, list[str], str]:
        """Return a VPC, a vSwitch for each block, and a group."""
        vpc_id = self.vpc("CreateVpc", CidrBlock="10.0.0.0/16")["VpcId"]
        poll(lambda: self.vpc("DescribeVpcs", VpcId=vpc_id)["Vpcs"]["Vpc"][0]["Status"], "Available")
        vswitches = []
        for block in blocks:
            wish = {"VpcId": vpc_id, "ZoneId": ZONE, "CidrBlock": block}
            vswitches.append(self.vpc("CreateVSwitch", **wish)["VSwitchId"])
            poll(lambda: self.vswitch(vswitches[-1])["Status"], "Available")
        group_id = self.ecs("CreateSecurityGroup", VpcId=vpc_id)["SecurityGroupId"]
        return vpc_id, vswitches, group_id

    def node(self, vswitch_id: str, group_id: str, type_name: str = "ecs.g7.xlarge") -> str:
        wish = {"VSwitchId": vswitch_id, "SecurityGroupId": group_id, "InstanceType": type_name}
        image = "aliyun_3_x64_20G_alibase_20240528.vhd"
        (node,) = self.ecs("RunInstances", ImageId=image, **wish)["InstanceIdSets"]["InstanceIdSet"]
        poll(lambda: self.instance_status(node), "Running")
        return str(node)


@pytest.fixture
def cloud(server: Server, access_key: str) -> Iterator[Cloud]:
    """The cloud of a program that signs in the way of version 1."""
    yield from _cloud(server, access_key, signature_algorithm="v2")


@pytest.fixture
def acs3(server: Server, access_key: str) -> Iterator[Cloud]:
    yield from _cloud(server, access_key)


def _cloud(server: Server, access_key: str, **config: Any) -> Iterator[Cloud]:
    made = Cloud(Sdk(server.address, access_key, **config), Duolect(server.url))
    for action in ("AttachNetworkInterface", "DetachNetworkInterface"):
        made.fault(action, delay_ms=QUICK)
    yield made
    for rule in made.rules:
        made.control.faults.remove(rule)


# -- terway -----------------------------------------------------------------------------------------------


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


def test_terway_fills_a_node_with_addresses_and_empties_it(cloud: Cloud) -> None:
    vpc_id, (vswitch_id,), group_id = cloud.network("10.0.0.0/24")
    node = cloud.node(vswitch_id, group_id)
    wish = {"InstanceTypes": ["ecs.g7.xlarge"], "MaxResults": 100}
    types = cloud.ecs("DescribeInstanceTypes", **wish)
    assert types["NextToken"] == ""
    (limits,) = types["InstanceTypes"]["InstanceType"]
    most = limits["EniPrivateIpAddressQuantity"]

    create = creating_as_terway(vswitch_id, group_id, SecondaryPrivateIpAddressCount=4, ClientToken="t-1")
    created = cloud.ecs("CreateNetworkInterface", **create)
    eni = created["NetworkInterfaceId"]
    assert len(created["PrivateIpSets"]["PrivateIpSet"]) == 5
    cloud.ecs("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=node)
    assert poll(lambda: cloud.status(eni), "InUse")[-1] == "InUse"
    shown = cloud.ecs("DescribeNetworkInterfaceAttribute", NetworkInterfaceId=eni, Attribute="basic")
    assert (shown["NetworkInterfaceId"], shown["InstanceId"]) == (eni, node)

    reply = cloud.ecs(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=eni,
        SecondaryPrivateIpAddressCount=most - 5,
        ClientToken="t-2",
    )
    added = reply["AssignedPrivateIpAddressesSet"]["PrivateIpSet"]["PrivateIpAddress"]
    assert len(added) == most - 5
    assert set(added) < set(cloud.addresses(eni))
    one_more = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}
    assert cloud.refusal("AssignPrivateIpAddresses", **one_more) == "InvalidOperation.Ipv4CountExceeded"
    cloud.ecs("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=added)
    again = cloud.refusal("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=added[:1])
    assert again == "InvalidIp.IpUnassigned"  # which it takes for success
    assert len(cloud.addresses(eni)) == 5

    criteria = {"VpcId": vpc_id, "InstanceId": node, "Type": "Secondary", "MaxResults": 500}
    (found,) = cloud.interfaces(Status="InUse", Tag=[{"Key": "creator", "Value": "terway"}], **criteria)
    assert found["NetworkInterfaceId"] == eni
    cloud.ecs("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=node)
    poll(lambda: cloud.status(eni), "Available")
    cloud.ecs("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: cloud.status(eni), None)
    for action, more in (("DetachNetworkInterface", {"InstanceId": node}), ("DeleteNetworkInterface", {})):
        assert cloud.refusal(action, NetworkInterfaceId=eni, **more) == "InvalidEniId.NotFound"


def test_terway_gives_pods_interfaces_of_their_own_on_a_trunk(cloud: Cloud) -> None:
    _, (vswitch_id,), group_id = cloud.network("10.0.0.0/24")
    node = cloud.node(vswitch_id, group_id)
    trunk, member = (
        cloud.ecs("CreateNetworkInterface", **creating_as_terway(vswitch_id, group_id, InstanceType=kind))[
            "NetworkInterfaceId"
        ]
        for kind in ("Trunk", "Secondary")
    )
    cloud.ecs("AttachNetworkInterface", NetworkInterfaceId=trunk, InstanceId=node)
    poll(lambda: cloud.status(trunk), "InUse")
    onto = {"NetworkInterfaceId": member, "InstanceId": node, "TrunkNetworkInstanceId": trunk}
    cloud.ecs("AttachNetworkInterface", **onto)
    poll(lambda: cloud.status(member), "InUse")
    shown = cloud.interface(member)
    assert shown is not None
    assert (shown["Type"], shown.get("InstanceId") or shown["Attachment"]["InstanceId"]) == ("Member", node)
    assert shown["Attachment"]["TrunkNetworkInterfaceId"] == trunk
    cloud.ecs("DetachNetworkInterface", **onto)
    poll(lambda: cloud.status(member), "Available")
    cloud.ecs("DeleteNetworkInterface", NetworkInterfaceId=member)
    poll(lambda: cloud.status(member), None)


def test_terway_gets_the_interface_that_it_made_when_the_first_answer_was_lost(cloud: Cloud) -> None:
    _, (vswitch_id,), group_id = cloud.network("10.0.0.0/24")
    wish = creating_as_terway(vswitch_id, group_id, ClientToken="hash-of-the-parameters")
    rule = cloud.fault("CreateNetworkInterface", disconnect=True, after=True, times=1)
    with pytest.raises(Lost):
        cloud.ecs("CreateNetworkInterface", **wish)
    assert cloud.control.faults.get(rule)["hits"] == 1
    (made,) = cloud.interfaces()
    assert cloud.ecs("CreateNetworkInterface", **wish)["NetworkInterfaceId"] == made["NetworkInterfaceId"]
    assert len(cloud.interfaces()) == 1


def test_terway_goes_to_another_vswitch_when_one_is_used_up(cloud: Cloud) -> None:
    _, vswitches, group_id = cloud.network("10.0.0.0/29", "10.0.1.0/24")
    first, second = (
        creating_as_terway(vswitch_id, group_id, SecondaryPrivateIpAddressCount=9)
        for vswitch_id in vswitches
    )
    with pytest.raises(Refused) as full:
        cloud.ecs("CreateNetworkInterface", **first)
    assert (full.value.code, full.value.status_code) == ("InvalidVSwitchId.IpNotEnough", 403)
    made = cloud.ecs("CreateNetworkInterface", **second)
    assert made["VSwitchId"] == vswitches[1]
    assert [cloud.vswitch(each)["AvailableIpAddressCount"] for each in vswitches] == [4, 242]


# -- cilium -----------------------------------------------------------------------------------------------


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
    cloud: Cloud,
) -> None:
    _, (small, large), group_id = cloud.network("10.0.0.0/28", "10.0.1.0/24")
    node = cloud.node(small, group_id, "ecs.g7.large")
    assert pages_as_cilium(cloud.vpc, "DescribeVpcs", "Vpcs", "Vpc")[0]["CidrBlock"] == "10.0.0.0/16"
    vswitches = pages_as_cilium(cloud.vpc, "DescribeVSwitches", "VSwitches", "VSwitch")
    best = max(vswitches, key=lambda each: each["AvailableIpAddressCount"])
    assert best["VSwitchId"] == large
    found = cloud.interfaces(InstanceId=node, PageNumber=1, PageSize=1000)
    (primary,) = (each for each in found if each["Type"] == "Primary")
    groups = primary["SecurityGroupIds"]["SecurityGroupId"]

    def make(index: int) -> str:
        tag = {"Key": "cilium-eni-index", "Value": str(index)}
        wish = {"VSwitchId": large, "SecurityGroupIds": groups, "Tag": [tag]}
        reply = cloud.ecs("CreateNetworkInterface", SecondaryPrivateIpAddressCount=5, **wish)
        return str(reply["NetworkInterfaceId"])

    made = [make(1), make(2)]
    for eni in made:
        cloud.ecs("AttachNetworkInterface", InstanceId=node, NetworkInterfaceId=eni)
    for eni in made:
        poll(lambda: cloud.status(eni), "InUse")  # noqa: B023 - called at once
    left = make(3)
    with pytest.raises(Refused) as full:
        cloud.ecs("AttachNetworkInterface", InstanceId=node, NetworkInterfaceId=left)
    assert (full.value.code, full.value.status_code) == ("EniPerInstanceLimitExceeded", 403)
    cloud.ecs("DeleteNetworkInterface", NetworkInterfaceId=left)
    poll(lambda: cloud.status(left), None)
    assert cloud.vswitch(large)["AvailableIpAddressCount"] == 252 - 2 * 6

    token, listed = "", []
    while True:
        page = cloud.ecs("DescribeNetworkInterfaces", MaxResults=500, NextToken=token or None)
        listed += page["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        token = page["NextToken"]
        if token == "":
            break
    assert {each["NetworkInterfaceId"] for each in listed} == {primary["NetworkInterfaceId"], *made}
    indexes = {tag["TagKey"]: tag["TagValue"] for tag in listed[0]["Tags"]["Tag"]}
    assert indexes == {"cilium-eni-index": "2"}
    addresses = cloud.addresses(made[0])[1:3]
    cloud.ecs("UnassignPrivateIpAddresses", NetworkInterfaceId=made[0], PrivateIpAddress=addresses)
    cloud.ecs("AssignPrivateIpAddresses", NetworkInterfaceId=made[0], SecondaryPrivateIpAddressCount=2)
    assert len(cloud.addresses(made[0])) == 6


def test_cilium_gives_up_an_attachment_that_never_ends_and_cannot_delete_the_interface(
    cloud: Cloud,
) -> None:
    _, (vswitch_id,), group_id = cloud.network("10.0.0.0/24")
    node = cloud.node(vswitch_id, group_id)
    wish = {"VSwitchId": vswitch_id, "SecurityGroupIds": [group_id]}
    eni = cloud.ecs("CreateNetworkInterface", **wish)["NetworkInterfaceId"]
    cloud.fault("AttachNetworkInterface", hang=True, times=1)
    cloud.ecs("AttachNetworkInterface", InstanceId=node, NetworkInterfaceId=eni)
    assert {cloud.status(eni) for _ in range(6)} == {"Attaching"}
    with pytest.raises(Refused) as refused:
        cloud.ecs("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert (refused.value.code, refused.value.status_code) == ("InvalidOperation.InvalidEniState", 400)
    (held,) = cloud.control.operations(access_key=cloud.sdk.access_key, held="true")["operations"]
    cloud.control.release(held["id"], fails=True)
    poll(lambda: cloud.status(eni), "Available")
    cloud.ecs("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: cloud.status(eni), None)


# -- terraform --------------------------------------------------------------------------------------------


def test_terraform_applies_changes_and_destroys(cloud: Cloud) -> None:
    vpc_id, (vswitch_id,), group_id = cloud.network("10.0.0.0/24")
    node = cloud.node(vswitch_id, group_id)
    wish = {"VSwitchId": vswitch_id, "SecurityGroupIds": [group_id], "NetworkInterfaceName": "tf-eni"}
    reply = cloud.ecs("CreateNetworkInterface", SecondaryPrivateIpAddressCount=1, **wish)
    eni = reply["NetworkInterfaceId"]
    poll(lambda: cloud.status(eni), "Available")
    tags = {"ResourceType": "eni", "ResourceId": [eni]}
    cloud.ecs("TagResources", Tag=[{"Key": "created", "Value": "tf"}], **tags)
    listed = cloud.ecs("ListTagResources", **tags)["TagResources"]["TagResource"]
    assert [(each["TagKey"], each["TagValue"]) for each in listed] == [("created", "tf")]

    changed = {"NetworkInterfaceName": "tf-eni-2", "Description": "changed", "SecurityGroupId": [group_id]}
    cloud.ecs("ModifyNetworkInterfaceAttribute", NetworkInterfaceId=eni, **changed)
    (old,) = cloud.addresses(eni)[1:]
    wanted = [f"10.0.0.{last}" for last in (20, 21, 22) if f"10.0.0.{last}" not in cloud.addresses(eni)]
    cloud.ecs("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=[old])
    cloud.ecs("AssignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=wanted)
    poll(lambda: set(cloud.addresses(eni)[1:]), set(wanted))
    shown = cloud.interface(eni)
    assert shown is not None
    assert (shown["NetworkInterfaceName"], shown["Description"]) == ("tf-eni-2", "changed")

    both = {"NetworkInterfaceId": eni, "InstanceId": node}
    cloud.ecs("AttachNetworkInterface", **both)
    poll(lambda: cloud.status(eni), "InUse")
    (read,) = (each for each in cloud.interfaces(MaxResults=100) if each["NetworkInterfaceId"] == eni)
    assert read["InstanceId"] == node
    cloud.ecs("DetachNetworkInterface", **both)
    poll(lambda: cloud.status(eni), "Available")
    assert cloud.refusal("DeleteVSwitch", VSwitchId=vswitch_id) == "DependencyViolation"  # and it retries

    cloud.ecs("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: cloud.interfaces(NetworkInterfaceId=[eni]), [])
    cloud.ecs("DeleteInstance", InstanceId=node, Force=True)
    poll(lambda: cloud.instance_status(node), None)
    cloud.ecs("DeleteSecurityGroup", SecurityGroupId=group_id)
    cloud.vpc("DeleteVSwitch", VSwitchId=vswitch_id)
    poll(lambda: found(cloud, "DescribeVSwitchAttributes", VSwitchId=vswitch_id), 404)
    cloud.vpc("DeleteVpc", VpcId=vpc_id)
    poll(lambda: found(cloud, "DescribeVpcAttribute", VpcId=vpc_id), 404)


def found(cloud: Cloud, action: str, **wish: str) -> int:
    """Return the HTTP status by which terraform knows that a thing is gone."""
    try:
        cloud.vpc(action, **wish)
    except Refused as refusal:
        return int(refusal.status_code)
    return 200


def test_terraform_retries_for_as_long_as_a_vswitch_is_not_ready(cloud: Cloud) -> None:
    vpc_id, _, group_id = cloud.network("10.0.0.0/24")
    wish = {"VpcId": vpc_id, "ZoneId": OTHER_ZONE, "CidrBlock": "10.0.1.0/24"}
    cloud.fault("CreateVSwitch", delay_ms=400, times=1)
    vswitch_id = cloud.vpc("CreateVSwitch", **wish)["VSwitchId"]

    wish = {"VSwitchId": vswitch_id, "SecurityGroupIds": [group_id]}
    seen = poll(lambda: cloud.refusal("CreateNetworkInterface", **wish), "")
    assert seen == ["IncorrectVSwitchStatus", ""]


# -- others -----------------------------------------------------------------------------------------------


def test_ali_nuke_removes_every_interface_that_is_not_primary(acs3: Cloud) -> None:
    cloud = acs3
    _, (vswitch_id,), group_id = cloud.network("10.0.0.0/24")
    node = cloud.node(vswitch_id, group_id)
    wish = {"VSwitchId": vswitch_id, "SecurityGroupId": group_id}
    free = [cloud.ecs("CreateNetworkInterface", **wish)["NetworkInterfaceId"] for _ in range(2)]
    cloud.ecs("AttachNetworkInterface", NetworkInterfaceId=free[0], InstanceId=node)

    def nuke() -> list[str]:
        left, number, seen = [], 1, 0
        while True:
            page = cloud.ecs("DescribeNetworkInterfaces", PageNumber=number, PageSize=100)
            shown = page["NetworkInterfaceSets"]["NetworkInterfaceSet"]
            seen, number = seen + len(shown), number + 1
            for each in shown:
                if each["Type"] != "Primary":
                    left.append(each["NetworkInterfaceId"])
                    for action in ("DetachNetworkInterface", "DeleteNetworkInterface"):
                        cloud.refusal(action, NetworkInterfaceId=each["NetworkInterfaceId"])
            if seen >= page["TotalCount"]:
                return left

    assert nuke() == [*reversed(free)]
    poll(nuke, [free[0]])  # a detachment without the instance is refused: its instance must go first
    cloud.ecs("DeleteInstance", InstanceId=node, Force=True)
    poll(nuke, [])


def test_bosh_waits_for_an_instance_to_be_deletable_and_cleans_up_the_interfaces_that_it_leaves(
    cloud: Cloud,
) -> None:
    _, (vswitch_id,), group_id = cloud.network("10.0.0.0/24")
    wish = {"VSwitchId": vswitch_id, "SecurityGroupId": group_id}
    cloud.fault("RunInstances", delay_ms=500, times=1)
    image = "aliyun_3_x64_20G_alibase_20240528.vhd"
    reply = cloud.ecs("RunInstances", ImageId=image, InstanceType="ecs.g7.xlarge", **wish)
    (vm,) = reply["InstanceIdSets"]["InstanceIdSet"]

    delete = {"InstanceId": vm, "Force": True}
    assert cloud.refusal("DeleteInstance", **delete) == "IncorrectInstanceStatus.Initializing"
    poll(lambda: cloud.instance_status(vm), "Running")
    eni = cloud.ecs("CreateNetworkInterface", DeleteOnRelease=False, **wish)["NetworkInterfaceId"]
    cloud.ecs("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=vm)
    poll(lambda: cloud.status(eni), "InUse")
    assert cloud.refusal("DeleteInstance", **delete) == ""
    gone = "InvalidEniId.NotFound"
    seen = poll(lambda: cloud.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni), gone)
    assert seen[-2:] == ["", gone]
