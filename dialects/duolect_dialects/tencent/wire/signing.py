"""The vendor's signatures: TC3-HMAC-SHA256, and HmacSHA1 and HmacSHA256 of the older way.

TC3 signs the raw query as it arrived, the headers it names, and the body's hash, with a key derived from
the date and the service in its own credential scope. Clients see their Host with or without the port; both
are candidates. The older way signs decoded parameters, sorted, without any encoding.
Sources: the vendor's pages on signature v3 and v1, and what its SDKs send.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha1, sha256
from hmac import digest
from time import gmtime, strftime
from typing import Final

import attrs

from duolect_dialects.call import Call, Refusal
from duolect_dialects.signature import Candidate, Signature, SignatureFailure, keyed_hash
from duolect_dialects.tencent import request_errors
from duolect_dialects.wording import Message

WINDOW: Final = 5 * 60
"""Seconds by which a request's time may differ from the server's."""

SERVICES: Final = frozenset({"api", "cam", "cbs", "cvm", "sts", "tag", "vpc"})
"""The services that an action can be of."""

_TC3: Final = "TC3-HMAC-SHA256"
_AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256\s+Credential=([^/,\s]+)/(\d{4}-\d\d-\d\d)/([^/,\s]+)/tc3_request\s*,"
    r"\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-fA-F]+)"
)
_UNSIGNED: Final = "UNSIGNED-PAYLOAD"
_METHODS: Final = {"HmacSHA1": sha1, "HmacSHA256": sha256}
_MAX_DIGITS: Final = 12


def signature(call: Call, parameters: Mapping[str, str], service: str) -> Signature:
    """Return the signature of a call.

    ``service`` is the one that its action is of, empty for an unknown action. What is signed for another
    one is as wrong as on the cloud. A scope that is no service is believed: the SDK for Node.js signs the
    first label of its endpoint's host: on the cloud the service, and here ``127`` or any name.

    Raises:
        Refusal: a part of it is missing, malformed or of an unsupported kind.
    """
    if call.request.headers.get("authorization", "").startswith("TC3-"):
        return _tc3(call, service)
    return _signature_v1(call, parameters)


def _tc3(call: Call, service: str) -> Signature:
    request = call.request
    headers = request.headers
    found = _AUTHORIZATION.fullmatch(headers["authorization"].strip())
    if found is None:
        raise Refusal(
            "AuthFailure.InvalidAuthorization", "The Authorization header is not a TC3 signature."
        )
    access_key, date, signed_service, signed_headers, sent = found.groups()
    timestamp = headers.get("x-tc-timestamp", "")
    at = _seconds(timestamp)
    if _date(at) != date:
        raise Refusal(
            "AuthFailure.SignatureFailure", "The date in Credential is not that of X-TC-Timestamp."
        )
    payload = _UNSIGNED if headers.get("x-tc-content-sha256") == _UNSIGNED else request.body
    if isinstance(payload, bytes):
        hashed = sha256(b"" if request.method == "GET" else payload).hexdigest()
    else:
        hashed = sha256(payload.encode()).hexdigest()
    query = request.query.decode("latin-1") if request.method == "GET" else ""
    expected = service if service and signed_service in SERVICES else signed_service
    scope = f"{date}/{expected}/tc3_request"

    def candidates() -> Iterator[Candidate]:
        for host in _hosts(headers.get("host", "")):
            lines = "".join(
                [f"{name}:{_header(headers, name, host)}\n" for name in signed_headers.split(";")]
            )
            canonical = f"{request.method}\n/\n{query}\n{lines}\n{signed_headers}\n{hashed}"
            of_canonical = sha256(canonical.encode("utf-8", "replace")).hexdigest()
            yield Candidate(canonical, f"{_TC3}\n{timestamp}\n{scope}\n{of_canonical}")

    return Signature(
        scheme=_TC3,
        access_key=access_key,
        security_token=headers.get("x-tc-token", ""),
        at=at,
        window=WINDOW,
        nonce="",
        sent=sent.lower(),
        candidates=candidates,
        compute=_sign_tc3,
    )


def _header(headers: Mapping[str, str], name: str, host: str) -> str:
    """Return a header as it is signed: the host and the content type as sent, all others lowered."""
    if name == "host":
        return host
    value = headers.get(name, "").strip()
    return value if name == "content-type" else value.lower()


def _hosts(host: str) -> Iterator[str]:
    """Yield the Host as sent, and without its port, which one of the SDKs leaves out."""
    yield host
    bare, colon, port = host.rpartition(":")
    if colon and port.isdecimal():
        yield bare


def _signature_v1(call: Call, parameters: Mapping[str, str]) -> Signature:
    for name in ("SecretId", "Signature", "Timestamp", "Nonce"):
        if not parameters.get(name):
            raise request_errors.missing(name)
    method = parameters.get("SignatureMethod") or "HmacSHA1"
    if method not in _METHODS:
        raise Refusal(
            "AuthFailure.InvalidAuthorization",
            Message("The signature method `{method}` is not supported.", method=method),
        )
    signed = "&".join(
        f"{name}={value}" for name, value in sorted(parameters.items()) if name != "Signature"
    )
    hash_of = _METHODS[method]

    def compute(secret: str, string_to_sign: str) -> str:
        return b64encode(keyed_hash(secret.encode(), string_to_sign, hash_of).digest()).decode()

    strings = [
        f"{call.request.method}{host}/?{signed}" for host in _hosts(call.request.headers.get("host", ""))
    ]
    return Signature(
        scheme=method,
        access_key=parameters["SecretId"],
        security_token=parameters.get("Token", ""),
        at=_seconds(parameters["Timestamp"]),
        window=WINDOW,
        nonce="",
        sent=parameters["Signature"],
        candidates=lambda: (Candidate(text, text) for text in strings),
        compute=compute,
    )


def _sign_tc3(secret: str, string_to_sign: str) -> str:
    _, _, scope, _ = string_to_sign.split("\n")
    return keyed_hash(_tc3_key(secret, scope), string_to_sign, sha256).hexdigest()


@lru_cache(maxsize=256)
def _tc3_key(secret: str, scope: str) -> bytes:
    """Return the key of a day and service, which all requests of that day are signed with."""
    key = f"TC3{secret}".encode()
    for part in scope.split("/"):
        key = digest(key, part.encode(), sha256)
    return key


@lru_cache(maxsize=64)
def _date(at: int) -> str:
    return strftime("%Y-%m-%d", gmtime(at))


def _seconds(text: str) -> int:
    if not text:
        raise request_errors.missing("Timestamp")
    if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS:
        return int(text)
    raise Refusal("InvalidParameter", "The timestamp is not a number of seconds since 1970.")


_DISTRUST: Final[Mapping[SignatureFailure, Refusal]] = {
    SignatureFailure.UNKNOWN_KEY: Refusal("AuthFailure.SecretIdNotFound", "The SecretId is not found."),
    SignatureFailure.EXPIRED: Refusal(
        "AuthFailure.SignatureExpire", "The signature is expired: check the time of the client."
    ),
    SignatureFailure.TOKEN_MISSING: Refusal(
        "AuthFailure.TokenFailure", "The SecretId needs a token and none was sent."
    ),
    SignatureFailure.TOKEN_UNKNOWN: Refusal(
        "AuthFailure.TokenFailure", "The token does not belong to the SecretId."
    ),
    SignatureFailure.TOKEN_EXPIRED: Refusal("AuthFailure.TokenFailure", "The token is expired."),
    SignatureFailure.MISMATCH: Refusal(
        "AuthFailure.SignatureFailure",
        "The provided credentials could not be validated. Please check your signature is correct.",
    ),
}


def signature_error(why: SignatureFailure, signed: Signature) -> Refusal:
    """Return the refusal of a signature that is not believed."""
    del signed
    # A copy: one exception that is raised again and again would keep every traceback.
    return attrs.evolve(_DISTRUST[why])
