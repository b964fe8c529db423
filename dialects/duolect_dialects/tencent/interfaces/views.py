"""Interfaces and their addresses as the vendor shows them: every documented field, of its exact type."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.model.addresses import PrivateAddress
from duolect_core.model.lifecycles import COMING_INTERFACE, AddressState, InterfaceState
from duolect_core.model.resources import Instant, Interface, InterfaceKind, Tags
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.interfaces.public_addresses import effective_address, own_ip
from duolect_dialects.tencent.names import (
    ADDRESS_STATE,
    ENI_TYPE,
    INTERFACE_STATE,
    NETWORK_INTERFACE_STATE,
    local_time,
    uin,
)
from duolect_dialects.tencent.tags.views import tags

_DEFAULT_LEVEL: Final = "DEFAULT"
_SHOWS_ATTACHMENT: Final = frozenset({InterfaceState.IN_USE, InterfaceState.DETACHING})


_ADDRESS: Final[Body] = {
    "PrivateIpAddress": "",
    "Primary": False,
    "PublicIpAddress": "",
    "AddressId": "",
    "Description": "",
    "IsWanIpBlocked": False,
    "State": ADDRESS_STATE[AddressState.AVAILABLE],
    "QosLevel": _DEFAULT_LEVEL,
}
"""What a private IPv4 address shows, in this order."""
_COMING_ADDRESS: Final[Body] = {**_ADDRESS, "State": ADDRESS_STATE[AddressState.PENDING]}
_PLAIN_ADDRESS: Final[Mapping[InterfaceState, Body]] = {
    state: _COMING_ADDRESS if state in COMING_INTERFACE else _ADDRESS for state in InterfaceState
}
"""The same of one of which nothing is said, by the state of its interface."""
_INTERFACE: Final[Body] = {
    "NetworkInterfaceId": "",
    "NetworkInterfaceName": "",
    "NetworkInterfaceDescription": "",
    "SubnetId": "",
    "VpcId": "",
    "GroupSet": [],
    "Primary": False,
    "MacAddress": "",
    "State": "",
    "NetworkInterfaceState": "",
    "PrivateIpAddressSet": [],
    "Attachment": None,
    "Zone": "",
    "CreatedTime": "",
    "Ipv6AddressSet": [],
    "TagSet": [],
    "EniType": 0,
    "Business": "cvm",
    "CdcId": "",
    "AttachType": 0,
    "ResourceId": "",
    "QosLevel": _DEFAULT_LEVEL,
    "Ipv6Addresses": [],
    "Ipv6AddressCount": 0,
}
"""What an interface shows, in this order.

A view is a copy, which is made at once, in which only what an interface has is put in its place. So views
share what is here, as they share groups and tags: nobody changes those.
"""
_SHARED: Final = 256
"""How many lists of groups, or of tags, are made once and shown of several interfaces."""


def interfaces(session: Session, shown: Iterable[Interface]) -> list[Body]:
    """Return network interfaces."""
    graph, reachable = session.graph, bool(session.graph.public_addresses)
    bodies = []
    for each in shown:
        state, primary = each.state, each.kind is InterfaceKind.PRIMARY
        body = _INTERFACE.copy()
        body["NetworkInterfaceId"] = each.id
        body["NetworkInterfaceName"] = each.name
        body["NetworkInterfaceDescription"] = each.description
        body["SubnetId"] = each.subnet_id
        body["VpcId"] = each.network_id
        body["GroupSet"] = _groups(each.group_ids)
        body["Primary"] = primary
        body["MacAddress"] = each.mac
        body["State"] = INTERFACE_STATE[state]
        body["NetworkInterfaceState"] = NETWORK_INTERFACE_STATE[state]
        body["Zone"] = each.zone
        body["CreatedTime"] = local_time(each.created)
        body["EniType"] = ENI_TYPE[each.kind]
        addresses: list[Body] = []
        body["PrivateIpAddressSet"] = addresses
        for kept in each.ipv4 if reachable or primary else each.kept_ipv4:
            if isinstance(kept, PrivateAddress):
                address = private_address(graph, each, kept)
            else:
                address = _PLAIN_ADDRESS[state].copy()
                address["PrivateIpAddress"] = format_ipv4(kept)
                address["Primary"] = not addresses
            addresses.append(address)
        if pairs := each.tag_pairs:
            body["TagSet"] = _tags(pairs)
        if each.extras:
            body["QosLevel"] = level = _level(each)
            for address in addresses:
                address["QosLevel"] = level
        if each.attachment is not None:
            body["Attachment"] = _attachment(session, each)
            body["AttachType"] = int(each.attachment.extension)
            body["ResourceId"] = each.attachment.instance_id
        if each.has_ipv6:
            ipv6 = [ipv6_address(ip) for ip in each.ipv6]
            body["Ipv6AddressSet"] = body["Ipv6Addresses"] = ipv6
            body["Ipv6AddressCount"] = len(ipv6)
        bodies.append(body)
    return bodies


@lru_cache(maxsize=_SHARED)
def _groups(ids: tuple[str, ...]) -> list[str]:
    return list(ids)


@lru_cache(maxsize=_SHARED)
def _tags(pairs: Tags) -> list[Body]:
    return tags(dict(pairs))


def new_interface(session: Session, created: Interface) -> Body:
    """Return an interface that was created just now: its zone and time are shown to later calls only.

    Source: the reply of 2024 to CreateNetworkInterface that was recorded from the cloud, and the vendor's
    example of CreateAndAttachNetworkInterface, which looks recorded.
    """
    (body,) = interfaces(session, (created,))
    body["Zone"] = body["CreatedTime"] = ""
    return body


def _level(of: Interface | None) -> str:
    """Return the service level of an interface, the default one if it is gone."""
    level: str = _DEFAULT_LEVEL if of is None else of.extras.get("QosLevel", _DEFAULT_LEVEL)
    return level


def private_address(graph: Graph, holder: Interface | None, address: PrivateAddress) -> Body:
    """Return one private IPv4 address of an interface, with the public one that it is bound to.

    That may be one of the instance's own, which is no EIP and has no id.
    """
    public = None if holder is None else effective_address(graph, holder, address.ip)
    own = None if holder is None else own_ip(graph, holder, address)
    public_ip = own if public is None else public.ip
    body = _ADDRESS.copy()
    body["PrivateIpAddress"] = format_ipv4(address.ip)
    body["Primary"] = address.primary
    body["PublicIpAddress"] = "" if public_ip is None else format_ipv4(public_ip)
    body["AddressId"] = "" if public is None else public.id
    body["Description"] = address.description
    body["State"] = ADDRESS_STATE[address.state]
    body["QosLevel"] = _level(holder)
    return body


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
