"""How users call the actions on route tables and their entries with Alibaba Cloud's SDKs."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models, vpc_models

BLOCK = "172.16.0.0/16"
GATEWAY = {"next_hop_type": "VpnGateway", "next_hop_id": "vpn-bp1"}


def describe_route_table_list(account: SdkAccount) -> None:
    assert account.vswitch_id
    request = vpc_models.DescribeRouteTableListRequest(region_id=REGION, vpc_id=account.vpc_id)
    (shown,) = account.vpc.describe_route_table_list(request).router_table_list.router_table_list_type
    assert (shown.route_table_type, shown.router_type) == ("System", "VRouter")
    assert shown.v_switch_ids.v_switch_id == [account.vswitch_id]


def vpc_describe_route_tables(account: SdkAccount) -> None:
    table_id = account.describe_vswitch().route_table.route_table_id
    request = vpc_models.DescribeRouteTablesRequest(region_id=REGION, route_table_id=table_id)
    (shown,) = account.vpc.describe_route_tables(request).route_tables.route_table
    blocks = [each.destination_cidr_block for each in shown.route_entrys.route_entry]
    assert blocks == ["10.0.0.0/24", "100.64.0.0/10"]


def modify_route_table_attributes(account: SdkAccount) -> None:
    (table_id,) = _route_tables(account)
    account.vpc.modify_route_table_attributes(
        vpc_models.ModifyRouteTableAttributesRequest(
            region_id=REGION, route_table_id=table_id, route_table_name="main"
        )
    )
    request = vpc_models.DescribeRouteTableListRequest(region_id=REGION, route_table_name="main")
    assert account.vpc.describe_route_table_list(request).router_table_list.router_table_list_type


def _route_tables(account: SdkAccount) -> list[str]:
    request = vpc_models.DescribeRouteTableListRequest(region_id=REGION, vpc_id=account.vpc_id)
    found = account.vpc.describe_route_table_list(request).router_table_list.router_table_list_type
    return [each.route_table_id for each in found]


def ecs_describe_route_tables(account: SdkAccount) -> None:
    router_id = account.describe_vpc().vrouter_id
    request = ecs_models.DescribeRouteTablesRequest(region_id=REGION, vrouter_id=router_id)
    (shown,) = account.ecs.describe_route_tables(request).route_tables.route_table
    assert (shown.vrouter_id, shown.route_table_type) == (router_id, "System")


def _table(account: SdkAccount, table_id: str) -> Any:
    request = vpc_models.DescribeRouteTableListRequest(region_id=REGION, route_table_id=table_id)
    (shown,) = account.vpc.describe_route_table_list(request).router_table_list.router_table_list_type
    return shown


def _own_table(account: SdkAccount) -> str:
    request = vpc_models.CreateRouteTableRequest(
        region_id=REGION, vpc_id=account.vpc_id, route_table_name="own"
    )
    table_id: str = account.vpc.create_route_table(request).route_table_id
    poll(lambda: _table(account, table_id).status, "Available")
    return table_id


def create_route_table(account: SdkAccount) -> None:
    shown = _table(account, _own_table(account))
    assert (shown.route_table_name, shown.route_table_type) == ("own", "Custom")


def delete_route_table(account: SdkAccount) -> None:
    table_id = _own_table(account)
    account.vpc.delete_route_table(
        vpc_models.DeleteRouteTableRequest(region_id=REGION, route_table_id=table_id)
    )
    poll(lambda: [each for each in _route_tables(account) if each == table_id], [])


def associate_route_table(account: SdkAccount) -> None:
    vswitch_id, table_id = account.vswitch_id, _own_table(account)
    request = vpc_models.AssociateRouteTableRequest(
        region_id=REGION, route_table_id=table_id, v_switch_id=vswitch_id
    )
    account.vpc.associate_route_table(request)
    poll(lambda: account.describe_vswitch().status, "Available")
    assert account.describe_vswitch().route_table.route_table_id == table_id


def unassociate_route_table(account: SdkAccount) -> None:
    associate_route_table(account)
    table_id = account.describe_vswitch().route_table.route_table_id
    request = vpc_models.UnassociateRouteTableRequest(
        region_id=REGION, route_table_id=table_id, v_switch_id=account.vswitch_id
    )
    account.vpc.unassociate_route_table(request)
    poll(lambda: account.describe_vswitch().status, "Available")
    assert account.describe_vswitch().route_table.route_table_type == "System"


def _entries(account: SdkAccount, **criteria: Any) -> list[Any]:
    (table_id,) = _route_tables(account)
    request = vpc_models.DescribeRouteEntryListRequest(
        region_id=REGION, route_table_id=table_id, route_entry_type="Custom", **criteria
    )
    found: list[Any] = account.vpc.describe_route_entry_list(request).route_entrys.route_entry
    return found


def _entry(account: SdkAccount) -> Any:
    """Create an entry, wait until it is Available, and return it."""
    (table_id,) = _route_tables(account)
    request = vpc_models.CreateRouteEntryRequest(
        region_id=REGION, route_table_id=table_id, destination_cidr_block=BLOCK, **GATEWAY
    )
    entry_id = account.vpc.create_route_entry(request).route_entry_id
    poll(lambda: _entries(account, route_entry_id=entry_id)[0].status, "Available")
    (entry,) = _entries(account)
    return entry


def vpc_create_route_entry(account: SdkAccount) -> None:
    entry = _entry(account)
    (hop,) = entry.next_hops.next_hop
    assert (entry.destination_cidr_block, hop.next_hop_id) == (BLOCK, "vpn-bp1")


def describe_route_entry_list(account: SdkAccount) -> None:
    assert _entry(account).type == "Custom"


def vpc_delete_route_entry(account: SdkAccount) -> None:
    entry = _entry(account)
    request = vpc_models.DeleteRouteEntryRequest(
        region_id=REGION, route_entry_id=entry.route_entry_id, next_hop_id="vpn-bp1"
    )
    account.vpc.delete_route_entry(request)
    poll(lambda: _entries(account), [])


def modify_route_entry(account: SdkAccount) -> None:
    request = vpc_models.ModifyRouteEntryRequest(
        region_id=REGION, route_entry_id=_entry(account).route_entry_id, route_entry_name="new"
    )
    account.vpc.modify_route_entry(request)
    assert [each.route_entry_name for each in _entries(account)] == ["new"]


def create_route_entries(account: SdkAccount) -> None:
    (table_id,) = _route_tables(account)
    wanted = vpc_models.CreateRouteEntriesRequestRouteEntries(
        route_table_id=table_id, dst_cidr_block=BLOCK, next_hop="vpn-bp1", next_hop_type="VpnGateway"
    )
    request = vpc_models.CreateRouteEntriesRequest(region_id=REGION, route_entries=[wanted, wanted])
    made = account.vpc.create_route_entries(request)
    assert (made.success_count, made.failed_count, len(made.route_entry_ids)) == (1, 1, 1)
    assert made.failed_route_entries[0].failed_code == "VPC_ROUTE_ENTRY_CIDR_BLOCK_DUPLICATE"


def delete_route_entries(account: SdkAccount) -> None:
    entry = _entry(account)
    named = vpc_models.DeleteRouteEntriesRequestRouteEntries(
        route_table_id=entry.route_table_id, route_entry_id=entry.route_entry_id
    )
    request = vpc_models.DeleteRouteEntriesRequest(region_id=REGION, route_entries=[named])
    gone = account.vpc.delete_route_entries(request)
    assert (gone.success_count, gone.failed_count) == (1, 0)


def get_vpc_route_entry_summary(account: SdkAccount) -> None:
    entry = _entry(account)
    request = vpc_models.GetVpcRouteEntrySummaryRequest(
        region_id=REGION, vpc_id=account.vpc_id, route_entry_type="custom"
    )
    (summary,) = account.vpc.get_vpc_route_entry_summary(request).route_entry_summarys
    assert (summary.route_table_id, summary.entry_summarys[0].count) == (entry.route_table_id, 1)


def list_vpc_published_route_entries(account: SdkAccount) -> None:
    (table_id,) = _route_tables(account)
    request = vpc_models.ListVpcPublishedRouteEntriesRequest(
        region_id=REGION, route_table_id=table_id, target_type="CEN"
    )
    assert account.vpc.list_vpc_published_route_entries(request).route_entries == []


def vpc_describe_vrouters(account: SdkAccount) -> None:
    router_id = account.describe_vpc().vrouter_id
    request = vpc_models.DescribeVRoutersRequest(region_id=REGION, vrouter_id=router_id)
    (shown,) = account.vpc.describe_vrouters(request).vrouters.vrouter
    assert shown.vpc_id == account.vpc_id


def vpc_modify_vrouter_attribute(account: SdkAccount) -> None:
    router_id = account.describe_vpc().vrouter_id
    account.vpc.modify_vrouter_attribute(
        vpc_models.ModifyVRouterAttributeRequest(vrouter_id=router_id, vrouter_name="new")
    )
    request = vpc_models.DescribeVRoutersRequest(region_id=REGION, vrouter_id=router_id)
    (shown,) = account.vpc.describe_vrouters(request).vrouters.vrouter
    assert shown.vrouter_name == "new"


# -- those that ECS still has ----------------------------------------------------------------------------


def ecs_create_route_entry(account: SdkAccount) -> None:
    (table_id,) = _route_tables(account)
    request = ecs_models.CreateRouteEntryRequest(
        route_table_id=table_id, destination_cidr_block=BLOCK, **GATEWAY
    )
    assert account.ecs.create_route_entry(request).request_id
    poll(lambda: [each.status for each in _entries(account)], ["Available"])


def ecs_delete_route_entry(account: SdkAccount) -> None:
    entry = _entry(account)
    request = ecs_models.DeleteRouteEntryRequest(
        route_table_id=entry.route_table_id, destination_cidr_block=BLOCK, next_hop_id="vpn-bp1"
    )
    assert account.ecs.delete_route_entry(request).request_id
    poll(lambda: _entries(account), [])


def ecs_describe_vrouters(account: SdkAccount) -> None:
    assert account.vpc_id
    request = ecs_models.DescribeVRoutersRequest(region_id=REGION)
    (shown,) = account.ecs.describe_vrouters(request).vrouters.vrouter
    assert shown.vpc_id == account.vpc_id


def ecs_modify_vrouter_attribute(account: SdkAccount) -> None:
    request = ecs_models.ModifyVRouterAttributeRequest(
        vrouter_id=account.describe_vpc().vrouter_id, description="mine"
    )
    assert account.ecs.modify_vrouter_attribute(request).request_id


# -- prefix lists ----------------------------------------------------------------------------------------


def _prefix_list(account: SdkAccount, *blocks: str) -> str:
    entries = [vpc_models.CreateVpcPrefixListRequestPrefixListEntries(cidr=each) for each in blocks]
    request = vpc_models.CreateVpcPrefixListRequest(
        region_id=REGION, prefix_list_name="offices", prefix_list_entries=entries, max_entries=10
    )
    list_id: str = account.vpc.create_vpc_prefix_list(request).prefix_list_id
    return list_id


def _prefix_lists(account: SdkAccount) -> Any:
    request = vpc_models.ListPrefixListsRequest(region_id=REGION, prefix_list_name="offices")
    return account.vpc.list_prefix_lists(request).prefix_lists


def _associated(account: SdkAccount) -> str:
    """Return a list to which a route of the main table leads."""
    list_id = _prefix_list(account, BLOCK)
    request = vpc_models.CreateRouteEntryRequest(
        region_id=REGION, route_table_id=_main_table(account), destination_cidr_block=list_id, **GATEWAY
    )
    account.vpc.create_route_entry(request)
    poll(lambda: _associations(account, list_id)[0].status, "Created")
    return list_id


def _main_table(account: SdkAccount) -> str:
    table_id: str = account.describe_vswitch().route_table.route_table_id
    return table_id


def _associations(account: SdkAccount, list_id: str) -> Any:
    request = vpc_models.GetVpcPrefixListAssociationsRequest(region_id=REGION, prefix_list_id=list_id)
    return account.vpc.get_vpc_prefix_list_associations(request).prefix_list_association


def create_vpc_prefix_list(account: SdkAccount) -> None:
    list_id = _prefix_list(account, BLOCK)
    (shown,) = _prefix_lists(account)
    assert (shown.prefix_list_id, shown.cidr_blocks, shown.status) == (list_id, [BLOCK], "Created")


def modify_vpc_prefix_list(account: SdkAccount) -> None:
    list_id = _prefix_list(account, BLOCK)
    added = vpc_models.ModifyVpcPrefixListRequestAddPrefixListEntry(cidr="172.17.0.0/16", description="b")
    removed = vpc_models.ModifyVpcPrefixListRequestRemovePrefixListEntry(cidr=BLOCK)
    account.vpc.modify_vpc_prefix_list(
        vpc_models.ModifyVpcPrefixListRequest(
            region_id=REGION,
            prefix_list_id=list_id,
            add_prefix_list_entry=[added],
            remove_prefix_list_entry=[removed],
        )
    )
    poll(lambda: _prefix_lists(account)[0].status, "Created")
    assert _prefix_lists(account)[0].cidr_blocks == ["172.17.0.0/16"]


def delete_vpc_prefix_list(account: SdkAccount) -> None:
    request = vpc_models.DeleteVpcPrefixListRequest(region_id=REGION, prefix_list_id=_prefix_list(account))
    account.vpc.delete_vpc_prefix_list(request)
    poll(lambda: _prefix_lists(account), [])


def list_prefix_lists(account: SdkAccount) -> None:
    _prefix_list(account, BLOCK)
    (shown,) = _prefix_lists(account)
    assert (shown.ip_version, shown.max_entries, shown.prefix_list_type) == ("IPV4", 10, "Custom")


def get_vpc_prefix_list_entries(account: SdkAccount) -> None:
    request = vpc_models.GetVpcPrefixListEntriesRequest(
        region_id=REGION, prefix_list_id=_prefix_list(account, BLOCK)
    )
    reply = account.vpc.get_vpc_prefix_list_entries(request)
    assert (reply.total_count, [each.cidr for each in reply.prefix_list_entry]) == (1, [BLOCK])


def get_vpc_prefix_list_associations(account: SdkAccount) -> None:
    (shown,) = _associations(account, _associated(account))
    assert (shown.resource_id, shown.resource_type) == (_main_table(account), "vpcRouteTable")
    assert (shown.cidr_list, shown.suppressed_list) == (BLOCK, "")


def retry_vpc_prefix_list_association(account: SdkAccount) -> None:
    list_id = _associated(account)
    request = vpc_models.RetryVpcPrefixListAssociationRequest(
        region_id=REGION,
        prefix_list_id=list_id,
        resource_id=_main_table(account),
        resource_type="vpcRouteTable",
    )
    assert account.vpc.retry_vpc_prefix_list_association(request).request_id
