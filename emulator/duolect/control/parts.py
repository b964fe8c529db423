"""Subjects of the control API as the Python client has them: ``duolect.clock.advance("30s")``.

Every method is one request.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote

Json = dict[str, Any]


class Caller(Protocol):
    """What sends requests: the client."""

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | str | None = None,
    ) -> Json:
        """Send one request and return the reply."""

    def stream(self, path: str, query: Mapping[str, Any]) -> Iterator[str]:
        """Send a request and iterate over the lines of its answer."""


class _Part:
    """One subject of the control API."""

    def __init__(self, duolect: "Caller") -> None:
        self._duolect = duolect


class Clock(_Part):
    """The emulator's clock, which everything obeys."""

    def show(self) -> Json:
        """Return what time it is, and when the next transition falls due."""
        return self._duolect.call("GET", "clock")

    def set(self, mode: str, *, rate: float | None = None, now: str | None = None) -> Json:
        """Let it run ``real``, ``scaled`` at a rate, or ``manual``; ``now`` moves it forward first."""
        return self._duolect.call("PUT", "clock", body={"mode": mode, "rate": rate, "now": now})

    def advance(self, by: str | int) -> Json:
        """Move it forward by a duration: ``"30s"``, or a number of milliseconds."""
        return self._duolect.call("POST", "clock/advance", body={"by": by})

    def next(self) -> Json:
        """Move it to the next transition."""
        return self._duolect.call("POST", "clock/next")

    def until_idle(self) -> Json:
        """Move it until nothing is under way any more, but for what hangs."""
        return self._duolect.call("POST", "clock/idle")


class Faults(_Part):
    """The fault rules."""

    def add(self, **rule: Any) -> str:  # noqa: ANN401 - the members of a rule
        """Add a rule and return its id: ``add(cloud="tencent", action="RunInstances", fail=True)``."""
        return str(self._duolect.call("POST", "faults", body=rule)["id"])

    def list(self) -> Sequence[Json]:
        """Return the rules with their hit counts."""
        rules: Sequence[Json] = self._duolect.call("GET", "faults")["faults"]
        return rules

    def get(self, rule_id: str) -> Json:
        """Return one rule with its hit counts."""
        return self._duolect.call("GET", f"faults/{quote(rule_id, safe='')}")

    def remove(self, rule_id: str) -> None:
        """Remove a rule."""
        self._duolect.call("DELETE", f"faults/{quote(rule_id, safe='')}")

    def clear(self) -> None:
        """Remove all rules."""
        self._duolect.call("DELETE", "faults")


class Journal(_Part):
    """The calls that were made."""

    def show(self, **query: Any) -> Json:  # noqa: ANN401 - texts and numbers
        """Return one page: ``show(action="DeleteVpc", outcome="refused", limit=10)``."""
        return self._duolect.call("GET", "journal", query)

    def records(self, **query: Any) -> Iterator[Json]:  # noqa: ANN401 - texts and numbers
        """Iterate over all records that are meant, oldest first."""
        for line in self._duolect.stream("journal/export", query):
            yield json.loads(line)

    def follow(self, **query: Any) -> Iterator[Json]:  # noqa: ANN401 - texts and numbers
        """Iterate over records as they are written; this never ends by itself."""
        for line in self._duolect.stream("journal/stream", query):
            if line.startswith("data: {"):
                yield json.loads(line.removeprefix("data: "))

    def clear(self, access_key: str | None = None) -> None:
        """Forget all records, or those of one account."""
        self._duolect.call("DELETE", "journal", {"access_key": access_key})


class Keys(_Part):
    """The access keys whose signatures can be verified."""

    def list(self) -> Sequence[Json]:
        """Return the known keys, without their secrets."""
        keys: Sequence[Json] = self._duolect.call("GET", "keys")["keys"]
        return keys

    def put(self, key_id: str, secret: str, **more: Any) -> None:  # noqa: ANN401 - token, expires, ...
        """Make a key known, or change it."""
        self._duolect.call("PUT", f"keys/{quote(key_id, safe='')}", body={"secret": secret, **more})

    def remove(self, key_id: str) -> None:
        """Forget a key."""
        self._duolect.call("DELETE", f"keys/{quote(key_id, safe='')}")


class Conditions(_Part):
    """The standing refusals: what an account may not do."""

    def add(self, **condition: str) -> Json:
        """Add one: ``add(cloud="alibaba", code="Forbidden.RAM", access_key="me", action="DeleteVpc")``.

        Without an action or an access key it is for all actions, for everybody.
        """
        __tracebackhide__ = True
        return self._duolect.call("POST", "conditions", body=condition)

    def list(self) -> Sequence[Json]:
        """Return the conditions in the order in which they are tried."""
        conditions: Sequence[Json] = self._duolect.call("GET", "conditions")["conditions"]
        return conditions

    def clear(self, access_key: str | None = None) -> None:
        """Take all away, or those that were added for one access key."""
        self._duolect.call("DELETE", "conditions", {"access_key": access_key})
