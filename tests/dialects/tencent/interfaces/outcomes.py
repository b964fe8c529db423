"""What becomes of requests on network interfaces of Tencent Cloud: granted, or refused without a trace."""

from typing import Any

from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError

from duolect_dialects.tencent.dialect import TencentDialect

DAY = 24 * 3600 * 1000
"""Milliseconds."""
CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
DETACH, DELETE = "DetachNetworkInterface", "DeleteNetworkInterface"
DESCRIBE, TASK = "DescribeNetworkInterfaces", "DescribeVpcTaskResult"
DOCUMENTED = {
    name: TencentDialect().documents(TencentDialect().actions["2017-03-12", name])
    for name in (CREATE, ATTACH, DETACH, DELETE, DESCRIBE, TASK)
}
COMMON = {"MissingParameter", "UnknownParameter", "InvalidParameter", "InvalidAction"}


def outcome(account: TencentAccount, action: str, **params: Any) -> str:
    """Return the code with which a request is refused, without a trace, or OK."""
    before = account.dump()
    try:
        account.client.call(action, **params)
    except ApiError as refusal:
        error = refusal
    else:
        return "OK"
    assert error.status == 200
    assert account.dump() == before
    if action in DOCUMENTED:
        assert error.code in COMMON or error.code in DOCUMENTED[action]
    return error.code


def listed(account: TencentAccount, **criteria: Any) -> list[str]:
    """Return the ids that a describe lists."""
    answer = account.client.call(DESCRIBE, **criteria)
    found = [each["NetworkInterfaceId"] for each in answer["NetworkInterfaceSet"]]
    assert answer["TotalCount"] >= len(found)
    return found


def task(account: TencentAccount, task_id: str) -> str:
    """Return how a second client sees a task stand."""
    return str(account.new_client().call(TASK, TaskId=task_id)["Status"])


def in_state(account: TencentAccount, state: str) -> tuple[str, str]:
    """Return an interface in this state, and the instance that it is or could be attached to."""
    instance = account.add_instance()
    eni = account.begin_to_create_interface() if state == "PENDING" else account.create_interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance.id}
    if state == "DELETING":
        account.client.call(DELETE, NetworkInterfaceId=eni)
    elif state not in {"PENDING", "AVAILABLE"}:
        account.client.call(ATTACH, **both)
        if state != "ATTACHING":
            account.wait()
        if state == "DETACHING":
            account.client.call(DETACH, **both)
    assert account.describe_interface(eni)["NetworkInterfaceState"] == state
    return eni, instance.id
