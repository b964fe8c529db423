"""Changing an instance: its attributes, its type, what happens to it when its host is maintained.

Sources: the vendor's pages ModifyInstanceAttribute, ModifyInstanceSpec, ModifyInstanceAutoReleaseTime and
ModifyInstanceMaintenanceAttributes, and the models of its Python SDK.
"""

from calendar import timegm
from time import strptime
from typing import Any, Final

import attrs

from duolect_core.instances.changes import ModifyInstances, ResizeInstances
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.model.resources import SECOND, Instant
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances import creation as new_instances
from duolect_dialects.alibaba.instances import options
from duolect_dialects.alibaba.instances.creation import HOST_CODE, NO_GUEST, PASSWORD, without_gaps
from duolect_dialects.alibaba.instances.naming import HOST_NAME
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

_PREVIEW: Final = "in invitational preview on the cloud"
_SOONEST: Final = 30 * 60 * SECOND
_LATEST: Final = 3 * 366 * 24 * 60 * 60 * SECOND
_STOPPED: Final = (InstanceState.STOPPED,)
_NOT_STARTING: Final = (*STEADY_INSTANCE, InstanceState.STOPPING)


@attrs.frozen(kw_only=True, slots=False)
class ModifiedCpuOptions:
    """How the virtual processors are laid out."""

    Core: int | None = stored(Between(1, 1024))
    NestedVirtualization: str | None = refused(_PREVIEW)
    ThreadsPerCore: int | None = stored(Between(1, 8))
    TopologyType: str | None = stored(OneOf("ContinuousCoreToHTMapping", "DiscreteCoreToHTMapping"))


@attrs.frozen(kw_only=True, slots=False)
class RemoteConnection:
    """How the instance is reached from the console."""

    Password: str | None = refused(_PREVIEW)
    Type: str | None = refused(_PREVIEW)


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstanceAttribute:
    """Change what is said of an instance; what is not named stays."""

    InstanceId: str = required()
    AdditionalInfo: options.AdditionalInfo | None = stored(note=common.UNLISTED)
    CpuOptions: ModifiedCpuOptions | None = stored(note="of a Stopped instance")
    CreditSpecification: str | None = stored(OneOf("Standard", "Unlimited"))
    DeletionProtection: bool | None = param()
    Description: str | None = param(
        Length(2, 256), common.NOT_A_LINK, code="InvalidDescription.Malformed", clearable=True
    )
    EnableJumboFrame: bool | None = stored(note="of a Running or Stopped instance")
    EnableNetworkEncryption: bool | None = stored()
    HostName: str | None = stored(Length(2, 64), HOST_NAME, code=HOST_CODE)
    InstanceName: str | None = param(
        Length(2, 128), common.NAME, code="InvalidInstanceName.Malformed", clearable=True
    )
    NetworkInterfaceQueueNumber: int | None = param(
        Between(-1, 2048), note="of a Stopped instance; -1 gives back what the type gives"
    )
    Password: str | None = param(
        *PASSWORD, code="InvalidPassword.Malformed", treatment=Treatment.IGNORED, note=NO_GUEST
    )
    PrivateDnsNameOptions: options.PrivateDnsNameOptions | None = stored()
    Recyclable: bool | None = refused(_PREVIEW)
    RemoteConnectionOptions: RemoteConnection | None = param()
    SecurityGroupIds: tuple[str, ...] = param(Count(0, 100), default=())
    UserData: str | None = stored(note="guests are not modelled: it is shown, but not run", clearable=True)


@ecs_action()
def modify_instance_attribute(session: Session, request: ModifyInstanceAttribute) -> Body:
    """Change it at once."""
    instance = lookup.instance(session.graph, request.InstanceId)
    queues = request.NetworkInterfaceQueueNumber
    if queues == 0:
        raise Refusal("InvalidParameter", "NetworkInterfaceQueueNumber must not be 0.", 400)
    session.execute(
        ModifyInstances(
            instance_ids=(instance.id,),
            name=request.InstanceName,
            description=request.Description,
            protected=request.DeletionProtection,
            group_ids=request.SecurityGroupIds or None,
            queues=None if queues is None else max(queues, 0),
            extras=_extras(instance, request),
            **_allowed(request),
        )
    )
    return {}


def _allowed(request: ModifyInstanceAttribute) -> dict[str, Any]:
    """Return the states that an instance may be in, where what is to change wants certain ones."""
    if request.NetworkInterfaceQueueNumber is not None or request.CpuOptions is not None:
        return {"allowed": _STOPPED}
    if request.EnableJumboFrame is not None:
        return {"allowed": STEADY_INSTANCE}
    return {} if request.Password is None else {"allowed": _NOT_STARTING}


def _extras(instance: Instance, request: ModifyInstanceAttribute) -> dict[str, Any]:
    """Return what is only shown again; a group of which some members are named keeps the others."""
    cpu = {} if request.CpuOptions is None else attrs.asdict(request.CpuOptions)
    groups = {
        "AdditionalInfo": request.AdditionalInfo and attrs.asdict(request.AdditionalInfo),
        "CpuOptions": {"CoreCount": cpu.pop("Core", None), **cpu},
        "NetworkOptions": {
            "EnableJumboFrame": request.EnableJumboFrame,
            "EnableNetworkEncryption": request.EnableNetworkEncryption,
        },
        "PrivateDnsNameOptions": request.PrivateDnsNameOptions
        and attrs.asdict(request.PrivateDnsNameOptions),
    }
    given = without_gaps(
        {
            "CreditSpecification": request.CreditSpecification,
            "HostName": request.HostName,
            "UserData": new_instances.user_data(request.UserData),
            **groups,
        }
    )
    return {
        name: {**instance.extras.get(name, {}), **value} if name in groups else value
        for name, value in given.items()
    }


@attrs.frozen(kw_only=True, slots=False)
class ModifiedDisk:
    """One Disk.N."""

    Category: str | None = refused("not available on the cloud")
    DiskId: str | None = refused("not available on the cloud")
    PerformanceLevel: str | None = refused("not available on the cloud")


@attrs.frozen(kw_only=True, slots=False)
class ModifiedSystemDisk:
    """The category to which the system disk of a retired type changes."""

    Category: str | None = ignored(
        OneOf("cloud_efficiency", "cloud_ssd"), note="no type here is retired, and only then it counts"
    )


@attrs.frozen(kw_only=True, slots=False)
class TemporaryBandwidth:
    """More bandwidth for a time."""

    EndTime: str | None = refused(_PREVIEW)
    InternetMaxBandwidthOut: int | None = refused(_PREVIEW)
    StartTime: str | None = refused(_PREVIEW)


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstanceSpec:
    """Give a stopped instance that is paid by use another type."""

    InstanceId: str = required()
    AllowMigrateAcrossZone: bool | None = ignored(note="hosts are not modelled")
    Async: bool | None = ignored(note="the type changes at once either way")
    ClientToken: str | None = param(*common.TOKEN)
    Disk: tuple[ModifiedDisk, ...] = param(Count(0, 64), default=())
    DryRun: bool = param(default=False)
    InstanceType: str | None = param()
    InternetMaxBandwidthIn: int | None = stored(Between(1, 200))
    InternetMaxBandwidthOut: int | None = stored(Between(0, 100), code="InvalidParameter.Bandwidth")
    ModifyMode: str | None = refused("not available on the cloud")
    SystemDisk: ModifiedSystemDisk | None = param()
    Temporary: TemporaryBandwidth | None = param()


@ecs_action(idempotent_by="ClientToken")
def modify_instance_spec(session: Session, request: ModifyInstanceSpec) -> Body:
    """Change type or bandwidth at once, one at a time."""
    instance = lookup.instance(session.graph, request.InstanceId)
    if instance.extras.get("InstanceChargeType") == "PrePaid":
        raise Refusal("ChargeTypeViolation", f"The instance {instance.id} is a subscription.", 403)
    names = ("InternetMaxBandwidthIn", "InternetMaxBandwidthOut")
    extras = without_gaps({name: getattr(request, name) for name in names})
    if request.InstanceType is None and not extras:
        raise missing("InstanceType")
    if request.InstanceType is None:
        command: ModifyInstances | ResizeInstances = ModifyInstances(
            instance_ids=(instance.id,), extras=extras, allowed=STEADY_INSTANCE
        )
    elif extras:
        message = "Type and bandwidth of an instance cannot be changed together."
        raise Refusal("InvalidParameter.Mismatch", message, 400)
    else:
        command = ResizeInstances(instance_ids=(instance.id,), type_name=request.InstanceType)
    common.execute(session, command, request)
    return {}


_HOUR = Form(r"([01]\d|2[0-3]):00:00", "an hour of the day, like 02:00:00")


@attrs.frozen(kw_only=True, slots=False)
class Window:
    """One MaintenanceWindow.N, in China time."""

    EndTime: str | None = stored(_HOUR)
    StartTime: str | None = stored(_HOUR)


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstanceMaintenanceAttributes:
    """Say what happens to instances when their host is maintained."""

    RegionId: str = required()
    InstanceId: tuple[str, ...] = required(Count(1, 100))
    ActionOnMaintenance: str | None = stored(OneOf("Stop", "AutoRecover", "AutoRedeploy"))
    MaintenanceWindow: tuple[Window, ...] = stored(Count(0, 10), default=())
    NotifyOnMaintenance: bool | None = stored()


@ecs_action()
def modify_instance_maintenance_attributes(
    session: Session, request: ModifyInstanceMaintenanceAttributes
) -> Body:
    """Change it at once; nothing is ever maintained."""
    windows = [attrs.asdict(window) for window in request.MaintenanceWindow]
    if any(None in window.values() for window in windows):
        raise Refusal("InvalidParameter", "A MaintenanceWindow needs both StartTime and EndTime.", 400)
    extras = without_gaps(
        {
            "ActionOnMaintenance": request.ActionOnMaintenance,
            "MaintenanceWindows": windows or None,
            "NotifyOnMaintenance": request.NotifyOnMaintenance,
        }
    )
    session.execute(ModifyInstances(instance_ids=request.InstanceId, extras=extras))
    return {}


@attrs.frozen(kw_only=True)
class ModifyInstanceAutoReleaseTime:
    """Say when an instance is released by itself, or that it is not."""

    InstanceId: str = required()
    AutoReleaseTime: str | None = stored(note="nothing is released when that time comes")
    RegionId: str | None = param()


@ecs_action()
def modify_instance_auto_release_time(session: Session, request: ModifyInstanceAutoReleaseTime) -> Body:
    """Set the time, or no time, at once."""
    instance = lookup.instance(session.graph, request.InstanceId)
    if instance.extras.get("InstanceChargeType") == "PrePaid":
        message = f"The instance {instance.id} is a subscription."
        raise Refusal("ChargeTypeViolation", message, 403)
    wanted = request.AutoReleaseTime
    released = "" if wanted is None else _release_time(wanted, session.at)
    session.execute(ModifyInstances(instance_ids=(instance.id,), extras={"AutoReleaseTime": released}))
    return {}


def _release_time(text: str, now: Instant) -> str:
    """Return a time at its whole minute, or raise ``Refusal`` where nothing can be released then."""
    try:
        seconds = timegm(strptime(text, "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        seconds = 0
    if not _SOONEST <= seconds * SECOND - now <= _LATEST:
        message = "AutoReleaseTime must be a time from half an hour to three years from now."
        raise Refusal("InvalidAutoReleaseTime.Malformed", message, 400)
    return moment(seconds // 60 * 60 * SECOND)
