"""Snapshots: the partitions of the emulator as one JSON tree, and the way back.

A snapshot covers everything, or one cloud, account or region. To restore it makes what it covers exactly
what it was: partitions that are not in it are forgotten. It is all or nothing: a snapshot that cannot be
restored is refused with the reason and changes nothing. Keys, conditions, faults and the journal are no
part of it; like the settings they belong to the running emulator.

The clock comes back only with a snapshot of everything that was taken while the clock stood still; else
time goes on by the clock that runs. A partition whose time lies ahead of it waits until it has come there.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

import attrs

from duolect import __version__
from duolect.clock import ClockMode
from duolect.snapshots.layout import pretty_json
from duolect.state.emulator import EmulatorState
from duolect.state.partitions import Key
from duolect_core import archive
from duolect_core.archive import Unfit
from duolect_core.archive.codec import codec
from duolect_core.archive.trees import NUMBER, TEXT, entries, exactly, members
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import LATEST, Instant
from duolect_core.model.rules import Rules
from duolect_dialects.call import Refusal

__all__ = ["EVERYTHING", "Restored", "Scope", "Unfit", "parse", "restore", "take", "write"]

FORMAT: Final = "duolect snapshot"
VERSION: Final = 1
_SHOWN: Final = 60
"""How much of a wrong name a message shows."""


@attrs.frozen
class Scope:
    """What is covered: one cloud, account or region, or where they are None all of them."""

    cloud: str | None = None
    access_key: str | None = None
    region: str | None = None

    def covers(self, key: Key) -> bool:
        """Say whether a partition is covered."""
        return all(mine in {None, its} for mine, its in zip(attrs.astuple(self), key, strict=True))

    def intersection(self, other: "Scope") -> "Scope":
        """Return what both cover.

        Raises:
            Unfit: they have nothing in common.
        """
        mine, others = attrs.asdict(self), attrs.asdict(other)
        for name, value in others.items():
            if value is not None and mine[name] not in {None, value}:
                raise Unfit(f"/scope/{name}", f"is {value}, and not {mine[name]}")
        return Scope(
            **{name: value if mine[name] is None else mine[name] for name, value in others.items()}
        )


EVERYTHING: Final = Scope()


@attrs.frozen
class Restored:
    """What a restore did: the partitions that are as in the snapshot, and those that were there before."""

    restored: Collection[Key]
    forgotten: Collection[Key]


@attrs.frozen
class _Clock:
    """The clock as it is written."""

    mode: ClockMode
    now: Instant


# -- taking -----------------------------------------------------------------------------------------


def take(state: EmulatorState, scope: Scope = EVERYTHING) -> dict[str, Any]:
    """Return a snapshot as of now."""
    at = state.clock.now()
    partitions = []
    for key, partition in state.partitions.items(scope.access_key, scope.cloud, scope.region):
        partition.settle(at)
        cloud, access_key, region = key
        partitions.append(
            {"cloud": cloud, "access_key": access_key, "region": region, **archive.dump(partition)}
        )
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_by": f"duolect {__version__}",
        "scope": codec(Scope).write(scope, "", {}),
        "clock": codec(_Clock).write(_Clock(state.clock.mode, at), "", {}),
        "partitions": partitions,
    }


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


def restore(
    state: EmulatorState,
    tree: object,
    wanted: Scope = EVERYTHING,
    *,
    into: str | None = None,
    consume: bool = False,
) -> Restored:
    """Make all that a snapshot covers what the snapshot says; of it only what is ``wanted``.

    With ``into`` another account gets what the one account has that is covered. ``consume`` takes the
    partitions out of the tree as they are read, so that a large one need not be there twice.

    Raises:
        Unfit: it cannot be restored; nothing has changed.
    """
    given = dict(members(tree, ""))
    if given.get("format") != FORMAT:
        raise Unfit("/format", f"is not {FORMAT!r}")
    if given.get("version") != VERSION:
        raise Unfit("/version", f"is not {VERSION}, the only one that this Duolect reads")
    listed = entries(given.pop("partitions", None), "/partitions")
    parts = exactly(_PARTS, given, "", {})
    scope, clock = parts["scope"], parts["clock"]
    covered = wanted.intersection(scope)
    if not 0 <= clock.now <= LATEST:
        raise Unfit("/clock/now", "is not in the years 1970 to 9999")
    restored = {
        key: partition
        for key, partition in _partitions(state, listed, scope, consume=consume).items()
        if covered.covers(key)
    }
    if into is not None:
        if covered.access_key is None:
            raise Unfit("/scope/access_key", "is not one account, which another one could get")
        restored = {(cloud, into, region): each for (cloud, _, region), each in restored.items()}
        covered = attrs.evolve(covered, access_key=into)
    forgotten = state.partitions.forget(covered.access_key, covered.cloud, covered.region)
    for key, partition in restored.items():
        state.partitions.put(key, partition)
    if covered == EVERYTHING and clock.mode is ClockMode.MANUAL:
        state.clock.stop_at(clock.now)
    return Restored(restored=tuple(restored), forgotten=forgotten)


_PARTS: Final = {
    "format": TEXT,
    "version": NUMBER,
    "made_by": TEXT,
    "scope": codec(Scope),
    "clock": codec(_Clock),
}
_NAMES: Final = {"cloud": TEXT, "access_key": TEXT, "region": TEXT}


def _partitions(
    state: EmulatorState, trees: list[Any], scope: Scope, *, consume: bool
) -> dict[Key, Partition]:
    """Return all partitions of a snapshot, made but not yet in use."""
    found: dict[Key, Partition] = {}
    for index, tree in enumerate(trees):
        path = f"/partitions/{index}"
        rest = dict(members(tree, path))
        if consume:
            trees[index] = None
        given = {name: rest.pop(name) for name in _NAMES if name in rest}
        key: Key = tuple(exactly(_NAMES, given, path, {}).values())
        if key in found or not scope.covers(key):
            raise Unfit(path, "stands there twice" if key in found else "is not in the snapshot's scope")
        rules = _rules(state, key, path)
        try:
            found[key] = archive.load(rest, rules)
        except Unfit as error:
            raise Unfit(path + error.path, error.reason) from None
        if not 0 <= found[key].now <= LATEST:
            raise Unfit(f"{path}/now", "is not in the years 1970 to 9999")
    return found


def _rules(state: EmulatorState, key: Key, path: str) -> Rules:
    """Return the rules of the partition that has this name."""
    cloud, access_key, region = key
    for dialect in state.dialects:
        if dialect.name == cloud:
            try:
                return state.partitions.rules(dialect, access_key, region)
            except Refusal:
                raise Unfit(f"{path}/region", f"{cloud} has no region {region[:_SHOWN]}") from None
    raise Unfit(f"{path}/cloud", f"there is no cloud {cloud[:_SHOWN]}")
