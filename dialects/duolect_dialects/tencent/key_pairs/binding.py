"""Binding SSH key pairs to instances, and unbinding them.

Source: the definitions in tccli: keys take the place of those that an instance had, and what is running is
stopped and started again, where that is asked for.
"""

from typing import Final

import attrs

from duolect_core.instances.changes import RecordChange
from duolect_core.key_pairs.binding import BindKeyPairs, UnbindKeyPairs
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.images import catalog as images
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.key_pairs.lifecycle import KEY_ID, MALFORMED
from duolect_dialects.values import Coded, Each
from duolect_dialects.wording import Message

_KEYS: Final = (*common.non_empty(100), Coded(Each(KEY_ID), MALFORMED))


@attrs.frozen(kw_only=True)
class AssociateInstancesKeyPairs:
    """Let key pairs open instances, in the place of those that did."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    KeyIds: tuple[str, ...] = required(*_KEYS)
    ForceStop: bool = param(default=False)


@attrs.frozen(kw_only=True)
class DisassociateInstancesKeyPairs:
    """Let key pairs open instances no more."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    KeyIds: tuple[str, ...] = required(*_KEYS)
    ForceStop: bool = param(default=False)


@cvm_action()
def associate_instances_key_pairs(session: Session, request: AssociateInstancesKeyPairs) -> Body:
    """Bind them at once. What is running is rebooted by force, or else refused."""
    return _carry_out(session, request, BindKeyPairs)


@cvm_action()
def disassociate_instances_key_pairs(session: Session, request: DisassociateInstancesKeyPairs) -> Body:
    """Unbind them at once, likewise; a key that an instance does not have makes no difference."""
    return _carry_out(session, request, UnbindKeyPairs)


def _carry_out(
    session: Session,
    request: AssociateInstancesKeyPairs | DisassociateInstancesKeyPairs,
    kind: type[BindKeyPairs | UnbindKeyPairs],
) -> Body:
    detail = type(request).__name__
    command = kind(
        instance_ids=request.InstanceIds,
        key_pair_ids=request.KeyIds,
        restart=True,
        detail=detail,
        allowed=STEADY_INSTANCE if request.ForceStop else (InstanceState.STOPPED,),
    )
    for found in session.check(command):
        if images.of(session, found.extras.get("ImageId", "")).platform == "Windows":
            raise Refusal(
                "UnsupportedOperation.InstanceOsWindows",
                Message(
                    "The instance `{instance_id}` runs Windows, which takes no key pairs.",
                    instance_id=found.id,
                ),
            )
        if instance_views.stop_mode(found) == "STOP_CHARGING":
            raise Refusal(
                "UnsupportedOperation.StoppedModeStopCharging",
                Message("The instance `{instance_id}` is stopped without charge.", instance_id=found.id),
            )
    changed = session.execute(command)
    stopped = tuple(found.id for found in changed if found.state is InstanceState.STOPPED)
    if stopped:
        session.execute(RecordChange(instance_ids=stopped, detail=detail))
    return {}
