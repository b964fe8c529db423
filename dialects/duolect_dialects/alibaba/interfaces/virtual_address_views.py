"""High-availability virtual IP addresses (HaVips) as the vendor shows them."""

from typing import Final

from duolect_core.addressing.pools import format_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.virtual_addresses import VirtualAddress
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import VIRTUAL_ADDRESS_STATUS, moment
from duolect_dialects.alibaba.views import default_group, only, plain_tags
from duolect_dialects.session import Session

INSTANCE: Final = "EcsInstance"
INTERFACE: Final = "NetworkInterface"


def kind_of_carriers(graph: Graph, shown: VirtualAddress) -> str:
    """Return the type of what a HaVip is associated with; empty where that is nothing."""
    if not shown.carrier_ids:
        return ""
    return INSTANCE if shown.carrier_ids[0] in graph.instances else INTERFACE


def status(shown: VirtualAddress) -> str:
    """Return the state of a HaVip: InUse as long as something is associated with it."""
    word = VIRTUAL_ADDRESS_STATUS[shown.state]
    return "InUse" if word == "Available" and shown.carrier_ids else word


def resource_group(session: Session, shown: VirtualAddress) -> str:
    """Return the resource group of a HaVip."""
    group: str = shown.extras.get("ResourceGroupId") or default_group(session)
    return group


def ha_vip(session: Session, shown: VirtualAddress) -> Body:
    """Return a HaVip as the VPC product lists it."""
    graph = session.graph
    public = graph.public_address_of(shown, shown.ip)
    return {
        "AssociatedEipAddresses": {
            "associatedEipAddresse": [] if public is None else [format_ipv4(public.ip)]
        },
        "AssociatedInstanceType": kind_of_carriers(graph, shown),
        "AssociatedInstances": {"associatedInstance": list(shown.carrier_ids)},
        "ChargeType": "PostPaid",
        "CreateTime": moment(shown.created),
        "Description": shown.description,
        "HaVipId": shown.id,
        "IpAddress": format_ipv4(shown.ip),
        "MasterInstanceId": "",
        "Name": shown.name,
        "RegionId": session.rules.region,
        "ResourceGroupId": resource_group(session, shown),
        "Status": status(shown),
        "Tags": plain_tags(shown.tags),
        "VSwitchId": shown.subnet_id,
        "VpcId": shown.network_id,
    }


_IN_ECS: Final = (
    "AssociatedEipAddresses", "AssociatedInstances", "CreateTime", "Description", "HaVipId", "IpAddress",
    "MasterInstanceId", "RegionId", "Status", "VSwitchId", "VpcId",
)  # fmt: skip


def ecs_ha_vip(session: Session, shown: VirtualAddress) -> Body:
    """Return a HaVip as ECS lists it."""
    return only(_IN_ECS, ha_vip(session, shown))
