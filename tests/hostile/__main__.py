"""Hostile requests in great number: ``python -m tests.hostile --requests 200000``.

Prints its progress, then a report. Ends with status 1 where a check failed.
"""

import argparse
import sys
import time
from pathlib import Path

from tests.hostile.control import ControlFuzzer
from tests.hostile.fuzzer import Fuzzer, Report


def memory() -> float:
    """Return the resident memory of this process in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmRSS")


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def show(report: Report) -> None:
    """Print a report."""
    say(f"requests                          {report.requests}")
    say(f"granted                           {report.granted}")
    say(f"in no dialect                     {report.unrecognised}")
    say(f"slowest answer, ms                {report.slowest * 1000:.0f}")
    say(f"5xx or internal error             {report.errors_5xx}")
    say(f"tracebacks                        {report.tracebacks}")
    say(f"refused, but changed something    {report.changed_by_refusal}")
    say(f"  of {report.compared_whole} compared as a whole")
    say(f"codes                             {len(report.codes)} different; the most frequent:")
    for code, count in report.codes.most_common(10):
        say(f"  {count:8}  {code}")
    for problem in report.problems:
        say(f"\n{problem}")


def main() -> int:
    """Run, show, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--control", type=int, default=20_000, help="requests to the control API")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    fuzzer, begun = Fuzzer(wanted.seed), time.monotonic()
    cold, warm = memory(), 0.0
    step = max(1, wanted.requests // 10)
    while (done := fuzzer.report.requests) < wanted.requests:
        fuzzer.run(min(step, wanted.requests - done))
        warm = warm or memory()
        say(f"{fuzzer.report.requests:8} requests, {time.monotonic() - begun:6.1f} s, {memory():6.1f} MiB")
    show(fuzzer.report)
    say(f"resident memory, MiB              {cold:.1f} cold, {warm:.1f} warm, {memory():.1f} at the end")
    control = ControlFuzzer(wanted.seed)
    control.run(wanted.control)
    say(f"\nrequests to the control API       {control.report.requests}")
    for status, count in sorted(control.report.statuses.items()):
        say(f"  {count:8}  {int(status)}")
    say("\n\n".join(control.report.problems))
    return 0 if fuzzer.report.is_clean and control.report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
