"""How Tencent Cloud behaves: the core's rules, region by region.

Sources: the vendor's pages on VPC use limits, quota limits, network planning and ENI use limits.
"""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.model.quotas import Quotas
from duolect_core.model.resources import SECOND
from duolect_core.model.rules import GroupMembership, NetworkBlock, ResourceKind, Rules
from duolect_dialects.call import Rate
from duolect_dialects.dialect import Settings
from duolect_dialects.instance_types import InstanceTypes
from duolect_dialects.tencent import regions
from duolect_dialects.tencent.instances.types import known_types

_RETENTION: Final = 7 * 86400 * SECOND
"""How long the recycle bin keeps a prepaid instance: the vendor's page on it (213/4931)."""

DEFAULT_QUOTAS: Final = Quotas(
    subnets_per_network=100,
    secondary_blocks_per_network=5,
    route_tables_per_network=10,
    routes_per_table=50,
    network_acls_per_network=50,
    entries_per_acl=20,
    rules_per_direction=100,
    naming_rules_per_group=10,
    groups_per_interface=5,
    tags_per_resource=50,
    entries_per_address_list=20,
    entries_per_service_list=20,
    lists_per_address_list_group=20,
    lists_per_service_list_group=20,
    list_groups_per_list=50,
    virtual_addresses_per_network=10,
    carriers_per_virtual_address=10,
    # terraform-provider-tencentcloud's acceptance tests give 30 to an interface that is on no instance, ten
    # with each call at most; a new account's quota is 50.
    ipv4_per_detached_interface=50,
    ipv6_per_detached_interface=10,
    nat_gateways_per_network=3,
    addresses_per_nat_gateway=10,
    dnat_rules_per_gateway=200,
    addresses_per_package=100,
    versions_per_launch_template=30,
    disks_per_instance=20,
    accounts_per_image=500,
)
"""What belongs to one resource is limited as on the cloud; what a region or network holds is not."""
VENDOR_QUOTAS: Final = attrs.evolve(
    DEFAULT_QUOTAS,
    networks=20,
    groups=50,
    address_lists=1000,
    service_lists=1000,
    address_list_groups=1000,
    service_list_groups=1000,
    interfaces_per_network=1000,
    public_addresses=20,
    basic_group_members=2000,
    bandwidth_packages=20,
    placement_groups=10,
    images=500,
)
"""A new account's quotas on the real cloud."""

RATES: Final[Mapping[str, Rate]] = MappingProxyType(
    {
        "AllocateAddresses": Rate(10, 1),
        "AttachNetworkInterface": Rate(100, 1),
        "CreateNetworkInterface": Rate(100, 1),
        "DescribeAddressQuota": Rate(10, 1),
        "DescribeNetworkInterfaceLimit": Rate(20, 1),
        "DescribeVpcLimits": Rate(20, 1),
        "DescribeVpcTaskResult": Rate(20, 1),
        "ModifyAddressAttribute": Rate(10, 1),
    }
)
"""The rates that the pages of the served actions document."""
PUBLIC_RANGE: Final = IPv4Network("198.18.0.0/15")
"""Where public addresses come from in every region: a range that nobody on the Internet has (RFC 2544)."""
PUBLIC_IPV6_RANGE: Final = IPv6Network("2001:2::/48")
"""Where public IPv6 addresses come from: likewise (RFC 5180)."""
_DAY: Final = 24 * 3600 * SECOND
_ID_PREFIXES: Final = MappingProxyType(
    {
        ResourceKind.NETWORK: "vpc-",
        ResourceKind.SUBNET: "subnet-",
        ResourceKind.GROUP: "sg-",
        ResourceKind.INSTANCE: "ins-",
        ResourceKind.INTERFACE: "eni-",
        ResourceKind.PUBLIC_ADDRESS: "eip-",
        ResourceKind.PUBLIC_IPV6_ADDRESS: "eipv6-",
        ResourceKind.ROUTE_TABLE: "rtb-",
        ResourceKind.ROUTE: "rti-",
        ResourceKind.ROUTE_POLICY: "rrp-",
        ResourceKind.POLICY_ENTRY: "rrpi-",
        ResourceKind.ADDRESS_LIST: "ipm-",
        ResourceKind.SERVICE_LIST: "ppm-",
        ResourceKind.ADDRESS_LIST_GROUP: "ipmg-",
        ResourceKind.SERVICE_LIST_GROUP: "ppmg-",
        ResourceKind.NETWORK_ACL: "acl-",
        ResourceKind.ACL_ENTRY: "acli-",
        ResourceKind.KEY_PAIR: "skey-",
        ResourceKind.LAUNCH_TEMPLATE: "lt-",
        ResourceKind.PLACEMENT_GROUP: "ps-",
        ResourceKind.VIRTUAL_ADDRESS: "havip-",
        ResourceKind.NAT_GATEWAY: "nat-",
        ResourceKind.SNAT_RULE: "snat-",
        ResourceKind.DNAT_RULE: "dnat-",
        ResourceKind.BANDWIDTH_PACKAGE: "bwp-",
        ResourceKind.IPV6_ADDRESS: "ipv6-",
        ResourceKind.IPV6_BANDWIDTH: "eip-",
        ResourceKind.DISK: "disk-",
        ResourceKind.SNAPSHOT: "snap-",
        ResourceKind.SNAPSHOT_GROUP: "csnap-",
        ResourceKind.SNAPSHOT_POLICY: "asp-",
        ResourceKind.DISK_BACKUP: "dbp-",
        ResourceKind.IMAGE: "img-",
        ResourceKind.FLOW_LOG: "fl-",
        ResourceKind.TRAFFIC_PACKAGE: "tfp-",
    }
)

_LISTS: Final = (
    ResourceKind.ADDRESS_LIST,
    ResourceKind.SERVICE_LIST,
    ResourceKind.ADDRESS_LIST_GROUP,
    ResourceKind.SERVICE_LIST_GROUP,
)
"""Templates, which a task tells everybody of when they change."""


def rules(region_id: str, settings: Settings) -> Rules:
    """Return how the cloud behaves in a region that it has."""
    return Rules(
        region=region_id,
        zones=regions.zones(region_id),
        id_prefixes=_ID_PREFIXES,
        id_tails=dict.fromkeys(ResourceKind, 8),
        mac_prefix="20:90:6f",
        mac_upper=True,
        network_blocks=(
            NetworkBlock(IPv4Network("10.0.0.0/8"), 12, 28),
            NetworkBlock(IPv4Network("172.16.0.0/12"), 12, 28),
            NetworkBlock(IPv4Network("192.168.0.0/16"), 16, 28),
        ),
        excluded_blocks=(),
        unroutable_blocks=(),
        subnet_masks=(16, 28),
        reserved_head=2,
        reserved_tail=1,
        ipv6_range=IPv6Network("2402:4e00::/32"),
        ipv6_reserved_head=2,
        ipv6_reserved_tail=1,
        public_range=PUBLIC_RANGE,
        public_ipv6_range=PUBLIC_IPV6_RANGE,
        instance_types=InstanceTypes(known_types, settings.instance_types),
        quotas=attrs.evolve(VENDOR_QUOTAS if settings.vendor_quotas else DEFAULT_QUOTAS, **settings.quotas),
        durations=settings.durations,
        not_sold=settings.not_sold,
        extras={"images": settings.images},
        main_route_table_name="default",
        primary_name="{instance} Primary ENI",
        groups_bound_to_network=False,
        group_members_count=GroupMembership.INTERFACES,
        interface_needs_group=False,
        attach_needs_group=settings.attach_needs_group,
        create_is_asynchronous=True,
        primary_modifiable=True,
        groups_need_steady_state=False,
        leaving_unjoined_refused=False,
        rule_repeats_refused=True,
        groups_may_name_themselves=True,
        public_address_on_primary=True,
        elastic_address_replaces_own=True,
        nat_hop_label="NAT",
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
        retention=_RETENTION,
        returns_first=True,
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
        token_lifetime=_DAY,
        token_busy_while_running=True,
        tags_remain=True,
        token_repeats_refusals=False,
        operation_lifetime=_DAY,
        token_bytes=settings.token_bytes,
        lowest_addresses_first=settings.lowest_addresses_first,
        # packer (builder/tencentcloud/cvm/step_config_subnet.go) deletes the subnet of an instance that is
        # gone again and again, as long as it is ResourceInUse.
        interface_outlives_instance=True,
        system_disk_newest=False,
        disks_resize_at_once=False,
        disks_restore_attached=False,
        unfinished_snapshots_deletable=False,
        used_snapshots_stay=False,
        snapshot_extras=("Encrypt", "ProjectId"),
        idle_disks_copied=False,
        slow_lists=_LISTS,
        services_name_protocols=True,
        flow_logs_unique=True,
    )
