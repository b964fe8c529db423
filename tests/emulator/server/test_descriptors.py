"""More clients than there are file descriptors: some are kept for files, and connections refused."""

import json
import resource
import select
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
from tests.contract.server import environment

from duolect.server import descriptors
from duolect.server.descriptors import most_connections

DESCRIPTORS = 130
PLACES = DESCRIPTORS - 64
XML = "/?Action=DescribeVpcs&Version=2016-04-28&RegionId=cn-hangzhou&AccessKeyId=one&Format=XML"


@pytest.fixture
def port():
    command = f"ulimit -n {DESCRIPTORS}; exec {sys.executable} -m duolect serve --port 0"
    process = subprocess.Popen(  # noqa: S603 - our own server
        ["/bin/sh", "-c", command],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield int(process.stdout.readline().rpartition(":")[2])
    process.terminate()
    _, said = process.communicate(timeout=20)
    assert "Traceback" not in said


def get(port, path):
    """Ask as soon as there is a place again: who was refused may not be gone yet."""
    deadline = time.monotonic() + 20
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 503 or b"too many" not in text or time.monotonic() > deadline:
            return answer.status, text
        time.sleep(0.1)


def test_what_is_loaded_late_is_loaded_beside_any_number_of_connections(port):
    with ExitStack() as stack:
        crowd = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 20)) for _ in range(400)]
        refused: set[socket.socket] = set()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            left = [each for each in crowd if each not in refused]
            refused.update(select.select(left, [], [], 0.5)[0])
            if len(refused) >= len(crowd) - PLACES:
                break
        for each in refused:
            assert b"503" in each.recv(1000)
            each.close()
        assert len(refused) == len(crowd) - PLACES
        open_ones = [each for each in crowd if each.fileno() >= 0]
        assert len(open_ones) >= 10
        for each in open_ones[:3]:
            each.close()
        status, text = get(port, "/_duolect/health")
        assert (status, json.loads(text)["status"]) == (200, "ok")
        status, text = get(port, XML)
        assert (status, b"<DescribeVpcsResponse>" in text) == (200, True)


def test_a_control_api_that_cannot_be_loaded_says_so_and_is_loaded_later(monkeypatch):
    from tests.emulator.asgi import application, send  # noqa: PLC0415 - the server above needs none

    from duolect.control import application as control  # noqa: PLC0415

    make, failures = control.control_app, iter([OSError(24, "Too many open files")])

    def failing(*given):
        for failure in failures:
            raise failure
        return make(*given)

    monkeypatch.setattr(control, "control_app", failing)
    app = application()
    answer = send(app, "GET", "/_duolect/health")
    assert (answer.status_code, answer.json()["detail"]) == (503, "The control API cannot be loaded now.")
    assert send(app, "GET", "/_duolect/health").status_code == 200


@pytest.mark.parametrize(
    ("limits", "allowed", "most"),
    [
        ((256, 256), True, 192),
        ((1024, 4096), True, 4096 - 64),
        ((1024, 1_000_000), True, 65_536 - 64 - 2048),
        ((1024, resource.RLIM_INFINITY), False, 1024 - 64),
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), True, 65_536 - 64 - 2048),
        ((20, 20), True, 1),
    ],
)
def test_as_many_descriptors_as_are_allowed_are_asked_for(monkeypatch, limits, allowed, most):
    def set_limit(_, __):
        if not allowed:
            raise ValueError("not allowed")

    monkeypatch.setattr(descriptors.resource, "getrlimit", lambda _: limits)
    monkeypatch.setattr(descriptors.resource, "setrlimit", set_limit)
    assert most_connections() == most
