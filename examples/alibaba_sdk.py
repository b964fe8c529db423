"""The life of an elastic network interface on Alibaba Cloud, told by its Python SDK.

Start the emulator with ``duolect serve`` and run ``python -m examples.alibaba_sdk``.
Nothing here is made for an emulator but ``endpoint`` and ``protocol``.
"""

import json
from collections.abc import Iterator

from alibabacloud_ecs20140526 import models as ecs_models
from alibabacloud_ecs20140526.client import Client as EcsClient
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.models import Config
from alibabacloud_vpc20160428 import models as vpc_models
from alibabacloud_vpc20160428.client import Client as VpcClient
from examples.story import ENDPOINT, Building, Setting, Step, changes, tell, wait

TITLE = "Alibaba Cloud, by alibabacloud-ecs20140526 and alibabacloud-vpc20160428"
REGION = "cn-hangzhou"
HERE, ELSEWHERE = "cn-hangzhou-h", "cn-hangzhou-i"


def story(endpoint: str = ENDPOINT) -> Iterator[Step]:
    """Create an interface, have it refused in another zone, attach it in its own, take it down again."""
    config = Config(
        access_key_id="LTAI5tAlibabaExample",
        access_key_secret="any secret will do",  # noqa: S106
        region_id=REGION,
        endpoint=endpoint,
        protocol="http",
    )
    ecs, vpc = EcsClient(config), VpcClient(config)
    setting = yield from build(ecs, vpc)
    yield from live(ecs, setting)
    yield from tidy_up(ecs, vpc, setting)


def build(ecs: EcsClient, vpc: VpcClient) -> Building:
    """Build a network with a vSwitch and an instance in each of two zones."""
    vpc_id = vpc.create_vpc(
        vpc_models.CreateVpcRequest(region_id=REGION, cidr_block="10.0.0.0/16")
    ).body.vpc_id
    yield Step("CreateVpc", "10.0.0.0/16", vpc_id, backdrop=True)
    status = wait(lambda: vpc_status(vpc, vpc_id), "Available")
    yield Step("DescribeVpcs", "until it is there", status, backdrop=True)

    vswitch_ids = []
    for zone, block in ((HERE, "10.0.1.0/24"), (ELSEWHERE, "10.0.2.0/24")):
        created = vpc.create_vswitch(
            vpc_models.CreateVSwitchRequest(region_id=REGION, vpc_id=vpc_id, zone_id=zone, cidr_block=block)
        ).body
        yield Step("CreateVSwitch", f"in {zone}", created.v_switch_id, backdrop=True)
        vswitch_ids.append(created.v_switch_id)
        # A VPC creates its vSwitches one by one.
        status = wait(lambda: vswitch_statuses(vpc, vpc_id), "Available")
        yield Step("DescribeVSwitches", "until it is there", status, backdrop=True)

    group_id = ecs.create_security_group(
        ecs_models.CreateSecurityGroupRequest(region_id=REGION, vpc_id=vpc_id)
    ).body.security_group_id
    yield Step("CreateSecurityGroup", "", group_id, backdrop=True)

    instance_ids = []
    for name, vswitch_id in zip(("near", "far"), vswitch_ids, strict=True):
        started = ecs.run_instances(
            ecs_models.RunInstancesRequest(
                region_id=REGION,
                instance_type="ecs.g7.large",
                image_id="aliyun_3_x64_20G_alibase_20240528.vhd",
                v_switch_id=vswitch_id,
                security_group_id=group_id,
                instance_name=name,
            )
        ).body
        instance_ids += started.instance_id_sets.instance_id_set
        yield Step("RunInstances", f"the {name} one", instance_ids[-1], backdrop=True)
    status = wait(lambda: statuses(ecs, instance_ids), "Running")
    yield Step("DescribeInstances", "until both are up", status, backdrop=True)
    return Setting(vpc_id, vswitch_ids, group_id, instance_ids)


def vpc_status(vpc: VpcClient, vpc_id: str) -> str:
    """Return the status of a VPC."""
    request = vpc_models.DescribeVpcsRequest(region_id=REGION, vpc_id=vpc_id)
    return " ".join(shown.status for shown in vpc.describe_vpcs(request).body.vpcs.vpc) or "gone"


def vswitch_statuses(vpc: VpcClient, vpc_id: str, vswitch_id: str | None = None) -> str:
    """Return the status of the vSwitches of a VPC, or of one of them, in one word where it is the same."""
    request = vpc_models.DescribeVSwitchesRequest(region_id=REGION, vpc_id=vpc_id, v_switch_id=vswitch_id)
    found = vpc.describe_vswitches(request).body.v_switches.v_switch
    return " ".join({vswitch.status for vswitch in found}) or "gone"


def statuses(ecs: EcsClient, instance_ids: list[str]) -> str:
    """Return the instances' status, in one word where they have the same."""
    request = ecs_models.DescribeInstancesRequest(region_id=REGION, instance_ids=json.dumps(instance_ids))
    found = ecs.describe_instances(request).body.instances.instance
    return " ".join({instance.status for instance in found}) or "gone"


def live(ecs: EcsClient, setting: Setting) -> Iterator[Step]:
    """Create an interface, attach it, detach it, delete it, and watch what becomes of it."""
    near, far = setting.instance_ids
    created = ecs.create_network_interface(
        ecs_models.CreateNetworkInterfaceRequest(
            region_id=REGION,
            v_switch_id=setting.subnet_ids[0],
            security_group_ids=[setting.group_id],
            secondary_private_ip_address_count=1,
        )
    ).body
    interface_id = created.network_interface_id
    yield Step("CreateNetworkInterface", f"in {HERE}", interface_id, created.status)

    def seen() -> tuple[str, str]:
        request = ecs_models.DescribeNetworkInterfacesRequest(
            region_id=REGION, network_interface_id=[interface_id]
        )
        found = ecs.describe_network_interfaces(request).body.network_interface_sets.network_interface_set
        return (found[0].status, found[0].instance_id or "no instance") if found else ("gone", "not found")

    def watch(until: str) -> Iterator[Step]:
        for status, place in changes(seen, lambda now: now[0] == until):
            yield Step("DescribeNetworkInterfaces", "", place, status)

    attach = ecs_models.AttachNetworkInterfaceRequest(
        region_id=REGION, network_interface_id=interface_id, instance_id=far
    )
    try:
        ecs.attach_network_interface(attach)
    except ClientException as error:
        refused = f"{error.code}: {error.data['Message']}"
        answered = f"refused, HTTP {error.status_code}"
        yield Step("AttachNetworkInterface", "to the far one", answered, seen()[0], refused)

    attach.instance_id = near
    ecs.attach_network_interface(attach)
    yield Step("AttachNetworkInterface", "to the near one", "accepted")
    yield from watch("InUse")

    ecs.detach_network_interface(
        ecs_models.DetachNetworkInterfaceRequest(
            region_id=REGION, network_interface_id=interface_id, instance_id=near
        )
    )
    yield Step("DetachNetworkInterface", "", "accepted")
    yield from watch("Available")

    ecs.delete_network_interface(
        ecs_models.DeleteNetworkInterfaceRequest(region_id=REGION, network_interface_id=interface_id)
    )
    yield Step("DeleteNetworkInterface", "", "accepted")
    yield from watch("gone")


def tidy_up(ecs: EcsClient, vpc: VpcClient, setting: Setting) -> Iterator[Step]:
    """Delete everything else, from the top down."""
    for instance_id in setting.instance_ids:
        ecs.delete_instance(ecs_models.DeleteInstanceRequest(instance_id=instance_id, force=True))
    status = wait(lambda: statuses(ecs, setting.instance_ids), "gone")
    yield Step("DeleteInstance", "both", status, backdrop=True)
    ecs.delete_security_group(
        ecs_models.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=setting.group_id)
    )
    yield Step("DeleteSecurityGroup", "", "gone", backdrop=True)
    for vswitch_id in setting.subnet_ids:
        vpc.delete_vswitch(vpc_models.DeleteVSwitchRequest(region_id=REGION, v_switch_id=vswitch_id))
        # A VPC deletes its vSwitches one by one, and goes only after the last of them.
        status = wait(lambda: vswitch_statuses(vpc, setting.network_id, vswitch_id), "gone")  # noqa: B023
    yield Step("DeleteVSwitch", "both", status, backdrop=True)
    vpc.delete_vpc(vpc_models.DeleteVpcRequest(region_id=REGION, vpc_id=setting.network_id))
    status = wait(lambda: vpc_status(vpc, setting.network_id), "gone")
    yield Step("DeleteVpc", "", status, backdrop=True)


if __name__ == "__main__":
    tell(TITLE, story())
