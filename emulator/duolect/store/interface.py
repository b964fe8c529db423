"""What a store is: where the logs and snapshots of partitions lie, whatever keeps them.

A store knows nothing of partitions but their names. Each time that one is put in its place (when it is
first used, or restored) it gets a number of its own, a snapshot to begin with, and a log: its commands,
with versions that rise from 1. A snapshot of a version and the records after it make the partition.

All that is to be kept together is given at once, as ``Changes``, and kept whole or not at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import attrs

from duolect_core.model.resources import Instant


class StoreError(Exception):
    """A store cannot be opened or read; ``str`` says which and why."""


class WriteFailed(Exception):
    """Changes were not kept, none of them; ``str`` says why. They may be given again."""


class Fenced(WriteFailed):
    """Changes were not kept and never will be: another emulator goes on with the state."""


class Damaged(Exception):
    """What a store holds is not what was written; ``str`` says where."""


@attrs.frozen(slots=False)
class Record:
    """One command of a partition's log: its version, its instant, the name of its class.

    ``entry`` is the text of all of it (``duolect_core.archive.entries``). ``after`` is a number that tells
    what the command has made of the partition, so that another outcome is noticed when it is repeated.
    """

    version: int
    at: Instant
    command: str
    entry: bytes
    after: int


@attrs.frozen
class Snapshot:
    """A partition as it was at a version: its archive, and the rules it obeyed.

    ``rules`` is the digest of those that it shares with others, ``durations`` how long its changes take.
    """

    version: int
    rules: str
    durations: str
    tree: bytes

    def of(self, tree: bytes) -> "Snapshot":
        """Return the same with another archive."""
        return attrs.evolve(self, tree=tree)


@attrs.frozen
class Kept:
    """What there is of a partition: its number, its name, the versions of its snapshots, oldest first."""

    number: int
    name: tuple[str, str, str]
    snapshots: Sequence[int]


@attrs.define
class Changes:
    """What is to be kept together."""

    placed: dict[int, tuple[tuple[str, str, str], Snapshot]] = attrs.field(factory=dict)
    """Partitions that are new, by their numbers: their names, and what they begin with."""
    dropped: set[int] = attrs.field(factory=set)
    """Partitions that are no more."""
    records: list[tuple[int, Record]] = attrs.field(factory=list)
    """Commands, each with the number of its partition, in the order in which they were carried out."""
    snapshots: list[tuple[int, Snapshot]] = attrs.field(factory=list)
    """Further snapshots of partitions, by their numbers."""
    settings: dict[str, str | None] = attrs.field(factory=dict)
    """What is true of all, by names; None where nothing is any more."""
    rules: dict[str, str] = attrs.field(factory=dict)
    """Rules by their digests."""

    def __bool__(self) -> bool:
        """Say whether there is anything to keep."""
        return bool(
            self.records or self.placed or self.dropped or self.snapshots or self.settings or self.rules
        )

    def add(self, later: "Changes") -> None:
        """Add what is to be kept after this."""
        for number in later.dropped:
            self.drop(number)
        self.placed.update(later.placed)
        self.records += later.records
        self.snapshots += later.snapshots
        self.settings.update(later.settings)
        self.rules.update(later.rules)

    def drop(self, number: int) -> None:
        """Let a partition be no more: what was to be kept of it need not be."""
        self.records = [each for each in self.records if each[0] != number]
        self.snapshots = [each for each in self.snapshots if each[0] != number]
        if self.placed.pop(number, None) is None:
            self.dropped.add(number)


class Store(Protocol):
    """Where everything is kept. One thread at a time uses it."""

    @property
    def sync(self) -> str:
        """What a commit waits for: ``normal`` (the system) or ``full`` (the disk)."""
        ...

    @property
    def is_current(self) -> bool:
        """Whether nobody else can have changed what is kept; a commit, even of nothing, makes sure."""
        ...

    def is_slow(self, changes: Changes) -> bool:
        """Say whether to keep changes takes so long that nobody should wait for it who can do else."""
        ...

    def commit(self, changes: Changes) -> None:
        """Keep changes, all of them or none; they are durable when this returns.

        Raises:
            WriteFailed: they could not be kept.
            Fenced: they never will be.
        """
        ...

    @property
    def is_overdue(self) -> bool:
        """Whether there is something to ``settle``."""
        ...

    def settle(self) -> None:
        """Do what makes commits quick and may take its time; nothing depends on it."""
        ...

    def settings(self) -> Mapping[str, str]:
        """Return what is true of all, by names."""
        ...

    def rules(self, digest: str) -> str:
        """Return the rules of a digest.

        Raises:
            Damaged: they are not there.
        """
        ...

    def partitions(self) -> Sequence[Kept]:
        """Return all partitions, in the order in which they were placed."""
        ...

    def snapshot(self, number: int, version: int) -> Snapshot:
        """Return the snapshot of a version of a partition.

        Raises:
            Damaged: it is not what was written, or not there.
        """
        ...

    def records(self, number: int, after: int, most: int) -> Sequence[Record]:
        """Return the records of a partition that follow a version: ``most`` of them, or what there is.

        Raises:
            Damaged: the next one is not what was written.
        """
        ...

    def write_snapshot(self, number: int, snapshot: Snapshot) -> Iterator[None]:
        """Keep a snapshot in small steps; it is there after the last one.

        Raises:
            WriteFailed: it could not be kept.
        """
        ...

    def tidy(self, number: int, keep: Sequence[int]) -> Iterator[None]:
        """Let go in small steps of a partition's snapshots but those of some versions.

        Records go too that are older than all of them. Where no version is kept, the partition was dropped.

        Raises:
            WriteFailed: it could not be done; what is left is let go another time.
        """
        ...

    def leftovers(self) -> Sequence[int]:
        """Return the numbers of partitions that were dropped and of which something is still there."""
        ...

    def begin_anew(self) -> None:
        """Begin with nothing, and let what is there stay until ``replace``: it is damaged.

        Raises:
            StoreError: that cannot be done.
        """
        ...

    def replace(self) -> str:
        """Put what was begun anew in the place of what is damaged, and return where that is now.

        Raises:
            StoreError: that cannot be done.
        """
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
