"""Granting other accounts rights on an interface, and taking them back.

A permission is a record: accounts are worlds of their own here, so no other account ever attaches.
"""

import attrs

from duolect_core.engine.partition import Partition
from duolect_core.errors import InterfaceManaged
from duolect_core.model.resources import Interface, Permission
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class GrantPermission:
    """Allow an account to attach an interface; to allow it again gives the permission that it has.

    Raises:
        InterfaceNotFound, InterfaceManaged: there is none to give away.
    """

    interface_id: str
    account: str

    def apply(self, partition: Partition) -> Permission:
        """Return the permission."""
        graph = partition.graph
        interface = self.check(partition)
        for permission_id in graph.permissions_by_interface.ids(interface.id):
            if graph.permissions[permission_id].account == self.account:
                return graph.permissions[permission_id]
        permission = Permission(
            id=partition.new_id(ResourceKind.PERMISSION, graph.permissions),
            order=partition.next_order(),
            created=partition.now,
            interface_id=interface.id,
            account=self.account,
        )
        graph.add_permission(permission)
        return permission

    def check(self, partition: Partition) -> Interface:
        """Return the interface, or raise what keeps it from being given away."""
        interface = lookup.interface(partition.graph, self.interface_id)
        if interface.managed:
            raise InterfaceManaged(interface.id)
        return interface


@attrs.frozen
class RevokePermission:
    """Take a permission back.

    Raises:
        PermissionNotFound: there is none of this id.
    """

    permission_id: str

    def apply(self, partition: Partition) -> None:
        """Take the permission out."""
        partition.graph.remove_permission(self.check(partition))

    def check(self, partition: Partition) -> Permission:
        """Return the permission, or raise that there is none."""
        return lookup.permission(partition.graph, self.permission_id)
