"""What a setting may be: the checks, and the error that they raise."""

import math
import re
from collections.abc import Callable, Collection
from typing import Any, Final

import attrs

from duolect.access.authentication import parse_keys
from duolect.clock import FASTEST
from duolect.settings import durations
from duolect_core.model.resources import SECOND

MOST: Final = 2**63 - 1
MANUAL: Final = "manual"
CLOCK_RATES: Final = {"real": 1.0, MANUAL: 0.0}
"""The clock's modes that have names, and how fast it goes in each."""
_SHORTEST_EVERY: Final = SECOND
_MAX_PORT: Final = 65_535
_NAME: Final = r"(\*\.)?[\w-]+(\.[\w-]+)*"


class SettingsError(ValueError):
    """A setting cannot be used; ``str`` says which and why."""


def kebab_case(name: str) -> str:
    """Return a setting's name as flags and TOML keys spell it."""
    return name.replace("_", "-")


def must(accepts: Callable[[Any], bool], meaning: str) -> Any:  # noqa: ANN401 - an attrs validator
    """Return the check that a value is what its ``meaning`` says."""

    def check(_: object, field: "attrs.Attribute[Any]", value: Any) -> None:  # noqa: ANN401
        if not accepts(value):
            raise SettingsError(f"{kebab_case(field.name)} must be {meaning}, not {str(value)[:100]!r}")

    return check


def number(low: int, high: int = MOST) -> Any:  # noqa: ANN401 - an attrs validator
    """Return the check that a value is a whole number of a range."""
    return must(
        lambda value: type(value) is int and low <= value <= high,
        f"a whole number from {low} to {high}",
    )


def choice(choices: Collection[str]) -> Any:  # noqa: ANN401 - an attrs validator
    """Return the check that a value is one of a few."""
    return must(lambda value: value in tuple(choices), "one of " + ", ".join(choices))


def keys(_: object, __: "attrs.Attribute[Any]", value: Any) -> None:  # noqa: ANN401
    """Accept access keys with their secrets, which no message repeats."""
    try:
        parse_keys(value)
    except (AttributeError, ValueError):
        raise SettingsError("keys must be ID:SECRET,ID:SECRET") from None


def clock(_: object, __: "attrs.Attribute[Any]", value: Any) -> None:  # noqa: ANN401
    """Accept a mode of the clock, or its rate."""
    if value not in CLOCK_RATES and not 0 < _rate_of(value) <= FASTEST:
        raise SettingsError(
            f"clock must be real, manual or a number up to {FASTEST:.0f}, not {str(value)[:100]!r}"
        )


def _rate_of(value: object) -> float:
    """Return the number that a text is, or one that is no rate."""
    try:
        return float(value) if isinstance(value, str) else math.nan
    except ValueError:
        return math.nan


def names(text: object) -> bool:
    """Say whether a text holds names of hosts, with commas between them."""
    return isinstance(text, str) and all(
        re.fullmatch(_NAME, each, re.ASCII) for each in filter(None, text.split(","))
    )


def store(_: object, field: "attrs.Attribute[Any]", value: Any) -> None:  # noqa: ANN401
    """Accept ``memory`` and the URLs of stores; no message repeats one that may hold a password."""
    prefix, slashes, file = value.partition("://") if isinstance(value, str) else ("", "", "")
    if value == "memory" or (prefix in {"postgresql", "postgres"} and file and "\0" not in file):
        return
    if not (prefix == "sqlite" and slashes and len(file) > 1 and file[0] == "/" and "\0" not in file):
        shown = "what was given" if "@" in str(value) else repr(str(value)[:100])
        raise SettingsError(
            f"{kebab_case(field.name)} must be memory, sqlite:///FILE or postgresql://..., not {shown}"
        )


def address(text: object) -> bool:
    """Say whether a text is ``HOST:PORT``, or nothing."""
    host, _, port = text.rpartition(":") if isinstance(text, str) else ("", "", "")
    is_port = port.isascii() and port.isdigit() and 0 < int(port) <= _MAX_PORT
    return text == "" or (
        re.fullmatch(rf"{_NAME}|\[[0-9a-fA-F:.]+\]", host, re.ASCII) is not None and is_port
    )


def token(text: object) -> bool:
    """Say whether a text can stand in a header as a token."""
    return isinstance(text, str) and text.isascii() and text.isprintable() and " " not in text


def every(_: object, field: "attrs.Attribute[Any]", value: Any) -> None:  # noqa: ANN401
    """Accept a duration after which something is done, again and again, or nothing."""
    if value == "":
        return
    try:
        if durations.parse(value) < _SHORTEST_EVERY:
            raise SettingsError(f"{kebab_case(field.name)} must be at least 1s")
    except durations.DurationError as error:
        raise SettingsError(f"{kebab_case(field.name)}: {error}") from None
