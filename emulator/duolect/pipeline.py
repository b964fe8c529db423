"""The way of a request, from the bytes that arrived to the bytes that leave.

``Pipeline.answer`` is that way in one place: recognise, open, authenticate, find, throttle, understand,
admit, enter, run, write. It is synchronous and does no I/O: a request is carried out whole before the next
one is looked at.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import attrs

from duolect.clock import Clock
from duolect.gate import Gate
from duolect.partitions import Partitions, holds
from duolect.request_ids import new_request_id
from duolect_core.errors import CoreError
from duolect_dialects.action import Action
from duolect_dialects.dialect import Call, Dialect, Refusal
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
    ) -> None:
        """Put the parts together; the first dialect that recognises a request gets it."""
        self.dialects = dialects
        self.partitions = partitions
        self.clock = clock
        self.gate = gate

    def answer(self, request: HttpRequest) -> HttpAnswer | None:
        """Answer a request, or return None where it speaks no dialect."""
        parameters, unreadable = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        call = dialect.open(request, parameters, new_request_id())
        if unreadable is not None:
            call = attrs.evolve(call, broken=call.broken or dialect.unreadable(unreadable))
        try:
            return self._carry_out(dialect, call, parameters)
        except Exception:  # noqa: BLE001 - the last resort: no client sees a traceback
            _log.exception("request %s for %.100r failed", call.request_id, call.action)
            return dialect.apologise(call)

    def _carry_out(self, dialect: Dialect, call: Call, parameters: Mapping[str, str]) -> HttpAnswer:
        try:
            self.gate.authenticate(dialect, call, parameters)
            action = dialect.find(call)
            self.gate.throttle(dialect, call)
            wanted = dialect.understand(call, action)
            self.gate.admit(dialect, call, action)
            session = self._enter(dialect, call, action)
            return dialect.write(session.call, action.run(session, wanted))
        except Refusal as refusal:
            return _refuse(dialect, call, refusal)
        except CoreError as error:
            return _refuse(dialect, call, dialect.translate(error, call))

    def too_large(self, request: HttpRequest) -> HttpAnswer | None:
        """Answer a request whose body was too large to be read, or return None as ``answer`` does."""
        parameters, _ = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        return _refuse(dialect, dialect.open(request, parameters, new_request_id()), dialect.too_large())

    def _recognise(self, request: HttpRequest, parameters: Mapping[str, str]) -> Dialect | None:
        """Return the dialect whose marks the request has: those in headers count before parameters."""
        for marks in (_NO_PARAMETERS, parameters):
            for dialect in self.dialects:
                if dialect.recognises(request, marks):
                    return dialect
        return None

    def _enter(self, dialect: Dialect, call: Call, action: Action) -> Session:
        """Return the session for the call, in the partition of its account and region."""
        account = self.gate.authenticator.account_of(call.access_key)
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


def _refuse(dialect: Dialect, call: Call, refusal: Refusal) -> HttpAnswer:
    _log.info("%s refuses %.100r: %s", dialect.name, call.action, refusal.code)
    return dialect.refuse(call, refusal)
