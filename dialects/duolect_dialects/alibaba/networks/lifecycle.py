"""VPCs and vSwitches: create, describe, delete, in the versions of the VPC product and of ECS.

ECS 2014-05-26 keeps the six actions as they were before the VPC product existed: fewer parameters, fewer
fields. Here each request of the VPC product is that of ECS and more.

Sources: the vendor's pages CreateVpc, DescribeVpcs, DeleteVpc, CreateVSwitch, DescribeVSwitches and
DeleteVSwitch, and the models of its Python SDKs for both products.
"""

from collections.abc import Callable
from ipaddress import IPv4Network
from typing import Final

import attrs

from duolect_core.addressing.blocks import parse_ipv4_cidr
from duolect_core.graph.graph import Graph
from duolect_core.model.resources import Network, Subnet
from duolect_core.networks import deletion
from duolect_core.networks import lifecycle as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action, vpc_action
from duolect_dialects.alibaba.networks import views
from duolect_dialects.alibaba.views import owner
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Length, OneOf

NAME_LENGTH: Final = Length(1, 128)
DESCRIPTION_LENGTH: Final = Length(1, 256)
PAGES: Final = Between(1, 2**31 - 1)
SIZES: Final = Between(1, 50)
ISP: Final = OneOf("BGP", "ChinaMobile", "ChinaUnicom", "ChinaTelecom")
NO_IPAM: Final = "address pools of IPAM are not modelled"
_MAX_USER_BLOCKS: Final = 3
_MAX_IDS: Final = 20
_SHARED_SPACE: Final = IPv4Network("100.64.0.0/10")


# -- VPCs ------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class EcsCreateVpc:
    """Create a VPC with its router and route table."""

    RegionId: str = required()
    CidrBlock: str = param(default="172.16.0.0/12")
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(
        DESCRIPTION_LENGTH, common.NOT_A_LINK, code="InvalidVpcDiscription.Malformed"
    )
    UserCidr: str | None = stored(note="up to three blocks, separated by commas")
    VpcName: str | None = param(NAME_LENGTH, common.NOT_A_LINK, code="InvalidVpcName.Malformed")


@attrs.frozen(kw_only=True)
class CreateVpc(EcsCreateVpc):
    """Create a VPC with its router and route table, perhaps with IPv6."""

    DryRun: bool = param(default=False)
    EnableDnsHostname: bool | None = stored()
    EnableIpv6: bool = param(default=False)
    Ipv4CidrMask: int | None = refused(NO_IPAM)
    Ipv4IpamPoolId: str | None = refused(NO_IPAM)
    Ipv6CidrBlock: str | None = refused("IPv6 blocks are not reserved beforehand; the cloud chooses them")
    Ipv6CidrMask: int | None = refused(NO_IPAM)
    Ipv6IpamPoolId: str | None = refused(NO_IPAM)
    Ipv6Isp: str | None = stored(ISP)
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code="InvalidResourceGroupId")
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_vpc(session: Session, request: CreateVpc) -> Body:
    """Create the VPC: Pending, then Available."""
    extras = {
        "EnableDnsHostname": request.EnableDnsHostname,
        "Ipv6Isp": request.Ipv6Isp,
        "ResourceGroupId": request.ResourceGroupId,
        "UserCidrs": None if request.UserCidr is None else user_blocks(request.UserCidr),
    }
    created = common.execute(
        session,
        commands.CreateNetwork(
            block=ipv4_block(request.CidrBlock, "InvalidParameter"),
            ipv6=request.EnableIpv6,
            name=request.VpcName or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
            extras={name: value for name, value in extras.items() if value is not None},
        ),
        request,
    )
    return views.created_vpc(session, created)


def ipv4_block(text: str, code: str) -> IPv4Network:
    """Return an IPv4 block, or raise ``Refusal`` where it is not written as one."""
    block = parse_ipv4_cidr(text)
    if block is not None:
        return block
    raise Refusal(code, f"{text} is not an IPv4 CIDR block.", 400)


def user_blocks(text: str) -> tuple[str, ...]:
    """Return the blocks of a UserCidr, or raise ``Refusal`` where it is not made of such."""
    texts = text.split(",")
    if len(texts) > _MAX_USER_BLOCKS:
        raise Refusal(
            "InvalidUserCidr.Quota", f"A VPC has no more than {_MAX_USER_BLOCKS} user blocks.", 400
        )
    for block in (ipv4_block(each, "InvalidUserCidr.Malformed") for each in texts):
        if block.overlaps(_SHARED_SPACE):
            raise Refusal("InvalidUserCidr.Malformed", f"The block {block} overlaps {_SHARED_SPACE}.", 400)
    return tuple(texts)


@attrs.frozen(kw_only=True)
class EcsDescribeVpcs:
    """List VPCs, newest first; all criteria must hold."""

    RegionId: str = required()
    IsDefault: bool | None = param()
    PageNumber: int = param(PAGES, default=1)
    PageSize: int = param(SIZES, default=10)
    VpcId: str | None = param(note="up to 20 ids, separated by commas")


@attrs.frozen(kw_only=True)
class DescribeVpcs(EcsDescribeVpcs):
    """List VPCs, newest first; all criteria must hold."""

    DhcpOptionsSetId: str | None = param()
    DryRun: bool = param(default=False)
    EnableIpv6: bool | None = param()
    ResourceGroupId: str | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VpcName: str | None = param()
    VpcOwnerId: int | None = param()


@vpc_action()
def describe_vpcs(
    session: Session, request: DescribeVpcs, show: Callable[[Session, Network], Body] = views.vpc
) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[Network] = Criteria(graph)
    if request.VpcId is not None:
        named = request.VpcId.split(",")
        if len(named) > _MAX_IDS:
            raise Refusal("InvalidParameter", f"VpcId names more than {_MAX_IDS} VPCs.", 400)
        criteria.ids(named)
    common.narrow_by_tags(criteria, request.Tag)
    criteria.test(request.VpcName, lambda found: found.name == request.VpcName)
    criteria.test(request.IsDefault, lambda found: found.default is request.IsDefault)
    criteria.test(request.EnableIpv6, lambda found: (found.ipv6_block is not None) is request.EnableIpv6)
    criteria.test(
        request.ResourceGroupId,
        lambda found: views.resource_group(session, found) == request.ResourceGroupId,
    )
    criteria.test(request.VpcOwnerId, lambda _: str(request.VpcOwnerId) == owner(session))
    if request.DhcpOptionsSetId is not None:
        options = graph.dhcp_options_sets.get(request.DhcpOptionsSetId)
        criteria.among(() if options is None else options.network_ids)
    common.end_dry_run(request)
    page, about = common.numbered_page(graph.networks, criteria.selection, request)
    return {
        "Vpcs": {"Vpc": [show(session, shown) for shown in page.items]},
        **about,
    }


@attrs.frozen(kw_only=True)
class EcsDeleteVpc:
    """Delete a VPC that nothing stands on."""

    VpcId: str = required()
    RegionId: str | None = param()


@attrs.frozen(kw_only=True)
class DeleteVpc(EcsDeleteVpc):
    """Delete a VPC that nothing stands on."""

    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    ForceDelete: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def delete_vpc(session: Session, request: DeleteVpc) -> Body:
    """Delete the VPC at once, where it is forced with its IPv4 and IPv6 gateways and their routes."""
    command = deletion.DeleteNetwork(request.VpcId, force=request.ForceDelete)
    common.execute(session, command, request)
    return {}


# -- vSwitches -------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class EcsCreateVSwitch:
    """Create a vSwitch of a VPC in a zone."""

    CidrBlock: str = required()
    VpcId: str = required()
    ZoneId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(
        DESCRIPTION_LENGTH, common.NOT_A_LINK, code="InvalidVSwitchDiscription.Malformed"
    )
    RegionId: str | None = param()
    VSwitchName: str | None = param(NAME_LENGTH, common.NOT_A_LINK, code="InvalidVSwitchName.Malformed")


@attrs.frozen(kw_only=True)
class CreateVSwitch(EcsCreateVSwitch):
    """Create a vSwitch of a VPC in a zone, perhaps with one of the VPC's IPv6 blocks."""

    CidrMask: int | None = refused(NO_IPAM)
    Ipv6CidrBlock: int | None = param(Between(0, 255))
    Ipv6CidrMask: int | None = refused(NO_IPAM)
    Tag: tuple[TagParam, ...] = common.tag_params()
    VpcIpv6CidrBlock: str | None = param()


@vpc_action(idempotent_by="ClientToken")
def create_vswitch(session: Session, request: CreateVSwitch) -> Body:
    """Create the vSwitch: Pending, then Available."""
    block = ipv4_block(request.CidrBlock, "InvalidCidrBlock.Malformed")
    check_ipv6_of_vpc(session.graph, request.VpcId, request.VpcIpv6CidrBlock)
    created = session.execute(
        commands.CreateSubnet(
            network_id=request.VpcId,
            zone=request.ZoneId,
            block=block,
            ipv6_index=request.Ipv6CidrBlock,
            name=request.VSwitchName or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
        ),
    )
    return {"VSwitchId": created.id}


def check_ipv6_of_vpc(graph: Graph, network_id: str, given: str | None) -> None:
    """Raise ``Refusal`` where another IPv6 block is given than that of the VPC."""
    if given is not None and given != str(lookup.network(graph, network_id).ipv6_block):
        raise Refusal("InvalidParameter", f"{given} is not the IPv6 block of the VPC {network_id}.", 400)


@attrs.frozen(kw_only=True)
class EcsDescribeVSwitches:
    """List vSwitches, newest first; all criteria must hold."""

    IsDefault: bool | None = param()
    PageNumber: int = param(PAGES, default=1)
    PageSize: int = param(SIZES, default=10)
    RegionId: str | None = param()
    VSwitchId: str | None = param()
    VpcId: str | None = param()
    ZoneId: str | None = param()


@attrs.frozen(kw_only=True)
class DescribeVSwitches(EcsDescribeVSwitches):
    """List vSwitches, newest first; all criteria must hold."""

    DryRun: bool = param(default=False)
    EnableIpv6: bool | None = param()
    ResourceGroupId: str | None = param()
    RouteTableId: str | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VSwitchName: str | None = param()
    VSwitchOwnerId: int | None = param()


@vpc_action()
def describe_vswitches(
    session: Session, request: DescribeVSwitches, show: Callable[[Session, Subnet], Body] = views.vswitch
) -> Body:
    """List one page."""
    if request.RegionId is None and request.VpcId is None:
        # Recorded: https://github.com/cloudpilot-ai/karpenter-provider-alibabacloud pull/123
        raise Refusal("MissingParameter", "Either RegionId or VpcId must be given.", 400)
    graph = session.graph
    criteria: Criteria[Subnet] = Criteria(graph)
    criteria.ids(() if request.VSwitchId is None else (request.VSwitchId,))
    criteria.by(graph.subnets_by_network, request.VpcId)
    common.narrow_by_tags(criteria, request.Tag)
    criteria.test(request.ZoneId, lambda found: found.zone == request.ZoneId)
    criteria.test(request.VSwitchName, lambda found: found.name == request.VSwitchName)
    criteria.test(request.IsDefault, lambda found: found.default is request.IsDefault)
    criteria.test(request.EnableIpv6, lambda found: (found.ipv6_block is not None) is request.EnableIpv6)
    criteria.by(graph.subnets_by_route_table, request.RouteTableId)
    criteria.test(
        request.ResourceGroupId,
        lambda found: (
            views.resource_group(session, graph.networks[found.network_id]) == request.ResourceGroupId
        ),
    )
    criteria.test(request.VSwitchOwnerId, lambda _: str(request.VSwitchOwnerId) == owner(session))
    common.end_dry_run(request)
    page, about = common.numbered_page(graph.subnets, criteria.selection, request)
    return {
        "VSwitches": {"VSwitch": [show(session, shown) for shown in page.items]},
        **about,
    }


@attrs.frozen(kw_only=True)
class EcsDeleteVSwitch:
    """Delete a vSwitch that no address is used of."""

    VSwitchId: str = required()
    RegionId: str | None = param()


@attrs.frozen(kw_only=True)
class DeleteVSwitch(EcsDeleteVSwitch):
    """Delete a vSwitch that no address is used of."""

    DryRun: bool = param(default=False)


@vpc_action()
def delete_vswitch(session: Session, request: DeleteVSwitch) -> Body:
    """Delete the vSwitch at once."""
    common.execute(session, deletion.DeleteSubnet(request.VSwitchId), request)
    return {}


# -- the versions of ECS ---------------------------------------------------------------------------------


@ecs_action(name="CreateVpc", idempotent_by="ClientToken")
def ecs_create_vpc(session: Session, request: EcsCreateVpc) -> Body:
    """Create the VPC: Pending, then Available."""
    body = create_vpc(session, common.newer(request, CreateVpc))
    del body["ResourceGroupId"]
    return body


@ecs_action(name="DescribeVpcs")
def ecs_describe_vpcs(session: Session, request: EcsDescribeVpcs) -> Body:
    """List one page."""
    return describe_vpcs(session, common.newer(request, DescribeVpcs), views.ecs_vpc)


@ecs_action(name="DeleteVpc")
def ecs_delete_vpc(session: Session, request: EcsDeleteVpc) -> Body:
    """Delete the VPC at once."""
    return delete_vpc(session, common.newer(request, DeleteVpc))


@ecs_action(name="CreateVSwitch", idempotent_by="ClientToken")
def ecs_create_vswitch(session: Session, request: EcsCreateVSwitch) -> Body:
    """Create the vSwitch: Pending, then Available."""
    return create_vswitch(session, common.newer(request, CreateVSwitch))


@ecs_action(name="DescribeVSwitches")
def ecs_describe_vswitches(session: Session, request: EcsDescribeVSwitches) -> Body:
    """List one page."""
    return describe_vswitches(session, common.newer(request, DescribeVSwitches), views.ecs_vswitch)


@ecs_action(name="DeleteVSwitch")
def ecs_delete_vswitch(session: Session, request: EcsDeleteVSwitch) -> Body:
    """Delete the vSwitch at once."""
    return delete_vswitch(session, common.newer(request, DeleteVSwitch))
