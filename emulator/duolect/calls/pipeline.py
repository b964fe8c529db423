"""The pipeline of a request, from the bytes that arrived to the bytes that leave.

``Pipeline.answer`` lists its steps. It is synchronous and does no I/O: a request is carried out whole
before the next one is looked at. Where a fault delays it, the pipeline ends there for now, and
``Postponed`` holds the rest.
"""

import logging
from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import partial
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, Final

import attrs

from duolect.access.certificates import CertificateAuthority
from duolect.access.checker import AccessChecker
from duolect.access.context import RequestContext
from duolect.calls.bodies import Bodies
from duolect.calls.recalling import PutAway, Recall
from duolect.calls.request_ids import new_request_id
from duolect.calls.tokens import TokensInProcess
from duolect.calls.waiting import WaitingCalls
from duolect.faults.engine import Faults, InjectedFaults
from duolect.faults.responses import ConnectionClosed, Ending, Postponed, Response
from duolect.record.journal import Journal
from duolect.record.logs import log_call
from duolect.record.marks import Marks
from duolect.record.metrics import Metrics
from duolect.state.account_regions import AccountRegions
from duolect.state.away import LARGE, Away
from duolect.state.emulator import EmulatorState
from duolect_core.engine.idempotency import Token
from duolect_core.engine.timeline import end_of
from duolect_core.errors import CoreError
from duolect_core.model.resources import Instant
from duolect_dialects.action import Action
from duolect_dialects.call import Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.exchange import HttpAnswer, HttpRequest, Unreadable, remove
from duolect_dialects.session import Account, Session
from duolect_dialects.wording import Message

if TYPE_CHECKING:  # most states end with their process
    from duolect.record.belongings import Belongings
    from duolect.store.keeper import Keeper

OVERLOADED: Final = "Too many request bodies are on their way."
"""What is said of a request for whose body there is no room now."""
UNKEPT: Final = "The emulator's state cannot be kept now: {}."
"""What is said of a request while the store cannot be written."""
AS_THE_CLOUD: Final = "cloud"
"""How parameters are treated that an action does not have: as its cloud is known to treat them."""
_NO_PARAMETERS: Final[Mapping[str, str]] = {}
_log = logging.getLogger("duolect")


class Unread(Enum):
    """Why the body of a request was not read."""

    TOO_LARGE = auto()
    OVERLOADED = auto()


class Pipeline:
    """Everything that happens to a request."""

    def __init__(  # noqa: PLR0913 - all parts
        self,
        state: EmulatorState,
        access: AccessChecker,
        *,
        journal: Journal,
        faults: Faults,
        authority: CertificateAuthority,
        unknown_parameters: str = AS_THE_CLOUD,
        max_bodies: int = 64 * 2**20,
    ) -> None:
        """Put the parts together; the first of the state's dialects that recognises a request gets it.

        ``authority`` vouches for the server where clients want TLS.
        """
        self._unknown_parameters = unknown_parameters
        self.state = state
        self.dialects = state.dialects
        self.partitions = state.partitions
        self.clock = state.clock
        """The common clock; what concerns an account obeys ``state.now``."""
        self.access = access
        self.journal = journal
        self.faults = faults
        self.authority = authority
        self.waiting = WaitingCalls(state.clocks)
        self._tokens = TokensInProcess()
        for forget in (self.waiting.forget, access.forget_calls, journal.forget_outcomes):
            state.partitions.when_forgotten(forget)
        self.marks = Marks(state.partitions, journal)
        state.beside = self._belongings
        self.metrics = Metrics()
        self.witness: Callable[[int, RequestContext, Response], None] | None = None
        """Who wants to see each call with its answer, under the number of its record; most often nobody."""
        self.bodies = Bodies(max_bodies)
        self.keeper: "Keeper | None" = None
        """Who keeps the state, so that it outlives the process; most often nobody."""
        self.idle: Recall | None = None
        """Who puts accounts away that are not used; most often nobody."""

    def _belongings(self) -> "Belongings":
        from duolect.record.belongings import Belongings  # noqa: PLC0415 - few snapshots have any

        return Belongings(self.state, self.access, self.faults, self.marks)

    def answer(self, request: HttpRequest) -> Response | None:
        """Answer a request, or return None where no dialect recognises it.

        These are the steps, and where each is done:

        1. recognise: the dialect whose marks the request carries gets it (``Dialect.recognises``).
        2. open: bytes become a ``Call``, in a ``RequestContext`` (``Dialect.open``).
        3. authenticate: the signature is verified (``AccessChecker.authenticate``).
        4. find: the action's declaration is looked up (``Dialect.find``).
        5. throttle: the call is counted against the vendor's rates (``AccessChecker.throttle``).
        6. parse: parameters become the action's typed request (``Dialect.parse_request``).
        7. check conditions: a standing refusal may be for the call (``AccessChecker.check_conditions``).
        8. open a session: the partition of cloud, account and region, at an instant (``_open_session``).
        9. match faults: the rules that are for the call are found (``Faults.match``).
        10. run: the action is carried out, with the faults injected (``_run``, ``_run_with_faults``).
        11. write: the result or the refusal becomes bytes (``Dialect.write``, ``Dialect.refuse``).
        12. record: the call goes into the journal, the metrics and the log (``_recorded``).

        A refusal at any step leads straight to 11.
        """
        began = perf_counter_ns()
        parameters, unreadable = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        context = self._open_context(dialect, request, parameters)
        if self.partitions.away:
            self._see_that_is_there(context.account)
        if unreadable is not None:
            broken = context.call.broken or dialect.unreadable(unreadable)
            context.call = attrs.evolve(context.call, broken=broken)
        try:
            response = self._carry_out(context, parameters)
        except Exception:  # noqa: BLE001 - the last resort: no client sees a traceback
            response = _failed(context)
        return self._recorded(context, response, began)

    def _see_that_is_there(self, account: str) -> None:
        """Raise where an account was put away that takes long to come back; others do when used."""
        away = self.partitions.away.get(account)
        if away is None or self.keeper is None:
            return
        size = sum(placed.listed.size for placed in away.values() if isinstance(placed.listed, Away))
        if size > LARGE or self.keeper.commits.is_busy:
            raise PutAway(account)

    def refuse_unread(self, request: HttpRequest, why: Unread) -> Response | None:
        """Answer a request whose body was not read, or return None as ``answer`` does."""
        began = perf_counter_ns()
        parameters, _ = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        context = self._open_context(dialect, request, parameters)
        refusal = dialect.too_large()
        if why is Unread.OVERLOADED:
            refusal = attrs.evolve(dialect.unavailable(), message=OVERLOADED)
        return self._recorded(context, _refuse(context, refusal), began)

    def refuse_unkept(self, request: HttpRequest, reason: str) -> HttpAnswer | None:
        """Refuse a request because the state cannot be kept; or return None as ``answer`` does.

        It may have been carried out: then what came of it is not known to its client.
        """
        began = perf_counter_ns()
        parameters, _ = _parameters(request)
        dialect = self._recognise(request, parameters)
        if dialect is None:
            return None
        context = self._open_context(dialect, request, parameters)
        context.outcome_unknown = True
        answer = _refuse(context, attrs.evolve(dialect.unavailable(), message=UNKEPT.format(reason)))
        self._recorded(context, answer, began)
        return answer

    def _recognise(self, request: HttpRequest, parameters: Mapping[str, str]) -> Dialect | None:
        """Return the dialect whose marks the request has: those in headers count before parameters."""
        for marks in (_NO_PARAMETERS, parameters):
            for dialect in self.dialects:
                if dialect.recognises(request, marks):
                    return dialect
        return None

    def _open_context(
        self, dialect: Dialect, request: HttpRequest, parameters: Mapping[str, str]
    ) -> RequestContext:
        call = dialect.open(request, parameters, new_request_id())
        account = self.access.authenticator.account_of(call.access_key)
        return RequestContext(dialect=dialect, call=call, account=account, at=self.state.now(account))

    def _attempt(self, context: RequestContext, step: Callable[[], Response]) -> Response:
        """Take a step; where the emulator itself fails, answer with the vendor's internal error."""
        try:
            return step()
        except Exception:  # noqa: BLE001 - as in ``answer``
            return _failed(context)

    def _carry_out(self, context: RequestContext, parameters: Mapping[str, str]) -> Response:
        """Carry a call out, or refuse it in the vendor's words."""
        try:
            return self._check_and_run(context, parameters)
        except Refusal as refusal:
            return _refuse(context, refusal)

    def _check_and_run(self, context: RequestContext, parameters: Mapping[str, str]) -> Response:
        """Take the steps from authentication to the answer."""
        dialect, call = context.dialect, context.call
        self.access.authenticate(dialect, call, parameters, context.at)
        action = context.action = dialect.find(call)
        self.access.throttle(dialect, call)
        parsed = self._parse(context, action)
        self.access.check_conditions(dialect, call, action)
        session = context.session = self._open_session(context, action, parsed, context.at)
        if self._tokens:
            self._check_token(context, session)
        faults = None
        if self.faults:
            faults = self.faults.match(context, action, session, self.access.caller_names(call))
        if faults is None:
            return _run(session, context, action)
        context.first_token = _first_token(session)
        run = partial(self._run_with_faults, context, action, parsed, faults)
        if not faults.delay_before:
            return run()
        return self._postponed(
            session, context, faults, faults.delay_before, partial(self._attempt, context, run)
        )

    def _check_token(self, context: RequestContext, session: Session) -> None:
        """Refuse a call whose idempotency token is that of a call that waits."""
        token = session.idempotency_token()
        if token is not None:
            try:
                self._tokens.check((context.dialect.name, context.account, session.call.region), token)
            except CoreError as error:
                raise context.dialect.translate(error, session.call) from None

    def _parse(self, context: RequestContext, action: Action) -> Any:  # noqa: ANN401 - of the action's class
        """Return the parameters as the action's request, without those that it lacks where that is set."""
        while True:
            try:
                return context.dialect.parse_request(context.call, action)
            except Refusal as refusal:
                treatment = self._unknown_parameters
                if treatment == AS_THE_CLOUD:
                    treatment = "ignore" if context.dialect.overlooks_unknown else "refuse"
                if treatment == "refuse" or not refusal.unknown:
                    raise
                if not remove(context.call.tree, refusal.unknown):
                    raise
                context.overlooked.append(refusal.unknown)
                if treatment == "note":
                    _log.warning("%s has no parameter %.100s", action.name, refusal.unknown)

    def _open_session(
        self,
        context: RequestContext,
        action: Action,
        parsed: Any,  # noqa: ANN401 - a request
        at: Instant,
    ) -> Session:
        """Return the session of the call at an instant, in the partition of its account and region."""
        dialect, call, account = context.dialect, context.call, context.account
        region = call.region
        if not region:
            named = (value for value in call.tree.values() if isinstance(value, str))
            located = self.partitions.locate(dialect, account, named)
            region = located or dialect.default_region
            call = attrs.evolve(call, region=region)
        sub_user = self.access.authenticator.is_sub_user(call.access_key)
        return Session(
            call=call,
            account=Account(account, user=call.access_key if sub_user else ""),
            partition=self.partitions.get(dialect, account, region),
            at=at,
            account_regions=AccountRegions(self.partitions, dialect, account),
            request=parsed,
            token=action.token_parameter,
            shortages=self.access.shortages(dialect, call, action),
        )

    def _run_with_faults(
        self,
        context: RequestContext,
        action: Action,
        parsed: Any,  # noqa: ANN401 - a request
        faults: InjectedFaults,
    ) -> Response:
        """Run an action with faults injected; time may have passed since they were matched."""
        now = self.state.now(context.account)
        session = context.session = self._open_session(context, action, parsed, now)
        response = faults.replacement(session)
        if response is None:
            response = faults.alter(_run(faults.inject(session), context, action), session)
        shaped = faults.shape(response)
        if not faults.delay_after:
            return shaped
        return self._postponed(session, context, faults, faults.delay_after, lambda: shaped)

    def _postponed(
        self,
        session: Session,
        context: RequestContext,
        faults: InjectedFaults,
        delay: Instant,
        resume: Callable[[], Response],
    ) -> Postponed:
        """Return what is left to do after a delay: to resume the call, unless its wait is ended before."""
        partition = (context.dialect.name, context.account, session.call.region)
        release = self._tokens.hold(partition, context.first_token)

        def go_on() -> Response:
            release()
            return resume()

        def end(ending: Ending) -> Response:
            release()
            context.outcome_unknown = True
            if ending is Ending.CLIENT_GONE:
                return ConnectionClosed()
            refusal = context.dialect.unavailable()
            return faults.with_header(_refuse(context, refusal))

        return Postponed(end_of(self.state.now(context.account), delay), partition, go_on, end)

    def _recorded(self, context: RequestContext, response: Response, began: int) -> Response:
        """Return the response; once it is there, the call is in the journal, the metrics and the log."""
        if isinstance(response, Postponed):
            resume, end = response.resume, response.end
            return attrs.evolve(
                response,
                resume=lambda: self._recorded(context, resume(), perf_counter_ns()),
                end=lambda ending: self._recorded(context, end(ending), perf_counter_ns()),
            )
        took = perf_counter_ns() - began
        at = context.at if context.session is None else context.session.at
        answer = response if isinstance(response, HttpAnswer) else response.answer
        status = 0 if answer is None else answer.status
        self.journal.append(context, at, status, took // 1_000)
        self.metrics.observe(context, took / 1e9)
        log_call(context, status, took // 1_000)
        if self.witness is not None:
            self.witness(self.journal.last, context, response)
        return response


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


def _failed(context: RequestContext) -> HttpAnswer:
    """Return the vendor's internal error, where the emulator itself has failed; the log says why."""
    _log.exception("request %s for %.100r failed", context.call.request_id, context.call.action)
    context.outcome_unknown = True
    return context.dialect.internal_error(context.call)


def _first_token(session: Session) -> Token | None:
    """Return the idempotency token of a call, unless it came before and its answer is known."""
    token, partition = session.idempotency_token(), session.partition
    if token is None or partition.idempotency.find(token, partition.now) is not None:
        return None
    return token


def _refuse(context: RequestContext, refusal: Refusal) -> HttpAnswer:
    """Return the answer to a refused call. The context keeps the refusal, without the way that it took."""
    refusal.__traceback__ = refusal.__context__ = None
    context.refusal = refusal
    return context.dialect.refuse(context.call, refusal)
