"""Damage to networks and subnets."""

from ipaddress import IPv4Network, IPv6Network

import pytest
from tests.core.invariants.damage import change, finds

from duolect_core.model.lifecycles import ProvisionState

CORRUPTIONS = [
    ("granted twice to one transit network", change("network", transit_grants=(("hub", 7, 0),) * 2)),
    ("attached twice to one transit network", change("network", transit_attachments=(("own", 0, 0),) * 2)),
    (
        "attached to another account's transit network without a grant",
        change("network", transit_attachments=(("hub", 7, 0),)),
    ),
    ("the networks are not those whose blocks are known", lambda s: s.graph.blocks.update(absent=[])),
    ("in a network that is not there", lambda s: s.graph.networks.pop(s.network.id)),
    ("a block outside those of network", change("subnet", block=IPv4Network("10.1.0.0/24"))),
    ("a block outside those of network", change("subnet", ipv6_block=IPv6Network("2001:db8:9::/64"))),
    ("a block outside those of network", change("network", ipv6_block=None)),
    ("in no zone of the region", change("subnet", zone="absent")),
    ("blocks are not those of its subnets", lambda s: s.graph.blocks[s.network.id].pop()),
    ("subnets overlap", lambda s: setattr(s.plain_subnet, "block", s.subnet.block)),
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
    ("is there and gone", change("network", state=ProvisionState.GONE)),
    ("is there and gone", change("subnet", state=ProvisionState.GONE)),
    ("stays in a network that is being deleted", change("network", state=ProvisionState.DELETING)),
    ("being deleted under", change("other_network", state=ProvisionState.DELETING)),
    ("being deleted under", change("subnet", state=ProvisionState.DELETING)),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
