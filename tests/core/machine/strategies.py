"""What the machine chooses from: names by their place, rare and frequent values, quotas soon reached."""

from hypothesis import strategies as st
from tests.core.builders import ip

from duolect_core.engine.command_fault import NO_FAULT, CommandFault
from duolect_core.model.disk_lifecycles import COPY_LIFECYCLE, DISK_LIFECYCLE, CopyState, DiskState
from duolect_core.model.lifecycles import (
    ACL_LIFECYCLE,
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    ROUTE_LIFECYCLE,
    SERVICE_LIFECYCLE,
    VIRTUAL_ADDRESS_LIFECYCLE,
    AclState,
    InstanceState,
    InterfaceState,
    PublicAddressState,
    RouteState,
    ServiceState,
    VirtualAddressState,
)
from duolect_core.model.quotas import Quotas
from duolect_core.model.resources import SECOND
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import Direction
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan, AddressRequest, PrefixRequest

TIGHT = Quotas(
    networks=4,
    subnets_per_network=3,
    secondary_blocks_per_network=1,
    route_tables_per_network=3,
    routes_per_table=5,
    route_policies=4,
    entries_per_route_policy=3,
    policies_per_route_table=2,
    network_acls_per_network=3,
    entries_per_acl=4,
    dhcp_options_sets=3,
    networks_per_dhcp_options_set=2,
    flow_logs=3,
    traffic_packages=3,
    groups=4,
    rules_per_group=9,
    rules_per_direction=5,
    naming_rules_per_group=2,
    instances=5,
    interfaces=14,
    interfaces_per_network=8,
    public_addresses=8,
    key_pairs=4,
    launch_templates=3,
    versions_per_launch_template=3,
    placement_groups=3,
    virtual_addresses_per_network=3,
    carriers_per_virtual_address=2,
    virtual_addresses_per_carrier=2,
    nat_gateways=3,
    nat_gateways_per_network=2,
    addresses_per_nat_gateway=3,
    snat_rules_per_gateway=2,
    addresses_per_snat_rule=2,
    dnat_rules_per_gateway=3,
    bandwidth_packages=3,
    addresses_per_package=2,
    public_ipv6_addresses=4,
    reservations_per_network=3,
    egress_rules_per_gateway=2,
    disks=8,
    disks_per_instance=3,
    snapshots=8,
    snapshots_per_disk=3,
    snapshot_policies=3,
    policies_per_disk=2,
    disks_per_policy=3,
    images=3,
    groups_per_interface=2,
    address_lists=3,
    route_lists=3,
    service_lists=3,
    address_list_groups=2,
    service_list_groups=2,
    entries_per_address_list=4,
    entries_per_route_list=4,
    entries_per_service_list=4,
    lists_per_address_list_group=2,
    lists_per_service_list_group=2,
    list_groups_per_list=1,
    groups_per_list=2,
    tags_per_resource=1,
    ipv4_per_detached_interface=6,
    ipv6_per_detached_interface=4,
    basic_group_members=16,
    enterprise_group_members=12,
    enterprise_group_interfaces=4,
)
KINDS = (
    ResourceKind.NETWORK,
    ResourceKind.ROUTE_TABLE,
    ResourceKind.ADDRESS_LIST,
    ResourceKind.ROUTE_LIST,
    ResourceKind.SERVICE_LIST,
    ResourceKind.ADDRESS_LIST_GROUP,
    ResourceKind.SERVICE_LIST_GROUP,
    ResourceKind.SUBNET,
    ResourceKind.NETWORK_ACL,
    ResourceKind.ROUTE_TARGET_GROUP,
    ResourceKind.ROUTE_POLICY,
    ResourceKind.IPV4_GATEWAY,
    ResourceKind.IPV6_GATEWAY,
    ResourceKind.IPV6_ADDRESS,
    ResourceKind.IPV6_BANDWIDTH,
    ResourceKind.PUBLIC_IPV6_ADDRESS,
    ResourceKind.DHCP_OPTIONS_SET,
    ResourceKind.FLOW_LOG,
    ResourceKind.CIDR_RESERVATION,
    ResourceKind.GROUP,
    ResourceKind.KEY_PAIR,
    ResourceKind.LAUNCH_TEMPLATE,
    ResourceKind.PLACEMENT_GROUP,
    ResourceKind.INSTANCE,
    ResourceKind.PROVISIONING_GROUP,
    ResourceKind.DISK,
    ResourceKind.SNAPSHOT,
    ResourceKind.SNAPSHOT_POLICY,
    ResourceKind.SNAPSHOT_GROUP,
    ResourceKind.DISK_BACKUP,
    ResourceKind.IMAGE,
    ResourceKind.INTERFACE,
    ResourceKind.VIRTUAL_ADDRESS,
    ResourceKind.ADDRESS_SEGMENT,
    ResourceKind.TRAFFIC_PACKAGE,
    ResourceKind.PUBLIC_ADDRESS,
    ResourceKind.NAT_GATEWAY,
    ResourceKind.BANDWIDTH_PACKAGE,
)
"""The kinds of resource that are tagged."""

LIFECYCLES = {
    InterfaceState: INTERFACE_LIFECYCLE,
    InstanceState: INSTANCE_LIFECYCLE,
    PublicAddressState: PUBLIC_ADDRESS_LIFECYCLE,
    RouteState: ROUTE_LIFECYCLE,
    VirtualAddressState: VIRTUAL_ADDRESS_LIFECYCLE,
    ServiceState: SERVICE_LIFECYCLE,
    AclState: ACL_LIFECYCLE,
    DiskState: DISK_LIFECYCLE,
    CopyState: COPY_LIFECYCLE,
}

PICK = st.integers(0, 255)
"""Names one of a table's resources by its place, or now and then none that exists."""
PICKS = st.lists(PICK, max_size=3)
GROUPS = st.sampled_from([0, 1, 1, 1, 1, 2, 3]).flatmap(
    lambda size: st.lists(PICK, min_size=size, max_size=size)
)
NUMBERS = st.lists(st.integers(0, 31), min_size=1, max_size=4)
"""Of rules: see ``rules_of``."""
DIRECTIONS = st.sampled_from(Direction)
VERSIONS = st.sampled_from([None, None, None, 0, 1, 2])
TAGS = st.sampled_from([{}, {}, {"k": "v"}, {"k": "w"}, {"k": "v", "l": "v"}])
RARELY = st.integers(0, 7).map(lambda number: number == 7)
OFTEN = st.integers(0, 7).map(lambda number: number != 7)
SUBNET_BLOCKS = st.sampled_from(
    ["10.0.2.0/26", "10.0.2.64/28", "10.0.2.0/28", "10.0.0.0/28", "10.9.0.0/28", "10.0.0.0/30"]
)
NETWORK_BLOCKS = ["10.9.0.0/24", "10.9.0.0/24", "10.0.0.0/16", "10.0.0.0/20", "10.0.0.0/30", "11.0.0.0/16"]
INDEXES = st.sampled_from([0, 7, 300])
ADDRESSES = st.integers(ip("10.0.0.0"), ip("10.0.0.40"))
ADDRESS_REQUESTS = st.one_of(st.just(ANY), st.just(ANY), st.builds(AddressRequest, ADDRESSES))
PREFIXES = st.one_of(
    st.just(ANY_PREFIX),
    st.builds(PrefixRequest, st.sampled_from([ip("10.0.0.16"), ip("10.0.1.16")]), st.just(28)),
)
PLANS = st.one_of(
    st.just(AddressPlan()),
    st.just(AddressPlan()),
    st.builds(
        AddressPlan,
        primary=ADDRESS_REQUESTS,
        secondaries=st.lists(ADDRESS_REQUESTS, max_size=5).map(tuple),
        ipv6=st.lists(st.just(ANY), max_size=3).map(tuple),
        ipv4_prefixes=st.lists(PREFIXES, max_size=2).map(tuple),
        ipv6_prefixes=st.lists(st.just(ANY_PREFIX), max_size=2).map(tuple),
    ),
)
COMMAND_FAULTS = st.builds(
    CommandFault,
    fails=st.booleans(),
    holds=st.sampled_from([False, False, True]),
    duration=st.sampled_from([None, None, 0, 20 * SECOND]),
    pace=st.sampled_from([1, 1, 3]),
    exhausted=RARELY,
    interface_limit=st.sampled_from([None, None, None, 1, 2]),
)
HOW = st.tuples(
    st.sampled_from(["", "", "op 1", "op 2"]),
    st.one_of(st.none(), st.none(), st.none(), st.tuples(st.sampled_from("ab"), st.sampled_from("fffg"))),
    st.one_of(st.just(NO_FAULT), st.just(NO_FAULT), st.just(NO_FAULT), COMMAND_FAULTS),
)
"""With which operation id, which token and fingerprint, and with which fault a command is carried out."""
PLAIN = ("", None, NO_FAULT)
