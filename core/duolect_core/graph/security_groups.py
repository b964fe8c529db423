"""Security groups and their rules."""

from collections.abc import Mapping

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.resources import Instant, SecurityGroup
from duolect_core.model.security_rules import Direction, GroupRule


class GroupTables(TagTables):
    """The security groups of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.groups: dict[str, SecurityGroup] = {}
        self.groups_by_network: Index[str | None] = Index()
        self.groups_by_named_group: Index[str] = Index()
        """The security groups whose rules name a group, that group itself left out."""
        self.groups_by_list: Index[str] = Index()
        """The security groups whose rules name a list, or a group of lists."""
        self.groups_by_rule: dict[str, str] = {}
        """The security group of each rule that has an id."""
        self.group_load: dict[str, int] = {}
        self.group_primaries: dict[str, int] = {}
        """How many primary interfaces are in each group."""

    def add_group(self, group: SecurityGroup) -> None:
        """Put a new security group in."""
        self.groups[group.id] = group
        self.group_load[group.id] = self.group_primaries[group.id] = 0
        self.groups_by_network.add(group.network_id, group.id, group.order)
        self._note_rules(group)
        self._tag(group)

    def remove_group(self, group: SecurityGroup) -> None:
        """Take a security group out; it may have no members, and no other group may name it."""
        self._untag(group)
        self._forget_rules(group)
        self.groups_by_network.discard(group.network_id, group.id)
        del self.group_load[group.id], self.group_primaries[group.id]
        del self.groups[group.id]

    def set_rules(
        self, group: SecurityGroup, rules: Mapping[Direction, tuple[GroupRule, ...]], at: Instant
    ) -> None:
        """Give a security group these rules, and a new version."""
        self._forget_rules(group)
        group.rules = rules
        group.version += 1
        group.modified = at
        self._note_rules(group)

    def _note_rules(self, group: SecurityGroup) -> None:
        for rule in group.all_rules:
            if rule.id:
                self.groups_by_rule[rule.id] = group.id
        for group_id in group.named_group_ids:
            self.groups_by_named_group.add(group_id, group.id, group.order)
        for list_id in group.named_list_ids:
            self.groups_by_list.add(list_id, group.id, group.order)

    def _forget_rules(self, group: SecurityGroup) -> None:
        for rule in group.all_rules:
            self.groups_by_rule.pop(rule.id, None)
        for group_id in group.named_group_ids:
            self.groups_by_named_group.discard(group_id, group.id)
        for list_id in group.named_list_ids:
            self.groups_by_list.discard(list_id, group.id)
