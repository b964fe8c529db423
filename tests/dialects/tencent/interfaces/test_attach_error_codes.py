"""Every code that Tencent Cloud documents for AttachNetworkInterface, provoked.

Source: the page AttachNetworkInterface of 2025-11-13. All errors come with HTTP status 200.
"""

from typing import Any

from tests.dialects.code_tables import Reach, best_reach, by_condition, by_request, by_state, parametrized
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.dialects.tencent.interfaces.error_codes import ABSENT_ENI, ABSENT_INSTANCE, check

from duolect.settings.settings import ConditionSettings
from duolect_dialects.tencent.dialect import TencentDialect

DOCUMENTED = [
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


def to_a_type(type_name: str, **changes: Any) -> Any:
    return lambda account: account.attachment_params(
        account.create_interface(**changes), account.add_instance(account.subnet, type_name)
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
    by_request("InvalidParameterValue.Malformed", 200, attaching(NetworkInterfaceId="nic-1")),
    by_request("InvalidParameterValue.Malformed", 200, attaching(InstanceId="i-12345678")),
    by_request("InvalidParameterValue.Malformed", 200, attaching(InstanceId="ins-ins-r8hr2upy")),
    by_request("InvalidParameterValue.Malformed", 200, attaching(AttachType=2)),
    by_request("InvalidParameterValue.Malformed", 200, attaching(ClientToken="t" * 65)),
    by_state("ResourceNotFound", 200, attaching(NetworkInterfaceId=ABSENT_ENI)),
    by_state("ResourceNotFound", 200, attaching(InstanceId=ABSENT_INSTANCE)),
    by_state("LimitExceeded", 200, instance_without_room),
    by_state("LimitExceeded", 200, to_a_type("S5.SMALL2", SecondaryPrivateIpAddressCount=6)),
    by_state(
        "UnsupportedOperation",
        200,
        lambda account: account.attachment_params(
            account.primary_interface_id(account.add_instance()), account.add_instance()
        ),
    ),
    by_state(
        "UnsupportedOperation",
        200,
        lambda account: account.attachment_params(account.add_managed_interface(), account.add_instance()),
    ),
    by_state(
        "UnsupportedOperation",
        200,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_instance(classic=True)
        ),
    ),
    by_state("UnsupportedOperation", 200, to_a_type("S5.MEDIUM4", IsRdma=True)),
    by_state(
        "UnsupportedOperation",
        200,
        lambda account: account.attachment_params(
            account.create_interface(SecurityGroupIds=[]), account.add_instance()
        ),
        attach_needs_group=True,
    ),
    by_state("UnsupportedOperation.AttachmentAlreadyExists", 200, interface_in_use),
    by_state("UnsupportedOperation.InvalidState", 200, interface_on_its_way),
    by_state("UnsupportedOperation.InvalidState", 200, interface_that_is_pending),
    by_state(
        "UnsupportedOperation.InvalidState",
        200,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_starting_instance()
        ),
    ),
    by_state(
        "UnsupportedOperation.ResourceIsInvalidState",
        200,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_instance_being_deleted()
        ),
    ),
    by_state(
        "UnsupportedOperation.UnsupportedInstanceFamily",
        200,
        to_a_type("S1.TINY1"),
        instance_types={"S1.TINY1": NO_ENIS},
    ),
    by_state("UnsupportedOperation.UnsupportedInstanceFamily", 200, attaching(AttachType=1)),
    by_state("UnsupportedOperation.VpcMismatch", 200, instance_elsewhere(same_vpc=False)),
    by_state("UnsupportedOperation.ZoneMismatch", 200, instance_elsewhere(1, same_vpc=True)),
    by_state("UnsupportedOperation.IdempotentParameterMismatch", 200, token_used_with_another_instance),
    by_state("UnsupportedOperation.IdempotentProcessing", 200, token_of_a_running_attachment),
    *by_condition(attaching(), Reach.CONFIG, "LimitExceeded.ActionLimited | the calls of an account"),
    *by_condition(attaching(), Reach.FAULT, "InternalError.ModuleError | a part of the cloud failed"),
]


@parametrized(ATTACH)
def test_attach_is_refused_with_each_documented_code(case):
    check(case, "AttachNetworkInterface")


def test_the_table_holds_every_documented_code_and_no_other():
    dialect = TencentDialect()
    assert {case.code for case in ATTACH} == set(DOCUMENTED)
    documented = dialect.documents(dialect.actions["2017-03-12", "AttachNetworkInterface"])
    assert dict(documented) == dict.fromkeys(DOCUMENTED, 200)


def test_the_documents_are_counted_right():
    assert len(set(DOCUMENTED)) == len(DOCUMENTED) == 14


def test_most_codes_are_reached_without_a_condition():
    assert best_reach(ATTACH) == {"request": 1, "state": 11, "config": 1, "fault": 1}


def test_without_a_condition_the_same_request_is_granted():
    other_account = ConditionSettings(
        "tencent", "LimitExceeded.ActionLimited", "AKIDOTHER", "AttachNetworkInterface"
    )
    other_cloud = ConditionSettings("alibaba", "Forbidden.SubUser")
    account = TencentAccount.furnished(conditions=(other_account, other_cloud))
    account.client.call("AttachNetworkInterface", **attaching()(account))
