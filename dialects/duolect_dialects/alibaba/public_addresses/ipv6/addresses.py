"""IPv6 addresses: listed, named, allocated free and released.

Sources: the vendor's pages DescribeIpv6Addresses and ModifyIpv6AddressAttribute; the models and comments
of its SDKs for AllocateIpv6Address and ReleaseIpv6Address, by which an address that is allocated here is no
interface's, and interfaces get theirs from AssignIpv6Addresses alone. Assumed: an address has its id for as
long as somebody has it, and again when somebody has the same one again.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from duolect_core.addressing.pools import parse_ipv6
from duolect_core.graph.queries import select
from duolect_core.interfaces import ipv6_addresses as commands
from duolect_core.model.gateways import Ipv6Address
from duolect_core.model.resources import Subnet
from duolect_core.relations import ipv6
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.networks.gateways.parameters import GROUP_CODE
from duolect_dialects.alibaba.networks.lifecycle import PAGES
from duolect_dialects.alibaba.public_addresses.ipv6 import views
from duolect_dialects.alibaba.public_addresses.ipv6.views import Listed
from duolect_dialects.alibaba.views import group_of
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Length, OneOf

_NAME: Final = (Length(0, 128), common.NOT_A_LINK)
_DESCRIPTION: Final = (Length(0, 256), common.NOT_A_LINK)
_NAME_CODE: Final = "IllegalParam.Name"
_DESCRIPTION_CODE: Final = "IllegalParam.Description"
_ILLEGAL_ADDRESS: Final = "IllegalParam.Ipv6Address"
_MOST_IDS: Final = 20


@attrs.frozen(kw_only=True)
class AllocateIpv6Address:
    """Allocate an IPv6 address of a vSwitch that no interface has."""

    RegionId: str = required()
    VSwitchId: str = required()
    AddressType: str = param(
        OneOf(views.ADDRESS), default=views.ADDRESS, note="free prefixes are not modelled"
    )
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    Ipv6Address: str | None = param()
    Ipv6AddressDescription: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE)
    Ipv6AddressName: str | None = param(*_NAME, code=_NAME_CODE)
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code=GROUP_CODE)
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def allocate_ipv6_address(session: Session, request: AllocateIpv6Address) -> Body:
    """Allocate it: Pending, then Available."""
    ip = None
    if request.Ipv6Address is not None:
        ip = parse_ipv6(request.Ipv6Address)
        if ip is None:
            raise Refusal(_ILLEGAL_ADDRESS, f"{request.Ipv6Address} is not an IPv6 address.", 400)
    command = commands.AllocateIpv6Address(
        subnet_id=request.VSwitchId,
        ip=ip,
        name=request.Ipv6AddressName or "",
        description=request.Ipv6AddressDescription or "",
        tags=common.tags(request.Tag),
        extras={"ResourceGroupId": request.ResourceGroupId} if request.ResourceGroupId else {},
    )
    created = common.execute(session, command, request)
    shown = views.listed(session, created.ip, created.id)
    return {
        "Ipv6Address": views.ipv6_address(session, shown)["Ipv6Address"],
        "Ipv6AddressId": created.id,
        "ResourceGroupId": group_of(session, created),
    }


@attrs.frozen(kw_only=True)
class ReleaseIpv6Address:
    """Give an IPv6 address back that no interface has."""

    Ipv6AddressId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def release_ipv6_address(session: Session, request: ReleaseIpv6Address) -> Body:
    """Give it back: it is Pending, then gone."""
    command = commands.ReleaseIpv6Address(request.Ipv6AddressId)
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class ModifyIpv6AddressAttribute:
    """Name an IPv6 address, or describe it."""

    Ipv6AddressId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE, clearable=True)
    DryRun: bool = param(default=False)
    Name: str | None = param(*_NAME, code=_NAME_CODE, clearable=True)


@vpc_action(idempotent_by="ClientToken")
def modify_ipv6_address_attribute(session: Session, request: ModifyIpv6AddressAttribute) -> Body:
    """Change what is given, at once."""
    command = commands.ModifyIpv6Addresses(
        address_ids=(request.Ipv6AddressId,),
        name=request.Name,
        description=request.Description,
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class DescribeIpv6Addresses:
    """List IPv6 addresses, newest first; all criteria must hold."""

    RegionId: str = required()
    AddressType: str = param(OneOf(views.ADDRESS, views.PREFIX), default=views.ADDRESS)
    AssociatedInstanceId: str | None = param()
    AssociatedInstanceType: str | None = param(OneOf("EcsInstance", "NetworkInterface"))
    IncludeReservationData: bool | None = ignored(note="billing is not modelled")
    Ipv6Address: str | None = param()
    Ipv6AddressId: str | None = param(note="up to 20 ids, separated by commas")
    Ipv6InternetBandwidthId: str | None = param()
    Name: str | None = param()
    NetworkType: str | None = param(OneOf("Private", "Public"))
    PageNumber: int = param(PAGES, default=1)
    PageSize: int = param(Between(1, 50), default=10)
    ResourceGroupId: str | None = param()
    ServiceManaged: bool | None = param(note="no address belongs to a managed service")
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VSwitchId: str | None = param()
    VpcId: str | None = param()


@vpc_action()
def describe_ipv6_addresses(session: Session, request: DescribeIpv6Addresses) -> Body:
    """List one page."""
    found = [each for each in _candidates(session, request) if _fits(session, request, each)]
    found.sort(key=lambda each: (each.since, each.ip), reverse=True)
    number, size = request.PageNumber, request.PageSize
    shown = found[(number - 1) * size : number * size]
    return {
        "Ipv6Addresses": {"Ipv6Address": [views.ipv6_address(session, each) for each in shown]},
        "TotalCount": len(found),
        "PageNumber": number,
        "PageSize": size,
    }


def _candidates(session: Session, request: DescribeIpv6Addresses) -> Iterator[Listed]:
    """Iterate over what the ids, addresses, tags and places of a request leave."""
    ips = _named_ips(session, request)
    is_prefix = request.AddressType == views.PREFIX
    for subnet in _subnets(session, request, ips):
        pool = subnet.ipv6_pool
        if pool is None:
            continue
        held = pool.prefixes if is_prefix else pool.holders
        for ip in held if ips is None else sorted(ips & held.keys()):
            yield views.listed(session, ip, held[ip], is_prefix=is_prefix)


def _named_ips(session: Session, request: DescribeIpv6Addresses) -> set[int] | None:
    """Return the addresses that the ids, addresses and tags of a request name; None where it names none."""
    graph, rules = session.graph, session.rules
    named: list[set[int]] = []
    if request.Ipv6AddressId is not None:
        ids = request.Ipv6AddressId.split(",")
        if len(ids) > _MOST_IDS:
            raise Refusal("InvalidParameter", f"Ipv6AddressId has more than {_MOST_IDS} members.", 400)
        named.append({ip for each in ids if (ip := ipv6.ip_of(rules, each)) is not None})
    if request.Ipv6Address is not None:
        ip = parse_ipv6(request.Ipv6Address.partition("/")[0])
        named.append(set() if ip is None else {ip})
    if request.Ipv6InternetBandwidthId is not None:
        bandwidth = graph.ipv6_bandwidths.get(request.Ipv6InternetBandwidthId)
        named.append(set() if bandwidth is None else {bandwidth.ip})
    if request.Tag:
        criteria: Criteria[Ipv6Address] = Criteria(graph)
        common.narrow_by_tags(criteria, request.Tag)
        table = graph.ipv6_addresses
        tagged = select(table, criteria.selection, offset=0, limit=len(table)).items
        named.append({each.ip for each in tagged})
    if request.AssociatedInstanceId is not None:
        wanted = request.AssociatedInstanceId
        interface = graph.interfaces.get(graph.primary_interfaces.get(wanted, wanted))
        held = () if interface is None else (*interface.ipv6_ips, *interface.ipv6_prefixes)
        named.append({*held})
    return set.intersection(*named) if named else None


def _subnets(session: Session, request: DescribeIpv6Addresses, ips: set[int] | None) -> Iterable[Subnet]:
    """Return the subnets in which what a request asks for can be."""
    graph = session.graph
    if request.VSwitchId is not None:
        within: Iterable[str] = (request.VSwitchId,)
    elif request.VpcId is not None:
        within = graph.subnets_by_network.ids(request.VpcId)
    else:
        within = graph.subnets
    found = [graph.subnets[each] for each in within if each in graph.subnets]
    if ips is not None:
        blocks = {ip >> 64 for ip in ips}
        found = [
            each
            for each in found
            if each.ipv6_block is not None and int(each.ipv6_block.network_address) >> 64 in blocks
        ]
    if request.VpcId is not None:
        found = [each for each in found if each.network_id == request.VpcId]
    return found


def _fits(session: Session, request: DescribeIpv6Addresses, found: Listed) -> bool:
    """Say whether what is shown of an address is what a request asks for."""
    name = "" if found.record is None else found.record.name
    tests = (
        (request.AssociatedInstanceType, found.associated[1]),
        (request.AssociatedInstanceId, found.associated[0]),
        (request.Name, name),
        (request.NetworkType, views.network_type(found)),
        (request.ResourceGroupId, views.resource_group(session, found)),
        (request.ServiceManaged, False),
    )
    return all(wanted is None or wanted == shown for wanted, shown in tests)
