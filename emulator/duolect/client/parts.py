"""The subjects of the control API beside the clock: fault rules, the journal, access keys, conditions."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from duolect.client.connection import Connection
from duolect.client.errors import Json


class Part:
    """One subject of the control API."""

    def __init__(self, connection: Connection) -> None:
        """Take the way to the emulator."""
        self._connection = connection


class Faults(Part):
    """The fault rules."""

    def add(self, **rule: Any) -> str:  # noqa: ANN401 - the members of a rule
        """Add a rule and return its id: ``add(cloud="tencent", action="RunInstances", fail=True)``.

        A raw answer may name a ``file`` with its body, which is read here. What ends in ``_ms`` may be a
        ``timedelta``.

        Raises:
            ControlError: it could never strike, or is no rule; the message says why.
        """
        __tracebackhide__ = True
        return str(self._connection.call("POST", "faults", body=_wire_rule(rule))["id"])

    def presets(self) -> Sequence[Json]:
        """Return the presets that ``add_preset`` takes, each with what it is like."""
        found: Sequence[Json] = self._connection.call("GET", "fault-presets")["presets"]
        return found

    def add_preset(self, name: str, **wanted: Any) -> Sequence[str]:  # noqa: ANN401 - for which calls
        """Add the rules of a preset and return their ids: ``add_preset("flaky-gateway", cloud="tencent")``.

        Beside ``cloud`` it takes ``access_key``, ``resource``, ``skip`` and ``times``, for all its rules.

        Raises:
            ControlError: there is no such preset; the message says which there are.
        """
        __tracebackhide__ = True
        path = f"fault-presets/{quote(name, safe='')}"
        return [rule["id"] for rule in self._connection.call("POST", path, body=wanted)["faults"]]

    def list(self) -> Sequence[Json]:
        """Return the rules with their hit counts."""
        rules: Sequence[Json] = self._connection.call("GET", "faults")["faults"]
        return rules

    def get(self, rule_id: str) -> Json:
        """Return one rule with its hit counts."""
        return self._connection.call("GET", f"faults/{quote(rule_id, safe='')}")

    def remove(self, rule_id: str) -> None:
        """Remove a rule."""
        self._connection.call("DELETE", f"faults/{quote(rule_id, safe='')}")

    def clear(self) -> None:
        """Remove all rules."""
        self._connection.call("DELETE", "faults")


def _wire_rule(rule: Json) -> Json:
    """Return a rule as the control API takes it."""
    if "file" in (rule.get("raw") or {}):
        from duolect.faults.files import with_file  # noqa: PLC0415 - few rules have one

        rule = with_file(rule, Path())
    millisecond = timedelta(milliseconds=1)
    return {
        name: value // millisecond if isinstance(value, timedelta) else value
        for name, value in rule.items()
    }


class Journal(Part):
    """The calls that were made."""

    def show(self, **query: Any) -> Json:  # noqa: ANN401 - texts and numbers
        """Return one page: ``show(action="DeleteVpc", outcome="refused", limit=10)``."""
        return self._connection.call("GET", "journal", query)

    def records(self, **query: Any) -> Iterator[Json]:  # noqa: ANN401 - texts and numbers
        """Iterate over all records that are meant, oldest first."""
        for line in self._connection.stream("journal/export", query):
            yield json.loads(line)

    def follow(self, **query: Any) -> Iterator[Json]:  # noqa: ANN401 - texts and numbers
        """Iterate over records as they are written; this never ends by itself."""
        for line in self._connection.stream("journal/stream", query):
            if line.startswith("data: {"):
                yield json.loads(line.removeprefix("data: "))

    def clear(self, access_key: str | None = None) -> None:
        """Forget all records, or those of one account."""
        self._connection.call("DELETE", "journal", {"access_key": access_key})


class Keys(Part):
    """The access keys whose signatures can be verified."""

    def list(self) -> Sequence[Json]:
        """Return the known keys, without their secrets."""
        keys: Sequence[Json] = self._connection.call("GET", "keys")["keys"]
        return keys

    def put(self, key_id: str, secret: str, **more: Any) -> None:  # noqa: ANN401 - token, expires, ...
        """Make a key known, or change it."""
        self._connection.call("PUT", f"keys/{quote(key_id, safe='')}", body={"secret": secret, **more})

    def remove(self, key_id: str) -> None:
        """Forget a key."""
        self._connection.call("DELETE", f"keys/{quote(key_id, safe='')}")


class Conditions(Part):
    """The standing refusals: what an account may not do."""

    def add(self, **condition: str) -> Json:
        """Add one: ``add(cloud="alibaba", code="Forbidden.RAM", access_key="me", action="DeleteVpc")``.

        Without an action or an access key it is for all actions, for everybody. With a ``zone`` or an
        ``instance_type`` only new instances there and of that type are refused, and shown as sold out.
        """
        __tracebackhide__ = True
        return self._connection.call("POST", "conditions", body=condition)

    def list(self) -> Sequence[Json]:
        """Return the conditions in the order in which they are tried."""
        conditions: Sequence[Json] = self._connection.call("GET", "conditions")["conditions"]
        return conditions

    def clear(self, access_key: str | None = None) -> None:
        """Take all away, or those that were added for one access key."""
        self._connection.call("DELETE", "conditions", {"access_key": access_key})
