"""Two made-up clouds that differ in every rule, and a small world to build in them.

``World`` keeps the instant, builds what a test needs in one line each, and ``refuses`` asserts of every
refusal that it left no trace.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Network
from typing import Any, TypeVar

import attrs
import pytest
from tests.core.engine.dump import dump

from duolect_core.engine.partition import Command, Entry
from duolect_core.errors import CoreError
from duolect_core.instances.creation import RunInstances
from duolect_core.interfaces.lifecycle import AttachInterface, CreateInterface
from duolect_core.invariants import check
from duolect_core.model.durations import Durations
from duolect_core.model.lifecycles import InstanceState, InterfaceState, ProvisionState
from duolect_core.model.quotas import Quotas
from duolect_core.model.resources import (
    SECOND,
    Instance,
    Interface,
    InterfaceKind,
    Network,
    SecurityGroup,
    Subnet,
)
from duolect_core.model.rules import GroupMembership, InstanceType, NetworkBlock, ResourceKind, Rules
from duolect_core.networks.lifecycle import CreateNetwork, CreateSubnet
from duolect_core.partitions import new_partition
from duolect_core.relations.address_plans import ANY_PRIMARY, AddressPlan, AddressRequest
from duolect_core.security_groups.lifecycle import CreateGroup

R = TypeVar("R")
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
STEPS = Durations(
    provision_network=1 * SECOND,
    provision_interface=2 * SECOND,
    attach=3 * SECOND,
    detach=4 * SECOND,
    delete_interface=5 * SECOND,
    change_addresses=11 * SECOND,
    boot=6 * SECOND,
    start=7 * SECOND,
    stop=8 * SECOND,
    reboot=12 * SECOND,
    delete_instance=9 * SECOND,
    change_public_address=13 * SECOND,
    change_routes=14 * SECOND,
    change_virtual_address=15 * SECOND,
    change_nat_gateway=15 * SECOND,
    change_nat_rules=16 * SECOND,
    change_bandwidth_package=17 * SECOND,
    change_network_acl=15 * SECOND,
    change_gateway=16 * SECOND,
    change_dhcp_options=17 * SECOND,
    release_instance=0,
    delete_network=14 * SECOND,
    create_disk=15 * SECOND,
    attach_disk=16 * SECOND,
    detach_disk=17 * SECOND,
    change_disk=18 * SECOND,
    create_snapshot=19 * SECOND,
    copy_image=22 * SECOND,
    change_target_group=22 * SECOND,
    change_list=21 * SECOND,
    change_flow_log=22 * SECOND,
)
"""Every change takes another time, so that a test can tell which duration was used.

Nothing outlives its instance but in the tests of that.
"""

_TYPES = (
    InstanceType("small", "s", cpu=1, memory_gib=1, interfaces=2, ipv4_per_interface=4),
    InstanceType(
        "large",
        "l",
        cpu=8,
        memory_gib=32,
        interfaces=4,
        ipv4_per_interface=8,
        ipv6_per_interface=4,
        members=2,
        extension_interfaces=1,
        primary_queues=4,
        secondary_queues=2,
        queues_per_interface=6,
        queues_total=12,
        rdma_interfaces=2,
        queue_pairs_per_interface=10,
        queue_pairs_total=15,
        network_cards=2,
    ),
    InstanceType("cold", "c", cpu=2, memory_gib=4, interfaces=3, ipv4_per_interface=4, hot_plug=False),
    InstanceType(
        "bare", "b", cpu=2, memory_gib=4, interfaces=1, ipv4_per_interface=4, supports_interfaces=False
    ),
    InstanceType(
        "plain",
        "p",
        cpu=2,
        memory_gib=4,
        interfaces=3,
        ipv4_per_interface=4,
        supports_enterprise_groups=False,
    ),
)

NORTH = Rules(
    region="north",
    zones=("n1", "n2"),
    id_prefixes={kind: f"{kind.value}-" for kind in ResourceKind},
    id_tails=dict.fromkeys(ResourceKind, 17),
    mac_prefix="00:aa:3e",
    mac_upper=False,
    network_blocks=(
        NetworkBlock(IPv4Network("10.0.0.0/8"), 8, 28),
        NetworkBlock(IPv4Network("192.168.0.0/16"), 16, 28),
    ),
    excluded_blocks=(),
    unroutable_blocks=(IPv4Network("100.64.0.0/10"),),
    subnet_masks=(16, 29),
    reserved_head=1,
    reserved_tail=3,
    ipv6_range=IPv6Network("2001:db8::/48"),
    ipv6_reserved_head=1,
    ipv6_reserved_tail=9,
    public_ipv6_range=IPv6Network("2001:db8:8::/64"),
    public_range=IPv4Network("203.0.113.0/28"),
    instance_types={each.name: each for each in _TYPES},
    quotas=Quotas(),
    durations=STEPS,
    main_route_table_name="",
    primary_name="",
    groups_bound_to_network=True,
    group_members_count=GroupMembership.ADDRESSES,
    interface_needs_group=True,
    attach_needs_group=False,
    create_is_asynchronous=False,
    primary_modifiable=False,
    groups_need_steady_state=True,
    leaving_unjoined_refused=True,
    rule_repeats_refused=False,
    groups_may_name_themselves=False,
    public_address_on_primary=False,
    elastic_address_replaces_own=False,
    nat_hop_label="nat",
    ipv4_gateway_label="ipv4",
    ipv6_gateway_label="ipv6",
    nat_gateway_keeps_an_address=False,
    dnat_needs_instance=False,
    dnat_excludes_public_address=True,
    dnat_targets_unique=True,
    public_keys_unique=False,
    template_names_unique=True,
    placement_groups_count_by_zone=True,
    provision_is_asynchronous=True,
    virtual_addresses_take_time=True,
    virtual_addresses_keep_carriers=True,
    subnets_one_by_one=True,
    failed_interfaces_stay=True,
    failed_instances_stay=False,
    boot_shows_starting=True,
    delete_on_release=True,
    network_deletion_is_asynchronous=True,
    empty_subnets_go_with_network=False,
    routes_hold=True,
    acls_hold=True,
    acl_ipv6_needs_block=True,
    routes_one_by_one=True,
    subnets_leave_tables_first=True,
    routes_pass_network=True,
    repeats_tolerated=True,
    strict_repeats=False,
    token_lifetime=DAY,
    token_busy_while_running=False,
    tags_remain=True,
    token_repeats_refusals=True,
    operation_lifetime=DAY,
    device_prefix="/dev/xvd",
    system_disk_newest=True,
    disks_resize_at_once=True,
    disks_restore_attached=True,
    unfinished_snapshots_deletable=True,
    used_snapshots_stay=True,
    snapshot_extras=("kept",),
    auto_snapshot_name="auto_{day}_{policy_id}",
    idle_disks_copied=True,
    slow_lists=(ResourceKind.ROUTE_LIST,),
    services_name_protocols=False,
    terms_end_at_midnight=True,
    renewal_starts=True,
)
PREFIXED = [kind for kind in ResourceKind if kind is not ResourceKind.GROUP_RULE]
SHORT_PREFIXES = [
    f"{each}-"
    for each in (
        *("v", "s", "g", "i", "e", "p", "p6", "a", "r", "o", "al", "rl", "sl", "ag"),
        *(
            "sg",
            "l",
            "t",
            "k",
            "lt",
            "pg",
            "vg",
            "h",
            "n",
            "sn",
            "dn",
            "b",
            "d",
            "sp",
            "gs",
            "ps",
            "bk",
            "m",
        ),
        *("g4", "g6", "a6", "b6", "er", "do", "fl", "as", "tp", "tg", "rp", "pe"),
    )
]
SOUTH = Rules(
    region="south",
    zones=("s1", "s2", "s3"),
    id_prefixes=dict(zip(PREFIXED, SHORT_PREFIXES, strict=True)),
    id_tails=dict.fromkeys(ResourceKind, 8),
    mac_prefix="20:90:bb",
    mac_upper=True,
    network_blocks=(NetworkBlock(IPv4Network("10.0.0.0/8"), 12, 28),),
    excluded_blocks=(),
    unroutable_blocks=(IPv4Network("100.64.0.0/10"),),
    subnet_masks=(12, 28),
    reserved_head=2,
    reserved_tail=1,
    ipv6_range=IPv6Network("2001:db8:1::/48"),
    ipv6_reserved_head=2,
    ipv6_reserved_tail=0,
    public_ipv6_range=IPv6Network("2001:db8:9::/64"),
    public_range=IPv4Network("198.51.100.0/27"),
    instance_types={each.name: each for each in _TYPES},
    quotas=Quotas(),
    durations=attrs.evolve(STEPS, boot=10 * SECOND),
    main_route_table_name="main",
    primary_name="primary of {instance}",
    groups_bound_to_network=False,
    group_members_count=GroupMembership.INTERFACES,
    interface_needs_group=False,
    attach_needs_group=True,
    create_is_asynchronous=True,
    primary_modifiable=True,
    groups_need_steady_state=False,
    leaving_unjoined_refused=False,
    rule_repeats_refused=True,
    groups_may_name_themselves=True,
    public_address_on_primary=True,
    elastic_address_replaces_own=True,
    nat_hop_label="NAT",
    ipv4_gateway_label="IPV4",
    ipv6_gateway_label="IPV6",
    nat_gateway_keeps_an_address=True,
    dnat_needs_instance=True,
    dnat_excludes_public_address=False,
    dnat_targets_unique=False,
    public_keys_unique=True,
    template_names_unique=False,
    placement_groups_count_by_zone=False,
    provision_is_asynchronous=False,
    virtual_addresses_take_time=False,
    virtual_addresses_keep_carriers=False,
    subnets_one_by_one=False,
    failed_interfaces_stay=False,
    failed_instances_stay=True,
    boot_shows_starting=False,
    delete_on_release=False,
    empty_subnets_go_with_network=True,
    routes_hold=False,
    published_routes_stay=True,
    acls_hold=False,
    acl_ipv6_needs_block=False,
    routes_one_by_one=False,
    subnets_leave_tables_first=False,
    routes_pass_network=False,
    repeats_tolerated=False,
    strict_repeats=True,
    token_lifetime=2 * DAY,
    token_busy_while_running=True,
    tags_remain=False,
    token_repeats_refusals=False,
    operation_lifetime=2 * DAY,
    slow_lists=(ResourceKind.ADDRESS_LIST, ResourceKind.ADDRESS_LIST_GROUP, ResourceKind.SERVICE_LIST),
    services_name_protocols=True,
    flow_logs_unique=True,
    interface_outlives_instance=True,
    lowest_addresses_first=True,
    returns_first=True,
)
BOTH = pytest.mark.parametrize("rules", [NORTH, SOUTH], ids=["north", "south"])


def limited(rules: Rules, **limits: int) -> Rules:
    """Return ``rules`` with these quotas."""
    return attrs.evolve(rules, quotas=attrs.evolve(rules.quotas, **limits))


def typed(rules: Rules, type_name: str, **changes: Any) -> Rules:
    """Return ``rules`` with one instance type changed."""
    changed = attrs.evolve(rules.instance_types[type_name], **changes)
    return attrs.evolve(rules, instance_types={**rules.instance_types, type_name: changed})


def ip(text: str) -> int:
    return int(IPv4Address(text))


def certain(*texts: str) -> tuple[AddressRequest, ...]:
    """Return requests for certain IPv4 addresses."""
    return tuple(AddressRequest(ip(text)) for text in texts)


def ips(interface: Interface) -> list[str]:
    """Return the IPv4 addresses of an interface as text."""
    return [str(IPv4Address(address.ip)) for address in interface.ipv4]


class World:
    """A partition with an instant, and short ways to fill it."""

    def __init__(self, rules: Rules, seed: int = 1) -> None:
        self.entries: list[Entry] = []
        self.partition = new_partition(rules, seed, self.entries.append)
        self.graph = self.partition.graph
        self.at = 1_000 * SECOND

    def do(self, command: Command[R], **how: Any) -> R:
        """Carry the command out now, and check that all is sound after it."""
        result = self.partition.execute(command, self.at, **how)
        assert check(self.partition) == []
        return result

    def refuses(self, command: Command[Any], error: type[CoreError], **facts: Any) -> None:
        """Assert that the command is refused with exactly this error, and changes nothing."""
        self.partition.settle(self.at)
        before = dump(self.partition)
        with pytest.raises(CoreError) as caught:
            self.partition.execute(command, self.at)
        assert type(caught.value) is error
        assert {name: getattr(caught.value, name) for name in facts} == facts
        assert dump(self.partition) == before

    def wait(self, duration: int = MINUTE) -> None:
        """Let time pass, and check that all is sound after it."""
        self.at += duration
        self.partition.settle(self.at)
        assert check(self.partition) == []

    # -- ready-made resources, settled ------------------------------------------------------

    def network(self, block: str = "10.0.0.0/16", *, ipv6: bool = False, **more: Any) -> Network:
        network = self.do(CreateNetwork(block=IPv4Network(block), ipv6=ipv6, **more))
        self.wait()
        assert network.state is ProvisionState.AVAILABLE
        return network

    def subnet(
        self, network: Network | None = None, block: str = "10.0.0.0/24", zone: int = 0, **more: Any
    ) -> Subnet:
        network = network or self.network(ipv6="ipv6_index" in more)
        subnet = self.do(
            CreateSubnet(
                network_id=network.id,
                zone=self.partition.rules.zones[zone],
                block=IPv4Network(block),
                **more,
            )
        )
        self.wait()
        assert subnet.state is ProvisionState.AVAILABLE
        return subnet

    def group(self, subnet: Subnet | None = None, **more: Any) -> SecurityGroup:
        return self.do(CreateGroup(network_id=None if subnet is None else subnet.network_id, **more))

    def default_groups(self, subnet: Subnet) -> tuple[str, ...]:
        """Return the ids of one basic group for the subnet's network, made at first use."""
        for group in self.graph.groups.values():
            if group.name == f"default of {subnet.network_id}":
                return (group.id,)
        return (self.group(subnet, name=f"default of {subnet.network_id}").id,)

    def instances(
        self, subnet: Subnet, names: Iterable[str], type_name: str = "large", **more: Any
    ) -> tuple[Instance, ...]:
        more.setdefault("group_ids", self.default_groups(subnet))
        instances = self.do(
            RunInstances(type_name=type_name, subnet_id=subnet.id, names=tuple(names), **more)
        )
        self.wait()
        return instances

    def instance(self, subnet: Subnet, type_name: str = "large", **more: Any) -> Instance:
        (instance,) = self.instances(subnet, ("one",), type_name, **more)
        assert instance.state in {InstanceState.RUNNING, InstanceState.STOPPED}
        return instance

    def primary(self, instance: Instance) -> Interface:
        """Return the primary interface of an instance."""
        return self.graph.interfaces[self.graph.primary_interfaces[instance.id]]

    def interface(self, subnet: Subnet, addresses: AddressPlan = ANY_PRIMARY, **more: Any) -> Interface:
        more.setdefault("group_ids", self.default_groups(subnet))
        interface = self.do(CreateInterface(subnet_id=subnet.id, addresses=addresses, **more))
        self.wait()
        assert interface.state is InterfaceState.AVAILABLE
        return interface

    def trunk(self, instance: Instance, **more: Any) -> Interface:
        """Return a trunk that the instance carries."""
        near = self.graph.subnets[instance.subnet_id]
        return self.attach(self.interface(near, kind=InterfaceKind.TRUNK, **more), instance)

    def attach(self, interface: Interface, instance: Instance, **more: Any) -> Interface:
        self.do(AttachInterface(interface_id=interface.id, instance_id=instance.id, **more))
        self.wait()
        assert interface.state is InterfaceState.IN_USE
        return interface
