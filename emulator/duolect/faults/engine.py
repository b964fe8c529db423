"""Matching calls with fault rules, in the order in which they were added, and injecting the faults.

Every rule that matches a call counts it, lets pass what it is to skip, and draws from a generator of its
own, so that the same calls get the same faults on every run. The effects of all faults that are triggered
add up; one that takes the place of the action ends the search.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from http import HTTPStatus
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Protocol

import attrs

from duolect.access.call_index import CallIndex
from duolect.access.conditions import ANY, SUB_USERS, status_of
from duolect.access.context import RequestContext
from duolect.faults.responses import ConnectionClosed, ShapedAnswer
from duolect_core.addressing.generator import Generator
from duolect_core.engine.command_fault import NO_FAULT, CommandFault
from duolect_core.model.resources import MILLISECOND, Instant
from duolect_dialects.action import Action
from duolect_dialects.call import Rate, Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.exchange import HttpAnswer
from duolect_dialects.session import Session

if TYPE_CHECKING:  # most servers have no faults, and load neither
    from duolect.faults.matching import CallFacts
    from duolect.faults.replicas import Replicas
    from duolect.faults.rules import FaultRule

HEADER: Final = "x-duolect-fault"
"""The header of an answer to a call into which faults were injected: their ids."""
_MESSAGE: Final = "The request is refused by a fault in the emulator."
_PRECISION: Final = 1 << 53
_PLACE: Final = attrgetter("place")


class Fault:
    """A rule that was added, and what it has done so far."""

    def __init__(
        self, fault_id: str, rule: "FaultRule", generator: Generator, replicas: "Replicas | None"
    ) -> None:
        """Take an id, the rule, what chance is drawn from, and the past that stale reads see."""
        self.id = fault_id
        self.rule = rule
        self.generator = generator
        self.replicas = replicas
        self.matches = 0
        """How many calls it matched while it could still be triggered."""
        self.hits = 0
        """How many calls it had an effect on."""
        self.watcher: Callable[[Fault], None] | None = None
        """Who wants to know of what calls change of it: what it has counted, and its chance."""

    @property
    def place(self) -> int:
        """Its place in the order in which it was added."""
        return int(self.id.removeprefix("f-"))

    @property
    def name(self) -> tuple[str, str, str]:
        """The cloud, the action and the caller that it is for."""
        return self.rule.cloud, self.rule.action, self.rule.access_key

    def triggers(self) -> bool:
        """Count a call that the rule matches, and say whether it triggers the fault."""
        if self.hits == self.rule.times:
            return False
        self.matches += 1
        probability = self.rule.probability
        triggered = self.matches > self.rule.skip and (
            probability == 1 or self.generator.below(_PRECISION) < probability * _PRECISION
        )
        self.changed()
        return triggered

    def changed(self) -> None:
        """Say that what it has counted, or its chance, has changed."""
        if self.watcher is not None:
            self.watcher(self)

    def draw_delay(self) -> Instant:
        """Draw how late the call, or its answer, is."""
        jitter = self.rule.jitter_ms * MILLISECOND
        delay = self.rule.latency_ms * MILLISECOND
        if jitter:
            delay += self.generator.below(jitter + 1)
            self.changed()
        return delay


class FaultWatcher(Protocol):
    """Who follows which rules there are; what each has counted, ``Fault.watcher`` follows."""

    def placed(self, fault: Fault) -> None:
        """Learn that a rule was added."""
        ...

    def removed(self, fault: Fault) -> None:
        """Learn that a rule was removed."""
        ...

    def numbered(self) -> None:
        """Learn that new ones get other numbers than those after the latest."""
        ...


class InjectedFaults:
    """The faults that one call has triggered."""

    def __init__(self, context: RequestContext, action: Action, faults: Sequence[Fault]) -> None:
        """Take the call, its action, and the faults."""
        self.context = context
        self.action = action
        self.faults = faults
        self.applied: list[Fault] = []
        """Those that had an effect so far."""
        self.delay_before: Instant = 0
        """How long the call waits before it is carried out."""
        self.delay_after: Instant = 0
        """How long its answer waits."""

    def draw_delays(self) -> None:
        """Draw how long the call waits, and count all faults whose effect does not depend on the action."""
        for fault in self.faults:
            rule = fault.rule
            if rule.after:
                self.delay_after += fault.draw_delay()
            else:
                self.delay_before += fault.draw_delay()
            if rule.delays or rule.answer_effects or rule.shapes or fault.replicas is not None:
                self._count(fault)

    def replacement(self, session: Session) -> HttpAnswer | ConnectionClosed | None:
        """Return what takes the place of carrying the call out, if anything does."""
        for fault in self.faults:
            if fault.rule.replaces_action:
                return self._answer(fault.rule, session)
        return None

    def inject(self, session: Session) -> Session:
        """Return the session in which the call is carried out: with a command fault, or on the past."""
        if self.action.reads:
            for fault in self.faults:
                if fault.replicas is not None:
                    past = fault.replicas.of(session.partition).as_of(session.at)
                    return attrs.evolve(session, partition=past, at=session.at - fault.replicas.lag)
            return session
        with_command_fault = [fault for fault in self.faults if fault.rule.command_fault != NO_FAULT]

        def count_all() -> None:
            for fault in with_command_fault:
                self._count(fault)

        combined = _combine(fault.rule.command_fault for fault in with_command_fault)
        return attrs.evolve(session, command_fault=combined, on_fault_applied=count_all)

    def alter(self, answer: HttpAnswer, session: Session) -> HttpAnswer | ConnectionClosed:
        """Return what the client gets of the answer to a call that was carried out."""
        for fault in self.faults:
            if fault.rule.truncate:
                self.context.outcome_unknown = True
                return ConnectionClosed(self.with_header(answer))
            if fault.rule.after and fault.rule.answer_effects:
                return self._answer(fault.rule, session)
        return self.with_header(answer)

    def shape(
        self, response: HttpAnswer | ConnectionClosed
    ) -> HttpAnswer | ConnectionClosed | ShapedAnswer:
        """Return what the client gets, with the content type, length and pace that the rules give it."""
        if isinstance(response, ConnectionClosed):
            return response
        rules = [fault.rule for fault in self.faults]
        content_type, length, pace = (
            next((getattr(rule, name) for rule in rules if getattr(rule, name) is not None), None)
            for name in ("content_type", "content_length", "bytes_per_second")
        )
        if content_type is not None:
            kept = {
                name: value for name, value in response.headers.items() if name.lower() != "content-type"
            }
            response = attrs.evolve(response, headers={**kept, "content-type": content_type})
        if length is None and pace is None:
            return response
        self.context.outcome_unknown = self.context.outcome_unknown or length is not None
        return ShapedAnswer(response, length, pace)

    def _count(self, fault: Fault) -> None:
        if fault not in self.applied:
            self.applied.append(fault)
            fault.hits += 1
            fault.changed()
            self.context.fault = ", ".join(each.id for each in self.applied)

    def _answer(self, rule: "FaultRule", session: Session) -> HttpAnswer | ConnectionClosed:
        """Return what a rule gives the client in place of the action's answer."""
        context, dialect = self.context, self.context.dialect
        if rule.disconnect or rule.reset:
            context.outcome_unknown = True
            return ConnectionClosed(reset=rule.reset)
        if rule.raw is not None:
            context.outcome_unknown = True
            from duolect.faults.raw import facts_of  # noqa: PLC0415 - few rules have one

            return self.with_header(rule.raw.answer(facts_of(session), session.call.tree))
        if rule.http_status is not None:
            context.outcome_unknown = True
            return self.with_header(HttpAnswer(rule.http_status, {}, b""))
        refusal = Refusal("", _MESSAGE)
        if rule.throttle:
            refusal = dialect.throttled(session.call, dialect.rates.get(session.call.action, Rate(1, 1)))
        if rule.code is not None:
            status = rule.status or status_of(dialect, self.action, rule.code) or HTTPStatus.BAD_REQUEST
            refusal = attrs.evolve(refusal, code=rule.code, status=status)
        if rule.message is not None:
            refusal = attrs.evolve(refusal, message=rule.message)
        context.refusal = refusal
        answer = dialect.refuse(session.call, refusal)
        if rule.status is not None:  # also where the vendor gives all its answers the same
            answer = attrs.evolve(answer, status=rule.status)
        return self.with_header(answer)

    def with_header(self, answer: HttpAnswer) -> HttpAnswer:
        """Return an answer that names the faults that were injected into its call."""
        if not self.context.fault:
            return answer
        return attrs.evolve(answer, headers={**answer.headers, HEADER: self.context.fault})


def _combine(command_faults: Iterable[CommandFault]) -> CommandFault:
    """Return one command fault that does what all of them do; of two numbers the first one counts."""
    combined = NO_FAULT
    for each in command_faults:
        combined = CommandFault(
            fails=combined.fails or each.fails,
            holds=combined.holds or each.holds,
            duration=each.duration if combined.duration is None else combined.duration,
            pace=combined.pace * each.pace,
            exhausted=combined.exhausted or each.exhausted,
            interface_limit=each.interface_limit
            if combined.interface_limit is None
            else combined.interface_limit,
        )
    return combined


class Faults:
    """All faults of the running emulator."""

    def __init__(self, seed: int, dialects: Sequence[Dialect], account_of: Callable[[str], str]) -> None:
        """Start without any; equal seeds, rules and calls trigger equal faults."""
        self._seed = seed
        self._account_of = account_of
        self._dialects = dialects
        self._added = 0
        self._faults: dict[str, Fault] = {}
        self._by_call: CallIndex[Fault] = CallIndex()
        self._stale: dict[str, Fault] = {}
        """Those that show the past."""
        self.watcher: FaultWatcher | None = None
        """Who wants to know of what changes; mostly nobody."""

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self._faults)

    @property
    def added(self) -> int:
        """The number of the latest that was added, since all were removed."""
        return self._added

    @property
    def all(self) -> tuple[Fault, ...]:
        """The faults in the order in which they were added."""
        return tuple(self._faults.values())

    def get(self, fault_id: str) -> Fault | None:
        """Return a fault, if there is one of this id."""
        return self._faults.get(fault_id)

    def add(self, rule: "FaultRule") -> Fault:
        """Match a rule with calls from now on.

        Raises:
            InvalidCondition: no call could ever trigger it.
        """
        self.validate(rule)
        number = self._added + 1
        seed = sha256(f"{self._seed}\0fault\0{number}".encode()).digest()[:8]
        return self.put(number, rule, Generator(int.from_bytes(seed)))

    def validate(self, rule: "FaultRule") -> None:
        """Check that a rule can be added, or raise as ``add`` does."""
        from duolect.faults.rules import validate_rule  # noqa: PLC0415 - most servers have no faults

        validate_rule(rule, self._dialects)

    def put(
        self, number: int, rule: "FaultRule", generator: Generator, matches: int = 0, hits: int = 0
    ) -> Fault:
        """Match a rule from now on that has a number, and may have counted calls; no other one has it."""
        from duolect.faults.replicas import Replicas  # noqa: PLC0415 - most servers have no faults

        replicas = None if rule.stale_ms is None else Replicas(rule.stale_ms * MILLISECOND)
        fault = Fault(f"f-{number}", rule, generator, replicas)
        fault.matches, fault.hits = matches, hits
        in_order = number > self._added
        self._added = max(self._added, number)
        self._faults[fault.id] = fault
        if in_order:
            self._by_call.add(fault)
        else:
            self._faults = {each.id: each for each in sorted(self._faults.values(), key=_PLACE)}
            self._by_call = CallIndex()
            for each in self._faults.values():
                self._by_call.add(each)
        if replicas is not None:
            self._stale[fault.id] = fault
        if self.watcher is not None:
            self.watcher.placed(fault)
        return fault

    def number_from(self, latest: int) -> None:
        """Give new ones numbers over one."""
        self._added = latest
        if self.watcher is not None:
            self.watcher.numbered()

    def remove(self, fault_id: str) -> Fault | None:
        """Remove a fault and return it, if there is one of this id."""
        fault = self._faults.pop(fault_id, None)
        if fault is not None:
            self._by_call.remove(fault)
            self._stale.pop(fault_id, None)
            if fault.replicas is not None:
                fault.replicas.close()
            if self.watcher is not None:
                self.watcher.removed(fault)
        return fault

    def clear(self) -> None:
        """Remove all faults; the next one is numbered as the first was."""
        for fault_id in tuple(self._faults):
            self.remove(fault_id)
        self.number_from(0)

    def match(
        self, context: RequestContext, action: Action, session: Session, caller_names: set[str]
    ) -> InjectedFaults | None:
        """Return the faults to inject into a call by a caller with these names, or None where none are."""
        dialect = context.dialect
        triggered: list[Fault] = []
        for fault in self._stale.values():
            self._ensure_replica(fault, dialect, session)
        facts: CallFacts | None = None
        for fault in self._by_call.of_call(dialect.name, action.name, caller_names):
            rule = fault.rule
            if not rule.applies_to(dialect, action, caller_names):
                continue
            if rule.resource is not None:
                facts = facts or _facts_of(session)
                if not facts.match(rule.resource):
                    continue
            if fault.triggers():
                triggered.append(fault)
                if rule.replaces_action:
                    break
        if not triggered:
            return None
        injected = InjectedFaults(context, action, triggered)
        injected.draw_delays()
        return injected

    def _ensure_replica(self, fault: Fault, dialect: Dialect, session: Session) -> None:
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


def _facts_of(session: Session) -> "CallFacts":
    from duolect.faults.matching import CallFacts  # noqa: PLC0415 - most rules are for any resource

    return CallFacts(session.call.tree, session.graph)
