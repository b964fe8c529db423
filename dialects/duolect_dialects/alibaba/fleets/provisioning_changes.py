"""Modifying and deleting auto provisioning groups.

Sources: the vendor's pages of the actions, as of 2026, and the models of its Python SDK. What is assumed:
that the list of its options is replaced as a whole when a group is modified, that a group is busy while
instances of it start or stop, and that instances that are protected stay when it is deleted.
"""

from typing import Final

import attrs

from duolect_core.fleets import provisioning_groups as commands
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.model.fleets import ProvisioningGroup
from duolect_core.model.lifecycles import InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.fleets import provisioning
from duolect_dialects.alibaba.fleets.provisioning_groups import CAPACITY, KINDS, NAME, POLICIES
from duolect_dialects.alibaba.fleets.provisioning_parameters import ChangedOptionParam, OptionParam
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count


@attrs.frozen(kw_only=True, slots=False)
class ModifyAutoProvisioningGroup:
    """Change an auto provisioning group, and let it launch or let go instances once."""

    RegionId: str = required()
    AutoProvisioningGroupId: str = required()
    AutoProvisioningGroupName: str | None = param(*NAME, code="InvalidName.Malformed")
    DefaultTargetCapacityType: str | None = param(KINDS)
    ExcessCapacityTerminationPolicy: str | None = param(POLICIES)
    LaunchTemplateConfig: tuple[ChangedOptionParam, ...] = param(
        Count(0, 20), default=(), code="InvalidLaunchTemplateConfigs.SizeExceed"
    )
    MaxSpotPrice: float | None = stored(note="what instances cost is not modelled")
    PayAsYouGoTargetCapacity: int | None = param(CAPACITY, code="InvalidParameter.TargetCapacity")
    SpotTargetCapacity: int | None = param(CAPACITY, code="InvalidParameter.TargetCapacity")
    TerminateInstancesWithExpiration: bool | None = stored(note="no group expires")
    TotalTargetCapacity: int | None = param(Between(1, 2000), code="InvalidParameter.TargetCapacity")


_CHANGED: Final = (
    "DefaultTargetCapacityType",
    "ExcessCapacityTerminationPolicy",
    "MaxSpotPrice",
    "TerminateInstancesWithExpiration",
)


@ecs_action()
def modify_auto_provisioning_group(session: Session, request: ModifyAutoProvisioningGroup) -> Body:
    """Change it at once; what goes beyond the target is let go, the newest first, and perhaps released."""
    group = _idle(session, request.AutoProvisioningGroupId)
    given = {name: value for name in _CHANGED if (value := getattr(request, name)) is not None}
    if request.MaxSpotPrice is not None and request.MaxSpotPrice <= 0:
        raise Refusal("InvalidParameter.MaxPrice", "The MaxSpotPrice must be greater than 0.", 404)
    if request.LaunchTemplateConfig:
        told = [OptionParam(**attrs.asdict(each)) for each in request.LaunchTemplateConfig]
        given["Options"] = [attrs.asdict(each) for each in provisioning.options(session, told)]
    extras = {**group.extras, **given}
    values = (request.TotalTargetCapacity, request.PayAsYouGoTargetCapacity, request.SpotTargetCapacity)
    before = (group.total, group.on_demand, group.spot)
    total, on_demand, spot = (old if new is None else new for new, old in zip(values, before, strict=True))
    if on_demand + spot > total:
        message = "TotalTargetCapacity must be at least the sum of both other capacities."
        raise Refusal("InvalidParameter.TargetCapacity", message, 403)
    plan = provisioning.plan_of(extras)
    lacks, leaving = [], []
    for is_spot, wanted in plan.parts(total, on_demand, spot):
        has = provisioning.capacity(session, group, spot=is_spot)
        lacks.append((is_spot, wanted - has))
        leaving += _beyond(session, group, has - wanted, spot=is_spot)
    released = [each for each in leaving if session.graph.instances[each].protected is False]
    if extras["ExcessCapacityTerminationPolicy"] == "termination" and released:
        session.execute(DeleteInstances(instance_ids=tuple(released), force=True), idempotent=False)
    launched = provisioning.launch(session, plan, [each for each in lacks if each[1] > 0])
    session.execute(
        commands.ModifyProvisioningGroup(
            group_id=group.id,
            name=request.AutoProvisioningGroupName,
            total=total,
            on_demand=on_demand,
            spot=spot,
            joining_ids=tuple(launched.instance_ids),
            leaving_ids=tuple(leaving),
            launches=tuple(launched.results),
            extras=given,
        )
    )
    return {}


def _beyond(session: Session, group: ProvisioningGroup, excess: float, *, spot: bool) -> list[str]:
    """Return the newest instances of a kind that go beyond what is wanted."""
    found = []
    for instance in reversed(provisioning.members(session, group)):
        its = provisioning.weight(group, instance)
        if provisioning.is_spot(instance) is spot and its <= excess:
            excess -= its
            found.append(instance.id)
    return found


def _idle(session: Session, group_id: str) -> ProvisioningGroup:
    """Return a group of which no instance is on its way.

    Raises:
        ProvisioningGroupNotFound: there is none.
        Refusal: an instance of it is starting, stopping or going.
    """
    group = lookup.provisioning_group(session.graph, group_id)
    for instance in provisioning.members(session, group):
        if instance.state not in {InstanceState.RUNNING, InstanceState.STOPPED, InstanceState.DELETING}:
            message = f"The instance {instance.id} of the group {group_id} is on its way."
            raise Refusal("AutoProvisioningGroup.IncorrectStatus", message, 403)
    return group


@attrs.frozen(kw_only=True, slots=False)
class DeleteAutoProvisioningGroup:
    """Delete an auto provisioning group, and release its instances or keep them."""

    RegionId: str = required()
    AutoProvisioningGroupId: str = required()
    TerminateInstances: bool | None = param(note="as the group was told unless given")


@ecs_action()
def delete_auto_provisioning_group(session: Session, request: DeleteAutoProvisioningGroup) -> Body:
    """Delete it at once; instances that are released take their time."""
    group = lookup.provisioning_group(session.graph, request.AutoProvisioningGroupId)
    releases = request.TerminateInstances
    if releases or (releases is None and group.extras["TerminateInstances"]):
        _idle(session, group.id)
        states = {InstanceState.RUNNING, InstanceState.STOPPED}
        found = [each for each in provisioning.members(session, group) if each.state in states]
        ids = tuple(each.id for each in found if not each.protected)
        if ids:
            session.execute(DeleteInstances(instance_ids=ids, force=True), idempotent=False)
    session.execute(commands.DeleteProvisioningGroup(group.id))
    return {}
