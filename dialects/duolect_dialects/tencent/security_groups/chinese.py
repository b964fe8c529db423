"""The Chinese for what is said of security groups and their policies."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "a version number": "版本号",
        "one of ACCEPT, DROP": " ACCEPT 或 DROP",
        "one of TCP, UDP, ICMP, ICMPV6, GRE, ALL": " TCP、UDP、ICMP、ICMPV6、GRE 或 ALL",
        "the number of a project": "项目编号",
        "The security group `{resource_id}` is in the classic network.": (
            "安全组 `{resource_id}` 属于基础网络。"
        ),
        "The security groups of `{resource_id}` do not fit together.": (
            "`{resource_id}` 的安全组类型不一致，不能同时使用。"
        ),
        "A `PolicyIndex` is named more than once.": "`PolicyIndex` 重复。",
        "A policy has no `{name}`.": "规则缺少 `{name}`。",
        "A task of `{list_id}` is still running.": "`{list_id}` 的任务正在执行。",
        "One of `{one}` and `{other}` must not be empty.": "`{one}` 和 `{other}` 不能都为空。",
        "The ports of a service take {limit} characters at most.": "端口部分长度不能超过 {limit} 个字符。",
        "`OriginalTemplateMember` and `TemplateMember` must be of one length.": (
            "`OriginalTemplateMember` 和 `TemplateMember` 的长度必须一致。"
        ),
        "`{entry}` cannot be in `{list_id}`.": "`{list_id}` 不能包含 `{entry}`。",
        "`{entry}` is named more than once.": "`{entry}` 重复。",
        "`{list_id}` does not have `{entry}`.": "`{list_id}` 没有 `{entry}`。",
        "`{list_id}` has `{entry}` already.": "`{list_id}` 已有 `{entry}`。",
        "`{text}` is no address, block of addresses, or range.": "`{text}` 不是 IP 地址、地址段或范围。",
        "`{text}` is no protocol with its ports.": "`{text}` 不是协议端口。",
        "a number": "数字",
        "a number from 1 to 100": " 1 到 100 的数字",
        "the id of a template, or of a group of templates": "参数模板或参数模板集合的 ID",
        "A security group can be cloned within its region only.": "只能在同一地域内克隆安全组。",
        "One of `Egress` and `Ingress` must not be empty.": "`Egress` 和 `Ingress` 不能都为空。",
        "Only one policy can be replaced.": "只能替换一条规则。",
        "Policies are named all by `PolicyIndex`, or none.": (
            "`PolicyIndex` 匹配和规则匹配不能在同一请求中使用。"
        ),
        "Templates exclude what stands in them.": "参数模板和对应的参数互斥。",
        "The policies must have one `PolicyIndex`.": "多条规则的 `PolicyIndex` 必须一致。",
        "This `Protocol` excludes a `Port`.": "该 `Protocol` 和 `Port` 互斥。",
        "`CidrBlock`, `Ipv6CidrBlock` and `SecurityGroupId` exclude each other.": (
            "`CidrBlock`、`Ipv6CidrBlock` 和 `SecurityGroupId` 互斥。"
        ),
        "`Egress` and `Ingress` cannot be used together.": "不能同时指定 `Egress` 和 `Ingress`。",
        "`{text}` is not acceptable in a policy.": "规则中的 `{text}` 不合法。",
        "A rule of `{group_id}` cannot name this security group.": "`{group_id}` 的规则不能引用该安全组。",
        "A rule of `{held_by}` names the security group `{resource_id}`.": (
            "安全组 `{resource_id}` 被 `{held_by}` 的规则引用。"
        ),
        "Protocol, port and addresses of the rule exclude each other: {rule}.": (
            "规则的协议、端口和地址互斥：{rule}。"
        ),
        "The default security group `{group_id}` cannot be deleted.": "默认安全组 `{group_id}` 不能删除。",
        "The rules of `{group_id}` are of the version {version}, not {seen}.": (
            "`{group_id}` 的规则版本为 {version}，不是 {seen}。"
        ),
        "The rules of `{group_id}` would not all differ: {rule}.": "`{group_id}` 的规则重复：{rule}。",
        "`{group_id}` has no place {rule} for a rule.": "`{group_id}` 的规则没有位置 {rule}。",
        "`{group_id}` has no such rule: {rule}.": "`{group_id}` 没有该规则：{rule}。",
    }
)
