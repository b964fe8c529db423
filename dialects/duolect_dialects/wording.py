"""Putting the facts of a core error into a vendor's words."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core.errors import CoreError

Words = Mapping[type, Mapping[Any, str]]
"""For each enumeration of the core, the vendor's words for its members."""


def facts(error: CoreError, words: Words) -> dict[str, object]:
    """Return what an error carries, by name, with states and kinds in the vendor's words."""
    return {field.name: _word(getattr(error, field.name), words) for field in attrs.fields(type(error))}


def _word(fact: object, words: Words) -> object:
    if isinstance(fact, tuple):
        return " or ".join(str(_word(part, words)) for part in fact)
    known = words.get(type(fact))
    return fact if known is None else known[fact]
