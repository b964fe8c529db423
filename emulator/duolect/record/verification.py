"""Assertions over the journal: which calls were made, how often, in which order.

A ``Pattern`` selects calls, an ``Expectation`` says how many of them there must be. Where an expectation is
not met, the calls that come nearest to its pattern are named, each with what is different.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import attrs

from duolect.members import Cloud, member
from duolect.record.commands import commands
from duolect.record.journal import Finding, Outcome, Record

_MAX_NEAR_MISSES: Final = 3
_SHOWN: Final = 100


def known_finding(_: object, field: "attrs.Attribute[Any]", value: str | None) -> None:
    """Check that a finding is one, with or without what it is about."""
    if value is not None and value.partition(":")[0] not in set(Finding):
        raise ValueError(f"{field.name} must be one of {', '.join(Finding)}")


def known_command(_: object, field: "attrs.Attribute[Any]", value: str | None) -> None:
    """Check that the core has a command of this name."""
    if value is not None and value not in commands():
        raise ValueError(f"{field.name} must be one of {', '.join(commands())}")


@attrs.frozen(kw_only=True)
class Pattern:
    """Which calls are meant: all that is said must hold."""

    cloud: Cloud | None = member("the cloud that was called", default=None)
    account: str | None = member("the account that called", default=None)
    region: str | None = member("the region of the call", default=None)
    action: str | None = member("the action's name", default=None)
    outcome: Outcome | None = member("ok, refused or failed", default=None)
    code: str | None = member("the vendor's error code", default=None)
    command: str | None = member(
        "a command of the core that was carried out: AttachInterface", default=None, validator=known_command
    )
    resources: tuple[str, ...] = member("resources that the call changed or named", default=())
    finding: str | None = member(
        "a finding such as retried-without-token", default=None, validator=known_finding
    )
    parameters: dict[str, Any] = member("parameters that the call had, as far as said", factory=dict)

    def differences(self, record: Record) -> Iterator[str]:
        """Iterate over what keeps a call from matching."""
        for name in ("cloud", "account", "region", "action", "outcome", "code"):
            wanted, found = getattr(self, name), getattr(record, name)
            if wanted is not None and wanted != found:
                yield f"{name} is {found or 'none'}, not {wanted}"
        if self.command is not None and self.command not in _commands_of(record):
            yield f"{self.command} was not carried out"
        for each in self.resources:
            if not record.concerns(each):
                yield f"{each} is not concerned"
        if self.finding is not None and not any(each.startswith(self.finding) for each in record.findings):
            yield f"there is no finding {self.finding}"
        yield from _differences("", with_lists(self.parameters), with_lists(record.parameters))

    def matches(self, record: Record) -> bool:
        """Say whether a call matches."""
        return next(self.differences(record), None) is None


def _commands_of(record: Record) -> Iterable[str]:
    return () if record.repeated else [each.command for each in record.changed]


def with_lists(tree: Any) -> Any:  # noqa: ANN401 - a tree of parameters
    """Return parameters with numbered members as the lists that they stand for."""
    if isinstance(tree, Mapping):
        members = {name: with_lists(value) for name, value in tree.items()}
        if members and all(name.isdecimal() for name in members):
            return [members[name] for name in sorted(members, key=int)]
        return members
    if isinstance(tree, list):
        return [with_lists(value) for value in tree]
    return tree


def _differences(path: str, wanted: Any, found: Any) -> Iterator[str]:  # noqa: ANN401 - trees
    """Iterate over what of a wanted tree is not in a found one; a number equals its text."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        for name, value in wanted.items():
            member = f"{path}.{name}" if path else name
            if name not in found:
                yield f"{member} was not given"
            else:
                yield from _differences(member, value, found[name])
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for index, (each, other) in enumerate(zip(wanted, found, strict=True)):
            yield from _differences(f"{path}[{index}]", each, other)
    elif _text(wanted) != _text(found):
        yield f"{path} is {_text(found)[:_SHOWN]}, not {_text(wanted)[:_SHOWN]}"


def _text(value: Any) -> str:  # noqa: ANN401 - a leaf, or a tree of another shape
    return str(value).lower() if isinstance(value, bool) else str(value)


@attrs.frozen(kw_only=True)
class Expectation:
    """How many calls of a kind there must be: a number, a range, or at least one."""

    calls: Pattern = member("which calls are meant")
    times: int | None = member("exactly so many; 0 means never", default=None)
    at_least: int | None = member("so many or more", default=None)
    at_most: int | None = member("so many or fewer", default=None)

    def __attrs_post_init__(self) -> None:
        """Raise ``ValueError`` for numbers that no calls can meet."""
        if self.times is not None and (self.at_least, self.at_most) != (None, None):
            raise ValueError("times goes with neither at_least nor at_most")
        low, high = self.bounds
        if low < 0 or (high is not None and high < low):
            raise ValueError(f"there cannot be {self}")

    @property
    def bounds(self) -> tuple[int, int | None]:
        """The smallest and the largest number that meets it."""
        if self.times is not None:
            return self.times, self.times
        if self.at_least is None and self.at_most is None:
            return 1, None
        return self.at_least or 0, self.at_most

    def __str__(self) -> str:
        """Say what is expected."""
        low, high = self.bounds
        if low == high:
            return f"exactly {low} call{'' if low == 1 else 's'}" if low else "no call"
        if high is None:
            return f"at least {low} call{'' if low == 1 else 's'}"
        return f"from {low} to {high} calls"


@attrs.frozen(kw_only=True)
class NearMiss:
    """A call that is nearly one that was expected."""

    number: int = member("the call's number in the journal")
    action: str = member("the call's action")
    differences: tuple[str, ...] = member("what is different")


@attrs.frozen(kw_only=True)
class UnmetExpectation:
    """An expectation that is not met."""

    expected: str = member("what was expected, in words")
    found: int = member("how many calls there were")
    calls: tuple[int, ...] = member("their numbers in the journal, the first hundred")
    near_misses: tuple[NearMiss, ...] = member("calls that come nearest, nearest first")


def unmet(expectation: Expectation, records: Sequence[Record]) -> UnmetExpectation | None:
    """Return how an expectation is not met by these calls, or None where it is."""
    matching = [record.number for record in records if expectation.calls.matches(record)]
    low, high = expectation.bounds
    if low <= len(matching) and (high is None or len(matching) <= high):
        return None
    return UnmetExpectation(
        expected=f"{expectation}: {_described(expectation.calls)}",
        found=len(matching),
        calls=tuple(matching[:_SHOWN]),
        near_misses=() if len(matching) >= low else near_misses(expectation.calls, records),
    )


def out_of_order(order: Sequence[Pattern], records: Sequence[Record]) -> UnmetExpectation | None:
    """Return how calls did not come in an order, with any others between them, or None where they did."""
    rest = iter(records)
    found: list[int] = []
    for step, pattern in enumerate(order, 1):
        number = next((record.number for record in rest if pattern.matches(record)), None)
        if number is None:
            after = [record for record in records if not found or record.number > found[-1]]
            return UnmetExpectation(
                expected=f"step {step} of {len(order)} of an order: {_described(pattern)}",
                found=len(found),
                calls=tuple(found[:_SHOWN]),
                near_misses=near_misses(pattern, after),
            )
        found.append(number)
    return None


def near_misses(pattern: Pattern, records: Iterable[Record]) -> tuple[NearMiss, ...]:
    """Return the calls that come nearest to a pattern without matching it, nearest first."""
    criteria = sum(1 for _ in _criteria(pattern))
    candidates = (
        NearMiss(number=record.number, action=record.action, differences=differences)
        for record in records
        if (differences := tuple(pattern.differences(record))) and len(differences) < criteria
    )
    return tuple(islice(sorted(candidates, key=lambda each: len(each.differences)), _MAX_NEAR_MISSES))


def _described(pattern: Pattern) -> str:
    return ", ".join(_criteria(pattern)) or "any call"


def _criteria(pattern: Pattern) -> Iterator[str]:
    for field in attrs.fields(Pattern):
        value = getattr(pattern, field.name)
        if field.name == "parameters":
            for name, each in value.items():
                yield f"{name}={_text(each)[:_SHOWN]}"
        elif field.name == "resources":
            for each in value:
                yield f"resource={each}"
        elif value is not None:
            yield f"{field.name}={value}"
