"""How users call the actions on DHCP options sets with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, vpc_models


def _shown(account: SdkAccount, set_id: str) -> Any:
    request = vpc_models.GetDhcpOptionsSetRequest(region_id=REGION, dhcp_options_set_id=set_id)
    return account.vpc.get_dhcp_options_set(request)


def _new(account: SdkAccount, name: str = "names") -> str:
    request = vpc_models.CreateDhcpOptionsSetRequest(
        region_id=REGION,
        dhcp_options_set_name=name,
        domain_name="example.com",
        domain_name_servers="192.168.0.1,192.168.0.2",
    )
    set_id: str = account.vpc.create_dhcp_options_set(request).dhcp_options_set_id
    poll(lambda: _shown(account, set_id).status, "Available")
    return set_id


def _vpcs(account: SdkAccount, set_id: str) -> list[tuple[str, str]]:
    return [(each.vpc_id, each.associate_status) for each in _shown(account, set_id).associate_vpcs]


def _attached(account: SdkAccount) -> str:
    set_id = _new(account)
    request = vpc_models.AttachDhcpOptionsSetToVpcRequest(
        region_id=REGION, dhcp_options_set_id=set_id, vpc_id=account.vpc_id
    )
    account.vpc.attach_dhcp_options_set_to_vpc(request)
    poll(lambda: _vpcs(account, set_id), [(account.vpc_id, "InUse")])
    return set_id


def create_dhcp_options_set(account: SdkAccount) -> None:
    assert _shown(account, _new(account)).dhcp_options_set_name == "names"


def get_dhcp_options_set(account: SdkAccount) -> None:
    options = _shown(account, _new(account)).dhcp_options
    expected = ("example.com", "192.168.0.1,192.168.0.2")
    assert (options.domain_name, options.domain_name_servers) == expected


def list_dhcp_options_sets(account: SdkAccount) -> None:
    set_id = _attached(account)
    request = vpc_models.ListDhcpOptionsSetsRequest(region_id=REGION, domain_name="example.com")
    (shown,) = account.vpc.list_dhcp_options_sets(request).dhcp_options_sets
    assert (shown.dhcp_options_set_id, shown.associate_vpc_count) == (set_id, 1)


def update_dhcp_options_set_attribute(account: SdkAccount) -> None:
    set_id = _new(account)
    request = vpc_models.UpdateDhcpOptionsSetAttributeRequest(
        region_id=REGION, dhcp_options_set_id=set_id, dhcp_options_set_name="renamed", domain_name="b.org"
    )
    account.vpc.update_dhcp_options_set_attribute(request)
    poll(lambda: _shown(account, set_id).dhcp_options.domain_name, "b.org")
    assert _shown(account, set_id).dhcp_options_set_name == "renamed"


def delete_dhcp_options_set(account: SdkAccount) -> None:
    set_id = _new(account)
    request = vpc_models.DeleteDhcpOptionsSetRequest(region_id=REGION, dhcp_options_set_id=set_id)
    account.vpc.delete_dhcp_options_set(request)
    listing = vpc_models.ListDhcpOptionsSetsRequest(region_id=REGION, dhcp_options_set_id=[set_id])
    poll(lambda: account.vpc.list_dhcp_options_sets(listing).dhcp_options_sets, [])


def attach_dhcp_options_set_to_vpc(account: SdkAccount) -> None:
    set_id = _attached(account)
    request = vpc_models.DescribeVpcsRequest(region_id=REGION, vpc_id=account.vpc_id)
    (shown,) = account.vpc.describe_vpcs(request).vpcs.vpc
    assert (shown.dhcp_options_set_id, shown.dhcp_options_set_status) == (set_id, "InUse")


def detach_dhcp_options_set_from_vpc(account: SdkAccount) -> None:
    set_id = _attached(account)
    request = vpc_models.DetachDhcpOptionsSetFromVpcRequest(
        region_id=REGION, dhcp_options_set_id=set_id, vpc_id=account.vpc_id
    )
    account.vpc.detach_dhcp_options_set_from_vpc(request)
    poll(lambda: _vpcs(account, set_id), [])


def replace_vpc_dhcp_options_set(account: SdkAccount) -> None:
    assert _attached(account)
    other = _new(account, "other")
    request = vpc_models.ReplaceVpcDhcpOptionsSetRequest(
        region_id=REGION, dhcp_options_set_id=other, vpc_id=account.vpc_id
    )
    account.vpc.replace_vpc_dhcp_options_set(request)
    poll(lambda: _vpcs(account, other), [(account.vpc_id, "InUse")])
