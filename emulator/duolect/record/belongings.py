"""What belongs to the emulator beside partitions and clocks, as sections of a snapshot.

Fault rules with what they have counted, standing refusals, access keys, and marks: in a snapshot only where
that is asked for. A section covers what its snapshot covers: rules and refusals those of one cloud or one
account, keys those of one account; marks belong to nobody, and go with a snapshot of everything alone.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from duolect.access.authentication import Key
from duolect.access.checker import AccessChecker
from duolect.access.conditions import ANY, Condition, InvalidCondition, validate_condition
from duolect.faults.engine import Fault, Faults
from duolect.record.marks import MAX_MARKS, Marks
from duolect.state.emulator import EmulatorState
from duolect.state.placed import Past
from duolect_core.addressing.generator import Generator
from duolect_core.archive.codec import codec
from duolect_core.archive.trees import (
    NUMBER,
    ROOT,
    TEXT,
    Path,
    Places,
    Unfit,
    entries,
    exactly,
    members,
)
from duolect_core.model.resources import LATEST, Instant

if TYPE_CHECKING:
    from duolect.faults.rules import FaultRule

FAULTS: Final = "faults"
CONDITIONS: Final = "conditions"
KEYS: Final = "keys"
MARKS: Final = "marks"
_MOST: Final = 2**63
_NUMBER: Final = r"[1-9][0-9]{0,17}"
_SHOWN: Final = 100
Put = Callable[[], None]
"""Makes what was prepared so."""


@attrs.frozen
class _WrittenCondition:
    """A standing refusal as it is written."""

    cloud: str
    access_key: str
    action: str
    code: str
    zone: str = ANY
    instance_type: str = ANY


@attrs.frozen
class _WrittenMark:
    """A mark as it is written: its number, its instant, and its point in the partitions' time."""

    number: int
    at: Instant
    point: int


@attrs.frozen
class _WrittenPast:
    """What a partition had created by points: pairs of a point and a count."""

    cloud: str
    access_key: str
    region: str
    since: int
    seeded: int
    created: tuple[tuple[int, int], ...]


@attrs.frozen
class _Counted:
    """A rule that has a number, and what it has counted."""

    number: int
    rule: "FaultRule"
    matches: int
    hits: int
    chance: int


@attrs.frozen
class _WrittenMarks:
    """All marks as they are written, how many were set, and what partitions had created by then."""

    set: int
    marks: tuple[_WrittenMark, ...]
    partitions: tuple[_WrittenPast, ...]


_KEY: Final = codec(Key)
_CONDITION: Final = codec(_WrittenCondition)
_MARKS: Final = codec(_WrittenMarks)


class Belongings:
    """What belongs to a running emulator."""

    def __init__(self, state: EmulatorState, access: AccessChecker, faults: Faults, marks: Marks) -> None:
        """Take the parts."""
        self._state = state
        self._access = access
        self._faults = faults
        self._marks = marks

    # -- taking --------------------------------------------------------------------------------------

    def taken(self, names: Collection[str], access_key: str | None, cloud: str | None) -> dict[str, Any]:
        """Return the sections of these names: of everything, or of one account, or on one cloud."""
        take = {
            FAULTS: lambda: self._faults_tree(access_key, cloud),
            CONDITIONS: lambda: [
                _CONDITION.write(_WrittenCondition(*attrs.astuple(each)), ROOT, Places())
                for each in self._conditions_of(access_key, cloud).values()
            ],
            KEYS: lambda: [
                {"id": name, **_KEY.write(key, ROOT, Places())}
                for name, key in self._access.authenticator.keys.items()
                if access_key in {None, key.account or name}
            ],
            MARKS: self._marks_tree,
        }
        return {name: take[name]() for name in take if name in names}

    def _faults_tree(self, access_key: str | None, cloud: str | None) -> dict[str, Any]:
        rules: list[dict[str, Any]] = []
        if self._faults:
            from duolect.faults.trees import rule_tree  # noqa: PLC0415 - most servers have no faults

            rules += (
                {
                    "id": each.id,
                    "rule": rule_tree(each.rule),
                    "matches": each.matches,
                    "hits": each.hits,
                    "chance": str(each.generator.state),
                }
                for each in self._faults_of(access_key, cloud)
            )
        return {"added": self._faults.added, "rules": rules}

    def _marks_tree(self) -> dict[str, Any]:
        partitions, marks = self._state.partitions, self._marks.numbered()
        pasts = ((placed.key, placed.past) for placed in partitions.placed()) if marks else ()
        written = _WrittenMarks(
            self._marks.count,
            tuple(_WrittenMark(number, each.at, each.point) for number, each in marks.items()),
            tuple(_WrittenPast(*key, past.since, past.seeded, tuple(past.created)) for key, past in pasts),
        )
        tree: dict[str, Any] = _MARKS.write(written, ROOT, Places())
        return tree

    def _faults_of(self, access_key: str | None, cloud: str | None) -> Iterator[Fault]:
        names = self._names_of(access_key)
        for each in self._faults.all:
            if cloud in {None, each.rule.cloud} and (names is None or each.rule.access_key in names):
                yield each

    def _conditions_of(self, access_key: str | None, cloud: str | None) -> Mapping[int, Condition]:
        names = self._names_of(access_key)
        return {
            number: each
            for number, each in self._access.conditions.numbered().items()
            if cloud in {None, each.dialect} and (names is None or each.access_key in names)
        }

    def _names_of(self, access_key: str | None) -> set[str] | None:
        """Return the names by which an account is meant: its own, and its keys'; None where all are."""
        if access_key is None:
            return None
        keys = self._access.authenticator.keys
        return {access_key, *(name for name, key in keys.items() if key.account == access_key)}

    # -- restoring ------------------------------------------------------------------------------------

    def prepared(
        self, sections: Mapping[str, Any], access_key: str | None, cloud: str | None, into: str | None
    ) -> Put:
        """Read sections, and return what makes all that they cover what they say.

        ``into`` names the account that gets what the one had that is covered. Keys stay the account's
        whose they are, and marks come with everything alone.

        Raises:
            Unfit: they cannot be restored.
        """
        puts: list[Put] = []
        if KEYS in sections:
            keys = _keys(sections[KEYS])
            if cloud is None and into is None:
                puts.append(lambda: self._put_keys(keys, access_key))
        if CONDITIONS in sections:
            conditions = self._conditions(sections[CONDITIONS])
            puts.append(lambda: self._put_conditions(conditions, access_key, cloud, into))
        if FAULTS in sections:
            added, rules = self._rules(sections[FAULTS])
            puts.append(lambda: self._put_faults(added, rules, access_key, cloud, into))
        if MARKS in sections:
            marks = _marks(sections[MARKS])
            if access_key is None and cloud is None:
                puts.append(lambda: self._put_marks(marks))

        def put() -> None:
            for each in puts:
                each()

        return put

    def _put_keys(self, keys: Mapping[str, Key], access_key: str | None) -> None:
        authenticator = self._access.authenticator
        for name, key in tuple(authenticator.keys.items()):
            if access_key in {None, key.account or name}:
                authenticator.drop_key(name)
        for name, key in keys.items():
            if access_key in {None, key.account or name}:
                authenticator.put_key(name, key)

    def _conditions(self, tree: object) -> Sequence[Condition]:
        path: Path = (ROOT, CONDITIONS)
        found = []
        for place, each in enumerate(entries(tree, path)):
            condition = Condition(*attrs.astuple(_CONDITION.read(each, (path, place), Places())))
            try:
                validate_condition(condition, self._state.dialects)
            except InvalidCondition as reason:
                raise Unfit((path, place), str(reason)) from None
            found.append(condition)
        return found

    def _put_conditions(
        self, conditions: Sequence[Condition], access_key: str | None, cloud: str | None, into: str | None
    ) -> None:
        standing = self._access.conditions
        names = self._names_of(access_key)
        for number in self._conditions_of(into or access_key, cloud):
            standing.remove(number)
        for each in conditions:
            name = _given(each.access_key, access_key, names, into)
            if name is not None and cloud in {None, each.dialect}:
                standing.append(attrs.evolve(each, access_key=name))

    def _rules(self, tree: object) -> tuple[int, Sequence[_Counted]]:
        from duolect.faults.trees import rule_of  # noqa: PLC0415 - most snapshots have no rules

        path: Path = (ROOT, FAULTS)
        given = dict(members(tree, path))
        listed = entries(given.pop("rules", None), (path, "rules"))
        added = exactly({"added": NUMBER}, given, path, Places())["added"]
        found: dict[int, _Counted] = {}
        for place, each in enumerate(listed):
            here: Path = ((path, "rules"), place)
            parts = dict(members(each, here))
            rule_tree = parts.pop("rule", None)
            said = exactly(
                {"id": TEXT, "matches": NUMBER, "hits": NUMBER, "chance": NUMBER}, parts, here, Places()
            )
            number = _number(said["id"], (here, "id"))
            if number in found:
                raise Unfit((here, "id"), "stands there twice")
            for name in ("matches", "hits", "chance"):
                if said[name] < 0:
                    raise Unfit((here, name), "is below 0")
            try:
                rule = rule_of(rule_tree)
                self._faults.validate(rule)
            except (InvalidCondition, TypeError) as reason:
                raise Unfit((here, "rule"), str(reason)) from None
            found[number] = _Counted(number, rule, said["matches"], said["hits"], said["chance"])
        if not max((0, *found)) <= added < _MOST:
            raise Unfit((path, "added"), "is not the number of the latest rule, or a higher one")
        return added, [found[number] for number in sorted(found)]

    def _put_faults(
        self,
        added: int,
        rules: Sequence[_Counted],
        access_key: str | None,
        cloud: str | None,
        into: str | None,
    ) -> None:
        faults, names = self._faults, self._names_of(access_key)
        for each in tuple(self._faults_of(into or access_key, cloud)):
            faults.remove(each.id)
        if access_key is None and cloud is None:
            faults.number_from(0)
        for counted in rules:
            name = _given(counted.rule.access_key, access_key, names, into)
            if name is None or cloud not in {None, counted.rule.cloud}:
                continue
            taken = faults.get(f"f-{counted.number}") is not None
            faults.put(
                faults.added + 1 if taken else counted.number,
                attrs.evolve(counted.rule, access_key=name),
                Generator(counted.chance),
                counted.matches,
                counted.hits,
            )
        if access_key is None and cloud is None:
            faults.number_from(added)

    def _put_marks(self, written: _WrittenMarks) -> None:
        partitions = self._state.partitions
        there = {placed.key for placed in partitions.placed()}
        points = [partitions.point, *(each.point for each in written.marks)]
        for each in written.partitions:
            key = each.cloud, each.access_key, each.region
            points += (each.since, *(point for point, _ in each.created))
            if key in there:
                partitions.set_past(key, Past(each.since, each.seeded, each.created))
        partitions.point = max(points)
        self._marks.put(written.set, {each.number: (each.at, each.point) for each in written.marks})


def _given(name: str, account: str | None, names: Collection[str] | None, into: str | None) -> str | None:
    """Return whom a rule is for once it is restored, or None where it is not."""
    if names is not None and name not in names:
        return None
    if into is None:
        return name
    return into if name == account else None


def _keys(tree: object) -> Mapping[str, Key]:
    path: Path = (ROOT, KEYS)
    found: dict[str, Key] = {}
    for place, each in enumerate(entries(tree, path)):
        here: Path = (path, place)
        told = dict(members(each, here))
        name = TEXT.read(told.pop("id", None), (here, "id"), Places())
        if not name or name in found:
            raise Unfit((here, "id"), "stands there twice" if name else "must not be empty")
        key: Key = _KEY.read(told, here, Places())
        if not key.secret:
            raise Unfit((here, "secret"), "must not be empty")
        found[name] = key
    return found


def _marks(tree: object) -> _WrittenMarks:
    path: Path = (ROOT, MARKS)
    written: _WrittenMarks = _MARKS.read(tree, path, Places())
    before = 0
    for place, mark in enumerate(written.marks):
        here: Path = ((path, "marks"), place)
        if not before < mark.number <= written.set:
            raise Unfit((here, "number"), "does not rise, or is higher than how many were set")
        if not (0 <= mark.at <= LATEST and 0 <= mark.point < _MOST):
            raise Unfit(here, "has an instant or a point that cannot be")
        before = mark.number
    if not before <= written.set < _MOST or len(written.marks) > MAX_MARKS:
        raise Unfit((path, "set"), "is not how many were set")
    for place, past in enumerate(written.partitions):
        points = [past.since, *(point for point, _ in past.created)]
        counts = [past.seeded, *(count for _, count in past.created)]
        if sorted(set(points)) != points or sorted(counts) != counts or points[0] < 0 or counts[0] < 0:
            raise Unfit(((path, "partitions"), place), "has points or counts that do not rise")
        if points[-1] >= _MOST:
            raise Unfit(((path, "partitions"), place), "has a point that cannot be")
    return written


def _number(name: str, path: Path) -> int:
    digits = name.removeprefix("f-")
    if digits == name or not re.fullmatch(_NUMBER, digits):
        raise Unfit(path, f"is no id of a rule: {name[:_SHOWN]}")
    return int(digits)
