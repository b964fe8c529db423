"""Idempotency tokens: the same request twice has the effect, and the answer, of once.

The store remembers, for each scope (an action) and token, a fingerprint of the parameters and what came of
the command: a copy of its result, or its refusal where the cloud repeats refusals. It has room for so many
bytes: the oldest tokens give way before their lifetime is over.
"""

from collections import OrderedDict
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.errors import CoreError
from duolect_core.model.resources import Instant, Interface, Operation, Resource

_LONG: Final = 64
"""Characters from which on a fingerprint is kept as a digest."""
_ENTRY_BYTES: Final = 800
_RESOURCE_BYTES: Final = 1_000
_ADDRESS_BYTES: Final = 300
"""What an entry, and a resource and an address in its result, take in memory, roughly."""


def short_fingerprint(text: str) -> str:
    """Return a fingerprint that takes little room: the text, or where it is long a digest of it."""
    if len(text) < _LONG:
        return text
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@attrs.frozen(eq=False, repr=False)
class Token(Value):
    """A caller's idempotency token, with all that decides whether two requests are the same.

    ``waits`` False gives a repeat the first result even while the operation behind it is running.
    """

    scope: str
    value: str
    fingerprint: str
    waits: bool = True


@attrs.frozen(eq=False, repr=False)
class Remembered(Value):
    """What came of the first request with a token: when, its result or refusal, what it began."""

    fingerprint: str
    at: Instant
    operation: Operation | None = None
    result: Any = None
    refusal: CoreError | None = None


def _size_of(key: tuple[str, str], entry: Remembered) -> int:
    """Return how many bytes an entry takes, roughly."""
    return _ENTRY_BYTES + len(key[1]) + len(entry.fingerprint) + _size_of_result(entry.result)


def _size_of_result(result: object) -> int:
    if isinstance(result, tuple):
        return sum(map(_size_of_result, result))
    if isinstance(result, Interface):
        return _RESOURCE_BYTES + _ADDRESS_BYTES * len(result.ips)
    return _RESOURCE_BYTES if isinstance(result, Resource) else 0


class IdempotencyStore:
    """The remembered tokens, oldest first; each is forgotten when its time is over, or its room needed."""

    __slots__ = ("_bytes", "_entries", "lifetime", "max_bytes")

    def __init__(self, lifetime: Instant, max_bytes: int) -> None:
        """Remember each token for ``lifetime`` microseconds, while all take no more than ``max_bytes``."""
        self.lifetime = lifetime
        self.max_bytes = max_bytes
        self._bytes = 0
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
        short = attrs.evolve(entry, fingerprint=short_fingerprint(entry.fingerprint))
        self._put((scope, value), short)

    def remember(self, token: Token, entry: Remembered) -> int:
        """Remember ``entry`` under ``token`` and forget what is too old.

        Returns how many tokens were forgotten before their time, because there was no more room.
        """
        while self._entries:
            oldest = next(iter(self._entries))
            if entry.at - self._entries[oldest].at < self.lifetime:
                break
            self._drop(oldest)
        self._put((token.scope, token.value), entry)
        forgotten = 0
        while self._bytes > self.max_bytes:
            self._drop(next(iter(self._entries)))
            forgotten += 1
        return forgotten

    def _put(self, key: tuple[str, str], entry: Remembered) -> None:
        if key in self._entries:
            self._drop(key)
        self._entries[key] = entry
        self._bytes += _size_of(key, entry)

    def _drop(self, key: tuple[str, str]) -> None:
        self._bytes -= _size_of(key, self._entries.pop(key))
