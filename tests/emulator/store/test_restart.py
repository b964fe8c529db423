"""What a restart finds: all of it, as it was, and time that goes on."""

import json
from ipaddress import IPv4Network

import pytest
from tests.emulator.store.stored import Stored, furnish
from tests.harness import START

from duolect.clock import Clock, ClockMode
from duolect.settings.checks import SettingsError
from duolect.settings.settings import CloudSettings
from duolect.snapshots import snapshots
from duolect_core.engine.command_fault import CommandFault
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.invariants import check
from duolect_core.model.resources import SECOND
from duolect_core.networks.lifecycle import CreateNetwork


def test_everything_is_as_it_was_after_a_kill(stored):
    vpc = furnish(stored)
    before = stored.tree()
    assert stored.restart().tree() == before
    again = stored.emulator.alibaba().call(
        "CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8", ClientToken="t"
    )
    assert again["VpcId"] == vpc
    stored.emulator.advance()
    subnets = stored.emulator.alibaba().call("DescribeVSwitches", "2016-04-28")["VSwitches"]["VSwitch"]
    assert [each["Status"] for each in subnets] == ["Available"]


def test_everything_is_as_it_was_after_a_stop_and_nothing_is_repeated(stored):
    furnish(stored)
    before = stored.tree()
    stored.stop()
    stored.start()
    assert stored.tree() == before
    assert stored.pipeline.keeper.work == 0


def test_the_next_ids_are_those_that_would_have_come(place):
    ways = []
    for file, restarts in (("a", False), ("b", True)):
        stored = Stored(place(file))
        furnish(stored)
        if restarts:
            stored.restart()
        ways.append(
            stored.emulator.alibaba().call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
        )
        stored.kill()
    assert ways[0] == ways[1]


def test_a_clock_that_stands_still_stands_where_it_stood(stored):
    furnish(stored)
    at = stored.clock.now()
    stored.restart(Clock(0, START + 1_000 * SECOND))
    assert (stored.clock.now(), stored.clock.mode) == (at, ClockMode.MANUAL)
    stored.restart(Clock(0, START - 1_000 * SECOND))
    assert stored.clock.now() == at


def test_a_clock_that_runs_has_run_on_meanwhile_and_keeps_its_lead(place):
    machine = [START]
    stored = Stored(place(), Clock(1, machine=lambda: machine[0]))
    stored.clock.advance(3_600 * SECOND)
    machine[0] += 10 * SECOND
    stored.restart(Clock(1, machine=lambda: machine[0]))
    assert stored.clock.now() == START + 3_610 * SECOND
    machine[0] += 10 * SECOND
    assert stored.clock.now() == START + 3_620 * SECOND
    stored.kill()


def test_time_does_not_run_backwards_where_the_machines_clock_was_set_back(place):
    machine = [START]
    stored = Stored(place(), Clock(1, machine=lambda: machine[0]))
    machine[0] += 100 * SECOND
    stored.emulator.alibaba().call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
    seen = stored.clock.now()
    machine[0] -= 1_000 * SECOND
    stored.restart(Clock(1, machine=lambda: machine[0]))
    assert stored.clock.now() >= seen
    stored.kill()


def test_the_rate_that_was_set_lasts_until_the_settings_say_another(place):
    stored = Stored(place())
    stored.clock.run(60)
    stored.restart(Clock(0, START))
    assert stored.clock.rate == 60
    stored.restart(Clock(5, START))
    assert stored.clock.rate == 5
    stored.restart(Clock(5, START))
    assert stored.clock.rate == 5
    stored.kill()


def test_durations_last_until_the_settings_say_others(stored):
    furnish(stored)
    partitions = stored.pipeline.partitions
    wanted = partitions.durations_of()["alibaba"].all_of(7 * SECOND)
    partitions.set_durations("alibaba", wanted, stored.pipeline.state.now)
    stored.restart()
    assert stored.pipeline.partitions.durations_of()["alibaba"] == wanted
    assert stored.emulator.alibaba().partition.rules.durations == wanted
    stored.restart(timing="realistic")
    realistic = stored.pipeline.partitions.durations_of()["alibaba"]
    assert realistic != wanted
    assert stored.emulator.alibaba().partition.rules.durations == realistic
    before = stored.tree()
    assert stored.restart().tree() == before


def test_a_reset_and_a_restore_last(stored):
    furnish(stored)
    before = stored.tree()
    stored.pipeline.partitions.forget()
    assert stored.restart().tree()["partitions"] == []
    snapshots.restore(stored.pipeline.state, before)
    stored.emulator.alibaba().call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
    after = stored.tree()
    assert stored.restart().tree() == after != before
    stored.pipeline.partitions.forget("AKTEST")
    assert {each["access_key"] for each in stored.restart().tree()["partitions"]} == {"AKIDTEST"}


def test_an_operation_that_hangs_hangs_on_and_its_release_lasts(stored):
    furnish(stored)
    partition = stored.emulator.alibaba().partition
    partition.execute(
        CreateNetwork(block=IPv4Network("10.0.0.0/8")),
        stored.clock.now(),
        operation_id="hangs",
        command_fault=CommandFault(holds=True),
    )
    stored.restart()
    partition = stored.emulator.alibaba().partition
    assert [each.operation.id for each in partition.timeline.pending() if each.operation.held] == ["hangs"]
    partition.execute(ReleaseOperation(operation_id="hangs"), stored.clock.now())
    stored.restart()
    partition = stored.emulator.alibaba().partition
    partition.settle(stored.clock.now())
    assert not [each for each in partition.timeline.pending() if each.operation.held]
    assert check(partition) == []


WORLD = """
[[alibaba]]
account = "laid"
[[alibaba.networks]]
id = "vpc-laid"
CidrBlock = "10.0.0.0/8"

[[tencent]]
[[tencent.networks]]
id = "vpc-1aid0001"
VpcName = "everybody's"
CidrBlock = "10.0.0.0/16"
"""


def test_a_world_is_laid_once(tmp_path, place):
    world = tmp_path / "world.toml"
    world.write_text(WORLD)
    stored = Stored(place(), world=str(world))
    laid = stored.emulator.alibaba("laid")
    laid.call("CreateVpc", "2016-04-28", CidrBlock="172.16.0.0/12")
    stored.emulator.tencent().call("DescribeVpcs")
    before = stored.tree()
    assert len(before["partitions"]) == 2
    assert stored.restart().tree() == before
    assert stored.emulator.tencent("AKIDNEW").call("DescribeVpcs")["TotalCount"] == 1
    stored.kill()


def test_a_snapshot_to_begin_with_is_for_a_new_store(tmp_path, place):
    stored = Stored(place("first"))
    furnish(stored)
    file = tmp_path / "state.json"
    file.write_bytes(snapshots.write(stored.tree()))
    stored.kill()
    other = Stored(place("other"), snapshot=str(file))
    begun = other.tree()
    assert begun["partitions"] == json.loads(file.read_text())["partitions"]
    other.emulator.alibaba().call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
    changed = other.tree()
    assert other.restart().tree() == changed != begun
    other.kill()


def test_commands_are_repeated_under_the_rules_of_their_time(place):
    stored = Stored(place())
    for _ in range(5):
        stored.emulator.alibaba().call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
    before = stored.tree()
    stored.restart(alibaba=CloudSettings(quotas={"networks": 5}))
    assert stored.tree() == before
    with pytest.raises(Exception, match="QuotaExceeded"):
        stored.emulator.alibaba().call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
    stored.kill()


def test_what_is_done_under_new_rules_is_repeated_under_those(place):
    stored = Stored(place(), timing="instant")
    vpc = stored.emulator.alibaba().call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
    place = {"VpcId": vpc, "CidrBlock": "10.0.0.0/24", "ZoneId": "cn-hangzhou-h"}
    subnet = stored.emulator.alibaba().call("CreateVSwitch", "2016-04-28", **place)["VSwitchId"]
    group = stored.emulator.alibaba().call("CreateSecurityGroup", VpcId=vpc)["SecurityGroupId"]
    for addresses in ("random", "lowest", "lowest", "random", "random"):
        stored.restart(addresses=addresses)
        for _ in range(3):
            stored.emulator.alibaba().call(
                "CreateNetworkInterface", VSwitchId=subnet, SecurityGroupId=group
            )
    before = stored.tree()
    assert stored.restart().tree() == before
    stored.stop()
    assert stored.start(addresses="lowest").tree() == before
    stored.kill()


def test_settings_that_what_is_there_does_not_allow_are_refused(place):
    kind = {"ecs.mine.large": {"cpu": 1, "memory_gib": 1, "interfaces": 2, "ipv4_per_interface": 2}}
    stored = Stored(place(), alibaba=CloudSettings(instance_types=kind), timing="instant")
    one = stored.emulator.alibaba()
    vpc = one.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
    subnet = one.call(
        "CreateVSwitch", "2016-04-28", VpcId=vpc, CidrBlock="10.0.0.0/24", ZoneId="cn-hangzhou-h"
    )["VSwitchId"]
    group = one.call("CreateSecurityGroup", VpcId=vpc)["SecurityGroupId"]
    one.call(
        "RunInstances",
        InstanceType="ecs.mine.large",
        ImageId="aliyun_3_x64_20G_alibase_20240528.vhd",
        VSwitchId=subnet,
        SecurityGroupId=group,
    )
    before = stored.tree()
    with pytest.raises(SettingsError, match=r"today's settings do not allow alibaba cn-hangzhou"):
        stored.restart(alibaba=CloudSettings())
    stored.start(alibaba=CloudSettings(instance_types=kind))
    assert stored.tree() == before
    stored.kill()


def test_neither_private_keys_nor_secrets_are_stored(place):
    stored = Stored(place(), keys="AKTEST:t0p-s3cret")
    private = stored.emulator.alibaba().call("CreateKeyPair", KeyPairName="mine")["PrivateKeyBody"]
    stored.stop()
    text = stored.text()
    assert b"CreateKeyPair" in text
    assert b"t0p-s3cret" not in text
    for line in private.splitlines():
        assert line.encode() not in text


@pytest.mark.parametrize("rate", [0, 60])
def test_clocks_and_durations_of_accounts_outlive_the_process(place, rate):
    stored = Stored(place(), Clock(0, START), clocks="per-account")
    for account in ("one", "two", "three"):
        stored.emulator.alibaba(account).call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
    state = stored.pipeline.state
    for account in ("one", "three"):
        state.separate(account).advance(3_600 * SECOND)
    state.clocks.of("one").run(rate)
    state.partitions.forget("three")
    wanted = state.partitions.durations_of()["alibaba"].all_of(7 * SECOND)
    state.partitions.set_durations("alibaba", wanted, state.now, "one")
    state.partitions.set_durations("tencent", wanted, state.now, "one")
    state.partitions.set_durations("alibaba", wanted, state.now, "two")
    state.partitions.forget_durations("two")
    before = stored.tree()
    stored.restart(Clock(0, START))
    state = stored.pipeline.state
    assert state.now("one") >= START + 3_600 * SECOND
    assert (state.clocks.of("one").rate, state.now("two"), state.now("three")) == (rate, START, START)
    assert state.partitions.durations_of("one") == {"alibaba": wanted, "tencent": wanted}
    assert state.partitions.durations_of("two") == state.partitions.durations_of()
    if rate == 0:
        assert stored.tree() == before
    stored.kill()
