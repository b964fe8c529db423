"""The Chinese for what is said of calls that cannot be read or believed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "a part of the body has no name": "请求体中有一部分没有名称",
        "a part of the body is a file": "请求体中有一部分是文件",
        "the content type has no boundary": "Content-Type 缺少 boundary",
        "the multipart body does not end": "multipart 请求体没有结束标志",
        "The Authorization header is not a TC3 signature.": "请求头 Authorization 不是 TC3 签名。",
        "The SecretId is not found.": "SecretId 不存在。",
        "The SecretId needs a token and none was sent.": "该 SecretId 需要 Token，但请求未携带。",
        "The date in Credential is not that of X-TC-Timestamp.": (
            "Credential 中的日期与 X-TC-Timestamp 不一致。"
        ),
        "The provided credentials could not be validated. Please check your signature is correct.": (
            "签名校验未通过，请检查签名是否正确。"
        ),
        "The signature is expired: check the time of the client.": "签名已过期，请检查客户端时间。",
        "The signature method `{method}` is not supported.": "不支持签名方法 `{method}`。",
        "The timestamp is not a number of seconds since 1970.": "时间戳不是自 1970 年起的秒数。",
        "The token does not belong to the SecretId.": "Token 与 SecretId 不匹配。",
        "The token is expired.": "Token 已过期。",
    }
)
