"""Values of the model as JSON trees and back, by the annotations of the classes that they are in.

A record (an attrs instance) is an object with its fields; one that is empty by default is left out where it
is empty. What several places share, because it changes for all of them, is written where it comes first;
the others refer to it: ``{"$ref": "#/operations/op-1"}``. Where an annotation leaves the class open, the
object names it: ``{"$type": "Interface", ...}``. A mapping that is annotated with a record's class
(``Annotated[Mapping[str, Any], GroupRule]``) holds values by the names of its fields.
So a class needs no line here, as long as it is an attrs
class whose fields are of kinds that ``codec`` knows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, lru_cache
from ipaddress import IPv4Network, IPv6Network
from operator import attrgetter, itemgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

import attrs

from duolect_core import errors
from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.pools import AddressPool, Ip
from duolect_core.archive.addresses import plain_addresses
from duolect_core.archive.pools import FREE_POOL, POOL
from duolect_core.archive.trees import (
    FRACTION,
    IP,
    IPV4_BLOCK,
    IPV6_BLOCK,
    NOTHING,
    NUMBER,
    REF,
    SWITCH,
    TEXT,
    Codec,
    Path,
    Places,
    Unfit,
    are_exact,
    enumeration,
    fixed,
    is_text,
    mapping,
    members,
    one_of,
    pointer,
    referred,
    sequence,
    show,
)
from duolect_core.model import addresses, key_pairs
from duolect_core.model import resources as model

_TYPE: Final = "$type"
_TUPLE: Final = "$tuple"
_ITEMS: Final = "$items"
_MARK: Final = "$"
_NOTHING_KNOWN: Final[Mapping[str, Any]] = {}
_DEEPEST: Final = 60
"""How many levels a tree may have."""


# -- records ----------------------------------------------------------------------------------------


@attrs.frozen
class _Field:
    """A field of a record: its name as an argument, its codec, its default (or NOTHING).

    ``required`` says that it must be given, ``empty`` that it is empty by default: no, none, zero, nothing.
    """

    argument: str
    codec: Codec
    default: Any
    required: bool
    empty: bool


@cache
def fields_of(kind: Any) -> Mapping[str, _Field]:  # noqa: ANN401 - an attrs class
    """Return the fields of a record by their names."""
    hints = get_type_hints(kind, include_extras=True)
    if issubclass(kind, errors.CoreError):
        return {
            name: _Field(name, codec(hints[name]), attrs.NOTHING, required=True, empty=False)
            for name in kind.facts
        }
    return {
        each.name.removeprefix("_"): (
            _shown(kind, each) if each.name.startswith("_") else _field(each, hints[each.name])
        )
        for each in attrs.fields(kind)
    }


def _field(field: "attrs.Attribute[Any]", kind: Any) -> _Field:  # noqa: ANN401 - an annotation
    default = _default(field)
    required = default is attrs.NOTHING
    return _Field(field.alias or field.name, codec(kind), default, required, not required and not default)


def _shown(kind: Any, field: "attrs.Attribute[Any]") -> _Field:  # noqa: ANN401 - an attrs class
    """Return a field that is written as the property shows it which has its name without underscore."""
    name = field.name.removeprefix("_")
    shown = get_type_hints(getattr(kind, name).fget, include_extras=True)["return"]
    required = _default(field) is attrs.NOTHING
    default = attrs.NOTHING if required else get_origin(shown)()
    return _Field(name, codec(shown), default, required, empty=not required)


def _default(field: "attrs.Attribute[Any]") -> Any:  # noqa: ANN401 - of any kind
    default: Any = field.default
    return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]


def _record(kind: type[Any]) -> Codec:
    """Return the codec of an attrs class and those below it; for ``object``, of all that have names."""

    def write(value: Any, path: Path, places: Places) -> dict[str, Any]:  # noqa: ANN401
        actual: Any = type(value)
        if actual.__hash__ is None and (place := places.note_written(value, path)) is not None:
            return place
        tree = {} if actual is kind else {_TYPE: actual.__name__}
        parts_of, fields = _to_write(actual)
        for part, (name, empty, default, its_write) in zip(parts_of(value), fields, strict=True):
            if part or not empty or part != default:
                tree[name] = part if its_write is None else its_write(part, (path, name), places)
        return tree

    def read(tree: Any, path: Path, places: Places) -> Any:  # noqa: ANN401
        if REF in members(tree, path):
            return referred(tree, kind, path, places)
        value = _made(_named(tree, kind, path) if _TYPE in tree else kind, tree, path, places)
        places.note_read(path, value)
        return value

    return Codec(write, read)


def _some_fields(kind: Any) -> Codec:  # noqa: ANN401 - an attrs class
    """Return the codec of values by the names of fields of a record, of which there may be any."""

    def write(value: Mapping[str, Any], path: Path, places: Places) -> dict[str, Any]:
        fields = fields_of(kind)
        return {name: fields[name].codec.write(each, (path, name), places) for name, each in value.items()}

    def read(tree: Any, path: Path, places: Places) -> dict[str, Any]:  # noqa: ANN401
        fields, found = fields_of(kind), {}
        for name, each in members(tree, path).items():
            if name not in fields:
                raise Unfit((path, name), f"is no field of a {kind.__name__}")
            found[name] = fields[name].codec.read(each, (path, name), places)
        return found

    return Codec(write, read)


@cache
def _to_write(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], Sequence[tuple[Any, ...]]]:  # noqa: ANN401
    """Return what gets the fields of a record, and of each its name, default, and how it is written.

    The default is preceded by whether it is empty. What is plain is not written by anything.
    """
    fields = fields_of(kind)
    its = [
        (name, each.empty, each.default, None if each.codec.plain else each.codec.write)
        for name, each in fields.items()
    ]
    names = tuple(fields)
    if len(names) > 1:
        return attrgetter(*names), its
    return lambda value: tuple(getattr(value, name) for name in names), its


def _named(tree: Mapping[str, Any], kind: type[Any], path: Path) -> type[Any]:
    """Return the class that an object names."""
    name = tree[_TYPE]
    found = records().get(name) if isinstance(name, str) else None
    if found is None or not issubclass(found, kind):
        raise Unfit((path, _TYPE), f"must name a {kind.__name__}, not {show(name)}")
    return found


def _made(kind: Any, tree: Mapping[str, Any], path: Path, places: Places) -> Any:  # noqa: ANN401
    plan = _plan(kind, tuple(tree), tuple(map(type, tree.values())))
    if plan is None or not (is_text("".join(plan.texts(tree))) and are_exact(plan.numbers(tree))):
        return _looked_at(kind, tree, path, places)
    known = plain_addresses(tree, places) if kind is model.Interface else _NOTHING_KNOWN
    arguments = {**tree}
    for name, read in plan.parts:
        arguments[name] = known[name] if name in known else read(tree[name], (path, name), places)
    return kind(**arguments)


@attrs.frozen
class _Plan:
    """How a record is read whose members have certain names and are of certain classes.

    What gets its texts, what gets its numbers, and the members that are something else in an archive.
    """

    texts: Callable[[Mapping[str, Any]], tuple[str, ...]]
    numbers: Callable[[Mapping[str, Any]], tuple[int, ...]]
    parts: Sequence[tuple[str, Any]]


@lru_cache(maxsize=1024)
def _plan(kind: Any, given: tuple[str, ...], classes: tuple[type[Any], ...]) -> _Plan | None:  # noqa: ANN401
    """Return how such a record is read, or None where its members have to be looked at one by one."""
    fields, class_of = fields_of(kind), dict(zip(given, classes, strict=True))
    if not class_of.keys() <= fields.keys() or any(
        each.argument != name or (each.required and name not in class_of) for name, each in fields.items()
    ):
        return None
    plain: dict[Codec, list[str]] = {TEXT: [], NUMBER: [], SWITCH: [], NOTHING: []}
    parts = []
    for name in fields:
        if name in class_of:
            its = fields[name].codec.for_class(class_of[name])
            if _OWN_CLASS.get(its) is class_of[name]:
                plain[its].append(name)
            else:
                parts.append((name, its.read))
    return _Plan(_getter(plain[TEXT]), _getter(plain[NUMBER]), parts)


def _getter(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Return what gets the members of these names, as a tuple."""
    if len(names) > 1:
        return itemgetter(*names)
    return (lambda tree: (tree[names[0]],)) if names else lambda _: ()


def _looked_at(kind: Any, tree: Mapping[str, Any], path: Path, places: Places) -> Any:  # noqa: ANN401
    """Return a record of which each member is looked at, or say what is wrong with it."""
    arguments = {}
    for name, argument, read in _to_read(kind, tuple(tree)):
        if read is None:
            raise Unfit((path, name), argument)
        arguments[argument] = read(tree[name], (path, name), places)
    return kind(**arguments)


@lru_cache(maxsize=1024)
def _to_read(kind: Any, given: tuple[str, ...]) -> Sequence[tuple[str, str, Any]]:  # noqa: ANN401
    """Return what is read of a record that has these members: of each its name, its argument, and how.

    Of what must not be so there is the reason instead. Most records of a kind have the same members.
    """
    fields = fields_of(kind)
    unknown = [name for name in given if name not in fields and name != _TYPE]
    return [
        *((name, f"is no field of a {kind.__name__}", None) for name in unknown),
        *(
            (name, field.argument, field.codec.read) if name in given else (name, "is missing", None)
            for name, field in fields.items()
            if name in given or field.required
        ),
    ]


@cache
def records() -> Mapping[str, type[Any]]:
    """Return the classes that objects can name: those of the model, and all refusals."""
    named = (*vars(model).values(), *vars(addresses).values(), *vars(key_pairs).values())
    found = [each for each in named if isinstance(each, type) and attrs.has(each)]
    return {each.__name__: each for each in (*found, *_below(model.Resource), *_below(errors.CoreError))}


def _below(root: type[Any]) -> Iterator[type[Any]]:
    yield root
    for each in root.__subclasses__():
        yield from _below(each)


# -- what an annotation leaves open -----------------------------------------------------------------


def _depth(path: Path) -> int:
    depth = 0
    while path:
        path, depth = path[0], depth + 1
    return depth


def _write_any(value: Any, path: Path, places: Places) -> Any:  # noqa: ANN401
    if value is None or type(value) in {bool, int, float, str}:
        return value
    if type(value) is list:
        return _ANY_LIST.write(value, path, places)
    if type(value) is tuple:
        return {_TUPLE: _ANY_LIST.write(value, (path, _TUPLE), places)}
    if isinstance(value, Mapping) and all(type(name) is str for name in value):
        if any(name.startswith(_MARK) for name in value):
            return {_ITEMS: _ANY_LIST.write([list(each) for each in value.items()], path, places)}
        return _ANY_OBJECT.write(value, path, places)
    if records().get(type(value).__name__) is type(value):
        return _ANY_RECORD.write(value, path, places)
    raise TypeError(f"{pointer(path)}: an archive cannot keep {value!r}")


def _read_any(tree: Any, path: Path, places: Places) -> Any:  # noqa: ANN401
    if _depth(path) > _DEEPEST:
        raise Unfit(path, "lies too deep")
    if not isinstance(tree, dict):
        return _PLAIN.get(type(tree), NOTHING).read(tree, path, places)
    if _TYPE in tree or REF in tree:
        return _ANY_RECORD.read(tree, path, places)
    if _TUPLE in tree:
        return sequence(tuple, _ANY).read(tree[_TUPLE], (path, _TUPLE), places)
    if _ITEMS in tree:
        pairs = sequence(list, fixed(TEXT, _ANY)).read(tree[_ITEMS], (path, _ITEMS), places)
        return dict(pairs)
    return _ANY_OBJECT.read(tree, path, places)


_ANY: Final = Codec(_write_any, _read_any)
_ANY_LIST: Final = sequence(list, _ANY)
_ANY_OBJECT: Final = mapping(TEXT, _ANY)
_ANY_RECORD: Final = _record(object)
_OWN_CLASS: Final[Mapping[Codec, type[Any]]] = {TEXT: str, NUMBER: int, SWITCH: bool, NOTHING: NoneType}
"""The class of what is the same in a tree as it is in a record."""
_PLAIN: Final[Mapping[type[Any], Codec]] = {
    str: TEXT,
    bool: SWITCH,
    int: NUMBER,
    float: FRACTION,
    list: _ANY_LIST,
}


# -- kinds ------------------------------------------------------------------------------------------

_KNOWN: Final[Mapping[Any, Codec]] = {
    Any: _ANY,
    str: TEXT,
    bool: SWITCH,
    float: FRACTION,
    int: NUMBER,
    Ip: IP,
    IPv4Network: IPV4_BLOCK,
    IPv6Network: IPV6_BLOCK,
    FreePool: FREE_POOL,
    AddressPool: POOL,
    NoneType: NOTHING,
}


@cache
def codec(kind: Any) -> Codec:  # noqa: ANN401 - an annotation
    """Return the codec for an annotation.

    Raises:
        TypeError: values of this kind cannot be kept in an archive.
    """
    found = _KNOWN.get(kind)
    if found is not None:
        return found
    if isinstance(kind, type) and issubclass(kind, Enum):
        return enumeration(kind)
    if isinstance(kind, type) and (attrs.has(kind) or issubclass(kind, errors.CoreError)):
        return _record(kind)
    return _made_of(kind)


def _class_of(part: Any) -> Any:  # noqa: ANN401 - whatever an annotation may be
    """Return the class of the values of a part of a union."""
    origin = get_origin(part)
    return get_args(part)[0] if origin is Annotated else origin or part


def _made_of(kind: Any) -> Codec:  # noqa: ANN401
    """Return the codec for an annotation with arguments."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated and attrs.has(parts[1]):
        return _some_fields(parts[1])
    if origin in {Union, UnionType}:
        return one_of({_class_of(part): codec(part) for part in parts})
    if origin is tuple and parts[1:] != (...,):
        return fixed(*map(codec, parts))
    if origin in {list, tuple}:
        return sequence(origin, codec(parts[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return mapping(codec(parts[0]), codec(parts[1]))
    raise TypeError(f"an archive cannot keep values of the kind {kind}")
