"""The vendor's errors for high-availability virtual IP addresses (HAVIPs).

Sources: the lists of codes of the actions in the vendor's SDK for Go.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.request_errors import IN_USE, LIMIT, NOT_FOUND

_BUSY: Final = ErrorTemplate("UnsupportedOperation", "The HAVIP `{address_id}` is being changed.")
_HELD: Final = ErrorTemplate(
    "UnsupportedOperation", "The HAVIP `{resource_id}` is still in use by `{held_by}`."
)
_NO_CARRIER: Final = ErrorTemplate(
    "InvalidParameterValue", "The HAVIP `{address_id}` is not associated with `{carrier_id}`."
)
_INSTANCE_STATE: Final = ErrorTemplate("InvalidParameterValue", "The instance `{instance_id}` is {state}.")
_CLASSIC: Final = ErrorTemplate(
    "InvalidParameterValue", "The instance `{resource_id}` is in the classic network."
)
_TASK: Final = "UnsupportedOperation.MutexOperationTaskRunning"
_EIP_STATE: Final = "The public address `{address_id}` is {state}; the operation needs {allowed}."

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.VirtualAddressNotFound: NOT_FOUND,
        core.VirtualAddressBusy: _BUSY,
        core.VirtualAddressElsewhere: ErrorTemplate(
            "InvalidParameterValue",
            "`{carrier_id}` is in the subnet `{carrier_subnet_id}`, the HAVIP in `{subnet_id}`.",
        ),
        core.VirtualAddressCarried: ErrorTemplate(
            "InvalidParameterValue.DuplicatedHaVipAssociations",
            "The HAVIP `{address_id}` is associated with `{carrier_id}` already.",
        ),
        core.VirtualAddressNotCarried: _NO_CARRIER,
        core.VirtualAddressHoldsCarriers: _HELD,
        core.VirtualAddressHoldsPublicAddress: _HELD,
        core.VirtualAddressHoldsRoutes: _HELD,
        core.SubnetHoldsVirtualAddresses: IN_USE,
        core.NetworkHoldsVirtualAddresses: IN_USE,
        core.VirtualAddressQuotaExceeded: LIMIT,
        core.CarrierQuotaExceeded: LIMIT,
        core.CarriedQuotaExceeded: LIMIT,
    }
)
_BOUND: Final = "UnsupportedOperation.BindEIP"
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{
            (action, error): template
            for action in ("CreateHaVip", "AssociateHaVipInstance", "DisassociateHaVipInstance")
            for error, template in (
                (core.InstanceWrongState, _INSTANCE_STATE),
                (core.InstanceClassicNetwork, _CLASSIC),
                (core.InstanceNotFound, NOT_FOUND),
            )
        },
        ("CreateHaVip", core.VirtualAddressCarried): ErrorTemplate(
            "InvalidParameterValue.Duplicate", "`{carrier_id}` is named more than once."
        ),
        ("CreateHaVip", core.SubnetNetworkMismatch): ErrorTemplate(
            "UnsupportedOperation.SubnetNotExists",
            "The subnet `{resource_id}` is in `{network_id}`, not in `{other_network_id}`.",
        ),
        ("CreateHaVip", core.AddressOutsideSubnet): ErrorTemplate(
            "InvalidParameterValue.Range", "The address `{address}` is not in the subnet."
        ),
        ("CreateHaVip", core.AddressReserved): ErrorTemplate(
            "InvalidParameterValue.Reserved", "The address `{address}` is reserved."
        ),
        ("CreateHaVip", core.AddressInUse): ErrorTemplate(
            "ResourceInUse", "The address `{address}` is in use."
        ),
        ("HaVipAssociateAddressIp", core.AddressHasPublicAddress): ErrorTemplate(
            _BOUND, "The address `{address}` is bound to the public address `{address_id}`."
        ),
        ("HaVipAssociateAddressIp", core.PublicAddressNotFound): NOT_FOUND,
        ("HaVipAssociateAddressIp", core.PublicAddressWrongState): ErrorTemplate(_BOUND, _EIP_STATE),
        ("HaVipAssociateAddressIp", core.PublicAddressBusy): ErrorTemplate(_TASK, _EIP_STATE),
        ("HaVipDisassociateAddressIp", core.PublicAddressWrongState): ErrorTemplate(
            "UnsupportedOperation.UnbindEIP", _EIP_STATE
        ),
        ("HaVipDisassociateAddressIp", core.PublicAddressBusy): ErrorTemplate(_TASK, _EIP_STATE),
    }
)
