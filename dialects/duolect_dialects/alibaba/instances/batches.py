"""Several instances at once: start, stop, reboot, delete.

All of them change, or none; or each by itself, where the client says that it would rather have some than
none, and then the answer tells of each.

Sources: the vendor's pages StartInstances, StopInstances, RebootInstances and DeleteInstances, and the
models of its Python SDK.
"""

from collections.abc import Callable
from typing import Any, Final

import attrs

from duolect_core import errors as core
from duolect_core.engine.partition import Command
from duolect_core.instances import lifecycle as commands
from duolect_core.model.instances import Instance
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances.errors import TABLE
from duolect_dialects.alibaba.instances.lifecycle import (
    NOT_STOPPED,
    check_stock,
    check_subscription,
    stop_command,
)
from duolect_dialects.alibaba.names import INSTANCE_STATUS
from duolect_dialects.alibaba.request_errors import worded
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Count, OneOf

_NO_GUEST: Final = "guests are not modelled: every stop takes the same time"
_IDS: Final = Count(1, 100)
_TOO_MANY: Final = "InvalidParameter.TooManyInstanceIds"
Step = Callable[[tuple[str, ...]], Command[tuple[Instance, ...]]]
"""Makes the command that changes the instances of these ids."""


@attrs.frozen(kw_only=True, slots=False)
class _Batch:
    """Which instances, and whether each by itself."""

    RegionId: str = required()
    InstanceId: tuple[str, ...] = required(_IDS, code=_TOO_MANY)
    BatchOptimization: str = param(OneOf("AllTogether", "SuccessFirst"), default="AllTogether")
    DryRun: bool = param(default=False)


@attrs.frozen(kw_only=True, slots=False)
class StartInstances(_Batch):
    """Start stopped instances."""


@attrs.frozen(kw_only=True, slots=False)
class StopInstances(_Batch):
    """Stop running instances."""

    ForceStop: bool | None = ignored(note=_NO_GUEST)
    StoppedMode: str = param(
        OneOf("StopCharging", "KeepCharging", NOT_STOPPED),
        default="KeepCharging",
        note="shown while they are stopped",
    )


@attrs.frozen(kw_only=True, slots=False)
class RebootInstances(_Batch):
    """Reboot running instances."""

    ForceReboot: bool | None = ignored(note=_NO_GUEST)


@ecs_action()
def start_instances(session: Session, request: StartInstances) -> Body:
    """Start them: Stopped, Starting, Running."""

    def start(ids: tuple[str, ...]) -> commands.StartInstances:
        check_stock(session, ids)
        return commands.StartInstances(ids)

    return _carry_out(session, request, start)


@ecs_action()
def stop_instances(session: Session, request: StopInstances) -> Body:
    """Stop them: Running, Stopping, Stopped."""
    return _carry_out(session, request, lambda ids: stop_command(ids, request.StoppedMode))


@ecs_action()
def reboot_instances(session: Session, request: RebootInstances) -> Body:
    """Reboot them: Running, Starting, Running."""
    return _carry_out(session, request, commands.RebootInstances)


def _carry_out(session: Session, request: _Batch, step: Step) -> Body:
    graph = session.graph
    ids = tuple(dict.fromkeys(request.InstanceId))
    before = {each: INSTANCE_STATUS[found.state] for each in ids if (found := graph.instances.get(each))}
    if request.BatchOptimization == "AllTogether":
        done = _execute(session, step(ids), request)
        answers = [_succeeded(before, instance) for instance in done]
    else:
        if request.DryRun:
            raise _dry_run()
        answers = [_try(session, step, before, each) for each in ids]
    return {"InstanceResponses": {"InstanceResponse": answers}}


def _execute(session: Session, command: Command[Any], request: Any) -> Any:  # noqa: ANN401
    """Carry out a command, or only its checks where the request is a dry run."""
    if request.DryRun:
        session.check(command)
        raise _dry_run()
    return session.execute(command)


def _dry_run() -> Refusal:
    return Refusal("DRYRUN.SUCCESS", "The dry run found nothing wrong with the request.", 400)


def _try(session: Session, step: Step, before: dict[str, str], instance_id: str) -> Body:
    """Change one instance, and say what came of it."""
    try:
        (instance,) = session.execute(step((instance_id,)), idempotent=False)
    except (core.InstanceNotFound, core.InstanceWrongState, core.SubscriptionLapsed, Refusal) as error:
        refusal = error if isinstance(error, Refusal) else worded(TABLE[type(error)], error)
        status = before.get(instance_id, "")
        return _answer(instance_id, refusal.code, str(refusal.message), status, status)
    return _succeeded(before, instance)


def _succeeded(before: dict[str, str], instance: Instance) -> Body:
    after = INSTANCE_STATUS[instance.state]
    return _answer(instance.id, "200", "success", before[instance.id], after)


def _answer(instance_id: str, code: str, message: str, before: str, after: str) -> Body:
    return {
        "InstanceId": instance_id,
        "Code": code,
        "Message": message,
        "PreviousStatus": before,
        "CurrentStatus": after,
    }


@attrs.frozen(kw_only=True, slots=False)
class DeleteInstances:
    """Delete instances that are stopped, or by force running ones."""

    RegionId: str = required()
    InstanceId: tuple[str, ...] = required(_IDS, code=_TOO_MANY)
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    Force: bool = param(default=False)
    ForceStop: bool | None = ignored(note=_NO_GUEST)
    TerminateSubscription: bool = param(default=False)


@ecs_action(idempotent_by="ClientToken")
def delete_instances(session: Session, request: DeleteInstances) -> Body:
    """Delete them, and with each those of its network interfaces that go with their instance."""
    graph = session.graph
    for instance_id in request.InstanceId:
        if instance_id in graph.instances:
            check_subscription(graph.instances[instance_id], terminate=request.TerminateSubscription)
    command = commands.DeleteInstances(instance_ids=request.InstanceId, force=request.Force)
    _execute(session, command, request)
    return {}
