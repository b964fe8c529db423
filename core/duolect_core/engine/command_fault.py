"""What is made to go wrong with one command.

A command fault is an input of the command, as the instant is: equal commands with equal faults build equal
partitions. It decides what becomes of the operation that the command begins (it fails, is held or takes
longer) or what the command finds when it looks (a subnet without free addresses, an instance with fewer
slots).
"""

from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import InstanceState, Trigger
from duolect_core.model.resources import Instant
from duolect_core.model.rules import Rules


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CommandFault(Value):
    """What goes wrong with one command; without arguments nothing does.

    ``fails`` lets the operation end in failure when it is due, where its kind can fail. ``holds`` keeps it
    from falling due until it is released. It takes ``duration`` microseconds instead of the usual ones, and
    all its halves ``pace`` times as long as usual. What would be done at once takes time where it is
    asked to. ``exhausted`` lets the command find no free address in a subnet, and ``interface_limit`` no
    more slots for interfaces on an instance, the primary one's included.
    """

    fails: bool = False
    holds: bool = False
    duration: Instant | None = None
    pace: int = 1
    exhausted: bool = False
    interface_limit: int | None = None

    @property
    def delays(self) -> bool:
        """Whether an operation takes another time than usual."""
        return self.holds or self.duration is not None or self.pace != 1


NO_FAULT: Final = CommandFault()
"""Nothing goes wrong."""

_FAILURES: Final = MappingProxyType(
    {
        Trigger.ATTACHED: Trigger.ATTACH_FAILED,
        Trigger.DETACHED: Trigger.DETACH_FAILED,
        Trigger.DELETED: Trigger.DELETE_FAILED,
        Trigger.ASSIGNED: Trigger.ASSIGN_FAILED,
        Trigger.UNASSIGNED: Trigger.UNASSIGN_FAILED,
        Trigger.MOVED: Trigger.MOVE_FAILED,
        Trigger.STARTED: Trigger.START_FAILED,
        Trigger.STOPPED: Trigger.STOP_FAILED,
        Trigger.REBOOTED: Trigger.REBOOT_FAILED,
        Trigger.ASSOCIATED: Trigger.ASSOCIATE_FAILED,
        Trigger.DISASSOCIATED: Trigger.DISASSOCIATE_FAILED,
        Trigger.RESIZED: Trigger.RESIZE_FAILED,
        Trigger.RESTORED: Trigger.RESTORE_FAILED,
    }
)
FAILED: Final = frozenset(
    {*_FAILURES.values(), Trigger.CREATE_FAILED, Trigger.LAUNCH_FAILED, Trigger.ROLLED_BACK}
)
"""The triggers that end an operation in failure."""


_FAILED_STARTS: Final = MappingProxyType(
    {
        Trigger.PROVISIONED: (Trigger.CREATE_FAILED, Trigger.ROLLED_BACK),
        Trigger.STARTED: (Trigger.LAUNCH_FAILED, Trigger.ROLLED_BACK),
    }
)
"""How the first operation of a resource can end in failure, by what ends it well."""


def failures_of(trigger: Trigger) -> tuple[Trigger, ...]:
    """Return all that can end a change in failure which ``trigger`` ends otherwise, whatever it is of."""
    failure = _FAILURES.get(trigger)
    return (*_FAILED_STARTS.get(trigger, ()), *([] if failure is None else [failure]))


def failure_of(graph: Graph, rules: Rules, trigger: Trigger, resource_id: str) -> Trigger | None:
    """Return what ends a change of a resource where it fails; None where it cannot.

    Networks, subnets and public addresses come up always.
    """
    instance, interface = graph.instances.get(resource_id), graph.interfaces.get(resource_id)
    if instance is not None and instance.state is InstanceState.PENDING:
        return Trigger.LAUNCH_FAILED if rules.failed_instances_stay else Trigger.ROLLED_BACK
    if interface is not None and trigger is Trigger.PROVISIONED:
        return Trigger.CREATE_FAILED if rules.failed_interfaces_stay else Trigger.ROLLED_BACK
    if trigger is Trigger.PROVISIONED and resource_id in graph.disks:
        return Trigger.ROLLED_BACK
    copies = (graph.snapshots, graph.disk_backups, graph.images)
    if trigger is Trigger.PROVISIONED and any(resource_id in table for table in copies):
        return Trigger.CREATE_FAILED
    return _FAILURES.get(trigger)
