"""Which security groups interfaces are in: join and leave, many at a time.

Source: the definitions in tccli. A primary interface follows its instance: only others can join a group.
"""

from typing import Final

import attrs

from duolect_core.errors import InterfaceIsPrimary
from duolect_core.interfaces.modify import JoinGroups, LeaveGroups
from duolect_core.model.resources import InterfaceKind
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.values import Each

_INTERFACES: Final = (*common.non_empty(100), Each(common.INTERFACE_ID))
_GROUPS: Final = (*common.non_empty(100), Each(common.GROUP_ID))


@attrs.frozen(kw_only=True)
class AssociateNetworkInterfaceSecurityGroups:
    """Put interfaces into security groups, beside those that they are in already."""

    NetworkInterfaceIds: tuple[str, ...] = required(*_INTERFACES)
    SecurityGroupIds: tuple[str, ...] = required(*_GROUPS)


@vpc_action()
def associate_network_interface_security_groups(
    session: Session, request: AssociateNetworkInterfaceSecurityGroups
) -> Body:
    """Join the groups at once; to join one again changes nothing."""
    _refuse_primary(session, request.NetworkInterfaceIds)
    session.execute(
        JoinGroups(interface_ids=request.NetworkInterfaceIds, group_ids=request.SecurityGroupIds)
    )
    return {}


@attrs.frozen(kw_only=True)
class DisassociateNetworkInterfaceSecurityGroups:
    """Take interfaces out of security groups, of all of them too."""

    NetworkInterfaceIds: tuple[str, ...] = required(*_INTERFACES)
    SecurityGroupIds: tuple[str, ...] = required(*_GROUPS)


@vpc_action()
def disassociate_network_interface_security_groups(
    session: Session, request: DisassociateNetworkInterfaceSecurityGroups
) -> Body:
    """Leave the groups at once; to leave one that an interface is not in changes nothing."""
    session.execute(
        LeaveGroups(interface_ids=request.NetworkInterfaceIds, group_ids=request.SecurityGroupIds)
    )
    return {}


def _refuse_primary(session: Session, interface_ids: tuple[str, ...]) -> None:
    for interface_id in interface_ids:
        interface = lookup.interface(session.graph, interface_id)
        if interface.kind is InterfaceKind.PRIMARY and interface.attachment is not None:
            raise InterfaceIsPrimary(interface.id, interface.attachment.instance_id)
