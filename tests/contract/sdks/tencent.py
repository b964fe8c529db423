"""Tencent Cloud's official Python SDK against the server, its answers against tccli's words."""

import asyncio
import json
import warnings
from collections.abc import Mapping
from inspect import iscoroutine
from typing import Any

from tests.contract.requirements import require
from tests.contract.server import SECRET
from tests.dialects.tencent.definitions import SERVICES, UNDOCUMENTED, faults, gaps

credentials = require("tencentcloud.common.credential")
exceptions = require("tencentcloud.common.exception.tencent_cloud_sdk_exception")
profiles = require("tencentcloud.common.profile.client_profile")
http_profiles = require("tencentcloud.common.profile.http_profile")

REGION = "ap-guangzhou"
ZONE, OTHER_ZONE = "ap-guangzhou-3", "ap-guangzhou-4"

_MEMBER = "|".join(sorted({member for _, member in UNDOCUMENTED}))
_USELESS = rf"({_MEMBER})(,({_MEMBER}))* fileds are useless\."
"""How the SDK warns of members that it does not know, as it does on the cloud of those recorded there."""

Refused = exceptions.TencentCloudSDKException


class Sdk:
    """The SDK's clients of both products, for one account.

    ``sdk.vpc("DescribeVpcs", Limit="20")`` makes the SDK's own request of those parameters, has the SDK's
    own method send it, and returns the SDK's own reply. With ``asynchronous`` the asynchronous client does
    it. ``called`` names the actions that were answered.
    """

    def __init__(
        self,
        address: str,
        access_key: str,
        secret: str = SECRET,
        *,
        asynchronous: bool = False,
        method: str = "POST",
        token: str | None = None,
        endpoint_is_url: bool = False,
        unsigned_payload: bool = False,
        region: str = REGION,
        **profile: Any,
    ) -> None:
        self.called: set[str] = set()
        self._runner = asyncio.Runner() if asynchronous else None
        self._credential = credentials.Credential(access_key, secret, token)
        self._region = region
        self._profile = profiles.ClientProfile(
            httpProfile=http_profiles.HttpProfile(
                protocol="https" if endpoint_is_url else "http",
                endpoint=f"http://{address}" if endpoint_is_url else address,
                reqMethod=method,
            ),
            **profile,
        )
        self._profile.unsignedPayload = unsigned_payload
        self._clients = {service: self._client(service) for service in SERVICES}

    def _client(self, service: str) -> Any:
        suffix = "_client_async" if self._runner else "_client"
        module = require(f"tencentcloud.{service}.{SERVICES[service]}.{service}{suffix}")
        client = getattr(module, f"{service.capitalize()}Client")
        if self._runner is None:
            client = _checked(client, service)
        return client(self._credential, self._region, self._profile)

    def vpc(self, action: str, **parameters: Any) -> Any:
        return self._call("vpc", action, parameters)

    def cvm(self, action: str, **parameters: Any) -> Any:
        return self._call("cvm", action, parameters)

    def cbs(self, action: str, **parameters: Any) -> Any:
        return self._call("cbs", action, parameters)

    def tag(self, action: str, **parameters: Any) -> Any:
        return self._call("tag", action, parameters)

    def cam(self, action: str, **parameters: Any) -> Any:
        return self._call("cam", action, parameters)

    def api(self, action: str, **parameters: Any) -> Any:
        return self._call("api", action, parameters)

    def sts(self, action: str, **parameters: Any) -> Any:
        return self._call("sts", action, parameters)

    def _call(self, service: str, action: str, parameters: Mapping[str, Any]) -> Any:
        models = require(f"tencentcloud.{service}.{SERVICES[service]}.models")
        request = getattr(models, f"{action}Request")()
        request.from_json_string(json.dumps(parameters))
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=_USELESS)
            reply = getattr(self._clients[service], action)(request)
            if iscoroutine(reply):
                assert self._runner is not None
                reply = self._runner.run(reply)
        assert type(reply).__name__ == f"{action}Response"
        self.called.add(action)
        return reply

    def close(self) -> None:
        if self._runner is not None:
            for client in self._clients.values():
                self._runner.run(client.close())
            self._runner.close()


def _checked(client: type, service: str) -> type:
    """Return the client class, made to check every answer before it makes a model of it."""

    class Checked(client):  # type: ignore[misc, valid-type]
        def call(self, action: str, *arguments: Any, **named: Any) -> Any:
            body = super().call(action, *arguments, **named)
            check(f"{service}.{action}", json.loads(body)["Response"])
            return body

    return Checked


def check(action: str, response: dict[str, Any]) -> None:
    """Hold an answer against the vendor's definition of it: every member that is due, of its exact type."""
    assert faults(action, response) == []
    assert gaps(action, response) == []
