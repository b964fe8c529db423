"""What a value on the wire stands for.

Numbers and booleans come as JSON values or as the texts of query strings; a list comes as a JSON array or
as the numbered members that flattened names unfold to.
"""

from collections.abc import Mapping
from typing import Any, Final

from duolect_dialects.wording import Message

_TRUE: Final = frozenset({"true", "1"})
_FALSE: Final = frozenset({"false", "0"})
_MAX_DIGITS: Final = 19


class NotOfType(Exception):
    """A value is not of the declared type; ``reason`` says what was expected."""

    def __init__(self, reason: str) -> None:
        """Take the words."""
        super().__init__(reason)
        self.reason = Message(reason)


def text(value: Any, _: Any = None) -> str:  # noqa: ANN401 - whatever came
    """Return a value that is a text, or raise ``NotOfType``; so do the others here."""
    if isinstance(value, str):
        return value
    raise NotOfType("must be a string")


def boolean(value: Any, _: Any = None) -> bool:  # noqa: ANN401
    """Return a value that says yes or no."""
    if isinstance(value, bool):
        return value
    said = value.lower() if isinstance(value, str) else ""
    if said in _TRUE:
        return True
    if said in _FALSE:
        return False
    raise NotOfType("must be true or false")


def integer(value: Any, _: Any = None) -> int:  # noqa: ANN401
    """Return a value that is a whole number of 64 bits."""
    if isinstance(value, int) and not isinstance(value, bool):
        if -(2**63) <= value < 2**63:
            return value
    elif isinstance(value, str) and len(value) <= _MAX_DIGITS and _is_digits(value.removeprefix("-")):
        return int(value)
    raise NotOfType("must be an integer")


def number(value: Any, _: Any = None) -> float:  # noqa: ANN401
    """Return a value that is a number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**63:
        return float(value)
    if isinstance(value, str) and len(value) <= _MAX_DIGITS and _is_digits(value.replace(".", "", 1)):
        return float(value)
    raise NotOfType("must be a number")


def entries(value: Any) -> list[tuple[int, Any]]:  # noqa: ANN401
    """Return the entries of a list, each with its number, in the order of the numbers."""
    if isinstance(value, list):
        return list(enumerate(value))
    if isinstance(value, Mapping) and all(map(_is_index, value)):
        return sorted(((int(key), entry) for key, entry in value.items()), key=_place)
    raise NotOfType("must be a list")


def _is_digits(said: str) -> bool:
    return said.isascii() and said.isdecimal()


def _is_index(key: str) -> bool:
    return len(key) <= _MAX_DIGITS and _is_digits(key)


def _place(entry: tuple[int, Any]) -> int:
    return entry[0]
