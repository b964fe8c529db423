"""The vendor's wire: what a call looks like when it arrives and an answer when it leaves.

Requests come as API 3.0 (action in headers, parameters as a JSON body or a query string, signed with
TC3-HMAC-SHA256) or in the older way (everything in query or form, signed with HmacSHA1 or HmacSHA256).
Answers are JSON. Everything here is a pure function.
"""

import re
from collections.abc import Mapping
from typing import Final

from duolect_dialects.exchange import HttpRequest

PROTOCOL: Final = frozenset(
    {
        "Action", "Language", "Nonce", "Region", "RequestClient", "SecretId", "Signature",
        "SignatureMethod", "Timestamp", "Token", "Version",
    }
)  # fmt: skip
"""Parameters that belong to the protocol of the older way, not to an action."""
JSON_TYPE: Final = "application/json"
"""Exactly this: one of the vendor's SDKs overlooks errors under any other content type."""
MULTIPART_TYPE: Final = "multipart/form-data"

_MAX_GET: Final = 32 * 2**10
_MAX_POST: Final = 10 * 2**20
_MAX_OLDER_POST: Final = 2**20
_TRACE_ID: Final = "x-tc-traceid"
_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)")


def is_too_large(request: HttpRequest) -> bool:
    """Say whether a request is larger than the vendor takes it: 32 KB, 10 MB, or 1 MB in the older way."""
    if request.method == "GET":
        return len(request.query) > _MAX_GET
    return len(request.body) > (_MAX_POST if "x-tc-action" in request.headers else _MAX_OLDER_POST)


def credential(headers: Mapping[str, str]) -> str:
    """Return the secret id that a TC3 request names, or an empty text."""
    found = _CREDENTIAL.search(headers.get("authorization", ""))
    return found.group(1) if found else ""


def answer_headers(request: HttpRequest) -> dict[str, str]:
    """Return the headers of an answer; a trace id that came with the request goes back with it.

    Source: the cassettes of cloud-custodian (488 of 492 replies name nginx, 2022 and 2023), and recorded
    calls of which each that sent X-TC-TraceId got it back.
    """
    headers = {"content-type": JSON_TYPE, "server": "nginx"}
    if _TRACE_ID in request.headers:
        headers[_TRACE_ID] = request.headers[_TRACE_ID]
    return headers
