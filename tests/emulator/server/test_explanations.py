"""What is said to those who speak something else, or whose request lacks something: true, and of use."""

import json
import socket
import subprocess
import sys

import pytest
from tests.contract.server import environment
from tests.emulator.asgi import application, send

from duolect.server.explanations import invalid_http

FORM = {"content-type": "application/x-www-form-urlencoded"}


def detail(url, **more):
    answer = send(application(), more.pop("method", "GET"), url, **more)
    assert answer.status_code == 404
    return answer.json()["detail"]


@pytest.mark.parametrize("url", ["/", "/?Version=2017-03-12", "/?a=b", "/?Action"])
def test_a_request_without_an_action_is_told_so(url):
    assert "it has no Action parameter, X-TC-Action header or x-acs-action header" in detail(url)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("Action=DescribeVpcs", "has the Action DescribeVpcs and no Version"),
        (
            "Action=DescribeVpcs",
            "DescribeVpcs is in 2014-05-26, 2016-04-28 of alibaba and 2017-03-12 of tencent",
        ),
        ("Action=DescribeVpcs&Version=", "no Version"),
        ("Action=DescribeVpcs&Version=2020-01-01", "the Version 2020-01-01, which no cloud here has"),
        ("Action=RunInstance", "no cloud here has an action RunInstance; the nearest "),
        ("Action=RunInstance", "RunInstances"),
    ],
)
def test_an_action_without_its_version_is_told_which_there_are(query, told):
    assert told in detail(f"/?{query}")
    posted = send(application(), "POST", "/", content=query, headers=FORM)
    assert told in posted.json()["detail"]


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "this is HTTP/2 without TLS"),
        (b"\x05\x01\x00", "this is SOCKS 5"),
        (b"\x04\x01\x12\xac", "this is SOCKS 4"),
        (b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n", "the PROXY protocol"),
        (b"\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c", "the PROXY protocol"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "this is SSH"),
        (b"\x01\x02\x03", "Invalid HTTP request received."),
    ],
)
def test_another_protocol_is_named_to_the_client_and_in_the_log(quiet_server, first, told):
    port, log = quiet_server
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(first)
        connection.shutdown(socket.SHUT_WR)
        said = b"".join(iter(lambda: connection.recv(65_536), b"")).decode()
    assert said.startswith("HTTP/1.1 400 ")
    assert told in said
    line = log.readline()
    assert told.rstrip(".") in line
    assert "127.0.0.1" in line


@pytest.fixture(scope="module")
def quiet_server():
    with subprocess.Popen(
        [sys.executable, "-m", "duolect", "serve", "--port", "0", "--stop-on-eof", "true"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        port = int(server.stdout.readline().rpartition(":")[2])
        yield port, server.stderr
        server.terminate()


def test_what_comes_later_is_not_taken_for_a_beginning():
    assert invalid_http(b"") == "Invalid HTTP request received."


# -- the ready text and the log -----------------------------------------------------------------------


def greeting(*flags, **variables):
    """Return what a server says when it is ready, and what it logs when it is stopped at once."""
    with subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-m", "duolect", "serve", "--port", "0", "--stop-on-eof", "true", *flags],
        env=environment(**variables),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        first = server.stdout.readline()
        server.stdin.close()
        said, logged = server.stdout.read(), server.stderr.read()
    assert server.returncode == 0
    return first + said, logged


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ((), "Any access key works, and each key is an account of its own. Ctrl-C stops."),
        (("--signatures", "warn"), "Any access key works"),
        (("--signatures", "strict"), "No access key works: signatures are verified, and no key is known"),
        (("--signatures", "strict", "--keys", "a:b"), "The one access key that is known works"),
        (("--signatures", "strict", "--keys", "a:b,c:d"), "The 2 access keys that are known work"),
    ],
)
def test_the_ready_text_says_which_keys_work(flags, told):
    said, logged = greeting(*flags)
    assert told in said
    assert ("Any access key" in said) is told.startswith("Any")
    assert logged == ""


def test_the_log_as_json_is_json_without_colours():
    said, logged = greeting("--log-format", "json", "--log-level", "debug")
    lines = said.splitlines() + logged.splitlines()
    assert len(lines) > 3
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert "\\u001b" not in said + logged
    assert "color_message" not in logged


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_variable_that_is_no_setting_is_told(log_format):
    _, logged = greeting("--log-format", log_format, DUOLECT_TIMNG="manual")
    assert "the variable DUOLECT_TIMNG is no setting and changes nothing" in logged
    assert "the nearest is TIMING" in logged
    assert len(logged.splitlines()) == 1
