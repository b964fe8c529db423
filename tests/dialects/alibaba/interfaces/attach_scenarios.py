"""What an account holds, and which attachment it asks for, when AttachNetworkInterface is refused."""

from typing import Any

from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.interfaces.error_codes import (
    ABSENT_ENI,
)

from duolect_core.model.resources import GroupKind


def attaching(**changes: Any) -> Any:
    """Return the scenario of a good request with these changes."""
    return lambda account: account.attachment_params(
        account.create_interface(), account.add_instance(), **changes
    )


def attaching_of(**changes: Any) -> Any:
    """Return the scenario that attaches an interface created with these parameters."""
    return lambda account: account.attachment_params(
        account.create_interface(**changes), account.add_instance()
    )


def attaching_to(type_name: str, **changes: Any) -> Any:
    """Return the scenario that attaches an interface to an instance of a type."""
    return lambda account: account.attachment_params(
        account.create_interface(**changes), account.add_instance(account.subnet, type_name)
    )


def attaching_ipv6(type_name: str, **changes: Any) -> Any:
    def scenario(account: AlibabaAccount) -> dict[str, Any]:
        good = account.ipv6_interface_params(**changes)
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
    interface_id = account.attach(account.create_interface(), instance)
    return account.attachment_params(interface_id, account.add_instance())


def interface_on_its_way(account: AlibabaAccount) -> dict[str, Any]:
    good = account.attachment_params(account.create_interface(), account.add_instance())
    account.client.call("AttachNetworkInterface", **good)
    return account.attachment_params(good["NetworkInterfaceId"], account.add_instance())


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
