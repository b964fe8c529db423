"""What a caller who wants Chinese is told.

The code speaks English: each message is a template, and a ``Message`` keeps it with its facts. Here stands
the Chinese for every template, with the same places in it; ``say`` puts the facts in. The words are the
emulator's own. A new message needs one more line here: ``tests/dialects/tencent/test_chinese.py`` finds
what is missing, and what nobody says any more.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_dialects.wording import Message

LANGUAGE: Final = "zh-CN"

TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # -- gateway --
        "An internal error occurred.": "服务内部错误。",
        "The HTTP method {method} is not supported.": "不支持 HTTP 方法 {method}。",
        "The action `{action}` is not served.": "接口 `{action}` 不存在或未提供。",
        "The region `{region}` is not supported.": "不支持地域 `{region}`。",
        "The request body is too large.": "请求体过大。",
        "The request is refused by a condition in the emulator's settings.": (
            "请求被模拟器设置中的条件拒绝。"
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
        "a part of the body has no name": "请求体中有一部分没有名称",
        "a part of the body is a file": "请求体中有一部分是文件",
        "the content type has no boundary": "Content-Type 缺少 boundary",
        "the multipart body does not end": "multipart 请求体没有结束标志",
        "the body is not JSON": "请求体不是 JSON",
        "the body is not a JSON object": "请求体不是 JSON 对象",
        "{name} has both a value and members": "{name} 既有取值又有成员",
        "{name} is nested too deeply": "{name} 嵌套过深",
        # -- signatures --
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
        "must be from {low:g} to {high:g}": "必须在 {low:g} 到 {high:g} 之间",
        "must be one of {choices}": "必须是 {choices} 之一",
        "must be true or false": "必须是 true 或 false",
        "must be {low} to {high} characters long": "长度必须为 {low} 到 {high} 个字符",
        "must be {meaning}": "必须是{meaning}",
        "must have {low} to {high} entries": "必须包含 {low} 到 {high} 项",
        "must not be empty": "不能为空",
        "{one} or {other}": "{one} 或 {other}",
        # -- forms: a blank stands between Chinese and other letters --
        "1 to 128 letters, digits, _ and -": " 1 到 128 个字母、数字、_ 或 -",
        "8 to 30 letters, digits and signs": " 8 到 30 个字母、数字或符号",
        "a UUID": " UUID",
        "a key that does not begin with qcs: or project": "不以 qcs: 或 project 开头的键",
        "a text of letters, digits, spaces and + - = . : / @ ( ) , ;": (
            "由字母、数字、空格以及 + - = . : / @ ( ) , ; 组成的文本"
        ),
        "a text that is not empty": "非空文本",
        "a version number": "版本号",
        "one of ACCEPT, DROP": " ACCEPT 或 DROP",
        "one of TCP, UDP, ICMP, ICMPV6, GRE, ALL": " TCP、UDP、ICMP、ICMPV6、GRE 或 ALL",
        "an IPv4 address": " IPv4 地址",
        "an id of the form ins-xxxxxxxx or eni-xxxxxxxx": "形如 ins-xxxxxxxx 或 eni-xxxxxxxx 的 ID",
        "an id of the form {prefix}-xxxxxxxx": "形如 {prefix}-xxxxxxxx 的 ID",
        "an instance type such as S5.MEDIUM4": "形如 S5.MEDIUM4 的实例机型",
        "letters, digits, and single . and - between them": "字母和数字，其间可用单个 . 或 - 分隔",
        "printable ASCII text": "可打印的 ASCII 文本",
        "text in base64": " base64 编码的文本",
        "the number of a project": "项目编号",
        # -- what is not served --
        "the IPv6 block of a VPC is drawn, not chosen": "VPC 的 IPv6 网段由系统分配，不能指定",
        "there are no CHC servers": "没有 CHC 物理服务器",
        "there are no HPC clusters": "没有高性能计算集群",
        "there are no dedicated clusters": "没有专用集群",
        "there are no dedicated hosts": "没有专用宿主机",
        "there are no dedicated resource packs": "没有专用资源包",
        "there are no launch templates": "没有实例启动模板",
        "there are no placement groups": "没有置放群组",
        "there are no snapshots": "没有快照",
        "there are no timers": "没有定时任务",
        "there is no recycle bin for prepaid instances": "没有包年包月实例的回收站",
        "addresses go without detaching the interface": "释放地址时不解绑网卡",
        # -- combinations, filters, tags --
        "A zone is not in this region.": "存在不属于当前地域的可用区。",
        "The VPC is in no dedicated cluster.": "私有网络不属于任何专用集群。",
        "The filter `next-hop-type` needs `route-table-id` and `vpc-id` beside it.": (
            "使用过滤条件 `next-hop-type` 时必须同时指定 `route-table-id` 和 `vpc-id`。"
        ),
        "The subnet `{subnet_id}` is named more than once.": "子网 `{subnet_id}` 重复。",
        "The CIDR block `{block}` is named more than once.": "网段 `{block}` 重复。",
        "At most {limit} tags can be named.": "最多可指定 {limit} 个标签。",
        "IpAddresses and Filters cannot be used together.": "不能同时指定 IpAddresses 和 Filters。",
        "Ids and Filters cannot be used together.": "不能同时指定 ID 和 Filters。",
        "Only secondary addresses can be assigned.": "只能分配辅助 IP。",
        "Only one of `PrivateIpAddresses` can be primary.": "`PrivateIpAddresses` 中只能有一个主 IP。",
        "The filter `{name}` does not exist.": "过滤条件 `{name}` 不存在。",
        "The tag key `{key}` is named more than once.": "标签键 `{key}` 重复。",
        "The value of the parameter `NextToken` is not valid.": "参数 `NextToken` 的取值无效。",
        "There must be as many `PrivateIpAddresses` as instances.": (
            "`PrivateIpAddresses` 的个数必须与实例数量一致。"
        ),
        "`MinCount` must be from 1 to `InstanceCount`.": "`MinCount` 必须在 1 到 `InstanceCount` 之间。",
        "`{one}` and `{other}` cannot be used together.": "不能同时指定 `{one}` 和 `{other}`。",
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
        "The network interface `{resource_id}` does not exist.": "弹性网卡 `{resource_id}` 不存在。",
        "The network interface `{interface_id}` cannot be bound to a new instance.": (
            "弹性网卡 `{interface_id}` 不能绑定到新实例。"
        ),
        "An instance with a system disk of the type {disk} keeps its type.": (
            "系统盘类型为 {disk} 的实例不支持调整机型。"
        ),
        "The instance `{instance_id}` is stopped without charge.": (
            "实例 `{instance_id}` 处于关机不收费状态。"
        ),
        "`{block}` is not a /64 of the VPC's IPv6 CIDR block `{whole}`.": (
            "`{block}` 不是 VPC 的 IPv6 网段 `{whole}` 内的 /64 网段。"
        ),
        "`{text}` is not a CIDR block.": "`{text}` 不是合法的网段。",
        "`{text}` is not a time of the form YYYY-MM-DD hh:mm:ss.": (
            "`{text}` 不是 YYYY-MM-DD hh:mm:ss 格式的时间。"
        ),
        "`{text}` is not an IPv4 address.": "`{text}` 不是合法的 IPv4 地址。",
        "`{text}` is not an IPv6 CIDR block.": "`{text}` 不是合法的 IPv6 网段。",
        "`{text}` is not an IPv6 address.": "`{text}` 不是合法的 IPv6 地址。",
        "`{value}` is not a value for this filter.": "`{value}` 不是该过滤条件的合法取值。",
        # -- tags --
        "A tag key is named more than once.": "标签键重复。",
        "Offset must be a multiple of Limit.": "Offset 必须是 Limit 的整数倍。",
        "One of ReplaceTags and DeleteTags must be given.": "ReplaceTags 和 DeleteTags 至少指定一个。",
        "The PaginationToken is not valid.": "PaginationToken 无效。",
        "The resource `{resource_id}` does not have the tag key `{key}`.": (
            "资源 `{resource_id}` 没有标签键 `{key}`。"
        ),
        "The resource `{resource_id}` has the tag key `{key}`.": (
            "资源 `{resource_id}` 已有标签键 `{key}`。"
        ),
        "The service `{service}` is not served.": "不支持产品 `{service}`。",
        "The service has no resources with the prefix `{prefix}`.": "该产品没有资源前缀 `{prefix}`。",
        "The tag `{key}:{value}` does not exist.": "标签 `{key}:{value}` 不存在。",
        "The tag `{key}:{value}` exists.": "标签 `{key}:{value}` 已存在。",
        "The tag `{key}:{value}` is in use.": "标签 `{key}:{value}` 正在被使用。",
        "The tag key `{key}` is both in ReplaceTags and in DeleteTags.": (
            "标签键 `{key}` 同时出现在 ReplaceTags 和 DeleteTags 中。"
        ),
        "`{name}` is not the name of a resource of this account.": "`{name}` 不是本账号资源的六段式描述。",
        "a key that the system does not reserve": "非系统保留的标签键",
        # -- what does not exist --
        "The VPC `{resource_id}` does not exist.": "私有网络 `{resource_id}` 不存在。",
        "The instance `{resource_id}` does not exist.": "实例 `{resource_id}` 不存在。",
        "The resource `{resource_id}` does not exist.": "资源 `{resource_id}` 不存在。",
        "The security group `{resource_id}` does not exist.": "安全组 `{resource_id}` 不存在。",
        "The subnet `{resource_id}` does not exist in `{other_network_id}`.": (
            "子网 `{resource_id}` 在私有网络 `{other_network_id}` 中不存在。"
        ),
        "The subnet `{resource_id}` does not exist.": "子网 `{resource_id}` 不存在。",
        "The type `{resource_id}` does not exist.": "机型 `{resource_id}` 不存在。",
        "The zone `{resource_id}` does not exist.": "可用区 `{resource_id}` 不存在。",
        "The zone `{resource_id}` is not in this region.": "可用区 `{resource_id}` 不属于当前地域。",
        "The zone `{resource_id}` is not one of this region.": "当前地域没有可用区 `{resource_id}`。",
        "The zone `{zone}` is sold out.": "可用区 `{zone}` 资源已售罄。",
        # -- states and properties that forbid it --
        "An RDMA interface takes no IPv6 address.": "RDMA 网卡不支持 IPv6 地址。",
        "Instances of the type `{instance_type}` take no network interfaces.": (
            "机型 `{instance_type}` 的实例不支持弹性网卡。"
        ),
        "Termination protection is on for `{interface_id}`.": "弹性网卡 `{interface_id}` 已开启销毁保护。",
        "The VPC `{network_id}` is being created.": "私有网络 `{network_id}` 正在创建。",
        "The instance `{instance_id}` is protected against termination.": (
            "实例 `{instance_id}` 已开启销毁保护。"
        ),
        "The instance `{instance_id}` is {state}.": "实例 `{instance_id}` 的状态为 {state}。",
        "The instance `{instance_id}` is {state}; the operation needs {allowed}.": (
            "实例 `{instance_id}` 的状态为 {state}，该操作要求状态为 {allowed}。"
        ),
        "The instance `{instance_id}` must be STOPPED.": "实例 `{instance_id}` 的状态必须为 STOPPED。",
        "The instance `{resource_id}` is in the classic network.": "实例 `{resource_id}` 属于基础网络。",
        "The instance type `{instance_type}` does not support this operation.": (
            "机型 `{instance_type}` 不支持该操作。"
        ),
        "The network interface `{interface_id}` does not support this operation.": (
            "弹性网卡 `{interface_id}` 不支持该操作。"
        ),
        "The network interface `{interface_id}` has no security group.": (
            "弹性网卡 `{interface_id}` 未绑定安全组。"
        ),
        "The network interface `{interface_id}` is named more than once, or for several instances.": (
            "弹性网卡 `{interface_id}` 被重复指定，或被指定给多个实例。"
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
        "The network interface `{interface_id}` is {state}; the operation needs {allowed}.": (
            "弹性网卡 `{interface_id}` 的状态为 {state}，该操作要求状态为 {allowed}。"
        ),
        "The resource `{resource_id}` belongs to a managed service.": (
            "资源 `{resource_id}` 由托管服务管理。"
        ),
        "The resource `{resource_id}` is in use by `{held_by}`.": (
            "资源 `{resource_id}` 正在被 `{held_by}` 使用。"
        ),
        "The security group `{resource_id}` is in the classic network.": (
            "安全组 `{resource_id}` 属于基础网络。"
        ),
        "The security groups of `{resource_id}` do not fit together.": (
            "`{resource_id}` 的安全组类型不一致，不能同时使用。"
        ),
        "The subnet `{subnet_id}` has no IPv6 CIDR block.": "子网 `{subnet_id}` 没有 IPv6 网段。",
        "The subnet `{subnet_id}` is being created.": "子网 `{subnet_id}` 正在创建。",
        "`{interface_id}` still has sub interfaces.": "弹性网卡 `{interface_id}` 仍有子网卡。",
        "`{resource_id}` has an IPv6 CIDR block already.": "`{resource_id}` 已有 IPv6 网段。",
        "`{subnet_id}` has no IPv6 CIDR block.": "`{subnet_id}` 没有 IPv6 网段。",
        "`{subnet_id}` has no such IPv6 CIDR block.": "`{subnet_id}` 没有该 IPv6 网段。",
        "The default VPC has no more room for subnets: `{address}`.": (
            "默认私有网络没有剩余的子网网段：`{address}`。"
        ),
        "All {limit} IPv6 CIDR blocks of `{resource_id}` are in use.": (
            "`{resource_id}` 的 {limit} 个 IPv6 网段已全部分配。"
        ),
        # -- rules of security groups --
        "A `PolicyIndex` is named more than once.": "`PolicyIndex` 重复。",
        "A policy has no `{name}`.": "规则缺少 `{name}`。",
        "A security group can be cloned within its region only.": "只能在同一地域内克隆安全组。",
        "A template has no id.": "参数模板缺少 ID。",
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
        # -- what does not fit together --
        "The subnet `{subnet}` is not in the VPC `{vpc}`.": "子网 `{subnet}` 不属于私有网络 `{vpc}`。",
        "The address `{address}` is not in `{place}`.": "地址 `{address}` 不在 `{place}` 内。",
        "The network interface is in {interface_zone}, the instance in {instance_zone}.": (
            "弹性网卡位于可用区 {interface_zone}，实例位于可用区 {instance_zone}。"
        ),
        "The subnet `{resource_id}` is in the VPC `{network_id}`, not in `{other_network_id}`.": (
            "子网 `{resource_id}` 属于私有网络 `{network_id}`，不属于 `{other_network_id}`。"
        ),
        "The subnet `{subnet_id}` is in the zone {subnet_zone}, not in {zone}.": (
            "子网 `{subnet_id}` 位于可用区 {subnet_zone}，不在可用区 {zone}。"
        ),
        "The subnet `{subnet_id}` is in {subnet_zone}, not in {zone}.": (
            "子网 `{subnet_id}` 位于 {subnet_zone}，不在 {zone}。"
        ),
        "`{resource_id}` is in the VPC `{network_id}`, `{other_id}` in `{other_network_id}`.": (
            "`{resource_id}` 属于私有网络 `{network_id}`，而 `{other_id}` 属于 `{other_network_id}`。"
        ),
        # -- addresses and blocks --
        "The CIDR block `{address}` is not in the VPC's.": "网段 `{address}` 不在私有网络的网段内。",
        "The CIDR block `{address}` is not one a VPC may have.": (
            "网段 `{address}` 不能用作私有网络的网段。"
        ),
        "The CIDR block `{address}` is not one a subnet may have.": "网段 `{address}` 不能用作子网的网段。",
        "The CIDR block `{address}` overlaps another one of the VPC.": (
            "网段 `{address}` 与私有网络的其他网段重叠。"
        ),
        "The CIDR block `{address}` overlaps that of another subnet.": (
            "网段 `{address}` 与其他子网的网段重叠。"
        ),
        "The network interface `{interface_id}` is not in the security group `{group_id}`.": (
            "弹性网卡 `{interface_id}` 未绑定安全组 `{group_id}`。"
        ),
        "`{interface_id}` is in the subnet `{subnet_id}`, `{other_id}` in `{other_subnet_id}`.": (
            "`{interface_id}` 在子网 `{subnet_id}` 中，`{other_id}` 在子网 `{other_subnet_id}` 中。"
        ),
        "The network interface does not hold the address `{address}`.": ("弹性网卡没有地址 `{address}`。"),
        "`{address}` is the primary address of the network interface.": (
            "`{address}` 是弹性网卡的主地址。"
        ),
        "The address `{address}` is {state}.": "地址 `{address}` 的状态为 {state}。",
        "The address `{address}` is in use.": "地址 `{address}` 已被使用。",
        "The address `{address}` is named more than once.": "地址 `{address}` 重复。",
        "The address `{address}` is not in the subnet.": "地址 `{address}` 不在子网内。",
        "The address `{address}` is reserved by the system.": "地址 `{address}` 为系统保留地址。",
        "The mask of the CIDR block `{address}` is out of range.": "网段 `{address}` 的掩码超出范围。",
        "The subnet `{subnet_id}` has {free} free addresses; {wanted} are wanted.": (
            "子网 `{subnet_id}` 剩余可用地址 {free} 个，需要 {wanted} 个。"
        ),
        "The value `{address}` is not acceptable.": "取值 `{address}` 不合法。",
        # -- limits --
        "A resource can have at most {limit} tags.": "每个资源最多可有 {limit} 个标签。",
        "An instance can be in at most {limit} security groups.": "每个实例最多可加入 {limit} 个安全组。",
        "An instance can have at most {limit} tags.": "每个实例最多可有 {limit} 个标签。",
        "The instance type allows {limit} IPv6 addresses per interface.": (
            "该机型的每个网卡最多支持 {limit} 个 IPv6 地址。"
        ),
        "The quota of {limit} instances in `{resource_id}` is exhausted.": (
            "`{resource_id}` 的实例配额 {limit} 个已用完。"
        ),
        "The quota of {limit} network interfaces in `{resource_id}` would be exceeded.": (
            "`{resource_id}` 中的弹性网卡将超过配额 {limit} 个。"
        ),
        "The quota of {limit} would be exceeded on `{resource_id}`.": (
            "`{resource_id}` 将超过配额 {limit}。"
        ),
        "The security group `{resource_id}` can have at most {limit} members.": (
            "安全组 `{resource_id}` 最多可有 {limit} 个成员。"
        ),
        # -- idempotency --
        "The client token `{token}` was used before with other parameters.": (
            "ClientToken `{token}` 已用于参数不同的请求。"
        ),
        "The first request with the client token `{token}` is being processed.": (
            "使用 ClientToken `{token}` 的首个请求正在处理。"
        ),
        # -- public addresses --
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
        "instances have no ordinary public addresses": "实例没有普通公网 IP",
        "nothing is ordered": "没有订单",
        "nothing is paid by the month": "不支持包月计费",
        "there are no bandwidth packages": "没有带宽包",
    }
)
"""For each English template its Chinese one."""


def say(text: str) -> str:
    """Return a message in Chinese, its facts as they are; what has no Chinese stays English."""
    if not isinstance(text, Message):
        return TEMPLATES.get(text, text)
    template = TEMPLATES.get(text.template)
    if template is None:
        return text
    facts = {name: say(fact) if isinstance(fact, Message) else fact for name, fact in text.facts.items()}
    return template.format_map(facts) if facts else template
