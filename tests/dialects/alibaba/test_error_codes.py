"""Every code that Alibaba Cloud documents for CreateNetworkInterface and AttachNetworkInterface, provoked.

Sources: the pages CreateNetworkInterface of 2019 and 2021 with what is known of newer ones, and
AttachNetworkInterface, the old page and that of 2024-03-19.
"""

import re
from collections import Counter
from typing import Any

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.code_tables import Reach, request, state, table, unmodelled
from tests.harness import ApiError

from duolect.settings.settings import ConditionSettings
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.model.resources import GroupKind
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.exchange import HttpAnswer

# -- what is documented ----------------------------------------------------------------------------------


def listed(text: str) -> dict[str, int]:
    """Read lines of a status and the codes that have it."""
    codes = {}
    for line in text.strip().splitlines():
        status, *names = line.split()
        for name in names:
            codes[name] = int(status)
    return codes


CREATE_2019 = listed("""
403 InvalidUserType.NotSupported Abs.InvalidAccount.NotFound Forbidden.NotSupportRAM Forbidden.SubUser
400 MissingParameter UnsupportedParameter InvalidParameter InvalidInstanceId.MalFormed Forbidden.RegionId
400 InvalidOperation.InvalidEcsState InvalidOperation.InvalidEniState
400 InvalidOperation.DetachPrimaryEniNotAllowed
404 InvalidEcsId.NotFound InvalidEniId.NotFound InvalidVSwitchId.NotFound InvalidSecurityGroupId.NotFound
403 EniPerInstanceLimitExceeded InvalidOperation.AvailabilityZoneMismatch InvalidOperation.VpcMismatch
403 SecurityGroupInstanceLimitExceed InvalidSecurityGroupId.NotVpc InvalidOperation.InvalidEniType
403 InvalidVSwitchId.IpNotEnough InvalidVSwitchId.IpInvalid
""")
CREATE_2021 = listed("""
400 InvalidInstanceID.Malformed Duplicate.TagKey InvalidTagKey.Malformed InvalidTagValue.Malformed
400 JoinedGroupLimitExceed InvalidPrivateIpAddress.Duplicated InvalidParameter.Conflict
403 MaxEniCountExceeded QuotaExceed.Tags InvalidIp.Address InvalidIp.IpRepeated
403 MaxEniPrivateIpsCountExceeded InvalidOperation.ResourceManagedByCloudProduct
403 InvalidParameter.InvalidEniQueueNumber InvalidOperation.MaxEniQueueNumberExceeded
403 InvalidOperation.ExceedInstanceTypeQueueNumber
404 InvalidResourceGroup.NotFound
""")
CREATE_SINCE = listed("""
400 IdempotentParameterMismatch InvalidParameter.EniTrafficMode InvalidParameter.QueuePairNumberMustEmpty
400 InvalidParameter.EniQueueSize InvalidParameter.EniConnectionTrackingConfiguration
400 IncorrectVSwitchStatus IdempotentFailed
403 IdempotentProcessing InvalidVSwitch.Ipv6NotTurnOn InvalidIp.IpAssigned
403 InvalidParameter.InvalidQueuePairNumber InvalidOperation.MultiGroupType
403 InvalidOperation.EniCountExceeded InvalidParams.NetworkInterfaceName InvalidIp.IpPrefixMaskInvalid
403 InvalidIp.IpPrefixNotStrict InvalidIp.IpPrefixIllegal QuotaExceeded.PrivateIpAddress
""")
ATTACH_OLD = listed("""
400 UnsupportedParameter InvalidOperation.InvalidEcsState InvalidOperation.DetachPrimaryEniNotAllowed
400 MissingParameter
403 Abs.InvalidAccount.NotFound Forbidden.NotSupportRAM Forbidden.SubUser EniPerInstanceLimitExceeded
403 InvalidOperation.VpcMismatch SecurityGroupInstanceLimitExceed InvalidOperation.InvalidEniType
404 InvalidEcsId.NotFound
""")
ATTACH_2024 = listed("""
400 InvalidOperation.Ipv6CountExceeded MissingParameter UnsupportedParameter InvalidParameter
400 InvalidInstanceID.Malformed InvalidOperation.InvalidRegion InvalidOperation.InvalidEcsState
400 InvalidOperation.InvalidEniState InvalidOperation.DetachPrimaryEniNotAllowed Forbidden.RegionId
400 InvalidOperation.InvalidGeneration InvalidParams.EniId InvalidParameter.NetworkCardIndexInvalid
400 InvalidOperation.UserNotSupportNetworkCard
403 InvalidUserType.NotSupported Abs.InvalidAccount.NotFound Forbidden.NotSupportRAM Forbidden.SubUser
403 MaxEniCountExceeded EniPerInstanceLimitExceeded InvalidOperation.AvailabilityZoneMismatch
403 InvalidOperation.VpcMismatch SecurityGroupInstanceLimitExceed InvalidSecurityGroupId.NotVpc
403 InvalidOperation.InvalidEniType InvalidInstanceId.NotFound InvalidEni.NotSameVpc
403 InvalidOperation.Ipv4CountExceeded InvalidOperation.EniServiceManaged InvalidOperation.MultiGroupType
403 InvalidOperation.NotSupportEnterpriseGroup InvalidOperation.EniCountExceeded
403 InvalidOperation.EipBindModel InvalidOperation.Ipv6NotSupport InvalidOperation.HotPlugNotSupport
403 InvalidInstance.NetworkType InvalidOperation.InvalidTrunkEniStatus InvalidOperation.TrunkingIsNotAllowed
403 InvalidOperation.InstanceTypeNotSupportEniTrunking InvalidOperation.EniTypeNotSupportTrunking
403 InvalidOperation.EniTrunkDeviceFull InvalidParameter.EniNotBelongTrunk
403 InvalidOperation.EniTypeNotSupportAttachToTrunk InvalidParameter.EniNotBelongEcs
403 InvalidParameter.InvalidEniQueueNumber InvalidOperation.MaxEniQueueNumberExceeded
403 InvalidOperation.ExceedInstanceTypeQueueNumber
403 InvalidOperation.HighPerformanceTrafficModeNotSupportTrunkEni
403 InvalidOperation.HighPerformanceTrafficModeNotSupportMemberEni
403 InvalidOperation.InstanceTypeNotSupportHighPerformanceTrafficMode
403 InvalidOperation.EniTrafficModeNotSupportIpv6 InvalidOperation.MaxEniQueuePairNumberExceed
403 InvalidParameter.InvalidQueuePairNumber InvalidOperation.EniQueuePairNumberOverflow
403 InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded
404 InvalidEcsId.NotFound InvalidEniId.NotFound InvalidVSwitchId.NotFound InvalidSecurityGroupId.NotFound
""")
ABSENT_VSWITCH, ABSENT_GROUP = "vsw-bp1absent", "sg-bp1absent"
ABSENT_ENI, ABSENT_INSTANCE = "eni-bp1absent", "i-bp1absent"

# -- CreateNetworkInterface ------------------------------------------------------------------------------


def creating(**changes: Any) -> Any:
    """Return the scenario of a good request with these changes."""
    return lambda account: account.interface_params(**changes)


def creating_ipv6(**changes: Any) -> Any:
    return lambda account: account.ipv6_interface_params(**changes)


def group_of_another_vpc(account: AlibabaAccount) -> dict[str, Any]:
    subnet = account.add_subnet(account.add_network())
    return account.interface_params(SecurityGroupId=account.add_group(subnet).id)


def vswitch_with_four_addresses(account: AlibabaAccount) -> dict[str, Any]:
    small = account.add_subnet(block="10.0.1.0/29")
    return account.interface_params(VSwitchId=small.id, SecondaryPrivateIpAddressCount=4)


def vswitch_that_is_pending(account: AlibabaAccount) -> dict[str, Any]:
    return account.interface_params(
        VSwitchId=account.execute(account.subnet_command(block="10.0.1.0/24")).id
    )


def address_that_is_taken(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface(PrimaryIpAddress="10.0.0.9")
    return account.interface_params(PrivateIpAddress=["10.0.0.9"])


def ipv6_address_that_is_taken(account: AlibabaAccount) -> dict[str, Any]:
    good = account.ipv6_interface_params()
    ipv6 = str(account.partition.graph.subnets[good["VSwitchId"]].ipv6_block[0x99])
    account.create_interface(**good, Ipv6Address=[ipv6])
    return {**good, "Ipv6Address": [ipv6]}


def ipv6_prefix(host: int, mask: int) -> Any:
    """Return the scenario that asks for a prefix at an offset from that of the vSwitch."""

    def scenario(account: AlibabaAccount) -> dict[str, Any]:
        good = account.ipv6_interface_params()
        block = account.partition.graph.subnets[good["VSwitchId"]].ipv6_block
        return {**good, "Ipv6Prefix": [f"{block[host]}/{mask}"]}

    return scenario


def prefix_with_an_address_in_use(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface(PrimaryIpAddress="10.0.0.20")
    return account.interface_params(Ipv4Prefix=["10.0.0.16/28"])


def groups_of_both_kinds(account: AlibabaAccount) -> dict[str, Any]:
    enterprise = account.add_group(kind=GroupKind.ENTERPRISE)
    return account.interface_params(
        SecurityGroupId=None, SecurityGroupIds=[account.group.id, enterprise.id]
    )


def six_groups(account: AlibabaAccount) -> dict[str, Any]:
    groups = [account.add_group().id for _ in range(6)]
    return account.interface_params(SecurityGroupId=None, SecurityGroupIds=groups)


def both_group_parameters(account: AlibabaAccount) -> dict[str, Any]:
    return account.interface_params(SecurityGroupIds=[account.group.id])


def marked_group(**flags: Any) -> Any:
    return lambda account: account.interface_params(SecurityGroupId=account.add_group(**flags).id)


def enterprise_group_with_one_interface(account: AlibabaAccount) -> dict[str, Any]:
    group = account.add_group(kind=GroupKind.ENTERPRISE)
    account.create_interface(SecurityGroupId=group.id)
    return account.interface_params(SecurityGroupId=group.id)


def one_interface_already(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface()
    return account.interface_params()


def a_hundred_interfaces(account: AlibabaAccount) -> dict[str, Any]:
    for _ in range(100):
        account.create_interface()
    return account.interface_params()


def token_used_with_other_parameters(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface(ClientToken="once")
    return account.interface_params(ClientToken="once", Description="another request")


def token_of_a_refused_request(account: AlibabaAccount) -> dict[str, Any]:
    wish = account.interface_params(ClientToken="once", PrimaryIpAddress="10.0.0.255")
    with pytest.raises(ApiError):
        account.client.call("CreateNetworkInterface", **wish)
    return wish


def numbered(first: int, last: int) -> list[str]:
    return [f"10.0.0.{last_byte}" for last_byte in range(first, last + 1)]


def tagged(**tag: str) -> Any:
    return creating(Tag=[tag])


CREATE = [
    request("MissingParameter", 400, creating(RegionId=None)),
    request("MissingParameter", 400, creating(VSwitchId=None)),
    request("MissingParameter", 400, creating(VSwitchId="")),
    request("MissingParameter", 400, creating(SecurityGroupId=None)),
    request("MissingParameter", 400, creating(SecurityGroupId=None, VSwitchId=ABSENT_VSWITCH)),
    request("UnsupportedParameter", 400, creating(SecurityGroupName="web")),
    request("UnsupportedParameter", 400, creating(Tag=[{"Key": "a", "Scope": "b"}])),
    request("InvalidParameter", 400, creating(Description="x")),
    request("InvalidParameter", 400, creating(DeleteOnRelease="maybe")),
    request("InvalidParameter", 400, creating(InstanceType="Primary")),
    request("InvalidVSwitchId.IpInvalid", 403, creating(PrimaryIpAddress="10.0.1.9")),
    request("InvalidVSwitchId.IpInvalid", 403, creating(PrimaryIpAddress="10.0.0.0")),
    request("InvalidVSwitchId.IpInvalid", 403, creating(PrimaryIpAddress="10.0.0.253")),
    request("InvalidVSwitchId.IpInvalid", 403, creating(PrivateIpAddress=["10.0.0.256"])),
    request(
        "Duplicate.TagKey", 400, creating(Tag=[{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}])
    ),
    request("InvalidTagKey.Malformed", 400, tagged(Key="", Value="v")),
    request("InvalidTagKey.Malformed", 400, tagged(Key="acs:a")),
    request("InvalidTagValue.Malformed", 400, tagged(Key="a", Value="see https://example.com")),
    request("InvalidIp.Address", 403, creating_ipv6(Ipv6Address=["2408::g"])),
    request("InvalidIp.Address", 403, creating_ipv6(Ipv6Address=["2001:db8::9"])),
    request("InvalidIp.IpRepeated", 403, creating(PrivateIpAddress=["10.0.0.9", "10.0.0.9"])),
    request(
        "InvalidIp.IpRepeated", 403, creating(PrimaryIpAddress="10.0.0.9", PrivateIpAddress=["10.0.0.9"])
    ),
    request("InvalidParameter.Conflict", 400, both_group_parameters),
    request(
        "InvalidParameter.Conflict",
        400,
        creating(PrivateIpAddress=["10.0.0.9"], SecondaryPrivateIpAddressCount=1),
    ),
    request("InvalidParameter.InvalidEniQueueNumber", 403, creating(QueueNumber=0)),
    request("InvalidParameter.InvalidEniQueueNumber", 403, creating(QueueNumber=2049)),
    request(
        "InvalidParameter.EniTrafficMode", 400, creating(NetworkInterfaceTrafficMode="highperformance")
    ),
    request("InvalidParameter.QueuePairNumberMustEmpty", 400, creating(QueuePairNumber=1)),
    request(
        "InvalidParameter.InvalidQueuePairNumber",
        403,
        creating(NetworkInterfaceTrafficMode="HighPerformance", QueuePairNumber=0),
    ),
    request("InvalidParameter.EniQueueSize", 400, creating(RxQueueSize=9000, TxQueueSize=9000)),
    request("InvalidParameter.EniQueueSize", 400, creating(RxQueueSize=8192, TxQueueSize=16384)),
    request("InvalidParameter.EniQueueSize", 400, creating(RxQueueSize=8192)),
    request(
        "InvalidParameter.EniConnectionTrackingConfiguration",
        400,
        creating(ConnectionTrackingConfiguration={"UdpTimeout": 31}),
    ),
    request("InvalidParams.NetworkInterfaceName", 403, creating(NetworkInterfaceName="1st")),
    request("InvalidIp.IpPrefixMaskInvalid", 403, creating(Ipv4Prefix=["10.0.0.16/27"])),
    request("InvalidIp.IpPrefixMaskInvalid", 403, ipv6_prefix(1 << 48, 64)),
    request("InvalidIp.IpPrefixNotStrict", 403, creating(Ipv4Prefix=["10.0.0.17/28"])),
    request("InvalidIp.IpPrefixNotStrict", 403, ipv6_prefix(1, 80)),
    request("InvalidIp.IpPrefixIllegal", 403, creating(Ipv4Prefix=["10.0.0.16"])),
    request("InvalidIp.IpPrefixIllegal", 403, creating(Ipv4Prefix=["10.0.1.16/28"])),
    request("InvalidResourceGroup.NotFound", 404, creating(ResourceGroupId="production")),
    state("InvalidVSwitchId.NotFound", 404, creating(VSwitchId=ABSENT_VSWITCH)),
    state("InvalidSecurityGroupId.NotFound", 404, creating(SecurityGroupId=ABSENT_GROUP)),
    state("QuotaExceed.Tags", 403, creating(Tag=[{"Key": f"k{n}", "Value": "v"} for n in range(21)])),
    state("MaxEniPrivateIpsCountExceeded", 403, creating(SecondaryPrivateIpAddressCount=50)),
    state("MaxEniPrivateIpsCountExceeded", 403, creating(SecondaryPrivateIpAddressCount=5000)),
    state("MaxEniPrivateIpsCountExceeded", 403, creating(PrivateIpAddress=numbered(1, 50))),
    state("InvalidVSwitch.Ipv6NotTurnOn", 403, creating(Ipv6AddressCount=1)),
    state("InvalidVSwitchId.IpNotEnough", 403, vswitch_with_four_addresses),
    state("IncorrectVSwitchStatus", 400, vswitch_that_is_pending),
    state("InvalidPrivateIpAddress.Duplicated", 400, address_that_is_taken),
    state("InvalidIp.IpAssigned", 403, ipv6_address_that_is_taken),
    state("InvalidIp.IpAssigned", 403, prefix_with_an_address_in_use),
    state("InvalidOperation.VpcMismatch", 403, group_of_another_vpc),
    state("InvalidOperation.MultiGroupType", 403, groups_of_both_kinds),
    state("JoinedGroupLimitExceed", 400, six_groups),
    state("InvalidSecurityGroupId.NotVpc", 403, marked_group(classic=True)),
    state("InvalidOperation.ResourceManagedByCloudProduct", 403, marked_group(managed=True)),
    state(
        "SecurityGroupInstanceLimitExceed",
        403,
        creating(SecondaryPrivateIpAddressCount=3),
        quotas={"basic_group_members": 3},
    ),
    state(
        "InvalidOperation.EniCountExceeded",
        403,
        enterprise_group_with_one_interface,
        quotas={"enterprise_group_interfaces": 1},
    ),
    state("MaxEniCountExceeded", 403, one_interface_already, quotas={"interfaces": 1}),
    state("MaxEniCountExceeded", 403, a_hundred_interfaces, vendor_quotas=True),
    state("IdempotentParameterMismatch", 400, token_used_with_other_parameters),
    state("IdempotentFailed", 400, token_of_a_refused_request),
    *unmodelled(
        creating(),
        Reach.CONFIG,
        """
    403 | InvalidUserType.NotSupported | the account's type
    403 | Abs.InvalidAccount.NotFound | the account's existence
    403 | Forbidden.NotSupportRAM | the account's permissions
    403 | Forbidden.SubUser | the account's permissions
    400 | Forbidden.RegionId | the features of a region
    400 | InvalidInstanceID.Malformed | the action names no instance
    400 | InvalidInstanceId.MalFormed | the action names no instance
    404 | InvalidEcsId.NotFound | the action names no instance
    400 | InvalidOperation.InvalidEcsState | the action names no instance
    403 | EniPerInstanceLimitExceeded | the action names no instance
    403 | InvalidOperation.AvailabilityZoneMismatch | the action names no second zone
    403 | InvalidOperation.MaxEniQueueNumberExceeded | the action knows no instance type
    403 | InvalidOperation.ExceedInstanceTypeQueueNumber | the action knows no instance type
    404 | InvalidEniId.NotFound | the action names no network interface
    400 | InvalidOperation.InvalidEniState | the action names no network interface
    400 | InvalidOperation.DetachPrimaryEniNotAllowed | the action names no network interface
    403 | InvalidOperation.InvalidEniType | the action names no network interface
    403 | IdempotentProcessing | the action is synchronous: no request is ever met half done
    403 | QuotaExceeded.PrivateIpAddress | seen in place of InvalidVSwitchId.IpNotEnough
    """,
    ),
]

# -- AttachNetworkInterface ------------------------------------------------------------------------------


def attaching(**changes: Any) -> Any:
    """Return the scenario of a good request with these changes."""
    return lambda account: account.attachment_params(
        account.create_interface(), account.add_instance(), **changes
    )


def attaching_of(**wishes: Any) -> Any:
    """Return the scenario that attaches an interface created with these parameters."""
    return lambda account: account.attachment_params(
        account.create_interface(**wishes), account.add_instance()
    )


def attaching_to(type_name: str, **wishes: Any) -> Any:
    """Return the scenario that attaches an interface to an instance of a type."""
    return lambda account: account.attachment_params(
        account.create_interface(**wishes), account.add_instance(account.subnet, type_name)
    )


def attaching_ipv6(type_name: str, **wishes: Any) -> Any:
    def scenario(account: AlibabaAccount) -> dict[str, Any]:
        good = account.ipv6_interface_params(**wishes)
        subnet = account.partition.graph.subnets[good["VSwitchId"]]
        return account.attachment_params(
            account.create_interface(**good), account.add_instance(subnet, type_name)
        )

    return scenario


def instance_elsewhere(zone: int = 0, *, same_vpc: bool) -> Any:
    def scenario(account: AlibabaAccount) -> dict[str, Any]:
        network = account.network if same_vpc else account.add_network()
        subnet = account.add_subnet(network, "10.0.1.0/24", zone)
        return account.attachment_params(account.create_interface(), account.add_instance(subnet))

    return scenario


def region_of_neither(account: AlibabaAccount) -> dict[str, Any]:
    return account.attachment_params(
        account.create_interface(), account.add_instance(), RegionId="cn-beijing"
    )


def instance_of_another_region(account: AlibabaAccount) -> dict[str, Any]:
    here, good = (
        account.client,
        account.attachment_params(account.create_interface(), account.add_instance()),
    )
    account.client = account.new_client(region="cn-beijing")
    network = account.add_network()
    instance = account.add_instance(account.add_subnet(network))
    account.client = here
    return {**good, "InstanceId": instance.id}


def instance_without_room(account: AlibabaAccount) -> dict[str, Any]:
    instance = account.add_instance()
    for _ in range(2):
        account.attach(account.create_interface(), instance)
    return account.attachment_params(account.create_interface(), instance)


def interface_in_use(account: AlibabaAccount) -> dict[str, Any]:
    instance = account.add_instance()
    return account.attachment_params(account.attach(account.create_interface(), instance), instance)


def interface_on_its_way(account: AlibabaAccount) -> dict[str, Any]:
    good = account.attachment_params(account.create_interface(), account.add_instance())
    account.client.call("AttachNetworkInterface", **good)
    return good


def interface_of_an_enterprise_group(account: AlibabaAccount) -> dict[str, Any]:
    group = account.add_group(kind=GroupKind.ENTERPRISE)
    return account.attachment_params(
        account.create_interface(SecurityGroupId=group.id), account.add_instance()
    )


def interface_of_an_enterprise_group_to_a_type_without(account: AlibabaAccount) -> dict[str, Any]:
    good = interface_of_an_enterprise_group(account)
    return {**good, "InstanceId": account.add_instance(account.subnet, SMALL).id}


def primary_interface(account: AlibabaAccount) -> dict[str, Any]:
    return account.attachment_params(
        account.primary_interface_id(account.add_instance()), account.add_instance()
    )


# -- trunks


def on_trunk(trunk_id: str, good: dict[str, Any]) -> dict[str, Any]:
    return {**good, "TrunkNetworkInstanceId": trunk_id}


def trunk_in_use(account: AlibabaAccount, instance: Any) -> str:
    return account.attach(account.create_interface(InstanceType="Trunk"), instance)


def trunk_that_is_available(account: AlibabaAccount) -> dict[str, Any]:
    good = account.attachment_params(account.create_interface(), account.add_instance())
    return on_trunk(account.create_interface(InstanceType="Trunk"), good)


def trunk_that_is_no_trunk(account: AlibabaAccount) -> dict[str, Any]:
    instance = account.add_instance()
    no_trunk = account.attach(account.create_interface(), instance)
    return on_trunk(no_trunk, account.attachment_params(account.create_interface(), instance))


def trunk_of_another_instance(account: AlibabaAccount) -> dict[str, Any]:
    trunk = trunk_in_use(account, account.add_instance())
    return on_trunk(trunk, account.attachment_params(account.create_interface(), account.add_instance()))


def trunk_of_another_vpc(account: AlibabaAccount) -> dict[str, Any]:
    subnet = account.add_subnet(account.add_network())
    trunk = account.create_interface(
        VSwitchId=subnet.id, SecurityGroupId=account.add_group(subnet).id, InstanceType="Trunk"
    )
    return on_trunk(trunk, account.attachment_params(account.create_interface(), account.add_instance()))


def trunk_with_its_last_member(account: AlibabaAccount) -> dict[str, Any]:
    instance = account.add_instance(account.subnet, SMALL)
    trunk = trunk_in_use(account, instance)
    account.attach(account.create_interface(), instance, trunk)
    return on_trunk(trunk, account.attachment_params(account.create_interface(), instance))


def trunk_on_a_trunk(account: AlibabaAccount) -> dict[str, Any]:
    instance = account.add_instance()
    trunk = trunk_in_use(account, instance)
    return on_trunk(
        trunk, account.attachment_params(account.create_interface(InstanceType="Trunk"), instance)
    )


def member_of_another_trunk(account: AlibabaAccount) -> dict[str, Any]:
    instance, other = account.add_instance(), account.add_instance()
    member = account.attach(account.create_interface(), instance, trunk_in_use(account, instance))
    return on_trunk(trunk_in_use(account, other), account.attachment_params(member, other))


def trunk_that_does_not_exist(account: AlibabaAccount) -> dict[str, Any]:
    return on_trunk(
        ABSENT_ENI, account.attachment_params(account.create_interface(), account.add_instance())
    )


# -- queues and the HighPerformance traffic mode

RDMA = {"NetworkInterfaceTrafficMode": "HighPerformance"}
SMALL = "ecs.test.small"


def small(**limits: Any) -> dict[str, Any]:
    """Return the settings for an instance type of our own."""
    every = {"cpu": 2, "memory_gib": 4, "interfaces": 4, "ipv4_per_interface": 10, **limits}
    return {"instance_types": {SMALL: every}}


def two_on_one(first: dict[str, Any], second: dict[str, Any]) -> Any:
    """Return the scenario that attaches a second interface beside a first one."""

    def scenario(account: AlibabaAccount) -> dict[str, Any]:
        instance = account.add_instance(account.subnet, SMALL)
        account.attach(account.create_interface(**first), instance)
        return account.attachment_params(account.create_interface(**second), instance)

    return scenario


def rdma_member(account: AlibabaAccount) -> dict[str, Any]:
    instance = account.add_instance()
    trunk = trunk_in_use(account, instance)
    return on_trunk(trunk, account.attachment_params(account.create_interface(**RDMA), instance))


ATTACH = [
    request("MissingParameter", 400, attaching(RegionId=None)),
    request("MissingParameter", 400, attaching(InstanceId=None)),
    request("MissingParameter", 400, attaching(NetworkInterfaceId="")),
    request("UnsupportedParameter", 400, attaching(DeviceIndex=1)),
    request("InvalidParameter", 400, attaching(NetworkCardIndex="first")),
    request("InvalidParameter", 400, attaching(WaitForNetworkConfigurationReady="maybe")),
    request("InvalidInstanceID.Malformed", 400, attaching(InstanceId="AY121018033933eae8")),
    request("InvalidParams.EniId", 400, attaching(NetworkInterfaceId="eni_1")),
    request("InvalidParams.EniId", 400, attaching(TrunkNetworkInstanceId="trunk")),
    request("InvalidParameter.NetworkCardIndexInvalid", 400, attaching(NetworkCardIndex=-1)),
    state("InvalidEcsId.NotFound", 404, attaching(InstanceId=ABSENT_INSTANCE)),
    state("InvalidEniId.NotFound", 404, attaching(NetworkInterfaceId=ABSENT_ENI)),
    state("InvalidEniId.NotFound", 404, trunk_that_does_not_exist),
    state("InvalidParameter.NetworkCardIndexInvalid", 400, attaching(NetworkCardIndex=0)),
    state("InvalidOperation.InvalidRegion", 400, region_of_neither),
    state("InvalidOperation.InvalidRegion", 400, instance_of_another_region),
    state(
        "InvalidOperation.InvalidEcsState",
        400,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_starting_instance()
        ),
    ),
    state(
        "InvalidOperation.InvalidEcsState",
        400,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_instance_being_deleted()
        ),
    ),
    state("InvalidOperation.InvalidEniState", 400, interface_in_use),
    state("InvalidOperation.InvalidEniState", 400, interface_on_its_way),
    state("InvalidOperation.InvalidEniType", 403, primary_interface),
    state(
        "InvalidOperation.EniServiceManaged",
        403,
        lambda account: account.attachment_params(account.add_managed_interface(), account.add_instance()),
    ),
    state(
        "InvalidInstance.NetworkType",
        403,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_instance(classic=True)
        ),
    ),
    state("InvalidOperation.VpcMismatch", 403, instance_elsewhere(same_vpc=False)),
    state("InvalidOperation.AvailabilityZoneMismatch", 403, instance_elsewhere(1, same_vpc=True)),
    state(
        "InvalidOperation.InvalidGeneration", 400, attaching_to(SMALL), **small(supports_interfaces=False)
    ),
    state("InvalidOperation.HotPlugNotSupport", 403, attaching_to("ecs.t5-lc1m2.small")),
    state("InvalidOperation.MultiGroupType", 403, interface_of_an_enterprise_group),
    state(
        "InvalidOperation.NotSupportEnterpriseGroup",
        403,
        interface_of_an_enterprise_group_to_a_type_without,
        **small(supports_enterprise_groups=False),
    ),
    state("EniPerInstanceLimitExceeded", 403, instance_without_room),
    state(
        "InvalidOperation.Ipv4CountExceeded",
        403,
        attaching_to("ecs.n4.small", SecondaryPrivateIpAddressCount=2),
    ),
    state("InvalidOperation.Ipv6CountExceeded", 400, attaching_ipv6("ecs.g6.large", Ipv6AddressCount=2)),
    state("InvalidOperation.Ipv6NotSupport", 403, attaching_ipv6("ecs.n4.small", Ipv6AddressCount=1)),
    state("InvalidOperation.InvalidTrunkEniStatus", 403, trunk_that_is_available),
    state("InvalidOperation.EniTypeNotSupportTrunking", 403, trunk_that_is_no_trunk),
    state("InvalidParameter.EniNotBelongEcs", 403, trunk_of_another_instance),
    state("InvalidEni.NotSameVpc", 403, trunk_of_another_vpc),
    state("InvalidOperation.EniTrunkDeviceFull", 403, trunk_with_its_last_member, **small(members=1)),
    state("InvalidOperation.EniTypeNotSupportAttachToTrunk", 403, trunk_on_a_trunk),
    state("InvalidParameter.EniNotBelongTrunk", 403, member_of_another_trunk),
    state(
        "InvalidOperation.InstanceTypeNotSupportEniTrunking",
        403,
        attaching_to("ecs.g6.large", InstanceType="Trunk"),
    ),
    state("InvalidOperation.MaxEniQueueNumberExceeded", 403, attaching_of(QueueNumber=3)),
    state(
        "InvalidOperation.ExceedInstanceTypeQueueNumber",
        403,
        two_on_one({"QueueNumber": 3}, {"QueueNumber": 3}),
        **small(queues_per_interface=4, queues_total=6),
    ),
    state(
        "InvalidOperation.HighPerformanceTrafficModeNotSupportTrunkEni",
        403,
        attaching_of(InstanceType="Trunk", **RDMA),
    ),
    state("InvalidOperation.HighPerformanceTrafficModeNotSupportMemberEni", 403, rdma_member),
    state("InvalidOperation.InstanceTypeNotSupportHighPerformanceTrafficMode", 403, attaching_of(**RDMA)),
    state(
        "InvalidOperation.EniTrafficModeNotSupportIpv6",
        403,
        attaching_ipv6("ecs.g7.large", Ipv6AddressCount=1, **RDMA),
    ),
    state(
        "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded",
        403,
        two_on_one(RDMA, RDMA),
        **small(rdma_interfaces=1, queue_pairs_per_interface=4, queue_pairs_total=8),
    ),
    state(
        "InvalidOperation.MaxEniQueuePairNumberExceed",
        403,
        attaching_to(SMALL, QueuePairNumber=5, **RDMA),
        **small(rdma_interfaces=2, queue_pairs_per_interface=4, queue_pairs_total=8),
    ),
    state(
        "InvalidOperation.EniQueuePairNumberOverflow",
        403,
        two_on_one({"QueuePairNumber": 4, **RDMA}, {"QueuePairNumber": 3, **RDMA}),
        **small(rdma_interfaces=2, queue_pairs_per_interface=4, queue_pairs_total=6),
    ),
    *unmodelled(
        attaching(),
        Reach.CONFIG,
        """
    403 | InvalidUserType.NotSupported | the account's type
    403 | Abs.InvalidAccount.NotFound | the account's existence
    403 | Forbidden.NotSupportRAM | the account's permissions
    403 | Forbidden.SubUser | the account's permissions
    400 | Forbidden.RegionId | the features of a region
    400 | InvalidOperation.UserNotSupportNetworkCard | the features of an account
    403 | InvalidOperation.TrunkingIsNotAllowed | the features of an account
    403 | InvalidOperation.EipBindModel | elastic public addresses
    400 | InvalidOperation.DetachPrimaryEniNotAllowed | of a primary interface the type is refused first
    403 | InvalidInstanceId.NotFound | the page's second code beside InvalidEcsId.NotFound
    403 | MaxEniCountExceeded | the action creates no interface
    403 | SecurityGroupInstanceLimitExceed | an interface counts from its creation on
    403 | InvalidOperation.EniCountExceeded | an interface counts from its creation on
    403 | InvalidSecurityGroupId.NotVpc | no interface can be created in such a group
    403 | InvalidParameter.InvalidEniQueueNumber | the action takes no queue number
    403 | InvalidParameter.InvalidQueuePairNumber | the action takes no queue pair number
    404 | InvalidVSwitchId.NotFound | a vSwitch cannot go before its interfaces
    404 | InvalidSecurityGroupId.NotFound | a security group cannot go before its members
    """,
    ),
]

# -- the tests -------------------------------------------------------------------------------------------

REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")


def refused(account: AlibabaAccount, action: str, params: dict[str, Any]) -> tuple[ApiError, HttpAnswer]:
    """Send the request, which must be refused and leave no trace."""
    before = account.dump()
    with pytest.raises(ApiError) as caught:
        account.client.call(action, **params)
    assert account.dump() == before
    return caught.value, account.client.last


def check(row: Any, action: str) -> None:
    account = AlibabaAccount.furnished(conditions=row.conditions("alibaba", action), **row.settings)
    params = row.scenario(account)
    error, answer = refused(account, action, params)
    assert (error.code, error.status) == (row.code, row.status)
    region = params.get("RegionId", "cn-hangzhou")
    host = "ecs.aliyuncs.com" if region is None else f"ecs.{region}.aliyuncs.com"
    assert set(error.body) == {"RequestId", "HostId", "Code", "Message", "Recommend"}
    assert error.body["HostId"] == host
    assert REQUEST_ID.fullmatch(error.body["RequestId"])
    assert answer.headers["x-acs-request-id"] == error.body["RequestId"]
    assert error.message
    assert f"q={row.code}&product=Ecs" in error.body["Recommend"]
    root = account.client.call_xml(action, **params)
    assert (root.tag, root.findtext("Code"), account.client.last.status) == ("Error", row.code, row.status)
    assert {element.tag for element in root} == set(error.body)


@table(CREATE)
def test_create_is_refused_with_each_documented_code(row):
    check(row, "CreateNetworkInterface")


@table(ATTACH)
def test_attach_is_refused_with_each_documented_code(row):
    check(row, "AttachNetworkInterface")


@pytest.mark.parametrize(
    ("action", "rows", "documented"),
    [
        ("CreateNetworkInterface", CREATE, {**CREATE_2019, **CREATE_2021, **CREATE_SINCE}),
        ("AttachNetworkInterface", ATTACH, ATTACH_2024),
    ],
)
def test_the_tables_hold_every_documented_code_with_its_status_and_no_other(action, rows, documented):
    dialect = AlibabaDialect()
    assert {row.code: row.status for row in rows} == documented
    assert dict(dialect.documents(dialect.actions["2014-05-26", action])) == documented


def test_the_documents_are_counted_right():
    assert len(CREATE_2019) == 24
    assert len(ATTACH_OLD) == 12
    assert len(ATTACH_2024) == 59
    assert len(CREATE_2019 | CREATE_2021 | CREATE_SINCE) == 59
    assert ATTACH_OLD.items() <= ATTACH_2024.items()


def test_most_codes_are_met_without_a_condition():
    def reached(rows: list[Any]) -> Counter[str]:
        best = {row.code: row.reach.value for row in reversed(rows)}
        return Counter(best.values())

    assert reached(CREATE) == {"request": 21, "state": 19, "config": 19}
    assert reached(ATTACH) == {"request": 6, "state": 35, "config": 18}


@pytest.mark.parametrize(
    ("action", "scenario"),
    [("CreateNetworkInterface", creating()), ("AttachNetworkInterface", attaching())],
)
def test_without_a_condition_the_same_request_is_granted(action, scenario):
    other_account = ConditionSettings("alibaba", "Forbidden.SubUser", "AKOTHER", action)
    other_action = ConditionSettings("alibaba", "Forbidden.SubUser", "*", "DeleteNetworkInterface")
    account = AlibabaAccount.furnished(conditions=(other_account, other_action))
    account.client.call(action, **scenario(account))


def test_a_condition_comes_after_the_form_of_the_request_and_before_what_it_names():
    account = AlibabaAccount.furnished(conditions=(ConditionSettings("alibaba", "Forbidden.SubUser"),))
    error, _ = refused(account, "CreateNetworkInterface", account.interface_params(Description="x"))
    assert error.code == "InvalidParameter"
    error, _ = refused(
        account, "CreateNetworkInterface", account.interface_params(VSwitchId=ABSENT_VSWITCH)
    )
    assert error.code == "Forbidden.SubUser"


def test_what_is_gone_is_not_found():
    account = AlibabaAccount.furnished()
    instance = account.add_instance()
    good = account.attachment_params(account.create_interface(), instance)
    account.complete(DeleteInstances(instance_ids=(instance.id,), force=True))
    error, _ = refused(account, "AttachNetworkInterface", good)
    assert (error.code, error.status) == ("InvalidEcsId.NotFound", 404)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        # What is missing is said before what is unknown, what is unknown before what is wrong.
        ({"VSwitchId": None, "Foo": 1, "Description": "x"}, "MissingParameter"),
        ({"Foo": 1, "Description": "x"}, "UnsupportedParameter"),
        # The form of values comes before exclusions, and these before what is named.
        ({"Description": "x", "SecurityGroupIds": ["sg-1"]}, "InvalidParameter"),
        ({"SecurityGroupIds": ["sg-1"], "VSwitchId": ABSENT_VSWITCH}, "InvalidParameter.Conflict"),
        # The vSwitch comes before the groups, and the groups before the addresses.
        ({"VSwitchId": ABSENT_VSWITCH, "SecurityGroupId": ABSENT_GROUP}, "InvalidVSwitchId.NotFound"),
        (
            {"SecurityGroupId": ABSENT_GROUP, "PrimaryIpAddress": "10.0.0.255"},
            "InvalidSecurityGroupId.NotFound",
        ),
        # An address that cannot be had comes before there being too many.
        (
            {"PrimaryIpAddress": "10.0.0.255", "SecondaryPrivateIpAddressCount": 50},
            "InvalidVSwitchId.IpInvalid",
        ),
    ],
)
def test_of_several_mistakes_the_first_in_order_is_told(params, code):
    account = AlibabaAccount.furnished()
    error, _ = refused(account, "CreateNetworkInterface", account.interface_params(**params))
    assert error.code == code
