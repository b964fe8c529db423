"""The default VPC of a region, with a default subnet.

Source: the definitions in tccli. The vendor's console shows a VPC with a mask of 16 and subnets with one
of 20.
"""

from ipaddress import IPv4Network
from typing import Final

import attrs

from duolect_core.errors import CoreError, ZoneNotFound
from duolect_core.model.resources import Subnet
from duolect_core.networks import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.declarations import ignored, param
from duolect_dialects.session import Session
from duolect_dialects.tencent.common import vpc_action

_BLOCK: Final = IPv4Network("172.16.0.0/16")
_MASK: Final = 20


@attrs.frozen(kw_only=True)
class CreateDefaultVpc:
    """Return the default VPC and a default subnet of it; what there is not yet is created."""

    Zone: str | None = param(note="any zone where none is named")
    Force: bool | None = ignored(note="there is no basic network, so the default VPC is always returned")


@vpc_action()
def create_default_vpc(session: Session, request: CreateDefaultVpc) -> Body:
    """Return both, usable at once. A zone that is not there leaves everything as it was."""
    rules = session.rules
    if request.Zone is not None and request.Zone not in rules.zones:
        raise ZoneNotFound(request.Zone)
    subnet = default_subnet(session, request.Zone)
    network = session.graph.networks[subnet.network_id]
    return {
        "Vpc": {
            "VpcId": network.id,
            "SubnetId": subnet.id,
            "VpcName": network.name,
            "SubnetName": subnet.name,
            "CidrBlock": str(subnet.block),
        }
    }


@attrs.frozen(kw_only=True)
class CheckDefaultSubnet:
    """Ask whether a default subnet can be created."""

    Zone: str | None = param(note="any zone where none is named")


@vpc_action()
def check_default_subnet(session: Session, request: CheckDefaultSubnet) -> Body:
    """Say so: a zone has one at most. The default VPC comes with the first of them."""
    graph, zones = session.graph, session.rules.zones
    if request.Zone is not None and request.Zone not in zones:
        raise ZoneNotFound(request.Zone)
    named = zones if request.Zone is None else (request.Zone,)
    free = next((zone for zone in named if zone not in graph.default_subnets), None)
    if free is None or graph.default_network is None:
        return {"Result": free is not None}
    try:
        commands.CreateDefaultSubnet(zone=free, mask=_MASK).check(session.partition)
    except CoreError:
        return {"Result": False}
    return {"Result": True}


def default_subnet(session: Session, zone: str | None) -> Subnet:
    """Return the default subnet of the zone, or of any zone; create it and its VPC where there is none."""
    graph = session.graph
    if graph.default_network is None:
        create = commands.CreateNetwork(block=_BLOCK, default=True, name="Default-VPC")
        session.execute(create, idempotent=False)
    if zone is None:
        zone = next(iter(graph.default_subnets), session.rules.zones[0])
    if zone in graph.default_subnets:
        return graph.subnets[graph.default_subnets[zone]]
    create_subnet = commands.CreateDefaultSubnet(zone=zone, mask=_MASK, name="Default-Subnet")
    return session.execute(create_subnet, idempotent=False)
