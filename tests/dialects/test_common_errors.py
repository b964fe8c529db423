"""The errors that any action of a cloud can have, each provoked through the pipeline.

A row holds a code, its HTTP status, and how it is provoked. A condition provokes what is not modelled of an
account (permissions, debts, disabled keys) and what goes wrong on the real cloud only.
Sources: the vendors' tables of common errors.
"""

import json

import attrs
import pytest
from tests.dialects.provocations import (
    TEMPORARY,
    Provocation,
    acs3,
    ask,
    head,
    hurry,
    multipart,
    of_bytes,
    older,
    put,
    request_without,
    send,
    sign,
    tc3,
    v1,
)
from tests.harness import Emulator, emulator

from duolect.settings.settings import ConditionSettings

CREATE = "CreateNetworkInterface"
WHERE = {"VpcId": "vpc-00000000", "SubnetId": "subnet-00000000", "NetworkInterfaceName": "a"}
ALIBABA: list[tuple[str, int, Provocation]] = [
    ("MissingAction", 400, ask("alibaba", "")),
    ("InvalidAction.NotFound", 404, ask("alibaba", "FlyNetworkInterface")),
    ("InvalidAction.NotFound", 404, ask("alibaba", CREATE, version="2016-04-28")),
    ("MissingVersion", 400, ask("alibaba", version="")),
    ("InvalidVersion", 400, ask("alibaba", version="2000-01-01")),
    ("InvalidVersion", 400, ask("alibaba", version="yesterday")),
    ("MissingParameter", 400, ask("alibaba", CREATE, VSwitchId=None)),
    ("MissingParameter", 400, ask("alibaba", "DescribeNetworkInterfaces", RegionId=None)),
    ("UnsupportedParameter", 400, ask("alibaba", Wings="2")),
    ("InvalidParameter", 400, ask("alibaba", Tag="a")),
    ("InvalidRegionId.NotFound", 404, ask("alibaba", RegionId="cn-atlantis")),
    ("UnsupportedHTTPMethod", 403, send("alibaba", put)),
    ("InvalidAccessKeyId.NotFound", 404, sign("alibaba", v1(AccessKeyId="AKOTHER"))),
    ("MissingAccessKeyId", 400, sign("alibaba", v1(AccessKeyId=""))),
    ("MissingSignature", 400, sign("alibaba", lambda request: request_without(request, b"Signature"))),
    ("MissingSignatureMethod", 400, sign("alibaba", v1(SignatureMethod=""))),
    ("MissingSignatureVersion", 400, sign("alibaba", v1(SignatureVersion=""))),
    ("MissingSignatureNonce", 400, sign("alibaba", v1(SignatureNonce=""))),
    ("MissingTimestamp", 400, sign("alibaba", v1(Timestamp=""))),
    ("InvalidParameter", 400, sign("alibaba", v1(SignatureMethod="HMAC-MD5"))),
    ("IncompleteSignature", 400, sign("alibaba", acs3("ACS3-HMAC-SHA256 Credential=AKTEST"))),
    (
        "IncompleteSignature",
        400,
        sign("alibaba", acs3("ACS3-HMAC-MD5 Credential=A,SignedHeaders=a,Signature=0")),
    ),
    (
        "IncompleteSignature",
        400,
        sign("alibaba", acs3("ACS3-HMAC-SHA256 Credential=AKTEST,SignedHeaders=host,Signature=0")),
    ),
    ("SignatureDoesNotMatch", 400, sign("alibaba", v1("other"))),
    ("InvalidTimeStamp.Expired", 400, sign("alibaba", v1(), seconds=901)),
    ("InvalidTimeStamp.Expired", 400, sign("alibaba", v1(Timestamp="2026-09-21T14:29:00Z"))),
    ("InvalidTimeStamp.Format", 400, sign("alibaba", v1(Timestamp="2026-09-21 14:13:20"))),
    ("InvalidTimeStamp.Format", 400, sign("alibaba", v1(Timestamp="2026-13-41T14:13:20Z"))),
    ("SignatureNonceUsed", 400, sign("alibaba", v1(), times=2)),
    ("MissingSecurityToken", 400, sign("alibaba", v1(), key=TEMPORARY)),
    (
        "InvalidSecurityToken.MismatchWithAccessKey",
        400,
        sign("alibaba", v1(SecurityToken="other"), key=TEMPORARY),
    ),
    (
        "InvalidSecurityToken.Expired",
        400,
        sign("alibaba", v1(SecurityToken="token"), key=TEMPORARY, seconds=60),
    ),
    ("Throttling.User", 400, hurry("alibaba", CREATE, 1500)),
]
TENCENT: list[tuple[str, int, Provocation]] = [
    ("MissingParameter", 200, send("tencent", head(x_tc_action="", authorization="TC3-"))),
    ("InvalidAction", 200, ask("tencent", "FlyNetworkInterface")),
    ("MissingParameter", 200, send("tencent", head(x_tc_version=""))),
    ("NoSuchVersion", 200, send("tencent", head(x_tc_version="2000-01-01"))),
    ("MissingParameter", 200, send("tencent", head(x_tc_region=""))),
    ("UnsupportedRegion", 200, send("tencent", head(x_tc_region="ap-atlantis"))),
    ("MissingParameter", 200, ask("tencent", CREATE, VpcId="vpc-00000000")),
    ("UnknownParameter", 200, ask("tencent", Wings=2)),
    ("InvalidParameter", 200, send("tencent", lambda request: attrs.evolve(request, body=b"{"))),
    ("InvalidParameterValue", 200, ask("tencent", CREATE, **WHERE, QosLevel="GOLD")),
    ("UnsupportedProtocol", 200, send("tencent", put)),
    ("InvalidRequest", 200, multipart(b"--x")),
    ("InvalidRequest", 200, multipart(b"--x--\r\n", boundary="")),
    ("InvalidRequest", 200, multipart(b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n")),
    ("RequestSizeLimitExceeded", 200, send("tencent", of_bytes("GET", 32 * 2**10 + 1))),
    ("RequestSizeLimitExceeded", 200, send("tencent", of_bytes("POST", 2**20 + 1, form=True))),
    ("RequestSizeLimitExceeded", 200, send("tencent", of_bytes("POST", 10 * 2**20 + 1))),
    ("AuthFailure.SecretIdNotFound", 200, sign("tencent", tc3(key="AKIDOTHER"))),
    ("AuthFailure.SignatureFailure", 200, sign("tencent", tc3("other"))),
    ("AuthFailure.SignatureFailure", 200, sign("tencent", tc3(x_tc_timestamp="1700000000"))),
    ("AuthFailure.SignatureExpire", 200, sign("tencent", tc3(), seconds=301)),
    ("MissingParameter", 200, sign("tencent", tc3(x_tc_timestamp=""))),
    ("InvalidParameter", 200, sign("tencent", tc3(x_tc_timestamp="now"))),
    (
        "AuthFailure.InvalidAuthorization",
        200,
        sign("tencent", head(authorization="TC3-HMAC-MD5 Credential=A")),
    ),
    ("AuthFailure.InvalidAuthorization", 200, sign("tencent", older(b"HmacSHA256", b"HmacMD5"))),
    ("MissingParameter", 200, sign("tencent", older(b"&Signature=unchecked", b""))),
    ("MissingParameter", 200, sign("tencent", older(b"&Nonce=1", b""))),
    ("AuthFailure.TokenFailure", 200, sign("tencent", tc3(), key=TEMPORARY)),
    ("AuthFailure.TokenFailure", 200, sign("tencent", tc3(x_tc_token="other"), key=TEMPORARY)),
    ("AuthFailure.TokenFailure", 200, sign("tencent", tc3(x_tc_token="token"), key=TEMPORARY, seconds=60)),
    ("RequestLimitExceeded", 200, hurry("tencent", "DescribeVpcTaskResult", 20)),
]
ALIBABA_BY_CONDITION = """
400 IdempotentParameterMismatch
400 IllegalTimestamp
400 InsufficientBalance
400 InvalidSecurityToken.Malformed
400 Throttling
400 Throttling.Api
400 UnknownError
403 ChargeTypeViolation
403 Forbidden.AccessKeyDisabled
403 Forbidden.NotSupportRAM
403 Forbidden.RAM
403 Forbidden.RiskControl
403 Forbidden.SubUser
403 Forbidden.Unauthorized
403 IdempotentProcessing
403 InvalidAccessKeyId.Inactive
403 InvalidAccount.NotFound
403 InvalidAction
403 InvalidIdempotenceParameter.Mismatch
403 LastTokenProcessing
403 RealNameAuthenticationError
404 InvalidApi.NotFound
409 OperationConflict
500 InternalError
503 ServiceUnavailable
503 ServiceUnavailable.RegionMaintaining
"""
TENCENT_BY_CONDITION = """
200 ActionOffline
200 AuthFailure.InvalidSecretId
200 AuthFailure.MFAFailure
200 AuthFailure.UnauthorizedOperation
200 DryRunOperation
200 FailedOperation
200 InternalError
200 IpInBlacklist
200 IpNotInWhitelist
200 LimitExceeded
200 NoSuchProduct
200 RequestLimitExceeded.GlobalRegionUinLimitExceeded
200 RequestLimitExceeded.IPLimitExceeded
200 RequestLimitExceeded.UinLimitExceeded
200 ResourceInUse
200 ResourceInsufficient
200 ResourceNotFound
200 ResourceUnavailable
200 ResponseSizeLimitExceeded
200 ServiceUnavailable
200 UnauthorizedOperation
200 UnsupportedOperation
"""


def by_condition(cloud: str, text: str) -> list[tuple[str, str, int]]:
    return [(cloud, code, int(status)) for status, code in map(str.split, text.strip().splitlines())]


BY_CONDITION = [
    *by_condition("alibaba", ALIBABA_BY_CONDITION),
    *by_condition("tencent", TENCENT_BY_CONDITION),
]


def ids(rows: list[tuple[str, int, Provocation]]) -> list[str]:
    return [f"{place}-{code}" for place, (code, _, _) in enumerate(rows)]


@pytest.mark.parametrize(("code", "status", "provoke"), ALIBABA, ids=ids(ALIBABA))
def test_alibaba_refuses_with_its_common_code(code: str, status: int, provoke: Provocation) -> None:
    answer = provoke()
    body = json.loads(answer.body)
    assert (body["Code"], answer.status) == (code, status)
    assert set(body) == {"RequestId", "HostId", "Code", "Message", "Recommend"}


@pytest.mark.parametrize(("code", "status", "provoke"), TENCENT, ids=ids(TENCENT))
def test_tencent_refuses_with_its_common_code(code: str, status: int, provoke: Provocation) -> None:
    answer = provoke()
    response = json.loads(answer.body)["Response"]
    assert (response["Error"]["Code"], answer.status) == (code, status)
    assert set(response) == {"Error", "RequestId"}
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(("cloud", "code", "status"), BY_CONDITION)
@pytest.mark.parametrize("action", ["DescribeNetworkInterfaces", "DescribeVpcs"])
def test_a_condition_refuses_any_action_with_any_common_code(
    action: str, cloud: str, code: str, status: int
) -> None:
    world = emulator(conditions=[ConditionSettings(cloud, code, access_key="barred")])
    params = {"version": "2016-04-28"} if (cloud, action) == ("alibaba", "DescribeVpcs") else {}

    def asked(key: str) -> tuple[str, int]:
        answer = world.send(getattr(world, cloud)(key=key).request(action, **params))
        body = json.loads(answer.body)
        error = body["Response"].get("Error", {}) if cloud == "tencent" else body
        return error.get("Code", ""), answer.status

    assert asked("barred") == (code, status)
    assert asked("other") == ("", 200)


def common(world: Emulator, cloud: str) -> dict[str, int]:
    (dialect,) = (each for each in world.pipeline.dialects if each.name == cloud)
    return dict(dialect.common)


@pytest.mark.parametrize(("cloud", "rows"), [("alibaba", ALIBABA), ("tencent", TENCENT)])
def test_every_common_code_is_provoked_with_its_status(
    cloud: str, rows: list[tuple[str, int, Provocation]]
) -> None:
    provoked = {code: status for code, status, _ in rows}
    provoked |= {code: status for each, code, status in BY_CONDITION if each == cloud}
    listed = common(emulator(), cloud)
    assert listed == {code: provoked.get(code) for code in listed}


@pytest.mark.parametrize(("style", "size"), [("GET", 32 * 2**10), ("form", 2**20), ("POST", 10 * 2**20)])
def test_a_request_of_just_the_vendors_size_is_read(style: str, size: int) -> None:
    change = of_bytes("GET" if style == "GET" else "POST", size, form=style == "form")
    answer = send("tencent", change)()
    code = json.loads(answer.body)["Response"].get("Error", {}).get("Code", "")
    assert code == ("InvalidParameter" if style != "POST" else "")  # as many parameters are not read
