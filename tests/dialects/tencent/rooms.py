"""A region with a VPC, a subnet and a security group in it, all made through the API.

Every reply to a call goes through the vendor's definitions, so that no test can overlook a wrong field.
"""

from typing import Any

import attrs
import pytest
from tests.core.dump import dump
from tests.dialects.tencent.definitions import faults, gaps
from tests.harness import ApiError, TencentClient, emulator

ZONE = "ap-guangzhou-3"
OTHER_ZONE = "ap-guangzhou-4"
IMAGE = "img-pmqg1cw7"
ABSENT = {"vpc": "vpc-absent00", "subnet": "subnet-absent00", "sg": "sg-absent00", "ins": "ins-absent00"}


def is_chinese(text: str) -> bool:
    """Say whether there is Chinese in a text."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


class Room:
    """One account in one region; ``settings`` are the emulator's."""

    def __init__(self, **settings: Any) -> None:
        self.emulator = emulator(**settings)
        self.client: TencentClient = self.emulator.tencent()

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        """Call an action and hold the reply against its definition."""
        response = self.client.call(action, **params)
        assert faults(action, response) == []
        assert gaps(action, response) == []
        return response

    def refused(self, action: str, **params: Any) -> str:
        """Call an action that is refused, see that nothing has changed, and return the code.

        Whoever asks in Chinese is refused alike, in Chinese.
        """
        partition = self.client.partition
        partition.settle(self.emulator.clock.now())
        before = dump(partition)
        with pytest.raises(ApiError) as refusal:
            self.client.call(action, **params)
        assert dump(partition) == before
        assert refusal.value.status == 200
        assert refusal.value.message
        asking = attrs.evolve(self.client, language="zh-CN")
        with pytest.raises(ApiError) as in_chinese:
            asking.call(action, **params)
        assert in_chinese.value.code == refusal.value.code
        assert is_chinese(in_chinese.value.message)
        return refusal.value.code

    def wait(self) -> None:
        """Let everything end that is under way."""
        self.emulator.advance()

    def vpc(self, **changes: Any) -> str:
        params = {"VpcName": "vpc", "CidrBlock": "10.0.0.0/16", **changes}
        return str(self.call("CreateVpc", **params)["Vpc"]["VpcId"])

    def subnet(self, vpc_id: str, **changes: Any) -> str:
        params = {"SubnetName": "subnet", "Zone": ZONE, "CidrBlock": "10.0.0.0/24", **changes}
        return str(self.call("CreateSubnet", VpcId=vpc_id, **params)["Subnet"]["SubnetId"])

    def group(self, **changes: Any) -> str:
        params = {"GroupName": "group", "GroupDescription": "", **changes}
        return str(self.call("CreateSecurityGroup", **params)["SecurityGroup"]["SecurityGroupId"])

    def interface(self, vpc_id: str, subnet_id: str, **changes: Any) -> str:
        params = {"VpcId": vpc_id, "SubnetId": subnet_id, "NetworkInterfaceName": "eni", **changes}
        created = self.call("CreateNetworkInterface", **params)["NetworkInterface"]
        self.wait()
        return str(created["NetworkInterfaceId"])


class FurnishedRoom(Room):
    """A room in which instances can be created."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.vpc_id = self.vpc(StackType="DualStack")
        self.subnet_id = self.subnet(self.vpc_id, StackType="DualStack")
        self.group_id = self.group()

    def running(self, place: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good RunInstances, with changes; None leaves one out."""
        return {
            "Placement": {"Zone": ZONE},
            "ImageId": IMAGE,
            "VirtualPrivateCloud": {"VpcId": self.vpc_id, "SubnetId": self.subnet_id, **(place or {})},
            "SecurityGroupIds": [self.group_id],
            **changes,
        }

    def run(self, place: dict[str, Any] | None = None, **changes: Any) -> list[str]:
        """Create instances and wait until they run."""
        created = self.call("RunInstances", **self.running(place, **changes))["InstanceIdSet"]
        self.wait()
        return list(created)

    def stopped(self) -> str:
        (instance_id,) = self.run()
        self.call("StopInstances", InstanceIds=[instance_id])
        self.wait()
        return instance_id

    def show(self, instance_id: str) -> dict[str, Any]:
        """Return an instance as it is described now."""
        (shown,) = self.call("DescribeInstances", InstanceIds=[instance_id])["InstanceSet"]
        return dict(shown)

    def found(self, name: str, *values: str) -> set[str]:
        """Return the instances that a filter finds."""
        reply = self.call("DescribeInstances", Filters=[{"Name": name, "Values": list(values)}])
        return {shown["InstanceId"] for shown in reply["InstanceSet"]}
