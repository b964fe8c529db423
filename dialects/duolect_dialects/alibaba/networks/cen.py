"""Grants of VPCs to CEN instances of other accounts, which may then attach them.

CEN is another product: its instances and their accounts are only names here. Sources: the vendor's pages
GrantInstanceToCen, RevokeInstanceFromCen and DescribeGrantRulesToCen of the VPC product, the models of its
Python SDK, and terraform-provider-alicloud, which waits until a grant is listed, or no longer is.
"""

from typing import Final

import attrs

from duolect_core.networks import transit as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.networks import views
from duolect_dialects.alibaba.networks.lifecycle import PAGES, SIZES
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, OneOf

_VPC: Final = "VPC"
_TYPES: Final = OneOf(_VPC, "VBR", "CCN")
_ACCOUNT: Final = Between(1, 2**63 - 1)


@attrs.frozen(kw_only=True)
class GrantInstanceToCen:
    """Let the CEN instance of another account attach a VPC."""

    CenId: str = required(note="CEN is another product: any name")
    CenOwnerId: int = required(_ACCOUNT)
    InstanceId: str = required()
    InstanceType: str = required(OneOf(_VPC, "VBR"), note="there are no VBRs")
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@attrs.frozen(kw_only=True)
class RevokeInstanceFromCen:
    """Take the grant of a VPC to a CEN instance back."""

    CenId: str = required()
    CenOwnerId: int = required(_ACCOUNT)
    InstanceId: str = required()
    InstanceType: str = required(_TYPES, note="there are no VBRs and CCNs")
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def grant_instance_to_cen(session: Session, request: GrantInstanceToCen) -> Body:
    """Grant it at once."""
    _check_type(request)
    session.execute(commands.GrantTransit(request.InstanceId, request.CenId, request.CenOwnerId))
    return {}


@vpc_action(idempotent_by="ClientToken")
def revoke_instance_from_cen(session: Session, request: RevokeInstanceFromCen) -> Body:
    """Revoke it at once."""
    _check_type(request)
    session.execute(commands.RevokeTransit(request.InstanceId, request.CenId, request.CenOwnerId))
    return {}


def _check_type(request: GrantInstanceToCen | RevokeInstanceFromCen) -> None:
    """Raise ``Refusal`` for an instance of another type than VPC, of which there is none."""
    if request.InstanceType != _VPC:
        message = f"The {request.InstanceType} {request.InstanceId} does not exist."
        raise Refusal("InvalidInstanceId.NotFound", message, 404)


@attrs.frozen(kw_only=True)
class DescribeGrantRulesToCen:
    """List to which CEN instances a VPC is granted, oldest first."""

    InstanceId: str = required()
    InstanceType: str = required(_TYPES, note="there are no VBRs and CCNs")
    RegionId: str = required()
    ClientToken: str | None = ignored(*common.TOKEN, note="a list can be asked for again")
    PageNumber: int = param(PAGES, default=1)
    PageSize: int = param(SIZES, default=10)
    ResourceGroupId: str | None = param(note="the VPC's")


@vpc_action()
def describe_grant_rules_to_cen(session: Session, request: DescribeGrantRulesToCen) -> Body:
    """List one page: none of what is not there, or is in another resource group."""
    network = session.graph.networks.get(request.InstanceId) if request.InstanceType == _VPC else None
    if network is not None and request.ResourceGroupId is not None:
        network = network if views.resource_group(session, network) == request.ResourceGroupId else None
    grants = () if network is None else network.transit_grants
    number, size = request.PageNumber, request.PageSize
    rows = [
        {"CenInstanceId": cen_id, "CenOwnerId": owner, "CreationTime": moment(since)}
        for cen_id, owner, since in grants[(number - 1) * size : number * size]
    ]
    about = {"TotalCount": len(grants), "PageNumber": number, "PageSize": size}
    return {"CenGrantRules": {"CbnGrantRule": rows}, **about}
