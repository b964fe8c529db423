"""The oracle itself: it accepts what the vendor recorded and finds whatever is wrong with a reply."""

import copy

import pytest
from tests.dialects.tencent.definitions import examples, faults, request_object, service_of

DESCRIBED = {
    "TotalCount": 1,
    "InstanceSet": [],
    "RequestId": "62ddffc6-fdb5-44f7-20a6-59152e3d129a",
}
ZONE = {
    "Zone": "ap-guangzhou-3",
    "ZoneName": "Guangzhou Zone 3",
    "ZoneId": "100003",
    "ZoneState": "AVAILABLE",
}
ZONES = {"TotalCount": 1, "ZoneSet": [ZONE], "RequestId": "62ddffc6-fdb5-44f7-20a6-59152e3d129a"}


def test_a_right_reply_has_no_faults():
    assert faults("DescribeInstances", DESCRIBED) == []
    assert faults("DescribeZones", ZONES) == []


@pytest.mark.parametrize("action", ["DescribeVpcs", "DescribeZones", "DescribeInstanceTypeConfigs"])
def test_what_the_vendor_recorded_has_no_faults(action):
    recorded = list(examples(action))
    assert recorded
    for example in recorded:
        assert faults(action, example.response) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"Surplus": 1}, "DescribeZones.Surplus is unknown"),
        ({"TotalCount": None}, "DescribeZones.TotalCount is null"),
        ({"TotalCount": "1"}, "DescribeZones.TotalCount is not a uint64: '1'"),
        ({"TotalCount": True}, "DescribeZones.TotalCount is not a uint64: True"),
        ({"TotalCount": -1}, "DescribeZones.TotalCount is not a uint64: -1"),
        ({"ZoneSet": {}}, "DescribeZones.ZoneSet is not a list"),
        ({"ZoneSet": ["ap-guangzhou-3"]}, "DescribeZones.ZoneSet.0 is not an object"),
        (
            {"ZoneSet": [{**ZONE, "ZoneId": 100003}]},
            "DescribeZones.ZoneSet.0.ZoneId is not a string: 100003",
        ),
        ({"ZoneSet": [{**ZONE, "More": ""}]}, "DescribeZones.ZoneSet.0.More is unknown"),
        ({"RequestId": ""}, "DescribeZones.RequestId is missing"),
    ],
)
def test_a_wrong_reply_has_a_fault(change, fault):
    assert faults("DescribeZones", {**ZONES, **change}) == [fault]


def test_an_absent_required_field_is_a_fault_at_any_depth():
    reply = copy.deepcopy(ZONES)
    del reply["ZoneSet"][0]["ZoneState"]
    assert faults("DescribeZones", reply) == ["DescribeZones.ZoneSet.0.ZoneState is missing"]
    del reply["TotalCount"]
    assert "DescribeZones.TotalCount is missing" in faults("DescribeZones", reply)


def _instance_faults(**fields):
    found = faults("DescribeInstances", {**DESCRIBED, "InstanceSet": [fields]})
    return {each.removeprefix("DescribeInstances.InstanceSet.0.") for each in found}


def test_null_is_right_only_where_the_definition_or_its_text_allows_it():
    allowed = _instance_faults(PublicIpAddresses=None, RenewFlag=None, ExpiredTime=None)
    assert not {each for each in allowed if each.endswith("is null")}
    assert "PrivateIpAddresses is null" in _instance_faults(PrivateIpAddresses=None)


def test_what_was_recorded_is_right_whatever_the_definition_says():
    assert not {each for each in _instance_faults(OperatorUin="") if "OperatorUin" in each}
    assert "OperatorUin is not like ''" in _instance_faults(OperatorUin=1)
    assert "Placement.HostId is null" not in _instance_faults(Placement={"HostId": None})
    assert "Placement.Zone is null" in _instance_faults(Placement={"Zone": None})


def test_times_have_the_form_of_their_service():
    wrong = _instance_faults(CreatedTime="2026-09-21 14:13:20")
    assert "CreatedTime is not a datetime_iso: '2026-09-21 14:13:20'" in wrong
    assert not {
        each for each in _instance_faults(CreatedTime="2026-09-21T14:13:20Z") if "CreatedTime" in each
    }


def test_a_whole_number_is_a_float_and_a_text_is_none():
    config = {
        "Zone": "z",
        "InstanceType": "t",
        "InstanceFamily": "f",
        "GPU": 0,
        "CPU": 1,
        "Memory": 1,
        "FPGA": 0,
        "GpuCount": 0,
    }
    reply = {"InstanceTypeConfigSet": [config], "RequestId": "r"}
    assert faults("DescribeInstanceTypeConfigs", reply) == []
    config["GpuCount"] = "0"
    assert faults("DescribeInstanceTypeConfigs", reply) == [
        "DescribeInstanceTypeConfigs.InstanceTypeConfigSet.0.GpuCount is not a float: '0'"
    ]


def test_an_action_is_found_in_its_service():
    assert service_of("DescribeVpcs") == "vpc"
    assert service_of("RunInstances") == "cvm"
    assert request_object("RunInstances") == "RunInstancesRequest"
