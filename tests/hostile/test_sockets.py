"""Hostile clients of the real server on loopback: broken HTTP, wrong lengths, floods, slow clients.

What is not HTTP is refused by the HTTP parser itself with 400 in plain text, since no vendor could be told
from it. Every socket has a timeout, so that a hang is a failure; ``running`` checks that the server stays
silent and ends well, and that no answer is a 5xx is checked here. Broken TLS is in
``tests/emulator/server/test_tls.py``.
"""

import json
import socket
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs
import pytest
from tests.contract.server import running
from tests.sockets import HELLO, answers

TENCENT = (
    b"Host: x\r\nX-TC-Action: DescribeNetworkInterfaces\r\nX-TC-Version: 2017-03-12\r\n"
    b"X-TC-Region: ap-guangzhou\r\n"
)
ALIBABA = (
    b"/?AccessKeyId=me&Format=JSON&Action=DescribeNetworkInterfaces&Version=2014-05-26&RegionId=cn-hangzhou"
)
MIB = 2**20


@attrs.frozen
class Target:
    port: int
    pid: int

    @property
    def memory(self) -> int:
        """Resident memory in bytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise AssertionError("no VmRSS")

    @contextmanager
    def connected(self, timeout=5):
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            yield connection

    def is_well(self):
        with self.connected() as connection:
            connection.sendall(HELLO)
            return next(answers(connection)).status == 200


def parser_refused(answer):
    return answer.status == 400 and answer.type == "text/plain; charset=utf-8"


@pytest.fixture(scope="module")
def target():
    with running("--log-level", "error") as server:
        listening = {
            line.split()[9]
            for table in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
            if line.split()[1].endswith(f":{server.port:04X}") and line.split()[3] == "0A"
        }
        yield Target(server.port, owner(listening))


def owner(inodes):
    """Return the process that has one of these sockets."""
    for each in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            link = str(each.readlink())
            if link.startswith("socket:[") and link[8:-1] in inodes:
                return int(each.parts[2])
    raise AssertionError("nobody listens")


# -- no HTTP at all, and almost HTTP -----------------------------------------------------------------------

CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
REFUSED_BY_THE_PARSER = {
    "zeros": b"\0" * 100,
    "an unknown version": b"GET / HTTP/9.9\r\n\r\n",
    "an unknown method": b"HACK / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a method in small letters": b"get / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a blank in the target": b"GET / / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a byte that is no URL": b"GET /\xff?Action=a HTTP/1.1\r\nHost: x\r\n\r\n",
    "a target over 64 KiB": b"GET /?a=" + b"a" * 66_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\nX-TC-Action: a\0b\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\n: x\r\n\r\n",
    "a blank in a header's name": b"GET / HTTP/1.1\r\nX TC: x\r\n\r\n",
    "a blank before the colon": b"POST / HTTP/1.1\r\nContent-Length : 3\r\n\r\nabc",
    "a folded header": b"GET / HTTP/1.1\r\nX-TC-Action: a\r\n b\r\n\r\n",
    "a line break within a header": b"GET / HTTP/1.1\r\nX-TC-Action: a\rb\r\n\r\n",
    "a length below 0": b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "a length beyond all numbers": b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    "a length that is none": b"POST / HTTP/1.1\r\nContent-Length: 0x10\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length and chunks": CHUNKED + b"Content-Length: 1\r\n\r\n0\r\n\r\n",
    "chunks that are none": CHUNKED + b"\r\nnonsense\r\n",
    "a chunk beyond all numbers": CHUNKED + b"\r\nffffffffffffffffff\r\n",
    "a chunk longer than it says": CHUNKED + b"\r\n1\r\nabcdef\r\n0\r\n\r\n",
    "chunks under another coding": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("data", REFUSED_BY_THE_PARSER.values(), ids=REFUSED_BY_THE_PARSER)
def test_what_is_no_http_is_refused_by_the_parser_and_the_connection_closed(target, data):
    with target.connected() as connection:
        connection.sendall(data)
        (*earlier, last) = answers(connection)
        assert not earlier
        assert parser_refused(last)
    assert target.is_well()


def test_garbage_behind_a_request_does_not_change_its_answer(target):
    with target.connected() as connection:
        connection.sendall(b"GET " + ALIBABA + b" HTTP/1.1\r\nHost: x\r\n\r\n" + b"\0garbage\r\n\r\n" * 5)
        found = list(answers(connection))
    assert found
    assert all(parser_refused(answer) or answer.code == "" for answer in found)
    assert parser_refused(found[-1])


def test_many_requests_at_once_are_answered_in_order(target):
    with target.connected() as connection:
        connection.sendall((b"GET " + ALIBABA + b" HTTP/1.1\r\nHost: x\r\n\r\n" + HELLO) * 50)
        stream = answers(connection)
        kinds = [json.loads(next(stream).body).get("status", "cloud") for _ in range(100)]
    assert kinds == ["cloud", "ok"] * 50


# -- wrong lengths -----------------------------------------------------------------------------------------


def test_what_follows_a_body_that_was_longer_than_it_said_is_no_part_of_it(target):
    smuggled = b"POST / HTTP/1.1\r\n" + TENCENT + b"Content-Length: 2\r\n\r\n{}"
    with target.connected() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\n" + TENCENT + b"Content-Length: 1\r\n\r\n{" + smuggled)
        stream = answers(connection)
        assert [next(stream).code for _ in range(2)] == ["InvalidParameter", ""]


@pytest.mark.parametrize("ending", ["shut", "closed", "reset"])
def test_a_body_that_never_comes_runs_nothing(target, ending):
    for head in (b"Content-Length: 1000\r\n\r\n{}", b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"):
        with target.connected() as connection:
            connection.sendall(b"POST / HTTP/1.1\r\n" + TENCENT + head)
            if ending == "shut":
                connection.shutdown(socket.SHUT_WR)
                assert list(answers(connection)) == []
            elif ending == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert target.is_well()


def test_a_client_that_shuts_its_side_is_disconnected(target):
    """uvicorn closes a connection that its client has half closed: the answer may be lost."""
    with target.connected() as connection:
        connection.sendall(b"GET " + ALIBABA + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert len(list(answers(connection))) <= 1
    assert target.is_well()


def test_a_connection_that_asks_for_another_protocol_stays_with_http(target):
    for more in (
        b"Connection: Upgrade\r\nUpgrade: websocket",
        b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c",
    ):
        with target.connected() as connection:
            connection.sendall(b"GET " + ALIBABA + b" HTTP/1.1\r\nHost: x\r\n" + more + b"\r\n\r\n")
            assert next(answers(connection)).code == ""


# -- floods ------------------------------------------------------------------------------------------------


def flood(connection, pieces):
    """Send until all is sent or the server has had enough; return how many bytes went."""
    sent = 0
    with suppress(ConnectionError):
        for piece in pieces:
            connection.sendall(piece)
            sent += len(piece)
    return sent


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("head", "status", "code"),
    [
        (b"POST / HTTP/1.1\r\n" + TENCENT, 200, "RequestSizeLimitExceeded"),
        (b"POST " + ALIBABA + b" HTTP/1.1\r\nHost: x\r\n", 413, "InvalidParameter"),
    ],
)
def test_a_body_of_100_mb_is_refused_early_and_never_held(target, chunked, head, status, code):
    before = target.memory
    piece = b"x" * MIB
    with target.connected(timeout=20) as connection:
        if chunked:
            connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
            piece = b"100000\r\n" + piece + b"\r\n"
        else:
            connection.sendall(head + b"Content-Length: %d\r\n\r\n" % (100 * MIB))
        flood(connection, [piece] * 12)
        answer = next(answers(connection))
        assert (answer.status, answer.code) == (status, code)
        flood(connection, [piece] * 88)
    assert target.memory - before < 40 * MIB
    assert target.is_well()


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"GET / HTTP/1.1\r\n", b"x-filler: " + b"x" * 60_000 + b"\r\n"),
        (b"GET / HTTP/1.1\r\nx-endless: ", b"x" * 60_000),
        (
            CHUNKED + b"\r\n0\r\n",
            b"x-trailer: " + b"x" * 60_000 + b"\r\n",
        ),
        (CHUNKED + b"\r\n1;", b"x" * 60_000),
        (b"GET /?", b"x" * 60_000),
    ],
    ids=["headers", "one header", "trailers", "chunk extension", "target"],
)
def test_a_head_without_end_is_refused_and_never_held(target, head, piece):
    before = target.memory
    with target.connected(timeout=20) as connection:
        sent = flood(connection, [head, *[piece] * 1_000])
        with suppress(ConnectionError):
            (answer,) = answers(connection)
            assert parser_refused(answer)
    assert sent < 30 * MIB
    assert target.memory - before < 40 * MIB
    assert target.is_well()


@pytest.mark.parametrize("headers", [b"x: y\r\n" * 2_000, b"x-acs-filler: " + b"x" * 200_000 + b"\r\n"])
def test_large_headers_do_no_harm(target, headers):
    with target.connected() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\n" + TENCENT + headers + b"Content-Length: 2\r\n\r\n{}")
        assert next(answers(connection)).code == ""


# -- slow clients ------------------------------------------------------------------------------------------


def test_two_hundred_slow_clients_keep_nobody_waiting(target):
    open_connections = []
    try:
        for number in range(200):
            connection = socket.create_connection(("127.0.0.1", target.port), timeout=5)
            open_connections.append(connection)
            connection.sendall(
                (b"", b"P", b"POST / HT", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab")[
                    number % 4
                ]
            )
        begun = time.monotonic()
        for _ in range(20):
            assert target.is_well()
        assert time.monotonic() - begun < 5
    finally:
        for connection in open_connections:
            connection.close()
    assert target.is_well()


def test_a_client_that_never_reads_keeps_nobody_waiting(target):
    with target.connected() as connection:
        connection.settimeout(1)
        with suppress(TimeoutError):
            for _ in range(200):
                connection.sendall((b"GET " + ALIBABA + b" HTTP/1.1\r\nHost: x\r\n\r\n") * 100)
        assert target.is_well()
        assert target.memory < 400 * MIB


def test_a_request_that_arrives_byte_by_byte_is_answered(target):
    with target.connected() as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"POST / HTTP/1.1\r\n" + TENCENT + b"Content-Length: 2\r\n\r\n{}":
            connection.sendall(bytes([byte]))
        assert next(answers(connection)).code == ""
