"""What a resource was at an instant."""

from typing import Any, TypeVar

import attrs

from duolect_core.model.resources import Operation, Resource

R = TypeVar("R")


def snapshot(value: R) -> R:
    """Return a copy of a resource, or of a tuple of resources, that later changes do not reach.

    Only the pools of a subnet stay the living ones: what is free is a question about now.
    """
    if isinstance(value, tuple):
        return tuple(snapshot(part) for part in value)  # type: ignore[return-value]
    if not isinstance(value, Resource):
        return value
    operation: Operation | None = getattr(value, "operation", None)
    changes: Any = {} if operation is None else {"operation": attrs.evolve(operation)}
    return attrs.evolve(value, **changes)
