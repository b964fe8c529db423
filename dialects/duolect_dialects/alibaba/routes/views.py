"""Route tables and their entries as the VPC product shows them, and the fewer fields that ECS shows.

A VPC's own routes lead to each of its vSwitches and to the addresses of cloud services; the system made
them, and they have no ids.
"""

from collections.abc import Iterator
from typing import Final

from duolect_core.model.resources import Network
from duolect_core.model.routes import NextHop, Route, RouteTable
from duolect_core.routes.tables import is_main
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import NETWORK_STATUS, ROUTE_STATUS, moment
from duolect_dialects.alibaba.networks.views import resource_group, router_id, table_type
from duolect_dialects.alibaba.views import only, owner, plain_tags
from duolect_dialects.session import Session

CLOUD_SERVICES: Final = "100.64.0.0/10"
"""Where the vendor's own services are."""
ROUTER_NAME: Final = "VRouterName"
"""Under these names a VPC keeps what is said of its router."""
ROUTER_DESCRIPTION: Final = "VRouterDescription"


def listed_route_table(session: Session, shown: RouteTable) -> Body:
    """Return a route table as DescribeRouteTableList lists it."""
    graph = session.graph
    network = graph.networks[shown.network_id]
    gateway_id = graph.gateway_by_route_table.get(shown.id)
    return {
        "AssociateType": "Gateway" if shown.for_gateways else "VSwitch",
        "CreationTime": moment(shown.created),
        "Description": shown.description,
        "GatewayIds": {"GatewayIds": [] if gateway_id is None else [gateway_id]},
        "OwnerId": int(owner(session)),
        "ResourceGroupId": resource_group(session, network),
        "RoutePropagationEnable": shown.extras.get("RoutePropagationEnable", True),
        "RouteTableId": shown.id,
        "RouteTableName": shown.name,
        "RouteTableType": table_type(session, shown.id),
        "RouterId": router_id(network.id),
        "RouterType": "VRouter",
        "Status": _status(session, shown),
        "Tags": plain_tags(shown.tags),
        "VSwitchIds": {"VSwitchId": list(graph.subnets_by_route_table.ids(shown.id))},
        "VpcId": network.id,
    }


def _status(session: Session, shown: RouteTable) -> str:
    """Return the status of a route table: the main one comes with its VPC."""
    graph = session.graph
    if is_main(graph, shown):
        return NETWORK_STATUS[graph.networks[shown.network_id].state]
    return ROUTE_STATUS[shown.state]


def route_table(session: Session, shown: RouteTable, kind: str | None) -> Body:
    """Return a route table as DescribeRouteTables shows it, with its routes of a kind, or all.

    Recorded: the default resource group is an empty text here.
    """
    graph = session.graph
    network = graph.networks[shown.network_id]
    routes: list[Body] = []
    if kind in {None, "Custom"}:
        routes += [_own_route(route) for route in own_routes(session, shown)]
    if kind in {None, "System"}:
        routes += [_system_route(shown, *each) for each in system_routes(session, shown)]
    return {
        "CreationTime": moment(shown.created),
        "ResourceGroupId": network.extras.get("ResourceGroupId", ""),
        "RouteEntrys": {"RouteEntry": routes},
        "RouteTableId": shown.id,
        "RouteTableType": table_type(session, shown.id),
        "Status": _status(session, shown),
        "VRouterId": router_id(network.id),
        "VSwitchIds": {"VSwitchId": list(graph.subnets_by_route_table.ids(shown.id))},
    }


def own_routes(session: Session, table: RouteTable) -> Iterator[Route]:
    """Iterate over the routes that were created in a table, oldest first."""
    graph = session.graph
    return (graph.routes[route_id] for route_id in graph.routes_by_table.ids(table.id))


def system_routes(session: Session, table: RouteTable) -> list[tuple[str, str]]:
    """Return the block and the next hop of each route that the system made in a table.

    They lead to each vSwitch that uses the table, and to the services of the cloud; those of a table for
    gateways lead to all vSwitches of the VPC.
    """
    graph = session.graph
    if table.for_gateways:
        all_of_vpc = graph.subnets_by_network.ids(table.network_id)
        return [(str(graph.subnets[each].block), "local") for each in all_of_vpc]
    subnets = (graph.subnets[each] for each in graph.subnets_by_route_table.ids(table.id))
    return [*((str(subnet.block), "local") for subnet in subnets), (CLOUD_SERVICES, "service")]


def _own_route(shown: Route) -> Body:
    """Return a route that was created; the fields of its next hop are empty where it has several."""
    (first, *others) = shown.hops
    return {
        "Description": shown.description,
        "DestinationCidrBlock": str(shown.block),
        "InstanceId": "" if others else first.id,
        "NextHopType": first.label,
        "NextHops": {"NextHop": [_hop(hop) for hop in shown.hops] if others else []},
        "RouteEntryId": shown.id,
        "RouteEntryName": shown.name,
        "RouteTableId": shown.table_id,
        "Status": ROUTE_STATUS[shown.state],
        "Type": "Custom",
    }


def _system_route(table: RouteTable, block: str, next_hop: str) -> Body:
    return {
        "Description": "",
        "DestinationCidrBlock": block,
        "InstanceId": "",
        "NextHopType": next_hop,
        "NextHops": {"NextHop": []},
        "RouteEntryId": "",
        "RouteEntryName": "",
        "RouteTableId": table.id,
        "Status": "Available",
        "Type": "System",
    }


def _hop(shown: NextHop) -> Body:
    """Return a next hop; only those that are router interfaces have a weight."""
    body: Body = {"Enabled": 1, "NextHopId": shown.id, "NextHopType": shown.label}
    return {**body, "Weight": shown.weight} if shown.weight else body


def listed_route(shown: Route) -> Body:
    """Return a route that was created as DescribeRouteEntryList lists it."""
    return {
        "Description": shown.description,
        "DestinationCidrBlock": str(shown.block),
        "GmtModified": moment(shown.modified),
        "IpVersion": f"IPv{shown.block.version}",
        "NextHops": {"NextHop": [_hop(hop) for hop in shown.hops]},
        "Origin": "CustomCreate",
        "RouteEntryId": shown.id,
        "RouteEntryName": shown.name,
        "RouteTableId": shown.table_id,
        "ServiceType": "",
        "Status": ROUTE_STATUS[shown.state],
        "Type": "Custom",
    }


def listed_system_route(table: RouteTable, block: str, next_hop: str) -> Body:
    """Return a route that the system made as DescribeRouteEntryList lists it."""
    return {
        "Description": "",
        "DestinationCidrBlock": block,
        "GmtModified": moment(table.created),
        "IpVersion": "IPv4",
        "NextHops": {"NextHop": [{"Enabled": 1, "NextHopId": "", "NextHopType": next_hop}]},
        "Origin": "SystemCreate",
        "RouteEntryId": "",
        "RouteEntryName": "",
        "RouteTableId": table.id,
        "ServiceType": "",
        "Status": "Available",
        "Type": "System",
    }


def router(session: Session, shown: Network) -> Body:
    """Return the router of a VPC."""
    tables = session.graph.route_tables_by_network.ids(shown.id)
    return {
        "CreationTime": moment(shown.created),
        "Description": shown.extras.get(ROUTER_DESCRIPTION, ""),
        "RegionId": session.call.region,
        "RouteTableIds": {"RouteTableId": list(tables)},
        "VRouterId": router_id(shown.id),
        "VRouterName": shown.extras.get(ROUTER_NAME, ""),
        "VpcId": shown.id,
    }


# -- the version of ECS ----------------------------------------------------------------------------------

_ROUTE_TABLE_IN_ECS: Final = (
    "CreationTime", "ResourceGroupId", "RouteEntrys", "RouteTableId", "RouteTableType", "VRouterId",
)  # fmt: skip
_ROUTE_IN_ECS: Final = (
    "DestinationCidrBlock", "InstanceId", "NextHopType", "NextHops", "RouteTableId", "Status", "Type",
)  # fmt: skip


def ecs_route_table(session: Session, shown: RouteTable, kind: str | None) -> Body:
    """Return a route table as DescribeRouteTables of ECS shows it."""
    body = only(_ROUTE_TABLE_IN_ECS, route_table(session, shown, kind))
    routes = body["RouteEntrys"]["RouteEntry"]
    return {**body, "RouteEntrys": {"RouteEntry": [only(_ROUTE_IN_ECS, route) for route in routes]}}
