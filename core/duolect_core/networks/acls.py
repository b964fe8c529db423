"""Network ACLs: creating, changing and deleting them, and which subnets are associated with them."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import ACL_LIFECYCLE, AclState, Trigger
from duolect_core.model.network_acls import Entries, NetworkAcl
from duolect_core.model.resources import Network, OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.networks import acl_entries
from duolect_core.relations import lookup
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class CreateNetworkAcl:
    """Create a network ACL with these entries, which no subnet is associated with yet.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        AclIpv6Disabled: an entry is about IPv6, which the network does not have.
        NetworkAclQuotaExceeded, AclEntryQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    network_id: str
    five_part: bool = False
    entries: Entries = attrs.field(factory=dict)
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the new network ACL, PENDING where the cloud takes its time over it."""
        network = self.check(partition)
        graph = partition.graph
        takes_time = partition.rules.provision_is_asynchronous
        acl = NetworkAcl(
            id=partition.new_id(ResourceKind.NETWORK_ACL, graph.network_acls),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=network.id,
            five_part=self.five_part,
            entries=acl_entries.entered(partition, {}, self.entries),
            state=AclState.PENDING if takes_time else AclState.AVAILABLE,
        )
        graph.add_network_acl(acl)
        if takes_time:
            duration = partition.rules.durations.change_network_acl
            partition.begin(OperationKind.CREATE_NETWORK_ACL, Trigger.PROVISIONED, duration, acl.id)
        return acl

    def check(self, partition: Partition) -> Network:
        """Return the network, or raise what keeps the network ACL from being created."""
        graph, rules = partition.graph, partition.rules
        network = lookup.ready_network(graph, self.network_id)
        limit = rules.quotas.network_acls_per_network
        if limit is not None and len(graph.network_acls_by_network.ids(network.id)) >= limit:
            raise errors.NetworkAclQuotaExceeded(network.id, limit)
        acl_entries.check(partition, network.id, network.id, self.entries)
        lookup.check_tags(rules, self.tags)
        return network


@attrs.frozen(kw_only=True)
class ModifyNetworkAcl:
    """Change what is said of a network ACL, at once; None leaves a value as it is.

    Raises:
        NetworkAclNotFound: there is none of this id.
    """

    acl_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL as it is now."""
        acl = self.check(partition)
        describe(acl, self.name, self.description, self.extras)
        return acl

    def check(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, or raise where there is none."""
        return lookup.network_acl(partition.graph, self.acl_id)


@attrs.frozen
class DeleteNetworkAcl:
    """Delete a network ACL that no subnet is associated with.

    Raises:
        NetworkAclNotFound, NetworkAclBusy: there is none that could go.
        NetworkAclHoldsSubnets: a subnet is still associated with it.
    """

    acl_id: str

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, DELETING where the cloud takes its time over it, else GONE."""
        acl = self.check(partition)
        rules = partition.rules
        if rules.provision_is_asynchronous:
            acl.state = ACL_LIFECYCLE[acl.state, Trigger.DELETE]
            duration = rules.durations.change_network_acl
            partition.begin(OperationKind.DELETE_NETWORK_ACL, Trigger.DELETED, duration, acl.id)
        else:
            partition.graph.remove_network_acl(acl)
        return acl

    def check(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, or raise what keeps it from going."""
        acl = lookup.ready_network_acl(partition.graph, self.acl_id)
        for subnet_id in acl.subnet_ids:
            raise errors.NetworkAclHoldsSubnets(acl.id, subnet_id)
        return acl


# -- which subnets are associated with it ------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AssociateNetworkAcl:
    """Associate subnets with a network ACL of their network: all of them, or none.

    Where the cloud takes its time over it, the ACL is ASSOCIATING for as long.

    Raises:
        NetworkAclNotFound, NetworkAclBusy: there is none that could be associated.
        SubnetNotFound, SubnetBusy: a subnet is not there (yet).
        NetworkAclMismatch: a subnet is in another network.
        SubnetHasAcl: a subnet is associated with a network ACL already, be it this one.
    """

    acl_id: str
    subnet_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL."""
        acl = self.check(partition)
        subnet_ids = tuple(dict.fromkeys(self.subnet_ids))
        partition.graph.associate_network_acl(acl, subnet_ids)
        if subnet_ids and partition.rules.provision_is_asynchronous:
            _move(partition, acl, subnet_ids, Trigger.ASSOCIATE, Trigger.ASSOCIATED)
        return acl

    def check(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, or raise what keeps the subnets from it."""
        graph = partition.graph
        acl = lookup.ready_network_acl(graph, self.acl_id)
        for subnet_id in self.subnet_ids:
            subnet = lookup.ready_subnet(graph, subnet_id)
            if subnet.network_id != acl.network_id:
                raise errors.NetworkAclMismatch(acl.id, acl.network_id, subnet.id, subnet.network_id)
            used = graph.network_acl_by_subnet.get(subnet.id)
            if used is not None:
                raise errors.SubnetHasAcl(subnet.id, used)
        return acl


@attrs.frozen(kw_only=True)
class DisassociateNetworkAcl:
    """Let subnets go that are associated with a network ACL: all of them, or none.

    Where the cloud takes its time over it, the ACL is DISASSOCIATING for as long, and they are associated.

    Raises:
        NetworkAclNotFound, NetworkAclBusy: there is none that could be left.
        SubnetNotFound, SubnetBusy: a subnet is not there (yet).
        SubnetHasNoAcl, SubnetHasOtherAcl: a subnet is not associated with it.
    """

    acl_id: str
    subnet_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL."""
        acl = self.check(partition)
        subnet_ids = tuple(dict.fromkeys(self.subnet_ids))
        if subnet_ids and partition.rules.provision_is_asynchronous:
            _move(partition, acl, subnet_ids, Trigger.DISASSOCIATE, Trigger.DISASSOCIATED)
        else:
            partition.graph.disassociate_network_acl(acl, subnet_ids)
        return acl

    def check(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, or raise what keeps the subnets associated."""
        graph = partition.graph
        acl = lookup.ready_network_acl(graph, self.acl_id)
        for subnet_id in self.subnet_ids:
            subnet = lookup.ready_subnet(graph, subnet_id)
            used = graph.network_acl_by_subnet.get(subnet.id)
            if used is None:
                raise errors.SubnetHasNoAcl(subnet.id)
            if used != acl.id:
                raise errors.SubnetHasOtherAcl(subnet.id, used)
        return acl


def _move(
    partition: Partition, acl: NetworkAcl, subnet_ids: tuple[str, ...], begin: Trigger, end: Trigger
) -> None:
    """Let the association of subnets, or its end, take its time."""
    acl.moving = subnet_ids
    acl.state = ACL_LIFECYCLE[acl.state, begin]
    duration = partition.rules.durations.change_network_acl
    partition.begin(OperationKind.MODIFY_NETWORK_ACL, end, duration, acl.id)
