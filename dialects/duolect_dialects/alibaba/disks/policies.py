"""Automatic snapshot policies: created, changed, applied to disks, and listed.

Sources: the vendor's pages of the actions, and the models of its Python SDK, whose spelling of the
parameters this is. Hours are those of Beijing. Snapshots are made by themselves, but not copied to other
regions.
"""

import json
from typing import Any, Final

import attrs

from duolect_core.disks import policies as commands
from duolect_core.errors import DiskNotFound
from duolect_core.model.disks import Schedule, SnapshotPolicy
from duolect_core.relations.named_copies import snapshot_policy
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common, views
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

_CODE: Final = "ParameterInvalid"
_NAME: Final = (Length(2, 128), common.NAME)
_COPIES: Final = "snapshots are not copied to other regions by themselves"
_ENCRYPTED: Final = "what is not copied is not encrypted"
_FOR_GOOD: Final = -1
_LONGEST: Final = 65_536
_NUMBER: Final = Form(r"0|[1-9]\d?", "a number")
_REGION: Final = "the region runs where RegionId is not given"


@attrs.frozen(kw_only=True)
class PolicyTargetTag:
    """One TargetTags.N."""

    Key: str | None = refused("policies are applied to disks, not to what has a tag")
    Value: str | None = refused("policies are applied to disks, not to what has a tag")


@attrs.frozen(kw_only=True)
class PolicyCopyEncryptionArn:
    """One CopyEncryptionConfiguration.Arn.N."""

    AssumeRoleFor: int | None = ignored(note="not available on the cloud")
    RoleType: str | None = ignored(note="not available on the cloud")
    Rolearn: str | None = ignored(note="not available on the cloud")


@attrs.frozen(kw_only=True)
class PolicyCopyEncryption:
    """CopyEncryptionConfiguration."""

    Arn: tuple[PolicyCopyEncryptionArn, ...] = ignored(default=(), note="not available on the cloud")
    Encrypted: bool | None = stored(note=_ENCRYPTED)
    KMSKeyId: str | None = stored(note=_ENCRYPTED)


@attrs.frozen(kw_only=True)
class CreateAutoSnapshotPolicy:
    """Create a policy."""

    repeatWeekdays: str = required(note="a JSON array of 1, which is Monday, to 7")
    retentionDays: int = required(note="-1, for good, or 1 to 65536")
    timePoints: str = required(note="a JSON array of hours in Beijing, 0 to 23")
    regionId: str | None = param(note=_REGION)
    autoSnapshotPolicyName: str | None = param(*_NAME, code=_CODE)
    AssociationType: str | None = param(OneOf("AssociatedWithDisk"), note="policies are applied to disks")
    CopiedSnapshotsRetentionDays: int | None = stored(Between(-1, _LONGEST), note=_COPIES)
    CopyEncryptionConfiguration: PolicyCopyEncryption | None = param()
    EnableCrossRegionCopy: bool | None = stored(note=_COPIES)
    ResourceGroupId: str | None = stored()
    StorageLocationArn: str | None = ignored(note="not available on the cloud")
    Tag: tuple[TagParam, ...] = common.tag_params()
    TargetCopyRegions: str | None = stored(note=_COPIES)
    TargetTags: tuple[PolicyTargetTag, ...] = param(Count(0, 5), default=())


@ecs_action()
def create_auto_snapshot_policy(session: Session, request: CreateAutoSnapshotPolicy) -> Body:
    """Create it; no disk has it yet."""
    made = session.execute(
        commands.CreateSnapshotPolicy(
            schedules=(
                Schedule(
                    hours=_numbers(request.timePoints, "timePoints", 0, 23),
                    weekdays=_numbers(request.repeatWeekdays, "repeatWeekdays", 1, 7),
                ),
            ),
            name=request.autoSnapshotPolicyName or "",
            retention=_retention(request.retentionDays),
            tags=common.tags(request.Tag),
            extras={**_extras(request), "ResourceGroupId": common.resource_group(request.ResourceGroupId)},
        )
    )
    return {"AutoSnapshotPolicyId": made.id}


@attrs.frozen(kw_only=True)
class ModifyAutoSnapshotPolicyEx:
    """Change a policy, also for the disks that have it."""

    autoSnapshotPolicyId: str = required()
    regionId: str | None = param(note=_REGION)
    autoSnapshotPolicyName: str | None = param(*_NAME)
    repeatWeekdays: str | None = param()
    retentionDays: int | None = param()
    timePoints: str | None = param()
    CopiedSnapshotsRetentionDays: int | None = stored(Between(-1, _LONGEST), note=_COPIES)
    CopyEncryptionConfiguration: PolicyCopyEncryption | None = param()
    EnableCrossRegionCopy: bool | None = stored(note=_COPIES)
    TargetCopyRegions: str | None = stored(note=_COPIES)
    TargetTags: tuple[PolicyTargetTag, ...] = param(Count(0, 5), default=())


@ecs_action()
def modify_auto_snapshot_policy_ex(session: Session, request: ModifyAutoSnapshotPolicyEx) -> Body:
    """Change it at once; snapshots that were made are kept as before."""
    (before,) = snapshot_policy(session.graph, request.autoSnapshotPolicyId).schedules
    hours, weekdays, days = before.hours, before.weekdays, request.retentionDays
    if request.timePoints is not None:
        hours = _numbers(request.timePoints, "timePoints", 0, 23)
    if request.repeatWeekdays is not None:
        weekdays = _numbers(request.repeatWeekdays, "repeatWeekdays", 1, 7)
    session.execute(
        commands.ModifySnapshotPolicy(
            policy_id=request.autoSnapshotPolicyId,
            name=request.autoSnapshotPolicyName,
            schedules=(Schedule(hours=hours, weekdays=weekdays),),
            retention=None if days is None else _retention(days),
            extras=_extras(request),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteAutoSnapshotPolicy:
    """Delete a policy."""

    autoSnapshotPolicyId: str = required()
    regionId: str | None = param(note=_REGION)


@ecs_action()
def delete_auto_snapshot_policy(session: Session, request: DeleteAutoSnapshotPolicy) -> Body:
    """Delete it; no disk has it any more."""
    session.execute(commands.DeleteSnapshotPolicies((request.autoSnapshotPolicyId,)))
    return {}


def _numbers(text: str, name: str, low: int, high: int) -> tuple[int, ...]:
    """Return the numbers of a JSON array, in order, each once.

    Raises:
        Refusal: it is none, or one of them is out of reach.
    """
    given = common.json_list(text, name, _CODE, 403)
    numbers = {int(each) for each in given if _NUMBER.accepts(each) and low <= int(each) <= high}
    if not given or len(numbers) < len({*given}):
        raise Refusal(_CODE, f"{name} must be a JSON array of numbers from {low} to {high}.", 403)
    return tuple(sorted(numbers))


def _retention(days: int) -> int:
    """Return for how many days snapshots are kept, 0 for good, or raise ``Refusal``."""
    if days == _FOR_GOOD:
        return 0
    if not 1 <= days <= _LONGEST:
        raise Refusal(_CODE, f"retentionDays must be -1, or 1 to {_LONGEST}.", 403)
    return days


def _extras(request: CreateAutoSnapshotPolicy | ModifyAutoSnapshotPolicyEx) -> dict[str, Any]:
    """Return what is only kept."""
    names = ("CopiedSnapshotsRetentionDays", "EnableCrossRegionCopy", "TargetCopyRegions")
    kept = {name: value for name in names if (value := getattr(request, name)) is not None}
    encryption = request.CopyEncryptionConfiguration
    if encryption is not None:
        kept |= {"CopyEncrypted": encryption.Encrypted, "CopyKMSKeyId": encryption.KMSKeyId}
    return kept


# -- listing -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeAutoSnapshotPolicyEx:
    """List policies, newest first; all criteria must hold."""

    RegionId: str = required()
    AutoSnapshotPolicyId: str | None = param()
    AutoSnapshotPolicyName: str | None = param()
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 100), default=10)
    ResourceGroupId: str | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()


@ecs_action()
def describe_auto_snapshot_policy_ex(session: Session, request: DescribeAutoSnapshotPolicyEx) -> Body:
    """List one page."""
    criteria: Criteria[SnapshotPolicy] = Criteria(session.graph)
    if request.AutoSnapshotPolicyId is not None:
        criteria.ids((request.AutoSnapshotPolicyId,))
    name, group = request.AutoSnapshotPolicyName, request.ResourceGroupId
    criteria.test(name, lambda found: found.name == name)
    criteria.test(group, lambda found: found.extras.get("ResourceGroupId") == group)
    common.narrow_by_tags(criteria, request.Tag)
    page, about = common.numbered_page(session.graph.snapshot_policies, criteria.selection, request)
    shown = [_policy(session, each) for each in page.items]
    return {"AutoSnapshotPolicies": {"AutoSnapshotPolicy": shown}, **about}


def _policy(session: Session, shown: SnapshotPolicy) -> Body:
    extras, schedule = shown.extras, shown.schedules[0]
    return {
        "AutoSnapshotPolicyId": shown.id,
        "AutoSnapshotPolicyName": shown.name,
        "AssociationType": "AssociatedWithDisk",
        "RegionId": session.call.region,
        "CreationTime": moment(shown.created),
        "Status": "Normal",
        "Type": "Custom",
        "TimePoints": _texts(schedule.hours),
        "RepeatWeekdays": _texts(schedule.weekdays),
        "RetentionDays": shown.retention or _FOR_GOOD,
        "DiskNums": len(session.graph.disks_by_policy.ids(shown.id)),
        "VolumeNums": 0,
        "EnableCrossRegionCopy": bool(extras.get("EnableCrossRegionCopy")),
        "TargetCopyRegions": extras.get("TargetCopyRegions") or "",
        "CopiedSnapshotsRetentionDays": extras.get("CopiedSnapshotsRetentionDays") or _FOR_GOOD,
        "CopyEncryptionConfiguration": {
            "Encrypted": bool(extras.get("CopyEncrypted")),
            "KMSKeyId": extras.get("CopyKMSKeyId") or "",
        },
        "ResourceGroupId": extras.get("ResourceGroupId") or "",
        "TargetTags": {"TargetTag": []},
        "Tags": views.tags(shown.tags),
    }


def _texts(numbers: tuple[int, ...]) -> str:
    """Return numbers as the vendor writes them: an array of texts."""
    return json.dumps([str(each) for each in numbers])


# -- disks -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ApplyAutoSnapshotPolicy:
    """Apply a policy to disks, beside those that they have."""

    autoSnapshotPolicyId: str = required()
    diskIds: str = required(note="a JSON array of up to 100 ids")
    regionId: str | None = param(note=_REGION)


@ecs_action()
def apply_auto_snapshot_policy(session: Session, request: ApplyAutoSnapshotPolicy) -> Body:
    """Apply it to all of them, or to none."""
    disk_ids = _disk_ids(request.diskIds)
    session.execute(commands.BindSnapshotPolicy(policy_id=request.autoSnapshotPolicyId, disk_ids=disk_ids))
    return {}


@attrs.frozen(kw_only=True)
class CancelAutoSnapshotPolicy:
    """Take a policy off disks."""

    diskIds: str = required(note="a JSON array of up to 100 ids")
    autoSnapshotPolicyId: str | None = param(note="required for a disk that has several")
    regionId: str | None = param(note=_REGION)


@ecs_action()
def cancel_auto_snapshot_policy(session: Session, request: CancelAutoSnapshotPolicy) -> Body:
    """Take it off all of them, or off none."""
    disk_ids, graph = _disk_ids(request.diskIds), session.graph
    for disk_id in disk_ids:
        disk = graph.disks.get(disk_id)
        if disk is None:
            raise DiskNotFound(disk_id)
        if request.autoSnapshotPolicyId is None and len(disk.policy_ids) > 1:
            message = f"The disk {disk_id} has several policies; autoSnapshotPolicyId must name one."
            raise Refusal("OperationDenied.TooManyAutoSnapshotPolicies", message, 403)
    policy_id = request.autoSnapshotPolicyId or ""
    session.execute(commands.UnbindSnapshotPolicy(policy_id=policy_id, disk_ids=disk_ids))
    return {}


def _disk_ids(text: str) -> tuple[str, ...]:
    return tuple(common.json_list(text, "diskIds", _CODE, 403))


@attrs.frozen(kw_only=True)
class DescribeAutoSnapshotPolicyAssociations:
    """List which disks have which policies."""

    RegionId: str = required()
    AutoSnapshotPolicyId: str | None = param(note="not together with DiskId")
    DiskId: str | None = param(note="not together with AutoSnapshotPolicyId")
    MaxResults: int | None = param(note="10 to 100")
    NextToken: str | None = param()


@ecs_action()
def describe_auto_snapshot_policy_associations(
    session: Session, request: DescribeAutoSnapshotPolicyAssociations
) -> Body:
    """List one page, by policy."""
    common.exclusive(request, "AutoSnapshotPolicyId", "DiskId")
    graph, wanted = session.graph, request.AutoSnapshotPolicyId
    if request.DiskId is not None:
        disk = graph.disks.get(request.DiskId)
        pairs = [] if disk is None else [(each, disk.id) for each in disk.policy_ids]
    else:
        policies = graph.snapshot_policies if wanted is None else {wanted}
        pairs = [(policy, each) for policy in policies for each in graph.disks_by_policy.ids(policy)]
    size = min(max(request.MaxResults or 10, 10), 100)
    start = 0 if request.NextToken is None else common.decode_token(request, request.NextToken)
    token = common.encode_token(request, start + size) if start + size < len(pairs) else ""
    rows = [
        {"AutoSnapshotPolicyId": policy, "DiskId": disk} for policy, disk in pairs[start : start + size]
    ]
    return {
        "AutoSnapshotPolicyAssociations": {"AutoSnapshotPolicyAssociation": rows},
        "NextToken": token,
    }
