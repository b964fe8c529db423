"""How much of everything there may be."""

from collections import Counter
from collections.abc import Iterable, Iterator

from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import InterfaceKind
from duolect_core.relations import lists
from duolect_core.security_groups.lists.contents import KINDS, count_limit


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph, quotas = partition.graph, partition.rules.quotas
    # What is being deleted may have been the primary interface of an instance, which no quota counts.
    lasting = (i for i in graph.interfaces.values() if i.state is not InterfaceState.DELETING)
    of_gateways = {gateway.interface_id for gateway in graph.nat_gateways.values()}
    counted = (i for i in lasting if i.id not in of_gateways)
    secondary = (i for i in counted if i.kind is not InterfaceKind.PRIMARY)
    addresses = graph.public_addresses.values()
    counts: list[tuple[str, Iterable[int], int | None]] = [
        ("networks", [len(graph.networks)], quotas.networks),
        ("groups", [len(graph.groups)], quotas.groups),
        (
            "rules of a group",
            [lists.weight_of_rules(graph, group.all_rules) for group in graph.groups.values()],
            quotas.rules_per_group,
        ),
        (
            "rules of a direction",
            [
                lists.weight_of_rules(graph, rules)
                for group in graph.groups.values()
                for rules in group.rules.values()
            ],
            quotas.rules_per_direction,
        ),
        (
            "rules that name groups",
            [
                sum(rule.peer_group_id is not None for rule in group.all_rules)
                for group in graph.groups.values()
            ],
            quotas.naming_rules_per_group,
        ),
        *((f"{kind}s", [len(graph.table(kind))], count_limit(quotas, kind)) for kind in KINDS),
        (
            "groups of a list",
            [len(ids) for ids in graph.list_groups_by_list.everything().values()],
            quotas.list_groups_per_list,
        ),
        (
            "security groups that name a list",
            [len(ids) for ids in graph.groups_by_list.everything().values()],
            quotas.groups_per_list,
        ),
        ("instances", [len(graph.instances)], quotas.instances),
        ("public addresses", [len(graph.public_addresses)], quotas.public_addresses),
        ("public IPv6 addresses", [len(graph.public_ipv6_addresses)], quotas.public_ipv6_addresses),
        ("key pairs", [len(graph.key_pairs)], quotas.key_pairs),
        ("placement groups", [len(graph.placement_groups)], quotas.placement_groups),
        ("launch templates", [len(graph.launch_templates)], quotas.launch_templates),
        (
            "versions of a launch template",
            [len(template.versions) for template in graph.launch_templates.values()],
            quotas.versions_per_launch_template,
        ),
        ("NAT gateways", [len(graph.nat_gateways)], quotas.nat_gateways),
        ("bandwidth packages", [len(graph.bandwidth_packages)], quotas.bandwidth_packages),
        ("traffic packages", [len(graph.traffic_packages)], quotas.traffic_packages),
        (
            "reservations of a network of one version of IP",
            Counter(
                (graph.subnets[each.subnet_id].network_id, each.block.version)
                for each in graph.cidr_reservations.values()
                if each.subnet_id in graph.subnets
            ).values(),
            quotas.reservations_per_network,
        ),
        ("flow logs", [len(graph.flow_logs)], quotas.flow_logs),
        ("sets of DHCP options", [len(graph.dhcp_options_sets)], quotas.dhcp_options_sets),
        (
            "networks of a set of DHCP options",
            [len(options.network_ids) for options in graph.dhcp_options_sets.values()],
            quotas.networks_per_dhcp_options_set,
        ),
        (
            "NAT gateways of a network",
            Counter(gateway.network_id for gateway in graph.nat_gateways.values()).values(),
            quotas.nat_gateways_per_network,
        ),
        (
            "public addresses of a NAT gateway",
            Counter(each.gateway_id for each in addresses if each.gateway_id is not None).values(),
            quotas.addresses_per_nat_gateway,
        ),
        (
            "SNAT rules of a NAT gateway",
            Counter(rule.gateway_id for rule in graph.snat_rules.values()).values(),
            quotas.snat_rules_per_gateway,
        ),
        (
            "public addresses of an SNAT rule",
            [len(rule.public_ips) for rule in graph.snat_rules.values()],
            quotas.addresses_per_snat_rule,
        ),
        (
            "DNAT rules of a NAT gateway",
            Counter(rule.gateway_id for rule in graph.dnat_rules.values()).values(),
            quotas.dnat_rules_per_gateway,
        ),
        (
            "public addresses of a package",
            Counter(
                each
                for each in (
                    *(address.package_id for address in addresses),
                    *(address.package_id for address in graph.public_ipv6_addresses.values()),
                    *(bandwidth.package_id for bandwidth in graph.ipv6_bandwidths.values()),
                )
                if each is not None
            ).values(),
            quotas.addresses_per_package,
        ),
        (
            "egress rules of a gateway",
            Counter(rule.gateway_id for rule in graph.egress_rules.values()).values(),
            quotas.egress_rules_per_gateway,
        ),
        (
            "virtual addresses of a network",
            Counter(address.network_id for address in graph.virtual_addresses.values()).values(),
            quotas.virtual_addresses_per_network,
        ),
        (
            "carriers of a virtual address",
            [len(address.carrier_ids) for address in graph.virtual_addresses.values()],
            quotas.carriers_per_virtual_address,
        ),
        (
            "virtual addresses on a carrier",
            Counter(
                each for address in graph.virtual_addresses.values() for each in address.carrier_ids
            ).values(),
            quotas.virtual_addresses_per_carrier,
        ),
        (
            "data disks of an instance",
            Counter(
                disk.attachment.instance_id
                for disk in graph.disks.values()
                if disk.attachment is not None and disk.kind is DiskKind.DATA
            ).values(),
            quotas.disks_per_instance,
        ),
        ("snapshots", [len(graph.snapshots)], quotas.snapshots),
        ("policies for snapshots", [len(graph.snapshot_policies)], quotas.snapshot_policies),
        (
            "policies of a disk",
            [len(disk.policy_ids) for disk in graph.disks.values()],
            quotas.policies_per_disk,
        ),
        (
            "disks of a policy",
            [len(ids) for ids in graph.disks_by_policy.everything().values()],
            quotas.disks_per_policy,
        ),
        (
            "snapshots of a disk",
            Counter(each.disk_id for each in graph.snapshots.values() if each.disk_id).values(),
            quotas.snapshots_per_disk,
        ),
        ("images", [len(graph.images)], quotas.images),
        (
            "subnets of a network",
            Counter(subnet.network_id for subnet in graph.subnets.values()).values(),
            quotas.subnets_per_network,
        ),
        (
            "route tables of a network",
            Counter(table.network_id for table in graph.route_tables.values()).values(),
            quotas.route_tables_per_network,
        ),
        (
            "network ACLs of a network",
            Counter(acl.network_id for acl in graph.network_acls.values()).values(),
            quotas.network_acls_per_network,
        ),
        (
            "entries of a direction and version of a network ACL",
            [
                sum(entry.version == version for entry in entries)
                for acl in graph.network_acls.values()
                for entries in acl.entries.values()
                for version in (4, 6)
            ],
            quotas.entries_per_acl,
        ),
        ("route policies", [len(graph.route_policies)], quotas.route_policies),
        (
            "entries of a route policy",
            [len(policy.entries) for policy in graph.route_policies.values()],
            quotas.entries_per_route_policy,
        ),
        (
            "route policies of a table",
            [len(ids) for ids in graph.route_policies_by_table.everything().values()],
            quotas.policies_per_route_table,
        ),
        (
            "routes of a table",
            [lists.load_of_table(graph, table_id) for table_id in graph.route_tables],
            quotas.routes_per_table,
        ),
        (
            "secondary interfaces of a network",
            Counter(interface.network_id for interface in secondary).values(),
            quotas.interfaces_per_network,
        ),
        (
            "groups of an interface",
            [len(interface.group_ids) for interface in graph.interfaces.values()],
            quotas.groups_per_interface,
        ),
        (
            "tags of a resource",
            [len(resource.tags) for resource in graph.resources()],
            quotas.tags_per_resource,
        ),
    ]
    for name, found, limit in counts:
        if limit is not None and max(found, default=0) > limit:
            yield f"{max(found)} {name} over {limit}"
