"""Standing refusals, and how they and fault rules name the calls that they are for.

A call is named by its cloud, its action, and who calls: an access key, an account, or any sub-user.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from duolect.access.call_index import ANY, CallIndex
from duolect.problems import nearest
from duolect_core.by_fields import Value
from duolect_dialects.action import Action
from duolect_dialects.dialect import Dialect

__all__ = [
    "ANY",
    "SUB_USERS",
    "Condition",
    "Conditions",
    "InvalidCondition",
    "find_actions",
    "known_codes",
    "status_of",
    "validate_condition",
]

SUB_USERS: Final = "sub-users"
"""Stands for every access key that is known as a sub-user's."""


class InvalidCondition(ValueError):
    """No call could ever match a condition, or a fault rule; ``str`` says why."""


@attrs.frozen(eq=False, repr=False)
class Condition(Value):
    """A standing refusal: an account that may not call an action, and the code of the refusal.

    ``action`` may be ``*``; ``access_key`` may be ``*``, an access key, an account, or ``sub-users``: all
    keys that are known as a sub-user's. It stands for what the emulator does not model of an account: its
    type, its permissions, the regions and features that are open to it. So it is no fault (``faults``): it
    belongs to the account, looks in every byte like the cloud's own refusal, is not counted, and stays when
    the faults of a test are removed.

    With a ``zone`` or an ``instance_type`` it is of capacity: it refuses calls only as far as they want new
    instances of that type in that zone, and what tells of stock shows them as sold out.
    """

    dialect: str
    access_key: str
    action: str
    code: str
    zone: str = ANY
    instance_type: str = ANY

    @property
    def is_of_capacity(self) -> bool:
        """Whether it refuses instances, and not calls."""
        return (self.zone, self.instance_type) != (ANY, ANY)


@attrs.frozen(eq=False, repr=False)
class _Standing(Value):
    """A condition in its place."""

    place: int
    condition: Condition

    @property
    def name(self) -> tuple[str, str, str]:
        """The cloud, the action and the caller that it is for."""
        return self.condition.dialect, self.condition.action, self.condition.access_key


class Conditions:
    """The conditions that stand, in the order in which they are tried."""

    def __init__(self, conditions: Iterable[Condition] = ()) -> None:
        """Start with some."""
        self._added = 0
        self._all: dict[int, _Standing] = {}
        self._by_call: CallIndex[_Standing] = CallIndex()
        self._of_capacity: dict[int, Condition] = {}
        self.watcher: Callable[[int, Condition | None], None] | None = None
        """Who wants to know of one that is added, by its number, or that it is there no more."""
        for each in conditions:
            self.append(each)

    def __iter__(self) -> Iterator[Condition]:
        """Iterate over all."""
        return (each.condition for each in self._all.values())

    def numbered(self) -> Mapping[int, Condition]:
        """Return all by their numbers, which rise in the order in which they are tried."""
        return {number: each.condition for number, each in self._all.items()}

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self._all)

    def append(self, condition: Condition) -> None:
        """Add one that is tried after all others."""
        self.put(self._added + 1, condition)

    def put(self, number: int, condition: Condition) -> None:
        """Add one that has a number already, which is higher than all others'."""
        self._added = max(self._added, number)
        standing = self._all[number] = _Standing(number, condition)
        if condition.is_of_capacity:
            self._of_capacity[number] = condition
        else:
            self._by_call.add(standing)
        if self.watcher is not None:
            self.watcher(number, condition)

    def drop(self, access_key: str | None = None) -> None:
        """Take all away, or those that name an access key."""
        for number, each in tuple(self._all.items()):
            if access_key in {None, each.condition.access_key}:
                self.remove(number)

    def remove(self, number: int) -> None:
        """Take one away."""
        standing = self._all.pop(number)
        if self._of_capacity.pop(number, None) is None:
            self._by_call.remove(standing)
        if self.watcher is not None:
            self.watcher(number, None)

    def of_call(self, cloud: str, action: str, callers: Iterable[str]) -> Iterator[Condition]:
        """Iterate over those for a call of an action by a caller with these names, whatever it wants."""
        return (each.condition for each in self._by_call.of_call(cloud, action, callers))

    def of_capacity(self, cloud: str, callers: Container[str]) -> Iterator[Condition]:
        """Iterate over those of capacity for a caller with these names, whatever their action."""
        for each in self._of_capacity.values():
            if each.dialect == cloud and (each.access_key == ANY or each.access_key in callers):
                yield each

    @property
    def any_of_capacity(self) -> bool:
        """Whether there is any of capacity."""
        return bool(self._of_capacity)


def status_of(dialect: Dialect, action: Action, code: str) -> int | None:
    """Return the HTTP status of a code that an action is known to be refused with, or None."""
    return next((codes[code] for codes in known_codes(dialect, action) if code in codes), None)


def known_codes(dialect: Dialect, action: Action) -> Sequence[Mapping[str, int]]:
    """Return the codes that an action is known to be refused with, by HTTP status, the surest first.

    They are those that the vendor documents for it and for all, those that it gives beyond these lists,
    and those that the real cloud was seen to answer it with or that programs retry on.
    """
    return (
        dialect.documents(action),
        dialect.common,
        dialect.gives_beyond(action),
        dialect.has_seen(action),
    )


def find_actions(dialects: Sequence[Dialect], cloud: str, name: str) -> tuple[Dialect, list[Action]]:
    """Return a cloud and its actions of a name, or all of them for ``*``.

    Raises:
        InvalidCondition: there is no such cloud or action.
    """
    dialect = next((each for each in dialects if each.name == cloud), None)
    if dialect is None:
        raise InvalidCondition(
            f"there is no cloud {cloud[:100]}; {nearest(cloud, [each.name for each in dialects])}"
        )
    actions = [dialect.actions[key] for key in dialect.actions if name in {ANY, key[1]}]
    if not actions:
        known = {each for _, each in dialect.actions}
        raise InvalidCondition(f"{dialect.name} has no action {name[:100]}; {nearest(name, known)}")
    return dialect, actions


def validate_condition(condition: Condition, dialects: Sequence[Dialect]) -> None:
    """Check that a condition could refuse something.

    Raises:
        InvalidCondition: its cloud, action, code or zone does not exist, or the action lacks the code.
    """
    dialect, actions = find_actions(dialects, condition.dialect, condition.action)
    if condition.zone != ANY and condition.zone not in dialect.zones:
        near = nearest(condition.zone, dialect.zones)
        raise InvalidCondition(f"{dialect.name} has no zone {condition.zone[:100]}; {near}")
    if not (condition.zone and condition.instance_type):
        raise InvalidCondition("an instance type is missing; * stands for all")
    if all(status_of(dialect, action, condition.code) is None for action in actions):
        raise InvalidCondition(undocumented(dialect, actions, condition.action, condition.code))


def undocumented(dialect: Dialect, actions: Sequence[Action], named: str, code: str) -> str:
    """Say that none of the actions of a name is known to give a code, and which codes are nearest to it."""
    known = {each for action in actions for codes in known_codes(dialect, action) for each in codes}
    about = "any action" if named == ANY else named
    return f"{dialect.name} does not document the code {code[:100]} for {about}; {nearest(code, known)}"
