"""Idempotency tokens of calls that wait.

While the first call with a token has not been answered, another one with it is refused on both clouds
(IdempotentProcessing in the lists of both; bosh meets it often). Without faults no call waits.
"""

from collections.abc import Callable

from duolect_core.engine.idempotency import Token
from duolect_core.errors import IdempotencyMismatch, IdempotencyProcessing

Place = tuple[str, str, str]
"""The cloud, account and region that a token counts in."""


class TokensInProcess:
    """The tokens of the calls that wait, with what decides whether another call is the same."""

    def __init__(self) -> None:
        """Start with none."""
        self._fingerprints: dict[tuple[Place, str, str], str] = {}

    def __bool__(self) -> bool:
        """Say whether any call with a token waits."""
        return bool(self._fingerprints)

    def check(self, place: Place, token: Token) -> None:
        """See that no call with this token waits.

        Raises:
            IdempotencyMismatch: one with other parameters does.
            IdempotencyProcessing: the same one does.
        """
        fingerprint = self._fingerprints.get((place, token.scope, token.value))
        if fingerprint is None or not token.waits:
            return
        if fingerprint != token.fingerprint:
            raise IdempotencyMismatch(token.value)
        raise IdempotencyProcessing(token.value)

    def hold(self, place: Place, token: Token | None) -> Callable[[], None]:
        """Note that a call, perhaps with a token, waits; return what notes that it does no longer."""
        if token is None:
            return lambda: None
        key = (place, token.scope, token.value)
        self._fingerprints[key] = token.fingerprint

        def release() -> None:
            self._fingerprints.pop(key, None)

        return release
