"""Core objects as the vendor shows them: every documented field, of its exact type."""

from collections.abc import Mapping

from duolect_core.addressing import format_ipv4, format_ipv6
from duolect_core.lifecycle import InterfaceState
from duolect_core.model import Interface, InterfaceKind, PrivateAddress
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.names import (
    ADDRESS_STATE,
    ENI_TYPE,
    INTERFACE_STATE,
    local_time,
    network_interface_state,
)

_SHOWS_ATTACHMENT = frozenset({InterfaceState.IN_USE, InterfaceState.DETACHING})


def uin(session: Session) -> str:
    """Return the account's Uin: 12 digits."""
    return session.account.digits(12)


def tags(of: Mapping[str, str]) -> list[Body]:
    """Return tags."""
    return [{"Key": key, "Value": value} for key, value in of.items()]


def interface(session: Session, shown: Interface) -> Body:
    """Return a network interface."""
    ipv6 = [_ipv6_address(address) for address in shown.ipv6]
    return {
        "NetworkInterfaceId": shown.id,
        "NetworkInterfaceName": shown.name,
        "NetworkInterfaceDescription": shown.description,
        "SubnetId": shown.subnet_id,
        "VpcId": shown.network_id,
        "GroupSet": list(shown.group_ids),
        "Primary": shown.kind is InterfaceKind.PRIMARY,
        "MacAddress": shown.mac,
        "State": INTERFACE_STATE[shown.state],
        "NetworkInterfaceState": network_interface_state(shown.state),
        "PrivateIpAddressSet": [private_address(shown, address) for address in shown.ipv4],
        "Attachment": _attachment(session, shown),
        "Zone": shown.zone,
        "CreatedTime": local_time(shown.created),
        "Ipv6AddressSet": ipv6,
        "TagSet": tags(shown.tags),
        "EniType": ENI_TYPE[shown.kind],
        "Business": "cvm",
        "CdcId": "",
        "AttachType": int(shown.attachment is not None and shown.attachment.extension),
        "ResourceId": "" if shown.attachment is None else shown.attachment.instance_id,
        "QosLevel": shown.extras.get("QosLevel", "DEFAULT"),
        "Ipv6Addresses": ipv6,
        "Ipv6AddressCount": len(ipv6),
    }


def private_address(holder: Interface, address: PrivateAddress) -> Body:
    """Return one private IPv4 address of an interface."""
    return {
        "PrivateIpAddress": format_ipv4(address.ip),
        "Primary": address.primary,
        "PublicIpAddress": "",
        "AddressId": "",
        "Description": address.description,
        "IsWanIpBlocked": False,
        "State": ADDRESS_STATE[address.state],
        "QosLevel": holder.extras.get("QosLevel", "DEFAULT"),
    }


def _ipv6_address(address: PrivateAddress) -> Body:
    return {
        "Address": format_ipv6(address.ip),
        "Primary": address.primary,
        "AddressId": "",
        "Description": address.description,
        "IsWanIpBlocked": False,
        "State": ADDRESS_STATE[address.state],
        "PublicIpAddress": "",
        "AddressType": "",
    }


def _attachment(session: Session, shown: Interface) -> Body | None:
    """Return the attachment, which only an interface that is really attached has."""
    bond = shown.attachment
    if bond is None or shown.state not in _SHOWS_ATTACHMENT:
        return None
    return {
        "InstanceId": bond.instance_id,
        "DeviceIndex": bond.device_index,
        "InstanceAccountId": uin(session),
        "AttachTime": local_time(bond.since),
    }
