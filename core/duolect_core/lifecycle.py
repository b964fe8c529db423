"""The lifecycles of interfaces, their addresses and instances, as data.

Each table maps (state, trigger) to the next state. The commands, the documentation's diagram and the
property tests read these same tables; a pair that a table lacks is illegal. A state that a cloud shows
under another name (or does not show at all) is the business of that cloud's dialect.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

State = TypeVar("State", bound=StrEnum)


class InterfaceState(StrEnum):
    """Where an elastic network interface is in its life."""

    PENDING = "pending"
    AVAILABLE = "available"
    ATTACHING = "attaching"
    IN_USE = "in-use"
    DETACHING = "detaching"
    DELETING = "deleting"
    GONE = "gone"


class InstanceState(StrEnum):
    """Where an instance is in its life."""

    PENDING = "pending"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    REBOOTING = "rebooting"
    DELETING = "deleting"
    GONE = "gone"


class AddressState(StrEnum):
    """Where a private address is in its life on an interface."""

    PENDING = "pending"
    AVAILABLE = "available"
    MIGRATING = "migrating"
    DELETING = "deleting"
    GONE = "gone"


class ProvisionState(StrEnum):
    """Where a network or subnet is in its life: these only come up once."""

    PENDING = "pending"
    AVAILABLE = "available"


class Trigger(StrEnum):
    """What moves a resource from one state to the next: a request, or the end of an operation.

    RELEASED is the end of the instance that an interface was attached to.
    """

    PROVISIONED = "provisioned"
    ATTACH = "attach"
    ATTACHED = "attached"
    ATTACH_FAILED = "attach-failed"
    DETACH = "detach"
    DETACHED = "detached"
    RELEASED = "released"
    DELETE = "delete"
    DELETED = "deleted"
    ASSIGNED = "assigned"
    UNASSIGN = "unassign"
    UNASSIGNED = "unassigned"
    MOVE = "move"
    MOVED = "moved"
    MOVE_FAILED = "move-failed"
    BOOT = "boot"
    START = "start"
    STARTED = "started"
    STOP = "stop"
    STOPPED = "stopped"
    REBOOT = "reboot"
    REBOOTED = "rebooted"


INTERFACE_LIFECYCLE: Final = MappingProxyType(
    {
        (InterfaceState.PENDING, Trigger.PROVISIONED): InterfaceState.AVAILABLE,
        (InterfaceState.AVAILABLE, Trigger.ATTACH): InterfaceState.ATTACHING,
        (InterfaceState.ATTACHING, Trigger.ATTACHED): InterfaceState.IN_USE,
        (InterfaceState.ATTACHING, Trigger.ATTACH_FAILED): InterfaceState.AVAILABLE,
        (InterfaceState.IN_USE, Trigger.DETACH): InterfaceState.DETACHING,
        (InterfaceState.DETACHING, Trigger.DETACHED): InterfaceState.AVAILABLE,
        (InterfaceState.ATTACHING, Trigger.RELEASED): InterfaceState.AVAILABLE,
        (InterfaceState.IN_USE, Trigger.RELEASED): InterfaceState.AVAILABLE,
        (InterfaceState.DETACHING, Trigger.RELEASED): InterfaceState.AVAILABLE,
        (InterfaceState.AVAILABLE, Trigger.DELETE): InterfaceState.DELETING,
        (InterfaceState.DELETING, Trigger.DELETED): InterfaceState.GONE,
        (InterfaceState.ATTACHING, Trigger.DELETED): InterfaceState.GONE,
        (InterfaceState.IN_USE, Trigger.DELETED): InterfaceState.GONE,
        (InterfaceState.DETACHING, Trigger.DELETED): InterfaceState.GONE,
    }
)
"""An interface's life. A primary one is born IN_USE; what is attached may be DELETED with its instance."""

ADDRESS_LIFECYCLE: Final = MappingProxyType(
    {
        (AddressState.PENDING, Trigger.ASSIGNED): AddressState.AVAILABLE,
        (AddressState.AVAILABLE, Trigger.UNASSIGN): AddressState.DELETING,
        (AddressState.DELETING, Trigger.UNASSIGNED): AddressState.GONE,
        (AddressState.AVAILABLE, Trigger.MOVE): AddressState.MIGRATING,
        (AddressState.MIGRATING, Trigger.MOVED): AddressState.AVAILABLE,
        (AddressState.MIGRATING, Trigger.MOVE_FAILED): AddressState.AVAILABLE,
    }
)
"""A private address's life where changes of addresses take time; elsewhere it is AVAILABLE to its end."""

INSTANCE_LIFECYCLE: Final = MappingProxyType(
    {
        (InstanceState.PENDING, Trigger.PROVISIONED): InstanceState.STOPPED,
        (InstanceState.PENDING, Trigger.BOOT): InstanceState.STARTING,
        (InstanceState.PENDING, Trigger.STARTED): InstanceState.RUNNING,
        (InstanceState.STOPPED, Trigger.START): InstanceState.STARTING,
        (InstanceState.STARTING, Trigger.STARTED): InstanceState.RUNNING,
        (InstanceState.RUNNING, Trigger.STOP): InstanceState.STOPPING,
        (InstanceState.STOPPING, Trigger.STOPPED): InstanceState.STOPPED,
        (InstanceState.RUNNING, Trigger.REBOOT): InstanceState.REBOOTING,
        (InstanceState.REBOOTING, Trigger.REBOOTED): InstanceState.RUNNING,
        (InstanceState.STOPPED, Trigger.DELETE): InstanceState.DELETING,
        (InstanceState.RUNNING, Trigger.DELETE): InstanceState.DELETING,
        (InstanceState.DELETING, Trigger.DELETED): InstanceState.GONE,
    }
)
"""An instance's life. Whether a running instance may be deleted is for the command to say."""

PROVISION_LIFECYCLE: Final = MappingProxyType(
    {(ProvisionState.PENDING, Trigger.PROVISIONED): ProvisionState.AVAILABLE}
)
"""The life of a network or subnet."""


def allowed_from(table: Mapping[tuple[State, Trigger], State], trigger: Trigger) -> tuple[State, ...]:
    """Return the states from which ``table`` lets ``trigger`` start."""
    return tuple(state for (state, named) in table if named is trigger)
