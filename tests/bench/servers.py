"""Server processes: started on a free port of loopback, and always ended."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
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
ROOT = Path(__file__).parents[2]
_STOREYS = ("core", "dialects", "emulator")
HELLO = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
HEALTH = b"GET /_duolect/health HTTP/1.1\r\nHost: x\r\n\r\n"


@attrs.frozen
class Code:
    """A tree with Duolect's sources, and the Python that runs them, with the libraries it has."""

    folder: Path = ROOT
    python: str = sys.executable

    @property
    def path(self) -> str:
        return os.pathsep.join(str(self.folder / storey) for storey in _STOREYS)


@attrs.frozen
class Server:
    """A process that has answered its first request, and the seconds that took, as the clock
    and as the processor count them.
    """

    port: int
    pid: int
    first_answer: float
    first_answer_cpu: float

    @property
    def cpu(self) -> float:
        """Seconds that its threads have spent on the processor so far, those that have ended included."""
        return cpu(self.pid)

    @property
    def memory(self) -> int:
        """Resident memory in bytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise AssertionError("no VmRSS")


def cpu(pid: int) -> float:
    """Return the seconds that a process has spent on the processor."""
    clock = ~pid << 3 | 2  # Linux's number of the clock of another process: see clock_getcpuclockid(3)
    return time.clock_gettime(clock)


def free_port() -> int:
    """Return a port of loopback that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def exchange(port: int, request: bytes) -> bytes:
    """Send one request on a connection of its own and return what comes first."""
    with socket.create_connection(("127.0.0.1", port), timeout=_START) as connection:
        connection.sendall(request)
        return connection.recv(65_536)


@contextmanager
def running(
    command: Sequence[str], port: int, first: bytes, *, stderr: int | None = None, **variables: str
) -> Iterator[Server]:
    """Run a server until it has answered, and end it afterwards."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith(_NOT_OURS)}
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command,
        env={**environment, **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
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
        yield Server(port, process.pid, took, cpu(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def duolect(*flags: str, first: bytes, code: Code | None = None) -> Iterator[Server]:
    """Run Duolect as it is installed, or from other sources.

    ``first`` is the request whose answer counts as the first.
    """
    port = free_port()
    python, tied, path = sys.executable, _TIED, {}
    if code:
        python, path = code.python, {"PYTHONPATH": code.path}
        tied = ()  # older ones do not know the flag
    command = [python, "-m", "duolect", "serve", "--port", str(port), *tied, *flags]
    with running(command, port, first, **path) as server:
        yield server


@contextmanager
def bare(kind: str, size: int = 2, *, python: str = sys.executable) -> Iterator[Server]:
    """Run one of the bare apps of ``tests.bench.bare``."""
    port = free_port()
    command = [python, "-m", "tests.bench.bare", kind, str(port), str(size)]
    with running(command, port, HELLO) as server:
        yield server
