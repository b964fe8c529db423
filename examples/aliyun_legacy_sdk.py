"""The life of an elastic network interface on Alibaba Cloud, told by its older Python SDK.

Start the emulator with ``duolect serve`` and run ``python -m examples.aliyun_legacy_sdk``.
Nothing here is made for an emulator but the two calls of ``add_endpoint``.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import RpcRequest
from aliyunsdkecs.request.v20140526.AttachNetworkInterfaceRequest import AttachNetworkInterfaceRequest
from aliyunsdkecs.request.v20140526.CreateNetworkInterfaceRequest import CreateNetworkInterfaceRequest
from aliyunsdkecs.request.v20140526.CreateSecurityGroupRequest import CreateSecurityGroupRequest
from aliyunsdkecs.request.v20140526.DeleteInstanceRequest import DeleteInstanceRequest
from aliyunsdkecs.request.v20140526.DeleteNetworkInterfaceRequest import DeleteNetworkInterfaceRequest
from aliyunsdkecs.request.v20140526.DeleteSecurityGroupRequest import DeleteSecurityGroupRequest
from aliyunsdkecs.request.v20140526.DescribeInstancesRequest import DescribeInstancesRequest
from aliyunsdkecs.request.v20140526.DescribeNetworkInterfacesRequest import (
    DescribeNetworkInterfacesRequest,
)
from aliyunsdkecs.request.v20140526.DetachNetworkInterfaceRequest import DetachNetworkInterfaceRequest
from aliyunsdkecs.request.v20140526.RunInstancesRequest import RunInstancesRequest
from aliyunsdkvpc.request.v20160428.CreateVpcRequest import CreateVpcRequest
from aliyunsdkvpc.request.v20160428.CreateVSwitchRequest import CreateVSwitchRequest
from aliyunsdkvpc.request.v20160428.DeleteVpcRequest import DeleteVpcRequest
from aliyunsdkvpc.request.v20160428.DeleteVSwitchRequest import DeleteVSwitchRequest
from aliyunsdkvpc.request.v20160428.DescribeVpcsRequest import DescribeVpcsRequest
from aliyunsdkvpc.request.v20160428.DescribeVSwitchesRequest import DescribeVSwitchesRequest
from examples.story import ENDPOINT, Building, Setting, Step, changes, tell, wait

TITLE = "Alibaba Cloud, by aliyun-python-sdk-ecs and aliyun-python-sdk-vpc"
REGION = "cn-hangzhou"
HERE, ELSEWHERE = "cn-hangzhou-h", "cn-hangzhou-i"

Ask = Callable[..., dict[str, Any]]


def story(endpoint: str = ENDPOINT) -> Iterator[Step]:
    """Create an interface, have it refused in another zone, attach it in its own, take it down again."""
    client = AcsClient("LTAI5tLegacyExample", "any secret will do", REGION)
    client.add_endpoint(REGION, "Ecs", endpoint)
    client.add_endpoint(REGION, "Vpc", endpoint)

    def ask(request: RpcRequest, **parameters: object) -> dict[str, Any]:
        for name, value in parameters.items():
            getattr(request, f"set_{name}")(value)
        reply: dict[str, Any] = json.loads(client.do_action_with_exception(request))
        return reply

    setting = yield from build(ask)
    yield from live(ask, setting)
    yield from tidy_up(ask, setting)


def build(ask: Ask) -> Building:
    """Build a network with a vSwitch and an instance in each of two zones."""
    vpc_id = ask(CreateVpcRequest(), CidrBlock="10.0.0.0/16")["VpcId"]
    yield Step("CreateVpc", "10.0.0.0/16", vpc_id, backdrop=True)
    status = wait(lambda: vpc_status(ask, vpc_id), "Available")
    yield Step("DescribeVpcs", "until it is there", status, backdrop=True)

    vswitch_ids = []
    for zone, block in ((HERE, "10.0.1.0/24"), (ELSEWHERE, "10.0.2.0/24")):
        created = ask(CreateVSwitchRequest(), VpcId=vpc_id, ZoneId=zone, CidrBlock=block)
        yield Step("CreateVSwitch", f"in {zone}", created["VSwitchId"], backdrop=True)
        vswitch_ids.append(created["VSwitchId"])
        # A VPC creates its vSwitches one by one.
        status = wait(lambda: vswitch_statuses(ask, VpcId=vpc_id), "Available")
        yield Step("DescribeVSwitches", "until it is there", status, backdrop=True)

    group_id = ask(CreateSecurityGroupRequest(), VpcId=vpc_id)["SecurityGroupId"]
    yield Step("CreateSecurityGroup", "", group_id, backdrop=True)

    instance_ids = []
    for name, vswitch_id in zip(("near", "far"), vswitch_ids, strict=True):
        started = ask(
            RunInstancesRequest(),
            InstanceType="ecs.g7.large",
            ImageId="aliyun_3_x64_20G_alibase_20240528.vhd",
            VSwitchId=vswitch_id,
            SecurityGroupId=group_id,
            InstanceName=name,
        )
        instance_ids += started["InstanceIdSets"]["InstanceIdSet"]
        yield Step("RunInstances", f"the {name} one", instance_ids[-1], backdrop=True)
    status = wait(lambda: statuses(ask, instance_ids), "Running")
    yield Step("DescribeInstances", "until both are up", status, backdrop=True)
    return Setting(vpc_id, vswitch_ids, group_id, instance_ids)


def vpc_status(ask: Ask, vpc_id: str) -> str:
    """Return the status of a VPC."""
    return (
        " ".join(vpc["Status"] for vpc in ask(DescribeVpcsRequest(), VpcId=vpc_id)["Vpcs"]["Vpc"]) or "gone"
    )


def vswitch_statuses(ask: Ask, **which: str) -> str:
    """Return the status of vSwitches, in one word where it is the same."""
    found = ask(DescribeVSwitchesRequest(), **which)["VSwitches"]["VSwitch"]
    return " ".join({vswitch["Status"] for vswitch in found}) or "gone"


def statuses(ask: Ask, instance_ids: list[str]) -> str:
    """Return the instances' status, in one word where they have the same."""
    found = ask(DescribeInstancesRequest(), InstanceIds=json.dumps(instance_ids))["Instances"]["Instance"]
    return " ".join({instance["Status"] for instance in found}) or "gone"


def live(ask: Ask, setting: Setting) -> Iterator[Step]:
    """Create an interface, attach it, detach it, delete it, and watch what becomes of it."""
    near, far = setting.instance_ids
    created = ask(
        CreateNetworkInterfaceRequest(),
        VSwitchId=setting.subnet_ids[0],
        SecurityGroupIdss=[setting.group_id],
    )
    interface_id = created["NetworkInterfaceId"]
    yield Step("CreateNetworkInterface", f"in {HERE}", interface_id, created["Status"])

    def seen() -> tuple[str, str]:
        reply = ask(DescribeNetworkInterfacesRequest(), NetworkInterfaceIds=[interface_id])
        for shown in reply["NetworkInterfaceSets"]["NetworkInterfaceSet"]:
            return shown["Status"], shown["InstanceId"] or "no instance"
        return "gone", "not found"

    def watch(until: str) -> Iterator[Step]:
        for status, place in changes(seen, lambda now: now[0] == until):
            yield Step("DescribeNetworkInterfaces", "", place, status)

    try:
        ask(AttachNetworkInterfaceRequest(), NetworkInterfaceId=interface_id, InstanceId=far)
    except ServerException as error:
        refused = f"{error.get_error_code()}: {error.get_error_msg()}"
        answered = f"refused, HTTP {error.get_http_status()}"
        yield Step("AttachNetworkInterface", "to the far one", answered, seen()[0], refused)

    ask(AttachNetworkInterfaceRequest(), NetworkInterfaceId=interface_id, InstanceId=near)
    yield Step("AttachNetworkInterface", "to the near one", "accepted")
    yield from watch("InUse")

    ask(DetachNetworkInterfaceRequest(), NetworkInterfaceId=interface_id, InstanceId=near)
    yield Step("DetachNetworkInterface", "", "accepted")
    yield from watch("Available")

    ask(DeleteNetworkInterfaceRequest(), NetworkInterfaceId=interface_id)
    yield Step("DeleteNetworkInterface", "", "accepted")
    yield from watch("gone")


def tidy_up(ask: Ask, setting: Setting) -> Iterator[Step]:
    """Delete everything else, from the top down."""
    for instance_id in setting.instance_ids:
        ask(DeleteInstanceRequest(), InstanceId=instance_id, Force=True)
    status = wait(lambda: statuses(ask, setting.instance_ids), "gone")
    yield Step("DeleteInstance", "both", status, backdrop=True)
    ask(DeleteSecurityGroupRequest(), SecurityGroupId=setting.group_id)
    yield Step("DeleteSecurityGroup", "", "gone", backdrop=True)
    for vswitch_id in setting.subnet_ids:
        ask(DeleteVSwitchRequest(), VSwitchId=vswitch_id)
        # A VPC deletes its vSwitches one by one, and goes only after the last of them.
        status = wait(lambda: vswitch_statuses(ask, VSwitchId=vswitch_id), "gone")  # noqa: B023
    yield Step("DeleteVSwitch", "both", status, backdrop=True)
    ask(DeleteVpcRequest(), VpcId=setting.network_id)
    status = wait(lambda: vpc_status(ask, setting.network_id), "gone")
    yield Step("DeleteVpc", "", status, backdrop=True)


if __name__ == "__main__":
    tell(TITLE, story())
