"""IPv4 and IPv6 gateways: by which the packets of a network get to the Internet and back."""

import attrs

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
