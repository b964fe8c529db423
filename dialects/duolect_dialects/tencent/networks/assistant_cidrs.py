"""Secondary CIDR blocks of VPCs, which the vendor calls assistant CIDRs.

Source: the definitions in tccli. A block of a VPC is listed with the subnets that lie in it.
"""

from ipaddress import IPv4Network
from typing import Final

import attrs

from duolect_core.graph.graph import Graph
from duolect_core.model.resources import Network
from duolect_core.networks import changes as commands
from duolect_core.networks.blocks import check_allowed
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, FilterTable, vpc_action
from duolect_dialects.tencent.networks import lifecycle as networks
from duolect_dialects.tencent.networks import views
from duolect_dialects.values import Count, Each
from duolect_dialects.wording import Message


@attrs.frozen(kw_only=True)
class CreateAssistantCidr:
    """Give a VPC secondary blocks."""

    VpcId: str = required(common.VPC_ID)
    CidrBlocks: tuple[str, ...] = required(*common.non_empty(100))


@vpc_action()
def create_assistant_cidr(session: Session, request: CreateAssistantCidr) -> Body:
    """Add the blocks at once: all of them, or none."""
    added = _blocks(request.CidrBlocks)
    network = session.execute(commands.ChangeBlocks(network_id=request.VpcId, add=added))
    return {"AssistantCidrSet": _shown(session.graph, network, added)}


@attrs.frozen(kw_only=True)
class DeleteAssistantCidr:
    """Take secondary blocks of a VPC away, in which there are no subnets."""

    VpcId: str = required(common.VPC_ID)
    CidrBlocks: tuple[str, ...] = required(*common.non_empty(100))


@vpc_action()
def delete_assistant_cidr(session: Session, request: DeleteAssistantCidr) -> Body:
    """Remove the blocks at once: all of them, or none."""
    session.execute(commands.ChangeBlocks(network_id=request.VpcId, remove=_blocks(request.CidrBlocks)))
    return {}


@attrs.frozen(kw_only=True)
class ModifyAssistantCidr:
    """Give a VPC secondary blocks and take others away."""

    VpcId: str = required(common.VPC_ID)
    NewCidrBlocks: tuple[str, ...] = param(Count(0, 100), default=(), note="these or OldCidrBlocks")
    OldCidrBlocks: tuple[str, ...] = param(Count(0, 100), default=())


@vpc_action()
def modify_assistant_cidr(session: Session, request: ModifyAssistantCidr) -> Body:
    """Change the blocks at once, all or none, and return those that there are now."""
    if not request.NewCidrBlocks and not request.OldCidrBlocks:
        raise request_errors.missing("NewCidrBlocks")
    network = session.execute(
        commands.ChangeBlocks(
            network_id=request.VpcId,
            add=_blocks(request.NewCidrBlocks),
            remove=_blocks(request.OldCidrBlocks),
        )
    )
    return {"AssistantCidrSet": _shown(session.graph, network, network.secondary_blocks)}


@attrs.frozen(kw_only=True)
class CheckAssistantCidr:
    """Ask what speaks against such a change of the secondary blocks of a VPC."""

    VpcId: str = required(common.VPC_ID)
    NewCidrBlocks: tuple[str, ...] = param(Count(0, 100), default=(), note="these or OldCidrBlocks")
    OldCidrBlocks: tuple[str, ...] = param(
        Count(0, 100), default=(), note="without these, in which there must be no subnets"
    )


@vpc_action()
def check_assistant_cidr(session: Session, request: CheckAssistantCidr) -> Body:
    """List the blocks of the VPC, and the routes out of it, that overlap the new ones."""
    if not request.NewCidrBlocks and not request.OldCidrBlocks:
        raise request_errors.missing("NewCidrBlocks")
    old = _blocks(request.OldCidrBlocks)
    change = commands.ChangeBlocks(network_id=request.VpcId, remove=old)
    network, left = change.check(session.partition)
    sources: list[tuple[str, IPv4Network]] = [(network.id, block) for block in (network.block, *left)]
    sources.extend(
        (route.id, route.block)
        for route in session.graph.routes_of_network(network.id)
        if isinstance(route.block, IPv4Network)
    )
    new = _blocks(request.NewCidrBlocks)
    for block in new:
        check_allowed(session.rules, block)
    found = [_conflict(network, source_id, taken, new) for source_id, taken in sources]
    return {"ConflictSourceSet": [each for each in found if each["ConflictItemSet"]]}


def _conflict(network: Network, source_id: str, taken: IPv4Network, new: tuple[IPv4Network, ...]) -> Body:
    """Return what is in the way of new blocks of a VPC, with those that overlap it."""
    return {
        "ConflictSourceId": source_id,
        "SourceItem": str(taken),
        "ConflictItemSet": [
            {"ConfilctId": network.id, "ConflictId": network.id, "DestinationItem": str(block)}
            for block in new
            if block.overlaps(taken)
        ],
    }


def _blocks(texts: tuple[str, ...]) -> tuple[IPv4Network, ...]:
    """Return CIDR blocks, or raise ``Refusal`` where one is not written as such or named twice."""
    found: list[IPv4Network] = []
    for text in texts:
        block = networks.ipv4_block(text)
        if block in found:
            raise Refusal(
                "InvalidParameterValue.Duplicate",
                Message("The CIDR block `{block}` is named more than once.", block=block),
            )
        found.append(block)
    return tuple(found)


def _shown(graph: Graph, network: Network, blocks: tuple[IPv4Network, ...]) -> list[Body]:
    return [views.assistant_cidr(graph, network, block) for block in blocks]


@attrs.frozen(kw_only=True)
class DescribeAssistantCidr:
    """List the secondary blocks of VPCs: of those named, of those that a filter finds, or of all."""

    VpcIds: tuple[str, ...] = param(Count(0, 100), Each(common.VPC_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_assistant_cidr(session: Session, request: DescribeAssistantCidr) -> Body:
    """List one page of blocks and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _FILTERS, request.VpcIds, request.Filters, _CODES)
    found = [
        (network, block)
        for network in common.page(graph.networks, selection, 0, len(graph.networks)).items
        for block in network.secondary_blocks
    ]
    page = found[request.Offset : request.Offset + request.Limit]
    return {
        "TotalCount": len(found),
        "AssistantCidrSet": [views.assistant_cidr(graph, network, block) for network, block in page],
    }


_CODES: Final = common.FilterCodes(unknown="")
_FILTERS: Final["FilterTable[Network]"] = {"vpc-id": common.by_ids}
