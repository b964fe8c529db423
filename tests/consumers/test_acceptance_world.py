"""The example world of the providers' acceptance tests has what their configurations look for.

Sources: tencentcloud/acctest/basic.go of terraform-provider-tencentcloud, whose ids are to be changed to
one's own; the data sources in the acceptance tests of terraform-provider-alicloud.
"""

from pathlib import Path
from typing import Any

import pytest
from tests.harness import Emulator, emulator

WORLD = Path(__file__).parents[2] / "examples" / "worlds" / "acceptance.toml"
VPC = "2016-04-28"


@pytest.fixture
def world() -> Emulator:
    return emulator(world=str(WORLD), default_vpc=True)


def named(**filters: Any) -> list[dict[str, Any]]:
    return [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]


def test_alicloud_finds_its_network_in_every_zone_and_two_resource_groups(world: Emulator) -> None:
    client = world.alibaba()
    vpcs = client.call("DescribeVpcs", VPC)["Vpcs"]["Vpc"]
    (vpc_id,) = (each["VpcId"] for each in vpcs if each["VpcName"] == "default-NODELETING")
    for zone in client.call("DescribeZones")["Zones"]["Zone"]:
        place = {"VpcId": vpc_id, "ZoneId": zone["ZoneId"]}
        assert client.call("DescribeVSwitches", VPC, **place)["TotalCount"] == 1, zone
    groups = client.call("ListResourceGroups", "2020-03-31")["ResourceGroups"]["ResourceGroup"]
    assert len(groups) == 3


def test_tencentcloud_finds_its_networks_groups_images_and_instances(world: Emulator) -> None:
    client = world.tencent()
    default = named(is_default="true", zone="ap-guangzhou-3")
    assert client.call("DescribeSubnets", Filters=default)["TotalCount"] == 1
    tagged = [
        *named(security_group_name="default"),
        {"Name": "tag:fixed_resource", "Values": ["do_not_remove"]},
    ]
    assert client.call("DescribeSecurityGroups", Filters=tagged)["TotalCount"] == 1
    preset = named(security_group_name="test_preset_sg")
    assert client.call("DescribeSecurityGroups", Filters=preset)["TotalCount"] == 1
    images = client.call("DescribeImages", Filters=named(image_type="PRIVATE_IMAGE"))
    assert [each["ImageName"] for each in images["ImageSet"]] == ["keep-image"]
    kept = client.call("DescribeInstances", Filters=named(instance_name="keep-cvm"))
    assert kept["InstanceSet"][0]["InstanceId"] == "ins-8oqqya08"
    assert client.call("DescribeInstances", InstanceIds=["ins-cr2rfq78", "ins-f9jr4bd2"])["TotalCount"] == 2


@pytest.mark.parametrize(
    ("zone", "vpc_id", "subnet_id"),
    [
        ("ap-guangzhou-3", "vpc-86v957zb", "subnet-enm92y0m"),
        ("ap-guangzhou-7", "vpc-l0dw94uh", "subnet-ccj2qg0m"),
        ("ap-guangzhou-7", "DEFAULT", "DEFAULT"),
    ],
)
def test_tencentcloud_runs_its_common_instance(
    world: Emulator, zone: str, vpc_id: str, subnet_id: str
) -> None:
    """As ``InstanceCommonTestCase`` wants it: of the first public image called Final, on the first type."""
    client = world.tencent()
    public = client.call("DescribeImages", Filters=named(image_type="PUBLIC_IMAGE"), Limit=100)["ImageSet"]
    image = next(each["ImageId"] for each in public if "Final" in each["ImageName"])
    families = {"Name": "instance-family", "Values": ["S1", "S2", "S3", "S4", "S5", "SR1", "SA1", "SA2"]}
    types = client.call("DescribeZoneInstanceConfigInfos", Filters=[*named(zone=zone), families])
    sold = [each for each in types["InstanceTypeQuotaSet"] if each["Cpu"] == 2 and each["Status"] == "SELL"]
    (instance_id,) = client.call(
        "RunInstances",
        InstanceName="tf-ci-test",
        Placement={"Zone": zone},
        ImageId=image,
        InstanceType=sold[0]["InstanceType"],
        SystemDisk={"DiskType": "CLOUD_PREMIUM", "DiskSize": 50},
        InternetAccessible={"InternetMaxBandwidthOut": 10, "PublicIpAssigned": True},
        VirtualPrivateCloud={"VpcId": vpc_id, "SubnetId": subnet_id},
    )["InstanceIdSet"]
    world.advance()
    (shown,) = client.call("DescribeInstances", InstanceIds=[instance_id])["InstanceSet"]
    assert shown["InstanceState"] == "RUNNING"
    assert len(shown["PublicIpAddresses"]) == 1
