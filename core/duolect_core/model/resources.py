"""The resources of a partition.

Resources are plain mutable records. Only commands and due transitions write them, through the graph,
which keeps the indexes; everyone else reads. Addresses are integers, instants are microseconds since
1970-01-01 UTC, and a resource's ``order`` is its place in the partition's sequence of creations.

``extras`` holds what a cloud documents, accepts and shows again without any behaviour of the core
hanging on it. The core never looks inside.

Resources are kept small, because there may be many. A field whose name begins with an underscore is kept
in a shorter form than the property without it shows: that one gives a copy, and takes what replaces it.
Converters are for what they are made of, so that setting a field costs nothing more (``NO_OP``).
"""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Final

import attrs

from duolect_core.addressing.pools import AddressPool, Ip
from duolect_core.by_fields import Changeable, Value, statically_frozen
from duolect_core.model.addresses import Addressed, KeptAddress, PrivateAddress, all_plain, keep, show
from duolect_core.model.lifecycles import (
    InterfaceState,
    ProvisionState,
    Word,
)
from duolect_core.model.security_rules import Direction, GroupRule

Instant = int
"""Microseconds since 1970-01-01T00:00:00Z."""

MILLISECOND: Final = 1_000
SECOND: Final = 1_000_000
"""Microseconds in a millisecond and in a second."""
LATEST: Final[Instant] = (253_402_300_799 - 8 * 3600) * SECOND
"""The end of the year 9999 in China, where time ends: the clouds write years with four digits."""


class InterfaceKind(Word):
    """What part an interface plays."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TRUNK = "trunk"
    MEMBER = "member"


class GroupKind(Word):
    """The kinds of security group: basic, or enterprise with more room and no default trust."""

    BASIC = "basic"
    ENTERPRISE = "enterprise"


class OperationState(Word):
    """How an asynchronous change stands."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class OperationKind(Word):
    """What an asynchronous change does."""

    CREATE_NETWORK = "create-network"
    CREATE_SUBNET = "create-subnet"
    MODIFY_SUBNET = "modify-subnet"
    DELETE_NETWORK = "delete-network"
    DELETE_SUBNET = "delete-subnet"
    CREATE_ROUTE_TABLE = "create-route-table"
    DELETE_ROUTE_TABLE = "delete-route-table"
    ASSOCIATE_ROUTE_TABLE = "associate-route-table"
    DISASSOCIATE_ROUTE_TABLE = "disassociate-route-table"
    CREATE_ROUTES = "create-routes"
    MODIFY_ROUTES = "modify-routes"
    CREATE_ROUTE_TARGET_GROUP = "create-route-target-group"
    MODIFY_ROUTE_TARGET_GROUP = "modify-route-target-group"
    SWITCH_ROUTE_TARGET = "switch-route-target"
    DELETE_ROUTE_TARGET_GROUP = "delete-route-target-group"
    MODIFY_LIST = "modify-list"
    DELETE_LIST = "delete-list"
    DELETE_ROUTES = "delete-routes"
    CREATE_NAT_GATEWAY = "create-nat-gateway"
    RESIZE_NAT_GATEWAY = "resize-nat-gateway"
    DELETE_NAT_GATEWAY = "delete-nat-gateway"
    CREATE_NAT_RULES = "create-nat-rules"
    MODIFY_NAT_RULES = "modify-nat-rules"
    DELETE_NAT_RULES = "delete-nat-rules"
    CREATE_GATEWAY = "create-gateway"
    ENABLE_GATEWAY = "enable-gateway"
    ASSOCIATE_GATEWAY_TABLE = "associate-gateway-table"
    DISASSOCIATE_GATEWAY_TABLE = "disassociate-gateway-table"
    DELETE_GATEWAY = "delete-gateway"
    CREATE_EGRESS_RULE = "create-egress-rule"
    DELETE_EGRESS_RULE = "delete-egress-rule"
    ALLOCATE_IPV6_ADDRESS = "allocate-ipv6-address"
    RELEASE_IPV6_ADDRESS = "release-ipv6-address"
    CREATE_IPV6_BANDWIDTHS = "create-ipv6-bandwidths"
    RESIZE_IPV6_BANDWIDTHS = "resize-ipv6-bandwidths"
    DELETE_IPV6_BANDWIDTHS = "delete-ipv6-bandwidths"
    CREATE_DHCP_OPTIONS_SET = "create-dhcp-options-set"
    ATTACH_DHCP_OPTIONS_SET = "attach-dhcp-options-set"
    DETACH_DHCP_OPTIONS_SET = "detach-dhcp-options-set"
    REPLACE_DHCP_OPTIONS_SET = "replace-dhcp-options-set"
    DELETE_DHCP_OPTIONS_SET = "delete-dhcp-options-set"
    CREATE_FLOW_LOG = "create-flow-log"
    SWITCH_FLOW_LOGS = "switch-flow-logs"
    DELETE_FLOW_LOG = "delete-flow-log"
    CREATE_CIDR_RESERVATION = "create-cidr-reservation"
    DELETE_CIDR_RESERVATION = "delete-cidr-reservation"
    CREATE_NETWORK_ACL = "create-network-acl"
    MODIFY_NETWORK_ACL = "modify-network-acl"
    DELETE_NETWORK_ACL = "delete-network-acl"
    CREATE_INTERFACE = "create-interface"
    CREATE_AND_ATTACH_INTERFACE = "create-and-attach-interface"
    ATTACH_INTERFACE = "attach-interface"
    DETACH_INTERFACE = "detach-interface"
    MIGRATE_INTERFACE = "migrate-interface"
    DELETE_INTERFACE = "delete-interface"
    ASSIGN_ADDRESSES = "assign-addresses"
    UNASSIGN_ADDRESSES = "unassign-addresses"
    MOVE_ADDRESS = "move-address"
    RUN_INSTANCES = "run-instances"
    START_INSTANCES = "start-instances"
    STOP_INSTANCES = "stop-instances"
    REBOOT_INSTANCES = "reboot-instances"
    RESIZE_INSTANCES = "resize-instances"
    MODIFY_INSTANCES = "modify-instances"
    DELETE_INSTANCES = "delete-instances"
    ALLOCATE_PUBLIC_ADDRESSES = "allocate-public-addresses"
    ASSOCIATE_PUBLIC_ADDRESS = "associate-public-address"
    DISASSOCIATE_PUBLIC_ADDRESS = "disassociate-public-address"
    MODIFY_PUBLIC_ADDRESSES = "modify-public-addresses"
    RELEASE_PUBLIC_ADDRESSES = "release-public-addresses"
    ALLOCATE_SEGMENT = "allocate-segment"
    RELEASE_SEGMENT = "release-segment"
    CREATE_VIRTUAL_ADDRESS = "create-virtual-address"
    ASSOCIATE_VIRTUAL_ADDRESSES = "associate-virtual-addresses"
    DISASSOCIATE_VIRTUAL_ADDRESSES = "disassociate-virtual-addresses"
    DELETE_VIRTUAL_ADDRESS = "delete-virtual-address"
    CREATE_BANDWIDTH_PACKAGES = "create-bandwidth-packages"
    RESIZE_BANDWIDTH_PACKAGE = "resize-bandwidth-package"
    DELETE_BANDWIDTH_PACKAGE = "delete-bandwidth-package"
    CREATE_DISKS = "create-disks"
    ATTACH_DISKS = "attach-disks"
    DETACH_DISKS = "detach-disks"
    RESIZE_DISK = "resize-disk"
    RESTORE_DISK = "restore-disk"
    DELETE_DISKS = "delete-disks"
    CREATE_SNAPSHOTS = "create-snapshots"
    CREATE_IMAGE = "create-image"
    COPY_IMAGE = "copy-image"
    RECLAIM = "reclaim"


INSTANCE_OPERATIONS: Final = frozenset(kind for kind in OperationKind if kind.endswith("-instances"))
"""What the latest operation of an instance can be."""


Tags = tuple[tuple[str, str], ...]
"""Tags as a resource keeps them: keys with their values."""
TransitLink = tuple[str, int, Instant]
"""A transit network, which connects networks, as one of them knows it: its id, the account that owns it
(0 is the own one), and since when. It is a thing of another product of the cloud: only names are here."""
NO_EXTRAS: Final[Mapping[str, Any]] = {}
"""What all resources share that have no extras."""


def _keep_tags(tags: Mapping[str, str] | Tags) -> Tags:
    return tags if isinstance(tags, tuple) else tuple(tags.items())


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Resource(Changeable):
    """What all resources have: an id, a place in the order of creation, a name, tags."""

    id: str
    order: int
    created: Instant
    name: str = ""
    description: str = ""
    _tags: Tags = attrs.field(default=(), converter=_keep_tags)
    extras: Mapping[str, Any] = NO_EXTRAS

    @property
    def tags(self) -> dict[str, str]:
        """Its tags, by key."""
        return dict(self._tags)

    @tags.setter
    def tags(self, tags: Mapping[str, str] | Tags) -> None:
        self._tags = _keep_tags(tags)

    @property
    def tag_pairs(self) -> Tags:
        """Its tags as it keeps them."""
        return self._tags


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Network(Resource):
    """A virtual private network (VPC): IPv4 blocks, perhaps one IPv6 block, and its main route table.

    ``default`` marks the one network that the cloud uses where none is named. Transit networks of other
    accounts that it may be attached to are its grants; those that it is attached to, its attachments.
    """

    block: IPv4Network
    secondary_blocks: tuple[IPv4Network, ...] = ()
    ipv6_block: IPv6Network | None = None
    route_table_id: str
    default: bool = False
    state: ProvisionState = ProvisionState.PENDING
    transit_grants: tuple[TransitLink, ...] = ()
    transit_attachments: tuple[TransitLink, ...] = ()


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Subnet(Resource):
    """A zone-bound part of a network, with the pools its addresses come from."""

    network_id: str
    route_table_id: str
    zone: str
    block: IPv4Network
    pool: AddressPool
    ipv6_block: IPv6Network | None = None
    ipv6_pool: AddressPool | None = None
    default: bool = False
    state: ProvisionState = ProvisionState.PENDING


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class SecurityGroup(Resource):
    """A security group; ``network_id`` is None where groups are not bound to a network.

    ``rules`` holds the rules of each direction in their order, and ``version`` how often they were changed.
    ``trusting`` says whether members reach each other without a rule. A ``default`` group stays.
    """

    network_id: str | None
    kind: GroupKind = GroupKind.BASIC
    managed: bool = False
    classic: bool = False
    default: bool = False
    trusting: bool = True
    rules: Mapping[Direction, tuple[GroupRule, ...]] = attrs.field(factory=dict)
    version: int = 0
    modified: Instant = 0

    @property
    def all_rules(self) -> tuple[GroupRule, ...]:
        """The rules of both directions, those of inbound traffic first."""
        return (*self.rules.get(Direction.INGRESS, ()), *self.rules.get(Direction.EGRESS, ()))

    @property
    def named_group_ids(self) -> tuple[str, ...]:
        """The other groups that the rules name, each once."""
        named = dict.fromkeys(rule.peer_group_id for rule in self.all_rules)
        return tuple(each for each in named if each is not None and each != self.id)

    @property
    def named_list_ids(self) -> tuple[str, ...]:
        """The lists, and groups of lists, that the rules name, each once."""
        named = (each for rule in self.all_rules for each in (rule.peer_list_id, rule.service_list_id))
        return tuple(dict.fromkeys(each for each in named if each is not None))


@statically_frozen(eq=False, repr=False)
class Attachment(Value):
    """How an interface is attached to an instance."""

    instance_id: str
    device_index: int
    since: Instant
    card: int | None = None
    trunk_id: str | None = None
    extension: bool = False


@attrs.frozen(eq=False, repr=False)
class Destination(Value):
    """Where and how an interface shall be attached as soon as it is free."""

    instance_id: str
    card: int | None = None
    trunk_id: str | None = None
    extension: bool = False


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Interface(Resource, Addressed):
    """An elastic network interface.

    ``ipv4`` lists its private IPv4 addresses, the primary one first; ``ipv4_prefixes`` and
    ``ipv6_prefixes`` the first addresses of the blocks delegated to it. ``queues`` and ``queue_pairs``
    are None until set or, for ``queues``, until an instance type gives a default.
    """

    kind: InterfaceKind
    state: InterfaceState
    network_id: str
    subnet_id: str
    zone: str
    mac: str
    group_ids: tuple[str, ...]
    _ipv4: tuple[KeptAddress, ...]
    _ipv6: tuple[KeptAddress, ...] = ()
    ipv4_prefixes: tuple[Ip, ...] = ()
    ipv6_prefixes: tuple[Ip, ...] = ()
    attachment: Attachment | None = None
    destination: Destination | None = None
    delete_on_release: bool = True
    protected: bool = False
    managed: bool = False
    rdma: bool = False
    queues: int | None = None
    queue_pairs: int | None = None
    pending: int | None = None
    """The timeline's number of the transition this interface waits for, if any."""

    def __attrs_post_init__(self) -> None:
        """Keep of plain addresses only the number."""
        if not all_plain(self._ipv4 + self._ipv6):
            self.ipv4, self.ipv6 = self._ipv4, self._ipv6

    @property
    def ipv4(self) -> tuple[PrivateAddress, ...]:
        """Its private IPv4 addresses, the primary one first."""
        return show(self._ipv4, self.plain_state)

    @ipv4.setter
    def ipv4(self, ipv4: Iterable[KeptAddress]) -> None:
        self._ipv4 = keep(ipv4, self.plain_state)

    @property
    def ipv6(self) -> tuple[PrivateAddress, ...]:
        """Its IPv6 addresses."""
        return show(self._ipv6, self.plain_state)

    @ipv6.setter
    def ipv6(self, ipv6: Iterable[KeptAddress]) -> None:
        self._ipv6 = keep(ipv6, self.plain_state)

    def put_addresses(self, changed: Iterable[PrivateAddress]) -> None:
        """Put changed addresses in the place of those with the same numbers."""
        changed_by_ip = {each.ip: each for each in changed}
        self.ipv4 = (changed_by_ip.get(each.ip, each) for each in self.ipv4)
        self.ipv6 = (changed_by_ip.get(each.ip, each) for each in self.ipv6)


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Permission(Resource):
    """Another account's right to attach an interface to an instance of its own."""

    interface_id: str
    account: str


@attrs.define(eq=False, repr=False)
class Operation(Changeable):
    """The record of one asynchronous change.

    ``id`` is given by the caller, so that a cloud may hand out its request id as the handle.
    ``resource_ids`` are all resources that it concerns.
    """

    id: str
    kind: OperationKind
    resource_ids: tuple[str, ...]
    started: Instant
    due: Instant
    state: OperationState = OperationState.RUNNING
    reason: str = ""
    held: bool = False
    """Whether its transitions do not fall due until it is released."""
    pace: int = 1
    """How many times as long as usual its halves take."""
    destination_id: str = ""
    """The interface that an address moves to, where one does."""
    detail: str = ""
    """What of its resources it changes, in the cloud's own words, where the kind does not say it."""

    def fail(self, reason: str) -> None:
        """Note that the change has failed, and why."""
        self.state = OperationState.FAILED
        self.reason = reason
