"""Faults on real connections to a real server."""

import http.client
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.contract.server import running


@pytest.fixture(scope="module")
def server():
    with running() as started:
        yield started


class Client:
    """Calls one cloud, and adds faults for it."""

    def __init__(self, server, cloud):
        self.server = server
        self.cloud = cloud

    def send(self, method, url, body=None, headers=None):
        connection = http.client.HTTPConnection(self.server.address, timeout=10)
        try:
            connection.request(method, url, body, headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def describe(self, key="me"):
        return self.send(*self.asking(key))

    def asking(self, key="me"):
        """Return the method, target, body and headers of a call."""
        if self.cloud == "alibaba":
            named = "Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&RegionId=cn-hangzhou"
            return "GET", f"/?{named}&AccessKeyId={key}", "", {}
        headers = {
            "x-tc-action": "DescribeNetworkInterfaces",
            "x-tc-version": "2017-03-12",
            "x-tc-region": "ap-guangzhou",
            "content-type": "application/json",
            "authorization": f"TC3-HMAC-SHA256 Credential={key}/2026-09-21/vpc/tc3_request, "
            "SignedHeaders=content-type;host, Signature=0",
        }
        return "POST", "/", "{}", headers

    def fault(self, **rule):
        status, _, body = self.send("POST", "/_duolect/faults", json.dumps({"cloud": self.cloud, **rule}))
        assert status == 201
        return json.loads(body)["id"]


@pytest.fixture(params=["alibaba", "tencent"])
def client(server, request):
    made = Client(server, request.param)
    yield made
    made.send("DELETE", "/_duolect/faults")


def test_a_connection_is_closed_without_an_answer(client):
    client.fault(disconnect=True, times=1)
    with pytest.raises(http.client.RemoteDisconnected):
        client.describe()
    assert client.describe()[0] == 200


def test_a_connection_is_closed_in_the_middle_of_an_answer(client):
    client.fault(truncate=True, times=1)
    with pytest.raises(http.client.IncompleteRead) as broken:
        client.describe()
    assert broken.value.partial
    assert broken.value.expected
    assert client.describe()[0] == 200


def test_a_status_comes_without_a_body(client):
    fault = client.fault(http_status=502)
    status, headers, body = client.describe()
    assert (status, headers["x-duolect-fault"], body) == (502, fault, b"")


def test_a_late_answer_delays_nobody_else(client):
    client.fault(latency_ms=1_500, access_key="slow")
    with ThreadPoolExecutor() as threads:
        began = time.monotonic()
        late = threads.submit(client.describe, "slow")
        while not late.done() and time.monotonic() - began < 1:
            sent = time.monotonic()
            assert client.describe("quick")[0] == 200
            assert time.monotonic() - sent < 0.5
        assert not late.done()
        assert late.result(10)[0] == 200
        assert time.monotonic() - began >= 1.5


def test_a_connection_is_reset(client):
    client.fault(reset=True, times=1)
    with pytest.raises(ConnectionResetError):
        client.describe()
    assert client.describe()[0] == 200


def test_a_body_is_shorter_than_was_said(client):
    client.fault(raw={"body": "0123456789"}, content_length=20, times=1)
    with pytest.raises(http.client.IncompleteRead) as broken:
        client.describe()
    assert (broken.value.partial, broken.value.expected) == (b"0123456789", 10)
    assert client.describe()[0] == 200


def test_a_body_is_longer_than_was_said(client):
    client.fault(raw={"body": "0123456789"}, content_length=4, times=1)
    method, target, body, headers = client.asking()
    lines = [
        f"{method} {target} HTTP/1.1",
        f"host: {client.server.address}",
        f"content-length: {len(body)}",
    ]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with socket.create_connection(client.server.address.split(":"), 10) as connection:
        connection.sendall("\r\n".join([*lines, "", body]).encode())
        got = b"".join(iter(lambda: connection.recv(4096), b""))
    head, _, body = got.partition(b"\r\n\r\n")
    assert b"content-length: 4" in head
    assert body == b"0123456789"


def test_a_body_comes_slowly_and_delays_nobody_else(client):
    client.fault(raw={"body": "0123456789"}, bytes_per_second=10, access_key="slow")
    with ThreadPoolExecutor() as threads:
        began = time.monotonic()
        slow = threads.submit(client.describe, "slow")
        assert client.describe("quick")[0] == 200
        assert slow.result(20)[2] == b"0123456789"
        assert time.monotonic() - began > 0.8


def test_a_client_that_does_not_wait_for_a_slow_body_is_forgotten(client):
    client.fault(bytes_per_second=1, times=1)
    connection = http.client.HTTPConnection(client.server.address, timeout=0.3)
    connection.request(*client.asking())
    with pytest.raises(TimeoutError):
        connection.getresponse().read()
    connection.close()
    assert client.describe()[0] == 200
