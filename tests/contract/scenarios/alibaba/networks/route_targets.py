"""How users call the actions on route target groups and published entries with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, vpc_models

KIND = "GatewayLoadBalancerEndpoint"
BLOCK = "172.16.0.0/16"


def _group(account: SdkAccount) -> str:
    members = [
        vpc_models.CreateRouteTargetGroupRequestRouteTargetMemberList(
            member_id=f"ep-{weight}", member_type=KIND, weight=weight
        )
        for weight in (100, 0)
    ]
    request = vpc_models.CreateRouteTargetGroupRequest(
        region_id=REGION,
        vpc_id=account.vpc_id,
        config_mode="Active-Standby",
        route_target_group_name="group",
        route_target_member_list=members,
    )
    group_id: str = account.vpc.create_route_target_group(request).route_target_group_id
    poll(lambda: _shown(account, group_id).status, "Available")
    return group_id


def _shown(account: SdkAccount, group_id: str) -> Any:
    request = vpc_models.GetRouteTargetGroupRequest(region_id=REGION, route_target_group_id=group_id)
    return account.vpc.get_route_target_group(request)


def _listed(account: SdkAccount, **criteria: Any) -> list[Any]:
    request = vpc_models.ListRouteTargetGroupsRequest(region_id=REGION, **criteria)
    found: list[Any] = account.vpc.list_route_target_groups(request).route_target_groups
    return found


def create_route_target_group(account: SdkAccount) -> None:
    assert _shown(account, _group(account)).route_target_group_name == "group"


def get_route_target_group(account: SdkAccount) -> None:
    shown = _shown(account, _group(account))
    members = [(each.member_id, each.enable_status) for each in shown.route_target_member_list]
    assert members == [("ep-100", "Enable"), ("ep-0", "Disable")]


def list_route_target_groups(account: SdkAccount) -> None:
    group_id = _group(account)
    (shown,) = _listed(account, vpc_id=account.vpc_id, member_id="ep-0")
    assert shown.route_target_group_id == group_id
    assert _listed(account, route_target_group_ids=["rtg-none"]) == []


def update_route_target_group(account: SdkAccount) -> None:
    group_id = _group(account)
    members = [
        vpc_models.UpdateRouteTargetGroupRequestRouteTargetMemberList(
            member_id=name, member_type=KIND, weight=weight
        )
        for name, weight in (("ep-100", 100), ("ep-new", 0))
    ]
    request = vpc_models.UpdateRouteTargetGroupRequest(
        region_id=REGION, route_target_group_id=group_id, route_target_member_list=members
    )
    account.vpc.update_route_target_group(request)
    poll(lambda: _shown(account, group_id).status, "Available")
    assert _listed(account, member_id="ep-new")


def switch_active_route_target(account: SdkAccount) -> None:
    group_id = _group(account)
    request = vpc_models.SwitchActiveRouteTargetRequest(region_id=REGION, route_target_group_id=group_id)
    account.vpc.switch_active_route_target(request)
    poll(lambda: _shown(account, group_id).status, "Switched")


def delete_route_target_group(account: SdkAccount) -> None:
    group_id = _group(account)
    request = vpc_models.DeleteRouteTargetGroupRequest(region_id=REGION, route_target_group_id=group_id)
    account.vpc.delete_route_target_group(request)
    poll(lambda: len(_listed(account)), 0)


# -- published entries -------------------------------------------------------------------------------------


def _entry(account: SdkAccount) -> dict[str, str]:
    """Return the table and the block of a route entry."""
    table_id = account.describe_vswitch().route_table.route_table_id
    entry = {"route_table_id": table_id, "destination_cidr_block": BLOCK}
    hop = {"next_hop_type": "VpnGateway", "next_hop_id": "vpn-bp1"}
    account.vpc.create_route_entry(vpc_models.CreateRouteEntryRequest(region_id=REGION, **entry, **hop))
    listing = vpc_models.DescribeRouteEntryListRequest(
        region_id=REGION, route_table_id=table_id, route_entry_type="Custom"
    )

    def status() -> str:
        (shown,) = account.vpc.describe_route_entry_list(listing).route_entrys.route_entry
        found: str = shown.status
        return found

    poll(status, "Available")
    return entry


def _publish(account: SdkAccount) -> dict[str, str]:
    entry = _entry(account)
    entries = [vpc_models.PublishVpcRouteEntriesRequestRouteEntries(**entry)]
    account.vpc.publish_vpc_route_entries(
        vpc_models.PublishVpcRouteEntriesRequest(
            region_id=REGION, target_type="ECR", target_instance_id="ecr-1", route_entries=entries
        )
    )
    return entry


def _states(account: SdkAccount, table_id: str) -> list[str]:
    request = vpc_models.ListVpcPublishedRouteEntriesRequest(
        region_id=REGION, route_table_id=table_id, target_type="ECR", target_instance_id="ecr-1"
    )
    entries = account.vpc.list_vpc_published_route_entries(request).route_entries
    return [each.publish_status for entry in entries for each in entry.route_publish_targets]


def publish_vpc_route_entries(account: SdkAccount) -> None:
    assert _states(account, _publish(account)["route_table_id"]) == ["Published"]


def withdraw_vpc_published_route_entries(account: SdkAccount) -> None:
    entry = _publish(account)
    entries = [vpc_models.WithdrawVpcPublishedRouteEntriesRequestRouteEntries(**entry)]
    account.vpc.withdraw_vpc_published_route_entries(
        vpc_models.WithdrawVpcPublishedRouteEntriesRequest(
            region_id=REGION, target_type="ECR", target_instance_id="ecr-1", route_entries=entries
        )
    )
    assert _states(account, entry["route_table_id"]) == ["NonPublished"]
