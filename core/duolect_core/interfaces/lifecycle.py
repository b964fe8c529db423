"""Creating, attaching, detaching and deleting elastic network interfaces.

The order of the checks is the same for every command: what is named exists, it is the caller's, its state
allows it, the things fit together, the limits hold.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.by_fields import Value, statically_frozen
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import (
    INTERFACE_LIFECYCLE,
    AddressState,
    InterfaceState,
    Trigger,
    allowed_from,
)
from duolect_core.model.resources import (
    NO_EXTRAS,
    Attachment,
    Interface,
    InterfaceKind,
    OperationKind,
    SecurityGroup,
    Subnet,
)
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import capacity, compatibility, lookup, removal
from duolect_core.relations.address_plans import ANY_PRIMARY, AddressPlan, Taken

_DETACHABLE = allowed_from(INTERFACE_LIFECYCLE, Trigger.DETACH)
_DELETABLE = (InterfaceState.AVAILABLE,)
_ATTACHED = (InterfaceState.ATTACHING, InterfaceState.IN_USE)
_CREATABLE = (InterfaceKind.SECONDARY, InterfaceKind.TRUNK)


@statically_frozen(kw_only=True, eq=False, repr=False)
class CreateInterface(Value):
    """Create a secondary or trunk interface in a subnet.

    ``network_id`` is checked against the subnet's where the caller names one. ``delete_on_release`` None
    means the cloud's default.

    Raises:
        NetworkNotFound, SubnetNotFound, SubnetBusy, SubnetNetworkMismatch: what was named.
        InterfaceKindUnsupported: a primary interface comes with its instance, a member by attaching.
        GroupRequired and what ``lookup.groups_for`` raises: the security groups.
        what ``AddressPlan.check`` raises: the addresses.
        InterfaceQuotaExceeded, NetworkInterfaceQuotaExceeded, DetachedAddressesExceeded,
        GroupMembersExceeded, GroupInterfacesExceeded, TagQuotaExceeded: a limit is reached.
    """

    subnet_id: str
    network_id: str | None = None
    group_ids: tuple[str, ...] = ()
    kind: InterfaceKind = InterfaceKind.SECONDARY
    addresses: AddressPlan = ANY_PRIMARY
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    delete_on_release: bool | None = None
    protected: bool = False
    managed: bool = False
    rdma: bool = False
    queues: int | None = None
    queue_pairs: int | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Interface:
        """Return the new interface."""
        interface = self.add(partition, self.check(partition))
        if interface.state is InterfaceState.PENDING:
            _, (interface.pending,) = partition.begin(
                OperationKind.CREATE_INTERFACE,
                Trigger.PROVISIONED,
                partition.rules.durations.provision_interface,
                interface.id,
            )
        return interface

    def check(self, partition: Partition) -> Subnet:
        """Return the subnet that the interface will be in, or raise what keeps it from being created."""
        graph, rules = partition.graph, partition.rules
        if self.network_id is not None:
            lookup.network(graph, self.network_id)
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        if self.network_id is not None and self.network_id != subnet.network_id:
            raise errors.SubnetNetworkMismatch(
                subnet.id, subnet.network_id, str(self.network_id), str(self.network_id)
            )
        if self.kind not in _CREATABLE:
            raise errors.InterfaceKindUnsupported("", self.kind)
        if rules.interface_needs_group and not self.group_ids:
            raise errors.GroupRequired("")
        groups = lookup.groups_for(graph, rules, self.group_ids, subnet.network_id, subnet.id)
        capacity.check_subnet(partition, subnet, self.addresses)
        self._check_quotas(partition, subnet, groups)
        return subnet

    def _check_quotas(
        self, partition: Partition, subnet: Subnet, groups: tuple[SecurityGroup, ...]
    ) -> None:
        graph, rules = partition.graph, partition.rules
        quotas = rules.quotas
        if self.tags:
            lookup.check_tags(rules, self.tags)
        if quotas.interfaces is not None and len(graph.interfaces) >= quotas.interfaces:
            raise errors.InterfaceQuotaExceeded(rules.region, quotas.interfaces)
        limit = quotas.interfaces_per_network
        if limit is not None:
            secondary = capacity.secondary_interfaces(graph, subnet.network_id)
            if secondary >= limit:
                raise errors.NetworkInterfaceQuotaExceeded(subnet.network_id, limit)
        addresses = self.addresses
        capacity.check_detached(rules, "", addresses.ipv4_count, addresses.ipv6_count)
        capacity.check_groups(partition, groups, 1 + len(addresses.secondaries))

    def add(self, partition: Partition, subnet: Subnet) -> Interface:
        """Put in the interface that ``check`` admitted; where that takes time it is PENDING."""
        if partition.takes_time(partition.rules.create_is_asynchronous):
            return self.put(partition, subnet, AddressState.PENDING, InterfaceState.PENDING)
        return self.put(partition, subnet, AddressState.AVAILABLE, InterfaceState.AVAILABLE)

    def put(
        self, partition: Partition, subnet: Subnet, of_addresses: AddressState, state: InterfaceState
    ) -> Interface:
        """Put the interface and its addresses in, in these states."""
        interface_id = partition.new_id(ResourceKind.INTERFACE, partition.graph.interfaces)
        generator = partition.address_generator
        taken = self.addresses.take(partition.graph, subnet, interface_id, generator, of_addresses)
        interface = self.draft(partition, subnet, taken)
        interface.id = interface_id
        interface.order = partition.next_order()
        interface.mac = partition.new_mac()
        interface.state = state
        partition.graph.add_interface(interface)
        return interface

    def draft(self, partition: Partition, subnet: Subnet, taken: Taken) -> Interface:
        """Return the interface with these addresses, as yet without an id, a place or a MAC address."""
        release = self.delete_on_release
        return Interface(
            id="",
            order=0,
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras or NO_EXTRAS,
            kind=self.kind,
            state=InterfaceState.AVAILABLE,
            network_id=subnet.network_id,
            subnet_id=subnet.id,
            zone=subnet.zone,
            mac="",
            group_ids=tuple(dict.fromkeys(self.group_ids)),
            ipv4=taken.ipv4,
            ipv6=taken.ipv6,
            ipv4_prefixes=taken.ipv4_prefixes,
            ipv6_prefixes=taken.ipv6_prefixes,
            delete_on_release=partition.rules.delete_on_release if release is None else release,
            protected=self.protected,
            managed=self.managed,
            rdma=self.rdma,
            queues=self.queues,
            queue_pairs=self.queue_pairs,
        )


@statically_frozen(kw_only=True, eq=False, repr=False)
class AttachInterface(Value):
    """Attach an interface to an instance, or to the instance's trunk where ``trunk_id`` names one.

    ``card`` is the network card of the instance to use; ``extension`` asks for an extension slot.

    Raises:
        InterfaceNotFound, InstanceNotFound, TrunkNotFound: what was named.
        InterfaceManaged, InstanceClassicNetwork: not the caller's to attach.
        InterfaceAlreadyAttached, InterfaceWrongState, InterfaceKindUnsupported, InstanceWrongState,
        GroupRequired: the states.
        NotOnTrunk: it is on another trunk than the one named.
        NetworkMismatch, ZoneMismatch and what ``compatibility.check`` raises: the two do not fit.
    """

    interface_id: str
    instance_id: str
    card: int | None = None
    trunk_id: str | None = None
    extension: bool = False

    def apply(self, partition: Partition) -> Interface:
        """Start the attachment and return the interface, now ATTACHING; a repeated one changes nothing."""
        interface, attachment = self.check(partition)
        if attachment is interface.attachment:
            return interface
        partition.graph.attach(interface, attachment)
        interface.state = INTERFACE_LIFECYCLE[(interface.state, Trigger.ATTACH)]
        duration = partition.rules.durations.attach
        _, (interface.pending,) = partition.begin(
            OperationKind.ATTACH_INTERFACE, Trigger.ATTACHED, duration, interface.id
        )
        return interface

    def check(self, partition: Partition) -> tuple[Interface, Attachment]:
        """Return the interface and its attachment, or raise what keeps it from being attached."""
        graph = partition.graph
        interface = lookup.interface(graph, self.interface_id)
        instance = lookup.instance(graph, self.instance_id)
        if self.trunk_id is not None:
            compatibility.trunk(graph, self.trunk_id)
        present = interface.attachment
        trunk_id = None if present is None else present.trunk_id
        if trunk_id is not None and self.trunk_id not in {None, trunk_id}:
            raise errors.NotOnTrunk(interface.id, str(self.trunk_id))
        if present is not None and self._is_there(partition, interface, present):
            return interface, present
        compatibility.check_free(interface)
        return interface, compatibility.attachment_to(partition, interface, instance, self)

    def _is_there(self, partition: Partition, interface: Interface, present: Attachment) -> bool:
        """Say whether the interface is where it shall be, or on its way there, and that is no mistake."""
        return (
            not partition.rules.strict_repeats
            and not interface.managed
            and interface.kind is not InterfaceKind.PRIMARY
            and interface.state in _ATTACHED
            and present.instance_id == self.instance_id
            and present.trunk_id == self.trunk_id
        )


def _goes_on(partition: Partition, interface: Interface, state: InterfaceState) -> bool:
    """Say whether a repeated change leaves an interface as it is, because the first one is under way.

    One that is held is begun anew instead, but for the first half of an operation that has a second one.
    """
    if interface.state is not state or not partition.rules.repeats_tolerated:
        return False
    return interface.destination is not None or not partition.is_held(interface.pending)


@statically_frozen(kw_only=True, eq=False, repr=False)
class DetachInterface(Value):
    """Detach an interface from the instance that is named, and from the trunk where one is named.

    A detachment that is held is begun anew, where the cloud tolerates that it is repeated.

    Raises:
        InterfaceNotFound, InstanceNotFound, TrunkNotFound: what was named.
        InterfaceManaged: not the caller's to detach.
        InterfaceIsPrimary: a primary interface stays with its instance.
        InterfaceNotAttached: it is attached elsewhere, or nowhere.
        InterfaceWrongState, InstanceWrongState, HotPlugUnsupported: the states.
        NotOnTrunk, TrunkHoldsMembers: the trunk.
    """

    interface_id: str
    instance_id: str
    trunk_id: str | None = None

    def apply(self, partition: Partition) -> Interface:
        """Start the detachment and return the interface, now DETACHING; a repeated one changes nothing."""
        interface = self.check(partition)
        if interface.attachment is None or _goes_on(partition, interface, InterfaceState.DETACHING):
            return interface
        if interface.pending is None:
            interface.state = INTERFACE_LIFECYCLE[(interface.state, Trigger.DETACH)]
        else:
            partition.abort(interface.pending)
        duration = partition.rules.durations.detach
        _, (interface.pending,) = partition.begin(
            OperationKind.DETACH_INTERFACE, Trigger.DETACHED, duration, interface.id
        )
        return interface

    def check(self, partition: Partition) -> Interface:
        """Return the interface, or raise what keeps it attached."""
        graph, rules = partition.graph, partition.rules
        interface = lookup.interface(graph, self.interface_id)
        instance = lookup.instance(graph, self.instance_id)
        if self.trunk_id is not None:
            compatibility.trunk(graph, self.trunk_id)
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        if interface.kind is InterfaceKind.PRIMARY:
            raise errors.InterfaceIsPrimary(interface.id, instance.id)
        attachment = interface.attachment
        if interface.state is InterfaceState.AVAILABLE and not rules.strict_repeats:
            return interface
        if attachment is None or attachment.instance_id != instance.id:
            instance_id = None if attachment is None else attachment.instance_id
            raise errors.InterfaceNotAttached(interface.id, instance.id, instance_id)
        if self.trunk_id is not None and self.trunk_id != attachment.trunk_id:
            raise errors.NotOnTrunk(interface.id, str(self.trunk_id))
        if graph.interfaces_by_trunk.ids(interface.id):
            raise errors.TrunkHoldsMembers(interface.id)
        if _goes_on(partition, interface, InterfaceState.DETACHING):
            return interface
        again = interface.state is InterfaceState.DETACHING and rules.repeats_tolerated
        if not again and interface.state not in _DETACHABLE:
            raise errors.InterfaceWrongState(interface.id, interface.state, _DETACHABLE)
        compatibility.check_instance(instance)
        compatibility.check_hot_plug(rules.instance_types[instance.type_name], instance)
        return interface


@attrs.frozen(eq=False, repr=False)
class DeleteInterface(Value):
    """Delete an interface that is attached to nothing.

    A deletion that is held is begun anew, where the cloud tolerates that it is repeated.

    Raises:
        InterfaceNotFound, InterfaceManaged, InterfaceProtected: there is none to delete.
        InterfaceIsPrimary: a primary interface goes with its instance only.
        InterfaceWrongState, InterfaceAlreadyAttached: it is in use, or on its way.
    """

    interface_id: str

    def apply(self, partition: Partition) -> Interface:
        """Start the deletion and return the interface, now DELETING; GONE if it could not be created."""
        interface = self.check(partition)
        if _goes_on(partition, interface, InterfaceState.DELETING):
            return interface
        addresses = interface.ipv4, interface.ipv6  # which are PENDING if it could not be created
        if interface.pending is None:
            interface.state = INTERFACE_LIFECYCLE[(interface.state, Trigger.DELETE)]
        else:
            partition.abort(interface.pending)
        if interface.state is InterfaceState.GONE:
            interface.ipv4, interface.ipv6 = addresses
            removal.remove_interface(partition, interface)
            return interface
        duration = partition.rules.durations.delete_interface
        _, (interface.pending,) = partition.begin(
            OperationKind.DELETE_INTERFACE, Trigger.DELETED, duration, interface.id
        )
        return interface

    def check(self, partition: Partition) -> Interface:
        """Return the interface, or raise what keeps it from being deleted."""
        interface = lookup.interface(partition.graph, self.interface_id)
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        if interface.kind is InterfaceKind.PRIMARY and interface.attachment is not None:
            raise errors.InterfaceIsPrimary(interface.id, interface.attachment.instance_id)
        if interface.state is InterfaceState.IN_USE and interface.attachment is not None:
            raise errors.InterfaceAlreadyAttached(interface.id, interface.attachment.instance_id)
        if _goes_on(partition, interface, InterfaceState.DELETING):
            return interface
        again = interface.state is InterfaceState.DELETING and partition.rules.repeats_tolerated
        if not again and interface.state not in {*_DELETABLE, InterfaceState.CREATE_FAILED}:
            raise errors.InterfaceWrongState(interface.id, interface.state, _DELETABLE)
        if interface.protected:
            raise errors.InterfaceProtected(interface.id)
        return interface
