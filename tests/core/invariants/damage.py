"""A sound world with something of everything, and ways to damage it behind the graph's back."""

from ipaddress import IPv4Network

import attrs
from tests.core.builders import World
from tests.core.model.rules import NORTH, STEPS, limited, typed
from tests.core.networks.acls import ENTRIES, network_acl

from duolect_core.fleets.launch_templates import CreateLaunchTemplate
from duolect_core.fleets.placement_groups import CreatePlacementGroup, PlaceInstances
from duolect_core.fleets.provisioning_groups import CreateProvisioningGroup
from duolect_core.instances.creation import RunInstances
from duolect_core.interfaces.lifecycle import AttachInterface
from duolect_core.interfaces.permissions import GrantPermission
from duolect_core.interfaces.virtual_addresses import (
    AssociateVirtualAddresses,
    Carrying,
    CreateVirtualAddress,
)
from duolect_core.invariants import check
from duolect_core.key_pairs.binding import BindKeyPairs
from duolect_core.key_pairs.lifecycle import CreateKeyPair, ImportKeyPair
from duolect_core.model.lifecycles import InterfaceState, Trigger
from duolect_core.model.resources import Operation, OperationKind, OperationState
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.model.security_rules import Direction, GroupRule, Protocol
from duolect_core.networks.acls import AssociateNetworkAcl
from duolect_core.networks.lifecycle import CreateNetwork
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, AssociatePublicAddress
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan
from duolect_core.routes.entries import Course, CreateRoutes, NewRoute
from duolect_core.routes.tables import CreateRouteTable
from duolect_core.security_groups.lifecycle import CreateGroup


class SoundWorld:
    """A partition with something of everything, and names for what stands in it."""

    def __init__(self):
        self.world = world = World(NORTH)
        self.partition, self.graph = world.partition, world.graph
        self.network = world.network(ipv6=True, tags={"k": "v"})
        self.other_network = world.network(ipv6=True)
        self.subnet = world.subnet(self.network, ipv6_index=0)
        self.plain_subnet = world.subnet(self.network, "10.0.1.0/24", zone=1)
        self.instance, self.second = world.instances(self.subnet, ("a", "b"))
        self.virtual, self.other_virtual = (
            world.do(CreateVirtualAddress(subnet_id=self.subnet.id)) for _ in range(2)
        )
        world.wait(STEPS.change_virtual_address)
        self.own_table = world.do(CreateRouteTable(network_id=self.network.id))
        world.wait(STEPS.change_routes)
        course = Course(
            table_id=self.own_table.id,
            block=IPv4Network("172.16.0.0/16"),
            hops=(NextHop(kind=HopKind.INSTANCE, id=self.instance.id),),
        )
        self.route, self.other_route = world.do(
            CreateRoutes(
                routes=(
                    NewRoute(course=course),
                    NewRoute(course=attrs.evolve(course, block=IPv4Network("172.17.0.0/16"))),
                )
            )
        )
        self.acl = network_acl(world, self.network, entries=ENTRIES)
        self.other_acl = network_acl(world, self.network, entries=ENTRIES)
        world.do(AssociateNetworkAcl(acl_id=self.acl.id, subnet_ids=(self.subnet.id,)))
        world.wait()
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
        self.key_pair, _ = world.do(CreateKeyPair(name="a", bits=64))
        self.template = world.do(CreateLaunchTemplate(name="a"))
        world.do(CreateLaunchTemplate(name="b"))
        self.placed = world.do(CreatePlacementGroup(name="a", strategy="s", limit=1))
        world.do(PlaceInstances(instance_ids=(self.instance.id,), group_id=self.placed.id))
        self.provisioned = world.do(
            CreateProvisioningGroup(name="a", delivery="d", total=1, instance_ids=(self.instance.id,))
        )
        self.other_key_pair = world.do(ImportKeyPair(name="b", public_key="k 1"))
        world.do(BindKeyPairs(instance_ids=(self.instance.id,), key_pair_ids=(self.key_pair.id,)))
        world.do(AssociateVirtualAddresses((Carrying(self.virtual.id, self.instance.id),)))
        self.fresh = world.do(CreateNetwork(block=IPv4Network("10.9.0.0/16")))

    def detach(self, interface):
        """Detach an interface everywhere, so that only what is missing shows."""
        self.graph.detach(interface)
        interface.state = InterfaceState.AVAILABLE

    def reattach(self, interface, **changes):
        """Change how an interface is attached, and the indexes with it."""
        attachment = interface.attachment
        self.graph.detach(interface)
        self.graph.attach(interface, attrs.evolve(attachment, **changes))


def limit(**limits):
    """Return a corruption that lowers quotas below what is there."""
    return lambda world: setattr(world.partition, "rules", limited(NORTH, **limits))


RULE = GroupRule(direction=Direction.INGRESS, protocol=Protocol.TCP, ports=((1, 1),))


def rules(*given):
    """Return a corruption that gives a group these inbound rules behind the graph's back."""
    return lambda world: setattr(world.group, "rules", {Direction.INGRESS: given})


def shrink(**limits):
    """Return a corruption that lowers what the instance type carries."""
    return lambda world: setattr(world.partition, "rules", typed(NORTH, "large", **limits))


def index(name, key="absent"):
    """Return a corruption that leaves a stale entry in an index."""
    return lambda world: getattr(world.graph, name).add(key, "absent", 0)


def forget(name, key):
    """Return a corruption that makes an index forget the interface."""
    return lambda world: getattr(world.graph, name).discard(key(world.interface), world.interface.id)


def change(name, **values):
    """Return a corruption that sets fields of a resource."""

    def corrupt(world):
        for field, value in values.items():
            setattr(getattr(world, name), field, value)

    return corrupt


def misname(name, *, known=False):
    """Return a corruption that renames a resource; at most the index is told, but nothing of its parts."""

    def corrupt(world):
        resource, names = getattr(world, name), getattr(world.graph, f"{name}_names")
        names.ids_with(["other"])
        if known:
            names.index.discard(resource.name, resource.id)
            names.index.add("other", resource.id, resource.order)
        resource.name = "other"

    return corrupt


def readdress(name, place, **values):
    """Return a corruption that sets fields of one of the addresses of an interface."""

    def corrupt(world):
        interface = getattr(world, name)
        addresses = [*interface.ipv4, *interface.ipv6]
        addresses[place] = attrs.evolve(addresses[place], **values)
        count = len(interface.ipv4)
        interface.ipv4, interface.ipv6 = addresses[:count], addresses[count:]

    return corrupt


def plan(world, resource_id, trigger=Trigger.PROVISIONED, due=10**18, state=OperationState.RUNNING):
    operation = Operation("x", OperationKind.CREATE_NETWORK, (), 0, 0, state)
    return world.partition.timeline.plan(due, trigger, resource_id, operation)


def finds(world, sentence, corrupt):
    """Say whether a sentence is found once a world was damaged."""
    corrupt(world)
    return any(sentence in found for found in check(world.partition))
