"""``python -m tests.bench``: how fast Duolect is, as ratios to as little as a server can do.

Figures of one run on one machine are compared with each other only: both servers do the same work, one
after the other, round by round, and what is printed is the median of the rounds' ratios, with the least
and the greatest.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench.client import load
from tests.bench.clouds import SECRET, Alibaba, Cloud, Tencent
from tests.bench.figures import Ratio, Results, machine, say
from tests.bench.servers import HEALTH, Server, bare, duolect, exchange
from tests.bench.work import CLOUDS, CONFIG, CONNECTIONS, Prepare, attaching, creating, describing

THROUGHPUT = "Throughput over a bare Starlette handler's"
PROCESSOR = "A bare Starlette handler's processor time over ours"
CROWDS = "Median time of a request among many interfaces over the same among 10"
AIMS = {
    ("alibaba", "create"): 0.65,
    ("tencent", "create"): 0.60,
    ("alibaba", "create, signature verified"): 0.50,
    ("tencent", "create, signature verified"): 0.45,
}
STARTING = "Starting, and doing nothing, over a bare app on uvicorn"


def compare_throughput(
    server: Server, make: Callable[[int, str], Cloud], prepare: Prepare, title: str, key: str
) -> None:
    """Compare Duolect with the bare handler, in throughput and in processor time of a request."""
    ratios, times, ours, theirs = [], [], [], []
    with bare("starlette", prepare(make(server.port, key.format("size")), 1).size) as constant:
        for number in range(options.rounds + 1):
            work = prepare(make(server.port, key.format(number)), options.requests)
            before = constant.cpu, server.cpu
            fast = load(constant.port, work.plans, options.requests).throughput
            slow = load(server.port, work.plans, options.requests).throughput
            if number:  # the first round warms both up
                ratios.append(slow / fast)
                theirs.append((constant.cpu - before[0]) / options.requests * 1e6)
                ours.append((server.cpu - before[1]) / options.requests * 1e6)
                times.append(theirs[-1] / ours[-1])
    name = make.__name__.lower()
    say(
        f"  {name:8} {title:37}{Ratio(ratios)!s:22}{Ratio(times)!s:22}"
        f"{median(ours):5.0f}{median(theirs):7.0f}"
    )
    results.add(THROUGHPUT, f"{name}, {title}", ratios, aim=AIMS.get((name, title)))
    results.add(PROCESSOR, f"{name}, {title}", times, ours=ours, theirs=theirs, unit="us")


def throughput(server: Server, strict: Server) -> None:
    title = f"Over a bare Starlette handler, {CONNECTIONS} connections"
    say(f"\n{title:48}{'throughput':22}{'1 / processor time':22}  us    bare")
    for make in CLOUDS:
        for title, prepare in (("create", creating), ("attach", attaching), ("describe", describing)):
            compare_throughput(server, make, prepare, title, f"{title}-{{}}")
        compare_throughput(strict, make, creating, "create, signature verified", "AKBENCH{}")


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
            results.add(CROWDS, f"{name}, {title}", ratios, aim=1.05)
        say(f"  {name:8} {'(making them took':37}{took:.1f} s)")


def starting() -> None:
    """Compare start to first answer, and memory when idle after it."""
    first = Alibaba(0, "first").request("DescribeNetworkInterfaces")
    second = Tencent(0, "first").request("DescribeNetworkInterfaces")
    theirs, ours = [], []
    for number in range(options.rounds + 1):
        with bare("uvicorn") as least:
            plain = (least.first_answer, least.first_answer_cpu, least.memory)
        with duolect(first=first) as server:
            exchange(server.port, second)
            if number:
                ours.append((server.first_answer, server.first_answer_cpu, server.memory))
                theirs.append(plain)
    say("\nOver a bare app on uvicorn, without any framework")
    for place, (title, unit, name) in enumerate(
        (
            ("start to first answer", 1e-3, "ms"),
            ("start to first answer, processor time", 1e-3, "ms"),
            ("memory when idle", 2**20, "MiB"),
        )
    ):
        mine, bares = ([each[place] / unit for each in both] for both in (ours, theirs))
        ratios = [one / other for one, other in zip(mine, bares, strict=True)]
        say(f"  {title:46}{Ratio(ratios)!s:22}{median(mine):.0f} {name}, bare {median(bares):.0f} {name}")
        results.add(STARTING, title, ratios, ours=mine, theirs=bares, unit=name, aim=1.3)


def main() -> None:
    facts = machine()
    say(
        f"Duolect on {facts['cores']} cores, Python {facts['python']}, {facts['system']}, "
        f"load {facts['load']:.2f}; {options.rounds} rounds, {options.requests:,} requests each"
    )
    say("Each figure: median of the rounds' ratios (least to greatest).")
    keys = ",".join(f"AKBENCH{number}:{SECRET}" for number in [*range(options.rounds + 1), "size"])
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        config = Path(folder) / "bench.toml"
        config.write_text(CONFIG)
        server = stack.enter_context(duolect("--config", str(config), first=HEALTH))
        strict = stack.enter_context(
            duolect("--config", str(config), "--signatures", "strict", "--keys", keys, first=HEALTH)
        )
        throughput(server, strict)
        crowds(server)
    starting()
    results.save(options.out, "bench")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each comparison (7)")
    parser.add_argument("--requests", type=int, default=2_000, help="requests in a round (2000)")
    parser.add_argument("--many", type=int, default=10_000, help="interfaces in the crowd (10000)")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="folder for the results")
    options = parser.parse_args()
    results = Results(
        "Duolect beside as little as a server can do",
        {"rounds": options.rounds, "requests": options.requests, "many": options.many},
    )
    main()
