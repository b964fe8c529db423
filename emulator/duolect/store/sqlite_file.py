"""The file of a store in SQLite: how it is opened, made, locked, and replaced where it is damaged."""

import os
import sqlite3
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from duolect.store.interface import StoreError
from duolect.store.tails import cut_of

FORMAT: Final = 1
"""The version of the format: what lies in the tables, and how."""
SYNC: Final = {"normal": "NORMAL", "full": "FULL"}
"""What is waited for, by the setting: that the system has what is written, or the disk."""
_APPLICATION: Final = 0x44554F4C
"""``DUOL``: by this a file says that it is a store of Duolect."""
_MAGIC: Final = b"SQLite format 3\0"
_STATEMENTS: Final = 150
"""How many statements are kept ready: one for each number of records, and some."""
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


def opened(path: Path, sync: str) -> sqlite3.Connection:
    """Open a file, or make it, and lock it until it is closed.

    Raises:
        StoreError: it is no store, one of a newer Duolect, in use or damaged, or cannot be written.
    """
    db = None
    try:
        _check_beginning(path)
        tail = cut_of(path)
        # One thread uses it at a time, and not always the one that opens it.
        db = sqlite3.connect(
            path, timeout=0, isolation_level=None, check_same_thread=False, cached_statements=_STATEMENTS
        )
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        _check_format(path, db)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA synchronous = {SYNC[sync]}")
        db.execute("PRAGMA wal_autocheckpoint = 0")  # ``SqliteStore.settle`` does it, beside the calls
        tail.tell(db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])
        _make_or_lock(db)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from None
    except sqlite3.Error as error:
        close(db)
        raise StoreError(f"{path} {reason_of(error)}") from None
    except StoreError:
        close(db)
        raise
    return db


def damage_of(db: sqlite3.Connection) -> str:
    """Return what is wrong with the pages of a file; empty where nothing is.

    Rows have checksums. Where a page says wrongly how many of them it has, the last are just not there.
    """
    try:
        found = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        found = reason_of(error)
    return "" if found == "ok" else " ".join(found.split())


def close(db: sqlite3.Connection | None) -> None:
    """Write all into the file itself, where that can be, and let go of it."""
    if db is None:
        return
    with suppress(sqlite3.Error):
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with suppress(sqlite3.Error):
        db.close()


def reason_of(error: sqlite3.Error) -> str:
    """Return what SQLite says, to stand after the name of the file."""
    text = str(error)
    if "locked" in text:
        return "is in use: by another emulator, most likely"
    if "not a database" in text or "malformed" in text:
        return f"is damaged: {text}"
    if "decode to UTF-8" in text:
        return "is damaged: a text in it is not UTF-8"
    return f"cannot be used: {text}"


def beside(path: Path) -> Path:
    """Return the name of the file that is made in the place of a damaged one, which is not there yet."""
    mending = path.with_name(f"{path.name}.mending")
    for each in (mending, Path(f"{mending}-wal")):
        each.unlink(missing_ok=True)
    return mending


def replace(path: Path, mended: Path) -> Path:
    """Put a file in the place of a damaged one, and return where that is now.

    Raises:
        StoreError: that cannot be done.
    """
    names = (path.with_name(f"{path.name}.damaged-{number}") for number in count(1))
    aside = next(each for each in names if not each.exists())
    log = Path(f"{path}-wal")
    try:
        os.link(path, aside)
        if log.exists():
            log.rename(f"{aside}-wal")
        mended.replace(path)
    except OSError as error:
        raise StoreError(f"{path} is damaged and cannot be replaced: {error.strerror}") from None
    return aside


def _check_beginning(path: Path) -> None:
    """Raise ``StoreError`` where a file is there that is no database."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        if (magic := file.read(len(_MAGIC))) not in {b"", _MAGIC}:
            raise StoreError(f"{path} is no store of Duolect: it begins with {magic!r}")


def _check_format(path: Path, db: sqlite3.Connection) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != _APPLICATION and (application or version or tables):
        raise StoreError(f"{path} is a database of another program, and no store of Duolect")
    if application == _APPLICATION and version != FORMAT:
        raise StoreError(
            f"{path} has format {version}, and this Duolect reads format {FORMAT}: take the one that wrote "
            "it, or export with that and import with this one"
        )


def _make_or_lock(db: sqlite3.Connection) -> None:
    """Take the lock that is kept until the end, and make what a new file has."""
    db.execute("BEGIN EXCLUSIVE")
    if not db.execute("PRAGMA application_id").fetchone()[0]:
        for statement in filter(str.strip, _TABLES.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
    db.execute(f"PRAGMA user_version = {FORMAT}")  # a write, in any case: it fails where none can be
    db.execute("COMMIT")
