"""The vendor's errors for IPv4 and IPv6 gateways.

Sources: the lists of the actions on them in the vendor's definitions of the VPC product.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, quota
from duolect_dialects.error_template import ErrorTemplate

_BUSY: Final = "The gateway {gateway_id} is {state}."
_MISMATCH: Final = "{resource_id} is in the VPC {network_id}, {other_id} in {other_network_id}."
_FOR_GATEWAYS: Final = "The route table {table_id} is one for gateways."
_HOLDS_TABLE: Final = "The gateway {resource_id} is still associated with the route table {held_by}."

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.Ipv4GatewayNotFound: ErrorTemplate(
            "ResourceNotFound.Ipv4Gateway", "The IPv4 gateway {resource_id} does not exist.", 400
        ),
        core.Ipv6GatewayNotFound: ErrorTemplate(
            "InvalidIpv6GatewayId.NotFound", "The IPv6 gateway {resource_id} does not exist.", 400
        ),
        core.Ipv4GatewayBusy: ErrorTemplate("IncorrectStatus.Ipv4Gateway", _BUSY, 400),
        core.Ipv6GatewayBusy: ErrorTemplate("IncorrectStatus.Ipv6Gateway", _BUSY, 400),
        core.NetworkHasGateway: ErrorTemplate(
            "OperationDenied.VpcExistIpv4Gateway",
            "The VPC {network_id} has the gateway {gateway_id} already.",
            400,
        ),
        core.NetworkIpv6Disabled: ErrorTemplate(
            "OperationFailed.VpcIpv6Disabled", "IPv6 is not turned on for the VPC {network_id}.", 400
        ),
        core.GatewayEnabled: ErrorTemplate(
            # So the vendor spells it.
            "OperationFailed.Ipv4GatewayAlreadyActive.",
            "The IPv4 gateway {gateway_id} is active already.",
            400,
        ),
        core.GatewayNotEnabled: ErrorTemplate(
            "OperationDenied.Ipv4GatewayNotActive", "The IPv4 gateway {gateway_id} is not active.", 400
        ),
        core.TableLeadsEverywhere: ErrorTemplate(
            "OperationDenied.ConflictOfAllZeroRouting",
            "The route table {table_id} has a route to 0.0.0.0/0 already.",
            400,
        ),
        core.RouteTableForGateways: ErrorTemplate(
            "OperationDenied.GatewayRouteTableNotPermitted", _FOR_GATEWAYS, 400
        ),
        core.RouteTableForSubnets: ErrorTemplate(
            "OperationDenied.RouteTableTypeIncorrect",
            "The route table {table_id} is one for vSwitches.",
            400,
        ),
        core.GatewayHasTable: ErrorTemplate(
            "ResourceAlreadyAssociated.Ipv4Gateway",
            "The gateway {gateway_id} is associated with the route table {table_id} already.",
            400,
        ),
        core.RouteTableHasGateway: ErrorTemplate(
            "ResourceAlreadyAssociated.GatewayRouteTable",
            "The route table {table_id} is associated with the gateway {gateway_id} already.",
            400,
        ),
        core.GatewayTableNotAssociated: ErrorTemplate(
            "OperationFailed.NotExistAssociateRelation",
            "The route table {table_id} is not associated with the gateway {gateway_id}.",
            400,
        ),
        core.GatewayTableMismatch: ErrorTemplate("Mismatch.Ipv4GatewayIdAndRouteTableId", _MISMATCH, 400),
        core.GatewayHoldsRoutes: ErrorTemplate(
            "OperationDenied.RouteEntryExist",
            "The route entry {held_by} still leads to the gateway {resource_id}.",
            400,
        ),
        core.GatewayHoldsTable: ErrorTemplate(
            "OperationDenied.GatewayAlreadyAssociated", _HOLDS_TABLE, 400
        ),
        core.RouteTableHoldsGateway: ErrorTemplate(
            "OperationDenied.GatewayAssociated",
            "The route table {resource_id} is still associated with the gateway {held_by}.",
            400,
        ),
        core.NetworkHoldsGateways: ErrorTemplate(
            "OperationDenied", "The VPC {resource_id} still has the gateway {held_by}.", 403
        ),
        core.GatewayHoldsBandwidth: ErrorTemplate(
            "DependencyViolation.Ipv6InternetBandwidth",
            "The gateway {resource_id} still serves the Internet bandwidth {held_by}.",
            400,
        ),
        core.GatewayHoldsEgressRules: ErrorTemplate(
            "DependencyViolation.EgressRules",
            "The gateway {resource_id} still has the egress-only rule {held_by}.",
            400,
        ),
        core.NetworkHasNoIpv6Gateway: ErrorTemplate(
            "OperationFailed.Ipv6GatewayNotExist", "The VPC {network_id} has no IPv6 gateway.", 400
        ),
        core.Ipv6GatewayMismatch: ErrorTemplate(
            "OperationFailed.Ipv6GatewayDisMatchIpv6Address", _MISMATCH, 400
        ),
        core.Ipv6AddressNotFound: ErrorTemplate(
            "ResourceNotFound.Ipv6Address", "The IPv6 address {resource_id} does not exist.", 404
        ),
        core.Ipv6AddressBusy: ErrorTemplate(
            "IncorrectStatus.Ipv6Instance", "The IPv6 address {address_id} is {state}.", 400
        ),
        core.Ipv6AddressNotFree: ErrorTemplate(
            "IncorrectStatus.Ipv6Instance",
            "The network interface {interface_id} has the IPv6 address {address_id}.",
            400,
        ),
        core.Ipv6AddressHoldsBandwidth: ErrorTemplate(
            "DependencyViolation.Ipv6InternetBandwidth",
            "The IPv6 address {resource_id} still has the Internet bandwidth {held_by}.",
            400,
        ),
        core.Ipv6BandwidthNotFound: ErrorTemplate(
            "InvalidIpv6Instance.NotFound", "The Internet bandwidth {resource_id} does not exist.", 400
        ),
        core.Ipv6BandwidthBusy: ErrorTemplate(
            "OperationFailed.InternetBandwidthUnstable",
            "The Internet bandwidth {bandwidth_id} is {state}.",
            400,
        ),
        core.Ipv6AddressHasBandwidth: ErrorTemplate(
            "OperationFailed.InternetBandwidthAlreadyExisted",
            "The IPv6 address {address} has the Internet bandwidth {bandwidth_id} already.",
            400,
        ),
        core.Ipv6AddressHasNoBandwidth: ErrorTemplate(
            "OperationFailed.InternetBandwidthNonExist",
            "The IPv6 address {address} has no Internet bandwidth.",
            400,
        ),
        core.EgressRuleNotFound: ErrorTemplate(
            "InvalidIpv6Instance.NotFound", "The egress-only rule {resource_id} does not exist.", 400
        ),
        core.EgressRuleBusy: ErrorTemplate(
            "IncorrectStatus.Ipv6Instance", "The egress-only rule {rule_id} is {state}.", 400
        ),
        core.Ipv6AddressHasEgressRule: ErrorTemplate(
            "ResourceAlreadyAssociated.IpAddress",
            "The IPv6 address {address} has the egress-only rule {rule_id} already.",
            400,
        ),
        core.EgressRuleQuotaExceeded: quota(
            "QuotaExceeded", "egress-only rules of the gateway {resource_id}", 400
        ),
    }
)

BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        **for_actions(
            ["CreateIpv4Gateway"],
            {
                core.NetworkNotFound: ErrorTemplate(
                    "OperationFailed.VpcNotExist", "The VPC {resource_id} does not exist.", 400
                ),
                core.NetworkBusy: ErrorTemplate(
                    "IncorrectStatus.Vpc", "The VPC {network_id} is not Available.", 400
                ),
            },
        ),
        **for_actions(
            ["CreateIpv6Gateway"],
            {
                core.NetworkBusy: ErrorTemplate(
                    "IncorrectStatus.Vpc", "The VPC {network_id} is not Available.", 400
                ),
                core.NetworkHasGateway: ErrorTemplate(
                    "OperationUnsupported.OnlyOneIpv6GatewayInVpc",
                    "The VPC {network_id} has the IPv6 gateway {gateway_id} already.",
                    400,
                ),
            },
        ),
        **for_actions(
            ["DeleteIpv6Gateway"],
            {
                core.GatewayHoldsTable: ErrorTemplate(
                    "DependencyViolation.GatewayRouteTableRelation", _HOLDS_TABLE, 400
                ),
                core.RouteBusy: ErrorTemplate(
                    "OperationFailed.RouteEntryUnstable",
                    "The route entry {route_id} is not Available.",
                    400,
                ),
            },
        ),
        **for_actions(
            ["AssociateRouteTableWithGateway"],
            {
                core.GatewayTableMismatch: ErrorTemplate(
                    "OperationDenied.GatewayAndTableNotInOneVpc", _MISMATCH, 400
                ),
            },
        ),
        **for_actions(
            ["AssociateRouteTableWithGateway", "DissociateRouteTableFromGateway"],
            {
                core.RouteTableNotFound: ErrorTemplate(
                    "ResourceNotFound.RouteTable", "The route table {resource_id} does not exist.", 400
                ),
                core.RouteTableBusy: ErrorTemplate(
                    "IncorrectStatus.GatewayRouteTable", "The route table {table_id} is not Available.", 400
                ),
            },
        ),
        **for_actions(
            ["CreateRouteEntry"],
            {
                core.Ipv6GatewayNotFound: ErrorTemplate(
                    "InvalidIpv6Gateway.NotFound", "The IPv6 gateway {resource_id} does not exist.", 404
                ),
            },
        ),
        **for_actions(
            ["AssociateRouteTable"],
            {
                core.RouteTableForGateways: ErrorTemplate(
                    "OperationDenied.AssociateGatewayRouteTable", _FOR_GATEWAYS, 400
                ),
            },
        ),
        **for_actions(
            ["DeleteVpc"],
            {
                core.Ipv4GatewayBusy: ErrorTemplate("TaskConflict", _BUSY, 400),
                core.Ipv6GatewayBusy: ErrorTemplate("TaskConflict", _BUSY, 400),
                core.RouteBusy: ErrorTemplate(
                    "TaskConflict", "The route entry {route_id} is not Available.", 400
                ),
            },
        ),
        **for_actions(
            ["ModifyIpv6InternetBandwidth", "DeleteIpv6InternetBandwidth"],
            {
                core.Ipv6AddressNotFound: ErrorTemplate(
                    "InvalidIpv6Instance.NotFound", "The IPv6 address {resource_id} does not exist.", 400
                ),
            },
        ),
        **for_actions(
            ["AllocateIpv6Address"],
            {
                core.SubnetBusy: ErrorTemplate(
                    "IncorrectStatus", "The vSwitch {subnet_id} is not Available.", 400
                ),
            },
        ),
        **for_actions(
            ["ListGatewayRouteTableEntries"],
            {
                core.RouteTableNotFound: ErrorTemplate(
                    "ResourceNotFound.GatewayRouteTable",
                    "The route table {resource_id} does not exist.",
                    400,
                ),
            },
        ),
    }
)
