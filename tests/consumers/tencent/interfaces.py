"""Interfaces as programs that run against Tencent Cloud look at them.

The docstrings of the tests in this folder name the programs: terraform (its provider tencentcloud), bk-bcs
(its network controller), cloudmux, wecube, karpenter and flannel.
"""

from tests.dialects.tencent.furnished_account import TencentAccount

MISSING = "eni-missing0"


def filtered(account: TencentAccount, **filters: str) -> list[str]:
    """Return the interfaces that filters find; a name's underscores stand for dashes."""
    params = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    found = account.call("DescribeNetworkInterfaces", Filters=params)
    return [each["NetworkInterfaceId"] for each in found["NetworkInterfaceSet"]]


def attached(account: TencentAccount) -> tuple[str, str]:
    """Return an instance and an interface on it."""
    (instance_id,) = account.run_instances()
    return instance_id, account.attach_interface(account.create_interface(), instance_id)
