"""Route policies: creating, changing and deleting them and their entries.

Which tables they are associated with is in ``policy_associations``.
"""

from collections.abc import Collection, Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.routes import PolicyEntry, RoutePolicy, RouteVerdict
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup
from duolect_core.relations.descriptions import describe

FIRST_PRIORITY = 1
"""The priority of a first entry that names none; the next ones count on from the last."""


@attrs.frozen(kw_only=True)
class NewPolicyEntry:
    """An entry to be created; without a ``priority`` it comes after all others. See ``PolicyEntry``."""

    block: IPv4Network | IPv6Network
    verdict: RouteVerdict
    priority: int | None = None
    route_type: str = ""
    hop_label: str = ""
    hop_id: str = ""
    description: str = ""


@attrs.frozen(kw_only=True)
class CreateRoutePolicy:
    """Create a route policy with its entries, which no table is associated with.

    Raises:
        PolicyPriorityTaken: two entries have the same priority.
        RoutePolicyQuotaExceeded, PolicyEntryQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    name: str
    description: str = ""
    entries: tuple[NewPolicyEntry, ...] = ()
    tags: Mapping[str, str] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> RoutePolicy:
        """Return the new route policy."""
        self.check(partition)
        graph = partition.graph
        policy = RoutePolicy(
            id=partition.new_id(ResourceKind.ROUTE_POLICY, graph.route_policies),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
        )
        graph.add_route_policy(policy)
        _add(partition, policy, self.entries)
        return policy

    def check(self, partition: Partition) -> None:
        """Raise what keeps the policy from being created."""
        graph, rules = partition.graph, partition.rules
        limit = rules.quotas.route_policies
        if limit is not None and len(graph.route_policies) >= limit:
            raise errors.RoutePolicyQuotaExceeded(rules.region, limit)
        _check_entries(partition, "", (), self.entries)
        lookup.check_tags(rules, self.tags)


@attrs.frozen(kw_only=True)
class ModifyRoutePolicy:
    """Change what is said of a route policy; None leaves a value as it is.

    Raises:
        RoutePolicyNotFound: there is none of this id.
    """

    policy_id: str
    name: str | None = None
    description: str | None = None

    def apply(self, partition: Partition) -> RoutePolicy:
        """Return the route policy as it is now."""
        policy = self.check(partition)
        describe(policy, self.name, self.description, {})
        return policy

    def check(self, partition: Partition) -> RoutePolicy:
        """Return the route policy, or raise where there is none."""
        return lookup.route_policy(partition.graph, self.policy_id)


@attrs.frozen
class DeleteRoutePolicy:
    """Delete a route policy with its entries.

    Raises:
        RoutePolicyNotFound: there is none of this id.
        RoutePolicyHoldsTables: a table is associated with it.
    """

    policy_id: str

    def apply(self, partition: Partition) -> None:
        """Take the route policy out."""
        partition.graph.remove_route_policy(self.check(partition))

    def check(self, partition: Partition) -> RoutePolicy:
        """Return the route policy, or raise what keeps it."""
        policy = lookup.route_policy(partition.graph, self.policy_id)
        for table_id in policy.priorities:
            raise errors.RoutePolicyHoldsTables(policy.id, table_id)
        return policy


@attrs.frozen(kw_only=True)
class AddPolicyEntries:
    """Give a route policy more entries: all of them, or none.

    Raises:
        RoutePolicyNotFound: there is none of this id.
        PolicyPriorityTaken, PolicyEntryQuotaExceeded: an entry does not fit.
    """

    policy_id: str
    entries: tuple[NewPolicyEntry, ...]

    def apply(self, partition: Partition) -> RoutePolicy:
        """Return the route policy with its entries."""
        policy = self.check(partition)
        _add(partition, policy, self.entries)
        return policy

    def check(self, partition: Partition) -> RoutePolicy:
        """Return the route policy, or raise what keeps an entry out of it."""
        policy = lookup.route_policy(partition.graph, self.policy_id)
        _check_entries(partition, policy.id, policy.entries, self.entries)
        return policy


@attrs.frozen(kw_only=True)
class ChangePolicyEntries:
    """Change entries of a route policy: all of them, or none. ``changes`` says of which id what is other.

    Raises:
        RoutePolicyNotFound, PolicyEntryNotFound: what was named is not there.
        PolicyPriorityTaken: two entries would have the same priority.
    """

    policy_id: str
    changes: Mapping[str, Mapping[str, Any]]

    def apply(self, partition: Partition) -> RoutePolicy:
        """Return the route policy with its entries."""
        policy, entries = self.check(partition)
        partition.graph.set_policy_entries(policy, entries)
        return policy

    def check(self, partition: Partition) -> tuple[RoutePolicy, list[PolicyEntry]]:
        """Return the route policy and its entries as they will be, or raise what keeps one as it is."""
        policy = lookup.route_policy(partition.graph, self.policy_id)
        _check_named(policy, self.changes)
        entries = [attrs.evolve(each, **self.changes.get(each.id, {})) for each in policy.entries]
        _check_priorities(policy.id, [each.priority for each in entries])
        return policy, entries


@attrs.frozen(kw_only=True)
class RemovePolicyEntries:
    """Take entries out of a route policy: all of them, or none.

    Raises:
        RoutePolicyNotFound, PolicyEntryNotFound: what was named is not there.
    """

    policy_id: str
    entry_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> RoutePolicy:
        """Return the route policy with the entries that it keeps."""
        policy = self.check(partition)
        kept = [each for each in policy.entries if each.id not in self.entry_ids]
        partition.graph.set_policy_entries(policy, kept)
        return policy

    def check(self, partition: Partition) -> RoutePolicy:
        """Return the route policy, or raise where an entry is not there."""
        policy = lookup.route_policy(partition.graph, self.policy_id)
        _check_named(policy, self.entry_ids)
        return policy


@attrs.frozen(kw_only=True)
class ResetPolicyEntries:
    """Put other entries in the place of all those of a route policy, and say other things of it.

    Raises:
        what ``AddPolicyEntries`` raises, the old entries left out.
    """

    policy_id: str
    entries: tuple[NewPolicyEntry, ...]
    name: str | None = None
    description: str | None = None

    def apply(self, partition: Partition) -> RoutePolicy:
        """Return the route policy with its new entries."""
        policy = self.check(partition)
        partition.graph.set_policy_entries(policy, ())
        _add(partition, policy, self.entries)
        describe(policy, self.name, self.description, {})
        return policy

    def check(self, partition: Partition) -> RoutePolicy:
        """Return the route policy, or raise what keeps its entries."""
        policy = lookup.route_policy(partition.graph, self.policy_id)
        _check_entries(partition, policy.id, (), self.entries)
        return policy


def _add(partition: Partition, policy: RoutePolicy, wanted: Iterable[NewPolicyEntry]) -> None:
    entries = list(policy.entries)
    for new, priority in zip(wanted, _priorities(entries, wanted), strict=True):
        entries.append(
            PolicyEntry(
                id=partition.new_id(ResourceKind.POLICY_ENTRY, partition.graph.route_policies_by_entry),
                created=partition.now,
                **{**attrs.asdict(new, recurse=False), "priority": priority},
            )
        )
        partition.graph.set_policy_entries(policy, entries)


def _priorities(present: Collection[PolicyEntry], wanted: Iterable[NewPolicyEntry]) -> list[int]:
    """Return the priorities that new entries get beside those that are there."""
    named = [new.priority for new in wanted]
    last = max((*(each.priority for each in present), *filter(None, named)), default=FIRST_PRIORITY - 1)
    found = []
    for priority in named:
        last += priority is None
        found.append(last if priority is None else priority)
    return found


def _check_entries(
    partition: Partition,
    policy_id: str,
    present: Collection[PolicyEntry],
    wanted: Collection[NewPolicyEntry],
) -> None:
    """Raise what keeps new entries out of a policy beside those that are there."""
    limit = partition.rules.quotas.entries_per_route_policy
    if limit is not None and len(present) + len(wanted) > limit:
        raise errors.PolicyEntryQuotaExceeded(policy_id, limit)
    _check_priorities(policy_id, [*(each.priority for each in present), *_priorities(present, wanted)])


def _check_priorities(policy_id: str, priorities: Iterable[int]) -> None:
    seen: set[int] = set()
    for priority in priorities:
        if priority in seen:
            raise errors.PolicyPriorityTaken(policy_id, priority)
        seen.add(priority)


def _check_named(policy: RoutePolicy, entry_ids: Iterable[str]) -> None:
    present = {each.id for each in policy.entries}
    for entry_id in entry_ids:
        if entry_id not in present:
            raise errors.PolicyEntryNotFound(entry_id)
