"""Changing instances that are there: reboot, rename, protect, resize, and put into security groups.

Source: the definitions in tccli. What is changed at once is the ``LatestOperation`` from then on, named as
it was recorded for names and groups (cloud-custodian, tools/c7n_tencentcloud/tests/cassettes, 2022):
``ModifyInstancesAttribute.InstanceName``, ``AssociateSecurityGroups``.
"""

from typing import Final

import attrs

from duolect_core.errors import InstanceWrongState
from duolect_core.graph.graph import Graph
from duolect_core.instances import lifecycle as commands
from duolect_core.instances.changes import ModifyInstances, RecordChange, ResizeInstances
from duolect_core.interfaces.modify import JoinGroups, LeaveGroups
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.instances.disks import system_disk
from duolect_dialects.tencent.instances.parameters import (
    GUEST,
    HOST_NAME,
    USER_DATA,
    USER_DATA_SIZE,
)
from duolect_dialects.values import AtMost, Coded, Count, Each, Length, OneOf
from duolect_dialects.wording import Message


@attrs.frozen(kw_only=True, slots=False)
class RebootInstances:
    """Reboot running instances."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    ForceReboot: bool | None = ignored(note=GUEST)
    StopType: str | None = ignored(OneOf("SOFT", "HARD", "SOFT_FIRST"), note=GUEST)


@cvm_action()
def reboot_instances(session: Session, request: RebootInstances) -> Body:
    """Reboot the instances: REBOOTING, then RUNNING."""
    common.check_exclusive(ForceReboot=request.ForceReboot, StopType=request.StopType)
    session.execute(commands.RebootInstances(request.InstanceIds))
    return {}


# -- what is said of an instance ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstancesAttribute:
    """Change names, groups and other attributes of instances; at least one must be named."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    InstanceName: str | None = param(AtMost(60), code="InvalidInstanceName.TooLong")
    UserData: str | None = stored(AtMost(USER_DATA_SIZE), USER_DATA)
    SecurityGroups: tuple[str, ...] | None = param(
        Coded(Count(0, 100), "InvalidParameterValue.LimitExceeded"), Each(common.GROUP_ID)
    )
    CamRoleName: str | None = stored()
    HostName: str | None = stored(Length(2, 60), HOST_NAME, code="InvalidParameterValue.IllegalHostName")
    DisableApiTermination: bool | None = param()
    CamRoleType: str | None = ignored(OneOf("user", "system", "service_linked"), note="there are no roles")
    AutoReboot: bool = param(default=True, note="a new host name is shown at once, rebooted or not")
    EnableJumboFrame: bool | None = stored()


_NO_ATTRIBUTES: Final = ("InstanceIds", "CamRoleType", "AutoReboot")
"""Parameters that are no attributes of an instance."""


@cvm_action()
def modify_instances_attribute(session: Session, request: ModifyInstancesAttribute) -> Body:
    """Change the instances at once; those with a new host name reboot, unless they shall not."""
    if all(getattr(request, each.name) is None for each in _attributes()):
        raise request_errors.missing("InstanceName")
    modified = session.execute(
        ModifyInstances(
            instance_ids=request.InstanceIds,
            name=request.InstanceName,
            protected=request.DisableApiTermination,
            group_ids=request.SecurityGroups,
            extras=common.stored_extras(request),
            allowed=STEADY_INSTANCE,
            paid=True,
        )
    )
    attribute = next(each.name for each in _attributes() if getattr(request, each.name) is not None)
    detail = f"ModifyInstancesAttribute.{attribute}"
    session.execute(RecordChange(instance_ids=request.InstanceIds, detail=detail))
    if request.HostName is not None and request.AutoReboot:
        running = (each.id for each in modified if each.state is InstanceState.RUNNING)
        session.execute(commands.RebootInstances(tuple(running)))
    return {}


def _attributes() -> "list[attrs.Attribute[object]]":
    return [each for each in attrs.fields(ModifyInstancesAttribute) if each.name not in _NO_ATTRIBUTES]


# -- types -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class ResetInstancesType:
    """Give an instance another type."""

    InstanceIds: tuple[str, ...] = required(*common.instances(1))
    InstanceType: str = required(common.INSTANCE_TYPE, code="InvalidInstanceType.Malformed")
    ForceStop: bool = ignored(default=False, note=GUEST)


_RESIZABLE: Final = frozenset({"CLOUD_BASIC", "CLOUD_PREMIUM", "CLOUD_SSD", "CLOUD_BSSD"})
"""The types of system disks with which an instance's type can be changed."""


@cvm_action()
def reset_instances_type(session: Session, request: ResetInstancesType) -> Body:
    """Change the type. The instance runs in the end, also if it was stopped."""
    command = ResizeInstances(
        instance_ids=request.InstanceIds, type_name=request.InstanceType, restart=True
    )
    for found in session.check(command):
        _check_resizable(session.graph, found)
    resized = session.execute(command)
    stopped = tuple(each.id for each in resized if each.state is InstanceState.STOPPED)
    session.execute(commands.StartInstances(stopped))
    return {}


def _check_resizable(graph: Graph, found: Instance) -> None:
    disk = system_disk(graph, found)["DiskType"]
    if disk not in _RESIZABLE:
        raise Refusal(
            "UnsupportedOperation.SystemDiskType",
            Message("An instance with a system disk of the type {disk} keeps its type.", disk=disk),
        )
    if instance_views.stop_mode(found) == "STOP_CHARGING":
        raise Refusal(
            "UnsupportedOperation.StoppedModeStopCharging",
            Message("The instance `{instance_id}` is stopped without charge.", instance_id=found.id),
        )


# -- security groups ---------------------------------------------------------------------------------------

_GROUP: Final = (
    Coded(common.NonEmpty(), "MissingParameter"),
    Coded(Count(0, 1), "InvalidParameterValue.LimitExceeded"),
    Coded(Each(common.GROUP_ID), "InvalidSgId.Malformed"),
)


@attrs.frozen(kw_only=True, slots=False)
class AssociateSecurityGroups:
    """Put instances into a security group, beside those that they are in already."""

    SecurityGroupIds: tuple[str, ...] = required(*_GROUP)
    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)


@cvm_action()
def associate_security_groups(session: Session, request: AssociateSecurityGroups) -> Body:
    """Join the group at once, with the primary interfaces; to join it again changes nothing."""
    primaries = _primaries(session, request.InstanceIds)
    session.execute(JoinGroups(interface_ids=primaries, group_ids=request.SecurityGroupIds))
    session.execute(RecordChange(instance_ids=request.InstanceIds, detail="AssociateSecurityGroups"))
    return {}


@attrs.frozen(kw_only=True, slots=False)
class DisassociateSecurityGroups:
    """Take instances out of a security group, of their last one too."""

    SecurityGroupIds: tuple[str, ...] = required(*_GROUP)
    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)


@cvm_action()
def disassociate_security_groups(session: Session, request: DisassociateSecurityGroups) -> Body:
    """Leave the group at once; to leave one that an instance is not in changes nothing."""
    primaries = _primaries(session, request.InstanceIds)
    session.execute(LeaveGroups(interface_ids=primaries, group_ids=request.SecurityGroupIds))
    session.execute(RecordChange(instance_ids=request.InstanceIds, detail="DisassociateSecurityGroups"))
    return {}


def _primaries(session: Session, instance_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the primary interfaces of instances, none of which may be busy."""
    graph = session.graph
    found = [lookup.instance(graph, instance_id) for instance_id in instance_ids]
    for instance in found:
        if instance.state not in STEADY_INSTANCE:
            raise InstanceWrongState(instance.id, instance.state, STEADY_INSTANCE)
    return tuple(graph.primary_interfaces[instance.id] for instance in found)
