"""Both clouds without a network: real HTTP bodies through the real pipeline, on a clock that stands still.

``emulator()`` makes one; ``.alibaba()`` and ``.tencent()`` give clients that speak to it. A client's
``call`` returns the answer's tree or raises ``ApiError`` with the vendor's code.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import attrs
from tests.documented_codes import check_latest

from duolect.bootstrap import bootstrap
from duolect.calls.pipeline import Pipeline
from duolect.clock import Clock
from duolect.settings.settings import Settings
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import MILLISECOND
from duolect_dialects.exchange import HttpAnswer, HttpRequest
from duolect_dialects.tencent.actions import ACTIONS as TENCENT

START = 1_790_000_000_000_000
"""The instant at which every test's clock stands first: 2026-09-21T14:13:20Z."""


@attrs.frozen
class ApiError(Exception):
    code: str
    status: int
    message: str
    body: Mapping[str, Any]


def fold(tree: Mapping[str, Any], first: int) -> dict[str, str]:
    """Flatten a tree as the vendors' SDKs do; lists count from ``first``."""
    flat: dict[str, str] = {}

    def walk(name: str, value: object) -> None:
        if isinstance(value, Mapping):
            for key, member in value.items():
                walk(f"{name}.{key}" if name else key, member)
        elif isinstance(value, list | tuple):
            for place, member in enumerate(value, first):
                walk(f"{name}.{place}", member)
        else:
            flat[name] = str(value)

    walk("", tree)
    return flat


@attrs.define
class Emulator:
    pipeline: Pipeline
    clock: Clock

    def advance(self, milliseconds: int = 1_000) -> None:
        """Let time pass: by default long enough for anything under way to end."""
        self.clock.advance(milliseconds * MILLISECOND)

    def alibaba(self, key: str = "AKTEST", region: str = "cn-hangzhou") -> "AlibabaClient":
        return AlibabaClient(self, key, region)

    def tencent(self, key: str = "AKIDTEST", region: str = "ap-guangzhou") -> "TencentClient":
        return TencentClient(self, key, region)

    def send(self, request: HttpRequest) -> HttpAnswer:
        answer = self.pipeline.answer(request)
        assert answer is not None, "no dialect recognised the request"
        check_latest(self.pipeline)
        return answer


def emulator(**settings: Any) -> Emulator:
    """Return an emulator; durations are 200 ms unless ``timing`` says otherwise."""
    clock = Clock(0, START)
    return Emulator(bootstrap(Settings(**settings), clock), clock)


@attrs.define
class AlibabaClient:
    emulator: Emulator
    key: str
    region: str
    last: HttpAnswer | None = None

    @property
    def partition(self) -> Partition:
        dialect = self.emulator.pipeline.dialects[0]
        return self.emulator.pipeline.partitions.get(dialect, self.key, self.region)

    def request(
        self, action: str, version: str = "2014-05-26", *, style: str = "get", **params: Any
    ) -> HttpRequest:
        """Build the request in one of the vendor's styles: get, query, form or acs3."""
        common = {
            "Action": action,
            "Version": version,
            "Format": "JSON",
            "AccessKeyId": self.key,
            "SignatureMethod": "HMAC-SHA1",
            "SignatureVersion": "1.0",
            "SignatureNonce": "n",
            "Timestamp": "2026-09-21T14:13:20Z",
            "Signature": "unchecked",
        }
        own = fold({"RegionId": self.region, **params}, 1)
        own = {name: value for name, value in own.items() if value != "None"}
        if style == "acs3":
            headers = {
                "x-acs-action": action,
                "x-acs-version": version,
                "x-acs-signature-nonce": "n",
                "authorization": f"ACS3-HMAC-SHA256 Credential={self.key},SignedHeaders=host,Signature=0",
            }
            return HttpRequest("POST", "/", urlencode(own).encode(), headers, b"")
        encoded = urlencode({**common, **own}, quote_via=quote).encode()
        if style == "form":
            headers = {"content-type": "application/x-www-form-urlencoded"}
            return HttpRequest("POST", "/", b"", headers, encoded)
        return HttpRequest("GET" if style == "get" else "POST", "/", encoded, {}, b"")

    def call(self, action: str, version: str = "2014-05-26", **params: Any) -> dict[str, Any]:
        """Call an action; a parameter of None is left out."""
        self.last = self.emulator.send(self.request(action, version, **params))
        tree: dict[str, Any] = json.loads(self.last.body)
        if self.last.status != 200:
            raise ApiError(tree["Code"], self.last.status, tree["Message"], tree)
        return tree

    def call_xml(self, action: str, version: str = "2014-05-26", **params: Any) -> ET.Element:
        """Call an action and return its XML answer, whatever its status."""
        self.last = self.emulator.send(self.request(action, version, Format="XML", **params))
        return ET.fromstring(self.last.body)  # noqa: S314 - our own answer


def _found(action: str) -> tuple[str, str]:
    """Return the version of Tencent Cloud's service that has an action, and the action's name.

    The version is that of vpc for an unknown one. Where two services have it, ``api.DescribeZones`` is that
    of api, and ``DescribeZones`` that of the first.
    """
    product, _, name = action.rpartition(".")
    versions = (
        key[0] for key in TENCENT if key[1] == name and (not product or TENCENT[key].product == product)
    )
    return next(versions, "2017-03-12"), name


@attrs.define
class TencentClient:
    emulator: Emulator
    key: str
    region: str
    last: HttpAnswer | None = None
    language: str = ""
    """Sent as the SDKs do, where there is one: in a header, or in the older way as a parameter."""

    @property
    def partition(self) -> Partition:
        dialect = self.emulator.pipeline.dialects[1]
        return self.emulator.pipeline.partitions.get(dialect, self.key, self.region)

    def request(self, action: str, *, style: str = "json", **params: Any) -> HttpRequest:
        """Build the request in one of the vendor's styles: json, get or form."""
        version, action = _found(action)
        own = {name: value for name, value in params.items() if value is not None}
        headers = {
            "x-tc-action": action,
            "x-tc-version": version,
            "x-tc-region": self.region,
            "x-tc-timestamp": "1790000000",
            "content-type": "application/json",
            "authorization": f"TC3-HMAC-SHA256 Credential={self.key}/2026-09-21/vpc/tc3_request, "
            "SignedHeaders=content-type;host, Signature=0",
        }
        if self.language:
            headers["x-tc-language"] = self.language
        if style == "json":
            return HttpRequest("POST", "/", b"", headers, json.dumps(own).encode())
        if style == "get":
            headers["content-type"] = "application/x-www-form-urlencoded"
            return HttpRequest("GET", "/", urlencode(fold(own, 0)).encode(), headers, b"")
        common = {
            "Action": action,
            "Version": version,
            "Region": self.region,
            "SecretId": self.key,
            "Timestamp": "1790000000",
            "Nonce": "1",
            "SignatureMethod": "HmacSHA256",
            "Signature": "unchecked",
        }
        if self.language:
            common["Language"] = self.language
        body = urlencode({**common, **fold(own, 0)}).encode()
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return HttpRequest("POST", "/", b"", headers, body)

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        """Call an action; a parameter of None is left out."""
        self.last = self.emulator.send(self.request(action, **params))
        response: dict[str, Any] = json.loads(self.last.body)["Response"]
        if "Error" in response:
            error = response["Error"]
            raise ApiError(error["Code"], self.last.status, error["Message"], response)
        return response
