"""NAT gateways: create, modify, resize and delete.

Only enhanced gateways for the Internet are here: the vendor sells no others any more, but those between
VPCs (NetworkType intranet).

Sources: the vendor's pages CreateNatGateway, DeleteNatGateway, ModifyNatGatewayAttribute and
ModifyNatGatewaySpec, and the models of its Python SDK.
"""

from typing import Any, Final

import attrs

from duolect_core.nat_gateways import lifecycle as commands
from duolect_core.relations import named_gateways
from duolect_core.relations.address_plans import ANY_PRIMARY, AddressPlan, AddressRequest
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagParam, vpc_action
from duolect_dialects.alibaba.nat_gateways import views
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Coded, OneOf

SPECS: Final = OneOf("Small", "Middle", "Large", "XLarge.1")
_BAD_SPEC: Final = "InvalidParameter.Spec.ValueNotSupported"
_NO_SUBSCRIPTION: Final = "the vendor sells no subscriptions any more, and overlooks it"
_NO_PRIVATE_LINK: Final = "gateways between VPCs and PrivateLink are not modelled"
_NO_LOG: Final = "nothing passes that could be logged"
_OFF: Final = OneOf(*[False])
_UNSUPPORTED: Final = "UnsupportedParameter"


def _refuse(given: object, name: str, why: str) -> None:
    """Raise ``Refusal`` where a group of parameters is given that is not served."""
    if given is not None:
        raise Refusal(_UNSUPPORTED, f"The parameter {name} is not served here: {why}.", 400)


@attrs.frozen(kw_only=True)
class AccessModeParam:
    """How a gateway between VPCs is reached the other way round."""

    ModeValue: str | None = param()
    TunnelType: str | None = param()


@attrs.frozen(kw_only=True)
class CreateNatGateway:
    """Create an enhanced NAT gateway for the Internet in a vSwitch."""

    RegionId: str = required()
    VpcId: str = required()
    AccessMode: AccessModeParam | None = param(note=f"refused: {_NO_PRIVATE_LINK}")
    AutoPay: bool | None = ignored(note=_NO_SUBSCRIPTION)
    AvailabilityMode: str | None = stored()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(
        networks.DESCRIPTION_LENGTH,
        common.NOT_A_LINK,
        code="InvalidNatGatewayDescription.MalFormed",
    )
    Duration: str | None = ignored(note=_NO_SUBSCRIPTION)
    EipBindMode: str = stored(OneOf("MULTI_BINDED", "NAT"), default="MULTI_BINDED")
    IcmpReplyEnabled: bool = stored(default=True)
    InstanceChargeType: str = param(
        OneOf("PostPaid", "PrePaid"),
        Coded(OneOf("PostPaid"), _UNSUPPORTED),
        default="PostPaid",
        note="PrePaid is refused: the vendor sells none any more",
    )
    InternetChargeType: str = stored(OneOf(views.BY_USE, views.BY_SPEC), default=views.BY_USE)
    Ipv4Prefix: str | None = refused(_NO_PRIVATE_LINK)
    Name: str | None = param(
        networks.NAME_LENGTH, common.NOT_A_LINK, code="InvalidNatGatewayName.MalFormed"
    )
    NatIp: str | None = param(note="the gateway's private address; any one unless given")
    NatType: str = param(
        OneOf("Enhanced", "Normal"),
        Coded(OneOf("Enhanced"), _UNSUPPORTED),
        default="Enhanced",
        note="Normal is refused: the vendor sells none any more",
    )
    NetworkType: str = param(
        OneOf("internet", "intranet"),
        Coded(OneOf("internet"), _UNSUPPORTED),
        default="internet",
        note="intranet is refused: gateways between VPCs are not modelled",
    )
    PricingCycle: str | None = ignored(note=_NO_SUBSCRIPTION)
    PrivateLinkEnabled: bool | None = param(
        Coded(_OFF, _UNSUPPORTED), note="true is refused: PrivateLink is not modelled"
    )
    SecurityProtectionEnabled: bool | None = stored(note="deprecated by the vendor")
    Spec: str | None = stored(SPECS, code=_BAD_SPEC, note="of gateways that are metered by PayBySpec")
    Tag: tuple[TagParam, ...] = common.tag_params()
    VSwitchId: str | None = param(note="required: every enhanced gateway is in a vSwitch")


@vpc_action(idempotent_by="ClientToken")
def create_nat_gateway(session: Session, request: CreateNatGateway) -> Body:
    """Create it: Creating, then Available, with a route to 0.0.0.0/0 where the VPC had none."""
    _refuse(request.AccessMode, "AccessMode", _NO_PRIVATE_LINK)
    if request.VSwitchId is None:
        raise missing("VSwitchId")
    extras: dict[str, Any] = {
        "AvailabilityMode": request.AvailabilityMode,
        "EipBindMode": request.EipBindMode,
        "IcmpReplyEnabled": request.IcmpReplyEnabled,
        "InternetChargeType": request.InternetChargeType,
        "SecurityProtectionEnabled": request.SecurityProtectionEnabled,
    }
    if request.InternetChargeType == views.BY_SPEC:
        extras["Spec"] = request.Spec or "Small"
    created = session.execute(
        commands.CreateNatGateway(
            network_id=request.VpcId,
            subnet_id=request.VSwitchId,
            ip=_plan(request.NatIp),
            name=request.Name or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
            routes_default=True,
            extras={name: value for name, value in extras.items() if value is not None},
        )
    )
    return views.created(created)


def _plan(text: str | None) -> AddressPlan:
    """Return which address of the vSwitch the gateway shall have."""
    if text is None:
        return ANY_PRIMARY
    return AddressPlan(primary=AddressRequest(common.ipv4(text, "InvalidParameter", 400)))


@attrs.frozen(kw_only=True)
class DeleteNatGateway:
    """Delete a NAT gateway, perhaps with all that stands on it."""

    NatGatewayId: str = required()
    RegionId: str = required()
    Force: bool = param(default=False, note="entries go along, and EIPs are unassociated")


@vpc_action()
def delete_nat_gateway(session: Session, request: DeleteNatGateway) -> Body:
    """Delete it: Deleting, then gone."""
    session.execute(commands.DeleteNatGateway(gateway_id=request.NatGatewayId, force=request.Force))
    return {}


@attrs.frozen(kw_only=True)
class LogDeliveryParam:
    """Where logs of sessions go."""

    LogDeliveryType: str | None = param()
    LogDestination: str | None = param()


@attrs.frozen(kw_only=True)
class ModifyNatGatewayAttribute:
    """Rename a NAT gateway, describe it anew, or change how it answers."""

    NatGatewayId: str = required()
    RegionId: str = required()
    Description: str | None = param(
        networks.DESCRIPTION_LENGTH,
        common.NOT_A_LINK,
        code="InvalidParameter.Description.Malformed",
        clearable=True,
    )
    EipBindMode: str | None = stored(OneOf("NAT"))
    EnableSessionLog: bool | None = param(
        Coded(_OFF, _UNSUPPORTED), note="true is refused: nothing passes that could be logged"
    )
    IcmpReplyEnabled: bool | None = stored()
    LogDelivery: LogDeliveryParam | None = param(note=f"refused: {_NO_LOG}")
    Name: str | None = param(
        networks.NAME_LENGTH,
        common.NOT_A_LINK,
        code="InvalidParameter.Name.Malformed",
        clearable=True,
    )


@vpc_action()
def modify_nat_gateway_attribute(session: Session, request: ModifyNatGatewayAttribute) -> Body:
    """Change what is given, at once."""
    _refuse(request.LogDelivery, "LogDelivery", _NO_LOG)
    given = {"EipBindMode": request.EipBindMode, "IcmpReplyEnabled": request.IcmpReplyEnabled}
    session.execute(
        commands.ModifyNatGateway(
            gateway_id=request.NatGatewayId,
            name=request.Name,
            description=request.Description,
            extras={name: value for name, value in given.items() if value is not None},
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class ModifyNatGatewaySpec:
    """Give a NAT gateway another size."""

    NatGatewayId: str = required()
    RegionId: str = required()
    Spec: str = required(SPECS, code=_BAD_SPEC)
    AutoPay: bool | None = ignored(note="billing is not modelled")
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def modify_nat_gateway_spec(session: Session, request: ModifyNatGatewaySpec) -> Body:
    """Change it: Modifying, then Available. A gateway that is metered by use has no size."""
    gateway = named_gateways.nat_gateway(session.graph, request.NatGatewayId)
    if views.charge_type(gateway) != views.BY_SPEC:
        message = f"The NAT gateway {gateway.id} is metered by use and has no size."
        raise Refusal(_BAD_SPEC, message, 400)
    if views.spec(gateway) == request.Spec:
        message = f"The NAT gateway {gateway.id} has the size {request.Spec} already."
        raise Refusal("NATGW_MODIFY_SPEC_SAME", message, 400)
    session.execute(
        commands.ResizeNatGateway(gateway_id=gateway.id, extras={"Spec": request.Spec}),
    )
    return {}
