"""What a caller who wants Chinese is told.

The code speaks English: each message is a template, and a ``Message`` keeps it with its facts. The Chinese
for what is said in one subject only stands in the subject's own module ``chinese``, and here that for all
else. It is gathered when the first message is wanted in Chinese. The words are the emulator's own.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final

from duolect_dialects.wording import Message

LANGUAGE: Final = "zh-CN"
_DIALECT: Final = __name__.rpartition(".wire.")[0]

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # -- gateway --
        "An internal error occurred.": "服务内部错误。",
        "The call was given up while it waited: the emulator was reset or stopped.": (
            "请求等待期间已被放弃：模拟器已重置或停止。"
        ),
        "The HTTP method {method} is not supported.": "不支持 HTTP 方法 {method}。",
        "The action `{action}` is not served.": "接口 `{action}` 不存在或未提供。",
        "The region `{region}` is not supported.": "不支持地域 `{region}`。",
        "The request body is too large.": "请求体过大。",
        "The request is refused by a condition in the emulator's settings.": (
            "请求被模拟器设置中的条件拒绝。"
        ),
        "These instances are out of stock by a condition in the emulator's settings.": (
            "根据模拟器设置中的条件，这些实例已售罄。"
        ),
        "The request is refused by a fault in the emulator.": "请求被模拟器中设置的故障拒绝。",
        "The version `{version}` does not exist.": "版本 `{version}` 不存在。",
        "{action} may be called {calls} times in {seconds} s by one account.": (
            "每个账号每 {seconds} 秒最多可调用 {action} 接口 {calls} 次。"
        ),
        # -- requests that cannot be read --
        "The request cannot be read: {reason}.": "无法解析请求：{reason}。",
        "a parameter is not UTF-8 text": "存在不是 UTF-8 文本的参数",
        "more than {count} parameters": "参数超过 {count} 个",
        "the body is not JSON": "请求体不是 JSON",
        "the body is not a JSON object": "请求体不是 JSON 对象",
        "{name} has both a value and members": "{name} 既有取值又有成员",
        "{name} is nested too deeply": "{name} 嵌套过深",
        # -- parameters --
        "The parameter `{name}` is not recognized.": "无法识别参数 `{name}`。",
        "The request is missing a required parameter `{name}`.": "请求缺少必填参数 `{name}`。",
        "The value of the parameter `{name}` {reason}.": "参数 `{name}` 的取值{reason}。",
        "each {rule}": "中的每一项{rule}",
        "is not served here: {why}": "在此不受支持：{why}",
        "must be a list": "必须是列表",
        "must be a number": "必须是数值",
        "must be a string": "必须是字符串",
        "must be an integer": "必须是整数",
        "must be an object": "必须是对象",
        "must be at most {high} characters long": "不能超过 {high} 个字符",
        "must be from {low} to {high}": "必须在 {low} 到 {high} 之间",
        "must be one of {choices}": "必须是 {choices} 之一",
        "must be true or false": "必须是 true 或 false",
        "must be {low} to {high} characters long": "长度必须为 {low} 到 {high} 个字符",
        "must be {meaning}": "必须是{meaning}",
        "must have {low} to {high} entries": "必须包含 {low} 到 {high} 项",
        "must not be empty": "不能为空",
        "{one} or {other}": "{one} 或 {other}",
        # -- forms: a blank stands between Chinese and other letters --
        "a key that does not begin with qcs: or project": "不以 qcs: 或 project 开头的键",
        "a text of letters, digits, spaces and + - = . : / @ ( ) , ;": (
            "由字母、数字、空格以及 + - = . : / @ ( ) , ; 组成的文本"
        ),
        "a text that is not empty": "非空文本",
        "an IPv4 address": " IPv4 地址",
        "an id of the form {prefix}-xxxxxxxx": "形如 {prefix}-xxxxxxxx 的 ID",
        "an instance type such as S5.MEDIUM4": "形如 S5.MEDIUM4 的实例机型",
        "printable ASCII text": "可打印的 ASCII 文本",
        # -- what is not served --
        "there are no dedicated clusters": "没有专用集群",
        # -- combinations, filters, tags --
        "At most {limit} tags can be named.": "最多可指定 {limit} 个标签。",
        "Ids and Filters cannot be used together.": "不能同时指定 ID 和 Filters。",
        "Only secondary addresses can be assigned.": "只能分配辅助 IP。",
        "The filter `{name}` does not exist.": "过滤条件 `{name}` 不存在。",
        "The tag key `{key}` is named more than once.": "标签键 `{key}` 重复。",
        "The value of the parameter `NextToken` is not valid.": "参数 `NextToken` 的取值无效。",
        "`{one}` and `{other}` cannot be used together.": "不能同时指定 `{one}` 和 `{other}`。",
        "The network interface `{resource_id}` does not exist.": "弹性网卡 `{resource_id}` 不存在。",
        "`{text}` is not an IPv4 address.": "`{text}` 不是合法的 IPv4 地址。",
        "`{text}` is not an IPv6 address.": "`{text}` 不是合法的 IPv6 地址。",
        "`{value}` is not a value for this filter.": "`{value}` 不是该过滤条件的合法取值。",
        # -- what does not exist --
        "The instance `{resource_id}` does not exist.": "实例 `{resource_id}` 不存在。",
        "The resource `{resource_id}` does not exist.": "资源 `{resource_id}` 不存在。",
        # -- states and properties that forbid it --
        "Instances of the type `{instance_type}` take no network interfaces.": (
            "机型 `{instance_type}` 的实例不支持弹性网卡。"
        ),
        "The instance `{instance_id}` is {state}; the operation needs {allowed}.": (
            "实例 `{instance_id}` 的状态为 {state}，该操作要求状态为 {allowed}。"
        ),
        "The instance `{resource_id}` is in the classic network.": "实例 `{resource_id}` 属于基础网络。",
        "The instance type `{instance_type}` does not support this operation.": (
            "机型 `{instance_type}` 不支持该操作。"
        ),
        "The network interface `{interface_id}` is named more than once, or for several instances.": (
            "弹性网卡 `{interface_id}` 被重复指定，或被指定给多个实例。"
        ),
        "The network interface `{interface_id}` is {state}; the operation needs {allowed}.": (
            "弹性网卡 `{interface_id}` 的状态为 {state}，该操作要求状态为 {allowed}。"
        ),
        "The resource `{resource_id}` belongs to a managed service.": (
            "资源 `{resource_id}` 由托管服务管理。"
        ),
        "The resource `{resource_id}` is in use by `{held_by}`.": (
            "资源 `{resource_id}` 正在被 `{held_by}` 使用。"
        ),
        "`{subnet_id}` has no IPv6 CIDR block.": "`{subnet_id}` 没有 IPv6 网段。",
        # -- what does not fit together --
        "The network interface is in {interface_zone}, the instance in {instance_zone}.": (
            "弹性网卡位于可用区 {interface_zone}，实例位于可用区 {instance_zone}。"
        ),
        "`{resource_id}` is in the VPC `{network_id}`, `{other_id}` in `{other_network_id}`.": (
            "`{resource_id}` 属于私有网络 `{network_id}`，而 `{other_id}` 属于 `{other_network_id}`。"
        ),
        # -- addresses and blocks --
        "The network interface does not hold the address `{address}`.": ("弹性网卡没有地址 `{address}`。"),
        "The address `{address}` is {state}.": "地址 `{address}` 的状态为 {state}。",
        "The address `{address}` is in use.": "地址 `{address}` 已被使用。",
        "The address `{address}` is named more than once.": "地址 `{address}` 重复。",
        "The address `{address}` is not in the subnet.": "地址 `{address}` 不在子网内。",
        "The subnet `{subnet_id}` has {free} free addresses; {wanted} are wanted.": (
            "子网 `{subnet_id}` 剩余可用地址 {free} 个，需要 {wanted} 个。"
        ),
        # -- limits --
        "A resource can have at most {limit} tags.": "每个资源最多可有 {limit} 个标签。",
        "The quota of {limit} would be exceeded on `{resource_id}`.": (
            "`{resource_id}` 将超过配额 {limit}。"
        ),
    }
)
"""The Chinese for templates that belong to no subject, or to several."""


@cache
def templates() -> Mapping[str, str]:
    """Return the Chinese for every English template, those of all subjects included."""
    from importlib.resources import files  # noqa: PLC0415 - only a message in Chinese needs it

    found = dict(TEMPLATES)
    for subject in files(_DIALECT).iterdir():
        if subject.joinpath("chinese.py").is_file():
            found |= import_module(f"{_DIALECT}.{subject.name}.chinese").TEMPLATES
    return MappingProxyType(found)


def localized(message: str, language: str) -> str:
    """Return a message in a language: Chinese, or English as it is."""
    return in_chinese(message) if language == LANGUAGE else message


def in_chinese(text: str) -> str:
    """Return a message in Chinese, its facts as they are; what has no Chinese stays English."""
    if not isinstance(text, Message):
        return templates().get(text, text)
    template = templates().get(text.template)
    if template is None:
        return text
    facts = {
        name: in_chinese(fact) if isinstance(fact, Message) else fact for name, fact in text.facts.items()
    }
    return template.format_map(facts) if facts else template
