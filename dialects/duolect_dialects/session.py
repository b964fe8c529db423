"""What an action has at hand: the call, the account, one partition, one instant."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

import attrs

from duolect_core.by_fields import Shown, Value, statically_frozen
from duolect_core.engine.command_fault import NO_FAULT, CommandFault
from duolect_core.engine.idempotency import Token, short_fingerprint
from duolect_core.engine.partition import NO_IDS, Checkable, Command, Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.resources import Instant, Resource
from duolect_core.model.rules import ResourceKind, Rules
from duolect_dialects.call import Call, Refusal

R = TypeVar("R")
ANY: Final = "*"
"""Stands for every type, or every zone."""


@statically_frozen(eq=False, repr=False)
class Account(Value):
    """Who asks: an access key, and the account number that is derived from it.

    ``user`` is the access key of the account's sub-user who asks; it is empty where the owner does.
    """

    access_key: str
    user: str = ""

    def digits(self, length: int) -> str:
        """Return the account's number with ``length`` digits: always the same, never starting with 0."""
        return _digits(self.access_key, length)


@lru_cache(maxsize=1024)
def _digits(access_key: str, length: int) -> str:
    number = int.from_bytes(sha256(access_key.encode("utf-8", "replace")).digest()[:8])
    floor: int = 10 ** (length - 1)
    return str(floor + number % (9 * floor))


@statically_frozen(eq=False, repr=False)
class Change(Shown):
    """A command that was carried out, and what came of it.

    ``repeated`` says that it was not: an earlier result was given again for its token.
    """

    command: Command[Any]
    result: Any
    repeated: bool
    created: tuple[str, ...]
    """The ids of the resources that it created, oldest first, as the partition tells."""


class AccountRegions(Protocol):
    """Everything of one account on one cloud: a partition for each region."""

    def partition(self, region: str) -> Partition:
        """Return the partition of a region, or raise ``Refusal`` where the cloud has no such region."""
        ...

    def used(self) -> Mapping[str, Partition]:
        """Return the partitions of the regions that the account has used, by region."""
        ...


@attrs.frozen(eq=False, repr=False)
class TokenParameter(Value):
    """The parameter of an action that holds an idempotency token.

    A token counts for the action ``scope``; ``waits`` says whether a repeat may be refused while what the
    first call began is under way.
    """

    scope: str
    name: str
    waits: bool


@attrs.frozen(eq=False, repr=False)
class Shortage(Value):
    """Instances that are out of stock: of a type, or ``*`` for any, in a zone, or ``*`` for any.

    ``refusal`` is what a call that wants some is refused with, or None where that is another action's.
    """

    type_name: str
    zone: str
    refusal: Refusal | None = None

    def concerns(self, type_name: str, zone: str) -> bool:
        """Say whether instances of a type in a zone are out of stock by it."""
        return self.type_name in {ANY, type_name} and self.zone in {ANY, zone}


@runtime_checkable
class TakesStock(Protocol):
    """A command that needs the cloud to have instances in stock."""

    def stock(self, partition: Partition) -> tuple[tuple[str, str], ...]:
        """Return the types and zones of the instances that it needs; the command has been checked."""
        ...


@statically_frozen(eq=False, repr=False)
class Session(Shown):
    """One call at work on one partition, in which everything that is due has happened.

    ``request`` holds the call's parameters; ``token`` says which of them is an idempotency token.
    """

    call: Call
    account: Account
    partition: Partition
    at: Instant
    account_regions: AccountRegions
    """The account's other regions."""
    request: Any = None
    token: TokenParameter | None = None
    changes: list[Change] = attrs.field(factory=list)
    """What the action has carried out so far."""
    tokens_forgotten: list[int] = attrs.field(factory=list)
    """How many older tokens were forgotten before their time, to make room for the call's."""
    command_fault: CommandFault = NO_FAULT
    """What is made to go wrong with the commands of this call."""
    on_fault_applied: Callable[[], object] = bool
    """Is called where a fault has had an effect on a command."""
    shortages: tuple[Shortage, ...] = ()
    """What is out of stock for this account."""
    ids: Mapping[ResourceKind, str] = NO_IDS
    """The ids that the first new resources of their kinds get, where they were chosen."""

    def __attrs_post_init__(self) -> None:
        """Let everything happen in the partition that is due."""
        self.partition.settle(self.at)

    @property
    def graph(self) -> Graph:
        """The partition's graph, to be read only: as the call found it, and what it has done since."""
        return self.partition.graph

    @property
    def rules(self) -> Rules:
        """How the cloud behaves in the region."""
        return self.partition.rules

    def held_elsewhere(self, resource_id: str) -> bool:
        """Say whether another region of the account holds a resource."""
        others = (each for each in self.account_regions.used().values() if each is not self.partition)
        return any(each.graph.holds(resource_id) for each in others)

    def in_region(self, region: str) -> "Session":
        """Return this call at work on another region of its account.

        Raises:
            Refusal: the cloud has no such region.
        """
        return attrs.evolve(self, partition=self.account_regions.partition(region))

    def trial(self) -> "Session":
        """Return this call at work on a copy of its partition, where what it does leaves no trace."""
        return attrs.evolve(self, partition=self.partition.copy(), changes=[], command_fault=NO_FAULT)

    def check(self, command: Checkable[R]) -> R:
        """See whether a command could be carried out, and change nothing; return what it would start from.

        Raises:
            CoreError: it could not.
            Refusal: it needs instances that are out of stock.
        """
        found = self.partition.check(command, self.at)
        if self.shortages and isinstance(command, TakesStock):
            for type_name, zone in command.stock(self.partition):
                self.check_stock(type_name, zone)
        return found

    def check_stock(self, type_name: str, zone: str) -> None:
        """Raise ``Refusal`` where the call cannot have an instance of a type in a zone."""
        for each in self.shortages:
            if each.refusal is not None and each.concerns(type_name, zone):
                raise each.refusal

    def is_short(self, type_name: str, zone: str) -> bool:
        """Say whether instances of a type in a zone are out of stock, whichever action is refused them."""
        return any(each.concerns(type_name, zone) for each in self.shortages)

    def execute(self, command: Command[R], *, operation_id: str = "", idempotent: bool = True) -> R:
        """Carry out a command, under the idempotency token that the request may carry.

        An action that carries out several commands lets one of them be ``idempotent``. The operation that
        the command begins goes by the request's id unless ``operation_id`` names it.

        Raises:
            CoreError: the command is refused.
            Refusal: it needs instances that are out of stock.
        """
        token, partition = self.idempotency_token() if idempotent else None, self.partition
        repeated = token is not None and partition.idempotency.find(token, partition.now) is not None
        if self.shortages and not repeated and isinstance(command, TakesStock):
            self.check(command)
        before = partition.created
        try:
            result = partition.execute(
                command,
                self.at,
                operation_id=operation_id or self.call.request_id,
                token=token,
                command_fault=self.command_fault,
                ids=self.ids,
            )
        finally:
            if partition.fault_applied:
                self.on_fault_applied()
            if partition.tokens_forgotten:
                self.tokens_forgotten.append(partition.tokens_forgotten)
        created = _created_since(before, partition, result) if partition.created > before else ()
        self.changes.append(Change(command, result, repeated, created))
        return result

    def idempotency_token(self) -> Token | None:
        """Return the token that the request carries, with what decides which requests are the same."""
        token = self.token
        value = None if token is None else getattr(self.request, token.name)
        if token is None or not value:
            return None
        fingerprint = short_fingerprint(repr(attrs.evolve(self.request, **{token.name: None})))
        return Token(token.scope, value, fingerprint, waits=token.waits)


def _created_since(before: int, partition: Partition, result: object) -> tuple[str, ...]:
    """Return the ids of all that was created after the first ``before``: most often the result alone."""
    created_one = partition.created == before + 1
    if created_one and isinstance(result, Resource) and result.order == partition.created:
        return (result.id,)
    return tuple(each.id for each in partition.graph.created_after(before))
