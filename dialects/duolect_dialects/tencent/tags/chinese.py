"""The Chinese for what is said of tags."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "A tag key is named more than once.": "标签键重复。",
        "Offset must be a multiple of Limit.": "Offset 必须是 Limit 的整数倍。",
        "One of ReplaceTags and DeleteTags must be given.": "ReplaceTags 和 DeleteTags 至少指定一个。",
        "The PaginationToken is not valid.": "PaginationToken 无效。",
        "The resource `{resource_id}` does not have the tag key `{key}`.": (
            "资源 `{resource_id}` 没有标签键 `{key}`。"
        ),
        "The resource `{resource_id}` has the tag key `{key}`.": (
            "资源 `{resource_id}` 已有标签键 `{key}`。"
        ),
        "The service `{service}` is not served.": "不支持产品 `{service}`。",
        "The service has no resources with the prefix `{prefix}`.": "该产品没有资源前缀 `{prefix}`。",
        "The tag `{key}:{value}` does not exist.": "标签 `{key}:{value}` 不存在。",
        "The tag `{key}:{value}` exists.": "标签 `{key}:{value}` 已存在。",
        "The tag `{key}:{value}` is in use.": "标签 `{key}:{value}` 正在被使用。",
        "The tag key `{key}` is both in ReplaceTags and in DeleteTags.": (
            "标签键 `{key}` 同时出现在 ReplaceTags 和 DeleteTags 中。"
        ),
        "`{name}` is not the name of a resource of this account.": "`{name}` 不是本账号资源的六段式描述。",
        "a key that the system does not reserve": "非系统保留的标签键",
    }
)
