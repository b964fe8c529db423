"""The emulator as the proxy of clients that call the clouds by name, on real connections."""

import http.client
import json
import socket
import ssl
from contextlib import contextmanager, suppress

import attrs
import pytest
from tests.contract.requirements import require
from tests.contract.server import running
from tests.sockets import HELLO, answers

from duolect.access.hosts import ServerNames, host_of
from duolect.server.proxy import never_dialled, parted
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.tencent.dialect import TencentDialect

requests = require("requests")
CLOUDS = ServerNames([*AlibabaDialect.hosts, *TencentDialect.hosts])
REGIONS = "?AccessKeyId=me&Format=JSON&Action=DescribeRegions&Version=2014-05-26"
CALL = f"GET /{REGIONS} HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\n\r\n".encode()
OPEN = b"CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\nHost: ecs.aliyuncs.com:443\r\n\r\n"
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


@attrs.frozen
class Proxy:
    """A server that is used as a proxy, and how its clients trust it."""

    port: int
    ca: str

    def connected(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    @contextmanager
    def tunnel(self, asked=OPEN):
        with self.connected() as connection:
            connection.sendall(asked)
            assert connection.recv(1000) == ESTABLISHED
            yield connection

    def trusting(self):
        return ssl.create_default_context(cafile=self.ca)


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ca")
    flags = ("--server-names", "duolect.test,*.duolect.test", "--log-level", "error")
    with running("--ca-dir", str(folder), *flags) as server:
        yield Proxy(server.port, str(folder / "ca.pem"))


@pytest.mark.parametrize(
    "url",
    [
        "https://ecs.aliyuncs.com/",
        "https://ecs.cn-hangzhou.aliyuncs.com/",
        "https://vpc-inner-pre.cn-hangzhou.aliyuncs.com/",
        "https://vpc.tencentcloudapi.com/",
        "https://cvm.ap-guangzhou.tencentcloudapi.com/",
        "https://vpc.intl.tencentcloudapi.com/",
        "https://vpc.internal.tencentcloudapi.com/",
        "https://duolect.test/",
        "https://a.b.duolect.test:8443/",
        "https://ECS.aliyuncs.com./",
        "http://ecs.aliyuncs.com/",
        "http://anything.example/",
    ],
)
def test_a_client_that_calls_a_cloud_by_name_is_answered(proxy, url):
    address = f"http://127.0.0.1:{proxy.port}"
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"http": address, "https": address}
        for _ in range(2):
            assert "cn-hangzhou" in session.get(url + REGIONS, verify=proxy.ca, timeout=10).text


@pytest.mark.parametrize(
    "host", ["example.com", "aliyuncs.com.example.com", "notaliyuncs.com", "127.0.0.1"]
)
def test_other_hosts_are_refused_at_once_in_words_that_the_client_shows(proxy, host):
    connection = http.client.HTTPSConnection("127.0.0.1", proxy.port, timeout=10)
    connection.set_tunnel(host, 443)
    with pytest.raises(OSError, match=f"403 Duolect answers for the clouds' own hosts .* such as {host}$"):
        connection.request("GET", "/")
    answer = requests.get(f"http://{host}/", proxies={"http": f"http://127.0.0.1:{proxy.port}"}, timeout=10)
    assert answer.status_code == 403
    assert answer.json()["detail"] == f"{never_dialled(host)}."


def test_a_tunnel_is_kept_open_and_its_requests_answered_in_order(proxy):
    with (
        proxy.tunnel() as plain,
        proxy.trusting().wrap_socket(plain, server_hostname="ecs.aliyuncs.com") as connection,
    ):
        connection.sendall((CALL + HELLO) * 20)
        stream = answers(connection)
        assert [b"Regions" in next(stream).body for _ in range(40)] == [True, False] * 20


def test_http_passes_through_a_tunnel_too(proxy):
    with proxy.tunnel(OPEN.replace(b"443", b"80")) as connection:
        connection.sendall(CALL * 2)
        stream = answers(connection)
        assert b"cn-hangzhou" in next(stream).body
        assert b"cn-hangzhou" in next(stream).body


def test_what_is_sent_along_with_the_wish_for_a_tunnel_is_not_lost(proxy):
    with proxy.connected() as connection:
        connection.sendall(OPEN + CALL)
        stream = connection.makefile("rb")
        assert stream.readline() + stream.readline() == ESTABLISHED
        assert stream.readline() == b"HTTP/1.1 200 OK\r\n"


def test_a_client_that_names_no_host_in_tls_gets_a_certificate_for_the_tunnels(proxy):
    trusting = proxy.trusting()
    trusting.check_hostname = False
    with proxy.tunnel() as plain, trusting.wrap_socket(plain) as connection:
        assert connection.getpeercert()["subjectAltName"] == (("DNS", "ecs.aliyuncs.com"),)


def test_a_proxy_may_be_spoken_to_by_tls(proxy):
    """TLS within TLS, which Python's sockets cannot do: so by hand."""
    with (
        proxy.connected() as plain,
        proxy.trusting().wrap_socket(plain, server_hostname="localhost") as outer,
    ):
        outer.sendall(OPEN)
        assert outer.recv(1000) == ESTABLISHED
        there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
        inner = proxy.trusting().wrap_bio(back, there, server_hostname="ecs.aliyuncs.com")

        def carry(step):
            while True:
                try:
                    return step()
                except ssl.SSLWantReadError:
                    outer.sendall(there.read())
                    back.write(outer.recv(2**16))

        carry(inner.do_handshake)
        inner.write(CALL)
        assert carry(lambda: inner.read(1000)).startswith(b"HTTP/1.1 200 OK")


def test_a_request_by_http_may_come_before_the_tunnel(proxy):
    with proxy.connected() as connection:
        connection.sendall(CALL)
        assert next(answers(connection)).status == 200
        connection.sendall(OPEN)
        assert connection.recv(1000) == ESTABLISHED
        connection.sendall(CALL)
        assert b"cn-hangzhou" in next(answers(connection)).body


def test_a_call_is_answered_before_the_tunnel_that_is_asked_for_at_once(proxy):
    with proxy.connected() as connection:
        connection.sendall(CALL + OPEN)
        stream = connection.makefile("rb")
        assert stream.readline() == b"HTTP/1.1 200 OK\r\n"
        told = b""
        while not told.endswith(ESTABLISHED):
            told += stream.read(1)
        assert b"cn-hangzhou" in told


@pytest.mark.parametrize(
    "asked",
    [
        b"CONNECT / HTTP/1.1\r\n\r\n",
        b"CONNECT ecs.aliyuncs.com HTTP/1.1\r\n\r\n",
        b"CONNECT ecs.aliyuncs.com:99999 HTTP/1.1\r\n\r\n",
        b"CONNECT http://ecs.aliyuncs.com:443 HTTP/1.1\r\n\r\n",
        b"CONNECT me@ecs.aliyuncs.com:443 HTTP/1.1\r\n\r\n",
        b"CONNECT *.aliyuncs.com:443 HTTP/1.1\r\n\r\n",
        HELLO + OPEN,
    ],
)
def test_a_wish_that_is_no_hosts_is_refused(proxy, asked):
    with proxy.connected() as connection:
        connection.sendall(asked)
        assert list(answers(connection))[-1].status == 400


@pytest.mark.parametrize("within", [OPEN, OPEN.replace(b"ecs.aliyuncs.com", b"example.com")])
def test_there_is_no_tunnel_within_a_tunnel(proxy, within):
    with proxy.tunnel() as connection:
        connection.sendall(within)
        (answer,) = answers(connection)
        assert answer.status == 400


def test_a_tunnel_that_breaks_keeps_nobody_waiting(proxy):
    for rubbish in (b"", b"\x16", b"\x16\x03\x01\x00\x05hello", b"\0" * 50):
        with proxy.tunnel() as connection, suppress(ConnectionError):
            connection.sendall(rubbish)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1000):
                pass
    with proxy.connected() as connection:
        connection.sendall(HELLO)
        assert next(answers(connection)).status == 200


def test_a_head_without_end_is_refused_in_a_tunnel_too(proxy):
    with proxy.tunnel() as connection:
        with suppress(ConnectionError):
            for _ in range(40):
                connection.sendall(b"GET / HTTP/1.1\r\nx-filler: " + b"x" * 60_000 + b"\r\n")
        with suppress(ConnectionError):
            assert next(answers(connection)).status == 400


def test_a_tunnel_without_tls_at_hand_is_for_http():
    with running("--tls", "off", "--log-level", "error") as server:
        proxy = Proxy(server.port, "")
        with proxy.tunnel() as connection:
            connection.sendall(CALL)
            assert next(answers(connection)).status == 200
        with proxy.tunnel() as connection:
            connection.sendall(b"\x16\x03\x01")
            assert next(answers(connection)).status == 400


# -- names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["ecs.aliyuncs.com", "a.b.c.tencentcloudapi.com", "VPC.TencentCloudAPI.com."]
)
def test_the_clouds_hosts_are_known_by_their_endings(host):
    assert host in CLOUDS


@pytest.mark.parametrize("host", ["aliyuncs.com", ".aliyuncs.com", "xaliyuncs.com", "aliyuncs.com.cn", ""])
def test_others_are_not(host):
    assert host not in CLOUDS


@pytest.mark.parametrize(
    ("authority", "host"),
    [
        ("a:1", "a"),
        ("a", None),
        ("[::1]:443", "::1"),
        ("::1", None),
        ("a:0x1", None),
        ("a b:1", None),
        ("", None),
        ("\u0661:1", None),
        ("a:\u0661", None),
    ],
)
def test_a_host_is_read_from_host_and_port(authority, host):
    assert host_of(authority, port_needed=True) == host


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        (b"http://a/b?c", "a", b"/b?c"),
        (b"HTTP://a:1?c", "a:1", b"/?c"),
        (b"https://[::1]", "[::1]", b"/"),
        (b"*", "", b"*"),
        (b"ftp://a/", "", b"ftp://a/"),
    ],
)
def test_what_a_proxy_is_sent_is_parted(url, host, target):
    assert parted(url) == (host, target)


def test_a_refusal_is_one_line_whatever_the_host():
    assert never_dialled("a\r\nb\xff" + "c" * 1000) == never_dialled("ab" + "c" * 98)


def test_the_clouds_own_hosts_are_those_of_their_sdks():
    """Every host in the endpoint tables of the vendors' own packages is answered for."""
    endpoints = pytest.importorskip("aliyunsdkcore.endpoint.local_config_regional_endpoint_resolver")
    from importlib.resources import files  # noqa: PLC0415

    table = json.loads((files(endpoints.__package__) / ".." / "data" / "endpoints.json").read_text("utf-8"))
    hosts = {host for product in table["regional_endpoints"].values() for host in product.values()}
    hosts |= set(table["global_endpoints"].values())
    assert hosts
    assert {host for host in hosts if host not in CLOUDS and "aliyun" in host} == set()
