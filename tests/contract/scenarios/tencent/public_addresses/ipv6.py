"""How users call the actions on public IPv6 addresses with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount


def _finish(account: SdkAccount, reply: Any) -> None:
    poll(lambda: account.vpc("DescribeTaskResult", TaskId=int(reply.TaskId)).Result, "SUCCESS")


def _private(account: SdkAccount) -> str:
    """Return an IPv6 address of the account's interface."""
    account.stack = "DualStack"
    reply = account.vpc("AssignIpv6Addresses", NetworkInterfaceId=account.interface_id, Ipv6AddressCount=1)
    account.wait_for_task(reply.RequestId)
    address: str = reply.Ipv6AddressSet[0].Address
    return address


def _classic(account: SdkAccount, address_id: str) -> Any:
    found = account.vpc("DescribeIp6Addresses", Ip6AddressIds=[address_id]).AddressSet
    return found[0] if found else None


def _elastic(account: SdkAccount, address_id: str) -> Any:
    found = account.vpc("DescribeIPv6Addresses", IPv6AddressIds=[address_id]).AddressSet
    return found[0] if found else None


# -- classic ones ------------------------------------------------------------------------------------------


def allocate_ip6_addresses_bandwidth(account: SdkAccount) -> str:
    private = _private(account)
    reply = account.vpc(
        "AllocateIp6AddressesBandwidth", Ip6Addresses=[private], InternetMaxBandwidthOut=5, Tags=[CITY]
    )
    _finish(account, reply)
    (address_id,) = reply.AddressSet
    shown = _classic(account, address_id)
    assert (shown.AddressIp, shown.PrivateAddressIp, shown.Bandwidth) == (private, private, 5)
    assert (shown.AddressStatus, shown.AddressType) == ("BIND_ENI", "EIP6")
    return str(address_id)


def describe_ip6_addresses(account: SdkAccount) -> None:
    address_id = allocate_ip6_addresses_bandwidth(account)
    filters = [{"Name": "network-interface-id", "Values": [account.interface_id]}]
    (shown,) = account.vpc("DescribeIp6Addresses", Filters=filters).AddressSet
    assert shown.AddressId == address_id


def modify_ip6_addresses_bandwidth(account: SdkAccount) -> None:
    address_id = allocate_ip6_addresses_bandwidth(account)
    reply = account.vpc(
        "ModifyIp6AddressesBandwidth", Ip6AddressIds=[address_id], InternetMaxBandwidthOut=20
    )
    _finish(account, reply)
    assert _classic(account, address_id).Bandwidth == 20


def release_ip6_addresses_bandwidth(account: SdkAccount) -> None:
    address_id = allocate_ip6_addresses_bandwidth(account)
    ip = _classic(account, address_id).AddressIp
    _finish(account, account.vpc("ReleaseIp6AddressesBandwidth", Ip6Addresses=[ip]))
    assert _classic(account, address_id) is None


# -- elastic ones ------------------------------------------------------------------------------------------


def allocate_ipv6_addresses(account: SdkAccount) -> str:
    reply = account.vpc("AllocateIPv6Addresses", AddressName="web", InternetMaxBandwidthOut=10, Tags=[CITY])
    _finish(account, reply)
    (address_id,) = reply.AddressSet
    shown = _elastic(account, address_id)
    assert (shown.AddressStatus, shown.AddressName, shown.Bandwidth) == ("UNBIND", "web", 10)
    return str(address_id)


def associate_ipv6_address(account: SdkAccount) -> str:
    address_id, private = allocate_ipv6_addresses(account), _private(account)
    account.vpc(
        "AssociateIPv6Address",
        IPv6AddressId=address_id,
        NetworkInterfaceId=account.interface_id,
        PrivateIPv6Address=private,
    )
    poll(lambda: _elastic(account, address_id).AddressStatus, "BIND_ENI")
    shown = _elastic(account, address_id)
    assert (shown.PrivateAddressIp, shown.NetworkInterfaceId) == (private, account.interface_id)
    return address_id


def describe_ipv6_addresses(account: SdkAccount) -> None:
    address_id = associate_ipv6_address(account)
    filters = [{"Name": "address-status", "Values": ["BIND_ENI"]}]
    (shown,) = account.vpc("DescribeIPv6Addresses", Filters=filters).AddressSet
    assert (shown.AddressId, shown.AddressType) == (address_id, "EIPv6")


def disassociate_ipv6_address(account: SdkAccount) -> None:
    address_id = associate_ipv6_address(account)
    account.vpc("DisassociateIPv6Address", IPv6AddressId=address_id)
    poll(lambda: _elastic(account, address_id).AddressStatus, "UNBIND")


def release_ipv6_addresses(account: SdkAccount) -> None:
    address_id = allocate_ipv6_addresses(account)
    account.vpc("ReleaseIPv6Addresses", IPv6AddressIds=[address_id])
    poll(lambda: _elastic(account, address_id), None)


def modify_ipv6_addresses_attributes(account: SdkAccount) -> None:
    address_id = allocate_ipv6_addresses(account)
    account.vpc("ModifyIPv6AddressesAttributes", IPv6AddressIds=[address_id], IPv6AddressName="renamed")
    assert _elastic(account, address_id).AddressName == "renamed"


def modify_ipv6_addresses_bandwidth(account: SdkAccount) -> None:
    address_id = allocate_ipv6_addresses(account)
    account.vpc("ModifyIPv6AddressesBandwidth", IPv6AddressIds=[address_id], InternetMaxBandwidthOut=20)
    assert _elastic(account, address_id).Bandwidth == 20
