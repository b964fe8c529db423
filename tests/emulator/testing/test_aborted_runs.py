"""Test runs that are aborted in the middle leave no emulator behind.

A run of pytest, alone or with two workers of pytest-xdist, is ended by SIGTERM or SIGKILL, or one of its
workers is killed: at a moment that a seed chooses, from before the emulator is started to long after. The
emulators are known by a flag that no others have.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import attrs
from tests.contract.server import environment, running

RUNS = 6
THOROUGH_RUNS = 200
SUITE = """
import os, time
from pathlib import Path

import pytest


@pytest.mark.parametrize("number", range(4))
def test_it(duolect_account, number):
    assert duolect_account.leaks() == []
    Path(f"worker-{os.getpid()}").touch()
    time.sleep(30)
"""


def emulators(mark):
    """Return the parents of the emulators whose command line holds a text.

    The lines are whole (``-ww``): pytest imports readline, which sets COLUMNS to 80 for every child, and ps
    cuts off what is behind that, in a pipe too.
    """
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "ppid=,command="],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    lines = listed.stdout.splitlines()
    return [int(line.split()[0]) for line in lines if mark in line and "duolect serve" in line]


def wait_until(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def workers(folder):
    return [int(each.name.removeprefix("worker-")) for each in folder.glob("worker-*")]


@attrs.frozen
class Abortion:
    """How a run ends: what is sent to what, and when."""

    workers: int
    number: int
    of_worker: bool
    delay: float | None
    """Seconds after the start; None: as soon as every test process has an emulator."""

    @classmethod
    def drawn(cls, seed):
        chance = random.Random(seed)  # noqa: S311 - a plan
        count = (0, 2)[seed % 2]
        return cls(
            workers=count,
            number=(signal.SIGTERM, signal.SIGKILL)[seed // 2 % 2],
            of_worker=count > 0 and chance.random() < 0.5,
            delay=None if seed % 8 < 4 else chance.uniform(0.2, 2.5),
        )

    def happens_to(self, folder, mark):
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "duolect.pytest_plugin"]
        command += ["-p", "xdist", "-n", str(self.workers), "-o", f"duolect_flags=--seed {mark}"]
        with subprocess.Popen(  # noqa: S603 - our own
            command,
            cwd=folder,
            env=environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as run:
            try:
                self._abort(run, folder, mark)
                if self.of_worker:
                    run.kill()
                run.wait(20)
                wait_until(lambda: not emulators(mark), 20, f"{self} has left {emulators(mark)}")
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(run.pid, signal.SIGKILL)

    def _abort(self, run, folder, mark):
        expected = max(self.workers, 1)
        if self.delay is None or self.of_worker:
            wait_until(lambda: len(workers(folder)) >= expected, 60, "the tests did not begin")
            assert len(emulators(mark)) == expected
        if self.delay is not None:
            time.sleep(self.delay)
        if not self.of_worker:
            run.send_signal(self.number)
            return
        victim, *others = workers(folder)
        os.kill(victim, self.number)
        wait_until(lambda: set(emulators(mark)) <= {*others}, 20, f"{self} has left {emulators(mark)}")


def test_emulators_are_found_however_long_their_command_lines(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    mark = f"{os.getpid()}0001"
    with running("--seed", mark):
        assert emulators(mark) == [os.getpid()]


def test_aborted_runs_leave_no_emulator_behind(tmp_path, thorough):
    """Without ``--thorough`` these are six runs, one of each kind."""
    for seed in range(THOROUGH_RUNS if thorough else RUNS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        Path(folder / "test_it.py").write_text(SUITE)
        Abortion.drawn(seed).happens_to(folder, f"{730_000_000 + os.getpid() * 1_000 + seed}")
