"""Regions and zones."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount, is_chinese


@pytest.fixture
def account():
    return TencentAccount()


def test_every_region_is_listed_wherever_one_asks(account):
    here = account.call("DescribeRegions")
    account.client.region = ""
    nowhere = account.call("DescribeRegions", style="form")
    assert here["RegionSet"] == nowhere["RegionSet"]
    assert here["TotalCount"] == len(here["RegionSet"]) == 17
    assert {
        "Region": "ap-guangzhou",
        "RegionName": "South China (Guangzhou)",
        "RegionState": "AVAILABLE",
    } in here["RegionSet"]


def test_zones_are_those_of_the_region(account):
    reply = account.call("DescribeZones")
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
    account.client.region = "ap-hongkong"
    assert [zone["ZoneId"] for zone in account.call("DescribeZones")["ZoneSet"]] == [
        "300001",
        "300002",
        "300003",
    ]
    assert account.call("DescribeZones")["ZoneSet"][1]["ZoneName"] == "Hong Kong Zone 2"


def test_names_are_in_the_language_asked_for(account):
    account.client.language = "zh-CN"
    names = {
        region["Region"]: region["RegionName"] for region in account.call("DescribeRegions")["RegionSet"]
    }
    assert names["ap-guangzhou"] == "华南地区(广州)"
    assert all(is_chinese(name) for name in names.values())
    assert account.call("DescribeZones")["ZoneSet"][2]["ZoneName"] == "广州三区"
    for account.client.region in names:
        assert all(is_chinese(zone["ZoneName"]) for zone in account.call("DescribeZones")["ZoneSet"])
    account.client.region = "ap-hongkong"
    assert account.call("DescribeZones")["ZoneSet"][1]["ZoneName"] == "香港二区"


def test_zones_need_a_region(account):
    account.client.region = ""
    with pytest.raises(Exception, match="Region"):
        account.call("DescribeZones")
