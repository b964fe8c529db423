"""The vendor's errors for NAT gateways and their entries.

Sources: the pages of the actions on them.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_STATUS: Final = "The NAT gateway {gateway_id} is {state}, not Available."
_FORWARDED: Final = "Forbidden.Already.Bounded"
_NO_PRIVATE: Final = ErrorTemplate(
    "InvalidParameter", "The address {address} cannot be that of the NAT gateway.", 400
)

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.NatGatewayNotFound: not_found("InvalidNatGatewayId.NotFound", "NAT gateway"),
        core.SnatRuleNotFound: not_found("InvalidSnatEntryId.NotFound", "SNAT entry"),
        core.DnatRuleNotFound: not_found("InvalidForwardEntryId.NotFound", "DNAT entry"),
        core.NatGatewayBusy: ErrorTemplate("IncorrectStatus.NATGW", _STATUS, 400),
        core.NatGatewayProtected: ErrorTemplate(
            "InvalidOperation.DeletionProtection",
            "The NAT gateway {gateway_id} is protected against deletion.",
            400,
        ),
        core.SnatRuleBusy: ErrorTemplate(
            "IncorretSnatEntryStatus", "The SNAT entry {rule_id} is {state}, not Available.", 400
        ),
        core.DnatRuleBusy: ErrorTemplate(
            "IncorretForwardEntryStatus", "The DNAT entry {rule_id} is {state}, not Available.", 400
        ),
        core.NatGatewayHoldsSnatRules: ErrorTemplate(
            "DependencyViolation.SnatEntry",
            "The NAT gateway {resource_id} still has the SNAT entry {held_by}.",
            400,
        ),
        core.NatGatewayHoldsDnatRules: ErrorTemplate(
            "DependencyViolation.ForwardEntry",
            "The NAT gateway {resource_id} still has the DNAT entry {held_by}.",
            400,
        ),
        core.NatGatewayHoldsAddresses: ErrorTemplate(
            "DependencyViolation.EIPS",
            "The EIP {held_by} is still associated with the NAT gateway {resource_id}.",
            400,
        ),
        core.NatGatewayHoldsRoutes: ErrorTemplate(
            "DependencyViolation.RouterEntry",
            "The route entry {held_by} still leads to the NAT gateway {resource_id}.",
            400,
        ),
        core.NatGatewayNeedsAddress: ErrorTemplate(
            "IncorrectEipStatus", "The NAT gateway {gateway_id} needs an EIP.", 400
        ),
        core.NetworkHoldsNatGateways: ErrorTemplate(
            "DependencyViolation.NatGateway",
            "The VPC {resource_id} still has the NAT gateway {held_by}.",
            400,
        ),
        core.SubnetHoldsNatGateways: ErrorTemplate(
            "DependencyViolation",
            "The vSwitch {resource_id} still has the NAT gateway {held_by}.",
            400,
        ),
        core.SubnetHoldsSnatRules: ErrorTemplate(
            "DependencyViolation",
            "The SNAT entry {held_by} still serves the vSwitch {resource_id}.",
            400,
        ),
        core.PublicAddressHoldsSnatRules: ErrorTemplate(
            "InvalidIpStatus.HasBeenUsedBySnatTable",
            "The SNAT entry {held_by} uses the EIP {resource_id}.",
            400,
        ),
        core.PublicAddressHoldsDnatRules: ErrorTemplate(
            "InvalidIpStatus.HasBeenUsedByForwardEntry",
            "The DNAT entry {held_by} uses the EIP {resource_id}.",
            400,
        ),
        core.PublicAddressOfNatGateway: ErrorTemplate(
            "InvalidBindInstance.NotFound",
            "The EIP {address_id} is associated with the NAT gateway {gateway_id}.",
            404,
        ),
        core.NatAddressNotBound: ErrorTemplate(
            "InvalidSnatIp.NotFound",
            "The public address {address} is not one of the NAT gateway {gateway_id}.",
            404,
        ),
        core.SnatSourceNetworkMismatch: ErrorTemplate(
            "InvalidVSwitchId.NotFound",
            "The vSwitch {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
            404,
        ),
        core.SnatSourceTaken: ErrorTemplate(
            "Forbidden.SourceVSwitchId.Duplicated",
            "Another SNAT entry serves the vSwitch {source} already.",
            400,
        ),
        core.SnatBlockTaken: ErrorTemplate(
            "OperationUnsupported.CidrConflict",
            "Another SNAT entry serves the CIDR block {source} already.",
            400,
        ),
        core.SnatAddressForwarded: ErrorTemplate(
            "Forbidden.IpUsedInForwardTable",
            "The DNAT entry {rule_id} forwards all that comes to {address}.",
            400,
        ),
        core.SnatAddressRequired: ErrorTemplate(
            "MissingParameter", "An SNAT entry of {gateway_id} needs a public address.", 400
        ),
        core.DnatAddressUsedBySnat: ErrorTemplate(
            "Forbidden.ExternalIp.UsedInSnatTable",
            "The SNAT entry {rule_id} uses the public address {address}.",
            400,
        ),
        core.DnatPortTaken: ErrorTemplate(
            _FORWARDED, "The DNAT entry {rule_id} forwards what comes to the port of {address}.", 400
        ),
        core.DnatTargetTaken: ErrorTemplate(
            _FORWARDED, "The DNAT entry {rule_id} leads to the port of {address}.", 400
        ),
        core.DnatTargetOutsideNetwork: ErrorTemplate(
            "Forbidden.DestnationIpOutOfVpcCIDR",
            "The address {address} does not lie in the VPC {network_id}.",
            400,
        ),
        core.DnatTargetNoInstance: ErrorTemplate(
            "InvalidParameter", "No instance has the address {address}.", 400
        ),
        core.DnatTargetHasPublicAddress: ErrorTemplate(
            "Forbindden", "The address {address} is associated with the EIP {address_id}.", 400
        ),
        core.AddressHasDnatRule: ErrorTemplate(
            "BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP",
            "The DNAT entry {rule_id} leads to the address {address}.",
            400,
        ),
        core.NatGatewayQuotaExceeded: quota("QuotaExceeded", "NAT gateways in {resource_id}", 400),
        core.NetworkNatGatewayQuotaExceeded: quota("QuotaExceeded", "NAT gateways of {resource_id}", 400),
        core.PublicAddressesPerNatGatewayExceeded: quota(
            "QuotaExceeded.NumberOfEip", "EIPs of the NAT gateway {resource_id}", 400
        ),
        core.SnatRuleQuotaExceeded: quota(
            "Forbidden.SnatEntryCountLimited", "SNAT entries of {resource_id}", 400
        ),
        core.AddressesPerSnatRuleExceeded: quota(
            "SNAT_IP_POOL_COUNT_TOO_MANY", "EIPs of an SNAT entry of {resource_id}", 400
        ),
        core.DnatRuleQuotaExceeded: quota("QuotaExceeded", "DNAT entries of {resource_id}", 400),
    }
)

OVERRIDES: Final[ErrorTable] = MappingProxyType(
    {
        core.NetworkBusy: ErrorTemplate("InvalidVPCStatus", "The VPC {network_id} is not Available.", 400),
        core.SubnetBusy: ErrorTemplate(
            "VswitchStatusError", "The vSwitch {subnet_id} is not Available.", 400
        ),
        core.SubnetNetworkMismatch: ErrorTemplate(
            "OperationFailed.VswNotBelongToVpc",
            "The vSwitch {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
            400,
        ),
        core.SubnetExhausted: ErrorTemplate(
            "ZONE_NO_AVAILABLE_IP", "The vSwitch {subnet_id} has {free} free addresses.", 400
        ),
        core.AddressOutsideSubnet: _NO_PRIVATE,
        core.AddressReserved: _NO_PRIVATE,
        core.AddressInUse: _NO_PRIVATE,
        core.AddressRepeated: ErrorTemplate(
            "InvalidSnatIp.Malformed", "The address {address} is named more than once.", 400
        ),
        core.RouteQuotaExceeded: quota(
            "Forbidden.CheckEntryRuleQuota", "route entries of {resource_id}", 400
        ),
        core.RouteBusy: ErrorTemplate(
            "DependencyViolation.RouterEntry", "The route entry {route_id} is not Available.", 400
        ),
    }
)
"""What the actions on NAT gateways say of the VPC, the vSwitch and the route table."""

_NO_EXTERNAL: Final = ErrorTemplate(
    "InvalidExternalIp.NotFound",
    "The public address {address} is not one of the NAT gateway {gateway_id}.",
    404,
)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        **for_actions(
            ["CreateForwardEntry", "ModifyForwardEntry"], {core.NatAddressNotBound: _NO_EXTERNAL}
        ),
        **for_actions(
            [
                "ModifyNatGatewayAttribute",
                "ModifyNatGatewaySpec",
                "AssociateEipAddress",
                "UnassociateEipAddress",
                "DeletionProtection",
            ],
            {core.NatGatewayBusy: ErrorTemplate("IncorrectStatus.NatGateway", _STATUS, 400)},
        ),
        ("DeleteNatGateway", core.NatGatewayBusy): ErrorTemplate(
            "IncorrectStatus.NatGateway", _STATUS, 404
        ),
        ("AssociateEipAddress", core.NatGatewayNotFound): ErrorTemplate(
            "InvalidInstanId.NotFound", "The resource {resource_id} to be associated does not exist.", 404
        ),
    }
)
