"""Every account begins with a default VPC in each region where the setting default-vpc says so."""

import pytest
from tests.harness import emulator


def vpcs(world, region="ap-guangzhou"):
    return world.tencent(region=region).call("DescribeVpcs")["VpcSet"]


def test_there_is_none_unless_the_setting_says_so():
    assert vpcs(emulator()) == []


@pytest.mark.parametrize("timing", ["instant", "realistic"])
def test_tencent_cloud_has_one_with_a_subnet_in_each_zone(timing):
    world = emulator(default_vpc=True, timing=timing)
    (shown,) = vpcs(world)
    assert (shown["IsDefault"], shown["CidrBlock"]) == (True, "172.16.0.0/16")
    subnets = world.tencent().call("DescribeSubnets")["SubnetSet"]
    assert {subnet["Zone"] for subnet in subnets} == {f"ap-guangzhou-{number}" for number in (3, 4, 6, 7)}
    assert all(subnet["IsDefault"] for subnet in subnets)
    (other,) = vpcs(world, "ap-beijing")
    assert other["VpcId"] != shown["VpcId"]


def test_alibaba_cloud_has_one_with_a_vswitch_in_each_zone():
    world = emulator(default_vpc=True, timing="realistic")
    client = world.alibaba()
    (shown,) = client.call("DescribeVpcs", "2016-04-28")["Vpcs"]["Vpc"]
    assert (shown["IsDefault"], shown["Status"]) == (True, "Available")
    vswitches = client.call("DescribeVSwitches", "2016-04-28", PageSize=50)["VSwitches"]["VSwitch"]
    assert vswitches
    assert all(each["IsDefault"] and each["Status"] == "Available" for each in vswitches)
    assert len({each["ZoneId"] for each in vswitches}) == len(vswitches)


def test_it_is_there_again_after_a_reset():
    world = emulator(default_vpc=True)
    (before,) = vpcs(world)
    world.tencent().call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
    world.pipeline.partitions.forget()
    assert vpcs(world) == [before]
