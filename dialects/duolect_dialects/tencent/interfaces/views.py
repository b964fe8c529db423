"""Interfaces and their addresses as the vendor shows them: every documented field, of its exact type."""

from typing import Final

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.model.addresses import PrivateAddress
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import Instant, Interface, InterfaceKind
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.interfaces.public_addresses import effective_address, own_ip
from duolect_dialects.tencent.names import (
    ADDRESS_STATE,
    ENI_TYPE,
    INTERFACE_STATE,
    local_time,
    network_interface_state,
    uin,
)
from duolect_dialects.tencent.tags.views import tags

_SHOWS_ATTACHMENT: Final = frozenset({InterfaceState.IN_USE, InterfaceState.DETACHING})


def interface(session: Session, shown: Interface) -> Body:
    """Return a network interface."""
    graph = session.graph
    ipv6 = [ipv6_address(address) for address in shown.ipv6] if shown.ipv6 else []
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
        "PrivateIpAddressSet": [private_address(graph, shown, address) for address in shown.ipv4],
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
        "QosLevel": _level(shown),
        "Ipv6Addresses": ipv6,
        "Ipv6AddressCount": len(ipv6),
    }


def new_interface(session: Session, created: Interface) -> Body:
    """Return an interface that was created just now: its zone and time are shown to later calls only.

    Source: the reply of 2024 to CreateNetworkInterface that was recorded from the cloud, and the vendor's
    example of CreateAndAttachNetworkInterface, which looks recorded.
    """
    return {**interface(session, created), "Zone": "", "CreatedTime": ""}


def _level(of: Interface | None) -> str:
    """Return the service level of an interface, the default one if it is gone."""
    level: str = "DEFAULT" if of is None else of.extras.get("QosLevel", "DEFAULT")
    return level


def private_address(graph: Graph, holder: Interface | None, address: PrivateAddress) -> Body:
    """Return one private IPv4 address of an interface, with the public one that it is bound to.

    That may be one of the instance's own, which is no EIP and has no id.
    """
    public = None if holder is None else effective_address(graph, holder, address.ip)
    own = None if holder is None else own_ip(graph, holder, address)
    public_ip = own if public is None else public.ip
    return {
        "PrivateIpAddress": format_ipv4(address.ip),
        "Primary": address.primary,
        "PublicIpAddress": "" if public_ip is None else format_ipv4(public_ip),
        "AddressId": "" if public is None else public.id,
        "Description": address.description,
        "IsWanIpBlocked": False,
        "State": ADDRESS_STATE[address.state],
        "QosLevel": _level(holder),
    }


def ipv6_address(address: PrivateAddress) -> Body:
    """Return one IPv6 address of an interface."""
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
    attachment = shown.attachment
    if attachment is None or shown.state not in _SHOWS_ATTACHMENT:
        return None
    return _attached(session, attachment.instance_id, attachment.device_index, attachment.since)


def future_attachment(session: Session, created: Interface) -> Body | None:
    """Return the attachment of an interface that goes on to an instance as soon as it is made."""
    graph, destination = session.graph, created.destination
    made = graph.interfaces.get(created.id)
    if destination is None or (made is not None and made.attachment is not None):
        return _attachment(session, made or created)
    used = graph.used_device_indexes(destination.instance_id)
    index = next(index for index in range(1, len(used) + 2) if index not in used)
    return _attached(session, destination.instance_id, index, created.created)


def _attached(session: Session, instance_id: str, device_index: int, since: Instant) -> Body:
    return {
        "InstanceId": instance_id,
        "DeviceIndex": device_index,
        "InstanceAccountId": uin(session),
        "AttachTime": local_time(since),
    }
