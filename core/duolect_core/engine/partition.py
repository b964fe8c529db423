"""One account's world in one region of one cloud.

The partition is the unit of isolation. ``execute`` is the only way to change it: it settles what is due,
applies one command that either changes all it says or raises and changes nothing, and hands the command
to the recorder. ``read`` settles and gives the graph to a query. Because time and chance both come from
outside, the recorded commands rebuild the partition exactly (``replay``).
"""

from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeVar

import attrs

from duolect_core.addressing.generator import Generator
from duolect_core.addressing.pools import FreePool
from duolect_core.engine import transitions
from duolect_core.engine.command_fault import NO_FAULT, CommandFault, failure_of
from duolect_core.engine.idempotency import IdempotencyStore, Remembered, Token
from duolect_core.engine.timeline import Timeline
from duolect_core.errors import (
    CoreError,
    IdempotencyMismatch,
    IdempotencyProcessing,
    OperationNotFound,
)
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import Instant, Operation, OperationState, snapshot
from duolect_core.model.rules import NETWORK_IPV6_MASK, ResourceKind, Rules

R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")
_NO_IDS: Final[Mapping[ResourceKind, str]] = MappingProxyType({})


class Command(Protocol[R_co]):
    """A change to a partition: a frozen value with one method."""

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
    ids: Mapping[ResourceKind, str] = _NO_IDS


Recorder = Callable[[Entry], None]


class Partition:
    """A graph, its timeline, its generator and its memory of tokens."""

    def __init__(self, rules: Rules, seed: int, recorder: Recorder | None = None) -> None:
        """Start an empty partition; equal seeds and commands give equal partitions."""
        self.rules = rules
        self.seed = seed
        self.now: Instant = 0
        self.graph = Graph(rules.group_members_count, rules.public_range, tags_remain=rules.tags_remain)
        self.timeline = Timeline()
        self.generator = Generator(seed)
        self.idempotency = IdempotencyStore(rules.token_lifetime)
        self.ipv6_blocks = FreePool(1 << (NETWORK_IPV6_MASK - rules.ipv6_range.prefixlen))
        """Which blocks of the region's IPv6 range networks have, by number."""
        self.created = 0
        """How many resources were ever created: the next resource's order."""
        self._recorders = [] if recorder is None else [recorder]
        self._operation_id = ""
        self._operation: Operation | None = None
        self._ids: dict[ResourceKind, str] = {}
        self.command_fault = NO_FAULT
        """What disturbs the command under way."""
        self.fault_applied = False
        """Whether the latest command met with its command_fault, rather than not coming to it."""

    # -- the two ways in ---------------------------------------------------------------------

    def execute(  # noqa: PLR0913 - all that a change can come with
        self,
        command: Command[R],
        at: Instant,
        *,
        operation_id: str = "",
        token: Token | None = None,
        command_fault: CommandFault = NO_FAULT,
        ids: Mapping[ResourceKind, str] = _NO_IDS,
    ) -> R:
        """Carry out ``command`` at the instant ``at``.

        ``operation_id`` names the operation that an asynchronous command starts; without it the
        generator makes one. An id that was used before names the newer operation from then on. With a
        ``token`` an equal earlier request gives its first result again, and ``operation_id`` becomes
        one more name of the operation that it started; a ``command_fault`` is for the first request only.
        ``ids`` names the first new resource of each kind, whose id is drawn otherwise; no resource has it.

        Raises:
            CoreError: the command cannot be carried out; nothing has changed (but the ledger, where
                the cloud repeats refusals).
        """
        self.settle(at)
        self.fault_applied = False
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
        self._record(command, operation_id, token, command_fault, ids)
        return result

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

    def settle(self, at: Instant) -> None:
        """Apply every transition that is due at ``at``, in due order.

        Time never runs backwards: an instant before ``now`` counts as ``now``.
        """
        at = max(self.now, at)
        while (transition := self.timeline.pop_due(at)) is not None:
            self.now = transition.due
            transitions.apply(self, transition)
        self.now = at

    # -- followers and copies ----------------------------------------------------------------

    def follow(self, recorder: Recorder) -> None:
        """Tell ``recorder`` too of every command from now on."""
        self._recorders.append(recorder)

    def unfollow(self, recorder: Recorder) -> None:
        """Tell ``recorder`` no more."""
        self._recorders.remove(recorder)

    def copy(self) -> "Partition":
        """Return an equal partition that nothing ties to this one, and that nobody follows."""
        return deepcopy(self, {id(self.rules): self.rules, id(self._recorders): []})

    # -- operations --------------------------------------------------------------------------

    def begin(
        self,
        kind: str,
        trigger: Trigger,
        duration: Instant,
        *resource_ids: str,
        beside: tuple[str, ...] = (),
        aside: bool = False,
    ) -> tuple[Operation, list[int]]:
        """Start the operation of the command under way; ``trigger`` ends it for each resource.

        The operation names the resources ``beside`` too, which it does not move. One that is started
        ``aside`` comes along with the command's own, and has an id of its own.
        What disturbs the command decides how long the operation takes, and whether it fails.
        Returns the operation and the number of the transition of each resource.
        """
        self._forget_operations()
        met = self.command_fault if resource_ids and not aside else NO_FAULT
        duration = (duration if met.duration is None else met.duration) * met.pace
        self.fault_applied = self.fault_applied or met.delays
        operation = Operation(
            id=(not aside and self._operation_id) or "op-" + self.generator.tail(12),
            kind=kind,
            resource_ids=(*resource_ids, *beside),
            started=self.now,
            due=self.now + duration,
            held=met.holds,
            pace=met.pace,
        )
        self.graph.operations.pop(operation.id, None)
        self.graph.operations[operation.id] = operation
        if not aside:
            self._operation = operation
        numbers = [
            self.timeline.plan(operation.due, self._end(met, trigger, resource_id), resource_id, operation)
            for resource_id in resource_ids
        ]
        return operation, numbers

    def _end(self, met: CommandFault, trigger: Trigger, resource_id: str) -> Trigger:
        """Return the trigger that ends a change, which is another one where it shall fail."""
        failure = failure_of(self, trigger, resource_id) if met.fails else None
        self.fault_applied = self.fault_applied or failure is not None
        return failure or trigger

    def hangs(self, number: int | None) -> bool:
        """Say whether the operation of a planned transition hangs."""
        return number is not None and self.timeline.planned_as(number).operation.held

    def give_up(self, number: int) -> None:
        """Let an operation that hangs end in failure, so that what it should do can be begun anew."""
        operation = self.timeline.cancel(number).operation
        operation.state, operation.held = OperationState.FAILED, False
        operation.reason = "it was begun anew"

    def takes_time(self, usual: bool) -> bool:  # noqa: FBT001 - what the rules say
        """Say whether a change by the command under way takes time: as usual, or being fault_applied."""
        return usual or self.command_fault.delays or self.command_fault.fails

    def operation(self, operation_id: str) -> Operation:
        """Return the record of an operation.

        Raises:
            OperationNotFound: there is none, or it has expired.
        """
        operation = self.graph.operations.get(operation_id)
        if operation is None or self.now - operation.started >= self.rules.operation_lifetime:
            raise OperationNotFound(operation_id)
        return operation

    def _forget_operations(self) -> None:
        operations = self.graph.operations
        while operations:
            oldest = next(iter(operations))
            if self.now - operations[oldest].started < self.rules.operation_lifetime:
                break
            operations.popitem(last=False)

    # -- names and numbers -------------------------------------------------------------------

    def new_id(self, kind: ResourceKind, table: Container[str]) -> str:
        """Return the id that was chosen for a resource of ``kind``, or a fresh one that ``table`` lacks."""
        if kind in self._ids:
            return self._ids.pop(kind)
        prefix = self.rules.id_prefixes[kind]
        while True:
            fresh = prefix + self.generator.tail(self.rules.id_tail)
            if fresh not in table:
                return fresh

    def new_mac(self) -> str:
        """Return a fresh MAC address in the cloud's style."""
        while True:
            low = self.generator.bits() & 0xFFFFFF
            mac = f"{self.rules.mac_prefix}:{low >> 16:02x}:{low >> 8 & 255:02x}:{low & 255:02x}"
            if self.rules.mac_upper:
                mac = mac.upper()
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
        self.idempotency.remember(
            token, Remembered(token.fingerprint, self.now, self._operation, result, refusal)
        )

    def _record(
        self,
        command: Command[Any],
        operation_id: str,
        token: Token | None,
        command_fault: CommandFault = NO_FAULT,
        ids: Mapping[ResourceKind, str] = _NO_IDS,
    ) -> None:
        """Tell those who follow of a command; most often nobody does."""
        if self._recorders:
            entry = Entry(self.now, command, operation_id, token, command_fault, ids)
            for recorder in self._recorders:
                recorder(entry)


def replay(rules: Rules, seed: int, entries: Iterable[Entry]) -> Partition:
    """Rebuild a partition from its recorded commands."""
    partition = Partition(rules, seed)
    for entry in entries:
        partition.repeat(entry)
    return partition
