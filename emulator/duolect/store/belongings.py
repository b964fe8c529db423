"""What belongs to the emulator beside partitions and clocks, kept with them.

Fault rules with what they have counted, standing refusals, access keys, marks, and the worlds of every
account that were laid while it ran: each is a row of its own, which changes with it, together with the
command of the call that changed it. Of what the settings have too it is kept what they said: where that is
what they say now, it is as it was left, and what they say anew counts over it.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from duolect.access.authentication import Authenticator, Key
from duolect.access.checker import AccessChecker
from duolect.access.conditions import Condition, Conditions, InvalidCondition, validate_condition
from duolect.faults.engine import Fault, Faults
from duolect.record.marks import Mark, Marks
from duolect.state.emulator import EmulatorState
from duolect.state.worlds import ANY_ACCOUNT, World, WorldError
from duolect.store.interface import Damaged, StoreError
from duolect.store.points import needed, pasts_of
from duolect.store.texts import digest_of
from duolect_core.addressing.generator import Generator
from duolect_dialects.dialect import Dialect

if TYPE_CHECKING:
    from duolect.store.keeper import Keeper

_FAULTS: Final = "faults"
_FAULT: Final = "fault."
_STRUCK: Final = "struck."
_CONDITIONS: Final = "conditions"
_CONDITION: Final = "condition."
_KEY: Final = "key."
_MARK: Final = "mark."
_WORLD: Final = "world."
_log = logging.getLogger("duolect.store")

Rows = Mapping[str, str]


def restore_and_follow(keeper: "Keeper", access: AccessChecker, faults: Faults, marks: Marks) -> None:
    """Bring what belongs to the emulator, which is as the settings have it, to what was kept; keep it so.

    Raises:
        StoreError: what was kept cannot be read.
    """
    rows, state = keeper.rows, keeper.state
    _KeptWorlds(keeper, state).follow()
    try:
        _KeptMarks(keeper, marks).restore(rows)
        _KeptKeys(keeper, access.authenticator).restore(rows)
        _KeptConditions(keeper, access.conditions, state.dialects).restore(rows)
        _KeptFaults(keeper, faults).restore(rows)
    except (Damaged, ValueError, TypeError, KeyError) as reason:
        raise StoreError(f"{keeper.store} is damaged: {reason}") from None


def worlds_of(rows: Rows, state: EmulatorState) -> Mapping[int, World]:
    """Return the worlds of every account that were laid while an emulator ran, by their numbers.

    Raises:
        StoreError: one cannot be read, or cannot be any more.
    """
    from duolect.state.world_file import parse  # noqa: PLC0415 - most stores have none

    found: dict[int, World] = {}
    for number, tree in sorted(_numbered(rows, _WORLD)):
        try:
            worlds, _ = parse(tree, state.dialects)
            found[number] = worlds[0]
        except ValueError as reason:
            raise StoreError(f"a world of every account cannot be restored: {reason}") from None
    return found


class _KeptWorlds:
    """Keeps the worlds of every account that are laid."""

    def __init__(self, keeper: "Keeper", state: EmulatorState) -> None:
        self._keeper = keeper
        self._state = state

    def follow(self) -> None:
        """See that accounts can begin with those that are there, and keep what changes.

        Raises:
            StoreError: one of them cannot be any more.
        """
        partitions = self._state.partitions
        laid = partitions.worlds.put_up_ones
        for dialect in self._state.dialects:
            for world in laid:
                if world.cloud == dialect.name:
                    try:
                        partitions.try_worlds(dialect, ANY_ACCOUNT, world.region)
                    except WorldError as reason:
                        said = f"today's settings do not allow a world of every account: {reason}"
                        raise StoreError(said) from None
        partitions.worlds.watcher = self._changed

    def _changed(self, number: int, world: World | None) -> None:
        told = None if world is None else {world.cloud: [world.told]}
        self._keeper.set_row(f"{_WORLD}{number}", told)


def _numbered(rows: Rows, prefix: str) -> Iterator[tuple[int, Any]]:
    """Yield what rows hold that end in numbers, with these."""
    for name, value in rows.items():
        if name.startswith(prefix):
            yield int(name.removeprefix(prefix)), json.loads(value)


def digest(tree: object) -> str:
    """Return a name for what the settings say."""
    return digest_of(json.dumps(tree, sort_keys=True))


def anew(now: Sequence[str], then: Sequence[str]) -> Counter[str]:
    """Return the names of what is said now and was not said then, each as often as that is so."""
    return Counter(now) - Counter(then)


class _KeptMarks:
    """The marks: rows by their numbers, each with its instant and its point."""

    def __init__(self, keeper: "Keeper", marks: Marks) -> None:
        self._keeper = keeper
        self._marks = marks

    def restore(self, rows: Rows) -> None:
        """Know the marks that were known, with what partitions had created by then."""
        found = {number: (at, point) for number, (at, point) in _numbered(rows, _MARK)}
        points = sorted(point for _, point in found.values())
        partitions = self._keeper.state.partitions
        numbers = {each.number: key for key, each in self._keeper.kept.items()}
        pasts = pasts_of(rows, numbers)
        self._keeper.points.adopt(rows)
        for key, past in pasts.items():
            partitions.set_past(key, needed(past, points))
            partitions.point = max(partitions.point, past.since)
        if found:
            partitions.point = max(partitions.point, points[-1])
            self._marks.put(max(found), found)
        self._marks.watcher = self._changed

    def _changed(self, number: int, mark: Mark | None) -> None:
        self._keeper.set_row(f"{_MARK}{number}", None if mark is None else [mark.at, mark.point])


class _KeptKeys:
    """The access keys that were changed: rows by their ids, each with what the settings said of it."""

    def __init__(self, keeper: "Keeper", authenticator: Authenticator) -> None:
        self._keeper = keeper
        self._authenticator = authenticator
        self._configured = {name: digest(attrs.asdict(key)) for name, key in authenticator.keys.items()}
        self._places: dict[str, int] = {}
        """The places of those that the settings do not have in the order in which they became known."""
        self._latest = 0

    def restore(self, rows: Rows) -> None:
        """Know the keys that were known, but for those of which the settings say something else now."""
        trees = {
            name.removeprefix(_KEY): json.loads(text)
            for name, text in rows.items()
            if name.startswith(_KEY)
        }
        for key_id, tree in sorted(trees.items(), key=lambda each: each[1]["place"]):
            if tree["configured"] != self._configured.get(key_id, ""):
                self._keeper.set_row(f"{_KEY}{key_id}", None)
            elif tree["set"] is None:
                self._authenticator.drop_key(key_id)
            else:
                self._authenticator.put_key(key_id, Key(**tree["set"]))
                self._places[key_id] = self._latest = tree["place"]
        self._authenticator.watcher = self._changed

    def _changed(self, key_id: str, key: Key | None) -> None:
        configured, name = self._configured.get(key_id, ""), f"{_KEY}{key_id}"
        if key is None:
            self._places.pop(key_id, None)
            told: dict[str, Any] | None = {"set": None, "configured": configured, "place": 0}
            told = told if configured else None
        else:
            if key_id not in self._places:
                self._latest = self._places[key_id] = self._latest + 1
            told = {"set": attrs.asdict(key), "configured": configured, "place": self._places[key_id]}
        self._keeper.set_row(name, told)


class _KeptConditions:
    """The standing refusals: rows by their numbers."""

    def __init__(self, keeper: "Keeper", conditions: Conditions, dialects: Sequence[Dialect]) -> None:
        self._keeper = keeper
        self._conditions = conditions
        self._dialects = dialects
        self._of_settings: dict[int, str] = {
            number: digest(attrs.asdict(each)) for number, each in conditions.numbered().items()
        }

    def restore(self, rows: Rows) -> None:
        """Let those stand that stood, less what the settings lack now, and those that they have anew."""
        configured = {
            number: (name, self._conditions.numbered()[number])
            for number, name in self._of_settings.items()
        }
        said = json.loads(rows.get(_CONDITIONS, "[]"))
        names = list(self._of_settings.values())
        fresh, gone = anew(names, said), anew(said, names)
        self._conditions.drop()
        self._of_settings.clear()
        self._conditions.watcher = self._changed
        for number, tree in sorted(_numbered(rows, _CONDITION)):
            name = tree.pop("configured", "")
            condition = Condition(**tree)
            if name and gone[name]:
                gone[name] -= 1
            elif self._can_be(condition):
                if name:
                    self._of_settings[number] = name
                self._conditions.put(number, condition)
                continue
            self._keeper.set_row(f"{_CONDITION}{number}", None)
        for name, condition in configured.values():
            if fresh[name]:
                fresh[name] -= 1
                number = max((0, *self._conditions.numbered())) + 1
                self._of_settings[number] = name
                self._conditions.put(number, condition)
        if names != said:
            self._keeper.set_row(_CONDITIONS, names or None)

    def _can_be(self, condition: Condition) -> bool:
        try:
            validate_condition(condition, self._dialects)
        except InvalidCondition as reason:
            _log.warning("a condition that was kept is left out: %s", reason)
            return False
        return True

    def _changed(self, number: int, condition: Condition | None) -> None:
        tree = None
        if condition is not None:
            tree = attrs.asdict(condition)
            if number in self._of_settings:
                tree["configured"] = self._of_settings[number]
        self._keeper.set_row(f"{_CONDITION}{number}", tree)


class _KeptFaults:
    """The fault rules: rows by their numbers, and beside them what each has counted."""

    def __init__(self, keeper: "Keeper", faults: Faults) -> None:
        self._keeper = keeper
        self._faults = faults
        self._said: list[str] = []
        """What the settings say, rule by rule."""
        self._of_settings: dict[str, str] = {}
        """The rules that are there because the settings have them, by their ids."""

    def restore(self, rows: Rows) -> None:
        """Let those be that were, less what the settings have no more, and those that they have anew."""
        if not (self._faults or _FAULTS in rows):
            self._faults.watcher = self
            return
        from duolect.faults.trees import rule_of, rule_tree  # noqa: PLC0415 - most servers have no faults

        configured = [(digest(rule_tree(each.rule)), each.rule) for each in self._faults.all]
        names = self._said = [name for name, _ in configured]
        told = json.loads(rows.get(_FAULTS, "{}"))
        then = told.get("configured", [])
        fresh, gone = anew(names, then), anew(then, names)
        self._faults.clear()
        self._faults.watcher = self
        for number, tree in sorted(_numbered(rows, _FAULT)):
            name = tree.get("configured", "")
            matches, hits, chance = json.loads(rows[f"{_STRUCK}{number}"])
            if name and gone[name]:
                gone[name] -= 1
            elif rule := self._rule_of(number, tree["rule"], rule_of):
                if name:
                    self._of_settings[f"f-{number}"] = name
                self._faults.put(number, rule, Generator(chance), matches, hits)
                continue
            self._keeper.set_row(f"{_FAULT}{number}", None)
            self._keeper.set_row(f"{_STRUCK}{number}", None)
        self._faults.number_from(max(self._faults.added, told.get("added", 0)))
        for name, rule in configured:
            if fresh[name]:
                fresh[name] -= 1
                self._of_settings[f"f-{self._faults.added + 1}"] = name
                self._faults.add(rule)

    def _rule_of(self, number: int, tree: object, read: Any) -> Any:  # noqa: ANN401 - a rule
        try:
            rule = read(tree)
            self._faults.validate(rule)
        except InvalidCondition as reason:
            _log.warning("the fault f-%d that was kept is left out: %s", number, reason)
            return None
        return rule

    def placed(self, fault: Fault) -> None:
        """Keep a rule, and what it has counted."""
        from duolect.faults.trees import rule_tree  # noqa: PLC0415 - most servers have no faults

        tree: dict[str, Any] = {"rule": rule_tree(fault.rule)}
        if fault.id in self._of_settings:
            tree["configured"] = self._of_settings[fault.id]
        self._keeper.set_row(f"{_FAULT}{fault.place}", tree)
        fault.watcher = self._struck
        self._struck(fault)
        self.numbered()

    def removed(self, fault: Fault) -> None:
        """Keep a rule no more."""
        fault.watcher = None
        self._of_settings.pop(fault.id, None)
        self._keeper.set_row(f"{_FAULT}{fault.place}", None)
        self._keeper.set_row(f"{_STRUCK}{fault.place}", None)

    def numbered(self) -> None:
        """Keep the number of the latest, and what the settings say."""
        self._keeper.set_row(_FAULTS, {"added": self._faults.added, "configured": self._said})

    def _struck(self, fault: Fault) -> None:
        """Keep what calls have changed of a rule, together with what they have changed else."""
        self._keeper.set_row(f"{_STRUCK}{fault.place}", [fault.matches, fault.hits, fault.generator.state])
