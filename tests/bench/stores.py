"""What a state that lasts costs: ``python -m tests.bench.stores``, two minutes.

Processor time of a create, client not counted, with a store in a file over the same in memory: both servers
get the same requests side by side, over eight connections, round by round. And how long a start takes after
so many commands.
"""

import argparse
import signal
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.client import load
from tests.bench.clouds import Cloud
from tests.bench.figures import Results, say
from tests.bench.servers import HEALTH, Server, duolect
from tests.bench.work import CLOUDS, CONFIG, CONNECTIONS, Prepare, creating, describing

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
    """Say how long a start takes whose log has so many commands since the latest snapshot."""
    for make in CLOUDS:
        file = folder / f"{make.__name__}.db"
        flags = ("--config", str(folder / "bench.toml"), "--store", f"sqlite:///{file}")
        with duolect(*flags, first=HEALTH) as server:
            cloud = make(server.port, "restart")
            load(server.port, creating(cloud, options.commands).plans, options.commands)
            _kill(server)
        took, empty = [], []
        for _ in range(options.rounds):
            with duolect(*flags, first=HEALTH) as server:
                took.append(server.first_answer)
                _kill(server)
            with duolect(*flags[:2], first=HEALTH) as server:
                empty.append(server.first_answer)
        name = make.__name__.lower()
        say(f"  {name}: start after {options.commands:,} commands and a kill: {median(took):.2f} s, ")
        say(f"  of which without a store {median(empty):.2f} s")
        results.add(
            "Seconds of a start after commands and a kill over one without a store",
            f"{name}, {options.commands:,} commands",
            [ours / theirs for ours, theirs in zip(took, empty, strict=True)],
            ours=took,
            theirs=empty,
            unit="s",
        )


def _kill(server: Server) -> None:
    import os  # noqa: PLC0415

    os.kill(server.pid, signal.SIGKILL)
    time.sleep(0.1)


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
