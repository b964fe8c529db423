"""How the tables of documented error codes are held against what is answered."""

import re
from typing import Any

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.code_tables import (
    CodeCase,
)
from tests.harness import ApiError

from duolect_dialects.exchange import HttpAnswer


def codes_with_status(text: str) -> dict[str, int]:
    """Read lines of a status and the codes that have it."""
    codes = {}
    for line in text.strip().splitlines():
        status, *names = line.split()
        for name in names:
            codes[name] = int(status)
    return codes


ABSENT_VSWITCH, ABSENT_GROUP = "vsw-bp1absent", "sg-bp1absent"
ABSENT_ENI, ABSENT_INSTANCE = "eni-bp1absent", "i-bp1absent"
REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")


def refused(account: AlibabaAccount, action: str, params: dict[str, Any]) -> tuple[ApiError, HttpAnswer]:
    """Send the request, which must be refused and leave no trace."""
    before = account.dump()
    with pytest.raises(ApiError) as caught:
        account.client.call(action, **params)
    assert account.dump() == before
    return caught.value, account.client.last


def check(case: CodeCase, action: str) -> None:
    """Provoke the code of a case, and hold the whole answer against the form of the vendor's errors."""
    account = AlibabaAccount.furnished(conditions=case.conditions("alibaba", action), **case.settings)
    params = case.scenario(account)
    error, answer = refused(account, action, params)
    assert (error.code, error.status) == (case.code, case.status)
    region = params.get("RegionId", "cn-hangzhou")
    host = "ecs.aliyuncs.com" if region is None else f"ecs.{region}.aliyuncs.com"
    assert set(error.body) == {"RequestId", "HostId", "Code", "Message", "Recommend"}
    assert error.body["HostId"] == host
    assert REQUEST_ID.fullmatch(error.body["RequestId"])
    assert answer.headers["x-acs-request-id"] == error.body["RequestId"]
    assert error.message
    assert f"q={case.code}&product=Ecs" in error.body["Recommend"]
    root = account.client.call_xml(action, **params)
    assert (root.tag, root.findtext("Code"), account.client.last.status) == (
        "Error",
        case.code,
        case.status,
    )
    assert {element.tag for element in root} == set(error.body)
