"""Which RDMA modes and queues interfaces of one instance can have together."""

import pytest
from tests.core.builders import World
from tests.core.engine.commands import attach
from tests.core.model.rules import NORTH, typed

from duolect_core import errors
from duolect_core.model.resources import InterfaceKind
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan
from duolect_core.relations.compatibility import effective_queues


def test_rdma_on_a_type_without_it_is_refused(north):
    subnet = north.subnet()
    command = attach(north.interface(subnet, rdma=True), north.instance(subnet, "small"))
    north.refuses(command, errors.RdmaUnsupported, instance_type="small")


def test_a_member_in_rdma_mode_is_refused(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk, interface = north.trunk(instance), north.interface(subnet, rdma=True)
    north.refuses(
        attach(interface, instance, trunk_id=trunk.id), errors.RdmaOnMember, interface_id=interface.id
    )


def test_a_trunk_in_rdma_mode_is_refused(north):
    subnet = north.subnet()
    trunk = north.interface(subnet, rdma=True, kind=InterfaceKind.TRUNK)
    north.refuses(attach(trunk, north.instance(subnet)), errors.RdmaOnTrunk, interface_id=trunk.id)


@pytest.mark.parametrize("plan", [AddressPlan(ipv6=(ANY,)), AddressPlan(ipv6_prefixes=(ANY_PREFIX,))])
def test_rdma_with_ipv6_is_refused(north, plan):
    subnet = north.subnet(ipv6_index=0)
    interface = north.interface(subnet, plan, rdma=True)
    north.refuses(attach(interface, north.instance(subnet)), errors.RdmaWithIpv6, interface_id=interface.id)


def test_one_rdma_interface_more_than_the_type_carries_is_refused():
    world = World(typed(NORTH, "large", rdma_interfaces=1))
    subnet = world.subnet()
    instance = world.instance(subnet)
    world.attach(world.interface(subnet, rdma=True, queue_pairs=1), instance)
    world.refuses(
        attach(world.interface(subnet, rdma=True), instance), errors.RdmaInterfacesExceeded, limit=1
    )
    world.attach(world.interface(subnet), instance)


def test_more_queue_pairs_than_one_interface_may_have_are_refused(north):
    subnet = north.subnet()
    interface = north.interface(subnet, rdma=True, queue_pairs=11)
    north.refuses(
        attach(interface, north.instance(subnet)), errors.QueuePairsPerInterfaceExceeded, limit=10
    )


@pytest.mark.parametrize(("first", "second"), [(None, 6), (6, None), (8, 8)])
def test_queue_pairs_of_all_interfaces_together_are_limited_and_none_means_the_most(north, first, second):
    subnet = north.subnet()
    instance = north.instance(subnet)
    north.attach(north.interface(subnet, rdma=True, queue_pairs=first), instance)
    interface = north.interface(subnet, rdma=True, queue_pairs=second)
    north.refuses(attach(interface, instance), errors.QueuePairsPerInstanceExceeded, limit=15)


def test_queue_pairs_that_fit_exactly_are_granted(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    for pairs in (None, 5):
        north.attach(north.interface(subnet, rdma=True, queue_pairs=pairs), instance)


def test_more_queues_than_one_interface_may_have_are_refused(north):
    subnet = north.subnet()
    interface = north.interface(subnet, queues=7)
    north.refuses(attach(interface, north.instance(subnet)), errors.QueuesPerInterfaceExceeded, limit=6)


def test_queues_of_all_interfaces_together_are_limited(north):
    subnet = north.subnet()
    instance = north.instance(subnet)  # its primary interface uses four of the twelve
    north.attach(north.interface(subnet, queues=5), instance)
    north.refuses(
        attach(north.interface(subnet, queues=4), instance), errors.QueuesPerInstanceExceeded, limit=12
    )
    north.attach(north.interface(subnet, queues=3), instance)


def test_an_interface_without_requested_queues_takes_what_is_left(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    north.attach(north.interface(subnet, queues=6), instance)
    for _ in range(2):
        north.attach(north.interface(subnet), instance)


def test_effective_queues_are_what_was_set_or_the_types_default(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    large = NORTH.instance_types["large"]
    assert effective_queues(north.primary(instance), large) == 4
    assert effective_queues(north.interface(subnet), large) == 2
    assert effective_queues(north.interface(subnet, queues=5), large) == 5
