"""Virtual addresses: private addresses that pass from one instance to another."""

import attrs

from duolect_core.addressing.pools import Ip
from duolect_core.model.lifecycles import VirtualAddressState
from duolect_core.model.resources import Resource


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class VirtualAddress(Resource):
    """A virtual address: a private IPv4 address of a subnet that belongs to no interface.

    ``carrier_ids`` are the instances and interfaces that may carry it, in the order in which they came;
    which of them answers for it is decided in the guests, of which there are none here. ``interface_id`` is
    the interface that it was put on when it was created.
    """

    network_id: str
    subnet_id: str
    ip: Ip
    state: VirtualAddressState
    carrier_ids: tuple[str, ...] = ()
    changing_ids: tuple[str, ...] = ()
    """Those of them that are coming while it is ASSOCIATING, or going while it is DISASSOCIATING."""
    interface_id: str = ""
    pending: int | None = None
    """The timeline's number of the transition this address waits for, if any."""
