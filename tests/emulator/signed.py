"""Requests signed by hand, independently of the code under test, and what a strict emulator answers."""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import quote

import attrs
from tests.harness import START, Emulator, emulator

from duolect_core.model.resources import SECOND
from duolect_dialects.exchange import HttpRequest

SECRET = "secret"
NOW = START // SECOND


def strict(**settings: Any) -> Emulator:
    return emulator(signatures="strict", keys=f"AKTEST:{SECRET},AKIDTEST:{SECRET}", **settings)


def _enc(text: str) -> str:
    return quote(text, safe="-_.~")


def sign_v1(request: HttpRequest, secret: str = SECRET, **changes: str) -> HttpRequest:
    """Sign an Alibaba request whose parameters stand in the query."""
    parameters = {**request.parameters(), **changes}
    parameters.pop("Signature", None)
    canonical = "&".join(f"{_enc(k)}={_enc(v)}" for k, v in sorted(parameters.items()))
    text = f"{request.method}&%2F&{_enc(canonical)}"
    made = hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha1).digest()
    query = f"{canonical}&Signature={_enc(base64.b64encode(made).decode())}"
    return attrs.evolve(request, query=query.encode())


def sign_tc3(
    request: HttpRequest,
    secret: str = SECRET,
    at: int = NOW,
    key: str = "AKIDTEST",
    service: str = "vpc",
) -> HttpRequest:
    """Sign a Tencent request with a JSON body, for a service."""
    hashed = hashlib.sha256(request.body).hexdigest()
    head = "content-type:application/json\nhost:emulator\n"
    canonical = f"POST\n/\n\n{head}\ncontent-type;host\n{hashed}"
    scope = f"2026-09-21/{service}/tc3_request"
    text = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    made = f"TC3{secret}".encode()
    for part in scope.split("/"):
        made = hmac.new(made, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(made, text.encode(), hashlib.sha256).hexdigest()
    headers = {
        **request.headers,
        "host": "emulator",
        "x-tc-timestamp": str(at),
        "authorization": f"TC3-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders=content-type;host, "
        f"Signature={signature}",
    }
    return attrs.evolve(request, headers=headers)


def code(world: Emulator, request: HttpRequest) -> tuple[int, str]:
    """Return the status and code of an answer; the code of a success is empty."""
    answer = world.send(request)
    tree = json.loads(answer.body)
    if "Response" in tree:
        return answer.status, tree["Response"].get("Error", {}).get("Code", "")
    return answer.status, tree.get("Code", "")
