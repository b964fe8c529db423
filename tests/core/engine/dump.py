"""A partition as plain data, nothing left out: what a refusal must not change and a replay must rebuild."""

from array import array
from collections.abc import Mapping
from enum import Enum
from ipaddress import IPv4Network, IPv6Network
from typing import Any

import attrs

from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import Timeline
from duolect_core.errors import CoreError
from duolect_core.graph.index import Ids, Index, Names

_FOREIGN = {
    *("rules", "seed", "_transitions", "_handlers", "recorders"),
    *("_operation_id", "_operation", "command_fault", "fault_applied", "tokens_forgotten"),
}
"""What is given from outside, and what only the command under way needs."""


def dump(partition: Partition) -> dict[str, Any]:
    """Return everything that a partition holds, orders included."""
    operations = partition.graph.operations
    first_names = {id(operation): name for name, operation in reversed(operations.items())}
    return {
        **{name: _plain(value) for name, value in vars(partition).items() if name not in _FOREIGN},
        "same operations": [first_names[id(operation)] for operation in operations.values()],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Index):
        value = value.everything()
    if value is None or isinstance(value, (bool, int, float, str, Enum, IPv4Network, IPv6Network)):
        return value
    if isinstance(value, Mapping):
        pairs = [(_plain(key), _plain(part)) for key, part in value.items()]
        return [pairs, value.in_order, value.newest] if isinstance(value, Ids) else pairs
    if isinstance(value, (list, tuple, array)):
        return [_plain(part) for part in value]
    if isinstance(value, set):
        return sorted(value)
    if isinstance(value, Timeline):
        # The heap may or may not have shed what was cancelled; what is planned is the state.
        return [value._next, [_plain(transition) for transition in value.pending()]]
    return [type(value).__name__, [(name, _plain(getattr(value, name))) for name in _fields(value)]]


def _fields(value: Any) -> list[str]:
    if isinstance(value, Names):
        return []  # what somebody has asked for is no state
    if attrs.has(type(value)):
        return [field.name for field in attrs.fields(type(value))]
    if isinstance(value, CoreError):
        return list(value.facts)
    return list(vars(value)) if hasattr(value, "__dict__") else list(type(value).__slots__)
