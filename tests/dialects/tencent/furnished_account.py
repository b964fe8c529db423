"""An account of Tencent Cloud: its replies obey the vendor's definitions, its refusals leave no trace."""

from functools import cached_property
from typing import Any

import attrs
import pytest
from tests.dialects.furnished_account import FurnishedAccount
from tests.dialects.tencent.definitions import faults, gaps
from tests.harness import ApiError, TencentClient

from duolect_core.model.instances import Instance
from duolect_core.model.resources import Network, SecurityGroup, Subnet

ZONE = "ap-guangzhou-3"
OTHER_ZONE = "ap-guangzhou-4"
IMAGE = "img-pmqg1cw7"
ABSENT = {
    "vpc": "vpc-absent00",
    "subnet": "subnet-absent00",
    "sg": "sg-absent00",
    "eni": "eni-absent00",
    "ins": "ins-absent00",
}


def is_chinese(text: str) -> bool:
    """Say whether there is Chinese in a text."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


class TencentAccount(FurnishedAccount):
    """See ``FurnishedAccount``; the network and the subnet have IPv6.

    Every reply to a call goes through the vendor's definitions, so that no test can overlook a wrong field.
    """

    cloud = "tencent"
    type_name = "S5.MEDIUM4"
    client: TencentClient

    def new_client(self, **who: str) -> TencentClient:
        return self.emulator.tencent(**who)

    # -- calls -----------------------------------------------------------------------------------------

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        """Call an action and hold the reply against its definition."""
        return self._call(self.client, action, params)

    def _call(self, client: TencentClient, action: str, params: dict[str, Any]) -> dict[str, Any]:
        response = client.call(action, **params)
        assert faults(action, response) == []
        assert gaps(action, response) == []
        return response

    def refusal(self, action: str, **params: Any) -> str:
        """Call an action that is refused, see that nothing has changed, and return the code.

        Whoever asks in Chinese is refused alike, in Chinese.
        """
        before = self.dump()
        with pytest.raises(ApiError) as refused:
            self.client.call(action, **params)
        assert self.dump() == before
        assert refused.value.status == 200
        assert refused.value.message
        asking = attrs.evolve(self.client, language="zh-CN")
        with pytest.raises(ApiError) as in_chinese:
            asking.call(action, **params)
        assert in_chinese.value.code == refused.value.code
        assert is_chinese(in_chinese.value.message)
        return refused.value.code

    def task_status(self, reply: dict[str, Any]) -> str:
        """Return how the task stands that a call of the VPC service began."""
        status: str = self.call("DescribeVpcTaskResult", TaskId=reply["RequestId"])["Status"]
        return status

    # -- made when first asked for ---------------------------------------------------------------------

    @cached_property
    def vpc_id(self) -> str:
        return self.create_vpc(StackType="DualStack")

    @cached_property
    def subnet_id(self) -> str:
        return self.create_subnet(self.vpc_id, StackType="DualStack")

    @cached_property
    def group_id(self) -> str:
        return self.create_group()

    @cached_property
    def instance_id(self) -> str:
        """A running instance."""
        (instance_id,) = self.run_instances()
        return instance_id

    @cached_property
    def interface_id(self) -> str:
        """An interface that is attached to nothing, and in no group."""
        return self.create_interface(SecurityGroupIds=None)

    @property
    def network(self) -> Network:
        return self.partition.graph.networks[self.vpc_id]

    @property
    def subnet(self) -> Subnet:
        return self.partition.graph.subnets[self.subnet_id]

    @property
    def group(self) -> SecurityGroup:
        return self.partition.graph.groups[self.group_id]

    # -- networks and groups ---------------------------------------------------------------------------

    def create_vpc(self, **changes: Any) -> str:
        params = {"VpcName": "vpc", "CidrBlock": "10.0.0.0/16", **changes}
        return str(self.call("CreateVpc", **params)["Vpc"]["VpcId"])

    def create_subnet(self, vpc_id: str, **changes: Any) -> str:
        params = {"SubnetName": "subnet", "Zone": ZONE, "CidrBlock": "10.0.0.0/24", **changes}
        return str(self.call("CreateSubnet", VpcId=vpc_id, **params)["Subnet"]["SubnetId"])

    def create_group(self, **changes: Any) -> str:
        params = {"GroupName": "group", "GroupDescription": "", **changes}
        return str(self.call("CreateSecurityGroup", **params)["SecurityGroup"]["SecurityGroupId"])

    def free_addresses(self) -> int:
        """Return how many addresses the subnet has left, as it is described."""
        (shown,) = self.call("DescribeSubnets", SubnetIds=[self.subnet_id])["SubnetSet"]
        return int(shown["AvailableIpAddressCount"])

    # -- interfaces ------------------------------------------------------------------------------------

    def interface_params(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good CreateNetworkInterface, with changes; None leaves one out."""
        params = {"NetworkInterfaceName": "eni", **changes}
        if "VpcId" not in params:
            params["VpcId"] = self.vpc_id
        if "SubnetId" not in params:
            params["SubnetId"] = self.subnet_id
        if "SecurityGroupIds" not in params:
            params["SecurityGroupIds"] = [self.group_id]
        return params

    def ipv6_interface_params(self, **changes: Any) -> dict[str, Any]:
        """Return the same in a network and subnet of their own."""
        subnet = self.add_ipv6_subnet()
        return self.interface_params(VpcId=subnet.network_id, SubnetId=subnet.id, **changes)

    def begin_to_create_interface(self, **changes: Any) -> str:
        """Create an interface and return its id, while it is pending."""
        answer = self.call("CreateNetworkInterface", **self.interface_params(**changes))
        return str(answer["NetworkInterface"]["NetworkInterfaceId"])

    def create_interface(self, **changes: Any) -> str:
        """Create an interface, wait until it is available, and return its id."""
        interface_id = self.begin_to_create_interface(**changes)
        self.wait()
        return interface_id

    def attachment_params(self, interface_id: str, instance: Instance, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good AttachNetworkInterface, with changes."""
        return {"NetworkInterfaceId": interface_id, "InstanceId": instance.id, **changes}

    def attach_interface(self, interface_id: str, instance_id: str) -> str:
        """Attach an interface through the API and wait; return its id."""
        self.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
        self.wait()
        return interface_id

    def create_attached_interface(self, **changes: Any) -> str:
        """Create an interface and attach it to ``instance_id``; return its id."""
        return self.attach_interface(self.create_interface(**changes), self.instance_id)

    def describe_interface(self, interface_id: str) -> dict[str, Any]:
        """Return the interface as a second client of the account sees it, or nothing."""
        wanted = {"NetworkInterfaceIds": [interface_id]}
        found = self._call(self.new_client(), "DescribeNetworkInterfaces", wanted)["NetworkInterfaceSet"]
        return found[0] if found else {}

    # -- instances -------------------------------------------------------------------------------------

    def instance_params(self, place: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good RunInstances, with changes; None leaves one out."""
        return {
            "Placement": {"Zone": ZONE},
            "ImageId": IMAGE,
            "VirtualPrivateCloud": {"VpcId": self.vpc_id, "SubnetId": self.subnet_id, **(place or {})},
            "SecurityGroupIds": [self.group_id],
            **changes,
        }

    def run_instances(self, place: dict[str, Any] | None = None, **changes: Any) -> list[str]:
        """Create instances and wait until they run; return their ids."""
        created = self.call("RunInstances", **self.instance_params(place, **changes))["InstanceIdSet"]
        self.wait()
        return list(created)

    def run_stopped_instance(self) -> str:
        """Create an instance, stop it and wait; return its id."""
        (instance_id,) = self.run_instances()
        self.call("StopInstances", InstanceIds=[instance_id])
        self.wait()
        return instance_id

    def describe_instance(self, instance_id: str) -> dict[str, Any]:
        """Return an instance as it is described now."""
        (shown,) = self.call("DescribeInstances", InstanceIds=[instance_id])["InstanceSet"]
        return dict(shown)

    def find_instances(self, name: str, *values: str) -> set[str]:
        """Return the ids of the instances that a filter finds."""
        reply = self.call("DescribeInstances", Filters=[{"Name": name, "Values": list(values)}])
        return {shown["InstanceId"] for shown in reply["InstanceSet"]}
