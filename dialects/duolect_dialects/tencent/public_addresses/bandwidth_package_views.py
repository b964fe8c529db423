"""Bandwidth packages as the vendor shows them: every documented field, of its exact type."""

from typing import Final

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.model.public_addresses import BandwidthPackage, Ipv6Bandwidth, PublicAddress
from duolect_dialects.action import Body
from duolect_dialects.tencent.names import BANDWIDTH_PACKAGE_STATUS, utc_time

ADDRESS: Final = "Address"
"""The type of the resources in packages: there are no load balancers."""


def bandwidth_package(graph: Graph, shown: BandwidthPackage) -> Body:
    """Return a bandwidth package with what is in it."""
    extras = shown.extras
    return {
        "BandwidthPackageId": shown.id,
        "NetworkType": extras["NetworkType"],
        "ChargeType": extras["ChargeType"],
        "BandwidthPackageName": shown.name,
        "CreatedTime": utc_time(shown.created),
        "Status": BANDWIDTH_PACKAGE_STATUS[shown.state],
        "ResourceSet": [resource(each) for each in graph.members_of_package(shown.id)],
        "Bandwidth": extras["InternetMaxBandwidth"],
        "Egress": extras["Egress"],
        "Deadline": None,
    }


def address_ip(of: PublicAddress | Ipv6Bandwidth) -> str:
    """Return an address of IPv4 or IPv6 as it is written."""
    return format_ipv6(of.ip) if of.ip >> 32 else format_ipv4(of.ip)


def resource(of: PublicAddress | Ipv6Bandwidth) -> Body:
    """Return an EIP, or a public IPv6 address, as one of the resources of a package."""
    return {"ResourceType": ADDRESS, "ResourceId": of.id, "AddressIp": address_ip(of)}
