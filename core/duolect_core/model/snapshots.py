"""What a resource was at an instant."""

from typing import TypeVar

import attrs

from duolect_core.model.disks import Disk
from duolect_core.model.resources import Instance, Resource

R = TypeVar("R")


def snapshot(value: R) -> R:
    """Return a copy of a resource, or of a tuple of resources, that later changes do not reach.

    Only the pools of a subnet stay the living ones: what is free is a question about now.
    """
    if isinstance(value, tuple):
        return tuple(snapshot(part) for part in value)  # type: ignore[return-value]
    if isinstance(value, Instance | Disk):
        operation = None if value.operation is None else attrs.evolve(value.operation)
        return attrs.evolve(value, operation=operation)
    if isinstance(value, Resource):
        return attrs.evolve(value)
    return value
