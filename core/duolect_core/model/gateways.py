"""IPv4 and IPv6 gateways, and what is said of IPv6 addresses: which of them reach the Internet, and how."""

import attrs

from duolect_core.addressing.pools import Ip
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.resources import Resource


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Ipv4Gateway(Resource):
    """The IPv4 gateway of a network, which has one at most.

    Traffic takes its way by it once it is ``enabled``. While it is being enabled (``enabling``),
    ``routed_table_ids`` are the route tables that get a route to everywhere through it at the end.
    ``route_table_id`` is the route table for gateways that is associated with it, or empty.
    """

    network_id: str
    enabled: bool = False
    enabling: bool = False
    routed_table_ids: tuple[str, ...] = ()
    route_table_id: str = ""
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this gateway waits for, if any."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Ipv6Gateway(Resource):
    """The IPv6 gateway of a network, which has one at most.

    ``route_id`` is the route to everywhere that the main route table of its network got when it came up,
    for as long as it is there. ``route_table_id`` is the route table for gateways that is associated with
    it, or empty.
    """

    network_id: str
    route_id: str | None = None
    route_table_id: str = ""
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this gateway waits for, if any."""


Gateway = Ipv4Gateway | Ipv6Gateway


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Ipv6Address(Resource):
    """An IPv6 address of a subnet of which something is said, under an id that follows from the address.

    A ``free`` one is there by itself, and no interface has it; any other one is an interface's.
    """

    subnet_id: str
    ip: Ip
    free: bool = False
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this address waits for, if any."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class EgressRule(Resource):
    """A rule of an IPv6 gateway: an address that has Internet bandwidth can only call, not be called."""

    gateway_id: str
    ip: Ip
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this rule waits for, if any."""
