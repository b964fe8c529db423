"""Putting facts into words: those of a core error into a vendor's, and any into a sentence."""

from collections.abc import Mapping
from functools import reduce
from typing import Any, Self

from duolect_core.errors import CoreError

Words = Mapping[type, Mapping[Any, str]]
"""For each enumeration of the core, the vendor's words for its members."""


class Message(str):
    """A text that still knows of what it was made, so that it can be said in another language.

    It is ``template`` with ``facts`` in their places; a fact may be a phrase itself. A template without
    facts stands as it is.
    """

    __slots__ = ("facts", "template")
    template: str
    facts: Mapping[str, object]

    def __new__(cls, template: str, /, **facts: object) -> Self:
        """Put the facts into their places."""
        self = super().__new__(cls, template.format_map(facts) if facts else template)
        self.template, self.facts = template, facts
        return self


def facts(error: CoreError, words: Words) -> dict[str, object]:
    """Return what an error carries, by name, with states and kinds in the vendor's words."""
    return {name: _word(getattr(error, name), words) for name in error.facts}


def _word(fact: object, words: Words) -> object:
    if isinstance(fact, tuple):
        return reduce(_either, (_word(part, words) for part in fact))
    known = words.get(type(fact))
    return fact if known is None else known[fact]


def _either(one: object, other: object) -> Message:
    return Message("{one} or {other}", one=one, other=other)
