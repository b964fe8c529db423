"""An account of Alibaba Cloud on the server, as programs use it by the official SDK."""

import json
from typing import Any

from tests.consumers.program_account import ProgramAccount
from tests.contract.polling import poll
from tests.contract.requirements import require
from tests.contract.sdks.alibaba import IMAGE, REGION, ZONE, Sdk, ecs_models, vpc_models
from tests.contract.server import Server

from duolect.client import Duolect

exceptions = require("alibabacloud_tea_openapi.exceptions")
Lost = require("darabonba.exceptions").UnretryableException
Refused = exceptions.ClientException


class AlibabaProgram(ProgramAccount):
    """The SDK, called by the vendor's names; a reply is the vendor's tree, as the SDK understood it."""

    cloud = "alibaba"

    def __init__(self, server: Server, access_key: str, **config: Any) -> None:
        super().__init__(access_key, Duolect(server.url))
        self.sdk = sdk = Sdk(server.address, access_key, **config)
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

    # -- what many programs ask -----------------------------------------------------------------------

    def describe_interfaces(self, **criteria: Any) -> list[dict[str, Any]]:
        found = self.ecs("DescribeNetworkInterfaces", **criteria)["NetworkInterfaceSets"]
        return list(found["NetworkInterfaceSet"])

    def describe_interface(self, interface_id: str) -> dict[str, Any] | None:
        found = self.describe_interfaces(NetworkInterfaceId=[interface_id])
        return found[0] if found else None

    def interface_status(self, interface_id: str) -> str | None:
        found = self.describe_interface(interface_id)
        return found["Status"] if found else None

    def private_addresses(self, interface_id: str) -> list[str]:
        found = self.describe_interface(interface_id)
        assert found is not None
        return [each["PrivateIpAddress"] for each in found["PrivateIpSets"]["PrivateIpSet"]]

    def describe_vswitch(self, vswitch_id: str) -> dict[str, Any]:
        (found,) = self.vpc("DescribeVSwitches", VSwitchId=vswitch_id)["VSwitches"]["VSwitch"]
        return dict(found)

    def instance_status(self, instance_id: str) -> str | None:
        found = self.ecs("DescribeInstances", InstanceIds=json.dumps([instance_id]))["Instances"][
            "Instance"
        ]
        return found[0]["Status"] if found else None

    # -- what they need---------------------------------------------------------------------------

    def create_network(self, *blocks: str) -> tuple[str, list[str], str]:
        """Return a VPC, a vSwitch for each block, and a group."""
        vpc_id = self.vpc("CreateVpc", CidrBlock="10.0.0.0/16")["VpcId"]
        poll(lambda: self.vpc("DescribeVpcs", VpcId=vpc_id)["Vpcs"]["Vpc"][0]["Status"], "Available")
        vswitches = []
        for block in blocks:
            params = {"VpcId": vpc_id, "ZoneId": ZONE, "CidrBlock": block}
            vswitches.append(self.vpc("CreateVSwitch", **params)["VSwitchId"])
            poll(lambda: self.describe_vswitch(vswitches[-1])["Status"], "Available")
        group_id = self.ecs("CreateSecurityGroup", VpcId=vpc_id)["SecurityGroupId"]
        return vpc_id, vswitches, group_id

    def run_node(self, vswitch_id: str, group_id: str, type_name: str = "ecs.g7.xlarge") -> str:
        params = {"VSwitchId": vswitch_id, "SecurityGroupId": group_id, "InstanceType": type_name}
        (node,) = self.ecs("RunInstances", ImageId=IMAGE, **params)["InstanceIdSets"]["InstanceIdSet"]
        poll(lambda: self.instance_status(node), "Running")
        return str(node)
