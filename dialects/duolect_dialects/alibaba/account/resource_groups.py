"""Which resource group a resource of ECS is in.

Source: the vendor's page JoinResourceGroup and the model of its Python SDK.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.engine.partition import Command
from duolect_core.errors import GroupNotFound, InstanceNotFound, InterfaceNotFound
from duolect_core.instances.changes import ModifyInstances
from duolect_core.interfaces.extras import StoreExtras
from duolect_core.security_groups.lifecycle import ModifyGroup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, stored
from duolect_dialects.session import Session

_Make = Callable[[str, Mapping[str, Any]], Command[Any]]
_COMMANDS: Final[Mapping[str, _Make]] = MappingProxyType(
    {
        "instance": lambda found, extras: ModifyInstances(instance_ids=(found,), extras=extras),
        "eni": lambda found, extras: StoreExtras(interface_id=found, extras=extras),
        "securitygroup": lambda found, extras: ModifyGroup(group_id=found, extras=extras),
    }
)
"""What puts a resource of each kind into a group."""
_ABSENT: Final = frozenset({"disk", "snapshot", "image", "ddh", "ddhcluster", "keypair", "launchtemplate"})
"""Kinds of which there are none on their own; a disk is in the group of its instance."""


@attrs.frozen(kw_only=True)
class JoinResourceGroup:
    """Put a resource into a resource group."""

    RegionId: str | None = param()
    ClientToken: str | None = ignored(note=common.UNLISTED)
    ResourceGroupId: str | None = stored()
    ResourceId: str | None = param()
    ResourceType: str | None = param(note="instance, eni or securitygroup; there are no others")


@ecs_action()
def join_resource_group(session: Session, request: JoinResourceGroup) -> Body:
    """Put it there at once."""
    for name in ("ResourceGroupId", "ResourceId", "ResourceType"):
        if getattr(request, name) is None:
            message = f"The input parameter {name} that is mandatory for this action is not supplied."
            raise Refusal("MissingParameter", message, 403)
    kind, resource_id = str(request.ResourceType), str(request.ResourceId)
    group = common.resource_group(request.ResourceGroupId)
    if kind not in _COMMANDS and kind not in _ABSENT:
        raise Refusal("InvalidResourceType.NotFound", f"The resource type {kind} does not exist.", 404)
    absent = Refusal("InvalidResourceId.NotFound", f"The resource {resource_id} does not exist.", 404)
    if kind in _ABSENT:
        raise absent
    try:
        session.execute(_COMMANDS[kind](resource_id, {"ResourceGroupId": group}))
    except (InstanceNotFound, InterfaceNotFound, GroupNotFound):
        raise absent from None
    return {}
