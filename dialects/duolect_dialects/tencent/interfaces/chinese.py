"""The Chinese for what is said of interfaces and their addresses."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "The HAVIP `{address_id}` is being changed.": "HAVIP `{address_id}` 正在变更。",
        "The HAVIP `{resource_id}` is still in use by `{held_by}`.": (
            "HAVIP `{resource_id}` 仍被 `{held_by}` 使用。"
        ),
        "The HAVIP `{address_id}` is associated with `{carrier_id}` already.": (
            "HAVIP `{address_id}` 已绑定 `{carrier_id}`。"
        ),
        "The HAVIP `{address_id}` is not associated with `{carrier_id}`.": (
            "HAVIP `{address_id}` 未绑定 `{carrier_id}`。"
        ),
        "`{carrier_id}` is in the subnet `{carrier_subnet_id}`, the HAVIP in `{subnet_id}`.": (
            "`{carrier_id}` 属于子网 `{carrier_subnet_id}`，HAVIP 属于子网 `{subnet_id}`。"
        ),
        "The subnet `{resource_id}` is in `{network_id}`, not in `{other_network_id}`.": (
            "子网 `{resource_id}` 属于 `{network_id}`，不属于 `{other_network_id}`。"
        ),
        "The address `{address}` is reserved.": "地址 `{address}` 为系统保留地址。",
        "`{carrier_id}` is named more than once.": "`{carrier_id}` 被重复指定。",
        "The instance `{resource_id}` is in the classic network.": "实例 `{resource_id}` 属于基础网络。",
        "addresses go without detaching the interface": "释放地址时不解绑网卡",
        "IpAddresses and Filters cannot be used together.": "不能同时指定 IpAddresses 和 Filters。",
        "Only one of `PrivateIpAddresses` can be primary.": "`PrivateIpAddresses` 中只能有一个主 IP。",
        "An RDMA interface takes no IPv6 address.": "RDMA 网卡不支持 IPv6 地址。",
        "Termination protection is on for `{interface_id}`.": "弹性网卡 `{interface_id}` 已开启销毁保护。",
        "The instance `{instance_id}` is {state}.": "实例 `{instance_id}` 的状态为 {state}。",
        "The network interface `{interface_id}` does not support this operation.": (
            "弹性网卡 `{interface_id}` 不支持该操作。"
        ),
        "The network interface `{interface_id}` has no security group.": (
            "弹性网卡 `{interface_id}` 未绑定安全组。"
        ),
        "The network interface `{interface_id}` is attached to `{instance_id}`.": (
            "弹性网卡 `{interface_id}` 已绑定实例 `{instance_id}`。"
        ),
        "The network interface `{interface_id}` is not attached to `{instance_id}`.": (
            "弹性网卡 `{interface_id}` 未绑定实例 `{instance_id}`。"
        ),
        "The network interface `{interface_id}` is the primary one of `{instance_id}`.": (
            "弹性网卡 `{interface_id}` 是实例 `{instance_id}` 的主网卡。"
        ),
        "`{interface_id}` still has sub interfaces.": "弹性网卡 `{interface_id}` 仍有子网卡。",
        "The subnet `{subnet}` is not in the VPC `{vpc}`.": "子网 `{subnet}` 不属于私有网络 `{vpc}`。",
        "The address `{address}` is not in `{place}`.": "地址 `{address}` 不在 `{place}` 内。",
        "The network interface `{interface_id}` is not in the security group `{group_id}`.": (
            "弹性网卡 `{interface_id}` 未绑定安全组 `{group_id}`。"
        ),
        "`{interface_id}` is in the subnet `{subnet_id}`, `{other_id}` in `{other_subnet_id}`.": (
            "`{interface_id}` 在子网 `{subnet_id}` 中，`{other_id}` 在子网 `{other_subnet_id}` 中。"
        ),
        "`{address}` is the primary address of the network interface.": (
            "`{address}` 是弹性网卡的主地址。"
        ),
        "The address `{address}` is reserved by the system.": "地址 `{address}` 为系统保留地址。",
        "The value `{address}` is not acceptable.": "取值 `{address}` 不合法。",
        "The quota of {limit} network interfaces in `{resource_id}` would be exceeded.": (
            "`{resource_id}` 中的弹性网卡将超过配额 {limit} 个。"
        ),
    }
)
