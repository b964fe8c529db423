"""Sets of DHCP options: creating, changing and deleting them, and which networks they are attached to."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.dhcp_options import DhcpOptionsSet
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class CreateDhcpOptionsSet:
    """Create a set of DHCP options, which is attached to no network yet; ``extras`` say what is in it.

    Raises:
        DhcpOptionsSetQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> DhcpOptionsSet:
        """Return the new set, PENDING where the cloud takes its time over it."""
        self.check(partition)
        graph, rules = partition.graph, partition.rules
        options = DhcpOptionsSet(
            id=partition.new_id(ResourceKind.DHCP_OPTIONS_SET, graph.dhcp_options_sets),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
        )
        graph.add_dhcp_options_set(options)
        if rules.provision_is_asynchronous:
            options.state = ServiceState.PENDING
            kind, duration = OperationKind.CREATE_DHCP_OPTIONS_SET, rules.durations.change_dhcp_options
            waiting.begin(partition, kind, Trigger.PROVISIONED, duration, options)
        return options

    def check(self, partition: Partition) -> None:
        """Raise what keeps the set from being created."""
        rules = partition.rules
        limit = rules.quotas.dhcp_options_sets
        if limit is not None and len(partition.graph.dhcp_options_sets) >= limit:
            raise errors.DhcpOptionsSetQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)


@attrs.frozen(kw_only=True)
class ModifyDhcpOptionsSet:
    """Change what is said of a set of DHCP options, and what is in it, at once; None leaves a value.

    Raises:
        DhcpOptionsSetNotFound, DhcpOptionsSetBusy: there is none to change.
    """

    set_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> DhcpOptionsSet:
        """Return the set as it is now."""
        options = self.check(partition)
        describe(options, self.name, self.description, self.extras)
        return options

    def check(self, partition: Partition) -> DhcpOptionsSet:
        """Return the set, or raise what keeps it as it is."""
        return lookup.ready_dhcp_options_set(partition.graph, self.set_id)


@attrs.frozen
class DeleteDhcpOptionsSet:
    """Delete a set of DHCP options that is attached to no network.

    Raises:
        DhcpOptionsSetNotFound, DhcpOptionsSetBusy: there is none to delete.
        DhcpOptionsSetHoldsNetworks: it is still attached to a network.
    """

    set_id: str

    def apply(self, partition: Partition) -> DhcpOptionsSet:
        """Return the set, DELETING where the cloud takes its time over it, else GONE."""
        options = self.check(partition)
        rules = partition.rules
        if rules.provision_is_asynchronous:
            options.state = SERVICE_LIFECYCLE[options.state, Trigger.DELETE]
            kind, duration = OperationKind.DELETE_DHCP_OPTIONS_SET, rules.durations.change_dhcp_options
            waiting.begin(partition, kind, Trigger.DELETED, duration, options)
        else:
            partition.graph.remove_dhcp_options_set(options)
        return options

    def check(self, partition: Partition) -> DhcpOptionsSet:
        """Return the set, or raise what keeps it from going."""
        options = lookup.ready_dhcp_options_set(partition.graph, self.set_id)
        for network_id in options.network_ids:
            raise errors.DhcpOptionsSetHoldsNetworks(options.id, network_id)
        return options


# -- which networks it is attached to ------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AttachDhcpOptionsSet:
    """Attach a set of DHCP options to a network that has none.

    Raises:
        DhcpOptionsSetNotFound, DhcpOptionsSetBusy, NetworkNotFound, NetworkBusy: what was named is not
            there (yet).
        NetworkHasDhcpOptions: a set is attached to it, be it this one.
        DhcpNetworksQuotaExceeded: the set is attached to as many networks as it may be.
    """

    set_id: str
    network_id: str

    def apply(self, partition: Partition) -> DhcpOptionsSet:
        """Return the set, MODIFYING where the cloud takes its time over it."""
        options = self.check(partition)
        partition.graph.attach_dhcp_options(options, self.network_id)
        _move(partition, OperationKind.ATTACH_DHCP_OPTIONS_SET, options, self.network_id)
        return options

    def check(self, partition: Partition) -> DhcpOptionsSet:
        """Return the set, or raise what keeps it from the network."""
        graph = partition.graph
        options = lookup.ready_dhcp_options_set(graph, self.set_id)
        network = lookup.ready_network(graph, self.network_id)
        attached = graph.dhcp_options_by_network.get(network.id)
        if attached is not None:
            raise errors.NetworkHasDhcpOptions(network.id, attached)
        _check_room(partition, options)
        return options


@attrs.frozen(kw_only=True)
class DetachDhcpOptionsSet:
    """Detach a set of DHCP options from a network.

    Raises:
        DhcpOptionsSetNotFound, DhcpOptionsSetBusy, NetworkNotFound, NetworkBusy: what was named is not
            there (yet).
        NetworkHasNoDhcpOptions, NetworkHasOtherDhcpOptions: this set is not attached to it.
    """

    set_id: str
    network_id: str

    def apply(self, partition: Partition) -> DhcpOptionsSet:
        """Return the set, MODIFYING where the cloud takes its time over it: it is attached for as long."""
        options = self.check(partition)
        if partition.rules.provision_is_asynchronous:
            options.leaving = True
            _move(partition, OperationKind.DETACH_DHCP_OPTIONS_SET, options, self.network_id)
        else:
            partition.graph.detach_dhcp_options(self.network_id)
        return options

    def check(self, partition: Partition) -> DhcpOptionsSet:
        """Return the set, or raise what keeps it attached."""
        graph = partition.graph
        options = lookup.ready_dhcp_options_set(graph, self.set_id)
        network = lookup.ready_network(graph, self.network_id)
        attached = graph.dhcp_options_by_network.get(network.id)
        if attached is None:
            raise errors.NetworkHasNoDhcpOptions(network.id)
        if attached != options.id:
            raise errors.NetworkHasOtherDhcpOptions(network.id, attached)
        return options


@attrs.frozen(kw_only=True)
class ReplaceDhcpOptionsSet:
    """Attach a set of DHCP options to a network in the place of another one.

    Raises:
        DhcpOptionsSetNotFound, DhcpOptionsSetBusy, NetworkNotFound, NetworkBusy: what was named, or the set
            that should go, is not there (yet).
        NetworkHasNoDhcpOptions: no set is attached to it.
        NetworkHasDhcpOptions: this one is.
        DhcpNetworksQuotaExceeded: the set is attached to as many networks as it may be.
    """

    set_id: str
    network_id: str

    def apply(self, partition: Partition) -> DhcpOptionsSet:
        """Return the new set, MODIFYING where the cloud takes its time over it."""
        options = self.check(partition)
        partition.graph.detach_dhcp_options(self.network_id)
        partition.graph.attach_dhcp_options(options, self.network_id)
        _move(partition, OperationKind.REPLACE_DHCP_OPTIONS_SET, options, self.network_id)
        return options

    def check(self, partition: Partition) -> DhcpOptionsSet:
        """Return the new set, or raise what keeps the one that is attached."""
        graph = partition.graph
        options = lookup.ready_dhcp_options_set(graph, self.set_id)
        network = lookup.ready_network(graph, self.network_id)
        attached = graph.dhcp_options_by_network.get(network.id)
        if attached is None:
            raise errors.NetworkHasNoDhcpOptions(network.id)
        if attached == options.id:
            raise errors.NetworkHasDhcpOptions(network.id, attached)
        lookup.ready_dhcp_options_set(graph, attached)
        _check_room(partition, options)
        return options


def _check_room(partition: Partition, options: DhcpOptionsSet) -> None:
    limit = partition.rules.quotas.networks_per_dhcp_options_set
    if limit is not None and len(options.network_ids) >= limit:
        raise errors.DhcpNetworksQuotaExceeded(options.id, limit)


def _move(partition: Partition, kind: OperationKind, options: DhcpOptionsSet, network_id: str) -> None:
    """Let the way of a network to a set, or away from it, take its time."""
    rules = partition.rules
    if rules.provision_is_asynchronous:
        options.moving_id = network_id
        options.state = SERVICE_LIFECYCLE[options.state, Trigger.MODIFY]
        waiting.begin(partition, kind, Trigger.PROVISIONED, rules.durations.change_dhcp_options, options)
