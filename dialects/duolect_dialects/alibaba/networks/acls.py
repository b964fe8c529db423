"""Network ACLs: created, changed, associated with vSwitches, listed and deleted.

Sources: the vendor's pages CreateNetworkAcl, DescribeNetworkAclAttributes, AssociateNetworkAcl and
UnassociateNetworkAcl, its guide to network ACLs, and the models of its Python SDK for the VPC product.
"""

from ipaddress import ip_network
from typing import Final

import attrs

from duolect_core.model.network_acls import AclEntry, NetworkAcl
from duolect_core.model.security_rules import Direction, Protocol, Verdict
from duolect_core.networks import acls as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.networks import acl_views as views
from duolect_dialects.alibaba.networks.lifecycle import PAGES, SIZES
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Coded, Count, Length, OneOf

NAME: Final = (
    Coded(Length(1, 128), "ParameterLengthIllegal.Name"),
    Coded(common.NOT_A_LINK, "ParameterIllegal.Name"),
)
DESCRIPTION: Final = (
    Coded(Length(1, 256), "ParameterLengthIllegal.Description"),
    Coded(common.NOT_A_LINK, "ParameterIllegal.Description"),
)
_EVERYWHERE: Final = {4: ip_network("0.0.0.0/0"), 6: ip_network("::/0")}


@attrs.frozen(kw_only=True)
class CreateNetworkAcl:
    """Create a network ACL of a VPC."""

    RegionId: str = required()
    VpcId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*DESCRIPTION)
    DryRun: bool = param(default=False)
    NetworkAclName: str | None = param(*NAME)
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_network_acl(session: Session, request: CreateNetworkAcl) -> Body:
    """Create the network ACL: Modifying, then Available. At first it lets everything pass."""
    network = session.graph.networks.get(request.VpcId)
    versions = (4, 6) if network is not None and network.ipv6_block is not None else (4,)
    command = commands.CreateNetworkAcl(
        network_id=request.VpcId,
        name=request.NetworkAclName or "",
        description=request.Description or "",
        entries={each: tuple(_open(each, version) for version in versions) for each in Direction},
        tags=common.tags(request.Tag),
    )
    created = common.execute(session, command, request)
    return {
        "NetworkAclId": created.id,
        "NetworkAclAttribute": views.created_network_acl(session, created),
    }


def _open(direction: Direction, version: int) -> AclEntry:
    """Return the entry that lets everything pass."""
    side = "source" if direction is Direction.INGRESS else "destination"
    return AclEntry(protocol=Protocol.ALL, verdict=Verdict.ACCEPT, **{side: _EVERYWHERE[version]})  # type: ignore[arg-type]


@attrs.frozen(kw_only=True)
class DeleteNetworkAcl:
    """Delete a network ACL that no vSwitch is associated with."""

    RegionId: str = required()
    NetworkAclId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def delete_network_acl(session: Session, request: DeleteNetworkAcl) -> Body:
    """Delete the network ACL: Modifying, then gone."""
    common.execute(session, commands.DeleteNetworkAcl(request.NetworkAclId), request)
    return {}


@attrs.frozen(kw_only=True)
class ModifyNetworkAclAttributes:
    """Rename a network ACL, or describe it anew."""

    RegionId: str = required()
    NetworkAclId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*DESCRIPTION, clearable=True)
    DryRun: bool = param(default=False)
    NetworkAclName: str | None = param(*NAME, clearable=True)


@vpc_action(idempotent_by="ClientToken")
def modify_network_acl_attributes(session: Session, request: ModifyNetworkAclAttributes) -> Body:
    """Change what is given, at once."""
    command = commands.ModifyNetworkAcl(
        acl_id=request.NetworkAclId, name=request.NetworkAclName, description=request.Description
    )
    common.execute(session, command, request)
    return {}


# -- which vSwitches are associated with it --------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ResourceParam:
    """One Resource.N: a vSwitch."""

    ResourceId: str | None = param(note="required: every vSwitch has an id")
    ResourceType: str | None = param(
        OneOf("VSwitch"), code="ParameterIllegal.ResourceType", note="there are no others"
    )


@attrs.frozen(kw_only=True)
class AssociateNetworkAcl:
    """Associate vSwitches with a network ACL of their VPC."""

    RegionId: str = required()
    NetworkAclId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    Resource: tuple[ResourceParam, ...] = param(Count(0, 30), default=(), note="required")


@attrs.frozen(kw_only=True)
class UnassociateNetworkAcl(AssociateNetworkAcl):
    """Let vSwitches go that are associated with a network ACL."""


@vpc_action(idempotent_by="ClientToken")
def associate_network_acl(session: Session, request: AssociateNetworkAcl) -> Body:
    """Associate them: BINDING, then BINDED, while the network ACL is Modifying."""
    command = commands.AssociateNetworkAcl(acl_id=request.NetworkAclId, subnet_ids=_vswitches(request))
    common.execute(session, command, request)
    return {}


@vpc_action(idempotent_by="ClientToken")
def unassociate_network_acl(session: Session, request: UnassociateNetworkAcl) -> Body:
    """Let them go: UNBINDING, then gone, while the network ACL is Modifying."""
    command = commands.DisassociateNetworkAcl(acl_id=request.NetworkAclId, subnet_ids=_vswitches(request))
    common.execute(session, command, request)
    return {}


def _vswitches(request: AssociateNetworkAcl) -> tuple[str, ...]:
    if not request.Resource:
        message = "The input parameter Resource that is mandatory for this action is not supplied."
        raise Refusal("ParameterMissing.Resources", message, 400)
    found = tuple(each.ResourceId for each in request.Resource)
    if not all(found) or not all(each.ResourceType for each in request.Resource):
        message = "Each Resource needs a ResourceId and a ResourceType."
        raise Refusal("ParameterEmpty.Resources", message, 400)
    return tuple(map(str, found))


# -- showing them ----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeNetworkAclAttributes:
    """Show a network ACL."""

    RegionId: str = required()
    NetworkAclId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def describe_network_acl_attributes(session: Session, request: DescribeNetworkAclAttributes) -> Body:
    """Show it with its entries, the system's included, and its vSwitches."""
    found = lookup.network_acl(session.graph, request.NetworkAclId)
    return {"NetworkAclAttribute": views.network_acl(session, found)}


@attrs.frozen(kw_only=True)
class DescribeNetworkAcls:
    """List network ACLs, newest first; all criteria must hold."""

    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    NetworkAclId: str | None = param()
    NetworkAclName: str | None = param()
    PageNumber: int = param(PAGES, default=1)
    PageSize: int = param(SIZES, default=10)
    ResourceId: str | None = param(note="without ResourceType it has no effect")
    ResourceType: str | None = param(OneOf("VSwitch"), note="without ResourceId it has no effect")
    Tags: tuple[TagFilter, ...] = common.tag_filters()
    VpcId: str | None = param()


@vpc_action(idempotent_by="ClientToken")
def describe_network_acls(session: Session, request: DescribeNetworkAcls) -> Body:
    """List one page, with the entries of each."""
    graph = session.graph
    criteria: Criteria[NetworkAcl] = Criteria(graph)
    criteria.ids(() if request.NetworkAclId is None else (request.NetworkAclId,))
    criteria.by(graph.network_acls_by_network, request.VpcId)
    common.narrow_by_tags(criteria, request.Tags)
    if request.ResourceId is not None and request.ResourceType is not None:
        used = graph.network_acl_by_subnet.get(request.ResourceId)
        criteria.among(() if used is None else (used,))
    criteria.test(request.NetworkAclName, lambda found: found.name == request.NetworkAclName)
    page, about = common.numbered_page(graph.network_acls, criteria.selection, request)
    listed = [views.network_acl(session, shown) for shown in page.items]
    return {"NetworkAcls": {"NetworkAcl": listed}, **{name: str(value) for name, value in about.items()}}
