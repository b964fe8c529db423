"""The context of a request: what each step of the pipeline has found out about it."""

import attrs

from duolect_core.by_fields import Shown
from duolect_core.engine.idempotency import Token
from duolect_core.model.resources import Instant
from duolect_dialects.action import Action
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.session import Session


@attrs.define(kw_only=True, eq=False, repr=False)
class RequestContext(Shown):
    """One request in the pipeline, which arrived at an instant of its account's clock.

    The steps fill in what they find out.
    """

    dialect: Dialect
    call: Call
    account: str
    at: Instant
    action: Action | None = None
    session: Session | None = None
    first_token: Token | None = None
    """The idempotency token of the call, where it waits and is the first one with it."""
    refusal: Refusal | None = None
    fault: str = ""
    """The ids of the faults that were injected, with commas between them."""
    outcome_unknown: bool = False
    """Whether the client gets no answer that says how the call ended."""
    overlooked: list[str] = attrs.field(factory=list)
    """The parameters that the action does not have, where they did not keep it from being carried out."""
