"""What befalls a call: the rules are asked in the order in which they were added.

Every rule that concerns a call counts it, lets pass what it is to skip, and draws from a generator of its
own, so that the same calls meet the same faults on every run. Of all that strike a call the effects add up;
one that takes the place of the answer ends the search.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import attrs

from duolect.access.gate import ANY, SUB_USERS, status_of
from duolect.context import RequestContext
from duolect.faults.outcomes import Cut
from duolect_core.addressing.generator import Generator
from duolect_core.engine.command_fault import NO_FAULT, CommandFault
from duolect_core.model.resources import MILLISECOND, Instant
from duolect_dialects.action import Action
from duolect_dialects.call import Rate, Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.exchange import HttpAnswer
from duolect_dialects.session import Session

if TYPE_CHECKING:
    from duolect.faults.replicas import Replicas
    from duolect.faults.rules import FaultRule

HEADER: Final = "x-duolect-fault"
"""The header of an answer to a call that a fault has struck: the ids of the faults."""
_MESSAGE: Final = "The request is refused by a fault in the emulator."
_PRECISION: Final = 1 << 53


@attrs.define(eq=False)
class Fault:
    """A rule that was added, and what it has done so far."""

    id: str
    rule: "FaultRule"
    generator: Generator
    replicas: "Replicas | None"
    matches: int = 0
    """How many calls it concerned while it could still strike."""
    hits: int = 0
    """How many calls it struck."""

    def strikes(self) -> bool:
        """Count a call that the rule concerns, and say whether it is struck."""
        if self.hits == self.rule.times:
            return False
        self.matches += 1
        if self.matches <= self.rule.skip:
            return False
        share = self.rule.probability
        return share == 1 or self.generator.below(_PRECISION) < share * _PRECISION

    def wait(self) -> Instant:
        """Draw how late the call, or its answer, is."""
        jitter = self.rule.jitter_ms * MILLISECOND
        return self.rule.latency_ms * MILLISECOND + (self.generator.below(jitter + 1) if jitter else 0)


@attrs.define(eq=False)
class InjectedFaults:
    """What befalls one call."""

    context: RequestContext
    action: Action
    faults: list[Fault]
    seen: list[Fault] = attrs.field(factory=list)
    """Those that had an effect so far."""
    wait: Instant = 0
    """How long the call waits before it is carried out."""
    wait_after: Instant = 0
    """How long its answer waits."""

    def begin(self) -> None:
        """Draw how long the call waits, and count all faults that do not hang on what the call does."""
        for fault in self.faults:
            rule = fault.rule
            if rule.after:
                self.wait_after += fault.wait()
            else:
                self.wait += fault.wait()
            if rule.late or rule.answers or fault.replicas is not None:
                self._count(fault)

    def instead(self, session: Session) -> HttpAnswer | Cut | None:
        """Return what takes the place of carrying the call out, if anything does."""
        for fault in self.faults:
            if fault.rule.replaces:
                return self._answer(fault.rule, session)
        return None

    def disturb(self, session: Session) -> Session:
        """Return the session in which the call is carried out."""
        if self.action.reads:
            for fault in self.faults:
                if fault.replicas is not None:
                    past = fault.replicas.of(session.partition).as_of(session.at)
                    return attrs.evolve(session, partition=past, at=session.at - fault.replicas.lag)
            return session
        disturbing = [fault for fault in self.faults if fault.rule.command_fault != NO_FAULT]

        def met() -> None:
            for fault in disturbing:
                self._count(fault)

        whole = _together(fault.rule.command_fault for fault in disturbing)
        return attrs.evolve(session, command_fault=whole, on_fault_applied=met)

    def spoil(self, answer: HttpAnswer, session: Session) -> HttpAnswer | Cut:
        """Return what becomes of the answer to a call that was carried out."""
        for fault in self.faults:
            if fault.rule.truncate:
                self.context.lost = True
                return Cut(self._mark(answer))
            if fault.rule.after and fault.rule.answers:
                return self._answer(fault.rule, session)
        return self._mark(answer)

    def _count(self, fault: Fault) -> None:
        if fault not in self.seen:
            self.seen.append(fault)
            fault.hits += 1
            self.context.fault = ", ".join(each.id for each in self.seen)

    def _answer(self, rule: "FaultRule", session: Session) -> HttpAnswer | Cut:
        context, dialect = self.context, self.context.dialect
        if rule.disconnect:
            context.lost = True
            return Cut()
        if rule.http_status is not None:
            context.lost = True
            return self._mark(HttpAnswer(rule.http_status, {}, b""))
        if rule.code is None:
            refusal = dialect.throttled(session.call, dialect.rates.get(session.call.action, Rate(1, 1)))
        else:
            status = status_of(dialect, self.action, rule.code) or HTTPStatus.BAD_REQUEST
            refusal = Refusal(rule.code, _MESSAGE, status)
        context.refusal = refusal
        return self._mark(dialect.refuse(session.call, refusal))

    def _mark(self, answer: HttpAnswer) -> HttpAnswer:
        """Return an answer that says which faults its call has met."""
        if not self.context.fault:
            return answer
        return attrs.evolve(answer, headers={**answer.headers, HEADER: self.context.fault})


def _together(disturbances: Iterable[CommandFault]) -> CommandFault:
    """Return one command_fault that does what all of them do; of two numbers the first one counts."""
    whole = NO_FAULT
    for each in disturbances:
        whole = CommandFault(
            fails=whole.fails or each.fails,
            holds=whole.holds or each.holds,
            duration=each.duration if whole.duration is None else whole.duration,
            pace=whole.pace * each.pace,
            exhausted=whole.exhausted or each.exhausted,
            interface_limit=each.interface_limit
            if whole.interface_limit is None
            else whole.interface_limit,
        )
    return whole


class Faults:
    """All faults of the running emulator."""

    def __init__(self, seed: int, dialects: Sequence[Dialect], account_of: Callable[[str], str]) -> None:
        """Start without any; equal seeds and rules strike equal calls."""
        self._seed = seed
        self._account_of = account_of
        self._dialects = dialects
        self._added = 0
        self._faults: dict[str, Fault] = {}

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self._faults)

    @property
    def all(self) -> tuple[Fault, ...]:
        """The faults in the order in which they were added."""
        return tuple(self._faults.values())

    def get(self, fault_id: str) -> Fault | None:
        """Return a fault, if there is one of this id."""
        return self._faults.get(fault_id)

    def add(self, rule: "FaultRule") -> Fault:
        """Let a rule strike from now on.

        Raises:
            InvalidCondition: it could strike nothing.
        """
        from duolect.faults.replicas import Replicas  # noqa: PLC0415 - most servers have no faults
        from duolect.faults.rules import fit  # noqa: PLC0415

        fit(rule, self._dialects)
        self._added += 1
        seed = sha256(f"{self._seed}\0fault\0{self._added}".encode()).digest()[:8]
        replicas = None if rule.stale_ms is None else Replicas(rule.stale_ms * MILLISECOND)
        fault = Fault(f"f-{self._added}", rule, Generator(int.from_bytes(seed)), replicas)
        self._faults[fault.id] = fault
        return fault

    def remove(self, fault_id: str) -> Fault | None:
        """Take a fault away and return it, if there is one of this id."""
        fault = self._faults.pop(fault_id, None)
        if fault is not None and fault.replicas is not None:
            fault.replicas.drop()
        return fault

    def clear(self) -> None:
        """Take all faults away; the next one is numbered as the first was."""
        for fault_id in tuple(self._faults):
            self.remove(fault_id)
        self._added = 0

    def meet(
        self, context: RequestContext, action: Action, session: Session, names: set[str]
    ) -> InjectedFaults | None:
        """Return what befalls a call by whoever goes by ``names``, or None where nothing does."""
        struck: list[Fault] = []
        for fault in self.all:
            self._keep_past(fault, context.dialect, session)
            if self._concerns(fault.rule, context, action, session, names) and fault.strikes():
                struck.append(fault)
                if fault.rule.replaces:
                    break
        if not struck:
            return None
        injected = InjectedFaults(context, action, struck)
        injected.begin()
        return injected

    def _concerns(
        self,
        rule: "FaultRule",
        context: RequestContext,
        action: Action,
        session: Session,
        names: set[str],
    ) -> bool:
        from duolect.faults.matching import matches  # noqa: PLC0415 - as in ``add``

        return rule.concerns(context.dialect, action, names) and (
            rule.resource is None or matches(rule.resource, session.call.tree, session.graph)
        )

    def _keep_past(self, fault: Fault, dialect: Dialect, session: Session) -> None:
        """See to it that a rule that shows the past has a replica before anything changes."""
        rule = fault.rule
        if (
            fault.replicas is not None
            and rule.cloud == dialect.name
            and (
                rule.access_key in {ANY, SUB_USERS}
                or self._account_of(rule.access_key) == session.account.access_key
            )
        ):
            fault.replicas.of(session.partition)
