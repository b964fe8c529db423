"""Answers leave when what they tell of is kept: in their order, and before a connection ends.

The server's store keeps nothing as long as a certain file is there, as a slow disk would.
"""

import json
import re
import select
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from tests.emulator.store import servers
from tests.emulator.store.servers import alibaba, serving

SLOW = """
import os, sys, time
from duolect.store.sqlite import SqliteStore

sign, commit = sys.argv.pop(), SqliteStore.commit

def slowly(self, changes):
    while os.path.exists(sign):
        time.sleep(0.005)
    commit(self, changes)

SqliteStore.commit = slowly
from duolect.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
CALL = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one&Action="


@pytest.fixture
def slow(tmp_path):
    """A server whose disk is slow while ``hold`` is entered."""
    sign = tmp_path / "slow"

    @contextmanager
    def hold():
        sign.touch()
        try:
            yield
        finally:
            sign.unlink(missing_ok=True)

    flags = ("--store-sync", "full", "--timing", "instant", str(sign))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(servers, "SMALL", SLOW)
        with serving(tmp_path / "state.db", *flags, small=True) as process:
            process.hold = hold
            yield process


def request(action, method="GET", more=""):
    return f"{method} {CALL}{action} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()


CREATE = request("CreateVpc&CidrBlock=10.0.0.0/8")
DESCRIBE = request("DescribeVpcs&PageSize=50")


def connected(process):
    return socket.create_connection(("127.0.0.1", process.port), timeout=20)


def is_silent(connection, seconds=0.15):
    return not select.select([connection], [], [], seconds)[0]


def answers(connection, count):
    """Return the bodies of so many answers."""
    data, found = b"", []
    while len(found) < count:
        head, blank, rest = data.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if blank and len(rest) >= (length := int(length[1])):
            found.append(json.loads(rest[:length]))
            data = rest[length:]
            continue
        more = connection.recv(65_536)
        assert more, "the connection was closed before all was answered"
        data += more
    return found


def test_an_answer_waits_until_its_command_is_kept_and_so_does_who_would_see_it(slow):
    with connected(slow) as one, connected(slow) as other, slow.hold():
        one.sendall(CREATE)
        assert is_silent(one)
        other.sendall(DESCRIBE)
        assert is_silent(other)
        with connected(slow) as health:
            health.sendall(b"GET /_duolect/health HTTP/1.1\r\nHost: x\r\n\r\n")
            assert answers(health, 1)[0]["status"] == "ok"
        control = connected(slow)
        control.sendall(b"GET /_duolect/partitions HTTP/1.1\r\nHost: x\r\n\r\n")
        assert is_silent(control)
        with slow.hold():
            pass
        (made,), (seen,) = answers(one, 1), answers(other, 1)
        assert [each["VpcId"] for each in seen["Vpcs"]["Vpc"]] == [made["VpcId"]]
        assert len(answers(control, 1)[0]["partitions"]) == 1
        control.close()


def test_answers_come_in_the_order_of_their_requests(slow):
    odd = request("CreateVpc&CidrBlock=10.0.0.0/8", "POST", "Transfer-Encoding: chunked\r\n") + b"0\r\n\r\n"
    with connected(slow) as connection:
        connection.sendall(DESCRIBE)
        answers(connection, 1)
        with slow.hold():
            connection.sendall(CREATE + DESCRIBE + odd + CREATE + DESCRIBE)
            assert is_silent(connection)
        found = answers(connection, 5)
    counts = [each.get("TotalCount") for each in found]
    assert counts == [None, 1, None, None, 3]


def test_the_last_answer_of_a_connection_is_sent_before_it_is_closed(slow):
    last = request("CreateVpc&CidrBlock=10.0.0.0/8", more="Connection: close\r\n")
    with connected(slow) as connection:
        with slow.hold():
            connection.sendall(last + CREATE)
            assert is_silent(connection)
        assert "VpcId" in answers(connection, 1)[0]
        assert connection.recv(1) == b""
    assert len(networks(slow)) == 1


def networks(process):
    with connected(process) as connection:
        connection.sendall(DESCRIBE)
        return answers(connection, 1)[0]["Vpcs"]["Vpc"]


def test_what_is_no_request_is_said_after_what_was_answered_before(slow):
    with connected(slow) as connection:
        with slow.hold():
            connection.sendall(CREATE + b"this is no request\r\n\r\n")
            assert is_silent(connection)
        data = b""
        while more := connection.recv(65_536):
            data += more
    assert data.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 400 " in data


def test_a_client_that_does_not_wait_costs_nothing_and_its_command_counts(slow):
    with slow.hold():
        connection = connected(slow)
        connection.sendall(CREATE)
        time.sleep(0.1)
        connection.close()
        time.sleep(0.1)
    assert len(networks(slow)) == 1


def test_a_stop_waits_for_the_disk_and_sends_what_was_answered(slow):
    with connected(slow) as connection:
        with slow.hold():
            connection.sendall(CREATE)
            assert is_silent(connection)
            slow.terminate()
            time.sleep(0.3)
            assert slow.poll() is None
        made = answers(connection, 1)[0]
    assert slow.wait(20) == 0
    assert made["VpcId"]


def test_many_clients_share_commits(slow):
    connections = [connected(slow) for _ in range(20)]
    with slow.hold():
        for connection in connections:
            connection.sendall(CREATE)
        assert all(is_silent(connection, 0.01) for connection in connections)
    found = [answers(connection, 1)[0]["VpcId"] for connection in connections]
    assert len(set(found)) == 20
    for connection in connections:
        connection.close()


def test_a_stream_tells_nothing_that_is_not_kept(slow):
    client = alibaba(slow.port, "one")
    told = []

    def follow():
        with connected(slow) as stream:
            stream.sendall(b"GET /_duolect/journal/stream HTTP/1.1\r\nHost: x\r\n\r\n")
            while b"CreateVpc" not in b"".join(told):
                told.append(stream.recv(65_536))

    follower = threading.Thread(target=follow, daemon=True)
    follower.start()
    until = time.monotonic() + 20
    while b"following" not in b"".join(told):  # the control API is loaded when it is first called
        assert time.monotonic() < until
        time.sleep(0.02)
    client.call("DescribeVpcs", "2016-04-28")
    with connected(slow) as connection:
        with slow.hold():
            connection.sendall(CREATE)
            time.sleep(0.3)
            assert b"CreateVpc" not in b"".join(told)
        answers(connection, 1)
    follower.join(20)
    assert not follower.is_alive()
