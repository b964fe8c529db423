"""Which function of the scenarios calls which action, found by the functions' names.

The modules of a folder of scenarios hold one public function for each action, named after it in snake
case: ``create_network_interface`` calls CreateNetworkInterface. Where several products have an action of
that name, the product stands before it: ``ecs_create_vpc``, ``vpc_create_vpc``. What else they hold is
private or a class.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from duolect_dialects.action import Action

Key = tuple[str, str]
"""An action's version and name."""
Call = Callable[[Any], object]
"""Calls an action for an account, with asserts of what is to be seen."""


@attrs.frozen
class Calls:
    """The functions by the actions that they call, and what is wrong with the others."""

    of: Mapping[Key, Call]
    strays: tuple[str, ...]


def find_calls(actions: Mapping[Key, Action], modules: Iterable[ModuleType]) -> Calls:
    """Return the function of each action, as far as there is one."""
    keys = {_function_of(action, actions): key for key, action in actions.items()}
    found: dict[Key, Call] = {}
    strays = []
    for function in _public_functions(modules):
        where = f"{function.__module__}.{function.__name__}"
        key = keys.get(_plain(function.__name__))
        if key is None:
            strays.append(f"{where} is named after no action that is served")
        elif key in found:
            strays.append(f"{where} is the second function for {' '.join(key)}")
        else:
            found[key] = function
    return Calls(found, tuple(strays))


def modules_of(package: str) -> Iterator[ModuleType]:
    """Import the modules of a folder and of those within."""
    for folder in import_module(package).__path__:
        for path in sorted(Path(folder).rglob("*.py")):
            name = ".".join(path.relative_to(folder).with_suffix("").parts)
            yield import_module(f"{package}.{name}")


def _public_functions(modules: Iterable[ModuleType]) -> Iterator[Any]:
    for module in modules:
        for name, value in vars(module).items():
            if isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield value


def _function_of(action: Action, actions: Mapping[Key, Action]) -> str:
    """Return the name of the function that calls an action, without underscores."""
    names = Counter(_plain(name) for _, name in actions)
    name = _plain(action.name)
    return name if names[name] == 1 else _plain(action.product) + name


def _plain(name: str) -> str:
    """Return a name in lower case without underscores: QoS and VSwitch need no rule of their own."""
    return name.replace("_", "").lower()
