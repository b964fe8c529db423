"""Server processes: started on a free port of loopback, and always ended."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

_START = 30
_STOP = 10
_NOT_OURS = ("DUOLECT_", "PYTHONDONTWRITEBYTECODE")
"""Variables under which servers would not run as where they are installed: there Python keeps what it has
compiled."""
_TIED = ("--stop-on-eof", "true")
"""Flags with which a server ends when this process does, however that is."""
HELLO = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


@attrs.frozen
class Server:
    """A process that has answered its first request, and the seconds that took."""

    port: int
    pid: int
    first_answer: float

    @property
    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e9

    @property
    def memory(self) -> int:
        """Resident memory in bytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise AssertionError("no VmRSS")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def exchange(port: int, request: bytes) -> bytes:
    """Send one request on a connection of its own and return what comes first."""
    with socket.create_connection(("127.0.0.1", port), timeout=_START) as connection:
        connection.sendall(request)
        return connection.recv(65_536)


@contextmanager
def _running(command: list[str], port: int, first: bytes) -> Iterator[Server]:
    environment = {name: text for name, text in os.environ.items() if not name.startswith(_NOT_OURS)}
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, *command], env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                answer = exchange(port, first)
                break
            except ConnectionRefusedError:
                if process.poll() is not None or time.perf_counter() - begun > _START:
                    raise AssertionError(f"{command} did not start") from None
                time.sleep(0.001)
        took = time.perf_counter() - begun
        assert answer.startswith(b"HTTP/1.1 200"), answer
        yield Server(port, process.pid, took)
    finally:
        process.terminate()
        try:
            process.wait(_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def duolect(*flags: str, first: bytes) -> Iterator[Server]:
    """Run Duolect; ``first`` is the request whose answer counts as the first."""
    port = _free_port()
    with _running(["-m", "duolect", "serve", "--port", str(port), *_TIED, *flags], port, first) as server:
        yield server


@contextmanager
def bare(kind: str, size: int = 2) -> Iterator[Server]:
    """Run one of the bare apps of ``tests.bench.bare``."""
    port = _free_port()
    with _running(["-m", "tests.bench.bare", kind, str(port), str(size)], port, HELLO) as server:
        yield server
