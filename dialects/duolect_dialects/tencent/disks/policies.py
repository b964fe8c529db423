"""Scheduled snapshot policies: created, changed, bound to disks, and listed.

Source: the definitions in tccli. Hours and days are those of Beijing. Snapshots are made by themselves of
disks that an instance uses.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.disks import policies as commands
from duolect_core.model.disks import Schedule, SnapshotPolicy
from duolect_core.model.resources import LATEST
from duolect_core.relations.named_copies import snapshot_policy
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cbs_action
from duolect_dialects.tencent.disks.finding import cloud_disk, cloud_disks
from duolect_dialects.tencent.disks.lifecycle import disk_ids
from duolect_dialects.tencent.disks.queries import CODES, WRONG, CbsFilter, Reading, field, passing
from duolect_dialects.tencent.disks.views import UNNAMED
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, OneOf
from duolect_dialects.wording import Message

_NAME: Final = AtMost(60)
_POLICY_ID: Final = common.id_of("asp")
_DEFAULT_DAYS: Final = 7
_DAYS: Final = Between(1, 65_536)
_SUNDAY: Final = 7
_INVALID: Final = "InvalidParameter"


@attrs.frozen(kw_only=True)
class PolicyParam:
    """One of Policy: of its kinds of days the first that is given counts."""

    Hour: tuple[int, ...] = required(Count(1, 24), Each(Between(0, 23)), code=WRONG)
    DayOfWeek: tuple[int, ...] = param(
        Count(0, 7), Each(Between(0, 6)), default=(), code=WRONG, note="0 is Sunday"
    )
    DayOfMonth: tuple[int, ...] = param(Count(0, 31), Each(Between(1, 31)), default=(), code=WRONG)
    IntervalDays: int | None = param(Between(1, 365), code=WRONG)


def _schedules(policies: tuple[PolicyParam, ...], code: str) -> tuple[Schedule, ...]:
    """Return what policies say, or raise ``Refusal`` where one says no day."""
    if any(not (each.DayOfWeek or each.DayOfMonth or each.IntervalDays) for each in policies):
        raise Refusal(code, "A policy needs DayOfWeek, DayOfMonth or IntervalDays.")
    return tuple(
        Schedule(
            hours=each.Hour,
            weekdays=tuple(day or _SUNDAY for day in each.DayOfWeek),
            month_days=each.DayOfMonth if not each.DayOfWeek else (),
            every_days=each.IntervalDays or 1,
        )
        for each in policies
    )


@attrs.frozen(kw_only=True)
class CreateAutoSnapshotPolicy:
    """Create a policy, or learn when it would make snapshots first."""

    Policy: tuple[PolicyParam, ...] = required(Coded(common.NonEmpty(), "MissingParameter"), code=WRONG)
    DryRun: bool = param(default=False)
    IsActivated: bool = param(default=True)
    AutoSnapshotPolicyName: str | None = param(_NAME, code=WRONG)
    IsPermanent: bool = param(default=False)
    RetentionDays: int | None = param(_DAYS, code=WRONG, note="7 unless given; not of what is permanent")


@cbs_action()
def create_auto_snapshot_policy(session: Session, request: CreateAutoSnapshotPolicy) -> Body:
    """Create it; no disk is bound to it yet."""
    command = commands.CreateSnapshotPolicy(
        schedules=_schedules(request.Policy, WRONG),
        name=request.AutoSnapshotPolicyName or "",
        retention=_retention(request.RetentionDays, WRONG, permanent=request.IsPermanent),
        active=request.IsActivated,
    )
    if request.DryRun:
        made = session.trial().execute(command)
        return {"AutoSnapshotPolicyId": "", "NextTriggerTime": _next(session, made)}
    made = session.execute(command)
    return {"AutoSnapshotPolicyId": made.id, "NextTriggerTime": _next(session, made)}


def _retention(days: int | None, code: str, *, permanent: bool) -> int:
    """Return for how many days snapshots are kept, 0 for good, or raise ``Refusal``."""
    if permanent and days is not None:
        raise Refusal(code, "What is permanent has no RetentionDays.")
    return 0 if permanent else days or _DEFAULT_DAYS


@attrs.frozen(kw_only=True)
class ModifyAutoSnapshotPolicyAttribute:
    """Change a policy."""

    AutoSnapshotPolicyId: str = required(_POLICY_ID, code=_INVALID)
    IsActivated: bool | None = param()
    IsPermanent: bool | None = param()
    AutoSnapshotPolicyName: str | None = param(_NAME, code=_INVALID)
    Policy: tuple[PolicyParam, ...] = param(default=(), code=_INVALID)
    RetentionDays: int | None = param(_DAYS, code=_INVALID)


@cbs_action()
def modify_auto_snapshot_policy_attribute(
    session: Session, request: ModifyAutoSnapshotPolicyAttribute
) -> Body:
    """Change it at once; at least one attribute must be named."""
    found = snapshot_policy(session.graph, request.AutoSnapshotPolicyId)
    retention = None
    if request.RetentionDays is not None or request.IsPermanent is not None:
        days = request.RetentionDays
        if days is None and not request.IsPermanent:
            days = found.retention or None
        retention = _retention(days, _INVALID, permanent=bool(request.IsPermanent))
    said = (request.IsActivated, request.AutoSnapshotPolicyName, retention)
    if not request.Policy and all(each is None for each in said):
        raise request_errors.missing("AutoSnapshotPolicyName")
    session.execute(
        commands.ModifySnapshotPolicy(
            policy_id=found.id,
            name=request.AutoSnapshotPolicyName,
            schedules=_schedules(request.Policy, _INVALID) if request.Policy else None,
            retention=retention,
            active=request.IsActivated,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteAutoSnapshotPolicies:
    """Delete policies: all of them, or none."""

    AutoSnapshotPolicyIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 100), Each(_POLICY_ID), code=WRONG
    )


@cbs_action()
def delete_auto_snapshot_policies(session: Session, request: DeleteAutoSnapshotPolicies) -> Body:
    """Delete them; no disk is bound to them any more."""
    session.execute(commands.DeleteSnapshotPolicies(request.AutoSnapshotPolicyIds))
    return {}


# -- disks -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class BindAutoSnapshotPolicy:
    """Bind disks to a policy, beside those that they are bound to."""

    AutoSnapshotPolicyId: str = required(_POLICY_ID, code=WRONG)
    DiskIds: tuple[str, ...] = param(*disk_ids(80), default=(), code=WRONG)


@cbs_action()
def bind_auto_snapshot_policy(session: Session, request: BindAutoSnapshotPolicy) -> Body:
    """Bind all of them, or none; a disk that is bound to it already is refused."""
    if not request.DiskIds:
        raise request_errors.missing("DiskIds")
    disks, policy_id = cloud_disks(session, request.DiskIds), request.AutoSnapshotPolicyId
    for disk in disks:
        if policy_id in disk.policy_ids:
            message = Message("The disk `{disk_id}` is bound to the policy already.", disk_id=disk.id)
            raise Refusal("InvalidDisk.AlreadyBound", message)
    ids = tuple(disk.id for disk in disks)
    session.execute(commands.BindSnapshotPolicy(policy_id=policy_id, disk_ids=ids))
    return {}


@attrs.frozen(kw_only=True)
class UnbindAutoSnapshotPolicy:
    """Take disks off a policy."""

    AutoSnapshotPolicyId: str = required(_POLICY_ID, code=WRONG)
    DiskIds: tuple[str, ...] = param(Count(0, 100), Each(common.DISK_ID), default=(), code=WRONG)
    InstanceIds: tuple[str, ...] = param(
        Count(0, 100),
        Each(common.INSTANCE_ID),
        default=(),
        code=WRONG,
        treatment=Treatment.IGNORED,
        note="no instance is ever bound",
    )


@cbs_action()
def unbind_auto_snapshot_policy(session: Session, request: UnbindAutoSnapshotPolicy) -> Body:
    """Take them off; what is not bound to it is passed over."""
    if not (request.DiskIds or request.InstanceIds):
        raise request_errors.missing("DiskIds")
    ids = tuple(disk.id for disk in cloud_disks(session, request.DiskIds))
    session.execute(commands.UnbindSnapshotPolicy(policy_id=request.AutoSnapshotPolicyId, disk_ids=ids))
    return {}


# -- listing -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeAutoSnapshotPolicies:
    """List policies: by ids, or by filters that must all match."""

    AutoSnapshotPolicyIds: tuple[str, ...] = param(Count(0, 100), Each(_POLICY_ID), default=(), code=WRONG)
    Filters: tuple[CbsFilter, ...] = param(Count(0, 10), default=(), code=WRONG)
    Limit: int = param(common.LIMIT, default=20, code=WRONG)
    Offset: int = param(common.OFFSET, default=0, code=WRONG)
    Order: str = param(OneOf("ASC", "DESC"), default="DESC", code=WRONG)
    OrderField: str = param(OneOf("CREATE_TIME"), default="CREATE_TIME", code=WRONG)


@cbs_action()
def describe_auto_snapshot_policies(session: Session, request: DescribeAutoSnapshotPolicies) -> Body:
    """List one page, newest first unless asked otherwise, and the count of all."""
    wanted = request.AutoSnapshotPolicyIds
    if wanted and request.Filters:
        raise Refusal(CODES.coexist, "Ids and Filters cannot be used together.")
    policies = session.graph.snapshot_policies
    held = [each for each in policies.values() if not wanted or each.id in wanted]
    found = passing(session, [_policy(session, each) for each in held], request.Filters, _READINGS)
    if request.Order == "DESC":
        found.reverse()
    return {
        "TotalCount": len(found),
        "AutoSnapshotPolicySet": found[request.Offset : request.Offset + request.Limit],
    }


_READINGS: Final[Mapping[str, Reading]] = MappingProxyType(
    {
        "auto-snapshot-policy-id": field("AutoSnapshotPolicyId"),
        "auto-snapshot-policy-state": field("AutoSnapshotPolicyState"),
        "auto-snapshot-policy-name": field("AutoSnapshotPolicyName"),
    }
)
"""What of a policy each filter compares."""


@attrs.frozen(kw_only=True)
class DescribeDiskAssociatedAutoSnapshotPolicy:
    """List the policies that a disk is bound to."""

    DiskId: str = required(common.DISK_ID, code=WRONG)


@cbs_action()
def describe_disk_associated_auto_snapshot_policy(
    session: Session, request: DescribeDiskAssociatedAutoSnapshotPolicy
) -> Body:
    """List them all, without their disks."""
    disk = cloud_disk(session, request.DiskId)
    found = [snapshot_policy(session.graph, each) for each in disk.policy_ids]
    shown = [{**_policy(session, each), "DiskIdSet": []} for each in found]
    return {"TotalCount": len(shown), "AutoSnapshotPolicySet": shown}


def _policy(session: Session, shown: SnapshotPolicy) -> Body:
    return {
        "AutoSnapshotPolicyId": shown.id,
        "AutoSnapshotPolicyName": shown.name or UNNAMED,
        "AutoSnapshotPolicyState": "NORMAL",
        "IsActivated": shown.active,
        "IsPermanent": not shown.retention,
        "RetentionDays": shown.retention,
        "RetentionMonths": 0,
        "RetentionAmount": 0,
        "AdvancedRetentionPolicy": None,
        "NextTriggerTime": _next(session, shown),
        "CreateTime": local_time(shown.created),
        "DiskIdSet": [*session.graph.disks_by_policy.ids(shown.id)],
        "InstanceIdSet": [],
        "IsCopyToRemote": 0,
        "CopyToAccountUin": None,
        "CopyFromAccountUin": None,
        "Policy": [_days(each) for each in shown.schedules],
        "Tags": tags(shown.tags),
    }


def _days(schedule: Schedule) -> Body:
    """Return a schedule with the kind of days that counts."""
    if schedule.weekdays:
        days: Body = {"DayOfWeek": [day % _SUNDAY for day in schedule.weekdays]}
    elif schedule.month_days:
        days = {"DayOfMonth": [*schedule.month_days]}
    else:
        days = {"IntervalDays": schedule.every_days}
    return {"Hour": [*schedule.hours], **days}


def _next(session: Session, of: SnapshotPolicy) -> str:
    """Return when snapshots are made next, or would be where the policy is not active (assumed)."""
    times = (each.after(session.partition.now, of.created) for each in of.schedules)
    return local_time(min((time for time in times if time is not None), default=LATEST))
