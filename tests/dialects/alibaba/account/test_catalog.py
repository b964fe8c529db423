"""Regions, zones and instance types of Alibaba Cloud."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_dialects.alibaba.regions import REGIONS


def pages(account, **criteria):
    token = None
    while token != "":
        answer = account.call("DescribeInstanceTypes", NextToken=token, **criteria)
        yield answer["InstanceTypes"]["InstanceType"]
        token = answer["NextToken"]


def types(account, **criteria):
    return {shown["InstanceTypeId"]: shown for page in pages(account, **criteria) for shown in page}


def test_every_region_is_listed_in_the_language_asked_for(account):
    chinese = account.call("DescribeRegions", RegionId=None)["Regions"]["Region"]
    english = account.call("DescribeRegions", AcceptLanguage="en-US")["Regions"]["Region"]
    assert {each["RegionId"] for each in chinese} == set(REGIONS)
    assert chinese[0] == {  # recorded in 2024, with the brackets, without a Status
        "RegionId": "cn-qingdao",
        "LocalName": "华北1（青岛）",
        "RegionEndpoint": "ecs.cn-qingdao.aliyuncs.com",
    }
    assert english[0]["LocalName"] == "China (Qingdao)"
    endpoints = {each["RegionId"]: each["RegionEndpoint"] for each in chinese}
    assert endpoints["cn-hangzhou"] == "ecs.aliyuncs.com"
    assert account.refusal("DescribeRegions", AcceptLanguage="la") == ("InvalidParameter", 400)


def test_every_zone_offers_everything(account):
    zone = account.call("DescribeZones")["Zones"]["Zone"][0]
    assert (zone["ZoneId"], zone["LocalName"]) == ("cn-hangzhou-b", "杭州 可用区B")
    assert "ecs.g7.large" in zone["AvailableInstanceTypes"]["InstanceTypes"]
    (offer,) = zone["AvailableResources"]["ResourcesInfo"]
    assert "ecs.g7" in offer["InstanceTypeFamilies"]["supportedInstanceTypeFamily"]


def test_a_terse_list_of_zones_says_only_which_they_are(account):
    zone = account.call("DescribeZones", Verbose=False, AcceptLanguage="en-US")["Zones"]["Zone"][0]
    assert zone["LocalName"] == "Hangzhou Zone B"
    assert zone["AvailableInstanceTypes"] == {"InstanceTypes": []}
    assert zone["AvailableResources"] == {"ResourcesInfo": []}


def test_zones_abroad_are_named_without_a_hyphen(account):
    zones = account.call("DescribeZones", RegionId="ap-southeast-1")["Zones"]["Zone"]
    assert [each["ZoneId"] for each in zones] == ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"]
    assert account.refusal("DescribeZones", RegionId="mars-1") == ("InvalidRegionId.NotFound", 404)


def test_a_type_shows_its_limits_on_interfaces(account):
    shown = types(account, InstanceTypes=["ecs.g7.xlarge"])["ecs.g7.xlarge"]
    limits = {
        "CpuCoreCount": 4,
        "MemorySize": 16,
        "EniQuantity": 4,
        "EniTotalQuantity": 20,
        "EniTrunkSupported": True,
        "EniPrivateIpAddressQuantity": 15,
        "EniIpv6AddressQuantity": 15,
        "PrimaryEniQueueNumber": 4,
        "SecondaryEniQueueNumber": 4,
        "MaximumQueueNumberPerEni": 4,
        "TotalEniQueueQuantity": 16,
        "EriQuantity": 0,
    }
    assert {name: shown[name] for name in limits} == limits


def test_a_type_leaves_out_what_was_recorded_absent(account):
    """Recorded: DescribeInstanceTypes of ecs.g7.xlarge 2026 and ecs.ebmre7p.32xlarge 2025."""
    shown = types(account, InstanceTypes=["ecs.g7.xlarge"])["ecs.g7.xlarge"]
    assert not shown.keys() & {
        "Attributes", "BaselineCredit", "GPUMemorySize", "InitialCredit", "LocalStorageAmount",
        "LocalStorageCapacity", "NetworkCardQuantity", "NetworkCards", "QueuePairNumber", "SecurityOptions",
    }  # fmt: skip
    assert "NestedVirtualizationSupport" not in shown["CpuOptions"]
    assert (shown["Clock"], shown["EnhancedNetwork"]) == ({}, {})
    assert shown["NetworkInfo"] == {"BandwidthWeighting": {}}
    assert type(shown["MemorySize"]) is int


def test_a_type_of_the_users_own_shows_its_cards_and_rdma_interfaces():
    limits = {
        "family": "ecs.own",
        "cpu": 2,
        "memory_gib": 0.5,
        "interfaces": 3,
        "ipv4_per_interface": 6,
        "network_cards": 2,
        "rdma_interfaces": 1,
        "queue_pairs_per_interface": 8,
    }
    account = AlibabaAccount.furnished(instance_types={"ecs.own.large": limits})
    shown = types(account, InstanceTypeFamily="ecs.own")["ecs.own.large"]
    assert shown["NetworkCards"]["NetworkCardInfo"] == [{"NetworkCardIndex": 0}, {"NetworkCardIndex": 1}]
    assert (shown["NetworkCardQuantity"], shown["EriQuantity"], shown["QueuePairNumber"]) == (2, 1, 8)
    assert shown["MemorySize"] == 0.5


@pytest.mark.parametrize(
    ("criteria", "some", "none"),
    [
        ({"InstanceTypeFamilies": ["ecs.g7", "ecs.c7"]}, "ecs.c7.large", "ecs.g6.large"),
        ({"InstanceCategory": "Memory-optimized"}, "ecs.r7.large", "ecs.g7.large"),
        ({"InstanceCategories": ["Shared"]}, "ecs.s6-c1m2.large", "ecs.g7.large"),
        ({"InstanceFamilyLevel": "CreditEntryLevel"}, "ecs.t6-c1m1.large", "ecs.s6-c1m2.large"),
        ({"InstanceFamilyLevel": "EntryLevel"}, "ecs.n4.small", "ecs.t6-c1m1.large"),
        ({"CpuArchitectures": ["X86", "ARM"]}, "ecs.g7.large", None),
        ({"CpuArchitecture": "ARM"}, "ecs.g8y.large", "ecs.g7.large"),
        ({"GPUSpec": "NVIDIA T4"}, "ecs.gn6i-c4g1.xlarge", "ecs.g7.large"),
        ({"GpuSpecs": ["NVIDIA T4"]}, "ecs.gn6i-c4g1.xlarge", "ecs.gn6v-c8g1.2xlarge"),
        ({"MinimumGPUAmount": 1}, "ecs.gn6v-c8g1.2xlarge", "ecs.g7.large"),
        ({"MinimumCpuCoreCount": 104}, "ecs.g6.26xlarge", "ecs.g6.large"),
        ({"MaximumCpuCoreCount": 1}, "ecs.n4.small", "ecs.g6.large"),
        ({"MinimumMemorySize": 512.5}, "ecs.ebmre7p.32xlarge", "ecs.g7.32xlarge"),
        ({"MaximumMemorySize": 2}, "ecs.n4.small", "ecs.g7.large"),
        ({"MinimumEniQuantity": 32}, "ecs.ebmg5.24xlarge", "ecs.g7.large"),
        ({"MinimumEniPrivateIpAddressQuantity": 30}, "ecs.g7.4xlarge", "ecs.g7.large"),
        ({"MinimumEniIpv6AddressQuantity": 30}, "ecs.g7.4xlarge", "ecs.g6.4xlarge"),
        ({"MinimumPrimaryEniQueueNumber": 32}, "ecs.g7.16xlarge", "ecs.g7.large"),
        ({"MinimumSecondaryEniQueueNumber": 16}, "ecs.ebmre7p.32xlarge", "ecs.ebmg5.24xlarge"),
        ({"MinimumEriQuantity": 1}, None, "ecs.g7.large"),
        ({"MinimumInstanceBandwidthRx": 3_072_000}, "ecs.g7.xlarge", "ecs.g7.large"),
        ({"MinimumInstancePpsTx": 1_100_000}, "ecs.g7.xlarge", "ecs.g6.large"),
        ({"LocalStorageCategories": ["local_ssd_pro"]}, "ecs.i2.xlarge", "ecs.g7.large"),
        ({"LocalStorageCategories": ["local_hdd_pro"]}, "ecs.d1ne.2xlarge", "ecs.i2.xlarge"),
        ({"MinimumLocalStorageAmount": 8}, "ecs.d1ne.4xlarge", "ecs.d1ne.2xlarge"),
        (
            {"PhysicalProcessorModel": "Intel Xeon (Ice Lake) Platinum 8369B"},
            "ecs.g7.large",
            "ecs.g6.large",
        ),
        ({"PhysicalProcessorModel": "Any"}, None, "ecs.g7.large"),
        ({"InstanceCategory": "High Performance Compute"}, "ecs.sccg7.32xlarge", "ecs.g7.large"),
        ({"NvmeSupport": "unsupported", "AdditionalAttributes": ["all"]}, "ecs.g7.large", None),
    ],
)
def test_types_are_found_by_each_criterion(account, criteria, some, none):
    found = types(account, **criteria)
    assert some is None or some in found
    assert none is None or none not in found


def test_types_come_in_pages(account):
    every = list(pages(account, MaxResults=75))
    assert {len(page) for page in every[:-1]} == {75}
    seen = [shown["InstanceTypeId"] for page in every for shown in page]
    assert seen == list(types(account))
    assert set(seen) == set(account.partition.rules.instance_types)
    assert len(set(seen)) == len(seen) == 804


def test_without_a_word_on_pages_the_first_has_100_types(account):
    (first, *_rest) = pages(account)
    assert len(first) == 100


@pytest.mark.parametrize("token", ["x", "YWZ0ZXI6OTk5", "YmVmb3JlOjE=", "YWZ0ZXI6LTE=", "é"])
def test_a_token_that_never_was_is_refused(account, token):
    assert account.refusal("DescribeInstanceTypes", NextToken=token) == ("InvalidParameter", 400)
