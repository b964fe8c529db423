"""The catalogue of instance types: that it is whole, and what of it answers show."""

import re

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_dialects.alibaba.instances import types
from duolect_dialects.instance_types import read

FILE = read("duolect_dialects.alibaba.instances", "types.json")
FAMILIES = FILE["families"]
ROWS = {
    family: [dict(zip(FILE["columns"], row, strict=False)) for row in told["types"]]
    for family, told in FAMILIES.items()
}
LIMITS = FILE["columns"][:9]
WORDS = {
    "source",
    "derived",
    "category",
    "level",
    "architecture",
    "processor",
    "gpu",
    "local_disk_category",
}


@pytest.fixture(scope="module")
def account():
    return AlibabaAccount.furnished()


def shown(account, *names):
    answer = account.call("DescribeInstanceTypes", InstanceTypes=names)
    return {each["InstanceTypeId"]: each for each in answer["InstanceTypes"]["InstanceType"]}


# -- the file ----------------------------------------------------------------------------------------------


def test_there_are_more_than_300_types_each_once():
    names = [row["name"] for rows in ROWS.values() for row in rows]
    assert len(names) == len(set(names)) == len(types.known_types()) >= 300


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_says_what_it_is_and_where_its_rows_come_from(family):
    told = FAMILIES[family]
    assert told["types"]
    assert re.search(r"help\.aliyun\.com|github\.com|recorded|pages of", told["source"])
    assert told["level"] in {"EnterpriseLevel", "EntryLevel", "CreditEntryLevel"}
    assert told["category"]
    assert all(isinstance(value, str) and value for name, value in told.items() if name in WORDS)
    assert set(told.get("stopped_to_attach", ())) <= {row["name"] for row in ROWS[family]}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_row_is_whole(family):
    for row in ROWS[family]:
        assert set(LIMITS) <= set(row)
        assert re.fullmatch(rf"{family}(-[a-z0-9-]+)?\.[a-z0-9]+", row["name"])
        assert all(value >= 0 for name, value in row.items() if name != "name")
        assert all(
            row[name] > 0
            for name in ("cpu", "memory_gib", "interfaces", "ipv4_per_interface", "primary_queues")
        )
        assert (row.get("gpus", 0) > 0) == ("gpu" in FAMILIES[family])
        assert (row.get("local_disks", 0) > 0) == (row.get("local_disk_gib", 0) > 0)


SIZES = {"nano": 1, "xsmall": 1, "small": 1, "large": 2, "xlarge": 4}
OWN_SIZES = {
    "ecs.g5se.18xlarge": 70,
    "ecs.gn5-c8g1.14xlarge": 54,
    "ecs.gn6v-c10g1.20xlarge": 82,
    "ecs.vgn6i-m8.2xlarge": 10,
}
"""Types whose number of vCPUs their name does not say."""


@pytest.mark.parametrize("family", FAMILIES)
def test_a_size_says_how_many_vcpus_there_are(family):
    for row in ROWS[family]:
        times, size = re.fullmatch(r"(\d*)([a-z]+)", row["name"].rpartition(".")[2]).groups()
        assert row["cpu"] == OWN_SIZES.get(row["name"], SIZES[size] * int(times or 1))


OF_FULL_HOSTS = {"13xlarge": 48, "26xlarge": 96, "18xlarge": 84, "48xlarge": 256}
"""Sizes whose memory is not in proportion: the number of vCPUs that it is in proportion to."""


@pytest.mark.parametrize("family", [name for name in FAMILIES if re.match(r"ecs\.[gcr]\d", name)])
def test_a_familys_letter_says_how_much_memory_a_vcpu_has(family):
    ratio = {"c": 2, "g": 4, "r": 8}[family[4]]
    for row in ROWS[family]:
        cpus = OF_FULL_HOSTS.get(row["name"].rpartition(".")[2], row["cpu"])
        assert row["memory_gib"] in {ratio * cpus, ratio * row["cpu"]}


def test_a_ratio_in_a_name_is_that_of_vcpus_to_memory():
    named = 0
    for row in (row for rows in ROWS.values() for row in rows):
        if ratio := re.search(r"-l?c(\d+)m(\d+)\.", row["name"]):
            named += 1
            assert row["memory_gib"] * int(ratio[1]) == row["cpu"] * int(ratio[2])
    assert named > 70


RECORDED_MEMBERS = {"ecs.g6.16xlarge": 52, "ecs.ebmre7p.32xlarge": 78}


@pytest.mark.parametrize("family", FAMILIES)
def test_members_of_trunks_go_by_interfaces(family):
    each = 1 if family == "ecs.u1" else 4
    for row in ROWS[family]:
        assert row["members"] in {0, each * row["interfaces"], RECORDED_MEMBERS.get(row["name"])}


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_bigger_is_no_slower(family):
    by_kind = {}
    for row in sorted(ROWS[family], key=lambda row: row["cpu"]):
        by_kind.setdefault(row["name"].rpartition(".")[0], []).append(row)
    for rows in by_kind.values():
        for column in ("gbit_per_second", "thousand_packets_per_second", "ipv4_per_interface"):
            values = [row[column] for row in rows if row.get(column)]
            assert values == sorted(values)


# -- whole families ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "sizes"),
    [
        ("ecs.sn1ne", "large xlarge 2xlarge 3xlarge 4xlarge 6xlarge 8xlarge"),
        ("ecs.sn2ne", "large xlarge 2xlarge 3xlarge 4xlarge 6xlarge 8xlarge 14xlarge"),
        ("ecs.n4", "small large xlarge 2xlarge 4xlarge 8xlarge"),
        ("ecs.g7nex", "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge 32xlarge"),
        ("ecs.g7h", "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge"),
        ("ecs.g7", "large xlarge 2xlarge 3xlarge 4xlarge 6xlarge 8xlarge 16xlarge 32xlarge"),
        ("ecs.sccg7", "32xlarge"),
    ],
)
def test_a_family_is_there_whole(account, family, sizes):
    answer = account.call("DescribeInstanceTypes", InstanceTypeFamily=family)
    found = {each["InstanceTypeId"] for each in answer["InstanceTypes"]["InstanceType"]}
    assert found == {f"{family}.{size}" for size in sizes.split()}


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("ecs.c6.large", (2, 6, 1, 2, 2)),
        ("ecs.g6.13xlarge", (7, 20, 1, 35, 32)),
        ("ecs.g6.16xlarge", (8, 20, 1, 60, 32)),
        ("ecs.g7.xlarge", (4, 15, 15, 20, 4)),
        ("ecs.g7nex.xlarge", (4, 15, 15, 20, 4)),
        ("ecs.ebmre7p.32xlarge", (32, 15, 1, 110, 32)),
        ("ecs.ebmg5.24xlarge", (32, 10, 0, 32, 8)),
        ("ecs.u1-c1m4.xlarge", (3, 10, 1, 6, 2)),
        ("ecs.n4.small", (2, 2, 0, 2, 1)),
        ("ecs.g5ne.large", (3, 10, 10, 15, 2)),
        ("ecs.g5ne.2xlarge", (6, 15, 15, 30, 8)),
        ("ecs.hfg7.large", (2, 6, 6, 10, 2)),
    ],
)
def test_limits_on_interfaces_addresses_and_queues_are_as_recorded(account, name, limits):
    found = shown(account, name)[name]
    names = ("EniQuantity", "EniPrivateIpAddressQuantity", "EniIpv6AddressQuantity", "EniTotalQuantity")
    assert tuple(found[each] for each in (*names, "PrimaryEniQueueNumber")) == limits


def test_small_types_must_be_stopped_to_attach_an_interface():
    """The vendor's page on attaching interfaces has the list."""
    known = types.known_types()
    stopped = {name for name, kind in known.items() if not kind.hot_plug}
    assert {"ecs.n4.large", "ecs.s6-c1m2.large", "ecs.t6-c1m4.large"} <= stopped
    assert stopped.isdisjoint({"ecs.n4.xlarge", "ecs.t6-c1m4.xlarge", "ecs.g7.large"})


# -- what a type runs on -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "bandwidth", "packets"),
    [
        ("ecs.g7.xlarge", 3_072_000, 1_100_000),
        ("ecs.s6-c1m2.16xlarge", 1_228_800, 600_000),
        ("ecs.ebmre7p.32xlarge", 65_536_000, 24_000_000),
        ("ecs.sn1ne.3xlarge", 2_560_000, 1_300_000),
        ("ecs.g7nex.32xlarge", 163_840_000, 30_000_000),
    ],
)
def test_bandwidth_and_packet_rates_are_shown_in_each_direction(account, name, bandwidth, packets):
    """The first three are from recorded answers."""
    found = shown(account, name)[name]
    assert found["InstanceBandwidthRx"] == found["InstanceBandwidthTx"] == bandwidth
    assert found["InstancePpsRx"] == found["InstancePpsTx"] == packets


def test_processors_disks_and_gpus_are_shown(account):
    found = shown(account, "ecs.g7.large", "ecs.g8y.large", "ecs.i2.2xlarge", "ecs.gn6v-c8g1.2xlarge")
    g7, arm, disks, gpu = (
        found[name] for name in ("ecs.g7.large", "ecs.g8y.large", "ecs.i2.2xlarge", "ecs.gn6v-c8g1.2xlarge")
    )
    assert g7["PhysicalProcessorModel"] == "Intel Xeon (Ice Lake) Platinum 8369B"
    assert (g7["CpuSpeedFrequency"], g7["CpuTurboFrequency"], g7["CpuArchitecture"]) == (2.7, 3.5, "X86")
    assert g7["CpuOptions"]["ThreadsPerCore"] == 2
    assert (arm["CpuArchitecture"], arm["CpuOptions"]["Core"]) == ("ARM", 2)
    assert arm["SupportedBootModes"] == {"SupportedBootMode": ["UEFI"]}
    assert (disks["LocalStorageAmount"], disks["LocalStorageCapacity"]) == (1, 1788)
    assert disks["LocalStorageCategory"] == "local_ssd_pro"
    assert (gpu["GPUAmount"], gpu["GPUSpec"], gpu["GPUMemorySize"]) == (1, "NVIDIA V100", 16.0)


def test_an_instance_tells_of_its_types_disks_and_threads(account):
    account.run_instances(InstanceType="ecs.i2.2xlarge")
    account.run_instances(
        InstanceType="ecs.g8y.large", ImageId="ubuntu_22_04_arm64_20G_alibase_20240530.vhd"
    )
    by_type = {each["InstanceType"]: each for each in account.describe_instances()}
    assert by_type["ecs.i2.2xlarge"]["LocalStorageAmount"] == 1
    assert by_type["ecs.i2.2xlarge"]["LocalStorageCapacity"] == 1788
    assert by_type["ecs.g8y.large"]["CpuOptions"]["ThreadsPerCore"] == 1


def test_of_a_type_of_the_users_own_no_hardware_is_known():
    limits = {"family": "ecs.own", "cpu": 2, "memory_gib": 4, "interfaces": 2, "ipv4_per_interface": 6}
    account = AlibabaAccount(
        instance_types={"ecs.own.large": limits, "ecs.g7.large": {**limits, "family": "ecs.g7"}}
    )
    found = shown(account, "ecs.own.large", "ecs.g7.large", "ecs.g7.xlarge")
    own = found["ecs.own.large"]
    assert (own["InstanceBandwidthRx"], own["PhysicalProcessorModel"]) == (0, "")
    assert found["ecs.g7.large"]["EniQuantity"] == 2, "a user's own limits take the place of the known ones"
    assert found["ecs.g7.xlarge"]["EniQuantity"] == 4
