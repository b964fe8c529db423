"""From a tree of wire values to a typed request, the quick way.

From the declaration of a request's class a reader is made when an action is first called. It looks at the
parameters that are there, each with its own reader and rules, and at nothing else. What it cannot read,
for whatever reason, is read again in the detailed way (``detailed_structuring``), which says what is wrong;
so the quick way knows no faults, and accepts nothing that the detailed way does not.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

import attrs

from duolect_dialects import wire_values
from duolect_dialects.declarations import Param, declared
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


def structure(tree: Mapping[str, Any], cls: type[T]) -> T:
    """Return ``tree`` as a ``cls``.

    Raises:
        MissingValue, UnknownName, BadValue: the first thing that is wrong with it.
    """
    kind: Any = cls
    try:
        made: T = reader_of(kind)(tree)
    except (NotOfType, _NotAsDeclared):
        from duolect_dialects import detailed_structuring  # noqa: PLC0415 - a first call needs no cattrs

        return detailed_structuring.structure(tree, cls)
    return made


@cache
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


def _reader_of_class(cls: type[Any]) -> Reader:
    if any(isinstance(field.type, str) for field in attrs.fields(cls)):
        attrs.resolve_types(cls)
    fields = attrs.fields(cls)
    readers = {field.name: (reader_of(field.type), _check_of(declared(field))) for field in fields}
    needed = frozenset(field.name for field in fields if not _may_be_absent(field))

    def read(tree: Any) -> Any:  # noqa: ANN401
        if not isinstance(tree, dict) or not needed <= tree.keys():
            raise _NotAsDeclared("lacks a parameter")
        given = {}
        for name, value in tree.items():
            known = readers.get(name)
            if known is None:
                raise _NotAsDeclared("has a parameter that is not declared")
            reader, keeps_rules = known
            given[name] = made = reader(value)
            if keeps_rules is not None and not keeps_rules(made):
                raise _NotAsDeclared("has a value that breaks a rule")
        return cls(**given)

    return read


def _may_be_absent(field: "attrs.Attribute[Any]") -> bool:
    """Say whether a parameter has a default, and one that breaks no rule."""
    keeps_rules = _check_of(declared(field))
    return field.default is not attrs.NOTHING and (keeps_rules is None or keeps_rules(field.default))


def _check_of(param: Param) -> Callable[[Any], bool] | None:
    """Return what says whether a value keeps the rules of a parameter, or None where it has none."""
    if not param.rules:
        return None
    checks = tuple(rule.accepts for rule in param.rules)

    def keeps_rules(value: Any) -> bool:  # noqa: ANN401
        if value is None or (value == "" and param.clearable):
            return True
        for accepts in checks:  # noqa: SIM110 - all() takes twice as long
            if not accepts(value):
                return False
        return True

    return keeps_rules


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
