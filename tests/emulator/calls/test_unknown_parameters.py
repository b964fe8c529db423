"""Parameters that an action does not have: refused, or overlooked where the settings say so."""

import pytest
from tests.harness import ApiError, emulator

CALLS = [("alibaba", "DescribeNetworkInterfaces"), ("tencent", "DescribeNetworkInterfaces")]


def findings(world):
    return [each for record in world.pipeline.journal.records(0) for each in record.findings]


@pytest.mark.parametrize(("cloud", "action"), CALLS)
def test_they_are_refused_where_the_settings_say_so(cloud, action):
    world = emulator(unknown_parameters="refuse")
    with pytest.raises(ApiError):
        getattr(world, cloud)().call(action, on=action)
    assert findings(world) == ["unknown-parameter: on"]


def test_alibaba_cloud_overlooks_them():
    """footmark 1.26.0 sends ``on``; SDKs send ``RegionId`` to STS, which has none (csi-driver 1741)."""
    world = emulator()
    assert world.alibaba().call("DescribeVpcs", "2016-04-28", on="DescribeVpcs")["TotalCount"] == 0
    assert world.alibaba().call("GetCallerIdentity", "2015-04-01", Surplus="x")["IdentityType"] == "Account"
    assert findings(world)[:2] == ["unknown-parameter: on", "unknown-parameter: Surplus"]


def test_tencent_cloud_refuses_them():
    """NewFuture/DDNS issue 575 (2025): The parameter `$schema` is not recognized."""
    world = emulator()
    with pytest.raises(ApiError) as refused:
        world.tencent().call("DescribeVpcs", **{"$schema": "x"})
    assert (refused.value.code, refused.value.message) == (
        "UnknownParameter",
        "The parameter `$schema` is not recognized.",
    )
    assert findings(world) == ["unknown-parameter: $schema"]


def test_a_parameter_that_is_known_and_not_served_is_refused_all_the_same():
    world = emulator()
    with pytest.raises(ApiError) as refused:
        world.alibaba().call("CreateVpc", "2016-04-28", Ipv4CidrMask=16)
    assert refused.value.code == "UnsupportedParameter"


@pytest.mark.parametrize("treatment", ["note", "ignore"])
@pytest.mark.parametrize(("cloud", "action"), CALLS)
def test_they_are_overlooked_and_found_in_the_journal(cloud, action, treatment):
    """footmark 1.26.0, which Ansible's modules use, sends ``on`` with every request."""
    world = emulator(unknown_parameters=treatment)
    reply = getattr(world, cloud)().call(action, on=action, other="x")
    assert reply["TotalCount"] == 0
    assert findings(world) == ["unknown-parameter: on", "unknown-parameter: other"]


def test_those_within_others_are_overlooked_too():
    world = emulator(unknown_parameters="ignore")
    filters = [{"Name": "vpc-id", "Values": ["vpc-12345678"], "Surplus": "x"}]
    for style in ("json", "form"):
        assert world.tencent().call("DescribeSubnets", style=style, Filters=filters)["TotalCount"] == 0
    assert findings(world) == ["unknown-parameter: Filters.0.Surplus"] * 2


def test_what_is_wrong_otherwise_is_refused_all_the_same():
    world = emulator(unknown_parameters="ignore")
    with pytest.raises(ApiError) as refused:
        world.tencent().call("DescribeSubnets", on="x", Limit=0)
    assert refused.value.code == "InvalidParameterValue.Range"
