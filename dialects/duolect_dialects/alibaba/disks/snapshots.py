"""Snapshots of disks: created, listed, modified and deleted.

Sources: the vendor's pages of the actions, and the models of its Python SDK. Snapshots are kept until they
are deleted, whatever is said of their retention; none is created by itself.
"""

import re
from datetime import UTC, datetime
from typing import Final

import attrs

from duolect_core.disks import snapshots as commands
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.disks import Snapshot
from duolect_core.model.resources import SECOND, Instant
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action
from duolect_dialects.alibaba.disks import views
from duolect_dialects.alibaba.names import SNAPSHOT_STATUS
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

_NAME: Final = (
    Length(2, 128),
    Form(r"(?!https?://)(?!auto)[^\W\d_][\w:.\-]*", "a letter followed by letters, digits and : _ . -"),
)
_NAME_CODE: Final = "InvalidSnapshotName.Malformed"
_DESCRIPTION: Final = (Length(2, 256), common.NOT_A_LINK)
_CATEGORIES: Final = ("Standard", "Flash", "standard", "flash")
"""The page has the first two, terraform-provider-alicloud (``alicloud_ecs_snapshot``) the others."""
_DAYS: Final = Between(1, 65536)
_ESSDS: Final = ("cloud_essd", "cloud_auto", "cloud_essd_entry")
"""The categories of which there are snapshots with instant access: ESSDs."""


@attrs.frozen(kw_only=True)
class CreateSnapshot:
    """Create a snapshot of a disk."""

    DiskId: str = required()
    Category: str | None = param(OneOf(*_CATEGORIES), note="local snapshots are ordinary ones now")
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*_DESCRIPTION, code="InvalidDescription.Malformed")
    InstantAccess: bool | None = stored()
    InstantAccessRetentionDays: int | None = stored(Between(1, 65535))
    ResourceGroupId: str | None = stored()
    RetentionDays: int | None = stored(_DAYS, note="snapshots are kept until they are deleted")
    SnapshotName: str | None = param(*_NAME, code=_NAME_CODE)
    StorageLocationArn: str | None = refused("not available on the cloud")
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action(idempotent_by="ClientToken")
def create_snapshot(session: Session, request: CreateSnapshot) -> Body:
    """Create it: progressing, accomplished. A disk that never was attached has nothing to be kept."""
    found = lookup.disk(session.graph, request.DiskId)
    if not found.last_instance_id:
        message = f"The disk {found.id} was never attached to an instance."
        raise Refusal("IncorrectDiskStatus.NeverAttached", message, 403)
    if request.InstantAccess and found.category not in _ESSDS:
        message = f"There is no instant access to snapshots of {found.category} disks."
        raise Refusal("DiskCategory.OperationNotSupported", message, 400)
    names = ("InstantAccess", "InstantAccessRetentionDays", "RetentionDays")
    kept = {name: found.extras.get(name) for name in ("Encrypted", "KMSKeyId")}
    made = session.execute(
        commands.CreateSnapshot(
            disk_id=found.id,
            name=request.SnapshotName or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
            extras={
                **{name: getattr(request, name) for name in names},
                **kept,
                "ResourceGroupId": common.resource_group(request.ResourceGroupId),
            },
        )
    )
    return {"SnapshotId": made.id}


@attrs.frozen(kw_only=True)
class DeleteSnapshot:
    """Delete a snapshot, or give up creating it."""

    SnapshotId: str = required()
    Force: bool = param(default=False, note="deletes it although disks were created from it")


@ecs_action()
def delete_snapshot(session: Session, request: DeleteSnapshot) -> Body:
    """Delete it at once. The page overlooks one that is not there, and lists a code for it: that is given.

    alibaba-cloud-csi-driver lists a snapshot before it deletes it.
    """
    session.execute(commands.DeleteSnapshots(snapshot_ids=(request.SnapshotId,), force=request.Force))
    return {}


@attrs.frozen(kw_only=True)
class ModifySnapshotAttribute:
    """Change what is said of a snapshot."""

    SnapshotId: str = required()
    Description: str | None = param(*_DESCRIPTION, code="InvalidDescription.Malformed", clearable=True)
    DisableInstantAccess: bool = param(default=False)
    RetentionDays: int | None = stored(_DAYS)
    SnapshotName: str | None = param(*_NAME, code=_NAME_CODE, clearable=True)


@ecs_action()
def modify_snapshot_attribute(session: Session, request: ModifySnapshotAttribute) -> Body:
    """Change it at once."""
    extras: dict[str, object] = {"InstantAccess": False} if request.DisableInstantAccess else {}
    if request.RetentionDays is not None:
        extras["RetentionDays"] = request.RetentionDays
    if not extras and request.SnapshotName is None and request.Description is None:
        raise Refusal("NoAttributeToModify", "There is nothing to modify in the request.", 400)
    session.execute(
        commands.ModifySnapshot(
            snapshot_id=request.SnapshotId,
            name=request.SnapshotName,
            description=request.Description,
            extras=extras,
        )
    )
    return {}


# -- listing -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class SnapshotFilter:
    """One Filter.N: an end of the time in which a snapshot was created."""

    Key: str | None = param()
    Value: str | None = param()


@attrs.frozen(kw_only=True)
class DescribeSnapshots:
    """List snapshots, newest first; all criteria must hold."""

    RegionId: str = required()
    Category: str | None = param(
        OneOf(*_CATEGORIES, "archive"),
        code="InvalidSnapshotCategory.Malformed",
        note="every snapshot is a standard one",
    )
    DiskId: str | None = param()
    DryRun: bool = param(default=False)
    Encrypted: bool | None = param(note="true lists encrypted ones only")
    Filter: tuple[SnapshotFilter, ...] = param(Count(0, 2), default=())
    InstanceId: str | None = param(note="of the disks that are attached to it")
    KMSKeyId: str | None = param()
    MaxResults: int | None = param(Between(1, 100))
    NextToken: str | None = param()
    PageNumber: int | None = param(Between(1, 2**31 - 1), note="1 unless given")
    PageSize: int | None = param(Between(1, 100), note="10 unless given")
    ResourceGroupId: str | None = param()
    SnapshotIds: str | None = param(note="a JSON array of up to 100 ids")
    SnapshotLinkId: str | None = param()
    SnapshotName: str | None = param()
    SnapshotType: str | None = param(
        OneOf("auto", "user", "all"), code="InvalidSnapshotType.NotFound", note="every one is a user's"
    )
    SourceDiskType: str | None = param(note="System or Data, in any letters")
    Status: str | None = param(
        OneOf("progressing", "accomplished", "failed", "all"), code="InvalidStatus.NotFound"
    )
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    Usage: str | None = param(OneOf("image", "disk", "image_disk", "none"), code="InvalidUsage")


@ecs_action()
def describe_snapshots(session: Session, request: DescribeSnapshots) -> Body:
    """List one page. With NextToken or MaxResults pages follow tokens, otherwise page numbers."""
    graph = session.graph
    criteria: Criteria[Snapshot] = Criteria(graph)
    if request.SnapshotIds is not None:
        code = "InvalidSnapshotIds.Malformed"
        criteria.ids(common.json_list(request.SnapshotIds, "SnapshotIds", code, 403))
    criteria.by(graph.snapshots_by_disk, request.DiskId)
    if request.InstanceId is not None:
        disks = graph.disks_by_instance.ids(request.InstanceId)
        criteria.among({each for disk_id in disks for each in graph.snapshots_by_disk.ids(disk_id)})
    common.narrow_by_tags(criteria, request.Tag)
    _narrow(session, criteria, request)
    for each in request.Filter:
        _narrow_by_time(criteria, each)
    common.end_dry_run(request)
    page, about = common.page(graph.snapshots, criteria.selection, request)
    return {"Snapshots": {"Snapshot": [views.snapshot(session, each) for each in page.items]}, **about}


def _narrow(session: Session, criteria: Criteria[Snapshot], request: DescribeSnapshots) -> None:
    """Narrow to the snapshots of which what is shown is wanted."""
    status, link = request.Status, request.SnapshotLinkId
    criteria.test(request.SnapshotName, lambda found: found.name == request.SnapshotName)
    criteria.test(link, lambda found: views.link_of(found.disk_id) == link)
    criteria.test(status, lambda found: status in {"all", SNAPSHOT_STATUS[found.state]})
    criteria.test(request.Usage, lambda found: views.usage(session, found) == request.Usage)
    group, key = request.ResourceGroupId, request.KMSKeyId
    criteria.test(group, lambda found: found.extras.get("ResourceGroupId") == group)
    criteria.test(key, lambda found: found.extras.get("KMSKeyId") == key)
    if request.Encrypted:
        criteria.test("encrypted", lambda found: bool(found.extras.get("Encrypted")))
    if request.SourceDiskType is not None:
        kind = request.SourceDiskType.lower()
        if kind not in {each.value for each in DiskKind}:
            message = "SourceDiskType must be System or Data."
            raise Refusal("InvalidSourceDiskType", message, 404)
        criteria.test(kind, lambda found: found.kind.value == kind)
    if request.SnapshotType == "auto" or request.Category in {"Flash", "flash", "archive"}:
        criteria.among(())


_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z")


def _narrow_by_time(criteria: Criteria[Snapshot], wanted: SnapshotFilter) -> None:
    """Narrow to the snapshots that were created from, or up to, an instant."""
    if wanted.Key not in {"CreationStartTime", "CreationEndTime"}:
        message = f"There is no filter of the key {wanted.Key}."
        raise Refusal("InvalidFilterKey.NotFound", message, 404)
    at = _instant(wanted.Value or "")
    if wanted.Key == "CreationStartTime":
        criteria.test(wanted.Key, lambda found: found.created >= at)
    else:
        criteria.test(wanted.Key, lambda found: found.created <= at)


def _instant(text: str) -> Instant:
    try:
        if _TIME.fullmatch(text) is not None:
            return int(datetime.fromisoformat(text).astimezone(UTC).timestamp()) * SECOND
    except ValueError:
        pass
    raise Refusal("InvalidFilterKey.NotFound", f"{text} is no time such as 2019-12-13T17:00Z.", 404)
