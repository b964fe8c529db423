"""Common bandwidth packages as the vendor shows them.

A package's ``extras`` are what it was created with, under the names of the answer.
"""

from duolect_core.addressing.pools import format_ipv4
from duolect_core.model.public_addresses import BandwidthPackage
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import GATEWAY_STATUS, moment
from duolect_dialects.alibaba.views import default_group, plain_tags
from duolect_dialects.session import Session


def resource_group(session: Session, package: BandwidthPackage) -> str:
    """Return the resource group of a package."""
    group: str = package.extras.get("ResourceGroupId") or default_group(session)
    return group


def bandwidth(package: BandwidthPackage) -> str:
    """Return the bandwidth of a package in Mbit/s."""
    word: str = package.extras["Bandwidth"]
    return word


def line(package: BandwidthPackage) -> str:
    """Return the line type of a package."""
    word: str = package.extras.get("ISP", "BGP")
    return word


def protections(package: BandwidthPackage) -> tuple[str, ...]:
    """Return the kinds of enhanced protection that a package has."""
    kinds: tuple[str, ...] = package.extras.get("SecurityProtectionTypes", ())
    return kinds


def package(session: Session, shown: BandwidthPackage) -> Body:
    """Return a package as DescribeCommonBandwidthPackages lists it."""
    graph, extras = session.graph, shown.extras
    addresses = (graph.public_addresses[each] for each in graph.public_addresses_by_package.ids(shown.id))
    return {
        "BandwidthPackageId": shown.id,
        "Name": shown.name,
        "Description": shown.description,
        "Status": GATEWAY_STATUS[shown.state],
        "RegionId": session.call.region,
        "CreationTime": moment(shown.created),
        "ExpiredTime": "",
        "Bandwidth": bandwidth(shown),
        "BizType": "",
        "BusinessStatus": "Normal",
        "DeletionProtection": shown.protected,
        "HasReservationData": "false",
        "ReservationActiveTime": "",
        "ReservationBandwidth": "",
        "ReservationInternetChargeType": "",
        "ReservationOrderType": "",
        "ISP": line(shown),
        "InstanceChargeType": "PostPaid",
        "InternetChargeType": extras["InternetChargeType"],
        "Ratio": extras.get("Ratio", 100),
        "ResourceGroupId": resource_group(session, shown),
        "SecurityProtectionTypes": {"SecurityProtectionType": list(protections(shown))},
        "ServiceManaged": 0,
        "Zone": extras.get("Zone", ""),
        "PublicIpAddresses": {
            "PublicIpAddresse": [
                {
                    "AllocationId": each.id,
                    "IpAddress": format_ipv4(each.ip),
                    "BandwidthPackageIpRelationStatus": "BINDED",
                }
                for each in addresses
            ]
        },
        "Tags": plain_tags(shown.tags),
    }
