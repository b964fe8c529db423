"""Instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.alarms import AlarmTables
from duolect_core.graph.index import Index, Names
from duolect_core.model.resources import Subnet

if TYPE_CHECKING:
    from duolect_core.model.instances import Instance, Subscription


class InstanceTables(AlarmTables):
    """The instances of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.instances: dict[str, Instance] = {}
        self.instances_by_subnet: Index[str] = Index()
        self.instances_by_network: Index[str] = Index()
        self.instances_by_key_pair: Index[str] = Index()
        self.instances_by_placement_group: Index[str] = Index()
        self.instance_names = Names(self.instances)
        self.primary_interfaces: dict[str, str] = {}
        """The primary interface of each instance."""

    def add_instance(self, instance: Instance) -> None:
        """Put a new instance in; its primary interface is added on its own."""
        self.instances[instance.id] = instance
        self.instances_by_subnet.add(instance.subnet_id, instance.id, instance.order)
        self.instances_by_network.add(instance.network_id, instance.id, instance.order)
        self._note_keys(instance)
        self._note_place(instance)
        self.subscribe(instance, instance.subscription)
        self._tag(instance)
        self.instance_names.add(instance)

    def remove_instance(self, instance: Instance) -> None:
        """Take an instance out; its interfaces must have gone or been detached."""
        self._untag(instance)
        self.instance_names.discard(instance)
        self.set_keys(instance, ())
        self.put_in_group(instance, "")
        self.instances_by_network.discard(instance.network_id, instance.id)
        self.instances_by_subnet.discard(instance.subnet_id, instance.id)
        del self.instances[instance.id]

    def subscribe(self, instance: Instance, subscription: Subscription | None) -> None:
        """Say for how long an instance is paid in advance; None is that it is paid by use."""
        instance.subscription = subscription
        if subscription is not None and subscription.due is not None:
            self.set_alarm(instance, subscription.due)

    def place_instance(self, instance: Instance, subnet: Subnet) -> None:
        """Say in which subnet an instance is; its primary interface is put there on its own."""
        self.instances_by_network.discard(instance.network_id, instance.id)
        self.instances_by_subnet.discard(instance.subnet_id, instance.id)
        instance.network_id, instance.subnet_id = subnet.network_id, subnet.id
        instance.zone = subnet.zone
        self.instances_by_subnet.add(instance.subnet_id, instance.id, instance.order)
        self.instances_by_network.add(instance.network_id, instance.id, instance.order)

    def set_keys(self, instance: Instance, key_pair_ids: tuple[str, ...]) -> None:
        """Say which key pairs open an instance."""
        for key_pair_id in instance.key_pair_ids:
            self.instances_by_key_pair.discard(key_pair_id, instance.id)
        instance.key_pair_ids = key_pair_ids
        self._note_keys(instance)

    def _note_keys(self, instance: Instance) -> None:
        for key_pair_id in instance.key_pair_ids:
            self.instances_by_key_pair.add(key_pair_id, instance.id, instance.order)

    def put_in_group(self, instance: Instance, group_id: str, partition: int = 0) -> None:
        """Say in which placement group an instance is, and in which partition of it; empty is in none."""
        if instance.placement_group_id:
            self.instances_by_placement_group.discard(instance.placement_group_id, instance.id)
        instance.placement_group_id, instance.partition = group_id, partition
        self._note_place(instance)

    def _note_place(self, instance: Instance) -> None:
        if instance.placement_group_id:
            group_id = instance.placement_group_id
            self.instances_by_placement_group.add(group_id, instance.id, instance.order)
