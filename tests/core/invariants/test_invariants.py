"""``check`` finds every kind of damage: each test breaks one thing and reads one sentence about it."""

from ipaddress import IPv4Network, IPv6Network

import attrs
import pytest
from tests.core.builders import NORTH, World, limited, typed

from duolect_core.instances.creation import RunInstances
from duolect_core.interfaces.lifecycle import AttachInterface
from duolect_core.interfaces.permissions import GrantPermission
from duolect_core.invariants import check
from duolect_core.model.lifecycles import (
    AddressState,
    InstanceState,
    InterfaceState,
    ProvisionState,
    PublicAddressState,
    Trigger,
)
from duolect_core.model.resources import (
    Association,
    Destination,
    GroupKind,
    InterfaceKind,
    Operation,
    OperationKind,
    OperationState,
    PrivateAddress,
)
from duolect_core.model.security_rules import Direction, GroupRule, Protocol
from duolect_core.networks.lifecycle import CreateNetwork
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, AssociatePublicAddress
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan
from duolect_core.security_groups.lifecycle import CreateGroup


class Scene:
    """A partition with something of everything, and names for what stands in it."""

    def __init__(self):
        self.world = world = World(NORTH)
        self.partition, self.graph = world.partition, world.graph
        self.network = world.network(ipv6=True, tags={"k": "v"})
        self.other_network = world.network(ipv6=True)
        self.subnet = world.subnet(self.network, ipv6_index=0)
        self.plain_subnet = world.subnet(self.network, "10.0.1.0/24", zone=1)
        self.instance, self.second = world.instances(self.subnet, ("a", "b"))
        self.group = self.graph.groups[world.default_groups(self.subnet)[0]]
        self.foreign_group = world.do(CreateGroup(network_id=self.other_network.id))
        self.primary = world.primary(self.instance)
        self.trunk = world.trunk(self.instance)
        self.member = world.attach(world.interface(self.subnet), self.instance, trunk_id=self.trunk.id)
        self.extension = world.attach(world.interface(self.subnet), self.instance, extension=True)
        plan = AddressPlan(
            secondaries=(ANY,), ipv6=(ANY,), ipv4_prefixes=(ANY_PREFIX,), ipv6_prefixes=(ANY_PREFIX,)
        )
        self.interface = world.interface(self.subnet, plan)
        self.attaching = world.interface(self.subnet)
        world.do(AttachInterface(interface_id=self.attaching.id, instance_id=self.second.id))
        (self.booting,) = world.do(
            RunInstances(
                type_name="large", subnet_id=self.subnet.id, names=("c",), group_ids=(self.group.id,)
            )
        )
        self.permission = world.do(GrantPermission(interface_id=self.interface.id, account="1"))
        self.granted = world.do(GrantPermission(interface_id=self.interface.id, account="2"))
        self.public, self.spare = world.do(AllocatePublicAddresses(count=2))
        world.do(AssociatePublicAddress(address_id=self.public.id, interface_id=self.interface.id))
        self.fresh = world.do(CreateNetwork(block=IPv4Network("10.9.0.0/16")))

    def unattach(self, interface):
        """Cut the bond of an interface everywhere, so that only what is missing shows."""
        self.graph.detach(interface)
        interface.state = InterfaceState.AVAILABLE

    def rebind(self, interface, **changes):
        """Change the bond of an interface, and the indexes with it."""
        attachment = interface.attachment
        self.graph.detach(interface)
        self.graph.attach(interface, attrs.evolve(attachment, **changes))


def limit(**limits):
    """Return a corruption that lowers quotas below what is there."""
    return lambda scene: setattr(scene.partition, "rules", limited(NORTH, **limits))


RULE = GroupRule(direction=Direction.INGRESS, protocol=Protocol.TCP, ports=((1, 1),))


def rules(*given):
    """Return a corruption that gives a group these inbound rules behind the graph's back."""
    return lambda scene: setattr(scene.group, "rules", {Direction.INGRESS: given})


def shrink(**limits):
    """Return a corruption that lowers what the instance type carries."""
    return lambda scene: setattr(scene.partition, "rules", typed(NORTH, "large", **limits))


def index(name, key="absent"):
    """Return a corruption that leaves a stale entry in an index."""
    return lambda scene: getattr(scene.graph, name).add(key, "absent", 0)


def forget(name, key):
    """Return a corruption that makes an index forget the interface."""
    return lambda scene: getattr(scene.graph, name).discard(key(scene.interface), scene.interface.id)


def change(name, **values):
    """Return a corruption that sets fields of a resource."""

    def corrupt(scene):
        for field, value in values.items():
            setattr(getattr(scene, name), field, value)

    return corrupt


def plan(scene, resource_id, trigger=Trigger.PROVISIONED, due=10**18, state=OperationState.RUNNING):
    operation = Operation("x", OperationKind.CREATE_NETWORK, (), 0, 0, state)
    return scene.partition.timeline.plan(due, trigger, resource_id, operation)


CORRUPTIONS = [
    # places
    ("the networks are not those whose blocks are known", lambda s: s.graph.blocks.update(absent=[])),
    ("in a network that is not there", lambda s: s.graph.networks.pop(s.network.id)),
    ("a block outside those of network", change("subnet", block=IPv4Network("10.1.0.0/24"))),
    ("a block outside those of network", change("subnet", ipv6_block=IPv6Network("2001:db8:9::/64"))),
    ("a block outside those of network", change("network", ipv6_block=None)),
    ("in no zone of the region", change("subnet", zone="absent")),
    ("blocks are not those of its subnets", lambda s: s.graph.blocks[s.network.id].pop()),
    ("subnets overlap", lambda s: setattr(s.plain_subnet, "block", s.subnet.block)),
    ("its main route table is not one of its own", change("network", route_table_id="absent")),
    (
        "its main route table is not one of its own",
        lambda s: setattr(s.network, "route_table_id", s.other_network.route_table_id),
    ),
    ("its route table is not one of its network", change("subnet", route_table_id="absent")),
    ("a route table of a network that is not there", lambda s: s.graph.networks.pop(s.network.id)),
    ("its blocks overlap", change("network", secondary_blocks=(IPv4Network("10.0.9.0/24"),))),
    ("default networks", change("network", default=True)),
    ("default subnets", change("subnet", default=True)),
    (
        "a default subnet outside the default network",
        lambda s: (
            setattr(s.subnet, "default", True),
            s.graph.default_subnets.update({s.subnet.zone: s.subnet.id}),
        ),
    ),
    (
        "two networks have one IPv6 block",
        lambda s: setattr(s.other_network, "ipv6_block", s.network.ipv6_block),
    ),
    (
        "the IPv6 blocks in use are not those of the networks",
        lambda s: s.partition.ipv6_blocks.take_any(s.partition.generator),
    ),
    # interfaces
    ("available does not fit attachment Attachment", change("member", state=InterfaceState.AVAILABLE)),
    ("in-use does not fit attachment None", change("interface", state=InterfaceState.IN_USE)),
    ("not exactly its first address is primary", lambda s: setattr(s.interface.ipv4[1], "primary", True)),
    ("not exactly its first address is primary", lambda s: setattr(s.interface.ipv4[0], "primary", False)),
    ("not exactly its first address is primary", change("member", ipv4=[])),
    ("in a subnet that is not there", lambda s: s.graph.subnets.pop(s.subnet.id)),
    ("not in the network and zone of its subnet", change("interface", zone="n2")),
    ("a primary interface that is attached to nothing", lambda s: s.unattach(s.primary)),
    ("a member interface that is attached to nothing", lambda s: s.unattach(s.member)),
    ("attached to an instance that is not there", lambda s: s.rebind(s.member, instance_id="absent")),
    ("in another network or zone than instance", change("instance", zone="n2")),
    ("device index 0 of a member", lambda s: s.rebind(s.member, device_index=0)),
    ("device index 7 of a primary", lambda s: s.rebind(s.primary, device_index=7)),
    ("a member of no trunk", lambda s: s.rebind(s.member, trunk_id=None)),
    ("on a trunk that is none", lambda s: s.rebind(s.member, trunk_id="absent")),
    ("on a trunk that is none", change("trunk", kind=InterfaceKind.SECONDARY)),
    ("on a trunk that is elsewhere", lambda s: s.rebind(s.trunk, instance_id=s.second.id)),
    ("on a trunk that is elsewhere", lambda s: s.unattach(s.trunk)),
    ("available with the destination Destination", change("interface", destination=Destination("absent"))),
    ("in-use with the destination Destination", change("member", destination=Destination("absent"))),
    # addresses
    ("waits for nothing", lambda s: setattr(s.interface.ipv4[1], "state", AddressState.DELETING)),
    ("waits for None", lambda s: setattr(s.interface.ipv6[0], "pending", 99)),
    (
        "waits for unassigned",
        lambda s: setattr(s.interface.ipv4[1], "pending", plan(s, s.interface.id, Trigger.UNASSIGNED)),
    ),
    (
        "a transition of addresses that are not there",
        lambda s: plan(s, s.interface.id, Trigger.ASSIGNED),
    ),
    ("an IPv6 block without a pool, or a pool without a block", change("subnet", ipv6_pool=None)),
    ("an IPv6 block without a pool, or a pool without a block", change("subnet", ipv6_block=None)),
    ("IPv6 addresses without an IPv6 block", change("subnet", ipv6_pool=None, ipv6_block=None)),
    ("an address has two owners", lambda s: s.member.ipv4.append(PrivateAddress(s.interface.primary_ip))),
    ("an address has two owners", lambda s: setattr(s.member, "ipv6_prefixes", s.interface.ipv6_prefixes)),
    (
        "the pool's holders are not the interfaces that have the addresses",
        lambda s: s.subnet.pool.holders.popitem(),
    ),
    (
        "the pool's holders are not the interfaces that have the addresses",
        lambda s: s.subnet.ipv6_pool.holders.clear(),
    ),
    ("the pool's prefixes are not those of the interfaces", lambda s: s.subnet.pool._prefixes.clear()),
    ("the pool's prefixes are not those of the interfaces", change("interface", ipv6_prefixes=())),
    ("an address is outside or reserved", lambda s: setattr(s.interface.ipv4[0], "ip", 167772160)),
    ("an address is outside or reserved", change("interface", ipv4_prefixes=(167772160,))),
    ("reserved are not 256", lambda s: s.subnet.pool._singles.take_any(s.partition.generator)),
    ("are not 18446744073709551616", lambda s: s.subnet.ipv6_pool._singles.take_any(s.partition.generator)),
    (
        "a held address counts as free",
        lambda s: s.subnet.pool._singles.release(s.interface.primary_ip - s.subnet.pool.first),
    ),
    ("free prefixes with", lambda s: s.subnet.pool._blocks.take_any(s.partition.generator)),
    (
        "65533 free prefixes with 2 blocks touched",
        lambda s: s.subnet.ipv6_pool._blocks.release(
            (s.interface.ipv6_prefixes[0] >> 48) - s.subnet.ipv6_pool._first_block
        ),
    ),
    # instances
    ("not in the network and zone of its subnet", change("booting", zone="n2")),
    ("primary interfaces []", change("primary", kind=InterfaceKind.SECONDARY)),
    (
        "primary interfaces ['interface-",
        lambda s: s.graph.primary_interfaces.update({s.instance.id: s.member.id}),
    ),
    ("device indexes [", lambda s: s.rebind(s.member, device_index=s.trunk.attachment.device_index)),
    (
        "the instances are not those that have primary interfaces",
        lambda s: s.graph.primary_interfaces.update(absent="absent"),
    ),
    ("1 members over 0", shrink(members=0)),
    ("1 extension interfaces over 0", shrink(extension_interfaces=0)),
    ("2 interfaces over 1", shrink(interfaces=1)),
    ("1 RDMA interfaces over 0", lambda s: (shrink(rdma_interfaces=0)(s), change("member", rdma=True)(s))),
    ("more IPv4 addresses than a large takes", shrink(ipv4_per_interface=0)),
    (
        "more IPv6 addresses than a large takes",
        lambda s: (
            shrink(ipv6_per_interface=0)(s),
            change("member", ipv6_prefixes=(1,))(s),
        ),
    ),
    # groups and quotas
    ("in a group that is not there", lambda s: s.graph.groups.pop(s.group.id)),
    ("of another network", lambda s: setattr(s.interface, "group_ids", (s.foreign_group.id,))),
    (
        "the load of the groups is not what their members weigh",
        lambda s: s.graph.group_load.update({s.group.id: 0}),
    ),
    ("members over 1", limit(basic_group_members=1)),
    (
        "interfaces over 2",
        lambda s: (
            limit(enterprise_group_interfaces=2)(s),
            change("group", kind=GroupKind.ENTERPRISE)(s),
        ),
    ),
    ("two rules do the same", rules(RULE, attrs.evolve(RULE, id="other"))),
    ("a rule stands in the wrong direction", rules(attrs.evolve(RULE, direction=Direction.EGRESS))),
    ("do not fit its protocol", rules(attrs.evolve(RULE, ports=()))),
    ("the ids of rules are not those that are known", rules(attrs.evolve(RULE, id="other"))),
    (
        "two rules have one id",
        rules(attrs.evolve(RULE, id="one"), attrs.evolve(RULE, id="one", ports=((2, 2),))),
    ),
    ("a rule names a group that is not there", rules(attrs.evolve(RULE, peer_group_id="absent"))),
    (
        "a rule names a group of another network",
        lambda s: rules(attrs.evolve(RULE, peer_group_id=s.foreign_group.id))(s),
    ),
    (
        "for, an enterprise group names a group",
        lambda s: (
            rules(attrs.evolve(RULE, peer_group_id=s.group.id))(s),
            change("group", kind=GroupKind.ENTERPRISE)(s),
        ),
    ),
    (
        "index groups by named group is not",
        lambda s: rules(attrs.evolve(RULE, peer_group_id=s.foreign_group.id))(s),
    ),
    ("1 rules of a group over 0", lambda s: (limit(rules_per_group=0)(s), rules(RULE)(s))),
    ("1 rules of a direction over 0", lambda s: (limit(rules_per_direction=0)(s), rules(RULE)(s))),
    (
        "1 rules that name groups over 0",
        lambda s: (
            limit(naming_rules_per_group=0)(s),
            rules(attrs.evolve(RULE, peer_group_id=s.group.id))(s),
        ),
    ),
    ("3 networks over 2", limit(networks=2)),
    ("2 groups over 1", limit(groups=1)),
    ("3 instances over 2", limit(instances=2)),
    ("2 subnets of a network over 1", limit(subnets_per_network=1)),
    ("5 secondary interfaces of a network over 4", limit(interfaces_per_network=4)),
    ("1 groups of an interface over 0", limit(groups_per_interface=0)),
    ("1 tags of a resource over 0", limit(tags_per_resource=0)),
    # indexes
    (
        "a resource is filed under another id than its own",
        lambda s: s.graph.networks.update(absent=s.fresh),
    ),
    ("index subnets by network is not", index("subnets_by_network")),
    ("index subnets by route table is not", index("subnets_by_route_table")),
    ("index subnets that are pending is not", index("subnets_pending")),
    ("index route tables by network is not", index("route_tables_by_network")),
    ("index groups by network is not", index("groups_by_network")),
    ("index instances by subnet is not", index("instances_by_subnet")),
    ("index instances by network is not", index("instances_by_network")),
    ("index interfaces by network is not", index("interfaces_by_network")),
    ("index interfaces by subnet is not", index("interfaces_by_subnet")),
    ("index interfaces by group is not", index("interfaces_by_group")),
    ("index interfaces by instance is not", index("interfaces_by_instance")),
    ("index interfaces by destination is not", index("interfaces_by_destination")),
    ("index interfaces by trunk is not", index("interfaces_by_trunk")),
    ("index interfaces by ip is not", index("interfaces_by_ip", 1)),
    ("index tagged is not", index("tagged", ("k", "other"))),
    (
        "interfaces by network is not what a scan finds",
        forget("interfaces_by_network", lambda i: i.network_id),
    ),
    (
        "interfaces by subnet is not what a scan finds",
        forget("interfaces_by_subnet", lambda i: i.subnet_id),
    ),
    (
        "interfaces by group is not what a scan finds",
        forget("interfaces_by_group", lambda i: i.group_ids[0]),
    ),
    ("interfaces by ip is not what a scan finds", forget("interfaces_by_ip", lambda i: i.ipv6[0].ip)),
    ("a resource carries a tag that is not known", lambda s: s.graph.known_tags.clear()),
    (
        "interfaces by instance is not what a scan finds",
        lambda s: s.graph.interfaces_by_instance.discard(s.instance.id, s.primary.id),
    ),
    ("tagged is not what a scan finds", lambda s: s.network.tags.clear()),
    ("MAC addresses are not unique, or not indexed", lambda s: setattr(s.interface, "mac", s.member.mac)),
    ("MAC addresses are not unique, or not indexed", lambda s: s.graph.macs.add("absent")),
    (
        "index interfaces by subnet is not what a scan finds",
        lambda s: s.graph.interfaces_by_subnet.ids(s.subnet.id).update({s.interface.id: 0}),
    ),
    (
        "is not in the order that it says it is in at subnet-",
        lambda s: (
            s.graph.interfaces_by_subnet.ids(s.subnet.id).pop(s.primary.id),
            s.graph.interfaces_by_subnet.ids(s.subnet.id).update({s.primary.id: s.primary.order}),
        ),
    ),
    (
        "index permissions by interface is not what a scan finds",
        lambda s: s.graph.permissions_by_interface.discard(s.interface.id, s.permission.id),
    ),
    # pools
    ("a pool of another block", lambda s: setattr(s.subnet, "pool", s.plain_subnet.pool)),
    ("of a type that is not there", change("instance", type_name="absent")),
    # permissions
    ("a permission on an interface that is not there", change("permission", interface_id="absent")),
    ("an account has two permissions on an interface", change("granted", account="1")),
    # public addresses
    (
        "the holders of public addresses are not those that have them",
        lambda s: s.graph.public_pool.release(s.spare.ip),
    ),
    (
        "the public addresses by private ones are not what a scan finds",
        lambda s: s.graph.public_addresses_by_private.clear(),
    ),
    (
        "index public addresses by interface is not what a scan finds",
        lambda s: s.graph.public_addresses_by_interface.discard(s.interface.id, s.public.id),
    ),
    (
        "a private address has two public ones",
        lambda s: setattr(s.spare, "association", s.public.association),
    ),
    ("available does not fit Association", change("public", state=PublicAddressState.AVAILABLE)),
    ("in-use does not fit None", change("spare", state=PublicAddressState.IN_USE)),
    (
        "associated with an address that is not there",
        lambda s: s.graph.associate(s.spare, Association("absent", 1)),
    ),
    (
        "associated with an address that is not there",
        lambda s: s.graph.associate(s.spare, Association(s.interface.id, 1)),
    ),
    ("2 public addresses over 1", limit(public_addresses=1)),
    ("associating with 0 transitions to come", lambda s: s.partition.timeline.cancel(s.public.pending)),
    ("waits for 98, which is not its transition", change("spare", pending=98)),
    # history
    ("are not in the order of creation", change("network", order=10**6)),
    ("are not in the order of creation", lambda s: setattr(s.partition, "created", 3)),
    ("two resources have one place", lambda s: setattr(s.permission, "order", s.attaching.order)),
    ("which is in the future or before all time", change("network", created=-1)),
    ("which is in the future or before all time", change("instance", started=10**15)),
    ("which is in the future or before all time", lambda s: setattr(s.interface.ipv4[0], "since", 10**15)),
    # time
    ("provisioned is overdue", lambda s: plan(s, s.fresh.id, due=s.partition.now - 1)),
    ("a transition of nothing", lambda s: plan(s, "absent")),
    ("available with 1 transitions to come", lambda s: plan(s, s.network.id)),
    ("pending with 2 transitions to come", lambda s: plan(s, s.fresh.id)),
    ("available knows no attached", change("attaching", state=InterfaceState.AVAILABLE)),
    ("running knows no boot", change("booting", state=InstanceState.RUNNING)),
    ("running with 1 transitions to come", change("booting", state=InstanceState.RUNNING)),
    ("pending knows no start", lambda s: plan(s, s.fresh.id, Trigger.START)),
    ("attaching with 0 transitions to come", lambda s: s.partition.timeline.cancel(s.attaching.pending)),
    ("pending with 0 transitions to come", change("network", state=ProvisionState.PENDING)),
    ("waits for None, which is not its transition", change("attaching", pending=None)),
    ("waits for 99, which is not its transition", change("instance", pending=99)),
    # operations
    ("its latest operation is not the one that moves it", change("booting", operation=None)),
    (
        "succeeded before its transition is due",
        lambda s: plan(s, s.fresh.id, state=OperationState.SUCCEEDED),
    ),
    (
        "runs although nothing is due that could end it",
        lambda s: setattr(next(iter(s.graph.operations.values())), "state", OperationState.RUNNING),
    ),
]


@pytest.fixture
def scene():
    return Scene()


def test_a_sound_partition_gives_no_sentence(scene):
    assert check(scene.partition) == []


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(scene, sentence, corrupt):
    corrupt(scene)
    assert [said for said in check(scene.partition) if sentence in said]


@pytest.mark.parametrize(
    "table",
    ["networks", "subnets", "groups", "instances", "interfaces", "permissions", "public_addresses"],
)
def test_a_whole_table_may_be_gone_and_there_are_still_only_sentences(scene, table):
    getattr(scene.graph, table).clear()
    assert check(scene.partition)
