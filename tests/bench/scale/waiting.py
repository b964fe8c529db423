"""A second client, in a process of its own: how long its calls take while somebody else is served.

On a machine with other work, calls also wait for a processor. That is known, for this client and for every
thread of the server, and taken off: what is left is what the server itself lets the client wait.
"""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import attrs

_PACE = 0.001
"""Seconds between an answer and the next call."""
_CALLS = 3
"""How many calls are made at least."""


@attrs.define
class Waits:
    """How long the calls of the second client took: by the clock, and without the machine's part."""

    by_the_clock: Sequence[float] = ()
    seconds: Sequence[float] = ()

    @property
    def longest(self) -> float:
        return max(self.seconds, default=0.0)

    def at(self, share: float) -> float:
        """Return what so great a share of the calls took at most."""
        ranked = sorted(self.seconds) or [0.0]
        return ranked[min(len(ranked) - 1, int(len(ranked) * share))]


@contextmanager
def second_client(port: int, pid: int, request: bytes) -> Iterator[Waits]:
    """Let another client repeat a request to a server; the waits are there afterwards."""
    waits = Waits()
    context = get_context("spawn")
    mine, its = context.Pipe()
    client = context.Process(target=_call_on_and_on, args=(port, pid, request, its), daemon=True)
    client.start()
    mine.recv()
    try:
        yield waits
    finally:
        mine.send("enough")
        waits.by_the_clock, waits.seconds = mine.recv()
        client.join()


def _call_on_and_on(port: int, pid: int, request: bytes, pipe: Connection) -> None:
    by_the_clock: list[float] = []
    seconds: list[float] = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _exchange(connection, request)
        pipe.send("ready")
        while len(seconds) < _CALLS or not pipe.poll():
            time.sleep(_PACE)
            queued, begun = _queued(pid), time.perf_counter()
            _exchange(connection, request)
            by_the_clock.append(time.perf_counter() - begun)
            seconds.append(max(0.0, by_the_clock[-1] - (_queued(pid) - queued)))
    pipe.send((by_the_clock, seconds))


def _queued(pid: int) -> float:
    """Return how long this process, and all threads of the server, have waited for a processor so far."""
    found = 0
    for task in (Path("/proc/self"), *Path(f"/proc/{pid}/task").iterdir()):
        with suppress(OSError):  # a thread that has ended
            found += int((task / "schedstat").read_text().split()[1])
    return found / 1e9


def _exchange(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    answer = b""
    while True:
        answer += connection.recv(2**16)
        head, blank, body = answer.partition(b"\r\n\r\n")
        if blank and len(body) >= int(head.lower().partition(b"content-length:")[2].split()[0]):
            assert head.startswith(b"HTTP/1.1 200 "), body
            return
