"""An account of Alibaba Cloud: its answers are what the official SDK expects, refusals leave no trace."""

import re
from typing import Any

from tests.dialects.alibaba.sdk_models import ECS, VPC, assert_complete, known, models
from tests.dialects.furnished_account import FurnishedAccount
from tests.harness import AlibabaClient, ApiError

from duolect_core.model.instances import Instance

ZONE = "cn-hangzhou-b"


class AlibabaAccount(FurnishedAccount):
    """See ``FurnishedAccount``; ``call`` and ``refusal`` call the actions of the API."""

    cloud = "alibaba"
    type_name = "ecs.g7.large"
    client: AlibabaClient

    def new_client(self, **who: str) -> AlibabaClient:
        return self.emulator.alibaba(**who)

    # -- calls ---------------------------------------------------------------------------------------

    def call(self, action: str, version: str = "", **params: Any) -> dict[str, Any]:
        """Call an action; its answer is what the SDK makes of it, and has all that the SDK knows."""
        version = version or usual_version(action)
        body: dict[str, Any] = self.client.call(action, version, **params)
        model = getattr(models(version), f"{action}ResponseBody")
        assert known(model().from_map(body).to_map(), action) == known(body, action)
        assert_complete(body, model, version)
        return body

    def refusal(self, action: str, version: str = "", **params: Any) -> tuple[str, int]:
        """Return the code and status with which an action is refused; nothing has changed."""
        before = self.dump()
        try:
            self.client.call(action, version or usual_version(action), **params)
        except ApiError as error:
            assert self.dump() == before
            return error.code, error.status
        raise AssertionError(f"{action} is not refused")

    # -- networks and groups ---------------------------------------------------------------------------

    def create_vpc(self, **changes: Any) -> str:
        """Create a VPC and wait; return its id."""
        made = self.call("CreateVpc", **{"CidrBlock": "192.168.0.0/16", **changes})
        self.wait()
        return str(made["VpcId"])

    def create_vswitch(self, vpc_id: str, **changes: Any) -> str:
        """Create a vSwitch and wait; return its id."""
        params = {"VpcId": vpc_id, "ZoneId": ZONE, "CidrBlock": "192.168.1.0/24", **changes}
        made = self.call("CreateVSwitch", **params)
        self.wait()
        return str(made["VSwitchId"])

    def create_group(self, **changes: Any) -> str:
        made = self.call("CreateSecurityGroup", **{"VpcId": self.network.id, **changes})
        return str(made["SecurityGroupId"])

    # -- interfaces ------------------------------------------------------------------------------------

    def interface_params(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good CreateNetworkInterface, with changes; None leaves one out."""
        return {"VSwitchId": self.subnet.id, "SecurityGroupId": self.group.id, **changes}

    def ipv6_interface_params(self, **changes: Any) -> dict[str, Any]:
        """Return the same in a vSwitch with IPv6."""
        subnet = self.add_ipv6_subnet()
        return {"VSwitchId": subnet.id, "SecurityGroupId": self.add_group(subnet).id, **changes}

    def create_interface(self, **changes: Any) -> str:
        answer = self.client.call("CreateNetworkInterface", **self.interface_params(**changes))
        return str(answer["NetworkInterfaceId"])

    def attachment_params(self, interface_id: str, instance: Instance, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good AttachNetworkInterface, with changes."""
        return {"NetworkInterfaceId": interface_id, "InstanceId": instance.id, **changes}

    def describe_interface(self, interface_id: str) -> dict[str, Any]:
        """Return the interface as a second client of the account sees it, or nothing."""
        answer = self.new_client().call("DescribeNetworkInterfaces", NetworkInterfaceId=[interface_id])
        found = answer["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        return found[0] if found else {}

    # -- instances -------------------------------------------------------------------------------------

    def instance_params(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good RunInstances, with changes; None leaves one out."""
        return {
            "ImageId": "m-1",
            "InstanceType": self.type_name,
            "VSwitchId": self.subnet.id,
            "SecurityGroupId": self.group.id,
            **changes,
        }

    def run_instances(self, **changes: Any) -> list[str]:
        """Run instances and wait; return their ids."""
        answer = self.call("RunInstances", **self.instance_params(**changes))
        ids: list[str] = answer["InstanceIdSets"]["InstanceIdSet"]
        self.wait()
        return ids

    def run_instance(self, **changes: Any) -> dict[str, Any]:
        """Run one instance and wait; return what DescribeInstances shows of it."""
        (instance_id,) = self.run_instances(**changes)
        return self.describe_instances(InstanceIds=f'["{instance_id}"]')[0]

    def describe_instances(self, **criteria: Any) -> list[dict[str, Any]]:
        """Return the instances that DescribeInstances lists."""
        found: list[dict[str, Any]] = self.call("DescribeInstances", **criteria)["Instances"]["Instance"]
        return found


def usual_version(action: str) -> str:
    """Return the product in whose version an action is usually called."""
    return VPC if re.search("Vpc|VSwitch", action) else ECS
