"""What a store holds as texts: commands, rules, durations, and the number that tells what a command did."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final

import attrs
import orjson

from duolect.record.commands import commands
from duolect.state.archives import json_text
from duolect.store.interface import Damaged, Record
from duolect_core.archive.codec import codec
from duolect_core.archive.entries import read_entry, write_entry
from duolect_core.archive.trees import ROOT, Places, Unfit
from duolect_core.engine.partition import Entry, Partition
from duolect_core.model.durations import INSTANT, Durations
from duolect_core.model.rules import Rules

_RULES: Final = codec(Rules)
_DURATIONS: Final = codec(Durations)
_NUMBERS: Final = (1 << 63) - 1
_NOBODYS: Final[Mapping[str, Any]] = {}


def after(partition: Partition) -> int:
    """Return a number that tells what was made of a partition: of its chance, its resources, its future."""
    return (
        partition.generator.state ^ (partition.created << 24) ^ (partition.timeline.planned << 8)
    ) & _NUMBERS


def record_of(entry: Entry, version: int, partition: Partition) -> Record:
    """Return what the log holds of a command that a partition has just carried out."""
    name = type(entry.command).__name__
    return Record(version, entry.at, name, json_text(write_entry(entry)), after(partition))


def entry_of(record: Record) -> Entry:
    """Return the command in a record.

    Raises:
        Damaged: this Duolect does not know what it says.
    """
    try:
        return read_entry(orjson.loads(record.entry), commands())
    except (ValueError, Unfit) as reason:
        raise Damaged(f"command {record.version} ({record.command}) cannot be read: {reason}") from None


def durations_text(durations: Durations) -> str:
    """Return durations as text."""
    return json_text(_DURATIONS.write(durations, ROOT, Places())).decode()


def durations_of(text: str) -> Durations:
    """Return the durations in a text.

    Raises:
        Damaged: they are none.
    """
    found: Durations = _read(_DURATIONS.read, text)
    return found


def rules_text(rules: Rules) -> str:
    """Return rules as text, but for durations, and for extras, which no command looks at."""
    types = {
        name: attrs.evolve(each, memory_gib=float(each.memory_gib))  # settings may say it as a whole number
        for name, each in rules.instance_types.items()
    }
    shared = attrs.evolve(rules, durations=INSTANT, extras=_NOBODYS, instance_types=types)
    return json_text(_RULES.write(shared, ROOT, Places())).decode()


def rules_of(text: str, durations: Durations, extras: Mapping[str, Any]) -> Rules:
    """Return the rules in a text, with what it does not say.

    Raises:
        Damaged: they are none.
    """
    found: Rules = _read(_RULES.read, text)
    return attrs.evolve(found, durations=durations, extras=extras)


def _read(read: Callable[..., Any], text: str) -> Any:  # noqa: ANN401 - of the codec's kind
    try:
        return read(orjson.loads(text), ROOT, Places())
    except (ValueError, Unfit) as reason:
        raise Damaged(f"rules cannot be read: {reason}") from None


def digest_of(text: str) -> str:
    """Return a name for a text."""
    return sha256(text.encode()).hexdigest()[:32]
