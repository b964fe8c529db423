"""DescribeDisks: the disks that came with instances.

Sources: the vendor's page DescribeDisks and the models of its Python SDK.
"""

import re
from collections.abc import Iterator
from typing import Final

import attrs

from duolect_core.model.resources import Instance
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, ecs_action
from duolect_dialects.alibaba.instances import disks
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
        note="every disk is In_use",
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
    """List one page. With NextToken or MaxResults pages follow tokens, otherwise page numbers."""
    found = [disk for disk in _candidates(session, request) if _is_wanted(disk, request)]
    common.end_dry_run(request)
    page, about = common.page_of_rows(found, request)
    return {"Disks": {"Disk": page}, **about}


def _candidates(session: Session, request: DescribeDisks) -> Iterator[Body]:
    """Yield the disks of the instances that the criteria leave."""
    graph = session.graph
    criteria: Criteria[Instance] = Criteria(graph)
    criteria.ids(() if request.InstanceId is None else (request.InstanceId,))
    criteria.test(request.ZoneId, lambda found: found.zone == request.ZoneId)
    common.narrow_by_tags(criteria, request.Tag)
    for instance in common.page_by_number(
        graph.instances, criteria.selection, 1, len(graph.instances)
    ).items:
        yield from disks.disks_of(session, instance)


def _is_wanted(disk: Body, request: DescribeDisks) -> bool:
    ids = common.json_list(request.DiskIds, "DiskIds", "InvalidDiskIds.ValueNotSupported", 404)
    if ids and disk["DiskId"] not in ids:
        return False
    if request.DiskName is not None:
        pattern = ".*".join(map(re.escape, request.DiskName.split("*")))
        if re.fullmatch(pattern, disk["DiskName"]) is None:
            return False
    exact = ((getattr(request, name), disk[field]) for name, field in _EXACT.items())
    if any(wanted is not None and wanted != shown for wanted, shown in exact):
        return False
    for name, (field, every) in _OR_ANY.items():
        if getattr(request, name) not in {None, every, disk[field]}:
            return False
    return request.LockReason is None and not request.EnableShared
