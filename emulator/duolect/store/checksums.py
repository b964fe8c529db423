"""Checksums of what a store keeps: by them it is noticed where a row is not what was written."""

from zlib import crc32

from duolect.store.interface import Record, Snapshot


def sum_of(*parts: object) -> int:
    """Return the checksum of texts and numbers."""
    return crc32("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))


def sum_of_record(key: int, record: Record) -> int:
    """Return the checksum of a record under its key."""
    return crc32(
        record.entry, crc32(b"%d|%d|%d|" % (key, record.at, record.after) + record.command.encode())
    )


def sum_of_snapshot(key: int, snapshot: Snapshot) -> int:
    """Return the checksum of a snapshot under its key."""
    return crc32(snapshot.tree, sum_of(key, snapshot.rules, snapshot.durations))
