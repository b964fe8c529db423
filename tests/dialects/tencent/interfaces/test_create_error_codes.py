"""Every code that Tencent Cloud documents for CreateNetworkInterface, provoked.

Source: the page CreateNetworkInterface of 2026-03-26. All errors come with HTTP status 200.
"""

from typing import Any

import pytest
from tests.dialects.code_tables import Reach, best_reach, by_condition, by_request, by_state, parametrized
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.dialects.tencent.interfaces.error_codes import (
    ABSENT_GROUP,
    ABSENT_SUBNET,
    ABSENT_VPC,
    check,
    refused,
)

from duolect.settings.settings import ConditionSettings
from duolect_dialects.tencent.dialect import TencentDialect

DOCUMENTED = [
    "FailedOperation.NetDetectTimeOut",
    "InvalidParameter.FilterInvalidKey",
    "InvalidParameter.FilterNotDict",
    "InvalidParameterValue",
    "InvalidParameterValue.LimitExceeded",
    "InvalidParameterValue.Malformed",
    "InvalidParameterValue.Range",
    "InvalidParameterValue.Reserved",
    "InvalidParameterValue.TagDuplicateKey",
    "InvalidParameterValue.TagDuplicateResourceType",
    "InvalidParameterValue.TagInvalidKey",
    "InvalidParameterValue.TagInvalidKeyLen",
    "InvalidParameterValue.TagInvalidVal",
    "InvalidParameterValue.TagKeyNotExists",
    "InvalidParameterValue.TagNotAllocatedQuota",
    "InvalidParameterValue.TagNotExisted",
    "InvalidParameterValue.TagNotSupportTag",
    "InvalidParameterValue.TagResourceFormatError",
    "InvalidParameterValue.TagTimestampExceeded",
    "InvalidParameterValue.TagValNotExists",
    "InvalidParameterValue.TooLong",
    "LimitExceeded",
    "LimitExceeded.ActionLimited",
    "LimitExceeded.NetworkInterfaceLimitExceeded",
    "LimitExceeded.TagKeyExceeded",
    "LimitExceeded.TagKeyPerResourceExceeded",
    "LimitExceeded.TagNotEnoughQuota",
    "LimitExceeded.TagQuota",
    "LimitExceeded.TagQuotaExceeded",
    "LimitExceeded.TagTagsExceeded",
    "MissingParameter",
    "ResourceInUse",
    "ResourceInsufficient",
    "ResourceInsufficient.Subnet",
    "ResourceNotFound",
    "UnsupportedOperation",
    "UnsupportedOperation.IdempotentParameterMismatch",
    "UnsupportedOperation.IdempotentProcessing",
    "UnsupportedOperation.ResourceMismatch",
    "UnsupportedOperation.TagAllocate",
    "UnsupportedOperation.TagFree",
    "UnsupportedOperation.TagNotPermit",
    "UnsupportedOperation.TagSystemReservedTagKey",
]


def creating(**changes: Any) -> Any:
    """Return the scenario of a good request with these changes."""
    return lambda account: account.interface_params(**changes)


def addressed(*texts: str, **more: Any) -> Any:
    """Return the scenario that names private addresses."""
    return creating(PrivateIpAddresses=[{"PrivateIpAddress": text, **more} for text in texts])


def tagged(*keys: str, value: str = "v") -> Any:
    return creating(Tags=[{"Key": key, "Value": value} for key in keys])


def creating_ipv6(*texts: str) -> Any:
    return lambda account: account.ipv6_interface_params(
        Ipv6Addresses=[{"Address": text} for text in texts]
    )


def address_that_is_taken(account: TencentAccount) -> dict[str, Any]:
    good = account.interface_params(PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.9"}])
    account.create_interface(**good)
    return good


def ipv6_address_that_is_taken(account: TencentAccount) -> dict[str, Any]:
    good = account.ipv6_interface_params()
    block = account.partition.graph.subnets[good["SubnetId"]].ipv6_block
    good["Ipv6Addresses"] = [{"Address": str(block[0x99])}]
    account.create_interface(**good)
    return good


def subnet_with_thirteen_addresses(account: TencentAccount) -> dict[str, Any]:
    small = account.add_subnet(block="10.0.1.0/28")
    account.create_interface(SubnetId=small.id, SecondaryPrivateIpAddressCount=9)
    return account.interface_params(SubnetId=small.id, SecondaryPrivateIpAddressCount=3)


def subnet_without_ipv6(account: TencentAccount) -> dict[str, Any]:
    return account.interface_params(SubnetId=account.add_subnet(block="10.0.1.0/24").id, Ipv6AddressCount=1)


def subnet_of_another_vpc(account: TencentAccount) -> dict[str, Any]:
    return account.interface_params(SubnetId=account.add_subnet(account.add_network()).id)


def six_groups(account: TencentAccount) -> dict[str, Any]:
    return account.interface_params(SecurityGroupIds=[account.add_group().id for _ in range(6)])


def one_interface_already(account: TencentAccount) -> dict[str, Any]:
    account.create_interface()
    return account.interface_params()


def managed_group(account: TencentAccount) -> dict[str, Any]:
    return account.interface_params(SecurityGroupIds=[account.add_group(managed=True).id])


def token_used_with_other_parameters(account: TencentAccount) -> dict[str, Any]:
    account.create_interface(ClientToken="once")
    return account.interface_params(ClientToken="once", NetworkInterfaceName="another")


def token_of_a_running_task(account: TencentAccount) -> dict[str, Any]:
    good = account.interface_params(ClientToken="once")
    account.begin_to_create_interface(**good)
    return good


CREATE = [
    by_request("MissingParameter", 200, creating(VpcId=None)),
    by_request("MissingParameter", 200, creating(SubnetId=None)),
    by_request("MissingParameter", 200, creating(NetworkInterfaceName=None)),
    by_request("MissingParameter", 200, creating(Tags=[{"Value": "v"}])),
    by_request("InvalidParameterValue", 200, creating(NetworkInterfaceName="")),
    by_request("InvalidParameterValue", 200, creating(QosLevel="GOLD")),
    by_request("InvalidParameterValue", 200, creating(TrunkingFlag="On")),
    by_request("InvalidParameterValue", 200, addressed("10.0.0.9", "10.0.0.10", Primary=True)),
    by_request("InvalidParameterValue", 200, addressed("10.0.0.9", "10.0.0.9")),
    by_request(
        "InvalidParameterValue.LimitExceeded", 200, addressed(*(f"10.0.0.{n}" for n in range(10, 21)))
    ),
    by_request("InvalidParameterValue.Malformed", 200, creating(VpcId="vpc_1")),
    by_request("InvalidParameterValue.Malformed", 200, creating(SubnetId="sub-12345678")),
    by_request("InvalidParameterValue.Malformed", 200, creating(SecurityGroupIds=["group"])),
    by_request("InvalidParameterValue.Malformed", 200, addressed("10.0.0")),
    by_request("InvalidParameterValue.Malformed", 200, creating_ipv6("2402::g")),
    by_request("InvalidParameterValue.Malformed", 200, creating(ClientToken="\u6807\u8bb0")),
    by_request("InvalidParameterValue.Range", 200, creating(SecondaryPrivateIpAddressCount=-1)),
    by_request("InvalidParameterValue.Range", 200, creating(Ipv6AddressCount=11)),
    by_request("InvalidParameterValue.Range", 200, addressed("10.0.1.9")),
    by_request("InvalidParameterValue.Range", 200, creating_ipv6("2001:db8::9")),
    by_request("InvalidParameterValue.Reserved", 200, addressed("10.0.0.0")),
    by_request("InvalidParameterValue.Reserved", 200, addressed("10.0.0.1")),
    by_request("InvalidParameterValue.Reserved", 200, addressed("10.0.0.255")),
    by_request("InvalidParameterValue.TooLong", 200, creating(NetworkInterfaceName="n" * 61)),
    by_request("InvalidParameterValue.TooLong", 200, creating(NetworkInterfaceDescription="d" * 61)),
    by_request("InvalidParameterValue.TooLong", 200, creating(ClientToken="t" * 65)),
    by_request("InvalidParameterValue.TagDuplicateKey", 200, tagged("a", "b", "a")),
    by_request("InvalidParameterValue.TagInvalidKey", 200, tagged("a*")),
    by_request("InvalidParameterValue.TagInvalidKey", 200, tagged("")),
    by_request("InvalidParameterValue.TagInvalidKeyLen", 200, tagged("k" * 128)),
    by_request("InvalidParameterValue.TagInvalidVal", 200, tagged("a", value="v" * 256)),
    by_request("InvalidParameterValue.TagInvalidVal", 200, tagged("a", value="<v>")),
    by_request("UnsupportedOperation.TagSystemReservedTagKey", 200, tagged("qcs:owner")),
    by_request("UnsupportedOperation.TagSystemReservedTagKey", 200, tagged("project:owner")),
    by_request("LimitExceeded.TagTagsExceeded", 200, tagged(*(f"k{n}" for n in range(101)))),
    by_state("LimitExceeded.TagKeyPerResourceExceeded", 200, tagged(*(f"k{n}" for n in range(51)))),
    by_state("LimitExceeded", 200, creating(SecondaryPrivateIpAddressCount=50)),
    by_state("LimitExceeded", 200, six_groups),
    by_state(
        "LimitExceeded",
        200,
        one_interface_already,
        quotas={"basic_group_members": 1},
    ),
    by_state(
        "LimitExceeded.NetworkInterfaceLimitExceeded",
        200,
        one_interface_already,
        quotas={"interfaces_per_network": 1},
    ),
    by_state("ResourceNotFound", 200, creating(VpcId=ABSENT_VPC)),
    by_state("ResourceNotFound", 200, creating(SubnetId=ABSENT_SUBNET)),
    by_state("ResourceNotFound", 200, creating(SecurityGroupIds=[ABSENT_GROUP])),
    by_state("ResourceNotFound", 200, subnet_of_another_vpc),
    by_state("ResourceInUse", 200, address_that_is_taken),
    by_state("ResourceInUse", 200, ipv6_address_that_is_taken),
    by_state("ResourceInsufficient.Subnet", 200, subnet_with_thirteen_addresses),
    by_state("UnsupportedOperation", 200, subnet_without_ipv6),
    by_state("UnsupportedOperation", 200, managed_group),
    by_state("UnsupportedOperation.IdempotentParameterMismatch", 200, token_used_with_other_parameters),
    by_state("UnsupportedOperation.IdempotentProcessing", 200, token_of_a_running_task),
    *by_condition(
        creating(),
        Reach.CONFIG,
        """
    InvalidParameter.FilterInvalidKey | the action takes no filters
    InvalidParameter.FilterNotDict | the action takes no filters
    InvalidParameterValue.TagDuplicateResourceType | the action's tags name no resource type
    InvalidParameterValue.TagResourceFormatError | the action's tags name no resource
    InvalidParameterValue.TagKeyNotExists | accounts whose tags must exist first
    InvalidParameterValue.TagValNotExists | accounts whose tags must exist first
    InvalidParameterValue.TagNotExisted | accounts whose tags must exist first
    InvalidParameterValue.TagNotSupportTag | features of a resource type
    InvalidParameterValue.TagNotAllocatedQuota | an account's quota of tags
    InvalidParameterValue.TagTimestampExceeded | an account's quota of tags
    LimitExceeded.TagKeyExceeded | an account's quota of tags
    LimitExceeded.TagNotEnoughQuota | an account's quota of tags
    LimitExceeded.TagQuota | an account's quota of tags
    LimitExceeded.TagQuotaExceeded | an account's quota of tags
    LimitExceeded.ActionLimited | the calls of an account
    UnsupportedOperation.TagNotPermit | the account's permissions
    UnsupportedOperation.ResourceMismatch | the action names no holder of an address
    """,
    ),
    *by_condition(
        creating(),
        Reach.FAULT,
        """
    FailedOperation.NetDetectTimeOut | the probe for a double address did not answer
    ResourceInsufficient | the cloud itself is short of something
    UnsupportedOperation.TagAllocate | the tag service is still assigning a tag
    UnsupportedOperation.TagFree | the tag service is still releasing a tag
    """,
    ),
]


@parametrized(CREATE)
def test_create_is_refused_with_each_documented_code(case):
    check(case, "CreateNetworkInterface")


@parametrized([case for case in CREATE if case.reach is Reach.REQUEST])
def test_create_is_refused_alike_in_a_form_of_the_older_way(case):
    account = TencentAccount.furnished()
    assert refused(account, "CreateNetworkInterface", case.scenario(account), "form").code == case.code


def test_the_table_holds_every_documented_code_and_no_other():
    dialect = TencentDialect()
    assert {case.code for case in CREATE} == set(DOCUMENTED)
    documented = dialect.documents(dialect.actions["2017-03-12", "CreateNetworkInterface"])
    assert dict(documented) == dict.fromkeys(DOCUMENTED, 200)


def test_the_documents_are_counted_right():
    assert len(set(DOCUMENTED)) == len(DOCUMENTED) == 43


def test_most_codes_are_reached_without_a_condition():
    assert best_reach(CREATE) == {"request": 13, "state": 9, "config": 17, "fault": 4}


def test_without_a_condition_the_same_request_is_granted():
    other_account = ConditionSettings(
        "tencent", "LimitExceeded.ActionLimited", "AKIDOTHER", "CreateNetworkInterface"
    )
    other_cloud = ConditionSettings("alibaba", "Forbidden.SubUser")
    account = TencentAccount.furnished(conditions=(other_account, other_cloud))
    account.client.call("CreateNetworkInterface", **creating()(account))


@pytest.mark.parametrize(
    ("params", "code"),
    [
        # What is missing is said before what is unknown, what is unknown before what is wrong.
        ({"VpcId": None, "Foo": 1, "QosLevel": "GOLD"}, "MissingParameter"),
        ({"Foo": 1, "QosLevel": "GOLD"}, "UnknownParameter"),
        # Wrong values come before what is named, and this in the order of the parameters.
        ({"QosLevel": "GOLD", "VpcId": ABSENT_VPC}, "InvalidParameterValue"),
        (
            {"SecurityGroupIds": [ABSENT_GROUP], "PrivateIpAddresses": [{"PrivateIpAddress": "10.9.9.9"}]},
            "ResourceNotFound",
        ),
        # An address that cannot be had comes before there being too many.
        (
            {
                "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.1"}],
                "SecondaryPrivateIpAddressCount": 20,
            },
            "InvalidParameterValue.Reserved",
        ),
    ],
)
def test_of_several_mistakes_the_first_in_order_is_told(params, code):
    account = TencentAccount.furnished()
    assert refused(account, "CreateNetworkInterface", account.interface_params(**params)).code == code
