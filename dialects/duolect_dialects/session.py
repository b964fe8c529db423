"""What an action has at hand: the call, the account, one partition, one instant."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, Protocol, TypeVar

import attrs

from duolect_core.engine.command_fault import NO_FAULT, CommandFault
from duolect_core.engine.idempotency import Token
from duolect_core.engine.partition import Command, Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.resources import Instant
from duolect_core.model.rules import ResourceKind
from duolect_dialects.action import Action
from duolect_dialects.dialect import Call

R = TypeVar("R")


@attrs.frozen
class Account:
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


@attrs.frozen(eq=False)
class Change:
    """A command that was carried out, and what came of it.

    ``repeated`` says that it was not: an earlier result was given again for its token.
    """

    command: Command[Any]
    result: Any
    repeated: bool


class AccountRegions(Protocol):
    """Everything of one account on one cloud: a partition for each region."""

    def partition(self, region: str) -> Partition:
        """Return the partition of a region, or raise ``Refusal`` where the cloud has no such region."""
        ...

    def used(self) -> Mapping[str, Partition]:
        """Return the partitions of the regions that the account has used, by region."""
        ...


@attrs.frozen(eq=False)
class Session:
    """One call at work on one partition."""

    call: Call
    action: Action
    account: Account
    partition: Partition
    at: Instant
    account_regions: AccountRegions
    """The account's other regions."""
    changes: list[Change] = attrs.field(factory=list)
    """What the action has carried out so far."""
    command_fault: CommandFault = NO_FAULT
    """What disturbs the commands of this call."""
    on_fault_applied: Callable[[], object] = bool
    """Is called where a command has met with the command_fault."""
    ids: Mapping[ResourceKind, str] = attrs.field(factory=dict)
    """The ids that the first new resources of their kinds get, where they were chosen."""

    @property
    def graph(self) -> Graph:
        """The partition's graph with everything settled that is due, to be read only."""
        return self.partition.read(self.at)

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

    def execute(
        self,
        command: Command[R],
        request: Any = None,  # noqa: ANN401 - any request class
        *,
        operation_id: str = "",
    ) -> R:
        """Carry out a command; with ``request``, under the idempotency token that it may carry.

        The operation that it begins goes by the request's id unless ``operation_id`` names it.

        Raises:
            CoreError: the command is refused.
        """
        token, partition = self._token(request), self.partition
        now = max(self.at, partition.now)
        repeated = token is not None and partition.idempotency.find(token, now) is not None
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
        self.changes.append(Change(command, result, repeated))
        return result

    def _token(self, request: Any) -> Token | None:  # noqa: ANN401
        name = self.action.token
        value = None if name is None or request is None else getattr(request, name)
        if name is None or not value:
            return None
        fingerprint = repr(attrs.evolve(request, **{name: None}))
        return Token(self.action.name, value, fingerprint, waits=self.action.token_waits)
