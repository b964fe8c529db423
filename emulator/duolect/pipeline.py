"""The way of a request, from the bytes that arrived to the bytes that leave.

``Pipeline.answer`` is that way in one place: recognise, open, authenticate, find, throttle, understand,
admit, enter, run, write, note. It is synchronous and does no I/O: a request is carried out whole before
the next one is looked at.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from time import perf_counter_ns
from typing import Final

import attrs

from duolect.clock import Clock
from duolect.gate import Gate
from duolect.journal import Journal
from duolect.metrics import Metrics
from duolect.partitions import Partitions, holds
from duolect.request_ids import new_request_id
from duolect.visit import Visit
from duolect_core.errors import CoreError
from duolect_dialects.action import Action
from duolect_dialects.dialect import Dialect, Refusal
from duolect_dialects.exchange import HttpAnswer, HttpRequest, Unreadable
from duolect_dialects.session import Account, Session
from duolect_dialects.wording import Phrase

_NO_PARAMETERS: Final[Mapping[str, str]] = {}
_log = logging.getLogger("duolect")


class Pipeline:
    """Everything that happens to a request."""

    def __init__(
        self,
        dialects: Sequence[Dialect],
        partitions: Partitions,
        clock: Clock,
        gate: Gate,
        journal: Journal,
    ) -> None:
        """Put the parts together; the first dialect that recognises a request gets it."""
        self.dialects = dialects
        self.partitions = partitions
        self.clock = clock
        self.gate = gate
        self.journal = journal
        self.metrics = Metrics()

    def answer(self, request: HttpRequest) -> HttpAnswer | None:
        """Answer a request, or return None where it speaks no dialect."""
        began = perf_counter_ns()
        parameters, unreadable = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        visit = self._open(dialect, request, parameters)
        if unreadable is not None:
            broken = visit.call.broken or dialect.unreadable(unreadable)
            visit.call = attrs.evolve(visit.call, broken=broken)
        return self._noted(visit, self._attempt(visit, parameters), began)

    def too_large(self, request: HttpRequest) -> HttpAnswer | None:
        """Answer a request whose body was too large to be read, or return None as ``answer`` does."""
        began = perf_counter_ns()
        parameters, _ = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        visit = self._open(dialect, request, parameters)
        return self._noted(visit, _refuse(visit, dialect.too_large()), began)

    def _open(self, dialect: Dialect, request: HttpRequest, parameters: Mapping[str, str]) -> Visit:
        call = dialect.open(request, parameters, new_request_id())
        return Visit(
            dialect=dialect,
            call=call,
            account=self.gate.authenticator.account_of(call.access_key),
            signed=dialect.is_signed(request, parameters),
            nonce=dialect.nonce(request, parameters),
        )

    def _attempt(self, visit: Visit, parameters: Mapping[str, str]) -> HttpAnswer:
        """Carry a call out, or say in the vendor's words why not."""
        try:
            return self._carry_out(visit, parameters)
        except Exception:  # noqa: BLE001 - the last resort: no client sees a traceback
            _log.exception("request %s for %.100r failed", visit.call.request_id, visit.call.action)
            visit.lost = True
            return visit.dialect.apologise(visit.call)

    def _carry_out(self, visit: Visit, parameters: Mapping[str, str]) -> HttpAnswer:
        dialect, call = visit.dialect, visit.call
        try:
            self.gate.authenticate(dialect, call, parameters)
            action = visit.action = dialect.find(call)
            self.gate.throttle(dialect, call)
            wanted = dialect.understand(call, action)
            self.gate.admit(dialect, call, action)
            session = visit.session = self._enter(visit, action)
            return dialect.write(session.call, action.run(session, wanted))
        except Refusal as refusal:
            return _refuse(visit, refusal)
        except CoreError as error:
            return _refuse(visit, dialect.translate(error, call))

    def _noted(self, visit: Visit, answer: HttpAnswer, began: int) -> HttpAnswer:
        """Return the answer, once the call is in the journal and counted."""
        took = perf_counter_ns() - began
        at = self.clock.now() if visit.session is None else visit.session.at
        self.journal.note(visit, at, answer.status, took // 1_000)
        self.metrics.note(visit, took / 1e9)
        return answer

    def _recognise(self, request: HttpRequest, parameters: Mapping[str, str]) -> Dialect | None:
        """Return the dialect whose marks the request has: those in headers count before parameters."""
        for marks in (_NO_PARAMETERS, parameters):
            for dialect in self.dialects:
                if dialect.recognises(request, marks):
                    return dialect
        return None

    def _enter(self, visit: Visit, action: Action) -> Session:
        """Return the session for the call, in the partition of its account and region."""
        dialect, call, account = visit.dialect, visit.call, visit.account
        region = call.region
        if not region:
            named = (value for value in call.tree.values() if isinstance(value, str))
            located = self.partitions.locate(dialect, account, named)
            region = located or dialect.default_region
            call = attrs.evolve(call, region=region)
        return Session(
            call=call,
            action=action,
            account=Account(account),
            partition=self.partitions.get(dialect, account, region),
            at=self.clock.now(),
            held_elsewhere=partial(self._held_elsewhere, dialect, account, region),
        )

    def _held_elsewhere(self, dialect: Dialect, account: str, here: str, resource_id: str) -> bool:
        regions = self.partitions.of_account(dialect, account)
        return any(
            region != here and holds(partition, resource_id) for region, partition in regions.items()
        )


def _parameters(request: HttpRequest) -> tuple[dict[str, str], Phrase | None]:
    """Return the request's parameters; or what can be read of them, and why the rest cannot."""
    try:
        return request.parameters(), None
    except Unreadable as failure:
        return request.legible_parameters(), failure.reason


def _refuse(visit: Visit, refusal: Refusal) -> HttpAnswer:
    visit.refusal = refusal
    _log.info("%s refuses %.100r: %s", visit.dialect.name, visit.call.action, refusal.code)
    return visit.dialect.refuse(visit.call, refusal)
