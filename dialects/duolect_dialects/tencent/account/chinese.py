"""The Chinese for what is said of accounts: tasks, tokens and limits."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "the name of a product such as cvm": "产品名称，例如 cvm",
        "an id of the form ins-xxxxxxxx or eni-xxxxxxxx": "形如 ins-xxxxxxxx 或 eni-xxxxxxxx 的 ID",
        "The client token `{token}` was used before with other parameters.": (
            "ClientToken `{token}` 已用于参数不同的请求。"
        ),
        "The first request with the client token `{token}` is being processed.": (
            "使用 ClientToken `{token}` 的首个请求正在处理。"
        ),
    }
)
