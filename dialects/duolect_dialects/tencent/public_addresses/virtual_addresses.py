"""Binding EIPs to HAVIPs, and unbinding them.

The HAVIP is named by its id, the EIP by its address. Each begins a task, which DescribeVpcTaskResult
finds by the id of the request.

Source: the definitions in tccli.
"""

import attrs

from duolect_core.errors import PublicAddressNotFound
from duolect_core.public_addresses import lifecycle as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.interfaces.public_addresses import addresses_at
from duolect_dialects.tencent.interfaces.virtual_addresses import HAVIP_ID
from duolect_dialects.wording import Message


@attrs.frozen(kw_only=True)
class HaVipAssociateAddressIp:
    """Bind an EIP to a HAVIP."""

    HaVipId: str = required(HAVIP_ID)
    AddressIp: str = required(common.IPV4)


@vpc_action()
def ha_vip_associate_address_ip(session: Session, request: HaVipAssociateAddressIp) -> Body:
    """Start to bind: the EIP is BINDING, then BIND."""
    lookup.virtual_address(session.graph, request.HaVipId)
    named = addresses_at(session.graph, (request.AddressIp,))
    if not named:
        raise PublicAddressNotFound(request.AddressIp)
    session.execute(commands.AssociatePublicAddress(address_id=named[0].id, virtual_id=request.HaVipId))
    return {}


@attrs.frozen(kw_only=True)
class HaVipDisassociateAddressIp:
    """Unbind the EIP of a HAVIP."""

    HaVipId: str = required(HAVIP_ID)


@vpc_action()
def ha_vip_disassociate_address_ip(session: Session, request: HaVipDisassociateAddressIp) -> Body:
    """Start to unbind: the EIP is UNBINDING, then UNBIND."""
    shown = lookup.virtual_address(session.graph, request.HaVipId)
    public = session.graph.public_address_of(shown, shown.ip)
    if public is None:
        raise Refusal(
            "UnsupportedOperation.UnbindEIP",
            Message("The HAVIP `{havip}` is bound to no public address.", havip=shown.id),
        )
    session.execute(commands.DisassociatePublicAddress(public.id))
    return {}
