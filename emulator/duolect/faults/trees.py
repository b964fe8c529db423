"""Fault rules as JSON trees and back: members that say something, under the names that the API has."""

from typing import Any

import attrs

from duolect.access.conditions import InvalidCondition
from duolect.faults.rules import FaultRule


def rule_tree(rule: FaultRule) -> dict[str, Any]:
    """Return a rule as a tree."""
    return attrs.asdict(rule, filter=_says_something)


def _says_something(field: "attrs.Attribute[Any]", value: Any) -> bool:  # noqa: ANN401 - of any kind
    default: Any = field.default
    return bool(value != (default.factory() if isinstance(default, attrs.Factory) else default))  # type: ignore[arg-type]


def rule_of(tree: object) -> FaultRule:
    """Return the rule that a tree holds.

    Raises:
        InvalidCondition: it is none.
    """
    if not isinstance(tree, dict):
        raise InvalidCondition("is no table")
    known = attrs.fields_dict(FaultRule)
    for name in tree:
        if name not in known:
            raise InvalidCondition(f"a rule has no {str(name)[:100]}")
    if "cloud" not in tree:
        raise InvalidCondition("a rule needs cloud")
    return FaultRule(**tree)
