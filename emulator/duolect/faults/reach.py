"""What a call of an action can come to inside the cloud, so that a rule that can never strike is refused.

A rule that lets an operation hang strikes where a call begins one, and one that exhausts a subnet where a
call looks for free addresses. Which calls do is said nowhere but in the code: an action makes commands of
the core, and commands begin operations. So it is read there: from an action's function to all functions and
classes that it names, and those name. That is a little too much at most, never too little. Whether an
operation can fail is in the tables of what happens at its end (``transitions`` of the core's subjects).
"""

from collections.abc import Iterator, Mapping
from dis import get_instructions
from functools import cache
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

import attrs

from duolect_core.engine.command_fault import failures_of
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.rules import Rules
from duolect_dialects.action import Action
from duolect_dialects.dialect import Dialect, Settings

_ROOTS: Final = ("duolect_core.", "duolect_dialects.")
_BEYOND: Final = (
    "duolect_core.engine.",
    "duolect_core.graph.",
    "duolect_core.errors",
    "duolect_core.relations.waiting",
)
"""Where nothing is decided: what is named there is not looked at, and who names it is held to do it."""
_CORE: Final = "duolect_core."
_DEEPEST: Final = 3
"""How deep tables are looked into."""
_FLAGS: Final = "_is_asynchronous"
"""How the rules end that say whether a cloud takes its time over something."""


@attrs.frozen(kw_only=True)
class Reach:
    """What a call of an action can come to."""

    begins: bool
    """It can begin an operation that takes time, or that takes time where it is asked to."""
    fails: bool
    """One of those can fail."""
    allocates: bool
    """It can look for free addresses in a subnet."""
    attaches: bool
    """It can look for a free slot on an instance."""


def reach_of(dialect: Dialect, action: Action) -> Reach:
    """Return what a call of an action can come to, in a cloud as its dialect has it."""
    rules = dialect.rules(dialect.default_region, Settings())
    functions = _named_from(action.run)
    begun = [each for each in functions if _begins(each, rules)]
    names = {name for each in functions for name in _names(each)}
    return Reach(
        begins=bool(begun),
        fails=any(_can_fail(each, functions) for each in begun),
        allocates="exhausted" in names,
        attaches="interface_limit" in names,
    )


def _begins(function: FunctionType, rules: Rules) -> bool:
    """Say whether a function of the core begins an operation itself, as the rules have it."""
    names = _names(function)
    if not function.__module__.startswith(_CORE) or "begin" not in names:
        return False
    if any(getattr(each, "__name__", "") == "begin" for each in _used_by(function)):
        return False  # it lets another function begin it
    flags = {name for name in names if name.endswith(_FLAGS)}
    return not flags or "takes_time" in names or any(getattr(rules, flag) for flag in flags)


def _can_fail(function: FunctionType, functions: tuple[FunctionType, ...]) -> bool:
    """Say whether an operation that a function begins can fail, by the tables of its subject."""
    subject = ".".join(function.__module__.split(".")[:2])
    table = import_module(f"{subject}.transitions").TRANSITIONS
    ends = {trigger for handlers in table.values() for trigger in handlers}
    callers = [each for each in functions if function in _used_by(each)]
    named = _triggers(function) or {trigger for each in callers for trigger in _triggers(each)}
    return any(failure in ends for trigger in named or Trigger for failure in failures_of(trigger))


def _triggers(function: FunctionType) -> set[Trigger]:
    """Return the triggers that a function names, itself or by way of a table."""
    names = _names(function)
    tables = [function.__globals__[name] for name in names if name in function.__globals__]
    values = [each for table in tables if isinstance(table, Mapping) for each in table.values()]
    return {each for each in values if isinstance(each, Trigger)} | {
        each for each in Trigger if each.name in names
    }


@cache
def _named_from(start: FunctionType) -> tuple[FunctionType, ...]:
    """Return all functions of the core and the dialects to which a function leads, by name."""
    found: dict[FunctionType, None] = {start: None}
    waiting = [start]
    while waiting:
        for function in _used_by(waiting.pop()):
            if function not in found:
                found[function] = None
                waiting.append(function)
    return tuple(found)


@cache
def _used_by(function: FunctionType) -> tuple[FunctionType, ...]:
    """Return the functions that a function names, itself or by way of a class or a table."""
    values: list[Any] = [cell.cell_contents for cell in function.__closure__ or ()]
    for code in _codes(function.__code__):
        values += _values(function, code)
    return tuple(dict.fromkeys(each for value in values for each in _functions(value, 0)))


def _values(function: FunctionType, code: CodeType) -> Iterator[Any]:
    """Yield what a function names: globals, and what of a module or of its own class it takes."""
    own = function.__globals__.get(function.__qualname__.partition(".")[0])
    holder: Any = None
    for instruction in get_instructions(code):
        name, operation = instruction.argval, instruction.opname
        if operation == "LOAD_GLOBAL":
            holder = function.__globals__.get(name)
            if not isinstance(holder, ModuleType):
                yield holder
        elif operation in {"LOAD_ATTR", "LOAD_METHOD"}:
            if isinstance(holder, ModuleType):
                yield getattr(holder, name, None)
            elif isinstance(own, type):
                yield vars(own).get(name)
            holder = None
        elif operation not in {"PRECALL", "CACHE", "PUSH_NULL"}:
            holder = None


def _functions(value: Any, depth: int) -> Iterator[FunctionType]:  # noqa: ANN401 - whatever a name stands for
    """Yield the functions that a value is, or that it holds: a class's methods, a table's members."""
    if isinstance(value, FunctionType):
        if _is_ours(value):
            yield value
    elif isinstance(value, property | classmethod | staticmethod):
        yield from _functions(value.fget if isinstance(value, property) else value.__func__, depth)
    elif isinstance(value, type):
        if _is_ours(value):
            for each in vars(value).values():
                if isinstance(each, FunctionType | property | classmethod | staticmethod):
                    yield from _functions(each, depth)
    elif depth < _DEEPEST and isinstance(value, Mapping | tuple | list | set | frozenset):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _functions(each, depth + 1)


@cache
def _names(function: FunctionType) -> frozenset[str]:
    """Return each name in a function and in the functions inside it."""
    return frozenset(name for code in _codes(function.__code__) for name in code.co_names)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _is_ours(value: Any) -> bool:  # noqa: ANN401 - a function or a class
    module = str(getattr(value, "__module__", ""))
    return module.startswith(_ROOTS) and not module.startswith(_BEYOND)
