"""NAT gateways and their rules as the vendor shows them: every documented field, of its exact type."""

from typing import Final

from duolect_core.addressing.pools import format_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.nat_gateways import DnatRule, NatGateway, SnatRule
from duolect_core.model.public_addresses import PublicAddress
from duolect_dialects.action import Body
from duolect_dialects.tencent.names import NAT_GATEWAY_STATE, local_time
from duolect_dialects.tencent.tags.views import tags

_SINGLE: Final = 32
_TIMEOUTS: Final = {
    "UDPMappingTimeout": 10,
    "TCPEstablishedConnectionTimeout": 10800,
    "TCPTimeWaitTimeout": 120,
}
"""How long a connection is kept, in seconds: the defaults of the definition."""


def nat_gateway(graph: Graph, shown: NatGateway) -> Body:
    """Return a NAT gateway with its addresses and its rules."""
    extras = shown.extras
    bound = graph.public_addresses_by_gateway.ids(shown.id)
    return {
        "NatGatewayId": shown.id,
        "NatGatewayName": shown.name,
        "CreatedTime": local_time(shown.created),
        "State": NAT_GATEWAY_STATE[shown.state],
        "InternetMaxBandwidthOut": extras["InternetMaxBandwidthOut"],
        "MaxConcurrentConnection": extras["MaxConcurrentConnection"],
        "PublicIpAddressSet": [_address(graph.public_addresses[each]) for each in bound],
        "NetworkState": "AVAILABLE",
        "DestinationIpPortTranslationNatRuleSet": [
            forwarding(graph.dnat_rules[each]) for each in graph.dnat_rules_by_gateway.ids(shown.id)
        ],
        "VpcId": shown.network_id,
        "Zone": shown.zone,
        "DirectConnectGatewayIds": [],
        "SubnetId": "",
        "TagSet": tags(shown.tags),
        "SecurityGroupSet": [],
        "SourceIpTranslationNatRuleSet": [
            snat_rule(graph, graph.snat_rules[each]) for each in graph.snat_rules_by_gateway.ids(shown.id)
        ],
        "IsExclusive": False,
        "ExclusiveGatewayBandwidth": 0,
        "RestrictState": "NORMAL",
        "NatProductVersion": extras["NatProductVersion"],
        "StrictSnatMode": False,
        "SmartScheduleMode": False,
        "DedicatedClusterId": "",
        "DeletionProtectionEnabled": shown.protected,
        "ConnectionStateTimeouts": dict(_TIMEOUTS),
        "ExclusiveType": "",
        "AutoScaling": False,
        "ICMPProxy": True,
        "PublicAddressAffinity": extras.get("PublicAddressAffinity", True),
    }


def _address(of: PublicAddress) -> Body:
    return {
        "AddressId": of.id,
        "PublicIpAddress": format_ipv4(of.ip),
        "IsBlocked": False,
        "BlockType": "NORMAL",
    }


def snat_rule(graph: Graph, shown: SnatRule) -> Body:
    """Return an SNAT rule; an interface or an instance stands in it with its address."""
    source = shown.source
    single = source.prefixlen == _SINGLE and shown.extras["ResourceType"] != "USERDEFINED"
    return {
        "ResourceId": shown.source_id,
        "ResourceType": shown.extras["ResourceType"],
        "PrivateIpAddress": str(source.network_address) if single else str(source),
        "PublicIpAddresses": [format_ipv4(each) for each in shown.public_ips],
        "Description": shown.description,
        "NatGatewaySnatId": shown.id,
        "NatGatewayId": shown.gateway_id,
        "VpcId": graph.nat_gateways[shown.gateway_id].network_id,
        "CreatedTime": local_time(shown.created),
    }


def forwarding(shown: DnatRule) -> Body:
    """Return what a DNAT rule does."""
    public, private = shown.public_ports or (0, 0), shown.private_ports or (0, 0)
    return {
        "IpProtocol": shown.protocol.value.upper(),
        "PublicIpAddress": format_ipv4(shown.public_ip),
        "PublicPort": public[0],
        "PrivateIpAddress": format_ipv4(shown.private_ip),
        "PrivatePort": private[0],
        "Description": shown.description,
    }


def dnat_rule(graph: Graph, shown: DnatRule) -> Body:
    """Return a DNAT rule."""
    return {
        **forwarding(shown),
        "NatGatewayId": shown.gateway_id,
        "VpcId": graph.nat_gateways[shown.gateway_id].network_id,
        "CreatedTime": local_time(shown.created),
    }
