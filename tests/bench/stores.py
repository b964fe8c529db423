"""What a state that lasts costs: ``python -m tests.bench.stores``, two minutes.

Processor time of a create, client and database not counted, with a store in a file or in PostgreSQL over
the same in memory: the servers get the same requests side by side, over eight connections, round by round.
And how long a start takes after so many commands, and how long it takes until another emulator has followed
one that was killed (what of it is waiting, and not work, is written down too).
"""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.bench.client import load
from tests.bench.clouds import Cloud
from tests.bench.figures import Results
from tests.bench.servers import HEALTH, Server, duolect
from tests.bench.work import CLOUDS, CONFIG, CONNECTIONS, Prepare, creating, describing
from tests.emulator.store.servers import alibaba
from tests.emulator.store.shared.postgresql import Postgres, running_postgres
from tests.emulator.store.shared.replicas import Replicas
from tests.emulator.store.stored import Stored
from tests.harness import Emulator

COST = "Processor time with a store over the same in memory"
LATENCY = "Median time of a request with a store over the same in memory"
AIM = 1.3
FILES = ("normal", "full")
DATABASE = "postgresql"


def compare(servers: dict[str, Server], options: argparse.Namespace, results: Results) -> None:
    """Compare creates and describes."""
    for make in CLOUDS:
        name = make.__name__.lower()
        for title, prepare in (("create", creating), ("describe by id", describing)):
            for sync in [each for each in servers if each != "memory"]:
                _compare(servers, make, prepare, f"{name}, {title}, {sync}", options, results)


def _compare(  # noqa: PLR0917 - what is compared
    servers: dict[str, Server],
    make: type[Cloud],
    prepare: Prepare,
    title: str,
    options: argparse.Namespace,
    results: Results,
) -> None:
    sync = title.rpartition(" ")[2]
    spent: dict[str, list[float]] = {"memory": [], sync: []}
    medians: dict[str, list[float]] = {"memory": [], sync: []}
    for number in range(options.rounds + 1):
        for kind in (("memory", sync), (sync, "memory"))[number % 2]:
            server = servers[kind]
            work = prepare(make(server.port, f"{title}-{number}".replace(" ", "")), options.requests)
            before = server.cpu
            run = load(server.port, work.plans, options.requests)
            if number:  # the first round warms both up
                spent[kind].append((server.cpu - before) / options.requests * 1e6)
                medians[kind].append(run.p50 * 1e6)
    for section, figures, aim in (
        (COST, spent, AIM if "create" in title and sync in FILES else None),
        (LATENCY, medians, None),
    ):
        ratios = [ours / theirs for ours, theirs in zip(figures[sync], figures["memory"], strict=True)]
        results.add(
            section, title, ratios, ours=figures[sync], theirs=figures["memory"], unit="us", aim=aim
        )


def restarts(folder: Path, options: argparse.Namespace, results: Results) -> None:
    """Say how long a start takes that has to repeat so many commands: no snapshot was made of any."""
    for name, create in (("alibaba", _alibaba), ("tencent", _tencent)):
        stored = Stored(folder / f"{name}.db", timing="instant")
        create(stored.emulator, options.commands)
        stored.kill()
        took = []
        for _ in range(options.rounds):
            begun = time.process_time()
            stored.start()
            took.append(time.process_time() - begun)
            stored.kill()
        title = f"{name}, {options.commands:,} commands"
        results.add("Seconds of processor time of a start that repeats commands", title, took, aim=1.0)


def takeovers(postgres: Postgres, folder: Path, options: argparse.Namespace, results: Results) -> None:
    """Say how long another one takes to answer when who executes is killed after so many commands.

    Snapshots are made meanwhile, as ever. Three quarters of a second of it are waiting.
    """
    took = []
    with Replicas(postgres.fresh(), folder, count=2) as replicas:
        for turn in range(options.rounds):
            first = replicas.leader(postgres)
            cloud = alibaba(replicas.ports[first], "AKTAKEOVER")
            for number in range(options.commands if not turn else options.commands // 10):
                if not turn and not number:
                    vpc = cloud.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
                    place = {"VpcId": vpc, "CidrBlock": "10.0.0.0/16", "ZoneId": "cn-hangzhou-h"}
                    subnet = cloud.call("CreateVSwitch", "2016-04-28", **place)["VSwitchId"]
                    group = cloud.call("CreateSecurityGroup", VpcId=vpc)["SecurityGroupId"]
                cloud.call("CreateNetworkInterface", VSwitchId=subnet, SecurityGroupId=group)
            replicas.kill(first)
            begun = time.perf_counter()
            alibaba(replicas.ports[1 - first], "AKTAKEOVER").call("DescribeVpcs", "2016-04-28")
            took.append(time.perf_counter() - begun)
            replicas.start(first)
    title = f"alibaba, {options.commands:,} commands and more"
    results.add("Seconds until another emulator answers, from a kill of who executed", title, took)


def _alibaba(emulator: Emulator, count: int) -> None:
    cloud = emulator.alibaba()
    vpc = cloud.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
    place = {"VpcId": vpc, "CidrBlock": "10.0.0.0/16", "ZoneId": "cn-hangzhou-h"}
    subnet = cloud.call("CreateVSwitch", "2016-04-28", **place)["VSwitchId"]
    group = cloud.call("CreateSecurityGroup", VpcId=vpc)["SecurityGroupId"]
    for number in range(count - 3):
        token = {"NetworkInterfaceName": f"n{number}", "ClientToken": f"t{number}"}
        cloud.call("CreateNetworkInterface", VSwitchId=subnet, SecurityGroupId=group, **token)


def _tencent(emulator: Emulator, count: int) -> None:
    cloud = emulator.tencent()
    vpc = cloud.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/12")["Vpc"]["VpcId"]
    place = {"VpcId": vpc, "CidrBlock": "10.0.0.0/16", "SubnetName": "s", "Zone": "ap-guangzhou-3"}
    subnet = cloud.call("CreateSubnet", **place)["Subnet"]["SubnetId"]
    for number in range(count - 2):
        token = {"NetworkInterfaceName": f"n{number}", "ClientToken": f"t{number}"}
        cloud.call("CreateNetworkInterface", VpcId=vpc, SubnetId=subnet, **token)


def _postgres(stack: ExitStack) -> Postgres | None:
    """Return a database, or None where the machine has none."""
    try:
        return stack.enter_context(running_postgres())
    except pytest.skip.Exception as reason:
        sys.stderr.write(f"without PostgreSQL: {reason}\n")
        return None


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stores", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each comparison (7)")
    parser.add_argument("--requests", type=int, default=2_000, help="requests in a round (2000)")
    parser.add_argument("--commands", type=int, default=10_000, help="commands before a restart (10000)")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="folder for the results")
    options = parser.parse_args()
    results = Results(
        f"Duolect with a store beside itself in memory, {CONNECTIONS} connections",
        {"rounds": options.rounds, "requests": options.requests, "commands": options.commands},
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "bench.toml"
        config.write_text(CONFIG)

        def flags(sync: str) -> tuple[str, ...]:
            return (
                "--config",
                str(config),
                "--store",
                f"sqlite:///{folder / sync}.db",
                "--store-sync",
                sync,
            )

        with ExitStack() as outer:
            postgres = _postgres(outer)
            stack = outer.enter_context(ExitStack())
            servers = {"memory": stack.enter_context(duolect("--config", str(config), first=HEALTH))}
            for sync in FILES:
                servers[sync] = stack.enter_context(duolect(*flags(sync), first=HEALTH))
            if postgres:
                more = ("--config", str(config), "--store", postgres.fresh())
                servers[DATABASE] = stack.enter_context(duolect(*more, first=HEALTH))
            compare(servers, options, results)
            stack.close()
            restarts(folder, options, results)
            if postgres:
                takeovers(postgres, folder, options, results)
    results.show()
    results.save(options.out, "stores")


if __name__ == "__main__":
    main()
