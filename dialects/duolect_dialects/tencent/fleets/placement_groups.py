"""Spread placement groups: instances that are kept on different hosts, switches or racks.

Source: the definitions in tccli. How many instances a group of each type takes is what the example of
DescribeDisasterRecoverGroupQuota says; that a group of partitions shares that out to them is assumed.
Hosts are not modelled: affinity is only shown again.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.fleets import placement_groups as commands
from duolect_core.instances.changes import RecordChange
from duolect_core.model.fleets import PlacementGroup
from duolect_core.model.lifecycles import InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import CvmFilter, FilterCodes, FilterTable, cvm_action
from duolect_dialects.tencent.instances.parameters import (
    PLACEMENT_ID,
    PLACEMENT_ID_CODE,
    InstanceTagParam,
)
from duolect_dialects.tencent.names import local_time, utc_time
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, OneOf
from duolect_dialects.wording import Message

_LIMITS: Final[Mapping[str, int]] = MappingProxyType({"HOST": 50, "SW": 20, "RACK": 30})
"""How many instances a group of each type takes."""
_GROUPS: Final = 10
"""How many groups a new account may have, as the example says."""
_NAME: Final = (Coded(common.NOT_EMPTY, "InvalidParameterValue.Range"), AtMost(60))
_NAME_CODE: Final = "InvalidParameterValue.TooLong"
_AFFINITY: Final = Between(1, 10)
_RANGE: Final = "InvalidParameterValue.Range"
_TAG_CODES: Final = common.TagCodes(many=_RANGE, duplicate=_RANGE)
_IDS: Final = (*common.non_empty(10), Coded(Each(PLACEMENT_ID), PLACEMENT_ID_CODE))
_ALL_HOLD: Final = FilterCodes(coexist="", unknown="")


@attrs.frozen(kw_only=True)
class GroupTagsParam:
    """Tags for the placement group."""

    ResourceType: str = required(OneOf("ps"))
    Tags: tuple[InstanceTagParam, ...] = required()


@attrs.frozen(kw_only=True)
class CreateDisasterRecoverGroup:
    """Create a placement group."""

    Name: str = required(*_NAME, code=_NAME_CODE)
    Type: str = required(OneOf(*_LIMITS), code=_RANGE)
    ClientToken: str | None = param(*common.TOKEN, code="InvalidParameterValue.TooLong")
    Affinity: int | None = stored(_AFFINITY, code=_RANGE)
    Strategy: str = param(OneOf("SPREAD", "PARTITION"), default="SPREAD", code=_RANGE)
    PartitionCount: int | None = param(Between(2, 30), code=_RANGE, note="of the strategy PARTITION")
    TagSpecification: tuple[GroupTagsParam, ...] = param(default=())


@cvm_action(idempotent_by="ClientToken")
def create_disaster_recover_group(session: Session, request: CreateDisasterRecoverGroup) -> Body:
    """Create it at once."""
    partitions = 0
    if request.Strategy == "PARTITION":
        if request.PartitionCount is None:
            raise request_errors.missing("PartitionCount")
        partitions = request.PartitionCount
    created = session.execute(
        commands.CreatePlacementGroup(
            name=request.Name,
            strategy=request.Type,
            limit=max(1, _LIMITS[request.Type] // (partitions or 1)),
            partitions=partitions,
            tags=common.tags([tag for each in request.TagSpecification for tag in each.Tags], _TAG_CODES),
            extras={"Affinity": request.Affinity or 1},
        )
    )
    view = _view(session, created)
    same = (
        *("DisasterRecoverGroupId", "Type", "Name", "CvmQuotaTotal", "CurrentNum", "Strategy"),
        "PartitionCount",
    )
    return {**{name: view[name] for name in same}, "CreateTime": local_time(created.created)}


@attrs.frozen(kw_only=True)
class DescribeDisasterRecoverGroups:
    """List placement groups, newest first; all criteria must hold."""

    DisasterRecoverGroupIds: tuple[str, ...] = param(
        Coded(Count(0, 10), "InvalidParameterValue.LimitExceeded"),
        Coded(Each(PLACEMENT_ID), PLACEMENT_ID_CODE),
        default=(),
    )
    Name: str | None = param(note="any part of a name")
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    Filters: tuple[CvmFilter, ...] = param(
        Count(0, 10), default=(), code="InvalidParameterValue.LimitExceeded"
    )


_FILTERS: Final["FilterTable[PlacementGroup]"] = {
    "tag-key": common.tag_key,
    "tag-value": common.one_of(lambda found: found.tags.values()),
}


@cvm_action()
def describe_disaster_recover_groups(session: Session, request: DescribeDisasterRecoverGroups) -> Body:
    """List one page; a group that is named and not there is left out."""
    criteria: Criteria[PlacementGroup] = Criteria(session.graph)
    criteria.ids(request.DisasterRecoverGroupIds)
    criteria.test(request.Name, lambda found: str(request.Name) in found.name)
    selection = common.narrow(criteria, _FILTERS, (), request.Filters, _ALL_HOLD)
    page = common.page(session.graph.placement_groups, selection, request.Offset, request.Limit)
    shown = [_view(session, each) for each in page.items]
    return {"TotalCount": page.total, "DisasterRecoverGroupSet": shown}


def _view(session: Session, shown: PlacementGroup) -> Body:
    ids = [*session.graph.instances_by_placement_group.ids(shown.id)]
    return {
        "DisasterRecoverGroupId": shown.id,
        "Name": shown.name,
        "Type": shown.strategy,
        "CvmQuotaTotal": _LIMITS[shown.strategy],
        "CurrentNum": len(ids),
        "InstanceIds": ids,
        "CreateTime": utc_time(shown.created),
        "Affinity": shown.extras["Affinity"],
        "Strategy": "PARTITION" if shown.partitions else "SPREAD",
        "PartitionCount": shown.partitions,
        "Tags": tags(shown.tags),
    }


@attrs.frozen(kw_only=True)
class DescribeDisasterRecoverGroupQuota:
    """Tell how many placement groups there may be, and how many instances in each."""


@cvm_action()
def describe_disaster_recover_group_quota(
    session: Session, request: DescribeDisasterRecoverGroupQuota
) -> Body:
    """Tell the quotas that are in force."""
    del request
    limit = session.rules.quotas.placement_groups
    return {
        "GroupQuota": _GROUPS if limit is None else limit,
        "CurrentNum": len(session.graph.placement_groups),
        "CvmInHostGroupQuota": _LIMITS["HOST"],
        "CvmInSwGroupQuota": _LIMITS["SW"],
        "CvmInRackGroupQuota": _LIMITS["RACK"],
        "CvmInSwitchGroupQuota": _LIMITS["SW"],
    }


@attrs.frozen(kw_only=True)
class ModifyDisasterRecoverGroupAttribute:
    """Change what a placement group is called, and raise its affinity."""

    DisasterRecoverGroupId: str = required(PLACEMENT_ID, code="ResourceNotFound.InvalidPlacementSet")
    Name: str = required(*_NAME, code=_NAME_CODE)
    Affinity: int | None = stored(_AFFINITY)


@cvm_action()
def modify_disaster_recover_group_attribute(
    session: Session, request: ModifyDisasterRecoverGroupAttribute
) -> Body:
    """Change it at once."""
    group = lookup.placement_group(session.graph, request.DisasterRecoverGroupId)
    before, affinity = group.extras["Affinity"], request.Affinity
    if affinity is not None and affinity < before:
        message = Message("The affinity is {before} and can only be raised.", before=before)
        raise Refusal("InvalidParameterValue", message)
    extras = {} if affinity is None else {"Affinity": affinity}
    session.execute(commands.ModifyPlacementGroup(group_id=group.id, name=request.Name, extras=extras))
    return {}


@attrs.frozen(kw_only=True)
class DeleteDisasterRecoverGroups:
    """Delete placement groups without instances."""

    DisasterRecoverGroupIds: tuple[str, ...] = required(*_IDS)


@cvm_action()
def delete_disaster_recover_groups(session: Session, request: DeleteDisasterRecoverGroups) -> Body:
    """Delete all of them, or none."""
    session.execute(commands.DeletePlacementGroups(request.DisasterRecoverGroupIds))
    return {}


# -- instances in them -----------------------------------------------------------------------------------

_MOVABLE: Final = (InstanceState.RUNNING, InstanceState.STOPPED)


@attrs.frozen(kw_only=True)
class ModifyInstancesDisasterRecoverGroup:
    """Put instances into a placement group."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    DisasterRecoverGroupId: str | None = param(PLACEMENT_ID, code=PLACEMENT_ID_CODE)
    Force: bool = param(default=False, note="reboots what is running, onto another host")
    DisasterRecoverGroupIds: tuple[str, ...] = param(
        Coded(Count(0, 1), "LimitExceeded.DisasterRecoverGroup"),
        Coded(Each(PLACEMENT_ID), PLACEMENT_ID_CODE),
        default=(),
    )
    PartitionNumber: int | None = param(Between(1, 30))


@cvm_action()
def modify_instances_disaster_recover_group(
    session: Session, request: ModifyInstancesDisasterRecoverGroup
) -> Body:
    """Put all of them there at once, or none. Each must come from elsewhere."""
    ids = request.DisasterRecoverGroupIds or (request.DisasterRecoverGroupId,)
    group_id = ids[0]
    if group_id is None:
        raise request_errors.missing("DisasterRecoverGroupId")
    command = commands.PlaceInstances(
        instance_ids=request.InstanceIds,
        group_id=group_id,
        number=request.PartitionNumber or 0,
        restart=request.Force,
        detail=type(request).__name__,
        allowed=_MOVABLE,
    )
    for instance in session.check(command)[0]:
        if instance.placement_group_id == group_id and not request.PartitionNumber:
            raise Refusal(
                "FailedOperation.AlreadyInDisasterRecoverGroup",
                Message(
                    "The instance `{instance_id}` is in the placement group already.",
                    instance_id=instance.id,
                ),
            )
    _place(session, command)
    return {}


@attrs.frozen(kw_only=True)
class DeleteInstancesDisasterRecoverGroups:
    """Take instances out of placement groups."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    DisasterRecoverGroupIds: tuple[str, ...] = required(*_IDS)


@cvm_action()
def delete_instances_disaster_recover_groups(
    session: Session, request: DeleteInstancesDisasterRecoverGroups
) -> Body:
    """Take all of them out at once, or none; each must be in one of the groups."""
    for group_id in request.DisasterRecoverGroupIds:
        lookup.placement_group(session.graph, group_id)
    command = commands.PlaceInstances(
        instance_ids=request.InstanceIds, group_id="", detail=type(request).__name__, allowed=_MOVABLE
    )
    for instance in session.check(command)[0]:
        if instance.placement_group_id not in request.DisasterRecoverGroupIds:
            raise Refusal(
                "FailedOperation.DisasterRecoverGroupNotMatch",
                Message(
                    "The instance `{instance_id}` is in none of the placement groups.",
                    instance_id=instance.id,
                ),
            )
    _place(session, command)
    return {}


def _place(session: Session, command: commands.PlaceInstances) -> None:
    """Carry the command out, and record it as the latest operation of what does not reboot for it."""
    moved = session.execute(command)
    quiet = tuple(each.id for each in moved if each.pending is None)
    if quiet:
        session.execute(RecordChange(instance_ids=quiet, detail=command.detail))
