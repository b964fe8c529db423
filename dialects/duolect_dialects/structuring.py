"""From a tree of wire values to a typed request, the quick way.

From the declaration of a request's class a reader is made when an action is first called. It looks at the
parameters that are there, each with its own reader and rules, and at nothing else. What it cannot read,
for whatever reason, is read again in the detailed way (``detailed_structuring``), which says what is wrong;
so the quick way knows no faults, and accepts nothing that the detailed way does not.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

import attrs

from duolect_dialects import wire_values
from duolect_dialects.declarations import declared
from duolect_dialects.wire_values import NotOfType

T = TypeVar("T")
Reader = Callable[[Any], Any]
"""Makes a value of one from the wire, or raises ``NotOfType`` or ``_NotAsDeclared``."""
_PLAIN: Final[Mapping[Any, Reader]] = {
    str: wire_values.text,
    bool: wire_values.boolean,
    int: wire_values.integer,
    float: wire_values.number,
    Any: lambda value: value,
}


class _NotAsDeclared(Exception):
    """A tree is not what a class declares."""


def structure(tree: Mapping[str, Any], cls: type[T], overlooked: Collection[str] = ()) -> T:
    """Return ``tree`` as a ``cls``; names that are ``overlooked`` may be there without being declared.

    Raises:
        MissingValue, UnknownName, BadValue: the first thing that is wrong with it.
    """
    kind: Any = cls
    try:
        made: T = _reader_of_class(kind)(tree, overlooked)
    except (NotOfType, _NotAsDeclared):
        from duolect_dialects import detailed_structuring  # noqa: PLC0415 - a first call needs no cattrs

        if overlooked:
            known = attrs.fields_dict(kind)
            tree = {name: value for name, value in tree.items() if name in known or name not in overlooked}
        return detailed_structuring.structure(tree, cls)
    return made


def reader_of(kind: Any) -> Reader:  # noqa: ANN401 - whatever a parameter can be declared to be
    """Return what reads values of a type."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if attrs.has(kind):
        return _reader_of_class(kind)
    if get_origin(kind) is tuple:
        return _reader_of_list(reader_of(get_args(kind)[0]))
    if get_origin(kind) in {Union, UnionType}:
        (some,) = (each for each in get_args(kind) if each is not type(None))
        return _reader_of_optional(reader_of(some))
    raise TypeError(f"a parameter cannot be declared to be {kind}")


@cache
def _reader_of_class(cls: type[Any]) -> Callable[..., Any]:
    if any(isinstance(field.type, str) for field in attrs.fields(cls)):
        attrs.resolve_types(cls)
    fields = attrs.fields(cls)
    ways = {field.name: _way_to_read(field) for field in fields}
    needed = frozenset(field.name for field in fields if not _may_be_absent(field, ways[field.name]))

    def read(tree: Any, overlooked: Collection[str] = ()) -> Any:  # noqa: ANN401
        if not isinstance(tree, dict) or not needed <= tree.keys():
            raise _NotAsDeclared("lacks a parameter")
        given = {}
        for name, value in tree.items():
            way = ways.get(name)
            if way is not None:
                reader, of_text, rules, free = way
                given[name] = made = value if of_text and type(value) is str else reader(value)
                if rules and made not in free:
                    for accepts in rules:
                        if not accepts(made):
                            raise _NotAsDeclared("has a value that breaks a rule")
            elif name not in overlooked:
                raise _NotAsDeclared("has a parameter that is not declared")
        return cls(**given)

    return read


_Way = tuple[Reader, bool, Sequence[Callable[[Any], bool]], Sequence[Any]]
"""How a parameter is read: its reader, whether a text stands for itself, what its rules accept, and for
which values these do not hold."""


def _way_to_read(field: "attrs.Attribute[Any]") -> _Way:
    kind: Any = field.type
    param = declared(field)
    return (
        reader_of(kind),
        kind in {str, str | None},
        tuple(rule.accepts for rule in param.rules),
        (None, "") if param.clearable else (None,),
    )


def _may_be_absent(field: "attrs.Attribute[Any]", way: _Way) -> bool:
    """Say whether a parameter has a default, and one that breaks no rule."""
    _, _, rules, free = way
    default = field.default
    return default is not attrs.NOTHING and (default in free or all(accepts(default) for accepts in rules))


def _reader_of_list(read_entry: Reader) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if isinstance(value, list):
            return tuple([read_entry(entry) for entry in value])
        return tuple([read_entry(entry) for _, entry in wire_values.entries(value)])

    return read


def _reader_of_optional(read_some: Reader) -> Reader:
    def read(value: Any) -> Any:  # noqa: ANN401
        return None if value is None else read_some(value)

    return read
