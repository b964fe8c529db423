"""Those who work on the server: each in a process of its own, with a generator of its own."""

import socket
import time
from collections import Counter
from contextlib import suppress
from random import Random
from typing import Protocol

import attrs
from tests.soak.clouds import CLOUDS, KINDS, Broken, Cloud, Refused
from tests.soak.http import Line, Lost, alibaba
from tests.soak.ledger import Ledger
from tests.soak.watch import waited_for_processor

_MOST = 25
"""How many resources of a kind a client has at most: all are on one page."""
_ATTEMPTS = 3
_PAUSE = 0.01


class Stop(Protocol):
    """The sign to stop."""

    def is_set(self) -> bool: ...


@attrs.define
class Findings:
    """What a worker has seen."""

    name: str
    counts: Counter[str] = attrs.field(factory=Counter)
    problems: list[str] = attrs.field(factory=list)
    made: set[str] = attrs.field(factory=set)
    """What it was told that it made, and has not deleted."""
    latencies: list[tuple[float, float]] = attrs.field(factory=list)
    """Of each call of the second client: when it was made, and how many seconds it took."""

    def note(self, problem: str) -> None:
        self.counts["problems"] += 1
        if len(self.problems) < 20:
            self.problems.append(f"{self.name}: {problem}")


class Client:
    """A client that makes and deletes, and knows what must be there."""

    def __init__(self, port: int, cloud: str, seed: str, findings: Findings) -> None:
        self._key = f"worker-{cloud}"
        self._cloud: Cloud = CLOUDS[cloud](port, self._key)
        self._line = Line(port)
        self._chance = Random(seed)  # noqa: S311 - to be repeated
        self._repeatable = {kind: "tencent" not in cloud or kind != "network" for kind in KINDS}
        self._tokens = 0
        self._ledgers = {kind: Ledger() for kind in KINDS}
        self._findings = findings

    def step(self) -> None:
        kind, dice = self._chance.choice(KINDS), self._chance.random()
        ledger = self._ledgers[kind]
        try:
            if dice < 0.02:
                self.check()
            elif dice < 0.022:
                self._line.control("POST", "reset", access_key=self._key)
                for each in self._ledgers.values():
                    each.forget()
            elif len(ledger.made) > self._chance.randrange(_MOST):
                self._delete(kind, self._chance.choice(sorted(ledger.made)))
            else:
                self._create(kind)
        except (Broken, Lost) as reason:
            self._findings.note(str(reason))

    def _create(self, kind: str) -> None:
        """Create something; a repeat with the same token gives what a lost answer has kept back."""
        self._tokens += 1
        ledger, perhaps = self._ledgers[kind], False
        for _ in range(_ATTEMPTS if self._repeatable[kind] else 1):
            try:
                ledger.created(self._cloud.create(kind, f"token-{self._tokens}"))
            except (Lost, Refused) as reason:
                self._count(reason)
                if isinstance(reason, Refused) and not reason.injected:
                    break
                perhaps = True
            else:
                self._findings.counts["created"] += 1
                return
        ledger.unknown += perhaps

    def _delete(self, kind: str, resource_id: str) -> None:
        ledger = self._ledgers[kind]
        try:
            self._cloud.delete(kind, resource_id)
        except (Lost, Refused) as reason:
            self._count(reason)
            if isinstance(reason, Lost) or reason.injected:
                ledger.perhaps_deleted(resource_id)
        else:
            ledger.deleted(resource_id)
            self._findings.counts["deleted"] += 1

    def check(self) -> None:
        for kind, ledger in self._ledgers.items():
            for _ in range(20):
                try:
                    shown = list(self._cloud.list(kind))
                except (Lost, Refused) as reason:
                    self._count(reason)
                    continue
                self._findings.counts["checks"] += 1
                problem = ledger.problem(shown)
                if problem is not None:
                    self._findings.note(f"{kind}: {problem}")
                    ledger.made = set(shown)
                break

    def made(self) -> set[str]:
        return set.union(*(each.made for each in self._ledgers.values()))

    def _count(self, reason: Exception) -> None:
        if isinstance(reason, Lost):
            self._findings.counts["lost answers"] += 1
        elif isinstance(reason, Refused):
            self._findings.counts["injected refusals" if reason.injected else "refusals"] += 1


def work(port: int, cloud: str, seed: str, stop: Stop) -> Findings:
    """Make and delete until told to stop, then look once more."""
    findings = Findings(cloud)
    client = Client(port, cloud, seed, findings)
    while not stop.is_set():
        client.step()
        time.sleep(_PAUSE)
    Line(port).control("DELETE", "faults")
    client.check()
    findings.made = client.made()
    return findings


# -- the second client ------------------------------------------------------------------------------


def observe(port: int, _: str, seed: str, stop: Stop, server: int) -> Findings:
    """Call again and again as one whom the others must not delay, and measure how long it takes.

    What the machine lets the server or this process wait for a processor does not count.
    """
    findings, line = Findings("observer"), Line(port)
    call = alibaba("DescribeVpcs", f"observer-{seed}")
    while not stop.is_set():
        before = waited_for_processor(server) + waited_for_processor("self")
        try:
            reply = line.send(*call)
        except Lost as reason:
            findings.note(str(reason))
            continue
        waited = waited_for_processor(server) + waited_for_processor("self") - before
        if reply.status != 200:
            findings.note(f"{reply.status}: {str(reply.tree)[:200]}")
        findings.counts["calls"] += 1
        findings.latencies.append((time.time(), max(0.0, reply.seconds - waited)))
        time.sleep(0.02)
    return findings


# -- those who make a noise -------------------------------------------------------------------------


def make_noise(port: int, _: str, seed: str, stop: Stop) -> Findings:
    """Open connections that follow and do not read, send halves of requests, nonsense, and go away."""
    findings = Findings("noise")
    chance = Random(seed)  # noqa: S311 - to be repeated
    held: list[socket.socket] = []
    while not stop.is_set():
        try:
            held.append(_disturb(port, chance, findings))
        except OSError:
            findings.counts["refused connections"] += 1
        while len(held) > chance.randrange(1, 20):
            held.pop(chance.randrange(len(held))).close()
        time.sleep(0.05)
    for each in held:
        each.close()
    return findings


def _disturb(port: int, chance: Random, findings: Findings) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), 10)
    connection.settimeout(10)
    head = b"Host: x\r\n"
    kind = chance.choice(("follow", "half", "body", "nonsense", "pipeline", "gone"))
    findings.counts[kind] += 1
    with suppress(OSError):
        if kind == "follow":
            connection.sendall(b"GET /_duolect/journal/stream?after=1 HTTP/1.1\r\n" + head + b"\r\n")
        elif kind == "half":
            connection.sendall(b"POST /?Action=Descr")
        elif kind == "body":
            connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 900000\r\n" + head + b"\r\n")
            connection.sendall(b"A" * chance.randrange(1, 800_000))
        elif kind == "nonsense":
            connection.sendall(chance.randbytes(chance.randrange(1, 2000)))
        else:
            target = alibaba("DescribeVpcs", f"noise-{chance.randrange(20)}")[1].encode()
            call = b"GET " + target + b" HTTP/1.1\r\n" + head + b"\r\n"
            connection.sendall(call * chance.randrange(1, 50))
            if kind == "pipeline":
                connection.recv(4096)
    return connection
