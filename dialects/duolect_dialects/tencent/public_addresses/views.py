"""Elastic public addresses (EIPs) as the vendor shows them: every documented field, of its exact type.

An address's extras are what it was allocated with, under the names of the answer.
"""

from typing import Final

from duolect_core.addressing.pools import format_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.public_addresses import PublicAddress
from duolect_core.model.resources import Interface
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.names import PUBLIC_ADDRESS_STATUS, utc_time
from duolect_dialects.tencent.tags.views import tags

UNNAMED: Final = "\u672a\u547d\u540d"
"""The name of an address that was given none."""
BUSINESS: Final = "DC"
"""What every EIP here is for, as far as it was recorded."""
BY_TRAFFIC: Final = "TRAFFIC_POSTPAID_BY_HOUR"


def listed_address(session: Session, shown: PublicAddress) -> Body:
    """Return an EIP as DescribeAddresses lists it, with what no page documents.

    Source: the reply of December 2024 that cloud-custodian keeps for its test of EIPs; it has an EIP that
    is bound to nothing, in the first zone of its region.
    """
    return {
        **public_address(session.graph, shown),
        "ApplicableForCLB": False,
        "BusinessType": BUSINESS,
        "ComplianceStatus": "NORMAL",
        "EndPointId": "",
        "IsActiveAccessEip": True,
        "IsEip": True,
        "IsFromWanIP": False,
        "IsNewGeneration": True,
        "NetworkGroup": session.rules.region,
        "PayMode": shown.extras["InternetChargeType"],
        "UpdatedTime": utc_time(shown.modified or shown.created),
        "Zone": f"{session.rules.region}-1",
    }


def public_address(graph: Graph, shown: PublicAddress) -> Body:
    """Return an EIP."""
    extras, holder = shown.extras, _holder(graph, shown)
    private = None if shown.association is None else format_ipv4(shown.association.ip)
    return {
        "AddressId": shown.id,
        "AddressName": shown.name,
        "AddressStatus": status(graph, shown),
        "AddressIp": format_ipv4(shown.ip),
        "InstanceId": _bound_to(graph, shown),
        "InstanceType": instance_type(graph, shown) or None,
        "NetworkInterfaceId": None if holder is None else holder.id,
        "PrivateAddressIp": private,
        "CreatedTime": utc_time(shown.created),
        "IsArrears": False,
        "IsBlocked": False,
        "IsEipDirectConnection": extras.get("IsEipDirectConnection", False),
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
        "Egress": extras.get("Egress", "center_egress1"),
        "BandwidthPackageId": shown.package_id,
        **_package(shown),
    }


def _package(of: PublicAddress) -> Body:
    """Return the AntiDDoS package of an EIP; one without shows nothing there.

    The vendor's definition says so, as of ``RenewFlag``, which only prepaid EIPs show. Those, ``UnVpcId``
    and ``DedicatedClusterId`` were documented by December 2024 (tencentcloud-sdk-python-vpc 3.0.1286) and
    are absent from the reply that was recorded then (cloud-custodian).
    """
    package = of.extras.get("AntiDDoSPackageId")
    return {"AntiDDoSPackageId": package} if package else {}


def _holder(graph: Graph, shown: PublicAddress) -> Interface | None:
    """Return the interface that an EIP is bound to, or is being bound to."""
    return None if shown.association is None else graph.interfaces.get(shown.association.interface_id)


def _virtual_id(graph: Graph, shown: PublicAddress) -> str | None:
    """Return the id of the HAVIP that an EIP is bound to, or is being bound to."""
    held_by = "" if shown.association is None else shown.association.interface_id
    return held_by if held_by in graph.virtual_addresses else None


def _bound_to(graph: Graph, shown: PublicAddress) -> str | None:
    """Return the instance, the HAVIP or the NAT gateway that an EIP is bound to, if any."""
    holder = _holder(graph, shown)
    if holder is None:
        return shown.gateway_id or _virtual_id(graph, shown)
    return "" if holder.attachment is None else holder.attachment.instance_id


def status(graph: Graph, shown: PublicAddress) -> str:
    """Return the state of an EIP; one that is bound to an interface on no instance is BIND_ENI."""
    holder = _holder(graph, shown)
    if shown.state is PublicAddressState.IN_USE and holder is not None and holder.attachment is None:
        return "BIND_ENI"
    return PUBLIC_ADDRESS_STATUS[shown.state]


def instance_type(graph: Graph, shown: PublicAddress) -> str:
    """Return the kind of what an EIP is bound to: NAT, HAVIP, CVM, or ENI while that is on no instance."""
    holder = _holder(graph, shown)
    if holder is None:
        if shown.gateway_id is not None:
            return "NAT"
        return "" if _virtual_id(graph, shown) is None else "HAVIP"
    return "ENI" if holder.attachment is None else "CVM"


def address_type(of: PublicAddress) -> str:
    """Return the type of an EIP."""
    word: str = of.extras.get("AddressType", "EIP")
    return word


def provider(of: PublicAddress) -> str:
    """Return whose line an EIP is on."""
    word: str = of.extras.get("InternetServiceProvider", "BGP")
    return word


def was_chosen(of: PublicAddress) -> bool:
    """Say whether an EIP was asked for by its address."""
    chosen: bool = of.extras.get("Chosen", False)
    return chosen
