"""Regions, zones and instance types."""

import pytest
from tests.dialects.tencent.rooms import Room, is_chinese

from duolect.settings import CloudSettings


@pytest.fixture
def room():
    return Room()


def test_every_region_is_listed_wherever_one_asks(room):
    here = room.call("DescribeRegions")
    room.client.region = ""
    nowhere = room.call("DescribeRegions", style="form")
    assert here["RegionSet"] == nowhere["RegionSet"]
    assert here["TotalCount"] == len(here["RegionSet"]) == 17
    assert {
        "Region": "ap-guangzhou",
        "RegionName": "South China (Guangzhou)",
        "RegionState": "AVAILABLE",
    } in here["RegionSet"]


def test_zones_are_those_of_the_region(room):
    reply = room.call("DescribeZones")
    assert reply["TotalCount"] == len(reply["ZoneSet"]) == 6
    assert reply["ZoneSet"][0] == {
        "Zone": "ap-guangzhou-1",
        "ZoneName": "Guangzhou Zone 1",
        "ZoneId": "100001",
        "ZoneState": "UNAVAILABLE",
    }
    assert reply["ZoneSet"][2] == {
        "Zone": "ap-guangzhou-3",
        "ZoneName": "Guangzhou Zone 3",
        "ZoneId": "100003",
        "ZoneState": "AVAILABLE",
    }
    room.client.region = "ap-hongkong"
    assert [zone["ZoneId"] for zone in room.call("DescribeZones")["ZoneSet"]] == [
        "300001",
        "300002",
        "300003",
    ]
    assert room.call("DescribeZones")["ZoneSet"][1]["ZoneName"] == "Hong Kong Zone 2"


def test_names_are_in_the_language_asked_for(room):
    room.client.language = "zh-CN"
    names = {region["Region"]: region["RegionName"] for region in room.call("DescribeRegions")["RegionSet"]}
    assert names["ap-guangzhou"] == "华南地区(广州)"
    assert all(is_chinese(name) for name in names.values())
    assert room.call("DescribeZones")["ZoneSet"][2]["ZoneName"] == "广州三区"
    for room.client.region in names:
        assert all(is_chinese(zone["ZoneName"]) for zone in room.call("DescribeZones")["ZoneSet"])
    room.client.region = "ap-hongkong"
    assert room.call("DescribeZones")["ZoneSet"][1]["ZoneName"] == "香港二区"


def test_zones_need_a_region(room):
    room.client.region = ""
    with pytest.raises(Exception, match="Region"):
        room.call("DescribeZones")


def configs(room, **filters):
    listed = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    return room.call("DescribeInstanceTypeConfigs", Filters=listed)["InstanceTypeConfigSet"]


def test_every_type_is_offered_in_every_open_zone(room):
    everything = configs(room)
    kinds = {each["InstanceType"] for each in everything}
    assert len(everything) == len(kinds) * 4
    assert {each["Zone"] for each in everything} == {f"ap-guangzhou-{number}" for number in (3, 4, 6, 7)}


def test_types_are_found_by_each_filter(room):
    here = configs(room, zone="ap-guangzhou-6")
    assert {each["Zone"] for each in here} == {"ap-guangzhou-6"}
    assert {each["InstanceFamily"] for each in configs(room, instance_family="S6")} == {"S6"}
    (found,) = configs(room, zone="ap-guangzhou-6", instance_type="S5.LARGE16")
    assert found["CPU"] == 4
    assert found["Memory"] == 16
    assert found["GPU"] == found["FPGA"] == 0
    assert configs(room, zone="ap-guangzhou-1") == []
    assert configs(room, instance_type="S0.NONE") == []


def test_types_of_the_settings_are_offered():
    kind = {"family": "X1", "cpu": 1, "memory_gib": 1.0, "interfaces": 2, "ipv4_per_interface": 2}
    room = Room(tencent=CloudSettings(instance_types={"X1.SMALL1": kind}))
    assert {each["InstanceFamily"] for each in configs(room, instance_type="X1.SMALL1")} == {"X1"}


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ([{"Name": "colour", "Values": ["red"]}], "InvalidFilter"),
        ([{"Name": "zone", "Values": ["ap-shanghai-2"]}], "InvalidZone.MismatchRegion"),
        ([{"Name": "zone", "Values": ["ap-guangzhou-3"] * 2}], "InvalidFilterValue.LimitExceeded"),
        ([{"Name": "zone", "Values": []}], "InvalidFilterValue.LimitExceeded"),
        ([{"Name": "zone", "Values": ["ap-guangzhou-3"]}] * 11, "InvalidParameterValue.LimitExceeded"),
        (["zone"], "InvalidParameter"),
        ([{"Values": ["x"]}], "MissingParameter"),
    ],
)
def test_types_are_refused_for(room, filters, code):
    assert room.refused("DescribeInstanceTypeConfigs", Filters=filters) == code
