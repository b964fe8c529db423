"""Faults on real connections to a real server."""

import http.client
import json
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
        if self.cloud == "alibaba":
            named = "Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&RegionId=cn-hangzhou"
            return self.send("GET", f"/?{named}&AccessKeyId={key}")
        headers = {
            "x-tc-action": "DescribeNetworkInterfaces",
            "x-tc-version": "2017-03-12",
            "x-tc-region": "ap-guangzhou",
            "content-type": "application/json",
            "authorization": f"TC3-HMAC-SHA256 Credential={key}/2026-09-21/vpc/tc3_request, "
            "SignedHeaders=content-type;host, Signature=0",
        }
        return self.send("POST", "/", "{}", headers)

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
