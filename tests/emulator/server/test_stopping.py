"""When and how a server process ends: by a signal at any time, by the end of a pipe, with its parent."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.contract.server import environment

SERVE = [sys.executable, "-m", "duolect", "serve", "--port", "0"]
HEARING = """
import os, signal, sys

signal.signal(signal.Signals[sys.argv[1]], signal.SIG_DFL)
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Runs a command that hears a signal, whoever runs the tests: under nohup nobody hears SIGHUP."""
PARENT = """
import subprocess, sys, time
from duolect.testing import running

with running() as duolect:
    print(duolect.endpoint, flush=True)
    time.sleep(60)
"""


@contextmanager
def started(*flags, before=(), **more):
    """Run a server, and kill it in the end."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more}
    with subprocess.Popen([*before, *SERVE, *flags], env=environment(), **pipes) as process:  # noqa: S603
        try:
            yield process
        finally:
            process.kill()


def reachable(endpoint):
    host, _, port = endpoint.partition(":")
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


def is_ready(process):
    return process.stdout.readline().startswith("Duolect is ready")


def test_a_server_ends_with_its_standard_input_where_that_is_set():
    with started("--stop-on-eof", "true", stdin=subprocess.PIPE) as process:
        assert is_ready(process)
        process.stdin.write("what comes is not read\n" * 10_000)
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.stdin.close()
        assert (process.wait(10), process.stderr.read()) == (0, "")


def test_a_server_outlives_its_standard_input_where_nothing_is_set():
    with started(stdin=subprocess.DEVNULL) as process:
        assert is_ready(process)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)


def test_a_snapshot_is_written_when_standard_input_ends(tmp_path):
    file = tmp_path / "state.json"
    flags = ("--stop-on-eof", "true", "--snapshot-on-exit", str(file))
    with started(*flags, stdin=subprocess.PIPE) as process:
        assert is_ready(process)
        process.stdin.close()
        assert process.wait(10) == 0
    assert json.loads(file.read_text())["format"] == "duolect snapshot"


def test_an_emulator_ends_with_the_program_that_started_it():
    with subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-c", PARENT], env=environment(), stdout=subprocess.PIPE, text=True
    ) as parent:
        endpoint = parent.stdout.readline().strip()
        assert reachable(endpoint)
        parent.kill()
    deadline = time.monotonic() + 10
    while reachable(endpoint):
        assert time.monotonic() < deadline, "the emulator outlived the program"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_every_signal_that_asks_for_an_end_leaves_a_snapshot(tmp_path, number):
    file = tmp_path / "state.json"
    before = [sys.executable, "-c", HEARING, number.name]
    with started("--snapshot-on-exit", str(file), before=before) as process:
        assert is_ready(process)
        process.send_signal(number)
        assert (process.wait(10), process.stderr.read()) == (0, "")
    assert json.loads(file.read_text())["format"] == "duolect snapshot"


def test_who_is_not_to_hear_of_a_closed_terminal_goes_on():
    with started(before=["nohup"], stdin=subprocess.DEVNULL) as process:
        assert is_ready(process)
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


# -- at the start -------------------------------------------------------------------------------------

DELAYS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.5)
"""Seconds after the start of the process: from before the first import to when the server is ready."""
ENDED = {-signal.SIGTERM, 128 + signal.SIGTERM, 0}
"""By the system before Python can handle anything, before it is ready, and after."""


@pytest.mark.parametrize("delay", DELAYS)
def test_a_signal_at_the_start_ends_the_server_without_a_traceback(delay):
    with started() as process:
        time.sleep(delay)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) in ENDED
        assert process.stderr.read() == ""


@contextmanager
def first_process(code):
    """Run Python code as a container runs its first process; the id of that comes with it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no unshare")
    command = [unshare, "--pid", "--fork", "--kill-child", sys.executable, "-c", code]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment(), **pipes) as outer:  # noqa: S603 - our own
        try:
            line = outer.stdout.readline()
            if not line:
                pytest.skip(f"no process namespaces here: {outer.stderr.read()}")
            children = Path(f"/proc/{outer.pid}/task/{outer.pid}/children").read_text().split()
            yield int(children[0]), outer
        finally:
            outer.kill()


HELD = """
import os, sys, time
from duolect.cli import command, main

def run(arguments):
    assert os.getpid() == 1
    print("in the middle of the start", flush=True)
    time.sleep(30)

command.run = run
sys.exit(main.main(["serve"]))
"""


def test_a_containers_first_process_hears_a_signal_before_it_is_ready():
    with first_process(HELD) as (pid, outer):
        os.kill(pid, signal.SIGTERM)
        assert outer.wait(10) == 128 + signal.SIGTERM


def test_a_containers_first_process_without_handlers_hears_nothing():
    """What the test above stands on: it would wait for good."""
    with first_process("import time; print('here', flush=True); time.sleep(30)") as (pid, outer):
        os.kill(pid, signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            outer.wait(0.5)


def test_the_handlers_are_there_before_the_first_slow_import():
    code = (
        "import signal, sys\nfrom duolect.cli import main\n"
        "before = set(sys.modules)\n"
        "with main._stoppable():\n"
        "    assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL\n"
        "assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL\n"
        "print([name for name in before if name.startswith(('duolect', 'uvicorn', 'attr', 'argparse'))])"
    )
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment()
    )
    assert sorted(eval(done.stdout)) == ["duolect", "duolect.cli", "duolect.cli.main"]  # noqa: S307
