"""Tags: put on, taken off, and known without any resource."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import backup, disk, group, image, policy, with_disks
from tests.core.model.rules import NORTH, SOUTH, limited
from tests.core.nat_gateways.build import dnat_rule, nat_gateway, snat_rule
from tests.core.networks.acls import network_acl
from tests.core.networks.gateways import gateways_and_options
from tests.core.public_addresses.ipv6 import one_of_every_ipv6_kind
from tests.core.public_addresses.worlds import segment
from tests.core.routes.build import route, route_policy, table, target_group
from tests.core.security_groups.listed import one_of_every_kind

from duolect_core import errors
from duolect_core.fleets.launch_templates import CreateLaunchTemplate
from duolect_core.fleets.placement_groups import CreatePlacementGroup
from duolect_core.fleets.provisioning_groups import CreateProvisioningGroup
from duolect_core.interfaces.permissions import GrantPermission
from duolect_core.interfaces.virtual_addresses import CreateVirtualAddress
from duolect_core.key_pairs.lifecycle import CreateKeyPair
from duolect_core.model.rules import ResourceKind
from duolect_core.public_addresses.bandwidth_packages import CreateBandwidthPackages
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses
from duolect_core.public_addresses.traffic_packages import CreateTrafficPackages
from duolect_core.tags.tags import ChangeTags, CreateTags, DeleteTags, Keys

MISSING = {
    ResourceKind.NETWORK: errors.NetworkNotFound,
    ResourceKind.ROUTE_TABLE: errors.RouteTableNotFound,
    ResourceKind.ADDRESS_LIST: errors.AddressListNotFound,
    ResourceKind.ROUTE_LIST: errors.RouteListNotFound,
    ResourceKind.SERVICE_LIST: errors.ServiceListNotFound,
    ResourceKind.ADDRESS_LIST_GROUP: errors.AddressListGroupNotFound,
    ResourceKind.SERVICE_LIST_GROUP: errors.ServiceListGroupNotFound,
    ResourceKind.ROUTE: errors.RouteNotFound,
    ResourceKind.SUBNET: errors.SubnetNotFound,
    ResourceKind.ROUTE_TARGET_GROUP: errors.RouteTargetGroupNotFound,
    ResourceKind.ROUTE_POLICY: errors.RoutePolicyNotFound,
    ResourceKind.NETWORK_ACL: errors.NetworkAclNotFound,
    ResourceKind.IPV4_GATEWAY: errors.Ipv4GatewayNotFound,
    ResourceKind.IPV6_GATEWAY: errors.Ipv6GatewayNotFound,
    ResourceKind.IPV6_ADDRESS: errors.Ipv6AddressNotFound,
    ResourceKind.DHCP_OPTIONS_SET: errors.DhcpOptionsSetNotFound,
    ResourceKind.GROUP: errors.GroupNotFound,
    ResourceKind.KEY_PAIR: errors.KeyPairNotFound,
    ResourceKind.LAUNCH_TEMPLATE: errors.LaunchTemplateNotFound,
    ResourceKind.PLACEMENT_GROUP: errors.PlacementGroupNotFound,
    ResourceKind.INSTANCE: errors.InstanceNotFound,
    ResourceKind.SNAPSHOT_POLICY: errors.SnapshotPolicyNotFound,
    ResourceKind.PROVISIONING_GROUP: errors.ProvisioningGroupNotFound,
    ResourceKind.DISK: errors.DiskNotFound,
    ResourceKind.SNAPSHOT: errors.SnapshotNotFound,
    ResourceKind.SNAPSHOT_GROUP: errors.SnapshotGroupNotFound,
    ResourceKind.DISK_BACKUP: errors.DiskBackupNotFound,
    ResourceKind.IMAGE: errors.ImageNotFound,
    ResourceKind.INTERFACE: errors.InterfaceNotFound,
    ResourceKind.PERMISSION: errors.PermissionNotFound,
    ResourceKind.VIRTUAL_ADDRESS: errors.VirtualAddressNotFound,
    ResourceKind.BANDWIDTH_PACKAGE: errors.BandwidthPackageNotFound,
    ResourceKind.IPV6_BANDWIDTH: errors.Ipv6BandwidthNotFound,
    ResourceKind.EGRESS_RULE: errors.EgressRuleNotFound,
    ResourceKind.NAT_GATEWAY: errors.NatGatewayNotFound,
    ResourceKind.ADDRESS_SEGMENT: errors.SegmentNotFound,
    ResourceKind.TRAFFIC_PACKAGE: errors.TrafficPackageNotFound,
    ResourceKind.PUBLIC_ADDRESS: errors.PublicAddressNotFound,
    ResourceKind.FLOW_LOG: errors.FlowLogNotFound,
    ResourceKind.CIDR_RESERVATION: errors.CidrReservationNotFound,
    ResourceKind.PUBLIC_IPV6_ADDRESS: errors.PublicAddressNotFound,
    ResourceKind.SNAT_RULE: errors.SnatRuleNotFound,
    ResourceKind.DNAT_RULE: errors.DnatRuleNotFound,
}


def one_of_each(rules=NORTH):
    """Return a world with one resource of every kind at least."""
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    world.do(GrantPermission(interface_id=world.primary(instance).id, account="1"))
    world.do(CreateKeyPair(name="a", bits=64))
    world.do(CreateLaunchTemplate(name="a"))
    world.do(CreatePlacementGroup(name="a", strategy="s", limit=1))
    world.do(CreateProvisioningGroup(name="a", delivery="d", total=1))
    route(world, table(world))
    target_group(world)
    route_policy(world)
    network_acl(world)
    one_of_every_kind(world)
    gateways_and_options(world, world.network(ipv6=True), {})
    one_of_every_ipv6_kind(world)
    world.do(CreateVirtualAddress(subnet_id=subnet.id))
    world.do(AllocatePublicAddresses())
    gateway = nat_gateway(world, subnet)
    snat_rule(world, gateway)
    dnat_rule(world, gateway)
    world.do(CreateBandwidthPackages())
    segment(world)
    world.do(CreateTrafficPackages(amount=1, months=1))
    image(world, subnet)
    policy(world)
    group(world, with_disks(world, subnet))
    backup(world, disk(world))
    return world


def change(kind, *resource_ids, **how):
    return ChangeTags(kind=kind, resource_ids=resource_ids, **how)


@pytest.mark.parametrize("kind", MISSING)
def test_a_resource_of_every_kind_can_be_tagged_and_found(kind):
    world = one_of_each()
    resource = next(iter(world.graph.table(kind).values()))
    world.do(change(kind, resource.id, put={"k": "v", "l": ""}))
    assert resource.tags == {"k": "v", "l": ""}
    assert list(world.graph.tag_values.ids((type(resource).__name__, "k", "v"))) == [resource.id]
    world.do(change(kind, resource.id, put={"k": "w"}, drop=("l", "never there")))
    assert resource.tags == {"k": "w"}
    assert not world.graph.is_carried(("k", "v"))
    world.do(change(kind, resource.id, drop=None))
    assert resource.tags == {}


@pytest.mark.parametrize(("kind", "error"), MISSING.items())
def test_a_resource_that_is_not_there_is_missed_as_its_kind(kind, error):
    one_of_each().refuses(change(kind, "absent", put={"k": "v"}), error)


def test_the_graph_has_a_table_for_every_kind_that_can_be_tagged():
    world = one_of_each()
    assert [id(world.graph.table(kind)) for kind in MISSING] == [id(each) for each in world.graph.tables()]


def test_all_resources_change_or_none():
    world = World(NORTH)
    network = world.network()
    world.refuses(
        change(ResourceKind.NETWORK, network.id, "absent", put={"k": "v"}), errors.NetworkNotFound
    )
    assert network.tags == {}


def test_a_resource_named_twice_changes_once():
    world = World(NORTH)
    network = world.network()
    assert world.do(change(ResourceKind.NETWORK, network.id, network.id, put={"k": "v"})) == (network,)


def test_the_quota_counts_what_a_resource_would_carry():
    world = World(limited(NORTH, tags_per_resource=2))
    network = world.network(tags={"a": "", "b": ""})
    world.refuses(change(ResourceKind.NETWORK, network.id, put={"c": ""}), errors.TagQuotaExceeded)
    world.do(change(ResourceKind.NETWORK, network.id, put={"c": ""}, drop=("a",)))
    assert network.tags == {"b": "", "c": ""}


def test_keys_can_be_wanted_absent_or_present():
    world = World(NORTH)
    network = world.network(tags={"a": "1"})
    kind = ResourceKind.NETWORK
    world.refuses(change(kind, network.id, put={"a": "2"}, keys=Keys.ABSENT), errors.TagKeyPresent)
    world.refuses(change(kind, network.id, put={"b": "2"}, keys=Keys.PRESENT), errors.TagKeyAbsent)
    world.refuses(change(kind, network.id, drop=("b",), keys=Keys.PRESENT), errors.TagKeyAbsent)
    world.do(change(kind, network.id, put={"b": "2"}, keys=Keys.ABSENT))
    world.do(change(kind, network.id, put={"b": "3"}, drop=("a",), keys=Keys.PRESENT))
    assert network.tags == {"b": "3"}


def test_a_tag_remains_where_tags_remain():
    for rules, remains in ((NORTH, True), (SOUTH, False)):
        world = World(rules)
        network = world.network(tags={"k": "v"})
        world.do(change(ResourceKind.NETWORK, network.id, drop=None))
        assert (("k", "v") in world.graph.known_tags) is remains


def test_a_tag_is_created_once_and_deleted_when_nothing_carries_it():
    world = World(NORTH)
    world.do(CreateTags((("k", "v"), ("k", "w"))))
    world.refuses(CreateTags((("l", "v"), ("k", "v"))), errors.TagExists)
    network = world.network(tags={"k": "v"})
    world.refuses(DeleteTags((("k", "w"), ("k", "v"))), errors.TagInUse)
    world.refuses(DeleteTags((("k", "w"), ("k", "x"))), errors.TagNotFound)
    world.do(change(ResourceKind.NETWORK, network.id, drop=("k",)))
    world.do(DeleteTags((("k", "w"), ("k", "v"), ("k", "v"))))
    assert not world.graph.known_tags
