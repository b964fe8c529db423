"""Faults on real connections to a real server."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.contract.server import running

HELLO = (
    "/?Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&RegionId=cn-hangzhou&AccessKeyId="
)


@pytest.fixture(scope="module")
def server():
    with running() as started:
        yield started


@pytest.fixture
def fault(server):
    def add(**rule):
        status, *_ = ask(server, "POST", "/_duolect/faults", json.dumps({"cloud": "alibaba", **rule}))
        assert status == 201

    yield add
    ask(server, "DELETE", "/_duolect/faults")


def ask(server, method, url, body=None):
    connection = http.client.HTTPConnection(server.address, timeout=10)
    try:
        connection.request(method, url, body)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_a_connection_is_closed_without_an_answer(server, fault):
    fault(disconnect=True, times=1)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(server, "GET", HELLO + "me")
    assert ask(server, "GET", HELLO + "me")[0] == 200


def test_a_connection_is_closed_in_the_middle_of_an_answer(server, fault):
    fault(truncate=True, times=1)
    with pytest.raises(http.client.IncompleteRead) as broken:
        ask(server, "GET", HELLO + "me")
    assert broken.value.partial
    assert broken.value.expected
    assert ask(server, "GET", HELLO + "me")[0] == 200


def test_a_status_comes_without_a_body(server, fault):
    fault(http_status=502)
    status, headers, body = ask(server, "GET", HELLO + "me")
    assert (status, headers["x-duolect-fault"], body) == (502, "f-1", b"")


def test_a_late_answer_delays_nobody_else(server, fault):
    fault(latency_ms=1_500, access_key="slow")
    with ThreadPoolExecutor() as threads:
        began = time.monotonic()
        late = threads.submit(ask, server, "GET", HELLO + "slow")
        while not late.done() and time.monotonic() - began < 1:
            asked = time.monotonic()
            assert ask(server, "GET", HELLO + "quick")[0] == 200
            assert time.monotonic() - asked < 0.5
        assert not late.done()
        assert late.result(10)[0] == 200
        assert time.monotonic() - began >= 1.5
