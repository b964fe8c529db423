"""Sets of DHCP options: what the instances of networks are told of names beside their addresses."""

import attrs

from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.resources import Resource


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class DhcpOptionsSet(Resource):
    """A set of DHCP options; what is in it, its ``extras`` say.

    ``network_ids`` are the networks that it is attached to, each of which has no other set. ``moving_id``
    is one of them, or empty: it is on its way there or, where it is ``leaving``, away.
    """

    network_ids: tuple[str, ...] = ()
    moving_id: str = ""
    leaving: bool = False
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this set waits for, if any."""
