"""The Chinese for what is said of SSH key pairs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "A key pair can have at most {limit} tags.": "一个密钥对最多绑定 {limit} 个标签。",
        "No more than {limit} key pairs are allowed.": "密钥对数量不能超过 {limit} 个。",
        "The instance `{instance_id}` runs Windows, which takes no key pairs.": (
            "实例 `{instance_id}` 使用 Windows 操作系统，不支持密钥。"
        ),
        "The key pair `{resource_id}` does not exist.": "密钥对 `{resource_id}` 不存在。",
        "The key pair `{resource_id}` is bound to the instance `{held_by}`.": (
            "密钥对 `{resource_id}` 已绑定实例 `{held_by}`。"
        ),
        "The key pair `{taken_by}` has this public key already.": "密钥对 `{taken_by}` 已使用该公钥。",
        "The key pair `{taken_by}` is called `{name}` already.": (
            "密钥对 `{taken_by}` 已使用名称 `{name}`。"
        ),
        "The public key is not an RSA key in the form of OpenSSH.": "公钥不符合 OpenSSH RSA 格式。",
        "letters, digits and _": "英文字母、数字和下划线",
    }
)
