"""Subscriptions: instances that are paid in advance, how they are renewed, and paid in another way.

Sources: the vendor's pages RenewInstance, ModifyInstanceChargeType, ModifyPrepayInstanceSpec,
DescribeInstanceAutoRenewAttribute and ModifyInstanceAutoRenewAttribute, and the models of its SDK; for how
long each unit can be paid the newest models. Nothing is charged: each order is paid at once, and has no
number.
"""

from typing import Final

import attrs

from duolect_core.disks.changes import ModifyDisks
from duolect_core.instances.changes import ResizeInstances
from duolect_core.instances.subscriptions import ChangePayment, RenewInstances, SetRenewal
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.rules import InstanceType
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances.changes import ModifiedSystemDisk
from duolect_dialects.alibaba.instances.creation import NO_BILLING, term
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, OneOf

_PAGES = Between(1, 2**31 - 1)
_MOST_RENEWED: Final = 100
_DURATIONS: Final = {
    "Week": (1, 2, 3, 4),
    "Month": (1, 2, 3, 6, 12, 24, 36, 48, 60),
    "Year": (1, 2, 3, 4, 5),
}
"""For how long an instance is renewed by itself."""
_PERIODS: Final = {**_DURATIONS, "Month": (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36, 48, 60)}
"""For how long it can be paid."""
_MOST_CHANGED: Final = 20


# -- by itself ---------------------------------------------------------------------------------------------
_NO_DISKS: Final = "not available on the cloud"


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceAutoRenewAttribute:
    """List how subscriptions are renewed, newest instance first."""

    RegionId: str = required()
    InstanceId: str | None = param(note="ids, separated by commas")
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(Between(1, 100), default=10)
    RenewalStatus: str | None = param(OneOf("AutoRenewal", "Normal", "NotRenewal"))


@ecs_action()
def describe_instance_auto_renew_attribute(
    session: Session, request: DescribeInstanceAutoRenewAttribute
) -> Body:
    """List one page. Instances that are paid by use are left out."""
    if request.InstanceId is None and request.RenewalStatus is None:
        message = "InstanceId or RenewalStatus must be given."
        raise Refusal("InvalidParameter.RenewalStatusInstanceId", message, 403)
    graph = session.graph
    criteria: Criteria[Instance] = Criteria(graph)
    criteria.ids([each.strip() for each in (request.InstanceId or "").split(",") if each.strip()])
    criteria.test(True, lambda found: found.subscription is not None)  # noqa: FBT003
    criteria.test(
        request.RenewalStatus, lambda found: _renewal(found)["RenewalStatus"] == request.RenewalStatus
    )
    page, about = common.numbered_page(graph.instances, criteria.selection, request)
    return {
        "InstanceRenewAttributes": {"InstanceRenewAttribute": [_renewal(each) for each in page.items]},
        **about,
    }


@attrs.frozen(kw_only=True)
class ModifyInstanceAutoRenewAttribute:
    """Say whether subscriptions are renewed when they end, and for how long."""

    InstanceId: str = required(note="up to 100 ids, separated by commas")
    RegionId: str = required()
    AutoRenew: bool = param(default=False, note="where RenewalStatus is not named")
    Duration: int | None = stored(
        Between(1, 60), code="InvalidParameter.Duration", note="as PeriodUnit has it"
    )
    PeriodUnit: str = stored(
        OneOf("Month", "Year", "Week", "month", "year", "week"),
        default="Month",
        code="InvalidPeriodUnit.ValueNotSupported",
    )
    RenewalStatus: str | None = stored(
        OneOf("AutoRenewal", "Normal", "NotRenewal"), code="InvalidParameter.RenewalStatus"
    )


@ecs_action()
def modify_instance_auto_renew_attribute(
    session: Session, request: ModifyInstanceAutoRenewAttribute
) -> Body:
    """Change it at once for all of them, or for none."""
    ids = [each.strip() for each in request.InstanceId.split(",") if each.strip()]
    if not ids:
        raise Refusal("InvalidParameter.InvalidInstanceId", "InstanceId must name an instance.", 403)
    if len(ids) > _MOST_RENEWED:
        message = f"No more than {_MOST_RENEWED} instances can be named."
        raise Refusal("InvalidParameter.ToManyInstanceIds", message, 403)
    unit = request.PeriodUnit.capitalize()
    if request.Duration is not None and request.Duration not in _DURATIONS[unit]:
        message = f"An instance is not renewed for {request.Duration} {unit}."
        raise Refusal("InvalidParameter.Duration", message, 403)
    status = request.RenewalStatus or ("AutoRenewal" if request.AutoRenew else "Normal")
    renewal = {
        "AutoRenewEnabled": status == "AutoRenewal",
        "Duration": request.Duration or 1,
        "PeriodUnit": unit,
        "RenewalStatus": status,
    }
    renews = term(request.Duration or 1, unit) if renewal["AutoRenewEnabled"] else None
    session.execute(SetRenewal(instance_ids=tuple(ids), renews=renews, extras={"Renewal": renewal}))
    return {}


def _renewal(shown: Instance) -> Body:
    renewal = shown.extras.get("Renewal", {})
    renewed = bool(renewal.get("AutoRenewEnabled"))
    return {
        "InstanceId": shown.id,
        "AutoRenewEnabled": renewed,
        "RenewalStatus": renewal.get("RenewalStatus", "AutoRenewal" if renewed else "Normal"),
        "Duration": renewal.get("Duration", 1) if renewed else 0,
        "PeriodUnit": renewal.get("PeriodUnit", "Month"),
        "EnableExpectedRenewDay": False,
    }


# -- by hand -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class RenewInstance:
    """Pay for an instance for another period."""

    InstanceId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    ExpectedRenewDay: int | None = refused("no day is set on which all expire")
    Period: int | None = param(note="as PeriodUnit has it")
    PeriodUnit: str = param(
        OneOf("Week", "Month"), default="Month", code="InvalidPeriodUnit.ValueNotSupported"
    )


@ecs_action(idempotent_by="ClientToken")
def renew_instance(session: Session, request: RenewInstance) -> Body:
    """Renew it from its end on; one that has expired is renewed from now on, and starts."""
    period = _period(request.Period, request.PeriodUnit, "InvalidPeriod")
    ids = (request.InstanceId,)
    session.execute(RenewInstances(instance_ids=ids, term=term(period, request.PeriodUnit)))
    return {"OrderId": ""}


def _period(period: int | None, unit: str, code: str) -> int:
    """Return a period that can be had, or raise ``Refusal``."""
    if period is None or period not in _PERIODS[unit]:
        raise Refusal(code, f"Period must be one of those that can be had by the {unit}.", 400)
    return period


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstanceChargeType:
    """Pay for instances in advance from now on, or by use."""

    InstanceIds: str = required(note="a JSON array of up to 20 ids")
    RegionId: str = required()
    AutoPay: bool | None = ignored(note=NO_BILLING)
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    IncludeDataDisks: bool = param(default=False, note="to subscriptions; by use all disks are paid")
    InstanceChargeType: str = param(
        OneOf("PrePaid", "PostPaid"),
        default="PrePaid",
        code="InvalidInstanceChargeType.ValueNotSupported",
    )
    IsDetailFee: bool = param(default=False, note="the fees are those of nothing: zero")
    Period: int | None = param(note="as PeriodUnit has it; required of subscriptions")
    PeriodUnit: str = param(OneOf("Week", "Month", "Year"), default="Month", code="InvalidPeriod")


@ecs_action(idempotent_by="ClientToken")
def modify_instance_charge_type(session: Session, request: ModifyInstanceChargeType) -> Body:
    """Change it at once for all of them, or for none."""
    ids = tuple(common.json_list(request.InstanceIds, "InstanceIds", "InvalidParameter.InstanceIds"))
    if not ids:
        raise Refusal("InvalidParameter.InstanceIds", "InstanceIds must name an instance.", 400)
    if len(ids) > _MOST_CHANGED:
        message = f"No more than {_MOST_CHANGED} instances can be named."
        raise Refusal("InstancesIdQuotaExceed", message, 400)
    wanted, prepaid = request.InstanceChargeType, request.InstanceChargeType == "PrePaid"
    period = _period(request.Period, request.PeriodUnit, "InvalidPeriod.UnitMismatch") if prepaid else 1
    command = ChangePayment(
        instance_ids=ids,
        term=term(period, request.PeriodUnit) if prepaid else None,
        extras={"InstanceChargeType": wanted, "Renewal": {}},
    )
    for each in ids:
        found = session.graph.instances.get(each)
        if found is not None and found.extras.get("AutoReleaseTime"):
            message = f"The instance {found.id} is released by itself."
            raise Refusal("ReleaseTimeHaveBeenSet", message, 400)
    changed = common.execute(session, command, request)
    _charge_disks(session, changed, wanted, data=request.IncludeDataDisks or not prepaid)
    fees = changed if request.IsDetailFee and not prepaid else ()
    return {
        "OrderId": "",
        "FeeOfInstances": {
            "FeeOfInstance": [{"InstanceId": each.id, "Fee": "0", "Currency": "CNY"} for each in fees]
        },
    }


def _charge_disks(session: Session, changed: tuple[Instance, ...], wanted: str, *, data: bool) -> None:
    """Pay for disks as for their instances: a data disk that is paid in advance stays with its instance."""
    disks = [disk for each in changed for disk in session.graph.disks_of(each.id)]
    of_system = tuple(disk.id for disk in disks if disk.kind is DiskKind.SYSTEM)
    others = tuple(disk.id for disk in disks if data and disk.kind is not DiskKind.SYSTEM)
    extras = {"DiskChargeType": wanted}
    session.execute(ModifyDisks(disk_ids=of_system, extras=extras), idempotent=False)
    portable = wanted == "PostPaid"
    session.execute(ModifyDisks(disk_ids=others, portable=portable, extras=extras), idempotent=False)


# -- types -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class ModifiedDisk:
    """What a disk would become."""

    Category: str | None = refused(_NO_DISKS)
    DiskId: str | None = refused(_NO_DISKS)
    PerformanceLevel: str | None = refused(_NO_DISKS)


@attrs.frozen(kw_only=True, slots=False)
class ModifyPrepayInstanceSpec:
    """Give a subscription another type."""

    InstanceId: str = required()
    InstanceType: str = required()
    RegionId: str = required()
    AutoPay: bool | None = ignored(note=NO_BILLING)
    ClientToken: str | None = param(*common.TOKEN)
    Disk: tuple[ModifiedDisk, ...] = param(default=(), note=_NO_DISKS)
    EndTime: str | None = refused("no type is for a time only")
    MigrateAcrossZone: bool | None = ignored(note="hosts are not modelled")
    ModifyMode: str | None = refused(_NO_DISKS)
    OperatorType: str | None = param(
        OneOf("upgrade", "downgrade"), code="InvalidParameter", note="what the types say, unless given"
    )
    RebootTime: str | None = refused("nothing is done later")
    RebootWhenFinished: bool = param(default=False, note="of a Running instance")
    SystemDisk: ModifiedSystemDisk | None = param()


@ecs_action(idempotent_by="ClientToken")
def modify_prepay_instance_spec(session: Session, request: ModifyPrepayInstanceSpec) -> Body:
    """Change the type. A running instance has it at once, as if it had been restarted.

    A smaller type is for an instance that is Stopped.
    """
    instance = lookup.instance(session.graph, request.InstanceId)
    if instance.subscription is None:
        message = f"The instance {instance.id} is paid by use."
        raise Refusal("InvalidBillingMethod.ValueNotSupported", message, 400)
    types = session.rules.instance_types
    lower = request.OperatorType == "downgrade" or (
        request.OperatorType is None
        and request.InstanceType in types
        and _size(types[request.InstanceType]) < _size(types[instance.type_name])
    )
    if lower and instance.state is InstanceState.RUNNING:
        message = f"The instance {instance.id} must be Stopped for a smaller type."
        raise Refusal("InvalidStatus.NotStopped", message, 400)
    command = ResizeInstances(
        instance_ids=(instance.id,),
        type_name=request.InstanceType,
        restart=True,
        later=not request.RebootWhenFinished,
    )
    session.execute(command)
    return {"OrderId": ""}


def _size(of: InstanceType) -> tuple[int, float]:
    return of.cpu, of.memory_gib
