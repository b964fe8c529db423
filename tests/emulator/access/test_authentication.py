"""Which signatures are accepted, which are not, and how each cloud refuses them.

Requests are signed here by hand, independently of the code under test; that the signatures of the official
SDKs are accepted is tested in tests/contract/test_signatures.py.
"""

import json

import attrs
import pytest
from tests.emulator.signed import NOW, SECRET, code, sign_tc3, sign_v1, strict
from tests.harness import Emulator, emulator

from duolect.access.authentication import Key, parse_keys
from duolect_dialects.exchange import HttpRequest
from duolect_dialects.signature import SignatureFailure
from duolect_dialects.tencent.actions import ACTIONS as TENCENT
from duolect_dialects.tencent.wire.signing import SERVICES


def alibaba(world: Emulator, **changes: str) -> HttpRequest:
    request = world.alibaba().request("DescribeNetworkInterfaces")
    return sign_v1(request, SignatureNonce=changes.pop("SignatureNonce", "once"), **changes)


def tencent(world: Emulator) -> HttpRequest:
    return world.tencent().request("DescribeNetworkInterfaces")


def test_a_valid_signature_is_accepted_on_both_clouds() -> None:
    world = strict()
    assert code(world, alibaba(world)) == (200, "")
    assert code(world, sign_tc3(tencent(world))) == (200, "")


def test_a_wrong_secret_is_a_mismatch() -> None:
    world = strict()
    request = world.alibaba().request("DescribeNetworkInterfaces")
    assert code(world, sign_v1(request, "other")) == (400, "SignatureDoesNotMatch")
    assert code(world, sign_tc3(tencent(world), "other")) == (200, "AuthFailure.SignatureFailure")


@pytest.mark.parametrize(
    ("action", "service", "expected"),
    [
        ("DescribeNetworkInterfaces", "vpc", ""),
        ("DescribeNetworkInterfaces", "cvm", "AuthFailure.SignatureFailure"),
        ("DescribeNetworkInterfaces", "tag", "AuthFailure.SignatureFailure"),
        ("DescribeInstances", "cvm", ""),
        ("DescribeInstances", "vpc", "AuthFailure.SignatureFailure"),
        ("DescribeInstances", "127", ""),  # as the SDK for Node.js signs where the host is 127.0.0.1
        ("DescribeInstances", "localhost", ""),
        ("DescribeInstances", "duolect", ""),
        ("DescribeNothing", "cvm", "InvalidAction"),
    ],
)
def test_a_request_that_is_signed_for_another_service_is_a_mismatch(
    action: str, service: str, expected: str
) -> None:
    world = strict()
    request = sign_tc3(world.tencent().request(action), service=service)
    assert code(world, request) == (200, expected)
    if expected == "AuthFailure.SignatureFailure":
        (failure,) = world.pipeline.access.authenticator.failures
        own = {"DescribeInstances": "cvm", "DescribeNetworkInterfaces": "vpc"}[action]
        assert f"/{own}/tc3_request" in failure.strings_to_sign[0]


def test_every_service_that_is_served_is_known_as_one() -> None:
    assert {TENCENT[key].product for key in TENCENT} == SERVICES


def test_the_classic_sdk_finds_the_string_to_sign_behind_the_first_colon() -> None:
    world = strict()
    request = sign_v1(world.alibaba().request("DescribeNetworkInterfaces"), "other")
    message = json.loads(world.send(request).body)["Message"]
    assert message.split(":", 1)[1].startswith("GET&%2F&AccessKeyId%3DAKTEST")


def test_an_unknown_key_is_not_found() -> None:
    world = strict()
    request = world.alibaba("AKOTHER").request("DescribeNetworkInterfaces")
    assert code(world, sign_v1(request)) == (404, "InvalidAccessKeyId.NotFound")
    assert code(world, sign_tc3(tencent(world), key="AKIDOTHER")) == (200, "AuthFailure.SecretIdNotFound")


@pytest.mark.parametrize(("seconds", "expected"), [(899, ""), (901, "InvalidTimeStamp.Expired")])
def test_an_alibaba_request_lives_fifteen_minutes(seconds: int, expected: str) -> None:
    world = strict()
    request = alibaba(world)
    world.advance(seconds * 1000)
    assert code(world, request)[1] == expected


@pytest.mark.parametrize(("seconds", "expected"), [(299, ""), (301, "AuthFailure.SignatureExpire")])
def test_a_tencent_request_lives_five_minutes(seconds: int, expected: str) -> None:
    world = strict()
    request = sign_tc3(tencent(world))
    world.advance(seconds * 1000)
    assert code(world, request)[1] == expected


def test_an_invalid_timestamp_is_refused() -> None:
    world = strict()
    assert code(world, alibaba(world, Timestamp="yesterday")) == (400, "InvalidTimeStamp.Format")
    request = attrs.evolve(
        sign_tc3(tencent(world)), headers={**sign_tc3(tencent(world)).headers, "x-tc-timestamp": "x"}
    )
    assert code(world, request) == (200, "InvalidParameter")


def test_an_alibaba_nonce_is_good_once_and_a_tencent_one_again_and_again() -> None:
    world = strict()
    request = alibaba(world)
    assert code(world, request) == (200, "")
    assert code(world, request) == (400, "SignatureNonceUsed")
    assert code(world, alibaba(world, SignatureNonce="twice")) == (200, "")
    request = sign_tc3(tencent(world))
    assert [code(world, request)[1] for _ in range(2)] == ["", ""]


def test_the_nonce_of_a_request_that_fails_verification_is_not_used_up() -> None:
    world = strict()
    request = world.alibaba().request("DescribeNetworkInterfaces")
    assert code(world, sign_v1(request, "other", SignatureNonce="n1"))[1] == "SignatureDoesNotMatch"
    assert code(world, sign_v1(request, SignatureNonce="n1")) == (200, "")


def test_a_request_without_a_signature_is_refused_by_name() -> None:
    world = strict()
    request = world.alibaba().request("DescribeNetworkInterfaces")
    bare = attrs.evolve(request, query=request.query.replace(b"Signature=unchecked", b"Signature="))
    assert code(world, bare) == (400, "MissingSignature")
    unsigned = tencent(world)
    headers = {name: value for name, value in unsigned.headers.items() if name != "authorization"}
    assert code(world, attrs.evolve(unsigned, headers=headers)) == (200, "MissingParameter")


def test_warn_serves_what_strict_refuses_and_keeps_why() -> None:
    world = emulator(signatures="warn", keys=f"AKTEST:{SECRET}")
    request = sign_v1(world.alibaba().request("DescribeNetworkInterfaces"), "other")
    assert code(world, request) == (200, "")
    (failure,) = world.pipeline.access.authenticator.failures
    assert failure.reason == "mismatch"
    assert failure.strings_to_sign[0].startswith("GET&%2F&")
    assert failure.canonical_requests[0].startswith("AccessKeyId=AKTEST")
    assert failure.sent not in failure.expected


def test_warn_does_not_verify_unknown_keys() -> None:
    world = emulator(signatures="warn", keys=f"OTHER:{SECRET}")
    assert code(world, world.alibaba().request("DescribeNetworkInterfaces")) == (200, "")
    assert not world.pipeline.access.authenticator.failures


def test_off_verifies_nothing() -> None:
    world = emulator(keys=f"AKTEST:{SECRET}")
    request = sign_v1(world.alibaba().request("DescribeNetworkInterfaces"), "other")
    assert code(world, request) == (200, "")


TOKEN = Key(SECRET, token="token", expires=NOW + 60)


@pytest.mark.parametrize(
    ("sent", "later", "expected"),
    [
        ({"SecurityToken": "token"}, 0, ""),
        ({}, 0, "MissingSecurityToken"),
        ({"SecurityToken": "other"}, 0, "InvalidSecurityToken.MismatchWithAccessKey"),
        ({"SecurityToken": "token"}, 60, "InvalidSecurityToken.Expired"),
    ],
)
def test_a_temporary_key_needs_its_token(sent: dict[str, str], later: int, expected: str) -> None:
    world = strict()
    world.pipeline.access.authenticator.put_key("AKTEST", TOKEN)
    request = alibaba(world, **sent)
    world.advance(later * 1000)
    assert code(world, request)[1] == expected


def test_a_token_that_a_plain_key_does_not_have_is_refused() -> None:
    world = strict()
    assert (
        code(world, alibaba(world, SecurityToken="token"))[1]
        == "InvalidSecurityToken.MismatchWithAccessKey"
    )


def test_nonces_are_forgotten_when_their_requests_can_no_longer_come() -> None:
    world = strict()
    assert code(world, alibaba(world)) == (200, "")
    world.advance(2_000_000)
    later = alibaba(world, SignatureNonce="other", Timestamp="2026-09-21T14:46:40Z")
    assert code(world, later) == (200, "")
    assert list(world.pipeline.access.authenticator._nonces) == [("AKTEST", "other")]


@pytest.mark.parametrize("why", SignatureFailure)
def test_each_refusal_is_an_exception_of_its_own(why: SignatureFailure) -> None:
    """One that is raised again would keep the traceback, and with it the requests, of every time."""
    world = strict()
    requests = (alibaba(world), sign_tc3(tencent(world)))
    for dialect, request in zip(world.pipeline.dialects, requests, strict=True):
        call = dialect.open(request, request.parameters(), "1")
        signed = dialect.signature(call, request.parameters())
        if why is not SignatureFailure.NONCE_USED or signed.nonce:
            assert dialect.signature_error(why, signed) is not dialect.signature_error(why, signed)


def test_keys_are_read_from_a_text() -> None:
    assert parse_keys("A:1, B:2:3") == {"A": Key("1"), "B": Key("2:3")}
    assert parse_keys("") == {}
    with pytest.raises(ValueError, match="'A' is not ID:SECRET"):
        parse_keys("A")
