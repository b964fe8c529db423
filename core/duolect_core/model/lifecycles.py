"""The lifecycles of interfaces, their addresses, instances and disks, as data.

Each table maps (state, trigger) to the next state. The commands, the documentation's diagram and the
property tests read these same tables; a pair that a table lacks is illegal. A state that a cloud shows
under another name (or does not show at all) is the business of that cloud's dialect.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

State = TypeVar("State", bound=StrEnum)


class Word(StrEnum):
    """An enumeration whose members are hashed as the texts that they equal: faster than as others are."""

    __hash__ = str.__hash__


class InterfaceState(Word):
    """Where an elastic network interface is in its life."""

    PENDING = "pending"
    AVAILABLE = "available"
    ATTACHING = "attaching"
    IN_USE = "in-use"
    DETACHING = "detaching"
    DELETING = "deleting"
    CREATE_FAILED = "create-failed"
    GONE = "gone"


class InstanceState(Word):
    """Where an instance is in its life."""

    PENDING = "pending"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    REBOOTING = "rebooting"
    DELETING = "deleting"
    LAUNCH_FAILED = "launch-failed"
    GONE = "gone"


class AddressState(Word):
    """Where a private address is in its life on an interface."""

    PENDING = "pending"
    AVAILABLE = "available"
    MIGRATING = "migrating"
    DELETING = "deleting"
    GONE = "gone"


class PublicAddressState(Word):
    """Where an elastic public address is in its life."""

    PENDING = "pending"
    AVAILABLE = "available"
    ASSOCIATING = "associating"
    IN_USE = "in-use"
    DISASSOCIATING = "disassociating"
    RELEASING = "releasing"
    GONE = "gone"


class ProvisionState(Word):
    """Where a network or subnet is in its life: coming up, or being modified, or available, or going."""

    PENDING = "pending"
    AVAILABLE = "available"
    DELETING = "deleting"
    GONE = "gone"


class RouteState(Word):
    """Where a route, or a route table, is in its life."""

    PENDING = "pending"
    AVAILABLE = "available"
    MODIFYING = "modifying"
    DELETING = "deleting"
    GONE = "gone"


class VirtualAddressState(Word):
    """Where a virtual address is in its life.

    Whether it is in use follows from what may carry it.
    """

    PENDING = "pending"
    AVAILABLE = "available"
    ASSOCIATING = "associating"
    DISASSOCIATING = "disassociating"
    DELETING = "deleting"
    GONE = "gone"


class ServiceState(Word):
    """Where a gateway, a NAT rule, a package, a set of DHCP options or a flow log is in its life."""

    PENDING = "pending"
    AVAILABLE = "available"
    MODIFYING = "modifying"
    DELETING = "deleting"
    GONE = "gone"


class AclState(Word):
    """Where a network ACL is in its life."""

    PENDING = "pending"
    AVAILABLE = "available"
    MODIFYING = "modifying"
    ASSOCIATING = "associating"
    DISASSOCIATING = "disassociating"
    DELETING = "deleting"
    GONE = "gone"


class Trigger(Word):
    """What moves a resource from one state to the next: a request, or the end of an operation.

    RELEASED is the end of the instance that an interface was attached to, DISSOCIATED the end of the
    private address that a public one was associated with. Those that end in FAILED end an operation that
    fails, as ROLLED_BACK does where nothing is left of what could not be created. RECLAIMED is the end of a
    spot instance whatever its state: it is in no table.
    """

    PROVISIONED = "provisioned"
    CREATE_FAILED = "create-failed"
    ROLLED_BACK = "rolled-back"
    ATTACH = "attach"
    ATTACHED = "attached"
    ATTACH_FAILED = "attach-failed"
    DETACH = "detach"
    DETACHED = "detached"
    DETACH_FAILED = "detach-failed"
    RELEASED = "released"
    DELETE = "delete"
    DELETED = "deleted"
    DELETE_FAILED = "delete-failed"
    ASSIGNED = "assigned"
    ASSIGN_FAILED = "assign-failed"
    UNASSIGN = "unassign"
    MODIFY = "modify"
    UNASSIGNED = "unassigned"
    UNASSIGN_FAILED = "unassign-failed"
    MOVE = "move"
    MOVED = "moved"
    MOVE_FAILED = "move-failed"
    ASSOCIATE = "associate"
    ASSOCIATED = "associated"
    DISASSOCIATE = "disassociate"
    ASSOCIATE_FAILED = "associate-failed"
    DISASSOCIATED = "disassociated"
    DISASSOCIATE_FAILED = "disassociate-failed"
    DISSOCIATED = "dissociated"
    RESIZE = "resize"
    RESIZED = "resized"
    RESIZE_FAILED = "resize-failed"
    RESTORE = "restore"
    RESTORED = "restored"
    RESTORE_FAILED = "restore-failed"
    RECLAIMED = "reclaimed"
    BOOT = "boot"
    LAUNCH_FAILED = "launch-failed"
    START = "start"
    STARTED = "started"
    START_FAILED = "start-failed"
    STOP = "stop"
    STOPPED = "stopped"
    STOP_FAILED = "stop-failed"
    REBOOT = "reboot"
    REBOOTED = "rebooted"
    REBOOT_FAILED = "reboot-failed"


REQUESTS: Final = frozenset(
    {
        Trigger.ATTACH,
        Trigger.DETACH,
        Trigger.DELETE,
        Trigger.UNASSIGN,
        Trigger.MODIFY,
        Trigger.MOVE,
        Trigger.ASSOCIATE,
        Trigger.DISASSOCIATE,
        Trigger.RESIZE,
        Trigger.RESTORE,
        Trigger.START,
        Trigger.STOP,
        Trigger.REBOOT,
    }
)
"""The triggers by which a command begins a change."""
LOSSES: Final = frozenset({Trigger.RELEASED, Trigger.DISSOCIATED})
"""The triggers that are the end of something else."""

INTERFACE_LIFECYCLE: Final = MappingProxyType(
    {
        (InterfaceState.PENDING, Trigger.PROVISIONED): InterfaceState.AVAILABLE,
        (InterfaceState.PENDING, Trigger.CREATE_FAILED): InterfaceState.CREATE_FAILED,
        (InterfaceState.PENDING, Trigger.ROLLED_BACK): InterfaceState.GONE,
        (InterfaceState.CREATE_FAILED, Trigger.DELETE): InterfaceState.GONE,
        (InterfaceState.AVAILABLE, Trigger.ATTACH): InterfaceState.ATTACHING,
        (InterfaceState.ATTACHING, Trigger.ATTACHED): InterfaceState.IN_USE,
        (InterfaceState.ATTACHING, Trigger.ATTACH_FAILED): InterfaceState.AVAILABLE,
        (InterfaceState.IN_USE, Trigger.DETACH): InterfaceState.DETACHING,
        (InterfaceState.DETACHING, Trigger.DETACHED): InterfaceState.AVAILABLE,
        (InterfaceState.DETACHING, Trigger.DETACH_FAILED): InterfaceState.IN_USE,
        (InterfaceState.ATTACHING, Trigger.RELEASED): InterfaceState.AVAILABLE,
        (InterfaceState.IN_USE, Trigger.RELEASED): InterfaceState.AVAILABLE,
        (InterfaceState.DETACHING, Trigger.RELEASED): InterfaceState.AVAILABLE,
        (InterfaceState.AVAILABLE, Trigger.DELETE): InterfaceState.DELETING,
        (InterfaceState.DELETING, Trigger.DELETED): InterfaceState.GONE,
        (InterfaceState.DELETING, Trigger.DELETE_FAILED): InterfaceState.AVAILABLE,
        (InterfaceState.ATTACHING, Trigger.DELETED): InterfaceState.GONE,
        (InterfaceState.IN_USE, Trigger.DELETED): InterfaceState.GONE,
        (InterfaceState.DETACHING, Trigger.DELETED): InterfaceState.GONE,
    }
)
"""An interface's life. A primary one starts IN_USE; what is attached may be DELETED with its instance.

What could not be created is deleted at once.
"""

ADDRESS_LIFECYCLE: Final = MappingProxyType(
    {
        (AddressState.PENDING, Trigger.ASSIGNED): AddressState.AVAILABLE,
        (AddressState.PENDING, Trigger.ASSIGN_FAILED): AddressState.GONE,
        (AddressState.AVAILABLE, Trigger.UNASSIGN): AddressState.DELETING,
        (AddressState.DELETING, Trigger.UNASSIGNED): AddressState.GONE,
        (AddressState.DELETING, Trigger.UNASSIGN_FAILED): AddressState.AVAILABLE,
        (AddressState.AVAILABLE, Trigger.MOVE): AddressState.MIGRATING,
        (AddressState.MIGRATING, Trigger.MOVED): AddressState.AVAILABLE,
        (AddressState.MIGRATING, Trigger.MOVE_FAILED): AddressState.AVAILABLE,
    }
)
"""A private address's life where changes of addresses take time; elsewhere it is AVAILABLE to its end."""

PUBLIC_ADDRESS_LIFECYCLE: Final = MappingProxyType(
    {
        (PublicAddressState.PENDING, Trigger.PROVISIONED): PublicAddressState.AVAILABLE,
        (PublicAddressState.AVAILABLE, Trigger.ASSOCIATE): PublicAddressState.ASSOCIATING,
        (PublicAddressState.ASSOCIATING, Trigger.ASSOCIATED): PublicAddressState.IN_USE,
        (PublicAddressState.IN_USE, Trigger.DISASSOCIATE): PublicAddressState.DISASSOCIATING,
        (PublicAddressState.DISASSOCIATING, Trigger.DISASSOCIATED): PublicAddressState.AVAILABLE,
        (PublicAddressState.ASSOCIATING, Trigger.ASSOCIATE_FAILED): PublicAddressState.AVAILABLE,
        (PublicAddressState.DISASSOCIATING, Trigger.DISASSOCIATE_FAILED): PublicAddressState.IN_USE,
        (PublicAddressState.ASSOCIATING, Trigger.DISSOCIATED): PublicAddressState.AVAILABLE,
        (PublicAddressState.IN_USE, Trigger.DISSOCIATED): PublicAddressState.AVAILABLE,
        (PublicAddressState.DISASSOCIATING, Trigger.DISSOCIATED): PublicAddressState.AVAILABLE,
        (PublicAddressState.AVAILABLE, Trigger.DELETE): PublicAddressState.RELEASING,
        (PublicAddressState.RELEASING, Trigger.DELETED): PublicAddressState.GONE,
        (PublicAddressState.RELEASING, Trigger.DELETE_FAILED): PublicAddressState.AVAILABLE,
    }
)
"""An elastic public address's life. What it is associated with may go at any time; it stays."""

INSTANCE_LIFECYCLE: Final = MappingProxyType(
    {
        (InstanceState.PENDING, Trigger.PROVISIONED): InstanceState.STOPPED,
        (InstanceState.PENDING, Trigger.BOOT): InstanceState.STARTING,
        (InstanceState.PENDING, Trigger.STARTED): InstanceState.RUNNING,
        (InstanceState.PENDING, Trigger.LAUNCH_FAILED): InstanceState.LAUNCH_FAILED,
        (InstanceState.PENDING, Trigger.ROLLED_BACK): InstanceState.GONE,
        (InstanceState.LAUNCH_FAILED, Trigger.DELETE): InstanceState.GONE,
        (InstanceState.STOPPED, Trigger.START): InstanceState.STARTING,
        (InstanceState.STARTING, Trigger.STARTED): InstanceState.RUNNING,
        (InstanceState.STARTING, Trigger.START_FAILED): InstanceState.STOPPED,
        (InstanceState.RUNNING, Trigger.STOP): InstanceState.STOPPING,
        (InstanceState.STOPPING, Trigger.STOPPED): InstanceState.STOPPED,
        (InstanceState.STOPPING, Trigger.STOP_FAILED): InstanceState.RUNNING,
        (InstanceState.RUNNING, Trigger.REBOOT): InstanceState.REBOOTING,
        (InstanceState.REBOOTING, Trigger.REBOOTED): InstanceState.RUNNING,
        (InstanceState.REBOOTING, Trigger.REBOOT_FAILED): InstanceState.STOPPED,
        (InstanceState.STOPPED, Trigger.DELETE): InstanceState.DELETING,
        (InstanceState.RUNNING, Trigger.DELETE): InstanceState.DELETING,
        (InstanceState.DELETING, Trigger.DELETED): InstanceState.GONE,
        (InstanceState.DELETING, Trigger.DELETE_FAILED): InstanceState.STOPPED,
    }
)
"""An instance's life. Whether a running instance may be deleted is for the command to say.

What could not be launched is deleted at once; one whose deletion fails was stopped for it.
"""

PROVISION_LIFECYCLE: Final = MappingProxyType(
    {
        (ProvisionState.PENDING, Trigger.PROVISIONED): ProvisionState.AVAILABLE,
        (ProvisionState.AVAILABLE, Trigger.MODIFY): ProvisionState.PENDING,
        (ProvisionState.AVAILABLE, Trigger.DELETE): ProvisionState.DELETING,
        (ProvisionState.DELETING, Trigger.DELETED): ProvisionState.GONE,
        (ProvisionState.DELETING, Trigger.DELETE_FAILED): ProvisionState.AVAILABLE,
    }
)
"""The life of a network or subnet. Only subnets are modified so, where it takes the cloud its time.

Where deletion takes the cloud no time, what is AVAILABLE is gone at once.
"""


ROUTE_LIFECYCLE: Final = MappingProxyType(
    {
        (RouteState.PENDING, Trigger.PROVISIONED): RouteState.AVAILABLE,
        (RouteState.AVAILABLE, Trigger.MODIFY): RouteState.MODIFYING,
        (RouteState.MODIFYING, Trigger.PROVISIONED): RouteState.AVAILABLE,
        (RouteState.AVAILABLE, Trigger.DELETE): RouteState.DELETING,
        (RouteState.DELETING, Trigger.DELETED): RouteState.GONE,
        (RouteState.DELETING, Trigger.DELETE_FAILED): RouteState.AVAILABLE,
    }
)
"""The life of a route or a route table where it takes the cloud its time; elsewhere it is always AVAILABLE.

Only routes are modified so. A main route table comes and goes with its network.
"""

ACL_LIFECYCLE: Final = MappingProxyType(
    {
        (AclState.PENDING, Trigger.PROVISIONED): AclState.AVAILABLE,
        (AclState.AVAILABLE, Trigger.MODIFY): AclState.MODIFYING,
        (AclState.MODIFYING, Trigger.PROVISIONED): AclState.AVAILABLE,
        (AclState.AVAILABLE, Trigger.ASSOCIATE): AclState.ASSOCIATING,
        (AclState.ASSOCIATING, Trigger.ASSOCIATED): AclState.AVAILABLE,
        (AclState.ASSOCIATING, Trigger.ASSOCIATE_FAILED): AclState.AVAILABLE,
        (AclState.AVAILABLE, Trigger.DISASSOCIATE): AclState.DISASSOCIATING,
        (AclState.DISASSOCIATING, Trigger.DISASSOCIATED): AclState.AVAILABLE,
        (AclState.DISASSOCIATING, Trigger.DISASSOCIATE_FAILED): AclState.AVAILABLE,
        (AclState.AVAILABLE, Trigger.DELETE): AclState.DELETING,
        (AclState.DELETING, Trigger.DELETED): AclState.GONE,
        (AclState.DELETING, Trigger.DELETE_FAILED): AclState.AVAILABLE,
    }
)
"""A network ACL's life where its changes take time; elsewhere it is AVAILABLE to its end."""


VIRTUAL_ADDRESS_LIFECYCLE: Final = MappingProxyType(
    {
        (VirtualAddressState.PENDING, Trigger.PROVISIONED): VirtualAddressState.AVAILABLE,
        (VirtualAddressState.AVAILABLE, Trigger.ASSOCIATE): VirtualAddressState.ASSOCIATING,
        (VirtualAddressState.ASSOCIATING, Trigger.ASSOCIATED): VirtualAddressState.AVAILABLE,
        (VirtualAddressState.ASSOCIATING, Trigger.ASSOCIATE_FAILED): VirtualAddressState.AVAILABLE,
        (VirtualAddressState.ASSOCIATING, Trigger.DISSOCIATED): VirtualAddressState.AVAILABLE,
        (VirtualAddressState.AVAILABLE, Trigger.DISASSOCIATE): VirtualAddressState.DISASSOCIATING,
        (VirtualAddressState.DISASSOCIATING, Trigger.DISASSOCIATED): VirtualAddressState.AVAILABLE,
        (VirtualAddressState.DISASSOCIATING, Trigger.DISASSOCIATE_FAILED): VirtualAddressState.AVAILABLE,
        (VirtualAddressState.DISASSOCIATING, Trigger.DISSOCIATED): VirtualAddressState.AVAILABLE,
        (VirtualAddressState.AVAILABLE, Trigger.DELETE): VirtualAddressState.DELETING,
        (VirtualAddressState.DELETING, Trigger.DELETED): VirtualAddressState.GONE,
        (VirtualAddressState.DELETING, Trigger.DELETE_FAILED): VirtualAddressState.AVAILABLE,
    }
)
"""The life of a virtual address where it takes the cloud its time; elsewhere it is always AVAILABLE.

It is associated with what may carry it, one by one. DISSOCIATED is the end of the one that comes or goes.
"""


SERVICE_LIFECYCLE: Final = MappingProxyType(
    {
        (ServiceState.PENDING, Trigger.PROVISIONED): ServiceState.AVAILABLE,
        (ServiceState.AVAILABLE, Trigger.MODIFY): ServiceState.MODIFYING,
        (ServiceState.MODIFYING, Trigger.PROVISIONED): ServiceState.AVAILABLE,
        (ServiceState.AVAILABLE, Trigger.DELETE): ServiceState.DELETING,
        (ServiceState.DELETING, Trigger.DELETED): ServiceState.GONE,
        (ServiceState.DELETING, Trigger.DELETE_FAILED): ServiceState.AVAILABLE,
    }
)
"""The life of a NAT gateway, and of its rules, of bandwidth packages, of IPv4 and IPv6 gateways, of sets of
DHCP options and of flow logs where the cloud takes its time.

A rule goes with its gateway whatever its state.
"""


COMING_INTERFACE: Final = (InterfaceState.PENDING, InterfaceState.CREATE_FAILED)
"""The states of an interface that has not come up, and whose addresses are PENDING therefore."""
STEADY_INTERFACE: Final = (InterfaceState.AVAILABLE, InterfaceState.IN_USE)
STEADY_INSTANCE: Final = (InstanceState.RUNNING, InstanceState.STOPPED)
STEADY_PUBLIC_ADDRESS: Final = (PublicAddressState.AVAILABLE, PublicAddressState.IN_USE)
"""The states in which nothing is under way with what is complete."""

ADDRESS_TRIGGERS: Final = frozenset(trigger for _, trigger in ADDRESS_LIFECYCLE)
"""The triggers that move addresses of an interface rather than the interface itself."""


def ends_of(table: Mapping[tuple[State, Trigger], State]) -> frozenset[Trigger]:
    """Return the triggers of ``table`` by which an operation, or the half of one, ends when it is due."""
    return frozenset(trigger for _, trigger in table) - REQUESTS - LOSSES


def allowed_from(table: Mapping[tuple[State, Trigger], State], trigger: Trigger) -> tuple[State, ...]:
    """Return the states from which ``table`` lets ``trigger`` start."""
    return tuple(state for (state, named) in table if named is trigger)
