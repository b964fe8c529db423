"""Instances that move to another subnet, together with their primary interfaces."""

import pytest
from tests.core.builders import World, ip, ips
from tests.core.interfaces.virtual_world import VirtualWorld
from tests.core.model.rules import BOTH, SOUTH, limited
from tests.core.routes.build import creation, main_table

from duolect_core import errors
from duolect_core.instances.moving import MoveInstances
from duolect_core.interfaces.modify import MigrateInterface
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.resources import SECOND, GroupKind
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, AssociatePublicAddress
from duolect_core.relations.address_plans import ANY, AddressPlan, AddressRequest


class Moving(World):
    """A world with two subnets of a network, another network with one, and a stopped instance."""

    def __init__(self, rules):
        super().__init__(rules)
        self.home = self.subnet()
        network = self.graph.networks[self.home.network_id]
        self.next = self.subnet(network, "10.0.1.0/24")
        self.abroad = self.subnet(self.network())
        self.idle = self.stopped("10.0.0.9")

    def stopped(self, address=None, **more):
        if address is not None:
            more["addresses"] = AddressPlan(primary=AddressRequest(ip(address)))
        return self.instance(self.home, boot=False, **more)

    def move(self, subnet, *instances, **more):
        instances = instances or (self.idle,)
        return MoveInstances(instance_ids=tuple(each.id for each in instances), subnet_id=subnet.id, **more)

    def leave(self, *instances, **more):
        """Return the command that moves to the other network, into a group of it."""
        more = {"group_ids": (self.group(self.abroad).id,), **more}
        return self.move(self.abroad, *instances, network_id=self.abroad.network_id, **more)


@pytest.fixture
def world(rules):
    return Moving(rules)


@BOTH
def test_an_instance_moves_with_its_primary_interface(world):
    primary = world.primary(world.idle)
    groups, free = primary.group_ids, world.home.pool.free
    assert world.do(world.move(world.next, extras={"x": 1})) == (world.idle,)
    assert (world.idle.subnet_id, primary.subnet_id) == (world.next.id, world.next.id)
    assert primary.group_ids == groups
    assert ips(primary)[0].startswith("10.0.1.")
    assert (world.idle.state, world.idle.extras["x"]) == (InstanceState.STOPPED, 1)
    graph = world.graph
    assert list(graph.interfaces_by_subnet.ids(world.next.id)) == [primary.id]
    assert list(graph.instances_by_subnet.ids(world.next.id)) == [world.idle.id]
    assert primary.id not in graph.interfaces_by_subnet.ids(world.home.id)
    assert world.home.pool.free == free + 1
    assert not graph.interfaces_by_ip.ids(ip("10.0.0.9"))


@BOTH
def test_an_instance_moves_to_another_network_into_groups_of_it(world):
    primary = world.primary(world.idle)
    command = world.leave(primary_ips=(ip("10.0.0.77"),))
    world.do(command)
    assert (world.idle.network_id, primary.network_id) == (world.abroad.network_id,) * 2
    assert (ips(primary), primary.group_ids) == (["10.0.0.77"], command.group_ids)
    assert primary.id in world.graph.interfaces_by_network.ids(world.abroad.network_id)
    assert world.idle.id not in world.graph.instances_by_network.ids(world.home.network_id)


@BOTH
def test_running_instances_move_only_by_restarting(world):
    running = world.instance(world.home)
    states = {"instance_id": running.id, "allowed": (InstanceState.STOPPED,)}
    world.refuses(world.move(world.next, running), errors.InstanceWrongState, **states)
    world.do(world.move(world.next, world.idle, running, restart=True, detail="moved"))
    assert (running.state, world.idle.state) == (InstanceState.REBOOTING, InstanceState.STOPPED)
    assert (running.operation.kind, running.operation.detail) == ("modify-instances", "moved")
    world.refuses(world.move(world.home, running, restart=True), errors.InstanceWrongState)
    world.wait(12 * SECOND)
    assert running.state is InstanceState.RUNNING


@BOTH
def test_within_its_subnet_an_instance_gets_the_address_that_is_named(world):
    primary = world.primary(world.idle)
    for addresses, expected in (
        ((), "10.0.0.9"),
        ((ip("10.0.0.9"),), "10.0.0.9"),
        ((ip("10.0.0.10"),), "10.0.0.10"),
    ):
        world.do(world.move(world.home, primary_ips=addresses))
        assert ips(primary) == [expected]
    assert world.graph.interfaces_by_ip.ids(ip("10.0.0.10")) == (primary.id,)
    with pytest.raises(ValueError, match="one by one"):
        world.do(world.move(world.home, primary_ips=(1, 2)))


@BOTH
def test_a_public_address_goes_along(world):
    (public,) = world.do(AllocatePublicAddresses(count=1))
    primary = world.primary(world.idle)
    world.wait()
    world.do(AssociatePublicAddress(address_id=public.id, instance_id=world.idle.id))
    world.wait()
    world.do(world.move(world.next))
    assert public.association.ip == primary.primary_ip
    assert world.graph.public_address_of(primary, primary.primary_ip) is public
    assert world.graph.public_address_of(primary, ip("10.0.0.9")) is None


@BOTH
def test_the_place_must_be_there(world):
    absent = {"instance_ids": (world.idle.id,), "subnet_id": "absent"}
    world.refuses(MoveInstances(**absent), errors.SubnetNotFound)
    absent["network_id"] = "absent"
    world.refuses(MoveInstances(**absent), errors.NetworkNotFound)
    command = world.move(world.abroad, network_id=world.home.network_id)
    world.refuses(command, errors.SubnetNetworkMismatch, other_id=world.home.network_id)
    world.refuses(world.move(world.abroad), errors.SubnetNetworkMismatch, other_id=world.idle.id)
    network = world.graph.networks[world.home.network_id]
    far = world.subnet(network, "10.0.2.0/24", zone=1)
    world.refuses(world.move(far), errors.SubnetZoneMismatch, subnet_zone=far.zone)
    command = MoveInstances(instance_ids=("absent",), subnet_id=world.next.id)
    world.refuses(command, errors.InstanceNotFound)
    classic = world.stopped(classic=True)
    world.refuses(world.move(world.next, classic), errors.InstanceClassicNetwork)


@BOTH
def test_the_address_must_be_free(world):
    world.interface(world.next, AddressPlan(primary=AddressRequest(ip("10.0.1.9"))))
    for address, error in (
        ("10.0.1.9", errors.AddressInUse),
        ("10.0.0.9", errors.AddressOutsideSubnet),
    ):
        world.refuses(world.move(world.next, primary_ips=(ip(address),)), error)


@BOTH
def test_other_interfaces_stay_behind_only_within_the_network(world):
    other = world.attach(world.interface(world.home), world.idle)
    held = {"resource_id": world.idle.id, "held_by": other.id}
    world.refuses(world.leave(), errors.InstanceHoldsInterfaces, **held)
    world.do(world.move(world.next))
    assert other.subnet_id == world.home.id


@BOTH
def test_an_interface_on_its_way_counts(world):
    source = world.instance(world.home)
    other = world.attach(world.interface(world.home), source)
    world.do(
        MigrateInterface(
            interface_id=other.id, source_instance_id=source.id, destination_instance_id=world.idle.id
        )
    )
    world.refuses(world.leave(), errors.InstanceHoldsInterfaces, held_by=other.id)


@BOTH
@pytest.mark.parametrize("place", ["home", "next"])
def test_more_addresses_hold_the_primary_interface(world, place):
    address = AddressRequest(ip("10.0.1.9" if place == "next" else "10.0.0.99"))
    instance = world.stopped(addresses=AddressPlan(secondaries=(ANY,)))
    command = world.move(getattr(world, place), instance, primary_ips=(address.ip,))
    primary = world.primary(instance)
    world.refuses(command, errors.PrimaryHoldsIpv4, resource_id=primary.id, held_by=instance.id)


def test_ipv6_holds_the_primary_interface_in_its_subnet(north):
    subnet = north.subnet(ipv6_index=0)
    other = north.subnet(north.graph.networks[subnet.network_id], "10.0.1.0/24", ipv6_index=1)
    instance = north.instance(subnet, boot=False, addresses=AddressPlan(ipv6=(ANY,)))
    command = MoveInstances(instance_ids=(instance.id,), subnet_id=other.id)
    north.refuses(command, errors.PrimaryHoldsIpv6, held_by=instance.id)
    here = MoveInstances(instance_ids=(instance.id,), subnet_id=subnet.id, primary_ips=(ip("10.0.0.99"),))
    north.do(here)
    assert ips(north.primary(instance)) == ["10.0.0.99"]


@BOTH
def test_virtual_addresses_hold_what_may_carry_them(rules):
    world = VirtualWorld(rules)
    address = world.virtual()
    world.associate(address, world.first)
    command = MoveInstances(instance_ids=(world.first.id,), subnet_id=world.other_subnet.id, restart=True)
    world.refuses(command, errors.InstanceHoldsVirtualAddresses, held_by=address.id)


@BOTH
def test_routes_hold_an_instance_in_its_network_where_they_hold_it_at_all(world, rules):
    hop = NextHop(kind=HopKind.INSTANCE, id=world.idle.id)
    network = world.graph.networks[world.home.network_id]
    world.do(creation(main_table(world, network), "172.16.0.0/16", hop))
    world.wait()
    world.do(world.move(world.next))
    if rules.routes_hold:
        world.refuses(world.leave(), errors.InstanceHoldsRoutes, resource_id=world.idle.id)
    else:
        world.do(world.leave())


@BOTH
def test_the_groups_of_the_old_network_are_left(world, rules):
    primary = world.primary(world.idle)
    if rules.interface_needs_group:
        world.refuses(world.leave(group_ids=()), errors.GroupRequired, interface_id=primary.id)
        world.refuses(world.leave(group_ids=None), errors.GroupNetworkMismatch)
        enterprise = world.group(world.abroad, kind=GroupKind.ENTERPRISE)
        plain = world.instance(world.home, "plain", boot=False)
        command = world.leave(plain, group_ids=(enterprise.id,))
        world.refuses(command, errors.GroupKindUnsupported)
    world.refuses(world.leave(group_ids=("absent",)), errors.GroupNotFound)


def test_new_groups_must_have_room():
    world = Moving(limited(SOUTH, basic_group_members=1))
    group = world.group(world.abroad)
    other = world.stopped(group_ids=(world.group(world.home).id,))
    command = world.leave(world.idle, other, group_ids=(group.id,))
    world.refuses(command, errors.GroupMembersExceeded, limit=1)
