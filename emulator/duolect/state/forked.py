"""Work on the state as it is at one instant, while calls go on changing it.

The process is copied (``fork``): in the copy everything stays as it was at that instant, and what it makes
comes back through a pipe, part by part. The memory is shared until one of the two writes to it, so that
copying costs milliseconds, however much there is. Where a process cannot be copied, or there is little to
do, the work is done at once, and the calls wait for it.
"""

import asyncio
import gc
import logging
import os
import signal
import sys
import warnings
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import suppress
from typing import Final

Work = Callable[[], Iterable[bytes]]
"""What makes something of the state: it changes nothing, and asks nothing of the process that serves."""

LITTLE: Final = 200
"""Of how many things (resources, records) work is so little that a copy would cost more."""
_CAN_COPY: Final = sys.platform == "linux"
"""Elsewhere the system's own libraries may not survive it (macOS), or there is no such thing (Windows)."""
MOST_COPIES: Final = 16
"""How many copies there are at once: who reads slowly keeps one for as long."""
_PART: Final = 2**16
_NICENESS: Final = 10
"""How far a copy stands back where there is more to do than processors: calls come first."""
_log = logging.getLogger("duolect")


class CopyFailed(Exception):
    """The copy of the process ended before its work was done; the log may say why."""


class TooManyCopies(CopyFailed):
    """As many copies are at work as there may be; another time may do better."""


async def on_the_state(work: Work, size: int) -> AsyncGenerator[bytes, None]:
    """Do work on the state as it is when the first part is asked for, and yield the parts of what it makes.

    ``size`` says on how many things it works, roughly.

    Raises:
        CopyFailed: what it makes is not whole.
        TooManyCopies: it could not be begun.
    """
    copy = _copied(work) if _CAN_COPY and size > LITTLE else None
    if copy is None:
        for part in tuple(work()):
            yield part
        return
    try:
        while part := await copy.read():
            yield part
        await copy.end()
    finally:
        copy.drop()


def in_parts(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts encoded, many short ones in one part."""
    found: list[str] = []
    size = 0
    for text in texts:
        found.append(text)
        size += len(text)
        if size >= _PART:
            yield "".join(found).encode("utf-8", "backslashreplace")
            found, size = [], 0
    yield "".join(found).encode("utf-8", "backslashreplace")


async def whole(parts: AsyncGenerator[bytes, None]) -> bytes:
    """Return what comes in parts."""
    return b"".join([part async for part in parts])


def _copied(work: Work) -> "_Copy | None":
    """Let a copy of the process do work; return None where the machine has no room for one."""
    if _Copy.there_are >= MOST_COPIES:
        raise TooManyCopies
    try:
        mine, its = os.pipe()
    except OSError:
        return None
    try:
        pid = _fork()
    except OSError as error:
        _log.warning("the process cannot be copied (%s): calls wait for one to the control API", error)
        os.close(mine)
        os.close(its)
        return None
    if pid == 0:
        _work(work, its)
    os.close(its)
    return _Copy(pid, mine)


def _fork() -> int:
    with warnings.catch_warnings():
        # Other threads may hold locks that nobody releases in the copy: it only computes and writes.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _work(work: Work, descriptor: int) -> None:
    """Do the copy's work, and end it."""
    status = os.EX_SOFTWARE
    try:
        _let_go_of_all_but(descriptor)
        for part in work():
            _write(descriptor, part)
        status = os.EX_OK
    except BrokenPipeError:  # nobody wants it any more
        pass
    except Exception:  # noqa: BLE001 - whatever it is, the log has it and the status says so
        _log.exception("work on the state failed")
    finally:
        os._exit(status)


def _let_go_of_all_but(descriptor: int) -> None:
    """Give back what belongs to the process that serves: connections that it closes shall be closed.

    Signals that ask both to end are for that one: it finishes what is under way, and waits for this one.
    This one ends in any case when nobody holds the other end of its pipe any more.
    """
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, os.sysconf("SC_OPEN_MAX"))
    gc.disable()  # a collection would write to all memory, which is shared until then
    os.nice(_NICENESS)


def _write(descriptor: int, part: bytes) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


class _Copy:
    """A copy of the process that is at work, and the pipe through which it gives what it makes."""

    there_are = 0
    """How many have been made and not been dropped."""

    def __init__(self, pid: int, descriptor: int) -> None:
        _Copy.there_are += 1
        self._pid: int | None = pid
        self._descriptor = descriptor
        os.set_blocking(descriptor, False)

    async def read(self) -> bytes:
        """Return the next part; an empty one after the last."""
        while True:
            try:
                return os.read(self._descriptor, _PART)
            except BlockingIOError:
                await self._news()

    async def _news(self) -> None:
        """Return when there is something to read."""
        loop = asyncio.get_running_loop()
        news: asyncio.Future[None] = loop.create_future()
        loop.add_reader(self._descriptor, _tell, news)
        try:
            await news
        finally:
            loop.remove_reader(self._descriptor)

    async def end(self) -> None:
        """Return when the copy, which has closed the pipe, has ended.

        Raises:
            CopyFailed: its work is not done.
        """
        pid, self._pid = self._pid, None
        if pid is not None and await asyncio.to_thread(_status_of, pid) != os.EX_OK:
            raise CopyFailed

    def drop(self) -> None:
        """End the copy, if it is still at work."""
        _Copy.there_are -= 1
        os.close(self._descriptor)
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            asyncio.get_running_loop().run_in_executor(None, _status_of, self._pid)
            self._pid = None


def _tell(news: "asyncio.Future[None]") -> None:
    """Say that there is something to read; the loop may say so once more before anybody has read it."""
    if not news.done():
        news.set_result(None)


def _status_of(pid: int) -> int:
    """Wait for a process to end and return its exit status."""
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:  # somebody else waited for it
        return os.EX_SOFTWARE
