"""How users call the actions on NAT gateways and their rules with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount

ELSEWHERE = "203.0.113.9"
"""An address that no account has."""


def _gateway(account: SdkAccount, addresses: int = 2) -> str:
    """Create a NAT gateway with new EIPs, and wait until it can be used."""
    made = account.vpc(
        "CreateNatGateway",
        NatGatewayName="out",
        VpcId=account.vpc_id,
        AddressCount=addresses,
        Tags=[CITY],
    )
    (shown,) = made.NatGatewaySet
    assert (made.TotalCount, shown.State) == (1, "PENDING")
    account.wait_for_task(made.RequestId)
    gateway_id: str = shown.NatGatewayId
    return gateway_id


def _show(account: SdkAccount, gateway_id: str) -> Any:
    found = account.vpc("DescribeNatGateways", NatGatewayIds=[gateway_id]).NatGatewaySet
    return found[0] if found else None


def _ips(account: SdkAccount, gateway_id: str) -> list[str]:
    return [each.PublicIpAddress for each in _show(account, gateway_id).PublicIpAddressSet]


def _eip(account: SdkAccount, ip: str) -> Any:
    (shown,) = account.vpc("DescribeAddresses", Filters=[{"Name": "address-ip", "Values": [ip]}]).AddressSet
    return shown


def _private_ip(account: SdkAccount) -> str:
    (instance,) = account.cvm("DescribeInstances", InstanceIds=[account.instance_id]).InstanceSet
    ip: str = instance.PrivateIpAddresses[0]
    return ip


# -- gateways ----------------------------------------------------------------------------------------------


def create_nat_gateway(account: SdkAccount) -> None:
    gateway_id = _gateway(account)
    shown = _show(account, gateway_id)
    assert (shown.State, shown.NetworkState, shown.VpcId) == ("AVAILABLE", "AVAILABLE", account.vpc_id)
    assert (shown.InternetMaxBandwidthOut, shown.MaxConcurrentConnection) == (100, 1_000_000)
    assert [(each.Key, each.Value) for each in shown.TagSet] == [("city", "shanghai")]
    for bound in shown.PublicIpAddressSet:
        eip = _eip(account, bound.PublicIpAddress)
        assert (eip.AddressId, eip.InstanceId) == (bound.AddressId, gateway_id)
        assert (eip.AddressStatus, eip.InstanceType) == ("BIND", "NAT")
    assert account.refusal("DeleteVpc", VpcId=account.vpc_id) == "ResourceInUse"


def describe_nat_gateways(account: SdkAccount) -> None:
    gateway_id = create_nat_gateway_destination_ip_port_translation_nat_rule(account)
    other_id = _gateway(account, 1)
    by_name = {"Name": "nat-gateway-name", "Values": ["out"]}
    page = account.vpc("DescribeNatGateways", Filters=[by_name], Offset=1, Limit=10)
    (shown,) = page.NatGatewaySet
    assert (page.TotalCount, shown.NatGatewayId) == (2, gateway_id)
    (rule,) = shown.DestinationIpPortTranslationNatRuleSet
    assert (rule.IpProtocol, rule.PublicPort, rule.PrivatePort) == ("TCP", 80, 8080)
    account.vpc("DeleteNatGateway", NatGatewayId=other_id)
    going = {"Name": "nat-state", "Values": ["DELETING"]}
    assert account.vpc("DescribeNatGateways", Filters=[going]).TotalCount == 1


def modify_nat_gateway_attribute(account: SdkAccount) -> None:
    gateway_id = _gateway(account)
    change = {"NatGatewayName": "shop", "InternetMaxBandwidthOut": 200, "DeletionProtectionEnabled": True}
    account.vpc("ModifyNatGatewayAttribute", NatGatewayId=gateway_id, **change)
    shown = _show(account, gateway_id)
    assert (shown.NatGatewayName, shown.InternetMaxBandwidthOut) == ("shop", 200)
    protected = "UnsupportedOperation.DeletionProtectionEnabled"
    assert account.refusal("DeleteNatGateway", NatGatewayId=gateway_id) == protected


def reset_nat_gateway_connection(account: SdkAccount) -> None:
    gateway_id = _gateway(account)
    size = {"NatGatewayId": gateway_id, "MaxConcurrentConnection": 3_000_000}
    reply = account.vpc("ResetNatGatewayConnection", **size)
    assert _show(account, gateway_id).State == "UPDATING"
    assert account.refusal("ResetNatGatewayConnection", **size) == "UnsupportedOperation.NatGatewayIsBusy"
    account.wait_for_task(reply.RequestId)
    shown = _show(account, gateway_id)
    assert (shown.State, shown.MaxConcurrentConnection) == ("AVAILABLE", 3_000_000)


def delete_nat_gateway(account: SdkAccount) -> None:
    gateway_id = _gateway(account)
    first, _ = _ips(account, gateway_id)
    (subnet,) = account.vpc("DescribeSubnets", SubnetIds=[account.subnet_id]).SubnetSet
    out = {"DestinationCidrBlock": "0.0.0.0/0", "GatewayType": "NAT", "GatewayId": gateway_id}
    account.vpc("CreateRoutes", RouteTableId=subnet.RouteTableId, Routes=[out])
    reply = account.vpc("DeleteNatGateway", NatGatewayId=gateway_id)
    account.wait_for_task(reply.RequestId)
    assert _show(account, gateway_id) is None
    assert _eip(account, first).AddressStatus == "UNBIND"
    assert account.vpc("DescribeRouteList").TotalCount == 0


# -- their public addresses --------------------------------------------------------------------------------


def associate_nat_gateway_address(account: SdkAccount) -> None:
    gateway_id = _gateway(account)
    (address_id,) = account.vpc("AllocateAddresses").AddressSet
    poll(lambda: _state_of(account, address_id), "UNBIND")
    ip = account.vpc("DescribeAddresses", AddressIds=[address_id]).AddressSet[0].AddressIp
    reply = account.vpc("AssociateNatGatewayAddress", NatGatewayId=gateway_id, PublicIpAddresses=[ip])
    account.wait_for_task(reply.RequestId)
    assert (_state_of(account, address_id), len(_ips(account, gateway_id))) == ("BIND", 3)
    assert ip in _ips(account, gateway_id)


def _state_of(account: SdkAccount, address_id: str) -> str:
    state: str = account.vpc("DescribeAddresses", AddressIds=[address_id]).AddressSet[0].AddressStatus
    return state


def disassociate_nat_gateway_address(account: SdkAccount) -> None:
    gateway_id = _gateway(account)
    first, last = _ips(account, gateway_id)
    action = "DisassociateNatGatewayAddress"
    reply = account.vpc(action, NatGatewayId=gateway_id, PublicIpAddresses=[first])
    account.wait_for_task(reply.RequestId)
    assert (_ips(account, gateway_id), _eip(account, first).AddressStatus) == ([last], "UNBIND")
    stays = "UnsupportedOperation.PublicIpAddressDisassociate"
    assert account.refusal(action, NatGatewayId=gateway_id, PublicIpAddresses=[last]) == stays


# -- SNAT rules --------------------------------------------------------------------------------------------


def _snat(account: SdkAccount, gateway_id: str) -> Any:
    (rule,) = account.vpc(
        "DescribeNatGatewaySourceIpTranslationNatRules", NatGatewayId=gateway_id
    ).SourceIpTranslationNatRuleSet
    return rule


def create_nat_gateway_source_ip_translation_nat_rule(account: SdkAccount) -> str:
    action = "CreateNatGatewaySourceIpTranslationNatRule"
    gateway_id = _gateway(account)
    rule = {
        "ResourceId": account.subnet_id,
        "ResourceType": "SUBNET",
        "PrivateIpAddress": "10.0.0.0/24",
        "PublicIpAddresses": _ips(account, gateway_id)[:1],
        "Description": "web",
    }
    account.vpc(action, NatGatewayId=gateway_id, SourceIpTranslationNatRules=[rule])
    shown = _snat(account, gateway_id)
    assert {name: getattr(shown, name) for name in rule} == rule
    assert (shown.NatGatewayId, shown.VpcId) == (gateway_id, account.vpc_id)
    twice = "InvalidParameterValue.NatSnatRuleExists"
    assert account.refusal(action, NatGatewayId=gateway_id, SourceIpTranslationNatRules=[rule]) == twice
    return gateway_id


def describe_nat_gateway_source_ip_translation_nat_rules(account: SdkAccount) -> None:
    gateway_id = create_nat_gateway_source_ip_translation_nat_rule(account)
    first, second = _ips(account, gateway_id)
    for ip, count in ((first, 1), (second, 0)):
        reply = account.vpc(
            "DescribeNatGatewaySourceIpTranslationNatRules",
            NatGatewayId=gateway_id,
            Filters=[{"Name": "public-ip-address", "Values": [ip]}],
        )
        assert (reply.TotalCount, len(reply.SourceIpTranslationNatRuleSet)) == (count, count)


def modify_nat_gateway_source_ip_translation_nat_rule(account: SdkAccount) -> None:
    gateway_id = create_nat_gateway_source_ip_translation_nat_rule(account)
    change = {
        "NatGatewaySnatId": _snat(account, gateway_id).NatGatewaySnatId,
        "ResourceId": account.subnet_id,
        "ResourceType": "SUBNET",
        "PrivateIpAddress": "10.0.0.0/24",
        "Description": "all",
    }

    def modify(ips: list[str]) -> dict[str, Any]:
        changed = {**change, "PublicIpAddresses": ips}
        return {"NatGatewayId": gateway_id, "SourceIpTranslationNatRule": changed}

    action, both = "ModifyNatGatewaySourceIpTranslationNatRule", _ips(account, gateway_id)
    account.vpc(action, **modify(both))
    shown = _snat(account, gateway_id)
    assert (sorted(shown.PublicIpAddresses), shown.Description) == (sorted(both), "all")
    assert account.refusal(action, **modify([ELSEWHERE])) == "UnsupportedOperation.UnbindEIP"


def delete_nat_gateway_source_ip_translation_nat_rule(account: SdkAccount) -> None:
    gateway_id = create_nat_gateway_source_ip_translation_nat_rule(account)
    ids = {"NatGatewayId": gateway_id, "NatGatewaySnatIds": [_snat(account, gateway_id).NatGatewaySnatId]}
    action, gone = (
        "DeleteNatGatewaySourceIpTranslationNatRule",
        "InvalidParameterValue.NatGatewaySnatRuleNotExists",
    )
    assert account.vpc(action, **ids).RequestId
    assert _show(account, gateway_id).SourceIpTranslationNatRuleSet == []
    assert account.refusal(action, **ids) == gone


# -- DNAT rules --------------------------------------------------------------------------------------------


def _forwarding(account: SdkAccount, gateway_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "IpProtocol": "TCP",
        "PublicIpAddress": _ips(account, gateway_id)[0],
        "PublicPort": 80,
        "PrivateIpAddress": _private_ip(account),
        "PrivatePort": 8080,
        "Description": "web",
        **changes,
    }


def _dnat(account: SdkAccount, gateway_id: str) -> Any:
    reply = account.vpc(
        "DescribeNatGatewayDestinationIpPortTranslationNatRules", NatGatewayIds=[gateway_id]
    )
    return reply.NatGatewayDestinationIpPortTranslationNatRuleSet


def create_nat_gateway_destination_ip_port_translation_nat_rule(account: SdkAccount) -> str:
    action = "CreateNatGatewayDestinationIpPortTranslationNatRule"
    gateway_id = _gateway(account)
    rule = _forwarding(account, gateway_id)
    account.vpc(action, NatGatewayId=gateway_id, DestinationIpPortTranslationNatRules=[rule])
    (shown,) = _dnat(account, gateway_id)
    assert {name: getattr(shown, name) for name in rule} == rule
    assert (shown.NatGatewayId, shown.VpcId) == (gateway_id, account.vpc_id)
    for change, code in (
        ({}, "InvalidParameterValue.NatGatewayDnatRuleExisted"),
        ({"PublicIpAddress": ELSEWHERE}, "UnsupportedOperation.NatGatewayEipNotExists"),
        (
            {"PublicPort": 81, "PrivateIpAddress": "10.0.0.250"},
            "InvalidParameterValue.NatGatewayDnatRulePipNeedVm",
        ),
    ):
        wrong = {"NatGatewayId": gateway_id, "DestinationIpPortTranslationNatRules": [{**rule, **change}]}
        assert account.refusal(action, **wrong) == code
    return gateway_id


def describe_nat_gateway_destination_ip_port_translation_nat_rules(account: SdkAccount) -> None:
    create_nat_gateway_destination_ip_port_translation_nat_rule(account)
    by_vpc = {"Name": "vpc-id", "Values": [account.vpc_id]}
    for port, count in (("80", 1), ("81", 0)):
        by_port = {"Name": "public-port", "Values": [port]}
        reply = account.vpc(
            "DescribeNatGatewayDestinationIpPortTranslationNatRules", Filters=[by_vpc, by_port]
        )
        assert reply.TotalCount == count


def modify_nat_gateway_destination_ip_port_translation_nat_rule(account: SdkAccount) -> None:
    gateway_id = create_nat_gateway_destination_ip_port_translation_nat_rule(account)
    account.vpc(
        "ModifyNatGatewayDestinationIpPortTranslationNatRule",
        NatGatewayId=gateway_id,
        SourceNatRule=_forwarding(account, gateway_id),
        DestinationNatRule=_forwarding(account, gateway_id, IpProtocol="UDP", PublicPort=53),
    )
    (shown,) = _dnat(account, gateway_id)
    assert (shown.IpProtocol, shown.PublicPort, shown.PrivatePort) == ("UDP", 53, 8080)


def delete_nat_gateway_destination_ip_port_translation_nat_rule(account: SdkAccount) -> None:
    gateway_id = create_nat_gateway_destination_ip_port_translation_nat_rule(account)
    rules = [_forwarding(account, gateway_id)]
    named = {"NatGatewayId": gateway_id, "DestinationIpPortTranslationNatRules": rules}
    action = "DeleteNatGatewayDestinationIpPortTranslationNatRule"
    assert account.vpc(action, **named).RequestId
    assert _dnat(account, gateway_id) == []
    assert account.refusal(action, **named) == "InvalidParameterValue.NatGatewayDnatRuleNotExists"
