"""Permissions on network interfaces: grant one to an account, take it back, list them.

Sources: the vendor's pages CreateNetworkInterfacePermission, DeleteNetworkInterfacePermission and
DescribeNetworkInterfacePermissions. No table of error codes could be read on any of them, so the codes are
the usual ones.
"""

from typing import Final

import attrs

from duolect_core.interfaces.permissions import GrantPermission, RevokePermission
from duolect_core.model.resources import Permission
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf

_ATTACH: Final = "InstanceAttach"
"""The one right that there is: to attach the interface to an instance of the other account."""


@attrs.frozen(kw_only=True, slots=False)
class CreateNetworkInterfacePermission:
    """Allow another account to attach an interface."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    Permission: str = required(OneOf(_ATTACH))
    AccountId: int = required(Between(1, 2**63 - 1))


@ecs_action()
def create_network_interface_permission(
    session: Session, request: CreateNetworkInterfacePermission
) -> Body:
    """Grant the permission, or show the one that the account has already."""
    granted = session.execute(
        GrantPermission(interface_id=request.NetworkInterfaceId, account=str(request.AccountId))
    )
    return {"NetworkInterfacePermission": _shown(granted)}


@attrs.frozen(kw_only=True, slots=False)
class DeleteNetworkInterfacePermission:
    """Take a permission back."""

    RegionId: str = required()
    NetworkInterfacePermissionId: str = required()
    Force: bool | None = ignored(note="no permission is ever in use: other accounts cannot attach here")


@ecs_action()
def delete_network_interface_permission(
    session: Session, request: DeleteNetworkInterfacePermission
) -> Body:
    """Revoke the permission at once."""
    session.execute(RevokePermission(request.NetworkInterfacePermissionId))
    return {}


@attrs.frozen(kw_only=True, slots=False)
class DescribeNetworkInterfacePermissions:
    """List the permissions on an interface, or those of certain ids, newest first."""

    RegionId: str = required()
    NetworkInterfaceId: str | None = param(common.INTERFACE_ID)
    NetworkInterfacePermissionId: tuple[str, ...] = param(Count(0, 100), default=())
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 100), default=10)


@ecs_action()
def describe_network_interface_permissions(
    session: Session, request: DescribeNetworkInterfacePermissions
) -> Body:
    """List one page of what fits both criteria; one of them must be there."""
    graph = session.graph
    criteria: Criteria[Permission] = Criteria(graph)
    if request.NetworkInterfaceId is not None:
        lookup.interface(graph, request.NetworkInterfaceId)
    elif not request.NetworkInterfacePermissionId:
        raise missing("NetworkInterfaceId")
    criteria.by(graph.permissions_by_interface, request.NetworkInterfaceId)
    criteria.ids(request.NetworkInterfacePermissionId)
    page = common.page_by_number(
        graph.permissions, criteria.selection, request.PageNumber, request.PageSize
    )
    return {
        "NetworkInterfacePermissions": {
            "NetworkInterfacePermission": [_shown(each) for each in page.items]
        },
        "PageNumber": request.PageNumber,
        "PageSize": request.PageSize,
        "TotalCount": page.total,
    }


def _shown(permission: Permission) -> Body:
    return {
        "AccountId": int(permission.account),
        "NetworkInterfaceId": permission.interface_id,
        "NetworkInterfacePermissionId": permission.id,
        "Permission": _ATTACH,
        "PermissionState": "Granted",
        "ServiceName": "Elastic Compute Service",
    }
