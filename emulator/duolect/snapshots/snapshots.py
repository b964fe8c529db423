"""Snapshots: the partitions of the emulator as one JSON tree, and the way back.

A snapshot covers everything, or one cloud, account or region. To restore it makes what it covers exactly
what it was: partitions that are not in it are forgotten. It is all or nothing: a snapshot that cannot be
restored is refused with the reason and changes nothing. Keys, conditions, faults and marks are sections of
it where that is asked for. The journal is no part of it: it belongs to the running emulator.

The clock comes back only with a snapshot of everything that was taken while the clock stood still; else
time goes on by the clock that runs. A partition whose time lies ahead of it waits until it has come there.
An account's own clock comes back with all of the account, where accounts can have one: at the instant at
which it stood, or running on from there, if that is still to come.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from duolect import __version__
from duolect.clock import FASTEST, Clock, ClockMode
from duolect.snapshots.layout import pretty_json, pretty_parts
from duolect.snapshots.scopes import EVERYTHING, Scope
from duolect.state.archives import archived
from duolect.state.emulator import EmulatorState
from duolect.state.forked import in_parts
from duolect.state.partitions import Key, weight
from duolect_core import archive
from duolect_core.archive import Unfit
from duolect_core.archive.codec import codec
from duolect_core.archive.trees import (
    NUMBER,
    ROOT,
    TEXT,
    Path,
    Places,
    entries,
    exactly,
    members,
    pointer,
    sequence,
)
from duolect_core.engine.durations import SetDurations
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import LATEST, Instant
from duolect_core.model.rules import Rules
from duolect_dialects.call import Refusal

__all__ = [
    "EVERYTHING",
    "SECTIONS",
    "Restored",
    "Scope",
    "Unfit",
    "cut",
    "parse",
    "prepare",
    "restore",
    "take",
    "write",
]

FORMAT: Final = "duolect snapshot"
VERSION: Final = 1
SECTIONS: Final[Sequence[str]] = ("faults", "conditions", "keys", "marks")
"""What a snapshot can have beside partitions and clocks, where that is asked for."""
_END: Final = "\n}\n"
_SHOWN: Final = 60
"""How much of a wrong name a message shows."""


@attrs.frozen
class Restored:
    """What a restore did: the partitions that are as in the snapshot, and those that were there before."""

    restored: Collection[Key]
    forgotten: Mapping[Key, Partition | None]
    """In the place of one that was put away stands None."""


@attrs.frozen
class _Clock:
    """The clock as it is written."""

    mode: ClockMode
    now: Instant


@attrs.frozen
class _OwnClock:
    """The clock that an account has of its own, as it is written."""

    access_key: str
    rate: float
    now: Instant


_OWN_CLOCKS: Final = sequence(tuple, codec(_OwnClock))


# -- taking -----------------------------------------------------------------------------------------


@attrs.frozen
class Cut:
    """What a snapshot is made of: partitions in which all has happened that was due at an instant.

    It is as the partitions are: a snapshot of the instant is made at once, or by a copy of the process.
    """

    scope: Scope
    clock: _Clock
    partitions: Sequence[tuple[Key, Partition]]
    own_clocks: Sequence[_OwnClock]
    sections: Mapping[str, Any]
    """What belongs to the emulator beside its partitions, as far as it is asked for."""

    @property
    def weight(self) -> int:
        """How many things there are to write, roughly."""
        return sum(weight(partition) for _, partition in self.partitions)

    def tree(self) -> dict[str, Any]:
        """Return the snapshot."""
        return {**self._head(), "partitions": [dict(_members(*each)) for each in self.partitions]}

    def text(self) -> Iterator[bytes]:
        """Return the parts of the snapshot's text, which is that of its tree."""
        return in_parts(self._lines())

    def _lines(self) -> Iterator[str]:
        if not self.partitions:
            yield pretty_json(self.tree())
            return
        yield f"{pretty_json(self._head())[: -len(_END)]},\n "
        yield '"partitions": ['
        for place, (key, partition) in enumerate(self.partitions):
            yield "," if place else ""
            yield "\n  {"
            before = ""
            for name, tree in _members(key, partition):
                yield f'{before}\n   "{name}": '
                yield from pretty_parts(tree, "   ")
                before = ","
            yield "\n  }"
        yield f"\n ]{_END}"

    def _head(self) -> dict[str, Any]:
        own = {"own_clocks": _OWN_CLOCKS.write(self.own_clocks, (ROOT, "own_clocks"), Places())}
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_by": f"duolect {__version__}",
            "scope": codec(Scope).write(self.scope, ROOT, Places()),
            "clock": codec(_Clock).write(self.clock, ROOT, Places()),
            **(own if self.own_clocks else {}),
            **self.sections,
        }


def cut(state: EmulatorState, scope: Scope = EVERYTHING, beside: Collection[str] = ()) -> Cut:
    """Return what a snapshot as of now is made of, with those of the ``SECTIONS`` that are asked for."""
    clocks = state.clocks
    chosen = tuple(state.partitions.items(scope.access_key, scope.cloud, scope.region))
    for (_, account, _), partition in chosen:
        partition.settle(clocks.of(account).now())
    own = [
        _OwnClock(account, clock.rate, clock.now())
        for account, clock in sorted(clocks.own(), key=lambda own: own[0])
        if scope == Scope(access_key=scope.access_key) and scope.access_key in {None, account}
    ]
    sections: dict[str, Any] = {}
    if beside and state.beside is not None:
        sections = state.beside().taken(beside, scope.access_key, scope.cloud)
    return Cut(scope, _Clock(state.clock.mode, state.clock.now()), chosen, own, sections)


def cannot_have(beside: Collection[str], scope: Scope) -> str:
    """Say why a snapshot of a scope cannot have one of the sections; nothing where it can."""
    for name in beside:
        if scope.region is not None:
            return f"{name} belong to no region"
        if name == "marks" and scope != EVERYTHING:
            return "marks belong to no account and no cloud: they go with a snapshot of everything"
        if name == "keys" and scope.cloud is not None:
            return "keys belong to no cloud"
    return ""


def take(state: EmulatorState, scope: Scope = EVERYTHING, beside: Collection[str] = ()) -> dict[str, Any]:
    """Return a snapshot as of now."""
    return cut(state, scope, beside).tree()


def _members(key: Key, partition: Partition) -> Iterator[tuple[str, Any]]:
    yield from zip(_NAMES, key, strict=True)
    yield from archive.dump_members(partition)


def write(snapshot: Mapping[str, Any]) -> bytes:
    """Return a snapshot as the text of a file."""
    return pretty_json(snapshot).encode("utf-8", "backslashreplace")


# -- restoring --------------------------------------------------------------------------------------


def parse(text: bytes) -> object:
    """Return the tree in a text.

    Raises:
        Unfit: it is no JSON.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as reason:
        raise Unfit("", f"is no JSON: {reason}") from None


@attrs.frozen
class Restoration:
    """What shall be from an instant on: partitions that are made, but not yet in use."""

    covered: Scope
    clock: _Clock
    partitions: Mapping[Key, Partition]
    own_clocks: Sequence[_OwnClock]
    archives: Mapping[Key, bytes]
    """What they are as texts, where somebody keeps that."""
    put_beside: Callable[[], None]
    """Makes what belongs to the emulator beside them what the snapshot says, as far as it does."""

    def put(self, state: EmulatorState) -> Restored:
        """Put them in the place of what they cover; how long changes take is as it is now."""
        covered = self.covered
        forgotten = state.partitions.forget(covered.access_key, covered.cloud, covered.region)
        if covered == EVERYTHING and self.clock.mode is ClockMode.MANUAL:
            state.clock.stop_at(self.clock.now)
        if state.clocks.per_account:
            for each in self.own_clocks:
                _go_on(state.separate(each.access_key), each)
        for key, partition in self.partitions.items():
            state.partitions.put(key, partition, self.archives.get(key))
            durations = state.partitions.durations_of(key[1])[key[0]]
            if partition.rules.durations != durations:
                partition.execute(SetDurations(durations), partition.now)
        self.put_beside()
        return Restored(restored=tuple(self.partitions), forgotten=forgotten)


def _go_on(clock: Clock, written: _OwnClock) -> None:
    """Let a clock stand where one stood that was written, or run on as that did."""
    if written.rate:
        clock.run(written.rate, max(clock.now(), written.now))
    else:
        clock.stop_at(written.now)


def restore(
    state: EmulatorState, tree: object, wanted: Scope = EVERYTHING, *, into: str | None = None
) -> Restored:
    """Make all that a snapshot covers what the snapshot says; ``prepare`` says of what and for whom.

    Raises:
        Unfit: it cannot be restored; nothing has changed.
    """
    return prepare(state, tree, wanted, into=into).put(state)


def prepare(
    state: EmulatorState,
    tree: object,
    wanted: Scope = EVERYTHING,
    *,
    into: str | None = None,
    consume: bool = False,
) -> Restoration:
    """Make what a snapshot says, beside what there is; of it only what is ``wanted``.

    With ``into`` another account gets what the one account has that is covered. ``consume`` empties the
    tree as it is read, so that a large one need not be there twice.

    Raises:
        Unfit: it cannot be restored.
    """
    given = dict(members(tree, ROOT))
    if given.get("format") != FORMAT:
        raise Unfit("/format", f"is not {FORMAT!r}")
    if given.get("version") != VERSION:
        raise Unfit("/version", f"is not {VERSION}, the only one that this Duolect reads")
    listed = entries(given.pop("partitions", None), (ROOT, "partitions"))
    sections = {name: given.pop(name) for name in SECTIONS if name in given}
    parts = exactly(_PARTS, {"own_clocks": [], **given}, ROOT, Places())
    scope, clock = parts["scope"], parts["clock"]
    covered = wanted.intersection(scope)
    if not 0 <= clock.now <= LATEST:
        raise Unfit("/clock/now", "is not in the years 1970 to 9999")
    own_clocks = [
        each
        for each in _checked_clocks(parts["own_clocks"])
        if covered == Scope(access_key=covered.access_key) and covered.access_key in {None, each.access_key}
    ]
    restored = {
        key: partition
        for key, partition in _partitions(state, listed, scope, consume=consume).items()
        if covered.covers(key)
    }
    put_beside = _prepare_beside(state, sections, covered, into)
    if into is not None:
        if covered.access_key is None:
            raise Unfit("/scope/access_key", "is not one account, which another one could get")
        restored = {(cloud, into, region): each for (cloud, _, region), each in restored.items()}
        covered = attrs.evolve(covered, access_key=into)
        own_clocks = [attrs.evolve(each, access_key=into) for each in own_clocks]
    kept = {} if state.partitions.keeper is None else restored
    archives = {key: archived(each) for key, each in kept.items()}
    return Restoration(covered, clock, restored, own_clocks, archives, put_beside)


def _prepare_beside(
    state: EmulatorState, sections: Mapping[str, Any], covered: Scope, into: str | None
) -> Callable[[], None]:
    """Return what makes that so which a snapshot has beside partitions; a region has none of it."""
    if not sections or state.beside is None:
        return _nothing
    put = state.beside().prepared(sections, covered.access_key, covered.cloud, into)
    return put if covered.region is None else _nothing


def _nothing() -> None:
    """Change nothing."""


def _checked_clocks(clocks: Sequence[_OwnClock]) -> Iterator[_OwnClock]:
    for place, each in enumerate(clocks):
        if not 0 <= each.now <= LATEST:
            raise Unfit(f"/own_clocks/{place}/now", "is not in the years 1970 to 9999")
        if not 0 <= each.rate <= FASTEST:
            raise Unfit(f"/own_clocks/{place}/rate", f"is not from 0 to {FASTEST:.0f}")
        yield each


_PARTS: Final = {
    "format": TEXT,
    "version": NUMBER,
    "made_by": TEXT,
    "scope": codec(Scope),
    "clock": codec(_Clock),
    "own_clocks": _OWN_CLOCKS,
}
_NAMES: Final = {"cloud": TEXT, "access_key": TEXT, "region": TEXT}


def _partitions(
    state: EmulatorState, trees: list[Any], scope: Scope, *, consume: bool
) -> dict[Key, Partition]:
    """Return all partitions of a snapshot, made but not yet in use."""
    found: dict[Key, Partition] = {}
    for index, tree in enumerate(trees):
        path = ((ROOT, "partitions"), index)
        rest = dict(members(tree, path))
        if consume:
            trees[index] = None
        given = {name: rest.pop(name) for name in _NAMES if name in rest}
        key: Key = tuple(exactly(_NAMES, given, path, Places()).values())
        if key in found or not scope.covers(key):
            raise Unfit(path, "stands there twice" if key in found else "is not in the snapshot's scope")
        rules = _rules(state, key, path)
        try:
            found[key] = archive.load(rest, rules, consume=consume)
        except Unfit as error:
            raise Unfit(pointer(path) + error.path, error.reason) from None
        if not 0 <= found[key].now <= LATEST:
            raise Unfit((path, "now"), "is not in the years 1970 to 9999")
    return found


def _rules(state: EmulatorState, key: Key, path: Path) -> Rules:
    """Return the rules of the partition that has this name."""
    cloud, access_key, region = key
    for dialect in state.dialects:
        if dialect.name == cloud:
            try:
                return state.partitions.rules(dialect, access_key, region)
            except Refusal:
                raise Unfit((path, "region"), f"{cloud} has no region {region[:_SHOWN]}") from None
    raise Unfit((path, "cloud"), f"there is no cloud {cloud[:_SHOWN]}")
