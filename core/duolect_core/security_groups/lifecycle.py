"""Creating, modifying and deleting security groups."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import GroupKind, SecurityGroup
from duolect_core.model.rules import ResourceKind, Rules
from duolect_core.model.security_rules import GroupRule
from duolect_core.relations import lookup
from duolect_core.security_groups import rule_checks


@attrs.frozen(kw_only=True)
class CreateGroup:
    """Create a security group with the rules that it begins with.

    ``network_id`` is forgotten where the cloud does not bind groups to networks; None leaves the group
    unbound anywhere. Members of an enterprise group never trust each other.

    Raises:
        NetworkNotFound, NetworkBusy: the network does not exist (yet).
        GroupQuotaExceeded, TagQuotaExceeded: a limit is reached.
        what ``rule_checks.check_new`` and ``rule_checks.check_quotas`` raise: the rules.
    """

    network_id: str | None
    kind: GroupKind = GroupKind.BASIC
    managed: bool = False
    classic: bool = False
    default: bool = False
    rules: tuple[GroupRule, ...] = ()
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> SecurityGroup:
        """Return the new security group."""
        graph, draft = partition.graph, self.check(partition)
        group = attrs.evolve(
            draft,
            id=partition.new_id(ResourceKind.GROUP, graph.groups),
            order=partition.next_order(),
            created=partition.now,
            modified=partition.now,
        )
        group.rules = rule_checks.arranged(rule_checks.stamped(partition, self.rules))
        graph.add_group(group)
        return group

    def check(self, partition: Partition) -> SecurityGroup:
        """Return the group as it will be, but for its id, its place and its rules, or raise why not."""
        graph, rules = partition.graph, partition.rules
        if self.network_id is not None:
            network = lookup.network(graph, self.network_id)
            if network.state is not ProvisionState.AVAILABLE:
                raise errors.NetworkBusy(network.id)
        limit = rules.quotas.groups
        if limit is not None and len(graph.groups) >= limit:
            raise errors.GroupQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)
        draft = self._draft(rules)
        rule_checks.check_new(partition, draft, self.rules)
        rule_checks.check_quotas(partition, draft, rule_checks.arranged(self.rules))
        return draft

    def _draft(self, rules: Rules) -> SecurityGroup:
        return SecurityGroup(
            id="",
            order=0,
            created=0,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=self.network_id if rules.groups_bound_to_network else None,
            kind=self.kind,
            managed=self.managed,
            classic=self.classic,
            default=self.default,
            trusting=self.kind is not GroupKind.ENTERPRISE,
        )


@attrs.frozen(kw_only=True)
class ModifyGroup:
    """Change what is said of a security group; None leaves a value as it is.

    ``extras`` is stored over what it has.

    Raises:
        GroupNotFound, GroupManaged: there is none to modify.
        TrustFixed: the members of an enterprise group would trust each other, or be told not to.
    """

    group_id: str
    name: str | None = None
    description: str | None = None
    trusting: bool | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> SecurityGroup:
        """Return the group as it is now."""
        group = self.check(partition)
        group.extras = {**group.extras, **self.extras}
        for name in ("name", "description", "trusting"):
            if (value := getattr(self, name)) is not None:
                setattr(group, name, value)
        group.modified = partition.now
        return group

    def check(self, partition: Partition) -> SecurityGroup:
        """Return the group, or raise what keeps it as it is."""
        group = lookup.group(partition.graph, self.group_id)
        if group.managed:
            raise errors.GroupManaged(group.id)
        if self.trusting is not None and group.kind is GroupKind.ENTERPRISE:
            raise errors.TrustFixed(group.id)
        return group


@attrs.frozen
class DeleteGroup:
    """Delete a security group.

    Raises:
        GroupNotFound, GroupManaged, GroupIsDefault: there is none to delete.
        GroupHoldsInterfaces, GroupNamedByRule: it has members, or another group names it.
    """

    group_id: str

    def apply(self, partition: Partition) -> None:
        """Take the security group out."""
        partition.graph.remove_group(self.check(partition))

    def check(self, partition: Partition) -> SecurityGroup:
        """Return the group, or raise what keeps it from going."""
        graph = partition.graph
        group = lookup.group(graph, self.group_id)
        if group.managed:
            raise errors.GroupManaged(group.id)
        if group.default:
            raise errors.GroupIsDefault(group.id)
        for interface_id in graph.interfaces_by_group.ids(group.id):
            raise errors.GroupHoldsInterfaces(group.id, interface_id)
        for other_id in graph.groups_by_named_group.ids(group.id):
            raise errors.GroupNamedByRule(group.id, other_id)
        return group
