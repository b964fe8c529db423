"""Running, starting, stopping and deleting instances, together with their primary interfaces."""

from collections import ChainMap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from duolect_core.commands import lookup, room
from duolect_core.commands.addresses import ANY_PRIMARY, Plan, Wanted, take_together
from duolect_core.errors import (
    GroupKindUnsupported,
    GroupRequired,
    InstanceProtected,
    InstanceQuotaExceeded,
    InstanceTypeNotFound,
    InstanceWrongState,
    QueuesPerInterfaceExceeded,
    SubnetNetworkMismatch,
    SubnetZoneMismatch,
)
from duolect_core.lifecycle import (
    INSTANCE_LIFECYCLE,
    AddressState,
    InstanceState,
    InterfaceState,
    Trigger,
    allowed_from,
)
from duolect_core.model import (
    Attachment,
    Granted,
    GroupKind,
    Instance,
    Interface,
    InterfaceKind,
    Subnet,
)
from duolect_core.rules import InstanceType, ResourceKind

if TYPE_CHECKING:
    from duolect_core.partition import Partition


@attrs.frozen(kw_only=True)
class RunInstances:
    """Create instances of one type in one subnet, each with its primary interface.

    ``names`` gives each instance its name (and so their number). ``boot`` False leaves them stopped.
    ``addresses`` is what the primary interface of each gets: with certain addresses there can be only
    one instance. ``primary_ips`` instead names the primary address of each, in the order of the names,
    and so does ``extras_of_each``: a command in which they are not as many as names cannot be built.
    ``interface_extras`` is stored on the primary interfaces, ``extras`` on the instances, together with
    what ``extras_of_each`` holds for each of them. ``interface_name`` None means the cloud's own name.

    Raises:
        InstanceTypeNotFound, NetworkNotFound, SubnetNotFound, SubnetBusy, GroupNotFound: what was named.
        SubnetNetworkMismatch, SubnetZoneMismatch: the named places do not fit together.
        GroupRequired, GroupKindUnsupported and what ``lookup.groups_for`` raises: the groups.
        Ipv4PerInterfaceExceeded, Ipv6PerInterfaceExceeded, Ipv6Unsupported,
        QueuesPerInterfaceExceeded: the type's limits.
        what ``Plan.check`` raises: the addresses.
        InstanceQuotaExceeded, TagQuotaExceeded, GroupMembersExceeded: a limit is reached.
    """

    type_name: str
    subnet_id: str
    names: tuple[str, ...]
    network_id: str | None = None
    zone: str | None = None
    group_ids: tuple[str, ...] = ()
    addresses: Plan = ANY_PRIMARY
    primary_ips: tuple[int, ...] = ()
    boot: bool = True
    description: str = ""
    protected: bool = False
    classic: bool = False
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    extras_of_each: tuple[Mapping[str, Any], ...] = ()
    interface_extras: Mapping[str, Any] = attrs.field(factory=dict)
    interface_name: str | None = None
    interface_description: str = ""
    queues: int | None = None

    def __attrs_post_init__(self) -> None:
        """Raise ``ValueError`` unless what is said of each instance is said of all of them."""
        if {len(self.primary_ips), len(self.extras_of_each)} - {0, len(self.names)}:
            raise ValueError("primary_ips and extras_of_each go with names one by one")

    def apply(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the new instances, in the order of their names."""
        subnet = self.check(partition)
        plans: dict[str, Plan] = {}
        for place in range(len(self.names)):
            taken = ChainMap[str, Any](plans, partition.graph.interfaces)
            plans[partition.new_id(ResourceKind.INTERFACE, taken)] = self._plan(place)
        granted = take_together(plans, subnet, partition.generator, AddressState.AVAILABLE)
        instances = tuple(
            self._create(partition, subnet, place, interface_id, granted[interface_id])
            for place, interface_id in enumerate(plans)
        )
        self._boot(partition, instances)
        return instances

    def check(self, partition: "Partition") -> Subnet:
        """Return the subnet that the instances will be in, or raise what keeps them from being created."""
        graph, rules = partition.graph, partition.rules
        instance_type = rules.instance_types.get(self.type_name)
        if instance_type is None:
            raise InstanceTypeNotFound(self.type_name)
        subnet = self._check_place(partition)
        if rules.interface_needs_group and not self.group_ids:
            raise GroupRequired("")
        groups = lookup.groups_for(graph, rules, self.group_ids, subnet.network_id, subnet.id)
        if not instance_type.supports_enterprise_groups and any(
            group.kind is GroupKind.ENTERPRISE for group in groups
        ):
            raise GroupKindUnsupported(instance_type.name, GroupKind.ENTERPRISE)
        self._check_addresses(subnet)
        self._check_limits(partition, instance_type)
        each = 1 + len(self.addresses.secondaries)
        room.check_groups(partition, groups, each * len(self.names), len(self.names))
        return subnet

    def _check_place(self, partition: "Partition") -> Subnet:
        graph = partition.graph
        if self.network_id is not None:
            lookup.network(graph, self.network_id)
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        if self.network_id not in {None, subnet.network_id}:
            raise SubnetNetworkMismatch(
                subnet.id, subnet.network_id, str(self.network_id), str(self.network_id)
            )
        if self.zone not in {None, subnet.zone}:
            raise SubnetZoneMismatch(subnet.id, subnet.zone, str(self.zone))
        return subnet

    def _check_addresses(self, subnet: Subnet) -> None:
        copies = len(self.names)
        if not self.primary_ips:
            self.addresses.check(subnet, copies)
            return
        each = self.addresses
        first, *others = (Wanted(ip) for ip in self.primary_ips)
        Plan(
            primary=first,
            secondaries=(*others, *each.secondaries * copies),
            ipv6=each.ipv6 * copies,
            ipv4_prefixes=each.ipv4_prefixes * copies,
            ipv6_prefixes=each.ipv6_prefixes * copies,
        ).check(subnet)

    def _check_limits(self, partition: "Partition", instance_type: InstanceType) -> None:
        rules = partition.rules
        limit = rules.quotas.instances
        if limit is not None and len(partition.graph.instances) + len(self.names) > limit:
            raise InstanceQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)
        room.check_attached("", instance_type, self.addresses.ipv4_count, self.addresses.ipv6_count)
        if self.queues is not None and self.queues > instance_type.queues_per_interface:
            raise QueuesPerInterfaceExceeded("", instance_type.queues_per_interface)

    def _plan(self, place: int) -> Plan:
        """Return what the primary interface of one of the instances gets."""
        if not self.primary_ips:
            return self.addresses
        return attrs.evolve(self.addresses, primary=Wanted(self.primary_ips[place]))

    def _create(
        self, partition: "Partition", subnet: Subnet, place: int, interface_id: str, granted: Granted
    ) -> Instance:
        graph, rules = partition.graph, partition.rules
        instance = Instance(
            id=partition.new_id(ResourceKind.INSTANCE, graph.instances),
            order=partition.next_order(),
            created=partition.now,
            name=self.names[place],
            description=self.description,
            tags=dict(self.tags),
            extras={**self.extras, **self.extras_of_each[place]} if self.extras_of_each else self.extras,
            type_name=self.type_name,
            state=InstanceState.PENDING,
            network_id=subnet.network_id,
            subnet_id=subnet.id,
            zone=subnet.zone,
            protected=self.protected,
            classic=self.classic,
        )
        graph.add_instance(instance)
        graph.add_interface(
            Interface(
                id=interface_id,
                order=partition.next_order(),
                created=partition.now,
                name=rules.primary_name.format(instance=instance.id)
                if self.interface_name is None
                else self.interface_name,
                description=self.interface_description,
                queues=self.queues,
                extras=self.interface_extras,
                kind=InterfaceKind.PRIMARY,
                state=InterfaceState.IN_USE,
                network_id=subnet.network_id,
                subnet_id=subnet.id,
                zone=subnet.zone,
                mac=partition.new_mac(),
                group_ids=tuple(dict.fromkeys(self.group_ids)),
                ipv4=granted.ipv4,
                ipv6=granted.ipv6,
                ipv4_prefixes=granted.ipv4_prefixes,
                ipv6_prefixes=granted.ipv6_prefixes,
                attachment=Attachment(instance.id, 0, partition.now),
                delete_on_release=True,
            ),
            primary_of=instance.id,
        )
        return instance

    def _boot(self, partition: "Partition", instances: tuple[Instance, ...]) -> None:
        if not self.boot:
            trigger = Trigger.PROVISIONED
        elif partition.rules.boot_shows_starting:
            trigger = Trigger.BOOT
        else:
            trigger = Trigger.STARTED
        _begin(partition, "run-instances", trigger, partition.rules.durations.boot, instances)


def _begin(
    partition: "Partition",
    kind: str,
    trigger: Trigger,
    duration: int,
    instances: tuple[Instance, ...],
) -> None:
    """Begin the operation of a command on instances; a command that names none begins nothing."""
    if not instances:
        return
    operation, numbers = partition.begin(kind, trigger, duration, *(instance.id for instance in instances))
    for instance, number in zip(instances, numbers, strict=True):
        instance.pending = number
        instance.operation = operation


def _named(
    partition: "Partition", instance_ids: tuple[str, ...], allowed: tuple[InstanceState, ...]
) -> tuple[Instance, ...]:
    """Return the named instances, all of which must be in an allowed state."""
    instances = tuple(
        lookup.instance(partition.graph, instance_id) for instance_id in dict.fromkeys(instance_ids)
    )
    for instance in instances:
        if instance.state not in allowed:
            raise InstanceWrongState(instance.id, instance.state, allowed)
    return instances


@attrs.frozen
class StartInstances:
    """Start stopped instances: all of them, or none.

    Raises:
        InstanceNotFound, InstanceWrongState: one of them cannot be started.
    """

    instance_ids: tuple[str, ...]

    def apply(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, now STARTING."""
        instances = self.check(partition)
        for instance in instances:
            instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.START)]
        duration = partition.rules.durations.start
        _begin(partition, "start-instances", Trigger.STARTED, duration, instances)
        return instances

    def check(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being started."""
        return _named(partition, self.instance_ids, allowed_from(INSTANCE_LIFECYCLE, Trigger.START))


@attrs.frozen
class StopInstances:
    """Stop running instances: all of them, or none. Their interfaces stay attached.

    ``extras`` is stored on the instances, over what they have.

    Raises:
        InstanceNotFound, InstanceWrongState: one of them cannot be stopped.
    """

    instance_ids: tuple[str, ...]
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, now STOPPING."""
        instances = self.check(partition)
        for instance in instances:
            instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.STOP)]
            instance.extras = {**instance.extras, **self.extras}
        duration = partition.rules.durations.stop
        _begin(partition, "stop-instances", Trigger.STOPPED, duration, instances)
        return instances

    def check(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being stopped."""
        return _named(partition, self.instance_ids, allowed_from(INSTANCE_LIFECYCLE, Trigger.STOP))


@attrs.frozen(kw_only=True)
class DeleteInstances:
    """Delete instances: all of them, or none. ``force`` allows running ones.

    Raises:
        InstanceNotFound, InstanceWrongState, InstanceProtected: one of them cannot be deleted.
    """

    instance_ids: tuple[str, ...]
    force: bool = False

    def apply(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, now DELETING."""
        instances = self.check(partition)
        for instance in instances:
            instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.DELETE)]
        duration = partition.rules.durations.delete_instance
        _begin(partition, "delete-instances", Trigger.DELETED, duration, instances)
        return instances

    def check(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being deleted."""
        allowed = (
            allowed_from(INSTANCE_LIFECYCLE, Trigger.DELETE) if self.force else (InstanceState.STOPPED,)
        )
        instances = _named(partition, self.instance_ids, allowed)
        for instance in instances:
            if instance.protected:
                raise InstanceProtected(instance.id)
        return instances
