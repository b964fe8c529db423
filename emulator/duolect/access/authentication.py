"""Verification of requests: access keys, signatures, timestamps and nonces.

In the mode ``off`` nothing is verified and every access key is an account. In ``warn`` the requests of
known keys are verified; one that fails is served, and the reason is logged. In ``strict`` it is refused
with the vendor's code, and so is every unknown key. What the server computed is kept beside what was sent,
so that a user can see why a signature failed.
"""

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

import attrs

from duolect.clock import Clocks
from duolect_core.by_fields import Value
from duolect_core.model.resources import SECOND, Instant
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.signature import Signature, SignatureFailure

_log = logging.getLogger("duolect.signatures")
_MAX_FAILURES: Final = 100
"""How many failures are kept for the control API."""


class Mode(StrEnum):
    """What happens to a request whose signature fails verification."""

    OFF = "off"
    WARN = "warn"
    STRICT = "strict"


@attrs.frozen(eq=False, repr=False)
class Key(Value):
    """An access key that the emulator knows.

    ``token`` is the security token that must come with a temporary key, and ``expires`` the second since
    1970 at which it ends. ``account`` names the account that the key belongs to, so that several keys can
    share one; empty, the key is an account of its own. ``sub_user`` marks a key that is not the account
    owner's: conditions can be made for all such keys.
    """

    secret: str
    token: str = ""
    expires: int | None = None
    account: str = ""
    sub_user: bool = False


@attrs.frozen(eq=False, repr=False)
class Failure(Value):
    """A signature that was not believed: what was sent, and what the server computed."""

    request_id: str
    access_key: str
    action: str
    scheme: str
    reason: str
    sent: str
    expected: tuple[str, ...]
    canonical_requests: tuple[str, ...]
    strings_to_sign: tuple[str, ...]


class Authenticator:
    """Verifies the signatures of requests."""

    def __init__(self, mode: Mode, keys: Mapping[str, Key], clocks: Clocks) -> None:
        """Take the mode, the known keys by id, and the clocks that requests are measured by."""
        self.mode = mode
        self._keys = dict(keys)
        self.watcher: Callable[[str, Key | None], None] | None = None
        """Who wants to know of a key that becomes known or another, or that is known no more."""
        self.failures: deque[Failure] = deque(maxlen=_MAX_FAILURES)
        self._clocks = clocks
        self._nonces: OrderedDict[tuple[str, str], int] = OrderedDict()

    @property
    def keys(self) -> Mapping[str, Key]:
        """The keys that are known, by id, in the order in which they became known."""
        return self._keys

    def put_key(self, name: str, key: Key) -> None:
        """Make a key known, or another one of the same id."""
        self._keys[name] = key
        if self.watcher is not None:
            self.watcher(name, key)

    def drop_key(self, name: str) -> Key | None:
        """Know a key no more, and return it if it was known."""
        key = self._keys.pop(name, None)
        if key is not None and self.watcher is not None:
            self.watcher(name, None)
        return key

    def check(self, dialect: Dialect, call: Call, parameters: Mapping[str, str], at: Instant) -> None:
        """Verify a call as the mode demands; it arrived ``at`` an instant of its account's clock.

        Raises:
            Refusal: in the mode ``strict``, the call fails verification.
        """
        if self.mode is Mode.OFF or (self.mode is Mode.WARN and call.access_key not in self._keys):
            return
        try:
            signed = dialect.signature(call, parameters)
            reason = self._signature_failure(signed, at // SECOND)
            if reason is not None:
                self._record_failure(call, signed, reason)
                raise dialect.signature_error(reason, signed)
        except Refusal as refusal:
            if self.mode is Mode.STRICT:
                raise
            _log.warning("%s: %s would be refused: %s", call.request_id, call.action, refusal.code)

    def account_of(self, access_key: str) -> str:
        """Return the account that an access key belongs to."""
        key = self._keys.get(access_key)
        return access_key if key is None or not key.account else key.account

    def now(self, access_key: str) -> Instant:
        """Return what time it is for the account of an access key."""
        return self._clocks.of(self.account_of(access_key)).now()

    def is_sub_user(self, access_key: str) -> bool:
        """Say whether an access key is known as a sub-user's."""
        key = self._keys.get(access_key)
        return key is not None and key.sub_user

    def _signature_failure(self, signed: Signature, now: int) -> SignatureFailure | None:
        """Return why the signature fails verification ``now``, in seconds, or None where it does not."""
        key = self._keys.get(signed.access_key)
        if key is None:
            return SignatureFailure.UNKNOWN_KEY
        if abs(now - signed.at) > signed.window:
            return SignatureFailure.EXPIRED
        reason = _token_failure(key, signed, now)
        if reason is not None:
            return reason
        if not signed.matches(key.secret):
            return SignatureFailure.MISMATCH
        if signed.nonce and not self._is_new(signed, now):
            return SignatureFailure.NONCE_USED
        return None

    def _is_new(self, signed: Signature, now: int) -> bool:
        """Remember a nonce for as long as its request could come again; say whether it is new.

        Nonces are kept in the order in which they came, so the oldest are dropped first: by the common
        clock, whatever that of the account is.
        """
        if self._clocks.any_own:
            now = self._clocks.common.now() // SECOND
        while self._nonces:
            oldest = next(iter(self._nonces))
            if self._nonces[oldest] >= now:
                break
            self._nonces.popitem(last=False)
        name = (signed.access_key, signed.nonce)
        if name in self._nonces:
            return False
        self._nonces[name] = now + 2 * signed.window
        return True

    def _record_failure(self, call: Call, signed: Signature, reason: SignatureFailure) -> None:
        """Keep and log what was sent beside what was computed."""
        key = self._keys.get(signed.access_key)
        candidates = tuple(signed.candidates())
        failure = Failure(
            request_id=call.request_id,
            access_key=signed.access_key,
            action=call.action,
            scheme=signed.scheme,
            reason=reason.value,
            sent=signed.sent,
            expected=()
            if key is None
            else tuple(signed.compute(key.secret, each.string_to_sign) for each in candidates),
            canonical_requests=tuple(each.canonical for each in candidates),
            strings_to_sign=tuple(each.string_to_sign for each in candidates),
        )
        self.failures.append(failure)
        _log.info(
            "%s: signature of %s not believed (%s)\nsent: %s\ncanonical request:\n%s\nstring to sign:\n%s",
            failure.request_id,
            failure.access_key,
            failure.reason,
            failure.sent,
            failure.canonical_requests[0],
            failure.strings_to_sign[0],
        )


def _token_failure(key: Key, signed: Signature, now: int) -> SignatureFailure | None:
    """Return what is wrong with the security token of a temporary key, or with sending one at all."""
    if key.token and not signed.security_token:
        return SignatureFailure.TOKEN_MISSING
    if key.token != signed.security_token:
        return SignatureFailure.TOKEN_UNKNOWN
    if key.expires is not None and now >= key.expires:
        return SignatureFailure.TOKEN_EXPIRED
    return None


def parse_keys(text: str) -> dict[str, Key]:
    """Return the keys in a text like ``ID:SECRET,ID:SECRET``.

    Raises:
        ValueError: a part has no secret.
    """
    keys = {}
    for part in filter(None, text.split(",")):
        name, colon, secret = part.strip().partition(":")
        if not (name and colon and secret):
            raise ValueError(f"{part!r} is not ID:SECRET")
        keys[name] = Key(secret)
    return keys
