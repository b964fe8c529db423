"""Taking what has an id out of its table, or raising that it is not there."""

from collections.abc import Mapping
from typing import TypeVar

from duolect_core.errors import NotFound

R = TypeVar("R")


def named(table: Mapping[str, R], resource_id: str, missing: type[NotFound]) -> R:
    """Return the resource of an id, or raise what says that it is ``missing``."""
    found = table.get(resource_id)
    if found is None:
        raise missing(resource_id)
    return found
