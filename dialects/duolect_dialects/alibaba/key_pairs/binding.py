"""Binding SSH key pairs to instances, each of which has one at most, and unbinding them.

Sources: the vendor's pages AttachKeyPair and DetachKeyPair, and the models of its Python SDK. What is
running is not rebooted: the client does that for the change to take effect.
"""

from collections.abc import Callable
from typing import Any

import attrs

from duolect_core import errors as core
from duolect_core.engine.partition import Command
from duolect_core.key_pairs.binding import BindKeyPairs, UnbindKeyPairs
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances.creation import refuse_windows
from duolect_dialects.alibaba.instances.errors import TABLE
from duolect_dialects.alibaba.request_errors import worded
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import required
from duolect_dialects.session import Session

_MOST = 50
_Make = Callable[[str, str], Command[Any]]
"""Makes the command for the instance and the key pair of these ids."""


@attrs.frozen(kw_only=True)
class AttachKeyPair:
    """Bind a key pair to instances, in the place of what each has."""

    InstanceIds: str = required()
    KeyPairName: str = required()
    RegionId: str = required()


@attrs.frozen(kw_only=True)
class DetachKeyPair:
    """Unbind a key pair from instances."""

    InstanceIds: str = required()
    KeyPairName: str = required()
    RegionId: str = required()


@ecs_action()
def attach_key_pair(session: Session, request: AttachKeyPair) -> Body:
    """Bind it to each of the instances by itself, and tell what came of that."""
    return _carry_out(
        session,
        request,
        lambda instance, key: BindKeyPairs(instance_ids=(instance,), key_pair_ids=(key,)),
    )


@ecs_action()
def detach_key_pair(session: Session, request: DetachKeyPair) -> Body:
    """Unbind it from each of the instances by itself; where it is not bound that makes no difference."""
    return _carry_out(
        session,
        request,
        lambda instance, key: UnbindKeyPairs(instance_ids=(instance,), key_pair_ids=(key,)),
    )


def _carry_out(session: Session, request: AttachKeyPair | DetachKeyPair, make: _Make) -> Body:
    name = request.KeyPairName
    key_pair_id = session.graph.key_pairs_by_name.get(name)
    if key_pair_id is None:
        raise core.KeyPairNotFound(name)
    ids = common.json_list(request.InstanceIds, "InstanceIds", "InvalidInstanceIds.ValueNotSupported")
    if not ids:
        message = "InstanceIds must name an instance."
        raise Refusal("InvalidInstanceIds.ValueNotSupported", message, 400)
    if len(ids) > _MOST:
        message = f"No more than {_MOST} instances can be named."
        raise Refusal("InstanceKeyPairLimitExceeded", message, 403)
    for each in ids:
        instance = session.graph.instances.get(each)
        refuse_windows(session, "" if instance is None else instance.extras.get("ImageId") or "")
    results = [_result(session, make(each, key_pair_id), each) for each in dict.fromkeys(ids)]
    return {
        "KeyPairName": name,
        "TotalCount": str(len(results)),
        "FailCount": str(sum(result["Success"] == "false" for result in results)),
        "Results": {"Result": results},
    }


def _result(session: Session, command: Command[Any], instance_id: str) -> Body:
    """Carry a command out, and say what came of it."""
    code, message = "200", "successful"
    try:
        session.execute(command, idempotent=False)
    except (core.InstanceNotFound, core.InstanceWrongState) as error:
        refusal = worded(TABLE[type(error)], error)
        code, message = refusal.code, str(refusal.message)
    return {
        "Code": code,
        "InstanceId": instance_id,
        "Message": message,
        "Success": "true" if code == "200" else "false",
    }
