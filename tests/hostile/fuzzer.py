"""Sending hostile requests to an emulator, and checking what must hold for the answer to any of them."""

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree as ET

import attrs
from tests.core.engine.dump import dump
from tests.documented_codes import check_latest
from tests.emulator.resources import create_resources
from tests.harness import Emulator, emulator
from tests.hostile.mutations import Mutator

from duolect_core.engine.partition import Partition
from duolect_dialects.exchange import HttpAnswer, HttpRequest

_RENEW_AFTER = 1_000
"""After so many requests a new emulator is made, so that its state stays small."""
_COMPARE_EVERY = 20
"""Every so many requests the whole state is compared, and not only its fingerprint."""


class Tracebacks(logging.Handler):
    """Counts what is logged with a traceback."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.count += 1
            self.last = logging.Formatter().formatException(record.exc_info)


@contextmanager
def counted_tracebacks() -> Iterator[Tracebacks]:
    """Count the tracebacks in the emulator's log, which goes nowhere else meanwhile."""
    log, handler = logging.getLogger("duolect"), Tracebacks()
    log.addHandler(handler)
    log.propagate, before = False, log.propagate
    try:
        yield handler
    finally:
        log.removeHandler(handler)
        log.propagate = before


def code_of(answer: HttpAnswer) -> str:
    """Return an answer's error code, or an empty text; the body must be whole JSON or XML."""
    if answer.headers["content-type"].startswith("text/xml"):
        root = ET.fromstring(answer.body)  # noqa: S314 - our own answer
        return root.findtext("Code", "") if root.tag == "Error" else ""
    tree = json.loads(answer.body, parse_constant=_no_constant)
    if "Response" in tree:
        return str(tree["Response"].get("Error", {}).get("Code", ""))
    return str(tree["Code"]) if answer.status >= 400 else ""


def _no_constant(name: str) -> float:
    raise ValueError(name)


def fingerprint(partition: Partition) -> tuple[Any, ...]:
    """Return what changes with almost every command, and costs little to look at."""
    sizes = (len(table) for table in partition.graph.tables())
    pending = (partition.timeline._next, len(partition.timeline._pending), len(partition.graph.operations))
    return (partition.created, partition.generator.state, *sizes, *pending)


def comparable_dump(partition: Partition) -> dict[str, Any]:
    """Return all but the idempotency store: a refusal is kept there to be repeated."""
    held = dump(partition)
    del held["idempotency"]
    return held


@attrs.define
class Report:
    """What was seen."""

    requests: int = 0
    unrecognised: int = 0
    granted: int = 0
    slowest: float = 0.0
    """Seconds that the slowest answer took."""
    errors_5xx: int = 0
    tracebacks: int = 0
    changed_by_refusal: int = 0
    compared_whole: int = 0
    codes: Counter[str] = attrs.field(factory=Counter)
    problems: list[str] = attrs.field(factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.errors_5xx or self.tracebacks or self.changed_by_refusal or self.problems)

    def add_problem(self, what: str, request: HttpRequest) -> None:
        if len(self.problems) < 10:
            self.problems.append(f"{what}: {str(request)[:2000]}")


class Fuzzer:
    """Hostile requests against one emulator after another, each answer checked."""

    def __init__(self, seed: int) -> None:
        self.report = Report()
        self._seed = seed
        self._begin()

    def _begin(self) -> None:
        """Make a new emulator with resources, which verifies every signature and serves all requests."""
        world: Emulator = emulator(signatures="warn", keys="AKTEST:secret,AKIDTEST:secret")
        clients = (world.alibaba(), world.tencent())
        for client in clients:
            create_resources(client)
        self._world = world
        self._partitions = [client.partition for client in clients]
        self._mutator = Mutator(clients, self._seed + self.report.requests)

    def run(self, requests: int) -> None:
        """Send a number of requests."""
        with counted_tracebacks() as tracebacks:
            for _ in range(requests):
                if self.report.requests % _RENEW_AFTER == _RENEW_AFTER - 1:
                    self._begin()
                request = self._mutator.request()
                self._send(request)
                if tracebacks.count > self.report.tracebacks:
                    self.report.tracebacks = tracebacks.count
                    self.report.add_problem(tracebacks.last, request)

    def _send(self, request: HttpRequest) -> None:
        report = self.report
        report.requests += 1
        compare_whole = report.requests % _COMPARE_EVERY == 0
        if self._mutator.rng.random() < 0.1:
            self._world.advance()
            for partition in self._partitions:
                partition.settle(self._world.clock.now())
        before = [fingerprint(each) for each in self._partitions]
        dumps = [comparable_dump(each) for each in self._partitions] if compare_whole else []
        begun = time.perf_counter()
        answer = self._world.pipeline.answer(request)
        report.slowest = max(report.slowest, time.perf_counter() - begun)
        try:
            check_latest(self._world.pipeline)
        except AssertionError as unlisted:
            report.add_problem(str(unlisted), request)
        if answer is None:
            report.unrecognised += 1
        elif self._is_granted(answer, request):
            report.granted += 1
            return
        report.compared_whole += compare_whole
        same = before == [fingerprint(each) for each in self._partitions]
        if not same or (compare_whole and dumps != [comparable_dump(each) for each in self._partitions]):
            report.changed_by_refusal += 1
            report.add_problem("refused, but changed something", request)

    def _is_granted(self, answer: HttpAnswer, request: HttpRequest) -> bool:
        """Count an answer's code and say whether it is a success."""
        try:
            code = code_of(answer)
        except (ValueError, KeyError, ET.ParseError) as failure:
            self.report.add_problem(f"no answer of a vendor ({failure!r}: {answer.body[:200]!r})", request)
            return False
        self.report.codes[code or "(granted)"] += 1
        if answer.status >= 500 or code == "InternalError":
            self.report.errors_5xx += 1
            self.report.add_problem(f"{answer.status} {code}", request)
        if any("\n" in name + value or "\r" in name + value for name, value in answer.headers.items()):
            self.report.add_problem("a line break in a header", request)
        return not code
