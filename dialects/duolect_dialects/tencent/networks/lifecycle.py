"""VPCs and subnets.

Sources: the definitions in tccli, and the vendor's pages on VPC use limits and network planning. An IPv6
block comes with ``StackType`` DualStack and is drawn from the emulator's range.
"""

from ipaddress import IPv4Network, IPv6Network
from typing import Final

import attrs

from duolect_core.addressing.blocks import parse_cidr, parse_ipv4_cidr
from duolect_core.errors import RouteTableNotFound
from duolect_core.graph.graph import Graph
from duolect_core.model.resources import Network, Subnet
from duolect_core.networks import blocks, deletion
from duolect_core.networks import lifecycle as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, FilterTable, TagParam, vpc_action
from duolect_dialects.tencent.networks import views
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, OneOf
from duolect_dialects.wording import Message

_NAME: Final = AtMost(60)
_DUAL = "DualStack"
_STACK = OneOf(_DUAL, "IPv6Only")
_ONLY_DUAL = Coded(OneOf(_DUAL), "UnsupportedOperation")
ADDRESS_TYPE: Final = (OneOf("GUA", "ULA"), Coded(OneOf("GUA"), "UnsupportedOperation"))


@attrs.frozen(kw_only=True)
class CreateVpc:
    """Create a VPC."""

    VpcName: str = required(_NAME)
    StackType: str | None = param(_STACK, _ONLY_DUAL, note="IPv6Only is refused")
    CidrBlock: str | None = param(note="required, since IPv6Only is refused")
    Ipv6CidrBlock: str | None = refused("the IPv6 block of a VPC is drawn, not chosen")
    AddressType: str | None = param(*ADDRESS_TYPE, note="ULA is refused")
    EnableMulticast: bool = stored(default=False)
    DnsServers: tuple[str, ...] = stored(Count(0, 4), Each(common.IPV4), default=())
    DomainName: str = stored(default="")
    Tags: tuple[TagParam, ...] = param(default=())
    EnableRouteVpcPublish: bool = stored(default=False)
    EnableRouteVpcPublishIpv6: bool = stored(default=False)


@vpc_action()
def create_vpc(session: Session, request: CreateVpc) -> Body:
    """Create the VPC, usable at once."""
    created = session.execute(
        commands.CreateNetwork(
            block=ipv4_block(request.CidrBlock),
            ipv6=request.StackType == _DUAL,
            name=request.VpcName,
            tags=common.tags(request.Tags),
            extras={
                "EnableMulticast": request.EnableMulticast,
                "DnsServers": request.DnsServers,
                "DomainName": request.DomainName,
                "EnableRouteVpcPublish": request.EnableRouteVpcPublish,
                "EnableRouteVpcPublishIpv6": request.EnableRouteVpcPublishIpv6,
            },
        )
    )
    return {"Vpc": views.network(session.graph, created)}


def ipv4_block(text: str | None) -> IPv4Network:
    """Return a CIDR block, which the create actions need unless they are for IPv6 only."""
    if text is None:
        raise request_errors.missing("CidrBlock")
    block = parse_ipv4_cidr(text)
    if block is not None:
        return block
    raise Refusal("InvalidParameterValue.Malformed", Message("`{text}` is not a CIDR block.", text=text))


@attrs.frozen(kw_only=True)
class DeleteVpc:
    """Delete a VPC, and with it subnets of which no address is used."""

    VpcId: str = required(common.VPC_ID)


@vpc_action()
def delete_vpc(session: Session, request: DeleteVpc) -> Body:
    """Delete the VPC at once."""
    session.execute(deletion.DeleteNetwork(request.VpcId))
    return {}


@attrs.frozen(kw_only=True)
class DescribeVpcs:
    """List VPCs, newest first: by ids, or by filters that must all match."""

    VpcIds: tuple[str, ...] = param(Count(0, 100), Each(common.VPC_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


_VPC_FILTERS: Final["FilterTable[Network]"] = {
    "vpc-name": common.contains(lambda found: found.name),
    "is-default": common.flag(lambda found: found.default),
    "vpc-id": common.by_ids,
    "cidr-block": common.one_of(lambda found: _spellings(found.block)),
    "tag-key": common.tag_key,
    "ipv6-cidr-block": common.one_of(lambda found: _spellings(found.ipv6_block)),
    "isp-type": common.one_of(lambda found: _with_ipv6(found, "BGP")),
    "address-type": common.one_of(lambda found: _with_ipv6(found, "GUA")),
}


def _spellings(block: IPv4Network | IPv6Network | None) -> tuple[str, ...]:
    """Return how a filter may name a block: with its mask or, as the vendor's examples do, without."""
    return () if block is None else (str(block), str(block.network_address))


def _with_ipv6(found: Network | Subnet, word: str) -> tuple[str, ...]:
    return () if found.ipv6_block is None else (word,)


@vpc_action()
def describe_vpcs(session: Session, request: DescribeVpcs) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _VPC_FILTERS, request.VpcIds, request.Filters)
    page = common.page(graph.networks, selection, request.Offset, request.Limit)
    return {"TotalCount": page.total, "VpcSet": [views.network(graph, shown) for shown in page.items]}


@attrs.frozen(kw_only=True)
class CreateSubnet:
    """Create a subnet of a VPC in a zone."""

    VpcId: str = required(common.VPC_ID)
    SubnetName: str = required(Coded(common.NOT_EMPTY, "InvalidParameterValue.Empty"), _NAME)
    Zone: str = required()
    StackType: str | None = param(_STACK, _ONLY_DUAL, note="IPv6Only is refused")
    CidrBlock: str | None = param(note="required, since IPv6Only is refused")
    Ipv6CidrBlock: str | None = param(note="a /64 out of the VPC's block")
    Tags: tuple[TagParam, ...] = param(default=())
    CdcId: str | None = refused("there are no dedicated clusters", code="ResourceNotFound")


@vpc_action()
def create_subnet(session: Session, request: CreateSubnet) -> Body:
    """Create the subnet, usable at once."""
    creation = _creation(session.graph, request.VpcId, request, common.tags(request.Tags))
    return {"Subnet": views.subnet(session.graph, session.execute(creation))}


@attrs.frozen(kw_only=True)
class SubnetInput:
    """One of Subnets."""

    SubnetName: str = required(Coded(common.NOT_EMPTY, "InvalidParameterValue.Empty"), _NAME)
    Zone: str = required()
    StackType: str | None = param(_STACK, _ONLY_DUAL, note="IPv6Only is refused")
    CidrBlock: str | None = param(note="required, since IPv6Only is refused")
    Ipv6CidrBlock: str | None = param(note="a /64 out of the VPC's block")
    RouteTableId: str | None = param(common.ROUTE_TABLE_ID, note="must be that of the VPC")


@attrs.frozen(kw_only=True)
class CreateSubnets:
    """Create several subnets of a VPC at once; all get the same tags."""

    VpcId: str = required(common.VPC_ID)
    Subnets: tuple[SubnetInput, ...] = required(*common.non_empty(100))
    Tags: tuple[TagParam, ...] = param(default=())
    CdcId: str | None = refused("there are no dedicated clusters", code="ResourceNotFound")


@vpc_action()
def create_subnets(session: Session, request: CreateSubnets) -> Body:
    """Create the subnets, usable at once: all of them, or none."""
    graph, tags = session.graph, common.tags(request.Tags)
    network = lookup.network(graph, request.VpcId)
    for each in request.Subnets:
        if each.RouteTableId not in {None, network.route_table_id}:
            raise RouteTableNotFound(str(each.RouteTableId))
    creations = tuple(_creation(graph, request.VpcId, each, tags) for each in request.Subnets)
    created = session.execute(commands.CreateSubnets(creations))
    return {"SubnetSet": [views.subnet(session.graph, subnet) for subnet in created]}


def _creation(
    graph: Graph, vpc_id: str, request: CreateSubnet | SubnetInput, tags: dict[str, str]
) -> commands.CreateSubnet:
    """Return the command for one subnet; with DualStack it gets the /64 named, or the first free one."""
    index = None
    if request.Ipv6CidrBlock is not None:
        network, part = lookup.network(graph, vpc_id), ipv6_block(request.Ipv6CidrBlock)
        index = 0 if network.ipv6_block is None else ipv6_index(network, part)
    return commands.CreateSubnet(
        network_id=vpc_id,
        zone=request.Zone,
        block=ipv4_block(request.CidrBlock),
        ipv6_index=index,
        any_ipv6=request.StackType == _DUAL,
        name=request.SubnetName,
        tags=tags,
    )


def ipv6_block(text: str) -> IPv6Network:
    """Return an IPv6 CIDR block, or raise ``Refusal`` where it is not written as one.

    It may be one address: the vendor's example of AssignIpv6SubnetCidrBlock gives no length.
    """
    block = parse_cidr(text)
    if isinstance(block, IPv6Network):
        return block
    message = Message("`{text}` is not an IPv6 CIDR block.", text=text)
    raise Refusal("InvalidParameterValue.Malformed", message)


def ipv6_index(network: Network, part: IPv6Network) -> int:
    """Return which /64 of a VPC's block ``part`` is, or raise ``Refusal`` where it is none."""
    index = blocks.ipv6_index(network, part)
    if index is None:
        message = Message(
            "`{block}` is not a /64 of the VPC's IPv6 CIDR block `{whole}`.",
            block=part,
            whole=network.ipv6_block,
        )
        raise Refusal("InvalidParameterValue.SubnetRange", message)
    return index


@attrs.frozen(kw_only=True)
class DeleteSubnet:
    """Delete a subnet of which no address is used."""

    SubnetId: str = required(common.SUBNET_ID)


@vpc_action()
def delete_subnet(session: Session, request: DeleteSubnet) -> Body:
    """Delete the subnet at once."""
    session.execute(deletion.DeleteSubnet(request.SubnetId))
    return {}


@attrs.frozen(kw_only=True)
class DescribeSubnets:
    """List subnets, newest first: by ids, or by filters that must all match."""

    SubnetIds: tuple[str, ...] = param(Count(0, 100), Each(common.SUBNET_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    MaxResults: int | None = param(Between(1, 100))
    NextToken: str | None = param()


@vpc_action()
def describe_subnets(session: Session, request: DescribeSubnets) -> Body:
    """List one page, by token where MaxResults or NextToken is given, and the count of all."""
    graph, next_token = session.graph, ""
    selection = common.narrow(Criteria(graph), _subnet_filters(graph), request.SubnetIds, request.Filters)
    if request.MaxResults is None and not request.NextToken:
        page = common.page(graph.subnets, selection, request.Offset, request.Limit)
    else:
        size = request.MaxResults or request.Limit
        page, next_token = common.page_by_token(graph.subnets, selection, request, size, session.at)
    return {
        "TotalCount": page.total,
        "SubnetSet": [views.listed_subnet(session, shown) for shown in page.items],
        "RegionStatistics": common.region_statistics(session, page.total),
        "NextToken": next_token,
    }


def _subnet_filters(graph: Graph) -> "FilterTable[Subnet]":
    return {
        "subnet-id": common.by_ids,
        "vpc-id": common.by(graph.subnets_by_network),
        "cidr-block": common.one_of(lambda found: _spellings(found.block)),
        "is-default": common.flag(lambda found: found.default),
        "is-remote-vpc-snat": common.flag(lambda _found: False),
        "subnet-name": common.contains(lambda found: found.name),
        "zone": common.exactly(lambda found: found.zone),
        "tag-key": common.tag_key,
        "cdc-id": common.exactly(lambda _found: ""),
        "is-cdc-subnet": common.exactly(lambda _found: "0"),
        "ipv6-cidr-block": common.one_of(lambda found: _spellings(found.ipv6_block)),
        "isp-type": common.one_of(lambda found: _with_ipv6(found, "BGP")),
        "address-type": common.one_of(lambda found: _with_ipv6(found, "GUA")),
    }
