"""The form for faults, made from the registry of actions and from the rules themselves.

A rule of which nothing could come is refused when it is added. So the form asks beforehand, for the action
that was chosen: which codes it gives, and which effects can strike it.
"""

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import Any, Final, get_args

import attrs

from duolect.access.conditions import ANY, InvalidCondition
from duolect.calls.background import in_background
from duolect.calls.pipeline import Pipeline
from duolect.control.routes import ControlRequest
from duolect.faults.rules import EFFECTS, FaultRule, ResourceFilter, validate_rule
from duolect.members import Cloud, member
from duolect.problems import Problem
from duolect_dialects.dialect import Dialect

_SAMPLES: Final = {int: 1, bool: True, str: "x", float: 0.5}
_FROM_ELSEWHERE: Final = frozenset({"cloud", "action", "access_key", "resource"})
"""Members that the form asks for in its own way."""


@attrs.frozen(kw_only=True)
class FormQuery:
    """What was chosen so far."""

    cloud: Cloud = member("alibaba or tencent")
    action: str = member("an action of it, or *", default=ANY)


@attrs.frozen(kw_only=True)
class FormMember:
    """A member of a rule."""

    name: str = member("its name")
    meaning: str = member("what it means")
    type: str = member("text, number, switch or object")
    effect: bool = member("whether it is an effect; else it says when the rule strikes, or how")
    possible: bool = member("whether it can strike the action")


@attrs.frozen(kw_only=True)
class FaultForm:
    """What the form for faults shows."""

    actions: tuple[str, ...] = member("the cloud's actions")
    codes: dict[str, int] = member("the codes that the action is known to give, with their HTTP status")
    members: tuple[FormMember, ...] = member("what a rule may say")
    resource: dict[str, str] = member("by what a resource can be chosen, and what that means")


async def show_form(pipeline: Pipeline, request: ControlRequest) -> FaultForm:
    """Show what a fault rule may say of an action: its codes, and the effects that can strike it."""
    query: FormQuery = request.query
    (dialect,) = (each for each in pipeline.dialects if each.name == query.cloud)
    names = sorted({name for _, name in dialect.actions})
    if query.action not in {ANY, *names}:
        raise Problem(HTTPStatus.NOT_FOUND, f"There is no action {query.action[:100]!r}.")
    return await in_background(partial(_form, dialect, query.action, tuple(names)))


def _form(dialect: Dialect, action: str, names: tuple[str, ...]) -> FaultForm:
    return FaultForm(
        actions=names,
        codes=_codes(dialect, action),
        members=tuple(_members(dialect, action)),
        resource={each.name: each.metadata["meaning"] for each in attrs.fields(ResourceFilter)},
    )


def _codes(dialect: Dialect, name: str) -> dict[str, int]:
    if name == ANY:
        return dict(sorted(dialect.common.items()))
    found: dict[str, int] = {}
    for key in dialect.actions:
        if key[1] == name:
            action = dialect.actions[key]
            for codes in (dialect.documents, dialect.gives_beyond, dialect.has_seen):
                found |= codes(action)
    return dict(sorted(found.items()))


def _members(dialect: Dialect, action: str) -> Iterator[FormMember]:
    for field in attrs.fields(FaultRule):
        if field.name not in _FROM_ELSEWHERE:
            kind = _kind(field.type)
            yield FormMember(
                name=field.name,
                meaning=field.metadata["meaning"],
                type={int: "number", float: "number", bool: "switch", str: "text"}.get(kind, "object"),
                effect=field.name in EFFECTS,
                possible=_is_possible(dialect, action, field.name, kind),
            )


def _kind(annotation: Any) -> Any:  # noqa: ANN401 - an annotation
    """Return what a member is where it is given: ``int`` of ``int | None``."""
    return next((each for each in get_args(annotation) if each is not type(None)), annotation)


def _is_possible(dialect: Dialect, action: str, name: str, kind: Any) -> bool:  # noqa: ANN401
    if name not in EFFECTS or kind not in _SAMPLES or name == "code":
        return True
    sample = 2 if name == "slow" else _SAMPLES[kind]
    effect: dict[str, Any] = {name: sample}
    try:
        validate_rule(FaultRule(cloud=dialect.name, action=action, **effect), [dialect])
    except InvalidCondition:
        return False
    return True
