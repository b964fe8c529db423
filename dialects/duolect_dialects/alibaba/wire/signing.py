"""The vendor's two signatures: RPC version 1 (HMAC-SHA1) and ACS3-HMAC-SHA256.

Both sign decoded and re-encoded parameters (RFC 3986, sorted by name). Version 1 signs query and form alike
and the method; ACS3 signs the method, the path ``/``, the query, named headers and the body's hash.
Sources: the vendor's pages on request signatures, and what its SDKs send.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha1, sha256
from string import ascii_letters, digits
from typing import Final
from urllib.parse import quote

import attrs

from duolect_dialects.call import Call, Refusal
from duolect_dialects.exchange import Unreadable, read_pairs
from duolect_dialects.signature import Candidate, Signature, SignatureFailure, keyed_hash

WINDOW: Final = 15 * 60
"""Seconds by which a request's time may differ from the server's."""

_ACS3: Final = "ACS3-HMAC-SHA256"
_RESERVED = re.compile(r"[^0-9A-Za-z\-_.~]")
_UNRESERVED_IN_PAIRS: Final = (ascii_letters + digits + "-_.~&=").encode()
_PERCENT: Final = ord("%")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def signature(call: Call, parameters: Mapping[str, str]) -> Signature:
    """Return the signature of a call.

    Raises:
        Refusal: a part of it is missing, malformed or of an unsupported kind.
    """
    if call.request.headers.get("authorization", "").startswith("ACS3-"):
        return _acs3(call)
    return _version_1(call, parameters)


def _version_1(call: Call, parameters: Mapping[str, str]) -> Signature:
    for name in ("AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "Timestamp"):
        if not parameters.get(name):
            raise Refusal(f"Missing{name}", f"{name} is mandatory for this action.", 400)
    if not parameters.get("SignatureNonce"):
        raise Refusal("MissingSignatureNonce", "SignatureNonce is mandatory for this action.", 400)
    if parameters["SignatureMethod"].upper() != "HMAC-SHA1":
        raise Refusal("InvalidParameter", "The specified parameter SignatureMethod is not supported.", 400)
    signed = dict(parameters)
    del signed["Signature"]
    canonical = _encode_pairs(signed)
    return Signature(
        scheme="HMAC-SHA1",
        access_key=call.access_key,
        security_token=parameters.get("SecurityToken", ""),
        at=_seconds(parameters["Timestamp"]),
        window=WINDOW,
        nonce=parameters["SignatureNonce"],
        sent=parameters["Signature"],
        candidates=lambda: (Candidate(canonical, f"{call.request.method}&%2F&{_encode_again(canonical)}"),),
        compute=_sign_version_1,
    )


def _acs3(call: Call) -> Signature:
    request = call.request
    headers = request.headers
    access_key, signed_headers, sent = _authorization(headers["authorization"].strip())
    for name in ("x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"):
        if not headers.get(name):
            raise Refusal("IncompleteSignature", f"The header {name} is missing.", 400)
    body_hash = sha256(request.body).hexdigest()
    if headers["x-acs-content-sha256"].lower() != body_hash:
        raise mismatch(f"{_ACS3}\nbody:{body_hash}", "ACS3")
    try:
        query = _encode_pairs(read_pairs(request.query))
    except Unreadable:
        raise mismatch(f"{_ACS3}\nno query that is UTF-8", "ACS3") from None
    lines = "".join(f"{name}:{headers.get(name, '').strip()}\n" for name in signed_headers.split(";"))
    canonical = "\n".join(
        (request.method, "/", query, lines, signed_headers, headers["x-acs-content-sha256"])
    )
    return Signature(
        scheme=_ACS3,
        access_key=access_key,
        security_token=headers.get("x-acs-security-token", ""),
        at=_seconds(headers["x-acs-date"]),
        window=WINDOW,
        nonce=headers["x-acs-signature-nonce"],
        sent=sent,
        candidates=lambda: (
            Candidate(canonical, f"{_ACS3}\n{sha256(canonical.encode('utf-8', 'replace')).hexdigest()}"),
        ),
        compute=_sign_acs3,
    )


def _authorization(text: str) -> tuple[str, str, str]:
    """Return the access key, the signed headers and the signature; SDKs differ in the order of the three.

    Raises:
        Refusal: one is missing.
    """
    scheme, _, rest = text.partition(" ")
    parts = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    found = tuple(parts.get(name, "") for name in ("Credential", "SignedHeaders", "Signature"))
    if scheme != _ACS3 or not all(found):
        raise Refusal(
            "IncompleteSignature", "The Authorization header is not a complete ACS3 signature.", 400
        )
    access_key, signed_headers, sent = found
    return access_key, signed_headers, sent


def _sign_version_1(secret: str, string_to_sign: str) -> str:
    return b64encode(keyed_hash(f"{secret}&".encode(), string_to_sign, sha1).digest()).decode()


def _sign_acs3(secret: str, string_to_sign: str) -> str:
    return keyed_hash(secret.encode(), string_to_sign, sha256).hexdigest()


def _encode_pairs(parameters: Mapping[str, str]) -> str:
    """Encode as RFC 3986 says, sorted by name.

    Where no name or value holds ``&`` or ``=``, as is usual, all are encoded at once.
    """
    pairs = sorted(parameters.items())
    plain = "&".join([f"{name}={value}" for name, value in pairs])
    if plain.count("=") == len(pairs) == plain.count("&") + 1:
        reserved = set(plain.encode("utf-8", "replace").translate(None, _UNRESERVED_IN_PAIRS))
        if not reserved:
            return plain
        if plain.isascii():
            plain = plain.replace("%", "%25")
            for each in reserved - {_PERCENT}:
                plain = plain.replace(chr(each), f"%{each:02X}")
            return plain
    return "&".join([f"{_encode(name)}={_encode(value)}" for name, value in pairs])


def _encode(text: str) -> str:
    return _RESERVED.sub(_escape, text)


def _escape(reserved: re.Match[str]) -> str:
    return _escaped(reserved[0])


@lru_cache(maxsize=1024)
def _escaped(character: str) -> str:
    return quote(character, safe="", errors="replace")


def _encode_again(encoded: str) -> str:
    """Encode what ``_encode_pairs`` returns: three characters in it are reserved."""
    return encoded.replace("%", "%25").replace("=", "%3D").replace("&", "%26")


@lru_cache(maxsize=64)
def _seconds(text: str) -> int:
    """Return a time like 2026-11-20T08:00:00Z as seconds since 1970, or raise ``Refusal``."""
    if _MOMENT.fullmatch(text):
        try:
            return int(datetime.fromisoformat(text).timestamp())
        except ValueError:
            pass
    raise Refusal("InvalidTimeStamp.Format", "The time is not of the form yyyy-MM-ddTHH:mm:ssZ.", 400)


# -- what is said about a signature that is not believed ----------------------------------------------


def mismatch(string_to_sign: str, scheme: str) -> Refusal:
    """Return the refusal of a wrong signature.

    With version 1 the text after the first colon must be the string to sign, because the classic SDK
    reads it there; ACS3's text must hold no colon.
    """
    if scheme == "HMAC-SHA1":
        message = (
            "Specified signature is not matched with our calculation. "
            f"server string to sign is:{string_to_sign}"
        )
    else:
        shown = string_to_sign.replace(":", " ")
        message = f"Specified signature does not match our calculation. server StringToSign is [{shown}]"
    return Refusal("SignatureDoesNotMatch", message, 400)


_DISTRUST: Final[Mapping[SignatureFailure, Refusal]] = {
    SignatureFailure.UNKNOWN_KEY: Refusal(
        "InvalidAccessKeyId.NotFound", "Specified access key is not found.", 404
    ),
    SignatureFailure.EXPIRED: Refusal(
        "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.", 400
    ),
    SignatureFailure.NONCE_USED: Refusal(
        "SignatureNonceUsed", "Specified signature nonce was used already.", 400
    ),
    SignatureFailure.TOKEN_MISSING: Refusal(
        "MissingSecurityToken", "SecurityToken is mandatory for this access key.", 400
    ),
    SignatureFailure.TOKEN_UNKNOWN: Refusal(
        "InvalidSecurityToken.MismatchWithAccessKey",
        "Specified SecurityToken does not belong to the access key.",
        400,
    ),
    SignatureFailure.TOKEN_EXPIRED: Refusal(
        "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.", 400
    ),
}


def signature_error(why: SignatureFailure, signed: Signature) -> Refusal:
    """Return the refusal of a signature that is not believed."""
    if why is SignatureFailure.MISMATCH:
        first = next(iter(signed.candidates()))
        return mismatch(first.string_to_sign, signed.scheme)
    # A copy: one exception that is raised again and again would keep every traceback.
    return attrs.evolve(_DISTRUST[why])
