"""The Chinese for what is said of elastic public addresses."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "There are no contiguous EIPs here.": "没有连续弹性公网 IP。",
        "The traffic package `{resource_id}` does not exist.": "流量包 `{resource_id}` 不存在。",
        "The traffic package `{package_id}` has not expired.": "流量包 `{package_id}` 尚未过期。",
        "The quota of {limit} traffic packages would be exceeded.": "流量包数量超过配额 {limit}。",
        "A resource is an EIP, a bandwidth package or a load balancer.": (
            "资源应为弹性公网 IP、带宽包或负载均衡。"
        ),
        "a time of the form YYYY-MM-DD hh:mm:ss": "形如 YYYY-MM-DD hh:mm:ss 的时间",
        "The HAVIP `{havip}` is bound to no public address.": "HAVIP `{havip}` 未绑定弹性公网 IP。",
        "The public address `{address}` is paid for in this way.": "公网 IP `{address}` 已是该计费模式。",
        "InternetChargeType can be changed at most {limit} times.": ("网络计费模式最多可调整 {limit} 次。"),
        "AddressIds and the filter address-id cannot be used together.": (
            "AddressIds 与过滤条件 address-id 不能同时指定。"
        ),
        "InstanceId and NetworkInterfaceId cannot be used together.": (
            "InstanceId 与 NetworkInterfaceId 不能同时指定。"
        ),
        "InstanceId or NetworkInterfaceId must be given.": "必须指定 InstanceId 或 NetworkInterfaceId。",
        "Nothing is paid by the month here.": "此处不支持包月计费。",
        "PrivateIpAddress goes with NetworkInterfaceId only.": (
            "PrivateIpAddress 只能与 NetworkInterfaceId 一起指定。"
        ),
        "The address `{address}` is bound to the public address `{address_id}`.": (
            "内网 IP `{address}` 已绑定弹性公网 IP `{address_id}`。"
        ),
        "The bandwidth must be from 1 to {most} Mbps.": "带宽必须在 1 到 {most} Mbps 之间。",
        "The instance `{instance_id}` has the public address `{address}` of its own.": (
            "实例 `{instance_id}` 已有普通公网 IP `{address}`。"
        ),
        "The instance `{instance_id}` is bound to the public address `{address_id}`.": (
            "实例 `{instance_id}` 已绑定弹性公网 IP `{address_id}`。"
        ),
        "The instance `{resource_id}` can have at most {limit} public addresses.": (
            "实例 `{resource_id}` 最多可绑定 {limit} 个公网 IP。"
        ),
        "The public address `{address_id}` is {state}; the operation needs {allowed}.": (
            "弹性公网 IP `{address_id}` 的状态为 {state}，该操作要求 {allowed}。"
        ),
        "The public address `{address}` is not available.": "公网 IP `{address}` 不可用。",
        "The public address `{address}` is not bound to an instance.": (
            "弹性公网 IP `{address}` 未绑定云服务器。"
        ),
        "The public address `{resource_id}` does not exist.": "弹性公网 IP `{resource_id}` 不存在。",
        "The quota of {limit} public addresses in `{resource_id}` would be exceeded.": (
            "将超出 `{resource_id}` 的弹性公网 IP 配额 {limit}。"
        ),
        "The task `{resource_id}` does not exist.": "任务 `{resource_id}` 不存在。",
        "There are {free} free public addresses; {wanted} are wanted.": (
            "剩余 {free} 个公网 IP，需要 {wanted} 个。"
        ),
        "a text of letters, digits, - and _": "由字母、数字、- 和 _ 组成的文本",
        "an id of the form ins-xxxxxxxx or lb-xxxxxxxx": "形如 ins-xxxxxxxx 或 lb-xxxxxxxx 的 ID",
        "no ordinary public address comes back": "不会重新分配普通公网 IP",
        "nothing is ordered": "没有订单",
        "nothing is paid by the month": "不支持包月计费",
        "The bandwidth package `{package_id}` is being changed.": "带宽包 `{package_id}` 正在变更。",
        "The bandwidth package `{package_id}` is protected against deletion.": (
            "带宽包 `{package_id}` 已开启删除保护。"
        ),
        "The bandwidth package `{resource_id}` can have at most {limit} public addresses.": (
            "带宽包 `{resource_id}` 最多可添加 {limit} 个公网 IP。"
        ),
        "The bandwidth package `{resource_id}` does not exist.": "带宽包 `{resource_id}` 不存在。",
        "The public address `{address_id}` is in the bandwidth package `{package_id}`.": (
            "弹性公网 IP `{address_id}` 已在带宽包 `{package_id}` 中。"
        ),
        "The public address `{address_id}` is not in the bandwidth package `{package_id}`.": (
            "弹性公网 IP `{address_id}` 不在带宽包 `{package_id}` 中。"
        ),
        "The public address `{held_by}` is in the bandwidth package `{resource_id}`.": (
            "弹性公网 IP `{held_by}` 在带宽包 `{resource_id}` 中。"
        ),
        "The quota of {limit} bandwidth packages in `{resource_id}` would be exceeded.": (
            "将超出 `{resource_id}` 的带宽包配额 {limit}。"
        ),
        "a text of at most 59 letters, digits, . - and _": "最多 59 个字母、数字、. - 和 _ 组成的文本",
        "there are no zones at the edge": "没有边缘可用区",
    }
)
