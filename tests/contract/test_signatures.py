"""What the official SDKs sign, the emulator believes; what differs in one byte, it does not.

A capturing server takes real requests of unmodified SDKs; the dialects then read and verify them. Nothing
here signs by itself.
"""

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time_ns
from typing import Any
from urllib.parse import unquote_to_bytes

import attrs
import pytest
from alibabacloud_ecs20140526 import models as ecs_models
from alibabacloud_ecs20140526.client import Client as EcsClient
from alibabacloud_tea_openapi.models import Config
from aliyunsdkcore.auth.credentials import StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkecs.request.v20140526.CreateNetworkInterfaceRequest import CreateNetworkInterfaceRequest
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vpc.v20170312 import models as vpc_models
from tencentcloud.vpc.v20170312.vpc_client import VpcClient
from tests.harness import Emulator, emulator

from duolect.access.authentication import Key
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.call import Refusal
from duolect_dialects.exchange import HttpRequest, Unreadable
from duolect_dialects.tencent.dialect import TencentDialect

ID, SECRET, TOKEN = "AKIDexample", "s3cret/+= value", "token/+=&x"
NAME = "n\u00e9 *'()!~ &+=%/\u4e2d"
"""Signs that each client encodes in its own way."""


class Capture:
    """A server that keeps what it gets and answers nothing of use."""

    def __init__(self) -> None:
        self.requests: list[HttpRequest] = []
        capture = self

        class Handler(BaseHTTPRequestHandler):
            def _take(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                path, _, query = self.path.partition("?")
                headers = {name.lower(): value for name, value in self.headers.items()}
                capture.requests.append(
                    HttpRequest(self.command, path, query.encode("latin-1"), headers, body)
                )
                self.send_response(400)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            do_GET = do_POST = _take  # noqa: N815 - names of the standard library

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def take(self, call: Callable[[str], Any]) -> HttpRequest:
        """Let a client call; return the request that arrived."""
        with pytest.raises(Exception):  # noqa: B017, PT011 - the answer is of no use to any client
            call(self.address)
        return self.requests.pop()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture(scope="module")
def capture() -> Iterator[Capture]:
    server = Capture()
    yield server
    server.close()


def _ecs(algorithm: str | None = None, token: str | None = None, scheme: str = "") -> Any:
    def call(address: str) -> None:
        config = Config(
            access_key_id=ID,
            access_key_secret=SECRET,
            security_token=token,
            region_id="cn-hangzhou",
            endpoint=scheme + address,
            protocol="http",
            signature_algorithm=algorithm,
        )
        EcsClient(config).create_network_interface(
            ecs_models.CreateNetworkInterfaceRequest(
                region_id="cn-hangzhou",
                network_interface_name=NAME,
                description="",
                v_switch_id="vsw-1",
                security_group_ids=[f"sg-{n}" for n in range(11)],
            )
        )

    return call


def _aliyun(method: str = "POST", token: str | None = None) -> Any:
    def call(address: str) -> None:
        if token is None:
            client = AcsClient(ID, SECRET, "cn-hangzhou")
        else:
            client = AcsClient(region_id="cn-hangzhou", credential=StsTokenCredential(ID, SECRET, token))
        request = CreateNetworkInterfaceRequest()
        request.set_endpoint(address)
        request.set_method(method)
        request.set_NetworkInterfaceName(NAME)
        request.set_VSwitchId("vsw-1")
        client.do_action_with_exception(request)

    return call


def _vpc(
    sign: str = "TC3-HMAC-SHA256",
    method: str = "POST",
    token: str | None = None,
    *,
    unsigned: bool = False,
) -> Any:
    def call(address: str) -> None:
        http = HttpProfile(protocol="http", endpoint=address, reqMethod=method)
        client_profile = ClientProfile(signMethod=sign, httpProfile=http)
        client_profile.unsignedPayload = unsigned
        client = VpcClient(Credential(ID, SECRET, token), "ap-guangzhou", client_profile)
        request = vpc_models.CreateNetworkInterfaceRequest()
        request.NetworkInterfaceName = NAME
        request.VpcId = "vpc-12345678"
        request.SubnetId = "subnet-12345678"
        request.SecurityGroupIds = [f"sg-{n}" for n in range(11)]
        request.TerminationProtection = True
        client.CreateNetworkInterface(request)

    return call


CLIENTS = {
    "alibaba ACS3": _ecs(),
    "alibaba ACS3 with STS": _ecs(token=TOKEN),
    "alibaba ACS3 with a URL as endpoint": _ecs(scheme="http://"),
    "alibaba v1 from the current SDK": _ecs("v2"),
    "alibaba v1 from the current SDK with STS": _ecs("v2", TOKEN),
    "alibaba v1 POST": _aliyun(),
    "alibaba v1 GET": _aliyun("GET"),
    "alibaba v1 with STS": _aliyun(token=TOKEN),
    "tencent TC3": _vpc(),
    "tencent TC3 with STS": _vpc(token=TOKEN),
    "tencent TC3 GET": _vpc(method="GET"),
    "tencent TC3 with an unsigned payload": _vpc(unsigned=True),
    "tencent HmacSHA1 POST": _vpc("HmacSHA1"),
    "tencent HmacSHA1 GET": _vpc("HmacSHA1", "GET"),
    "tencent HmacSHA256 POST": _vpc("HmacSHA256"),
    "tencent HmacSHA256 GET with STS": _vpc("HmacSHA256", "GET", TOKEN),
}


def believes(request: HttpRequest, secret: str = SECRET) -> bool:
    """Say whether the dialect that recognises the request finds its signature right."""
    try:
        parameters = request.parameters()
    except Unreadable:
        return False
    dialect = next(
        each for each in (AlibabaDialect(), TencentDialect()) if each.recognises(request, parameters)
    )
    call = dialect.open(request, parameters, "request-id")
    try:
        signed = dialect.signature(call, parameters)
    except Refusal:
        return False
    assert signed.access_key == call.access_key
    return signed.matches(secret)


@pytest.mark.parametrize("name", CLIENTS)
def test_a_request_of_an_official_sdk_is_believed(name: str, capture: Capture) -> None:
    request = capture.take(CLIENTS[name])
    assert believes(request)
    assert not believes(request, SECRET + "x")


def _changed(encoded: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a text with one byte changed in each place.

    No byte becomes a hexadecimal digit: ``%2a`` and ``%2A`` are the same sign, and rightly believed.
    """
    for place, byte in enumerate(encoded):
        other = b"z" if byte != ord("z") else b"y"
        yield place, encoded[:place] + other + encoded[place + 1 :]


def _tampered(request: HttpRequest) -> Iterator[tuple[str, HttpRequest]]:
    """Yield the request with one byte changed in each place that its signature covers, and of itself."""
    for place, query in _changed(request.query):
        yield f"query {place}", attrs.evolve(request, query=query)
    for place, body in _changed(request.body):
        yield f"body {place}", attrs.evolve(request, body=body)
    authorization = request.headers.get("authorization", "")
    named = authorization.partition("SignedHeaders=")[2].partition(",")[0]
    for name in ("authorization", *filter(None, named.split(";"))):
        for place, value in _changed(request.headers.get(name, "").encode("latin-1")):
            headers = {**request.headers, name: value.decode("latin-1")}
            yield f"header {name} {place}", attrs.evolve(request, headers=headers)
    if authorization:
        # Still hexadecimal, so it is a signature: only a wrong one.
        wrong = authorization[:-1] + ("1" if authorization[-1] == "0" else "0")
        yield "signature", attrs.evolve(request, headers={**request.headers, "authorization": wrong})


CODES = {
    "alibaba": {
        "IncompleteSignature",
        "InvalidAccessKeyId.NotFound",
        "InvalidParameter",  # another SignatureMethod
        "InvalidSecurityToken.MismatchWithAccessKey",
        "InvalidTimeStamp.Expired",
        "InvalidTimeStamp.Format",
        "MissingAccessKeyId",
        "MissingSecurityToken",
        "MissingSignature",
        "MissingSignatureMethod",
        "MissingSignatureNonce",
        "MissingSignatureVersion",
        "MissingTimestamp",
        "SignatureDoesNotMatch",
    },
    "tencent": {
        "AuthFailure.InvalidAuthorization",
        "AuthFailure.SecretIdNotFound",
        "AuthFailure.SignatureExpire",
        "AuthFailure.SignatureFailure",
        "AuthFailure.TokenFailure",
        "InvalidParameter",  # a Timestamp that is none
        "MissingParameter",
    },
}
"""What each cloud says of a signature that it does not believe."""

BELIEVED = {"alibaba": "InvalidParams.NetworkInterfaceName", "tencent": "InvalidParameterValue.Malformed"}
"""What each cloud says of these requests when it believes them."""


def _is_utf_8(query: bytes) -> bool:
    try:
        unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return False
    return True


def _strict(name: str) -> Emulator:
    """Return an emulator that knows the client's key and believes no wrong signature, at this moment."""
    world = emulator(signatures="strict")
    world.clock.advance(time_ns() // 1000 - world.clock.now())
    token = TOKEN if "STS" in name else ""
    world.pipeline.access.authenticator.keys[ID] = Key(SECRET, token=token)
    return world


def _code(world: Emulator, request: HttpRequest) -> str:
    """Return the code of an answer, in JSON or XML; that of a success is empty."""
    found = re.search(rb'"Code":"([^"]+)"|<Code>([^<]+)</Code>', world.send(request).body)
    return (found[1] or found[2]).decode() if found else ""


@pytest.mark.parametrize("name", [name for name in CLIENTS if "unsigned" not in name])
def test_one_changed_byte_is_refused_with_a_code_for_wrong_signatures(name: str, capture: Capture) -> None:
    request = capture.take(CLIENTS[name])
    assert believes(request)
    world = _strict(name)
    cloud = name.partition(" ")[0]
    wrong = []
    codes = set()
    for place, changed in _tampered(request):
        if "ACS3" in name and not _is_utf_8(changed.query):
            continue  # a test of its own
        found = _code(world, changed)
        codes.add(found)
        if found not in CODES[cloud]:
            wrong.append((place, found))
        if place.startswith("body") and "TC3" in name and found != "AuthFailure.SignatureFailure":
            wrong.append((place, found))
    assert wrong == []
    assert (
        codes
        >= {
            "alibaba": {"SignatureDoesNotMatch", "InvalidAccessKeyId.NotFound"},
            "tencent": {"AuthFailure.SignatureFailure", "AuthFailure.SecretIdNotFound"},
        }[cloud]
    )
    # Nothing of that stands in the way of the request itself, which is refused for what it asks.
    assert _code(world, request) == BELIEVED[cloud]


def test_a_query_changed_to_what_is_no_utf_8_is_refused_with_a_code_for_wrong_signatures(
    capture: Capture,
) -> None:
    name = "alibaba ACS3"
    request = capture.take(CLIENTS[name])
    world = _strict(name)
    unreadable = [changed for _, changed in _tampered(request) if not _is_utf_8(changed.query)]
    assert unreadable
    assert {_code(world, changed) for changed in unreadable} == {"SignatureDoesNotMatch"}


def test_an_unsigned_payload_may_differ_and_its_headers_may_not(capture: Capture) -> None:
    request = capture.take(CLIENTS["tencent TC3 with an unsigned payload"])
    assert believes(attrs.evolve(request, body=b"{}"))
    assert not believes(attrs.evolve(request, headers={**request.headers, "content-type": "text/plain"}))


def test_a_host_signed_without_its_port_is_believed(capture: Capture) -> None:
    request = capture.take(CLIENTS["tencent TC3"])
    host = request.headers["host"]
    assert believes(attrs.evolve(request, headers={**request.headers, "host": f"{host}:443"}))
    assert not believes(attrs.evolve(request, headers={**request.headers, "host": f"x{host}"}))


def test_the_parts_of_an_acs3_signature_may_come_in_any_order(capture: Capture) -> None:
    """The classic Java SDK puts the signature before the signed headers."""
    request = capture.take(CLIENTS["alibaba ACS3"])
    scheme, _, parts = request.headers["authorization"].partition(" ")
    credential, signed_headers, signature = parts.split(",")
    for authorization, believed in (
        (f"{scheme} {credential},{signature},{signed_headers}", True),
        (f"{scheme} {signed_headers}, {credential}, {signature}", True),
        (f"{scheme} {credential},{signature}", False),
        (f"{scheme} {credential},{signed_headers},Signature=", False),
    ):
        headers = {**request.headers, "authorization": authorization}
        assert believes(attrs.evolve(request, headers=headers)) is believed
