"""The public addresses (EIPs) of NAT gateways: bind them, and take them off.

Sources: the definitions in tccli, and the vendor's page on the EIPs of NAT gateways.
"""

from collections.abc import Iterable
from typing import Any, Final

import attrs

from duolect_core.addressing.pools import parse_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.nat_gateways import addresses as commands
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.public_addresses.views import BY_TRAFFIC, UNNAMED
from duolect_dialects.values import Between, Coded, Count, Each
from duolect_dialects.wording import Message

_GATEWAY_ID: Final = common.id_of("nat")
_MOST_MEGABITS: Final = 100
BANDWIDTH: Final = Coded(Between(1, 2000), "InvalidParameterValue.EIPBrandWidthOutInvalid")
_BY_TRAFFIC: Final = frozenset({BY_TRAFFIC, "BANDWIDTH_PACKAGE"})
"""How EIPs may be paid for that serve a NAT gateway."""


def check_any(count: int, ips: tuple[str, ...]) -> None:
    """Raise ``Refusal`` where neither new EIPs nor ones that are there are asked for."""
    if not count and not ips:
        raise request_errors.missing("AddressCount")


def ids_at(graph: Graph, ips: Iterable[str], *, paid: bool = True) -> tuple[str, ...]:
    """Return the EIPs of these addresses, or raise ``Refusal``; those must be ``paid`` by traffic."""
    found = []
    for ip in ips:
        address = graph.public_addresses.get(graph.public_pool.holders.get(parse_ipv4(ip) or 0, ""))
        if address is None:
            raise Refusal(
                "UnsupportedOperation.PublicIpAddressIsNotExisted" if paid else "ResourceNotFound",
                Message("The public address `{address}` does not exist.", address=ip),
            )
        if paid and address.extras["InternetChargeType"] not in _BY_TRAFFIC:
            raise Refusal(
                "UnsupportedOperation.PublicIpAddressNotBilledByTraffic",
                Message("The public address `{address}` is not paid for by traffic.", address=ip),
            )
        found.append(address.id)
    return tuple(found)


def bandwidth_extras(megabits: int | None) -> dict[str, Any]:
    """Return what is stored of EIPs that are there."""
    return {} if megabits is None else {"Bandwidth": megabits}


def new(count: int, megabits: int | None) -> AllocatePublicAddresses | None:
    """Return how new EIPs are allocated, if any are."""
    if not count:
        return None
    bandwidth = _MOST_MEGABITS if megabits is None else megabits
    extras = {"InternetChargeType": BY_TRAFFIC, "Bandwidth": bandwidth}
    return AllocatePublicAddresses(count=count, name=UNNAMED, extras=extras)


@attrs.frozen(kw_only=True)
class AssociateNatGatewayAddress:
    """Bind new EIPs to a NAT gateway, ones that are there, or both."""

    NatGatewayId: str = required(_GATEWAY_ID)
    AddressCount: int = param(Between(0, 100), default=0, note="this, or PublicIpAddresses")
    PublicIpAddresses: tuple[str, ...] = param(Count(0, 100), Each(common.IPV4), default=())
    Zone: str | None = ignored(note="EIPs are in no zone here")
    StockPublicIpAddressesBandwidthOut: int | None = param(BANDWIDTH)
    PublicIpAddressesBandwidthOut: int | None = param(BANDWIDTH)
    PublicIpFromSameZone: bool | None = ignored(note="EIPs are in no zone here")
    IpAddressEnableMode: bool | None = refused("the EIPs of a NAT gateway are always in use")


@vpc_action()
def associate_nat_gateway_address(session: Session, request: AssociateNatGatewayAddress) -> Body:
    """Start to bind them: BINDING, then BIND."""
    check_any(request.AddressCount, request.PublicIpAddresses)
    session.execute(
        commands.BindToNatGateway(
            gateway_id=request.NatGatewayId,
            address_ids=ids_at(session.graph, request.PublicIpAddresses),
            new_addresses=new(request.AddressCount, request.PublicIpAddressesBandwidthOut),
            extras=bandwidth_extras(request.StockPublicIpAddressesBandwidthOut),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DisassociateNatGatewayAddress:
    """Take EIPs off a NAT gateway, and out of the rules that use them."""

    NatGatewayId: str = required(_GATEWAY_ID)
    PublicIpAddresses: tuple[str, ...] = required(*common.non_empty(100), Each(common.IPV4))


@vpc_action()
def disassociate_nat_gateway_address(session: Session, request: DisassociateNatGatewayAddress) -> Body:
    """Start to unbind them: UNBINDING, then UNBIND. The last one stays."""
    ids = ids_at(session.graph, request.PublicIpAddresses, paid=False)
    command = commands.UnbindFromNatGateway(gateway_id=request.NatGatewayId, address_ids=ids, force=True)
    session.execute(command)
    return {}
