"""A store in PostgreSQL, which several emulators share: one of them, who has the ``Seat``, keeps there.

Mostly a commit is one statement: it checks in the row of the seat that nobody has followed, counts itself
there, and writes a few records. So one whose outcome is unknown, as the connection was lost amid it, is
found out by that number: it was kept, or it never will be, as with every connection the row gets another
session.

A number and a version make one key, as in SQLite, and every row has a checksum of its own.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeVar

import psycopg

from duolect.store import postgres_database as database
from duolect.store.checksums import sum_of, sum_of_record, sum_of_snapshot
from duolect.store.interface import Changes, Fenced, Record, Snapshot, StoreError, WriteFailed
from duolect.store.postgres_reading import SHIFT, VERSIONS, PostgresReader, to_bytes
from duolect.store.seat import Seat, Tenure

T = TypeVar("T")
_SLICE: Final = 500
"""How many rows are let go of in one step."""
_PART: Final = 2**18
"""Bytes of a snapshot that are written in one step."""
_COUNT: Final = (
    "UPDATE duolect_seat SET commits = commits + 1 WHERE epoch = %s AND session = %s RETURNING commits"
)
_RECORDS: Final = "unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bytea[], %s::bigint[], %s::bigint[])"
_FEW: Final = (
    f"WITH seat AS ({_COUNT}), kept AS (INSERT INTO duolect_log "  # noqa: S608 - constants
    f"SELECT record.* FROM seat, {_RECORDS} AS record) SELECT commits FROM seat"
)
_MANY: Final = f"INSERT INTO duolect_log SELECT * FROM {_RECORDS} ON CONFLICT DO NOTHING"  # noqa: S608
_UPSERT: Final = {
    "settings": "(%s, %s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value, "
    "checksum = excluded.checksum",
    "rules": "(%s, %s, %s) ON CONFLICT (name) DO NOTHING",
    "partitions": "(%s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
    "dropped": "(%s) ON CONFLICT (id) DO NOTHING",
    "parts": "(%s, %s, %s) ON CONFLICT (snapshot, place) DO UPDATE SET text = excluded.text",
    "snapshots": "(%s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET rules = excluded.rules, "
    "durations = excluded.durations, parts = excluded.parts, checksum = excluded.checksum",
}


class PostgresStore(PostgresReader):
    """A database, and the connection to it."""

    def __init__(self, url: str, sync: str = "normal", seat: Seat | None = None) -> None:
        """Open a database for who has the ``seat``; where none is given, it is taken, if nobody has it.

        Raises:
            StoreError: it cannot be reached, is no store, one of a newer Duolect, or in use.
        """
        self.url = url
        self.sync = sync
        self._seat = Seat(url) if seat is None else seat
        self._mending = ""
        self._doubtful: frozenset[int] | None = None
        """The partitions that were placed by the commit whose outcome is unknown, where there is one."""
        self._again: frozenset[int] = frozenset()
        """Those of one that was found to be kept, though it was said that it was not: it comes again."""
        self._is_again = False
        try:
            tenure = self._seat.tenure or self._seat.take_soon("another process")
            self._tenure: Tenure = tenure
            self._session, self._commits = tenure.session, tenure.commits
            self._db = self._connection()
        except StoreError:
            self._seat.close()
            raise

    def _connection(self) -> database.Connection:
        db = database.connected(self.url)
        with database.failing(self.url):
            db.execute(f"SET synchronous_commit = {database.SYNC[self.sync]}")
        return db

    @property
    def is_current(self) -> bool:
        """Whether it is sure that nobody has followed."""
        return time.monotonic() < self._tenure.until

    def close(self) -> None:
        """Let go of it, and of the seat."""
        self._db.close()
        self._seat.leave()
        self._seat.close()

    # -- a connection that was lost ------------------------------------------------------------------

    def _ready(self) -> bool:
        """Connect again where that must be; say whether a commit whose outcome was unknown was kept.

        Raises:
            WriteFailed: that cannot be.
            Fenced: somebody has followed, or what was kept is not there any more.
        """
        if not (self._db.closed or self._db.broken):
            return False
        try:
            self._db = self._connection()
            with database.failing(self.url):
                row = self._db.execute(
                    "UPDATE duolect_seat SET session = session + 1 WHERE epoch = %s "
                    "RETURNING session, commits",
                    (self._tenure.epoch,),
                ).fetchone()
        except StoreError as reason:
            self._db.close()
            raise WriteFailed(str(reason)) from None
        if row is None:
            raise self._followed()
        self._session, commits = row
        doubtful, self._doubtful = self._doubtful, None
        if commits == self._commits:
            return False
        if doubtful is None or commits != self._commits + 1:
            raise Fenced(
                f"{self} has {commits} commits where {self._commits} were kept: it was changed by others"
            )
        self._commits = commits
        self._is_again, self._again = True, self._again | doubtful
        return True

    def _be_ready(self) -> None:
        try:
            self._ready()
        except WriteFailed as reason:
            raise StoreError(str(reason)) from None

    def _followed(self) -> Fenced:
        self._tenure.until = 0.0
        return Fenced(f"{self}: another emulator has followed this one")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Raise ``WriteFailed`` for what the database says."""
        try:
            yield
        except psycopg.Error as error:
            with suppress(psycopg.Error):
                if error.sqlstate is None or error.sqlstate.startswith("57"):  # the server is gone, or goes
                    self._db.close()
            raise WriteFailed(f"{self} {database.reason_of(error, self.url)}") from None

    # -- writing -------------------------------------------------------------------------------------

    def is_slow(self, changes: Changes) -> bool:  # noqa: ARG002 - whatever they are
        """Say that to keep changes takes long: another process does it."""
        return True

    @property
    def is_overdue(self) -> bool:
        """Whether there is anything to settle: the database does that."""
        return False

    def settle(self) -> None:
        """Do nothing."""

    def commit(self, changes: Changes) -> None:
        """Keep changes; where the connection is lost amid it, find out whether they are, or try again."""
        self._ready()
        try:
            self._commit(changes)
        except Fenced:
            raise
        except WriteFailed:
            if not (self._db.closed or self._db.broken):
                self._doubtful = None
                raise
            if self._ready():  # these very changes are kept
                self._is_again, self._again = False, frozenset()
            else:
                self._commit(changes)

    def _commit(self, changes: Changes) -> None:
        records = changes.records
        self._doubtful = frozenset(changes.placed)
        plain = not (
            changes.placed or changes.dropped or changes.snapshots or changes.settings or changes.rules
        )
        sent = time.monotonic()
        with self._writing():
            if plain and not self._is_again and not self._mending:
                row = self._db.execute(
                    _FEW, (self._tenure.epoch, self._session, *_columns(records)), prepare=True
                ).fetchone()
                if row is None:
                    raise self._followed()
                (commits,) = row
            else:
                with self._db.transaction():
                    commits = self._counted()
                    self._change(changes)
                    if records:
                        self._db.execute(_MANY, _columns(records))
        self._commits, self._doubtful = commits, None
        self._is_again, self._again = False, frozenset()
        self._tenure.extend(sent)

    def _counted(self) -> int:
        """Count a commit, and so see to it that nobody follows before it is kept."""
        row = self._db.execute(_COUNT, (self._tenure.epoch, self._session)).fetchone()
        if row is None:
            raise self._followed()
        return int(row[0])

    def _put(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            with self._db.cursor() as cursor:
                cursor.executemany(f"INSERT INTO duolect_{table} VALUES {_UPSERT[table]}", rows)  # noqa: S608

    def _change(self, changes: Changes) -> None:
        gone = [to_bytes(name) for name, value in changes.settings.items() if value is None]
        if gone:
            self._db.execute("DELETE FROM duolect_settings WHERE name = ANY(%s)", (gone,))
        said = {name: value for name, value in changes.settings.items() if value is not None}
        for table, pairs in (("settings", said), ("rules", changes.rules)):
            self._put(
                table,
                [(to_bytes(name), to_bytes(value), sum_of(name, value)) for name, value in pairs.items()],
            )
        dropped = [(each,) for each in sorted(changes.dropped | (self._again - changes.placed.keys()))]
        if dropped:
            self._db.execute(
                "DELETE FROM duolect_partitions WHERE id = ANY(%s)", ([each for (each,) in dropped],)
            )
            self._put("dropped", dropped)
        self._put(
            "partitions",
            [
                (number, *map(to_bytes, key), sum_of(number, *key))
                for number, (key, _) in changes.placed.items()
            ],
        )
        for number, (_, snapshot) in changes.placed.items():
            for write in self._parts(number, snapshot):
                write()
        for number, snapshot in changes.snapshots:
            for write in self._parts(number, snapshot):
                write()

    def _parts(self, number: int, snapshot: Snapshot) -> Iterator[Callable[[], None]]:
        """Yield what writes a snapshot part by part, and in the end that it is there."""
        key, tree = number << SHIFT | snapshot.version, memoryview(snapshot.tree)
        parts = -(-len(tree) // _PART)
        for place in range(parts):
            text = bytes(tree[place * _PART : (place + 1) * _PART])
            yield lambda row=(key, place, text): self._put("parts", [row])  # type: ignore[misc]
        row = (key, snapshot.rules, snapshot.durations, parts, sum_of_snapshot(key, snapshot))
        yield lambda: self._put("snapshots", [row])

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Do a step of housekeeping as long as nobody has followed, who keeps house otherwise."""
        self._ready()
        with self._writing(), self._db.transaction():
            held = self._db.execute(
                "SELECT FROM duolect_seat WHERE epoch = %s AND session = %s FOR SHARE",
                (self._tenure.epoch, self._session),
            ).fetchone()
            if held is None:
                raise self._followed()
            yield

    def write_snapshot(self, number: int, snapshot: Snapshot) -> Iterator[None]:
        """Keep a snapshot in steps, each of which is a transaction."""
        for write in self._parts(number, snapshot):
            with self._step():
                write()
            yield

    def tidy(self, number: int, keep: Sequence[int]) -> Iterator[None]:
        """Let go of what is not needed any more, in steps, each of which is a transaction."""
        first = number << SHIFT
        last = first | (min(keep) if keep else VERSIONS)
        kept = [first | version for version in keep]
        within = (first, max(kept, default=first | VERSIONS), kept)
        others = "id BETWEEN %s AND %s AND id <> ALL(%s::bigint[])"
        yield from self._let_go("snapshots", "id", others, within)
        yield from self._let_go("parts", "snapshot, place", others.replace("id", "snapshot"), within)
        yield from self._let_go("log", "id", "id BETWEEN %s AND %s", (first, last))
        if not keep:
            with self._step():
                self._db.execute("DELETE FROM duolect_dropped WHERE id = %s", (number,))

    def _let_go(self, table: str, key: str, where: str, values: Sequence[Any]) -> Iterator[None]:
        some = f"SELECT {key} FROM duolect_{table} WHERE {where} LIMIT {_SLICE}"  # noqa: S608 - names of ours
        statement = f"DELETE FROM duolect_{table} WHERE ({key}) IN ({some})"  # noqa: S608 - likewise
        while True:
            with self._step():
                count = self._db.execute(statement, values).rowcount
            if not count:
                return
            yield

    # -- other tables ----------------------------------------------------------------------------------

    def begin_anew(self) -> None:
        """Put the damaged tables aside and make new ones; all of it is there at ``replace``, or nothing."""
        with database.failing(self.url):
            self._db.execute("BEGIN")
            self._mending = database.put_aside(self._db)

    def replace(self) -> str:
        """Let the new tables, which have all, be there, and say where the damaged ones are."""
        with database.failing(self.url):
            self._db.execute("COMMIT")
        aside, self._mending = self._mending, ""
        return f"the damaged tables are {aside}* now"


def _columns(records: Sequence[tuple[int, Record]]) -> Sequence[Sequence[Any]]:
    """Return the columns of records in the log."""
    keys = [number << SHIFT | record.version for number, record in records]
    told = [record for _, record in records]
    return (
        keys,
        [each.at for each in told],
        [each.command for each in told],
        [each.entry for each in told],
        [each.after for each in told],
        list(map(sum_of_record, keys, told)),
    )
