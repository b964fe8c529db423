"""What a verification found, in words."""

from typing import Any

Json = dict[str, Any]


def told(verdict: Json) -> str:
    """Return in words what is wrong with what was verified."""
    lines = []
    if not verdict["complete"]:
        lines.append("the journal no longer has every call since the mark")
    for failure in verdict["failures"]:
        lines.append(f"expected {failure['expected']}; found {failure['found']}")
        lines += [
            f"  nearly: call {miss['number']}, {miss['action']}: {'; '.join(miss['differences'])}"
            for miss in failure["near_misses"]
        ]
    lines += [f"leaked: {leak_told(leak)}" for leak in verdict["leaks"]]
    return "\n".join(lines)


def leak_told(leak: Json) -> str:
    """Return in words what has leaked."""
    name = f" ({leak['name']})" if leak["name"] else ""
    maker = f", made by {leak['created_by']}" if leak["created_by"] else ""
    place = f"{leak['cloud']} {leak['region']}, account {leak['account']}"
    return f"{leak['kind']} {leak['id']}{name} of {place}{maker}"
