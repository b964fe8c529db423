"""What Alibaba Cloud has on offer: families of types, and what is in stock in each zone."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount


@pytest.fixture(scope="module")
def account():
    return AlibabaAccount.furnished()


def families(account, **criteria):
    answer = account.call("DescribeInstanceTypeFamilies", **criteria)
    return {
        each["InstanceTypeFamilyId"]: each["Generation"]
        for each in answer["InstanceTypeFamilies"]["InstanceTypeFamily"]
    }


def zones(account, **criteria):
    answer = account.call("DescribeAvailableResource", **criteria)
    return {each["ZoneId"]: each for each in answer["AvailableZones"]["AvailableZone"]}


def supported(account, **criteria):
    """Return what the first zone has, by value."""
    zone = next(iter(zones(account, **criteria).values()))
    (resource,) = zone["AvailableResources"]["AvailableResource"]
    assert resource["Type"] == criteria["DestinationResource"]
    return {each["Value"]: each for each in resource["SupportedResources"]["SupportedResource"]}


GENERATIONS = {
    "ecs-3": ("ecs.sn1ne", "ecs.n4"),
    "ecs-4": ("ecs.g5", "ecs.c5", "ecs.r5", "ecs.ebmc5s", "ecs.ebmg5s", "ecs.ebmr5s", "ecs.t5"),
    "ecs-5": ("ecs.g6", "ecs.c6", "ecs.r6", "ecs.ebmg6", "ecs.ebmg6e", "ecs.ebmc6", "ecs.g6e"),
    "ecs-6": ("ecs.hfc7", "ecs.hfg7", "ecs.hfr7"),
}
"""From the fourth on, these are the examples of the vendor's page DescribeInstanceTypeFamilies."""


def test_families_are_those_of_the_types(account):
    every = families(account)
    types = account.partition.rules.instance_types.values()
    assert set(every) == {each.family for each in types}
    assert {"ecs.sn1ne", "ecs.n4", "ecs.g7nex", "ecs.g7h"} <= set(every)
    for generation, examples in GENERATIONS.items():
        assert {every[family] for family in examples} == {generation}
    assert set(families(account, Generation="ecs-4").values()) == {"ecs-4"}


def test_every_zone_has_every_type_in_stock(account):
    found = zones(account, DestinationResource="InstanceType")
    assert list(found) == list(account.partition.rules.zones)
    assert {each["StatusCategory"] for each in found.values()} == {"WithStock"}
    assert set(supported(account, DestinationResource="InstanceType")) == set(
        account.partition.rules.instance_types
    )


def test_types_are_chosen_by_name_and_size(account):
    kind = {"DestinationResource": "InstanceType"}
    assert set(supported(account, **kind, InstanceType="ecs.g7.large")) == {"ecs.g7.large"}
    assert "ecs.g7.large" in supported(account, **kind, Cores=2, Memory=8.0)
    assert "ecs.g7.xlarge" not in supported(account, **kind, Cores=2, Memory=8.0)
    assert zones(account, **kind, InstanceType="ecs.none") == {}


def test_a_zone_is_told_by_its_name(account):
    zone = account.partition.rules.zones[1]
    found = zones(account, DestinationResource="Zone", ZoneId=zone, InstanceType="ecs.g7.large")
    assert list(found) == [zone]
    assert set(supported(account, DestinationResource="Zone", ZoneId=zone)) == {zone}
    assert zones(account, DestinationResource="Zone", ZoneId="cn-hangzhou-none") == {}


@pytest.mark.parametrize(
    ("kind", "values"), [("IoOptimized", {"optimized"}), ("Network", {"vpc"}), ("ddh", set())]
)
def test_other_kinds_of_resource_are_told(account, kind, values):
    if values:
        assert set(supported(account, DestinationResource=kind)) == values
    else:
        assert zones(account, DestinationResource=kind) == {}


def test_disks_are_told_with_the_sizes_that_they_may_have(account):
    wanted = {"DestinationResource": "SystemDisk", "InstanceType": "ecs.g7.large"}
    found = supported(account, **wanted)
    assert (found["cloud_ssd"]["Min"], found["cloud_ssd"]["Max"], found["cloud_ssd"]["Unit"]) == (
        20,
        2048,
        "GiB",
    )
    assert set(supported(account, **wanted, SystemDiskCategory="cloud_essd")) == {"cloud_essd"}
    data = {"DestinationResource": "DataDisk", "ResourceType": "disk"}
    assert supported(account, **data)["cloud_essd"]["Max"] == 65_536
    assert set(supported(account, **data, DataDiskCategory="cloud_auto")) == {"cloud_auto"}
    assert zones(account, **data, DataDiskCategory="ephemeral_ssd") == {}


@pytest.mark.parametrize("kind", ["SystemDisk", "DataDisk"])
def test_disks_of_instances_depend_on_their_type(account, kind):
    assert account.refusal("DescribeAvailableResource", DestinationResource=kind) == (
        "MissingParameter",
        400,
    )


@pytest.mark.parametrize("criterion", [{"IoOptimized": "none"}, {"NetworkCategory": "classic"}])
def test_what_is_not_offered_is_in_no_zone(account, criterion):
    assert zones(account, DestinationResource="InstanceType", **criterion) == {}
