"""NAT gateways: create, describe, modify, resize and delete them.

What takes time has the id of its request as that of its task, which DescribeVpcTaskResult takes.

Sources: the definitions in tccli, and the vendor's pages on NAT gateways.
"""

from typing import Any, Final

import attrs

from duolect_core.model.nat_gateways import NatGateway
from duolect_core.nat_gateways import lifecycle as commands
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, ignored, param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterTable, TagParam, vpc_action
from duolect_dialects.tencent.names import NAT_GATEWAY_STATE
from duolect_dialects.tencent.nat_gateways import addresses, views
from duolect_dialects.values import AtMost, Between, Count, Each, OneOf
from duolect_dialects.wording import Message

GATEWAY_ID: Final = common.id_of("nat")
_STANDARD: Final = 2
"""The version of the gateways whose size is not chosen."""
_CONNECTIONS: Final = OneOf(1_000_000, 3_000_000, 10_000_000)
_BANDWIDTH: Final = Between(0, 50_000)
_NO_EXCLUSIVE: Final = "there are no exclusive NAT gateways"


@attrs.frozen(kw_only=True)
class CreateNatGateway:
    """Create a NAT gateway with new EIPs, with some that are there, or with both."""

    NatGatewayName: str = required(AtMost(60))
    VpcId: str = required(common.VPC_ID, code="InvalidVpcId.Malformed")
    InternetMaxBandwidthOut: int | None = stored(
        _BANDWIDTH, note="100, and of the standard type 5000, where it is not given"
    )
    MaxConcurrentConnection: int | None = stored(
        _CONNECTIONS, note="1000000, and of the standard type 2000000, where it is not given"
    )
    AddressCount: int = param(Between(0, 100), default=0, note="this, or PublicIpAddresses")
    PublicIpAddresses: tuple[str, ...] = param(Count(0, 100), Each(common.IPV4), default=())
    Zone: str | None = param(note="the first zone of the region where it is not given")
    Tags: tuple[TagParam, ...] = param(default=())
    SubnetId: str | None = ignored(note="deprecated by the vendor")
    StockPublicIpAddressesBandwidthOut: int | None = param(addresses.BANDWIDTH)
    PublicIpAddressesBandwidthOut: int | None = param(addresses.BANDWIDTH)
    PublicIpFromSameZone: bool | None = ignored(note="EIPs are in no zone here")
    NatProductVersion: int = stored(OneOf(1, _STANDARD), default=1)
    DeletionProtectionEnabled: bool = param(default=False)
    ExclusiveType: str | None = refused(_NO_EXCLUSIVE)


@vpc_action()
def create_nat_gateway(session: Session, request: CreateNatGateway) -> Body:
    """Start to create it: PENDING, then AVAILABLE."""
    addresses.check_any(request.AddressCount, request.PublicIpAddresses)
    standard = request.NatProductVersion == _STANDARD
    size = (5000, 2_000_000) if standard else (100, 1_000_000)
    extras = {
        "NatProductVersion": request.NatProductVersion,
        "InternetMaxBandwidthOut": size[0],
        "MaxConcurrentConnection": size[1],
    }
    if not standard:
        extras.update(common.stored_extras(request))
    created = session.execute(
        commands.CreateNatGateway(
            network_id=request.VpcId,
            zone=session.rules.zones[0] if request.Zone is None else request.Zone,
            name=request.NatGatewayName,
            tags=common.tags(request.Tags),
            protected=request.DeletionProtectionEnabled,
            address_ids=addresses.ids_at(session.graph, request.PublicIpAddresses),
            address_extras=addresses.bandwidth_extras(request.StockPublicIpAddressesBandwidthOut),
            new_addresses=addresses.new(request.AddressCount, request.PublicIpAddressesBandwidthOut),
            extras=extras,
        )
    )
    return {"NatGatewaySet": [views.nat_gateway(session.graph, created)], "TotalCount": 1}


@attrs.frozen(kw_only=True)
class DescribeNatGateways:
    """List NAT gateways, newest first: by ids, or by filters that must all match."""

    NatGatewayIds: tuple[str, ...] = param(Count(0, 100), Each(GATEWAY_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_nat_gateways(session: Session, request: DescribeNatGateways) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    filters: FilterTable[NatGateway] = {
        "nat-gateway-id": common.by_ids,
        "vpc-id": common.by(graph.nat_gateways_by_network),
        "nat-gateway-name": common.contains(lambda found: found.name),
        "nat-state": common.exactly(lambda found: NAT_GATEWAY_STATE[found.state]),
        "tag-key": common.tag_key,
    }
    selection = common.narrow(Criteria(graph), filters, request.NatGatewayIds, request.Filters)
    page = common.page(graph.nat_gateways, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "NatGatewaySet": [views.nat_gateway(graph, shown) for shown in page.items],
        "VerboseLevel": "DETAIL",
    }


@attrs.frozen(kw_only=True)
class ModifyNatGatewayAttribute:
    """Change the name, the bandwidth and the protection of a NAT gateway."""

    NatGatewayId: str = required(GATEWAY_ID)
    NatGatewayName: str | None = param(AtMost(60))
    InternetMaxBandwidthOut: int | None = stored(_BANDWIDTH)
    ModifySecurityGroup: bool | None = refused("NAT gateways are in no security groups here")
    SecurityGroupIds: tuple[str, ...] = refused("NAT gateways are in no security groups here", default=())
    DeletionProtectionEnabled: bool | None = param()
    PublicAddressAffinity: bool | None = stored()


@vpc_action()
def modify_nat_gateway_attribute(session: Session, request: ModifyNatGatewayAttribute) -> Body:
    """Change what is given, at once."""
    session.execute(
        commands.ModifyNatGateway(
            gateway_id=request.NatGatewayId,
            name=request.NatGatewayName,
            protected=request.DeletionProtectionEnabled,
            extras=common.stored_extras(request),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class ResetNatGatewayConnection:
    """Change how many connections a NAT gateway can have at a time."""

    NatGatewayId: str = required()
    MaxConcurrentConnection: int = required(_CONNECTIONS, treatment=Treatment.STORED)
    ExclusiveType: str | None = refused(_NO_EXCLUSIVE)


@vpc_action()
def reset_nat_gateway_connection(session: Session, request: ResetNatGatewayConnection) -> Body:
    """Start to change it: UPDATING, then AVAILABLE. One of the standard type has one size."""
    gateway = named_gateways.nat_gateway(session.graph, request.NatGatewayId)
    if gateway.extras["NatProductVersion"] == _STANDARD:
        raise Refusal(
            "UnsupportedOperation",
            Message("The NAT gateway `{gateway_id}` is of the standard type.", gateway_id=gateway.id),
        )
    extras: dict[str, Any] = {"MaxConcurrentConnection": request.MaxConcurrentConnection}
    session.execute(commands.ResizeNatGateway(gateway_id=gateway.id, extras=extras))
    return {}


@attrs.frozen(kw_only=True)
class DeleteNatGateway:
    """Delete a NAT gateway, and with it its rules and the routes that lead there."""

    NatGatewayId: str = required(GATEWAY_ID)
    IgnoreOperationRisk: bool | None = ignored(note="no traffic flows that could be at risk")


@vpc_action()
def delete_nat_gateway(session: Session, request: DeleteNatGateway) -> Body:
    """Start to delete it: DELETING, then gone; its EIPs are free then."""
    session.execute(commands.DeleteNatGateway(gateway_id=request.NatGatewayId, force=True))
    return {}
