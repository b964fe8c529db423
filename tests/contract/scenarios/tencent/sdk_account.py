"""An account of Tencent Cloud on the server, furnished by the vendor's SDK as far as a call needs it."""

from functools import cached_property
from typing import Any

from tests.contract.polling import poll
from tests.contract.sdks.tencent import ZONE, Refused, Sdk
from tests.harness import ApiError

CITY = {"Key": "city", "Value": "shanghai"}
"""The tag of what an account is furnished with, but for its interface."""


class SdkAccount:
    """A network, a group, an instance and an interface, each made when first asked for.

    ``stack``, set before that, is the IP stack of the network and the subnet.
    """

    def __init__(self, sdk: Sdk) -> None:
        self.vpc = sdk.vpc
        self.cvm = sdk.cvm
        self.cbs = sdk.cbs
        self.tag = sdk.tag
        self.sts = sdk.sts
        self.cam = sdk.cam
        self.api = sdk.api
        self.stack: str | None = None

    @cached_property
    def vpc_id(self) -> str:
        shop = {"VpcName": "shop", "CidrBlock": "10.0.0.0/16", "StackType": self.stack}
        made: str = self.vpc("CreateVpc", Tags=[CITY], **shop).Vpc.VpcId
        return made

    @cached_property
    def subnet_id(self) -> str:
        made: str = self.vpc(
            "CreateSubnet",
            VpcId=self.vpc_id,
            SubnetName="web",
            Zone=ZONE,
            CidrBlock="10.0.0.0/24",
            StackType=self.stack,
            Tags=[CITY],
        ).Subnet.SubnetId
        return made

    @cached_property
    def group_id(self) -> str:
        texts = {"GroupName": "web", "GroupDescription": "web servers"}
        made = self.vpc("CreateSecurityGroup", Tags=[CITY], **texts)
        group_id: str = made.SecurityGroup.SecurityGroupId
        return group_id

    @cached_property
    def instance_id(self) -> str:
        return self.new_instance()

    def new_instance(self, **more: Any) -> str:
        """Run an instance with further parameters, and wait until it is running."""
        (instance_id,) = self.cvm(
            "RunInstances",
            ImageId="img-487zeit5",
            InstanceType="S5.MEDIUM4",
            Placement={"Zone": ZONE},
            VirtualPrivateCloud={"VpcId": self.vpc_id, "SubnetId": self.subnet_id},
            SecurityGroupIds=[self.group_id],
            TagSpecification=[{"ResourceType": "instance", "Tags": [CITY]}],
            **more,
        ).InstanceIdSet
        poll(lambda: self.instance_state(instance_id), "RUNNING")
        return str(instance_id)

    def instance_state(self, instance_id: str) -> str | None:
        found = self.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
        return found[0].InstanceState if found else None

    @cached_property
    def interface_id(self) -> str:
        return self.new_interface()

    def new_interface(self) -> str:
        made = self.vpc(
            "CreateNetworkInterface",
            VpcId=self.vpc_id,
            SubnetId=self.subnet_id,
            NetworkInterfaceName="second",
            SecurityGroupIds=[self.group_id],
        )
        self.wait_for_task(made.RequestId)
        interface_id: str = made.NetworkInterface.NetworkInterfaceId
        return interface_id

    def wait_for_task(self, request_id: str) -> None:
        """Wait for the task that a request began."""
        poll(lambda: self.vpc("DescribeVpcTaskResult", TaskId=request_id).Status, "SUCCESS")

    def refusal(self, action: str, **parameters: Any) -> str:
        """Call an action of vpc; return the code with which it is refused."""
        try:
            self.vpc(action, **parameters)
        except (ApiError, Refused) as refused:
            return str(refused.code)
        raise AssertionError(f"{action} is not refused")

    def attach_interface(self) -> str:
        """Begin to attach the interface to the instance; return the id of the task."""
        reply = self.vpc(
            "AttachNetworkInterface", NetworkInterfaceId=self.interface_id, InstanceId=self.instance_id
        )
        request_id: str = reply.RequestId
        return request_id

    def describe_interfaces(self, **filters: str) -> Any:
        """List interfaces by filters whose names are written with underscores."""
        chosen = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
        return self.vpc("DescribeNetworkInterfaces", Filters=chosen).NetworkInterfaceSet
