"""The life of a node as karpenter-provider-alibabacloud leads it, and by a fleet as cloudpilot's does.

Sources: pkg/providers/instance/instance.go and pkg/errors/errors.go of AliyunContainerService's provider,
which runs one instance by RunInstances and, where one of three codes says that there is none, marks the
type in its zone as unavailable and takes the next; and the file of the same name in cloudpilot-ai's, which
creates an auto provisioning group of one instance and reads the first LaunchResult.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.consumers.alibaba.program_account import AlibabaProgram, Refused
from tests.contract.polling import poll
from tests.contract.sdks.alibaba import IMAGE, ZONE

NO_CAPACITY = ("OperationDenied.NoStock", "Zone.NotOnSale", "InvalidVSwitchId.IpNotEnough")
TAGS = [
    {"Key": "karpenter.sh/nodepool", "Value": "default"},
    {"Key": "kubernetes.io/cluster", "Value": "c"},
]
OTHER_ZONE = "cn-hangzhou-k"
TYPES = ("ecs.g7.xlarge", "ecs.c7.xlarge")


class Karpenter:
    """The provider of one cluster, with a vSwitch in each of two zones."""

    def __init__(self, account: AlibabaProgram) -> None:
        self.account = account
        self.vpc_id, (first,), self.group_id = account.create_network("10.0.0.0/24")
        place = {"VpcId": self.vpc_id, "ZoneId": OTHER_ZONE, "CidrBlock": "10.0.1.0/24"}
        second = account.vpc("CreateVSwitch", **place)["VSwitchId"]
        poll(lambda: account.describe_vswitch(second)["Status"], "Available")
        self.vswitches = {ZONE: first, OTHER_ZONE: second}
        self.unavailable: set[tuple[str, str]] = set()

    def launch(self, spot: str = "NoSpot") -> str | None:
        """Try the types in all zones, but for what was not to be had before."""
        for zone, vswitch_id in self.vswitches.items():
            for type_name in TYPES:
                if (type_name, zone) in self.unavailable:
                    continue
                try:
                    return self._run(type_name, vswitch_id, spot)
                except Refused as refused:
                    if refused.code not in NO_CAPACITY:
                        raise
                    self.unavailable.add((type_name, zone))
        return None

    def _run(self, type_name: str, vswitch_id: str, spot: str) -> str:
        made = self.account.ecs(
            "RunInstances",
            InstanceType=type_name,
            ImageId=IMAGE,
            VSwitchId=vswitch_id,
            SecurityGroupIds=[self.group_id],
            SpotStrategy=spot,
            SystemDisk={"Category": "cloud_essd", "Size": "40", "PerformanceLevel": "PL0"},
            UserData="IyEvYmluL2Jhc2g=",
            Tag=TAGS,
        )
        (instance_id,) = made["InstanceIdSets"]["InstanceIdSet"]
        return str(instance_id)

    def offerings(self, type_name: str) -> dict[str, str]:
        """Return by zone whether a type is to be had."""
        found = self.account.ecs(
            "DescribeAvailableResource", DestinationResource="InstanceType", InstanceType=type_name
        )
        return {each["ZoneId"]: each["Status"] for each in found["AvailableZones"]["AvailableZone"]}

    def get(self, instance_id: str) -> dict[str, Any] | None:
        found = self.account.ecs("DescribeInstances", InstanceIds=json.dumps([instance_id]))
        instances = found["Instances"]["Instance"]
        return instances[0] if instances else None

    def owned(self) -> list[str]:
        """List the cluster's nodes by their tags, page by page."""
        found = self.account.ecs("DescribeInstances", Tag=TAGS, PageNumber=1, PageSize=100)
        assert found["TotalCount"] == len(found["Instances"]["Instance"])
        return [each["InstanceId"] for each in found["Instances"]["Instance"]]

    def delete(self, instance_id: str) -> None:
        """Delete a node by force; while it is initialising that is tried again."""

        def try_it() -> bool:
            code = self.account.refusal("DeleteInstances", InstanceId=[instance_id], Force=True)
            assert code in {"", "IncorrectInstanceStatus.Initializing", "InvalidInstanceId.NotFound"}
            return code in {"", "InvalidInstanceId.NotFound"}

        poll(try_it, True)  # noqa: FBT003 - what is waited for
        poll(lambda: self.get(instance_id), None)


@pytest.fixture
def karpenter(acs3_account: AlibabaProgram) -> Iterator[Karpenter]:
    """A cluster; nothing of its nodes may be left."""
    account = acs3_account
    made = Karpenter(account)
    yield made
    account.control.conditions.clear(account.access_key)
    kinds = {each["kind"] for each in account.control.leaks(access_key=account.access_key)}
    assert not kinds & {"instance", "interface", "disk", "provisioning-group"}


def sell_out(karpenter: Karpenter, code: str = NO_CAPACITY[0], **what: str) -> None:
    account = karpenter.account
    account.control.conditions.add(cloud="alibaba", access_key=account.access_key, code=code, **what)


def test_a_node_comes_is_tagged_and_goes(karpenter: Karpenter) -> None:
    node = karpenter.launch()
    assert node is not None
    poll(lambda: karpenter.account.instance_status(node), "Running")
    more = [{"Key": "karpenter.sh/nodeclaim", "Value": "claim"}]
    karpenter.account.ecs("TagResources", ResourceType="instance", ResourceId=[node], Tag=more)
    shown = karpenter.get(node)
    assert shown is not None
    assert {(each["TagKey"], each["TagValue"]) for each in shown["Tags"]["Tag"]} == {
        (each["Key"], each["Value"]) for each in (*TAGS, *more)
    }
    assert (shown["ZoneId"], shown["InstanceType"], shown["InstanceChargeType"]) == (
        ZONE,
        TYPES[0],
        "PostPaid",
    )
    assert karpenter.owned() == [node]
    karpenter.delete(node)
    assert karpenter.owned() == []


@pytest.mark.parametrize("code", NO_CAPACITY[:2])
def test_what_a_zone_lacks_another_type_and_then_another_zone_give(karpenter: Karpenter, code: str) -> None:
    sell_out(karpenter, code, zone=ZONE, instance_type=TYPES[0])
    assert karpenter.offerings(TYPES[0])[ZONE] == "SoldOut"
    assert karpenter.offerings(TYPES[0])[OTHER_ZONE] == "Available"
    first = karpenter.launch()
    sell_out(karpenter, code, zone=ZONE)
    second = karpenter.launch()
    assert first is not None
    assert second is not None
    shown = [(each["ZoneId"], each["InstanceType"]) for each in map(karpenter.get, (first, second)) if each]
    assert shown == [(ZONE, TYPES[1]), (OTHER_ZONE, TYPES[0])]
    assert karpenter.unavailable == {(name, ZONE) for name in TYPES}
    sell_out(karpenter, code, zone=OTHER_ZONE)
    assert karpenter.launch() is None
    for node in (first, second):
        karpenter.delete(node)


def test_an_interrupted_spot_node_is_seen_and_replaced(karpenter: Karpenter) -> None:
    node = karpenter.launch("SpotAsPriceGo")
    assert node is not None
    poll(lambda: karpenter.account.instance_status(node), "Running")
    karpenter.account.control.interrupt(node, access_key=karpenter.account.access_key)
    shown = karpenter.get(node)
    assert shown is not None
    assert [each["LockReason"] for each in shown["OperationLocks"]["LockReason"]] == ["Recycling"]
    sell_out(karpenter, zone=ZONE)
    replacement = karpenter.launch("SpotAsPriceGo")
    assert replacement is not None
    karpenter.delete(node)
    assert karpenter.owned() == [replacement]
    karpenter.delete(replacement)


def test_a_fleet_of_one_falls_back_by_itself(karpenter: Karpenter) -> None:
    account = karpenter.account
    template = account.ecs(
        "CreateLaunchTemplate",
        LaunchTemplateName="karpenter-default",
        ImageId=IMAGE,
        SecurityGroupId=karpenter.group_id,
        Tag=TAGS,
    )["LaunchTemplateId"]
    sell_out(karpenter, zone=ZONE)
    made = account.ecs(
        "CreateAutoProvisioningGroup",
        TotalTargetCapacity="1",
        AutoProvisioningGroupType="instant",
        SpotAllocationStrategy="lowest-price",
        LaunchTemplateId=template,
        LaunchTemplateConfig=[
            {"InstanceType": TYPES[0], "VSwitchId": each, "WeightedCapacity": 1}
            for each in karpenter.vswitches.values()
        ],
    )
    results = made["LaunchResults"]["LaunchResult"]
    assert [each["ErrorCode"] for each in results] == [NO_CAPACITY[0], ""]
    (node,) = results[1]["InstanceIds"]["InstanceId"]
    shown = karpenter.get(node)
    assert shown is not None
    assert (shown["ZoneId"], shown["SpotStrategy"]) == (OTHER_ZONE, "SpotAsPriceGo")
    assert karpenter.owned() == [node]
    poll(lambda: account.instance_status(node), "Running")
    group = {"AutoProvisioningGroupId": made["AutoProvisioningGroupId"]}
    account.ecs("DeleteAutoProvisioningGroup", **group, TerminateInstances=True)
    poll(lambda: karpenter.get(node), None)
    account.ecs("DeleteLaunchTemplate", LaunchTemplateId=template)
