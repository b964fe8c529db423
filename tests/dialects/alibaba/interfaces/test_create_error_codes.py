"""Every code that Alibaba Cloud documents for CreateNetworkInterface, provoked.

Sources: the pages CreateNetworkInterface of 2019 and 2021 with what is known of newer ones.
"""

from typing import Any

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.interfaces.error_codes import (
    ABSENT_GROUP,
    ABSENT_VSWITCH,
    check,
    codes_with_status,
    refused,
)
from tests.dialects.code_tables import Reach, best_reach, by_condition, by_request, by_state, parametrized
from tests.harness import ApiError

from duolect.settings.settings import ConditionSettings
from duolect_core.model.resources import GroupKind
from duolect_dialects.alibaba.dialect import AlibabaDialect

CREATE_2019 = codes_with_status("""
403 InvalidUserType.NotSupported Abs.InvalidAccount.NotFound Forbidden.NotSupportRAM Forbidden.SubUser
400 MissingParameter UnsupportedParameter InvalidParameter InvalidInstanceId.MalFormed Forbidden.RegionId
400 InvalidOperation.InvalidEcsState InvalidOperation.InvalidEniState
400 InvalidOperation.DetachPrimaryEniNotAllowed
404 InvalidEcsId.NotFound InvalidEniId.NotFound InvalidVSwitchId.NotFound InvalidSecurityGroupId.NotFound
403 EniPerInstanceLimitExceeded InvalidOperation.AvailabilityZoneMismatch InvalidOperation.VpcMismatch
403 SecurityGroupInstanceLimitExceed InvalidSecurityGroupId.NotVpc InvalidOperation.InvalidEniType
403 InvalidVSwitchId.IpNotEnough InvalidVSwitchId.IpInvalid
""")
CREATE_2021 = codes_with_status("""
400 InvalidInstanceID.Malformed Duplicate.TagKey InvalidTagKey.Malformed InvalidTagValue.Malformed
400 JoinedGroupLimitExceed InvalidPrivateIpAddress.Duplicated InvalidParameter.Conflict
403 MaxEniCountExceeded QuotaExceed.Tags InvalidIp.Address InvalidIp.IpRepeated
403 MaxEniPrivateIpsCountExceeded InvalidOperation.ResourceManagedByCloudProduct
403 InvalidParameter.InvalidEniQueueNumber InvalidOperation.MaxEniQueueNumberExceeded
403 InvalidOperation.ExceedInstanceTypeQueueNumber
404 InvalidResourceGroup.NotFound
""")
CREATE_SINCE = codes_with_status("""
400 IdempotentParameterMismatch InvalidParameter.EniTrafficMode InvalidParameter.QueuePairNumberMustEmpty
400 InvalidParameter.EniQueueSize InvalidParameter.EniConnectionTrackingConfiguration
400 IncorrectVSwitchStatus IdempotentFailed
403 IdempotentProcessing InvalidVSwitch.Ipv6NotTurnOn InvalidIp.IpAssigned
403 InvalidParameter.InvalidQueuePairNumber InvalidOperation.MultiGroupType
403 InvalidOperation.EniCountExceeded InvalidParams.NetworkInterfaceName InvalidIp.IpPrefixMaskInvalid
403 InvalidIp.IpPrefixNotStrict InvalidIp.IpPrefixIllegal QuotaExceeded.PrivateIpAddress
""")
DOCUMENTED = {**CREATE_2019, **CREATE_2021, **CREATE_SINCE}


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
    params = account.interface_params(ClientToken="once", PrimaryIpAddress="10.0.0.255")
    with pytest.raises(ApiError):
        account.client.call("CreateNetworkInterface", **params)
    return params


def numbered(first: int, last: int) -> list[str]:
    return [f"10.0.0.{last_byte}" for last_byte in range(first, last + 1)]


def tagged(**tag: str) -> Any:
    return creating(Tag=[tag])


CREATE = [
    by_request("MissingParameter", 400, creating(RegionId=None)),
    by_request("MissingParameter", 400, creating(VSwitchId=None)),
    by_request("MissingParameter", 400, creating(VSwitchId="")),
    by_request("MissingParameter", 400, creating(SecurityGroupId=None)),
    by_request("MissingParameter", 400, creating(SecurityGroupId=None, VSwitchId=ABSENT_VSWITCH)),
    by_request("UnsupportedParameter", 400, creating(SecurityGroupName="web")),
    by_request("UnsupportedParameter", 400, creating(Tag=[{"Key": "a", "Scope": "b"}])),
    by_request("InvalidParameter", 400, creating(Description="x")),
    by_request("InvalidParameter", 400, creating(DeleteOnRelease="maybe")),
    by_request("InvalidParameter", 400, creating(InstanceType="Primary")),
    by_request("InvalidVSwitchId.IpInvalid", 403, creating(PrimaryIpAddress="10.0.1.9")),
    by_request("InvalidVSwitchId.IpInvalid", 403, creating(PrimaryIpAddress="10.0.0.0")),
    by_request("InvalidVSwitchId.IpInvalid", 403, creating(PrimaryIpAddress="10.0.0.253")),
    by_request("InvalidVSwitchId.IpInvalid", 403, creating(PrivateIpAddress=["10.0.0.256"])),
    by_request(
        "Duplicate.TagKey", 400, creating(Tag=[{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}])
    ),
    by_request("InvalidTagKey.Malformed", 400, tagged(Key="", Value="v")),
    by_request("InvalidTagKey.Malformed", 400, tagged(Key="acs:a")),
    by_request("InvalidTagValue.Malformed", 400, tagged(Key="a", Value="see https://example.com")),
    by_request("InvalidIp.Address", 403, creating_ipv6(Ipv6Address=["2408::g"])),
    by_request("InvalidIp.Address", 403, creating_ipv6(Ipv6Address=["2001:db8::9"])),
    by_request("InvalidIp.IpRepeated", 403, creating(PrivateIpAddress=["10.0.0.9", "10.0.0.9"])),
    by_request(
        "InvalidIp.IpRepeated", 403, creating(PrimaryIpAddress="10.0.0.9", PrivateIpAddress=["10.0.0.9"])
    ),
    by_request("InvalidParameter.Conflict", 400, both_group_parameters),
    by_request(
        "InvalidParameter.Conflict",
        400,
        creating(PrivateIpAddress=["10.0.0.9"], SecondaryPrivateIpAddressCount=1),
    ),
    by_request("InvalidParameter.InvalidEniQueueNumber", 403, creating(QueueNumber=0)),
    by_request("InvalidParameter.InvalidEniQueueNumber", 403, creating(QueueNumber=2049)),
    by_request(
        "InvalidParameter.EniTrafficMode", 400, creating(NetworkInterfaceTrafficMode="highperformance")
    ),
    by_request("InvalidParameter.QueuePairNumberMustEmpty", 400, creating(QueuePairNumber=1)),
    by_request(
        "InvalidParameter.InvalidQueuePairNumber",
        403,
        creating(NetworkInterfaceTrafficMode="HighPerformance", QueuePairNumber=0),
    ),
    by_request("InvalidParameter.EniQueueSize", 400, creating(RxQueueSize=9000, TxQueueSize=9000)),
    by_request("InvalidParameter.EniQueueSize", 400, creating(RxQueueSize=8192, TxQueueSize=16384)),
    by_request("InvalidParameter.EniQueueSize", 400, creating(RxQueueSize=8192)),
    by_request(
        "InvalidParameter.EniConnectionTrackingConfiguration",
        400,
        creating(ConnectionTrackingConfiguration={"UdpTimeout": 31}),
    ),
    by_request("InvalidParams.NetworkInterfaceName", 403, creating(NetworkInterfaceName="1st")),
    by_request("InvalidIp.IpPrefixMaskInvalid", 403, creating(Ipv4Prefix=["10.0.0.16/27"])),
    by_request("InvalidIp.IpPrefixMaskInvalid", 403, ipv6_prefix(1 << 48, 64)),
    by_request("InvalidIp.IpPrefixNotStrict", 403, creating(Ipv4Prefix=["10.0.0.17/28"])),
    by_request("InvalidIp.IpPrefixNotStrict", 403, ipv6_prefix(1, 80)),
    by_request("InvalidIp.IpPrefixIllegal", 403, creating(Ipv4Prefix=["10.0.0.16"])),
    by_request("InvalidIp.IpPrefixIllegal", 403, creating(Ipv4Prefix=["10.0.1.16/28"])),
    by_request("InvalidResourceGroup.NotFound", 404, creating(ResourceGroupId="production")),
    by_state("InvalidVSwitchId.NotFound", 404, creating(VSwitchId=ABSENT_VSWITCH)),
    by_state("InvalidSecurityGroupId.NotFound", 404, creating(SecurityGroupId=ABSENT_GROUP)),
    by_state("QuotaExceed.Tags", 403, creating(Tag=[{"Key": f"k{n}", "Value": "v"} for n in range(21)])),
    by_state("MaxEniPrivateIpsCountExceeded", 403, creating(SecondaryPrivateIpAddressCount=50)),
    by_state("MaxEniPrivateIpsCountExceeded", 403, creating(SecondaryPrivateIpAddressCount=5000)),
    by_state("MaxEniPrivateIpsCountExceeded", 403, creating(PrivateIpAddress=numbered(1, 50))),
    by_state("InvalidVSwitch.Ipv6NotTurnOn", 403, creating(Ipv6AddressCount=1)),
    by_state("InvalidVSwitchId.IpNotEnough", 403, vswitch_with_four_addresses),
    by_state("IncorrectVSwitchStatus", 400, vswitch_that_is_pending),
    by_state("InvalidPrivateIpAddress.Duplicated", 400, address_that_is_taken),
    by_state("InvalidIp.IpAssigned", 403, ipv6_address_that_is_taken),
    by_state("InvalidIp.IpAssigned", 403, prefix_with_an_address_in_use),
    by_state("InvalidOperation.VpcMismatch", 403, group_of_another_vpc),
    by_state("InvalidOperation.MultiGroupType", 403, groups_of_both_kinds),
    by_state("JoinedGroupLimitExceed", 400, six_groups),
    by_state("InvalidSecurityGroupId.NotVpc", 403, marked_group(classic=True)),
    by_state("InvalidOperation.ResourceManagedByCloudProduct", 403, marked_group(managed=True)),
    by_state(
        "SecurityGroupInstanceLimitExceed",
        403,
        creating(SecondaryPrivateIpAddressCount=3),
        quotas={"basic_group_members": 3},
    ),
    by_state(
        "InvalidOperation.EniCountExceeded",
        403,
        enterprise_group_with_one_interface,
        quotas={"enterprise_group_interfaces": 1},
    ),
    by_state("MaxEniCountExceeded", 403, one_interface_already, quotas={"interfaces": 1}),
    by_state("MaxEniCountExceeded", 403, a_hundred_interfaces, vendor_quotas=True),
    by_state("IdempotentParameterMismatch", 400, token_used_with_other_parameters),
    by_state("IdempotentFailed", 400, token_of_a_refused_request),
    *by_condition(
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


@parametrized(CREATE)
def test_create_is_refused_with_each_documented_code(case):
    check(case, "CreateNetworkInterface")


def test_the_table_holds_every_documented_code_with_its_status_and_no_other():
    dialect = AlibabaDialect()
    assert {case.code: case.status for case in CREATE} == DOCUMENTED
    assert dict(dialect.documents(dialect.actions["2014-05-26", "CreateNetworkInterface"])) == DOCUMENTED


def test_the_documents_are_counted_right():
    assert len(CREATE_2019) == 24
    assert len(DOCUMENTED) == 59


def test_most_codes_are_reached_without_a_condition():
    assert best_reach(CREATE) == {"request": 21, "state": 19, "config": 19}


def test_without_a_condition_the_same_request_is_granted():
    other_account = ConditionSettings("alibaba", "Forbidden.SubUser", "AKOTHER", "CreateNetworkInterface")
    other_action = ConditionSettings("alibaba", "Forbidden.SubUser", "*", "DeleteNetworkInterface")
    account = AlibabaAccount.furnished(conditions=(other_account, other_action))
    account.client.call("CreateNetworkInterface", **creating()(account))


def test_a_condition_comes_after_the_form_of_the_request_and_before_what_it_names():
    account = AlibabaAccount.furnished(conditions=(ConditionSettings("alibaba", "Forbidden.SubUser"),))
    error, _ = refused(account, "CreateNetworkInterface", account.interface_params(Description="x"))
    assert error.code == "InvalidParameter"
    error, _ = refused(
        account, "CreateNetworkInterface", account.interface_params(VSwitchId=ABSENT_VSWITCH)
    )
    assert error.code == "Forbidden.SubUser"


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
