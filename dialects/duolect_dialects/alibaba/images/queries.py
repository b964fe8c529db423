"""Telling of images: public ones, those that were created, and those that instances were created from.

Sources: the vendor's page DescribeImages and the models of its Python SDK. What a recorded answer of
2024 leaves out is left out: the number of the owner, supplier, licence, usability, secure boot, and
features other than NVMe.
"""

import re
from typing import Final

import attrs

from duolect_core.model.disks import Image as Made
from duolect_core.relations import progress
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, ecs_action
from duolect_dialects.alibaba.images import catalog as images
from duolect_dialects.alibaba.images.catalog import Image, of
from duolect_dialects.alibaba.names import IMAGE_STATUS
from duolect_dialects.alibaba.views import owner, tags
from duolect_dialects.declarations import ignored, param, refused, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf


@attrs.frozen(kw_only=True)
class ImageFilter:
    """One Filter.N."""

    Key: str | None = refused("images are not chosen by times of creation and by network types")
    Value: str | None = refused("images are not chosen by times of creation and by network types")


@attrs.frozen(kw_only=True)
class DescribeImages:
    """List images; all criteria must hold. An image that is named exists, unless it was deleted."""

    RegionId: str = required()
    ActionType: str | None = ignored(OneOf("CreateEcs", "ChangeOS"), note="every image serves for both")
    Architecture: str | None = param(OneOf("i386", "x86_64", "arm64"))
    DryRun: bool = param(default=False)
    Filter: tuple[ImageFilter, ...] = param(Count(0, 4), default=())
    ImageFamily: str | None = param()
    ImageId: str | None = param(note="ids, separated by commas")
    ImageName: str | None = param(note="an asterisk stands for any text")
    ImageOwnerAlias: str | None = param(OneOf("system", "self", "others", "marketplace"))
    ImageOwnerId: int | None = param(note="of the account's own images")
    InstanceType: str | None = param(note="images that its processor runs")
    IsPublic: bool | None = param(note="of the account's own that are published")
    IsSupportCloudinit: bool | None = param(note="every image does")
    IsSupportIoOptimized: bool | None = param(note="every image does")
    OSType: str | None = param(OneOf("linux", "windows"))
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 100), default=10)
    ResourceGroupId: str | None = param()
    ShowExpired: bool | None = ignored(note="no image expires")
    SnapshotId: str | None = param()
    Status: str | None = param(note="Available unless given")
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    Usable: bool | None = param(note="every image is that is Available")
    Usage: str | None = param(OneOf("instance", "none"))


@ecs_action()
def describe_images(session: Session, request: DescribeImages) -> Body:
    """List one page."""
    used = {
        image_id: None
        for instance in session.graph.instances.values()
        if (image_id := instance.extras.get("ImageId"))
    }
    if request.ImageId is None:
        known = images.listed(session, used)
    else:
        named = [each.strip() for each in request.ImageId.split(",")]
        known = images.newest_first(session, dict.fromkeys(filter(None, named)))
    gone = session.graph.former_images
    known = [each for each in known if each.id not in gone]
    bodies = [_image(session, each, used=each.id in used) for each in known]
    found = [body for body in bodies if _is_wanted(session, body, request)]
    common.end_dry_run(request)
    start = (request.PageNumber - 1) * request.PageSize
    return {
        "Images": {"Image": found[start : start + request.PageSize]},
        "RegionId": session.call.region,
        "TotalCount": len(found),
        "PageNumber": request.PageNumber,
        "PageSize": request.PageSize,
        "NextToken": "",
    }


_EXACT: Final = (
    "Architecture", "ImageFamily", "ImageOwnerAlias", "IsPublic", "IsSupportCloudinit",
    "IsSupportIoOptimized", "OSType", "Usage",
)  # fmt: skip
"""Criteria that are compared with the field of the same name."""


def _is_wanted(session: Session, body: Body, request: DescribeImages) -> bool:
    if any((wanted := getattr(request, name)) is not None and wanted != body[name] for name in _EXACT):
        return False
    if request.ImageName is not None:
        pattern = ".*".join(map(re.escape, request.ImageName.split("*")))
        if re.fullmatch(pattern, body["ImageName"]) is None:
            return False
    status = body["Status"]
    parts = {part["SnapshotId"] for part in body["DiskDeviceMappings"]["DiskDeviceMapping"]}
    tags = {tag["TagKey"]: tag["TagValue"] for tag in body["Tags"]["Tag"]}
    kind = request.InstanceType
    return (
        status in (request.Status or "Available").split(",")
        and request.Usable in {None, status == "Available"}
        and (kind is None or _runs_on(session, body, kind))
        and request.ImageOwnerId in {None, _owner_id(session, body)}
        and request.ResourceGroupId in {None, body["ResourceGroupId"]}
        and (request.SnapshotId is None or request.SnapshotId in parts)
        and all(each.Key in tags and each.Value in {None, tags[each.Key]} for each in request.Tag)
    )


def _owner_id(session: Session, body: Body) -> int:
    """Return the number of the account that an image is of; public ones are of nobody's."""
    return int(owner(session)) if body["ImageOwnerAlias"] == "self" else 0


def _runs_on(session: Session, body: Body, type_name: str) -> bool:
    kind = session.rules.instance_types.get(type_name)
    return kind is not None and (body["Architecture"] == "arm64") == images.arm_only(kind.family)


def _image(session: Session, shown: Image, *, used: bool) -> Body:
    made = session.graph.images.get(shown.id)
    return {
        "ImageId": shown.id,
        "ImageName": shown.title or shown.id,
        "ImageFamily": shown.family,
        "ImageOwnerAlias": "self" if shown.own else "system",
        "ImageVersion": "",
        "Description": "",
        "Architecture": "arm64" if shown.arm else "x86_64",
        "BootMode": "UEFI" if shown.uefi else "BIOS",
        "OSName": shown.name,
        "OSNameEn": shown.name_in_english,
        "OSType": "windows" if shown.windows else "linux",
        "Platform": shown.platform,
        "Size": shown.size,
        "Status": "Available",
        "Usage": "instance" if used else "none",
        "Progress": "100%",
        "CreationTime": shown.created,
        "IsCopied": False,
        "IsPublic": False,
        "IsSelfShared": "",
        "IsSubscribed": False,
        "IsSupportCloudinit": True,
        "IsSupportIoOptimized": True,
        "LoginAsNonRootSupported": False,
        "ProductCode": "",
        "ResourceGroupId": "",
        "Tags": {"Tag": []},
        "DiskDeviceMappings": {"DiskDeviceMapping": []},
        "DetectionOptions": {},
        "Features": {"NvmeSupport": "supported"},
        **({} if made is None else _made(session, made)),
    }


def _made(session: Session, made: Made) -> Body:
    """Return what an image that was created here shows in its own way."""
    percent, _ = progress.of(session.partition, made.pending)
    status = "Deprecated" if made.extras.get("Deprecated") else IMAGE_STATUS[made.state]
    own = {"ImdsSupport": made.extras["ImdsSupport"]} if "ImdsSupport" in made.extras else {}
    return {
        "ImageName": made.name,
        "ImageVersion": made.extras.get("ImageVersion") or "",
        "Description": made.description,
        "Architecture": made.extras.get("Architecture")
        or ("arm64" if of(session, made.id).arm else "x86_64"),
        "Status": status,
        "IsCopied": bool(made.copied_from),
        "IsPublic": made.public,
        "IsSelfShared": "true" if made.shared_since else "",
        "Progress": f"{percent}%",
        "ResourceGroupId": made.extras.get("ResourceGroupId") or "",
        "Tags": tags(made.tags),
        "DiskDeviceMappings": {
            "DiskDeviceMapping": [
                {
                    "Device": f"/dev/xvd{chr(ord('a') + place)}",
                    "Size": str(session.graph.snapshots[each].size),
                    "SnapshotId": each,
                    "Type": "data" if place else "system",
                    "Format": "",
                    "Encrypted": bool(session.graph.snapshots[each].extras.get("Encrypted")),
                    "ImportOSSBucket": "",
                    "ImportOSSObject": "",
                    "Progress": f"{percent}%",
                    "RemainTime": 0,
                }
                for place, each in enumerate(made.snapshot_ids)
            ]
        },
        "Features": {"NvmeSupport": "supported", **own},
    }


@attrs.frozen(kw_only=True)
class DescribeImageFromFamily:
    """Tell of the newest image of a family."""

    ImageFamily: str = required()
    RegionId: str = required()


@ecs_action()
def describe_image_from_family(session: Session, request: DescribeImageFromFamily) -> Body:
    """Return the newest image that can be used, or nothing where there is none."""
    image_id = images.of_family(session, request.ImageFamily)
    if image_id is None:
        return {"Image": {}}
    used = any(each.extras.get("ImageId") == image_id for each in session.graph.instances.values())
    body = _image(session, of(session, image_id), used=used)
    body["DiskDeviceMappings"] = {
        "DiskDeviceMapping": [
            {name: value for name, value in each.items() if name in _MAPPING_OF_FAMILY}
            for each in body["DiskDeviceMappings"]["DiskDeviceMapping"]
        ]
    }
    return {"Image": {name: value for name, value in body.items() if name not in _NOT_OF_FAMILY}}


_NOT_OF_FAMILY: Final = {
    "BootMode", "DetectionOptions", "Features", "IsPublic", "LoginAsNonRootSupported", "OSNameEn",
    "ResourceGroupId",
}  # fmt: skip
"""What only DescribeImages tells."""
_MAPPING_OF_FAMILY: Final = {
    "Device", "Format", "ImportOSSBucket", "ImportOSSObject", "Size", "SnapshotId", "Type",
}  # fmt: skip
