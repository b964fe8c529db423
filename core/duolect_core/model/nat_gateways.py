"""NAT gateways and their rules: which private addresses use which public ones, and the other way round."""

from ipaddress import IPv4Network

import attrs

from duolect_core.addressing.pools import Ip
from duolect_core.model.lifecycles import ServiceState, Word
from duolect_core.model.resources import Instant, Resource


class NatProtocol(Word):
    """Which packets a DNAT rule forwards: those of one protocol to some ports, or ANY that come at all."""

    TCP = "tcp"
    UDP = "udp"
    ANY = "any"


Ports = tuple[int, int]
"""The first and the last port of a range."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class NatGateway(Resource):
    """A NAT gateway of a network: the public addresses that are bound to it serve private ones.

    ``interface_id`` is the managed interface by which it is in a subnet, where the cloud has it in one.
    ``routes_default`` says that a route of the network's main route table to 0.0.0.0/0 is made for it when
    it comes up, if there is none yet; ``route_id`` is that route, for as long as the two are there.
    """

    network_id: str
    zone: str
    interface_id: str | None = None
    routes_default: bool = False
    route_id: str | None = None
    protected: bool = False
    state: ServiceState = ServiceState.PENDING
    modified: Instant
    pending: int | None = None
    """The timeline's number of the transition this gateway waits for, if any."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class SnatRule(Resource):
    """Lets the private addresses of a block reach the outside by public ones of a NAT gateway.

    ``source_id`` is the subnet, interface or instance by which the block was named, or empty.
    """

    gateway_id: str
    source: IPv4Network
    source_id: str = ""
    public_ips: tuple[Ip, ...]
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this rule waits for, if any."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class DnatRule(Resource):
    """Forwards packets that come to a public address of a NAT gateway to a private one.

    The ranges of ports are equally long; both are None where the protocol is ANY.
    """

    gateway_id: str
    protocol: NatProtocol
    public_ip: Ip
    public_ports: Ports | None
    private_ip: Ip
    private_ports: Ports | None
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this rule waits for, if any."""
