"""Route tables for gateways: associated with one, let go, and what is in them.

Sources: the vendor's definitions of the actions, which are its pages, and the models of its Python SDK for
the VPC product. The entries lead to the vSwitches of the VPC themselves; that they cannot be led elsewhere
(UpdateGatewayRouteTableEntryAttribute) is a limit of the emulator.
"""

import attrs

from duolect_core.errors import RouteTableNotFound
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.gateways import route_tables as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.networks.gateways.parameters import RESULTS
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import OneOf

_KINDS = {
    "Ipv4Gateway": ResourceKind.IPV4_GATEWAY,
    "Ipv6Gateway": ResourceKind.IPV6_GATEWAY,
}


@attrs.frozen(kw_only=True)
class AssociateRouteTableWithGateway:
    """Associate a route table for gateways with a gateway of its VPC."""

    GatewayId: str = required()
    RegionId: str = required()
    RouteTableId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    GatewayType: str = param(OneOf(*_KINDS), code="IllegalParam.GatewayType", default="Ipv4Gateway")


@attrs.frozen(kw_only=True)
class DissociateRouteTableFromGateway:
    """Let a gateway have no route table any more."""

    GatewayId: str = required()
    RegionId: str = required()
    RouteTableId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    GatewayType: str = param(OneOf(*_KINDS), default="Ipv4Gateway")


@vpc_action(idempotent_by="ClientToken")
def associate_route_table_with_gateway(session: Session, request: AssociateRouteTableWithGateway) -> Body:
    """Associate the two; the gateway is Modifying for a while."""
    command = commands.AssociateGatewayTable(
        kind=_KINDS[request.GatewayType], gateway_id=request.GatewayId, table_id=request.RouteTableId
    )
    common.execute(session, command, request)
    return {}


@vpc_action(idempotent_by="ClientToken")
def dissociate_route_table_from_gateway(session: Session, request: DissociateRouteTableFromGateway) -> Body:
    """Undo the association; the gateway is Modifying for a while."""
    command = commands.DisassociateGatewayTable(
        kind=_KINDS[request.GatewayType], gateway_id=request.GatewayId, table_id=request.RouteTableId
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class ListGatewayRouteTableEntries:
    """List the entries of a route table for gateways."""

    GatewayRouteTableId: str = required()
    RegionId: str = required()
    DestinationCidrBlock: str | None = param()
    MaxResults: int = param(RESULTS, default=10)
    NextToken: str | None = param()


@vpc_action()
def list_gateway_route_table_entries(session: Session, request: ListGatewayRouteTableEntries) -> Body:
    """List one page: an entry for each vSwitch of the VPC, oldest first."""
    graph = session.graph
    table = lookup.route_table(graph, request.GatewayRouteTableId)
    if not table.for_gateways:
        raise RouteTableNotFound(table.id)
    blocks = [str(graph.subnets[each].block) for each in graph.subnets_by_network.ids(table.network_id)]
    if request.DestinationCidrBlock is not None:
        blocks = [each for each in blocks if each == request.DestinationCidrBlock]
    start = 0
    if request.NextToken is not None:
        start = common.decode_token(request, request.NextToken, "IllegalParam.NextToken")
    end = start + request.MaxResults
    return {
        "GatewayRouteEntryModels": [_entry(block) for block in blocks[start:end]],
        "TotalCount": str(len(blocks)),
        "NextToken": common.encode_token(request, end) if end < len(blocks) else "",
    }


def _entry(block: str) -> Body:
    return {
        "Name": "",
        "Description": "",
        "DestinationCidrBlock": block,
        "NextHopId": "",
        "NextHopType": "Local",
        "NextHops": [],
        "Status": "Available",
    }
