"""Every code that Tencent Cloud documents for CreateNetworkInterface and AttachNetworkInterface, provoked.

Sources: the pages CreateNetworkInterface of 2026-03-26 and AttachNetworkInterface of 2025-11-13. All errors
come with HTTP status 200.
"""

import re
from collections import Counter
from typing import Any

import pytest
from tests.dialects.code_tables import Reach, request, state, table, unmodelled
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError

from duolect.settings.settings import ConditionSettings
from duolect_dialects.tencent.dialect import TencentDialect

CREATE_DOCUMENTED = [
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
ATTACH_DOCUMENTED = [
    "InternalError.ModuleError",
    "InvalidParameterValue.Malformed",
    "LimitExceeded",
    "LimitExceeded.ActionLimited",
    "ResourceNotFound",
    "UnsupportedOperation",
    "UnsupportedOperation.AttachmentAlreadyExists",
    "UnsupportedOperation.IdempotentParameterMismatch",
    "UnsupportedOperation.IdempotentProcessing",
    "UnsupportedOperation.InvalidState",
    "UnsupportedOperation.ResourceIsInvalidState",
    "UnsupportedOperation.UnsupportedInstanceFamily",
    "UnsupportedOperation.VpcMismatch",
    "UnsupportedOperation.ZoneMismatch",
]
ABSENT_VPC, ABSENT_SUBNET, ABSENT_GROUP = "vpc-absent01", "subnet-absent01", "sg-absent01"
ABSENT_ENI, ABSENT_INSTANCE = "eni-absent01", "ins-absent01"

# -- CreateNetworkInterface ------------------------------------------------------------------------------


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
    request("MissingParameter", 200, creating(VpcId=None)),
    request("MissingParameter", 200, creating(SubnetId=None)),
    request("MissingParameter", 200, creating(NetworkInterfaceName=None)),
    request("MissingParameter", 200, creating(Tags=[{"Value": "v"}])),
    request("InvalidParameterValue", 200, creating(NetworkInterfaceName="")),
    request("InvalidParameterValue", 200, creating(QosLevel="GOLD")),
    request("InvalidParameterValue", 200, creating(TrunkingFlag="On")),
    request("InvalidParameterValue", 200, addressed("10.0.0.9", "10.0.0.10", Primary=True)),
    request("InvalidParameterValue", 200, addressed("10.0.0.9", "10.0.0.9")),
    request("InvalidParameterValue.LimitExceeded", 200, addressed(*(f"10.0.0.{n}" for n in range(10, 21)))),
    request("InvalidParameterValue.Malformed", 200, creating(VpcId="vpc_1")),
    request("InvalidParameterValue.Malformed", 200, creating(SubnetId="sub-12345678")),
    request("InvalidParameterValue.Malformed", 200, creating(SecurityGroupIds=["group"])),
    request("InvalidParameterValue.Malformed", 200, addressed("10.0.0")),
    request("InvalidParameterValue.Malformed", 200, creating_ipv6("2402::g")),
    request("InvalidParameterValue.Malformed", 200, creating(ClientToken="\u6807\u8bb0")),
    request("InvalidParameterValue.Range", 200, creating(SecondaryPrivateIpAddressCount=-1)),
    request("InvalidParameterValue.Range", 200, creating(Ipv6AddressCount=11)),
    request("InvalidParameterValue.Range", 200, addressed("10.0.1.9")),
    request("InvalidParameterValue.Range", 200, creating_ipv6("2001:db8::9")),
    request("InvalidParameterValue.Reserved", 200, addressed("10.0.0.0")),
    request("InvalidParameterValue.Reserved", 200, addressed("10.0.0.1")),
    request("InvalidParameterValue.Reserved", 200, addressed("10.0.0.255")),
    request("InvalidParameterValue.TooLong", 200, creating(NetworkInterfaceName="n" * 61)),
    request("InvalidParameterValue.TooLong", 200, creating(NetworkInterfaceDescription="d" * 61)),
    request("InvalidParameterValue.TooLong", 200, creating(ClientToken="t" * 65)),
    request("InvalidParameterValue.TagDuplicateKey", 200, tagged("a", "b", "a")),
    request("InvalidParameterValue.TagInvalidKey", 200, tagged("a*")),
    request("InvalidParameterValue.TagInvalidKey", 200, tagged("")),
    request("InvalidParameterValue.TagInvalidKeyLen", 200, tagged("k" * 128)),
    request("InvalidParameterValue.TagInvalidVal", 200, tagged("a", value="v" * 256)),
    request("InvalidParameterValue.TagInvalidVal", 200, tagged("a", value="<v>")),
    request("UnsupportedOperation.TagSystemReservedTagKey", 200, tagged("qcs:owner")),
    request("UnsupportedOperation.TagSystemReservedTagKey", 200, tagged("project:owner")),
    request("LimitExceeded.TagTagsExceeded", 200, tagged(*(f"k{n}" for n in range(101)))),
    state("LimitExceeded.TagKeyPerResourceExceeded", 200, tagged(*(f"k{n}" for n in range(51)))),
    state("LimitExceeded", 200, creating(SecondaryPrivateIpAddressCount=10)),
    state("LimitExceeded", 200, six_groups),
    state(
        "LimitExceeded",
        200,
        one_interface_already,
        quotas={"basic_group_members": 1},
    ),
    state(
        "LimitExceeded.NetworkInterfaceLimitExceeded",
        200,
        one_interface_already,
        quotas={"interfaces_per_network": 1},
    ),
    state("ResourceNotFound", 200, creating(VpcId=ABSENT_VPC)),
    state("ResourceNotFound", 200, creating(SubnetId=ABSENT_SUBNET)),
    state("ResourceNotFound", 200, creating(SecurityGroupIds=[ABSENT_GROUP])),
    state("ResourceNotFound", 200, subnet_of_another_vpc),
    state("ResourceInUse", 200, address_that_is_taken),
    state("ResourceInUse", 200, ipv6_address_that_is_taken),
    state("ResourceInsufficient.Subnet", 200, subnet_with_thirteen_addresses),
    state("UnsupportedOperation", 200, subnet_without_ipv6),
    state("UnsupportedOperation", 200, managed_group),
    state("UnsupportedOperation.IdempotentParameterMismatch", 200, token_used_with_other_parameters),
    state("UnsupportedOperation.IdempotentProcessing", 200, token_of_a_running_task),
    *unmodelled(
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
    *unmodelled(
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

# -- AttachNetworkInterface ------------------------------------------------------------------------------


def attaching(**changes: Any) -> Any:
    """Return the scenario of a good request with these changes."""
    return lambda account: account.attachment_params(
        account.create_interface(), account.add_instance(), **changes
    )


def instance_elsewhere(zone: int = 0, *, same_vpc: bool) -> Any:
    def scenario(account: TencentAccount) -> dict[str, Any]:
        network = account.network if same_vpc else account.add_network()
        subnet = account.add_subnet(network, "10.0.1.0/24", zone)
        return account.attachment_params(account.create_interface(), account.add_instance(subnet))

    return scenario


def to_a_type(type_name: str, **wishes: Any) -> Any:
    return lambda account: account.attachment_params(
        account.create_interface(**wishes), account.add_instance(account.subnet, type_name)
    )


def instance_without_room(account: TencentAccount) -> dict[str, Any]:
    instance = account.add_instance(account.subnet, "S5.SMALL2")
    account.attach(account.create_interface(), instance)
    return account.attachment_params(account.create_interface(), instance)


def interface_in_use(account: TencentAccount) -> dict[str, Any]:
    instance = account.add_instance()
    return account.attachment_params(account.attach(account.create_interface(), instance), instance)


def interface_on_its_way(account: TencentAccount) -> dict[str, Any]:
    good = account.attachment_params(account.create_interface(), account.add_instance())
    account.client.call("AttachNetworkInterface", **good)
    return good


def interface_that_is_pending(account: TencentAccount) -> dict[str, Any]:
    instance = account.add_stopped_instance()
    return account.attachment_params(account.begin_to_create_interface(), instance)


def token_used_with_another_instance(account: TencentAccount) -> dict[str, Any]:
    good = account.attachment_params(account.create_interface(), account.add_instance(), ClientToken="once")
    account.client.call("AttachNetworkInterface", **good)
    account.wait()
    return {**good, "InstanceId": account.add_instance().id}


def token_of_a_running_attachment(account: TencentAccount) -> dict[str, Any]:
    good = account.attachment_params(account.create_interface(), account.add_instance(), ClientToken="once")
    account.client.call("AttachNetworkInterface", **good)
    return good


NO_ENIS = {
    "cpu": 1,
    "memory_gib": 1,
    "interfaces": 1,
    "ipv4_per_interface": 1,
    "supports_interfaces": False,
}

ATTACH = [
    request("InvalidParameterValue.Malformed", 200, attaching(NetworkInterfaceId="nic-1")),
    request("InvalidParameterValue.Malformed", 200, attaching(InstanceId="i-12345678")),
    request("InvalidParameterValue.Malformed", 200, attaching(InstanceId="ins-ins-r8hr2upy")),
    request("InvalidParameterValue.Malformed", 200, attaching(AttachType=2)),
    request("InvalidParameterValue.Malformed", 200, attaching(ClientToken="t" * 65)),
    state("ResourceNotFound", 200, attaching(NetworkInterfaceId=ABSENT_ENI)),
    state("ResourceNotFound", 200, attaching(InstanceId=ABSENT_INSTANCE)),
    state("LimitExceeded", 200, instance_without_room),
    state("LimitExceeded", 200, to_a_type("S5.SMALL2", SecondaryPrivateIpAddressCount=6)),
    state(
        "UnsupportedOperation",
        200,
        lambda account: account.attachment_params(
            account.primary_interface_id(account.add_instance()), account.add_instance()
        ),
    ),
    state(
        "UnsupportedOperation",
        200,
        lambda account: account.attachment_params(account.add_managed_interface(), account.add_instance()),
    ),
    state(
        "UnsupportedOperation",
        200,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_instance(classic=True)
        ),
    ),
    state("UnsupportedOperation", 200, to_a_type("S5.MEDIUM4", IsRdma=True)),
    state(
        "UnsupportedOperation",
        200,
        lambda account: account.attachment_params(
            account.create_interface(SecurityGroupIds=[]), account.add_instance()
        ),
        attach_needs_group=True,
    ),
    state("UnsupportedOperation.AttachmentAlreadyExists", 200, interface_in_use),
    state("UnsupportedOperation.InvalidState", 200, interface_on_its_way),
    state("UnsupportedOperation.InvalidState", 200, interface_that_is_pending),
    state(
        "UnsupportedOperation.InvalidState",
        200,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_starting_instance()
        ),
    ),
    state(
        "UnsupportedOperation.ResourceIsInvalidState",
        200,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_instance_being_deleted()
        ),
    ),
    state(
        "UnsupportedOperation.UnsupportedInstanceFamily",
        200,
        to_a_type("S1.TINY1"),
        instance_types={"S1.TINY1": NO_ENIS},
    ),
    state("UnsupportedOperation.UnsupportedInstanceFamily", 200, attaching(AttachType=1)),
    state("UnsupportedOperation.VpcMismatch", 200, instance_elsewhere(same_vpc=False)),
    state("UnsupportedOperation.ZoneMismatch", 200, instance_elsewhere(1, same_vpc=True)),
    state("UnsupportedOperation.IdempotentParameterMismatch", 200, token_used_with_another_instance),
    state("UnsupportedOperation.IdempotentProcessing", 200, token_of_a_running_attachment),
    *unmodelled(attaching(), Reach.CONFIG, "LimitExceeded.ActionLimited | the calls of an account"),
    *unmodelled(attaching(), Reach.FAULT, "InternalError.ModuleError | a part of the cloud failed"),
]

# -- the tests -------------------------------------------------------------------------------------------

REQUEST_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def refused(account: TencentAccount, action: str, params: dict[str, Any], style: str = "json") -> ApiError:
    """Send the request, which must be refused and leave no trace."""
    before = account.dump()
    with pytest.raises(ApiError) as caught:
        account.client.call(action, style=style, **params)
    assert account.dump() == before
    return caught.value


def check(row: Any, action: str) -> None:
    account = TencentAccount.furnished(conditions=row.conditions("tencent", action), **row.settings)
    params = row.scenario(account)
    error = refused(account, action, params)
    assert (error.code, error.status) == (row.code, 200)
    assert set(error.body) == {"Error", "RequestId"}
    assert set(error.body["Error"]) == {"Code", "Message"}
    assert error.message
    assert REQUEST_ID.fullmatch(error.body["RequestId"])


@table(CREATE)
def test_create_is_refused_with_each_documented_code(row):
    check(row, "CreateNetworkInterface")


@table(ATTACH)
def test_attach_is_refused_with_each_documented_code(row):
    check(row, "AttachNetworkInterface")


@table([row for row in CREATE if row.reach is Reach.REQUEST])
def test_create_is_refused_alike_in_a_form_of_the_older_way(row):
    account = TencentAccount.furnished()
    assert refused(account, "CreateNetworkInterface", row.scenario(account), "form").code == row.code


@pytest.mark.parametrize(
    ("action", "rows", "documented"),
    [
        ("CreateNetworkInterface", CREATE, CREATE_DOCUMENTED),
        ("AttachNetworkInterface", ATTACH, ATTACH_DOCUMENTED),
    ],
)
def test_the_tables_hold_every_documented_code_and_no_other(action, rows, documented):
    dialect = TencentDialect()
    assert {row.code for row in rows} == set(documented)
    assert dict(dialect.documents(dialect.actions["2017-03-12", action])) == dict.fromkeys(documented, 200)


def test_the_documents_are_counted_right():
    assert len(set(CREATE_DOCUMENTED)) == len(CREATE_DOCUMENTED) == 43
    assert len(set(ATTACH_DOCUMENTED)) == len(ATTACH_DOCUMENTED) == 14


def test_most_codes_are_met_without_a_condition():
    def reached(rows: list[Any]) -> Counter[str]:
        best = {row.code: row.reach.value for row in reversed(rows)}
        return Counter(best.values())

    assert reached(CREATE) == {"request": 13, "state": 9, "config": 17, "fault": 4}
    assert reached(ATTACH) == {"request": 1, "state": 11, "config": 1, "fault": 1}


@pytest.mark.parametrize(
    ("action", "scenario"),
    [("CreateNetworkInterface", creating()), ("AttachNetworkInterface", attaching())],
)
def test_without_a_condition_the_same_request_is_granted(action, scenario):
    other_account = ConditionSettings("tencent", "LimitExceeded.ActionLimited", "AKIDOTHER", action)
    other_cloud = ConditionSettings("alibaba", "Forbidden.SubUser")
    account = TencentAccount.furnished(conditions=(other_account, other_cloud))
    account.client.call(action, **scenario(account))


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
