"""What becomes of requests on network interfaces of Alibaba Cloud: granted, or refused without a trace."""

from typing import Any

from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.harness import ApiError

from duolect_dialects.alibaba.dialect import AlibabaDialect

DAY = 24 * 3600 * 1000
"""Milliseconds."""
CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
DETACH, DELETE = "DetachNetworkInterface", "DeleteNetworkInterface"
DESCRIBE, ATTRIBUTE = "DescribeNetworkInterfaces", "DescribeNetworkInterfaceAttribute"
DOCUMENTED = {
    name: AlibabaDialect().documents(AlibabaDialect().actions["2014-05-26", name])
    for name in (CREATE, ATTACH, DETACH, DELETE, DESCRIBE, ATTRIBUTE)
}
COMMON = {"InvalidRegionId.NotFound"}


def outcome(account: AlibabaAccount, action: str, **params: Any) -> str:
    """Return the code with which a request is refused, without a trace, or OK."""
    before = account.dump()
    try:
        account.client.call(action, **params)
    except ApiError as refusal:
        error = refusal
    else:
        return "OK"
    assert account.dump() == before
    if action in DOCUMENTED and error.code not in COMMON:
        assert (error.code, DOCUMENTED[action].get(error.code)) == (error.code, error.status)
    return error.code


def listed(account: AlibabaAccount, **criteria: Any) -> list[str]:
    """Return the ids that a describe lists."""
    answer = account.client.call(DESCRIBE, **criteria)
    found = [each["NetworkInterfaceId"] for each in answer["NetworkInterfaceSets"]["NetworkInterfaceSet"]]
    if "NextToken" not in criteria:
        assert answer["TotalCount"] >= len(found)
    return found
