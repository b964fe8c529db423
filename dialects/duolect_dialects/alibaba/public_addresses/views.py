"""Elastic IP addresses (EIPs) as the vendor shows them, and what interfaces and instances show of theirs.

An address's ``extras`` are what it was allocated with, under the names of the answer.
"""

from collections.abc import Iterable
from typing import Final

from duolect_core.addressing.pools import format_ipv4, parse_ipv4
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.resources import Interface, InterfaceKind, PublicAddress
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import PUBLIC_ADDRESS_STATUS, moment
from duolect_dialects.session import Session

POSTPAID: Final = "PostPaid"
PREPAID: Final = "PrePaid"
_IN_FORCE: Final = frozenset({PublicAddressState.IN_USE, PublicAddressState.DISASSOCIATING})


def eip(session: Session, shown: PublicAddress) -> Body:
    """Return an EIP as DescribeEipAddresses of the VPC product lists it."""
    extras = shown.extras
    return {
        "AllocationId": shown.id,
        "IpAddress": format_ipv4(shown.ip),
        "Status": PUBLIC_ADDRESS_STATUS[shown.state],
        "Name": shown.name,
        "Description": shown.description,
        "RegionId": session.call.region,
        "AllocationTime": moment(shown.created),
        **_target(session, shown),
        "Bandwidth": extras["Bandwidth"],
        "EipBandwidth": extras["Bandwidth"],
        "BandwidthPackageBandwidth": "",
        "BandwidthPackageId": "",
        "BandwidthPackageType": "",
        "BizType": "",
        "BusinessStatus": "Normal",
        "ChargeType": charge_type(shown),
        "InternetChargeType": extras["InternetChargeType"],
        "ExpiredTime": "",
        "DeletionProtection": False,
        "HDMonitorStatus": "OFF",
        "HasReservationData": "false",
        "ReservationActiveTime": "",
        "ReservationBandwidth": "",
        "ReservationInternetChargeType": "",
        "ReservationOrderType": "",
        "ISP": line(shown),
        "Netmode": "public",
        "OperationLocks": {"LockReason": []},
        "PublicIpAddressPoolId": "",
        "ResourceGroupId": resource_group(shown),
        "SecondLimited": False,
        "SecurityProtectionTypes": {"SecurityProtectionType": list(protections(shown))},
        "SegmentInstanceId": "",
        "ServiceID": 0,
        "ServiceManaged": 0,
        "Tags": {"Tag": [{"Key": key, "Value": value} for key, value in shown.tags.items()]},
        "Zone": extras.get("Zone", ""),
    }


_IN_ECS: Final = (
    "AllocationId", "AllocationTime", "Bandwidth", "ChargeType", "EipBandwidth", "ExpiredTime",
    "InstanceId", "InstanceType", "InternetChargeType", "IpAddress", "OperationLocks", "RegionId", "Status",
)  # fmt: skip


def ecs_eip(session: Session, shown: PublicAddress) -> Body:
    """Return an EIP as DescribeEipAddresses of ECS lists it."""
    body = eip(session, shown)
    return {name: body[name] for name in _IN_ECS}


def charge_type(of: PublicAddress) -> str:
    """Return how an EIP is paid for."""
    word: str = of.extras.get("ChargeType", POSTPAID)
    return word


def line(of: PublicAddress) -> str:
    """Return the line type of an EIP."""
    word: str = of.extras.get("ISP", "BGP")
    return word


def resource_group(of: PublicAddress) -> str:
    """Return the resource group of an EIP."""
    group: str = of.extras.get("ResourceGroupId", "")
    return group


def protections(of: PublicAddress) -> tuple[str, ...]:
    """Return the kinds of enhanced protection that an EIP has."""
    kinds: tuple[str, ...] = of.extras.get("SecurityProtectionTypes", ())
    return kinds


def found_at(session: Session, texts: Iterable[str]) -> list[PublicAddress]:
    """Return the EIPs that have one of these addresses."""
    graph = session.graph
    ids = (graph.public_pool.holders.get(parse_ipv4(text) or 0) for text in texts)
    return [graph.public_addresses[address_id] for address_id in ids if address_id is not None]


def target(session: Session, shown: PublicAddress) -> tuple[str, str]:
    """Return the id and type of what an EIP is associated with; empty where it is with nothing.

    A primary interface is the instance itself.
    """
    if shown.association is None:
        return "", ""
    interface = session.graph.interfaces[shown.association.interface_id]
    if interface.kind is InterfaceKind.PRIMARY and interface.attachment is not None:
        return interface.attachment.instance_id, "EcsInstance"
    return interface.id, "NetworkInterface"


def _target(session: Session, shown: PublicAddress) -> Body:
    resource_id, kind = target(session, shown)
    body = {
        "InstanceId": resource_id,
        "InstanceType": kind,
        "InstanceRegionId": session.call.region if resource_id else "",
        "Mode": "NAT",
        "PrivateIpAddress": "",
        "VpcId": "",
    }
    if shown.association is not None:
        interface = session.graph.interfaces[shown.association.interface_id]
        body["PrivateIpAddress"] = format_ipv4(shown.association.ip)
        body["VpcId"] = interface.network_id
    return body


# -- on interfaces and instances ---------------------------------------------------------------------------


def _of(session: Session, interface: Interface, ip: int) -> PublicAddress | None:
    """Return the EIP that a private address can be reached by now."""
    found = session.graph.public_address_of(interface, ip)
    return found if found is not None and found.state in _IN_FORCE else None


def associated(session: Session, interface: Interface, ip: int) -> Body:
    """Return the AssociatedPublicIp of a private address: empty texts where it has none."""
    found = _of(session, interface, ip)
    if found is None:
        return {"AllocationId": "", "PublicIpAddress": ""}
    return {"AllocationId": found.id, "PublicIpAddress": format_ipv4(found.ip)}


def of_instance(session: Session, primary: Interface) -> Body:
    """Return the EipAddress of the instance with this primary interface."""
    found = _of(session, primary, primary.primary_ip)
    if found is None:
        return {
            "AllocationId": "",
            "IpAddress": "",
            "Bandwidth": 0,
            "InternetChargeType": "",
            "IsSupportUnassociate": False,
        }
    return {
        "AllocationId": found.id,
        "IpAddress": format_ipv4(found.ip),
        "Bandwidth": int(found.extras["Bandwidth"]),
        "InternetChargeType": found.extras["InternetChargeType"],
        "IsSupportUnassociate": True,
    }
