"""What a store in PostgreSQL holds, to be read: by who keeps it, and by those who look at it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from duolect.store import postgres_database as database
from duolect.store.checksums import sum_of, sum_of_record, sum_of_snapshot
from duolect.store.interface import Damaged, Kept, Record, Snapshot, StoreError

SHIFT: Final = 32
VERSIONS: Final = (1 << SHIFT) - 1


def to_bytes(text: str) -> bytes:
    """Return a text as it is kept: one of PostgreSQL could not hold all that names of accounts may."""
    return text.encode("utf-8", "surrogatepass")


def to_text(kept: bytes) -> str:
    """Return a text that was kept."""
    return kept.decode("utf-8", "surrogatepass")


class PostgresReader:
    """A database that can be read."""

    url: str
    _db: database.Connection

    def __str__(self) -> str:
        """Return the database's name, without a password."""
        return database.name_of(self.url)

    def _be_ready(self) -> None:
        """Connect again, where that must be."""

    def _read(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return rows.

        Raises:
            StoreError: the database cannot be asked.
        """
        self._be_ready()
        with database.failing(self.url), self._db.cursor(binary=True) as cursor:
            return cursor.execute(statement, values).fetchall()

    def _damaged(self, what: str) -> Damaged:
        return Damaged(f"{self} is damaged: {what}")

    def _pairs(self, table: str, where: str = "", *values: bytes) -> dict[str, str]:
        found = {}
        for name, value, checksum in self._read(f"SELECT * FROM duolect_{table} {where}", values):  # noqa: S608
            if checksum != sum_of(
                told := name.decode("utf-8", "replace"), text := value.decode("utf-8", "replace")
            ):
                raise self._damaged(f"{table} {told[:60]!r}")
            found[told] = text
        return found

    def settings(self) -> Mapping[str, str]:
        """Return what is true of all."""
        return self._pairs("settings")

    def rules(self, digest: str) -> str:
        """Return rules."""
        found = self._pairs("rules", "WHERE name = %s", to_bytes(digest))
        if digest not in found:
            raise self._damaged(f"it lacks the rules {digest}")
        return found[digest]

    def partitions(self) -> Sequence[Kept]:
        """Return all partitions."""
        versions: dict[int, list[int]] = {}
        for (key,) in self._read("SELECT id FROM duolect_snapshots ORDER BY id"):
            versions.setdefault(key >> SHIFT, []).append(key & VERSIONS)
        found = []
        for number, *kept, checksum in self._read("SELECT * FROM duolect_partitions ORDER BY id"):
            try:
                cloud, account, region = map(to_text, kept)
            except UnicodeDecodeError:
                cloud = account = region = ""
            if checksum != sum_of(number, cloud, account, region):
                raise self._damaged(f"the name of partition {number}")
            found.append(Kept(number, (cloud, account, region), tuple(versions.get(number, ()))))
        return found

    def snapshot(self, number: int, version: int) -> Snapshot:
        """Return a snapshot."""
        key = number << SHIFT | version
        for rules, durations, parts, checksum in self._read(
            "SELECT rules, durations, parts, checksum FROM duolect_snapshots WHERE id = %s", (key,)
        ):
            texts = self._read("SELECT text FROM duolect_parts WHERE snapshot = %s ORDER BY place", (key,))
            snapshot = Snapshot(version, rules, durations, b"".join(text for (text,) in texts[:parts]))
            if checksum == sum_of_snapshot(key, snapshot):
                return snapshot
        raise self._damaged(f"snapshot {version} of {number}")

    def records(self, number: int, after: int, most: int) -> Sequence[Record]:
        """Return the records after a version, up to the first that is not what was written."""
        first = number << SHIFT
        found: list[Record] = []
        for key, at, command, entry, after_it, checksum in self._read(
            "SELECT * FROM duolect_log WHERE id BETWEEN %s AND %s ORDER BY id LIMIT %s",
            (first | (after + 1), first | VERSIONS, most),
        ):
            record = Record(key & VERSIONS, at, command, entry, after_it)
            follows = record.version == after + len(found) + 1
            if not follows or checksum != sum_of_record(key, record):
                if not found:
                    raise self._damaged(f"command {after + 1} of partition {number}")
                break
            found.append(record)
        return found

    def leftovers(self) -> Sequence[int]:
        """Return what was dropped and not let go of yet."""
        return tuple(number for (number,) in self._read("SELECT id FROM duolect_dropped"))


class PostgresLook(PostgresReader):
    """A database as it was at one instant, to be read alone, whoever keeps something there meanwhile."""

    def __init__(self, url: str) -> None:
        """Open a database.

        Raises:
            StoreError: it cannot be reached, or is no store of this Duolect.
        """
        self.url = url
        self._db = database.connected(url)
        try:
            database.prepare(url, self._db, make=False)
            with database.failing(url):
                self._db.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        except StoreError:
            self._db.close()
            raise

    def close(self) -> None:
        """Let go of it."""
        self._db.close()
