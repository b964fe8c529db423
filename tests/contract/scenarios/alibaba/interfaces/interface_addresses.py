"""How users call the actions on the addresses of network interfaces with Alibaba Cloud's SDK."""

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models


def assign_private_ip_addresses(account: SdkAccount) -> None:
    request = ecs_models.AssignPrivateIpAddressesRequest(
        region_id=REGION,
        network_interface_id=account.interface_id,
        private_ip_address=["10.0.0.30", "10.0.0.20"],
        client_token="once",
    )
    replies = [account.ecs.assign_private_ip_addresses(request) for _ in range(2)]
    for reply in replies:
        assigned = reply.assigned_private_ip_addresses_set
        assert assigned.network_interface_id == account.interface_id
        assert assigned.private_ip_set.private_ip_address == ["10.0.0.30", "10.0.0.20"]
    request = ecs_models.AssignPrivateIpAddressesRequest(
        region_id=REGION, network_interface_id=account.interface_id, ipv_4prefix_count=1
    )
    assigned = account.ecs.assign_private_ip_addresses(request).assigned_private_ip_addresses_set
    assert [prefix[-3:] for prefix in assigned.ipv_4prefix_set.ipv_4prefixes] == ["/28"]


def unassign_private_ip_addresses(account: SdkAccount) -> None:
    assign_private_ip_addresses(account)
    request = ecs_models.UnassignPrivateIpAddressesRequest(
        region_id=REGION, network_interface_id=account.interface_id, private_ip_address=["10.0.0.30"]
    )
    assert account.ecs.unassign_private_ip_addresses(request).request_id
    shown = account.describe_interface().private_ip_sets.private_ip_set
    assert [each.private_ip_address for each in shown if not each.primary] == ["10.0.0.20"]


def assign_ipv6_addresses(account: SdkAccount) -> None:
    account.ipv6 = True
    request = ecs_models.AssignIpv6AddressesRequest(
        region_id=REGION, network_interface_id=account.interface_id, ipv_6address_count=2
    )
    reply = account.ecs.assign_ipv_6addresses(request)
    shown = account.describe_interface().ipv_6sets.ipv_6set
    assert reply.network_interface_id == account.interface_id
    assert reply.ipv_6sets.ipv_6address == [each.ipv_6address for each in shown] != []


def unassign_ipv6_addresses(account: SdkAccount) -> None:
    assign_ipv6_addresses(account)
    held = [each.ipv_6address for each in account.describe_interface().ipv_6sets.ipv_6set]
    request = ecs_models.UnassignIpv6AddressesRequest(
        region_id=REGION, network_interface_id=account.interface_id, ipv_6address=held[:1]
    )
    assert account.ecs.unassign_ipv_6addresses(request).request_id
    assert [each.ipv_6address for each in account.describe_interface().ipv_6sets.ipv_6set] == held[1:]
