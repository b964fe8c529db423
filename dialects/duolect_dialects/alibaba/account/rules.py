"""How Alibaba Cloud behaves: the core's rules, region by region.

Sources: the vendor's pages on VPC and ECS limits, vSwitches, elastic network interfaces and idempotence.
"""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.model.resources import SECOND
from duolect_core.model.rules import (
    GroupMembership,
    NetworkBlock,
    ResourceKind,
    Rules,
)
from duolect_dialects.alibaba import regions
from duolect_dialects.alibaba.account.quotas import DEFAULT_QUOTAS, VENDOR_QUOTAS
from duolect_dialects.alibaba.instances.types import known_types
from duolect_dialects.call import Rate
from duolect_dialects.dialect import Settings
from duolect_dialects.instance_types import InstanceTypes

RATES: Final[Mapping[str, Rate]] = MappingProxyType(
    {"AllocateEipAddress": Rate(120, 60), "CreateNetworkInterface": Rate(1500, 60)}
)
"""The rates that the pages of the served actions document."""
PUBLIC_RANGE: Final = IPv4Network("198.18.0.0/15")
"""Where public addresses come from in every region: a range that nobody on the Internet has (RFC 2544)."""
_RETENTION: Final = 15 * 86400 * SECOND
"""How long an expired subscription is kept: the page on subscriptions (billing-methods-subscription)."""
_OF_VPC: Final = frozenset(
    {
        ResourceKind.NETWORK,
        ResourceKind.SUBNET,
        ResourceKind.ROUTE_TABLE,
        ResourceKind.ROUTE,
        ResourceKind.ROUTE_LIST,
        ResourceKind.NETWORK_ACL,
        ResourceKind.ACL_ENTRY,
        ResourceKind.PUBLIC_ADDRESS,
        ResourceKind.VIRTUAL_ADDRESS,
        ResourceKind.NAT_GATEWAY,
        ResourceKind.SNAT_RULE,
        ResourceKind.DNAT_RULE,
        ResourceKind.BANDWIDTH_PACKAGE,
        ResourceKind.IPV4_GATEWAY,
        ResourceKind.IPV6_GATEWAY,
        ResourceKind.DHCP_OPTIONS_SET,
        ResourceKind.FLOW_LOG,
        ResourceKind.CIDR_RESERVATION,
        ResourceKind.ADDRESS_SEGMENT,
        ResourceKind.IPV6_BANDWIDTH,
        ResourceKind.EGRESS_RULE,
        ResourceKind.ROUTE_TARGET_GROUP,
    }
)
"""What the VPC product gives ids to: 21 characters after the prefix, as recorded; those of ECS have 20."""
_DAY: Final = 24 * 3600 * SECOND


def rules(region_id: str, settings: Settings) -> Rules:
    """Return how the cloud behaves in a region that it has."""
    letters = regions.REGIONS[region_id].id_letters
    prefixes = {
        ResourceKind.NETWORK: "vpc-",
        ResourceKind.SUBNET: "vsw-",
        ResourceKind.GROUP: "sg-",
        ResourceKind.GROUP_RULE: "sgr-",
        ResourceKind.INSTANCE: "i-",
        ResourceKind.INTERFACE: "eni-",
        ResourceKind.PERMISSION: "eni-perm-",
        ResourceKind.PUBLIC_ADDRESS: "eip-",
        ResourceKind.ROUTE_TABLE: "vtb-",
        ResourceKind.ROUTE: "rte-",
        ResourceKind.ADDRESS_LIST: "pl-",
        ResourceKind.ROUTE_LIST: "pl-",
        ResourceKind.SERVICE_LIST: "prl-",
        ResourceKind.NETWORK_ACL: "nacl-",
        ResourceKind.ACL_ENTRY: "nae-",
        ResourceKind.KEY_PAIR: "ssh-",
        ResourceKind.LAUNCH_TEMPLATE: "lt-",
        ResourceKind.PLACEMENT_GROUP: "ds-",
        ResourceKind.PROVISIONING_GROUP: "apg-",
        ResourceKind.VIRTUAL_ADDRESS: "havip-",
        ResourceKind.NAT_GATEWAY: "ngw-",
        ResourceKind.SNAT_RULE: "snat-",
        ResourceKind.DNAT_RULE: "fwd-",
        ResourceKind.BANDWIDTH_PACKAGE: "cbwp-",
        ResourceKind.DISK: "d-",
        ResourceKind.SNAPSHOT: "s-",
        ResourceKind.SNAPSHOT_GROUP: "ssg-",
        ResourceKind.SNAPSHOT_POLICY: "sp-",
        ResourceKind.IMAGE: "m-",
        ResourceKind.IPV4_GATEWAY: "ipv4gw-",
        ResourceKind.IPV6_GATEWAY: "ipv6gw-",
        ResourceKind.DHCP_OPTIONS_SET: "dopt-",
        ResourceKind.FLOW_LOG: "fl-",
        ResourceKind.CIDR_RESERVATION: "vcr-",
        ResourceKind.ADDRESS_SEGMENT: "eipsg-",
        ResourceKind.IPV6_BANDWIDTH: "ipv6bw-",
        ResourceKind.EGRESS_RULE: "ipv6py-",
        ResourceKind.ROUTE_TARGET_GROUP: "rtg-",
    }
    return Rules(
        region=region_id,
        zones=regions.zones(region_id),
        id_prefixes={kind: prefix + letters for kind, prefix in prefixes.items()}
        | {ResourceKind.IPV6_ADDRESS: "ipv6-"},
        id_tails={kind: 18 if kind in _OF_VPC else 17 for kind in prefixes},
        mac_prefix="00:16:3e",
        mac_upper=False,
        network_blocks=(
            NetworkBlock(IPv4Network("10.0.0.0/8"), 8, 28),
            NetworkBlock(IPv4Network("172.16.0.0/12"), 12, 28),
            NetworkBlock(IPv4Network("192.168.0.0/16"), 16, 28),
            NetworkBlock(IPv4Network("0.0.0.0/0"), 8, 28),
        ),
        excluded_blocks=tuple(
            map(IPv4Network, ("100.64.0.0/10", "224.0.0.0/4", "127.0.0.0/8", "169.254.0.0/16"))
        ),
        unroutable_blocks=(IPv4Network("100.64.0.0/10"),),
        subnet_masks=(16, 29),
        reserved_head=1,
        reserved_tail=3,
        ipv6_range=IPv6Network("2408:4000::/24"),
        ipv6_reserved_head=1,
        ipv6_reserved_tail=9,
        public_range=PUBLIC_RANGE,
        instance_types=InstanceTypes(known_types, settings.instance_types),
        quotas=attrs.evolve(VENDOR_QUOTAS if settings.vendor_quotas else DEFAULT_QUOTAS, **settings.quotas),
        durations=settings.durations,
        not_sold=settings.not_sold,
        extras={"images": settings.images, "resource-groups": settings.resource_groups},
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
        nat_hop_label="NatGateway",
        ipv4_gateway_label="Ipv4Gateway",
        ipv6_gateway_label="IPv6Gateway",
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
        terms_end_at_midnight=True,
        retention=_RETENTION,
        renewal_starts=True,
        delete_on_release=True,
        empty_subnets_go_with_network=False,
        routes_hold=True,
        acls_hold=True,
        acl_ipv6_needs_block=True,
        routes_one_by_one=True,
        subnets_leave_tables_first=True,
        routes_pass_network=True,
        repeats_tolerated=True,
        strict_repeats=settings.strict_repeats,
        token_lifetime=_DAY,
        token_busy_while_running=False,
        tags_remain=False,
        token_repeats_refusals=True,
        operation_lifetime=_DAY,
        token_bytes=settings.token_bytes,
        lowest_addresses_first=settings.lowest_addresses_first,
        network_deletion_is_asynchronous=True,
        device_prefix="/dev/xvd",
        system_disk_newest=True,
        disks_resize_at_once=True,
        disks_restore_attached=True,
        unfinished_snapshots_deletable=True,
        used_snapshots_stay=True,
        snapshot_extras=("Encrypted", "KMSKeyId"),
        auto_snapshot_name="auto2.0_{day}_{policy_id}",
        idle_disks_copied=True,
        slow_lists=(ResourceKind.ROUTE_LIST,),
        services_name_protocols=False,
    )
