"""How users call the actions on HAVIPs with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount


def _create(account: SdkAccount, **more: Any) -> str:
    place = {"VpcId": account.vpc_id, "SubnetId": account.subnet_id}
    made = account.vpc("CreateHaVip", HaVipName="web", Tags=[CITY], **place, **more).HaVip
    assert made.Vip.startswith("10.0.0.")
    havip_id: str = made.HaVipId
    return havip_id


def _show(account: SdkAccount, havip_id: str) -> Any:
    found = account.vpc("DescribeHaVips", HaVipIds=[havip_id]).HaVipSet
    return found[0] if found else None


def _association(account: SdkAccount, havip_id: str) -> list[dict[str, str]]:
    return [{"HaVipId": havip_id, "InstanceId": account.instance_id, "InstanceType": "CVM"}]


def _eip(account: SdkAccount) -> str:
    (address_id,) = account.vpc("AllocateAddresses").AddressSet

    def shown() -> Any:
        return account.vpc("DescribeAddresses", AddressIds=[address_id]).AddressSet[0]

    poll(lambda: shown().AddressStatus, "UNBIND")
    ip: str = shown().AddressIp
    return ip


def _finish(account: SdkAccount, reply: Any) -> None:
    """Wait for the task that a reply's request began."""
    poll(lambda: account.vpc("DescribeVpcTaskResult", TaskId=reply.RequestId).Status, "SUCCESS")


def create_ha_vip(account: SdkAccount) -> None:
    shown = _show(account, _create(account, NetworkInterfaceId=account.interface_id))
    assert (shown.State, shown.NetworkInterfaceId) == ("AVAILABLE", account.interface_id)


def describe_ha_vips(account: SdkAccount) -> None:
    havip_id = _create(account)
    filters = [{"Name": "subnet-id", "Values": [account.subnet_id]}]
    reply = account.vpc("DescribeHaVips", Filters=filters)
    assert (reply.TotalCount, reply.HaVipSet[0].HaVipId) == (1, havip_id)


def modify_ha_vip_attribute(account: SdkAccount) -> None:
    havip_id = _create(account)
    account.vpc("ModifyHaVipAttribute", HaVipId=havip_id, HaVipName="shop")
    assert _show(account, havip_id).HaVipName == "shop"


def delete_ha_vip(account: SdkAccount) -> None:
    havip_id = _create(account)
    account.vpc("DeleteHaVip", HaVipId=havip_id)
    assert _show(account, havip_id) is None


def associate_ha_vip_instance(account: SdkAccount) -> str:
    havip_id = _create(account)
    account.vpc("AssociateHaVipInstance", HaVipAssociationSet=_association(account, havip_id))
    (found,) = _show(account, havip_id).HaVipAssociationSet
    assert (found.InstanceId, found.InstanceType) == (account.instance_id, "CVM")
    return havip_id


def disassociate_ha_vip_instance(account: SdkAccount) -> None:
    havip_id = associate_ha_vip_instance(account)
    account.vpc("DisassociateHaVipInstance", HaVipAssociationSet=_association(account, havip_id))
    assert _show(account, havip_id).HaVipAssociationSet == []


def ha_vip_associate_address_ip(account: SdkAccount) -> str:
    havip_id, ip = _create(account), _eip(account)
    _finish(account, account.vpc("HaVipAssociateAddressIp", HaVipId=havip_id, AddressIp=ip))
    assert _show(account, havip_id).AddressIp == ip
    return havip_id


def ha_vip_disassociate_address_ip(account: SdkAccount) -> None:
    havip_id = ha_vip_associate_address_ip(account)
    _finish(account, account.vpc("HaVipDisassociateAddressIp", HaVipId=havip_id))
    assert _show(account, havip_id).AddressIp == ""
