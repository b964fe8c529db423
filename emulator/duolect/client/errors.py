"""What goes wrong when an emulator is controlled or verified, and how a verdict reads in words."""

from typing import Any

Json = dict[str, Any]


class ControlError(Exception):
    """The emulator refused a request, and nothing has changed; ``str`` says why."""

    def __init__(self, status: int, detail: str) -> None:
        """Take the HTTP status and what is wrong."""
        super().__init__(detail)
        self.status = status


class Unreachable(ControlError):
    """There is no emulator at the endpoint."""

    def __init__(self, endpoint: str, reason: object) -> None:
        """Take where it was looked for, and what came of it."""
        super().__init__(0, f"no emulator answers on {endpoint}: {reason}")


class WrongEndpoint(ValueError):
    """An endpoint is neither ``host:port``, an ``http://`` URL nor ``unix:PATH``; ``str`` says so."""


class VerificationFailed(AssertionError):
    """What was verified is not true; ``str`` tells each failure, and ``verdict`` holds the whole reply."""

    def __init__(self, verdict: Json) -> None:
        """Take the verdict."""
        super().__init__(told(verdict))
        self.verdict = verdict


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
    state = f", {leak['state']}," if leak["state"] else ""
    maker = f", made by {leak['created_by']}" if leak["created_by"] else ""
    place = f"{leak['cloud']} {leak['region']}, account {leak['account']}"
    return f"{leak['kind']} {leak['id']}{name}{state} of {place}{maker}"
