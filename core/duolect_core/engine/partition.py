"""One account's world in one region of one cloud.

The partition is the unit of isolation. ``execute`` is the only way to change it: it settles what is due,
applies one command that either changes all it says or raises and changes nothing, and hands the command
to the recorder. ``check`` settles and lets a command check alone; ``read`` settles and gives the graph to a
query. Because time and chance both come from outside, the recorded commands rebuild the partition exactly.
What becomes of a resource when its operation ends is its subject's business: a table of ``Transitions``.
"""

from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from copy import deepcopy
from types import MappingProxyType
from typing import Any, Final, Protocol, Self, TypeVar

import attrs

from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.generator import Generator
from duolect_core.engine.alarms import Alarms, settle
from duolect_core.engine.command_fault import FAILED, NO_FAULT, CommandFault, failure_of
from duolect_core.engine.idempotency import IdempotencyStore, Remembered, Token
from duolect_core.engine.timeline import Timeline, Transition, end_of
from duolect_core.errors import (
    CoreError,
    IdempotencyMismatch,
    IdempotencyProcessing,
    OperationNotFound,
)
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import Instant, Operation, OperationKind, OperationState
from duolect_core.model.rules import NETWORK_IPV6_MASK, ResourceKind, Rules
from duolect_core.model.snapshots import snapshot

R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")
NO_IDS: Final[Mapping[ResourceKind, str]] = MappingProxyType({})


class Checkable(Protocol[R_co]):
    """What can say of itself whether a partition allows it."""

    def check(self, partition: "Partition") -> R_co:
        """Check everything and change nothing: return what was found, or raise what stands against it."""
        ...


class Command(Checkable[object], Protocol[R_co]):
    """A change to a partition: a frozen value that checks and applies itself."""

    def apply(self, partition: "Partition") -> R_co:
        """Check everything, then change everything and return what came of it."""
        ...


@attrs.frozen
class Entry:
    """One recorded command: enough to repeat it."""

    at: Instant
    command: Command[Any]
    operation_id: str
    token: Token | None
    command_fault: CommandFault = NO_FAULT
    ids: Mapping[ResourceKind, str] = NO_IDS


Recorder = Callable[[Entry], None]
Handler = Callable[["Partition", Transition], None]
"""Moves the resource of a transition that is due on to its next state, with all that depends on it."""
Transitions = Mapping[ResourceKind, Mapping[Trigger, Handler]]
"""The handlers by the kind of the resource and the trigger: what is not in here cannot be planned."""


class Partition:
    """A graph, its timeline, its generator and its memory of tokens."""

    def __init__(
        self, rules: Rules, seed: int, transitions: Transitions, recorder: Recorder | None = None
    ) -> None:
        """Start an empty partition; equal seeds and commands give equal partitions."""
        self.rules = rules
        self.seed = seed
        self.now: Instant = 0
        self.graph = Graph(rules.group_members_count, rules.public_range, tags_remain=rules.tags_remain)
        self.timeline = Timeline()
        self.generator = Generator(seed)
        self.idempotency = IdempotencyStore(rules.token_lifetime, rules.token_bytes)
        self.ipv6_blocks = FreePool(1 << (NETWORK_IPV6_MASK - rules.ipv6_range.prefixlen))
        """Which blocks of the region's IPv6 range networks have, by number."""
        self.created = 0
        """How many resources were ever created: the next resource's order."""
        self._transitions = transitions
        self.alarms: Alarms = MappingProxyType({})
        """What happens by itself, which ``partitions`` gathers."""
        self._handlers: list[tuple[Container[str], Mapping[Trigger, Handler]]] = []
        self.recorders = [] if recorder is None else [recorder]
        """Who is told of every command."""
        self._operation_id = ""
        self._operation: Operation | None = None
        self._ids: dict[ResourceKind, str] = {}
        self.command_fault = NO_FAULT
        """What goes wrong with the command under way."""
        self.fault_applied = False
        """Whether the latest command came to what should go wrong with it."""
        self.tokens_forgotten = 0
        """How many tokens the latest command forgot before their time, because there was no more room."""

    # -- the ways in ---------------------------------------------------------------------

    def execute(  # noqa: PLR0913 - all that a change can come with
        self,
        command: Command[R],
        at: Instant,
        *,
        operation_id: str = "",
        token: Token | None = None,
        command_fault: CommandFault = NO_FAULT,
        ids: Mapping[ResourceKind, str] = NO_IDS,
    ) -> R:
        """Carry out ``command`` at the instant ``at``.

        ``operation_id`` names the operation that an asynchronous command starts; without it the
        generator makes one. An id that was used before names the newer operation from then on. With a
        ``token`` an equal earlier request gives its first result again, and ``operation_id`` becomes
        one more name of the operation that it started; a ``command_fault`` is for the first request only.
        ``ids`` names the first new resource of each kind, whose id is random otherwise; no resource has it.

        Raises:
            CoreError: the command cannot be carried out; nothing has changed (but the idempotency store,
                where the cloud repeats refusals).
        """
        self.settle(at)
        self.fault_applied = False
        self.tokens_forgotten = 0
        if token is not None:
            remembered = self.idempotency.find(token, self.now)
            if remembered is not None:
                result: R = self._repeat(remembered, token, operation_id)
                self._record(command, operation_id, token)
                return result
        self._operation_id, self._operation = operation_id, None
        self.command_fault = command_fault
        self._ids = dict(ids) if ids else {}
        try:
            result = command.apply(self)
        except CoreError as refusal:
            if token is not None and self.rules.token_repeats_refusals and not refusal.transient:
                self._remember(token, refusal=refusal.copy())
                self._record(command, operation_id, token, command_fault, ids)
            raise
        finally:
            self.command_fault = NO_FAULT
        if token is not None:
            self._remember(token, result=snapshot(result))
        if self.recorders:
            self._record(command, operation_id, token, command_fault, ids)
        return result

    def check(self, command: Checkable[R], at: Instant) -> R:
        """Settle what is due at ``at`` and return what ``command`` finds when it checks, as a dry run.

        Raises:
            CoreError: the command cannot be carried out.
        """
        self.settle(at)
        return command.check(self)

    def repeat(self, entry: Entry) -> None:
        """Carry out a recorded command again, whatever came of it."""
        with suppress(CoreError):
            self.execute(
                entry.command,
                entry.at,
                operation_id=entry.operation_id,
                token=entry.token,
                command_fault=entry.command_fault,
                ids=entry.ids,
            )

    def read(self, at: Instant) -> Graph:
        """Settle what is due at ``at`` and return the graph, to be read only."""
        self.settle(at)
        return self.graph

    def settle(self, at: Instant, most: int = 0) -> None:
        """Apply all that is due at ``at`` in due order, or ``most`` of it where that is given.

        Time never runs backwards: an instant before ``now`` counts as ``now``.
        """
        at = max(at, self.now)
        alarms = self.graph.alarms
        if self.timeline.is_due(at) or (alarms and alarms[0][0] <= at):
            settle(self, at, most, self._end)
        else:
            self.now = at

    def _end(self, transition: Transition) -> None:
        """Close the operation of a transition and move its resource on; the handler may reopen it."""
        if transition.trigger in FAILED:
            transition.operation.fail("internal error")
        else:
            transition.operation.state = OperationState.SUCCEEDED
        self._handler(transition.trigger, transition.resource_id)(self, transition)

    def _handler(self, trigger: Trigger, resource_id: str) -> Handler:
        """Return what moves a resource on at a trigger."""
        if not self._handlers:
            self._handlers = [(self.graph.table(kind), each) for kind, each in self._transitions.items()]
        for table, handlers in self._handlers:
            if resource_id in table and (handler := handlers.get(trigger)) is not None:
                return handler
        raise LookupError(f"nothing is said of {resource_id} when it is {trigger}")

    # -- subscribers and copies --------------------------------------------------------------

    def subscribe(self, recorder: Recorder) -> None:
        """Tell ``recorder`` too of every command from now on."""
        self.recorders.append(recorder)

    def unsubscribe(self, recorder: Recorder) -> None:
        """Tell ``recorder`` no more."""
        self.recorders.remove(recorder)

    def copy(self) -> Self:
        """Return an equal partition that nothing ties to this one, and that nobody watches."""
        tables = (self._transitions, *self._transitions.values(), self.alarms)
        shared = {id(each): each for each in (self.rules, *tables)}
        return deepcopy(self, {**shared, id(self.recorders): [], id(self.timeline.watcher): None})

    # -- operations --------------------------------------------------------------------------

    def begin(
        self,
        kind: OperationKind,
        trigger: Trigger,
        duration: Instant,
        *resource_ids: str,
        destination_id: str = "",
        separate: bool = False,
    ) -> tuple[Operation, list[int]]:
        """Start the operation of the command under way; ``trigger`` ends it for each resource.

        The operation concerns its ``destination_id`` too, without moving it. A ``separate`` one comes along
        with the command's own, and has an id of its own.
        The command's fault decides how long the operation takes, and whether it fails; one for no
        resource at all has ended with that.
        Returns the operation and the number of the transition of each resource.

        Raises:
            LookupError: nothing is said of what happens to one of the resources at the trigger.
        """
        fault = NO_FAULT if separate else self.command_fault
        if fault is NO_FAULT:
            changes = [(trigger, resource_id) for resource_id in resource_ids]
        else:
            changes = [(self._ending(fault, trigger, each), each) for each in resource_ids]
            duration = (duration if fault.duration is None else fault.duration) * fault.pace
            self.fault_applied = self.fault_applied or fault.delays
        for change in changes:
            self._handler(*change)
        operation = Operation(
            (not separate and self._operation_id) or self._new_operation_id(),
            kind,
            (*resource_ids, destination_id) if destination_id else resource_ids,
            self.now,
            end_of(self.now, duration if changes else 0),
            destination_id=destination_id,
        )
        if not changes:
            operation.state = OperationState.SUCCEEDED
        if fault is not NO_FAULT:
            operation.held, operation.pace = fault.holds and bool(changes), fault.pace
        self.graph.add_operation(operation, self.rules)
        if not separate:
            self._operation = operation
        plan, due = self.timeline.plan, operation.due
        return operation, [plan(due, *change, operation) for change in changes]

    def complete(self, kind: OperationKind, *resource_ids: str, detail: str = "") -> Operation:
        """Record the operation of a command under way that has changed the resources at once."""
        operation = Operation(
            id=self._operation_id or self._new_operation_id(),
            kind=kind,
            resource_ids=resource_ids,
            started=self.now,
            due=self.now,
            state=OperationState.SUCCEEDED,
            detail=detail,
        )
        self.graph.add_operation(operation, self.rules)
        self._operation = operation
        return operation

    def _new_operation_id(self) -> str:
        return "op-" + self.generator.tail(12)

    def _ending(self, fault: CommandFault, trigger: Trigger, resource_id: str) -> Trigger:
        """Return the trigger that ends a change, which is another one where it shall fail."""
        failure = failure_of(self.graph, self.rules, trigger, resource_id) if fault.fails else None
        self.fault_applied = self.fault_applied or failure is not None
        return failure or trigger

    def is_held(self, number: int | None) -> bool:
        """Say whether the operation of a planned transition is held."""
        return number is not None and self.timeline.planned_as(number).operation.held

    def abort(self, number: int) -> None:
        """Let an operation that is held end in failure, so that what it should do can be begun anew."""
        operation = self.timeline.cancel(number).operation
        operation.fail("it was begun anew")
        operation.held = False

    def takes_time(self, usual: bool) -> bool:  # noqa: FBT001 - what the rules say
        """Say whether a change by the command under way takes time: as usual, or because of its fault."""
        fault = self.command_fault
        return usual or (fault is not NO_FAULT and (fault.delays or fault.fails))

    def operation(self, operation_id: str) -> Operation:
        """Return the record of an operation.

        Raises:
            OperationNotFound: there is none, or it has expired.
        """
        operation = self.graph.operations.get(operation_id)
        if operation is None or self.now - operation.started >= self.rules.operation_lifetime:
            raise OperationNotFound(operation_id)
        return operation

    # -- names and numbers -------------------------------------------------------------------

    @property
    def address_generator(self) -> Generator | None:
        """The generator that draws free private addresses; None where the lowest ones are taken."""
        return None if self.rules.lowest_addresses_first else self.generator

    def new_id(self, kind: ResourceKind, table: Container[str]) -> str:
        """Return the id that was chosen for a resource of ``kind``, or a fresh one that ``table`` lacks."""
        if self._ids and kind in self._ids:
            return self._ids.pop(kind)
        prefix, length = self.rules.id_prefixes[kind], self.rules.id_tails[kind]
        while (fresh := prefix + self.generator.tail(length)) in table:
            pass
        return fresh

    def new_mac(self) -> str:
        """Return a fresh MAC address in the cloud's style."""
        while True:
            mac = f"{self.rules.mac_prefix}:{(self.generator.bits() & 0xFFFFFF).to_bytes(3).hex(':')}"
            mac = mac.upper() if self.rules.mac_upper else mac
            if mac not in self.graph.macs:
                return mac

    def next_order(self) -> int:
        """Return the next place in the order of creation."""
        self.created += 1
        return self.created

    # -- tokens and the record ---------------------------------------------------------------

    def _repeat(self, remembered: Remembered, token: Token, operation_id: str) -> Any:  # noqa: ANN401
        if remembered.fingerprint != token.fingerprint:
            raise IdempotencyMismatch(token.value)
        if remembered.refusal is not None:
            refusal = remembered.refusal.copy()
            refusal.repeated = True
            raise refusal
        operation = remembered.operation
        if operation is not None:
            busy = token.waits and operation.state is OperationState.RUNNING
            if busy and self.rules.token_busy_while_running:
                raise IdempotencyProcessing(token.value)
            if operation_id:
                self.graph.operations[operation_id] = operation
        return remembered.result

    def _remember(self, token: Token, *, result: object = None, refusal: CoreError | None = None) -> None:
        self.tokens_forgotten = self.idempotency.remember(
            token, Remembered(token.fingerprint, self.now, self._operation, result, refusal)
        )

    def _record(
        self,
        command: Command[Any],
        operation_id: str,
        token: Token | None,
        command_fault: CommandFault = NO_FAULT,
        ids: Mapping[ResourceKind, str] = NO_IDS,
    ) -> None:
        """Tell the subscribers of a command; most often there are none."""
        entry = Entry(self.now, command, operation_id, token, command_fault, ids)
        for recorder in self.recorders:
            recorder(entry)
