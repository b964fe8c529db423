"""Network interfaces as the vendor shows them: every documented field, of its exact type.

Fields that the vendor leaves out when they have no value (queue numbers, network card indexes) are left
out.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import Interface, InterfaceKind, Tags
from duolect_core.relations.compatibility import effective_queues
from duolect_dialects.action import Body
from duolect_dialects.alibaba.interfaces.public_addresses import associated
from duolect_dialects.alibaba.names import INTERFACE_STATUS, INTERFACE_TYPE, moment
from duolect_dialects.alibaba.views import owner, tags
from duolect_dialects.session import Session


def ipv4_prefixes(interface: Interface) -> Body:
    """Return the delegated IPv4 prefixes."""
    prefixes = interface.ipv4_prefixes
    if not prefixes:
        return {"Ipv4PrefixSet": []}
    return {"Ipv4PrefixSet": [{"Ipv4Prefix": f"{format_ipv4(prefix)}/28"} for prefix in prefixes]}


def ipv6_prefixes(interface: Interface) -> Body:
    """Return the delegated IPv6 prefixes."""
    prefixes = interface.ipv6_prefixes
    if not prefixes:
        return {"Ipv6PrefixSet": []}
    return {"Ipv6PrefixSet": [{"Ipv6Prefix": f"{format_ipv6(prefix)}/80"} for prefix in prefixes]}


_NOTHING: Final[Body] = {}
_CREATED: Final[Body] = {
    "NetworkInterfaceId": "",
    "Status": "",
    "Type": "",
    "VpcId": "",
    "VSwitchId": "",
    "ZoneId": "",
    "PrivateIpAddress": "",
    "PrivateIpSets": {},
    "Ipv6Sets": {"Ipv6Set": []},
    "Ipv4PrefixSets": {"Ipv4PrefixSet": []},
    "Ipv6PrefixSets": {"Ipv6PrefixSet": []},
    "MacAddress": "",
    "NetworkInterfaceName": "",
    "Description": "",
    "SecurityGroupIds": {},
    "ResourceGroupId": "",
    "OwnerId": "",
    "ServiceID": 0,
    "ServiceManaged": False,
    "SourceDestCheck": False,
    "Tags": {"Tag": []},
}
"""What CreateNetworkInterface shows, in this order.

A view is a copy, which is made at once, in which only what an interface has is put in its place. So views
share what is here, as they share groups and tags: nobody changes those.
"""
_LISTED: Final[Body] = {
    **_CREATED,
    "AssociatedPublicIp": _NOTHING,
    "Attachment": _NOTHING,
    "InstanceId": "",
    "CreationTime": "",
    "DeleteOnRelease": True,
    "NetworkInterfaceTrafficMode": "Standard",
}
"""What DescribeNetworkInterfaces shows, in this order."""
_SHARED: Final = 256
"""How many lists of groups, or of tags, are made once and shown of several interfaces."""


def created_interface(session: Session, created: Interface) -> Body:
    """Return what CreateNetworkInterface shows of the new interface."""
    body = _CREATED.copy()
    _fill(body, created, owner(session))
    addresses = [
        {"PrivateIpAddress": format_ipv4(ip), "Primary": not place}
        for place, ip in enumerate(created.ipv4_ips)
    ]
    body["PrivateIpAddress"] = addresses[0]["PrivateIpAddress"]
    body["PrivateIpSets"] = {"PrivateIpSet": addresses}
    return body


def _fill(body: Body, shown: Interface, account: str) -> None:
    """Put into a view what all actions show of an interface, but for its private IPv4 addresses."""
    body["NetworkInterfaceId"] = shown.id
    body["Status"] = INTERFACE_STATUS[shown.state]
    body["Type"] = INTERFACE_TYPE[shown.kind]
    body["VpcId"] = shown.network_id
    body["VSwitchId"] = shown.subnet_id
    body["ZoneId"] = shown.zone
    body["MacAddress"] = shown.mac
    body["NetworkInterfaceName"] = shown.name
    body["Description"] = shown.description
    body["SecurityGroupIds"] = _groups(shown.group_ids)
    body["OwnerId"] = account
    body["ServiceManaged"] = shown.managed
    if shown.extras:
        body["ResourceGroupId"] = shown.extras.get("ResourceGroupId", "")
        body["SourceDestCheck"] = shown.extras.get("SourceDestCheck", False)
    if pairs := shown.tag_pairs:
        body["Tags"] = _tags(pairs)
    if shown.has_ipv6:
        body["Ipv6Sets"] = {"Ipv6Set": _ipv6_addresses(shown)}
        body["Ipv6PrefixSets"] = ipv6_prefixes(shown)
    if shown.ipv4_prefixes:
        body["Ipv4PrefixSets"] = ipv4_prefixes(shown)


@lru_cache(maxsize=_SHARED)
def _groups(ids: tuple[str, ...]) -> Body:
    return {"SecurityGroupId": list(ids)}


@lru_cache(maxsize=_SHARED)
def _tags(pairs: Tags) -> Body:
    return tags(dict(pairs))


def _ipv6_addresses(interface: Interface) -> list[Body]:
    primary = interface.extras.get("EnablePrimaryIPv6", False)
    return [
        {"Ipv6Address": format_ipv6(ip), "Primary": not place and primary}
        for place, ip in enumerate(interface.ipv6_ips)
    ]


def interfaces(session: Session, shown: Iterable[Interface]) -> list[Body]:
    """Return interfaces as DescribeNetworkInterfaces lists them."""
    account, public = owner(session), session.graph.public_addresses
    bodies = []
    for each in shown:
        body = _LISTED.copy()
        _fill(body, each, account)
        body["CreationTime"] = moment(each.created)
        body["DeleteOnRelease"] = each.delete_on_release
        addresses: list[Body] = []
        for kept in each.kept_ipv4:
            ip = kept if isinstance(kept, int) else kept.ip
            addresses.append(
                {
                    "PrivateIpAddress": format_ipv4(ip),
                    "Primary": not addresses,
                    "PrivateDnsName": "",
                    "AssociatedPublicIp": associated(session, each, ip) if public else _NOTHING,
                }
            )
        body["PrivateIpAddress"] = addresses[0]["PrivateIpAddress"]
        body["PrivateIpSets"] = {"PrivateIpSet": addresses}
        if public:
            body["AssociatedPublicIp"] = addresses[0]["AssociatedPublicIp"]
        if each.rdma:
            body["NetworkInterfaceTrafficMode"] = traffic_mode(each)
        if each.attachment is not None:
            body["Attachment"] = attachment(each)
            body["InstanceId"] = _instance_id(each)
            body.update(queues(session, each))
        elif each.queues is not None or each.queue_pairs is not None:
            body.update(queues(session, each))
        bodies.append(body)
    return bodies


def interface_attribute(session: Session, shown: Interface) -> Body:
    """Return an interface as DescribeNetworkInterfaceAttribute shows it."""
    (body,) = interfaces(session, (shown,))
    for address in body["PrivateIpSets"]["PrivateIpSet"]:
        del address["PrivateDnsName"]
    numbers = queues(session, shown)
    if shown.attachment is not None:
        members = list(session.graph.interfaces_by_trunk.ids(shown.id))
        body["Attachment"]["MemberNetworkInterfaceIds"] = {"MemberNetworkInterfaceId": members}
    body["NetworkInterfaceTrafficConfig"] = {
        "NetworkInterfaceTrafficMode": traffic_mode(shown),
        **numbers,
    }
    body["ConnectionTrackingConfiguration"] = dict(
        shown.extras.get("ConnectionTrackingConfiguration", DEFAULT_TRACKING)
    )
    body["EnhancedNetwork"] = dict(shown.extras.get("EnhancedNetwork", {}))
    body["BondInterfaceSpecification"] = {
        "BondMode": "",
        "SlaveInterfaceSpecification": {"SlaveInterfaceSpecificationSet": []},
    }
    body["SlaveInterfaceSpecification"] = {
        "BondNetworkInterfaceId": "",
        "SlaveNetworkInterfaceId": "",
        "WorkState": "",
    }
    limits = shown.extras.get("QoS")
    body["QoSConfig"] = {"EnableQoS": limits is not None, "QoS": {**_NO_LIMITS, **(limits or {})}}
    body["TcpOptionAddressEnabled"] = "false"
    return body


_NO_LIMITS: Mapping[str, int] = dict.fromkeys(
    ("BandwidthRx", "BandwidthTx", "ConcurrentConnections", "PpsRx", "PpsTx"), 0
)
DEFAULT_TRACKING: Mapping[str, int] = {
    "TcpClosedAndTimeWaitTimeout": 3,
    "TcpEstablishedTimeout": 910,
    "UdpTimeout": 30,
}
"""Seconds after which idle connections are forgotten, unless set otherwise."""


def traffic_mode(shown: Interface) -> str:
    """Return the traffic mode: HighPerformance is RDMA."""
    return "HighPerformance" if shown.rdma else "Standard"


def queues(session: Session, shown: Interface) -> dict[str, int]:
    """Return the queue numbers: the set value, or the type's default once the interface is in use."""
    numbers = {}
    if shown.queues is not None:
        numbers["QueueNumber"] = shown.queues
    elif shown.state is InterfaceState.IN_USE and shown.attachment is not None:
        instance = session.graph.instances[shown.attachment.instance_id]
        instance_type = session.rules.instance_types[instance.type_name]
        numbers["QueueNumber"] = effective_queues(shown, instance_type)
    if shown.queue_pairs is not None:
        numbers["QueuePairNumber"] = shown.queue_pairs
    return numbers


def attachment(shown: Interface) -> dict[str, Any]:
    """Return the attachment; an interface that has none shows an empty object, as was recorded."""
    attached = shown.attachment
    if attached is None:
        return {}
    body: dict[str, Any] = {
        "InstanceId": attached.instance_id,
        "DeviceIndex": attached.device_index,
        "TrunkNetworkInterfaceId": attached.trunk_id or "",
    }
    if attached.card is not None:
        body["NetworkCardIndex"] = attached.card
    return body


def _instance_id(shown: Interface) -> str:
    """Return the top-level instance id, which a member of a trunk does not show."""
    if shown.attachment is None or shown.kind is InterfaceKind.MEMBER:
        return ""
    return shown.attachment.instance_id
