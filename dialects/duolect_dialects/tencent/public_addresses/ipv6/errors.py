"""The vendor's errors for public IPv6 addresses.

Sources: the list of codes of AllocateIp6AddressesBandwidth in the vendor's SDK for Go, and what its errors
of the product say of themselves. IPv6 gateways and egress rules are not of this cloud.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_GATEWAYS: Final = ErrorTemplate("UnsupportedOperation", "There are no IPv6 gateways.")
_BUSY: Final = "OperationDenied.MutexTaskRunning"

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.Ipv6AddressNotFound: ErrorTemplate(
            "InvalidParameterValue.AddressIpNotFound", "No network interface has the IPv6 address."
        ),
        core.Ipv6AddressBusy: ErrorTemplate(_BUSY, "The IPv6 address is {state}."),
        core.Ipv6AddressNotFree: _GATEWAYS,
        core.Ipv6AddressHoldsBandwidth: _GATEWAYS,
        core.Ipv6BandwidthNotFound: ErrorTemplate(
            "InvalidAddressId.NotFound", "The public address `{resource_id}` does not exist."
        ),
        core.Ipv6BandwidthBusy: ErrorTemplate(
            _BUSY, "A task of the public address `{bandwidth_id}` is running."
        ),
        core.Ipv6AddressHasBandwidth: ErrorTemplate(
            "InvalidParameterValue.AddressPublished",
            "The IPv6 address `{address}` has public bandwidth as `{bandwidth_id}`.",
        ),
        core.Ipv6AddressHasNoBandwidth: ErrorTemplate(
            "InvalidParameterValue.AddressIpNotFound",
            "The IPv6 address `{address}` has no public bandwidth.",
        ),
        core.NetworkHasNoIpv6Gateway: _GATEWAYS,
        core.Ipv6GatewayMismatch: _GATEWAYS,
        core.EgressRuleNotFound: _GATEWAYS,
        core.EgressRuleBusy: _GATEWAYS,
        core.Ipv6AddressHasEgressRule: _GATEWAYS,
        core.EgressRuleQuotaExceeded: _GATEWAYS,
        core.GatewayHoldsBandwidth: _GATEWAYS,
        core.GatewayHoldsEgressRules: _GATEWAYS,
    }
)
_NO_ENI: Final = ErrorTemplate(
    "InvalidNetworkInterfaceId.NotFound", "The network interface `{resource_id}` does not exist."
)
_ENI_TASK: Final = ErrorTemplate(
    _BUSY, "The network interface `{interface_id}` is {state}; the operation needs {allowed}."
)
_CVM_STATE: Final = ErrorTemplate(
    "UnsupportedOperation.InstanceStateNotSupported",
    "The instance `{instance_id}` is {state}; the operation needs {allowed}.",
)
_ADDRESS_STATE: Final = "The public address `{address_id}` is {state}; the operation needs {allowed}."
_TOO_MANY_TAGS: Final = "A resource can have at most {limit} tags."
_TAGS: Final = ErrorTemplate("LimitExceeded.TagQuota", _TOO_MANY_TAGS)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("AllocateIp6AddressesBandwidth", core.AddressRepeated): ErrorTemplate(
            "InvalidParameterValue.Malformed", "The address `{address}` is named more than once."
        ),
        ("AllocateIp6AddressesBandwidth", core.TagQuotaExceeded): ErrorTemplate(
            "InvalidParameterValue.LimitExceeded", _TOO_MANY_TAGS
        ),
        ("AllocateIp6AddressesBandwidth", core.AddressesPerPackageExceeded): ErrorTemplate(
            "InvalidParameterValue.LimitExceeded",
            "The bandwidth package `{resource_id}` can have at most {limit} public addresses.",
        ),
        ("AllocateIPv6Addresses", core.TagQuotaExceeded): _TAGS,
        ("AssociateIPv6Address", core.InstanceNotFound): ErrorTemplate(
            "InvalidInstanceId.NotFound", "The instance `{resource_id}` does not exist."
        ),
        ("AssociateIPv6Address", core.InterfaceNotFound): _NO_ENI,
        ("AssociateIPv6Address", core.InterfaceManaged): ErrorTemplate(
            "InvalidParameterValue.ResourceNotSupport",
            "The resource `{resource_id}` belongs to a managed service.",
        ),
        ("AssociateIPv6Address", core.InstanceClassicNetwork): ErrorTemplate(
            "InvalidParameterValue.ResourceNotSupport",
            "The instance `{resource_id}` is in the classic network.",
        ),
        ("AssociateIPv6Address", core.AddressNotAssigned): ErrorTemplate(
            "InvalidParameterValue.PrivateIpAddressNotMatch",
            "The network interface does not hold the address `{address}`.",
        ),
        ("AssociateIPv6Address", core.AddressBusy): ErrorTemplate(
            _BUSY, "The address `{address}` is {state}."
        ),
        ("AssociateIPv6Address", core.InterfaceWrongState): _ENI_TASK,
        ("AssociateIPv6Address", core.InstanceWrongState): _CVM_STATE,
        ("DisassociateIPv6Address", core.PublicAddressWrongState): ErrorTemplate(
            "InvalidAddressIdStatus.NotPermit", _ADDRESS_STATE
        ),
        ("DisassociateIPv6Address", core.InterfaceWrongState): _ENI_TASK,
        ("DisassociateIPv6Address", core.InstanceWrongState): _CVM_STATE,
        ("ReleaseIPv6Addresses", core.PublicAddressWrongState): ErrorTemplate(
            "InvalidAddressState", _ADDRESS_STATE
        ),
        ("AddBandwidthPackageResources", core.Ipv6BandwidthBusy): ErrorTemplate(
            "UnsupportedOperation.InstanceStateNotSupported",
            "A task of the public address `{bandwidth_id}` is running.",
        ),
        ("RemoveBandwidthPackageResources", core.Ipv6BandwidthBusy): ErrorTemplate(
            "FailedOperation.IpTypeNotPermit",
            "A task of the public address `{bandwidth_id}` is running.",
        ),
    }
)
