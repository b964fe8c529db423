"""The server as a process of its own. Whatever is started here is also ended here."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

import pytest
from tests.contract.server import environment, running

from duolect.server.serve import client_address, listen
from duolect.settings.settings import SettingsError

HELLO = b"GET /_duolect/health HTTP/1.1\r\nHost: x\r\n\r\n"


@contextmanager
def connected(port):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        yield connection


def answer(connection):
    """Read one answer with a Content-Length and return its status and body."""
    stream = connection.makefile("rb")
    status = int(stream.readline().split()[1])
    length = 0
    while (line := stream.readline().strip().lower()) and line:
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return status, stream.read(length)


def run(*arguments, **variables):
    """Run a server that is expected to give up at once."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "duolect", "serve", *arguments],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


@pytest.fixture(scope="module")
def port():
    with running() as server:
        yield server.port


@pytest.fixture
def process():
    """A server that the test itself stops."""
    with subprocess.Popen(
        [sys.executable, "-m", "duolect", "serve", "--stop-on-eof", "true"],
        env=environment(DUOLECT_PORT="0"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        yield started
        with suppress(ProcessLookupError):
            started.kill()


def test_the_ready_text_begins_with_the_real_port_and_can_be_copied(process):
    lines = [process.stdout.readline() for _ in range(8)]
    address = lines[0].removeprefix("Duolect is ready on http://").strip()
    assert int(address.removeprefix("127.0.0.1:")) > 0
    text = "".join(lines)
    assert f"export DUOLECT_ENDPOINT={address}\n" in text
    assert f'Config(endpoint="{address}", protocol="http", ...)' in text
    assert f'HttpProfile(endpoint="{address}", protocol="http")' in text
    assert f"tccli           --endpoint http://{address}\n" in text
    with connected(int(address.rpartition(":")[2])) as connection:
        connection.sendall(HELLO)
        assert answer(connection)[0] == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_under_way_is_finished_before_the_server_ends_with_status_0(process, number):
    port = int(process.stdout.readline().rpartition(":")[2])
    body = b'{"Limit": 5}'
    head = b"POST / HTTP/1.1\r\nHost: x\r\nX-TC-Action: DescribeNetworkInterfaces\r\n" + (
        b"X-TC-Version: 2017-03-12\r\nX-TC-Region: ap-guangzhou\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    with connected(port) as connection, connected(port) as idle:
        connection.sendall(HELLO)
        answer(connection)
        connection.sendall(head + body[:3])
        time.sleep(0.2)
        process.send_signal(number)
        assert idle.recv(1) == b"", "an idle connection is closed at once"
        with pytest.raises(OSError), connected(port):  # noqa: PT011 - refused or reset
            pass
        connection.sendall(body[3:])
        assert answer(connection)[0] == 200
    assert process.wait(30) == 0
    assert process.stderr.read() == ""


def test_a_port_that_is_taken_is_one_line(port):
    ended = run("--port", str(port))
    assert ended.returncode == 2
    message = "Address already in use"
    assert ended.stderr == f"duolect: cannot listen on host 127.0.0.1, port {port}: {message}\n"
    assert ended.stdout == ""


def test_a_wrong_setting_is_one_line_that_names_it():
    ended = run(DUOLECT_TIMING="slow")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("duolect: DUOLECT_TIMING: timing must be one of instant, ")
    assert ended.stderr.count("\n") == 1


def test_an_invalid_condition_is_one_line(tmp_path):
    file = tmp_path / "duolect.toml"
    file.write_text("[[conditions]]\ncloud = 'tencent'\ncode = 'Nope'\n")
    ended = run("--config", str(file))
    assert ended.returncode == 2
    assert ended.stderr.startswith("duolect: conditions: tencent does not document the code Nope for any ")


def test_flags_variables_and_file_reach_the_server(tmp_path):
    file = tmp_path / "duolect.toml"
    file.write_text("max-body = 10\nport = 1\n")
    variables = {"DUOLECT_CONFIG": str(file), "DUOLECT_PORT": "2"}
    with running(variables=variables) as server, connected(server.port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n" + b"x" * 11)
        assert answer(connection)[0] == 413


def test_a_server_goes_on_where_the_last_one_ended(tmp_path):
    path = str(tmp_path / "state.json")
    first = "Action=CreateVpc&Version=2016-04-28&RegionId=cn-hangzhou&AccessKeyId=k&Format=JSON"
    for count in (1, 2):
        with running("--snapshot", path, "--snapshot-on-exit", path) as server:
            for query in (first, first.replace("CreateVpc", "DescribeVpcs")):
                url = f"http://127.0.0.1:{server.port}/?{query}"
                with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url) as reply:
                    tree = json.load(reply)
        assert tree["TotalCount"] == count


def test_a_snapshot_that_cannot_be_used_is_one_line(tmp_path):
    done = run("--snapshot", str(tmp_path / "absent.json"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("duolect: snapshot: there is no file ")
    done = run("--snapshot-on-exit", str(tmp_path / "absent" / "x.json"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("duolect: snapshot-on-exit: ")


def test_one_connection_serves_many_requests(port):
    with connected(port) as connection:
        for _ in range(5):
            connection.sendall(HELLO)
            assert answer(connection)[0] == 200


def test_a_long_query_is_read(port):
    long = b"a" * 60_000
    with connected(port) as connection:
        connection.sendall(
            b"GET /?AccessKeyId=me&Format=JSON&UserData=" + long + b" HTTP/1.1\r\nHost: x\r\n\r\n"
        )
        status, body = answer(connection)
    assert status == 400
    assert json.loads(body)["Code"] == "MissingAction"


def test_messages_appear_from_the_level_that_was_asked_for():
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "duolect",
            "serve",
            "--port",
            "0",
            "--log-level",
            "info",
            "--stop-on-eof",
            "true",
        ],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        with connected(int(server.stdout.readline().rpartition(":")[2])) as connection:
            connection.sendall(b"GET /?AccessKeyId=me HTTP/1.1\r\nHost: x\r\n\r\n")
            answer(connection)
        server.terminate()
        _, complaints = server.communicate(timeout=30)
    assert " alibaba 'me'  '' MissingAction 400 " in complaints


def test_a_host_that_cannot_be_used_is_an_error():
    with pytest.raises(SettingsError, match=r"cannot listen on host 203\.0\.113\.1, port 0: "):
        listen("203.0.113.1", 0)


def test_a_listener_takes_connections_at_once():
    with listen("127.0.0.1", 0) as listener, connected(listener.getsockname()[1]):
        pass


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1:1"), ("::1", "[::1]:1"), ("0.0.0.0", "127.0.0.1:1"), ("::", "[::1]:1")],  # noqa: S104
)
def test_an_address_is_shown_as_a_client_writes_it(host, address):
    assert client_address(host, 1) == address


def test_the_module_is_the_command():
    ended = subprocess.run(
        [sys.executable, "-m", "duolect", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert ended.stdout.startswith("duolect ")


def test_a_client_that_streams_the_journal_does_not_keep_the_server_from_stopping():
    with (
        subprocess.Popen(
            [sys.executable, "-m", "duolect", "serve", "--port", "0", "--stop-on-eof", "true"],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as server,
        connected(int(server.stdout.readline().rpartition(":")[2])) as connection,
    ):
        connection.sendall(b"GET /_duolect/journal/stream HTTP/1.1\r\nHost: x\r\n\r\n")
        seen = b""
        while b"following" not in seen:
            seen += connection.recv(10_000)
        terminated = time.monotonic()
        server.terminate()
        _, complaints = server.communicate(timeout=30)
    assert (server.returncode, complaints) == (0, "")
    assert time.monotonic() - terminated < 3
