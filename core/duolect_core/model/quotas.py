"""How much of everything there may be, as one value. A quota of None means unlimited."""

import attrs

from duolect_core.by_fields import Value


@attrs.frozen(eq=False, repr=False)
class Quotas(Value):
    """How much of everything an account may have in one region.

    ``interfaces`` counts primary interfaces too, but only creating another one is refused for it: the
    primary ones come with instances, which have a quota of their own. ``interfaces_per_network`` counts
    secondary ones only, without those of NAT gateways. ``entries_per_acl`` counts those of each direction
    and version of IP on their own.
    """

    networks: int | None = None
    subnets_per_network: int | None = None
    secondary_blocks_per_network: int | None = None
    route_tables_per_network: int | None = None
    routes_per_table: int | None = None
    route_policies: int | None = None
    entries_per_route_policy: int | None = None
    policies_per_route_table: int | None = None
    network_acls_per_network: int | None = None
    entries_per_acl: int | None = None
    groups: int | None = None
    rules_per_group: int | None = None
    rules_per_direction: int | None = None
    naming_rules_per_group: int | None = None
    instances: int | None = None
    interfaces: int | None = None
    interfaces_per_network: int | None = None
    groups_per_interface: int | None = None
    tags_per_resource: int | None = None
    address_lists: int | None = None
    route_lists: int | None = None
    service_lists: int | None = None
    address_list_groups: int | None = None
    service_list_groups: int | None = None
    entries_per_address_list: int | None = None
    entries_per_route_list: int | None = None
    entries_per_service_list: int | None = None
    lists_per_address_list_group: int | None = None
    lists_per_service_list_group: int | None = None
    list_groups_per_list: int | None = None
    groups_per_list: int | None = None
    """How many security groups may name a list in their rules."""
    public_addresses: int | None = None
    public_ipv6_addresses: int | None = None
    key_pairs: int | None = None
    launch_templates: int | None = None
    versions_per_launch_template: int | None = None
    placement_groups: int | None = None
    virtual_addresses_per_network: int | None = None
    carriers_per_virtual_address: int | None = None
    virtual_addresses_per_carrier: int | None = None
    nat_gateways: int | None = None
    nat_gateways_per_network: int | None = None
    addresses_per_nat_gateway: int | None = None
    snat_rules_per_gateway: int | None = None
    dnat_rules_per_gateway: int | None = None
    addresses_per_snat_rule: int | None = None
    bandwidth_packages: int | None = None
    addresses_per_package: int | None = None
    egress_rules_per_gateway: int | None = None
    disks: int | None = None
    """Those that stand by themselves or could: system disks do not count."""
    disks_per_instance: int | None = None
    """Beside the system disk."""
    snapshots: int | None = None
    snapshots_per_disk: int | None = None
    snapshot_policies: int | None = None
    policies_per_disk: int | None = None
    disks_per_policy: int | None = None
    images: int | None = None
    accounts_per_image: int | None = None
    """How many accounts an image may be shared with."""
    dhcp_options_sets: int | None = None
    networks_per_dhcp_options_set: int | None = None
    flow_logs: int | None = None
    reservations_per_network: int | None = None
    """How many reservations the subnets of a network have together, of IPv4 and of IPv6 each."""
    traffic_packages: int | None = None
    ipv4_per_detached_interface: int | None = None
    ipv6_per_detached_interface: int | None = None
    basic_group_members: int | None = None
    enterprise_group_members: int | None = None
    enterprise_group_interfaces: int | None = None
