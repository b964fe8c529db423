"""High-availability virtual IP addresses (HAVIPs) as the vendor shows them."""

from typing import Final

from duolect_core.addressing.pools import format_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.virtual_addresses import VirtualAddress
from duolect_dialects.action import Body
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.tags.views import tags

INSTANCE: Final = "CVM"
INTERFACE: Final = "ENI"
_NEVER: Final = "0000-00-00 00:00:00"


def ha_vip(graph: Graph, shown: VirtualAddress) -> Body:
    """Return a HAVIP; it is UNBIND while it is on no network interface."""
    interface = graph.interfaces.get(shown.interface_id)
    attachment = None if interface is None else interface.attachment
    public = graph.public_address_of(shown, shown.ip)
    return {
        "HaVipId": shown.id,
        "HaVipName": shown.name,
        "Vip": format_ipv4(shown.ip),
        "VpcId": shown.network_id,
        "SubnetId": shown.subnet_id,
        "NetworkInterfaceId": shown.interface_id,
        "InstanceId": "" if attachment is None else attachment.instance_id,
        "AddressIp": "" if public is None else format_ipv4(public.ip),
        "State": "AVAILABLE" if shown.interface_id else "UNBIND",
        "CreatedTime": local_time(shown.created),
        "Business": "",
        "HaVipAssociationSet": [
            {"InstanceId": each, "HaVipId": shown.id, "InstanceType": carrier_type(graph, each)}
            for each in shown.carrier_ids
        ],
        "CheckAssociate": bool(shown.extras.get("CheckAssociate")),
        "CdcId": "",
        "FlushedTime": _NEVER,
        "TagSet": tags(shown.tags),
    }


def carrier_type(graph: Graph, carrier_id: str) -> str:
    """Return the type of what a HAVIP is associated with."""
    return INSTANCE if carrier_id in graph.instances else INTERFACE


def carrier_types(graph: Graph, shown: VirtualAddress) -> set[str]:
    """Return the types of all that a HAVIP is associated with."""
    return {carrier_type(graph, each) for each in shown.carrier_ids}
