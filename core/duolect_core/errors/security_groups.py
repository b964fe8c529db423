"""What can go wrong with security groups, their rules and their members."""

from duolect_core.errors.base import (
    ClassicNetwork,
    CoreError,
    DependencyViolation,
    NetworkMismatch,
    NotFound,
    QuotaExceeded,
    ResourceManaged,
)
from duolect_core.model.resources import GroupKind


class GroupNotFound(NotFound):
    """No security group has this id."""


class PeerGroupNotFound(GroupNotFound):
    """The security group that a rule names does not exist."""


class RuleNotFound(NotFound):
    """The security group has no rule with this id in this direction."""


class GroupManaged(ResourceManaged):
    """The security group belongs to a managed service."""


class GroupClassicNetwork(ClassicNetwork):
    """The security group lives in the classic network."""


class GroupHoldsInterfaces(DependencyViolation):
    """A security group still has members."""


class GroupNamedByRule(DependencyViolation):
    """A rule of another security group names the group."""


class GroupNetworkMismatch(NetworkMismatch):
    """A security group belongs to another network than the subnet."""


class PeerGroupNetworkMismatch(NetworkMismatch):
    """The security group that a rule names belongs to another network."""


class GroupKindsMixed(CoreError):
    """Security groups of different kinds cannot be joined together."""

    resource_id: str


class GroupKindUnsupported(CoreError):
    """The instance type cannot use security groups of this kind."""

    instance_type: str
    kind: GroupKind


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


class RulePortsFixed(RuleError):
    """A rule that names a list of services goes on naming one; one that names none does not begin to."""


class RuleServicesUnsupported(RuleError):
    """The protocol of the rule has no ports, so that no list of services can stand for them."""


class RuleListVersionMismatch(RuleError):
    """The rule is about another version of IP than the list of addresses that it names."""


class ListInClassicNetwork(GroupError):
    """A rule of a security group in the classic network names a list of addresses."""


class GroupQuotaExceeded(QuotaExceeded):
    """Security groups per region."""


class RuleQuotaExceeded(QuotaExceeded):
    """Rules of a security group, or of one direction of it."""


class NamingRuleQuotaExceeded(QuotaExceeded):
    """Rules of a security group that name groups."""


class GroupsPerInterfaceExceeded(QuotaExceeded):
    """Security groups per interface."""


class GroupMembersExceeded(QuotaExceeded):
    """Members of a security group."""


class GroupInterfacesExceeded(QuotaExceeded):
    """Interfaces in an enterprise security group."""
