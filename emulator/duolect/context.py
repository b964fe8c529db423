"""What a request comes to be on its way through the pipeline."""

import attrs

from duolect_dialects.action import Action
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.session import Session


@attrs.define(kw_only=True, eq=False)
class RequestContext:
    """One request on its way: each step adds what it finds out.

    ``signed`` and ``nonce`` are what the request says of itself, believed or not.
    """

    dialect: Dialect
    call: Call
    account: str
    signed: bool
    nonce: str
    action: Action | None = None
    session: Session | None = None
    refusal: Refusal | None = None
    fault: str = ""
    """The fault rule that touched it."""
    lost: bool = False
    """Whether the client gets no answer that says how the call ended."""
