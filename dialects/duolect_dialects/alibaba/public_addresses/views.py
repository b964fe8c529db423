"""Elastic IP addresses (EIPs) as the vendor shows them.

An address's ``extras`` are what it was allocated with, under the names of the answer.
"""

from typing import Final

from duolect_core.addressing.pools import format_ipv4
from duolect_core.model.public_addresses import PublicAddress
from duolect_dialects.action import Body
from duolect_dialects.alibaba.interfaces.public_addresses import target
from duolect_dialects.alibaba.names import PUBLIC_ADDRESS_STATUS, moment
from duolect_dialects.alibaba.views import default_group, only, plain_tags
from duolect_dialects.session import Session

POSTPAID: Final = "PostPaid"
PREPAID: Final = "PrePaid"
IN_PACKAGE: Final = "BandwidthInPackage"
"""The extra that says how much of its bandwidth package an EIP may have; empty where that is all of it."""
NAMED_PRIVATE: Final = "NamedPrivate"
"""The extra that says whether the private address was named when the EIP was associated."""


def eip(session: Session, shown: PublicAddress) -> Body:
    """Return an EIP as DescribeEipAddresses of the VPC product lists it."""
    extras = shown.extras
    return {
        "AllocationId": shown.id,
        "IpAddress": format_ipv4(shown.ip),
        "Status": PUBLIC_ADDRESS_STATUS[shown.state],
        "Name": shown.name,
        "Description": shown.description,
        "Descritpion": shown.description,
        "AvailableRegions": {"AvailableRegion": [session.call.region]},
        "RegionId": session.call.region,
        "AllocationTime": moment(shown.created),
        **_target(session, shown),
        "Bandwidth": extras["Bandwidth"],
        "EipBandwidth": extras["Bandwidth"],
        **_package(session, shown),
        "BizType": "",
        "BusinessStatus": "Normal",
        "ChargeType": charge_type(shown),
        "InternetChargeType": extras["InternetChargeType"],
        "ExpiredTime": "",
        "DeletionProtection": protected(shown),
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
        "ResourceGroupId": resource_group(session, shown),
        "SecondLimited": False,
        "SecurityProtectionTypes": {"SecurityProtectionType": list(protections(shown))},
        "SegmentInstanceId": shown.segment_id or "",
        "ServiceID": 0,
        "ServiceManaged": 0,
        "Tags": plain_tags(shown.tags),
        "Zone": extras.get("Zone", ""),
    }


_IN_ECS: Final = (
    "AllocationId", "AllocationTime", "Bandwidth", "ChargeType", "EipBandwidth", "ExpiredTime",
    "InstanceId", "InstanceType", "InternetChargeType", "IpAddress", "OperationLocks", "RegionId", "Status",
)  # fmt: skip


def ecs_eip(session: Session, shown: PublicAddress) -> Body:
    """Return an EIP as DescribeEipAddresses of ECS lists it."""
    return only(_IN_ECS, eip(session, shown))


def charge_type(of: PublicAddress) -> str:
    """Return how an EIP is paid for."""
    word: str = of.extras.get("ChargeType", POSTPAID)
    return word


def line(of: PublicAddress) -> str:
    """Return the line type of an EIP."""
    word: str = of.extras.get("ISP", "BGP")
    return word


def resource_group(session: Session, of: PublicAddress) -> str:
    """Return the resource group of an EIP."""
    group: str = of.extras.get("ResourceGroupId") or default_group(session)
    return group


def protected(of: PublicAddress) -> bool:
    """Return whether an EIP cannot be released before its protection is lifted."""
    protection: bool = of.extras.get("DeletionProtection", False)
    return protection


def protections(of: PublicAddress) -> tuple[str, ...]:
    """Return the kinds of enhanced protection that an EIP has."""
    kinds: tuple[str, ...] = of.extras.get("SecurityProtectionTypes", ())
    return kinds


def _package(session: Session, shown: PublicAddress) -> Body:
    """Return the bandwidth package that an EIP is in, and how much of it the EIP may have."""
    if shown.package_id is None:
        return dict.fromkeys(_OF_PACKAGE, "")
    whole = session.graph.bandwidth_packages[shown.package_id].extras["Bandwidth"]
    return {
        "Bandwidth": shown.extras.get(IN_PACKAGE) or whole,
        "BandwidthPackageBandwidth": whole,
        "BandwidthPackageId": shown.package_id,
        "BandwidthPackageType": "CommonBandwidthPackage",
    }


_OF_PACKAGE: Final = ("BandwidthPackageBandwidth", "BandwidthPackageId", "BandwidthPackageType")


def _target(session: Session, shown: PublicAddress) -> Body:
    """Return what an EIP is associated with.

    The vendor's Terraform provider reads both as what its user asked for: VpcId belongs to the type
    IpAddress alone, PrivateIpAddress to a secondary interface whose address was named.
    """
    resource_id, kind = target(session, shown)
    body = {
        "InstanceId": resource_id,
        "InstanceType": kind,
        "InstanceRegionId": session.call.region if resource_id else "",
        "Mode": "NAT",
        "PrivateIpAddress": "",
        "VpcId": "",
    }
    if shown.association is not None and shown.extras.get(NAMED_PRIVATE):
        body["PrivateIpAddress"] = format_ipv4(shown.association.ip)
    return body
