"""How tests allocate, bind and show elastic public addresses."""

from tests.dialects.tencent.furnished_account import TencentAccount

ABSENT = "eip-absent00"


def limited(**limits):
    return TencentAccount.furnished(quotas=limits)


def allocate(account, **params):
    """Allocate EIPs and wait until they are there; return their ids."""
    reply = account.call("AllocateAddresses", **params)
    account.wait()
    assert result(account, reply) == "SUCCESS"
    return reply["AddressSet"]


def eip(account, **params):
    (address_id,) = allocate(account, **params)
    return address_id


def result(account, reply):
    task = account.call("DescribeTaskResult", TaskId=int(reply["TaskId"]))
    assert task["TaskId"] == int(reply["TaskId"])
    return task["Result"]


def listed(account, *ids, **params):
    reply = account.call("DescribeAddresses", AddressIds=list(ids) or None, **params)
    assert reply["TotalCount"] >= len(reply["AddressSet"])
    return reply["AddressSet"]


def show(account, address_id):
    (shown,) = listed(account, address_id)
    return shown


def status(account, address_id):
    return show(account, address_id)["AddressStatus"]


def an_interface(account, **changes):
    """Return the id of an interface with two addresses, and the addresses."""
    interface_id = account.create_interface(SecondaryPrivateIpAddressCount=1, **changes)
    return interface_id, *(each["PrivateIpAddress"] for each in held(account, interface_id))


def held(account, interface_id):
    """Return the private addresses of an interface."""
    (shown,) = account.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])[
        "NetworkInterfaceSet"
    ]
    return shown["PrivateIpAddressSet"]


def bound(account, **target):
    address_id = eip(account)
    account.call("AssociateAddress", AddressId=address_id, **target)
    account.wait()
    assert status(account, address_id) in {"BIND", "BIND_ENI"}
    return address_id
