"""Moving instances to another subnet, perhaps of another network: their primary interfaces go with them.

The address of an instance changes, even within its subnet. What else stands on its place stays behind or
keeps it where it is: other interfaces, further addresses, virtual addresses and routes.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.instances import operations
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import AddressState, InstanceState
from duolect_core.model.resources import Interface, OperationKind, Subnet
from duolect_core.relations import capacity, compatibility, lookup
from duolect_core.relations.address_plans import AddressPlan, AddressRequest, combined, take_together


@attrs.frozen(kw_only=True)
class MoveInstances:
    """Move instances to a subnet of their zone: all of them, or none. They must be stopped.

    With ``restart`` they may be running too: then they reboot. Without a ``network_id`` they stay in their
    network. ``primary_ips`` names the new address of each; without, one that is in the subnet already
    keeps its address unless ``renew``, and others get any free one. ``group_ids`` replaces the groups of
    their primary interfaces. ``extras`` is stored on the instances, ``detail`` says in the cloud's own
    words what is done. Elastic public addresses go along; other interfaces stay, and hold an instance in
    its network.

    Raises:
        InstanceNotFound, InstanceWrongState, SubscriptionLapsed, InstanceClassicNetwork: one of them cannot
            be moved.
        NetworkNotFound, SubnetNotFound, SubnetBusy, SubnetNetworkMismatch, SubnetZoneMismatch: where to.
        InstanceHoldsInterfaces, InstanceHoldsRoutes, InstanceHoldsVirtualAddresses, PrimaryHoldsIpv4,
        PrimaryHoldsIpv6: what keeps one of them where it is.
        GroupRequired, GroupMembersExceeded, GroupInterfacesExceeded and what ``lookup.groups_for`` and
        ``compatibility.check_kinds`` raise: the groups.
        what ``capacity.check_subnet`` raises: the addresses.
    """

    instance_ids: tuple[str, ...]
    subnet_id: str
    network_id: str | None = None
    primary_ips: tuple[int, ...] = ()
    group_ids: tuple[str, ...] | None = None
    restart: bool = False
    renew: bool = False
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    detail: str = ""

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances as they are now; those that were running are REBOOTING."""
        found, subnet = self.check(partition)
        graph, generator = partition.graph, partition.address_generator
        plans = self._plans(partition, found, subnet)
        taken = take_together(graph, plans, subnet, generator, AddressState.AVAILABLE)
        for instance in found:
            primary = _primary(partition, instance)
            if primary.id in taken:
                graph.relocate(primary, subnet, taken[primary.id].ipv4, at=partition.now)
                graph.place_instance(instance, subnet)
            if self.group_ids is not None:
                graph.set_groups(primary, tuple(dict.fromkeys(self.group_ids)))
            instance.extras = {**instance.extras, **self.extras}
        running = tuple(instance for instance in found if instance.state is InstanceState.RUNNING)
        operations.reboot(partition, OperationKind.MODIFY_INSTANCES, running, self.detail)
        return found

    def check(self, partition: Partition) -> tuple[tuple[Instance, ...], Subnet]:
        """Return the instances and their new subnet, or raise what keeps them where they are."""
        states = (InstanceState.STOPPED, InstanceState.RUNNING)
        allowed = states if self.restart else states[:1]
        found = operations.find(partition, self.instance_ids, allowed, paid=True)
        if self.primary_ips and len(self.primary_ips) != len(found):
            raise ValueError("primary_ips goes with instance_ids one by one")
        subnet = self._check_subnet(partition)
        for instance in found:
            self._check_place(instance, subnet)
            self._check_held(partition, instance, subnet)
        self._check_groups(partition, found, subnet)
        plans = self._plans(partition, found, subnet).values()
        capacity.check_subnet(partition, subnet, combined(plans))
        return found, subnet

    def _check_subnet(self, partition: Partition) -> Subnet:
        if self.network_id is not None:
            lookup.network(partition.graph, self.network_id)
        subnet = lookup.ready_subnet(partition.graph, self.subnet_id)
        if self.network_id not in {None, subnet.network_id}:
            network_id = str(self.network_id)
            raise errors.SubnetNetworkMismatch(subnet.id, subnet.network_id, network_id, network_id)
        return subnet

    def _check_place(self, instance: Instance, subnet: Subnet) -> None:
        if instance.classic:
            raise errors.InstanceClassicNetwork(instance.id)
        if self.network_id is None and subnet.network_id != instance.network_id:
            raise errors.SubnetNetworkMismatch(
                subnet.id, subnet.network_id, instance.id, instance.network_id
            )
        if subnet.zone != instance.zone:
            raise errors.SubnetZoneMismatch(subnet.id, subnet.zone, instance.zone)

    def _check_held(self, partition: Partition, instance: Instance, subnet: Subnet) -> None:
        """Raise what stands on the place of an instance."""
        graph, primary = partition.graph, _primary(partition, instance)
        leaves = subnet.network_id != instance.network_id
        if leaves:
            for other in compatibility.other_interfaces(graph, primary, instance):
                raise errors.InstanceHoldsInterfaces(instance.id, other.id)
        if primary.ipv4_singles > 1 or primary.ipv4_prefixes:
            raise errors.PrimaryHoldsIpv4(primary.id, instance.id)
        if subnet.id == instance.subnet_id:
            return
        if primary.ipv6 or primary.ipv6_prefixes:
            raise errors.PrimaryHoldsIpv6(primary.id, instance.id)
        for carrier_id in (instance.id, primary.id):
            carried = graph.virtual_addresses_by_carrier.ids(carrier_id)
            for address_id in (*carried, *graph.virtual_addresses_by_interface.ids(carrier_id)):
                raise errors.InstanceHoldsVirtualAddresses(instance.id, address_id)
        if leaves and partition.rules.routes_hold:
            for route_id in graph.routes_by_hop.ids(instance.id):
                raise errors.InstanceHoldsRoutes(instance.id, route_id)

    def _check_groups(self, partition: Partition, found: tuple[Instance, ...], subnet: Subnet) -> None:
        """Raise where a primary interface cannot be in its groups, or in its new ones, from then on."""
        graph, rules = partition.graph, partition.rules
        primaries = [_primary(partition, instance) for instance in found]
        for instance, primary in zip(found, primaries, strict=True):
            group_ids = primary.group_ids if self.group_ids is None else self.group_ids
            if rules.interface_needs_group and not group_ids:
                raise errors.GroupRequired(primary.id)
            if self.group_ids is None and subnet.network_id == instance.network_id:
                continue
            lookup.groups_for(graph, rules, group_ids, subnet.network_id, primary.id)
            others = compatibility.other_interfaces(graph, primary, instance)
            together = (*group_ids, *(group_id for other in others for group_id in other.group_ids))
            instance_type = rules.instance_types[instance.type_name]
            compatibility.check_kinds(graph, together, instance.id, instance_type)
        for group_id in dict.fromkeys(self.group_ids or ()):
            new = [primary for primary in primaries if group_id not in primary.group_ids]
            addresses = sum(primary.ipv4_singles for primary in new)
            capacity.check_groups(partition, [lookup.group(graph, group_id)], addresses, len(new))

    def _plans(
        self, partition: Partition, found: tuple[Instance, ...], subnet: Subnet
    ) -> dict[str, AddressPlan]:
        """Return what each primary interface wants of the subnet, without those that want nothing new."""
        plans = {}
        for place, instance in enumerate(found):
            primary = _primary(partition, instance)
            ip = self.primary_ips[place] if self.primary_ips else None
            leaves = self.renew or subnet.id != instance.subnet_id
            if leaves or ip not in {None, primary.primary_ip}:
                plans[primary.id] = AddressPlan(primary=AddressRequest(ip))
        return plans


def _primary(partition: Partition, instance: Instance) -> Interface:
    graph = partition.graph
    return graph.interfaces[graph.primary_interfaces[instance.id]]
