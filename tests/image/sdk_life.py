"""The life of an interface on both clouds by the vendors' Python SDKs, as a program of a user's.

Where DUOLECT_URL is not set, the SDKs call the clouds' own addresses; then a proxy has to lead them astray.
"""

import os
import sys
import time
from urllib.parse import urlsplit

from alibabacloud_ecs20140526 import models as ecs_models
from alibabacloud_ecs20140526.client import Client as Ecs
from alibabacloud_tea_openapi.models import Config
from alibabacloud_vpc20160428 import models as vpc_models
from alibabacloud_vpc20160428.client import Client as Vpc
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vpc.v20170312 import models
from tencentcloud.vpc.v20170312.vpc_client import VpcClient

URL = urlsplit(os.environ.get("DUOLECT_URL", ""))
KEY = "image-" + (URL.scheme or "proxy")
AUTHORITY = os.environ.get("REQUESTS_CA_BUNDLE")
"""Whom to trust: Tencent's SDK, and Alibaba's through a proxy, take it as a setting only."""


def alibaba() -> None:
    """Create a network, a vSwitch, a group and an interface, and delete the interface again."""
    place = {"endpoint": URL.netloc, "protocol": URL.scheme} if URL.netloc else {"protocol": "https"}
    config = Config(
        access_key_id=KEY, access_key_secret="any", region_id="cn-hangzhou", ca=AUTHORITY, **place
    )
    ecs, vpc = Ecs(config), Vpc(config)
    network = vpc.create_vpc(vpc_models.CreateVpcRequest(region_id="cn-hangzhou", cidr_block="10.0.0.0/8"))
    vpc_id = network.body.vpc_id
    described = vpc_models.DescribeVpcsRequest(region_id="cn-hangzhou", vpc_id=vpc_id)
    while vpc.describe_vpcs(described).body.vpcs.vpc[0].status != "Available":
        time.sleep(0.1)
    subnet = vpc.create_vswitch(
        vpc_models.CreateVSwitchRequest(
            region_id="cn-hangzhou", vpc_id=vpc_id, zone_id="cn-hangzhou-h", cidr_block="10.0.0.0/24"
        )
    ).body.v_switch_id
    asked = vpc_models.DescribeVSwitchesRequest(region_id="cn-hangzhou", v_switch_id=subnet)
    while vpc.describe_vswitches(asked).body.v_switches.v_switch[0].status != "Available":
        time.sleep(0.1)
    group = ecs.create_security_group(
        ecs_models.CreateSecurityGroupRequest(region_id="cn-hangzhou", vpc_id=vpc_id)
    ).body.security_group_id
    interface = ecs.create_network_interface(
        ecs_models.CreateNetworkInterfaceRequest(
            region_id="cn-hangzhou", v_switch_id=subnet, security_group_id=group
        )
    ).body.network_interface_id
    listed = ecs_models.DescribeNetworkInterfacesRequest(region_id="cn-hangzhou", v_switch_id=subnet)

    def shown() -> list[str]:
        found = ecs.describe_network_interfaces(listed).body.network_interface_sets.network_interface_set
        return [f"{each.network_interface_id} {each.status}" for each in found]

    while shown() != [f"{interface} Available"]:
        time.sleep(0.1)
    ecs.delete_network_interface(
        ecs_models.DeleteNetworkInterfaceRequest(region_id="cn-hangzhou", network_interface_id=interface)
    )
    while shown():
        time.sleep(0.1)


def tencent() -> None:
    """Create a network, a subnet and an interface, and delete the interface again."""
    http = HttpProfile(protocol=URL.scheme or "https", endpoint=URL.netloc or None, certification=AUTHORITY)
    vpc = VpcClient(Credential(KEY, "any"), "ap-guangzhou", ClientProfile(httpProfile=http))

    def call(name: str, **parameters: object) -> object:
        request = getattr(models, f"{name}Request")()
        for parameter, value in parameters.items():
            setattr(request, parameter, value)
        return getattr(vpc, name)(request)

    network = call("CreateVpc", VpcName="image", CidrBlock="10.0.0.0/16").Vpc.VpcId
    zone = {"Zone": "ap-guangzhou-3", "CidrBlock": "10.0.0.0/24"}
    subnet = call("CreateSubnet", VpcId=network, SubnetName="image", **zone).Subnet.SubnetId
    made = call("CreateNetworkInterface", VpcId=network, SubnetId=subnet, NetworkInterfaceName="image")
    interface = made.NetworkInterface.NetworkInterfaceId

    def shown() -> list[str]:
        found = call("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface]).NetworkInterfaceSet
        return [each.State for each in found]

    while shown() != ["AVAILABLE"]:
        time.sleep(0.1)
    call("DeleteNetworkInterface", NetworkInterfaceId=interface)
    while shown():
        time.sleep(0.1)


if __name__ == "__main__":
    alibaba()
    tencent()
    sys.stdout.write("both lives were led\n")
