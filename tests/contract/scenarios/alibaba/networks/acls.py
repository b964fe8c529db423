"""How users call the actions on network ACLs with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, vpc_models


def _shown(account: SdkAccount, acl_id: str) -> Any:
    request = vpc_models.DescribeNetworkAclAttributesRequest(region_id=REGION, network_acl_id=acl_id)
    return account.vpc.describe_network_acl_attributes(request).network_acl_attribute


def _settled(account: SdkAccount, acl_id: str) -> Any:
    poll(lambda: _shown(account, acl_id).status, "Available")
    return _shown(account, acl_id)


def _acl(account: SdkAccount, name: str = "acl") -> str:
    request = vpc_models.CreateNetworkAclRequest(
        region_id=REGION, vpc_id=account.vpc_id, network_acl_name=name
    )
    acl_id: str = account.vpc.create_network_acl(request).network_acl_attribute.network_acl_id
    _settled(account, acl_id)
    return acl_id


def _associated(account: SdkAccount) -> str:
    acl_id = _acl(account)
    resource = vpc_models.AssociateNetworkAclRequestResource(
        resource_id=account.vswitch_id, resource_type="VSwitch"
    )
    request = vpc_models.AssociateNetworkAclRequest(
        region_id=REGION, network_acl_id=acl_id, resource=[resource]
    )
    account.vpc.associate_network_acl(request)
    poll(lambda: _shown(account, acl_id).resources.resource[0].status, "BINDED")
    return acl_id


def create_network_acl(account: SdkAccount) -> None:
    shown = _shown(account, _acl(account))
    assert (shown.network_acl_name, shown.vpc_id) == ("acl", account.vpc_id)


def describe_network_acls(account: SdkAccount) -> None:
    acl_id = _acl(account)
    request = vpc_models.DescribeNetworkAclsRequest(region_id=REGION, vpc_id=account.vpc_id)
    (shown,) = account.vpc.describe_network_acls(request).network_acls.network_acl
    assert shown.network_acl_id == acl_id


def describe_network_acl_attributes(account: SdkAccount) -> None:
    shown = _shown(account, _acl(account))
    entries = shown.ingress_acl_entries.ingress_acl_entry
    assert [each.entry_type for each in entries] == ["service"] * 3 + ["custom", "system"]


def modify_network_acl_attributes(account: SdkAccount) -> None:
    acl_id = _acl(account)
    request = vpc_models.ModifyNetworkAclAttributesRequest(
        region_id=REGION, network_acl_id=acl_id, network_acl_name="renamed", description="mine"
    )
    account.vpc.modify_network_acl_attributes(request)
    shown = _shown(account, acl_id)
    assert (shown.network_acl_name, shown.description) == ("renamed", "mine")


def update_network_acl_entries(account: SdkAccount) -> None:
    acl_id = _acl(account)
    entry = vpc_models.UpdateNetworkAclEntriesRequestIngressAclEntries(
        network_acl_entry_name="web",
        policy="accept",
        protocol="tcp",
        port="80/80",
        source_cidr_ip="10.0.0.0/8",
    )
    request = vpc_models.UpdateNetworkAclEntriesRequest(
        region_id=REGION,
        network_acl_id=acl_id,
        update_ingress_acl_entries=True,
        ingress_acl_entries=[entry],
    )
    account.vpc.update_network_acl_entries(request)
    entries = _settled(account, acl_id).ingress_acl_entries.ingress_acl_entry
    (own,) = (each for each in entries if each.entry_type == "custom")
    assert (own.network_acl_entry_name, own.port, own.source_cidr_ip) == ("web", "80/80", "10.0.0.0/8")


def copy_network_acl_entries(account: SdkAccount) -> None:
    source, acl_id = _acl(account, "source"), _acl(account)
    request = vpc_models.CopyNetworkAclEntriesRequest(
        region_id=REGION, network_acl_id=acl_id, source_network_acl_id=source
    )
    account.vpc.copy_network_acl_entries(request)
    assert _settled(account, acl_id).network_acl_name == "acl"


def associate_network_acl(account: SdkAccount) -> None:
    acl_id = _associated(account)
    assert account.describe_vswitch().network_acl_id == acl_id


def unassociate_network_acl(account: SdkAccount) -> None:
    acl_id = _associated(account)
    resource = vpc_models.UnassociateNetworkAclRequestResource(
        resource_id=account.vswitch_id, resource_type="VSwitch"
    )
    request = vpc_models.UnassociateNetworkAclRequest(
        region_id=REGION, network_acl_id=acl_id, resource=[resource]
    )
    account.vpc.unassociate_network_acl(request)
    assert _settled(account, acl_id).resources.resource == []


def delete_network_acl(account: SdkAccount) -> None:
    acl_id = _acl(account)
    request = vpc_models.DeleteNetworkAclRequest(region_id=REGION, network_acl_id=acl_id)
    account.vpc.delete_network_acl(request)
    listing = vpc_models.DescribeNetworkAclsRequest(region_id=REGION, network_acl_id=acl_id)
    poll(lambda: account.vpc.describe_network_acls(listing).total_count, "0")
