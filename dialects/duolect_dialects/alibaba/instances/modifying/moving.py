"""Moving an instance to another vSwitch, perhaps of another VPC, or to another address in its own.

Source: the vendor's page ModifyInstanceVpcAttribute, and the models of its Python SDK.
"""

from typing import Final

import attrs

from duolect_core import errors as core
from duolect_core.instances.moving import MoveInstances
from duolect_core.model.instances import Instance
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances.errors import LEAVING
from duolect_dialects.alibaba.request_errors import worded
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Count

_MOVED: Final = "VpcAttributeModified"
"""The extra that says when an instance was moved: it is started before it is moved once more."""


@attrs.frozen(kw_only=True)
class ModifyInstanceVpcAttribute:
    """Move an instance that is Stopped."""

    InstanceId: str = required()
    VSwitchId: str = required()
    PrivateIpAddress: str | None = param(note="any free one, even in its own vSwitch, where none is named")
    SecurityGroupId: tuple[str, ...] = param(Count(0, 16), default=(), note="with VpcId, and only with it")
    VpcId: str | None = param(note="another one than the instance is in")


@ecs_action()
def modify_instance_vpc_attribute(session: Session, request: ModifyInstanceVpcAttribute) -> Body:
    """Move it at once. It must have been started since it was created, and since it was moved."""
    instance = lookup.instance(session.graph, request.InstanceId)
    address = request.PrivateIpAddress
    ip = None if address is None else common.ipv4(address, "InvalidPrivateIpAddress.Malformed", 400)
    if request.VpcId is not None:
        _check_network(session, request, instance)
    elif request.SecurityGroupId:
        message = "Without VpcId, SecurityGroupId must be empty too."
        raise Refusal("InvalidParameter.MustBeEmpty", message, 404)
    command = MoveInstances(
        instance_ids=(instance.id,),
        subnet_id=request.VSwitchId,
        network_id=request.VpcId,
        primary_ips=() if ip is None else (ip,),
        group_ids=request.SecurityGroupId or None,
        renew=True,
        extras={_MOVED: session.at},
    )
    try:
        command.check(session.partition)
    except core.CoreError as error:
        template = LEAVING.get(type(error))
        if request.VpcId is None or template is None:
            raise
        raise worded(template, error) from error
    if instance.started is None or instance.started < instance.extras.get(_MOVED, 0):
        message = f"The instance {instance.id} must be started before it is moved."
        raise Refusal("InvalidPrivateIp.Changing", message, 400)
    session.execute(command)
    return {}


def _check_network(session: Session, request: ModifyInstanceVpcAttribute, instance: Instance) -> None:
    """Raise what speaks against the VPC that is named."""
    graph, vpc_id = session.graph, request.VpcId
    if vpc_id == instance.network_id:
        message = f"The instance {instance.id} is in the VPC {vpc_id} already."
        raise Refusal("InvalidParameter.AlreadyInTargetVpc", message, 404)
    if not request.SecurityGroupId:
        message = "Security groups of the new VPC must be named."
        raise Refusal("InvalidParameter.SecurityGroupId", message, 400)
    wanted = graph.subnets.get(request.VSwitchId)
    if vpc_id in graph.networks and wanted is not None and wanted.network_id != vpc_id:
        message = f"The vSwitch {wanted.id} is not in the VPC {vpc_id}."
        raise Refusal("InvalidVSwitch.NotBelongToVpc", message, 404)
    table_id = graph.subnets[instance.subnet_id].route_table_id
    if table_id != graph.networks[instance.network_id].route_table_id:
        message = f"The vSwitch {instance.subnet_id} is associated with the route table {table_id}."
        raise Refusal("OperationDenied", message, 400)
