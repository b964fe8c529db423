"""What the programs inside instances are given: the role that an instance plays, and its metadata.

Sources: the vendor's pages AttachInstanceRamRole, DetachInstanceRamRole and ModifyInstanceMetadataOptions,
and the models of its Python SDK. Every role exists, since RAM is not modelled; nor is what a guest reads.
"""

from typing import Any, Final

import attrs

from duolect_core import errors as core
from duolect_core.instances.changes import ModifyInstances
from duolect_core.model.instances import Instance
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances.creation import without_gaps
from duolect_dialects.alibaba.instances.errors import TABLE
from duolect_dialects.alibaba.request_errors import missing, worded
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Length, OneOf

_MALFORMED: Final = "InvalidInstanceIds.Malformed"
_ANY_ROLE: Final = "every role exists"
_SWITCH: Final = OneOf("enabled", "disabled")


@attrs.frozen(kw_only=True)
class AttachInstanceRamRole:
    """Give a role to instances that play none."""

    InstanceIds: str = required(note="a JSON array of 1 to 100 ids")
    RamRoleName: str = required(Length(1, 64), note=_ANY_ROLE)
    RegionId: str = required()
    Policy: str | None = stored(Length(1, 1024), note="nothing reads it")


@attrs.frozen(kw_only=True)
class DetachInstanceRamRole:
    """Take the role from instances."""

    InstanceIds: str = required(note="a JSON array of 1 to 100 ids")
    RegionId: str = required()
    RamRoleName: str | None = param(note="instances that play another keep it")


@attrs.frozen(kw_only=True)
class ModifyInstanceMetadataOptions:
    """Change how the programs inside an instance reach its metadata."""

    HttpEndpoint: str = required(_SWITCH, code="InvalidHttpEndpoint.NotSupported")
    RegionId: str = required()
    HttpPutResponseHopLimit: int | None = stored(
        Between(1, 64), code="InvalidHttpPutResponseHopLimit.NotSupported"
    )
    HttpTokens: str | None = stored(OneOf("optional", "required"), code="InvalidHttpTokens.NotSupported")
    InstanceId: str | None = param(note="required, as nothing says what is changed without it")
    InstanceMetadataTags: str | None = stored(_SWITCH, code="InvalidInstanceMetadataTags.NotSupported")


@ecs_action()
def attach_instance_ram_role(session: Session, request: AttachInstanceRamRole) -> Body:
    """Give it to each instance by itself, and tell what came of that."""
    name = request.RamRoleName
    extras = {"RamRoleName": name, "RamRolePolicy": request.Policy or ""}
    results = []
    for instance in _instances(session, request.InstanceIds):
        if (_role(instance) or name) == name:
            results.append(_result(session, instance, extras))
        else:
            # The page says that another role is refused, and not how.
            message = f"The instance {instance.id} plays the role {_role(instance)}."
            results.append(_outcome(instance, "OperationConflict", message))
    return {
        "RamRoleName": name,
        "AttachInstanceRamRoleResults": {"AttachInstanceRamRoleResult": results},
        **_counts(results),
    }


@ecs_action()
def detach_instance_ram_role(session: Session, request: DetachInstanceRamRole) -> Body:
    """Take it from each instance by itself; what plays none, or another one, stays as it is."""
    results = []
    for instance in _instances(session, request.InstanceIds):
        role = _role(instance)
        taken = role if request.RamRoleName in (None, role) else ""
        extras = {"RamRoleName": "", "RamRolePolicy": ""}
        result = _result(session, instance, extras if taken else {})
        done = [{"InstanceId": instance.id, "RamRoleName": taken}] if taken else []
        results.append({**result, "InstanceRamRoleSets": {"InstanceRamRoleSet": done}})
    return {
        "RamRoleName": request.RamRoleName or "",
        "DetachInstanceRamRoleResults": {"DetachInstanceRamRoleResult": results},
        **_counts(results),
    }


@ecs_action()
def modify_instance_metadata_options(session: Session, request: ModifyInstanceMetadataOptions) -> Body:
    """Change them at once; what is not named stays."""
    if request.InstanceId is None:
        raise missing("InstanceId")
    instance = lookup.instance(session.graph, request.InstanceId)
    named = {
        "HttpEndpoint": request.HttpEndpoint,
        "HttpPutResponseHopLimit": request.HttpPutResponseHopLimit,
        "HttpTokens": request.HttpTokens,
        "InstanceMetadataTags": request.InstanceMetadataTags,
    }
    changed = {**instance.extras.get("MetadataOptions", {}), **without_gaps(named)}
    session.execute(ModifyInstances(instance_ids=(instance.id,), extras={"MetadataOptions": changed}))
    return {}


def _instances(session: Session, text: str) -> list[Instance]:
    """Return the instances of these ids.

    Raises:
        Refusal: there are none or too many ids.
        InstanceNotFound, InstanceClassicNetwork: one of them is no instance that can play a role.
    """
    ids = common.json_list(text, "InstanceIds", _MALFORMED)
    if not ids:
        raise Refusal(_MALFORMED, "InstanceIds must name an instance.", 400)
    found = [lookup.instance(session.graph, each) for each in dict.fromkeys(ids)]
    for instance in found:
        if instance.classic:
            raise core.InstanceClassicNetwork(instance.id)
    return found


def _role(instance: Instance) -> str:
    return str(instance.extras.get("RamRoleName") or "")


def _result(session: Session, instance: Instance, extras: dict[str, Any]) -> Body:
    """Change an instance, and say what came of it."""
    try:
        session.execute(ModifyInstances(instance_ids=(instance.id,), extras=extras), idempotent=False)
    except core.InstanceWrongState as error:
        refusal = worded(TABLE[type(error)], error)
        return _outcome(instance, refusal.code, str(refusal.message))
    return _outcome(instance, "200", "success")


def _outcome(instance: Instance, code: str, message: str) -> Body:
    return {"Code": code, "InstanceId": instance.id, "Message": message, "Success": code == "200"}


def _counts(results: list[Body]) -> Body:
    failed = sum(not result["Success"] for result in results)
    return {"FailCount": failed, "TotalCount": len(results)}
