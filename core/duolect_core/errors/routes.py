"""What can go wrong with route tables and routes."""

from duolect_core.errors.addresses import AddressError
from duolect_core.errors.base import (
    CoreError,
    DependencyViolation,
    NetworkMismatch,
    NotFound,
    QuotaExceeded,
)


class RouteTableNotFound(NotFound):
    """No route table has this id, or it is one of another network than the one named."""


class RouteNotFound(NotFound):
    """No route has this id, or there is none to this block in the table."""


class NextHopNotFound(NotFound):
    """The next hop of a route does not exist in the network of its table."""


class RouteTableBusy(CoreError):
    """The route table is still being created, or is being deleted."""

    table_id: str
    transient = True


class RouteBusy(CoreError):
    """The route, or another one that must come to its end first, is under way."""

    route_id: str
    transient = True


class RouteTableIsMain(CoreError):
    """The main route table of a network cannot be deleted, associated or left on its own."""

    resource_id: str


class RouteTableAssociated(CoreError):
    """The subnet uses this route table already."""

    subnet_id: str
    table_id: str


class RouteTableNotAssociated(CoreError):
    """The subnet does not use this route table."""

    subnet_id: str
    table_id: str


class SubnetUsesOtherTable(CoreError):
    """The subnet uses another route table, which it has to leave first."""

    subnet_id: str
    table_id: str


class RouteTableNetworkMismatch(NetworkMismatch):
    """A route table belongs to another network than the subnet that should use it."""


class NextHopNetworkMismatch(NetworkMismatch):
    """The next hop of a route is in another network than its table."""


class RouteTableHoldsSubnets(DependencyViolation):
    """Subnets still use the route table."""


class RouteTableHoldsRoutes(DependencyViolation):
    """A route table still has routes."""


class NetworkHoldsRouteTables(DependencyViolation):
    """A network still has route tables beside its main one."""


class NetworkHoldsRoutes(DependencyViolation):
    """The main route table of a network still has routes."""


class SubnetHoldsRouteTable(DependencyViolation):
    """A subnet still uses another route table than the main one."""


class InstanceHoldsRoutes(DependencyViolation):
    """Routes still lead to an instance."""


class RouteBlockInvalid(AddressError):
    """The block is one to which no route may lead."""


class RouteBlockInNetwork(AddressError):
    """The route's block lies in the network, or in one of its subnets, where its packets stay."""


class RouteBlockTaken(AddressError):
    """The table has this route already."""


class RouteHopsDiffer(AddressError):
    """The table has a route to this block by another next hop."""


class RouteBlockListed(AddressError):
    """A route to a list leads there already."""


class RouteListTaken(CoreError):
    """The table has a route to this list already."""

    list_id: str
    table_id: str


class BlockOverlapsRoute(AddressError):
    """The block that a subnet or a network should have is that of a route, or holds it."""


class RouteTableQuotaExceeded(QuotaExceeded):
    """Route tables per network."""


class RouteQuotaExceeded(QuotaExceeded):
    """Routes per route table."""


# -- route target groups and published routes --------------------------------------------------------


class RouteTargetGroupNotFound(NotFound):
    """No group of route targets has this id."""


class RouteTargetGroupBusy(CoreError):
    """Something is under way with the group of route targets."""

    group_id: str
    state: str
    transient = True


class RouteTargetActive(CoreError):
    """The member of a group takes the packets, so that nothing can take its place."""

    group_id: str
    member_id: str


class RouteTargetWeightFixed(CoreError):
    """The members of a group keep the weights that they were created with, and no two are the same."""

    group_id: str


class RouteTargetGroupHoldsRoutes(DependencyViolation):
    """Routes still lead to a group of route targets."""


class NetworkHoldsRouteTargetGroups(DependencyViolation):
    """A network still has groups of route targets."""


class RoutePublished(CoreError):
    """The route is published, and has to be withdrawn first."""

    route_id: str


class RouteNotPublished(CoreError):
    """The route is not published there."""

    route_id: str


class RouteHasNoEffect(CoreError):
    """The route is not enabled, so that there is nothing to publish."""

    route_id: str


# -- route policies ------------------------------------------------------------------------------------


class RoutePolicyNotFound(NotFound):
    """No route policy has this id."""


class PolicyEntryNotFound(NotFound):
    """The route policy has no entry of this id."""


class PolicyPriorityTaken(CoreError):
    """Two entries of a route policy, or two policies of a route table, would have the same priority."""

    resource_id: str
    priority: int


class RoutePolicyAssociated(CoreError):
    """The route policy is associated with the route table already."""

    policy_id: str
    table_id: str


class RoutePolicyNotAssociated(CoreError):
    """The route policy is not associated with the route table."""

    policy_id: str
    table_id: str


class RoutePolicyHoldsTables(DependencyViolation):
    """A route policy is still associated with route tables."""


class RoutePolicyQuotaExceeded(QuotaExceeded):
    """Route policies per region."""


class PolicyEntryQuotaExceeded(QuotaExceeded):
    """Entries per route policy."""


class TablePolicyQuotaExceeded(QuotaExceeded):
    """Route policies per route table."""
