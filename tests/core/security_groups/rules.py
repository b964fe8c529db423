"""Rules of security groups, as tests write them."""

from ipaddress import IPv4Network, IPv6Network

from duolect_core.model.security_rules import Direction, GroupRule, Protocol
from duolect_core.security_groups.rule_changes import (
    AddRules,
)

IN, OUT = Direction.INGRESS, Direction.EGRESS
ANYWHERE = IPv4Network("0.0.0.0/0")
ANYWHERE_6 = IPv6Network("::/0")


def tcp(port, peer=ANYWHERE, direction=IN, **more):
    """Return a rule for one port of TCP."""
    return GroupRule(direction=direction, protocol=Protocol.TCP, ports=((port, port),), peer=peer, **more)


def peer_rule(group_id, direction=IN):
    """Return a rule that names a group."""
    return GroupRule(direction=direction, protocol=Protocol.ALL, peer_group_id=group_id)


def add(world, group, *rules, **how):
    return world.do(AddRules(group_id=group.id, direction=IN, rules=rules, **how))


def ports(group, direction=IN):
    """Return the first port of each rule of a direction."""
    return [rule.ports[0][0] for rule in group.rules.get(direction, ())]
