"""The core's commands by name, found in the packages of its subjects when they are first asked for."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import attrs

import duolect_core


@cache
def commands() -> Mapping[str, type[Any]]:
    """Return every command of the core, by its name: each attrs class that has a method ``apply``."""
    names = (each.name for each in walk_packages(duolect_core.__path__, f"{duolect_core.__name__}."))
    found = {
        kind.__name__: kind
        for name in names
        for kind in vars(import_module(name)).values()
        if isinstance(kind, type) and attrs.has(kind) and hasattr(kind, "apply") and kind.__module__ == name
    }
    return dict(sorted(found.items()))
