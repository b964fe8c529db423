"""What clients sent and got, of the latest calls that were made while somebody looked.

The journal has what calls asked and how they ended. It has no answers and no headers: nobody would read
most of them. So the console asks to witness calls while it is open. It keeps no private key, and shows
nothing of what was signed where a secret was.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

import attrs

from duolect.access.authentication import Authenticator
from duolect.access.context import RequestContext
from duolect.faults.responses import Response
from duolect.members import member
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.exchange import HttpAnswer, Unreadable

_MOST: Final = 300
_LARGEST_REQUEST: Final = 2**16
_LARGEST_ANSWER: Final = 2**16
_PRIVATE: Final = b"PRIVATE KEY"
_WITHHELD: Final = frozenset({"authorization", "cookie", "x-acs-security-token", "x-tc-token"})
_SECRETS: Final = ("password", "secret", "token")
_NO_SECRETS: Final = frozenset({"secretid", "clienttoken", "nexttoken"})


@attrs.frozen(kw_only=True)
class SentShown:
    """What a client sent, but for its parameters, which the record has."""

    method: str = member("the HTTP method")
    path: str = member("the path, without the query")
    headers: dict[str, str] = member("the headers; what opens doors is masked")


@attrs.frozen(kw_only=True)
class AnswerShown:
    """What a client got."""

    status: int = member("the HTTP status")
    headers: dict[str, str] = member("the headers")
    body: str = member("the body, or its beginning")
    whole: bool = member("whether that is all of the body")


@attrs.frozen(kw_only=True)
class SignatureShown:
    """What was signed, and whether the signature is that of the key."""

    verdict: str = member("in words, whether it is what the key's secret makes")
    scheme: str = member("the way in which it was signed; empty where it was not")
    sent: str = member("the signature that was sent")
    canonical_request: str = member("what the request is for those who sign it")
    string_to_sign: str = member("what was signed")


@attrs.frozen
class Exchange:
    """A call as it was sent, and the answer."""

    dialect: Dialect
    call: Call
    answer: HttpAnswer | None


class Exchanges:
    """The latest exchanges, by the numbers of their records."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[int, Exchange] = OrderedDict()

    def note(self, number: int, context: RequestContext, response: Response) -> None:
        """Keep what was sent and answered, where it is not too large."""
        request = context.call.request
        if len(request.query) + len(request.body) > _LARGEST_REQUEST:
            return
        answer = response if isinstance(response, HttpAnswer) else getattr(response, "answer", None)
        if answer is not None and _PRIVATE in answer.body:
            answer = attrs.evolve(answer, body=b"It holds a private key, which is kept nowhere.")
        elif answer is not None and len(answer.body) > _LARGEST_ANSWER:
            answer = attrs.evolve(answer, body=answer.body[: _LARGEST_ANSWER + 1])
        self._kept[number] = Exchange(context.dialect, context.call, answer)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def get(self, number: int) -> Exchange | None:
        """Return an exchange, if it is kept."""
        return self._kept.get(number)


def sent(exchange: Exchange) -> SentShown:
    """Return what was sent, to be shown."""
    request = exchange.call.request
    return SentShown(
        method=request.method,
        path=request.path,
        headers={
            name: "***" if name in _WITHHELD else value for name, value in sorted(request.headers.items())
        },
    )


def answered(exchange: Exchange) -> AnswerShown | None:
    """Return what was answered, to be shown; None where nothing was."""
    answer = exchange.answer
    if answer is None:
        return None
    return AnswerShown(
        status=answer.status,
        headers=dict(answer.headers),
        body=answer.body[:_LARGEST_ANSWER].decode("utf-8", "replace"),
        whole=len(answer.body) <= _LARGEST_ANSWER,
    )


def explained(exchange: Exchange, authenticator: Authenticator) -> SignatureShown:
    """Explain the signature of a call."""
    call = exchange.call
    try:
        parameters = call.request.parameters()
    except Unreadable:
        return _unexplained("The parameters cannot be read, so that nothing can be said of the signature.")
    if not call.signed:
        return _unexplained("The call was not signed.")
    try:
        signed = exchange.dialect.signature(call, parameters)
    except Refusal as refusal:
        return _unexplained(f"The signature is incomplete: {refusal.message}")
    if _has_secret(parameters) or _has_secret(call.tree):
        return _unexplained("What was signed holds a secret, so that it is not shown.")
    key, first = authenticator.keys.get(signed.access_key), next(iter(signed.candidates()))
    if key is None:
        verdict = "The emulator does not know this key, so that it cannot compute the signature."
    elif signed.matches(key.secret):
        verdict = "The signature is the one that the key's secret makes."
    else:
        verdict = "The key's secret makes another signature of what is below."
    return SignatureShown(
        verdict=f"{verdict} Signatures are verified in the mode {authenticator.mode}.",
        scheme=signed.scheme,
        sent=signed.sent,
        canonical_request=first.canonical,
        string_to_sign=first.string_to_sign,
    )


def _unexplained(verdict: str) -> SignatureShown:
    return SignatureShown(verdict=verdict, scheme="", sent="", canonical_request="", string_to_sign="")


def _has_secret(names: Mapping[str, object]) -> bool:
    lower = (name.lower() for name in names)
    return any(each not in _NO_SECRETS and any(part in each for part in _SECRETS) for each in lower)
