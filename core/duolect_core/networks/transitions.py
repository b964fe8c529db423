"""What becomes of networks and subnets when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import PROVISION_LIFECYCLE, ProvisionState, ends_of
from duolect_core.model.rules import ResourceKind
from duolect_core.networks import blocks


def _move_network(partition: Partition, transition: Transition) -> None:
    network = partition.graph.networks[transition.resource_id]
    network.state = PROVISION_LIFECYCLE[(network.state, transition.trigger)]
    if network.state is ProvisionState.GONE:
        blocks.release_ipv6(partition, network)
        partition.graph.remove_network(network)


def _move_subnet(partition: Partition, transition: Transition) -> None:
    subnet = partition.graph.subnets[transition.resource_id]
    state = PROVISION_LIFECYCLE[(subnet.state, transition.trigger)]
    partition.graph.set_subnet_state(subnet, state)
    if state is ProvisionState.GONE:
        partition.graph.remove_subnet(subnet)


_ENDS: Final = ends_of(PROVISION_LIFECYCLE)
TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.NETWORK: dict.fromkeys(_ENDS, _move_network),
        ResourceKind.SUBNET: dict.fromkeys(_ENDS, _move_subnet),
    }
)
"""The handlers of networks and subnets."""
