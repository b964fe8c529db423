"""The way of a request, from the bytes that arrived to the bytes that leave.

``Pipeline.answer`` is that way in one place: recognise, open, authenticate, find, throttle, parse_request,
admit, enter, befall, run, write, note. It is synchronous and does no I/O: a request is carried out whole
before the next one is looked at. Where a fault makes it wait, the way ends there for now, and ``Postponed``
says how it goes on.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter_ns
from typing import Any, Final

import attrs

from duolect.access.gate import Gate
from duolect.calls.request_ids import new_request_id
from duolect.clock import Clock
from duolect.context import RequestContext
from duolect.faults.engine import Faults, InjectedFaults
from duolect.faults.outcomes import Cut, Outcome, Postponed
from duolect.record.journal import Journal
from duolect.record.leaks import Marks
from duolect.record.logs import log_call
from duolect.record.metrics import Metrics
from duolect.state.partitions import AccountRegions, Partitions
from duolect_core.errors import CoreError
from duolect_dialects.action import Action
from duolect_dialects.call import Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.exchange import HttpAnswer, HttpRequest, Unreadable
from duolect_dialects.session import Account, Session
from duolect_dialects.wording import Message

_NO_PARAMETERS: Final[Mapping[str, str]] = {}
_log = logging.getLogger("duolect")


class Pipeline:
    """Everything that happens to a request."""

    def __init__(  # noqa: PLR0913 - all the parts there are
        self,
        dialects: Sequence[Dialect],
        partitions: Partitions,
        clock: Clock,
        gate: Gate,
        *,
        journal: Journal,
        faults: Faults,
    ) -> None:
        """Put the parts together; the first dialect that recognises a request gets it."""
        self.dialects = dialects
        self.partitions = partitions
        self.clock = clock
        self.gate = gate
        self.journal = journal
        self.faults = faults
        self.marks = Marks(partitions, journal)
        self.metrics = Metrics()

    def answer(self, request: HttpRequest) -> Outcome | None:
        """Answer a request, or return None where it speaks no dialect."""
        began = perf_counter_ns()
        parameters, unreadable = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        context = self._open(dialect, request, parameters)
        if unreadable is not None:
            broken = context.call.broken or dialect.unreadable(unreadable)
            context.call = attrs.evolve(context.call, broken=broken)
        return self._noted(
            context, self._attempt(context, partial(self._carry_out, context, parameters)), began
        )

    def too_large(self, request: HttpRequest) -> Outcome | None:
        """Answer a request whose body was too large to be read, or return None as ``answer`` does."""
        began = perf_counter_ns()
        parameters, _ = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        context = self._open(dialect, request, parameters)
        return self._noted(context, _refuse(context, dialect.too_large()), began)

    def _open(
        self, dialect: Dialect, request: HttpRequest, parameters: Mapping[str, str]
    ) -> RequestContext:
        call = dialect.open(request, parameters, new_request_id())
        return RequestContext(
            dialect=dialect,
            call=call,
            account=self.gate.authenticator.account_of(call.access_key),
            signed=dialect.is_signed(request, parameters),
            nonce=dialect.nonce(request, parameters),
        )

    def _attempt(self, context: RequestContext, step: Callable[[], Outcome]) -> Outcome:
        """Take a call further on its way, or internal_error."""
        try:
            return step()
        except Exception:  # noqa: BLE001 - the last resort: no client sees a traceback
            _log.exception("request %s for %.100r failed", context.call.request_id, context.call.action)
            context.lost = True
            return context.dialect.internal_error(context.call)

    def _carry_out(self, context: RequestContext, parameters: Mapping[str, str]) -> Outcome:
        """Carry a call out, or say in the vendor's words why not."""
        try:
            return self._admit(context, parameters)
        except Refusal as refusal:
            return _refuse(context, refusal)

    def _admit(self, context: RequestContext, parameters: Mapping[str, str]) -> Outcome:
        dialect, call = context.dialect, context.call
        self.gate.authenticate(dialect, call, parameters)
        action = context.action = dialect.find(call)
        self.gate.throttle(dialect, call)
        wanted = dialect.parse_request(call, action)
        self.gate.admit(dialect, call, action)
        session = context.session = self._enter(context, action, wanted)
        met = self.faults.meet(context, action, session, self.gate.names(call)) if self.faults else None
        if met is None:
            return _run(session, context, action)
        suffer = partial(self._suffer, context, action, wanted, met)
        if not met.wait:
            return suffer()
        return Postponed(self.clock.now() + met.wait, lambda: self._attempt(context, suffer))

    def _suffer(self, context: RequestContext, action: Action, wanted: Any, met: InjectedFaults) -> Outcome:  # noqa: ANN401
        """Carry out a call that faults have struck; it may have waited for that."""
        session = context.session = self._enter(context, action, wanted)
        outcome = met.instead(session)
        if outcome is None:
            outcome = met.spoil(_run(met.disturb(session), context, action), session)
        if not met.wait_after:
            return outcome
        return Postponed(self.clock.now() + met.wait_after, lambda: outcome)

    def _noted(self, context: RequestContext, outcome: Outcome, began: int) -> Outcome:
        """Return the outcome, once the call is in the journal and counted: that is when it has come."""
        if isinstance(outcome, Postponed):
            resume = outcome.resume
            return Postponed(outcome.until, lambda: self._noted(context, resume(), perf_counter_ns()))
        took = perf_counter_ns() - began
        at = self.clock.now() if context.session is None else context.session.at
        answer = outcome.answer if isinstance(outcome, Cut) else outcome
        status = 0 if answer is None else answer.status
        self.journal.note(context, at, status, took // 1_000)
        self.metrics.note(context, took / 1e9)
        log_call(context, status, took // 1_000)
        return outcome

    def _recognise(self, request: HttpRequest, parameters: Mapping[str, str]) -> Dialect | None:
        """Return the dialect whose marks the request has: those in headers count before parameters."""
        for marks in (_NO_PARAMETERS, parameters):
            for dialect in self.dialects:
                if dialect.recognises(request, marks):
                    return dialect
        return None

    def _enter(self, context: RequestContext, action: Action, wanted: Any) -> Session:  # noqa: ANN401
        """Return the session for the call, in the partition of its account and region."""
        dialect, call, account = context.dialect, context.call, context.account
        region = call.region
        if not region:
            named = (value for value in call.tree.values() if isinstance(value, str))
            located = self.partitions.locate(dialect, account, named)
            region = located or dialect.default_region
            call = attrs.evolve(call, region=region)
        sub_user = self.gate.authenticator.is_sub_user(call.access_key)
        return Session(
            call=call,
            account=Account(account, user=call.access_key if sub_user else ""),
            partition=self.partitions.get(dialect, account, region),
            at=self.clock.now(),
            account_regions=AccountRegions(self.partitions, dialect, account),
            request=wanted,
            token=action.token_parameter,
        )


def _parameters(request: HttpRequest) -> tuple[dict[str, str], Message | None]:
    """Return the request's parameters; or what can be read of them, and why the rest cannot."""
    try:
        return request.parameters(), None
    except Unreadable as failure:
        return request.legible_parameters(), failure.reason


def _run(session: Session, context: RequestContext, action: Action) -> HttpAnswer:
    """Return the answer of the action, or its refusal."""
    try:
        return context.dialect.write(session.call, action.run(session, session.request))
    except Refusal as refusal:
        return _refuse(context, refusal)
    except CoreError as error:
        return _refuse(context, context.dialect.translate(error, context.call))


def _refuse(context: RequestContext, refusal: Refusal) -> HttpAnswer:
    context.refusal = refusal
    return context.dialect.refuse(context.call, refusal)
