"""Damage to network ACLs."""

from ipaddress import IPv6Network

import attrs
import pytest
from tests.core.invariants.damage import change, finds, index, limit, plan

from duolect_core.model.lifecycles import AclState, Trigger
from duolect_core.model.security_rules import Direction, Protocol


def entries(**changes):
    """Return a corruption that changes the first entry of a network ACL."""

    def corrupt(world):
        first, *others = world.acl.entries[Direction.INGRESS]
        changed = (attrs.evolve(first, **changes), *others)
        world.acl.entries = {**world.acl.entries, Direction.INGRESS: changed}

    return corrupt


CORRUPTIONS = [
    ("of a network that is not there", change("acl", network_id="absent")),
    ("is not one of its network", lambda s: setattr(s.acl, "network_id", s.other_network.id)),
    ("absent is not one of its network", change("acl", subnet_ids=("absent",))),
    ("the network ACLs of subnets are not what a scan finds", change("acl", subnet_ids=())),
    (
        "a subnet is associated with two network ACLs",
        lambda s: setattr(s.other_acl, "subnet_ids", s.acl.subnet_ids),
    ),
    ("available with 1 subnets under way", lambda s: setattr(s.acl, "moving", s.acl.subnet_ids)),
    ("associating with 0 subnets under way", change("acl", state=AclState.ASSOCIATING)),
    ("the entries of network ACLs are not what a scan finds", change("acl", entries={})),
    (
        "or one is in two places",
        lambda s: setattr(s.other_acl, "entries", s.acl.entries),
    ),
    ("has ports without a protocol that has them", entries(protocol=Protocol.ICMP)),
    ("is about no version of IP, or about both", entries(source=None)),
    ("is about no version of IP, or about both", entries(destination=IPv6Network("::/0"))),
    ("network ACLs of a network over 1", limit(network_acls_per_network=1)),
    ("entries of a direction and version of a network ACL over 1", limit(entries_per_acl=1)),
    ("index network ACLs by network is not", index("network_acls_by_network")),
    ("pending with 0 transitions to come", change("acl", state=AclState.PENDING)),
    ("available with 1 transitions to come", lambda s: plan(s, s.acl.id)),
    ("available knows no attached", lambda s: plan(s, s.acl.id, Trigger.ATTACHED)),
    ("which is in the future or before all time", entries(modified=-1)),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
