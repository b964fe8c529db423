"""Route tables and routes as the vendor shows them."""

from duolect_core.model.routes import PolicyEntry, Route, RoutePolicy, RouteTable
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.tags.views import tags

ANY = "ANY"
"""What an entry of a policy shows where it does not look at the type of a route, or of a gateway."""
_FIRST_NUMBER = 10_000


def route_table(session: Session, shown: RouteTable, *, with_routes: bool = True) -> Body:
    """Return a route table. The routes within the VPC are not among those that are listed."""
    graph = session.graph
    network = graph.networks[shown.network_id]
    routes = graph.routes_by_table.ids(shown.id) if with_routes else ()
    return {
        "VpcId": network.id,
        "RouteTableId": shown.id,
        "RouteTableName": shown.name,
        "AssociationSet": [
            {"SubnetId": subnet_id, "RouteTableId": shown.id}
            for subnet_id in graph.subnets_by_route_table.ids(shown.id)
        ],
        "RouteSet": [route(graph.routes[route_id]) for route_id in routes],
        "Main": network.route_table_id == shown.id,
        "CreatedTime": local_time(shown.created),
        "TagSet": tags(shown.tags),
        "LocalCidrForCcn": [
            {"Cidr": str(block), "PublishedToVbc": False}
            for block in (network.block, *network.secondary_blocks)
        ],
    }


def route(shown: Route) -> Body:
    """Return a route. Its numeric id is 0 where it is one of IPv6, as the definitions say."""
    (hop,) = shown.hops
    is_ipv6 = shown.block.version == 6  # noqa: PLR2004 - of IPv6
    return {
        "DestinationCidrBlock": "" if is_ipv6 else str(shown.block),
        "GatewayType": hop.label,
        "GatewayId": hop.id,
        "RouteId": 0 if is_ipv6 else number(shown),
        "RouteDescription": shown.description,
        "Enabled": shown.enabled,
        "RouteType": "USER",
        "RouteTableId": shown.table_id,
        "DestinationIpv6CidrBlock": str(shown.block) if is_ipv6 else "",
        "RouteItemId": shown.id,
        "PublishedToVbc": bool(shown.published_to),
        "CreatedTime": local_time(shown.created),
        "CdcId": "",
    }


def number(shown: Route) -> int:
    """Return the numeric id that a route of IPv4 has beside the other one."""
    return _FIRST_NUMBER + shown.order


def route_policy(session: Session, shown: RoutePolicy, *, with_entries: bool = True) -> Body:
    """Return a route reception policy with the tables that have it."""
    return {
        "RoutePolicyId": shown.id,
        "RoutePolicyName": shown.name,
        "RoutePolicyDescription": shown.description,
        "RoutePolicyEntrySet": [
            policy_entry(session, entry) for entry in (shown.entries if with_entries else ())
        ],
        "RoutePolicyAssociationSet": [
            {"RouteTableId": table_id, "RoutePolicyId": shown.id, "Priority": priority}
            for table_id, priority in shown.priorities.items()
        ],
        "CreatedTime": local_time(shown.created),
        "TagSet": tags(shown.tags),
    }


def policy_entry(session: Session, shown: PolicyEntry) -> Body:
    """Return an entry of a route reception policy."""
    return {
        "RoutePolicyEntryId": shown.id,
        "CidrBlock": str(shown.block),
        "Description": shown.description,
        "RouteType": shown.route_type or ANY,
        "GatewayType": shown.hop_label or ANY,
        "GatewayId": shown.hop_id,
        "Priority": shown.priority,
        "Action": shown.verdict.upper(),
        "CreatedTime": local_time(shown.created),
        "Region": session.rules.region,
    }
