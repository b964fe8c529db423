"""The Chinese for what is said of images."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "No more than {limit} images are allowed.": "自定义镜像不能超过 {limit} 个。",
        "None of the snapshots is one of a system disk.": "快照中没有系统盘快照。",
        "One of `InstanceId` and `SnapshotIds` must be named.": (
            "必须且只能指定 `InstanceId` 或 `SnapshotIds` 之一。"
        ),
        "Several of the snapshots are of system disks.": "快照中包含多个系统盘快照。",
        "The account has no image `{resource_id}` of its own.": "账号下没有自定义镜像 `{resource_id}`。",
        "The disk `{disk_id}` is a local one.": "硬盘 `{disk_id}` 是本地盘。",
        "The disk `{disk_id}` is the system disk.": "云硬盘 `{disk_id}` 是系统盘。",
        "The image `{image_id}` does not exist.": "镜像 `{image_id}` 不存在。",
        "The image `{image_id}` is being created still.": "镜像 `{image_id}` 正在创建中。",
        "The image `{image_id}` is not complete.": "镜像 `{image_id}` 尚未创建完成。",
        "The image `{taken_by}` is called `{name}` already.": "镜像 `{taken_by}` 已使用名称 `{name}`。",
        "`DataDiskIds` belongs to `InstanceId`.": "`DataDiskIds` 必须与 `InstanceId` 一起指定。",
    }
)
