"""Network ACLs, their entries, and the subnets that are associated with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import AclState

if TYPE_CHECKING:
    from duolect_core.model.network_acls import Entries, NetworkAcl


class NetworkAclTables(TagTables):
    """The network ACLs of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.network_acls: dict[str, NetworkAcl] = {}
        self.network_acls_by_network: Index[str] = Index()
        self.network_acls_by_entry: dict[str, str] = {}
        """The network ACL of each entry."""
        self.network_acl_by_subnet: dict[str, str] = {}
        """The network ACL that each subnet is associated with, if it is with one."""

    def add_network_acl(self, acl: NetworkAcl) -> None:
        """Put a new network ACL in, with its entries and the subnets that are associated with it."""
        self.network_acls[acl.id] = acl
        self.network_acls_by_network.add(acl.network_id, acl.id, acl.order)
        for entry in acl.all_entries:
            self.network_acls_by_entry[entry.id] = acl.id
        for subnet_id in acl.subnet_ids:
            self.network_acl_by_subnet[subnet_id] = acl.id
        self._tag(acl)

    def remove_network_acl(self, acl: NetworkAcl) -> None:
        """Take a network ACL out, which is GONE then; its subnets are associated with none."""
        self.disassociate_network_acl(acl, acl.subnet_ids)
        self.set_acl_entries(acl, {})
        self._untag(acl)
        self.network_acls_by_network.discard(acl.network_id, acl.id)
        del self.network_acls[acl.id]
        acl.state = AclState.GONE

    def set_acl_entries(self, acl: NetworkAcl, entries: Entries) -> None:
        """Give a network ACL these entries in the place of those that it has."""
        for entry in acl.all_entries:
            del self.network_acls_by_entry[entry.id]
        acl.entries = dict(entries)
        for entry in acl.all_entries:
            self.network_acls_by_entry[entry.id] = acl.id

    def associate_network_acl(self, acl: NetworkAcl, subnet_ids: Iterable[str]) -> None:
        """Associate subnets with a network ACL, which are associated with none."""
        for subnet_id in subnet_ids:
            self.network_acl_by_subnet[subnet_id] = acl.id
            acl.subnet_ids = (*acl.subnet_ids, subnet_id)

    def disassociate_network_acl(self, acl: NetworkAcl, subnet_ids: Iterable[str]) -> None:
        """Let subnets go that are associated with a network ACL."""
        gone = frozenset(subnet_ids)
        for subnet_id in gone:
            del self.network_acl_by_subnet[subnet_id]
        acl.subnet_ids = tuple(each for each in acl.subnet_ids if each not in gone)
        acl.moving = tuple(each for each in acl.moving if each not in gone)

    def _forget_subnet(self, subnet_id: str) -> None:
        """Let a subnet go that is about to be taken out, where it is associated with a network ACL."""
        acl_id = self.network_acl_by_subnet.get(subnet_id)
        if acl_id is not None:
            self.disassociate_network_acl(self.network_acls[acl_id], (subnet_id,))
