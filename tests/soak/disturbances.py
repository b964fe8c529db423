"""Everything that the control API can do beside the clients' calls, in any order."""

import time
from collections.abc import Callable
from random import Random
from typing import Any

from tests.soak.http import Line, Lost, Reply, alibaba, tencent
from tests.soak.workers import Findings, Stop

ACCOUNTS = 8
_MOST_RULES = 12
_EFFECTS: tuple[dict[str, Any], ...] = (
    {"disconnect": True},
    {"disconnect": True, "after": True},
    {"truncate": True},
    {"http_status": 503},
    {"http_status": 502, "after": True},
    {"latency_ms": 200},
    {"latency_ms": 100, "jitter_ms": 200, "after": True},
    {"throttle": True},
    {"fail": True},
    {"delay_ms": 1000},
    {"slow": 3},
    {"delay_ms": 10**12, "slow": 1000, "access_key": "chaos-1"},
    {"hang": True, "access_key": "chaos-0"},
    {"stale_ms": 300, "access_key": "chaos-2"},
)
_SHOWN = ("health", "metrics", "clock", "state", "partitions", "faults", "durations")
_WORKERS = {
    "alibaba": ("worker-alibaba", "worker-alibaba-sdk"),
    "tencent": ("worker-tencent", "worker-tencent-sdk"),
}


class Disturber:
    """Asks the control API for whatever there is, for accounts of its own where it takes something away."""

    def __init__(self, port: int, seed: str, findings: Findings) -> None:
        self._line, self._findings = Line(port), findings
        self._chance = Random(seed)  # noqa: S311 - to be repeated
        self._mark = "start"
        self._steps: tuple[Callable[[], None], ...] = (
            *(self._call,) * 4,
            *(self._rule,) * 3,
            *(self._forget_rules, self._clock, self._clock, self._durations),
            *(self._mark_and_verify, self._journal, self._look, self._look),
            *(self._snapshot_and_restore, self._reset, self._release),
        )

    def step(self) -> None:
        step = self._chance.choice(self._steps)
        self._findings.counts[step.__name__.strip("_")] += 1
        try:
            step()
        except Lost as reason:
            self._findings.note(f"{step.__name__}: {reason}")

    def _ask(self, method: str, path: str, body: object = None, **query: object) -> Reply:
        reply = self._line.control(method, path, body, **query)
        if reply.status >= 500:
            self._findings.note(f"{method} {path}: {reply.status} {str(reply.tree)[:200]}")
        return reply

    def _account(self) -> str:
        return f"chaos-{self._chance.randrange(ACCOUNTS)}"

    def _call(self) -> None:
        key, action = self._account(), self._chance.choice(("CreateVpc", "DescribeVpcs"))
        size = {"CidrBlock": "10.0.0.0/16"} if action == "CreateVpc" else {}
        try:
            if self._chance.random() < 0.5:
                reply = self._line.send(*alibaba(action, key, **size))
            else:
                named = {"VpcName": "v", **size} if size else {}
                reply = self._line.send(*tencent(action, key, **named))
        except Lost:
            self._findings.counts["lost answers"] += 1
            return
        if reply.status >= 500 and not reply.fault:
            self._findings.note(f"{action}: {reply.status} {str(reply.tree)[:200]}")

    def _rule(self) -> None:
        cloud, effect = self._chance.choice(sorted(_WORKERS)), self._chance.choice(_EFFECTS)
        rule = {
            "cloud": cloud,
            "access_key": self._chance.choice(_WORKERS[cloud]),
            "probability": 0.3,
            "times": self._chance.randrange(1, 20),
            **effect,
        }
        if self._ask("POST", "faults", rule).status != 201:
            self._findings.note(f"the rule {rule} was not taken")
        rules = self._ask("GET", "faults").tree["faults"]
        for each in rules[:-_MOST_RULES]:
            self._ask("DELETE", f"faults/{each['id']}")

    def _forget_rules(self) -> None:
        self._ask("DELETE", "faults")

    def _release(self) -> None:
        for each in self._ask("GET", "operations", held="true").tree["operations"][:5]:
            fails = self._chance.choice(("true", "false"))
            self._ask("POST", f"operations/{each['id']}/release", fails=fails)

    def _clock(self) -> None:
        way = self._chance.choice(("advance", "next", "idle", "scaled", "manual"))
        if way == "advance":
            self._ask("POST", "clock/advance", {"by": f"{self._chance.randrange(3000)}ms"})
        elif way in {"next", "idle"}:
            rules = self._ask("GET", "faults").tree["faults"]
            for each in rules:
                if each["access_key"] == "chaos-1":
                    self._ask("DELETE", f"faults/{each['id']}")
            self._ask("POST", "reset", access_key="chaos-1")
            self._ask("POST", f"clock/{way}")
        elif way == "scaled":
            self._ask("PUT", "clock", {"mode": "scaled", "rate": self._chance.randrange(1, 60)})
        else:
            self._ask("PUT", "clock", {"mode": "manual"})
            self._ask("GET", "clock")
        self._ask("PUT", "clock", {"mode": "real"})

    def _durations(self) -> None:
        self._ask("PUT", "durations", {"preset": self._chance.choice(("instant", "fast"))})

    def _mark_and_verify(self) -> None:
        if self._chance.random() < 0.3:
            self._mark = self._ask("POST", "marks").tree["id"]
        account = self._account()
        self._ask("GET", "leaks", mark=self._mark, access_key=account)
        asked = {"mark": self._mark, "access_key": account, "no_leaks": True}
        self._ask("POST", "verify", {**asked, "expect": [{"calls": {"action": "CreateVpc"}, "times": 1}]})

    def _journal(self) -> None:
        if self._chance.random() < 0.3:
            self._ask("DELETE", "journal", access_key=self._account())
        shown = self._ask("GET", "journal", limit=5).tree
        found = self._ask("GET", "journal", after=max(0, shown["last"] - 50), limit=100).tree["records"]
        numbers = [each["number"] for each in found]
        if numbers != sorted(set(numbers)) or (numbers and numbers[0] <= shown["last"] - 50):
            self._findings.note(f"the journal after {shown['last'] - 50} has the numbers {numbers}")
        self._ask("GET", "journal/export", after=max(0, shown["last"] - 500))

    def _look(self) -> None:
        path = self._chance.choice(_SHOWN)
        scope = {"access_key": self._account()} if path in {"state", "partitions"} else {}
        self._ask("GET", path, **scope)

    def _snapshot_and_restore(self) -> None:
        snapshot = self._ask("GET", "snapshot", access_key=self._account()).tree
        reply = self._ask("POST", "restore", snapshot, into=self._account())
        if reply.status != 200:
            self._findings.note(f"a snapshot cannot be restored: {reply.status} {str(reply.tree)[:300]}")

    def _reset(self) -> None:
        self._ask("POST", "reset", access_key=self._account())


def disturb(port: int, _: str, seed: str, stop: Stop) -> Findings:
    """Disturb until told to stop; leave the clock running and no rules behind."""
    findings = Findings("disturber")
    disturber = Disturber(port, seed, findings)
    while not stop.is_set():
        disturber.step()
        time.sleep(0.02)
    Line(port).control("DELETE", "faults")
    return findings
