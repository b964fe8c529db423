"""Plain HTTP on one connection, which is opened anew where it was closed."""

import json
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

import attrs

FAULT = "x-duolect-fault"
_IDLE = 30
"""Seconds after which a connection is not used again: the server closes idle ones."""


@attrs.frozen
class Reply:
    """An answer, and how long it took in seconds."""

    status: int
    tree: Any
    fault: str
    """The ids of the faults that were injected; empty where there were none."""
    seconds: float


class Lost(Exception):
    """The connection ended without an answer."""


class Line:
    """A connection to the server."""

    def __init__(self, port: int, timeout: float = 60.0) -> None:
        self._port, self._timeout = port, timeout
        self._connection: HTTPConnection | None = None
        self._used = 0.0

    def send(self, method: str, target: str, body: bytes = b"", headers: Mapping[str, str] = {}) -> Reply:
        """Send a request and return the answer, or raise ``Lost``."""
        if time.monotonic() - self._used > _IDLE:
            self.close()
        self._used = time.monotonic()
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=self._timeout)
        began = time.perf_counter()
        try:
            self._connection.request(method, target, body or None, dict(headers))
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, HTTPException) as reason:
            self.close()
            raise Lost(f"{type(reason).__name__}: {reason}") from None
        seconds = time.perf_counter() - began
        if answer.will_close:
            self.close()
        try:
            tree = json.loads(text) if text else None
        except ValueError:
            tree = text
        return Reply(answer.status, tree, answer.headers.get(FAULT, ""), seconds)

    def control(self, method: str, path: str, body: object = None, **query: object) -> Reply:
        """Ask the control API."""
        target = f"/_duolect/{path}" + (f"?{urlencode(query)}" if query else "")
        return self.send(method, target, b"" if body is None else json.dumps(body).encode())

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def alibaba(action: str, key: str, version: str = "2016-04-28", **parameters: object) -> tuple[str, str]:
    """Return method and target of a call of Alibaba Cloud."""
    query = {
        "Action": action,
        "Version": version,
        "Format": "JSON",
        "RegionId": "cn-hangzhou",
        "AccessKeyId": key,
        **parameters,
    }
    return "POST", f"/?{urlencode(query)}"


def tencent(action: str, key: str, **parameters: object) -> tuple[str, str, bytes, Mapping[str, str]]:
    """Return method, target, body and headers of a call of Tencent Cloud."""
    headers = {
        "x-tc-action": action,
        "x-tc-version": "2017-03-12",
        "x-tc-region": "ap-guangzhou",
        "content-type": "application/json",
        "authorization": f"TC3-HMAC-SHA256 Credential={key}/2026-01-01/vpc/tc3_request, "
        "SignedHeaders=host, Signature=0",
    }
    return "POST", "/", json.dumps(parameters).encode(), headers
