"""Passing connections on to the emulator that executes, byte by byte.

What is said is not looked at: TLS, proxying, streams and faults of the connection are what they are there.
As long as nobody executes, or who does cannot be reached, a new connection waits; nothing of it is read
meanwhile. A connection whose other end is lost is ended in the same way: closed after all is sent, or
reset.
"""

import asyncio
import logging
import socket
from contextlib import suppress
from typing import Final

from duolect.server.protocol import FULL, NO_LINGER

WAIT: Final = 15.0
"""Seconds for which a connection waits for somebody who executes."""
_DIAL: Final = 2.0
"""Seconds for which a machine that does not answer is dialled, before it is looked again who executes."""
_RETRY: Final = 0.1
"""Seconds after which it is tried again to reach who executes."""
_LAST_WORDS: Final = 1.0
"""Seconds in which what one has said who does not execute any more is passed on."""
_FAREWELL: Final = 0.3
"""Seconds in which, when it is stopped, answers are passed on to those that have asked."""
_log = logging.getLogger("duolect.replica")


class _Side(asyncio.Protocol):
    """One end of a connection that is passed on."""

    def __init__(self, relay: "Relay") -> None:
        self.relay = relay
        self.transport: asyncio.Transport | None = None
        self.other: _Side | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if self.other is not None and self.other.transport is not None:
            self.other.transport.write(data)

    def pause_writing(self) -> None:
        if self.other is not None and self.other.transport is not None:
            with suppress(RuntimeError):  # it is closing
                self.other.transport.pause_reading()

    def resume_writing(self) -> None:
        if self.other is not None and self.other.transport is not None:
            with suppress(RuntimeError):
                self.other.transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        other, self.other = self.other, None
        if other is not None and other.transport is not None:
            if exc is None:
                other.transport.close()
            else:
                other.reset()
        self.transport = None

    def reset(self) -> None:
        """End it at once, with a reset."""
        if self.transport is not None:
            below = self.transport.get_extra_info("socket")
            if below is not None:
                below.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            self.transport.abort()


class _Leader(_Side):
    """The end at the emulator that executes, which never ends one direction alone."""

    def __init__(self, relay: "Relay", epoch: int) -> None:
        super().__init__(relay)
        self.epoch = epoch

    def connection_lost(self, exc: Exception | None) -> None:
        self.relay.leaders.discard(self)
        super().connection_lost(exc)


class _Client(_Side):
    """The end at a client."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.relay.is_full:
            transport.write(FULL)
            transport.close()
            return
        self.relay.clients.add(self)
        self.early, self.has_said_all = b"", False
        asyncio.get_running_loop().call_soon(self._hold)
        self.task = asyncio.ensure_future(self.relay.join(self))

    def _hold(self) -> None:
        """Read no more than has come by now, until that can be passed on."""
        if self.other is None:
            self.pause()

    def pause(self) -> None:
        """Read no more."""
        if self.transport is not None:
            with suppress(RuntimeError):  # it is closing
                self.transport.pause_reading()

    def data_received(self, data: bytes) -> None:
        """Keep what comes before it can be passed on: the loop may read once after it was told to pause."""
        if self.other is None:
            self.early += data
        else:
            super().data_received(data)

    def eof_received(self) -> bool:
        """Say that the client says no more; it still listens."""
        self.has_said_all = True
        if self.other is not None and self.other.transport is not None:
            with suppress(OSError, NotImplementedError):
                self.other.transport.write_eof()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self.relay.clients.discard(self)
        super().connection_lost(exc)


class Relay:
    """Passes connections on."""

    def __init__(self, most: int) -> None:
        """Take how many connections there may be."""
        self.clients: set[_Client] = set()
        self.leaders: set[_Leader] = set()
        self._most = most
        self._target: tuple[str, int] | None = None
        self._epoch = 0
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None

    @property
    def is_full(self) -> bool:
        """Whether there may be no further connection."""
        return len(self.clients) >= self._most

    async def start(self, listener: socket.socket) -> None:
        """Take connections from a socket, which stays open when it ends."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Client(self), sock=listener.dup(), backlog=2048)

    def lead_to(self, target: tuple[str, int] | None, epoch: int) -> None:
        """Pass on to an address from now on; what goes to who executed before is given up soon."""
        self._target = target
        if epoch != self._epoch:
            self._epoch = epoch
            asyncio.get_running_loop().call_later(_LAST_WORDS, self._end_older, epoch)
        if target is not None:
            self._changed.set()
            self._changed = asyncio.Event()

    def _end_older(self, epoch: int) -> None:
        for leader in tuple(self.leaders):
            if leader.epoch < epoch:
                if leader.other is not None:
                    leader.other.reset()
                leader.reset()

    async def join(self, client: _Client) -> None:
        """Join a client with who executes, as soon as that is somebody."""
        loop = asyncio.get_running_loop()
        until = loop.time() + WAIT
        while client.transport is not None and not client.transport.is_closing():
            target, epoch = self._target, self._epoch
            if loop.time() >= until:
                _log.warning("a connection is closed: nobody executes")
                client.reset()
                return
            try:
                async with asyncio.timeout_at(until if target is None else min(until, loop.time() + _DIAL)):
                    if target is None:
                        await self._changed.wait()
                        continue
                    _, leader = await loop.create_connection(lambda at=epoch: _Leader(self, at), *target)  # type: ignore[misc]
            except TimeoutError:
                continue
            except OSError:
                await asyncio.sleep(_RETRY)
                continue
            self._joined(client, leader)
            return

    def _joined(self, client: _Client, leader: _Leader) -> None:
        if client.transport is None or leader.transport is None:
            for each in (client, leader):
                each.reset()
            return
        self.leaders.add(leader)
        client.other, leader.other = leader, client
        if client.early:
            leader.transport.write(client.early)
            client.early = b""
        if client.has_said_all:
            client.eof_received()
        with suppress(RuntimeError):  # it was not paused yet, or is closing
            client.transport.resume_reading()

    def stop_listening(self) -> None:
        """Take no more connections; those that there are go on."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def stop(self) -> None:
        """Take no more connections, and end those that there are, once what was said is sent."""
        self.stop_listening()
        for client in self.clients:
            client.task.cancel()
            client.pause()
        if self.leaders:  # what is being answered is answered, if that does not take long
            await asyncio.sleep(_FAREWELL)
        for client in tuple(self.clients):
            if client.transport is not None:
                client.transport.close()
        await asyncio.sleep(0)
