"""Which route tables have which route policies, and what these make of routes."""

from collections.abc import Collection, Iterator
from ipaddress import IPv4Network

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.routes import PolicyEntry, Route, RouteVerdict, blocks_of
from duolect_core.relations import lookup
from duolect_core.routes.entries import ModifyRoutes, RouteChange


@attrs.frozen(kw_only=True)
class PolicyOfTable:
    """A route policy of a table, and where it comes among those of the table."""

    table_id: str
    policy_id: str
    priority: int


@attrs.frozen
class AssociateRoutePolicies:
    """Associate route policies with tables: all of them, or none.

    Raises:
        RouteTableNotFound, RouteTableBusy, RoutePolicyNotFound: what was named is not there (yet).
        RoutePolicyAssociated: a table has the policy already.
        PolicyPriorityTaken, TablePolicyQuotaExceeded: it does not fit the others of the table.
    """

    associations: tuple[PolicyOfTable, ...]

    def apply(self, partition: Partition) -> None:
        """Associate them."""
        self.check(partition)
        _put(partition.graph, self.associations)

    def check(self, partition: Partition) -> None:
        """Raise what keeps one of them from being associated."""
        seen = set()
        for each in self.associations:
            _find(partition.graph, each.table_id, each.policy_id)
            pair = (each.table_id, each.policy_id)
            if pair in seen or each.table_id in partition.graph.route_policies[each.policy_id].priorities:
                raise errors.RoutePolicyAssociated(each.policy_id, each.table_id)
            seen.add(pair)
        _check_places(partition, self.associations, ())


@attrs.frozen
class ChangePolicyPriorities:
    """Give policies of tables other priorities: all of them, or none.

    Raises:
        RouteTableNotFound, RouteTableBusy, RoutePolicyNotFound, RoutePolicyNotAssociated: a table does not
            have the policy.
        PolicyPriorityTaken: two policies of a table would have the same.
    """

    associations: tuple[PolicyOfTable, ...]

    def apply(self, partition: Partition) -> None:
        """Change them."""
        self.check(partition)
        _put(partition.graph, self.associations)

    def check(self, partition: Partition) -> None:
        """Raise what keeps one of them as it is."""
        pairs = [(each.table_id, each.policy_id) for each in self.associations]
        _check_associated(partition.graph, pairs)
        last = dict(zip(pairs, self.associations, strict=True))
        _check_places(partition, last.values(), pairs)


@attrs.frozen
class DisassociateRoutePolicies:
    """Let tables have policies no more: all of them, or none. ``pairs`` are tables with policies.

    Raises:
        RouteTableNotFound, RouteTableBusy, RoutePolicyNotFound, RoutePolicyNotAssociated: a table does not
            have the policy.
    """

    pairs: tuple[tuple[str, str], ...]

    def apply(self, partition: Partition) -> None:
        """Let them go."""
        self.check(partition)
        for table_id, policy_id in dict.fromkeys(self.pairs):
            partition.graph.disassociate_route_policy(partition.graph.route_policies[policy_id], table_id)

    def check(self, partition: Partition) -> None:
        """Raise where a table does not have the policy."""
        _check_associated(partition.graph, self.pairs)


@attrs.frozen(kw_only=True)
class ResetTablePolicies:
    """Let a table have just these policies: all of that, or nothing. ``priorities`` has one for each.

    Raises:
        RouteTableNotFound, RouteTableBusy, RoutePolicyNotFound: what was named is not there (yet).
        PolicyPriorityTaken, TablePolicyQuotaExceeded: they do not fit each other.
    """

    table_id: str
    policies: tuple[PolicyOfTable, ...]

    def apply(self, partition: Partition) -> None:
        """Put them in the place of those that the table has."""
        self.check(partition)
        graph = partition.graph
        for policy_id in tuple(graph.route_policies_by_table.ids(self.table_id)):
            graph.disassociate_route_policy(graph.route_policies[policy_id], self.table_id)
        _put(graph, self.policies)

    def check(self, partition: Partition) -> None:
        """Raise what keeps the table as it is."""
        graph = partition.graph
        lookup.ready_route_table(graph, self.table_id)
        seen = set()
        for each in self.policies:
            _find(graph, each.table_id, each.policy_id)
            if each.policy_id in seen:
                raise errors.RoutePolicyAssociated(each.policy_id, each.table_id)
            seen.add(each.policy_id)
        going = [(self.table_id, each) for each in graph.route_policies_by_table.ids(self.table_id)]
        _check_places(partition, self.policies, going)


@attrs.frozen(kw_only=True)
class MatchRoutePolicies:
    """Let routes of a table have effect, or none, as the policies of the table say; all of them, or none.

    The first entry counts that matches a route, of the policy that comes first. What ACCEPTs it lets it
    have effect; what would DISABLE or DROP it takes that. A route that no entry matches stays as it is.
    ``route_type`` is what the cloud calls a route that was created.

    Raises:
        RouteTableNotFound, RouteNotFound: what was named is not there, or not in this table.
        what ``ModifyRoutes`` raises of what would change.
    """

    table_id: str
    route_ids: tuple[str, ...]
    route_type: str = ""

    def apply(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes whose effect changes."""
        return self._change(partition).apply(partition)

    def check(self, partition: Partition) -> None:
        """Raise what keeps one of the routes as it is."""
        self._change(partition).check(partition)

    def _change(self, partition: Partition) -> ModifyRoutes:
        graph = partition.graph
        table = lookup.route_table(graph, self.table_id)
        changes = []
        for route_id in dict.fromkeys(self.route_ids):
            route = lookup.ready_route(graph, route_id)
            if route.table_id != table.id:
                raise errors.RouteNotFound(route_id)
            for entry in entries_of_table(graph, table.id):
                if _matches(entry, route, self.route_type):
                    enabled = entry.verdict is RouteVerdict.ACCEPT
                    changes.append(RouteChange(route_id=route.id, enabled=enabled))
                    break
        return ModifyRoutes(tuple(changes))


def entries_of_table(graph: Graph, table_id: str) -> Iterator[PolicyEntry]:
    """Iterate over the entries of all policies of a table, the one that counts first before the others."""
    policies = [graph.route_policies[each] for each in graph.route_policies_by_table.ids(table_id)]
    for policy in sorted(policies, key=lambda each: each.priorities[table_id]):
        yield from sorted(policy.entries, key=lambda entry: entry.priority)


def _matches(entry: PolicyEntry, route: Route, route_type: str) -> bool:
    if entry.route_type not in {"", route_type}:
        return False
    for block in blocks_of(route.block):
        if isinstance(block, IPv4Network):
            within = isinstance(entry.block, IPv4Network) and block.subnet_of(entry.block)
        else:
            within = not isinstance(entry.block, IPv4Network) and block.subnet_of(entry.block)
        if not within:
            return False
    return any(entry.hop_label in {"", hop.label} and entry.hop_id in {"", hop.id} for hop in route.hops)


def _find(graph: Graph, table_id: str, policy_id: str) -> None:
    lookup.ready_route_table(graph, table_id)
    lookup.route_policy(graph, policy_id)


def _check_associated(graph: Graph, pairs: Collection[tuple[str, str]]) -> None:
    for table_id, policy_id in pairs:
        _find(graph, table_id, policy_id)
        if table_id not in graph.route_policies[policy_id].priorities:
            raise errors.RoutePolicyNotAssociated(policy_id, table_id)


def _check_places(
    partition: Partition, coming: Collection[PolicyOfTable], going: Collection[tuple[str, str]]
) -> None:
    """Raise where policies do not fit those that their tables have, once some are gone or changed."""
    graph, limit = partition.graph, partition.rules.quotas.policies_per_route_table
    leaving = frozenset(going)
    taken: dict[str, set[int]] = {}
    for each in coming:
        if each.table_id not in taken:
            taken[each.table_id] = {
                graph.route_policies[policy_id].priorities[each.table_id]
                for policy_id in graph.route_policies_by_table.ids(each.table_id)
                if (each.table_id, policy_id) not in leaving
            }
        if each.priority in taken[each.table_id]:
            raise errors.PolicyPriorityTaken(each.table_id, each.priority)
        taken[each.table_id].add(each.priority)
        if limit is not None and len(taken[each.table_id]) > limit:
            raise errors.TablePolicyQuotaExceeded(each.table_id, limit)


def _put(graph: Graph, associations: Collection[PolicyOfTable]) -> None:
    for each in associations:
        graph.associate_route_policy(graph.route_policies[each.policy_id], each.table_id, each.priority)
