"""How EIPs, bandwidth packages and NAT gateways are protected against deletion, and how an EIP is bound.

Sources: the models of the vendor's Python SDK, whose comments are its pages DeletionProtection and
ModifyEipForwardMode.
"""

import attrs

from duolect_core.nat_gateways.lifecycle import ModifyNatGateway
from duolect_core.public_addresses.bandwidth_packages import ModifyBandwidthPackage
from duolect_core.public_addresses.lifecycle import ModifyPublicAddresses
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.interfaces.public_addresses import target
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Coded, Form, OneOf

_KINDS = Form(r"(?i:eip|cbwp|natgw)", "EIP, CBWP or NATGW")


@attrs.frozen(kw_only=True)
class DeletionProtection:
    """Protect an EIP, a bandwidth package or a NAT gateway against deletion, or no longer."""

    InstanceId: str = required()
    ProtectionEnable: bool = required()
    RegionId: str = required()
    Type: str = required(_KINDS)
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def deletion_protection(session: Session, request: DeletionProtection) -> Body:
    """Change it at once: what is protected is not released, or not deleted."""
    kind, found, enabled = request.Type.lower(), request.InstanceId, request.ProtectionEnable
    if kind == "cbwp":
        session.execute(ModifyBandwidthPackage(package_id=found, protected=enabled))
    elif kind == "natgw":
        session.execute(ModifyNatGateway(gateway_id=found, protected=enabled))
    else:
        session.execute(ModifyPublicAddresses(address_ids=(found,), extras={"DeletionProtection": enabled}))
    return {}


@attrs.frozen(kw_only=True)
class ModifyEipForwardMode:
    """Choose the mode in which an EIP is bound to a secondary network interface: only NAT is served."""

    InstanceId: str = required()
    Mode: str = required(
        OneOf("NAT", "MULTI_BINDED", "BINDED"), Coded(OneOf("NAT"), "UnsupportedParameter")
    )
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def modify_eip_forward_mode(session: Session, request: ModifyEipForwardMode) -> Body:
    """Leave the EIP in its mode, which is NAT; it must be bound to a network interface."""
    shown = lookup.public_address(session.graph, request.InstanceId)
    if target(session, shown)[1] != "NetworkInterface":
        message = f"The EIP {shown.id} is not bound to a network interface."
        raise Refusal("IncorrectEipStatus", message, 400)
    session.execute(ModifyPublicAddresses(address_ids=(shown.id,)))
    return {}
