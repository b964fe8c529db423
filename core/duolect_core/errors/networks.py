"""What can go wrong with networks, subnets and their blocks."""

from duolect_core.errors.addresses import AddressError
from duolect_core.errors.base import (
    CoreError,
    DependencyViolation,
    NetworkMismatch,
    NotFound,
    QuotaExceeded,
)


class NetworkNotFound(NotFound):
    """No network has this id."""


class SubnetNotFound(NotFound):
    """No subnet has this id, or it lies in another network than the one named."""


class SecondaryBlockNotFound(NotFound):
    """The network has no such secondary block."""


class FlowLogNotFound(NotFound):
    """No flow log has this id."""


class FlowLogBusy(CoreError):
    """Something is under way with the flow log."""

    log_id: str
    state: str
    transient = True


class FlowLogExists(CoreError):
    """A flow log writes the same traffic of the resource to the same place already."""

    watched_id: str
    log_id: str


class FlowLogNetworkMismatch(NetworkMismatch):
    """What a flow log should watch is in another network than the one named."""


class FlowLogQuotaExceeded(QuotaExceeded):
    """Flow logs per region."""


class CidrReservationNotFound(NotFound):
    """No reservation in a subnet has this id."""


class CidrReservationBusy(CoreError):
    """The reservation is being created or deleted."""

    reservation_id: str
    state: str
    transient = True


class ReservationMaskInvalid(CoreError):
    """A block of a subnet with such a mask cannot be reserved."""

    subnet_id: str
    mask: int
    shortest: int
    longest: int


class ReservationOutsideSubnet(CoreError):
    """Some of a block that shall be reserved is outside of its subnet, or for the cloud alone."""

    subnet_id: str
    block: str


class ReservationTaken(CoreError):
    """A block that shall be reserved is reserved or in use; or each is that has the mask."""

    subnet_id: str
    block: str


class ReservationHoldsPrefixes(DependencyViolation):
    """Interfaces still have prefixes of the reservation."""


class SubnetHoldsReservations(DependencyViolation):
    """Something is still reserved in the subnet."""


class ReservationQuotaExceeded(QuotaExceeded):
    """Reservations in the subnets of a network."""


class ServiceOpened(CoreError):
    """The service of the cloud was opened before."""

    service: str


class NetworkBusy(CoreError):
    """The network is still being created."""

    network_id: str
    transient = True


class SubnetBusy(CoreError):
    """The subnet is still being created or modified."""

    subnet_id: str
    transient = True


class TransitGrantNotFound(NotFound):
    """The network is not granted to the transit network."""


class TransitGranted(CoreError):
    """The network is granted to the transit network already."""

    network_id: str
    transit_id: str


class TransitAttached(CoreError):
    """The network is attached to the transit network."""

    network_id: str
    transit_id: str


class NetworkHoldsTransits(DependencyViolation):
    """A network is still attached to a transit network."""


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


class SubnetNetworkMismatch(NetworkMismatch):
    """A subnet belongs to another network than the one that is named with it."""


class Ipv6Disabled(CoreError):
    """The subnet has no IPv6 block."""

    subnet_id: str


class Ipv6AlreadyEnabled(CoreError):
    """The network or subnet has an IPv6 block already, and cannot get another one."""

    resource_id: str


class BlockInvalid(AddressError):
    """The block is not one a network or subnet may have."""


class BlockMaskInvalid(BlockInvalid):
    """The block's mask is outside the range that the cloud allows there."""

    shortest: int
    longest: int


class BlockOutsideNetwork(BlockInvalid):
    """The subnet's block does not lie in the network's."""


class BlockOverlap(BlockInvalid):
    """The subnet's block overlaps that of another subnet of the network."""


class NetworkBlockOverlap(BlockInvalid):
    """The block overlaps another one of the same network."""


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
