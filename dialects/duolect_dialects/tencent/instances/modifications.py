"""What instances can be made into, the project that they are moved to, and their passwords.

Source: the definitions in tccli.
"""

from typing import Final

import attrs

from duolect_core.disks.changes import ModifyDisks
from duolect_core.errors import CoreError, InstanceWrongState
from duolect_core.graph.graph import Graph
from duolect_core.instances.changes import ModifyInstances, RecordChange
from duolect_core.instances.lifecycle import RebootInstances
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.model.rules import InstanceType
from duolect_core.relations import compatibility, lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import CVM, cvm_action, no_filter
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.instances.parameters import GUEST, NOT_SHOWN, PASSWORD
from duolect_dialects.tencent.wire import translation
from duolect_dialects.values import AtMost, Between, Coded, Count
from duolect_dialects.wording import Message

_STATUS: Final = "status"
_RESET_PASSWORD: Final = "ResetInstancesPassword"  # noqa: S105 - the name of an action


@attrs.frozen(kw_only=True, slots=False)
class StatusFilter:
    """One of Filters, which here takes two values at most."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 2), code="InvalidFilterValue.LimitExceeded")


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstancesModification:
    """List the types that instances can be given."""

    InstanceIds: tuple[str, ...] = required(*common.instances(20))
    Filters: tuple[StatusFilter, ...] = param(
        Count(0, 10), default=(), code="InvalidFilterValue.LimitExceeded"
    )


@cvm_action()
def describe_instances_modification(session: Session, request: DescribeInstancesModification) -> Body:
    """List every type but the one that all of them have: SELL where it is in stock, and fits."""
    found = [lookup.instance(session.graph, each) for each in dict.fromkeys(request.InstanceIds)]
    zones = {instance.zone for instance in found}
    if len(zones) > 1:
        raise Refusal("FailedOperation.ZoneInconsistent", "The instances are not in one zone.")
    for each in request.Filters:
        if each.Name != _STATUS:
            raise no_filter(each.Name, CVM)
    kinds = session.rules.instance_types.values()
    shown = [_status(session, found, kind) for kind in kinds if not _is_held(found, kind)]
    for each in request.Filters:
        shown = [status for status in shown if status["Status"] in each.Values]
    return {"TotalCount": len(shown), "InstanceTypeConfigStatusSet": shown}


def _is_held(found: list[Instance], kind: InstanceType) -> bool:
    """Say whether all the instances are of a type."""
    return {instance.type_name for instance in found} == {kind.name}


def _status(session: Session, found: list[Instance], kind: InstanceType) -> Body:
    config = {"InstanceTypeConfig": instance_views.instance_type(kind, found[0].zone)}
    fits = all(_takes(session.graph, instance, kind) for instance in found)
    if fits and session.is_short(kind.name, found[0].zone):
        return {"Status": "SOLD_OUT", "Message": "", **config}
    return {
        "Status": "SELL" if fits else "UNAVAILABLE",
        "Message": "" if fits else _reason(in_chinese=session.call.language == translation.LANGUAGE),
        **config,
    }


def _takes(graph: Graph, instance: Instance, kind: InstanceType) -> bool:
    """Say whether an instance, with all its interfaces, can be of a type."""
    try:
        compatibility.check_type(graph, instance, kind)
    except CoreError:
        return False
    return True


def _reason(*, in_chinese: bool) -> str:
    if in_chinese:
        return "该机型无法承载实例的弹性网卡。"
    return "The type does not carry the network interfaces of the instance."


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstancesProject:
    """Move instances to another project."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    ProjectId: int = required(Between(0, 2**31 - 1), note="every project exists")


@cvm_action()
def modify_instances_project(session: Session, request: ModifyInstancesProject) -> Body:
    """Move the instances at once, and their disks with them."""
    extras = {"Placement": {"ProjectId": request.ProjectId}}
    session.execute(
        ModifyInstances(instance_ids=request.InstanceIds, extras=extras, allowed=STEADY_INSTANCE)
    )
    session.execute(RecordChange(instance_ids=request.InstanceIds, detail="ModifyInstancesProject"))
    graph = session.graph
    disks = tuple(disk.id for each in dict.fromkeys(request.InstanceIds) for disk in graph.disks_of(each))
    session.execute(ModifyDisks(disk_ids=disks, extras={"ProjectId": request.ProjectId}), idempotent=False)
    return {}


@attrs.frozen(kw_only=True, slots=False)
class ResetInstancesPassword:
    """Give the instances another password, which nothing shows."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    Password: str = required(
        Coded(PASSWORD, "InvalidParameterValue.InvalidPassword"),
        treatment=Treatment.IGNORED,
        note=NOT_SHOWN,
    )
    UserName: str | None = ignored(Coded(AtMost(64), "InvalidParameterValue.TooLong"), note=NOT_SHOWN)
    ForceStop: bool = param(default=False, note=GUEST)


@cvm_action()
def reset_instances_password(session: Session, request: ResetInstancesPassword) -> Body:
    """Reboot what runs, which ``ForceStop`` must allow; what is stopped stays so."""
    ids = tuple(dict.fromkeys(request.InstanceIds))
    found = [lookup.instance(session.graph, each) for each in ids]
    allowed = STEADY_INSTANCE if request.ForceStop else (InstanceState.STOPPED,)
    for instance in found:
        if instance.state not in allowed:
            raise InstanceWrongState(instance.id, instance.state, allowed)
        if instance_views.stop_mode(instance) == "STOP_CHARGING":
            raise Refusal(
                "UnsupportedOperation.StoppedModeStopCharging",
                Message("The instance `{instance_id}` is stopped without charge.", instance_id=instance.id),
            )
    running = tuple(each.id for each in found if each.state is InstanceState.RUNNING)
    session.execute(RecordChange(instance_ids=ids, detail=_RESET_PASSWORD))
    session.execute(RebootInstances(running, detail=_RESET_PASSWORD))
    return {}
