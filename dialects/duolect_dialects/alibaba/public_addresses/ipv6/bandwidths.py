"""The Internet bandwidth of IPv6 addresses: bought, changed and given back.

Sources: the vendor's pages AllocateIpv6InternetBandwidth, ModifyIpv6InternetBandwidth and
DeleteIpv6InternetBandwidth, and the models of its Python SDK for the VPC product. An address may be an
interface's or a free one. Assumed: an egress rule goes along with the bandwidth that it stands on, and both
with the address.
"""

from typing import Final

import attrs

from duolect_core.model.public_addresses import Ipv6Bandwidth
from duolect_core.public_addresses import ipv6_bandwidths as commands
from duolect_core.relations import ipv6
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, OneOf

_MOST: Final = {"PayByTraffic": 1000, "PayByBandwidth": 2000}
"""How many Mbit/s an address may have by how they are paid."""
_ILLEGAL: Final = "IllegalParam.Bandwidth"
_MEGABITS: Final = Between(1, max(_MOST.values()))


@attrs.frozen(kw_only=True)
class AllocateIpv6InternetBandwidth:
    """Give an IPv6 address Internet bandwidth."""

    Bandwidth: int = required(_MEGABITS, code=_ILLEGAL, note="to 1000 where data transfer is paid")
    Ipv6AddressId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    InternetChargeType: str = param(
        OneOf(*_MOST), default="PayByBandwidth", code="IllegalParam.InternetChargeType"
    )
    Ipv6GatewayId: str | None = param(note="that of the address's VPC")


@vpc_action(idempotent_by="ClientToken")
def allocate_ipv6_internet_bandwidth(session: Session, request: AllocateIpv6InternetBandwidth) -> Body:
    """Give it at once; the VPC must have an IPv6 gateway."""
    if request.Bandwidth > _MOST[request.InternetChargeType]:
        raise _too_much(request.InternetChargeType, _ILLEGAL)
    command = commands.CreateIpv6Bandwidths(
        ips=(ipv6.named(session.rules, request.Ipv6AddressId),),
        gateway_id=request.Ipv6GatewayId,
        extras={"Bandwidth": request.Bandwidth, "InternetChargeType": request.InternetChargeType},
    )
    (created,) = common.execute(session, command, request)
    return {"InternetBandwidthId": created.id, "Ipv6AddressId": request.Ipv6AddressId}


@attrs.frozen(kw_only=True)
class DeleteIpv6InternetBandwidth:
    """Take the Internet bandwidth of an IPv6 address away."""

    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    Ipv6AddressId: str | None = param(note="this or Ipv6InternetBandwidthId, or both for the same")
    Ipv6InternetBandwidthId: str | None = param()


@attrs.frozen(kw_only=True)
class ModifyIpv6InternetBandwidth(DeleteIpv6InternetBandwidth):
    """Give an IPv6 address another Internet bandwidth."""

    Bandwidth: int = required(_MEGABITS, code=_ILLEGAL, note="to 1000 where data transfer is paid")


@vpc_action(idempotent_by="ClientToken")
def modify_ipv6_internet_bandwidth(session: Session, request: ModifyIpv6InternetBandwidth) -> Body:
    """Change it at once."""
    ips, ids, found = _named(session, request)
    charge_type = None if found is None else found.extras["InternetChargeType"]
    if charge_type is not None and request.Bandwidth > _MOST[charge_type]:
        raise _too_much(charge_type, "OperationFailed.BandwidthExceedLimit")
    extras = {"Bandwidth": request.Bandwidth}
    command = commands.ResizeIpv6Bandwidths(ips=ips, bandwidth_ids=ids, extras=extras)
    common.execute(session, command, request)
    return {}


@vpc_action(idempotent_by="ClientToken")
def delete_ipv6_internet_bandwidth(session: Session, request: DeleteIpv6InternetBandwidth) -> Body:
    """Take it away at once, with the egress rule of the address."""
    ips, ids, _ = _named(session, request)
    common.execute(session, commands.DeleteIpv6Bandwidths(ips=ips, bandwidth_ids=ids), request)
    return {}


def _named(
    session: Session, request: DeleteIpv6InternetBandwidth
) -> tuple[tuple[int, ...], tuple[str, ...], Ipv6Bandwidth | None]:
    """Return the address or the bandwidth that a request names, and the bandwidth itself where it is there.

    Raises:
        Refusal: it names none, or two that do not belong together.
    """
    graph, address_id, bandwidth_id = session.graph, request.Ipv6AddressId, request.Ipv6InternetBandwidthId
    if address_id is None and bandwidth_id is None:
        message = "Either Ipv6AddressId or Ipv6InternetBandwidthId is mandatory for this action."
        raise Refusal("MissingParam.Ipv6InstanceId", message, 400)
    if bandwidth_id is None:
        ip = ipv6.named(session.rules, str(address_id))
        return (ip,), (), graph.ipv6_bandwidths.get(graph.ipv6_bandwidth_by_ip.get(ip, ""))
    found = graph.ipv6_bandwidths.get(bandwidth_id)
    if found is not None and address_id not in {None, ipv6.id_of(session.rules, found.ip)}:
        message = f"The Internet bandwidth {bandwidth_id} is not that of the IPv6 address {address_id}."
        raise Refusal("ParamExclusive.Ipv6AddressIdAndIpv6InternetBandwidthId", message, 400)
    return (), (bandwidth_id,), found


def _too_much(charge_type: str, code: str) -> Refusal:
    return Refusal(code, f"With {charge_type} Bandwidth is {_MOST[charge_type]} at most.", 400)
