"""Changes of VPCs and vSwitches: names, descriptions, IPv4 and IPv6 blocks.

ECS 2014-05-26 keeps ModifyVpcAttribute and ModifyVSwitchAttribute as they were before IPv6.

Sources: the vendor's pages ModifyVpcAttribute, ModifyVSwitchAttribute, AssociateVpcCidrBlock and
UnassociateVpcCidrBlock, and the models of its Python SDKs for both products.
"""

from typing import Final

import attrs

from duolect_core.networks import changes as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action, vpc_action
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.networks import views
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Form, OneOf

_ONE_IPV6_BLOCK: Final = "a VPC has one IPv6 block, which the cloud chooses"
_VPC_NAME: Final = "InvalidVpcName.Malformed"
_VPC_TEXT: Final = "InvalidVpcDiscription.Malformed"
_VSWITCH_NAME: Final = "InvalidVSwitchName.Malformed"
_VSWITCH_TEXT: Final = "InvalidVSwitchDiscription.Malformed"


# -- VPCs ------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _ChangesOfVpc:
    VpcId: str = required()
    CidrBlock: str | None = param()
    Description: str | None = param(
        networks.DESCRIPTION_LENGTH, common.NOT_A_LINK, code=_VPC_TEXT, clearable=True
    )
    RegionId: str | None = param()
    VpcName: str | None = param(networks.NAME_LENGTH, common.NOT_A_LINK, code=_VPC_NAME, clearable=True)


@attrs.frozen(kw_only=True)
class EcsModifyVpcAttribute(_ChangesOfVpc):
    """Rename a VPC, describe it anew, or change its blocks."""

    UserCidr: str | None = stored(note="up to three blocks, separated by commas")


@attrs.frozen(kw_only=True)
class ModifyVpcAttribute(_ChangesOfVpc):
    """Rename a VPC, describe it anew, change its block, or switch IPv6 on or off."""

    EnableDnsHostname: bool | None = stored()
    EnableIPv6: bool | None = param()
    Ipv6CidrBlock: str | None = refused("IPv6 blocks are not reserved beforehand; the cloud chooses them")
    Ipv6Isp: str | None = stored(networks.ISP)


@ecs_action(name="ModifyVpcAttribute")
def ecs_modify_vpc_attribute(session: Session, request: EcsModifyVpcAttribute) -> Body:
    """Change what is given, at once."""
    users = None if request.UserCidr is None else networks.user_blocks(request.UserCidr)
    return _modify_vpc(session, request, UserCidrs=users)


@vpc_action()
def modify_vpc_attribute(session: Session, request: ModifyVpcAttribute) -> Body:
    """Change what is given, at once."""
    network = lookup.network(session.graph, request.VpcId)
    if network.ipv6_block is not None and request.Ipv6Isp not in {None, views.ipv6_isp(network)}:
        raise Refusal("InvalidParameter", "The type of the VPC's IPv6 block cannot be changed.", 400)
    kept = {"EnableDnsHostname": request.EnableDnsHostname, "Ipv6Isp": request.Ipv6Isp}
    return _modify_vpc(session, request, ipv6=request.EnableIPv6, **kept)


def _modify_vpc(
    session: Session, request: _ChangesOfVpc, *, ipv6: bool | None = None, **extras: object
) -> Body:
    block = request.CidrBlock
    session.execute(
        commands.ModifyNetwork(
            network_id=request.VpcId,
            name=request.VpcName,
            description=request.Description,
            block=None if block is None else networks.ipv4_block(block, "InvalidParameter"),
            ipv6=ipv6,
            extras={name: value for name, value in extras.items() if value is not None},
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class AssociateVpcCidrBlock:
    """Give a VPC a secondary IPv4 block, or its IPv6 block."""

    RegionId: str = required()
    VpcId: str = required()
    IPv6CidrBlock: str | None = refused(_ONE_IPV6_BLOCK)
    IpVersion: str | None = param(Form(r"(?i:ipv4|ipv6)", "IPV4 or IPV6"))
    IpamPoolId: str | None = refused(networks.NO_IPAM)
    Ipv6CidrMask: int | None = refused(networks.NO_IPAM)
    Ipv6Isp: str | None = stored(networks.ISP)
    SecondaryCidrBlock: str | None = param(note="required, unless IpVersion is IPV6")
    SecondaryCidrMask: int | None = refused(networks.NO_IPAM)


@vpc_action()
def associate_vpc_cidr_block(session: Session, request: AssociateVpcCidrBlock) -> Body:
    """Add the block at once."""
    if (request.IpVersion or "").upper() == "IPV6":
        return _give_ipv6(session, request)
    if request.SecondaryCidrBlock is None:
        message = "Either SecondaryCidrBlock or IPv6CidrBlock must be given."
        raise Refusal("MissingParam.SecondaryCidrBlockOrIpv6CidrBlock", message, 400)
    block = networks.ipv4_block(request.SecondaryCidrBlock, "InvalidParameter")
    session.execute(commands.ChangeBlocks(network_id=request.VpcId, add=(block,)))
    return {"CidrBlock": str(block), "IpVersion": "IPV4"}


def _give_ipv6(session: Session, request: AssociateVpcCidrBlock) -> Body:
    """Give a VPC that has no IPv6 block one of the cloud's choice."""
    if lookup.network(session.graph, request.VpcId).ipv6_block is not None:
        raise Refusal("UnsupportedParameter", f"IPV6 is not supported: {_ONE_IPV6_BLOCK}.", 400)
    extras = {} if request.Ipv6Isp is None else {"Ipv6Isp": request.Ipv6Isp}
    changed = session.execute(commands.ModifyNetwork(network_id=request.VpcId, ipv6=True, extras=extras))
    return {"CidrBlock": str(changed.ipv6_block), "IpVersion": "IPV6"}


@attrs.frozen(kw_only=True)
class UnassociateVpcCidrBlock:
    """Take a secondary IPv4 block of a VPC away, or its IPv6 block, in which there is no vSwitch."""

    RegionId: str = required()
    VpcId: str = required()
    IPv6CidrBlock: str | None = param()
    SecondaryCidrBlock: str | None = param(note="required, unless IPv6CidrBlock is given")


@vpc_action()
def unassociate_vpc_cidr_block(session: Session, request: UnassociateVpcCidrBlock) -> Body:
    """Remove the block at once."""
    if request.IPv6CidrBlock is not None and request.SecondaryCidrBlock is None:
        networks.check_ipv6_of_vpc(session.graph, request.VpcId, request.IPv6CidrBlock)
        session.execute(commands.ModifyNetwork(network_id=request.VpcId, ipv6=False))
        return {}
    if request.SecondaryCidrBlock is None:
        raise missing("SecondaryCidrBlock")
    block = networks.ipv4_block(request.SecondaryCidrBlock, "InvalidParameter")
    session.execute(commands.ChangeBlocks(network_id=request.VpcId, remove=(block,)))
    return {}


# -- vSwitches -------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class EcsModifyVSwitchAttribute:
    """Rename a vSwitch, or describe it anew."""

    VSwitchId: str = required()
    Description: str | None = param(
        networks.DESCRIPTION_LENGTH, common.NOT_A_LINK, code=_VSWITCH_TEXT, clearable=True
    )
    RegionId: str | None = param()
    VSwitchName: str | None = param(
        networks.NAME_LENGTH, common.NOT_A_LINK, code=_VSWITCH_NAME, clearable=True
    )


@attrs.frozen(kw_only=True)
class ModifyVSwitchAttribute(EcsModifyVSwitchAttribute):
    """Rename a vSwitch, describe it anew, or switch IPv6 on or off."""

    EnableIPv6: bool | None = param()
    Ipv6CidrBlock: int | None = param(Between(0, 255), note="required where EnableIPv6 is true")
    Ipv6CidrMask: int | None = ignored(OneOf(64), note="there is only one")
    VpcIpv6CidrBlock: str | None = param()


@ecs_action(name="ModifyVSwitchAttribute")
def ecs_modify_vswitch_attribute(session: Session, request: EcsModifyVSwitchAttribute) -> Body:
    """Change what is given: the vSwitch is Pending for a while, then Available again."""
    return modify_vswitch_attribute(session, common.newer(request, ModifyVSwitchAttribute))


@vpc_action()
def modify_vswitch_attribute(session: Session, request: ModifyVSwitchAttribute) -> Body:
    """Change what is given: the vSwitch is Pending for a while, then Available again."""
    if request.EnableIPv6 and request.Ipv6CidrBlock is None:
        # Recorded: https://github.com/aliyun/terraform-provider-alicloud issues/7170
        raise Refusal(
            "MissingParam.Ipv6CidrBlock", "Ipv6CidrBlock is needed where EnableIPv6 is true.", 400
        )
    if request.EnableIPv6 is False and request.Ipv6CidrBlock is not None:
        raise Refusal("InvalidParameter", "Ipv6CidrBlock cannot be given where EnableIPv6 is false.", 400)
    subnet = lookup.subnet(session.graph, request.VSwitchId)
    networks.check_ipv6_of_vpc(session.graph, subnet.network_id, request.VpcIpv6CidrBlock)
    session.execute(
        commands.ModifySubnet(
            subnet_id=subnet.id,
            name=request.VSwitchName,
            description=request.Description,
            ipv6_index=request.Ipv6CidrBlock,
            without_ipv6=request.EnableIPv6 is False,
        )
    )
    return {}
