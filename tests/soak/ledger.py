"""What a client knows of its own account: what it was told that it made, and what it is not sure of."""

from collections.abc import Collection

import attrs


@attrs.define
class Ledger:
    """The resources of one kind that a client has made."""

    made: set[str] = attrs.field(factory=set)
    """Acknowledged, and not deleted."""
    doubtful: set[str] = attrs.field(factory=set)
    """Perhaps deleted: the answer to the deletion was lost."""
    leaving: set[str] = attrs.field(factory=set)
    """Deleted, and perhaps shown for a while."""
    unknown: int = 0
    """How many creations were perhaps carried out: the answer was lost."""
    acknowledged: int = 0
    """How many changes were acknowledged in all."""

    def created(self, resource_id: str) -> None:
        self.made.add(resource_id)
        self.acknowledged += 1

    def deleted(self, resource_id: str) -> None:
        self.made.discard(resource_id)
        self.doubtful.discard(resource_id)
        self.leaving.add(resource_id)
        self.acknowledged += 1

    def perhaps_deleted(self, resource_id: str) -> None:
        self.made.discard(resource_id)
        self.doubtful.add(resource_id)

    def problem(self, shown: Collection[str]) -> str | None:
        """Return what is wrong with what the cloud shows; what was doubtful is settled by it."""
        found = set(shown)
        self.leaving &= found
        lost, more = self.made - found, found - self.made - self.doubtful - self.leaving
        if lost:
            return f"{len(lost)} acknowledged are lost: {min(lost)}"
        if len(more) > self.unknown:
            return f"{len(more)} are there, and only {self.unknown} may be beside those acknowledged"
        self.doubtful &= found
        self.made, self.unknown = found - self.leaving - self.doubtful, 0
        return None

    def forget(self) -> None:
        """Know that nothing is there any more."""
        self.made, self.doubtful, self.leaving, self.unknown = set(), set(), set(), 0
