"""A load client: a few keep-alive connections, each with one request under way, and a clock.

It knows just enough HTTP to read an answer that has a Content-Length, and costs little beside a server.
"""

import asyncio
import re
import time
from collections.abc import Sequence
from itertools import cycle, islice
from statistics import median

import attrs
import uvloop

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: close", re.IGNORECASE)
_TOO_LONG = 120
"""Seconds after which a run is given up."""


@attrs.frozen
class Run:
    """What a run came to: seconds in all, seconds of each request, and the bodies where they were kept."""

    seconds: float
    latencies: list[float]
    bodies: list[bytes]

    @property
    def throughput(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def p50(self) -> float:
        return median(self.latencies)


class _Connection(asyncio.Protocol):
    """One connection, and the next one where the server closes it after an answer, as moto's does."""

    def __init__(
        self,
        port: int,
        plan: Sequence[bytes],
        count: int,
        run: Run,
        done: asyncio.Future[None],
        *,
        keep: bool,
    ):
        self._port = port
        self._requests = islice(cycle(plan), count)
        self._run = run
        self._done = done
        self._keep = keep
        self._buffer = b""
        self._sent = 0.0
        self._waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._send()

    def _send(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._done.set_result(None)
            self._transport.close()
            return
        self._waiting = True
        self._sent = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, blank, body = self._buffer.partition(b"\r\n\r\n")
        if not blank:
            return
        found = _LENGTH.search(head)
        if found is None or len(body) < int(found[1]):
            return
        self._run.latencies.append(time.perf_counter() - self._sent)
        if not head.startswith(b"HTTP/1.1 200 ") or b'"Error":{' in body:
            self._done.set_exception(AssertionError(body[:500]))
            self._transport.close()
            return
        if self._keep:
            self._run.bodies.append(body)
        self._buffer = b""
        self._waiting = False
        if _CLOSES.search(head):
            self._transport.close()
        else:
            self._send()

    def connection_lost(self, _: Exception | None) -> None:
        if self._done.done():
            return
        if self._waiting:
            self._done.set_exception(ConnectionError("the server closed the connection"))
        else:
            self._opening = asyncio.ensure_future(self.open())

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, "127.0.0.1", self._port)


def load(port: int, plans: Sequence[Sequence[bytes]], count: int, *, keep: bool = False) -> Run:
    """Send ``count`` requests over one connection for each plan; a plan is repeated as often as needed."""

    async def drive() -> Run:
        loop = asyncio.get_running_loop()
        run = Run(0.0, [], [])
        shares = [count // len(plans) + (place < count % len(plans)) for place in range(len(plans))]
        ends = [loop.create_future() for _ in plans]
        start = time.perf_counter()
        for plan, share, end in zip(plans, shares, ends, strict=True):
            await _Connection(port, plan, share, run, end, keep=keep).open()
        await asyncio.wait_for(asyncio.gather(*ends), _TOO_LONG)
        return attrs.evolve(run, seconds=time.perf_counter() - start)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(drive())
