"""The Chinese for what is said of disks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "One of `DataDisks` and `SystemDisk` must be named.": "必须指定 `DataDisks` 或 `SystemDisk` 之一。",
        "Only cloud disks can be made larger.": "仅支持扩容云硬盘。",
        "The disk `{disk_id}` cannot be changed.": "云硬盘 `{disk_id}` 不支持修改。",
        "The disk `{disk_id}` does not exist.": "云硬盘 `{disk_id}` 不存在。",
        "The disk `{disk_id}` is busy.": "云硬盘 `{disk_id}` 正在执行其他操作。",
        "The disk `{disk_id}` is not elastic.": "云硬盘 `{disk_id}` 不是弹性云盘。",
        "The disk has {size} GiB and can only be made larger.": "云硬盘容量为 {size} GiB，仅支持扩容。",
        "The system disk has another id or type.": "系统盘的 ID 或类型不匹配。",
        "disks keep their type": "云硬盘不支持变更类型",
        "disks of instances follow their instance's project": "云硬盘的项目与实例联动",
        "disks stay elastic or not": "云硬盘不支持变更弹性属性",
        "no disk has bursts of performance": "云硬盘没有性能突发功能",
        "the data disks of instances are elastic": "实例的数据盘均为弹性云盘",
    }
)
