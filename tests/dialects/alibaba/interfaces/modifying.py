"""How tests modify an interface, and what becomes of that."""

from tests.dialects.alibaba.furnished_account import AlibabaAccount

MODIFY = "ModifyNetworkInterfaceAttribute"
RDMA = {"NetworkInterfaceTrafficConfig": {"NetworkInterfaceTrafficMode": "HighPerformance"}}
SMALL = "ecs.test.small"


def with_type(**limits):
    """Return an account with an instance type of its own."""
    every = {"cpu": 2, "memory_gib": 4, "interfaces": 4, "ipv4_per_interface": 10, **limits}
    return AlibabaAccount.furnished(instance_types={SMALL: every})


def modify(account, interface_id, **changes):
    account.call(MODIFY, NetworkInterfaceId=interface_id, **changes)
    return attributes(account, interface_id)


def attributes(account, interface_id):
    """Return what a second client sees."""
    describe = "DescribeNetworkInterfaceAttribute"
    return account.new_client().call(describe, NetworkInterfaceId=interface_id)


def refused(account, interface_id, **changes):
    return account.refusal(MODIFY, NetworkInterfaceId=interface_id, **changes)
