"""The journal: what every call asked, how it ended, what it changed, and what was remarkable about it.

It is kept in memory up to a number of records and of bytes; the oldest go first. Records are numbered, and
have holes between them once those of one account were forgotten. Whoever follows the journal keeps none of
it, but remembers the number of the latest record that it has seen.
"""

import asyncio
from bisect import bisect_right
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from operator import attrgetter
from typing import Any, Final

import attrs

from duolect.access.context import RequestContext
from duolect_core.by_fields import Value
from duolect_core.engine.partition import Command
from duolect_core.model.resources import Instant, Resource
from duolect_dialects.exchange import Tree
from duolect_dialects.session import Change

_MAX_NONCES: Final = 10_000
_MAX_UNKNOWN: Final = 1_000
_MAX_ACCOUNTS: Final = 10_000
"""Of how many accounts it is known exactly which of their records are kept no longer."""
_RECORD_BYTES: Final = 512
"""What a record takes beside its parameters, roughly."""
_NO_CHANGES: Final[Sequence[Change]] = ()
_SHORT: Final = 64
"""Characters up to which a nonce is kept itself."""
_DIGEST: Final = 16
"""Bytes of the digests by which what clients send is remembered."""


class Finding(StrEnum):
    """What can be remarkable about a call, beside its outcome."""

    UNKNOWN_PARAMETER = "unknown-parameter"
    DEPRECATED_PARAMETER = "deprecated-parameter"
    UNSIGNED = "unsigned"
    NONCE_REUSED = "nonce-reused"
    TOKENS_FORGOTTEN = "tokens-forgotten"
    RETRIED_WITHOUT_TOKEN = "retried-without-token"  # noqa: S105 - the name of a finding


class Outcome(StrEnum):
    """How a call ended: carried out, refused by the cloud's rules, or failed on the way."""

    OK = "ok"
    REFUSED = "refused"
    FAILED = "failed"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Changed(Value):
    """One command of the core that a call carried out."""

    command: str
    resources: tuple[str, ...]
    """The resources that it names or returns, then those that it created besides."""
    created: tuple[str, ...] = ()
    """Those that it created."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Record(Value):
    """One call."""

    number: int
    at: Instant
    cloud: str
    account: str
    access_key: str
    region: str
    action: str
    version: str
    request_id: str
    agent: str
    """What the client's User-Agent says."""
    parameters: Tree
    status: int
    code: str
    """The vendor's error code; empty where the call was carried out."""
    message: str
    outcome: Outcome
    microseconds: int
    """How long the emulator worked on it, in real time."""
    repeated: bool
    """Whether it gave the result of an earlier call with the same token again."""
    changed: tuple[Changed, ...]
    findings: tuple[str, ...]
    """Each a ``Finding``, or one and what it is about: ``deprecated-parameter: PageSize``."""
    fault: str
    """The ids of the faults that were injected into it, with commas between them."""

    def concerns(self, resource_id: str) -> bool:
        """Say whether the call changed or named a resource."""
        return any(resource_id in each.resources for each in self.changed) or _holds(
            self.parameters, resource_id
        )


_Changed = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A ``Changed`` as it is kept: the values of its fields, in their order."""
_Kept = tuple[Any, ...]
"""A record as it is kept: the values of its fields, in their order. A call is carried out for every record,
and few are ever read: an attrs object would cost the call ten times as much."""
_FIELDS: Final = tuple(field.name for field in attrs.fields(Record))
_NUMBER: Final = _FIELDS.index("number")
_ACCOUNT: Final = _FIELDS.index("account")


def _record(kept: _Kept) -> Record:
    fields = dict(zip(_FIELDS, kept, strict=True))
    fields["changed"] = tuple(
        Changed(command=command, resources=resources, created=created)
        for command, resources, created in fields["changed"]
    )
    return Record(**fields)


def _holds(tree: Any, text: str) -> bool:  # noqa: ANN401 - a tree of parameters
    if isinstance(tree, Mapping):
        return any(_holds(member, text) for member in tree.values())
    if isinstance(tree, list):
        return any(_holds(member, text) for member in tree)
    return bool(tree == text)


class Records:
    """Records that are made when they are asked for, each time anew."""

    def __init__(self, kept: Sequence[tuple[_Kept, int]]) -> None:
        """Take what a journal keeps."""
        self._kept = kept

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._kept)

    def __iter__(self) -> Iterator[Record]:
        """Iterate over them, oldest first."""
        return (_record(kept) for kept, _ in self._kept)


class Journal:
    """The latest records, oldest first."""

    def __init__(self, max_records: int, max_bytes: int) -> None:
        """Keep at most so many records, whose requests had so many bytes; with 0 records keep none."""
        self.max_records = max_records
        self.last = 0
        """The number of the latest record; they are counted from 1."""
        self._max_bytes = max_bytes
        self._records: deque[tuple[_Kept, int]] = deque()
        self._bytes = 0
        self._pushed_out = 0
        """The number of the latest record for which there was no more room."""
        self._lost: OrderedDict[str, int] = OrderedDict()
        """The number of the latest record of each account that is kept no longer."""
        self._latest_lost = 0
        self._all_lost = 0
        """The number up to which records may be lost of any account that ``_lost`` has not."""
        self.closed = False
        """Whether no more records will come."""
        self.followed: Counter[str] = Counter()
        """How many follow the calls of single accounts."""
        self._waiting: list[asyncio.Future[None]] = []
        self._nonces: OrderedDict[str | bytes, None] = OrderedDict()
        self._unknown_outcomes: OrderedDict[tuple[str, str, str, bytes], None] = OrderedDict()
        """Calls whose clients do not know how they ended."""

    def append(self, context: RequestContext, at: Instant, status: int, microseconds: int) -> None:
        """Append the record of one call."""
        if not self.max_records:
            self.last = self._pushed_out = self.last + 1
            self._lose(self.last, context.account)
            return
        call, session, refusal = context.call, context.session, context.refusal
        request = call.request
        agent = request.headers.get("user-agent", "")
        size = len(request.query) + len(request.body) + len(agent) + _RECORD_BYTES
        self.last += 1
        code, message, outcome = "", "", Outcome.OK
        if refusal is not None:
            code, message, outcome = refusal.code, str(refusal.message), Outcome.REFUSED
        if context.outcome_unknown:
            outcome = Outcome.FAILED
        region, changes = call.region, _NO_CHANGES
        if session is not None:
            region, changes = session.call.region, session.changes
        kept = (
            self.last,
            at,
            context.dialect.name,
            context.account,
            call.access_key,
            region,
            call.action,
            call.version,
            call.request_id,
            agent,
            call.tree,
            status,
            code,
            message,
            outcome,
            microseconds,
            any([change.repeated for change in changes]),  # noqa: C419 - a generator takes twice as long
            tuple([_changed(change) for change in changes]),
            self._findings(context),
            context.fault,
        )
        self._records.append((kept, size))
        self._bytes += size
        if len(self._records) > self.max_records or self._bytes > self._max_bytes:
            self._push_out()
        if self._waiting:
            self._wake()

    def _push_out(self) -> None:
        """Drop the oldest records for which there is no more room."""
        while len(self._records) > self.max_records or self._bytes > self._max_bytes:
            dropped, its_size = self._records.popleft()
            self._bytes -= its_size
            self._pushed_out = dropped[_NUMBER]
            self._lose(dropped[_NUMBER], dropped[_ACCOUNT])

    def records(self, after: int = 0) -> Iterator[Record]:
        """Iterate over what is kept of the records after a number, oldest first."""
        first = bisect_right(self._records, after, key=_number)
        return (_record(kept) for kept, _ in islice(self._records, first, None))

    def as_of_now(self) -> "Records":
        """Return what is kept now, which can be read while more is appended."""
        return Records(tuple(self._records))

    def is_complete(self, after: int, account: str | None = None) -> bool:
        """Say whether every record after a number is kept, of one account or of all."""
        if account is None:
            return self._latest_lost <= after
        return max(self._all_lost, self._lost.get(account, 0)) <= after

    def pushed_out(self, after: int) -> int:
        """Return how many numbers after one were given to records for which there was no more room."""
        return max(0, self._pushed_out - after)

    def forget(self, account: str | None = None) -> deque[tuple[_Kept, int]]:
        """Drop all records, or those of one account; return what was kept until then, to be let go of."""
        before = self._records
        for record, _ in self._records:
            if account in {None, record[_ACCOUNT]}:
                self._lose(record[_NUMBER], record[_ACCOUNT])
        kept = [each for each in self._records if account not in {None, each[0][_ACCOUNT]}]
        self._records = deque(kept)
        self._bytes = sum(size for _, size in kept)
        return before

    def forget_outcomes(self, access_key: str | None, cloud: str | None, region: str | None) -> None:
        """Take no call for the repetition of one from before, of one account, cloud and region or all."""
        for key in tuple(self._unknown_outcomes):
            if all(
                mine in {None, its} for mine, its in zip((cloud, access_key, region), key, strict=False)
            ):
                del self._unknown_outcomes[key]

    def _lose(self, number: int, account: str) -> None:
        """Note that a record is kept no longer."""
        self._latest_lost = max(number, self._latest_lost)
        self._lost[account] = max(number, self._lost.pop(account, 0))
        if len(self._lost) > _MAX_ACCOUNTS:
            self._all_lost = max(self._all_lost, self._lost.popitem(last=False)[1])

    def close(self) -> None:
        """Tell all who follow that nothing more will come."""
        self.closed = True
        self._wake()

    async def wait(self, after: int, seconds: float) -> bool:
        """Wait for a record with a higher number, or the end; say whether it came in so many seconds."""
        if self.last > after or self.closed:
            return True
        news = asyncio.get_running_loop().create_future()
        self._waiting.append(news)
        try:
            async with asyncio.timeout(seconds):
                await news
        except TimeoutError:
            return False
        finally:
            if news in self._waiting:
                self._waiting.remove(news)
        return True

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for news in waiting:
            if not news.done():
                news.set_result(None)

    def _findings(self, context: RequestContext) -> tuple[str, ...]:
        """Return what is remarkable about a call: most often nothing."""
        call, action, session, refusal = context.call, context.action, context.session, context.refusal
        found: list[str] = []
        if refusal is not None and refusal.unknown:
            found.append(f"{Finding.UNKNOWN_PARAMETER}: {refusal.unknown}")
        found.extend([f"{Finding.UNKNOWN_PARAMETER}: {name}" for name in context.overlooked])
        if action is not None and not action.deprecated.isdisjoint(call.tree):
            deprecated = action.deprecated & call.tree.keys()
            found.extend([f"{Finding.DEPRECATED_PARAMETER}: {name}" for name in deprecated])
        if not call.signed:
            found.append(Finding.UNSIGNED)
        if call.nonce and not self._is_new(call.access_key, call.nonce):
            found.append(Finding.NONCE_REUSED)
        if session is not None and session.tokens_forgotten:
            found.append(f"{Finding.TOKENS_FORGOTTEN}: {sum(session.tokens_forgotten)}")
        if (self._unknown_outcomes or context.outcome_unknown) and self._is_retry(context):
            found.append(Finding.RETRIED_WITHOUT_TOKEN)
        return tuple(found)

    def _is_new(self, access_key: str, nonce: str) -> bool:
        name = f"{access_key} {nonce}" if len(nonce) <= _SHORT else _digest((access_key, nonce))
        if name in self._nonces:
            return False
        self._nonces[name] = None
        if len(self._nonces) > _MAX_NONCES:
            self._nonces.popitem(last=False)
        return True

    def _is_retry(self, context: RequestContext) -> bool:
        """Say whether a call that makes something repeats one of unknown outcome, without a token."""
        action, call = context.action, context.call
        if action is None or action.token is None or call.tree.get(action.token):
            return False
        key = (context.dialect.name, context.account, call.region, _digest((call.action, call.tree)))
        is_retry = self._unknown_outcomes.pop(key, self) is None
        if context.outcome_unknown:
            self._unknown_outcomes[key] = None
            if len(self._unknown_outcomes) > _MAX_UNKNOWN:
                self._unknown_outcomes.popitem(last=False)
        return is_retry


def _number(entry: tuple[_Kept, int]) -> int:
    number: int = entry[0][_NUMBER]
    return number


def _digest(value: object) -> bytes:
    """Return what stands for a value of any size."""
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def _changed(change: Change) -> _Changed:
    """Return what a record keeps of a change: no more than names, so that what was changed can go."""
    ids = ids_named_by(change.command)
    _gather(change.result, ids)
    for resource_id in change.created:
        ids[resource_id] = None
    return type(change.command).__name__, tuple(ids), change.created


def ids_named_by(command: Command[Any]) -> dict[str, None]:
    """Return the ids of resources that a command names, each once and in their order."""
    ids: dict[str, None] = {}
    for value in _values_of_ids(type(command))(command):
        if value:
            _gather(value, ids)
    return ids


@lru_cache(maxsize=256)
def _values_of_ids(command: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads the fields of a command that hold ids of resources."""
    names = [field.name for field in attrs.fields(command) if field.name.endswith(("_id", "_ids"))]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda command: tuple(getattr(command, name) for name in names)


def _gather(value: Any, ids: dict[str, None]) -> None:  # noqa: ANN401 - a field or the result of a command
    """Add the ids in a value to those that were found, which a dictionary keeps in order."""
    if isinstance(value, str):
        if value:
            ids[value] = None
    elif isinstance(value, Resource):
        ids[value.id] = None
    elif isinstance(value, tuple):
        for part in value:
            _gather(part, ids)
