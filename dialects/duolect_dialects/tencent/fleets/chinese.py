"""The Chinese for what is said of launch templates."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "A launch template can have at most {limit} tags.": "一个启动模板最多绑定 {limit} 个标签。",
        "A launch template cannot have a password.": "启动模板不支持设置密码。",
        "A placement group can have at most {limit} tags.": "一个置放群组最多绑定 {limit} 个标签。",
        "No more than {limit} placement groups are allowed.": "置放群组数量不能超过 {limit} 个。",
        "The affinity is {before} and can only be raised.": "亲和度为 {before}，只能调大。",
        "The instance `{instance_id}` is in none of the placement groups.": (
            "实例 `{instance_id}` 不在这些置放群组中。"
        ),
        "The instance `{instance_id}` is in the placement group already.": (
            "实例 `{instance_id}` 已在该置放群组中。"
        ),
        "The placement group `{group_id}` has {partitions} partitions, but no {number}.": (
            "置放群组 `{group_id}` 有 {partitions} 个分区，没有分区 {number}。"
        ),
        "The placement group `{resource_id}` does not exist.": "置放群组 `{resource_id}` 不存在。",
        "The placement group `{resource_id}` has the instance `{held_by}`.": (
            "置放群组 `{resource_id}` 中有实例 `{held_by}`。"
        ),
        "There is room for {limit} instances in the placement group `{resource_id}`.": (
            "置放群组 `{resource_id}` 最多容纳 {limit} 台实例。"
        ),
        "No more than {limit} launch templates are allowed.": "启动模板数量不能超过 {limit} 个。",
        "No more than {limit} versions of a launch template are allowed.": (
            "一个启动模板的版本不能超过 {limit} 个。"
        ),
        "The launch template `{resource_id}` does not exist.": "启动模板 `{resource_id}` 不存在。",
        "The launch template `{taken_by}` is called `{name}` already.": (
            "启动模板 `{taken_by}` 已使用名称 `{name}`。"
        ),
        "The launch template `{template_id}` has no version {number}.": (
            "启动模板 `{template_id}` 没有版本 {number}。"
        ),
        "The version {number} is the default one already.": "版本 {number} 已是默认版本。",
        "The version {number} of the launch template `{template_id}` is its default one.": (
            "版本 {number} 是启动模板 `{template_id}` 的默认版本。"
        ),
    }
)
