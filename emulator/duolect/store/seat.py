"""The seat: which one of several emulators that share a PostgreSQL executes, and how long it surely does.

Who has it holds an advisory lock, which is free once its connection ends, and has raised the ``epoch`` in a
row, which every commit checks. So one that was cut off can keep nothing any more, whatever it believes.

It also beats: as long as a beat or a commit was sent less than ``VALID`` seconds ago, it knows without
asking that nobody has followed it, because whoever does waits for so long before it answers anything. One
that does not beat for ``DEAD`` seconds while it holds the lock, because it is stopped or cut off, is
deposed.

Time is the database's, so that it does not matter what the machines' clocks say.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import attrs
import psycopg

from duolect.store import postgres_database as database
from duolect.store.interface import Fenced, StoreError
from duolect_core.model.resources import Instant

VALID: Final = 0.75
"""Seconds after a beat or a commit in which it is sure that nobody has followed."""
WAIT: Final = VALID
"""Seconds for which whoever follows waits: as long as the former may be sure that it was not followed."""
BEAT: Final = 0.25
"""Seconds between two beats, and between two looks of those who would follow."""
DEAD: Final = 4.0
"""Seconds without a beat after which one that holds the lock is deposed."""
CHANNEL: Final = "duolect_seat"
"""On which it is said that somebody has taken the seat or left it."""
_LOCK: Final = 0x44554F4C
"""``DUOL``: the first half of the advisory lock; the other is the table of the seat."""
_PATIENCE: Final = 2.0
"""Seconds for which the lock of an emulator that was killed may be there still."""
_BEAT: Final = (
    "UPDATE duolect_beat SET beat = beat + 1, "
    "time = greatest(time, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, %s) "
    "WHERE EXISTS (SELECT FROM duolect_seat WHERE epoch = %s) RETURNING time"
)
_DEPOSE: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
    "AND classid = %s AND objid = to_regclass('duolect_seat')::oid "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class DatabaseTime:
    """The database's clock, in microseconds since 1970: this machine's steady one, set by what is heard.

    It never runs backwards. What is heard was said a little earlier, so the latest that follows from it
    counts.
    """

    __slots__ = ("_ahead",)

    def __init__(self) -> None:
        """Begin at 0, until something is heard."""
        self._ahead = -time.monotonic_ns()

    def hear(self, said: Instant) -> None:
        """Take what the database's clock said when it was asked just now."""
        self._ahead = max(self._ahead, said * 1000 - time.monotonic_ns())

    def __call__(self) -> Instant:
        """Return the time."""
        return (time.monotonic_ns() + self._ahead) // 1000


@attrs.define(eq=False)
class Tenure:
    """That an emulator has the seat."""

    epoch: int
    session: int
    """Raised with every connection that commits, so that nothing can come late from an earlier one."""
    commits: int
    """How many commits there were by now, those of earlier ones included."""
    begins: float
    """By the steady clock, from when on it may answer."""
    until: float = 0.0
    """By the steady clock, until when nobody can have followed."""

    def extend(self, sent: float) -> None:
        """Take what was sent at a time and has proved that nobody had followed."""
        self.until = max(self.until, sent + VALID)


@attrs.frozen
class Seen:
    """What there is to see: the epoch, how often was beaten, where who has the seat can be reached."""

    epoch: int
    beat: int
    address: str | None


class Seat:
    """One emulator's connection to the seat. One thread at a time uses it."""

    def __init__(self, url: str) -> None:
        """Connect, and make what a new database lacks.

        Raises:
            StoreError: it cannot be reached, or is no store of this Duolect.
        """
        self.url = url
        self.time = DatabaseTime()
        self.tenure: Tenure | None = None
        self._db = self._connection()
        self.before_leaving: Callable[[], object] = bool
        """What is called before the seat is left to somebody else."""
        self._watched: tuple[Seen, float] | None = None
        self._is_locked = False

    def _connection(self) -> database.Connection:
        db = database.connected(self.url)
        try:
            database.prepare(self.url, db)
            db.execute(f"LISTEN {CHANNEL}")
        except psycopg.Error as error:
            db.close()
            raise StoreError(f"{self} {database.reason_of(error, self.url)}") from None
        except StoreError:
            db.close()
            raise
        return db

    def __str__(self) -> str:
        """Return the database's name."""
        return database.name_of(self.url)

    def reconnect(self) -> None:
        """Connect again, where the connection was lost.

        Raises:
            StoreError: it cannot be reached.
        """
        if self._db.closed or self._db.broken:
            self._db.close()
            self._db = self._connection()

    @property
    def local_host(self) -> str:
        """The address of this machine on the way to the database."""
        import socket  # noqa: PLC0415 - asked once

        with (
            suppress(OSError),
            socket.fromfd(self._db.fileno(), socket.AF_INET, socket.SOCK_STREAM) as same,
        ):
            name = same.getsockname()
            if isinstance(name, tuple):
                return str(name[0])
        return "127.0.0.1"

    # -- those who would follow --------------------------------------------------------------------

    def look(self) -> Seen:
        """Return what there is to see.

        Raises:
            StoreError: the database cannot be asked.
        """
        row = self._one("SELECT epoch, beat, address FROM duolect_seat, duolect_beat")
        return Seen(*row)

    def take(self, address: str) -> Tenure | None:
        """Take the seat, where it is free.

        Raises:
            StoreError: the database cannot be asked.
        """
        if not self._lock():
            return None
        was_left = self._one("SELECT address IS NULL FROM duolect_seat")[0]
        sent = time.monotonic()
        epoch, session, commits = self._one(
            "UPDATE duolect_seat SET epoch = epoch + 1, session = session + 1, address = %s "
            "RETURNING epoch, session, commits",
            (address,),
        )
        begins = 0.0 if was_left else time.monotonic() + WAIT
        self.tenure = Tenure(epoch, session, commits, begins)
        self.beat(sent)
        self._one(f"SELECT pg_notify('{CHANNEL}', '')")
        return self.tenure

    def take_soon(self, address: str) -> Tenure:
        """Take the seat, where it is free or becomes so at once, as that of one that was killed does.

        Raises:
            StoreError: somebody has it.
        """
        until = time.monotonic() + _PATIENCE
        while (tenure := self.take(address)) is None:
            if time.monotonic() > until:
                raise StoreError(f"{self} is in use: by the emulator at {self.look().address}")
            time.sleep(BEAT / 5)
        time.sleep(max(0.0, tenure.begins - time.monotonic()))
        return tenure

    @property
    def silence(self) -> float:
        """For how many seconds nothing has changed, as far as ``depose`` has looked."""
        return 0.0 if self._watched is None else time.monotonic() - self._watched[1]

    def depose(self) -> bool:
        """End the connection of one who holds the lock and has not beaten for long, and say so.

        Raises:
            StoreError: the database cannot be asked.
        """
        seen, now = self.look(), time.monotonic()
        if self._watched is None or self._watched[0] != seen:
            self._watched = seen, now
        if now - self._watched[1] < DEAD:
            return False
        self._watched = seen, now
        with database.failing(self.url):
            return bool(self._db.execute(_DEPOSE, (_LOCK,)).fetchall())

    def wait(self, seconds: float) -> None:
        """Return when somebody has taken the seat or left it, and after some seconds in any case.

        Raises:
            StoreError: the connection is lost.
        """
        with database.failing(self.url):
            for _ in self._db.notifies(timeout=seconds, stop_after=1):
                pass

    # -- who has it ----------------------------------------------------------------------------------

    def beat(self, sent: float | None = None) -> None:
        """Say that who has it is there, and hear the time.

        Raises:
            Fenced: somebody has followed.
            StoreError: the database cannot be asked.
        """
        tenure = self._tenure()
        sent = time.monotonic() if sent is None else sent
        with database.failing(self.url):
            row = self._db.execute(_BEAT, (self.time(), tenure.epoch)).fetchone()
        if row is None:
            raise Fenced(
                f"{self}: another emulator has followed this one, the one at {self.look().address}"
            )
        self.time.hear(row[0])
        tenure.extend(sent)

    def hold(self) -> None:
        """Connect again where that must be, and take the lock once nobody has it, where it was lost.

        Raises:
            StoreError: the database cannot be asked.
        """
        if self._db.closed or self._db.broken:
            self._is_locked = False
            self.reconnect()
        if not self._is_locked:
            self._lock()

    def leave(self) -> None:
        """Let somebody else have it, at once: all is kept, and nothing more is answered."""
        self.before_leaving()
        tenure, self.tenure = self.tenure, None
        if tenure is None:
            return
        tenure.until = 0.0
        with suppress(psycopg.Error):
            self._db.execute("UPDATE duolect_seat SET address = NULL WHERE epoch = %s", (tenure.epoch,))
            self._db.execute("SELECT pg_advisory_unlock_all()")
            self._db.execute(f"SELECT pg_notify('{CHANNEL}', '')")

    def close(self) -> None:
        """Let go of the connection, and of the lock."""
        self._db.close()

    def _tenure(self) -> Tenure:
        if self.tenure is None:
            raise Fenced(f"{self}: this emulator does not have it any more")
        return self.tenure

    def _lock(self) -> bool:
        self._is_locked = bool(
            self._one(
                "SELECT pg_try_advisory_lock(%s, to_regclass('duolect_seat')::oid::integer)", (_LOCK,)
            )[0]
        )
        return self._is_locked

    def _one(self, statement: str, values: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        with database.failing(self.url):
            row = self._db.execute(statement, values).fetchone()
        if row is None:
            raise StoreError(f"{self} is damaged: its seat")
        return row
