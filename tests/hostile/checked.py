"""One emulator for all hostile requests of a test module, and what must hold for each of their answers."""

import json
from urllib.parse import quote_from_bytes
from xml.etree import ElementTree as ET

import pytest
from tests.core.engine.dump import dump
from tests.emulator.resources import Resources, create_resources
from tests.harness import emulator

from duolect_dialects.exchange import HttpAnswer, HttpRequest

WORLD = emulator()
ALIBABA, TENCENT = WORLD.alibaba(), WORLD.tencent()
PARTITIONS = {"alibaba": ALIBABA.partition, "tencent": TENCENT.partition}
RESOURCES: dict[str, Resources] = {
    "alibaba": create_resources(ALIBABA),
    "tencent": create_resources(TENCENT),
}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def state():
    """Return all that the emulator's partitions hold."""
    return {cloud: dump(partition) for cloud, partition in PARTITIONS.items()}


_before = state()


def is_read_only(action: str) -> bool:
    return action.startswith("Describe")


def check(request: HttpRequest) -> HttpAnswer | None:
    """Send a request and check what must hold for any answer."""
    answer = WORLD.pipeline.answer(request)
    if answer is None:
        return None
    assert answer.status < 500
    assert b"InternalError" not in answer.body
    assert b"Traceback" not in answer.body
    if answer.headers["content-type"].startswith("text/xml"):
        ET.fromstring(answer.body)  # noqa: S314 - our own answer
    else:
        json.loads(answer.body, parse_constant=pytest.fail)
    for name, value in answer.headers.items():
        assert "\n" not in name + value
    return answer


def is_refused(answer: HttpAnswer) -> bool:
    return answer.status >= 400 or b'"Error":{' in answer.body


def check_unchanged(request: HttpRequest) -> HttpAnswer | None:
    """Send a request that must be refused or only read, and check that nothing changed."""
    answer = check(request)
    assert state() == _before
    return answer


def check_change(answer: HttpAnswer | None, action: str) -> None:
    """Check that nothing changed where a call was refused or only read; else take the new state."""
    global _before  # noqa: PLW0603 - one emulator for all examples keeps them fast
    assert answer is not None
    after = state()
    if is_refused(answer) or is_read_only(action):
        assert after == _before
    else:
        _before = after


def encoded(pairs) -> bytes:
    return b"&".join(
        b"=".join(quote_from_bytes(part.encode("utf-8", "surrogatepass")).encode() for part in pair)
        for pair in pairs
    )
