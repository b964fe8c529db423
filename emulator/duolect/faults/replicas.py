"""The past of a partition, for actions that read from a replica that lags behind.

A replica is a copy that is given every command of its original, but carries them out when it is asked what
was so long ago. Because commands are deterministic it is then, to the bit, what the original was.
"""

from collections import deque
from weakref import WeakKeyDictionary

from duolect_core.engine.partition import Entry, Partition
from duolect_core.model.resources import Instant


class Replica:
    """A partition as it was; what was before the replica was made is not known."""

    def __init__(self, original: Partition, lag: Instant) -> None:
        """Copy a partition as it is now, and stay ``lag`` microseconds behind it."""
        self._copy = original.copy()
        self._lag = lag
        self._pending: deque[Entry] = deque()

    def append(self, entry: Entry) -> None:
        """Take a command that the original carried out."""
        self._pending.append(entry)
        self._catch_up(entry.at - self._lag)

    def as_of(self, at: Instant) -> Partition:
        """Return the partition as it was at ``at`` less the lag, to be read only."""
        self._catch_up(at - self._lag)
        self._copy.settle(at - self._lag)
        return self._copy

    def _catch_up(self, at: Instant) -> None:
        while self._pending and self._pending[0].at <= at:
            self._copy.repeat(self._pending.popleft())


class Replicas:
    """The replicas of all partitions that one rule concerns."""

    def __init__(self, lag: Instant) -> None:
        """Start with none; each will be ``lag`` microseconds behind."""
        self.lag = lag
        self._replicas: WeakKeyDictionary[Partition, Replica] = WeakKeyDictionary()

    def of(self, partition: Partition) -> Replica:
        """Return the replica of a partition, which is made when it is first asked for.

        It must be asked for before each command: then it is made before the first one.
        """
        replica = self._replicas.get(partition)
        if replica is None:
            replica = self._replicas[partition] = Replica(partition, self.lag)
            partition.subscribe(replica.append)
        return replica

    def close(self) -> None:
        """Stop recording all partitions."""
        for partition, replica in self._replicas.items():
            partition.unsubscribe(replica.append)
        self._replicas.clear()
