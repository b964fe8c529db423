"""Flow logs: what is written down of the traffic of a network, a subnet, an interface or a NAT gateway."""

import attrs

from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.resources import Resource
from duolect_core.model.rules import ResourceKind


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class FlowLog(Resource):
    """A flow log of the resource ``watched_id``, which is of a ``kind``; it goes with it.

    ``traffic`` says of which traffic, and ``target`` where it is written, in the cloud's own words. A log
    that is ``active`` writes; one that is MODIFYING is on its way there, or away.
    """

    kind: ResourceKind
    watched_id: str
    traffic: str = ""
    target: str = ""
    active: bool = True
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this log waits for, if any."""
