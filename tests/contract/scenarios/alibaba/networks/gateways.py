"""How users call the actions on IPv4 and IPv6 gateways with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, vpc_models


def _ipv4(account: SdkAccount, gateway_id: str) -> Any:
    request = vpc_models.GetIpv4GatewayAttributeRequest(region_id=REGION, ipv_4gateway_id=gateway_id)
    return account.vpc.get_ipv_4gateway_attribute(request)


def _new_ipv4(account: SdkAccount) -> str:
    request = vpc_models.CreateIpv4GatewayRequest(
        region_id=REGION,
        vpc_id=account.vpc_id,
        ipv_4gateway_name="gate",
        tag=[vpc_models.CreateIpv4GatewayRequestTag(key="k", value="v")],
    )
    gateway_id: str = account.vpc.create_ipv_4gateway(request).ipv_4gateway_id
    poll(lambda: _ipv4(account, gateway_id).status, "Created")
    return gateway_id


def _active(account: SdkAccount) -> str:
    gateway_id = _new_ipv4(account)
    request = vpc_models.EnableVpcIpv4GatewayRequest(region_id=REGION, ipv_4gateway_id=gateway_id)
    account.vpc.enable_vpc_ipv_4gateway(request)
    poll(lambda: str(_ipv4(account, gateway_id).enabled), "True")
    return gateway_id


def _ipv6(account: SdkAccount, gateway_id: str) -> Any:
    request = vpc_models.DescribeIpv6GatewayAttributeRequest(region_id=REGION, ipv_6gateway_id=gateway_id)
    return account.vpc.describe_ipv_6gateway_attribute(request)


def _new_ipv6(account: SdkAccount) -> str:
    account.ipv6 = True
    request = vpc_models.CreateIpv6GatewayRequest(region_id=REGION, vpc_id=account.vpc_id, name="gate")
    gateway_id: str = account.vpc.create_ipv_6gateway(request).ipv_6gateway_id
    poll(lambda: _ipv6(account, gateway_id).status, "Available")
    return gateway_id


def _associated(account: SdkAccount) -> tuple[str, str]:
    """Return an IPv4 gateway and the route table that it is associated with."""
    gateway_id = _active(account)
    request = vpc_models.CreateRouteTableRequest(
        region_id=REGION, vpc_id=account.vpc_id, associate_type="Gateway"
    )
    table_id: str = account.vpc.create_route_table(request).route_table_id
    listing = vpc_models.DescribeRouteTableListRequest(region_id=REGION, route_table_id=table_id)

    def status() -> Any:
        (table,) = account.vpc.describe_route_table_list(listing).router_table_list.router_table_list_type
        return table.status

    poll(status, "Available")
    associating = vpc_models.AssociateRouteTableWithGatewayRequest(
        region_id=REGION, gateway_id=gateway_id, gateway_type="Ipv4Gateway", route_table_id=table_id
    )
    account.vpc.associate_route_table_with_gateway(associating)
    poll(lambda: _ipv4(account, gateway_id).ipv_4gateway_route_table_id, table_id)
    poll(lambda: _ipv4(account, gateway_id).status, "Created")
    return gateway_id, table_id


# -- IPv4 gateways -----------------------------------------------------------------------------------------


def create_ipv_4gateway(account: SdkAccount) -> None:
    shown = _ipv4(account, _new_ipv4(account))
    assert (shown.ipv_4gateway_name, shown.vpc_id, shown.enabled) == ("gate", account.vpc_id, False)


def enable_vpc_ipv_4gateway(account: SdkAccount) -> None:
    assert _ipv4(account, _active(account)).status == "Created"


def update_ipv_4gateway_attribute(account: SdkAccount) -> None:
    gateway_id = _new_ipv4(account)
    request = vpc_models.UpdateIpv4GatewayAttributeRequest(
        region_id=REGION,
        ipv_4gateway_id=gateway_id,
        ipv_4gateway_name="renamed",
        ipv_4gateway_description="mine",
    )
    account.vpc.update_ipv_4gateway_attribute(request)
    shown = _ipv4(account, gateway_id)
    assert (shown.ipv_4gateway_name, shown.ipv_4gateway_description) == ("renamed", "mine")


def get_ipv_4gateway_attribute(account: SdkAccount) -> None:
    (tag,) = _ipv4(account, _new_ipv4(account)).tags
    assert (tag.key, tag.value) == ("k", "v")


def list_ipv_4gateways(account: SdkAccount) -> None:
    gateway_id = _new_ipv4(account)
    request = vpc_models.ListIpv4GatewaysRequest(region_id=REGION, vpc_id=account.vpc_id)
    (shown,) = account.vpc.list_ipv_4gateways(request).ipv_4gateway_models
    assert (shown.ipv_4gateway_id, shown.status) == (gateway_id, "Created")


def delete_ipv_4gateway(account: SdkAccount) -> None:
    gateway_id = _new_ipv4(account)
    request = vpc_models.DeleteIpv4GatewayRequest(region_id=REGION, ipv_4gateway_id=gateway_id)
    account.vpc.delete_ipv_4gateway(request)
    listing = vpc_models.ListIpv4GatewaysRequest(region_id=REGION, ipv_4gateway_id=gateway_id)
    poll(lambda: account.vpc.list_ipv_4gateways(listing).ipv_4gateway_models, [])


# -- their route tables ----------------------------------------------------------------------------------


def associate_route_table_with_gateway(account: SdkAccount) -> None:
    gateway_id, table_id = _associated(account)
    assert _ipv4(account, gateway_id).ipv_4gateway_route_table_id == table_id


def dissociate_route_table_from_gateway(account: SdkAccount) -> None:
    gateway_id, table_id = _associated(account)
    request = vpc_models.DissociateRouteTableFromGatewayRequest(
        region_id=REGION, gateway_id=gateway_id, gateway_type="Ipv4Gateway", route_table_id=table_id
    )
    account.vpc.dissociate_route_table_from_gateway(request)
    poll(lambda: _ipv4(account, gateway_id).ipv_4gateway_route_table_id, "")


def list_gateway_route_table_entries(account: SdkAccount) -> None:
    assert account.vswitch_id
    _, table_id = _associated(account)
    request = vpc_models.ListGatewayRouteTableEntriesRequest(
        region_id=REGION, gateway_route_table_id=table_id
    )
    (entry,) = account.vpc.list_gateway_route_table_entries(request).gateway_route_entry_models
    assert entry.destination_cidr_block == "10.0.0.0/24"


# -- IPv6 gateways -----------------------------------------------------------------------------------------


def create_ipv_6gateway(account: SdkAccount) -> None:
    shown = _ipv6(account, _new_ipv6(account))
    assert (shown.name, shown.vpc_id, shown.status) == ("gate", account.vpc_id, "Available")


def modify_ipv_6gateway_attribute(account: SdkAccount) -> None:
    gateway_id = _new_ipv6(account)
    request = vpc_models.ModifyIpv6GatewayAttributeRequest(
        region_id=REGION, ipv_6gateway_id=gateway_id, name="renamed", description="mine"
    )
    account.vpc.modify_ipv_6gateway_attribute(request)
    shown = _ipv6(account, gateway_id)
    assert (shown.name, shown.description) == ("renamed", "mine")


def describe_ipv_6gateway_attribute(account: SdkAccount) -> None:
    assert _ipv6(account, _new_ipv6(account)).business_status == "Normal"


def describe_ipv_6gateways(account: SdkAccount) -> None:
    gateway_id = _new_ipv6(account)
    request = vpc_models.DescribeIpv6GatewaysRequest(region_id=REGION, vpc_id=account.vpc_id)
    (shown,) = account.vpc.describe_ipv_6gateways(request).ipv_6gateways.ipv_6gateway
    assert shown.ipv_6gateway_id == gateway_id


def delete_ipv_6gateway(account: SdkAccount) -> None:
    gateway_id = _new_ipv6(account)
    request = vpc_models.DeleteIpv6GatewayRequest(region_id=REGION, ipv_6gateway_id=gateway_id)
    account.vpc.delete_ipv_6gateway(request)
    listing = vpc_models.DescribeIpv6GatewaysRequest(region_id=REGION, ipv_6gateway_id=gateway_id)
    poll(lambda: account.vpc.describe_ipv_6gateways(listing).total_count, 0)
