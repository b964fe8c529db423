"""Finding what a command names, or raising that it does not exist.

What commands on interfaces name is looked for here, and not by ``named``: nothing is looked for as often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from duolect_core import errors
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.lifecycles import (
    AclState,
    ProvisionState,
    RouteState,
    ServiceState,
    VirtualAddressState,
)
from duolect_core.model.rules import ResourceKind, Rules
from duolect_core.relations import named_copies, named_gateways, named_lists
from duolect_core.relations.existing import named

if TYPE_CHECKING:
    from duolect_core.graph.graph import Graph
    from duolect_core.model.dhcp_options import DhcpOptionsSet
    from duolect_core.model.disks import Disk, Image, Snapshot
    from duolect_core.model.fleets import LaunchTemplate, PlacementGroup, ProvisioningGroup, TemplateVersion
    from duolect_core.model.flow_logs import FlowLog
    from duolect_core.model.instances import Instance
    from duolect_core.model.key_pairs import KeyPair
    from duolect_core.model.network_acls import NetworkAcl
    from duolect_core.model.public_addresses import (
        AddressSegment,
        BandwidthPackage,
        PublicAddress,
        TrafficPackage,
    )
    from duolect_core.model.resources import Interface, Network, Permission, Resource, SecurityGroup, Subnet
    from duolect_core.model.routes import Route, RoutePolicy, RouteTable, RouteTargetGroup
    from duolect_core.model.virtual_addresses import CidrReservation, VirtualAddress


def network(graph: Graph, network_id: str) -> Network:
    """Return the network, or raise ``NetworkNotFound``."""
    return named(graph.networks, network_id, errors.NetworkNotFound)


def ready_network(graph: Graph, network_id: str) -> Network:
    """Return the network, or raise ``NetworkNotFound``, or ``NetworkBusy`` while it comes or goes."""
    found = network(graph, network_id)
    if found.state is not ProvisionState.AVAILABLE:
        raise errors.NetworkBusy(network_id)
    return found


def route_table(graph: Graph, table_id: str) -> RouteTable:
    """Return the route table, or raise ``RouteTableNotFound``."""
    return named(graph.route_tables, table_id, errors.RouteTableNotFound)


def ready_route_table(graph: Graph, table_id: str) -> RouteTable:
    """Return the route table, or raise ``RouteTableNotFound``, ``RouteTableBusy`` as it comes or goes."""
    found = route_table(graph, table_id)
    if found.state is not RouteState.AVAILABLE:
        raise errors.RouteTableBusy(table_id)
    return found


def route(graph: Graph, route_id: str) -> Route:
    """Return the route, or raise ``RouteNotFound``."""
    return named(graph.routes, route_id, errors.RouteNotFound)


def ready_route(graph: Graph, route_id: str) -> Route:
    """Return the route, or raise ``RouteNotFound``, or ``RouteBusy`` while something is done to it."""
    found = route(graph, route_id)
    if found.state is not RouteState.AVAILABLE:
        raise errors.RouteBusy(route_id)
    return found


def route_target_group(graph: Graph, group_id: str) -> RouteTargetGroup:
    """Return the group of route targets, or raise ``RouteTargetGroupNotFound``."""
    return named(graph.route_target_groups, group_id, errors.RouteTargetGroupNotFound)


def ready_route_target_group(graph: Graph, group_id: str) -> RouteTargetGroup:
    """Return the group, or raise ``RouteTargetGroupNotFound``, or ``RouteTargetGroupBusy``."""
    found = route_target_group(graph, group_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.RouteTargetGroupBusy(group_id, found.state)
    return found


def route_policy(graph: Graph, policy_id: str) -> RoutePolicy:
    """Return the route policy, or raise ``RoutePolicyNotFound``."""
    return named(graph.route_policies, policy_id, errors.RoutePolicyNotFound)


def subnet(graph: Graph, subnet_id: str) -> Subnet:
    """Return the subnet, or raise ``SubnetNotFound``."""
    found = graph.subnets.get(subnet_id)
    if found is None:
        raise errors.SubnetNotFound(subnet_id)
    return found


def ready_subnet(graph: Graph, subnet_id: str) -> Subnet:
    """Return the subnet, or raise ``SubnetNotFound``, or ``SubnetBusy`` while it changes."""
    found = subnet(graph, subnet_id)
    if found.state is not ProvisionState.AVAILABLE:
        raise errors.SubnetBusy(subnet_id)
    return found


def network_acl(graph: Graph, acl_id: str) -> NetworkAcl:
    """Return the network ACL, or raise ``NetworkAclNotFound``."""
    return named(graph.network_acls, acl_id, errors.NetworkAclNotFound)


def ready_network_acl(graph: Graph, acl_id: str) -> NetworkAcl:
    """Return the network ACL, or raise ``NetworkAclNotFound``, or ``NetworkAclBusy`` while it changes.

    Raises:
        NetworkAclAssociating: what changes is which subnets are associated with it.
    """
    found = network_acl(graph, acl_id)
    if found.moving:
        raise errors.NetworkAclAssociating(acl_id)
    if found.state is not AclState.AVAILABLE:
        raise errors.NetworkAclBusy(acl_id)
    return found


def dhcp_options_set(graph: Graph, set_id: str) -> DhcpOptionsSet:
    """Return the set of DHCP options, or raise ``DhcpOptionsSetNotFound``."""
    return named(graph.dhcp_options_sets, set_id, errors.DhcpOptionsSetNotFound)


def ready_dhcp_options_set(graph: Graph, set_id: str) -> DhcpOptionsSet:
    """Return the set of DHCP options, or raise ``DhcpOptionsSetNotFound``, or ``DhcpOptionsSetBusy``."""
    found = dhcp_options_set(graph, set_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.DhcpOptionsSetBusy(set_id, found.state)
    return found


def flow_log(graph: Graph, log_id: str) -> FlowLog:
    """Return the flow log, or raise ``FlowLogNotFound``."""
    return named(graph.flow_logs, log_id, errors.FlowLogNotFound)


def ready_flow_log(graph: Graph, log_id: str) -> FlowLog:
    """Return the flow log, or raise ``FlowLogNotFound``, or ``FlowLogBusy`` while it changes."""
    found = flow_log(graph, log_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.FlowLogBusy(log_id, found.state)
    return found


def cidr_reservation(graph: Graph, reservation_id: str) -> CidrReservation:
    """Return the reservation in a subnet, or raise ``CidrReservationNotFound``."""
    return named(graph.cidr_reservations, reservation_id, errors.CidrReservationNotFound)


def ready_cidr_reservation(graph: Graph, reservation_id: str) -> CidrReservation:
    """Return the reservation, or raise ``CidrReservationNotFound``, or ``CidrReservationBusy``."""
    found = cidr_reservation(graph, reservation_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.CidrReservationBusy(reservation_id, found.state)
    return found


def group(graph: Graph, group_id: str) -> SecurityGroup:
    """Return the security group, or raise ``GroupNotFound``."""
    found = graph.groups.get(group_id)
    if found is None:
        raise errors.GroupNotFound(group_id)
    return found


def instance(graph: Graph, instance_id: str) -> Instance:
    """Return the instance, or raise ``InstanceNotFound``."""
    found = graph.instances.get(instance_id)
    if found is None:
        raise errors.InstanceNotFound(instance_id)
    return found


def launch_template(graph: Graph, template_id: str) -> LaunchTemplate:
    """Return the launch template, or raise ``LaunchTemplateNotFound``."""
    return named(graph.launch_templates, template_id, errors.LaunchTemplateNotFound)


def placement_group(graph: Graph, group_id: str) -> PlacementGroup:
    """Return the placement group, or raise ``PlacementGroupNotFound``."""
    return named(graph.placement_groups, group_id, errors.PlacementGroupNotFound)


def provisioning_group(graph: Graph, group_id: str) -> ProvisioningGroup:
    """Return the provisioning group, or raise ``ProvisioningGroupNotFound``."""
    return named(graph.provisioning_groups, group_id, errors.ProvisioningGroupNotFound)


def template_version(template: LaunchTemplate, number: int | None) -> TemplateVersion:
    """Return a version of a launch template, the default one for None, or raise what is not there.

    Raises:
        TemplateVersionNotFound: it has none of the number.
    """
    number = template.default if number is None else number
    found = template.version(number)
    if found is None:
        raise errors.TemplateVersionNotFound(template.id, number)
    return found


def key_pair(graph: Graph, key_pair_id: str) -> KeyPair:
    """Return the key pair, or raise ``KeyPairNotFound``."""
    return named(graph.key_pairs, key_pair_id, errors.KeyPairNotFound)


def interface(graph: Graph, interface_id: str) -> Interface:
    """Return the interface, or raise ``InterfaceNotFound``."""
    found = graph.interfaces.get(interface_id)
    if found is None:
        raise errors.InterfaceNotFound(interface_id)
    return found


def permission(graph: Graph, permission_id: str) -> Permission:
    """Return the permission, or raise ``PermissionNotFound``."""
    return named(graph.permissions, permission_id, errors.PermissionNotFound)


def public_address(graph: Graph, address_id: str) -> PublicAddress:
    """Return the elastic public address, or raise ``PublicAddressNotFound``."""
    return named(graph.public_addresses, address_id, errors.PublicAddressNotFound)


def ready_address_segment(graph: Graph, segment_id: str) -> AddressSegment:
    """Return the segment of public addresses, or raise ``SegmentNotFound`` or ``SegmentBusy``."""
    found = address_segment(graph, segment_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.SegmentBusy(segment_id, found.state)
    return found


def address_segment(graph: Graph, segment_id: str) -> AddressSegment:
    """Return the segment of public addresses, or raise ``SegmentNotFound``."""
    return named(graph.address_segments, segment_id, errors.SegmentNotFound)


def traffic_package(graph: Graph, package_id: str) -> TrafficPackage:
    """Return the traffic package, or raise ``TrafficPackageNotFound``."""
    return named(graph.traffic_packages, package_id, errors.TrafficPackageNotFound)


def virtual_address(graph: Graph, address_id: str) -> VirtualAddress:
    """Return the virtual address, or raise ``VirtualAddressNotFound``."""
    return named(graph.virtual_addresses, address_id, errors.VirtualAddressNotFound)


def ready_virtual_address(graph: Graph, address_id: str) -> VirtualAddress:
    """Return the virtual address, or raise ``VirtualAddressNotFound``, or ``VirtualAddressBusy``."""
    found = virtual_address(graph, address_id)
    if found.state is not VirtualAddressState.AVAILABLE:
        raise errors.VirtualAddressBusy(address_id, found.state)
    return found


def bandwidth_package(graph: Graph, package_id: str) -> BandwidthPackage:
    """Return the bandwidth package, or raise ``BandwidthPackageNotFound``."""
    return named(graph.bandwidth_packages, package_id, errors.BandwidthPackageNotFound)


def ready_bandwidth_package(graph: Graph, package_id: str) -> BandwidthPackage:
    """Return the bandwidth package, or raise that there is none, or that it is busy."""
    found = bandwidth_package(graph, package_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.BandwidthPackageBusy(package_id, found.state)
    return found


def disk(graph: Graph, disk_id: str) -> Disk:
    """Return the disk, or raise ``DiskNotFound``."""
    return named(graph.disks, disk_id, errors.DiskNotFound)


def snapshot(graph: Graph, snapshot_id: str) -> Snapshot:
    """Return the snapshot, or raise ``SnapshotNotFound``."""
    return named(graph.snapshots, snapshot_id, errors.SnapshotNotFound)


def ready_snapshot(graph: Graph, snapshot_id: str) -> Snapshot:
    """Return the snapshot, or raise ``SnapshotNotFound``, or ``SnapshotBusy`` unless it is complete."""
    found = snapshot(graph, snapshot_id)
    if found.state is not CopyState.AVAILABLE:
        raise errors.SnapshotBusy(snapshot_id)
    return found


def image(graph: Graph, image_id: str) -> Image:
    """Return the image of the account's own, or raise ``ImageNotFound``."""
    return named(graph.images, image_id, errors.ImageNotFound)


_FINDERS: Final[Mapping[ResourceKind, Callable[[Graph, str], Resource]]] = MappingProxyType(
    {
        ResourceKind.NETWORK: network,
        ResourceKind.ROUTE_TABLE: route_table,
        ResourceKind.ROUTE: route,
        ResourceKind.ADDRESS_LIST: named_lists.address_list,
        ResourceKind.ROUTE_LIST: named_lists.route_list,
        ResourceKind.SERVICE_LIST: named_lists.service_list,
        ResourceKind.ADDRESS_LIST_GROUP: named_lists.address_list_group,
        ResourceKind.SERVICE_LIST_GROUP: named_lists.service_list_group,
        ResourceKind.SUBNET: subnet,
        ResourceKind.ROUTE_TARGET_GROUP: route_target_group,
        ResourceKind.ROUTE_POLICY: route_policy,
        ResourceKind.NETWORK_ACL: network_acl,
        ResourceKind.IPV4_GATEWAY: named_gateways.ipv4_gateway,
        ResourceKind.IPV6_GATEWAY: named_gateways.ipv6_gateway,
        ResourceKind.IPV6_ADDRESS: named_gateways.ipv6_address,
        ResourceKind.IPV6_BANDWIDTH: named_gateways.ipv6_bandwidth,
        ResourceKind.EGRESS_RULE: named_gateways.egress_rule,
        ResourceKind.DHCP_OPTIONS_SET: dhcp_options_set,
        ResourceKind.FLOW_LOG: flow_log,
        ResourceKind.CIDR_RESERVATION: cidr_reservation,
        ResourceKind.GROUP: group,
        ResourceKind.KEY_PAIR: key_pair,
        ResourceKind.LAUNCH_TEMPLATE: launch_template,
        ResourceKind.PLACEMENT_GROUP: placement_group,
        ResourceKind.PROVISIONING_GROUP: provisioning_group,
        ResourceKind.INSTANCE: instance,
        ResourceKind.DISK: disk,
        ResourceKind.SNAPSHOT: snapshot,
        ResourceKind.SNAPSHOT_GROUP: named_copies.snapshot_group,
        ResourceKind.SNAPSHOT_POLICY: named_copies.snapshot_policy,
        ResourceKind.DISK_BACKUP: named_copies.disk_backup,
        ResourceKind.IMAGE: image,
        ResourceKind.INTERFACE: interface,
        ResourceKind.PERMISSION: permission,
        ResourceKind.PUBLIC_ADDRESS: public_address,
        ResourceKind.ADDRESS_SEGMENT: address_segment,
        ResourceKind.TRAFFIC_PACKAGE: traffic_package,
        ResourceKind.PUBLIC_IPV6_ADDRESS: named_gateways.public_ipv6_address,
        ResourceKind.VIRTUAL_ADDRESS: virtual_address,
        ResourceKind.BANDWIDTH_PACKAGE: bandwidth_package,
        ResourceKind.NAT_GATEWAY: named_gateways.nat_gateway,
        ResourceKind.SNAT_RULE: named_gateways.snat_rule,
        ResourceKind.DNAT_RULE: named_gateways.dnat_rule,
    }
)


def resource(graph: Graph, kind: ResourceKind, resource_id: str) -> Resource:
    """Return the resource of a kind, or raise the ``NotFound`` of that kind."""
    return _FINDERS[kind](graph, resource_id)


def groups_for(
    graph: Graph, rules: Rules, group_ids: Iterable[str], network_id: str, joiner_id: str
) -> tuple[SecurityGroup, ...]:
    """Return the security groups that an interface in this network wants to join, each once.

    ``joiner_id`` is the interface, or the subnet of a new one.

    Raises:
        GroupNotFound: a group does not exist.
        GroupClassicNetwork, GroupManaged, GroupNetworkMismatch, GroupKindsMixed: it cannot be joined.
        GroupsPerInterfaceExceeded: there are too many.
    """
    groups = tuple([group(graph, group_id) for group_id in dict.fromkeys(group_ids)])
    for found in groups:
        if found.classic:
            raise errors.GroupClassicNetwork(found.id)
        if found.managed:
            raise errors.GroupManaged(found.id)
        if found.network_id is not None and found.network_id != network_id:
            raise errors.GroupNetworkMismatch(found.id, found.network_id, joiner_id, network_id)
    if len(groups) > 1 and len({found.kind for found in groups}) > 1:
        raise errors.GroupKindsMixed(joiner_id)
    limit = rules.quotas.groups_per_interface
    if limit is not None and len(groups) > limit:
        raise errors.GroupsPerInterfaceExceeded(joiner_id, limit)
    return groups


def check_tags(rules: Rules, tags: Mapping[str, str], resource_id: str = "") -> None:
    """Raise ``TagQuotaExceeded`` where a resource would carry too many tags."""
    limit = rules.quotas.tags_per_resource
    if limit is not None and len(tags) > limit:
        raise errors.TagQuotaExceeded(resource_id, limit)
