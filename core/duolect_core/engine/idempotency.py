"""Idempotency tokens: the same request twice has the effect, and the answer, of once.

The store remembers, for each scope (an action) and token, a fingerprint of the parameters and what came
of the command: a copy of its result, or its refusal where the cloud repeats refusals.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core.errors import CoreError
from duolect_core.model.resources import Instant, Operation


@attrs.frozen
class Token:
    """A caller's idempotency token, with all that decides whether two requests are the same.

    ``waits`` False gives a repeat the first result even while the operation behind it is running.
    """

    scope: str
    value: str
    fingerprint: str
    waits: bool = True


@attrs.frozen
class Remembered:
    """What came of the first request with a token: when, its result or refusal, what it began."""

    fingerprint: str
    at: Instant
    operation: Operation | None = None
    result: Any = None
    refusal: CoreError | None = None


class IdempotencyStore:
    """The remembered tokens, oldest first; each is forgotten when its lifetime is over."""

    __slots__ = ("_entries", "lifetime")

    def __init__(self, lifetime: Instant) -> None:
        """Remember each token for ``lifetime`` microseconds."""
        self.lifetime = lifetime
        self._entries: OrderedDict[tuple[str, str], Remembered] = OrderedDict()

    def find(self, token: Token, at: Instant) -> Remembered | None:
        """Return what came of the first request with ``token``, if it is still remembered."""
        entry = self._entries.get((token.scope, token.value))
        return entry if entry is not None and at - entry.at < self.lifetime else None

    def entries(self) -> Mapping[tuple[str, str], Remembered]:
        """Return what is remembered by scope and token, oldest first."""
        return self._entries

    def restore(self, scope: str, value: str, entry: Remembered) -> None:
        """Remember what another store remembered, as the newest entry."""
        self._entries[(scope, value)] = entry

    def remember(self, token: Token, entry: Remembered) -> None:
        """Remember ``entry`` under ``token`` and forget what is too old."""
        while self._entries:
            oldest = next(iter(self._entries))
            if entry.at - self._entries[oldest].at < self.lifetime:
                break
            self._entries.popitem(last=False)
        self._entries.pop((token.scope, token.value), None)
        self._entries[(token.scope, token.value)] = entry
