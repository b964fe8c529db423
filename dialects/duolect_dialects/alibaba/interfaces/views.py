"""Network interfaces as the vendor shows them: every documented field, of its exact type.

Fields that the vendor leaves out when they have no value (queue numbers, network card indexes) are left
out.
"""

from collections.abc import Mapping
from typing import Any

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import Interface, InterfaceKind
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


def created_interface(session: Session, interface: Interface) -> Body:
    """Return what CreateNetworkInterface shows of the new interface."""
    addresses = [
        {"PrivateIpAddress": format_ipv4(address.ip), "Primary": address.primary}
        for address in interface.ipv4
    ]
    return _interface(session, interface, addresses)


def _interface(session: Session, interface: Interface, addresses: list[Body]) -> Body:
    """Return what all actions show of an interface, with its private addresses as this one shows them."""
    return {
        "NetworkInterfaceId": interface.id,
        "Status": INTERFACE_STATUS[interface.state],
        "Type": INTERFACE_TYPE[interface.kind],
        "VpcId": interface.network_id,
        "VSwitchId": interface.subnet_id,
        "ZoneId": interface.zone,
        "PrivateIpAddress": addresses[0]["PrivateIpAddress"],
        "PrivateIpSets": {"PrivateIpSet": addresses},
        "Ipv6Sets": {"Ipv6Set": _ipv6_addresses(interface) if interface.ipv6 else []},
        "Ipv4PrefixSets": ipv4_prefixes(interface),
        "Ipv6PrefixSets": ipv6_prefixes(interface),
        "MacAddress": interface.mac,
        "NetworkInterfaceName": interface.name,
        "Description": interface.description,
        "SecurityGroupIds": {"SecurityGroupId": list(interface.group_ids)},
        "ResourceGroupId": interface.extras.get("ResourceGroupId", ""),
        "OwnerId": owner(session),
        "ServiceID": 0,
        "ServiceManaged": interface.managed,
        "SourceDestCheck": interface.extras.get("SourceDestCheck", False),
        "Tags": tags(interface.tags),
    }


def _ipv6_addresses(interface: Interface) -> list[Body]:
    return [
        {
            "Ipv6Address": format_ipv6(address.ip),
            "Primary": not place and interface.extras.get("EnablePrimaryIPv6", False),
        }
        for place, address in enumerate(interface.ipv6)
    ]


def interface(session: Session, shown: Interface) -> Body:
    """Return an interface as DescribeNetworkInterfaces lists it."""
    addresses: list[Body] = [
        {
            "PrivateIpAddress": format_ipv4(address.ip),
            "Primary": address.primary,
            "PrivateDnsName": "",
            "AssociatedPublicIp": associated(session, shown, address.ip),
        }
        for address in shown.ipv4
    ]
    body = _interface(session, shown, addresses)
    body["AssociatedPublicIp"] = addresses[0]["AssociatedPublicIp"]
    body["Attachment"] = attachment(shown)
    body["InstanceId"] = _instance_id(shown)
    body["CreationTime"] = moment(shown.created)
    body["DeleteOnRelease"] = shown.delete_on_release
    body["NetworkInterfaceTrafficMode"] = traffic_mode(shown)
    body.update(queues(session, shown))
    return body


def interface_attribute(session: Session, shown: Interface) -> Body:
    """Return an interface as DescribeNetworkInterfaceAttribute shows it."""
    body = interface(session, shown)
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
