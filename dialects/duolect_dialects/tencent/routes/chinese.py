"""The Chinese for what is said of route tables and routes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "No route leads to a list.": "没有指向列表的路由策略。",
        "The filter `next-hop-type` needs `route-table-id` and `vpc-id` beside it.": (
            "使用过滤条件 `next-hop-type` 时必须同时指定 `route-table-id` 和 `vpc-id`。"
        ),
        "The next hop `{resource_id}` does not exist in the VPC.": (
            "下一跳 `{resource_id}` 在私有网络中不存在。"
        ),
        "The next hop `{resource_id}` is in `{network_id}`, the route table in `{other_network_id}`.": (
            "下一跳 `{resource_id}` 属于 `{network_id}`，路由表属于 `{other_network_id}`。"
        ),
        "The route table `{table_id}` is being changed.": "路由表 `{table_id}` 正在变更。",
        "The route `{route_id}` is being changed.": "路由策略 `{route_id}` 正在变更。",
        "`{resource_id}` is the default route table of its VPC.": (
            "`{resource_id}` 是私有网络的默认路由表。"
        ),
        "The subnet `{subnet_id}` uses the route table `{table_id}` already.": (
            "子网 `{subnet_id}` 已关联路由表 `{table_id}`。"
        ),
        "The subnet `{subnet_id}` uses the route table `{table_id}`.": (
            "子网 `{subnet_id}` 关联的是路由表 `{table_id}`。"
        ),
        "The subnet `{subnet_id}` does not use the route table `{table_id}`.": (
            "子网 `{subnet_id}` 没有关联路由表 `{table_id}`。"
        ),
        "The route table `{resource_id}` is used by the subnet `{held_by}`.": (
            "路由表 `{resource_id}` 已被子网 `{held_by}` 关联。"
        ),
        "A route leads to an IPv4 or to an IPv6 CIDR block, not to both.": (
            "路由策略的目的端只能是 IPv4 网段或 IPv6 网段之一。"
        ),
        "No route can lead to the CIDR block `{address}`.": "路由策略的目的端不能是网段 `{address}`。",
        "The CIDR block `{address}` lies in the VPC's own.": "网段 `{address}` 在私有网络的网段内。",
        "The route table has this route to `{address}` already.": (
            "路由表中已有到 `{address}` 的相同路由策略。"
        ),
        "The route table has a route to `{address}` by another next hop.": (
            "路由表中已有到 `{address}` 的其他下一跳的路由策略。"
        ),
        "The route `{route_id}` is published, and has to be withdrawn first.": (
            "路由策略 `{route_id}` 已发布，请先撤销。"
        ),
        "The route `{route_id}` is not published.": "路由策略 `{route_id}` 没有发布。",
        "The route `{route_id}` is disabled.": "路由策略 `{route_id}` 未启用。",
        "The route `{route_id}` is named more than once.": "路由策略 `{route_id}` 重复。",
        "The priority {priority} is taken in `{resource_id}`.": (
            "`{resource_id}` 中优先级 {priority} 已被使用。"
        ),
        "The route table `{table_id}` has the policy `{policy_id}` already.": (
            "路由表 `{table_id}` 已绑定路由接收策略 `{policy_id}`。"
        ),
        "The route table `{table_id}` does not have the policy `{policy_id}`.": (
            "路由表 `{table_id}` 没有绑定路由接收策略 `{policy_id}`。"
        ),
        "The route table `{held_by}` has the policy `{resource_id}`.": (
            "路由接收策略 `{resource_id}` 已被路由表 `{held_by}` 绑定。"
        ),
        "`{one}` is not the route table `{other}`.": "`{one}` 不是路由表 `{other}`。",
        "No VPC has a group of route targets.": "私有网络中没有路由目标组。",
    }
)
