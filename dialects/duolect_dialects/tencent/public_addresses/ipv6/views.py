"""Public IPv6 addresses as the vendor shows them: classic and elastic ones alike, as EIPs.

Sources: the definitions in tccli and their examples. A classic one is an IPv6 address of an interface that
was given public bandwidth, so that its public and its private address are the same.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core.addressing.pools import format_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.public_addresses import Ipv6Bandwidth, PublicIpv6Address
from duolect_core.model.resources import Interface
from duolect_core.relations import ipv6
from duolect_dialects.action import Body
from duolect_dialects.tencent.names import PUBLIC_ADDRESS_STATUS, utc_time
from duolect_dialects.tencent.tags.views import tags

CLASSIC: Final = "EIP6"
ELASTIC: Final = "EIPv6"
Shown = Ipv6Bandwidth | PublicIpv6Address
_CLASSIC_STATUS: Final[Mapping[ServiceState, str]] = MappingProxyType(
    {
        ServiceState.PENDING: "CREATING",
        ServiceState.AVAILABLE: "BIND",
        ServiceState.MODIFYING: "BIND",
        ServiceState.DELETING: "OFFLINING",
        ServiceState.GONE: "OFFLINING",
    }
)


def holder(graph: Graph, shown: Shown) -> Interface | None:
    """Return the interface of the private address, if there is one."""
    if isinstance(shown, Ipv6Bandwidth):
        return ipv6.interface_with(graph, shown.ip)
    return None if shown.association is None else graph.interfaces.get(shown.association.interface_id)


def public_ip(shown: Shown) -> str:
    """Return the public address."""
    return format_ipv6(shown.ip)


def private_ip(shown: Shown) -> str:
    """Return the private address, which of a classic one is the public one too; empty where none is."""
    if isinstance(shown, Ipv6Bandwidth):
        return format_ipv6(shown.ip)
    return "" if shown.association is None else format_ipv6(shown.association.ip)


def status(graph: Graph, shown: Shown) -> str:
    """Return the state; what is bound to an interface on no instance is BIND_ENI."""
    on = holder(graph, shown)
    if shown.state in {PublicAddressState.IN_USE, ServiceState.AVAILABLE} and on and not on.attachment:
        return "BIND_ENI"
    if isinstance(shown, Ipv6Bandwidth):
        return _CLASSIC_STATUS[shown.state]
    return PUBLIC_ADDRESS_STATUS[shown.state]


def instance_id(graph: Graph, shown: Shown) -> str:
    """Return the instance that it is bound to, by its interface; empty where that is on none."""
    on = holder(graph, shown)
    return on.attachment.instance_id if on is not None and on.attachment is not None else ""


def address_type(shown: Shown) -> str:
    """Return the type."""
    word: str = shown.extras.get("AddressType", CLASSIC if isinstance(shown, Ipv6Bandwidth) else ELASTIC)
    return word


def provider(shown: Shown) -> str:
    """Return whose line it is on."""
    word: str = shown.extras.get("InternetServiceProvider", "BGP")
    return word


def egress(shown: Shown) -> str:
    """Return by which way it leaves."""
    default = "center_egress1" if isinstance(shown, Ipv6Bandwidth) else "CENTER_EGRESS_1"
    word: str = shown.extras.get("Egress", default)
    return word


def public_ipv6(graph: Graph, shown: Shown) -> Body:
    """Return a public IPv6 address."""
    extras, on = shown.extras, holder(graph, shown)
    return {
        "AddressId": shown.id,
        "AddressName": shown.name,
        "AddressStatus": status(graph, shown),
        "AddressIp": public_ip(shown),
        "InstanceId": None if on is None else instance_id(graph, shown),
        "InstanceType": None if on is None else "ENI" if on.attachment is None else "CVM",
        "NetworkInterfaceId": None if on is None else on.id,
        "PrivateAddressIp": private_ip(shown) or None,
        "CreatedTime": utc_time(shown.created),
        "IsArrears": False,
        "IsBlocked": False,
        "IsEipDirectConnection": False,
        "EipVisibleOnEni": extras.get("EipVisibleOnEni", False),
        "AddressType": address_type(shown),
        "CascadeRelease": False,
        "EipAlgType": {"Ftp": True, "Sip": True},
        "InternetServiceProvider": provider(shown),
        "LocalBgp": False,
        "Bandwidth": extras["Bandwidth"],
        "InternetChargeType": extras["InternetChargeType"],
        "TagSet": tags(shown.tags),
        "DeadlineDate": None,
        "Egress": egress(shown),
        "BandwidthPackageId": shown.package_id,
    }
