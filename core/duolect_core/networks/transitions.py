"""What becomes of networks, subnets and network ACLs when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import (
    ACL_LIFECYCLE,
    PROVISION_LIFECYCLE,
    AclState,
    ProvisionState,
    Trigger,
    ends_of,
)
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


_ENDS: Final = ends_of(PROVISION_LIFECYCLE)
TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.NETWORK: dict.fromkeys(_ENDS, _move_network),
        ResourceKind.SUBNET: dict.fromkeys(_ENDS, _move_subnet),
        ResourceKind.NETWORK_ACL: dict.fromkeys(ends_of(ACL_LIFECYCLE), _move_acl),
    }
)
"""The handlers of networks, subnets and network ACLs."""
