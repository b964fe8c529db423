"""An account of Tencent Cloud on the server, as programs use it by the official SDK."""

from typing import Any

from tests.consumers.program_account import ProgramAccount
from tests.contract.polling import poll
from tests.contract.sdks.tencent import ZONE, Refused, Sdk
from tests.contract.server import Server

from duolect.client import Duolect


class TencentProgram(ProgramAccount):
    """The SDK, with what many programs ask."""

    cloud = "tencent"

    def __init__(self, server: Server, access_key: str, **profile: Any) -> None:
        super().__init__(access_key, Duolect(server.url))
        self.sdk = Sdk(server.address, access_key, **profile)
        self.vpc = self.sdk.vpc
        self.cvm = self.sdk.cvm

    def refusal(self, action: str, **params: Any) -> str:
        """Call an action of vpc and return the code of its refusal, or an empty text."""
        try:
            self.vpc(action, **params)
        except Refused as refused:
            return str(refused.code)
        return ""

    def describe_interface(self, interface_id: str) -> Any:
        found = self.vpc("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])
        return found.NetworkInterfaceSet[0] if found.TotalCount else None

    def is_available(self, interface_id: str) -> bool:
        """Say whether the interface and all its addresses are AVAILABLE."""
        shown = self.describe_interface(interface_id)
        states = [each.State for each in shown.PrivateIpAddressSet]
        assert None not in states
        return {shown.State, *states} == {"AVAILABLE"}

    def attached_to(self, interface_id: str) -> str:
        """Return the instance that an interface at rest is attached to, or an empty text."""
        shown = self.describe_interface(interface_id)
        return shown.Attachment.InstanceId if shown.State == "AVAILABLE" and shown.Attachment else ""

    def wait_for_task(self, reply: Any) -> str:
        """Wait for as long as the task of a call is RUNNING; the id of the request is the task's."""
        while True:
            status = self.vpc("DescribeVpcTaskResult", TaskId=reply.RequestId).Status
            if status != "RUNNING":
                return str(status)

    def private_addresses(self, interface_id: str) -> list[str]:
        return [each.PrivateIpAddress for each in self.describe_interface(interface_id).PrivateIpAddressSet]

    def create_network(self) -> tuple[str, str, str]:
        vpc = self.vpc("CreateVpc", VpcName="net", CidrBlock="10.0.0.0/16").Vpc
        assert vpc.IsDefault is False
        place = {"VpcId": vpc.VpcId, "Zone": ZONE, "CidrBlock": "10.0.0.0/24"}
        subnet_id = self.vpc("CreateSubnet", SubnetName="nodes", **place).Subnet.SubnetId
        group = self.vpc("CreateSecurityGroup", GroupName="nodes", GroupDescription="of nodes")
        return vpc.VpcId, subnet_id, group.SecurityGroup.SecurityGroupId

    def run_node(self, vpc_id: str, subnet_id: str, group_id: str) -> str:
        (instance_id,) = self.cvm(
            "RunInstances",
            ImageId="img-487zeit5",
            InstanceType="S5.LARGE8",
            Placement={"Zone": ZONE},
            VirtualPrivateCloud={"VpcId": vpc_id, "SubnetId": subnet_id},
            SecurityGroupIds=[group_id],
        ).InstanceIdSet
        poll(lambda: self.instance_state(instance_id), "RUNNING")
        return str(instance_id)

    def instance_state(self, instance_id: str) -> str | None:
        found = self.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
        return found[0].InstanceState if found else None
