"""Deployment sets: instances that are kept on different hosts, or in groups that are, or near each other.

Sources: the vendor's pages of the actions, and the models of its Python SDK. That a set takes 20 instances
in a zone, or in each of its groups there, is what the page on deployment sets says. Hosts are not modelled:
affinity and granularity are only shown again.
"""

from typing import Final

import attrs

from duolect_core.errors import InstanceWrongState
from duolect_core.fleets import placement_groups as commands
from duolect_core.model.fleets import PlacementGroup
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances.types import known_types
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.alibaba.views import owner
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Length, OneOf

_LIMIT: Final = 20
_GROUPS: Final = 3
"""The groups of a set of the strategy AvailabilityGroup where nothing is said."""
_NAME: Final = (Length(2, 128), common.NAME)
_NAME_CODE: Final = "InvalidDeploymentSetName.Malformed"
_DESCRIPTION: Final = (Length(2, 256), common.NOT_A_LINK)
_DESCRIPTION_CODE: Final = "InvalidDescription.Malformed"
_STRATEGIES: Final = ("Availability", "AvailabilityGroup", "LowLatency")
_NO_HOSTS: Final = "there are no dedicated hosts"


@attrs.frozen(kw_only=True)
class CreateDeploymentSet:
    """Create a deployment set."""

    RegionId: str = required()
    Affinity: int | None = stored(Between(1, 10))
    ClientToken: str | None = param(*common.TOKEN)
    DeploymentSetName: str | None = param(*_NAME, code=_NAME_CODE)
    Description: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE)
    Domain: str | None = stored(OneOf("Default"), code="InvalidParameter.Domain")
    Granularity: str | None = stored(OneOf("Host"), code="InvalidParameter.granularity")
    GroupCount: int | None = param(Between(1, 7), note="of the strategy AvailabilityGroup; 3 unless given")
    OnUnableToRedeployFailedInstance: str | None = ignored(
        OneOf("CancelMembershipAndStart", "KeepStopped"), note="no host fails"
    )
    Strategy: str = param(OneOf(*_STRATEGIES), default="Availability", code="InvalidParameter.Strategy")
    Type: str | None = ignored(note="no page tells what it is")


@ecs_action(idempotent_by="ClientToken")
def create_deployment_set(session: Session, request: CreateDeploymentSet) -> Body:
    """Create it at once."""
    grouped = request.Strategy == "AvailabilityGroup"
    created = session.execute(
        commands.CreatePlacementGroup(
            name=request.DeploymentSetName or "",
            strategy=request.Strategy,
            limit=_LIMIT,
            partitions=(request.GroupCount or _GROUPS) if grouped else 0,
            description=request.Description or "",
            extras={"Affinity": request.Affinity or 1},
        )
    )
    return {"DeploymentSetId": created.id}


@attrs.frozen(kw_only=True)
class ModifyDeploymentSetAttribute:
    """Change what a deployment set is called, its description and its affinity."""

    RegionId: str = required()
    DeploymentSetId: str = required()
    Affinity: int | None = stored(Between(1, 10))
    DeploymentSetName: str | None = param(*_NAME, code=_NAME_CODE)
    Description: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE)


@ecs_action()
def modify_deployment_set_attribute(session: Session, request: ModifyDeploymentSetAttribute) -> Body:
    """Change it at once."""
    session.execute(
        commands.ModifyPlacementGroup(
            group_id=request.DeploymentSetId,
            name=request.DeploymentSetName,
            description=request.Description,
            extras={} if request.Affinity is None else {"Affinity": request.Affinity},
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteDeploymentSet:
    """Delete a deployment set without instances."""

    RegionId: str = required()
    DeploymentSetId: str = required()


@ecs_action()
def delete_deployment_set(session: Session, request: DeleteDeploymentSet) -> Body:
    """Delete it at once; one that is not there is overlooked: the page has no code for that."""
    if request.DeploymentSetId in session.graph.placement_groups:
        session.execute(commands.DeletePlacementGroups((request.DeploymentSetId,)))
    return {}


@attrs.frozen(kw_only=True)
class DescribeDeploymentSets:
    """List deployment sets, newest first; all criteria must hold."""

    RegionId: str = required()
    DeploymentSetIds: str | None = param()
    DeploymentSetName: str | None = param()
    Domain: str | None = param(note="there is Default only")
    Granularity: str | None = param(note="there is Host only")
    NetworkType: str | None = ignored(note="there are no networks of another type than vpc")
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 50), default=10)
    Strategy: str | None = param()
    Type: str | None = ignored(note="no page tells what it is")


@ecs_action()
def describe_deployment_sets(session: Session, request: DescribeDeploymentSets) -> Body:
    """List one page; what is named and not there is left out."""
    criteria: Criteria[PlacementGroup] = Criteria(session.graph)
    criteria.ids(
        common.json_list(
            request.DeploymentSetIds, "DeploymentSetIds", "InvalidDeploymentSetIds.TooManyInput", 403
        )
    )
    criteria.test(request.DeploymentSetName, lambda found: found.name == request.DeploymentSetName)
    criteria.test(request.Strategy, lambda found: found.strategy == request.Strategy)
    criteria.test(request.Domain, lambda _: str(request.Domain).lower() == "default")
    criteria.test(request.Granularity, lambda _: str(request.Granularity).lower() == "host")
    page, about = common.numbered_page(session.graph.placement_groups, criteria.selection, request)
    sets = [_view(session, each) for each in page.items]
    return {"DeploymentSets": {"DeploymentSet": sets}, "RegionId": session.rules.region, **about}


def _view(session: Session, shown: PlacementGroup) -> Body:
    graph = session.graph
    ids = [*graph.instances_by_placement_group.ids(shown.id)]
    zones = [graph.instances[each].zone for each in ids]
    room = shown.limit * max(1, shown.partitions)
    capacities = [
        {"ZoneId": zone, "UsedAmount": zones.count(zone), "AvailableAmount": room - zones.count(zone)}
        for zone in session.rules.zones
    ]
    return {
        "AccountId": int(owner(session)),
        "Affinity": shown.extras["Affinity"],
        "Capacities": {"Capacity": capacities},
        "CreationTime": moment(shown.created),
        "DeploymentSetDescription": shown.description,
        "DeploymentSetId": shown.id,
        "DeploymentSetName": shown.name,
        "DeploymentStrategy": shown.strategy,
        "Domain": "Default",
        "Granularity": "Host",
        "GroupCount": shown.partitions,
        "InstanceAmount": len(ids),
        "InstanceIds": {"InstanceId": ids},
        "Strategy": shown.strategy,
        "Type": "",
    }


@attrs.frozen(kw_only=True)
class DescribeDeploymentSetSupportedInstanceTypeFamily:
    """Tell of which families the instances of a deployment set may be."""

    RegionId: str = required()
    Strategy: str | None = param(OneOf(*_STRATEGIES), code="InvalidParameter.Strategy")


@ecs_action()
def describe_deployment_set_supported_instance_type_family(
    _: Session, request: DescribeDeploymentSetSupportedInstanceTypeFamily
) -> Body:
    """Tell all families that there are, whatever the strategy."""
    del request
    families = dict.fromkeys(each.family for each in known_types().values())
    return {"InstanceTypeFamilies": ",".join(families)}


@attrs.frozen(kw_only=True)
class ModifyInstanceDeployment:
    """Put an instance into a deployment set, or out of its own."""

    RegionId: str = required()
    InstanceId: str = required()
    Affinity: str | None = ignored(OneOf("default", "host"), note=_NO_HOSTS)
    DedicatedHostClusterId: str | None = refused(_NO_HOSTS)
    DedicatedHostId: str | None = refused(_NO_HOSTS, code="InvalidDedicatedHostId.NotFound")
    DeploymentSetGroupNo: int | None = param(Between(1, 7))
    DeploymentSetId: str | None = param()
    Force: bool = param(default=False, note="reboots a running instance onto another host")
    InstanceType: str | None = refused("only with a dedicated host, and there are none")
    MigrationType: str | None = ignored(OneOf("reboot", "live"), note=_NO_HOSTS)
    RemoveFromDeploymentSet: bool = param(default=False)
    Tenancy: str | None = refused(_NO_HOSTS, code="InvalidParam.Tenancy")


@ecs_action()
def modify_instance_deployment(session: Session, request: ModifyInstanceDeployment) -> Body:
    """Put it there at once; what is stopped without charge has no host, and is refused by force."""
    if request.DeploymentSetId is None and not request.RemoveFromDeploymentSet:
        raise missing("DeploymentSetId")
    command = commands.PlaceInstances(
        instance_ids=(request.InstanceId,),
        group_id="" if request.RemoveFromDeploymentSet else request.DeploymentSetId or "",
        number=0 if request.RemoveFromDeploymentSet else request.DeploymentSetGroupNo or 0,
        restart=request.Force,
    )
    (instance,), *_ = session.check(command)
    saves = instance.extras.get("StoppedMode") == "StopCharging"
    if request.Force and saves and instance.state is InstanceState.STOPPED:
        raise InstanceWrongState(instance.id, instance.state, (InstanceState.RUNNING,))
    session.execute(command)
    return {}
