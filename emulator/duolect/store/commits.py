"""Group commit: what requests change is kept together, and their answers wait until it is.

All that changes in one turn of the event loop is one group, and so is all that comes while another one is
being written. Whoever tells somebody of the state asks first whether it is ``durable``, and waits where it
is not: so that nobody sees what a crash could take back.

What waits for a disk is done by a thread, and the loop goes on. A group that goes no further than to the
system's memory takes some 20 microseconds: there the loop writes it itself, because to wake a thread, which
needs Python's lock, takes longer. While the thread uses the store, it writes such groups too.

Where a group cannot be written, everything stands still: who waits is told so, and so is who comes later,
until a further try succeeds. Nothing is dropped, and what follows it in time never comes before it.

Where the store is one that several emulators share, another one may go on with the state. Then nobody is
told anything any more (``when_fenced``). As long as it is not sure that nobody has, an answer waits for a
commit.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Final, TypeVar

import attrs

from duolect.store.interface import Changes, Fenced, Store, WriteFailed

T = TypeVar("T")
RETRY: Final = 0.5
"""Seconds after which a group that could not be written is tried again."""
_log = logging.getLogger("duolect.store")


@attrs.define(eq=False)
class _Group:
    """Changes that are written together, and who waits for them."""

    changes: Changes = attrs.field(factory=Changes)
    waiters: list[Callable[[bool], None]] = attrs.field(factory=list)
    is_kept: bool = False

    def tell(self, *, kept: bool) -> None:
        """Say to all who wait whether the changes were kept."""
        waiters, self.waiters = self.waiters, []
        for waiter in waiters:
            waiter(kept)


class Commits:
    """The groups on their way to a store."""

    def __init__(self, store: Store) -> None:
        """Take the store; until ``start`` all is written where somebody waits for it, or by ``flush``."""
        self._store = store
        self._open = _Group()
        self._under_way: _Group | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._alone = Lock()
        self._scheduled = False
        self._busy = 0
        """How many jobs the thread has that it has not done yet."""
        self._settling = False
        """Whether the thread settles the store, or will."""
        self._kept = True
        """Whether all that has changed is kept."""
        self.when_fenced: Callable[[str], object] = _log.error
        """What is called in the end, with the reason, where another emulator goes on with the state."""
        self.failure = ""
        """Why the latest group could not be written; empty where it was."""

    @property
    def durable(self) -> bool:
        """Whether all that has changed is kept, and it is the latest that there is."""
        return self._kept and self._store.is_current

    @property
    def changes(self) -> Changes:
        """What the next group will keep; whoever adds to it says so by ``changed``."""
        return self._open.changes

    def changed(self) -> None:
        """Have what was added kept, together with all else that changes in this turn of the event loop."""
        self._kept = False
        if not self._scheduled and self._loop is not None and self._under_way is None:
            self._scheduled = True
            self._loop.call_soon(self._write)

    def changed_if_any(self) -> None:
        """Have kept what somebody may have added."""
        if self._open.changes:
            self.changed()

    # -- waiting -----------------------------------------------------------------------------------

    def when_durable(self, waiter: Callable[[bool], None]) -> None:
        """Call somebody once all that has changed so far is kept (True), or could not be (False).

        Where it is kept already, or known that it cannot be, that is at once.

        Raises:
            WriteFailed: it cannot be kept, and nothing is ``start``ed that would try again.
        """
        if self._loop is None:
            self.flush()
            waiter(True)  # noqa: FBT003 - as the waiter has it
            return
        if self.durable or self.failure:
            waiter(not self.failure)
            return
        current = self._store.is_current
        group = self._open
        if self._under_way is not None and current and not self._open.changes:
            group = self._under_way
        group.waiters.append(waiter)
        if not current:  # a commit that begins after this makes sure of it
            self.changed()

    async def wait(self) -> bool:
        """Return once all that has changed so far is kept, or could not be; say which."""
        if self.durable and not self.failure:
            return True
        waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def tell(kept: bool) -> None:  # noqa: FBT001 - as when_durable has it
            if not waiting.done():
                waiting.set_result(kept)

        self.when_durable(tell)
        return await waiting

    async def wait_long(self) -> None:
        """Return once all that has changed so far is kept, however long that takes."""
        while not await self.wait():  # noqa: ASYNC110 - until a further try, which ``_fail`` makes
            await asyncio.sleep(RETRY)

    # -- writing -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to write, in the event loop that runs."""
        self._loop = asyncio.get_running_loop()
        self._thread = Thread(target=self._work, name="store", daemon=True)
        self._thread.start()
        if not self._kept:
            self.changed()

    def _write(self) -> None:
        """Write the open group, or hand it to the thread, unless that has one."""
        self._scheduled = False
        if self._under_way is not None:
            return
        if not self._open.changes and self._store.is_current:  # what was added was dropped again
            self._kept = True
            self._open.tell(kept=True)
            return
        group = self._under_way = self._open
        self._open = _Group()
        if self._busy or self._store.is_slow(group.changes):
            self._hand_over(partial(self._commit, group))
        else:
            self._written(self._try(group))

    def _try(self, group: _Group) -> WriteFailed | None:
        """Write a group, and return why that cannot be, where it cannot."""
        try:
            self._store.commit(group.changes)
        except WriteFailed as reason:
            return reason
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing was kept
            _log.exception("the store failed")
            return WriteFailed(f"the store failed: {error}")
        group.is_kept = True
        return None

    def _commit(self, group: _Group) -> None:
        """Write a group in the thread."""
        self._in_the_loop(self._written, self._try(group))

    def _settle(self) -> None:
        """Do in the thread what makes later groups quick."""
        self._store.settle()
        self._settling = False

    def _hand_over(self, job: Callable[[], None]) -> None:
        """Let the thread do something with the store, and nobody else meanwhile."""
        self._busy += 1
        self._jobs.put(job)

    def _done(self) -> None:
        self._busy -= 1

    def _in_the_loop(self, call: Callable[..., None], *values: object) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # it is closed: nobody waits any more
                self._loop.call_soon_threadsafe(call, *values)

    def _written(self, failure: WriteFailed | None) -> None:
        """Tell those who wait what has become of the group under way, and go on with the next."""
        group, self._under_way = self._under_way, None
        if group is None:  # it was flushed meanwhile
            return
        if isinstance(failure, Fenced):
            self.when_fenced(str(failure))
            return
        if failure is not None:
            self._fail(group, str(failure))
            return
        if self.failure:
            _log.warning("the store can be written again")
            self.failure = ""
        if self._store.is_overdue and not self._settling:
            self._settling = True
            self._hand_over(self._settle)
        if self._open.changes or self._open.waiters:
            self._write()
        else:
            self._kept = True
        group.tell(kept=True)

    def _fail(self, group: _Group, failure: str) -> None:
        """Keep what could not be written for another try, and tell all who wait."""
        if failure != self.failure:
            _log.error("%s; calls are refused until it can be written", failure)
        self.failure = failure
        later, self._open = self._open, group
        group.changes.add(later.changes)
        group.waiters += later.waiters
        group.tell(kept=False)
        if self._loop is not None:
            self._loop.call_later(RETRY, self._write)

    # -- the thread --------------------------------------------------------------------------------

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            with self._alone:
                job()
            self._in_the_loop(self._done)

    @property
    def is_busy(self) -> bool:
        """Whether the thread uses the store, or will: who wants it alone may have to wait for the disk."""
        return bool(self._busy)

    def alone(self) -> AbstractContextManager[object]:
        """Let who works in the loop use the store, and the thread not meanwhile: for a moment."""
        return self._alone

    async def run(self, job: Callable[[], T]) -> T:
        """Let the thread do something with the store between two groups, and return what comes of it."""
        if self._thread is None:
            return job()
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def tell(result: Any, error: BaseException | None) -> None:  # noqa: ANN401 - of the job
            if done.done():
                return
            if error is None:
                done.set_result(result)
            else:
                done.set_exception(error)

        def work() -> None:
            try:
                self._in_the_loop(tell, job(), None)
            except Exception as error:  # noqa: BLE001 - it is raised where the job was given
                self._in_the_loop(tell, None, error)

        self._hand_over(work)
        result: T = await done
        return result

    async def run_in_steps(self, steps: Iterator[None]) -> None:
        """Let the thread do something in steps, between which groups are written."""
        over = object()
        while await self.run(partial(next, steps, over)) is not over:
            pass

    # -- without an event loop -----------------------------------------------------------------------

    def stop(self) -> None:
        """Write no more in the thread, which ends what it has first."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
        group, self._under_way = self._under_way, None
        if group is not None and group.is_kept:  # what the thread has said of it may not have arrived
            group.tell(kept=True)
        elif group is not None:
            group.changes.add(self._open.changes)
            self._open = _Group(group.changes, group.waiters + self._open.waiters)
        self._thread = self._loop = None

    def flush(self) -> None:
        """Write all that has changed, at once.

        Raises:
            WriteFailed: it cannot be kept.
        """
        if self._open.changes:
            self._store.commit(self._open.changes)
        group, self._open = self._open, _Group()
        self._kept, self.failure = True, ""
        group.tell(kept=True)
