"""Network ACLs and their entries: which traffic passes into and out of subnets, whatever is in them."""

from collections.abc import Mapping

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import AclState
from duolect_core.model.resources import Instant, Resource
from duolect_core.model.security_rules import Block, Direction, Ports, Protocol, Verdict


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AclEntry(Value):
    """One entry of a network ACL; to change one is to put another in its place.

    ``source`` and ``destination`` are blocks of one version of IP. An entry of three parts tells only that
    of the side beyond the subnet. ``ports`` are those of the destination. ``id`` is given when the entry
    gets into its ACL; ``modified`` is when it got there, or was changed last.
    """

    protocol: Protocol
    verdict: Verdict
    source: Block | None = None
    destination: Block | None = None
    source_ports: Ports = ()
    ports: Ports = ()
    name: str = ""
    description: str = ""
    id: str = ""
    modified: Instant = 0

    @property
    def version(self) -> int:
        """The version of IP that it is about."""
        block = self.destination if self.source is None else self.source
        return 4 if block is None else block.version


Entries = Mapping[Direction, tuple[AclEntry, ...]]
"""The entries of each direction in the order in which they are looked at."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class NetworkAcl(Resource):
    """A network ACL, which subnets of its network are associated with: each with one at most.

    Its ``entries`` have three parts, or five where it is ``five_part``. ``subnet_ids`` are the subnets that
    are associated with it, those on their way there and away included, which ``moving`` names.
    """

    network_id: str
    five_part: bool = False
    entries: Entries = attrs.field(factory=dict)
    subnet_ids: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    state: AclState = AclState.AVAILABLE

    @property
    def all_entries(self) -> tuple[AclEntry, ...]:
        """The entries of both directions, those of inbound traffic first."""
        return (*self.entries.get(Direction.INGRESS, ()), *self.entries.get(Direction.EGRESS, ()))
