"""RunInstances: instances, each with its primary network interface.

Of the very long list of parameters, those that concern networks, names and numbers are served. What only
DescribeInstances shows again is stored, what concerns disks, guests and billing is without effect, and
what would change the network in a way that is not modelled is refused.

Source: the vendor's page RunInstances and the models of its Python SDK.
"""

from typing import Any, Final

import attrs

from duolect_core.addressing import parse_ipv6
from duolect_core.commands import instances as commands
from duolect_core.commands.addresses import ANY, Plan, Wanted
from duolect_core.errors import CoreError, GroupMembersExceeded, InstanceQuotaExceeded, SubnetExhausted
from duolect_dialects.action import Body, Treatment, ignored, param, refused, required, stored
from duolect_dialects.alibaba import errors
from duolect_dialects.alibaba.actions import common
from duolect_dialects.alibaba.actions import instance_options as options
from duolect_dialects.alibaba.actions.common import TagParam
from duolect_dialects.alibaba.actions.naming import HOST_NAME, INSTANCE_NAME, sequence
from duolect_dialects.dialect import Refusal
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Each, Form, Length, MissingValue, OneOf

_AMOUNT = Between(1, 100)
_QUEUES = Between(1, 2048)
_HOST_CODE: Final = "InvalidHostName.Malformed"
_NO_GUEST: Final = "guests are not modelled"
_NO_BILLING: Final = "billing is not modelled"
_NO_DISK: Final = "disks are not modelled"
_NO_TEMPLATE: Final = "launch templates are not modelled"
_PASSWORD: Final = Form(
    r"(?!/)(?:(?=.*[A-Z])(?=.*[a-z])(?=.*\d)|(?=.*[A-Z])(?=.*[a-z])(?=.*[^A-Za-z\d])"
    r"|(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z\d])|(?=.*[a-z])(?=.*\d)(?=.*[^A-Za-z\d]))[\x21-\x7e]+",
    "of at least three of: upper-case letters, lower-case letters, digits, other characters",
)


@attrs.frozen(kw_only=True)
class RunInstances:
    """Create instances and start them."""

    RegionId: str = required()
    Affinity: str | None = stored(OneOf("default", "host"))
    Amount: int = param(_AMOUNT, default=1)
    Arn: tuple[options.Arn, ...] = ignored(Count(0, 10), default=(), note=_NO_GUEST)
    AutoPay: bool | None = ignored(note=_NO_BILLING)
    AutoReleaseTime: str | None = stored(note="nothing is released when that time comes")
    AutoRenew: bool | None = ignored(note=_NO_BILLING)
    AutoRenewPeriod: int | None = ignored(note=_NO_BILLING)
    ClientToken: str | None = param(*common.TOKEN)
    ClockOptions: options.ClockOptions | None = stored()
    CpuOptions: options.CpuOptions | None = stored()
    CreditSpecification: str | None = stored(OneOf("Standard", "Unlimited"))
    DataDisk: tuple[options.DataDisk, ...] = ignored(Count(0, 16), default=(), note=_NO_DISK)
    DedicatedHostId: str | None = stored()
    DeletionProtection: bool = param(default=False)
    DeploymentSetGroupNo: int | None = stored(Between(1, 7))
    DeploymentSetId: str | None = stored()
    Description: str | None = param(Length(2, 256), common.NOT_A_LINK, code="InvalidDescription.Malformed")
    DryRun: bool = param(default=False)
    HibernationOptions: options.HibernationOptions | None = stored()
    HostName: str | None = param(Length(2, 64), HOST_NAME, code=_HOST_CODE)
    HostNames: tuple[str, ...] = param(
        Count(0, 100), Each(Length(2, 64)), Each(HOST_NAME), default=(), code=_HOST_CODE
    )
    HpcClusterId: str | None = stored()
    HttpEndpoint: str | None = stored(OneOf("enabled", "disabled"))
    HttpPutResponseHopLimit: int | None = stored(Between(1, 64))
    HttpTokens: str | None = stored(OneOf("optional", "required"))
    ImageFamily: str | None = ignored(Length(2, 128), note="images are not modelled")
    ImageId: str | None = stored(note="every image exists")
    ImageOptions: options.ImageOptions | None = stored()
    InstanceChargeType: str | None = stored(OneOf("PrePaid", "PostPaid"))
    InstanceName: str | None = param(Length(2, 128), INSTANCE_NAME, code="InvalidInstanceName.Malformed")
    InstanceType: str | None = param()
    InternetChargeType: str | None = stored(OneOf("PayByBandwidth", "PayByTraffic"))
    InternetMaxBandwidthIn: int | None = stored(Between(1, 100))
    InternetMaxBandwidthOut: int | None = refused("public addresses are not modelled; it may be 0")
    IoOptimized: str | None = stored(OneOf("none", "optimized"))
    Ipv6Address: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv6AddressCount: int | None = param(Between(1, 10))
    Isp: str | None = stored()
    KeyPairName: str | None = stored(note="every key pair exists")
    LaunchTemplateId: str | None = refused(_NO_TEMPLATE)
    LaunchTemplateName: str | None = refused(_NO_TEMPLATE)
    LaunchTemplateVersion: int | None = refused(_NO_TEMPLATE)
    ManagedHostId: str | None = stored()
    MinAmount: int | None = param(_AMOUNT)
    NetworkInterface: tuple[options.NetworkInterfaceParam, ...] = param(
        Count(0, 64), default=(), code="InvalidParameter.EniNumExceededWithLaunchEcs"
    )
    NetworkInterfaceQueueNumber: int | None = param(_QUEUES)
    NetworkOptions: options.NetworkOptions | None = ignored(note="traffic is not modelled")
    Password: str | None = param(
        Length(8, 30),
        _PASSWORD,
        code="InvalidPassword.Malformed",
        treatment=Treatment.IGNORED,
        note=_NO_GUEST,
    )
    PasswordInherit: bool | None = ignored(note=_NO_GUEST)
    Period: int | None = ignored(note=_NO_BILLING)
    PeriodUnit: str | None = ignored(OneOf("Week", "Month"), note=_NO_BILLING)
    PrivateDnsNameOptions: options.PrivateDnsNameOptions | None = stored()
    PrivateIpAddress: str | None = param(note="of the first instance; the others take those that follow")
    PrivatePoolOptions: options.PrivatePoolOptions | None = stored()
    RamRoleName: str | None = ignored(note=_NO_GUEST)
    ResourceGroupId: str | None = stored()
    SchedulerOptions: options.SchedulerOptions | None = stored()
    SecurityEnhancementStrategy: str | None = ignored(OneOf("Active", "Deactive"), note=_NO_GUEST)
    SecurityGroupId: str | None = param()
    SecurityGroupIds: tuple[str, ...] = param(Count(0, 100), default=())
    SecurityOptions: options.SecurityOptions | None = stored()
    SpotDuration: int | None = stored(Between(0, 6))
    SpotInterruptionBehavior: str | None = stored(OneOf("Terminate", "Stop"))
    SpotPriceLimit: float | None = stored()
    SpotStrategy: str | None = stored(OneOf("NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"))
    StorageSetId: str | None = ignored(note=_NO_DISK)
    StorageSetPartitionNumber: int | None = ignored(note=_NO_DISK)
    SystemDisk: options.SystemDisk | None = ignored(note=_NO_DISK)
    Tag: tuple[TagParam, ...] = common.tag_params()
    Tenancy: str | None = stored(OneOf("default", "host"))
    UniqueSuffix: bool = param(default=False)
    UserData: str | None = ignored(note=_NO_GUEST)
    VSwitchId: str | None = param()
    ZoneId: str | None = param()


def run_instances(session: Session, request: RunInstances) -> Body:
    """Create the instances: Pending, Starting, Running."""
    primary = _primary(request)
    _check_presence(request, primary)
    count = request.Amount
    host_names = request.HostNames or (
        sequence(request.HostName, count, suffixed=request.UniqueSuffix) if request.HostName else ()
    )
    if host_names and len(host_names) != count:
        raise Refusal("InvalidParameter", f"HostNames must have {count} entries, as Amount says.", 400)
    command = commands.RunInstances(
        type_name=request.InstanceType or "",
        subnet_id=primary.VSwitchId or "",
        names=sequence(request.InstanceName or "", count, suffixed=request.UniqueSuffix)
        if request.InstanceName
        else ("",) * count,
        zone=request.ZoneId,
        group_ids=(primary.SecurityGroupId,) if primary.SecurityGroupId else primary.SecurityGroupIds,
        addresses=_addresses(primary),
        primary_ips=_primary_ips(request, primary),
        description=request.Description or "",
        protected=request.DeletionProtection,
        tags=common.tags(request.Tag),
        extras=_extras(request),
        extras_of_each=tuple({"HostName": name} for name in host_names),
        interface_name=primary.NetworkInterfaceName,
        interface_description=primary.Description or "",
        interface_extras=_interface_extras(primary),
        queues=primary.QueueNumber,
    )
    created = common.execute(session, _as_many_as_fit(session, command, request.MinAmount), request)
    return {
        "InstanceIdSets": {"InstanceIdSet": [instance.id for instance in created]},
        "OrderId": "",
        "TradePrice": 0.0,
    }


_FLAT: Final = (
    "SecurityGroupId",
    "SecurityGroupIds",
    "VSwitchId",
    "Ipv6Address",
    "Ipv6AddressCount",
)
"""The flat parameters of the primary interface that have the same name in NetworkInterface.N."""


def _primary(request: RunInstances) -> options.NetworkInterfaceParam:
    """Return what is wanted of the primary interface, given flat or as a NetworkInterface."""
    named = [each for each in request.NetworkInterface if each.InstanceType == "Primary"]
    if len(named) > 1:
        raise Refusal(
            "InvalidParameter.NetworkInterface", "An instance has only one primary network interface.", 403
        )
    if len(named) < len(request.NetworkInterface):
        raise Refusal(
            "UnsupportedParameter",
            "Secondary network interfaces are not created together with an instance here; "
            "use CreateNetworkInterface and AttachNetworkInterface.",
            400,
        )
    flat = {name: getattr(request, name) for name in _FLAT}
    flat["PrimaryIpAddress"] = request.PrivateIpAddress
    flat["QueueNumber"] = request.NetworkInterfaceQueueNumber
    if not named:
        return options.NetworkInterfaceParam(InstanceType="Primary", **flat)
    mixed = sorted(name for name, value in flat.items() if value)
    if mixed:
        raise Refusal(
            "InvalidParameter.Combination",
            f"A primary NetworkInterface cannot be used together with the flat form of {mixed[0]}.",
            403,
        )
    return named[0]


def _check_presence(request: RunInstances, primary: options.NetworkInterfaceParam) -> None:
    """Raise ``Refusal`` where something is missing that a launch template could have held."""
    for name, value in (
        ("InstanceType", request.InstanceType),
        ("ImageId", request.ImageId or request.ImageFamily),
        ("SecurityGroupId", primary.SecurityGroupId or primary.SecurityGroupIds),
        ("VSwitchId", primary.VSwitchId),
    ):
        if not value:
            raise errors.in_request(MissingValue(name))
    common.exclusive(primary, "SecurityGroupId", "SecurityGroupIds")
    common.exclusive(primary, "Ipv6Address", "Ipv6AddressCount")
    common.exclusive(request, "HostName", "HostNames")
    if primary.DeleteOnRelease is False:
        raise Refusal(
            "UnsupportedParameter", "A primary network interface always goes with its instance here.", 400
        )
    if primary.NetworkInterfaceTrafficMode == "HighPerformance":
        raise Refusal(
            "UnsupportedParameter", "A primary network interface is always in the Standard mode here.", 400
        )
    if primary.QueuePairNumber is not None:
        raise Refusal(
            "InvalidParameter.QueuePairNumberMustEmpty",
            "QueuePairNumber can be used in the HighPerformance traffic mode only.",
            403,
        )
    if request.MinAmount is not None and request.MinAmount > request.Amount:
        raise Refusal("InvalidParameter", "MinAmount must not be greater than Amount.", 400)
    if request.Amount > 1 and primary.Ipv6Address:
        raise Refusal(
            "InvalidParam.SecondaryNetworkInterface",
            "Certain IPv6 addresses can be had by a single instance only.",
            400,
        )


def _addresses(primary: options.NetworkInterfaceParam) -> Plan:
    """Return all but the primary address."""
    return Plan(
        secondaries=(ANY,) * (primary.SecondaryPrivateIpAddressCount or 0),
        ipv6=tuple(_ipv6(text) for text in primary.Ipv6Address) + (ANY,) * (primary.Ipv6AddressCount or 0),
    )


def _ipv6(text: str) -> Wanted:
    ip = parse_ipv6(text)
    if ip is None:
        raise Refusal("InvalidParameter", f"{text} is not an IPv6 address.", 400)
    return Wanted(ip)


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
    session.partition.settle(session.at)
    for count in range(len(command.names), least or len(command.names), -1):
        fewer = _first(command, count)
        try:
            fewer.check(session.partition)
        except (SubnetExhausted, InstanceQuotaExceeded, GroupMembersExceeded):
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


def _extras(request: RunInstances) -> dict[str, Any]:
    """Return what is only shown again, under the names of the answer."""
    same = (
        "AutoReleaseTime", "CreditSpecification", "DeploymentSetGroupNo", "DeploymentSetId", "HpcClusterId",
        "ImageId", "InstanceChargeType", "InternetChargeType", "InternetMaxBandwidthIn", "KeyPairName",
        "SpotDuration", "SpotInterruptionBehavior", "SpotPriceLimit", "SpotStrategy",
    )  # fmt: skip
    scheduler, pool = request.SchedulerOptions, request.PrivatePoolOptions
    given: dict[str, Any] = {
        **{name: getattr(request, name) for name in same},
        "AdditionalInfo": {"ManagedHostId": request.ManagedHostId},
        "DedicatedHostAttribute": {
            "DedicatedHostId": request.DedicatedHostId,
            "DedicatedHostClusterId": scheduler and scheduler.DedicatedHostClusterId,
        },
        "DedicatedInstanceAttribute": {"Affinity": request.Affinity, "Tenancy": request.Tenancy},
        "EcsCapacityReservationAttr": {
            "CapacityReservationId": pool and pool.Id,
            "CapacityReservationPreference": pool and pool.MatchCriteria,
        },
        "IoOptimized": None if request.IoOptimized is None else request.IoOptimized == "optimized",
        "ISP": request.Isp,
        "MetadataOptions": {
            "HttpEndpoint": request.HttpEndpoint,
            "HttpTokens": request.HttpTokens,
            "HttpPutResponseHopLimit": request.HttpPutResponseHopLimit,
        },
        "ResourceGroupId": common.resource_group(request.ResourceGroupId) or None,
        "SecurityOptions": request.SecurityOptions
        and {"EnableSecureBoot": request.SecurityOptions.EnableSecureBoot},
    }
    for name in ("ClockOptions", "HibernationOptions", "ImageOptions", "PrivateDnsNameOptions"):
        group = getattr(request, name)
        given[name] = group and attrs.asdict(group)
    if request.CpuOptions is not None:
        given["CpuOptions"] = attrs.asdict(request.CpuOptions)
        given["CpuOptions"]["CoreCount"] = given["CpuOptions"].pop("Core")
    return _without_gaps(given)


def _without_gaps(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, without what was not and without groups of nothing."""
    groups = {
        name: _without_gaps(value) if isinstance(value, dict) else value for name, value in given.items()
    }
    return {name: value for name, value in groups.items() if value is not None and value != {}}


def _interface_extras(primary: options.NetworkInterfaceParam) -> dict[str, Any]:
    if primary.RxQueueSize != primary.TxQueueSize:
        raise Refusal("InvalidParameter", "RxQueueSize and TxQueueSize must be equal.", 400)
    names = ("RxQueueSize", "TxQueueSize", "SourceDestCheck")
    return _without_gaps({name: getattr(primary, name) for name in names})


ACTIONS: Final = (common.action(RunInstances, run_instances, "ClientToken"),)
