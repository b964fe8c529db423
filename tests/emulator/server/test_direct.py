"""Calls that the protocol answers itself get the bytes that the application gives: on real connections.

The path says nothing about the cloud, and only calls on ``/`` are answered directly: so the same call on
another path goes by the application.
"""

import asyncio
import re
import socket

import pytest
from tests.contract.server import running
from tests.sockets import HELLO, answers
from uvicorn import Config
from uvicorn.server import ServerState

from duolect.server.protocol import make_protocol
from duolect_dialects.exchange import HttpAnswer

ALIBABA = (
    b"?Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me"
)
REFUSED = b"?Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&AccessKeyId=me"
XML = b"?Action=DescribeRegions&Version=2014-05-26&AccessKeyId=me"
TENCENT = (
    b"X-TC-Action: DescribeVpcs\r\nX-TC-Version: 2017-03-12\r\nX-TC-Region: ap-guangzhou\r\n"
    b"Content-Type: application/json\r\n"
    b"Authorization: TC3-HMAC-SHA256 Credential=me/2026-01-01/vpc/tc3_request\r\n"
)
CLOSE = b"Connection: close\r\n"
_VARYING = re.compile(
    rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(?<=date: )[^\r]*|(?<=etag: )[^\r]*"
    rb"|(?<=x-acs-trace-id: )[^\r]*"
)
"""What differs from one answer to the next."""


def get(query: bytes, headers: bytes = b"", *, version: bytes = b"1.1", path: bytes = b"/") -> bytes:
    return b"GET %b%b HTTP/%b\r\nHost: x\r\n%b\r\n" % (path, query, version, headers)


def post(body: bytes, headers: bytes = b"", *, path: bytes = b"/") -> bytes:
    head = b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%b%b\r\n"
    return head % (path, len(body), TENCENT, headers) + body


@pytest.fixture(scope="module")
def port():
    with running("--max-body", "5000", "--log-level", "error") as server:
        yield server.port


def said(port: int, *parts: bytes) -> bytes:
    """Send parts and return all that comes until the connection is closed, but what varies."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(10)
        for part in parts[:-1]:
            connection.sendall(part)
        connection.sendall(parts[-1])
        told = b""
        while part := connection.recv(65_536):
            told += part
    return _VARYING.sub(b"...", told)


@pytest.mark.parametrize(
    "request_on",
    [
        lambda path: get(ALIBABA, CLOSE, path=path),
        lambda path: get(REFUSED, CLOSE, path=path),
        lambda path: get(XML, CLOSE, path=path),
        lambda path: get(ALIBABA, path=path, version=b"1.0"),
        lambda path: get(ALIBABA, path=path) + get(REFUSED, CLOSE, path=path),
        lambda path: post(b"{}", CLOSE, path=path),
        lambda path: post(b'{"Offset": []}', CLOSE + b"X-TC-TraceId: a b \xe9\r\n", path=path),
        lambda path: post(b"{", CLOSE, path=path),
        lambda path: post(b"", CLOSE, path=path),
        lambda path: post(b"x" * 6000, CLOSE, path=path),
        lambda path: get(b"", CLOSE, path=path),
        lambda path: get(b"?a=b", CLOSE, path=path),
        lambda path: get(ALIBABA + b"&x=" + b"a" * (65_535 - len(path + ALIBABA) - 3), CLOSE, path=path),
        lambda path: get(ALIBABA + b"&x=" + b"a" * (65_536 - len(path + ALIBABA) - 3), CLOSE, path=path),
    ],
)
def test_a_call_gets_the_bytes_that_the_application_gives(port, request_on):
    direct = said(port, request_on(b"/"))
    assert direct.count(b"HTTP/1.1 ") == request_on(b"/").count(b"HTTP/1.")
    assert direct == said(port, request_on(b"/another"))


def test_a_connection_is_kept_for_further_calls(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        stream = answers(connection)
        for request in (get(ALIBABA), post(b"{}"), HELLO, get(ALIBABA), HELLO):
            connection.sendall(request)
            assert next(stream).status == 200


def test_answers_come_in_the_order_of_the_requests_whoever_gives_them(port):
    at_once = get(ALIBABA) + HELLO + post(b"{}") + post(b"{}", path=b"/x") + get(ALIBABA, CLOSE)
    told = said(port, at_once)
    types = re.findall(rb"content-type: ([^\r]*)", told)
    cloud, health = (b"application/json;charset=utf-8", b"application/json")
    assert types == [cloud, health, health, health, cloud]
    bodies = [part.partition(b"\r\n\r\n")[2] for part in told.split(b"HTTP/1.1 200 OK")[1:]]
    assert [b"NetworkInterfaceSets" in body for body in bodies] == [True, False, False, False, True]
    assert [b"VpcSet" in body for body in bodies] == [False, False, True, True, False]


def test_who_sends_many_requests_at_once_leaves_others_their_turn():
    answered, served = [], []

    class Directly:
        are_kept = True

        def may_answer(self, *_):
            return True

        def answer(self, *_):
            answered.append(len(served))
            return HttpAnswer(200, {"content-type": "text/plain"}, b""), None

    async def app(scope, _, send):
        served.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    async def told():
        config = Config(app, lifespan="off", log_config=None)
        config.load()
        kind = make_protocol(None, (), 10, Directly())
        state = ServerState()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: kind(config=config, server_state=state, app_state={}), "127.0.0.1", 0
        )
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(get(b"") * 99 + get(b"", CLOSE))
            return await reader.read()

    assert asyncio.run(told()).count(b"HTTP/1.1 200 OK") == 100
    assert answered[0] == 0
    assert 0 < len(answered) < 50
    assert len(answered) + len(served) == 100


def test_what_comes_after_the_last_request_of_a_connection_is_not_answered(port):
    assert said(port, get(ALIBABA, CLOSE) + get(ALIBABA) + HELLO).count(b"HTTP/1.1 200 OK") == 1


@pytest.mark.parametrize("path", [b"/", b"/x"])
def test_a_body_may_come_in_parts(port, path):
    request = post(b'{"Offset": 0}', CLOSE, path=path)
    assert b"VpcSet" in said(port, request[:-5], request[-5:-1], request[-1:])


def test_a_body_may_be_announced_and_chunked(port):
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n" + TENCENT + CLOSE
    chunks = b"2\r\n{}\r\n0\r\n\r\n"
    assert b"VpcSet" in said(port, head + b"\r\n" + chunks)
    announced = said(port, post(b"{}", b"Expect: 100-continue\r\n" + CLOSE))
    assert announced.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


def test_a_fault_spoils_the_next_answer_and_none_after_it(port):
    def control(method: bytes, path: bytes, body: bytes = b"") -> bytes:
        head = b"%b /_duolect/%b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
        return said(
            port, head % (method, path, port) + CLOSE + b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        )

    rule = b'{"cloud": "tencent", "action": "DescribeVpcs", "truncate": true, "times": 1}'
    assert control(b"POST", b"faults", rule).startswith(b"HTTP/1.1 201")
    assert not said(port, post(b"{}", CLOSE)).endswith(b"}}")
    assert said(port, post(b"{}", CLOSE)).endswith(b"}}")
    control(b"DELETE", b"faults")
    assert said(port, post(b"{}", CLOSE)).endswith(b"}}")
