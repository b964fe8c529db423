"""The Chinese for what is said of bandwidth packages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "The bandwidth package `{package_id}` is being changed.": "带宽包 `{package_id}` 正在变更。",
        "The bandwidth package `{package_id}` is protected against deletion.": (
            "带宽包 `{package_id}` 已开启删除保护。"
        ),
        "The bandwidth package `{resource_id}` can have at most {limit} public addresses.": (
            "带宽包 `{resource_id}` 最多可添加 {limit} 个公网 IP。"
        ),
        "The bandwidth package `{resource_id}` does not exist.": "带宽包 `{resource_id}` 不存在。",
        "The public address `{address_id}` is in the bandwidth package `{package_id}`.": (
            "弹性公网 IP `{address_id}` 已在带宽包 `{package_id}` 中。"
        ),
        "The public address `{address_id}` is not in the bandwidth package `{package_id}`.": (
            "弹性公网 IP `{address_id}` 不在带宽包 `{package_id}` 中。"
        ),
        "The public address `{held_by}` is in the bandwidth package `{resource_id}`.": (
            "弹性公网 IP `{held_by}` 在带宽包 `{resource_id}` 中。"
        ),
        "The quota of {limit} bandwidth packages in `{resource_id}` would be exceeded.": (
            "将超出 `{resource_id}` 的带宽包配额 {limit}。"
        ),
        "a text of at most 59 letters, digits, . - and _": "最多 59 个字母、数字、. - 和 _ 组成的文本",
        "there are no zones at the edge": "没有边缘可用区",
    }
)
