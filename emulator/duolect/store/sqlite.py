"""A store in a file of SQLite.

Its log is written ahead (WAL): to commit is to append to one file. As long as the store is open nobody else
can open it (``locking_mode=EXCLUSIVE``), so that two emulators never share one. A number and a version make
one key, ``number << 32 | version``, by which records lie in the file in the order in which they are read.

Every row has a checksum of its own. SQLite itself finds out which part of the log was not written whole,
and leaves it out; this says so.
"""

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from duolect.store.interface import (
    Changes,
    Damaged,
    Kept,
    Record,
    Snapshot,
    StoreError,
    WriteFailed,
)
from duolect.store.tails import cut_of

FORMAT: Final = 1
"""The version of the format: what lies in the tables, and how."""
_APPLICATION: Final = 0x44554F4C
"""``DUOL``: by this a file says that it is a store of Duolect."""
_MAGIC: Final = b"SQLite format 3\0"
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
SYNC: Final = {"normal": "NORMAL", "full": "FULL"}
"""What is waited for, by the setting: that the system has what is written, or the disk."""
_TABLES: Final = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE rules (name TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE partitions (id INTEGER PRIMARY KEY, cloud TEXT NOT NULL, account TEXT NOT NULL,
    region TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE dropped (id INTEGER PRIMARY KEY);
CREATE TABLE snapshots (id INTEGER PRIMARY KEY, rules TEXT NOT NULL, durations TEXT NOT NULL,
    parts INTEGER NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE parts (snapshot INTEGER, place INTEGER, text BLOB NOT NULL, PRIMARY KEY (snapshot, place))
    WITHOUT ROWID;
CREATE TABLE log (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, command TEXT NOT NULL, entry BLOB NOT NULL,
    after INTEGER NOT NULL, checksum INTEGER NOT NULL);
"""
_log = logging.getLogger("duolect.store")


@cache
def _insertion(rows: int) -> str:
    return f"INSERT INTO log VALUES {','.join(['(?,?,?,?,?,?)'] * rows)}"  # noqa: S608 - marks alone


def _sum_of_record(key: int, record: Record) -> int:
    return crc32(
        record.entry, crc32(b"%d|%d|%d|" % (key, record.at, record.after) + record.command.encode())
    )


def _sum_of(*parts: object) -> int:
    return crc32("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))


def _sum_of_snapshot(key: int, snapshot: Snapshot) -> int:
    return crc32(snapshot.tree, _sum_of(key, snapshot.rules, snapshot.durations))


def _check_beginning(path: Path) -> None:
    """Raise ``StoreError`` where a file is there that is no database."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        if (magic := file.read(len(_MAGIC))) not in {b"", _MAGIC}:
            raise StoreError(f"{path} is no store of Duolect: it begins with {magic!r}")


class SqliteStore:
    """A file, and the connection to it."""

    def __init__(self, path: Path, sync: str = "normal") -> None:
        """Open a file, or make it; ``sync`` is one of ``SYNC``.

        Raises:
            StoreError: it is no store, one of a newer Duolect, in use or damaged, or cannot be written.
        """
        self.path = path
        self.sync = sync
        self._ahead = 0
        """How many bytes were written ahead, roughly, since all was written into the file."""
        self._db = self._opened()

    def __str__(self) -> str:
        """Return the file's name."""
        return str(self.path)

    # -- opening --------------------------------------------------------------------------------

    def _opened(self) -> sqlite3.Connection:
        path = self.path
        db = None
        try:
            _check_beginning(path)
            tail = cut_of(path)
            # A thread commits; the one that opens and closes it does so before and after.
            db = sqlite3.connect(
                path, timeout=0, isolation_level=None, check_same_thread=False, cached_statements=_ROWS + 50
            )
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._check_format(db)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(f"PRAGMA synchronous = {SYNC[self.sync]}")
            db.execute("PRAGMA wal_autocheckpoint = 0")  # ``settle`` does it, beside the calls
            tail.tell(db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])
            self._make_or_lock(db)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}") from None
        except sqlite3.Error as error:
            if db is not None:
                db.close()
            raise StoreError(f"{path} {_reason(error)}") from None
        except StoreError:
            if db is not None:
                db.close()
            raise
        return db

    def _check_format(self, db: sqlite3.Connection) -> None:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if application != _APPLICATION and (application or version or tables):
            raise StoreError(f"{self.path} is a database of another program, and no store of Duolect")
        if application == _APPLICATION and version != FORMAT:
            raise StoreError(
                f"{self.path} has format {version}, and this Duolect reads format {FORMAT}: take the one "
                "that wrote it, or export with that and import with this one"
            )

    @staticmethod
    def _make_or_lock(db: sqlite3.Connection) -> None:
        """Take the lock that is kept until the end, and make what a new file has."""
        db.execute("BEGIN EXCLUSIVE")
        if not db.execute("PRAGMA application_id").fetchone()[0]:
            for statement in filter(str.strip, _TABLES.split(";")):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {_APPLICATION}")
            db.execute(f"PRAGMA user_version = {FORMAT}")
        else:
            db.execute(f"PRAGMA user_version = {FORMAT}")  # a write, which takes the lock
        db.execute("COMMIT")

    def set_aside(self) -> Path:
        """Put the file aside under another name, which is returned, and go on with a new one.

        Raises:
            StoreError: that cannot be done.
        """
        self.close()
        aside = next(
            path
            for number in count(1)
            if not (path := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists()
        )
        try:
            self.path.rename(aside)
            for ending in ("-wal", "-shm"):
                beside = Path(f"{self.path}{ending}")
                if beside.exists():
                    beside.rename(f"{aside}{ending}")
        except OSError as error:
            raise StoreError(f"{self.path} is damaged and cannot be put aside: {error.strerror}") from None
        self._db = self._opened()
        return aside

    def close(self) -> None:
        """Write all into the file itself, where that can be, and let go of it."""
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with suppress(sqlite3.Error):
            self._db.close()

    def is_slow(self, changes: Changes) -> bool:
        """Say whether to keep changes takes so long that nobody should wait for it who can do else."""
        large = sum(len(snapshot.tree) for _, snapshot in changes.placed.values()) if changes.placed else 0
        return self.sync != "normal" or large > _PART or len(changes.records) > _ROWS

    # -- writing ---------------------------------------------------------------------------------

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
                changes.placed or changes.dropped or changes.settings or changes.rules
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
            raise WriteFailed(f"{self.path} {_reason(error)}") from None

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
                _sum_of_record(key, record),
            )
        if values:
            self._ahead += sum(map(len, values[3::6]))
            self._db.execute(_insertion(len(records)), values)

    def _change(self, changes: Changes) -> None:
        run = self._db.execute
        for name, value in changes.settings.items():
            run("INSERT OR REPLACE INTO settings VALUES (?,?,?)", (name, value, _sum_of(name, value)))
        for name, value in changes.rules.items():
            run("INSERT OR REPLACE INTO rules VALUES (?,?,?)", (name, value, _sum_of(name, value)))
        for number in changes.dropped:
            run("DELETE FROM partitions WHERE id = ?", (number,))
            run("INSERT OR REPLACE INTO dropped VALUES (?)", (number,))
        for number, (key, snapshot) in changes.placed.items():
            run("INSERT INTO partitions VALUES (?,?,?,?,?)", (number, *key, _sum_of(number, *key)))
            for _ in self._parts(number, snapshot):
                pass

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
            (key, snapshot.rules, snapshot.durations, parts, _sum_of_snapshot(key, snapshot)),
        )

    def write_snapshot(self, number: int, snapshot: Snapshot) -> Iterator[None]:
        """Keep a snapshot in steps, each of which is a transaction."""
        try:
            yield from self._parts(number, snapshot)
        except sqlite3.Error as error:
            self._roll_back()
            raise WriteFailed(f"{self.path} {_reason(error)}") from None

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
            raise WriteFailed(f"{self.path} {_reason(error)}") from None

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
            raise Damaged(f"{self.path} {_reason(error)}") from None

    def _pairs(self, table: str, where: str = "", *values: str) -> dict[str, str]:
        found = {}
        rows = self._read(f"SELECT * FROM {table} {where}", values)  # noqa: S608 - names of this module
        for name, value, checksum in rows:
            if checksum != _sum_of(name, value):
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
            if checksum != _sum_of(number, *name):
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
                if checksum == _sum_of_snapshot(key, snapshot):
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
                if not follows or checksum != _sum_of_record(key, record):
                    break
                found.append(record)
            else:
                return found
        except (sqlite3.Error, TypeError, AttributeError):
            pass
        if not found:
            raise Damaged(f"{self.path} is damaged: command {after + 1} of partition {number}")
        return found

    def oldest(self, number: int) -> int:
        """Return the version of a partition's oldest record."""
        first = number << _SHIFT
        rows = self._read(
            "SELECT id FROM log WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1", (first, first | _VERSIONS)
        )
        return rows[0][0] & _VERSIONS if rows else 0

    def leftovers(self) -> Sequence[int]:
        """Return what was dropped and not let go of yet."""
        return tuple(number for (number,) in self._read("SELECT id FROM dropped"))


def _reason(error: sqlite3.Error) -> str:
    """Return what SQLite says, after the name of the file."""
    text = str(error)
    if "locked" in text:
        return "is in use: by another emulator, most likely"
    if "not a database" in text or "malformed" in text:
        return f"is damaged: {text}"
    return f"cannot be used: {text}"
