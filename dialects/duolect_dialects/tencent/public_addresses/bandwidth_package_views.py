"""Bandwidth packages as the vendor shows them: every documented field, of its exact type."""

from typing import Final

from duolect_core.addressing.pools import format_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.public_addresses import BandwidthPackage, PublicAddress
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
        "ResourceSet": [
            resource(graph.public_addresses[each])
            for each in graph.public_addresses_by_package.ids(shown.id)
        ],
        "Bandwidth": extras["InternetMaxBandwidth"],
        "Egress": extras["Egress"],
        "Deadline": None,
    }


def resource(of: PublicAddress) -> Body:
    """Return an EIP as one of the resources of a package."""
    return {"ResourceType": ADDRESS, "ResourceId": of.id, "AddressIp": format_ipv4(of.ip)}
