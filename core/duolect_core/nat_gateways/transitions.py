"""What becomes of NAT gateways and their rules when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger, ends_of
from duolect_core.model.nat_gateways import NatGateway
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import default_routes, removal


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
    table_id = partition.graph.networks[gateway.network_id].route_table_id
    hop = NextHop(kind=HopKind.NAT_GATEWAY, id=gateway.id, label=partition.rules.nat_hop_label)
    route = default_routes.make_route(partition, table_id, default_routes.EVERYWHERE, hop)
    gateway.route_id = None if route is None else route.id


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
