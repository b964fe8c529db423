"""From a tree of wire values to a typed request.

What takes a value is made of a type's declaration when the type is first met. Numbers and booleans are
taken as JSON values or as the texts that query strings carry; a list as a JSON array or as the numbered
members that flattened names unfold to. What does not fit is reported as ``MissingValue``, ``UnknownName``
or ``BadValue`` with the parameter's full name, missing ones before unknown ones before wrong ones. The
rules of parameters are looked at where all types are right. A default is looked at but once: few break a
rule, and of those the parameter must be given.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

import attrs

from duolect_dialects.action import declared
from duolect_dialects.values import BadValue, Coded, Fault, MissingValue, RequestFault, UnknownName
from duolect_dialects.wording import Phrase

T = TypeVar("T")
Take = Callable[[Any], Any]
"""Returns a wire value as one of a declared type, or raises a ``RequestFault`` named from there on."""
_TRUE = frozenset({"true", "1"})
_FALSE = frozenset({"false", "0"})
_MAX_DIGITS = 19
_MAX_FAILURES = 100
"""After so many wrong entries of a list no more are looked at."""
_RANKS: Final = (MissingValue, UnknownName, BadValue)


def structure(tree: Mapping[str, Any], cls: type[T]) -> T:
    """Return ``tree`` as a ``cls``.

    Raises:
        MissingValue, UnknownName, BadValue: the first thing that is wrong with it.
    """
    take: Callable[[Mapping[str, Any]], T] = _take(cls)  # type: ignore[arg-type] # a class has a hash
    return take(tree)


@cache
def _take(kind: Any) -> Take:  # noqa: ANN401 - whatever an annotation may be
    """Return what takes values of a type."""
    if get_origin(kind) is UnionType:
        return _optional(*(_take(member) for member in get_args(kind) if member is not NoneType))
    if get_origin(kind) is tuple:
        return _list(_take(get_args(kind)[0]))
    return _SCALARS[kind] if kind in _SCALARS else _Record(kind)


# -- single values -------------------------------------------------------------------------------


def _not_of_type(reason: str) -> BadValue:
    return BadValue("", Fault.TYPE, Phrase(reason))


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return value
    raise _not_of_type("must be a string")


def _boolean(value: Any) -> bool:  # noqa: ANN401
    if isinstance(value, bool):
        return value
    text = value.lower() if isinstance(value, str) else ""
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise _not_of_type("must be true or false")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _is_index(key: str) -> bool:
    return len(key) <= _MAX_DIGITS and _is_digits(key)


def _integer(value: Any) -> int:  # noqa: ANN401
    if isinstance(value, int) and not isinstance(value, bool):
        if -(2**63) <= value < 2**63:
            return value
    elif isinstance(value, str) and len(value) <= _MAX_DIGITS and _is_digits(value.removeprefix("-")):
        return int(value)
    raise _not_of_type("must be an integer")


def _number(value: Any) -> float:  # noqa: ANN401
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**63:
        return float(value)
    if isinstance(value, str) and len(value) <= _MAX_DIGITS and _is_digits(value.replace(".", "", 1)):
        return float(value)
    raise _not_of_type("must be a number")


def _anything(value: Any) -> Any:  # noqa: ANN401
    return value


_SCALARS: Final[Mapping[Any, Take]] = {
    str: _text,
    bool: _boolean,
    int: _integer,
    float: _number,
    Any: _anything,
}


# -- what holds values ---------------------------------------------------------------------------


def _optional(take: Take) -> Take:
    def take_or_none(value: Any) -> Any:  # noqa: ANN401
        return None if value is None else take(value)

    return take_or_none


class _Record:
    """Takes an object's members as the attributes of a class."""

    def __init__(self, cls: type[Any]) -> None:
        types, fields = get_type_hints(cls), attrs.fields(cls)
        self._cls = cls
        self._members = {field.name: (_take(types[field.name]), declared(field)) for field in fields}
        self._required = [field.name for field in fields if field.default is attrs.NOTHING]
        self._unfit_defaults = [
            (field.name, field.default)
            for field in fields
            if field.default is not attrs.NOTHING and any(self._broken(field.name, field.default))
        ]

    def __call__(self, value: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, Mapping):
            raise _not_of_type("must be an object")
        arguments: dict[str, Any] = {}
        unfit: list[RequestFault] = [MissingValue(name) for name in self._required if name not in value]
        for name, (take, _) in self._members.items():
            if name in value:
                try:
                    arguments[name] = take(value[name])
                except RequestFault as fault:
                    unfit.append(_within(name, fault))
        unfit.extend(UnknownName(name) for name in sorted(value.keys() - self._members.keys()))
        if unfit:
            raise _worst(unfit)
        self._check(arguments)
        return self._cls(**arguments)

    def _check(self, arguments: Mapping[str, Any]) -> None:
        """Raise where a parameter that was given, or the default of one that was not, breaks a rule."""
        for name, default in self._unfit_defaults:
            if name not in arguments:
                raise next(self._broken(name, default))
        for name, value in arguments.items():
            for broken in self._broken(name, value):
                raise broken

    def _broken(self, name: str, value: Any) -> Iterator[BadValue]:  # noqa: ANN401
        """Iterate over the rules that a parameter's value breaks; none breaks any."""
        _, param = self._members[name]
        for rule in param.rules if value is not None else ():
            if not rule.accepts(value):
                code = rule.code if isinstance(rule, Coded) else param.code
                yield BadValue(name, rule.fault, rule.reason, code)


def _list(take: Take) -> Take:
    def take_list(value: Any) -> tuple[Any, ...]:  # noqa: ANN401
        entries: Iterable[tuple[Any, Any]]
        if isinstance(value, list):
            entries = enumerate(value)
        elif isinstance(value, Mapping) and all(map(_is_index, value)):
            entries = sorted(((int(key), entry) for key, entry in value.items()), key=itemgetter(0))
        else:
            raise _not_of_type("must be a list")
        result: list[Any] = []
        unfit: list[RequestFault] = []
        for place, entry in entries:
            try:
                result.append(take(entry))
            except RequestFault as fault:
                unfit.append(_within(str(place), fault))
                if len(unfit) == _MAX_FAILURES:
                    break
        if unfit:
            raise _worst(unfit)
        return tuple(result)

    return take_list


# -- what is told of faults ----------------------------------------------------------------------


def _within(name: str, fault: RequestFault) -> RequestFault:
    """Return a fault in a member as one of what holds the member."""
    path = f"{name}.{fault.parameter}" if fault.parameter else name
    return attrs.evolve(fault, parameter=path)


def _worst(faults: Iterable[RequestFault]) -> RequestFault:
    """Return the first of the missing values, else of the unknown names, else of the wrong values."""
    return min(faults, key=lambda fault: _RANKS.index(type(fault)))
