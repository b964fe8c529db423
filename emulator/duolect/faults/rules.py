"""Fault rules: which calls they match, when they trigger a fault, and what that does.

A rule is a frozen value that is validated when it is made (its own members) and when it is added
(``validate_rule``: that its cloud, action and code exist, and that a call could trigger it at all).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from duolect.access.conditions import ANY, InvalidCondition, find_actions, status_of, undocumented
from duolect.faults.raw import BODILESS, RawAnswer
from duolect.problems import nearest
from duolect_core.engine.command_fault import CommandFault
from duolect_core.model.resources import MILLISECOND
from duolect_dialects.action import Action
from duolect_dialects.dialect import Dialect

_LONGEST_MS: Final = 10**12
_MOST: Final = 10**9


class InvalidRule(InvalidCondition):
    """A rule cannot be used; ``str`` says why."""


def _member(meaning: str, validator: Any, *, default: Any = None, converter: Any = None) -> Any:  # noqa: ANN401
    return attrs.field(
        default=default, validator=validator, converter=converter, metadata={"meaning": meaning}
    )


def _must(accepts: Callable[[Any], bool], meaning: str) -> Any:  # noqa: ANN401 - an attrs validator
    def check(_: object, field: "attrs.Attribute[Any]", value: Any) -> None:  # noqa: ANN401
        if not (value is None and field.default is None) and not accepts(value):
            raise InvalidRule(f"{field.name} must be {meaning}")

    return check


def _whole(low: int, high: int = _MOST) -> Any:  # noqa: ANN401 - an attrs validator
    return _must(
        lambda value: type(value) is int and low <= value <= high, f"a whole number from {low} to {high}"
    )


_TEXT: Final = _must(lambda value: isinstance(value, str) and bool(value), "a text")
_MILLISECONDS: Final = _whole(0, _LONGEST_MS)
_PROBABILITY: Final = _must(
    lambda value: type(value) in {int, float} and 0 < value <= 1, "a number above 0, and up to 1"
)
_HEADER_TEXT: Final = _must(
    lambda value: isinstance(value, str) and value.isascii() and value.isprintable() and bool(value),
    "a text in ASCII",
)


def _flag(meaning: str) -> Any:  # noqa: ANN401 - an attrs field
    check = _must(lambda value: isinstance(value, bool), "true or false")
    return _member(meaning, check, default=False)


@attrs.frozen(kw_only=True)
class ResourceFilter:
    """Which resource a call must name, itself or by way of one that it names."""

    id: str | None = _member("the id of a resource that the call names", _TEXT)
    name: str | None = _member("the name of one, or the name that the call gives one", _TEXT)
    tag: str | None = _member("a tag of one, or that the call gives one: key=value, or key", _TEXT)
    instance: str | None = _member("the id of an instance, or of that which one is attached to", _TEXT)
    subnet: str | None = _member("the id of a subnet, or of that which one is in", _TEXT)
    zone: str | None = _member("a zone, or that which one is in", _TEXT)

    def __attrs_post_init__(self) -> None:
        """Raise ``InvalidRule`` for a filter without a member."""
        if not any(attrs.astuple(self)):
            raise InvalidRule(f"resource needs one of {', '.join(attrs.fields_dict(ResourceFilter))}")


def _filter(value: Any) -> Any:  # noqa: ANN401 - a filter, or the table that describes one
    if not isinstance(value, Mapping):
        return value
    known = attrs.fields_dict(ResourceFilter)
    for name in value:
        if name not in known:
            raise InvalidRule(f"resource has no {str(name)[:100]}; it may have {', '.join(known)}")
    return ResourceFilter(**value)


def _raw(value: Any) -> Any:  # noqa: ANN401 - an answer, or the table that describes one
    if not isinstance(value, Mapping):
        return value
    known = attrs.fields_dict(RawAnswer)
    for name in value:
        if name not in known:
            raise InvalidRule(f"raw has no {str(name)[:100]}; {nearest(str(name), list(known))}")
    return RawAnswer(**value)


_RAW: Final = _must(lambda value: isinstance(value, RawAnswer), "a table")
_FILTER: Final = _must(lambda value: isinstance(value, ResourceFilter), "a table")


@attrs.frozen(kw_only=True)
class FaultRule:
    """A fault: the calls that it concerns, how many of them it strikes, and what it does to them.

    It needs at least one effect. Those that take the answer's place (``code``, ``throttle``,
    ``http_status``, ``disconnect``) keep the call from being carried out unless ``after`` is true; then the
    call is carried out first, and its answer lost.
    """

    cloud: str = attrs.field(validator=_TEXT, metadata={"meaning": "alibaba or tencent"})
    action: str = _member("* or the name of an action", _TEXT, default=ANY)
    access_key: str = _member("*, an access key, an account, or sub-users", _TEXT, default=ANY)
    resource: ResourceFilter | None = _member(
        "the resource that a call must name", _FILTER, converter=_filter
    )
    probability: float = _member(
        "how likely it strikes a call, above 0 and up to 1", _PROBABILITY, default=1.0
    )
    skip: int = _member("how many calls it lets pass first", _whole(0), default=0)
    times: int | None = _member("how many calls it strikes at most", _whole(1))
    after: bool = _flag("whether the call is carried out before its answer is late or lost")
    code: str | None = _member("the answer is this code, one that the action is known to give", _TEXT)
    status: int | None = _member("the HTTP status of the code, which may then be any", _whole(200, 599))
    message: str | None = _member("the message that goes with the code", _TEXT)
    throttle: bool = _flag("the answer is that of a call that came too soon, with the code if one is given")
    http_status: int | None = _member("the answer is this status without a body", _whole(200, 599))
    raw: RawAnswer | None = _member(
        "the answer is this one, whatever the cloud would say: no check knows it", _RAW, converter=_raw
    )
    disconnect: bool = _flag("the connection is closed without an answer")
    reset: bool = _flag("the connection is reset (RST) without an answer")
    truncate: bool = _flag("the connection is closed in the middle of the answer")
    content_type: str | None = _member("the answer says that it is of this type", _HEADER_TEXT)
    content_length: int | None = _member("the answer says that its body has so many bytes", _whole(0))
    bytes_per_second: int | None = _member("the answer's body comes this slowly", _whole(1))
    latency_ms: int = _member("the answer is this late", _MILLISECONDS, default=0)
    jitter_ms: int = _member("and up to this much later", _MILLISECONDS, default=0)
    fail: bool = _flag("the operation that the call begins fails when it is due")
    hang: bool = _flag("the operation hangs until it is released")
    delay_ms: int | None = _member("the operation takes this long", _MILLISECONDS)
    slow: int = _member("the operation takes so many times as long", _whole(1, 10**6), default=1)
    exhausted: bool = _flag("the call finds no free address in its subnet")
    limit: int | None = _member("the call finds so many slots for interfaces on its instance", _whole(1))
    stale_ms: int | None = _member("the call, which reads, sees what was so long ago", _MILLISECONDS)

    def __attrs_post_init__(self) -> None:
        """Raise ``InvalidRule`` where the effects are none, or too many."""
        answers = self.answer_effects
        in_the_core = self.command_fault != CommandFault() or self.stale_ms is not None
        if len(answers) > 1 and answers != ["code", "throttle"]:
            raise InvalidRule(f"{answers[0]} and {answers[1]} cannot go together")
        if answers and in_the_core and self.replaces_action:
            raise InvalidRule(f"{answers[0]} keeps the call from being carried out unless after is true")
        for name in ("status", "message"):
            if getattr(self, name) is not None and self.code is None:
                raise InvalidRule(f"{name} goes with code")
        if self.status in BODILESS:
            raise InvalidRule(f"status {self.status} goes without a body, in which the code would stand")
        if self.shapes and set(answers) & {"disconnect", "reset", "truncate"}:
            raise InvalidRule(f"{answers[0]} and {self.shapes[0]} cannot go together")
        if not (answers or in_the_core or self.delays or self.shapes):
            raise InvalidRule("the rule has no effect; it may have " + ", ".join(EFFECTS))
        if self.after and not (answers or self.delays):
            raise InvalidRule(f"after goes with {', '.join(_ANSWER_EFFECTS)}, latency_ms or jitter_ms")

    @property
    def answer_effects(self) -> list[str]:
        """The effects that keep the answer from arriving as it is."""
        return [name for name in _ANSWER_EFFECTS if getattr(self, name)]

    @property
    def shapes(self) -> list[str]:
        """The effects on how the answer is sent, whichever it is."""
        return [name for name in _SHAPES if getattr(self, name) is not None]

    @property
    def replaces_action(self) -> bool:
        """Whether the action is not run: another answer takes the place of its own."""
        return not self.after and any(name != "truncate" for name in self.answer_effects)

    @property
    def delays(self) -> bool:
        """Whether the answer, or with ``after`` False the call, is delayed."""
        return bool(self.latency_ms or self.jitter_ms)

    @property
    def command_fault(self) -> CommandFault:
        """The fault that is injected into the command of a call."""
        return CommandFault(
            fails=self.fail,
            holds=self.hang,
            duration=None if self.delay_ms is None else self.delay_ms * MILLISECOND,
            pace=self.slow,
            exhausted=self.exhausted,
            interface_limit=self.limit,
        )

    def applies_to(self, dialect: Dialect, action: Action, caller_names: set[str]) -> bool:
        """Say whether the rule can affect a call of this action by a caller with these names."""
        return (
            self.cloud == dialect.name
            and self.action in {ANY, action.name}
            and (self.access_key == ANY or self.access_key in caller_names)
            and self._has_effect_on(dialect, action)
        )

    def _has_effect_on(self, dialect: Dialect, action: Action) -> bool:
        if self.code is not None:
            return self.status is not None or status_of(dialect, action, self.code) is not None
        if self.answer_effects or self.delays or self.shapes:
            return True
        if self.stale_ms is not None and action.reads:
            return True
        return self.command_fault != CommandFault() and not action.reads


_WHICH: Final = frozenset({"cloud", "action", "access_key", "resource", "probability", "skip", "times"})
EFFECTS: Final = tuple(
    name for name in attrs.fields_dict(FaultRule) if name not in {*_WHICH, "after", "status", "message"}
)
"""The members of a rule that are effects."""
_ANSWER_EFFECTS: Final = ("code", "throttle", "http_status", "raw", "disconnect", "reset", "truncate")
_SHAPES: Final = ("content_type", "content_length", "bytes_per_second")


def validate_rule(rule: FaultRule, dialects: Sequence[Dialect]) -> None:
    """Check that some call could trigger a rule.

    Raises:
        InvalidCondition: its cloud or action does not exist, the action does not document its code, or the
            action never does what the effect needs.
    """
    dialect, actions = find_actions(dialects, rule.cloud, rule.action)
    if rule.code is not None and not any(
        rule.applies_to(dialect, action, {rule.access_key}) for action in actions
    ):
        said = undocumented(dialect, actions, rule.action, rule.code)
        raise InvalidRule(f"{said}. Any code can be had with its status")
    named = "no action" if rule.action == ANY else f"{rule.action} never"
    for effect, (needs, has) in _NEEDS.items():
        given = getattr(rule, effect)
        if given in {None, False} or (effect == "slow" and given == 1):
            continue
        if not any(has(dialect, action) for action in actions):
            raise InvalidRule(f"{named} {needs}: {effect} has no effect on it")


def _reaches(name: str) -> Callable[[Dialect, Action], bool]:
    """Return a function that says whether a call of an action comes to something inside the cloud."""

    def reaches(dialect: Dialect, action: Action) -> bool:
        from duolect.faults.reach import reach_of  # noqa: PLC0415 - few rules ask

        return not action.reads and bool(getattr(reach_of(dialect, action), name))

    return reaches


_NEEDS: Final[Mapping[str, tuple[str, Callable[[Dialect, Action], bool]]]] = {
    "stale_ms": ("reads", lambda _, action: action.reads),
    "hang": ("begins an operation that takes time", _reaches("begins")),
    "delay_ms": ("begins an operation that takes time", _reaches("begins")),
    "slow": ("begins an operation that takes time", _reaches("begins")),
    "fail": ("begins an operation that can fail", _reaches("fails")),
    "exhausted": ("looks for free addresses in a subnet", _reaches("allocates")),
    "limit": ("attaches an interface", _reaches("attaches")),
}
"""What an action must do, so that an effect can strike its calls, in words and as a check."""
