"""The Chinese for what is said of VPCs, subnets and their blocks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "No VPC has such a gateway.": "私有网络没有此类网关。",
        "No VPC is attached to a CCN.": "私有网络没有加入云联网。",
        "No VPC has a set of DHCP options.": "私有网络没有 DHCP 选项集。",
        "the IPv6 block of a VPC is drawn, not chosen": "VPC 的 IPv6 网段由系统分配，不能指定",
        "The VPC is in no dedicated cluster.": "私有网络不属于任何专用集群。",
        "The subnet `{subnet_id}` is named more than once.": "子网 `{subnet_id}` 重复。",
        "The CIDR block `{block}` is named more than once.": "网段 `{block}` 重复。",
        "`{block}` is not a /64 of the VPC's IPv6 CIDR block `{whole}`.": (
            "`{block}` 不是 VPC 的 IPv6 网段 `{whole}` 内的 /64 网段。"
        ),
        "The flow log `{log_id}` is {state}.": "流日志 `{log_id}` 的状态为 {state}。",
        "The flow log `{log_id}` watches `{watched_id}` in the same way.": (
            "流日志 `{log_id}` 已以同样方式采集 `{watched_id}`。"
        ),
        "`{resource_id}` does not exist in `{other_network_id}`.": (
            "`{resource_id}` 在 `{other_network_id}` 中不存在。"
        ),
        "The service was opened before.": "服务已开通。",
        "There is no {type} here.": "没有 {type} 资源。",
        "`{text}` is no id of a {type}.": "`{text}` 不是 {type} 的 ID。",
        "`{name}` is needed here.": "此处必须指定 `{name}`。",
        "The flow log `{log_id}` is not in `{vpc_id}`.": "流日志 `{log_id}` 不在 `{vpc_id}` 中。",
        "FlowLogId and Filters cannot be used together.": "FlowLogId 与 Filters 不能同时指定。",
        "only the flow logs of CCNs have one": "只有云联网流日志支持",
        "The network ACL `{acl_id}` is being changed.": "网络 ACL `{acl_id}` 正在变更。",
        "The type of the network ACL `{acl_id}` is the other one.": "网络 ACL `{acl_id}` 的类型不匹配。",
        "An entry is about IPv4 or about IPv6, not about both.": "一条规则只能是 IPv4 或 IPv6 之一。",
        "`{network_id}` has no IPv6 CIDR block.": "`{network_id}` 没有 IPv6 网段。",
        "The subnet `{subnet_id}` is associated with the network ACL `{acl_id}` already.": (
            "子网 `{subnet_id}` 已关联网络 ACL `{acl_id}`。"
        ),
        "The subnet `{subnet_id}` is associated with no network ACL.": (
            "子网 `{subnet_id}` 没有关联网络 ACL。"
        ),
        "The subnet `{subnet_id}` is associated with the network ACL `{acl_id}`.": (
            "子网 `{subnet_id}` 关联的是网络 ACL `{acl_id}`。"
        ),
        "`{name}` cannot be set for {protocol}.": "协议为 {protocol} 时不能指定 `{name}`。",
        "`{text}` is no port or range.": "`{text}` 不是合法的端口或端口范围。",
        "ACCEPT or DROP": "ACCEPT 或 DROP",
        "one of TCP, UDP, ICMP, ALL": "TCP、UDP、ICMP、ALL 之一",
        "the id of an entry, acli..-xxxxxxxx": "规则 ID，形如 acli..-xxxxxxxx",
        "A route of the VPC leads into `{address}`.": "私有网络中已有目的端在 `{address}` 内的路由策略。",
        "`{text}` is not a CIDR block.": "`{text}` 不是合法的网段。",
        "`{text}` is not an IPv6 CIDR block.": "`{text}` 不是合法的 IPv6 网段。",
        "The subnet `{resource_id}` does not exist in `{other_network_id}`.": (
            "子网 `{resource_id}` 在私有网络 `{other_network_id}` 中不存在。"
        ),
        "The zone `{resource_id}` does not exist.": "可用区 `{resource_id}` 不存在。",
        "The zone `{resource_id}` is not one of this region.": "当前地域没有可用区 `{resource_id}`。",
        "The VPC `{network_id}` is being created.": "私有网络 `{network_id}` 正在创建。",
        "The subnet `{subnet_id}` is being created.": "子网 `{subnet_id}` 正在创建。",
        "`{resource_id}` has an IPv6 CIDR block already.": "`{resource_id}` 已有 IPv6 网段。",
        "`{subnet_id}` has no such IPv6 CIDR block.": "`{subnet_id}` 没有该 IPv6 网段。",
        "The default VPC has no more room for subnets: `{address}`.": (
            "默认私有网络没有剩余的子网网段：`{address}`。"
        ),
        "All {limit} IPv6 CIDR blocks of `{resource_id}` are in use.": (
            "`{resource_id}` 的 {limit} 个 IPv6 网段已全部分配。"
        ),
        "The CIDR block `{address}` is not in the VPC's.": "网段 `{address}` 不在私有网络的网段内。",
        "The mask of the CIDR block `{address}` is not from /{shortest} to /{longest}.": (
            "网段 `{address}` 的掩码长度不在 /{shortest} 到 /{longest} 之间。"
        ),
        "The CIDR block `{address}` is not one a VPC may have.": (
            "网段 `{address}` 不能用作私有网络的网段。"
        ),
        "The CIDR block `{address}` overlaps another one of the VPC.": (
            "网段 `{address}` 与私有网络的其他网段重叠。"
        ),
        "Nothing can be reserved in a subnet.": "子网中不支持预留网段。",
        "The CIDR block `{address}` overlaps that of another subnet.": (
            "网段 `{address}` 与其他子网的网段重叠。"
        ),
    }
)
