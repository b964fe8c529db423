"""What becomes of lists of addresses and services when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Handler, Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, ends_of
from duolect_core.model.lists import ValueList
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lists
from duolect_core.security_groups.lists.contents import KINDS


def _mover(kind: ResourceKind) -> Handler:
    """Return what moves the lists of a kind on."""

    def move(partition: Partition, transition: Transition) -> None:
        moved: ValueList = partition.graph.table(kind)[transition.resource_id]
        moved.state = SERVICE_LIFECYCLE[(moved.state, transition.trigger)]
        moved.pending = None
        if moved.state is ServiceState.GONE:
            partition.graph.remove_list(moved)
            return
        for route_id in tuple(partition.graph.routes_by_list.ids(moved.id)):
            lists.deploy(partition.graph, partition.graph.routes[route_id])

    return move


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {kind: dict.fromkeys(ends_of(SERVICE_LIFECYCLE), _mover(kind)) for kind in KINDS}
)
"""The handlers of lists, and of groups of lists."""
