"""NAT gateways and their entries as the vendor shows them.

A gateway has one SNAT table and one DNAT table, which have no life of their own: their ids are made of the
gateway's. Its ``extras`` are what it was created with, under the names of the answer.
"""

from typing import Final

from duolect_core.addressing.pools import format_ipv4
from duolect_core.model.nat_gateways import DnatRule, NatGateway, NatProtocol, Ports, SnatRule
from duolect_core.model.public_addresses import PublicAddress
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import GATEWAY_STATUS, NAT_RULE_STATUS, moment
from duolect_dialects.alibaba.views import default_group, tags
from duolect_dialects.session import Session

BY_USE: Final = "PayByLcu"
BY_SPEC: Final = "PayBySpec"
MAX_BANDWIDTH: Final = 5120
"""What the vendor's examples show, in Mbit/s."""
_PREFIX: Final = "ngw-"
_SNAT: Final = "stb-"
_DNAT: Final = "ftb-"


def snat_table(gateway_id: str) -> str:
    """Return the id of a gateway's SNAT table."""
    return _SNAT + gateway_id.removeprefix(_PREFIX)


def forward_table(gateway_id: str) -> str:
    """Return the id of a gateway's DNAT table."""
    return _DNAT + gateway_id.removeprefix(_PREFIX)


def of_snat_table(table_id: str) -> str:
    """Return the id that the gateway of an SNAT table has."""
    return _PREFIX + table_id.removeprefix(_SNAT) if table_id.startswith(_SNAT) else ""


def of_forward_table(table_id: str) -> str:
    """Return the id that the gateway of a DNAT table has."""
    return _PREFIX + table_id.removeprefix(_DNAT) if table_id.startswith(_DNAT) else ""


def created(gateway: NatGateway) -> Body:
    """Return what CreateNatGateway shows of the new gateway."""
    return {"NatGatewayId": gateway.id, **_tables(gateway)}


def _tables(gateway: NatGateway) -> Body:
    return {
        "SnatTableIds": {"SnatTableId": [snat_table(gateway.id)]},
        "ForwardTableIds": {"ForwardTableId": [forward_table(gateway.id)]},
        "FullNatTableIds": {"FullNatTableId": []},
    }


def resource_group(session: Session, gateway: NatGateway) -> str:
    """Return the resource group of a gateway, which is that of its VPC."""
    network = session.graph.networks[gateway.network_id]
    group: str = network.extras.get("ResourceGroupId") or default_group(session)
    return group


def nat_gateway(session: Session, gateway: NatGateway) -> Body:
    """Return a gateway as DescribeNatGateways lists it."""
    extras = gateway.extras
    private = _private(session, gateway)
    return {
        "NatGatewayId": gateway.id,
        "Name": gateway.name,
        "Description": gateway.description,
        "Status": GATEWAY_STATUS[gateway.state],
        "VpcId": gateway.network_id,
        "RegionId": session.call.region,
        "CreationTime": moment(gateway.created),
        "ExpiredTime": "",
        "BusinessStatus": "Normal",
        "AutoPay": False,
        "InstanceChargeType": "PostPaid",
        "InternetChargeType": charge_type(gateway),
        "Spec": spec(gateway),
        "NatType": "Enhanced",
        "NetworkType": "internet",
        "DeletionProtection": gateway.protected,
        "EcsMetricEnabled": False,
        "EipBindMode": extras["EipBindMode"],
        "EnableSessionLog": "false",
        "IcmpReplyEnabled": extras["IcmpReplyEnabled"],
        "PrivateLinkEnabled": False,
        "PrivateLinkMode": "",
        "SecurityProtectionEnabled": extras.get("SecurityProtectionEnabled", False),
        "AvailabilityMode": extras.get("AvailabilityMode", ""),
        "ResourceGroupId": resource_group(session, gateway),
        "IpLists": {"IpList": [_listed_ip(session, gateway, each) for each in bound(session, gateway)]},
        "IpPrefixList": {"IpPrefixList": []},
        "NatGatewayPrivateInfo": {
            **private,
            "EniType": "Secondary",
            "MaxSessionEstablishRate": 0,
            "MaxSessionQuota": 0,
        },
        **_tables(gateway),
        "Tags": tags(gateway.tags),
    }


def charge_type(gateway: NatGateway) -> str:
    """Return how a gateway is metered."""
    word: str = gateway.extras["InternetChargeType"]
    return word


def spec(gateway: NatGateway) -> str:
    """Return the size of a gateway; one that is metered by use has none."""
    word: str = gateway.extras.get("Spec", "")
    return word


def bound(session: Session, gateway: NatGateway) -> list[PublicAddress]:
    """Return the EIPs of a gateway."""
    graph = session.graph
    return [graph.public_addresses[each] for each in graph.public_addresses_by_gateway.ids(gateway.id)]


def _private(session: Session, gateway: NatGateway) -> Body:
    interface = session.graph.interfaces[gateway.interface_id or ""]
    return {
        "EniInstanceId": interface.id,
        "IzNo": gateway.zone,
        "MaxBandwidth": MAX_BANDWIDTH,
        "PrivateIpAddress": format_ipv4(interface.primary_ip),
        "VswitchId": interface.subnet_id,
    }


def _listed_ip(session: Session, gateway: NatGateway, address: PublicAddress) -> Body:
    graph = session.graph
    forwards = [graph.dnat_rules[each] for each in graph.dnat_rules_by_public_ip.ids(address.ip)]
    return {
        **_ip(session, address),
        "PrivateIpAddress": _private(session, gateway)["PrivateIpAddress"],
        "SnatEntryEnabled": all(each.protocol is not NatProtocol.ANY for each in forwards),
    }


def _ip(session: Session, address: PublicAddress) -> Body:
    graph = session.graph
    using = "idle"
    if graph.snat_rules_by_public_ip.ids(address.ip):
        using = "UsedBySnatTable"
    elif graph.dnat_rules_by_public_ip.ids(address.ip):
        using = "UsedByForwardTable"
    return {
        "AllocationId": address.id,
        "IpAddress": format_ipv4(address.ip),
        "UsingStatus": using,
    }


def nat_gateway_attribute(session: Session, gateway: NatGateway) -> Body:
    """Return a gateway as GetNatGatewayAttribute shows it."""
    graph, listed = session.graph, nat_gateway(session, gateway)
    return {
        **{name: listed[name] for name in _SAME},
        "BillingConfig": {
            "AutoPay": "false",
            "InstanceChargeType": listed["InstanceChargeType"],
            "InternetChargeType": listed["InternetChargeType"],
            "Spec": listed["Spec"],
        },
        "DeletionProtectionInfo": {"Enabled": gateway.protected},
        "EnableSessionLog": False,
        "ForwardTable": {
            "ForwardEntryCount": len(graph.dnat_rules_by_gateway.ids(gateway.id)),
            "ForwardTableId": forward_table(gateway.id),
        },
        "SnatTable": {
            "SnatEntryCount": len(graph.snat_rules_by_gateway.ids(gateway.id)),
            "SnatTableId": snat_table(gateway.id),
        },
        "FullNatTable": {"FullNatEntryCount": 0, "FullNatTableId": ""},
        "IpList": [_ip(session, each) for each in bound(session, gateway)],
        "LogDelivery": {
            "DeliverLogsErrorMessage": "",
            "DeliveryStatus": "",
            "LogDeliveryType": "",
            "LogDestination": "",
        },
        "PrivateInfo": _private(session, gateway),
    }


_SAME: Final = (
    "NatGatewayId", "Name", "Description", "Status", "VpcId", "RegionId", "CreationTime", "ExpiredTime",
    "BusinessStatus", "NatType", "NetworkType", "EcsMetricEnabled", "PrivateLinkEnabled",
    "PrivateLinkMode", "AvailabilityMode", "ResourceGroupId",
)  # fmt: skip
"""What DescribeNatGateways shows in the same way."""


# -- entries ------------------------------------------------------------------------------------------


def snat_entry(rule: SnatRule) -> Body:
    """Return an SNAT entry as DescribeSnatTableEntries lists it."""
    return {
        "SnatEntryId": rule.id,
        "SnatEntryName": rule.name,
        "SnatIp": ",".join(map(format_ipv4, rule.public_ips)),
        "SnatTableId": snat_table(rule.gateway_id),
        "NatGatewayId": rule.gateway_id,
        "SourceCIDR": str(rule.source),
        "SourceVSwitchId": rule.source_id,
        "EipAffinity": str(rule.extras.get("EipAffinity", 0)),
        "NetworkInterfaceId": "",
        "Status": NAT_RULE_STATUS[rule.state],
    }


def forward_entry(rule: DnatRule) -> Body:
    """Return a DNAT entry as DescribeForwardTableEntries lists it; the protocol as it was written."""
    protocol = rule.extras["IpProtocol"]
    return {
        "ForwardEntryId": rule.id,
        "ForwardEntryName": rule.name,
        "ForwardTableId": forward_table(rule.gateway_id),
        "NatGatewayId": rule.gateway_id,
        "ExternalIp": format_ipv4(rule.public_ip),
        "ExternalPort": ports(rule.public_ports, protocol),
        "InternalIp": format_ipv4(rule.private_ip),
        "InternalPort": ports(rule.private_ports, protocol),
        "IpProtocol": protocol,
        "Status": NAT_RULE_STATUS[rule.state],
    }


def ports(shown: Ports | None, protocol: str) -> str:
    """Return ports as they are written: ``80``, ``10/20``, or Any as the protocol is."""
    if shown is None:
        return protocol
    first, last = shown
    return str(first) if first == last else f"{first}/{last}"
