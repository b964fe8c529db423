"""Creating and deleting security groups."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from duolect_core.commands import lookup
from duolect_core.errors import GroupHoldsInterfaces, GroupManaged, GroupQuotaExceeded, NetworkBusy
from duolect_core.lifecycle import ProvisionState
from duolect_core.model import GroupKind, SecurityGroup
from duolect_core.rules import ResourceKind

if TYPE_CHECKING:
    from duolect_core.partition import Partition


@attrs.frozen(kw_only=True)
class CreateGroup:
    """Create a security group.

    ``network_id`` is forgotten where the cloud does not bind groups to networks; None leaves the group
    unbound anywhere.

    Raises:
        NetworkNotFound, NetworkBusy: the network does not exist (yet).
        GroupQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    network_id: str | None
    kind: GroupKind = GroupKind.BASIC
    managed: bool = False
    classic: bool = False
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: "Partition") -> SecurityGroup:
        """Return the new security group."""
        graph, rules = partition.graph, partition.rules
        if self.network_id is not None:
            network = lookup.network(graph, self.network_id)
            if network.state is ProvisionState.PENDING:
                raise NetworkBusy(network.id)
        limit = rules.quotas.groups
        if limit is not None and len(graph.groups) >= limit:
            raise GroupQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)
        group = SecurityGroup(
            id=partition.new_id(ResourceKind.GROUP, graph.groups),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=dict(self.tags),
            extras=self.extras,
            network_id=self.network_id if rules.groups_bound_to_network else None,
            kind=self.kind,
            managed=self.managed,
            classic=self.classic,
        )
        graph.add_group(group)
        return group


@attrs.frozen
class DeleteGroup:
    """Delete a security group.

    Raises:
        GroupNotFound, GroupManaged: there is none to delete.
        GroupHoldsInterfaces: it has members.
    """

    group_id: str

    def apply(self, partition: "Partition") -> None:
        """Take the security group out."""
        graph = partition.graph
        group = lookup.group(graph, self.group_id)
        if group.managed:
            raise GroupManaged(group.id)
        for interface_id in graph.interfaces_by_group.ids(group.id):
            raise GroupHoldsInterfaces(group.id, interface_id)
        graph.remove_group(group)
