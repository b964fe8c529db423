"""What a request says about its own authenticity, and what must be computed to believe it.

A dialect reads a ``Signature`` out of a request; the emulator computes what it should be. Because a client
and a server may see a Host or a path differently, a signature may have several candidates: strings to
sign of which any one may match. All of it is kept readable, so that a mismatch can be explained.
"""

import hmac
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from duolect_core.by_fields import Shown, statically_frozen


class SignatureFailure(StrEnum):
    """Why a signature is not believed."""

    UNKNOWN_KEY = "unknown key"
    EXPIRED = "expired"
    NONCE_USED = "nonce used"
    TOKEN_MISSING = "token missing"  # noqa: S105 - the name of a reason
    TOKEN_UNKNOWN = "token unknown"  # noqa: S105 - the name of a reason
    TOKEN_EXPIRED = "token expired"  # noqa: S105 - the name of a reason
    MISMATCH = "mismatch"


_KEYS: Final = 256
"""Of how many keys it is known how their hashes begin."""


@lru_cache(maxsize=_KEYS)
def _begun(key: bytes, hash_of: Callable[..., Any]) -> hmac.HMAC:
    return hmac.HMAC(key, digestmod=hash_of)


def keyed_hash(key: bytes, text: str, hash_of: Callable[..., Any]) -> hmac.HMAC:
    """Return the HMAC of a text by a hash of ``hashlib``, going on from where the key has begun it."""
    keyed = _begun(key, hash_of).copy()
    keyed.update(text.encode("utf-8", "replace"))
    return keyed


@statically_frozen(eq=False, repr=False)
class Candidate(Shown):
    """One way to read what was signed: the canonical request and the string to sign made of it."""

    canonical: str
    string_to_sign: str


@statically_frozen(kw_only=True, eq=False, repr=False)
class Signature(Shown):
    """A request's signature and everything it was made of.

    ``at`` is in seconds since 1970; ``window`` is how far from the server's time it may be, in seconds.
    ``nonce`` is empty where the scheme has none that must be unique.
    """

    scheme: str
    access_key: str
    security_token: str
    at: int
    window: int
    nonce: str
    sent: str
    candidates: Callable[[], Iterable[Candidate]]
    """Makes the ways in which it can be read, likeliest first: most often only the first is needed."""
    compute: Callable[[str, str], str]
    """Makes a signature of a secret and a string to sign."""

    def matches(self, secret: str) -> bool:
        """Say whether the secret makes the signature that was sent."""
        sent = self.sent.encode("utf-8", "replace")
        for each in self.candidates():
            if hmac.compare_digest(self.compute(secret, each.string_to_sign).encode(), sent):
                return True
        return False
