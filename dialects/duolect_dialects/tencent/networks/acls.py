"""Network ACLs: created, renamed, associated with subnets, listed and deleted, with their entries.

Sources: the definitions in tccli, and the resources of network ACLs in terraform-provider-tencentcloud.
"""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_core.model.network_acls import NetworkAcl
from duolect_core.networks import acls as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterTable, TagParam, vpc_action
from duolect_dialects.tencent.networks import acl_views as views
from duolect_dialects.values import AtMost, Count, Each, OneOf

NETWORK_ACL_ID: Final = common.id_of("acl")
_NAME: Final = AtMost(60)


@attrs.frozen(kw_only=True)
class CreateNetworkAcl:
    """Create a network ACL of a VPC."""

    VpcId: str = required(common.VPC_ID)
    NetworkAclName: str = required(_NAME)
    NetworkAclType: str | None = param(OneOf("TRIPLE", "QUINTUPLE"))
    Tags: tuple[TagParam, ...] = param(default=())


@vpc_action()
def create_network_acl(session: Session, request: CreateNetworkAcl) -> Body:
    """Create the network ACL, usable at once."""
    created = session.execute(
        commands.CreateNetworkAcl(
            network_id=request.VpcId,
            name=request.NetworkAclName,
            five_part=request.NetworkAclType == "QUINTUPLE",
            tags=common.tags(request.Tags),
        )
    )
    return {"NetworkAcl": views.network_acl(session, created, created=True)}


@attrs.frozen(kw_only=True)
class DeleteNetworkAcl:
    """Delete a network ACL that no subnet is associated with."""

    NetworkAclId: str = required(NETWORK_ACL_ID)


@vpc_action()
def delete_network_acl(session: Session, request: DeleteNetworkAcl) -> Body:
    """Delete the network ACL at once."""
    session.execute(commands.DeleteNetworkAcl(request.NetworkAclId))
    return {}


@attrs.frozen(kw_only=True)
class ModifyNetworkAclAttribute:
    """Rename a network ACL."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    NetworkAclName: str = required(_NAME)


@vpc_action()
def modify_network_acl_attribute(session: Session, request: ModifyNetworkAclAttribute) -> Body:
    """Change the name at once."""
    session.execute(commands.ModifyNetworkAcl(acl_id=request.NetworkAclId, name=request.NetworkAclName))
    return {}


@attrs.frozen(kw_only=True)
class AssociateNetworkAclSubnets:
    """Associate subnets with a network ACL of their VPC."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    SubnetIds: tuple[str, ...] = required(*common.non_empty(100), Each(common.SUBNET_ID))


@attrs.frozen(kw_only=True)
class DisassociateNetworkAclSubnets(AssociateNetworkAclSubnets):
    """Let subnets go that are associated with a network ACL."""


@vpc_action()
def associate_network_acl_subnets(session: Session, request: AssociateNetworkAclSubnets) -> Body:
    """Associate them at once."""
    command = commands.AssociateNetworkAcl(acl_id=request.NetworkAclId, subnet_ids=request.SubnetIds)
    session.execute(command)
    return {}


@vpc_action()
def disassociate_network_acl_subnets(session: Session, request: DisassociateNetworkAclSubnets) -> Body:
    """Let them go at once."""
    command = commands.DisassociateNetworkAcl(acl_id=request.NetworkAclId, subnet_ids=request.SubnetIds)
    session.execute(command)
    return {}


@attrs.frozen(kw_only=True)
class DescribeNetworkAcls:
    """List network ACLs, newest first or in another order: by ids, or by filters that must all match."""

    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    NetworkAclIds: tuple[str, ...] = param(Count(0, 100), Each(NETWORK_ACL_ID), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    OrderField: str | None = param(OneOf("NetworkAclId", "NetworkAclName", "CreatedTime", "ModifyTime"))
    OrderDirection: str | None = param(OneOf("ASC", "DESC"), note="ASC if absent beside an OrderField")


_KEYS: Final[Mapping[str, Any]] = {
    "NetworkAclId": lambda found: found.id,
    "NetworkAclName": lambda found: found.name,
    "CreatedTime": lambda found: (found.created, found.order),
    "ModifyTime": lambda found: max((entry.modified for entry in found.all_entries), default=found.created),
}


@vpc_action()
def describe_network_acls(session: Session, request: DescribeNetworkAcls) -> Body:
    """List one page and the count of all; an id that does not exist is an error."""
    graph = session.graph
    filters: FilterTable[NetworkAcl] = {
        "vpc-id": common.by(graph.network_acls_by_network),
        "network-acl-id": common.by_ids,
        "network-acl-name": common.exactly(lambda found: found.name),
    }
    selection = common.narrow(Criteria(graph), filters, request.NetworkAclIds, request.Filters)
    for acl_id in request.NetworkAclIds:
        lookup.network_acl(graph, acl_id)
    if request.OrderField is None:
        page = common.page(graph.network_acls, selection, request.Offset, request.Limit)
        shown, total = page.items, page.total
    else:
        page = common.page(graph.network_acls, selection, 0, len(graph.network_acls) or 1)
        down = request.OrderDirection == "DESC"
        ordered = sorted(page.items, key=_KEYS[request.OrderField], reverse=down)
        shown, total = ordered[request.Offset : request.Offset + request.Limit], page.total
    return {
        "TotalCount": total,
        "NetworkAclSet": [views.network_acl(session, each) for each in shown],
    }
