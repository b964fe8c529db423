"""Names in requests to the control API that no cloud has: they are refused, for nothing would ever match.

An expectation that a misspelt action is never called is always met, and a misspelt region never has leaks.
So an action, a parameter, a code and a region must be one that a cloud has, or one that a call in the
journal has: what a program got wrong itself can be asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final, get_args, get_origin

import attrs

from duolect.access.conditions import ANY, known_codes
from duolect.calls.background import in_background
from duolect.calls.pipeline import Pipeline
from duolect.control.accounts import ConditionShown
from duolect.control.journal import JournalQuery
from duolect.control.routes import ControlRequest
from duolect.control.verify import Verification
from duolect.faults.rules import FaultRule
from duolect.problems import Problem, nearest
from duolect.record.journal import Record, Records
from duolect.record.verification import Pattern, with_lists
from duolect.state.forked import LITTLE
from duolect_dialects.action import Action
from duolect_dialects.call import Refusal
from duolect_dialects.dialect import Dialect, Settings

_SHOWN: Final = 100


async def check(pipeline: Pipeline, asked: ControlRequest) -> None:
    """Check the names in a request to the control API.

    Raises:
        Problem: one of them is nothing's name (400 in the query, 422 in the body).
    """
    if not _says_names(asked):
        return
    records = pipeline.journal.as_of_now()
    work = partial(_check, pipeline, asked, records)
    if _is_about_all_actions(asked) or len(records) > LITTLE:
        await in_background(work)
    else:
        work()


def _says_names(asked: ControlRequest) -> bool:
    """Say whether a request can name anything that has to be looked up."""
    return (
        isinstance(asked.query, JournalQuery)
        or getattr(asked.query, "region", None) is not None
        or isinstance(asked.body, Verification)
        or _is_about_all_actions(asked)
    )


def _check(pipeline: Pipeline, asked: ControlRequest, records: Records) -> None:
    """Check the names in a request, which may be those of what was called."""
    if _is_about_all_actions(asked):
        _load_all_actions(pipeline)
    names = _Names(pipeline, records)
    query = asked.query
    if isinstance(query, JournalQuery):
        _refuse(HTTPStatus.BAD_REQUEST, names.unknown("", query.pattern()))
    elif getattr(query, "region", None) is not None:
        _refuse(HTTPStatus.BAD_REQUEST, names.unknown_region("", query.cloud, query.region))
    if isinstance(asked.body, Verification):
        for place, pattern in _patterns(asked.body):
            _refuse(HTTPStatus.UNPROCESSABLE_ENTITY, names.unknown(place, pattern))


def _is_about_all_actions(asked: ControlRequest) -> bool:
    """Say whether a request can only be checked, or carried out, by looking at every action of a cloud."""
    if isinstance(asked.body, FaultRule | ConditionShown):
        return asked.body.action == ANY
    patterns: list[Pattern] = []
    if isinstance(asked.body, Verification):
        patterns += [pattern for _, pattern in _patterns(asked.body)]
    if isinstance(asked.query, JournalQuery):
        patterns.append(asked.query.pattern())
    return any(each.code or (each.parameters and each.action is None) for each in patterns)


def _load_all_actions(pipeline: Pipeline) -> None:
    """Load all actions with their documented codes, which takes a third of a second at first."""
    for dialect in pipeline.dialects:
        for action in dialect.actions.values():
            dialect.documents(action)


def _refuse(status: HTTPStatus, reasons: Iterable[str]) -> None:
    for reason in reasons:
        raise Problem(status, f"{reason}.")


def _patterns(wanted: Verification) -> Iterator[tuple[str, Pattern]]:
    for number, expectation in enumerate(wanted.expect):
        yield f"expect[{number}].calls.", expectation.calls
    for number, pattern in enumerate(wanted.order):
        yield f"order[{number}].", pattern


class _Names:
    """What the clouds and the calls in the journal have names for."""

    def __init__(self, pipeline: Pipeline, records: Records) -> None:
        self._pipeline = pipeline
        self._records = records

    def unknown(self, place: str, pattern: Pattern) -> Iterator[str]:
        """Yield what a pattern names that nothing has."""
        dialects = [each for each in self._pipeline.dialects if pattern.cloud in {None, each.name}]
        yield from self.unknown_region(place, pattern.cloud, pattern.region)
        named = [
            (dialect, key)
            for dialect in dialects
            for key in dialect.actions
            if pattern.action in {None, key[1]}
        ]
        called = pattern.action is not None and self._is_called(lambda each: each.action == pattern.action)
        if not (named or called):
            known = {name for dialect in dialects for _, name in dialect.actions}
            yield self._said(f"{place}action", "action", pattern.action, known, pattern.cloud)
        yield from self._unknown_code(place, dialects, pattern)
        if pattern.parameters and (named or called):
            actions = [dialect.actions[key] for dialect, key in named]
            yield from self._unknown_parameters(place, actions, pattern)

    def unknown_region(self, place: str, cloud: str | None, region: str | None) -> Iterator[str]:
        """Yield that no cloud has a region, if that is so."""
        if region is None:
            return
        dialects = [each for each in self._pipeline.dialects if cloud in {None, each.name}]
        if any(_has_region(each, region) for each in dialects):
            return
        if not self._is_called(lambda each: each.region == region):
            nobody = f"{cloud} has no" if cloud else "no cloud has a"
            yield f"{place}region: {nobody} region {region[:_SHOWN]}"

    def _unknown_code(self, place: str, dialects: Sequence[Dialect], pattern: Pattern) -> Iterator[str]:
        code = pattern.code
        if not code:
            return
        known = {
            each
            for dialect in dialects
            for action in dialect.actions.values()
            for codes in known_codes(dialect, action)
            for each in codes
        }
        made = {each.rule.code for each in self._pipeline.faults.all}
        made |= {each.code for each in self._pipeline.access.conditions}
        if code not in known | made and not self._is_called(lambda each: each.code == code):
            yield self._said(f"{place}code", "code", code, known, pattern.cloud)

    def _unknown_parameters(self, place: str, actions: Sequence[Action], pattern: Pattern) -> Iterator[str]:
        wanted = with_lists(pattern.parameters)
        unknown = [list(_unknown_names("", wanted, action.request)) for action in actions]
        if [] in unknown or not wanted:
            return
        given = self._is_called(
            lambda each: (
                pattern.action in {None, each.action} and _has_names(with_lists(each.parameters), wanted)
            )
        )
        if given:
            return
        if not unknown:
            yield f"{place}parameters: no cloud serves {pattern.action}, and no call of it had these"
            return
        path, name, known = min(unknown, key=lambda each: (len(each), -each[0][0].count(".")))[0]
        about = pattern.action or "any action"
        yield f"{place}parameters: {about} has no parameter {path}{name[:_SHOWN]}; {nearest(name, known)}"

    def _is_called(self, has_name: Callable[[Record], bool]) -> bool:
        return any(map(has_name, self._records))

    @staticmethod
    def _said(member: str, kind: str, name: str | None, known: Iterable[str], cloud: str | None) -> str:
        nobody = f"{cloud} has no" if cloud else "no cloud has an" if kind == "action" else "no cloud has a"
        return f"{member}: {nobody} {kind} {str(name)[:_SHOWN]}; {nearest(str(name), sorted(known))}"


def _has_region(dialect: Dialect, region: str) -> bool:
    try:
        dialect.rules(region, Settings())
    except Refusal:
        return False
    return True


def _unknown_names(path: str, wanted: Any, kind: Any) -> Iterator[tuple[str, str, Sequence[str]]]:  # noqa: ANN401
    """Yield each name of a tree of parameters that its type lacks: where, which, and what may be there."""
    if isinstance(wanted, Mapping):
        model = next((each for each in (kind, *get_args(kind)) if attrs.has(each)), None)
        if model is None:
            return
        fields = attrs.fields_dict(attrs.resolve_types(model))
        for name, value in wanted.items():
            if name not in fields:
                yield path, name, list(fields)
            else:
                yield from _unknown_names(f"{path}{name}.", value, fields[name].type)
    elif isinstance(wanted, list) and get_origin(kind) is tuple:
        for value in wanted:
            yield from _unknown_names(path, value, get_args(kind)[0])


def _has_names(found: Any, wanted: Any) -> bool:  # noqa: ANN401 - trees of parameters
    """Say whether one tree of parameters has every name that another one has."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(
            name in found and _has_names(found[name], value) for name, value in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(found, list) and all(
            any(_has_names(each, value) for each in found) for value in wanted
        )
    return True
