"""Creating auto provisioning groups: instances of several types in several zones, launched together.

A group launches its instances once, when it is created, and once more whenever it is modified: one of the
type maintain replaces none by itself, and none begins later or expires. Those of the type request launch
theirs at once too, but do not say which came.

Source: the page CreateAutoProvisioningGroup, as of 2026, and the models of the Python SDK. The code
that is answered where MinTargetCapacity cannot be had is assumed.
"""

from typing import Any, Final

import attrs

from duolect_core.fleets import provisioning_groups as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.fleets import provisioning
from duolect_dialects.alibaba.fleets import provisioning_parameters as parameters
from duolect_dialects.alibaba.fleets.provisioning import Option
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

NAME: Final = (Length(2, 128), common.NAME)
_STRATEGIES: Final = OneOf("lowest-price", "diversified", "capacity-optimized")
POLICIES: Final = OneOf("termination", "no-termination")
_POLICY_CODE: Final = "InvalidFleetExcessCapacityTerminationPolicy.ValueNotSupported"
KINDS: Final = OneOf("Spot", "PayAsYouGo")
_KIND_CODE: Final = "InvalidDefaultTargetCapacityType.ValueNotSupported"
_TIME: Final = Form(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "a time such as 2026-11-20T08:00:00Z")
_TIME_CODE: Final = "InvalidValidTime.MalFormed"
_NEVER: Final = "2099-12-31T23:59:59Z"
CAPACITY: Final = Between(0, 2000)
_PREVIEW: Final = "in invitational preview on the cloud"
_INSTANT: Final = "instant"


@attrs.frozen(kw_only=True, slots=False)
class CreateAutoProvisioningGroup:
    """Create an auto provisioning group, and launch its instances."""

    RegionId: str = required()
    TotalTargetCapacity: int = required(Between(1, 2000), code="TotalTargetCapacityLimitExceed")
    AutoProvisioningGroupName: str | None = param(*NAME, code="InvalidAutoProvisioningGroupName.Malformed")
    AutoProvisioningGroupType: str = param(
        OneOf("request", _INSTANT, "maintain"),
        default="maintain",
        code="InvalidAutoProvisioningGroupType.ValueNotSupported",
    )
    CandidateOptions: parameters.CandidateOptionsParam | None = param(note=_PREVIEW)
    ClientToken: str | None = param(*common.TOKEN)
    DataDiskConfig: tuple[parameters.DiskConfigParam, ...] = param(Count(0, 16), default=())
    DefaultTargetCapacityType: str = param(KINDS, default="Spot", code=_KIND_CODE)
    Description: str | None = stored(
        Length(0, 256), common.NOT_A_LINK, code="InvalidDescription.ValueNotSupported"
    )
    ExcessCapacityTerminationPolicy: str = param(POLICIES, default="no-termination", code=_POLICY_CODE)
    ExecutionMode: str | None = refused("no page tells what it is")
    HibernationOptionsConfigured: bool | None = ignored(note=_PREVIEW)
    LaunchConfiguration: parameters.LaunchConfiguration | None = param(
        note="a launch template wins over it"
    )
    LaunchTemplateConfig: tuple[parameters.OptionParam, ...] = param(
        Count(0, 20), default=(), code="InvalidLaunchTemplateConfigs.SizeExceed"
    )
    LaunchTemplateId: str | None = param()
    LaunchTemplateVersion: str | None = param(
        Form(r"[1-9]\d{0,8}", "the number of a version"),
        code="InvalidLaunchTemplateVersion.ValueNotSupported",
        note="the default version unless given",
    )
    MaxSpotPrice: float | None = stored(note="what instances cost is not modelled")
    MinTargetCapacity: int | None = param(Between(1, 2000), note="of groups of the type instant")
    PayAsYouGoAllocationStrategy: str = param(
        OneOf("lowest-price", "prioritized"),
        default="lowest-price",
        code="InvalidPayAsYouGoAllocationStrategy.ValueNotSupported",
    )
    PayAsYouGoTargetCapacity: int = param(CAPACITY, default=0, code="PayAsYouGoTargetCapacityLimitExceed")
    PrePaidOptions: parameters.PrePaidOptionsParam | None = param(note="groups are not paid for in advance")
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code="InvalidParameter.ResourceGroupId")
    ResourcePoolOptions: parameters.ResourcePoolOptionsParam | None = param()
    SpotAllocationStrategy: str = param(
        _STRATEGIES, default="lowest-price", code="InvalidSpotAllocationStrategy.ValueNotSupported"
    )
    SpotInstanceInterruptionBehavior: str = param(
        OneOf("terminate", "stop"),
        default="terminate",
        code="InvalidSpotInstanceInterruptionBehavior.ValueNotSupported",
    )
    SpotInstancePoolsToUseCount: int | None = param(
        Between(1, 20), code="InvalidParameter.SpotInstancePoolsToUseCount"
    )
    SpotTargetCapacity: int = param(CAPACITY, default=0, code="SpotTargetCapacityLimitExceed")
    SystemDiskConfig: tuple[parameters.DiskConfigParam, ...] = param(Count(0, 4), default=())
    Tag: tuple[common.TagParam, ...] = common.tag_params()
    TerminateInstances: bool = param(default=False)
    TerminateInstancesWithExpiration: bool = stored(default=False, note="no group expires")
    ValidFrom: str | None = param(_TIME, code=_TIME_CODE, note="later than now is refused")
    ValidUntil: str = stored(_TIME, default=_NEVER, code=_TIME_CODE, note="no group expires")


@ecs_action(idempotent_by="ClientToken")
def create_auto_provisioning_group(session: Session, request: CreateAutoProvisioningGroup) -> Body:
    """Create the group at once, and as many of its instances as there are to be had."""
    _check(session, request)
    token = session.idempotency_token()
    extras: dict[str, Any] = {}
    launched = provisioning.Launches()
    command = commands.CreateProvisioningGroup(
        name=request.AutoProvisioningGroupName or "",
        delivery=request.AutoProvisioningGroupType,
        total=request.TotalTargetCapacity,
        on_demand=request.PayAsYouGoTargetCapacity,
        spot=request.SpotTargetCapacity,
        description=request.Description or "",
        tags=common.tags(request.Tag),
    )
    if token is None or session.partition.idempotency.find(token, session.partition.now) is None:
        options = provisioning.options(session, request.LaunchTemplateConfig)
        _check_pools(request, len(request.LaunchTemplateConfig))
        said, template = _said(session, request)
        extras = {**_extras(session, request, options, said), **template}
        session.check(command)
        told = request.LaunchConfiguration if command.delivery == _INSTANT else None
        plan = provisioning.plan_of(extras, host_names=told.HostNames if told else ())
        wanted = [*plan.parts(command.total, command.on_demand, command.spot)]
        least = request.MinTargetCapacity if command.delivery == _INSTANT else None
        if least is not None and provisioning.launch(session.trial(), plan, wanted).capacity < least:
            message = f"There are not enough instances to be had for a capacity of {least}."
            raise Refusal("InvalidParameter", message, 400)
        launched = provisioning.launch(session, plan, wanted)
    group = session.execute(
        attrs.evolve(
            command,
            extras=extras,
            instance_ids=tuple(launched.instance_ids),
            launches=tuple(launched.results),
        )
    )
    results = group.tasks[0].launches if group.delivery == _INSTANT else ()
    return {"AutoProvisioningGroupId": group.id, "LaunchResults": {"LaunchResult": list(results)}}


def _check(session: Session, request: CreateAutoProvisioningGroup) -> None:
    """Raise ``Refusal`` where parameters do not go together."""
    _check_capacity(
        request.TotalTargetCapacity, request.PayAsYouGoTargetCapacity, request.SpotTargetCapacity
    )
    if request.MaxSpotPrice is not None and request.MaxSpotPrice <= 0:
        raise Refusal("InvalidParameter.MaxPrice", "The MaxSpotPrice must be greater than 0.", 400)
    least = request.MinTargetCapacity
    if least is not None and least > request.TotalTargetCapacity:
        message = "MinTargetCapacity must not be greater than TotalTargetCapacity."
        raise Refusal("InvalidParameter.TargetCapacity", message, 400)
    begins = request.ValidFrom or ""
    if begins > moment(session.at) or request.ValidUntil <= max(begins, moment(session.at)):
        message = "A group begins at once here, and ends later."
        raise Refusal(_TIME_CODE, message, 400)
    if not request.LaunchTemplateConfig:
        message = "A group needs a LaunchTemplateConfig."
        raise Refusal("MissingParameter.LaunchTemplateConfigs", message, 400)
    pools = request.ResourcePoolOptions
    if pools is not None and pools.PrivatePoolIds:
        message = f"The private pool {pools.PrivatePoolIds[0]} does not exist."
        raise Refusal("InvalidResourcePoolOptionsPrivatePoolIds.NotFound", message, 404)
    if pools is not None and pools.Strategy == "PrivatePoolOnly":
        message = "PrivatePoolOnly needs PrivatePoolIds."
        raise Refusal("MissingParameter.ResourcePoolOptions.PrivatePoolIds", message, 400)
    names = request.LaunchConfiguration.HostNames if request.LaunchConfiguration else ()
    if names and len(names) != request.TotalTargetCapacity:
        message = "HostNames must have as many entries as TotalTargetCapacity says."
        raise Refusal("InvalidParameter", message, 400)


def _check_capacity(total: int, on_demand: int, spot: int) -> None:
    if on_demand + spot > total:
        message = "TotalTargetCapacity must be at least the sum of both other capacities."
        raise Refusal("InvalidParameter.TargetCapacity", message, 400)


def _check_pools(request: CreateAutoProvisioningGroup, count: int) -> None:
    if request.SpotInstancePoolsToUseCount is not None and request.SpotInstancePoolsToUseCount > count:
        message = f"SpotInstancePoolsToUseCount must not be greater than {count}, as many as there are."
        raise Refusal("InvalidParameter.SpotInstancePoolsToUseCount", message, 400)


def _said(session: Session, request: CreateAutoProvisioningGroup) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is said of each instance, and which template says it, if one does."""
    if request.LaunchTemplateId:
        version = None if request.LaunchTemplateVersion is None else int(request.LaunchTemplateVersion)
        said, number = _of_template(session, request.LaunchTemplateId, version)
        template = {"LaunchTemplateId": request.LaunchTemplateId, "LaunchTemplateVersion": str(number)}
    else:
        if request.LaunchConfiguration is None:
            raise missing("LaunchTemplateId")
        said, template = parameters.of_configuration(request.LaunchConfiguration), {}
        if not (said.get("ImageId") or said.get("ImageFamily")):
            raise missing("LaunchConfiguration.ImageId")
        if said.get("ImageId") and said.get("ImageFamily"):
            message = "ImageId and ImageFamily cannot be used together."
            raise Refusal("InvalidImageFamily.Confict", message, 400)
        if not (said.get("SecurityGroupId") or said.get("SecurityGroupIds")):
            raise missing("LaunchConfiguration.SecurityGroupId")
    return _with_disks(said, request), template


def _of_template(session: Session, template_id: str, number: int | None) -> tuple[dict[str, Any], int]:
    template = session.graph.launch_templates.get(template_id)
    if template is None:
        raise Refusal("MissingParameter", f"The launch template {template_id} does not exist.", 400)
    version = template.version(template.default if number is None else number)
    if version is None:
        message = f"The launch template {template_id} has no version {number}."
        raise Refusal("InvalidLaunchTemplateVersion.ValueNotSupported", message, 400)
    said = {
        name: value
        for name, value in version.parameters.items()
        if name not in {"ZoneId", "InstanceType", "VSwitchId", "PrivateIpAddress", "Period", "PeriodUnit"}
    }
    groups = (said.get("SecurityGroupId"), said.get("SecurityGroupIds"), said.get("NetworkInterface"))
    if not said.get("ImageId") or not any(groups):
        message = f"The launch template {template_id} names no image, or no security group."
        raise Refusal("InvalidLaunchTemplate.ValueNotSupported", message, 400)
    return said, version.number


def _with_disks(said: dict[str, Any], request: CreateAutoProvisioningGroup) -> dict[str, Any]:
    system = parameters.category(request.SystemDiskConfig)
    data = parameters.category(request.DataDiskConfig)
    if system is not None:
        said = {**said, "SystemDisk": {**said.get("SystemDisk", {}), "Category": system}}
    if data is not None:
        said = {**said, "DataDisk": [{**each, "Category": data} for each in said.get("DataDisk", ())]}
    return said


def _extras(
    session: Session,
    request: CreateAutoProvisioningGroup,
    options: tuple[Option, ...],
    said: dict[str, Any],
) -> dict[str, Any]:
    """Return what is shown again, and what decides how later instances come."""
    same = (
        "DefaultTargetCapacityType", "ExcessCapacityTerminationPolicy", "MaxSpotPrice",
        "PayAsYouGoAllocationStrategy", "ResourceGroupId", "SpotAllocationStrategy",
        "SpotInstanceInterruptionBehavior", "SpotInstancePoolsToUseCount", "TerminateInstances",
        "TerminateInstancesWithExpiration", "ValidUntil",
    )  # fmt: skip
    return {
        **{name: getattr(request, name) for name in same},
        "ValidFrom": request.ValidFrom or moment(session.at),
        "Options": [attrs.asdict(each) for each in options],
        "Said": said,
    }
