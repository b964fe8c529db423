"""Finding what is named, and which groups may be joined together."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, limited

from duolect_core import errors
from duolect_core.model.resources import GroupKind
from duolect_core.relations import lookup, named_copies, named_gateways


def groups_for(world, subnet, *groups, limit=None):
    rules = limited(NORTH, groups_per_interface=limit)
    ids = [group.id for group in groups]
    return lookup.groups_for(world.graph, rules, ids, subnet.network_id, subnet.id)


@pytest.mark.parametrize(
    ("find", "error"),
    [
        (lookup.network, errors.NetworkNotFound),
        (lookup.ready_network, errors.NetworkNotFound),
        (lookup.route_table, errors.RouteTableNotFound),
        (lookup.ready_route_target_group, errors.RouteTargetGroupNotFound),
        (lookup.route_policy, errors.RoutePolicyNotFound),
        (lookup.network_acl, errors.NetworkAclNotFound),
        (named_gateways.ipv4_gateway, errors.Ipv4GatewayNotFound),
        (named_gateways.ipv6_gateway, errors.Ipv6GatewayNotFound),
        (named_gateways.ipv6_address, errors.Ipv6AddressNotFound),
        (named_gateways.ipv6_bandwidth, errors.Ipv6BandwidthNotFound),
        (named_gateways.egress_rule, errors.EgressRuleNotFound),
        (named_gateways.public_ipv6_address, errors.PublicAddressNotFound),
        (named_copies.snapshot_group, errors.SnapshotGroupNotFound),
        (named_copies.snapshot_policy, errors.SnapshotPolicyNotFound),
        (named_copies.disk_backup, errors.DiskBackupNotFound),
        (lookup.dhcp_options_set, errors.DhcpOptionsSetNotFound),
        (lookup.flow_log, errors.FlowLogNotFound),
        (lookup.cidr_reservation, errors.CidrReservationNotFound),
        (lookup.address_segment, errors.SegmentNotFound),
        (lookup.traffic_package, errors.TrafficPackageNotFound),
        (lookup.subnet, errors.SubnetNotFound),
        (lookup.group, errors.GroupNotFound),
        (lookup.instance, errors.InstanceNotFound),
        (lookup.interface, errors.InterfaceNotFound),
        (lookup.permission, errors.PermissionNotFound),
    ],
)
def test_what_does_not_exist_is_named_in_the_refusal(find, error):
    with pytest.raises(error) as caught:
        find(World(NORTH).graph, "absent")
    assert caught.value.resource_id == "absent"


def test_groups_are_returned_in_the_order_in_which_they_were_named_and_once_each():
    world = World(NORTH)
    subnet = world.subnet()
    a, b = world.group(subnet), world.group(subnet)
    assert groups_for(world, subnet, b, a, b) == (b, a)


def test_a_group_that_is_named_twice_counts_once():
    world = World(NORTH)
    subnet = world.subnet()
    a, b = world.group(subnet), world.group(subnet)
    assert groups_for(world, subnet, a, a, b, limit=2) == (a, b)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda world, subnet: [world.group(subnet, classic=True)], errors.GroupClassicNetwork),
        (lambda world, subnet: [world.group(subnet, managed=True)], errors.GroupManaged),
        (
            lambda world, subnet: [world.group(subnet), world.group(subnet, kind=GroupKind.ENTERPRISE)],
            errors.GroupKindsMixed,
        ),
        (lambda world, subnet: [world.group(subnet) for _ in range(3)], errors.GroupsPerInterfaceExceeded),
        (lambda world, _: [world.group(world.subnet())], errors.GroupNetworkMismatch),
    ],
    ids=["classic", "managed", "mixed kinds", "too many", "another network"],
)
def test_groups_that_cannot_be_joined_are_refused(make, error):
    world = World(NORTH)
    subnet = world.subnet()
    groups = make(world, subnet)
    with pytest.raises(error):
        groups_for(world, subnet, *groups, limit=2)


def test_a_group_of_no_network_can_be_joined_anywhere():
    world = World(NORTH)
    group = world.group()
    assert groups_for(world, world.subnet(), group) == (group,)
