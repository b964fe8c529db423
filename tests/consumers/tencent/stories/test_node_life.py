"""The life of a node as an autoscaler leads it: stock, a launch template, a spot instance, what is missing.

Source: pkg/providers/instancetype/instancetype.go of TencentCloud's karpenter-provider-tke, which offers a
type in a zone for each charge type where ``Status`` is SELL, and blocks it there after a failure.
Its nodes are machines of TKE; here CVM is asked for them, as that does.
"""

from typing import Any

import pytest
from tests.consumers.tencent.program_account import TencentProgram
from tests.contract.polling import poll
from tests.contract.sdks.tencent import ZONE, Refused

OTHER_ZONE = "ap-guangzhou-4"
TYPE = "S5.LARGE8"
SOLD_OUT = ("ResourcesSoldOut.SpecifiedInstanceType", "ResourceInsufficient.SpecifiedInstanceType")


class Scaler:
    """The autoscaler of one cluster, with a subnet in each of two zones."""

    def __init__(self, account: TencentProgram) -> None:
        self.account = account
        self.vpc_id, first, self.group_id = account.create_network()
        place = {"VpcId": self.vpc_id, "Zone": OTHER_ZONE, "CidrBlock": "10.0.1.0/24"}
        second = account.vpc("CreateSubnet", SubnetName="others", **place).Subnet.SubnetId
        self.subnets = {ZONE: first, OTHER_ZONE: second}
        self.template = account.cvm(
            "CreateLaunchTemplate",
            LaunchTemplateName="nodes",
            Placement={"Zone": ZONE},
            ImageId="img-487zeit5",
            InstanceType=TYPE,
            SecurityGroupIds=[self.group_id],
            InstanceChargeType="SPOTPAID",
        ).LaunchTemplateId

    def offers(self) -> dict[str, str]:
        """Return by zone whether the type is to be had as a spot instance."""
        filters = [
            {"Name": "zone", "Values": [*self.subnets]},
            {"Name": "instance-charge-type", "Values": ["SPOTPAID"]},
            {"Name": "instance-type", "Values": [TYPE]},
        ]
        found = self.account.cvm("DescribeZoneInstanceConfigInfos", Filters=filters).InstanceTypeQuotaSet
        return {each.Zone: each.Status for each in found}

    def launch(self, zone: str) -> str:
        made = self.account.cvm(
            "RunInstances",
            LaunchTemplate={"LaunchTemplateId": self.template},
            Placement={"Zone": zone},
            VirtualPrivateCloud={"VpcId": self.vpc_id, "SubnetId": self.subnets[zone]},
        )
        (node,) = made.InstanceIdSet
        poll(lambda: self.account.instance_state(node), "RUNNING")
        return str(node)

    def shown(self, node: str) -> Any:
        (found,) = self.account.cvm("DescribeInstances", InstanceIds=[node]).InstanceSet
        return found

    def terminate(self, node: str) -> None:
        self.account.cvm("TerminateInstances", InstanceIds=[node])
        poll(lambda: self.account.instance_state(node), None)


@pytest.mark.parametrize("code", SOLD_OUT)
def test_a_spot_node_falls_back_is_interrupted_and_leaves_nothing(
    account: TencentProgram, code: str
) -> None:
    scaler, control = Scaler(account), account.control
    assert scaler.offers() == {ZONE: "SELL", OTHER_ZONE: "SELL"}
    short = {"zone": ZONE, "instance_type": TYPE, "code": code}
    control.conditions.add(cloud="tencent", access_key=account.access_key, **short)
    assert scaler.offers() == {ZONE: "SOLD_OUT", OTHER_ZONE: "SELL"}
    with pytest.raises(Refused) as refused:
        scaler.launch(ZONE)
    assert refused.value.code == code

    node = scaler.launch(OTHER_ZONE)
    shown = scaler.shown(node)
    assert (shown.Placement.Zone, shown.InstanceChargeType) == (OTHER_ZONE, "SPOTPAID")
    control.conditions.clear(account.access_key)
    interrupted = control.interrupt(node, "0s", access_key=account.access_key)
    assert interrupted["instance_id"] == node
    poll(lambda: account.instance_state(node), None)

    replacement = scaler.launch(ZONE)
    scaler.terminate(replacement)
    account.cvm("DeleteLaunchTemplate", LaunchTemplateId=scaler.template)
    kinds = {each["kind"] for each in control.leaks(access_key=account.access_key)}
    assert not kinds & {"instance", "interface", "disk", "launch-template"}
