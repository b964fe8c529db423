"""From a tree of wire values to a typed request, or to what is wrong with the tree.

What does not fit is reported as ``MissingValue``, ``UnknownName`` or ``BadValue`` with the parameter's full
name, missing ones before unknown ones before wrong ones. That takes cattrs's detailed validation, which is
slow: ``structuring`` comes here only with a tree that it cannot read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar, get_args, get_origin

import attrs
from cattrs import AttributeValidationNote, Converter, IterableValidationError, IterableValidationNote
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

from duolect_dialects import wire_values
from duolect_dialects.declarations import declared
from duolect_dialects.values import BadValue, Coded, Fault, MissingValue, RequestFault, UnknownName
from duolect_dialects.wire_values import NotOfType

T = TypeVar("T")
_MAX_FAILURES: Final = 100
"""After so many wrong entries of a list no more are looked at: each costs a kilobyte, and one is told."""


@cache
def _converter() -> Converter:
    """Return a converter that knows wire values; it prepares for a class when that is first asked for."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, wire_values.text)
    converter.register_structure_hook(bool, wire_values.boolean)
    converter.register_structure_hook(int, wire_values.integer)
    converter.register_structure_hook(float, wire_values.number)
    converter.register_structure_hook_factory(attrs.has, lambda cls: _record(converter, cls))
    converter.register_structure_hook_factory(_is_tuple, lambda cls: _list(converter, get_args(cls)[0]))
    return converter


def _record(converter: Converter, cls: type[T]) -> Callable[[Any, Any], T]:
    structure = make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )
    ruled = {field.name: field for field in attrs.fields(cls) if declared(field).rules}  # type: ignore[arg-type]
    always = {name for name, field in ruled.items() if any(_broken(field, field.default))}
    """Parameters whose default breaks a rule, so that they must be given."""

    def take(value: Any, wanted: Any) -> T:  # noqa: ANN401
        if not isinstance(value, Mapping):
            raise NotOfType("must be an object")
        made = structure(value, wanted)
        for name, field in ruled.items():
            if name in value or name in always:
                for broken in _broken(field, getattr(made, name)):
                    raise broken
        return made

    return take


def _broken(field: "attrs.Attribute[Any]", value: Any) -> Iterator[BadValue]:  # noqa: ANN401
    """Iterate over the rules that the value of a parameter breaks; one that is not there breaks none."""
    if value is None or value is attrs.NOTHING:
        return
    param = declared(field)
    if value == "" and param.clearable:
        return
    for rule in param.rules:
        if not rule.accepts(value):
            code = rule.code if isinstance(rule, Coded) else param.code
            yield BadValue(field.name, rule.fault, rule.reason, code)


def _list(converter: Converter, member: Any) -> Callable[[Any, Any], tuple[Any, ...]]:  # noqa: ANN401
    hook = converter.get_structure_hook(member)

    def take(value: Any, _: Any) -> tuple[Any, ...]:  # noqa: ANN401
        result, failures = [], []
        for place, entry in wire_values.entries(value):
            try:
                result.append(hook(entry, member))
            except Exception as failure:  # noqa: BLE001 - collected, and told apart in _leaves
                failure.add_note(IterableValidationNote(f"entry {place}", place, member))
                failures.append(failure)
                if len(failures) == _MAX_FAILURES:
                    break
        if failures:
            raise IterableValidationError("entries", failures, tuple)
        return tuple(result)

    return take


def _is_tuple(cls: Any) -> bool:  # noqa: ANN401 - whatever an annotation may be
    return get_origin(cls) is tuple


def structure(tree: Mapping[str, Any], cls: type[T]) -> T:
    """Return ``tree`` as a ``cls``.

    Raises:
        MissingValue, UnknownName, BadValue: the first thing that is wrong with it.
    """
    try:
        return _converter().structure(tree, cls)
    except BaseValidationError as group:
        worst = _worst(list(_leaves(group, "")))
    try:
        raise worst from None
    finally:
        del worst  # it knows where it was raised: a circle otherwise


def _worst(faults: Sequence[RequestFault]) -> RequestFault:
    """Return the fault that is told: what is missing, then what is unknown, then what is wrong."""
    order = (MissingValue, UnknownName, BadValue)
    return min(faults, key=lambda fault: order.index(type(fault)))


def _leaves(failure: BaseException, path: str) -> Iterator[RequestFault]:
    """Walk a tree of cattrs failures and name the parameter of each leaf.

    They forget where they were raised, where they are gathered: a circle otherwise.
    """
    failure.__traceback__ = None
    path = _follow_notes(failure, path)
    if isinstance(failure, BaseValidationError):
        for part in failure.exceptions:
            yield from _leaves(part, path)
    elif isinstance(failure, ForbiddenExtraKeysError):
        yield UnknownName(_join(path, min(failure.extra_fields)))
    elif isinstance(failure, KeyError):
        yield MissingValue(path)
    elif isinstance(failure, BadValue):
        yield attrs.evolve(failure, parameter=_join(path, failure.parameter))
    elif isinstance(failure, NotOfType):
        yield BadValue(path, Fault.TYPE, failure.reason)
    else:
        raise failure


def _follow_notes(failure: BaseException, path: str) -> str:
    """Return ``path`` with what the failure's notes say of where it happened."""
    for note in getattr(failure, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            path = _join(path, note.name)
        elif isinstance(note, IterableValidationNote):
            path = _join(path, str(note.index))
    return path


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
