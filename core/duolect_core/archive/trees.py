"""What archives are made of: the codecs of single values and collections, and what cannot be read.

Reading trusts nothing: whatever does not fit raises ``Unfit``, which says where.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from ipaddress import IPv4Network, IPv6Network
from types import NoneType
from typing import Any, Final

import attrs

from duolect_core.addressing.pools import IPV4_WIDTH, format_ipv4, format_ipv6, parse_ipv4, parse_ipv6
from duolect_core.engine.dismantling import empty

Path = tuple[Any, ...]
"""Where a value stands: nothing for the whole tree, else where its container stands, and its key in it.

It becomes text (a JSON pointer) only where somebody is told of it: that is seldom, and there are many.
"""
ROOT: Final[Path] = ()

REF: Final = "$ref"
"""The member of a reference: ``{"$ref": "#/operations/op-1"}``."""
_EXACT: Final = 2**53
"""From here on a number is written as text: other programs round it."""
_LARGEST: Final = 2**128
_MOST_DIGITS: Final = len(str(_LARGEST))
_SHOWN: Final = 60
"""How much of a wrong text a message shows."""


def pointer(path: Path) -> str:
    """Return a path as a JSON pointer."""
    steps: list[str] = []
    while path:
        path, key = path
        steps.append(str(key).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{each}" for each in reversed(steps))


class Unfit(ValueError):
    """A tree cannot be read, for a ``reason``. ``path`` is the place in the tree, as a JSON pointer."""

    def __init__(self, path: Path | str, reason: str) -> None:
        """Say what is wrong, and where."""
        self.path = path if isinstance(path, str) else pointer(path)
        self.reason = reason
        super().__init__(f"{self.path or '/'}: {reason}")


class Places:
    """Where values stand that others may refer to, because they change for all of them."""

    def __init__(self) -> None:
        """Start with none."""
        self._written: dict[int, Path] = {}
        self._read: list[tuple[Path, Any]] = []
        self._known: dict[str, Any] = {}
        self._ips: dict[str, int] = {}

    def note_written(self, value: object, path: Path) -> dict[str, Any] | None:
        """Note where a value is written, or return the reference to where it was written."""
        place = self._written.setdefault(id(value), path)
        return None if place is path else {REF: f"#{pointer(place)}"}

    def note_read(self, path: Path, value: object) -> None:
        """Note what was read at a place."""
        self._read.append((path, value))

    def at(self, place: str) -> Any:  # noqa: ANN401 - whatever was read
        """Return what was read at a place, or None where nothing was."""
        self._read.reverse()
        while self._read:
            path, value = self._read.pop()
            self._known[pointer(path)] = value
        return self._known.get(place)

    def ip(self, tree: object) -> int | None:
        """Return the IP address that a tree is, or None; of one that comes again it is the very number."""
        if type(tree) is not str:
            return None
        ip = self._ips.get(tree)
        if ip is None:
            ip = parse_ipv6(tree) if ":" in tree else parse_ipv4(tree)
            if ip is not None:
                self._ips[tree] = ip
        return ip

    def forget(self) -> None:
        """Let go of all that was read, bit by bit."""
        empty(self._read)
        empty(self._known)
        empty(self._ips)


@attrs.frozen
class Codec:
    """How values of one kind are written to trees and read from them; both get the value's place.

    A ``plain`` value is its own tree. ``choices`` are the codecs of which it is one or the other.
    """

    write: Callable[[Any, Path, Places], Any]
    read: Callable[[Any, Path, Places], Any]
    plain: bool = False
    choices: "tuple[Codec, ...]" = ()

    def for_class(self, kind: type[Any]) -> "Codec":
        """Return the codec that a tree of this class is for, where that is clear: this one or a choice."""
        if len(self.choices) != 2 or self.choices[1] is not NOTHING:  # noqa: PLR2004 - it may be None
            return self
        return NOTHING if kind is NoneType else self.choices[0]


def members(tree: object, path: Path) -> dict[str, Any]:
    """Return a tree that must be an object."""
    if not isinstance(tree, dict):
        raise Unfit(path, "must be an object")
    return tree


def entries(tree: object, path: Path) -> list[Any]:
    """Return a tree that must be a list."""
    if not isinstance(tree, list):
        raise Unfit(path, "must be a list")
    return tree


def show(tree: object) -> str:
    """Return what a tree is, for a message."""
    if isinstance(tree, dict):
        return "an object"
    if isinstance(tree, list):
        return "a list"
    if isinstance(tree, int) and abs(tree) >= _LARGEST:
        return "a huge number"
    return repr(tree[:_SHOWN] if isinstance(tree, str) else tree)


# -- single values ----------------------------------------------------------------------------------


def _scalar(accepts: Callable[[Any], bool], meaning: str) -> Codec:
    def read(tree: Any, path: Path, _: Places) -> Any:  # noqa: ANN401 - whatever JSON holds
        if not accepts(tree):
            raise Unfit(path, f"must be {meaning}, not {show(tree)}")
        return tree

    return Codec(lambda value, _, __: value, read, plain=True)


def is_text(tree: object) -> bool:
    """Say whether a tree is text; half a surrogate pair is none."""
    if type(tree) is not str:
        return False
    try:
        return tree.isascii() or bool(tree.encode())
    except UnicodeEncodeError:
        return False


def _read_text(tree: Any, path: Path, places: Places) -> Any:  # noqa: ANN401
    if type(tree) is str and tree.isascii():
        return tree
    return _ANY_TEXT.read(tree, path, places)


def _all_plain(part: "Codec", trees: list[Any]) -> bool:
    """Say whether trees are what they stand for: all texts, or all numbers that are not large."""
    if part is TEXT:
        return {*map(type, trees)} <= {str} and is_text("".join(trees))
    return {*map(type, trees)} <= {int} and are_exact(trees)


def are_exact(numbers: Iterable[int]) -> bool:
    """Say whether all of these numbers are so small that they are written as such."""
    return max(map(abs, numbers), default=0) < _EXACT


def _write_number(value: int, _: Path, __: Places) -> int | str:
    return value if abs(value) < _EXACT else str(value)


def _read_number(tree: Any, path: Path, _: Places) -> int:  # noqa: ANN401
    if type(tree) is int and -_EXACT < tree < _EXACT:
        return tree
    if type(tree) is str and len(tree) <= _MOST_DIGITS:
        digits = tree.removeprefix("-")
        tree = int(tree) if digits.isascii() and digits.isdecimal() else tree
    if type(tree) is not int or abs(tree) >= _LARGEST:
        raise Unfit(path, f"must be a whole number, not {show(tree)}")
    return tree


def _write_ip(value: int, _: Path, __: Places) -> str:
    return format_ipv6(value) if value >> IPV4_WIDTH else format_ipv4(value)


def _read_ip(tree: Any, path: Path, places: Places) -> int:  # noqa: ANN401
    ip = places.ip(tree)
    if ip is None:
        raise Unfit(path, f"must be an IP address, not {show(tree)}")
    return ip


def _network(kind: type[IPv4Network] | type[IPv6Network]) -> Codec:
    def read(tree: Any, path: Path, _: Places) -> Any:  # noqa: ANN401
        try:
            if type(tree) is str:
                return kind(tree)
        except ValueError:
            pass
        raise Unfit(path, f"must be a block of addresses ({kind.__name__}), not {show(tree)}")

    return Codec(lambda value, _, __: str(value), read)


def enumeration(kind: type[Enum]) -> Codec:
    """Return the codec of an enumeration, whose members are written as their values."""
    members = {each.value: each for each in kind}
    values = {each: each.value for each in kind}

    def read(tree: Any, path: Path, _: Places) -> Enum:  # noqa: ANN401
        found = members.get(tree) if type(tree) is str else None
        if found is not None:
            return found
        raise Unfit(path, f"must be one of {', '.join(each.value for each in kind)}, not {show(tree)}")

    return Codec(lambda value, _, __: values[value], read)


NOTHING: Final = _scalar(lambda tree: tree is None, "null")
SWITCH: Final = _scalar(lambda tree: type(tree) is bool, "true or false")
_ANY_TEXT: Final = _scalar(is_text, "text")
TEXT: Final = Codec(_ANY_TEXT.write, _read_text, plain=True)
FRACTION: Final = _scalar(lambda tree: type(tree) is float and math.isfinite(tree), "a fraction")
NUMBER: Final = Codec(_write_number, _read_number)
IP: Final = Codec(_write_ip, _read_ip)
IPV4_BLOCK: Final = _network(IPv4Network)
IPV6_BLOCK: Final = _network(IPv6Network)


# -- collections ------------------------------------------------------------------------------------


def sequence(make: Callable[[Iterator[Any]], Any], part: Codec) -> Codec:
    """Return the codec of a list or tuple of any length."""

    def write(value: Sequence[Any], path: Path, places: Places) -> list[Any]:
        if part.plain:
            return list(value)
        return [part.write(each, (path, place), places) for place, each in enumerate(value)]

    def read(tree: Any, path: Path, places: Places) -> Any:  # noqa: ANN401
        if part is TEXT and _all_plain(part, entries(tree, path)):
            return make(iter(tree))
        parts = enumerate(entries(tree, path))
        return make(part.read(each, (path, place), places) for place, each in parts)

    return Codec(write, read)


def fixed(*parts: Codec) -> Codec:
    """Return the codec of a tuple with a part for each of these."""

    def write(value: Sequence[Any], path: Path, places: Places) -> list[Any]:
        pairs = enumerate(zip(parts, value, strict=True))
        return [part.write(each, (path, place), places) for place, (part, each) in pairs]

    def read(tree: Any, path: Path, places: Places) -> tuple[Any, ...]:  # noqa: ANN401
        if len(entries(tree, path)) != len(parts):
            raise Unfit(path, f"must have {len(parts)} entries")
        pairs = enumerate(zip(parts, tree, strict=True))
        return tuple(part.read(each, (path, place), places) for place, (part, each) in pairs)

    return Codec(write, read)


def mapping(key: Codec, part: Codec) -> Codec:
    """Return the codec of a mapping; its keys must be written as texts or numbers."""
    flat = key in {TEXT, IP, NUMBER} and part in {TEXT, NUMBER}

    def write(value: Mapping[Any, Any], path: Path, places: Places) -> dict[str, Any]:
        if key.plain and part.plain:
            return dict(value)
        named = ((str(key.write(name, path, places)), each) for name, each in value.items())
        if part.plain:
            return dict(named)
        return {name: part.write(each, (path, name), places) for name, each in named}

    def read(tree: Any, path: Path, places: Places) -> dict[Any, Any]:  # noqa: ANN401
        if flat and _all_plain(part, [*members(tree, path).values()]):
            try:
                return dict(
                    zip([key.read(name, path, places) for name in tree], tree.values(), strict=True)
                )
            except Unfit:
                pass  # which is told again below, with its place
        return {
            key.read(name, (path, name), places): part.read(each, (path, name), places)
            for name, each in members(tree, path).items()
        }

    return Codec(write, read)


def one_of(parts: Mapping[type[Any], Codec]) -> Codec:
    """Return the codec of a union of classes whose trees cannot be mistaken for each other's."""
    known = dict(parts)

    def write(value: Any, path: Path, places: Places) -> Any:  # noqa: ANN401
        part = known.get(type(value))
        if part is None:
            part = next(part for kind, part in parts.items() if isinstance(value, kind))
            known[type(value)] = part
        return part.write(value, path, places)

    def read(tree: Any, path: Path, places: Places) -> Any:  # noqa: ANN401
        faults = []
        for part in parts.values():
            try:
                return part.read(tree, path, places)
            except Unfit as fault:
                faults.append(fault)
        raise faults[0]

    return Codec(write, read, choices=tuple(parts.values()))


def exactly(
    parts: Mapping[str, Codec], tree: object, path: Path, places: Places, *, consume: bool = False
) -> dict[str, Any]:
    """Return the members of an object that has exactly these, read in their order.

    ``consume`` empties those that are objects once they are read.
    """
    given = members(tree, path)
    for name in given:
        if name not in parts:
            raise Unfit((path, name), "is not known here")
    for name in parts:
        if name not in given:
            raise Unfit((path, name), "is missing")
    values = {}
    for name, part in parts.items():
        values[name] = part.read(given[name], (path, name), places)
        if consume and isinstance(given[name], dict):
            empty(given[name])
    return values


def referred(tree: dict[str, Any], kind: type[Any], path: Path, places: Places) -> Any:  # noqa: ANN401
    """Return the value that a reference leads to."""
    target = tree[REF]
    found = places.at(target[1:]) if isinstance(target, str) and target.startswith("#") else None
    if found is None or len(tree) > 1 or not isinstance(found, kind):
        raise Unfit(
            (path, REF), f"must lead to an earlier place with a {kind.__name__}, not {show(target)}"
        )
    return found
