"""What is said of a resource beside what it does: its name, its description and what its cloud stores."""

from collections.abc import Mapping
from typing import Any

from duolect_core.model.resources import Resource


def describe(
    resource: Resource, name: str | None, description: str | None, extras: Mapping[str, Any]
) -> None:
    """Change what is said of a resource; None leaves it, and extras are stored over what it has."""
    if name is not None:
        resource.name = name
    if description is not None:
        resource.description = description
    if extras:
        resource.extras = {**resource.extras, **extras}
