"""What a request parameter may hold: small rules, checked when a request is made.

Each rule looks at one value and complains with a ``Fault``, the kind of the mistake, and words for a
person. Which code the vendor has for it is said by the parameter's declaration, or else by the dialect.
"""

import re
from collections.abc import Callable, Sized
from enum import StrEnum
from typing import Any, Protocol

import attrs

from duolect_core.by_fields import Value
from duolect_dialects.wording import Message


class Fault(StrEnum):
    """The kinds of mistake that a value can have."""

    TYPE = "type"
    LENGTH = "length"
    RANGE = "range"
    FORM = "form"
    CHOICE = "choice"
    COUNT = "count"
    UNSUPPORTED = "unsupported"


@attrs.frozen(repr=False)
class RequestFault(Exception):
    """Something is wrong with one parameter of a request."""

    parameter: str


@attrs.frozen(repr=False)
class BadValue(RequestFault):
    """A parameter's value breaks a rule. ``code`` is the vendor's own code for it, where it has one."""

    fault: Fault
    reason: Message
    code: str | None = None


class MissingValue(RequestFault):
    """A required parameter is absent."""


class UnknownName(RequestFault):
    """A parameter that the action does not have was sent."""


class Rule(Protocol):
    """A rule for the value of one parameter."""

    @property
    def fault(self) -> Fault:
        """The kind of mistake that breaking the rule is."""
        ...

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - a rule says itself what it can judge
        """Say whether the value keeps the rule."""
        ...

    @property
    def reason(self) -> Message:
        """What is wrong with a value that breaks the rule, in words that follow the parameter."""
        ...


@attrs.frozen(eq=False, repr=False)
class Length(Value):
    """A text of ``low`` to ``high`` characters."""

    low: int
    high: int
    fault = Fault.LENGTH

    def accepts(self, value: str) -> bool:
        """Count the characters."""
        return self.low <= len(value) <= self.high

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("must be {low} to {high} characters long", low=self.low, high=self.high)


@attrs.frozen(eq=False, repr=False)
class Between(Value):
    """A number from ``low`` to ``high``."""

    low: float
    high: float
    fault = Fault.RANGE

    def accepts(self, value: float) -> bool:
        """Compare with both ends."""
        return self.low <= value <= self.high

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("must be from {low} to {high}", low=self.low, high=self.high)


@attrs.frozen(eq=False, repr=False)
class AtMost(Value):
    """A text of at most ``high`` characters."""

    high: int
    fault = Fault.LENGTH

    def accepts(self, value: str) -> bool:
        """Count the characters."""
        return len(value) <= self.high

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("must be at most {high} characters long", high=self.high)


class OneOf:
    """One of a few values."""

    fault = Fault.CHOICE

    def __init__(self, *choices: str | int) -> None:
        """Take the values that are allowed."""
        self.choices = choices

    def accepts(self, value: str | int) -> bool:
        """Look among the choices."""
        return value in self.choices

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("must be one of {choices}", choices=", ".join(map(str, self.choices)))


class Form:
    """A text that a pattern matches from end to end; ``meaning`` says in words what that is."""

    fault = Fault.FORM

    def __init__(self, pattern: str, meaning: str, **facts: object) -> None:
        """Take the pattern and its meaning, with the facts in it."""
        self.pattern = pattern
        self.meaning = Message(meaning, **facts)
        self._matches: Callable[[str], object] | None = None

    def accepts(self, value: str) -> bool:
        """Match the whole value; the pattern is compiled when it is first needed."""
        if self._matches is None:
            self._matches = re.compile(self.pattern).fullmatch
        return self._matches(value) is not None

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("must be {meaning}", meaning=self.meaning)


@attrs.frozen(eq=False, repr=False)
class Count(Value):
    """A list of ``low`` to ``high`` entries."""

    low: int
    high: int
    fault = Fault.COUNT

    def accepts(self, value: Sized) -> bool:
        """Count the entries."""
        return self.low <= len(value) <= self.high

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("must have {low} to {high} entries", low=self.low, high=self.high)


@attrs.frozen(eq=False, repr=False)
class Each(Value):
    """A list whose every entry keeps a rule."""

    rule: Rule

    @property
    def fault(self) -> Fault:
        """The fault of the entries' rule."""
        return self.rule.fault

    def accepts(self, value: tuple[Any, ...]) -> bool:
        """Check every entry."""
        return all(self.rule.accepts(entry) for entry in value)

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("each {rule}", rule=self.rule.reason)


@attrs.frozen(eq=False, repr=False)
class Coded(Value):
    """A rule with a vendor's code of its own, where a parameter's rules have different codes."""

    rule: Rule
    code: str

    @property
    def fault(self) -> Fault:
        """The fault of the rule."""
        return self.rule.fault

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - as the rule
        """Ask the rule."""
        return self.rule.accepts(value)

    @property
    def reason(self) -> Message:
        """The words of the rule."""
        return self.rule.reason


@attrs.frozen(eq=False, repr=False)
class Unsupported(Value):
    """A documented parameter that the emulator does not serve: any value is refused."""

    why: str
    fault = Fault.UNSUPPORTED

    def accepts(self, value: object) -> bool:
        """Accept only the absence of a value."""
        return not value

    @property
    def reason(self) -> Message:
        """Say why."""
        return Message("is not served here: {why}", why=Message(self.why))


ASCII = Form(r"[\x20-\x7e]*", "printable ASCII text")
"""The alphabet of idempotency tokens."""
