"""``python -m tests.bench``: how fast Duolect is, as ratios to as little as a server can do.

Figures of one run on one machine are compared with each other only: both servers do the same work, one
after the other, round by round, and what is printed is the median of the rounds' ratios, with the least
and the greatest.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import attrs
from tests.bench.client import load
from tests.bench.clouds import HUGE, SECRET, Alibaba, Cloud, Tencent
from tests.bench.servers import Server, bare, duolect, exchange

CONNECTIONS = 8
CLOUDS: Sequence[Callable[[int, str], Cloud]] = (Alibaba, Tencent)
CONFIG = f"""
timing = "instant"
[alibaba.instance-types."{HUGE["alibaba"]}"]
cpu = 1
memory-gib = 1
interfaces = 1000
ipv4-per-interface = 10
[tencent.instance-types."{HUGE["tencent"]}"]
cpu = 1
memory-gib = 1
interfaces = 1000
ipv4-per-interface = 10
"""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@attrs.frozen
class Work:
    """Something to be measured: a request for each connection, or several in turn."""

    plans: Sequence[Sequence[bytes]]
    size: int


Prepare = Callable[[Cloud], Work]


def creating(cloud: Cloud) -> Work:
    """Return requests that differ in nonce and signature, as many as a round needs."""
    cloud.create_network()
    (body,) = load(cloud.port, [[cloud.create()]], 1, keep=True).bodies
    each = -(-options.requests // CONNECTIONS)
    return Work([[cloud.create() for _ in range(each)] for _ in range(CONNECTIONS)], len(body))


def attaching(cloud: Cloud) -> Work:
    cloud.create_network()
    instance = cloud.run_instance()
    plans = [cloud.move(interface, instance) for interface in cloud.populate(CONNECTIONS)]
    (body, _) = load(cloud.port, plans[:1], 2, keep=True).bodies
    return Work(plans, len(body))


def describing(cloud: Cloud) -> Work:
    cloud.create_network()
    plans = [[cloud.describe(interface)] for interface in cloud.populate(CONNECTIONS)]
    (body,) = load(cloud.port, plans[:1], 1, keep=True).bodies
    return Work(plans, len(body))


@attrs.frozen
class Ratio:
    """The ratios of all rounds."""

    rounds: list[float]

    def __str__(self) -> str:
        return f"{median(self.rounds):.2f}  ({min(self.rounds):.2f} to {max(self.rounds):.2f})"


def compare_throughput(
    server: Server, make: Callable[[int, str], Cloud], prepare: Prepare, key: str
) -> str:
    """Return a row: Duolect over the bare handler, in throughput and in processor time of a request."""
    ratios, times, ours, theirs = [], [], [], []
    with bare("starlette", prepare(make(server.port, key.format("size"))).size) as constant:
        for number in range(options.rounds + 1):
            work = prepare(make(server.port, key.format(number)))
            before = constant.cpu, server.cpu
            fast = load(constant.port, work.plans, options.requests).throughput
            slow = load(server.port, work.plans, options.requests).throughput
            if number:  # the first round warms both up
                ratios.append(slow / fast)
                theirs.append((constant.cpu - before[0]) / options.requests * 1e6)
                ours.append((server.cpu - before[1]) / options.requests * 1e6)
                times.append(theirs[-1] / ours[-1])
    return f"{Ratio(ratios)!s:22}{Ratio(times)!s:22}{median(ours):5.0f}{median(theirs):7.0f}"


def throughput(server: Server, strict: Server) -> None:
    title = f"Over a bare Starlette handler, {CONNECTIONS} connections"
    say(f"\n{title:48}{'throughput':22}{'1 / processor time':22}  us    bare")
    for make in CLOUDS:
        name = make.__name__.lower()
        for title, prepare in (("create", creating), ("attach", attaching), ("describe", describing)):
            row = compare_throughput(server, make, prepare, f"{title}-{{}}")
            say(f"  {name:8} {title:37}{row}")
        row = compare_throughput(strict, make, creating, "AKBENCH{}")
        say(f"  {name:8} {'create, signature verified':37}{row}")


def crowds(server: Server) -> None:
    """Compare the median time of a request among few and among many interfaces."""
    say(f"\nMedian time of a request, 1 connection: {options.many:,} interfaces over 10")
    for make in CLOUDS:
        few, many = make(server.port, "few"), make(server.port, "many")
        for cloud in (few, many):
            cloud.create_network()
        some = few.populate(10)
        begun = time.perf_counter()
        crowd = many.populate(options.many)
        took = time.perf_counter() - begun
        name = make.__name__.lower()
        instances = {few: few.run_instance(), many: many.run_instance()}
        for title, plans in (
            (
                "describe by id",
                {few: [few.describe(some[0])], many: [many.describe(crowd[len(crowd) // 2])]},
            ),
            (
                "attach",
                {
                    few: few.move(some[1], instances[few]),
                    many: many.move(crowd[len(crowd) // 2], instances[many]),
                },
            ),
            ("create", {few: [few.create()], many: [many.create()]}),
        ):
            ratios, medians, slowest = [], [], 0.0
            for number in range(options.rounds + 1):
                runs = {cloud: load(server.port, [plan], 300) for cloud, plan in plans.items()}
                if number:
                    ratios.append(runs[many].p50 / runs[few].p50)
                    medians.append(runs[many].p50)
                    slowest = max(slowest, *runs[many].latencies)
            say(
                f"  {name:8} {title:37}{Ratio(ratios)!s:22}"
                f"{median(medians) * 1e6:6.0f} us, slowest {slowest * 1e3:.1f} ms"
            )
        say(f"  {name:8} {'(making them took':37}{took:.1f} s)")


def starting() -> None:
    """Compare start to first answer, and memory when idle after it."""
    first = Alibaba(0, "first").request("DescribeNetworkInterfaces")
    second = Tencent(0, "first").request("DescribeNetworkInterfaces")
    seconds, memory, ours, theirs = [], [], [], []
    for number in range(options.rounds + 1):
        with bare("uvicorn") as least:
            bare_memory, bare_seconds = least.memory, least.first_answer
        with duolect(first=first) as server:
            exchange(server.port, second)
            if number:
                seconds.append(server.first_answer / bare_seconds)
                memory.append(server.memory / bare_memory)
                ours.append((server.first_answer, server.memory))
                theirs.append((bare_seconds, bare_memory))
    say("\nOver a bare app on uvicorn, without any framework")
    for title, place, ratios, unit in (
        ("start to first answer", 0, seconds, 1e-3),
        ("memory when idle", 1, memory, 2**20),
    ):
        figures = [median(each[place] for each in both) / unit for both in (ours, theirs)]
        suffix = "ms" if unit < 1 else "MiB"
        say(f"  {title:46}{Ratio(ratios)!s:22}{figures[0]:.0f} {suffix}, bare {figures[1]:.0f} {suffix}")


def main() -> None:
    load_average = os.getloadavg()[0]
    say(
        f"Duolect on {os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}, "
        f"load {load_average:.2f}; {options.rounds} rounds, {options.requests:,} requests each"
    )
    say("Each figure: median of the rounds' ratios (least to greatest).")
    keys = ",".join(f"AKBENCH{number}:{SECRET}" for number in [*range(options.rounds + 1), "size"])
    hello = b"GET /_duolect/health HTTP/1.1\r\nHost: x\r\n\r\n"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        config = Path(folder) / "bench.toml"
        config.write_text(CONFIG)
        server = stack.enter_context(duolect("--config", str(config), first=hello))
        strict = stack.enter_context(
            duolect("--config", str(config), "--signatures", "strict", "--keys", keys, first=hello)
        )
        throughput(server, strict)
        crowds(server)
    starting()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each comparison (7)")
    parser.add_argument("--requests", type=int, default=2_000, help="requests in a round (2000)")
    parser.add_argument("--many", type=int, default=10_000, help="interfaces in the crowd (10000)")
    options = parser.parse_args()
    main()
