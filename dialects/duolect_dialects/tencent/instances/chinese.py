"""The Chinese for what is said of instances."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Windows takes no key pairs.": "Windows 操作系统不支持密钥。",
        "1 to 128 letters, digits, _ and -": " 1 到 128 个字母、数字、_ 或 -",
        "8 to 30 letters, digits and signs": " 8 到 30 个字母、数字或符号",
        "a UUID": " UUID",
        "letters, digits, and single . and - between them": "字母和数字，其间可用单个 . 或 - 分隔",
        "text in base64": " base64 编码的文本",
        "there are no CHC servers": "没有 CHC 物理服务器",
        "there are no HPC clusters": "没有高性能计算集群",
        "The type `{instance_type}` is sold out in the zone {zone}.": (
            "机型 `{instance_type}` 在可用区 {zone} 已售罄。"
        ),
        "there is no bandwidth that is paid by the month": "没有包月带宽",
        "there are no dedicated hosts": "没有专用宿主机",
        "there are no dedicated resource packs": "没有专用资源包",
        "there are no timers": "没有定时任务",
        "The instances are not paid for in the same way.": "各实例的计费模式不一致。",
        "The instance `{instance_id}` is SHUTDOWN.": "实例 `{instance_id}` 已停止待销毁。",
        "The instance `{instance_id}` is paid for in another way.": (
            "实例 `{instance_id}` 的计费模式不支持该操作。"
        ),
        "an instance that moves gets no IPv6 addresses": "迁移的实例不分配 IPv6 地址",
        "The network interface `{held_by}` is bound to the instance `{resource_id}`.": (
            "弹性网卡 `{held_by}` 已绑定到实例 `{resource_id}`。"
        ),
        "The HAVIP `{held_by}` is bound to the instance `{resource_id}`.": (
            "高可用虚拟 IP `{held_by}` 已绑定到实例 `{resource_id}`。"
        ),
        "The network interface `{resource_id}` has secondary addresses.": (
            "弹性网卡 `{resource_id}` 存在辅助内网 IP。"
        ),
        "The network interface `{resource_id}` has IPv6 addresses.": (
            "弹性网卡 `{resource_id}` 存在 IPv6 地址。"
        ),
        "The instances are not in one zone.": "实例不在同一可用区。",
        "A zone is not in this region.": "存在不属于当前地域的可用区。",
        "There must be as many `PrivateIpAddresses` as instances.": (
            "`PrivateIpAddresses` 的个数必须与实例数量一致。"
        ),
        "`MinCount` must be from 1 to `InstanceCount`.": "`MinCount` 必须在 1 到 `InstanceCount` 之间。",
        "The type allows {limit} addresses per network interface.": (
            "该机型每块弹性网卡最多 {limit} 个 IP。"
        ),
        "The type allows {limit} network interfaces per instance.": (
            "该机型每台实例最多 {limit} 块弹性网卡。"
        ),
        "There must be one primary among `NetworkInterfaces`.": (
            "`NetworkInterfaces` 中必须有且仅有一块主网卡。"
        ),
        "A primary network interface comes with its instance and cannot be named.": (
            "主网卡随实例创建，不能指定。"
        ),
        "The primary network interface is not in the subnet of `VirtualPrivateCloud`.": (
            "主网卡不在 `VirtualPrivateCloud` 指定的子网中。"
        ),
        "The network interface `{interface_id}` cannot be bound to a new instance.": (
            "弹性网卡 `{interface_id}` 不能绑定到新实例。"
        ),
        "An instance with a system disk of the type {disk} keeps its type.": (
            "系统盘类型为 {disk} 的实例不支持调整机型。"
        ),
        "The instance `{instance_id}` is stopped without charge.": (
            "实例 `{instance_id}` 处于关机不收费状态。"
        ),
        "`{text}` is not a time of the form YYYY-MM-DD hh:mm:ss.": (
            "`{text}` 不是 YYYY-MM-DD hh:mm:ss 格式的时间。"
        ),
        "The VPC `{resource_id}` does not exist.": "私有网络 `{resource_id}` 不存在。",
        "The security group `{resource_id}` does not exist.": "安全组 `{resource_id}` 不存在。",
        "The subnet `{resource_id}` does not exist.": "子网 `{resource_id}` 不存在。",
        "The type `{resource_id}` does not exist.": "机型 `{resource_id}` 不存在。",
        "The zone `{resource_id}` is not in this region.": "可用区 `{resource_id}` 不属于当前地域。",
        "The zone `{zone}` is sold out.": "可用区 `{zone}` 资源已售罄。",
        "The instance `{instance_id}` is protected against termination.": (
            "实例 `{instance_id}` 已开启销毁保护。"
        ),
        "The instance `{instance_id}` must be STOPPED.": "实例 `{instance_id}` 的状态必须为 STOPPED。",
        "The subnet `{subnet_id}` has no IPv6 CIDR block.": "子网 `{subnet_id}` 没有 IPv6 网段。",
        "The subnet `{resource_id}` is in the VPC `{network_id}`, not in `{other_network_id}`.": (
            "子网 `{resource_id}` 属于私有网络 `{network_id}`，不属于 `{other_network_id}`。"
        ),
        "The subnet `{subnet_id}` is in the zone {subnet_zone}, not in {zone}.": (
            "子网 `{subnet_id}` 位于可用区 {subnet_zone}，不在可用区 {zone}。"
        ),
        "The subnet `{subnet_id}` is in {subnet_zone}, not in {zone}.": (
            "子网 `{subnet_id}` 位于 {subnet_zone}，不在 {zone}。"
        ),
        "An instance can be in at most {limit} security groups.": "每个实例最多可加入 {limit} 个安全组。",
        "An instance can have at most {limit} tags.": "每个实例最多可有 {limit} 个标签。",
        "The instance type allows {limit} IPv6 addresses per interface.": (
            "该机型的每个网卡最多支持 {limit} 个 IPv6 地址。"
        ),
        "The quota of {limit} instances in `{resource_id}` is exhausted.": (
            "`{resource_id}` 的实例配额 {limit} 个已用完。"
        ),
        "The security group `{resource_id}` can have at most {limit} members.": (
            "安全组 `{resource_id}` 最多可有 {limit} 个成员。"
        ),
    }
)
