"""Everything in which clouds differ in behaviour, as one value.

A dialect supplies one ``Rules`` per region. If a command ever needs to ask which cloud it serves, a field
is missing here.
"""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.durations import Durations
from duolect_core.model.lifecycles import Word
from duolect_core.model.quotas import Quotas
from duolect_core.model.resources import SECOND, GroupKind, Instant

NETWORK_IPV6_MASK: Final = 56
"""Length of the IPv6 block of a network."""


class ResourceKind(Word):
    """The kinds of resource that get ids."""

    NETWORK = "network"
    SUBNET = "subnet"
    GROUP = "group"
    GROUP_RULE = "group-rule"
    INSTANCE = "instance"
    INTERFACE = "interface"
    PERMISSION = "permission"
    PUBLIC_ADDRESS = "public-address"
    PUBLIC_IPV6_ADDRESS = "public-ipv6-address"
    ROUTE_TABLE = "route-table"
    ROUTE = "route"
    ADDRESS_LIST = "address-list"
    ROUTE_LIST = "route-list"
    SERVICE_LIST = "service-list"
    ADDRESS_LIST_GROUP = "address-list-group"
    SERVICE_LIST_GROUP = "service-list-group"
    NETWORK_ACL = "network-acl"
    ACL_ENTRY = "acl-entry"
    KEY_PAIR = "key-pair"
    LAUNCH_TEMPLATE = "launch-template"
    PLACEMENT_GROUP = "placement-group"
    PROVISIONING_GROUP = "provisioning-group"
    VIRTUAL_ADDRESS = "virtual-address"
    NAT_GATEWAY = "nat-gateway"
    SNAT_RULE = "snat-rule"
    DNAT_RULE = "dnat-rule"
    BANDWIDTH_PACKAGE = "bandwidth-package"
    DISK = "disk"
    SNAPSHOT = "snapshot"
    SNAPSHOT_GROUP = "snapshot-group"
    SNAPSHOT_POLICY = "snapshot-policy"
    DISK_BACKUP = "disk-backup"
    IMAGE = "image"
    IPV4_GATEWAY = "ipv4-gateway"
    IPV6_GATEWAY = "ipv6-gateway"
    IPV6_ADDRESS = "ipv6-address"
    IPV6_BANDWIDTH = "ipv6-bandwidth"
    EGRESS_RULE = "egress-rule"
    DHCP_OPTIONS_SET = "dhcp-options-set"
    FLOW_LOG = "flow-log"
    CIDR_RESERVATION = "cidr-reservation"
    ADDRESS_SEGMENT = "address-segment"
    TRAFFIC_PACKAGE = "traffic-package"
    ROUTE_TARGET_GROUP = "route-target-group"
    ROUTE_POLICY = "route-policy"
    POLICY_ENTRY = "policy-entry"


@attrs.frozen(eq=False, repr=False)
class InstanceType(Value):
    """What an instance type offers, as far as networks care.

    ``interfaces`` counts the primary interface too; ``ipv4_per_interface`` counts the primary address
    too. ``members`` is how many interfaces its trunk carries (0: no trunks). ``rdma_interfaces`` is how
    many interfaces may be in RDMA mode. ``public_addresses`` is how many elastic public addresses may be
    associated with all its interfaces together (None: no limit).
    """

    name: str
    family: str
    cpu: int
    memory_gib: float
    interfaces: int
    ipv4_per_interface: int
    ipv6_per_interface: int = 0
    members: int = 0
    extension_interfaces: int = 0
    primary_queues: int = 1
    secondary_queues: int = 1
    queues_per_interface: int = 1
    queues_total: int = 1
    rdma_interfaces: int = 0
    queue_pairs_per_interface: int = 0
    queue_pairs_total: int = 0
    network_cards: int = 0
    supports_interfaces: bool = True
    supports_enterprise_groups: bool = True
    hot_plug: bool = True
    public_addresses: int | None = None


@attrs.frozen(eq=False, repr=False)
class NetworkBlock(Value):
    """A range out of which networks may be cut, and how long their masks may be."""

    block: IPv4Network
    shortest: int
    longest: int


class GroupMembership(Word):
    """What the members limit of a security group counts."""

    ADDRESSES = "addresses"
    INTERFACES = "interfaces"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Rules(Value):
    """How one cloud behaves in one region.

    ``network_blocks`` and ``subnet_masks`` bound the blocks of networks and subnets. ``reserved_head``
    and ``reserved_tail`` are the addresses a subnet keeps for itself at both ends. The remaining fields
    say what their names say; each is a difference between clouds.
    """

    region: str
    zones: tuple[str, ...]
    id_prefixes: Mapping[ResourceKind, str]
    id_tails: Mapping[ResourceKind, int]
    """How many characters of chance follow the prefix of an id."""
    mac_prefix: str
    mac_upper: bool
    network_blocks: tuple[NetworkBlock, ...]
    excluded_blocks: tuple[IPv4Network, ...]
    """Ranges out of which no network may have anything."""
    unroutable_blocks: tuple[IPv4Network, ...]
    """Ranges out of which no route may have its block: where the cloud's own services are."""
    subnet_masks: tuple[int, int]
    reserved_head: int
    reserved_tail: int
    ipv6_range: IPv6Network
    """Where the /56 blocks of networks come from; subnets get /64 blocks of them."""
    ipv6_reserved_head: int
    ipv6_reserved_tail: int
    public_range: IPv4Network
    """Where elastic public addresses come from."""
    instance_types: Mapping[str, InstanceType]
    quotas: Quotas
    durations: Durations
    main_route_table_name: str
    """Name of a network's main route table."""
    primary_name: str
    """Name of a primary interface; ``{instance}`` stands for the instance's id."""
    groups_bound_to_network: bool
    """Whether a security group serves only the network that it was created in."""
    group_members_count: GroupMembership
    interface_needs_group: bool
    attach_needs_group: bool
    create_is_asynchronous: bool
    """Whether a new interface, a new address of one, a new public address, or a new bandwidth package is
    PENDING first, and a bandwidth package DELETING before it is gone."""
    primary_modifiable: bool
    """Whether the groups, queues and release of a primary interface can be modified as of any other."""
    groups_need_steady_state: bool
    """Whether an interface joins and leaves groups only while it is AVAILABLE or IN_USE."""
    leaving_unjoined_refused: bool
    """Whether leaving a group that the interface is not in is an error."""
    rule_repeats_refused: bool
    """Whether a rule that a security group has already is an error; else it makes no difference."""
    groups_may_name_themselves: bool
    """Whether a rule may name the security group that it belongs to."""
    public_address_on_primary: bool
    """Whether a public address can be associated with a primary interface by the interface's own name."""
    elastic_address_replaces_own: bool
    """Whether an elastic address takes the place of an instance's own one; else it is refused beside it."""
    nat_hop_label: str
    """What the cloud calls a NAT gateway as the next hop of a route."""
    ipv4_gateway_label: str = ""
    """What it calls an IPv4 gateway there, where it has any."""
    ipv6_gateway_label: str = ""
    """What it calls an IPv6 gateway there, where it has any."""
    published_routes_stay: bool = False
    """Whether a route that is published has to be withdrawn before it is deleted or loses its effect."""
    nat_gateway_keeps_an_address: bool
    """Whether the last public address of a NAT gateway cannot be taken from it."""
    dnat_needs_instance: bool
    """Whether a DNAT rule leads only to private addresses of interfaces on instances."""
    dnat_excludes_public_address: bool
    """Whether a private address to which DNAT rules lead takes no elastic public address, and the other
    way round."""
    dnat_targets_unique: bool
    """Whether no two DNAT rules of a NAT gateway lead to the same port of the same private address."""
    public_keys_unique: bool
    """Whether a public key is imported once only."""
    template_names_unique: bool
    """Whether no two launch templates have the same name."""
    placement_groups_count_by_zone: bool
    """Whether a placement group has room for so many instances in each zone; else in all zones together."""
    provision_is_asynchronous: bool
    """Whether new networks and subnets, and subnets that are modified, are PENDING first. Likewise routes,
    and rules of NAT gateways, take their time, and a bandwidth package that gets another bandwidth."""
    virtual_addresses_take_time: bool
    """Whether virtual addresses are created, associated and deleted by and by."""
    virtual_addresses_keep_carriers: bool
    """Whether a virtual address stays as long as something may carry it; else it goes all the same."""
    subnets_one_by_one: bool
    """Whether a subnet can only be created or deleted while no other one of its network is PENDING or
    DELETING."""
    failed_interfaces_stay: bool
    """Whether an interface that could not be created stays, CREATE_FAILED, until it is deleted."""
    failed_instances_stay: bool
    """Whether an instance that could not be launched stays, LAUNCH_FAILED, until it is deleted."""
    boot_shows_starting: bool
    """Whether a new instance passes STARTING on its way to RUNNING."""
    delete_on_release: bool
    """Whether secondary interfaces go with their instance unless told otherwise."""
    empty_subnets_go_with_network: bool
    routes_hold: bool
    """Whether what routing stands on stays as long as it does: a network with routes, or with route tables
    beside its main one, a route table with routes, a subnet that uses another table than the main one, an
    instance that is a next hop. Elsewhere tables and routes go along, and a next hop may be gone."""
    acls_hold: bool
    """Whether a network stays as long as it has network ACLs, and a subnet as long as it is associated with
    one. Elsewhere they go along."""
    acl_ipv6_needs_block: bool
    """Whether a network ACL has entries of IPv6 only where its network has an IPv6 block."""
    routes_one_by_one: bool
    """Whether routes can only be created, modified and deleted while no other one, and no subnet, of their
    network is under way."""
    subnets_leave_tables_first: bool
    """Whether a subnet must leave a route table that is not the main one before it uses the next."""
    routes_pass_network: bool
    """Whether a route's block may lie in the network's own, as long as no subnet has all of it."""
    repeats_tolerated: bool
    """Whether detaching and deleting may be repeated while under way: they go on, or anew if held."""
    strict_repeats: bool
    """Whether attaching what is attached to the same instance already, or on its way there, and detaching
    what is AVAILABLE already are errors; else nothing changes."""
    tags_remain: bool
    """Whether a tag that no resource carries any more remains until it is deleted itself."""
    token_lifetime: Instant
    token_busy_while_running: bool
    """Whether a token is refused as long as the operation behind it is running."""
    token_repeats_refusals: bool
    """Whether a final refusal is remembered and repeated for its token."""
    operation_lifetime: Instant
    public_ipv6_range: IPv6Network | None = None
    """Where elastic public IPv6 addresses come from, where the cloud has any."""
    token_bytes: int = 32 * 2**20
    """How many bytes all that is remembered of tokens may take; then the oldest are forgotten."""
    operations_kept: int = 10_000
    """From how many operations on the oldest that has ended is forgotten for each new one."""
    lowest_addresses_first: bool = False
    """Whether private addresses that nobody named are the lowest free ones, and not drawn at random."""
    interface_outlives_instance: bool = False
    """Whether the primary interface of an instance that was deleted is deleted only some time after it."""
    network_deletion_is_asynchronous: bool = False
    """Whether networks and subnets are DELETING before they are gone."""
    device_prefix: str = "/dev/vd"
    """How the names of the devices begin as which instances see their disks; letters from a on follow."""
    system_disk_newest: bool = False
    """Whether of the disks that come with an instance its system disk is created last."""
    disks_resize_at_once: bool = False
    """Whether a disk is as large as it shall be at once; else it is RESIZING first."""
    disks_restore_attached: bool = False
    """Whether a disk is restored while it is attached only; else a portable one while it is not."""
    unfinished_snapshots_deletable: bool = False
    """Whether a snapshot may be deleted while it is being created."""
    used_snapshots_stay: bool = False
    """Whether a snapshot that disks were created from is deleted by force only."""
    flow_logs_unique: bool = False
    """Whether the same traffic of a resource is written to the same place by one flow log only."""
    snapshot_extras: tuple[str, ...] = ()
    """Which extras of a disk its snapshots have too."""
    auto_snapshot_name: str = ""
    """How snapshots are called that are made by a policy: with its ``{policy_id}``, and the ``{day}``."""
    idle_disks_copied: bool = False
    """Whether a policy makes snapshots of disks that no instance uses at the time."""
    slow_lists: tuple[ResourceKind, ...] = ()
    """Of which kinds lists take their time to be modified and deleted; the others change at once."""
    services_name_protocols: bool = False
    """Whether the entries of a list of services say their protocols; else the rules that name it do."""
    not_sold: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    """The zones in which new instances of a type cannot be had; ``*`` stands for any type, and any zone."""
    terms_end_at_midnight: bool = False
    """Whether an instance is paid for to the end of the last day of its term, in China."""
    retention: Instant = 7 * 86400 * SECOND
    """How long an instance that is paid for no more is kept before it is deleted."""
    returns_first: bool = False
    """Whether to delete an instance that is paid for is to give it back; elsewhere it cannot be deleted."""
    renewal_starts: bool = False
    """Whether an instance that is paid for again starts by itself."""
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    """What else a dialect was told of its cloud, under names of its own. The core never looks inside."""

    def sells(self, type_name: str, zone: str) -> bool:
        """Say whether a zone has new instances of a type; ``*`` is whether it has any at all."""
        names = {"*", type_name}
        return not any({"*", zone} & {*self.not_sold.get(name, ())} for name in names)

    @property
    def members_are_addresses(self) -> bool:
        """Whether a security group's limit counts addresses rather than interfaces."""
        return self.group_members_count is GroupMembership.ADDRESSES

    def members_limit(self, kind: GroupKind) -> int | None:
        """How many members a security group of this kind may have."""
        if kind is GroupKind.ENTERPRISE:
            return self.quotas.enterprise_group_members
        return self.quotas.basic_group_members
