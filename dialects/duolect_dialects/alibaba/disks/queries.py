"""DescribeDisks: the disks that there are.

Sources: the vendor's page DescribeDisks and the models of its Python SDK.
"""

import re
from typing import Final

import attrs

from duolect_core.model.disks import Disk
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, ecs_action
from duolect_dialects.alibaba.disks.views import disk
from duolect_dialects.declarations import ignored, param, refused, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf


@attrs.frozen(kw_only=True)
class DiskFilter:
    """One Filter.N."""

    Key: str | None = refused("disks are not chosen by times of creation")
    Value: str | None = refused("disks are not chosen by times of creation")


@attrs.frozen(kw_only=True)
class DescribeDisks:
    """List disks, those of the newest instance first; all criteria must hold."""

    RegionId: str = required()
    AdditionalAttributes: tuple[str, ...] = ignored(
        default=(), note="selects extra parts; all parts are always shown"
    )
    AutoSnapshotPolicyId: str | None = param()
    Category: str | None = param(note="all stands for any")
    DeleteAutoSnapshot: bool | None = param()
    DeleteWithInstance: bool | None = param()
    DiskChargeType: str | None = param(OneOf("PrePaid", "PostPaid"))
    DiskIds: str | None = param(note="a JSON array of up to 100 ids")
    DiskName: str | None = param(note="an asterisk stands for any text")
    DiskType: str | None = param(OneOf("all", "system", "data"))
    DryRun: bool = param(default=False)
    EnableAutoSnapshot: bool | None = param()
    EnableAutomatedSnapshotPolicy: bool | None = param()
    EnableShared: bool | None = param(note="no disk is shared")
    Encrypted: bool | None = param()
    Filter: tuple[DiskFilter, ...] = param(Count(0, 4), default=())
    InstanceId: str | None = param()
    KMSKeyId: str | None = param()
    LockReason: str | None = param(
        OneOf("financial", "security", "recycling", "dedicatedhostfinancial"),
        note="no disk is ever locked, so nothing matches",
    )
    MaxResults: int | None = param(Between(1, 500))
    MultiAttach: str | None = param(OneOf("Disabled", "Enabled", "LegacyShared"))
    NextToken: str | None = param()
    OperationLocks: str | None = ignored(note=common.UNLISTED)
    PageNumber: int | None = param(Between(1, 2**31 - 1), note="1 unless given")
    PageSize: int | None = param(Between(1, 100), note="10 unless given")
    PerformanceLevel: str | None = param(OneOf("PL0", "PL1", "PL2", "PL3"))
    Portable: bool | None = param()
    ResourceGroupId: str | None = param()
    SnapshotId: str | None = param()
    Status: str | None = param(
        OneOf("In_use", "Available", "Attaching", "Detaching", "Creating", "ReIniting", "All"),
    )
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    ZoneId: str | None = param()


_SAME: Final = (
    "AutoSnapshotPolicyId", "DeleteAutoSnapshot", "DeleteWithInstance", "DiskChargeType",
    "EnableAutoSnapshot", "EnableAutomatedSnapshotPolicy", "Encrypted", "KMSKeyId", "MultiAttach",
    "PerformanceLevel", "Portable", "ResourceGroupId",
)  # fmt: skip
_EXACT: Final = {**{name: name for name in _SAME}, "SnapshotId": "SourceSnapshotId"}
"""Criteria that are compared with a field of the answer, and that field."""
_OR_ANY: Final = {"Category": ("Category", "all"), "DiskType": ("Type", "all"), "Status": ("Status", "All")}
"""The same, with the value that stands for any."""


@ecs_action()
def describe_disks(session: Session, request: DescribeDisks) -> Body:
    """List one page, newest first. With NextToken or MaxResults pages follow tokens, else page numbers."""
    graph = session.graph
    criteria: Criteria[Disk] = Criteria(graph)
    if request.DiskIds is not None:
        code = "InvalidDiskIds.ValueNotSupported"
        criteria.ids(common.json_list(request.DiskIds, "DiskIds", code, 404))
    criteria.by(graph.disks_by_instance, request.InstanceId)
    criteria.test(request.ZoneId, lambda found: found.zone == request.ZoneId)
    if request.DiskName is not None:
        pattern = ".*".join(map(re.escape, request.DiskName.split("*")))
        criteria.test(pattern, lambda found: re.fullmatch(pattern, found.name) is not None)
    common.narrow_by_tags(criteria, request.Tag)
    if _needs_view(request):
        criteria.test("any", lambda found: _is_wanted(disk(session, found), request))
    common.end_dry_run(request)
    page, about = common.page(graph.disks, criteria.selection, request)
    return {"Disks": {"Disk": [disk(session, each) for each in page.items]}, **about}


def _needs_view(request: DescribeDisks) -> bool:
    """Say whether anything is asked for that only the view tells."""
    names = (*_EXACT, *_OR_ANY, "LockReason")
    return bool(request.EnableShared) or any(getattr(request, name) is not None for name in names)


def _is_wanted(shown: Body, request: DescribeDisks) -> bool:
    exact = ((getattr(request, name), shown[field]) for name, field in _EXACT.items())
    if any(wanted is not None and wanted != value for wanted, value in exact):
        return False
    for name, (field, every) in _OR_ANY.items():
        if getattr(request, name) not in {None, every, shown[field]}:
            return False
    return request.LockReason is None and not request.EnableShared
