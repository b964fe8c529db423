"""What can go wrong in the world of networks, as facts rather than words.

A command that cannot be carried out raises one of these and changes nothing. Each class names the
situation and carries the values that describe it; a dialect turns the class into its vendor's code,
status and message. No class here knows how it will look on the wire.
"""

from typing import Any, ClassVar, Self, dataclass_transform

from duolect_core.lifecycle import AddressState, InstanceState, InterfaceState, PublicAddressState
from duolect_core.model import GroupKind, InterfaceKind


@dataclass_transform(frozen_default=True)
class CoreError(Exception):
    """The root of every refusal of the core: a frozen record, whose annotations name its facts.

    It is no attrs class, because to define a hundred of those takes longer than the rest of the core.

    ``transient`` says that the same command may succeed later without anything being changed by the
    caller (a busy resource, an operation under way). The idempotency ledger does not repeat those.

    ``repeated`` says that an earlier request with the same idempotency token was refused so.
    """

    transient = False
    repeated = False
    facts: ClassVar[tuple[str, ...]] = ()
    """The names of what an error carries, in the order in which they are given."""

    def __init_subclass__(cls) -> None:
        """Note the facts: those of the class above, then its own."""
        cls.facts = (*cls.facts, *cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401 - each class has its own facts
        """Take each fact, in order or by name."""
        given = dict(zip(self.facts, values, strict=False)) | named
        if len(values) + len(named) != len(self.facts) or given.keys() != set(self.facts):
            raise TypeError(f"{type(self).__name__} takes {', '.join(self.facts)}")
        super().__init__(*(given[name] for name in self.facts))
        self.__dict__.update(given)

    def copy(self) -> Self:
        """Return an equal error that has not been raised."""
        return type(self)(*self.args)

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        """Let a copy be made of the facts alone."""
        return type(self), self.args

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse to change a fact."""
        if name in self.facts:
            raise AttributeError(f"{name} cannot be changed")
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        """Compare class and facts."""
        return type(other) is type(self) and other.args == self.args

    def __hash__(self) -> int:
        """Fit ``__eq__``."""
        return hash((type(self), self.args))

    def __repr__(self) -> str:
        """Show the facts by name."""
        facts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.facts)
        return f"{type(self).__name__}({facts})"


# -- what was named does not exist ---------------------------------------------------------------


class NotFound(CoreError):
    """A named resource does not exist in this partition."""

    resource_id: str


class NetworkNotFound(NotFound):
    """No network has this id."""


class SubnetNotFound(NotFound):
    """No subnet has this id, or it lies in another network than the one named."""


class GroupNotFound(NotFound):
    """No security group has this id."""


class PeerGroupNotFound(GroupNotFound):
    """The security group that a rule names does not exist."""


class RuleNotFound(NotFound):
    """The security group has no rule with this id in this direction."""


class InstanceNotFound(NotFound):
    """No instance has this id."""


class InterfaceNotFound(NotFound):
    """No elastic network interface has this id."""


class TrunkNotFound(InterfaceNotFound):
    """The interface named as the trunk does not exist."""


class InstanceTypeNotFound(NotFound):
    """The partition's catalogue has no such instance type."""


class ZoneNotFound(NotFound):
    """The region has no such zone."""


class PermissionNotFound(NotFound):
    """No permission on an interface has this id."""


class RouteTableNotFound(NotFound):
    """No route table has this id, or it is one of another network than the one named."""


class SecondaryBlockNotFound(NotFound):
    """The network has no such secondary block."""


class PublicAddressNotFound(NotFound):
    """No elastic public address has this id."""


class OperationNotFound(NotFound):
    """No operation was recorded under this id, or its record has expired."""


# -- the state of something forbids it ------------------------------------------------------------


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


class ResourceManaged(CoreError):
    """The resource belongs to a managed service of the cloud and is not the caller's to change."""

    resource_id: str


class InterfaceManaged(ResourceManaged):
    """The interface belongs to a managed service."""


class GroupManaged(ResourceManaged):
    """The security group belongs to a managed service."""


class ClassicNetwork(CoreError):
    """The resource lives in the flat network that preceded private networks."""

    resource_id: str


class InstanceClassicNetwork(ClassicNetwork):
    """The instance lives in the classic network."""


class GroupClassicNetwork(ClassicNetwork):
    """The security group lives in the classic network."""


class InstanceWrongState(CoreError):
    """An instance is not in a state from which the operation may start."""

    instance_id: str
    state: InstanceState
    allowed: tuple[InstanceState, ...]
    transient = True


class HotPlugUnsupported(CoreError):
    """The instance type takes and gives interfaces only while the instance is stopped."""

    instance_id: str
    instance_type: str
    transient = True


class InstanceProtected(CoreError):
    """The instance is protected against deletion."""

    instance_id: str


class NetworkBusy(CoreError):
    """The network is still being created."""

    network_id: str
    transient = True


class SubnetBusy(CoreError):
    """The subnet is still being created or modified."""

    subnet_id: str
    transient = True


class DependencyViolation(CoreError):
    """Something still stands on the resource that should go."""

    resource_id: str
    held_by: str
    transient = True


class NetworkHoldsSubnets(DependencyViolation):
    """A network still has subnets."""


class NetworkHoldsGroups(DependencyViolation):
    """A network still has security groups."""


class NetworkHoldsInterfaces(DependencyViolation):
    """A network still has interfaces."""


class SubnetHoldsInterfaces(DependencyViolation):
    """A subnet still has interfaces."""


class NetworkHoldsIpv6Subnets(DependencyViolation):
    """Subnets still have parts of the network's IPv6 block."""


class SubnetHoldsIpv6Addresses(DependencyViolation):
    """Interfaces still have addresses of the subnet's IPv6 block."""


class BlockHoldsSubnets(DependencyViolation):
    """A network's block should go or shrink, and a subnet would lie outside; the block is named."""


class GroupHoldsInterfaces(DependencyViolation):
    """A security group still has members."""


class GroupNamedByRule(DependencyViolation):
    """A rule of another security group names the group."""


# -- two things do not fit together ---------------------------------------------------------------


class ZoneMismatch(CoreError):
    """Interface and instance are in different zones."""

    interface_zone: str
    instance_zone: str


class SubnetZoneMismatch(CoreError):
    """The subnet lies in another zone than the one named for the instance."""

    subnet_id: str
    subnet_zone: str
    zone: str


class NetworkMismatch(CoreError):
    """Two resources that must share a network do not."""

    resource_id: str
    network_id: str
    other_id: str
    other_network_id: str


class TrunkNetworkMismatch(NetworkMismatch):
    """The interface named as the trunk is in another network than the one to be attached to it."""


class GroupNetworkMismatch(NetworkMismatch):
    """A security group belongs to another network than the subnet."""


class PeerGroupNetworkMismatch(NetworkMismatch):
    """The security group that a rule names belongs to another network."""


class SubnetNetworkMismatch(NetworkMismatch):
    """A subnet belongs to another network than the one named beside it."""


class GroupKindsMixed(CoreError):
    """Security groups of different kinds cannot be joined together."""

    resource_id: str


class GroupKindUnsupported(CoreError):
    """The instance type cannot use security groups of this kind."""

    instance_type: str
    kind: GroupKind


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


class InterfacesUnsupported(CoreError):
    """Instances of this type take no elastic network interfaces, or none in extension slots."""

    instance_type: str


class NetworkCardInvalid(CoreError):
    """The instance type has no network card of this index."""

    instance_type: str
    index: int
    cards: int


class Ipv6Unsupported(CoreError):
    """The instance type takes no IPv6 addresses, and the interface has some."""

    instance_type: str


class Ipv6Disabled(CoreError):
    """The subnet has no IPv6 block."""

    subnet_id: str


class Ipv6AlreadyEnabled(CoreError):
    """The network or subnet has an IPv6 block already, and cannot get another one."""

    resource_id: str


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


# -- rules of security groups ---------------------------------------------------------------------


class GroupError(CoreError):
    """Something is wrong with a security group or its rules."""

    group_id: str


class GroupIsDefault(GroupError):
    """The default security group cannot be deleted."""


class TrustFixed(GroupError):
    """Whether the members of a group of this kind reach each other cannot be chosen."""


class PeerIsGroupItself(GroupError):
    """A rule names the security group that it belongs to, where the cloud does not want that."""


class EnterpriseGroupNamesGroup(GroupError):
    """A rule of an enterprise security group names a group."""


class EnterpriseGroupNamed(GroupError):
    """A rule names an enterprise security group."""


class GroupVersionStale(GroupError):
    """The rules have changed since the version that the caller has seen."""

    version: int
    seen: int


class RuleError(GroupError):
    """Something is wrong with one rule, which is described in short."""

    rule: str


class RuleUnmatched(RuleError):
    """The security group has no rule in this place, or none that does this."""


class RuleExists(RuleError):
    """The security group has another rule that does the same."""


class RuleRepeated(RuleError):
    """Two rules of one request do the same."""


class RulePlaceInvalid(RuleError):
    """There is no place with this number to put a rule."""


class RulePortsMismatch(RuleError):
    """The protocol of the rule has no ports and the rule has some, or the other way round."""


class Ipv4ProtocolWithIpv6Block(RuleError):
    """The protocol of the rule is for IPv4 only, its block is one of IPv6."""


class Ipv6ProtocolWithIpv4Block(RuleError):
    """The protocol of the rule is for IPv6 only, its block is one of IPv4."""


class RuleBlocksMixed(RuleError):
    """One block of the rule is of IPv4, the other one of IPv6."""


class RulePeerFixed(RuleError):
    """A rule keeps the sort of its peer: a block of IPv4, a block of IPv6, or a group."""


# -- addresses ------------------------------------------------------------------------------------


class AddressError(CoreError):
    """Something is wrong with one address or block."""

    address: str


class AddressOutsideSubnet(AddressError):
    """The address is not in the subnet's block."""


class AddressReserved(AddressError):
    """The cloud keeps this address of the subnet for itself."""


class AddressInUse(AddressError):
    """Another interface holds the address."""


class AddressRepeated(AddressError):
    """The same address was named twice in one request."""


class Ipv6AddressOutsideSubnet(AddressOutsideSubnet):
    """The IPv6 address is not in the subnet's IPv6 block."""


class Ipv6AddressInUse(AddressInUse):
    """Another interface holds the IPv6 address."""


class AddressNotAssigned(AddressError):
    """The interface does not hold the address or prefix."""


class PrimaryAddressFixed(AddressError):
    """The primary address stays with its interface."""


class AddressBusy(AddressError):
    """The address is being assigned, moved or taken away."""

    state: AddressState
    transient = True


class PrefixMaskInvalid(AddressError):
    """A delegated prefix has another length than the cloud delegates."""


class PrefixNotStrict(AddressError):
    """A delegated prefix has bits set beyond its mask."""


class PrefixOutsideSubnet(AddressError):
    """A delegated prefix does not lie in the subnet's block."""


class PrefixInUse(AddressError):
    """An address of the delegated prefix is already in use."""


class BlockInvalid(AddressError):
    """The block is not one a network or subnet may have."""


class BlockMaskInvalid(BlockInvalid):
    """The block's mask is outside the range that the cloud allows."""


class BlockOutsideNetwork(BlockInvalid):
    """The subnet's block does not lie in the network's."""


class BlockOverlap(BlockInvalid):
    """The subnet's block overlaps that of another subnet of the network."""


class NetworkBlockOverlap(BlockInvalid):
    """The block overlaps another one of the same network."""


class PublicAddressWrongState(CoreError):
    """An elastic public address is not in a state from which the operation may start."""

    address_id: str
    state: PublicAddressState
    allowed: tuple[PublicAddressState, ...]
    transient = True


class PublicAddressBusy(PublicAddressWrongState):
    """Another change of the elastic public address is under way."""


class InstanceHasPublicAddress(CoreError):
    """The primary address of the instance's primary interface is associated with a public one already."""

    instance_id: str
    address_id: str


class AddressHasPublicAddress(AddressError):
    """The private address is associated with a public one already."""

    address_id: str


class PublicAddressUnavailable(AddressError):
    """The public address that was asked for belongs to somebody else, or to nobody here."""


class PublicAddressesExhausted(CoreError):
    """The region has fewer free public addresses than are wanted."""

    wanted: int
    free: int


class SubnetExhausted(CoreError):
    """The subnet has fewer free addresses than are wanted."""

    subnet_id: str
    wanted: int
    free: int


# -- limits ---------------------------------------------------------------------------------------


class QuotaExceeded(CoreError):
    """A limit of the account, the region, a resource or an instance type would be passed."""

    resource_id: str
    limit: int


class NetworkQuotaExceeded(QuotaExceeded):
    """Networks per region."""


class Ipv6BlocksExhausted(QuotaExceeded):
    """IPv6 blocks of networks per region."""


class SecondaryBlockQuotaExceeded(QuotaExceeded):
    """Secondary blocks per network."""


class DefaultNetworkExists(QuotaExceeded):
    """Default networks per region: the one that there is is named."""


class DefaultSubnetExists(QuotaExceeded):
    """Default subnets per zone: the one that there is is named."""


class SubnetQuotaExceeded(QuotaExceeded):
    """Subnets per network."""


class GroupQuotaExceeded(QuotaExceeded):
    """Security groups per region."""


class RuleQuotaExceeded(QuotaExceeded):
    """Rules of a security group, or of one direction of it."""


class NamingRuleQuotaExceeded(QuotaExceeded):
    """Rules of a security group that name groups."""


class InstanceQuotaExceeded(QuotaExceeded):
    """Instances per region."""


class InterfaceQuotaExceeded(QuotaExceeded):
    """Interfaces per region."""


class NetworkInterfaceQuotaExceeded(QuotaExceeded):
    """Secondary interfaces per network."""


class GroupsPerInterfaceExceeded(QuotaExceeded):
    """Security groups per interface."""


class GroupMembersExceeded(QuotaExceeded):
    """Members of a security group."""


class GroupInterfacesExceeded(QuotaExceeded):
    """Interfaces in an enterprise security group."""


class PublicAddressQuotaExceeded(QuotaExceeded):
    """Elastic public addresses per region."""


class PublicAddressesPerInstanceExceeded(QuotaExceeded):
    """Elastic public addresses that the instance type allows."""


class TagQuotaExceeded(QuotaExceeded):
    """Tags per resource."""


class DetachedAddressesExceeded(QuotaExceeded):
    """IPv4 or IPv6 addresses of an interface that is attached to nothing."""


class InterfacesPerInstanceExceeded(QuotaExceeded):
    """Interfaces that the instance type carries, the primary one included."""


class Ipv4PerInterfaceExceeded(QuotaExceeded):
    """IPv4 addresses that the instance type allows an interface."""


class Ipv6PerInterfaceExceeded(QuotaExceeded):
    """IPv6 addresses that the instance type allows an interface."""


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


# -- tags -----------------------------------------------------------------------------------------


class TagKeyPresent(CoreError):
    """The resource already carries a tag of this key."""

    resource_id: str
    key: str


class TagKeyAbsent(CoreError):
    """The resource carries no tag of this key."""

    resource_id: str
    key: str


class TagExists(CoreError):
    """The tag that shall be created exists."""

    key: str
    value: str


class TagInUse(CoreError):
    """A resource carries the tag that shall be deleted."""

    key: str
    value: str


class TagNotFound(CoreError):
    """There is no such tag."""

    key: str
    value: str


# -- idempotency ----------------------------------------------------------------------------------


class IdempotencyError(CoreError):
    """An idempotency token was used in a way that cannot be answered."""

    token: str


class IdempotencyMismatch(IdempotencyError):
    """The token was used before with other parameters."""


class IdempotencyProcessing(IdempotencyError):
    """The first request with this token is still being carried out."""

    transient = True
