"""The vendor's errors for NAT gateways and their rules.

Source: the lists of codes of the actions in the vendor's SDK for Go.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.request_errors import IN_USE, LIMIT, NOT_FOUND

_STATE: Final = "The NAT gateway `{gateway_id}` is {state}, not AVAILABLE."
_RULE_STATE: Final = ErrorTemplate("ResourceInUse", "The rule `{rule_id}` is being changed.")
_EIP_STATE: Final = "The public address `{address_id}` is {state}; the operation needs {allowed}."
_UNBOUND: Final = "The public address `{address}` is not bound to the NAT gateway `{gateway_id}`."
_UNBOUND_EIP: Final = ErrorTemplate("UnsupportedOperation.UnbindEIP", _UNBOUND)
_MODIFY_DNAT: Final = "ModifyNatGatewayDestinationIpPortTranslationNatRule"
_PORT: Final = "The rule `{rule_id}` forwards what comes to the port of `{address}`."
_SNAT_USED: Final = "The SNAT rule `{rule_id}` uses the public address `{address}`."
_FORWARDED: Final = "The DNAT rule `{rule_id}` forwards all that comes to `{address}`."

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.NatGatewayNotFound: NOT_FOUND,
        core.SnatRuleNotFound: ErrorTemplate(
            "InvalidParameterValue.NatGatewaySnatRuleNotExists", "The rule `{resource_id}` does not exist."
        ),
        core.DnatRuleNotFound: ErrorTemplate(
            "InvalidParameterValue.NatGatewayDnatRuleNotExists", "The rule `{resource_id}` does not exist."
        ),
        core.NatGatewayBusy: ErrorTemplate("ResourceInUse", _STATE),
        core.NatGatewayProtected: ErrorTemplate(
            "UnsupportedOperation.DeletionProtectionEnabled",
            "The NAT gateway `{gateway_id}` is protected against deletion.",
        ),
        core.SnatRuleBusy: _RULE_STATE,
        core.DnatRuleBusy: _RULE_STATE,
        core.NatGatewayHoldsSnatRules: IN_USE,
        core.NatGatewayHoldsDnatRules: IN_USE,
        core.NatGatewayHoldsAddresses: IN_USE,
        core.NatGatewayHoldsRoutes: ErrorTemplate(
            "UnsupportedOperation.NatGatewayHaveRoute",
            "The route `{held_by}` leads to the NAT gateway `{resource_id}`.",
        ),
        core.NatGatewayNeedsAddress: ErrorTemplate(
            "UnsupportedOperation.PublicIpAddressDisassociate",
            "The NAT gateway `{gateway_id}` needs a public address.",
        ),
        core.NetworkHoldsNatGateways: IN_USE,
        core.SubnetHoldsNatGateways: IN_USE,
        core.SubnetHoldsSnatRules: IN_USE,
        core.PublicAddressHoldsSnatRules: IN_USE,
        core.PublicAddressHoldsDnatRules: IN_USE,
        core.PublicAddressOfNatGateway: ErrorTemplate(
            "UnsupportedOperation.AddressStatusNotPermit",
            "The public address `{address_id}` is bound to the NAT gateway `{gateway_id}`.",
        ),
        core.NatAddressNotBound: ErrorTemplate("UnsupportedOperation.NatGatewayEipNotExists", _UNBOUND),
        core.SnatSourceNetworkMismatch: ErrorTemplate(
            "ResourceNotFound", "The resource `{resource_id}` does not exist in `{other_network_id}`."
        ),
        core.SnatSourceTaken: ErrorTemplate(
            "InvalidParameterValue.NatSnatRuleExists", "Another SNAT rule serves `{source}`."
        ),
        core.SnatBlockTaken: ErrorTemplate(
            "InvalidParameterValue.NatSnatRuleExists", "Another SNAT rule serves `{source}`."
        ),
        core.SnatAddressForwarded: ErrorTemplate("InvalidParameterValue", _FORWARDED),
        core.SnatAddressRequired: ErrorTemplate(
            "MissingParameter", "An SNAT rule of `{gateway_id}` needs a public address."
        ),
        core.DnatAddressUsedBySnat: ErrorTemplate("InvalidParameterValue", _SNAT_USED),
        core.DnatPortTaken: ErrorTemplate("InvalidParameterValue.NatGatewayDnatRuleExisted", _PORT),
        core.DnatTargetTaken: ErrorTemplate(
            "InvalidParameterValue.NatGatewayDnatRuleRepeated",
            "The rule `{rule_id}` leads to the port of `{address}`.",
        ),
        core.DnatTargetOutsideNetwork: ErrorTemplate(
            "InvalidParameterValue.NatGatewayDnatRulePipNeedVm",
            "The address `{address}` is not in the VPC `{network_id}`.",
        ),
        core.DnatTargetNoInstance: ErrorTemplate(
            "InvalidParameterValue.NatGatewayDnatRulePipNeedVm",
            "No instance has the address `{address}`.",
        ),
        core.DnatTargetHasPublicAddress: ErrorTemplate(
            "InvalidParameterValue",
            "The address `{address}` is bound to the public address `{address_id}`.",
        ),
        core.AddressHasDnatRule: ErrorTemplate(
            "InvalidParameterValue.ResourceNotSupport", "The DNAT rule `{rule_id}` leads to `{address}`."
        ),
        core.NatGatewayQuotaExceeded: ErrorTemplate(
            "LimitExceeded.NatGatewayLimitExceeded",
            "The quota of {limit} NAT gateways in `{resource_id}` would be exceeded.",
        ),
        core.NetworkNatGatewayQuotaExceeded: ErrorTemplate(
            "LimitExceeded.NatGatewayPerVpcLimitExceeded",
            "The quota of {limit} NAT gateways in `{resource_id}` would be exceeded.",
        ),
        core.PublicAddressesPerNatGatewayExceeded: ErrorTemplate(
            "LimitExceeded.PublicIpAddressPerNatGatewayLimitExceeded",
            "The NAT gateway `{resource_id}` can have at most {limit} public addresses.",
        ),
        core.SnatRuleQuotaExceeded: LIMIT,
        core.AddressesPerSnatRuleExceeded: LIMIT,
        core.DnatRuleQuotaExceeded: ErrorTemplate(
            "LimitExceeded.NatGatewayDnatLimitExceeded",
            "The NAT gateway `{resource_id}` can have at most {limit} DNAT rules.",
        ),
    }
)

_BINDING: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.PublicAddressWrongState: ErrorTemplate("UnsupportedOperation.InvalidState", _EIP_STATE),
        core.PublicAddressBusy: ErrorTemplate("UnsupportedOperation.InvalidState", _EIP_STATE),
        core.PublicAddressOfNatGateway: ErrorTemplate(
            "ResourceInUse.Address",
            "The public address `{address_id}` is bound to the NAT gateway `{gateway_id}`.",
        ),
        core.PublicAddressQuotaExceeded: ErrorTemplate(
            "LimitExceeded.AddressQuotaLimitExceeded",
            "The quota of {limit} public addresses in `{resource_id}` would be exceeded.",
        ),
    }
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{
            (action, error): words
            for action in ("CreateNatGateway", "AssociateNatGatewayAddress")
            for error, words in _BINDING.items()
        },
        ("CreateNatGateway", core.NetworkNotFound): ErrorTemplate(
            "InvalidVpcId.NotFound", "The VPC `{resource_id}` does not exist."
        ),
        ("DeleteNatGateway", core.NatGatewayBusy): ErrorTemplate(
            "UnsupportedOperation.MutexOperationTaskRunning", _STATE
        ),
        ("AssociateNatGatewayAddress", core.NatGatewayBusy): ErrorTemplate(
            "UnsupportedOperation.MutexOperationTaskRunning", _STATE
        ),
        ("ResetNatGatewayConnection", core.NatGatewayBusy): ErrorTemplate(
            "UnsupportedOperation.NatGatewayIsBusy", _STATE
        ),
        ("DisassociateNatGatewayAddress", core.NatAddressNotBound): ErrorTemplate(
            "ResourceNotFound", _UNBOUND
        ),
        ("DisassociateNatGatewayAddress", core.PublicAddressWrongState): ErrorTemplate(
            "ResourceInUse", _EIP_STATE
        ),
        ("DisassociateNatGatewayAddress", core.PublicAddressBusy): ErrorTemplate(
            "ResourceInUse", _EIP_STATE
        ),
        ("CreateNatGatewaySourceIpTranslationNatRule", core.NatAddressNotBound): _UNBOUND_EIP,
        ("ModifyNatGatewaySourceIpTranslationNatRule", core.NatAddressNotBound): _UNBOUND_EIP,
        (_MODIFY_DNAT, core.DnatPortTaken): ErrorTemplate("UnsupportedOperation.RecordExists", _PORT),
    }
)
