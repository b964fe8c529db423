"""What a state that lasts costs: ``python -m tests.bench.stores``, two minutes.

Processor time of a create, client not counted, with a store in a file over the same in memory: both servers
get the same requests side by side, over eight connections, round by round. And how long a start takes after
so many commands.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.bench.client import load
from tests.bench.clouds import Cloud
from tests.bench.figures import Results
from tests.bench.servers import HEALTH, Server, duolect
from tests.bench.work import CLOUDS, CONFIG, CONNECTIONS, Prepare, creating, describing
from tests.emulator.store.stored import Stored
from tests.harness import Emulator

COST = "Processor time with a store in a file over the same in memory"
LATENCY = "Median time of a request with a store in a file over the same in memory"
AIM = 1.3
SYNC = ("normal", "full")


def compare(servers: dict[str, Server], options: argparse.Namespace, results: Results) -> None:
    """Compare creates and describes."""
    for make in CLOUDS:
        name = make.__name__.lower()
        for title, prepare in (("create", creating), ("describe by id", describing)):
            for sync in SYNC:
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
        (COST, spent, AIM if "create" in title else None),
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


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stores", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each comparison (7)")
    parser.add_argument("--requests", type=int, default=2_000, help="requests in a round (2000)")
    parser.add_argument("--commands", type=int, default=10_000, help="commands before a restart (10000)")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="folder for the results")
    options = parser.parse_args()
    results = Results(
        f"Duolect with a store in a file beside itself in memory, {CONNECTIONS} connections",
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

        with (
            duolect("--config", str(config), first=HEALTH) as memory,
            duolect(*flags("normal"), first=HEALTH) as normal,
            duolect(*flags("full"), first=HEALTH) as full,
        ):
            compare({"memory": memory, "normal": normal, "full": full}, options, results)
        restarts(folder, options, results)
    results.show()
    results.save(options.out, "stores")


if __name__ == "__main__":
    main()
