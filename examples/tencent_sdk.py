"""The life of an elastic network interface on Tencent Cloud, told by its Python SDK.

Start the emulator with ``duolect serve`` and run ``python -m examples.tencent_sdk``.
Nothing here is made for an emulator but the ``HttpProfile``.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from examples.story import ENDPOINT, Building, Setting, Step, changes, tell, wait
from tencentcloud.common.abstract_model import AbstractModel
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.cvm.v20170312 import models as cvm_models
from tencentcloud.cvm.v20170312.cvm_client import CvmClient
from tencentcloud.vpc.v20170312 import models as vpc_models
from tencentcloud.vpc.v20170312.vpc_client import VpcClient

TITLE = "Tencent Cloud, by tencentcloud-sdk-python"
REGION = "ap-guangzhou"
HERE, ELSEWHERE = "ap-guangzhou-3", "ap-guangzhou-4"


def story(endpoint: str = ENDPOINT) -> Iterator[Step]:
    """Create an interface, have it refused in another zone, attach it in its own, take it down again."""
    credential = Credential("AKIDTencentExample", "any-secret-will-do")
    profile = ClientProfile(httpProfile=HttpProfile(endpoint=endpoint, protocol="http"))
    vpc, cvm = VpcClient(credential, REGION, profile), CvmClient(credential, REGION, profile)
    setting = yield from build(vpc, cvm)
    yield from live(vpc, setting)
    yield from tidy_up(vpc, cvm, setting)


def ask(method: Callable[..., Any], request: AbstractModel, **parameters: object) -> Any:  # noqa: ANN401 - replies
    """Fill in a request, send it, and return the reply."""
    request.from_json_string(json.dumps(parameters))
    return method(request)


def build(vpc: VpcClient, cvm: CvmClient) -> Building:
    """Build a network with a subnet and an instance in each of two zones."""
    made = ask(vpc.CreateVpc, vpc_models.CreateVpcRequest(), VpcName="example", CidrBlock="10.0.0.0/16")
    vpc_id = made.Vpc.VpcId
    yield Step("CreateVpc", "10.0.0.0/16", vpc_id, backdrop=True)

    subnet_ids = []
    for zone, block in ((HERE, "10.0.1.0/24"), (ELSEWHERE, "10.0.2.0/24")):
        made = ask(
            vpc.CreateSubnet,
            vpc_models.CreateSubnetRequest(),
            VpcId=vpc_id,
            SubnetName=zone,
            Zone=zone,
            CidrBlock=block,
        )
        subnet_ids.append(made.Subnet.SubnetId)
        yield Step("CreateSubnet", f"in {zone}", subnet_ids[-1], backdrop=True)

    made = ask(
        vpc.CreateSecurityGroup,
        vpc_models.CreateSecurityGroupRequest(),
        GroupName="web",
        GroupDescription="an example",
    )
    group_id = made.SecurityGroup.SecurityGroupId
    yield Step("CreateSecurityGroup", "", group_id, backdrop=True)

    instance_ids = []
    for name, zone, subnet_id in zip(("near", "far"), (HERE, ELSEWHERE), subnet_ids, strict=True):
        started = ask(
            cvm.RunInstances,
            cvm_models.RunInstancesRequest(),
            InstanceType="S5.MEDIUM4",
            ImageId="img-487zeit5",
            Placement={"Zone": zone},
            VirtualPrivateCloud={"VpcId": vpc_id, "SubnetId": subnet_id},
            SecurityGroupIds=[group_id],
            InstanceName=name,
        )
        instance_ids += started.InstanceIdSet
        yield Step("RunInstances", f"the {name} one", instance_ids[-1], backdrop=True)
    state = wait(lambda: states(cvm, instance_ids), "RUNNING")
    yield Step("DescribeInstances", "until both are up", state, backdrop=True)
    return Setting(vpc_id, subnet_ids, group_id, instance_ids)


def states(cvm: CvmClient, instance_ids: list[str]) -> str:
    """Return the instances' state, in one word where they have the same."""
    reply = ask(cvm.DescribeInstances, cvm_models.DescribeInstancesRequest(), InstanceIds=instance_ids)
    return " ".join({instance.InstanceState for instance in reply.InstanceSet}) or "gone"


def live(vpc: VpcClient, setting: Setting) -> Iterator[Step]:
    """Create an interface, attach it, detach it, delete it, and watch what becomes of it."""
    near, far = setting.instance_ids
    created = ask(
        vpc.CreateNetworkInterface,
        vpc_models.CreateNetworkInterfaceRequest(),
        VpcId=setting.network_id,
        SubnetId=setting.subnet_ids[0],
        NetworkInterfaceName="second",
        SecurityGroupIds=[setting.group_id],
    ).NetworkInterface
    interface_id = created.NetworkInterfaceId
    yield Step("CreateNetworkInterface", f"in {HERE}", interface_id, created.State)

    def seen() -> tuple[str, str]:
        request = vpc_models.DescribeNetworkInterfacesRequest()
        found = ask(vpc.DescribeNetworkInterfaces, request, NetworkInterfaceIds=[interface_id])
        for shown in found.NetworkInterfaceSet:
            place = f"Attachment {shown.Attachment.InstanceId}" if shown.Attachment else "no Attachment"
            return shown.State, place
        return "gone", "not found"

    def watch(until: str) -> Iterator[Step]:
        for state, place in changes(seen, lambda now: now[0] == until):
            attached = state == "AVAILABLE" and place != "no Attachment"
            yield Step("DescribeNetworkInterfaces", "", place, f"{state}, attached" if attached else state)

    def task(request_id: str) -> Step:
        """Ask how the task stands that an earlier request began: its id is that request's id."""
        reply = ask(vpc.DescribeVpcTaskResult, vpc_models.DescribeVpcTaskResultRequest(), TaskId=request_id)
        return Step("DescribeVpcTaskResult", "of that request", reply.Status)

    yield from watch("AVAILABLE")

    request = vpc_models.AttachNetworkInterfaceRequest()
    try:
        ask(vpc.AttachNetworkInterface, request, NetworkInterfaceId=interface_id, InstanceId=far)
    except TencentCloudSDKException as error:
        refused = f"{error.code}: {error.message}"
        yield Step("AttachNetworkInterface", "to the far one", "refused", seen()[0], refused)

    attached = ask(vpc.AttachNetworkInterface, request, NetworkInterfaceId=interface_id, InstanceId=near)
    yield Step("AttachNetworkInterface", "to the near one", "accepted")
    yield task(attached.RequestId)
    yield from watch("AVAILABLE")
    yield task(attached.RequestId)

    request = vpc_models.DetachNetworkInterfaceRequest()
    detached = ask(vpc.DetachNetworkInterface, request, NetworkInterfaceId=interface_id, InstanceId=near)
    yield Step("DetachNetworkInterface", "", "accepted")
    yield task(detached.RequestId)
    yield from watch("AVAILABLE")
    yield task(detached.RequestId)

    request = vpc_models.DeleteNetworkInterfaceRequest()
    ask(vpc.DeleteNetworkInterface, request, NetworkInterfaceId=interface_id)
    yield Step("DeleteNetworkInterface", "", "accepted")
    yield from watch("gone")


def tidy_up(vpc: VpcClient, cvm: CvmClient, setting: Setting) -> Iterator[Step]:
    """Delete everything else, from the top down."""
    request = cvm_models.TerminateInstancesRequest()
    ask(cvm.TerminateInstances, request, InstanceIds=setting.instance_ids)
    state = wait(lambda: states(cvm, setting.instance_ids), "gone")
    yield Step("TerminateInstances", "both", state, backdrop=True)
    request = vpc_models.DeleteSecurityGroupRequest()
    ask(vpc.DeleteSecurityGroup, request, SecurityGroupId=setting.group_id)
    yield Step("DeleteSecurityGroup", "", "gone", backdrop=True)
    for subnet_id in setting.subnet_ids:
        ask(vpc.DeleteSubnet, vpc_models.DeleteSubnetRequest(), SubnetId=subnet_id)
    yield Step("DeleteSubnet", "both", "gone", backdrop=True)
    ask(vpc.DeleteVpc, vpc_models.DeleteVpcRequest(), VpcId=setting.network_id)
    yield Step("DeleteVpc", "", "gone", backdrop=True)


if __name__ == "__main__":
    tell(TITLE, story())
