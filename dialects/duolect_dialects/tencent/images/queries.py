"""Images: what can be named in RunInstances, the newest of a family, and which systems can be imported.

Source: the definition of DescribeImages in tccli. All instance types here have x86 processors, and so do
all images: an instance type narrows nothing, but must exist.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.errors import InstanceTypeNotFound
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import Image as OwnImage
from duolect_core.relations import progress
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import CVM, CvmFilter, cvm_action, no_filter
from duolect_dialects.tencent.images.catalog import Image, importable, listed, of
from duolect_dialects.tencent.names import DISK_USAGE, IMAGE_STATE, uin, utc_time
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.tencent.wire import translation
from duolect_dialects.values import Coded, Count, Each
from duolect_dialects.wording import Message

_MALFORMED: Final = "InvalidImageId.Malformed"


@attrs.frozen(kw_only=True)
class DescribeImages:
    """List images: by ids, or by filters that must all match."""

    ImageIds: tuple[str, ...] = param(
        Count(0, 100),
        Coded(Each(common.IMAGE_ID), _MALFORMED),
        default=(),
        note="every id of the right form is an image, unless it was deleted",
    )
    Filters: tuple[CvmFilter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20, code="InvalidParameterValue.InvalidParameterValueLimit")
    InstanceType: str | None = param(
        common.INSTANCE_TYPE, code="InvalidInstanceType.Malformed", note="every image fits every type"
    )


@cvm_action()
def describe_images(session: Session, request: DescribeImages) -> Body:
    """List one page of the public images or of those that are named, newest first, and the count of all."""
    if request.ImageIds and request.Filters:
        raise Refusal(
            "InvalidParameter.InvalidParameterCoexistImageIdsFilters",
            "Ids and Filters cannot be used together.",
        )
    wanted = request.InstanceType
    if wanted is not None and wanted not in session.rules.instance_types:
        raise InstanceTypeNotFound(wanted)
    ids = request.ImageIds
    for each in request.Filters:
        if each.Name == "image-id":
            _check_form(each.Values)
            ids = tuple(value for value in each.Values if not ids or value in ids)
    in_chinese = session.call.language == translation.LANGUAGE
    found = [
        _view(session, shown, in_chinese=in_chinese)
        for shown in ([of(session, each) for each in dict.fromkeys(ids)] if ids else listed(session))
        if shown.id not in session.graph.former_images
    ]
    for each in request.Filters:
        passes = _test(each.Name)
        found = [shown for shown in found if any(passes(shown, value) for value in each.Values)]
    found.sort(key=itemgetter("CreatedTime"), reverse=True)
    return {
        "TotalCount": len(found),
        "ImageSet": found[request.Offset : request.Offset + request.Limit],
    }


def _check_form(values: tuple[str, ...]) -> None:
    for value in values:
        if not common.IMAGE_ID.accepts(value):
            raise Refusal(_MALFORMED, Message("`{value}` is not a value for this filter.", value=value))


def _test(name: str) -> Callable[[Body, str], bool]:
    if name.startswith("tag:"):
        key = name.removeprefix("tag:")
        return lambda shown, value: {"Key": key, "Value": value} in shown["Tags"]
    if name not in _TESTS:
        raise no_filter(name, CVM)
    return _TESTS[name]


def _never(_shown: Body, _value: str) -> bool:
    """Let nothing pass: no image here is cached in a dedicated cluster."""
    return False


_TESTS: Final[Mapping[str, Callable[[Body, str], bool]]] = MappingProxyType(
    {
        "image-id": lambda shown, value: shown["ImageId"] == value,
        "image-type": lambda shown, value: shown["ImageType"] == value,
        "image-name": lambda shown, value: value in shown["ImageName"],
        "platform": lambda shown, value: value in shown["Platform"],
        "tag-key": lambda shown, value: value in [tag["Key"] for tag in shown["Tags"]],
        "tag-value": lambda shown, value: value in [tag["Value"] for tag in shown["Tags"]],
        "dedicated-cluster-id": _never,
        "cdc-cache-status": _never,
    }
)
"""Whether an image passes a filter, by the filter's name."""


def _view(session: Session, shown: Image, *, in_chinese: bool) -> Body:
    name = shown.named(in_chinese=in_chinese)
    return {
        "ImageId": shown.id,
        "OsName": name,
        "ImageType": "PUBLIC_IMAGE" if shown.public else "PRIVATE_IMAGE",
        "CreatedTime": f"{shown.created}T00:00:00Z",
        "ImageName": shown.title or (name if shown.public else shown.id),
        "ImageDescription": name if shown.public else "",
        "ImageSize": shown.size,
        "Architecture": "x86_64",
        "ImageState": "NORMAL",
        "Platform": shown.platform,
        "ImageCreator": "tencent" if shown.public else uin(session),
        "ImageSource": "OFFICIAL" if shown.public else "CREATE_IMAGE",
        "SyncPercent": 100,
        "IsSupportCloudinit": True,
        "SnapshotSet": [],
        "Tags": [],
        "LicenseType": "TencentCloud",
        "ImageFamily": "",
        "ImageDeprecated": False,
        "CdcCacheStatus": "",
        **_own(session, shown.own),
    }


def _own(session: Session, own: OwnImage | None) -> Body:
    """Return what differs for an image that was made here."""
    if own is None:
        return {}
    graph = session.graph
    parts = [graph.snapshots[each] for each in own.snapshot_ids]
    percent = progress.of(session.partition, own.pending)[0]
    is_coming = own.state is CopyState.PENDING
    return {
        "CreatedTime": utc_time(own.created),
        "ImageName": own.name,
        "ImageDescription": own.description,
        "ImageState": "SYNCING" if is_coming and own.copied_from else IMAGE_STATE[own.state],
        "SyncPercent": 0 if own.state is CopyState.CREATE_FAILED else percent,
        "SnapshotSet": [
            {"SnapshotId": each.id, "DiskUsage": DISK_USAGE[each.kind], "DiskSize": each.size}
            for each in parts
        ],
        "Tags": tags(own.tags),
        "ImageFamily": own.extras.get("ImageFamily", ""),
        "ImageDeprecated": own.extras.get("ImageDeprecated", False),
    }


@attrs.frozen(kw_only=True)
class DescribeImageFromFamily:
    """Tell of the newest image of a family."""

    ImageFamily: str | None = param(note="there is none of no family (assumed)")


@cvm_action()
def describe_image_from_family(session: Session, request: DescribeImageFromFamily) -> Body:
    """Return the newest image that is complete and not deprecated, or none; public ones have no family."""
    found = [
        each
        for each in session.graph.images.values()
        if request.ImageFamily
        and each.extras.get("ImageFamily") == request.ImageFamily
        and each.state is CopyState.AVAILABLE
        and not each.extras.get("ImageDeprecated")
    ]
    if not found:
        return {"Image": None}
    newest = max(found, key=lambda each: each.order)
    in_chinese = session.call.language == translation.LANGUAGE
    return {"Image": _view(session, of(session, newest.id), in_chinese=in_chinese)}


@attrs.frozen(kw_only=True)
class DescribeImportImageOs:
    """Tell which systems an image may have that is imported."""


@cvm_action()
def describe_import_image_os(session: Session, request: DescribeImportImageOs) -> Body:  # noqa: ARG001
    """Return the list of the catalogue; the action's example has it."""
    systems = importable()
    windows = [name for name in systems if name.startswith("Windows")]
    return {
        "ImportImageOsListSupported": {
            "Windows": windows,
            "Linux": [name for name in systems if name not in windows],
        },
        "ImportImageOsVersionSet": [
            {"OsName": name, "OsVersions": versions, "Architecture": ["x86_64", "i386"]}
            for name, versions in systems.items()
        ],
    }
