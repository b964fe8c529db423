"""The Chinese for what is said of NAT gateways."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Another SNAT rule serves `{source}`.": "已有其他 SNAT 规则作用于 `{source}`。",
        "An SNAT rule of `{gateway_id}` needs a public address.": (
            "`{gateway_id}` 的 SNAT 规则必须指定公网 IP。"
        ),
        "No instance has the address `{address}`.": "没有云服务器使用内网 IP `{address}`。",
        "The DNAT rule `{rule_id}` forwards all that comes to `{address}`.": (
            "DNAT 规则 `{rule_id}` 已转发 `{address}` 的全部流量。"
        ),
        "The DNAT rule `{rule_id}` leads to `{address}`.": "DNAT 规则 `{rule_id}` 已指向 `{address}`。",
        "The NAT gateway `{gateway_id}` is of the standard type.": "NAT 网关 `{gateway_id}` 为标准型。",
        "The NAT gateway `{gateway_id}` is protected against deletion.": (
            "NAT 网关 `{gateway_id}` 已开启删除保护。"
        ),
        "The NAT gateway `{gateway_id}` is {state}, not AVAILABLE.": (
            "NAT 网关 `{gateway_id}` 的状态为 {state}，不是 AVAILABLE。"
        ),
        "The NAT gateway `{gateway_id}` needs a public address.": (
            "NAT 网关 `{gateway_id}` 至少需要一个公网 IP。"
        ),
        "The NAT gateway `{resource_id}` can have at most {limit} DNAT rules.": (
            "NAT 网关 `{resource_id}` 最多可有 {limit} 条 DNAT 规则。"
        ),
        "The NAT gateway `{resource_id}` can have at most {limit} public addresses.": (
            "NAT 网关 `{resource_id}` 最多可绑定 {limit} 个公网 IP。"
        ),
        "The SNAT rule `{rule_id}` uses the public address `{address}`.": (
            "SNAT 规则 `{rule_id}` 正在使用公网 IP `{address}`。"
        ),
        "The address `{address}` is not in the VPC `{network_id}`.": (
            "内网 IP `{address}` 不在私有网络 `{network_id}` 中。"
        ),
        "The public address `{address_id}` is bound to the NAT gateway `{gateway_id}`.": (
            "弹性公网 IP `{address_id}` 已绑定 NAT 网关 `{gateway_id}`。"
        ),
        "The public address `{address}` does not exist.": "公网 IP `{address}` 不存在。",
        "The public address `{address}` is not bound to the NAT gateway `{gateway_id}`.": (
            "公网 IP `{address}` 未绑定 NAT 网关 `{gateway_id}`。"
        ),
        "The public address `{address}` is not paid for by traffic.": (
            "公网 IP `{address}` 不是按流量计费。"
        ),
        "The quota of {limit} NAT gateways in `{resource_id}` would be exceeded.": (
            "将超出 `{resource_id}` 的 NAT 网关配额 {limit}。"
        ),
        "The resource `{resource_id}` does not exist in `{other_network_id}`.": (
            "`{other_network_id}` 中不存在资源 `{resource_id}`。"
        ),
        "The route `{held_by}` leads to the NAT gateway `{resource_id}`.": (
            "路由 `{held_by}` 指向 NAT 网关 `{resource_id}`。"
        ),
        "The rule `{resource_id}` does not exist.": "规则 `{resource_id}` 不存在。",
        "The rule `{rule_id}` forwards what comes to the port of `{address}`.": (
            "规则 `{rule_id}` 已转发 `{address}` 的该端口。"
        ),
        "The rule `{rule_id}` is being changed.": "规则 `{rule_id}` 正在变更。",
        "The rule `{rule_id}` leads to the port of `{address}`.": (
            "规则 `{rule_id}` 已指向 `{address}` 的该端口。"
        ),
        "`{id}` is not the id of a {type}.": "`{id}` 不是 {type} 类型资源的 ID。",
        "an id of the form subnet-xxxxxxxx, eni-xxxxxxxx or ins-xxxxxxxx": (
            "形如 subnet-xxxxxxxx、eni-xxxxxxxx 或 ins-xxxxxxxx 的 ID"
        ),
        "NAT gateways are in no security groups here": "此处 NAT 网关不属于任何安全组",
        "the EIPs of a NAT gateway are always in use": "NAT 网关的弹性公网 IP 始终启用",
        "there are no exclusive NAT gateways": "没有独享型 NAT 网关",
    }
)
