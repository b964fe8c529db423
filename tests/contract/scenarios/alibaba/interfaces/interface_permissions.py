"""How users call the actions on permissions and monitoring of interfaces with Alibaba Cloud's SDK."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models


def _granted(account: SdkAccount) -> Any:
    request = ecs_models.CreateNetworkInterfacePermissionRequest(
        region_id=REGION,
        network_interface_id=account.interface_id,
        permission="InstanceAttach",
        account_id=1234567890123456,
    )
    return account.ecs.create_network_interface_permission(request).network_interface_permission


def create_network_interface_permission(account: SdkAccount) -> None:
    permission = _granted(account)
    assert (permission.account_id, permission.permission_state) == (1234567890123456, "Granted")


def _permissions(account: SdkAccount) -> Any:
    request = ecs_models.DescribeNetworkInterfacePermissionsRequest(
        region_id=REGION, network_interface_id=account.interface_id
    )
    reply = account.ecs.describe_network_interface_permissions(request)
    assert (reply.page_number, reply.page_size) == (1, 10)
    return reply.network_interface_permissions.network_interface_permission


def describe_network_interface_permissions(account: SdkAccount) -> None:
    permission = _granted(account)
    (shown,) = _permissions(account)
    assert shown.to_map() == permission.to_map()


def delete_network_interface_permission(account: SdkAccount) -> None:
    request = ecs_models.DeleteNetworkInterfacePermissionRequest(
        region_id=REGION, network_interface_permission_id=_granted(account).network_interface_permission_id
    )
    assert account.ecs.delete_network_interface_permission(request).request_id
    assert _permissions(account) == []


def describe_eni_monitor_data(account: SdkAccount) -> None:
    account.attach_interface()
    now = datetime.now(UTC)
    request = ecs_models.DescribeEniMonitorDataRequest(
        region_id=REGION,
        instance_id=account.instance_id,
        eni_id=account.interface_id,
        start_time=(now - timedelta(minutes=9)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        end_time=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        period=60,
    )
    reply = account.ecs.describe_eni_monitor_data(request)
    assert (reply.total_count, reply.monitor_data.eni_monitor_data) == (0, [])
