"""Servers whose accounts go to the store when they are not used, and come back."""

import os
import random
import threading
import time
from contextlib import suppress

import pytest
from tests.emulator.store.servers import Refused, alibaba, serving, tencent

NETWORK = {"VpcName": "v", "CidrBlock": "10.0.0.0/16"}


def wait_for(condition, seconds=20.0):
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


def memory_of(pid):
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:  # noqa: PTH123 - no path of ours
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_control_calls_over_all_accounts_are_right_for_those_that_are_away(tmp_path):
    file, flags = tmp_path / "state.db", ("--clock", "manual", "--timing", "realistic")
    with serving(file, *flags, "--forget-after", "1s") as process:
        control = tencent(process.port, "AKIDCONTROL")
        for number in range(5):
            tencent(process.port, f"AKID{number}").call("CreateVpc", **NETWORK)
            alibaba(process.port, f"AK{number}").call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
        mark = control.post("marks")[1]["id"]
        paths = ["snapshot", "state", "partitions", "clock", "operations", "leaks", f"leaks?mark={mark}"]
        paths += ["state?access_key=AKID1", "partitions?cloud=alibaba", "state?region=cn-hangzhou"]
        before = [control.get(path) for path in paths]
        for _ in range(2):
            time.sleep(2.5)
            assert [control.get(path) for path in paths] == before
        time.sleep(2.5)
        idle = control.post("clock/idle")[1]
        assert (idle["pending"], idle["next_due"]) == (0, None)
        time.sleep(2.5)
        states = {node["state"] for each in control.get("state")[1]["partitions"] for node in each["nodes"]}
        assert states == {"available"}
        time.sleep(2.5)
        whole = control.get("snapshot")[1]
        assert len(whole["partitions"]) == 10
        time.sleep(2.5)
        assert len(control.post("reset?cloud=alibaba")[1]["forgotten"]) == 5
        assert len(control.post("restore", whole)[1]["restored"]) == 10
        time.sleep(2.5)
        assert control.get("snapshot")[1] == whole


@pytest.mark.parametrize("sync", ["normal"])
def test_ten_thousand_accounts_go_and_come_back_and_memory_is_given_back(tmp_path, sync, thorough):
    accounts = 10_000 if thorough else 1_500
    file, flags = tmp_path / "state.db", ("--timing", "instant", "--store-sync", sync, "--journal", "100")
    with serving(file, *flags, "--forget-after", "1s") as process:
        ids, most, slowest, stop = {}, [0], [0.0], threading.Event()

        def watch():
            client = tencent(process.port, "AKIDALIVE")
            while not stop.wait(0.02):
                begun = time.monotonic()
                client.call("DescribeVpcs")
                slowest[0] = max(slowest[0], time.monotonic() - begun)
                most[0] = max(most[0], memory_of(process.pid))

        empty = memory_of(process.pid)
        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        for number in range(accounts):
            name = f"AKID{number}"
            ids[name] = tencent(process.port, name).call("CreateVpc", **NETWORK)["Vpc"]["VpcId"]
        time.sleep(3)
        control = tencent(process.port, "AKIDCONTROL")
        assert control.get("health")[0] == 200
        grown = (most[0] - empty) / accounts
        listed = control.get("partitions")[1]["partitions"]
        assert sum(each["resources"].get("network", 0) for each in listed) == accounts
        for name, vpc in ids.items():
            found = tencent(process.port, name).call("DescribeVpcs")["VpcSet"]
            assert [each["VpcId"] for each in found] == [vpc]
        stop.set()
        watching.join()
        assert slowest[0] < 1.0
        if thorough:
            assert grown < 12_000, "as much as is known of an account that is away"


def test_what_was_answered_outlives_kills_amid_the_putting_away(tmp_path, thorough):
    file, chance, told = tmp_path / "state.db", random.Random(11), {}  # noqa: S311 - when is no secret
    for kill in range(25 if thorough else 4):
        with serving(file, "--timing", "instant", "--forget-after", "1s", small=True) as process:
            for name, made in told.items():
                found = {
                    each["VpcId"] for each in tencent(process.port, name).call("DescribeVpcs")["VpcSet"]
                }
                assert made <= found
                assert len(found - made) <= 1
                told[name] = found

            def work(port, kill=kill):
                number = 0
                with suppress(OSError):
                    while True:
                        number += 1
                        name = f"AKID{kill}-{number % 40}"
                        told.setdefault(name, set())
                        with suppress(Refused):
                            made = tencent(port, name).call("CreateVpc", **NETWORK)
                            told[name].add(made["Vpc"]["VpcId"])
                        time.sleep(0.005)

            thread = threading.Thread(target=work, args=(process.port,), daemon=True)
            thread.start()
            time.sleep(chance.uniform(1.0, 2.5))
            process.kill()
            process.wait()
            thread.join(30)
    assert len(told) > 20


def test_a_snapshot_that_is_left_at_the_end_has_what_is_away(tmp_path):
    left = tmp_path / "left.json"
    with serving(tmp_path / "state.db", "--forget-after", "1s", "--snapshot-on-exit", str(left)) as process:
        vpc = tencent(process.port).call("CreateVpc", **NETWORK)["Vpc"]["VpcId"]
        time.sleep(2.5)
        process.terminate()
        process.wait(20)
    assert vpc in left.read_text("utf-8")
