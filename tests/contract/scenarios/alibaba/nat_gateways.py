"""How users call the actions on NAT gateways and their entries with Alibaba Cloud's SDK."""

from typing import Any

import attrs
from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import OTHER_ZONE, REGION, ZONE, refused, vpc_models

# -- gateways ----------------------------------------------------------------------------------------------


def _create(account: SdkAccount, **more: Any) -> Any:
    """Create a gateway, wait until it is Available, and return what CreateNatGateway answered."""
    request = vpc_models.CreateNatGatewayRequest(
        region_id=REGION,
        vpc_id=account.vpc_id,
        v_switch_id=account.vswitch_id,
        nat_type="Enhanced",
        name="nat",
        **more,
    )
    made = account.vpc.create_nat_gateway(request)
    poll(lambda: _show(account, made.nat_gateway_id).status, "Available")
    return made


def _show(account: SdkAccount, gateway_id: str) -> Any:
    request = vpc_models.DescribeNatGatewaysRequest(region_id=REGION, nat_gateway_id=gateway_id)
    found = account.vpc.describe_nat_gateways(request).nat_gateways.nat_gateway
    return found[0] if found else None


def create_nat_gateway(account: SdkAccount) -> None:
    tag = vpc_models.CreateNatGatewayRequestTag(key="team", value="x")
    made = _create(account, nat_ip="10.0.0.9", eip_bind_mode="NAT", tag=[tag])
    shown = _show(account, made.nat_gateway_id)
    assert (shown.nat_type, shown.network_type, shown.eip_bind_mode) == ("Enhanced", "internet", "NAT")
    assert (shown.instance_charge_type, shown.internet_charge_type) == ("PostPaid", "PayByLcu")
    assert shown.snat_table_ids.snat_table_id == made.snat_table_ids.snat_table_id
    assert shown.forward_table_ids.forward_table_id == made.forward_table_ids.forward_table_id
    private = shown.nat_gateway_private_info
    assert (private.vswitch_id, private.iz_no) == (account.vswitch_id, ZONE)
    assert private.private_ip_address == "10.0.0.9"
    assert [(each.tag_key, each.tag_value) for each in shown.tags.tag] == [("team", "x")]
    assert _default_routes(account) == [("NatGateway", made.nat_gateway_id)]


def _default_routes(account: SdkAccount) -> list[tuple[str, str]]:
    """Return the types and ids of what 0.0.0.0/0 leads to in the VPC's own route table."""
    request = vpc_models.DescribeRouteEntryListRequest(
        region_id=REGION,
        route_table_id=account.describe_vswitch().route_table.route_table_id,
        destination_cidr_block="0.0.0.0/0",
    )
    found = account.vpc.describe_route_entry_list(request).route_entrys.route_entry
    hops = [hop for entry in found for hop in entry.next_hops.next_hop]
    return [(hop.next_hop_type, hop.next_hop_id) for hop in hops]


def describe_nat_gateways(account: SdkAccount) -> None:
    first, second = (_create(account).nat_gateway_id for _ in range(2))
    request = vpc_models.DescribeNatGatewaysRequest(
        region_id=REGION, vpc_id=account.vpc_id, zone_id=ZONE, page_size=1, page_number=2
    )
    page = account.vpc.describe_nat_gateways(request)
    assert (page.total_count, page.page_number, page.page_size) == (2, 2, 1)
    assert [each.nat_gateway_id for each in page.nat_gateways.nat_gateway] == [first]
    assert first != second
    elsewhere = vpc_models.DescribeNatGatewaysRequest(region_id=REGION, zone_id=OTHER_ZONE)
    assert account.vpc.describe_nat_gateways(elsewhere).nat_gateways.nat_gateway == []


def get_nat_gateway_attribute(account: SdkAccount) -> None:
    nat = _furnish(account)
    _snat_entry(account, nat)
    request = vpc_models.GetNatGatewayAttributeRequest(region_id=REGION, nat_gateway_id=nat.id)
    shown = account.vpc.get_nat_gateway_attribute(request)
    assert (shown.name, shown.status, shown.vpc_id) == ("nat", "Available", account.vpc_id)
    assert (shown.snat_table.snat_table_id, shown.snat_table.snat_entry_count) == (nat.snat_table, 1)
    assert shown.forward_table.forward_table_id == nat.forward_table
    assert shown.forward_table.forward_entry_count == 0
    (bound,) = shown.ip_list
    assert (bound.ip_address, bound.using_status) == (nat.eip, "UsedBySnatTable")
    assert shown.private_info.vswitch_id == account.vswitch_id


def modify_nat_gateway_attribute(account: SdkAccount) -> None:
    gateway_id = _create(account).nat_gateway_id
    request = vpc_models.ModifyNatGatewayAttributeRequest(
        region_id=REGION, nat_gateway_id=gateway_id, name="shop", icmp_reply_enabled=False
    )
    account.vpc.modify_nat_gateway_attribute(request)
    shown = _show(account, gateway_id)
    assert (shown.name, shown.icmp_reply_enabled) == ("shop", False)


def modify_nat_gateway_spec(account: SdkAccount) -> None:
    gateway_id = _create(account, internet_charge_type="PayBySpec", spec="Small").nat_gateway_id
    request = vpc_models.ModifyNatGatewaySpecRequest(
        region_id=REGION, nat_gateway_id=gateway_id, spec="Large"
    )
    account.vpc.modify_nat_gateway_spec(request)
    poll(lambda: _show(account, gateway_id).status, "Available")
    assert _show(account, gateway_id).spec == "Large"
    with refused("NATGW_MODIFY_SPEC_SAME"):
        account.vpc.modify_nat_gateway_spec(request)


def delete_nat_gateway(account: SdkAccount) -> None:
    nat = _furnish(account)
    _snat_entry(account, nat)
    request = vpc_models.DeleteNatGatewayRequest(region_id=REGION, nat_gateway_id=nat.id)
    with refused("DependencyViolation.SnatEntry"):
        account.vpc.delete_nat_gateway(request)
    request.force = True
    account.protect("NATGW", nat.id, on=True)
    assert _show(account, nat.id).deletion_protection is True
    with refused("InvalidOperation.DeletionProtection"):
        account.vpc.delete_nat_gateway(request)
    account.protect("NATGW", nat.id, on=False)
    account.vpc.delete_nat_gateway(request)
    poll(lambda: _show(account, nat.id), None)
    poll(lambda: account.describe_eip(nat.eip_id).status, "Available")
    assert _default_routes(account) == []


def list_enhanhced_nat_gateway_available_zones(account: SdkAccount) -> None:
    request = vpc_models.ListEnhanhcedNatGatewayAvailableZonesRequest(
        region_id=REGION, accept_language="en-US"
    )
    names = {
        each.zone_id: each.local_name
        for each in account.vpc.list_enhanhced_nat_gateway_available_zones(request).zones
    }
    assert {ZONE, OTHER_ZONE} <= set(names)
    assert all(names.values())


# -- entries -----------------------------------------------------------------------------------------------


@attrs.frozen
class _Nat:
    """A gateway with an EIP."""

    id: str
    snat_table: str
    forward_table: str
    eip_id: str
    eip: str


def _furnish(account: SdkAccount) -> _Nat:
    made = _create(account)
    eip_id, eip = _bound_eip(account, made.nat_gateway_id)
    (snat_table,), (forward_table,) = (
        made.snat_table_ids.snat_table_id,
        made.forward_table_ids.forward_table_id,
    )
    return _Nat(made.nat_gateway_id, snat_table, forward_table, eip_id, eip)


def _bound_eip(account: SdkAccount, gateway_id: str) -> tuple[str, str]:
    """Associate a new EIP with a gateway, and return its id and its address."""
    eip_id, eip = account.allocate_eip()
    account.vpc.associate_eip_address(
        vpc_models.AssociateEipAddressRequest(
            region_id=REGION, allocation_id=eip_id, instance_id=gateway_id, instance_type="Nat"
        )
    )
    poll(lambda: account.describe_eip(eip_id).status, "InUse")
    return eip_id, eip


def _snat_request(account: SdkAccount, nat: _Nat) -> Any:
    return vpc_models.CreateSnatEntryRequest(
        region_id=REGION,
        snat_table_id=nat.snat_table,
        source_vswitch_id=account.vswitch_id,
        snat_ip=nat.eip,
        snat_entry_name="out",
    )


def _snat_entry(account: SdkAccount, nat: _Nat) -> str:
    """Create an SNAT entry, and wait until it is Available."""
    entry_id: str = account.vpc.create_snat_entry(_snat_request(account, nat)).snat_entry_id
    poll(lambda: _shown_snat(account, nat, entry_id).status, "Available")
    return entry_id


def _shown_snat(account: SdkAccount, nat: _Nat, entry_id: str) -> Any:
    request = vpc_models.DescribeSnatTableEntriesRequest(
        region_id=REGION, snat_table_id=nat.snat_table, snat_entry_id=entry_id
    )
    found = account.vpc.describe_snat_table_entries(request).snat_table_entries.snat_table_entry
    return found[0] if found else None


def create_snat_entry(account: SdkAccount) -> None:
    nat = _furnish(account)
    shown = _shown_snat(account, nat, _snat_entry(account, nat))
    assert (shown.source_cidr, shown.source_vswitch_id) == ("10.0.0.0/24", account.vswitch_id)
    assert (shown.snat_ip, shown.nat_gateway_id) == (nat.eip, nat.id)
    with refused("Forbidden.SourceVSwitchId.Duplicated"):
        account.vpc.create_snat_entry(_snat_request(account, nat))


def describe_snat_table_entries(account: SdkAccount) -> None:
    nat = _furnish(account)
    entry_id = _snat_entry(account, nat)
    request = vpc_models.DescribeSnatTableEntriesRequest(
        region_id=REGION, nat_gateway_id=nat.id, snat_ip=nat.eip, source_cidr="10.0.0.0/24"
    )
    page = account.vpc.describe_snat_table_entries(request)
    (shown,) = page.snat_table_entries.snat_table_entry
    assert (page.total_count, shown.snat_entry_id, shown.snat_entry_name) == (1, entry_id, "out")


def modify_snat_entry(account: SdkAccount) -> None:
    nat = _furnish(account)
    entry_id = _snat_entry(account, nat)
    _, other_eip = _bound_eip(account, nat.id)
    request = vpc_models.ModifySnatEntryRequest(
        region_id=REGION,
        snat_table_id=nat.snat_table,
        snat_entry_id=entry_id,
        snat_ip=other_eip,
        snat_entry_name="other",
    )
    account.vpc.modify_snat_entry(request)
    poll(lambda: _shown_snat(account, nat, entry_id).status, "Available")
    shown = _shown_snat(account, nat, entry_id)
    assert (shown.snat_ip, shown.snat_entry_name) == (other_eip, "other")


def delete_snat_entry(account: SdkAccount) -> None:
    nat = _furnish(account)
    entry_id = _snat_entry(account, nat)
    request = vpc_models.DeleteSnatEntryRequest(
        region_id=REGION, snat_table_id=nat.snat_table, snat_entry_id=entry_id
    )
    account.vpc.delete_snat_entry(request)
    poll(lambda: _shown_snat(account, nat, entry_id), None)
    poll(lambda: _show(account, nat.id).ip_lists.ip_list[0].using_status, "idle")


def _forward_request(account: SdkAccount, nat: _Nat) -> Any:
    (private_ip,) = account.describe_instance(
        account.instance_id
    ).vpc_attributes.private_ip_address.ip_address
    return vpc_models.CreateForwardEntryRequest(
        region_id=REGION,
        forward_table_id=nat.forward_table,
        external_ip=nat.eip,
        external_port="80",
        internal_ip=private_ip,
        internal_port="8080",
        ip_protocol="TCP",
        forward_entry_name="in",
    )


def _forward_entry(account: SdkAccount, nat: _Nat) -> str:
    """Create a DNAT entry to the instance, and wait until it is Available."""
    entry_id: str = account.vpc.create_forward_entry(_forward_request(account, nat)).forward_entry_id
    poll(lambda: _shown_forward(account, nat, entry_id).status, "Available")
    return entry_id


def _shown_forward(account: SdkAccount, nat: _Nat, entry_id: str) -> Any:
    request = vpc_models.DescribeForwardTableEntriesRequest(
        region_id=REGION, forward_table_id=nat.forward_table, forward_entry_id=entry_id
    )
    found = account.vpc.describe_forward_table_entries(request).forward_table_entries.forward_table_entry
    return found[0] if found else None


def create_forward_entry(account: SdkAccount) -> None:
    nat = _furnish(account)
    request = _forward_request(account, nat)
    shown = _shown_forward(account, nat, _forward_entry(account, nat))
    assert (shown.external_ip, shown.external_port, shown.ip_protocol) == (nat.eip, "80", "TCP")
    assert (shown.internal_ip, shown.internal_port) == (request.internal_ip, "8080")
    with refused("Forbidden.Already.Bounded"):
        account.vpc.create_forward_entry(request)


def describe_forward_table_entries(account: SdkAccount) -> None:
    nat = _furnish(account)
    entry_id = _forward_entry(account, nat)
    request = vpc_models.DescribeForwardTableEntriesRequest(
        region_id=REGION, nat_gateway_id=nat.id, external_port="80", ip_protocol="tcp"
    )
    page = account.vpc.describe_forward_table_entries(request)
    (shown,) = page.forward_table_entries.forward_table_entry
    assert (page.total_count, shown.forward_entry_id, shown.forward_entry_name) == (1, entry_id, "in")


def modify_forward_entry(account: SdkAccount) -> None:
    nat = _furnish(account)
    entry_id = _forward_entry(account, nat)
    request = vpc_models.ModifyForwardEntryRequest(
        region_id=REGION,
        forward_table_id=nat.forward_table,
        forward_entry_id=entry_id,
        external_port="443",
        forward_entry_name="other",
    )
    account.vpc.modify_forward_entry(request)
    poll(lambda: _shown_forward(account, nat, entry_id).status, "Available")
    shown = _shown_forward(account, nat, entry_id)
    assert (shown.external_port, shown.internal_port) == ("443", "8080")
    assert shown.forward_entry_name == "other"


def delete_forward_entry(account: SdkAccount) -> None:
    nat = _furnish(account)
    entry_id = _forward_entry(account, nat)
    request = vpc_models.DeleteForwardEntryRequest(
        region_id=REGION, forward_table_id=nat.forward_table, forward_entry_id=entry_id
    )
    account.vpc.delete_forward_entry(request)
    poll(lambda: _shown_forward(account, nat, entry_id), None)
