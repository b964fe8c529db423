"""The catalogue of instance types: that it is whole, and what of it answers show."""

import re

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount

from duolect_dialects.instance_types import read
from duolect_dialects.tencent.instances import types

FILE = read("duolect_dialects.tencent.instances", "types.json")
FAMILIES = FILE["families"]
ROWS = {
    family: [dict(zip(FILE["columns"], row, strict=False)) for row in told["types"]]
    for family, told in FAMILIES.items()
}


@pytest.fixture(scope="module")
def account():
    return TencentAccount.furnished()


def configs(account, name, value):
    filters = [{"Name": name, "Values": [value]}, {"Name": "zone", "Values": ["ap-guangzhou-6"]}]
    return account.call("DescribeInstanceTypeConfigs", Filters=filters)["InstanceTypeConfigSet"]


def offer(account, name):
    filters = [{"Name": "instance-type", "Values": [name]}, {"Name": "zone", "Values": ["ap-guangzhou-6"]}]
    return account.call("DescribeZoneInstanceConfigInfos", Filters=filters)["InstanceTypeQuotaSet"][0]


# -- the file ----------------------------------------------------------------------------------------------


def test_there_are_more_than_300_types_each_once():
    names = [row["name"] for rows in ROWS.values() for row in rows]
    assert len(names) == len(set(names)) == len(types.known_types()) >= 300


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_says_where_its_rows_come_from(family):
    assert FAMILIES[family]["source"]
    assert set(FAMILIES[family]) <= {
        *("source", "types", "processor", "frequency", "network_card", "gpu", "gpu_memory_gib")
    }


SIZES = {"SMALL": 1, "MEDIUM": 2, "LARGE": 4, "XLARGE": 8}
OWN_SIZES = {
    "GI3X.22XLARGE226": 90,
    "GN10X.4XLARGE80": 18,
    "GN10Xp.2XLARGE40": 10,
    "GN8.LARGE56": 6,
    "GN8.3XLARGE112": 14,
    "GT4.20XLARGE474": 82,
}
"""Types whose number of vCPUs their name does not say."""


@pytest.mark.parametrize("family", FAMILIES)
def test_a_name_says_how_many_vcpus_and_how_much_memory_there_are(family):
    for row in ROWS[family]:
        found = re.fullmatch(rf"{family}\.(\d*)([A-Z]+)(\d+)", row["name"])
        times, size, memory = found.groups()
        each = 4 if times and size == "XLARGE" else SIZES[size]
        assert row["cpu"] == OWN_SIZES.get(row["name"], each * int(times or 1))
        assert row["memory_gib"] == int(memory)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_row_is_whole(family):
    for row in ROWS[family]:
        assert {"name", "cpu", "memory_gib"} <= set(row)
        assert all(value >= 0 for name, value in row.items() if name != "name")
        assert row.get("gbit_per_second", 0) > 0 or not row.get("packets", 0)
        assert (row.get("gpus", 0) > 0) == ("gpu" in FAMILIES[family])


@pytest.mark.parametrize("family", FAMILIES)
def test_limits_go_by_the_number_of_vcpus(family):
    most = {1: (2, 6), 2: (4, 10), 4: (4, 10), 8: (6, 20), 10: (6, 20), 16: (8, 30), 64: (8, 30)}
    for row in ROWS[family]:
        kind = types.known_types()[row["name"]]
        limits = (kind.interfaces, kind.ipv4_per_interface)
        assert limits == most.get(row["cpu"], limits)
        assert kind.ipv6_per_interface == kind.ipv4_per_interface
        assert kind.public_addresses == min(10, 2 + row["cpu"] // 6)


# -- whole families ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "count", "some"),
    [
        ("S1", 22, "S1.SMALL1 S1.MEDIUM12 S1.3XLARGE24 S1.12XLARGE96"),
        ("S3", 21, "S3.SMALL1 S3.LARGE8 S3.3XLARGE48 S3.20XLARGE320"),
        ("S5", 21, "S5.SMALL1 S5.MEDIUM2 S5.6XLARGE96 S5.21XLARGE320"),
        ("S6", 15, "S6.MEDIUM2 S6.LARGE16 S6.16XLARGE216 S6.32XLARGE432"),
        ("SA2", 25, "SA2.SMALL1 SA2.MEDIUM8 SA2.20XLARGE160 SA2.40XLARGE320"),
        ("I1", 4, "I1.MEDIUM4 I1.MEDIUM8 I1.MEDIUM16 I1.LARGE8"),
    ],
)
def test_a_family_is_there_whole(account, family, count, some):
    found = {each["InstanceType"] for each in configs(account, "instance-family", family)}
    assert len(found) == count
    assert set(some.split()) <= found


# -- what a type runs on -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "packets", "bandwidth"),
    [
        ("S2.SMALL1", 20, 1.5),
        ("S2.MEDIUM4", 25, 1.5),
        ("S3.LARGE8", 45, 1.5),
        ("S3.20XLARGE320", 85, 10),
        ("SN3ne.18XLARGE288", 600, 24),
        ("I1.LARGE8", 50, 1.5),
    ],
)
def test_speeds_are_those_of_the_vendors_table_or_follow_the_rule(account, name, packets, bandwidth):
    shown = offer(account, name)
    assert (shown["InstancePps"], shown["InstanceBandwidth"]) == (packets, bandwidth)


def test_gpus_are_shown(account):
    (found,) = configs(account, "instance-type", "GN10Xp.2XLARGE40")
    assert (found["GPU"], found["GpuCount"], found["GpuType"]) == (1, 1, "NVIDIA V100")
    assert found["GpuMemory"] == 32
    shown = offer(account, "GN10Xp.2XLARGE40")
    assert (shown["Gpu"], shown["GpuCount"]) == (1, 1)
    (without,) = configs(account, "instance-type", "S5.LARGE8")
    assert (without["GPU"], without["GpuCount"], without["GpuType"]) == (0, 0, "")


@pytest.mark.parametrize(
    ("family", "name"),
    [("GN7", "GPU计算型GN7"), ("I1", "高IO型I1"), ("SN3ne", "标准型SN3ne"), ("SA9", "标准型SA9")],
)
def test_families_are_named_in_chinese(account, family, name):
    answer = account.call("DescribeInstanceFamilyConfigs")["InstanceFamilyConfigSet"]
    assert {each["InstanceFamily"]: each["InstanceFamilyName"] for each in answer}[family] == name


@pytest.mark.parametrize("name", ["S1.SMALL1", "SA2.40XLARGE320", "GN7.2XLARGE32"])
def test_types_of_the_catalogue_can_be_run(name):
    account = TencentAccount.furnished()
    (instance_id,) = account.run_instances(InstanceType=name)
    assert account.describe_instance(instance_id)["CPU"] == types.known_types()[name].cpu


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_bigger_is_no_slower(family):
    rows = [row for row in sorted(ROWS[family], key=lambda row: row["cpu"]) if row.get("packets")]
    assert [row["packets"] for row in rows] == sorted(row["packets"] for row in rows)
