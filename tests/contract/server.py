"""The real server as a process of its own, as users run it."""

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import attrs

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
"""What would lead a client that dials loopback astray."""

SECRET = "s3cret/value"
"""The secret of every access key that the tests register."""

_DURATIONS = """
attach = "1s"
change_public_address = "600ms"
detach = "1s"
provision_network = "50ms"
delete_network = "50ms"
provision_interface = "50ms"
delete_interface = "50ms"
boot = "50ms"
start = "50ms"
stop = "50ms"
delete_instance = "50ms"
"""
DURATIONS = f"[alibaba.durations]{_DURATIONS}[tencent.durations]{_DURATIONS}"
"""A poller on a busy machine has time to see ``Attaching``, and need not wait for what is not looked at."""

_START = 20
_STOP = 5


@attrs.frozen
class Server:
    """A server that is ready."""

    port: int

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment without proxies and without settings for Duolect."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in PROXIES and not name.startswith("DUOLECT_")
    }
    return {**kept, **more}


@contextmanager
def running(*flags: str, variables: Mapping[str, str] = {}) -> Iterator[Server]:
    """Run ``duolect serve`` on a free port; afterwards check that it ends well and was quiet."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own server
            [sys.executable, "-m", "duolect", "serve", "--port", "0", "--stop-on-eof", "true", *flags],
            env=environment(**variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        try:
            yield Server(_port(process, complaints))
            process.send_signal(signal.SIGTERM)
            asked = time.monotonic()
            assert process.wait(_STOP) == 0
            assert time.monotonic() - asked < _STOP
        finally:
            process.kill()
            process.communicate()
        complaints.seek(0)
        said = complaints.read()
        assert said == "", said


def _port(process: subprocess.Popen[str], complaints: object) -> int:
    """Wait for the ready line and return the port that it names."""
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], _START)
    line = process.stdout.readline() if readable else ""
    if not line.startswith("Duolect is ready on http://"):
        complaints.seek(0)
        raise AssertionError(f"no ready line but {line!r}: {complaints.read()}")
    return int(line.rpartition(":")[2])


def settings_file(folder: Path, more: str = "") -> str:
    """Write a settings file and return its path."""
    path = folder / "duolect.toml"
    path.write_text(more + DURATIONS)
    return str(path)
