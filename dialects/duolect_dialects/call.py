"""A request that was opened, and the ways in which it can be refused."""

import attrs

from duolect_core.by_fields import Shown, Value, statically_frozen
from duolect_dialects.exchange import HttpRequest, Tree


@attrs.frozen
class Refusal(Exception):
    """An error in the vendor's own terms. A message that can be said in more languages is a ``Message``."""

    code: str
    message: str
    status: int = 200
    unknown: str = ""
    """The parameter that the action does not have, where that is why."""
    retry_after_ms: int = 0
    """After how many milliseconds another try is worth while, where the cloud would say so."""


@attrs.frozen(eq=False, repr=False)
class Rate(Value):
    """How often an account may call an action in a region: ``calls`` in any ``seconds``."""

    calls: int
    seconds: int


@statically_frozen(kw_only=True, eq=False, repr=False)
class Call(Shown):
    """One request, opened: who asks for what, and how the answer must look.

    Opening never fails. What is wrong with a request that could be opened only in part stands in
    ``broken``. ``tree`` holds the action's own parameters, still as the wire carried them. ``language`` is
    the one in which the caller wants messages, English where it names none that the vendor speaks.
    ``signed`` and ``nonce`` are what the request says of itself, verified or not: whether it comes with a
    signature at all, and what it must be the first to carry, empty where its scheme has no such thing.
    """

    request: HttpRequest
    request_id: str
    action: str
    version: str
    access_key: str
    region: str
    tree: Tree
    xml: bool = False
    signed: bool = False
    nonce: str = ""
    language: str = "en-US"
    broken: Refusal | None = None
