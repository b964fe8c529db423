"""IPv4 and IPv6 gateways as the VPC product shows them.

Sources: the answers of the actions in the vendor's definitions of the product. That everything is empty of
an IPv6 gateway which does not exist is what terraform-provider-alicloud tells it by.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core.model.gateways import Ipv4Gateway, Ipv6Gateway
from duolect_core.model.lifecycles import ServiceState
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import GATEWAY_STATUS, moment
from duolect_dialects.alibaba.views import group_of, owner, plain_tags
from duolect_dialects.session import Session

_IPV6_STATUS: Final[Mapping[ServiceState, str]] = MappingProxyType(
    {**GATEWAY_STATUS, ServiceState.PENDING: "Pending", ServiceState.MODIFYING: "Pending"}
)


def _ipv4_status(shown: Ipv4Gateway) -> str:
    if shown.state is ServiceState.AVAILABLE:
        return "Created"
    return "Activating" if shown.enabling else GATEWAY_STATUS[shown.state]


def ipv4_gateway(session: Session, shown: Ipv4Gateway) -> Body:
    """Return an IPv4 gateway as GetIpv4GatewayAttribute shows it."""
    listed = listed_ipv4_gateway(session, shown)
    return {"CreateTime": listed.pop("GmtCreate"), **listed}


def listed_ipv4_gateway(session: Session, shown: Ipv4Gateway) -> Body:
    """Return an IPv4 gateway as ListIpv4Gateways lists it."""
    return {
        "GmtCreate": moment(shown.created),
        "Enabled": shown.enabled,
        "Ipv4GatewayDescription": shown.description,
        "Ipv4GatewayId": shown.id,
        "Ipv4GatewayName": shown.name,
        "Ipv4GatewayRouteTableId": shown.route_table_id,
        "ResourceGroupId": group_of(session, shown),
        "Status": _ipv4_status(shown),
        "Tags": plain_tags(shown.tags)["Tag"],
        "VpcId": shown.network_id,
    }


def ipv6_gateway(session: Session, shown: Ipv6Gateway) -> Body:
    """Return an IPv6 gateway as DescribeIpv6Gateways lists it."""
    return {
        "BusinessStatus": "Normal",
        "CreationTime": moment(shown.created),
        "Description": shown.description,
        "ExpiredTime": "",
        "InstanceChargeType": "PostPaid",
        "Ipv6GatewayId": shown.id,
        "Name": shown.name,
        "OwnerId": int(owner(session)),
        "RegionId": session.call.region,
        "ResourceGroupId": group_of(session, shown),
        "Status": _IPV6_STATUS[shown.state],
        "Tags": plain_tags(shown.tags),
        "VpcId": shown.network_id,
    }


_TEXTS: Final = (
    "BusinessStatus", "CreationTime", "Description", "ExpiredTime", "GatewayRouteTableId",
    "InstanceChargeType", "Ipv6GatewayId", "Name", "RegionId", "ResourceGroupId", "Status", "VpcId",
)  # fmt: skip


def ipv6_gateway_attribute(session: Session, shown: Ipv6Gateway | None) -> Body:
    """Return an IPv6 gateway as DescribeIpv6GatewayAttribute shows it, or what it shows of none."""
    if shown is None:
        return {**dict.fromkeys(_TEXTS, ""), "OwnerId": 0, "Tags": plain_tags({})}
    return {**ipv6_gateway(session, shown), "GatewayRouteTableId": shown.route_table_id}
