"""Presets: every rule can strike, and does what its preset says."""

import re
from pathlib import Path

import pytest
from tests.emulator.asgi import application, send
from tests.emulator.faults.cloud import CloudClient, error_code

from duolect.access.conditions import InvalidCondition
from duolect.bootstrap import bootstrap
from duolect.faults.presets import NoPreset, PresetWanted, presets, rules_of
from duolect.faults.rules import ResourceFilter
from duolect.settings.sources import load

EXAMPLES = Path(__file__).parents[3] / "examples" / "faults"
PRESETS = "/_duolect/fault-presets"
NAMES = (
    *("eventual-consistency", "flaky-gateway", "slow-detach", "stuck-detaching", "throttled-account"),
    "zone-sold-out",
)


def add(cloud, name, **wanted):
    rules = rules_of(name, PresetWanted(cloud=cloud.name, **wanted), cloud.emulator.pipeline.dialects)
    return [cloud.faults.add(rule) for rule in rules]


def test_there_are_these():
    assert tuple(presets()) == NAMES
    assert all(each.about.endswith(".") or each.about.endswith(")") for each in presets().values())


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_an_example_that_can_be_served(name):
    pipeline = bootstrap(load({"config": str(EXAMPLES / f"{name}.toml")}, {}))
    assert len(pipeline.faults.all) == len(presets()[name].rules)
    assert {fault.rule.cloud for fault in pipeline.faults.all} == {"alibaba", "tencent"}


def test_what_is_new_is_listed_later(cloud):
    add(cloud, "eventual-consistency")
    made = re.search(rb"eni-\w+", cloud.create().body)[0]
    lags = []
    for _ in range(40):
        seen = sum(made in cloud.describe().body for _ in range(4))
        lags.append(seen)
        cloud.emulator.advance(1_000)
    assert lags[0] == 0
    assert lags[-1] == 4
    assert 0 < sum(lags[2:30]) < 4 * 28


def test_some_calls_are_throttled(cloud):
    add(cloud, "throttled-account")
    assert 10 < sum(bool(error_code(cloud.describe())) for _ in range(100)) < 50


def test_a_gateway_fails_now_and_then(cloud):
    faults = add(cloud, "flaky-gateway")
    for _ in range(400):
        cloud.describe()
    assert all(fault.hits for fault in faults)
    assert 40 < sum(fault.hits for fault in faults) < 140


@pytest.mark.parametrize(("name", "seconds"), [("slow-detach", 90), ("stuck-detaching", None)])
def test_detaching_is_slow_or_never_ends(cloud, name, seconds):
    (fault,) = add(cloud, name, times=1)
    cloud.attach()
    cloud.emulator.advance(60_000)
    cloud.call(
        "DetachNetworkInterface",
        NetworkInterfaceId=cloud.resources.interface,
        InstanceId=cloud.resources.instance,
    )
    assert fault.hits == 1
    cloud.emulator.advance((seconds or 86_400) * 1_000 - 1)
    assert cloud.interface_state() == "detaching"
    cloud.emulator.advance(1)
    assert cloud.interface_state() == ("available" if seconds else "detaching")


def test_a_zone_is_sold_out():
    cloud = CloudClient("alibaba")
    zone = cloud.graph.subnets[cloud.resources.subnet].zone
    add(cloud, "zone-sold-out", resource=ResourceFilter(zone=f"{zone}-other"))
    one = {"InstanceType": "ecs.g7.large", "ImageId": "aliyun_3_x64_20G_alibase_20240528.vhd"}
    one |= {"SecurityGroupId": cloud.resources.group, "VSwitchId": cloud.resources.subnet}
    assert error_code(cloud.call("RunInstances", **one)) == ""
    cloud.faults.clear()
    add(cloud, "zone-sold-out", resource=ResourceFilter(zone=zone))  # where its subnet is
    assert error_code(cloud.call("RunInstances", **one)) == "OperationDenied.NoStock"


def test_what_is_wanted_of_a_preset_is_checked():
    dialects = CloudClient("alibaba").emulator.pipeline.dialects
    with pytest.raises(NoPreset, match="there is no preset flaky-gatway; the nearest is flaky-gateway"):
        rules_of("flaky-gatway", PresetWanted(), dialects)
    with pytest.raises(InvalidCondition, match="times must be a whole number"):
        rules_of("flaky-gateway", PresetWanted(times=0), dialects)


def test_presets_are_added_over_http():
    app = application()
    shown = send(app, "GET", PRESETS).json()["presets"]
    assert [each["name"] for each in shown] == list(NAMES)
    added = send(app, "POST", f"{PRESETS}/slow-detach", json={"cloud": "tencent", "access_key": "me"})
    assert added.status_code == 201
    assert [(each["cloud"], each["access_key"]) for each in added.json()["faults"]] == [("tencent", "me")]
    missing = send(app, "POST", f"{PRESETS}/slow-detatch", json={})
    assert (missing.status_code, missing.json()["detail"]) == (
        404,
        "there is no preset slow-detatch; the nearest is slow-detach.",
    )
    wrong = send(app, "POST", f"{PRESETS}/slow-detach", json={"times": 0})
    assert wrong.status_code == 422
    assert len(send(app, "GET", "/_duolect/faults").json()["faults"]) == 1
