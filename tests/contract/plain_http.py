"""Requests as bare HTTP, where no SDK would send them so."""

import http.client
import json
from typing import Any
from urllib.parse import quote, urlencode

from tests.contract.server import Server

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
