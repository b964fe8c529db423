"""The Chinese for what is said of images."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "An encrypted copy is in the same region, any other in another one.": (
            "加密镜像只能复制到同一地域，其他镜像只能复制到其他地域。"
        ),
        "The account `{account}` has the image already.": "账号 `{account}` 已拥有该镜像。",
        "The copy `{image_id}` is not being made any more.": "镜像副本 `{image_id}` 已不在创建中。",
        "The image `{image_id}` is not a copy.": "镜像 `{image_id}` 不是副本。",
        "The image `{image_id}` is a public one.": "镜像 `{image_id}` 是公共镜像。",
        "The image `{image_id}` is being copied as `{copy_id}` still.": (
            "镜像 `{image_id}` 正在复制为 `{copy_id}`。"
        ),
        "The image `{image_id}` is encrypted.": "镜像 `{image_id}` 已加密。",
        "The image `{image_id}` is shared with other accounts.": "镜像 `{image_id}` 已共享给其他账号。",
        "The image is the account's own.": "镜像属于当前账号。",
        "The region `{region}` does not exist.": "地域 `{region}` 不存在。",
        "The snapshot `{snapshot_id}` is encrypted.": "快照 `{snapshot_id}` 已加密。",
        "`{resource_id}` can be shared with {limit} accounts at most.": (
            "`{resource_id}` 最多可共享给 {limit} 个账号。"
        ),
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
        "the number of an account": "账号 ID",
        "`DataDiskIds` belongs to `InstanceId`.": "`DataDiskIds` 必须与 `InstanceId` 一起指定。",
    }
)
