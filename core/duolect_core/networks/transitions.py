"""What becomes of networks, and of what belongs to them as a whole, when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import (
    ACL_LIFECYCLE,
    PROVISION_LIFECYCLE,
    SERVICE_LIFECYCLE,
    AclState,
    ProvisionState,
    ServiceState,
    Trigger,
    ends_of,
)
from duolect_core.model.rules import ResourceKind
from duolect_core.networks import blocks
from duolect_core.networks.gateways.transitions import (
    move_egress_rule,
    move_ipv4_gateway,
    move_ipv6_gateway,
)
from duolect_core.networks.reservations import pool_of
from duolect_core.relations import removal


def _move_network(partition: Partition, transition: Transition) -> None:
    network = partition.graph.networks[transition.resource_id]
    network.state = PROVISION_LIFECYCLE[(network.state, transition.trigger)]
    if network.state is ProvisionState.GONE:
        blocks.release_ipv6(partition, network)
        removal.remove_network(partition, network)


def _move_subnet(partition: Partition, transition: Transition) -> None:
    subnet = partition.graph.subnets[transition.resource_id]
    state = PROVISION_LIFECYCLE[(subnet.state, transition.trigger)]
    partition.graph.set_subnet_state(subnet, state)
    if state is ProvisionState.GONE:
        removal.remove_subnet(partition, subnet)


_LEAVING: Final = frozenset({Trigger.ASSOCIATE_FAILED, Trigger.DISASSOCIATED})
"""What ends with the subnets that were under way being associated with the network ACL no more."""


def _move_acl(partition: Partition, transition: Transition) -> None:
    acl = partition.graph.network_acls[transition.resource_id]
    state = ACL_LIFECYCLE[(acl.state, transition.trigger)]
    if state is AclState.GONE:
        partition.graph.remove_network_acl(acl)
        return
    acl.state = state
    if transition.trigger in _LEAVING:
        partition.graph.disassociate_network_acl(acl, acl.moving)
    acl.moving = ()


def _move_dhcp_options(partition: Partition, transition: Transition) -> None:
    options = partition.graph.dhcp_options_sets[transition.resource_id]
    options.state = SERVICE_LIFECYCLE[(options.state, transition.trigger)]
    options.pending = None
    if options.state is ServiceState.GONE:
        partition.graph.remove_dhcp_options_set(options)
    elif options.leaving:
        partition.graph.detach_dhcp_options(options.moving_id)
    options.moving_id, options.leaving = "", False


def _move_flow_log(partition: Partition, transition: Transition) -> None:
    log = partition.graph.flow_logs[transition.resource_id]
    log.state = SERVICE_LIFECYCLE[(log.state, transition.trigger)]
    log.pending = None
    if log.state is ServiceState.GONE:
        partition.graph.remove_flow_log(log)


def _move_cidr_reservation(partition: Partition, transition: Transition) -> None:
    graph = partition.graph
    reservation = graph.cidr_reservations[transition.resource_id]
    reservation.state = SERVICE_LIFECYCLE[(reservation.state, transition.trigger)]
    reservation.pending = None
    if reservation.state is ServiceState.GONE:
        graph.remove_cidr_reservation(reservation, pool_of(graph, reservation))


_ENDS: Final = ends_of(PROVISION_LIFECYCLE)
_SERVICE_ENDS: Final = ends_of(SERVICE_LIFECYCLE)
TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.NETWORK: dict.fromkeys(_ENDS, _move_network),
        ResourceKind.SUBNET: dict.fromkeys(_ENDS, _move_subnet),
        ResourceKind.NETWORK_ACL: dict.fromkeys(ends_of(ACL_LIFECYCLE), _move_acl),
        ResourceKind.IPV4_GATEWAY: dict.fromkeys(_SERVICE_ENDS, move_ipv4_gateway),
        ResourceKind.IPV6_GATEWAY: dict.fromkeys(_SERVICE_ENDS, move_ipv6_gateway),
        ResourceKind.EGRESS_RULE: dict.fromkeys(_SERVICE_ENDS, move_egress_rule),
        ResourceKind.DHCP_OPTIONS_SET: dict.fromkeys(_SERVICE_ENDS, _move_dhcp_options),
        ResourceKind.FLOW_LOG: dict.fromkeys(_SERVICE_ENDS, _move_flow_log),
        ResourceKind.CIDR_RESERVATION: dict.fromkeys(_SERVICE_ENDS, _move_cidr_reservation),
    }
)
"""The handlers of networks and of what belongs to them as a whole."""
