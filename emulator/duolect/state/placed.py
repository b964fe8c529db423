"""A partition in its place: its name, its place on the agenda, what it had created by points in time."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from duolect.state.agenda import Entry
from duolect.state.away import Away, resources_of
from duolect_core.by_fields import Value
from duolect_core.engine.partition import Partition
from duolect_core.model.durations import Durations
from duolect_core.model.rules import Rules

Key = tuple[str, str, str]
"""Cloud, access key, region."""


@attrs.frozen(eq=False, repr=False)
class Past(Value):
    """What a partition had created by points in its time: since which it is there, and with how much."""

    since: int
    seeded: int
    """How many resources it began with, which are its oldest."""
    created: Sequence[tuple[int, int]]
    """Points, in their order, each with how many it had created by then."""


class Placed:
    """A partition in its place, and how much it had created at points in its time.

    Such a point is a number that rises (``Partitions.point``). What a partition had created by then is
    noted when it is used for the first time after it, so that a point costs nothing where nobody calls.
    """

    __slots__ = ("_history", "_noted", "_since", "away", "entry", "key", "partition", "seeded", "serial")

    def __init__(self, key: Key, partition: Partition, entry: Entry, serial: int, point: int) -> None:
        """Take a partition from a point on; all that is in it counts as what it began with."""
        self.key = key
        self.partition: Partition | None = partition
        """None while it is put away."""
        self.away: Away | None = None
        """What is known of it then."""
        self.entry = entry
        self.serial = serial
        self.seeded = partition.created
        """How many resources it began with, which are its oldest."""
        self._since = self._noted = point
        self._history: list[tuple[int, int]] | None = None

    def note(self, point: int) -> bool:
        """Write down, before its use, what it had created by a point; say whether that was news."""
        if self._noted >= point:
            return False
        self._noted = point
        if self._history is None:
            self._history = []
        self._history.append((point, self.created))
        return True

    @property
    def listed(self) -> Partition | Away:
        """The partition, or what is known of it while it is put away."""
        listed = self.away if self.partition is None else self.partition
        if listed is None:
            raise LookupError(f"{self.key} is nowhere")
        return listed

    @property
    def resources(self) -> Mapping[str, int]:
        """How many resources there are in it, by kind."""
        listed = self.listed
        return listed.resources if isinstance(listed, Away) else resources_of(listed)

    @property
    def created(self) -> int:
        """How many resources it has created."""
        return self.listed.created

    @property
    def past(self) -> Past:
        """What is known of what it had created earlier."""
        return Past(self._since, self.seeded, tuple(self._history or ()))

    @past.setter
    def past(self, past: Past) -> None:
        self._since, self.seeded = past.since, past.seeded
        self._history = list(past.created) or None
        self._noted = past.created[-1][0] if past.created else past.since

    def created_by(self, point: int) -> int:
        """Return how many resources it had created by a point, or began with."""
        if point <= self._since:
            return self.seeded
        history = self._history or ()
        place = bisect_left(history, point, key=_point_of)
        return history[place][1] if place < len(history) else self.created

    def forget_points(self, before: int) -> None:
        """Forget what nobody will ask for any more: what was created by earlier points."""
        if self._history is not None:
            del self._history[: bisect_left(self._history, before, key=_point_of)]
            self._history = self._history or None


def _point_of(noted: tuple[int, int]) -> int:
    return noted[0]


class Keeper(Protocol):
    """Who keeps what changes a partition from outside; each follows its commands by itself."""

    def placed(self, key: Key, partition: Partition, tree: bytes | None) -> None:
        """Learn that a partition was put in its place; its archive is given where it is known."""
        ...

    def forgotten(self, key: Key) -> None:
        """Learn that a partition is no more."""
        ...

    def put_away(self, key: Key) -> None:
        """Learn that a partition is in memory no longer: all of it is kept."""
        ...

    def fetched(self, key: Key, rules: Rules) -> Partition:
        """Return a partition that was put away as it was, under the rules that it had."""
        ...

    def is_back(self, key: Key, partition: Partition) -> None:
        """Learn that a partition is in memory again."""
        ...

    def noted(self, key: Key, point: int, created: int) -> None:
        """Learn how many resources a partition had created by a point."""
        ...

    def past_set(self, key: Key, past: Past) -> None:
        """Learn what a partition had created by all points that are known."""
        ...

    def forget_points(self, before: int) -> None:
        """Learn that nobody asks any more for points before one."""
        ...

    def durations_set(self, cloud: str, durations: Durations | None, access_key: str | None) -> None:
        """Learn how long changes take in a cloud from now on, for an account or for all others.

        For an account without ``durations`` as long as for those.
        """
        ...
