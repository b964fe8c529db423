"""Running instances: creating them together with their interfaces."""

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.disks import making
from duolect_core.engine.partition import Partition
from duolect_core.instances import lapses, operations
from duolect_core.interfaces import secondaries
from duolect_core.interfaces.secondaries import Secondary
from duolect_core.model.disks import NewDisk
from duolect_core.model.instances import Instance, Term
from duolect_core.model.lifecycles import AddressState, InstanceState, InterfaceState, Trigger
from duolect_core.model.resources import (
    Attachment,
    GroupKind,
    Interface,
    InterfaceKind,
    OperationKind,
    Subnet,
)
from duolect_core.model.rules import InstanceType, ResourceKind
from duolect_core.relations import capacity, lookup, placement
from duolect_core.relations.address_plans import (
    ANY_PRIMARY,
    AddressPlan,
    AddressRequest,
    Taken,
    combined,
    take_together,
)


@attrs.frozen(kw_only=True)
class RunInstances:
    """Create instances of one type in one subnet, each with its primary interface and its ``secondaries``.

    ``names`` gives each instance its name (and so their number). ``boot`` False leaves them stopped.
    ``addresses`` is what the primary interface of each gets: with certain addresses there can be only
    one instance. ``primary_ips`` instead names the primary address of each, in the order of the names,
    and so does ``extras_of_each``: a command in which they are not as many as names cannot be built.
    ``interface_tags`` and ``interface_extras`` are those of the primary interfaces; the instances have
    ``tags``, and ``extras`` together with what ``extras_of_each`` holds for each of them.
    ``interface_name`` None means the cloud's own name. ``public`` gives each a public address of its own,
    and ``key_pair_ids`` names the key pairs that open it. ``placement_group_id`` is where they stand, in
    the partition of a number or for 0 in those with most room. ``disks`` come along with each, the first
    one as its system disk, with ``disk_tags``. They are paid in advance for a ``term``, if one is given,
    and whenever that is over for the term that it ``renews``.

    Raises:
        InstanceTypeNotFound, NetworkNotFound, SubnetNotFound, SubnetBusy, GroupNotFound, KeyPairNotFound:
            what was named.
        ZoneNotSold, InstanceTypeNotSold: there are no such instances to be had in the zone.
        SubnetNetworkMismatch, SubnetZoneMismatch: the named places do not fit together.
        GroupRequired, GroupKindUnsupported and what ``lookup.groups_for`` raises: the groups.
        Ipv4PerInterfaceExceeded, Ipv6PerInterfaceExceeded, Ipv6Unsupported,
        QueuesPerInterfaceExceeded: the type's limits.
        what ``AddressPlan.check`` raises: the addresses.
        PublicAddressesExhausted: the region has too few left.
        InstanceQuotaExceeded, TagQuotaExceeded, GroupMembersExceeded: a limit is reached.
        what ``secondaries.check`` raises: the secondary interfaces.
        what ``placement.find_places`` raises: the placement group.
        what ``making.check_new`` raises, DisksPerInstanceExceeded, DeviceInUse: the disks.
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
    public: bool = False
    key_pair_ids: tuple[str, ...] = ()
    placement_group_id: str = ""
    placement_partition: int = 0
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
    disks: tuple[NewDisk, ...] = ()
    disk_tags: Mapping[str, str] = attrs.field(factory=dict)
    term: Term | None = None
    renews: Term | None = None

    def __attrs_post_init__(self) -> None:
        """Raise ``ValueError`` unless what is said of each instance is said of all of them."""
        if {len(self.primary_ips), len(self.extras_of_each)} - {0, len(self.names)}:
            raise ValueError("primary_ips and extras_of_each go with names one by one")

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the new instances, in the order of their names."""
        subnet = self.check(partition)
        instances, coming = [], []
        places = self._places(partition, subnet)
        for place, granted in enumerate(self._take(partition)):
            instance = self._create(partition, subnet, place, *granted[0])
            if places:
                partition.graph.put_in_group(instance, self.placement_group_id, places[place])
            instances.append(instance)
            coming += secondaries.add(partition, self.secondaries, instance, granted[1:])
        for instance in instances:
            making.add_disks(partition, instance, self.disks, self.disk_tags)
        secondaries.begin(partition, coming)
        self._boot(partition, tuple(instances))
        return tuple(instances)

    def check(self, partition: Partition) -> Subnet:
        """Return the subnet that the instances will be in, or raise what keeps them from being created."""
        graph, rules = partition.graph, partition.rules
        instance_type = rules.instance_types.get(self.type_name)
        if instance_type is None:
            raise errors.InstanceTypeNotFound(self.type_name)
        subnet = self._check_place(partition)
        if not rules.sells("*", subnet.zone):
            raise errors.ZoneNotSold(subnet.zone)
        if not rules.sells(self.type_name, subnet.zone):
            raise errors.InstanceTypeNotSold(self.type_name, subnet.zone)
        if rules.interface_needs_group and not self.group_ids:
            raise errors.GroupRequired("")
        groups = lookup.groups_for(graph, rules, self.group_ids, subnet.network_id, subnet.id)
        if not instance_type.supports_enterprise_groups and any(
            group.kind is GroupKind.ENTERPRISE for group in groups
        ):
            raise errors.GroupKindUnsupported(instance_type.name, GroupKind.ENTERPRISE)
        for key_pair_id in self.key_pair_ids:
            lookup.key_pair(graph, key_pair_id)
        self._places(partition, subnet)
        self._check_addresses(partition, ())
        self._check_limits(partition, instance_type)
        primary = self._primary(partition, subnet, self.addresses.placeholders())
        secondaries.check(partition, self.secondaries, primary, instance_type, len(self.names))
        self._check_addresses(partition, self.secondaries)
        making.check_disks(partition, self.disks, len(self.names))
        return subnet

    def stock(self, partition: Partition) -> tuple[tuple[str, str], ...]:
        """Return of which type, and in which zone, instances must be in stock."""
        return ((self.type_name, partition.graph.subnets[self.subnet_id].zone),)

    def _places(self, partition: Partition, subnet: Subnet) -> tuple[int, ...]:
        """Return the partition of the placement group that each instance gets, or none without a group."""
        if not self.placement_group_id:
            return ()
        zones = (subnet.zone,) * len(self.names)
        return placement.find_places(
            partition, self.placement_group_id, self.placement_partition, zones, frozenset()
        )

    def _check_place(self, partition: Partition) -> Subnet:
        graph = partition.graph
        if self.network_id is not None:
            lookup.network(graph, self.network_id)
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        if self.network_id not in {None, subnet.network_id}:
            raise errors.SubnetNetworkMismatch(
                subnet.id, subnet.network_id, str(self.network_id), str(self.network_id)
            )
        if self.zone not in {None, subnet.zone}:
            raise errors.SubnetZoneMismatch(subnet.id, subnet.zone, str(self.zone))
        return subnet

    def _check_addresses(self, partition: Partition, others: tuple[Secondary, ...]) -> None:
        """Raise where a subnet cannot grant what all primary interfaces and the ``others`` want."""
        wanted: dict[str, list[AddressPlan]] = {}
        for place in range(len(self.names)):
            for subnet_id, plan in self._plans(place, others):
                wanted.setdefault(subnet_id, []).append(plan)
        for subnet_id, plans in wanted.items():
            capacity.check_subnet(partition, partition.graph.subnets[subnet_id], combined(plans))

    def _check_limits(self, partition: Partition, instance_type: InstanceType) -> None:
        rules = partition.rules
        limit = rules.quotas.instances
        if limit is not None and len(partition.graph.instances) + len(self.names) > limit:
            raise errors.InstanceQuotaExceeded(rules.region, limit)
        free = partition.graph.public_pool.free
        if self.public and len(self.names) > free:
            raise errors.PublicAddressesExhausted(len(self.names), free)
        lookup.check_tags(rules, self.tags)
        lookup.check_tags(rules, self.interface_tags)
        capacity.check_attached("", instance_type, self.addresses.ipv4_count, self.addresses.ipv6_count)
        if self.queues is not None and self.queues > instance_type.queues_per_interface:
            raise errors.QueuesPerInterfaceExceeded("", instance_type.queues_per_interface)

    def _plans(self, place: int, others: tuple[Secondary, ...]) -> list[tuple[str, AddressPlan]]:
        """Return the subnet and the addresses of each new interface of one of the instances."""
        plan = self.addresses
        if self.primary_ips:
            plan = attrs.evolve(plan, primary=AddressRequest(self.primary_ips[place]))
        return [(self.subnet_id, plan), *secondaries.plans(others)]

    def _take(self, partition: Partition) -> list[list[tuple[str, Taken]]]:
        """Take all addresses; return for each instance its new interfaces' ids and addresses."""
        graph, new = partition.graph, dict[str, str]()
        taken = ChainMap[str, Any](new, graph.interfaces)
        wanted: dict[str, dict[str, AddressPlan]] = {}
        ids: list[list[str]] = [[] for _ in self.names]
        for place, own in enumerate(ids):
            for subnet_id, plan in self._plans(place, self.secondaries):
                interface_id = partition.new_id(ResourceKind.INTERFACE, taken)
                new[interface_id] = subnet_id
                wanted.setdefault(subnet_id, {})[interface_id] = plan
                own.append(interface_id)
        granted: dict[str, Taken] = {}
        for subnet_id, plans in wanted.items():
            subnet = graph.subnets[subnet_id]
            granted |= take_together(
                graph, plans, subnet, partition.address_generator, AddressState.AVAILABLE
            )
        return [[(each, granted[each]) for each in own] for own in ids]

    def _create(
        self, partition: Partition, subnet: Subnet, place: int, interface_id: str, granted: Taken
    ) -> Instance:
        graph = partition.graph
        instance = Instance(
            id=partition.new_id(ResourceKind.INSTANCE, graph.instances),
            order=partition.next_order(),
            created=partition.now,
            name=self.names[place],
            description=self.description,
            tags=self.tags,
            extras={**self.extras, **self.extras_of_each[place]} if self.extras_of_each else self.extras,
            type_name=self.type_name,
            state=InstanceState.PENDING,
            network_id=subnet.network_id,
            subnet_id=subnet.id,
            zone=subnet.zone,
            protected=self.protected,
            classic=self.classic,
            key_pair_ids=tuple(dict.fromkeys(self.key_pair_ids)),
            subscription=lapses.subscription(partition, self.term, self.renews),
        )
        graph.add_instance(instance)
        if self.public:
            graph.assign_public_ip(instance, partition.generator)
        primary = self._primary(partition, subnet, granted)
        primary.id = interface_id
        primary.order = partition.next_order()
        primary.mac = partition.new_mac()
        primary.attachment = Attachment(instance.id, 0, partition.now)
        if self.interface_name is None:
            primary.name = partition.rules.primary_name.format(instance=instance.id)
        graph.add_interface(primary, primary_of=instance.id)
        return instance

    def _primary(self, partition: Partition, subnet: Subnet, granted: Taken) -> Interface:
        """Return a primary interface, as yet without an id, a place, a MAC address and an instance."""
        return Interface(
            id="",
            order=0,
            created=partition.now,
            name=self.interface_name or "",
            description=self.interface_description,
            tags=self.interface_tags,
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

    def _boot(self, partition: Partition, instances: tuple[Instance, ...]) -> None:
        if not self.boot:
            trigger = Trigger.PROVISIONED
        elif partition.rules.boot_shows_starting:
            trigger = Trigger.BOOT
        else:
            trigger = Trigger.STARTED
        operations.begin(
            partition, OperationKind.RUN_INSTANCES, trigger, partition.rules.durations.boot, instances
        )
