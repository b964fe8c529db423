"""What becomes of NAT gateways and their rules when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, RouteState, ServiceState, Trigger, ends_of
from duolect_core.model.nat_gateways import NatGateway
from duolect_core.model.routes import HopKind, NextHop, Route
from duolect_core.model.rules import ResourceKind
from duolect_core.nat_gateways.default_routes import EVERYWHERE, leads_everywhere
from duolect_core.relations import lists, removal


def _move_gateway(partition: Partition, transition: Transition) -> None:
    gateway = partition.graph.nat_gateways[transition.resource_id]
    came_up = gateway.state is ServiceState.PENDING
    gateway.state = SERVICE_LIFECYCLE[(gateway.state, transition.trigger)]
    gateway.pending = None
    gateway.modified = partition.now
    if transition.trigger is Trigger.DELETED:
        removal.remove_nat_gateway(partition, gateway)
    elif came_up and gateway.routes_default:
        _route(partition, gateway)


def _route(partition: Partition, gateway: NatGateway) -> None:
    """Let all packets without another way go through a gateway, unless the network has one for them."""
    graph = partition.graph
    table_id = graph.networks[gateway.network_id].route_table_id
    limit = partition.rules.quotas.routes_per_table
    full = limit is not None and lists.load_of_table(graph, table_id) >= limit
    if full or leads_everywhere(graph, table_id):
        return
    route = Route(
        id=partition.new_id(ResourceKind.ROUTE, graph.routes),
        order=partition.next_order(),
        created=partition.now,
        modified=partition.now,
        table_id=table_id,
        block=EVERYWHERE,
        hops=(NextHop(kind=HopKind.NAT_GATEWAY, id=gateway.id, label=partition.rules.nat_hop_label),),
        state=RouteState.AVAILABLE,
    )
    graph.add_route(route)
    gateway.route_id = route.id


def _move_snat_rule(partition: Partition, transition: Transition) -> None:
    rule = partition.graph.snat_rules[transition.resource_id]
    rule.state = SERVICE_LIFECYCLE[(rule.state, transition.trigger)]
    rule.pending = None
    if rule.state is ServiceState.GONE:
        partition.graph.remove_snat_rule(rule)


def _move_dnat_rule(partition: Partition, transition: Transition) -> None:
    rule = partition.graph.dnat_rules[transition.resource_id]
    state = SERVICE_LIFECYCLE[(rule.state, transition.trigger)]
    rule.pending = None
    if state is ServiceState.GONE:
        partition.graph.remove_dnat_rule(rule)
    else:
        partition.graph.set_dnat_state(rule, state)


_ENDS: Final = ends_of(SERVICE_LIFECYCLE)
TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.NAT_GATEWAY: dict.fromkeys(_ENDS, _move_gateway),
        ResourceKind.SNAT_RULE: dict.fromkeys(_ENDS, _move_snat_rule),
        ResourceKind.DNAT_RULE: dict.fromkeys(_ENDS, _move_dnat_rule),
    }
)
"""The handlers of NAT gateways and their rules."""
