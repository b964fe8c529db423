"""http and https on one port, on real connections to a real server."""

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import attrs
import pytest
from tests.contract.server import environment, running
from tests.sockets import HELLO, answers

ALIBABA = (
    b"GET /?AccessKeyId=me&Format=JSON&Action=DescribeNetworkInterfaces&Version=2014-05-26&RegionId="
    b"cn-hangzhou HTTP/1.1\r\nHost: x\r\n\r\n"
)
MIB = 2**20


@attrs.frozen
class Place:
    """A server, and how a client trusts it."""

    port: int
    trusting: ssl.SSLContext

    def plain(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    @contextmanager
    def connected(self, name="ecs.aliyuncs.com"):
        with self.plain() as plain, self.trusting.wrap_socket(plain, server_hostname=name) as connection:
            yield connection

    def is_well(self):
        with self.connected() as connection:
            connection.sendall(HELLO)
            return next(answers(connection)).status == 200


def trusting(folder):
    context = ssl.create_default_context(cafile=folder / "ca.pem")
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ca")
    with running("--ca-dir", str(folder), "--log-level", "error") as server:
        yield Place(server.port, trusting(folder))


@contextmanager
def logging_server(*flags, **variables):
    """Run a server and yield its port and, once it has ended, its log."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "duolect", "serve", "--port", "0", *flags],
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        log = []
        yield int(process.stdout.readline().rpartition(":")[2]), log
        process.terminate()
        log += process.communicate(timeout=5)[1].splitlines()
        assert process.returncode == 0


def test_one_port_speaks_http_and_https(place):
    with place.plain() as plain, place.connected() as secret, place.connected("127.0.0.1") as by_address:
        for connection in (plain, secret, by_address, secret, plain):
            connection.sendall(ALIBABA)
        assert next(answers(plain)).code == ""
        assert next(answers(secret)).code == ""
        assert next(answers(by_address)).code == ""
        assert secret.version() == "TLSv1.3"
        assert secret.selected_alpn_protocol() == "http/1.1"


def test_many_requests_at_once_are_answered_in_order(place):
    with place.connected() as connection:
        connection.sendall((ALIBABA + HELLO) * 50)
        stream = answers(connection)
        kinds = [json.loads(next(stream).body).get("status", "cloud") for _ in range(100)]
    assert kinds == ["cloud", "ok"] * 50


def test_the_first_request_may_come_with_the_end_of_the_handshake(place):
    """What a client sends along with its last words of the handshake is answered in TLS too."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = place.trusting.wrap_bio(back, there, server_hostname="ecs.aliyuncs.com")
    with place.plain() as connection:
        while True:
            with suppress(ssl.SSLWantReadError):
                client.do_handshake()
                break
            connection.sendall(there.read())
            back.write(connection.recv(MIB))
        client.write(HELLO)
        connection.sendall(there.read())
        said = b""
        while b'"ok"' not in said:
            back.write(connection.recv(MIB))
            with suppress(ssl.SSLWantReadError):
                while True:
                    said += client.read(MIB)
    assert said.startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_large_request_and_a_large_answer_pass_whole(place, version):
    context = place.trusting
    named = "&".join(f"Tag.{number}.Key={'k' * 100}{number}" for number in range(20))
    body = f"Action=Nope&Version=2014-05-26&Format=JSON&Filler={'f' * 3 * MIB}&{named}".encode()
    old = context.maximum_version
    context.maximum_version = version
    try:
        connection = http.client.HTTPSConnection("127.0.0.1", place.port, context=context, timeout=20)
        headers = {"content-type": "application/x-www-form-urlencoded"}
        for _ in range(2):
            connection.request("POST", "/", body, headers)
            assert json.loads(connection.getresponse().read())["Code"] == "InvalidAction.NotFound"
            connection.request("GET", "/_duolect/coverage")
            assert len(connection.getresponse().read()) > MIB / 4
        connection.close()
    finally:
        context.maximum_version = old


def test_a_session_is_resumed(place):
    with place.connected() as connection:
        connection.sendall(HELLO)
        next(answers(connection))
        session = connection.session
    with (
        place.plain() as plain,
        place.trusting.wrap_socket(plain, server_hostname="ecs.aliyuncs.com", session=session) as again,
    ):
        again.sendall(HELLO)
        assert next(answers(again)).status == 200
        assert again.session_reused


def test_a_hello_that_arrives_byte_by_byte_is_understood(place):
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = place.trusting.wrap_bio(back, there, server_hostname="ecs.aliyuncs.com")
    with suppress(ssl.SSLWantReadError):
        client.do_handshake()
    with place.plain() as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in there.read():
            connection.sendall(bytes([byte]))
        assert connection.recv(1) == b"\x16"


def test_a_head_without_end_is_refused(place):
    with place.connected() as connection:
        with suppress(OSError):
            for _ in range(40):
                connection.sendall(b"GET / HTTP/1.1\r\n" + b"x-filler: " + b"x" * 60_000 + b"\r\n")
        with suppress(OSError):
            assert next(answers(connection)).status == 400
    assert place.is_well()


def test_a_connection_that_is_to_be_closed_is_closed_in_order(place):
    """The client hears that it was meant (close_notify), and has the whole answer."""
    with place.connected() as connection:
        connection.sendall(HELLO.replace(b"Host: x", b"Host: x\r\nConnection: close"))
        assert [answer.status for answer in answers(connection)] == [200]
        assert connection.unwrap()


@pytest.mark.parametrize("fault", [{"disconnect": True}, {"truncate": True}])
def test_a_fault_closes_the_connection(place, fault):
    with place.connected() as connection:
        rule = json.dumps({"cloud": "alibaba", "times": 1, "access_key": "me", **fault}).encode()
        head = b"POST /_duolect/faults HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(rule)
        connection.sendall(head + rule)
        assert next(answers(connection)).status == 201
        connection.sendall(ALIBABA)
        stream = connection.makefile("rb")
        read = stream.read()
        assert (b"Content-Length" in read.title()) is ("truncate" in fault)
        if read:
            head, _, body = read.partition(b"\r\n\r\n")
            assert b"content-length: %d" % len(body) not in head
    assert place.is_well()


# -- what is wrong on purpose ------------------------------------------------------------------------------


def hello(name="a" * 20):
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    with suppress(ssl.SSLWantReadError):
        ssl.create_default_context().wrap_bio(back, there, server_hostname=name).do_handshake()
    return there.read()


BROKEN = {
    "nothing after the first byte": b"\x16",
    "a record of another version": b"\x16\x09\x09\x00\x05hello",
    "a record that is no handshake": b"\x16\x03\x01\x00\x05hello",
    "http after the first byte": b"\x16GET / HTTP/1.1\r\n\r\n",
    "a name that is not ASCII": hello().replace(b"a" * 20, b"a\xff\xfe" + b"a" * 17),
    "a name with NUL": hello().replace(b"a" * 20, b"a\0" + b"a" * 18),
    "a name that is none": hello().replace(b"a" * 20, b"a b@" + b"." * 16),
    "a hello without end": hello()[:-5],
    "a hello twice": hello() * 2,
    "rubbish after the hello": hello() + b"\x17\x03\x03\x00\x20" + b"x" * 32,
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_tls_ends_its_own_connection_at_most(place, data):
    """The server stays silent too, which the fixture looks for: no traceback, whatever the name is."""
    with place.plain() as connection, suppress(OSError):
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        read = b""
        while more := connection.recv(MIB):
            read += more
        assert b"HTTP" not in read
    assert place.is_well()


def test_what_is_no_tls_in_the_middle_ends_the_connection(place):
    with place.connected() as connection:
        connection.sendall(HELLO)
        next(answers(connection))
        raw = socket.socket(fileno=connection.detach())
    with raw:
        raw.sendall(b"GET / HTTP/1.1\r\n\r\n")
        raw.settimeout(5)
        with suppress(ConnectionError):
            while raw.recv(MIB):
                pass
    assert place.is_well()


def test_two_hundred_clients_that_never_finish_their_handshake_keep_nobody_waiting(place):
    connections = [place.plain() for _ in range(200)]
    try:
        for number, connection in enumerate(connections):
            connection.sendall(hello()[: number + 1])
        began = time.monotonic()
        assert place.is_well()
        assert time.monotonic() - began < 5
    finally:
        for connection in connections:
            connection.close()


def test_clients_come_side_by_side(place):
    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(lambda _: place.is_well(), range(100)))


# -- the process -------------------------------------------------------------------------------------------


def test_a_request_under_way_is_finished_and_an_idle_connection_closed_when_the_server_stops(tmp_path):
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "duolect", "serve", "--port", "0", "--ca-dir", str(tmp_path)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        port = int(process.stdout.readline().rpartition(":")[2])
        place = Place(port, trusting(tmp_path))
        body = b"Action=DescribeRegions&Version=2014-05-26&Format=JSON"
        head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        with place.connected() as busy, place.connected() as idle, place.plain() as shaking:
            idle.sendall(HELLO)
            next(answers(idle))
            busy.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body[:3])
            shaking.sendall(hello()[:50])
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            assert idle.recv(1) == b"", "closed in order at once, though the client says nothing"
            assert shaking.recv(1) == b""
            busy.sendall(body[3:])
            assert next(answers(busy)).code == ""
            asked = time.monotonic()
            assert process.wait(5) == 0
            assert time.monotonic() - asked < 2
        assert process.stderr.read() == ""


def test_who_trusted_the_emulator_once_trusts_its_next_run(tmp_path):
    with running("--ca-dir", str(tmp_path)) as server:
        context = trusting(tmp_path)
        assert Place(server.port, context).is_well()
    with running("--ca-dir", str(tmp_path)) as server:
        assert Place(server.port, context).is_well()


def test_who_does_not_trust_the_emulator_is_told_of_in_the_log(tmp_path):
    with logging_server("--ca-dir", str(tmp_path)) as (port, log):
        place = Place(port, ssl.create_default_context())
        with pytest.raises(ssl.SSLCertVerificationError), place.connected():
            pass
        time.sleep(0.2)
    (line,) = log
    assert "WARNING duolect: ('127.0.0.1', " in line
    assert line.endswith(
        "does not trust the emulator's certificate: give it the authority's, which `duolect ca` prints"
    )


def test_other_failures_are_in_the_log_too(tmp_path):
    with logging_server("--ca-dir", str(tmp_path)) as (port, log):
        connection = Place(port, ssl.create_default_context()).plain()
        connection.sendall(BROKEN["a record that is no handshake"])
        connection.recv(100)
        connection.close()
    (line,) = log
    assert "WARNING duolect: TLS with ('127.0.0.1', " in line


def without_cryptography(folder):
    (folder / "cryptography.py").write_text("raise ModuleNotFoundError('gone', name='cryptography')")
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


@pytest.mark.parametrize(
    ("flags", "missing", "reason"),
    [
        (["--tls", "off"], False, "it is switched off (--tls off)"),
        ([], True, "cryptography is not installed: pip install 'duolect[tls]'"),
    ],
)
def test_who_cannot_have_tls_is_told_of_in_the_log(tmp_path, flags, missing, reason):
    variables = without_cryptography(tmp_path) if missing else {}
    with logging_server(*flags, **variables) as (port, log):
        place = Place(port, ssl.create_default_context())
        with pytest.raises(ssl.SSLError), place.connected():
            pass
        with place.plain() as connection:  # clients that know http when they see it show what they saw
            connection.sendall(hello())
            (answer,) = answers(connection)
            assert (answer.status, answer.body) == (
                400,
                b"This emulator speaks no TLS; its log says why. Use http.",
            )
        with place.plain() as connection:
            connection.sendall(HELLO)
            assert next(answers(connection)).status == 200
    assert len(log) == 2
    assert all("WARNING duolect: ('127.0.0.1', " in line for line in log)
    assert all(line.endswith(f"began TLS, which cannot be had: {reason}") for line in log)


def test_a_folder_that_cannot_be_used_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "duolect", "serve", "--ca-dir", str(tmp_path / "file" / "x")],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("duolect: ca-dir: ")
    assert ended.stderr.count("\n") == 1
