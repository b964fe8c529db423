"""Instances that are there: describe, start, stop, terminate.

Source: the definitions in tccli. The vendor refuses a whole batch for the first instance that is wrong.
"""

from typing import Final

import attrs

from duolect_core.disks.changes import ModifyDisks
from duolect_core.instances import lifecycle as commands
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.instances import Instance
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import CVM, CvmFilter, cvm_action
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.instances.filters import filters
from duolect_dialects.tencent.instances.parameters import GUEST
from duolect_dialects.values import Coded, Count, Each, OneOf

_WELL_FORMED: Final = Coded(Each(common.INSTANCE_ID), "InvalidInstanceId.Malformed")
_UNLIMITED: Final = -1


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstances:
    """List instances, newest first: by ids, or by filters that must all match."""

    InstanceIds: tuple[str, ...] = param(Count(0, 100), _WELL_FORMED, default=())
    Filters: tuple[CvmFilter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@cvm_action()
def describe_instances(session: Session, request: DescribeInstances) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    table = filters(graph, session.rules.region)
    selection = common.narrow(Criteria(graph), table, request.InstanceIds, request.Filters, CVM)
    page = common.page(graph.instances, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "InstanceSet": [instance_views.instance(session, shown) for shown in page.items],
    }


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstancesStatus:
    """List the states of instances, newest first: of those named, or of all."""

    InstanceIds: tuple[str, ...] = param(Count(0, 100), _WELL_FORMED, default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@cvm_action()
def describe_instances_status(session: Session, request: DescribeInstancesStatus) -> Body:
    """List one page and the count of all."""
    criteria = Criteria[Instance](session.graph)
    criteria.ids(request.InstanceIds)
    page = common.page(session.graph.instances, criteria.selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "InstanceStatusSet": [
            {"InstanceId": shown.id, "InstanceState": instance_views.instance_state(shown)}
            for shown in page.items
        ],
    }


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstancesOperationLimit:
    """Tell how often something may still be done to instances."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    Operation: str = required(OneOf("INSTANCE_DEGRADE", "INTERNET_CHARGE_TYPE_CHANGE"))


@cvm_action()
def describe_instances_operation_limit(session: Session, request: DescribeInstancesOperationLimit) -> Body:
    """Tell that there is no limit: the vendor counts only what is done to prepaid instances."""
    found = [lookup.instance(session.graph, each) for each in dict.fromkeys(request.InstanceIds)]
    return {
        "InstanceOperationLimitSet": [
            {
                "Operation": request.Operation,
                "InstanceId": shown.id,
                "CurrentCount": _UNLIMITED,
                "LimitCount": _UNLIMITED,
            }
            for shown in found
        ]
    }


@attrs.frozen(kw_only=True, slots=False)
class StartInstances:
    """Start stopped instances."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)


@cvm_action()
def start_instances(session: Session, request: StartInstances) -> Body:
    """Start the instances: STARTING, then RUNNING."""
    session.execute(commands.StartInstances(request.InstanceIds))
    return {}


@attrs.frozen(kw_only=True, slots=False)
class StopInstances:
    """Stop running instances."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    ForceStop: bool | None = ignored(note=GUEST)
    StopType: str | None = ignored(OneOf("SOFT_FIRST", "HARD", "SOFT"), note=GUEST)
    StoppedMode: str = stored(OneOf("KEEP_CHARGING", "STOP_CHARGING"), default="KEEP_CHARGING")


@cvm_action()
def stop_instances(session: Session, request: StopInstances) -> Body:
    """Stop the instances: STOPPING, then STOPPED. Their interfaces stay attached.

    Nothing is charged for an instance that has given its ordinary public address back: recorded by
    cloud-custodian (test_tc_cvm, 2022), and said by the vendor's page on it (213/19918).
    """
    common.check_exclusive(ForceStop=request.ForceStop, StopType=request.StopType)
    frees_public_ips = request.StoppedMode == "STOP_CHARGING"
    session.execute(
        commands.StopInstances(request.InstanceIds, common.stored_extras(request), frees_public_ips)
    )
    return {}


@attrs.frozen(kw_only=True, slots=False)
class TerminateInstances:
    """Terminate instances, running or stopped, all of which must be paid for in the same way."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    ReleaseAddress: bool | None = ignored(note="the vendor releases special kinds only; here all are kept")
    ReleasePrepaidDataDisks: bool = param(
        default=False, note="data disks of prepaid instances go with them, and only then"
    )


@cvm_action()
def terminate_instances(session: Session, request: TerminateInstances) -> Body:
    """Terminate the instances: TERMINATING, then gone, and their secondary interfaces detached.

    A prepaid one goes into the recycle bin first, where it is SHUTDOWN; named there again it is terminated.
    """
    graph = session.graph
    found = [graph.instances[each] for each in request.InstanceIds if each in graph.instances]
    if len({each.subscription is None for each in found}) > 1:
        message = "The instances are not paid for in the same way."
        raise Refusal("UnsupportedOperation.InstanceMixedPricingModel", message)
    detail = "TerminateInstances"
    command = commands.DeleteInstances(instance_ids=request.InstanceIds, force=True, detail=detail)
    returned = [each for each in found if each.subscription is not None and each.subscription.is_paid]
    session.execute(command)
    for instance in returned:
        _let_disks_go(session, instance, goes=request.ReleasePrepaidDataDisks)
    return {}


def _let_disks_go(session: Session, instance: Instance, *, goes: bool) -> None:
    """Say whether the elastic data disks of an instance that was returned go with it."""
    disks = session.graph.disks_of(instance.id)
    ids = tuple(disk.id for disk in disks if disk.kind is DiskKind.DATA and disk.portable)
    session.execute(ModifyDisks(disk_ids=ids, delete_with_instance=goes))
