"""Joining and leaving a security group, by an interface or by an instance with its primary interface.

Sources: the vendor's pages JoinSecurityGroup and LeaveSecurityGroup. The groups of a primary interface are
those of its instance and change by the instance's name only.
"""

import attrs

from duolect_core import errors as core
from duolect_core.graph.graph import Graph
from duolect_core.interfaces.modify import JoinGroups, LeaveGroups
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.resources import InterfaceKind
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common, errors
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import MissingValue


@attrs.frozen(kw_only=True)
class JoinSecurityGroup:
    """Put an instance or a secondary interface into a security group."""

    SecurityGroupId: str = required()
    InstanceId: str | None = param(common.INSTANCE_ID, code="InvalidInstanceId.Malformed")
    NetworkInterfaceId: str | None = param(common.INTERFACE_ID, code="InvalidParam.Malformed")
    RegionId: str | None = param(note="mandatory with NetworkInterfaceId")


@attrs.frozen(kw_only=True)
class LeaveSecurityGroup(JoinSecurityGroup):
    """Take an instance or a secondary interface out of a security group."""


@ecs_action()
def join_security_group(session: Session, request: JoinSecurityGroup) -> Body:
    """Join at once. An interface may join again, an instance may not."""
    graph = session.graph
    interface_id = _member(graph, request)
    if request.InstanceId is not None:
        instance = graph.instances[request.InstanceId]
        if instance.state is InstanceState.PENDING:
            message = f"The instance {instance.id} is being created."
            raise Refusal("Forbidden.InstanceIsBeingCreated", message, 403)
        if request.SecurityGroupId in graph.interfaces[interface_id].group_ids:
            message = f"The instance {instance.id} is in {request.SecurityGroupId} already."
            raise Refusal("InvalidInstanceId.AlreadyExists", message, 403)
    try:
        session.execute(JoinGroups(interface_ids=(interface_id,), group_ids=(request.SecurityGroupId,)))
    except (core.GroupNetworkMismatch, core.GroupClassicNetwork):
        if request.InstanceId is None:
            raise
        message = f"{request.InstanceId} and {request.SecurityGroupId} are in different VPCs."
        raise Refusal("InvalidInstanceId.Mismatch", message, 400) from None
    return {}


@ecs_action()
def leave_security_group(session: Session, request: LeaveSecurityGroup) -> Body:
    """Leave at once, but never the last group."""
    interface_id = _member(session.graph, request)
    try:
        session.execute(LeaveGroups(interface_ids=(interface_id,), group_ids=(request.SecurityGroupId,)))
    except core.LastGroup:
        if request.InstanceId is None:
            raise
        message = f"The instance {request.InstanceId} is in no other security group."
        raise Refusal("InstanceLastSecurityGroup", message, 403) from None
    return {}


def _member(graph: Graph, request: JoinSecurityGroup) -> str:
    """Return the id of the interface that a request names, itself or by its instance."""
    if request.InstanceId is not None and request.NetworkInterfaceId is not None:
        message = "The parameters InstanceId and NetworkInterfaceId cannot be used together."
        raise Refusal("InvalidParam.EniIdAndInstanceId.Conflict", message, 403)
    if request.InstanceId is not None:
        return graph.primary_interfaces[lookup.instance(graph, request.InstanceId).id]
    if request.NetworkInterfaceId is None:
        raise errors.in_request(MissingValue("InstanceId"))
    if request.RegionId is None:
        raise Refusal("MissingParameter.RegionId", "RegionId is mandatory with NetworkInterfaceId.", 400)
    interface = lookup.interface(graph, request.NetworkInterfaceId)
    if interface.kind is InterfaceKind.PRIMARY:
        raise core.InterfaceKindUnsupported(interface.id, interface.kind)
    return interface.id
