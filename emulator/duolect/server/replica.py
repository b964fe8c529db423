"""One of several emulators on one PostgreSQL: it passes its connections on until it executes itself.

There is one that executes, so everything is as with one emulator: the clock, faults, the journal and
streams, and what one client is told another one sees. Whoever ends it, or stops it for long, makes another
one go on from what is kept. One that was followed, without being told, ends: nothing that it does is kept
any more.
"""

import asyncio
import gc
import logging
import os
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from duolect.server.relay import Relay
from duolect.settings.checks import SettingsError
from duolect.settings.settings import Settings
from duolect.store.interface import Fenced, StoreError
from duolect.store.opening import driver

if TYPE_CHECKING:
    from duolect.store.seat import Seat, Seen, Tenure  # they need a driver

FOLLOWED: Final = 75
"""The exit status of one that was followed: it can be started again."""
_SILENT: Final = 1.0
"""Seconds without a beat after which new connections wait, and are not passed on."""
_BEATS: Final = 4
"""Beats after which it is sure that somebody beats."""
_log = logging.getLogger("duolect.replica")


def open_seat(settings: Settings) -> "Seat":
    """Return this emulator's connection to the seat.

    Raises:
        SettingsError: it cannot be had, or with other settings.
    """
    if settings.uds:
        raise SettingsError("uds: emulators that share a PostgreSQL reach each other by host and port")
    if settings.control_port:
        raise SettingsError(
            "control-port: emulators that share a PostgreSQL pass on what comes to one port"
        )
    try:
        with driver():
            from duolect.store.seat import Seat  # noqa: PLC0415 - it needs a driver
        return Seat(settings.store)
    except StoreError as reason:
        raise SettingsError(f"store: {reason}") from None


def end(reason: str) -> None:
    """End at once: another emulator goes on, and nothing more is answered here."""
    _log.error("%s: this one ends, and can be started again", reason)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(FOLLOWED)


class Watch:
    """Watches the seat in a thread: until it has it, and then that it keeps it."""

    def __init__(self, seat: "Seat", address: str, seen: Callable[["Seen", bool], None]) -> None:
        """Take the seat, where this emulator can be reached, and who wants to know what there is to see.

        That is told of each change, with whether who executes is heard of.
        """
        self._seat = seat
        self._address = address
        self._seen = seen
        self._ended = Event()
        self._loop = asyncio.get_running_loop()
        self.taken: asyncio.Future[Tenure] = self._loop.create_future()
        self._thread = Thread(target=self._run, name="seat", daemon=True)
        self._failure = ""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and let go of nothing."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        from duolect.store.seat import BEAT  # noqa: PLC0415 - it needs a driver

        while not self._ended.is_set() and not self._try(self._follow):
            pass
        while not self._ended.wait(BEAT):
            self._try(self._lead)

    def _try(self, what: Callable[[], bool]) -> bool:
        """Do something, unless the database cannot be asked."""
        try:
            done = what()
        except Fenced as reason:
            end(str(reason))
            return False
        except StoreError as reason:
            if str(reason) != self._failure:
                _log.error("%s", reason)
            self._failure = str(reason)
            self._ended.wait(0.5)
            return False
        self._failure = ""
        return done

    def _follow(self) -> bool:
        """Take the seat where that can be, and say whether it was; else look, and wait a little."""
        from duolect.store.seat import BEAT  # noqa: PLC0415 - it needs a driver

        self._seat.reconnect()
        tenure = self._seat.take(self._address)
        if tenure is not None:
            self._tell(self._set, tenure)
            return True
        if self._seat.depose():
            _log.warning("%s: who executed has been silent for long, and is followed", self._seat)
            return False
        seen = self._seat.look()
        self._tell(self._seen, seen, self._seat.silence < _SILENT)
        self._seat.wait(BEAT)
        return False

    def _lead(self) -> bool:
        self._seat.hold()
        self._seat.beat()
        return True

    def _set(self, tenure: "Tenure") -> None:
        if not self.taken.done():
            self.taken.set_result(tenure)

    def _tell(self, call: Callable[..., None], *values: object) -> None:
        with suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(call, *values)


class Replica:
    """One of several emulators."""

    def __init__(self, settings: Settings, seat: "Seat", listener: socket.socket, most: int) -> None:
        """Take the settings, the seat, where clients come, and how many of them there may be."""
        port = listener.getsockname()[1]
        host = settings.host
        self._own = ("127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host, port)  # noqa: S104
        if host in {"0.0.0.0", "::"}:  # noqa: S104 - what others cannot dial
            host = seat.local_host
        self.address = settings.advertise or (f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        self.seat = seat
        self.listener = listener
        self._most = most
        self._seen: tuple[int, str | None] = (0, None)
        self.stopped = asyncio.Event()
        self.has_followed = False
        """Whether it has passed on connections."""
        self.end = end
        self._has_complained = False
        self._mirrored: Seen | None = None
        """What was first seen of another one that says that it is reached where this one is."""

    async def run(self, ready: Callable[[str], None], lead: Callable[[], Awaitable[None]]) -> None:
        """Follow, and lead where that comes to it, until it is stopped.

        It says when it is ``ready``, to whom it passes on. ``lead`` is what it does when it executes
        itself.
        """
        self._ready = ready
        self._relay = Relay(max(1, self._most // 2))
        self._watch = Watch(self.seat, self.address, self._look)
        self.seat.before_leaving = self._watch.stop
        await self._relay.start(self.listener)
        self._watch.start()
        gc.enable()
        stopped = asyncio.ensure_future(self.stopped.wait())
        self._watch.taken.add_done_callback(lambda _: stopped.cancel())
        with suppress(asyncio.CancelledError):
            await stopped
        try:
            if self._watch.taken.done():
                gc.disable()
                self._relay.stop_listening()
                await lead()
        finally:
            await self._relay.stop()
            self._watch.stop()

    async def begin(self) -> None:
        """Return once it may answer; then what waits comes to this emulator itself."""
        tenure = self._watch.taken.result()
        if self.has_followed:
            _log.warning("this emulator executes from now on: the one before has ended")
        await asyncio.sleep(max(0.0, tenure.begins - time.monotonic()))
        self._relay.lead_to(self._own, tenure.epoch)

    def _look(self, seen: "Seen", heard: bool) -> None:  # noqa: FBT001 - as ``Watch`` has it
        """Pass on to who executes."""
        if seen.address == self.address:
            self._look_twice(seen)
            return
        now = (seen.epoch, seen.address if heard else None)
        if now == self._seen or self._watch.taken.done():
            return
        self._seen = now
        address = now[1]
        if address is None:
            self._relay.lead_to(None, seen.epoch)
            return
        host, _, port = address.rpartition(":")
        self._relay.lead_to((host.strip("[]"), int(port)), seen.epoch)
        if not self.has_followed:
            self.has_followed = True
            self._ready(address)

    def _look_twice(self, seen: "Seen") -> None:
        """Say so where another one is reached where this one is: to pass on would be to call itself."""
        first = self._mirrored
        if first is None or first.epoch != seen.epoch:
            self._mirrored = seen  # it may be this very address's former emulator, which was killed
            self._relay.lead_to(None, seen.epoch)
        elif seen.beat > first.beat + _BEATS and not self._has_complained:
            self._has_complained = True
            _log.error(
                "the emulator that executes says that it is reached at %s, which is this one: give each "
                "its own address with --advertise, and a --host that others reach",
                seen.address,
            )
