"""What an answer looks like, whatever it holds."""

from typing import Any


def shape(value: Any) -> Any:
    """Return the types of an answer's fields; of a list, its members' one shape."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__
