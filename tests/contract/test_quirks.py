"""What the vendors' clients do or expect on the wire that a plain reading of the documents does not tell.

Most of it shows wherever the SDKs run against the server; here stands what needs a statement of its own.
"""

import base64
import http.client
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

import attrs
import httpx
import pytest
from tests.contract.polling import poll
from tests.contract.sdks import alibaba, tencent
from tests.contract.server import Server
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import members, models
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.emulator.asgi import application, send
from tests.emulator.signed import SECRET, code, sign_tc3, sign_v1, strict
from tests.harness import emulator

from duolect.settings.settings import ConditionSettings
from duolect_dialects.alibaba.dialect import AlibabaDialect

ECS, VPC = "2014-05-26", "2016-04-28"
FORM = "application/x-www-form-urlencoded"
DESCRIBE = "DescribeNetworkInterfaces"
TC = {"X-TC-Action": DESCRIBE, "X-TC-Version": "2017-03-12", "X-TC-Region": "ap-guangzhou"}
JSON = {"Content-Type": "application/json"}


def ask(
    server: Server, method: str, target: str, headers: dict[str, str], body: Any = b"", **more: Any
) -> tuple[http.client.HTTPResponse, Any]:
    """Send a request as it stands and return the answer with its JSON."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request(method, target, body, headers, **more)
        answer = connection.getresponse()
        return answer, json.loads(answer.read())
    finally:
        connection.close()


def rpc(action: str, version: str = ECS, key: str = "quirks", **params: str) -> str:
    """Return the query of an Alibaba call of version 1."""
    common = {"Action": action, "Version": version, "Format": "JSON", "AccessKeyId": key}
    return urlencode({**common, "RegionId": "cn-hangzhou", **params}, quote_via=quote)


# -- what an answer is ------------------------------------------------------------------------------------

Gate = Callable[[], httpx.Response]


def gate(
    method: str = "POST",
    body: bytes = b"{}",
    times: int = 1,
    headers: Mapping[str, str] = MappingProxyType({}),
    **settings: Any,
) -> Gate:
    """Send a Tencent request that one gate of the emulator refuses; a header that is empty is left out."""
    sent = {name: value for name, value in {**TC, **JSON, **headers}.items() if value}

    def knock() -> httpx.Response:
        app = application(**settings)
        return [send(app, method, "/", headers=sent, content=body) for _ in range(times)][-1]

    return knock


OLDER = {"X-TC-Action": "", "X-TC-Version": "", "Content-Type": FORM}
SIGNED = {
    "X-TC-Timestamp": "1790000000",
    "Authorization": "TC3-HMAC-SHA256 Credential=AKIDTEST/2026-09-21/vpc/tc3_request, "
    "SignedHeaders=content-type;host, Signature=00",
}
STRICT = {"signatures": "strict", "keys": f"AKIDTEST:{SECRET}"}

GATES: dict[str, tuple[str, Gate]] = {
    "success": ("", gate()),
    "unknown action": ("InvalidAction", gate(headers={"X-TC-Action": "FlyNetworkInterface"})),
    "unknown version": ("NoSuchVersion", gate(headers={"X-TC-Version": "2000-01-01"})),
    "unknown region": ("UnsupportedRegion", gate(headers={"X-TC-Region": "mars"})),
    "bad JSON": ("InvalidParameter", gate(body=b"{")),
    "bad form": ("InvalidParameter", gate(headers=OLDER, body=b"SecretId=a&Action=b&Version=%ff")),
    "unknown parameter": ("UnknownParameter", gate(body=b'{"Wings": 2}')),
    "what does not exist": (
        "ResourceNotFound",
        gate(
            headers={"X-TC-Action": "DeleteNetworkInterface"}, body=b'{"NetworkInterfaceId":"eni-12345678"}'
        ),
    ),
    "too large to be read": ("RequestSizeLimitExceeded", gate(body=b"x" * 2000)),
    "too large for the vendor": (
        "RequestSizeLimitExceeded",
        gate(headers=OLDER, body=b"SecretId=a&" + b"&" * 2**20, max_body=2**21),
    ),
    "wrong method": ("UnsupportedProtocol", gate("PUT")),
    "throttled": (
        "RequestLimitExceeded",
        gate(headers={"X-TC-Action": "DescribeVpcTaskResult"}, times=21, throttle="vendor"),
    ),
    "signature refused": ("AuthFailure.SignatureFailure", gate(headers=SIGNED, **STRICT)),
    "signature missing": ("MissingParameter", gate(**STRICT)),
    "condition": (
        "InternalError",
        gate(conditions=[ConditionSettings("tencent", "InternalError", access_key="*")]),
    ),
}


@pytest.mark.parametrize(("expected", "knock"), GATES.values(), ids=GATES)
def test_every_tencent_answer_is_http_200_of_exactly_application_json_with_a_request_id(
    expected: str, knock: Gate
) -> None:
    """Under any other content type the Python SDK overlooks the error and tccli ends with 0."""
    answer = knock()
    response = answer.json()["Response"]
    assert response.get("Error", {}).get("Code", "") == expected
    assert answer.status_code == 200
    assert answer.headers.get_list("content-type") == ["application/json"]
    assert response["RequestId"]


@pytest.mark.parametrize(
    ("method", "changed", "body", "expected"),
    [
        ("POST", {}, b"{}", None),
        ("POST", {"X-TC-Action": "FlyNetworkInterface"}, b"{}", "InvalidAction"),
        ("POST", {}, b"{", "InvalidParameter"),
        ("PUT", {}, b"{}", "UnsupportedProtocol"),
    ],
)
def test_the_server_adds_no_charset_to_the_content_type_of_a_tencent_answer(
    open_server: Server, method: str, changed: dict[str, str], body: bytes, expected: str | None
) -> None:
    answer, tree = ask(open_server, method, "/", {**TC, **JSON, **changed}, body)
    assert tree["Response"].get("Error", {}).get("Code") == expected
    assert (answer.status, answer.headers.get_all("content-type")) == (200, ["application/json"])


@pytest.mark.parametrize("action", sorted(AlibabaDialect().actions), ids=" ".join)
def test_an_alibaba_success_has_no_field_code_at_its_top_by_the_sdks_model(action: tuple[str, str]) -> None:
    """Every answer is held against this model by other tests; pop-core takes a ``Code`` for an error."""
    version, name = action
    names = members(getattr(models(version), f"{name}ResponseBody"), version)
    assert "RequestId" in names
    assert not {each.lower() for each in names} & {"code"}


LISTED = {
    "DescribeInstanceTypes",
    "DescribeInstances",
    "DescribeNetworkInterfaces",
    "DescribeRegions",
    "DescribeSecurityGroups",
    "DescribeVSwitches",
    "DescribeVpcs",
    "DescribeZones",
}


def test_an_alibaba_success_never_carries_a_code_at_its_top() -> None:
    account = AlibabaAccount.furnished()
    eni = account.create_interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": account.add_instance().id}
    answers = [account.client.call("AttachNetworkInterface", **both)]
    account.wait()
    answers += [
        account.client.call(name, version) for version, name in AlibabaDialect().actions if name in LISTED
    ]
    answers.append(account.client.call("DetachNetworkInterface", **both))
    account.wait()
    answers.append(account.client.call("DeleteNetworkInterface", NetworkInterfaceId=eni))
    assert len(answers) > len(LISTED)
    assert not [answer for answer in answers if "Code" in answer or "code" in answer]


def test_an_alibaba_list_that_is_empty_keeps_its_whole_wrapper() -> None:
    found = emulator().alibaba().call(DESCRIBE)
    assert found["NetworkInterfaceSets"] == {"NetworkInterfaceSet": []}
    account = AlibabaAccount.furnished()
    eni = account.create_interface()
    (shown,) = account.client.call(DESCRIBE, NetworkInterfaceId=[eni])["NetworkInterfaceSets"][
        "NetworkInterfaceSet"
    ]
    assert shown["Tags"] == {"Tag": []}
    assert shown["Ipv6Sets"] == {"Ipv6Set": []}


@pytest.mark.parametrize("style", ["get", "query", "form"])
@pytest.mark.parametrize(
    ("wanted", "media"),
    [
        *((each, "application/json") for each in ("JSON", "json", "Json")),
        *((each, "text/xml") for each in ("XML", "None", "")),
    ],
)
def test_the_format_of_an_alibaba_answer_is_json_in_any_case_and_xml_where_it_is_absent_or_none(
    style: str, wanted: str, media: str
) -> None:
    world = emulator()
    request = world.alibaba().request(DESCRIBE, style=style)
    new = f"Format={wanted}".encode() if wanted else b""
    request = attrs.evolve(
        request,
        query=request.query.replace(b"Format=JSON", new),
        body=request.body.replace(b"Format=JSON", new),
    )
    assert world.send(request).headers["content-type"] == f"{media};charset=utf-8"


def test_an_acs3_call_names_no_format_and_is_answered_in_json() -> None:
    world = emulator()
    request = world.alibaba().request(DESCRIBE, style="acs3")
    assert b"Format" not in request.query
    assert world.send(request).headers["content-type"].startswith("application/json")


# -- where a request goes ---------------------------------------------------------------------------------


def test_an_acs3_call_with_action_and_version_in_its_headers_only_and_an_empty_body_is_served(
    open_server: Server,
) -> None:
    headers = {"x-acs-action": "DescribeRegions", "x-acs-version": ECS, "x-acs-signature-nonce": "n"}
    answer, tree = ask(open_server, "POST", "/?AcceptLanguage=en-US", headers)
    assert answer.status == 200
    assert tree["Regions"]["Region"]


@pytest.mark.parametrize("scheme", ["ACS3-HMAC-SHA256", "v2"])
def test_an_alibaba_endpoint_with_a_path_prefix_is_believed_although_the_sdk_signs_without_it(
    server: Server, access_key: str, scheme: str
) -> None:
    sdk = alibaba.Sdk(f"{server.address}/alibaba", access_key, signature_algorithm=scheme)
    request = alibaba.ecs_models.DescribeNetworkInterfacesRequest(region_id=alibaba.REGION)
    assert sdk.ecs.describe_network_interfaces(request).total_count == 0


def test_a_tencent_endpoint_with_a_path_prefix_is_believed_although_the_sdk_signs_without_it(
    server: Server, access_key: str
) -> None:
    sdk = tencent.Sdk(f"{server.address}/tencent", access_key, endpoint_is_url=True)
    assert sdk.vpc(DESCRIBE).TotalCount == 0


@pytest.mark.parametrize("path", ["/alibaba", "/alibaba/", "/tencent", "/tencent/"])
def test_a_signature_over_the_root_is_believed_under_any_path(path: str) -> None:
    world = strict()
    requests = (
        sign_v1(world.alibaba().request(DESCRIBE)),
        sign_tc3(world.tencent().request(DESCRIBE)),
    )
    assert [code(world, attrs.evolve(each, path=path)) for each in requests] == [(200, ""), (200, "")]


def test_a_host_header_that_is_a_url_is_served_on_both_clouds(open_server: Server) -> None:
    host = {"Host": open_server.url}
    answer, tree = ask(open_server, "POST", f"/?{rpc(DESCRIBE)}", host)
    assert (answer.status, tree["TotalCount"]) == (200, 0)
    answer, tree = ask(open_server, "POST", "/", {**TC, **JSON, **host}, b"{}")
    assert (answer.status, tree["Response"]["TotalCount"]) == (200, 0)


@pytest.mark.parametrize("scheme", [None, "v2"])
def test_a_host_header_that_is_a_url_is_signed_as_it_is(
    server: Server, access_key: str, scheme: str | None
) -> None:
    sdk = alibaba.Sdk(server.url, access_key, signature_algorithm=scheme)
    request = alibaba.ecs_models.DescribeNetworkInterfacesRequest(region_id=alibaba.REGION)
    assert sdk.ecs.describe_network_interfaces(request).total_count == 0
    assert tencent.Sdk(server.address, access_key, endpoint_is_url=True).vpc(DESCRIBE).TotalCount == 0


@pytest.mark.parametrize("service", ["127", "localhost:18099", "vpc", "cvm"])
def test_the_service_in_a_tencent_credential_scope_says_nothing_and_the_action_alone_finds_it(
    server: Server, access_key: str, service: str
) -> None:
    """Node takes the service from the endpoint; what it signs so is believed and served."""
    sdk = tencent.Sdk(server.address, access_key)
    for client in sdk._clients.values():
        client._service = service
    assert sdk.vpc(DESCRIBE).TotalCount == 0
    assert sdk.cvm("DescribeInstances").TotalCount == 0


def test_an_alibaba_action_of_one_name_has_another_shape_in_each_version() -> None:
    client = AlibabaAccount.furnished().client
    shapes = [
        client.call("DescribeVSwitches", version)["VSwitches"]["VSwitch"][0].keys()
        for version in (ECS, VPC)
    ]
    assert shapes[0] != shapes[1]


def test_a_request_line_of_fifty_kilobytes_is_read_by_the_dialect(
    open_server: Server, access_key: str
) -> None:
    def call(action: str, version: str, **params: str) -> Any:
        target = f"/?{rpc(action, version, access_key, **params)}"
        answer, tree = ask(open_server, "POST", target, {})
        assert answer.status == 200, tree
        return tree

    def status(action: str, kind: str) -> str:
        return call(action, VPC)[f"{kind}es" if kind == "VSwitch" else f"{kind}s"][kind][0]["Status"]

    vpc_id = call("CreateVpc", VPC, CidrBlock="10.0.0.0/16")["VpcId"]
    poll(lambda: status("DescribeVpcs", "Vpc"), "Available")
    vswitch = call("CreateVSwitch", VPC, VpcId=vpc_id, ZoneId=alibaba.ZONE, CidrBlock="10.0.0.0/24")
    poll(lambda: status("DescribeVSwitches", "VSwitch"), "Available")
    group = call("CreateSecurityGroup", ECS, VpcId=vpc_id)
    data = base64.b64encode(bytes(32 * 2**10)).decode()  # as much as the cloud takes
    wanted = {
        "ImageId": "aliyun_3_x64_20G_alibase_20240528.vhd",
        "InstanceType": "ecs.g7.large",
        "VSwitchId": vswitch["VSwitchId"],
        "SecurityGroupId": group["SecurityGroupId"],
        "UserData": data,
        "Description": "x" * 250,
    }
    padding = "y" * (50_000 - len(rpc("RunInstances", ECS, access_key, **wanted)))
    made = call("RunInstances", ECS, **wanted, SignatureNonce=padding)
    assert len(made["InstanceIdSets"]["InstanceIdSet"]) == 1


# -- how parameters are written ---------------------------------------------------------------------------


def test_an_empty_alibaba_post_of_type_octet_stream_is_served(open_server: Server) -> None:
    """The asynchronous Python SDK sends it."""
    headers = {"Content-Type": "application/octet-stream"}
    answer, tree = ask(open_server, "POST", f"/?{rpc(DESCRIBE)}", headers)
    assert (answer.status, tree["TotalCount"]) == (200, 0)


def test_an_alibaba_form_that_arrives_in_chunks_is_served(open_server: Server) -> None:
    """The Node SDK sends it."""
    encoded = rpc(DESCRIBE).encode()
    chunks = iter([encoded[:20], encoded[20:]])
    headers = {"Content-Type": FORM, "Transfer-Encoding": "chunked"}
    answer, tree = ask(open_server, "POST", "/", headers, chunks, encode_chunked=True)
    assert (answer.status, tree["TotalCount"]) == (200, 0)


@pytest.mark.parametrize("wish", ["True", "true", "TRUE", "False", "false", "FALSE"])
def test_a_boolean_may_be_written_in_any_case_on_both_clouds(wish: str) -> None:
    alibaba_account, tencent_account = AlibabaAccount.furnished(), TencentAccount.furnished()
    eni = alibaba_account.create_interface(DeleteOnRelease=wish)
    (shown,) = alibaba_account.client.call(DESCRIBE, NetworkInterfaceId=[eni])["NetworkInterfaceSets"][
        "NetworkInterfaceSet"
    ]
    assert shown["DeleteOnRelease"] is (wish.lower() == "true")
    for style, last in (("get", 10), ("form", 20)):
        first, second = f"10.0.0.{last}", f"10.0.0.{last + 1}"
        wishes = [{"PrivateIpAddress": first}, {"PrivateIpAddress": second, "Primary": wish}]
        asked = tencent_account.interface_params(PrivateIpAddresses=wishes)
        made = tencent_account.client.call("CreateNetworkInterface", style=style, **asked)[
            "NetworkInterface"
        ]
        primary = [each["PrivateIpAddress"] for each in made["PrivateIpAddressSet"] if each["Primary"]]
        assert primary == [second if wish.lower() == "true" else first]


def test_lists_count_from_one_at_alibaba_and_from_zero_at_tencent_in_the_order_of_their_numbers() -> None:
    alibaba_account, tencent_account = AlibabaAccount.furnished(), TencentAccount.furnished()
    wanted = [f"10.0.0.{n}" for n in range(30, 42)]
    flat = {f"PrivateIpAddress.{n}": address for n, address in enumerate(wanted, 1)}
    eni = alibaba_account.create_interface(**dict(sorted(flat.items())))  # 10 stands before 2
    (shown,) = alibaba_account.client.call(DESCRIBE, NetworkInterfaceId=[eni])["NetworkInterfaceSets"][
        "NetworkInterfaceSet"
    ]
    addresses = [each["PrivateIpAddress"] for each in shown["PrivateIpSets"]["PrivateIpSet"]]
    assert [each for each in addresses if each in wanted] == wanted
    wanted = wanted[:10]
    flat = {f"PrivateIpAddresses.{n}.PrivateIpAddress": address for n, address in enumerate(wanted)}
    made = tencent_account.client.call(
        "CreateNetworkInterface",
        style="get",
        **tencent_account.interface_params(),
        **dict(reversed(flat.items())),
    )
    found = made["NetworkInterface"]["PrivateIpAddressSet"]
    assert [each["PrivateIpAddress"] for each in found] == wanted


# -- what is signed ---------------------------------------------------------------------------------------


def test_an_alibaba_query_is_signed_as_it_is_meant_however_its_signs_are_written() -> None:
    """Python writes a space as ``+``, Node leaves ``*'()!`` as they are; both sign the same text."""
    world = strict()
    request = sign_v1(world.alibaba().request(DESCRIBE, NetworkInterfaceName="a *'()!~b"))
    spelt = request.query
    for old, new in ((b"%20", b"+"), (b"%2A", b"*"), (b"%27", b"'"), (b"%28", b"("), (b"%21", b"!")):
        assert old in spelt
        spelt = spelt.replace(old, new)
    assert code(world, attrs.evolve(request, query=spelt)) == (200, "")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_tencent_nonce_that_came_before_is_never_refused(
    server: Server, access_key: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Node draws its nonces from 65536 numbers."""
    drawn = []
    monkeypatch.setattr("random.randint", lambda *_: drawn.append(7) or 7)
    sdk = tencent.Sdk(server.address, access_key, signMethod="HmacSHA256", method=method)
    assert [sdk.vpc(DESCRIBE).TotalCount for _ in range(3)] == [0, 0, 0]
    assert len(drawn) >= 3
