"""What the vendors' clients expect of answers that a plain reading of the documents does not tell.

Most of it shows wherever the SDKs run against the server; here stands what needs a statement of its own.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import attrs
import httpx
import pytest
from tests.contract.plain_http import DESCRIBE, FORM, JSON, TC, ask
from tests.contract.server import Server
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import members, models
from tests.emulator.asgi import application, send
from tests.emulator.signed import SECRET
from tests.harness import emulator

from duolect.settings.settings import ConditionSettings
from duolect_dialects.alibaba.dialect import AlibabaDialect

Exchange = Callable[[], httpx.Response]


def exchange(
    method: str = "POST",
    body: bytes = b"{}",
    times: int = 1,
    headers: Mapping[str, str] = MappingProxyType({}),
    **settings: Any,
) -> Exchange:
    """Return what sends a request of Tencent Cloud some times; a header that is empty is left out."""
    sent = {name: value for name, value in {**TC, **JSON, **headers}.items() if value}

    def made() -> httpx.Response:
        app = application(**settings)
        return [send(app, method, "/", headers=sent, content=body) for _ in range(times)][-1]

    return made


OLDER = {"X-TC-Action": "", "X-TC-Version": "", "Content-Type": FORM}
SIGNED = {
    "X-TC-Timestamp": "1790000000",
    "Authorization": "TC3-HMAC-SHA256 Credential=AKIDTEST/2026-09-21/vpc/tc3_request, "
    "SignedHeaders=content-type;host, Signature=00",
}
STRICT = {"signatures": "strict", "keys": f"AKIDTEST:{SECRET}"}
ANSWERS: dict[str, tuple[str, Exchange]] = {
    "success": ("", exchange()),
    "unknown action": ("InvalidAction", exchange(headers={"X-TC-Action": "FlyNetworkInterface"})),
    "unknown version": ("NoSuchVersion", exchange(headers={"X-TC-Version": "2000-01-01"})),
    "unknown region": ("UnsupportedRegion", exchange(headers={"X-TC-Region": "mars"})),
    "bad JSON": ("InvalidParameter", exchange(body=b"{")),
    "bad form": ("InvalidParameter", exchange(headers=OLDER, body=b"SecretId=a&Action=b&Version=%ff")),
    "unknown parameter": ("UnknownParameter", exchange(body=b'{"Wings": 2}')),
    "what does not exist": (
        "ResourceNotFound",
        exchange(
            headers={"X-TC-Action": "DeleteNetworkInterface"}, body=b'{"NetworkInterfaceId":"eni-12345678"}'
        ),
    ),
    "too large to be read": ("RequestSizeLimitExceeded", exchange(body=b"x" * 2000)),
    "too large for the vendor": (
        "RequestSizeLimitExceeded",
        exchange(headers=OLDER, body=b"SecretId=a&" + b"&" * 2**20, max_body=2**21),
    ),
    "wrong method": ("UnsupportedProtocol", exchange("PUT")),
    "throttled": (
        "RequestLimitExceeded",
        exchange(headers={"X-TC-Action": "DescribeVpcTaskResult"}, times=21, throttle="vendor"),
    ),
    "signature refused": ("AuthFailure.SignatureFailure", exchange(headers=SIGNED, **STRICT)),
    "signature missing": ("MissingParameter", exchange(**STRICT)),
    "condition": (
        "InternalError",
        exchange(conditions=[ConditionSettings("tencent", "InternalError", access_key="*")]),
    ),
}


@pytest.mark.parametrize(("expected", "knock"), ANSWERS.values(), ids=ANSWERS)
def test_every_tencent_answer_is_http_200_of_exactly_application_json_with_a_request_id(
    expected: str, knock: Exchange
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


OPENING = {"OpenFlowLogService"}
"""Their ``Code`` is 200, which pop-core takes for a success."""


@pytest.mark.parametrize("action", sorted(AlibabaDialect().actions), ids=" ".join)
def test_an_alibaba_success_has_no_field_code_at_its_top_by_the_sdks_model(action: tuple[str, str]) -> None:
    """Every answer is held against this model by other tests; pop-core takes a ``Code`` for an error."""
    version, name = action
    names = members(getattr(models(version), f"{name}ResponseBody"), version)
    assert "RequestId" in names
    assert name in OPENING or not {each.lower() for each in names} & {"code"}


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
