"""What an account may have.

Sources: the vendor's pages on VPC and ECS limits.
"""

from typing import Final

import attrs

from duolect_core.model.rules import Quotas

DEFAULT_QUOTAS: Final = Quotas(
    subnets_per_network=150,
    secondary_blocks_per_network=5,
    route_tables_per_network=10,
    routes_per_table=200,
    rules_per_group=200,
    naming_rules_per_group=20,
    groups_per_interface=5,
    tags_per_resource=20,
    disks_per_instance=16,
    snapshots_per_disk=256,
    ipv4_per_detached_interface=50,
    ipv6_per_detached_interface=10,
)
"""What belongs to one resource is limited as on the cloud; what a region holds is not."""
VENDOR_QUOTAS: Final = attrs.evolve(
    DEFAULT_QUOTAS,
    networks=10,
    groups=100,
    interfaces=100,
    public_addresses=20,
    key_pairs=500,
    basic_group_members=2000,
    enterprise_group_members=65536,
    enterprise_group_interfaces=65536,
)
"""A new account's quotas on the real cloud."""
