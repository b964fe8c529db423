"""A store in a file of SQLite.

Its log is written ahead (WAL): to commit is to append to one file. As long as the store is open nobody else
can open it (``locking_mode=EXCLUSIVE``), so that two emulators never share one. A number and a version make
one key, ``number << 32 | version``, by which records lie in the file in the order in which they are read.

Every row has a checksum of its own. SQLite itself finds out which part of the log was not written whole,
and leaves it out; this says so.
"""

import sqlite3
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from duolect.store import sqlite_file
from duolect.store.checksums import sum_of, sum_of_record, sum_of_snapshot
from duolect.store.interface import Changes, Damaged, Kept, Record, Snapshot, WriteFailed

_SHIFT: Final = 32
_VERSIONS: Final = (1 << _SHIFT) - 1
_ROWS: Final = 100
"""How many records one statement writes."""
_SLICE: Final = 500
"""How many rows are let go of in one step."""
_AHEAD: Final = 4 * 2**20
"""Bytes written ahead from which on they are written into the file."""
_PER_COMMIT: Final = 3 * 4096
"""Bytes that a commit writes beside what it keeps: pages that were there already are written anew."""
_PART: Final = 2**18
"""Bytes of a snapshot that are written in one step."""


@cache
def _insertion(rows: int) -> str:
    return f"INSERT INTO log VALUES {','.join(['(?,?,?,?,?,?)'] * rows)}"  # noqa: S608 - marks alone


class SqliteStore:
    """A file, and the connection to it."""

    is_current: Final = True
    """Nobody else can open the file."""

    def __init__(self, path: Path, sync: str = "normal") -> None:
        """Open a file, or make it; ``sync`` is one of ``sqlite_file.SYNC``.

        Raises:
            StoreError: it is no store, one of a newer Duolect, in use or damaged, or cannot be written.
        """
        self.path = path
        self.sync = sync
        self._ahead = 0
        """How many bytes were written ahead, roughly, since all was written into the file."""
        self._db = sqlite_file.opened(path, sync)
        self._mending = path

    def __str__(self) -> str:
        """Return the file's name."""
        return str(self.path)

    # -- another file ------------------------------------------------------------------------------

    def begin_anew(self) -> None:
        """Go on with a new file, which takes the place of this one, a damaged one, at ``replace``.

        Raises:
            StoreError: it cannot be made.
        """
        self.close()
        self._mending = sqlite_file.beside(self.path)
        self._db = sqlite_file.opened(self._mending, self.sync)

    def replace(self) -> str:
        """Put the new file, which has all, in the place of the damaged one, and say where that is.

        Raises:
            StoreError: that cannot be done.
        """
        self.close()
        aside = sqlite_file.replace(self.path, self._mending)
        self._db = sqlite_file.opened(self.path, self.sync)
        return f"the damaged file is {aside} now"

    def close(self) -> None:
        """Write all into the file itself, where that can be, and let go of it."""
        sqlite_file.close(self._db)

    # -- writing ---------------------------------------------------------------------------------

    def is_slow(self, changes: Changes) -> bool:
        """Say whether to keep changes takes so long that nobody should wait for it who can do else."""
        large = sum(len(snapshot.tree) for _, snapshot in changes.placed.values()) if changes.placed else 0
        return self.sync != "normal" or large > _PART or len(changes.records) > _ROWS

    @property
    def is_overdue(self) -> bool:
        """Whether so much was written ahead that it should be written into the file itself."""
        return self._ahead > _AHEAD

    def settle(self) -> None:
        """Write what was written ahead into the file itself, which waits for the disk."""
        self._ahead = 0
        with suppress(sqlite3.Error):  # what cannot be written now stays where it is
            self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def commit(self, changes: Changes) -> None:
        """Keep changes; mostly they are a few records, for which one statement does."""
        records = changes.records
        self._ahead += _PER_COMMIT
        try:
            if len(records) <= _ROWS and not (
                changes.placed or changes.dropped or changes.snapshots or changes.settings or changes.rules
            ):
                self._insert(records)
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._change(changes)
            for start in range(0, len(records), _ROWS):
                self._insert(records[start : start + _ROWS])
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise WriteFailed(f"{self.path} {sqlite_file.reason_of(error)}") from None

    def _insert(self, records: Sequence[tuple[int, Record]]) -> None:
        values: list[Any] = []
        for number, record in records:
            key = number << _SHIFT | record.version
            values += (
                key,
                record.at,
                record.command,
                record.entry,
                record.after,
                sum_of_record(key, record),
            )
        if values:
            self._ahead += sum(map(len, values[3::6]))
            self._db.execute(_insertion(len(records)), values)

    def _change(self, changes: Changes) -> None:
        run = self._db.execute
        for name, value in changes.settings.items():
            if value is None:
                run("DELETE FROM settings WHERE name = ?", (name,))
            else:
                run("INSERT OR REPLACE INTO settings VALUES (?,?,?)", (name, value, sum_of(name, value)))
        for name, value in changes.rules.items():
            run("INSERT OR REPLACE INTO rules VALUES (?,?,?)", (name, value, sum_of(name, value)))
        for number in changes.dropped:
            run("DELETE FROM partitions WHERE id = ?", (number,))
            run("INSERT OR REPLACE INTO dropped VALUES (?)", (number,))
        for number, (key, snapshot) in changes.placed.items():
            run("INSERT INTO partitions VALUES (?,?,?,?,?)", (number, *key, sum_of(number, *key)))
            deque(self._parts(number, snapshot), 0)
        for number, snapshot in changes.snapshots:
            deque(self._parts(number, snapshot), 0)

    def _parts(self, number: int, snapshot: Snapshot) -> Iterator[None]:
        """Write a snapshot part by part, and in the end that it is there."""
        key, tree = number << _SHIFT | snapshot.version, memoryview(snapshot.tree)
        parts = -(-len(tree) // _PART)
        for place in range(parts):
            text = tree[place * _PART : (place + 1) * _PART]
            self._ahead += len(text)
            self._db.execute("INSERT OR REPLACE INTO parts VALUES (?,?,?)", (key, place, text))
            yield
        self._db.execute(
            "INSERT OR REPLACE INTO snapshots VALUES (?,?,?,?,?)",
            (key, snapshot.rules, snapshot.durations, parts, sum_of_snapshot(key, snapshot)),
        )

    def write_snapshot(self, number: int, snapshot: Snapshot) -> Iterator[None]:
        """Keep a snapshot in steps, each of which is a transaction."""
        try:
            yield from self._parts(number, snapshot)
        except sqlite3.Error as error:
            self._roll_back()
            raise WriteFailed(f"{self.path} {sqlite_file.reason_of(error)}") from None

    def tidy(self, number: int, keep: Sequence[int]) -> Iterator[None]:
        """Let go of what is not needed any more, in steps, each of which is a transaction."""
        first = number << _SHIFT
        last = first | (min(keep) if keep else _VERSIONS)
        try:
            for version in [each for each in self._versions(number) if each not in keep]:
                self._db.execute("DELETE FROM snapshots WHERE id = ?", (first | version,))
                yield
            kept = [first | version for version in keep]
            others = f"snapshot BETWEEN ? AND ? AND snapshot NOT IN ({','.join('?' * len(kept))})"
            some = f"SELECT snapshot, place FROM parts WHERE {others} LIMIT 4"  # noqa: S608 - marks alone
            yield from self._let_go(
                f"DELETE FROM parts WHERE (snapshot, place) IN ({some})",  # noqa: S608 - likewise
                (first, max(kept, default=first | _VERSIONS), *kept),
            )
            yield from self._let_go(
                "DELETE FROM log WHERE id IN (SELECT id FROM log WHERE id BETWEEN ? AND ? LIMIT ?)",
                (first, last, _SLICE),
            )
            if not keep:
                self._db.execute("DELETE FROM dropped WHERE id = ?", (number,))
        except sqlite3.Error as error:
            self._roll_back()
            raise WriteFailed(f"{self.path} {sqlite_file.reason_of(error)}") from None

    def _let_go(self, statement: str, values: Sequence[int]) -> Iterator[None]:
        while self._db.execute(statement, values).rowcount:
            yield

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    # -- reading ---------------------------------------------------------------------------------

    def _read(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return rows.

        Raises:
            Damaged: SQLite cannot read them.
        """
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise Damaged(f"{self.path} {sqlite_file.reason_of(error)}") from None

    def _pairs(self, table: str, where: str = "", *values: str) -> dict[str, str]:
        found = {}
        rows = self._read(f"SELECT * FROM {table} {where}", values)  # noqa: S608 - names of this module
        for name, value, checksum in rows:
            if checksum != sum_of(name, value):
                raise Damaged(f"{self.path} is damaged: {table} {str(name)[:60]!r}")
            found[name] = value
        return found

    def settings(self) -> Mapping[str, str]:
        """Return what is true of all."""
        return self._pairs("settings")

    def rules(self, digest: str) -> str:
        """Return rules."""
        found = self._pairs("rules", "WHERE name = ?", digest)
        if digest not in found:
            raise Damaged(f"{self.path} is damaged: it lacks the rules {digest}")
        return found[digest]

    def partitions(self) -> Sequence[Kept]:
        """Return all partitions."""
        found = []
        for number, *name, checksum in self._read("SELECT * FROM partitions ORDER BY id"):
            if checksum != sum_of(number, *name):
                raise Damaged(f"{self.path} is damaged: the name of partition {number}")
            cloud, account, region = name
            found.append(Kept(number, (cloud, account, region), self._versions(number)))
        return found

    def _versions(self, number: int) -> Sequence[int]:
        """Return the versions of the snapshots of a partition, oldest first."""
        first = number << _SHIFT
        rows = self._read(
            "SELECT id FROM snapshots WHERE id BETWEEN ? AND ? ORDER BY id", (first, first | _VERSIONS)
        )
        return tuple(key & _VERSIONS for (key,) in rows)

    def snapshot(self, number: int, version: int) -> Snapshot:
        """Return a snapshot."""
        key, reason = number << _SHIFT | version, f"{self.path} is damaged: snapshot {version} of {number}"
        for rules, durations, parts, checksum in self._read(
            "SELECT rules, durations, parts, checksum FROM snapshots WHERE id = ?", (key,)
        ):
            texts = self._read("SELECT text FROM parts WHERE snapshot = ? ORDER BY place", (key,))
            try:
                snapshot = Snapshot(version, rules, durations, b"".join(text for (text,) in texts[:parts]))
                if checksum == sum_of_snapshot(key, snapshot):
                    return snapshot
            except TypeError:  # a value of another type than was written
                pass
        raise Damaged(reason)

    def records(self, number: int, after: int, most: int) -> Sequence[Record]:
        """Return the records after a version, up to the first that is not what was written."""
        found: list[Record] = []
        first = number << _SHIFT
        try:
            for key, at, command, entry, after_it, checksum in self._db.execute(
                "SELECT * FROM log WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
                (first | (after + 1), first | _VERSIONS, most),
            ):
                record = Record(key & _VERSIONS, at, command, entry, after_it)
                follows = record.version == after + len(found) + 1
                if not follows or checksum != sum_of_record(key, record):
                    break
                found.append(record)
            else:
                return found
        except (sqlite3.Error, TypeError, AttributeError):
            pass
        if not found:
            raise Damaged(f"{self.path} is damaged: command {after + 1} of partition {number}")
        return found

    def leftovers(self) -> Sequence[int]:
        """Return what was dropped and not let go of yet."""
        return tuple(number for (number,) in self._read("SELECT id FROM dropped"))
