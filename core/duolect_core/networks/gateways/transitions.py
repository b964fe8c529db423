"""What becomes of gateways when an operation on them ends."""

from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import Transition
from duolect_core.model.gateways import Gateway, Ipv4Gateway
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState
from duolect_core.networks.gateways import routing


def move_ipv4_gateway(partition: Partition, transition: Transition) -> None:
    """Let an IPv4 gateway be what it was to become."""
    _move(partition, partition.graph.ipv4_gateways[transition.resource_id], transition)


def move_ipv6_gateway(partition: Partition, transition: Transition) -> None:
    """Let an IPv6 gateway be what it was to become."""
    _move(partition, partition.graph.ipv6_gateways[transition.resource_id], transition)


def _move(partition: Partition, gateway: Gateway, transition: Transition) -> None:
    came_up = gateway.state is ServiceState.PENDING
    gateway.state = SERVICE_LIFECYCLE[gateway.state, transition.trigger]
    gateway.pending = None
    if gateway.state is ServiceState.GONE:
        routing.remove(partition, gateway)
    elif came_up:
        routing.come_up(partition, gateway)
    elif isinstance(gateway, Ipv4Gateway) and gateway.enabling:
        routing.enable(partition, gateway)


def move_egress_rule(partition: Partition, transition: Transition) -> None:
    """Let an egress rule be what it was to become."""
    rule = partition.graph.egress_rules[transition.resource_id]
    rule.state = SERVICE_LIFECYCLE[rule.state, transition.trigger]
    rule.pending = None
    if rule.state is ServiceState.GONE:
        partition.graph.remove_egress_rule(rule)
