"""Running, starting, rebooting, stopping and deleting instances, together with their interfaces."""

from collections import ChainMap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from duolect_core.engine import transitions
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
from duolect_core.interfaces import secondaries
from duolect_core.interfaces.secondaries import Secondary
from duolect_core.model.lifecycles import (
    INSTANCE_LIFECYCLE,
    AddressState,
    InstanceState,
    InterfaceState,
    Trigger,
    allowed_from,
)
from duolect_core.model.resources import (
    Attachment,
    Granted,
    GroupKind,
    Instance,
    Interface,
    InterfaceKind,
    Subnet,
)
from duolect_core.model.rules import InstanceType, ResourceKind
from duolect_core.relations import capacity, lookup
from duolect_core.relations.address_plans import (
    ANY_PRIMARY,
    AddressPlan,
    AddressRequest,
    take_together,
    together,
)

if TYPE_CHECKING:
    from duolect_core.engine.partition import Partition


@attrs.frozen(kw_only=True)
class RunInstances:
    """Create instances of one type in one subnet, each with its primary interface and its ``secondaries``.

    ``names`` gives each instance its name (and so their number). ``boot`` False leaves them stopped.
    ``addresses`` is what the primary interface of each gets: with certain addresses there can be only
    one instance. ``primary_ips`` instead names the primary address of each, in the order of the names,
    and so does ``extras_of_each``: a command in which they are not as many as names cannot be built.
    ``interface_tags`` and ``interface_extras`` are those of the primary interfaces; the instances have
    ``tags``, and ``extras`` together with what ``extras_of_each`` holds for each of them.
    ``interface_name`` None means the cloud's own name.

    Raises:
        InstanceTypeNotFound, NetworkNotFound, SubnetNotFound, SubnetBusy, GroupNotFound: what was named.
        SubnetNetworkMismatch, SubnetZoneMismatch: the named places do not fit together.
        GroupRequired, GroupKindUnsupported and what ``lookup.groups_for`` raises: the groups.
        Ipv4PerInterfaceExceeded, Ipv6PerInterfaceExceeded, Ipv6Unsupported,
        QueuesPerInterfaceExceeded: the type's limits.
        what ``AddressPlan.check`` raises: the addresses.
        InstanceQuotaExceeded, TagQuotaExceeded, GroupMembersExceeded: a limit is reached.
        what ``secondaries.check`` raises: the secondary interfaces.
    """

    type_name: str
    subnet_id: str
    names: tuple[str, ...]
    network_id: str | None = None
    zone: str | None = None
    group_ids: tuple[str, ...] = ()
    addresses: AddressPlan = ANY_PRIMARY
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
    interface_tags: Mapping[str, str] = attrs.field(factory=dict)
    queues: int | None = None
    secondaries: tuple[Secondary, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Raise ``ValueError`` unless what is said of each instance is said of all of them."""
        if {len(self.primary_ips), len(self.extras_of_each)} - {0, len(self.names)}:
            raise ValueError("primary_ips and extras_of_each go with names one by one")

    def apply(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the new instances, in the order of their names."""
        subnet = self.check(partition)
        instances, coming = [], []
        for place, granted in enumerate(self._take(partition)):
            instance = self._create(partition, subnet, place, *granted[0])
            instances.append(instance)
            coming += secondaries.add(partition, self.secondaries, instance, granted[1:])
        secondaries.begin(partition, coming)
        self._boot(partition, tuple(instances))
        return tuple(instances)

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
        self._check_addresses(partition, ())
        self._check_limits(partition, instance_type)
        primary = self._primary(partition, subnet, self.addresses.sketch())
        secondaries.check(partition, self.secondaries, primary, instance_type, len(self.names))
        self._check_addresses(partition, self.secondaries)
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

    def _check_addresses(self, partition: "Partition", beside: tuple[Secondary, ...]) -> None:
        """Raise where a subnet cannot grant what all instances want, the interfaces ``beside`` included."""
        wanted: dict[str, list[AddressPlan]] = {}
        for place in range(len(self.names)):
            for subnet_id, plan in self._plans(place, beside):
                wanted.setdefault(subnet_id, []).append(plan)
        for subnet_id, plans in wanted.items():
            capacity.check_subnet(partition, partition.graph.subnets[subnet_id], together(plans))

    def _check_limits(self, partition: "Partition", instance_type: InstanceType) -> None:
        rules = partition.rules
        limit = rules.quotas.instances
        if limit is not None and len(partition.graph.instances) + len(self.names) > limit:
            raise InstanceQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)
        lookup.check_tags(rules, self.interface_tags)
        capacity.check_attached("", instance_type, self.addresses.ipv4_count, self.addresses.ipv6_count)
        if self.queues is not None and self.queues > instance_type.queues_per_interface:
            raise QueuesPerInterfaceExceeded("", instance_type.queues_per_interface)

    def _plans(self, place: int, beside: tuple[Secondary, ...]) -> list[tuple[str, AddressPlan]]:
        """Return the subnet and the addresses of each new interface of one of the instances."""
        plan = self.addresses
        if self.primary_ips:
            plan = attrs.evolve(plan, primary=AddressRequest(self.primary_ips[place]))
        return [(self.subnet_id, plan), *secondaries.plans(beside)]

    def _take(self, partition: "Partition") -> list[list[tuple[str, Granted]]]:
        """Take all addresses; return for each instance its new interfaces' ids and addresses."""
        graph, new = partition.graph, dict[str, str]()
        taken = ChainMap[str, Any](new, graph.interfaces)
        wanted: dict[str, dict[str, AddressPlan]] = {}
        ids: list[list[str]] = [[] for _ in self.names]
        for place, mine in enumerate(ids):
            for subnet_id, plan in self._plans(place, self.secondaries):
                interface_id = partition.new_id(ResourceKind.INTERFACE, taken)
                new[interface_id] = subnet_id
                wanted.setdefault(subnet_id, {})[interface_id] = plan
                mine.append(interface_id)
        granted: dict[str, Granted] = {}
        for subnet_id, plans in wanted.items():
            subnet = graph.subnets[subnet_id]
            granted |= take_together(plans, subnet, partition.generator, AddressState.AVAILABLE)
        return [[(each, granted[each]) for each in mine] for mine in ids]

    def _create(
        self, partition: "Partition", subnet: Subnet, place: int, interface_id: str, granted: Granted
    ) -> Instance:
        graph = partition.graph
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
        primary = self._primary(partition, subnet, granted)
        primary.id = interface_id
        primary.order = partition.next_order()
        primary.mac = partition.new_mac()
        primary.attachment = Attachment(instance.id, 0, partition.now)
        if self.interface_name is None:
            primary.name = partition.rules.primary_name.format(instance=instance.id)
        graph.add_interface(primary, primary_of=instance.id)
        return instance

    def _primary(self, partition: "Partition", subnet: Subnet, granted: Granted) -> Interface:
        """Return a primary interface, as yet without an id, a place, a MAC address and an instance."""
        return Interface(
            id="",
            order=0,
            created=partition.now,
            name=self.interface_name or "",
            description=self.interface_description,
            tags=dict(self.interface_tags),
            queues=self.queues,
            extras=self.interface_extras,
            kind=InterfaceKind.PRIMARY,
            state=InterfaceState.IN_USE,
            network_id=subnet.network_id,
            subnet_id=subnet.id,
            zone=subnet.zone,
            mac="",
            group_ids=tuple(dict.fromkeys(self.group_ids)),
            ipv4=granted.ipv4,
            ipv6=granted.ipv6,
            ipv4_prefixes=granted.ipv4_prefixes,
            ipv6_prefixes=granted.ipv6_prefixes,
            delete_on_release=True,
        )

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


def named(
    partition: "Partition",
    instance_ids: tuple[str, ...],
    allowed: tuple[InstanceState, ...],
    *tolerated: InstanceState,
) -> tuple[Instance, ...]:
    """Return the named instances, all of which must be in an allowed state or in one that is tolerated."""
    instances = tuple(
        lookup.instance(partition.graph, instance_id) for instance_id in dict.fromkeys(instance_ids)
    )
    for instance in instances:
        if instance.state not in {*allowed, *tolerated}:
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
        return named(partition, self.instance_ids, allowed_from(INSTANCE_LIFECYCLE, Trigger.START))


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
        return named(partition, self.instance_ids, allowed_from(INSTANCE_LIFECYCLE, Trigger.STOP))


@attrs.frozen
class RebootInstances:
    """Reboot running instances: all of them, or none.

    Raises:
        InstanceNotFound, InstanceWrongState: one of them cannot be rebooted.
    """

    instance_ids: tuple[str, ...]

    def apply(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, now REBOOTING."""
        instances = self.check(partition)
        reboot(partition, "reboot-instances", instances)
        return instances

    def check(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being rebooted."""
        return named(partition, self.instance_ids, allowed_from(INSTANCE_LIFECYCLE, Trigger.REBOOT))


def reboot(partition: "Partition", kind: str, instances: tuple[Instance, ...]) -> None:
    """Begin to reboot instances that are RUNNING, as an operation of this kind."""
    for instance in instances:
        instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.REBOOT)]
    _begin(partition, kind, Trigger.REBOOTED, partition.rules.durations.reboot, instances)


@attrs.frozen(kw_only=True)
class DeleteInstances:
    """Delete instances: all of them, or none. ``force`` allows running ones.

    Raises:
        InstanceNotFound, InstanceWrongState, InstanceProtected: one of them cannot be deleted.
    """

    instance_ids: tuple[str, ...]
    force: bool = False

    def apply(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, now DELETING; those that could not be launched are GONE."""
        instances = self.check(partition)
        for instance in instances:
            instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.DELETE)]
            if instance.state is InstanceState.GONE:
                transitions.remove_instance(partition, instance)
        going = tuple(instance for instance in instances if instance.state is InstanceState.DELETING)
        duration = partition.rules.durations.delete_instance
        _begin(partition, "delete-instances", Trigger.DELETED, duration, going)
        return instances

    def check(self, partition: "Partition") -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being deleted."""
        allowed = (InstanceState.STOPPED, InstanceState.RUNNING) if self.force else (InstanceState.STOPPED,)
        instances = named(partition, self.instance_ids, allowed, InstanceState.LAUNCH_FAILED)
        for instance in instances:
            if instance.protected:
                raise InstanceProtected(instance.id)
        return instances
