"""``python -m tests.soak``: clients of both clouds, their SDKs, and everything that disturbs them, at once.

The server is a process of its own, watched from outside; every worker is one too, with a generator that the
seed decides. In the end the server is stopped, and its snapshot must have all that was acknowledged. The
report is in ``build/soak``; the exit status is 1 where something is not as it must be.
"""

import argparse
import json
import multiprocessing
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.contract.server import environment
from tests.soak.disturbances import disturb
from tests.soak.report import Limits, Soak, markdown, write
from tests.soak.watch import MB, Sample, sample
from tests.soak.workers import Findings, make_noise, observe, work

FLAGS = (
    *("serve", "--port", "0", "--timing", "fast", "--journal", "2000", "--journal-bytes", str(4 * MB)),
    *("--token-bytes", str(MB // 4), "--max-bodies", str(8 * MB)),
)
"""Small bounds: they are reached within the first minute."""
_READY = "Duolect is ready on http://127.0.0.1:"
_SDKS = {"alibaba-sdk": "alibabacloud_vpc20160428", "tencent-sdk": "tencentcloud"}
_NONSENSE = ("Invalid HTTP request received", "TLS with (")
"""What the server says of nonsense that it was sent."""
_LONG = 20
"""Minutes from which on memory must be flat; before, what fills once is being filled: 6 MB a minute."""


def limits(minutes: float) -> Limits:
    """Return the limits of a soak."""
    return Limits(slope=(1 if minutes >= _LONG else 20) * MB)


@contextmanager
def server(folder: Path, seed: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server that leaves a snapshot, and yield it with its port."""
    log = (folder / "log").open("w")
    process = subprocess.Popen(  # noqa: S603 - our own server
        [sys.executable, "-m", "duolect", *FLAGS, "--snapshot-on-exit", str(folder / "snapshot.json")],
        env=environment(DUOLECT_SEED=str(seed)),
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line.startswith(_READY):
            raise SystemExit(f"the server did not start: {(folder / 'log').read_text()}")
        yield process, int(line.removeprefix(_READY))
    finally:
        process.kill()
        process.wait()
        log.close()


def workers() -> dict[str, Callable[..., Findings]]:
    """Return who works, by name; SDKs that are not installed are left out."""
    sdks = [name for name, package in _SDKS.items() if find_spec(package)]
    clients: dict[str, Callable[..., Findings]] = dict.fromkeys(("alibaba", "tencent", *sdks), work)
    return {**clients, "disturber": disturb, "noise": make_noise, "observer": observe}


def soak(minutes: float, seed: int) -> Soak:
    """Soak a server."""
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory() as name, server(Path(name), seed) as (process, port):
        folder, context = Path(name), multiprocessing.get_context("spawn")
        chosen = workers()
        with context.Manager() as manager, ProcessPoolExecutor(len(chosen), context) as pool:
            stop = manager.Event()
            before = sample(process.pid).descriptors
            running: list[Future[Findings]] = []
            for kind, run in chosen.items():
                given = (port, kind, f"{seed}/{kind}", stop)
                running.append(pool.submit(run, *given, *([process.pid] if run is observe else [])))
            ends = time.time() + minutes * 60
            while time.time() < ends and process.poll() is None:
                samples.append(sample(process.pid))
                if any(each.done() for each in running):
                    break
                time.sleep(1)
            stop.set()
            findings = [each.result(120) for each in running]
        time.sleep(2)
        after = sample(process.pid).descriptors
        process.send_signal(signal.SIGTERM)
        status = process.wait(60)
        made = {each for worker in findings for each in worker.made}
        return Soak(
            seed=seed,
            minutes=minutes,
            samples=samples,
            findings=findings,
            limits=limits(minutes),
            log=_complaints((folder / "log").read_text()),
            status=status,
            lost=sorted(made - _kept(folder / "snapshot.json")),
            descriptors=(before, after),
        )


def _complaints(log: str) -> str:
    """Return what the server said, but that it was sent nonsense, as it was."""
    return "\n".join(line for line in log.splitlines() if not any(each in line for each in _NONSENSE))


def _kept(path: Path) -> set[str]:
    """Return the ids of all networks and addresses in a snapshot."""
    partitions = json.loads(path.read_text())["partitions"]
    return {each for tree in partitions for name in ("networks", "public_addresses") for each in tree[name]}


def main(arguments: Sequence[str]) -> int:
    """Soak, report, and say whether all is as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0, help="how long (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="decides who does what (default: %(default)s)")
    parser.add_argument("--report", type=Path, default=Path("build/soak"), help="folder of the report")
    options = parser.parse_args(arguments)
    done = soak(options.minutes, options.seed)
    write(done, options.report)
    sys.stdout.write(markdown(done))
    return 1 if done.problems() else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
