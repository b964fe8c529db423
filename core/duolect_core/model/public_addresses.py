"""Elastic public addresses, what they belong to, and the bandwidth that several of them share."""

from ipaddress import IPv4Network

import attrs

from duolect_core.addressing.pools import Ip
from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.resources import Instant, Resource


@attrs.frozen(eq=False, repr=False)
class Association(Value):
    """The private address of an interface that an elastic public address belongs to."""

    interface_id: str
    ip: Ip


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class PublicAddress(Resource):
    """An elastic public IPv4 address, which belongs to the account and not to what it is used with.

    It is associated with a private address (``association``) or with a NAT gateway (``gateway_id``), or
    with neither, and may share the bandwidth of a package (``package_id``).
    """

    ip: Ip
    state: PublicAddressState
    modified: Instant = 0
    """When anything of it was changed last; 0 where that is not known."""
    association: Association | None = None
    gateway_id: str | None = None
    package_id: str | None = None
    segment_id: str | None = None
    """The segment that it was allocated with."""
    pending: int | None = None
    """The timeline's number of the transition this address waits for, if any."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class BandwidthPackage(Resource):
    """Bandwidth that the public addresses in it share; how much, the core does not look at."""

    protected: bool = False
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this package waits for, if any."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class AddressSegment(Resource):
    """Public addresses that follow each other, all of a block, which were allocated together."""

    block: IPv4Network
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this segment waits for, if any."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class TrafficPackage(Resource):
    """Traffic of ``amount`` GB that was paid for, and can be used until its ``deadline``."""

    amount: int
    deadline: Instant

    def has_expired(self, now: Instant) -> bool:
        """Say whether its time is over."""
        return now > self.deadline
