"""What can go wrong with network ACLs."""

from duolect_core.errors.base import (
    CoreError,
    DependencyViolation,
    NetworkMismatch,
    NotFound,
    QuotaExceeded,
)


class NetworkAclNotFound(NotFound):
    """No network ACL has this id."""


class AclEntryNotFound(NotFound):
    """The network ACL has no such entry in this direction, or it is named twice."""


class NetworkAclBusy(CoreError):
    """Something is under way with the network ACL."""

    acl_id: str
    transient = True


class NetworkAclAssociating(CoreError):
    """Subnets are on their way to the network ACL, or away from it."""

    acl_id: str
    transient = True


class AclPartsDiffer(CoreError):
    """The network ACL has entries of five parts, and these have three, or the other way round."""

    acl_id: str


class AclEntryVersionsMixed(CoreError):
    """The two sides of an entry are of two versions of IP."""

    entry_id: str


class AclIpv6Disabled(CoreError):
    """An entry is about IPv6, which the network of the ACL does not have."""

    network_id: str


class SubnetHasAcl(CoreError):
    """The subnet is associated with a network ACL already."""

    subnet_id: str
    acl_id: str


class SubnetHasNoAcl(CoreError):
    """The subnet is associated with no network ACL."""

    subnet_id: str


class SubnetHasOtherAcl(CoreError):
    """The subnet is associated with another network ACL than the one named."""

    subnet_id: str
    acl_id: str


class NetworkAclMismatch(NetworkMismatch):
    """A network ACL belongs to another network than the subnet that should be associated with it."""


class NetworkAclHoldsSubnets(DependencyViolation):
    """Subnets are still associated with the network ACL."""


class NetworkHoldsAcls(DependencyViolation):
    """A network still has network ACLs."""


class SubnetHoldsAcl(DependencyViolation):
    """A subnet is still associated with a network ACL."""


class NetworkAclQuotaExceeded(QuotaExceeded):
    """Network ACLs per network."""


class AclEntryQuotaExceeded(QuotaExceeded):
    """Entries per network ACL, direction and version of IP."""
