"""A cloud's instance types, which are read when the first of them is asked for."""

import pytest
from tests.harness import emulator

from duolect_core.model.rules import InstanceType
from duolect_dialects import instance_types
from duolect_dialects.alibaba.instances import types as alibaba
from duolect_dialects.instance_types import InstanceTypes
from duolect_dialects.tencent.instances import types as tencent

LIMITS = {"family": "lab", "cpu": 2, "memory_gib": 4, "interfaces": 2, "ipv4_per_interface": 6}
CATALOGUES = {
    alibaba: (alibaba.known_types, alibaba._every_hardware, alibaba._file),
    tencent: (tencent.known_types, tencent.hardware, tencent._speeds, tencent._file),
}


@pytest.fixture
def files_read(monkeypatch):
    """Which data files are read from here on, as in a process that has read none."""
    files = []

    def read(package, file):
        files.append(package.split(".")[1])
        return instance_types.read(package, file)

    for module, caches in CATALOGUES.items():
        monkeypatch.setattr(module, "read", read)
        for each in caches:
            each.cache_clear()
    return files


def test_known_types_are_read_at_the_first_look_and_once():
    reads = []

    def known():
        reads.append("all")
        return {name: InstanceType(name=name, **LIMITS) for name in ("lab.small", "lab.large")}

    own = InstanceType(name="lab.large", **{**LIMITS, "interfaces": 3})
    kinds = InstanceTypes(known, {"lab.large": own})
    assert reads == []
    assert "lab.small" in kinds
    assert kinds["lab.large"] is own
    assert kinds.get("lab.none") is None
    assert (list(kinds), len(kinds)) == (["lab.small", "lab.large"], 2)
    assert reads == ["all"]


def test_calls_that_ask_for_no_type_read_no_catalogue(files_read):
    server = emulator()
    client, other = server.alibaba(), server.tencent()
    client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
    client.call("DescribeNetworkInterfaces")
    other.call("CreateVpc", VpcName="here", CidrBlock="10.0.0.0/16")
    other.call("DescribeNetworkInterfaces")
    assert files_read == []


def test_a_catalogue_is_read_once_by_all_who_ask(files_read):
    server = emulator()
    for region in ("cn-hangzhou", "cn-beijing"):
        client = server.alibaba(region=region)
        client.call("DescribeInstanceTypes", InstanceTypes=["ecs.g7.large"])
    assert files_read == ["alibaba"]
    for region in ("ap-guangzhou", "ap-beijing"):
        server.tencent(region=region).call("DescribeInstanceTypeConfigs")
    assert files_read == ["alibaba", "tencent"]
