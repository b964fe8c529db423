"""A client of either cloud, for tests of faults that concern both."""

import json

from tests.emulator.resources import create_resources
from tests.harness import emulator

from duolect.faults.rules import FaultRule

CODES = {"alibaba": "InvalidOperation.InvalidEniState", "tencent": "UnsupportedOperation.ZoneMismatch"}
THROTTLED = {"alibaba": "Throttling.User", "tencent": "RequestLimitExceeded"}
EXHAUSTED = {
    "alibaba": "InvalidVSwitchId.IpNotEnough",
    "tencent": "ResourceInsufficient.Subnet",
}


class CloudClient:
    """A client of one cloud that has some resources, with what the clouds call differently."""

    def __init__(self, name, **settings):
        self.name = name
        self.emulator = emulator(**settings)
        self.client = getattr(self.emulator, name)()
        self.resources = create_resources(self.client)
        self.faults = self.emulator.pipeline.faults
        self.graph = self.client.partition.graph

    def add_fault(self, action="*", **more):
        return self.faults.add(FaultRule(cloud=self.name, action=action, **more))

    def call(self, action, **parameters):
        """Send a call and return the pipeline's response, whatever it is."""
        return self.emulator.pipeline.answer(self.client.request(action, **parameters))

    def describe(self):
        return self.call("DescribeNetworkInterfaces")

    def attach(self, interface=None):
        return self.call(
            "AttachNetworkInterface",
            NetworkInterfaceId=interface or self.resources.interface,
            InstanceId=self.resources.instance,
        )

    def create(self, **more):
        if self.name == "alibaba":
            return self.call(
                "CreateNetworkInterface",
                VSwitchId=self.resources.subnet,
                SecurityGroupId=self.resources.group,
                **more,
            )
        name = more.pop("NetworkInterfaceName", "n")
        return self.call(
            "CreateNetworkInterface",
            VpcId=self.resources.network,
            SubnetId=self.resources.subnet,
            NetworkInterfaceName=name,
            **more,
        )

    def interface_state(self):
        """Return the state of the free interface in the graph, whatever an action would show."""
        self.client.partition.settle(self.emulator.clock.now())
        return self.graph.interfaces[self.resources.interface].state

    def shown_status(self, answer):
        """Return the free interface's status in an answer to ``describe``."""
        tree = json.loads(answer.body)
        if self.name == "alibaba":
            sets = tree["NetworkInterfaceSets"]["NetworkInterfaceSet"]
            return {each["NetworkInterfaceId"]: each["Status"] for each in sets}[self.resources.interface]
        sets = tree["Response"]["NetworkInterfaceSet"]
        return {each["NetworkInterfaceId"]: each["State"] for each in sets}[self.resources.interface]


def error_code(answer):
    """Return the error code in an answer; an empty text where it is a success."""
    tree = json.loads(answer.body)
    return tree.get("Code") or tree.get("Response", {}).get("Error", {}).get("Code", "")
