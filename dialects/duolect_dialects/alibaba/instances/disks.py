"""The disks that instances come with: their categories, and what is wanted of them.

Sources: the vendor's pages on block storage performance and on limits, RunInstances, DescribeDisks.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import NewDisk
from duolect_dialects.alibaba.images import catalog as images
from duolect_dialects.alibaba.images.catalog import Image
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.session import Session


@attrs.frozen(kw_only=True, slots=False)
class Performance:
    """What a category or performance level gives: a start, a step per GiB, and an end.

    Throughput is in MB/s. ``system`` and ``data`` are the sizes in GiB that its disks may have.
    """

    iops: tuple[int, int, int]
    throughput: tuple[int, float, int]
    system: tuple[int, int] = (20, 2048)
    data: tuple[int, int] = (20, 32768)


CATEGORIES: Final[Mapping[str, Performance]] = MappingProxyType(
    {
        "cloud": Performance(iops=(300, 0, 300), throughput=(30, 0, 40), system=(20, 500), data=(5, 2000)),
        "cloud_efficiency": Performance(iops=(1800, 8, 5000), throughput=(100, 0.15, 140)),
        "cloud_ssd": Performance(iops=(1800, 30, 25_000), throughput=(120, 0.5, 300)),
        "cloud_essd": Performance(iops=(1800, 50, 50_000), throughput=(120, 0.5, 350), data=(20, 65_536)),
        "cloud_auto": Performance(
            iops=(1800, 50, 50_000), throughput=(120, 0.5, 350), system=(1, 2048), data=(1, 65_536)
        ),
        "cloud_essd_entry": Performance(
            iops=(1800, 8, 6000), throughput=(100, 0.15, 150), system=(10, 2048), data=(10, 32_768)
        ),
    }
)
_LEVELS: Final[Mapping[str, Performance]] = MappingProxyType(
    {
        "PL0": Performance(
            iops=(1800, 12, 10_000), throughput=(100, 0.25, 180), system=(1, 2048), data=(1, 65_536)
        ),
        "PL2": Performance(
            iops=(1800, 50, 100_000), throughput=(120, 0.5, 750), system=(461, 2048), data=(461, 65_536)
        ),
        "PL3": Performance(
            iops=(1800, 50, 1_000_000),
            throughput=(120, 0.5, 4000),
            system=(1261, 2048),
            data=(1261, 65_536),
        ),
    }
)
_DEFAULT_CATEGORY: Final = "cloud_efficiency"
"""Of the disks that come with an instance; that of CreateDisk is another."""
_SMALLEST_SYSTEM_DISK: Final = 40
"""A system disk that was asked for without a size has at least so many GiB."""


def performance(category: str, level: str) -> Performance:
    """Return what disks of a category, and of a level where it has any, give."""
    if category == "cloud_essd" and level in _LEVELS:
        return _LEVELS[level]
    return CATEGORIES[category]


def level_of(category: str, said: Mapping[str, Any]) -> str:
    """Return the performance level of a disk of which something was said; only enterprise SSDs have one."""
    level: str = said.get("PerformanceLevel") or "PL1"
    return level if category == "cloud_essd" else ""


def default_system_size(session: Session, image_id: str) -> int:
    """Return the GiB of a system disk for which none were asked."""
    return max(_SMALLEST_SYSTEM_DISK, images.of(session, image_id).size)


SHOWN_AGAIN: Final = (
    "AutoSnapshotPolicyId", "BurstingEnabled", "Encrypted", "KMSKeyId", "PerformanceLevel",
    "ProvisionedIops", "StorageClusterId", "StorageSetId", "StorageSetPartitionNumber",
)  # fmt: skip
"""What is only kept of a disk, under the names under which it is shown again."""


def system(session: Session, wanted: Mapping[str, Any], image_id: str, more: Mapping[str, Any]) -> NewDisk:
    """Return a system disk of which something is wanted; ``more`` is kept beside that.

    Raises:
        Refusal: it cannot be so small, or so large.
    """
    disk = {"Size": default_system_size(session, image_id), **wanted}
    category, size = disk.get("Category") or _DEFAULT_CATEGORY, disk["Size"]
    check_system_size(category, level_of(category, disk), size, images.of(session, image_id))
    return _new(session, disk, category, "", {**more, "ImageId": image_id}, deletes_copies=False)


def data(session: Session, wanted: Mapping[str, Any], more: Mapping[str, Any]) -> NewDisk:
    """Return a data disk of which something is wanted, which comes along with an instance.

    A snapshot of an account that has made none here is as good as any image, and as large as the disk.

    Raises:
        Refusal: it has no size, or it cannot be so small, or so large.
    """
    category = wanted.get("Category") or _DEFAULT_CATEGORY
    low, high = performance(category, level_of(category, wanted)).data
    snapshot_id = wanted.get("SnapshotId") or ""
    snapshot = session.graph.snapshots.get(snapshot_id)
    if "Size" not in wanted and not snapshot_id:
        raise missing("DataDisk.Size")
    size = wanted.get("Size") or (low if snapshot is None else max(low, snapshot.size))
    if not low <= size <= high:
        raise Refusal(
            "InstanceDiskCategoryLimitExceed", f"This data disk must have {low} to {high} GiB.", 400
        )
    before = {} if session.graph.snapshots else {"SourceSnapshotId": snapshot_id}
    known = snapshot_id if session.graph.snapshots else ""
    return _new(session, {**wanted, "Size": size}, category, known, {**more, **before})


def encryption(session: Session, wanted: bool | None) -> dict[str, Any]:  # noqa: FBT001 - as it was given
    """Return what encrypts a new disk where nothing more is said of it than whether it shall be.

    Raises:
        Refusal: it shall not be encrypted, but new disks of the region are.
    """
    enabled, key_id = session.graph.disk_encryption
    if not enabled:
        return {}
    if wanted is False:
        message = "New disks in this region are encrypted."
        raise Refusal("InvalidEncrypted.NotMatchDiskDefaultEncryption", message, 403)
    return {"Encrypted": True, "KMSKeyId": key_id}


def _new(  # noqa: PLR0913 - all that a disk is made of
    session: Session,
    asked: Mapping[str, Any],
    category: str,
    snapshot_id: str,
    more: Mapping[str, Any],
    *,
    deletes_copies: bool = True,
) -> NewDisk:
    """Return a disk. A policy that there is makes snapshots of it; of any other only the id is kept."""
    given = {name: value for name, value in asked.items() if value is not None}
    wanted = {**encryption(session, asked.get("Encrypted")), **given}
    said = {name: wanted[name] for name in SHOWN_AGAIN if wanted.get(name) is not None}
    policy_id = said.get("AutoSnapshotPolicyId")
    is_known = policy_id in session.graph.snapshot_policies
    if is_known:
        del said["AutoSnapshotPolicyId"]
    return NewDisk(
        size=wanted["Size"],
        category=category,
        name=wanted.get("DiskName") or "",
        description=wanted.get("Description") or "",
        snapshot_id=snapshot_id,
        portable=more.get("DiskChargeType") != "PrePaid",
        delete_with_instance=wanted.get("DeleteWithInstance") is not False,
        device=wanted.get("Device") or "",
        policy_ids=(str(policy_id),) if is_known else (),
        delete_auto_snapshots=deletes_copies,
        extras={**said, **{name: value for name, value in more.items() if value}},
    )


def check_system_size(category: str, level: str, size: int, image: Image) -> None:
    """Raise ``Refusal`` where a system disk of an image cannot be of a size."""
    low, high = performance(category, level).system
    if size < image.size:
        raise Refusal(
            "InvalidSystemDiskSize.LessThanImageSize",
            f"A system disk of {size} GiB is smaller than the image {image.id}.",
            404,
        )
    if size < low:
        raise Refusal(
            "InvalidSystemDiskSize.LessThanMinSize", f"This system disk must have {low} GiB at least.", 404
        )
    if size > high:
        raise Refusal("InvalidParameter", f"This system disk may have {high} GiB at most.", 400)


def check_image(session: Session, image_id: str) -> None:
    """Raise ``Refusal`` where an image of the account's own is gone, or not complete."""
    if image_id in session.graph.former_images:
        raise Refusal("InvalidImageId.NotFound", f"The image {image_id} does not exist.", 404)
    found = session.graph.images.get(image_id)
    if found is not None and found.state is not CopyState.AVAILABLE:
        raise Refusal("InvalidImageId.NotFound", f"The image {image_id} cannot be used yet.", 404)
