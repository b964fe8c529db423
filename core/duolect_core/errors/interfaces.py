"""What can go wrong with elastic network interfaces."""

from duolect_core.errors.base import CoreError, NetworkMismatch, NotFound, QuotaExceeded, ResourceManaged
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import InterfaceKind


class InterfaceNotFound(NotFound):
    """No elastic network interface has this id."""


class TrunkNotFound(InterfaceNotFound):
    """The interface named as the trunk does not exist."""


class PermissionNotFound(NotFound):
    """No permission on an interface has this id."""


class InterfaceWrongState(CoreError):
    """An interface is not in a state from which the operation may start."""

    interface_id: str
    state: InterfaceState
    allowed: tuple[InterfaceState, ...]
    transient = True


class InterfaceAlreadyAttached(CoreError):
    """The interface is attached to an instance and must be detached first."""

    interface_id: str
    instance_id: str
    transient = True


class InterfaceRepeated(CoreError):
    """One interface was named twice, or for more than one instance."""

    interface_id: str


class InterfaceNotAttached(CoreError):
    """The interface is not attached to the instance that was named."""

    interface_id: str
    instance_id: str
    attached_to: str | None


class InterfaceIsPrimary(CoreError):
    """The operation is not possible on an instance's primary interface."""

    interface_id: str
    instance_id: str


class PrimaryOnlyNamed(CoreError):
    """Only the name and description of a primary interface can be modified."""

    interface_id: str


class PrimaryQueuesFixed(CoreError):
    """The queues of a primary interface cannot be modified."""

    interface_id: str


class InterfaceKindUnsupported(CoreError):
    """The operation is not possible on an interface of this kind."""

    interface_id: str
    kind: InterfaceKind


class InterfaceProtected(CoreError):
    """The interface is protected against deletion."""

    interface_id: str


class InterfaceManaged(ResourceManaged):
    """The interface belongs to a managed service."""


class ZoneMismatch(CoreError):
    """Interface and instance are in different zones."""

    interface_zone: str
    instance_zone: str


class TrunkNetworkMismatch(NetworkMismatch):
    """The interface named as the trunk is in another network than the one to be attached to it."""


class GroupRequired(CoreError):
    """The cloud wants the interface to be in a security group first."""

    interface_id: str


class LastGroup(CoreError):
    """The interface must stay in at least one security group."""

    interface_id: str


class NotInGroup(CoreError):
    """The interface is not in the security group that it should leave."""

    interface_id: str
    group_id: str


class SubnetMismatch(CoreError):
    """Two interfaces that must share a subnet do not."""

    interface_id: str
    subnet_id: str
    other_id: str
    other_subnet_id: str


class TrunkUnsupported(CoreError):
    """The instance type takes no trunk interfaces."""

    instance_type: str


class NotATrunk(CoreError):
    """The interface named as the trunk is of another kind."""

    interface_id: str
    kind: InterfaceKind


class TrunkNotInUse(CoreError):
    """The trunk is not attached, so nothing can be attached to it."""

    interface_id: str
    state: InterfaceState
    transient = True


class TrunkElsewhere(CoreError):
    """The trunk is attached to another instance than the one named."""

    interface_id: str
    instance_id: str


class CannotBecomeMember(CoreError):
    """An interface of this kind cannot be attached to a trunk."""

    interface_id: str
    kind: InterfaceKind


class NotOnTrunk(CoreError):
    """The interface is not a member of the trunk that was named."""

    interface_id: str
    trunk_id: str


class TrunkHoldsMembers(CoreError):
    """The trunk still carries member interfaces."""

    interface_id: str
    transient = True


class RdmaUnsupported(CoreError):
    """The instance type takes no interfaces in RDMA mode."""

    instance_type: str


class RdmaConflict(CoreError):
    """RDMA mode and another property of the interface exclude each other."""

    interface_id: str


class RdmaOnTrunk(RdmaConflict):
    """A trunk cannot use RDMA mode."""


class RdmaOnMember(RdmaConflict):
    """A member of a trunk cannot use RDMA mode."""


class RdmaWithIpv6(RdmaConflict):
    """An interface in RDMA mode cannot hold IPv6 addresses."""


class InterfaceQuotaExceeded(QuotaExceeded):
    """Interfaces per region."""


class NetworkInterfaceQuotaExceeded(QuotaExceeded):
    """Secondary interfaces per network."""


class TrunkFull(QuotaExceeded):
    """Member interfaces that a trunk of this instance type carries."""


class RdmaInterfacesExceeded(QuotaExceeded):
    """Interfaces in RDMA mode that the instance type carries."""


class QueuesPerInterfaceExceeded(QuotaExceeded):
    """Queues of one interface."""


class QueuesPerInstanceExceeded(QuotaExceeded):
    """Queues of all interfaces of an instance together."""


class QueuePairsPerInterfaceExceeded(QuotaExceeded):
    """RDMA queue pairs of one interface."""


class QueuePairsPerInstanceExceeded(QuotaExceeded):
    """RDMA queue pairs of all interfaces of an instance together."""
