"""How users call the actions on elastic public addresses with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount


def _finish(account: SdkAccount, reply: Any) -> None:
    """Wait for the task that a reply names by its number."""
    poll(lambda: account.vpc("DescribeTaskResult", TaskId=int(reply.TaskId)).Result, "SUCCESS")


def _eip(account: SdkAccount) -> str:
    reply = account.vpc("AllocateAddresses", AddressName="web", InternetMaxBandwidthOut=10, Tags=[CITY])
    _finish(account, reply)
    (address_id,) = reply.AddressSet
    return str(address_id)


def _show(account: SdkAccount, address_id: str) -> Any:
    found = account.vpc("DescribeAddresses", AddressIds=[address_id]).AddressSet
    return found[0] if found else None


def allocate_addresses(account: SdkAccount) -> None:
    shown = _show(account, _eip(account))
    assert (shown.AddressStatus, shown.AddressName, shown.Bandwidth) == ("UNBIND", "web", 10)


def associate_address(account: SdkAccount) -> str:
    address_id = _eip(account)
    (private,) = account.describe_interfaces(network_interface_id=account.interface_id)[
        0
    ].PrivateIpAddressSet
    reply = account.vpc(
        "AssociateAddress",
        AddressId=address_id,
        NetworkInterfaceId=account.interface_id,
        PrivateIpAddress=private.PrivateIpAddress,
    )
    _finish(account, reply)
    shown = _show(account, address_id)
    assert (shown.AddressStatus, shown.NetworkInterfaceId) == ("BIND_ENI", account.interface_id)
    (interface,) = account.describe_interfaces(public_address_ip=shown.AddressIp)
    assert interface.PrivateIpAddressSet[0].PublicIpAddress == shown.AddressIp
    return address_id


def disassociate_address(account: SdkAccount) -> None:
    address_id = _eip(account)
    _finish(account, account.vpc("AssociateAddress", AddressId=address_id, InstanceId=account.instance_id))
    (instance,) = account.cvm("DescribeInstances", InstanceIds=[account.instance_id]).InstanceSet
    assert instance.PublicIpAddresses == [_show(account, address_id).AddressIp]
    _finish(account, account.vpc("DisassociateAddress", AddressId=address_id))
    assert _show(account, address_id).AddressStatus == "UNBIND"


def release_addresses(account: SdkAccount) -> None:
    address_id = _eip(account)
    _finish(account, account.vpc("ReleaseAddresses", AddressIds=[address_id]))
    assert _show(account, address_id) is None


def modify_address_attribute(account: SdkAccount) -> None:
    address_id = _eip(account)
    account.vpc("ModifyAddressAttribute", AddressId=address_id, AddressName="shop")
    assert _show(account, address_id).AddressName == "shop"


def modify_addresses_bandwidth(account: SdkAccount) -> None:
    address_id = _eip(account)
    _finish(
        account,
        account.vpc("ModifyAddressesBandwidth", AddressIds=[address_id], InternetMaxBandwidthOut=20),
    )
    assert _show(account, address_id).Bandwidth == 20


def describe_addresses(account: SdkAccount) -> None:
    first, second = _eip(account), _eip(account)
    page = account.vpc(
        "DescribeAddresses", Filters=[{"Name": "address-status", "Values": ["UNBIND"]}], Limit=1
    )
    assert (page.TotalCount, [each.AddressId for each in page.AddressSet]) == (2, [second])
    assert first != second


def describe_address_quota(account: SdkAccount) -> None:
    assert _eip(account)
    told = {each.QuotaId: each for each in account.vpc("DescribeAddressQuota").QuotaSet}
    total = told["TOTAL_EIP_QUOTA"]
    assert (total.QuotaCurrent, total.QuotaLimit) == (1, 20)


def describe_network_account_type(account: SdkAccount) -> None:
    assert account.vpc("DescribeNetworkAccountType").NetworkAccountType == "STANDARD"


def modify_address_internet_charge_type(account: SdkAccount) -> None:
    (address_id,) = account.vpc("AllocateAddresses").AddressSet
    poll(lambda: account.vpc("DescribeAddresses").AddressSet[0].AddressStatus, "UNBIND")
    account.vpc(
        "ModifyAddressInternetChargeType",
        AddressId=address_id,
        InternetChargeType="BANDWIDTH_POSTPAID_BY_HOUR",
        InternetMaxBandwidthOut=5,
    )
    (shown,) = account.vpc("DescribeAddresses", AddressIds=[address_id]).AddressSet
    assert (shown.InternetChargeType, shown.Bandwidth) == ("BANDWIDTH_POSTPAID_BY_HOUR", 5)
