"""``make bench-against REV=...``: this build beside another revision of it, in the same run.

The other revision's sources come from git into build/bench/; it runs with this environment's libraries.
Both serve at once and take turns, round by round, and who is first changes with each round. What is
compared is the time that their processes spend on the processor. With ``--python`` this build runs on
another Python, so that ``REV=HEAD`` compares two Pythons.
"""

import argparse
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import attrs
from tests.bench.client import load
from tests.bench.clouds import SECRET, Alibaba, Cloud, Tencent
from tests.bench.figures import Progress, Results
from tests.bench.servers import HEALTH, ROOT, Code, Server, duolect, exchange
from tests.bench.work import CLOUDS, CONFIG, Prepare, attaching, creating, describing, paging

KINDS: Sequence[tuple[str, bool, Prepare, float]] = (
    ("create, signature verified", True, creating, 0.55),
    ("attach and detach", False, attaching, 0.55),
    ("describe by id", False, describing, 0.6),
    ("describe a page of 100", False, paging, 0.4),
)
"""What is asked, whether its signature is verified, how it is prepared, and the aim."""
MEMORY_TURNS = 3
"""At most: memory is nearly the same each time."""


def _git(*arguments: str) -> bytes:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 - the user's git


def check_out(revision: str, folder: Path) -> Path:
    """Return a folder with the sources of a revision, which is made once."""
    commit = _git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    there = folder.absolute() / commit
    if not there.exists():
        half = there.with_suffix(".part")
        shutil.rmtree(half, ignore_errors=True)
        sources = io.BytesIO(_git("archive", commit, "core", "dialects", "emulator"))
        with tarfile.open(fileobj=sources) as archive:
            archive.extractall(half, filter="data")
        half.rename(there)
    return there


@attrs.frozen
class Build:
    """A build that is measured: a server that believes signatures, and one that verifies them."""

    plain: Server
    strict: Server


@contextmanager
def serving(code: Code, config: Path, keys: str) -> Iterator[Build]:
    """Run both servers of a build."""
    flags = ("--config", str(config))
    with (
        duolect(*flags, first=HEALTH, code=code) as plain,
        duolect(*flags, "--signatures", "strict", "--keys", keys, first=HEALTH, code=code) as strict,
    ):
        yield Build(plain, strict)


def turns(number: int) -> Sequence[int]:
    """Return who is measured first in a round, and who second."""
    return (0, 1) if number % 2 else (1, 0)


def processor_time(server: Server, cloud: Cloud, prepare: Prepare, requests: int) -> float:
    """Return microseconds on the processor for a request."""
    work = prepare(cloud, requests)
    before = server.cpu
    load(server.port, work.plans, work.count)
    return (server.cpu - before) / work.count * 1e6


def compare(
    results: Results,
    section: str,
    title: str,
    pairs: Sequence[Sequence[float]],
    unit: str,
    *,
    aim: float | None = None,
) -> None:
    """Keep the ratios of pairs: ours, and theirs of the same round."""
    ours, theirs = zip(*pairs, strict=True)
    ratios = [one / other for one, other in pairs]
    results.add(section, title, ratios, ours=ours, theirs=theirs, unit=unit, aim=aim)


def requests(results: Results, codes: Sequence[Code], config: Path) -> None:
    """Compare what requests cost."""
    names = [make.__name__.lower() for make in CLOUDS]
    keys = ",".join(f"AK{name}{number}:{SECRET}" for name in names for number in range(options.rounds + 1))
    taken: dict[tuple[str, str], list[list[float]]] = defaultdict(list)
    with ExitStack() as stack:
        builds = [stack.enter_context(serving(code, config, keys)) for code in codes]
        for number in range(options.rounds + 1):
            for make, name in zip(CLOUDS, names, strict=True):
                for title, verified, prepare, _ in KINDS:
                    progress(f"round {number} of {options.rounds}: {name}, {title}")
                    pair = [0.0, 0.0]
                    for place in turns(number):
                        server = builds[place].strict if verified else builds[place].plain
                        account = f"AK{name}{number}" if verified else f"{title}{number}"
                        cloud = make(server.port, account)
                        pair[place] = processor_time(server, cloud, prepare, options.requests)
                    if number:  # the first round warms both up
                        taken[name, title].append(pair)
    for name in names:
        for title, _, _, aim in KINDS:
            section = "Processor time of a request, ours over theirs"
            compare(results, section, f"{name}, {title}", taken[name, title], "us", aim=aim)


def memory(results: Results, codes: Sequence[Code], config: Path) -> None:
    """Compare how much memory an interface takes, with journals that keep nothing."""
    for make in CLOUDS:
        pairs = []
        for number in range(min(options.rounds, MEMORY_TURNS)):
            progress(f"memory of {options.many:,} interfaces, {make.__name__}, turn {number + 1}")
            pair = [0.0, 0.0]
            for place in turns(number):
                flags = ("--config", str(config), "--journal", "0")
                with duolect(*flags, first=HEALTH, code=codes[place]) as server:
                    cloud = make(server.port, "memory")
                    pair[place] = memory_per_interface(server, cloud, options.many)
            pairs.append(pair)
        section = "Memory of an interface with 3 addresses, a tag and a group, ours over theirs"
        compare(results, section, make.__name__.lower(), pairs, "bytes", aim=0.33)


def memory_per_interface(server: Server, cloud: Cloud, many: int) -> float:
    """Return bytes for each of many interfaces."""
    cloud.create_network()
    cloud.populate(100, **cloud.several)  # what every first call brings
    before = server.memory
    cloud.populate(many, **cloud.several)
    return (server.memory - before) / many


def starting(results: Results, codes: Sequence[Code]) -> None:
    """Compare start to first answer, and memory when idle after it."""
    first = Alibaba(0, "first").request("DescribeNetworkInterfaces")
    second = Tencent(0, "first").request("DescribeNetworkInterfaces")
    walls, processor, idle = [], [], []
    for number in range(options.rounds + 1):
        progress(f"start {number} of {options.rounds}")
        measured = [(0.0, 0.0, 0.0)] * 2
        for place in turns(number):
            with duolect(first=first, code=codes[place]) as server:
                exchange(server.port, second)
                measured[place] = (
                    server.first_answer * 1e3,
                    server.first_answer_cpu * 1e3,
                    server.memory / 2**20,
                )
        if number:
            for kept, pair in zip((walls, processor, idle), zip(*measured, strict=True), strict=True):
                kept.append(pair)
    section = "Starting, and doing nothing, ours over theirs"
    compare(results, section, "start to first answer", walls, "ms")
    compare(results, section, "start to first answer, processor time", processor, "ms")
    compare(results, section, "memory when idle", idle, "MiB")


def main() -> None:
    """Compare, show, keep."""
    theirs = check_out(options.rev, options.sources)
    codes = (Code(python=options.python), Code(theirs))
    results = Results(
        f"Duolect beside its revision {theirs.name[:7]}",
        {
            "revision": theirs.name,
            "python": "" if options.python == sys.executable else options.python,
            "rounds": options.rounds,
            "requests": options.requests,
            "many": options.many,
        },
    )
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "bench.toml"
        config.write_text(CONFIG)
        requests(results, codes, config)
        memory(results, codes, config)
        starting(results, codes)
    progress.end()
    results.show()
    results.save(options.out, "against")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.against", description=__doc__)
    parser.add_argument("--rev", required=True, help="the other revision, as git names it")
    parser.add_argument("--python", default=sys.executable, help="what runs this build (the same)")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each comparison (15)")
    parser.add_argument("--requests", type=int, default=2_000, help="requests in a round (2000)")
    parser.add_argument("--many", type=int, default=10_000, help="interfaces for memory (10000)")
    parser.add_argument(
        "--sources", type=Path, default=Path("build/bench"), help="folder for the other revision's sources"
    )
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="folder for the results")
    options = parser.parse_args()
    progress = Progress()
    main()
