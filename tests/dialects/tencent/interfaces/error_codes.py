"""How the tables of documented error codes are held against what is answered."""

import re
from typing import Any

import pytest
from tests.dialects.code_tables import (
    CodeCase,
)
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError

ABSENT_VPC, ABSENT_SUBNET, ABSENT_GROUP = "vpc-absent01", "subnet-absent01", "sg-absent01"
ABSENT_ENI, ABSENT_INSTANCE = "eni-absent01", "ins-absent01"
REQUEST_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def refused(account: TencentAccount, action: str, params: dict[str, Any], style: str = "json") -> ApiError:
    """Send the request, which must be refused and leave no trace."""
    before = account.dump()
    with pytest.raises(ApiError) as caught:
        account.client.call(action, style=style, **params)
    assert account.dump() == before
    return caught.value


def check(case: CodeCase, action: str) -> None:
    """Provoke the code of a case, and hold the whole answer against the form of the vendor's errors."""
    account = TencentAccount.furnished(conditions=case.conditions("tencent", action), **case.settings)
    params = case.scenario(account)
    error = refused(account, action, params)
    assert (error.code, error.status) == (case.code, 200)
    assert set(error.body) == {"Error", "RequestId"}
    assert set(error.body["Error"]) == {"Code", "Message"}
    assert error.message
    assert REQUEST_ID.fullmatch(error.body["RequestId"])
