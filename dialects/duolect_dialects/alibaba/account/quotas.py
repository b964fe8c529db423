"""What an account may have.

Sources: the vendor's pages on VPC and ECS limits, and on those of DHCP options sets and NAT gateways. How
many bandwidth packages there may be, and EIPs in one, is assumed, and so are the egress rules of an IPv6
gateway: as many as the largest had when there were sizes of them.
"""

from typing import Final

import attrs

from duolect_core.model.quotas import Quotas

DEFAULT_QUOTAS: Final = Quotas(
    subnets_per_network=150,
    secondary_blocks_per_network=5,
    route_tables_per_network=10,
    routes_per_table=200,
    network_acls_per_network=20,
    entries_per_acl=20,
    rules_per_group=200,
    naming_rules_per_group=20,
    groups_per_interface=5,
    tags_per_resource=20,
    entries_per_address_list=200,
    entries_per_route_list=50,
    entries_per_service_list=2000,
    groups_per_list=1000,
    carriers_per_virtual_address=2,
    virtual_addresses_per_carrier=5,
    disks_per_instance=16,
    versions_per_launch_template=30,
    snapshots_per_disk=256,
    policies_per_disk=10,
    accounts_per_image=50,
    ipv4_per_detached_interface=50,
    ipv6_per_detached_interface=10,
    nat_gateways_per_network=5,
    addresses_per_nat_gateway=20,
    snat_rules_per_gateway=40,
    addresses_per_snat_rule=64,
    dnat_rules_per_gateway=100,
    addresses_per_package=100,
    egress_rules_per_gateway=200,
    networks_per_dhcp_options_set=10,
)
"""What belongs to one resource is limited as on the cloud; what a region holds is not."""
VENDOR_QUOTAS: Final = attrs.evolve(
    DEFAULT_QUOTAS,
    networks=10,
    groups=100,
    address_lists=100,
    route_lists=10,
    service_lists=1000,
    interfaces=100,
    public_addresses=20,
    key_pairs=500,
    snapshot_policies=100,
    launch_templates=30,
    bandwidth_packages=20,
    dhcp_options_sets=10,
    flow_logs=10,
    reservations_per_network=100,
    basic_group_members=2000,
    enterprise_group_members=65536,
    enterprise_group_interfaces=65536,
)
"""A new account's quotas on the real cloud."""
