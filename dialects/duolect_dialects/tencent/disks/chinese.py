"""The Chinese for what is said of disks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "All local disks are turned at once, and one data disk at most.": (
            "所有本地盘必须同时转换，且最多转换一块数据盘。"
        ),
        "Disks are not encrypted by default.": "云硬盘默认不加密。",
        "No throughput can be bought for the disk `{disk_id}`.": "云硬盘 `{disk_id}` 不支持购买额外性能。",
        "The instance has no local disk that is named.": "实例没有指定的本地盘。",
        "`DiskType` must be named.": "必须指定 `DiskType`。",
        "One of `DataDisks` and `SystemDisk` must be named.": "必须指定 `DataDisks` 或 `SystemDisk` 之一。",
        "Only cloud disks can be made larger.": "仅支持扩容云硬盘。",
        "The disk `{disk_id}` cannot be changed.": "云硬盘 `{disk_id}` 不支持修改。",
        "The disk `{disk_id}` is not elastic.": "云硬盘 `{disk_id}` 不是弹性云盘。",
        "The disk has {size} GiB and can only be made larger.": "云硬盘容量为 {size} GiB，仅支持扩容。",
        "The system disk has another id or type.": "系统盘的 ID 或类型不匹配。",
        "disks keep their type": "云硬盘不支持变更类型",
        "nothing is paid for in advance": "不支持预付费",
        "disks stay elastic or not": "云硬盘不支持变更弹性属性",
        "no disk has bursts of performance": "云硬盘没有性能突发功能",
        "the data disks of instances are elastic": "实例的数据盘均为弹性云盘",
        "A snapshot with a deadline is not permanent.": "设置到期时间的快照不能永久保留。",
        "An instance can have at most {limit} data disks.": "每个实例最多可挂载 {limit} 块数据盘。",
        "Instances are not stopped on their own.": "不支持自动关机。",
        "No more than {limit} disks are allowed.": "云硬盘不能超过 {limit} 块。",
        "No more than {limit} snapshots of `{resource_id}` are allowed.": (
            "`{resource_id}` 的快照不能超过 {limit} 个。"
        ),
        "Shared disks are not sold.": "不售卖共享型云硬盘。",
        "Such a disk must have {low} to {high} GiB.": "该类型云硬盘的容量必须在 {low} 到 {high} GiB 之间。",
        "The disk `{disk_id}` is attached to the instance `{instance_id}`.": (
            "云硬盘 `{disk_id}` 已挂载到实例 `{instance_id}`。"
        ),
        "The disk `{disk_id}` is given back already.": "云硬盘 `{disk_id}` 已退还。",
        "The disk `{disk_id}` is in {disk_zone}, the instance `{instance_id}` in {instance_zone}.": (
            "云硬盘 `{disk_id}` 位于可用区 {disk_zone}，实例 `{instance_id}` 位于可用区 {instance_zone}。"
        ),
        "The disk `{disk_id}` is not attached to the instance `{instance_id}`.": (
            "云硬盘 `{disk_id}` 未挂载到实例 `{instance_id}`。"
        ),
        "The disk `{disk_id}` is used otherwise.": "云硬盘 `{disk_id}` 的用途不符。",
        "The disk `{disk_id}` is {state}; the operation needs {allowed}.": (
            "云硬盘 `{disk_id}` 的状态为 {state}，该操作要求状态为 {allowed}。"
        ),
        "The disk `{disk_id}` stays with its instance.": "云硬盘 `{disk_id}` 不能与实例分离。",
        "The disk `{held_by}` was created from `{resource_id}`.": (
            "云硬盘 `{held_by}` 由 `{resource_id}` 创建。"
        ),
        "The disk `{resource_id}` does not exist.": "云硬盘 `{resource_id}` 不存在。",
        "The disk has {size} GiB, the snapshot {wanted}.": "云硬盘为 {size} GiB，快照为 {wanted} GiB。",
        "The image `{held_by}` is made of the snapshot `{resource_id}`.": (
            "镜像 `{held_by}` 关联了快照 `{resource_id}`。"
        ),
        "The instance `{instance_id}` has another disk as {device}.": (
            "实例 `{instance_id}` 的设备 {device} 已被占用。"
        ),
        "The instance `{instance_id}` has no system disk.": "实例 `{instance_id}` 没有系统盘。",
        "The snapshot `{resource_id}` does not exist.": "快照 `{resource_id}` 不存在。",
        "The snapshot `{snapshot_id}` is not complete.": "快照 `{snapshot_id}` 尚未创建完成。",
        "The snapshot `{snapshot_id}` is not one of `{disk_id}`.": (
            "快照 `{snapshot_id}` 不属于云硬盘 `{disk_id}`。"
        ),
        "The snapshot `{snapshot_id}` is one of a system disk.": "快照 `{snapshot_id}` 是系统盘快照。",
        "The snapshot `{snapshot_id}` of the disk `{disk_id}` is being created.": (
            "云硬盘 `{disk_id}` 的快照 `{snapshot_id}` 正在创建中。"
        ),
        "The snapshot `{snapshot_id}` of the disk `{disk_id}` is gone.": (
            "云硬盘 `{disk_id}` 的快照 `{snapshot_id}` 已不存在。"
        ),
        "There are no instant snapshots.": "不支持极速快照。",
        "`{resource_id}` has {size} GiB; {wanted} are too few.": (
            "`{resource_id}` 的容量为 {size} GiB，{wanted} GiB 过小。"
        ),
        "a time such as 2030-01-31T12:00:00+00:00": "形如 2030-01-31T12:00:00+00:00 的时间",
        "disks are not attached as they are created": "创建云硬盘时不支持自动挂载",
        "A disk can be bound to at most {limit} policies.": "一块云硬盘最多绑定 {limit} 个定期快照策略。",
        "A policy can have at most {limit} disks.": "一个定期快照策略最多绑定 {limit} 块云硬盘。",
        "A policy needs DayOfWeek, DayOfMonth or IntervalDays.": (
            "定期快照策略必须指定 DayOfWeek、DayOfMonth 或 IntervalDays。"
        ),
        "A snapshot is copied to another region than its own.": "快照只能复制到其他地域。",
        "A snapshot is shared with {limit} accounts at most.": "每个快照最多可共享给 {limit} 个账户。",
        "No more than {limit} policies are allowed.": "定期快照策略不能超过 {limit} 个。",
        "The backup point `{backup_id}` is busy.": "云硬盘备份点 `{backup_id}` 正忙。",
        "The backup point `{backup_id}` is not one of `{disk_id}`.": (
            "云硬盘备份点 `{backup_id}` 不属于云硬盘 `{disk_id}`。"
        ),
        "The backup point `{resource_id}` does not exist.": "云硬盘备份点 `{resource_id}` 不存在。",
        "The disk `{disk_id}` is bound to the policy already.": "云硬盘 `{disk_id}` 已绑定该定期快照策略。",
        "The disk can have at most {limit} backup points.": "云硬盘最多可有 {limit} 个备份点。",
        "The disk has no backup point `{backup_id}`.": "云硬盘没有备份点 `{backup_id}`。",
        "The disk has {count} backup points.": "云硬盘已有 {count} 个备份点。",
        "The disks are not attached to one instance.": "云硬盘未挂载到同一实例。",
        "The disks of `{group_id}` are attached to several instances.": (
            "快照组 `{group_id}` 的云硬盘挂载到多个实例。"
        ),
        "The image `{image_id}` is being created.": "镜像 `{image_id}` 正在创建中。",
        "The policy `{resource_id}` does not exist.": "定期快照策略 `{resource_id}` 不存在。",
        "The snapshot `{snapshot_id}` is encrypted.": "快照 `{snapshot_id}` 已加密。",
        "The snapshot `{snapshot_id}` is locked.": "快照 `{snapshot_id}` 已锁定。",
        "The snapshot `{snapshot_id}` is not one of `{group_id}`.": (
            "快照 `{snapshot_id}` 不属于快照组 `{group_id}`。"
        ),
        "The snapshot group `{resource_id}` does not exist.": "快照组 `{resource_id}` 不存在。",
        "What is permanent has no RetentionDays.": "永久保留时不能指定 RetentionDays。",
        "the id of an account, a number": "数字形式的账户 ID",
    }
)
