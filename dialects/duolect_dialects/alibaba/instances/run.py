"""RunInstances: instances, each with its network interfaces, which start at once.

Source: the vendor's page RunInstances and the models of its Python SDK.
"""

from typing import Any, Final

import attrs

from duolect_core.errors import (
    CoreError,
    GroupMembersExceeded,
    InstanceQuotaExceeded,
    PlacementGroupFull,
    SubnetExhausted,
)
from duolect_core.instances import creation as commands
from duolect_core.model.instances import Instance
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances import creation as new_instances
from duolect_dialects.alibaba.instances import creation_interfaces as new_interfaces
from duolect_dialects.alibaba.instances import options, templates
from duolect_dialects.alibaba.instances.creation import HOST_CODE, NO_BILLING, NewInstances
from duolect_dialects.alibaba.instances.naming import HOST_NAME, sequence
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Each, Length

_AMOUNT = Between(1, 100)
_QUEUES = Between(1, 2048)


@attrs.frozen(kw_only=True, slots=False)
class RunInstances(NewInstances):
    """Create instances and start them."""

    Amount: int = param(_AMOUNT, default=1)
    AutoPay: bool | None = ignored(note=NO_BILLING)
    AutoReleaseTime: str | None = stored(note="nothing is released when that time comes")
    ClockOptions: options.ClockOptions | None = stored()
    CpuOptions: options.CpuOptions | None = stored()
    HostNames: tuple[str, ...] = param(
        Count(0, 100), Each(Length(2, 64)), Each(HOST_NAME), default=(), code=HOST_CODE
    )
    ImageOptions: options.ImageOptions | None = stored()
    InstanceType: str | None = param()
    Ipv6Address: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv6AddressCount: int | None = param(Between(1, 10))
    Isp: str | None = stored()
    LaunchTemplateId: str | None = param(note="the other parameters win over what it says")
    LaunchTemplateName: str | None = param()
    LaunchTemplateVersion: int | None = param(note="the default version unless given")
    MinAmount: int | None = param(_AMOUNT)
    NetworkInterface: tuple[options.NetworkInterfaceParam, ...] = param(
        Count(0, 64), default=(), code="InvalidParameter.EniNumExceededWithLaunchEcs"
    )
    NetworkInterfaceQueueNumber: int | None = param(_QUEUES)
    NetworkOptions: options.NetworkOptions | None = ignored(note="traffic is not modelled")
    PrivateDnsNameOptions: options.PrivateDnsNameOptions | None = stored()
    SchedulerOptions: options.SchedulerOptions | None = stored()
    SecurityGroupIds: tuple[str, ...] = param(Count(0, 100), default=())
    SecurityOptions: options.SecurityOptions | None = stored()
    UniqueSuffix: bool = param(default=False)


@ecs_action(idempotent_by="ClientToken")
def run_instances(session: Session, request: RunInstances) -> Body:
    """Create the instances: Pending, Starting, Running."""
    if request.LaunchTemplateId or request.LaunchTemplateName:
        template = templates.template_of(session, request.LaunchTemplateId, request.LaunchTemplateName)
        request = templates.filled(session, request, template, request.LaunchTemplateVersion)
    created = run(session, request)
    return {
        "InstanceIdSets": {"InstanceIdSet": [instance.id for instance in created]},
        "OrderId": "",
        "TradePrice": 0.0,
    }


def run(session: Session, request: RunInstances) -> tuple[Instance, ...]:
    """Create the instances of a request that says all, and return them."""
    primary = _primary(request)
    _check(request, primary)
    count, tags = request.Amount, common.tags(request.Tag)
    host_names = request.HostNames or (
        sequence(request.HostName, count, suffixed=request.UniqueSuffix) if request.HostName else ()
    )
    if host_names and len(host_names) != count:
        raise Refusal("InvalidParameter", f"HostNames must have {count} entries, as Amount says.", 400)
    term, renews = new_instances.terms(request)
    command = commands.RunInstances(
        type_name=request.InstanceType or "",
        subnet_id=primary.VSwitchId or "",
        names=sequence(request.InstanceName or "", count, suffixed=request.UniqueSuffix)
        if request.InstanceName
        else ("",) * count,
        zone=request.ZoneId,
        group_ids=new_interfaces.groups(primary),
        addresses=new_interfaces.addresses(primary),
        primary_ips=_primary_ips(request, primary),
        description=request.Description or "",
        public=bool(request.InternetMaxBandwidthOut),
        key_pair_ids=new_instances.key_pairs(session, request),
        placement_group_id=request.DeploymentSetId or "",
        placement_partition=request.DeploymentSetGroupNo or 0,
        protected=request.DeletionProtection,
        tags=tags,
        extras=_extras(session, request),
        extras_of_each=tuple({"HostName": name} for name in host_names),
        interface_name=primary.NetworkInterfaceName,
        interface_description=primary.Description or "",
        interface_tags=tags,
        interface_extras=new_interfaces.extras(primary),
        queues=primary.QueueNumber,
        secondaries=new_interfaces.secondaries(request.NetworkInterface, primary, count),
        disks=new_instances.new_disks(session, request),
        disk_tags=tags,
        term=term,
        renews=renews,
    )
    return common.execute(session, _as_many_as_fit(session, command, request.MinAmount), request)


_FLAT: Final = (
    "SecurityGroupId",
    "SecurityGroupIds",
    "VSwitchId",
    "Ipv6Address",
    "Ipv6AddressCount",
)
"""The flat parameters of the primary interface that have the same name in NetworkInterface.N."""


def _primary(request: RunInstances) -> options.NetworkInterfaceParam:
    """Return what is wanted of the primary interface."""
    flat = {name: getattr(request, name) for name in _FLAT}
    flat["PrimaryIpAddress"] = request.PrivateIpAddress
    flat["QueueNumber"] = request.NetworkInterfaceQueueNumber
    return new_interfaces.primary(request.NetworkInterface, flat)


def _check(request: RunInstances, primary: options.NetworkInterfaceParam) -> None:
    """Raise ``Refusal`` where parameters are missing, or exclude each other."""
    new_instances.check_presence(
        {
            "InstanceType": request.InstanceType,
            "ImageId": request.ImageId or request.ImageFamily,
            "SecurityGroupId": primary.SecurityGroupId or primary.SecurityGroupIds,
            "VSwitchId": primary.VSwitchId,
        }
    )
    new_instances.check_period(request)
    common.exclusive(primary, "SecurityGroupId", "SecurityGroupIds")
    common.exclusive(primary, "Ipv6Address", "Ipv6AddressCount")
    common.exclusive(request, "HostName", "HostNames")
    if request.MinAmount is not None and request.MinAmount > request.Amount:
        raise Refusal("InvalidParameter", "MinAmount must not be greater than Amount.", 400)
    if request.Amount > 1 and primary.Ipv6Address:
        raise Refusal(
            "InvalidParam.SecondaryNetworkInterface",
            "Certain IPv6 addresses can be had by a single instance only.",
            400,
        )


def _primary_ips(request: RunInstances, primary: options.NetworkInterfaceParam) -> tuple[int, ...]:
    """Return the primary address of each instance, where one was named: the flat form counts on."""
    if primary.PrimaryIpAddress is None:
        return ()
    first = common.ipv4(primary.PrimaryIpAddress, "InvalidPrivateIpAddress", 400)
    if request.Amount > 1 and request.PrivateIpAddress is None:
        raise Refusal(
            "InvalidPrimaryIpAddress.SizeInvalid",
            "PrimaryIpAddress can be given for a single instance only.",
            400,
        )
    return tuple(range(first, first + request.Amount))


def _as_many_as_fit(
    session: Session, command: commands.RunInstances, least: int | None
) -> commands.RunInstances:
    """Return the command for as many instances as there is room for, but no fewer than ``least``."""
    for count in range(len(command.names), least or len(command.names), -1):
        fewer = _first(command, count)
        try:
            session.check(fewer)
        except (SubnetExhausted, InstanceQuotaExceeded, GroupMembersExceeded, PlacementGroupFull):
            continue
        except CoreError:
            break
        return fewer
    return _first(command, least or len(command.names))


def _first(command: commands.RunInstances, count: int) -> commands.RunInstances:
    return attrs.evolve(
        command,
        names=command.names[:count],
        primary_ips=command.primary_ips[:count],
        extras_of_each=command.extras_of_each[:count],
    )


def _extras(session: Session, request: RunInstances) -> dict[str, Any]:
    """Return what is only shown again, under the names of the answer."""
    scheduler, security = request.SchedulerOptions, request.SecurityOptions
    given: dict[str, Any] = {
        "AutoReleaseTime": request.AutoReleaseTime,
        "ISP": request.Isp,
        "SecurityOptions": security and {"EnableSecureBoot": security.EnableSecureBoot},
    }
    for name in ("ClockOptions", "ImageOptions", "PrivateDnsNameOptions"):
        group = getattr(request, name)
        given[name] = group and attrs.asdict(group)
    if request.CpuOptions is not None:
        given["CpuOptions"] = attrs.asdict(request.CpuOptions)
        given["CpuOptions"]["CoreCount"] = given["CpuOptions"].pop("Core")
    extras = new_instances.extras(session, request)
    host = {
        **extras.get("DedicatedHostAttribute", {}),
        "DedicatedHostClusterId": scheduler and scheduler.DedicatedHostClusterId,
    }
    return {**extras, **new_instances.without_gaps({**given, "DedicatedHostAttribute": host})}
