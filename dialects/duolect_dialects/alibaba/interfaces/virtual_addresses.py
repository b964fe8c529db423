"""High-availability virtual IP addresses (HaVips): create, associate, describe, modify, delete.

They belong to the VPC product; ECS 2014-05-26 keeps the actions as they were before it existed, with fewer
parameters and fields. Guests are not modelled, so no instance announces a HaVip, and none is its master.

Sources: the vendor's pages of the actions for both products, and the models of its Python SDKs; for how
many may be associated, the page of ROS on ALIYUN::VPC::HaVipAssociation.
"""

from collections.abc import Callable
from typing import Final

import attrs

from duolect_core.addressing.pools import format_ipv4, parse_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.interfaces import virtual_addresses as commands
from duolect_core.model.virtual_addresses import VirtualAddress
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action, vpc_action
from duolect_dialects.alibaba.interfaces import virtual_address_views as views
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.views import only
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Count, Length, OneOf

_KIND: Final = OneOf(views.INSTANCE, views.INTERFACE)
_DESCRIPTION: Final = (Length(1, 255), common.NOT_A_LINK)
_NO_MASTER: Final = "guests are not modelled: no instance announces a HaVip, so none is its master"


# -- creating and modifying --------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class EcsCreateHaVip:
    """Create a HaVip of a vSwitch."""

    RegionId: str = required()
    VSwitchId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*_DESCRIPTION, code="InvalidDescription.Malformed")
    IpAddress: str | None = param(note="any free address unless given")


@attrs.frozen(kw_only=True)
class CreateHaVip(EcsCreateHaVip):
    """Create a HaVip of a vSwitch."""

    Name: str | None = param(networks.NAME_LENGTH, common.NOT_A_LINK)
    ResourceGroupId: str | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_ha_vip(session: Session, request: CreateHaVip) -> Body:
    """Create it: Creating, then Available."""
    text, group = request.IpAddress, common.resource_group(request.ResourceGroupId)
    created = session.execute(
        commands.CreateVirtualAddress(
            subnet_id=request.VSwitchId,
            ip=None if text is None else common.ipv4(text, "InvalidIPAddress.Malformed", 400),
            name=request.Name or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
            extras={"ResourceGroupId": group} if group else {},
        )
    )
    return {"HaVipId": created.id, "IpAddress": format_ipv4(created.ip)}


@attrs.frozen(kw_only=True)
class EcsModifyHaVipAttribute:
    """Describe a HaVip anew."""

    HaVipId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*_DESCRIPTION, clearable=True, code="InvalidDescription.Malformed")


@attrs.frozen(kw_only=True)
class ModifyHaVipAttribute(EcsModifyHaVipAttribute):
    """Rename a HaVip, or describe it anew."""

    Name: str | None = param(networks.NAME_LENGTH, common.NOT_A_LINK, clearable=True)


@vpc_action(idempotent_by="ClientToken")
def modify_ha_vip_attribute(session: Session, request: ModifyHaVipAttribute) -> Body:
    """Change what is given, at once."""
    session.execute(
        commands.ModifyVirtualAddress(
            address_id=request.HaVipId, name=request.Name, description=request.Description
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteHaVip:
    """Delete a HaVip that is associated with nothing and to which no route leads."""

    HaVipId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
@ecs_action(idempotent_by="ClientToken")
def delete_ha_vip(session: Session, request: DeleteHaVip) -> Body:
    """Start it: Deleting, then gone."""
    session.execute(commands.DeleteVirtualAddress(request.HaVipId))
    return {}


# -- associating -------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class EcsAssociateHaVip:
    """Associate a HaVip with an instance of its vSwitch."""

    HaVipId: str = required()
    InstanceId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@attrs.frozen(kw_only=True)
class AssociateHaVip(EcsAssociateHaVip):
    """Associate a HaVip with an instance or a network interface of its vSwitch."""

    InstanceType: str = param(_KIND, default=views.INSTANCE)


@attrs.frozen(kw_only=True)
class EcsUnassociateHaVip(EcsAssociateHaVip):
    """Take a HaVip from an instance that it is associated with."""

    Force: str | None = ignored(OneOf("True", "False", "true", "false"), note=_NO_MASTER)


@attrs.frozen(kw_only=True)
class UnassociateHaVip(EcsUnassociateHaVip):
    """Take a HaVip from an instance or a network interface that it is associated with."""

    InstanceType: str = param(_KIND, default=views.INSTANCE)


def _carrying(request: AssociateHaVip | UnassociateHaVip) -> tuple[commands.Carrying, ...]:
    as_interface = request.InstanceType == views.INTERFACE
    return (commands.Carrying(request.HaVipId, request.InstanceId, as_interface=as_interface),)


@vpc_action(idempotent_by="ClientToken")
def associate_ha_vip(session: Session, request: AssociateHaVip) -> Body:
    """Start it: Associating, then InUse. Whatever it is associated with is of one type."""
    shown = session.graph.virtual_addresses.get(request.HaVipId)
    before = "" if shown is None else views.kind_of_carriers(session.graph, shown)
    if before not in {"", request.InstanceType}:
        message = f"The HaVip {request.HaVipId} is associated with resources of the type {before}."
        raise Refusal("InvalidParameter", message, 400)
    session.execute(commands.AssociateVirtualAddresses(_carrying(request)))
    return {}


@vpc_action(idempotent_by="ClientToken")
def unassociate_ha_vip(session: Session, request: UnassociateHaVip) -> Body:
    """Start it: Unassociating, then Available, or InUse where something else is associated."""
    session.execute(commands.DisassociateVirtualAddresses(_carrying(request)))
    return {}


# -- describing --------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class HaVipFilter:
    """One Filter.N: any of its values may match."""

    Key: str | None = param(OneOf("VpcId", "VSwitchId", "Status", "HaVipId", "HaVipAddress"))
    Value: tuple[str, ...] = param(Count(0, 5), default=())


@attrs.frozen(kw_only=True)
class EcsDescribeHaVips:
    """List HaVips, newest first; all filters must hold."""

    RegionId: str = required()
    Filter: tuple[HaVipFilter, ...] = param(Count(0, 5), default=())
    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)


@attrs.frozen(kw_only=True)
class DescribeHaVips(EcsDescribeHaVips):
    """List HaVips, newest first; all criteria must hold."""

    ResourceGroupId: str | None = param()
    Tags: tuple[TagFilter, ...] = common.tag_filters()


@vpc_action()
def describe_ha_vips(
    session: Session,
    request: DescribeHaVips,
    show: Callable[[Session, VirtualAddress], Body] = views.ha_vip,
) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[VirtualAddress] = Criteria(graph)
    for each in request.Filter:
        _narrow(graph, criteria, each)
    common.narrow_by_tags(criteria, request.Tags)
    group = request.ResourceGroupId
    criteria.test(group, lambda found: views.resource_group(session, found) == group)
    page, about = common.numbered_page(graph.virtual_addresses, criteria.selection, request)
    return {"HaVips": {"HaVip": [show(session, each) for each in page.items]}, **about}


def _narrow(graph: Graph, criteria: Criteria[VirtualAddress], wanted: HaVipFilter) -> None:
    """Narrow to what one filter wants."""
    values = wanted.Value
    match wanted.Key:
        case "VpcId":
            criteria.by(graph.virtual_addresses_by_network, *values)
        case "VSwitchId":
            criteria.by(graph.virtual_addresses_by_subnet, *values)
        case "HaVipId":
            criteria.ids(values)
        case "HaVipAddress":
            criteria.by(graph.virtual_addresses_by_ip, *(parse_ipv4(value) or 0 for value in values))
        case "Status":
            criteria.test(values, lambda found: views.status(found) in values)


# -- the versions of ECS -----------------------------------------------------------------------------------


@ecs_action(name="CreateHaVip", idempotent_by="ClientToken")
def ecs_create_ha_vip(session: Session, request: EcsCreateHaVip) -> Body:
    """Create it: Creating, then Available."""
    return only(("HaVipId",), create_ha_vip(session, common.newer(request, CreateHaVip)))


@ecs_action(name="ModifyHaVipAttribute", idempotent_by="ClientToken")
def ecs_modify_ha_vip_attribute(session: Session, request: EcsModifyHaVipAttribute) -> Body:
    """Change the description, at once."""
    return modify_ha_vip_attribute(session, common.newer(request, ModifyHaVipAttribute))


@ecs_action(name="AssociateHaVip", idempotent_by="ClientToken")
def ecs_associate_ha_vip(session: Session, request: EcsAssociateHaVip) -> Body:
    """Start it: Associating, then InUse."""
    return associate_ha_vip(session, common.newer(request, AssociateHaVip))


@ecs_action(name="UnassociateHaVip", idempotent_by="ClientToken")
def ecs_unassociate_ha_vip(session: Session, request: EcsUnassociateHaVip) -> Body:
    """Start it: Unassociating, then Available or InUse."""
    return unassociate_ha_vip(session, common.newer(request, UnassociateHaVip))


@ecs_action(name="DescribeHaVips")
def ecs_describe_ha_vips(session: Session, request: EcsDescribeHaVips) -> Body:
    """List one page."""
    return describe_ha_vips(session, common.newer(request, DescribeHaVips), views.ecs_ha_vip)
