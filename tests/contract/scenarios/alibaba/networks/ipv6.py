"""How users call the actions on IPv6 addresses and their bandwidth with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models, vpc_models


def _gateway(account: SdkAccount) -> str:
    request = vpc_models.CreateIpv6GatewayRequest(region_id=REGION, vpc_id=account.vpc_id)
    gateway_id: str = account.vpc.create_ipv_6gateway(request).ipv_6gateway_id
    asking = vpc_models.DescribeIpv6GatewayAttributeRequest(region_id=REGION, ipv_6gateway_id=gateway_id)
    poll(lambda: account.vpc.describe_ipv_6gateway_attribute(asking).status, "Available")
    return gateway_id


def _show(account: SdkAccount, **criteria: Any) -> Any:
    request = vpc_models.DescribeIpv6AddressesRequest(region_id=REGION, **criteria)
    found = account.vpc.describe_ipv_6addresses(request).ipv_6addresses.ipv_6address
    return found[0] if found else None


def _of_interface(account: SdkAccount) -> str:
    """Return the id of an IPv6 address of the account's interface, whose VPC has a gateway."""
    account.ipv6 = True
    _gateway(account)
    request = ecs_models.AssignIpv6AddressesRequest(
        region_id=REGION, network_interface_id=account.interface_id, ipv_6address_count=1
    )
    account.ecs.assign_ipv_6addresses(request)
    address_id: str = _show(account, associated_instance_id=account.interface_id).ipv_6address_id
    return address_id


def allocate_ipv_6address(account: SdkAccount) -> str:
    account.ipv6 = True
    request = vpc_models.AllocateIpv6AddressRequest(
        region_id=REGION,
        v_switch_id=account.vswitch_id,
        ipv_6address_name="free",
        tag=[vpc_models.AllocateIpv6AddressRequestTag(key="k", value="v")],
    )
    made = account.vpc.allocate_ipv_6address(request)
    poll(lambda: _show(account, ipv_6address_id=made.ipv_6address_id).status, "Available")
    shown = _show(account, v_switch_id=account.vswitch_id)
    assert (shown.ipv_6address, shown.ipv_6address_name) == (made.ipv_6address, "free")
    assert [(each.key, each.value) for each in shown.tags.tag] == [("k", "v")]
    address_id: str = made.ipv_6address_id
    return address_id


def release_ipv_6address(account: SdkAccount) -> None:
    address_id = allocate_ipv_6address(account)
    request = vpc_models.ReleaseIpv6AddressRequest(region_id=REGION, ipv_6address_id=address_id)
    account.vpc.release_ipv_6address(request)
    poll(lambda: _show(account, ipv_6address_id=address_id), None)


def describe_ipv_6addresses(account: SdkAccount) -> None:
    shown = _show(account, ipv_6address_id=_of_interface(account))
    assert (shown.associated_instance_type, shown.network_type) == ("NetworkInterface", "Private")


def modify_ipv_6address_attribute(account: SdkAccount) -> None:
    address_id = _of_interface(account)
    request = vpc_models.ModifyIpv6AddressAttributeRequest(
        region_id=REGION, ipv_6address_id=address_id, name="mine", description="said"
    )
    account.vpc.modify_ipv_6address_attribute(request)
    shown = _show(account, name="mine")
    assert (shown.ipv_6address_id, shown.ipv_6address_description) == (address_id, "said")


def allocate_ipv_6internet_bandwidth(account: SdkAccount) -> tuple[str, str]:
    address_id = _of_interface(account)
    request = vpc_models.AllocateIpv6InternetBandwidthRequest(
        region_id=REGION, ipv_6address_id=address_id, bandwidth=5, internet_charge_type="PayByTraffic"
    )
    bandwidth_id: str = account.vpc.allocate_ipv_6internet_bandwidth(request).internet_bandwidth_id
    shown = _show(account, ipv_6internet_bandwidth_id=bandwidth_id)
    assert (shown.network_type, shown.real_bandwidth) == ("Public", 5)
    assert shown.ipv_6internet_bandwidth.internet_charge_type == "PayByTraffic"
    return address_id, bandwidth_id


def modify_ipv_6internet_bandwidth(account: SdkAccount) -> None:
    address_id, bandwidth_id = allocate_ipv_6internet_bandwidth(account)
    request = vpc_models.ModifyIpv6InternetBandwidthRequest(
        region_id=REGION, ipv_6internet_bandwidth_id=bandwidth_id, bandwidth=20
    )
    account.vpc.modify_ipv_6internet_bandwidth(request)
    assert _show(account, ipv_6address_id=address_id).ipv_6internet_bandwidth.bandwidth == 20


def delete_ipv_6internet_bandwidth(account: SdkAccount) -> None:
    address_id, bandwidth_id = allocate_ipv_6internet_bandwidth(account)
    request = vpc_models.DeleteIpv6InternetBandwidthRequest(
        region_id=REGION, ipv_6internet_bandwidth_id=bandwidth_id
    )
    account.vpc.delete_ipv_6internet_bandwidth(request)
    assert _show(account, ipv_6address_id=address_id).network_type == "Private"


def _rules(account: SdkAccount, gateway_id: str) -> list[Any]:
    request = vpc_models.DescribeIpv6EgressOnlyRulesRequest(region_id=REGION, ipv_6gateway_id=gateway_id)
    rules = account.vpc.describe_ipv_6egress_only_rules(request).ipv_6egress_only_rules
    found: list[Any] = rules.ipv_6egress_only_rule
    return found


def create_ipv_6egress_only_rule(account: SdkAccount) -> tuple[str, str]:
    address_id, _ = allocate_ipv_6internet_bandwidth(account)
    gateway_id = _show(account, ipv_6address_id=address_id).ipv_6gateway_id
    request = vpc_models.CreateIpv6EgressOnlyRuleRequest(
        region_id=REGION, ipv_6gateway_id=gateway_id, instance_id=address_id, name="out"
    )
    rule_id: str = account.vpc.create_ipv_6egress_only_rule(request).ipv_6egress_rule_id
    poll(lambda: _rules(account, gateway_id)[0].status, "Available")
    return gateway_id, rule_id


def describe_ipv_6egress_only_rules(account: SdkAccount) -> None:
    gateway_id, rule_id = create_ipv_6egress_only_rule(account)
    (shown,) = _rules(account, gateway_id)
    assert (shown.ipv_6egress_only_rule_id, shown.name) == (rule_id, "out")


def delete_ipv_6egress_only_rule(account: SdkAccount) -> None:
    gateway_id, rule_id = create_ipv_6egress_only_rule(account)
    request = vpc_models.DeleteIpv6EgressOnlyRuleRequest(region_id=REGION, ipv_6egress_only_rule_id=rule_id)
    account.vpc.delete_ipv_6egress_only_rule(request)
    poll(lambda: _rules(account, gateway_id), [])
