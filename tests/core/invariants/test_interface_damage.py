"""Damage to interfaces, their addresses, the pools of these, and instances."""

import pytest
from tests.core.invariants.damage import change, finds, plan, readdress, shrink

from duolect_core.model.lifecycles import AddressState, InterfaceState, Trigger
from duolect_core.model.resources import Destination, InterfaceKind


def give(interface, address):
    interface.ipv4 += (address,)


CORRUPTIONS = [
    # interfaces
    ("available does not fit attachment Attachment", change("member", state=InterfaceState.AVAILABLE)),
    ("in-use does not fit attachment None", change("interface", state=InterfaceState.IN_USE)),
    ("not exactly its first address is primary", readdress("interface", 1, primary=True)),
    ("not exactly its first address is primary", readdress("interface", 0, primary=False)),
    ("not exactly its first address is primary", change("member", ipv4=[])),
    ("in a subnet that is not there", lambda s: s.graph.subnets.pop(s.subnet.id)),
    ("not in the network and zone of its subnet", change("interface", zone="n2")),
    ("a primary interface that is attached to nothing", lambda s: s.detach(s.primary)),
    ("a member interface that is attached to nothing", lambda s: s.detach(s.member)),
    ("attached to an instance that is not there", lambda s: s.reattach(s.member, instance_id="absent")),
    ("in another network or zone than instance", change("instance", zone="n2")),
    ("device index 0 of a member", lambda s: s.reattach(s.member, device_index=0)),
    ("device index 7 of a primary", lambda s: s.reattach(s.primary, device_index=7)),
    ("a member of no trunk", lambda s: s.reattach(s.member, trunk_id=None)),
    ("on a trunk that is none", lambda s: s.reattach(s.member, trunk_id="absent")),
    ("on a trunk that is none", change("trunk", kind=InterfaceKind.SECONDARY)),
    ("on a trunk that is elsewhere", lambda s: s.reattach(s.trunk, instance_id=s.second.id)),
    ("on a trunk that is elsewhere", lambda s: s.detach(s.trunk)),
    ("available with the destination Destination", change("interface", destination=Destination("absent"))),
    ("in-use with the destination Destination", change("member", destination=Destination("absent"))),
    # addresses
    ("waits for nothing", readdress("interface", 1, state=AddressState.DELETING)),
    ("waits for None", readdress("interface", 2, pending=99)),
    (
        "waits for unassigned",
        lambda s: readdress("interface", 1, pending=plan(s, s.interface.id, Trigger.UNASSIGNED))(s),
    ),
    (
        "a transition of addresses that are not there",
        lambda s: plan(s, s.interface.id, Trigger.ASSIGNED),
    ),
    ("an IPv6 block without a pool, or a pool without a block", change("subnet", ipv6_pool=None)),
    ("an IPv6 block without a pool, or a pool without a block", change("subnet", ipv6_block=None)),
    ("IPv6 addresses without an IPv6 block", change("subnet", ipv6_pool=None, ipv6_block=None)),
    (
        "an address has two owners",
        lambda s: give(s.member, s.interface.ipv4[1]),
    ),
    ("an address has two owners", lambda s: setattr(s.member, "ipv6_prefixes", s.interface.ipv6_prefixes)),
    (
        "the pool's holders are not those that have the addresses",
        lambda s: s.subnet.pool.holders.popitem(),
    ),
    (
        "the pool's holders are not those that have the addresses",
        lambda s: s.subnet.ipv6_pool.holders.clear(),
    ),
    ("the pool's prefixes are not those of the interfaces", lambda s: s.subnet.pool._prefixes.clear()),
    ("the pool's prefixes are not those of the interfaces", change("interface", ipv6_prefixes=())),
    ("an address is outside or reserved", readdress("interface", 0, ip=167772160)),
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
    # pools
    ("a pool of another block", lambda s: setattr(s.subnet, "pool", s.plain_subnet.pool)),
    ("of a type that is not there", change("instance", type_name="absent")),
    # instances
    ("not in the network and zone of its subnet", change("booting", zone="n2")),
    ("primary interfaces []", change("primary", kind=InterfaceKind.SECONDARY)),
    (
        "primary interfaces ['interface-",
        lambda s: s.graph.primary_interfaces.update({s.instance.id: s.member.id}),
    ),
    ("device indexes [", lambda s: s.reattach(s.member, device_index=s.trunk.attachment.device_index)),
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
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
