"""Elastic IP addresses (EIPs): allocate, associate, unassociate, modify, release.

They belong to the VPC product; ECS 2014-05-26 keeps the actions as they were before it existed, with fewer
parameters and fields. Here each request of the VPC product is that of ECS and more.

Sources: the vendor's pages of the actions and the models of its Python SDKs for both products.
"""

from typing import Final

import attrs

from duolect_core.addressing.pools import format_ipv4
from duolect_core.model.public_addresses import PublicAddress
from duolect_core.nat_gateways.addresses import BindToNatGateway, UnbindFromNatGateway
from duolect_core.public_addresses import lifecycle as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagParam, ecs_action, vpc_action
from duolect_dialects.alibaba.interfaces.public_addresses import target
from duolect_dialects.alibaba.public_addresses import views
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, Form, OneOf

_BILLING: Final = "billing is not modelled"
PAY_BY_BANDWIDTH: Final = "PayByBandwidth"
PAY_BY_TRAFFIC: Final = "PayByTraffic"
_MOST_BY_TRAFFIC, _MOST_BY_BANDWIDTH, _MOST_PREPAID = 200, 500, 1000
MEGABITS: Final = Form(r"[1-9][0-9]{0,3}", "a number of Mbit/s")
_INSTANCE, _INTERFACE, _VIRTUAL, _GATEWAY = "EcsInstance", "NetworkInterface", "HaVip", "Nat"
KINDS: Final = (_GATEWAY, "SlbInstance", _INSTANCE, _INTERFACE, _VIRTUAL, "IpAddress")
"""What an EIP may be associated with on the cloud."""
_KIND: Final = OneOf(_INSTANCE, _INTERFACE, _VIRTUAL, _GATEWAY)
_NO_SUCH_KIND: Final = "InvalidInstanceType.ValueNotSupported"
LINES: Final = (
    "BGP", "BGP_PRO", "BGP_FinanceCloud", "BGP_International", "ChinaTelecom", "ChinaUnicom", "ChinaMobile",
    "ChinaTelecom_L2", "ChinaUnicom_L2", "ChinaMobile_L2",
)  # fmt: skip


def check_bandwidth(bandwidth: str, charge_type: str, metered: str, code: str) -> None:
    """Raise ``Refusal`` where an EIP that is paid for in this way has no such bandwidth."""
    most = _MOST_BY_TRAFFIC if metered == PAY_BY_TRAFFIC else _MOST_BY_BANDWIDTH
    most = _MOST_PREPAID if charge_type == views.PREPAID else most
    if not 1 <= int(bandwidth) <= most:
        raise Refusal(code, f"The specified parameter Bandwidth must be from 1 to {most}.", 400)


# -- allocating --------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class EcsAllocateEipAddress:
    """Allocate an EIP."""

    RegionId: str = required()
    ActivityId: int | None = ignored(note=_BILLING)
    Bandwidth: str = param(MEGABITS, default="5", code="InvalidBandwidth.Malformed")
    ClientToken: str | None = param(*common.TOKEN)
    ISP: str | None = stored(OneOf(*LINES))
    InternetChargeType: str = stored(OneOf(PAY_BY_BANDWIDTH, PAY_BY_TRAFFIC), default=PAY_BY_BANDWIDTH)


@attrs.frozen(kw_only=True)
class AllocateEipAddress(EcsAllocateEipAddress):
    """Allocate an EIP, perhaps one that was had before."""

    AutoPay: bool | None = ignored(note=_BILLING)
    Description: str = param(AtMost(256), common.NOT_A_LINK, default="")
    InstanceChargeType: str = stored(OneOf(views.POSTPAID, views.PREPAID), default=views.POSTPAID)
    InstanceId: str | None = refused("an EIP that was released does not come back under its id")
    IpAddress: str | None = param()
    Name: str = param(AtMost(128), common.NOT_A_LINK, default="")
    Netmode: str | None = ignored(OneOf("public"), note="there is only the one value")
    Period: int | None = param(Between(1, 9), note="required of subscriptions; nothing is charged")
    PricingCycle: str | None = ignored(OneOf("Month", "Year"), note=_BILLING)
    PublicIpAddressPoolId: str | None = refused("pools of public addresses are not modelled")
    ResourceGroupId: str | None = stored()
    SecurityProtectionTypes: tuple[str, ...] = stored(
        Count(0, 1), Each(OneOf("AntiDDoS_Enhanced")), default=()
    )
    Tag: tuple[TagParam, ...] = common.tag_params()
    Zone: str | None = stored()


@vpc_action(idempotent_by="ClientToken")
def allocate_eip_address(session: Session, request: AllocateEipAddress) -> Body:
    """Allocate it: Available at once. A subscription is told by its order, without the address."""
    paid, metered = request.InstanceChargeType, request.InternetChargeType
    if paid == views.PREPAID and metered == PAY_BY_TRAFFIC:
        raise Refusal("InvalidParameter", "A subscription EIP cannot be paid by traffic.", 400)
    if paid == views.PREPAID and request.Period is None:
        raise missing("Period")
    check_bandwidth(request.Bandwidth, paid, metered, "InvalidBandwidth.Malformed")
    group = common.resource_group(request.ResourceGroupId)
    extras = {
        "Bandwidth": request.Bandwidth,
        "InternetChargeType": metered,
        "ChargeType": paid,
        "ISP": request.ISP,
        "ResourceGroupId": group,
        "SecurityProtectionTypes": request.SecurityProtectionTypes,
        "Zone": request.Zone,
    }
    ips = () if request.IpAddress is None else (common.ipv4(request.IpAddress, "InvalidParameter", 400),)
    (made,) = session.execute(
        commands.AllocatePublicAddresses(
            ips=ips,
            name=request.Name,
            description=request.Description,
            tags=common.tags(request.Tag),
            extras={name: value for name, value in extras.items() if value},
        ),
    )
    body: Body = {"AllocationId": made.id}
    if paid == views.PREPAID:
        return {**body, "OrderId": made.ip}
    shown_group = views.resource_group(session, made)
    return {**body, "EipAddress": format_ipv4(made.ip), "ResourceGroupId": shown_group}


# -- associating -------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class EcsAssociateEipAddress:
    """Associate an EIP with an instance, a secondary network interface, a HaVip or a NAT gateway."""

    AllocationId: str = required()
    InstanceId: str = required()
    InstanceType: str = param(OneOf(*KINDS), _KIND, default=_INSTANCE, code=_NO_SUCH_KIND)
    RegionId: str | None = param()


@attrs.frozen(kw_only=True)
class AssociateEipAddress(EcsAssociateEipAddress):
    """Associate an EIP with an instance, a HaVip, a NAT gateway, or an address of a secondary interface."""

    ClientToken: str | None = param(*common.TOKEN)
    InstanceRegionId: str | None = ignored(note="concerns bandwidth shared with a global accelerator")
    Mode: str = param(
        OneOf("NAT", "MULTI_BINDED", "BINDED"), Coded(OneOf("NAT"), "UnsupportedParameter"), default="NAT"
    )
    PrivateIpAddress: str | None = param(note="the primary address unless given")
    VpcId: str | None = ignored(note="concerns the type IpAddress, which is not served")


@vpc_action(idempotent_by="ClientToken")
def associate_eip_address(session: Session, request: AssociateEipAddress) -> Body:
    """Start it: Associating, then InUse. An instance is associated by its primary address."""
    ip = _private(request.PrivateIpAddress)
    if request.InstanceType == _GATEWAY:
        session.execute(
            BindToNatGateway(gateway_id=request.InstanceId, address_ids=(request.AllocationId,))
        )
        return {}
    graph, by_instance = session.graph, request.InstanceType == _INSTANCE
    if ip is not None and request.InstanceType != _INTERFACE:
        primary = graph.interfaces.get(graph.primary_interfaces.get(request.InstanceId, ""))
        virtual = graph.virtual_addresses.get(request.InstanceId)
        only = primary.primary_ip if primary is not None else virtual.ip if virtual is not None else ip
        if only != ip:
            raise Refusal(
                "InvalidParameter",
                f"{request.PrivateIpAddress} is not the primary address of {request.InstanceId}.",
                400,
            )
    by_interface = request.InstanceType == _INTERFACE
    session.execute(
        commands.AssociatePublicAddress(
            address_id=request.AllocationId,
            instance_id=request.InstanceId if by_instance else None,
            interface_id=request.InstanceId if by_interface else None,
            virtual_id=request.InstanceId if request.InstanceType == _VIRTUAL else None,
            ip=ip if by_interface else None,
            extras={views.NAMED_PRIVATE: ip is not None and by_interface},
        ),
    )
    return {}


def _private(text: str | None) -> int | None:
    return None if text is None else common.ipv4(text, "InvalidParameter", 400)


@attrs.frozen(kw_only=True)
class EcsUnassociateEipAddress:
    """Take an EIP from what it is associated with."""

    AllocationId: str = required()
    InstanceId: str | None = param()
    InstanceType: str | None = param(OneOf(*KINDS), code=_NO_SUCH_KIND)
    RegionId: str | None = param()


@attrs.frozen(kw_only=True)
class UnassociateEipAddress(EcsUnassociateEipAddress):
    """Take an EIP from what it is associated with."""

    ClientToken: str | None = param(*common.TOKEN)
    Force: bool = param(default=False, note="of a NAT gateway: entries that use the EIP go along")
    PrivateIpAddress: str | None = param()


@vpc_action(idempotent_by="ClientToken")
def unassociate_eip_address(session: Session, request: UnassociateEipAddress) -> Body:
    """Start it: Unassociating, then Available. What is said of the association must be true."""
    ip = _private(request.PrivateIpAddress)
    shown = lookup.public_address(session.graph, request.AllocationId)
    if shown.association is not None or shown.gateway_id is not None:
        named = (request.InstanceId, request.InstanceType, ip)
        private = None if shown.association is None else shown.association.ip
        found = (*target(session, shown), private)
        if any(given not in {None, fact} for given, fact in zip(named, found, strict=True)):
            raise Refusal(
                "InvalidBindInstance.NotFound",
                f"The EIP {shown.id} is associated with {found[0]}, not with the resource that is named.",
                404,
            )
    if shown.gateway_id is None:
        session.execute(commands.DisassociatePublicAddress(request.AllocationId))
    else:
        session.execute(
            UnbindFromNatGateway(gateway_id=shown.gateway_id, address_ids=(shown.id,), force=request.Force)
        )
    return {}


# -- releasing and modifying -------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ReleaseEipAddress:
    """Release an EIP that is associated with nothing."""

    AllocationId: str = required()
    RegionId: str | None = param()


@vpc_action()
@ecs_action()
def release_eip_address(session: Session, request: ReleaseEipAddress) -> Body:
    """Start it: Releasing, then gone."""
    shown = lookup.public_address(session.graph, request.AllocationId)
    _forbid_prepaid(shown, "released")
    if views.protected(shown):
        message = f"The EIP {shown.id} is protected against deletion."
        raise Refusal("InvalidOperation.DeletionProtection", message, 400)
    session.execute(commands.ReleasePublicAddresses((request.AllocationId,)))
    return {}


def _forbid_prepaid(shown: PublicAddress, done: str) -> None:
    if views.charge_type(shown) == views.PREPAID:
        raise Refusal(
            "Forbidden.ChargeTypeIsPrepaid", f"The subscription EIP {shown.id} cannot be {done}.", 400
        )


@attrs.frozen(kw_only=True)
class EcsModifyEipAddressAttribute:
    """Change the bandwidth of an EIP."""

    AllocationId: str = required()
    Bandwidth: str = required(MEGABITS)
    RegionId: str | None = param()


@attrs.frozen(kw_only=True)
class ModifyEipAddressAttribute:
    """Change the name, description or bandwidth of an EIP."""

    AllocationId: str = required()
    Bandwidth: str | None = param(MEGABITS)
    Description: str | None = param(AtMost(256), common.NOT_A_LINK, clearable=True)
    Name: str | None = param(AtMost(128), common.NOT_A_LINK, clearable=True)
    RegionId: str | None = param()


@vpc_action()
def modify_eip_address_attribute(session: Session, request: ModifyEipAddressAttribute) -> Body:
    """Change what is given, at once."""
    shown = lookup.public_address(session.graph, request.AllocationId)
    extras = {}
    if request.Bandwidth is not None:
        _forbid_prepaid(shown, "given another bandwidth")
        metered = shown.extras["InternetChargeType"]
        check_bandwidth(request.Bandwidth, views.POSTPAID, metered, "InvalidParameter")
        extras["Bandwidth"] = request.Bandwidth
    session.execute(
        commands.ModifyPublicAddresses(
            address_ids=(shown.id,), name=request.Name, description=request.Description, extras=extras
        )
    )
    return {}


# -- the versions of ECS -----------------------------------------------------------------------------------


@ecs_action(name="AllocateEipAddress", idempotent_by="ClientToken")
def ecs_allocate_eip_address(session: Session, request: EcsAllocateEipAddress) -> Body:
    """Allocate it: Available at once."""
    body = allocate_eip_address(session, common.newer(request, AllocateEipAddress))
    del body["ResourceGroupId"]
    return body


@ecs_action(name="AssociateEipAddress")
def ecs_associate_eip_address(session: Session, request: EcsAssociateEipAddress) -> Body:
    """Start it: Associating, then InUse."""
    return associate_eip_address(session, common.newer(request, AssociateEipAddress))


@ecs_action(name="UnassociateEipAddress")
def ecs_unassociate_eip_address(session: Session, request: EcsUnassociateEipAddress) -> Body:
    """Start it: Unassociating, then Available."""
    return unassociate_eip_address(session, common.newer(request, UnassociateEipAddress))


@ecs_action(name="ModifyEipAddressAttribute")
def ecs_modify_eip_address_attribute(session: Session, request: EcsModifyEipAddressAttribute) -> Body:
    """Change the bandwidth, at once."""
    return modify_eip_address_attribute(session, common.newer(request, ModifyEipAddressAttribute))
