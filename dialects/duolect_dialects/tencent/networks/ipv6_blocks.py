"""IPv6 blocks of VPCs and subnets: assign and take back.

Source: the definitions in tccli. A VPC has one block, drawn from the emulator's range, a subnet one /64 of
it. A block goes only when nothing of it is in use.
"""

from collections.abc import Iterable
from ipaddress import IPv6Network

import attrs

from duolect_core.networks import changes as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.networks import lifecycle as networks
from duolect_dialects.wording import Message


@attrs.frozen(kw_only=True)
class AssignIpv6CidrBlock:
    """Give a VPC an IPv6 block."""

    VpcId: str = required(common.VPC_ID)
    AddressType: str | None = param(*networks.ADDRESS_TYPE, note="ULA is refused")


@vpc_action()
def assign_ipv6_cidr_block(session: Session, request: AssignIpv6CidrBlock) -> Body:
    """Return the block, usable at once."""
    network = session.execute(commands.GiveNetworkIpv6(request.VpcId))
    return {"Ipv6CidrBlock": str(network.ipv6_block), "AddressType": "GUA"}


@attrs.frozen(kw_only=True)
class UnassignIpv6CidrBlock:
    """Take the IPv6 block of a VPC back, of which no subnet has a part."""

    VpcId: str = required(common.VPC_ID)
    Ipv6CidrBlock: str | None = param(note="must be the one that the VPC has")


@vpc_action()
def unassign_ipv6_cidr_block(session: Session, request: UnassignIpv6CidrBlock) -> Body:
    """Take it back at once."""
    text = request.Ipv6CidrBlock
    block = None if text is None else networks.ipv6_block(text)
    session.execute(commands.TakeNetworkIpv6(request.VpcId, block))
    return {}


@attrs.frozen(kw_only=True)
class Ipv6SubnetCidrBlock:
    """A subnet, and its IPv6 block: the one that it has, or that it shall get."""

    SubnetId: str = required(common.SUBNET_ID)
    Ipv6CidrBlock: str | None = param(note="required where blocks are assigned")


@attrs.frozen(kw_only=True)
class AssignIpv6SubnetCidrBlock:
    """Give subnets of a VPC each an IPv6 block."""

    VpcId: str = required(common.VPC_ID)
    Ipv6SubnetCidrBlocks: tuple[Ipv6SubnetCidrBlock, ...] = required(*common.non_empty(100))
    ClientToken: str | None = param(*common.TOKEN, code="InvalidParameterValue.Malformed")


@vpc_action(idempotent_by="ClientToken")
def assign_ipv6_subnet_cidr_block(session: Session, request: AssignIpv6SubnetCidrBlock) -> Body:
    """Return the blocks, usable at once: all of them, or none."""
    wanted = request.Ipv6SubnetCidrBlocks
    _check_distinct(each.SubnetId for each in wanted)
    parts = [_required_block(each, place) for place, each in enumerate(wanted)]
    network = lookup.network(session.graph, request.VpcId)
    if network.ipv6_block is None:
        raise Refusal(
            "ResourceNotFound", Message("`{subnet_id}` has no IPv6 CIDR block.", subnet_id=network.id)
        )
    indexes = {
        each.SubnetId: networks.ipv6_index(network, part) for each, part in zip(wanted, parts, strict=True)
    }
    given = session.execute(commands.GiveSubnetsIpv6(network.id, indexes))
    return {
        "Ipv6SubnetCidrBlockSet": [
            {"SubnetId": subnet.id, "Ipv6CidrBlock": str(subnet.ipv6_block)} for subnet in given
        ]
    }


def _required_block(wanted: Ipv6SubnetCidrBlock, place: int) -> IPv6Network:
    if wanted.Ipv6CidrBlock is None:
        raise request_errors.missing(f"Ipv6SubnetCidrBlocks.{place}.Ipv6CidrBlock")
    return networks.ipv6_block(wanted.Ipv6CidrBlock)


def _check_distinct(subnet_ids: Iterable[str]) -> None:
    """Raise ``Refusal`` where a subnet is named twice."""
    seen: set[str] = set()
    for subnet_id in subnet_ids:
        if subnet_id in seen:
            raise Refusal(
                "InvalidParameterValue.Duplicate",
                Message("The subnet `{subnet_id}` is named more than once.", subnet_id=subnet_id),
            )
        seen.add(subnet_id)


@attrs.frozen(kw_only=True)
class UnassignIpv6SubnetCidrBlock:
    """Take the IPv6 blocks of subnets back, of which no address is used."""

    VpcId: str = required(common.VPC_ID)
    Ipv6SubnetCidrBlocks: tuple[Ipv6SubnetCidrBlock, ...] = required(*common.non_empty(100))


@vpc_action()
def unassign_ipv6_subnet_cidr_block(session: Session, request: UnassignIpv6SubnetCidrBlock) -> Body:
    """Take them back at once: all of them, or none."""
    named = request.Ipv6SubnetCidrBlocks
    _check_distinct(each.SubnetId for each in named)
    blocks = {
        each.SubnetId: None if each.Ipv6CidrBlock is None else networks.ipv6_block(each.Ipv6CidrBlock)
        for each in named
    }
    session.execute(commands.TakeSubnetsIpv6(request.VpcId, blocks))
    return {}
