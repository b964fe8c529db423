"""One emulator for many jobs: ``python -m tests.bench.shared``, a minute.

Three emulators on one PostgreSQL, and jobs of CI that all begin at once
(``tests.emulator.store.shared.jobs``). A share is what a job takes alone, times how many there are: one
processor executes for all of them.
"""

import argparse
import tempfile
from pathlib import Path

from tests.bench.figures import Results
from tests.bench.servers import cpu
from tests.emulator.store.shared.jobs import FLAGS, Job, run
from tests.emulator.store.shared.postgresql import running_postgres
from tests.emulator.store.shared.replicas import Replicas

AIM = 2.0


def _spent(replicas: Replicas) -> float:
    """Return the seconds of the processor that all emulators have spent."""
    return sum(cpu(process.pid) for process in replicas.processes)


def main() -> None:
    """Measure it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.shared", description=__doc__)
    parser.add_argument("--jobs", type=int, default=100, help="jobs at once (100)")
    parser.add_argument("--rounds", type=int, default=3, help="how often (3)")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="folder for the results")
    options = parser.parse_args()
    results = Results(
        "Jobs beside each other on three emulators that share a PostgreSQL",
        {"jobs": options.jobs, "rounds": options.rounds},
    )
    spent: dict[str, list[float]] = {"alone": [], "at once": []}
    took: dict[str, list[float]] = {"alone": [], "at once": []}
    with (
        tempfile.TemporaryDirectory() as name,
        running_postgres() as postgres,
        Replicas(postgres.fresh(), Path(name), flags=FLAGS) as replicas,
    ):
        run([Job(10_000_000, replicas.ports)])  # what is loaded when it is first used is loaded
        for turn in range(options.rounds):
            first = turn * options.jobs
            for kind, groups in (
                (
                    "alone",
                    [[Job(1_000_000 + first + each, replicas.ports)] for each in range(options.jobs)],
                ),
                ("at once", [[Job(first + each, replicas.ports) for each in range(options.jobs)]]),
            ):
                before = _spent(replicas)
                for jobs in groups:
                    run(jobs)
                spent[kind].append((_spent(replicas) - before) / options.jobs * 1000)
                seconds = sorted(job.seconds for jobs in groups for job in jobs)
                share = seconds[len(seconds) // 2] * options.jobs
                took[kind].append((share if kind == "alone" else seconds[-1]) * 1000)
    for title, figures in (
        (f"processor time of a job, {options.jobs} at once over one after the other", spent),
        (f"the slowest of {options.jobs} at once over the share of one alone", took),
    ):
        ratios = [ours / theirs for ours, theirs in zip(figures["at once"], figures["alone"], strict=True)]
        results.add(
            "Jobs", title, ratios, ours=figures["at once"], theirs=figures["alone"], unit="ms", aim=AIM
        )
    results.show()
    results.save(options.out, "shared")


if __name__ == "__main__":
    main()
