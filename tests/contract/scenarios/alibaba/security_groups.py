"""How users call the actions on security groups and their members with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models

HERE = {"region_id": REGION}


def join_security_group(account: SdkAccount) -> None:
    request = ecs_models.JoinSecurityGroupRequest(
        region_id=REGION,
        security_group_id=account.other_group_id,
        network_interface_id=account.interface_id,
    )
    assert account.ecs.join_security_group(request).request_id
    groups = account.describe_interface().security_group_ids.security_group_id
    assert groups == [account.group_id, account.other_group_id]


def leave_security_group(account: SdkAccount) -> None:
    join = ecs_models.JoinSecurityGroupRequest(
        security_group_id=account.other_group_id, instance_id=account.instance_id
    )
    account.ecs.join_security_group(join)
    leave = ecs_models.LeaveSecurityGroupRequest(
        security_group_id=account.group_id, instance_id=account.instance_id
    )
    assert account.ecs.leave_security_group(leave).request_id
    (primary,) = account.describe_interfaces()
    assert primary.security_group_ids.security_group_id == [account.other_group_id]


def create_security_group(account: SdkAccount) -> None:
    assert account.group_id.startswith("sg-")


def describe_security_groups(account: SdkAccount) -> None:
    request = ecs_models.DescribeSecurityGroupsRequest(region_id=REGION, security_group_id=account.group_id)
    (shown,) = account.ecs.describe_security_groups(request).security_groups.security_group
    assert (shown.vpc_id, shown.security_group_type) == (account.vpc_id, "normal")


def delete_security_group(account: SdkAccount) -> None:
    request = ecs_models.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=account.group_id)
    account.ecs.delete_security_group(request)
    listed = ecs_models.DescribeSecurityGroupsRequest(region_id=REGION)
    assert account.ecs.describe_security_groups(listed).total_count == 0


def modify_security_group_attribute(account: SdkAccount) -> None:
    request = ecs_models.ModifySecurityGroupAttributeRequest(
        security_group_id=account.group_id, security_group_name="renamed", description="described", **HERE
    )
    assert account.ecs.modify_security_group_attribute(request).request_id
    shown = account.describe_group()
    assert (shown.security_group_name, shown.description) == ("renamed", "described")


def modify_security_group_policy(account: SdkAccount) -> None:
    request = ecs_models.ModifySecurityGroupPolicyRequest(
        security_group_id=account.group_id, inner_access_policy="drop", **HERE
    )
    assert account.ecs.modify_security_group_policy(request).request_id
    assert account.describe_group().inner_access_policy == "Drop"


# -- prefix lists ----------------------------------------------------------------------------------------


def _prefix_list(account: SdkAccount) -> str:
    entry = ecs_models.CreatePrefixListRequestEntry(cidr="10.0.0.1", description="one host")
    request = ecs_models.CreatePrefixListRequest(
        region_id=REGION,
        address_family="IPv4",
        max_entries=5,
        prefix_list_name="offices",
        entry=[entry],
        tag=[ecs_models.CreatePrefixListRequestTag(key="of", value="us")],
        client_token="once",
    )
    made = {account.ecs.create_prefix_list(request).prefix_list_id for _ in "12"}
    (list_id,) = made
    return str(list_id)


def _let_in(account: SdkAccount, **more: Any) -> None:
    """Authorize a rule that names lists."""
    permission = ecs_models.AuthorizeSecurityGroupRequestPermissions(ip_protocol="tcp", **more)
    account.ecs.authorize_security_group(
        ecs_models.AuthorizeSecurityGroupRequest(
            region_id=REGION, security_group_id=account.group_id, permissions=[permission]
        )
    )


def _entries(account: SdkAccount, list_id: str) -> list[tuple[str, str]]:
    request = ecs_models.DescribePrefixListAttributesRequest(region_id=REGION, prefix_list_id=list_id)
    entries = account.ecs.describe_prefix_list_attributes(request).entries.entry
    return [(each.cidr, each.description) for each in entries]


def create_prefix_list(account: SdkAccount) -> None:
    assert _entries(account, _prefix_list(account)) == [("10.0.0.1/32", "one host")]


def modify_prefix_list(account: SdkAccount) -> None:
    list_id = _prefix_list(account)
    account.ecs.modify_prefix_list(
        ecs_models.ModifyPrefixListRequest(
            region_id=REGION,
            prefix_list_id=list_id,
            add_entry=[ecs_models.ModifyPrefixListRequestAddEntry(cidr="192.168.0.0/16")],
            remove_entry=[ecs_models.ModifyPrefixListRequestRemoveEntry(cidr="10.0.0.1/32")],
        )
    )
    assert _entries(account, list_id) == [("192.168.0.0/16", "")]


def delete_prefix_list(account: SdkAccount) -> None:
    request = ecs_models.DeletePrefixListRequest(region_id=REGION, prefix_list_id=_prefix_list(account))
    assert account.ecs.delete_prefix_list(request).request_id


def describe_prefix_lists(account: SdkAccount) -> None:
    list_id = _prefix_list(account)
    tag = ecs_models.DescribePrefixListsRequestTag(key="of", value="us")
    request = ecs_models.DescribePrefixListsRequest(region_id=REGION, prefix_list_id=[list_id], tag=[tag])
    (shown,) = account.ecs.describe_prefix_lists(request).prefix_lists.prefix_list
    assert (shown.prefix_list_name, shown.max_entries, shown.association_count) == ("offices", 5, 0)


def describe_prefix_list_attributes(account: SdkAccount) -> None:
    request = ecs_models.DescribePrefixListAttributesRequest(
        region_id=REGION, prefix_list_id=_prefix_list(account)
    )
    shown = account.ecs.describe_prefix_list_attributes(request)
    assert (shown.address_family, shown.prefix_list_name) == ("IPv4", "offices")


def describe_prefix_list_associations(account: SdkAccount) -> None:
    list_id = _prefix_list(account)
    _let_in(account, port_range="80/80", source_prefix_list_id=list_id)
    request = ecs_models.DescribePrefixListAssociationsRequest(region_id=REGION, prefix_list_id=list_id)
    reply = account.ecs.describe_prefix_list_associations(request)
    (shown,) = reply.prefix_list_associations.prefix_list_association
    assert (shown.resource_id, shown.resource_type) == (account.group_id, "securitygroup")


# -- port lists ------------------------------------------------------------------------------------------


def _port_list(account: SdkAccount) -> str:
    request = ecs_models.CreatePortRangeListRequest(
        region_id=REGION,
        max_entries=5,
        port_range_list_name="web",
        entry=[ecs_models.CreatePortRangeListRequestEntry(port_range="80/80", description="http")],
        tag=[ecs_models.CreatePortRangeListRequestTag(key="of", value="us")],
    )
    list_id: str = account.ecs.create_port_range_list(request).port_range_list_id
    return list_id


def _ranges(account: SdkAccount, list_id: str) -> list[str]:
    request = ecs_models.DescribePortRangeListEntriesRequest(region_id=REGION, port_range_list_id=list_id)
    return [each.port_range for each in account.ecs.describe_port_range_list_entries(request).entries]


def create_port_range_list(account: SdkAccount) -> None:
    assert _port_list(account).startswith("prl-")


def modify_port_range_list(account: SdkAccount) -> None:
    list_id = _port_list(account)
    account.ecs.modify_port_range_list(
        ecs_models.ModifyPortRangeListRequest(
            region_id=REGION,
            port_range_list_id=list_id,
            add_entry=[ecs_models.ModifyPortRangeListRequestAddEntry(port_range="8000/8010")],
            remove_entry=[ecs_models.ModifyPortRangeListRequestRemoveEntry(port_range="80/80")],
        )
    )
    assert _ranges(account, list_id) == ["8000/8010"]


def delete_port_range_list(account: SdkAccount) -> None:
    request = ecs_models.DeletePortRangeListRequest(
        region_id=REGION, port_range_list_id=_port_list(account)
    )
    assert account.ecs.delete_port_range_list(request).request_id


def describe_port_range_lists(account: SdkAccount) -> None:
    list_id = _port_list(account)
    request = ecs_models.DescribePortRangeListsRequest(region_id=REGION, port_range_list_name="web")
    (shown,) = account.ecs.describe_port_range_lists(request).port_range_lists
    assert (shown.port_range_list_id, shown.max_entries) == (list_id, 5)
    assert [(each.tag_key, each.tag_value) for each in shown.tags] == [("of", "us")]


def describe_port_range_list_entries(account: SdkAccount) -> None:
    assert _ranges(account, _port_list(account)) == ["80/80"]


def describe_port_range_list_associations(account: SdkAccount) -> None:
    list_id = _port_list(account)
    _let_in(account, port_range_list_id=list_id, source_cidr_ip="10.0.0.0/8")
    request = ecs_models.DescribePortRangeListAssociationsRequest(
        region_id=REGION, port_range_list_id=list_id
    )
    (shown,) = account.ecs.describe_port_range_list_associations(request).port_range_list_associations
    assert (shown.resource_id, shown.resource_type) == (account.group_id, "SecurityGroup")
