"""The rules of security groups, as values.

A rule says of one direction which traffic between the members of its group and a peer passes. The peer is a
block of addresses, another group, or a list of addresses. Rules are frozen: to change one is to put another
in its place.
"""

from ipaddress import IPv4Network, IPv6Network
from typing import Any, Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import Word

Block = IPv4Network | IPv6Network
Ports = tuple[tuple[int, int], ...]
"""Ranges of ports, the first and the last one of each."""


class Direction(Word):
    """Where the traffic goes, seen from the members of the group."""

    INGRESS = "ingress"
    EGRESS = "egress"


class Protocol(Word):
    """What a rule can tell apart."""

    ALL = "all"
    TCP = "tcp"
    UDP = "udp"
    ICMP = "icmp"
    ICMPV6 = "icmpv6"
    GRE = "gre"


class Verdict(Word):
    """What becomes of the traffic."""

    ACCEPT = "accept"
    DROP = "drop"


WITH_PORTS: Final = frozenset({Protocol.TCP, Protocol.UDP})
"""The protocols that have ports. A rule has ports where its protocol has them, and nowhere else."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupRule(Value):
    """One rule of a security group.

    ``peer``, ``peer_group_id`` or ``peer_list_id`` is the other side. A list of services, or a group of
    such, stands for ``ports``, and where the lists of the cloud name protocols for ``protocol`` too, which
    is ALL then. ``own_block`` and ``source_ports`` narrow the traffic further, where the cloud knows rules
    of five parts. ``priority`` is None where the places of the rules order them, and in a rule that only
    describes others, where it may be any. ``card`` is the kind of network card that the rule guards, in the
    flat network that preceded private networks.

    ``id``, ``order``, ``created`` and ``modified`` (microseconds) are given when the rule gets into its
    group; ``id`` is empty where the cloud has none.
    """

    direction: Direction
    protocol: Protocol
    verdict: Verdict = Verdict.ACCEPT
    ports: Ports = ()
    peer: Block | None = None
    peer_group_id: str | None = None
    peer_list_id: str | None = None
    service_list_id: str | None = None
    own_block: Block | None = None
    source_ports: Ports = ()
    priority: int | None = None
    card: str = ""
    description: str = ""
    extras: dict[str, Any] = attrs.field(factory=dict)
    id: str = ""
    order: int = 0
    created: int = 0
    modified: int = 0

    @property
    def effect(self) -> tuple[object, ...]:
        """What the rule does: two rules of a group that do the same are duplicates."""
        return (*self.traffic, self.priority)

    @property
    def traffic(self) -> tuple[object, ...]:
        """What the rule does, but for its priority."""
        return (
            self.direction,
            self.protocol,
            self.verdict,
            self.ports,
            self.peer,
            self.peer_group_id,
            self.peer_list_id,
            self.service_list_id,
            self.own_block,
            self.source_ports,
            self.card,
        )

    def describes(self, other: "GroupRule") -> bool:
        """Say whether the other rule does what this one says; without a priority, at any."""
        return self.traffic == other.traffic and self.priority in {None, other.priority}

    def __str__(self) -> str:
        """Say in short what the rule does."""
        ports = ",".join(f"{first}-{last}" for first, last in self.ports)
        peer = self.peer_group_id or self.peer_list_id if self.peer is None else self.peer
        parts = (self.direction, self.protocol, ports or self.service_list_id, peer, self.verdict)
        return " ".join(str(part) for part in parts if part)
