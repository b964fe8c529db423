"""An emulator as a process of its own; see also ``test_client.py``."""

import subprocess
import sys

from duolect.testing import process

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("begun", flush=True)
time.sleep(60)
"""


def test_what_does_not_end_when_it_is_asked_to_is_killed(monkeypatch):
    monkeypatch.setattr(process, "_STOP_TIMEOUT", 0.1)
    command = [sys.executable, "-c", STUBBORN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own
        assert child.stdout.readline() == "begun\n"
        process._stop(child)
        assert child.returncode < 0
